/* wanted_explain.c - what was asked, what there is, and what is missing, as sentences. */
#include "programme/linkage/wanted_inside.h"

#include "base/number.h"
#include "model/type.h"

#include <math.h>
#include <stdio.h>

/* ---- parts of sentences ----------------------------------------------------------------------------- */

static Str sentence(struct work *w, Message m) { return message_str(w->a, w->lang, m); }

static Str name_of(struct work *w, const char *list, Str key)
{
    const struct code *k = code_find(w->codes, str_of(list), key);
    return k ? code_short(k, w->lang) : key;
}

static Str names_of(struct work *w, const char *list, Val codes)
{
    struct buf b = buf_make(w->a);
    Str rest = v_str(codes), key;
    while (many_next(&rest, &key)) {
        if (b.n) put_f(&b, " %.*s ", FMT(tr(w->lang, N_("or"))));
        put(&b, name_of(w, list, key));
    }
    return buf_str(&b);
}

static Str plain_number(struct work *w, double v)
{
    struct buf b = buf_make(w->a);
    put_real(&b, w->lang, v);
    return buf_str(&b);
}

static Str km(struct work *w, double v) { return quantity_str(w->a, DISTANCE, w->lang, round(v * 10) / 10); }

/* What a conversion leaves behind five digits tells nobody anything: 1650 °F are 898.89 °C. */
static Str measure(struct work *w, enum quantity q, double v)
{
    double place = fabs(v) > 0 ? pow(10, fmin(0, floor(log10(fabs(v))) - 4)) : 1;
    return quantity_str(w->a, q, w->lang, round(v / place) * place);
}

static Str shown_date(struct work *w, int32_t days)
{
    struct buf b = buf_make(w->a);
    date_type.show(&b, w, NULL, v_text(date_iso(w->a, date_from_days(days))));
    return buf_str(&b);
}

/* A float of a fact as it was typed: 0.02, not 0.0199999996. */
static double typed(float v)
{
    double out = NAN;
    char z[32];
    snprintf(z, sizeof z, "%.7g", (double)v);
    return str_to_f64(str_of(z), &out) ? out : (double)v;
}

/* ---- what was asked ----------------------------------------------------------------------------------- */

static Str amount(struct work *w, const struct want *x)
{
    return str_f(w->a, "%.*s %.*s", FMT(plain_number(w, x->value)), FMT(names_of(w, "unit", x->codes)));
}

Str want_text(struct work *w, const struct want *x)
{
    const struct criterion *c = x->is;
    Str label = tr(w->lang, c->label);
    if (c->number == NO_NUMBER && !v_is(x->codes)) return sentence(w, MSG(N_("{1}: any"), label));
    if (c->number == NO_NUMBER) return sentence(w, MSG(N_("{1}: {2}"), label, names_of(w, c->list, x->codes)));
    if (c->rule == WITHIN_KM) return sentence(w, MSG(N_("At most {1} from {2}"), km(w, x->value), want_place(w, x)));
    if (c->kind == FACT_CONFIRMED) return sentence(w, MSG(N_("Profile confirmed at most {1} ago"), quantity_str(w->a, DURATION, w->lang, x->value)));
    Str value = c->list ? amount(w, x) : measure(w, c->quantity, x->value);
    return sentence(w, MSG(c->rule == AT_LEAST ? N_("{1} at least {2}") : N_("{1} at most {2}"), label, value));
}

/* ---- what there is -------------------------------------------------------------------------------------- */

static Str number_fact(struct work *w, const struct want *x, const struct fact *f)
{
    const struct criterion *c = x->is;
    float v = f->number[c->number];
    if (isnan(v)) return tr(w->lang, N_("not stated"));
    if (c->list) return str_f(w->a, "%.*s %.*s", FMT(plain_number(w, typed(v))), FMT(name_of(w, "unit", f->code)));
    return quantity_str(w->a, c->quantity, w->lang, typed(v));
}

static struct spot spot_of(const struct fact *f) { return (struct spot){ (double)f->number[0], (double)f->number[1] }; }

static Str place_fact(struct work *w, const struct want *x, const struct fact *f)
{
    Str ward = f->code.n ? name_of(w, "ward", f->code) : (Str){ 0 };
    double way = spot_km(spot_of(f), x->at);
    if (x->is->rule != WITHIN_KM) {
        for (size_t i = 0; x->is->also && i < f->also_n; i++)
            if (code_find(w->codes, str_of(x->is->list), f->also[i])) return name_of(w, x->is->list, f->also[i]);
        return ward;
    }
    if (isnan(way)) return ward.n ? sentence(w, MSG(N_("{1}; its place on the map is not stated"), ward)) : tr(w->lang, N_("not stated"));
    return ward.n ? sentence(w, MSG(N_("{1}, {2} away"), ward, km(w, way))) : sentence(w, MSG(N_("{1} away"), km(w, way)));
}

static Str materials_fact(struct work *w, const struct fact *f)
{
    struct buf b = buf_make(w->a);
    for (size_t i = 0; i < f->also_n; i++) {
        if (i) put_z(&b, ", ");
        put(&b, name_of(w, "material", f->also[i]));
    }
    return b.n ? buf_str(&b) : tr(w->lang, N_("not stated"));
}

