#include "programme/delivery/inside.h"

struct record *named_alone(const struct work *w, const struct record *r, int field, const struct entity *e)
{
    struct work reading = *w;
    struct records found;
    int64_t id = v_i64(r->v[field]);
    return id && !records_of(&reading, e, &id, 1, false, &found) && found.n ? found.p[0] : NULL;
}

struct followed followed_of(const struct work *w, const struct record *r, int milestone_field, int task_field)
{
    struct followed f = { .milestone = named_alone(w, r, milestone_field, &milestone) };
    if (f.milestone) f.contract = named_alone(w, f.milestone, MILESTONE_CONTRACT, &contract);
    f.task = f.contract ? named_alone(w, f.contract, CONTRACT_TASK, &task) : named_alone(w, r, task_field, &task);
    return f;
}

bool in_its_state(const struct record *r, const char *state) { return str_is(str_of(state_of(r)->code), state); }

Str shown_day(const struct work *w, Val day)
{
    struct buf b = buf_make(w->a);
    date_type.show(&b, w, NULL, day);
    return buf_str(&b);
}

Str called(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    reading.lang = VI;
    return record_title(&reading, r);
}
