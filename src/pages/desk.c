#include "pages/desk.h"

#include "base/secret.h"
#include "pages/desk_menu.h"
#include <string.h>

struct work desk_work(struct request *q)
{
    struct work w = page_work(q);
    w.actor = q->actor;
    w.today = date_today();                 /* not the portal's: what ends at midnight ends then   */
    return w;
}

/* ---- addresses ------------------------------------------------------------------------------ */

Str desk_path(struct arena *a, const struct entity *e, int64_t id, const char *rest)
{
    struct buf b = buf_make(a);
    put_f(&b, "/workspace/%s", entity_path(e));
    if (id) put_f(&b, "/%.*s", FMT(public_id(a, e, id)));
    if (rest) put_f(&b, "/%s", rest);
    return buf_str(&b);
}

enum err desk_entity(struct request *q, struct reply *r, struct work *w, unsigned verbs, const struct entity **out)
{
    *out = entity_at(w->m, request_capture(q, "list"));
    if (*out && !(*out)->parent && may(w, *out, verbs)) return OK;
    return reply_fail(r, ERR_MISSING, MSG(N_("There is no list {1} for you to work on."), request_capture(q, "list")));
}

enum err desk_record(struct request *q, struct reply *r, struct work *w, const struct entity *e, unsigned verbs, struct record **out)
{
    Str said = request_capture(q, "id");
    int64_t id;
    enum err err = public_id_read(e, said, &id) ? record_load(w, e, id, out) : ERR_MISSING;
    if (err && err != ERR_MISSING) return err;
    unsigned mine = err ? 0 : reach_of(w, *out).may;
    if (!(mine & MAY_READ)) return reply_fail(r, ERR_MISSING, MSG(N_("There is no record {1}, or it is not yours to see."), said));
    if ((mine & verbs) == verbs) return OK;
    return reply_fail(r, ERR_DENIED, MSG(N_("You may see {1}, but not do this with it."), said));
}

/* ---- forms ---------------------------------------------------------------------------------- */

static Str token_for(struct request *q, struct reply *r)
{
    r->cache = CACHE_NEVER;
    if (!q->form_secret.n) {
        q->form_secret = random_token(q->a);
        reply_header(r, "Set-Cookie", str_f(q->a, FORM_COOKIE "=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax", FMT(q->form_secret)));
    }
    return form_token(q->a, q->form_secret);
}

void desk_hidden(struct html *h, const char *name, Str value)
{
    html_open(h, "input");
    html_attr(h, "type", S("hidden"));
    html_attr(h, "name", str_of(name));
    html_attr(h, "value", value);
}

void desk_form_open(struct html *h, struct request *q, struct reply *r, Str action, const char *class, bool files)
{
    html_open(h, "form");
    html_attr(h, "method", S("post"));
    html_href(h, "action", action);
    if (files) html_attr(h, "enctype", S("multipart/form-data"));
    if (class) html_class(h, class);
    desk_hidden(h, "form_token", token_for(q, r));
}

void desk_file(struct html *h, Str label, const char *accept, Str help)
{
    html_open(h, "div");
    html_class(h, "form-field");
    html_open(h, "label");
    html_class(h, "form-label required");
    html_attr(h, "for", S("file"));
    html_text(h, label);
    html_close(h, "label");
    html_open(h, "input");
    html_class(h, "form-control");
    html_attr(h, "type", S("file"));
    html_attr(h, "id", S("file"));
    html_attr(h, "name", S("file"));
    html_attr(h, "accept", str_of(accept));
    html_attr(h, "aria-describedby", S("file-help"));
    html_flag(h, "required", true);
    html_open(h, "div");
    html_class(h, "form-hint");
    html_attr(h, "id", S("file-help"));
    html_text(h, help);
    html_close(h, "div");
    html_close(h, "div");
}

void desk_submit(struct html *h, struct request *q, const char *class, Str label)
{
    html_open(h, "button");
    html_attr(h, "type", S("submit"));
    html_class(h, class);
    html_text(h, label);
    html_close(h, "button");
}

void desk_button(struct html *h, struct request *q, struct reply *r, Str action, const char *class, Str label)
{
    desk_form_open(h, q, r, action, "inline-form", false);
    desk_submit(h, q, class, label);
    html_close(h, "form");
}

/* ---- what is said after a redirect ------------------------------------------------------------ */

