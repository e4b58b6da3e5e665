/*
 * PostgreSQL, through libpq.
 *
 * Rows are taken off the wire one by one, so that a cursor over a million of them needs no memory.  But there is one
 * wire: before another statement uses it, the rows that are still to come on it are put into the memory of
 * their cursor ("held").  Server-side cursors would not need that, but each costs three commands and a new plan
 * where nearly all our queries give a page of rows or one.
 *
 * Writers run in READ COMMITTED.  They take turns anyhow, and SERIALIZABLE would take its snapshot before it
 * waits for its turn and so not see the write it has waited for.
 *
 * A connection that was lost is made anew at the next statement outside a transaction; statements are prepared on a
 * connection when they first run on it.
 */
#include "base/number.h"
#include "store/driver.h"

#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>

enum { HELD_BYTES = 256 << 20 };
static const long long TURN = 0x4D78695475726E00;   /* any number that nobody else locks          */

/* Types by their place in pg_type, which never changes. */
enum { BOOL = 16, INT8 = 20, INT2 = 21, INT4 = 23, FLOAT4 = 700, FLOAT8 = 701, NUMERIC = 1700 };

struct cell { const char *p; int n; };              /* p == NULL: null                            */

struct held {                                       /* a row: lengths (-1: null), then the bytes  */
    struct held *next;
    int          n[];
};

struct cursor {                                     /* a prepared statement and its rows          */
    char          name[16];
    int           connection;                       /* on which it is prepared                    */
    enum err      err;                              /* how its rows ended                         */
    PGresult     *row;
    int           cols, room;                       /* room: in types and cells                   */
    Oid          *types;
    struct cell  *cells;
    struct arena  memory;
    struct held  *first, **last;
    size_t        held;                             /* bytes                                      */
};

struct postgres {
    PGconn        *conn;
    const char    *url;
    int            connection;                      /* how many there were                        */
    int            named;
    struct cursor *wire;                            /* whose rows are coming                      */
    struct arena   args;
};

/* ---- errors ---- */

static const struct { const char *state; enum err err; bool again; } verdicts[] = {     /* by prefix */
    { "23505", ERR_CONFLICT, false },               /* unique                                     */
    { "23503", ERR_CONFLICT, false },               /* foreign key                                */
    { "23P01", ERR_CONFLICT, false },               /* exclusion                                  */
    { "23",    ERR_INVALID,  false },               /* not null, check                            */
    { "22",    ERR_INVALID,  false },               /* a wrong value                              */
    { "40001", ERR_BUSY,     true  },               /* serialisation                              */
    { "40P01", ERR_BUSY,     true  },               /* deadlock                                   */
    { "57P",   ERR_BUSY,     true  },               /* the server is going down                   */
    { "55P03", ERR_BUSY,     false },               /* lock not got in time                       */
    { "57014", ERR_BUSY,     false },               /* cancelled                                  */
    { "533",   ERR_BUSY,     false },               /* too many connections                       */
    { "25006", ERR_DENIED,   false },               /* a write inside a read                      */
    { "42501", ERR_DENIED,   false },               /* no privilege                               */
    { "53100", ERR_FULL,     false },               /* no room on the server's disk               */
    { "54",    ERR_TOO_BIG,  false },               /* a limit, as the length of an index entry   */
};

static enum err lost(struct db *db)
{
    struct postgres *pg = db->engine;
    db_say(db, PQerrorMessage(pg->conn));
    db->again = true;
    return ERR_BUSY;
}

/* Takes the result. */
static enum err verdict(struct db *db, PGresult *res)
{
    ExecStatusType status = PQresultStatus(res);
    const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    enum err e = OK;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        if (!state) {
            e = lost(db);
        } else {
            db_say(db, PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY));   /* the detail has values */
            e = ERR_BROKEN;
            for (size_t i = 0; e == ERR_BROKEN && i < COUNT(verdicts); i++)
                if (str_starts(str_of(state), str_of(verdicts[i].state))) {
                    e = verdicts[i].err;
                    db->again = verdicts[i].again;
                }
        }
    }
    PQclear(res);
    return e;
}

