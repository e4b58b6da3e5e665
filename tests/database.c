#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* One on each server is enough: the one before is dropped, by force, as a failed test leaves its handles open. */
static char last[64];

static void maintain(struct arena *a, const char *verb, const char *how)
{
    const char *server = test_pg_url();
    struct buf b = buf_make(a);
    struct db *db;
    put_f(&b, "%s %s %s", verb, last, how);
    if (db_open(server, 0, &db)) test_fail(__FILE__, __LINE__, "%s: %s", server, db_why(NULL));
    if (db_exec(db, a, sql_of(&b), NO_ARGS)) test_fail(__FILE__, __LINE__, "%s", db_why(db));
    db_close(db);
}

static void drop_last(void)
{
    if (!*last) return;
    struct arena a = arena_make((size_t)1 << 20, NULL);
    maintain(&a, "DROP DATABASE IF EXISTS", "WITH (FORCE)");
    arena_free(&a);
    *last = 0;
}

static const char *postgres_url(struct arena *a, int number)
{
    const char *server = test_pg_url();
    if (!server) test_skip("no PostgreSQL in this run (MATXICH_TEST_PG)");
    if (!*last) atexit(drop_last);
    drop_last();
    snprintf(last, sizeof last, "test_%d_%d", (int)getpid(), number);
    maintain(a, "CREATE DATABASE", "TEMPLATE template0 ENCODING 'UTF8'");
    return str_z(a, str_f(a, "%s%cdbname=%s", server, strchr(server, '?') ? '&' : '?', last));
}

const char *test_db_url(struct arena *a, enum dialect dialect)
{
    static int number;
    number++;
    if (dialect == POSTGRES) return postgres_url(a, number);
    return str_z(a, str_f(a, "sqlite:%s/%d.db", test_dir(), number));
}

void test_on(struct arena *a, enum dialect dialect, test_db_fn *fn)
{
    const char *url = test_db_url(a, dialect);
    struct db *db;
    if (db_open(url, DB_CREATE, &db)) test_fail(__FILE__, __LINE__, "%s: %s", url, db_why(NULL));
    fn(a, db, url);
    db_close(db);
}
