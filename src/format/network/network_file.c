#include "format/network/network_file.h"

#include "base/parallel.h"
#include "base/unicode.h"

#define ID_NAMES "id|firm|firm id|tax code|ma|mst|ma so thue|ma doanh nghiep|doanh nghiep"

static struct cursor *cursor_of(struct arena *a, const struct delimited *d)
{
    struct cursor *c = NEW(a, struct cursor);
    struct part all = { .from = d->part[0].from, .to = d->text.n };
    cursor_begin(a, d, &all, c);
    return c;
}

/* After the last record: what was wrong, if anything. */
static enum err finish(struct arena *a, const struct cursor *c, size_t records, Message *why)
{
    if (c->trouble.id) return delimited_refuse(a, c->of, c->trouble, why);
    if (records) return OK;
    *why = MSG(N_("{1} has no lines below its header."), c->of->name);
    return ERR_INVALID;
}

/* ---- firms ----------------------------------------------------------------------------------- */

enum { FIRM_ID, FIRM_INDUSTRY, FIRM_COUNTRY, FIRM_LOCAL, FIRM_COLUMNS };
static const struct column firm_columns[FIRM_COLUMNS] = {
    { ID_NAMES, COLUMN_NEEDED },
    { "industry|sector|nace|isic|vsic|nganh|ma nganh", COLUMN_NEEDED },
    { "country|quoc gia|nuoc", COLUMN_MAYBE },
    { "local|domestic|noi dia|trong nuoc", COLUMN_MAYBE },
};

static bool named(struct cursor *c, struct ids *ids, Str cell, uint32_t *number, bool *added)
{
    if (!cell.n) return cursor_refuse(c, N_("{1}, line {2}: an id or a name is missing."), cell);
    if (cell.n > ID_LONGEST) return cursor_refuse(c, N_("{1}, line {2}: “{3}” is too long for an id or a name."), cell);
    *number = ids_add(ids, cell, added);
    return true;
}

static bool read_local(struct cursor *c, Str cell, bool *local)
{
    static const struct { const char *word; bool is; } words[] = {
        { "1", true }, { "yes", true }, { "true", true }, { "co", true }, { "local", true },
        { "0", false }, { "no", false }, { "false", false }, { "khong", false }, { "foreign", false }, { "", false },
    };
    struct arena a = arena_make((size_t)1 << 20, NULL);
    Str said = text_fold(&a, str_sub(cell, 0, cell.n < 16 ? cell.n : 0));
    size_t i = 0;
    while (i < COUNT(words) && !str_is(said, words[i].word)) i++;
    arena_free(&a);
    if (i == COUNT(words) || (cell.n && !said.n)) return cursor_refuse(c, N_("{1}, line {2}: “{3}” does not say whether the firm is local; write 1 or 0."), cell);
    *local = words[i].is;
    return true;
}

static bool read_firm(struct cursor *c, const int *at, struct firms *f)
{
    uint32_t firm, industry;
    bool added, first;
    if (!named(c, &f->ids, c->cells[at[FIRM_ID]], &firm, &added) ||
        !named(c, &f->industries, c->cells[at[FIRM_INDUSTRY]], &industry, &first)) return false;
    if (!added && f->industry[firm] != industry)
        return cursor_refuse(c, N_("{1}, line {2}: the firm “{3}” was listed before, in another industry. It can be in one only."), c->cells[at[FIRM_ID]]);
    if (!added) return cursor_refuse(c, N_("{1}, line {2}: the firm “{3}” was listed before."), c->cells[at[FIRM_ID]]);
    f->industry[firm] = industry;
    if (f->country) {
        Str country = c->cells[at[FIRM_COUNTRY]];
        f->country[firm] = NO_NUMBER;
        if (country.n && !named(c, &f->countries, country, &f->country[firm], &first)) return false;
    }
    return !f->local || read_local(c, c->cells[at[FIRM_LOCAL]], &f->local[firm]);
}

enum err firms_read(struct arena *a, const struct delimited *d, struct firms *out, Message *why)
{
    int at[FIRM_COLUMNS];
    TRY(delimited_columns(a, d, firm_columns, FIRM_COLUMNS, at, why));
    struct cursor *c = cursor_of(a, d);
    *out = (struct firms){
        .ids = ids_make(a, d->records), .industries = ids_make(a, 0), .countries = ids_make(a, 0),
        .industry = NEW_ARRAY(a, uint32_t, d->records),
        .country = at[FIRM_COUNTRY] == NO_COLUMN ? NULL : NEW_ARRAY(a, uint32_t, d->records),
        .local = at[FIRM_LOCAL] == NO_COLUMN ? NULL : NEW_ARRAY(a, bool, d->records),
    };
    while (cursor_next(c) && read_firm(c, at, out)) {}
    return finish(a, c, out->ids.n, why);
}

