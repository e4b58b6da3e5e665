#include "format/xlsx_write.h"

#include "base/date.h"
#include "base/unicode.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

struct xlsx_writer {
    struct arena  *a;
    lxw_workbook  *book;
    lxw_worksheet *sheet;                           /* the one being written                     */
    lxw_row_t      row, header_row;
    lxw_col_t      columns;
    bool           filter, form;
    int            memory;                          /* a file that is only memory; -1: a real one */
    struct buf     scratch;
    lxw_format    *header, *typed, *text[XLSX_FILLS], *date[XLSX_FILLS], *amount[XLSX_FILLS];
    lxw_format    *in_form[2][2];                   /* of a form: [strong][an amount]            */
    lxw_format    *lines[XLSX_RIGHT + 1];
    struct { const struct xlsx_column **p; size_t n, cap; } lists;      /* of drop-downs, for the sheet that holds them */
};

enum { HEADER_FILL = 0xE7EEF7, NARROW = 10, WIDE = 60, LINKS = 65530, LINK_LENGTH = 2079 };
static const lxw_color_t fills[XLSX_FILLS] = { [XLSX_BAD] = 0xF8D7DA, [XLSX_WARN] = 0xFFF3CD, [XLSX_GOOD] = 0xD1E7DD };

static lxw_format *new_format(struct xlsx_writer *w, lxw_color_t fill, const char *number)
{
    lxw_format *f = workbook_add_format(w->book);
    if (fill) format_set_bg_color(f, fill);
    if (number) format_set_num_format(f, number);
    return f;
}

#define GROUPED "#,##0"

static void add_form_formats(struct xlsx_writer *w)
{
    static const uint8_t aligned[] = { LXW_ALIGN_LEFT, LXW_ALIGN_CENTER, LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT };
    for (int strong = 0; strong < 2; strong++)
        for (int amount = 0; amount < 2; amount++) {
            lxw_format *f = w->in_form[strong][amount] = new_format(w, 0, amount ? GROUPED : NULL);
            format_set_border(f, LXW_BORDER_THIN);
            format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
            if (!amount) format_set_text_wrap(f);
            if (strong) format_set_bold(f);
        }
    for (enum xlsx_place i = XLSX_LEFT; i <= XLSX_RIGHT; i++) {
        w->lines[i] = new_format(w, 0, NULL);
        format_set_align(w->lines[i], aligned[i]);
        if (i == XLSX_TITLE) format_set_bold(w->lines[i]), format_set_font_size(w->lines[i], 14);
    }
}

