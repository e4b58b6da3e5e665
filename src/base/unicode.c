#include "base/unicode.h"

#include <pthread.h>
#include <uchar.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/*
 * Import and indexing do this millions of times, nearly always to Vietnamese and ASCII.  So what ICU knows of the
 * letters below U+0250 and of U+1E00 - U+1EFF, where all Vietnamese lies, is kept in a table, filled when the program starts;
 * every other letter asks ICU.
 */
struct letter { uint16_t lower, upper, fold, base; uint8_t tone; };     /* base: lower case without tone */

enum { FIRST_PART = 0x250, SECOND_PART = 0x1E00, SECOND_END = 0x1F00,
       LETTERS = FIRST_PART + SECOND_END - SECOND_PART };

static struct letter letters[LETTERS];
static const uint16_t tone_marks[TONES] = {
    [TONE_HUYEN] = 0x300, [TONE_HOI] = 0x309, [TONE_NGA] = 0x303, [TONE_SAC] = 0x301, [TONE_NANG] = 0x323,
};

static const UNormalizer2 *nfc, *nfkc;

static inline struct letter *letter_of(uint32_t c)
{
    if (c < FIRST_PART) return &letters[c];
    if (c - SECOND_PART < SECOND_END - SECOND_PART) return &letters[FIRST_PART + c - SECOND_PART];
    return NULL;
}

/* Korean syllables, and the kana that Unicode takes for others with a mark: letters of their own to who writes them. */
static inline bool whole_letter(uint32_t c) { return c - 0xAC00 < 0x2BA4 || c - 0x3040 < 0xC0; }

/* What is left of a lower-case letter without the marks above and below it; đ is a letter of its own to Unicode. */
static uint32_t without_marks(uint32_t c)
{
    if (whole_letter(c)) return c;
    UChar d[8];
    UErrorCode e = U_ZERO_ERROR;
    int32_t n = unorm2_getDecomposition(nfc, (UChar32)c, d, COUNT(d), &e);
    if (n > 0 && U_SUCCESS(e) && !U16_IS_SURROGATE(d[0])) c = d[0];
    return c == 0x111 ? 'd' : c;
}

/* ệ is ê with nặng, though to Unicode it is ẹ with a circumflex: normalising brings the marks in order. */
static uint32_t with_tone(char16_t vowel, enum tone t)
{
    UChar apart[] = { vowel, tone_marks[t] }, whole[2];
    UErrorCode e = U_ZERO_ERROR;
    MUST(unorm2_normalize(nfc, apart, COUNT(apart), whole, COUNT(whole), &e) == 1 && U_SUCCESS(e));
    return whole[0];
}

static void set_tone(uint32_t c, char16_t vowel, enum tone t)
{
    struct letter *l = letter_of(c);
    MUST(l);
    l->base = vowel;
    l->tone = (uint8_t)t;
}

static void fill_tones(void)
{
    static const char16_t vowels[] = u"aăâeêioôơuưy";
    for (const char16_t *v = vowels; *v; v++)
        for (enum tone t = TONE_HUYEN; t < TONES; t++) {
            uint32_t c = with_tone(*v, t);
            set_tone(c, *v, t);
            set_tone((uint32_t)u_toupper((UChar32)c), *v, t);
        }
}

__attribute__((constructor)) static void fill_letters(void)
{
    UErrorCode e = U_ZERO_ERROR;
    nfc = unorm2_getNFCInstance(&e);
    nfkc = unorm2_getNFKCInstance(&e);
    MUST(U_SUCCESS(e));
    for (uint32_t i = 0; i < LETTERS; i++) {
        uint32_t c = i < FIRST_PART ? i : i - FIRST_PART + SECOND_PART;
        uint32_t lower = (uint32_t)u_tolower((UChar32)c), upper = (uint32_t)u_toupper((UChar32)c);
        letters[i] = (struct letter){ .lower = (uint16_t)lower, .upper = (uint16_t)upper,
                                      .fold = (uint16_t)without_marks(lower), .base = (uint16_t)lower };
    }
    fill_tones();
}

/* One to one and never longer, see unicode.h.  Copies from the first letter that changes. */
typedef uint32_t Change(uint32_t c);

uint32_t lower_char(uint32_t c)
{
    const struct letter *l = letter_of(c);
    return l ? l->lower : (uint32_t)u_tolower((UChar32)c);
}

uint32_t upper_char(uint32_t c)
{
    const struct letter *l = letter_of(c);
    return l ? l->upper : (uint32_t)u_toupper((UChar32)c);
}

uint32_t fold_char(uint32_t c)
{
    const struct letter *l = letter_of(c);
    return l ? l->fold : without_marks((uint32_t)u_tolower((UChar32)c));
}

static inline uint32_t next_char(const char **p, const char *end)
{
    return (unsigned char)**p < 0x80 ? (unsigned char)*(*p)++ : utf8_next(p, end);
}

