#include "model/flow/task.h"

#include "model/desk/desk.h"
#include "model/desk/reminded.h"
#include "model/flow/calendar.h"
#include "model/freshness.h"
#include "model/import/import.h"
#include "model/people/account.h"

#include <stdlib.h>

/* ---- whose turn it is ------------------------------------------------------------------------ */

static bool is_awaited(const struct step *s) { return !(s->is & (STEP_AUTO | STEP_BAD | STEP_QUIET)); }

static bool is_turn(const struct work *w, const struct record *r)
{
    const struct choice *state = state_of(r);
    for EACH_STEP(s, r->e->workflow)
        if (state && !state->done && is_awaited(s) && step_leaves(s, str_of(state->code)) && step_theirs(w, r, s)) return true;
    return false;
}

enum { TURN_ARGS = 256 };
struct turn { struct buf sql; Val args[TURN_ARGS]; int n; bool any; };

static void put_arg(struct turn *t, Val v)
{
    MUST(t->n < TURN_ARGS - ROWS_ARGS);
    t->args[t->n++] = v;
    put_f(&t->sql, "$%d", t->n);
}

/* "(state IN (...)" of those the step leaves that are not done; false: none. */
static bool put_states(struct turn *t, const struct entity *e, const struct step *s)
{
    const struct field *state = &e->fields[e->workflow->state];
    bool any = false;
    put_f(&t->sql, "%s(%s IN (", t->any ? " OR " : "", state->name);
    for (const struct choice *c = state->choices; c->code; c++) {
        if (c->done || !step_leaves(s, str_of(c->code))) continue;
        if (any) put_z(&t->sql, ", ");
        put_arg(t, v_text(str_of(c->code)));
        any = true;
    }
    put_c(&t->sql, ')');
    return any;
}

/* The records of whom it is the actor's turn as an SQL condition; false: there can be none. */
static bool put_turn(struct turn *t, const struct work *w, const struct entity *e)
{
    for EACH_STEP(s, e->workflow) {
        size_t before = t->sql.n;
        int args = t->n;
        struct work as = step_as(w, s);
        bool theirs = is_awaited(s) && as.actor.roles && put_states(t, e, s);
        if (theirs && s->rows == ROWS_PUBLISHED) put_rows(&t->sql, &as, e, t->args, &t->n);
        else if (theirs) theirs = put_scope(&t->sql, &as, e, s->rows, s->field, t->args, &t->n);
        if (theirs) put_c(&t->sql, ')'), t->any = true;
        else t->sql.n = before, t->n = args;
    }
    return t->any;
}

/* ---- tasks ---------------------------------------------------------------------------------- */

static void add(struct work *w, struct tasks *out, const struct record *r, Str state, struct date due)
{
    *GROW(w->a, *out) = (struct task){
        .e = r->e, .record = r, .title = record_title(w, r), .state = state, .due = due, .count = 1,
        .days_left = due.year ? working_days_between(w->codes, w->today, due) : 0, .path = workspace_path(w->a, r->e, r->id),
    };
}

static enum err add_records(struct work *w, const struct entity *e, int limit, struct tasks *out)
{
    struct turn t = { .sql = buf_make(w->a) };
    struct records found;
    put_f(&t.sql, "%s WHERE (", shape_of(w->m, e)->select_list.text);
    if (!put_turn(&t, w, e)) return OK;
    put_z(&t.sql, ") ORDER BY ");
    if (e->workflow->due >= 0) put_f(&t.sql, "%s NULLS LAST, ", e->fields[e->workflow->due].name);
    put_z(&t.sql, "id LIMIT ");
    put_arg(&t, v_int(limit + 1));
    TRY(records_query(w, e, sql_of(&t.sql), (Args){ t.args, t.n }, false, &found));
    for (size_t i = 0; i < found.n; i++)
        if (is_turn(w, found.p[i])) add(w, out, found.p[i], tr(w->lang, state_of(found.p[i])->label), due_of(found.p[i]));
    return OK;
}

/* Rows that imports have set aside, for those who may import. */
static enum err add_asides(struct work *w, const struct entity *e, struct tasks *out)
{
    int64_t n = 0;
    if (e->parent || !may(w, e, MAY_BULK)) return OK;
    TRY(asides_count(w, e, &n));
    if (n)
        *GROW(w->a, *out) = (struct task){ .e = e, .title = tr(w->lang, e->many), .state = tr(w->lang, N_("Rows to decide")),
                                           .count = n, .path = S("/workspace/review") };
    return OK;
}

/* The actor's own organisation, where it should be said again that it is right. */
static enum err add_stale(struct work *w, struct tasks *out)
{
    const struct entity *e = w->m->organisation;
    struct record *r;
    if (!e || !e->confirmations || !w->actor.organisation) return OK;
    enum err err = record_load(w, e, w->actor.organisation, &r);
    if (err == ERR_MISSING) return OK;
    TRY(err);
    bool theirs = reach_of(w, r).may & (MAY_CHANGE | MAY_PROPOSE);
    if (theirs && record_stale(w, r)) add(w, out, r, tr(w->lang, N_("Still correct?")), (struct date){ 0 });
    return OK;
}

