/*
 * betweenness.c - Brandes (2001): from each source a breadth-first search that counts shortest paths, then back along them, how much
 * of the paths to all others goes through each firm.
 *
 * Sources are taken in waves, each by some thread; what they found is then added up in the order of the sources.  So the sum
 * is the same for any number of threads.
 */
#include "engine/network/structure.h"
#include "engine/network/graph.h"
#include "base/hash.h"
#include "base/parallel.h"

#include <math.h>

enum { WAVE = 2 };                  /* sources for each thread                                   */

struct finding {                    /* of one source                                             */
    uint32_t *reached;              /* firms in the order of the search, the source first        */
    double   *through;              /* their part                                                */
    uint32_t  n;
    bool      too_many;             /* shortest paths for a double                               */
};
struct desk {                       /* of one thread, by firm                                    */
    uint32_t *tier;                 /* links from the source; NOBODY: not reached                */
    double   *paths, *each;         /* shortest paths from the source; what comes back for each of them */
};
struct betweenness {
    const struct network *network;
    struct progress      *progress;
    uint32_t              samples, first;       /* of this wave                                  */
    struct finding       *finding;
    struct desk          *desk;
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

static void search_from(const struct network *n, const struct desk *d, uint32_t source, struct finding *f)
{
    f->n = 0;
    f->too_many = false;
    f->reached[f->n++] = source;
    d->tier[source] = 0;
    d->paths[source] = 1;
    for (uint32_t first = 0; first < f->n; first++) {
        uint32_t i = f->reached[first], tier = d->tier[i] + 1;
        if (!isfinite(d->paths[i])) f->too_many = true;
        for (size_t k = n->sold_at[i]; k < n->sold_at[i + 1]; k++) {
            uint32_t j = n->sold_to[k];
            if (d->tier[j] == NOBODY) {
                d->tier[j] = tier;
                d->paths[j] = 0;
                f->reached[f->n++] = j;
            }
            if (d->tier[j] == tier) d->paths[j] += d->paths[i];
        }
    }
}

static void come_back(const struct network *n, const struct desk *d, struct finding *f)
{
    for (uint32_t last = f->n; last--;) {
        uint32_t i = f->reached[last], tier = d->tier[i] + 1;
        double each = 0;
        for (size_t k = n->sold_at[i]; k < n->sold_at[i + 1]; k++)
            if (d->tier[n->sold_to[k]] == tier) each += d->each[n->sold_to[k]];
        f->through[last] = d->paths[i] * each;
        d->each[i] = (1 + f->through[last]) / d->paths[i];
    }
    for (uint32_t r = 0; r < f->n; r++) d->tier[f->reached[r]] = NOBODY;
}

static void from_one_source(void *with, size_t slot, int thread)
{
    const struct betweenness *b = with;
    struct finding *f = &b->finding[slot];
    f->n = 0;
    if (b->progress && atomic_load(&b->progress->stop)) return;
    search_from(b->network, &b->desk[thread], source_of(b, b->first + (uint32_t)slot), f);
    come_back(b->network, &b->desk[thread], f);
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
    struct betweenness b = { .network = n, .finding = NEW_ARRAY(a, struct finding, wave), .desk = NEW_ARRAY(a, struct desk, (size_t)threads) };
    for (uint32_t s = 0; s < wave; s++)
        b.finding[s] = (struct finding){ NEW_ARRAY(a, uint32_t, n->firms), NEW_ARRAY(a, double, n->firms) };
    for (int t = 0; t < threads; t++) {
        b.desk[t] = (struct desk){ NEW_ARRAY(a, uint32_t, n->firms), NEW_ARRAY(a, double, n->firms), NEW_ARRAY(a, double, n->firms) };
        for (uint32_t i = 0; i < n->firms; i++) b.desk[t].tier[i] = NOBODY;
    }
    return b;
}

enum err structure_betweenness(const struct network *n, uint32_t samples, int threads, struct progress *p, double *out)
{
    threads = parallel_threads(threads);
    const uint32_t wave = (uint32_t)threads * WAVE;
    struct arena a = scratch_for(n, (size_t)threads * (20 + WAVE * 12) + 64, 0);
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
