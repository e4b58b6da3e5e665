#include "format/network/delimited.h"

#include "base/parallel.h"
#include "base/unicode.h"

#include <stdatomic.h>
#include <stdio.h>

/* ---- what is wrong, and where ---------------------------------------------------------------- */

static size_t lines_before(Str text, size_t at)
{
    size_t n = 0;
    for (const char *p = text.p, *end = text.p + at; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++) n++;
    return n;
}

enum err delimited_refuse(struct arena *a, const struct delimited *d, struct trouble t, Message *why)
{
    size_t line = lines_before(d->text, (size_t)(t.at - d->text.p)) + 1;
    *why = message_dup(a, message_brief(a, MSG(t.id, d->name, str_f(a, "%zu", line), t.what)));
    return ERR_INVALID;
}

/* ---- looking through all bytes once ---------------------------------------------------------- */

#define ONES 0x0101010101010101u
enum { LANES = 16, ROUNDS = 255, BLOCK = LANES * ROUNDS };     /* a lane counts to 255             */
typedef uint8_t Lanes __attribute__((vector_size(LANES)));

struct census { size_t line_ends, quotes; bool zero, beyond_ascii; };

static size_t sum(Lanes v)
{
    size_t n = 0;
    for (int i = 0; i < LANES; i++) n += v[i];
    return n;
}

static void count_block(const char *p, size_t rounds, struct census *c)
{
    const Lanes none = { 0 };
    Lanes v, line_ends = none, quotes = none, zeros = none, all = none;
    for (; rounds--; p += LANES) {
        memcpy(&v, p, sizeof v);
        line_ends -= (Lanes)(v == '\n');                        /* true is -1                    */
        quotes -= (Lanes)(v == '"');
        zeros |= (Lanes)(v == 0);
        all |= v;
    }
    c->line_ends += sum(line_ends);
    c->quotes += sum(quotes);
    c->zero |= sum(zeros) > 0;
    c->beyond_ascii |= sum(all & 0x80) > 0;
}

static void count_rest(const char *p, const char *end, struct census *c)
{
    for (; p < end; p++) {
        c->line_ends += *p == '\n';
        c->quotes += *p == '"';
        c->zero |= !*p;
        c->beyond_ascii |= (*p & 0x80) != 0;
    }
}

struct survey {
    const struct delimited *d;
    struct census           census[DELIMITED_PARTS];
    bool                    broken[DELIMITED_PARTS];            /* not UTF-8                     */
    atomic_size_t           bad;                                /* the first part known to be wrong */
};

static void note_bad(struct survey *s, size_t part)
{
    size_t first = atomic_load(&s->bad);
    while (part < first && !atomic_compare_exchange_weak(&s->bad, &first, part)) {}
}

/* Behind a part that is wrong nothing needs to be looked at: a file cut off may go on with gigabytes of zeros. */
static void survey_part(void *with, size_t i, UNUSED int thread)
{
    struct survey *s = with;
    struct census *c = &s->census[i];
    Str text = str_sub(s->d->text, s->d->part[i].from, s->d->part[i].to - s->d->part[i].from);
    const char *p = text.p, *end = text.p + text.n;
    for (; end - p >= LANES && !c->zero && atomic_load_explicit(&s->bad, memory_order_relaxed) >= i;) {
        size_t rounds = (size_t)(end - p) / LANES < ROUNDS ? (size_t)(end - p) / LANES : ROUNDS;
        count_block(p, rounds, c);
        p += rounds * LANES;
    }
    if (end - p < LANES) count_rest(p, end, c);
    if (!c->zero && c->beyond_ascii) s->broken[i] = !utf8_valid(text);
    if (c->zero || s->broken[i]) note_bad(s, i);
}

