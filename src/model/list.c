#include "model/list.h"

#include "model/type.h"

#include <string.h>

/* ---- reading what is asked ------------------------------------------------------------------ */

static Message add_filter(struct list_query *q, int field, enum filter_op op, Val v)
{
    if (q->filters == FILTERS_MAX) return MSG(N_("Too many filters."));
    if (v_is(v)) q->filter[q->filters++] = (struct filter){ field, op, v };
    return NO_MESSAGE;
}

/* ";a;b;" asks for any of the two. */
static Message add_each(const struct work *w, struct list_query *q, int field, Val v)
{
    Str rest = v_str(v), item;
    Message m = NO_MESSAGE;
    while (!m.id && many_next(&rest, &item)) m = add_filter(q, field, FILTER_HAS, v_text(str_f(w->a, ";%.*s;", FMT(item))));
    return m;
}

Message list_read_filter(const struct work *w, const struct entity *e, Str name, Str value, struct list_query *q)
{
    Str field = name, bound;
    enum filter_op op = FILTER_EQUAL;
    if (str_cut(name, '.', &field, &bound)) {
        if (!str_is(bound, "min") && !str_is(bound, "max")) return MSG(N_("{1} is not a filter: say .min or .max."), name);
        op = str_is(bound, "min") ? FILTER_MIN : FILTER_MAX;
    }
    int i = field_index(e, field);
    const struct field *f = i >= 0 ? &e->fields[i] : NULL;
    if (!f || !has_column(f) || !field_listed(w, f, e))
        return MSG(N_("There is no field {1} to filter by."), field);
    if (op != FILTER_EQUAL && f->type->stored == V_TEXT && f->type != &date_type)
        return MSG(N_("{1} has no order: filter it by its value."), field);
    Val v = v_null();
    Message m = f->type->read(w, f, SPELT_PLAIN, value, &v);
    return m.id ? m : f->type->many ? add_each(w, q, i, v) : add_filter(q, i, op, v);
}

static Message read_sort(const struct work *w, const struct entity *e, Str value, struct list_query *q)
{
    q->descending = str_starts(value, S("-"));
    q->sort = field_index(e, str_sub(value, q->descending, value.n));
    const struct field *f = q->sort >= 0 ? &e->fields[q->sort] : NULL;
    if (!f || !has_column(f) || !field_listed(w, f, e) || f->type == &long_text_type)
        return MSG(N_("There is no field {1} to sort by."), value);
    return NO_MESSAGE;
}

/* "ID" or "ID:VALUE", as list_load wrote it. */
static Message read_cursor(struct list_query *q, const struct entity *e, Str cursor)
{
    Str id, value;
    bool valued = str_cut(cursor, ':', &id, &value), good = str_to_i64(id, &q->after) && q->after > 0 && (q->sort >= 0 || !valued);
    int64_t i = 0;
    double d = 0;
    if (good && valued) {
        enum val_type type = e->fields[q->sort].type->stored;
        good = type == V_INT ? str_to_i64(value, &i) : type == V_REAL ? str_to_f64(value, &d) : true;
        q->after_value = type == V_INT ? v_int(i) : type == V_REAL ? v_real(d) : v_text(value);
    }
    return good ? NO_MESSAGE : MSG(N_("The page you ask for is not written as a link of ours."));
}

bool asked_among(const char *names, Str name)
{
    Str rest = str_of(names), one;
    while (names && str_next(&rest, ' ', &one))
        if (str_eq(one, name)) return true;
    return false;
}

