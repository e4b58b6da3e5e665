#include "host/memory.h"

#include "base/file.h"

#include <sys/resource.h>
#include <unistd.h>

enum { LONGEST_FILE = 256 << 10 };

static Str contents(struct arena *a, const char *path)
{
    Str s;
    return file_read(a, path, LONGEST_FILE, &s) ? S("") : s;
}

/* The number behind the word at the beginning of a line; "max" is none. */
static bool number_after(Str text, Str word, size_t *out)
{
    Str line;
    int64_t v;
    while (str_next(&text, '\n', &line)) {
        if (!str_starts(line, word)) continue;
        Str said = str_trim(str_sub(line, word.n, SIZE_MAX)), digits, unit;
        str_cut(said, ' ', &digits, &unit);
        if (!str_to_i64(digits, &v) || v < 0) return false;
        *out = (size_t)v * (str_is(unit, "kB") ? 1024 : 1);
        return true;
    }
    return false;
}

static size_t less(size_t a, size_t b) { return a < b ? a : b; }
static size_t left(size_t limit, size_t used) { return limit > used ? limit - used : 0; }

static size_t of_address_space(struct arena *a)
{
    struct rlimit limit;
    size_t pages = 0;
    if (getrlimit(RLIMIT_AS, &limit) || limit.rlim_cur == RLIM_INFINITY) return SIZE_MAX;
    if (!number_after(contents(a, "/proc/self/statm"), S(""), &pages)) return SIZE_MAX;
    return left(limit.rlim_cur, pages * (size_t)sysconf(_SC_PAGESIZE));
}

static const struct version { Str root, mark; const char *limit, *used; Str files; } versions[] = {
    { S_("/sys/fs/cgroup"), S_("0::"), "memory.max", "memory.current", S_("file ") },
    { S_("/sys/fs/cgroup/memory"), S_(":memory:"), "memory.limit_in_bytes", "memory.usage_in_bytes", S_("cache ") },
};

static size_t of_group(struct arena *a, const struct version *v, Str group)
{
    size_t limit, used = 0, files = 0;
    const char *folder = str_z(a, str_f(a, "%.*s%.*s", FMT(v->root), FMT(group)));
    if (!number_after(contents(a, str_z(a, str_f(a, "%s/%s", folder, v->limit))), S(""), &limit)) return SIZE_MAX;
    number_after(contents(a, str_z(a, str_f(a, "%s/%s", folder, v->used))), S(""), &used);
    number_after(contents(a, str_z(a, str_f(a, "%s/memory.stat", folder))), v->files, &files);
    return left(limit, left(used, files));
}

/* The group and those around it; within a container the innermost may stand at the root. */
static size_t of_groups(struct arena *a, const struct version *v)
{
    Str rest = contents(a, "/proc/self/cgroup"), line;
    size_t least = of_group(a, v, S("")), at;
    while (str_next(&rest, '\n', &line)) {
        if (!str_find(line, v->mark, &at)) continue;
        Str group = str_sub(line, at + v->mark.n, SIZE_MAX);
        for (const char *cut; group.n > 1 && (cut = memrchr(group.p, '/', group.n)) != NULL; group.n = (size_t)(cut - group.p))
            least = less(least, of_group(a, v, group));
    }
    return least;
}

size_t memory_available(void)
{
    struct arena a = arena_make((size_t)16 << 20, NULL);
    size_t n = SIZE_MAX;
    number_after(contents(&a, "/proc/meminfo"), S("MemAvailable:"), &n);
    n = less(n, of_address_space(&a));
    for (size_t i = 0; i < COUNT(versions); i++) n = less(n, of_groups(&a, &versions[i]));
    arena_free(&a);
    return n;
}
