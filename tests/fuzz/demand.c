/* Any bytes as a demand file: it is refused with at least one sentence, or asks what the engine takes. */
#include "fuzz/register.h"
#include "programme/linkage/wanted.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)512 << 20, NULL);
    struct work w = register_for(&a);
    struct wanted d;
    struct wrong_parts wrong;
    size_t limit;
    enum err e = wanted_from_json(&w, (Str){ (const char *)data, n }, &d, &limit, &wrong);
    MUST(!e == !wrong.n && d.n <= MATCH_CRITERIA && limit <= MATCH_BEST);
    if (!e) {
        wanted_check(&w, &d, &wrong);
        struct match_demand m = wanted_demand(&w, &d, 10);
        for (size_t i = 0; i < m.n; i++) {
            MUST(match_answer(&m.criteria[i], NULL, 0).answer == UNKNOWN);
            want_text(&w, &d.p[i]);
        }
        wanted_query(&w, &d);
    }
    arena_free(&a);
    return 0;
}
