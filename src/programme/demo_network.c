/*
 * demo_network.c - who supplies whom among the made-up enterprises: assemblers outside the city on top, owners from abroad and large makers
 * below them, then the others, and makers of materials here and abroad at the end.
 *
 * Each enterprise buys what makers of its group need, from those that make it, the larger ones more often; so a few have very many buyers
 * and most have few.  What it buys comes to no more than its purchases, what it sells to no more than its sales.  Then somebody
 * tells of each link: its buyer, its supplier, both (who do not always agree), or the office has inferred it.
 */
#include "programme/demo.h"
#include "programme/demo_parts.h"

#include "base/date.h"
#include "model/change.h"
#include "model/flow/workflow.h"
#include "model/type.h"
#include "programme/network/supply.h"

static const int64_t million = 1000000, billion = 1000000000;

struct firm {
    int64_t id, revenue, founded;
    int64_t purchases, sales;               /* đồng a year, not yet in links                       */
    Str     name;
    size_t  product[DEMO_PRODUCTS];         /* rows of PRODUCTS                                   */
    size_t  products, bought_from;          /* bought_from: firms that supply it, so far           */
    bool    foreign, sparse;
};
struct outside { int64_t id; Str name, country; };          /* country: its key                     */
struct market { uint32_t *firms; int64_t *up_to; size_t n; };           /* makers of a group; sums of their weights */

struct net {
    struct demo     d;
    struct arena   *a;                      /* as long as all of it                               */
    struct { struct firm *p; size_t n, cap; } firms;
    struct outside *buyers, *sellers;       /* by row of BUYERS and RAW_MATERIALS                 */
    struct market  *markets;                /* by row of NEEDS                                    */
    struct map      linked;                 /* "12>45": who has a link already                    */
    int64_t         links;
    struct { int64_t *p; size_t n, cap; } disputed;
};

/* ---- the firms, as the register has them ---------------------------------------------------------- */

static size_t product_row(const struct demo *d, Str name)
{
    size_t row = 0;
    while (row < d->tables[PRODUCTS].rows && !str_eq(demo_text(d, PRODUCTS, row, "name_vi"), name)) row++;
    return row;
}

static void read_products(const struct net *net, struct firm *f, const struct record *r)
{
    const struct records *list = &r->children[ENTERPRISE_PRODUCTS];
    for (size_t i = 0; i < list->n && f->products < DEMO_PRODUCTS; i++) {
        size_t row = product_row(&net->d, v_str(list->p[i]->v[product.title]));
        if (row < net->d.tables[PRODUCTS].rows) f->product[f->products++] = row;
    }
}

static int64_t imported_percent(const struct record *r)
{
    double sum = 0;
    for (size_t i = 0; i < r->children[ENTERPRISE_IMPORTS].n; i++) sum += v_f64(r->children[ENTERPRISE_IMPORTS].p[i]->v[IMPORT_SHARE]);
    return (int64_t)sum;
}

static void add_firm(struct net *net, const struct record *r)
{
    const struct records *years = &r->children[ENTERPRISE_FIGURES];
    const struct record *year = years->n ? years->p[years->n - 1] : NULL;
    struct demo *d = &net->d;
    struct firm f = { .id = r->id, .founded = v_i64(r->v[ENTERPRISE_FOUNDED]), .name = str_dup(net->a, v_str(r->v[ENTERPRISE_NAME_VI])), .sparse = !year };
    Str owner = v_str(r->v[ENTERPRISE_OWNERSHIP]);
    f.foreign = str_ends(owner, S("/fdi")) || str_ends(owner, S("/joint-venture"));
    f.revenue = year ? v_i64(year->v[FIGURE_REVENUE]) : between(d, 2, 20) * billion / 2;
    f.purchases = f.revenue / 100 * between(d, 52, 68) / 100 * (100 - imported_percent(r));
    f.sales = f.revenue / 100 * (100 - (year ? (int64_t)v_f64(year->v[FIGURE_EXPORT_SHARE]) : 0));
    read_products(net, &f, r);
    if (f.products) *GROW(net->a, net->firms) = f;
}

static enum err read_firms(struct net *net)
{
    enum { PAGE = 200 };
    struct work *w = net->d.w;
    for (int64_t after = 0;;) {
        struct records page;
        arena_reset(w->a);
        TRY(records_load(w, &enterprise, after, PAGE, true, &page));
        for (size_t i = 0; i < page.n; i++) add_firm(net, page.p[i]);
        if (page.n < PAGE) return OK;
        after = page.p[page.n - 1]->id;
    }
}

