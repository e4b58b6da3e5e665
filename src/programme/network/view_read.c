/*
 * view_read.c - the register's tables become the arrays of a view: one pass over each table, in the order of its key.  Only what the
 * view keeps is copied; nodes are found by binary search, codes by a hash table.
 */
#include "programme/network/view_inside.h"

#include "base/map.h"
#include "model/change.h"
#include "model/type.h"
#include "programme/network/area.h"

#include <math.h>
#include <stdlib.h>

enum { RESTATED_MOST = 2000 };                              /* links that are looked up in the log for a day gone by */

struct code_numbers { struct map at; struct { Str *p; size_t n, cap; } list; };
struct reading {
    struct work        *w;
    struct supply_view        *v;
    struct arena       *keep;               /* the view's                                         */
    struct code_numbers industries, countries;
    Str                 day, home;          /* as dates are stored; the code of Việt Nam          */
};

/* ---- codes ---------------------------------------------------------------------------------- */

static uint32_t number_of(struct reading *r, struct code_numbers *of, Str code)
{
    int64_t number;
    bool added;
    if (map_get(&of->at, code, &number)) return (uint32_t)number;
    Str kept = str_dup(r->keep, code);
    map_put(&of->at, kept, (int64_t)of->list.n, &added);
    *GROW(r->keep, of->list) = kept;
    return (uint32_t)of->list.n - 1;
}

static struct code_numbers numbers_from_unknown(struct reading *r)
{
    struct code_numbers of = { .at = map_make(r->w->a, 256) };
    number_of(r, &of, S(""));
    return of;
}

/* The first of ";2025/25920;2025/2592;" at four digits, "2025/2592"; of fewer, as it is. */
static Str industry_of(Str codes)
{
    Str rest = codes, first = { 0 }, version, digits;
    while (!first.n && str_next(&rest, ';', &first)) {}
    return str_cut(first, '/', &version, &digits) ? str_sub(first, 0, version.n + 1 + 4) : first;
}

static Str peeked(const struct rows *rows, int col) { return v_str(row_peek(rows, col)); }

/* ---- nodes ---------------------------------------------------------------------------------- */

static double number_in(Val v)
{
    return v.type == V_INT ? (double)v.i : v.type == V_REAL ? v.r : NAN;
}

static void set_names(struct node *n, Str vi, Str en)
{
    n->name[VI] = vi.n ? vi : en;
    n->name[EN] = en.n ? en : vi;
}

static void read_enterprise(struct reading *r, const struct rows *rows, struct node *n)
{
    struct spot spot = { NAN, NAN };
    *n = (struct node){
        .id = row_int(rows, 0), .ward = row_text(rows, 3), .zone = row_text(rows, 4), .owner = row_text(rows, 7), .country = r->home,
        .key = row_text(rows, 8),
        .industry = number_of(r, &r->industries, industry_of(peeked(rows, 5))), .employees = NAN, .revenue = NAN, .exports = NAN,
    };
    const struct code *ward = n->ward.n ? code_find(r->w->codes, S("ward"), n->ward) : NULL;
    const struct code *province = ward ? code_find(r->w->codes, S("province"), ward->parent) : NULL;
    if (province) n->province = str_dup(r->keep, province->key);
    set_names(n, row_text(rows, 1), row_text(rows, 2));
    if (!spot_read(peeked(rows, 6), &spot)) spot = (struct spot){ NAN, NAN };
    n->lat = spot.lat;
    n->lon = spot.lon;
    n->public_id = public_id(r->keep, &enterprise, n->id);
}

static void read_outside(struct reading *r, const struct rows *rows, struct node *n)
{
    *n = (struct node){
        .outside = true, .id = row_int(rows, 0), .country = row_text(rows, 2), .province = row_text(rows, 3),
        .key = row_text(rows, 5), .industry = number_of(r, &r->industries, industry_of(peeked(rows, 4))),
        .lat = NAN, .lon = NAN, .employees = NAN, .revenue = NAN, .exports = NAN,
    };
    if (!n->country.n) n->country = n->province.n ? r->home : (Str){ 0 };
    set_names(n, row_text(rows, 1), (Str){ 0 });
    n->public_id = public_id(r->keep, &outside_company, n->id);
}

