#include "pages/target/target_at.h"

#include "pages/money/money_at.h"

#include <math.h>

/* ---- where one is ------------------------------------------------------------------------------- */

static enum err year_of(struct target_at *t)
{
    Str said = params_get(&t->at.q->query, "year");
    int64_t year = t->at.w.today.year;
    if (said.n && (!str_to_i64(said, &year) || year < PROGRAMME_FROM || year > PROGRAMME_LAST))
        return reply_fail(t->at.r, ERR_INVALID, MSG(N_("“{1}” is not a year of the programme."), said));
    t->year = (int)year;
    return OK;
}

enum err target_begin(struct request *q, struct reply *r, struct target_at *out)
{
    *out = (struct target_at){ .at = { .q = q, .r = r, .w = desk_work(q), .h = html_make(q->a) } };
    out->at.w.today = page_work(q).today;                   /* pages are kept for the day of the portal */
    return year_of(out);
}

enum err indicator_begin(struct request *q, struct reply *r, struct target_at *out)
{
    Str code = request_capture(q, "code");
    TRY(target_begin(q, r, out));
    enum err e = indicator_named(&out->at.w, code, &out->at.record);
    return e == ERR_MISSING ? reply_fail(r, ERR_MISSING, MSG(N_("There is no indicator {1}."), code)) : e;
}

Str indicator_path(struct arena *a, const struct record *r, const char *rest)
{
    return str_f(a, "/targets/%.*s%s%s", FMT(v_str(r->v[INDICATOR_CODE])), rest ? "/" : "", rest ? rest : "");
}

Str indicator_url(struct request *q, const struct record *r, const char *rest, int year)
{
    return str_f(q->a, "%.*s?year=%d", FMT(request_link(q, indicator_path(q->a, r, rest))), year);
}

/* ---- parts -------------------------------------------------------------------------------------- */

void put_years(struct target_at *t)
{
    struct tab tabs[PROGRAMME_LAST - PROGRAMME_FROM + 1];
    size_t n = 0;
    for (int year = PROGRAMME_FROM; year <= t->at.w.today.year && year <= PROGRAMME_LAST; year++) {
        struct params state = params_without(t->at.q->a, &t->at.q->query, "page");
        state = params_with(t->at.q->a, &state, "year", str_f(t->at.q->a, "%d", year));
        tabs[n++] = (struct tab){ url_of(t->at.q->a, t->at.q->lang, t->at.q->path, AS_PAGE, &state), str_f(t->at.q->a, "%d", year), year == t->year };
    }
    if (n > 1) put_tabs(&t->at, N_("Years"), tabs, n, "page");
}

/* The style puts the sign before the word. */
void put_light(struct html *h, struct work *w, const struct against *a)
{
    const struct light_look *look = light_look(a->light);
    if (!look) return;
    html_leaf_class(h, "span", look->class, tr(w->lang, look->word));
    if (a->over) html_leaf_class(h, "span", "badge badge-quiet", tr(w->lang, N_("beyond the greater number")));
}

Str forecast_text(struct work *w, const struct record *r, const struct forecast *f)
{
    bool share = str_is(v_str(record_val(w, r, INDICATOR_UNIT)), "percent");
    double v[] = { f->value, f->low, f->high };
    Str text[COUNT(v)];
    if (!f->has) return (Str){ 0 };
    for (size_t i = 0; i < COUNT(v); i++) text[i] = value_text(w, r, share ? v[i] : round(v[i]));       /* of whole things as such */
    return message_str(w->a, w->lang, MSG(N_("{1} ({2} to {3})"), text[0], text[1], text[2]));
}

Str split_text(struct work *w, const struct record *r, Str key)
{
    const struct code *k = key.n ? code_find(w->codes, str_of(measured_split_list(r)), key) : NULL;
    if (str_is(key, SEVERAL)) return tr(w->lang, N_("Several of them"));
    return k ? k->name[w->lang] : tr(w->lang, N_("Not said"));
}

enum err target_reply(struct target_at *t, Str title, Str lead)
{
    struct html h = html_make(t->at.q->a);
    put_page_head(&h, title, lead);
    html_raw(&h, html_done(&t->at.h));
    return shell_reply(t->at.q, t->at.r, &(struct page){ .title = title, .description = lead, .section = SECTION_PROGRAMME, .content = html_done(&h) });
}
