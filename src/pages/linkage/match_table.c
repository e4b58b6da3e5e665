/* match_table.c - who fits as a file: a row for each supplier, a column for each criterion. */
#include "pages/linkage/finding.h"

#include "pages/network/grid.h"

enum { FIXED_COLUMNS = 5 };
static const struct grid_column fixed_columns[FIXED_COLUMNS] = {
    { "rank", N_("Rank") }, { "id", N_("Number in the register") }, { "name", N_("Supplier") }, { "ward", N_("Ward or commune") }, { "fit", N_("Fit, %") },
};

/* The fixed ones, then one for each criterion. */
static const struct grid_column *columns_of(struct finding *f, size_t *n)
{
    struct grid_column *columns = NEW_ARRAY(f->q->a, struct grid_column, FIXED_COLUMNS + f->wanted.n + 1);
    memcpy(columns, fixed_columns, sizeof fixed_columns);
    *n = FIXED_COLUMNS;
    for (size_t i = 0; i < answers_n(f); i++) {
        const char *name = i < f->wanted.n ? f->wanted.p[i].is->name : "words";
        columns[(*n)++] = (struct grid_column){ .key = name, .label = str_z(f->q->a, want_label(f, i)) };
    }
    return columns;
}

enum err match_table(struct finding *f)
{
    size_t n;
    const struct grid_column *columns = columns_of(f, &n);
    struct grid g = grid_make(f->q, (struct figure){ .id = "suppliers", .caption = N_("Suppliers that fit") }, columns, n, NULL);
    const struct card **card = cards_from(f, 0, f->found.n);
    for (size_t i = 0; i < f->found.n; i++) {
        const struct match_hit *hit = &f->found.hits[i];
        const struct card *c = card[i];
        if (!c) continue;
        grid_number(&g, (double)(i + 1));
        grid_text(&g, c->public_id);
        grid_text(&g, c->name[f->q->lang]);
        grid_text(&g, c->ward[f->q->lang]);
        grid_number(&g, percent_of(f, hit));
        for (size_t k = 0; k < answers_n(f); k++)
            grid_text(&g, str_f(f->q->a, "%.*s (%d)", FMT(answer_label(f->q->lang, hit->reasons[k].answer)), hit->reasons[k].points / 10));
    }
    return grid_reply(f->r, &g, NULL, 0);
}
