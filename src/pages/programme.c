/* programme.c - the programme: its nine contents, its targets, and what is measured beside them. */
#include "pages/measures.h"
#include "pages/pages.h"

#include "format/json.h"

struct content_shown { Str code, icon, title, description, section; Items targets; };
static const struct slot content_slots[] = {
    SLOT(struct content_shown, code), SLOT(struct content_shown, icon), SLOT(struct content_shown, title), SLOT(struct content_shown, description),
    SLOT(struct content_shown, section), SLOT_ITEMS(struct content_shown, targets, struct measure, measure_slots), SLOT_END,
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

static Items contents_of(struct request *q)
{
    struct { struct content_shown *p; size_t n, cap; } out = { 0 };
    for (size_t i = 0; i < facts.contents.n; i++) {
        const struct content *c = &facts.contents.p[i];
        struct measures targets = measures_of(q, &facts, c->code);
        *GROW(q->a, out) = (struct content_shown){
            c->code, icon_of(c->code), c->title[q->lang], c->description[q->lang], c->section, ITEMS(targets),
        };
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

static void put_target(struct json_writer *j, struct request *q, const struct figure_stated *t)
{
    const struct { const char *key; Str value; } texts[] = {
        { "code", t->code }, { "label", t->label[q->lang] }, { "content", t->group }, { "period", t->period },
        { "comparison", t->comparison }, { "unit", t->unit }, { "source", t->source },
    };
    double now;
    json_write_object(j);
    for (size_t i = 0; i < COUNT(texts); i++) json_write_key(j, str_of(texts[i].key)), json_write_string(j, texts[i].value);
    json_write_key(j, S("value"));
    json_write_real(j, t->value);
    json_write_key(j, S("measured"));
    if (measured_now(page_snapshot(q), t->code, &now)) json_write_real(j, now);
    else json_write_null(j);
    json_write_end(j);
}

static enum err as_json(struct request *q, struct reply *r)
{
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    json_write_key(&j, S("targets"));
    json_write_array(&j);
    for (size_t i = 0; i < facts.targets.n; i++) put_target(&j, q, &facts.targets.p[i]);
    json_write_end(&j);
    json_write_end(&j);
    json_write_done(&j);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

enum err programme(struct request *q, struct reply *r)
{
    if (q->as == AS_JSON) return as_json(q, r);
    struct measures measures = measures_of(q, &facts, (Str){ 0 });
    struct programme d = { contents_of(q), ITEMS(measures), figures_of(q), request_url_as(q, AS_JSON) };
    struct page p = {
        .title = tr(q->lang, N_("The programme 2026–2030, direction to 2035")), .section = SECTION_PROGRAMME,
        .description = tr(q->lang, N_("Nine lines of support, their targets, and progress so far.")),
        .content = template_render(q->a, template, q->lang, &d),
    };
    return shell_reply(q, r, &p);
}
