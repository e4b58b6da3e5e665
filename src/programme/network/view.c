#include "programme/network/view.h"

#include "model/change.h"
#include "programme/network/view_inside.h"

#include <stdlib.h>

static const size_t ROOM = (size_t)16 << 30;

/* ---- memory --------------------------------------------------------------------------------- */

static struct supply_view *view_open(struct date day)
{
    struct supply_view *v = calloc(1, sizeof *v);
    MUST(v);
    v->holders = 1;
    v->day = day;
    v->a = arena_make(ROOM, NULL);
    return v;
}

struct supply_view *supply_view_keep(struct supply_view *v)
{
    __atomic_add_fetch(&v->holders, 1, __ATOMIC_RELAXED);
    return v;
}

void supply_view_release(struct supply_view *v)
{
    if (!v || __atomic_sub_fetch(&v->holders, 1, __ATOMIC_ACQ_REL)) return;
    view_places_free(v->places);
    arena_free(&v->a);
    free(v);
}

/* ---- looking -------------------------------------------------------------------------------- */

uint32_t supply_node(const struct supply_view *v, bool outside, int64_t id)
{
    uint32_t from = outside ? v->enterprises_n : 0, to = outside ? v->nodes_n : v->enterprises_n;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (v->nodes[middle].id < id) from = middle + 1;
        else to = middle;
    }
    bool found = from < (outside ? v->nodes_n : v->enterprises_n) && v->nodes[from].id == id;
    return found ? from : NO_NODE;
}

/* ---- what all of the making shares ---------------------------------------------------------- */

struct risk_options view_risk_options(const struct supply_view *v, struct progress *progress)
{
    return (struct risk_options){ .tolerance = v->tolerance, .progress = progress };
}

/* ---- making --------------------------------------------------------------------------------- */

static enum err read_all(struct db *db, void *arg)
{
    struct making *m = arg;
    int64_t last;
    TRY(change_last(m->w, &last));
    m->v->version = (uint64_t)last;
    return view_read(m);
}

enum err supply_view_make(struct work *w, struct date day, const struct supply_view *before, struct progress *progress, struct supply_view **out)
{
    struct making m = { .w = w, .v = view_open(day), .progress = progress };
    enum err e = db_read(w->db, read_all, &m);
    if (!e) e = view_measure(&m, before);
    if (e) supply_view_release(m.v);
    *out = e ? NULL : m.v;
    return e;
}
