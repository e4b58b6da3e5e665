#include "model/desk/desk.h"

enum err preference_set(struct work *w, Str name, Str value)
{
    Val account = v_int(w->actor.account);
    MUST(w->actor.account && db_in_write(w->db));
    if (name.n > PREFERENCE_NAME_MOST || value.n > PREFERENCE_MOST) return ERR_TOO_BIG;
    if (!value.n)
        return db_exec(w->db, w->a, SQL("DELETE FROM preference WHERE account = $1 AND name = $2"), ARGS(account, v_text(name)));
    return db_exec(w->db, w->a, SQL("INSERT INTO preference (account, name, value) VALUES ($1, $2, $3)"
                                    " ON CONFLICT (account, name) DO UPDATE SET value = excluded.value"),
                   ARGS(account, v_text(name), v_text(value)));
}

enum err preference_get(struct work *w, Str name, Str *value)
{
    *value = (Str){ 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT value FROM preference WHERE account = $1 AND name = $2"),
                             ARGS(v_int(w->actor.account), v_text(name)));
    if (rows_next(&r)) *value = row_text(&r, 0);
    return rows_end(&r);
}
