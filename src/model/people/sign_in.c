#include "model/people/sign_in.h"

#include "base/date.h"
#include "base/hash.h"
#include "model/people/credential.h"
#include "model/people/totp.h"

#include <arpa/inet.h>

/* ---- counting ------------------------------------------------------------------------------------- */

/* By whom a failure is counted, and how many are free. */
enum counted { BY_EMAIL, BY_ADDRESS, COUNTED };
static const int64_t freely[] = { [BY_EMAIL] = 5, [BY_ADDRESS] = 20 };
static const int64_t FIRST_WAIT = 30 * SECONDS, LONGEST_WAIT = 900 * SECONDS, FORGOTTEN = 1 * DAYS;

struct attempt { Str who[COUNTED]; int64_t wait; };         /* wait: microseconds; 0: it may be made */

/* Somebody has all addresses that begin with the same 64 bits in version 6. */
static Str address_key(struct arena *a, Str address)
{
    unsigned char six[16];
    if (!address.n || !memchr(address.p, ':', address.n) || inet_pton(AF_INET6, str_z(a, address), six) != 1) return str_f(a, "address %.*s", FMT(address));
    return str_f(a, "address %02x%02x:%02x%02x:%02x%02x:%02x%02x", six[0], six[1], six[2], six[3], six[4], six[5], six[6], six[7]);
}

/* E-mails as hashes: whoever typed one need not have an account, and may have typed a password there. */
static struct attempt attempt_of(struct arena *a, Str email, Str address)
{
    Str lower = str_lower_ascii(a, str_trim(email));
    return (struct attempt){ { [BY_EMAIL] = str_f(a, "e-mail %.*s", FMT(sha256_hex(a, lower))), [BY_ADDRESS] = address_key(a, address) } };
}

static int64_t wait_after(int64_t failures, int64_t free)
{
    int64_t more = failures - free;
    if (more < 0) return 0;
    return more > 5 || FIRST_WAIT << more > LONGEST_WAIT ? LONGEST_WAIT : FIRST_WAIT << more;
}

static enum err count_one(struct work *w, Str who, int64_t failures, int64_t wait)
{
    return db_exec(w->db, w->a, SQL("INSERT INTO failure (who, failures, wait_until) VALUES ($1, $2, $3)"
                                    " ON CONFLICT (who) DO UPDATE SET failures = excluded.failures, wait_until = excluded.wait_until"),
                   ARGS(v_text(who), v_int(failures), v_int(time_now() + wait)));
}

enum err attempts_forget(struct work *w)
{
    return db_exec(w->db, w->a, SQL("DELETE FROM failure WHERE wait_until < $1"), ARGS(v_int(time_now() - FORGOTTEN)));
}

/* Counted as a failure until it is known to be none. */
static enum err begin_counting(struct work *w, void *arg)
{
    struct attempt *t = arg;
    int64_t failures[COUNTED] = { 0 }, now = time_now();
    t->wait = 0;
    TRY(attempts_forget(w));
    for (int i = 0; i < COUNTED; i++) {
        struct rows r = db_query(w->db, w->a, SQL("SELECT failures, wait_until FROM failure WHERE who = $1"), ARGS(v_text(t->who[i])));
        if (rows_next(&r)) {
            failures[i] = row_int(&r, 0);
            if (row_int(&r, 1) - now > t->wait) t->wait = row_int(&r, 1) - now;
        }
        TRY(rows_end(&r));
    }
    for (int i = 0; i < COUNTED && !t->wait; i++)
        TRY(count_one(w, t->who[i], failures[i] + 1, wait_after(failures[i] + 1, freely[i])));
    return OK;
}

/* It was none: it does not count against anybody.  A success also forgets the failures before it for that e-mail, but not for
 * the address, or whoever has one account could try all others. */
static enum err take_back(struct work *w, void *arg)
{
    const struct attempt *t = arg;
    for (int i = 0; i < COUNTED; i++)
        TRY(db_exec(w->db, w->a, SQL("UPDATE failure SET failures = failures - 1, wait_until = $2 WHERE who = $1"),
                    ARGS(v_text(t->who[i]), v_int(time_now()))));
    return OK;
}

