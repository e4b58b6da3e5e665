#include "host/marker.h"

#include "base/file.h"
#include "format/mark/mark.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- one after another ------------------------------------------------------------------------ */

static sem_t places;
__attribute__((constructor)) static void make_places(void) { sem_init(&places, 0, MARKING_AT_ONCE); }

static bool take_place(void)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += MARKING_WAIT;
    while (sem_timedwait(&places, &until))
        if (errno != EINTR) return false;
    return true;
}

/* ---- the process ------------------------------------------------------------------------------ */

static enum err start(Str kind, struct arena *a, int in, int out, pid_t *pid)
{
    static char program[] = "/proc/self/exe", name[] = "matxich", verb[] = "mark";
    static char *none[] = { NULL };
    char *arguments[] = { name, verb, str_z(a, kind), NULL };
    posix_spawn_file_actions_t files;
    if (posix_spawn_file_actions_init(&files)) return ERR_BUSY;
    bool ok = !posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO) && !posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO) &&
              !posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) &&
              !posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1) && !posix_spawn(pid, program, &files, NULL, arguments, none);
    posix_spawn_file_actions_destroy(&files);
    return ok ? OK : ERR_BUSY;
}

/* How it ended; one that takes too long is ended. */
static enum err wait_for(pid_t pid)
{
    int fd = pidfd_open(pid, 0), status = 0, ready;
    struct pollfd over = { .fd = fd, .events = POLLIN };
    do ready = fd < 0 ? 0 : poll(&over, 1, MARKING_TIME * 1000);
    while (ready < 0 && errno == EINTR);
    if (ready <= 0) kill(pid, SIGKILL);
    if (fd >= 0) close(fd);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    if (!WIFEXITED(status)) return ERR_TOO_BIG;             /* by a limit, or what the file did to it */
    for (enum err e = OK; e <= ERR_FULL; e++)
        if (err_exit(e) == WEXITSTATUS(status)) return e;
    return ERR_INVALID;
}

static bool give(FILE *in, Str bytes, const Str *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < lines[i].n; k++) fputc(lines[i].p[k] == '\n' ? ' ' : lines[i].p[k], in);
        if (lines[i].n) fputc('\n', in);
    }
    fputc('\n', in);
    fwrite(bytes.p, 1, bytes.n, in);
    return !fflush(in) && !ferror(in) && !fseek(in, 0, SEEK_SET);
}

static enum err run(struct arena *a, Str kind, Str bytes, const Str *lines, size_t n, FILE *out)
{
    FILE *in = file_nameless();
    pid_t pid = 0;
    enum err e = in && give(in, bytes, lines, n) ? start(kind, a, fileno(in), fileno(out), &pid) : ERR_FULL;
    if (in) fclose(in);
    return e ? e : wait_for(pid);
}

enum err marker(struct arena *a, Str kind, Str bytes, const Str *lines, size_t n, FILE **out, Message *why)
{
    enum err e = ERR_BUSY;
    *out = NULL;
    if (take_place()) {
        *out = file_nameless();
        e = *out ? run(a, kind, bytes, lines, n, *out) : ERR_FULL;
        sem_post(&places);
    }
    if (*out && !e && fseek(*out, 0, SEEK_SET)) e = ERR_BROKEN;
    if (e && *out) fclose(*out), *out = NULL;
    if (e) *why = e == ERR_BUSY ? MSG(N_("Many drawings are being opened just now. Try again in a moment.")) : mark_why(e);
    return e;
}
