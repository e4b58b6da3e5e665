#include "base/number.h"

#include "base/unicode.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const struct { char group, decimal; } marks[LANGS] = { [VI] = { '.', ',' }, [EN] = { ',', '.' } };

static void put_grouped(struct buf *b, char mark, Str digits)
{
    for (size_t i = 0; i < digits.n; i++) {
        if (i && (digits.n - i) % 3 == 0) put_c(b, mark);
        put_c(b, digits.p[i]);
    }
}

void put_int_grouped(struct buf *b, enum lang l, int64_t v)
{
    char z[24];
    int n = snprintf(z, sizeof z, "%llu", v < 0 ? -(unsigned long long)v : (unsigned long long)v);
    if (v < 0) put_c(b, '-');
    put_grouped(b, marks[l].group, (Str){ z, (size_t)n });
}

enum { PLACES = 6 };                                /* decimals shown to people                  */

void put_real(struct buf *b, enum lang l, double v)
{
    char z[352];                                    /* 309 digits of the largest double fit      */
    MUST(isfinite(v));
    size_t n = (size_t)snprintf(z, sizeof z, "%.*f", PLACES, fabs(v));
    size_t whole = n - PLACES - 1;                  /* the point itself depends on the locale    */
    while (n > whole + 1 && z[n - 1] == '0') n--;
    bool fraction = n > whole + 1;
    if (v < 0 && (fraction || strspn(z, "0") < whole)) put_c(b, '-');
    put_grouped(b, marks[l].group, (Str){ z, whole });
    if (fraction) put_c(b, marks[l].decimal);
    if (fraction) put(b, (Str){ z + whole + 1, n - whole - 1 });
}

void put_real_plain(struct buf *b, double v)
{
    char z[40];
    double back;
    MUST(isfinite(v));
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(z, sizeof z, "%.*g", digits, v);
        char *comma = strchr(z, ',');               /* of a locale                               */
        if (comma) *comma = '.';
        if (str_to_f64(str_of(z), &back) && memcmp(&back, &v, sizeof v) == 0) break;
    }
    put_z(b, z);
}

/*
 * Reading.  A number is first brought to one byte per sign: digits, '.', ',' and ' ' for any space or apostrophe that
 * groups digits.  Then it is judged which sign is the decimal one, and that the others stand before three digits.
 */
enum { LONGEST = 48 };

static const struct { Str text; char sign; } signs[] = {
    { S_("\xC2\xA0"), ' ' },        /* no-break space        */
    { S_("\xE2\x80\xAF"), ' ' },    /* narrow no-break space */
    { S_("\xE2\x80\x89"), ' ' },    /* thin space            */
    { S_("\xE2\x88\x92"), '-' },    /* minus sign            */
    { S_("\xE2\x80\x93"), '-' },    /* en dash               */
    { S_("'"), ' ' },
};

static bool plain_signs(Str s, char *out, size_t *n)
{
    for (*n = 0; s.n; (*n)++) {
        size_t taken = 1;
        if (*n == LONGEST) return false;
        out[*n] = s.p[0];
        for (size_t i = 0; i < COUNT(signs); i++)
            if (str_starts(s, signs[i].text)) {
                out[*n] = signs[i].sign;
                taken = signs[i].text.n;
            }
        s = str_sub(s, taken, s.n);
    }
    return true;
}

static size_t count_of(Str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == c;
    return n;
}

static const char *last_of(Str s, char c) { return s.n ? memrchr(s.p, c, s.n) : NULL; }

/* Where the decimal sign stands; NULL: it has none.  `c` is the only kind of the two and stands once. */
static const char *decimal_alone(Str s, char c, char decimal)
{
    const char *at = last_of(s, c);
    size_t before = (size_t)(at - s.p), after = s.n - before - 1;
    bool groups = c != decimal && after == 3 && before >= 1 && before <= 3 && s.p[0] != '0';
    return groups ? NULL : at;
}

static const char *decimal_of(Str s, char decimal)
{
    size_t dots = count_of(s, '.'), commas = count_of(s, ',');
    if (dots && commas) {
        const char *dot = last_of(s, '.'), *comma = last_of(s, ',');
        return dot > comma ? dot : comma;
    }
    if (dots + commas != 1) return NULL;
    return decimal_alone(s, dots ? '.' : ',', decimal);
}

/* Only digits, and signs of one kind each before exactly three of them. */
static bool put_whole(struct buf *b, Str s)
{
    char mark = 0;
    size_t run = 0;
    if (!s.n) put_c(b, '0');
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c >= '0' && c <= '9') {
            put_c(b, c);
            run++;
            continue;
        }
        if (!strchr("., ", c) || !c || (mark && (c != mark || run != 3)) || !run || run > 3) return false;
        mark = c;
        run = 0;
    }
    return !mark || run == 3;
}

static bool all_digits(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n > 0;
}

static bool read_unsigned(Str s, char decimal, struct buf *b)
{
    const char *at = decimal_of(s, decimal);
    Str whole = at ? (Str){ s.p, (size_t)(at - s.p) } : s;
    Str fraction = at ? (Str){ at + 1, s.n - whole.n - 1 } : (Str){ 0 };
    if (at && !all_digits(fraction)) return false;
    if (!s.n || !put_whole(b, whole)) return false;
    if (at) put_c(b, '.');
    put(b, fraction);
    return true;
}

