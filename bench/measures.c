/*
 * measures.c - the shape of a made-up supply network and what its firms depend on, beside igraph where that has the same, and beside
 * the plain way for countries: one after another, all firms in each round.
 *
 *     bench_measures sparse|heavy FIRMS REPEATS
 *
 * Seconds of processor time, one thread, the best of so many runs of each.
 */
#include "supply_networks.h"

#include "engine/network/exposure.h"
#include "engine/network/structure.h"

#include <igraph/igraph.h>

#include <stdio.h>
#include <time.h>

enum { SEED = 1, THREADS = 1, SAMPLES = 64, COUNTRIES = 30, DEPTH = 3 };

struct job {
    struct arena           a;
    const struct network  *n;
    igraph_t               g;
    uint32_t               buyer;               /* the firm of most suppliers                    */
    struct imports         imports;
    bool                  *local, *cuts;
    double                *x, *y, *by_country;
    uint32_t              *u, *v;
    unsigned               rounds;
};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the network ---------------------------------------------------------------------------- */

/* One firm in five imports, from one to three countries, about a third of what it buys. */
static struct imports imports_make(struct arena *a, const struct network *n, struct rng *r)
{
    uint32_t *firm = NEW_ARRAY(a, uint32_t, (size_t)n->firms * 3), *country = NEW_ARRAY(a, uint32_t, (size_t)n->firms * 3);
    double *value = NEW_ARRAY(a, double, (size_t)n->firms * 3);
    size_t k = 0;
    for (uint32_t i = 0; i < n->firms; i++)
        for (uint64_t left = rng_below(r, 5) ? 0 : 1 + rng_below(r, 3); left; left--, k++) {
            firm[k] = i;
            country[k] = sn_below(r, 1 + sn_below(r, COUNTRIES));
            value[k] = (1 + n->purchases[i]) * sn_uniform(r) / 3;
        }
    return (struct imports){ k, firm, country, value };
}

/* A fifth of what each makes goes to final use, besides what has no other customer. */
static const struct network *network_for(struct arena *a, enum supply_family family, uint32_t firms)
{
    struct arena making = arena_make((size_t)8 << 30, NULL);
    struct network_input in = supply_network(&making, family, CLASS_LIST, firms, SEED);
    double *revenue = NEW_ARRAY(&making, double, firms);
    for (size_t k = 0; k < in.links.n; k++) revenue[in.links.supplier[k]] += 1.25 * in.links.value[k];
    struct network *n;
    in.revenue = revenue;
    MUST(!network_make(a, &in, &n));
    arena_free(&making);
    return n;
}

