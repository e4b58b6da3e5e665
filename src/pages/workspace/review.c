/*
 * review.c - rows that an import could not place, decided by a person one after another: the row beside the records that it may be,
 * field by field, with why.  Every answer leads straight to the next row; the last one can be taken back.
 */
#include "pages/workspace/incoming.h"

#include "model/change.h"
#include "model/import/import.h"

/* ---- which row ------------------------------------------------------------------------------------ */

struct queue { struct aside next; int64_t waiting; };

/* Over all lists the actor may import into. */
static enum err find_next(struct at *at, struct queue *out)
{
    *out = (struct queue){ .waiting = 0 };
    for (int i = 0; i < at->w.m->n; i++) {
        const struct entity *e = at->w.m->entities[i];
        int64_t n = 0;
        if (e->parent || !may(&at->w, e, MAY_BULK)) continue;
        TRY(asides_count(&at->w, e, &n));
        if (n && !out->next.id) TRY(aside_next(&at->w, e, &out->next));
        out->waiting += n;
    }
    at->e = out->next.id ? out->next.row->e : NULL;
    return OK;
}

/* Those that are still there; merged or deleted ones are no answer any more. */
static enum err load_candidates(struct at *at, const struct aside *s, struct record **out, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < s->n; i++) {
        enum err err = record_load(&at->w, at->e, s->candidates[i].record, &out[*n]);
        if (err && err != ERR_MISSING) return err;
        if (!err) ++*n;
    }
    return OK;
}

static double likeness_to(const struct aside *s, int64_t record)
{
    for (size_t i = 0; i < s->n; i++) if (s->candidates[i].record == record) return s->candidates[i].likeness;
    return 0;
}

/* ---- the comparison --------------------------------------------------------------------------------- */

static const struct { const char *label, *class; } verdicts[] = {
    [SAY_SAME] = { N_("same"), "badge badge-good" }, [SAY_ALIKE] = { N_("alike: {1} %"), "badge badge-warn" }, [SAY_OTHER] = { N_("other"), "badge badge-bad" },
};

static void put_compared(struct at *at, const struct compared *c, Str label)
{
    struct html *h = &at->h;
    table_cell_open(h, label);
    html_text(h, c->record.n ? c->record : S("–"));
    if (c->verdict >= SAY_SAME) {
        html_text(h, S(" "));
        html_leaf_class(h, "span", verdicts[c->verdict].class,
                        at_say(at, MSG(verdicts[c->verdict].label, str_f(at->q->a, "%.0f", c->likeness * 100))));
    }
    html_close(h, "td");
}

static Str name_of(struct at *at, size_t i, const struct record *r)
{
    return str_f(at->q->a, "%zu · %.*s", i + 1, FMT(public_id(at->q->a, at->e, r->id)));
}

/* Neither what the program works out nor yearly figures tell whether two are one. */
static bool is_compared(const struct field *f, enum depth depth)
{
    return field_seen(f, depth) && !(f->is & (COMPUTED | DERIVED | INTERNAL | BY_KEY));
}

/* What the row says of a field, and what each record says; nothing where only the records say something that tells none apart. */
static void put_field_row(struct at *at, const struct aside *s, struct record *const *records, size_t n, int field)
{
    struct html *h = &at->h;
    const struct field *f = &at->e->fields[field];
    Str label = at_tr(at, f->label), row = record_text(&at->w, s->row, field);
    bool tells = f->is & UNIQUE || field == at->e->title || (at->e->place && field == at->e->place);
    if (!row.n && !tells) return;
    html_open(h, "tr");
    table_heading(h, "row", label);
    table_cell(h, at_tr(at, N_("In the file")), row.n ? row : S("–"));
    for (size_t i = 0; i < n; i++) {
        struct compared c = aside_compare(&at->w, s->row, records[i], field);
        put_compared(at, &c, name_of(at, i, records[i]));
    }
    html_close(h, "tr");
}

static void put_candidate_head(struct at *at, const struct aside *s, size_t i, const struct record *r)
{
    struct html *h = &at->h;
    struct reasons why;
    aside_reasons(&at->w, s->row, r, likeness_to(s, r->id), &why);
    html_open(h, "th");
    html_attr(h, "scope", S("col"));
    html_text(h, str_f(at->q->a, "%zu · ", i + 1));
    html_link(h, request_link(at->q, desk_path(at->q->a, at->e, r->id, NULL)), NULL, record_title(&at->w, r));
    html_open(h, "ul");
    html_class(h, "reasons");
    for (size_t k = 0; k < why.n; k++) html_leaf(h, "li", at_say(at, why.p[k]));
    html_close(h, "ul");
    html_close(h, "th");
}

static void put_comparison(struct at *at, const struct aside *s, struct record *const *records, size_t n)
{
    static const char *const heads[] = { N_("Field"), N_("In the file") };
    struct html *h = &at->h;
    enum depth depth = reach_at_all(&at->w, at->e).reads;
    html_open(h, "div");
    html_class(h, "table-responsive");
    html_open(h, "table");
    html_class(h, "record-table compare");
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < COUNT(heads); i++) table_heading(h, "col", at_tr(at, heads[i]));
    for (size_t i = 0; i < n; i++) put_candidate_head(at, s, i, records[i]);
    html_close(h, "tr");
    html_close(h, "thead");
    html_open(h, "tbody");
    for EACH_FIELD(f, i, at->e) if (is_compared(f, depth)) put_field_row(at, s, records, n, i);
    html_close(h, "tbody");
    html_close(h, "table");
    html_close(h, "div");
}

/* ---- answers ------------------------------------------------------------------------------------------ */

