/*
 * SQLite.
 *
 * Write-ahead log with synchronous=FULL: one fsync for each commit.  NORMAL would be cheaper but could forget the
 * last commits in a power cut, and an officer who was told "saved" must be able to rely on it; an import is one
 * commit however many rows it has.
 */
#include "store/driver.h"

#include "store/turn.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Sizes in KiB.  The cache is filled only as pages are touched. */
#define SETTINGS                                                                            \
    "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA case_sensitive_like=ON;"
#define READER SETTINGS "PRAGMA cache_size=-8192;"
#define WRITER SETTINGS "PRAGMA cache_size=-32768;"                                         \
                        "PRAGMA journal_size_limit=67108864;"       /* bytes of log kept after an import */

static const struct { int option, value; } switches[] = {
    { SQLITE_DBCONFIG_ENABLE_FKEY,    1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_DEFENSIVE,      1 },
    { SQLITE_DBCONFIG_DQS_DML,        0 },          /* "name" is never a text, as in PostgreSQL   */
    { SQLITE_DBCONFIG_DQS_DDL,        0 },
};

static const struct { int code; enum err err; } verdicts[] = {     /* whole codes before their families */
    { SQLITE_CONSTRAINT_NOTNULL,  ERR_INVALID  },
    { SQLITE_CONSTRAINT_CHECK,    ERR_INVALID  },
    { SQLITE_CONSTRAINT_DATATYPE, ERR_INVALID  },
    { SQLITE_CONSTRAINT,          ERR_CONFLICT },
    { SQLITE_MISMATCH,            ERR_INVALID  },
    { SQLITE_NOTADB,              ERR_INVALID  },
    { SQLITE_BUSY,                ERR_BUSY     },
    { SQLITE_LOCKED,              ERR_BUSY     },
    { SQLITE_READONLY,            ERR_DENIED   },
    { SQLITE_PERM,                ERR_DENIED   },
    { SQLITE_TOOBIG,              ERR_TOO_BIG  },
    { SQLITE_FULL,                ERR_FULL     },
    { SQLITE_IOERR_WRITE,         ERR_FULL     },  /* over a quota or a limit of file length   */
    { SQLITE_IOERR_SHMSIZE,       ERR_FULL     },
};

struct prepared {
    sqlite3_stmt  *st;
    int            params, args;
    unsigned short arg[];                           /* for each parameter the place of its value  */
};

static enum err verdict(struct db *db, int rc)
{
    if (rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE) return OK;
    db_say(db, db->engine ? sqlite3_errmsg(db->engine) : sqlite3_errstr(rc));
    for (size_t i = 0; i < COUNT(verdicts); i++)
        if (rc == verdicts[i].code || (rc & 0xff) == verdicts[i].code) return verdicts[i].err;
    return ERR_BROKEN;
}

static enum err command(struct db *db, const char *sql)
{
    return verdict(db, sqlite3_exec(db->engine, sql, NULL, NULL, NULL));
}

static void sqlite_wait(struct db *db) { sqlite3_busy_timeout(db->engine, db->wait_ms); }

/* SQLite does not wait when two who make a file at once both give it its journal. */
static enum err use_log(struct db *db)
{
    enum err e = command(db, "PRAGMA journal_mode=WAL");
    for (int ms = 0; e == ERR_BUSY && ms < db->wait_ms; ms++) {
        usleep(1000);
        e = command(db, "PRAGMA journal_mode=WAL");
    }
    return e;
}

/* The system knows better than SQLite's "unable to open database file". */
static enum err not_opened(struct db *db, int rc)
{
    enum err e = verdict(db, rc);
    if ((rc & 0xff) != SQLITE_CANTOPEN) return e;
    switch (sqlite3_system_errno(db->engine)) {
    case ENOENT: case ENOTDIR:           return ERR_MISSING;
    case EACCES: case EPERM: case EROFS: return ERR_DENIED;
    case 0:                              return ERR_INVALID;
    default:                             return ERR_BROKEN;
    }
}

