#include "host/files.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int cli_unreadable(struct cli *c, enum err e, Str path)
{
    static const char *const what[] = {
        [ERR_MISSING] = N_("There is no file {1}."),
        [ERR_DENIED] = N_("{1} may not be read by you. Ask its owner for the permission, or copy it to a folder of your own."),
        [ERR_INVALID] = N_("{1} is a folder or a device, not a file."),
        [ERR_TOO_BIG] = N_("{1} is too long for what it should be."),
    };
    const char *id = e < (int)COUNT(what) && what[e] ? what[e] : N_("{1} cannot be read.");
    return cli_fail(c, ERR_INVALID, MSG(id, path));
}

/* ---- a mapped file that another programme cuts short ----------------------------------------- */

static char cut_short[512];                             /* a handler may not translate,         */
static int  cut_short_code;                             /* nor call what is not the system's    */

static void say_cut_short(int signal_number)
{
    (void)!write(STDERR_FILENO, cut_short, strlen(cut_short));
    _exit(cut_short_code);
}

void cli_expect_cut(struct cli *c)
{
    Str said = message_str(c->a, c->w.lang, MSG(N_("A file became shorter while it was read, so nothing was done. Run the command again when nobody writes it.")));
    snprintf(cut_short, sizeof cut_short, "matxich: %.*s\n", FMT(said));
    cut_short_code = err_exit(ERR_BROKEN);
    signal(SIGBUS, say_cut_short);
}

/* ---- what a signal takes away ---------------------------------------------------------------- */

enum { MOST_OUTPUTS = 4 };
static char unfinished[MOST_OUTPUTS][FILE_PATH];                        /* empty: none              */
static const int ending[] = { SIGINT, SIGTERM, SIGHUP };

/* The program then ends by the same signal, as if nothing had been here. */
static void take_away(int signal_number)
{
    for (size_t i = 0; i < COUNT(unfinished); i++)
        if (unfinished[i][0]) unlink(unfinished[i]);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void block(sigset_t *before)
{
    sigset_t all;
    sigemptyset(&all);
    for (size_t i = 0; i < COUNT(ending); i++) sigaddset(&all, ending[i]);
    pthread_sigmask(SIG_BLOCK, &all, before);
}

/* Together with making the file: in between a signal would leave it. */
static enum err begin(struct output *o, const char *path)
{
    sigset_t before;
    size_t i = 0;
    while (i < COUNT(unfinished) && unfinished[i][0]) i++;
    MUST(i < COUNT(unfinished));
    block(&before);
    enum err e = file_put_begin(&o->file, path);
    if (!e) {
        memcpy(unfinished[i], o->file.beside, sizeof o->file.beside);
        for (size_t k = 0; k < COUNT(ending); k++)
            if (signal(ending[k], take_away) == SIG_IGN) signal(ending[k], SIG_IGN);        /* nohup */
    }
    int code = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return e;
}

static enum err end(struct output *o, bool keep)
{
    sigset_t before;
    enum err e = OK;
    block(&before);
    if (keep) e = file_put_end(&o->file);
    else file_put_drop(&o->file);
    for (size_t i = 0; i < COUNT(unfinished); i++)
        if (!strcmp(unfinished[i], o->file.beside)) unfinished[i][0] = 0;
    int code = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return e;
}

/* ---- results --------------------------------------------------------------------------------- */

static int unwritten(struct cli *c, Str path)
{
    int code = errno;
    return cli_fail(c, code == ENOSPC || code == EDQUOT ? ERR_FULL : ERR_BROKEN, MSG(N_("{1} cannot be written: {2}"), path, str_of(strerror(code))));
}

/* Where a path leads: the folder's own path and the name in it; of what is there already, its own. */
static const char *place_of(struct cli *c, Str path)
{
    char real[PATH_MAX];
    const char *whole = str_z(c->a, path);
    if (realpath(whole, real)) return str_z(c->a, str_of(real));
    char *folder = str_z(c->a, path), *name = str_z(c->a, path);
    if (!realpath(dirname(folder), real)) return whole;
    return str_z(c->a, str_f(c->a, "%s/%s", real, basename(name)));
}

bool output_is(struct cli *c, Str path, Str other)
{
    struct stat there;
    const char *one = place_of(c, path), *two = place_of(c, other);
    return path.n && other.n && strcmp(one, two) == 0 && (stat(one, &there) != 0 || S_ISREG(there.st_mode));
}

bool output_open(struct cli *c, Str path, struct output *o)
{
    struct stat st;
    *o = (struct output){ .row = buf_make(c->a), .path = path, .to = stdout };
    if (!path.n) return true;
    const char *z = str_z(c->a, path);
    o->beside = stat(z, &st) || S_ISREG(st.st_mode);
    if (o->beside && begin(o, z)) return unwritten(c, path), false;
    o->to = o->beside ? o->file.out : fopen(z, "wb");
    if (!o->to) return unwritten(c, path), false;
    return true;
}

enum { AT_ONCE = 256 << 10 };

static void flush(struct output *o)
{
    fwrite(o->row.n ? o->row.p : "", 1, o->row.n, o->to);
    o->row.n = 0;
}

void output_row(struct output *o)
{
    put_c(&o->row, '\n');
    if (o->row.n >= AT_ONCE) flush(o);
}

void output_drop(struct output *o)
{
    if (o->beside) end(o, false);
}

int outputs_end(struct cli *c, struct output *const *list, size_t n)
{
    int code = 0;
    for (size_t i = 0; i < n; i++) {
        flush(list[i]);
        if (list[i]->path.n && (fflush(list[i]->to) || ferror(list[i]->to)) && !code) code = unwritten(c, list[i]->path);
    }
    for (size_t i = 0; i < n; i++) {
        struct output *o = list[i];
        if (o->beside && end(o, !code) && !code) code = unwritten(c, o->path);
        if (o->path.n && !o->beside && fclose(o->to) && !code) code = unwritten(c, o->path);
    }
    return code;                                /* of standard output main.c says what was not written */
}
