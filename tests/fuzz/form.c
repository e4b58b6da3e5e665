/* Any bytes as a form's body, and as headers that are lists.  What was read, written and read again is the same. */
#include "web/encoding.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make(256 << 20, NULL);
    struct params l, again;
    Message why = NO_MESSAGE;
    Str in = { (const char *)data, n };
    struct request q = { .a = &a, .head = { .cookie = in } };
    if (!params_read(&a, in, PARAMS_FORM, &l, &why)) {
        MUST(!params_read(&a, params_str(&a, &l), PARAMS_FORM, &again, &why));
        MUST(l.n == again.n);
        for (size_t i = 0; i < l.n; i++)
            MUST(str_eq(l.p[i].name, again.p[i].name) && str_eq(l.p[i].value, again.p[i].value));
    } else {
        MUST(why.id);
    }
    MUST(encodings_accepted(in) & 1u << PLAIN);
    MUST(request_cookie(&q, "lang").n <= n);
    etag_matches(in, S("\"a\""));
    arena_free(&a);
    return 0;
}
