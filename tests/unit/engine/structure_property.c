/* structure_property.c - on small random networks, what the definitions say, tried out one by one the slow way. */
#include "engine/network/structure.h"
#include "small_networks.h"

#include <math.h>
#include <string.h>

enum { MOST = 30, SEEDS = 300, FAR = 1000 };

static bool sells(const struct network *n, uint32_t i, uint32_t j) { return i != j && sales_between(n, i, j) > 0; }

/* A random network of few to many links, and some buyers of it. */
struct sample { struct arena own; struct rng r; const struct network *n; uint32_t buyers[3]; size_t count; };

static struct sample sample_make(uint64_t seed)
{
    struct sample s = { arena_make((size_t)1 << 26, NULL), { seed }, .count = 1 + seed % 3 };
    uint32_t firms = 1 + (uint32_t)rng_below(&s.r, MOST);
    s.n = network_random(&s.own, &s.r, firms, rng_below(&s.r, firms * (1 + seed % 4)));
    for (size_t k = 0; k < s.count; k++) s.buyers[k] = (uint32_t)rng_below(&s.r, firms);
    return s;
}

static bool is_buyer(const struct sample *s, uint32_t i)
{
    for (size_t k = 0; k < s->count; k++)
        if (s->buyers[k] == i) return true;
    return false;
}

#define FOR_ALL_SAMPLES(s) \
    for (uint64_t seed_ = 0; seed_ < SEEDS; seed_++) \
        for (struct sample s = sample_make(seed_), *once_ = &s; once_; arena_free(&s.own), once_ = NULL)

/* Links on the shortest way from each firm to each other, FAR: none; without the firm `gone`. */
struct distances { uint32_t d[MOST][MOST]; };

static struct distances distances_of(const struct network *n, uint32_t gone)
{
    struct distances x;
    for (uint32_t i = 0; i < n->firms; i++)
        for (uint32_t j = 0; j < n->firms; j++) x.d[i][j] = i == gone || j == gone ? FAR : i == j ? 0 : sells(n, i, j) ? 1 : FAR;
    for (uint32_t k = 0; k < n->firms; k++)
        for (uint32_t i = 0; i < n->firms; i++)
            for (uint32_t j = 0; j < n->firms; j++)
                if (x.d[i][k] + x.d[k][j] < x.d[i][j]) x.d[i][j] = x.d[i][k] + x.d[k][j];
    return x;
}

static uint32_t to_buyers(const struct sample *s, const struct distances *x, uint32_t i)
{
    uint32_t least = FAR;
    for (size_t k = 0; k < s->count; k++)
        if (x->d[i][s->buyers[k]] < least) least = x->d[i][s->buyers[k]];
    return least;
}

TEST(tiers_are_those_of_all_ways)
{
    FOR_ALL_SAMPLES(s) {
        const uint32_t firms = s.n->firms;
        const struct distances x = distances_of(s.n, NO_TIER);
        uint32_t shortest[MOST], longest[MOST], slow[MOST];
        CHECK_INT(structure_tiers(s.n, s.buyers, s.count, shortest, longest, NULL), OK);
        for (uint32_t i = 0; i < firms; i++) slow[i] = NO_TIER;
        for (uint32_t i = 0; i < firms; i++)
            for (uint32_t j = 0; j < firms; j++)
                if (is_buyer(&s, i) && x.d[i][j] < FAR && x.d[j][i] < FAR) slow[j] = 0;
        for (uint32_t round = 0; round < firms; round++)        /* relaxed until nothing can still change */
            for (uint32_t i = 0; i < firms; i++)
                for (uint32_t j = 0; j < firms; j++) {
                    if (x.d[i][j] == FAR || slow[j] == NO_TIER) continue;
                    uint32_t by = slow[j] + (x.d[j][i] == FAR && sells(s.n, i, j));
                    if ((x.d[j][i] < FAR || sells(s.n, i, j)) && (slow[i] == NO_TIER || slow[i] < by)) slow[i] = by;
                }
        for (uint32_t i = 0; i < firms; i++) {
            uint32_t least = to_buyers(&s, &x, i);
            CHECK_INT(shortest[i], least == FAR ? NO_TIER : least);
            CHECK_INT(longest[i], slow[i]);
        }
    }
}

