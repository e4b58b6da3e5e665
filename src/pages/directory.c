/* directory.c - the enterprises, found by words and narrowed by facets; the whole state of the page is in its address. */
#include "pages/pages.h"

#include "base/number.h"
#include "model/json.h"
#include "programme/register.h"

enum { PER_PAGE = 20, SHOWN = 6, OPEN = 4, PAGES_MAX = 10000 };
#define OTHERS "q page sort more"                          /* more: the facet of which all values are shown */

/* ---- what the template is given --------------------------------------------------------------- */

struct value { Str label, count, url; bool chosen; };
static const struct slot value_slots[] = {
    SLOT(struct value, label), SLOT(struct value, count), SLOT(struct value, url), SLOT(struct value, chosen), SLOT_END,
};
struct facet_shown { Str name, label, more_url, more_count; Items values; bool open; };
static const struct slot facet_slots[] = {
    SLOT(struct facet_shown, name), SLOT(struct facet_shown, label), SLOT(struct facet_shown, more_url), SLOT(struct facet_shown, more_count),
    SLOT(struct facet_shown, open), SLOT_ITEMS(struct facet_shown, values, struct value, value_slots), SLOT_END,
};
struct tag { Str label; };
static const struct slot tag_slots[] = { SLOT(struct tag, label), SLOT_END };
struct result {
    Str   url, name, name_lang, other_name, other_lang, public_id, ward, zone, products, size_class, changed, verified;
    bool  international, stale;
    Items certificates;
};
static const struct slot result_slots[] = {
    SLOT(struct result, url), SLOT(struct result, name), SLOT(struct result, name_lang), SLOT(struct result, other_name),
    SLOT(struct result, other_lang), SLOT(struct result, public_id),
    SLOT(struct result, ward), SLOT(struct result, zone), SLOT(struct result, products), SLOT(struct result, size_class),
    SLOT(struct result, changed), SLOT(struct result, verified), SLOT(struct result, international), SLOT(struct result, stale),
    SLOT_ITEMS(struct result, certificates, struct tag, tag_slots), SLOT_END,
};
struct hidden { Str name, value; };
static const struct slot hidden_slots[] = { SLOT(struct hidden, name), SLOT(struct hidden, value), SLOT_END };
struct directory {
    Str   words, total, action, match_url, clear_url, loose_words, best_url, name_url, previous_url, next_url, page, pages, csv_url, xlsx_url, json_url;
    bool  loose, by_name, filtered, empty;
    Items facets, chips, results, state;
};
static const struct slot slots[] = {
    SLOT(struct directory, words), SLOT(struct directory, total), SLOT(struct directory, action), SLOT(struct directory, match_url), SLOT(struct directory, clear_url),
    SLOT(struct directory, loose_words), SLOT(struct directory, best_url), SLOT(struct directory, name_url),
    SLOT(struct directory, previous_url), SLOT(struct directory, next_url), SLOT(struct directory, page), SLOT(struct directory, pages),
    SLOT(struct directory, csv_url), SLOT(struct directory, xlsx_url), SLOT(struct directory, json_url), SLOT(struct directory, loose),
    SLOT(struct directory, by_name), SLOT(struct directory, filtered), SLOT(struct directory, empty),
    SLOT_ITEMS(struct directory, facets, struct facet_shown, facet_slots), SLOT_ITEMS(struct directory, chips, struct value, value_slots),
    SLOT_ITEMS(struct directory, results, struct result, result_slots), SLOT_ITEMS(struct directory, state, struct hidden, hidden_slots), SLOT_END,
};
static const struct template *template;
void directory_prepare(struct arena *forever) { template = template_load(forever, "directory", slots); }

/* ---- asking --------------------------------------------------------------------------------- */

/* Shown in this order; the rest of the FACETs can still be filtered by. */
static const char *const order[] = {
    "fields", "industries", "process", "standard", "international_standard", "ward", "zone", "size_class", "ownership", "owner_country",
};