/* ---- the connection ---- */

static enum err command(struct db *db, const char *sql)
{
    struct postgres *pg = db->engine;
    return verdict(db, PQexec(pg->conn, sql));
}

static void notice(void *db, const char *text) { db_say(db, text); }

static enum err dial(struct db *db)
{
    struct postgres *pg = db->engine;
    const char *names[]  = { "connect_timeout", "fallback_application_name", "dbname", "client_encoding", NULL };
    const char *values[] = { "10",              "matxich",                   pg->url,  "UTF8",            NULL };
    PQfinish(pg->conn);
    pg->conn = PQconnectdbParams(names, values, 1);
    pg->connection++;
    if (PQstatus(pg->conn) != CONNECTION_OK) {
        db_say(db, PQerrorMessage(pg->conn));
        return ERR_BUSY;
    }
    PQsetNoticeProcessor(pg->conn, notice, db);
    const char *encoding = PQparameterStatus(pg->conn, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8")) {
        db_say(db, "the database is not encoded in UTF8");
        return ERR_INVALID;
    }
    return command(db, db->flags & DB_READ ? "SET client_min_messages = warning; SET synchronous_commit = on;"
                                             "SET default_transaction_read_only = on"
                                           : "SET client_min_messages = warning; SET synchronous_commit = on");
}

/* Something to read where nothing was asked is mostly the server's good-bye: first its words, then the end. */
static bool alive(PGconn *conn)
{
    struct pollfd p = { .fd = PQsocket(conn), .events = POLLIN };
    if (PQstatus(conn) != CONNECTION_OK) return false;
    if (poll(&p, 1, 0) <= 0) return true;
    for (int i = 0; i < 2; i++)
        if (!PQconsumeInput(conn)) return false;
    return PQstatus(conn) == CONNECTION_OK;
}

static enum err reach(struct db *db)
{
    struct postgres *pg = db->engine;
    if (db->state != NONE || alive(pg->conn)) return OK;
    db->again = false;
    return dial(db);
}

static enum err postgres_open(struct db *db, const char *url)
{
    struct postgres *pg = db->engine = NEW(&db->self, struct postgres);
    pg->url = str_z(&db->self, str_of(url));
    pg->args = arena_make((size_t)4 * DB_ARGS_BYTES, NULL);
    char *why = NULL;
    PQconninfoOption *parsed = PQconninfoParse(url, &why);
    if (!parsed) {
        db_say(db, why ? why : "bad url");
        PQfreemem(why);
        return ERR_INVALID;
    }
    PQconninfoFree(parsed);
    return dial(db);
}

static void postgres_close(struct db *db)
{
    struct postgres *pg = db->engine;
    PQfinish(pg->conn);
    arena_free(&pg->args);
}

static void postgres_wait(UNUSED struct db *db) { }     /* each write says it to the server       */

/* ---- rows ---- */

static void describe(struct db *db, struct cursor *c, const PGresult *res)
{
    c->cols = PQnfields(res);
    if (c->cols > c->room) {
        c->room = c->cols;
        c->types = NEW_ARRAY(&db->cache, Oid, (size_t)c->room);
        c->cells = NEW_ARRAY(&db->cache, struct cell, (size_t)c->room);
    }
    for (int i = 0; i < c->cols; i++) c->types[i] = PQftype(res, i);
}

/* The next row off the wire, or NULL: then the wire is free and c->err says how it ended. */
static PGresult *receive(struct db *db, struct cursor *c)
{
    struct postgres *pg = db->engine;
    PGresult *res = PQgetResult(pg->conn);
    if (PQresultStatus(res) == PGRES_SINGLE_TUPLE) {
        if (!c->cols) describe(db, c, res);
        return res;
    }
    enum err e = verdict(db, res);
    if (!c->err) c->err = e;
    while ((res = PQgetResult(pg->conn))) PQclear(res);
    pg->wire = NULL;
    return NULL;
}

