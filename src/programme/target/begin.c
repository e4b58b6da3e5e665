/* begin.c - the indicators and targets of the decision, from the data built into the program. */
#include "programme/target/inside.h"

#include "base/number.h"
#include "base/unicode.h"
#include "format/csv_table.h"
#include "programme/facts.h"

/* Each column that is named as a field, read as that field is. */
static void fill(struct work *w, struct record *r, const struct csv_table *t)
{
    for EACH_FIELD(f, i, r->e) {
        Str cell = csv_table_cell(t, f->name);
        if (cell.n && has_column(f)) MUST(!f->type->read(w, f, SPELT_PLAIN, text_nfc(w->a, cell), &r->v[i]).id);
    }
}

static void fill_targets(struct work *w, struct record *r)
{
    struct csv_table t = csv_table_open(w->a, S("data/targets.csv"));
    while (csv_table_next(&t))
        if (str_eq(csv_table_cell(&t, "code"), v_str(r->v[INDICATOR_CODE]))) fill(w, record_add(w->a, r, INDICATOR_TARGETS), &t);
    csv_table_close(&t);
}

/* Where it stood when the programme began, if the decision says it. */
static void fill_start(const struct facts *f, struct record *r)
{
    const struct figure_stated *start = figure_find(f->figures.p, f->figures.n, v_str(r->v[INDICATOR_CODE]), (Str){ 0 });
    int64_t year;
    if (!start || !str_to_i64(start->period, &year)) return;
    r->v[INDICATOR_START_YEAR] = v_int(year);
    r->v[INDICATOR_START] = v_real(start->value);
}

bool indicator_built_in(Str code)
{
    struct arena a = arena_make((size_t)1 << 20, NULL);
    struct csv_table t = csv_table_open(&a, S("data/indicators.csv"));
    bool found = false;
    while (!found && csv_table_next(&t)) found = str_eq(csv_table_cell(&t, "code"), code);
    csv_table_close(&t);
    arena_free(&a);
    return found;
}

static enum err load(struct work *w)
{
    struct facts facts = facts_read(w->a);
    struct csv_table t = csv_table_open(w->a, S("data/indicators.csv"));
    enum err err = OK;
    while (!err && csv_table_next(&t)) {
        struct record *r = record_make(w->a, &indicator);
        bool came, changed;
        fill(w, r, &t);
        err = embedded_came(w, r, INDICATOR_CODE, &came);
        if (err || came) continue;
        fill_targets(w, r);
        fill_start(&facts, r);
        err = record_save(w, NULL, r, &changed);
    }
    csv_table_close(&t);
    return err;
}

enum err indicators_init(struct work *w)
{
    const struct codes *before = w->codes;
    bool read;
    TRY(embedded_read(w, S("data/indicators.csv"), &read));
    if (read) return OK;
    TRY(codes_load(w, w->a, &w->codes));
    w->source.file = S("data/indicators.csv");
    enum err err = load(w);
    w->source = (struct source){ 0 };
    w->codes = before;
    return err;
}