struct asking {
    struct request         *q;
    struct work             w;
    const struct snapshot  *s;
    struct found_filters    filters;
    struct search_result    found;
    int64_t                 page;
    struct params           first_page;     /* the page's state, on its first page                */
    bool                    by_name;
};

/* The facets shown, a bit for each. */
static unsigned counted(const struct finder *f)
{
    unsigned bits = 0;
    for (size_t i = 0; i < COUNT(order); i++) bits |= 1u << finder_facet(f, str_of(order[i]));
    return bits;
}

static enum err ask(struct request *q, struct reply *r, struct asking *a)
{
    size_t n;
    Message why;
    const struct asked *asked = page_asked(q, &n);
    Str page = params_get(&q->query, "page");
    *a = (struct asking){ .q = q, .w = page_work(q), .s = page_snapshot(q), .page = 1,
                          .first_page = params_without(q->a, &q->query, "page") };
    if (page.n && (!str_to_i64(page, &a->page) || a->page < 1 || a->page > PAGES_MAX))
        return reply_fail(r, ERR_INVALID, MSG(N_("“{1}” is not the number of a page; pages count from 1."), page));
    enum err e = finder_read(&a->w, a->s->finder, asked, n, OTHERS, &a->filters, &why);
    if (e) return reply_fail(r, e, why);
    a->by_name = str_is(params_get(&q->query, "sort"), "name");
    struct search_query query = {
        .words = params_get(&q->query, "q"), .prefix = true, .order = a->by_name ? SEARCH_BY_SORT_KEY : SEARCH_BEST_FIRST,
        .filter = a->filters.facet, .filters = a->filters.facets, .only = a->filters.only, .only_n = a->filters.only_n,
        .count = q->as == AS_PAGE ? counted(a->s->finder) : 0,
        .offset = q->as == AS_PAGE || q->as == AS_JSON ? (size_t)(a->page - 1) * PER_PAGE : 0,
        .limit = q->as == AS_PAGE || q->as == AS_JSON ? PER_PAGE : SEARCH_DOCS,
    };
    a->found = search_find(a->s->finder->index, q->a, &query);
    return OK;
}

/* ---- facets --------------------------------------------------------------------------------- */

static bool is_chosen(const struct asking *a, int facet, Str value)
{
    for (size_t i = 0; i < a->filters.facets; i++)
        for (size_t k = 0; a->filters.facet[i].facet == facet && k < a->filters.facet[i].any.n; k++)
            if (str_eq(a->filters.facet[i].any.p[k], value)) return true;
    return false;
}

/* Adds the value; or leaves the facet's others, since the one to go may be written in another way ("2026/A", a name). */
static Str toggled_url(const struct asking *a, int facet, Str value)
{
    struct arena *m = a->q->a;
    const char *name = a->s->finder->facet[facet].f->name;
    struct params next = a->first_page;
    if (!is_chosen(a, facet, value)) {
        next = params_toggled(m, &next, name, value);
        return request_url(a->q, &next);
    }
    next = params_without(m, &next, name);
    for (size_t i = 0; i < a->filters.facets; i++)
        for (size_t k = 0; a->filters.facet[i].facet == facet && k < a->filters.facet[i].any.n; k++)
            if (!str_eq(a->filters.facet[i].any.p[k], value))
                next = params_toggled(m, &next, name, a->filters.facet[i].any.p[k]);
    return request_url(a->q, &next);
}

static struct value value_of(struct asking *a, int facet, Str value, uint32_t docs)
{
    const struct facet *f = &a->s->finder->facet[facet];
    return (struct value){ facet_label(&a->w, f, value), page_number(&a->w, docs), toggled_url(a, facet, value), is_chosen(a, facet, value) };
}

struct values { struct value *p; size_t n, cap; };

static Str more_url(const struct asking *a, const char *name)
{
    struct params next = params_with(a->q->a, &a->q->query, "more", str_of(name));
    return str_f(a->q->a, "%.*s#%s", FMT(request_url(a->q, &next)), name);
}

