#include "model/desk/desk.h"

#include "base/date.h"

#define MINE(w, e, record) ARGS(v_int((w)->actor.account), v_text(str_of((e)->name)), v_int(record))

enum err draft_keep(struct work *w, const struct entity *e, int64_t record, int64_t seq, Str form)
{
    MUST(w->actor.account && db_in_write(w->db));
    if (form.n > DRAFT_MOST) return ERR_TOO_BIG;
    return db_exec(w->db, w->a, SQL("INSERT INTO draft (account, entity, record, seq, at, form) VALUES ($1, $2, $3, $4, $5, $6)"
                                    " ON CONFLICT (account, entity, record)"
                                    " DO UPDATE SET seq = excluded.seq, at = excluded.at, form = excluded.form"),
                   ARGS(v_int(w->actor.account), v_text(str_of(e->name)), v_int(record), v_int(seq), v_int(time_now()), v_text(form)));
}

enum err draft_drop(struct work *w, const struct entity *e, int64_t record)
{
    MUST(db_in_write(w->db));
    return db_exec(w->db, w->a, SQL("DELETE FROM draft WHERE account = $1 AND entity = $2 AND record = $3"), MINE(w, e, record));
}

enum err draft_find(struct work *w, const struct entity *e, int64_t record, struct draft *out)
{
    *out = (struct draft){ 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT at, seq, form FROM draft WHERE account = $1 AND entity = $2 AND record = $3"),
                             MINE(w, e, record));
    if (rows_next(&r)) *out = (struct draft){ row_int(&r, 0), row_int(&r, 1), row_text(&r, 2) };
    return rows_end(&r);
}

/* A draft of a list that is no more is left out. */
enum err drafts_of(struct work *w, struct drafteds *out)
{
    *out = (struct drafteds){ 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT entity, record, at FROM draft WHERE account = $1 ORDER BY at DESC, entity, record"),
                             ARGS(v_int(w->actor.account)));
    while (rows_next(&r)) {
        const struct entity *e = entity_named(w->m, row_text(&r, 0));
        if (e) *GROW(w->a, *out) = (struct drafted){ e, row_int(&r, 1), row_int(&r, 2) };
    }
    return rows_end(&r);
}
