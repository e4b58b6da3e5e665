/*
 * participation_count.c - how many took part: participations, enterprises and people, by one walk along the index of the year.
 *
 * Enterprises are told apart here and not by the database, to which counting distinct ones costs several times the walk.
 */
#include "programme/delivery/inside.h"

#include <stdlib.h>

struct taking_part { int64_t firm, id, people; };
struct takings_part { struct taking_part *p; size_t n, cap; };

static int by_firm(const void *a, const void *b)
{
    const struct taking_part *x = a, *y = b;
    if (x->firm != y->firm) return x->firm < y->firm ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static bool same_firm(const struct taking_part *one) { return one[0].firm == one[-1].firm; }

/* By enterprise.  There is somebody where people came (coalesce, so that the year's index is the one to use). */
static enum err walk(struct work *w, const struct participation_asked *q, struct takings_part *out)
{
    *out = (struct takings_part){ 0 };
    struct rows r = db_query(
        w->db, w->a,
        SQL("SELECT enterprise, id, people FROM participation WHERE year BETWEEN $1 AND $2 AND coalesce(people, 0) > 0 AND ($3 = '' OR content = $3)"
            " AND ($4 = '' OR ward = $4) AND (CAST($5 AS bigint) = 0 OR activity = CAST($5 AS bigint))"
            " AND ($6 = '' OR activity IN (SELECT id FROM activity WHERE kind = $6))"),
        ARGS(v_int(q->from_year), v_int(q->to_year), v_text(q->content), v_text(q->ward), v_int(q->activity), v_text(q->kind)));
    while (rows_next(&r)) *GROW(w->a, *out) = (struct taking_part){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2) };
    TRY(rows_end(&r));
    if (out->n) qsort(out->p, out->n, sizeof *out->p, by_firm);
    return OK;
}

enum err participations_count(struct work *w, const struct participation_asked *q, struct participation_counts *out)
{
    struct takings_part all;
    TRY(walk(w, q, &all));
    *out = (struct participation_counts){ .participations = (int64_t)all.n };
    for (size_t i = 0; i < all.n; i++) {
        out->enterprises += !i || !same_firm(&all.p[i]);
        out->people += all.p[i].people;
    }
    return OK;
}

static int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

enum err participations_list(struct work *w, const struct participation_asked *q, bool enterprises, const int64_t **ids, size_t *n)
{
    struct takings_part all;
    TRY(walk(w, q, &all));
    int64_t *list = NEW_ARRAY(w->a, int64_t, all.n + 1);
    *n = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (!enterprises || !i || !same_firm(&all.p[i])) list[(*n)++] = enterprises ? all.p[i].firm : all.p[i].id;
    }
    if (*n) qsort(list, *n, sizeof *list, ascending);
    *ids = list;
    return OK;
}
