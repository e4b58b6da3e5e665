/*
 * CSV as RFC 4180 has it, and as offices have it: with ; tab or | between the cells, with a byte order mark or none, in
 * UTF-8, UTF-16 or the Windows code pages, with any line end.  What separates and what encodes is told from the
 * first bytes.  The file is read in pieces; memory is bounded by the longest row allowed, whatever comes.
 */
#include "format/csv.h"
#include "format/sheet_driver.h"

#include "base/unicode.h"

#include <unicode/ucnv.h>

enum { CHUNK = 64 << 10, PIVOT = 1024, SAMPLE = 1 << 20 };

struct csv {
    struct sheet_reader reader;                     /* first: sheet_driver.h                     */
    Str         bytes;
    size_t      bom, at;                            /* its length; bytes taken so far            */
    UConverter *from, *to;                          /* NULL: the file is UTF-8                   */
    UChar      *pivot, *pivot_from, *pivot_to;
    char       *window;                             /* converted text                            */
    Str         chunk;                              /* what is to be read next                   */
    int         records;
    char        separator;
    bool        after_cr;
};

/* ---- what the bytes are ---- */

static bool mostly_binary(Str s)
{
    size_t odd = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        odd += c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f';
    }
    return odd > s.n / 8;
}

/* UTF-16 without a mark: among letters of European languages every other byte is nearly always 0 or 1. */
static const char *utf16_of(Str s)
{
    size_t low[2] = { 0 };
    for (size_t i = 0; i + 1 < s.n; i += 2) {
        low[0] += (unsigned char)s.p[i] <= 1;
        low[1] += (unsigned char)s.p[i + 1] <= 1;
    }
    if (low[1] > s.n / 4 && low[0] <= s.n / 32) return "UTF-16LE";
    if (low[0] > s.n / 4 && low[1] <= s.n / 32) return "UTF-16BE";
    return NULL;
}

/*
 * Windows-1258 writes tones as marks of their own behind the vowel; in 1252 (and in the old Vietnamese fonts, which
 * look like 1252 until base/unicode.h converts them) the same bytes are letters that stand anywhere.
 */
static const char *code_page_of(Str s)
{
    static const char marks[] = "\xCC\xD2\xDE\xEC\xF2";
    static const char vowels[] = "aeiouyAEIOUY\xE2\xEA\xF4\xE3\xF5\xFD\xC2\xCA\xD4\xC3\xD5\xDD";
    size_t after_vowel = 0, all = 0;
    for (size_t i = 1; i < s.n; i++)
        if (memchr(marks, s.p[i], sizeof marks - 1)) {
            all++;
            after_vowel += memchr(vowels, s.p[i - 1], sizeof vowels - 1) != NULL;
        }
    return after_vowel >= 2 && after_vowel * 10 >= all * 9 ? "windows-1258" : "windows-1252";
}

/* The sample may end within a character. */
static bool is_utf8(Str s, bool cut)
{
    for (int i = 0; cut && i < 3 && s.n && (s.p[s.n - 1] & 0xC0) == 0x80; i++) s.n--;
    if (cut && s.n && (s.p[s.n - 1] & 0x80)) s.n--;
    return utf8_valid(s);
}

/* The name of the encoding for ICU; NULL: UTF-8. */
static const char *encoding_of(Str bytes, size_t *bom)
{
    static const struct { Str mark; const char *encoding; } marks[] = {
        { S_(CSV_BOM), NULL }, { S_("\xFF\xFE"), "UTF-16LE" }, { S_("\xFE\xFF"), "UTF-16BE" },
    };
    for (size_t i = 0; i < COUNT(marks); i++)
        if (str_starts(bytes, marks[i].mark)) {
            *bom = marks[i].mark.n;
            return marks[i].encoding;
        }
    Str         sample = str_sub(bytes, 0, SAMPLE);
    const char *utf16 = utf16_of(sample);
    *bom = 0;
    if (utf16) return utf16;
    return is_utf8(sample, sample.n < bytes.n) ? NULL : code_page_of(sample);
}

/* ---- pieces of UTF-8 ---- */

