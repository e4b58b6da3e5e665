#include "host/body.h"

#include "base/date.h"
#include "base/file.h"
#include "base/hash.h"

#include <sys/mman.h>

enum { GROWING = 16 * BODY_MAX };                   /* of an arena in which a body grows by doubling */

static bool fail(struct body *b, int status)
{
    b->failed = status;
    return false;
}

void bodies_open(struct bodies *all)
{
    *all = (struct bodies){ 0 };
    pthread_mutex_init(&all->lock, NULL);
}

void bodies_close(struct bodies *all) { pthread_mutex_destroy(&all->lock); }

static bool take_place(struct body *b, Str address)
{
    struct bodies *all = b->all;
    uint64_t from = str_hash(address) | 1;
    size_t theirs = 0, free = UPLOADS;
    pthread_mutex_lock(&all->lock);
    for (size_t i = 0; i < UPLOADS; i++) {
        if (all->from[i] == from) theirs++;
        if (!all->from[i]) free = i;
    }
    bool taken = free < UPLOADS && theirs < UPLOADS_EACH;
    if (taken) all->from[b->place = free] = from;
    pthread_mutex_unlock(&all->lock);
    return taken;
}

static void leave_place(struct body *b)
{
    pthread_mutex_lock(&b->all->lock);
    b->all->from[b->place] = 0;
    pthread_mutex_unlock(&b->all->lock);
}

bool body_begin(struct body *b, struct bodies *all, Str address, size_t length, size_t most)
{
    *b = (struct body){ .all = all, .arena = arena_make(GROWING, NULL), .most = length ? most : BODY_MAX, .began = time_ticks() };
    b->buf = buf_make(&b->arena);
    if (length > most) return fail(b, 413);
    if (length <= BODY_MAX) return true;
    if (!take_place(b, address)) return fail(b, 503);
    b->file = file_nameless();
    if (b->file) return true;
    leave_place(b);
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
    put(&b->buf, piece);
    if (atomic_fetch_add(&b->all->in_memory, piece.n) + piece.n > BODIES_ROOM) fail(b, 503);
}

bool body_add(struct body *b, Str piece, int64_t ticks)
{
    b->n += piece.n;
    if (b->n > b->most && !b->failed) fail(b, 413);
    if (!b->failed) (b->file ? to_file : to_memory)(b, piece);
    return b->n <= UPLOAD_BODY_MAX && !is_too_slow(b, ticks);
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
        leave_place(b);
    }
    if (b->all) atomic_fetch_sub(&b->all->in_memory, b->buf.n);
    arena_free(&b->arena);
    *b = (struct body){ 0 };
}
