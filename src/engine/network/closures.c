/*
 * closures.c - the closure of each firm: alone as long as it follows few links, then in lanes with others.  Which of the two, and
 * from which step on, depends on the firm only, so results do not depend on what else is asked for or on who computes it.
 */
#include "engine/network/closures.h"
#include "base/parallel.h"
#include "engine/network/lanes.h"
#include "engine/network/upstream.h"

enum { TOGETHER = 32, MOST_STEPS = 1000 };          /* firms that a thread takes at a time       */

struct closures {
    const struct network *n;
    const struct risk_options *options;
    const struct operators *o;
    struct upstream_tables tables;
    size_t          most_links;                     /* that one may follow alone                 */
    const uint32_t *firms;                          /* NULL: all                                 */
    size_t          count;
    struct risk    *out;
    struct lane_end end;
    struct worker {                                 /* a thread's own                            */
        struct upstream   up;
        struct downstream down;
        struct lanes      lanes;
        uint32_t          going_on;                 /* steps after which this closure surely goes on */
    } *workers;
};

/*
 * In lanes a step costs a sixteenth of all links, and a link there a third of what it costs alone; what was done alone before is lost
 * in part.  A power of two, so that hardly any edit of the network changes it.
 */
static size_t most_links(size_t links)
{
    size_t most = 1024;
    while (most < links / 64 || (most < 4096 && most < links / 16)) most *= 2;
    return most;
}

size_t closures_alone(const struct network *n) { return network_cushioned(n) ? most_links(n->links) : 0; }

static size_t worker_bytes(uint32_t firms, uint32_t industries, size_t links)
{
    return upstream_bytes(firms, most_links(links)) + downstream_bytes(firms, industries, links) + lanes_bytes(firms, industries);
}

size_t risk_bytes(uint32_t firms, uint32_t industries, size_t links, int threads)
{
    return operators_bytes(firms, industries, links) + upstream_tables_bytes(firms) +
           (size_t)parallel_threads(threads) * worker_bytes(firms, industries, links);
}

static bool stopped(const struct closures *c) { return c->end.stop && atomic_load_explicit(c->end.stop, memory_order_relaxed); }

static void done(void *with, size_t place, const struct risk *lost)
{
    struct closures *c = with;
    c->out[place] = *lost;
    if (c->options->progress) atomic_fetch_add_explicit(&c->options->progress->done, 1, memory_order_relaxed);
}

/* ---- one closure ---------------------------------------------------------------------------- */

/* Downstream until the step given and beyond, as long as losses grow by more than the tolerance; gives how many steps that were. */
static uint32_t follow_downstream(const struct closures *c, struct worker *w, uint32_t firm, uint32_t least, uint32_t most)
{
    double largest = 1;
    uint32_t t = 0;
    for (downstream_start(&w->down, firm); (largest > c->end.tolerance || t < least) && t < most; t++)
        if (w->up.links + w->down.links + w->down.ahead <= w->up.most_links) largest = downstream_step(&w->down);
        else return 0;
    return t;
}

/* Whether it stayed within its links. */
static bool alone(struct closures *c, struct worker *w, uint32_t firm, struct risk *lost)
{
    double upstream, more, downstream = 0;
    uint32_t over = upstream_steps(&w->up, firm, c->end.most_steps);
    w->going_on = over ? over - 1 : w->up.steps;
    uint32_t steps = over ? follow_downstream(c, w, firm, over, c->end.most_steps) : 0;
    if (!steps || !upstream_sum(&w->up, &w->down, steps, &upstream, &more)) return false;
    for (uint32_t k = 0; k < w->down.n; k++) downstream += c->n->weight[w->down.reached[k].firm] * w->down.reached[k].loss;
    *lost = (struct risk){ upstream + more, upstream, downstream, steps };
    return true;
}

