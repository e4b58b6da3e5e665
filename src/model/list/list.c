#include "model/list/listing.h"

#include "model/type.h"

#include <string.h>

/* ---- reading what is asked ------------------------------------------------------------------ */

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

static Message read_columns(const struct work *w, const struct entity *e, Str names, struct list_query *q)
{
    int *fields = NEW_ARRAY(w->a, int, (size_t)e->n);
    Str name;
    q->columns = fields;
    while (str_next(&names, ',', &name)) {
        int i = field_index(e, str_trim(name));
        if (i < 0 || q->columns_n == (size_t)e->n || !field_listed(w, &e->fields[i], e)) return MSG(N_("There is no field {1} to show."), name);
        fields[q->columns_n++] = i;
    }
    return NO_MESSAGE;
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
        else if (str_is(name, "columns")) *why = read_columns(w, e, value, q);
        else if (!str_is(name, "limit")) *why = list_read_filter(w, e, name, value, q);
        else if (!str_to_i64(value, &limit) || limit < 1 || limit > LIST_LIMIT_MAX)
            *why = MSG(N_("A page has 1 to 1,000 records; {1} is not such a number."), value);
    }
    q->limit = (int)limit;
    if (!why->id && cursor.n) *why = read_cursor(q, e, cursor);
    return why->id ? ERR_INVALID : OK;
}

/* ---- SQL ------------------------------------------------------------------------------------ */

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

/*
 * A sorted list is two one after the other, of records that have the value and of those that lack it, since neither database
 * goes through an index with what is missing last in both directions.  Each goes along the index on (field, id).
 */
static void put_after(struct buf *b, const struct entity *e, const struct list_query *q, bool missing, struct bound *args)
{
    const char *column = q->sort >= 0 ? e->fields[q->sort].name : NULL, *beyond = q->descending ? "<" : ">";
    if (column) put_f(b, " AND %s IS %sNULL", column, missing ? "" : "NOT ");
    if (q->after && column && !missing) {
        int v = bind(args, q->after_value), id = bind(args, v_int(q->after));
        put_f(b, " AND (%s, id) %s ($%d, $%d)", column, beyond, v, id);
    } else if (q->after) {
        put_f(b, " AND id %s $%d", beyond, bind(args, v_int(q->after)));
    }
}

static void put_order(struct buf *b, const struct entity *e, const struct list_query *q)
{
    const char *way = q->descending ? " DESC" : "";
    put_z(b, " ORDER BY ");
    if (q->sort >= 0) put_f(b, "%s%s, ", e->fields[q->sort].name, way);
    put_f(b, "id%s", way);
}

static void put_where(struct buf *b, const struct work *w, const struct entity *e, const struct list_query *q, struct bound *args)
{
    put_z(b, " WHERE 1 = 1");
    put_filters(b, w, e, q, args);
    put_among(b, w, q, args);
    put_rows(b, w, e, args->v, &args->n);
}

/* The numbers of a page first: where they must be sorted, whole records would be dear to move. */
static Sql list_sql(const struct work *w, const struct entity *e, const struct list_query *q, bool missing, size_t limit, struct bound *args)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "%s WHERE id IN (SELECT id FROM %s", shape_of(w->m, e)->select_list.text, e->name);
    put_where(&b, w, e, q, args);
    put_after(&b, e, q, missing, args);
    put_order(&b, e, q);
    put_f(&b, " LIMIT $%d)", bind(args, v_int((int64_t)limit)));
    put_order(&b, e, q);
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

static enum err load_page(struct work *w, const struct entity *e, const struct list_query *q, bool missing, size_t limit, bool children,
                          struct records *page)
{
    struct bound args = { .n = 0 };
    Sql sql = list_sql(w, e, q, missing, limit, &args);
    TRY(records_query(w, e, sql, (Args){ args.v, args.n }, children, page));
    return e->parent ? load_owners(w, e, page) : OK;
}