/* Parts of about the same length that end with a line. */
static void cut(struct delimited *d, size_t from, size_t wanted)
{
    size_t each = (d->text.n - from) / wanted + 1;
    d->parts = 0;
    while (from < d->text.n && d->parts < wanted) {
        size_t to = d->text.n - from > each && d->parts + 1 < wanted ? from + each : d->text.n;
        const char *end = memchr(d->text.p + to - 1, '\n', d->text.n - to + 1);
        to = end ? (size_t)(end - d->text.p) + 1 : d->text.n;
        d->part[d->parts++] = (struct part){ .from = from, .to = to };
        from = to;
    }
}

static const char *broken_line(Str text)
{
    Str line;
    while (str_next(&text, '\n', &line) && utf8_valid(line)) {}
    return line.p;
}

static enum err refuse_bytes(struct arena *a, const struct delimited *d, const struct survey *s, size_t i, Message *why)
{
    Str text = str_sub(d->text, d->part[i].from, d->part[i].to - d->part[i].from);
    if (s->census[i].zero)
        return delimited_refuse(a, d, (struct trouble){ memchr(text.p, 0, text.n),
            N_("{1}, line {2}: there are zero bytes, which no text has. The file was cut off, or is not CSV in UTF-8; get or save it again.") }, why);
    return delimited_refuse(a, d, (struct trouble){ broken_line(text),
        N_("{1}, line {2}: the text is not UTF-8. Save the file as “CSV UTF-8” and use that.") }, why);
}

/*
 * How many records each part has at most.  Where quotes are well-formed a place is outside of them after an even number; a cut that
 * is inside, in a cell of several lines, makes one part of all.
 */
static void settle_parts(struct delimited *d, const struct survey *s)
{
    size_t quotes = 0;
    bool   within = false;
    d->records = 0;
    for (size_t i = 0; i < d->parts; i++) {
        struct part *p = &d->part[i];
        within |= quotes % 2;
        quotes += s->census[i].quotes;
        p->records = s->census[i].line_ends + (d->text.p[p->to - 1] != '\n');
        d->records += p->records;
    }
    if (!within) return;
    d->part[0] = (struct part){ d->part[0].from, d->text.n, d->records };
    d->parts = 1;
}

enum { PART_LEAST = 256 << 10, PARTS_A_THREAD = 4 };

static enum err look_through(struct arena *a, struct delimited *d, size_t from, int threads, Message *why)
{
    struct survey *s = NEW(a, struct survey);
    size_t wanted = (size_t)threads * PARTS_A_THREAD, useful = (d->text.n - from) / PART_LEAST + 1;
    if (wanted > useful) wanted = useful;
    cut(d, from, wanted > DELIMITED_PARTS ? DELIMITED_PARTS : wanted);
    s->d = d;
    s->bad = SIZE_MAX;
    parallel(threads, d->parts, survey_part, s);
    size_t bad = atomic_load(&s->bad);
    if (bad < SIZE_MAX) return refuse_bytes(a, d, s, bad, why);
    settle_parts(d, s);
    return OK;
}

/* ---- records --------------------------------------------------------------------------------- */

static Str trimmed(const char *from, const char *to)
{
    while (to > from && (unsigned char)to[-1] <= ' ') to--;
    while (from < to && (unsigned char)*from <= ' ') from++;
    return (Str){ from, (size_t)(to - from) };
}

static bool lone_quote(struct cursor *c)
{
    return cursor_refuse(c, N_("{1}, line {2}: a quotation mark stands within a cell. Put the cell in quotation marks, and write each mark in it twice."), S(""));
}

/* Without the second mark of each pair. */
static bool unquote(struct cursor *c, Str *cell)
{
    char *to = c->room + c->unquoted;
    if (cell->n > sizeof c->room - c->unquoted)
        return cursor_refuse(c, N_("{1}, line {2}: a text with quotation marks in it is too long: “{3}”"), *cell);
    size_t n = 0;
    for (size_t i = 0; i < cell->n; i += cell->p[i] == '"' ? 2 : 1) to[n++] = cell->p[i];
    *cell = (Str){ to, n };
    c->unquoted += n;
    return true;
}

