/* Suggestions of a second supplier: who comes into question, and that the risks said are those of the network really changed. */
#include "supply_networks.h"
#include "base/hash.h"
#include "engine/network/diversify.h"
#include "test.h"

#include <string.h>


static struct network *made(struct arena *a, const struct network_input *in)
{
    struct network *n;
    CHECK_INT(network_make(a, in, &n), OK);
    return n;
}

/* The links as they would be written down after the move. */
static struct network *really_moved(struct arena *a, const struct network_input *in, uint32_t customer, uint32_t from, uint32_t to,
                                    double share)
{
    size_t n = in->links.n;
    uint32_t *supplier = NEW_ARRAY(a, uint32_t, n + 1), *customers = NEW_ARRAY(a, uint32_t, n + 1);
    double *value = NEW_ARRAY(a, double, n + 1);
    memcpy(supplier, in->links.supplier, n * sizeof *supplier);
    memcpy(customers, in->links.customer, n * sizeof *customers);
    memcpy(value, in->links.value, n * sizeof *value);
    for (size_t e = 0; e < n; e++) {
        if (supplier[e] != from || customers[e] != customer) continue;
        value[n] = value[e] * share;
        value[e] -= value[n];
    }
    supplier[n] = to, customers[n] = customer;
    struct network_input moved = *in;
    moved.links = (struct links){ n + 1, supplier, customers, value };
    return made(a, &moved);
}

static void check_really_so(struct arena *a, const struct network_input *in, const struct risk_options *o, const struct suggestion *s)
{
    uint32_t firms[] = { s->from, s->to };
    struct risk before[2], after[2];
    CHECK_INT(risk_closures(made(a, in), o, firms, 2, before), OK);
    CHECK_INT(risk_closures(really_moved(a, in, s->customer, s->from, s->to, s->share), o, firms, 2, after), OK);
    CHECK(s->before == before[0].total && s->to_before == before[1].total);
    CHECK(s->after == after[0].total && s->to_after == after[1].total);
    CHECK(s->after + s->to_after < s->before + s->to_before);
}

/* ---- by hand --------------------------------------------------------------------------------- */

/*
 * Industry 0: firms 0, 1 and 5.  Firm 2 buys what it needs of industry 0 from 0 alone, and sells to 3 and 4; 1 and 5 are smaller
 * than 0 and sell to 4 only.
 */
struct town {
    uint32_t industry[6], supplier[8], customer[8];
    double   value[8], spare[6];
    uint8_t  classes[9];
    size_t   links;
};
static const struct town town = {
    { 0, 0, 1, 2, 2, 0 }, { 0, 2, 2, 1, 5 }, { 2, 3, 4, 4, 4 }, { 100, 300, 300, 60, 20 }, { 0, 60, 0, 0, 0, 60 },
    { 1, 2, 1, 1, 1, 1, 1, 1, 1 }, 5 };

static struct network_input input_of(const struct town *t)
{
    return (struct network_input){ .firms = 6, .industries = 3, .industry = t->industry, .classes = t->classes,
                                   .links = { t->links, t->supplier, t->customer, t->value } };
}

static size_t suggested(struct arena *a, const struct town *t, struct suggestion **out)
{
    size_t count;
    struct network_input in = input_of(t);
    struct diversify_input how = { .network = made(a, &in), .spare = t->spare, .risk = { .tolerance = 1e-2, .threads = 1 } };
    CHECK_INT(diversify_customer(a, &how, 2, 10, out, &count), OK);
    for (size_t k = 0; k < count; k++) check_really_so(a, &in, &how.risk, &(*out)[k]);
    return count;
}

TEST(a_customer_with_one_source_is_told_of_the_others_in_the_industry)
{
    struct suggestion *s;
    CHECK_INT(suggested(a, &town, &s), 2);
    CHECK_INT(s[0].customer, 2);
    CHECK_INT(s[0].from, 0);
    CHECK(s[0].to != s[1].to && (s[0].to == 1 || s[0].to == 5) && (s[1].to == 1 || s[1].to == 5));
    CHECK(s[0].share == 0.5 && s[1].share == 0.5);
    CHECK(s[0].before - s[0].after + s[0].to_before - s[0].to_after >= s[1].before - s[1].after + s[1].to_before - s[1].to_after);
}

TEST(a_supplier_gets_what_it_has_room_for)
{
    struct town t = town;
    struct suggestion *s;
    t.spare[1] = 30, t.spare[5] = 24;
    CHECK_INT(suggested(a, &t, &s), 1);
    CHECK_INT(s[0].to, 1);
    CHECK(s[0].share == 0.25);
}

TEST(nobody_is_suggested_who_needs_the_same_supplier)
{
    struct town t = town;
    struct suggestion *s;
    t.classes[0] = 2;                               /* the industry needs itself: 5 buys from 0, and 1 from 5 */
    t.supplier[5] = 0, t.customer[5] = 5, t.value[5] = 5;
    t.supplier[6] = 5, t.customer[6] = 1, t.value[6] = 5;
    t.links = 7;
    CHECK_INT(suggested(a, &t, &s), 0);
}

TEST(an_input_that_is_not_essential_or_has_two_sources_asks_for_nothing)
{
    struct town t = town;
    struct suggestion *s;
    t.classes[1] = 1;
    CHECK_INT(suggested(a, &t, &s), 0);
    t = town;
    t.supplier[5] = 1, t.customer[5] = 2, t.value[5] = 10, t.links = 6;
    CHECK_INT(suggested(a, &t, &s), 0);
}

