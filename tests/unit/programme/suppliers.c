#include "suppliers.h"

#include "programme/linkage/linkage.h"

static Val list_of(struct work *w, const char *list, const char *bare) { return v_text(str_f(w->a, ";%.*s;", FMT(v_str(code_of(w, list, bare))))); }

static int64_t saved(struct work *w, struct record *r)
{
    CHECK_INT(work_write(w, save_pair, &(struct pair){ NULL, r }), OK);
    return r->id;
}

int64_t made_supplier(struct work *w, struct made_supplier s)
{
    struct record *r = record_make(w->a, &enterprise);
    r->v[ENTERPRISE_NAME_VI] = v_text(str_of(s.name));
    if (s.process) record_add(w->a, r, ENTERPRISE_PROCESSES)->v[PROCESS_PROCESS] = code_of(w, "process", s.process);
    if (s.standard) {
        struct record *c = record_add(w->a, r, ENTERPRISE_CERTIFICATES);
        c->v[CERTIFICATE_STANDARD] = code_of(w, "standard", s.standard);
        c->v[CERTIFICATE_EXPIRES_ON] = v_text(S("2030-01-01"));
    }
    if (s.machine) {
        struct record *m = record_add(w->a, r, ENTERPRISE_EQUIPMENT);
        m->v[EQUIPMENT_NAME] = v_text(S("Máy"));
        m->v[EQUIPMENT_KIND] = code_of(w, "machine", s.machine);
        if (s.force > 0) m->v[EQUIPMENT_FORCE] = v_real(s.force);
    }
    if (s.product) {
        struct record *p = record_add(w->a, r, ENTERPRISE_PRODUCTS);
        p->v[PRODUCT_NAME_VI] = v_text(str_of(s.product));
        if (s.hs) p->v[PRODUCT_HS_CODE] = v_text(str_of(s.hs));
    }
    return saved(w, r);
}

static void add_facts(UNUSED void *arg, struct work *w, const struct record *r, struct search_doc *doc)
{
    struct able able = able_of(w, r);
    doc->facts = able.facts;
    doc->facts_n = able.n;
}

struct finder *suppliers_of(struct work *w)
{
    struct finder *f;
    CHECK_INT(finder_build(w, w->a, &enterprise, add_facts, NULL, &f), OK);
    return f;
}

static enum err open_it(struct work *w, void *id)
{
    return db_exec(w->db, w->a, SQL("UPDATE demand SET state = 'open' WHERE id = $1"), ARGS(v_int(*(int64_t *)id)));
}

int64_t made_asking(struct work *w, struct made_asking asking)
{
    struct record *r = record_make(w->a, &demand);
    r->v[DEMAND_TITLE] = v_text(str_of(asking.title));
    if (asking.process) r->v[DEMAND_PROCESS] = list_of(w, "process", asking.process);
    if (asking.standard) r->v[DEMAND_CERTIFICATE] = list_of(w, "standard", asking.standard);
    if (asking.force > 0) r->v[DEMAND_FORCE] = v_real(asking.force);
    if (asking.words) r->v[DEMAND_WORDS] = v_text(str_of(asking.words));
    if (asking.value > 0) r->v[DEMAND_VALUE] = v_real(asking.value), r->v[DEMAND_VALUE_CURRENCY] = v_text(str_of(asking.currency));
    r->v[DEMAND_REACH] = v_text(S("anybody"));
    r->v[DEMAND_QUOTES_BY] = v_text(S("2027-01-31"));
    r->v[DEMAND_BUYER] = v_text(S("Nhà máy Lắp ráp"));
    r->v[DEMAND_COUNTRY] = code_of(w, "country", "JP");
    int64_t id = saved(w, r);
    CHECK_INT(work_write(w, open_it, &id), OK);
    return id;
}
