/*
 * ticket.c - what a mailed link opens.  Looking at it changes nothing, since mail programs follow links too: only the form
 * that stands there uses the ticket.
 */
#include "pages/sign/sign.h"

#include "model/people/credential.h"
#include "model/people/letter.h"

/* The account the link in the address is for; else r says that it is over. */
static enum err holder(struct slip *s, enum ticket_kind kind, struct record **account)
{
    int64_t id;
    enum err e = ticket_look(&s->w, kind, request_capture(s->q, "ticket"), &id);
    if (!e) e = record_load(&s->w, &account_entity, id, account);
    if (!e && str_is(v_str((*account)->v[ACCOUNT_STATE]), "disabled")) e = ERR_MISSING;
    if (e != ERR_MISSING) return e;
    return reply_fail(s->r, e, MSG(N_("This link has been used, is over, or was replaced by a newer one. Sign in, or have another mail sent.")));
}

static void put_whose(struct slip *s, const struct record *account)
{
    html_leaf(&s->h, "p", message_str(s->q->a, s->q->lang, MSG(N_("Account: {1}"), v_str(account->v[ACCOUNT_EMAIL]))));
}

static enum err show(struct slip *s, enum ticket_kind kind, const struct record *account, const struct entry *entry, const char *title)
{
    slip_form(s, str_z(s->q->a, ticket_path(s->q->a, kind, url_encoded(s->q->a, request_capture(s->q, "ticket")))), "card sign-form");
    put_whose(s, account);
    slip_entry(s, entry);
    desk_submit(&s->h, s->q, "button", slip_tr(s, N_("Continue")));
    html_close(&s->h, "form");
    return slip_reply(s, title);
}

struct using { enum ticket_kind kind; Str token; struct record *account; const Password *password; };

/* Whoever has the mail is its holder: the account is active from now on. */
static enum err use_it(struct work *w, void *arg)
{
    struct using *u = arg;
    struct record *was;
    int64_t whose;
    bool changed;
    TRY(ticket_use(w, u->kind, u->token, &whose));
    TRY(record_load(w, &account_entity, whose, &was));
    if (str_is(v_str(was->v[ACCOUNT_STATE]), "disabled")) return ERR_MISSING;
    u->account = record_copy(w->a, was);
    u->account->v[ACCOUNT_STATE] = v_text(S("active"));
    TRY(record_save(w, was, u->account, &changed));
    return u->password ? password_set(w, whose, *u->password) : OK;
}

static enum err use_and_come_in(struct slip *s, struct using *u)
{
    struct actor visitor = s->w.actor;
    s->w.actor = (struct actor){ .roles = SYSTEM, .name = v_str(u->account->v[ACCOUNT_EMAIL]) };
    enum err e = work_write(&s->w, use_it, u);
    s->w.actor = visitor;
    if (e) return e;
    return come_in_or_code(s, u->account, request_link(s->q, S("/workspace")));
}

/* ---- confirming one's address --------------------------------------------------------------------- */

static const char confirm_title[] = N_("Confirm your e-mail address");

enum err confirm_page(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct record *account;
    TRY(holder(&s, TICKET_CONFIRM, &account));
    return show(&s, TICKET_CONFIRM, account, &password_entry, confirm_title);
}

/* With the password of the sign-up: whoever opens the mail must be who asked for the account. */
enum err confirm_post(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct record *account;
    enum sign_in how;
    int wait;
    TRY(holder(&s, TICKET_CONFIRM, &account));
    TRY(sign_in_again(&s.w, account, typed_password(&s, "password"), q->head.address, &how, &wait));
    if (tell_failure(&s, how, wait, "password",
                     N_("This is not the password of the sign-up. If you did not sign up, close this page: nothing happens.")))
        return show(&s, TICKET_CONFIRM, account, &password_entry, confirm_title);
    return use_and_come_in(&s, &(struct using){ TICKET_CONFIRM, request_capture(q, "ticket"), account });
}

/* ---- choosing a password ---------------------------------------------------------------------------- */

static enum err choose_page(struct request *q, struct reply *r, enum ticket_kind kind)
{
    struct slip s = slip_of(q, r);
    struct record *account;
    TRY(holder(&s, kind, &account));
    return show(&s, kind, account, &new_password_entry, N_("Choose a password"));
}

static enum err choose_post(struct request *q, struct reply *r, enum ticket_kind kind)
{
    struct slip s = slip_of(q, r);
    struct record *account;
    Password password;
    Str chosen = typed_password(&s, "new_password");
    TRY(holder(&s, kind, &account));
    slip_wrong(&s, "new_password", password_check(&s.w, v_str(account->v[ACCOUNT_EMAIL]), chosen));
    if (s.wrong_n) return show(&s, kind, account, &new_password_entry, N_("Choose a password"));
    TRY(password_make(q->a, chosen, &password));
    return use_and_come_in(&s, &(struct using){ kind, request_capture(q, "ticket"), account, &password });
}

enum err invited_page(struct request *q, struct reply *r) { return choose_page(q, r, TICKET_INVITE); }
enum err invited_post(struct request *q, struct reply *r) { return choose_post(q, r, TICKET_INVITE); }
enum err reset_page(struct request *q, struct reply *r) { return choose_page(q, r, TICKET_RESET); }
enum err reset_post(struct request *q, struct reply *r) { return choose_post(q, r, TICKET_RESET); }
