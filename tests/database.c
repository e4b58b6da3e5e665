#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The run's own database on the server: made once, emptied for each test, dropped at the end. */
static char name[64];

static const char *url_with(struct arena *a, const char *database)
{
    const char *server = test_pg_url();
    return str_z(a, str_f(a, "%s%cdbname=%s", server, strchr(server, '?') ? '&' : '?', database));
}

static void command(struct arena *a, const char *url, const char *sql)
{
    struct db *db;
    if (db_open(url, 0, &db)) test_fail(__FILE__, __LINE__, "%s: %s", url, db_why(NULL));
    if (db_exec(db, a, (Sql){ sql }, NO_ARGS)) test_fail(__FILE__, __LINE__, "%s: %s", sql, db_why(db));
    db_close(db);
}

static void drop(void)
{
    struct arena a = arena_make((size_t)1 << 20, NULL);
    command(&a, test_pg_url(), str_z(&a, str_f(&a, "DROP DATABASE %s WITH (FORCE)", name)));
    arena_free(&a);
}

static void create(struct arena *a)
{
    snprintf(name, sizeof name, "test_%d", (int)getpid());
    command(a, test_pg_url(), str_z(a, str_f(a, "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'", name)));
    atexit(drop);
}

/* A test that failed has left its handles open, and perhaps a lock. */
static void empty(struct arena *a, const char *url)
{
    command(a, url, "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    command(a, url, "DROP SCHEMA public CASCADE");
    command(a, url, "CREATE SCHEMA public");
}

static const char *postgres_url(struct arena *a)
{
    if (!test_pg_url()) test_skip("no PostgreSQL in this run (MATXICH_TEST_PG)");
    if (!*name) create(a);
    const char *url = url_with(a, name);
    empty(a, url);
    return url;
}

const char *test_db_url(struct arena *a, enum dialect dialect)
{
    static int number;
    if (dialect == POSTGRES) return postgres_url(a);
    return str_z(a, str_f(a, "sqlite:%s/%d.db", test_dir(), ++number));
}

void test_on(struct arena *a, enum dialect dialect, test_db_fn *fn)
{
    const char *url = test_db_url(a, dialect);
    struct db *db;
    if (db_open(url, DB_CREATE, &db)) test_fail(__FILE__, __LINE__, "%s: %s", url, db_why(NULL));
    fn(a, db, url);
    db_close(db);
}
