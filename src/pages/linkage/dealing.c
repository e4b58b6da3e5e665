#include "pages/linkage/dealing.h"

/* ---- addresses -------------------------------------------------------------------------------- */

static Str path_to(struct arena *a, const char *of, const struct entity *e, int64_t id, const char *rest)
{
    return str_f(a, "/linkage/%s/%.*s%s%s", of, FMT(public_id(a, e, id)), rest ? "/" : "", rest ? rest : "");
}

Str demand_desk_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "demands", &demand, id, rest); }
Str invitation_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "invitations", &invitation, id, rest); }
Str introduction_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "introductions", &introduction, id, rest); }

/* ---- records ---------------------------------------------------------------------------------- */

static bool is_desk_of(struct at *at, const struct record *d) { return reach_of(&at->w, d).reads >= OWN_FIELDS; }

enum err demand_at(struct request *q, struct reply *r, struct at *out)
{
    *out = at_desk(q, r);
    out->e = &demand;
    TRY(desk_record(q, r, &out->w, &demand, MAY_READ, &out->record));
    if (is_desk_of(out, out->record)) return OK;
    return reply_fail(r, ERR_MISSING, MSG(N_("There is no record {1}, or it is not yours to see."), request_capture(q, "id")));
}

static const struct record *firm(struct at *at, int64_t id)
{
    struct records found;
    return !records_of(&at->w, &enterprise, &id, 1, false, &found) && found.n ? found.p[0] : NULL;
}

Str firm_name(struct at *at, int64_t id)
{
    const struct record *r = firm(at, id);
    return r ? record_title(&at->w, r) : (Str){ 0 };
}

Str firm_url(struct at *at, int64_t id)
{
    return request_link(at->q, str_f(at->q->a, "/enterprises/%.*s", FMT(public_id(at->q->a, &enterprise, id))));
}

/* ---- from the workspace to the desks ------------------------------------------------------------ */

static Str of_demand(struct at *at, const struct record *r) { return is_desk_of(at, r) ? demand_desk_path(at->q->a, r->id, NULL) : (Str){ 0 }; }

static Str of_introduction(struct at *at, const struct record *r)
{
    return is_desk_of(at, r) ? introduction_path(at->q->a, r->id, NULL) : (Str){ 0 };
}

/* Where a supplier's paper lies: with the supplier its invitation, else the desk of its demand. */
static Str of_side(struct at *at, const struct record *r, int enterprise_field, int64_t invitation_id, int demand_field, const char *rest)
{
    struct record *d;
    if (at->w.actor.roles & ENTERPRISE && among_rows(&at->w, r, ROWS_OWN, enterprise_field)) return invitation_path(at->q->a, invitation_id, NULL);
    bool desk = !record_load(&at->w, &demand, v_i64(r->v[demand_field]), &d) && is_desk_of(at, d);
    return desk ? demand_desk_path(at->q->a, d->id, rest) : (Str){ 0 };
}

static Str of_invitation(struct at *at, const struct record *r) { return of_side(at, r, INVITATION_ENTERPRISE, r->id, INVITATION_DEMAND, NULL); }

static Str of_question(struct at *at, const struct record *r)
{
    return of_side(at, r, QUESTION_ENTERPRISE, v_i64(r->v[QUESTION_INVITATION]), QUESTION_DEMAND, NULL);
}

static Str of_quote(struct at *at, const struct record *r)
{
    return of_side(at, r, QUOTE_ENTERPRISE, v_i64(r->v[QUOTE_INVITATION]), QUOTE_DEMAND, "quotes");
}

static const struct { const struct entity *e; Str (*where)(struct at *at, const struct record *r); } desks[] = {
    { &demand, of_demand }, { &invitation, of_invitation }, { &question, of_question }, { &quote, of_quote }, { &introduction, of_introduction },
};

Str linkage_desk(struct at *at)
{
    for (size_t i = 0; i < COUNT(desks); i++)
        if (desks[i].e == at->e) return desks[i].where(at, at->record);
    return (Str){ 0 };
}

