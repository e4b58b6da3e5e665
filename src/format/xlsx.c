/*
 * A workbook is a zip of XML parts: _rels/.rels names the workbook part, its relations name the sheets, the shared strings and
 * the styles (ECMA-376 parts 1 and 2).  Here: finding them, and the texts many cells share.
 */
#include "format/xlsx.h"

#include "base/unicode.h"

#include <stdlib.h>

struct relation  { Str id, type, target; };
struct relations { struct relation *p; size_t n, cap; };

enum err xlsx_part(struct xlsx *x, struct xml *xml, Str name, uint64_t max, struct part **part, Message *why)
{
    TRY(part_open(x->package, name, max, part, why));
    xml_start(x->reader.a, xml, (struct xml_source){ part_read, *part }, name, why);
    return OK;
}

/* Calls `element` for each opening tag of a small part. */
static enum err each_element(struct xlsx *x, Str name, enum err (*element)(struct xlsx *, void *), void *context, Message *why)
{
    struct part   *part;
    enum xml_token token;
    enum err       e = OK;
    TRY(xlsx_part(x, &x->side, name, XLSX_SMALL_MAX, &part, why));
    while (!e && !(e = xml_next(&x->side, &token)) && token != XML_END)
        if (token == XML_OPEN) e = element(x, context);
    part_close(part);
    return e;
}

static enum err is_too_much(struct xlsx *x)
{
    *x->side.why = MSG(N_("The workbook has too many sheets, styles or texts (in {1}), and was refused."), x->side.title);
    return ERR_TOO_BIG;
}

static enum err add_relation(struct xlsx *x, void *context)
{
    struct relations *list = context;
    struct arena     *a = x->reader.a;
    Str               mode;
    if (!xml_is(&x->side, S("Relationship"))) return OK;
    TRY(xml_attribute(a, &x->side, S("TargetMode"), &mode));
    if (str_eq(mode, S("External"))) return OK;
    if (list->n == XLSX_PARTS) return is_too_much(x);
    struct relation *r = GROW(a, *list);
    TRY(xml_attribute(a, &x->side, S("Id"), &r->id));
    TRY(xml_attribute(a, &x->side, S("Type"), &r->type));
    return xml_attribute(a, &x->side, S("Target"), &r->target);
}

/* "xl/workbook.xml" into "xl/" and "workbook.xml". */
static void split(Str part, Str *folder, Str *name)
{
    size_t n = part.n;
    while (n && part.p[n - 1] != '/') n--;
    *folder = str_sub(part, 0, n);
    *name = str_sub(part, n, SIZE_MAX);
}

/* The relations of a part, their targets as names of parts; "" has those of the package. */
static enum err relations_of(struct xlsx *x, Str part, struct relations *list, Message *why)
{
    Str folder, name;
    split(part, &folder, &name);
    TRY(each_element(x, str_f(x->reader.a, "%.*s_rels/%.*s.rels", FMT(folder), FMT(name)), add_relation, list, why));
    for (size_t i = 0; i < list->n; i++) {
        Str *t = &list->p[i].target;
        if (str_has(*t, S("..")) || str_has(*t, S("\\")) || str_has(*t, S(":"))) {
            *why = MSG(N_("The workbook names a part outside itself ({1}) and was refused."), *t);
            return ERR_INVALID;
        }
        *t = str_starts(*t, S("/")) ? str_sub(*t, 1, SIZE_MAX) : str_f(x->reader.a, "%.*s%.*s", FMT(folder), FMT(*t));
    }
    return OK;
}

/* The types of relations are addresses that differ between editions of the standard in all but their ends. */
static Str target_of(const struct relations *list, Str type_end)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_ends(list->p[i].type, type_end)) return list->p[i].target;
    return S("");
}

struct book { struct relations relations; struct { Str *p; size_t n, cap; } parts; };

static enum err add_sheet(struct xlsx *x, struct book *book)
{
    struct arena *a = x->reader.a;
    Str           id, name, state;
    TRY(xml_attribute(a, &x->side, S("id"), &id));
    TRY(xml_attribute(a, &x->side, S("name"), &name));
    TRY(xml_attribute(a, &x->side, S("state"), &state));
    for (size_t i = 0; i < book->relations.n; i++) {
        const struct relation *r = &book->relations.p[i];
        if (!str_eq(r->id, id) || !str_ends(r->type, S("/worksheet"))) continue;    /* a chart sheet, say */
        if (x->reader.list.n == SHEET_LIST) return is_too_much(x);
        *GROW(a, x->reader.list) = (struct sheet_info){ name, state.n && !str_eq(state, S("visible")) };
        *GROW(a, book->parts) = r->target;
        break;
    }
    return OK;
}

static enum err read_book(struct xlsx *x, void *context)
{
    Str value;
    if (xml_is(&x->side, S("sheet"))) return add_sheet(x, context);
    if (!xml_is(&x->side, S("workbookPr"))) return OK;
    TRY(xml_attribute(x->reader.a, &x->side, S("date1904"), &value));
    x->from_1904 = str_eq(value, S("1")) || str_eq(value, S("true"));
    return OK;
}

