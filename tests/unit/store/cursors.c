#include "item.h"

#include <sys/resource.h>

#define COUNT_TO(n) "WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < " #n ") "

TEST_DB(a_cursor_can_be_opened_within_a_cursor_and_on_the_same_statement)
{
    Sql all = SQL(COUNT_TO(300) "SELECT i, 'row ' || i FROM k ORDER BY i");
    struct rows outer = db_query(db, a, all, NO_ARGS);
    int64_t n = 0;
    for (int i = 1; rows_next(&outer); i++) {
        Str borrowed = v_str(row_peek(&outer, 1));
        struct rows inner = db_query(db, a, all, NO_ARGS);
        for (int k = 1; k <= i && rows_next(&inner); k++) n++;
        CHECK_INT(row_int(&inner, 0), i);
        CHECK_INT(rows_end(&inner), OK);
        CHECK_STR(borrowed, str_f(a, "row %d", i));
        CHECK_INT(row_int(&outer, 0), i);
    }
    CHECK_INT(rows_end(&outer), OK);
    CHECK_INT(n, 300 * 301 / 2);
}

TEST_DB(cursors_may_advance_by_turns)
{
    struct rows odd = db_query(db, a, SQL(COUNT_TO(100) "SELECT 2 * i - 1, NULL FROM k"), NO_ARGS);
    struct rows even = db_query(db, a, SQL(COUNT_TO(100) "SELECT 2 * i, '' FROM k"), NO_ARGS);
    for (int i = 1; i <= 200; i += 2) {
        CHECK(rows_next(&odd) && rows_next(&even));
        CHECK_INT(row_int(&odd, 0), i);
        CHECK_INT(row_int(&even, 0), i + 1);
        CHECK(!v_is(row_peek(&odd, 1)) && v_is(row_peek(&even, 1)));
    }
    CHECK(!rows_next(&odd) && !rows_next(&even));
    CHECK_INT(rows_end(&even), OK);
    CHECK_INT(rows_end(&odd), OK);
}

TEST_DB(a_copied_value_outlives_its_cursor)
{
    struct rows r = db_query(db, a, SQL("SELECT 'kept'"), NO_ARGS);
    CHECK(rows_next(&r));
    Str kept = row_text(&r, 0);
    CHECK_INT(rows_end(&r), OK);
    CHECK_STR(kept, S("kept"));
}

TEST_DB(a_mistake_in_a_statement_sticks_to_its_cursor_and_not_to_the_handle)
{
    int64_t one = 0;
    struct rows r = db_query(db, a, SQL("SELECT id FROM nowhere"), NO_ARGS);
    CHECK(!rows_next(&r));
    CHECK_INT(rows_end(&r), ERR_BROKEN);
    CHECK_INT(rows_end(&r), ERR_BROKEN);
    CHECK(strstr(db_why(db), "nowhere"));
    CHECK_INT(db_one_int(db, a, SQL("SELECT 1"), NO_ARGS, &one), OK);
    CHECK_INT(one, 1);
}

TEST_DB(an_error_after_some_rows_ends_the_cursor)
{
    item_table(a, db);                              /* abs() and bigint overflow at the last row  */
    for (int i = 1; i <= 3; i++) CHECK_INT(item_add(a, db, i, i == 3 ? "x" : i == 2 ? "2" : "1"), OK);
    CHECK_INT(db_exec(db, a, SQL("UPDATE item SET id = $1 WHERE name = 'x'"), ARGS(v_int(INT64_MIN))), OK);
    struct rows r = db_query(db, a, SQL("SELECT abs(id) FROM item ORDER BY id DESC"), NO_ARGS);
    int n = 0;
    while (rows_next(&r)) n++;
    CHECK(n <= 2);
    CHECK(rows_end(&r) != OK);
}

TEST_DB(the_text_of_a_statement_counts_and_not_its_address)
{
    char text[] = "SELECT 1";
    for (char digit = '1'; digit <= '9'; digit++) {
        int64_t n = 0;
        text[sizeof text - 2] = digit;
        CHECK_INT(db_one_int(db, a, (Sql){ text }, NO_ARGS, &n), OK);
        CHECK_INT(n, digit - '0');
    }
}

TEST_DB(thousands_of_different_statements_do_not_pile_up)
{
    struct rows r = db_query(db, a, SQL("SELECT 1"), NO_ARGS);
    for (int64_t i = 1; i <= 3000; i++) {
        int64_t n = 0;
        struct buf b = buf_make(a);
        put_f(&b, "SELECT %lld", (long long)i);
        CHECK_INT(db_one_int(db, a, sql_of(&b), NO_ARGS, &n), OK);
        CHECK_INT(n, i);
        if (i == 700) CHECK(rows_next(&r) && row_int(&r, 0) == 1 && !rows_next(&r));
    }
    CHECK_INT(rows_end(&r), OK);
}

TEST_DB(a_statement_goes_on_working_when_its_table_grows_a_column)
{
    item_table(a, db);
    CHECK_INT(item_add(a, db, 1, "before"), OK);
    CHECK_INT(db_exec(db, a, SQL("ALTER TABLE item ADD COLUMN note TEXT"), NO_ARGS), OK);
    CHECK_INT(item_add(a, db, 2, "after"), OK);
    CHECK_INT(item_count(a, db), 2);
}

/* There with the address sanitizer, which keeps freed memory. */
extern void __asan_init(void) __attribute__((weak));

TEST_DB(a_long_walk_does_not_gather_its_rows_in_memory)
{
    struct rusage before, after;
    struct arena small = arena_make(64 << 10, NULL);
    int64_t n = 0;
    getrusage(RUSAGE_SELF, &before);
    struct rows r = db_query(db, &small, SQL(COUNT_TO(200000) "SELECT i, $1 || i FROM k"),
                             ARGS(v_text((Str){ memset(NEW_ARRAY(a, char, 1000), 'x', 1000), 1000 })));
    while (rows_next(&r)) n += row_peek(&r, 1).s.n > 1000;
    CHECK_INT(rows_end(&r), OK);
    getrusage(RUSAGE_SELF, &after);
    CHECK_INT(n, 200000);
    if (!__asan_init) CHECK(after.ru_maxrss - before.ru_maxrss < 50000);   /* KB; the rows are 200 MB */
    arena_free(&small);
}
