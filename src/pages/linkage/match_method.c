/* match_method.c - how the fit of a supplier is worked out: the formula, and what each criterion counts, made of the table of criteria itself. */
#include "pages/linkage/linkage_pages.h"

#include "base/number.h"
#include "pages/network/grid.h"

#include <math.h>

struct fit_method { Html criteria; Str words, broader, sibling; };
static const struct slot slots[] = {
    SLOT(struct fit_method, criteria), SLOT(struct fit_method, words), SLOT(struct fit_method, broader), SLOT(struct fit_method, sibling), SLOT_END,
};
static const struct template *method_template;

void match_method_prepare(struct arena *forever) { method_template = template_load(forever, "match_method", slots); }

static Str rule_of(struct request *q, const struct criterion *c)
{
    if (c->number == NO_NUMBER) return tr(q->lang, c->near ? N_("named; what is near in the list counts in part") : N_("named"));
    if (c->quantity == DURATION) return tr(q->lang, N_("no longer ago than"));
    return tr(q->lang, c->rule == AT_LEAST ? N_("at least") : N_("at most"));
}

static Str slack_of(struct request *q, const struct criterion *c)
{
    struct buf b = buf_make(q->a);
    if (c->number == NO_NUMBER) return (Str){ 0 };
    put_real(&b, q->lang, round((double)c->slack * 100));
    put_z(&b, " %");
    return buf_str(&b);
}

static Html criteria_table(struct request *q)
{
    static const struct grid_column columns[] = {
        { "criterion", N_("Criterion") }, { "rule", N_("How it is asked") }, { "slack", N_("How far off still counts") },
        { "must", N_("Unless said otherwise") }, { "weight", N_("Weight") },
    };
    struct html h = html_make(q->a);
    struct grid g = grid_make(q, (struct figure){ .id = "criteria", .caption = N_("Criteria and what they count") }, columns, COUNT(columns), NULL);
    for (size_t i = 0; i < criteria_n; i++) {
        const struct criterion *c = &criteria[i];
        grid_text(&g, tr(q->lang, c->label));
        grid_text(&g, rule_of(q, c));
        grid_text(&g, slack_of(q, c));
        grid_text(&g, tr(q->lang, c->must ? N_("must") : N_("wish")));
        grid_number(&g, c->weight);
    }
    grid_html(&h, &g);
    return html_done(&h);
}

enum err match_method(struct request *q, struct reply *r)
{
    struct fit_method d = { .criteria = criteria_table(q),
                        .words = str_f(q->a, "%d", WORDS_WEIGHT),
                        .broader = str_f(q->a, "%d", NEARNESS_BROADER / 10),
                        .sibling = str_f(q->a, "%d", NEARNESS_SIBLING / 10) };
    return shell_reply(q, r, &(struct page){ .title = tr(q->lang, N_("How the fit is worked out")), .section = SECTION_MATCH,
        .description = tr(q->lang, N_("The formula by which suppliers are ranked, and what each criterion counts.")),
        .content = template_render(q->a, method_template, q->lang, &d) });
}