static void convert(struct csv *c)
{
    UErrorCode  e = U_ZERO_ERROR;
    const char *source = c->bytes.p + c->at, *end = c->bytes.p + c->bytes.n;
    char       *target = c->window;
    ucnv_convertEx(c->to, c->from, &target, c->window + CHUNK, &source, end, c->pivot, &c->pivot_from, &c->pivot_to,
                   c->pivot + PIVOT, false, true, &e);
    MUST(U_SUCCESS(e) || e == U_BUFFER_OVERFLOW_ERROR); /* broken characters become U+FFFD       */
    c->at = (size_t)(source - c->bytes.p);
    c->chunk = (Str){ c->window, (size_t)(target - c->window) };
}

/* False at the end of the file. */
static bool refill(struct csv *c)
{
    if (c->chunk.n) return true;
    if (c->from) convert(c);
    else {
        c->chunk = str_sub(c->bytes, c->at, CHUNK);
        c->at += c->chunk.n;
    }
    return c->chunk.n;
}

static void rewind_to_start(struct csv *c)
{
    c->at = c->bom;
    c->records = 0;
    c->after_cr = false;
    c->chunk = S("");
    if (c->from) ucnv_reset(c->from), ucnv_reset(c->to);
    c->pivot_from = c->pivot_to = c->pivot;
}

/* ---- which separator ---- */

/*
 * The one that stands equally often in one line and the next, most often so.  A comma may also be in every number: it
 * is the last choice among equals.  Excel's own first line "sep=;" decides.
 */
static char separator_of(Str s)
{
    static const char list[] = { ';', '\t', '|', ',' };
    struct { size_t here, before, agree, all; } n[COUNT(list)] = { 0 };
    size_t best = 3;
    bool   quoted = false;
    if (str_starts(s, S("sep=")) && s.n > 4 && memchr(list, s.p[4], sizeof list)) return s.p[4];
    for (size_t i = 0; i < s.n; i++) {
        quoted ^= s.p[i] == '"';
        for (size_t k = 0; k < COUNT(list); k++) {
            if (s.p[i] == '\n' && !quoted) {
                n[k].agree += n[k].here && n[k].here == n[k].before;
                n[k].before = n[k].here;
                n[k].here = 0;
            } else if (s.p[i] == list[k] && !quoted) {
                n[k].here++;
                n[k].all++;
            }
        }
    }
    for (size_t k = COUNT(list); k-- > 0;)
        if (n[k].agree > n[best].agree || (n[k].agree == n[best].agree && (n[k].agree ? n[k].all > 0 : n[k].all > n[best].all)))
            best = k;
    return list[best];
}

/* ---- rows ---- */

/* Drops control characters and makes CR LF one LF, in place. */
static enum err clean(struct csv *c, size_t from, Message *why)
{
    struct buf *b = &c->reader.text;
    Str         s = str_sub(buf_str(b), from, SIZE_MAX);
    if (!utf8_valid(s)) {
        *why = MSG(N_("Row {1}: the text is not UTF-8. Save the file as “CSV UTF-8” or .xlsx and send that."),
                   str_f(c->reader.a, "%d", c->records));
        return ERR_INVALID;
    }
    b->n = from;
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (ch == '\r' && (i + 1 == s.n || s.p[i + 1] != '\n')) ch = '\n';
        if (((unsigned char)ch >= ' ' && ch != 0x7f) || ch == '\n' || ch == '\t') b->p[b->n++] = ch;
    }
    return OK;
}

static enum err end_cell(struct csv *c, int *column, size_t *from, Message *why)
{
    struct sheet_reader *r = &c->reader;
    if (++*column > SHEET_COLUMNS) return row_too_many(why);
    if (r->text.n > *from) {
        TRY(clean(c, *from, why));
        TRY(row_add(r, *column, CELL_TEXT, 0, csv_unguarded(str_sub(buf_str(&r->text), *from, SIZE_MAX)), why));
    }
    *from = r->text.n;
    return OK;
}

enum state { START, PLAIN, QUOTED, QUOTE };         /* QUOTE: one was read inside quotes: which is it? */