static enum err read_nodes(struct reading *r)
{
    struct supply_view *v = r->v;
    struct work *w = r->w;
    int64_t enterprises = 0, outside = 0;
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM enterprise"), NO_ARGS, &enterprises));
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM outside_company"), NO_ARGS, &outside));
    if (enterprises + outside >= NO_NODE) return ERR_TOO_BIG;
    v->nodes = NEW_ARRAY(r->keep, struct node, (size_t)(enterprises + outside));
    struct rows rows = db_query(w->db, r->keep, SQL("SELECT id, name_vi, name_en, ward, zone, vsic, place, owner_country, name_key FROM enterprise ORDER BY id"), NO_ARGS);
    while (rows_next(&rows)) read_enterprise(r, &rows, &v->nodes[v->nodes_n++]);
    TRY(rows_end(&rows));
    v->enterprises_n = v->nodes_n;
    rows = db_query(w->db, r->keep, SQL("SELECT id, name, country, province, vsic, name_key FROM outside_company ORDER BY id"), NO_ARGS);
    while (rows_next(&rows)) read_outside(r, &rows, &v->nodes[v->nodes_n++]);
    return rows_end(&rows);
}

/* A later year's figure takes the place of an earlier one's, each for itself: not every year has all. */
static enum err read_figures(struct reading *r)
{
    struct rows rows = db_query(r->w->db, r->w->a,
        SQL("SELECT enterprise, employees, revenue, exports, export_share FROM figure WHERE year <= $1 ORDER BY enterprise, year"), ARGS(v_int(r->v->day.year)));
    while (rows_next(&rows)) {
        uint32_t at = supply_node(r->v, false, row_int(&rows, 0));
        if (at == NO_NODE) continue;
        struct node *n = &r->v->nodes[at];
        double employees = number_in(row_peek(&rows, 1)), revenue = number_in(row_peek(&rows, 2));
        double exports = number_in(row_peek(&rows, 3)), share = number_in(row_peek(&rows, 4));
        if (isnan(exports)) exports = revenue * share / 100;
        if (!isnan(employees)) n->employees = employees;
        if (!isnan(revenue)) n->revenue = revenue;
        if (!isnan(exports)) n->exports = exports;
    }
    return rows_end(&rows);
}

/* ---- links ---------------------------------------------------------------------------------- */

static uint32_t side_of(const struct reading *r, const struct record *link, int own, int company)
{
    bool outside = !v_is(link->v[own]);
    return supply_node(r->v, outside, v_i64(link->v[outside ? company : own]));
}

static bool stands_on(const struct reading *r, const struct record *link)
{
    Str since = v_str(link->v[LINK_SINCE]), until = v_str(link->v[LINK_UNTIL]);
    return !str_is(v_str(link->v[LINK_STATE]), "refuted") && str_cmp(since, r->day) <= 0 && (!until.n || str_cmp(until, r->day) >= 0);
}

static enum link_source source_of(Str said)
{
    static const char *const names[LINK_SOURCES] = { "supplier", "buyer", "both", "inferred" };
    for (enum link_source s = BY_SUPPLIER; s < LINK_SOURCES; s++)
        if (str_is(said, names[s])) return s;
    return INFERRED;
}

/* What its sides say of a link, and may say otherwise later. */
static void read_statements(const struct reading *r, const struct record *link, struct view_link *l)
{
    double confidence = number_in(link->v[LINK_CONFIDENCE]);
    l->value = link_value(link, r->v->nodes[l->supplier].revenue, r->v->nodes[l->customer].revenue, &l->value_inferred);
    l->source = source_of(v_str(link->v[LINK_SOURCE]));
    l->confidence = l->source == INFERRED && !isnan(confidence) ? (uint8_t)confidence : 100;
    l->essential = v_i64(link->v[LINK_ESSENTIAL]) == 1;
    l->disputed = str_is(v_str(link->v[LINK_STATE]), "disputed");
    l->difference = statements_differ(link->v[LINK_VALUE_BY_SUPPLIER], link->v[LINK_VALUE_BY_BUYER]);
}

static void read_link(struct reading *r, const struct record *link, struct view_link *l)
{
    Str vsic = industry_of(v_str(link->v[LINK_VSIC]));
    read_statements(r, link, l);
    l->id = link->id;
    l->industry = vsic.n ? number_of(r, &r->industries, vsic) : r->v->nodes[l->supplier].industry;
    l->product = str_dup(r->keep, v_str(link->v[LINK_PRODUCT]));
    l->since = str_dup(r->keep, v_str(link->v[LINK_SINCE]));
    l->until = str_dup(r->keep, v_str(link->v[LINK_UNTIL]));
}

static int by_ends(const void *a, const void *b)
{
    const struct view_link *x = a, *y = b;
    if (x->supplier != y->supplier) return x->supplier < y->supplier ? -1 : 1;
    if (x->customer != y->customer) return x->customer < y->customer ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Where those of each of n begin: from counts at [its number + 1]. */
static void add_up(size_t *at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) at[i + 1] += at[i];
}

