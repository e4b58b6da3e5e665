/*
 * account.c - one's own account: what is known, where its parts are, and a new password.  The facts themselves are changed in the
 * form every record has.
 */
#include "pages/sign/sign.h"

#include "model/people/credential.h"
#include "model/people/session.h"
#include "model/view.h"

static enum err own_account(struct slip *s, struct record **out) { return record_load(&s->w, &account_entity, s->q->actor.account, out); }

static const struct { const char *path, *title, *what; } parts[] = {
    { "/account/password", N_("Password"), N_("Choose another one. You are then signed out everywhere else.") },
    { "/account/codes", N_("One-time codes"),
        N_("An app on your telephone shows a code that is asked for beside the password: whoever has only your password does not come in.") },
    { "/account/sessions", N_("Where you are signed in"), N_("Look for devices that are not yours, and sign out there.") },
    { "/account/tokens", N_("Tokens for programs"), N_("Let a program of yours read or write in your name, as far as you allow it.") },
};

static void put_parts(struct slip *s)
{
    struct html *h = &s->h;
    html_open(h, "dl");
    html_class(h, "card account-parts");
    for (size_t i = 0; i < COUNT(parts); i++) {
        html_open(h, "dt");
        html_link(h, request_link(s->q, str_of(parts[i].path)), NULL, slip_tr(s, parts[i].title));
        html_close(h, "dt");
        html_leaf(h, "dd", slip_tr(s, parts[i].what));
    }
    html_close(h, "dl");
}

enum err account_page(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct record *account;
    TRY(own_account(&s, &account));
    html_open(&s.h, "section");
    html_class(&s.h, "card");
    html_raw(&s.h, facts_html(&s.w, account, NULL, 0));
    html_link(&s.h, request_link(q, desk_path(q->a, &account_entity, account->id, "edit")), "button button-quiet", slip_tr(&s, N_("Edit")));
    html_close(&s.h, "section");
    put_parts(&s);
    return slip_desk(&s, N_("My account"));
}

/* ---- password -------------------------------------------------------------------------------------- */

static enum err show_password(struct slip *s)
{
    slip_form(s, "/account/password", "card sign-form");
    slip_entry(s, &password_entry);
    slip_entry(s, &new_password_entry);
    desk_submit(&s->h, s->q, "button", slip_tr(s, N_("Choose this password")));
    html_close(&s->h, "form");
    return slip_desk(s, N_("Password"));
}

enum err account_password_page(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    return show_password(&s);
}

struct choosing { struct slip *s; int64_t account; Password password; bool strong; Str token; };

/* All sessions end, this one too; another begins in its place. */
static enum err choose(struct work *w, void *arg)
{
    struct choosing *c = arg;
    const struct request_head *head = &c->s->q->head;
    TRY(password_set(w, c->account, c->password));
    return session_begin(w, c->account, c->strong, head->address, head->user_agent, &c->token);
}

/* q->session.strong also says so where none is asked for. */
static enum err code_was_given(struct slip *s, bool *yes)
{
    struct session as_kept;
    struct actor actor;
    TRY(session_find(&s->w, request_cookie(s->q, SESSION_COOKIE), &as_kept, &actor));
    *yes = as_kept.strong;
    return OK;
}

enum err account_password_post(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct choosing c = { .s = &s, .account = q->actor.account };
    struct record *account;
    enum sign_in how;
    int wait;
    Str chosen = typed_password(&s, "new_password");
    TRY(own_account(&s, &account));
    slip_wrong(&s, "new_password", password_check(&s.w, v_str(account->v[ACCOUNT_EMAIL]), chosen));
    if (s.wrong_n) return show_password(&s);
    TRY(sign_in_again(&s.w, account, typed_password(&s, "password"), q->head.address, &how, &wait));
    if (tell_failure(&s, how, wait, "password", N_("This is not your password."))) return show_password(&s);
    TRY(code_was_given(&s, &c.strong));
    TRY(password_make(q->a, chosen, &c.password));
    TRY(work_write(&s.w, choose, &c));
    session_cookie(q, r, c.token);
    return desk_done(q, r, S("/account"), "password", 0, 0, 0);
}
