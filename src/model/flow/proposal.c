#include "model/flow/proposal.h"

#include "model/check.h"
#include "model/log.h"
#include "model/merge.h"

/* ---- the entity ----------------------------------------------------------------------------- */

static const struct choice states[] = {
    { "open", N_("To be decided"), .days = 5 }, { "decided", N_("Decided"), .done = true },
    { "withdrawn", N_("Withdrawn"), .done = true }, { NULL },
};
static const struct field fields[] = {
    [PROPOSAL_TITLE]        = { "title", N_("Record"), &text_type, REQUIRED | PUBLIC | LISTED | FIXED, .max = 500 },
    [PROPOSAL_ENTITY]       = { "entity", N_("List"), &text_type, REQUIRED | PUBLIC | FIXED, .max = 60 },
    [PROPOSAL_RECORD]       = { "record", N_("Number"), &integer_type, REQUIRED | PUBLIC | FIXED | INDEXED },
    [PROPOSAL_ACCOUNT]      = { "account", N_("Proposed by"), &account_type, PUBLIC | LISTED | FIXED | INDEXED },
    [PROPOSAL_ORGANISATION] = { "organisation", N_("Organisation"), &reference_type, PUBLIC | FIXED },
    [PROPOSAL_NOTE]         = { "note", N_("Note"), &long_text_type, PUBLIC | LISTED | FIXED, .max = NOTE_MOST },
    [PROPOSAL_STATE]        = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [PROPOSAL_DUE]          = { "due", N_("Deadline"), &date_type, PUBLIC | LISTED | STEPPED },
    [PROPOSAL_ANSWER]       = { "answer", N_("Answer"), &long_text_type, PUBLIC | LISTED | FIXED, .max = NOTE_MOST },
    [PROPOSAL_DELTA]        = { "delta", N_("Changes"), &long_text_type, INTERNAL },
    [PROPOSAL_DECISIONS]    = { "decisions", N_("Decisions"), &long_text_type, INTERNAL },
};
_Static_assert(COUNT(fields) == PROPOSAL_FIELDS, "every field has a row");

static const struct right rights[] = {
    { SIGNED_IN,               MAY_READ, PUBLIC_FIELDS, ROWS_MINE, PROPOSAL_ACCOUNT },
    { ENTERPRISE,              MAY_READ, PUBLIC_FIELDS, ROWS_OWN, PROPOSAL_ORGANISATION },
    { OFFICER | LEADER | ADMIN, MAY_READ, ALL_FIELDS,   ROWS_ALL },
    { 0 },
};

static Message is_decided(const struct work *w, const struct record *p)
{
    return v_is(p->v[PROPOSAL_DECISIONS]) ? NO_MESSAGE : MSG(N_("Say of each change whether it is accepted."));
}

static enum err lay_accepted(struct work *w, const struct record *was, struct record *now, Str note, Message *why);

static const struct step steps[] = {
    { "decide", N_("Decide"), "open", "decided", OFFICER | ADMIN, .guard = is_decided, .effect = lay_accepted,
      .tell = SIGNED_IN & ~STAFF, .told = N_("What you proposed for {1} has been decided.") },
    { "withdraw", N_("Withdraw"), "open", "withdrawn", SIGNED_IN, ROWS_MINE, PROPOSAL_ACCOUNT, .is = STEP_BAD },
};
static const struct workflow flow = { PROPOSAL_STATE, PROPOSAL_DUE, STEPS(steps) };

const struct entity proposal_entity = {
    .name = "proposal", .path = "proposals", .one = N_("Proposed change"), .many = N_("Proposed changes"), FIELDS(fields),
    .title = PROPOSAL_TITLE, .id_prefix = "DX", .rights = rights, .workflow = &flow,
    .about = N_("Changes to records that were proposed by those they are about, and what was decided on each."),
};

/* ---- what was seen, what is proposed, what there is now ---------------------------------------- */

struct sides { const struct record *was, *is, *now; };      /* now: NULL: the record is gone       */

