/* structure.c - the shape of the network: small examples by hand, and the sizes at which recursion would end. */
#include "engine/network/structure.h"
#include "small_networks.h"

#include <math.h>
#include <string.h>

enum { LONG = 1000000 };

static struct network *chain(struct arena *a, uint32_t firms)          /* each sells to the one before it */
{
    struct link *l = NEW_ARRAY(a, struct link, firms);
    for (uint32_t i = 1; i < firms; i++) l[i - 1] = (struct link){ i, i - 1, 1 };
    return network_of(a, firms, l, firms - 1, NULL);
}

static struct network *ring(struct arena *a, uint32_t firms)
{
    struct link *l = NEW_ARRAY(a, struct link, firms);
    for (uint32_t i = 0; i < firms; i++) l[i] = (struct link){ i, (i + firms - 1) % firms, 1 };
    return network_of(a, firms, l, firms, NULL);
}

#define CHECK_ARRAY(got, ...)                                                                           \
    do {                                                                                                \
        const uint32_t want_[] = { __VA_ARGS__ };                                                       \
        for (size_t i_ = 0; i_ < COUNT(want_); i_++) CHECK_INT((got)[i_], want_[i_]);                   \
    } while (0)
#define CHECK_NEAR(got, want) CHECK(near(got, want, 1e-12))

/* ---- tiers ---------------------------------------------------------------------------------- */

TEST(a_firm_on_a_short_and_a_long_way_has_two_tiers)
{
    struct network *n = NETWORK(a, 5, { 1, 0, 1 }, { 2, 1, 1 }, { 2, 0, 1 }, { 3, 2, 1 }, { 0, 4, 1 });
    uint32_t shortest[5], longest[5];
    CHECK_INT(structure_tiers(n, &(uint32_t){ 0 }, 1, shortest, longest, NULL), OK);
    CHECK_ARRAY(shortest, 0, 1, 1, 2, NO_TIER);
    CHECK_ARRAY(longest, 0, 1, 2, 3, NO_TIER);
}

TEST(firms_in_one_cycle_share_the_longest_tier)
{
    struct network *n = NETWORK(a, 5, { 1, 0, 1 }, { 1, 2, 1 }, { 2, 1, 1 }, { 3, 2, 1 }, { 3, 3, 1 });
    uint32_t shortest[5], longest[5];
    CHECK_INT(structure_tiers(n, &(uint32_t){ 0 }, 1, shortest, longest, NULL), OK);
    CHECK_ARRAY(shortest, 0, 1, 2, 3, NO_TIER);
    CHECK_ARRAY(longest, 0, 1, 1, 2, NO_TIER);
}

TEST(a_buyer_that_supplies_another_is_tier_0_and_further_up_by_the_longest_way)
{
    struct network *n = NETWORK(a, 3, { 1, 0, 1 }, { 2, 1, 1 });
    uint32_t shortest[3], longest[3];
    CHECK_INT(structure_tiers(n, (uint32_t[]){ 0, 1, 1 }, 3, shortest, longest, NULL), OK);
    CHECK_ARRAY(shortest, 0, 0, 1);
    CHECK_ARRAY(longest, 0, 1, 2);
}

TEST(without_buyers_nobody_has_a_tier_and_a_buyer_that_is_no_firm_is_refused)
{
    struct network *n = NETWORK(a, 2, { 1, 0, 1 });
    uint32_t shortest[2], longest[2];
    CHECK_INT(structure_tiers(n, NULL, 0, shortest, longest, NULL), OK);
    CHECK_ARRAY(shortest, NO_TIER, NO_TIER);
    CHECK_ARRAY(longest, NO_TIER, NO_TIER);
    CHECK_INT(structure_tiers(n, &(uint32_t){ 2 }, 1, shortest, longest, NULL), ERR_INVALID);
}

/* A firm that sells all to final use stands at 1; one that sells half of its output to that one at 1 + 1/2. */
TEST(upstreamness_is_the_mean_distance_from_final_use)
{
    struct link links[] = { { 1, 0, 50 }, { 2, 1, 80 }, { 3, 3, 50 } };
    double u[5], revenue[] = { 10, 100, 80, 100, NAN };
    struct network *n = network_of(a, 5, links, COUNT(links), revenue);
    CHECK_INT(structure_tiers(n, NULL, 0, NULL, NULL, u), OK);
    CHECK_NEAR(u[0], 1);
    CHECK_NEAR(u[1], 1.5);
    CHECK_NEAR(u[2], 2.5);
    CHECK_NEAR(u[3], 2);                            /* half to itself: U = 1 + U / 2             */
    CHECK_NEAR(u[4], 1);
}

