/* rules.c - what is worked out about an enterprise and never typed in. */
#include "programme/register.h"

#include "base/date.h"
#include "model/freshness.h"
#include "model/type.h"

static const struct record *latest_with_employees(const struct record *r)
{
    const struct records *years = &r->children[ENTERPRISE_FIGURES];
    const struct record *best = NULL;
    for (size_t i = 0; i < years->n; i++) {
        const struct record *y = years->p[i];
        if (v_is(y->v[FIGURE_EMPLOYEES]) && (!best || v_i64(y->v[FIGURE_YEAR]) > v_i64(best->v[FIGURE_YEAR]))) best = y;
    }
    return best;
}

static bool within(Val v, const struct code *k, Str limit)
{
    int64_t most;
    return v_is(v) && str_to_i64(code_extra(k, limit), &most) && v_i64(v) <= most;
}

Val size_class(const struct work *w, const struct record *r)
{
    size_t n;
    const struct record *y = latest_with_employees(r);
    const struct code *const *classes = codes_of(w->codes, S("size_class"), &n);
    if (!y) return v_null();
    Val revenue = y->v[FIGURE_REVENUE], capital = y->v[FIGURE_CAPITAL];
    if (!v_is(revenue) && !v_is(capital)) capital = r->v[ENTERPRISE_CHARTER_CAPITAL];
    for (size_t i = 0; i < n; i++) {                        /* smallest first; the last has no limits */
        const struct code *k = classes[i];
        if (!code_extra(k, S("employees")).n) return v_text(k->key);
        if (!within(y->v[FIGURE_EMPLOYEES], k, S("employees"))) continue;
        if (!v_is(revenue) && !v_is(capital)) return v_null();
        if (within(revenue, k, S("revenue")) || within(capital, k, S("capital"))) return v_text(k->key);
    }
    return v_null();
}

bool certificate_until(const struct record *c, struct date *out)
{
    enum { USUAL_TERM = 3 };
    if (date_from_iso(v_str(c->v[CERTIFICATE_EXPIRES_ON]), out)) return true;
    if (!date_from_iso(v_str(c->v[CERTIFICATE_ISSUED_ON]), out)) return false;
    out->year += USUAL_TERM;
    return true;
}

enum certificate_state certificate_state(const struct work *w, const struct record *c)
{
    struct date until;
    if (!certificate_until(c, &until)) return CERTIFICATE_UNDATED;
    return date_days(until) >= date_days(w->today) ? CERTIFICATE_VALID : CERTIFICATE_EXPIRED;
}

Val at_international_standard(const struct work *w, const struct record *r)
{
    Str rule = setting_value(w->codes, S("international_standard_certificates"));
    const struct records *list = &r->children[ENTERPRISE_CERTIFICATES];
    int64_t least = 1, held = 0;
    if (!str_to_i64(setting_value(w->codes, S("international_standard_minimum")), &least)) least = 1;
    for (size_t i = 0; i < list->n; i++) {
        const struct code *k = code_find(w->codes, S("standard"), v_str(list->p[i]->v[CERTIFICATE_STANDARD]));
        held += k && many_has(v_text(rule), k->code) && certificate_state(w, list->p[i]) == CERTIFICATE_VALID;
    }
    return v_int(held >= least);
}

/* ---- completeness: what a buyer looks for, with its weight ----------------------------------- */

static const struct { enum enterprise_field field; int weight; } wanted[] = {
    { ENTERPRISE_PRODUCTS, 18 }, { ENTERPRISE_PROCESSES, 14 }, { ENTERPRISE_CERTIFICATES, 12 }, { ENTERPRISE_EQUIPMENT, 10 },
    { ENTERPRISE_TAX_CODE, 8 }, { ENTERPRISE_WARD, 6 }, { ENTERPRISE_FIGURES, 6 }, { ENTERPRISE_NAME_EN, 5 }, { ENTERPRISE_PHONE, 4 },
    { ENTERPRISE_EMAIL, 4 }, { ENTERPRISE_CUSTOMERS, 4 }, { ENTERPRISE_DESCRIPTION_VI, 3 }, { ENTERPRISE_WEBSITE, 2 },
    { ENTERPRISE_ADDRESS, 2 }, { ENTERPRISE_FIELDS, 2 },
};

struct completeness completeness(const struct record *r)
{
    struct completeness c = { .missing = { -1, -1, -1 } };
    size_t missing = 0;
    for (size_t i = 0; i < COUNT(wanted); i++) {            /* in the order of weight             */
        enum enterprise_field f = wanted[i].field;
        if (v_is(r->v[f]) || r->children[f].n) c.percent += wanted[i].weight;
        else if (missing < COUNT(c.missing)) c.missing[missing++] = (int)f;
    }
    return c;
}

Val completeness_percent(const struct work *w, const struct record *r) { return v_int(completeness(r).percent); }

Val enterprise_confirmed(const struct work *w, const struct record *r)
{
    struct date since = confirmed_since(r);
    return since.year ? v_text(date_iso(w->a, since)) : v_null();
}
