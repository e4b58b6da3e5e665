/* network.c - links in any order become a network: sums, orders, what is refused, how much memory it takes. */
#include "base/hash.h"
#include "engine/network/network.h"
#include "test.h"

#include <math.h>

#define NUMBERS(...) (const uint32_t[]){ __VA_ARGS__ }

/* Four firms of two industries; 0 and 2 are of industry 1.  A repeat, a link of value 0, a firm that sells to itself. */
static const uint32_t industry[] = { 1, 0, 1, 0 };
static struct network_input some_links(void)
{
    static const uint32_t supplier[] = { 2, 0, 1, 0, 3, 1, 2 }, customer[] = { 3, 3, 3, 3, 0, 1, 1 };
    static const double value[] = { 5, 1, 2, 0.5, 0, 4, 8 };
    return (struct network_input){ .firms = 4, .industries = 2, .industry = industry, .links = { 7, supplier, customer, value } };
}

static const struct network *made(struct arena *a, const struct network_input *in)
{
    struct network *n;
    CHECK_INT(network_make(a, in, &n), OK);
    return n;
}

TEST(repeated_links_are_summed_and_links_of_no_value_dropped)
{
    struct network_input in = some_links();
    const struct network *n = made(a, &in);
    CHECK_INT(n->links, 5);
    CHECK_INT(n->sold_at[1] - n->sold_at[0], 1);
    CHECK(n->sold_to[0] == 3 && n->sold[0] == 1.5);
    CHECK_INT(n->sold_at[4] - n->sold_at[3], 0);
}

TEST(sales_go_by_customer_and_purchases_by_the_suppliers_industry_then_supplier)
{
    struct network_input in = some_links();
    const struct network *n = made(a, &in);
    static const uint32_t sold_to[] = { 3, 1, 3, 1, 3 }, bought_from[] = { 1, 2, 1, 0, 2 };
    static const double   sold[] = { 1.5, 4, 2, 8, 5 }, bought[] = { 4, 8, 2, 1.5, 5 };
    CHECK(!memcmp(n->sold_to, sold_to, sizeof sold_to) && !memcmp(n->sold, sold, sizeof sold));
    CHECK(!memcmp(n->bought_from, bought_from, sizeof bought_from) && !memcmp(n->bought, bought, sizeof bought));
    CHECK(n->bought_at[1] == 0 && n->bought_at[2] == 2 && n->bought_at[3] == 2 && n->bought_at[4] == 5);
}

TEST(sums_are_sales_and_purchases_and_stand_in_where_nothing_is_given)
{
    struct network_input in = some_links();
    in.revenue = (const double[]){ 10, NAN, 0, 7 };
    const struct network *n = made(a, &in);
    CHECK(n->sales[0] == 1.5 && n->sales[1] == 6 && n->sales[2] == 13 && n->sales[3] == 0);
    CHECK(n->purchases[0] == 0 && n->purchases[1] == 12 && n->purchases[2] == 0 && n->purchases[3] == 8.5);
    CHECK(n->revenue[0] == 10 && n->revenue[1] == 6 && n->revenue[2] == 0 && n->revenue[3] == 7);
    CHECK(n->all_sales == 20.5 && n->all_weight == 20.5);
    for (uint32_t i = 0; i < 4; i++)
        for (uint32_t j = 0; j < 4; j++) CHECK_INT(network_class(n, i, j), 1);
}

/* In another order, values that add up the same in any order. */
TEST(the_order_of_links_makes_no_difference)
{
    enum { FIRMS = 50, LINK_COUNT = 400 };
    struct rng r = { 5 };
    uint32_t industries[FIRMS], supplier[LINK_COUNT], customer[LINK_COUNT];
    double value[LINK_COUNT];
    for (uint32_t i = 0; i < FIRMS; i++) industries[i] = (uint32_t)rng_below(&r, 7);
    for (size_t e = 0; e < LINK_COUNT; e++) {
        supplier[e] = (uint32_t)rng_below(&r, FIRMS);
        customer[e] = (uint32_t)rng_below(&r, FIRMS);
        value[e] = (double)rng_below(&r, 100);
    }
    struct network_input in = { .firms = FIRMS, .industries = 7, .industry = industries, .links = { LINK_COUNT, supplier, customer, value } };
    const struct network *one = made(a, &in);
    for (size_t e = LINK_COUNT - 1; e > 0; e--) {
        size_t other = rng_below(&r, e + 1);
        uint32_t s = supplier[e], c = customer[e];
        double v = value[e];
        supplier[e] = supplier[other], customer[e] = customer[other], value[e] = value[other];
        supplier[other] = s, customer[other] = c, value[other] = v;
    }
    const struct network *two = made(a, &in);
    CHECK_INT(one->links, two->links);
    CHECK(!memcmp(one->sold_to, two->sold_to, one->links * sizeof *one->sold_to));
    CHECK(!memcmp(one->sold, two->sold, one->links * sizeof *one->sold));
    CHECK(!memcmp(one->bought_from, two->bought_from, one->links * sizeof *one->bought_from));
    CHECK(!memcmp(one->bought, two->bought, one->links * sizeof *one->bought));
}