/* p is behind the opening mark. */
static bool take_quoted(struct cursor *c, const char *p, Str *cell, bool *more)
{
    const char *from = p;
    bool pairs = false;
    for (;; p += 2, pairs = true) {
        if (p < c->end) p = memchr(p, '"', (size_t)(c->end - p));
        if (!p || p >= c->end) return cursor_refuse(c, N_("{1}, line {2}: a quotation mark is opened and never closed."), S(""));
        if (p + 1 == c->end || p[1] != '"') break;
    }
    *cell = (Str){ from, (size_t)(p - from) };
    if (pairs && !unquote(c, cell)) return false;
    *cell = trimmed(cell->p, cell->p + cell->n);
    for (p++; p < c->end && (*p == ' ' || *p == '\r');) p++;
    if (p < c->end && *p != '\n' && *p != c->of->separator) return lone_quote(c);
    *more = p < c->end && *p != '\n';
    c->at = p + (p < c->end);
    return true;
}

/* Marks the bytes of v that are those of each: 0x80, and 0x80 or 0 in what stands above the lowest one marked. */
static inline uint64_t marks(uint64_t v, uint64_t each)
{
    uint64_t x = v ^ each;
    return (x - ONES) & ~x & ONES << 7;
}

/* Where a cell that is not in quotes ends, eight bytes at a time. */
static inline const char *cell_end(const struct delimited *d, const char *p, const char *end)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t separator = ONES * (unsigned char)d->separator;
    for (; end - p >= 8; p += 8) {
        uint64_t v;
        memcpy(&v, p, sizeof v);
        uint64_t stop = marks(v, separator) | marks(v, ONES * '\n') | marks(v, ONES * '"');
        if (stop) return p + __builtin_ctzll(stop) / 8;
    }
#endif
    while (p < end && *p != d->separator && *p != '\n' && *p != '"') p++;
    return p;
}

/* more: another cell of the record follows. */
static inline bool take_cell(struct cursor *c, Str *cell, bool *more)
{
    const char *p = c->at, *end = c->end;
    while (p < end && *p == ' ') p++;
    if (p < end && *p == '"') return take_quoted(c, p + 1, cell, more);
    p = cell_end(c->of, p, end);
    if (p < end && *p == '"') return lone_quote(c);
    *cell = trimmed(c->at, p);
    *more = p < end && *p != '\n';
    c->at = p + (p < end);
    return true;
}

static bool wrong_number_of_cells(struct cursor *c, size_t n)
{
    int digits = snprintf(c->room, sizeof c->room, "%zu", n);           /* the cells are of no use any more */
    return cursor_refuse(c, N_("{1}, line {2}: the number of cells, {3}, is not that of the header. If the file was cut off, get it again; "
                               "put a text that has the separator in it in quotation marks."), (Str){ c->room, (size_t)digits });
}

void cursor_begin(struct arena *a, const struct delimited *d, const struct part *of, struct cursor *c)
{
    c->of = d;
    c->at = c->record = d->text.p + of->from;
    c->end = d->text.p + of->to;
    c->cells = NEW_ARRAY(a, Str, d->columns + 1);
    c->unquoted = 0;
    c->trouble = (struct trouble){ 0 };
}

bool cursor_next(struct cursor *c)
{
    size_t columns = c->of->columns;
    while (c->at < c->end) {
        size_t n = 0;
        bool more;
        c->record = c->at;
        c->unquoted = 0;
        do {
            if (!take_cell(c, &c->cells[n < columns ? n : columns], &more)) return false;
            n++;
        } while (more);
        if (n == 1 && !c->cells[0].n) continue;                         /* an empty line        */
        return n == columns || wrong_number_of_cells(c, n);
    }
    return false;
}

/* ---- the header ------------------------------------------------------------------------------ */

