#include "engine/search/words.h"
#include "base/unicode.h"

#include <unicode/uchar.h>

enum { QUERY_BYTES = 8192 };                        /* what lies beyond is not read              */

static bool in_word(uint32_t c)
{
    if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    int8_t type = u_charType((UChar32)c);
    return u_isalnum((UChar32)c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

bool next_word(Str *rest, Str *word)
{
    const char *p = rest->p, *end = rest->p + rest->n, *from = NULL;
    while (p < end) {
        const char *at = p;
        if (in_word(utf8_next(&p, end))) {
            if (!from) from = at;
        } else if (from) {
            *word = (Str){ from, (size_t)(at - from) };
            *rest = (Str){ at, (size_t)(end - at) };
            return true;
        }
    }
    *word = (Str){ from, from ? (size_t)(end - from) : 0 };
    *rest = (Str){ end, 0 };
    return from;
}

/* Broken bytes become U+FFFD, which stands in no word. */
static Str sane(struct arena *a, Str query)
{
    query = str_sub(query, 0, QUERY_BYTES);
    if (utf8_valid(query)) return text_nfc(a, query);
    struct buf b = buf_make(a);
    for (const char *p = query.p, *end = p + query.n; p < end;) put_utf8(&b, utf8_next(&p, end));
    return text_nfc(a, buf_str(&b));
}

/* Cuts at the next quotation mark: " or one of “ ” „ « ». */
static bool cut_at_quote(Str *rest, Str *piece)
{
    const char *p = rest->p, *end = rest->p + rest->n;
    if (p == end) return false;
    while (p < end) {
        const char *at = p;
        uint32_t c = utf8_next(&p, end);
        if (c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB) {
            *piece = (Str){ rest->p, (size_t)(at - rest->p) };
            *rest = (Str){ p, (size_t)(end - p) };
            return true;
        }
    }
    *piece = *rest;
    *rest = (Str){ end, 0 };
    return true;
}

void words_read(struct arena *a, Str query, bool prefix, struct words *out)
{
    *out = (struct words){ 0 };
    if (!query.n) return;
    Str rest = text_tone(a, sane(a, query)), piece, exact;
    for (bool quoted = false; cut_at_quote(&rest, &piece); quoted = !quoted) {
        size_t before = out->n;
        while (out->n < SEARCH_WORDS && next_word(&piece, &exact)) {
            struct word w = { .exact = exact, .fold = text_fold(a, exact), .phrase = quoted ? out->phrases + 1 : 0 };
            out->accents |= !str_eq(w.exact, w.fold);
            out->word[out->n++] = w;
        }
        out->phrases += quoted && out->n > before;
    }
    if (prefix && out->n && !out->word[out->n - 1].phrase) out->word[out->n - 1].begun = true;
}
