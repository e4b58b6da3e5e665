/* import.c - the course of an import: the head of the sheet first, then every row inside one transaction. */
#include "model/import/import.h"

#include "model/change.h"
#include "model/import/importing.h"
#include "model/rights.h"

#include <string.h>

enum { ROOM_SHEET = 256 << 20, ROOM_KEEP = 1 << 30, ROOM_ROW = 64 << 20 };

/* ---- the head of the sheet ----------------------------------------------------------------------- */

Str import_clean(struct arena *a, enum legacy legacy, Str raw)
{
    Str clean;
    if (!text_clean(a, raw, &clean)) return (Str){ 0 };
    return str_trim(legacy ? legacy_convert(a, legacy, clean) : clean);
}

struct head { struct head_row rows[IMPORT_HEAD]; size_t n; struct { Str *p; size_t n, cap; } samples; };

static void keep_row(struct arena *a, struct head *h, const struct sheet_row *row)
{
    struct head_row *out = &h->rows[h->n++];
    *out = (struct head_row){ .number = row->number };
    for (size_t i = 0; i < row->n; i++) {
        const struct cell *c = &row->cells[i];
        if (c->column > IMPORT_COLUMNS) break;
        if (!out->text) out->text = NEW_ARRAY(a, Str, IMPORT_COLUMNS);
        out->text[c->column - 1] = str_dup(a, c->text);
        out->n = c->column;
        if (c->type == CELL_TEXT) *GROW(a, h->samples) = out->text[c->column - 1];
    }
}

static enum err read_head(struct importing *in, struct arena *a, struct head *h)
{
    const struct sheet_row *row;
    while (h->n < IMPORT_HEAD) {
        TRY(sheet_next(in->in, &row, in->why));
        if (!row) break;
        if (row->n) keep_row(a, h, row);
    }
    in->legacy = legacy_of(h->samples.p, h->samples.n);
    for (size_t i = 0; i < h->n; i++)
        for (int c = 0; c < h->rows[i].n; c++) h->rows[i].text[c] = import_clean(a, in->legacy, h->rows[i].text[c]);
    return OK;
}

static const char *const legacy_names[LEGACIES] = { [LEGACY_TCVN3] = "TCVN3 (ABC)", [LEGACY_VNI] = "VNI" };

static enum err understand(struct importing *in, const struct headings *h)
{
    struct work *w = in->w;
    struct head head = { .n = 0 };
    TRY(read_head(in, w->a, &head));
    if (in->legacy)
        *GROW(w->a, in->report->notes) = MSG(N_("The texts are in the old {1} encoding; they were converted to Unicode."),
                                             str_of(legacy_names[in->legacy]));
    return header_find(w, in->e, h, head.rows, head.n, &in->header, in->report, in->why);
}

/* ---- rows ------------------------------------------------------------------------------------------ */

void import_problem(struct importing *in, int64_t row, int column, Message what, bool rejected)
{
    struct arena *a = in->keep;
    if (in->report->problems.n == IMPORT_PROBLEMS) return;
    struct import_problem *p = GROW(a, in->report->problems);
    *p = (struct import_problem){ .row = row, .what = message_dup(a, what), .rejected = rejected };
    if (column) p->column = column_letter(a, column), p->heading = in->header.columns[column - 1].heading;
}

static void fill(struct importing *in, const struct sheet_row *from, struct row *out)
{
    struct arena *a = in->w->a;
    *out = (struct row){ .number = from->number, .value = NEW_ARRAY(a, struct value, (size_t)in->header.n) };
    for (size_t i = 0; i < from->n; i++) {
        const struct cell *c = &from->cells[i];
        if (c->column > in->header.n) break;
        out->value[c->column - 1] = (struct value){ import_clean(a, in->legacy, c->text), c };
    }
}

static void reject(struct row *row, struct arena *a, int column, Message what)
{
    *GROW(a, row->problems) = (struct problem_at){ column, what };
}

static int column_of(const struct importing *in, const struct field *f)
{
    for (int c = 0; c < in->header.n; c++) {
        const struct target *t = &in->header.columns[c].target;
        if (t->kind != TARGET_FIELD) continue;
        if (f == (t->child < 0 ? &in->e->fields[t->field] : &in->e->fields[t->field].to->fields[t->child])) return c + 1;
    }
    return 0;
}

