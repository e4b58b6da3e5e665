/* filter.c - the filters of lists: read from name=value pairs, and put into SQL. */
#include "model/list/listing.h"

#include "base/unicode.h"
#include "model/schema.h"
#include "model/type.h"

#include <ctype.h>

enum { LIKE_MAX = 200 };                                    /* bytes of a text to be contained     */

const struct filter_operator filter_operators[] = {
    { FILTER_EQUAL, NULL,    N_("is") },
    { FILTER_NOT,   "not",   N_("is not") },
    { FILTER_LIKE,  "like",  N_("contains") },
    { FILTER_MIN,   "min",   N_("is at least") },
    { FILTER_MAX,   "max",   N_("is at most") },
    { FILTER_EMPTY, "empty", N_("is empty") },
    { .label = NULL },
};

static bool is_text(const struct field *f) { return f->type->stored == V_TEXT && !f->list && !f->choices && f->type != &date_type; }

static bool has_order(const struct field *f)
{
    const struct type *t = f->type;
    return t == &number_type || t == &integer_type || t == &money_type || t == &year_type || t == &date_type;
}

bool filter_takes(const struct field *f, enum filter_op op)
{
    if (!has_column(f)) return false;
    if (op == FILTER_LIKE) return is_text(f);
    return (op != FILTER_MIN && op != FILTER_MAX) || has_order(f);
}

/* ---- reading -------------------------------------------------------------------------------- */

static Message add(struct list_query *q, struct filter one)
{
    if (q->filters == FILTERS_MAX) return MSG(N_("Too many filters."));
    q->filter[q->filters++] = one;
    return NO_MESSAGE;
}

/* ";a;b;" asks for any of the two, or for neither. */
static Message add_each(const struct work *w, struct list_query *q, struct filter one)
{
    Str rest = v_str(one.v), item;
    Message m = NO_MESSAGE;
    one.op = one.op == FILTER_NOT ? FILTER_HAS_NOT : FILTER_HAS;
    while (!m.id && many_next(&rest, &item)) {
        one.v = v_text(str_f(w->a, ";%.*s;", FMT(item)));
        m = add(q, one);
    }
    return m;
}

/* A letter that is typed without a mark is found with any: "duc" in "Đúc".  One with a mark is found as it is. */
static void put_marked(struct buf *b, uint32_t plain)
{
    static const struct { uint32_t first, last; } marked[] = { { 0xC0, 0x1B0 }, { 0x1EA0, 0x1EF9 } };
    if (plain > 'z' || !strchr("adeiouy", (int)plain)) return;
    for (size_t i = 0; i < COUNT(marked); i++)
        for (uint32_t c = marked[i].first; c <= marked[i].last; c++)
            if (fold_char(c) == plain) put_utf8(b, c);
}

/*
 * Both cases of each letter, as a GLOB of SQLite or a regular expression of PostgreSQL: the one way to compare without regard to
 * case that gives the same in both, for letters beyond ASCII too, as what a case is comes from our own tables.
 */
static Str pattern(const struct work *w, Str text)
{
    bool sqlite = db_dialect(w->db) == SQLITE;
    struct buf b = buf_make(w->a);
    if (sqlite) put_c(&b, '*');
    for (const char *p = text.p, *end = p + text.n; p < end;) {
        uint32_t c = utf8_next(&p, end), lower = lower_char(c), upper = upper_char(c);
        bool cased = lower != upper, mark = c < 0x80 && (sqlite ? c == '*' || c == '?' || c == '[' : ispunct((int)c));
        if (cased || (mark && sqlite)) put_c(&b, '[');
        if (mark && !sqlite) put_c(&b, '\\');
        put_utf8(&b, cased ? lower : c);
        if (cased) put_utf8(&b, upper), put_marked(&b, lower);
        if (cased || (mark && sqlite)) put_c(&b, ']');
    }
    if (sqlite) put_c(&b, '*');
    return buf_str(&b);
}

