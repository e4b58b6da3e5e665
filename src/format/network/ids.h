/*
 * ids.h - from the text of an id to its number, millions of times a second: an open-addressing table whose cells hold ids of up
 * to 16 bytes whole, so that finding one touches one place in memory, which can be fetched beforehand.
 *
 * Ids are the same when their bytes are the same in Unicode NFC; ASCII, as nearly all are, is that already.
 */
#ifndef FORMAT_NETWORK_IDS_H
#define FORMAT_NETWORK_IDS_H

#include "base/hash.h"

enum { ID_LONGEST = 1000 };         /* bytes                                                     */

struct id_key {                     /* of up to 16 bytes: all of them; longer: a hash, and text is compared */
    uint64_t head, tail, hash;
    Str      text;
};
struct id_cell { uint64_t head, tail; uint32_t length, number; };      /* length 0: empty              */

struct ids {
    struct arena   *a;
    struct id_cell *cells;          /* a power of two of them                                    */
    size_t          cap;
    Str            *names;          /* by number                                                 */
    size_t          names_cap;
    uint32_t        n;
};

struct ids ids_make(struct arena *a, size_t expected);
/* The number of the id, which is copied when it is new.  An id has 1 to ID_LONGEST bytes; there are at most 2^32 - 2. */
uint32_t ids_add(struct ids *t, Str text, bool *added);

static inline struct id_key id_key_of(Str text);
static inline void ids_fetch(const struct ids *t, const struct id_key *k)              /* into the cache */
{
    __builtin_prefetch(&t->cells[k->hash & (t->cap - 1)]);
}
bool ids_find(const struct ids *t, const struct id_key *k, uint32_t *number);
bool ids_look(const struct ids *t, Str text, uint32_t *number);     /* the same for a single one  */

/* ---- keys ------------------------------------------------------------------------------------ */

enum { ID_SHORT = 16 };

static inline uint64_t id_word(const char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline uint64_t id_half(const char *p)
{
    uint32_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

/* Reads may overlap; with the length they tell all short texts apart. */
static inline struct id_key id_key_of(Str s)
{
    struct id_key k = { .text = s };
    if (s.n > ID_SHORT) k.head = str_hash(s), k.tail = id_word(s.p);
    else if (s.n >= 8) k.head = id_word(s.p), k.tail = id_word(s.p + s.n - 8);
    else if (s.n >= 4) k.head = id_half(s.p), k.tail = id_half(s.p + s.n - 4);
    else if (s.n) k.head = (uint64_t)(unsigned char)s.p[0] << 16 | (uint64_t)(unsigned char)s.p[s.n / 2] << 8 | (unsigned char)s.p[s.n - 1];
    k.hash = hash_fold(k.head ^ 0x9E3779B97F4A7C15u, k.tail ^ s.n << 56 ^ 0xD6E8FEB86659FD93u);
    return k;
}

#endif
