/*
 * identify.c - who asks.  A browser is known by its session's cookie, a program by "Authorization: Bearer mx_..." and only under
 * /api/, so that neither can be had where the other belongs.  A cookie that is none (any more) is a visitor's; a token
 * that is none is refused, since a program should know.
 *
 * Who must give a one-time code to work (setting officers_need_code) and has not is nobody until then: a visitor with a session,
 * for whom only the pages of codes.c do anything.
 */
#include "pages/sign/sign.h"

#include "model/people/session.h"
#include "model/people/token.h"
#include "web/marks.h"

bool code_needed(const struct work *w, Roles roles)
{
    return roles & STAFF && w->codes && str_is(setting_value(w->codes, S("officers_need_code")), "yes");
}

static void mark(struct request *q, enum mark kind, int64_t id)
{
    if (q->instance) marks_add(q->instance->marks, kind, id);
}

static enum err by_token(struct request *q, struct work *w, Message *why)
{
    Str scheme, token;
    str_cut(q->head.authorization, ' ', &scheme, &token);
    enum err e = str_is(str_lower_ascii(q->a, scheme), "bearer") ? token_find(w, str_trim(token), &q->token, &q->actor) : ERR_MISSING;
    if (!e) mark(q, MARK_TOKEN, q->token.id);
    if (e != ERR_MISSING) return e;
    *why = MSG(N_("This token is not known, has ended, or was revoked. Make another in your account."));
    return ERR_DENIED;
}

static enum err by_cookie(struct request *q, struct work *w)
{
    Str token = request_cookie(q, SESSION_COOKIE);
    enum err e = token.n ? session_find(w, token, &q->session, &q->actor) : ERR_MISSING;
    if (e == ERR_MISSING) {
        q->session = (struct session){ 0 };
        q->form_secret = request_cookie(q, FORM_COOKIE);
        return OK;
    }
    TRY(e);
    q->session.strong |= !code_needed(w, q->actor.roles);   /* none is asked of most                */
    if (!q->session.strong) q->actor = VISITING;
    q->form_secret = q->session.secret;
    mark(q, MARK_SESSION, q->session.id);
    return OK;
}

enum err identify(struct request *q, Message *why)
{
    struct work w = page_work(q);
    q->actor = VISITING;
    if (!w.m) return OK;                                    /* nothing is known before the first snapshot */
    if (q->head.authorization.n && str_starts(q->path, S("/api/"))) return by_token(q, &w, why);
    return by_cookie(q, &w);
}
