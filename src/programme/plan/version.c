/* version.c - the plan as it was decided each time, frozen as JSON; and what differs between two of them. */
#include "programme/plan/inside.h"

#include "format/json.h"

static const struct field fields[] = {
    [VERSION_NAME] = { "name", N_("Version of the plan"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 400 },
    [VERSION_PLAN] = { "plan", N_("Plan"), &reference_type, REQUIRED | PUBLIC | LISTED | INDEXED, .to = &yearly_plan },
    [VERSION_NUMBER] = { "number", N_("Version"), &integer_type, REQUIRED | PUBLIC | LISTED, .least = 1, .most = 1000 },
    [VERSION_DECISION] = { "decision", N_("Number of the decision"), &text_type, PUBLIC | LISTED, .max = 100 },
    [VERSION_DECIDED_ON] = { "decided_on", N_("Decided on"), &date_type, PUBLIC | LISTED | HAPPENED },
    [VERSION_REASON] = { "reason", N_("Why it was adjusted"), &long_text_type, PUBLIC, .max = NOTE_MOST },
    [VERSION_TOTAL] = { "total", N_("Cost"), &money_type, PUBLIC | LISTED },
    [VERSION_CONTENT] = { "content", N_("The plan as it was decided"), &long_text_type, INTERNAL },
};
_Static_assert(COUNT(fields) == VERSION_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { OFFICER | FINANCE | AGENCY | LEADER | ADMIN, MAY_READ, ALL_FIELDS, ROWS_ALL }, { 0 },
};

const struct entity plan_version = {
    .name = "plan_version", .path = "plan-versions", .one = N_("Version of a plan"), .many = N_("Versions of plans"), .shelf = N_("The year's plan"), FIELDS(fields),
    .title = VERSION_NAME, .id_prefix = "BK", .rights = rights, .permanent = true,
    .about = N_("Yearly plans as they were approved and adjusted, each with its decision."),
};

/* ---- frozen ----------------------------------------------------------------------------------------------- */

/* The record as it is stored: a member for each column, a list for children. */
static void put_frozen(struct json_writer *j, const struct record *r)
{
    json_write_key(j, S("id"));
    json_write_int(j, r->id);
    for EACH_FIELD(f, i, r->e) {
        if (f->type == &children_type) {
            json_write_key(j, str_of(f->name));
            json_write_array(j);
            for (size_t k = 0; k < r->children[i].n; k++) {
                json_write_object(j);
                put_frozen(j, r->children[i].p[k]);
                json_write_end(j);
            }
            json_write_end(j);
        } else if (has_column(f) && v_is(r->v[i])) {
            json_write_key(j, str_of(f->name));
            if (r->v[i].type == V_TEXT) json_write_string(j, v_str(r->v[i]));
            else if (r->v[i].type == V_INT) json_write_int(j, v_i64(r->v[i]));
            else json_write_real(j, v_f64(r->v[i]));
        }
    }
}

static void put_list(struct json_writer *j, const char *key, const struct records *list)
{
    json_write_key(j, str_of(key));
    json_write_array(j);
    for (size_t i = 0; i < list->n; i++) {
        json_write_object(j);
        put_frozen(j, list->p[i]);
        json_write_end(j);
    }
    json_write_end(j);
}

static int64_t total_of(const struct records *tasks)
{
    int64_t sum = 0;
    for (size_t i = 0; i < tasks->n; i++) sum += v_i64(tasks->p[i]->v[TASK_TOTAL]);
    return sum;
}

static void leave_out_cancelled(struct records *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) if (!is_cancelled(list->p[i])) list->p[kept++] = list->p[i];
    list->n = kept;
}