static enum err connect_(struct db *db, const char *path)
{
    int mode = db->flags & DB_READ ? SQLITE_OPEN_READONLY
             : db->flags & DB_CREATE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
    struct stat st;
    sqlite3 *conn = NULL;
    if (!stat(path, &st) && S_ISDIR(st.st_mode)) {
        db_say(db, "a directory");
        return ERR_INVALID;
    }
    int rc = sqlite3_open_v2(path, &conn, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    db->engine = conn;
    if (rc != SQLITE_OK) return not_opened(db, rc);
    for (size_t i = 0; i < COUNT(switches); i++)
        TRY(verdict(db, sqlite3_db_config(conn, switches[i].option, switches[i].value, NULL)));
    if (!(db->flags & DB_READ) && sqlite3_db_readonly(conn, "main") == 1) {
        db_say(db, "the file may only be read");
        return ERR_DENIED;
    }
    sqlite_wait(db);
    TRY(command(db, db->flags & DB_READ ? READER : WRITER));
    if (!(db->flags & DB_READ)) TRY(use_log(db));
    if (!(db->flags & DB_READ) && !stat(path, &st)) db->turn = turn_of(&st);
    return command(db, "PRAGMA schema_version");    /* reads the file: is it a database?         */
}

/* Nobody asks how much memory all handles take together, and to count it each allocation would take a lock. */
static void count_no_memory(void) { (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

/* "./" keeps SQLite from finding a meaning of its own in names like "file:x?mode=memory" and ":memory:". */
static enum err sqlite_open(struct db *db, const char *url)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    char path[PATH_MAX];
    const char *name = url + strlen("sqlite:");
    pthread_once(&once, count_no_memory);
    int n = snprintf(path, sizeof path, "%s%s", *name == '/' ? "" : "./", name);
    if (*name && n < (int)sizeof path) return connect_(db, path);
    db_say(db, "sqlite: without a path, or with one that is too long");
    return ERR_INVALID;
}

static void sqlite_forget(struct db *db)
{
    for (sqlite3_stmt *st; (st = sqlite3_next_stmt(db->engine, NULL));) sqlite3_finalize(st);
}

static void sqlite_close(struct db *db)
{
    if (!db->engine) return;
    sqlite_forget(db);
    MUST(sqlite3_close(db->engine) == SQLITE_OK);
    if (db->turn) turn_leave(db->turn);
}

/* SQLite numbers $-names in order of appearance, so "$2 || $1" would swap its values: keep which is which. */
static enum err sqlite_prepare(struct db *db, const char *text, struct statement *out)
{
    sqlite3_stmt *st = NULL;
    TRY(verdict(db, sqlite3_prepare_v3(db->engine, text, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL)));
    MUST(st);
    int params = sqlite3_bind_parameter_count(st);
    struct prepared *p = arena_alloc(&db->cache, sizeof *p + (size_t)params * sizeof *p->arg,
                                     _Alignof(struct prepared), 1);
    p->st = st;
    p->params = params;
    for (int i = 0; i < params; i++) {
        const char *name = sqlite3_bind_parameter_name(st, i + 1);
        int64_t number = 0;
        MUST(name && name[0] == '$' && str_to_i64(str_of(name + 1), &number));
        MUST(number >= 1 && number <= DB_ARGS);
        p->arg[i] = (unsigned short)(number - 1);
        if (number > p->args) p->args = (int)number;
    }
    out->engine = p;
    return OK;
}

static int bind(sqlite3_stmt *st, int i, const Val *v)
{
    switch (v->type) {
    case V_NULL: break;
    case V_INT:  return sqlite3_bind_int64(st, i, v->i);
    case V_REAL: return sqlite3_bind_double(st, i, v->r);
    case V_TEXT: return sqlite3_bind_text64(st, i, v->s.n ? v->s.p : "", v->s.n, SQLITE_STATIC, SQLITE_UTF8);
    }
    return sqlite3_bind_null(st, i);
}

static enum err sqlite_run(struct db *db, struct statement *st, Args args)
{
    const struct prepared *p = st->engine;
    MUST(args.n == p->args);                        /* PostgreSQL insists on it                   */
    if (db->state == READING && !sqlite3_stmt_readonly(p->st)) {
        db_say(db, "a write inside a transaction that reads");
        return ERR_DENIED;
    }
    int rc = SQLITE_OK;
    for (int i = 0; i < p->params && rc == SQLITE_OK; i++) rc = bind(p->st, i + 1, &args.v[p->arg[i]]);
    return verdict(db, rc);
}

static int sqlite_next(struct db *db, struct statement *st, enum err *e)
{
    const struct prepared *p = st->engine;
    int rc = sqlite3_step(p->st);
    *e = verdict(db, rc);
    return rc == SQLITE_ROW ? sqlite3_data_count(p->st) : 0;
}

static Val sqlite_peek(const struct statement *statement, int i)
{
    sqlite3_stmt *st = ((const struct prepared *)statement->engine)->st;
    switch (sqlite3_column_type(st, i)) {
    case SQLITE_INTEGER: return v_int(sqlite3_column_int64(st, i));
    case SQLITE_FLOAT:   return v_real(sqlite3_column_double(st, i));
    case SQLITE_NULL:    return v_null();
    default:                                        /* the text first: it may change the length   */
        return v_text((Str){ (const char *)sqlite3_column_text(st, i),
                             (size_t)sqlite3_column_bytes(st, i) });
    }
}

/* Bound texts are left dangling: nothing looks at them before they are bound anew. */
static enum err sqlite_done(struct db *db, struct statement *st)
{
    return verdict(db, sqlite3_reset(((const struct prepared *)st->engine)->st));
}

static void give_turn(struct db *db)
{
    if (db->turn_taken) turn_give(db->turn);
    db->turn_taken = false;
}

static enum err sqlite_begin(struct db *db, enum transaction kind)
{
    if (kind != WRITING) return command(db, "BEGIN");
    if (db->turn && !(db->turn_taken = turn_take(db->turn, db->wait_ms))) {
        db_say(db, "another write of this program took too long");
        return ERR_BUSY;
    }
    enum err e = command(db, "BEGIN IMMEDIATE");
    if (e) give_turn(db);
    return e;
}

static enum err sqlite_commit(struct db *db)
{
    enum err e = command(db, "COMMIT");
    if (!e) give_turn(db);
    return e;
}

/* After some failures, a full disk among them, SQLite has rolled back by itself. */
static void sqlite_rollback(struct db *db)
{
    if (!sqlite3_get_autocommit(db->engine)) (void)command(db, "ROLLBACK");
    give_turn(db);
}

const struct driver sqlite_driver = {
    .open = sqlite_open, .close = sqlite_close, .prepare = sqlite_prepare, .forget = sqlite_forget,
    .run = sqlite_run, .next = sqlite_next, .peek = sqlite_peek, .done = sqlite_done,
    .begin = sqlite_begin, .commit = sqlite_commit, .rollback = sqlite_rollback, .wait = sqlite_wait,
};