static void add_formats(struct xlsx_writer *w)
{
    for (int i = 0; i < XLSX_FILLS; i++) {
        w->text[i] = new_format(w, fills[i], NULL);
        w->date[i] = new_format(w, fills[i], "dd/mm/yyyy");
        w->amount[i] = new_format(w, fills[i], GROUPED);
    }
    add_form_formats(w);
    w->typed = new_format(w, 0, "@");
    w->header = new_format(w, HEADER_FILL, NULL);
    format_set_bold(w->header);
    format_set_text_wrap(w->header);
    format_set_align(w->header, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(w->header, LXW_BORDER_THIN);
}

/* libxlsxwriter makes the file only when it closes it: whether it can is tried at once. */
static bool can_be_made(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return fd >= 0 && !close(fd) && !unlink(path);
}

enum err xlsx_write_open(struct arena *a, const char *path, struct xlsx_writer **out)
{
    struct xlsx_writer  *w = NEW(a, struct xlsx_writer);
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    *w = (struct xlsx_writer){ .a = a, .scratch = buf_make(a), .memory = -1 };
    if (!path) {
        w->memory = memfd_create("workbook", MFD_CLOEXEC);
        if (w->memory < 0) return ERR_BROKEN;
        path = str_z(a, str_f(a, "/proc/self/fd/%d", w->memory));
    } else if (!can_be_made(path)) {
        return ERR_BROKEN;
    }
    w->book = workbook_new_opt(path, &options);
    if (!w->book) {
        if (w->memory >= 0) close(w->memory);
        return ERR_BROKEN;
    }
    /* The day alone, so that the same sheets made twice are the same bytes. */
    lxw_doc_properties made = { .created = (time_t)date_days(date_today()) * 86400 };
    workbook_set_properties(w->book, &made);
    add_formats(w);
    *out = w;
    return OK;
}

static bool looks_escaped(Str s)                    /* _x0007_ would be read as a character      */
{
    return s.n >= 7 && s.p[1] == 'x' && s.p[6] == '_' && strspn(s.p + 2, "0123456789ABCDEFabcdef") >= 4;
}

/* The text with a NUL behind, and an underscore escaped where it could be taken for an escape. */
static const char *terminated(struct xlsx_writer *w, Str s)
{
    w->scratch.n = 0;
    for (Str part; s.n;) {
        size_t at;
        part = str_find(s, S("_x"), &at) ? str_sub(s, 0, at) : s;
        put(&w->scratch, part);
        s = str_sub(s, part.n, SIZE_MAX);
        if (!s.n) break;
        put(&w->scratch, looks_escaped(s) ? S("_x005F_x") : S("_x"));
        s = str_sub(s, 2, SIZE_MAX);
    }
    put_c(&w->scratch, 0);
    return w->scratch.p;
}

/* What Excel takes for a name. */
static const char *sheet_name(struct arena *a, Str name)
{
    struct buf b = buf_make(a);
    size_t     letters = 0;
    for (size_t i = 0; i < name.n; i++) {
        bool letter = (name.p[i] & 0xC0) != 0x80;
        if (letter && ++letters > LXW_SHEETNAME_MAX) break;
        put_c(&b, memchr("[]:*?/\\'", name.p[i], 9) ? ' ' : name.p[i]);
    }
    Str s = str_trim(buf_str(&b));
    return str_z(a, s.n ? s : S("Sheet"));
}

/* A filter on the header can be set when it is known how many rows there are. */
static void end_sheet(struct xlsx_writer *w)
{
    if (w->sheet && w->filter && w->columns) worksheet_autofilter(w->sheet, w->header_row, 0, w->row - 1, (lxw_col_t)(w->columns - 1));
}

static enum err result_of(lxw_error e)
{
    switch ((int)e) {
    case LXW_NO_ERROR: return OK;
    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED:
    case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE: return ERR_TOO_BIG;
    default: return ERR_BROKEN;
    }
}

static enum err write_comment(struct xlsx_writer *w, lxw_col_t column, Str comment)
{
    lxw_comment_options options = { .width = 320, .height = 120 };
    if (!comment.n) return OK;
    return result_of(worksheet_write_comment_opt(w->sheet, w->row, column, terminated(w, comment), &options));
}

static double width_of(const struct xlsx_column *c)
{
    double letters = (double)utf8_count(c->title) + 2;
    return c->width > 0 ? c->width : letters < NARROW ? NARROW : letters > WIDE ? WIDE : letters;
}

/* ---- what may be typed ------------------------------------------------------------------------ */

#define LISTS_SHEET "_lists"

static const uint8_t validations[] = {
    [XLSX_ONE_OF] = LXW_VALIDATION_TYPE_LIST_FORMULA, [XLSX_REAL] = LXW_VALIDATION_TYPE_DECIMAL, [XLSX_WHOLE] = LXW_VALIDATION_TYPE_INTEGER,
    [XLSX_DAY] = LXW_VALIDATION_TYPE_DATE, [XLSX_LETTERS] = LXW_VALIDATION_TYPE_LENGTH,
};

/* The drop-down's list stands in a hidden sheet: in the rule itself it could have no more than 255 characters. */
static char *list_formula(struct xlsx_writer *w, const struct xlsx_column *c)
{
    char column[LXW_MAX_COL_NAME_LENGTH];
    *GROW(w->a, w->lists) = c;
    lxw_col_to_name(column, (lxw_col_t)(w->lists.n - 1), 0);
    return str_z(w->a, str_f(w->a, "='" LISTS_SHEET "'!$%s$1:$%s$%zu", column, column, c->choices_n));
}

static enum err write_rule(struct xlsx_writer *w, lxw_col_t column, const struct xlsx_column *c)
{
    bool bounded = c->most > c->least;
    if (c->rule == XLSX_ANYTHING || (c->rule == XLSX_ONE_OF && !c->choices_n) || (c->rule == XLSX_LETTERS && !bounded)) return OK;
    lxw_data_validation v = { .validate = validations[c->rule], .error_message = c->refused.n ? str_z(w->a, c->refused) : NULL };
    if (c->rule == XLSX_ONE_OF) v.value_formula = list_formula(w, c);
    else if (c->rule == XLSX_LETTERS) v.criteria = LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO, v.value_number = c->most;
    else if (c->rule == XLSX_DAY) {
        v.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        v.value_datetime = (lxw_datetime){ .year = 1900, .month = 1, .day = 1 };
    } else {
        v.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        v.minimum_number = bounded ? c->least : -9e15;
        v.maximum_number = bounded ? c->most : 9e15;
    }
    return result_of(worksheet_data_validation_range(w->sheet, w->header_row + 1, column, LXW_ROW_MAX - 1, column, &v));
}

/* A column for each list, in one hidden sheet. */
static enum err write_lists(struct xlsx_writer *w)
{
    size_t rows = 0;
    if (!w->lists.n) return OK;
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, LISTS_SHEET);
    if (!sheet) return ERR_BROKEN;
    for (size_t i = 0; i < w->lists.n; i++) if (w->lists.p[i]->choices_n > rows) rows = w->lists.p[i]->choices_n;
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < w->lists.n; i++) {
            const struct xlsx_column *c = w->lists.p[i];
            if (r < c->choices_n)
                TRY(result_of(worksheet_write_string(sheet, (lxw_row_t)r, (lxw_col_t)i, terminated(w, c->choices[r]), NULL)));
        }
    worksheet_hide(sheet);
    return OK;
}

