#include "programme/network/first.h"

#include "base/number.h"
#include "model/freshness.h"

#include <math.h>
#include <stdlib.h>

const struct first_words first_terms[FIRST_TERMS] = {
    [FIRST_IMPORTANCE]   = { "importance",   N_("Systemic importance"),    60 },
    [FIRST_SOLE]         = { "sole",         N_("Only source of others"),  40 },
    [FIRST_PROFILE]      = { "profile",      N_("Gaps of the profile"),    40 },
    [FIRST_CERTIFICATES] = { "certificates", N_("Certificates missing"),   40 },
    [FIRST_STALE]        = { "stale",        N_("Not confirmed for long"), 20 },
};

/* ---- who is looked at ----------------------------------------------------------------------------- */

struct looking { const struct supply_view *v; uint32_t *sole; bool *chosen; int64_t *ids; uint32_t *nodes; size_t n; };
struct seller { uint32_t node, sole; };

static void choose(struct looking *l, uint32_t node)
{
    if (l->chosen[node]) return;
    l->chosen[node] = true;
    l->nodes[l->n] = node;
    l->ids[l->n++] = l->v->nodes[node].id;
}

static int by_sole(const void *a, const void *b)
{
    const struct seller *x = a, *y = b;
    return x->sole != y->sole ? (x->sole > y->sole ? -1 : 1) : (x->node > y->node) - (x->node < y->node);
}

static struct looking look(struct work *w, const struct supply_view *v)
{
    struct looking l = { v, NEW_ARRAY(w->a, uint32_t, v->nodes_n + 1), NEW_ARRAY(w->a, bool, v->nodes_n + 1),
                         NEW_ARRAY(w->a, int64_t, 2 * FIRST_LOOKED_AT), NEW_ARRAY(w->a, uint32_t, 2 * FIRST_LOOKED_AT), 0 };
    struct { struct seller *p; size_t n, cap; } sellers = { 0 };
    for (size_t i = 0; i < v->single_n; i++) l.sole[v->links[v->single[i]].supplier]++;
    for (uint32_t i = 0; i < v->nodes_n && l.n < FIRST_LOOKED_AT; i++)
        if (!v->nodes[v->by_index[i]].outside && supply_risk(v, v->by_index[i])->total > 0) choose(&l, v->by_index[i]);
    for (uint32_t i = 0; i < v->enterprises_n; i++)
        if (l.sole[i]) *GROW(w->a, sellers) = (struct seller){ i, l.sole[i] };
    if (sellers.n) qsort(sellers.p, sellers.n, sizeof *sellers.p, by_sole);
    for (size_t i = 0; i < sellers.n && i < FIRST_LOOKED_AT; i++) choose(&l, sellers.p[i].node);
    return l;
}

/* ---- terms ------------------------------------------------------------------------------------------ */

static double certificates_missing(const struct work *w, const struct record *r)
{
    const struct records *list = &r->children[ENTERPRISE_CERTIFICATES];
    if (v_i64(at_international_standard(w, r))) return 0;
    for (size_t i = 0; i < list->n; i++)
        if (certificate_state(w, list->p[i]) == CERTIFICATE_VALID) return 50;
    return 100;
}

static struct first measure(const struct work *w, const struct looking *l, uint32_t node, const struct record *r)
{
    struct first f = { .node = node,
                       .index = supply_risk(l->v, node)->total,
                       .sole = l->sole[node],
                       .completeness = completeness(r).percent,
                       .confirmed = confirmed_since(r) };
    f.term[FIRST_PROFILE] = 100 - f.completeness;
    f.term[FIRST_CERTIFICATES] = certificates_missing(w, r);
    f.term[FIRST_STALE] = !f.confirmed.year || is_stale(w, f.confirmed) ? 100 : 0;
    return f;
}

/* The mean by weight of the terms from .. to; NAN: they have none. */
static double mean_of(const double *term, const double *weight, int from, int to)
{
    double sum = 0, weights = 0;
    for (int t = from; t < to; t++) sum += term[t] * weight[t], weights += weight[t];
    return weights > 0 ? sum / weights : NAN;
}

/* The terms that compare enterprises with each other, and the score. */
static void score(struct first *list, size_t n, const double *weight)
{
    double index = 0, sole = 0;
    for (size_t i = 0; i < n; i++) {
        if (list[i].index > index) index = list[i].index;
        if (list[i].sole > sole) sole = list[i].sole;
    }
    for (size_t i = 0; i < n; i++) {
        struct first *f = &list[i];
        f->term[FIRST_IMPORTANCE] = index > 0 ? 100 * f->index / index : 0;
        f->term[FIRST_SOLE] = sole > 0 ? 100 * f->sole / sole : 0;
        f->means = mean_of(f->term, weight, 0, FIRST_GAPS);
        f->lacks = mean_of(f->term, weight, FIRST_GAPS, FIRST_TERMS);
        f->score = isnan(f->means) ? f->lacks : isnan(f->lacks) ? f->means : sqrt(f->means * f->lacks);
    }
}

static int by_score(const void *a, const void *b)
{
    const struct first *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    if (x->index != y->index) return x->index > y->index ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

enum err first_rank(struct work *w, const struct supply_view *v, const double *weight, struct first **out, size_t *n)
{
    struct looking l = look(w, v);
    double used[FIRST_TERMS], all = 0;
    struct records found;
    for (int t = 0; t < FIRST_TERMS; t++) all += used[t] = weight[t];
    for (int t = 0; !(all > 0) && t < FIRST_TERMS; t++) used[t] = first_terms[t].usual;
    TRY(records_of(w, &enterprise, l.ids, l.n, true, &found));
    *out = NEW_ARRAY(w->a, struct first, l.n + 1);
    *n = 0;
    for (size_t i = 0; i < l.n; i++) {
        const struct record *r = child_with_id(&found, l.ids[i]);
        if (r) (*out)[(*n)++] = measure(w, &l, l.nodes[i], r);
    }
    score(*out, *n, used);
    if (*n) qsort(*out, *n, sizeof **out, by_score);
    return OK;
}

/* ---- in words ------------------------------------------------------------------------------------------ */

static void put_reason(struct buf *b, enum lang l, Message m)
{
    if (b->n) put_z(b, "; ");
    put_message(b, l, m);
}

static Str number_text(struct work *w, double v)
{
    struct buf b = buf_make(w->a);
    put_real(&b, w->lang, v);
    return buf_str(&b);
}

Str first_reason(struct work *w, const struct first *f)
{
    struct buf b = buf_make(w->a);
    put_reason(&b, w->lang, MSG(N_("{1} % of all output is lost when it stops"), number_text(w, round(f->index * 1e4) / 100)));
    if (f->sole == 1) put_reason(&b, w->lang, MSG(N_("one customer has no other source")));
    if (f->sole > 1) put_reason(&b, w->lang, MSG(N_("{1} customers have no other source"), number_text(w, f->sole)));
    if (f->term[FIRST_CERTIFICATES] >= 100) put_reason(&b, w->lang, MSG(N_("no valid certificate")));
    else if (f->term[FIRST_CERTIFICATES] > 0) put_reason(&b, w->lang, MSG(N_("not at international standard")));
    put_reason(&b, w->lang, MSG(N_("profile {1} % complete"), number_text(w, f->completeness)));
    if (f->term[FIRST_STALE] > 0) put_reason(&b, w->lang, MSG(N_("not confirmed for long")));
    return buf_str(&b);
}