static Str group_of(const struct net *net, const struct firm *f) { return demo_text(&net->d, PRODUCTS, f->product[0], "group"); }
static Str industry_of(const struct net *net, const struct firm *f) { return demo_text(&net->d, PRODUCTS, f->product[0], "industry"); }

/* ---- companies outside the register ---------------------------------------------------------------- */

static enum err write_outside(struct net *net, enum demo_table t, size_t row, const char *name, Str country, struct outside *out)
{
    struct demo *d = &net->d;
    struct record *r = record_make(d->w->a, &outside_company);
    bool changed;
    r->v[OUTSIDE_NAME] = v_text(demo_text(d, t, row, name));
    set_code(d, r, "country", country);
    if (demo_text(d, t, row, "province").n) set_code(d, r, "province", demo_text(d, t, row, "province"));
    set_code(d, r, "vsic", demo_text(d, t, row, "vsic"));
    TRY(record_save(d->w, NULL, r, &changed));
    *out = (struct outside){ r->id, demo_text(d, t, row, name), str_dup(net->a, v_str(r->v[OUTSIDE_COUNTRY])) };
    return OK;
}

/* Who buys from the enterprises of the city has its works in other provinces. */
static enum err write_outsides(struct net *net)
{
    const struct table *t = net->d.tables;
    net->buyers = NEW_ARRAY(net->a, struct outside, t[BUYERS].rows);
    net->sellers = NEW_ARRAY(net->a, struct outside, t[RAW_MATERIALS].rows);
    for (size_t i = 0; i < t[BUYERS].rows; i++) TRY(write_outside(net, BUYERS, i, "name_vi", S("VN"), &net->buyers[i]));
    for (size_t i = 0; i < t[RAW_MATERIALS].rows; i++)
        TRY(write_outside(net, RAW_MATERIALS, i, "name", demo_text(&net->d, RAW_MATERIALS, i, "country"), &net->sellers[i]));
    return OK;
}

/* ---- markets ----------------------------------------------------------------------------------------- */

static size_t needs_row(const struct net *net, Str group)
{
    size_t row = 0, n = net->d.tables[NEEDS].rows;
    while (row < n && !str_eq(demo_text(&net->d, NEEDS, row, "group"), group)) row++;
    return row;
}

static void open_markets(struct net *net)
{
    size_t n = net->d.tables[NEEDS].rows;
    net->markets = NEW_ARRAY(net->a, struct market, n);
    for (size_t row = 0; row < n; row++) {
        struct market *m = &net->markets[row];
        int64_t sum = 0;
        m->firms = NEW_ARRAY(net->a, uint32_t, net->firms.n);
        m->up_to = NEW_ARRAY(net->a, int64_t, net->firms.n);
        for (size_t i = 0; i < net->firms.n; i++) {
            const struct firm *f = &net->firms.p[i];
            if (!str_eq(group_of(net, f), demo_text(&net->d, NEEDS, row, "group")) || f->sales <= 0) continue;
            sum += 1 + f->sales / (2 * billion);
            m->firms[m->n] = (uint32_t)i;
            m->up_to[m->n++] = sum;
        }
    }
}

static struct firm *draw(struct net *net, const struct market *m)
{
    int64_t at = between(&net->d, 0, m->up_to[m->n - 1] - 1);
    size_t low = 0, high = m->n - 1;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (m->up_to[mid] > at) high = mid;
        else low = mid + 1;
    }
    return &net->firms.p[m->firms[low]];
}

/* Whether these two have no link yet; from now on they have. */
static bool first_link(struct net *net, Str supplier, Str buyer)
{
    bool added;
    map_put(&net->linked, str_f(net->a, "%.*s>%.*s", FMT(supplier), FMT(buyer)), 1, &added);
    return added;
}
static Str firm_key(const struct net *net, const struct firm *f) { return str_f(net->a, "e%lld", (long long)f->id); }
static Str outside_key(const struct net *net, const struct outside *o) { return str_f(net->a, "o%lld", (long long)o->id); }

/* One that makes something of the group, mostly for the same industry, and has some of it to sell; NULL: not found. */
static struct firm *find_supplier(struct net *net, Str group, const struct firm *buyer, Str industry, Str buyer_key)
{
    enum { TRIES = 10 };
    size_t row = needs_row(net, group);
    const struct market *m = row < net->d.tables[NEEDS].rows ? &net->markets[row] : NULL;
    for (int i = 0; m && m->n && i < TRIES; i++) {
        struct firm *f = draw(net, m);
        bool other = !str_eq(industry_of(net, f), industry) && chance(&net->d, 55);
        if (f != buyer && !other && f->sales > 20 * million && first_link(net, firm_key(net, f), buyer_key)) return f;
    }
    return NULL;
}