TEST(numbers_out_of_range_are_refused)
{
    struct network *n;
    struct network_input in = some_links();
    static const double not_amounts[] = { -1, NAN, INFINITY, -INFINITY };
    for (size_t k = 0; k < COUNT(not_amounts); k++) {
        double value[7] = { 1, 1, 1, not_amounts[k], 1, 1, 1 }, of_firm[4] = { 1, 1, 1, not_amounts[k] };
        in = some_links(), in.links.value = value;
        CHECK_INT(network_make(a, &in, &n), ERR_INVALID);
        in = some_links(), in.weight = of_firm;
        CHECK_INT(network_make(a, &in, &n), ERR_INVALID);
        in = some_links(), in.revenue = of_firm;
        CHECK_INT(network_make(a, &in, &n), isnan(not_amounts[k]) ? OK : ERR_INVALID);
    }
    in = some_links(), in.links.supplier = NUMBERS(0, 1, 2, 3, 4, 0, 0);
    CHECK_INT(network_make(a, &in, &n), ERR_INVALID);
    in = some_links(), in.links.customer = NUMBERS(0, 1, 2, 3, UINT32_MAX, 0, 0);
    CHECK_INT(network_make(a, &in, &n), ERR_INVALID);
    in = some_links(), in.industries = 1;
    CHECK_INT(network_make(a, &in, &n), ERR_INVALID);
    in = some_links(), in.classes = (const uint8_t[]){ 0, 1, 2, 3 };
    CHECK_INT(network_make(a, &in, &n), ERR_INVALID);
    in = some_links(), in.links.value = (const double[]){ 1e308, 1e308, 1, 1, 1, 1, 1 };
    CHECK_INT(network_make(a, &in, &n), ERR_INVALID);
    in = some_links(), in.links.n = (size_t)UINT32_MAX + 1;
    CHECK_INT(network_make(a, &in, &n), ERR_TOO_BIG);
}

TEST(a_network_of_nobody_is_one)
{
    struct network_input in = { 0 };
    const struct network *n = made(a, &in);
    CHECK_INT(n->links, 0);
    CHECK_INT(n->sold_at[0] + n->bought_at[0], 0);
}

/* All firms sell to the first ones, twice; nobody else's memory is touched. */
TEST(a_network_takes_no_more_memory_than_was_said)
{
    static const struct { uint32_t firms, industries; size_t links; } sizes[] = {
        { 1, 1, 0 }, { 1, 1, 3 }, { 1000, 3, 10 }, { 10, 700, 100000 }, { 50000, 600, 200000 }, { 300000, 2, 1000 } };
    for (size_t k = 0; k < COUNT(sizes); k++) {
        uint32_t firms = sizes[k].firms;
        size_t links = sizes[k].links;
        uint32_t *g = NEW_ARRAY(a, uint32_t, firms), *supplier = NEW_ARRAY(a, uint32_t, links), *customer = NEW_ARRAY(a, uint32_t, links);
        double *value = NEW_ARRAY(a, double, links);
        for (uint32_t i = 0; i < firms; i++) g[i] = i % sizes[k].industries;
        for (size_t e = 0; e < links; e++) {
            supplier[e] = (uint32_t)(e / 2 % firms);
            customer[e] = (uint32_t)(e / 2 / firms % firms);
            value[e] = 1;
        }
        struct network_input in = { .firms = firms, .industries = sizes[k].industries, .industry = g,
                                    .links = { links, supplier, customer, value } };
        struct arena own = arena_make(network_bytes(firms, sizes[k].industries, links), NULL);      /* ends the program when full */
        const struct network *n = made(&own, &in);
        CHECK(n->links <= links);
        arena_free(&own);
    }
}
