#include "pages/linkage/linkage_pages.h"

#include "base/number.h"

#include <math.h>

/* ---- marks ------------------------------------------------------------------------------------ */

/* Told apart by shape and word, not by colour alone. */
static const struct { const char *class, *sign, *label; } marks[] = {
    [NOT_MET] = { "mark mark-none", "✕", N_("not met") },
    [UNKNOWN] = { "mark mark-unknown", "?", N_("not known") },
    [PARTLY]  = { "mark mark-partly", "◐", N_("partly") },
    [MET]     = { "mark mark-met", "✓", N_("met") },
};

Str answer_label(enum lang l, enum match_answer a) { return tr(l, marks[a].label); }

void put_mark(struct html *h, enum lang l, enum match_answer a, Str about)
{
    html_open(h, "span");
    html_class(h, marks[a].class);
    html_open(h, "span");
    html_attr(h, "aria-hidden", S("true"));
    html_text(h, str_of(marks[a].sign));
    html_close(h, "span");
    html_text(h, S(" "));
    html_text(h, about);
    if (about.n) html_text(h, S(": "));
    html_text(h, answer_label(l, a));
    html_close(h, "span");
}

/* ---- what was understood ------------------------------------------------------------------------ */

struct wanted wanted_without(struct arena *a, const struct wanted *d, size_t which)
{
    struct wanted out = *d;
    out.p = NULL;
    out.n = out.cap = 0;
    for (size_t i = 0; i < d->n; i++)
        if (i != which) *GROW(a, out) = d->p[i];
    return out;
}

struct wanted wanted_switched(struct arena *a, const struct wanted *d, size_t which)
{
    struct wanted out = wanted_without(a, d, d->n);
    out.p[which].must = !out.p[which].must;
    return out;
}

Str wanted_url(struct request *q, struct work *w, const struct wanted *d, Str path)
{
    Str query = wanted_query(w, d);
    return str_f(q->a, "%.*s%s%.*s", FMT(request_link(q, path)), query.n ? "?" : "", FMT(query));
}

struct chip { Str text, switched, without; bool must; };

static void put_chip(struct html *h, struct request *q, const struct chip *c)
{
    Str must = tr(q->lang, c->must ? N_("must") : N_("wish"));
    html_open(h, "li");
    html_class(h, c->must ? "want want-must" : "want");
    html_leaf(h, "span", c->text);
    html_open(h, "a");
    html_href(h, "href", c->switched);
    html_attr(h, "rel", S("nofollow"));
    html_attr(h, "aria-label", message_str(q->a, q->lang, MSG(c->must ? N_("“{1}” is a must: make it a wish") : N_("“{1}” is a wish: make it a must"), c->text)));
    html_text(h, must);
    html_close(h, "a");
    html_open(h, "a");
    html_href(h, "href", c->without);
    html_attr(h, "rel", S("nofollow"));
    html_attr(h, "aria-label", message_str(q->a, q->lang, MSG(N_("Remove “{1}”"), c->text)));
    html_text(h, S("×"));
    html_close(h, "a");
    html_close(h, "li");
}

Str words_text(struct request *q, const struct wanted *d) { return message_str(q->a, q->lang, MSG(N_("Words: {1}"), d->words)); }

static void put_words_chip(struct html *h, struct request *q, struct work *w, const struct wanted *d, Str path)
{
    struct wanted switched = *d, without = *d;
    switched.words_must = !d->words_must;
    without.words = (Str){ 0 };
    put_chip(h, q, &(struct chip){ words_text(q, d), wanted_url(q, w, &switched, path), wanted_url(q, w, &without, path), d->words_must });
}

void put_wanted(struct html *h, struct request *q, struct work *w, const struct wanted *d, Str path)
{
    html_open(h, "ul");
    html_class(h, "wanted");
    html_attr(h, "aria-label", tr(q->lang, N_("Understood as")));
    for (size_t i = 0; i < d->n; i++) {
        struct wanted switched = wanted_switched(q->a, d, i), without = wanted_without(q->a, d, i);
        put_chip(h, q, &(struct chip){ want_text(w, &d->p[i]), wanted_url(q, w, &switched, path), wanted_url(q, w, &without, path), d->p[i].must });
    }
    if (d->words.n) put_words_chip(h, q, w, d, path);
    html_close(h, "ul");
}

