#include "engine/search/snapshot.h"
#include "engine/search/build.h"
#include "engine/search/facet.h"
#include "engine/search/kernel.h"

#include <stdlib.h>

/* Changes are kept apart until there are so many, and one for so many documents. */
enum { APART_LEAST = 8192, APART_SHARE = 16 };
enum { GROWTH = 8 };                                /* a part stays while it is that many times what is new; the first, while it is more */

/* ------------------------------------------------------------------ parts ------------------- */

static uint32_t *join_values(struct search *s, int f, const struct facet *new)
{
    const struct facet *first = &s->part[0].s->facet[f];
    uint32_t *number = NEW_ARRAY(&s->a, uint32_t, new->values), known = s->facet[f].values;
    Str *value = NEW_ARRAY(&s->a, Str, known + (size_t)new->values);
    if (known) memcpy(value, s->facet[f].value, known * sizeof *value);
    for (uint32_t v = 0; v < new->values; v++) {
        if (facet_value(first, new->value[v], &number[v])) continue;
        for (number[v] = first->values; number[v] < known && !str_eq(value[number[v]], new->value[v]);) number[v]++;
        if (number[v] < known) continue;
        number[v] = s->facet[f].values;
        value[s->facet[f].values++] = new->value[v];
    }
    s->facet[f].value = value;
    return number;
}

struct search *search_of_parts(size_t room, const struct part *part, int parts)
{
    struct arena a = arena_make(room, NULL);
    struct search *s = NEW(&a, struct search);
    *s = (struct search){ .holders = 1, .a = a, .room = room, .schema = part[0].s->schema, .parts = parts };
    for (int p = 0; p < parts; p++) {
        s->part[p] = (struct part){ .s = part[p].s };
        if (!part[p].dead) continue;
        s->part[p].dead = NEW_ARRAY(&s->a, uint64_t, part[p].s->words);
        memcpy(s->part[p].dead, part[p].dead, part[p].s->words * sizeof *part[p].dead);
        s->part[p].deads = (uint32_t)kernel->count(part[p].dead, part[p].dead, part[p].s->words);
    }
    for (int f = 0; f < s->schema.facets; f++) {
        s->facet[f].value = part[0].s->facet[f].value;
        s->facet[f].values = part[0].s->facet[f].values;
        for (int p = 1; p < parts; p++) s->facet[f].of_part[p] = join_values(s, f, &part[p].s->facet[f]);
    }
    return s;
}

static struct search *search_of_one(struct segment *s) { return search_of_parts(s->room, &(struct part){ .s = s }, 1); }

struct search *search_build_close(struct search_build *b, int threads) { return search_of_one(build_segment(b, threads)); }

struct search *search_keep(struct search *s)
{
    atomic_fetch_add(&s->holders, 1);
    return s;
}

void search_release(struct search *s)
{
    if (!s || atomic_fetch_sub(&s->holders, 1) > 1) return;
    for (int p = 0; p < s->parts; p++) segment_release(s->part[p].s);
    struct arena a = s->a;
    arena_free(&a);
}

size_t search_docs(const struct search *s)
{
    size_t n = 0;
    for (int p = 0; p < s->parts; p++) n += part_docs(&s->part[p]);
    return n;
}

size_t search_apart(const struct search *s)
{
    return s->part[0].deads + search_docs(s) - part_docs(&s->part[0]);
}

size_t search_bytes(const struct search *s)
{
    size_t n = arena_used(&s->a);
    for (int p = 0; p < s->parts; p++) {
        const struct segment *segment = s->part[p].s;
        n += arena_used(&segment->a) + arena_used(&segment->pairs);
        if (!p || segment->file != s->part[p - 1].s->file) n += mapping_bytes(segment->file);      /* parts of one file */
    }
    return n;
}

/* The document of the greatest id among the first n by id that is still there; n becomes the place after it. */
static bool last_alive(const struct part *p, uint32_t *n)
{
    while (*n && p->dead && bit_of(p->dead, p->s->by_id[*n - 1])) --*n;
    return *n > 0;
}

size_t search_last_ids(const struct search *s, int64_t *ids, size_t most)
{
    uint32_t left[PARTS];
    size_t n = 0;
    for (int p = 0; p < s->parts; p++) left[p] = s->part[p].s->docs;
    for (int last = 0; n < most && last >= 0; n += last >= 0) {
        last = -1;
        for (int p = 0; p < s->parts; p++) {
            const struct segment *part = s->part[p].s;
            if (!last_alive(&s->part[p], &left[p]) || (last >= 0 && part->id[part->by_id[left[p] - 1]] < ids[n])) continue;
            ids[n] = part->id[part->by_id[left[p] - 1]];
            last = p;
        }
        if (last >= 0) left[last]--;
    }
    return n;
}

enum search_state search_check(const struct search *s, const struct search_doc *doc)
{
    struct arena a = arena_make(s->room, NULL);
    uint64_t print = fingerprint(&a, &s->schema, doc);
    arena_free(&a);
    for (const struct part *p = s->part; p < s->part + s->parts; p++) {
        uint32_t at;
        if (!segment_doc(p->s, doc->id, &at) || (p->dead && bit_of(p->dead, at))) continue;
        return p->s->fingerprint[at] == print ? SEARCH_SAME : SEARCH_DIFFERENT;
    }
    return SEARCH_ABSENT;
}