/* ---- links ----------------------------------------------------------------------------------- */

enum { SUPPLIER, CUSTOMER, VALUE, LINK_COLUMNS };
static const struct column link_columns[LINK_COLUMNS] = {
    { "supplier|seller|source|from|nha cung cap|ben ban", COLUMN_NEEDED },
    { "customer|buyer|target|to|khach hang|ben mua", COLUMN_NEEDED },
    { "weight|value|amount|gia tri", COLUMN_NUMBER },
};

enum { BATCH = 16 };                            /* their places in the table of ids come from memory all at once */

struct batch {
    size_t        n;
    struct id_key end[BATCH][2];
    double        value[BATCH];
    const char   *record[BATCH];
};

struct links_reading {
    const struct delimited *d;
    const struct ids       *firms;
    int                     at[LINK_COLUMNS];
    struct link_list        out;
    struct cursor           cursor[DELIMITED_PARTS];
    size_t                  first[DELIMITED_PARTS], n[DELIMITED_PARTS];         /* what each part fills */
};

/* The firms of a batch; its records go behind those the part has. */
static bool look_up(struct links_reading *r, size_t part, struct batch *b)
{
    for (size_t i = 0; i < b->n; i++) {
        size_t to = r->first[part] + r->n[part];
        uint32_t *number[2] = { &r->out.supplier[to], &r->out.customer[to] };
        for (int k = 0; k < 2; k++)
            if (!ids_find(r->firms, &b->end[i][k], number[k])) {
                r->cursor[part].record = b->record[i];
                return cursor_refuse(&r->cursor[part], N_("{1}, line {2}: “{3}” is not in the file of firms."), b->end[i][k].text);
            }
        r->out.value[to] = b->value[i];
        r->n[part]++;
    }
    b->n = 0;
    return true;
}

static void read_links(void *with, size_t part, UNUSED int thread)
{
    struct links_reading *r = with;
    struct cursor *c = &r->cursor[part];
    struct batch b = { .n = 0 };
    while (cursor_next(c) && cursor_number(c, c->cells[r->at[VALUE]], &b.value[b.n])) {
        for (int k = 0; k < 2; k++) {
            b.end[b.n][k] = id_key_of(c->cells[r->at[k]]);
            ids_fetch(r->firms, &b.end[b.n][k]);
        }
        b.record[b.n++] = c->record;
        if ((b.n == BATCH || c->unquoted) && !look_up(r, part, &b)) return;     /* what was unquoted goes with its record */
    }
    struct trouble later = c->trouble;                                  /* what is still to be looked up stands before it */
    if (look_up(r, part, &b)) c->trouble = later;
}

/* Empty lines leave gaps between what the parts gave. */
static void close_gaps(struct links_reading *r)
{
    struct link_list *l = &r->out;
    for (size_t i = 0; i < r->d->parts; i++) {
        if (l->n != r->first[i]) {
            memmove(l->supplier + l->n, l->supplier + r->first[i], r->n[i] * sizeof *l->supplier);
            memmove(l->customer + l->n, l->customer + r->first[i], r->n[i] * sizeof *l->customer);
            memmove(l->value + l->n, l->value + r->first[i], r->n[i] * sizeof *l->value);
        }
        l->n += r->n[i];
    }
}

enum err links_read(struct arena *a, const struct delimited *d, const struct firms *f, int threads, struct link_list *out, Message *why)
{
    struct links_reading *r = NEW(a, struct links_reading);
    size_t records = 0;
    r->d = d;
    r->firms = &f->ids;
    TRY(delimited_columns(a, d, link_columns, LINK_COLUMNS, r->at, why));
    for (size_t i = 0; i < d->parts; i++) {
        cursor_begin(a, d, &d->part[i], &r->cursor[i]);
        r->first[i] = records;
        records += d->part[i].records;
    }
    r->out.supplier = arena_raw(a, sizeof *r->out.supplier, sizeof *r->out.supplier, records);
    r->out.customer = arena_raw(a, sizeof *r->out.customer, sizeof *r->out.customer, records);
    r->out.value = arena_raw(a, sizeof *r->out.value, sizeof *r->out.value, records);
    parallel(threads, d->parts, read_links, r);
    for (size_t i = 0; i < d->parts; i++)
        if (r->cursor[i].trouble.id) return delimited_refuse(a, d, r->cursor[i].trouble, why);
    close_gaps(r);
    *out = r->out;
    return finish(a, &r->cursor[0], out->n, why);
}

