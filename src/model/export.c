#include "model/export.h"

#include "format/csv.h"
#include "format/xlsx_write.h"
#include "model/json.h"
#include "model/type.h"

#include <string.h>

enum { PAGE = 500, COLUMNS_MAX = 400, KEYS_MAX = 60 };
static const size_t SCRATCH = (size_t)128 << 20;            /* what a page of records may take    */

/* ---- columns -------------------------------------------------------------------------------- */

struct column {
    Str title;
    int field;                              /* or what is no field:                               */
    int child_field;                        /* BY_KEY children: the field of the child            */
    Val key;                                /*                  of the child with this key        */
};
enum { NUMBER = -1, OWNER_NUMBER = -2, OWNER_TITLE = -3 };
struct columns { struct column *p; size_t n, cap; };

static Str unit_of(const struct work *w, const struct field *f)
{
    if (f->type == &money_type) return tr(w->lang, N_("đồng"));
    return f->unit ? tr(w->lang, f->unit) : (Str){ 0 };
}

Str column_title(struct work *w, const struct field *f, Str year)
{
    Str label = tr(w->lang, f->label), unit = unit_of(w, f);
    struct buf b = buf_make(w->a);
    put(&b, label);
    if (year.n) put_c(&b, ' '), put(&b, year);
    if (unit.n) put_f(&b, " (%.*s)", FMT(unit));
    return buf_str(&b);
}

/* The keys there are among the children the reader sees, the latest first, at most n. */
static enum err keys_of(struct work *w, const struct entity *child, Val *keys, int *n)
{
    int most = *n, args_n = 0;
    Val args[ROWS_ARGS];
    struct buf b = buf_make(w->a);
    const char *key = child->fields[key_field(child)].name;
    put_f(&b, "SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL", key, child->name, key);
    put_rows(&b, w, child, args, &args_n);
    put_f(&b, " ORDER BY 1 DESC LIMIT %d", most);
    struct rows rows = db_query(w->db, w->a, sql_of(&b), (Args){ args, args_n });
    for (*n = 0; *n < most && rows_next(&rows);) keys[(*n)++] = row_val(&rows, 0);
    return rows_end(&rows);
}

/* A column for each (field, key) of children told apart by a key: the years there are, the latest if they are too many. */
static enum err add_by_key(struct work *w, const struct entity *e, int field, struct columns *out)
{
    const struct entity *child = e->fields[field].to;
    int key = key_field(child), room = (COLUMNS_MAX - e->n - (int)out->n) / child->n, n = room < KEYS_MAX ? room : KEYS_MAX;
    Val keys[KEYS_MAX];
    if (!field_listed(w, &child->fields[key], child)) return OK;
    TRY(keys_of(w, child, keys, &n));
    while (n--) {                                           /* oldest first                       */
        struct buf k = buf_make(w->a);
        child->fields[key].type->show(&k, w, &child->fields[key], keys[n]);
        for EACH_FIELD(f, i, child)
            if (i != key && has_column(f) && field_listed(w, f, child))
                *GROW(w->a, *out) = (struct column){ column_title(w, f, buf_str(&k)), field, i, keys[n] };
    }
    return OK;
}

static enum err add_column(struct work *w, const struct entity *e, int field, struct columns *out)
{
    const struct field *f = &e->fields[field];
    if (!field_listed(w, f, e)) return OK;
    if (f->is & BY_KEY) return add_by_key(w, e, field, out);
    *GROW(w->a, *out) = (struct column){ .title = column_title(w, f, (Str){ 0 }), .field = field };
    return OK;
}

