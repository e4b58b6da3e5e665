/* Closures and scenarios against the plain recursion: the same number of steps, scores and states within 1e-12. */
#include "networks_made_up.h"
#include "plain_risk.h"
#include "base/parallel.h"
#include "test.h"

static bool near(double x, double y) { return fabs(x - y) <= 1e-12; }

static void check_same(const struct risk *got, const struct risk *want, const char *what, uint64_t seed, size_t firm)
{
    if (got->steps == want->steps && near(got->total, want->total) && near(got->upstream, want->upstream) &&
        near(got->downstream, want->downstream))
        return;
    test_fail(__FILE__, __LINE__, "%s, seed %llu, firm %zu: got %u steps, %.17g %.17g %.17g; want %u, %.17g %.17g %.17g", what,
              (unsigned long long)seed, firm, got->steps, got->total, got->upstream, got->downstream, want->steps, want->total,
              want->upstream, want->downstream);
}

struct wanted {                                     /* what the plain recursion says, by several threads */
    struct plain *plain;                            /* [threads]                                 */
    double      **psi;
    const uint32_t *firms;
    double        tolerance;
    struct risk  *risks;
};

static void want(void *with, size_t k, int thread)
{
    struct wanted *w = with;
    w->risks[k] = plain_closure(&w->plain[thread], w->psi[thread], w->firms[k], w->tolerance);
}

static struct risk *wanted(struct arena *a, const struct network_input *in, const uint32_t *firms, size_t count, double tolerance)
{
    size_t threads = (size_t)parallel_threads(0);
    struct wanted w = { NEW_ARRAY(a, struct plain, threads), NEW_ARRAY(a, double *, threads), firms, tolerance,
                        NEW_ARRAY(a, struct risk, count) };
    w.plain[0] = plain_make(a, in);
    w.psi[0] = all_ones(a, in->firms);
    for (size_t t = 1; t < threads; t++) w.plain[t] = plain_states(a, &w.plain[0]), w.psi[t] = all_ones(a, in->firms);
    parallel((int)threads, count, want, &w);
    return w.risks;
}

/* Every n-th firm. */
static void check_closures(struct arena *a, const struct network_input *in, double tolerance, uint32_t every, uint64_t seed)
{
    struct risk_options o = { .tolerance = tolerance };
    uint32_t count = 0, *firms = NEW_ARRAY(a, uint32_t, in->firms);
    for (uint32_t i = 0; i < in->firms; i += every) firms[count++] = i;
    struct risk *got = NEW_ARRAY(a, struct risk, count), *right = wanted(a, in, firms, count, tolerance);
    CHECK_INT(risk_closures(made(a, in), &o, firms, count, got), OK);
    for (uint32_t k = 0; k < count; k++) check_same(&got[k], &right[k], "closure", seed, firms[k]);
}

static void check_scenario(struct arena *a, const struct network_input *in, const double *psi, double tolerance, uint64_t seed)
{
    struct plain plain = plain_make(a, in);
    struct risk_options o = { .tolerance = tolerance };
    struct risk got, want = plain_scenario(&plain, psi, tolerance, 0);
    double *hu = NEW_ARRAY(a, double, in->firms), *hd = NEW_ARRAY(a, double, in->firms);
    CHECK_INT(risk_scenario(made(a, in), &o, psi, hu, hd, &got), OK);
    check_same(&got, &want, "scenario", seed, 0);
    for (uint32_t i = 0; i < in->firms; i++)
        if (!near(hu[i], plain.hu[i]) || !near(hd[i], plain.hd[i]))
            test_fail(__FILE__, __LINE__, "scenario, seed %llu, firm %u: got %.17g %.17g, want %.17g %.17g", (unsigned long long)seed,
                      i, hu[i], hd[i], plain.hu[i], plain.hd[i]);
}

/* ---- small random networks ------------------------------------------------------------------ */

static double *random_psi(struct arena *a, struct rng *r, uint32_t firms)
{
    double *psi = all_ones(a, firms);
    for (uint64_t k = rng_below(r, firms + 1); k--;) psi[rng_below(r, firms)] = rng_below(r, 2) ? sn_uniform(r) : 0;
    return psi;
}

enum { NETWORKS = SLOW ? 200 : 2000 };

TEST(the_closure_of_each_firm_of_any_small_network_is_that_of_the_plain_recursion)
{
    for (uint64_t seed = 1; seed <= NETWORKS; seed++, arena_reset(a)) {
        struct rng r = { seed };
        struct network_input in = random_network(a, &r);
        check_closures(a, &in, tolerances[rng_below(&r, COUNT(tolerances))], 1, seed);
    }
}

TEST(any_scenario_of_any_small_network_is_that_of_the_plain_recursion)
{
    for (uint64_t seed = 1; seed <= NETWORKS; seed++, arena_reset(a)) {
        struct rng r = { seed };
        struct network_input in = random_network(a, &r);
        check_scenario(a, &in, random_psi(a, &r, in.firms), tolerances[rng_below(&r, COUNT(tolerances))], seed);
    }
}