static void check(struct importing *in, const struct record *now, struct row *row)
{
    struct problems problems = { 0 };
    record_check(in->w, now, &problems);
    for (size_t i = 0; i < problems.n; i++) {
        const struct problem *p = &problems.p[i];
        int column = column_of(in, &p->e->fields[p->field]);
        Message m = p->what;
        if (!column && !p->sentence)
            m = MSG(N_("there is no “{1}”"), tr(VI, p->e->fields[p->field].label));
        reject(row, in->w->a, column, m);
    }
}

static void check_rights(struct importing *in, const struct record *was, const struct record *now, struct row *row)
{
    const struct field *f;
    struct arena *a = in->w->a;
    if (!may_save(in->w, was, now, &f)) return;
    if (f) reject(row, a, column_of(in, f), MSG(N_("“{1}” is not yours to write here"), tr(in->w->lang, f->label)));
    else if (was) reject(row, a, 0, MSG(N_("record {1} is not yours to change"), public_id(a, in->e, was->id)));
    else reject(row, a, 0, MSG(N_("you may not make records of this list")));
}

/* A value that must be different in each record, and is another's. */
static enum err check_unique(struct importing *in, const struct record *was, struct row *row)
{
    for EACH_FIELD(f, i, in->e) {
        struct record *owner = NULL;
        if (!(f->is & UNIQUE) || !v_is(row->r->v[i])) continue;
        TRY(matcher_owner(in, i, row->r->v[i], &owner));
        if (owner && (!was || owner->id != was->id))
            reject(row, in->w->a, 0, MSG(N_("“{1}” already belongs to record {2}"), record_text(in->w, row->r, i),
                                         public_id(in->w->a, in->e, owner->id)));
    }
    return OK;
}

static void reject_row(struct importing *in, const struct row *row)
{
    in->report->rejected++;
    for (size_t i = 0; i < row->problems.n; i++)
        import_problem(in, row->number, row->problems.p[i].column, row->problems.p[i].what, true);
    rejects_add(in, row);
}

static enum err save(struct importing *in, const struct record *was, struct record *now)
{
    struct work *w = in->w;
    bool changed = true;
    if (was) changed = delta_make(w, was, now).n > 0;
    if (!changed) return in->report->same++, OK;
    if (!w->batch) TRY(batch_open(w, S("import"), w->source.file));
    TRY(record_save(w, was, now, &changed));
    ++*(was ? &in->report->changed : &in->report->added);
    if (was && in->o->changes) changes_note(in, was, now);
    matcher_add(in, now);
    return OK;
}

static enum err set_aside(struct importing *in, const struct row *row, const struct matched *m)
{
    bool added;
    in->report->unsure++;
    import_problem(in, row->number, 0, MSG(N_("may be record {1}; a person must decide"),
                                           public_id(in->w->a, in->e, m->candidates[0].record)), false);
    return aside_put(in->w, row->r, m, &added);
}

static enum err find(struct importing *in, struct row *row, struct matched *m)
{
    if (!row->record) return matcher_find(in, row->r, m);
    enum err err = matcher_numbered(in, row->record, m);
    if (err && err != ERR_MISSING) return err;
    if (err) reject(row, in->w->a, 0, MSG(N_("there is no record {1}"), public_id(in->w->a, in->e, row->record)));
    return check_unique(in, m->was, row);
}

static enum err import_row(struct importing *in, struct row *row)
{
    struct matched m;
    in->w->source.row = row->number;
    TRY(row_read(in, row));
    if (row->problems.n) return reject_row(in, row), OK;
    TRY(find(in, row, &m));
    if (row->problems.n) return reject_row(in, row), OK;
    if (m.was) row_settle_lists(in, row, m.was);
    if (m.merged) row_keep_lacking(in->w->a, row->r, m.was);
    struct record *now = row_merge(in->w, m.was, row->r, row->record != 0);
    check(in, now, row);
    if (m.match != MATCH_UNSURE) check_rights(in, m.was, now, row);
    if (row->problems.n) return reject_row(in, row), OK;
    for (size_t i = 0; i < row->remarks.n; i++)
        import_problem(in, row->number, row->remarks.p[i].column, row->remarks.p[i].what, false);
    return m.match == MATCH_UNSURE ? set_aside(in, row, &m) : save(in, m.was, now);
}

/* Whether to go on. */
static bool tell(struct importing *in)
{
    if (in->o->progress && in->report->read % IMPORT_PROGRESS == 0) in->stopped = !in->o->progress(in->o->to, in->report->read);
    return !in->stopped;
}

