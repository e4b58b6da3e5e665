/* forgotten.c - a new password by mail.  What is answered, and how long it takes, is the same whether somebody has the address or not. */
#include "pages/sign/sign.h"

#include "model/people/letter.h"

static enum err show(struct slip *s)
{
    slip_form(s, "/forgotten", "card sign-form");
    slip_say(s, N_("We send a link to your address with which you choose a new password."));
    slip_entry(s, &email_entry);
    desk_submit(&s->h, s->q, "button", slip_tr(s, N_("Send the link")));
    html_close(&s->h, "form");
    return slip_reply(s, N_("Forgotten password"));
}

enum err forgotten_page(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    return show(&s);
}

static enum err send_link(struct work *w, void *arg)
{
    const Str *email = arg;
    struct record *account;
    Str nobodys;
    enum err e = account_with_email(w, *email, &account);
    if (e && e != ERR_MISSING) return e;
    if (e || str_is(v_str(account->v[ACCOUNT_STATE]), "disabled")) return ticket_make(w, TICKET_RESET, 0, &nobodys);
    return letter_with_ticket(w, str_is(v_str(account->v[ACCOUNT_STATE]), "invited") ? TICKET_INVITE : TICKET_RESET, account);
}

enum err forgotten_post(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    Str email = typed(&s, "email");
    if (!email.n) return slip_wrong(&s, "email", MSG(N_("Fill in this field: {1}."), slip_tr(&s, email_entry.label))), show(&s);
    TRY(work_write(&s.w, send_link, &email));
    return desk_done(q, r, S("/forgotten"), "sent", 0, 0, 0);
}
