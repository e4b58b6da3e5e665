/* what_if_begin.c - what each firm can do when a scenario begins (the rules are in what_if.h). */
#include "programme/network/what_if_inside.h"

#include "model/type.h"
#include "programme/network/event.h"

#include <math.h>

struct beginning { struct work *w; const struct supply_view *v; const struct what_if_ask *ask; double *psi; };

static void at_most(struct beginning *b, uint32_t node, double psi)
{
    if (node != NO_NODE && psi < b->psi[node]) b->psi[node] = psi < 0 ? 0 : psi;
}

/* ---- firms and industries --------------------------------------------------------------------------- */

/* Whether the industry is a chosen one or lies below one. */
static bool industry_chosen(const struct beginning *b, Str key)
{
    const struct code *k = key.n ? code_find(b->w->codes, S("vsic"), key) : NULL;
    for (int level = 0; k && level < 6; level++) {
        if (many_has(b->ask->industries, k->key)) return true;
        k = code_parent(b->w->codes, k);
    }
    return false;
}

static void stop_industries(struct beginning *b)
{
    if (!v_is(b->ask->industries)) return;
    bool *chosen = NEW_ARRAY(b->w->a, bool, b->v->industries_n);
    for (uint32_t i = 1; i < b->v->industries_n; i++) chosen[i] = industry_chosen(b, b->v->industries[i]);
    for (uint32_t i = 0; i < b->v->nodes_n; i++)
        if (chosen[b->v->nodes[i].industry]) at_most(b, i, b->ask->capacity);
}

/* ---- places --------------------------------------------------------------------------------------------- */

static enum err stop_places(struct beginning *b)
{
    struct area area = { .wards = b->ask->wards, .zones = b->ask->zones, .centre = { NAN, NAN } };
    struct placed_list inside;
    if (area_is_empty(&area)) return OK;
    TRY(area_sites(b->w, &area, &inside));
    for (size_t from = 0, to; from < inside.n; from = to) {
        for (to = from + 1; to < inside.n && inside.p[to].enterprise == inside.p[from].enterprise;) to++;
        double part = (double)(to - from) / inside.p[from].of;
        at_most(b, supply_node(b->v, false, inside.p[from].enterprise), 1 - (1 - b->ask->capacity) * part);
    }
    return OK;
}

/* ---- countries --------------------------------------------------------------------------------------------- */

struct inputs { double all, lost; };

static void count_input(struct inputs *to, double value, bool lost)
{
    to->all += value;
    if (lost) to->lost += value;
}

/* Of one product that is essential, all its imports; where no value is known each counts alike. */
static double essential_lost(const struct supply_view *v, size_t from, size_t to, Str name, const bool *stops)
{
    struct inputs by_value = { 0 }, by_number = { 0 };
    for (size_t i = from; i < to; i++) {
        const struct view_import *m = &v->imported[i];
        if (!str_eq(m->product, name)) continue;
        count_input(&by_number, 1, stops[m->country]);
        if (!isnan(m->value)) count_input(&by_value, m->value, stops[m->country]);
    }
    return by_value.all > 0 ? by_value.lost / by_value.all : by_number.lost / by_number.all;
}

/* The part of its work that a firm cannot do for want of direct imports. */
static double imports_lost(const struct supply_view *v, uint32_t node, const bool *stops)
{
    size_t from = v->imported_at[node], to = v->imported_at[node + 1];
    struct inputs replaceable = { .all = v->network->purchases[node] };
    double most = 0;
    for (size_t i = from; i < to; i++) {
        const struct view_import *m = &v->imported[i];
        if (!isnan(m->value)) count_input(&replaceable, m->value, stops[m->country] && !m->essential);
        if (m->essential && stops[m->country]) most = fmax(most, essential_lost(v, from, to, m->product, stops));
    }
    return replaceable.all > 0 ? fmax(most, replaceable.lost / replaceable.all) : most;
}

static void stop_countries(struct beginning *b, Val countries, double capacity)
{
    const struct supply_view *v = b->v;
    bool *stops = NEW_ARRAY(b->w->a, bool, v->countries_n), any = false;
    for (uint32_t i = 1; i < v->countries_n; i++) any |= stops[i] = many_has(countries, v->countries[i]);
    for (uint32_t i = v->enterprises_n; i < v->nodes_n; i++)
        if (many_has(countries, v->nodes[i].country)) at_most(b, i, capacity);
    for (uint32_t i = 0; any && i < v->enterprises_n; i++) at_most(b, i, 1 - (1 - capacity) * imports_lost(v, i, stops));
}

/* ---- an event ------------------------------------------------------------------------------------------------ */

static double share_or(Val v, double other) { return v.type == V_REAL ? v.r / 100 : v.type == V_INT ? (double)v.i / 100 : other; }

/* What a site cannot do any more, 0 .. 1. */
static double lost_at(const struct record *hit, double presumed)
{
    Str state = v_str(hit->v[EVENT_SITE_STATE]);
    bool well = str_is(state, "not_hit") || str_is(state, "restored");
    return well ? 0 : 1 - share_or(hit->v[EVENT_SITE_CAPACITY], presumed);
}

static enum err sites_of(struct work *w, int64_t enterprise_id, int64_t *n)
{
    *n = 0;
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM site WHERE enterprise = $1 AND (kind IS NULL OR kind <> 'office')"),
                   ARGS(v_int(enterprise_id)), n));
    if (*n < 1) *n = 1;
    return OK;
}

static enum err stop_event(struct beginning *b)
{
    struct record *e;
    struct records hit;
    double *lost = NEW_ARRAY(b->w->a, double, b->v->enterprises_n + 1);
    if (!b->ask->event) return OK;
    TRY(record_load(b->w, &event, b->ask->event, &e));
    double presumed = share_or(e->v[EVENT_CAPACITY], 0);
    TRY(event_sites(b->w, e->id, false, &hit));
    for (size_t i = 0; i < hit.n; i++) {
        int64_t id = v_i64(hit.p[i]->v[EVENT_SITE_ENTERPRISE]), of;
        uint32_t node = supply_node(b->v, false, id);
        if (node == NO_NODE) continue;
        TRY(sites_of(b->w, id, &of));
        lost[node] += lost_at(hit.p[i], presumed) / (double)of;
        at_most(b, node, 1 - lost[node]);
    }
    for (uint32_t i = b->v->enterprises_n; v_is(e->v[EVENT_PROVINCES]) && i < b->v->nodes_n; i++)
        if (b->v->nodes[i].province.n && many_has(e->v[EVENT_PROVINCES], b->v->nodes[i].province)) at_most(b, i, presumed);
    if (v_is(e->v[EVENT_COUNTRIES])) stop_countries(b, e->v[EVENT_COUNTRIES], presumed);
    return OK;
}

enum err what_if_begin(struct work *w, const struct supply_view *v, const struct what_if_ask *ask, double **psi)
{
    struct beginning b = { w, v, ask, NEW_ARRAY(w->a, double, v->nodes_n) };
    for (uint32_t i = 0; i < v->nodes_n; i++) b.psi[i] = 1;
    for (size_t i = 0; i < ask->firms; i++) at_most(&b, supply_node(v, false, ask->firm[i]), ask->capacity);
    stop_industries(&b);
    TRY(stop_places(&b));
    if (v_is(ask->countries)) stop_countries(&b, ask->countries, ask->capacity);
    TRY(stop_event(&b));
    *psi = b.psi;
    return OK;
}
