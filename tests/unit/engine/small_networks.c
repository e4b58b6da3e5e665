#include "small_networks.h"

#include <math.h>

struct network *network_of(struct arena *a, uint32_t firms, const struct link *links, size_t n, const double *revenue)
{
    uint32_t *supplier = NEW_ARRAY(a, uint32_t, n), *customer = NEW_ARRAY(a, uint32_t, n), *industry = NEW_ARRAY(a, uint32_t, firms);
    double *value = NEW_ARRAY(a, double, n);
    for (uint32_t i = 0; i < firms; i++) industry[i] = i % 64;
    for (size_t k = 0; k < n; k++) {
        supplier[k] = links[k].supplier;
        customer[k] = links[k].customer;
        value[k] = links[k].value;
    }
    struct network_input in = { .firms = firms, .industries = 64, .industry = industry, .links = { n, supplier, customer, value },
                                .revenue = revenue };
    struct network *out;
    CHECK_INT(network_make(a, &in, &out), OK);
    return out;
}

double chance(struct rng *r) { return (double)(rng_next(r) >> 11) * 0x1p-53; }

struct network *network_random(struct arena *a, struct rng *r, uint32_t firms, size_t links)
{
    struct link *l = NEW_ARRAY(a, struct link, links);
    for (size_t k = 0; k < links; k++)
        l[k] = (struct link){ (uint32_t)rng_below(r, firms), (uint32_t)rng_below(r, firms), 0.1 + chance(r) };
    return network_of(a, firms, l, links, NULL);
}

struct network *network_with_revenue(struct arena *a, const struct network *n, const double *revenue)
{
    struct link *l = NEW_ARRAY(a, struct link, n->links);
    for (uint32_t i = 0; i < n->firms; i++)
        for (size_t k = n->sold_at[i]; k < n->sold_at[i + 1]; k++) l[k] = (struct link){ i, n->sold_to[k], n->sold[k] };
    return network_of(a, n->firms, l, n->links, revenue);
}

double sales_between(const struct network *n, uint32_t supplier, uint32_t customer)
{
    for (size_t k = n->sold_at[supplier]; k < n->sold_at[supplier + 1]; k++)
        if (n->sold_to[k] == customer) return n->sold[k];
    return 0;
}

static void swap_rows(double *matrix, double *right, uint32_t n, uint32_t x, uint32_t y)
{
    for (uint32_t c = 0; c < n; c++) {
        double keep = matrix[x * n + c];
        matrix[x * n + c] = matrix[y * n + c];
        matrix[y * n + c] = keep;
    }
    double keep = right[x];
    right[x] = right[y];
    right[y] = keep;
}

void solve_dense(uint32_t n, double *matrix, double *right)
{
    for (uint32_t p = 0; p < n; p++) {
        uint32_t best = p;
        for (uint32_t r = p + 1; r < n; r++)
            if (fabs(matrix[r * n + p]) > fabs(matrix[best * n + p])) best = r;
        swap_rows(matrix, right, n, p, best);
        for (uint32_t r = 0; r < n; r++) {
            double factor = r == p ? 0 : matrix[r * n + p] / matrix[p * n + p];
            for (uint32_t c = p; c < n; c++) matrix[r * n + c] -= factor * matrix[p * n + c];
            right[r] -= factor * right[p];
        }
    }
    for (uint32_t p = 0; p < n; p++) right[p] /= matrix[p * n + p];
}

bool near(double got, double want, double tolerance)
{
    return isnan(want) ? isnan(got) : fabs(got - want) <= tolerance * fmax(1, fabs(want));
}