static void hold_row(struct cursor *c, const PGresult *res)
{
    size_t lengths = (size_t)c->cols * sizeof(int), bytes = 0;
    for (int i = 0; i < c->cols; i++) bytes += (size_t)PQgetlength(res, 0, i);
    c->held += sizeof(struct held) + lengths + bytes;
    if (c->held > HELD_BYTES) return;
    struct held *h = arena_alloc(&c->memory, sizeof *h + lengths + bytes, _Alignof(struct held), 1);
    char *to = (char *)(h->n + c->cols);
    for (int i = 0; i < c->cols; i++) {
        int n = PQgetlength(res, 0, i);
        h->n[i] = PQgetisnull(res, 0, i) ? -1 : n;
        memcpy(to, PQgetvalue(res, 0, i), (size_t)n);
        to += n;
    }
    *c->last = h;
    c->last = &h->next;
}

/* Frees the wire for another statement.  The row the cursor stands on stays as it is. */
static void hold(struct db *db)
{
    struct postgres *pg = db->engine;
    struct cursor *c = pg->wire;
    if (!c) return;
    for (PGresult *res; (res = receive(db, c)); PQclear(res)) hold_row(c, res);
    if (c->held > HELD_BYTES && !c->err) c->err = ERR_TOO_BIG;
}

static bool next_held(struct cursor *c)
{
    struct held *h = c->first;
    if (!h) return false;
    c->first = h->next;
    const char *p = (const char *)(h->n + c->cols);
    for (int i = 0; i < c->cols; i++) {
        c->cells[i] = h->n[i] < 0 ? (struct cell){ 0 } : (struct cell){ p, h->n[i] };
        if (h->n[i] > 0) p += h->n[i];
    }
    return true;
}

static bool next_received(struct db *db, struct cursor *c)
{
    PQclear(c->row);
    c->row = receive(db, c);
    for (int i = 0; c->row && i < c->cols; i++)
        c->cells[i] = PQgetisnull(c->row, 0, i)
                          ? (struct cell){ 0 }
                          : (struct cell){ PQgetvalue(c->row, 0, i), PQgetlength(c->row, 0, i) };
    return c->row;
}

static int postgres_next(struct db *db, struct statement *st, enum err *e)
{
    struct postgres *pg = db->engine;
    struct cursor *c = st->engine;
    if (pg->wire == c ? next_received(db, c) : next_held(c)) return c->cols;
    *e = c->err;
    return 0;
}

/* As SQLite would give it: no NaN and no infinity (null), sums and averages of NUMERIC by what they are. */
static Val number(Str s)
{
    int64_t i;
    double r;
    return str_to_i64(s, &i) ? v_int(i) : str_to_f64(s, &r) ? v_real(r) : v_null();
}

static Val postgres_peek(const struct statement *st, int i)
{
    const struct cursor *c = st->engine;
    if (!c->cells[i].p) return v_null();
    Str s = { c->cells[i].p, (size_t)c->cells[i].n };
    double r;
    switch (c->types[i]) {
    case INT2: case INT4: case INT8: case NUMERIC: return number(s);
    case FLOAT4: case FLOAT8:                      return str_to_f64(s, &r) ? v_real(r) : v_null();
    case BOOL:                                     return v_int(str_is(s, "t"));
    default:                                       return v_text(s);
    }
}

/* What was not asked for must still come off the wire. */
static enum err postgres_done(struct db *db, struct statement *st)
{
    struct postgres *pg = db->engine;
    struct cursor *c = st->engine;
    while (pg->wire == c) PQclear(receive(db, c));
    PQclear(c->row);
    c->row = NULL;
    c->first = NULL;
    arena_free(&c->memory);
    return c->err;
}

/* ---- statements ---- */

