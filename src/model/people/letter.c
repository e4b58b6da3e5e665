#include "model/people/letter.h"

#include "model/desk/mail.h"

static const struct { const char *path, *subject, *what, *until; } letters[] = {
    [TICKET_CONFIRM] = { "/confirm", N_("Confirm your e-mail address"),
        N_("an account of Mắt Xích, the register of Hà Nội's supporting industry, was asked for with this e-mail address. To confirm that it is yours, open:"),
        N_("The link is good for three days. If you did not ask for an account, do nothing: without it there will be none.") },
    [TICKET_INVITE] = { "/invited", N_("Your account of Mắt Xích"),
        N_("an account of Mắt Xích, the register of Hà Nội's supporting industry, was made for you. To choose your password and begin, open:"),
        N_("The link is good for fourteen days and can be used once.") },
    [TICKET_RESET] = { "/reset", N_("Choose a new password"),
        N_("a new password was asked for your account of Mắt Xích. To choose it, open:"),
        N_("The link is good for one hour and can be used once. If you did not ask for it, do nothing: your password stays as it is.") },
};

Str ticket_path(struct arena *a, enum ticket_kind kind, Str token)
{
    MUST(kind < COUNT(letters));
    return str_f(a, "%s/%.*s", letters[kind].path, FMT(token));
}

static void put_link(struct buf *b, enum lang l, Str path) { put_f(b, "{base}%s%.*s", l == EN ? "/en" : "", FMT(path)); }

static void put_part(struct buf *b, enum lang l, Message m)
{
    put_message(b, l, m);
    put_z(b, "\n\n");
}

enum err letter_with_ticket(struct work *w, enum ticket_kind kind, const struct record *account)
{
    enum lang l = account_lang(account);
    struct buf b = buf_make(w->a);
    Str token;
    TRY(ticket_make(w, kind, account->id, &token));
    put_part(&b, l, MSG(N_("Dear Sir or Madam,")));
    put_part(&b, l, MSG(letters[kind].what));
    put_link(&b, l, ticket_path(w->a, kind, token));
    put_z(&b, "\n\n");
    put_message(&b, l, MSG(letters[kind].until));
    put_c(&b, '\n');
    return mail_put(w, v_str(account->v[ACCOUNT_EMAIL]), tr(l, letters[kind].subject), buf_str(&b));
}

enum err letter_known(struct work *w, const struct record *account)
{
    enum lang l = account_lang(account);
    struct buf b = buf_make(w->a);
    put_part(&b, l, MSG(N_("Dear Sir or Madam,")));
    put_part(&b, l, MSG(N_("somebody wanted to sign up to Mắt Xích with this e-mail address, which has an account already. If it was you, sign in, or "
                           "choose a new password if you have forgotten yours:")));
    put_link(&b, l, S("/sign-in"));
    put_c(&b, '\n');
    put_link(&b, l, S("/forgotten"));
    put_z(&b, "\n\n");
    put_message(&b, l, MSG(N_("If it was not you, do nothing: nothing was changed.")));
    put_c(&b, '\n');
    return mail_put(w, v_str(account->v[ACCOUNT_EMAIL]), tr(l, N_("You have an account already")), buf_str(&b));
}
