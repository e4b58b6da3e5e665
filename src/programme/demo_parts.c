#include "programme/demo_parts.h"

#include "base/embedded.h"
#include "base/unicode.h"
#include "format/sheet.h"
#include "model/type.h"

/* ---- vocabulary -------------------------------------------------------------------------------- */

enum { COLUMNS_MAX = 16 };

static const char *const files[DEMO_TABLES] = {
    [NAMES] = "data/demo/names.csv", [PEOPLE] = "data/demo/people.csv", [STREETS] = "data/demo/streets.csv",
    [FORMS] = "data/demo/forms.csv", [STATUSES] = "data/demo/statuses.csv", [DISTRICTS] = "data/demo/districts.csv",
    [OLD_WARDS] = "data/lists/ward.csv", [PRODUCTS] = "data/demo/products.csv", [PROCESSES] = "data/demo/processes.csv",
    [MACHINES] = "data/demo/machines.csv", [WORKSHOPS] = "data/demo/workshops.csv", [CERTIFICATES] = "data/demo/certificates.csv",
    [CERTIFIERS] = "data/demo/certifiers.csv", [BUYERS] = "data/demo/buyers.csv", [DESCRIPTIONS] = "data/demo/descriptions.csv",
    [RAW_MATERIALS] = "data/demo/materials.csv", [NEEDS] = "data/demo/needs.csv", [ORIGINS] = "data/demo/origins.csv", [REMARKS] = "data/demo/remarks.csv",
};

static const Str *read_row(struct arena *a, const struct sheet_row *row, size_t columns)
{
    Str *cells = NEW_ARRAY(a, Str, columns);
    for (size_t i = 0; i < row->n; i++) {
        MUST(row->cells[i].column <= (int)columns);
        cells[row->cells[i].column - 1] = str_dup(a, row->cells[i].text);
    }
    return cells;
}

static struct table table_read(struct arena *a, const char *file)
{
    struct { Str *p; size_t n, cap; } all = { 0 };
    Str bytes;
    Message why;
    struct sheet_reader *in;
    const struct sheet_row *row;
    MUST(embedded_find(str_of(file), &bytes) && !sheet_open(a, bytes, &in, &why));
    MUST(!sheet_choose(in, 0, &why) && !sheet_next(in, &row, &why) && row && row->n <= COLUMNS_MAX);
    struct table t = { .columns = row->n, .header = read_row(a, row, row->n) };
    for (;;) {
        MUST(!sheet_next(in, &row, &why));
        if (!row) break;
        const Str *cells = read_row(a, row, t.columns);
        for (size_t i = 0; i < t.columns; i++) *GROW(a, all) = cells[i];
        t.rows++;
    }
    sheet_close(in);
    t.cell = all.p;
    return t;
}

void demo_vocabulary(struct demo *d, struct arena *a)
{
    for (int t = 0; t < DEMO_TABLES; t++) d->tables[t] = table_read(a, files[t]);
}

static size_t column_of(const struct table *t, const char *column)
{
    size_t i = 0;
    while (i < t->columns && !str_is(t->header[i], column)) i++;
    MUST(i < t->columns);
    return i;
}

Str table_text(const struct table *t, size_t row, const char *column)
{
    MUST(row < t->rows);
    return t->cell[row * t->columns + column_of(t, column)];
}

double table_number(const struct table *t, size_t row, const char *column)
{
    double d = 0;
    Str s = table_text(t, row, column);
    MUST(!s.n || str_to_f64(s, &d));
    return d;
}

Str demo_text(const struct demo *d, enum demo_table t, size_t row, const char *column)
{
    return table_text(&d->tables[t], row, column);
}

/* ---- dice --------------------------------------------------------------------------------------- */

int64_t between(struct demo *d, int64_t least, int64_t most)
{
    MUST(least <= most);
    return least + (int64_t)rng_below(&d->rng, (uint64_t)(most - least) + 1);
}

bool chance(struct demo *d, int64_t percent) { return between(d, 1, 100) <= percent; }

int64_t quantile(const int64_t *at, size_t n, int64_t place)
{
    int64_t steps = (int64_t)n - 1, along = place * steps;
    size_t i = (size_t)(along / 1000);
    if (i >= n - 1) return at[n - 1];
    return at[i] + (at[i + 1] - at[i]) * (along % 1000) / 1000;
}

