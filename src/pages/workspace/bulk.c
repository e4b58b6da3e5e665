/*
 * bulk.c - many records changed at once (O04): which fields and to what; then what would come of it, record by record; then one
 * batch, which can be taken back.  Which records: those ticked in the list, or all that its filters let through.
 */
#include "pages/workspace/workspace.h"

#include "model/bulk.h"

struct selection { struct bulk bulk; struct list_query query; const struct params *from; bool all; };

/* ---- which records -------------------------------------------------------------------------------- */

static enum err read_ids(struct at *at, struct selection *s)
{
    struct { int64_t *p; size_t n, cap; } ids = { 0 };
    size_t k = 0;
    Str one;
    while (params_next(s->from, "id", &k, &one)) {
        int64_t id;
        if (public_id_read(at->e, one, &id)) *GROW(at->q->a, ids) = id;
    }
    s->bulk.ids = ids.p;
    s->bulk.n = ids.n;
    return OK;
}

/* What belongs to this page and not to the state of the list. */
static bool is_own(Str name)
{
    return asked_among("id .all form_token .stage view after limit sort columns", name) || str_starts(name, S(".set.")) ||
           str_starts(name, S(".to.")) || str_starts(name, S(".empty."));
}

static enum err read_selection(struct at *at, const struct params *from, struct selection *s)
{
    struct params state = { 0 };
    Message why;
    *s = (struct selection){ .bulk = { .e = at->e }, .from = from, .all = params_get(from, ".all").n > 0 };
    if (!s->all) return read_ids(at, s);
    for (size_t i = 0; i < from->n; i++)
        if (!is_own(from->p[i].name)) *GROW(at->q->a, state) = from->p[i];
    enum err err = list_read(&at->w, at->e, (const struct asked *)(const void *)state.p, state.n, "lang in_batch", &s->query, &why);
    if (err) return reply_fail(at->r, err, why);
    TRY(narrow_to_batch(at, from, &s->query));
    s->bulk.all = &s->query;
    return OK;
}

static void put_selection(struct at *at, const struct selection *s)
{
    for (size_t i = 0; i < s->from->n; i++) {
        const struct param *p = &s->from->p[i];
        bool which = str_is(p->name, ".all") || (s->all ? !is_own(p->name) : str_is(p->name, "id"));
        if (which) desk_hidden(&at->h, str_z(at->q->a, p->name), p->value);
    }
}

static enum err count_selected(struct at *at, const struct selection *s, int64_t *n)
{
    *n = (int64_t)s->bulk.n;
    return s->all ? list_count(&at->w, at->e, &s->query, 0, n) : OK;
}

/* ---- which fields, and to what ----------------------------------------------------------------------- */

static Str named(struct at *at, const char *prefix, const struct field *f) { return str_f(at->q->a, "%s.%s", prefix, f->name); }

static void put_bulk_field(struct at *at, const struct field *f)
{
    struct html *h = &at->h;
    struct field input = *f;
    input.is &= ~(unsigned)REQUIRED;
    html_open(h, "div");
    html_class(h, "bulk-field");
    put_check(h, "checkbox", str_z(at->q->a, named(at, ".set", f)), S("1"), at_tr(at, f->label), false);
    html_raw(h, form_field_html(&at->w, &input, named(at, ".to", f), (Str){ 0 }, NULL));
    if (!(f->is & REQUIRED)) put_check(h, "checkbox", str_z(at->q->a, named(at, ".empty", f)), S("1"), at_tr(at, N_("Empty it")), false);
    html_close(h, "div");
}

enum err workspace_bulk(struct request *q, struct reply *r)
{
    struct at at;
    struct selection s;
    int64_t n;
    TRY(at_list(q, r, MAY_BULK | MAY_CHANGE, &at));
    TRY(read_selection(&at, &q->query, &s));
    TRY(count_selected(&at, &s, &n));
    if (!n) return reply_fail(r, ERR_INVALID, MSG(N_("Tick the records to edit first, or “All that match”.")));
    desk_form_open(&at.h, q, r, at_url(&at, "bulk"), "card desk-form", false);
    put_selection(&at, &s);
    html_leaf_class(&at.h, "p", "form-hint",
                    at_tr(&at,
                          N_("Tick each field you want to set and say to what. You see what would change before anything does.")));
    for EACH_FIELD(f, i, at.e)
        if (bulk_takes(&at.w, at.e, f)) put_bulk_field(&at, f);
    html_open(&at.h, "div");
    html_class(&at.h, "buttons");
    desk_submit(&at.h, q, "button", at_tr(&at, N_("Show what would change")));
    html_link(&at.h, at_url(&at, NULL), "button button-quiet", at_tr(&at, N_("Cancel")));
    html_close(&at.h, "div");
    html_close(&at.h, "form");
    return at_reply(&at, n == 1 ? at_tr(&at, N_("Edit 1 record")) : at_say(&at, MSG(N_("Edit {1} records"), page_number(&at.w, n))),
                    at_tr(&at, at.e->many), (Html){ { 0 } });
}

/* Several choices come as several values of one name. */
static Str typed_value_of(struct at *at, const struct field *f)
{
    struct buf b = buf_make(at->q->a);
    Str name = named(at, ".to", f), one;
    size_t k = 0;
    while (params_next(&at->q->form, str_z(at->q->a, name), &k, &one))
        if (one.n) put_f(&b, "%s%.*s", b.n ? ";" : "", FMT(one));
    return buf_str(&b);
}

