/*
 * closures.c - the closure of each firm: alone where it reaches little of the network, in lanes with others where it reaches much.
 * Which of the two depends on the firm only, so results do not depend on what else is asked for.
 */
#include "base/parallel.h"
#include "engine/network/lanes.h"
#include "engine/network/upstream.h"

enum { TOGETHER = 32, MOST_STEPS = 1000 };          /* firms that a thread takes at a time       */

struct alone {                                      /* what a thread needs for itself            */
    struct upstream   up;
    struct downstream down;
};

struct closures {
    const struct network *n;
    const struct risk_options *options;
    const struct operators *o;
    struct upstream_tables tables;
    const uint32_t *firms;                          /* NULL: all                                 */
    size_t          count;
    struct risk    *out;
    uint32_t        most_steps;
    size_t          most_links;                     /* that a closure may follow alone           */
    struct alone   *alone;                          /* [threads]                                 */
    struct lanes   *lanes;                          /* [threads]                                 */
    size_t         *wide, wides;                    /* places of those for the lanes             */
    atomic_size_t   next_wide;
    const atomic_bool *stop;
};

static size_t most_links(size_t links) { return links / 4; }

static size_t alone_bytes(uint32_t firms, uint32_t industries, size_t links)
{
    return upstream_bytes(firms, most_links(links)) + downstream_bytes(firms, industries, links);
}

size_t risk_bytes(uint32_t firms, uint32_t industries, size_t links, int threads)
{
    size_t each = alone_bytes(firms, industries, links);
    if (each < lanes_bytes(firms, industries)) each = lanes_bytes(firms, industries);
    return operators_bytes(firms, industries, links) + upstream_tables_bytes(firms) + (size_t)parallel_threads(threads) * each + firms * sizeof(size_t) + ((size_t)9 << 20);
}

static bool stopped(const struct closures *c) { return c->stop && atomic_load_explicit(c->stop, memory_order_relaxed); }
static uint32_t firm_at(const struct closures *c, size_t place) { return c->firms ? c->firms[place] : (uint32_t)place; }

static void count_done(const struct closures *c)
{
    if (c->options->progress) atomic_fetch_add_explicit(&c->options->progress->done, 1, memory_order_relaxed);
}

/* ---- alone ---------------------------------------------------------------------------------- */

/* Whether it stayed within its links. */
static bool follow(struct closures *c, struct alone *a, uint32_t firm, struct risk *out)
{
    double all = c->n->all_weight, upstream, more, downstream = 0, largest = 1;
    uint32_t over = upstream_steps(&a->up, firm, c->most_steps), t = 0;
    if (!over) return false;
    for (downstream_start(&a->down, firm); (largest > c->options->tolerance || t < over) && t < c->most_steps; t++) {
        largest = downstream_step(&a->down);
        if (a->up.links + a->down.links > c->most_links) return false;
    }
    if (!upstream_sum(&a->up, &a->down, t, &upstream, &more)) return false;
    for (uint32_t k = 0; k < a->down.n; k++) downstream += c->n->weight[a->down.reached[k].firm] * a->down.reached[k].loss;
    *out = (struct risk){ risk_part(upstream + more, all), risk_part(upstream, all), risk_part(downstream, all), t };
    return true;
}

static void some_alone(void *with, size_t part, int thread)
{
    struct closures *c = with;
    size_t end = (part + 1) * TOGETHER < c->count ? (part + 1) * TOGETHER : c->count;
    struct alone *a = &c->alone[thread];
    for (size_t place = part * TOGETHER; place < end && !stopped(c); place++) {
        if (c->o->cushioned && follow(c, a, firm_at(c, place), &c->out[place])) count_done(c);
        else c->out[place].steps = 0;               /* for the lanes                             */
        upstream_clear(&a->up);
        downstream_clear(&a->down);
    }
}

static void all_alone(struct closures *c, struct arena *a, int threads)
{
    c->alone = NEW_ARRAY(a, struct alone, (size_t)threads);
    for (int t = 0; t < threads; t++) {
        upstream_make(a, &c->tables, c->options->tolerance, c->most_links, &c->alone[t].up);
        downstream_make(a, c->o, &c->alone[t].down);
    }
    parallel(threads, (c->count + TOGETHER - 1) / TOGETHER, some_alone, c);
}

/* ---- in lanes ------------------------------------------------------------------------------- */

static bool next_wide(void *with, size_t *place, uint32_t *firm)
{
    struct closures *c = with;
    size_t k = atomic_fetch_add(&c->next_wide, 1);
    if (k >= c->wides) return false;
    *place = c->wide[k];
    *firm = firm_at(c, *place);
    return true;
}

static void wide_done(void *with, size_t place, const struct risk *r)
{
    struct closures *c = with;
    c->out[place] = *r;
    count_done(c);
}

static void some_in_lanes(void *with, size_t part, int thread)
{
    struct closures *c = with;
    struct lane_work work = { next_wide, wide_done, c, c->options->tolerance, c->most_steps, c->stop };
    lanes_run(&c->lanes[thread], &work);
}

static void wide_in_lanes(struct closures *c, struct arena *a, int threads)
{
    c->wide = NEW_ARRAY(a, size_t, c->count);
    for (size_t place = 0; place < c->count; place++)
        if (!c->out[place].steps) c->wide[c->wides++] = place;
    if (!c->wides || stopped(c)) return;
    if ((size_t)threads > c->wides) threads = (int)c->wides;
    c->lanes = NEW_ARRAY(a, struct lanes, (size_t)threads);
    for (int t = 0; t < threads; t++) lanes_make(a, c->o, c->options->portable ? &sweep_portable : sweep_widest(), &c->lanes[t]);
    parallel(threads, (size_t)threads, some_in_lanes, c);
}

/* ---- both ----------------------------------------------------------------------------------- */

static bool valid(const struct network *n, const struct risk_options *o, const uint32_t *firms, size_t count)
{
    if (!(o->tolerance > 0 && o->tolerance < 1)) return false;
    for (size_t k = 0; k < count; k++)
        if ((firms ? firms[k] : k) >= n->firms) return false;
    return true;
}

enum err risk_closures(const struct network *n, const struct risk_options *o, const uint32_t *firms, size_t count, struct risk *out)
{
    if (!firms) count = n->firms;
    if (!valid(n, o, firms, count)) return ERR_INVALID;
    int threads = parallel_threads(o->threads);
    struct closures c = { .n = n, .options = o, .firms = firms, .count = count, .out = out,
                          .most_steps = o->most_steps ? o->most_steps : MOST_STEPS, .stop = o->progress ? &o->progress->stop : NULL };
    if (o->progress) atomic_store(&o->progress->all, count);
    struct arena shared = arena_make(risk_bytes(n->firms, n->industries, n->links, threads) + count * sizeof(size_t), NULL), own;
    c.o = operators_make(&shared, n);
    c.most_links = most_links(n->links);
    upstream_tables_make(&shared, c.o, &c.tables);
    own = arena_make(shared.room, NULL);
    all_alone(&c, &own, threads);
    arena_free(&own);
    own = arena_make(shared.room, NULL);
    wide_in_lanes(&c, &own, threads);
    arena_free(&own);
    arena_free(&shared);
    return stopped(&c) ? ERR_BUSY : OK;
}
