#include "programme/demo_acting.h"

#include "model/people/account.h"

void demo_turn(struct work *w, const struct demo_clock *c, struct date day)
{
    w->today = day;
    w->writing.at = c->at - (date_days(c->today) - date_days(day)) * DAYS;
}

enum err demo_as(struct work *w, const char *email)
{
    struct record *account;
    TRY(account_with_email(w, str_of(email), &account));
    w->actor = actor_of(account);
    return OK;
}

enum err demo_take(struct work *w, const struct entity *e, int64_t id, const char *step, const char *note)
{
    struct record *was;
    Message why;
    TRY(record_load(w, e, id, &was));
    return step_inside(w, was, step_named(e, str_of(step)), str_of(note), &why);
}

enum err demo_save(struct work *w, struct record *fresh)
{
    bool changed;
    return record_save(w, NULL, fresh, &changed);
}

enum err demo_change(struct work *w, const struct entity *e, int64_t id, int field, Val v)
{
    struct record *was, *now;
    bool changed;
    TRY(record_load(w, e, id, &was));
    now = record_copy(w->a, was);
    now->v[field] = v;
    return record_save(w, was, now, &changed);
}

Val demo_code(struct work *w, const char *list, Str bare)
{
    const struct code *k = bare.n ? code_find(w->codes, str_of(list), bare) : NULL;
    return k ? v_text(k->key) : v_null();
}