enum err proposal_target(struct work *w, const struct record *p, struct record **out)
{
    const struct entity *e = entity_named(w->m, v_str(p->v[PROPOSAL_ENTITY]));
    int64_t id = v_i64(p->v[PROPOSAL_RECORD]), survivor;
    *out = NULL;
    if (!e) return OK;
    TRY(record_redirect(w, e, id, &survivor));
    enum err err = record_load(w, e, survivor ? survivor : id, out);
    return err == ERR_MISSING ? OK : err;
}

static enum err sides_of(struct work *w, const struct record *p, struct sides *out)
{
    const struct entity *e = entity_named(w->m, v_str(p->v[PROPOSAL_ENTITY]));
    const struct json_t *delta;
    struct record *now;
    Message why;
    if (!e || json_read(w->a, v_str(p->v[PROPOSAL_DELTA]), &delta, &why)) return ERR_BROKEN;
    TRY(proposal_target(w, p, &now));
    struct record *was = now ? record_copy(w->a, now) : record_make(w->a, e);
    delta_apply(w->a, was, delta, WAS);
    struct record *is = record_copy(w->a, was);
    delta_apply(w->a, is, delta, IS);
    *out = (struct sides){ was, is, now };
    return OK;
}

/* New children get numbers of their own below 0, by which the delta tells them apart. */
static struct record *number_new(struct work *w, const struct record *typed)
{
    struct record *r = record_copy(w->a, typed);
    for EACH_FIELD(f, i, r->e) {
        int64_t next = -1;
        for (size_t k = 0; f->type == &children_type && k < r->children[i].n; k++)
            if (!r->children[i].p[k]->id) r->children[i].p[k]->id = next--;
    }
    return r;
}

/* ---- items ---------------------------------------------------------------------------------- */

static bool differs(const struct record *a, const struct record *b, int i)
{
    const struct field *f = &a->e->fields[i];
    return has_column(f) && !(f->is & COMPUTED) && !val_eq(a->v[i], b->v[i]);
}

static bool differ(const struct record *a, const struct record *b)
{
    for (int i = 0; i < a->e->n; i++)
        if (differs(a, b, i)) return true;
    return false;
}

static void add_value(struct work *w, struct proposeds *out, const struct sides *s, int i, struct proposed item)
{
    item.f = &s->was->e->fields[i];
    item.was = record_text(w, s->was, i);
    item.is = record_text(w, s->is, i);
    item.changed_meanwhile = !s->now || (differs(s->now, s->was, i) && differs(s->now, s->is, i));
    if (s->now && differs(s->now, s->was, i)) item.now = record_text(w, s->now, i);
    *GROW(w->a, *out) = item;
}

/* "Name: Bánh răng; Material: C45" */
static Str summary(struct work *w, const struct record *child)
{
    struct buf b = buf_make(w->a);
    for EACH_FIELD(f, i, child->e) {
        Str text = has_column(f) && !(f->is & (COMPUTED | INTERNAL)) ? record_text(w, child, i) : (Str){ 0 };
        if (text.n) put_f(&b, "%s%.*s: %.*s", b.n ? "; " : "", FMT(tr(w->lang, f->label)), FMT(text));
    }
    return buf_str(&b);
}

/* A child that is added (no was) or removed (no is). */
static void add_whole(struct work *w, struct proposeds *out, const struct sides *s, struct proposed item)
{
    const struct record *one = s->was ? s->was : s->is;
    item.f = item.list;
    item.key = item.child < 0 ? str_f(w->a, "%s.+%lld", item.list->name, (long long)-item.child)
                              : str_f(w->a, "%s.%lld", item.list->name, (long long)item.child);
    item.part = record_title(w, one);
    if (s->was) item.was = summary(w, s->was);
    if (s->is) item.is = summary(w, s->is);
    item.changed_meanwhile = s->was && s->now && differ(s->was, s->now);
    if (item.changed_meanwhile) item.now = summary(w, s->now);
    *GROW(w->a, *out) = item;
}

