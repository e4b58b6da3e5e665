#include "model/people/ticket.h"

#include "base/date.h"
#include "base/hash.h"
#include "base/secret.h"

static const int64_t valid[] = { [TICKET_CONFIRM] = 3 * DAYS, [TICKET_INVITE] = 14 * DAYS, [TICKET_RESET] = 1 * HOURS,
                                 [TICKET_CODE] = 600 * SECONDS };

enum err ticket_make(struct work *w, enum ticket_kind kind, int64_t account, Str *token)
{
    int64_t now = time_now();
    *token = random_token(w->a);
    TRY(db_exec(w->db, w->a, SQL("DELETE FROM ticket WHERE account = $1 AND kind = $2"), ARGS(v_int(account), v_int(kind))));
    return db_exec(w->db, w->a, SQL("INSERT INTO ticket (hash, kind, account, ends) VALUES ($1, $2, $3, $4)"),
                   ARGS(v_text(sha256_hex(w->a, *token)), v_int(kind), v_int(account), v_int(now + valid[kind])));
}

enum err ticket_look(struct work *w, enum ticket_kind kind, Str token, int64_t *account)
{
    *account = 0;
    TRY(db_one_int(w->db, w->a, SQL("SELECT account FROM ticket WHERE hash = $1 AND kind = $2 AND ends > $3"),
                   ARGS(v_text(sha256_hex(w->a, token)), v_int(kind), v_int(time_now())), account));
    return *account ? OK : ERR_MISSING;
}

enum err ticket_use(struct work *w, enum ticket_kind kind, Str token, int64_t *account)
{
    TRY(ticket_look(w, kind, token, account));
    return db_exec(w->db, w->a, SQL("DELETE FROM ticket WHERE hash = $1"), ARGS(v_text(sha256_hex(w->a, token))));
}

enum err tickets_forget(struct work *w)
{
    return db_exec(w->db, w->a, SQL("DELETE FROM ticket WHERE ends <= $1"), ARGS(v_int(time_now())));
}
