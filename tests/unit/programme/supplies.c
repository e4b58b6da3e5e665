#include "supplies.h"

static const double BILLION = 1e9;

enum err save_pair(struct work *w, void *arg)
{
    const struct pair *p = arg;
    bool changed;
    return record_save(w, p->was, p->now, &changed);
}

static int64_t saved(struct work *w, struct record *r)
{
    CHECK_INT(work_write(w, save_pair, &(struct pair){ NULL, r }), OK);
    return r->id;
}

Val code_of(const struct work *w, const char *list, const char *bare)
{
    const struct code *k = code_find(w->codes, str_of(list), str_of(bare));
    CHECK(k);
    return v_text(k->key);
}

int64_t made_firm(struct work *w, struct made_firm f)
{
    struct record *r = record_make(w->a, &enterprise), *y = record_add(w->a, r, ENTERPRISE_FIGURES);
    r->v[ENTERPRISE_NAME_VI] = v_text(str_of(f.name));
    r->v[ENTERPRISE_VSIC] = v_text(str_f(w->a, ";%.*s;", FMT(v_str(code_of(w, "vsic", f.industry)))));
    if (f.ward) r->v[ENTERPRISE_WARD] = code_of(w, "ward", f.ward);
    if (f.place) r->v[ENTERPRISE_PLACE] = v_text(str_of(f.place));
    y->v[FIGURE_YEAR] = v_int(2025);
    if (f.revenue > 0) y->v[FIGURE_REVENUE] = v_int((int64_t)(f.revenue * BILLION));
    if (f.exports > 0) y->v[FIGURE_EXPORTS] = v_int((int64_t)(f.exports * BILLION));
    if (f.employees > 0) y->v[FIGURE_EMPLOYEES] = v_int((int64_t)f.employees);
    return saved(w, r);
}

int64_t made_company(struct work *w, const char *name, const char *country)
{
    struct record *r = record_make(w->a, &outside_company);
    r->v[OUTSIDE_NAME] = v_text(str_of(name));
    r->v[OUTSIDE_COUNTRY] = code_of(w, "country", country);
    return saved(w, r);
}

static void link_them(struct work *w, int side, int64_t from, int64_t to, double billions, bool essential)
{
    struct record *r = record_make(w->a, &supply_link);
    r->v[side] = v_int(from);
    r->v[LINK_BUYER] = v_int(to);
    r->v[LINK_PRODUCT] = v_text(S("Chi tiết"));
    r->v[LINK_VALUE_BY_SUPPLIER] = v_int((int64_t)(billions * BILLION));
    if (essential) r->v[LINK_ESSENTIAL] = v_int(1);
    saved(w, r);
}

void made_link(struct work *w, int64_t from, int64_t to, double billions, bool essential) { link_them(w, LINK_SUPPLIER, from, to, billions, essential); }
void made_link_from_company(struct work *w, int64_t from, int64_t to, double billions) { link_them(w, LINK_SUPPLIER_COMPANY, from, to, billions, false); }

void made_import(struct work *w, int64_t enterprise_id, const char *goods, const char *country, double billions, bool essential)
{
    struct record *was = enterprise_at(w, enterprise_id), *now = record_copy(w->a, was), *m = record_add(w->a, now, ENTERPRISE_IMPORTS);
    m->v[IMPORT_PRODUCT] = v_text(str_of(goods));
    m->v[IMPORT_COUNTRY] = code_of(w, "country", country);
    m->v[IMPORT_YEAR] = v_int(2025);
    if (billions > 0) m->v[IMPORT_VALUE] = v_int((int64_t)(billions * BILLION));
    if (essential) m->v[IMPORT_ESSENTIAL] = v_int(1);
    CHECK_INT(work_write(w, save_pair, &(struct pair){ was, now }), OK);
}

struct supply_view *made_view(struct work *w)
{
    struct supply_view *v;
    CHECK_INT(supply_view_make(w, w->today, NULL, NULL, &v), OK);
    return v;
}
