#include "model/desk/reminded.h"

enum err remind_once(struct work *w, Str what, bool *first)
{
    MUST(db_in_write(w->db));
    struct rows r = db_query(w->db, w->a, SQL("INSERT INTO reminded (what, at) VALUES ($1, $2) ON CONFLICT (what) DO NOTHING RETURNING at"),
                             ARGS(v_text(what), v_int(w->writing.at)));
    *first = rows_next(&r);
    return rows_end(&r);
}
