#include "pages/measures.h"

#include "base/number.h"
#include "format/chart.h"

const struct slot measure_slots[] = {
    SLOT(struct measure, label), SLOT(struct measure, now), SLOT(struct measure, target), SLOT(struct measure, period),
    SLOT(struct measure, baseline), SLOT(struct measure, source), SLOT(struct measure, url), SLOT(struct measure, progress),
    SLOT(struct measure, measured), SLOT_END,
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

/* A target whose code is not here is shown without a figure: nothing counts it yet. */
static const struct { const char *code, *query; double (*count)(const struct snapshot *); } counted[] = {
    { "enterprises", "/enterprises", enterprises },
    { "international_share", "/enterprises?international_standard=1", international_share },
};

/* ---- beside the targets --------------------------------------------------------------------- */

static Str amount(struct request *q, double v, Str unit)
{
    struct buf b = buf_make(q->a);
    put_real(&b, q->lang, (double)(int64_t)(v * 10 + 0.5) / 10);
    if (str_is(unit, "percent")) put_z(&b, q->lang == EN ? "%" : "\xC2\xA0%");
    return buf_str(&b);
}

static void measure(struct request *q, const struct figure_stated *t, struct measure *m)
{
    const struct snapshot *s = page_snapshot(q);
    for (size_t i = 0; i < COUNT(counted); i++) {
        if (!str_is(t->code, counted[i].code)) continue;
        double now = counted[i].count(s);
        bool percent = str_is(t->unit, "percent");
        m->measured = true;
        m->now = amount(q, now, t->unit);
        m->url = q->lang == EN ? str_f(q->a, "/en%s", counted[i].query) : str_of(counted[i].query);
        Str title = str_f(q->a, "%.*s: %.*s / %.*s", FMT(m->label), FMT(m->now), FMT(m->target));
        m->progress = chart_progress(q->a, title, now, percent ? 100 : t->value > now ? t->value : now, percent ? t->value : -1);
    }
}

struct measures measures_of(struct request *q, const struct facts *facts, Str period)
{
    struct measures out = { 0 };
    for (size_t i = 0; i < facts->targets.n; i++) {
        const struct figure_stated *t = &facts->targets.p[i], *base;
        if (period.n && !str_eq(t->period, period)) continue;
        struct measure *m = GROW(q->a, out);
        *m = (struct measure){ .label = t->label[q->lang], .target = figure_str(q->a, q->lang, t), .period = t->period, .source = t->source };
        base = figure_find(facts->figures.p, facts->figures.n, t->code, (Str){ 0 });
        if (base) m->baseline = str_f(q->a, "%.*s (%.*s)", FMT(figure_str(q->a, q->lang, base)), FMT(base->period));
        measure(q, t, m);
    }
    return out;
}
