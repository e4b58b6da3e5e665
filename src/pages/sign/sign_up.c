/*
 * sign_up.c - an enterprise or a buyer asks for an account.  It counts once a link in a mail was followed and the password given again there, so
 * that nobody gets an account for another's address, nor one whose password a stranger chose.  The answer
 * is the same for an address that has an account; its holder learns of it by mail.
 */
#include "pages/sign/sign.h"

#include "model/desk/mail.h"
#include "model/form.h"
#include "model/people/credential.h"
#include "model/people/letter.h"

static const struct entry name_entry = { "name", "text", N_("Your name"), "name", NULL, 200 };
static const struct entry firm_entry = { "firm", "text", N_("Your enterprise or organisation"), "organization", NULL, 200 };

static const struct { const char *role, *label; } kinds[] = {
    { "enterprise", N_("An enterprise of supporting industry: it keeps its own profile") },
    { "buyer",      N_("A buyer: looks for suppliers and asks them") },
};

static bool is_kind(Str role)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_is(role, kinds[i].role)) return true;
    return false;
}

static void put_kinds(struct slip *s)
{
    struct html *h = &s->h;
    Str chosen = is_kind(typed(s, "role")) ? typed(s, "role") : str_of(kinds[0].role);
    html_open(h, "fieldset");
    html_class(h, "form-field form-boxes");
    html_leaf_class(h, "legend", "form-label", slip_tr(s, N_("Who you are")));
    for (size_t i = 0; i < COUNT(kinds); i++) {
        html_open(h, "label");
        html_class(h, "form-box");
        html_open(h, "input");
        html_attr(h, "type", S("radio"));
        html_attr(h, "name", S("role"));
        html_attr(h, "value", str_of(kinds[i].role));
        html_flag(h, "checked", str_is(chosen, kinds[i].role));
        html_text(h, slip_tr(s, kinds[i].label));
        html_close(h, "label");
    }
    html_close(h, "fieldset");
}

static enum err show(struct slip *s)
{
    slip_form(s, "/sign-up", "card sign-form");
    put_kinds(s);
    slip_entry(s, &name_entry);
    slip_entry(s, &firm_entry);
    slip_entry(s, &email_entry);
    slip_entry(s, &new_password_entry);
    desk_submit(&s->h, s->q, "button", slip_tr(s, N_("Sign up")));
    html_close(&s->h, "form");
    return slip_reply(s, N_("Sign up"));
}

enum err sign_up_page(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    return show(&s);
}

/* ---- taking it ----------------------------------------------------------------------------------- */

static void read_field(struct slip *s, struct record *account, int field, const char *input)
{
    const struct field *f = &account_entity.fields[field];
    Message what = form_read_value(&s->w, f, typed(s, input), &account->v[field]);
    if (!what.id && !v_is(account->v[field])) what = MSG(N_("Fill in this field: {1}."), slip_tr(s, f->label));
    slip_wrong(s, input, what);
}

static struct record *read_account(struct slip *s)
{
    struct record *account = record_make(s->q->a, &account_entity);
    read_field(s, account, ACCOUNT_NAME, "name");
    read_field(s, account, ACCOUNT_FIRM, "firm");
    read_field(s, account, ACCOUNT_EMAIL, "email");
    if (v_is(account->v[ACCOUNT_EMAIL]) && !mail_is_address(v_str(account->v[ACCOUNT_EMAIL])))
        slip_wrong(s, "email", MSG(N_("No mail can be sent to this address; write one with plain letters, as lan@example.vn.")));
    slip_wrong(s, "new_password", password_check(&s->w, typed(s, "email"), typed_password(s, "new_password")));
    if (!is_kind(typed(s, "role"))) slip_wrong(s, NULL, MSG(N_("Choose who you are.")));
    account->v[ACCOUNT_ROLES] = v_text(str_f(s->q->a, ";%.*s;", FMT(typed(s, "role"))));
    account->v[ACCOUNT_STATE] = v_text(S("unconfirmed"));
    account->v[ACCOUNT_LANGUAGE] = v_text(str_of(lang_code(s->q->lang)));
    account->v[ACCOUNT_DIGEST] = v_text(S("daily"));
    return account;
}

struct signing { struct record *account; Password password; };

static enum err make_account(struct work *w, const struct record *was, struct signing *s)
{
    bool changed;
    struct record *now = record_copy(w->a, s->account);
    now->id = was ? was->id : 0;
    TRY(record_save(w, was, now, &changed));
    TRY(password_set(w, now->id, s->password));
    return letter_with_ticket(w, TICKET_CONFIRM, now);
}

static enum err sign_up(struct work *w, void *arg)
{
    struct signing *s = arg;
    struct record *known;
    enum err e = account_with_email(w, v_str(s->account->v[ACCOUNT_EMAIL]), &known);
    if (e == ERR_MISSING) return make_account(w, NULL, s);
    TRY(e);
    Str state = v_str(known->v[ACCOUNT_STATE]);
    if (str_is(state, "unconfirmed")) return make_account(w, known, s);     /* nobody's yet: the last one counts */
    if (str_is(state, "invited")) return letter_with_ticket(w, TICKET_INVITE, known);
    return account_active(known) ? letter_known(w, known) : OK;
}

enum err sign_up_post(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct signing signing = { .account = read_account(&s) };
    if (s.wrong_n) return show(&s);
    TRY(password_make(q->a, typed_password(&s, "new_password"), &signing.password));
    s.w.actor = (struct actor){ .roles = SYSTEM, .name = v_str(signing.account->v[ACCOUNT_EMAIL]) };
    TRY(work_write(&s.w, sign_up, &signing));
    return desk_done(q, r, S("/sign-in"), "signed-up", 0, 0, 0);
}