static int more_urgent(const void *a, const void *b)
{
    const struct task *x = a, *y = b;
    int64_t dx = x->due.year ? date_days(x->due) : INT64_MAX, dy = y->due.year ? date_days(y->due) : INT64_MAX;
    if (dx != dy) return dx < dy ? -1 : 1;
    int by_entity = str_cmp(str_of(x->e->name), str_of(y->e->name));
    if (by_entity) return by_entity;
    int64_t ix = x->record ? x->record->id : 0, iy = y->record ? y->record->id : 0;
    return (ix > iy) - (ix < iy);
}

enum err tasks_of(struct work *w, int limit, struct tasks *out)
{
    *out = (struct tasks){ 0 };
    for (int i = 0; i < w->m->n; i++) {
        const struct entity *e = w->m->entities[i];
        if (e->workflow) TRY(add_records(w, e, limit, out));
        TRY(add_asides(w, e, out));
    }
    TRY(add_stale(w, out));
    if (out->n) qsort(out->p, out->n, sizeof *out->p, more_urgent);
    out->more = out->n > (size_t)limit;
    if (out->more) out->n = (size_t)limit;
    return OK;
}

static enum err count_records(struct work *w, const struct entity *e, int64_t *n, int64_t *overdue)
{
    struct turn t = { .sql = buf_make(w->a) };
    put_z(&t.sql, "SELECT count(*)");
    if (e->workflow->due >= 0) {
        put_f(&t.sql, ", count(CASE WHEN %s < ", e->fields[e->workflow->due].name);
        put_arg(&t, v_text(date_iso(w->a, w->today)));
        put_z(&t.sql, " THEN 1 END)");
    }
    put_f(&t.sql, " FROM %s WHERE (", e->name);
    if (!put_turn(&t, w, e)) return OK;
    put_c(&t.sql, ')');
    struct rows r = db_query(w->db, w->a, sql_of(&t.sql), (Args){ t.args, t.n });
    if (rows_next(&r)) {
        *n += row_int(&r, 0);
        if (e->workflow->due >= 0) *overdue += row_int(&r, 1);
    }
    return rows_end(&r);
}

enum err tasks_count(struct work *w, int64_t *n, int64_t *overdue)
{
    *n = *overdue = 0;
    for (int i = 0; i < w->m->n; i++)
        if (w->m->entities[i]->workflow) TRY(count_records(w, w->m->entities[i], n, overdue));
    return OK;
}

/* ---- reminding ------------------------------------------------------------------------------ */

enum { SOON = 2,                            /* working days                                       */
       PAGE = 500 };

static enum err tell_due(struct work *w, const struct record *account, const struct record *r, bool overdue)
{
    struct work reader = *w;
    struct buf day = buf_make(w->a);
    reader.actor = actor_of(account);
    reader.lang = account_lang(account);
    if (!is_turn(&reader, r)) return OK;
    date_type.show(&day, &reader, NULL, v_text(date_iso(w->a, due_of(r))));
    Message text = MSG(overdue ? N_("{1}: “{2}” was due on {3}.") : N_("{1}: “{2}” is due on {3}."), record_title(&reader, r),
                       tr(reader.lang, state_of(r)->label), buf_str(&day));
    return notify_due(w, account, text, workspace_path(w->a, r->e, r->id));
}

static enum err remind_of(struct work *w, const struct record *r, Roles who)
{
    bool overdue = date_days(due_of(r)) < date_days(w->today), first;
    const struct choice *state = state_of(r);
    struct records accounts;
    if (!state || state->done) return OK;
    Str what = str_f(w->a, "%s %s %lld %s %.*s", overdue ? "overdue" : "due", r->e->name, (long long)r->id, state->code,
                     FMT(date_iso(w->a, due_of(r))));
    TRY(remind_once(w, what, &first));
    if (!first) return OK;
    TRY(accounts_concerned(w, r, who, &accounts));
    for (size_t i = 0; i < accounts.n; i++) TRY(tell_due(w, accounts.p[i], r, overdue));
    return OK;
}

static enum err remind_entity(struct work *w, const struct entity *e)
{
    struct records page = { .n = 1 };
    struct buf b = buf_make(w->a);
    Roles who = 0;
    Val until = v_text(date_iso(w->a, working_days_after(w->codes, w->today, SOON)));
    for EACH_STEP(s, e->workflow) if (is_awaited(s)) who |= s->who;
    put_f(&b, "%s WHERE %s <= $1 AND id > $2 ORDER BY id LIMIT $3", shape_of(w->m, e)->select_list.text,
          e->fields[e->workflow->due].name);
    Sql q = sql_of(&b);
    for (int64_t after = 0; page.n;) {
        TRY(records_query(w, e, q, ARGS(until, v_int(after), v_int(PAGE)), false, &page));
        for (size_t i = 0; i < page.n; i++) TRY(remind_of(w, page.p[i], who));
        if (page.n) after = page.p[page.n - 1]->id;
    }
    return OK;
}

enum err tasks_remind(struct work *w)
{
    MUST(db_in_write(w->db));
    for (int i = 0; i < w->m->n; i++) {
        const struct entity *e = w->m->entities[i];
        if (e->workflow && e->workflow->due >= 0) TRY(remind_entity(w, e));
    }
    return OK;
}