static void add_child(struct work *w, struct proposeds *out, const struct sides *s, const struct field *list, int64_t id)
{
    struct proposed item = { .list = list, .child = id };
    if (!s->was || !s->is) {
        add_whole(w, out, s, item);
        return;
    }
    item.part = record_title(w, s->now ? s->now : s->was);
    for EACH_FIELD(f, i, list->to) {
        if (!differs(s->was, s->is, i)) continue;
        item.key = str_f(w->a, "%s.%lld.%s", list->name, (long long)id, f->name);
        add_value(w, out, s, i, item);
    }
}

static void add_children(struct work *w, struct proposeds *out, const struct sides *s, int field)
{
    const struct field *list = &s->was->e->fields[field];
    const struct records *was = &s->was->children[field], *is = &s->is->children[field], none = { 0 };
    const struct records *now = s->now ? &s->now->children[field] : &none;
    for (size_t i = 0; i < was->n; i++) {
        int64_t id = was->p[i]->id;
        add_child(w, out, &(struct sides){ was->p[i], child_with_id(is, id), child_with_id(now, id) }, list, id);
    }
    for (size_t i = 0; i < is->n; i++)
        if (!child_with_id(was, is->p[i]->id)) add_child(w, out, &(struct sides){ NULL, is->p[i], NULL }, list, is->p[i]->id);
}

static void add_items(struct work *w, struct proposeds *out, const struct sides *s)
{
    for EACH_FIELD(f, i, s->was->e) {
        if (f->type == &children_type) add_children(w, out, s, i);
        else if (differs(s->was, s->is, i)) add_value(w, out, s, i, (struct proposed){ .key = str_of(f->name) });
    }
}

static enum err read_decisions(struct work *w, const struct record *p, struct proposeds *out)
{
    const struct json_t *said;
    Message why;
    bool yes;
    if (!v_is(p->v[PROPOSAL_DECISIONS])) return OK;
    if (json_read(w->a, v_str(p->v[PROPOSAL_DECISIONS]), &said, &why)) return ERR_BROKEN;
    for (size_t i = 0; i < out->n; i++)
        if (json_to_bool(json_member(said, str_z(w->a, out->p[i].key)), &yes)) out->p[i].decided = yes ? 1 : -1;
    return OK;
}

static enum err all_items(struct work *w, const struct record *p, struct sides *s, struct proposeds *out)
{
    *out = (struct proposeds){ 0 };
    TRY(sides_of(w, p, s));
    add_items(w, out, s);
    return read_decisions(w, p, out);
}

static bool seen(const struct proposed *item, enum depth depth)
{
    return field_seen(item->f, depth) && (!item->list || field_seen(item->list, depth));
}

enum err proposal_items(struct work *w, const struct record *p, struct proposeds *out)
{
    struct sides s;
    size_t n = 0;
    TRY(all_items(w, p, &s, out));
    enum depth depth = reach_of(w, s.now).reads;
    for (size_t i = 0; i < out->n; i++)
        if (!s.now || seen(&out->p[i], depth)) out->p[n++] = out->p[i];
    out->n = n;
    return OK;
}

/* ---- proposing ------------------------------------------------------------------------------ */

static bool theirs(const struct work *w, const struct proposed *item, const struct record *is, struct reach reach)
{
    if (!field_written(w, item->f, reach, false) || (item->list && !field_written(w, item->list, reach, false))) return false;
    if (item->f != item->list || item->child > 0) return true;
    const struct record *added = child_with_id(&is->children[item->list - is->e->fields], item->child);
    for EACH_FIELD(f, i, added->e)
        if (v_is(added->v[i]) && !(f->is & COMPUTED) && !field_written(w, f, reach, false)) return false;
    return true;
}

/* Whose record it is: itself, or the first organisation it refers to. */
static Val organisation_of(const struct work *w, const struct record *r)
{
    if (r->e->organisation) return v_int(r->id);
    for EACH_FIELD(f, i, r->e)
        if (f->type == &reference_type && reference_to(w->m, f) == w->m->organisation && v_is(r->v[i])) return r->v[i];
    return v_null();
}

