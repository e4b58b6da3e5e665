/* zones.c - industrial parks and clusters, and who is in them. */
#include "pages/pages.h"

#include "programme/register.h"

struct zone_shown { Str url, name, kind, area, ward, status, count; };
static const struct slot zone_slots[] = {
    SLOT(struct zone_shown, url), SLOT(struct zone_shown, name), SLOT(struct zone_shown, kind), SLOT(struct zone_shown, area),
    SLOT(struct zone_shown, ward), SLOT(struct zone_shown, status), SLOT(struct zone_shown, count), SLOT_END,
};
struct group { Str label, count; Items zones; };
static const struct slot group_slots[] = {
    SLOT(struct group, label), SLOT(struct group, count), SLOT_ITEMS(struct group, zones, struct zone_shown, zone_slots), SLOT_END,
};
struct zones { Items groups; Str csv_url, xlsx_url, json_url, data_url; };
static const struct slot slots[] = {
    SLOT_ITEMS(struct zones, groups, struct group, group_slots), SLOT(struct zones, csv_url), SLOT(struct zones, xlsx_url),
    SLOT(struct zones, json_url), SLOT(struct zones, data_url), SLOT_END,
};

struct tenant { Str url, name, products; };
static const struct slot tenant_slots[] = { SLOT(struct tenant, url), SLOT(struct tenant, name), SLOT(struct tenant, products), SLOT_END };
struct one_zone {
    Str name, kind, area, ward, status, source, count, directory_url, zones_url, csv_url, xlsx_url, json_url;
    bool empty;
    Items tenants;
};
static const struct slot one_slots[] = {
    SLOT(struct one_zone, name), SLOT(struct one_zone, kind), SLOT(struct one_zone, area), SLOT(struct one_zone, ward),
    SLOT(struct one_zone, status), SLOT(struct one_zone, source), SLOT(struct one_zone, count), SLOT(struct one_zone, directory_url),
    SLOT(struct one_zone, zones_url), SLOT(struct one_zone, csv_url), SLOT(struct one_zone, xlsx_url), SLOT(struct one_zone, json_url),
    SLOT(struct one_zone, empty), SLOT_ITEMS(struct one_zone, tenants, struct tenant, tenant_slots), SLOT_END,
};
static const struct template *list_template, *one_template;

void zones_prepare(struct arena *forever)
{
    list_template = template_load(forever, "zones", slots);
    one_template = template_load(forever, "zone", one_slots);
}

static const struct { const char *code, *label; } words[] = {
    { "park", N_("Industrial park") }, { "si_park", N_("Supporting-industry park") }, { "cluster", N_("Industrial cluster") },
    { "high_tech", N_("High-tech park") }, { "it_park", N_("Information technology park") },
    { "operating", N_("Operating") }, { "expanding", N_("Expanding") }, { "planned", N_("Planned") },
};

static Str word(enum lang l, Str code)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(code, words[i].code)) return tr(l, words[i].label);
    return code;
}

static Str ward_name(const struct snapshot *s, enum lang l, Str code)
{
    const struct code *ward = code.n ? code_find(s->codes, S("ward"), code) : NULL;
    return ward ? ward->name[l] : (Str){ 0 };
}

static Str area_of(struct work *w, const struct code *zone)
{
    static const struct field hectares = { .name = "area", .label = "", .type = &number_type, .unit = "ha" };
    double d;
    struct buf b = buf_make(w->a);
    if (str_to_f64(code_extra(zone, S("area_ha")), &d)) number_type.show(&b, w, &hectares, v_real(d));
    return buf_str(&b);
}

static uint32_t docs_in(const struct search_result *all, int facet, Str code)
{
    for (size_t i = 0; i < all->counts[facet].n; i++)
        if (str_eq(all->counts[facet].p[i].value, code)) return all->counts[facet].p[i].docs;
    return 0;
}

/* Parks of every kind, or clusters. */
static struct group group_of(struct request *q, struct work *w, const struct search_result *all, bool clusters)
{
    const struct snapshot *s = page_snapshot(q);
    int facet = finder_facet(s->finder, S("zone"));
    struct { struct zone_shown *p; size_t n, cap; } list = { 0 };
    size_t n;
    const struct code *const *codes = codes_of(s->codes, S("industrial_zone"), &n);
    for (size_t i = 0; i < n; i++) {
        Str kind = code_extra(codes[i], S("kind"));
        if (str_is(kind, "cluster") != clusters) continue;
        *GROW(q->a, list) = (struct zone_shown){
            request_link(q, str_f(q->a, "/zones/%.*s", FMT(url_encoded(q->a, codes[i]->code)))), codes[i]->name[q->lang],
            word(q->lang, kind), area_of(w, codes[i]), ward_name(s, q->lang, code_extra(codes[i], S("ward"))),
            word(q->lang, code_extra(codes[i], S("status"))), page_number(w, docs_in(all, facet, codes[i]->code)),
        };
    }
    return (struct group){ tr(q->lang, clusters ? N_("Industrial clusters") : N_("Industrial parks")),
                           page_number(w, (int64_t)list.n), ITEMS(list) };
}

