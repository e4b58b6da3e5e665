/* exposure.c - countries, concentration, localisation: small examples by hand, and the same system solved by elimination. */
#include "engine/network/exposure.h"
#include "small_networks.h"

#include <math.h>
#include <string.h>

#define CHECK_NEAR(got, want) CHECK(near(got, want, 1e-10))

struct import { uint32_t firm, country; double value; };

static struct imports imports_of(struct arena *a, const struct import *row, size_t n)
{
    uint32_t *firm = NEW_ARRAY(a, uint32_t, n), *country = NEW_ARRAY(a, uint32_t, n);
    double *value = NEW_ARRAY(a, double, n);
    for (size_t k = 0; k < n; k++) firm[k] = row[k].firm, country[k] = row[k].country, value[k] = row[k].value;
    return (struct imports){ n, firm, country, value };
}
#define IMPORTS(a, ...) imports_of(a, (struct import[]){ __VA_ARGS__ }, COUNT(((struct import[]){ __VA_ARGS__ })))
static const struct imports none = { 0 };

/* ---- countries ------------------------------------------------------------------------------ */

/* Firm 0 uses 100, of which 30 come from country 0; 60 of the 100 of firm 1 are bought of it, 40 come from country 1. */
TEST(a_country_is_depended_on_through_suppliers_too)
{
    struct network *n = NETWORK(a, 3, { 0, 1, 60 });
    struct imports im = IMPORTS(a, { 0, 0, 10 }, { 1, 1, 40 }, { 0, 0, 20 });
    const double cost[] = { 100, NAN, 1 };
    double e[2][3], hhi[3];
    unsigned rounds;
    CHECK_INT(exposure_countries(n, &im, 2, cost, 1, e[0], hhi, &rounds), OK);
    CHECK_NEAR(e[0][0], 0.3);
    CHECK_NEAR(e[1][0], 0);
    CHECK_NEAR(e[0][1], 0.18);
    CHECK_NEAR(e[1][1], 0.4);
    CHECK_NEAR(hhi[0], 1);
    CHECK_NEAR(hhi[1], (0.18 * 0.18 + 0.4 * 0.4) / (0.58 * 0.58));
    CHECK(e[0][2] == 0 && e[1][2] == 0 && hhi[2] == 0);
    CHECK_INT(rounds, 1);                           /* no cycle                                  */
}

/* Two firms buy half of each other, half of country 0 and of country 1: E = 1/2 + E'/2, E' = E/2. */
TEST(in_a_cycle_dependence_goes_round)
{
    struct network *n = NETWORK(a, 2, { 0, 1, 5 }, { 1, 0, 5 });
    struct imports im = IMPORTS(a, { 0, 0, 5 }, { 1, 1, 5 });
    double e[2][2];
    unsigned rounds;
    CHECK_INT(exposure_countries(n, &im, 2, NULL, 1, e[0], NULL, &rounds), OK);
    CHECK_NEAR(e[0][0], 2.0 / 3);
    CHECK_NEAR(e[1][0], 1.0 / 3);
    CHECK_NEAR(e[0][1], 1.0 / 3);
    CHECK(rounds > 1 && rounds < EXPOSURE_ROUNDS);
}

TEST(a_cycle_that_adds_nothing_from_outside_depends_on_no_country)
{
    struct network *n = NETWORK(a, 4, { 0, 1, 5 }, { 1, 0, 5 }, { 2, 2, 1 }, { 0, 3, 1 });
    struct imports im = IMPORTS(a, { 3, 0, 1 });
    double e[4], hhi[4];
    unsigned rounds;
    CHECK_INT(exposure_countries(n, &im, 1, NULL, 1, e, hhi, &rounds), OK);
    CHECK(e[0] == 0 && e[1] == 0 && e[2] == 0 && e[3] == 0.5);
    CHECK(hhi[0] == 0 && hhi[3] == 1);
}

/* All that a long ring uses comes from the one country in the end, however little at each firm. */
TEST(what_trickles_into_a_ring_is_found_in_few_rounds)
{
    enum { RING = 1000 };
    struct link l[RING];
    struct import im[RING];
    double e[RING];
    unsigned rounds;
    for (uint32_t i = 0; i < RING; i++) {
        l[i] = (struct link){ i, (i * 7 + 7) % RING, 1 };
        im[i] = (struct import){ i, 0, i % 2 ? 1e-7 : 2e-9 };
    }
    struct imports imports = imports_of(a, im, RING);
    CHECK_INT(exposure_countries(network_of(a, RING, l, RING, NULL), &imports, 1, NULL, 1, e, NULL, &rounds), OK);
    CHECK(rounds < 100);
    for (int i = 0; i < RING; i++) CHECK(near(e[i], 1, 1e-6));
}

