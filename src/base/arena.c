#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)                          /* clang's way to say it                     */
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define HIDE(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define SHOW(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
enum { GAP = 16 };                                  /* an overrun lands in poison                */
#else
#define HIDE(p, n) ((void)(p), (void)(n))
#define SHOW(p, n) ((void)(p), (void)(n))
enum { GAP = 0 };
#endif

enum { SMALLEST = 64 << 10, LARGEST = 4 << 20 };    /* block sizes double between the two        */

struct block {
    struct block *next;
    size_t        size;
    char          bytes[];
};

struct arena arena_make(size_t room, jmp_buf *full)
{
    return (struct arena){ .room = room, .full = full };
}

NORETURN static void out_of_room(struct arena *a)
{
    if (!a->full) bug_at(__FILE__, __LINE__, "arena out of room");
    longjmp(*a->full, ERR_TOO_BIG);
}

static void add_block(struct arena *a, size_t want)
{
    size_t size = a->blocks ? a->blocks->size * 2 : SMALLEST;
    if (size > LARGEST) size = LARGEST;
    if (size > a->room) size = a->room;
    if (size < want) size = want;
    struct block *b = size > a->room ? NULL : malloc(sizeof *b + size);
    if (!b) out_of_room(a);
    *b = (struct block){ .next = a->blocks, .size = size };
    HIDE(b->bytes, size);
    a->room -= size;
    a->blocks = b;
    a->at = b->bytes;
    a->end = b->bytes + size;
}

void *arena_raw(struct arena *a, size_t size, size_t align, size_t count)
{
    size_t total;
    if (__builtin_mul_overflow(size, count, &total) || total > SIZE_MAX / 2) out_of_room(a);
    size_t pad = -(uintptr_t)a->at & (align - 1);
    if (!a->at || total + pad + GAP > (size_t)(a->end - a->at)) {
        add_block(a, total + align + GAP);
        pad = -(uintptr_t)a->at & (align - 1);
    }
    char *p = a->at + pad;
    a->at = p + total + GAP;
    SHOW(p, total);
    return p;
}

void *arena_alloc(struct arena *a, size_t size, size_t align, size_t count)
{
    return memset(arena_raw(a, size, align, count), 0, size * count);
}

static void free_from(struct arena *a, struct block *b)
{
    for (struct block *next; b; b = next) {
        next = b->next;
        a->room += b->size;
        SHOW(b->bytes, b->size);
        free(b);
    }
}

void arena_reset(struct arena *a)
{
    struct block *keep = a->blocks;                 /* the newest is the largest                 */
    if (!keep) return;
    free_from(a, keep->next);
    keep->next = NULL;
    a->at = keep->bytes;
    a->end = keep->bytes + keep->size;
    HIDE(keep->bytes, keep->size);
}

void arena_free(struct arena *a)
{
    free_from(a, a->blocks);
    a->blocks = NULL;
    a->at = a->end = NULL;
}

size_t arena_used(const struct arena *a)
{
    size_t n = 0;
    for (const struct block *b = a->blocks; b; b = b->next) n += b->size;
    return n;
}

void *grow_(struct arena *a, const void *old, size_t n, size_t *cap, size_t size, size_t align)
{
    *cap = *cap ? *cap * 2 : 8;
    void *p = arena_alloc(a, size, align, *cap);
    if (n) memcpy(p, old, n * size);
    return p;
}