/* ---- sheets ------------------------------------------------------------------------------------ */

static lxw_format *format_of(const struct xlsx_writer *w, const struct xlsx_column *c)
{
    return c->as_text ? w->typed : c->rule == XLSX_DAY ? w->date[XLSX_PLAIN] : NULL;
}

enum err xlsx_write_line(struct xlsx_writer *w, const struct xlsx_line *line)
{
    lxw_format *format = w->lines[line->place];
    lxw_col_t last = w->columns ? (lxw_col_t)(w->columns - 1) : 0;
    if (w->row == LXW_ROW_MAX) return ERR_TOO_BIG;
    lxw_row_t row = w->row++;
    if (!last) return result_of(worksheet_write_string(w->sheet, row, 0, terminated(w, line->text), format));
    return result_of(worksheet_merge_range(w->sheet, row, 0, row, last, terminated(w, line->text), format));
}

enum err xlsx_write_sheet(struct xlsx_writer *w, const struct xlsx_sheet *sheet)
{
    end_sheet(w);
    MUST(sheet->n <= LXW_COL_MAX);
    w->sheet = workbook_add_worksheet(w->book, sheet_name(w->a, sheet->name));
    if (!w->sheet) return ERR_BROKEN;
    w->row = 0;
    w->columns = (lxw_col_t)sheet->n;
    w->filter = sheet->filter;
    w->form = sheet->form;
    w->header_row = (lxw_row_t)sheet->above_n;
    for (lxw_col_t i = 0; i < w->columns; i++)
        TRY(result_of(worksheet_set_column(w->sheet, i, i, width_of(&sheet->columns[i]), format_of(w, &sheet->columns[i]))));
    for (size_t i = 0; i < sheet->above_n; i++) TRY(xlsx_write_line(w, &sheet->above[i]));
    for (lxw_col_t i = 0; i < w->columns; i++) {
        const struct xlsx_column *c = &sheet->columns[i];
        TRY(write_rule(w, i, c));
        TRY(result_of(worksheet_write_string(w->sheet, w->row, i, terminated(w, c->title), w->header)));
        TRY(write_comment(w, i, c->comment));
    }
    w->row++;
    worksheet_freeze_panes(w->sheet, w->row, 0);
    return OK;
}

