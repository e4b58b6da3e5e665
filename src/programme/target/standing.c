/* standing.c - an indicator in a year, with all that is said of it. */
#include "programme/target/inside.h"

enum err indicators_load(struct work *w, struct records *out) { return records_load(w, &indicator, 0, INT32_MAX, true, out); }

enum err indicator_named(struct work *w, Str code, struct record **out)
{
    int64_t id = 0;
    TRY(record_find(w, &indicator, INDICATOR_CODE, v_text(code), &id));
    return id ? record_load(w, &indicator, id, out) : ERR_MISSING;
}

/* What stood in another year can only be read from what was published of it. */
static enum err from_published(struct work *w, const struct record *r, int year, struct standing *s)
{
    struct records all;
    TRY(figures_published(w, r->id, &all));
    for (size_t i = 0; i < all.n && !s->published; i++)
        if (v_i64(all.p[i]->v[PUBLISHED_TO_YEAR]) == year) s->published = all.p[i];
    if (!s->published) return OK;
    s->known = true;
    s->value = v_f64(s->published->v[PUBLISHED_VALUE]);
    MUST(date_from_iso(v_str(s->published->v[PUBLISHED_DAY]), &s->period.day));
    return OK;
}

enum err standing_of(struct work *w, const struct record *r, int year, struct standing *out) { return standing_of_agency(w, r, year, (Str){ 0 }, out); }

enum err standing_of_agency(struct work *w, const struct record *r, int year, Str agency, struct standing *out)
{
    struct standing s = { .indicator = r, .target = target_of_agency(r, year, agency), .period = period_of(w, r, year) };
    bool past = over_of(r) == OVER_DAY && year != w->today.year;
    if (past && !agency.n) TRY(from_published(w, r, year, &s));
    if (!past) {
        TRY(measure_of_agency(w, r, s.period, agency, &s.measured));
        s.known = true;
        s.value = s.measured.value;
        if (!agency.n || over_of(r) != OVER_DAY) TRY(forecast_of(w, r, s.target, s.period, &s.measured, &s.forecast));       /* published figures are of all */
    }
    if (s.known) s.against = against_of(r, s.target, s.period, s.value);
    *out = s;
    return OK;
}
