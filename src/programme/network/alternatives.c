#include "programme/network/alternatives.h"

#include "model/type.h"
#include "programme/linkage/wanted.h"

#include <math.h>
#include <stdlib.h>

enum { CANDIDATES = 64, FEW = 3 };          /* looked at closely; so few of an industry, and its group is asked too */
static const double HALFWAY_KM = 20, WHOLE = 1 - 1e-9;
static const struct { double capability, free, near; } weight = { 0.6, 0.25, 0.15 };

/* ---- who comes into question --------------------------------------------------------------------- */

struct candidate { uint32_t node; double industry, km; };
struct candidates { struct candidate *p; size_t n, cap; };

/* "2025/2511": of the same group as "2025/2512", whose first three digits it shares. */
static bool same_group(Str a, Str b) { return a.n == b.n && a.n > 1 && str_eq(str_sub(a, 0, a.n - 1), str_sub(b, 0, b.n - 1)); }

static double likeness(const struct supply_view *v, uint32_t a, uint32_t b)
{
    uint32_t x = v->nodes[a].industry, y = v->nodes[b].industry;
    if (!x || !y) return 0;
    return x == y ? 1 : same_group(v->industries[x], v->industries[y]) ? 0.5 : 0;
}

static double km_between(const struct supply_view *v, uint32_t a, uint32_t b)
{
    const struct node *x = &v->nodes[a], *y = &v->nodes[b];
    return spot_km((struct spot){ x->lat, x->lon }, (struct spot){ y->lat, y->lon });
}

/* The same industry first, then the nearest; unknown distances last. */
static int before(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    double dx = isnan(x->km) ? INFINITY : x->km, dy = isnan(y->km) ? INFINITY : y->km;
    if (x->industry != y->industry) return x->industry > y->industry ? -1 : 1;
    return dx != dy ? (dx < dy ? -1 : 1) : (x->node > y->node) - (x->node < y->node);
}

static struct candidates candidates_for(struct work *w, const struct supply_view *v, uint32_t seller, uint32_t buyer,
                                        const double *left)
{
    struct candidates list = { 0 };
    size_t same = 0;
    for (uint32_t i = 0; i < v->enterprises_n; i++) {
        double like = i == seller || i == buyer || (left && left[i] < WHOLE) ? 0 : likeness(v, seller, i);
        if (!(like > 0)) continue;
        same += like == 1;
        *GROW(w->a, list) = (struct candidate){ i, like, km_between(v, i, buyer) };
    }
    if (list.n) qsort(list.p, list.n, sizeof *list.p, before);
    if (same >= FEW) list.n = same;
    if (list.n > CANDIDATES) list.n = CANDIDATES;
    return list;
}

/* ---- what they can do ------------------------------------------------------------------------------- */

/* What the lost supplier can do, asked as a buyer would ask it: a want for each of its product groups, processes and certificates valid today. */
static struct wanted asked_of(struct work *w, const struct record *lost)
{
    static const char *const names[] = { [FACT_PRODUCT] = "product", [FACT_PROCESS] = "process", [FACT_CERTIFICATE] = "certificate" };
    struct wanted d = { 0 };
    struct able able = able_of(w, lost);
    for (size_t i = 0; i < able.n && d.n < MATCH_CRITERIA; i++) {
        const struct fact *f = &able.facts[i];
        if (f->kind >= COUNT(names) || !names[f->kind] || !f->code.n || f->until < date_days(w->today)) continue;
        const struct criterion *c = criterion_named(str_of(names[f->kind]));
        bool asked = false;
        for (size_t k = 0; k < d.n; k++) asked |= d.p[k].is == c && many_has(d.p[k].codes, f->code);
        if (!asked) *GROW(w->a, d) = (struct want){ .is = c, .codes = v_text(str_f(w->a, ";%.*s;", FMT(f->code))), .value = NAN, .weight = c->weight };
    }
    return d;
}

struct lost { struct wanted wanted; struct match_demand asked; };