TEST(upstreamness_goes_round_a_cycle_that_something_leaves)
{
    struct link links[] = { { 0, 1, 50 }, { 1, 0, 50 }, { 2, 0, 1 } };
    double u[3], revenue[] = { 100, 100, 1 };
    CHECK_INT(structure_tiers(network_of(a, 3, links, COUNT(links), revenue), NULL, 0, NULL, NULL, u), OK);
    CHECK_NEAR(u[0], 2);
    CHECK_NEAR(u[1], 2);
    CHECK_NEAR(u[2], 3);
}

TEST(what_never_reaches_final_use_has_no_upstreamness)
{
    struct network *n = NETWORK(a, 6, { 0, 1, 1 }, { 1, 0, 1 }, { 2, 0, 1 }, { 2, 5, 1 }, { 3, 3, 1 }, { 4, 5, 1 });
    double u[6];
    CHECK_INT(structure_tiers(n, NULL, 0, NULL, NULL, u), OK);
    for (int i = 0; i < 4; i++) CHECK(isnan(u[i]));
    CHECK_NEAR(u[4], 2);
    CHECK_NEAR(u[5], 1);
}

TEST(revenue_below_sales_gives_upstreamness_or_none_but_never_nonsense)
{
    struct link links[] = { { 0, 1, 50 }, { 1, 0, 50 }, { 2, 3, 50 }, { 3, 2, 10 } };
    double u[4], revenue[] = { 40, 40, 25, 100 };
    CHECK_INT(structure_tiers(network_of(a, 4, links, COUNT(links), revenue), NULL, 0, NULL, NULL, u), OK);
    CHECK(isnan(u[0]) && isnan(u[1]));
    CHECK_NEAR(u[2], 3.75);                         /* U2 = 1 + 2 U3, U3 = 1 + U2 / 10           */
    CHECK_NEAR(u[3], 1.375);
}

/* ---- dominators ----------------------------------------------------------------------------- */

/* Lengauer and Tarjan (1979), figure 1, and its tree in figure 2: an arrow v -> w is a firm w that supplies v. */
TEST(dominators_are_those_of_the_example_of_the_paper)
{
    enum { R, A, B, C, D, E, F, G, H, I, J, K, L, FIRMS };
    struct network *n = NETWORK(a, FIRMS, { A, R, 1 }, { B, R, 1 }, { C, R, 1 }, { D, A, 1 }, { A, B, 1 }, { D, B, 1 }, { E, B, 1 },
                                { F, C, 1 }, { G, C, 1 }, { L, D, 1 }, { H, E, 1 }, { I, F, 1 }, { I, G, 1 }, { J, G, 1 }, { E, H, 1 },
                                { K, H, 1 }, { K, I, 1 }, { I, J, 1 }, { I, K, 1 }, { R, K, 1 }, { H, L, 1 });
    uint32_t dominator[FIRMS], guarded[FIRMS];
    CHECK_INT(structure_dominators(n, &(uint32_t){ R }, 1, dominator, guarded), OK);
    CHECK_ARRAY(dominator, NO_TIER, R, R, R, R, R, C, C, R, R, G, R, D);
    CHECK_ARRAY(guarded, 12, 0, 0, 3, 1, 0, 0, 1, 0, 0, 0, 0, 0);
}

TEST(with_two_buyers_only_what_is_before_both_guards)
{
    struct network *n = NETWORK(a, 6, { 2, 0, 1 }, { 2, 1, 1 }, { 3, 2, 1 }, { 4, 3, 1 }, { 4, 2, 1 }, { 5, 5, 1 });
    uint32_t dominator[6], guarded[6];
    CHECK_INT(structure_dominators(n, (uint32_t[]){ 0, 1, 0 }, 3, dominator, guarded), OK);
    CHECK_ARRAY(dominator, NO_TIER, NO_TIER, NO_TIER, 2, 2, NO_TIER);
    CHECK_ARRAY(guarded, 0, 0, 2, 0, 0, 0);
    CHECK_INT(structure_dominators(n, &(uint32_t){ 6 }, 1, dominator, guarded), ERR_INVALID);
}

/* ---- articulation --------------------------------------------------------------------------- */

TEST(firms_between_two_parts_cut_the_network)
{
    struct network *n = NETWORK(a, 8, { 0, 1, 1 }, { 1, 2, 1 }, { 2, 0, 1 }, { 2, 3, 1 }, { 3, 2, 1 }, { 4, 3, 1 }, { 4, 5, 1 }, { 5, 3, 1 },
                                { 6, 6, 1 });
    bool cuts[8];
    CHECK_INT(structure_articulation(n, cuts), OK);
    for (uint32_t i = 0; i < 8; i++) CHECK_INT(cuts[i], i == 2 || i == 3);
}

/* ---- diamonds, single sources --------------------------------------------------------------- */

