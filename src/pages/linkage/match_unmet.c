/*
 * match_unmet.c - what is told where no supplier is known to fit well: which musts keep most of them out.  The search is counted, without who
 * asked, for what the city lacks.
 */
#include "pages/linkage/finding.h"

#include "programme/linkage/lack.h"

#include <math.h>
#include <stdlib.h>

enum { LOOSENED_MOST = 16 };

struct loosened { size_t which, fitting; };

static int by_fitting(const void *a, const void *b)
{
    const struct loosened *x = a, *y = b;
    if (x->fitting != y->fitting) return x->fitting > y->fitting ? -1 : 1;
    return (x->which > y->which) - (x->which < y->which);
}

/* Which musts keep most suppliers out: as many as would fit if it were a wish. */
static enum err loosen(struct finding *f, struct loosened *out, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < f->wanted.n && *n < LOOSENED_MOST; i++) {
        if (!f->wanted.p[i].must) continue;
        struct wanted less = wanted_switched(f->q->a, &f->wanted, i);
        struct match_demand d = wanted_demand(&f->w, &less, 1);
        struct match_result found;
        TRY(match_find(index_of(f), f->q->a, &d, false, &found));
        if (found.fitting > f->found.fitting) out[(*n)++] = (struct loosened){ i, found.fitting };
    }
    qsort(out, *n, sizeof *out, by_fitting);
    return OK;
}

static enum err put_loosened(struct finding *f)
{
    struct loosened all[LOOSENED_MOST];
    size_t n;
    TRY(loosen(f, all, &n));
    if (!n) return OK;
    html_leaf(&f->h, "p", say(f, N_("What keeps most suppliers out; as a wish it would only count:")));
    html_open(&f->h, "ul");
    for (size_t i = 0; i < n; i++) {
        struct wanted less = wanted_switched(f->q->a, &f->wanted, all[i].which);
        html_open(&f->h, "li");
        html_link(&f->h, wanted_url(f->q, &f->w, &less, MATCH_PLACE), NULL, want_label(f, all[i].which));
        html_text(&f->h, S(" "));
        html_leaf_class(&f->h, "span", "count", tell(f, MSG(N_("then suppliers: {1}"), number(f, all[i].fitting))));
        html_close(&f->h, "li");
    }
    html_close(&f->h, "ul");
    return OK;
}

/* Points of the best of those that are listed and meet every must; 0: nobody does. */
static int best_that_meets(const struct finding *f)
{
    double best = 0;
    for (size_t i = 0; i < f->found.n; i++) best = fmax(best, met_percent(&f->wanted, &f->found.hits[i]));
    return (int)best;
}

/* A look at reasons or at another page is no search of its own. */
static void note_unmet(struct finding *f, int best)
{
    Str typed = params_get(&f->q->query, "q");
    if (f->from || params_get(&f->q->query, "why").n || !f->q->instance) return;
    unmet_note(f->q->instance->unmet, wanted_query(&f->w, &f->wanted), typed.n ? typed : f->wanted.words, best);
}

enum err put_unmet(struct finding *f)
{
    struct html *h = &f->h;
    int best = best_that_meets(f);
    if (best >= WELL) return OK;
    note_unmet(f, best);
    html_open(h, "div");
    html_class(h, "notice");
    html_leaf(h, "p", say(f, f->found.n ? N_("No supplier of the register is known to meet every must and to fit well. Those below may: ask them, or post a demand so that others can answer.")
                                        : N_("No supplier of the register fits. Post a demand: officers then look for one, and suppliers may answer.")));
    TRY(put_loosened(f));
    html_close(h, "div");
    return OK;
}