/* The key alone does it where the script runs (review.js), the browser's combination with it everywhere. */
static void put_answer(struct html *h, const char *key, const char *class, Str value, Str label)
{
    html_open(h, "button");
    html_attr(h, "type", S("submit"));
    html_attr(h, "name", S("answer"));
    html_attr(h, "value", value);
    html_attr(h, "accesskey", str_of(key));
    html_class(h, class);
    html_leaf(h, "kbd", str_of(key));
    html_text(h, S(" "));
    html_text(h, label);
    html_close(h, "button");
}

static void put_answers(struct at *at, const struct aside *s, struct record *const *records, size_t n)
{
    static const char *const keys[CANDIDATES_MAX] = { "1", "2", "3", "4", "5" };
    struct html *h = &at->h;
    desk_form_open(h, at->q, at->r, request_link(at->q, S("/workspace/review")), "buttons", false);
    desk_hidden(h, "aside", str_f(at->q->a, "%lld", (long long)s->id));
    for (size_t i = 0; i < n; i++)
        put_answer(h, keys[i], "button", str_f(at->q->a, "%lld", (long long)records[i]->id),
                   at_say(at, MSG(N_("The same as {1}"), public_id(at->q->a, at->e, records[i]->id))));
    put_answer(h, "n", "button", S("new"), at_tr(at, N_("A new record")));
    put_answer(h, "s", "button button-quiet", S("later"), at_tr(at, N_("Later")));
    html_close(h, "form");
}

static Html undo_of(struct at *at)
{
    struct html h = html_make(at->q->a);
    int64_t aside, batch;
    if (aside_last(&at->w, &aside, &batch) || !aside) return html_done(&h);
    desk_form_open(&h, at->q, at->r, request_link(at->q, S("/workspace/review")), "inline-form", false);
    desk_hidden(&h, "undo", str_f(at->q->a, "%lld", (long long)batch));
    put_answer(&h, "u", "button button-quiet", S("undo"), at_tr(at, N_("Take the last one back")));
    html_close(&h, "form");
    return html_done(&h);
}

/* ---- the page ------------------------------------------------------------------------------------------- */

struct review_page { Str waiting; Html pair, undo; };
static const struct slot review_slots[] = {
    SLOT(struct review_page, waiting), SLOT(struct review_page, pair), SLOT(struct review_page, undo), SLOT_END,
};
static const struct template *review_template;

void review_prepare(struct arena *forever) { review_template = template_load(forever, "review", review_slots); }

static enum err put_pair(struct at *at, const struct aside *s)
{
    struct record *records[CANDIDATES_MAX];
    size_t n;
    Str row = page_number(&at->w, s->source.row);
    TRY(load_candidates(at, s, records, &n));
    html_leaf(&at->h, "h2", record_title(&at->w, s->row));
    html_leaf_class(&at->h, "p", "source",
                    s->source.sheet.n ? at_say(at, MSG(N_("Row {1} of {2}, sheet {3}"), row, s->source.file, s->source.sheet))
                                      : at_say(at, MSG(N_("Row {1} of {2}"), row, s->source.file)));
    put_answers(at, s, records, n);
    put_comparison(at, s, records, n);
    return OK;
}

enum err workspace_review(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    struct queue queue;
    TRY(find_next(&at, &queue));
    if (queue.next.id) TRY(put_pair(&at, &queue.next));
    struct review_page page = { .pair = html_done(&at.h), .undo = undo_of(&at) };
    if (queue.waiting)
        page.waiting = queue.waiting == 1
                           ? at_tr(&at, N_("One row waits for a decision."))
                           : at_say(&at, MSG(N_("Rows that wait for a decision: {1}."), page_number(&at.w, queue.waiting)));
    return desk_reply(q, r, &(struct desk_page){ .title = at_tr(&at, N_("Rows to decide")), .place = DESK_REVIEW,
                                                 .content = template_render(q->a, review_template, q->lang, &page) });
}

/* ---- taking an answer ------------------------------------------------------------------------------------ */

static enum err take_back(struct at *at, int64_t said)
{
    struct undone undone;
    int64_t aside, batch;
    TRY(aside_last(&at->w, &aside, &batch));
    if (!aside || batch != said) return reply_fail(at->r, ERR_CONFLICT, MSG(N_("This has been taken back already.")));
    TRY(batch_undo(&at->w, batch, &undone));
    return desk_done(at->q, at->r, S("/workspace/review"), undone.kept ? "undone-but" : "undone", undone.kept, 0, 0);
}

/* Somebody else may have decided it meanwhile, or taken its import back: then the next one is shown. */
static enum err answer(struct at *at, int64_t aside, Str said)
{
    struct aside row;
    Message why = NO_MESSAGE;
    int64_t record = 0;
    enum err err = aside_find(&at->w, aside, &row);
    if (!err && !may(&at->w, row.row->e, MAY_BULK)) return ERR_DENIED;
    if (!err && str_is(said, "later")) err = aside_skip(&at->w, aside);
    else if (!err && (str_is(said, "new") || (str_to_i64(said, &record) && record > 0))) err = aside_decide(&at->w, aside, record, &why);
    if (err && why.id) return reply_fail(at->r, err, why);
    if (err && err != ERR_MISSING) return err;
    return reply_redirect(at->r, 303, request_link(at->q, S("/workspace/review")));
}

enum err workspace_review_answer(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    int64_t aside, batch;
    if (str_to_i64(params_get(&q->form, "undo"), &batch)) return take_back(&at, batch);
    if (str_to_i64(params_get(&q->form, "aside"), &aside)) return answer(&at, aside, params_get(&q->form, "answer"));
    return reply_fail(r, ERR_MISSING, MSG(N_("There is no such row to decide.")));
}
