/*
 * scan.h - the loops over a byte for each document: in the make that this processor can do best, chosen when the program starts; all makes
 * give the same bytes.  `words` are of 64 documents each.
 */
#ifndef ENGINE_MATCH_SCAN_H
#define ENGINE_MATCH_SCAN_H

#include "engine/search/segment.h"

struct scan {
    /* to[i] = the greater of to[i] and value, where the bit is set. */
    void     (*paint)(uint8_t *to, const uint64_t *bits, uint8_t value, size_t words);
    /* to[i] = the lesser of to[i] and table[range[i]]. */
    void     (*range)(uint8_t *to, const uint8_t *range, const uint8_t table[FACT_RANGES], size_t words);
    void     (*lesser)(uint8_t *to, const uint8_t *other, size_t words);
    /* to[i] += impact[i] * factor / 256, rounded up; at most 255. */
    void     (*scale)(uint8_t *to, const uint8_t *impact, uint32_t factor, size_t words);
    void     (*add)(uint16_t *sum, const uint8_t *points, size_t words);
    /* Of 64 sums: the greatest, and which are from .. to. */
    uint16_t (*greatest)(const uint16_t *sum);
    uint64_t (*between)(const uint16_t *sum, uint16_t from, uint16_t to);
};

enum { SCAN_PORTABLE, SCAN_AVX2, SCAN_AVX512, SCAN_MAKES };
const struct scan *scan_make(int make);         /* NULL: not on this processor                   */
const struct scan *scan_widest(void);

#endif