static void index_links(struct supply_view *v)
{
    size_t *at = NEW_ARRAY(&v->a, size_t, (size_t)v->nodes_n + 2);
    v->sales_at = NEW_ARRAY(&v->a, size_t, (size_t)v->nodes_n + 1);
    v->purchases = NEW_ARRAY(&v->a, uint32_t, v->links_n + 1);
    for (size_t i = 0; i < v->links_n; i++) {
        v->sales_at[v->links[i].supplier + 1]++;
        at[v->links[i].customer + 2]++;
    }
    add_up(v->sales_at, v->nodes_n);
    add_up(at + 1, v->nodes_n);
    for (size_t i = 0; i < v->links_n; i++) v->purchases[at[v->links[i].customer + 1]++] = (uint32_t)i;
    v->purchases_at = at;
}

static void index_industries(struct supply_view *v)
{
    size_t *at = NEW_ARRAY(&v->a, size_t, (size_t)v->industries_n + 2);
    v->by_industry = NEW_ARRAY(&v->a, uint32_t, v->links_n);
    for (size_t i = 0; i < v->links_n; i++) at[v->links[i].industry + 2]++;
    add_up(at + 1, v->industries_n);
    for (size_t i = 0; i < v->links_n; i++) v->by_industry[at[v->links[i].industry + 1]++] = (uint32_t)i;
    v->industry_at = at;
}

/* Rows of an entity become records of which only the values are ever looked at, until the next. */
static void borrow_row(const struct rows *rows, const struct shape *s, struct record *row)
{
    int first = s->e->parent ? 2 : 3;
    row->id = row_int(rows, 0);
    if (s->e->parent) row->parent = row_int(rows, 1);
    for (int c = 0; c < s->columns; c++) row->v[s->field_of[c]] = row_peek(rows, first + c);
}

static enum err read_links(struct reading *r)
{
    struct supply_view *v = r->v;
    const struct shape *s = shape_of(r->w->m, &supply_link);
    struct record *row = record_make(r->w->a, &supply_link);
    int64_t most;
    TRY(records_count(r->w, &supply_link, &most));
    if (most >= UINT32_MAX) return ERR_TOO_BIG;
    v->links = NEW_ARRAY(r->keep, struct view_link, (size_t)most);
    struct rows rows = db_query(r->w->db, r->w->a, s->select_page, ARGS(v_int(0), v_int(UINT32_MAX)));
    while (rows_next(&rows)) {
        borrow_row(&rows, s, row);
        uint32_t seller = side_of(r, row, LINK_SUPPLIER, LINK_SUPPLIER_COMPANY), buyer = side_of(r, row, LINK_BUYER, LINK_BUYER_COMPANY);
        if (seller == NO_NODE || buyer == NO_NODE || !stands_on(r, row)) continue;
        struct view_link *l = &v->links[v->links_n++];
        l->supplier = seller;
        l->customer = buyer;
        read_link(r, row, l);
    }
    TRY(rows_end(&rows));
    if (v->links_n) qsort(v->links, v->links_n, sizeof *v->links, by_ends);
    index_links(v);
    return OK;
}

/* ---- what was said on a day gone by --------------------------------------------------------- */

static struct view_link *link_with(const struct reading *r, const struct record *link)
{
    size_t n = 0;
    uint32_t seller = side_of(r, link, LINK_SUPPLIER, LINK_SUPPLIER_COMPANY);
    size_t first = seller == NO_NODE ? 0 : r->v->sales_at[seller];
    if (seller != NO_NODE) supply_sales(r->v, seller, &n);
    for (size_t i = first; i < first + n; i++)
        if (r->v->links[i].id == link->id) return &r->v->links[i];
    return NULL;
}

/* Links whose sides have said something else since say again what they said then; one entered later is as it was first entered. */
static enum err restate(struct reading *r)
{
    struct { int64_t record, seq; } changed[RESTATED_MOST];
    size_t n = 0;
    if (date_days(r->v->day) >= date_days(r->w->today)) return OK;
    struct rows rows = db_query(r->w->db, r->w->a,
        SQL("SELECT record, min(seq) FROM change WHERE entity = 'supply_link' AND kind = $1 AND at > $2 GROUP BY record ORDER BY record LIMIT $3"),
        ARGS(v_int(CHANGE_UPDATE), v_int(time_day_ends(r->v->day)), v_int(RESTATED_MOST)));
    while (rows_next(&rows)) changed[n].record = row_int(&rows, 0), changed[n++].seq = row_int(&rows, 1);
    TRY(rows_end(&rows));
    for (size_t i = 0; i < n; i++) {
        struct record *then;
        enum err e = record_before(r->w, &supply_link, changed[i].record, changed[i].seq, &then);
        struct view_link *l = e ? NULL : link_with(r, then);
        if (e && e != ERR_MISSING) return e;
        if (l) read_statements(r, then, l);
    }
    return OK;
}

/* ---- imports -------------------------------------------------------------------------------- */