/* i depends on x where i reaches a buyer, but not when x is gone; the nearest has itself all the others. */
TEST(dominators_are_the_firms_without_which_no_buyer_is_reached)
{
    FOR_ALL_SAMPLES(s) {
        const struct distances all = distances_of(s.n, NO_TIER);
        uint32_t dominator[MOST], guarded[MOST], dominators[MOST] = { 0 }, want_guarded[MOST] = { 0 };
        bool needs[MOST][MOST] = { 0 };
        for (uint32_t x = 0; x < s.n->firms; x++) {
            const struct distances without = distances_of(s.n, x);
            for (uint32_t i = 0; i < s.n->firms; i++)
                needs[i][x] = i != x && to_buyers(&s, &all, i) < FAR && to_buyers(&s, &without, i) >= FAR;
        }
        for (uint32_t i = 0; i < s.n->firms; i++)
            for (uint32_t x = 0; x < s.n->firms; x++) dominators[i] += needs[i][x], want_guarded[x] += needs[i][x];
        CHECK_INT(structure_dominators(s.n, s.buyers, s.count, dominator, guarded), OK);
        for (uint32_t i = 0; i < s.n->firms; i++) {
            CHECK_INT(guarded[i], want_guarded[i]);
            if (!dominators[i]) CHECK_INT(dominator[i], NO_TIER);
            else CHECK(needs[i][dominator[i]] && dominators[dominator[i]] == dominators[i] - 1);
        }
    }
}

static uint32_t pieces_without(const struct network *n, uint32_t gone)
{
    uint32_t piece[MOST], pieces = 0;
    for (uint32_t i = 0; i < n->firms; i++) piece[i] = i;
    for (uint32_t round = 0; round < n->firms; round++)
        for (uint32_t i = 0; i < n->firms; i++)
            for (uint32_t j = 0; j < n->firms; j++)
                if (i != gone && j != gone && (sells(n, i, j) || sells(n, j, i)) && piece[j] < piece[i]) piece[i] = piece[j];
    for (uint32_t i = 0; i < n->firms; i++) pieces += i != gone && piece[i] == i;
    return pieces;
}

TEST(articulation_points_are_the_firms_without_which_there_are_more_pieces)
{
    FOR_ALL_SAMPLES(s) {
        bool cuts[MOST];
        CHECK_INT(structure_articulation(s.n, cuts), OK);
        for (uint32_t i = 0; i < s.n->firms; i++) CHECK_INT(cuts[i], pieces_without(s.n, i) > pieces_without(s.n, NO_TIER));
    }
}

TEST(diamonds_are_counted_supplier_by_supplier)
{
    FOR_ALL_SAMPLES(s) {
        const uint32_t buyer = s.buyers[0], depth = (uint32_t)rng_below(&s.r, 6);
        const struct distances x = distances_of(s.n, buyer);
        struct diamond *d;
        size_t count, want = 0;
        CHECK_INT(structure_diamonds(&s.own, s.n, buyer, depth, &d, &count), OK);
        for (size_t k = 1; k < count; k++)
            CHECK(d[k - 1].dependents > d[k].dependents || (d[k - 1].dependents == d[k].dependents && d[k - 1].firm < d[k].firm));
        for (uint32_t i = 0; i < s.n->firms; i++) {
            uint32_t dependents = 0, given = 0;
            for (uint32_t j = 0; j < s.n->firms; j++) dependents += sells(s.n, j, buyer) && i != j && x.d[i][j] <= depth;
            for (size_t k = 0; k < count; k++) given += d[k].firm == i ? d[k].dependents : 0;
            CHECK_INT(given, dependents > 1 ? dependents : 0);
            want += dependents > 1;
        }
        CHECK_INT(count, want);
    }
}

/* More than 64 suppliers are more than one word of the search. */
TEST(a_diamond_is_found_behind_hundreds_of_suppliers)
{
    enum { SUPPLIERS = 300 };
    struct link l[2 * SUPPLIERS];
    struct diamond *d;
    size_t count;
    for (uint32_t i = 0; i < SUPPLIERS; i++) {
        l[2 * i] = (struct link){ 2 + i, 0, 1 };
        l[2 * i + 1] = (struct link){ 1, 2 + i, 1 };
    }
    CHECK_INT(structure_diamonds(a, network_of(a, SUPPLIERS + 2, l, COUNT(l), NULL), 0, 3, &d, &count), OK);
    CHECK_INT(count, 1);
    CHECK(d[0].firm == 1 && d[0].dependents == SUPPLIERS);
}