static bool is_filtered(const struct asking *a, int facet)
{
    for (size_t i = 0; i < a->filters.facets; i++) if (a->filters.facet[i].facet == facet) return true;
    return false;
}

static struct facet_shown facet_of(struct asking *a, int facet, bool open)
{
    struct arena *m = a->q->a;
    const struct field *f = a->s->finder->facet[facet].f;
    const struct search_count *counts = a->found.counts[facet].p;
    size_t n = a->found.counts[facet].n;
    bool all = str_is(params_get(&a->q->query, "more"), f->name);
    struct values values = { 0 };
    for (size_t i = 0; i < n; i++) {
        if (all || values.n < SHOWN || is_chosen(a, facet, counts[i].value))
            *GROW(m, values) = value_of(a, facet, counts[i].value, counts[i].docs);
    }
    struct facet_shown out = { .name = str_of(f->name),
                               .label = tr(a->q->lang, f->label),
                               .values = ITEMS(values),
                               .open = open || all || is_filtered(a, facet) };
    if (values.n == n) return out;
    out.more_url = more_url(a, f->name);
    out.more_count = page_number(&a->w, (int64_t)(n - values.n));
    return out;
}

static void put_facets(struct asking *a, struct directory *d)
{
    struct { struct facet_shown *p; size_t n, cap; } facets = { 0 };
    struct values chips = { 0 };
    for (size_t i = 0; i < COUNT(order); i++) {
        int facet = finder_facet(a->s->finder, str_of(order[i]));
        MUST(facet >= 0);
        if (!a->found.counts[facet].n) continue;
        *GROW(a->q->a, facets) = facet_of(a, facet, i < OPEN);
    }
    for (size_t i = 0; i < a->filters.facets; i++)
        for (size_t k = 0; k < a->filters.facet[i].any.n; k++)
            *GROW(a->q->a, chips) = value_of(a, a->filters.facet[i].facet, a->filters.facet[i].any.p[k], 0);
    d->facets = ITEMS(facets);
    d->chips = ITEMS(chips);
    d->filtered = chips.n > 0 || a->filters.only;
}

/* ---- results -------------------------------------------------------------------------------- */

static Items tags_of(struct arena *a, Str list)
{
    struct { struct tag *p; size_t n, cap; } tags = { 0 };
    Str rest = list, one;
    while (list.n && str_next(&rest, ';', &one)) *GROW(a, tags) = (struct tag){ str_trim(one) };
    return ITEMS(tags);
}

static struct result result_of(struct asking *a, const struct card *c)
{
    enum lang l = a->q->lang, other = l == VI ? EN : VI;
    bool translated = c->spoken[other] == other && c->spoken[l] == l;
    return (struct result){
        .url = request_link(a->q, str_f(a->q->a, "/enterprises/%.*s", FMT(c->public_id))), .name = c->name[l],
        .name_lang = c->spoken[l] == l ? (Str){ 0 } : str_of(lang_code(other)), .other_name = translated ? c->name[other] : (Str){ 0 },
        .other_lang = str_of(lang_code(other)), .public_id = c->public_id, .ward = c->ward[l], .zone = c->zone[l],
        .products = c->products[l], .verified = c->verified[l], .stale = c->stale, .size_class = c->size_class[l], .changed = page_date(&a->w, c->changed_at),
        .international = c->international, .certificates = tags_of(a->q->a, c->certificates),
    };
}

static void put_results(struct asking *a, struct directory *d)
{
    struct { struct result *p; size_t n, cap; } results = { 0 };
    int64_t *ids = NEW_ARRAY(a->q->a, int64_t, a->found.hits);
    for (size_t i = 0; i < a->found.hits; i++) ids[i] = a->found.hit[i].id;
    const struct card **card = snapshot_cards(a->s, &a->w, ids, a->found.hits);
    for (size_t i = 0; i < a->found.hits; i++)
        if (card[i]) *GROW(a->q->a, results) = result_of(a, card[i]);
    d->results = ITEMS(results);
    d->empty = !results.n;
}

