/*
 * invite.c - a supplier and a demand are brought together: by its buyer, by an officer, or by the supplier itself.  Who is invited is told where
 * the demand is and who looks for it, as far as that may be known ("A buyer (Japan)"), by notice and by mail.
 */
#include "programme/linkage/inside.h"

#include "model/desk/desk.h"
#include "model/desk/mail.h"
#include "programme/filing.h"
#include "programme/linkage/able.h"

/* ---- who may bring whom --------------------------------------------------------------------------- */

static bool may_invite(const struct work *w, const struct record *of, const struct record *firm, Str from)
{
    Roles roles = w->actor.roles;
    if (str_is(from, "officer")) return roles & (OFFICER | ADMIN | SYSTEM);
    if (str_is(from, "buyer")) return among_rows(w, of, ROWS_MINE, DEMAND_ACCOUNT);
    return str_is(from, "supplier") && roles & ENTERPRISE && w->actor.organisation == firm->id && demand.published(of);
}

static Message hindered(struct work *w, const struct record *of, const struct record *firm, const struct records *there)
{
    if (!str_is(v_str(of->v[DEMAND_STATE]), "open")) return MSG(N_("The demand is not open."));
    if (is_past(w, of->v[DEMAND_QUOTES_BY])) return MSG(N_("The day quotes were due has passed."));
    if (there->n >= INVITATIONS_MOST)
        return MSG(N_("{1} suppliers are invited already; more would not be read."), str_f(w->a, "%d", INVITATIONS_MOST));
    for (size_t i = 0; i < there->n; i++)
        if (v_i64(there->p[i]->v[INVITATION_ENTERPRISE]) == firm->id) return MSG(N_("This supplier and this demand have been brought together already."));
    return NO_MESSAGE;
}

/* Of its criteria; words are for searches, which weigh them against all others. */
static Val points(struct work *w, const struct record *of, const struct record *firm)
{
    struct wanted d = wanted_of(w, of);
    struct able able = able_of(w, firm);
    int64_t score = 0;
    d.words = (Str){ 0 };
    struct match_demand asked = wanted_demand(w, &d, 1);
    for (size_t i = 0; i < asked.n; i++) score += asked.criteria[i].weight * match_answer(&asked.criteria[i], able.facts, able.n).points;
    return asked.n ? v_int((int64_t)wanted_percent(&d, score)) : v_null();
}

enum err invitation_make(struct work *w, const struct record *of, const struct record *firm, Str from, Str message, struct record **out)
{
    struct work naming = *w;
    struct record *r = record_make(w->a, &invitation);
    bool changed;
    naming.lang = VI;
    r->v[INVITATION_NAME] = v_text(str_f(w->a, "%.*s: %.*s", FMT(record_title(&naming, firm)), FMT(v_str(of->v[DEMAND_TITLE]))));
    r->v[INVITATION_DEMAND] = v_int(of->id);
    r->v[INVITATION_ENTERPRISE] = v_int(firm->id);
    r->v[INVITATION_BUYER_ACCOUNT] = of->v[DEMAND_ACCOUNT];
    r->v[INVITATION_FROM] = v_text(from);
    r->v[INVITATION_POINTS] = points(w, of, firm);
    r->v[INVITATION_DRAWINGS_UNTIL] = of->v[DEMAND_QUOTES_BY];
    if (message.n) r->v[INVITATION_MESSAGE] = v_text(message);
    *out = r;
    return record_save(w, NULL, r, &changed);
}

/* ---- telling the supplier --------------------------------------------------------------------------- */

static Message sentence(struct work *w, enum lang l, const struct record *of)
{
    struct work reader = *w;
    struct buf day = buf_make(w->a);
    reader.lang = l;
    date_type.show(&day, &reader, NULL, of->v[DEMAND_QUOTES_BY]);
    return MSG(N_("{1} looks for a supplier and invites you to quote by {3}: {2}"), v_str(record_val(&reader, of, DEMAND_SHOWN_BUYER)),
               v_str(of->v[DEMAND_TITLE]), buf_str(&day));
}

static void put_letter(struct work *w, struct buf *b, enum lang l, const struct record *r, const struct record *of)
{
    const Message parts[] = { MSG(N_("Dear Sir or Madam,")), sentence(w, l, of),
        MSG(N_("To read it and to answer, sign in with the account of your enterprise; if it has none yet, sign up and claim its profile:")) };
    for (size_t i = 0; i < COUNT(parts); i++) {
        put_message(b, l, parts[i]);
        put_z(b, "\n\n");
    }
    put_f(b, "{base}%s%.*s\n\n", l == EN ? "/en" : "", FMT(workspace_path(w->a, &invitation, r->id)));
}

/* In both languages: who reads it is not known. */
static enum err write_letter(struct work *w, const struct record *r, const struct record *of, Str to)
{
    struct buf b = buf_make(w->a);
    Str title = v_str(of->v[DEMAND_TITLE]);
    for (int l = VI; l < LANGS; l++) put_letter(w, &b, (enum lang)l, r, of);
    Str subject = str_f(w->a, "%.*s / %.*s", FMT(message_str(w->a, VI, MSG(N_("You are invited to quote: {1}"), title))),
                        FMT(tr(EN, "You are invited to quote")));
    return mail_put(w, to, subject, buf_str(&b));
}

static enum err tell_supplier(struct work *w, const struct record *r, const struct record *of, const struct record *firm)
{
    struct records accounts;
    Str to = v_str(firm->v[v_is(firm->v[ENTERPRISE_CONTACT_EMAIL]) ? ENTERPRISE_CONTACT_EMAIL : ENTERPRISE_EMAIL]);
    TRY(accounts_of(w, firm->id, &accounts));
    for (size_t i = 0; i < accounts.n; i++)
        TRY(notify(w, accounts.p[i], sentence(w, account_lang(accounts.p[i]), of), workspace_path(w->a, &invitation, r->id)));
    return accounts.n || !mail_is_address(to) ? OK : write_letter(w, r, of, to);
}

enum err invite(struct work *w, const struct record *of, int64_t enterprise_id, Str from, Str message, int64_t *id, Message *why)
{
    struct record *firm, *fresh;
    struct records there;
    TRY(record_load(w, &enterprise, enterprise_id, &firm));
    if (!enterprise.published(firm)) return ERR_MISSING;
    if (!may_invite(w, of, firm, from)) return *why = MSG(N_("This demand is not yours.")), ERR_DENIED;
    TRY(records_with(w, &invitation, INVITATION_DEMAND, v_int(of->id), &there));
    *why = hindered(w, of, firm, &there);
    if (why->id) return ERR_CONFLICT;
    TRY(invitation_make(w, of, firm, from, message, &fresh));
    *id = fresh->id;
    if (!str_is(from, "supplier")) return tell_supplier(w, fresh, of, firm);
    return step_inside(w, fresh, step_named(&invitation, S("interest")), (Str){ 0 }, why);
}
