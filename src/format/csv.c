#include "format/csv.h"

struct csv_writer csv_write_to(struct buf *out)
{
    put(out, S(CSV_BOM));
    return (struct csv_writer){ .out = out };
}

/* -12.5 or -12,5: what a spreadsheet program reads as a number and nothing else. */
static bool plain_number(Str s)
{
    size_t digits = 0, points = 0;
    for (size_t i = s.n && s.p[0] == '-'; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9') digits++;
        else if ((s.p[i] == '.' || s.p[i] == ',') && digits && i + 1 < s.n) points++;
        else return false;
    }
    return digits && points <= 1;
}

bool csv_risky(Str text)
{
    while (text.n && text.p[0] == '\'') text = str_sub(text, 1, SIZE_MAX);
    return text.n && memchr("=+-@\t\r\n", text.p[0], 7) && !plain_number(text);
}

Str csv_unguarded(Str cell)
{
    Str rest = str_sub(cell, 1, SIZE_MAX);
    return cell.n && cell.p[0] == '\'' && csv_risky(rest) ? rest : cell;
}

/* The other separators too: a program may take one of them for the separator. */
static bool needs_quotes(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr("\",;\t|\r\n", s.p[i])) return true;
    return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static void put_cell(struct buf *b, Str guard, Str cell)
{
    Str  part;
    bool quotes = needs_quotes(cell);
    if (quotes) put_c(b, '"');
    put(b, guard);
    if (!quotes) put(b, cell);
    else while (str_next(&cell, '"', &part)) {
        put(b, part);
        if (cell.p) put(b, S("\"\""));
    }
    if (quotes) put_c(b, '"');
}

void put_csv(struct buf *b, Str cell) { put_cell(b, S(""), cell); }

void csv_write(struct csv_writer *w, Str cell)
{
    if (w->comma) put_c(w->out, ',');
    w->comma = true;
    put_cell(w->out, csv_risky(cell) ? S("'") : S(""), cell);
}

void csv_write_end(struct csv_writer *w)
{
    put(w->out, S("\r\n"));
    w->comma = false;
}
