#include "item.h"

#include <float.h>
#include <math.h>

TEST(values_are_equal_by_type_and_value)
{
    CHECK(val_eq(v_null(), v_null()) && !val_eq(v_null(), v_int(0)));
    CHECK(val_eq(v_int(3), v_real(3.0)) && !val_eq(v_real(3.5), v_int(3)));
    CHECK(!val_eq(v_int(INT64_MAX), v_real(0x1p63)));
    CHECK(!val_eq(v_int((1LL << 53) + 1), v_real(0x1p53)));
    CHECK(val_eq(v_text(S("a")), v_text(S("a"))) && !val_eq(v_text(S("3")), v_int(3)));
}

TEST_DB(arguments_go_by_their_number_in_any_order)
{
    struct rows r = db_query(db, a, SQL("SELECT $2 || '-' || $1 || '-' || $2"), ARGS(v_text(S("a")), v_text(S("b"))));
    CHECK(rows_next(&r));
    CHECK_STR(row_text(&r, 0), S("b-a-b"));
    CHECK(!rows_next(&r) && !rows_next(&r));
    CHECK_INT(rows_end(&r), OK);
}

TEST_DB(integers_and_texts_come_back_as_they_were)
{
    static const int64_t ints[] = { 0, -1, INT64_MAX, INT64_MIN };
    static const char *const texts[] = { "", "Công ty Cổ phần Cơ khí Đúc", "''; DROP TABLE item; --", "$1" };
    item_table(a, db);
    for (int i = 0; i < 4; i++) {
        CHECK_INT(item_add(a, db, ints[i], texts[i]), OK);
        struct rows r = db_query(db, a, SQL("SELECT id, name, n, share FROM item WHERE id = $1"), ARGS(v_int(ints[i])));
        CHECK(rows_next(&r));
        CHECK_INT(r.cols, 4);
        CHECK_INT(row_int(&r, 0), ints[i]);
        CHECK(val_eq(row_val(&r, 1), v_text(str_of(texts[i]))));
        CHECK(!v_is(row_val(&r, 2)) && !v_is(row_peek(&r, 3)));
        CHECK_INT(row_int(&r, 2), 0);
        CHECK_INT(rows_end(&r), OK);
    }
}

TEST_DB(reals_come_back_to_the_last_bit)
{
    static const double reals[] = { 0.1, -1.0 / 3, 5.0, 5e-324, DBL_MAX, 1e22, 123456789.123456789 };
    item_table(a, db);
    for (size_t i = 0; i < COUNT(reals); i++) {
        CHECK_INT(db_exec(db, a, SQL("INSERT INTO item (id, name, share) VALUES ($1, $2, $3)"),
                          ARGS(v_int((int64_t)i), v_text(str_f(a, "%zu", i)), v_real(reals[i]))), OK);
        struct rows r = db_query(db, a, SQL("SELECT share FROM item WHERE share = $1"), ARGS(v_real(reals[i])));
        CHECK(rows_next(&r));
        CHECK_INT(row_peek(&r, 0).type, V_REAL);
        CHECK(row_peek(&r, 0).r == reals[i]);
        CHECK_INT(rows_end(&r), OK);
    }
}

TEST_DB(sums_averages_and_comparisons_have_the_same_types)
{
    struct rows r = db_query(db, a, SQL("SELECT sum(i), avg(i), max(i) > 3, count(*) FROM"
                                        " (SELECT 3 AS i UNION ALL SELECT 4) t"), NO_ARGS);
    CHECK(rows_next(&r));
    CHECK(val_eq(row_val(&r, 0), v_int(7)));
    CHECK(row_val(&r, 1).type == V_REAL && row_val(&r, 1).r == 3.5);
    CHECK(val_eq(row_val(&r, 2), v_int(1)));
    CHECK(val_eq(row_val(&r, 3), v_int(2)));
    CHECK_INT(rows_end(&r), OK);
}

