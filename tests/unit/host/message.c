/* Mails as they travel. */
#include "test.h"
#include "host/message.h"

static Str message(struct arena *a, struct mail m)
{
    struct buf b = buf_make(a);
    m.id = 7;
    m.made = 1795323600123456;              /* 22 November 2026, 05:00:00 UTC                     */
    if (!m.to.n) m.to = S("hoa@example.vn");
    if (!m.subject.n) m.subject = S("A subject");
    put_mail_message(&b, &m, S("no-reply@matxich.example"), S("https://matxich.example"));
    return buf_str(&b);
}

static Str text_of(Str message)
{
    size_t at;
    CHECK(str_find(message, S("\r\n\r\n"), &at));
    return str_sub(message, at + 4, message.n);
}

TEST(a_mail_has_the_header_it_needs)
{
    Str m = message(a, (struct mail){ .text = S("Hello"), .fewer = S("/en/account") });
    CHECK_STR(m, S("From: =?UTF-8?B?TeG6r3QgWMOtY2g=?= <no-reply@matxich.example>\r\n"
                   "To: <hoa@example.vn>\r\n"
                   "Subject: A subject\r\n"
                   "Date: Sun, 22 Nov 2026 05:00:00 +0000\r\n"
                   "Message-ID: <7.1795323600123456@matxich.example>\r\n"
                   "Auto-Submitted: auto-generated\r\n"
                   "List-Unsubscribe: <https://matxich.example/en/account>\r\n"
                   "MIME-Version: 1.0\r\n"
                   "Content-Type: text/plain; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: quoted-printable\r\n"
                   "\r\n"
                   "Hello\r\n"));
}

TEST(a_mail_somebody_asked_for_offers_no_unsubscribing)
{
    CHECK(!str_has(message(a, (struct mail){ .text = S("x") }), S("List-Unsubscribe")));
}

TEST(the_address_people_use_stands_for_base)
{
    Str m = message(a, (struct mail){ .text = S("See {base}/en/x and {base}/en/y\n") });
    CHECK_STR(text_of(m), S("See https://matxich.example/en/x and https://matxich.example/en/y\r\n"));
}

TEST(a_long_subject_is_words_of_whole_characters)
{
    Str m = message(a, (struct mail){ .subject = S("Hồ sơ xin xác nhận năng lực của Công ty TNHH Cơ khí chính xác Đông Anh"), .text = S("x") });
    CHECK(str_has(m, S("Subject: =?UTF-8?B?SOG7kyBzxqEgeGluIHjDoWMgbmjhuq1uIG7Eg25nIGzhu7FjIGM=?=\r\n"
                       " =?UTF-8?B?4bunYSBDw7RuZyB0eSBUTkhIIEPGoSBraMOtIGNow61uaCB4w6Fj?=\r\n"
                       " =?UTF-8?B?IMSQw7RuZyBBbmg=?=\r\n")));
}

TEST(a_subject_that_looks_encoded_is_encoded)
{
    CHECK(str_has(message(a, (struct mail){ .subject = S("=?UTF-8?B?eA==?="), .text = S("x") }), S("Subject: =?UTF-8?B?PT9VVEYtOD9CP2VBPT0/PQ==?=\r\n")));
}

TEST(text_is_quoted_where_it_must_be)
{
    CHECK_STR(text_of(message(a, (struct mail){ .text = S("Bánh = 2 \n.\nFrom me\n\ttab\t\n") })),
              S("B=C3=A1nh =3D 2=20\r\n.\r\nFrom me\r\n\ttab=09\r\n"));
}

TEST(no_line_is_longer_than_a_mail_allows)
{
    struct buf text = buf_make(a);
    for (int i = 0; i < 3000; i++) put_z(&text, i % 7 ? "ngành " : "ệ=.");
    Str m = message(a, (struct mail){ .text = buf_str(&text), .subject = str_sub(buf_str(&text), 0, 600) }), rest = m, line;
    while (str_next(&rest, '\n', &line)) {
        CHECK(!rest.p || str_ends(line, S("\r")));
        CHECK(line.n <= 79);
    }
}
