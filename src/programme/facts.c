#include "programme/facts.h"

#include "base/number.h"
#include "format/csv_table.h"

static struct figure_stated stated(const struct csv_table *t)
{
    struct figure_stated f = {
        .code = csv_table_cell(t, "code"), .label = { [VI] = csv_table_cell(t, "label_vi"), [EN] = csv_table_cell(t, "label_en") },
        .comparison = csv_table_cell(t, "comparison"), .unit = csv_table_cell(t, "unit"), .period = csv_table_cell(t, "period"),
        .group = csv_table_cell(t, "group"), .source = csv_table_cell(t, "source"),
    };
    MUST(str_to_f64(csv_table_cell(t, "value"), &f.value));
    return f;
}

struct facts facts_read(struct arena *a)
{
    struct facts f = { 0 };
    struct csv_table t = csv_table_open(a, S("data/programme.csv"));
    while (csv_table_next(&t))
        *GROW(a, f.contents) = (struct content){
            .code = csv_table_cell(&t, "code"), .title = { [VI] = csv_table_cell(&t, "title_vi"), [EN] = csv_table_cell(&t, "title_en") },
            .description = { [VI] = csv_table_cell(&t, "description_vi"), [EN] = csv_table_cell(&t, "description_en") },
            .section = csv_table_cell(&t, "section"), .source = csv_table_cell(&t, "source"),
        };
    csv_table_close(&t);
    t = csv_table_open(a, S("data/figures.csv"));
    while (csv_table_next(&t)) *GROW(a, f.figures) = stated(&t);
    csv_table_close(&t);
    return f;
}

static const struct { const char *comparison, *sentence; } comparisons[] = {
    { "about", N_("about {1}") }, { "more than", N_("more than {1}") }, { "min", N_("at least {1}") }, { "max", N_("at most {1}") },
    { "nearly", N_("nearly {1}") },
};

Str figure_str(struct arena *a, enum lang l, const struct figure_stated *f)
{
    struct buf b = buf_make(a);
    put_real(&b, l, f->value);
    if (str_is(f->unit, "percent")) put_c(&b, '%');
    for (size_t i = 0; i < COUNT(comparisons); i++)
        if (str_is(f->comparison, comparisons[i].comparison)) return message_str(a, l, MSG(comparisons[i].sentence, buf_str(&b)));
    return buf_str(&b);
}

const struct figure_stated *figure_find(const struct figure_stated *list, size_t n, Str code, Str period)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i].code, code) && (!period.n || str_eq(list[i].period, period))) return &list[i];
    return NULL;
}
