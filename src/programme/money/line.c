/*
 * line.c - budget lines: for what money is allocated.  Year, agency, source, content and kind say which line it is, and stay as they are once it
 * is made; a line that vouchers name cannot be deleted, since their references hold it.
 */
#include "programme/money/inside.h"

static const struct field fields[] = {
    [LINE_NAME] = { "name", N_("Budget line"), &text_type, LISTED, .max = 600, .writers = SYSTEM },
    [LINE_IDENTITY] = { "identity", N_("Key of the line"), &text_type, COMPUTED | KEY | UNIQUE, .max = 400 },
    [LINE_YEAR] = { "year", N_("Budget year"), &year_type, REQUIRED | LISTED | FIXED | INDEXED, .also = "nam ngan sach|nam|year" },
    [LINE_AGENCY] = { "agency", N_("Responsible agency"), &code_type, REQUIRED | LISTED | FIXED, .list = "agency", .also = "don vi|co quan|don vi su dung|agency" },
    [LINE_SOURCE] = { "source", N_("Source of money"), &code_type, REQUIRED | LISTED | FIXED, .list = "fund_source", .also = "nguon|nguon von|nguon kinh phi|source" },
    [LINE_CONTENT] = { "content", N_("Content of the programme"), &code_type, REQUIRED | LISTED | FIXED, .list = "programme_content", .also = "noi dung|content" },
    [LINE_KIND] = { "kind", N_("Kind of expense"), &code_type, REQUIRED | LISTED | FIXED, .list = "expense_kind", .also = "loai chi|khoan chi|kind" },
    [LINE_ECONOMIC_CODE] = { "economic_code", N_("Item of the State Budget Index"), &text_type, LISTED, .max = 40, .also = "muc|tieu muc|muc tieu muc|item",
        .help = N_("Chapter, item and sub-item under which the State Treasury books it, as 6700 or 6749.") },
    [LINE_NOTE] = { "note", N_("Note"), &long_text_type, 0, .max = 2000, .also = "ghi chu|note|remarks" },
};
_Static_assert(COUNT(fields) == BUDGET_LINE_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { OFFICER | ADMIN, MAY_ALL, ALL_FIELDS, ROWS_ALL },
    { FINANCE, MAY_READ | MAY_CREATE | MAY_CHANGE | MAY_DELETE, ALL_FIELDS, ROWS_ALL },
    { LEADER | AGENCY, MAY_READ, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

const int line_parts[LINE_PARTS] = { LINE_AGENCY, LINE_SOURCE, LINE_CONTENT, LINE_KIND };

Str line_identity(struct arena *a, int64_t year, const Str part[LINE_PARTS])
{
    struct buf b = buf_make(a);
    put_i(&b, year);
    for (int i = 0; i < LINE_PARTS; i++) put_f(&b, "|%.*s", FMT(part[i]));
    return buf_str(&b);
}

Str line_part_key(const struct work *w, int part, Str code)
{
    const struct code *k = code_find(w->codes, str_of(fields[line_parts[part]].list), code);
    return k ? k->key : code;
}

static Str identity_of(struct arena *a, const struct record *r)
{
    Str part[LINE_PARTS];
    for (int i = 0; i < LINE_PARTS; i++) part[i] = v_str(r->v[line_parts[i]]);
    return line_identity(a, v_i64(r->v[LINE_YEAR]), part);
}

/* "2026 · Sở Công Thương · Ngân sách thành phố · 3.1 · Hội chợ", as called when the line was made. */
static Str name_of(const struct work *w, const struct record *r)
{
    struct buf b = buf_make(w->a);
    put_i(&b, v_i64(r->v[LINE_YEAR]));
    for (int i = 0; i < LINE_PARTS; i++) {
        Str said = v_str(r->v[line_parts[i]]);
        const struct code *k = code_find(w->codes, str_of(r->e->fields[line_parts[i]].list), said);
        put_f(&b, " · %.*s", FMT(!k ? said : line_parts[i] == LINE_CONTENT ? k->code : code_short(k, VI)));
    }
    return buf_str(&b);
}

static void compute(const struct work *w, struct record *r)
{
    if (!v_is(r->v[LINE_NAME])) r->v[LINE_NAME] = v_text(name_of(w, r));
    r->v[LINE_IDENTITY] = v_text(identity_of(w->a, r));
}

const struct entity budget_line = {
    .name = "budget_line", .path = "budget-lines", .one = N_("Budget line"), .many = N_("Budget lines"), .shelf = N_("Money"), FIELDS(fields), .title = LINE_NAME,
    .id_prefix = "DT", .rights = rights, .compute = compute,
    .about = N_("For what money is allocated: one line for each year, agency, source, content and kind of expense."),
};

enum err budget_line_of(struct work *w, int year, Str agency, Str source, Str content, Str kind, int64_t *id)
{
    const Str said[LINE_PARTS] = { agency, source, content, kind };
    struct record *line = record_make(w->a, &budget_line);
    bool changed;
    line->v[LINE_YEAR] = v_int(year);
    for (int i = 0; i < LINE_PARTS; i++) line->v[line_parts[i]] = v_text(line_part_key(w, i, said[i]));
    TRY(record_find(w, &budget_line, LINE_IDENTITY, v_text(identity_of(w->a, line)), id));
    if (*id) return OK;
    TRY(record_save(w, NULL, line, &changed));
    *id = line->id;
    return OK;
}