static const double mantissas[] = { 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 };
enum { STEPS = COUNT(mantissas), LOWEST = -3, DECADES = 12 };

static double step(int i)
{
    static const double scale[DECADES] = { 1e3, 1e2, 1e1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8 };
    double m = mantissas[i % STEPS];
    return i / STEPS < -LOWEST ? m / scale[i / STEPS] : m * scale[i / STEPS];      /* 0.03, not 30 * 0.001 */
}

double round_number(double least, double most, int64_t place)
{
    int first = 0, last = STEPS * DECADES - 1;
    while (first < last && step(first) < least) first++;
    while (last > first && step(last) > most) last--;
    return step(first + (int)((last - first) * place / 1000));
}

size_t pick_any(struct demo *d, enum demo_table t) { return (size_t)between(d, 0, (int64_t)d->tables[t].rows - 1); }

static size_t count_part(const struct table *t, size_t column, Str value)
{
    size_t n = 0;
    for (size_t i = 0; i < t->rows; i++) n += str_eq(t->cell[i * t->columns + column], value);
    return n;
}

bool any_part(const struct demo *d, enum demo_table t, const char *column, Str value)
{
    return count_part(&d->tables[t], column_of(&d->tables[t], column), value) > 0;
}

size_t pick_part(struct demo *d, enum demo_table which, const char *name, Str value)
{
    const struct table *t = &d->tables[which];
    size_t column = column_of(t, name), n = count_part(t, column, value), row = 0;
    MUST(n);
    n = (size_t)rng_below(&d->rng, n);
    for (;; row++)
        if (str_eq(t->cell[row * t->columns + column], value) && !n--) return row;
}

size_t pick_weighted(struct demo *d, enum demo_table which)
{
    const struct table *t = &d->tables[which];
    int64_t all = 0;
    size_t row = 0;
    for (size_t i = 0; i < t->rows; i++) all += (int64_t)table_number(t, i, "weight");
    for (int64_t left = between(d, 0, all - 1); (left -= (int64_t)table_number(t, row, "weight")) >= 0;) row++;
    return row;
}

Str pick_item(struct demo *d, Str list, char sep)
{
    Str rest = list, item = { 0 };
    int64_t n = 1;
    for (size_t i = 0; i < list.n; i++) n += list.p[i] == sep;
    for (n = between(d, 1, n); n && str_next(&rest, sep, &item); n--) {}
    return item;
}

/* ---- writing into records ------------------------------------------------------------------------ */

static int field_named(const struct record *r, const char *field)
{
    int f = field_index(r->e, str_of(field));
    MUST(f >= 0);
    return f;
}

void set(struct record *r, const char *field, Val v) { r->v[field_named(r, field)] = v; }

void set_code(struct demo *d, struct record *r, const char *field, Str code)
{
    int f = field_named(r, field);
    const struct code *k = code_find(d->w->codes, str_of(r->e->fields[f].list), code);
    if (k) r->v[f] = v_text(k->key);
}

void add_code(struct demo *d, struct record *r, const char *field, Str code)
{
    int f = field_named(r, field);
    const struct code *k = code_find(d->w->codes, str_of(r->e->fields[f].list), code);
    if (!k || many_has(r->v[f], k->key)) return;
    Str before = v_is(r->v[f]) ? v_str(r->v[f]) : S(";");
    r->v[f] = v_text(str_f(d->w->a, "%.*s%.*s;", FMT(before), FMT(k->key)));
}

Str uncapital(struct arena *a, Str s)
{
    const char *at = s.p, *end = s.p + s.n;
    uint32_t first = at < end ? utf8_next(&at, end) : 0, second = 0;
    Str rest = { at, (size_t)(end - at) };
    for (const char *p = at; p < end && *p != ' ';) {
        uint32_t c = utf8_next(&p, end);
        if (lower_char(c) != c) return s;                   /* "PEEK", "IoT"                       */
        if (!second) second = c;
    }
    if (upper_char(second) == second) return s;             /* "O-rings"                           */
    struct buf b = buf_make(a);
    put_utf8(&b, lower_char(first));
    put(&b, rest);
    return buf_str(&b);
}
