#include "model/save.h"

#include "model/change.h"
#include "model/reference.h"

/* ---- versions ------------------------------------------------------------------------------- */

/* The record before the first of its entries that came later; where none did, as it is. */
static enum err before_first(struct work *w, const struct entity *e, int64_t id, int64_t seq, int64_t at, struct record **out)
{
    struct changes log;
    int64_t first = 0;
    TRY(changes_of(w, e, id, 0, INT32_MAX, &log));
    for (size_t i = 0; i < log.n && log.p[i].seq > seq && log.p[i].at > at; i++) first = log.p[i].seq;
    return first ? record_before(w, e, id, first, out) : record_load(w, e, id, out);
}

enum err record_version(struct work *w, const struct entity *e, int64_t id, int64_t seq, struct record **out)
{
    TRY(before_first(w, e, id, seq, INT64_MIN, out));
    (*out)->seq = seq;
    return OK;
}

enum err record_at(struct work *w, const struct entity *e, int64_t id, int64_t at, struct record **out)
{
    return before_first(w, e, id, INT64_MIN, at, out);
}

/* ---- saving --------------------------------------------------------------------------------- */

/* A unique value that another record has: which, if the actor may see it. */
static enum err check_unique(struct work *w, struct saving *s, const struct record *r)
{
    for EACH_FIELD(f, i, r->e) {
        int64_t holder = 0;
        if (!(f->is & UNIQUE) || !v_is(r->v[i])) continue;
        TRY(record_find(w, r->e, i, r->v[i], &holder));
        if (!holder || holder == r->id) continue;
        Message m = MSG(N_("belongs already to {1}"), reference_input(w, &(struct field){ .type = &reference_type, .to = r->e }, v_int(holder)));
        *GROW(w->a, s->wrong) = (struct form_problem){ str_of(f->name), f, m, false };
    }
    return s->wrong.n ? ERR_INVALID : OK;
}

static enum err keep_over(struct work *w, struct saving *s, const struct record *was, const struct record *now)
{
    TRY(record_load(w, was->e, was->id, &s->current));
    if (!(reach_of(w, s->current).may & MAY_CHANGE)) return ERR_DENIED;
    struct picks none = { 0 };
    s->saved = three_way(w, was, s->current, now, s->picked_at == s->current->seq ? &s->picks : &none, &s->conflicts);
    if (s->conflicts.open) return ERR_CONFLICT;
    s->merged = was->seq != s->current->seq;
    TRY(form_check(w, s->saved, s->typed, s->typed_n, &s->wrong));
    TRY(check_unique(w, s, s->saved));
    TRY(may_save(w, s->current, s->saved, NULL));
    return record_save(w, s->current, s->saved, &s->changed);
}

enum err record_of_its_key(struct work *w, const struct record *r, struct record **out)
{
    struct record *whole = record_copy(w->a, r);
    int64_t id = 0;
    *out = NULL;
    if (whole->e->compute) whole->e->compute(w, whole);
    for EACH_FIELD(f, i, whole->e)
        if (is_identity(f) && !id && v_is(whole->v[i])) TRY(record_find(w, whole->e, i, whole->v[i], &id));
    return id ? record_load(w, whole->e, id, out) : OK;
}

enum err record_whole(struct work *w, struct record *fresh, struct record **was, struct record **now)
{
    *now = fresh;
    if (fresh->e->complete) TRY(fresh->e->complete(w, fresh));
    rows_fill(w, fresh);
    TRY(record_of_its_key(w, fresh, was));
    if (!*was) return OK;
    struct reach reach = reach_of(w, *was);
    *now = record_copy(w->a, *was);
    for EACH_FIELD(f, i, fresh->e)
        if (has_column(f) && v_is(fresh->v[i]) && field_written(w, f, reach, false)) (*now)->v[i] = fresh->v[i];
    return OK;
}

/* A value of the other side is said to be that; all else that is not theirs was no input of the form. */
static enum err may_make(struct work *w, struct saving *s)
{
    const struct field *blamed;
    enum err e = may_save(w, NULL, s->now, &blamed);
    if (e != ERR_DENIED || !blamed || !blamed->side) return e;
    *GROW(w->a, s->wrong) = (struct form_problem){ str_of(blamed->name), blamed, MSG(N_("is for the other side to say")), false };
    return ERR_INVALID;
}

static enum err keep_new(struct work *w, struct saving *s)
{
    struct record *known, *now;
    TRY(record_whole(w, s->now, &known, &now));
    if (known) return keep_over(w, s, known, now);
    TRY(may_make(w, s));
    TRY(form_check(w, s->now, s->typed, s->typed_n, &s->wrong));
    TRY(check_unique(w, s, s->now));
    s->saved = s->now;
    return record_save(w, NULL, s->now, &s->changed);
}

enum err record_keep_inside(struct work *w, struct saving *s)
{
    s->wrong = (struct form_problems){ 0 };
    return s->was ? keep_over(w, s, s->was, s->now) : keep_new(w, s);
}

Message record_stays(const struct work *w, const struct record *r) { return r->e->stays ? r->e->stays(w, r) : NO_MESSAGE; }

enum err record_remove(struct work *w, const struct record *r, Message *why)
{
    TRY(may_save(w, r, NULL, NULL));
    *why = record_stays(w, r);
    return why->id ? ERR_INVALID : record_delete(w, r);
}

static enum err keep(struct work *w, void *arg) { return record_keep_inside(w, arg); }

enum err record_keep(struct work *w, struct saving *s) { return work_write(w, keep, s); }
