/* Any bytes as a list of keys, a line's end, and a token: read, or refused with a reason. */
#include "web/jwt.h"
#include "web/oidc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    Str keys_text, token_text;
    struct jwks keys;
    struct jwt token;
    struct identity who;
    Message why = NO_MESSAGE;
    str_cut((Str){ (const char *)data, n }, '\n', &keys_text, &token_text);
    bool read = !jwks_read(&a, keys_text, &keys, &why);
    MUST(keys.n <= JWKS_KEYS);
    if (!jwt_read(&a, token_text, &token, &why)) {
        MUST(token.alg != JWT_NONE && token.signing.n < token_text.n);
        if (read && jwt_verify(&token, &keys, &why)) MUST(why.id);
        if (identity_read(&token, &(struct expected){ S("i"), S("c"), S("n"), 0 }, &who, &why)) MUST(why.id);
    } else MUST(why.id);
    arena_free(&a);
    return 0;
}
