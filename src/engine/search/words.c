#include "engine/search/words.h"
#include "engine/search/concept_match.h"
#include "base/unicode.h"

#include <unicode/uchar.h>

enum { QUERY_BYTES = 8192 };                        /* what lies beyond is not read              */

static bool in_word(uint32_t c)
{
    if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    int8_t type = u_charType((UChar32)c);
    return u_isalnum((UChar32)c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

bool is_cjk(uint32_t c)
{
    static const struct { uint32_t from, to; } blocks[] = {
        { 0x1100, 0x11FF }, { 0x2E80, 0x31FF }, { 0x3400, 0x9FFF }, { 0xA960, 0xA97F }, { 0xAC00, 0xD7FF },
        { 0xF900, 0xFAFF }, { 0xFF66, 0xFFDC }, { 0x20000, 0x3FFFF },
    };
    for (size_t i = 0; i < COUNT(blocks) && c >= blocks[i].from; i++)
        if (c <= blocks[i].to) return true;
    return false;
}

/* What belongs to the character before it: accents, and the voice marks of kana of either width. */
static bool is_mark(uint32_t c)
{
    return c >= 0x300 && (u_charType((UChar32)c) == U_NON_SPACING_MARK || c == 0xFF9E || c == 0xFF9F);
}

bool next_word(Str *rest, Str *word)
{
    const char *p = rest->n ? rest->p : "", *end = p + rest->n, *from = NULL, *at = p;
    bool alone = false;
    for (uint32_t c; p < end; at = p) {
        bool in = in_word(c = utf8_next(&p, end)), cjk = in && c >= 0x1100 && is_cjk(c);
        if (from && (!in || ((alone || cjk) && !is_mark(c)))) {
            p = at;
            break;
        }
        if (!from && in) {
            from = at;
            alone = cjk;
        }
    }
    *word = (Str){ from, from ? (size_t)(p - from) : 0 };
    *rest = (Str){ p, (size_t)(end - p) };
    return from;
}

Str words_form(struct arena *a, Str text) { return text_tone(a, text_nfc(a, text_width(a, text))); }

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

void words_cut(struct arena *a, Str query, bool prefix, struct words *out)
{
    *out = (struct words){ 0 };
    if (!query.n) return;
    Str rest = words_form(a, sane(a, query)), piece, exact;
    const char *end = NULL;
    for (bool quoted = false; cut_at_quote(&rest, &piece); quoted = !quoted) {
        size_t before = out->n;
        while (out->n < SEARCH_WORDS && next_word(&piece, &exact)) {
            struct word w = { .exact = exact, .fold = text_fold(a, exact), .phrase = quoted ? out->phrases + 1 : 0, .literal = quoted,
                              .glued = exact.p == end, .from = out->n, .words = 1 };
            end = exact.p + exact.n;
            out->word[out->n++] = w;
        }
        out->phrases += quoted && out->n > before;
    }
    if (prefix && out->n && !out->word[out->n - 1].phrase) out->word[out->n - 1].begun = true;
}

/* A name of query words `from` on, as one word.  With other accents its words may be something else; begun, something longer. */
static struct word named(struct arena *a, const struct words *plain, const struct concept_at *at)
{
    const struct word *first = &plain->word[at->from], *last = first + at->words - 1;
    struct word w = { .exact = at->name, .fold = at->name, .concept = concept_token(a, at->concept), .from = at->from, .words = at->words,
                      .begun = last->begun, .glued = first->glued };
    for (const struct word *k = first; k <= last; k++) w.unaccented |= k->unaccented;
    struct words *spelt = NEW(a, struct words);
    for (size_t i = 0; i < at->words; i++) spelt->word[spelt->n++] = first[i];
    w.spelt = spelt;
    return w;
}

static void put_word(struct words *out, struct word w)
{
    out->accents |= !w.concept.n && !str_eq(w.exact, w.fold);
    out->word[out->n++] = w;
}

/* Characters without space between them that are left beside the names belong together. */
static void bind_runs(struct words *out)
{
    for (size_t i = 1; i < out->n; i++) {
        struct word *before = &out->word[i - 1], *w = &out->word[i];
        if (!w->glued || w->literal || before->literal || w->concept.n || before->concept.n) continue;
        if (!before->phrase) before->phrase = ++out->phrases;
        w->phrase = before->phrase;
        w->begun = false;
    }
}

void words_name(struct arena *a, const struct concepts *c, const struct words *plain, struct words *out)
{
    struct concept_word w[SEARCH_WORDS];
    struct concept_at *at = NULL;
    size_t names = 0, next = 0;
    for (size_t i = 0; i < plain->n; i++) {
        const struct word *k = &plain->word[i];
        w[i] = c && !k->literal ? concept_word(c, k->unaccented ? k->fold : k->exact, k->fold) : (struct concept_word){ 0 };
    }
    if (c) names = concepts_among(c, a, w, plain->n, &at);
    *out = (struct words){ .phrases = plain->phrases };
    for (size_t i = 0; i < plain->n;) {
        bool name = next < names && at[next].from == i;
        put_word(out, name ? named(a, plain, &at[next]) : plain->word[i]);
        i += name ? at[next++].words : 1;
    }
    bind_runs(out);
}

void words_read(struct arena *a, const struct concepts *c, Str query, bool prefix, struct words *out)
{
    struct words *plain = NEW(a, struct words);
    words_cut(a, query, prefix, plain);
    words_name(a, c, plain, out);
}
