/* Rankings after edits: the bytes of all closures of the edited network, from few closures anew. */
#include "networks_made_up.h"
#include "test.h"

enum { MOST = 4 };

static double *changed(struct arena *a, struct rng *r, const double *of, uint32_t n)
{
    double *x = NEW_ARRAY(a, double, n);
    memcpy(x, of, n * sizeof *x);
    x[rng_below(r, n)] = random_value(r);
    return x;
}

/* Links come, go or change, which ones is told; of a firm also its revenue and weight. */
static struct network_input edited(struct arena *a, struct rng *r, const struct network_input *in, size_t edits_n, struct links *edits)
{
    size_t n = in->links.n;
    uint32_t *supplier = NEW_ARRAY(a, uint32_t, n + MOST), *customer = NEW_ARRAY(a, uint32_t, n + MOST);
    uint32_t *edit_supplier = NEW_ARRAY(a, uint32_t, MOST), *edit_customer = NEW_ARRAY(a, uint32_t, MOST);
    double *value = NEW_ARRAY(a, double, n + MOST);
    memcpy(supplier, in->links.supplier, n * sizeof *supplier);
    memcpy(customer, in->links.customer, n * sizeof *customer);
    memcpy(value, in->links.value, n * sizeof *value);
    struct network_input now = *in;
    for (size_t k = 0; k < edits_n; k++) {
        size_t e = n && rng_below(r, 3) ? rng_below(r, n) : n;
        if (e == n) supplier[n] = sn_below(r, in->firms), customer[n] = sn_below(r, in->firms), value[n++] = random_value(r);
        else value[e] = rng_below(r, 2) ? value[e] * (0.5 + sn_uniform(r)) : 0;
        edit_supplier[k] = supplier[e];
        edit_customer[k] = customer[e];
    }
    if (in->revenue && !rng_below(r, 3)) now.revenue = changed(a, r, in->revenue, in->firms);
    if (in->weight && !rng_below(r, 3)) now.weight = changed(a, r, in->weight, in->firms);
    *edits = (struct links){ edits_n, edit_supplier, edit_customer, NULL };
    now.links = (struct links){ n, supplier, customer, value };
    return now;
}

/* The ranking after an edit, having checked it against all closures anew. */
static const struct ranking *check_edit(struct arena *a, const struct ranking *old, const struct network_input *in,
                                        const struct links *edits, const struct risk_options *o, uint64_t seed)
{
    struct network *now = made(a, in);
    struct ranking *got;
    struct risk *want = NEW_ARRAY(a, struct risk, in->firms);
    CHECK_INT(ranking_edit(a, old, now, edits, o, &got), OK);
    CHECK_INT(risk_closures(now, o, NULL, 0, want), OK);
    for (uint32_t i = 0; i < in->firms; i++)
        if (!same_risks(&ranking_risks(got)[i], &want[i], 1))
            test_fail(__FILE__, __LINE__, "seed %llu, firm %u of %u: got %.17g in %u steps, want %.17g in %u; %zu renewed",
                      (unsigned long long)seed, i, in->firms, ranking_risks(got)[i].total, ranking_risks(got)[i].steps, want[i].total,
                      want[i].steps, ranking_renewed(got));
    return got;
}

static size_t check_edits(struct arena *a, struct rng *r, struct network_input in, double tolerance, int edits, uint64_t seed)
{
    struct risk_options o = { .tolerance = tolerance };
    struct ranking *first;
    size_t renewed = 0;
    CHECK_INT(ranking_make(a, made(a, &in), &o, &first), OK);
    CHECK_INT(ranking_renewed(first), in.firms);
    const struct ranking *ranking = first;
    for (; edits; edits--) {
        struct links what;
        in = edited(a, r, &in, 1 + rng_below(r, MOST), &what);
        ranking = check_edit(a, ranking, &in, &what, &o, seed);
        renewed += ranking_renewed(ranking);
    }
    return renewed;
}

