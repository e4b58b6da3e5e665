/* The rows of a sheet.  A hundred thousand of them pass through here at a time: no allocation for a cell. */
#include "format/xlsx.h"

#include "base/date.h"

enum err xlsx_choose(struct sheet_reader *r, size_t index, Message *why)
{
    struct xlsx *x = (struct xlsx *)r;
    part_close(x->part);
    x->part = NULL;
    x->last_row = 0;
    TRY(xlsx_read_strings(x, why));
    return xlsx_part(x, &x->xml, x->sheet_part[index], XLSX_PART_MAX, &x->part, why);
}

/* "AB12" gives 28 and 12; either may be missing and stays as it is. */
static bool read_place(Str s, int *column, int *row)
{
    size_t at = 0;
    int    c = 0, n = 0;
    for (; at < s.n && s.p[at] >= 'A' && s.p[at] <= 'Z' && c <= SHEET_COLUMNS; at++) c = c * 26 + s.p[at] - 'A' + 1;
    if (at) *column = c;
    size_t digits = at;
    for (; at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && n <= SHEET_ROWS; at++) n = n * 10 + s.p[at] - '0';
    if (at > digits) *row = n;
    return s.n && (at == s.n || c > SHEET_COLUMNS || n > SHEET_ROWS);
}

/*
 * The decimal number of a cell.  Up to 15 digits and ten to the 22nd are exact doubles, and so is one operation on them;
 * what has more is left to the C library.
 */
static bool read_number(Str s, double *out)
{
    static const double power[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    bool    negative = s.n && s.p[0] == '-', point = false;
    int64_t v = 0;
    size_t  digits = 0, decimals = 0;
    for (size_t i = negative; i < s.n; i++) {
        if (s.p[i] == '.' && !point) point = true;
        else if (s.p[i] >= '0' && s.p[i] <= '9' && digits < 15) {
            v = v * 10 + s.p[i] - '0';
            digits++;
            decimals += point;
        } else {
            return str_to_f64(s, out);
        }
    }
    *out = (negative ? -(double)v : (double)v) / power[decimals];
    return digits;
}

struct raw_cell {                                   /* a cell as its tag has it                  */
    int    column;
    char   type;                                    /* the first letters of t: n s b e d; i: inline, t: text */
    size_t style;
};

static bool read_index(Str s, size_t *out)
{
    size_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || v > XLSX_STRINGS) return false;
        v = v * 10 + (size_t)(s.p[i] - '0');
    }
    *out = v;
    return s.n;
}

static char cell_letter(Str type)
{
    if (str_eq(type, S("str"))) return 't';
    return type.n ? type.p[0] : 'n';
}

static enum err read_tag(const struct xml *xml, struct raw_cell *c)
{
    Str rest = xml->attributes, name, value;
    int row;                                        /* its row says that                         */
    while (xml_attribute_next(&rest, &name, &value)) {
        if (name.n != 1) continue;
        if (name.p[0] == 't') c->type = cell_letter(value);
        else if (name.p[0] == 's' && !read_index(value, &c->style)) return xml_damaged(xml);
        else if (name.p[0] == 'r' && !read_place(value, &c->column, &row)) return xml_damaged(xml);
    }
    return OK;
}

