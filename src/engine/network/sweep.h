/*
 * sweep.h - the sweeps of lanes.h in one make; sweep.c includes it once for each, with
 *     MAKE(name)  the name in this make       TARGET  what the processor must be able to do
 *     WIDTH       doubles in a vector         LARGER(a, b), AT_MOST_1(a)  of vectors
 *     FETCH(row)  it will be needed soon
 */
#define VECS  (LANES / WIDTH)
#define vec   MAKE(vec)
#define EACH  for (int v = 0; v < VECS; v++)

typedef double vec __attribute__((vector_size(8 * WIDTH)));

#define ROW(row)       ((vec *)(void *)(row)->lane)
#define CONST_ROW(row) ((const vec *)(const void *)(row)->lane)

TARGET static void MAKE(lost)(struct lanes *l, uint32_t from, uint32_t to)
{
    const struct operators *o = l->o;
    for (uint32_t g = from; g < to; g++) {
        vec sum[VECS] = { 0 };
        for (uint32_t m = o->members_at[g]; m < o->members_at[g + 1]; m++) {
            const vec *down = CONST_ROW(&l->down[o->members[m]]);
            double sales = o->n->sales[o->members[m]];
            EACH sum[v] += down[v] * sales;
        }
        vec *left = ROW(&l->left[g]);
        EACH left[v] = o->market[g] - sum[v];
    }
}

TARGET static void MAKE(shares)(struct lanes *l, uint32_t from, uint32_t to)
{
    const struct operators *o = l->o;
    for (uint32_t i = from; i < to; i++) {
        if (o->outputs_at[i] == o->outputs_at[i + 1]) continue;
        const vec *left = CONST_ROW(&l->left[o->n->industry[i]]), *down = CONST_ROW(&l->down[i]);
        vec *share = ROW(&l->spare[i]);
        double sales = o->n->sales[i];
        EACH {
            vec most = LARGER(left[v], (vec){ 0 } + sales);         /* s / max(s, left) is at most 1 */
            share[v] = sales / most * down[v];
        }
    }
}

TARGET static void MAKE(downstream)(struct lanes *l, uint32_t from, uint32_t to, struct lane_row *most)
{
    const struct operators *o = l->o;
    vec drop[VECS];
    EACH drop[v] = ROW(most)[v];
    for (uint32_t j = from; j < to; j++) {
        vec worst[VECS] = { 0 };
        for (uint32_t slot = o->slots_at[j]; slot < o->slots_at[j + 1]; slot++) {
            vec sum[VECS] = { 0 };
            for (uint32_t e = o->inputs_at[slot]; e < o->inputs_at[slot + 1]; e++) {
                FETCH(&l->spare[o->inputs[e + FETCH_AHEAD].firm]);
                const vec *share = CONST_ROW(&l->spare[o->inputs[e].firm]);
                double part = o->inputs[e].share;
                EACH sum[v] += share[v] * part;
            }
            EACH worst[v] = LARGER(sum[v], worst[v]);
        }
        vec *down = ROW(&l->down[j]);
        EACH {
            vec next = AT_MOST_1(worst[v]);
            drop[v] = LARGER(next - down[v], drop[v]);
            down[v] = next;
        }
    }
    EACH ROW(most)[v] = drop[v];
}

TARGET static void MAKE(upstream)(struct lanes *l, uint32_t from, uint32_t to, struct lane_row *most)
{
    const struct operators *o = l->o;
    vec drop[VECS];
    EACH drop[v] = ROW(most)[v];
    for (uint32_t i = from; i < to; i++) {
        vec sum[VECS] = { 0 };
        for (uint32_t e = o->customers_at[i]; e < o->customers_at[i + 1]; e++) {
            FETCH(&l->up[o->customers[e + FETCH_AHEAD].firm]);
            const vec *up = CONST_ROW(&l->up[o->customers[e].firm]);
            double part = o->customers[e].share;
            EACH sum[v] += up[v] * part;
        }
        const vec *up = CONST_ROW(&l->up[i]);
        vec *to_be = ROW(&l->spare[i]);
        EACH {
            vec next = AT_MOST_1(sum[v]);
            drop[v] = LARGER(next - up[v], drop[v]);
            to_be[v] = next;
        }
    }
    EACH ROW(most)[v] = drop[v];
}

TARGET static void MAKE(finish)(struct lanes *l, uint32_t from, uint32_t to, const struct lane_row *keep, struct lane_row sum[3])
{
    vec lost[3][VECS];
    for (int s = 0; s < 3; s++) EACH lost[s][v] = ROW(&sum[s])[v];
    for (uint32_t i = from; i < to; i++) {
        vec *up = ROW(&l->up[i]), *down = ROW(&l->down[i]);
        double weight = l->o->n->weight[i];
        EACH {
            lost[0][v] += LARGER(up[v], down[v]) * weight;
            lost[1][v] += up[v] * weight;
            lost[2][v] += down[v] * weight;
            up[v] *= CONST_ROW(keep)[v];
            down[v] *= CONST_ROW(keep)[v];
        }
    }
    for (int s = 0; s < 3; s++) EACH ROW(&sum[s])[v] = lost[s][v];
}

#undef VECS
#undef vec
#undef EACH
#undef ROW
#undef CONST_ROW
