#include "base/translation.h"

#include "test.h"

struct entry { const char *id, *text; };

static void put_word(struct buf *b, size_t v)
{
    for (int i = 0; i < 4; i++) put_c(b, (char)(v >> 8 * i & 255));
}

/* A .mo of these entries, as msgfmt writes it. */
static Str mo_of(struct arena *a, const struct entry *e, size_t n)
{
    struct buf head = buf_make(a), texts = buf_make(a);
    static const size_t magic = 0x950412DE;
    size_t words[] = { magic, 0, n, 28, 28 + 8 * n, 0, 0 };
    for (size_t i = 0; i < COUNT(words); i++) put_word(&head, words[i]);
    for (int translated = 0; translated < 2; translated++)
        for (size_t i = 0; i < n; i++) {
            Str s = str_of(translated ? e[i].text : e[i].id);
            put_word(&head, s.n);
            put_word(&head, 28 + 16 * n + texts.n);
            put(&texts, s);
            put_c(&texts, 0);
        }
    put(&head, buf_str(&texts));
    return buf_str(&head);
}

static const struct entry entries[] = {
    { "", "Content-Type: text/plain; charset=UTF-8\n" },
    { "Enterprise", "Doanh nghiệp" },
    { "Row {1}: the tax code {2} is wrong.", "Mã số thuế {2} ở dòng {1} không đúng." },
    { "Save", "Lưu" },
};

/* The words go when the test ends, so nothing may stay loaded that points into them. */
static void with(struct arena *a, enum lang l, void (*check)(struct arena *))
{
    CHECK_INT(translation_load(l, mo_of(a, entries, COUNT(entries))), OK);
    check(a);
    CHECK_INT(translation_load(l, mo_of(a, NULL, 0)), OK);
}

static void words(struct arena *a)
{
    (void)a;
    CHECK_STR(tr(VI, "Enterprise"), S("Doanh nghiệp"));
    CHECK_STR(tr(VI, "Save"), S("Lưu"));
    CHECK_STR(tr(VI, "Unknown"), S("Unknown"));
    CHECK_STR(tr(VI, ""), S(""));
    CHECK_STR(tr(EN, "Enterprise"), S("Enterprise"));
}
TEST(sentences_are_translated_and_unknown_ones_stay) { with(a, VI, words); }

static void facts(struct arena *a)
{
    Message m = MSG(N_("Row {1}: the tax code {2} is wrong."), S("7"), S("{1}0100{3}"));
    CHECK_STR(message_str(a, VI, m), S("Mã số thuế {1}0100{3} ở dòng 7 không đúng."));
    CHECK_STR(message_str(a, EN, m), S("Row 7: the tax code {1}0100{3} is wrong."));
}
TEST(facts_take_their_places_and_are_not_read_again) { with(a, VI, facts); }

TEST(braces_that_are_no_place_stay)
{
    CHECK_STR(message_str(a, EN, MSG("{0} {4} {x} { {1", S("no"))), S("{0} {4} {x} { {1"));
    CHECK_STR(message_str(a, EN, MSG("{{1}}", S("x"))), S("{x}"));
    CHECK_STR(message_str(a, EN, NO_MESSAGE), S(""));
}

static void broken(struct arena *a)
{
    Str whole = mo_of(a, entries, COUNT(entries));
    for (size_t n = 0; n < whole.n; n++) CHECK_INT(translation_load(VI, str_dup(a, str_sub(whole, 0, n))), ERR_INVALID);
    static const struct entry unsorted[] = { { "b", "x" }, { "a", "y" } }, twice[] = { { "a", "x" }, { "a", "y" } },
                              latin1[] = { { "a", "\xE9" } };
    CHECK_INT(translation_load(VI, mo_of(a, unsorted, 2)), ERR_INVALID);
    CHECK_INT(translation_load(VI, mo_of(a, twice, 2)), ERR_INVALID);
    CHECK_INT(translation_load(VI, mo_of(a, latin1, 1)), ERR_INVALID);
    CHECK_STR(tr(VI, "Save"), S("Lưu"));
}
TEST(a_broken_catalogue_is_refused_and_the_old_one_stays) { with(a, VI, broken); }

TEST(languages_have_codes)
{
    enum lang l;
    CHECK(lang_from(S("vi"), &l) && l == VI);
    CHECK(lang_from(S("en"), &l) && l == EN);
    CHECK(!lang_from(S("fr"), &l));
    CHECK_STR(str_of(lang_code(EN)), S("en"));
}

TEST(a_sentence_quotes_no_more_than_the_beginning_of_a_long_fact)
{
    Str zeros = str_f(a, "%0*d", 119, 0);
    Message m = message_brief(a, MSG("{1} {2}", str_f(a, "%.*sờ và nhiều nữa", FMT(zeros)), S("short")));
    CHECK_STR(m.fact[0], str_f(a, "%.*s…", FMT(zeros)));    /* “ờ” would have been cut in two      */
    CHECK_STR(m.fact[1], S("short"));
}
