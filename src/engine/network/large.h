/*
 * large.h - arrays that are read all over the place: on large pages of memory where the system has them, since finding the page
 * otherwise costs more than reading it.
 */
#ifndef ENGINE_NETWORK_LARGE_H
#define ENGINE_NETWORK_LARGE_H

#include "base/base.h"

/* Zeroed.  What it takes is at most LARGE_BYTES. */
void *large_array(struct arena *a, size_t size, size_t count);
#define NEW_LARGE(a, type, n)    ((type *)large_array(a, sizeof(type), n))
#define LARGE_BYTES(type, n)     (sizeof(type) * ((size_t)(n) + 1) + LARGE_GAP)
#define LARGE_GAP                ((size_t)6 << 20)      /* up to a page's start, and what is left of the arena's last block */

#endif
