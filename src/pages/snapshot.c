#include "pages/snapshot.h"

#include "base/hash.h"
#include "model/change.h"
#include "model/rights.h"
#include "model/schema.h"
#include "model/thesaurus.h"
#include "programme/demo.h"
#include "programme/filing.h"
#include "programme/linkage/able.h"
#include "programme/target/target.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>

/* Changes that are followed one by one: so many, or one for so many enterprises; beyond, all is built anew. */
enum { FEW = 2000, FEW_SHARE = 16, CHANGES_PAGE = 1000 };
static const size_t ROOM = (size_t)1 << 30;

struct lists { int holders; struct arena a; const struct concepts *concepts; };

/* ---- memory --------------------------------------------------------------------------------- */

static struct lists *lists_make(void)
{
    struct arena a = arena_make(ROOM, NULL);
    struct lists *l = NEW(&a, struct lists);
    *l = (struct lists){ .holders = 1, .a = a };
    return l;
}

static struct lists *lists_keep(struct lists *l)
{
    __atomic_add_fetch(&l->holders, 1, __ATOMIC_RELAXED);
    return l;
}

static void lists_release(struct lists *l)
{
    if (__atomic_sub_fetch(&l->holders, 1, __ATOMIC_ACQ_REL)) return;
    struct arena a = l->a;
    concepts_release(l->concepts);
    arena_free(&a);
}

struct snapshot *snapshot_keep(struct snapshot *s)
{
    __atomic_add_fetch(&s->holders, 1, __ATOMIC_RELAXED);
    return s;
}

void snapshot_release(struct snapshot *s)
{
    if (!s || __atomic_sub_fetch(&s->holders, 1, __ATOMIC_ACQ_REL)) return;
    if (s->finder) finder_close(s->finder);
    lists_release(s->lists);
    cards_release(s->cards);
    struct arena a = s->a;
    arena_free(&a);
}

/* ---- making --------------------------------------------------------------------------------- */

static struct work visitor(const struct work *w)
{
    struct work v = *w;
    v.actor = VISITING;
    v.lang = VI;
    return v;
}

/* Takes over lists and cards. */
static struct snapshot *begin(const struct work *w, int64_t seq, struct lists *lists, struct cards *cards)
{
    struct arena a = arena_make(ROOM, NULL);
    struct snapshot *s = NEW(&a, struct snapshot);
    *s = (struct snapshot){ .holders = 1, .seq = seq, .today = w->today, .m = w->m, .codes = w->codes, .a = a, .lists = lists, .cards = cards };
    s->version = (uint64_t)seq << 20 | ((uint64_t)date_days(w->today) & 0xFFFFF);
    return s;
}

/* Code lists and thesaurus as they are now; w has them from here on. */
static enum err lists_load(struct work *w, struct lists **out)
{
    struct lists *lists = *out = lists_make();
    enum err e = codes_load(w, &lists->a, &w->codes);
    if (!e) e = thesaurus_load(w, &lists->concepts);
    w->concepts = lists->concepts;
    if (e) lists_release(lists);
    return e;
}

/* Takes over the lists; without an index. */
static enum err begin_anew(struct work *w, int64_t seq, struct lists *lists, struct snapshot **out)
{
    int64_t last = 0;
    bool demo = false;
    enum err e = demo_is(w, &demo);
    if (!e) e = db_one_int(w->db, w->a, SQL("SELECT max(id) FROM enterprise"), NO_ARGS, &last);
    if (e) {
        lists_release(lists);
        return e;
    }
    *out = begin(w, seq, lists, cards_make(last));
    (*out)->demo = demo;
    return OK;
}

/* What was begun, if its index could be had. */
static enum err done(enum err e, struct snapshot *s, struct snapshot **out)
{
    *out = e ? NULL : s;
    if (!e) return OK;
    s->finder = NULL;                                       /* closed by who could not build it    */
    snapshot_release(s);
    return e;
}

