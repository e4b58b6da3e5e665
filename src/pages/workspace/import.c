/*
 * import.c - the import of a spreadsheet, step by step: a list and a file are chosen; the sheet, the header and what each column
 * holds are shown and can be corrected; a trial run in the background shows what would change; then it is done for good.  Each
 * step has an address of its own, and the file is sent once.
 */
#include "base/file.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "model/desk/desk.h"
#include "model/import/import.h"
#include "pages/workspace/incoming.h"

/* ---- choosing ----------------------------------------------------------------------------------- */

static bool may_import(const struct at *at, const struct entity *e) { return !e->parent && may(&at->w, e, MAY_BULK); }

static void put_list_choice(struct at *at)
{
    struct html *h = &at->h;
    Str chosen = params_get(&at->q->query, "list");
    html_open(h, "div");
    html_class(h, "form-field");
    open_labelled_select(h, "list", "form-label required", at_tr(at, N_("Into which list")));
    for (int i = 0; i < at->w.m->n; i++) {
        const struct entity *e = at->w.m->entities[i];
        bool usual = chosen.n ? str_is(chosen, entity_path(e)) : e->organisation;
        if (may_import(at, e)) put_select_option(h, str_of(entity_path(e)), at_tr(at, e->many), usual);
    }
    html_close(h, "select");
    html_close(h, "div");
}

static void put_file_choice(struct at *at)
{
    desk_file(&at->h, at_tr(at, N_("Spreadsheet")), ".xlsx,.csv,.tsv,.txt",
              at_say(at, MSG(N_("A workbook of Excel (.xlsx) or a CSV file of at most {1} MB, as your office has it: title "
                          "rows, merged headings and old encodings are understood."),
                          str_f(at->q->a, "%d", UPLOAD_MAX >> 20))));
}

static void put_templates(struct at *at)
{
    struct html *h = &at->h;
    html_open(h, "section");
    html_class(h, "record-section");
    html_leaf(h, "h2", at_tr(at, N_("Nothing to import yet?")));
    html_leaf(h, "p", at_tr(at, N_("A template has every column with its drop-down list. Fill it in and import it here.")));
    html_open(h, "p");
    html_class(h, "formats");
    for (int i = 0; i < at->w.m->n; i++) {
        const struct entity *e = at->w.m->entities[i];
        if (!may_import(at, e)) continue;
        Str path = str_f(at->q->a, "/workspace/import/%s/template", entity_path(e));
        html_link(h, url_of(at->q->a, at->q->lang, path, AS_XLSX, NULL), "format", at_tr(at, e->many));
    }
    html_close(h, "p");
    html_close(h, "section");
}

enum err workspace_import(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    desk_form_open(&at.h, q, r, request_link(q, S("/workspace/import")), "card desk-form", true);
    put_list_choice(&at);
    put_file_choice(&at);
    html_open(&at.h, "div");
    html_class(&at.h, "buttons");
    desk_submit(&at.h, q, "button", at_tr(&at, N_("Look at it")));
    html_close(&at.h, "div");
    html_close(&at.h, "form");
    put_templates(&at);
    return at_reply_as(&at, DESK_IMPORT, at_tr(&at, N_("Import a spreadsheet")),
                       at_tr(&at, N_("Nothing is changed before you have seen what would change.")));
}

struct sending { struct request *q; struct reply *r; const struct part_file *part; struct upload file; Message why; };

static enum err store_sent(struct work *w, void *arg)
{
    struct sending *s = arg;
    return store_part(w, s->q, s->r, s->part, &s->file, &s->why);
}

static const struct part_file *part_named(const struct request *q, const char *name)
{
    for (size_t i = 0; i < q->files_n; i++) if (str_is(q->files[i].name, name)) return &q->files[i];
    return NULL;
}