static enum err forget(struct work *w, void *arg)
{
    const struct attempt *t = arg;
    TRY(take_back(w, arg));
    return db_exec(w->db, w->a, SQL("DELETE FROM failure WHERE who = $1"), ARGS(v_text(t->who[BY_EMAIL])));
}

static enum err attempt_begin(struct work *w, struct attempt *t, enum sign_in *out, int *wait)
{
    TRY(work_write(w, begin_counting, t));
    *wait = (int)((t->wait + SECONDS - 1) / SECONDS);
    *out = t->wait ? SIGN_IN_WAIT : SIGN_IN_WRONG;
    return OK;
}

static enum err attempt_end(struct work *w, struct attempt *t, enum sign_in how)
{
    if (how == SIGN_IN_WRONG) return OK;
    return work_write(w, how == SIGN_IN_OK ? forget : take_back, t);
}

/* ---- password ------------------------------------------------------------------------------------- */

struct renewal { int64_t account; Password password; };

static enum err renew_it(struct work *w, void *arg)
{
    const struct renewal *r = arg;
    return password_renew(w, r->account, r->password);
}

/* Whether the password is that of the account, or of nobody where there is none. */
static enum err try_password(struct work *w, const struct record *account, Str password, bool *right)
{
    struct renewal renewal = { account ? account->id : 0 };
    enum password found;
    TRY(password_is(w, renewal.account, password, &found));
    *right = found != PASSWORD_WRONG;
    if (found != PASSWORD_STALE) return OK;
    TRY(password_make(w->a, password, &renewal.password));
    return work_write(w, renew_it, &renewal);
}

static enum err outcome_of(struct work *w, const struct record *account, enum sign_in *out)
{
    bool on;
    TRY(totp_is_on(w, account->id, &on));
    if (str_is(v_str(account->v[ACCOUNT_STATE]), "unconfirmed")) *out = SIGN_IN_UNCONFIRMED;
    else if (account_active(account)) *out = on ? SIGN_IN_CODE : SIGN_IN_OK;
    return OK;
}

enum err sign_in(struct work *w, Str email, Str password, Str address, enum sign_in *out, struct record **account, int *wait)
{
    struct attempt attempt = attempt_of(w->a, email, address);
    struct record *found = NULL;
    bool right;
    *account = NULL;
    TRY(attempt_begin(w, &attempt, out, wait));
    if (*out == SIGN_IN_WAIT) return OK;
    enum err e = account_with_email(w, email, &found);
    if (e && e != ERR_MISSING) return e;
    if (e) found = NULL;
    TRY(try_password(w, found, password, &right));
    if (found && right) TRY(outcome_of(w, found, out));
    if (*out != SIGN_IN_WRONG) *account = found;
    return attempt_end(w, &attempt, *out);
}

enum err sign_in_again(struct work *w, const struct record *account, Str password, Str address, enum sign_in *out, int *wait)
{
    struct attempt attempt = attempt_of(w->a, v_str(account->v[ACCOUNT_EMAIL]), address);
    bool right;
    TRY(attempt_begin(w, &attempt, out, wait));
    if (*out == SIGN_IN_WAIT) return OK;
    TRY(try_password(w, account, password, &right));
    if (right) *out = SIGN_IN_OK;
    return attempt_end(w, &attempt, *out);
}

/* ---- one-time code ---------------------------------------------------------------------------------- */

struct shown { int64_t account; Str code; bool right; };

static enum err take_it(struct work *w, void *arg)
{
    struct shown *s = arg;
    return totp_take(w, s->account, s->code, &s->right);
}

enum err sign_in_code(struct work *w, const struct record *account, Str code, Str address, enum sign_in *out, int *wait)
{
    struct attempt attempt = attempt_of(w->a, v_str(account->v[ACCOUNT_EMAIL]), address);
    struct shown shown = { account->id, code };
    TRY(attempt_begin(w, &attempt, out, wait));
    if (*out == SIGN_IN_WAIT) return OK;
    TRY(work_write(w, take_it, &shown));
    if (shown.right && account_active(account)) *out = SIGN_IN_OK;
    return attempt_end(w, &attempt, *out);
}