/* ---- larger ones ---------------------------------------------------------------------------- */

/* Which firms are compared: every n-th, in ./dev test and in ./dev soak; 0: none. */
static const struct size { uint32_t firms; double tolerance; uint32_t every, soak_every; bool demand; } sizes[] = {
    { 1000, 1e-1, 2, 1 }, { 1000, 1e-2, 5, 1 }, { 1000, 1e-3, 50, 1 }, { 1000, 1e-4, 500, 10 }, { 1000, 1e-5, 500, 50 },
    { 1000, 1e-6, 500, 50 },
    { 1000, 1e-1, 5, 1, true }, { 1000, 1e-2, 5, 1, true }, { 1000, 1e-3, 20, 1, true }, { 1000, 1e-4, 50, 1, true },
    { 1000, 1e-5, 100, 1, true }, { 1000, 1e-6, 100, 1, true },
    { 10000, 1e-2, 2500, 1 }, { 10000, 1e-3, 0, 10 }, { 10000, 1e-3, 2500, 1, true }, { 100000, 1e-2, 0, 100 },
};

TEST(closures_in_networks_as_they_are_are_those_of_the_plain_recursion)
{
    bool soak = getenv("MATXICH_SOAK");
    for (size_t k = 0; k < COUNT(sizes) * KINDS; k++, arena_reset(a)) {
        const struct size *s = &sizes[k / KINDS];
        uint32_t every = soak ? s->soak_every : s->every * (SLOW ? 5 : 1);
        if (!every) continue;
        struct network_input in = network_of_kind(a, k, s->firms);
        if (s->demand) add_demand(a, &in);
        check_closures(a, &in, s->tolerance, every, k);
    }
}

TEST(scenarios_in_networks_as_they_are_are_those_of_the_plain_recursion)
{
    for (size_t k = 0; k < KINDS * 3; k++, arena_reset(a)) {
        struct rng r = { k };
        struct network_input in = network_of_kind(a, k, 5000);
        uint32_t hit[] = { 1, in.firms / 200, in.firms / 2 };
        double *psi = all_ones(a, in.firms);
        for (uint32_t h = 0; h < hit[k % 3]; h++) psi[sn_below(&r, in.firms)] = h % 2 ? sn_uniform(&r) : 0;
        if (k % 2) add_demand(a, &in);
        check_scenario(a, &in, psi, 1e-3, k);
    }
}

/* ---- the same bytes ------------------------------------------------------------------------- */

TEST(closures_have_the_same_bytes_for_any_number_of_threads_without_vectors_and_for_some_firms_only)
{
    static const struct risk_options options[] = {
        { .tolerance = 1e-2, .threads = 1 }, { .tolerance = 1e-2, .threads = 2 }, { .tolerance = 1e-2, .threads = 3 },
        { .tolerance = 1e-2, .threads = 1, .portable = true }, { .tolerance = 1e-2, .threads = 3, .portable = true } };
    for (size_t k = 0; k < KINDS; k++, arena_reset(a)) {
        struct network_input in = network_of_kind(a, k, SLOW ? 300 : 1000);
        struct network *n = made(a, &in);
        struct risk *first = NEW_ARRAY(a, struct risk, in.firms), *other = NEW_ARRAY(a, struct risk, in.firms);
        uint32_t some[97];
        for (uint32_t i = 0; i < COUNT(some); i++) some[i] = (i * 37 + 5) % in.firms;
        CHECK_INT(risk_closures(n, &options[0], NULL, 0, first), OK);
        for (size_t o = 1; o < COUNT(options); o++) {
            CHECK_INT(risk_closures(n, &options[o], NULL, in.firms, other), OK);
            CHECK(same_risks(first, other, in.firms));
            CHECK_INT(risk_closures(n, &options[o], some, COUNT(some), other), OK);
            for (size_t i = 0; i < COUNT(some); i++) CHECK(same_risks(&first[some[i]], &other[i], 1));
        }
    }
}

TEST(a_scenario_has_the_same_bytes_for_any_number_of_threads)
{
    struct rng r = { 5 };
    for (size_t k = 0; k < KINDS; k++, arena_reset(a)) {
        struct network_input in = network_of_kind(a, k, 5000);
        struct network *n = made(a, &in);
        double *psi = all_ones(a, in.firms), *states[2] = { NEW_ARRAY(a, double, 2 * in.firms), NEW_ARRAY(a, double, 2 * in.firms) };
        for (uint32_t h = 0; h < 50; h++) psi[sn_below(&r, in.firms)] = sn_uniform(&r);
        struct risk risk[2];
        for (int threads = 1; threads <= 5; threads++) {
            struct risk_options o = { .tolerance = 1e-4, .threads = threads, .portable = threads == 5 };
            int to = threads > 1;
            CHECK_INT(risk_scenario(n, &o, psi, states[to], states[to] + in.firms, &risk[to]), OK);
            if (!to) continue;
            CHECK(same_risks(&risk[0], &risk[1], 1));
            CHECK(same_bytes(states[0], states[1], 2 * in.firms * sizeof *states[0]));
        }
    }
}