/* The mean of the engine's points for what is asked of a kind, 0 .. 1; NAN: nothing is. */
static double met(const struct lost *lost, const struct able *able, enum fact_kind kind)
{
    double points = 0, all = 0;
    for (size_t i = 0; i < lost->wanted.n; i++) {
        if (lost->wanted.p[i].is->kind != kind) continue;
        points += match_answer(&lost->asked.criteria[i], able->facts, able->n).points / 1000.0;
        all++;
    }
    return all > 0 ? points / all : NAN;
}

/* The most that one of its processes has free. */
static double free_share(const struct record *r)
{
    const struct records *list = &r->children[ENTERPRISE_PROCESSES];
    double most = NAN;
    for (size_t i = 0; i < list->n; i++) {
        Val v = list->p[i]->v[PROCESS_FREE_SHARE];
        if (v_is(v)) most = fmax(most, (v.type == V_REAL ? v.r : (double)v.i) / 100);
    }
    return most;
}

static double mean_known(const double *term, size_t n)
{
    double sum = 0, known = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(term[i])) sum += term[i], known++;
    return known > 0 ? sum / known : 0;
}

static bool buys_from(const struct supply_view *v, uint32_t buyer, uint32_t from)
{
    size_t n;
    const uint32_t *bought = supply_purchases(v, buyer, &n);
    for (size_t i = 0; i < n; i++)
        if (v->links[bought[i]].supplier == from) return true;
    return false;
}

static struct alternative weigh(struct work *w, const struct supply_view *v, const struct lost *lost, const struct record *r,
                                const struct candidate *c, uint32_t buyer)
{
    struct able able = able_of(w, r);
    struct alternative x = { .node = c->node,
                             .industry = c->industry,
                             .km = c->km,
                             .free = free_share(r),
                             .products = met(lost, &able, FACT_PRODUCT),
                             .processes = met(lost, &able, FACT_PROCESS),
                             .certificates = met(lost, &able, FACT_CERTIFICATE),
                             .known = buys_from(v, buyer, c->node) };
    x.room = x.free * v->nodes[c->node].revenue;
    x.capability = mean_known((const double[]){ x.products, x.processes, x.certificates, x.industry }, 4);
    double near = isnan(x.km) ? 0 : 1 / (1 + x.km / HALFWAY_KM);
    x.score = weight.capability * x.capability + weight.free * (isnan(x.free) ? 0 : x.free) + weight.near * near;
    return x;
}

static int by_score(const void *a, const void *b)
{
    const struct alternative *x = a, *y = b;
    return x->score != y->score ? (x->score > y->score ? -1 : 1) : (x->node > y->node) - (x->node < y->node);
}

enum err alternatives_for(struct work *w, const struct supply_view *v, uint32_t seller, uint32_t buyer, const double *left,
                          size_t most, struct alternative **out, size_t *n)
{
    struct candidates list = candidates_for(w, v, seller, buyer, left);
    int64_t ids[CANDIDATES];
    struct records found;
    struct record *supplier;
    struct lost lost = { 0 };
    for (size_t i = 0; i < list.n; i++) ids[i] = v->nodes[list.p[i].node].id;
    TRY(records_of(w, &enterprise, ids, list.n, true, &found));
    if (!v->nodes[seller].outside) {
        TRY(record_load(w, &enterprise, v->nodes[seller].id, &supplier));
        lost.wanted = asked_of(w, supplier);
        lost.asked = wanted_demand(w, &lost.wanted, 1);
    }
    *out = NEW_ARRAY(w->a, struct alternative, list.n + 1);
    *n = 0;
    for (size_t i = 0; i < list.n; i++) {
        const struct record *r = child_with_id(&found, ids[i]);
        if (r) (*out)[(*n)++] = weigh(w, v, &lost, r, &list.p[i], buyer);
    }
    if (*n) qsort(*out, *n, sizeof **out, by_score);
    if (*n > most) *n = most;
    return OK;
}
