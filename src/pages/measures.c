#include "pages/measures.h"

#include "format/chart.h"
#include "pages/target/wording.h"

static const struct slot aim_slots[] = { SLOT(struct aim, period), SLOT(struct aim, target), SLOT_END };
const struct slot measure_slots[] = {
    SLOT(struct measure_shown, label), SLOT(struct measure_shown, now), SLOT(struct measure_shown, baseline), SLOT(struct measure_shown, source),
    SLOT(struct measure_shown, url), SLOT(struct measure_shown, more), SLOT(struct measure_shown, progress),
    SLOT_ITEMS(struct measure_shown, aims, struct aim, aim_slots), SLOT_END,
};

Str measure_url(struct request *q, const struct record *r, int year)
{
    Str code = v_str(r->v[INDICATOR_CODE]);
    if (str_is(v_str(r->v[INDICATOR_MEASURE]), "direct_suppliers")) return request_link(q, S("/direct-suppliers"));
    return str_f(q->a, "%.*s?year=%d", FMT(request_link(q, str_f(q->a, "/targets/%.*s/list", FMT(code)))), year);
}

static Items aims_of(struct work *w, const struct record *r)
{
    struct { struct aim *p; size_t n, cap; } aims = { 0 };
    const struct records *targets = &r->children[INDICATOR_TARGETS];
    for (size_t i = 0; i < targets->n; i++) *GROW(w->a, aims) = (struct aim){ target_period(w, r, targets->p[i]), target_text(w, r, targets->p[i]) };
    return ITEMS(aims);
}

/* The bar is as long as the farthest target, its mark at the one of this year; of a share, as long as the whole. */
static Html progress_of(struct work *w, const struct standing *s, Str title)
{
    const struct records *targets = &s->indicator->children[INDICATOR_TARGETS];
    double whole = s->value;
    for (size_t i = 0; i < targets->n; i++) whole = whole > v_f64(targets->p[i]->v[TARGET_LEAST]) ? whole : v_f64(targets->p[i]->v[TARGET_LEAST]);
    if (str_is(v_str(record_val(w, s->indicator, INDICATOR_UNIT)), "percent")) whole = 100;
    return chart_progress(w->a, title, s->value, whole, s->target ? v_f64(s->target->v[TARGET_LEAST]) : -1);
}

static enum err shown_of(struct request *q, struct work *w, const struct facts *facts, const struct record *r, struct measure_shown *m)
{
    const struct figure_stated *base = figure_find(facts->figures.p, facts->figures.n, v_str(r->v[INDICATOR_CODE]), (Str){ 0 });
    struct standing s;
    TRY(standing_of(w, r, w->today.year, &s));
    *m = (struct measure_shown){ .label = record_title(w, r), .source = v_str(r->v[INDICATOR_SOURCE]), .now = value_text(w, r, s.value), .aims = aims_of(w, r),
                                 .url = measure_url(q, r, w->today.year),
                                 .more = request_link(q, str_f(q->a, "/targets/%.*s", FMT(v_str(r->v[INDICATOR_CODE])))) };
    if (base) m->baseline = str_f(q->a, "%.*s (%.*s)", FMT(figure_str(q->a, q->lang, base)), FMT(base->period));
    m->progress = progress_of(w, &s, str_f(q->a, "%.*s: %.*s", FMT(m->label), FMT(m->now)));
    return OK;
}

static bool is_of(struct work *w, const struct record *r, Str content)
{
    Str stored = v_str(r->v[INDICATOR_CONTENT]);
    const struct code *k = stored.n ? code_find(w->codes, S("programme_content"), stored) : NULL;
    return r->children[INDICATOR_TARGETS].n && str_eq(k ? k->code : stored, content);
}

enum err measures_shown(struct request *q, struct work *w, const struct facts *facts, Str content, struct measures_shown *out)
{
    struct records all;
    *out = (struct measures_shown){ 0 };
    TRY(indicators_load(w, &all));
    for (size_t i = 0; i < all.n; i++)
        if (is_of(w, all.p[i], content)) TRY(shown_of(q, w, facts, all.p[i], GROW(q->a, *out)));
    return OK;
}
