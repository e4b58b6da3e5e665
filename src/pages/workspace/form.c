/*
 * form.c - a record made or changed in a form.  Two people may have it open at once: the version that was seen goes with the form,
 * and what they changed is laid together field by field (three_way.h); nothing that was typed is lost.  Who may only propose
 * uses the same form.
 */
#include "pages/workspace/workspace.h"

#include "model/desk/file.h"
#include "model/flow/proposal.h"

/* ---- showing it ----------------------------------------------------------------------------------- */

struct shown_form {                              /* a form as it is shown                              */
    const struct asked         *typed;
    size_t                      n;
    const struct form_problems *wrong;
    int64_t                     version;    /* of the record it was filled from                   */
    int64_t                     draft_at;   /* of the draft laid over it; 0: none                 */
};

static bool proposes(const struct at *at) { return at->record && !(at_rights(at) & MAY_CHANGE); }

static void put_draft_banner(struct at *at, const struct shown_form *s)
{
    if (!s->draft_at) return;
    html_open(&at->h, "div");
    html_class(&at->h, "notice draft-notice");
    html_attr(&at->h, "role", S("status"));
    html_leaf(&at->h, "p", at_say(at, MSG(N_("This is your draft of {1}; it is not saved yet."), at_time(at, s->draft_at))));
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, S("/workspace/drafts/drop")), "inline-form", false);
    desk_hidden(&at->h, ".list", str_of(entity_path(at->e)));
    desk_hidden(&at->h, ".record", at->record ? public_id(at->q->a, at->e, at->record->id) : (Str){ 0 });
    desk_submit(&at->h, at->q, "button button-quiet", at_tr(at, N_("Discard the draft")));
    html_close(&at->h, "form");
    html_close(&at->h, "div");
}

void put_draft_words(struct at *at)
{
    html_open(&at->h, "p");
    html_class(&at->h, "draft-state");
    html_attr(&at->h, "role", S("status"));
    html_attr(&at->h, "data-drafts", request_link(at->q, S("/workspace/drafts")));
    html_attr(&at->h, "data-saved", at_tr(at, N_("Draft saved at {1}")));
    html_attr(&at->h, "data-lost", at_tr(at, N_("The draft could not be saved; it will be tried again.")));
    html_close(&at->h, "p");
}

static enum err form_page(struct at *at, const struct shown_form *s)
{
    struct html *h = &at->h;
    const char *verb = !at->record ? N_("Save the new record") : proposes(at) ? N_("Send the proposal") : N_("Save");
    put_draft_banner(at, s);
    desk_form_open(h, at->q, at->r, request_link(at->q, at->q->path), "card desk-form record-form", form_has_files(at->e));
    desk_hidden(h, ".version", str_f(at->q->a, "%lld", (long long)s->version));
    desk_hidden(h, ".list", str_of(entity_path(at->e)));
    desk_hidden(h, ".record", at->record ? public_id(at->q->a, at->e, at->record->id) : (Str){ 0 });
    html_raw(h, form_html(&at->w, at->e, at->record, s->typed, s->n, s->wrong));
    if (proposes(at))
        put_area(h, ".note", at_tr(at, N_("Note for the officer")), at_tr(at, N_("Why it should be changed, and what shows it.")),
                 params_get(&at->q->form, ".note"), false);
    html_open(h, "div");
    html_class(h, "buttons form-buttons");
    html_open(h, "button");
    html_attr(h, "type", S("submit"));
    html_flag(h, "formnovalidate", true);                   /* what is wrong is said by us, in the reader's language */
    html_class(h, "button");
    html_text(h, at_tr(at, verb));
    html_close(h, "button");
    html_link(h, at_url(at, NULL), "button button-quiet", at_tr(at, N_("Cancel")));
    put_draft_words(at);
    html_close(h, "div");
    html_close(h, "form");
    if (!at->record) return at_reply(at, at_say(at, MSG(N_("New: {1}"), at_tr(at, at->e->one))), (Str){ 0 }, (Html){ { 0 } });
    Str title = at_say(at, MSG(proposes(at) ? N_("Propose changes of {1}") : N_("Edit {1}"), record_title(&at->w, at->record)));
    return at_reply(at, title, (Str){ 0 }, (Html){ { 0 } });
}

