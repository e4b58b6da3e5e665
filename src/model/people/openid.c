#include "model/people/openid.h"

#include "base/date.h"

enum err openid_attempt_use(struct work *w, Str state)
{
    int64_t used = 0, now = time_now();
    MUST(db_in_write(w->db));                               /* an hour: longer than any attempt is good */
    TRY(db_exec(w->db, w->a, SQL("DELETE FROM openid_used WHERE at < $1"), ARGS(v_int(now - 1 * HOURS))));
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM openid_used WHERE state = $1"), ARGS(v_text(state)), &used));
    if (used) return ERR_CONFLICT;
    return db_exec(w->db, w->a, SQL("INSERT INTO openid_used (state, at) VALUES ($1, $2)"), ARGS(v_text(state), v_int(now)));
}

static enum err bound_account(struct work *w, Str issuer, Str subject, int64_t *account)
{
    *account = 0;
    return db_one_int(w->db, w->a, SQL("SELECT account FROM openid WHERE issuer = $1 AND subject = $2"),
                      ARGS(v_text(issuer), v_text(subject)), account);
}

/* By its e-mail address, when no other identity of the issuer has it. */
static enum err account_to_bind(struct work *w, Str issuer, Str email, struct record **out, Message *why)
{
    int64_t others = 0;
    enum err e = account_with_email(w, email, out);
    if (e == ERR_MISSING) return *why = MSG(N_("There is no account for {1} here. Sign up as an enterprise or a buyer, or ask for an invitation."), email), ERR_DENIED;
    TRY(e);
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM openid WHERE issuer = $1 AND account = $2"),
                   ARGS(v_text(issuer), v_int((*out)->id)), &others));
    if (!others) return OK;
    return *why = MSG(N_("The account of {1} belongs to another identity of the sign-in service. Ask an administrator."), email), ERR_DENIED;
}

enum err openid_account(struct work *w, Str issuer, Str subject, Str email, bool email_verified, struct record **account, Message *why)
{
    int64_t id;
    MUST(db_in_write(w->db));
    TRY(bound_account(w, issuer, subject, &id));
    if (id) TRY(record_load(w, &account_entity, id, account));
    else if (!email.n || !email_verified)
        return *why = MSG(N_("The sign-in service does not confirm which e-mail address is yours, so no account can be found by it.")), ERR_DENIED;
    else TRY(account_to_bind(w, issuer, email, account, why));
    if (!account_active(*account))
        return *why = MSG(N_("Your account is not active. Follow the link in the mail you were sent, or ask an administrator.")), ERR_DENIED;
    if (id) return OK;
    return db_exec(w->db, w->a, SQL("INSERT INTO openid (issuer, subject, account, at) VALUES ($1, $2, $3, $4)"),
                   ARGS(v_text(issuer), v_text(subject), v_int((*account)->id), v_int(time_now())));
}

enum err openid_forget(struct work *w, int64_t account)
{
    MUST(db_in_write(w->db));
    return db_exec(w->db, w->a, SQL("DELETE FROM openid WHERE account = $1"), ARGS(v_int(account)));
}