enum err proposal_make(struct work *w, const struct record *was, const struct record *typed, Str note, int64_t *id)
{
    struct record *p = record_make(w->a, &proposal_entity), *is = number_new(w, typed);
    struct reach reach = reach_of(w, was);
    struct proposeds items = { 0 };
    Str delta = delta_make(w, was, is);
    bool changed;
    if (!(reach.may & MAY_PROPOSE)) return ERR_DENIED;
    if (!delta.n) return ERR_INVALID;
    add_items(w, &items, &(struct sides){ was, is, was });
    for (size_t i = 0; i < items.n; i++)
        if (!theirs(w, &items.p[i], is, reach)) return ERR_DENIED;
    p->v[PROPOSAL_TITLE] = v_text(record_title(w, was));
    p->v[PROPOSAL_ENTITY] = v_text(str_of(was->e->name));
    p->v[PROPOSAL_RECORD] = v_int(was->id);
    p->v[PROPOSAL_ORGANISATION] = organisation_of(w, was);
    if (w->actor.account) p->v[PROPOSAL_ACCOUNT] = v_int(w->actor.account);
    if (note.n) p->v[PROPOSAL_NOTE] = v_text(note);
    p->v[PROPOSAL_DELTA] = v_text(delta);
    TRY(record_save(w, NULL, p, &changed));
    *id = p->id;
    return record_tell(w, p, OFFICER, N_("A change is proposed for {1}."), NULL);
}

/* ---- deciding ------------------------------------------------------------------------------- */

static void remove_child(struct records *list, int64_t id)
{
    size_t k = 0;
    for (size_t i = 0; i < list->n; i++)
        if (list->p[i]->id != id) list->p[k++] = list->p[i];
    list->n = k;
}

static Message gone(const struct proposed *item)
{
    return MSG(N_("“{1}” is not there any more. Refuse what is proposed for it."), item->part);
}

static Message lay(struct work *w, struct record *r, const struct record *is, const struct proposed *item)
{
    if (!item->list) return r->v[item->f - r->e->fields] = is->v[item->f - r->e->fields], NO_MESSAGE;
    ptrdiff_t field = item->list - r->e->fields;
    const struct record *proposed = child_with_id(&is->children[field], item->child);
    struct record *there = child_with_id(&r->children[field], item->child);
    if (item->f != item->list) {
        if (!there) return gone(item);
        there->v[item->f - there->e->fields] = proposed->v[item->f - there->e->fields];
    } else if (proposed) {
        struct record *added = *GROW(w->a, r->children[field]) = record_copy(w->a, proposed);
        added->id = 0;
    } else {
        remove_child(&r->children[field], item->child);
    }
    return NO_MESSAGE;
}

/* What stands against the record as it would be. */
static enum err check_result(struct work *w, const struct record *was, const struct record *now, Message *why)
{
    struct problems problems = { 0 };
    record_check(w, now, &problems);
    if (problems.n) return *why = MSG(N_("So the record cannot be saved. {1}"), problem_str(w, &problems.p[0])), ERR_INVALID;
    for EACH_FIELD(f, i, now->e) {
        int64_t holder = 0;
        if (!(f->is & UNIQUE) || !v_is(now->v[i])) continue;
        TRY(record_find(w, now->e, i, now->v[i], &holder));
        if (!holder || holder == now->id) continue;
        *why = MSG(N_("“{1}” already belongs to record {2}."), record_text(w, now, i), public_id(w->a, now->e, holder));
        return ERR_INVALID;
    }
    const struct field *blamed;
    if (may_save(w, was, now, &blamed)) return *why = MSG(N_("You may not change this record so.")), ERR_DENIED;
    return OK;
}

