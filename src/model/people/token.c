#include "model/people/token.h"

#include "base/date.h"
#include "base/hash.h"
#include "base/secret.h"

enum { HINT = 4 };

#define TOKEN_COLUMNS "SELECT id, account, made, used, name, hint, lists, ends, verbs"

static struct token token_read(const struct rows *r)
{
    return (struct token){
        .id = row_int(r, 0), .account = row_int(r, 1), .made = row_int(r, 2), .used = row_int(r, 3), .name = row_text(r, 4),
        .hint = row_text(r, 5), .lists = row_text(r, 6), .ends = row_text(r, 7), .verbs = (unsigned)row_int(r, 8),
    };
}

static Val today(const struct work *w) { return v_text(date_iso(w->a, w->today)); }

enum err token_make(struct work *w, int64_t account, Str name, unsigned verbs, Str lists, Str ends, Str *token)
{
    int64_t id, have = 0;
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM token WHERE account = $1"), ARGS(v_int(account)), &have));
    if (have >= TOKENS_MOST) return ERR_TOO_BIG;
    TRY(work_take_number(w, S("token"), &id));
    *token = str_f(w->a, "mx_%.*s", FMT(random_token(w->a)));
    return db_exec(w->db, w->a, SQL("INSERT INTO token (id, account, name, hash, hint, verbs, lists, ends, made)"
                                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                   ARGS(v_int(id), v_int(account), v_text(name), v_text(sha256_hex(w->a, *token)),
                        v_text(str_sub(*token, token->n - HINT, HINT)), v_int(verbs), v_text(lists), v_text(ends), v_int(time_now())));
}

enum err token_find(struct work *w, Str token, struct token *out, struct actor *actor)
{
    struct rows r = db_query(w->db, w->a, SQL(TOKEN_COLUMNS " FROM token WHERE hash = $1 AND ends >= $2"),
                             ARGS(v_text(sha256_hex(w->a, token)), today(w)));
    *out = (struct token){ 0 };
    if (rows_next(&r)) *out = token_read(&r);
    TRY(rows_end(&r));
    if (!out->id) return ERR_MISSING;
    enum err e = actor_load(w, out->account, actor);
    return e == ERR_DENIED ? ERR_MISSING : e;
}

enum err token_used(struct work *w, int64_t token, int64_t times)
{
    TRY(db_exec(w->db, w->a, SQL("UPDATE token SET used = $1 WHERE id = $2"), ARGS(v_int(time_now()), v_int(token))));
    return db_exec(w->db, w->a, SQL("INSERT INTO token_use (token, day, count) VALUES ($1, $2, $3)"
                                    " ON CONFLICT (token, day) DO UPDATE SET count = token_use.count + excluded.count"),
                   ARGS(v_int(token), today(w), v_int(times)));
}

enum err token_end(struct work *w, int64_t account, int64_t token)
{
    TRY(db_exec(w->db, w->a, SQL("DELETE FROM token_use WHERE token IN (SELECT id FROM token WHERE id = $1 AND account = $2)"),
                ARGS(v_int(token), v_int(account))));
    return db_exec(w->db, w->a, SQL("DELETE FROM token WHERE id = $1 AND account = $2"), ARGS(v_int(token), v_int(account)));
}

enum err tokens_of(struct work *w, int64_t account, struct tokens *out)
{
    struct rows r = db_query(w->db, w->a, SQL(TOKEN_COLUMNS ", (SELECT CAST(sum(count) AS bigint) FROM token_use WHERE token = token.id)"
                                              " FROM token WHERE account = $1 ORDER BY id"), ARGS(v_int(account)));
    *out = (struct tokens){ 0 };
    while (rows_next(&r)) {
        struct token *t = GROW(w->a, *out);
        *t = token_read(&r);
        t->uses = row_int(&r, 9);
    }
    return rows_end(&r);
}

enum err token_uses(struct work *w, int64_t token, struct use *out, size_t *n, size_t most)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT day, count FROM token_use WHERE token = $1 ORDER BY day DESC LIMIT $2"),
                             ARGS(v_int(token), v_int((int64_t)most)));
    for (*n = 0; *n < most && rows_next(&r); ++*n) out[*n] = (struct use){ row_text(&r, 0), row_int(&r, 1) };
    return rows_end(&r);
}