struct import_read { struct view_import import; int64_t year; };

static int by_input(const void *a, const void *b)           /* the latest year first              */
{
    const struct import_read *x = a, *y = b;
    if (x->import.node != y->import.node) return x->import.node < y->import.node ? -1 : 1;
    if (x->import.country != y->import.country) return x->import.country < y->import.country ? -1 : 1;
    int order = str_cmp(x->import.product, y->import.product);
    return order ? order : x->year > y->year ? -1 : x->year < y->year;
}

static void keep_latest(struct supply_view *v, const struct import_read *list, size_t n)
{
    v->imported = NEW_ARRAY(&v->a, struct view_import, n);
    v->imported_at = NEW_ARRAY(&v->a, size_t, (size_t)v->nodes_n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct view_import *m = &list[i].import, *before = i ? &list[i - 1].import : NULL;
        if (before && before->node == m->node && before->country == m->country && str_eq(before->product, m->product)) continue;
        v->imported[v->imported_n++] = *m;
        v->imported_at[m->node + 1]++;
    }
    add_up(v->imported_at, v->nodes_n);
}

static enum err read_imports(struct reading *r)
{
    struct { struct import_read *p; size_t n, cap; } list = { 0 };
    const struct shape *s = shape_of(r->w->m, &imported_input);
    struct record *row = record_make(r->w->a, &imported_input);
    struct rows rows = db_query(r->w->db, r->w->a, s->select_page, ARGS(v_int(0), v_int(UINT32_MAX)));
    while (rows_next(&rows)) {
        borrow_row(&rows, s, row);
        uint32_t node = supply_node(r->v, false, row->parent);
        int64_t year = v_i64(row->v[IMPORT_YEAR]);
        if (node == NO_NODE || year > r->v->day.year) continue;
        *GROW(r->w->a, list) = (struct import_read){ {
            .id = row->id, .node = node, .country = number_of(r, &r->countries, v_str(row->v[IMPORT_COUNTRY])),
            .value = number_in(row->v[IMPORT_VALUE]), .essential = v_i64(row->v[IMPORT_ESSENTIAL]) == 1,
            .product = str_dup(r->keep, v_str(row->v[IMPORT_PRODUCT])), .hs = str_dup(r->keep, v_str(row->v[IMPORT_HS])) }, year };
    }
    TRY(rows_end(&rows));
    if (list.n) qsort(list.p, list.n, sizeof *list.p, by_input);
    keep_latest(r->v, list.p, list.n);
    return OK;
}

/* What companies abroad sell counts as imported from their country (exposure.h), and nothing of it as made here. */
static void put_imports(struct reading *r)
{
    struct supply_view *v = r->v;
    size_t most = v->imported_n + v->nodes_n;
    uint32_t *firm = NEW_ARRAY(r->keep, uint32_t, most), *country = NEW_ARRAY(r->keep, uint32_t, most);
    double *value = NEW_ARRAY(r->keep, double, most);
    size_t n = 0;
    v->local = NEW_ARRAY(r->keep, bool, v->nodes_n);
    for (size_t i = 0; i < v->imported_n; i++) {
        if (isnan(v->imported[i].value)) continue;
        firm[n] = v->imported[i].node;
        country[n] = v->imported[i].country;
        value[n++] = v->imported[i].value;
    }
    for (uint32_t i = 0; i < v->nodes_n; i++) {
        v->local[i] = str_eq(v->nodes[i].country, r->home);
        if (v->local[i]) continue;
        size_t sales;
        const struct view_link *sold = supply_sales(v, i, &sales);
        firm[n] = i;
        country[n] = number_of(r, &r->countries, v->nodes[i].country);
        for (size_t k = 0; k < sales; k++) value[n] += sold[k].value;
        n++;
    }
    v->imports = (struct imports){ n, firm, country, value };
}

enum err view_read(struct making *m)
{
    struct reading r = { .w = m->w, .v = m->v, .keep = &m->v->a, .day = date_iso(m->w->a, m->v->day) };
    const struct code *home = code_find(m->w->codes, S("country"), S("VN"));
    r.home = home ? str_dup(r.keep, home->key) : S("VN");
    r.industries = numbers_from_unknown(&r);
    r.countries = numbers_from_unknown(&r);
    TRY(read_nodes(&r));
    TRY(read_figures(&r));
    TRY(read_links(&r));
    TRY(restate(&r));
    TRY(read_imports(&r));
    put_imports(&r);
    m->v->industries = r.industries.list.p;
    m->v->industries_n = (uint32_t)r.industries.list.n;
    m->v->countries = r.countries.list.p;
    m->v->countries_n = (uint32_t)r.countries.list.n;
    index_industries(m->v);
    return blends_read(m->w, &m->blends, &m->blends_n);
}
