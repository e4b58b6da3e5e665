/* programme.c - the programme: its nine contents, its targets, and what is measured beside them. */
#include "pages/measures.h"
#include "pages/pages.h"

#include "pages/network/grid.h"
#include "pages/target/wording.h"

#include <math.h>

struct content_shown { Str code, icon, title, description, section; Items targets; };
static const struct slot content_slots[] = {
    SLOT(struct content_shown, code), SLOT(struct content_shown, icon), SLOT(struct content_shown, title), SLOT(struct content_shown, description),
    SLOT(struct content_shown, section), SLOT_ITEMS(struct content_shown, targets, struct measure_shown, measure_slots), SLOT_END,
};
struct figure_shown { Str label, value, period, source; };
static const struct slot figure_slots[] = {
    SLOT(struct figure_shown, label), SLOT(struct figure_shown, value), SLOT(struct figure_shown, period), SLOT(struct figure_shown, source), SLOT_END,
};
struct programme { Items contents, measures, figures; Str progress_url, targets_url, network_url, csv_url, xlsx_url, json_url; };
static const struct slot slots[] = {
    SLOT_ITEMS(struct programme, contents, struct content_shown, content_slots), SLOT_ITEMS(struct programme, measures, struct measure_shown, measure_slots),
    SLOT_ITEMS(struct programme, figures, struct figure_shown, figure_slots), SLOT(struct programme, progress_url), SLOT(struct programme, targets_url), SLOT(struct programme, network_url), SLOT(struct programme, csv_url),
    SLOT(struct programme, xlsx_url), SLOT(struct programme, json_url), SLOT_END,
};
static const struct template *template;
static struct facts facts;

void programme_prepare(struct arena *forever)
{
    facts = facts_read(forever);
    template = template_load(forever, "programme", slots);
}

/* Names in web/images/icons.svg. */
static const struct { const char *content, *icon; } icons[] = {
    { "3.1", "link" },  { "3.2", "gear" },   { "3.3", "users" },    { "3.4", "tool" }, { "3.5", "info" },
    { "3.6", "globe" }, { "3.7", "shield" }, { "3.8", "database" }, { "3.9", "chip" },
};

static Str icon_of(Str content)
{
    for (size_t i = 0; i < COUNT(icons); i++) if (str_is(content, icons[i].content)) return str_of(icons[i].icon);
    return S("target");
}

struct contents { struct content_shown *p; size_t n, cap; };

static enum err contents_of(struct request *q, struct work *w, struct contents *out)
{
    *out = (struct contents){ 0 };
    for (size_t i = 0; i < facts.contents.n; i++) {
        const struct content *c = &facts.contents.p[i];
        struct measures_shown targets;
        TRY(measures_shown(q, w, &facts, c->code, &targets));
        *GROW(q->a, *out) = (struct content_shown){
            c->code, icon_of(c->code), c->title[q->lang], c->description[q->lang], c->section, ITEMS(targets),
        };
    }
    return OK;
}

static Items figures_of(struct request *q)
{
    struct { struct figure_shown *p; size_t n, cap; } out = { 0 };
    for (size_t i = 0; i < facts.figures.n; i++) {
        const struct figure_stated *f = &facts.figures.p[i];
        if (str_is(f->group, "baseline") || str_is(f->group, "key products") || str_is(f->group, "enterprises"))
            *GROW(q->a, out) = (struct figure_shown){ f->label[q->lang], figure_str(q->a, q->lang, f), f->period, f->source };
    }
    return ITEMS(out);
}

/* ---- targets as data ------------------------------------------------------------------------ */

static const struct grid_column columns[] = {
    { "code", N_("Code") }, { "label", N_("Indicator") }, { "content", N_("Content of the programme") }, { "period", N_("Period") },
    { "comparison", N_("Comparison") }, { "unit", N_("Unit") }, { "value", N_("Target") }, { "most", N_("At most") }, { "measured", N_("Counted today") },
    { "source", N_("Source") },
};

static void put_target(struct grid *g, struct work *w, const struct standing *s, const struct record *t)
{
    const struct record *r = s->indicator;
    grid_text(g, v_str(r->v[INDICATOR_CODE]));
    grid_text(g, record_title(w, r));
    grid_text(g, record_text(w, r, INDICATOR_CONTENT));
    grid_text(g, target_period(w, r, t));
    grid_text(g, v_str(t->v[TARGET_COMPARISON]));
    grid_text(g, v_str(record_val(w, r, INDICATOR_UNIT)));
    grid_exact(g, v_f64(t->v[TARGET_LEAST]));
    grid_exact(g, v_is(t->v[TARGET_MOST]) ? v_f64(t->v[TARGET_MOST]) : NAN);
    grid_exact(g, s->value);
    grid_text(g, v_str(t->v[TARGET_SOURCE]));
}

static enum err as_data(struct request *q, struct reply *r, struct work *w)
{
    struct grid g = grid_make(q, (struct figure){ .id = "targets", .caption = N_("Targets") }, columns, COUNT(columns), NULL);
    struct records all;
    struct standing s;
    TRY(indicators_load(w, &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct records *targets = &all.p[i]->children[INDICATOR_TARGETS];
        if (targets->n) TRY(standing_of(w, all.p[i], w->today.year, &s));
        for (size_t k = 0; k < targets->n; k++) put_target(&g, w, &s, targets->p[k]);
    }
    return grid_reply(r, &g, NULL, 0);
}

enum err programme(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct measures_shown measures;
    struct contents contents;
    if (q->as != AS_PAGE) return as_data(q, r, &w);
    TRY(measures_shown(q, &w, &facts, (Str){ 0 }, &measures));
    TRY(contents_of(q, &w, &contents));
    struct programme d = { ITEMS(contents), ITEMS(measures), figures_of(q), request_link(q, S("/progress")), request_link(q, S("/targets")), request_link(q, S("/network/public")),
                           request_url_as(q, AS_CSV), request_url_as(q, AS_XLSX), request_url_as(q, AS_JSON) };
    struct page p = {
        .title = tr(q->lang, N_("The programme 2026–2030, direction to 2035")), .section = SECTION_PROGRAMME,
        .description = tr(q->lang, N_("Nine lines of support, their targets, and progress so far.")),
        .content = template_render(q->a, template, q->lang, &d),
    };
    return shell_reply(q, r, &p);
}
