#include "model/flow/tell.h"

#include "model/desk/desk.h"
#include "model/people/account.h"
#include "model/type.h"

/* ---- whom it concerns ------------------------------------------------------------------------- */

static void put_role_condition(struct buf *b, const struct work *w, Roles who)
{
    const char *between = "", *found = db_dialect(w->db) == SQLITE ? "instr" : "strpos";
    put_z(b, " AND (");
    for (const struct word *r = role_words; r->bit; r++)
        if (who & r->bit) put_f(b, "%s%s(roles, ';%s;') > 0", between, found, r->code), between = " OR ";
    put_z(b, *between ? ")" : "1 = 0)");
}

/* Accounts with one of the roles and, where column is not NULL, with that value there. */
static enum err add_accounts(struct work *w, Roles who, const char *column, Val v, struct records *out)
{
    struct records found;
    struct buf b = buf_make(w->a);
    put_f(&b, "%s WHERE state = 'active'", shape_of(w->m, &account_entity)->select_list.text);
    put_role_condition(&b, w, who);
    if (column) put_f(&b, " AND %s = $1", column);
    put_z(&b, " ORDER BY id");
    TRY(records_query(w, &account_entity, sql_of(&b), column ? ARGS(v) : NO_ARGS, false, &found));
    for (size_t i = 0; i < found.n; i++)
        if (!child_with_id(out, found.p[i]->id)) *GROW(w->a, *out) = found.p[i];
    return OK;
}

static enum err add_right(struct work *w, const struct record *r, const struct right *right, Roles who, struct records *out)
{
    static const char *const columns[] = { [ROWS_OWN] = "organisation", [ROWS_WARD] = "ward", [ROWS_MEMBERS] = "association",
                                           [ROWS_MINE] = "id", [ROWS_ALL] = NULL, [ROWS_PUBLISHED] = NULL };
    const char *column = columns[right->rows];
    Val v = !column ? v_null() : right->field == ID_ITSELF ? v_int(r->id) : r->v[right->field];
    if (!column || right->field == ID_ITSELF || !r->e->fields[right->field].type->many)
        return column && !v_is(v) ? OK : add_accounts(w, who, column, v, out);
    Str rest = v_str(v), one;
    while (many_next(&rest, &one)) TRY(add_accounts(w, who, column, v_text(one), out));
    return OK;
}

enum err accounts_concerned(struct work *w, const struct record *r, Roles who, struct records *out)
{
    *out = (struct records){ 0 };
    for (const struct right *right = r->e->rights; right->who; right++) {
        bool concerns = right->may & MAY_READ && right->who & who && right->rows != ROWS_PUBLISHED && right->rows != ROWS_SEATS;
        if (concerns) TRY(add_right(w, r, right, right->who & who, out));
    }
    return OK;
}

/* ---- telling ------------------------------------------------------------------------------------ */

Str workspace_path(struct arena *a, const struct entity *e, int64_t id)
{
    return str_f(a, "/workspace/%s/%.*s", e->path, FMT(public_id(a, e, id)));
}

static enum err tell_one(struct work *w, const struct record *account, const struct record *r, const char *told, const char *label)
{
    struct work reader = *w;
    reader.actor = actor_of(account);
    reader.lang = account_lang(account);
    Message text = MSG(told, record_title(&reader, r), label ? tr(reader.lang, label) : (Str){ 0 });
    return notify(w, account, text, workspace_path(w->a, r->e, r->id));
}

enum err record_tell(struct work *w, const struct record *r, Roles who, const char *told, const char *label)
{
    struct records accounts;
    if (!who) return OK;
    TRY(accounts_concerned(w, r, who, &accounts));
    for (size_t i = 0; i < accounts.n; i++)
        if (accounts.p[i]->id != w->actor.account) TRY(tell_one(w, accounts.p[i], r, told, label));
    return OK;
}