static enum err read_sets(struct at *at, struct bulk *b)
{
    struct { struct bulk_set *p; size_t n, cap; } sets = { 0 };
    for EACH_FIELD(f, i, at->e) {
        Val v = v_null();
        if (!bulk_takes(&at->w, at->e, f) || !params_get(&at->q->form, str_z(at->q->a, named(at, ".set", f))).n) continue;
        bool empty = params_get(&at->q->form, str_z(at->q->a, named(at, ".empty", f))).n > 0;
        Message m = empty ? NO_MESSAGE : form_read_value(&at->w, f, typed_value_of(at, f), &v);
        if (!m.id && !empty && !v_is(v)) m = MSG(N_("say to what, or tick “Empty it”"));
        if (m.id) return reply_fail(at->r, ERR_INVALID, MSG(N_("{1}: {2}"), at_tr(at, f->label), at_say(at, m)));
        *GROW(at->q->a, sets) = (struct bulk_set){ i, v };
    }
    if (!sets.n) return reply_fail(at->r, ERR_INVALID, MSG(N_("Tick at least one field to set.")));
    b->set = sets.p;
    b->set_n = sets.n;
    return OK;
}

/* ---- what would come of it ----------------------------------------------------------------------------- */

static void put_record_cell(struct at *at, int64_t id, Str title)
{
    table_cell_open(&at->h, at_tr(at, at->e->one));
    html_link(&at->h, request_link(at->q, desk_path(at->q->a, at->e, id, NULL)), NULL, title);
    html_close(&at->h, "td");
}

static void put_differences(struct at *at, const struct bulk_result *result)
{
    static const char *const heads[] = { N_("Record"), N_("Field"), N_("Now"), N_("Then") };
    struct html *h = &at->h;
    if (!result->differences_n) return;
    table_open(h, at_tr(at, N_("What would change")));
    table_head(h, at->q->lang, heads, COUNT(heads));
    html_open(h, "tbody");
    for (size_t i = 0; i < result->differences_n; i++) {
        const struct bulk_difference *d = &result->differences[i];
        html_open(h, "tr");
        put_record_cell(at, d->record, d->title);
        table_cell(h, at_tr(at, heads[1]), at_tr(at, at->e->fields[d->field].label));
        table_cell(h, at_tr(at, heads[2]), d->was.n ? d->was : S("–"));
        table_cell(h, at_tr(at, heads[3]), d->now.n ? d->now : S("–"));
        html_close(h, "tr");
    }
    html_close(h, "tbody");
    table_close(h);
    if (result->differences_n == BULK_SHOWN)
        html_leaf_class(h, "p", "source",
                        at_say(at, MSG(N_("The first {1} differences are shown."), str_f(at->q->a, "%d", BULK_SHOWN))));
}

static void put_left(struct at *at, const struct bulk_result *result)
{
    struct html *h = &at->h;
    if (!result->left) return;
    html_open(h, "div");
    html_class(h, "notice");
    html_leaf(h, "p", at_say(at, MSG(N_("Records left as they are: {1}"), page_number(&at->w, result->left))));
    html_open(h, "ul");
    for (size_t i = 0; i < result->kept_n; i++)
        html_leaf(h, "li", str_f(at->q->a, "%.*s: %.*s", FMT(result->kept[i].title), FMT(result->kept[i].why)));
    html_close(h, "ul");
    html_close(h, "div");
}

static enum err preview(struct at *at, const struct selection *s)
{
    struct bulk_result result;
    struct html *h = &at->h;
    enum err err = bulk_edit(&at->w, &s->bulk, true, &result);
    if (err == ERR_TOO_BIG)
        return reply_fail(at->r, err,
                          MSG(N_("That is more than {1} records; narrow the list first."), page_number(&at->w, BULK_MOST)));
    TRY(err);
    html_leaf_class(h, "p", "results-total",
                    at_say(at, MSG(N_("Records that would change: {1} of {2}."), page_number(&at->w, result.changed),
                                   page_number(&at->w, result.records))));
    put_left(at, &result);
    put_differences(at, &result);
    desk_form_open(h, at->q, at->r, at_url(at, "bulk"), "buttons", false);
    for (size_t i = 0; i < at->q->form.n; i++)
        if (!str_is(at->q->form.p[i].name, "form_token")) desk_hidden(h, str_z(at->q->a, at->q->form.p[i].name), at->q->form.p[i].value);
    desk_hidden(h, ".stage", S("save"));
    if (result.changed) desk_submit(h, at->q, "button", at_say(at, MSG(N_("Change {1} records"), page_number(&at->w, result.changed))));
    html_link(h, at_url(at, NULL), "button button-quiet", at_tr(at, N_("Cancel")));
    html_close(h, "form");
    return at_reply(at, at_tr(at, N_("What would change")), at_tr(at, at->e->many), (Html){ { 0 } });
}

enum err workspace_bulk_save(struct request *q, struct reply *r)
{
    struct at at;
    struct selection s;
    struct bulk_result result;
    TRY(at_list(q, r, MAY_BULK | MAY_CHANGE, &at));
    TRY(read_selection(&at, &q->form, &s));
    TRY(read_sets(&at, &s.bulk));
    if (!str_is(params_get(&q->form, ".stage"), "save")) return preview(&at, &s);
    TRY(bulk_edit(&at.w, &s.bulk, false, &result));
    return desk_done(q, r, str_f(q->a, "%.*s?view=0", FMT(at_path(&at, NULL))), "bulk", result.changed, 0, result.changed ? result.batch : 0);
}