static Str validity(struct work *w, const struct fact *f)
{
    Str name = name_of(w, f->kind == FACT_GRADE ? "capability_grade" : "standard", f->code);
    if (f->until == DAY_UNKNOWN) return sentence(w, MSG(N_("{1}, until when is not stated"), name));
    return f->until == DAY_NO_END ? name : sentence(w, MSG(N_("{1}, valid until {2}"), name, shown_date(w, f->until)));
}

/* Of a process or machine: what it is, and the number that was asked. */
static Str made_with(struct work *w, const struct want *x, const struct fact *f, const struct record *source)
{
    Str name = source->e == &equipment ? record_title(w, source) : name_of(w, "process", f->code);
    if (x->is->also) return sentence(w, MSG(N_("{1}: {2}"), name, materials_fact(w, f)));
    return x->is->number == NO_NUMBER ? name : sentence(w, MSG(N_("{1}: {2}"), name, number_fact(w, x, f)));
}

static Str fact_text(struct work *w, const struct want *x, const struct fact *f, const struct record *source)
{
    switch ((enum fact_kind)f->kind) {
    case FACT_PROCESS: case FACT_MACHINE: return made_with(w, x, f, source);
    case FACT_PRODUCT: return sentence(w, MSG(N_("{1}: {2}"), record_title(w, source), name_of(w, "si_group", f->code)));
    case FACT_FREE: return sentence(w, MSG(N_("{1}: {2}"), record_title(w, source), number_fact(w, x, f)));
    case FACT_CERTIFICATE: case FACT_GRADE: return validity(w, f);
    case FACT_FOREIGN: return f->code.n ? sentence(w, MSG(N_("{1}, {2}"), record_title(w, source), name_of(w, "country", f->code))) : record_title(w, source);
    case FACT_PLACE: return place_fact(w, x, f);
    case FACT_CONFIRMED: return sentence(w, MSG(N_("confirmed on {1}"), shown_date(w, (int32_t)f->number[0])));
    case FACT_EXPORT: return number_fact(w, x, f);
    case FACT_INDUSTRY: case FACT_LANGUAGE: break;
    }
    return name_of(w, x->is->list, f->code);
}

/* ---- what is missing ---------------------------------------------------------------------------------------- */

static bool holds(const struct want *x, double there) { return x->is->rule == AT_LEAST ? there >= x->value : there <= x->value; }

static Str difference(struct work *w, const struct want *x, const struct fact *f)
{
    const struct criterion *c = x->is;
    double there = typed(f->number[c->number]), asked = x->value, off;
    Str value;
    if (c->list) {
        Str rest = v_str(x->codes), unit = { 0 };
        many_next(&rest, &unit);
        struct in_base base = in_base(w->codes, unit, x->value);
        if (!str_eq(base.unit, f->code)) return tr(w->lang, N_("stated in a unit that cannot be compared"));
        asked = base.amount;
    }
    if (isnan(there)) return tr(w->lang, N_("not stated"));
    off = fabs(asked - there);
    value = c->list ? str_f(w->a, "%.*s %.*s", FMT(plain_number(w, off)), FMT(name_of(w, "unit", f->code))) : measure(w, c->quantity, off);
    if (!c->list && holds(x, there)) return tr(w->lang, c->kind == FACT_MACHINE ? N_("on a machine of another kind") : N_("with another process"));
    return sentence(w, MSG(c->rule == AT_LEAST ? N_("{1} short") : N_("{1} too much"), value));
}

static Str missing(struct work *w, const struct want *x, const struct match_reason *r, const struct fact *f)
{
    const struct criterion *c = x->is;
    Str asked = names_of(w, c->list ? c->list : "", x->codes);
    if (r->answer == MET) return (Str){ 0 };
    if (r->answer == UNKNOWN || !f) return tr(w->lang, N_("ask the supplier"));
    if (c->rule == WITHIN_KM) return sentence(w, MSG(N_("{1} too far"), km(w, spot_km(spot_of(f), x->at) - x->value)));
    if (c->kind == FACT_CONFIRMED) return tr(w->lang, N_("too long ago"));
    if (c->number != NO_NUMBER) return difference(w, x, f);
    if (many_has(x->codes, f->code)) return tr(w->lang, N_("not valid on the day asked"));
    return sentence(w, MSG(r->answer == PARTLY ? N_("related to {1}, but not the same") : N_("{1} is missing"), asked));
}

struct explained wanted_explain(struct work *w, const struct want *x, const struct match_reason *r, const struct record *e, const struct able *able)
{
    bool there = r->fact < able->n;
    const struct fact *f = there ? &able->facts[r->fact] : NULL;
    struct explained out = { .asked = want_text(w, x), .answer = r->answer, .points = r->points };
    out.fact = there ? fact_text(w, x, f, able->sources[r->fact]) : tr(w->lang, N_("nothing stated"));
    if (there) out.vouched = vouched_for(w, e, able->sources[r->fact]);
    out.missing = missing(w, x, r, f);
    return out;
}
