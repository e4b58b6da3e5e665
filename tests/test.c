#include "test.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>                                 /* wants the above first                      */

static struct test *all;

void test_add(struct test *t)
{
    t->next = all;
    all = t;
}

void test_fail(const char *file, int line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vprint_error(fmt, ap);
    va_end(ap);
    print_error("\n");
    _fail(file, line);
    abort();
}

void test_skip(const char *why)
{
    print_message("skipped: %s\n", why);
    _skip(__FILE__, __LINE__);
    abort();
}

Str test_read(struct arena *a, const char *path)
{
    Str s;
    if (file_read(a, path, (size_t)256 << 20, &s)) test_fail(__FILE__, __LINE__, "cannot read %s", path);
    return s;
}

void test_golden(const char *file, int line, const char *name, Str got)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    const char *path = str_z(&a, str_f(&a, "tests/golden/%s", name));
    Str want = { 0 };
    if (getenv("BLESS")) {
        if (file_write(path, got)) test_fail(file, line, "cannot write %s", path);
    } else if (file_read(&a, path, (size_t)16 << 20, &want)) {
        test_fail(file, line, "cannot read %s (BLESS=1 makes it)", path);
    } else if (!str_eq(got, want)) {
        size_t i = 0;
        while (i < got.n && i < want.n && got.p[i] == want.p[i]) i++;
        size_t from = i > 60 ? i - 60 : 0;
        test_fail(file, line, "%s differs at byte %zu:\n  got  ...%.*s\n  want ...%.*s", path, i,
                  FMT(str_sub(got, from, 200)), FMT(str_sub(want, from, 200)));
    }
    arena_free(&a);
}

const char *test_dir(void)
{
    static char dir[] = "/tmp/matxich-test-XXXXXX";
    static bool made;
    if (!made && !mkdtemp(dir)) bug_at(__FILE__, __LINE__, "no temporary directory");
    made = true;
    return dir;
}

const char *test_pg_url(void) { return getenv("MATXICH_TEST_PG"); }

/* A test that fails or is skipped leaves by a jump: what it had is freed before the next one. */
static void run(void **state)
{
    static struct arena a;
    struct test *t = *state;
    arena_free(&a);
    a = arena_make((size_t)1 << 30, NULL);
    t->run(&a);
}

/* A name given on the command line runs only the tests that have it in theirs. */
int main(int argc, char **argv)
{
    static struct CMUnitTest list[4096];
    size_t n = 0;
    for (struct test *t = all; t; t = t->next) {
        if (argc > 1 && !strstr(t->name, argv[1])) continue;
        MUST(n < COUNT(list));
        list[n++] = (struct CMUnitTest){ t->name, run, NULL, NULL, t };
    }
    const char *group = strrchr(argv[0], '/');
    return _cmocka_run_group_tests(group ? group + 1 : argv[0], list, n, NULL, NULL);
}
