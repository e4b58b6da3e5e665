#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err open_file(const char *path, bool regular, int *fd, size_t *size)
{
    struct stat st;
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*fd < 0) return errno == ENOENT || errno == ENOTDIR ? ERR_MISSING : errno == EACCES ? ERR_DENIED : ERR_BROKEN;
    enum err e = fstat(*fd, &st) ? ERR_BROKEN : S_ISDIR(st.st_mode) || (regular && !S_ISREG(st.st_mode)) ? ERR_INVALID : OK;
    if (e) close(*fd);
    else *size = (size_t)st.st_size;
    return e;
}

/* Until the end, whatever the size was said to be: a pipe says 0, a file may grow. */
static enum err read_all(int fd, size_t max, struct buf *b)
{
    for (;;) {
        if (b->n > max) return ERR_TOO_BIG;
        size_t want = b->cap > b->n ? b->cap - b->n : b->cap ? b->cap : 4096;
        ssize_t got = read(fd, buf_room(b, want), want);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return ERR_BROKEN;
        if (got == 0) return OK;
        b->n += (size_t)got;
    }
}

enum err file_read(struct arena *a, const char *path, size_t max, Str *out)
{
    int fd;
    size_t size;
    TRY(open_file(path, false, &fd, &size));
    struct buf b = buf_make(a);
    enum err e = size > max ? ERR_TOO_BIG : OK;
    if (!e) {
        buf_room(&b, size + 1);                     /* one more, so that the end shows itself    */
        e = read_all(fd, max, &b);
    }
    close(fd);
    *out = buf_str(&b);
    return e;
}

/* A rename is on the disk only when its directory is. */
static bool sync_directory(const char *path)
{
    char z[FILE_PATH];
    snprintf(z, sizeof z, "%s", path);
    int fd = open(dirname(z), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

enum err file_put_begin(struct file_put *f, const char *path)
{
    static atomic_uint serial;
    f->path = path;
    int n = snprintf(f->beside, sizeof f->beside, "%s.%ld-%u.new", path, (long)getpid(), atomic_fetch_add(&serial, 1));
    if (n < 0 || (size_t)n >= sizeof f->beside) return ERR_TOO_BIG;
    int fd = open(f->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) return errno == ENOENT || errno == ENOTDIR ? ERR_MISSING : ERR_BROKEN;
    f->out = fdopen(fd, "wb");
    if (f->out) return OK;
    close(fd);
    unlink(f->beside);
    return ERR_BROKEN;
}

void file_put_drop(struct file_put *f)
{
    int code = errno;                               /* of what went wrong before                 */
    if (f->out) fclose(f->out);
    f->out = NULL;
    unlink(f->beside);
    errno = code;
}

enum err file_put_end(struct file_put *f)
{
    bool written = !fflush(f->out) && !ferror(f->out) && !fsync(fileno(f->out));
    bool closed = !fclose(f->out);
    f->out = NULL;
    if (written && closed && !rename(f->beside, f->path)) return sync_directory(f->path) ? OK : ERR_BROKEN;
    file_put_drop(f);
    return ERR_BROKEN;
}

enum err file_write(const char *path, Str text)
{
    struct file_put f;
    TRY(file_put_begin(&f, path));
    fwrite(text.n ? text.p : "", 1, text.n, f.out);                     /* the end says how it went */
    return file_put_end(&f);
}

enum err file_map(const char *path, Str *out)
{
    int fd;
    size_t size;
    TRY(open_file(path, true, &fd, &size));
    void *p = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    int code = errno;
    close(fd);
    if (p == MAP_FAILED) return code == ENOMEM ? ERR_TOO_BIG : ERR_BROKEN;
    *out = size ? (Str){ p, size } : S("");
    return OK;
}

void file_unmap(Str s)
{
    if (s.n) munmap((void *)(uintptr_t)s.p, s.n);
}

void file_rest(Str s)
{
    if (s.n) madvise((void *)(uintptr_t)s.p, s.n, MADV_DONTNEED);
}

/* On a disk: /tmp is often memory. */
FILE *file_nameless(void)
{
    const char *dir = getenv("TMPDIR");
    int fd = open(dir ? dir : "/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) return tmpfile();               /* a file system without nameless files          */
    FILE *f = fdopen(fd, "w+");
    if (!f) close(fd);
    return f;
}
