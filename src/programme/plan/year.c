/* year.c - a year's plan as others ask for it: loaded whole, copied to another year, and what each budget line is asked for. */
#include "programme/plan/inside.h"

#include "base/map.h"

enum err plan_of_year(struct work *w, int year, int64_t *id) { return record_find(w, &yearly_plan, PLAN_YEAR, v_int(year), id); }

enum err plan_load(struct work *w, int64_t plan_id, struct plan_view *out)
{
    struct record *plan_of;
    struct buf activities = buf_make(w->a), tasks = buf_make(w->a);
    TRY(record_load(w, &yearly_plan, plan_id, &plan_of));
    put_f(&activities, "%s WHERE plan = $1 ORDER BY content, starts, id", shape_of(w->m, &activity)->select_list.text);
    put_f(&tasks, "%s WHERE activity IN (SELECT id FROM activity WHERE plan = $1) ORDER BY activity, starts, id", shape_of(w->m, &task)->select_list.text);
    *out = (struct plan_view){ .plan = plan_of };
    TRY(records_query(w, &activity, sql_of(&activities), ARGS(v_int(plan_id)), true, &out->activities));
    return records_query(w, &task, sql_of(&tasks), ARGS(v_int(plan_id)), true, &out->tasks);
}

/* ---- copying ------------------------------------------------------------------------------------------- */

struct copying { struct work *w; int from, to; int64_t plan; };

static Val moved_day(const struct copying *c, Val day)
{
    struct date d;
    if (!date_from_iso(v_str(day), &d)) return day;
    d.year += c->to - c->from;
    if (!date_valid(d)) d.day = 28;                         /* 29 February                         */
    return v_text(date_iso(c->w->a, d));
}

/* "Hội chợ năm 2026" becomes that of 2027. */
static Val moved_title(const struct copying *c, Val title)
{
    struct buf b = buf_make(c->w->a);
    Str rest = v_str(title), from = str_f(c->w->a, "%d", c->from);
    size_t at;
    if (!v_is(title)) return title;
    while (str_find(rest, from, &at)) {
        put(&b, str_sub(rest, 0, at));
        put_i(&b, c->to);
        rest = str_sub(rest, at + from.n, rest.n);
    }
    put(&b, rest);
    return v_text(buf_str(&b));
}

/* A new record with the same values, its state not begun, dates and titles those of the other year. */
static struct record *moved(const struct copying *c, const struct record *r)
{
    struct record *n = record_copy(c->w->a, r);
    n->id = n->seq = 0;
    for EACH_FIELD(f, i, n->e) {
        if (is_stepped(f) || f->writers == SYSTEM || f->is & INTERNAL) n->v[i] = v_null();
        else if (f->type == &date_type) n->v[i] = moved_day(c, n->v[i]);
        else if (f->is & PAIR) n->v[i] = moved_title(c, n->v[i]), n->v[i + 1] = moved_title(c, n->v[i + 1]);
        for (size_t k = 0; f->type == &children_type && k < n->children[i].n; k++) n->children[i].p[k]->id = n->children[i].p[k]->parent = 0;
    }
    return n;
}

static enum err copy_activity(const struct copying *c, const struct plan_view *of, const struct record *r)
{
    struct record *made = moved(c, r);
    bool changed;
    made->v[ACTIVITY_PLAN] = v_int(c->plan);
    TRY(record_save(c->w, NULL, made, &changed));
    for (size_t i = 0; i < of->tasks.n; i++) {
        const struct record *t = of->tasks.p[i];
        if (v_i64(t->v[TASK_ACTIVITY]) != r->id || is_cancelled(t)) continue;
        struct record *n = moved(c, t);
        n->v[TASK_ACTIVITY] = v_int(made->id);
        TRY(record_save(c->w, NULL, n, &changed));
    }
    return OK;
}

static enum err copy_plan(struct copying *c, const struct plan_view *of)
{
    struct record *made = moved(c, of->plan);
    bool changed;
    made->v[PLAN_YEAR] = v_int(c->to);
    made->v[PLAN_COPIED_FROM] = v_int(of->plan->id);
    made->v[PLAN_DECISION] = made->v[PLAN_DECIDED_ON] = made->v[PLAN_NOTE] = v_null();
    TRY(record_save(c->w, NULL, made, &changed));
    c->plan = made->id;
    for (size_t i = 0; i < of->activities.n; i++)
        if (!is_cancelled(of->activities.p[i])) TRY(copy_activity(c, of, of->activities.p[i]));
    return OK;
}

enum err plan_copy(struct work *w, int64_t from, int year, int64_t *id, Message *why)
{
    struct plan_view of;
    int64_t there = 0;
    *why = NO_MESSAGE;
    if (!(reach_at_all(w, &yearly_plan).may & MAY_CREATE)) return *why = MSG(N_("Only officers may make a plan.")), ERR_DENIED;
    if (year < PROGRAMME_FROM || year > PROGRAMME_LAST)
        return *why = MSG(N_("The programme is for the years {1} to {2}."), str_f(w->a, "%d", PROGRAMME_FROM), str_f(w->a, "%d", PROGRAMME_LAST)), ERR_INVALID;
    TRY(plan_of_year(w, year, &there));
    if (there) return *why = MSG(N_("There is a plan for {1} already: {2}."), str_f(w->a, "%d", year), public_id(w->a, &yearly_plan, there)), ERR_CONFLICT;
    TRY(plan_load(w, from, &of));
    struct copying c = { w, (int)v_i64(of.plan->v[PLAN_YEAR]), year, 0 };
    TRY(copy_plan(&c, &of));
    *id = c.plan;
    return OK;
}

/* ---- estimates -------------------------------------------------------------------------------------------- */

struct adding { struct arena *a; struct estimates *to; struct map at; };

static void add_share(struct adding *s, struct estimate e)
{
    bool added;
    if (!e.amount) return;
    Str key = str_f(s->a, "%lld|%.*s|%.*s|%.*s|%.*s", (long long)e.task, FMT(e.agency), FMT(e.source), FMT(e.content), FMT(e.kind));
    int64_t *at = map_put(&s->at, key, (int64_t)s->to->n, &added);
    if (added) *GROW(s->a, *s->to) = e;
    else s->to->p[*at].amount += e.amount;
}

enum err estimates_of(struct work *w, int year, struct estimates *out)
{
    *out = (struct estimates){ 0 };
    struct adding s = { w->a, out, map_make(w->a, 256) };
    struct rows r = db_query(w->db, w->a,
                             SQL("SELECT task.id, task.agency, task.content, cost_line.kind, cost_line.source, cost_line.support, cost_line.rest_source, cost_line.rest"
                                 " FROM task JOIN cost_line ON cost_line.task = task.id WHERE task.year = $1 AND task.state <> 'cancelled'"
                                 " ORDER BY task.id, cost_line.id"),
                             ARGS(v_int(year)));
    while (rows_next(&r)) {
        struct estimate e = { .task = row_int(&r, 0), .agency = row_text(&r, 1), .content = row_text(&r, 2), .kind = row_text(&r, 3) };
        e.source = row_text(&r, 4);
        e.amount = row_int(&r, 5);
        add_share(&s, e);
        e.source = row_text(&r, 6);
        e.amount = row_int(&r, 7);
        add_share(&s, e);
    }
    return rows_end(&r);
}
