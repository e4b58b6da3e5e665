#include "base/hash.h"

#include <openssl/sha.h>

/*
 * After the multiply-and-fold family (wyhash, mum-hash): two 64-bit words are multiplied to 128 bits and the halves
 * xored.  Long texts run in two lanes, so that the multiplier is never waited for.
 */
__extension__ typedef unsigned __int128 Wide;

static const uint64_t salt[4] = {                   /* odd, half of the bits set, no pattern     */
    0x9E3779B97F4A7C15u, 0xD6E8FEB86659FD93u, 0xA0761D6478BD642Fu, 0xE7037ED1A0B428DBu,
};

static inline uint64_t word64(const unsigned char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline uint64_t word32(const unsigned char *p)
{
    uint32_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

uint64_t hash64(const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    size_t left = n;
    uint64_t one = salt[0] ^ n, two = salt[1];
    for (; left > 32; p += 32, left -= 32) {
        one = hash_fold(word64(p) ^ salt[2], word64(p + 8) ^ one);
        two = hash_fold(word64(p + 16) ^ salt[3], word64(p + 24) ^ two);
    }
    if (left > 16) {
        one = hash_fold(word64(p) ^ salt[2], word64(p + 8) ^ one);
        p += 16;
        left -= 16;
    }
    uint64_t a = 0, b = 0;                          /* the last 0 .. 16 bytes; reads may overlap */
    if (left >= 8)      a = word64(p), b = word64(p + left - 8);
    else if (left >= 4) a = word32(p), b = word32(p + left - 4);
    else if (left)      a = (uint64_t)p[0] << 16 | (uint64_t)p[left / 2] << 8 | p[left - 1];
    return hash_fold(salt[1] ^ n, hash_fold(a ^ salt[2] ^ two, b ^ one));
}

/* libcrypto's uses the processor's own SHA instructions where there are any; an import hashes an entry for each row. */
Str sha256_hex(struct arena *a, Str s)
{
    static const char digit[] = "0123456789abcdef";
    unsigned char sum[SHA256_DIGEST_LENGTH];
    char *hex = NEW_ARRAY(a, char, SHA256_HEX + 1);
    SHA256((const unsigned char *)s.p, s.n, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digit[sum[i] >> 4];
        hex[2 * i + 1] = digit[sum[i] & 15];
    }
    return (Str){ hex, SHA256_HEX };
}

/* Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014). */
uint64_t rng_next(struct rng *r)
{
    uint64_t z = r->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
    MUST(n > 0);
    return (uint64_t)((Wide)rng_next(r) * n >> 64);
}
