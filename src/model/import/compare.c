/* compare.c - a row of a file beside a record that it may be: what each says of every field, and why they may be one. */
#include "model/import/importing.h"

#include <math.h>

static const double ALIKE = 0.6;                            /* of letters or size                 */

static double likeness_of_texts(struct arena *a, Str one, Str other)
{
    Str x = text_slug(a, one), y = text_slug(a, other);
    size_t longer = x.n > y.n ? x.n : y.n;
    return longer ? 1 - (double)edit_distance(x, y) / (double)longer : 0;
}

static double number_of(Val v) { return v.type == V_INT ? (double)v.i : v.r; }

static double likeness_of_numbers(double one, double other)
{
    if (one * other <= 0) return one == other;
    double ratio = fabs(one) / fabs(other);
    return ratio > 1 ? 1 / ratio : ratio;
}

/* Codes and choices are the same or not; children are compared by their titles. */
static double likeness_of_values(struct work *w, const struct field *f, Val row, Val record, Str row_text, Str record_text_)
{
    if (f->list || f->choices) return 0;
    if (row.type == V_INT || row.type == V_REAL) return likeness_of_numbers(number_of(row), number_of(record));
    return likeness_of_texts(w->a, row_text, record_text_);
}

struct compared aside_compare(struct work *w, const struct record *row, const struct record *r, int field)
{
    const struct field *f = &row->e->fields[field];
    struct compared c = { .row = record_text(w, row, field), .record = record_text(w, r, field) };
    if (!c.row.n || !c.record.n) {
        c.verdict = c.row.n ? ONLY_ROW_SAYS : c.record.n ? ONLY_RECORD_SAYS : NEITHER_SAYS;
        return c;
    }
    bool same = str_eq(c.row, c.record) || (!f->list && !f->choices && str_eq(text_fold(w->a, c.row), text_fold(w->a, c.record)));
    c.likeness = same ? 1 : likeness_of_values(w, f, row->v[field], r->v[field], c.row, c.record);
    c.verdict = same ? SAY_SAME : c.likeness >= ALIKE ? SAY_ALIKE : SAY_OTHER;
    return c;
}

static void add(struct work *w, struct reasons *out, Message m) { *GROW(w->a, *out) = m; }

void aside_reasons(struct work *w, const struct record *row, const struct record *r, double likeness, struct reasons *out)
{
    const struct entity *e = row->e;
    *out = (struct reasons){ 0 };
    add(w, out, likeness >= 1 ? MSG(N_("The names are the same but for their spelling."))
                              : MSG(N_("The names are alike: {1} %."), str_f(w->a, "%.0f", likeness * 100)));
    for EACH_FIELD(f, i, e) {
        struct compared c = aside_compare(w, row, r, i);
        Str label = tr(w->lang, f->label);
        if (!(f->is & UNIQUE) && !(e->place && i == e->place)) continue;
        if (c.verdict == SAY_SAME) add(w, out, MSG(N_("{1}: the same."), label));
        if (c.verdict == SAY_ALIKE || c.verdict == SAY_OTHER) add(w, out, MSG(N_("{1}: another."), label));
        if (c.verdict == ONLY_RECORD_SAYS) add(w, out, MSG(N_("{1}: the file does not say it."), label));
        if (c.verdict == ONLY_ROW_SAYS) add(w, out, MSG(N_("{1}: the register does not have it."), label));
    }
}
