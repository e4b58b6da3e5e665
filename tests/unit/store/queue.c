/* A long write, whose statements are carried out by a second thread. */
#include "item.h"

#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MANY = 5000, WIDE = 1000 };          /* statements, and bytes of a text: several chunks full */

static Str wide(struct arena *a, int64_t i)
{
    struct buf b = buf_make(a);
    put_f(&b, "%0*d", WIDE, (int)i);
    return buf_str(&b);
}

static enum err add_wide(struct arena *a, struct db *db, int64_t id, int64_t name)
{
    struct arena own = arena_make((size_t)1 << 20, NULL);       /* gone before it is carried out   */
    enum err e = db_exec(db, a, SQL("INSERT INTO item (id, name) VALUES ($1, $2)"), ARGS(v_int(id), v_text(wide(&own, name))));
    arena_free(&own);
    return e;
}

/* ---- what all is well ------------------------------------------------------------------------ */

enum { MODULUS = 1000003 };

static enum err mix(struct db *db, void *arg)
{
    for (int64_t i = 0; i < MANY; i++)
        TRY(db_exec(db, arg, SQL("UPDATE item SET n = (n * 31 + $1) % 1000003 WHERE name <> $2"),
                    ARGS(v_int(i), v_text(wide(arg, i)))));
    return OK;
}

TEST_DB(the_statements_of_a_long_write_are_carried_out_in_their_order)
{
    int64_t want = 0, n = -1;
    item_table(a, db);
    CHECK_INT(db_exec(db, a, SQL("INSERT INTO item (id, name, n) VALUES (1, 'n', 0)"), NO_ARGS), OK);
    CHECK_INT(db_write(db, mix, a), OK);
    for (int64_t i = 0; i < MANY; i++) want = (want * 31 + i) % MODULUS;
    CHECK_INT(db_one_int(db, a, SQL("SELECT n FROM item"), NO_ARGS, &n), OK);
    CHECK_INT(n, want);
}

static enum err add_and_count(struct db *db, void *arg)
{
    for (int64_t i = 1; i <= MANY; i++) {
        TRY(add_wide(arg, db, i, i));
        if (i % 700 == 0) CHECK_INT(item_count(arg, db), i);
    }
    return OK;
}

TEST_DB(a_query_in_a_long_write_sees_all_that_was_written_before_it)
{
    item_table(a, db);
    CHECK_INT(db_write(db, add_and_count, a), OK);
    CHECK_INT(item_count(a, db), MANY);
    CHECK_INT(db_exec(db, a, SQL("DELETE FROM item WHERE name <> $1"), ARGS(v_text(wide(a, 7)))), OK);
    CHECK_INT(item_count(a, db), 1);
}

static enum err number_while_walking(struct db *db, void *arg)
{
    TRY(add_and_count(db, arg));
    struct rows r = db_query(db, arg, SQL("SELECT id FROM item ORDER BY id"), NO_ARGS);
    while (rows_next(&r))
        TRY(db_exec(db, arg, SQL("UPDATE item SET n = $1 WHERE id = $1"), ARGS(v_int(row_int(&r, 0)))));
    return rows_end(&r);
}

TEST_DB(a_long_write_may_write_while_it_walks)
{
    int64_t n = 0;
    item_table(a, db);
    CHECK_INT(db_write(db, number_while_walking, a), OK);
    CHECK_INT(db_one_int(db, a, SQL("SELECT count(*) FROM item WHERE n = id"), NO_ARGS, &n), OK);
    CHECK_INT(n, MANY);
}

static enum err add_one_larger_than_a_chunk(struct db *db, void *arg)
{
    enum { LARGE = 3 << 20 };
    struct arena *a = arg;
    TRY(add_and_count(db, a));
    TRY(db_exec(db, a, SQL("DELETE FROM item"), NO_ARGS));
    TRY(add_wide(a, db, 1, 1));
    TRY(db_exec(db, a, SQL("UPDATE item SET n = length($1)"), ARGS(v_text((Str){ memset(NEW_ARRAY(a, char, LARGE), 'x', LARGE), LARGE }))));
    return add_wide(a, db, 2, 2);
}

TEST_DB(what_is_too_large_to_be_queued_keeps_its_place)
{
    int64_t n = 0;
    item_table(a, db);
    CHECK_INT(db_write(db, add_one_larger_than_a_chunk, a), OK);
    CHECK_INT(item_count(a, db), 2);
    CHECK_INT(db_one_int(db, a, SQL("SELECT sum(n) FROM item"), NO_ARGS, &n), OK);
    CHECK_INT(n, 3 << 20);
}

/* There with the address sanitizer, which keeps freed memory. */
extern void __asan_init(void) __attribute__((weak));

static enum err send_much(struct db *db, void *arg)
{
    enum { TEXT = 10000 };
    Str text = { memset(NEW_ARRAY(arg, char, TEXT), 'x', TEXT), TEXT };
    for (int i = 0; i < 10000; i++) TRY(db_exec(db, arg, SQL("SELECT length($1)"), ARGS(v_text(text))));
    return OK;
}

