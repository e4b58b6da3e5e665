#include "model/reference.h"

#include "model/list/list.h"
#include "model/people/account.h"

enum { LOOKED_AT = 200 };                   /* candidates of one search, seen or not               */

static const Str between = S_(" · ");

/* ---- finding -------------------------------------------------------------------------------- */

static void keep_visible(struct work *w, const struct records *from, int most, struct records *out)
{
    for (size_t i = 0; i < from->n && out->n < (size_t)most; i++)
        if (record_visible(w, from->p[i])) *GROW(w->a, *out) = from->p[i];
}

static enum err with_id(struct work *w, const struct entity *e, int64_t id, struct records *out)
{
    struct records found;
    TRY(records_of(w, e, &id, 1, false, &found));
    keep_visible(w, &found, 1, out);
    return OK;
}

static enum err with_unique_value(struct work *w, const struct entity *e, Str said, struct records *out)
{
    for EACH_FIELD(f, i, e) {
        Val v = v_null();
        int64_t id = 0;
        if (!(f->is & UNIQUE) || out->n || reference_of(w, f) || f->type->read(w, f, SPELT_PLAIN, said, &v).id || !v_is(v)) continue;
        TRY(record_find(w, e, i, v, &id));
        if (id) TRY(with_id(w, e, id, out));
    }
    return OK;
}

static enum err with_title(struct work *w, const struct entity *e, Str value, int most, struct records *out)
{
    const struct field *title = &e->fields[e->title];
    struct records found;
    struct buf b = buf_make(w->a);
    if (title->type->stored != V_TEXT) return OK;
    put_f(&b, "%s WHERE %s = $1 ORDER BY id LIMIT %d", shape_of(w->m, e)->select_list.text, title->name, (int)LOOKED_AT);
    TRY(records_query(w, e, sql_of(&b), ARGS(v_text(value)), false, &found));
    keep_visible(w, &found, most, out);
    return OK;
}

/* As its list finds them: the words are in the title, or in the other language of it, with or without their marks. */
static enum err with_words(struct work *w, const struct entity *e, Str words, int most, struct records *out)
{
    struct list_query q = { .sort = -1, .limit = most };    /* by number: to find nothing is then one walk of the table */
    struct list list;
    for (int i = 0; i <= ((e->fields[e->title].is & PAIR) != 0); i++)
        (void)list_read_filter(w, e, str_f(w->a, "g1.%s.like", e->fields[e->title + i].name), words, &q);
    if (!q.filters) return OK;                              /* a title that is no text, or not to be seen */
    TRY(list_load(w, e, &q, false, &list));
    *out = list.records;
    return OK;
}

enum err records_named(struct work *w, const struct entity *e, Str said, int most, struct records *out)
{
    size_t at;
    int64_t id;
    Str head = str_find(said, between, &at) ? str_sub(said, 0, at) : said;
    *out = (struct records){ 0 };
    said = str_trim(said);
    if (!said.n) return OK;
    if (e->id_prefix && public_id_read(e, str_trim(head), &id)) return with_id(w, e, id, out);
    TRY(with_unique_value(w, e, said, out));
    if (!out->n) TRY(with_title(w, e, said, most, out));
    if (!out->n) TRY(with_words(w, e, said, most, out));
    if (!out->n && !e->id_prefix && public_id_read(e, str_trim(head), &id)) return with_id(w, e, id, out);
    return OK;
}

/* ---- in forms --------------------------------------------------------------------------------- */

const struct entity *reference_of(const struct work *w, const struct field *f)
{
    return f->type == &account_type ? &account_entity : f->type == &reference_type ? reference_to(w->m, f) : NULL;
}

Str reference_text(struct work *w, const struct record *r)
{
    return str_f(w->a, "%.*s%.*s%.*s", FMT(public_id(w->a, r->e, r->id)), FMT(between), FMT(record_title(w, r)));
}

Message reference_read(struct work *w, const struct field *f, Str typed, Val *out)
{
    const struct entity *to = reference_of(w, f);
    struct records found;
    if (!to || records_named(w, to, typed, 2, &found)) return MSG(N_("The record could not be looked up; try again."));
    if (!found.n) return MSG(N_("“{1}” is no record you may see: give its number, its unique code or its name"), typed);
    if (found.n > 1)
        return MSG(N_("“{1}” can mean {2} or {3}: give the number"), typed, reference_text(w, found.p[0]), reference_text(w, found.p[1]));
    *out = v_int(found.p[0]->id);
    return NO_MESSAGE;
}

Str reference_input(struct work *w, const struct field *f, Val v)
{
    const struct entity *to = reference_of(w, f);
    struct records found = { 0 };
    if (!v_is(v) || !to) return (Str){ 0 };
    if (!with_id(w, to, v_i64(v), &found) && found.n) return reference_text(w, found.p[0]);
    return public_id(w->a, to, v_i64(v));
}

enum err reference_offers(struct work *w, const struct field *f, int most, struct records *out)
{
    const struct entity *to = reference_of(w, f);
    struct records all;
    *out = (struct records){ 0 };
    if (!to || !may(w, to, MAY_READ)) return OK;
    TRY(records_load(w, to, 0, most + 1, false, &all));
    if (all.n > (size_t)most) return OK;
    keep_visible(w, &all, most, out);
    return OK;
}
