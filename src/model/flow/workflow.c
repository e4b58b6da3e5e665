#include "model/flow/workflow.h"

#include "model/change.h"
#include "model/flow/calendar.h"
#include "model/type.h"

/* ---- tables --------------------------------------------------------------------------------- */

static const struct choice *states(const struct entity *e) { return e->fields[e->workflow->state].choices; }

const struct choice *state_named(const struct entity *e, Str code)
{
    for (const struct choice *c = states(e); c->code; c++)
        if (str_is(code, c->code)) return c;
    return NULL;
}

const struct choice *state_of(const struct record *r)
{
    Val v = r->v[r->e->workflow->state];
    return v_is(v) ? state_named(r->e, v_str(v)) : states(r->e);
}

struct date due_of(const struct record *r)
{
    struct date d = { 0 };
    int due = r->e->workflow->due;
    return due >= 0 && date_from_iso(v_str(r->v[due]), &d) ? d : (struct date){ 0 };
}

const struct step *step_named(const struct entity *e, Str name)
{
    if (e->workflow)
        for EACH_STEP(s, e->workflow)
            if (str_is(name, s->name)) return s;
    return NULL;
}

bool step_leaves(const struct step *s, Str state)
{
    Str rest = str_of(s->from), one;
    if (str_is(rest, "*")) return !str_is(state, s->to);
    while (str_next(&rest, '|', &one))
        if (str_eq(one, state)) return true;
    return false;
}

static bool known_states(const struct entity *e, const struct step *s)
{
    Str rest = str_of(s->from), one;
    while (!str_is(str_of(s->from), "*") && str_next(&rest, '|', &one))
        if (!state_named(e, one)) return false;
    return state_named(e, str_of(s->to)) != NULL;
}

static const char *step_wrong(const struct entity *e, const struct step *s)
{
    if (!s->name || !s->label || !s->from || !s->to) return "a step without name, label, from or to";
    if (!known_states(e, s)) return "a step from or to a state that is none of the choices";
    if (step_leaves(s, str_of(s->to))) return "a step that stays where it is: it could be taken twice unseen";
    if (!s->who == !(s->is & STEP_AUTO)) return "a step that is nobody's, or the program's and somebody's";
    bool fits = s->field < e->n && (s->field == ID_ITSELF || scope_fits(s->rows, e->fields[s->field].type));
    if (!fits) return "a step by a field that does not say whose it is";
    return step_named(e, str_of(s->name)) == s ? NULL : "two steps of one name";
}

/* A bit for each state that some steps lead to from the first. */
static uint64_t reached(const struct entity *e)
{
    const struct choice *first = states(e);
    for (uint64_t seen = 1, before = 0;; before = seen) {
        for EACH_STEP(s, e->workflow) {
            uint64_t to = (uint64_t)1 << (state_named(e, str_of(s->to)) - first);
            for (const struct choice *c = first; c->code; c++)
                if (seen >> (c - first) & 1 && step_leaves(s, str_of(c->code))) seen |= to;
        }
        if (seen == before) return seen;
    }
}

static bool can_be_left(const struct entity *e, const struct choice *state)
{
    for EACH_STEP(s, e->workflow) if (step_leaves(s, str_of(state->code))) return true;
    return false;
}

static const char *states_wrong(const struct entity *e)
{
    const struct choice *first = states(e);
    for (const struct choice *c = first; c->code; c++) {
        if (c - first >= 64) return "more states than anybody understands";
        if (!(reached(e) >> (c - first) & 1)) return "a state that no step leads to";
        if (!c->done && !can_be_left(e, c)) return "a state that is not done, but no step leaves";
        if (c->days && (c->done || e->workflow->due < 0)) return "a deadline that nobody could miss";
    }
    return NULL;
}

const char *workflow_wrong(const struct entity *e)
{
    const struct workflow *flow = e->workflow;
    const struct field *state = &e->fields[flow->state], *due = flow->due < 0 ? NULL : &e->fields[flow->due];
    if (e->parent) return "children with a workflow: they go with the record they belong to";
    if (flow->state >= e->n || state->type != &state_type || !(state->is & INDEXED)) return "no INDEXED field for the state";
    if (flow->due >= e->n || (due && (due->type != &date_type || !(due->is & STEPPED)))) return "no STEPPED date for the deadline";
    for EACH_STEP(s, flow) {
        const char *wrong = step_wrong(e, s);
        if (wrong) return wrong;
    }
    return states_wrong(e);
}

