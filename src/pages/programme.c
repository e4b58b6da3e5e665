/* programme.c - the programme: its nine contents, its targets, and what is measured beside them. */
#include "pages/measures.h"
#include "pages/pages.h"

#include "base/number.h"
#include "format/csv.h"
#include "format/json.h"
#include "format/xlsx_write.h"

struct content_shown { Str code, icon, title, description, section; Items targets; };
static const struct slot content_slots[] = {
    SLOT(struct content_shown, code), SLOT(struct content_shown, icon), SLOT(struct content_shown, title), SLOT(struct content_shown, description),
    SLOT(struct content_shown, section), SLOT_ITEMS(struct content_shown, targets, struct measure, measure_slots), SLOT_END,
};
struct figure_shown { Str label, value, period, source; };
static const struct slot figure_slots[] = {
    SLOT(struct figure_shown, label), SLOT(struct figure_shown, value), SLOT(struct figure_shown, period), SLOT(struct figure_shown, source), SLOT_END,
};
struct programme { Items contents, measures, figures; Str network_url, csv_url, xlsx_url, json_url; };
static const struct slot slots[] = {
    SLOT_ITEMS(struct programme, contents, struct content_shown, content_slots), SLOT_ITEMS(struct programme, measures, struct measure, measure_slots),
    SLOT_ITEMS(struct programme, figures, struct figure_shown, figure_slots), SLOT(struct programme, network_url), SLOT(struct programme, csv_url),
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

/* ---- targets as data ------------------------------------------------------------------------ */

static const struct { const char *key, *label; } columns[] = {
    { "code", N_("Code") }, { "label", N_("Target") }, { "content", N_("Line of support") }, { "period", N_("Period") }, { "comparison", N_("Comparison") },
    { "unit", N_("Unit") }, { "value", N_("Value") }, { "measured", N_("Counted by the register") }, { "source", N_("Source") },
};
enum { VALUE = 6, MEASURED = 7, SOURCE = 8, COLUMNS = COUNT(columns) };

/* A target under each of the columns: texts, and numbers as numbers; what is not measured is empty. */
static void cells_of(struct request *q, const struct figure_stated *t, struct xlsx_cell cells[COLUMNS])
{
    const Str texts[VALUE] = { t->code, t->label[q->lang], t->group, t->period, t->comparison, t->unit };
    for (size_t i = 0; i < VALUE; i++) cells[i] = (struct xlsx_cell){ .type = XLSX_TEXT, .text = texts[i] };
    cells[SOURCE] = (struct xlsx_cell){ .type = XLSX_TEXT, .text = t->source };
    cells[VALUE] = (struct xlsx_cell){ .type = XLSX_NUMBER, .number = t->value };
    cells[MEASURED] = (struct xlsx_cell){ .type = XLSX_EMPTY };
    if (measured_now(page_snapshot(q), t->code, &cells[MEASURED].number)) cells[MEASURED].type = XLSX_NUMBER;
}

static void put_target(struct json_writer *j, const struct xlsx_cell cells[COLUMNS])
{
    json_write_object(j);
    for (size_t i = 0; i < COLUMNS; i++) {
        json_write_key(j, str_of(columns[i].key));
        if (cells[i].type == XLSX_TEXT) json_write_string(j, cells[i].text);
        else if (cells[i].type == XLSX_NUMBER) json_write_real(j, cells[i].number);
        else json_write_null(j);
    }
    json_write_end(j);
}

static enum err as_json(struct request *q, struct reply *r)
{
    struct xlsx_cell cells[COLUMNS];
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    json_write_key(&j, S("targets"));
    json_write_array(&j);
    for (size_t i = 0; i < facts.targets.n; i++) {
        cells_of(q, &facts.targets.p[i], cells);
        put_target(&j, cells);
    }
    json_write_end(&j);
    json_write_end(&j);
    json_write_done(&j);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

static enum err as_csv(struct request *q, struct reply *r)
{
    struct xlsx_cell cells[COLUMNS];
    struct buf b = buf_make(q->a);
    struct csv_writer csv = csv_write_to(&b);
    for (size_t i = 0; i < COLUMNS; i++) csv_write(&csv, tr(q->lang, columns[i].label));
    csv_write_end(&csv);
    for (size_t i = 0; i < facts.targets.n; i++) {
        cells_of(q, &facts.targets.p[i], cells);
        for (size_t k = 0; k < COLUMNS; k++) {
            struct buf number = buf_make(q->a);
            if (cells[k].type == XLSX_NUMBER) put_real_plain(&number, cells[k].number);
            csv_write(&csv, cells[k].type == XLSX_NUMBER ? buf_str(&number) : cells[k].text);
        }
        csv_write_end(&csv);
    }
    reply_attachment(q, r, S("programme.csv"));
    return reply_body(r, TYPE_CSV, buf_str(&b));
}

static enum err put_sheet(struct request *q, struct xlsx_writer *x)
{
    struct xlsx_cell cells[COLUMNS];
    struct xlsx_column titles[COLUMNS] = { 0 };
    for (size_t i = 0; i < COLUMNS; i++) titles[i].title = tr(q->lang, columns[i].label);
    TRY(xlsx_write_sheet(x, &(struct xlsx_sheet){ .name = tr(q->lang, N_("Targets")), .columns = titles, .n = COLUMNS, .filter = true }));
    for (size_t i = 0; i < facts.targets.n; i++) {
        cells_of(q, &facts.targets.p[i], cells);
        TRY(xlsx_write_row(x, cells, COLUMNS));
    }
    return OK;
}

static enum err as_xlsx(struct request *q, struct reply *r)
{
    struct xlsx_writer *x;
    Str bytes;
    TRY(xlsx_write_open(q->a, NULL, &x));
    enum err err = put_sheet(q, x);
    if (err) {
        xlsx_write_drop(x);
        return err;
    }
    TRY(xlsx_write_close(x, &bytes));
    reply_attachment(q, r, S("programme.xlsx"));
    return reply_body(r, TYPE_XLSX, bytes);
}

enum err programme(struct request *q, struct reply *r)
{
    if (q->as != AS_PAGE) return (q->as == AS_JSON ? as_json : q->as == AS_CSV ? as_csv : as_xlsx)(q, r);
    struct measures measures = measures_of(q, &facts, (Str){ 0 });
    struct programme d = { contents_of(q), ITEMS(measures), figures_of(q), request_link(q, S("/network/public")),
                           request_url_as(q, AS_CSV), request_url_as(q, AS_XLSX), request_url_as(q, AS_JSON) };
    struct page p = {
        .title = tr(q->lang, N_("The programme 2026–2030, direction to 2035")), .section = SECTION_PROGRAMME,
        .description = tr(q->lang, N_("Nine lines of support, their targets, and progress so far.")),
        .content = template_render(q->a, template, q->lang, &d),
    };
    return shell_reply(q, r, &p);
}