/* ---- classes --------------------------------------------------------------------------------- */

/* What the labels of the header are; NO_NUMBER: an industry without firms. */
static enum err class_header(const struct delimited *d, const struct ids *industries, uint32_t *column, bool *seen, Message *why)
{
    for (size_t i = 1; i < d->columns; i++) {
        if (!ids_look(industries, d->heading[i], &column[i])) {
            column[i] = NO_NUMBER;
            continue;
        }
        if (seen[column[i]]) return *why = MSG(N_("{1} has two columns for the industry “{2}”."), d->name, d->heading[i]), ERR_INVALID;
        seen[column[i]] = true;
    }
    return OK;
}

static bool read_class(struct cursor *c, Str cell, uint8_t *class)
{
    double v;
    if (!str_to_f64(cell, &v) || (v != 0 && v != 1 && v != 2))
        return cursor_refuse(c, N_("{1}, line {2}: “{3}” is not a class: 2 essential, 1 replaceable in part, 0 without effect."), cell);
    *class = (uint8_t)v;
    return true;
}

static bool read_class_row(struct cursor *c, const struct ids *industries, const uint32_t *column, bool *seen, uint8_t *classes)
{
    uint32_t row;
    uint8_t class;
    bool known = ids_look(industries, c->cells[0], &row);
    if (known && seen[row]) return cursor_refuse(c, N_("{1}, line {2}: the industry “{3}” was listed before."), c->cells[0]);
    if (known) seen[row] = true;
    for (size_t i = 1; i < c->of->columns; i++) {
        if (!read_class(c, c->cells[i], &class)) return false;
        if (known && column[i] != NO_NUMBER) classes[(size_t)row * industries->n + column[i]] = class;
    }
    return true;
}

static enum err nothing_missing(const struct delimited *d, const struct ids *industries, const bool *seen, const char *id, Message *why)
{
    for (uint32_t i = 0; i < industries->n; i++)
        if (!seen[i]) return *why = MSG(id, d->name, industries->names[i]), ERR_INVALID;
    return OK;
}

static enum err class_matrix(struct arena *a, const struct delimited *d, const struct ids *industries, uint8_t *classes, Message *why)
{
    struct cursor *c = cursor_of(a, d);
    uint32_t *column = NEW_ARRAY(a, uint32_t, d->columns);
    bool *rows = NEW_ARRAY(a, bool, industries->n), *columns = NEW_ARRAY(a, bool, industries->n);
    TRY(class_header(d, industries, column, columns, why));
    while (cursor_next(c) && read_class_row(c, industries, column, rows, classes)) {}
    TRY(finish(a, c, 1, why));
    TRY(nothing_missing(d, industries, columns, N_("{1} has no column for the industry “{2}”."), why));
    return nothing_missing(d, industries, rows, N_("{1} has no line for the industry “{2}”."), why);
}

static enum err essential_list(struct arena *a, const struct delimited *d, const struct ids *industries, uint8_t *classes, Message *why)
{
    struct cursor *c = cursor_of(a, d);
    uint32_t row;
    bool any = false;
    if (ids_look(industries, d->heading[0], &row))
        return *why = MSG(N_("{1} has no header: its first line is the industry “{2}”. Write essential_industry above it."), d->name, d->heading[0]), ERR_INVALID;
    memset(classes, 1, (size_t)industries->n * industries->n);
    while (cursor_next(c)) {
        if (!ids_look(industries, c->cells[0], &row)) continue;         /* an industry without firms    */
        memset(classes + (size_t)row * industries->n, 2, industries->n);
        any = true;
    }
    TRY(finish(a, c, 1, why));
    if (any) return OK;
    *why = MSG(N_("{1} names none of the industries in the file of firms."), d->name);
    return ERR_INVALID;
}

enum err classes_read(struct arena *a, const struct delimited *d, const struct ids *industries, uint8_t **out, Message *why)
{
    *out = NEW_ARRAY(a, uint8_t, (size_t)industries->n * industries->n);
    return (d->columns == 1 ? essential_list : class_matrix)(a, d, industries, *out, why);
}

