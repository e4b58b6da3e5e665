#include "programme/linkage/able.h"

#include "format/json.h"
#include "model/change.h"
#include "model/freshness.h"
#include "model/type.h"
#include "programme/network/area.h"

#include <math.h>

/* ---- facts ---------------------------------------------------------------------------------------- */

struct making {
    struct work         *w;
    const struct record *of;
    struct able          able;
};

/* What there is no room for is written where nobody reads it. */
static struct fact *add(struct making *m, enum fact_kind kind, const struct record *source)
{
    size_t at = m->able.n < m->able.cap ? m->able.n++ : m->able.cap;
    struct fact *f = &m->able.facts[at];
    m->able.sources[at] = source;
    *f = (struct fact){ .kind = (uint8_t)kind, .from = DAY_ALWAYS, .until = DAY_NO_END };
    for (size_t i = 0; i < FACT_NUMBERS; i++) f->number[i] = NAN;
    return f;
}

static float number(Val v) { return !v_is(v) ? NAN : v.type == V_INT ? (float)v.i : (float)v.r; }

/* The key of the code that is in force where this one was followed by it. */
static Str code_of(const struct making *m, const char *list, Val v)
{
    const struct code *k = v_is(v) ? code_find(m->w->codes, str_of(list), v_str(v)) : NULL;
    if (!k || !k->merged_into.n) return v_str(v);
    const struct code *next = memchr(k->merged_into.p, ';', k->merged_into.n) ? NULL : code_find(m->w->codes, str_of(list), k->merged_into);
    return next ? next->key : v_str(v);
}

static size_t many_count(Val v)
{
    Str rest = v_str(v), one;
    size_t n = 0;
    while (many_next(&rest, &one)) n++;
    return n;
}

static void add_also(struct making *m, struct fact *f, const char *list, Val codes)
{
    Str rest = v_str(codes), one;
    size_t n = many_count(codes);
    Str *also = NEW_ARRAY(m->w->a, Str, n + 1);
    while (f->also_n < FACT_ALSO && many_next(&rest, &one)) also[f->also_n++] = code_of(m, list, v_text(one));
    f->also = also;
}

static void add_process(struct making *m, const struct record *r)
{
    struct fact *f = add(m, FACT_PROCESS, r);
    f->code = code_of(m, "process", r->v[PROCESS_PROCESS]);
    f->number[NUMBER_TOLERANCE] = number(r->v[PROCESS_TOLERANCE]);
    f->number[NUMBER_PART_SIZE] = number(r->v[PROCESS_PART_SIZE]);
    f->number[NUMBER_PART_WEIGHT] = number(r->v[PROCESS_PART_WEIGHT]);
    add_also(m, f, "material", r->v[PROCESS_MATERIALS]);
}

static void add_machine(struct making *m, const struct record *r)
{
    struct fact *f = add(m, FACT_MACHINE, r);
    f->code = code_of(m, "machine", r->v[EQUIPMENT_KIND]);
    f->number[NUMBER_FORCE] = number(r->v[EQUIPMENT_FORCE]);
    f->number[NUMBER_AXES] = number(r->v[EQUIPMENT_AXES]);
    f->number[NUMBER_TABLE_LENGTH] = number(r->v[EQUIPMENT_TABLE_LENGTH]);
    f->number[NUMBER_TABLE_WIDTH] = number(r->v[EQUIPMENT_TABLE_WIDTH]);
    f->number[NUMBER_TEMPERATURE] = number(r->v[EQUIPMENT_TEMPERATURE]);
}

/* Of the busiest process, in %; NAN: none says it. */
static float free_share(const struct record *of)
{
    const struct records *list = &of->children[ENTERPRISE_PROCESSES];
    float least = NAN;
    for (size_t i = 0; i < list->n; i++) {
        float share = number(list->p[i]->v[PROCESS_FREE_SHARE]);
        if (!isnan(share) && !(least <= share)) least = share;
    }
    return least;
}

static void add_product(struct making *m, const struct record *r)
{
    if (v_is(r->v[PRODUCT_PRODUCT_GROUP])) add(m, FACT_PRODUCT, r)->code = code_of(m, "si_group", r->v[PRODUCT_PRODUCT_GROUP]);
    if (!v_is(r->v[PRODUCT_CAPACITY]) || !v_is(r->v[PRODUCT_CAPACITY_UNIT])) return;
    struct in_base had = in_base(m->w->codes, v_str(r->v[PRODUCT_CAPACITY_UNIT]), (double)number(r->v[PRODUCT_CAPACITY]));
    struct fact *f = add(m, FACT_FREE, r);
    f->code = had.unit;
    f->number[0] = (float)(had.amount * (double)free_share(m->of) / 100);
}