TEST(a_firm_behind_several_suppliers_makes_a_diamond)
{
    struct network *n = NETWORK(a, 7, { 1, 0, 1 }, { 2, 0, 1 }, { 3, 0, 1 }, { 0, 0, 1 }, { 4, 1, 1 }, { 4, 2, 1 }, { 5, 4, 1 }, { 1, 2, 1 },
                                { 1, 3, 1 }, { 0, 1, 1 }, { 0, 2, 1 }, { 6, 6, 1 });
    struct diamond *d;
    size_t count;
    CHECK_INT(structure_diamonds(a, n, 0, 0, &d, &count), OK);
    CHECK_INT(count, 0);
    CHECK_INT(structure_diamonds(a, n, 0, 1, &d, &count), OK);
    CHECK_INT(count, 2);
    CHECK(d[0].firm == 1 && d[0].dependents == 2);  /* 2 and 3; itself it does not depend on     */
    CHECK(d[1].firm == 4 && d[1].dependents == 2);
    CHECK_INT(structure_diamonds(a, n, 0, 100, &d, &count), OK);
    CHECK_INT(count, 3);
    CHECK(d[0].firm == 4 && d[0].dependents == 3);
    CHECK(d[1].firm == 5 && d[1].dependents == 3);
    CHECK_INT(structure_diamonds(a, n, 7, 1, &d, &count), ERR_INVALID);
}

TEST(only_essential_inputs_from_one_supplier_are_single_sources)
{
    const uint32_t industry[] = { 0, 1, 1, 2, 3 }, supplier[] = { 1, 2, 3, 4, 1, 0, 0 }, customer[] = { 0, 0, 0, 0, 3, 0, 3 };
    const double value[] = { 1, 2, 3, 4, 5, 6, 7 };
    const uint8_t classes[16] = { [0 * 4 + 0] = 2, [1 * 4 + 0] = 2, [2 * 4 + 0] = 2, [3 * 4 + 0] = 1, [1 * 4 + 2] = 2, [0 * 4 + 2] = 0 };
    struct network_input in = { .firms = 5, .industries = 4, .industry = industry, .links = { 7, supplier, customer, value },
                                .classes = classes };
    struct network *n;
    struct single_source *s;
    size_t count;
    CHECK_INT(network_make(a, &in, &n), OK);
    CHECK_INT(structure_single_sources(a, n, &s, &count), OK);
    CHECK_INT(count, 2);
    CHECK(s[0].customer == 0 && s[0].supplier == 3 && s[0].industry == 2 && s[0].value == 3);
    CHECK(s[1].customer == 3 && s[1].supplier == 1 && s[1].industry == 1 && s[1].value == 5);
}

/* ---- betweenness ---------------------------------------------------------------------------- */

TEST(betweenness_counts_the_shares_of_shortest_paths)
{
    struct network *path = NETWORK(a, 5, { 0, 1, 1 }, { 1, 2, 1 }, { 2, 3, 1 }, { 3, 4, 1 }, { 2, 2, 1 });
    struct network *square = NETWORK(a, 5, { 0, 1, 1 }, { 0, 2, 9 }, { 1, 3, 1 }, { 2, 3, 1 }, { 3, 4, 1 });
    double b[5];
    CHECK_INT(structure_betweenness(path, 0, 1, NULL, b), OK);
    CHECK(b[0] == 0 && b[1] == 3 && b[2] == 4 && b[3] == 3 && b[4] == 0);
    CHECK_INT(structure_betweenness(square, 0, 1, NULL, b), OK);
    CHECK(b[0] == 0 && b[1] == 1 && b[2] == 1 && b[3] == 3 && b[4] == 0);
}

TEST(betweenness_is_the_same_for_any_number_of_threads_and_from_as_many_samples_as_firms)
{
    struct rng r = { 11 };
    struct network *n = network_random(a, &r, 300, 900);
    double one[300], other[300];
    CHECK_INT(structure_betweenness(n, 0, 1, NULL, one), OK);
    for (int threads = 2; threads < 6; threads++) {
        CHECK_INT(structure_betweenness(n, 0, threads, NULL, other), OK);
        CHECK(!memcmp(one, other, sizeof one));
    }
    CHECK_INT(structure_betweenness(n, 300, 3, NULL, other), OK);
    CHECK(!memcmp(one, other, sizeof one));
    CHECK_INT(structure_betweenness(n, 50, 1, NULL, one), OK);
    CHECK_INT(structure_betweenness(n, 50, 4, NULL, other), OK);
    CHECK(!memcmp(one, other, sizeof one));
}