enum err workspace_import_send(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    struct sending s = { .q = q, .r = r, .part = part_named(q, "file") };
    at.e = entity_at(at.w.m, params_get(&q->form, "list"));
    if (!at.e || !may_import(&at, at.e))
        return reply_fail(r, ERR_MISSING, MSG(N_("There is no list {1} for you to import into."), params_get(&q->form, "list")));
    if (!s.part) return reply_fail(r, ERR_INVALID, MSG(N_("No file was chosen. Go back, choose a spreadsheet and send it again.")));
    enum err err = work_write(&at.w, store_sent, &s);
    if (err && s.why.id) return reply_fail(r, err, s.why);
    TRY(err);
    return reply_redirect(r, 303, request_link(q, str_f(q->a, "/workspace/import/%s/%.*s", entity_path(at.e), FMT(s.file.hash))));
}

/* ---- what was sent -------------------------------------------------------------------------------- */

struct sheet_page {
    struct at            at;
    struct upload        file;
    Str                  bytes;             /* mapped                                             */
    int                  sheet;             /* asked for; -1: any                                 */
    Str                  preference, mapping;
    struct import_sheets sheets;
    struct import_report look;
    Message              why;               /* why it cannot be imported as it is                 */
};

static Str page_path(const struct sheet_page *p)
{
    return str_f(p->at.q->a, "/workspace/import/%s/%.*s", entity_path(p->at.e), FMT(p->file.hash));
}

static enum err look_at(struct sheet_page *p, Str mapping)
{
    struct import_options o = { .file_name = p->file.name, .sheet = p->sheet, .mapping = mapping };
    return import_look(&p->at.w, p->at.e, p->bytes, &o, &p->sheets, &p->look, &p->why);
}

/* The name under which the meaning of these headings is remembered for this list. */
static Str preference_of(struct sheet_page *p)
{
    struct buf b = buf_make(p->at.q->a);
    for (size_t i = 0; i < p->look.columns.n; i++) put(&b, p->look.columns.p[i].heading), put_c(&b, '\n');
    return str_f(p->at.q->a, "mapping.%s.%.16s", p->at.e->name, sha256_hex(p->at.q->a, buf_str(&b)).p);
}

/* First as the program understands it; then as this person has corrected it before. */
static enum err open_sheet_page(struct request *q, struct reply *r, const struct params *from, struct sheet_page *p)
{
    int64_t sheet;
    *p = (struct sheet_page){ .sheet = -1 };
    TRY(at_list(q, r, MAY_BULK, &p->at));
    if (str_to_i64(params_get(from, "sheet"), &sheet) && sheet >= 1 && sheet <= 1024) p->sheet = (int)sheet - 1;
    enum err err = file_mine(&p->at.w, request_capture(q, "hash"), &p->file);
    if (!err) err = file_map_stored(&p->at.w, q->instance->files, p->file.hash, &p->bytes);
    if (err == ERR_MISSING) return reply_fail(r, err, MSG(N_("This file is not there (any more). Send it again.")));
    TRY(err);
    err = look_at(p, (Str){ 0 });
    if (err && !p->why.id) return file_unmap(p->bytes), err;
    if (!err) p->preference = preference_of(p);
    return OK;
}

static void put_sheets(struct sheet_page *p)
{
    struct at *at = &p->at;
    struct html *h = &at->h;
    if (p->sheets.n < 2) return;
    html_open(h, "nav");
    html_class(h, "sheets");
    html_attr(h, "aria-label", at_tr(at, N_("Sheets")));
    html_open(h, "ul");
    html_class(h, "plain");
    for (size_t i = 0; i < p->sheets.n; i++) {
        const struct import_sheet *s = &p->sheets.p[i];
        html_open(h, "li");
        html_open(h, "a");
        html_href(h, "href", str_f(at->q->a, "%.*s?sheet=%zu", FMT(request_link(at->q, page_path(p))), i + 1));
        if ((int)i == p->sheets.chosen) html_attr(h, "aria-current", S("true"));
        html_text(h, s->name.n ? s->name : at_tr(at, N_("Sheet without a name")));
        html_close(h, "a");
        html_open(h, "span");
        html_class(h, "count");
        html_text(h, at_say(at, MSG(s->more ? N_("more than {1} rows") : N_("{1} rows"), page_number(&at->w, s->rows))));
        if (s->hidden) html_text(h, str_f(at->q->a, " · %.*s", FMT(at_tr(at, N_("hidden")))));
        html_close(h, "span");
        html_close(h, "li");
    }
    html_close(h, "ul");
    html_close(h, "nav");
}

