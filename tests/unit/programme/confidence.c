/* confidence.c - links given in confidence: for their giver's eyes alone, and in blends from which none of them can be had back. */
#include "programme/network/confidence.h"

#include "base/hash.h"
#include "fixture.h"
#include "model/explain.h"
#include "model/merge.h"
#include "model/save.h"

#include <math.h>

enum { FIRMS = 24 };

/* FIRMS enterprises, of whom the n-th has the number n. */
static void people_the_register(struct work *w, void *unused)
{
    struct buf csv = buf_make(w->a);
    put_z(&csv, "Tên doanh nghiệp,Xã/phường\n");
    for (int i = 1; i <= FIRMS; i++) put_f(&csv, "Công ty Số %d %c,Phường Ba Đình\n", i * 137, 'A' + i);
    import_text(w, str_z(w->a, buf_str(&csv)));
    CHECK_INT(count_of(w, "enterprise"), FIRMS);
}

struct giving { int64_t giver, partner, value, id; bool withdraw; };

static enum err give(struct work *w, void *arg)
{
    struct giving *g = arg;
    struct record *was = NULL, *now;
    bool changed;
    if (g->id) TRY(record_load(w, &confidential_link, g->id, &was));
    if (g->withdraw) return record_delete(w, was);
    now = was ? record_copy(w->a, was) : record_make(w->a, &confidential_link);
    now->v[CONFIDENTIAL_GIVER] = v_int(g->giver);
    now->v[CONFIDENTIAL_PARTNER] = v_int(g->partner);
    now->v[CONFIDENTIAL_DIRECTION] = v_text(g->giver % 2 ? S("buys") : S("sells"));
    now->v[CONFIDENTIAL_PRODUCT] = v_text(S("Bánh răng"));
    now->v[CONFIDENTIAL_VALUE] = v_int(g->value);
    TRY(record_save(w, was, now, &changed));
    g->id = now->id;
    return OK;
}

static int64_t given(struct work *w, int64_t giver, int64_t partner, int64_t value)
{
    struct giving g = { giver, partner, value };
    CHECK_INT(work_write(w, give, &g), OK);
    return g.id;
}
static void stated_anew(struct work *w, int64_t id, int64_t giver, int64_t partner, int64_t value)
{
    CHECK_INT(work_write(w, give, &(struct giving){ giver, partner, value, id }), OK);
}
static void withdrawn(struct work *w, int64_t id) { CHECK_INT(work_write(w, give, &(struct giving){ .id = id, .withdraw = true }), OK); }

/* The values of the blends, "60 15". */
static Str blends(struct work *w)
{
    struct blend *all;
    size_t n;
    struct buf b = buf_make(w->a);
    CHECK_INT(blends_read(w, &all, &n), OK);
    for (size_t i = 0; i < n; i++) put_f(&b, "%s%.0f", i ? " " : "", all[i].value);
    return buf_str(&b);
}

/* ---- whose it is ------------------------------------------------------------------------------------ */

TEST_REGISTER(nobody_but_its_giver_may_do_anything_with_a_confidential_link)
{
    people_the_register(w, NULL);
    struct record *r;
    int64_t id = given(w, 1, 2, 10);
    CHECK_INT(record_load(w, &confidential_link, id, &r), OK);
    struct work *giver = someone(w, "mot@mot.vn", "enterprise", 1, NULL), *partner = someone(w, "hai@hai.vn", "enterprise", 2, NULL);
    const struct work *others[] = { w, partner, work_of(w, OFFICER | ADMIN | LEADER | FINANCE | WARD | AGENCY), work_of(w, VISITOR), work_of(w, SYSTEM) };
    CHECK_INT(reach_of(giver, r).may, MAY_READ | MAY_CREATE | MAY_CHANGE | MAY_DELETE);
    for (size_t i = 0; i < COUNT(others); i++) {
        CHECK_INT(reach_of(others[i], r).may, 0);
        CHECK(!record_visible(others[i], r) && !record_listed(others[i], r));
        CHECK_INT(may_save(others[i], NULL, r, NULL), ERR_DENIED);
        CHECK_INT(may_save(others[i], r, NULL, NULL), ERR_DENIED);
        if (others[i] != partner) CHECK(!may_list(others[i], &confidential_link));
    }
}

