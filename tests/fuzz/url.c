/* Any bytes as a request's target.  What is read must lead back to itself through our own links. */
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool read_target(struct arena *a, Str target, struct request *q)
{
    int status;
    Message why = NO_MESSAGE;
    *q = (struct request){ .a = a, .head = { .method = GET, .target = target } };
    bool good = !request_read(q, &status, &why);
    MUST(good || (status >= 400 && status < 500));
    return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make(64 << 20, NULL);
    struct request q, again;
    if (read_target(&a, (Str){ (const char *)data, n }, &q)) {
        Str link = url_of(&a, q.lang, q.path, q.as, &q.query);
        if (link.n <= TARGET_MAX) {
            MUST(read_target(&a, link, &again));
            MUST(again.lang == q.lang && again.as == q.as && str_eq(again.path, q.path));
            MUST(str_eq(params_str(&a, &again.query), params_str(&a, &q.query)));
            for (size_t i = 0; i < q.segments; i++) MUST(str_eq(again.segment[i], q.segment[i]));
        }
        struct params toggled = params_toggled(&a, &q.query, "field", S("x"));
        struct params back = params_toggled(&a, &toggled, "field", S("x"));
        MUST(params_has(&back, "field", S("x")) == params_has(&q.query, "field", S("x")));
    }
    arena_free(&a);
    return 0;
}