static enum err columns_of(struct work *w, const struct entity *e, const struct list_query *q, struct columns *out)
{
    *GROW(w->a, *out) = (struct column){ .title = tr(w->lang, N_("Record number")), .field = NUMBER };
    if (e->parent) {
        Str owner = tr(w->lang, e->parent->one);
        *GROW(w->a, *out) = (struct column){ .title = message_str(w->a, w->lang, MSG(N_("{1}: record number"), owner)), .field = OWNER_NUMBER };
        *GROW(w->a, *out) = (struct column){ .title = owner, .field = OWNER_TITLE };
    }
    for (size_t i = 0; i < (q->columns ? q->columns_n : (size_t)e->n); i++) TRY(add_column(w, e, q->columns ? q->columns[i] : (int)i, out));
    MUST(out->n <= COLUMNS_MAX);
    return OK;
}

/* ---- cells ---------------------------------------------------------------------------------- */

struct cell_of { const struct field *f; Val v; Str text; };     /* text where there is no value    */

static struct cell_of cell_of(struct work *w, const struct record *r, const struct column *c)
{
    if (c->field == NUMBER) return (struct cell_of){ .text = public_id(w->a, r->e, r->id) };
    if (c->field == OWNER_NUMBER) return (struct cell_of){ .text = public_id(w->a, r->owner->e, r->owner->id) };
    if (c->field == OWNER_TITLE) return (struct cell_of){ .text = record_title(w, r->owner) };
    const struct field *f = &r->e->fields[c->field];
    if (f->is & BY_KEY) {
        const struct records *list = &r->children[c->field];
        const struct field *cf = &f->to->fields[c->child_field];
        for (size_t i = 0; i < list->n; i++)
            if (val_eq(list->p[i]->v[key_field(f->to)], c->key)) return (struct cell_of){ cf, list->p[i]->v[c->child_field], { 0 } };
        return (struct cell_of){ cf, v_null(), { 0 } };
    }
    if (f->type == &children_type) return (struct cell_of){ .text = record_text(w, r, c->field) };
    return (struct cell_of){ f, record_val(w, r, c->field), { 0 } };
}

static Str csv_text(struct work *w, struct cell_of c)
{
    struct buf b = buf_make(w->a);
    if (!c.f) return c.text;
    if (v_is(c.v)) put_spelt(&b, w, c.f, c.v);
    return buf_str(&b);
}

static struct xlsx_cell xlsx_cell_of(struct work *w, struct cell_of c)
{
    if (c.f && !v_is(c.v)) return (struct xlsx_cell){ .type = XLSX_EMPTY };
    bool number = c.f && (c.f->type == &integer_type || c.f->type == &money_type || c.f->type == &year_type
                          || c.f->type == &number_type);
    if (number) return (struct xlsx_cell){ .type = XLSX_NUMBER, .number = c.v.type == V_INT ? (double)c.v.i : c.v.r };
    if (c.f && c.f->type == &date_type) return (struct xlsx_cell){ .type = XLSX_DATE, .text = v_str(c.v) };
    Str text = csv_text(w, c);
    return (struct xlsx_cell){ .type = text.n ? XLSX_TEXT : XLSX_EMPTY, .text = text };
}

/* ---- going through the records -------------------------------------------------------------- */

typedef enum err each_record(struct work *w, const struct record *r, void *to);

/* The records a search found, as far as they are still there and may be seen. */
static enum err each_of(struct work *w, const struct entity *e, const struct list_query *q, each_record *fn, void *to)
{
    for (size_t at = 0; at < q->only_n; at += PAGE, arena_reset(w->a)) {
        struct records page;
        TRY(records_of(w, e, q->only + at, q->only_n - at < PAGE ? q->only_n - at : PAGE, true, &page));
        for (size_t i = 0; i < page.n; i++)
            if (record_listed(w, page.p[i])) TRY(fn(w, page.p[i], to));
    }
    return OK;
}

/* A page at a time in two arenas by turns: a page begins where the one before ended. */
static enum err each_page(struct work *w, const struct entity *e, struct list_query *q, each_record *fn, void *to)
{
    struct arena other = arena_make(SCRATCH, w->a->full), *turn[] = { w->a, &other };
    enum err err = OK;
    q->after = 0;
    q->limit = PAGE;
    for (struct list page = { .more = true }; !err && page.more;) {
        err = list_load(w, e, q, true, &page);
        for (size_t i = 0; !err && i < page.records.n; i++) err = fn(w, page.records.p[i], to);
        if (err || !page.more) break;
        const struct record *last = page.records.p[page.records.n - 1];
        q->after = last->id;
        q->after_value = q->sort < 0 ? v_null() : last->v[q->sort];
        w->a = w->a == turn[0] ? turn[1] : turn[0];
        arena_reset(w->a);
    }
    arena_free(&other);
    return err;
}

