/* publish.c - an officer publishes a figure; everybody reads the editions, each as it was said. */
#include "pages/target/target_at.h"

#include "pages/figure.h"

/* ---- publishing -------------------------------------------------------------------------------------- */

struct publishing { struct target_at t; const struct record *before; int edition; int64_t id; Str reason; Message why; };

/* The last edition of what is to be published; NULL: the first. */
static enum err begin(struct request *q, struct reply *r, struct publishing *p)
{
    struct records all;
    *p = (struct publishing){ .edition = 1 };
    TRY(indicator_begin(q, r, &p->t));
    r->cache = CACHE_NEVER;
    TRY(figures_published(&p->t.at.w, p->t.at.record->id, &all));
    for (size_t i = 0; i < all.n && !p->before; i++)
        if (v_i64(all.p[i]->v[PUBLISHED_TO_YEAR]) == p->t.year) p->before = all.p[i], p->edition = (int)v_i64(p->before->v[PUBLISHED_EDITION]) + 1;
    return OK;
}

static void put_wrong(struct at *at, Message why)
{
    if (!why.id) return;
    html_open(&at->h, "p");
    html_class(&at->h, "notice notice-bad");
    html_attr(&at->h, "role", S("alert"));
    html_text(&at->h, at_say(at, why));
    html_close(&at->h, "p");
}

static void put_form(struct publishing *p)
{
    struct at *at = &p->t.at;
    desk_form_open(&at->h, at->q, at->r, indicator_url(at->q, at->record, "publish", p->t.year), NULL, false);
    desk_hidden(&at->h, "edition", str_f(at->q->a, "%d", p->edition));
    if (p->before) put_area(&at->h, "reason", at_tr(at, N_("Reason of the correction")), at_tr(at, N_("Everybody reads it beside the figure.")), p->reason, true);
    desk_submit(&at->h, at->q, "button", at_say(at, MSG(N_("Publish edition {1}"), str_f(at->q->a, "%d", p->edition))));
    html_close(&at->h, "form");
}

static enum err form_page(struct publishing *p)
{
    struct at *at = &p->t.at;
    struct work *w = &at->w;
    struct standing s;
    TRY(standing_of(w, at->record, p->t.year, &s));
    put_wrong(at, p->why);
    if (s.known && !s.published)
        html_leaf(&at->h, "p", at_say(at, MSG(N_("What is counted now, {1}: {2}."), period_text(w, at->record, s.period), value_text(w, at->record, s.value))));
    if (p->before)
        html_leaf(&at->h, "p", at_say(at, MSG(N_("Edition {1} said {2}. It stays readable; the new one names it, with your reason and what changed."),
                                              record_text(w, p->before, PUBLISHED_EDITION), value_text(w, at->record, v_f64(p->before->v[PUBLISHED_VALUE])))));
    html_leaf(&at->h, "p", at_tr(at, N_("A published figure is frozen with its query, the version of the data and the list of what it counted. Nobody can change or delete it.")));
    put_form(p);
    return target_reply(&p->t, at_say(at, MSG(N_("Publish: {1}"), record_title(w, at->record))), (Str){ 0 });
}

enum err figure_publish_page(struct request *q, struct reply *r)
{
    struct publishing p;
    TRY(begin(q, r, &p));
    return form_page(&p);
}

static enum err publish(struct work *w, void *arg)
{
    struct publishing *p = arg;
    return figure_publish(w, p->t.at.record->id, p->t.year, p->edition, p->reason, &p->id, &p->why);
}

/* What cannot be published comes back as typed, for the edition that would be next by now. */
enum err figure_publish_post(struct request *q, struct reply *r)
{
    struct publishing p;
    int64_t edition = 0;
    TRY(begin(q, r, &p));
    if (str_to_i64(params_get(&q->form, "edition"), &edition) && edition > 0 && edition < 1000000) p.edition = (int)edition;
    p.reason = str_trim(params_get(&q->form, "reason"));
    enum err e = work_write(&p.t.at.w, publish, &p);
    if (e == ERR_CONFLICT || e == ERR_INVALID) {
        struct publishing again;
        TRY(begin(q, r, &again));
        again.why = p.why, again.reason = p.reason;
        r->status = e == ERR_CONFLICT ? 409 : 422;
        return form_page(&again);
    }
    TRY(e);
    Str path = str_f(q->a, "%.*s/%.*s", FMT(indicator_path(q->a, p.t.at.record, "editions")), FMT(public_id(q->a, &published_figure, p.id)));
    return reply_redirect(r, 303, request_link(q, path));
}

/* ---- an edition -------------------------------------------------------------------------------------- */

static const struct grid_column change_columns[] = { { "record", N_("Record") }, { "was", N_("Before") }, { "now", N_("Now") } };

static Str counts_text(struct work *w, const struct measured_row *row)
{
    if (!row) return tr(w->lang, N_("not counted"));
    return row->part ? page_number(w, row->counts) : tr(w->lang, N_("only in the whole"));
}

