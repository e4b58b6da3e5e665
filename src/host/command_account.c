/*
 * command_account.c - accounts from the command line: the first administrator, and help for who has lost the way in.
 *
 * A password is never an argument, where others on the machine could read it: it comes on standard input, or its holder chooses it with
 * the link that is printed or mailed.
 */
#include "host/cli.h"

#include "model/check.h"
#include "model/form.h"
#include "model/people/credential.h"
#include "model/people/letter.h"
#include "model/people/openid.h"
#include "model/people/session.h"
#include "model/people/totp.h"

#include <stdio.h>

static void say(struct cli *c, Message m)
{
    struct buf b = buf_make(c->a);
    put_message(&b, c->w.lang, m);
    put_c(&b, '\n');
    cli_print(&b);
}

static Str email_of(const struct cli *c) { return str_of(c->argv[0]); }

static int not_known(struct cli *c) { return cli_fail(c, ERR_MISSING, MSG(N_("No account has the e-mail address {1}."), email_of(c))); }

/* ---- what the options say -------------------------------------------------------------------------- */

static const struct { const char *option; int field; } said[] = {
    { "name", ACCOUNT_NAME }, { "ward", ACCOUNT_WARD }, { "association", ACCOUNT_ASSOCIATION }, { "organisation", ACCOUNT_ORGANISATION },
    { "language", ACCOUNT_LANGUAGE },
};

static Message read_roles(struct cli *c, Str typed, Val *out)
{
    struct buf b = buf_make(c->a);
    Str one;
    while (str_next(&typed, ',', &one)) {
        if (!(role_from(str_trim(one)) & SIGNED_IN)) return MSG(N_("“{1}” is not a role."), one);
        put_f(&b, "%s%.*s;", b.n ? "" : ";", FMT(str_trim(one)));
    }
    if (b.n) *out = v_text(buf_str(&b));
    return NO_MESSAGE;
}

/* The account the options describe; false: what is wrong was said. */
static bool read_account(struct cli *c, struct record *account)
{
    Message why = read_roles(c, cli_option(c, "role"), &account->v[ACCOUNT_ROLES]);
    for (size_t i = 0; i < COUNT(said); i++) {
        Str value = cli_option(c, said[i].option);
        if (!why.id) why = form_read_value(&c->w, &account_entity.fields[said[i].field], value, &account->v[said[i].field]);
    }
    if (!cli_arguments(c, 1, 1)) return false;
    if (!why.id) why = form_read_value(&c->w, &account_entity.fields[ACCOUNT_EMAIL], email_of(c), &account->v[ACCOUNT_EMAIL]);
    struct problems wrong = { 0 };
    account->v[ACCOUNT_STATE] = v_text(S("invited"));
    if (!v_is(account->v[ACCOUNT_LANGUAGE])) account->v[ACCOUNT_LANGUAGE] = v_text(S("vi"));
    if (!why.id) record_check(&c->w, account, &wrong);
    if (wrong.n) why = MSG("{1}", problem_str(&c->w, &wrong.p[0]));
    return why.id ? cli_fail(c, ERR_INVALID, why), false : true;
}

/* One line of standard input. */
static Message read_password(struct cli *c, Str email, Password *out)
{
    char line[PASSWORD_MOST + 3];
    if (!fgets(line, sizeof line, stdin)) return MSG(N_("No password came on standard input."));
    line[strcspn(line, "\r\n")] = 0;
    Message why = password_check(&c->w, email, str_of(line));
    if (!why.id && password_make(c->a, str_of(line), out)) why = MSG(N_("This takes more memory than the program may use."));
    return why;
}

/* ---- add and invite ---------------------------------------------------------------------------------- */

struct adding { struct record *account; const Password *password; bool mails; Str ticket; };

static enum err add_it(struct work *w, void *arg)
{
    struct adding *t = arg;
    bool changed;
    t->account->id = 0;
    if (t->password) t->account->v[ACCOUNT_STATE] = v_text(S("active"));
    TRY(record_save(w, NULL, t->account, &changed));
    if (t->password) return password_set(w, t->account->id, *t->password);
    return t->mails ? letter_with_ticket(w, TICKET_INVITE, t->account) : ticket_make(w, TICKET_INVITE, t->account->id, &t->ticket);
}

static void say_link(struct cli *c, enum ticket_kind kind, Str ticket)
{
    say(c, MSG(N_("Open {1}{2} to choose the password; the link works once."), c->config->base_url, ticket_path(c->a, kind, ticket)));
}

static int make_account(struct cli *c, struct adding *t)
{
    enum err e = work_write(&c->w, add_it, t);
    if (e == ERR_CONFLICT) return cli_fail(c, e, MSG(N_("The e-mail address {1} has an account already."), email_of(c)));
    return cli_done(c, e);
}

