#include "pages/sign/sign.h"

#include "model/people/session.h"
#include "model/people/sign_in.h"
#include "model/people/ticket.h"
#include "model/people/totp.h"

#define CODE_COOKIE "__Host-code"                           /* of the step between password and code */

static void cookie_set(struct request *q, struct reply *r, const char *name, Str value)
{
    reply_header(r, "Set-Cookie", str_f(q->a, "%s=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax", name, FMT(value)));
}

static void cookie_clear(struct request *q, struct reply *r, const char *name)
{
    reply_header(r, "Set-Cookie", str_f(q->a, "%s=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", name));
}

void session_cookie(struct request *q, struct reply *r, Str token)
{
    cookie_set(q, r, SESSION_COOKIE, token);
    cookie_clear(q, r, FORM_COOKIE);
    cookie_clear(q, r, CODE_COOKIE);
}

void go_out(struct request *q, struct reply *r)
{
    cookie_clear(q, r, SESSION_COOKIE);
    cookie_clear(q, r, FORM_COOKIE);
}

/* Only a path of ours: a link to somewhere else must not look as if it came from here.  "//host" and "/\host" are other sites to a browser. */
Str next_of(struct request *q)
{
    Str next = params_get(&q->form, "next").n ? params_get(&q->form, "next") : params_get(&q->query, "next");
    bool ours = str_starts(next, S("/")) && html_url_safe(next) && next.n < TARGET_MAX;
    return ours ? next : request_link(q, S("/workspace"));
}

struct coming { const struct record *account; bool strong; const struct request *q; Str token; };

static enum err begin_session(struct work *w, void *arg)
{
    struct coming *c = arg;
    return session_begin(w, c->account->id, c->strong, c->q->head.address, c->q->head.user_agent, &c->token);
}

enum err come_in(struct slip *s, const struct record *account, bool strong, Str next)
{
    struct coming c = { account, strong, s->q };
    TRY(work_write(&s->w, begin_session, &c));
    session_cookie(s->q, s->r, c.token);
    if (!strong && code_needed(&s->w, account_roles(account))) next = request_link(s->q, S("/account/codes"));
    return reply_redirect(s->r, 303, next);
}

static enum err code_ticket(struct work *w, void *arg)
{
    struct coming *c = arg;
    return ticket_make(w, TICKET_CODE, c->account->id, &c->token);
}

enum err come_in_or_code(struct slip *s, const struct record *account, Str next)
{
    struct coming c = { account };
    bool on;
    TRY(totp_is_on(&s->w, account->id, &on));
    if (!on) return come_in(s, account, false, next);
    TRY(work_write(&s->w, code_ticket, &c));
    cookie_set(s->q, s->r, CODE_COOKIE, c.token);
    return reply_redirect(s->r, 303,
                          str_f(s->q->a, "%.*s?next=%.*s", FMT(request_link(s->q, S("/sign-in/code"))),
                                FMT(url_encoded(s->q->a, next))));
}

enum err account_between(struct slip *s, struct record **out)
{
    int64_t id;
    TRY(ticket_look(&s->w, TICKET_CODE, request_cookie(s->q, CODE_COOKIE), &id));
    return record_load(&s->w, &account_entity, id, out);
}

const char wrong_code[] = N_("This code is wrong or has been used. Wait for the next one.");

bool tell_failure(struct slip *s, enum sign_in how, int wait, const char *input, const char *wrong)
{
    Str seconds = str_f(s->q->a, "%d", wait);
    if (how == SIGN_IN_WRONG) return slip_wrong(s, input, MSG(wrong)), true;
    if (how != SIGN_IN_WAIT) return false;
    slip_wrong(s, NULL, MSG(N_("Too many attempts have failed. Try again in {1} s."), seconds));
    reply_header(s->r, "Retry-After", seconds);
    s->r->status = 429;
    return true;
}
