#include "pages/measures.h"

#include "base/number.h"
#include "format/chart.h"

static const struct slot aim_slots[] = { SLOT(struct aim, period), SLOT(struct aim, target), SLOT_END };
const struct slot measure_slots[] = {
    SLOT(struct measure, label), SLOT(struct measure, now), SLOT(struct measure, baseline), SLOT(struct measure, source),
    SLOT(struct measure, url), SLOT(struct measure, progress), SLOT(struct measure, measured),
    SLOT_ITEMS(struct measure, aims, struct aim, aim_slots), SLOT_END,
};

/* ---- what the register counts ---------------------------------------------------------------- */

static double enterprises(const struct snapshot *s) { return (double)search_docs(s->finder->index); }

static double international_share(const struct snapshot *s)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    int facet = finder_facet(s->finder, S("international_standard"));
    double yes = 0, all = enterprises(s);
    struct search_query q = { .count = 1u << facet };
    struct search_result r = search_find(s->finder->index, &a, &q);
    for (size_t i = 0; i < r.counts[facet].n; i++)
        if (str_is(r.counts[facet].p[i].value, "1")) yes = r.counts[facet].p[i].docs;
    arena_free(&a);
    return all > 0 ? yes / all * 100 : 0;
}

static double direct(const struct snapshot *s) { return (double)s->direct_suppliers; }

/* A target whose code is not here is shown without a figure: nothing counts it yet. */
static const struct { const char *code, *query; double (*count)(const struct snapshot *); } counted[] = {
    { "enterprises", "/enterprises", enterprises },
    { "international_share", "/enterprises?international_standard=1", international_share },
    { "direct_suppliers", "/direct-suppliers", direct },
};

static int counted_as(Str code)
{
    for (size_t i = 0; i < COUNT(counted); i++) if (str_is(code, counted[i].code)) return (int)i;
    return -1;
}

bool measured_now(const struct snapshot *s, Str code, double *now)
{
    int i = counted_as(code);
    if (i >= 0) *now = counted[i].count(s);
    return i >= 0;
}

/* ---- beside the targets --------------------------------------------------------------------- */

static Str plain(struct request *q, const struct figure_stated *t, double value)
{
    struct figure_stated bare = *t;
    bare.comparison = (Str){ 0 };
    bare.value = (double)(int64_t)(value * 10 + 0.5) / 10;
    return figure_str(q->a, q->lang, &bare);
}

static bool is_same(const struct figure_stated *a, const struct figure_stated *b)
{
    return str_eq(a->code, b->code) && str_eq(a->group, b->group);
}

struct aims { struct aim *p; size_t n, cap; };

/* "At least 200" and "at most 500" of one period are one aim, "200 to 500". */
static void add_aim(struct request *q, struct aims *aims, const struct figure_stated *before, const struct figure_stated *t)
{
    if (before && str_eq(before->period, t->period)) {
        aims->p[aims->n - 1].target = message_str(q->a, q->lang, MSG(N_("{1} to {2}"), plain(q, before, before->value), plain(q, t, t->value)));
        return;
    }
    Str period = str_is(t->period, "every year") ? tr(q->lang, N_("each year")) : t->period;
    *GROW(q->a, *aims) = (struct aim){ period, figure_str(q->a, q->lang, t) };
}

/* The bar is as long as the farthest target, its mark at the first; of a share, as long as the whole. */
static void put_now(struct request *q, const struct figure_stated *first, double farthest, struct measure *m)
{
    double now;
    if (!measured_now(page_snapshot(q), first->code, &now)) return;
    bool percent = str_is(first->unit, "percent");
    double whole = percent ? 100 : farthest > now ? farthest : now;
    m->measured = true;
    m->now = plain(q, first, now);
    m->url = str_f(q->a, "%s%s", q->lang == EN ? "/en" : "", counted[counted_as(first->code)].query);
    Str title = str_f(q->a, "%.*s: %.*s", FMT(m->label), FMT(m->now));
    m->progress = chart_progress(q->a, title, now, whole, first->value);
}

static struct measure measure_of(struct request *q, const struct facts *facts, size_t first)
{
    const struct figure_stated *t = &facts->targets.p[first], *before = NULL;
    struct aims aims = { 0 };
    double farthest = 0;
    for (size_t i = first; i < facts->targets.n; i++) {
        const struct figure_stated *one = &facts->targets.p[i];
        if (!is_same(one, t)) continue;
        add_aim(q, &aims, before, one);
        if (one->value > farthest) farthest = one->value;
        before = one;
    }
    struct measure m = { .label = t->label[q->lang], .source = t->source, .aims = ITEMS(aims) };
    const struct figure_stated *base = figure_find(facts->figures.p, facts->figures.n, t->code, (Str){ 0 });
    if (base) m.baseline = str_f(q->a, "%.*s (%.*s)", FMT(figure_str(q->a, q->lang, base)), FMT(base->period));
    put_now(q, t, farthest, &m);
    return m;
}

struct measures measures_of(struct request *q, const struct facts *facts, Str content)
{
    struct measures out = { 0 };
    for (size_t i = 0; i < facts->targets.n; i++) {
        size_t first = 0;
        while (!is_same(&facts->targets.p[first], &facts->targets.p[i])) first++;
        if (first == i && str_eq(facts->targets.p[i].group, content)) *GROW(q->a, out) = measure_of(q, facts, i);
    }
    return out;
}