/* ---- one link ------------------------------------------------------------------------------------------ */

struct party { struct firm *firm; const struct outside *outside; };
struct deal { struct party supplier, buyer; Str product; int64_t value; bool ended; };

static void set_party(const struct net *net, struct record *r, const struct party *p, bool buys)
{
    const struct code *home = code_find(net->d.w->codes, S("country"), S("VN"));
    MUST(home);
    if (p->firm) r->v[buys ? LINK_BUYER : LINK_SUPPLIER] = v_int(p->firm->id);
    else r->v[buys ? LINK_BUYER_COMPANY : LINK_SUPPLIER_COMPANY] = v_int(p->outside->id);
    r->v[buys ? LINK_BUYER_NAME : LINK_SUPPLIER_NAME] = v_text(p->firm ? p->firm->name : p->outside->name);
    r->v[buys ? LINK_BUYER_COUNTRY : LINK_SUPPLIER_COUNTRY] = v_text(p->firm ? home->key : p->outside->country);
}

static Val day(struct demo *d, int64_t days_ago) { return v_text(date_iso(d->w->a, date_from_days(date_days(d->w->today) - days_ago))); }

/* An eighth has ended, some of it lately; a tenth began within a year. */
static void set_dates(struct demo *d, struct record *r, const struct deal *deal)
{
    enum { YEAR = 365 };
    int64_t of_supplier = deal->supplier.firm ? deal->supplier.firm->founded : 0, of_buyer = deal->buyer.firm ? deal->buyer.firm->founded : 0;
    int64_t oldest = (d->w->today.year - (of_supplier > of_buyer ? of_supplier : of_buyer)) * YEAR, until = deal->ended ? between(d, 15, 2 * YEAR) : 0;
    if (oldest > 12 * YEAR) oldest = 12 * YEAR;
    if (oldest < until + YEAR) oldest = until + YEAR;
    if (deal->ended) r->v[LINK_UNTIL] = day(d, until);
    if (chance(d, 12) && !deal->ended) r->v[LINK_SINCE] = day(d, between(d, 10, YEAR));
    else if (chance(d, 75)) r->v[LINK_SINCE] = day(d, between(d, until + 60, oldest));
}

static int64_t rounded(int64_t amount) { return amount > 100 * million ? amount / (10 * million) * (10 * million) : amount / million * million + million; }

/* The same within a few percent, mostly. */
static int64_t as_the_other_says(struct demo *d, int64_t value)
{
    int64_t kind = between(d, 1, 100), percent = kind <= 60 ? between(d, 0, 4) : kind <= 85 ? between(d, 5, 18) : between(d, 22, 60);
    return rounded(value / 100 * (100 - percent));
}

static double percent_of(int64_t part, int64_t all) { return (double)(part * 1000 / (all + 1)) / 10; }

static void say_supplier(struct demo *d, struct record *r, const struct deal *deal, int64_t value)
{
    r->v[LINK_VALUE_BY_SUPPLIER] = v_int(value);
    if (!deal->ended && chance(d, 50)) r->v[LINK_SHARE_BY_SUPPLIER] = v_real(percent_of(deal->value, deal->supplier.firm->revenue));
}

static void say_buyer(struct demo *d, struct record *r, const struct deal *deal, int64_t value)
{
    r->v[LINK_VALUE_BY_BUYER] = v_int(value);
    if (!deal->ended && chance(d, 50)) r->v[LINK_SHARE_BY_BUYER] = v_real(percent_of(deal->value, deal->buyer.firm->revenue / 10 * 7));
    if (chance(d, 80)) r->v[LINK_ESSENTIAL] = v_int(chance(d, 40));
}

static void infer(struct demo *d, struct record *r)
{
    r->v[LINK_CONFIDENCE] = v_real((double)between(d, 8, 19) * 5);
    r->v[LINK_BASIS] = v_text(demo_text(d, REMARKS, pick_part(d, REMARKS, "kind", S("basis")), "vi"));
}