/* Takes what belongs to the cell as it stands; the next character decides. */
static void take_run(struct csv *c, enum state state)
{
    size_t n = 0;
    if (state == QUOTED) {
        const char *p = memchr(c->chunk.p, '"', c->chunk.n);
        n = p ? (size_t)(p - c->chunk.p) : c->chunk.n;
    } else {
        while (n < c->chunk.n && c->chunk.p[n] != c->separator && c->chunk.p[n] != '\n' && c->chunk.p[n] != '\r') n++;
    }
    put(&c->reader.text, str_sub(c->chunk, 0, n));
    c->chunk = str_sub(c->chunk, n, SIZE_MAX);
}

static char take(struct csv *c)
{
    char ch = c->chunk.p[0];
    c->chunk = str_sub(c->chunk, 1, SIZE_MAX);
    return ch;
}

static enum err read_record(struct csv *c, Message *why)
{
    enum state state = START;
    size_t     from = 0;
    int        column = 0;
    while (refill(c)) {
        if (state == START || state == QUOTE) {
            bool quote = c->chunk.p[0] == '"';
            if (quote && state == QUOTE) put_c(&c->reader.text, '"');
            if (quote) take(c);
            state = quote ? QUOTED : PLAIN;
            continue;
        }
        take_run(c, state);
        if (c->reader.text.n - from > SHEET_CELL || c->reader.text.n > SHEET_ROW) return row_too_long(&c->reader, why);
        if (!c->chunk.n) continue;
        char ch = take(c);
        if (state == QUOTED) {
            state = QUOTE;
            continue;
        }
        TRY(end_cell(c, &column, &from, why));
        state = START;
        c->after_cr = ch == '\r';
        if (ch != c->separator) return OK;
    }
    if (state != QUOTED) return end_cell(c, &column, &from, why);
    *why = MSG(N_("Row {1}: a quotation mark is opened and never closed."), str_f(c->reader.a, "%d", c->records));
    return ERR_INVALID;
}

static enum err csv_next(struct sheet_reader *r, Message *why)
{
    struct csv *c = (struct csv *)r;
    row_begin(r, c->records + 1);
    if (refill(c) && c->after_cr && c->chunk.p[0] == '\n') take(c);
    c->after_cr = false;
    if (!refill(c)) {
        r->done = true;
        return OK;
    }
    if (++c->records > SHEET_ROWS) return row_too_many(why);
    return read_record(c, why);
}

static enum err csv_choose(struct sheet_reader *r, UNUSED size_t index, Message *why)
{
    struct csv *c = (struct csv *)r;
    rewind_to_start(c);
    if (!refill(c) || !str_starts(c->chunk, S("sep="))) return OK;
    return csv_next(r, why);                        /* Excel's line is not of the table          */
}


static void csv_close(struct sheet_reader *r)
{
    struct csv *c = (struct csv *)r;
    ucnv_close(c->from);
    ucnv_close(c->to);
}

static void open_converters(struct csv *c, const char *encoding)
{
    UErrorCode e = U_ZERO_ERROR;
    c->from = ucnv_open(encoding, &e);
    c->to = ucnv_open("UTF-8", &e);
    MUST(U_SUCCESS(e));
    c->pivot = NEW_ARRAY(c->reader.a, UChar, PIVOT);
    c->window = NEW_ARRAY(c->reader.a, char, CHUNK);
}

enum err csv_open(struct arena *a, Str bytes, struct sheet_reader **out, Message *why)
{
    static const struct sheet_driver driver = { csv_choose, csv_next, csv_close };
    struct csv *c = NEW(a, struct csv);
    c->reader.driver = &driver;
    c->reader.a = a;
    c->reader.text = buf_make(a);
    c->bytes = bytes;
    const char *encoding = encoding_of(bytes, &c->bom);
    if (encoding) open_converters(c, encoding);
    rewind_to_start(c);
    bool any = refill(c);
    if (any && mostly_binary(c->chunk)) {
        csv_close(&c->reader);
        *why = MSG(N_("This is not a table we can read. Send a .xlsx or .csv file."));
        return ERR_INVALID;
    }
    c->separator = separator_of(c->chunk);
    *GROW(a, c->reader.list) = (struct sheet_info){ S(""), false };
    *out = &c->reader;
    return OK;
}
