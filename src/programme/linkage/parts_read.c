/* parts_read.c - a bill of materials as a sheet: which column is which, and line after line. */
#include "programme/linkage/parts.h"

#include "base/number.h"
#include "base/unicode.h"
#include "format/sheet.h"

#include <math.h>

enum { HEADER_WITHIN = 20 };                /* rows in which the headings must stand              */
static const double MOST = 9e15;            /* of a quantity, a value                             */
static const size_t SCRATCH = (size_t)32 << 20;

enum column { COLUMN_PART, COLUMN_SPECIFICATION, COLUMN_HS, COLUMN_QUANTITY, COLUMN_UNIT, COLUMN_VALUE, COLUMNS };

/* Headings as slugs, without what stands in brackets or behind a stroke. */
static const struct { const char *label, *headings; } columns[] = {
    [COLUMN_PART] = { N_("Part"), "part parts part-name component components item item-name description product linh-kien ten-linh-kien chi-tiet ten-chi-tiet vat-tu "
                                  "ten-vat-tu ten-hang ten-hang-hoa ten-san-pham san-pham ten-goi ten" },
    [COLUMN_SPECIFICATION] = { N_("Specification"), "specification specifications spec specs technical-specification remarks quy-cach thong-so thong-so-ky-thuat "
                                                    "yeu-cau-ky-thuat dac-ta mo-ta" },
    [COLUMN_HS] = { N_("HS code"), "hs hs-code hscode ma-hs ma-so-hs" },
    [COLUMN_QUANTITY] = { N_("Quantity"), "quantity qty quantity-a-year annual-quantity so-luong sl so-luong-nam so-luong-mot-nam" },
    [COLUMN_UNIT] = { N_("Unit"), "unit uom unit-of-measure don-vi don-vi-tinh dvt" },
    [COLUMN_VALUE] = { N_("Value a year"), "value amount total-value value-a-year annual-value gia-tri tri-gia thanh-tien gia-tri-nam gia-tri-mot-nam" },
};

struct reading {
    struct work *w;                         /* its arena is forgotten after each row              */
    int          at[COLUMNS];               /* the sheet's column; 0: none                        */
    double       scale;                     /* of values: "triệu đồng"                            */
    part_each   *each;
    void        *arg;
    Message     *why;
};

/* ---- headings ------------------------------------------------------------------------------------ */

static Str heading_of(struct arena *a, Str text)
{
    size_t n = 0;
    while (n < text.n && !strchr("([/", text.p[n])) n++;
    return text_slug(a, str_sub(text, 0, n));
}

static bool is_heading(enum column c, Str slug)
{
    Str rest = str_of(columns[c].headings), one;
    while (str_next(&rest, ' ', &one))
        if (str_eq(one, slug)) return true;
    return false;
}

static void read_headings(struct reading *rd, const struct sheet_row *row)
{
    struct arena *a = rd->w->a;
    memset(rd->at, 0, sizeof rd->at);
    rd->scale = 1;
    for (size_t i = 0; i < row->n; i++) {
        Str slug = heading_of(a, text_nfc(a, row->cells[i].text));
        for (enum column c = 0; c < COLUMNS; c++) {
            if (rd->at[c] || !is_heading(c, slug)) continue;
            rd->at[c] = row->cells[i].column;
            if (c == COLUMN_VALUE) number_scale(a, row->cells[i].text, &rd->scale);
            break;
        }
    }
}

static enum err find_headings(struct reading *rd, struct sheet_reader *sheet)
{
    for (int i = 0; i < HEADER_WITHIN; i++) {
        const struct sheet_row *row;
        arena_reset(rd->w->a);
        TRY(sheet_next(sheet, &row, rd->why));
        if (!row) break;
        read_headings(rd, row);
        if (rd->at[COLUMN_PART]) return OK;
    }
    *rd->why = MSG(N_("No column with the parts was found in the first {1} rows. Give it the heading “{2}”; “{3}”, HS code, quantity, unit and value a year are understood too."),
                   str_f(rd->w->a, "%d", HEADER_WITHIN), tr(rd->w->lang, columns[COLUMN_PART].label), tr(rd->w->lang, columns[COLUMN_SPECIFICATION].label));
    return ERR_INVALID;
}

/* ---- rows ------------------------------------------------------------------------------------------ */

