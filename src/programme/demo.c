#include "programme/demo.h"

#include "model/change.h"
#include "model/schema.h"
#include "programme/demo_parts.h"

enum err demo_is(struct work *w, bool *yes)
{
    Str value;
    TRY(property_get(w, S("demo"), &value));
    *yes = str_is(value, "1");
    return OK;
}

/* A real database must never get invented enterprises: neither beside real ones nor after work has begun. */
static enum err must_be_free(struct work *w)
{
    bool demo;
    int64_t enterprises = 0, work_done = 0;
    TRY(demo_is(w, &demo));
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM enterprise"), NO_ARGS, &enterprises));
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM change WHERE entity NOT IN ('code_list', 'code', 'setting', 'concept', 'norm', 'indicator')"), NO_ARGS,
                   &work_done));
    return enterprises || (work_done && !demo) ? ERR_CONFLICT : OK;
}

/* A quarter of the profiles is complete, a fifth holds little more than a name. */
static enum detail pick_detail(struct demo *d)
{
    int64_t percent = between(d, 1, 100);
    return percent <= 20 ? SPARSE : percent <= 75 ? USUAL : FULL;
}

/* Each enterprise has its own dice, so that a change to one part of the vocabulary does not change all that follow. */
static enum err write_one(struct demo *d, struct rng *seeds)
{
    bool changed;
    d->rng = (struct rng){ rng_next(seeds) };
    d->r = record_make(d->w->a, &enterprise);
    d->products = 0;
    d->country = (Str){ 0 };
    d->detail = pick_detail(d);
    demo_business(d);
    demo_name(d);
    demo_place(d);
    demo_people(d);
    demo_workshop(d);
    demo_certificates(d);
    demo_trade(d);
    demo_describe(d);
    demo_imports(d);
    demo_buyers_view(d);
    return record_save(d->w, NULL, d->r, &changed);
}

struct order { int64_t count; uint64_t seed; };

static enum err write_all(struct work *w, void *arg)
{
    const struct order *o = arg;
    struct arena *outer = w->a;
    struct rng seeds = { o->seed };
    struct demo d = { .w = w, .taken = map_make(outer, (size_t)o->count * 2) };
    TRY(must_be_free(w));
    TRY(property_set(w, S("demo"), S("1")));
    TRY(batch_open(w, S("demo"), (Str){ 0 }));
    demo_vocabulary(&d, outer);
    struct arena scratch = arena_make((size_t)64 << 20, outer->full);
    enum err err = OK;
    for (; !err && d.number < o->count; d.number++) {
        arena_reset(&scratch);
        w->a = &scratch;
        err = write_one(&d, &seeds);
    }
    w->a = outer;
    arena_free(&scratch);
    return err;
}

enum err demo_fill(struct work *w, int64_t count, uint64_t seed)
{
    struct order o = { count, seed };
    struct work before = *w;
    if (count < 1 || count > DEMO_MOST) return ERR_INVALID;
    MUST(w->codes);
    w->actor.name = S("demo");
    enum err err = work_write(w, write_all, &o);
    w->actor = before.actor;
    w->batch = before.batch;
    return err;
}
