/* What only SQLite has: a file. */
#include "item.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *path(struct arena *a, const char *name) { return str_z(a, str_f(a, "%s/%s", test_dir(), name)); }
static const char *url_of(struct arena *a, const char *name)
{
    return str_z(a, str_f(a, "sqlite:%s", path(a, name)));
}

static void write_file(const char *at, size_t bytes)
{
    FILE *f = fopen(at, "w");
    CHECK(f);
    for (size_t i = 0; i < bytes; i++) fputc("This is no database. "[i % 21], f);
    CHECK(!fclose(f));
}

static enum err try_open(const char *url, unsigned flags)
{
    struct db *db;
    enum err e = db_open(url, flags, &db);
    if (!e) db_close(db);
    else CHECK(!db && *db_why(NULL));
    return e;
}

TEST(a_file_that_is_not_there_is_missing_unless_it_may_be_made)
{
    const char *url = url_of(a, "absent.db");
    CHECK_INT(try_open(url, 0), ERR_MISSING);
    CHECK_INT(try_open(url, DB_READ), ERR_MISSING);
    CHECK_INT(try_open(url, DB_CREATE), OK);
    CHECK_INT(try_open(url, DB_READ), OK);
    CHECK_INT(try_open(url_of(a, "no/such/folder.db"), DB_CREATE), ERR_MISSING);
}

enum { MAKERS = 6, ROUNDS = 40 };
static pthread_barrier_t together;

static void *make(void *url)
{
    pthread_barrier_wait(&together);
    CHECK_INT(try_open(url, DB_CREATE), OK);
    return NULL;
}

TEST(many_may_make_the_same_file_at_once)
{
    pthread_t t[MAKERS];
    pthread_barrier_init(&together, NULL, MAKERS);
    for (int round = 0; round < ROUNDS; round++) {
        char *url = str_z(a, str_f(a, "sqlite:%s/new%d.db", test_dir(), round));
        for (int i = 0; i < MAKERS; i++) CHECK(!pthread_create(&t[i], NULL, make, url));
        for (int i = 0; i < MAKERS; i++) pthread_join(t[i], NULL);
    }
    pthread_barrier_destroy(&together);
}

TEST(a_file_that_is_no_database_is_refused)
{
    write_file(path(a, "short"), 100);
    write_file(path(a, "long"), 10000);
    CHECK_INT(try_open(url_of(a, "short"), 0), ERR_INVALID);
    CHECK_INT(try_open(url_of(a, "long"), DB_READ), ERR_INVALID);
    CHECK(strstr(db_why(NULL), "not a database"));
    CHECK_INT(try_open(str_z(a, str_f(a, "sqlite:%s", test_dir())), DB_CREATE), ERR_INVALID);
}

TEST(a_url_that_names_no_database_is_refused)
{
    CHECK_INT(try_open("", DB_CREATE), ERR_INVALID);
    CHECK_INT(try_open("sqlite:", DB_CREATE), ERR_INVALID);
    CHECK_INT(try_open("mysql://localhost/x", DB_CREATE), ERR_INVALID);
    CHECK_INT(try_open("postgresql://[", DB_CREATE), ERR_INVALID);
    CHECK_INT(try_open(url_of(a, (const char *)memset(NEW_ARRAY(a, char, 5001), 'x', 5000)), DB_CREATE), ERR_INVALID);
}

TEST(names_that_mean_something_to_sqlite_are_only_names)
{
    char here[4096];
    CHECK(getcwd(here, sizeof here) && !chdir(test_dir()));
    CHECK_INT(try_open("sqlite:file:a?mode=memory", DB_CREATE), OK);
    CHECK_INT(try_open("sqlite::memory:", DB_CREATE), OK);
    CHECK(!chdir(here));
    CHECK(!access(path(a, "file:a?mode=memory"), F_OK));
    CHECK(!access(path(a, ":memory:"), F_OK));
}

TEST(a_commit_is_on_the_disk_and_keys_are_checked)
{
    struct db *db;
    int64_t full = 0, keys = 0;
    CHECK_INT(db_open(url_of(a, "settings.db"), DB_CREATE, &db), OK);
    CHECK_INT(db_one_int(db, a, SQL("PRAGMA synchronous"), NO_ARGS, &full), OK);
    CHECK_INT(db_one_int(db, a, SQL("PRAGMA foreign_keys"), NO_ARGS, &keys), OK);
    CHECK_INT(full, 2);
    CHECK_INT(keys, 1);
    struct rows r = db_query(db, a, SQL("PRAGMA journal_mode"), NO_ARGS);
    CHECK(rows_next(&r));
    CHECK_STR(row_text(&r, 0), S("wal"));
    CHECK_INT(rows_end(&r), OK);
    db_close(db);
}

static enum err fill(struct db *db, void *arg)
{
    struct arena *a = arg;
    Str page = { memset(NEW_ARRAY(a, char, 4000), 'x', 4000), 4000 };
    for (int i = 0; i < 1000; i++)
        TRY(db_exec(db, a, SQL("INSERT INTO item (id, name) VALUES ($1, $1 || $2)"), ARGS(v_int(i), v_text(page))));
    return OK;
}

TEST(a_full_disk_undoes_the_transaction_and_says_so)
{
    struct db *db;
    CHECK_INT(db_open(url_of(a, "full.db"), DB_CREATE, &db), OK);
    item_table(a, db);
    CHECK_INT(db_exec(db, a, SQL("PRAGMA max_page_count = 200"), NO_ARGS), OK);
    CHECK_INT(db_write(db, fill, a), ERR_FULL);
    CHECK_STR(str_of(db_why(db)), S("database or disk is full"));
    CHECK_INT(item_count(a, db), 0);
    CHECK_INT(db_exec(db, a, SQL("PRAGMA max_page_count = 20000"), NO_ARGS), OK);
    CHECK_INT(db_write(db, fill, a), OK);
    CHECK_INT(item_count(a, db), 1000);
    db_close(db);
}

TEST(a_text_is_not_taken_for_a_quoted_name)
{
    struct db *db;
    CHECK_INT(db_open(url_of(a, "quotes.db"), DB_CREATE, &db), OK);
    CHECK_INT(db_exec(db, a, SQL("SELECT \"no such column\""), NO_ARGS), ERR_BROKEN);
    db_close(db);
}
