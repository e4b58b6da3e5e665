/* demo_trade.c - how a made-up enterprise does: its yearly figures, its customers, what it imports itself. */
#include "programme/demo_parts.h"

/* ---- yearly figures ------------------------------------------------------------------------------- */

enum { YEARS = 4 };
static const int64_t million = 1000000, billion = 1000000000;

/* Revenue of one employee in millions of đồng a year, and share exported in percent, by equally spaced quantiles. */
static const int64_t productivity[] = { 170, 240, 300, 360, 430, 510, 600, 720, 900, 1250, 2300 };
static const int64_t exported_domestic[] = { 0, 0, 0, 0, 0, 0, 3, 8, 15, 30, 85 };
static const int64_t exported_foreign[] = { 5, 20, 40, 55, 65, 75, 85, 92, 97, 100, 100 };

struct economy { int64_t employees, per_head, exported; };          /* per_head: millions; exported: percent */

static int64_t rounded(int64_t amount, int64_t to) { return (amount + to / 2) / to * to; }

static void write_figures(struct demo *d, int64_t year, const struct economy *e)
{
    struct record *f = record_add(d->w->a, d->r, ENTERPRISE_FIGURES);
    int64_t revenue = rounded(e->employees * e->per_head * million, 10 * million);
    set(f, "year", v_int(year));
    set(f, "employees", v_int(e->employees));
    set(f, "revenue", v_int(revenue));
    if (d->detail == SPARSE) return;
    set(f, "exports", v_int(rounded(revenue / 100 * e->exported, million)));
    set(f, "export_share", v_real((double)e->exported));
    set(f, "capital", v_int(rounded(revenue / 100 * between(d, 45, 110), 10 * million)));
    if (d->detail != FULL) return;
    set(f, "investment", v_int(rounded(revenue / 1000 * between(d, 0, 120), million)));
    set(f, "research", v_int(rounded(revenue / 1000 * between(d, 0, 30), million)));
    set(f, "taxes", v_int(rounded(revenue / 1000 * between(d, 10, 60), million)));
    set(f, "local_inputs", v_real((double)between(d, d->foreign ? 4 : 8, 20) * 5));
}

/* The year before: an enterprise grows or shrinks, and mostly becomes a little more productive. */
static struct economy year_before(struct demo *d, struct economy e)
{
    e.employees = e.employees * 100 / (100 + between(d, -12, 24));
    e.per_head = e.per_head * 100 / (100 + between(d, -3, 10));
    e.exported += e.exported ? between(d, -4, 3) : 0;
    if (e.employees < 1) e.employees = 1;
    if (e.exported < 0) e.exported = 0;
    if (e.exported > 100) e.exported = 100;
    return e;
}

static void write_years(struct demo *d, struct economy last)
{
    struct economy of[YEARS] = { [YEARS - 1] = last };
    int64_t first_year = d->w->today.year - YEARS;
    for (int i = YEARS - 1; i > 0; i--) of[i - 1] = year_before(d, of[i]);
    bool late = d->detail == USUAL && chance(d, 8);         /* has not reported last year yet      */
    for (int i = 0; i < YEARS - late; i++)
        if (first_year + i > d->founded) write_figures(d, first_year + i, &of[i]);
}

/* ---- customers ------------------------------------------------------------------------------------ */

static bool has_customer(const struct demo *d, Str name)
{
    const struct records *list = &d->r->children[ENTERPRISE_CUSTOMERS];
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(v_str(list->p[i]->v[customer.title]), name)) return true;
    return false;
}

/* Buys one of the products; takes its share from what is left of the revenue, in percent. */
static void write_customer(struct demo *d, int64_t *left)
{
    size_t bought = d->product[between(d, 0, (int64_t)d->products - 1)];
    size_t buyer = pick_part(d, BUYERS, "industry", demo_text(d, PRODUCTS, bought, "industry"));
    int64_t this_year = d->w->today.year, first = d->founded + 1 > this_year - 15 ? d->founded + 1 : this_year - 15;
    Str name = demo_text(d, BUYERS, buyer, "name_vi");
    if (has_customer(d, name)) return;
    struct record *c = record_add(d->w->a, d->r, ENTERPRISE_CUSTOMERS);
    int64_t share = between(d, 1, *left / 10) * 5;
    *left -= share;
    set(c, "name", v_text(name));
    set_code(d, c, "country", demo_text(d, BUYERS, buyer, "country"));
    set(c, "product", v_text(demo_text(d, PRODUCTS, bought, "name_vi")));
    set(c, "since", v_int(between(d, first, this_year - 1)));
    set(c, "share", v_real((double)share));
}

static void write_customers(struct demo *d)
{
    int64_t left = 100;
    for (int64_t n = between(d, 1, 3); n > 0; n--) write_customer(d, &left);
}

void demo_trade(struct demo *d)
{
    struct economy last = { .employees = d->employees, .per_head = QUANTILE(productivity, between(d, 0, 1000)) };
    last.exported = d->foreign ? QUANTILE(exported_foreign, between(d, 0, 1000)) : QUANTILE(exported_domestic, between(d, 0, 1000));
    if (d->foreign) last.per_head = last.per_head * 3 / 2;
    int64_t capital = last.employees * last.per_head * between(d, 15, 60) / 100 * million;
    if (d->detail > SPARSE || chance(d, 70)) set(d->r, "charter_capital", v_int(rounded(capital, billion / 10) + billion / 2));
    if (d->detail > SPARSE || chance(d, 70)) write_years(d, last);
    if (d->detail == FULL || (d->detail == USUAL && chance(d, 55))) write_customers(d);
}

/* ---- what it imports itself ----------------------------------------------------------------------- */

static void write_import(struct demo *d, Str material, const struct record *year, int64_t share)
{
    struct record *i = record_add(d->w->a, d->r, ENTERPRISE_IMPORTS);
    int64_t purchases = v_i64(year->v[FIGURE_REVENUE]) / 100 * 65;
    set(i, "product", v_text(material));
    set_code(d, i, "country", demo_text(d, ORIGINS, pick_weighted(d, ORIGINS), "country"));
    set(i, "value", v_int(rounded(purchases / 100 * share, million)));
    set(i, "share", v_real((double)share));
    if (chance(d, 70)) set(i, "essential", v_int(chance(d, 45)));
    set(i, "year", year->v[FIGURE_YEAR]);
}

/* Materials of its products: half of all makers import some of them, those of foreign owners more. */
void demo_imports(struct demo *d)
{
    const struct records *years = &d->r->children[ENTERPRISE_FIGURES];
    if (d->service || !years->n || !chance(d, d->foreign ? 85 : 45)) return;
    for (int64_t n = between(d, 1, d->foreign ? 4 : 2), left = 60; n > 0; n--) {
        Str code = demo_text(d, PRODUCTS, d->product[between(d, 0, (int64_t)d->products - 1)], "material");
        const struct code *material = code_find(d->w->codes, S("material"), code);
        int64_t share = between(d, 2, left / 3);
        if (!material) continue;
        write_import(d, material->name[VI], years->p[years->n - 1], share);
        left -= share;
    }
}
