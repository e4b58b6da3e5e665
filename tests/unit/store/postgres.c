/* What only PostgreSQL has: a server that can go away, and transactions that lose. */
#include "item.h"

#include <unistd.h>

static struct db *open_new(struct arena *a, struct db **killer)
{
    const char *url = test_db_url(a, POSTGRES);
    struct db *db;
    CHECK_INT(db_open(url, 0, &db), OK);
    CHECK_INT(db_open(url, 0, killer), OK);
    item_table(a, db);
    return db;
}

struct job {
    struct arena *a;
    struct db    *killer;
    int           kills, runs;
};

/* Ends every other connection to this database, and waits until the server has done so. */
static void kill_others(struct arena *a, struct db *killer)
{
    int64_t n = 0;
    CHECK_INT(db_one_int(killer, a, SQL("SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity"
                                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"),
                         NO_ARGS, &n), OK);
    CHECK_INT(n, 1);
}

static enum err add_and_be_killed(struct db *db, void *arg)
{
    struct job *j = arg;
    j->runs++;
    TRY(item_add(j->a, db, 1, "one"));
    if (j->runs <= j->kills) kill_others(j->a, j->killer);
    return item_add(j->a, db, 2, "two");
}

TEST(a_lost_connection_is_made_anew)
{
    struct db *killer, *db = open_new(a, &killer);
    CHECK_INT(item_add(a, db, 1, "one"), OK);
    kill_others(a, killer);
    CHECK_INT(item_add(a, db, 2, "two"), OK);       /* prepared anew, too                         */
    kill_others(a, killer);
    CHECK_INT(item_count(a, db), 2);
    db_close(db);
    db_close(killer);
}

TEST(a_write_whose_connection_is_lost_is_begun_again)
{
    struct db *killer, *db = open_new(a, &killer);
    struct job j = { .a = a, .killer = killer, .kills = 2 };
    CHECK_INT(db_write(db, add_and_be_killed, &j), OK);
    CHECK_INT(j.runs, 3);
    CHECK_INT(item_count(a, db), 2);
    j = (struct job){ .a = a, .killer = killer, .kills = 100 };
    CHECK_INT(db_exec(db, a, SQL("DELETE FROM item"), NO_ARGS), OK);
    CHECK_INT(db_write(db, add_and_be_killed, &j), ERR_BUSY);
    CHECK_INT(item_count(a, db), 0);
    db_close(db);
    db_close(killer);
}

static enum err be_killed_before_the_commit(struct db *db, void *arg)
{
    struct job *j = arg;
    j->runs++;
    TRY(item_add(j->a, db, 1, "one"));
    kill_others(j->a, j->killer);
    return OK;
}

TEST(a_connection_lost_at_the_commit_is_not_begun_again)
{
    struct db *killer, *db = open_new(a, &killer);
    struct job j = { .a = a, .killer = killer };
    CHECK_INT(db_write(db, be_killed_before_the_commit, &j), ERR_BROKEN);
    CHECK_INT(j.runs, 1);
    CHECK_INT(item_count(a, db), 0);
    db_close(db);
    db_close(killer);
}

static enum err lose_once(struct db *db, void *arg)
{
    struct job *j = arg;
    if (j->runs++ == 0)
        return db_exec(db, j->a, SQL("DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$"), NO_ARGS);
    return item_add(j->a, db, 1, "one");
}

TEST(a_transaction_that_lost_against_another_is_begun_again)
{
    struct db *killer, *db = open_new(a, &killer);
    struct job j = { .a = a };
    CHECK_INT(db_write(db, lose_once, &j), OK);
    CHECK_INT(j.runs, 2);
    CHECK_INT(item_count(a, db), 1);
    db_close(db);
    db_close(killer);
}

static enum err catch_up(struct db *db, void *arg)
{
    struct job *j = arg;
    int64_t n = -1;
    CHECK_INT(db_one_int(j->killer, j->a, SQL("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'"
                                              " AND datname = current_database()"), NO_ARGS, &n), OK);
    CHECK_INT(n, 1);
    return db_in_write(db) ? ERR_DENIED : OK;
}

TEST(no_transaction_stays_idle_when_its_work_has_failed)
{
    struct db *killer, *db = open_new(a, &killer);
    struct job j = { .a = a, .killer = killer };
    int64_t n = -1;
    CHECK_INT(db_write(db, catch_up, &j), ERR_DENIED);
    CHECK_INT(db_one_int(killer, a, SQL("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'"
                                        " AND datname = current_database()"), NO_ARGS, &n), OK);
    CHECK_INT(n, 0);
    db_close(db);
    db_close(killer);
}

TEST(rows_that_must_wait_for_another_statement_are_held_up_to_a_limit)
{
    struct db *killer, *db = open_new(a, &killer);
    struct rows r = db_query(db, a, SQL("SELECT repeat('x', 1000000) FROM generate_series(1, 300)"), NO_ARGS);
    int n = 0;
    CHECK(rows_next(&r));
    CHECK_INT(item_count(a, db), 0);
    while (rows_next(&r)) n++;
    CHECK(n > 250 && n < 299);
    CHECK_INT(rows_end(&r), ERR_TOO_BIG);
    CHECK_INT(item_count(a, db), 0);
    db_close(db);
    db_close(killer);
}

TEST(a_server_that_is_not_there_is_busy)
{
    struct db *db;
    const char *url = str_z(a, str_f(a, "postgresql:///x?host=%s", test_dir()));
    CHECK_INT(db_open(url, 0, &db), ERR_BUSY);
    CHECK(strstr(db_why(NULL), test_dir()));
}

TEST(a_database_in_another_encoding_is_refused)
{
    struct db *killer, *db = open_new(a, &killer), *latin;
    char *name = str_z(a, str_f(a, "test_latin1_%d", (int)getpid()));
    char *create = str_z(a, str_f(a, "CREATE DATABASE %s TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'", name));
    char *drop = str_z(a, str_f(a, "DROP DATABASE %s WITH (FORCE)", name));
    char sep = strchr(test_pg_url(), '?') ? '&' : '?';
    CHECK_INT(db_exec(db, a, (Sql){ create }, NO_ARGS), OK);
    CHECK_INT(db_open(str_z(a, str_f(a, "%s%cdbname=%s", test_pg_url(), sep, name)), 0, &latin), ERR_INVALID);
    CHECK_INT(db_exec(db, a, (Sql){ drop }, NO_ARGS), OK);
    db_close(db);
    db_close(killer);
}