/* ---- what is refused, how it stops ---------------------------------------------------------- */

TEST(tolerances_and_capacities_out_of_range_are_refused)
{
    struct rng r = { 3 };
    struct network_input in = random_network(a, &r);
    struct network *n = made(a, &in);
    static const double wrong_tolerances[] = { 0, 1, -1, 2, NAN, INFINITY }, wrong_psi[] = { -0.1, 1.1, NAN, INFINITY };
    struct risk out[64];
    double *psi = all_ones(a, in.firms);
    uint32_t no_firm = in.firms;
    struct risk_options right = { .tolerance = 0.5 };
    for (size_t k = 0; k < COUNT(wrong_tolerances); k++) {
        struct risk_options o = { .tolerance = wrong_tolerances[k] };
        CHECK_INT(risk_closures(n, &o, NULL, 0, out), ERR_INVALID);
        CHECK_INT(risk_scenario(n, &o, psi, NULL, NULL, out), ERR_INVALID);
    }
    CHECK_INT(risk_closures(n, &right, &no_firm, 1, out), ERR_INVALID);
    for (size_t k = 0; k < COUNT(wrong_psi); k++) {
        psi[in.firms - 1] = wrong_psi[k];
        CHECK_INT(risk_scenario(n, &right, psi, NULL, NULL, out), ERR_INVALID);
    }
}

TEST(what_is_asked_to_stop_stops_and_what_is_not_says_how_far_it_came)
{
    struct network_input in = supply_network(a, HEAVY_TAILED, CLASS_MATRIX, 2000, 1);
    struct network *n = made(a, &in);
    struct risk *out = NEW_ARRAY(a, struct risk, in.firms);
    struct progress p = { 0 };
    struct risk_options o = { .tolerance = 1e-2, .progress = &p };
    CHECK_INT(risk_closures(n, &o, NULL, 0, out), OK);
    CHECK_INT(p.all, in.firms);
    CHECK_INT(p.done, in.firms);
    p.stop = true;
    CHECK_INT(risk_closures(n, &o, NULL, 0, out), ERR_BUSY);
    CHECK_INT(risk_scenario(n, &o, all_ones(a, in.firms), NULL, NULL, out), ERR_BUSY);
}

/* The memory they take is worked out from counts alone: it must do for counts of any kind. */
TEST(networks_of_odd_shapes_do_with_the_memory_worked_out_for_them)
{
    static const struct { uint32_t firms, industries; size_t links; } shapes[] = {
        { 0, 0, 0 }, { 0, 3, 0 }, { 1, 1, 0 }, { 1, 1, 1 }, { 3, 5000, 4 }, { 2, 1, 5000 }, { 70000, 1, 3 } };
    for (size_t k = 0; k < COUNT(shapes); k++, arena_reset(a)) {
        size_t n = shapes[k].links, firms = shapes[k].firms;
        uint32_t *supplier = NEW_ARRAY(a, uint32_t, n), *customer = NEW_ARRAY(a, uint32_t, n);
        double *value = all_ones(a, (uint32_t)n), *psi = all_ones(a, (uint32_t)firms);
        for (size_t e = 0; e < n; e++) supplier[e] = (uint32_t)(e % firms), customer[e] = (uint32_t)((e + 1) % firms);
        struct network_input in = { (uint32_t)firms, shapes[k].industries, NEW_ARRAY(a, uint32_t, firms),
                                    { n, supplier, customer, value } };
        struct risk_options o = { .tolerance = 0.5, .threads = 7 };
        struct risk *all = NEW_ARRAY(a, struct risk, firms), one;
        CHECK_INT(risk_closures(made(a, &in), &o, NULL, 0, all), OK);
        CHECK_INT(risk_scenario(made(a, &in), &o, psi, NULL, NULL, &one), OK);
        CHECK_INT(one.steps, 1);
        CHECK(one.total <= 0);
    }
}

TEST(steps_end_where_they_are_to_end_at_most)
{
    struct network_input in = supply_network(a, SPARSE, CLASS_NONE, 500, 1);
    struct network *n = made(a, &in);
    struct risk_options o = { .tolerance = 1e-6, .most_steps = 3 };
    struct risk *out = NEW_ARRAY(a, struct risk, in.firms), one;
    struct plain plain = plain_make(a, &in);
    double *psi = all_ones(a, in.firms);
    psi[7] = 0;
    struct risk right = plain_scenario(&plain, psi, 1e-6, 3);
    CHECK_INT(risk_closures(n, &o, NULL, 0, out), OK);
    CHECK_INT(risk_scenario(n, &o, psi, NULL, NULL, &one), OK);
    check_same(&out[7], &right, "closure", 1, 7);
    check_same(&one, &right, "scenario", 1, 7);
}