TEST_DB(texts_compare_by_their_bytes)
{
    static const char *const sorted[] = { "B", "a", "b", "z", "ă", "Đ" };
    item_table(a, db);
    for (int i = 5; i >= 0; i--) CHECK_INT(item_add(a, db, i, sorted[i]), OK);
    struct rows r = db_query(db, a, SQL("SELECT name FROM item ORDER BY name"), NO_ARGS);
    for (int i = 0; rows_next(&r); i++) CHECK_STR(row_text(&r, 0), str_of(sorted[i]));
    CHECK_INT(rows_end(&r), OK);
    int64_t like = 0;
    CHECK_INT(db_one_int(db, a, SQL("SELECT count(*) FROM item WHERE name LIKE 'b%'"), NO_ARGS, &like), OK);
    CHECK_INT(like, 1);
}

TEST_DB(a_statement_takes_as_many_arguments_as_allowed)
{
    struct buf b = buf_make(a);
    Val v[DB_ARGS];
    put_z(&b, "SELECT 0");
    for (int i = 0; i < DB_ARGS; i++) {
        put_f(&b, " + length($%d)", i + 1);
        v[i] = v_text(S("ba"));
    }
    int64_t n = 0;
    CHECK_INT(db_one_int(db, a, sql_of(&b), (Args){ v, DB_ARGS }, &n), OK);
    CHECK_INT(n, 2 * DB_ARGS);
}

TEST_DB(no_row_and_null_leave_the_one_integer_unchanged)
{
    int64_t n = 7;
    item_table(a, db);
    CHECK_INT(db_one_int(db, a, SQL("SELECT id FROM item"), NO_ARGS, &n), OK);
    CHECK_INT(db_one_int(db, a, SQL("SELECT max(id) FROM item"), NO_ARGS, &n), OK);
    CHECK_INT(n, 7);
}

TEST_DB(wrong_values_are_refused_in_both_alike)
{
    Sql add = SQL("INSERT INTO item (id, name, n) VALUES ($1, $2, $3)");
    Sql set = SQL("UPDATE item SET share = $1 WHERE id = 1");
    item_table(a, db);
    CHECK_INT(item_add(a, db, 1, "one"), OK);
    CHECK_INT(db_exec(db, a, add, ARGS(v_int(2), v_text((Str){ "t\0wo", 4 }), v_null())), ERR_INVALID);
    CHECK_INT(db_exec(db, a, add, ARGS(v_int(2), v_null(), v_null())), ERR_INVALID);
    CHECK_INT(db_exec(db, a, add, ARGS(v_int(2), v_text(S("two")), v_int(-1))), ERR_INVALID);
    CHECK_INT(db_exec(db, a, add, ARGS(v_int(2), v_text(S("two")), v_text(S("many")))), ERR_INVALID);
    CHECK_INT(db_exec(db, a, set, ARGS(v_real(NAN))), ERR_INVALID);
    CHECK_INT(db_exec(db, a, set, ARGS(v_real(INFINITY))), ERR_INVALID);
    CHECK_INT(item_count(a, db), 1);
}

TEST_DB(broken_keys_are_conflicts)
{
    Sql child = SQL("INSERT INTO item (id, name, parent) VALUES ($1, 'child', $2) RETURNING id");
    item_table(a, db);
    CHECK_INT(item_add(a, db, 1, "one"), OK);
    CHECK_INT(item_add(a, db, 1, "two"), ERR_CONFLICT);
    CHECK_INT(item_add(a, db, 2, "one"), ERR_CONFLICT);
    CHECK(strstr(db_why(db), "name"));
    CHECK_INT(db_exec(db, a, child, ARGS(v_int(2), v_int(9))), ERR_CONFLICT);
    struct rows r = db_query(db, a, child, ARGS(v_int(2), v_int(9)));
    (void)rows_next(&r);                            /* SQLite gives the row before it looks        */
    CHECK_INT(rows_end(&r), ERR_CONFLICT);
    CHECK_INT(item_count(a, db), 1);
}

TEST_DB(arguments_beyond_the_limit_are_too_big)
{
    Str big = { NEW_ARRAY(a, char, DB_ARGS_BYTES + 1), DB_ARGS_BYTES + 1 };
    memset((char *)(uintptr_t)big.p, 'x', big.n);
    CHECK_INT(db_exec(db, a, SQL("SELECT $1"), ARGS(v_text(big))), ERR_TOO_BIG);
}