/* Companies outside the register tell nothing. */
static void tell(struct demo *d, struct record *r, const struct deal *deal)
{
    bool supplier = deal->supplier.firm != NULL, buyer = deal->buyer.firm != NULL;
    int64_t kind = between(d, 1, 100);
    if (kind <= 30) {
        infer(d, r);
        return;
    }
    if (supplier && buyer && kind > 68) supplier = kind <= 84, buyer = !supplier;
    if (supplier) say_supplier(d, r, deal, rounded(deal->value));
    if (buyer) say_buyer(d, r, deal, supplier ? as_the_other_says(d, deal->value) : rounded(deal->value));
}

static enum err write_link(struct net *net, const struct deal *deal)
{
    enum { DISPUTED_EACH = 450 };
    struct demo *d = &net->d;
    struct record *r = record_make(d->w->a, &supply_link);
    bool changed;
    set_party(net, r, &deal->supplier, false);
    set_party(net, r, &deal->buyer, true);
    r->v[LINK_PRODUCT] = v_text(deal->product);
    set_dates(d, r, deal);
    tell(d, r, deal);
    TRY(record_save(d->w, NULL, r, &changed));
    if (++net->links % DISPUTED_EACH == DISPUTED_EACH / 2) *GROW(net->a, net->disputed) = r->id;
    arena_reset(d->w->a);
    return OK;
}

/* The deal takes its part of what the two have; one that has ended takes nothing of this year's. */
static enum err strike(struct net *net, struct deal deal)
{
    deal.ended = chance(&net->d, 12);
    if (!deal.ended && deal.supplier.firm) deal.supplier.firm->sales -= deal.value;
    if (!deal.ended && deal.buyer.firm) deal.buyer.firm->purchases -= deal.value;
    return write_link(net, &deal);
}

/* ---- what each buys --------------------------------------------------------------------------------------- */

static Str product_name(struct net *net, const struct firm *f)
{
    return demo_text(&net->d, PRODUCTS, f->product[between(&net->d, 0, (int64_t)f->products - 1)], "name_vi");
}

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

static enum err buy_part(struct net *net, struct firm *buyer, int64_t budget)
{
    Str needs = demo_text(&net->d, NEEDS, needs_row(net, group_of(net, buyer)), "needs");
    struct firm *supplier = find_supplier(net, pick_item(&net->d, needs, '|'), buyer, industry_of(net, buyer), firm_key(net, buyer));
    if (!supplier) return OK;
    return strike(net, (struct deal){ { supplier, NULL }, { buyer, NULL }, product_name(net, supplier), least(budget, supplier->sales / 3) });
}

static bool supplies(const struct net *net, size_t row, const struct code *material)
{
    Str families = demo_text(&net->d, RAW_MATERIALS, row, "families"), family, of = material->parent.n ? material->parent : material->code;
    while (str_next(&families, '|', &family)) if (str_eq(family, of)) return true;
    return false;
}

static enum err buy_material(struct net *net, struct firm *buyer, int64_t budget)
{
    enum { TRIES = 40 };
    struct demo *d = &net->d;
    Str code = demo_text(d, PRODUCTS, buyer->product[between(d, 0, (int64_t)buyer->products - 1)], "material");
    const struct code *material = code_find(d->w->codes, S("material"), code);
    for (int i = 0; material && i < TRIES; i++) {
        size_t row = pick_weighted(d, RAW_MATERIALS);
        const struct outside *o = &net->sellers[row];
        if (!supplies(net, row, material) || !first_link(net, outside_key(net, o), firm_key(net, buyer))) continue;
        return strike(net, (struct deal){ { NULL, o }, { buyer, NULL }, material->name[VI], budget });
    }
    return OK;
}

/* Two materials and a few parts; a large one many, the first of them the largest. */
static enum err buy_all(struct net *net, struct firm *f)
{
    struct demo *d = &net->d;
    int64_t size = f->revenue / billion;
    int64_t n = (f->sparse ? 1 : 3) + between(d, 0, 2) + (size > 60) * 2 + (size > 250) * between(d, 2, 5) + (size > 900) * between(d, 6, 18);
    for (int64_t i = 0; i < n && f->purchases > 50 * million; i++) {
        int64_t budget = f->purchases / 100 * between(d, 8, 32);
        TRY(i < 2 && chance(d, 60) ? buy_material(net, f, budget) : buy_part(net, f, budget));
    }
    return OK;
}