/* The form as the draft left it; a draft that cannot be read any more is none. */
static enum err with_draft(struct at *at, struct shown_form *s)
{
    struct draft draft;
    struct params typed;
    Message why;
    s->version = at->record ? at->record->seq : 0;
    TRY(draft_find(&at->w, at->e, at->record ? at->record->id : 0, &draft));
    if (!draft.at || params_read(at->q->a, draft.form, PARAMS_FORM, &typed, &why)) return OK;
    s->typed = (const struct asked *)(const void *)typed.p;
    s->n = typed.n;
    s->version = draft.seq;
    s->draft_at = draft.at;
    return OK;
}

enum err workspace_new(struct request *q, struct reply *r)
{
    struct at at;
    struct shown_form s = { 0 };
    TRY(at_list(q, r, MAY_CREATE, &at));
    TRY(with_draft(&at, &s));
    if (!s.n) s.typed = page_asked(q, &s.n);                /* a link may fill in what is known    */
    return form_page(&at, &s);
}

enum err workspace_edit(struct request *q, struct reply *r)
{
    struct at at;
    struct shown_form s = { 0 };
    TRY(at_record(q, r, MAY_READ, &at));
    if (!(at_rights(&at) & (MAY_CHANGE | MAY_PROPOSE)))
        return reply_fail(r, ERR_DENIED, MSG(N_("You may see {1}, but not do this with it."), request_capture(q, "id")));
    TRY(with_draft(&at, &s));
    return form_page(&at, &s);
}

/* ---- files that come with it ------------------------------------------------------------------------ */

struct storing { struct at *at; struct form_problems wrong; };

/* One that is refused does not take the others with it: they need not be chosen again. */
static enum err store_files(struct work *w, void *arg)
{
    struct storing *s = arg;
    struct request *q = s->at->q;
    s->wrong.n = 0;
    for (size_t i = 0; i < q->files_n; i++) {
        const struct part_file *f = &q->files[i];
        struct upload up;
        Message why;
        if (!str_ends(f->name, S(".file"))) continue;
        Str input = str_sub(f->name, 0, f->name.n - 5);
        enum err err = store_part(w, q, s->at->r, f, &up, &why);
        if (!err) q->form = params_with(q->a, &q->form, str_z(q->a, input), upload_text(q->a, up));
        else if (err == ERR_INVALID) *GROW(q->a, s->wrong) = (struct form_problem){ input, &s->at->e->fields[s->at->e->title], why, true };
        else return err;
    }
    return OK;
}

enum err take_files(struct at *at, struct form_problems *wrong)
{
    struct storing s = { .at = at };
    if (!at->q->files_n) return OK;
    TRY(work_write(&at->w, store_files, &s));
    if (!s.wrong.n) return OK;
    *wrong = s.wrong;
    return ERR_INVALID;
}

/* ---- taking it ----------------------------------------------------------------------------------------- */

static enum err drop_draft(struct work *w, const struct at *at) { return draft_drop(w, at->e, at->record ? at->record->id : 0); }

static enum err again(struct at *at, const struct form_problems *wrong, int64_t version)
{
    struct shown_form s = { .wrong = wrong, .version = version };
    s.typed = at_typed(at, &s.n);
    if (wrong && wrong->n) at->r->status = 422;
    return form_page(at, &s);
}

/* Nothing could be written just now: the form again, with what was typed, to be sent once more. */
static enum err unsaved(struct at *at, enum err err, int64_t version)
{
    if (err != ERR_BUSY && err != ERR_FULL) return err;
    html_open(&at->h, "div");
    html_class(&at->h, "alert alert-danger");
    html_attr(&at->h, "role", S("alert"));
    html_leaf(&at->h, "p", at_tr(at, err == ERR_BUSY
        ? N_("Not saved yet: an import or another large edit is being written. What you typed is below; save it again in a moment.")
        : N_("Not saved: the disk of the server is full. What you typed is below; tell the administrator, then save it again.")));
    html_close(&at->h, "div");
    at->r->status = err_status(err);
    return again(at, NULL, version);
}

struct proposing { const struct at *at; const struct record *was, *now; Str note; int64_t id; };

static enum err propose(struct work *w, void *arg)
{
    struct proposing *p = arg;
    TRY(proposal_make(w, p->was, p->now, p->note, &p->id));
    return drop_draft(w, p->at);
}

