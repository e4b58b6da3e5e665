/*
 * direct.c - the list behind the number of the programme's target (§3.1): who became a direct supplier in its years, and when.  For everybody, so
 * without buyers and amounts; only enterprises that the public register shows.
 */
#include "pages/linkage/linkage_pages.h"

#include "pages/network/grid.h"

static const struct grid_column columns[] = { { "enterprise", N_("Enterprise") }, { "id", N_("Number"), .files_only = true }, { "first_order", N_("First order") } };

static enum err first_order(struct work *w, int64_t firm, Str *out)
{
    *out = (Str){ 0 };
    struct rows r = db_query(w->db, w->a,
                             SQL("SELECT min(outcome.on_day) FROM introduction JOIN outcome ON outcome.introduction = introduction.id"
                                 " WHERE introduction.enterprise = $1 AND outcome.stage = $2 AND outcome.amount > 0"), ARGS(v_int(firm), v_text(S("first_order"))));
    if (rows_next(&r)) *out = row_text(&r, 0);
    return rows_end(&r);
}

static enum err put_supplier(struct grid *g, struct work *w, const struct card *c)
{
    struct buf day = buf_make(w->a);
    Str on;
    TRY(first_order(w, c->id, &on));
    date_type.show(&day, w, NULL, v_text(on));
    grid_link(g, request_link(g->q, str_f(w->a, "/enterprises/%.*s", FMT(c->public_id))), c->name[w->lang]);
    grid_text(g, c->public_id);
    grid_text(g, buf_str(&day));
    return OK;
}

/* GET /direct-suppliers */
enum err direct_suppliers_page(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct html h = html_make(q->a);
    struct grid g = grid_make(q, (struct figure){ .id = "direct-suppliers", .caption = N_("Direct suppliers") }, columns, COUNT(columns),
                              N_("Nobody yet. An enterprise becomes a direct supplier with its first order from a buyer whom the programme introduced."));
    const int64_t *ids;
    size_t n;
    TRY(direct_suppliers(&w, PROGRAMME_FROM, PROGRAMME_TO, &ids, &n));
    const struct card **cards = snapshot_cards(page_snapshot(q), &w, ids, n);
    for (size_t i = 0; i < n; i++)
        if (cards[i]) TRY(put_supplier(&g, &w, cards[i]));
    if (q->as != AS_PAGE) return grid_reply(r, &g, NULL, 0);
    put_page_head(&h, tr(q->lang, N_("Direct suppliers")),
                  message_str(q->a, q->lang, MSG(N_("Enterprises that have become direct suppliers in the years of the programme: {1}; of them in the public register: {2}."),
                                                 page_number(&w, (int64_t)n), page_number(&w, (int64_t)grid_rows(&g)))));
    grid_html(&h, &g);
    return shell_reply(q, r, &(struct page){ .title = tr(q->lang, N_("Direct suppliers")), .section = SECTION_PROGRAMME, .content = html_done(&h) });
}
