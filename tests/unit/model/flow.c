#include "flow.h"

#include "model/people/account.h"

static Message last_why;

struct work *account_of(struct work *w, const char *email, const char *roles)
{
    struct record *r = record_make(w->a, &account_entity);
    struct work *other = work_as(w, 0, EN);
    r->v[ACCOUNT_EMAIL] = v_text(str_of(email));
    r->v[ACCOUNT_NAME] = v_text(str_of(email));
    r->v[ACCOUNT_ROLES] = v_text(str_of(roles));
    r->v[ACCOUNT_STATE] = v_text(S("active"));
    r->v[ACCOUNT_LANGUAGE] = v_text(S("en"));
    CHECK_INT(save(w, NULL, r), OK);
    other->actor = actor_of(r);
    return other;
}

struct people people(struct work *w)
{
    struct record *f = record_make(w->a, &fair);
    f->v[0] = v_text(S("Triển lãm"));
    CHECK_INT(save(w, NULL, f), OK);
    return (struct people){ w, account_of(w, "lan@so.vn", ";officer;"), account_of(w, "an@cokhi.vn", ";enterprise;"),
                            account_of(w, "binh@duc.vn", ";enterprise;"), account_of(w, "admin@so.vn", ";admin;"), f->id, NO_MESSAGE };
}

struct work *work_ready(struct arena *a, struct db *db)
{
    struct work *w = work_on(a, db);
    work_tables(w);
    w->codes = real_codes();
    return w;
}

struct record *request(struct people *p)
{
    struct record *r = record_make(p->w->a, &stand_request);
    r->v[REQUEST_FAIR] = v_int(p->fair);
    r->v[REQUEST_COMPANY] = v_text(S("Cơ khí An"));
    r->v[REQUEST_AREA] = v_real(18);
    r->v[REQUEST_ACCOUNT] = v_int(p->owner->actor.account);
    CHECK_INT(save(p->owner, NULL, r), OK);
    return load(p->w, &stand_request, r->id);
}

struct record *sent(struct people *p)
{
    struct record *r = request(p);
    CHECK_INT(step(p->owner, r, "send", ""), OK);
    return load(p->w, &stand_request, r->id);
}

enum err step(struct work *w, const struct record *r, const char *name, const char *note)
{
    return step_take(w, r->e, r->id, r->seq, step_named(r->e, str_of(name)), str_of(note), &last_why);
}

Str said(struct work *w) { return message_str(w->a, EN, last_why); }
