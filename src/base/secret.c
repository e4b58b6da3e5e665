#include "base/secret.h"

#include "base/arena.h"
#include "base/error.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <string.h>

void random_bytes(void *out, size_t n)
{
    MUST(sodium_init() >= 0);
    randombytes_buf(out, n);
}

Str random_token(struct arena *a)
{
    char bytes[32];
    struct buf b = buf_make(a);
    random_bytes(bytes, sizeof bytes);
    put_base64url(&b, (Str){ bytes, sizeof bytes });
    return buf_str(&b);
}

Str hmac_sha256(struct arena *a, Str key, Str text)
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    struct buf b = buf_make(a);
    MUST(key.n <= INT32_MAX);
    MUST(HMAC(EVP_sha256(), key.p, (int)key.n, (const unsigned char *)text.p, text.n, mac, &n));
    for (unsigned i = 0; i < n; i++) put_f(&b, "%02x", mac[i]);
    return buf_str(&b);
}

bool secret_eq(Str a, Str b) { return a.n == b.n && (!a.n || !sodium_memcmp(a.p, b.p, a.n)); }

void put_base64url(struct buf *b, Str bytes)
{
    size_t room = sodium_base64_encoded_len(bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_raw(b->a, 1, 1, room);
    sodium_bin2base64(text, room, (const unsigned char *)bytes.p, bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    put_z(b, text);
}

bool base64url_read(struct arena *a, Str text, Str *bytes)
{
    char *out = arena_raw(a, 1, 1, text.n + 1);
    size_t n = 0;
    if (sodium_base642bin((unsigned char *)out, text.n + 1, text.p, text.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING))
        return false;
    *bytes = (Str){ out, n };
    return true;
}
