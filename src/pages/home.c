/* home.c - the first page: the search box, where the programme stands, the fields, what is new. */
#include "pages/measures.h"
#include "pages/pages.h"

#include "programme/register.h"

enum { NEWEST = 6, MOST = 9 };

struct tile { Str url, label, count, icon; Items items; };
static const struct slot item_slots[] = { SLOT(struct tile, url), SLOT(struct tile, label), SLOT(struct tile, count), SLOT_END };
static const struct slot tile_slots[] = {
    SLOT(struct tile, url), SLOT(struct tile, label), SLOT(struct tile, count), SLOT(struct tile, icon),
    SLOT_ITEMS(struct tile, items, struct tile, item_slots), SLOT_END,
};
struct newest { Str url, name, products, ward, changed; };
static const struct slot newest_slots[] = {
    SLOT(struct newest, url), SLOT(struct newest, name), SLOT(struct newest, products), SLOT(struct newest, ward), SLOT(struct newest, changed), SLOT_END,
};
struct home {
    Str   total, search_url, match_url, programme_url, progress_url, zones_url;
    bool  empty;
    Items measures, fields, processes, zones, newest;
};
static const struct slot slots[] = {
    SLOT(struct home, total), SLOT(struct home, search_url), SLOT(struct home, match_url), SLOT(struct home, programme_url), SLOT(struct home, progress_url), SLOT(struct home, zones_url), SLOT(struct home, empty),
    SLOT_ITEMS(struct home, measures, struct measure_shown, measure_slots), SLOT_ITEMS(struct home, fields, struct tile, tile_slots),
    SLOT_ITEMS(struct home, processes, struct tile, tile_slots), SLOT_ITEMS(struct home, zones, struct tile, tile_slots),
    SLOT_ITEMS(struct home, newest, struct newest, newest_slots), SLOT_END,
};
static const struct template *template;
static struct facts facts;

void home_prepare(struct arena *forever)
{
    facts = facts_read(forever);
    template = template_load(forever, "home", slots);
}

struct tiles { struct tile *p; size_t n, cap; };

static Str facet_url(struct request *q, const struct facet *f, Str value)
{
    struct params none = { 0 }, one = params_with(q->a, &none, f->f->name, value);
    return url_of(q->a, q->lang, S("/enterprises"), AS_PAGE, &one);
}

static Items most_of(struct request *q, struct work *w, const struct search_result *all, const char *name, size_t most)
{
    const struct snapshot *s = page_snapshot(q);
    int facet = finder_facet(s->finder, str_of(name));
    struct tiles tiles = { 0 };
    for (size_t i = 0; i < all->counts[facet].n && i < most; i++) {
        const struct search_count *c = &all->counts[facet].p[i];
        const struct facet *f = &s->finder->facet[facet];
        *GROW(q->a, tiles) = (struct tile){ facet_url(q, f, c->value), facet_label(w, f, c->value), page_number(w, c->docs) };
    }
    return ITEMS(tiles);
}

static uint32_t docs_with(const struct search_result *all, int facet, Str value)
{
    for (size_t i = 0; i < all->counts[facet].n; i++)
        if (str_eq(all->counts[facet].p[i].value, value)) return all->counts[facet].p[i].docs;
    return 0;
}

/* A code of the taxonomy with how many enterprises it has; and those below it. */
static void put_codes(struct request *q, struct work *w, const struct search_result *all, const char *list, const char *facet_name, Str parent,
                      struct tiles *out)
{
    const struct snapshot *s = page_snapshot(q);
    int facet = finder_facet(s->finder, str_of(facet_name));
    size_t n;
    const struct code *const *codes = codes_of(s->codes, str_of(list), &n);
    for (size_t i = 0; i < n; i++)
        if (str_eq(codes[i]->parent, parent))
            *GROW(q->a, *out) = (struct tile){ facet_url(q, &s->finder->facet[facet], codes[i]->code), code_short(codes[i], q->lang),
                                               page_number(w, docs_with(all, facet, codes[i]->code)) };
}

/* Names in web/images/icons.svg. */
static const struct { const char *field, *icon; } icons[] = { { "A", "gear" }, { "B", "textile" }, { "C", "chip" } };

static Items fields_of(struct request *q, struct work *w, const struct search_result *all)
{
    struct tiles fields = { 0 };
    size_t n;
    const struct code *const *codes = codes_of(page_snapshot(q)->codes, S("si_field"), &n);
    put_codes(q, w, all, "si_field", "fields", (Str){ 0 }, &fields);
    for (size_t i = 0; i < n && i < fields.n; i++) {
        struct tiles below = { 0 };
        put_codes(q, w, all, "si_industry", "industries", codes[i]->code, &below);
        fields.p[i].items = ITEMS(below);
        for (size_t k = 0; k < COUNT(icons); k++) if (str_is(codes[i]->code, icons[k].field)) fields.p[i].icon = str_of(icons[k].icon);
    }
    return ITEMS(fields);
}

static Items newest_of(struct request *q, struct work *w)
{
    const struct snapshot *s = page_snapshot(q);
    struct { struct newest *p; size_t n, cap; } newest = { 0 };
    int64_t ids[NEWEST];
    size_t n = search_last_ids(s->finder->index, ids, NEWEST);
    const struct card **card = snapshot_cards(s, w, ids, n);
    for (size_t i = 0; i < n; i++) {
        const struct card *c = card[i];
        if (!c) continue;
        *GROW(q->a, newest) = (struct newest){ request_link(q, str_f(q->a, "/enterprises/%.*s", FMT(c->public_id))), c->name[q->lang],
                                               c->products[q->lang], c->ward[q->lang], page_date(w, c->changed_at) };
    }
    return ITEMS(newest);
}

enum err home(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    const struct snapshot *s = page_snapshot(q);
    struct search_query query = { .count = ~0u };
    struct search_result all = search_find(s->finder->index, q->a, &query);
    struct measures_shown measures;
    TRY(measures_shown(q, &w, &facts, (Str){ 0 }, &measures));
    struct home d = {
        .total = page_number(&w, (int64_t)all.total), .empty = !all.total, .search_url = request_link(q, S("/enterprises")), .match_url = request_link(q, S("/match")),
        .programme_url = request_link(q, S("/programme")), .progress_url = request_link(q, S("/progress")), .zones_url = request_link(q, S("/zones")), .measures = ITEMS(measures),
        .fields = fields_of(q, &w, &all), .processes = most_of(q, &w, &all, "process", MOST), .zones = most_of(q, &w, &all, "zone", MOST),
        .newest = newest_of(q, &w),
    };
    struct page p = {
        .title = tr(q->lang, N_("Supporting industry of Hà Nội")), .section = SECTION_HOME, .own_search = true,
        .description = tr(q->lang, N_("Find who can make the part: the public register of Hà Nội's supporting industry.")),
        .content = template_render(q->a, template, q->lang, &d),
    };
    return shell_reply(q, r, &p);
}
