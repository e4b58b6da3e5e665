/* Time to survive and risk exposure: small networks worked out by hand, then random tiny ones against a search over everything
 * that others might supply, with the losses followed plainly. */
#include "test.h"
#include "base/hash.h"
#include "engine/network/recovery.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FIRMS = 8, INDUSTRIES = 3, LINKS = 24, CHOICES = 3 };

/* A network written down in a test. */
struct sketch {
    uint32_t firms, industry[FIRMS], supplier[LINKS], customer[LINKS];
    size_t   links;
    double   value[LINKS], revenue[FIRMS];
    uint8_t  classes[INDUSTRIES * INDUSTRIES];
    double   recover[FIRMS], stock[FIRMS], spare[FIRMS];
    uint32_t depth;
};

static struct network *network_of(struct arena *a, const struct sketch *s)
{
    struct network *n;
    struct network_input in = { .firms = s->firms, .industries = INDUSTRIES, .industry = s->industry, .revenue = s->revenue,
                                .links = { s->links, s->supplier, s->customer, s->value }, .classes = s->classes };
    CHECK_INT(network_make(a, &in, &n), OK);
    return n;
}

static struct recovery_input input_of(const struct sketch *s)
{
    return (struct recovery_input){ s->recover, s->stock, s->spare, s->depth };
}

static struct recovery recovery_for(struct arena *a, const struct sketch *s, uint32_t firm)
{
    struct recovery r;
    struct recovery_input in = input_of(s);
    CHECK_INT(recovery_of(network_of(a, s), &in, &firm, 1, 1, NULL, &r), OK);
    return r;
}

static bool near(double got, double want)
{
    if (got == want || fabs(got - want) <= 1e-6 * fabs(want)) return true;
    fprintf(stderr, "got %.17g, want %.17g\n", got, want);
    return false;
}

#define CHECK_NEAR(got, want) CHECK(near(got, want))

/* ---- by hand; all are out for a tenth of a year ---------------------------------------------- */

#define TENTH { 36.5, 36.5, 36.5, 36.5, 36.5, 36.5, 36.5, 36.5 }
#define ESSENTIAL { 2, 2, 2, 2, 2, 2, 2, 2, 2 }
#define PARTIAL { 1, 1, 1, 1, 1, 1, 1, 1, 1 }

/* 0 sells 1 for 100, 1 sells 2 for 200, and 2 sells 300 to the world. */
#define CHAIN .firms = 3, .industry = { 0, 1, 2 }, .links = 2, .supplier = { 0, 1 }, .customer = { 1, 2 }, .value = { 100, 200 }, \
    .revenue = { 100, 200, 300 }, .recover = TENTH

/* 0 and 1 of one industry sell 60 and 40 to 2, 3 of another sells 2 100; 2 sells 500 to the world. */
#define TWO_SUPPLIERS .firms = 4, .industry = { 0, 0, 2, 1 }, .links = 3, .supplier = { 0, 1, 3 }, .customer = { 2, 2, 2 }, \
    .value = { 60, 40, 100 }, .revenue = { 60, 40, 500, 100 }, .recover = TENTH

TEST(a_chain_without_stock_loses_all_that_follows)
{
    struct sketch s = { CHAIN, .classes = ESSENTIAL };
    struct recovery first = recovery_for(a, &s, 0), second = recovery_for(a, &s, 1), last = recovery_for(a, &s, 2);
    CHECK_NEAR(first.exposure, (200 + 300) / 10.0);
    CHECK_NEAR(first.survive_days, 0);
    CHECK(first.at_risk);
    CHECK_NEAR(second.exposure, 300 / 10.0);
    CHECK_NEAR(last.exposure, 0);
    CHECK_NEAR(last.survive_days, INFINITY);
    CHECK(!last.at_risk);
}

TEST(only_the_tiers_asked_for_are_looked_at)
{
    struct sketch s = { CHAIN, .classes = ESSENTIAL, .depth = 1 };
    CHECK_NEAR(recovery_for(a, &s, 0).exposure, 20);
    s.depth = 2;
    CHECK_NEAR(recovery_for(a, &s, 0).exposure, 50);
}

