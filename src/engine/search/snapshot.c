#include "engine/search/snapshot.h"
#include "engine/search/build.h"
#include "engine/search/facet.h"
#include "engine/search/kernel.h"

#include <stdlib.h>

/* Changes are kept apart until there are this many, or one for so many documents. */
enum { APART_LEAST = 512, APART_MOST = 4096, APART_SHARE = 16 };

static void join_values(struct search *s, int f)
{
    const struct facet *main = &s->part[MAIN]->facet[f], *recent = &s->part[RECENT]->facet[f];
    Str *value = NEW_ARRAY(&s->a, Str, main->values + (size_t)recent->values);
    if (main->values) memcpy(value, main->value, main->values * sizeof *value);
    s->facet[f].value = value;
    s->facet[f].of_recent = NEW_ARRAY(&s->a, uint32_t, recent->values);
    for (uint32_t v = 0; v < recent->values; v++)
        if (!facet_value(main, recent->value[v], &s->facet[f].of_recent[v])) {
            s->facet[f].of_recent[v] = s->facet[f].values;
            value[s->facet[f].values++] = recent->value[v];
        }
}

/* Takes over one holding of each segment. */
static struct search *snapshot(size_t room, struct segment *main, struct segment *recent, const uint64_t *dead)
{
    struct arena a = arena_make(room, NULL);
    struct search *s = NEW(&a, struct search);
    *s = (struct search){ .holders = 1, .a = a, .room = room, .schema = main->schema, .part = { main, recent } };
    if (dead) {
        s->dead = NEW_ARRAY(&s->a, uint64_t, main->words);
        memcpy(s->dead, dead, main->words * sizeof *dead);
        s->deads = (uint32_t)kernel->count(dead, dead, main->words);
    }
    for (int f = 0; f < s->schema.facets; f++) {
        s->facet[f].value = main->facet[f].value;
        s->facet[f].values = main->facet[f].values;
        if (recent) join_values(s, f);
    }
    return s;
}

struct search *search_build_close(struct search_build *b, int threads)
{
    struct segment *main = build_segment(b, threads);
    return snapshot(main->room, main, NULL, NULL);
}

struct search *search_keep(struct search *s)
{
    atomic_fetch_add(&s->holders, 1);
    return s;
}

void search_release(struct search *s)
{
    if (!s || atomic_fetch_sub(&s->holders, 1) > 1) return;
    for (int p = 0; p < PARTS; p++) segment_release(s->part[p]);
    struct arena a = s->a;
    arena_free(&a);
}

size_t search_docs(const struct search *s)
{
    return (size_t)s->part[MAIN]->docs - s->deads + (s->part[RECENT] ? s->part[RECENT]->docs : 0);
}

size_t search_bytes(const struct search *s)
{
    size_t n = arena_used(&s->a);
    for (int p = 0; p < PARTS; p++)
        if (s->part[p]) n += arena_used(&s->part[p]->a) + arena_used(&s->part[p]->pairs);
    return n;
}

enum search_state search_check(const struct search *s, const struct search_doc *doc)
{
    struct arena a = arena_make(s->room, NULL);
    uint64_t print = fingerprint(&a, &s->schema, doc);
    arena_free(&a);
    for (int p = PARTS - 1; p >= 0; p--) {
        uint32_t at;
        if (!s->part[p] || !segment_doc(s->part[p], doc->id, &at)) continue;
        if (p == MAIN && s->dead && bit_of(s->dead, at)) continue;
        return s->part[p]->fingerprint[at] == print ? SEARCH_SAME : SEARCH_DIFFERENT;
    }
    return SEARCH_ABSENT;
}

/* ------------------------------------------------------------------ update ------------------ */

static uint64_t *without(const struct segment *s, struct arena *a, const uint64_t *dead,
                         const struct search_doc *changed, size_t changes, const int64_t *removed, size_t removals)
{
    uint64_t *bits = NEW_ARRAY(a, uint64_t, s->words);
    uint32_t doc;
    if (dead) memcpy(bits, dead, s->words * sizeof *bits);
    for (size_t i = 0; i < changes; i++)
        if (segment_doc(s, changed[i].id, &doc)) bit_set(bits, doc);
    for (size_t i = 0; i < removals; i++)
        if (segment_doc(s, removed[i], &doc)) bit_set(bits, doc);
    return bits;
}

static bool apart(const struct segment *main, size_t dead, size_t recent)
{
    size_t most = main->docs / APART_SHARE;
    if (most < APART_LEAST) most = APART_LEAST;
    if (most > APART_MOST) most = APART_MOST;
    return dead + recent <= most;
}

enum err search_update(const struct search *old, const struct search_doc *changed, size_t changes,
                       const int64_t *removed, size_t removals, struct search **out)
{
    struct arena own = arena_make(old->room, NULL);
    struct segment *main = old->part[MAIN], *recent = old->part[RECENT];
    uint64_t *dead = without(main, &own, old->dead, changed, changes, removed, removals);
    bool merge = !apart(main, kernel->count(dead, dead, main->words), changes + (recent ? recent->docs : 0));
    struct search_build *b = search_build_open(&old->schema, old->room);
    enum err err = merge ? build_take(b, main, dead) : OK;
    if (!err && recent) err = build_take(b, recent, without(recent, &own, NULL, changed, changes, removed, removals));
    for (size_t i = 0; i < changes && !err; i++) err = search_build_add(b, &changed[i]);
    if (err) {
        build_free(b);
    } else {
        struct segment *new = build_segment(b, 1);
        *out = merge ? snapshot(old->room, new, NULL, NULL) : snapshot(old->room, segment_keep(main), new, dead);
    }
    arena_free(&own);
    return err;
}
