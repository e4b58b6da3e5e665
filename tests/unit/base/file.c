#include "base/file.h"

#include "test.h"

#include <glob.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(a_written_file_is_read_back_whole)
{
    struct buf b = buf_make(a);
    for (int i = 0; i < 50000; i++) put_i(&b, i);
    const char *path = str_z(a, str_f(a, "%s/numbers", test_dir()));
    Str got;
    CHECK_INT(file_write(path, buf_str(&b)), OK);
    CHECK_INT(file_read(a, path, 1 << 20, &got), OK);
    CHECK_STR(got, buf_str(&b));
    CHECK_INT(file_map(path, &got), OK);
    CHECK_STR(got, buf_str(&b));
    file_rest(got);
    CHECK_STR(got, buf_str(&b));
    file_unmap(got);
}

TEST(writing_again_replaces_the_file_and_leaves_nothing_beside)
{
    const char *path = str_z(a, str_f(a, "%s/again", test_dir()));
    Str got;
    CHECK_INT(file_write(path, S("old and longer")), OK);
    CHECK_INT(file_write(path, S("new")), OK);
    CHECK_INT(file_read(a, path, 100, &got), OK);
    CHECK_STR(got, S("new"));
    glob_t found;
    CHECK_INT(glob(str_z(a, str_f(a, "%s*", path)), 0, NULL, &found), 0);
    CHECK_INT(found.gl_pathc, 1);
    globfree(&found);
}

TEST(an_empty_file_is_an_empty_text)
{
    const char *path = str_z(a, str_f(a, "%s/empty", test_dir()));
    Str got;
    CHECK_INT(file_write(path, (Str){ 0 }), OK);
    CHECK_INT(file_read(a, path, 0, &got), OK);
    CHECK_STR(got, S(""));
    CHECK_INT(file_map(path, &got), OK);
    CHECK_STR(got, S(""));
    file_unmap(got);
}

TEST(a_file_over_the_limit_is_not_read)
{
    const char *path = str_z(a, str_f(a, "%s/four", test_dir()));
    Str got;
    CHECK_INT(file_write(path, S("1234")), OK);
    CHECK_INT(file_read(a, path, 4, &got), OK);
    CHECK_INT(file_read(a, path, 3, &got), ERR_TOO_BIG);
}

TEST(a_pipe_is_read_to_its_end_though_it_has_no_size)
{
    int ends[2];
    Str got;
    CHECK_INT(pipe(ends), 0);
    CHECK_INT(write(ends[1], "through", 7), 7);
    close(ends[1]);
    CHECK_INT(file_read(a, str_z(a, str_f(a, "/proc/self/fd/%d", ends[0])), 100, &got), OK);
    CHECK_STR(got, S("through"));
    close(ends[0]);
}

TEST(a_missing_file_and_a_directory_are_told_apart)
{
    Str got;
    CHECK_INT(file_read(a, str_z(a, str_f(a, "%s/none", test_dir())), 100, &got), ERR_MISSING);
    CHECK_INT(file_map(str_z(a, str_f(a, "%s/none", test_dir())), &got), ERR_MISSING);
    CHECK_INT(file_read(a, test_dir(), 1 << 20, &got), ERR_INVALID);
    CHECK_INT(file_map(test_dir(), &got), ERR_INVALID);
    CHECK_INT(file_map("/dev/null", &got), ERR_INVALID);
    CHECK_INT(file_write(str_z(a, str_f(a, "%s/none/x", test_dir())), S("x")), ERR_MISSING);
    CHECK_INT(file_write(test_dir(), S("x")), ERR_BROKEN);
}

TEST(a_file_written_in_pieces_is_there_when_it_is_ended_and_not_when_it_is_dropped)
{
    const char *path = str_z(a, str_f(a, "%s/pieces", test_dir()));
    struct file_put f;
    Str got;
    glob_t found;
    CHECK_INT(file_put_begin(&f, path), OK);
    for (int i = 0; i < 3; i++) fprintf(f.out, "%d\n", i);
    CHECK_INT(file_read(a, path, 100, &got), ERR_MISSING);
    CHECK_INT(file_put_end(&f), OK);
    CHECK_INT(file_put_begin(&f, path), OK);
    fputs("never seen", f.out);
    file_put_drop(&f);
    CHECK_INT(file_read(a, path, 100, &got), OK);
    CHECK_STR(got, S("0\n1\n2\n"));
    CHECK_INT(glob(str_z(a, str_f(a, "%s*", path)), 0, NULL, &found), 0);
    CHECK_INT(found.gl_pathc, 1);
    globfree(&found);
    CHECK_INT(file_put_begin(&f, "/dev/null/nowhere"), ERR_MISSING);
}