/* ---- reasons ------------------------------------------------------------------------------------- */

static Str vouched_text(struct request *q, const struct vouched *v)
{
    struct work w = page_work(q);
    struct buf day = buf_make(q->a);
    if (!v->on.year) return (Str){ 0 };
    date_type.show(&day, &w, NULL, v_text(date_iso(q->a, v->on)));
    if (v->verified) return message_str(q->a, q->lang, MSG(N_("Verified on {1} by {2}"), buf_str(&day), v->by));
    if (v->by.n) return message_str(q->a, q->lang, MSG(N_("Attested by {2}; entered on {1}"), buf_str(&day), v->by));
    return message_str(q->a, q->lang, MSG(N_("Stated by the enterprise on {1}"), buf_str(&day)));
}

/* With one decimal where it has any: so the sum below adds up. */
static Str tenths(struct request *q, double v)
{
    struct buf b = buf_make(q->a);
    put_real(&b, q->lang, floor(v * 10 + 1e-6) / 10);
    return buf_str(&b);
}

static Str points_text(struct request *q, const struct match_reason *r, int weight)
{
    return message_str(q->a, q->lang, MSG(N_("{1} of 100 points, weight {2}"), tenths(q, r->points / 10.0), str_f(q->a, "%d", weight)));
}

static void put_reason(struct html *h, struct request *q, Str asked, int weight, const struct match_reason *r, const struct explained *e)
{
    Str vouched = vouched_text(q, &e->vouched);
    html_open(h, "li");
    html_class(h, "reason");
    html_open(h, "p");
    put_mark(h, q->lang, r->answer, (Str){ 0 });
    html_text(h, S(" "));
    html_leaf(h, "strong", asked);
    html_text(h, S(" "));
    html_leaf_class(h, "span", "count", points_text(q, r, weight));
    html_close(h, "p");
    if (e->fact.n) html_leaf_class(h, "p", "reason-fact", e->fact);
    if (vouched.n) html_leaf_class(h, "p", "form-hint", vouched);
    if (e->missing.n) html_leaf_class(h, "p", "reason-missing", message_str(q->a, q->lang, MSG(N_("Missing: {1}"), e->missing)));
    html_close(h, "li");
}

/* "(20 × 100 + 12 × 92.5 + 15 × 0) / 47 = 66.1" */
static void put_sum(struct html *h, struct request *q, const struct wanted *d, const struct match_hit *hit)
{
    struct buf b = buf_make(q->a);
    int all = 0;
    for (size_t i = 0; i < d->n + (d->words.n > 0); i++) {
        int weight = i < d->n ? d->p[i].weight : WORDS_WEIGHT;
        put_f(&b, "%s%d × %.*s", i ? " + " : "(", weight, FMT(tenths(q, hit->reasons[i].points / 10.0)));
        all += weight;
    }
    put_f(&b, ") / %d = %.*s", all, FMT(tenths(q, wanted_percent(d, hit->score))));
    html_open(h, "p");
    html_class(h, "reason-sum");
    html_text(h, message_str(q->a, q->lang, MSG(N_("Fit, each point times its weight: {1}"), buf_str(&b))));
    html_text(h, S(". "));
    put_method_link(h, q);
    html_close(h, "p");
}

void put_reasons(struct html *h, struct request *q, struct work *w, const struct wanted *d, const struct match_hit *hit, const struct record *enterprise_of)
{
    struct able able = able_of(w, enterprise_of);
    html_open(h, "ul");
    html_class(h, "reasons");
    for (size_t i = 0; i < d->n; i++) {
        struct explained e = wanted_explain(w, &d->p[i], &hit->reasons[i], enterprise_of, &able);
        put_reason(h, q, e.asked, d->p[i].weight, &hit->reasons[i], &e);
    }
    if (d->words.n) put_reason(h, q, words_text(q, d), WORDS_WEIGHT, &hit->reasons[d->n], &(struct explained){ 0 });
    html_close(h, "ul");
    put_sum(h, q, d, hit);
}

void put_method_link(struct html *h, struct request *q) { html_link(h, request_link(q, S("/match/method")), NULL, tr(q->lang, N_("How the fit is worked out"))); }