static bool only_digits(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

/* A number is what its style makes of it.  Its text begins at `from`. */
static enum cell_type number_type(struct xlsx *x, size_t style, size_t from, double *number)
{
    struct xlsx_style s = style < x->styles.n ? x->styles.p[style] : (struct xlsx_style){ 0 };
    struct buf       *b = &x->reader.text;
    size_t            n = b->n - from, zeros = (size_t)s.zeros;
    if (s.as == SHOW_DATE && put_serial_date(b, *number, x->from_1904, number)) {
        b->n -= n;
        memmove(b->p + from, b->p + from + n, b->n - from);
        return CELL_DATE;
    }
    if (s.as == SHOW_TIME && *number >= 0 && *number < 1e6) {
        b->n = from;
        put_serial_time(b, *number);
        return CELL_TEXT;
    }
    if (n < zeros && only_digits(str_sub(buf_str(b), from, n))) {
        buf_room(b, zeros - n);
        memmove(b->p + from + zeros - n, b->p + from, n);
        memset(b->p + from, '0', zeros - n);
        b->n = from + zeros;
    }
    return CELL_NUMBER;
}

/* 2025-07-01T08:30:00, which few programs write: a date if it begins with one. */
static enum cell_type iso_type(Str text, double *days)
{
    struct date d;
    if (!date_from_iso(str_sub(text, 0, 10), &d)) return CELL_TEXT;
    *days = (double)date_days(d);
    return CELL_DATE;
}

static enum err shared_text(struct xlsx *x, Str index, Str *text)
{
    size_t i;
    if (!read_index(index, &i) || i >= x->strings.n) return xml_damaged(&x->xml);
    *text = x->strings.p[i];
    return OK;
}

/* Makes a cell of what stands in its tag and, from `from` on, in its text. */
static enum err finish_cell(struct xlsx *x, const struct raw_cell *c, size_t from, Message *why)
{
    struct buf    *b = &x->reader.text;
    Str            text = str_sub(buf_str(b), from, SIZE_MAX);
    enum cell_type type = CELL_TEXT;
    double         number = 0;
    switch (c->type) {
    case 's': TRY(shared_text(x, text, &text)); break;
    case 'b':
        type = CELL_BOOL;
        number = str_eq(text, S("1")) || str_eq(text, S("true"));
        text = number != 0 ? S("TRUE") : S("FALSE");
        break;
    case 'e': type = CELL_ERROR; break;
    case 'd': type = iso_type(text, &number); break;
    case 'n':
        if (!read_number(text, &number)) return xml_damaged(&x->xml);
        type = number_type(x, c->style, from, &number);
        text = str_sub(buf_str(b), from, SIZE_MAX);
        break;
    default:                                        /* formula text, inline text                 */
        xlsx_unescape(b, from);
        text = str_sub(buf_str(b), from, SIZE_MAX);
        break;
    }
    return row_add(&x->reader, c->column, type, number, text, why);
}

static enum err read_row(struct xlsx *x, Message *why)
{
    enum xml_token token;
    int            column = 0;
    for (;;) {
        TRY(xml_next(&x->xml, &token));
        if (token == XML_END) return xml_damaged(&x->xml);
        if (token == XML_CLOSE && xml_is(&x->xml, S("row"))) return OK;
        if (token != XML_OPEN || !xml_is(&x->xml, S("c"))) continue;
        struct raw_cell c = { .column = column + 1, .type = 'n' };
        size_t          from = x->reader.text.n;
        TRY(read_tag(&x->xml, &c));
        if (c.column > SHEET_COLUMNS) return row_too_many(why);
        if (c.column <= column) return xml_damaged(&x->xml);
        column = c.column;
        TRY(xlsx_text(&x->xml, S("c"), &x->reader.text));
        if (x->reader.text.n > from) TRY(finish_cell(x, &c, from, why));
    }
}

enum err xlsx_next(struct sheet_reader *r, Message *why)
{
    struct xlsx   *x = (struct xlsx *)r;
    enum xml_token token;
    int            column, number = x->last_row + 1;
    x->xml.why = why;
    row_begin(r, number);
    for (;;) {
        TRY(xml_next(&x->xml, &token));
        if (token == XML_END || (token == XML_CLOSE && xml_is(&x->xml, S("sheetData")))) {
            r->done = true;
            return OK;
        }
        if (token == XML_OPEN && xml_is(&x->xml, S("row"))) break;
    }
    Str rest = x->xml.attributes, name, value;
    while (xml_attribute_next(&rest, &name, &value))
        if (str_eq(name, S("r")) && !read_place(value, &column, &number)) return xml_damaged(&x->xml);
    if (number > SHEET_ROWS) return row_too_many(why);
    if (number <= x->last_row) return xml_damaged(&x->xml);
    r->row.number = x->last_row = number;
    return read_row(x, why);
}