/* E = F + E M, firm by firm, as a dense system for each country. */
static void check_countries(struct arena *a, const struct network *n, const struct import *im, size_t imports, uint32_t countries,
                            const double *cost, const double *got)
{
    for (uint32_t c = 0; c < countries; c++) {
        double *matrix = NEW_ARRAY(a, double, (size_t)n->firms * n->firms), *right = NEW_ARRAY(a, double, n->firms);
        for (uint32_t j = 0; j < n->firms; j++) {
            for (size_t k = 0; k < imports; k++)
                if (im[k].firm == j && im[k].country == c) right[j] += im[k].value / cost[j];
            for (uint32_t i = 0; i < n->firms; i++)
                matrix[j * n->firms + i] = (i == j) - (cost[j] > 0 ? sales_between(n, i, j) / cost[j] : 0);
        }
        solve_dense(n->firms, matrix, right);
        for (uint32_t j = 0; j < n->firms; j++) CHECK_NEAR(got[c * n->firms + j], right[j]);
    }
}

TEST(countries_are_those_of_the_dense_system_for_any_number_of_threads)
{
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct rng r = { seed };
        struct arena own = arena_make((size_t)1 << 26, NULL);
        uint32_t firms = 1 + (uint32_t)rng_below(&r, 40), countries = 1 + (uint32_t)rng_below(&r, 20);
        const struct network *n = network_random(&own, &r, firms, rng_below(&r, firms * 4));
        struct import im[60];
        double cost[40], *one = NEW_ARRAY(&own, double, countries * firms), *other = NEW_ARRAY(&own, double, countries * firms);
        unsigned rounds, again;
        for (uint32_t j = 0; j < firms; j++) cost[j] = n->purchases[j] * (1.01 + chance(&r));     /* so that each cycle leaks */
        for (size_t k = 0; k < COUNT(im); k++) {
            im[k] = (struct import){ (uint32_t)rng_below(&r, firms), (uint32_t)rng_below(&r, countries), chance(&r) };
            cost[im[k].firm] += im[k].value;
        }
        struct imports imports = imports_of(&own, im, COUNT(im));
        CHECK_INT(exposure_countries(n, &imports, countries, cost, 1, one, NULL, &rounds), OK);
        CHECK_INT(exposure_countries(n, &imports, countries, cost, 3, other, NULL, &again), OK);
        CHECK(!memcmp(one, other, sizeof *one * countries * firms));
        CHECK(rounds == again && rounds < EXPOSURE_ROUNDS);
        for (uint32_t k = 0; k < countries * firms; k++) CHECK(one[k] >= 0 && one[k] <= 1);
        check_countries(&own, n, im, COUNT(im), countries, cost, one);
        arena_free(&own);
    }
}

TEST(numbers_out_of_range_are_refused_by_all_measures_of_exposure)
{
    static const struct import wrong[] = { { 2, 0, 1 }, { 0, 0, -1 }, { 0, 0, NAN }, { 0, 0, INFINITY }, { 0, 3, 1 } };
    struct network *n = NETWORK(a, 2, { 0, 1, 1 });
    double out[6], more[2];
    struct concentration c;
    unsigned rounds;
    for (size_t k = 0; k < COUNT(wrong); k++) {
        struct imports im = imports_of(a, &wrong[k], 1);
        CHECK_INT(exposure_countries(n, &im, 3, NULL, 1, out, more, &rounds), ERR_INVALID);
        if (wrong[k].country == 3) continue;        /* the others know no number of countries    */
        CHECK_INT(exposure_concentration(a, n, &im, &c), ERR_INVALID);
        CHECK_INT(exposure_localisation(n, &im, (bool[]){ 1, 1 }, NULL, out, more, &rounds), ERR_INVALID);
    }
    CHECK_INT(exposure_countries(n, &none, 3, (double[]){ 1, -1 }, 1, out, more, &rounds), ERR_INVALID);
    CHECK_INT(exposure_localisation(n, &none, (bool[]){ 1, 1 }, (double[]){ INFINITY, 1 }, out, more, &rounds), ERR_INVALID);
}

/* ---- concentration -------------------------------------------------------------------------- */

TEST(the_hhi_is_one_over_the_number_of_equal_shares)
{
    CHECK(hhi_of(NULL, 0) == 0);
    CHECK(hhi_of((double[]){ 0, 0 }, 2) == 0);
    CHECK(hhi_of((double[]){ 7, 0 }, 2) == 1);
    CHECK_NEAR(hhi_of((double[]){ 3, 3, 3, 3 }, 4), 0.25);
    CHECK_NEAR(hhi_of((double[]){ 1, 3 }, 2), 0.625);
    CHECK_NEAR(hhi_of((double[]){ 1e300, 1e300 }, 2), 0.5);
}

