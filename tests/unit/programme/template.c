/* The empty workbook of a list: every column is understood again, and what is filled in below imports. */
#include "fixture.h"

#include "format/sheet.h"
#include "format/xlsx_write.h"
#include "model/rights.h"

static Str template_of(struct work *w, const struct entity *e)
{
    Str bytes;
    CHECK_INT(import_template(w, e, &bytes), OK);
    return bytes;
}

static void every_column_is_understood(struct work *w, const struct entity *e)
{
    struct import_sheets sheets;
    struct import_report r;
    Message why;
    if (import_look(w, e, template_of(w, e), &(struct import_options){ .sheet = -1 }, &sheets, &r, &why))
        test_fail(__FILE__, __LINE__, "%s: %.*s", e->name, FMT(message_str(w->a, EN, why)));
    CHECK(r.columns.n > 1);
    for (size_t i = 0; i < r.columns.n; i++)
        if (!r.columns.p[i].target.n) test_fail(__FILE__, __LINE__, "%s: %.*s", e->name, FMT(r.columns.p[i].heading));
}

TEST_REGISTER(every_column_of_every_template_is_understood_in_both_languages)
{
    for (enum lang l = 0; l < LANGS; l++)
        for (int i = 0; i < w->m->n; i++) {
            w->lang = l;
            if (!w->m->entities[i]->parent && may(w, w->m->entities[i], MAY_CREATE | MAY_BULK)) every_column_is_understood(w, w->m->entities[i]);
        }
}

/* The headings of the template, and one row below: what is said for a field by its heading. */
struct filled { int field; const char *text; };
static Str fill(struct work *w, Str template, const struct filled *f, size_t n)
{
    struct sheet_reader *in;
    const struct sheet_row *head;
    struct xlsx_writer *x;
    Message why;
    Str bytes;
    CHECK_INT(sheet_open(w->a, template, &in, &why), OK);
    CHECK_INT(sheet_choose(in, 0, &why), OK);
    CHECK_INT(sheet_next(in, &head, &why), OK);
    struct xlsx_column *columns = NEW_ARRAY(w->a, struct xlsx_column, head->n);
    struct xlsx_cell *cells = NEW_ARRAY(w->a, struct xlsx_cell, head->n);
    for (size_t c = 0; c < head->n; c++) {
        columns[c].title = str_dup(w->a, head->cells[c].text);
        for (size_t i = 0; i < n; i++)
            if (str_eq(head->cells[c].text, tr(w->lang, enterprise.fields[f[i].field].label)))
                cells[c] = (struct xlsx_cell){ .type = XLSX_TEXT, .text = str_of(f[i].text) };
    }
    CHECK_INT(xlsx_write_open(w->a, NULL, &x), OK);
    CHECK_INT(xlsx_write_sheet(x, &(struct xlsx_sheet){ S("Doanh nghiệp"), columns, head->n, false }), OK);
    CHECK_INT(xlsx_write_row(x, cells, head->n), OK);
    CHECK_INT(xlsx_write_close(x, &bytes), OK);
    sheet_close(in);
    return bytes;
}

TEST_REGISTER(what_is_filled_in_is_imported)
{
    static const struct filled row[] = {
        { ENTERPRISE_NAME_VI, "Công ty TNHH Cơ khí Mẫu" }, { ENTERPRISE_TAX_CODE, "0126018157" }, { ENTERPRISE_WARD, "Phường Láng" },
        { ENTERPRISE_PHONE, "02438234567" },
    };
    Str book = fill(w, template_of(w, &enterprise), row, COUNT(row));
    struct import_report r = import_with(w, book, &(struct import_options){ .sheet = -1 });
    CHECK_INT(r.added, 1);
    struct record *e = enterprise_by(w, "0126018157");
    CHECK_STR(v_str(e->v[ENTERPRISE_NAME_VI]), S("Công ty TNHH Cơ khí Mẫu"));
    CHECK_STR(record_text(w, e, ENTERPRISE_WARD), S("Phường Láng"));
}
