/*
 * unmet.c - searches that found nobody good, gathered in memory and written down now and then.  Of who searched nothing is kept, and of when
 * only the day.
 *
 * What is gathered is bounded: once so many different searches wait, further ones are not counted until they are written down.  A stop of the program
 * loses those that wait.
 */
#include "programme/linkage/search.h"

#include "base/hash.h"

#include <pthread.h>
#include <stdlib.h>

enum { WAITING_MOST = 1000, QUERY_MOST = 2000, TYPED_MOST = 300 };
static const size_t ROOM = (size_t)32 << 20;

/* ---- the table ------------------------------------------------------------------------------ */

static const struct field fields[] = {
    [UNMET_QUERY] = { "query", N_("What was asked"), &long_text_type, LISTED, .max = QUERY_MOST },
    [UNMET_WORDS] = { "words", N_("In these words"), &text_type, REQUIRED | LISTED, .max = TYPED_MOST },
    [UNMET_DAY] = { "day", N_("Day"), &date_type, REQUIRED | LISTED | INDEXED },
    [UNMET_TIMES] = { "times", N_("How often"), &integer_type, LISTED },
    [UNMET_BEST] = { "best", N_("Points of the best answer"), &integer_type, LISTED, .least = 0, .most = 100 },
    [UNMET_KEY] = { "key", N_("Day and question"), &text_type, INTERNAL | UNIQUE, .max = 80 },
};
_Static_assert(COUNT(fields) == UNMET_FIELD_COUNT, "every field has a row");

static const struct right rights[] = { { OFFICER | AGENCY | LEADER | ADMIN, MAY_READ, ALL_FIELDS, ROWS_ALL }, { 0 } };

const struct entity unmet_search = {
    .name = "unmet_search", .path = "unmet-searches", .one = N_("Search without a good answer"), .many = N_("Searches without a good answer"), .shelf = N_("Linkage"),
    FIELDS(fields), .title = UNMET_WORDS, .id_prefix = "KG", .rights = rights,
    .about = N_("What was looked for and hardly found, by day; who asked is not kept."),
};

/* ---- gathering ------------------------------------------------------------------------------ */

struct noted { Str query, words; int64_t times; int best; };
struct unmet {
    pthread_mutex_t lock;
    struct arena    a;                      /* of what waits; forgotten when it is written        */
    struct map      by_query;
    struct { struct noted *p; size_t n, cap; } waiting;
};

static void begin(struct unmet *u)
{
    arena_reset(&u->a);
    u->by_query = map_make(&u->a, WAITING_MOST);
    u->waiting.p = NULL;
    u->waiting.n = u->waiting.cap = 0;
}

struct unmet *unmet_open(void)
{
    struct unmet *u = calloc(1, sizeof *u);
    MUST(u);
    pthread_mutex_init(&u->lock, NULL);
    u->a = arena_make(ROOM, NULL);
    begin(u);
    return u;
}

void unmet_close(struct unmet *u)
{
    if (!u) return;
    pthread_mutex_destroy(&u->lock);
    arena_free(&u->a);
    free(u);
}

static void count(struct unmet *u, Str query, Str words, int best)
{
    int64_t at;
    bool added;
    if (map_get(&u->by_query, query, &at)) {
        struct noted *known = &u->waiting.p[at];
        known->times++;
        known->best = best;
    } else if (u->waiting.n < WAITING_MOST) {
        struct noted *fresh = GROW(&u->a, u->waiting);
        *fresh = (struct noted){ str_dup(&u->a, query), str_dup(&u->a, words), 1, best };
        map_put(&u->by_query, fresh->query, (int64_t)u->waiting.n - 1, &added);
    }
}

/* The first bytes, cut between characters. */
static Str begins(Str s, size_t most)
{
    if (s.n <= most) return s;
    while (most && ((unsigned char)s.p[most] & 0xC0) == 0x80) most--;
    return (Str){ s.p, most };
}

void unmet_note(struct unmet *u, Str query, Str words, int best)
{
    if (!u || !query.n || query.n > QUERY_MOST) return;
    pthread_mutex_lock(&u->lock);
    count(u, query, begins(words, TYPED_MOST), best);
    pthread_mutex_unlock(&u->lock);
}

/* ---- writing -------------------------------------------------------------------------------- */

struct noteds { struct noted *p; size_t n, cap; };

static struct noteds take(struct unmet *u, struct arena *a)
{
    struct noteds all = { 0 };
    pthread_mutex_lock(&u->lock);
    for (size_t i = 0; i < u->waiting.n; i++) {
        const struct noted *x = &u->waiting.p[i];
        *GROW(a, all) = (struct noted){ str_dup(a, x->query), str_dup(a, x->words), x->times, x->best };
    }
    begin(u);
    pthread_mutex_unlock(&u->lock);
    return all;
}

static enum err write_one(struct work *w, const struct noted *x)
{
    Str day = date_iso(w->a, w->today);
    Val key = v_text(str_f(w->a, "%.*s/%.*s", FMT(day), FMT(sha256_hex(w->a, x->query))));
    struct record *was = NULL, *now;
    bool changed;
    int64_t id;
    TRY(record_find(w, &unmet_search, UNMET_KEY, key, &id));
    if (id) TRY(record_load(w, &unmet_search, id, &was));
    now = was ? record_copy(w->a, was) : record_make(w->a, &unmet_search);
    now->v[UNMET_KEY] = key;
    now->v[UNMET_QUERY] = v_text(x->query);
    if (!was) now->v[UNMET_WORDS] = v_text(x->words.n ? x->words : begins(x->query, TYPED_MOST));
    now->v[UNMET_DAY] = v_text(day);
    now->v[UNMET_TIMES] = v_int(v_i64(now->v[UNMET_TIMES]) + x->times);
    now->v[UNMET_BEST] = v_int(x->best);
    return record_save(w, was, now, &changed);
}

static enum err write_all(struct work *w, void *arg)
{
    const struct noteds *all = arg;
    for (size_t i = 0; i < all->n; i++) TRY(write_one(w, &all->p[i]));
    return OK;
}

enum err unmet_write(struct unmet *u, struct work *w)
{
    struct noteds all = take(u, w->a);
    return all.n ? work_write(w, write_all, &all) : OK;
}
