/* programme.c - the programme: its nine contents, its targets, and what is measured beside them. */
#include "pages/measures.h"
#include "pages/pages.h"

#include "format/json.h"

struct content_shown { Str code, title, description, section; };
static const struct slot content_slots[] = {
    SLOT(struct content_shown, code), SLOT(struct content_shown, title), SLOT(struct content_shown, description),
    SLOT(struct content_shown, section), SLOT_END,
};
struct figure_shown { Str label, value, period, source; };
static const struct slot figure_slots[] = {
    SLOT(struct figure_shown, label), SLOT(struct figure_shown, value), SLOT(struct figure_shown, period), SLOT(struct figure_shown, source), SLOT_END,
};
struct programme { Items contents, measures, figures; Str json_url; };
static const struct slot slots[] = {
    SLOT_ITEMS(struct programme, contents, struct content_shown, content_slots), SLOT_ITEMS(struct programme, measures, struct measure, measure_slots),
    SLOT_ITEMS(struct programme, figures, struct figure_shown, figure_slots), SLOT(struct programme, json_url), SLOT_END,
};
static const struct template *template;
static struct facts facts;

void programme_prepare(struct arena *forever)
{
    facts = facts_read(forever);
    template = template_load(forever, "programme", slots);
}

static Items contents_of(struct request *q)
{
    struct { struct content_shown *p; size_t n, cap; } out = { 0 };
    for (size_t i = 0; i < facts.contents.n; i++) {
        const struct content *c = &facts.contents.p[i];
        *GROW(q->a, out) = (struct content_shown){ c->code, c->title[q->lang], c->description[q->lang], c->section };
    }
    return ITEMS(out);
}

static Items figures_of(struct request *q)
{
    struct { struct figure_shown *p; size_t n, cap; } out = { 0 };
    for (size_t i = 0; i < facts.figures.n; i++) {
        const struct figure_stated *f = &facts.figures.p[i];
        if (str_is(f->group, "baseline"))
            *GROW(q->a, out) = (struct figure_shown){ f->label[q->lang], figure_str(q->a, q->lang, f), f->period, f->source };
    }
    return ITEMS(out);
}

static void pair(struct json_writer *j, const char *key, Str value)
{
    json_write_key(j, str_of(key));
    if (value.n) json_write_string(j, value);
    else json_write_null(j);
}

static enum err as_json(struct request *q, struct reply *r, const struct measures *measures)
{
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    json_write_key(&j, S("targets"));
    json_write_array(&j);
    for (size_t i = 0; i < measures->n; i++) {
        const struct measure *m = &measures->p[i];
        json_write_object(&j);
        pair(&j, "label", m->label);
        pair(&j, "target", m->target);
        pair(&j, "period", m->period);
        pair(&j, "now", m->now);
        pair(&j, "baseline", m->baseline);
        pair(&j, "source", m->source);
        json_write_end(&j);
    }
    json_write_end(&j);
    json_write_end(&j);
    json_write_done(&j);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

enum err programme(struct request *q, struct reply *r)
{
    struct measures measures = measures_of(q, &facts, (Str){ 0 });
    if (q->as == AS_JSON) return as_json(q, r, &measures);
    struct programme d = { contents_of(q), ITEMS(measures), figures_of(q), request_url_as(q, AS_JSON) };
    struct page p = {
        .title = tr(q->lang, N_("The programme 2026–2030, direction to 2035")), .section = SECTION_PROGRAMME,
        .description = tr(q->lang, N_("Nine kinds of support, the targets, and where they stand today.")),
        .content = template_render(q->a, template, q->lang, &d),
    };
    return shell_reply(q, r, &p);
}
