/*
 * decide.c - the decision of a call, all of it or nothing, and once: one proposal is chosen, the others are not, their makers are told, the minutes are
 * written, and the contract is drawn up.
 */
#include "programme/contract/inside.h"

struct deciding { struct record *of, *chosen; struct bid_ranks ranks; size_t place; };

/* ---- whether it may be decided so ------------------------------------------------------------------------ */

static enum err refuse(Message *why, Message m) { return *why = m, m.id ? ERR_INVALID : OK; }

static enum err load_chosen(struct work *w, struct deciding *d, int64_t bid_id, Message *why)
{
    TRY(bids_rank(w, d->of, &d->ranks));
    while (d->place < d->ranks.n && d->ranks.p[d->place].bid->id != bid_id) d->place++;
    if (d->place == d->ranks.n) return refuse(why, MSG(N_("There is no such proposal among those that were opened.")));
    return record_load(w, &bid, bid_id, &d->chosen);
}

static enum err is_complete(struct work *w, const struct deciding *d, Message *why)
{
    int missing;
    TRY(scores_missing(w, d->of, &missing));
    if (missing) return refuse(why, MSG(N_("The council is not done. Points of its members that are missing: {1}."), str_f(w->a, "%d", missing)));
    const struct bid_rank *rank = &d->ranks.p[d->place];
    return rank->out ? refuse(why, MSG(N_("This proposal is out. {1}."), message_str(w->a, w->lang, rank->why))) : OK;
}

static Message papers_wanting(const struct work *w, const struct deciding *d, Str decision, struct date on, Str reason)
{
    Str iso = date_valid(on) ? date_iso(w->a, on) : (Str){ 0 };
    if (!str_trim(decision).n) return MSG(N_("Write the number of the decision."));
    if (!iso.n || !is_before(d->of->v[CALL_CLOSES_ON], v_text(iso)) || is_before(v_today(w), v_text(iso)))
        return MSG(N_("The day of the decision lies after the last day for proposals, and not in the future."));
    if (d->place && !str_trim(reason).n) return MSG(N_("Another proposal has more points. Write why this one is chosen."));
    return NO_MESSAGE;
}

static enum err may_decide(struct work *w, const struct record *of, int64_t seq, Message *why)
{
    if (!(w->actor.roles & (OFFICER | LEADER | SYSTEM))) return *why = MSG(N_("Officers and leaders decide on a call.")), ERR_DENIED;
    if (in_state(of, "decided")) return step_of_program(w, &call, of->id, "decide", why);          /* cannot be taken: says who was first, and when */
    if (!in_state(of, "appraising")) return refuse(why, MSG(N_("The call is in the state “{1}”: it is decided on while it is appraised."), tr(w->lang, state_of(of)->label)));
    return seq && seq != of->seq ? record_changed_since(w, of, why) : OK;
}

/* ---- what follows ------------------------------------------------------------------------------------------ */

static enum err read_text(const struct work *w, struct record *now, int field, Str in, Message *why)
{
    const struct field *f = &call.fields[field];
    Message wrong = str_trim(in).n ? f->type->read(w, f, SPELT_PLAIN, str_trim(in), &now->v[field]) : NO_MESSAGE;
    return wrong.id ? refuse(why, MSG(N_("{1} {2}."), tr(w->lang, f->label), message_str(w->a, w->lang, wrong))) : OK;
}

static enum err note_result(struct work *w, const struct deciding *d, Str decision, struct date on, Str reason, Message *why)
{
    struct record *now = record_copy(w->a, d->of);
    const struct record *unit = named(w, d->chosen, BID_PROVIDER, &provider);
    Str minutes;
    if (!unit) return ERR_MISSING;
    TRY(read_text(w, now, CALL_DECISION, decision, why));
    TRY(read_text(w, now, CALL_REASON, reason, why));
    now->v[CALL_DECIDED_ON] = v_text(date_iso(w->a, on));
    now->v[CALL_AWARDED] = unit->v[PROVIDER_NAME];
    TRY(in_both_languages(w, call_minutes, now, &minutes));
    now->v[CALL_MINUTES] = v_text(minutes);
    return save_as_program(w, d->of, now);
}

enum err call_decide(struct work *w, int64_t call_id, int64_t seq, int64_t bid_id, Str decision, struct date on, Str reason, int64_t *contract_id, Message *why)
{
    struct deciding d = { 0 };
    *why = NO_MESSAGE;
    TRY(record_load(w, &call, call_id, &d.of));
    TRY(may_decide(w, d.of, seq, why));
    TRY(load_chosen(w, &d, bid_id, why));
    TRY(is_complete(w, &d, why));
    TRY(refuse(why, papers_wanting(w, &d, decision, on, reason)));
    TRY(note_result(w, &d, decision, on, reason, why));
    TRY(step_of_program(w, &call, call_id, "decide", why));
    TRY(step_of_program(w, &bid, bid_id, "award", why));
    TRY(step_all(w, &bid, BID_CALL, call_id, "refuse", why));
    return contract_draft(w, d.of, d.chosen, on, contract_id, why);
}
