/* hash.h - fingerprints: 64 bits for tables in memory, SHA-256 for what must be proved. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/text.h"

uint64_t hash64(const void *p, size_t n);                   /* fast; not for hostile equality    */
/* Two words multiplied to 128 bits, and the halves xored: what hash64 is made of, for keys of two words. */
static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 Wide;
    Wide w = (Wide)a * b;
    return (uint64_t)w ^ (uint64_t)(w >> 64);
}
static inline uint64_t str_hash(Str s) { return hash64(s.p, s.n); }

enum { SHA256_HEX = 64 };
Str sha256_hex(struct arena *a, Str s);                     /* 64 lower-case hex digits          */

/* A splitmix64 stream: the same numbers on every machine for the same seed. */
struct rng { uint64_t state; };
uint64_t rng_next(struct rng *r);
uint64_t rng_below(struct rng *r, uint64_t n);              /* 0 .. n-1                          */

#endif
