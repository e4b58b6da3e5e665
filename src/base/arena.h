/*
 * arena.h - all memory comes from an arena and dies with it; nothing is freed one by one.
 *
 * Four lifetimes, an arena each: the process, a worker's slot, a request or job, scratch.  An arena states
 * at birth how much it may take.  Running out is not an error to check: it escapes by longjmp to the
 * boundary that owns the arena (a request answers 413), or stops the program where there is none.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/error.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct block;
struct arena {
    char         *at, *end;
    struct block *blocks;
    size_t        room;     /* bytes it may still take from the system                          */
    jmp_buf      *full;     /* where to go when room runs out; NULL: stop the program           */
};

struct arena arena_make(size_t room, jmp_buf *full);
void         arena_reset(struct arena *a);                  /* forget everything, keep one block */
void         arena_free(struct arena *a);
size_t       arena_used(const struct arena *a);             /* bytes taken from the system        */
void        *arena_alloc(struct arena *a, size_t size, size_t align, size_t count)
    __attribute__((malloc, alloc_size(2, 4), alloc_align(3), returns_nonnull));

/* Not zeroed: for bytes that are written at once. */
void        *arena_raw(struct arena *a, size_t size, size_t align, size_t count)
    __attribute__((malloc, alloc_size(2, 4), alloc_align(3), returns_nonnull));

/* Zeroed. */
#define NEW(a, type)            ((type *)arena_alloc(a, sizeof(type), _Alignof(type), 1))
#define NEW_ARRAY(a, type, n)   ((type *)arena_alloc(a, sizeof(type), _Alignof(type), n))

/*
 * A growing array: struct { T *p; size_t n, cap; }.  Gives a pointer to a new zeroed last element.
 *     struct hit *h = GROW(a, hits);
 */
#define GROW(a, list)                                                                           \
    ((list).n == (list).cap                                                                     \
         ? (void)((list).p = grow_(a, (list).p, (list).n, &(list).cap, sizeof *(list).p,        \
                                   _Alignof(__typeof__(*(list).p))))                            \
         : (void)0,                                                                             \
     &(list).p[(list).n++])
void *grow_(struct arena *a, const void *old, size_t n, size_t *cap, size_t size, size_t align);

#endif
