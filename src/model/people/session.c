#include "model/people/session.h"

#include "base/date.h"
#include "base/hash.h"
#include "base/secret.h"
#include "base/unicode.h"

enum { SESSIONS_MOST = 20, AGENT_MOST = 200 };
static const int64_t LONGEST = 12 * HOURS, SILENCE = 2 * HOURS;

#define SESSION_COLUMNS "SELECT id, account, began, seen, address, agent, secret, strong FROM session"
#define NOT_OVER        " AND began > $2 AND seen > $3"

static Val longest_ago(void) { return v_int(time_now() - LONGEST); }
static Val silence_ago(void) { return v_int(time_now() - SILENCE); }

static struct session session_read(const struct rows *r)
{
    return (struct session){
        .id = row_int(r, 0), .account = row_int(r, 1), .began = row_int(r, 2), .seen = row_int(r, 3),
        .address = row_text(r, 4), .agent = row_text(r, 5), .secret = row_text(r, 6), .strong = row_int(r, 7) != 0,
    };
}

enum err sessions_forget(struct work *w)
{
    return db_exec(w->db, w->a, SQL("DELETE FROM session WHERE began <= $1 OR seen <= $2"), ARGS(longest_ago(), silence_ago()));
}

/* The oldest of an account that has many. */
static enum err make_room(struct work *w, int64_t account)
{
    return db_exec(w->db, w->a, SQL("DELETE FROM session WHERE account = $1 AND id NOT IN"
                                    " (SELECT id FROM session WHERE account = $1 ORDER BY id DESC LIMIT $2)"),
                   ARGS(v_int(account), v_int(SESSIONS_MOST - 1)));
}

/* The name a browser gives itself: any bytes. */
static Str agent_clean(struct arena *a, Str agent)
{
    struct buf b = buf_make(a);
    const char *p = agent.p, *end = agent.p + agent.n;
    while (p < end && b.n < AGENT_MOST) {
        uint32_t c = utf8_next(&p, end);
        if (c >= ' ' && c != 0x7F) put_utf8(&b, c);
    }
    return buf_str(&b);
}

enum err session_begin(struct work *w, int64_t account, bool strong, Str address, Str agent, Str *token)
{
    int64_t id, now = time_now();
    TRY(sessions_forget(w));
    TRY(make_room(w, account));
    TRY(work_take_number(w, S("session"), &id));
    *token = random_token(w->a);
    return db_exec(w->db, w->a, SQL("INSERT INTO session (id, account, hash, secret, strong, began, seen, address, agent)"
                                    " VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)"),
                   ARGS(v_int(id), v_int(account), v_text(sha256_hex(w->a, *token)), v_text(random_token(w->a)), v_int(strong),
                        v_int(now), v_text(address), v_text(agent_clean(w->a, agent))));
}

enum err session_find(struct work *w, Str token, struct session *out, struct actor *actor)
{
    struct rows r = db_query(w->db, w->a, SQL(SESSION_COLUMNS " WHERE hash = $1" NOT_OVER),
                             ARGS(v_text(sha256_hex(w->a, token)), longest_ago(), silence_ago()));
    *out = (struct session){ 0 };
    if (rows_next(&r)) *out = session_read(&r);
    TRY(rows_end(&r));
    if (!out->id) return ERR_MISSING;
    enum err e = actor_load(w, out->account, actor);
    return e == ERR_DENIED ? ERR_MISSING : e;
}

enum err session_seen(struct work *w, int64_t session)
{
    return db_exec(w->db, w->a, SQL("UPDATE session SET seen = $1 WHERE id = $2"), ARGS(v_int(time_now()), v_int(session)));
}

enum err session_strengthen(struct work *w, int64_t session)
{
    return db_exec(w->db, w->a, SQL("UPDATE session SET strong = 1 WHERE id = $1"), ARGS(v_int(session)));
}

enum err session_end(struct work *w, int64_t account, int64_t session)
{
    if (!session) return db_exec(w->db, w->a, SQL("DELETE FROM session WHERE account = $1"), ARGS(v_int(account)));
    return db_exec(w->db, w->a, SQL("DELETE FROM session WHERE account = $1 AND id = $2"), ARGS(v_int(account), v_int(session)));
}

enum err sessions_of(struct work *w, int64_t account, struct sessions *out)
{
    struct rows r = db_query(w->db, w->a, SQL(SESSION_COLUMNS " WHERE account = $1" NOT_OVER " ORDER BY seen DESC, id DESC"),
                             ARGS(v_int(account), longest_ago(), silence_ago()));
    *out = (struct sessions){ 0 };
    while (rows_next(&r)) *GROW(w->a, *out) = session_read(&r);
    return rows_end(&r);
}

Str form_token(struct arena *a, Str secret) { return hmac_sha256(a, secret, S("form")); }

bool form_token_is(struct arena *a, Str secret, Str token) { return secret.n && secret_eq(form_token(a, secret), token); }