/* Steps made upstream go with it, if they are not the last; downstream they are made again, since it may have gone further there. */
static void hand_over(struct closures *c, struct worker *w, size_t place, uint32_t firm)
{
    uint32_t steps = !c->most_links ? 0 : w->up.steps < w->going_on ? w->up.steps : w->going_on;
    while (w->lanes.closures == LANES && !stopped(c)) lanes_step(&w->lanes, &c->end);
    if (stopped(c)) return;
    int lane = lanes_take(&w->lanes, place, firm, steps);
    if (!steps) return;
    for (size_t k = 1; k < w->up.at[steps + 1]; k++) w->lanes.up[w->up.drops[k].firm].lane[lane] += w->up.drops[k].loss;
    downstream_clear(&w->down);
    downstream_start(&w->down, firm);
    for (uint32_t t = 0; t < steps; t++) downstream_step(&w->down);
    for (uint32_t k = 1; k < w->down.n; k++) w->lanes.down[w->down.reached[k].firm].lane[lane] = w->down.reached[k].loss;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static void some_closures(void *with, size_t part, int thread)
{
    struct closures *c = with;
    struct worker *w = &c->workers[thread];
    size_t end = (part + 1) * TOGETHER < c->count ? (part + 1) * TOGETHER : c->count;
    for (size_t place = part * TOGETHER; place < end && !stopped(c); place++) {
        uint32_t firm = c->firms ? c->firms[place] : (uint32_t)place;
        struct risk lost;
        if (c->most_links && alone(c, w, firm, &lost)) done(c, place, &lost);
        else hand_over(c, w, place, firm);
        upstream_clear(&w->up);
        downstream_clear(&w->down);
    }
}

static void rest_in_lanes(void *with, size_t worker, int thread)
{
    struct closures *c = with;
    while (c->workers[worker].lanes.closures && !stopped(c)) lanes_step(&c->workers[worker].lanes, &c->end);
}

static void make_workers(struct closures *c, struct arena *a, int threads)
{
    c->workers = NEW_ARRAY(a, struct worker, (size_t)threads);
    for (int t = 0; t < threads; t++) {
        upstream_make(a, &c->tables, c->end.tolerance, c->most_links, &c->workers[t].up);
        downstream_make(a, c->o, &c->workers[t].down);
        lanes_make(a, c->o, c->options->portable ? sweep_make(SWEEP_PORTABLE) : sweep_widest(), &c->workers[t].lanes);
    }
}

static bool valid(const struct network *n, const struct risk_options *o, const uint32_t *firms, size_t count)
{
    if (!(o->tolerance > 0 && o->tolerance < 1)) return false;
    for (size_t k = 0; firms && k < count; k++)
        if (firms[k] >= n->firms) return false;
    return true;
}

enum err closures_lost(const struct network *n, const struct risk_options *o, const uint32_t *firms, size_t count, struct risk *out)
{
    if (!valid(n, o, firms, count)) return ERR_INVALID;
    struct closures c = { .n = n, .options = o, .firms = firms, .count = firms ? count : n->firms, .out = out,
                          .most_links = closures_alone(n) };
    c.end = (struct lane_end){ o->tolerance, o->most_steps ? o->most_steps : MOST_STEPS, done, &c, o->progress ? &o->progress->stop : NULL };
    if (o->progress) atomic_store(&o->progress->all, c.count);
    int threads = parallel_threads(o->threads);
    size_t parts = (c.count + TOGETHER - 1) / TOGETHER;
    if (parts < (size_t)threads) threads = (int)parts + !parts;
    struct arena a = arena_make(risk_bytes(n->firms, n->industries, n->links, threads), NULL);
    c.o = operators_make(&a, n);
    upstream_tables_make(&a, c.o, &c.tables);
    make_workers(&c, &a, threads);
    parallel(threads, parts, some_closures, &c);
    parallel(threads, (size_t)threads, rest_in_lanes, &c);
    arena_free(&a);
    return stopped(&c) ? ERR_BUSY : OK;
}

enum err risk_closures(const struct network *n, const struct risk_options *o, const uint32_t *firms, size_t count, struct risk *out)
{
    TRY(closures_lost(n, o, firms, count, out));
    for (size_t k = 0; k < (firms ? count : n->firms); k++) out[k] = risk_shares(out[k], n->all_weight);
    return OK;
}