/* Assemblers and brands buy from as many of every thousand enterprises as the table says. */
static enum err sell_outside(struct net *net, size_t row)
{
    struct demo *d = &net->d;
    Str industry = demo_text(d, BUYERS, row, "industry"), needs = demo_text(d, NEEDS, needs_row(net, industry), "needs");
    int64_t n = 1 + (int64_t)table_number(&d->tables[BUYERS], row, "suppliers") * (int64_t)net->firms.n / 1000;
    for (; n > 0; n--) {
        const struct outside *o = &net->buyers[row];
        struct firm *f = find_supplier(net, pick_item(d, needs, '|'), NULL, industry, outside_key(net, o));
        if (f) TRY(strike(net, (struct deal){ { f, NULL }, { NULL, o }, product_name(net, f), f->sales / 100 * between(d, 8, 40) }));
    }
    return OK;
}

/* ---- disputes, and what is given in confidence ------------------------------------------------------------ */

static enum err take(struct net *net, int64_t link, const char *step, const char *kind, size_t n)
{
    struct demo *d = &net->d;
    struct record *r;
    Message why;
    size_t row = 0;
    while (!str_is(demo_text(d, REMARKS, row, "kind"), kind) || n--) row++;
    TRY(record_load(d->w, &supply_link, link, &r));
    return step_inside(d->w, r, step_named(&supply_link, str_of(step)), demo_text(d, REMARKS, row, "vi"), &why);
}

static enum err dispute(struct net *net)
{
    for (size_t i = 0; i < net->disputed.n; i++) {
        TRY(take(net, net->disputed.p[i], "dispute", "dispute", i % 4));
        if (i % 4 == 1) TRY(take(net, net->disputed.p[i], "uphold", "answer", 0));
        if (i % 4 == 3) TRY(take(net, net->disputed.p[i], "refute", "answer", 1));
    }
    return OK;
}

/* The first enterprise, whose account there is to try it with, gives two; the others one each. */
static enum err confide(struct net *net)
{
    enum { CONFIDENTIAL = 20 };
    struct demo *d = &net->d;
    size_t n = net->firms.n;
    for (size_t i = 0; i < CONFIDENTIAL && n > CONFIDENTIAL; i++) {
        const struct firm *giver = &net->firms.p[i < 2 ? 0 : i * (n / CONFIDENTIAL)], *partner = &net->firms.p[(i * 7919 + 101) % n];
        struct record *r = record_make(d->w->a, &confidential_link);
        bool changed, outside = i % 3 == 2;
        if (giver == partner) continue;
        r->v[CONFIDENTIAL_GIVER] = v_int(giver->id);
        r->v[CONFIDENTIAL_DIRECTION] = v_text(i % 2 ? S("sells") : S("buys"));
        if (outside) r->v[CONFIDENTIAL_PARTNER_COMPANY] = v_int((i % 2 ? net->buyers : net->sellers)[i].id);
        else r->v[CONFIDENTIAL_PARTNER] = v_int(partner->id);
        r->v[CONFIDENTIAL_PRODUCT] = v_text(product_name(net, i % 2 || outside ? giver : partner));
        r->v[CONFIDENTIAL_VALUE] = v_int(rounded(giver->revenue / 100 * between(d, 2, 9)));
        TRY(record_save(d->w, NULL, r, &changed));
    }
    return OK;
}

/* ---- all of it ----------------------------------------------------------------------------------------------- */

static enum err weave(struct net *net)
{
    TRY(read_firms(net));
    net->linked = map_make(net->a, net->firms.n * 16);
    TRY(write_outsides(net));
    open_markets(net);
    for (size_t row = 0; row < net->d.tables[BUYERS].rows; row++) TRY(sell_outside(net, row));
    for (size_t i = 0; i < net->firms.n; i++) TRY(buy_all(net, &net->firms.p[i]));
    TRY(dispute(net));
    return confide(net);
}

static enum err write_network(struct work *w, void *arg)
{
    struct arena *outer = w->a;
    struct net net = { .d = { .w = w, .rng = { *(const uint64_t *)arg } }, .a = outer };
    TRY(batch_open(w, S("demo"), (Str){ 0 }));
    demo_vocabulary(&net.d, outer);
    struct arena scratch = arena_make((size_t)256 << 20, outer->full);
    w->a = &scratch;
    enum err err = weave(&net);
    w->a = outer;
    arena_free(&scratch);
    return err;
}

enum err demo_network(struct work *w, uint64_t seed)
{
    struct work before = *w;
    bool demo;
    TRY(demo_is(w, &demo));
    if (!demo) return ERR_DENIED;
    w->actor = (struct actor){ .roles = SYSTEM, .name = S("demo") };
    enum err err = work_write(w, write_network, &seed);
    w->actor = before.actor;
    w->batch = before.batch;
    return err;
}
