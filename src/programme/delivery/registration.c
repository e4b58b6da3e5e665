/*
 * registration.c - an enterprise registers itself for an activity, and takes that back before the activity begins.
 *
 * Registration is open from the activity's step to its day, while a place is left.  A place that is given back is free again; who came is the office's to say.
 */
#include "programme/delivery/inside.h"

#include "model/save.h"

bool registers_itself(const struct work *w) { return w->actor.roles & ENTERPRISE && !(w->actor.roles & (OFFICER | ADMIN | SYSTEM)); }

/* ---- whether it is open ---------------------------------------------------------------------------------- */

static enum err count_taken(struct work *w, int64_t activity_id, int64_t *n)
{
    return db_one_int(w->db, w->a, SQL("SELECT count(*) FROM participation WHERE activity = $1"), ARGS(v_int(activity_id)), n);
}

static Message closed(const struct work *w, const struct record *of, int64_t taken)
{
    Val last = v_is(of->v[ACTIVITY_REGISTER_BY]) ? of->v[ACTIVITY_REGISTER_BY] : of->v[ACTIVITY_STARTS], places = of->v[ACTIVITY_PLACES];
    if (!in_its_state(of, "open")) return MSG(N_("This activity is not open for registration."));
    if (is_past(w, last)) return MSG(N_("Registration ended on {1}."), shown_day(w, last));
    if (!v_is(places) || taken < v_i64(places)) return NO_MESSAGE;
    return MSG(N_("All places are taken ({1}). A place that an enterprise gives back can be taken here at once."), str_f(w->a, "%lld", (long long)v_i64(places)));
}

Message registration_closed(const struct work *w, const struct record *of)
{
    struct work reading = *w;
    int64_t taken;
    if (count_taken(&reading, of->id, &taken)) return MSG(N_("The participations cannot be read just now."));
    return closed(w, of, taken);
}

static enum err own_participation(struct work *w, int64_t activity_id, int64_t *id)
{
    *id = 0;
    if (!registers_itself(w) || !w->actor.organisation) return OK;
    return db_one_int(w->db, w->a, SQL("SELECT id FROM participation WHERE activity = $1 AND enterprise = $2"), ARGS(v_int(activity_id), v_int(w->actor.organisation)), id);
}

static bool may_withdraw(const struct work *w, const struct record *of, const struct record *own)
{
    return str_is(v_str(own->v[PARTICIPATION_STATE]), "registered") && str_cmp(date_iso(w->a, w->today), v_str(of->v[ACTIVITY_STARTS])) < 0;
}

enum err registration_of(struct work *w, const struct record *of, struct registration *out)
{
    struct record *own;
    *out = (struct registration){ 0 };
    TRY(count_taken(w, of->id, &out->taken));
    TRY(own_participation(w, of->id, &out->own));
    out->closed = closed(w, of, out->taken);
    if (!out->own) return OK;
    TRY(record_load(w, &participation, out->own, &own));
    out->may_withdraw = may_withdraw(w, of, own);
    return OK;
}

/* ---- coming, and not coming ------------------------------------------------------------------------------ */

enum err participation_register(struct work *w, int64_t activity_id, Val expected, Val message, Message *why)
{
    struct record *fresh = record_make(w->a, &participation);
    struct saving saving = { .now = fresh };
    int64_t own;
    TRY(own_participation(w, activity_id, &own));
    if (own) return *why = MSG(N_("Your enterprise is registered for this activity already.")), ERR_INVALID;
    fresh->v[PARTICIPATION_ACTIVITY] = v_int(activity_id);
    fresh->v[PARTICIPATION_ENTERPRISE] = v_int(w->actor.organisation);
    fresh->v[PARTICIPATION_EXPECTED] = expected;
    fresh->v[PARTICIPATION_MESSAGE] = message;
    enum err e = record_keep_inside(w, &saving);
    if (e == ERR_INVALID && saving.wrong.n) *why = saving.wrong.p[0].what;
    return e;
}

enum err participation_withdraw(struct work *w, const struct record *of, Message *why)
{
    struct record *r;
    int64_t own;
    TRY(own_participation(w, of->id, &own));
    if (!own) return *why = MSG(N_("Your enterprise is not registered for this activity.")), ERR_INVALID;
    TRY(record_load(w, &participation, own, &r));
    if (!may_withdraw(w, of, r)) return *why = MSG(N_("The activity has begun: tell the office if nobody came.")), ERR_INVALID;
    return record_delete(w, r);
}