/* ------------------------------------------------------------------ update ------------------ */

static uint64_t *without(const struct part *p, struct arena *a, const struct search_doc *changed, size_t changes,
                         const int64_t *removed, size_t removals)
{
    uint64_t *bits = NEW_ARRAY(a, uint64_t, p->s->words);
    uint32_t doc;
    if (p->dead) memcpy(bits, p->dead, p->s->words * sizeof *bits);
    for (size_t i = 0; i < changes; i++)
        if (segment_doc(p->s, changed[i].id, &doc)) bit_set(bits, doc);
    for (size_t i = 0; i < removals; i++)
        if (segment_doc(p->s, removed[i], &doc)) bit_set(bits, doc);
    return bits;
}

/* How many of the parts, which have lost their dead, stay as they are beside a new one of so many changes. */
static int parts_that_stay(const struct part *part, int parts, size_t changes)
{
    size_t most = part[0].s->docs / APART_SHARE, apart = changes + part[0].deads, new = changes;
    for (int p = 1; p < parts; p++) apart += part[p].s->docs;
    if (apart > (most < APART_LEAST ? APART_LEAST : most)) return 0;
    while (parts > 1 && (parts == PARTS || part_docs(&part[parts - 1]) <= GROWTH * new)) new += part_docs(&part[--parts]);
    return parts == 1 && part_docs(&part[0]) <= new ? 0 : parts;
}

/* A segment of these parts and documents. */
static enum err take_in(size_t room, const struct part *part, int parts, const struct search_doc *changed, size_t changes,
                        struct segment **out)
{
    struct search_build *b = search_build_open(&part[0].s->schema, room);
    enum err err = OK;
    for (int p = 0; p < parts && !err; p++) err = build_take(b, part[p].s, part[p].dead);
    for (size_t i = 0; i < changes && !err; i++) err = search_build_add(b, &changed[i]);
    if (err) build_free(b);
    else *out = build_segment(b, 1);
    return err;
}

enum err search_update(const struct search *old, const struct search_doc *changed, size_t changes,
                       const int64_t *removed, size_t removals, struct search **out)
{
    struct arena own = arena_make(old->room, NULL);
    struct part part[PARTS] = { 0 };
    for (int p = 0; p < old->parts; p++) {
        part[p] = (struct part){ old->part[p].s, without(&old->part[p], &own, changed, changes, removed, removals), 0 };
        part[p].deads = (uint32_t)kernel->count(part[p].dead, part[p].dead, part[p].s->words);
    }
    int stay = parts_that_stay(part, old->parts, changes);
    bool any = changes || stay < old->parts;
    struct segment *new = NULL;
    enum err err = any ? take_in(old->room, stay == old->parts ? part : part + stay, old->parts - stay, changed, changes, &new) : OK;
    if (!err) {
        for (int p = 0; p < stay; p++) segment_keep(part[p].s);
        if (any) part[stay++] = (struct part){ .s = new };
        *out = search_of_parts(old->room, part, stay);
    }
    arena_free(&own);
    return err;
}

/* ------------------------------------------------------------------ merging ----------------- */

enum err search_merge(const struct search *s, struct search **out)
{
    struct segment *all;
    TRY(take_in(s->room, s->part, s->parts, NULL, 0, &all));
    *out = search_of_one(all);
    return OK;
}

static const struct part *part_with(const struct search *s, const struct segment *segment)
{
    for (const struct part *p = s->part; p < s->part + s->parts; p++)
        if (p->s == segment) return p;
    return NULL;
}

/* Marks in `dead` those of the base's part that have gone since. */
static void put_gone(const struct part *was, const struct part *is, const struct segment *merged, uint64_t *dead)
{
    uint32_t to;
    for (uint32_t doc = 0; doc < was->s->docs; doc++) {
        if (was->dead && bit_of(was->dead, doc)) continue;
        if (is && !(is->dead && bit_of(is->dead, doc))) continue;
        if (segment_doc(merged, was->s->id[doc], &to)) bit_set(dead, to);
    }
}

enum err search_adopt(const struct search *now, const struct search *base, const struct search *merged, struct search **out)
{
    if (now->part[0].s != base->part[0].s || merged->parts != 1) return ERR_CONFLICT;
    struct arena own = arena_make(now->room, NULL);
    struct segment *all = merged->part[0].s;
    struct part part[PARTS] = { { all, NEW_ARRAY(&own, uint64_t, all->words), 0 } };
    int parts = 1;
    for (int p = 0; p < base->parts; p++) put_gone(&base->part[p], part_with(now, base->part[p].s), all, part[0].dead);
    for (int p = 1; p < now->parts; p++)
        if (!part_with(base, now->part[p].s)) part[parts++] = now->part[p];
    for (int p = 0; p < parts; p++) segment_keep(part[p].s);
    *out = search_of_parts(now->room, part, parts);
    arena_free(&own);
    return OK;
}
