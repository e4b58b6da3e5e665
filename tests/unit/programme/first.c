/* first.c - whom to strengthen first: what the terms are, and what weights do. */
#include "supplies.h"

#include "programme/network/first.h"

#include <math.h>

struct trio { int64_t hub, small, alone; };

/* The hub sells to many, the small one to one who cannot do without; the third has no link. */
static struct trio trio_of(struct work *w)
{
    struct trio t = {
        made_firm(w, (struct made_firm){ "Thép Trục", "2410", .revenue = 100 }),
        made_firm(w, (struct made_firm){ "Bu lông Nhỏ", "2599", .revenue = 5 }),
        made_firm(w, (struct made_firm){ "Đứng Riêng", "1410", .revenue = 50 }),
    };
    int64_t one = made_firm(w, (struct made_firm){ "Lắp ráp Một", "2910", .revenue = 300 }), two = made_firm(w, (struct made_firm){ "Lắp ráp Hai", "3091", .revenue = 200 });
    made_link(w, t.hub, one, 50, true);
    made_link(w, t.hub, two, 40, true);
    made_link(w, t.small, one, 1, true);
    return t;
}

static struct first find(const struct first *list, size_t n, const struct supply_view *v, int64_t id)
{
    size_t i = 0;
    while (i < n && list[i].node != supply_node(v, false, id)) i++;
    CHECK(i < n);
    return list[i];
}

TEST_REGISTER(whoever_costs_most_and_is_the_only_source_of_most_has_the_full_terms)
{
    struct trio t = trio_of(w);
    struct supply_view *v = made_view(w);
    const double usual[FIRST_TERMS] = { 0 };
    struct first *list;
    size_t n;
    CHECK_INT(first_rank(w, v, usual, &list, &n), OK);
    const struct first hub = find(list, n, v, t.hub), small = find(list, n, v, t.small);
    CHECK(list[0].term[FIRST_SOLE] == 100 && hub.sole == 2 && small.sole == 1);
    CHECK(small.term[FIRST_SOLE] == 50);
    double most = 0;
    for (size_t i = 0; i < n; i++) most = fmax(most, list[i].term[FIRST_IMPORTANCE]);
    CHECK(most == 100);
    CHECK(hub.term[FIRST_PROFILE] == 100 - hub.completeness && hub.term[FIRST_CERTIFICATES] == 100);
    for (size_t i = 1; i < n; i++) CHECK(list[i - 1].score >= list[i].score);
    supply_view_release(v);
}

TEST_REGISTER(a_weight_alone_ranks_by_its_term)
{
    struct trio t = trio_of(w);
    struct supply_view *v = made_view(w);
    const double sole[FIRST_TERMS] = { [FIRST_SOLE] = 3 };
    struct first *list;
    size_t n;
    CHECK_INT(first_rank(w, v, sole, &list, &n), OK);
    CHECK_INT(list[0].node, supply_node(v, false, t.hub));
    CHECK_INT(list[1].node, supply_node(v, false, t.small));
    CHECK(list[0].score == 100 && list[1].score == 50);
    supply_view_release(v);
}

TEST_REGISTER(who_lacks_nothing_needs_no_support_however_much_depends_on_it)
{
    struct trio t = trio_of(w);
    struct supply_view *v = made_view(w);
    const double certificates[FIRST_TERMS] = { [FIRST_SOLE] = 1, [FIRST_CERTIFICATES] = 1 };
    struct record *was = enterprise_at(w, t.hub), *now = record_copy(a, was), *c = record_add(a, now, ENTERPRISE_CERTIFICATES);
    c->v[CERTIFICATE_STANDARD] = code_of(w, "standard", "ISO9001");
    c->v[CERTIFICATE_EXPIRES_ON] = v_text(S("2030-01-01"));
    CHECK_INT(work_write(w, save_pair, &(struct pair){ was, now }), OK);
    struct first *list;
    size_t n;
    CHECK_INT(first_rank(w, v, certificates, &list, &n), OK);
    CHECK_INT(list[0].node, supply_node(v, false, t.small));
    CHECK(list[0].means == 50 && list[0].lacks == 100 && fabs(list[0].score - sqrt(5000)) < 1e-9);
    struct first hub = find(list, n, v, t.hub);
    CHECK(hub.means == 100);
    supply_view_release(v);
}

TEST_REGISTER(a_certificate_that_is_valid_fills_the_gap_and_one_that_expired_does_not)
{
    struct trio t = trio_of(w);
    const double usual[FIRST_TERMS] = { 0 };
    static const char *const until[] = { "2020-01-01", "2030-01-01" };
    for (size_t i = 0; i < COUNT(until); i++) {
        struct record *was = enterprise_at(w, t.hub), *now = record_copy(a, was), *c = record_add(a, now, ENTERPRISE_CERTIFICATES);
        c->v[CERTIFICATE_STANDARD] = code_of(w, "standard", "ISO9001");
        c->v[CERTIFICATE_EXPIRES_ON] = v_text(str_of(until[i]));
        CHECK_INT(work_write(w, save_pair, &(struct pair){ was, now }), OK);
        struct supply_view *v = made_view(w);
        struct first *list;
        size_t n;
        CHECK_INT(first_rank(w, v, usual, &list, &n), OK);
        CHECK(find(list, n, v, t.hub).term[FIRST_CERTIFICATES] == (i ? 0 : 100));
        supply_view_release(v);
    }
}