static Str frozen(struct work *w, const struct record *plan_of, const struct plan_view *v)
{
    struct buf b = buf_make(w->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    json_write_key(&j, S("plan"));
    json_write_object(&j);
    put_frozen(&j, plan_of);
    json_write_end(&j);
    put_list(&j, "activities", &v->activities);
    put_list(&j, "tasks", &v->tasks);
    json_write_end(&j);
    json_write_done(&j);
    return buf_str(&b);
}

enum err version_make(struct work *w, const struct record *plan_of)
{
    struct record *r = record_make(w->a, &plan_version);
    struct plan_view v;
    bool changed;
    TRY(plan_load(w, plan_of->id, &v));
    leave_out_cancelled(&v.activities);
    leave_out_cancelled(&v.tasks);
    r->v[VERSION_NAME] = v_text(str_f(w->a, "%.*s (%d)", FMT(v_str(plan_of->v[PLAN_TITLE_VI])), (int)v_i64(plan_of->v[PLAN_VERSION])));
    r->v[VERSION_PLAN] = v_int(plan_of->id);
    r->v[VERSION_NUMBER] = plan_of->v[PLAN_VERSION];
    r->v[VERSION_DECISION] = plan_of->v[PLAN_DECISION];
    r->v[VERSION_DECIDED_ON] = plan_of->v[PLAN_DECIDED_ON];
    r->v[VERSION_REASON] = plan_of->v[PLAN_REASON];
    r->v[VERSION_TOTAL] = v_int(total_of(&v.tasks));
    r->v[VERSION_CONTENT] = v_text(frozen(w, plan_of, &v));
    return record_save(w, NULL, r, &changed);
}

/* ---- read back --------------------------------------------------------------------------------------------- */

static Val val_of(const struct json_t *j)
{
    int64_t i;
    double d;
    if (json_to_i64(j, &i)) return v_int(i);
    if (json_to_f64(j, &d)) return v_real(d);
    return json_is_str(j) ? v_text(json_str(j)) : v_null();
}

/* A whole number that was kept in a column of real ones is one again. */
static Val as_stored(const struct field *f, Val v)
{
    return f->type->stored == V_REAL && v.type == V_INT ? v_real((double)v.i) : v;
}

static void thaw(struct arena *a, struct record *r, const struct json_t *from)
{
    json_to_i64(json_member(from, "id"), &r->id);
    for EACH_FIELD(f, i, r->e) {
        const struct json_t *member = json_member(from, f->name);
        if (has_column(f)) r->v[i] = as_stored(f, val_of(member));
        for (size_t k = 0; f->type == &children_type && k < json_count(member); k++) thaw(a, record_add(a, r, i), json_item(member, k));
    }
}

static void thaw_list(struct arena *a, const struct entity *e, const struct json_t *from, struct records *out)
{
    for (size_t i = 0; i < json_count(from); i++) {
        struct record *r = record_make(a, e);
        thaw(a, r, json_item(from, i));
        *GROW(a, *out) = r;
    }
}

enum err version_read(struct work *w, const struct record *version_of, struct plan_view *out)
{
    const struct json_t *j;
    struct record *plan_of = record_make(w->a, &yearly_plan);
    Message why;
    *out = (struct plan_view){ .plan = plan_of };
    TRY(json_read(w->a, v_str(version_of->v[VERSION_CONTENT]), &j, &why));
    thaw(w->a, plan_of, json_member(j, "plan"));
    thaw_list(w->a, &activity, json_member(j, "activities"), &out->activities);
    thaw_list(w->a, &task, json_member(j, "tasks"), &out->tasks);
    return OK;
}

/* ---- what differs ------------------------------------------------------------------------------------------ */

struct comparing { struct work *w; struct plan_differences *out; };

static Str named_as(struct work *w, const struct record *r, const char *label)
{
    return message_str(w->a, w->lang, MSG(N_("{1} “{2}”: {3}"), tr(w->lang, r->e->one), record_title(w, r), tr(w->lang, label)));
}

static int64_t money_in(const struct record *r) { return r && r->e == &task ? v_i64(r->v[TASK_TOTAL]) : 0; }

static void add(const struct comparing *c, const struct record *was, const struct record *now, const char *label, Str before, Str after)
{
    *GROW(c->w->a, *c->out) = (struct plan_difference){ named_as(c->w, now ? now : was, label), before, after, money_in(was), money_in(now) };
}

/* What follows from other fields, or is how things went on, is no difference of plans. */
static bool is_planned(const struct field *f)
{
    return has_column(f) && !(f->is & (COMPUTED | INTERNAL)) && !is_stepped(f) && f->writers != SYSTEM;
}

static void compare(const struct comparing *c, const struct record *was, const struct record *now)
{
    for EACH_FIELD(f, i, now->e) {
        if (f->type == &children_type && !same_children(&was->children[i], &now->children[i])) add(c, was, now, f->label, (Str){ 0 }, (Str){ 0 });
        if (!is_planned(f) || val_eq(was->v[i], now->v[i])) continue;
        struct plan_difference d = { named_as(c->w, now, f->label), record_text(c->w, was, i), record_text(c->w, now, i), money_in(now), money_in(now) };
        *GROW(c->w->a, *c->out) = d;
    }
}

static void compare_lists(const struct comparing *c, const struct records *older, const struct records *newer)
{
    for (size_t i = 0; i < older->n; i++)
        if (!child_with_id(newer, older->p[i]->id)) add(c, older->p[i], NULL, N_("taken out of the plan"), (Str){ 0 }, (Str){ 0 });
    for (size_t i = 0; i < newer->n; i++) {
        const struct record *was = child_with_id(older, newer->p[i]->id);
        if (was) compare(c, was, newer->p[i]);
        else add(c, NULL, newer->p[i], N_("put into the plan"), (Str){ 0 }, (Str){ 0 });
    }
}

enum err plan_differences(struct work *w, const struct record *older, const struct record *newer, struct plan_differences *out)
{
    struct plan_view a, b;
    *out = (struct plan_differences){ 0 };
    TRY(version_read(w, older, &a));
    TRY(version_read(w, newer, &b));
    struct comparing c = { w, out };
    compare_lists(&c, &a.activities, &b.activities);
    compare_lists(&c, &a.tasks, &b.tasks);
    return OK;
}