static enum err stopped(struct importing *in)
{
    *in->why = MSG(N_("The import was stopped. Nothing of it was kept."));
    return ERR_CONFLICT;
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

static enum err each_row(struct importing *in)
{
    const struct sheet_row *from;
    for (;;) {
        struct row row;
        arena_reset(in->w->a);
        TRY(sheet_next(in->in, &from, in->why));
        if (!from) return OK;
        if (from->number <= in->header.last_row) continue;
        in->report->read++;
        fill(in, from, &row);
        if (row_kind(in, &row) == ROW_LEFT_OUT) in->report->left_out++;
        else TRY(import_row(in, &row));
        if (!tell(in)) return stopped(in);
    }
}

static void begin_again(struct importing *in, const struct import_report *start)
{
    rejects_drop(in);
    arena_reset(in->keep);
    in->codes = map_make(in->keep, 256);
    in->meanings.n = in->meanings.cap = 0;
    *in->report = *start;
    in->w->batch = 0;
    in->stopped = false;
}

/* The workbook is complete before the commit, and in its place after it. */
static enum err end(struct importing *in)
{
    const char *rejected = rejects_complete(in);
    if (in->o->dry_run || !in->o->finish) return OK;
    return in->o->finish(in->o->to, in->w, in->report, rejected);
}

struct attempt { struct importing *in; struct import_report start; bool rolled_back; };

static enum err attempt(struct work *w, void *arg)
{
    struct attempt *t = arg;
    struct importing *in = t->in;
    struct arena *outer = w->a, scratch = arena_make(ROOM_ROW, outer->full);
    begin_again(in, &t->start);
    w->a = &scratch;
    enum err err = sheet_choose(in->in, in->sheet, in->why);
    if (!err) err = matcher_load(in);
    if (!err) err = each_row(in);
    if (!err) err = db_settle(w->db);                       /* a trial run does not come to the commit */
    in->report->batch = w->batch;
    if (!err) err = end(in);
    w->a = outer;
    arena_free(&scratch);
    if (!err && in->o->dry_run) return t->rolled_back = true, ERR_CONFLICT;
    return err;
}

static void report_to(struct arena *a, struct import_report *r)      /* texts outlive the import     */
{
    struct import_problem *p = NEW_ARRAY(a, struct import_problem, r->problems.n + 1);
    for (size_t i = 0; i < r->problems.n; i++) {
        p[i] = r->problems.p[i];
        p[i].column = str_dup(a, p[i].column);
        p[i].what = message_dup(a, p[i].what);
    }
    r->problems.p = p;
    r->problems.cap = r->problems.n;
    struct import_change *c = NEW_ARRAY(a, struct import_change, r->changes.n + 1);
    for (size_t i = 0; i < r->changes.n; i++) {
        const struct import_change *from = &r->changes.p[i];
        c[i] = (struct import_change){ from->row, str_dup(a, from->record), str_dup(a, from->title), str_dup(a, from->field),
                                       str_dup(a, from->was), str_dup(a, from->now) };
    }
    r->changes.p = c;
    r->changes.cap = r->changes.n;
}

/* What follows the last '/', fit to be kept and shown: one line of UTF-8. */
static Str base_name(struct arena *a, Str path)
{
    size_t from = path.n;
    while (from && path.p[from - 1] != '/') from--;
    Str name = str_sub(path, from, path.n), clean;
    bool utf8 = utf8_valid(name);
    struct buf b = buf_make(a);
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        put_c(&b, c < ' ' || c == 0x7F || (c > 0x7F && !utf8) ? '_' : name.p[i]);
    }
    MUST(text_clean(a, buf_str(&b), &clean));
    return clean;
}

static enum err run(struct importing *in)
{
    struct work *w = in->w;
    struct source source = w->source;
    int64_t batch = w->batch;
    struct attempt t = { .in = in, .start = *in->report };
    w->source = (struct source){ .file = base_name(w->a, in->o->file_name), .sheet = in->report->sheet };
    enum err err = work_write(w, attempt, &t);
    w->source = source;
    w->batch = batch;
    if (t.rolled_back) err = OK, in->report->batch = 0;
    in->report->rejects_kept = !err && in->o->rejected_path && rejects_done(in);
    if (!err && in->o->rejected_path && !in->report->rejects_kept)
        *GROW(w->a, in->report->notes) = MSG(N_("The rejected rows could not be written to {1}. Make room or copy the file to a folder "
                                                "where you may write, and import it again: what is in stays as it is."), str_of(in->o->rejected_path));
    return err;
}

