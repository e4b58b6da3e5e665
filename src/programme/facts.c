#include "programme/facts.h"

#include "base/embedded.h"
#include "base/number.h"
#include "format/sheet.h"

#include <string.h>

enum { COLUMNS = 16 };

/* ---- tables of the binary, by the names of their columns --------------------------------------- */

struct table { struct sheet_reader *in; Str heading[COLUMNS]; Str cell[COLUMNS]; struct arena *a; };

static Str column(const struct table *t, const char *name)
{
    for (int i = 0; i < COLUMNS; i++)
        if (str_is(t->heading[i], name)) return t->cell[i];
    return (Str){ 0 };
}

static bool next(struct table *t, Str *into)
{
    const struct sheet_row *row;
    Message why;
    MUST(!sheet_next(t->in, &row, &why));
    if (!row) return false;
    memset(into, 0, COLUMNS * sizeof *into);
    for (size_t i = 0; i < row->n; i++) {
        MUST(row->cells[i].column <= COLUMNS);
        into[row->cells[i].column - 1] = str_dup(t->a, row->cells[i].text);
    }
    return true;
}

static struct table open_table(struct arena *a, Str file)
{
    struct table t = { .a = a };
    Message why;
    Str bytes;
    MUST(embedded_find(file, &bytes) && !sheet_open(a, bytes, &t.in, &why) && !sheet_choose(t.in, 0, &why));
    MUST(next(&t, t.heading));
    return t;
}

/* ---- the three ------------------------------------------------------------------------------ */

static struct figure_stated stated(const struct table *t, const char *group)
{
    struct figure_stated f = {
        .code = column(t, "code"), .label = { [VI] = column(t, "label_vi"), [EN] = column(t, "label_en") },
        .comparison = column(t, "comparison"), .unit = column(t, "unit"), .period = column(t, "period"),
        .group = column(t, group), .source = column(t, "source"),
    };
    MUST(str_to_f64(column(t, "value"), &f.value));
    return f;
}

struct facts facts_read(struct arena *a)
{
    struct facts f = { 0 };
    struct table t = open_table(a, S("data/programme.csv"));
    while (next(&t, t.cell))
        *GROW(a, f.contents) = (struct content){
            .code = column(&t, "code"), .title = { [VI] = column(&t, "title_vi"), [EN] = column(&t, "title_en") },
            .description = { [VI] = column(&t, "description_vi"), [EN] = column(&t, "description_en") },
            .section = column(&t, "section"), .source = column(&t, "source"),
        };
    sheet_close(t.in);
    t = open_table(a, S("data/targets.csv"));
    while (next(&t, t.cell)) *GROW(a, f.targets) = stated(&t, "content");
    sheet_close(t.in);
    t = open_table(a, S("data/figures.csv"));
    while (next(&t, t.cell)) *GROW(a, f.figures) = stated(&t, "group");
    sheet_close(t.in);
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