enum err list_read(const struct work *w, const struct entity *e, const struct asked *asked, size_t n, const char *others,
                   struct list_query *q, Message *why)
{
    Str cursor = { 0 };
    int64_t limit = LIST_LIMIT;
    *q = (struct list_query){ .sort = -1 };
    *why = NO_MESSAGE;
    for (size_t i = 0; i < n && !why->id; i++) {
        Str name = asked[i].name, value = str_trim(asked[i].value);
        if (asked_among(others, name) || !value.n) continue;
        if (str_is(name, "after")) cursor = value;
        else if (str_is(name, "sort")) *why = read_sort(w, e, value, q);
        else if (!str_is(name, "limit")) *why = list_read_filter(w, e, name, value, q);
        else if (!str_to_i64(value, &limit) || limit < 1 || limit > LIST_LIMIT_MAX)
            *why = MSG(N_("A page has 1 to 1,000 records; {1} is not such a number."), value);
    }
    q->limit = (int)limit;
    if (!why->id && cursor.n) *why = read_cursor(q, e, cursor);
    return why->id ? ERR_INVALID : OK;
}

/* ---- SQL ------------------------------------------------------------------------------------ */

struct bound { Val v[FILTERS_MAX + 5 + ROWS_ARGS]; int n; };

static int bind(struct bound *b, Val v)
{
    b->v[b->n] = v;
    return ++b->n;
}

static void put_one(struct buf *b, const struct work *w, const struct entity *e, const struct filter *f, struct bound *args)
{
    static const char *const op[] = { [FILTER_EQUAL] = "=", [FILTER_MIN] = ">=", [FILTER_MAX] = "<=" };
    const char *column = e->fields[f->field].name;
    if (f->op != FILTER_HAS) {
        put_f(b, "%s %s $%d", column, op[f->op], bind(args, f->v));
        return;
    }
    /* What is asked, ";a;", lies in what is stored, ";a;b;". */
    put_f(b, db_dialect(w->db) == SQLITE ? "instr(%s, $%d) > 0" : "strpos(%s, $%d) > 0", column, bind(args, f->v));
}

/* Filters of one field and kind are alternatives; between fields all must hold. */
static void put_filters(struct buf *b, const struct work *w, const struct entity *e, const struct list_query *q,
                        struct bound *args)
{
    bool done[FILTERS_MAX] = { 0 };
    for (int i = 0; i < q->filters; i++) {
        if (done[i]) continue;
        put_z(b, " AND (");
        for (int k = i; k < q->filters; k++) {
            if (q->filter[k].field != q->filter[i].field || q->filter[k].op != q->filter[i].op) continue;
            if (k > i) put_z(b, " OR ");
            put_one(b, w, e, &q->filter[k], args);
            done[k] = true;
        }
        put_c(b, ')');
    }
}

/* As one JSON text, so that the statement stays the same for any number of them. */
static void put_among(struct buf *b, const struct work *w, const struct list_query *q, struct bound *args)
{
    if (!q->among) return;
    struct buf ids = buf_make(w->a);
    put_c(&ids, '[');
    for (size_t i = 0; i < q->among_n; i++)
        if (q->sort >= 0 || q->among[i] > q->after) put_f(&ids, "%s%lld", ids.n > 1 ? "," : "", (long long)q->among[i]);
    put_c(&ids, ']');
    put_f(b, db_dialect(w->db) == SQLITE ? " AND id IN (SELECT value FROM json_each($%d))"
                                         : " AND id IN (SELECT CAST(json_array_elements_text(CAST($%d AS json)) AS bigint))",
          bind(args, v_text(buf_str(&ids))));
}

static void put_after(struct buf *b, const struct entity *e, const struct list_query *q, struct bound *args)
{
    if (!q->after) return;
    if (q->sort < 0) {
        put_f(b, " AND id > $%d", bind(args, v_int(q->after)));
        return;
    }
    const char *column = e->fields[q->sort].name;
    int id = bind(args, v_int(q->after));
    if (!v_is(q->after_value)) {
        put_f(b, " AND (%s IS NULL AND id > $%d)", column, id);
        return;
    }
    int v = bind(args, q->after_value);
    put_f(b, " AND (%s %s $%d OR (%s = $%d AND id > $%d) OR %s IS NULL)", column, q->descending ? "<" : ">", v, column, v, id,
          column);
}

