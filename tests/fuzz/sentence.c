/* Any bytes as a sentence: what is understood is a demand within its limits, whose address asks the same again, in both languages. */
#include "base/url.h"
#include "fuzz/register.h"
#include "programme/linkage/wanted.h"

static Str asked_again(struct work *w, Str query)
{
    struct params p;
    struct wanted d;
    struct wrong_parts wrong;
    Message why;
    MUST(!params_read(w->a, query, PARAMS_QUERY, &p, &why));
    MUST(!wanted_read(w, (const struct asked *)p.p, p.n, &d, &wrong));
    return wanted_query(w, &d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)512 << 20, NULL);
    struct work w = register_for(&a);
    for (w.lang = 0; w.lang < LANGS; w.lang++) {
        struct wanted d;
        struct wrong_parts wrong;
        wanted_from_words(&w, (Str){ (const char *)data, n }, &d, &wrong);
        MUST(d.n <= MATCH_CRITERIA && wrong.n <= WRONG_MOST && d.words.n <= WORDS_MOST);
        for (size_t i = 0; i < d.n; i++) want_text(&w, &d.p[i]);
        Str query = wanted_query(&w, &d);
        MUST(str_eq(asked_again(&w, query), query));
        wanted_check(&w, &d, &wrong);
        wanted_demand(&w, &d, 10);
    }
    arena_free(&a);
    return 0;
}
