#include "host/body.h"

#include "base/date.h"
#include "base/file.h"

#include <sys/mman.h>

enum { GROWING = 16 * BODY_MAX };                   /* of an arena in which a body grows by doubling */

static bool fail(struct body *b, int status)
{
    b->failed = status;
    return false;
}

/* Adds to a count that is shared, unless it would go over its bound. */
static bool take(atomic_size_t *count, size_t n, size_t most)
{
    if (atomic_fetch_add(count, n) + n <= most) return true;
    atomic_fetch_sub(count, n);
    return false;
}

bool body_begin(struct body *b, struct bodies *all, size_t length, size_t most)
{
    *b = (struct body){ .all = all, .arena = arena_make(GROWING, NULL), .most = length ? most : BODY_MAX, .began = time_ticks() };
    b->buf = buf_make(&b->arena);
    if (length > most) return fail(b, 413);
    if (length <= BODY_MAX) return true;
    if (!take(&all->in_files, 1, UPLOADS)) return fail(b, 503);
    b->file = file_nameless();
    if (b->file) return true;
    atomic_fetch_sub(&all->in_files, 1);
    return fail(b, 507);
}

static bool is_too_slow(const struct body *b, int64_t ticks)
{
    int64_t seconds = (ticks - b->began) / SECONDS;
    return seconds > PATIENCE_S && (int64_t)b->n < seconds * PACE;
}

static void to_file(struct body *b, Str piece)
{
    if (fwrite(piece.p, 1, piece.n, b->file) != piece.n) fail(b, 507);
}

static void to_memory(struct body *b, Str piece)
{
    if (!take(&b->all->in_memory, piece.n, BODIES_ROOM)) fail(b, 503);
    else put(&b->buf, piece);
}

void body_add(struct body *b, Str piece, int64_t ticks)
{
    b->n += piece.n;
    if (b->failed) return;
    if (b->n > b->most) fail(b, 413);
    else if (is_too_slow(b, ticks)) fail(b, 408);
    else (b->file ? to_file : to_memory)(b, piece);
}

bool body_end(struct body *b, Str *out)
{
    *out = buf_str(&b->buf);
    if (b->failed || !b->file || !b->n) return !b->failed;
    if (fflush(b->file)) return fail(b, 507);
    void *p = mmap(NULL, b->n, PROT_READ, MAP_PRIVATE, fileno(b->file), 0);
    if (p == MAP_FAILED) return fail(b, 503);
    *out = b->mapped = (Str){ p, b->n };
    return true;
}

void body_drop(struct body *b)
{
    if (b->mapped.p) file_unmap(b->mapped);
    if (b->file) {
        fclose(b->file);
        atomic_fetch_sub(&b->all->in_files, 1);
    }
    if (b->all) atomic_fetch_sub(&b->all->in_memory, b->buf.n);
    arena_free(&b->arena);
    *b = (struct body){ 0 };
}