void workflow_must(const struct entity *e)
{
    const char *wrong = workflow_wrong(e);
    if (wrong) bug_at(e->name, 0, wrong);
}

/* ---- states --------------------------------------------------------------------------------- */

static void enter(const struct work *w, struct record *r, const struct choice *state)
{
    const struct workflow *flow = r->e->workflow;
    r->v[flow->state] = v_text(str_of(state->code));
    if (flow->due < 0) return;
    r->v[flow->due] = state->days ? v_text(date_iso(w->a, working_days_after(w->codes, w->today, state->days))) : v_null();
}

void workflow_keep(const struct work *w, const struct record *was, struct record *now)
{
    const struct workflow *flow = now->e->workflow;
    if (!flow || w->writing.stepping == now) return;
    if (was) now->v[flow->state] = was->v[flow->state];
    if (was && flow->due >= 0) now->v[flow->due] = was->v[flow->due];
    if (!v_is(now->v[flow->state])) enter(w, now, states(now->e));
}

/* ---- who, from where ------------------------------------------------------------------------ */

struct work step_as(const struct work *w, const struct step *s)
{
    struct work as = *w;
    as.actor.roles &= s->who | SYSTEM;
    return as;
}

bool step_theirs(const struct work *w, const struct record *r, const struct step *s)
{
    struct work as = step_as(w, s);
    if (!as.actor.roles || as.actor.roles & SYSTEM) return as.actor.roles;
    return s->rows == ROWS_PUBLISHED ? record_visible(&as, r) : among_rows(&as, r, s->rows, s->field);
}

static bool leaves(const struct record *r, const struct step *s)
{
    const struct choice *state = state_of(r);
    return state && step_leaves(s, str_of(state->code));
}

bool step_open(const struct work *w, const struct record *r, const struct step *s, Message *why)
{
    Message hindered = NO_MESSAGE;
    bool theirs = leaves(r, s) && step_theirs(w, r, s);
    if (theirs && s->guard) hindered = s->guard(w, r);
    if (why) *why = hindered;
    return theirs && !hindered.id;
}

/* ---- what has been taken --------------------------------------------------------------------- */

enum { TAKEN_ENTITY, TAKEN_RECORD, TAKEN_STEP, TAKEN_FROM, TAKEN_TO, TAKEN_ACCOUNT, TAKEN_ACTOR, TAKEN_NOTE };

static const struct entity *taken_on(const struct work *w, const struct record *t) { return entity_named(w->m, v_str(t->v[TAKEN_ENTITY])); }

static Str list_said(const struct work *w, const struct record *t)
{
    const struct entity *e = taken_on(w, t);
    return e ? tr(w->lang, e->many) : v_str(t->v[TAKEN_ENTITY]);
}

static Str record_said(const struct work *w, const struct record *t)
{
    const struct entity *e = taken_on(w, t);
    return e ? public_id(w->a, e, v_i64(t->v[TAKEN_RECORD])) : (Str){ 0 };
}

static Str step_said(const struct work *w, const struct record *t)
{
    const struct entity *e = taken_on(w, t);
    const struct step *s = e ? step_named(e, v_str(t->v[TAKEN_STEP])) : NULL;
    return s ? tr(w->lang, s->label) : v_str(t->v[TAKEN_STEP]);
}

static Str state_said(const struct work *w, const struct record *t, int field)
{
    const struct entity *e = taken_on(w, t);
    const struct choice *state = e && e->workflow ? state_named(e, v_str(t->v[field])) : NULL;
    return state ? tr(w->lang, state->label) : v_str(t->v[field]);
}

static Str from_said(const struct work *w, const struct record *t) { return state_said(w, t, TAKEN_FROM); }
static Str to_said(const struct work *w, const struct record *t) { return state_said(w, t, TAKEN_TO); }