TEST_REGISTER(the_giver_enters_changes_and_withdraws_it_through_the_forms)
{
    people_the_register(w, NULL);
    struct work *giver = someone(w, "mot@mot.vn", "enterprise", 1, NULL);
    struct record *r = record_make(w->a, &confidential_link);
    r->v[CONFIDENTIAL_DIRECTION] = v_text(S("sells"));
    r->v[CONFIDENTIAL_PRODUCT] = v_text(S("Trục"));
    r->v[CONFIDENTIAL_VALUE] = v_int(7);
    CHECK_INT(record_keep(giver, &(struct saving){ .now = r }), ERR_INVALID);      /* to whom? */
    r->v[CONFIDENTIAL_PARTNER] = v_int(1);
    CHECK_INT(record_keep(giver, &(struct saving){ .now = r }), ERR_INVALID);      /* not itself */
    r->v[CONFIDENTIAL_PARTNER] = v_int(2);
    CHECK_INT(record_keep(giver, &(struct saving){ .now = r }), OK);
    CHECK_INT(v_i64(r->v[CONFIDENTIAL_GIVER]), 1);
    struct record *for_another = record_copy(w->a, r);
    for_another->id = 0;
    for_another->v[CONFIDENTIAL_GIVER] = v_int(3);
    CHECK_INT(record_keep(giver, &(struct saving){ .now = for_another }), ERR_DENIED);
}

/* ---- blends --------------------------------------------------------------------------------------------- */

TEST_REGISTER(a_blend_is_of_three_links_of_which_no_two_have_a_company_in_common)
{
    people_the_register(w, NULL);
    given(w, 1, 2, 10);
    given(w, 3, 4, 20);
    CHECK_STR(blends(w), S(""));
    given(w, 5, 1, 1000);                                   /* 1 knows it, and its own: it would know the third */
    given(w, 1, 6, 2000);                                   /* the same giver                       */
    given(w, 4, 7, 3000);
    CHECK_STR(blends(w), S(""));
    given(w, 8, 9, 30);
    CHECK_STR(blends(w), S("60"));
    struct blend *all;
    size_t n;
    CHECK_INT(blends_read(w, &all, &n), OK);
    CHECK_INT(all[0].suppliers_n, 3);
    const int64_t suppliers[] = { 2, 4, 8 }, buyers[] = { 1, 3, 9 };   /* odd givers buy */
    for (size_t i = 0; i < 3; i++) {
        CHECK_INT(all[0].suppliers[i].id, suppliers[i]);
        CHECK_INT(all[0].buyers[i].id, buyers[i]);
    }
}

TEST_REGISTER(a_changed_link_keeps_its_old_part_until_all_of_its_blend_have_changed)
{
    people_the_register(w, NULL);
    int64_t one = given(w, 1, 2, 10), two = given(w, 3, 4, 20), three = given(w, 5, 6, 30);
    stated_anew(w, one, 1, 2, 11);
    CHECK_STR(blends(w), S("60"));
    stated_anew(w, two, 3, 4, 22);
    CHECK_STR(blends(w), S("60"));
    given(w, 7, 8, 500);                                    /* does not take up the two that wait in their blend */
    CHECK_STR(blends(w), S("60"));
    stated_anew(w, three, 5, 6, 33);
    CHECK_STR(blends(w), S("66"));
}

TEST_REGISTER(a_withdrawn_link_ends_its_blend_and_the_others_count_again_only_when_stated_anew)
{
    people_the_register(w, NULL);
    int64_t one = given(w, 1, 2, 10), two = given(w, 3, 4, 20), three = given(w, 5, 6, 30);
    CHECK_STR(blends(w), S("60"));
    withdrawn(w, one);
    CHECK_STR(blends(w), S(""));
    given(w, 7, 8, 40);
    given(w, 9, 10, 50);
    CHECK_STR(blends(w), S(""));                            /* 20 + 40 + 50 beside 60 would tell of 10 + 30 - 40 - 50 */
    stated_anew(w, two, 3, 4, 21);
    CHECK_STR(blends(w), S("111"));
    stated_anew(w, two, 3, 4, 20);                          /* its old part counts on               */
    stated_anew(w, three, 5, 6, 31);
    given(w, 11, 12, 1);
    given(w, 13, 14, 2);
    CHECK_STR(blends(w), S("111 34"));
}

