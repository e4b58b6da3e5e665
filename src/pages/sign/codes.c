/*
 * codes.c - one-time codes of one's own account: a secret for the app, shown as a QR code, counts once a code of it was typed here.
 * Open to every session, also one of who must give a code first (identify.c), so nothing here asks for q->actor.
 *
 * Recovery codes are shown in the answer to the form itself and never again, which is why it does not redirect.
 */
#include "pages/sign/sign.h"

#include "model/people/session.h"
#include "model/people/totp.h"

/* ---- setting up ------------------------------------------------------------------------------------ */

static const struct entry first_code = { "code", "text", N_("One-time code"), "one-time-code", N_("The six digits your app shows now."), 10 };

/* In fours, as it is easier to copy; apps do not mind the spaces. */
static void put_key(struct slip *s, Str secret)
{
    struct buf b = buf_make(s->q->a);
    for (size_t i = 0; i < secret.n; i += 4) put_f(&b, "%s%.*s", i ? " " : "", FMT(str_sub(secret, i, 4)));
    html_open(&s->h, "p");
    html_class(&s->h, "secret");
    html_leaf(&s->h, "code", buf_str(&b));
    html_close(&s->h, "p");
}

static enum err show_proposed(struct slip *s, Str secret)
{
    struct html *h = &s->h;
    struct record *account;
    TRY(record_load(&s->w, &account_entity, s->q->session.account, &account));
    Str uri = totp_uri(s->q->a, v_str(account->v[ACCOUNT_EMAIL]), secret);
    html_open(h, "section");
    html_class(h, "card");
    slip_say(s, N_("1. Open an authenticator app on your telephone (Google Authenticator, Microsoft Authenticator, FreeOTP or another) and scan "
                    "this picture."));
    html_raw(h, qr_svg(s->q->a, slip_tr(s, N_("QR code for the app")), uri));
    slip_say(s, N_("Or type this key into it:"));
    put_key(s, secret);
    slip_say(s, N_("2. Type the code it shows."));
    slip_form(s, "/account/codes/confirm", "sign-form");
    slip_entry(s, &first_code);
    desk_submit(h, s->q, "button", slip_tr(s, N_("Turn one-time codes on")));
    html_close(h, "form");
    html_close(h, "section");
    return slip_desk(s, N_("One-time codes"));
}

static enum err show_off(struct slip *s)
{
    html_open(&s->h, "section");
    html_class(&s->h, "card");
    if (!s->q->actor.account) slip_say(s, N_("Your work needs one-time codes: set them up first."));
    slip_say(s, N_("One-time codes are off. With them, whoever has only your password does not come in."));
    desk_button(&s->h, s->q, s->r, request_link(s->q, S("/account/codes/propose")), "button", slip_tr(s, N_("Set up one-time codes")));
    html_close(&s->h, "section");
    return slip_desk(s, N_("One-time codes"));
}

/* ---- turned on --------------------------------------------------------------------------------------- */

static void put_with_password(struct slip *s, const char *path, const char *class, const char *label, const char *what)
{
    slip_form(s, path, "card sign-form");
    slip_say(s, what);
    slip_entry(s, &password_entry);
    desk_submit(&s->h, s->q, class, slip_tr(s, label));
    html_close(&s->h, "form");
}

static enum err show_on(struct slip *s)
{
    int left;
    TRY(recovery_left(&s->w, s->q->session.account, &left));
    Message state = MSG(N_("One-time codes are on. You have {1} unused recovery codes."), str_f(s->q->a, "%d", left));
    html_leaf(&s->h, "p", message_str(s->q->a, s->q->lang, state));
    put_with_password(s, "/account/codes/renew", "button", N_("Make new recovery codes"),
                      N_("New recovery codes replace those you have."));
    put_with_password(s, "/account/codes/off", "button button-danger", N_("Turn one-time codes off"),
                      N_("Without codes your password alone lets somebody in."));
    return slip_desk(s, N_("One-time codes"));
}

static enum err show_asked(struct slip *s)
{
    slip_form(s, "/account/codes/give", "card sign-form");
    slip_say(s, N_("Your work needs one-time codes. Give the one of now."));
    slip_entry(s, &code_entry);
    desk_submit(&s->h, s->q, "button", slip_tr(s, N_("Continue")));
    html_close(&s->h, "form");
    return slip_desk(s, N_("One-time codes"));
}

static enum err show(struct slip *s)
{
    Str secret;
    bool on;
    TRY(totp_is_on(&s->w, s->q->session.account, &on));
    if (on) return s->q->actor.account ? show_on(s) : show_asked(s);
    TRY(totp_proposed(&s->w, s->q->session.account, &secret));
    return secret.n ? show_proposed(s, secret) : show_off(s);
}