static Message read_value(const struct work *w, const struct field *f, Str text, struct filter *one)
{
    if (one->op == FILTER_EMPTY) {
        if (str_is(text, "0")) one->op = FILTER_FILLED;
        return str_is(text, "0") || str_is(text, "1") ? NO_MESSAGE : MSG(N_("Say 1 for what is empty, 0 for what is not."));
    }
    if (one->op == FILTER_LIKE) {
        if (text.n > LIKE_MAX) return MSG(N_("A text to be contained has at most {1} bytes."), str_f(w->a, "%d", LIKE_MAX));
        one->v = v_text(pattern(w, text));
        return NO_MESSAGE;
    }
    return f->type->read(w, f, SPELT_PLAIN, text, &one->v);
}

static bool operator_named(Str suffix, enum filter_op *op)
{
    for (const struct filter_operator *o = filter_operators; o->label; o++)
        if (o->suffix && str_is(suffix, o->suffix)) return *op = o->op, true;
    return false;
}

static Message read_one(const struct work *w, const struct entity *e, Str name, Str text, int group, struct list_query *q)
{
    Str field, suffix;
    struct filter one = { .op = FILTER_EQUAL, .group = group };
    if (str_cut(name, '.', &field, &suffix) && !operator_named(suffix, &one.op))
        return MSG(N_("{1} is not a filter: say .min, .max, .not, .like or .empty."), name);
    one.field = field_index(e, field);
    const struct field *f = one.field >= 0 ? &e->fields[one.field] : NULL;
    if (!f || !has_column(f) || !field_listed(w, f, e)) return MSG(N_("There is no field {1} to filter by."), field);
    if (!filter_takes(f, one.op))
        return one.op == FILTER_LIKE ? MSG(N_("{1} is no text: filter it by its value."), field)
                                     : MSG(N_("{1} has no order: filter it by its value."), field);
    Message m = read_value(w, f, text, &one);
    bool valued = one.op != FILTER_EMPTY && one.op != FILTER_FILLED;
    if (m.id || (valued && !v_is(one.v))) return m;
    return valued && f->type->many ? add_each(w, q, one) : add(q, one);
}

/* "g2.price.min" is "price.min" in group 2; without a group: 0. */
static int cut_group(Str *name)
{
    bool grouped = name->n > 3 && name->p[0] == 'g' && name->p[1] > '0' && name->p[1] <= '0' + GROUPS_MAX && name->p[2] == '.';
    int group = grouped ? name->p[1] - '0' : 0;
    if (grouped) *name = str_sub(*name, 3, name->n);
    return group;
}

Message list_read_filter(const struct work *w, const struct entity *e, Str name, Str value, struct list_query *q)
{
    int group = cut_group(&name);
    if (!str_is(name, "match")) return read_one(w, e, name, value, group, q);
    if (!str_is(value, "all") && !str_is(value, "any")) return MSG(N_("{1} is neither “all” nor “any”."), value);
    if (group) q->group_all[group] = str_is(value, "all");
    else q->any_group = str_is(value, "any");
    return NO_MESSAGE;
}

/* ---- SQL ------------------------------------------------------------------------------------ */

