/*
 * sign_in.c - e-mail and password, then a one-time code where the account has them on.  Between the two steps a ticket in a cookie says
 * whose password was right, so that the password need not be carried along.
 */
#include "pages/sign/sign.h"

#include "model/people/letter.h"
#include "model/people/session.h"

/* ---- e-mail and password ------------------------------------------------------------------------- */

static void put_other_ways(struct slip *s)
{
    struct html *h = &s->h;
    const struct instance *here = s->q->instance;
    html_open(h, "ul");
    html_class(h, "sign-ways");
    struct { const char *path; Str label; } ways[] = {
        { "/sign-in/openid", here && here->oidc ? message_str(s->q->a, s->q->lang, MSG(N_("Sign in with {1}"), here->openid_label)) : (Str){ 0 } },
        { "/forgotten", slip_tr(s, N_("I have forgotten my password")) },
        { "/sign-up", slip_tr(s, N_("Sign up as an enterprise or a buyer")) },
    };
    for (size_t i = 0; i < COUNT(ways); i++) {
        if (!ways[i].label.n) continue;
        html_open(h, "li");
        html_link(h, request_link(s->q, str_of(ways[i].path)), NULL, ways[i].label);
        html_close(h, "li");
    }
    html_close(h, "ul");
}

static enum err show(struct slip *s)
{
    slip_form(s, "/sign-in", "card sign-form");
    slip_entry(s, &email_entry);
    slip_entry(s, &password_entry);
    desk_hidden(&s->h, "next", next_of(s->q));
    desk_submit(&s->h, s->q, "button", slip_tr(s, N_("Sign in")));
    html_close(&s->h, "form");
    put_other_ways(s);
    return slip_reply(s, N_("Sign in"));
}

enum err sign_in_page(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    if (q->actor.account) return reply_redirect(r, 303, next_of(q));
    if (q->session.id) return reply_redirect(r, 303, request_link(q, S("/account/codes")));
    return show(&s);
}

static enum err confirm_again(struct work *w, void *arg) { return letter_with_ticket(w, TICKET_CONFIRM, arg); }

enum err sign_in_post(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct record *account;
    enum sign_in how;
    int wait;
    TRY(sign_in(&s.w, typed(&s, "email"), typed_password(&s, "password"), q->head.address, &how, &account, &wait));
    if (tell_failure(&s, how, wait, "password", N_("This e-mail and password do not belong together. Check both and try again.")))
        return show(&s);
    if (how != SIGN_IN_UNCONFIRMED) return come_in_or_code(&s, account, next_of(q));
    TRY(work_write(&s.w, confirm_again, account));
    slip_wrong(&s, NULL, MSG(N_("Your e-mail address is not confirmed yet. We have sent the mail again: follow the link in it.")));
    return show(&s);
}

/* ---- one-time code ------------------------------------------------------------------------------- */

static enum err show_code(struct slip *s)
{
    slip_form(s, "/sign-in/code", "card sign-form");
    slip_entry(s, &code_entry);
    desk_hidden(&s->h, "next", next_of(s->q));
    desk_submit(&s->h, s->q, "button", slip_tr(s, N_("Continue")));
    html_close(&s->h, "form");
    return slip_reply(s, N_("One-time code"));
}

/* Without a password before it, or too long after: from the beginning. */
static enum err from_the_beginning(struct slip *s)
{
    return reply_redirect(s->r, 303,
                          str_f(s->q->a, "%.*s?next=%.*s", FMT(request_link(s->q, S("/sign-in"))),
                                FMT(url_encoded(s->q->a, next_of(s->q)))));
}

enum err sign_in_code_page(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct record *account;
    enum err e = account_between(&s, &account);
    if (e == ERR_MISSING) return from_the_beginning(&s);
    TRY(e);
    return show_code(&s);
}

enum err sign_in_code_post(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct record *account;
    enum sign_in how;
    int wait;
    enum err e = account_between(&s, &account);
    if (e == ERR_MISSING) return from_the_beginning(&s);
    TRY(e);
    TRY(sign_in_code(&s.w, account, typed(&s, "code"), q->head.address, &how, &wait));
    if (tell_failure(&s, how, wait, "code", wrong_code)) return show_code(&s);
    return come_in(&s, account, true, next_of(q));
}

/* ---- signing out --------------------------------------------------------------------------------- */

static enum err end_session(struct work *w, void *arg)
{
    const struct session *s = arg;
    return session_end(w, s->account, s->id);
}

enum err sign_out_post(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    TRY(work_write(&w, end_session, &q->session));
    go_out(q, r);
    return desk_done(q, r, S("/sign-in"), "signed-out", 0, 0, 0);
}