TEST_REGISTER(merging_a_partner_tells_nobody_and_loses_nothing)
{
    people_the_register(w, NULL);
    int64_t one = given(w, 1, 2, 10), batch;
    given(w, 3, 4, 20);
    given(w, 5, 6, 30);
    struct record *r;
    CHECK_INT(record_merge(w, &enterprise, 2, 20, &batch), OK);
    CHECK_INT(record_load(w, &confidential_link, one, &r), OK);
    CHECK_INT(v_i64(r->v[CONFIDENTIAL_PARTNER]), 20);
    CHECK_STR(blends(w), S("60"));
}

/* ---- the attack: everything that was ever published, and what one company knows ------------------------------ */

enum { STATEMENTS = 200, EQUATIONS = 60 };
struct attack { double row[EQUATIONS][STATEMENTS]; int64_t seen; size_t equations, statements; int64_t link[STATEMENTS], value[STATEMENTS]; int64_t parties[STATEMENTS][2]; };

static size_t statement_of(struct attack *at, int64_t link, int64_t value, int64_t supplier, int64_t buyer)
{
    size_t i = 0;
    while (i < at->statements && !(at->link[i] == link && at->value[i] == value && at->parties[i][0] == supplier && at->parties[i][1] == buyer)) i++;
    if (i == at->statements) {
        CHECK(i < STATEMENTS);
        at->link[i] = link, at->value[i] = value, at->parties[i][0] = supplier, at->parties[i][1] = buyer, at->statements++;
    }
    return i;
}

/* Every sum that comes into force is an equation: some statements come to it. */
static void observe(struct work *w, struct attack *at)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT blend, link, value, supplier, buyer FROM blend_part WHERE ended = 0 AND blend > $1 ORDER BY blend"),
                             ARGS(v_int(at->seen)));
    double *row = NULL;
    while (rows_next(&r)) {
        if (row_int(&r, 0) != at->seen) {
            CHECK(at->equations < EQUATIONS);
            row = at->row[at->equations++];
        }
        at->seen = row_int(&r, 0);
        row[statement_of(at, row_int(&r, 1), row_int(&r, 2), row_int(&r, 3), row_int(&r, 4))] = 1;
    }
    CHECK_INT(rows_end(&r), OK);
}

/* Gauss and Jordan: a row left with one unknown gives it away. */
static size_t found_out(struct attack at, int64_t insider)
{
    size_t rank = 0, found = 0;
    for (size_t s = 0; s < at.statements; s++)
        for (size_t e = 0; e < at.equations; e++)
            if (at.parties[s][0] == insider || at.parties[s][1] == insider) at.row[e][s] = 0;      /* known: goes to the other side */
    for (size_t s = 0; s < at.statements && rank < at.equations; s++) {
        size_t pivot = rank;
        while (pivot < at.equations && fabs(at.row[pivot][s]) < 1e-9) pivot++;
        if (pivot == at.equations) continue;
        for (size_t k = 0; k < at.statements; k++) {
            double swap = at.row[rank][k];
            at.row[rank][k] = at.row[pivot][k];
            at.row[pivot][k] = swap;
        }
        for (size_t e = 0; e < at.equations; e++) {
            double factor = e == rank ? 0 : at.row[e][s] / at.row[rank][s];
            for (size_t k = 0; fabs(factor) > 0 && k < at.statements; k++) at.row[e][k] -= factor * at.row[rank][k];
        }
        rank++;
    }
    for (size_t e = 0; e < rank; e++) {
        size_t unknowns = 0;
        for (size_t s = 0; s < at.statements; s++) unknowns += fabs(at.row[e][s]) > 1e-9;
        found += unknowns == 1;
    }
    return found;
}

