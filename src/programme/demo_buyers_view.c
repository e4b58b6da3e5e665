/* demo_buyers_view.c - what buyers ask of a made-up enterprise beside its workshop: kinds of customers, languages, capability grades. */
#include "programme/demo_parts.h"

#include "base/date.h"

/* ---- customers ------------------------------------------------------------------------------------ */

/* All of them are in Viet Nam; those that belong to another country are foreign-invested.  Now and then nobody noted it. */
static void tell_customers(struct demo *d)
{
    const struct records *list = &d->r->children[ENTERPRISE_CUSTOMERS];
    const struct code *home = code_find(d->w->codes, S("country"), S("VN"));
    for (size_t i = 0; home && i < list->n; i++) {
        struct record *c = list->p[i];
        bool domestic = str_eq(v_str(c->v[CUSTOMER_COUNTRY]), home->key);
        if (chance(d, 90)) c->v[CUSTOMER_KIND] = v_text(domestic ? S("domestic") : S("foreign-invested"));
    }
}

/* ---- languages -------------------------------------------------------------------------------------- */

static const struct { const char *country, *language; } spoken[] = {
    { "JP", "ja" }, { "KR", "ko" }, { "CN", "zh" }, { "TW", "zh" }, { "DE", "de" }, { "FR", "fr" }, { "TH", "th" }, { "IT", "it" },
};

static void add_language_of(struct demo *d, Str country)
{
    const struct code *k = code_find(d->w->codes, S("country"), country);
    for (size_t i = 0; k && i < COUNT(spoken); i++)
        if (str_is(k->code, spoken[i].country)) add_code(d, d->r, "languages", str_of(spoken[i].language));
}

/* Vietnamese; English in most larger and all foreign ones; those of the owner and of half of the customers. */
static void tell_languages(struct demo *d)
{
    const struct records *list = &d->r->children[ENTERPRISE_CUSTOMERS];
    if (d->detail == SPARSE) return;
    add_code(d, d->r, "languages", S("vi"));
    if (d->foreign || chance(d, 20 + d->size * 6 / 100)) add_code(d, d->r, "languages", S("en"));
    add_language_of(d, d->country);
    for (size_t i = 0; i < list->n; i++)
        if (chance(d, 50)) add_language_of(d, v_str(list->p[i]->v[CUSTOMER_COUNTRY]));
}

/* ---- grades ------------------------------------------------------------------------------------------ */

/* Assessed within two years, for two years; the larger the better, mostly. */
static void give_grade(struct demo *d)
{
    enum { TERM_DAYS = 730 };
    static const char *const grades[] = { "D", "C", "C", "B", "B", "A" };
    if (d->service || d->detail == SPARSE || !chance(d, 4 + d->size / 50)) return;
    struct record *g = record_add(d->w->a, d->r, ENTERPRISE_GRADES);
    int64_t place = (d->size + between(d, 0, 999)) * (int64_t)COUNT(grades) / 2000, day = date_days(d->w->today) - between(d, 20, TERM_DAYS - 20);
    set_code(d, g, "grade", str_of(grades[place]));
    set(g, "assessed_on", v_text(date_iso(d->w->a, date_from_days(day))));
    set(g, "assessed_by", v_text(S("Trung tâm Tư vấn phát triển nhà cung cấp (minh họa)")));
    set(g, "valid_until", v_text(date_iso(d->w->a, date_from_days(day + TERM_DAYS))));
}

void demo_buyers_view(struct demo *d)
{
    tell_customers(d);
    tell_languages(d);
    give_grade(d);
}
