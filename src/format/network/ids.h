/*
 * ids.h - from the text of an id to its number, millions of times a second: an open-addressing table whose cells hold ids of up
 * to 16 bytes whole, so that finding one touches one place in memory, which can be fetched beforehand.
 *
 * Ids are the same when their bytes are the same in Unicode NFC; ASCII, as nearly all are, is that already.
 */
#ifndef FORMAT_NETWORK_IDS_H
#define FORMAT_NETWORK_IDS_H

#include "base/base.h"

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

struct id_key id_key_of(Str text);
void ids_fetch(const struct ids *t, const struct id_key *k);        /* into the cache             */
bool ids_find(const struct ids *t, const struct id_key *k, uint32_t *number);
bool ids_look(const struct ids *t, Str text, uint32_t *number);     /* the same for a single one  */

#endif
