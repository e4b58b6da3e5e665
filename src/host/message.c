#include "host/message.h"

#include "base/date.h"
#include "base/unicode.h"

#include <sodium.h>

enum { LINE = 76,                           /* characters of a line of quoted-printable           */
       WORD = 39 };                         /* bytes in one encoded word: 64 characters, a line of 73 after "Subject: " */

/* ---- the header --------------------------------------------------------------------------------- */

static bool is_plain(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~') return false;
    return s.n <= WORD && !str_has(s, S("=?"));
}

static void put_word(struct buf *b, Str part)
{
    char text[WORD * 2];
    sodium_bin2base64(text, sizeof text, (const unsigned char *)part.p, part.n, sodium_base64_VARIANT_ORIGINAL);
    put_f(b, "=?UTF-8?B?%s?=", text);
}

/* Whole characters in each word, a line for each. */
static void put_encoded(struct buf *b, Str s)
{
    if (is_plain(s)) {
        put(b, s);
        return;
    }
    const char *p = s.p, *end = s.p + s.n, *from = p;
    while (p < end) {
        const char *next = p;
        utf8_next(&next, end);
        if (next - from > WORD) {
            put_word(b, (Str){ from, (size_t)(p - from) });
            put_z(b, "\r\n ");
            from = p;
        }
        p = next;
    }
    put_word(b, (Str){ from, (size_t)(end - from) });
}

static void put_mail_date(struct buf *b, int64_t at)
{
    static const char days[] = "ThuFriSatSunMonTueWed", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int64_t seconds = at / 1000000, day = seconds / 86400, s = seconds % 86400;
    struct date d = date_from_days(day);
    put_f(b, "%.3s, %d %.3s %d %02d:%02d:%02d +0000", days + day % 7 * 3, d.day, months + (d.month - 1) * 3, d.year,
          (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

static void put_header(struct buf *b, const struct mail *m, Str from, Str base_url)
{
    Str name, host;
    if (!str_cut(from, '@', &name, &host)) host = S("localhost");
    put_z(b, "From: ");
    put_encoded(b, S("Mắt Xích"));
    put_f(b, " <%.*s>\r\nTo: <%.*s>\r\nSubject: ", FMT(from), FMT(m->to));
    put_encoded(b, m->subject);
    put_z(b, "\r\nDate: ");
    put_mail_date(b, m->made);
    put_f(b, "\r\nMessage-ID: <%lld.%lld@%.*s>\r\nAuto-Submitted: auto-generated\r\n", (long long)m->id, (long long)m->made, FMT(host));
    if (m->fewer.n) put_f(b, "List-Unsubscribe: <%.*s%.*s>\r\n", FMT(base_url), FMT(m->fewer));
    put_z(b, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
}

/* ---- the text ------------------------------------------------------------------------------------- */

static Str with_base(struct arena *a, Str text, Str base_url)
{
    struct buf b = buf_make(a);
    size_t at;
    while (str_find(text, S("{base}"), &at)) {
        put(&b, str_sub(text, 0, at));
        put(&b, base_url);
        text = str_sub(text, at + 6, text.n);
    }
    put(&b, text);
    return buf_str(&b);
}

/* A space at the end of a line would get lost on the way. */
static bool stands_plain(Str line, size_t i)
{
    char c = line.p[i];
    if (c == ' ' || c == '\t') return i + 1 < line.n;
    return c > ' ' && c <= '~' && c != '=';
}

static void put_quoted_line(struct buf *b, Str line)
{
    size_t column = 0;
    for (size_t i = 0; i < line.n; i++) {
        size_t width = stands_plain(line, i) ? 1 : 3;
        if (column + width > LINE - 1) {
            put_z(b, "=\r\n");
            column = 0;
        }
        if (width == 1) put_c(b, line.p[i]);
        else put_f(b, "=%02X", (unsigned)(unsigned char)line.p[i]);
        column += width;
    }
    put_z(b, "\r\n");
}

void put_mail_message(struct buf *b, const struct mail *m, Str from, Str base_url)
{
    Str rest = with_base(b->a, m->text, base_url), line;
    put_header(b, m, from, base_url);
    if (str_ends(rest, S("\n"))) rest.n--;
    while (str_next(&rest, '\n', &line)) {
        if (str_ends(line, S("\r"))) line.n--;
        put_quoted_line(b, line);
    }
}