static void put_one(struct buf *b, const struct work *w, const struct entity *e, const struct filter *f, struct bound *args)
{
    const char *column = e->fields[f->field].name;
    bool sqlite = db_dialect(w->db) == SQLITE;
    switch (f->op) {
    case FILTER_EQUAL:  put_f(b, "%s%s = $%d", f->common ? "+" : "", column, bind(args, f->v)); break;
    case FILTER_NOT:    put_f(b, "%s IS NULL OR %s <> $%d", column, column, bind(args, f->v)); break;
    case FILTER_MIN:    put_f(b, "%s >= $%d", column, bind(args, f->v)); break;
    case FILTER_MAX:    put_f(b, "%s <= $%d", column, bind(args, f->v)); break;
    case FILTER_EMPTY:  put_f(b, "%s IS NULL", column); break;
    case FILTER_FILLED: put_f(b, "%s IS NOT NULL", column); break;
    case FILTER_LIKE:   put_f(b, "%s %s $%d", column, sqlite ? "GLOB" : "~", bind(args, f->v)); break;
    /* What is asked, ";a;", lies in what is stored, ";a;b;". */
    case FILTER_HAS:     put_f(b, "%s(%s, $%d) > 0", sqlite ? "instr" : "strpos", column, bind(args, f->v)); break;
    case FILTER_HAS_NOT: put_f(b, "%s IS NULL OR %s(%s, $%d) = 0", column, sqlite ? "instr" : "strpos", column, bind(args, f->v)); break;
    }
}

/* One field asked for in the same way twice: either will do. */
static bool alternatives(const struct filter *a, const struct filter *b)
{
    return a->group == b->group && a->field == b->field && a->op == b->op && a->op != FILTER_NOT && a->op != FILTER_HAS_NOT;
}

static void put_group(struct buf *b, const struct work *w, const struct entity *e, const struct list_query *q, int group, struct bound *args)
{
    bool done[FILTERS_MAX] = { 0 }, any = group && !q->group_all[group];
    const char *between = "";
    for (int i = 0; i < q->filters; i++) {
        if (q->filter[i].group != group || done[i]) continue;
        put_f(b, "%s(", between);
        for (int k = i; k < q->filters; k++) {
            if (k > i && !alternatives(&q->filter[i], &q->filter[k])) continue;
            if (k > i) put_z(b, " OR ");
            put_one(b, w, e, &q->filter[k], args);
            done[k] = true;
        }
        put_c(b, ')');
        between = any ? " OR " : " AND ";
    }
}

static bool is_asked(const struct list_query *q, int group)
{
    for (int i = 0; i < q->filters; i++)
        if (q->filter[i].group == group) return true;
    return false;
}

void put_filters(struct buf *b, const struct work *w, const struct entity *e, const struct list_query *q, struct bound *args)
{
    const char *between = " AND (";
    if (is_asked(q, 0)) {
        put_z(b, " AND ");
        put_group(b, w, e, q, 0, args);
    }
    for (int group = 1; group <= GROUPS_MAX; group++) {
        if (!is_asked(q, group)) continue;
        put_f(b, "%s(", between);
        put_group(b, w, e, q, group, args);
        put_c(b, ')');
        between = q->any_group ? " OR " : " AND ";
    }
    if (strcmp(between, " AND (")) put_c(b, ')');
}

/* ---- the way -------------------------------------------------------------------------------- */

/* About where fetching and sorting all that pass costs what going along the order until a page is full does, in a list of 100,000. */
enum { COMMON = 2000 };

static enum err is_common(struct work *w, const struct entity *e, const struct filter *f, bool *yes)
{
    struct buf b = buf_make(w->a);
    int64_t n = 0;
    const char *column = e->fields[f->field].name;
    put_f(&b, "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE %s = $1 LIMIT %d)", e->name, column, COMMON);
    TRY(db_one_int(w->db, w->a, sql_of(&b), ARGS(f->v), &n));
    *yes = n == COMMON;
    return OK;
}

enum err plan_filters(struct work *w, const struct entity *e, struct list_query *q)
{
    bool ordered = q->sort < 0 || field_indexed(e, &e->fields[q->sort]);
    if (db_dialect(w->db) != SQLITE || !ordered) return OK;
    for (int i = 0; i < q->filters; i++) {
        struct filter *f = &q->filter[i];
        if (f->op == FILTER_EQUAL && field_indexed(e, &e->fields[f->field]) && !(e->fields[f->field].is & UNIQUE))
            TRY(is_common(w, e, f, &f->common));
    }
    return OK;
}
