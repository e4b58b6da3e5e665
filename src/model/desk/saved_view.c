#include "model/desk/desk.h"

/* One list opens with one view: the last that was said to be the usual one. */
static enum err no_other_usual(struct work *w, const struct entity *e)
{
    return db_exec(w->db, w->a, SQL("UPDATE saved_view SET usual = 0 WHERE account = $1 AND entity = $2 AND usual = 1"),
                   ARGS(v_int(w->actor.account), v_text(str_of(e->name))));
}

static enum err own_view(struct work *w, const struct entity *e, Str name, int64_t *id)
{
    *id = 0;
    return db_one_int(w->db, w->a, SQL("SELECT id FROM saved_view WHERE account = $1 AND entity = $2 AND name = $3"),
                      ARGS(v_int(w->actor.account), v_text(str_of(e->name)), v_text(name)), id);
}

enum err view_keep(struct work *w, const struct entity *e, Str name, Str query, bool shared, bool usual, int64_t *id)
{
    MUST(w->actor.account && db_in_write(w->db));
    if (!name.n) return ERR_INVALID;
    if (name.n > VIEW_NAME_MOST || query.n > VIEW_QUERY_MOST) return ERR_TOO_BIG;
    if (shared && !(w->actor.roles & STAFF)) return ERR_DENIED;
    if (usual) TRY(no_other_usual(w, e));
    TRY(own_view(w, e, name, id));
    if (*id)
        return db_exec(w->db, w->a, SQL("UPDATE saved_view SET query = $2, shared = $3, usual = $4 WHERE id = $1"),
                       ARGS(v_int(*id), v_text(query), v_int(shared), v_int(usual)));
    TRY(work_take_number(w, S("saved_view"), id));
    return db_exec(w->db, w->a, SQL("INSERT INTO saved_view (id, account, entity, name, query, shared, usual)"
                                    " VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                   ARGS(v_int(*id), v_int(w->actor.account), v_text(str_of(e->name)), v_text(name), v_text(query), v_int(shared),
                        v_int(usual)));
}

enum err view_drop(struct work *w, int64_t id)
{
    int64_t owner = 0;
    MUST(db_in_write(w->db));
    TRY(db_one_int(w->db, w->a, SQL("SELECT account FROM saved_view WHERE id = $1"), ARGS(v_int(id)), &owner));
    if (!owner || (owner != w->actor.account && !(w->actor.roles & ADMIN))) return ERR_MISSING;
    return db_exec(w->db, w->a, SQL("DELETE FROM saved_view WHERE id = $1"), ARGS(v_int(id)));
}

enum err views_of(struct work *w, const struct entity *e, struct views *out)
{
    *out = (struct views){ 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT id, account, name, query, shared, usual FROM saved_view"
                                              " WHERE entity = $2 AND (account = $1 OR shared = 1)"
                                              " ORDER BY CASE WHEN account = $1 THEN 0 ELSE 1 END, name, id LIMIT $3"),
                             ARGS(v_int(w->actor.account), v_text(str_of(e->name)), v_int(VIEWS_MOST)));
    while (rows_next(&r)) {
        bool mine = row_int(&r, 1) == w->actor.account;
        *GROW(w->a, *out) = (struct view){ .id = row_int(&r, 0), .account = row_int(&r, 1), .name = row_text(&r, 2), .query = row_text(&r, 3),
                                           .shared = row_int(&r, 4) != 0, .mine = mine, .usual = mine && row_int(&r, 5) };
    }
    return rows_end(&r);
}