TEST(after_any_edits_of_any_small_network_its_ranking_is_that_of_all_closures_anew)
{
    for (uint64_t seed = 1; seed <= (SLOW ? 200 : 2000); seed++, arena_reset(a)) {
        struct rng r = { seed };
        struct network_input in = random_network(a, &r);
        check_edits(a, &r, in, tolerances[rng_below(&r, COUNT(tolerances))], 3, seed);
    }
}

TEST(after_edits_of_networks_as_they_are_their_ranking_is_that_of_all_closures_anew)
{
    for (uint64_t seed = 0; seed < KINDS * 2; seed++, arena_reset(a)) {
        struct rng r = { seed };
        struct network_input in = network_of_kind(a, seed, SLOW ? 200 : 600);
        if (seed % 4 < 2) add_demand(a, &in);
        check_edits(a, &r, in, seed % 5 ? 1e-2 : 1e-3, SLOW ? 3 : 8, seed);
    }
}

TEST(an_edit_of_one_link_renews_few_closures_of_a_large_sparse_network)
{
    struct network_input in = supply_network(a, SPARSE, CLASS_MATRIX, 20000, 1);
    struct network *n = made(a, &in);
    struct risk_options o = { .tolerance = 1e-1 };
    struct ranking *ranking;
    CHECK_INT(ranking_make(a, n, &o, &ranking), OK);
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct rng r = { seed };
        struct links what;
        struct network_input now = edited(a, &r, &in, 1, &what);
        CHECK(ranking_renewed(check_edit(a, ranking, &now, &what, &o, seed)) < in.firms / 10);
    }
}

TEST(an_edit_of_no_link_renews_nothing)
{
    struct network_input in = supply_network(a, HEAVY_TAILED, CLASS_LIST, 300, 1);
    struct network *n = made(a, &in);
    struct risk_options o = { .tolerance = 1e-2 };
    struct ranking *first, *second;
    struct links nothing = { 0 };
    CHECK_INT(ranking_make(a, n, &o, &first), OK);
    CHECK_INT(ranking_edit(a, first, n, &nothing, &o, &second), OK);
    CHECK_INT(ranking_renewed(second), 0);
    CHECK(same_risks(ranking_risks(first), ranking_risks(second), in.firms));
}

TEST(a_ranking_by_another_tolerance_is_made_anew_and_one_of_other_firms_refused)
{
    struct network_input in = supply_network(a, SPARSE, CLASS_LIST, 300, 1), other = supply_network(a, SPARSE, CLASS_LIST, 301, 1);
    struct network *n = made(a, &in);
    struct risk_options o = { .tolerance = 1e-1 }, finer = { .tolerance = 1e-2 };
    struct ranking *first, *second;
    struct links nothing = { 0 };
    CHECK_INT(ranking_make(a, n, &o, &first), OK);
    CHECK_INT(ranking_edit(a, first, n, &nothing, &finer, &second), OK);
    CHECK_INT(ranking_renewed(second), in.firms);
    CHECK_INT(ranking_edit(a, first, made(a, &other), &nothing, &o, &second), ERR_INVALID);
}

TEST(a_ranking_that_is_asked_to_stop_stops)
{
    struct network_input in = supply_network(a, SPARSE, CLASS_LIST, 300, 1);
    struct network *n = made(a, &in);
    struct progress p = { 0 };
    struct risk_options o = { .tolerance = 1e-2, .progress = &p };
    struct ranking *ranking;
    struct links edit = { 1, in.links.supplier, in.links.customer, NULL };
    CHECK_INT(ranking_make(a, n, &o, &ranking), OK);
    p.stop = true;
    CHECK_INT(ranking_make(a, n, &o, &ranking), ERR_BUSY);
    CHECK_INT(ranking_edit(a, ranking, n, &edit, &o, &ranking), ERR_BUSY);
}