static const struct cell *cell_of(const struct reading *rd, const struct sheet_row *row, enum column c)
{
    for (size_t i = 0; rd->at[c] && i < row->n; i++)
        if (row->cells[i].column == rd->at[c]) return &row->cells[i];
    return NULL;
}

static Str row_number(struct reading *rd, const struct sheet_row *row) { return str_f(rd->w->a, "%d", row->number); }

static enum err read_text(struct reading *rd, const struct sheet_row *row, enum column c, Str *out)
{
    const struct cell *cell = cell_of(rd, row, c);
    *out = cell ? str_trim(text_nfc(rd->w->a, cell->text)) : (Str){ 0 };
    if (out->n <= PART_TEXT_MOST) return OK;
    *rd->why = MSG(N_("Row {1}: the text under “{2}” is too long; at most {3} bytes are read."), row_number(rd, row), tr(rd->w->lang, columns[c].label),
                   str_f(rd->w->a, "%d", PART_TEXT_MOST));
    return ERR_INVALID;
}

static enum err read_number(struct reading *rd, const struct sheet_row *row, enum column c, double *out)
{
    const struct cell *cell = cell_of(rd, row, c);
    *out = NAN;
    if (!cell || !str_trim(cell->text).n) return OK;
    bool good = cell->type == CELL_NUMBER || number_read(str_trim(cell->text), rd->w->lang == VI ? ',' : '.', out);
    if (cell->type == CELL_NUMBER) *out = cell->number;
    if (c == COLUMN_VALUE) *out *= rd->scale;
    if (good && *out >= 0 && *out <= MOST) return OK;
    *rd->why = MSG(N_("Row {1}: “{2}” under “{3}” is not a number, or not one that can be."), row_number(rd, row), text_nfc(rd->w->a, cell->text), tr(rd->w->lang, columns[c].label));
    return ERR_INVALID;
}

static bool is_total(struct arena *a, Str name)
{
    static const char *const totals[] = { "tong", "tong-cong", "cong", "total", "grand-total", "sum" };
    Str slug = text_slug(a, name);
    for (size_t i = 0; i < COUNT(totals); i++)
        if (str_is(slug, totals[i])) return true;
    return false;
}

static enum err read_row(struct reading *rd, const struct sheet_row *row)
{
    struct part p = { .number = row->number };
    TRY(read_text(rd, row, COLUMN_PART, &p.name));
    if (!p.name.n || is_total(rd->w->a, p.name)) return OK;
    TRY(read_text(rd, row, COLUMN_SPECIFICATION, &p.specification));
    TRY(read_text(rd, row, COLUMN_HS, &p.hs));
    TRY(read_text(rd, row, COLUMN_UNIT, &p.unit));
    TRY(read_number(rd, row, COLUMN_QUANTITY, &p.quantity));
    TRY(read_number(rd, row, COLUMN_VALUE, &p.value));
    return rd->each(rd->arg, rd->w, &p);
}

static enum err read_rows(struct reading *rd, struct sheet_reader *sheet)
{
    TRY(find_headings(rd, sheet));
    for (;;) {
        const struct sheet_row *row;
        arena_reset(rd->w->a);
        TRY(sheet_next(sheet, &row, rd->why));
        if (!row) return OK;
        TRY(read_row(rd, row));
    }
}

/* ---- the sheet --------------------------------------------------------------------------------------- */

static size_t first_shown(const struct sheet_reader *sheet)
{
    size_t n, i = 0;
    const struct sheet_info *list = sheet_list(sheet, &n);
    while (i + 1 < n && list[i].hidden) i++;
    return i;
}

enum err parts_read(struct work *w, Str bytes, part_each *each, void *arg, Message *why)
{
    struct arena scratch = arena_make(SCRATCH, w->a->full);
    struct work inner = *w;
    struct reading rd = { .w = &inner, .each = each, .arg = arg, .why = why };
    struct sheet_reader *sheet = NULL;
    inner.a = &scratch;
    *why = NO_MESSAGE;
    enum err e = sheet_open(w->a, bytes, &sheet, why);
    if (!e) e = sheet_choose(sheet, first_shown(sheet), why);
    if (!e) e = read_rows(&rd, sheet);
    sheet_close(sheet);
    if (why->id) *why = message_dup(w->a, *why);
    arena_free(&scratch);
    return e;
}
