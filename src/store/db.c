/* What both engines share: values, the cache of prepared statements, cursors and transactions. */
#include "store/driver.h"
#include "store/queue.h"

#include <math.h>
#include <stdio.h>

/* A handle drops all its statements when it has so many (lists with filters make ever new texts) and no
 * cursor is open; with one open it may go on to TOO_MANY, which only a runaway recursion reaches. */
enum { STATEMENTS = 512, TOO_MANY = 16 * STATEMENTS, TRIES = 5, WAIT_MS = 5000 };
enum { AT_ONCE = 256 };             /* statements of a write before it counts as long and they are queued */

static const struct {
    const char          *prefix;
    enum dialect         dialect;
} schemes[] = {
    { "sqlite:",       SQLITE   },
    { "postgresql://", POSTGRES },
    { "postgres://",   POSTGRES },
};
static const struct driver *const drivers[DIALECTS] = { &sqlite_driver, &postgres_driver };

static _Thread_local char why_not_open[sizeof ((struct db *)0)->why];

/* ---- values ---- */

Sql sql_of(struct buf *b)
{
    put_c(b, 0);
    return (Sql){ b->p };
}

static bool same_number(int64_t i, double r)
{
    return r >= -0x1p63 && r < 0x1p63 && (int64_t)r == i && (double)(int64_t)r == r;
}

bool val_eq(Val a, Val b)
{
    if (a.type == V_INT && b.type == V_REAL) return same_number(a.i, b.r);
    if (a.type == V_REAL && b.type == V_INT) return same_number(b.i, a.r);
    if (a.type != b.type) return false;
    switch (a.type) {
    case V_NULL: return true;
    case V_INT:  return a.i == b.i;
    case V_REAL: return a.r == b.r;
    case V_TEXT: return str_eq(a.s, b.s);
    }
    return false;
}

/* ---- the handle ---- */

void db_say(struct db *db, const char *why)
{
    Str s = str_trim(str_of(why));
    snprintf(db->why, sizeof db->why, "%.*s", FMT(s));
}

bool         db_in_write(const struct db *db) { return db->state == WRITING; }
enum dialect db_dialect(const struct db *db)  { return db->driver == drivers[SQLITE] ? SQLITE : POSTGRES; }

static void cache_start(struct db *db)
{
    db->known = map_make(&db->cache, STATEMENTS);
    db->statements.p = NULL;
    db->statements.n = db->statements.cap = 0;
    db->prepared = 0;
    memset(db->hints, 0, sizeof db->hints);
}

static struct db *db_make(const struct driver *driver, unsigned flags)
{
    struct arena self = arena_make((size_t)1 << 20, NULL);
    struct db *db = NEW(&self, struct db);
    db->self = self;
    db->cache = arena_make((size_t)256 << 20, NULL);
    db->driver = driver;
    db->flags = flags;
    db->wait_ms = WAIT_MS;
    cache_start(db);
    return db;
}

enum err db_open(const char *url, unsigned flags, struct db **out)
{
    *out = NULL;
    for (size_t i = 0; i < COUNT(schemes); i++) {
        if (!str_starts(str_of(url), str_of(schemes[i].prefix))) continue;
        struct db *db = db_make(drivers[schemes[i].dialect], flags);
        enum err e = db->driver->open(db, url);
        if (e) {
            memcpy(why_not_open, db->why, sizeof db->why);
            db_close(db);
            return e;
        }
        *out = db;
        return OK;
    }
    snprintf(why_not_open, sizeof why_not_open, "neither sqlite:PATH nor postgresql://...");
    return ERR_INVALID;
}

void db_close(struct db *db)
{
    db_sweep(db);
    db->driver->close(db);
    arena_free(&db->cache);
    struct arena self = db->self;                   /* db lives in it                            */
    arena_free(&self);
}

static enum err doom(struct db *db, enum err e)
{
    if (e && db->state != NONE && !db->failed) db->failed = e;
    return e;
}