/* ---- numbers and imports of firms, chosen firms ---------------------------------------------- */

static bool known_firm(struct cursor *c, const struct firms *f, Str cell, uint32_t *firm)
{
    return ids_look(&f->ids, cell, firm) || cursor_refuse(c, N_("{1}, line {2}: “{3}” is not in the file of firms."), cell);
}

static bool once(struct cursor *c, bool *seen, uint32_t firm, Str cell)
{
    if (seen[firm]) return cursor_refuse(c, N_("{1}, line {2}: the firm “{3}” was listed before."), cell);
    return seen[firm] = true;
}

/* Sums of the same numbers in another order differ in their last digits. */
static const double rounding = 1e-9;

static bool within(struct cursor *c, const struct value_limits *l, uint32_t firm, Str cell, double v)
{
    if (l->shares && v > 1) return cursor_refuse(c, N_("{1}, line {2}: “{3}” is more than everything; write a share from 0 to 1."), cell);
    if (!l->least || v >= l->least[firm] * (1 - rounding)) return true;
    return cursor_refuse(c, N_("{1}, line {2}: “{3}” is less than what the firm buys and imports; the shares would be over 100 %."), cell);
}

enum err firm_values_read(struct arena *a, const struct delimited *d, const struct firms *f, struct value_limits limits, double **out, Message *why)
{
    static const struct column columns[] = { { ID_NAMES, COLUMN_NEEDED },
        { "value|psi|capacity|revenue|cost|costs|output|weight|w|gia tri|nang luc|doanh thu|chi phi|trong so", COLUMN_NUMBER } };
    int at[COUNT(columns)];
    size_t n = 0;
    uint32_t firm;
    double v;
    TRY(delimited_columns(a, d, columns, COUNT(columns), at, why));
    struct cursor *c = cursor_of(a, d);
    bool *seen = NEW_ARRAY(a, bool, f->ids.n);
    *out = NEW_ARRAY(a, double, f->ids.n);
    for (uint32_t i = 0; i < f->ids.n; i++) (*out)[i] = limits.absent;
    for (; cursor_next(c); (*out)[firm] = v, n++) {
        Str id = c->cells[at[0]], cell = c->cells[at[1]];
        if (!known_firm(c, f, id, &firm) || !once(c, seen, firm, id) || !cursor_number(c, cell, &v) || !within(c, &limits, firm, cell, v)) break;
    }
    return finish(a, c, n, why);
}

enum err imports_read(struct arena *a, const struct delimited *d, const struct firms *f, struct import_list *out, Message *why)
{
    static const struct column columns[] = { { ID_NAMES, COLUMN_NEEDED }, { "country|origin|quoc gia|nuoc|xuat xu", COLUMN_NEEDED },
                                             { "value|weight|amount|gia tri", COLUMN_NUMBER } };
    int at[COUNT(columns)];
    bool added;
    TRY(delimited_columns(a, d, columns, COUNT(columns), at, why));
    struct cursor *c = cursor_of(a, d);
    *out = (struct import_list){ .countries = ids_make(a, 0), .firm = NEW_ARRAY(a, uint32_t, d->records),
                                 .country = NEW_ARRAY(a, uint32_t, d->records), .value = NEW_ARRAY(a, double, d->records) };
    for (; cursor_next(c); out->n++)
        if (!known_firm(c, f, c->cells[at[0]], &out->firm[out->n]) ||
            !named(c, &out->countries, c->cells[at[1]], &out->country[out->n], &added) ||
            !cursor_number(c, c->cells[at[2]], &out->value[out->n])) break;
    return finish(a, c, out->n, why);
}

enum err chosen_read(struct arena *a, const struct delimited *d, const struct firms *f, uint32_t **out, size_t *n, Message *why)
{
    static const struct column columns[] = { { ID_NAMES "|buyer|customer|ben mua|khach hang", COLUMN_NEEDED } };
    int at[COUNT(columns)];
    TRY(delimited_columns(a, d, columns, COUNT(columns), at, why));
    struct cursor *c = cursor_of(a, d);
    bool *seen = NEW_ARRAY(a, bool, f->ids.n);
    *out = NEW_ARRAY(a, uint32_t, d->records);
    for (*n = 0; cursor_next(c); ++*n)
        if (!known_firm(c, f, c->cells[at[0]], &(*out)[*n]) || !once(c, seen, (*out)[*n], c->cells[at[0]])) break;
    return finish(a, c, *n, why);
}
