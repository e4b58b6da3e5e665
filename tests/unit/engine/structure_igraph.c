/* structure_igraph.c - the measures that igraph has too, held against it on random networks of some hundred firms. */
#include "engine/network/structure.h"
#include "small_networks.h"

#include <igraph/igraph.h>

enum { FIRMS = 300, SEEDS = 12 };

/* Links without those of a firm to itself, which structure.h leaves out. */
static void graph_make(const struct network *n, igraph_t *g)
{
    igraph_vector_int_t ends;
    igraph_vector_int_init(&ends, 0);
    for (uint32_t i = 0; i < n->firms; i++)
        for (size_t k = n->sold_at[i]; k < n->sold_at[i + 1]; k++) {
            if (n->sold_to[k] == i) continue;
            igraph_vector_int_push_back(&ends, i);
            igraph_vector_int_push_back(&ends, n->sold_to[k]);
        }
    CHECK_INT(igraph_create(g, &ends, n->firms, IGRAPH_DIRECTED), IGRAPH_SUCCESS);
    igraph_vector_int_destroy(&ends);
}

/* Networks from so sparse that they fall into pieces to ten links a firm. */
struct sample { struct arena own; const struct network *n; igraph_t g; uint32_t buyer; };

static struct sample sample_make(uint64_t seed)
{
    struct rng r = { seed };
    struct sample s = { arena_make((size_t)1 << 26, NULL) };
    s.n = network_random(&s.own, &r, FIRMS, FIRMS * (1 + seed) * 3 / 4);
    s.buyer = (uint32_t)rng_below(&r, FIRMS);
    graph_make(s.n, &s.g);
    return s;
}

static void sample_free(struct sample *s)
{
    igraph_destroy(&s->g);
    arena_free(&s->own);
}

#define FOR_ALL_SAMPLES(s) \
    for (uint64_t seed_ = 0; seed_ < SEEDS; seed_++) \
        for (struct sample s = sample_make(seed_), *once_ = &s; once_; sample_free(&s), once_ = NULL)

TEST(betweenness_is_that_of_igraph)
{
    FOR_ALL_SAMPLES(s) {
        double ours[FIRMS];
        igraph_vector_t theirs;
        igraph_vector_init(&theirs, 0);
        CHECK_INT(igraph_betweenness(&s.g, &theirs, igraph_vss_all(), IGRAPH_DIRECTED, NULL), IGRAPH_SUCCESS);
        CHECK_INT(structure_betweenness(s.n, 0, 2, NULL, ours), OK);
        for (uint32_t i = 0; i < FIRMS; i++) CHECK(near(ours[i], VECTOR(theirs)[i], 1e-11));
        igraph_vector_destroy(&theirs);
    }
}

TEST(articulation_points_are_those_of_igraph)
{
    FOR_ALL_SAMPLES(s) {
        bool ours[FIRMS], theirs[FIRMS] = { 0 };
        igraph_vector_int_t points;
        igraph_vector_int_init(&points, 0);
        CHECK_INT(igraph_articulation_points(&s.g, &points), IGRAPH_SUCCESS);
        for (igraph_integer_t k = 0; k < igraph_vector_int_size(&points); k++) theirs[VECTOR(points)[k]] = true;
        CHECK_INT(structure_articulation(s.n, ours), OK);
        for (uint32_t i = 0; i < FIRMS; i++) CHECK_INT(ours[i], theirs[i]);
        igraph_vector_int_destroy(&points);
    }
}

TEST(the_tree_of_dominators_is_that_of_igraph)
{
    FOR_ALL_SAMPLES(s) {
        uint32_t ours[FIRMS], guarded[FIRMS];
        igraph_vector_int_t theirs;
        igraph_vector_int_init(&theirs, 0);
        CHECK_INT(igraph_dominator_tree(&s.g, s.buyer, &theirs, NULL, NULL, IGRAPH_IN), IGRAPH_SUCCESS);
        CHECK_INT(structure_dominators(s.n, &s.buyer, 1, ours, guarded), OK);
        for (uint32_t i = 0; i < FIRMS; i++)        /* below 0: the buyer, or not reached        */
            CHECK_INT(ours[i], VECTOR(theirs)[i] < 0 ? NO_TIER : (uint32_t)VECTOR(theirs)[i]);
        igraph_vector_int_destroy(&theirs);
    }
}

TEST(the_shortest_tiers_are_the_distances_of_igraph)
{
    FOR_ALL_SAMPLES(s) {
        uint32_t ours[FIRMS];
        igraph_matrix_t theirs;
        igraph_matrix_init(&theirs, 0, 0);
        CHECK_INT(igraph_distances(&s.g, &theirs, igraph_vss_1(s.buyer), igraph_vss_all(), IGRAPH_IN), IGRAPH_SUCCESS);
        CHECK_INT(structure_tiers(s.n, &s.buyer, 1, ours, NULL, NULL), OK);
        for (uint32_t i = 0; i < FIRMS; i++) {
            double distance = MATRIX(theirs, 0, i);
            CHECK_INT(ours[i], distance < FIRMS ? (uint32_t)distance : NO_TIER);
        }
        igraph_matrix_destroy(&theirs);
    }
}