static const struct field taken_fields[] = {
    [TAKEN_ENTITY]  = { "entity",     N_("List"),    &text_type, REQUIRED | PUBLIC | LISTED, .max = 60, .said = list_said },
    [TAKEN_RECORD]  = { "record",     N_("Number"),  &integer_type, REQUIRED | PUBLIC | LISTED | INDEXED, .said = record_said },
    [TAKEN_STEP]    = { "step",       N_("Step"),    &text_type, REQUIRED | PUBLIC | LISTED, .max = 60, .said = step_said },
    [TAKEN_FROM]    = { "from_state", N_("From"),    &text_type, PUBLIC | LISTED, .max = 60, .said = from_said },
    [TAKEN_TO]      = { "to_state",   N_("To"),      &text_type, PUBLIC | LISTED, .max = 60, .said = to_said },
    [TAKEN_ACCOUNT] = { "account",    N_("Account"), &account_type, 0 },
    [TAKEN_ACTOR]   = { "actor",      N_("Taken by"), &text_type, LISTED, .max = 200 },
    [TAKEN_NOTE]    = { "note",       N_("Note"),    &long_text_type, LISTED, .max = NOTE_MOST },
};
/* Notes and who wrote them tell of every record there is a workflow on, so only those read them all who see all of these. */
static const struct right taken_rights[] = {
    { OFFICER | ADMIN, MAY_READ, ALL_FIELDS, ROWS_ALL }, { LEADER, MAY_READ, PUBLIC_FIELDS, ROWS_ALL }, { 0 },
};
const struct entity step_taken_entity = {
    .name = "step_taken", .path = "steps-taken", .one = N_("Step taken"), .many = N_("Steps taken"),
    FIELDS(taken_fields), .title = TAKEN_STEP, .rights = taken_rights,
    .about = N_("Which step of its workflow was taken on which record, when and by whom, and the note given with it; without a state it led to: what was refused, and why."),
};

/* to: NULL: it was refused. */
static enum err note_taken(struct work *w, const struct record *was, const struct step *s, const char *to, Str note)
{
    struct record *t = record_make(w->a, &step_taken_entity);
    const struct choice *from = state_of(was);
    bool changed;
    if (was->e->confidential) return OK;                    /* its own history tells, to those who may read it */
    t->v[TAKEN_ENTITY] = v_text(str_of(was->e->name));
    t->v[TAKEN_RECORD] = v_int(was->id);
    t->v[TAKEN_STEP] = v_text(str_of(s->name));
    t->v[TAKEN_FROM] = v_text(str_of(from->code));
    if (to) t->v[TAKEN_TO] = v_text(str_of(to));
    if (w->actor.account) t->v[TAKEN_ACCOUNT] = v_int(w->actor.account);
    t->v[TAKEN_ACTOR] = v_text(w->actor.name);
    if (note.n) t->v[TAKEN_NOTE] = v_text(note);
    return record_save(w, NULL, t, &changed);
}

/* Who did it is for those who may see the whole record; another's own doing is known to themselves. */
static Str doer(struct work *w, const struct record *r, Str actor)
{
    bool known = reach_of(w, r).reads == ALL_FIELDS || str_eq(actor, w->actor.name);
    return known ? actor : tr(w->lang, N_("somebody else"));
}

enum err steps_taken(struct work *w, const struct record *r, struct takens *out)
{
    struct records found;
    struct buf b = buf_make(w->a);
    put_f(&b, "%s WHERE record = $1 AND entity = $2 AND to_state IS NOT NULL ORDER BY id DESC", shape_of(w->m, &step_taken_entity)->select_list.text);
    TRY(records_query(w, &step_taken_entity, sql_of(&b), ARGS(v_int(r->id), v_text(str_of(r->e->name))), false, &found));
    *out = (struct takens){ 0 };
    for (size_t i = 0; i < found.n; i++) {
        const Val *v = found.p[i]->v;
        *GROW(w->a, *out) = (struct taken){ found.p[i]->changed_at, doer(w, r, v_str(v[TAKEN_ACTOR])), v_str(v[TAKEN_NOTE]),
            step_named(r->e, v_str(v[TAKEN_STEP])), v_str(v[TAKEN_FROM]), v_str(v[TAKEN_TO]) };
    }
    return OK;
}

/* ---- somebody was first ----------------------------------------------------------------------- */

/* "22/11/2026 12:05" */
static Str moment(struct work *w, int64_t at)
{
    struct buf b = buf_make(w->a);
    date_type.show(&b, w, NULL, v_text(date_iso(w->a, time_date(at))));
    put_c(&b, ' ');
    put_time_of_day(&b, at);
    return buf_str(&b);
}