TEST(stock_goes_first_that_of_the_firm_that_is_out_and_that_of_its_customers)
{
    struct sketch s = { CHAIN, .classes = ESSENTIAL, .stock = { 10, 20, 5 } };
    struct recovery r = recovery_for(a, &s, 0);
    CHECK_NEAR(r.survive_days, 30);
    CHECK_NEAR(r.exposure, 200 * 6.5 / 365 + 300 * 1.5 / 365);      /* what is left of 36.5 days after 30, then after 5 more */
    s.recover[0] = 30;
    CHECK(!recovery_for(a, &s, 0).at_risk);
    CHECK_NEAR(recovery_for(a, &s, 0).exposure, 0);
}

TEST(the_other_supplier_steps_in_with_what_it_has_spare)
{
    struct sketch s = { TWO_SUPPLIERS, .classes = ESSENTIAL, .spare = { 0, 0.5, 0, 0 } };
    CHECK_NEAR(recovery_for(a, &s, 0).exposure, (60 - 20) / 100.0 * 50);
    s.spare[1] = 1.5;
    CHECK_NEAR(recovery_for(a, &s, 0).exposure, 0);
    CHECK_NEAR(recovery_for(a, &s, 0).survive_days, INFINITY);
    CHECK_NEAR(recovery_for(a, &s, 1).exposure, 0.4 * 50);          /* nobody has anything spare for those 40 */
}

TEST(what_is_replaceable_in_part_hurts_by_its_share_of_all_purchases)
{
    struct sketch s = { TWO_SUPPLIERS, .classes = PARTIAL, .spare = { 0, 0.5, 0, 0 } };
    CHECK_NEAR(recovery_for(a, &s, 0).exposure, (60 - 20) / 200.0 * 50);
    memset(s.classes, 0, sizeof s.classes);
    CHECK_NEAR(recovery_for(a, &s, 0).exposure, 0);
    CHECK_NEAR(recovery_for(a, &s, 0).survive_days, INFINITY);
}

TEST(spare_capacity_goes_where_it_saves_most)
{
    /* 0 sells 50 to 2, which makes 1,000 of it, and 50 to 3, which makes 100; 1 has 20 spare. */
    struct sketch s = { .firms = 4, .industry = { 0, 0, 1, 1 }, .links = 2, .supplier = { 0, 0 }, .customer = { 2, 3 },
                        .value = { 50, 50 }, .revenue = { 100, 20, 1000, 100 }, .classes = ESSENTIAL, .recover = TENTH,
                        .spare = { 0, 1 } };
    CHECK_NEAR(recovery_for(a, &s, 0).exposure, (1000 * 30 / 50.0 + 100) / 10);
}

TEST(spare_capacity_is_there_in_the_measure_in_which_its_owner_works)
{
    /* 0 is out, so 1 loses half of what it makes for 3; 2, of the industry of 1, needs half of 0 too and has 40 spare at full work. */
    struct sketch s = { .firms = 4, .industry = { 0, 1, 1, 2 }, .links = 5, .supplier = { 0, 0, 1, 2, 2 },
                        .customer = { 1, 2, 3, 3, 1 }, .value = { 50, 50, 100, 100, 50 }, .revenue = { 100, 100, 100, 1000 },
                        .classes = { 1, 1, 1, 0, 0, 1, 1, 1, 1 }, .recover = TENTH, .spare = { 0, 0, 0.4, 0 } };
    /* 1 buys 50 of 0 and 50 of 2 (without effect): loses 0.5.  2 buys 50 of 0 only: loses all, and nothing of it is spare. */
    CHECK_NEAR(recovery_for(a, &s, 0).exposure, (0.5 * 100 + 100 + (0.5 * 100 + 100) / 200 * 1000) / 10);
    s.stock[2] = 36.5;                                              /* now 2 works on, and half of the 1's 50 are 40 of 2's */
    CHECK_NEAR(recovery_for(a, &s, 0).exposure, (0.5 * 100 + (50 - 40) / 200.0 * 1000) / 10);
}