enum err account_codes(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    if (!q->session.id) return reply_redirect(r, 303, request_link(q, S("/sign-in")));
    return show(&s);
}

static enum err signed_in(struct slip *s)
{
    return s->q->session.id ? OK : reply_fail(s->r, ERR_DENIED, MSG(N_("You are not signed in any more. Sign in, and do it again.")));
}

/* ---- what changes it ----------------------------------------------------------------------------------- */

struct changing { const struct request *q; Str code, secret, recovery[RECOVERY_CODES]; bool right; };

static enum err show_recovery(struct slip *s, const struct changing *c)
{
    struct html *h = &s->h;
    html_open(h, "section");
    html_class(h, "card");
    slip_say(s, N_("Write these recovery codes down and keep them apart from your telephone. Each lets you in once when you do not have it. They are "
                    "shown only now."));
    html_open(h, "ul");
    html_class(h, "secret-list");
    for (int i = 0; i < RECOVERY_CODES; i++) {
        html_open(h, "li");
        html_leaf(h, "code", c->recovery[i]);
        html_close(h, "li");
    }
    html_close(h, "ul");
    html_link(h, request_link(s->q, S("/account")), "button", slip_tr(s, N_("I have written them down")));
    html_close(h, "section");
    return slip_desk(s, N_("Recovery codes"));
}

static enum err propose(struct work *w, void *arg)
{
    struct changing *c = arg;
    bool on;
    TRY(totp_is_on(w, c->q->session.account, &on));
    return on ? OK : totp_propose(w, c->q->session.account, &c->secret);
}

enum err account_codes_propose(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    TRY(signed_in(&s));
    struct changing c = { .q = q };
    TRY(work_write(&s.w, propose, &c));
    return reply_redirect(r, 303, request_link(q, S("/account/codes")));
}

/* Who has just shown a code of the app is as sure as who gives one when signing in. */
static enum err confirm(struct work *w, void *arg)
{
    struct changing *c = arg;
    TRY(totp_confirm(w, c->q->session.account, c->code, &c->right, c->recovery));
    return c->right ? session_strengthen(w, c->q->session.id) : OK;
}

enum err account_codes_confirm(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    TRY(signed_in(&s));
    struct changing c = { .q = q, .code = typed(&s, "code") };
    TRY(work_write(&s.w, confirm, &c));
    if (c.right) return show_recovery(&s, &c);
    slip_wrong(&s, "code", MSG(N_("This is not the code of now. See that the clock of your telephone is right, and type the next one.")));
    return show(&s);
}

/* Only with the password given again (c->right), since a device left open must not be enough for these. */
static enum err with_password(struct slip *s, work_fn *make, struct changing *c)
{
    struct record *account;
    enum sign_in how;
    int wait;
    TRY(signed_in(s));
    TRY(record_load(&s->w, &account_entity, s->q->session.account, &account));
    TRY(sign_in_again(&s->w, account, typed_password(s, "password"), s->q->head.address, &how, &wait));
    c->right = !tell_failure(s, how, wait, NULL, N_("This is not your password."));
    return c->right ? work_write(&s->w, make, c) : OK;
}

static enum err strengthen(struct work *w, void *arg) { return session_strengthen(w, *(const int64_t *)arg); }

enum err account_codes_give(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct record *account;
    enum sign_in how;
    int wait;
    TRY(signed_in(&s));
    TRY(record_load(&s.w, &account_entity, q->session.account, &account));
    TRY(sign_in_code(&s.w, account, typed(&s, "code"), q->head.address, &how, &wait));
    if (tell_failure(&s, how, wait, "code", wrong_code)) return show(&s);
    TRY(work_write(&s.w, strengthen, &q->session.id));
    return reply_redirect(r, 303, request_link(q, S("/workspace")));
}

static enum err renew(struct work *w, void *arg)
{
    struct changing *c = arg;
    return recovery_renew(w, c->q->session.account, c->recovery);
}

enum err account_codes_renew(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct changing c = { .q = q };
    TRY(with_password(&s, renew, &c));
    return c.right ? show_recovery(&s, &c) : show(&s);
}

static enum err turn_off(struct work *w, void *arg)
{
    const struct changing *c = arg;
    return totp_off(w, c->q->session.account);
}

enum err account_codes_off(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct changing c = { .q = q };
    TRY(with_password(&s, turn_off, &c));
    return c.right ? desk_done(q, r, S("/account/codes"), "codes-off", 0, 0, 0) : show(&s);
}