/* The list as data: the records of the reference list, with all they hold. */
static enum err as_data(struct request *q, struct reply *r, struct work *w)
{
    const struct asked of_list[] = { { S("list"), S("industrial_zone") }, { S("limit"), S("1000") } };
    struct list_query query;
    Message why;
    MUST(!list_read(w, &code_entity, of_list, COUNT(of_list), "", &query, &why));
    return list_as_data(q, r, w, &code_entity, &query);
}

enum err zones(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    const struct snapshot *s = page_snapshot(q);
    if (q->as != AS_PAGE) return as_data(q, r, &w);
    struct search_query query = { .count = 1u << finder_facet(s->finder, S("zone")) };
    struct search_result all = search_find(s->finder->index, q->a, &query);
    struct group groups[] = { group_of(q, &w, &all, false), group_of(q, &w, &all, true) };
    struct params of_list = params_with(q->a, &(struct params){ 0 }, "list", S("industrial_zone"));
    struct zones d = {
        { groups, COUNT(groups) }, request_url_as(q, AS_CSV), request_url_as(q, AS_XLSX), request_url_as(q, AS_JSON),
        url_of(q->a, q->lang, S("/data/codes"), AS_PAGE, &of_list),
    };
    struct page p = {
        .title = tr(q->lang, N_("Industrial parks and clusters")), .section = SECTION_ZONES,
        .description = tr(q->lang, N_("The industrial parks and clusters of Hà Nội, and the enterprises in them.")),
        .content = template_render(q->a, list_template, q->lang, &d),
    };
    return shell_reply(q, r, &p);
}

/* The enterprises of one, with all that is public of them. */
static enum err tenants_as_data(struct request *q, struct reply *r, struct work *w, const struct code *zone)
{
    const struct asked of_zone[] = {
        { S("zone"), zone->code }, { S("limit"), params_get(&q->query, "limit") }, { S("after"), params_get(&q->query, "after") },
    };
    struct list_query query;
    Message why;
    enum err err = list_read(w, &enterprise, of_zone, COUNT(of_zone), "", &query, &why);
    return err ? reply_fail(r, err, why) : list_as_data(q, r, w, &enterprise, &query);
}

enum err zone(struct request *q, struct reply *r)
{
    enum { MOST = 200 };
    struct work w = page_work(q);
    const struct snapshot *s = page_snapshot(q);
    Str code = request_capture(q, "code");
    const struct code *k = code_find(s->codes, S("industrial_zone"), code);
    if (!k) return reply_fail(r, ERR_MISSING, MSG(N_("There is no industrial park or cluster {1}."), code));
    if (q->as != AS_PAGE) return tenants_as_data(q, r, &w, k);
    struct search_filter filter = { .facet = finder_facet(s->finder, S("zone")), .any = { &k->code, 1 } };
    struct search_query query = { .filter = &filter, .filters = 1, .limit = MOST };
    struct search_result in = search_find(s->finder->index, q->a, &query);
    struct { struct tenant *p; size_t n, cap; } tenants = { 0 };
    int64_t ids[MOST];
    for (size_t i = 0; i < in.hits; i++) ids[i] = in.hit[i].id;
    const struct card **card = snapshot_cards(s, &w, ids, in.hits);
    for (size_t i = 0; i < in.hits; i++) {
        const struct card *c = card[i];
        if (c) *GROW(q->a, tenants) = (struct tenant){ request_link(q, str_f(q->a, "/enterprises/%.*s", FMT(c->public_id))),
                                                       c->name[q->lang], c->products[q->lang] };
    }
    struct params chosen = params_with(q->a, &(struct params){ 0 }, "zone", k->code);
    struct one_zone d = {
        .name = k->name[q->lang], .kind = word(q->lang, code_extra(k, S("kind"))), .area = area_of(&w, k),
        .ward = ward_name(s, q->lang, code_extra(k, S("ward"))), .status = word(q->lang, code_extra(k, S("status"))), .source = k->source,
        .count = page_number(&w, (int64_t)in.total), .directory_url = url_of(q->a, q->lang, S("/enterprises"), AS_PAGE, &chosen),
        .zones_url = request_link(q, S("/zones")), .csv_url = request_url_as(q, AS_CSV), .xlsx_url = request_url_as(q, AS_XLSX),
        .json_url = request_url_as(q, AS_JSON), .empty = !tenants.n, .tenants = ITEMS(tenants),
    };
    struct page p = { .title = d.name, .section = SECTION_ZONES, .content = template_render(q->a, one_template, q->lang, &d) };
    return shell_reply(q, r, &p);
}
