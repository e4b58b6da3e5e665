#include "host/log.h"

#include "base/date.h"
#include "base/unicode.h"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const char *const names[] = { [LOG_ERROR] = "error", [LOG_INFO] = "info", [LOG_DEBUG] = "debug" };

static struct { int fd; enum log_level most; } out = { STDERR_FILENO, LOG_INFO };

enum err log_open(Str path, enum log_level most)
{
    char z[4096];
    out.most = most;
    if (str_is(path, "-")) return OK;
    if (path.n >= sizeof z) return ERR_INVALID;
    memcpy(z, path.p, path.n);
    z[path.n] = 0;
    int fd = open(z, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0) return ERR_BROKEN;
    out.fd = fd;
    return OK;
}

bool log_wants(enum log_level level) { return level <= out.most; }

/*
 * A line of fixed room.  A long value is cut and what follows it left out; the line's end and a closing quote
 * always fit, because keys and numbers are ours and short.
 */
enum { LINE_ROOM = 2048, SHORT = 128 };
struct line { size_t n; char p[LINE_ROOM]; };

static bool is_full(const struct line *l) { return l->n > LINE_ROOM - SHORT; }

static void add(struct line *l, const char *p, size_t n)
{
    MUST(n <= LINE_ROOM - l->n);
    memcpy(l->p + l->n, p, n);
    l->n += n;
}

static void add_number(struct line *l, int64_t v)
{
    char z[24];
    add(l, z, (size_t)snprintf(z, sizeof z, "%lld", (long long)v));
}

/* What a terminal or another reader of the log could take for more than a letter: controls, line ends, changes of direction. */
static bool is_harmless(uint32_t c)
{
    return c >= ' ' && !(c >= 0x7F && c < 0xA0) && c != 0xFFFD && !(c >= 0x200B && c <= 0x200F) && !(c >= 0x2028 && c <= 0x202E) &&
           !(c >= 0x2060 && c <= 0x206F) && c != 0xFEFF;
}

static void add_escaped(struct line *l, Str bytes)
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        add(l, (char[]){ '\\', 'x', hex[c >> 4], hex[c & 15] }, 4);
    }
}

static void add_quoted(struct line *l, Str s)
{
    const char *at = s.p, *end = s.p + s.n;
    add(l, "\"", 1);
    while (at < end && !is_full(l)) {
        Str letter = { at, 0 };
        uint32_t c = utf8_next(&at, end);
        letter.n = (size_t)(at - letter.p);
        if (c == '"' || c == '\\') add(l, "\\", 1);
        if (is_harmless(c)) add(l, letter.p, letter.n);
        else add_escaped(l, letter);
    }
    add(l, "\"", 1);
}

/* The second is the same for thousands of lines: each thread keeps its text. */
static void add_time(struct line *l)
{
    static _Thread_local struct { int64_t second; char text[24]; } kept;
    int64_t now = time_now();
    if (now / 1000000 != kept.second) {
        time_t t = kept.second = now / 1000000;
        struct tm tm;
        gmtime_r(&t, &tm);
        strftime(kept.text, sizeof kept.text, "%Y-%m-%dT%H:%M:%S", &tm);
    }
    char z[8];
    add(l, "time=", 5);
    add(l, kept.text, strlen(kept.text));
    add(l, z, (size_t)snprintf(z, sizeof z, ".%03dZ", (int)(now / 1000 % 1000)));
}

void log_facts(enum log_level level, const char *event, const struct log_fact *f, size_t n)
{
    if (!log_wants(level)) return;
    struct line l;
    l.n = 0;
    add_time(&l);
    add(&l, " level=", 7);
    add(&l, names[level], strlen(names[level]));
    add(&l, " event=", 7);
    add(&l, event, strlen(event));
    for (size_t i = 0; i < n && !is_full(&l); i++) {
        add(&l, " ", 1);
        add(&l, f[i].key, strlen(f[i].key));
        add(&l, "=", 1);
        if (f[i].is_number) add_number(&l, f[i].number);
        else add_quoted(&l, f[i].text);
    }
    add(&l, "\n", 1);
    ssize_t written = write(out.fd, l.p, l.n);
    (void)written;                                  /* nowhere is left to complain               */
}
