/*
 * betweenness.c - Brandes (2001): from each source a breadth-first search that counts shortest paths, then back along them, how much
 * of the paths to all others goes through each firm.
 *
 * Sources are taken in waves, each by some thread; what they found is then added up in the order of the sources.  So the sum
 * is the same for any number of threads.
 */
#include "engine/network/structure.h"
#include "engine/network/graph.h"
#include "engine/network/large.h"
#include "base/hash.h"
#include "base/parallel.h"

#include <math.h>

enum {
    WAVE = 2,                       /* sources for each thread                                   */
    AHEAD = 4,                      /* firms by which memory is asked for beforehand             */
};

struct finding {                    /* of one source                                             */
    uint32_t *reached;              /* firms in the order of the search, the source first        */
    double   *through;              /* their part                                                */
    uint32_t  n;
    bool      too_many;             /* shortest paths for a double                               */
};
struct state {
    double   paths;                 /* shortest paths from the source; on the way back: what comes back for each of them */
    uint32_t tier;                  /* links from the source; NOBODY: not reached                */
};
struct betweenness {
    const struct network *network;
    struct progress      *progress;
    uint32_t              samples, first;       /* of this wave                                  */
    struct finding       *finding;
    struct state        **state;                /* of each thread, by firm                       */
};

/* Sources stand for equal parts of all firms, each for that from which it is drawn. */
static uint32_t part_of(const struct betweenness *b, uint32_t sample)
{
    return (uint32_t)((uint64_t)sample * b->network->firms / b->samples);
}

static uint32_t weight_of(const struct betweenness *b, uint32_t sample) { return part_of(b, sample + 1) - part_of(b, sample); }

static uint32_t source_of(const struct betweenness *b, uint32_t sample)
{
    struct rng r = { sample };
    return part_of(b, sample) + (uint32_t)rng_below(&r, weight_of(b, sample));
}

/*
 * Asks memory for what firms will need whose turn is one, two and three steps away: the states of the customers of the first, the
 * sales of the second, where they are of the third.  Always inlined, since compilers leave out calls of what does nothing else.
 */
static inline __attribute__((always_inline)) void ask_ahead(const struct network *n, const struct state *state, const uint32_t *turn,
                                                            ptrdiff_t step)
{
    const size_t *at = &n->sold_at[turn[step]];
    __builtin_prefetch(&n->sold_at[turn[3 * step]]);
    __builtin_prefetch(&n->sold_to[n->sold_at[turn[2 * step]]]);
    for (size_t k = at[0]; k < at[1]; k++) __builtin_prefetch(&state[n->sold_to[k]]);
}

static void search_from(const struct network *n, struct state *state, uint32_t source, struct finding *f)
{
    f->n = 0;
    f->too_many = false;
    f->reached[f->n++] = source;
    state[source] = (struct state){ .paths = 1 };
    for (uint32_t first = 0; first < f->n; first++) {
        const uint32_t i = f->reached[first], tier = state[i].tier + 1;
        const double paths = state[i].paths;
        if (!isfinite(paths)) f->too_many = true;
        if (f->n - first > 3 * AHEAD) ask_ahead(n, state, &f->reached[first], AHEAD);
        for (size_t k = n->sold_at[i]; k < n->sold_at[i + 1]; k++) {
            struct state *j = &state[n->sold_to[k]];
            if (j->tier == NOBODY) {
                *j = (struct state){ .tier = tier };
                f->reached[f->n++] = n->sold_to[k];
            }
            if (j->tier == tier) j->paths += paths;
        }
    }
}

static void come_back(const struct network *n, struct state *state, struct finding *f)
{
    for (uint32_t last = f->n; last--;) {
        const uint32_t i = f->reached[last], tier = state[i].tier + 1;
        double each = 0;
        if (last >= 3 * AHEAD) ask_ahead(n, state, &f->reached[last], -AHEAD);
        for (size_t k = n->sold_at[i]; k < n->sold_at[i + 1]; k++) {
            const struct state *j = &state[n->sold_to[k]];
            if (j->tier == tier) each += j->paths;
        }
        f->through[last] = state[i].paths * each;
        state[i].paths = (1 + f->through[last]) / state[i].paths;
    }
    for (uint32_t r = 0; r < f->n; r++) state[f->reached[r]].tier = NOBODY;
}

static void from_one_source(void *with, size_t slot, int thread)
{
    const struct betweenness *b = with;
    struct finding *f = &b->finding[slot];
    f->n = 0;
    if (b->progress && atomic_load(&b->progress->stop)) return;
    search_from(b->network, b->state[thread], source_of(b, b->first + (uint32_t)slot), f);
    come_back(b->network, b->state[thread], f);
    if (b->progress) atomic_fetch_add(&b->progress->done, 1);
}

static enum err one_wave(struct betweenness *b, int threads, uint32_t sources, double *out)
{
    parallel(threads, sources, from_one_source, b);
    if (b->progress && atomic_load(&b->progress->stop)) return ERR_BUSY;
    for (uint32_t s = 0; s < sources; s++) {
        const struct finding *f = &b->finding[s];
        if (f->too_many) return ERR_TOO_BIG;
        double weight = weight_of(b, b->first + s);
        for (uint32_t r = 1; r < f->n; r++) out[f->reached[r]] += weight * f->through[r];
    }
    return OK;
}

static struct betweenness betweenness_make(struct arena *a, const struct network *n, int threads, uint32_t wave)
{
    struct betweenness b = { .network = n, .finding = NEW_ARRAY(a, struct finding, wave),
                             .state = NEW_ARRAY(a, struct state *, (size_t)threads) };
    for (uint32_t s = 0; s < wave; s++)
        b.finding[s] = (struct finding){ NEW_ARRAY(a, uint32_t, n->firms), NEW_ARRAY(a, double, n->firms) };
    for (int t = 0; t < threads; t++) {
        b.state[t] = NEW_LARGE(a, struct state, n->firms);
        for (uint32_t i = 0; i < n->firms; i++) b.state[t][i].tier = NOBODY;
    }
    return b;
}

enum err structure_betweenness(const struct network *n, uint32_t samples, int threads, struct progress *p, double *out)
{
    threads = parallel_threads(threads);
    const uint32_t wave = (uint32_t)threads * WAVE;
    struct arena a = scratch_for(n, (size_t)threads * (sizeof(struct state) + WAVE * 12) + 64, (size_t)threads, 0);
    struct betweenness b = betweenness_make(&a, n, threads, wave);
    enum err e = OK;
    b.samples = samples && samples < n->firms ? samples : n->firms;
    b.progress = p;
    if (p) atomic_store(&p->all, b.samples);
    for (uint32_t i = 0; i < n->firms; i++) out[i] = 0;
    for (; !e && b.first < b.samples; b.first += wave)
        e = one_wave(&b, threads, b.samples - b.first < wave ? b.samples - b.first : wave, out);
    arena_free(&a);
    return e;
}