TEST(the_attack_finds_a_value_where_two_sums_share_all_but_one)
{
    struct attack *at = NEW(a, struct attack);
    at->equations = 2;
    for (int64_t s = 0; s < 4; s++) statement_of(at, s, 1, 10 * s + 1, 10 * s + 2);
    for (size_t s = 0; s < 3; s++) at->row[0][s] = 1;
    for (size_t s = 0; s < 4; s++) at->row[1][s] = 1;
    CHECK_INT(found_out(*at, 0), 1);
}

static void random_history(struct arena *a, struct work *w, uint64_t seed)
{
    enum { STEPS = 70, LINKS = 14 };
    struct rng rng = { seed };
    struct attack *at = NEW(a, struct attack);
    int64_t id[LINKS] = { 0 };
    for (int i = 0; i < STEPS; i++) {
        size_t k = (size_t)rng_below(&rng, LINKS);
        int64_t giver = 1 + (int64_t)rng_below(&rng, FIRMS), partner = 1 + (giver + (int64_t)rng_below(&rng, FIRMS - 2)) % FIRMS;
        if (id[k] && rng_below(&rng, 3) == 0) withdrawn(w, id[k]), id[k] = 0;
        else if (giver == partner) continue;
        else if (id[k]) stated_anew(w, id[k], giver, partner, 1 + (int64_t)rng_below(&rng, 3));     /* few values, so that some come back */
        else id[k] = given(w, giver, partner, 1 + (int64_t)rng_below(&rng, 1000));
        observe(w, at);
    }
    CHECK(at->statements >= 3 * K_LEAST);                   /* there was something to attack        */
    for (int64_t insider = 0; insider <= FIRMS; insider++) CHECK_INT(found_out(*at, insider), 0);
}

TEST_REGISTER(no_value_follows_from_all_sums_ever_published_and_what_one_company_knows)
{
    people_the_register(w, NULL);
    for (uint64_t seed = 1; seed <= 3; seed++) random_history(a, w, seed);
}

TEST_REGISTER(blends_are_chosen_by_companies_and_never_by_values)
{
    people_the_register(w, NULL);
    for (int i = 0; i < 7; i++) given(w, 1 + 2 * i, 2 + 2 * i, 1000 >> i);
    CHECK_STR(blends(w), S("1750 218"));
    struct rows r = db_query(w->db, w->a, SQL("SELECT link FROM blend_part ORDER BY blend, link"), NO_ARGS);
    for (int64_t i = 1; rows_next(&r); i++) CHECK_INT(row_int(&r, 0), i);
    CHECK_INT(rows_end(&r), OK);
}

/* ---- cells of published tables ------------------------------------------------------------------------------ */

static Str published(struct arena *a, struct cell *cells, size_t n)
{
    struct buf b = buf_make(a);
    size_t shown = cells_publish(cells, n);
    for (size_t i = 0; i < shown; i++)
        put_f(&b, "%s%.*s %.0f/%zu", i ? ", " : "", FMT(cells[i].other ? S("other") : cells[i].code), cells[i].value, cells[i].contributors);
    return buf_str(&b);
}
#define PUBLISHED(...) published(a, (struct cell[]){ __VA_ARGS__ }, sizeof((struct cell[]){ __VA_ARGS__ }) / sizeof(struct cell))

TEST(a_cell_of_few_is_shown_only_together_with_others)
{
    CHECK_STR(PUBLISHED({ S("CN"), 50, 5 }, { S("JP"), 30, 3 }), S("CN 50/5, JP 30/3"));
    CHECK_STR(PUBLISHED({ S("TH"), 9, 2 }, { S("CN"), 50, 5 }, { S("DE"), 1, 1 }), S("CN 50/5, other 10/3"));
    CHECK_STR(PUBLISHED({ S("CN"), 50, 5 }, { S("JP"), 30, 3 }, { S("DE"), 1, 1 }), S("CN 50/5, other 31/4"));
    CHECK_STR(PUBLISHED({ S("CN"), 50, 2 }), S(""));
    CHECK_STR(PUBLISHED({ S("CN"), 50, 5 }, { S("DE"), 0, 0 }), S("CN 50/5"));
    CHECK_INT(cells_publish(NULL, 0), 0);
}