static enum err read_workbook(struct xlsx *x, Message *why)
{
    struct relations top = { 0 };
    struct book      book = { 0 };
    if (package_has(x->package, S("content.xml"))) {
        *why = MSG(N_("This is an OpenDocument (.ods) file. Open it in a spreadsheet program, save it as .xlsx and send that."));
        return ERR_INVALID;
    }
    TRY(relations_of(x, S(""), &top, why));
    Str part = target_of(&top, S("/officeDocument"));
    if (str_ends(part, S(".bin"))) {
        *why = MSG(N_("This is a binary .xlsb workbook. Open it in a spreadsheet program, save it as .xlsx and send that."));
        return ERR_INVALID;
    }
    TRY(relations_of(x, part, &book.relations, why));
    TRY(each_element(x, part, read_book, &book, why));
    if (!x->reader.list.n) {
        *why = MSG(N_("There is no sheet in this file. Send a .xlsx or .csv file with a table."));
        return ERR_INVALID;
    }
    x->sheet_part = book.parts.p;
    x->strings_part = target_of(&book.relations, S("/sharedStrings"));
    x->styles_part = target_of(&book.relations, S("/styles"));
    return xlsx_read_styles(x, why);
}

static void xlsx_close(struct sheet_reader *r)
{
    struct xlsx *x = (struct xlsx *)r;
    part_close(x->part);
    package_close(x->package);
}

enum err xlsx_open(struct arena *a, Str bytes, struct sheet_reader **out, Message *why)
{
    static const struct sheet_driver driver = { xlsx_choose, xlsx_next, xlsx_close };
    struct xlsx *x = NEW(a, struct xlsx);
    x->reader.driver = &driver;
    x->reader.a = a;
    x->reader.text = buf_make(a);
    TRY(package_open(a, bytes, &x->package, why));
    enum err e = read_workbook(x, why);
    if (e) xlsx_close(&x->reader);
    else *out = &x->reader;
    return e;
}

/*
 * Characters XML cannot hold are written _x0007_ in texts, and _x005F_ is an underscore that could be taken for
 * that.  Done in place: what is written is never longer than what was read.
 */
void xlsx_unescape(struct buf *b, size_t from)
{
    size_t at = from, end = b->n;
    if (from == end || !memchr(b->p + from, '_', end - from)) return;
    for (b->n = from; at < end;) {
        const char *p = b->p + at;
        char       *stop, hex[5] = "";
        bool        is = end - at >= 7 && p[0] == '_' && p[1] == 'x' && p[6] == '_';
        if (is) memcpy(hex, p + 2, 4);
        uint32_t c = is ? (uint32_t)strtoul(hex, &stop, 16) : 0;
        if (!is || stop != hex + 4 || (c & 0xF800) == 0xD800) {
            put_c(b, p[0]);
            at++;
        } else {
            if (c >= ' ' || c == '\n' || c == '\t') put_utf8(b, c);
            at += 7;
        }
    }
}

enum err xlsx_text(struct xml *xml, Str until, struct buf *out)
{
    enum xml_token token = XML_OPEN;
    size_t         from = out->n;
    bool           taken = false, phonetic = false;
    while (token != XML_END && out->n - from <= SHEET_CELL) {      /* row_add() says that it is too long */
        if (!phonetic && (xml_take_leaf(xml, S("v")) || xml_take_leaf(xml, S("t")))) {
            TRY(xml_put_text(xml, out));
            continue;
        }
        TRY(xml_next(xml, &token));
        bool open = token == XML_OPEN;
        if (token == XML_TEXT && taken) TRY(xml_put_text(xml, out));
        if (token == XML_TEXT) continue;
        if (!open && xml_is(xml, until)) break;
        if (xml_is(xml, S("rPh"))) phonetic = open;
        else if (xml_is(xml, S("t")) || xml_is(xml, S("v"))) taken = open && !phonetic;
    }
    return OK;
}

static enum err read_strings(struct xlsx *x)
{
    enum xml_token token;
    struct buf     text = buf_make(x->reader.a);
    size_t         bytes = 0;
    for (;;) {
        TRY(xml_next(&x->side, &token));
        if (token == XML_END) return OK;
        if (token != XML_OPEN || !xml_is(&x->side, S("si"))) continue;
        text.n = 0;
        TRY(xlsx_text(&x->side, S("si"), &text));
        xlsx_unescape(&text, 0);
        if (x->strings.n == XLSX_STRINGS || (bytes += text.n) > XLSX_STRING_BYTES) return is_too_much(x);
        *GROW(x->reader.a, x->strings) = str_dup(x->reader.a, buf_str(&text));
    }
}

enum err xlsx_read_strings(struct xlsx *x, Message *why)
{
    struct part *part;
    if (x->strings_read || !x->strings_part.n) return OK;
    TRY(xlsx_part(x, &x->side, x->strings_part, XLSX_PART_MAX, &part, why));
    enum err e = read_strings(x);
    part_close(part);
    x->strings_read = !e;
    return e;
}