static inline char *write_changed(char *to, const char *from, const char *end, Change *change)
{
    while (from < end) {
        const char *at = from;
        uint32_t c = next_char(&from, end), other = change(c);
        if (other < 0x80) {
            *to++ = (char)other;
            continue;
        }
        char bytes[4];
        size_t n = utf8_write(bytes, other), was = (size_t)(from - at);
        bool kept = other == c || n > was;          /* c may also stand for a byte that is not UTF-8 */
        memcpy(to, kept ? at : bytes, kept ? was : n);
        to += kept ? was : n;
    }
    return to;
}

static inline Str changed(struct arena *a, Str s, Change *change)
{
    if (!s.n) return s;
    const char *same = s.p, *end = s.p + s.n;       /* nothing changes before `same`             */
    for (const char *p = same; p < end; same = p) {
        uint32_t c = next_char(&p, end);
        if (change(c) != c) break;
    }
    if (same == end) return s;
    char *out = NEW_ARRAY(a, char, s.n);
    size_t kept = (size_t)(same - s.p);
    memcpy(out, s.p, kept);
    return (Str){ out, (size_t)(write_changed(out + kept, same, end, change) - out) };
}

Str text_lower(struct arena *a, Str in) { return changed(a, in, lower_char); }
Str text_upper(struct arena *a, Str in) { return changed(a, in, upper_char); }
Str text_fold(struct arena *a, Str in)  { return changed(a, in, fold_char); }

uint32_t tone_split(uint32_t c, enum tone *tone)
{
    const struct letter *l = letter_of(c);
    *tone = l ? l->tone : TONE_NONE;
    return l ? l->base : c;
}

/* "òa" "òe" "ùy" become "oà" "oè" "uỳ", which is where the mark stands when a consonant follows.  0: not such a pair. */
static uint32_t moved_tone(const struct letter *first, char second)
{
    bool pair = (first->base == 'o' && (second == 'a' || second == 'e')) || (first->base == 'u' && second == 'y');
    return pair && first->tone ? with_tone((char16_t)second, first->tone) : 0;
}

Str text_tone(struct arena *a, Str in)
{
    Str s = text_lower(a, in);
    struct buf b = buf_make(a);
    size_t kept = 0;                                /* how much of s is in b                     */
    for (size_t i = 1; i < s.n; i++) {
        char c = s.p[i];
        if ((c != 'a' && c != 'e' && c != 'y') || (unsigned char)s.p[i - 1] < 0x80) continue;
        size_t first = i - 1;                       /* back to where the letter before begins    */
        while (first > kept && ((unsigned char)s.p[first] & 0xC0) == 0x80) first--;
        const char *p = s.p + first;
        const struct letter *l = letter_of(utf8_next(&p, s.p + i));
        uint32_t moved = l ? moved_tone(l, c) : 0;
        if (!moved) continue;
        put(&b, str_sub(s, kept, first - kept));
        put_utf8(&b, l->base);
        put_utf8(&b, moved);
        kept = i + 1;
    }
    if (!kept) return s;
    put(&b, str_sub(s, kept, s.n));
    return buf_str(&b);
}