static int32_t day(Val v, int32_t otherwise)
{
    struct date d;
    return date_from_iso(v_str(v), &d) ? (int32_t)date_days(d) : otherwise;
}

static void add_certificate(struct making *m, const struct record *r)
{
    struct date until;
    struct fact *f = add(m, FACT_CERTIFICATE, r);
    f->code = code_of(m, "standard", r->v[CERTIFICATE_STANDARD]);
    f->from = day(r->v[CERTIFICATE_ISSUED_ON], DAY_ALWAYS);
    f->until = certificate_until(r, &until) ? (int32_t)date_days(until) : DAY_UNKNOWN;
}

static void add_grade(struct making *m, const struct record *r)
{
    struct fact *f = add(m, FACT_GRADE, r);
    f->code = code_of(m, "capability_grade", r->v[GRADE_GRADE]);
    f->from = day(r->v[GRADE_ASSESSED_ON], DAY_ALWAYS);
    f->until = day(r->v[GRADE_VALID_UNTIL], DAY_UNKNOWN);
}

/* Abroad, or told to be of foreign capital; without a kind the country tells. */
static void add_customer(struct making *m, const struct record *r)
{
    Str kind = v_str(r->v[CUSTOMER_KIND]), country = v_str(r->v[CUSTOMER_COUNTRY]);
    const struct code *home = code_find(m->w->codes, S("country"), S("VN"));
    bool elsewhere = country.n && !(home && str_eq(country, home->key));
    if (str_is(kind, "domestic") || (!kind.n && !elsewhere)) return;
    add(m, FACT_FOREIGN, r)->code = elsewhere ? country : (Str){ 0 };
}

static void add_place(struct making *m, const struct record *source, Val ward, Val zone, Val place)
{
    struct spot s;
    struct fact *f = add(m, FACT_PLACE, source);
    f->code = code_of(m, "ward", ward);
    const struct code *k = f->code.n ? code_find(m->w->codes, S("ward"), f->code) : NULL;
    const struct code *province = k ? code_find(m->w->codes, S("province"), k->parent) : NULL;
    Str *also = NEW_ARRAY(m->w->a, Str, 2);
    if (v_is(zone)) also[f->also_n++] = code_of(m, "industrial_zone", zone);
    if (province) also[f->also_n++] = province->key;
    f->also = also;
    if (!spot_read(v_str(place), &s)) return;
    f->number[0] = (float)s.lat;
    f->number[1] = (float)s.lon;
}

static void add_site(struct making *m, const struct record *r)
{
    const struct record *e = m->of;
    if (str_is(v_str(r->v[SITE_KIND]), "office")) return;
    if (v_is(r->v[SITE_WARD]) || v_is(r->v[SITE_ZONE]) || v_is(r->v[SITE_PLACE]))
        add_place(m, r, r->v[SITE_WARD], r->v[SITE_ZONE], r->v[SITE_PLACE]);
    else
        add_place(m, r, e->v[ENTERPRISE_WARD], e->v[ENTERPRISE_ZONE], e->v[ENTERPRISE_PLACE]);
}

static void add_exports(struct making *m)
{
    const struct records *years = &m->of->children[ENTERPRISE_FIGURES];
    const struct record *last = NULL;
    for (size_t i = 0; i < years->n; i++) {
        const struct record *y = years->p[i];
        if (v_is(y->v[FIGURE_EXPORT_SHARE]) && (!last || v_i64(y->v[FIGURE_YEAR]) > v_i64(last->v[FIGURE_YEAR]))) last = y;
    }
    if (last) add(m, FACT_EXPORT, last)->number[0] = number(last->v[FIGURE_EXPORT_SHARE]);
}

static void add_codes(struct making *m, enum fact_kind kind, const char *list, Val codes)
{
    Str rest = v_str(codes), one;
    while (many_next(&rest, &one)) add(m, kind, m->of)->code = code_of(m, list, v_text(one));
}

