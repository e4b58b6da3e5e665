#include "database.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The run's own databases on the server, dropped at the end: one emptied or made anew for each test, and those that it is made a copy of. */
static char name[64];
static struct original { test_db_make *make; enum dialect dialect; char where[128]; } originals[8];

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

static void on_server(struct arena *a, const char *what, const char *database, const char *rest)
{
    command(a, test_pg_url(), str_z(a, str_f(a, "%s %s %s", what, database, rest)));
}

static void drop(void)
{
    struct arena a = arena_make((size_t)1 << 20, NULL);
    on_server(&a, "DROP DATABASE IF EXISTS", name, "WITH (FORCE)");
    for (struct original *o = originals; o < originals + COUNT(originals) && o->make; o++)
        if (o->dialect == POSTGRES) on_server(&a, "DROP DATABASE IF EXISTS", o->where, "WITH (FORCE)");
    arena_free(&a);
}

static void create(struct arena *a)
{
    snprintf(name, sizeof name, "test_%d", (int)getpid());
    on_server(a, "CREATE DATABASE", name, "TEMPLATE template0 ENCODING 'UTF8'");
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

/* What is there is that of the last test. */
static const char *next_url(struct arena *a, enum dialect dialect)
{
    static int number;
    if (dialect == SQLITE) return str_z(a, str_f(a, "sqlite:%s/%d.db", test_dir(), ++number));
    if (!test_pg_url()) test_skip("no PostgreSQL in this run (MATXICH_TEST_PG)");
    if (!*name) create(a);
    return url_with(a, name);
}

const char *test_db_url(struct arena *a, enum dialect dialect)
{
    const char *url = next_url(a, dialect);
    if (dialect == POSTGRES) empty(a, url);
    return url;
}

static const char *original_url(struct arena *a, const struct original *o)
{
    return o->dialect == POSTGRES ? url_with(a, o->where) : str_z(a, str_f(a, "sqlite:%s", o->where));
}

static const struct original *original_of(struct arena *a, enum dialect dialect, test_db_make *make)
{
    struct original *o = originals;
    while (o->make && (o->make != make || o->dialect != dialect)) o++;
    if (o->make) return o;
    int number = (int)(o - originals);
    *o = (struct original){ make, dialect, { 0 } };
    if (dialect == POSTGRES) {
        snprintf(o->where, sizeof o->where, "%s_original_%d", name, number);
        on_server(a, "CREATE DATABASE", o->where, "TEMPLATE template0 ENCODING 'UTF8'");
    } else {
        snprintf(o->where, sizeof o->where, "%s/original_%d.db", test_dir(), number);
    }
    make(a, original_url(a, o));
    return o;
}

const char *test_db_copy(struct arena *a, enum dialect dialect, test_db_make *make)
{
    const char *url = next_url(a, dialect);
    const struct original *o = original_of(a, dialect, make);
    if (dialect == POSTGRES) {
        on_server(a, "DROP DATABASE", name, "WITH (FORCE)");
        on_server(a, "CREATE DATABASE", name, str_z(a, str_f(a, "TEMPLATE %s STRATEGY file_copy", o->where)));
    } else if (file_write(url + strlen("sqlite:"), test_read(a, o->where))) {
        test_fail(__FILE__, __LINE__, "%s: cannot be copied", o->where);
    }
    return url;
}

void test_on(struct arena *a, enum dialect dialect, test_db_fn *fn)
{
    const char *url = test_db_url(a, dialect);
    struct db *db;
    if (db_open(url, DB_CREATE, &db)) test_fail(__FILE__, __LINE__, "%s: %s", url, db_why(NULL));
    fn(a, db, url);
    db_close(db);
}
