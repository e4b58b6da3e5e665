#include "item.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

struct job {
    struct arena *a;
    struct db    *other;        /* a second handle on the same database                           */
    enum err      give;
    int           runs;
};

static struct db *open_again(const char *url, unsigned flags)
{
    struct db *db;
    CHECK_INT(db_open(url, flags, &db), OK);
    db_wait(db, 10);
    return db;
}

static enum err add_two(struct db *db, void *arg)
{
    struct job *j = arg;
    j->runs++;
    CHECK(db_in_write(db));
    TRY(item_add(j->a, db, 1, "one"));
    TRY(item_add(j->a, db, 2, "two"));
    return j->give;
}

TEST_DB(what_ends_well_is_kept_and_what_fails_is_undone)
{
    struct job j = { .a = a, .give = ERR_DENIED };
    item_table(a, db);
    CHECK_INT(db_write(db, add_two, &j), ERR_DENIED);
    CHECK_INT(item_count(a, db), 0);
    j.give = OK;
    CHECK_INT(db_write(db, add_two, &j), OK);
    CHECK_INT(item_count(a, db), 2);
    CHECK(!db_in_write(db));
    CHECK_INT(db_write(db, add_two, &j), ERR_CONFLICT);
    CHECK_INT(item_count(a, db), 2);
    CHECK_INT(j.runs, 3);
}

static enum err look_away(struct db *db, void *arg)
{
    struct job *j = arg;
    CHECK_INT(item_add(j->a, db, 1, "one"), OK);
    CHECK_INT(item_add(j->a, db, 2, "one"), ERR_CONFLICT);
    CHECK_INT(item_add(j->a, db, 3, "three"), ERR_CONFLICT);
    return OK;
}

TEST_DB(a_failed_statement_dooms_its_transaction_even_when_nobody_looks)
{
    item_table(a, db);
    CHECK_INT(db_write(db, look_away, &(struct job){ .a = a }), ERR_CONFLICT);
    CHECK_INT(item_count(a, db), 0);
    CHECK_INT(item_add(a, db, 3, "three"), OK);
}

static enum err leave_open(struct db *db, void *arg)
{
    struct job *j = arg;
    TRY(item_add(j->a, db, 1, "one"));
    struct rows r = db_query(db, j->a, SQL("SELECT id FROM item"), NO_ARGS);
    CHECK(rows_next(&r));
    return OK;
}

TEST_DB(a_cursor_left_open_ends_with_its_transaction)
{
    item_table(a, db);
    CHECK_INT(db_write(db, leave_open, &(struct job){ .a = a }), OK);
    CHECK_INT(item_count(a, db), 1);
}

static enum err read_around_a_write(struct db *db, void *arg)
{
    struct job *j = arg;
    CHECK(!db_in_write(db));
    CHECK_INT(item_count(j->a, db), 0);
    CHECK_INT(db_write(j->other, add_two, j), OK);
    CHECK_INT(item_count(j->a, j->other), 2);
    CHECK_INT(item_count(j->a, db), 0);
    return db_in_write(db) ? ERR_BROKEN : OK;
}

static enum err read_within_a_read(struct db *db, void *arg) { return db_read(db, read_around_a_write, arg); }

TEST_DB(a_read_sees_one_state)
{
    struct job j = { .a = a, .other = open_again(url, 0) };
    item_table(a, db);
    CHECK_INT(db_read(db, read_within_a_read, &j), OK);
    CHECK_INT(item_count(a, db), 2);
    db_close(j.other);
}

static enum err write_in_a_read(struct db *db, void *arg) { return item_add(arg, db, 1, "one"); }

TEST_DB(reads_cannot_write)
{
    item_table(a, db);
    struct db *reader = open_again(url, DB_READ);
    CHECK_INT(db_read(db, write_in_a_read, a), ERR_DENIED);
    CHECK_INT(item_add(a, reader, 1, "one"), ERR_DENIED);
    CHECK_INT(db_write(reader, write_in_a_read, a), ERR_DENIED);
    CHECK_INT(item_count(a, reader), 0);
    CHECK_INT(item_add(a, db, 1, "one"), OK);
    CHECK_INT(item_count(a, reader), 1);
    db_close(reader);
}

static enum err let_another_try(UNUSED struct db *db, void *arg)
{
    struct job *j = arg;
    CHECK_INT(db_write(j->other, add_two, j), ERR_BUSY);
    return OK;
}