static enum err propose_it(struct at *at, const struct record *was, const struct record *now, Str note)
{
    struct proposing p = { at, was, now, note, 0 };
    enum err err = work_write(&at->w, propose, &p);
    if (err == ERR_INVALID) return desk_done(at->q, at->r, at_path(at, NULL), "same", 0, 0, 0);
    if (err) return unsaved(at, err, was->seq);
    return desk_done(at->q, at->r, at_path(at, NULL), "proposed", 0, 0, 0);
}

static enum err saved(struct at *at, const struct saving *s, const char *said)
{
    if (at->record) said = !s->changed ? "same" : s->merged ? "merged" : said;
    at->record = s->saved;
    return desk_done(at->q, at->r, at_path(at, NULL), said, 0, s->changed ? s->saved->seq : 0, 0);
}

struct keeping { const struct at *at; struct saving *s; };

static enum err keep(struct work *w, void *arg)
{
    struct keeping *k = arg;
    TRY(record_keep_inside(w, k->s));
    return drop_draft(w, k->at);
}

static enum err save_it(struct at *at, struct saving *s)
{
    s->typed = at_typed(at, &s->typed_n);
    enum err err = work_write(&at->w, keep, &(struct keeping){ at, s });
    if (err == ERR_CONFLICT && s->conflicts.open) return conflict_page(at, s);
    if (err == ERR_INVALID) return again(at, &s->wrong, s->was ? s->was->seq : 0);
    if (err == ERR_MISSING) return reply_fail(at->r, err, MSG(N_("Somebody has deleted this record meanwhile. Your draft is kept.")));
    if (err) return unsaved(at, err, s->was ? s->was->seq : 0);
    return saved(at, s, at->record ? "saved" : "made");
}

enum err workspace_make(struct request *q, struct reply *r)
{
    struct at at;
    struct saving s = { 0 };
    size_t n;
    TRY(at_list(q, r, MAY_CREATE, &at));
    enum err err = take_files(&at, &s.wrong);
    if (err && err != ERR_INVALID) return unsaved(&at, err, 0);
    const struct asked *typed = at_typed(&at, &n);
    if (params_get(&q->form, ".more").n) return again(&at, NULL, 0);
    err = form_read(&at.w, at.e, NULL, typed, n, &s.now, &s.wrong);
    if (err == ERR_INVALID) return again(&at, &s.wrong, 0);
    TRY(err);
    return save_it(&at, &s);
}

/* The record as the person saw it when the form was filled. */
static enum err seen_version(struct at *at, int64_t *version, struct record **was)
{
    if (!str_to_i64(params_get(&at->q->form, ".version"), version) || *version > at->record->seq || *version < 1) *version = at->record->seq;
    *was = at->record;
    return *version == at->record->seq ? OK : record_version(&at->w, at->e, at->record->id, *version, was);
}

enum err workspace_save(struct request *q, struct reply *r)
{
    struct at at;
    struct saving s = { 0 };
    struct record *was;
    int64_t version;
    size_t n;
    TRY(at_record(q, r, MAY_READ, &at));
    TRY(seen_version(&at, &version, &was));
    enum err err = take_files(&at, &s.wrong);
    if (err && err != ERR_INVALID) return unsaved(&at, err, version);
    const struct asked *typed = at_typed(&at, &n);
    if (params_get(&q->form, ".more").n) return again(&at, NULL, version);
    err = form_read(&at.w, at.e, was, typed, n, &s.now, &s.wrong);
    if (err == ERR_INVALID) return again(&at, &s.wrong, version);
    TRY(err);
    if (proposes(&at)) return propose_it(&at, was, s.now, params_get(&q->form, ".note"));
    s.was = was;
    conflict_picks(&at, &s);
    return save_it(&at, &s);
}

enum err keep_or_propose(struct at *at, const struct record *was, struct record *now, const char *said)
{
    struct saving s = { .was = was, .now = now };
    if (proposes(at)) return propose_it(at, was, now, (Str){ 0 });
    enum err err = record_keep(&at->w, &s);
    if (err == ERR_INVALID) return reply_fail(at->r, err, MSG(N_("{1}: {2}"), at_tr(at, s.wrong.p[0].f->label), at_say(at, s.wrong.p[0].what)));
    if (err == ERR_CONFLICT && s.conflicts.open) return conflict_page(at, &s);
    TRY(err);
    return saved(at, &s, said);
}
