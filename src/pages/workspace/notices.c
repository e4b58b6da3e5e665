/* notices.c - what the actor was told, newest first. */
#include "pages/workspace/workspace.h"

#include "model/people/account.h"

enum { NOTICES = 50 };

void put_notices(struct at *at, const struct notices *list)
{
    struct html *h = &at->h;
    html_open(h, "ul");
    html_class(h, "entries notice-list");
    for (size_t i = 0; i < list->n; i++) {
        const struct notice *n = &list->p[i];
        html_open(h, "li");
        if (!n->seen) html_class(h, "unseen");
        if (n->path.n) html_link(h, request_link(at->q, n->path), NULL, n->text);
        else html_text(h, n->text);
        html_open(h, "span");
        html_class(h, "entry-meta");
        html_text(h, at_time(at, n->at));
        if (!n->seen) html_text(h, S(" · ")), html_text(h, at_tr(at, N_("new")));
        html_close(h, "span");
        html_close(h, "li");
    }
    html_close(h, "ul");
}

enum err workspace_notices(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    struct notices list;
    int64_t before = 0, unseen;
    if (!str_to_i64(params_get(&q->query, "after"), &before)) before = 0;
    TRY(notices_of(&at.w, before, NOTICES, &list));
    TRY(notices_count(&at.w, &unseen));
    if (!list.n)
        html_leaf_class(
            &at.h, "p", "empty",
            at_tr(&at, N_("You have not been told anything yet. Decisions and deadlines that concern you will stand here.")));
    if (unseen) {
        desk_form_open(&at.h, q, r, request_link(q, S("/workspace/notices")), "inline-form", false);
        desk_hidden(&at.h, "up_to", str_f(q->a, "%lld", (long long)(list.n ? list.p[0].id : 0)));
        desk_submit(&at.h, q, "button button-quiet", at_tr(&at, N_("Mark all as read")));
        html_close(&at.h, "form");
    }
    put_notices(&at, &list);
    html_open(&at.h, "p");
    html_link(&at.h, request_link(q, desk_path(q->a, &account_entity, q->actor.account, "edit")), NULL, at_tr(&at, N_("Choose what is sent by e-mail, and how often")));
    html_close(&at.h, "p");
    if (list.n == NOTICES) {
        struct params older = params_with(q->a, &(struct params){ 0 }, "after", str_f(q->a, "%lld", (long long)list.p[list.n - 1].id));
        html_link(&at.h, request_url(q, &older), "button button-quiet", at_tr(&at, N_("Older ones")));
    }
    return at_reply_as(&at, DESK_NOTICES, at_tr(&at, N_("Notices")), (Str){ 0 });
}

static enum err mark(struct work *w, void *arg) { return notices_seen(w, *(int64_t *)arg); }

enum err workspace_notices_seen(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    int64_t up_to;
    if (!str_to_i64(params_get(&q->form, "up_to"), &up_to)) return ERR_INVALID;
    TRY(work_write(&at.w, mark, &up_to));
    return reply_redirect(r, 303, request_link(q, S("/workspace/notices")));
}