static enum err each(struct work *outer, const struct entity *e, const struct list_query *asked, each_record *fn, void *to)
{
    struct arena scratch = arena_make(SCRATCH, outer->a->full);
    struct work w = *outer;
    struct list_query q = *asked;
    w.a = &scratch;
    enum err err = q.only ? each_of(&w, e, &q, fn, to) : each_page(&w, e, &q, fn, to);
    arena_free(&scratch);
    return err;
}

static enum err flush(struct buf *b, FILE *out)
{
    bool good = fwrite(b->p ? b->p : "", 1, b->n, out) == b->n;
    *b = buf_make(b->a);
    return good ? OK : ERR_BROKEN;
}

/* ---- CSV ------------------------------------------------------------------------------------ */

struct csv_to { struct columns columns; FILE *out; };

static enum err csv_record(struct work *w, const struct record *r, void *arg)
{
    struct csv_to *to = arg;
    struct buf b = buf_make(w->a);
    struct csv_writer c = { .out = &b };
    for (size_t i = 0; i < to->columns.n; i++) csv_write(&c, csv_text(w, cell_of(w, r, &to->columns.p[i])));
    csv_write_end(&c);
    return flush(&b, to->out);
}

static enum err write_csv(struct work *w, const struct entity *e, const struct list_query *q, FILE *out)
{
    struct csv_to to = { .out = out };
    struct buf b = buf_make(w->a);
    struct csv_writer c = csv_write_to(&b);
    TRY(columns_of(w, e, q, &to.columns));
    for (size_t i = 0; i < to.columns.n; i++) csv_write(&c, to.columns.p[i].title);
    csv_write_end(&c);
    TRY(flush(&b, out));
    return each(w, e, q, csv_record, &to);
}

/* ---- XLSX ----------------------------------------------------------------------------------- */

struct xlsx_to { struct columns columns; struct xlsx_writer *x; int field; };

static enum err xlsx_record(struct work *w, const struct record *r, void *arg)
{
    struct xlsx_to *to = arg;
    struct xlsx_cell cells[COLUMNS_MAX];
    for (size_t i = 0; i < to->columns.n; i++) cells[i] = xlsx_cell_of(w, cell_of(w, r, &to->columns.p[i]));
    return xlsx_write_row(to->x, cells, to->columns.n);
}

static enum err xlsx_children(struct work *w, const struct record *r, void *arg)
{
    struct xlsx_to *to = arg;
    const struct records *list = &r->children[to->field];
    for (size_t i = 0; i < list->n; i++) {
        list->p[i]->owner = r;
        TRY(xlsx_record(w, list->p[i], to));
    }
    return OK;
}

static enum err begin_sheet(struct work *w, struct xlsx_to *to, Str name)
{
    struct xlsx_column *columns = NEW_ARRAY(w->a, struct xlsx_column, to->columns.n);
    for (size_t i = 0; i < to->columns.n; i++) columns[i].title = to->columns.p[i].title;
    return xlsx_write_sheet(to->x, &(struct xlsx_sheet){ .name = name, .columns = columns, .n = to->columns.n, .filter = true });
}