TEST(suggestions_for_nobody_or_with_room_below_zero_are_refused)
{
    struct town t = town;
    struct network_input in = input_of(&t);
    struct suggestion *s;
    size_t count;
    struct diversify_input how = { .network = made(a, &in), .spare = t.spare, .risk = { .tolerance = 1e-2, .threads = 1 } };
    CHECK_INT(diversify_customer(a, &how, 6, 10, &s, &count), ERR_INVALID);
    how.candidates = 65;
    CHECK_INT(diversify_network(a, &how, 10, &s, &count), ERR_INVALID);
    how.candidates = 0;
    t.spare[3] = -1;
    CHECK_INT(diversify_customer(a, &how, 2, 10, &s, &count), ERR_INVALID);
}

/* ---- made-up networks -------------------------------------------------------------------------- */

TEST(a_network_with_a_sale_moved_is_the_network_made_of_the_links_moved)
{
    struct rng r = { 5 };
    for (uint64_t seed = 0; seed < 40; seed++) {
        struct network_input in = supply_network(a, seed % 2 ? SPARSE : HEAVY_TAILED, CLASS_MATRIX, 40 + (uint32_t)seed, seed);
        double *revenue = NEW_ARRAY(a, double, in.firms), *weight = NEW_ARRAY(a, double, in.firms);
        for (uint32_t i = 0; i < in.firms; i++) revenue[i] = i % 3 ? 1e9 + i : NAN, weight[i] = i;
        if (seed % 4 > 1) in.weight = weight;
        if (seed % 4 > 1) in.revenue = revenue;
        struct network *n = made(a, &in);
        size_t e = rng_below(&r, in.links.n);
        uint32_t from = in.links.supplier[e], customer = in.links.customer[e];
        for (uint32_t to = 0; to < in.firms; to++) {
            bool free = to != from && in.industry[to] == in.industry[from];
            for (size_t l = 0; l < in.links.n; l++) free = free && !(in.links.supplier[l] == to && in.links.customer[l] == customer);
            if (!free) continue;
            struct network_input moved = in;
            double value = in.links.value[e] * 0.25, *after = NEW_ARRAY(a, double, in.firms);
            memcpy(after, revenue, in.firms * sizeof *after);
            after[from] -= value, after[to] += value;
            if (in.revenue) moved.revenue = after;
            struct network *got = network_moved(a, n, customer, from, to, value), *want = really_moved(a, &moved, customer, from, to, 0.25);
#define SAME(field, count) CHECK(!memcmp(got->field, want->field, (count) * sizeof *got->field))
            CHECK_INT(got->links, want->links);
            SAME(sold_at, n->firms + 1), SAME(sold_to, got->links), SAME(sold, got->links);
            SAME(bought_at, n->firms + 1), SAME(bought_from, got->links), SAME(bought, got->links);
            SAME(sales, n->firms), SAME(purchases, n->firms), SAME(weight, n->firms);
            for (uint32_t i = 0; i < n->firms; i++) CHECK(got->revenue[i] == want->revenue[i]);
            CHECK(got->all_sales == want->all_sales && got->all_weight == want->all_weight);
        }
    }
}

static bool same(const struct suggestion *x, const struct suggestion *y)
{
    return x->customer == y->customer && x->from == y->from && x->to == y->to && x->share == y->share && x->before == y->before &&
           x->after == y->after && x->to_before == y->to_before && x->to_after == y->to_after;
}

static double fall(const struct suggestion *s) { return s->before - s->after + s->to_before - s->to_after; }

TEST(the_network_is_told_of_its_best_moves_and_they_are_really_so_for_any_number_of_threads)
{
    for (int family = 0; family < 2; family++) {
        enum { N = 600, MOST = 12 };
        struct network_input in = supply_network(a, family ? HEAVY_TAILED : SPARSE, CLASS_MATRIX, N, 3);
        double *spare = NEW_ARRAY(a, double, N);
        for (uint32_t i = 0; i < N; i++) spare[i] = 1e9;
        struct suggestion *one, *three;
        size_t count, again;
        struct progress p = { 0 };
        struct diversify_input how = { .network = made(a, &in), .spare = spare,
                                       .risk = { .tolerance = 1e-3, .threads = 1, .progress = &p } };
        CHECK_INT(diversify_network(a, &how, MOST, &one, &count), OK);
        CHECK_INT(p.done, p.all);
        how.risk.threads = 3;
        CHECK_INT(diversify_network(a, &how, MOST, &three, &again), OK);
        CHECK(count > 0 && count <= MOST);
        CHECK_INT(again, count);
        for (size_t k = 0; k < count; k++) {
            CHECK(same(&one[k], &three[k]));
            check_really_so(a, &in, &how.risk, &one[k]);
            CHECK(!k || fall(&one[k - 1]) >= fall(&one[k]));
        }
        p.stop = true;
        CHECK_INT(diversify_network(a, &how, MOST, &three, &again), ERR_BUSY);
    }
}

TEST(a_network_without_links_has_nothing_to_suggest)
{
    uint32_t industry[2] = { 0 };
    struct network_input in = { .firms = 2, .industries = 1, .industry = industry };
    struct suggestion *s;
    size_t count;
    struct diversify_input how = { .network = made(a, &in), .risk = { .tolerance = 1e-2, .threads = 1 } };
    CHECK_INT(diversify_network(a, &how, 10, &s, &count), OK);
    CHECK_INT(count, 0);
    CHECK_INT(diversify_customer(a, &how, 1, 10, &s, &count), OK);
    CHECK_INT(count, 0);
}