TEST(time_to_survive_ends_where_the_shortage_overtakes_what_others_supply)
{
    /* Customers 2 and 3 hold 10 and 40 days; 1 has 30 a year spare.  After day 10 customer 2 lacks 60 a year: 60 (T - 10) = 30 T at
     * T = 20.  With 50 spare it lasts longer than 40 days, and then 100 a year are missing: 60 (T - 10) + 40 (T - 40) = 50 T. */
    struct sketch s = { .firms = 4, .industry = { 0, 0, 1, 1 }, .links = 2, .supplier = { 0, 0 }, .customer = { 2, 3 },
                        .value = { 60, 40 }, .revenue = { 100, 100, 1, 1 }, .classes = ESSENTIAL, .recover = TENTH,
                        .stock = { 0, 0, 10, 40 }, .spare = { 0, 0.3 } };
    CHECK_NEAR(recovery_for(a, &s, 0).survive_days, 20);
    s.spare[1] = 0.5;
    CHECK_NEAR(recovery_for(a, &s, 0).survive_days, (60 * 10 + 40 * 40) / 50.0);
}

TEST(a_firm_whose_time_to_recover_is_unknown_has_a_time_to_survive_and_no_exposure)
{
    struct sketch s = { CHAIN, .classes = ESSENTIAL, .stock = { 3 } };
    s.recover[0] = NAN;
    struct recovery r = recovery_for(a, &s, 0);
    CHECK(isnan(r.exposure) && !r.at_risk);
    CHECK_NEAR(r.survive_days, 3);
}

TEST(numbers_out_of_range_are_refused)
{
    struct sketch s = { CHAIN, .classes = ESSENTIAL };
    struct network *n = network_of(a, &s);
    struct recovery_input in = input_of(&s);
    struct recovery r[FIRMS];
    double *const fields[] = { s.recover, s.stock, s.spare }, wrong[] = { -1, INFINITY, NAN };
    for (size_t f = 0; f < COUNT(fields); f++)
        for (size_t w = 0; w < COUNT(wrong); w++) {
            double kept = fields[f][1];
            fields[f][1] = wrong[w];
            CHECK_INT(recovery_of(n, &in, NULL, 3, 1, NULL, r), !f && isnan(wrong[w]) ? OK : ERR_INVALID);
            fields[f][1] = kept;
        }
    uint32_t nobody = 3;
    CHECK_INT(recovery_of(n, &in, &nobody, 1, 1, NULL, r), ERR_INVALID);
}

TEST(it_says_how_far_it_is_and_stops_when_asked)
{
    struct sketch s = { CHAIN, .classes = ESSENTIAL };
    struct network *n = network_of(a, &s);
    struct recovery_input in = input_of(&s);
    struct recovery r[FIRMS];
    struct progress p = { 0 };
    CHECK_INT(recovery_of(n, &in, NULL, 3, 2, &p, r), OK);
    CHECK_INT(p.done, 3);
    CHECK_INT(p.all, 3);
    p.stop = true;
    CHECK_INT(recovery_of(n, &in, NULL, 3, 2, &p, r), ERR_BUSY);
}

/* ---- random tiny networks --------------------------------------------------------------------- */

static double one_of(struct rng *r, const double *p, size_t n) { return p[rng_below(r, n)]; }
#define ONE_OF(r, ...) one_of(r, (const double[]){ __VA_ARGS__ }, sizeof (const double[]){ __VA_ARGS__ } / sizeof(double))

static struct sketch random_sketch(struct rng *r)
{
    struct sketch s = { .firms = 3 + (uint32_t)rng_below(r, 4), .depth = 1 + (uint32_t)rng_below(r, 4) };
    for (uint32_t i = 0; i < s.firms; i++) {
        s.industry[i] = (uint32_t)rng_below(r, INDUSTRIES);
        s.revenue[i] = ONE_OF(r, 0, 50, 100, 300);
        s.recover[i] = ONE_OF(r, 5, 20, 60, 365);
        s.stock[i] = ONE_OF(r, 0, 0, 3, 15, 90);
        s.spare[i] = ONE_OF(r, 0, 0, 0.1, 0.3, 2);
    }
    for (size_t k = 0; k < COUNT(s.classes); k++) s.classes[k] = (uint8_t)ONE_OF(r, 0, 1, 1, 2, 2);
    s.links = 2 + rng_below(r, 9);
    for (size_t e = 0; e < s.links; e++) {
        s.supplier[e] = (uint32_t)rng_below(r, s.firms);
        s.customer[e] = (uint32_t)rng_below(r, s.firms);
        s.value[e] = ONE_OF(r, 1, 10, 30, 75);
    }
    return s;
}