/* Of the shortest paths from s to t the share through v is paths(s,v) paths(v,t) / paths(s,t). */
TEST(betweenness_is_the_sum_over_all_pairs)
{
    FOR_ALL_SAMPLES(s) {
        const uint32_t firms = s.n->firms;
        const struct distances x = distances_of(s.n, NO_TIER);
        double got[MOST], paths[MOST][MOST] = { 0 };
        for (uint32_t i = 0; i < firms; i++) paths[i][i] = 1;
        for (uint32_t far = 1; far < firms; far++)
            for (uint32_t i = 0; i < firms; i++)
                for (uint32_t j = 0; j < firms; j++)
                    for (uint32_t k = 0; k < firms; k++)
                        if (x.d[i][j] == far && x.d[i][k] == far - 1 && sells(s.n, k, j)) paths[i][j] += paths[i][k];
        CHECK_INT(structure_betweenness(s.n, 0, 2, NULL, got), OK);
        for (uint32_t v = 0; v < firms; v++) {
            double want = 0;
            for (uint32_t i = 0; i < firms; i++)
                for (uint32_t j = 0; j < firms; j++)
                    if (i != v && j != v && i != j && x.d[i][j] < FAR && x.d[i][v] + x.d[v][j] == x.d[i][j])
                        want += paths[i][v] * paths[v][j] / paths[i][j];
            CHECK(near(got[v], want, 1e-12));
        }
    }
}

/* Which firms are reached over shares above 0, from each. */
static void reached(uint32_t firms, double share[MOST][MOST], bool reach[MOST][MOST])
{
    for (uint32_t i = 0; i < firms; i++)
        for (uint32_t j = 0; j < firms; j++) reach[i][j] = i == j || share[i][j] > 0;
    for (uint32_t k = 0; k < firms; k++)
        for (uint32_t i = 0; i < firms; i++)
            for (uint32_t j = 0; j < firms; j++) reach[i][j] |= reach[i][k] && reach[k][j];
}

/* Finite where from each firm that is reached something goes to final use in the end; then as the dense system says. */
TEST(upstreamness_is_that_of_the_dense_system)
{
    FOR_ALL_SAMPLES(s) {
        const uint32_t firms = s.n->firms;
        double revenue[MOST], got[MOST], want[MOST], matrix[MOST * MOST], share[MOST][MOST];
        bool reach[MOST][MOST], leaks[MOST], finite[MOST];
        for (uint32_t i = 0; i < firms; i++) {
            leaks[i] = s.n->sales[i] <= 0 || rng_below(&s.r, 3) == 0;
            revenue[i] = leaks[i] && rng_below(&s.r, 8) == 0 ? 0 : s.n->sales[i] * (leaks[i] ? 1.05 + chance(&s.r) : 1);
            for (uint32_t j = 0; j < firms; j++) share[i][j] = revenue[i] > 0 ? sales_between(s.n, i, j) / revenue[i] : 0;
        }
        reached(firms, share, reach);
        for (uint32_t i = 0; i < firms; i++) {
            finite[i] = true;
            for (uint32_t j = 0; j < firms; j++) {
                bool ends = false;
                for (uint32_t k = 0; k < firms; k++) ends |= reach[j][k] && leaks[k];
                finite[i] &= !reach[i][j] || ends;
            }
        }
        for (uint32_t i = 0; i < firms; i++) {
            want[i] = 1;
            for (uint32_t j = 0; j < firms; j++) matrix[i * firms + j] = (i == j) - (finite[i] && finite[j] ? share[i][j] : 0);
        }
        solve_dense(firms, matrix, want);
        CHECK_INT(structure_tiers(network_with_revenue(&s.own, s.n, revenue), NULL, 0, NULL, NULL, got), OK);
        for (uint32_t i = 0; i < firms; i++) CHECK(near(got[i], finite[i] ? want[i] : (double)NAN, 1e-9));
    }
}
