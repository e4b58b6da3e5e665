/* unit.c - units that stand in a heading ("Công suất (tấn/năm)") or behind a number ("1.200,5 tấn/năm"), for fields with unit_by. */
#include "model/import/importing.h"

#include "base/number.h"

#include <string.h>

/* Such a field is of a year already: "tấn/năm", "tonnes per year", "bộ mỗi năm". */
static Str without_period(struct arena *a, Str unit)
{
    static const char *const periods[] = { "/nam", "/year", "/yr", "/annum", " moi nam", " mot nam", " hang nam", " per year", " a year", " per annum" };
    for (size_t from = unit.n; from-- > 0;) {
        if (unit.p[from] != '/' && unit.p[from] != ' ') continue;
        Str tail = text_fold(a, str_sub(unit, from, unit.n));
        tail = str_starts(tail, S("/")) ? str_f(a, "/%.*s", FMT(str_trim(str_sub(tail, 1, tail.n)))) : tail;
        for (size_t i = 0; i < COUNT(periods); i++)
            if (str_is(tail, periods[i])) return str_trim(str_sub(unit, 0, from));
    }
    return unit;
}

/* "nghìn tấn" where the list has only tons: a thousand of them. */
static bool read_unit(const struct work *w, const struct field *by, Str text, struct unit *out)
{
    Str head, rest;
    *out = (struct unit){ v_null(), 1 };
    if (!by->type->read(w, by, SPELT_VI, text, &out->code).id) return true;
    return str_cut(text, ' ', &head, &rest) && number_scale(w->a, head, &out->scale)
        && !by->type->read(w, by, SPELT_VI, str_trim(rest), &out->code).id;
}

static const struct field *unit_field(const struct entity *e, const struct field *f)
{
    return f->unit_by ? &e->fields[field_index(e, str_of(f->unit_by))] : NULL;
}

static Str in_brackets(Str heading)
{
    Str before, rest, inside, after;
    return str_cut(heading, '(', &before, &rest) && str_cut(rest, ')', &inside, &after) ? str_trim(inside) : (Str){ 0 };
}

void units_of_headings(struct work *w, const struct entity *e, struct header *h, struct import_report *report)
{
    for (int c = 0; c < h->n; c++) {
        struct target *t = &h->columns[c].target;
        if (t->kind != TARGET_FIELD) continue;
        const struct entity *of = t->child < 0 ? e : e->fields[t->field].to;
        const struct field *f = &of->fields[t->child < 0 ? t->field : t->child], *by = unit_field(of, f);
        Str said = in_brackets(h->columns[c].heading), unit = by ? without_period(w->a, said) : (Str){ 0 };
        struct unit read;
        if (!unit.n) continue;
        if (read_unit(w, by, unit, &read)) t->unit = read.code, t->scale = read.scale;
        else *GROW(w->a, report->notes) = MSG(N_("The heading “{1}” names the unit “{2}”, which is not in the list; the numbers are kept without a unit."),
                                              h->columns[c].heading, unit);
    }
}

Message unit_of_cell(struct work *w, const struct entity *e, const struct field *f, struct value *v, struct unit *out)
{
    const struct field *by = unit_field(e, f);
    *out = (struct unit){ v_null(), 1 };
    if (!by || v->cell->type != CELL_TEXT) return NO_MESSAGE;
    size_t n = strspn(str_z(w->a, v->text), "0123456789., ");
    Str number = str_trim(str_sub(v->text, 0, n)), unit = str_trim(str_sub(v->text, n, v->text.n));
    if (!number.n || !unit.n) return NO_MESSAGE;
    if (!read_unit(w, by, without_period(w->a, unit), out)) return MSG(N_("“{1}” is not a unit of the list"), unit);
    v->text = number;
    return NO_MESSAGE;
}