bool number_read(Str s, char decimal, double *out)
{
    char plain[LONGEST], text[2 * LONGEST];
    struct buf b = { .p = text, .cap = sizeof text };   /* never grows: at most two bytes for one */
    size_t n;
    if (!plain_signs(str_trim(s), plain, &n)) return false;
    Str rest = { plain, n };
    bool paren = str_starts(rest, S("(")) && str_ends(rest, S(")"));    /* as accountants write minus */
    if (paren) rest = str_trim(str_sub(rest, 1, rest.n - 2));
    bool minus = str_starts(rest, S("-"));
    if (minus || str_starts(rest, S("+"))) rest = str_trim(str_sub(rest, 1, rest.n));
    if (minus != paren) put_c(&b, '-');
    if (rest.n == 0 || !read_unsigned(rest, decimal, &b)) return false;
    return str_to_f64(buf_str(&b), out);
}

/*
 * Multipliers.  A phrase counts as whole words; `not_after` and `not_before` are words that make it another thing: a
 * "tỷ lệ" is a rate, a "hợp đồng" a contract.
 */
static const struct { Str phrase; double scale; const char *not_after, *not_before; } scales[] = {
    { S_("nghìn tỷ"), 1e12, NULL, NULL },
    { S_("ngàn tỷ"), 1e12, NULL, NULL },
    { S_("triệu tỷ"), 1e15, NULL, NULL },
    { S_("tỷ"), 1e9, NULL, " lệ trọng suất giá số " },
    { S_("tỉ"), 1e9, NULL, " lệ trọng suất giá số mỉ " },
    { S_("ty dong"), 1e9, NULL, NULL },
    { S_("ty vnd"), 1e9, NULL, NULL },
    { S_("triệu"), 1e6, NULL, NULL },
    { S_("trieu"), 1e6, NULL, NULL },
    { S_("trđ"), 1e6, NULL, NULL },
    { S_("tr đ"), 1e6, NULL, NULL },
    { S_("tr đồng"), 1e6, NULL, NULL },
    { S_("nghìn"), 1e3, NULL, NULL },
    { S_("ngàn"), 1e3, NULL, NULL },
    { S_("nghin"), 1e3, NULL, NULL },
    { S_("ngan"), 1e3, NULL, NULL },
    { S_("1000 đồng"), 1e3, NULL, NULL },
    { S_("1 000 đồng"), 1e3, NULL, NULL },
    { S_("1000 đ"), 1e3, NULL, NULL },
    { S_("1 000 đ"), 1e3, NULL, NULL },
    { S_("trillion"), 1e12, NULL, NULL },
    { S_("billion"), 1e9, NULL, NULL },
    { S_("bn"), 1e9, NULL, NULL },
    { S_("million"), 1e6, NULL, NULL },
    { S_("millions"), 1e6, NULL, NULL },
    { S_("mn"), 1e6, NULL, NULL },
    { S_("thousand"), 1e3, NULL, NULL },
    { S_("thousands"), 1e3, NULL, NULL },
    { S_("đồng"), 1, " hợp hội cộng ", " bộ thau đỏ hồ " },
    { S_("dong"), 1, " hop hoi cong ", " bo thau do ho " },
    { S_("vnđ"), 1, NULL, NULL },
    { S_("vnd"), 1, NULL, NULL },
};

/* " a b c ": lower case, every run of anything but letters and digits one space. */
static Str words_of(struct arena *a, Str text)
{
    Str lower = text_lower(a, text);
    struct buf b = buf_make(a);
    put_c(&b, ' ');
    for (size_t i = 0; i < lower.n; i++) {
        unsigned char c = (unsigned char)lower.p[i];
        if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) put_c(&b, (char)c);
        else if (b.p[b.n - 1] != ' ') put_c(&b, ' ');
    }
    if (b.p[b.n - 1] != ' ') put_c(&b, ' ');
    return buf_str(&b);
}

/* Is the word at the end (or the start) of `around` one of the list's? */
static bool listed(struct arena *a, const char *list, Str around, bool at_end)
{
    if (!list || !around.n) return false;
    Str word = around, rest;
    if (at_end) {
        const char *space = memrchr(around.p, ' ', around.n);
        if (space) word = str_sub(around, (size_t)(space - around.p) + 1, around.n);
    } else {
        str_cut(around, ' ', &word, &rest);
    }
    return word.n && str_has(str_of(list), str_f(a, " %.*s ", FMT(word)));
}

bool number_scale(struct arena *a, Str text, double *scale)
{
    Str words = words_of(a, text);
    for (size_t i = 0; i < COUNT(scales); i++) {
        Str phrase = str_f(a, " %.*s ", FMT(scales[i].phrase));
        size_t at;
        if (!str_find(words, phrase, &at)) continue;
        if (listed(a, scales[i].not_after, str_sub(words, 0, at), true)) continue;
        if (listed(a, scales[i].not_before, str_sub(words, at + phrase.n, words.n), false)) continue;
        *scale = scales[i].scale;
        return true;
    }
    return false;
}
