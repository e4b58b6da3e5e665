/* award.c - the end of a demand: one quote is chosen, or none; the others are told, and not what the chosen one offered (C10). */
#include "programme/linkage/inside.h"

#include "programme/filing.h"

/* Quotes, then invitations, that are still under way come to their end. */
static enum err leave_all(struct work *w, const struct entity *e, int field, int64_t demand_id, Message *why)
{
    struct records list;
    TRY(records_with(w, e, field, v_int(demand_id), &list));
    for (size_t i = 0; i < list.n; i++) TRY(step_auto(w, e, list.p[i]->id, "leave", why));
    return OK;
}

enum err demand_left(struct work *w, int64_t demand_id, Message *why)
{
    TRY(leave_all(w, &quote, QUOTE_DEMAND, demand_id, why));
    return leave_all(w, &invitation, INVITATION_DEMAND, demand_id, why);
}

/* ---- choosing -------------------------------------------------------------------------------------------- */

static enum err may_choose(struct work *w, const struct record *of, const struct record *q, Message *why)
{
    bool theirs = among_rows(w, of, ROWS_MINE, DEMAND_ACCOUNT) || w->actor.roles & (OFFICER | ADMIN | SYSTEM);
    Str state = v_str(of->v[DEMAND_STATE]);
    if (!theirs) return *why = MSG(N_("This demand is not yours.")), ERR_DENIED;
    if (!str_is(state, "open") && !str_is(state, "choosing")) return *why = MSG(N_("The demand has ended, or is not open yet.")), ERR_CONFLICT;
    if (v_i64(q->v[QUOTE_DEMAND]) != of->id || !str_is(v_str(q->v[QUOTE_STATE]), "sent"))
        return *why = MSG(N_("This quote cannot be chosen: it was withdrawn or taken back.")), ERR_CONFLICT;
    return OK;
}

static enum err keep_reason(struct work *w, const struct record *of, Str reason, Message *why)
{
    const struct field *f = &demand.fields[DEMAND_REASON];
    struct record *now = record_copy(w->a, of);
    bool changed;
    reason = str_trim(reason);
    if (!reason.n) return *why = MSG(N_("Write why you choose this supplier; the office learns from it.")), ERR_INVALID;
    Message wrong = f->type->read(w, f, SPELT_PLAIN, reason, &now->v[DEMAND_REASON]);
    if (wrong.id) return *why = MSG(N_("The reason {1}."), message_str(w->a, w->lang, wrong)), ERR_INVALID;
    return record_save(w, of, now, &changed);
}

static enum err introduce(struct work *w, const struct record *of, const struct record *q, struct record **out)
{
    struct record *r = record_make(w->a, &introduction);
    bool changed;
    r->v[INTRODUCTION_ENTERPRISE] = q->v[QUOTE_ENTERPRISE];
    r->v[INTRODUCTION_DEMAND] = v_int(of->id);
    r->v[INTRODUCTION_BUYER] = of->v[DEMAND_BUYER];
    r->v[INTRODUCTION_COUNTRY] = of->v[DEMAND_COUNTRY];
    r->v[INTRODUCTION_ACCOUNT] = of->v[DEMAND_ACCOUNT];
    r->v[INTRODUCTION_ON] = v_text(date_iso(w->a, w->today));
    introduction.compute(w, r);
    *out = r;
    return record_save(w, NULL, r, &changed);
}

/* "Name, telephone, e-mail" of what is known. */
static Str reached_by(struct arena *a, const Val *v, size_t n)
{
    struct buf b = buf_make(a);
    for (size_t i = 0; i < n; i++)
        if (v_is(v[i])) put_f(&b, "%s%.*s", b.n ? ", " : "", FMT(v_str(v[i])));
    return buf_str(&b);
}

static enum err tell_both(struct work *w, const struct record *r, const struct record *of)
{
    const struct record *firm = named(w, r, INTRODUCTION_ENTERPRISE, &enterprise);
    Str path = workspace_path(w->a, &introduction, r->id), title = v_str(of->v[DEMAND_TITLE]);
    if (!firm) return OK;
    const Val buyer[] = { of->v[DEMAND_CONTACT], of->v[DEMAND_EMAIL] };
    const Val supplier[] = { firm->v[ENTERPRISE_CONTACT_NAME], firm->v[ENTERPRISE_CONTACT_PHONE], firm->v[ENTERPRISE_CONTACT_EMAIL],
                             firm->v[ENTERPRISE_PHONE], firm->v[ENTERPRISE_EMAIL] };
    TRY(tell_side(w, r, INTRODUCTION_ENTERPRISE, MSG(N_("{1} has chosen your quote for: {2}. You reach it at: {3}"), v_str(r->v[INTRODUCTION_BUYER]), title,
                  reached_by(w->a, buyer, COUNT(buyer))), path));
    return tell_side(w, r, INTRODUCTION_ACCOUNT, MSG(N_("You have chosen {1} for: {2}. You reach it at: {3}"), record_title(w, firm), title,
                     reached_by(w->a, supplier, COUNT(supplier))), path);
}

enum err quote_choose(struct work *w, const struct record *of, int64_t quote_id, Str reason, int64_t *introduction_id, Message *why)
{
    struct record *q, *made;
    *why = NO_MESSAGE;
    TRY(record_load(w, &quote, quote_id, &q));
    TRY(may_choose(w, of, q, why));
    TRY(keep_reason(w, of, reason, why));
    TRY(step_auto(w, &quote, q->id, "choose", why));
    TRY(step_auto(w, &invitation, v_i64(q->v[QUOTE_INVITATION]), "choose", why));
    TRY(step_auto(w, &demand, of->id, "award", why));
    TRY(demand_left(w, of->id, why));
    TRY(introduce(w, of, q, &made));
    *introduction_id = made->id;
    return tell_both(w, made, of);
}