static const struct { enum enterprise_field of; void (*add)(struct making *m, const struct record *child); } children[] = {
    { ENTERPRISE_PROCESSES, add_process }, { ENTERPRISE_EQUIPMENT, add_machine }, { ENTERPRISE_PRODUCTS, add_product },
    { ENTERPRISE_CERTIFICATES, add_certificate }, { ENTERPRISE_GRADES, add_grade }, { ENTERPRISE_CUSTOMERS, add_customer },
    { ENTERPRISE_SITES, add_site },
};

/* A product makes two facts, a child of another kind one at most; exports, own address, confirmation. */
static size_t most_facts(const struct record *r)
{
    size_t n = 3 + r->children[ENTERPRISE_PRODUCTS].n + many_count(r->v[ENTERPRISE_INDUSTRIES]) + many_count(r->v[ENTERPRISE_LANGUAGES]);
    for (size_t i = 0; i < COUNT(children); i++) n += r->children[children[i].of].n;
    return n < FACTS ? n : FACTS;
}

struct able able_of(struct work *w, const struct record *r)
{
    struct making m = { w, r, { .cap = most_facts(r) } };
    struct date since = confirmed_since(r);
    m.able.facts = NEW_ARRAY(w->a, struct fact, m.able.cap + 1);
    m.able.sources = NEW_ARRAY(w->a, const struct record *, m.able.cap + 1);
    for (size_t i = 0; i < COUNT(children); i++) {
        size_t before = m.able.n;
        for (size_t k = 0; k < r->children[children[i].of].n; k++) children[i].add(&m, r->children[children[i].of].p[k]);
        if (children[i].of == ENTERPRISE_SITES && m.able.n == before)
            add_place(&m, r, r->v[ENTERPRISE_WARD], r->v[ENTERPRISE_ZONE], r->v[ENTERPRISE_PLACE]);
    }
    add_codes(&m, FACT_INDUSTRY, "si_industry", r->v[ENTERPRISE_INDUSTRIES]);
    add_codes(&m, FACT_LANGUAGE, "language", r->v[ENTERPRISE_LANGUAGES]);
    add_exports(&m);
    if (since.year) add(&m, FACT_CONFIRMED, r)->number[0] = (float)date_days(since);
    return m.able;
}

void able_put(void *arg, struct work *w, const struct record *r, struct search_doc *doc)
{
    struct able able = able_of(w, r);
    doc->facts = able.facts;
    doc->facts_n = able.n;
}

/* ---- who says so ------------------------------------------------------------------------------------ */

enum { ENTRIES = 200 };                     /* of the log that are looked at; what is older than all of them counts as changed with the record */

/* A child is written with the record it belongs to; which entry of the log tells of it says when. */
static int64_t written_at(struct work *w, const struct record *e, const struct record *source)
{
    struct changes log;
    const struct json_t *delta;
    Message why;
    if (!source->e->parent || changes_of(w, e->e, e->id, 0, ENTRIES, &log)) return e->changed_at;
    const char *list = field_in_parent(source->e)->name, *id = str_z(w->a, str_f(w->a, "%lld", (long long)source->id));
    for (size_t i = 0; i < log.n; i++)
        if (!json_read(w->a, log.p[i].delta, &delta, &why) && json_member(json_member(delta, list), id)) return log.p[i].at;
    return e->changed_at;
}

static struct date stated(const struct record *e, const struct record *source, struct date written)
{
    const struct field *f = source->e->parent ? field_in_parent(source->e) : NULL;
    return f && f->is & CONFIRM ? confirmed_on(e, (int)(f - e->e->fields)) : written;
}

struct vouched vouched_for(struct work *w, const struct record *e, const struct record *source)
{
    struct date written = time_date(written_at(w, e, source));
    struct vouched v = { .on = stated(e, source, written) };
    struct date seen, assessed;
    if (source->e == &certificate) v.by = v_str(source->v[CERTIFICATE_ISSUER]);
    if (source->e == &grade && date_from_iso(v_str(source->v[GRADE_ASSESSED_ON]), &assessed))
        v = (struct vouched){ assessed, v_str(source->v[GRADE_ASSESSED_BY]), true };
    if (!date_from_iso(v_str(e->v[ENTERPRISE_VERIFIED_ON]), &seen) || date_days(seen) < date_days(written)) return v;
    const struct code *ward = code_find(w->codes, S("ward"), v_str(e->v[ENTERPRISE_VERIFIED_BY]));
    return (struct vouched){ seen, ward ? code_short(ward, w->lang) : (Str){ 0 }, true };
}
