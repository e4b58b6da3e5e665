/*
 * invited.c - what the holder of an invitation sees of the demand: what the public may; who the buyer is, once the buyer knows of the supplier;
 * names of drawings, once it agreed to keep them; and what all suppliers asked, without who did.
 */
#include "programme/linkage/inside.h"

static bool in_state(const struct record *r, const char *state) { return str_is(v_str(r->v[INVITATION_STATE]), state); }

static bool is_holders(const struct work *w, const struct record *r)
{
    return w->actor.roles & ENTERPRISE && among_rows(w, r, ROWS_OWN, INVITATION_ENTERPRISE);
}

bool buyer_decides(const struct record *r, const struct record *of)
{
    Str from = v_str(r->v[INVITATION_FROM]);
    return str_is(from, "supplier") || (str_is(from, "officer") && v_i64(of->v[DEMAND_UNNAMED]));
}

bool belongs_to(const struct work *w, const struct record *paper, int field, const struct record *r)
{
    if (v_is(paper->v[field])) return val_eq(paper->v[field], r->v[INVITATION_ENTERPRISE]);
    return among_rows(w, r, ROWS_OWN, INVITATION_ENTERPRISE);
}

static bool let_in(const struct record *r) { return in_state(r, "admitted") || in_state(r, "quoted") || in_state(r, "chosen"); }

bool buyer_knows(const struct record *r, const struct record *of)
{
    return let_in(r) || (in_state(r, "invited") && !buyer_decides(r, of));
}

bool drawings_open(const struct work *w, const struct record *r, const struct record *of)
{
    return v_is(r->v[INVITATION_CONFIDENTIAL_AT]) && buyer_knows(r, of) && !is_past(w, r->v[INVITATION_DRAWINGS_UNTIL]);
}

/* A copy with what this reader may know: fields of the public's; of others those that are named here. */
static struct record *reduced(const struct work *w, const struct record *of, bool buyer_named, bool contact, bool drawings)
{
    struct record *r = record_copy(w->a, of);
    for EACH_FIELD(f, i, &demand) {
        bool kept = field_seen(f, PUBLIC_FIELDS) || i == DEMAND_COUNTRY || (buyer_named && i == DEMAND_BUYER)
                 || (contact && (i == DEMAND_CONTACT || i == DEMAND_EMAIL));
        if (!kept) r->v[i] = v_null();
    }
    r->v[DEMAND_UNNAMED] = v_int(!buyer_named);
    r->children[DEMAND_DRAWINGS] = (struct records){ 0 };
    for (size_t i = 0; drawings && i < of->children[DEMAND_DRAWINGS].n; i++) {
        struct record *one = record_copy(w->a, of->children[DEMAND_DRAWINGS].p[i]);
        one->v[DRAWING_FILE] = v_null();
        *GROW(w->a, r->children[DEMAND_DRAWINGS]) = one;
    }
    return r;
}

enum err invited_load(struct work *w, int64_t invitation_id, struct invited *out)
{
    *out = (struct invited){ 0 };
    TRY(record_load(w, &invitation, invitation_id, &out->invitation));
    if (!record_visible(w, out->invitation)) return ERR_DENIED;
    TRY(record_load(w, &demand, v_i64(out->invitation->v[INVITATION_DEMAND]), &out->demand));
    const struct record *r = out->invitation, *of = out->demand;
    bool holder = is_holders(w, r);
    if (reach_of(w, of).reads >= OWN_FIELDS) return out->buyer_named = out->drawings_open = true, OK;
    out->buyer_named = !v_i64(of->v[DEMAND_UNNAMED]) || (holder && buyer_knows(r, of));
    out->drawings_open = holder && drawings_open(w, r, of);
    out->demand = reduced(w, of, out->buyer_named, holder && let_in(r), out->drawings_open);
    return OK;
}

/* ---- confidentiality ---------------------------------------------------------------------------------- */

Str confidentiality_text(struct work *w)
{
    return tr(w->lang, N_("Our enterprise uses these drawings only to prepare and carry out its offer for this demand, shows them to nobody else, copies no more of them than that takes, "
                          "and destroys all copies when the buyer asks for it or has chosen another. We know that each drawing carries our name and that each opening is logged."));
}

enum err invitation_agree(struct work *w, const struct record *r, Message *why)
{
    struct record *now = record_copy(w->a, r);
    bool changed;
    if (!is_holders(w, r)) return *why = MSG(N_("This invitation is not yours.")), ERR_DENIED;
    if (state_of(r)->done) return *why = MSG(N_("You do not take part in this demand any more.")), ERR_INVALID;
    if (v_is(r->v[INVITATION_CONFIDENTIAL_AT])) return OK;
    now->v[INVITATION_CONFIDENTIAL_AT] = v_text(date_iso(w->a, w->today));
    now->v[INVITATION_CONFIDENTIAL_BY] = v_int(w->actor.account);
    return record_save(w, r, now, &changed);
}

/* ---- questions of all ------------------------------------------------------------------------------------ */

enum err questions_told(struct work *w, const struct record *r, struct told_questions *out)
{
    struct records all;
    *out = (struct told_questions){ 0 };
    if (!record_visible(w, r)) return ERR_DENIED;
    TRY(records_with(w, &question, QUESTION_DEMAND, r->v[INVITATION_DEMAND], &all));
    for (size_t i = 0; i < all.n; i++)
        if (str_is(v_str(all.p[i]->v[QUESTION_STATE]), "answered"))
            *GROW(w->a, *out) = (struct told_question){ v_str(all.p[i]->v[QUESTION_TEXT]), v_str(all.p[i]->v[QUESTION_ANSWER]) };
    return OK;
}