enum err list_load(struct work *w, const struct entity *e, const struct list_query *asked, bool children, struct list *out)
{
    struct list_query q = *asked;
    bool missing = q.sort >= 0 && q.after && !v_is(q.after_value);
    *out = (struct list){ 0 };
    if (!may_list(w, e)) return ERR_DENIED;
    TRY(plan_filters(w, e, &q));
    for (;;) {                                              /* again while the unpublished were many */
        struct records page;
        size_t limit = (size_t)q.limit + 1 - out->records.n;
        TRY(load_page(w, e, &q, missing, limit, children, &page));
        for (size_t i = 0; i < page.n; i++) {
            if (!record_listed(w, page.p[i])) continue;
            if (out->records.n == (size_t)asked->limit) {
                out->more = true;
                out->next = cursor_of(w, &q, out->records.p[out->records.n - 1]);
                return OK;
            }
            *GROW(w->a, out->records) = page.p[i];
        }
        if (page.n == limit) {
            q.after = page.p[page.n - 1]->id;
            q.after_value = q.sort < 0 ? v_null() : page.p[page.n - 1]->v[q.sort];
        } else if (q.sort < 0 || missing) {
            return OK;
        } else {
            missing = true;
            q.after = 0;
        }
    }
}

/* ---- the whole of it ------------------------------------------------------------------------ */

/* Where it takes C to tell, page by page in an arena of its own. */
static enum err count_each(struct work *outer, const struct entity *e, const struct list_query *asked, int64_t most, int64_t *n)
{
    struct arena scratch = arena_make((size_t)64 << 20, outer->a->full);
    struct work w = *outer;
    struct list_query q = *asked;
    struct list page = { .more = true };
    enum err err = OK;
    w.a = &scratch;
    q.sort = -1;
    q.descending = false;
    q.after = 0;
    q.limit = LIST_LIMIT_MAX;
    for (*n = 0; !err && page.more && *n < most; arena_reset(&scratch)) {
        err = list_load(&w, e, &q, false, &page);
        *n += (int64_t)page.records.n;
        if (page.more) q.after = page.records.p[page.records.n - 1]->id;
    }
    arena_free(&scratch);
    return err;
}

enum err list_count(struct work *w, const struct entity *e, const struct list_query *asked, int64_t most, int64_t *n)
{
    struct bound args = { .n = 0 };
    struct buf b = buf_make(w->a), where = buf_make(w->a);
    struct list_query q = *asked;
    *n = 0;
    if (!may_list(w, e)) return ERR_DENIED;
    if (!most) most = INT64_MAX;
    if (rows_in_c(w, e)) return count_each(w, e, asked, most, n);
    if (most < INT64_MAX) TRY(plan_filters(w, e, &q));      /* to the end, an index is the way       */
    put_where(&where, w, e, &q, &args);
    if (!q.filters && !args.n && db_dialect(w->db) == SQLITE) put_f(&b, "SELECT COUNT(*) FROM %s", e->name);      /* it looks at pages, not rows */
    else put_f(&b, "SELECT COUNT(*) FROM (SELECT 1 FROM %s%.*s LIMIT $%d) counted", e->name, FMT(buf_str(&where)), bind(&args, v_int(most)));
    return db_one_int(w->db, w->a, sql_of(&b), (Args){ args.v, args.n }, n);
}

enum err list_ids(struct work *w, const struct entity *e, const struct list_query *q, const int64_t **ids, size_t *n)
{
    struct { int64_t *p; size_t n, cap; } found = { NEW_ARRAY(w->a, int64_t, 1), 0, 1 };    /* not NULL, though there be none */
    struct bound args = { .n = 0 };
    struct buf b = buf_make(w->a);
    if (!may_list(w, e)) return ERR_DENIED;
    put_f(&b, "SELECT id FROM %s", e->name);
    put_where(&b, w, e, q, &args);
    put_z(&b, " ORDER BY id");
    struct rows rows = db_query(w->db, w->a, sql_of(&b), (Args){ args.v, args.n });
    while (rows_next(&rows)) *GROW(w->a, found) = row_int(&rows, 0);
    *ids = found.p;
    *n = found.n;
    return rows_end(&rows);
}