/* The one that stands most often in the first line, outside of quotes.  A comma may also be in a number or a text. */
static char separator_of(Str line)
{
    static const char list[] = { ';', '\t', ',' };
    size_t n[COUNT(list)] = { 0 }, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < line.n; i++) {
        quoted ^= line.p[i] == '"';
        for (size_t k = 0; k < COUNT(list); k++) n[k] += line.p[i] == list[k] && !quoted;
    }
    for (size_t k = 1; k < COUNT(list); k++)
        if (n[k] > n[best]) best = k;
    return n[best] ? list[best] : ',';
}

/* Excel's own first line "sep=;" is none of the table and decides. */
static size_t choose_separator(struct delimited *d)
{
    Str line, rest, said;
    str_cut(d->text, '\n', &line, &rest);
    said = str_trim(line);
    bool sep = str_starts(said, S("sep=")) && said.n <= 5;
    d->separator = sep ? (said.n == 5 ? said.p[4] : '\t') : separator_of(line);
    return sep ? line.n + (rest.p != NULL) : 0;
}

static enum err read_header(struct arena *a, struct delimited *d, size_t from, Message *why)
{
    struct { Str *p; size_t n, cap; } list = { 0 };
    struct cursor *c = NEW(a, struct cursor);                           /* its room holds headings     */
    cursor_begin(a, d, &(struct part){ .from = from, .to = d->part[0].to }, c);
    for (bool more = true; more; ) {
        Str cell;
        if (!take_cell(c, &cell, &more)) return delimited_refuse(a, d, c->trouble, why);
        if (!list.n && !more && !cell.n && c->at < c->end) more = true;   /* an empty line above it */
        else *GROW(a, list) = cell;
        if (list.n > DELIMITED_COLUMNS) return *why = MSG(N_("{1} has too many columns in its first line."), d->name), ERR_INVALID;
    }
    d->heading = list.p;
    d->columns = list.n;
    d->part[0].from = (size_t)(c->at - d->text.p);
    d->part[0].records = d->part[0].records ? d->part[0].records - 1 : 0;
    d->records = d->records ? d->records - 1 : 0;
    if (d->part[0].from < d->text.n) return OK;
    *why = MSG(N_("{1} has no lines below its header."), d->name);
    return ERR_INVALID;
}

enum err delimited_open(struct arena *a, Str name, Str bytes, int threads, struct delimited *out, Message *why)
{
    bool mark = str_starts(bytes, S("\xEF\xBB\xBF"));
    *out = (struct delimited){ .name = name, .text = str_sub(bytes, mark ? 3 : 0, SIZE_MAX) };
    if (!str_trim(str_sub(out->text, 0, 4096)).n && out->text.n <= 4096)
        return *why = MSG(N_("{1} is empty."), name), ERR_INVALID;
    if (str_starts(bytes, S("\xFF\xFE")) || str_starts(bytes, S("\xFE\xFF")))
        return *why = MSG(N_("{1} is UTF-16. Save it as “CSV UTF-8” and use that."), name), ERR_INVALID;
    TRY(look_through(a, out, 0, threads, why));
    return read_header(a, out, choose_separator(out), why);
}

/* ---- numbers --------------------------------------------------------------------------------- */

static bool comma_to_f64(Str s, double *out)
{
    char z[64];
    const char *comma = memchr(s.p, ',', s.n);
    if (!comma || s.n > sizeof z || memchr(s.p, '.', s.n)) return false;
    memcpy(z, s.p, s.n);
    z[comma - s.p] = '.';
    return str_to_f64((Str){ z, s.n }, out);
}

