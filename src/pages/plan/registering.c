#include "pages/plan/registering.h"

#include "model/form.h"
#include "programme/delivery/delivery.h"

static const struct { int field; const char *name; } inputs[] = { { PARTICIPATION_EXPECTED, "expected" }, { PARTICIPATION_MESSAGE, "message" } };

static Str path_of(struct at *at, const struct record *of, const char *act) { return request_link(at->q, str_f(at->q->a, "/activities/%.*s/%s", FMT(public_id(at->q->a, &activity, of->id)), act)); }

/* ---- the page ----------------------------------------------------------------------------------------- */

static void put_form(struct at *at, const struct record *of)
{
    desk_form_open(&at->h, at->q, at->r, path_of(at, of, "register"), "card desk-form", false);
    for (size_t i = 0; i < COUNT(inputs); i++)
        html_raw(&at->h, form_field_html(&at->w, &participation.fields[inputs[i].field], str_of(inputs[i].name), params_get(&at->q->form, inputs[i].name), NULL));
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("Register our enterprise")));
    html_close(&at->h, "form");
}

static void put_own(struct at *at, const struct record *of, const struct registration *known)
{
    html_leaf(&at->h, "p", at_tr(at, N_("Your enterprise is registered.")));
    html_open(&at->h, "p");
    html_link(&at->h, request_link(at->q, desk_path(at->q->a, &participation, known->own, NULL)), NULL, at_tr(at, N_("What the office knows of it")));
    html_close(&at->h, "p");
    if (known->may_withdraw) desk_button(&at->h, at->q, at->r, path_of(at, of, "withdraw"), "button button-quiet button-danger", at_tr(at, N_("Nobody can come: give the place back")));
}

static void put_sign_in(struct at *at)
{
    struct request *q = at->q;
    html_leaf(&at->h, "p", at_tr(at, N_("Sign in with the account of your enterprise and register it here.")));
    html_link(&at->h, str_f(q->a, "%.*s?next=%.*s", FMT(request_link(q, S("/sign-in"))), FMT(url_encoded(q->a, request_link(q, q->path)))), "button", at_tr(at, N_("Sign in")));
}

static void put_places_left(struct at *at, const struct record *of, const struct registration *known)
{
    Val places = of->v[ACTIVITY_PLACES];
    if (v_is(places)) html_leaf(&at->h, "p", at_say(at, MSG(N_("Places left: {1} of {2}"), page_number(&at->w, v_i64(places) - known->taken), page_number(&at->w, v_i64(places)))));
}

/* Who asks decides what is shown, once it is open. */
static void put_open(struct at *at, const struct record *of, const struct registration *known)
{
    put_places_left(at, of, known);
    if (!at->q->actor.account) put_sign_in(at);
    else if (at->q->actor.roles & ENTERPRISE && at->q->actor.organisation) put_form(at, of);
    else html_leaf(&at->h, "p", at_tr(at, N_("Only an account that works for an enterprise of the register can register it. Claim the profile of your enterprise first.")));
}

enum err put_registration(struct html *h, struct request *q, struct reply *r, const struct record *of, Message why)
{
    struct at at = { .q = q, .r = r, .w = desk_work(q), .h = html_make(q->a) };      /* not at_desk(): what visitors see is the same for all of them, and kept */
    struct registration known;
    TRY(registration_of(&at.w, of, &known));
    section_open(&at, "registration", N_("Taking part"));
    put_refusal(&at, why);
    if (known.own) put_own(&at, of, &known);
    else if (known.closed.id) html_leaf(&at.h, "p", at_say(&at, known.closed));
    else put_open(&at, of, &known);
    html_leaf(&at.h, "p", at_say(&at, MSG(N_("Questions are answered by the responsible agency: {1}."), record_text(&at.w, of, ACTIVITY_AGENCY))));
    html_close(&at.h, "section");
    html_raw(h, html_done(&at.h));
    return OK;
}

/* ---- what its forms do -------------------------------------------------------------------------------- */

struct registering { const struct record *of; Val typed[COUNT(inputs)]; Message *why; };

static enum err do_register(struct work *w, void *arg)
{
    struct registering *x = arg;
    return participation_register(w, x->of->id, x->typed[0], x->typed[1], x->why);
}

enum err register_own(struct request *q, const struct record *of, Message *why)
{
    struct work w = desk_work(q);
    struct registering x = { .of = of, .why = why };
    for (size_t i = 0; i < COUNT(inputs) && !why->id; i++)
        *why = form_read_value(&w, &participation.fields[inputs[i].field], str_trim(params_get(&q->form, inputs[i].name)), &x.typed[i]);
    return why->id ? ERR_INVALID : work_write(&w, do_register, &x);
}

static enum err do_withdraw(struct work *w, void *arg)
{
    struct registering *x = arg;
    return participation_withdraw(w, x->of, x->why);
}

enum err withdraw_own(struct request *q, const struct record *of, Message *why)
{
    struct work w = desk_work(q);
    struct registering x = { .of = of, .why = why };
    return work_write(&w, do_withdraw, &x);
}
