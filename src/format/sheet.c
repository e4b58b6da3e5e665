#include "format/sheet.h"

#include "format/csv.h"
#include "format/sheet_driver.h"

/* What a file begins with that is no table of ours, and what to tell the one who sent it. */
static const struct { Str magic; const char *sentence; } others[] = {
    { S_("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
      N_("This is an old .xls workbook, or one protected by a password. Open it in a spreadsheet program, take the "
         "password off, save it as .xlsx and send that.") },
    { S_("%PDF"), N_("This is a PDF file, not a table. Send the .xlsx or .csv it was made from.") },
    { S_("{\\rtf"), N_("This is a text document, not a table. Send a .xlsx or .csv file.") },
    { S_("\x89PNG"), N_("This is a picture, not a table. Send a .xlsx or .csv file.") },
    { S_("\xFF\xD8\xFF"), N_("This is a picture, not a table. Send a .xlsx or .csv file.") },
    { S_("Rar!"), N_("This is an archive, not a table. Unpack it and send the .xlsx or .csv file in it.") },
    { S_("7z\xBC\xAF\x27\x1C"), N_("This is an archive, not a table. Unpack it and send the .xlsx or .csv file in it.") },
    { S_("<"), N_("This is a web page or XML saved under another name. Open it in a spreadsheet program, save it as "
                  ".xlsx and send that.") },
};

static bool is_blank(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(" \t\r\n", s.p[i]) || !s.p[i]) return false;
    return true;
}

enum err sheet_open(struct arena *a, Str bytes, struct sheet_reader **out, Message *why)
{
    Str start = str_trim(str_sub(bytes, 0, 256));
    if (str_starts(start, S(CSV_BOM))) start = str_trim(str_sub(start, 3, 256));
    for (size_t i = 0; i < COUNT(others); i++)
        if (str_starts(start, others[i].magic)) {
            *why = MSG(others[i].sentence);
            return ERR_INVALID;
        }
    if (bytes.n < 256 && is_blank(bytes)) {
        *why = MSG(N_("The file is empty."));
        return ERR_INVALID;
    }
    return str_starts(bytes, S("PK\x03\x04")) || str_starts(bytes, S("PK\x05\x06")) ? xlsx_open(a, bytes, out, why)
                                                                               : csv_open(a, bytes, out, why);
}

void sheet_close(struct sheet_reader *r)
{
    if (r) r->driver->close(r);
}

const struct sheet_info *sheet_list(const struct sheet_reader *r, size_t *n)
{
    *n = r->list.n;
    return r->list.p;
}

enum err sheet_choose(struct sheet_reader *r, size_t index, Message *why)
{
    if (index >= r->list.n) {
        *why = MSG(N_("There is no sheet {2}; the last one is sheet {1}."), str_f(r->a, "%zu", r->list.n),
                   str_f(r->a, "%zu", index + 1));
        return ERR_MISSING;
    }
    r->row = (struct sheet_row){ 0 };
    r->done = false;
    r->chosen = index;
    return r->driver->choose(r, index, why);
}

enum err sheet_next(struct sheet_reader *r, const struct sheet_row **row, Message *why)
{
    do TRY(r->driver->next(r, why)); while (!r->done && !r->cells.n);
    r->row.cells = r->cells.p;
    r->row.n = r->cells.n;
    *row = r->done ? NULL : &r->row;
    return OK;
}

void row_begin(struct sheet_reader *r, int number)
{
    r->row.number = number;
    r->cells.n = r->text.n = 0;
}

enum err row_too_long(const struct sheet_reader *r, Message *why)
{
    *why = MSG(N_("Row {1}: a cell is longer than {2} KB, or the whole row longer than {3} MB. Is a quotation mark "
                  "missing?"), str_f(r->a, "%d", r->row.number), str_f(r->a, "%d", SHEET_CELL >> 10),
               str_f(r->a, "%d", SHEET_ROW >> 20));
    return ERR_TOO_BIG;
}

enum err row_add(struct sheet_reader *r, int column, enum cell_type type, double number, Str text, Message *why)
{
    if (text.n > SHEET_CELL || r->text.n > SHEET_ROW) return row_too_long(r, why);
    if (text.n) *GROW(r->a, r->cells) = (struct cell){ text, number, column, type };
    return OK;
}

enum err row_too_many(Message *why)
{
    *why = MSG(N_("The file has more than 1,048,576 rows or 16,384 columns. Split it into several files."));
    return ERR_TOO_BIG;
}
