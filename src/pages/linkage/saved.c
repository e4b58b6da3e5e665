/*
 * saved.c - keeping a search, and ending its mails.  The rest of saved searches is the workspace's, as of any entity.
 *
 * Looking at the link of a mail changes nothing, since mail programs follow links too; its button ends the alert, without an account.
 */
#include "pages/linkage/linkage_pages.h"

/* ---- keeping ---------------------------------------------------------------------------------- */

enum err match_save(struct request *q, struct reply *r)
{
    static const struct { int field; const char *input; } typed[] = { { SAVED_NAME, "name" }, { SAVED_FREQUENCY, "frequency" } };
    struct work w = desk_work(q);
    struct record *s = record_make(q->a, &saved_search);
    Message why = NO_MESSAGE;
    for (size_t i = 0; i < COUNT(typed); i++) {
        why = form_read_value(&w, &saved_search.fields[typed[i].field], params_get(&q->form, typed[i].input), &s->v[typed[i].field]);
        if (why.id) return reply_fail(r, ERR_INVALID, why);
    }
    Str query = params_get(&q->form, "query");
    s->v[SAVED_KIND] = v_text(S("suppliers"));
    if (query.n) s->v[SAVED_QUERY] = v_text(query);
    enum err e = saved_search_keep(&w, s, &why);
    if (e == ERR_INVALID) return reply_fail(r, e, why);
    TRY(e);
    return desk_done(q, r, desk_path(q->a, &saved_search, s->id, NULL), "made", 0, s->seq, 0);
}

/* ---- ending ----------------------------------------------------------------------------------- */

static enum err begin(struct request *q, struct reply *r, struct record **out)
{
    struct work w = page_work(q);
    enum err e = saved_search_by_ticket(&w, request_capture(q, "ticket"), out);
    return e == ERR_MISSING ? reply_fail(r, e, MSG(N_("This link is over: the search has been deleted."))) : e;
}

enum err alert_page(struct request *q, struct reply *r)
{
    struct record *s;
    struct html h = html_make(q->a);
    Str title = tr(q->lang, N_("Mails of a saved search"));
    TRY(begin(q, r, &s));
    bool over = str_is(v_str(s->v[SAVED_FREQUENCY]), "never");
    put_page_head(&h, title, v_str(s->v[SAVED_NAME]));
    html_leaf(&h, "p", tr(q->lang, over ? N_("No mails are sent for this search any more. The search itself is kept; mails can be chosen again in the workspace.")
                                        : N_("Mails tell what is new for this search. One click ends them; the search itself is kept.")));
    if (!over) desk_button(&h, q, r, request_link(q, q->path), "button", tr(q->lang, N_("Send no more mails of this search")));
    r->cache = CACHE_NEVER;
    return shell_reply(q, r, &(struct page){ .title = title, .content = html_done(&h), .own_search = true });
}

enum err alert_stop(struct request *q, struct reply *r)
{
    struct record *s;
    struct work w = page_work(q);
    TRY(begin(q, r, &s));
    TRY(saved_search_stop(&w, request_capture(q, "ticket")));
    return reply_redirect(r, 303, request_link(q, q->path));
}
