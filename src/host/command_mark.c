/*
 * command_mark.c - the process that opens strangers' drawings.  It reads its input, loads the font, then gives up all rights: from there on it can take
 * memory up to a limit, write its answer and end; no file, no network, no other process.  So whatever a file does to a parser is done to nothing.
 *
 * Standard input: lines, an empty line, the file; standard output: the marked file; the exit code is that of mark_put().
 */
#include "host/cli.h"

#include "base/file.h"
#include "format/mark/mark.h"
#include "host/marker.h"
#include "model/desk/file.h"

#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

static bool limit(__rlimit_resource_t what, rlim_t most) { return !setrlimit(what, &(struct rlimit){ most, most }); }

/* Bytes of the address space taken already: the program, its libraries and the file. */
static rlim_t taken(struct arena *a)
{
    Str text, pages;
    int64_t n = 0;
    enum { LONGEST = 4096 };
    if (file_read(a, "/proc/self/statm", LONGEST, &text) || !str_next(&text, ' ', &pages) || !str_to_i64(pages, &n)) return 0;
    return (rlim_t)n * (rlim_t)sysconf(_SC_PAGESIZE);
}

static bool set_limits(struct arena *a)
{
    return limit(RLIMIT_AS, taken(a) + MARKING_MEMORY) && limit(RLIMIT_CPU, MARKING_TIME) && limit(RLIMIT_FSIZE, MARKING_OUT) &&
           limit(RLIMIT_CORE, 0);
}

/* What is left; everything else fails as if it were not permitted. */
static bool give_up_rights(void)
{
    static const int left[] = { SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(lseek), SCMP_SYS(mmap),
                                SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex),
                                SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(getpid),
                                SCMP_SYS(gettid), SCMP_SYS(tgkill), SCMP_SYS(clock_gettime), SCMP_SYS(getrandom), SCMP_SYS(sched_yield),
                                SCMP_SYS(exit_group) };
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool ok = filter;
    for (size_t i = 0; ok && i < COUNT(left); i++) ok = !seccomp_rule_add(filter, SCMP_ACT_ALLOW, left[i], 0);
    ok = ok && !seccomp_load(filter);
    seccomp_release(filter);
    return ok;
}

static Str read_all(struct arena *a)
{
    struct buf b = buf_make(a);
    enum { MOST = UPLOAD_MAX + (1 << 20), AT_ONCE = 1 << 20 };
    size_t got = 1;
    while (got && b.n < MOST) b.n += got = fread(buf_room(&b, AT_ONCE), 1, AT_ONCE, stdin);
    return buf_str(&b);
}

/* The lines before the empty one. */
static size_t take_lines(Str *rest, Str *lines)
{
    size_t n = 0;
    Str line;
    while (str_next(rest, '\n', &line) && line.n)
        if (n < MARK_LINES) lines[n++] = line;
    return n;
}

int command_mark(struct cli *c)
{
    Str lines[MARK_LINES], out = { 0 };
    if (!cli_arguments(c, 1, 1)) return err_exit(ERR_INVALID);
    Str rest = read_all(c->a);
    size_t n = take_lines(&rest, lines);
    struct mark *m = mark_open(c->a, lines, n);
    enum err e = m && set_limits(c->a) && give_up_rights() ? mark_put(m, str_of(c->argv[0]), rest, &out) : ERR_BROKEN;
    if (e) cli_fail(c, e, mark_why(e));
    else if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout)) e = ERR_FULL;
    _exit(err_exit(e));                                     /* with no more than it has the right to */
}