static enum err postgres_prepare(struct db *db, UNUSED const char *text, struct statement *st)
{
    struct postgres *pg = db->engine;
    struct cursor *c = st->engine = NEW(&db->cache, struct cursor);
    snprintf(c->name, sizeof c->name, "s%d", ++pg->named);
    return OK;
}

static enum err on_server(struct db *db, struct cursor *c, const char *text)
{
    struct postgres *pg = db->engine;
    if (c->connection == pg->connection) return OK;
    TRY(verdict(db, PQprepare(pg->conn, c->name, text, 0, NULL)));
    c->connection = pg->connection;
    return OK;
}

/* Names are never used twice, so it does not matter if the server could not be told. */
static void postgres_forget(struct db *db) { (void)command(db, "DEALLOCATE ALL"); }

static const char *as_text(struct arena *a, Val v)
{
    struct buf b = buf_make(a);
    switch (v.type) {
    case V_NULL: return NULL;
    case V_TEXT: return str_z(a, v.s);
    case V_INT:  put_i(&b, v.i); break;
    case V_REAL: put_real_plain(&b, v.r); break;
    }
    put_c(&b, 0);
    return b.p;
}

static enum err send_(struct db *db, const struct cursor *c, Args args)
{
    struct postgres *pg = db->engine;
    const char *text[DB_ARGS];
    arena_reset(&pg->args);
    for (int i = 0; i < args.n; i++) text[i] = as_text(&pg->args, args.v[i]);
    if (PQsendQueryPrepared(pg->conn, c->name, args.n, text, NULL, NULL, 0) && PQsetSingleRowMode(pg->conn)) return OK;
    return lost(db);
}

static enum err postgres_run(struct db *db, struct statement *st, Args args)
{
    struct postgres *pg = db->engine;
    struct cursor *c = st->engine;
    hold(db);
    TRY(reach(db));
    TRY(on_server(db, c, st->text));
    TRY(send_(db, c, args));
    c->memory = arena_make((size_t)2 * HELD_BYTES, NULL);
    c->first = NULL;
    c->last = &c->first;
    c->held = 0;
    c->cols = 0;
    c->err = OK;
    pg->wire = c;
    return OK;
}

/* ---- transactions ---- */

static void postgres_rollback(struct db *db)
{
    struct postgres *pg = db->engine;
    if (PQtransactionStatus(pg->conn) == PQTRANS_IDLE || PQstatus(pg->conn) != CONNECTION_OK) return;
    PQclear(PQexec(pg->conn, "ROLLBACK"));
    if (PQtransactionStatus(pg->conn) == PQTRANS_IDLE) return;
    PQfinish(pg->conn);                             /* never leave a transaction idle             */
    pg->conn = NULL;
}

static enum err postgres_begin(struct db *db, enum transaction kind)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             kind == READING ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                             : "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = %d;"
                               "SELECT pg_advisory_xact_lock(%lld)", db->wait_ms, TURN);
    TRY(reach(db));
    enum err e = command(db, sql);
    if (e) postgres_rollback(db);
    return e;
}

/* A connection lost here leaves open whether the server has committed: it must not be begun again. */
static enum err postgres_commit(struct db *db)
{
    struct postgres *pg = db->engine;
    PGresult *res = PQexec(pg->conn, "COMMIT");
    bool committed = !strcmp(PQcmdStatus(res), "COMMIT");       /* a doomed one answers ROLLBACK  */
    enum err e = verdict(db, res);
    if (PQstatus(pg->conn) != CONNECTION_OK) return ERR_BROKEN;
    return e ? e : committed ? OK : ERR_BROKEN;
}

const struct driver postgres_driver = {
    .open = postgres_open, .close = postgres_close, .prepare = postgres_prepare, .forget = postgres_forget,
    .run = postgres_run, .next = postgres_next, .peek = postgres_peek, .done = postgres_done,
    .begin = postgres_begin, .commit = postgres_commit, .rollback = postgres_rollback, .wait = postgres_wait,
};
