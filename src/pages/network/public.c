/*
 * public.c - what everybody may know of the supply network: sums alone, of cells to which at least K_LEAST enterprises contribute
 * (confidence.h), as shares in whole per cent, so that one link's coming or going cannot be read from two looks.
 */
#include "pages/network/network.h"

#include "base/map.h"
#include "programme/network/confidence.h"

#include <math.h>
#include <stdlib.h>

/* ---- cells ---------------------------------------------------------------------------------- */

struct cells {
    struct arena *a;
    struct map    numbers;                  /* of codes                                           */
    struct { struct cell *p; size_t n, cap; } list;
    struct { uint32_t *p; size_t n, cap; } last;    /* who contributed to each last: those of one buyer come together */
};

static uint32_t cell_with(struct cells *c, Str code)
{
    bool added;
    uint32_t at = (uint32_t)*map_put(&c->numbers, code, (int64_t)c->list.n, &added);
    if (added) {
        *GROW(c->a, c->list) = (struct cell){ .code = code };
        *GROW(c->a, c->last) = NO_NODE;
    }
    return at;
}

static void contribute(struct cells *c, uint32_t cell, double value, uint32_t buyer)
{
    c->list.p[cell].value += value;
    c->list.p[cell].contributors += c->last.p[cell] != buyer;
    c->last.p[cell] = buyer;
}

static Str division_of(Str industry)
{
    Str version, digits;
    return str_cut(industry, '/', &version, &digits) ? str_sub(industry, 0, version.n + 3) : industry;
}

/* What enterprises of the register buy: by country where it comes from abroad, by industry where it is made in Việt Nam. */
static void count_cells(const struct supply_view *v, struct cells *countries, struct cells *industries)
{
    uint32_t *cell = NEW_ARRAY(countries->a, uint32_t, v->nodes_n);
    for (uint32_t i = 0; i < v->nodes_n; i++) {
        const struct node *n = &v->nodes[i];
        cell[i] = v->local[i] ? cell_with(industries, division_of(v->industries[n->industry])) : cell_with(countries, n->country);
    }
    for (uint32_t buyer = 0; buyer < v->enterprises_n; buyer++) {
        for (size_t k = v->network->bought_at[buyer]; k < v->network->bought_at[buyer + 1]; k++) {
            uint32_t from = v->network->bought_from[k];
            contribute(v->local[from] ? industries : countries, cell[from], v->network->bought[k], buyer);
        }
        for (size_t i = v->imported_at[buyer]; i < v->imported_at[buyer + 1]; i++) {
            const struct view_import *m = &v->imported[i];
            if (m->value > 0) contribute(countries, cell_with(countries, v->countries[m->country]), m->value, buyer);
        }
    }
}

/* Those that nobody buys from are no cells. */
static size_t drop_empty(struct cell *p, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (p[i].contributors) p[kept++] = p[i];
    return kept;
}

static int by_value(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    if (x->other != y->other) return x->other ? 1 : -1;
    return x->value != y->value ? (x->value > y->value ? -1 : 1) : str_cmp(x->code, y->code);
}

static struct grid cells_grid(const struct network_at *at, struct cells *c, struct figure look, const struct grid_column *columns,
                              const char *list)
{
    size_t n = cells_publish(c->list.p, drop_empty(c->list.p, c->list.n));
    double all = 0;
    struct grid g = grid_make(at->q, look, columns, 2,
                              N_("Too few enterprises have said whom they buy from for anything to be shown here."));
    if (n) qsort(c->list.p, n, sizeof *c->list.p, by_value);
    for (size_t i = 0; i < n; i++) all += c->list.p[i].value;
    for (size_t i = 0; i < n; i++) {
        grid_text(&g, c->list.p[i].other ? net_tr(at, N_("all others")) : code_name(at, list, c->list.p[i].code));
        grid_number(&g, round(c->list.p[i].value / all * 100));
    }
    return g;
}

/* ---- the page ------------------------------------------------------------------------------- */

static const struct grid_column country_columns[] = { { "country", N_("Country"), "label" },
    { "share", N_("Share of purchases from abroad, %"), "value" } };
static const struct grid_column industry_columns[] = { { "industry", N_("Industry"), "label" },
    { "share", N_("Share of purchases in Việt Nam, %"), "value" } };

static enum err sums(struct network_at *at)
{
    struct cells countries = { .a = at->q->a, .numbers = map_make(at->q->a, 64) };
    struct cells industries = { .a = at->q->a, .numbers = map_make(at->q->a, 64) };
    count_cells(at->v, &countries, &industries);
    struct grid tables[] = {
        cells_grid(at, &countries, (struct figure){ .kind = "bars", .id = "countries",
            .caption = N_("Countries the city’s enterprises buy from") }, country_columns, "country"),
        cells_grid(at, &industries, (struct figure){ .kind = "bars", .id = "industries",
            .caption = N_("Industries the city’s enterprises buy from") }, industry_columns, "vsic"),
    };
    return network_tables(at, "", net_tr(at, N_("The city’s supply network in sums")),
                          net_tr(at, N_("What the enterprises of the register buy and from where. Only sums to which at least three enterprises contribute are shown.")),
                          tables, COUNT(tables));
}

enum err network_public(struct request *q, struct reply *r) { return network_page(q, r, FOR_EVERYBODY, sums); }