Str text_slug(struct arena *a, Str in)
{
    Str s = text_fold(a, in);
    struct buf b = buf_make(a);
    bool gap = false;
    for (size_t i = 0; i < s.n; i++) {
        bool kept = (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9');
        if (kept && gap && b.n) put_c(&b, '-');
        if (kept) put_c(&b, s.p[i]);
        gap = !kept;
    }
    return buf_str(&b);
}

/* ---- through ICU ---- */

struct utf16 { UChar *p; int32_t n; };

static struct utf16 utf16_of(struct arena *a, Str s)
{
    UErrorCode e = U_ZERO_ERROR;
    struct utf16 u = { NEW_ARRAY(a, UChar, s.n + 1), 0 };
    MUST(s.n < INT32_MAX / 4);
    u_strFromUTF8WithSub(u.p, (int32_t)s.n + 1, &u.n, s.n ? s.p : "", (int32_t)s.n, 0xFFFD, NULL, &e);
    MUST(U_SUCCESS(e));
    return u;
}

static Str utf8_of(struct arena *a, struct utf16 u)
{
    UErrorCode e = U_ZERO_ERROR;
    int32_t room = 3 * u.n + 1, n = 0;
    char *p = NEW_ARRAY(a, char, (size_t)room);
    u_strToUTF8WithSub(p, room, &n, u.p, u.n, 0xFFFD, NULL, &e);
    MUST(U_SUCCESS(e));
    return (Str){ p, (size_t)n };
}

/* Letters and signs that are in NFC whatever stands beside them.  Others may be too; ICU knows. */
static inline bool surely_nfc(uint32_t c)
{
    return c < 0x300 || c - 0x1E00 < 0x100 || c - 0x2010 < 0x40 || c - 0x4E00 < 0x5000;
}

static Str normalised(struct arena *a, Str in, const UNormalizer2 *form)
{
    struct utf16 u = utf16_of(a, in), v = { 0 };
    UErrorCode e = U_ZERO_ERROR;
    if (unorm2_quickCheck(form, u.p, u.n, &e) == UNORM_YES) return in;
    int32_t room = 3 * u.n + 1;                     /* NFC grows UTF-16 at most threefold, NFKC no width form */
    v.p = NEW_ARRAY(a, UChar, (size_t)room);
    v.n = unorm2_normalize(form, u.p, u.n, v.p, room, &e);
    MUST(U_SUCCESS(e));
    return utf8_of(a, v);
}

Str text_nfc(struct arena *a, Str in)
{
    if (!in.n) return in;
    for (const char *p = in.p, *end = in.p + in.n; p < end;)
        if (!surely_nfc(utf8_next(&p, end))) return normalised(a, in, nfc);
    return in;
}

static bool width_form(uint32_t c) { return c - 0xFF01 < 0xEE || c == 0x3000; }

Str text_width(struct arena *a, Str in)
{
    if (!in.n) return in;
    struct buf b = buf_make(a);
    size_t kept = 0;                                /* how much of in is in b                    */
    for (const char *p = in.p, *end = in.p + in.n; p < end;) {
        const char *from = p, *to = p;
        while (p < end && width_form(next_char(&p, end))) to = p;
        if (to == from) continue;
        put(&b, str_sub(in, kept, (size_t)(from - in.p) - kept));
        put(&b, normalised(a, (Str){ from, (size_t)(to - from) }, nfkc));
        kept = (size_t)(to - in.p);
    }
    if (!kept) return in;
    put(&b, str_sub(in, kept, in.n));
    return buf_str(&b);
}

static bool unwanted(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || c - 0x7F < 0x21 || c == 0xFEFF || c - 0x200B < 5 ||
           c - 0x202A < 5 || c - 0x2060 < 10;
}

static Str without_unwanted(struct arena *a, Str in)
{
    struct buf b = { .a = a, .p = NEW_ARRAY(a, char, in.n), .cap = in.n };
    for (const char *p = in.p, *end = in.p + in.n; p < end;) {
        const char *from = p;
        uint32_t c = utf8_next(&p, end);
        if (c == '\r' && (p == end || *p != '\n')) put_c(&b, '\n');
        else if (!unwanted(c)) put(&b, (Str){ from, (size_t)(p - from) });
    }
    return buf_str(&b);
}

/* What nearly all text is, and needs nothing done: valid UTF-8 of ASCII, Latin and Vietnamese letters. */
static bool plain(Str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0; i < s.n;) {
        size_t left = s.n - i;
        if (p[i] >= 0x20 && p[i] < 0x7F) i++;
        else if (p[i] >= 0xC3 && p[i] <= 0xCB && left >= 2 && (p[i + 1] & 0xC0) == 0x80) i += 2;
        else if (p[i] == 0xE1 && left >= 3 && p[i + 1] >= 0xB8 && p[i + 1] <= 0xBB && (p[i + 2] & 0xC0) == 0x80) i += 3;
        else if (p[i] == '\n' || p[i] == '\t') i++;
        else return false;
    }
    return true;
}

bool text_clean(struct arena *a, Str in, Str *out)
{
    *out = in;
    if (plain(in)) return true;
    if (!utf8_valid(in)) return false;
    bool wanted = true;
    for (const char *p = in.p, *end = in.p + in.n; p < end;) wanted &= !unwanted(utf8_next(&p, end));
    *out = text_nfc(a, wanted ? in : without_unwanted(a, in));
    return true;
}

static UCollator *vietnamese;

static void open_collator(void)
{
    UErrorCode e = U_ZERO_ERROR;
    vietnamese = ucol_open("vi", &e);
    MUST(U_SUCCESS(e));
}

Str text_sort_key(struct arena *a, Str in)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static const char digit[] = "0123456789abcdef";
    pthread_once(&once, open_collator);             /* read by many threads from here on          */
    struct utf16 u = utf16_of(a, in);
    int32_t room = 4 * u.n + 16;                    /* nearly always enough                      */
    uint8_t *key = NEW_ARRAY(a, uint8_t, (size_t)room);
    int32_t n = ucol_getSortKey(vietnamese, u.p, u.n, key, room);
    if (n > room) {
        key = NEW_ARRAY(a, uint8_t, (size_t)n);
        ucol_getSortKey(vietnamese, u.p, u.n, key, n);
    }
    n--;                                            /* ICU ends it with a zero                    */
    char *hex = NEW_ARRAY(a, char, 2 * (size_t)n);
    for (int32_t i = 0; i < n; i++) {
        hex[2 * i] = digit[key[i] >> 4];
        hex[2 * i + 1] = digit[key[i] & 15];
    }
    return (Str){ hex, 2 * (size_t)n };
}