static int account_add(struct cli *c)
{
    struct adding t = { .account = record_make(c->a, &account_entity) };
    bool has_password = cli_flag(c, "password-stdin");
    Password password;
    if (!read_account(c, t.account)) return err_exit(ERR_INVALID);
    if (has_password) {
        Message why = read_password(c, v_str(t.account->v[ACCOUNT_EMAIL]), &password);
        if (why.id) return cli_fail(c, ERR_INVALID, why);
        t.password = &password;
    }
    int code = make_account(c, &t);
    if (code) return code;
    say(c, MSG(N_("The account {1} is made."), email_of(c)));
    if (!has_password) say_link(c, TICKET_INVITE, t.ticket);
    return 0;
}

static enum err invite_again(struct work *w, void *arg) { return letter_with_ticket(w, TICKET_INVITE, arg); }

/* Who was invited and did not come is invited again. */
static int account_invite(struct cli *c)
{
    struct adding t = { .account = record_make(c->a, &account_entity), .mails = true };
    struct record *known;
    if (!read_account(c, t.account)) return err_exit(ERR_INVALID);
    enum err e = account_with_email(&c->w, email_of(c), &known);
    if (e && e != ERR_MISSING) return cli_done(c, e);
    bool again = !e && str_is(v_str(known->v[ACCOUNT_STATE]), "invited");
    int code = again ? cli_done(c, work_write(&c->w, invite_again, known)) : make_account(c, &t);
    if (!code) say(c, MSG(N_("The invitation to {1} is in the outbox."), email_of(c)));
    return code;
}

/* ---- disable, reset, list ------------------------------------------------------------------------------ */

static enum err disable_it(struct work *w, void *arg)
{
    const struct record *was = arg;
    struct record *now = record_copy(w->a, was);
    bool changed;
    now->v[ACCOUNT_STATE] = v_text(S("disabled"));
    TRY(record_save(w, was, now, &changed));
    return session_end(w, was->id, 0);
}

static int account_disable(struct cli *c)
{
    struct record *account;
    if (!cli_arguments(c, 1, 1)) return err_exit(ERR_INVALID);
    if (account_with_email(&c->w, email_of(c), &account)) return not_known(c);
    enum err e = work_write(&c->w, disable_it, account);
    if (!e) say(c, MSG(N_("The account {1} is disabled; its sessions have ended and its tokens no longer work."), email_of(c)));
    return cli_done(c, e);
}

struct resetting { const struct record *account; bool codes_off; Str ticket; };

static enum err reset_it(struct work *w, void *arg)
{
    struct resetting *t = arg;
    if (t->codes_off) TRY(totp_off(w, t->account->id));
    TRY(openid_forget(w, t->account->id));
    TRY(session_end(w, t->account->id, 0));
    return ticket_make(w, TICKET_RESET, t->account->id, &t->ticket);
}

static int account_reset(struct cli *c)
{
    struct resetting t = { .codes_off = cli_flag(c, "codes-off") };
    struct record *account;
    if (!cli_arguments(c, 1, 1)) return err_exit(ERR_INVALID);
    if (account_with_email(&c->w, email_of(c), &account)) return not_known(c);
    t.account = account;
    enum err e = work_write(&c->w, reset_it, &t);
    if (!e) say_link(c, TICKET_RESET, t.ticket);
    return cli_done(c, e);
}

static int account_list(struct cli *c)
{
    struct records all;
    struct buf b = buf_make(c->a);
    if (!cli_arguments(c, 0, 0)) return err_exit(ERR_INVALID);
    enum err e = records_load(&c->w, &account_entity, 0, INT32_MAX, false, &all);
    for (size_t i = 0; !e && i < all.n; i++) {
        static const int shown[] = { ACCOUNT_EMAIL, ACCOUNT_NAME, ACCOUNT_ROLES, ACCOUNT_STATE };
        for (size_t k = 0; k < COUNT(shown); k++) put_f(&b, "%s%.*s", k ? "\t" : "", FMT(record_text(&c->w, all.p[i], shown[k])));
        put_c(&b, '\n');
    }
    cli_print(&b);
    return cli_done(c, e);
}

/* ---- the command ----------------------------------------------------------------------------------------- */

int command_account(struct cli *c)
{
    static const struct { const char *name; int (*run)(struct cli *c); } verbs[] = {
        { "add", account_add }, { "invite", account_invite }, { "disable", account_disable }, { "reset", account_reset }, { "list", account_list },
    };
    Str verb = c->argc ? str_of(c->argv[0]) : S("list");
    for (size_t i = 0; i < COUNT(verbs); i++) {
        if (!str_is(verb, verbs[i].name)) continue;
        if (c->argc) c->argc--, c->argv++;
        return verbs[i].run(c);
    }
    return cli_fail(c, ERR_INVALID, MSG(N_("“{1}” cannot be done with accounts; write add, invite, disable, reset or list."), verb));
}
