/*
 * kernel.h - the few loops over whole bitmaps and impact arrays that are worth writing for the machine at hand: chosen
 * once, when the program starts.  The results are the same bit for bit.  `words` are of 64 documents each.
 */
#ifndef ENGINE_SEARCH_KERNEL_H
#define ENGINE_SEARCH_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kernel {
    size_t   (*count)(const uint64_t *a, const uint64_t *b, size_t words);  /* bits in both      */
    /* sum[i] += impact[i], and the bonus too where there is an impact. */
    void     (*add)(uint32_t *sum, const uint8_t *impact, uint32_t bonus, size_t words);
    /* Which of 64 sums are above the floor.  Sums and floor stay below 2^31. */
    uint64_t (*above)(const uint32_t *sum, uint32_t floor);
    /* Which impacts are there. */
    void     (*bits)(uint64_t *to, const uint8_t *impact, size_t words);
    /* The greatest impact of each 64. */
    void     (*peaks)(uint8_t *to, const uint8_t *impact, size_t words);
    /* to[i] = the greater of to[i] and impact[i], or half of it, rounded up. */
    void     (*best)(uint8_t *to, const uint8_t *impact, bool half, size_t words);
    /* Leaves in a those that are in b too, both ascending; gives how many. */
    size_t   (*intersect)(uint32_t *a, size_t n, const uint32_t *b, size_t m);
};

extern const struct kernel *kernel;                 /* the best one here                         */
extern const struct kernel  kernel_portable;
const struct kernel        *kernel_avx2(void);      /* NULL: not on this machine                 */

#endif
