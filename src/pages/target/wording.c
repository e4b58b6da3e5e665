#include "pages/target/wording.h"

#include "base/number.h"
#include "pages/plan/plan_pages.h"

#include <math.h>

static Str unit_code(struct work *w, const struct record *r) { return v_str(record_val(w, r, INDICATOR_UNIT)); }

static Str number_text(struct work *w, double v)
{
    struct buf b = buf_make(w->a);
    put_real(&b, w->lang, round(v * 10) / 10);
    return buf_str(&b);
}

Str value_text(struct work *w, const struct record *r, double v)
{
    Str number = number_text(w, v), unit = unit_code(w, r);
    if (str_is(unit, "percent")) return str_f(w->a, "%.*s%%", FMT(number));
    return str_is(unit, "dong") ? dong(w->a, w->lang, (int64_t)v) : number;
}

static bool is_share(struct work *w, const struct record *r) { return str_is(unit_code(w, r), "percent"); }

Str gap_text(struct work *w, const struct record *r, double v)
{
    return is_share(w, r) ? message_str(w->a, w->lang, MSG(N_("{1} percentage points"), number_text(w, v))) : value_text(w, r, v);
}

Str gap_unit_text(struct work *w, const struct record *r) { return is_share(w, r) ? tr(w->lang, N_("percentage points")) : unit_text(w, r); }

Str counted_text(struct work *w, const struct record *r, int64_t n)
{
    return is_share(w, r) ? number_text(w, (double)n) : value_text(w, r, (double)n);
}

Str unit_text(struct work *w, const struct record *r) { return record_text(w, r, INDICATOR_UNIT); }

Str target_text(struct work *w, const struct record *r, const struct record *t)
{
    static const struct { const char *comparison, *sentence; } sentences[] = {
        { "least", N_("at least {1}") }, { "about", N_("about {1}") }, { "more", N_("more than {1}") }, { "between", N_("{1} to {2}") } };
    Str least = value_text(w, r, v_f64(t->v[TARGET_LEAST])), most = value_text(w, r, v_f64(t->v[TARGET_MOST]));
    for (size_t i = 0; i < COUNT(sentences); i++)
        if (str_is(v_str(t->v[TARGET_COMPARISON]), sentences[i].comparison)) return message_str(w->a, w->lang, MSG(sentences[i].sentence, least, most));
    return least;
}

static Str year_text(struct work *w, int64_t year) { return str_f(w->a, "%lld", (long long)year); }

static Str years_text(struct work *w, int64_t from, int64_t to)
{
    return from == to ? year_text(w, to) : str_f(w->a, "%lld–%lld", (long long)from, (long long)to);
}

Str target_period(struct work *w, const struct record *r, const struct record *t)
{
    int64_t from = v_i64(t->v[TARGET_FROM_YEAR]), to = v_i64(t->v[TARGET_TO_YEAR]);
    if (str_is(v_str(r->v[INDICATOR_OVER]), "day")) return year_text(w, to);
    return str_is(v_str(r->v[INDICATOR_OVER]), "year") ? message_str(w->a, w->lang, MSG(N_("each year {1}"), years_text(w, from, to))) : years_text(w, from, to);
}

Str day_text(struct work *w, struct date day)
{
    struct buf b = buf_make(w->a);
    date_type.show(&b, w, NULL, v_text(date_iso(w->a, day)));
    return buf_str(&b);
}

Str period_text(struct work *w, const struct record *r, struct period p)
{
    if (str_is(v_str(r->v[INDICATOR_OVER]), "day")) return message_str(w->a, w->lang, MSG(N_("on {1}"), day_text(w, p.day)));
    return years_text(w, p.from_year, p.to_year);
}

const struct light_look *light_look(enum light light)
{
    static const struct light_look looks[] = {
        [LIGHT_GREEN] = { "badge badge-good", "✓", N_("On course") },
        [LIGHT_AMBER] = { "badge badge-warn", "!", N_("Nearly on course") },
        [LIGHT_RED] = { "badge badge-bad", "✕", N_("Behind") },
    };
    return light == LIGHT_NONE ? NULL : &looks[light];
}

Str light_text(struct work *w, const struct against *a)
{
    const struct light_look *look = light_look(a->light);
    return look ? str_f(w->a, "%s %.*s", look->sign, FMT(tr(w->lang, look->word))) : (Str){ 0 };
}