TEST(concentration_is_over_suppliers_and_countries_and_within_each_industry)
{
    const uint32_t industry[] = { 0, 0, 1, 1 }, supplier[] = { 1, 2, 3, 0 }, customer[] = { 0, 0, 0, 2 };
    const double value[] = { 4, 1, 3, 5 };
    struct network_input in = { .firms = 4, .industries = 2, .industry = industry, .links = { 4, supplier, customer, value } };
    struct imports im = IMPORTS(a, { 0, 5, 1 }, { 0, 5, 1 });
    struct network *n;
    struct concentration c;
    CHECK_INT(network_make(a, &in, &n), OK);
    CHECK_INT(exposure_concentration(a, n, &im, &c), OK);
    CHECK_NEAR(c.of_firm[0], (16 + 1 + 9 + 4) / 100.0);
    CHECK(c.of_firm[1] == 0 && c.of_firm[2] == 1 && c.of_firm[3] == 0);
    CHECK_INT(c.at[1], 2);
    CHECK_INT(c.at[2], 2);
    CHECK_INT(c.at[4], 3);
    CHECK(c.industry[0] == 0 && c.hhi[0] == 1 && c.value[0] == 4);
    CHECK(c.industry[1] == 1 && c.value[1] == 4);
    CHECK_NEAR(c.hhi[1], 0.625);
    CHECK(c.industry[2] == 0 && c.hhi[2] == 1 && c.value[2] == 5);
}

/* ---- localisation --------------------------------------------------------------------------- */

/*
 * Firm 0, local, makes 100 of 20 imported and 80 of its own.  Firm 1, local, makes 200 of 100 from firm 0, 40 from firm 2, which
 * is not local, and 60 of its own: 60/200 + 100/200 * 80/100.
 */
TEST(what_is_local_counts_through_the_tiers)
{
    struct network *n = NETWORK(a, 4, { 0, 1, 100 }, { 2, 1, 40 });
    struct imports im = IMPORTS(a, { 0, 9, 20 });
    const bool local[] = { true, true, false, true };
    double direct[4], through[4];
    unsigned rounds;
    CHECK_INT(exposure_localisation(n, &im, local, (double[]){ NAN, 200, NAN, NAN }, direct, through, &rounds), OK);
    CHECK(direct[0] == 0);
    CHECK_NEAR(direct[1], 100.0 / 140);
    CHECK_NEAR(through[0], 0.8);
    CHECK_NEAR(through[1], 0.7);
    CHECK(through[2] == 0);
    CHECK(isnan(direct[2]) && isnan(direct[3]) && isnan(through[3]));      /* no inputs; no output */
}

TEST(localisation_is_that_of_the_dense_system)
{
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct rng r = { seed };
        struct arena own = arena_make((size_t)1 << 26, NULL);
        uint32_t firms = 1 + (uint32_t)rng_below(&r, 40);
        const struct network *n = network_random(&own, &r, firms, rng_below(&r, firms * 4));
        double output[40], direct[40], through[40], matrix[1600], want[40] = { 0 };
        bool local[40];
        unsigned rounds;
        for (uint32_t j = 0; j < firms; j++) {
            local[j] = rng_below(&r, 3);
            output[j] = fmax(n->sales[j], n->purchases[j]) * (1.01 + chance(&r)) + 1;
        }
        for (uint32_t j = 0; j < firms; j++) {
            if (local[j]) want[j] = 1 - n->purchases[j] / output[j];
            for (uint32_t i = 0; i < firms; i++)
                matrix[j * firms + i] = (i == j) - (local[j] && local[i] ? sales_between(n, i, j) / output[j] : 0);
        }
        solve_dense(firms, matrix, want);
        CHECK_INT(exposure_localisation(n, &none, local, output, direct, through, &rounds), OK);
        CHECK(rounds < EXPOSURE_ROUNDS);
        for (uint32_t j = 0; j < firms; j++) {
            double from_local = 0;
            for (uint32_t i = 0; i < firms; i++) from_local += local[i] ? sales_between(n, i, j) : 0;
            CHECK_NEAR(through[j], want[j]);
            CHECK_NEAR(direct[j], n->purchases[j] > 0 ? from_local / n->purchases[j] : (double)NAN);
        }
        arena_free(&own);
    }
}

TEST(an_empty_network_is_exposed_to_nothing)
{
    struct network *n = network_of(a, 0, NULL, 0, NULL);
    struct concentration c;
    unsigned rounds;
    double out, more;
    bool local;
    CHECK_INT(exposure_countries(n, &none, 0, NULL, 2, &out, &more, &rounds), OK);
    CHECK_INT(exposure_countries(n, &none, 9, NULL, 2, &out, &more, &rounds), OK);
    CHECK_INT(exposure_localisation(n, &none, &local, NULL, &out, &more, &rounds), OK);
    CHECK_INT(exposure_concentration(a, n, &none, &c), OK);
    CHECK_INT(c.at[0], 0);
}
