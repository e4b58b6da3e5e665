#include "people.h"

int64_t account_in(struct work *w, const char *email, const char *roles)
{
    struct record *r = record_make(w->a, &account_entity);
    r->v[ACCOUNT_EMAIL] = v_text(str_of(email));
    r->v[ACCOUNT_NAME] = v_text(S("Nguyễn Thị Lan"));
    r->v[ACCOUNT_ROLES] = v_text(str_of(roles));
    r->v[ACCOUNT_STATE] = v_text(S("active"));
    CHECK_INT(save(w, NULL, r), OK);
    return r->id;
}

void account_to(struct work *w, int64_t account, const char *state)
{
    struct record *was = load(w, &account_entity, account), *now = record_copy(w->a, was);
    now->v[ACCOUNT_STATE] = v_text(str_of(state));
    CHECK_INT(save(w, was, now), OK);
}
