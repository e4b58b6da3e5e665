/* report.c - what an import did: for people, and as JSON. */
#include "base/number.h"
#include "format/json.h"
#include "model/import/import.h"

static const struct { const char *name, *label; size_t offset; } counts[] = {
#define COUNTED(member, text) { #member, text, offsetof(struct import_report, member) }
    COUNTED(read, N_("Rows read")), COUNTED(added, N_("Added")), COUNTED(changed, N_("Changed")), COUNTED(same, N_("Unchanged")),
    COUNTED(unsure, N_("Set aside for a person to decide")), COUNTED(rejected, N_("Rejected")),
    COUNTED(left_out, N_("Left out (totals, signatures, blank rows)")),
};

static int64_t count_of(const struct import_report *r, size_t i) { return *(const int64_t *)((const char *)r + counts[i].offset); }

static void put_columns(struct buf *b, struct work *w, const struct import_report *r)
{
    for (size_t i = 0; i < r->columns.n; i++) {
        const struct import_column *c = &r->columns.p[i];
        put_f(b, "  %.*s  %.*s  ->  ", FMT(c->letter), FMT(c->heading));
        put(b, c->label.n ? c->label : tr(w->lang, N_("not understood, left out")));
        if (c->year) put_f(b, " %lld", (long long)c->year);
        if (c->scale > 1) put_z(b, " × "), put_real(b, w->lang, c->scale);
        put_c(b, '\n');
    }
}

static void put_problem(struct buf *b, struct work *w, const struct import_problem *p)
{
    put_message(b, w->lang, MSG(N_("row {1}"), str_f(w->a, "%lld", (long long)p->row)));
    if (p->column.n) {
        put_z(b, ", ");
        put_message(b, w->lang, MSG(N_("column {1} ({2})"), p->column, p->heading));
    }
    put_z(b, ": ");
    put_message(b, w->lang, p->what);
}

void put_import_report(struct buf *b, struct work *w, const struct import_report *r)
{
    put_message(b, w->lang, MSG(N_("Headings in row {1}:"), str_f(w->a, "%lld", (long long)r->header_row)));
    put_c(b, '\n');
    put_columns(b, w, r);
    for (size_t i = 0; i < r->notes.n; i++) put_message(b, w->lang, r->notes.p[i]), put_c(b, '\n');
    put_c(b, '\n');
    for (size_t i = 0; i < COUNT(counts); i++) {
        put(b, tr(w->lang, counts[i].label));
        put_z(b, ": ");
        put_int_grouped(b, w->lang, count_of(r, i));
        put_c(b, '\n');
    }
    if (r->batch)
        put_message(b, w->lang, MSG(N_("Batch {1}: matxich undo {1} takes it all back."), str_f(w->a, "%lld", (long long)r->batch))), put_c(b, '\n');
    if (r->problems.n) put_c(b, '\n');
    for (size_t i = 0; i < r->problems.n; i++) put_problem(b, w, &r->problems.p[i]), put_c(b, '\n');
}

/* ---- JSON --------------------------------------------------------------------------------------- */

static void json_text(struct json_writer *j, const char *key, Str s)
{
    json_write_key(j, str_of(key));
    json_write_string(j, s);
}

static void json_number(struct json_writer *j, const char *key, int64_t i)
{
    json_write_key(j, str_of(key));
    json_write_int(j, i);
}

static void json_column(struct json_writer *j, const struct import_column *c)
{
    json_write_object(j);
    json_text(j, "column", c->letter);
    json_text(j, "heading", c->heading);
    json_write_key(j, S("field"));
    if (c->target.n) json_write_string(j, c->target);
    else json_write_null(j);
    if (c->year) json_number(j, "year", c->year);
    if (c->assumed) json_write_key(j, S("assumed")), json_write_bool(j, true);
    if (c->scale != 1) json_write_key(j, S("scale")), json_write_real(j, c->scale);
    json_write_end(j);
}

static void json_problem(struct json_writer *j, struct work *w, const struct import_problem *p)
{
    json_write_object(j);
    json_number(j, "row", p->row);
    if (p->column.n) json_text(j, "column", p->column), json_text(j, "heading", p->heading);
    json_write_key(j, S("rejected"));
    json_write_bool(j, p->rejected);
    json_text(j, "message", message_str(w->a, w->lang, p->what));
    json_write_end(j);
}

static void json_change(struct json_writer *j, const struct import_change *c)
{
    json_write_object(j);
    json_number(j, "row", c->row);
    json_text(j, "record", c->record);
    json_text(j, "title", c->title);
    json_text(j, "field", c->field);
    json_text(j, "was", c->was);
    json_text(j, "now", c->now);
    json_write_end(j);
}

void put_import_json(struct buf *b, struct work *w, const struct import_report *r)
{
    struct json_writer j = json_write_to(b);
    json_write_object(&j);
    for (size_t i = 0; i < COUNT(counts); i++) json_number(&j, counts[i].name, count_of(r, i));
    json_write_key(&j, S("batch"));
    if (r->batch) json_write_int(&j, r->batch);
    else json_write_null(&j);
    json_text(&j, "sheet", r->sheet);
    json_number(&j, "header_row", r->header_row);
    json_write_key(&j, S("columns"));
    json_write_array(&j);
    for (size_t i = 0; i < r->columns.n; i++) json_column(&j, &r->columns.p[i]);
    json_write_end(&j);
    json_write_key(&j, S("notes"));
    json_write_array(&j);
    for (size_t i = 0; i < r->notes.n; i++) json_write_string(&j, message_str(w->a, w->lang, r->notes.p[i]));
    json_write_end(&j);
    json_write_key(&j, S("problems"));
    json_write_array(&j);
    for (size_t i = 0; i < r->problems.n; i++) json_problem(&j, w, &r->problems.p[i]);
    json_write_end(&j);
    if (r->changes.n) json_write_key(&j, S("changes")), json_write_array(&j);
    for (size_t i = 0; i < r->changes.n; i++) json_change(&j, &r->changes.p[i]);
    if (r->changes.n) json_write_end(&j);
    json_write_end(&j);
    json_write_done(&j);
}