/* What customer j gets of industry k from others, and the losses that are left: the definition, followed plainly. */
struct plan { size_t n; uint32_t customer[CHOICES], industry[CHOICES]; double amount[CHOICES]; };

static double instead(const struct plan *p, uint32_t j, uint32_t k)
{
    for (size_t c = 0; c < p->n; c++)
        if (p->customer[c] == j && p->industry[c] == k) return p->amount[c];
    return 0;
}

static double lost_share(const struct sketch *s, const struct plan *p, const double *lost, uint32_t j)
{
    double essential = 0, partial = 0, all = 0;
    for (size_t e = 0; e < s->links; e++) all += s->customer[e] == j ? s->value[e] : 0;
    for (uint32_t k = 0; k < INDUSTRIES; k++) {
        double missing = -instead(p, j, k), bought = 0;
        int    class = s->classes[k * INDUSTRIES + s->industry[j]];
        for (size_t e = 0; e < s->links; e++)
            if (s->customer[e] == j && s->industry[s->supplier[e]] == k) {
                bought += s->value[e];
                missing += s->value[e] * lost[s->supplier[e]];
            }
        if (missing <= 0) continue;
        if (class == 2) essential = fmax(essential, missing / bought);
        if (class == 1) partial += missing / all;
    }
    return fmax(essential, partial);
}

/* INFINITY: more than there is spare. */
static double output_lost(const struct sketch *s, uint32_t x, const struct plan *p)
{
    double lost[FIRMS] = { 0 }, next[FIRMS], sum = 0, days = s->recover[x];
    lost[x] = fmax(0, 1 - s->stock[x] / days);
    for (uint32_t t = 0; t < s->depth; t++) {
        for (uint32_t j = 0; j < s->firms; j++) next[j] = j == x ? lost[x] : fmax(0, fmin(1, lost_share(s, p, lost, j)) - s->stock[j] / days);
        memcpy(lost, next, sizeof lost);
    }
    for (uint32_t k = 0; k < INDUSTRIES; k++) {
        double spare = 1e-9;
        for (uint32_t i = 0; i < s->firms; i++) spare += i != x && s->industry[i] == k ? s->spare[i] * s->revenue[i] * (1 - lost[i]) : 0;
        for (size_t c = 0; c < p->n; c++) spare -= p->industry[c] == k ? p->amount[c] : 0;
        if (spare < 0) return INFINITY;
    }
    for (uint32_t i = 0; i < s->firms; i++) sum += i == x ? 0 : s->revenue[i] * lost[i];
    return sum * days / 365;
}

/* All customers and industries that others could supply to; false if they are more than can be searched. */
static bool choices(const struct sketch *s, uint32_t x, struct plan *p)
{
    for (uint32_t k = 0; k < INDUSTRIES; k++) {
        double spare = 0;
        for (uint32_t i = 0; i < s->firms; i++) spare += i != x && s->industry[i] == k ? s->spare[i] * s->revenue[i] : 0;
        for (uint32_t j = 0; j < s->firms && spare > 0; j++)
            for (size_t e = 0; e < s->links; e++) {
                if (j == x || s->customer[e] != j || s->industry[s->supplier[e]] != k || !s->classes[k * INDUSTRIES + s->industry[j]]) continue;
                if (p->n == CHOICES) return false;
                p->customer[p->n] = j, p->industry[p->n++] = k;
                break;
            }
    }
    return true;
}

static double output_lost_with(const struct sketch *s, uint32_t x, const struct plan *p, double share)
{
    struct plan part = *p;
    for (size_t c = 0; c < p->n; c++) part.amount[c] *= share;
    return output_lost(s, x, &part);
}