enum err snapshot_make(struct work *outer, struct snapshot **out)
{
    struct work w = visitor(outer);
    struct snapshot *s;
    struct lists *lists;
    int64_t seq;
    TRY(change_last(&w, &seq));
    TRY(lists_load(&w, &lists));
    TRY(begin_anew(&w, seq, lists, &s));
    return done(finder_build(&w, &s->a, &enterprise, able_put, NULL, &s->finder), s, out);
}

/* ---- following ------------------------------------------------------------------------------ */

/* What the portal shows of an entity: the more, the more must be made again after a change of it. */
enum shown { NOWHERE, ON_PAGES, ON_CARDS, EVERYWHERE };

static enum shown shown_of(const struct work *w, Str entity)
{
    const struct entity *e = entity_named(w->m, entity);
    if (!e || e == &code_entity || e == &code_list_entity || e == &setting_entity || e == &concept_entity) return EVERYWHERE;
    if (e == &enterprise) return ON_CARDS;
    if (e == &report) return ON_PAGES;                      /* a profile says that one is being checked */
    return may(w, e, MAY_READ) || is_measured(e) ? ON_PAGES : NOWHERE;      /* shown; or counted by indicators */
}

struct ids { int64_t *p; size_t n, cap; };
struct since { struct ids cards; enum shown most; };        /* of a visitor's view                */

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void each_once(struct ids *ids)
{
    size_t n = 0;
    if (ids->n) qsort(ids->p, ids->n, sizeof *ids->p, by_number);
    for (size_t i = 0; i < ids->n; i++)
        if (!n || ids->p[n - 1] != ids->p[i]) ids->p[n++] = ids->p[i];
    ids->n = n;
}

/* Up to a change that is known to be there. */
static enum err changed_between(struct work *outer, int64_t seq, int64_t last, size_t few, struct since *out)
{
    struct arena scratch = arena_make(ROOM, outer->a->full);
    struct work w = *outer;
    enum err e = OK;
    *out = (struct since){ .most = last - seq > (int64_t)few ? EVERYWHERE : NOWHERE };
    for (w.a = &scratch; !e && seq < last && out->most < EVERYWHERE; arena_reset(&scratch)) {
        struct changes log;
        e = changes_since(&w, seq, CHANGES_PAGE, &log);
        for (size_t i = 0; !e && i < log.n && out->most < EVERYWHERE; i++) {
            enum shown shown = shown_of(&w, log.p[i].entity);
            if (shown > out->most) out->most = shown;
            if (shown == ON_CARDS) *GROW(outer->a, out->cards) = log.p[i].record;
        }
        seq = log.n ? log.p[log.n - 1].seq : last;
    }
    each_once(&out->cards);
    arena_free(&scratch);
    return e;
}

static enum err follow(struct work *w, const struct snapshot *old, const struct ids *ids, int64_t seq, struct snapshot **out)
{
    struct snapshot *s = begin(w, seq, lists_keep(old->lists), cards_follow(old->cards, seq, ids->p, ids->n));
    s->demo = old->demo;
    return done(finder_update(w, &s->a, old->finder, ids->p, ids->n, &s->finder), s, out);
}

/* The next of the same lists and day.  ERR_CONFLICT: it must be made anew. */
static enum err follow_changes(struct work *w, struct snapshot *old, struct snapshot **out)
{
    size_t few = search_docs(old->finder->index) / FEW_SHARE;
    struct since since;
    int64_t seq;
    TRY(change_last(w, &seq));
    if (seq < old->seq) return ERR_CONFLICT;
    TRY(changed_between(w, old->seq, seq, few > FEW ? few : FEW, &since));
    if (since.most == EVERYWHERE) return ERR_CONFLICT;
    w->codes = old->codes;
    if (since.most > NOWHERE) return follow(w, old, &since.cards, seq, out);
    __atomic_store_n(&old->seq, seq, __ATOMIC_RELEASE);     /* claims, tasks, accounts: no page of the portal has them */
    *out = snapshot_keep(old);
    return OK;
}

enum err snapshot_follow(struct work *outer, struct snapshot *old, struct snapshot **out)
{
    struct work w = visitor(outer);
    enum err e = date_days(w.today) == date_days(old->today) ? follow_changes(&w, old, out) : ERR_CONFLICT;
    return e == ERR_CONFLICT ? snapshot_make(outer, out) : e;
}