/* ---- what each column holds ------------------------------------------------------------------------ */

static const char LEFT_OUT[] = "-";

static void put_target_options(struct sheet_page *p, const struct import_column *c)
{
    struct at *at = &p->at;
    struct html *h = &at->h;
    struct import_targets targets;
    const struct field *group = NULL;
    import_targets(&at->w, at->e, &targets);
    put_select_option(h, str_of(LEFT_OUT), at_tr(at, N_("left out")), !c->target.n);
    if (str_is(c->target, "id")) put_select_option(h, c->target, c->label, true);
    for (size_t i = 0; i < targets.n; i++) {
        const struct import_target *t = &targets.p[i];
        if (group && t->list != group) html_close(h, "optgroup");
        if (t->list && t->list != group) html_open(h, "optgroup"), html_attr(h, "label", at_tr(at, t->list->label));
        group = t->list;
        put_select_option(h, t->target, at_tr(at, t->f->label), str_eq(t->target, c->target));
    }
    if (group) html_close(h, "optgroup");
}

static Str remark_on(struct at *at, const struct import_column *c)
{
    struct buf b = buf_make(at->q->a);
    if (c->year) put_f(&b, "%lld", (long long)c->year);
    if (c->assumed) put_f(&b, " (%.*s)", FMT(at_tr(at, N_("assumed"))));
    if (c->scale > 1) put_f(&b, "%s× %.*s", b.n ? " " : "", FMT(page_number(&at->w, (int64_t)c->scale)));
    if (!c->target.n) put(&b, c->label.n ? c->label : at_tr(at, N_("not understood")));
    return buf_str(&b);
}

static void put_column_row(struct sheet_page *p, const struct import_column *c)
{
    struct at *at = &p->at;
    struct html *h = &at->h;
    Str name = str_f(at->q->a, "column.%.*s", FMT(c->letter));
    html_open(h, "tr");
    table_cell_open(h, at_tr(at, N_("Heading")));
    html_open(h, "label");
    html_attr(h, "for", name);
    html_leaf(h, "code", c->letter);
    html_text(h, S(" "));
    html_text(h, c->heading);
    html_close(h, "label");
    html_close(h, "td");
    table_cell_open(h, at_tr(at, N_("Holds")));
    html_open(h, "select");
    html_class(h, "form-select");
    html_attr(h, "id", name);
    html_attr(h, "name", name);
    put_target_options(p, c);
    html_close(h, "select");
    html_close(h, "td");
    table_cell(h, at_tr(at, N_("Remark")), remark_on(at, c));
    html_close(h, "tr");
}

static void put_columns(struct sheet_page *p)
{
    static const char *const heads[] = { N_("Heading"), N_("Holds"), N_("Remark") };
    struct at *at = &p->at;
    struct html *h = &at->h;
    desk_form_open(h, at->q, at->r, request_link(at->q, page_path(p)), "import-columns", false);
    desk_hidden(h, "sheet", str_f(at->q->a, "%d", p->sheets.chosen + 1));
    table_begin(h, at->q->lang, at_tr(at, N_("Columns of the sheet")), heads, COUNT(heads));
    for (size_t i = 0; i < p->look.columns.n; i++) put_column_row(p, &p->look.columns.p[i]);
    table_end(h);
    html_open(h, "div");
    html_class(h, "buttons");
    desk_submit(h, at->q, "button", at_tr(at, N_("Try it: what would change?")));
    html_close(h, "div");
    html_leaf_class(
        h, "p", "form-hint",
        at_tr(at, N_("The trial run writes nothing. What you choose here is remembered for the next file with these headings.")));
    html_close(h, "form");
}