static void graph_make(const struct network *n, igraph_t *g)
{
    igraph_vector_int_t ends;
    igraph_integer_t k = 0;
    igraph_vector_int_init(&ends, (igraph_integer_t)n->links * 2);
    for (uint32_t i = 0; i < n->firms; i++)
        for (size_t s = n->sold_at[i]; s < n->sold_at[i + 1]; s++) {
            VECTOR(ends)[k++] = i;
            VECTOR(ends)[k++] = n->sold_to[s];
        }
    igraph_create(g, &ends, n->firms, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
}

static struct job job_make(enum supply_family family, uint32_t firms)
{
    struct job j = { .a = arena_make((size_t)8 << 30, NULL) };
    struct rng r = { SEED };
    j.n = network_for(&j.a, family, firms);
    graph_make(j.n, &j.g);
    j.imports = imports_make(&j.a, j.n, &r);
    j.local = NEW_ARRAY(&j.a, bool, firms);
    j.cuts = NEW_ARRAY(&j.a, bool, firms);
    j.x = NEW_ARRAY(&j.a, double, firms);
    j.y = NEW_ARRAY(&j.a, double, firms);
    j.by_country = NEW_ARRAY(&j.a, double, (size_t)firms * COUNTRIES);
    j.u = NEW_ARRAY(&j.a, uint32_t, firms);
    j.v = NEW_ARRAY(&j.a, uint32_t, firms);
    for (uint32_t i = 0; i < firms; i++) {
        size_t suppliers = j.n->bought_at[i + 1] - j.n->bought_at[i];
        if (suppliers > j.n->bought_at[j.buyer + 1] - j.n->bought_at[j.buyer]) j.buyer = i;
        j.local[i] = rng_below(&r, 3);
    }
    return j;
}

/* ---- ours ----------------------------------------------------------------------------------- */

static void shortest(struct job *j) { MUST(!structure_tiers(j->n, &j->buyer, 1, j->u, NULL, NULL)); }
static void longest(struct job *j) { MUST(!structure_tiers(j->n, &j->buyer, 1, NULL, j->u, NULL)); }
static void upstreamness(struct job *j) { MUST(!structure_tiers(j->n, NULL, 0, NULL, NULL, j->x)); }
static void dominators(struct job *j) { MUST(!structure_dominators(j->n, &j->buyer, 1, j->u, j->v)); }
static void articulation(struct job *j) { MUST(!structure_articulation(j->n, j->cuts)); }
static void betweenness(struct job *j) { MUST(!structure_betweenness(j->n, SAMPLES, THREADS, NULL, j->x)); }
static void localisation(struct job *j) { MUST(!exposure_localisation(j->n, &j->imports, j->local, NULL, j->x, j->y, &j->rounds)); }

static void countries(struct job *j)
{
    MUST(!exposure_countries(j->n, &j->imports, COUNTRIES, NULL, THREADS, j->by_country, j->x, &j->rounds));
}

static void diamonds(struct job *j)
{
    struct arena a = arena_make((size_t)1 << 30, NULL);
    struct diamond *d;
    size_t n;
    MUST(!structure_diamonds(&a, j->n, j->buyer, DEPTH, &d, &n));
    arena_free(&a);
}

static void single_sources(struct job *j)
{
    struct arena a = arena_make((size_t)1 << 30, NULL);
    struct single_source *s;
    size_t n;
    MUST(!structure_single_sources(&a, j->n, &s, &n));
    arena_free(&a);
}

static void concentration(struct job *j)
{
    struct arena a = arena_make((size_t)2 << 30, NULL);
    struct concentration c;
    MUST(!exposure_concentration(&a, j->n, &j->imports, &c));
    arena_free(&a);
}

/* ---- theirs --------------------------------------------------------------------------------- */

static void their_distances(struct job *j)
{
    igraph_matrix_t m;
    igraph_matrix_init(&m, 0, 0);
    igraph_distances(&j->g, &m, igraph_vss_1(j->buyer), igraph_vss_all(), IGRAPH_IN);
    igraph_matrix_destroy(&m);
}

static void their_dominators(struct job *j)
{
    igraph_vector_int_t d;
    igraph_vector_int_init(&d, 0);
    igraph_dominator_tree(&j->g, j->buyer, &d, NULL, NULL, IGRAPH_IN);
    igraph_vector_int_destroy(&d);
}

static void their_articulation(struct job *j)
{
    igraph_vector_int_t d;
    igraph_vector_int_init(&d, 0);
    igraph_articulation_points(&j->g, &d);
    igraph_vector_int_destroy(&d);
}

/* As many sources, spread evenly. */
static void their_betweenness(struct job *j)
{
    igraph_vector_t b;
    igraph_vector_int_t sources;
    igraph_vector_init(&b, 0);
    igraph_vector_int_init(&sources, SAMPLES);
    for (igraph_integer_t k = 0; k < SAMPLES; k++) VECTOR(sources)[k] = k * j->n->firms / SAMPLES;
    igraph_betweenness_subset(&j->g, &b, igraph_vss_all(), IGRAPH_DIRECTED, igraph_vss_vector(&sources), igraph_vss_all(), NULL);
    igraph_vector_int_destroy(&sources);
    igraph_vector_destroy(&b);
}

/* ---- the plain way -------------------------------------------------------------------------- */

/* E = F + E M from the last E, all firms at once, until no entry moves by more than 1e-12; gives the rounds. */
static unsigned plain_country(const struct network *n, const double *cost, const double *direct, double *e, double *next)
{
    double worst = 1;
    unsigned rounds = 0;
    for (uint32_t j = 0; j < n->firms; j++) e[j] = direct[j];
    for (; worst > 1e-12 && rounds < EXPOSURE_ROUNDS; rounds++) {
        worst = 0;
        for (uint32_t j = 0; j < n->firms; j++) {
            double sum = 0;
            for (size_t k = n->bought_at[j]; k < n->bought_at[j + 1]; k++) sum += n->bought[k] * e[n->bought_from[k]];
            next[j] = direct[j] + (cost[j] > 0 ? sum / cost[j] : 0);
            worst = fmax(worst, fabs(next[j] - e[j]));
        }
        double *done = e;
        e = next;
        next = done;
    }
    return rounds;
}

/* One country, the first. */
static void plain_countries(struct job *j)
{
    struct arena a = arena_make((size_t)1 << 30, NULL);
    double *cost = NEW_ARRAY(&a, double, j->n->firms), *direct = NEW_ARRAY(&a, double, j->n->firms);
    for (uint32_t i = 0; i < j->n->firms; i++) cost[i] = j->n->purchases[i];
    for (size_t k = 0; k < j->imports.n; k++) cost[j->imports.firm[k]] += j->imports.value[k];
    for (size_t k = 0; k < j->imports.n; k++)
        if (!j->imports.country[k]) direct[j->imports.firm[k]] += j->imports.value[k] / cost[j->imports.firm[k]];
    j->rounds = plain_country(j->n, cost, direct, j->x, j->y);
    arena_free(&a);
}

/* ---- side by side --------------------------------------------------------------------------- */

static const struct measure {
    const char *name;
    void      (*ours)(struct job *);
    void      (*other)(struct job *);
    int         parts;                          /* ours does so many times what the other does   */
    bool        rounds;
} measures[] = {
    { "shortest tiers from one buyer", shortest, their_distances, 1 },
    { "longest tiers", longest },
    { "upstreamness", upstreamness },
    { "dominators", dominators, their_dominators, 1 },
    { "articulation points", articulation, their_articulation, 1 },
    { "betweenness, 64 sources", betweenness, their_betweenness, 1 },
    { "diamonds of that buyer, 3 tiers", diamonds },
    { "single sources", single_sources },
    { "30 countries", countries, plain_countries, COUNTRIES, true },
    { "localisation", localisation, .rounds = true },
    { "concentration", concentration },
};

static double best_of(int repeats, void (*run)(struct job *), struct job *j)
{
    double best = INFINITY;
    for (int k = 0; k < repeats; k++) {
        double from = seconds();
        run(j);
        best = fmin(best, seconds() - from);
    }
    return best;
}

static void row(const struct measure *m, struct job *j, int repeats)
{
    double ours = best_of(repeats, m->ours, j);
    unsigned rounds = j->rounds;
    printf("| %u | %zu | %s", j->n->firms, j->n->links, m->name);
    if (m->rounds) printf(" (%u rounds)", rounds);
    printf(" | %.3f |", ours);
    if (!m->other) {
        puts(" | |");
        return;
    }
    double other = best_of(repeats, m->other, j) * m->parts;
    printf(" %.3f", other);
    if (m->rounds) printf(" (%u rounds)", j->rounds);
    printf(" | **%.1f** |\n", other / ours);
}

int main(int argc, char **argv)
{
    MUST(argc == 4);
    struct job j = job_make(argv[1][0] == 'h' ? HEAVY_TAILED : SPARSE, (uint32_t)atoll(argv[2]));
    for (size_t k = 0; k < COUNT(measures); k++) row(&measures[k], &j, atoi(argv[3]));
    igraph_destroy(&j.g);
    arena_free(&j.a);
    return 0;
}
