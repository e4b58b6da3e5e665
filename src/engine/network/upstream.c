#include "engine/network/upstream.h"

size_t upstream_bytes(uint32_t firms)
{
    return firms * (sizeof(struct drop) + 2 * sizeof(uint32_t) + 2 * sizeof(double)) + ((size_t)5 << 20);
}

void upstream_make(struct arena *a, const struct operators *o, struct upstream *u)
{
    uint32_t n = o->n->firms;
    *u = (struct upstream){ .o = o, .drops = NEW_ARRAY(a, struct drop, n), .touched = NEW_ARRAY(a, uint32_t, n),
                            .order = NEW_ARRAY(a, uint32_t, n), .loss = NEW_ARRAY(a, double, n), .next = NEW_ARRAY(a, double, n) };
}

void upstream_start(struct upstream *u, uint32_t firm)
{
    u->closed = firm;
    u->drops[0] = (struct drop){ firm, 1 };
    u->n = 1;
    u->touched[0] = firm;
    u->touched_n = 1;
    u->loss[firm] = 1;
    u->links = 0;
}

double upstream_step(struct upstream *u)
{
    const struct operators *o = u->o;
    uint32_t n = 0;
    for (uint32_t d = 0; d < u->n; d++) {
        uint32_t from = o->suppliers_at[u->drops[d].firm], end = o->suppliers_at[u->drops[d].firm + 1];
        for (uint32_t e = from; e < end; e++) {
            uint32_t i = o->suppliers[e].firm;
            double before = u->next[i], after = before + o->suppliers[e].share * u->drops[d].loss;
            if (before == 0 && after > 0) u->order[n++] = i;
            u->next[i] = after;
        }
        u->links += end - from;
    }
    double most = 0;
    u->n = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = u->order[k];
        double drop = u->next[i];
        u->next[i] = 0;
        if (i == u->closed || drop == 0) continue;
        if (drop > most) most = drop;
        if (u->loss[i] == 0) u->touched[u->touched_n++] = i;
        u->loss[i] += drop;
        u->drops[u->n++] = (struct drop){ i, drop };
    }
    return most;
}

void upstream_clear(struct upstream *u)
{
    for (uint32_t k = 0; k < u->touched_n; k++) u->loss[u->touched[k]] = 0;
}
