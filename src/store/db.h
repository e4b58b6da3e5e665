/*
 * db.h - the one door to SQLite and PostgreSQL.
 *
 * SQL text is a literal or made by model/; nothing else can make a Sql.  Values travel only as Val, through
 * $1, $2 ... in both engines.  A handle belongs to one thread at a time and prepares each statement once.
 * Text columns compare by bytes in both, so that order is the same, and LIKE tells a from A.  What differs must be
 * said in the SQL: NULLS FIRST or LAST, and LIKE ... ESCAPE.
 *
 * What is durable: a commit that was answered OK survives kill -9 and a power cut, in both engines.
 *
 * The same mistake gives the same error in both: ERR_CONFLICT for a broken unique or foreign key; ERR_INVALID for other
 * constraints, a value of the wrong type, a real that is not finite, a text with a NUL byte; ERR_DENIED for a
 * write through a read; ERR_TOO_BIG for more than DB_ARGS_BYTES of arguments; ERR_BUSY for a lock not got in time or
 * a server that went away; ERR_FULL for a full disk; ERR_BROKEN for all else.
 *
 * url: "sqlite:PATH" or "postgresql://..." ("postgres://..." too).  A PostgreSQL database must be encoded in UTF8.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/base.h"

typedef struct { const char *text; } Sql;
#define SQL(lit) ((Sql){ "" lit })
Sql sql_of(struct buf *b);                  /* for model/ only: ends the text and makes it a Sql  */

enum val_type { V_NULL, V_INT, V_REAL, V_TEXT };

typedef struct {
    enum val_type type;
    union {
        int64_t i;
        double  r;
        Str     s;
    };
} Val;

static inline Val  v_null(void)     { return (Val){ .type = V_NULL }; }
static inline Val  v_int(int64_t i) { return (Val){ .type = V_INT, .i = i }; }
static inline Val  v_real(double r) { return (Val){ .type = V_REAL, .r = r }; }
static inline Val  v_text(Str s)    { return (Val){ .type = V_TEXT, .s = s }; }
static inline bool v_is(Val v)      { return v.type != V_NULL; }
static inline Str  v_str(Val v)     { return v.type == V_TEXT ? v.s : (Str){ 0 }; }
static inline int64_t v_i64(Val v)  { return v.type == V_INT ? v.i : 0; }
static inline double v_f64(Val v)   { return v.type == V_REAL ? v.r : (double)v_i64(v); }
bool val_eq(Val a, Val b);                  /* by type and value; an integral real equals its int */

typedef struct { const Val *v; int n; } Args;
#define ARGS(...) ((Args){ (const Val[]){ __VA_ARGS__ }, \
                           (int)(sizeof((const Val[]){ __VA_ARGS__ }) / sizeof(Val)) })
#define NO_ARGS   ((Args){ NULL, 0 })

enum dialect { SQLITE, POSTGRES, DIALECTS };
enum { DB_READ = 1, DB_CREATE = 2 };        /* open read-only; make the SQLite file if absent     */
enum { DB_ARGS = 512, DB_ARGS_BYTES = 256 << 20 };          /* at most, for one statement          */

struct db;

/* ERR_MISSING: no such file; ERR_INVALID: not a database or a bad url; ERR_BUSY: cannot be reached; ERR_DENIED. */
enum err     db_open(const char *url, unsigned flags, struct db **out) MUST_USE;
void         db_close(struct db *db);
enum dialect db_dialect(const struct db *db);
/* The engine's last words, for the log only.  NULL: why this thread's last db_open() failed. */
const char  *db_why(struct db *db);

/*
 * A cursor; its error sticks; always rows_end() it.  Several may be open at once, on the same statement too.
 * Rows come as they are asked for and are not gathered in memory, with one exception: on PostgreSQL, running
 * another statement while a cursor is open first takes that cursor's remaining rows into memory (at most 256 MB,
 * beyond which the cursor ends in ERR_TOO_BIG).  To walk a large table and ask about each row, walk it by
 * ranges of its key.  The statement has surely run only when rows_next() was called.
 */
struct rows {
    struct db        *db;
    struct arena     *a;
    struct statement *stmt;
    int               cols;                 /* of the current row; 0 when there is none           */
    enum err          err;
};

/* Text in args is borrowed until the cursor ends. */
struct rows db_query(struct db *db, struct arena *a, Sql q, Args args);
bool        rows_next(struct rows *r);
Val         row_val(const struct rows *r, int col);     /* text is copied into the arena          */
Val         row_peek(const struct rows *r, int col);    /* text is borrowed until rows_next       */
int64_t     row_int(const struct rows *r, int col);     /* 0 if null                              */
Str         row_text(const struct rows *r, int col);    /* empty if null                          */
enum err    rows_end(struct rows *r) MUST_USE;
enum err    db_exec(struct db *db, struct arena *a, Sql q, Args args) MUST_USE;
/* The first column of the first row, or *out unchanged.  OK also when there is no row. */
enum err    db_one_int(struct db *db, struct arena *a, Sql q, Args args, int64_t *out) MUST_USE;

/*
 * Runs fn inside a transaction: commits when it gives OK, else rolls back.  A transaction that lost against another is
 * begun again, so fn must be repeatable.  Writers take turns (SQLite: BEGIN IMMEDIATE; PostgreSQL: an advisory
 * lock), because each write continues the hash chain of the change log.  ERR_BUSY: another write held it too long.
 *
 * No cursor may be open before; what fn leaves open is closed.  A statement that fails dooms its transaction:
 * each one after it gives the same error and nothing is committed, whatever fn gives (PostgreSQL knows no other way).
 *
 * In a long write db_exec may only queue its statement (queue.h).  All is carried out in order, and whatever asks the
 * database sees it; but an error may be told late, by a later call or in the end by db_write itself.  db_settle() tells it now.
 */
typedef enum err db_fn(struct db *db, void *arg);
enum err    db_write(struct db *db, db_fn *fn, void *arg) MUST_USE;
/* All reads in fn see one state of the database.  Inside a transaction it only calls fn.  Runs fn once. */
enum err    db_read(struct db *db, db_fn *fn, void *arg) MUST_USE;
bool        db_in_write(const struct db *db);
enum err    db_settle(struct db *db) MUST_USE;              /* what doomed the open transaction, if anything did */
void        db_sweep(struct db *db);        /* boundary: closes what an escape left open, rolls back */
void        db_wait(struct db *db, int ms); /* how long a write waits for another; default 5,000  */

#endif