enum err db_settle(struct db *db)
{
    if (db->queue && !db->failed) doom(db, queue_settle(db->queue));
    return db->failed;
}

const char *db_why(struct db *db)
{
    if (!db) return why_not_open;
    (void)!db_settle(db);                           /* else the second thread may be saying it    */
    return db->why;
}

void db_wait(struct db *db, int ms)
{
    (void)!db_settle(db);
    db->wait_ms = ms;
    db->driver->wait(db);
}

/* ---- statements ---- */

static struct statement *first_of(const struct db *db, const char *text)
{
    int64_t at;
    return map_get(&db->known, str_of(text), &at) ? db->statements.p[at] : NULL;
}

static enum err prepare(struct db *db, const char *text, struct statement **out)
{
    if (db->prepared >= STATEMENTS && !db->open) {
        db->driver->forget(db);
        arena_reset(&db->cache);
        cache_start(db);
    }
    MUST(db->prepared < TOO_MANY);
    struct statement st = { 0 }, *first = first_of(db, text);
    TRY(db->driver->prepare(db, text, &st));
    struct statement *kept = NEW(&db->cache, struct statement);
    *kept = st;
    db->prepared++;
    if (first) {
        kept->text = first->text;
        kept->twin = first->twin;
        first->twin = kept;
    } else {
        kept->text = str_z(&db->cache, str_of(text));
        map_put(&db->known, str_of(kept->text), (int64_t)db->statements.n, &(bool){ false });
        *GROW(&db->cache, db->statements) = kept;
    }
    *out = kept;
    return OK;
}

/* One that is prepared and not open, or NULL.  The address of a text only says where to look first; it is the text that
 * counts, as an address may be reused. */
static struct statement *prepared(struct db *db, const char *text)
{
    struct statement **hint = &db->hints[(uintptr_t)text * 0x9E3779B97F4A7C15u >> 56];
    if (*hint && !(*hint)->open && !strcmp((*hint)->text, text)) return *hint;
    struct statement *st = first_of(db, text);
    while (st && st->open) st = st->twin;
    return st ? *hint = st : NULL;
}

static enum err find(struct db *db, const char *text, struct statement **out)
{
    *out = prepared(db, text);
    return *out ? OK : prepare(db, text, out);
}

static enum err check_args(Args args, const char **why)
{
    MUST(args.n <= DB_ARGS);
    size_t bytes = 0;
    for (int i = 0; i < args.n; i++) {
        const Val *v = &args.v[i];
        if (v->type == V_REAL && !isfinite(v->r)) return *why = "a real that is not finite", ERR_INVALID;
        if (v->type != V_TEXT || !v->s.n) continue;
        if (memchr(v->s.p, 0, v->s.n)) return *why = "a text with a NUL byte", ERR_INVALID;
        bytes += v->s.n;
    }
    return bytes <= DB_ARGS_BYTES ? OK : (*why = "arguments too long", ERR_TOO_BIG);
}

/* ---- cursors ---- */

static enum err run(struct db *db, struct statement **st, Sql q, Args args)
{
    const char *why;
    TRY(db_settle(db));
    enum err e = check_args(args, &why);
    if (e) return db_say(db, why), e;
    TRY(find(db, q.text, st));
    return db->driver->run(db, *st, args);
}

struct rows db_query(struct db *db, struct arena *a, Sql q, Args args)
{
    struct rows r = { .db = db, .a = a };
    struct statement *st;
    r.err = doom(db, run(db, &st, q, args));
    if (r.err) return r;
    st->open = true;
    st->below = db->open;
    db->open = st;
    r.stmt = st;
    return r;
}

static enum err cursor_close(struct db *db, struct statement *st)
{
    struct statement **at = &db->open;
    while (*at && *at != st) at = &(*at)->below;
    MUST(*at);                                      /* else it outlived its transaction           */
    *at = st->below;
    st->open = false;
    return doom(db, db->driver->done(db, st));
}