static enum err was_first(struct work *w, const struct record *r, Message *why)
{
    struct takens before;
    const struct choice *state = state_of(r);
    TRY(steps_taken(w, r, &before));
    if (before.n && before.p[0].step) {
        const struct taken *t = &before.p[0];
        *why = MSG(N_("“{1}” was already done here by {2}, {3}. Open the record again to see how it stands."),
                   tr(w->lang, t->step->label), t->actor, moment(w, t->at));
    } else {
        *why = MSG(N_("This step cannot be taken in the state “{1}”."), state ? tr(w->lang, state->label) : (Str){ 0 });
    }
    return ERR_CONFLICT;
}

enum err record_changed_since(struct work *w, const struct record *r, Message *why)
{
    struct changes log;
    TRY(changes_of(w, r->e, r->id, 0, 1, &log));
    Str actor = log.n ? log.p[0].actor : (Str){ 0 };
    *why = MSG(N_("The record was changed by {1}, {2}, after you opened it. Look at it again before you decide."), doer(w, r, actor),
               moment(w, r->changed_at));
    return ERR_CONFLICT;
}

/* ---- taking --------------------------------------------------------------------------------------- */

static enum err read_note(struct work *w, const struct step *s, Str in, Str *note, Message *why)
{
    const struct field *f = &taken_fields[TAKEN_NOTE];
    Val v;
    *note = str_trim(in);
    if (!note->n && s->is & STEP_NOTE) return *why = MSG(N_("Write a note: whoever is concerned must learn why.")), ERR_INVALID;
    if (!note->n) return OK;
    Message wrong = f->type->read(w, f, SPELT_PLAIN, *note, &v);
    if (!wrong.id) return OK;
    *why = MSG(N_("The note {1}."), message_str(w->a, w->lang, wrong));
    return ERR_INVALID;
}

static enum err save_step(struct work *w, const struct record *was, struct record *now, const struct step *s, Str note,
                          Message *why)
{
    const struct record *outer = w->writing.stepping;
    bool changed;
    enter(w, now, state_named(now->e, str_of(s->to)));
    if (s->effect) TRY(s->effect(w, was, now, note, why));
    w->writing.stepping = now;
    enum err err = record_save(w, was, now, &changed);
    w->writing.stepping = outer;
    return err;
}

enum err step_untaken(struct work *w, const struct record *was, const struct step *s, Message *why)
{
    *why = NO_MESSAGE;
    if (!step_theirs(w, was, s)) return *why = MSG(N_("This step is not yours to take.")), ERR_DENIED;
    return leaves(was, s) ? OK : was_first(w, was, why);
}

enum err step_inside(struct work *w, const struct record *was, const struct step *s, Str note, Message *why)
{
    struct record *now = record_copy(w->a, was);
    TRY(step_untaken(w, was, s, why));
    TRY(read_note(w, s, note, &note, why));
    if (!step_open(w, was, s, why)) return ERR_INVALID;
    TRY(save_step(w, was, now, s, note, why));
    TRY(note_taken(w, was, s, s->to, note));
    return record_tell(w, now, s->tell, s->told ? s->told : N_("{1}: {2}"), s->label);
}

struct taking { const struct entity *e; int64_t id, seq; const struct step *s; Str note; Message *why; };

static enum err take(struct work *w, void *arg)
{
    const struct taking *t = arg;
    struct record *was;
    TRY(record_load(w, t->e, t->id, &was));
    if (t->seq && t->seq != was->seq && step_open(w, was, t->s, NULL)) return record_changed_since(w, was, t->why);
    return step_inside(w, was, t->s, t->note, t->why);
}

static enum err note_refused(struct work *w, void *arg)
{
    const struct taking *t = arg;
    struct record *was;
    TRY(record_load(w, t->e, t->id, &was));
    return note_taken(w, was, t->s, NULL, message_str(w->a, w->lang, *t->why));
}

enum err step_take(struct work *w, const struct entity *e, int64_t id, int64_t seq, const struct step *s, Str note, Message *why)
{
    struct taking t = { e, id, seq, s, note, why };
    *why = NO_MESSAGE;
    enum err err = work_write(w, take, &t);
    if (err == ERR_INVALID && s->is & STEP_WATCHED) TRY(work_write(w, note_refused, &t));
    return err;
}
