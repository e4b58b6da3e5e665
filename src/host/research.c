#include "host/research.h"

#include "base/parallel.h"
#include "host/memory.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

bool research_refuse(struct research *r, enum err e, Message why)
{
    if (!r->code) r->code = cli_fail(r->c, e, why);                     /* the first is enough           */
    return false;
}

/* ---- how far it is --------------------------------------------------------------------------- */

struct teller {
    struct progress *progress;
    pthread_t        thread;
    pthread_mutex_t  lock;
    pthread_cond_t   over;
    bool             done;
};

static unsigned percent(struct progress *p)
{
    size_t all = atomic_load(&p->all), done = atomic_load(&p->done);
    return all ? (unsigned)((double)(done < all ? done : all) / (double)all * 100) : 0;
}

/* On a terminal one line that is written over, else a line for every tenth. */
static void tell(unsigned now, int *said)
{
    bool terminal = isatty(STDERR_FILENO);
    int step = (int)(terminal ? now : now / 10);
    if (step == *said) return;
    fprintf(stderr, terminal ? "\r%3u %%" : "%u %%\n", now);
    *said = step;
}

static void *tell_until_over(void *with)
{
    struct teller *t = with;
    int said = -1;
    pthread_mutex_lock(&t->lock);
    while (!t->done) {
        struct timespec next;
        tell(percent(t->progress), &said);
        clock_gettime(CLOCK_REALTIME, &next);
        next.tv_sec += (next.tv_nsec + 200000000) / 1000000000;
        next.tv_nsec = (next.tv_nsec + 200000000) % 1000000000;
        pthread_cond_timedwait(&t->over, &t->lock, &next);
    }
    pthread_mutex_unlock(&t->lock);
    tell(100, &said);
    if (isatty(STDERR_FILENO)) fputc('\n', stderr);
    return NULL;
}

struct progress *research_tell(struct research *r, bool asked)
{
    struct teller *t = NEW(r->c->a, struct teller);
    if (!asked) return NULL;
    t->progress = &r->progress;
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->over, NULL);
    if (pthread_create(&t->thread, NULL, tell_until_over, t)) return NULL;
    r->teller = t;
    return &r->progress;
}

void research_told(struct research *r)
{
    struct teller *t = r->teller;
    if (!t) return;
    pthread_mutex_lock(&t->lock);
    t->done = true;
    pthread_cond_signal(&t->over);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->thread, NULL);
}

/* ---- options --------------------------------------------------------------------------------- */

bool research_count(struct research *r, const char *name, int64_t least, int64_t most, int64_t *out)
{
    Str said = cli_option(r->c, name);
    if (!said.n || (str_to_i64(said, out) && *out >= least && *out <= most)) return true;
    return research_refuse(r, ERR_INVALID, MSG(N_("--{1} takes a whole number from {2} to {3}."), str_of(name), str_f(r->c->a, "%lld", (long long)least),
                                               str_f(r->c->a, "%lld", (long long)most)));
}

void research_options(struct cli *c, struct research *r)
{
    *r = (struct research){
        .c = c, .firms_path = cli_option(c, "firms"), .links_path = cli_option(c, "links"),
        .output_path = cli_option(c, "output"), .reading = arena_make(SIZE_MAX / 4, c->a->full), .memory = arena_make(SIZE_MAX / 4, c->a->full),
    };
    int64_t threads = 0;
    cli_expect_cut(c);
    research_count(r, "threads", 1, THREADS_MOST, &threads);
    r->threads = parallel_threads((int)threads);
}

/* ---- files ----------------------------------------------------------------------------------- */

/* Such as /dev/zero, which never ends. */
static bool is_device(const char *path)
{
    struct stat st;
    return !stat(path, &st) && S_ISCHR(st.st_mode);
}

bool research_table(struct research *r, Str path, struct delimited **out)
{
    Message why = NO_MESSAGE;
    Str bytes;
    const char *z = str_z(r->c->a, path);
    enum err e = file_map(z, &bytes);
    if (e == ERR_INVALID && !is_device(z)) e = file_read(&r->reading, z, memory_available() / 4, &bytes);
    if (e == ERR_TOO_BIG)
        return research_refuse(r, e, MSG(N_("{1} holds more than fits the memory. Use a part of the network or a larger machine."), path));
    if (e) {
        r->code = cli_unreadable(r->c, e, path);
        return false;
    }
    *out = NEW(&r->reading, struct delimited);
    e = delimited_open(&r->reading, path, bytes, r->threads, *out, &why);
    return !e || research_refuse(r, e, why);
}

bool research_fits(struct research *r, size_t bytes)
{
    size_t available = memory_available();
    if (bytes <= available) return true;
    Str taken = str_f(r->c->a, "%.1f", (double)bytes / (1 << 30)), had = str_f(r->c->a, "%.1f", (double)available / (1 << 30));
    return research_refuse(r, ERR_TOO_BIG,
        MSG(N_("This takes about {1} GB of memory, of which {2} GB can be had. Use fewer threads, a part of the network or a larger machine."), taken, had));
}