static lxw_error write_text(struct xlsx_writer *w, lxw_col_t column, const struct xlsx_cell *c, lxw_format *format)
{
    if (!c->text.n) return worksheet_write_blank(w->sheet, w->row, column, format);
    return worksheet_write_string(w->sheet, w->row, column, terminated(w, c->text), format);
}

static lxw_error write_date(struct xlsx_writer *w, lxw_col_t column, const struct xlsx_cell *c, lxw_format *plain)
{
    struct date d;
    if (!date_from_iso(c->text, &d) || d.year < 1900) return write_text(w, column, c, plain);
    lxw_datetime t = { .year = d.year, .month = d.month, .day = d.day };
    return worksheet_write_datetime(w->sheet, w->row, column, &t, w->date[c->fill]);
}

/* An address is a link as long as Excel allows it, else the text it is. */
static lxw_error write_link(struct xlsx_writer *w, lxw_col_t column, const struct xlsx_cell *c, lxw_format *plain)
{
    bool      web = str_starts(c->text, S("https://")) || str_starts(c->text, S("http://"));
    lxw_error e = LXW_ERROR_WORKSHEET_MAX_URL_LENGTH_EXCEEDED;
    if (web && c->text.n <= LINK_LENGTH && w->row < LINKS)
        e = worksheet_write_url(w->sheet, w->row, column, terminated(w, c->text), NULL);
    return e ? write_text(w, column, c, plain) : e;
}

static lxw_format *cell_format(const struct xlsx_writer *w, const struct xlsx_cell *c)
{
    bool amount = c->type == XLSX_AMOUNT;
    if (c->fill == XLSX_PLAIN && w->form) return w->in_form[c->strong][amount];
    if (amount) return w->amount[c->fill];
    return c->fill == XLSX_PLAIN ? NULL : w->text[c->fill];
}

static lxw_error write_cell(struct xlsx_writer *w, lxw_col_t column, const struct xlsx_cell *c)
{
    lxw_format *format = cell_format(w, c);
    switch (c->type) {
    case XLSX_EMPTY: return worksheet_write_blank(w->sheet, w->row, column, format);
    case XLSX_TEXT: return write_text(w, column, c, format);
    case XLSX_DATE: return write_date(w, column, c, format);
    case XLSX_LINK: return write_link(w, column, c, format);
    case XLSX_NUMBER:
    case XLSX_AMOUNT:
        MUST(isfinite(c->number));
        return worksheet_write_number(w->sheet, w->row, column, c->number, format);
    }
    return LXW_NO_ERROR;
}

enum err xlsx_write_row(struct xlsx_writer *w, const struct xlsx_cell *cells, size_t n)
{
    lxw_col_t columns = (lxw_col_t)n;
    MUST(w->sheet && n <= LXW_COL_MAX);
    if (w->row == LXW_ROW_MAX) return ERR_TOO_BIG;
    for (lxw_col_t i = 0; i < columns; i++) {
        TRY(result_of(write_cell(w, i, &cells[i])));
        TRY(write_comment(w, i, cells[i].comment));
    }
    w->row++;
    return OK;
}

static enum err read_back(struct xlsx_writer *w, Str *bytes)
{
    off_t size = lseek(w->memory, 0, SEEK_END);
    if (size < 0) return ERR_BROKEN;
    char *p = NEW_ARRAY(w->a, char, (size_t)size);
    for (off_t at = 0; at < size;) {
        ssize_t n = pread(w->memory, p + at, (size_t)(size - at), at);
        if (n <= 0 && errno != EINTR) return ERR_BROKEN;
        if (n > 0) at += n;
    }
    *bytes = (Str){ p, (size_t)size };
    return OK;
}

enum err xlsx_write_close(struct xlsx_writer *w, Str *bytes)
{
    end_sheet(w);
    enum err listed = write_lists(w), e = workbook_close(w->book) ? ERR_BROKEN : listed;
    if (w->memory < 0) return e;
    if (!e) e = read_back(w, bytes);
    close(w->memory);
    return e;
}

void xlsx_write_drop(struct xlsx_writer *w)
{
    lxw_workbook_free(w->book);
    if (w->memory >= 0) close(w->memory);
}