/* With the greatest share of the plan for which there is spare capacity. */
static double output_lost_within(const struct sketch *s, uint32_t x, const struct plan *p)
{
    double least = 0, most = 1, lost = output_lost(s, x, p);
    if (lost < INFINITY) return lost;
    for (int halving = 0; halving < 16; halving++) {
        double share = (least + most) / 2;
        *(output_lost_with(s, x, p, share) < INFINITY ? &least : &most) = share;
    }
    return output_lost_with(s, x, p, least);
}

/* The best plan of a grid, then of grids around it, finer whenever there is nothing better. */
static double search(const struct sketch *s, uint32_t x, struct plan *p)
{
    enum { STEPS = 5, ROUNDS = 30 };
    double best = INFINITY, middle[CHOICES], wide = 40;
    for (size_t c = 0; c < p->n; c++) middle[c] = wide;
    for (int round = 0; round < ROUNDS && wide > 0.1; round++) {
        double before = best, at[CHOICES] = { 0 };
        size_t tries = 1;
        for (size_t c = 0; c < p->n; c++) tries *= STEPS, at[c] = middle[c];
        for (size_t t = 0; t < tries; t++) {
            size_t digits = t;
            for (size_t c = 0; c < p->n; c++, digits /= STEPS)
                p->amount[c] = fmax(0, middle[c] + wide * (2.0 * (double)(digits % STEPS) / (STEPS - 1) - 1));
            double lost = output_lost_within(s, x, p);
            if (lost < best) best = lost, memcpy(at, p->amount, sizeof at);
        }
        memcpy(middle, at, sizeof at);
        if (best >= before * (1 - 1e-4)) wide /= 2;
    }
    return best;
}

TEST(exposure_is_what_a_search_over_all_that_others_might_supply_finds)
{
    struct rng r = { 20261122 };
    size_t searched = 0, with_choice = 0;
    for (int round = 0; round < 200; round++) {
        struct sketch s = random_sketch(&r);
        for (uint32_t x = 0; x < s.firms; x++) {
            struct plan p = { 0 };
            if (!choices(&s, x, &p)) continue;
            struct recovery got = recovery_for(a, &s, x);
            double worst = output_lost(&s, x, &(struct plan){ 0 }), want = worst > 0 ? search(&s, x, &p) : 0;
            searched++;
            with_choice += want < worst * 0.999;
            bool same = got.exposure <= want + 1e-6 * worst && got.exposure >= want - 0.01 * worst - 1e-4;
            if (!same) fprintf(stderr, "round %d, firm %u: got %.10g, search %.10g, worst %.10g\n", round, x, got.exposure, want, worst);
            CHECK(same);
        }
    }
    CHECK(searched > 300 && with_choice > 30);
}

TEST(exposure_begins_where_time_to_survive_ends_and_never_falls_with_time)
{
    struct rng r = { 7 };
    for (int round = 0; round < 400; round++) {
        struct sketch s = random_sketch(&r);
        uint32_t x = (uint32_t)rng_below(&r, s.firms);
        double survive, before = 0;
        for (uint32_t i = 0; i < s.firms; i++) s.revenue[i] = fmax(s.revenue[i], 1);
        survive = recovery_for(a, &s, x).survive_days;
        for (int length = 0; length < 19; length++) {
            double days = s.recover[x] = pow(1.5, length);
            struct recovery got = recovery_for(a, &s, x);
            CHECK_NEAR(got.survive_days, survive);
            CHECK_INT(got.at_risk, days > survive);
            CHECK(days > survive ? days < survive * 1.001 || got.exposure > 0 : got.exposure == 0);
            CHECK(got.exposure >= before - 1e-5 * fabs(before));
            before = got.exposure;
        }
    }
}

/* ---- large and strange ------------------------------------------------------------------------ */

