/*
 * participation_count.c - how many took part: participations, enterprises and people, each by one walk along the index of the year.
 *
 * Enterprises that were merged in the register may have left two records of one participation; what tells them apart is then the same, and they count once.
 */
#include "programme/delivery/inside.h"

/* What is asked, as the arguments of each statement. */
#define ATTENDED " FROM participation WHERE year BETWEEN $1 AND $2 AND state = 'attended' AND ($3 = '' OR content = $3) AND ($4 = '' OR ward = $4)" \
                 " AND (CAST($5 AS bigint) = 0 OR activity = CAST($5 AS bigint)) AND ($6 = '' OR activity IN (SELECT id FROM activity WHERE kind = $6))"
#define ASKED(q) ARGS(v_int((q)->from_year), v_int((q)->to_year), v_text((q)->content), v_text((q)->ward), v_int((q)->activity), v_text((q)->kind))

enum err participations_count(struct work *w, const struct participation_asked *q, struct participation_counts *out)
{
    *out = (struct participation_counts){ 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT count(DISTINCT identity), count(DISTINCT enterprise), CAST(sum(people) AS bigint)" ATTENDED), ASKED(q));
    if (rows_next(&r)) *out = (struct participation_counts){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2) };
    return rows_end(&r);
}

enum err participations_list(struct work *w, const struct participation_asked *q, bool enterprises, const int64_t **ids, size_t *n)
{
    struct { int64_t *p; size_t n, cap; } list = { 0 };
    struct rows r = enterprises ? db_query(w->db, w->a, SQL("SELECT DISTINCT enterprise" ATTENDED " ORDER BY enterprise"), ASKED(q))
                                : db_query(w->db, w->a, SQL("SELECT min(id) AS first" ATTENDED " GROUP BY identity ORDER BY first"), ASKED(q));
    while (rows_next(&r)) *GROW(w->a, list) = row_int(&r, 0);
    *ids = list.p, *n = list.n;
    return rows_end(&r);
}