static Str page_url(const struct asking *a, int64_t page)
{
    struct arena *m = a->q->a;
    struct params next = params_with(m, &a->q->query, "page", page > 1 ? str_f(m, "%lld", (long long)page) : (Str){ 0 });
    return request_url(a->q, &next);
}

static Str state_url(const struct asking *a, const char *name, Str value)
{
    struct params next = params_with(a->q->a, &a->first_page, name, value);
    return request_url(a->q, &next);
}

/* The facets chosen, so that new words keep them. */
static Items state_of(const struct asking *a)
{
    struct { struct hidden *p; size_t n, cap; } state = { 0 };
    for (size_t i = 0; i < a->q->query.n; i++) {
        const struct param *p = &a->q->query.p[i];
        if (p->value.n && !str_is(p->name, "q") && !str_is(p->name, "page") && !str_is(p->name, "more"))
            *GROW(a->q->a, state) = (struct hidden){ p->name, p->value };
    }
    return ITEMS(state);
}

static enum err show(struct request *q, struct reply *r, struct asking *a)
{
    int64_t pages = ((int64_t)a->found.total + PER_PAGE - 1) / PER_PAGE;
    struct directory d = {
        .words = params_get(&q->query, "q"), .total = page_number(&a->w, (int64_t)a->found.total), .action = request_link(q, q->path), .match_url = request_link(q, S("/match")),
        .clear_url = request_link(q, q->path), .loose = a->found.loose, .loose_words = a->found.used, .by_name = a->by_name,
        .best_url = state_url(a, "sort", (Str){ 0 }), .name_url = state_url(a, "sort", S("name")),
        .previous_url = a->page > 1 ? page_url(a, a->page - 1) : (Str){ 0 }, .next_url = a->page < pages ? page_url(a, a->page + 1) : (Str){ 0 },
        .page = page_number(&a->w, a->page), .pages = page_number(&a->w, pages), .csv_url = request_url_as(q, AS_CSV),
        .xlsx_url = request_url_as(q, AS_XLSX), .json_url = request_url_as(q, AS_JSON), .state = state_of(a),
    };
    put_facets(a, &d);
    put_results(a, &d);
    struct page p = {
        .title = d.words.n ? message_str(q->a, q->lang, MSG(N_("Search: {1}"), d.words)) : tr(q->lang, N_("Enterprise directory")),
        .description = tr(q->lang, N_("Manufacturers and suppliers in the supporting industry of Hà Nội, and what each of them can make.")),
        .section = SECTION_DIRECTORY, .own_search = true, .content = template_render(q->a, template, q->lang, &d),
    };
    return shell_reply(q, r, &p);
}

/* ---- as data -------------------------------------------------------------------------------- */

static const int64_t *ids_of(struct arena *a, const struct search_result *found)
{
    int64_t *ids = NEW_ARRAY(a, int64_t, found->hits + 1);      /* not NULL, though there be none     */
    for (size_t i = 0; i < found->hits; i++) ids[i] = found->hit[i].id;
    return ids;
}

static enum err as_json(struct request *q, struct reply *r, struct asking *a)
{
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    struct records found;
    TRY(records_of(&a->w, &enterprise, ids_of(q->a, &a->found), a->found.hits, true, &found));
    json_write_object(&j);
    json_write_key(&j, S("total"));
    json_write_int(&j, (int64_t)a->found.total);
    json_write_key(&j, S("items"));
    json_write_array(&j);
    for (size_t i = 0; i < found.n; i++) put_record_json(&j, &a->w, found.p[i]);
    json_write_end(&j);
    json_write_end(&j);
    json_write_done(&j);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

enum err directory(struct request *q, struct reply *r)
{
    struct asking a;
    TRY(ask(q, r, &a));
    if (q->as == AS_PAGE) return show(q, r, &a);
    if (q->as == AS_JSON) return as_json(q, r, &a);
    struct list_query query = { .sort = -1, .only = ids_of(q->a, &a.found), .only_n = a.found.hits };
    struct work w = page_work(q);
    return list_as_data(q, r, &w, &enterprise, &query);
}