enum { FIRM_BYTES = 200 };                          /* with its id and a table at most half full */

static bool read_firms(struct research *r)
{
    Message why = NO_MESSAGE;
    struct delimited *d;
    if (!research_table(r, r->firms_path, &d) || !research_fits(r, d->records * FIRM_BYTES)) return false;
    enum err e = firms_read(&r->memory, d, &r->firms, &why);
    return !e || research_refuse(r, e, why);
}

bool research_begin(struct research *r)
{
    if (r->code) return false;
    if (!cli_arguments(r->c, 0, 0)) return r->code = err_exit(ERR_INVALID), false;
    if (!r->firms_path.n || !r->links_path.n)
        return research_refuse(r, ERR_INVALID, MSG(N_("--firms FILE and --links FILE are needed; docs/research.md shows what is in them.")));
    return read_firms(r);
}

int research_end(struct research *r)
{
    arena_free(&r->reading);
    arena_free(&r->memory);
    return r->code;
}

bool research_values(struct research *r, Str path, struct value_limits limits, double **out)
{
    Message why = NO_MESSAGE;
    struct delimited *d;
    *out = NULL;
    if (!path.n) return true;
    if (!research_table(r, path, &d)) return false;
    enum err e = firm_values_read(&r->memory, d, &r->firms, limits, out, &why);
    return !e || research_refuse(r, e, why);
}

static bool choose_by_name(struct research *r, Str said, uint32_t **out, size_t *n)
{
    bool *seen = NEW_ARRAY(&r->memory, bool, r->firms.ids.n);
    *out = NEW_ARRAY(&r->memory, uint32_t, said.n + 1);
    for (Str id; str_next(&said, ',', &id); ++*n) {
        uint32_t *firm = &(*out)[*n];
        id = str_trim(id);
        if (!ids_look(&r->firms.ids, id, firm))
            return research_refuse(r, ERR_INVALID, MSG(N_("“{1}” is neither a file nor a firm in {2}."), id, r->firms_path));
        if (seen[*firm]) return research_refuse(r, ERR_INVALID, MSG(N_("The firm “{1}” is named twice."), id));
        seen[*firm] = true;
    }
    return true;
}

bool research_chosen(struct research *r, Str said, uint32_t **out, size_t *n)
{
    Message why = NO_MESSAGE;
    struct delimited *d;
    *out = NULL;
    *n = 0;
    if (!said.n) return true;
    if (access(str_z(r->c->a, said), F_OK)) return choose_by_name(r, said, out, n);
    if (!research_table(r, said, &d)) return false;
    enum err e = chosen_read(&r->memory, d, &r->firms, out, n, &why);
    return !e || research_refuse(r, e, why);
}

/* ---- the network ----------------------------------------------------------------------------- */

static bool read_classes(struct research *r, uint8_t **out)
{
    Message why = NO_MESSAGE;
    struct delimited *d;
    *out = NULL;
    if (!r->classes_path.n) return true;
    if (!research_table(r, r->classes_path, &d)) return false;
    enum err e = classes_read(&r->reading, d, &r->firms.industries, out, &why);
    return !e || research_refuse(r, e, why);
}

static bool enough_memory(struct research *r, size_t links, size_t (*working)(const struct research *r, size_t links))
{
    size_t industries = r->firms.industries.n;
    if (links > UINT32_MAX) return research_refuse(r, ERR_TOO_BIG, MSG(N_("{1} has more than 4,294,967,295 links, the most there may be."), r->links_path));
    return research_fits(r, links * LINK_BYTES + industries * industries + network_bytes(r->firms.ids.n, (uint32_t)industries, links) +
                   (working ? working(r, links) : 0));
}

bool research_network(struct research *r, struct research_numbers numbers)
{
    Message why = NO_MESSAGE;
    struct delimited *d;
    struct link_list l;
    uint8_t *classes;
    if (!research_table(r, r->links_path, &d) || !enough_memory(r, d->records, numbers.working) || !read_classes(r, &classes)) return false;
    enum err e = links_read(&r->reading, d, &r->firms, r->threads, &l, &why);
    if (e) return research_refuse(r, e, why);
    struct network_input in = {
        .firms = r->firms.ids.n, .industries = r->firms.industries.n, .industry = r->firms.industry, .classes = classes,
        .links = { l.n, l.supplier, l.customer, l.value }, .revenue = numbers.revenue, .weight = numbers.weight,
    };
    MUST(!network_make(&r->memory, &in, &r->network));              /* the files were checked       */
    arena_free(&r->reading);
    return true;
}

/* ---- cells ----------------------------------------------------------------------------------- */

void put_number_cell(struct buf *b, double v)
{
    put_c(b, ',');
    if (!isnan(v)) put_f(b, "%.17g", v);
}

void put_count_cell(struct buf *b, uint64_t n)
{
    put_c(b, ',');
    put_i(b, (int64_t)n);
}
