/*
 * test.h - TEST(name) { ... } anywhere in tests/unit; each gets an arena of its own.  The runner and the reports are
 * cmocka's; here is only what saves listing every test by hand.
 *
 *     TEST(a_tax_code_is_checked_by_its_check_digit) { CHECK(tax_code_valid(S("0100233488"))); }
 */
#ifndef TEST_H
#define TEST_H

#include "base/base.h"

struct test {
    const char  *name;
    void       (*run)(struct arena *a);
    struct test *next;
};
void test_add(struct test *t);
NORETURN void test_fail(const char *file, int line, const char *fmt, ...) PRINTF(3, 4);
NORETURN void test_skip(const char *why);                   /* says why and counts as skipped     */
/* Compares with tests/golden/NAME; BLESS=1 in the environment writes it. */
void test_golden(const char *file, int line, const char *name, Str got);
Str  test_read(struct arena *a, const char *path);          /* a whole file, or fails             */
const char *test_dir(void);                                 /* an empty directory of this run     */
const char *test_pg_url(void);                              /* NULL: no PostgreSQL for this run   */

#define TEST(id)                                                                        \
    static void test_##id(struct arena *a);                                             \
    __attribute__((constructor)) static void add_##id(void)                             \
    {                                                                                   \
        static struct test t = { #id, test_##id, NULL };                                \
        test_add(&t);                                                                   \
    }                                                                                   \
    static void test_##id(UNUSED struct arena *a)

#define CHECK(cond) ((cond) ? (void)0 : test_fail(__FILE__, __LINE__, "%s", #cond))
#define CHECK_INT(got, want)                                                            \
    do {                                                                                \
        long long g_ = (long long)(got), w_ = (long long)(want);                        \
        if (g_ != w_) test_fail(__FILE__, __LINE__, "%s: got %lld, want %lld", #got, g_, w_); \
    } while (0)
#define CHECK_STR(got, want)                                                            \
    do {                                                                                \
        Str g_ = (got), w_ = (want);                                                    \
        if (!str_eq(g_, w_))                                                            \
            test_fail(__FILE__, __LINE__, "%s:\n  got  \"%.*s\"\n  want \"%.*s\"",      \
                      #got, FMT(g_), FMT(w_));                                          \
    } while (0)
#define GOLDEN(name, got) test_golden(__FILE__, __LINE__, name, got)

#endif