/* In a ring all firms are alike, so any sources give what all of them give. */
TEST(betweenness_from_samples_is_scaled_up)
{
    struct network *n = ring(a, 100);
    double all[100], some[100], sum_all = 0, sum_some = 0;
    CHECK_INT(structure_betweenness(n, 0, 1, NULL, all), OK);
    CHECK_INT(structure_betweenness(n, 7, 1, NULL, some), OK);
    for (int i = 0; i < 100; i++) sum_all += all[i], sum_some += some[i];
    CHECK_NEAR(all[0], 99 * 98 / 2);
    CHECK_NEAR(sum_some, sum_all);
}

TEST(betweenness_tells_how_far_it_is_and_stops_when_asked)
{
    struct progress p = { 0 };
    double b[100];
    CHECK_INT(structure_betweenness(ring(a, 100), 10, 2, &p, b), OK);
    CHECK_INT(p.done, 10);
    CHECK_INT(p.all, 10);
    atomic_store(&p.stop, true);
    CHECK_INT(structure_betweenness(ring(a, 100), 10, 2, &p, b), ERR_BUSY);
}

/* 2^1100 shortest paths are more than a double holds. */
TEST(betweenness_refuses_what_it_cannot_count)
{
    enum { STAGES = 1100 };
    struct link *l = NEW_ARRAY(a, struct link, STAGES * 4);
    double *b = NEW_ARRAY(a, double, STAGES * 3 + 1);
    for (uint32_t s = 0; s < STAGES; s++)
        for (uint32_t k = 0; k < 4; k++)
            l[s * 4 + k] = k < 2 ? (struct link){ s * 3, s * 3 + 1 + k, 1 } : (struct link){ s * 3 - 1 + k, s * 3 + 3, 1 };
    CHECK_INT(structure_betweenness(network_of(a, STAGES * 3 + 1, l, STAGES * 4, NULL), 0, 2, NULL, b), ERR_TOO_BIG);
}

/* ---- at the ends ---------------------------------------------------------------------------- */

TEST(an_empty_network_has_an_empty_shape)
{
    struct network *n = network_of(a, 0, NULL, 0, NULL);
    struct single_source *s;
    size_t count;
    double none;
    CHECK_INT(structure_tiers(n, NULL, 0, &(uint32_t){ 0 }, &(uint32_t){ 0 }, &none), OK);
    CHECK_INT(structure_dominators(n, NULL, 0, &(uint32_t){ 0 }, &(uint32_t){ 0 }), OK);
    CHECK_INT(structure_articulation(n, &(bool){ 0 }), OK);
    CHECK_INT(structure_betweenness(n, 0, 2, NULL, &none), OK);
    CHECK_INT(structure_single_sources(a, n, &s, &count), OK);
    CHECK_INT(count, 0);
}

struct shape { uint32_t *shortest, *longest, *dominator, *guarded; double *upstreamness; bool *cuts; };

static struct shape shape_from_0(struct arena *a, const struct network *n)
{
    struct shape s = { NEW_ARRAY(a, uint32_t, n->firms), NEW_ARRAY(a, uint32_t, n->firms), NEW_ARRAY(a, uint32_t, n->firms),
                       NEW_ARRAY(a, uint32_t, n->firms), NEW_ARRAY(a, double, n->firms), NEW_ARRAY(a, bool, n->firms) };
    CHECK_INT(structure_tiers(n, &(uint32_t){ 0 }, 1, s.shortest, s.longest, s.upstreamness), OK);
    CHECK_INT(structure_dominators(n, &(uint32_t){ 0 }, 1, s.dominator, s.guarded), OK);
    CHECK_INT(structure_articulation(n, s.cuts), OK);
    return s;
}

TEST(a_chain_of_a_million_firms_needs_no_million_calls)
{
    struct arena big = arena_make((size_t)1 << 30, NULL);
    struct shape s = shape_from_0(&big, chain(&big, LONG));
    CHECK_INT(s.shortest[LONG - 1], LONG - 1);
    CHECK_INT(s.longest[LONG - 1], LONG - 1);
    CHECK(s.upstreamness[LONG - 1] == LONG);
    CHECK_INT(s.dominator[LONG - 1], LONG - 2);
    CHECK_INT(s.guarded[0], LONG - 1);
    CHECK(!s.cuts[0] && s.cuts[1] && s.cuts[LONG - 2] && !s.cuts[LONG - 1]);
    arena_free(&big);
}

TEST(a_ring_of_a_million_firms_needs_no_million_calls)
{
    struct arena big = arena_make((size_t)1 << 30, NULL);
    struct shape s = shape_from_0(&big, ring(&big, LONG));
    CHECK_INT(s.shortest[LONG - 1], LONG - 1);
    CHECK_INT(s.longest[LONG - 1], 0);
    CHECK(isnan(s.upstreamness[0]));
    CHECK_INT(s.guarded[0], LONG - 1);
    CHECK(!s.cuts[0] && !s.cuts[LONG / 2]);
    arena_free(&big);
}