static const struct { const char *code, *sentence; } sayings[] = {
    { "saved",      N_("Saved.") },
    { "same",       N_("Nothing was changed.") },
    { "made",       N_("The record was made.") },
    { "deleted",    N_("The record was deleted.") },
    { "merged",     N_("Saved, together with what somebody else changed meanwhile.") },
    { "merged-two", N_("The two records are one now.") },
    { "undone-but", N_("Taken back, but for records that have been changed since: {1}.") },
    { "undone",     N_("Taken back: everything is as it was before.") },
    { "reverted",   N_("The field is as it was.") },
    { "proposed",   N_("Your changes were sent; an officer decides on them.") },
    { "decided",    N_("The decision is made.") },
    { "step",       N_("Done.") },
    { "bulk",       N_("Records changed: {1}.") },
    { "confirmed",  N_("Thank you: this is marked as still right.") },
    { "sent",       N_("Sent. If this address is known to us, a mail is on its way.") },
    { "signed-out", N_("You are signed out.") },
    { "signed-up",  N_("Thank you. A mail is on its way to you: open it and follow its link to confirm your address.") },
    { "password",   N_("The new password counts from now on; you are signed out everywhere else.") },
    { "sessions",   N_("Signed out there.") },
    { "revoked",    N_("The token is revoked: no program comes in with it any more.") },
    { "codes-off",  N_("One-time codes are no longer asked for.") },
    { "view",       N_("The view is kept.") },
    { "mail-again", N_("It is tried again at once.") },
    { "gone",       N_("Removed.") },
    { "asked",      N_("Sites asked by mail: {1}.") },
    { "found",      N_("Sites added: {1}.") },
    { "cancelled",  N_("Cancelled.") },
    { "invited",    N_("Suppliers invited: {1}. They are told.") },
    { "chosen",     N_("The supplier is chosen, and both of you are told how to reach each other.") },
    { "question",   N_("Your question is with the buyer.") },
    { "posted",     N_("Posted.") },
    { "registered", N_("Your enterprise is registered. If nobody can come, give the place back before the activity begins.") },
    { "withdrawn",  N_("The registration is taken back.") },
    { "attended",   N_("Written down. New participations: {1}.") },
};

static const char *saying(Str code)
{
    for (size_t i = 0; i < COUNT(sayings); i++)
        if (str_is(code, sayings[i].code)) return sayings[i].sentence;
    return NULL;
}

enum err desk_done(struct request *q, struct reply *r, Str path, const char *said, int64_t number, int64_t change, int64_t batch)
{
    struct buf b = buf_make(q->a);
    MUST(saying(str_of(said)));
    put(&b, request_link(q, path));
    put_f(&b, "%ssaid=%s", memchr(path.p, '?', path.n) ? "&" : "?", said);
    if (number) put_f(&b, "&n=%lld", (long long)number);
    if (change) put_f(&b, "&change=%lld", (long long)change);
    if (batch) put_f(&b, "&batch=%lld", (long long)batch);
    return reply_redirect(r, 303, buf_str(&b));
}

/* What has just been done, with the button that takes it back. */
void desk_said(struct html *h, struct request *q, struct reply *r)
{
    const char *sentence = saying(params_get(&q->query, "said"));
    Str change = params_get(&q->query, "change"), batch = params_get(&q->query, "batch");
    if (!sentence) return;
    html_open(h, "div");
    html_class(h, "alert alert-good");
    html_attr(h, "role", S("status"));
    html_leaf(h, "p", message_str(q->a, q->lang, MSG(sentence, params_get(&q->query, "n"))));
    if (change.n || batch.n) {
        desk_form_open(h, q, r, request_link(q, S("/workspace/undo")), "inline-form", false);
        desk_hidden(h, change.n ? "change" : "batch", change.n ? change : batch);
        desk_submit(h, q, "button button-quiet", tr(q->lang, N_("Undo")));
        html_close(h, "form");
    }
    html_close(h, "div");
}

/* ---- the frame ------------------------------------------------------------------------------ */

static void put_crumbs(struct html *h, struct request *q, const struct desk_page *p)
{
    if (!p->crumbs[0].url.n) return;
    html_open(h, "nav");
    html_class(h, "crumbs");
    html_attr(h, "aria-label", tr(q->lang, N_("Breadcrumb")));
    for (size_t i = 0; i < COUNT(p->crumbs) && p->crumbs[i].url.n; i++) html_link(h, p->crumbs[i].url, NULL, p->crumbs[i].label);
    html_close(h, "nav");
}

static void put_head(struct html *h, const struct desk_page *p)
{
    html_open(h, "header");
    html_class(h, "page-head");
    html_leaf(h, "h1", p->title);
    if (p->lead.n) {
        html_leaf_class(h, "p", "lead", p->lead);
    }
    if (p->actions.s.n) {
        html_open(h, "div");
        html_class(h, "page-actions");
        html_raw(h, p->actions);
        html_close(h, "div");
    }
    html_close(h, "header");
}

enum err desk_reply(struct request *q, struct reply *r, const struct desk_page *p)
{
    struct work w = desk_work(q);
    struct html h = html_make(q->a);
    r->cache = CACHE_NEVER;
    html_open(&h, "div");
    html_class(&h, "desk");
    put_desk_menu(&h, q, &w, p);
    html_open(&h, "div");
    html_class(&h, "desk-page");
    put_crumbs(&h, q, p);
    put_head(&h, p);
    desk_said(&h, q, r);
    html_raw(&h, p->content);
    html_close(&h, "div");
    html_close(&h, "div");
    return shell_reply(q, r, &(struct page){ .title = p->title, .section = SECTION_WORKSPACE, .content = html_done(&h), .refresh = p->refresh });
}