/* A hub with thousands of customers who sell to each other, little spare, values over many orders of magnitude. */
static struct network *hub(struct arena *a, uint32_t firms, double least, double most)
{
    struct rng r = { firms };
    size_t n = 4 * (size_t)firms;
    uint32_t *industry = NEW_ARRAY(a, uint32_t, firms), *supplier = NEW_ARRAY(a, uint32_t, n), *customer = NEW_ARRAY(a, uint32_t, n);
    double *value = NEW_ARRAY(a, double, n);
    const uint8_t classes[] = { 2, 2, 1, 1, 1, 2, 1, 2, 1 };
    for (uint32_t i = 0; i < firms; i++) industry[i] = i ? (uint32_t)rng_below(&r, 3) : 0;
    for (size_t e = 0; e < n; e++) {
        supplier[e] = e < firms ? 0 : (uint32_t)rng_below(&r, firms);
        customer[e] = e < firms ? (uint32_t)e : (uint32_t)rng_below(&r, firms);
        value[e] = exp(log(least) + (log(most) - log(least)) * (double)rng_below(&r, 1000) / 999);
    }
    struct network_input in = { .firms = firms, .industries = 3, .industry = industry, .classes = classes,
                                .links = { n, supplier, customer, value } };
    struct network *made;
    CHECK_INT(network_make(a, &in, &made), OK);
    return made;
}

static double *filled(struct arena *a, uint32_t n, double value)
{
    double *p = NEW_ARRAY(a, double, n);
    for (uint32_t i = 0; i < n; i++) p[i] = value;
    return p;
}

TEST(any_number_of_threads_gives_the_same_bytes)
{
    enum { N = 400 };
    struct network *n = hub(a, N, 1, 1e4);
    struct recovery_input in = { filled(a, N, 30), filled(a, N, 2), filled(a, N, 1e-4), 3 };
    struct recovery *one = NEW_ARRAY(a, struct recovery, N), *four = NEW_ARRAY(a, struct recovery, N);
    CHECK_INT(recovery_of(n, &in, NULL, N, 1, NULL, one), OK);
    CHECK_INT(recovery_of(n, &in, NULL, N, 4, NULL, four), OK);
    size_t at_risk = 0;
    for (size_t i = 0; i < N; i++) {
        CHECK(one[i].exposure == four[i].exposure && one[i].survive_days == four[i].survive_days);
        at_risk += one[i].at_risk && one[i].exposure > 0;
    }
    CHECK(at_risk > N / 2);
}

TEST(huge_and_degenerate_networks_have_an_answer)
{
    const struct { double least, most, spare; } kinds[] = { { 1, 1, 0.01 }, { 1e-300, 1e300, 0.1 }, { 1e-9, 1e12, 0.2 }, { 1, 1e6, 1e-12 } };
    enum { N = 1000 };
    for (size_t k = 0; k < COUNT(kinds); k++) {
        struct network *n = hub(a, N, kinds[k].least, kinds[k].most);
        struct recovery_input in = { filled(a, N, 30), filled(a, N, 1), filled(a, N, kinds[k].spare), 2 };
        uint32_t firms[] = { 0, 1, N - 1 };
        struct recovery r[COUNT(firms)];
        CHECK_INT(recovery_of(n, &in, firms, COUNT(firms), 2, NULL, r), OK);
        for (size_t i = 0; i < COUNT(firms); i++) CHECK(r[i].exposure >= 0 && r[i].exposure < INFINITY && !r[i].at_most);
        CHECK(r[0].exposure > 0);
    }
}

TEST(a_program_too_large_gives_what_is_lost_if_nobody_steps_in_and_says_so)
{
    enum { N = 8000 };
    struct network *n = hub(a, N, 1, 1e4);
    struct recovery_input in = { filled(a, N, 30), NULL, filled(a, N, 0.001), 3 }, alone = { filled(a, N, 30), NULL, NULL, 3 };
    uint32_t firm = 0;
    struct recovery r, worst;
    CHECK_INT(recovery_of(n, &in, &firm, 1, 1, NULL, &r), OK);
    CHECK_INT(recovery_of(n, &alone, &firm, 1, 1, NULL, &worst), OK);
    CHECK(r.at_most && !worst.at_most);
    CHECK_NEAR(r.exposure, worst.exposure);
}