bool cursor_number(struct cursor *c, Str cell, double *out)
{
    if (!str_to_f64(cell, out)) {
        if (!cell.n) return cursor_refuse(c, N_("{1}, line {2}: a number is missing."), cell);
        if (c->of->separator == ',' || !comma_to_f64(cell, out))
            return cursor_refuse(c, N_("{1}, line {2}: “{3}” is not a finite number. Write digits and a decimal point, without grouping, like 1234.5."), cell);
    }
    if (*out < 0) return cursor_refuse(c, N_("{1}, line {2}: “{3}” is negative."), cell);
    if (*out > DELIMITED_LARGEST) return cursor_refuse(c, N_("{1}, line {2}: “{3}” is absurdly large. Use a larger unit, the same in all files."), cell);
    return true;
}

/* ---- columns by their headings --------------------------------------------------------------- */

static bool is_named(Str heading, const char *names)
{
    Str rest = str_of(names), name;
    while (str_next(&rest, '|', &name))
        if (str_eq(heading, name)) return true;
    return false;
}

/* "Firm_ID": "firm id". */
static Str plain_heading(struct arena *a, Str heading)
{
    Str folded = str_dup(a, text_fold(a, heading));
    char *p = str_z(a, folded);
    for (size_t i = 0; i < folded.n; i++)
        if (p[i] == '_' || p[i] == '-') p[i] = ' ';
    return (Str){ p, folded.n };
}

static enum err no_column(const struct delimited *d, const struct column *wanted, Message *why)
{
    Str name, others;
    str_cut(str_of(wanted->names), '|', &name, &others);
    *why = MSG(N_("{1} has no column “{2}”; docs/research.md has the names that are known."), d->name, name);
    return ERR_INVALID;
}

/* A file without a header would lose its first line. */
static enum err in_given_order(const struct delimited *d, const struct column *wanted, size_t n, int *at, Message *why)
{
    double v;
    for (size_t k = 0; k < n; k++) {
        if (k >= d->columns && wanted[k].is != COLUMN_MAYBE) return no_column(d, &wanted[k], why);
        at[k] = k < d->columns ? (int)k : NO_COLUMN;
        if (wanted[k].is == COLUMN_NUMBER && str_to_f64(d->heading[k], &v))
            return *why = MSG(N_("{1} has no header: its first line holds the number {2}. Write the names of the columns above it."),
                              d->name, d->heading[k]), ERR_INVALID;
    }
    return OK;
}

/* One heading is left, and one column that is needed: "id,jobs". */
static void pair_the_last(const struct delimited *d, const struct column *wanted, size_t n, int *at)
{
    size_t lacking = 0, which = 0, taken = 0, sum = d->columns * (d->columns - 1) / 2;
    for (size_t k = 0; k < n; k++) {
        if (at[k] != NO_COLUMN) taken++, sum -= (size_t)at[k];
        else if (wanted[k].is != COLUMN_MAYBE) lacking++, which = k;
    }
    if (lacking == 1 && taken + 1 == d->columns) at[which] = (int)sum;      /* of all numbers the one that is left */
}

enum err delimited_columns(struct arena *a, const struct delimited *d, const struct column *wanted, size_t n, int *at, Message *why)
{
    bool any = false;
    for (size_t k = 0; k < n; k++) at[k] = NO_COLUMN;
    for (size_t i = 0; i < d->columns; i++) {
        Str heading = plain_heading(a, d->heading[i]);
        for (size_t k = 0; k < n; k++) {
            if (!is_named(heading, wanted[k].names)) continue;
            if (at[k] != NO_COLUMN) return *why = MSG(N_("{1} has two columns for the same: “{2}” and “{3}”."), d->name, d->heading[at[k]], d->heading[i]), ERR_INVALID;
            at[k] = (int)i;
            any = true;
            break;
        }
    }
    if (!any) return in_given_order(d, wanted, n, at, why);
    pair_the_last(d, wanted, n, at);
    for (size_t k = 0; k < n; k++)
        if (at[k] == NO_COLUMN && wanted[k].is != COLUMN_MAYBE) return no_column(d, &wanted[k], why);
    return OK;
}
