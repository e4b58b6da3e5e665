/*
 * A date in a workbook is a number that is shown as a date: what a cell is, its number format says.  (ECMA-376
 * part 1: 18.8.30 numFmt with the formats every program knows, 18.17.4.1 dates as serial numbers.)
 */
#include "format/xlsx.h"

#include "base/date.h"

#include <math.h>

static struct xlsx_style known(int id)
{
    static const struct { int first, last; struct xlsx_style style; } list[] = {
        { 14, 17, { SHOW_DATE, 0 } }, { 18, 21, { SHOW_TIME, 0 } }, { 22, 22, { SHOW_DATE, 0 } },
        { 27, 31, { SHOW_DATE, 0 } }, { 32, 33, { SHOW_TIME, 0 } }, { 34, 36, { SHOW_DATE, 0 } },
        { 45, 47, { SHOW_TIME, 0 } }, { 50, 58, { SHOW_DATE, 0 } },
    };
    for (size_t i = 0; i < COUNT(list); i++)
        if (id >= list[i].first && id <= list[i].last) return list[i].style;
    return (struct xlsx_style){ 0 };
}

/* Skips what is only shown: "text", \c, _c, *c and [red]; but [h] is a time.  0 at the end. */
static char next_letter(Str *code)
{
    while (code->n) {
        char   c = code->p[0];
        size_t skip = 1, end;
        if (c == '"' || c == '[') {
            Str rest = str_sub(*code, 1, SIZE_MAX);
            skip = str_find(rest, c == '"' ? S("\"") : S("]"), &end) ? end + 2 : code->n;
            if (c == '[' && strchr("hmsHMS", rest.n ? rest.p[0] : '?') && end <= 2) c = 'h';
            else c = 0;
        } else if (c == '\\' || c == '_' || c == '*') {
            skip = 2;
            c = 0;
        }
        *code = str_sub(*code, skip, SIZE_MAX);
        if (c) return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return 0;
}

struct xlsx_style xlsx_style_of(int id, Str code)
{
    bool date = false, time = false, month = false, other = false;
    int  zeros = 0;
    if (!code.n) return known(id);
    if (str_starts(code, S("General"))) return (struct xlsx_style){ 0 };
    for (char c; (c = next_letter(&code)) && c != ';';) {
        date |= c == 'y' || c == 'd';
        time |= c == 'h' || c == 's';
        month |= c == 'm';
        zeros += c == '0';
        other |= c != '0';
    }
    if (date || (month && !time)) return (struct xlsx_style){ SHOW_DATE, 0 };
    if (time) return (struct xlsx_style){ SHOW_TIME, 0 };
    return (struct xlsx_style){ SHOW_NUMBER, other || zeros > 32 ? 0 : zeros };
}

static void put_digits(struct buf *b, int64_t v, int width, char behind)
{
    char *p = buf_room(b, (size_t)width + 1);
    for (int i = width; i-- > 0; v /= 10) p[i] = (char)('0' + v % 10);
    p[width] = behind;
    b->n += (size_t)width + (behind != 0);
}

static void put_clock(struct buf *b, int64_t seconds)
{
    if (seconds >= 100 * 3600) put_i(b, seconds / 3600), put_c(b, ':');
    else put_digits(b, seconds / 3600, 2, ':');
    put_digits(b, seconds / 60 % 60, 2, ':');
    put_digits(b, seconds % 60, 2, 0);
}

bool put_serial_date(struct buf *b, double serial, bool from_1904, double *days)
{
    enum { DAY = 86400, LEAP_THAT_WAS_NOT = 60, SINCE_1900 = 25569, SINCE_1904 = 24107 };
    if (!(serial >= 0 && serial < 2958466)) return false;   /* the last day is 31/12/9999         */
    int64_t seconds = llround(serial * DAY), day = seconds / DAY;
    if (!from_1904 && day == LEAP_THAT_WAS_NOT) return false;   /* Lotus took 1900 for a leap year */
    day += from_1904 ? -SINCE_1904 : day < LEAP_THAT_WAS_NOT ? 1 - SINCE_1900 : -SINCE_1900;
    struct date d = date_from_days(day);
    if (!date_valid(d)) return false;
    put_digits(b, d.year, 4, '-');                  /* date_iso() would take memory for each cell */
    put_digits(b, d.month, 2, '-');
    put_digits(b, d.day, 2, 0);
    if (seconds % DAY) {
        put_c(b, 'T');
        put_clock(b, seconds % DAY);
    }
    *days = (double)day + (double)(seconds % DAY) / DAY;
    return true;
}

void put_serial_time(struct buf *b, double serial)
{
    put_clock(b, llround(serial * 86400));
}

/* ---- xl/styles.xml ---- */

struct formats { struct { int id; Str code; } *p; size_t n, cap; };

static enum err number_of(struct xlsx *x, Str name, int *out)
{
    Str     value;
    int64_t i = 0;
    TRY(xml_attribute(x->reader.a, &x->side, name, &value));
    if (value.n && !str_to_i64(value, &i)) return xml_damaged(&x->side);
    *out = i < 0 || i > XLSX_STYLES ? 0 : (int)i;
    return OK;
}

static enum err add_style(struct xlsx *x, const struct formats *formats)
{
    int id;
    Str code = S("");
    TRY(number_of(x, S("numFmtId"), &id));
    for (size_t i = 0; i < formats->n; i++)
        if (formats->p[i].id == id) code = formats->p[i].code;
    *GROW(x->reader.a, x->styles) = xlsx_style_of(id, code);
    return OK;
}

static enum err add_format(struct xlsx *x, struct formats *formats)
{
    __typeof__(formats->p) f = GROW(x->reader.a, *formats);
    TRY(number_of(x, S("numFmtId"), &f->id));
    return xml_attribute(x->reader.a, &x->side, S("formatCode"), &f->code);
}

static enum err read_styles(struct xlsx *x)
{
    struct formats formats = { 0 };
    enum xml_token token;
    bool           of_cells = false;                /* in <cellXfs>, not <cellStyleXfs>          */
    for (;;) {
        TRY(xml_next(&x->side, &token));
        if (token == XML_END) return OK;
        if (xml_is(&x->side, S("cellXfs"))) of_cells = token == XML_OPEN;
        if (token != XML_OPEN) continue;
        if (formats.n + x->styles.n > XLSX_STYLES) return xml_damaged(&x->side);
        if (xml_is(&x->side, S("numFmt"))) TRY(add_format(x, &formats));
        else if (of_cells && xml_is(&x->side, S("xf"))) TRY(add_style(x, &formats));
    }
}

enum err xlsx_read_styles(struct xlsx *x, Message *why)
{
    struct part *part;
    if (!x->styles_part.n) return OK;
    TRY(xlsx_part(x, &x->side, x->styles_part, XLSX_SMALL_MAX, &part, why));
    enum err e = read_styles(x);
    part_close(part);
    return e;
}