static void close_all(struct db *db)
{
    while (db->open) cursor_close(db, db->open);    /* doom() keeps the error                     */
}

bool rows_next(struct rows *r)
{
    r->cols = 0;
    if (r->err || !r->stmt) return false;
    r->cols = r->db->driver->next(r->db, r->stmt, &r->err);
    if (!r->cols) r->err = rows_end(r);             /* at the end it holds no lock any longer     */
    return r->cols > 0;
}

enum err rows_end(struct rows *r)
{
    struct statement *st = r->stmt;
    r->stmt = NULL;
    r->cols = 0;
    doom(r->db, r->err);
    enum err e = st ? cursor_close(r->db, st) : OK;
    if (!r->err) r->err = e;
    return r->err;
}

Val row_peek(const struct rows *r, int col)
{
    MUST(col >= 0 && col < r->cols);
    return r->db->driver->peek(r->stmt, col);
}

Val row_val(const struct rows *r, int col)
{
    Val v = row_peek(r, col);
    return v.type == V_TEXT ? v_text(str_dup(r->a, v.s)) : v;
}

int64_t row_int(const struct rows *r, int col)  { return v_i64(row_peek(r, col)); }
Str     row_text(const struct rows *r, int col) { return v_str(row_val(r, col)); }

/* The statement, if it can be queued: in a long write, prepared, between cursors, with nothing wrong to be told at once. */
static struct statement *queueable(struct db *db, Sql q, Args args)
{
    const char *why;
    if (db->state != WRITING || db->failed || db->open || ++db->executed <= AT_ONCE) return NULL;
    return check_args(args, &why) || !queue_fits(args) ? NULL : prepared(db, q.text);
}

static enum err enqueue(struct db *db, struct statement *st, Args args)
{
    if (!db->queue) db->queue = queue_open(db);
    return doom(db, queue_add(db->queue, st, args));
}

enum err db_exec(struct db *db, struct arena *a, Sql q, Args args)
{
    struct statement *st = queueable(db, q, args);
    if (st) return enqueue(db, st, args);
    struct rows r = db_query(db, a, q, args);
    while (rows_next(&r)) continue;
    return rows_end(&r);
}

enum err db_one_int(struct db *db, struct arena *a, Sql q, Args args, int64_t *out)
{
    struct rows r = db_query(db, a, q, args);
    if (rows_next(&r) && v_is(row_peek(&r, 0))) *out = row_int(&r, 0);
    return rows_end(&r);
}

/* ---- transactions ---- */

static void leave(struct db *db)
{
    db->state = NONE;
    db->failed = OK;
    db->executed = 0;
}

static void drop_queue(struct db *db)
{
    if (db->queue) queue_close(db->queue);
    db->queue = NULL;
}

static enum err transact(struct db *db, enum transaction kind, db_fn *fn, void *arg)
{
    MUST(db->state == NONE && !db->open);
    db->again = false;
    TRY(db->driver->begin(db, kind));
    db->state = kind;
    enum err e = fn(db, arg);
    close_all(db);
    if (!e) e = db_settle(db);
    drop_queue(db);
    if (!e) e = db->driver->commit(db);
    if (e) db->driver->rollback(db);
    leave(db);
    return e;
}

enum err db_write(struct db *db, db_fn *fn, void *arg)
{
    if (db->flags & DB_READ) {
        db_say(db, "a write through a handle opened for reading");
        return ERR_DENIED;
    }
    enum err e = ERR_BUSY;
    db->again = true;
    for (int i = 0; i < TRIES && e == ERR_BUSY && db->again; i++) e = transact(db, WRITING, fn, arg);
    return e;
}

enum err db_read(struct db *db, db_fn *fn, void *arg)
{
    return db->state == NONE ? transact(db, READING, fn, arg) : fn(db, arg);
}

void db_sweep(struct db *db)
{
    close_all(db);
    drop_queue(db);
    if (db->state != NONE) db->driver->rollback(db);
    leave(db);
}
