/*
 * company_name.c - the key under which the spellings of one company name meet.
 *
 * data/company_words.csv lists how people write the words that say what kind of company it is ("Cty TNHH", "Co., Ltd"),
 * what it does ("cơ khí", "mechanical") and where ("VN", "Hanoi").  Legal forms and filler are left out, the rest is brought to one
 * folded word.  Their order stays: Hoàng Kim Long and Hoàng Long Kim are two companies.
 */
#include "programme/register.h"

#include "base/embedded.h"
#include "base/map.h"
#include "base/unicode.h"
#include "format/sheet.h"

#include <pthread.h>

enum { WORDS_MAX = 64 };                                    /* of a name                          */

struct phrase { Str token; bool left_out; };

static struct {
    struct arena a;
    struct map   by_words;                                  /* "cong ty tnhh" -> phrases[]        */
    struct map   longest;                                   /* "cong" -> words of the longest phrase that begins so */
    struct { struct phrase *p; size_t n, cap; } phrases;
} listed;

/* Folded words with one space between: letters and digits alone. */
static Str words_of(struct arena *a, Str text)
{
    Str folded = text_fold(a, text);
    char *p = NEW_ARRAY(a, char, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++) {
        unsigned char c = (unsigned char)folded.p[i];
        if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) p[n++] = (char)c;
        else if (n && p[n - 1] != ' ') p[n++] = ' ';
    }
    return str_trim((Str){ p, n });
}

static void note_length(Str words)
{
    Str first, rest;
    int64_t n = 1;
    bool added;
    str_cut(words, ' ', &first, &rest);
    for (size_t i = 0; i < words.n; i++) n += words.p[i] == ' ';
    int64_t *longest = map_put(&listed.longest, first, n, &added);
    if (n > *longest) *longest = n;
}

static void add_phrase(Str spelling, Str token, Str kind)
{
    bool added;
    if (str_is(kind, "address")) return;
    Str words = words_of(&listed.a, spelling);
    map_put(&listed.by_words, words, (int64_t)listed.phrases.n, &added);
    if (!added) return;
    note_length(words);
    bool left_out = str_is(kind, "legal_form") || str_is(kind, "noise");
    *GROW(&listed.a, listed.phrases) = (struct phrase){ words_of(&listed.a, token), left_out };
}

static void load(void)
{
    Str bytes;
    Message why;
    struct sheet_reader *in;
    const struct sheet_row *row;
    listed.a = arena_make((size_t)8 << 20, NULL);
    listed.by_words = map_make(&listed.a, 1024);
    listed.longest = map_make(&listed.a, 512);
    MUST(embedded_find(S("data/company_words.csv"), &bytes) && !sheet_open(&listed.a, bytes, &in, &why));
    MUST(!sheet_choose(in, 0, &why) && !sheet_next(in, &row, &why));        /* the header         */
    for (;;) {
        MUST(!sheet_next(in, &row, &why));
        if (!row) break;
        enum { SPELLING, TOKEN, KIND, USED };               /* the token of filler is empty       */
        Str column[USED] = { { 0 } };
        for (size_t i = 0; i < row->n && row->cells[i].column <= USED; i++) column[row->cells[i].column - 1] = row->cells[i].text;
        add_phrase(column[SPELLING], str_dup(&listed.a, column[TOKEN]), column[KIND]);
    }
    sheet_close(in);
}

struct words { Str all; size_t from[WORDS_MAX], to[WORDS_MAX]; size_t n; };

static void split(struct words *w)
{
    for (size_t i = 0; i < w->all.n && w->n < WORDS_MAX; i++) {
        if (i && w->all.p[i - 1] != ' ') continue;
        const char *end = memchr(w->all.p + i, ' ', w->all.n - i);
        w->from[w->n] = i;
        w->to[w->n++] = end ? (size_t)(end - w->all.p) : w->all.n;
    }
}

/* Short spellings that mean something only in their place: "co" at the end, "cn" at the start, "cp" at either. */
static bool in_place(Str phrase, size_t at, size_t n)
{
    if (str_is(phrase, "co")) return at + 1 == n;
    if (str_is(phrase, "cn")) return at == 0;
    if (str_is(phrase, "cp")) return at == 0 || at + 1 == n;
    return true;
}

/* The longest listed phrase that starts at a word: how many words it takes, 0: none. */
static size_t phrase_at(const struct words *w, size_t at, const struct phrase **out)
{
    int64_t longest;
    if (!map_get(&listed.longest, str_sub(w->all, w->from[at], w->to[at] - w->from[at]), &longest)) return 0;
    for (size_t take = w->n - at < (size_t)longest ? w->n - at : (size_t)longest; take; take--) {
        Str phrase = str_sub(w->all, w->from[at], w->to[at + take - 1] - w->from[at]);
        int64_t i;
        if (!map_get(&listed.by_words, phrase, &i) || !in_place(phrase, at, w->n)) continue;
        *out = &listed.phrases.p[i];
        return take;
    }
    return 0;
}

struct kept { Str p[WORDS_MAX * 2]; size_t n; };

static void keep(struct kept *k, Str words)
{
    Str word;
    while (k->n < COUNT(k->p) && str_next(&words, ' ', &word)) k->p[k->n++] = word;
}

Str company_name_key(struct arena *a, Str name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    struct words w = { .all = words_of(a, name) };
    struct kept k = { .n = 0 };
    split(&w);
    for (size_t i = 0; i < w.n;) {
        const struct phrase *phrase;
        size_t take = phrase_at(&w, i, &phrase);
        if (!take) keep(&k, str_sub(w.all, w.from[i], w.to[i] - w.from[i]));
        else if (!phrase->left_out) keep(&k, phrase->token);
        i += take ? take : 1;
    }
    if (!k.n) keep(&k, w.all);                              /* a name of company words alone      */
    struct buf b = buf_make(a);
    for (size_t i = 0; i < k.n; i++) {
        if (i) put_c(&b, ' ');
        put(&b, k.p[i]);
    }
    return buf_str(&b);
}