/* Records that the reader may see by their names, others as such. */
static enum err put_changes(struct target_at *t, const struct record *before, const struct record *now)
{
    struct work *w = &t->at.w;
    const struct entity *e = measured_entity(t->at.record);
    struct figure_changes changes = figure_changes(w->a, before, now);
    struct grid g = grid_make(t->at.q, (struct figure){ .id = "changes", .caption = N_("What changed") }, change_columns, COUNT(change_columns), N_("The list is the same; what it counts differs."));
    int64_t *ids = NEW_ARRAY(w->a, int64_t, changes.n + 1);
    struct records seen = { 0 };
    for (size_t i = 0; i < changes.n; i++) ids[i] = changes.p[i].id;
    if (may(w, e, MAY_READ)) TRY(records_of(w, e, ids, changes.n, false, &seen));
    for (size_t i = 0; i < changes.n; i++) {
        const struct record *r = child_with_id(&seen, changes.p[i].id);
        grid_text(&g, r && record_visible(w, r) ? record_title(w, r) : at_tr(&t->at, N_("a record that is not shown")));
        grid_text(&g, counts_text(w, changes.p[i].was));
        grid_text(&g, counts_text(w, changes.p[i].now));
    }
    grid_section(&t->at.h, w, &g);
    return OK;
}

static enum err edition_of(struct target_at *t, struct record **out)
{
    Str said = request_capture(t->at.q, "id");
    int64_t id;
    enum err e = public_id_read(&published_figure, said, &id) ? record_load(&t->at.w, &published_figure, id, out) : ERR_MISSING;
    if (!e && v_i64((*out)->v[PUBLISHED_INDICATOR]) != t->at.record->id) e = ERR_MISSING;
    return e == ERR_MISSING ? reply_fail(t->at.r, ERR_MISSING, MSG(N_("There is no published figure {1}."), said)) : e;
}

/* A correction of it, if there is one. */
static enum err put_newer(struct target_at *t, const struct record *f)
{
    struct records all;
    TRY(figures_published(&t->at.w, t->at.record->id, &all));
    for (size_t i = 0; i < all.n; i++) {
        if (v_i64(all.p[i]->v[PUBLISHED_REPLACES]) != f->id) continue;
        html_open(&t->at.h, "p");
        html_class(&t->at.h, "notice");
        html_text(&t->at.h, at_tr(&t->at, N_("This figure was corrected:")));
        html_text(&t->at.h, S(" "));
        html_link(&t->at.h, request_link(t->at.q, str_f(t->at.q->a, "%.*s/%.*s", FMT(indicator_path(t->at.q->a, t->at.record, "editions")),
                                                       FMT(public_id(t->at.q->a, &published_figure, all.p[i]->id)))), NULL, record_title(&t->at.w, all.p[i]));
        html_close(&t->at.h, "p");
    }
    return OK;
}

enum err figure_edition(struct request *q, struct reply *r)
{
    static const int fields[] = { PUBLISHED_DAY, PUBLISHED_EDITION, PUBLISHED_DATA_VERSION, PUBLISHED_REASON };
    struct target_at t;
    struct record *f, *before;
    TRY(indicator_begin(q, r, &t));
    TRY(edition_of(&t, &f));
    struct html *h = &t.at.h;
    TRY(put_newer(&t, f));
    html_open(h, "p");
    html_class(h, "measure-now");
    html_text(h, value_text(&t.at.w, t.at.record, v_f64(f->v[PUBLISHED_VALUE])));
    html_close(h, "p");
    html_raw(h, facts_html(&t.at.w, f, fields, COUNT(fields)));
    html_leaf(h, "p", at_say(&t.at, MSG(N_("Records counted: {1}; the part is {2} of {3}."), page_number(&t.at.w, (int64_t)figure_rows(q->a, f).n),
                                        page_number(&t.at.w, (int64_t)v_f64(f->v[PUBLISHED_PART])), page_number(&t.at.w, (int64_t)v_f64(f->v[PUBLISHED_WHOLE])))));
    if (v_is(f->v[PUBLISHED_REPLACES])) {
        TRY(record_load(&t.at.w, &published_figure, v_i64(f->v[PUBLISHED_REPLACES]), &before));
        html_leaf(h, "p", at_say(&t.at, MSG(N_("Edition {1} said {2}."), record_text(&t.at.w, before, PUBLISHED_EDITION), value_text(&t.at.w, t.at.record, v_f64(before->v[PUBLISHED_VALUE])))));
        TRY(put_changes(&t, before, f));
    }
    section_open(&t.at, "query", N_("Query"));
    html_leaf_class(h, "pre", "query", v_str(f->v[PUBLISHED_QUERY]));
    html_close(h, "section");
    return target_reply(&t, record_title(&t.at.w, f), at_tr(&t.at, N_("As it was published: frozen with its query, the version of the data and the list of what it counted.")));
}
