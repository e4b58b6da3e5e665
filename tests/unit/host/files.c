#include "host/files.h"

#include "test.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Reads a file that was cut short after it had been mapped; what is said goes to the file `said`. */
static void read_cut_file(struct arena *a, const char *path, const char *said)
{
    struct cli c = { .a = a, .w = { .lang = EN } };
    Str text;
    int fd = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || dup2(fd, STDERR_FILENO) < 0) _exit(100);
    cli_expect_cut(&c);
    if (file_map(path, &text) || truncate(path, 10)) _exit(101);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) n += text.p[i] == '7';
    _exit(n ? 102 : 103);
}

TEST(a_file_that_becomes_shorter_while_it_is_read_ends_with_a_sentence)
{
    const char *path = str_z(a, str_f(a, "%s/links.csv", test_dir())), *said = str_z(a, str_f(a, "%s/said", test_dir()));
    struct buf b = buf_make(a);
    Str sentence;
    int status;
    for (int i = 0; i < 100000; i++) put_i(&b, i);
    CHECK_INT(file_write(path, buf_str(&b)), OK);
    pid_t child = fork();
    if (!child) read_cut_file(a, path, said);
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), err_exit(ERR_BROKEN));
    CHECK_INT(file_read(a, said, 1000, &sentence), OK);
    CHECK_STR(sentence, S("matxich: A file became shorter while it was read, so nothing was done. Run the command again when nobody writes it.\n"));
}
