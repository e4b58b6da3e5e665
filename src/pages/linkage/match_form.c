/* match_form.c - everything a buyer may ask for, as a form made of the table of criteria. */
#include "pages/linkage/linkage_pages.h"

#include "model/type.h"
#include "pages/workspace/workspace.h"

#include <math.h>

#define OF(kind) (1u << (kind))
static const struct { const char *legend; unsigned kinds; } sections[] = {
    { N_("Processes and materials"), OF(FACT_PROCESS) },
    { N_("Machines"), OF(FACT_MACHINE) },
    { N_("Products and free capacity"), OF(FACT_PRODUCT) | OF(FACT_FREE) },
    { N_("Certificates and grade"), OF(FACT_CERTIFICATE) | OF(FACT_GRADE) },
    { N_("Experience and languages"), OF(FACT_INDUSTRY) | OF(FACT_EXPORT) | OF(FACT_FOREIGN) | OF(FACT_LANGUAGE) },
    { N_("Place"), OF(FACT_PLACE) },
    { N_("How fresh the profile is"), OF(FACT_CONFIRMED) },
};

/* The first of them: several certificates are a want each, with one input. */
static const struct want *want_of(const struct wanted *d, const struct criterion *c)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->p[i].is == c) return &d->p[i];
    return NULL;
}

/* "any": asked for without a code. */
static Str codes_of_all(struct arena *a, const struct wanted *d, const struct criterion *c)
{
    struct buf b = buf_make(a);
    if (!want_of(d, c)) return (Str){ 0 };
    for (size_t i = 0; i < d->n; i++) {
        Str rest = v_str(d->p[i].codes), code;
        while (d->p[i].is == c && many_next(&rest, &code)) put_f(&b, "%s%.*s;", b.n ? "" : ";", FMT(code));
    }
    return b.n ? buf_str(&b) : S(";any;");
}

/* The criterion as a field, so that its input is the one all forms have. */
static struct field field_of(const struct criterion *c)
{
    const char *unit = quantity_units[c->quantity];
    if (c->number == NO_NUMBER) return (struct field){ .name = c->name, .label = c->label, .list = c->list, .type = &codes_type };
    return (struct field){ .name = c->name, .label = c->label, .unit = *unit ? unit : NULL, .type = &text_type };
}

/* A number with its unit; what has no unit of its own (free capacity) has the one that was chosen. */
static Str value_of(struct work *w, const struct wanted *d, const struct criterion *c)
{
    const struct want *x = want_of(d, c);
    if (c->number == NO_NUMBER) return codes_of_all(w->a, d, c);
    if (!x || isnan(x->value)) return (Str){ 0 };
    Str number = quantity_str(w->a, c->quantity, w->lang, x->value), rest = v_str(x->codes), unit;
    const struct code *k = many_next(&rest, &unit) ? code_find(w->codes, str_of(c->list), unit) : NULL;
    return k ? str_f(w->a, "%.*s %.*s", FMT(number), FMT(k->name[w->lang])) : number;
}

static Str labelled(struct request *q, const struct criterion *c, const char *what)
{
    return str_f(q->a, "%.*s: %.*s", FMT(tr(q->lang, c->label)), FMT(tr(q->lang, what)));
}

/* How much it counts; nothing is chosen where the table decides. */
static void put_weighing(struct html *h, struct request *q, const struct criterion *c, const struct want *x)
{
    bool must = x ? x->must : c->must;
    const char *name = str_z(q->a, str_f(q->a, "%s.must", c->name));
    open_labelled_select(h, name, "visually-hidden", labelled(q, c, N_("must or wish")));
    put_select_option(h, S("1"), tr(q->lang, N_("must")), must);
    put_select_option(h, S("0"), tr(q->lang, N_("wish")), !must);
    html_close(h, "select");
    html_open(h, "input");
    html_class(h, "form-control want-weight");
    html_attr(h, "type", S("number"));
    html_attr(h, "min", S("1"));
    html_attr(h, "max", S("100"));
    html_attr_f(h, "name", "%s.weight", c->name);
    html_attr(h, "aria-label", labelled(q, c, N_("weight, 1 to 100")));
    html_attr_f(h, "value", "%d", x ? x->weight : c->weight);
}

static void put_criterion(struct html *h, struct request *q, struct work *w, const struct wanted *d, const struct criterion *c)
{
    const struct want *x = want_of(d, c);
    struct field f = field_of(c);
    html_open(h, "div");
    html_class(h, "want-input");
    if (c->rule == WITHIN_KM) put_text_input(h, "text", "place", tr(q->lang, N_("Near: a place, a ward, or degrees north, east")), x ? x->place : (Str){ 0 });
    html_raw(h, form_field_html(w, &f, str_of(c->name), value_of(w, d, c), NULL));
    put_weighing(h, q, c, x);
    html_close(h, "div");
}

static void put_section(struct html *h, struct request *q, struct work *w, const struct wanted *d, size_t which)
{
    html_open(h, "fieldset");
    html_leaf(h, "legend", tr(q->lang, sections[which].legend));
    for (size_t i = 0; i < criteria_n; i++)
        if (sections[which].kinds & OF(criteria[i].kind)) put_criterion(h, q, w, d, &criteria[i]);
    html_close(h, "fieldset");
}

void put_wanted_form(struct html *h, struct request *q, struct work *w, const struct wanted *d, Str path)
{
    struct buf day = buf_make(q->a);
    if (d->day.year) date_type.show(&day, w, NULL, v_text(date_iso(q->a, d->day)));
    html_open(h, "details");
    html_class(h, "card want-form");
    html_leaf(h, "summary", tr(q->lang, N_("All criteria as a form")));
    html_open(h, "form");
    html_href(h, "action", request_link(q, path));
    desk_hidden(h, "form", S("1"));
    put_text_input(h, "text", "words", tr(q->lang, N_("Words that are to be found in the profile")), d->words);
    for (size_t i = 0; i < COUNT(sections); i++) put_section(h, q, w, d, i);
    put_text_input(h, "text", "day", tr(q->lang, N_("Certificates and grades are valid on")), buf_str(&day));
    desk_submit(h, q, "button", tr(q->lang, N_("Find suppliers")));
    html_close(h, "form");
    html_close(h, "details");
}
