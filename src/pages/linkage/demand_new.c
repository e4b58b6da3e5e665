/*
 * demand_new.c - from a search or a line of a parts list to a demand: what is asked goes into the form of a new demand, which is the workspace's,
 * with its drafts and checks.
 *
 * The address says it as that of /match does; other fields of a demand (hs_code, quantity ...) are passed on by their names.
 */
#include "pages/linkage/dealing.h"

#include "base/url.h"
#include "model/type.h"

#include <math.h>

struct filling { struct at *at; struct params typed; };

static void fill(struct filling *f, const char *name, Str value)
{
    if (value.n) *GROW(f->at->q->a, f->typed) = (struct param){ str_of(name), value };
}

/* A text that is too long for its field would be too long for an address too. */
static void fill_text(struct filling *f, int field, Str text)
{
    if (text.n <= (size_t)demand.fields[field].max) fill(f, demand.fields[field].name, text);
}

static void fill_number(struct filling *f, const struct field *to, double v)
{
    struct buf b = buf_make(f->at->q->a);
    put_spelt(&b, &f->at->w, to, v_real(v));
    fill(f, to->name, buf_str(&b));
}

static void fill_codes(struct filling *f, const char *name, Val codes)
{
    Str rest = v_str(codes), key;
    while (many_next(&rest, &key)) fill(f, name, key);
}

static void fill_want(struct filling *f, const struct want *x)
{
    int i = field_index(&demand, str_of(x->is->name));
    if (i < 0) return;
    bool number = !isnan(x->value);
    if (number) fill_number(f, &demand.fields[i], x->value);
    if (v_is(x->codes)) fill_codes(f, number ? str_z(f->at->q->a, str_f(f->at->q->a, "%s_unit", x->is->name)) : x->is->name, x->codes);
    if (!isnan(x->at.lat)) fill(f, "place", str_f(f->at->q->a, "%.5f, %.5f", x->at.lat, x->at.lon));
}

/* A row for each that is not as the table of criteria has it. */
static void fill_weights(struct filling *f, const struct wanted *d)
{
    struct arena *a = f->at->q->a;
    size_t row = 0;
    for (size_t i = 0; i < d->n; i++) {
        const struct want *x = &d->p[i];
        if ((i && x->is == d->p[i - 1].is) || (x->must == x->is->must && x->weight == x->is->weight)) continue;
        fill(f, str_z(a, str_f(a, "weights.%zu.criterion", row)), str_of(x->is->name));
        fill(f, str_z(a, str_f(a, "weights.%zu.must", row)), x->must ? S("1") : S("0"));
        fill(f, str_z(a, str_f(a, "weights.%zu.weight", row++)), str_f(a, "%d", x->weight));
    }
}

/* What the address gives by the names of other fields. */
static void fill_others(struct filling *f)
{
    static const int others[] = { DEMAND_TITLE, DEMAND_HS, DEMAND_QUANTITY, DEMAND_QUANTITY_UNIT, DEMAND_VALUE, DEMAND_VALUE_CURRENCY };
    for (size_t i = 0; i < COUNT(others); i++) {
        const char *name = demand.fields[others[i]].name;
        fill(f, name, params_get(&f->at->q->query, name));
    }
}

/* GET /linkage/demands/new */
enum err demand_new(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    struct filling f = { .at = &at };
    struct wanted d = { 0 };
    struct wrong_parts wrong = { 0 };
    Str sentence = str_trim(params_get(&q->query, "text"));
    if (sentence.n) wanted_from_words(&at.w, sentence, &d, &wrong);
    else TRY(wanted_asked(q, r, &at.w, &d, &wrong));
    if (!sentence.n) sentence = params_get(&q->query, "q");
    fill_others(&f);
    if (!params_get(&q->query, "title").n) fill_text(&f, DEMAND_TITLE, sentence);
    fill_text(&f, DEMAND_WORDS, d.words);
    for (size_t i = 0; i < d.n; i++) fill_want(&f, &d.p[i]);
    fill_weights(&f, &d);
    return reply_redirect(r, 303, str_f(q->a, "%.*s?%.*s", FMT(request_link(q, desk_path(q->a, &demand, 0, "new"))), FMT(params_str(q->a, &f.typed))));
}