TEST_DB(a_long_write_does_not_gather_its_statements_in_memory)
{
    struct rusage before, after;
    struct arena small = arena_make((size_t)1 << 20, NULL);
    getrusage(RUSAGE_SELF, &before);
    CHECK_INT(db_write(db, send_much, &small), OK);
    getrusage(RUSAGE_SELF, &after);
    if (!__asan_init) CHECK(after.ru_maxrss - before.ru_maxrss < 30000);   /* KB; the texts are 100 MB */
    arena_free(&small);
}

/* ---- what fails ------------------------------------------------------------------------------- */

static enum err give_a_name_twice(struct db *db, void *arg)
{
    enum err last = OK;
    for (int64_t i = 1; i <= MANY; i++) last = add_wide(arg, db, i, i == MANY / 2 ? 1 : i);
    CHECK_INT(last, ERR_CONFLICT);                  /* chunks later it is known                   */
    return OK;
}

TEST_DB(an_error_in_the_middle_of_a_long_write_dooms_it)
{
    item_table(a, db);
    CHECK_INT(db_write(db, give_a_name_twice, a), ERR_CONFLICT);
    CHECK(strcasestr(db_why(db), "unique"));
    CHECK_INT(item_count(a, db), 0);
    CHECK_INT(item_add(a, db, 1, "one"), OK);
}

static enum err end_with_a_name_twice(struct db *db, void *arg)
{
    for (int64_t i = 1; i <= MANY; i++) TRY(add_wide(arg, db, i, i == MANY ? 1 : i));
    return OK;
}

TEST_DB(an_error_at_the_end_of_a_long_write_is_told_by_its_commit)
{
    item_table(a, db);
    CHECK_INT(db_write(db, end_with_a_name_twice, a), ERR_CONFLICT);
    CHECK_INT(item_count(a, db), 0);
}

static enum err ask_at_the_end(struct db *db, void *arg)
{
    TRY(end_with_a_name_twice(db, arg));
    CHECK_INT(db_settle(db), ERR_CONFLICT);
    CHECK_INT(item_add(arg, db, MANY + 1, "later"), ERR_CONFLICT);
    return ERR_DENIED;
}

TEST_DB(a_long_write_can_ask_whether_all_went_well)
{
    item_table(a, db);
    CHECK_INT(db_write(db, ask_at_the_end, a), ERR_DENIED);
    CHECK_INT(item_count(a, db), 0);
}

static enum err share_without_end(struct db *db, void *arg)
{
    TRY(add_and_count(db, arg));
    CHECK_INT(db_exec(db, arg, SQL("UPDATE item SET share = $1"), ARGS(v_real(0))), OK);
    CHECK_INT(db_exec(db, arg, SQL("UPDATE item SET share = $1"), ARGS(v_real(INFINITY))), ERR_INVALID);
    return OK;
}

TEST_DB(a_value_no_database_takes_is_refused_at_once)
{
    item_table(a, db);
    CHECK_INT(db_write(db, share_without_end, a), ERR_INVALID);
    CHECK(strstr(db_why(db), "finite"));
    CHECK_INT(item_count(a, db), 0);
}

static enum err run_out_of_room(struct db *db, void *arg)
{
    for (int64_t i = 1;; i++) {
        TRY(add_wide(arg, db, i, i));
        if (i >= MANY) NEW_ARRAY(arg, char, 1 << 20);
    }
}

TEST_DB(after_an_escape_from_a_long_write_a_sweep_rolls_back)
{
    static jmp_buf full;
    struct arena small = arena_make((size_t)4 << 20, &full);
    struct db *other;
    CHECK_INT(db_open(url, 0, &other), OK);
    item_table(a, db);
    if (!setjmp(full)) {
        (void)!db_write(db, run_out_of_room, &small);
        test_fail(__FILE__, __LINE__, "it did not run out of room");
    }
    db_sweep(db);
    CHECK_INT(item_count(a, db), 0);
    CHECK_INT(item_add(a, other, 1, "one"), OK);
    db_close(other);
    arena_free(&small);
}

static enum err die_in_the_middle(struct db *db, void *arg)
{
    for (int64_t i = 1; i <= MANY; i++) TRY(add_wide(arg, db, i, i));
    raise(SIGKILL);
    return OK;
}

static void write_and_die(struct arena *a, const char *url)
{
    struct db *db;
    if (!db_open(url, 0, &db)) (void)!db_write(db, die_in_the_middle, a);
    _exit(2);
}

TEST_DB(a_long_write_that_is_killed_leaves_nothing)
{
    int status = 0;
    item_table(a, db);
    pid_t pid = fork();
    if (pid == 0) write_and_die(a, url);
    CHECK_INT(waitpid(pid, &status, 0), pid);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    CHECK_INT(item_count(a, db), 0);
    CHECK_INT(item_add(a, db, 1, "one"), OK);
}
