#include "networks_made_up.h"
#include "test.h"

double *all_ones(struct arena *a, uint32_t n)
{
    double *x = NEW_ARRAY(a, double, n);
    for (uint32_t i = 0; i < n; i++) x[i] = 1;
    return x;
}

struct network *made(struct arena *a, const struct network_input *in)
{
    struct network *n;
    CHECK_INT(network_make(a, in, &n), OK);
    return n;
}

double random_value(struct rng *r) { return exp(7 * sn_uniform(r) - 3.5); }

struct network_input network_of_kind(struct arena *a, uint64_t kind, uint32_t firms)
{
    return supply_network(a, (enum supply_family)(kind % SUPPLY_FAMILIES), (enum supply_classes)(kind / SUPPLY_FAMILIES % SUPPLY_CLASSES),
                          firms, kind + 1);
}

struct network_input random_network(struct arena *a, struct rng *r)
{
    uint32_t firms = 1 + sn_below(r, 40), industries = 1 + sn_below(r, 8), n = sn_below(r, 4 * firms + 1);
    uint32_t *industry = NEW_ARRAY(a, uint32_t, firms), *supplier = NEW_ARRAY(a, uint32_t, n), *customer = NEW_ARRAY(a, uint32_t, n);
    double *value = NEW_ARRAY(a, double, n), *revenue = NEW_ARRAY(a, double, firms), *weight = NEW_ARRAY(a, double, firms);
    uint8_t *classes = NEW_ARRAY(a, uint8_t, (size_t)industries * industries);
    double demand = rng_below(r, 2) ? 2 : 0.5;          /* at 0.5 some sell more than their revenue  */
    for (uint32_t i = 0; i < firms; i++) industry[i] = sn_below(r, industries);
    for (uint32_t e = 0; e < n; e++) {
        supplier[e] = sn_below(r, firms);
        customer[e] = sn_below(r, rng_below(r, 4) ? firms : 1 + firms / 4);
        value[e] = rng_below(r, 12) ? random_value(r) : 0;
        revenue[supplier[e]] += value[e] * (demand + sn_uniform(r));
    }
    for (uint32_t i = 0; i < firms; i++) {
        if (!rng_below(r, 5)) revenue[i] = rng_below(r, 2) ? 0 : (double)NAN;
        weight[i] = rng_below(r, 3) ? random_value(r) : 0;
    }
    for (uint32_t k = 0; k < industries * industries; k++) classes[k] = (uint8_t)sn_below(r, 3);
    return (struct network_input){ firms, industries, industry, { n, supplier, customer, value }, rng_below(r, 4) ? classes : NULL,
                                   rng_below(r, 3) ? revenue : NULL, rng_below(r, 3) ? weight : NULL };
}

void add_demand(struct arena *a, struct network_input *in)
{
    struct rng r = { in->firms };
    double *revenue = NEW_ARRAY(a, double, in->firms), *weight = NEW_ARRAY(a, double, in->firms);
    for (size_t e = 0; e < in->links.n; e++) revenue[in->links.supplier[e]] += in->links.value[e];
    for (uint32_t i = 0; i < in->firms; i++) {
        revenue[i] = rng_below(&r, 20) ? revenue[i] * (1.1 + sn_uniform(&r)) : (double)NAN;
        weight[i] = rng_below(&r, 10) ? random_value(&r) : 0;
    }
    in->revenue = revenue;
    in->weight = weight;
}

bool same_bytes(const void *x, const void *y, size_t n) { return memcmp(x, y, n) == 0; }

bool same_risks(const struct risk *x, const struct risk *y, size_t n)
{
    for (size_t i = 0; i < n; i++)                  /* without what pads the structure           */
        if (!same_bytes(&x[i], &y[i], offsetof(struct risk, steps) + sizeof x->steps)) return false;
    return true;
}