TEST_DB(a_writer_waits_for_its_turn_and_no_longer_than_told)
{
    struct job j = { .a = a, .other = open_again(url, 0) };
    item_table(a, db);
    CHECK_INT(db_write(db, let_another_try, &j), OK);
    CHECK_INT(j.runs, 0);
    CHECK_INT(db_write(j.other, add_two, &j), OK);
    db_close(j.other);
}

enum { ROUNDS = 100 };

/* Loses an update unless writers take turns from the first statement on. */
static enum err add_one(struct db *db, void *arg)
{
    struct arena *a = arg;
    int64_t n = 0;
    TRY(db_one_int(db, a, SQL("SELECT n FROM item WHERE id = 1"), NO_ARGS, &n));
    return db_exec(db, a, SQL("UPDATE item SET n = $1 WHERE id = 1"), ARGS(v_int(n + 1)));
}

static void *count_up(void *url)
{
    struct arena a = arena_make((size_t)16 << 20, NULL);
    struct db *db = open_again(url, 0);
    db_wait(db, 60000);
    for (int i = 0; i < ROUNDS; i++) CHECK_INT(db_write(db, add_one, &a), OK);
    db_close(db);
    arena_free(&a);
    return NULL;
}

TEST_DB(two_writers_lose_nothing)
{
    pthread_t t[2];
    int64_t n = 0;
    item_table(a, db);
    CHECK_INT(db_exec(db, a, SQL("INSERT INTO item (id, name, n) VALUES (1, 'n', 0)"), NO_ARGS), OK);
    for (int i = 0; i < 2; i++) CHECK(!pthread_create(&t[i], NULL, count_up, str_z(a, str_of(url))));
    for (int i = 0; i < 2; i++) pthread_join(t[i], NULL);
    CHECK_INT(db_one_int(db, a, SQL("SELECT n FROM item"), NO_ARGS, &n), OK);
    CHECK_INT(n, 2 * ROUNDS);
}

static enum err run_out_of_room(struct db *db, void *arg)
{
    struct job *j = arg;
    TRY(item_add(j->a, db, 1, "one"));
    struct rows r = db_query(db, j->a, SQL("SELECT id, name FROM item"), NO_ARGS);
    while (rows_next(&r)) {
        struct rows inner = db_query(db, j->a, SQL("SELECT id, name FROM item"), NO_ARGS);
        while (rows_next(&inner)) NEW_ARRAY(j->a, char, 1 << 20);
    }
    return ERR_BROKEN;
}

TEST_DB(after_an_escape_a_sweep_closes_cursors_and_rolls_back)
{
    static jmp_buf full;
    struct arena small = arena_make(128 << 10, &full);
    struct db *other = open_again(url, 0);
    item_table(a, db);
    if (!setjmp(full)) {
        (void)!db_write(db, run_out_of_room, &(struct job){ .a = &small });
        test_fail(__FILE__, __LINE__, "it did not run out of room");
    }
    CHECK(db_in_write(db));
    db_sweep(db);
    CHECK(!db_in_write(db));
    CHECK_INT(item_count(a, db), 0);
    CHECK_INT(item_add(a, other, 1, "one"), OK);
    db_sweep(db);                                   /* nothing to do is well                      */
    db_close(other);
    arena_free(&small);
}

static enum err die_in_the_middle(struct db *db, void *arg)
{
    for (int64_t i = 100; i < 3000; i++) TRY(item_add(arg, db, i, str_z(arg, str_f(arg, "row %d", (int)i))));
    raise(SIGKILL);
    return OK;
}

static void write_and_die(struct arena *a, const char *url)
{
    struct db *db;
    if (db_open(url, 0, &db) || db_write(db, add_two, &(struct job){ .a = a })) _exit(1);
    (void)!db_write(db, die_in_the_middle, a);
    _exit(2);
}

TEST_DB(a_killed_writer_leaves_what_it_committed_and_nothing_else)
{
    int status = 0;
    item_table(a, db);
    pid_t pid = fork();
    if (pid == 0) write_and_die(a, url);
    CHECK_INT(waitpid(pid, &status, 0), pid);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    db_wait(db, 60000);
    CHECK_INT(db_write(db, write_in_a_read, a), ERR_CONFLICT);  /* its turn is free, its id 1 there */
    CHECK_INT(item_count(a, db), 2);
}