static enum err take_sheet(struct importing *in, const struct headings *h, size_t index, Str name)
{
    in->sheet = index;
    in->report->sheet = str_dup(in->w->a, name);
    in->report->notes.n = 0;
    TRY(sheet_choose(in->in, index, in->why));
    return understand(in, h);
}

/* The sheet that is asked for, else the first with a header of such records: before it may stand a cover or a guide.  ERR_MISSING:
 * no such sheet, or none with a header. */
static enum err choose_sheet(struct importing *in)
{
    size_t n;
    const struct sheet_info *list = sheet_list(in->in, &n);
    struct headings *h = headings_make(in->w, in->e);
    TRY(headings_read(h, in->w->a, in->o->mapping, in->why));
    if (in->o->sheet >= 0)
        return take_sheet(in, h, (size_t)in->o->sheet, (size_t)in->o->sheet < n ? list[in->o->sheet].name : (Str){ 0 });
    Message first = NO_MESSAGE;
    for (size_t i = 0; i < n; i++) {
        enum err err = list[i].hidden ? ERR_MISSING : take_sheet(in, h, i, list[i].name);
        if (err != ERR_MISSING) return err;
        if (!first.id && !list[i].hidden) first = *in->why;
    }
    *in->why = first.id ? first : MSG(N_("All sheets of the workbook are hidden. Say with --sheet which one is meant."));
    return ERR_MISSING;
}

static enum err find_sheet(struct importing *in)
{
    enum err err = choose_sheet(in);
    return err == ERR_MISSING ? ERR_INVALID : err;
}

/* ---- looking, and the import itself --------------------------------------------------------------------- */

static enum err count_rows(struct importing *in, size_t index, int64_t *left, struct import_sheet *out)
{
    const struct sheet_row *row;
    TRY(sheet_choose(in->in, index, in->why));
    while (!out->more) {
        TRY(sheet_next(in->in, &row, in->why));
        if (!row) return OK;
        if (*left > 0) --*left, out->rows++;
        else out->more = true;
    }
    return OK;
}

static enum err look(struct importing *in, struct import_sheets *out)
{
    size_t n;
    int64_t left = SHEETS_ROWS;
    const struct sheet_info *list = sheet_list(in->in, &n);
    *out = (struct import_sheets){ .chosen = -1 };
    for (size_t i = 0; i < n; i++) {
        struct import_sheet *s = GROW(in->w->a, *out);
        *s = (struct import_sheet){ .name = str_dup(in->w->a, list[i].name), .hidden = list[i].hidden };
        TRY(count_rows(in, i, &left, s));
    }
    TRY(find_sheet(in));
    out->chosen = (int)in->sheet;
    return OK;
}

static enum err import(struct importing *in, struct import_sheets *unused)
{
    TRY(find_sheet(in));
    return run(in);
}

typedef enum err import_fn(struct importing *in, struct import_sheets *sheets);

static enum err on_file(struct work *w, const struct entity *e, Str bytes, const struct import_options *o, import_fn *fn,
                        struct import_sheets *sheets, struct import_report *out, Message *why)
{
    struct arena keep = arena_make(ROOM_KEEP, w->a->full), sheet = arena_make(ROOM_SHEET, w->a->full);
    struct importing in = { .w = w, .e = e, .o = o, .report = out, .keep = &keep, .why = why };
    *out = (struct import_report){ 0 };
    *why = NO_MESSAGE;
    enum err err = sheet_open(&sheet, bytes, &in.in, why);
    if (!err) err = fn(&in, sheets);
    rejects_drop(&in);
    report_to(w->a, out);
    *why = message_dup(w->a, *why);
    sheet_close(in.in);
    arena_free(&sheet);
    arena_free(&keep);
    return err;
}

enum err import_look(struct work *w, const struct entity *e, Str bytes, const struct import_options *o, struct import_sheets *sheets,
                     struct import_report *out, Message *why)
{
    return on_file(w, e, bytes, o, look, sheets, out, why);
}

enum err import_file(struct work *w, const struct entity *e, Str bytes, const struct import_options *o,
                     struct import_report *out, Message *why)
{
    return on_file(w, e, bytes, o, import, NULL, out, why);
}