static Sql list_sql(const struct work *w, const struct entity *e, const struct list_query *q, int limit, struct bound *args)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "%s WHERE 1 = 1", shape_of(w->m, e)->select_list.text);
    put_filters(&b, w, e, q, args);
    put_among(&b, w, q, args);
    put_rows(&b, w, e, args->v, &args->n);
    put_after(&b, e, q, args);
    if (q->sort < 0) put_z(&b, " ORDER BY id");
    else put_f(&b, " ORDER BY %s IS NULL, %s%s, id", e->fields[q->sort].name, e->fields[q->sort].name, q->descending ? " DESC" : "");
    put_f(&b, " LIMIT $%d", bind(args, v_int(limit)));
    return sql_of(&b);
}

/* ---- loading -------------------------------------------------------------------------------- */

static Str cursor_of(const struct work *w, const struct list_query *q, const struct record *r)
{
    struct buf b = buf_make(w->a);
    put_i(&b, r->id);
    if (q->sort < 0) return buf_str(&b);
    Val v = r->v[q->sort];
    if (!v_is(v)) return buf_str(&b);
    put_c(&b, ':');
    if (v.type == V_INT) put_i(&b, v.i);
    else if (v.type == V_REAL) put_f(&b, "%.17g", v.r);
    else put(&b, v.s);
    return buf_str(&b);
}

static enum err load_owners(struct work *w, const struct entity *e, const struct records *page)
{
    int64_t *ids = NEW_ARRAY(w->a, int64_t, page->n);
    size_t n = 0;
    struct records owners;
    for (size_t i = 0; i < page->n; i++)
        if (!n || ids[n - 1] != page->p[i]->parent) ids[n++] = page->p[i]->parent;
    TRY(records_of(w, e->parent, ids, n, false, &owners));
    for (size_t i = 0; i < page->n; i++) {
        const struct record *before = i ? page->p[i - 1]->owner : NULL;
        page->p[i]->owner = before && before->id == page->p[i]->parent ? before : child_with_id(&owners, page->p[i]->parent);
    }
    return OK;
}

enum err list_load(struct work *w, const struct entity *e, const struct list_query *asked, bool children, struct list *out)
{
    struct list_query q = *asked;
    *out = (struct list){ 0 };
    if (!may_list(w, e)) return ERR_DENIED;
    for (;;) {                                              /* again while the unpublished were many */
        struct bound args = { .n = 0 };
        struct records page;
        Sql sql = list_sql(w, e, &q, q.limit + 1, &args);
        TRY(records_query(w, e, sql, (Args){ args.v, args.n }, children, &page));
        if (e->parent) TRY(load_owners(w, e, &page));
        for (size_t i = 0; i < page.n; i++) {
            if (!record_listed(w, page.p[i])) continue;
            if (out->records.n == (size_t)asked->limit) {
                out->more = true;
                out->next = cursor_of(w, &q, out->records.p[out->records.n - 1]);
                return OK;
            }
            *GROW(w->a, out->records) = page.p[i];
        }
        if (page.n <= (size_t)q.limit) return OK;
        q.after = page.p[page.n - 1]->id;
        q.after_value = q.sort < 0 ? v_null() : page.p[page.n - 1]->v[q.sort];
    }
}

enum err list_ids(struct work *w, const struct entity *e, const struct list_query *q, const int64_t **ids, size_t *n)
{
    struct { int64_t *p; size_t n, cap; } found = { NEW_ARRAY(w->a, int64_t, 1), 0, 1 };    /* not NULL, though there be none */
    struct bound args = { .n = 0 };
    struct buf b = buf_make(w->a);
    put_f(&b, "SELECT id FROM %s WHERE 1 = 1", e->name);
    put_filters(&b, w, e, q, &args);
    put_z(&b, " ORDER BY id");
    struct rows rows = db_query(w->db, w->a, sql_of(&b), (Args){ args.v, args.n });
    while (rows_next(&rows)) *GROW(w->a, found) = row_int(&rows, 0);
    *ids = found.p;
    *n = found.n;
    return rows_end(&rows);
}