/* The effect of deciding; the history of the record then says that its values came with this proposal. */
static enum err lay_accepted(struct work *w, const struct record *was, struct record *p, Str note, Message *why)
{
    struct sides s;
    struct proposeds items;
    bool changed, any = false;
    TRY(all_items(w, p, &s, &items));
    for (size_t i = 0; i < items.n; i++) any |= items.p[i].decided > 0;
    if (!any) return OK;
    if (!s.now) return *why = MSG(N_("The record is not there any more. Refuse what is proposed for it.")), ERR_INVALID;
    struct record *now = record_copy(w->a, s.now);
    for (size_t i = 0; i < items.n && !why->id; i++)
        if (items.p[i].decided > 0) *why = lay(w, now, s.is, &items.p[i]);
    if (why->id) return ERR_INVALID;
    TRY(check_result(w, s.now, now, why));
    struct source outer = w->source;
    w->source = (struct source){ .file = public_id(w->a, &proposal_entity, p->id) };
    enum err err = record_save(w, s.now, now, &changed);
    w->source = outer;
    return err;
}

struct deciding { int64_t id, seq; const Str *accepted; size_t n; Str note; Message *why; };

static bool is_accepted(const struct deciding *d, Str key)
{
    for (size_t i = 0; i < d->n; i++)
        if (str_eq(d->accepted[i], key)) return true;
    return false;
}

static Str decisions(struct work *w, const struct deciding *d, const struct proposeds *items)
{
    struct buf b = buf_make(w->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    for (size_t i = 0; i < items->n; i++) {
        json_write_key(&j, items->p[i].key);
        json_write_bool(&j, is_accepted(d, items->p[i].key));
    }
    json_write_end(&j);
    json_write_done(&j);
    return buf_str(&b);
}

/* What an accepted item would overwrite was not yet so when the person looked. */
static bool overwrites_unseen(const struct deciding *d, const struct sides *s, const struct proposeds *items)
{
    bool any = false;
    for (size_t i = 0; i < items->n; i++) any |= items->p[i].changed_meanwhile && is_accepted(d, items->p[i].key);
    return any && s->now && d->seq && d->seq != s->now->seq;
}

static enum err decide(struct work *w, void *arg)
{
    const struct deciding *d = arg;
    const struct step *step = &steps[0];
    struct record *was;
    struct sides s;
    struct proposeds items;
    size_t refused = 0;
    bool changed;
    TRY(record_load(w, &proposal_entity, d->id, &was));
    bool turn = step_theirs(w, was, step) && step_leaves(step, v_str(was->v[PROPOSAL_STATE]));
    if (!turn) return step_inside(w, was, step, d->note, d->why);               /* which says why      */
    TRY(all_items(w, was, &s, &items));
    for (size_t i = 0; i < items.n; i++) refused += !is_accepted(d, items.p[i].key);
    if (refused && !str_trim(d->note).n)
        return *d->why = MSG(N_("Write a note: who proposed it must learn why it is refused.")), ERR_INVALID;
    if (overwrites_unseen(d, &s, &items)) return record_changed_since(w, s.now, d->why);
    struct record *now = record_copy(w->a, was);
    now->v[PROPOSAL_DECISIONS] = v_text(decisions(w, d, &items));
    if (str_trim(d->note).n) now->v[PROPOSAL_ANSWER] = v_text(str_trim(d->note));
    TRY(record_save(w, was, now, &changed));
    return step_inside(w, now, step, d->note, d->why);
}

enum err proposal_decide(struct work *w, int64_t proposal, int64_t seq, const Str *accepted, size_t n, Str note, Message *why)
{
    struct deciding d = { proposal, seq, accepted, n, note, why };
    *why = NO_MESSAGE;
    return work_write(w, decide, &d);
}

enum err proposals_on(struct work *w, const struct record *r, struct records *out)
{
    struct buf b = buf_make(w->a);
    const struct shape *s = shape_of(w->m, &proposal_entity);
    put_f(&b, "%s WHERE record = $1 AND entity = $2 AND state = 'open' ORDER BY id", s->select_list.text);
    return records_query(w, s->e, sql_of(&b), ARGS(v_int(r->id), v_text(str_of(r->e->name))), false, out);
}
