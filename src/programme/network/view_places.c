/* view_places.c - what each ward and industrial zone is worth to the city: a scenario for each, in which all of it stops. */
#include "programme/network/view_inside.h"

#include "base/map.h"

#include <math.h>
#include <stdlib.h>

static const size_t ROOM = (size_t)1 << 28;

struct places {
    struct view_places *out;
    struct map at[2];                                       /* of wards, of zones                  */
    struct { struct view_place *p; size_t n, cap; } list;
    uint32_t *of[2];                                        /* [enterprises]: NO_NODE: none        */
};

static void place_node(const struct supply_view *v, struct places *to, uint32_t i, bool zone)
{
    const struct node *n = &v->nodes[i];
    Str code = zone ? n->zone : n->ward;
    bool added, linked = v->sales_at[i + 1] > v->sales_at[i] || v->purchases_at[i + 1] > v->purchases_at[i];
    to->of[zone][i] = NO_NODE;
    if (!code.n || !linked) return;
    int64_t at = *map_put(&to->at[zone], code, (int64_t)to->list.n, &added);
    if (added) *GROW(&to->out->a, to->list) = (struct view_place){ .code = code, .zone = zone };
    struct view_place *p = &to->list.p[at];
    to->of[zone][i] = (uint32_t)at;
    p->firms++;
    if (!isnan(n->employees)) p->employees += n->employees;
    for (size_t k = v->sales_at[i]; k < v->sales_at[i + 1]; k++) p->sales += v->links[k].value;
}

/* The middle of those of its firms that say where they are. */
static void find_middle(const struct supply_view *v, const struct places *all, uint32_t place)
{
    struct view_place *p = &all->list.p[place];
    double lat = 0, lon = 0;
    uint32_t known = 0;
    for (uint32_t i = 0; i < v->enterprises_n; i++) {
        if (all->of[p->zone][i] != place || isnan(v->nodes[i].lat)) continue;
        lat += v->nodes[i].lat;
        lon += v->nodes[i].lon;
        known++;
    }
    p->lat = known ? lat / known : NAN;
    p->lon = known ? lon / known : NAN;
}

static int by_loss(const void *a, const void *b)
{
    const struct view_place *x = a, *y = b;
    if (x->loss.total != y->loss.total) return x->loss.total > y->loss.total ? -1 : 1;
    return str_cmp(x->code, y->code);
}

static enum err measure(struct work *w, const struct supply_view *v, struct progress *progress, struct places *all)
{
    struct risk_options o = view_risk_options(v, progress);
    double *psi = NEW_ARRAY(w->a, double, v->nodes_n);
    for (int zone = 0; zone < 2; zone++) {
        all->at[zone] = map_make(w->a, 256);
        all->of[zone] = NEW_ARRAY(w->a, uint32_t, v->enterprises_n);
        for (uint32_t i = 0; i < v->enterprises_n; i++) place_node(v, all, i, zone);
    }
    for (uint32_t p = 0; p < all->list.n; p++) {
        for (uint32_t i = 0; i < v->nodes_n; i++) psi[i] = i < v->enterprises_n && all->of[all->list.p[p].zone][i] == p ? 0 : 1;
        TRY(risk_scenario(v->network, &o, psi, NULL, NULL, &all->list.p[p].loss));
        find_middle(v, all, p);
    }
    if (all->list.n) qsort(all->list.p, all->list.n, sizeof *all->list.p, by_loss);
    all->out->p = all->list.p;
    all->out->n = all->list.n;
    return OK;
}

void view_places_free(struct view_places *p)
{
    if (!p) return;
    arena_free(&p->a);
    free(p);
}

enum err supply_view_add_places(struct work *w, struct supply_view *v, struct progress *progress)
{
    struct places all = { .out = calloc(1, sizeof *all.out) };
    MUST(all.out && !v->places);
    all.out->a = arena_make(ROOM, NULL);
    enum err e = measure(w, v, progress, &all);
    if (e) view_places_free(all.out);
    else v->places = all.out;
    return e;
}