static enum err sheet_page(struct sheet_page *p)
{
    struct at *at = &p->at;
    struct html *h = &at->h;
    if (p->why.id) {
        html_open(h, "div");
        html_class(h, "alert");
        html_attr(h, "role", S("alert"));
        html_leaf(h, "p", at_say(at, p->why));
        html_close(h, "div");
    }
    put_sheets(p);
    for (size_t i = 0; i < p->look.notes.n; i++) html_leaf_class(h, "p", "notice", at_say(at, p->look.notes.p[i]));
    if (!p->why.id) {
        html_leaf(h, "h2", at_say(at, MSG(N_("The headings stand in row {1}"), page_number(&at->w, p->look.header_row))));
        put_columns(p);
    }
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = p->file.name, .lead = at_say(at, MSG(N_("to be imported into: {1}"), at_tr(at, at->e->many))), .place = DESK_IMPORT,
        .content = html_done(h), .crumbs = { { request_link(at->q, S("/workspace/import")), at_tr(at, N_("Import a spreadsheet")) } },
    });
}

enum err workspace_import_sheet(struct request *q, struct reply *r)
{
    struct sheet_page p;
    TRY(open_sheet_page(q, r, &q->query, &p));
    enum err err = p.preference.n ? preference_get(&p.at.w, p.preference, &p.mapping) : OK;
    if (!err && p.mapping.n && look_at(&p, p.mapping)) err = look_at(&p, (Str){ 0 });     /* remembered for fields of before */
    file_unmap(p.bytes);
    return err && !p.why.id ? err : sheet_page(&p);
}

/* ---- ordering it -------------------------------------------------------------------------------------- */

/* A line for each column that shall hold something else than the program says. */
static Str mapping_of(struct sheet_page *p, const struct params *form)
{
    struct arena *a = p->at.q->a;
    struct buf b = buf_make(a);
    for (size_t i = 0; i < p->look.columns.n; i++) {
        const struct import_column *c = &p->look.columns.p[i];
        Str chosen = params_get(form, str_z(a, str_f(a, "column.%.*s", FMT(c->letter))));
        bool same = !chosen.n || str_eq(chosen, c->target) || (!c->target.n && str_is(chosen, LEFT_OUT));
        Str heading = text_slug(a, c->heading);             /* one line, whatever the cell held    */
        if (!same && !memchr(chosen.p, '\n', chosen.n)) put_f(&b, "%.*s = %.*s\n", FMT(heading), FMT(chosen));
    }
    return buf_str(&b);
}

struct ordering { struct import_order order; Str preference; int64_t job; };

static enum err order_inside(struct work *w, void *arg)
{
    struct ordering *o = arg;
    if (o->preference.n) TRY(preference_set(w, o->preference, o->order.mapping));
    return import_order_put(w, &o->order, &o->job);
}

static enum err order_it(struct at *at, struct ordering *o)
{
    TRY(work_write(&at->w, order_inside, o));
    return reply_redirect(at->r, 303, request_link(at->q, str_f(at->q->a, "/workspace/jobs/%lld", (long long)o->job)));
}

enum err workspace_import_order(struct request *q, struct reply *r)
{
    struct sheet_page p;
    TRY(open_sheet_page(q, r, &q->form, &p));
    if (!p.why.id) p.mapping = mapping_of(&p, &q->form);
    enum err err = p.why.id ? ERR_INVALID : look_at(&p, p.mapping);
    file_unmap(p.bytes);
    if (err) return p.why.id ? reply_fail(r, ERR_INVALID, p.why) : err;
    const struct import_sheet *s = &p.sheets.p[p.sheets.chosen];
    struct ordering o = { .preference = p.preference, .order = {
        .e = p.at.e, .file = p.file, .sheet = p.sheets.chosen, .rows = s->more ? 0 : s->rows, .mapping = p.mapping, .dry_run = true, .lang = q->lang } };
    return order_it(&p.at, &o);
}

/* What was tried is done for good, exactly as it was tried. */
enum err workspace_import_now(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    struct job trial;
    struct ordering o = { .job = 0 };
    int64_t id;
    enum err err = str_to_i64(params_get(&q->form, "job"), &id) ? job_load(&at.w, id, &trial) : ERR_MISSING;
    if (!err) err = import_order_read(&at.w, trial.input, &o.order);
    if (err) return reply_fail(r, ERR_MISSING, MSG(N_("There is no such trial run. Begin again with the file.")));
    if (!may_import(&at, o.order.e)) return reply_fail(r, ERR_DENIED, MSG(N_("You may not import into this list (any more).")));
    o.order.dry_run = false;
    o.order.lang = q->lang;
    return order_it(&at, &o);
}
