/*
 * database.h - tests that run on both databases, each in an empty one of its own.
 *
 *     TEST_DB(a_name_is_unique) { CHECK_INT(db_exec(db, a, SQL("..."), NO_ARGS), OK); }
 *
 * makes a_name_is_unique_on_sqlite and a_name_is_unique_on_postgresql; the latter is skipped, saying so, where the
 * run has no PostgreSQL.  `url` opens further handles on the same database.
 */
#ifndef TEST_DATABASE_H
#define TEST_DATABASE_H

#include "store/db.h"
#include "test.h"

/* The URL of an empty database that no other test sees, until the next is asked for. */
const char *test_db_url(struct arena *a, enum dialect dialect);

/* The URL of a copy, for this test alone, of the database that `make` fills when it is first asked for: what takes long is done once. */
typedef void test_db_make(struct arena *a, const char *url);
const char *test_db_copy(struct arena *a, enum dialect dialect, test_db_make *make);

typedef void test_db_fn(struct arena *a, struct db *db, const char *url);
void test_on(struct arena *a, enum dialect dialect, test_db_fn *fn);

#define TEST_DB(id)                                                                     \
    static test_db_fn both_##id;                                                        \
    TEST(id##_on_sqlite)     { test_on(a, SQLITE, both_##id); }                         \
    TEST(id##_on_postgresql) { test_on(a, POSTGRES, both_##id); }                       \
    static void both_##id(UNUSED struct arena *a, UNUSED struct db *db, UNUSED const char *url)

#endif