static enum err child_sheet(struct work *w, const struct entity *e, const struct list_query *q, struct xlsx_to *to, int field)
{
    const struct field *f = &e->fields[field];
    to->columns = (struct columns){ 0 };
    to->field = field;
    *GROW(w->a, to->columns) = (struct column){ .title = tr(w->lang, N_("Record number")), .field = OWNER_NUMBER };
    *GROW(w->a, to->columns) = (struct column){ .title = tr(w->lang, e->one), .field = OWNER_TITLE };
    for EACH_FIELD(cf, i, f->to)
        if (field_listed(w, cf, f->to))
            *GROW(w->a, to->columns) = (struct column){ .title = column_title(w, cf, (Str){ 0 }), .field = i };
    TRY(begin_sheet(w, to, tr(w->lang, f->label)));
    return each(w, e, q, xlsx_children, to);
}

static bool is_chosen(const struct list_query *q, int field)
{
    for (size_t i = 0; i < q->columns_n; i++)
        if (q->columns[i] == field) return true;
    return !q->columns;
}

static enum err xlsx_sheets(struct work *w, const struct entity *e, const struct list_query *q, struct xlsx_to *to)
{
    TRY(columns_of(w, e, q, &to->columns));
    TRY(begin_sheet(w, to, tr(w->lang, e->many)));
    TRY(each(w, e, q, xlsx_record, to));
    for EACH_FIELD(f, i, e)
        if (f->type == &children_type && is_chosen(q, i) && field_listed(w, f, e)) TRY(child_sheet(w, e, q, to, i));
    return OK;
}

static enum err write_xlsx(struct work *w, const struct entity *e, const struct list_query *q, FILE *out)
{
    struct xlsx_to to = { 0 };
    Str bytes;
    TRY(xlsx_write_open(w->a, NULL, &to.x));
    enum err err = xlsx_sheets(w, e, q, &to);
    if (err) {
        xlsx_write_drop(to.x);
        return err;
    }
    TRY(xlsx_write_close(to.x, &bytes));
    return fwrite(bytes.p, 1, bytes.n, out) == bytes.n ? OK : ERR_BROKEN;
}

/* ---- JSON ----------------------------------------------------------------------------------- */

struct json_to { FILE *out; bool lines, any; };

static enum err json_record(struct work *w, const struct record *r, void *arg)
{
    struct json_to *to = arg;
    struct buf b = buf_make(w->a);
    if (!to->lines) put_z(&b, to->any ? ",\n" : "\n");
    struct json_writer j = json_write_to(&b);
    put_record_json(&j, w, r);
    json_write_done(&j);
    if (to->lines) put_c(&b, '\n');
    to->any = true;
    return flush(&b, to->out);
}

static enum err write_json(struct work *w, const struct entity *e, const struct list_query *q, FILE *out, bool lines)
{
    struct json_to to = { out, lines, false };
    if (!lines && fputs("[", out) < 0) return ERR_BROKEN;
    TRY(each(w, e, q, json_record, &to));
    return lines || fputs(to.any ? "\n]\n" : "]\n", out) >= 0 ? OK : ERR_BROKEN;
}

static const char *const format_names[] = {
    [EXPORT_CSV] = "csv", [EXPORT_XLSX] = "xlsx", [EXPORT_JSON] = "json", [EXPORT_NDJSON] = "ndjson",
};

bool export_format_from(Str name, enum export_format *out)
{
    for (size_t i = 0; i < COUNT(format_names); i++)
        if (str_is(name, format_names[i])) return *out = (enum export_format)i, true;
    return false;
}

struct exporting { struct work *w; const struct entity *e; const struct list_query *q; enum export_format format; FILE *out; };

static enum err write_all(struct db *db, void *arg)
{
    struct exporting *x = arg;
    if (x->format == EXPORT_CSV) return write_csv(x->w, x->e, x->q, x->out);
    if (x->format == EXPORT_XLSX) return write_xlsx(x->w, x->e, x->q, x->out);
    return write_json(x->w, x->e, x->q, x->out, x->format == EXPORT_NDJSON);
}

/* Of one state of the database, however long it takes. */
enum err export_write(struct work *w, const struct entity *e, const struct list_query *q, enum export_format format, FILE *out)
{
    struct exporting x = { w, e, q, format, out };
    TRY(db_read(w->db, write_all, &x));
    return fflush(out) ? ERR_BROKEN : OK;
}
