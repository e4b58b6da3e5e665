#include "pages/network/kept.h"

#include "model/change.h"

#include <pthread.h>
#include <stdlib.h>

enum { FEW = 2000 };                                        /* changes that are looked at one by one; beyond, the view is made anew */

struct other { struct date day; struct supply_view *view; uint64_t asked; };   /* view NULL: to be made; asked 0: a free place */

struct kept {
    pthread_mutex_t lock;                                   /* of now and others                  */
    struct supply_view    *now;
    struct other    others[KEPT_DAYS];
    uint64_t        asking;                                 /* counts, to tell which was asked for longest ago */
    int64_t         seq;                                    /* of the log; for who follows alone   */
    struct progress progress;
};

struct kept *kept_open(void)
{
    struct kept *k = calloc(1, sizeof *k);
    MUST(k);
    pthread_mutex_init(&k->lock, NULL);
    return k;
}

static void forget_others(struct kept *k)
{
    for (size_t i = 0; i < KEPT_DAYS; i++) {
        supply_view_release(k->others[i].view);
        k->others[i] = (struct other){ 0 };
    }
}

void kept_close(struct kept *k)
{
    if (!k) return;
    forget_others(k);
    supply_view_release(k->now);
    pthread_mutex_destroy(&k->lock);
    free(k);
}

void kept_stop(struct kept *k) { atomic_store(&k->progress.stop, true); }

/* ---- asking --------------------------------------------------------------------------------- */

struct supply_view *kept_now(struct kept *k)
{
    pthread_mutex_lock(&k->lock);
    struct supply_view *v = k->now ? supply_view_keep(k->now) : NULL;
    pthread_mutex_unlock(&k->lock);
    return v;
}

static bool same_day(struct date a, struct date b) { return date_days(a) == date_days(b); }

/* The day's place, else that which was asked for longest ago. */
static struct other *place_of(struct kept *k, struct date day)
{
    struct other *oldest = k->others;
    for (size_t i = 0; i < KEPT_DAYS; i++) {
        struct other *o = &k->others[i];
        if (o->asked && same_day(o->day, day)) return o;
        if (o->asked < oldest->asked) oldest = o;
    }
    supply_view_release(oldest->view);
    *oldest = (struct other){ .day = day };
    return oldest;
}

struct supply_view *kept_on(struct kept *k, struct date day)
{
    pthread_mutex_lock(&k->lock);
    struct supply_view *v = k->now && same_day(k->now->day, day) ? k->now : NULL;
    if (!v) {
        struct other *o = place_of(k, day);
        o->asked = ++k->asking;
        v = o->view;
    }
    if (v) supply_view_keep(v);
    pthread_mutex_unlock(&k->lock);
    return v;
}

/* ---- following ------------------------------------------------------------------------------ */

/* Whether anything that a view is read from has changed since the last look. */
static enum err look(struct kept *k, struct work *w, int64_t *seq, bool *changed)
{
    static const struct entity *const read[] = { &enterprise, &outside_company, &supply_link, &confidential_link, &setting_entity };
    struct changes log;
    TRY(change_last(w, seq));
    *changed = !k->now || !same_day(k->now->day, w->today) || *seq < k->seq;
    if (*changed || *seq == k->seq) return OK;
    TRY(changes_since(w, k->seq, FEW + 1, &log));
    *changed = log.n > FEW;
    for (size_t i = 0; i < log.n && !*changed; i++) {
        const struct entity *e = entity_named(w->m, log.p[i].entity);
        for (size_t n = 0; n < COUNT(read); n++) *changed |= e == read[n];
    }
    return OK;
}

static void put_in_place(struct kept *k, struct supply_view *next)
{
    pthread_mutex_lock(&k->lock);
    struct supply_view *before = k->now;
    k->now = next;
    forget_others(k);
    pthread_mutex_unlock(&k->lock);
    supply_view_release(before);
}

static enum err make(struct kept *k, struct work *w, struct date day, struct supply_view **out)
{
    if (!w->codes) TRY(codes_load(w, w->a, &w->codes));
    return supply_view_make(w, day, k->now, &k->progress, out);
}

static enum err make_today(struct kept *k, struct work *w)
{
    struct supply_view *next;
    TRY(make(k, w, w->today, &next));
    put_in_place(k, next);
    return OK;
}

/* One of the other days that wait; year 0: none does. */
static struct date other_asked(struct kept *k)
{
    struct date day = { 0 };
    pthread_mutex_lock(&k->lock);
    for (size_t i = 0; i < KEPT_DAYS; i++)
        if (k->others[i].asked && !k->others[i].view) day = k->others[i].day;
    pthread_mutex_unlock(&k->lock);
    return day;
}

/* A view of the day from the same data as today's: changes since that are not of the network do not make it another version.  *out: NULL if
 * some are, so that today's comes first. */
static enum err make_beside_today(struct kept *k, struct work *w, struct date day, struct supply_view **out)
{
    int64_t seq;
    bool changed;
    TRY(make(k, w, day, out));
    enum err e = look(k, w, &seq, &changed);
    if (!e && !changed) (*out)->version = k->now->version;
    else {
        supply_view_release(*out);
        *out = NULL;
    }
    return e;
}

static enum err make_other(struct kept *k, struct work *w, bool *more)
{
    struct date day = other_asked(k);
    struct supply_view *v;
    if (!day.year) return OK;
    TRY(make_beside_today(k, w, day, &v));
    pthread_mutex_lock(&k->lock);
    for (size_t i = 0; i < KEPT_DAYS; i++) {
        struct other *o = &k->others[i];
        if (!v || !o->asked || o->view || !same_day(o->day, day)) continue;
        o->view = v;
        v = NULL;
    }
    pthread_mutex_unlock(&k->lock);
    supply_view_release(v);                                 /* nobody waits for it any more        */
    *more = true;
    return OK;
}

static enum err follow(struct kept *k, struct work *w, bool *more)
{
    bool changed;
    int64_t seq;
    TRY(look(k, w, &seq, &changed));
    if (changed) TRY(make_today(k, w));
    k->seq = seq;
    *more = changed;                                        /* what can wait, waits for a look at what came meanwhile */
    if (changed) return OK;
    if (other_asked(k).year) return make_other(k, w, more);
    return k->now->places ? OK : supply_view_add_places(w, k->now, &k->progress);
}

enum err kept_follow(struct kept *k, struct work *w, bool *more)
{
    *more = false;
    enum err e = atomic_load(&k->progress.stop) ? OK : follow(k, w, more);
    return atomic_load(&k->progress.stop) ? OK : e;         /* stopped: that it was not finished is no failure */
}