enum err snapshot_adopt(const struct snapshot *now, const struct snapshot *base, const struct search *merged, struct snapshot **out)
{
    struct search *index;
    TRY(search_adopt(now->finder->index, base->finder->index, merged, &index));
    struct work w = { .m = now->m, .codes = now->codes, .today = now->today };
    struct snapshot *s = begin(&w, now->seq, lists_keep(now->lists), cards_keep(now->cards));
    s->demo = now->demo;
    s->finder = finder_over(&s->a, now->finder, index);
    *out = s;
    return OK;
}

/* ---- in a file ------------------------------------------------------------------------------ */

/* Where the file's data end: the last change, its day, and what only this log and this version of the program have. */
static enum err stamp_at(struct work *w, int64_t seq, struct date day, struct search_stamp *out)
{
    struct changes log = { 0 };
    if (seq) TRY(changes_since(w, seq - 1, 1, &log));
    if (seq && (!log.n || log.p[0].seq != seq)) return ERR_MISSING;
    Str said = str_f(w->a, "%s %.*s", VERSION, FMT(seq ? log.p[0].hash : (Str){ 0 }));
    *out = (struct search_stamp){ { (uint64_t)seq, (uint64_t)date_days(day), str_hash(said) } };
    return OK;
}

enum err snapshot_save(struct work *w, const struct snapshot *s, const char *path)
{
    struct search_stamp stamp;
    TRY(stamp_at(w, __atomic_load_n(&s->seq, __ATOMIC_ACQUIRE), s->today, &stamp));
    return finder_save(s->finder, path, stamp);
}

static enum err stamp_fits(struct work *w, const struct search_stamp *stamp)
{
    struct search_stamp here;
    TRY(stamp_at(w, (int64_t)stamp->of[0], w->today, &here));
    return here.of[2] == stamp->of[2] ? OK : ERR_MISSING;
}

/* With the changes since, on the day of the file: what the next day changes is for who follows. */
static enum err go_on(struct work *w, struct snapshot *s, struct snapshot **out)
{
    int64_t wrong;
    enum err e = follow_changes(w, s, out);
    if (e) return e == ERR_CONFLICT ? ERR_MISSING : e;
    e = finder_sample(w, (*out)->finder, &wrong);
    if (!e && wrong) e = ERR_MISSING;
    if (e) snapshot_release(*out);
    return e;
}

enum err snapshot_open(struct work *outer, const char *path, struct snapshot **out)
{
    struct work w = visitor(outer);
    struct arena keep = arena_make(1 << 20, NULL);
    struct search_stamp stamp;
    struct finder *opened = NULL;
    struct snapshot *s = NULL;
    struct lists *lists;
    TRY(lists_load(&w, &lists));
    enum err e = finder_open(&w, &keep, &enterprise, able_put, NULL, path, &stamp, &opened);
    if (e) lists_release(lists);
    if (!e) {
        w.today = date_from_days((int64_t)stamp.of[1]);
        e = stamp_fits(&w, &stamp);
        if (!e) e = begin_anew(&w, (int64_t)stamp.of[0], lists, &s);
        else lists_release(lists);
        if (e) finder_close(opened);
    }
    if (!e) {
        s->finder = finder_over(&s->a, opened, opened->index);
        e = go_on(&w, s, out);
        snapshot_release(s);
    }
    arena_free(&keep);
    return e;
}

/* ---- cards ---------------------------------------------------------------------------------- */

const struct card **snapshot_cards(const struct snapshot *s, const struct work *page, const int64_t *ids, size_t n)
{
    const struct card **card = NEW_ARRAY(page->a, const struct card *, n);
    struct work w = visitor(page);
    w.codes = s->codes;
    w.today = s->today;
    if (!s->cards || cards_of(s->cards, &w, __atomic_load_n(&s->seq, __ATOMIC_ACQUIRE), ids, n, card))
        memset(card, 0, n * sizeof *card);
    return card;
}

const struct card *snapshot_card(const struct snapshot *s, const struct work *w, int64_t id) { return snapshot_cards(s, w, &id, 1)[0]; }
