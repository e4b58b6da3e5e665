/* Workbooks, good and bad.  Most are made here of the few parts a workbook needs. */
#include "format/xlsx.h"
#include "format/package.h"
#include "rows.h"
#include "test.h"

#include <stdlib.h>
#include <unistd.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS(inside) S_(HEAD "<Relationships>" inside "</Relationships>")
#define RELATION(id, type, target) "<Relationship Id=\"" id "\" Type=\"" REL "/" type "\" Target=\"" target "\"/>"

enum { TOP, BOOK_RELATIONS, BOOK, STYLES, STRINGS, SHEET, HIDDEN, PARTS };

/* What a test does not say itself. */
static const struct zip_part ordinary[PARTS] = {
    [TOP] = { "_rels/.rels", RELATIONS(RELATION("rId1", "officeDocument", "xl/workbook.xml")) },
    [BOOK_RELATIONS] = { "xl/_rels/workbook.xml.rels",
                         RELATIONS(RELATION("rId1", "worksheet", "worksheets/sheet1.xml") RELATION("rId2", "styles", "styles.xml")
                                   RELATION("rId3", "sharedStrings", "/xl/sharedStrings.xml")
                                   RELATION("rId4", "worksheet", "worksheets/sheet2.xml")) },
    [BOOK] = { "xl/workbook.xml", S_("<workbook xmlns:r=\"" REL "\"><sheets><sheet name=\"Số &amp; liệu\" sheetId=\"1\" r:id=\"rId1\"/>"
                                     "<sheet name=\"Ẩn\" sheetId=\"2\" state=\"veryHidden\" r:id=\"rId4\"/></sheets></workbook>") },
    [STYLES] = { "xl/styles.xml", S_("<styleSheet><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy;@\"/>"
                                     "<numFmt numFmtId=\"165\" formatCode=\"0000000000\"/></numFmts>"
                                     "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                                     "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"22\"/>"
                                     "<xf numFmtId=\"46\"/></cellXfs></styleSheet>") },
    [STRINGS] = { "xl/sharedStrings.xml", S_("<sst><si><t>Khuôn &lt;A&gt;</t></si><si><r><t xml:space=\"preserve\">Đúc </t></r>"
                                             "<r><rPr><b/></rPr><t>nhôm</t></r><rPh><t>phonetic</t></rPh></si>"
                                             "<si><t>a_x000D_\nb_x0007__x005F_x0041_</t></si></sst>") },
    [SHEET] = { "xl/worksheets/sheet1.xml", S_("<worksheet><sheetData/></worksheet>") },
    [HIDDEN] = { "xl/worksheets/sheet2.xml", S_("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>") },
};

static Str book_with(struct arena *a, int part, Str text)
{
    struct zip_part parts[PARTS];
    memcpy(parts, ordinary, sizeof parts);
    parts[part].text = text;
    return zip_of(a, parts, PARTS, NULL);
}

static Str sheet_rows(struct arena *a, const char *rows, enum err *e)
{
    return rows_of(a, book_with(a, SHEET, str_f(a, "<worksheet><sheetData>%s</sheetData></worksheet>", rows)), 0, e);
}

TEST(xlsx_cells_of_every_type_are_read)
{
    CHECK_STR(sheet_rows(a, "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c>"
                            "<c r=\"D2\" t=\"inlineStr\"><is><r><t>x</t></r><r><t> y</t></r></is></c>"
                            "<c r=\"E2\" t=\"str\"><f>A1&amp;\"z\"</f><v>z</v></c><c r=\"F2\" t=\"b\"><v>1</v></c>"
                            "<c r=\"G2\" t=\"e\"><v>#N/A</v></c><c r=\"H2\" s=\"1\"/><c r=\"AA2\"><f>1+1</f><v>2</v></c></row>"
                            "<row r=\"5\"/><row r=\"7\"><c t=\"s\"><v>2</v></c></row>", NULL),
              S("2:1=Khuôn <A> 2:3=Đúc nhôm 2:4=x y 2:5=z 2:6?TRUE 2:7!#N/A 2:27#2\n7:1=a\nb_x0041_\n"));
}

TEST(xlsx_numbers_keep_the_text_they_have)
{
    CHECK_STR(sheet_rows(a, "<row><c><v>1234567890123456</v></c><c><v>0.10000000000000001</v></c><c><v>1E-3</v></c><c><v>-5</v></c>"
                            "<c s=\"2\"><v>100109106</v></c><c s=\"2\"><v>1.5</v></c></row>", NULL),
              S("1:1#1234567890123456 1:2#0.10000000000000001 1:3#1E-3 1:4#-5 1:5#0100109106 1:6#1.5\n"));
}

TEST(xlsx_numbers_are_the_nearest_doubles)
{
    static const char *const list[] = { "0", "-0.5", "123456789012345", "1234567890123456789", "0.1", "123.456", "1e22", "9007199254740993",
                                        "0.000000000000001", "99999.9999999999", "1.7976931348623157E308" };
    struct buf rows = buf_make(a);
    for (size_t i = 0; i < COUNT(list); i++) put_f(&rows, "<row><c><v>%s</v></c></row>", list[i]);
    put_c(&rows, 0);
    struct sheet_reader *r;
    const struct sheet_row *row;
    Message why;
    Str book = book_with(a, SHEET, str_f(a, "<worksheet><sheetData>%s</sheetData></worksheet>", rows.p));
    CHECK_INT(sheet_open(a, book, &r, &why), OK);
    CHECK_INT(sheet_choose(r, 0, &why), OK);
    for (size_t i = 0; i < COUNT(list); i++) {
        double want = strtod(list[i], NULL);
        CHECK_INT(sheet_next(r, &row, &why), OK);
        CHECK(!memcmp(&row->cells[0].number, &want, sizeof want));
    }
    sheet_close(r);
}

TEST(xlsx_dates_are_numbers_that_look_like_dates)
{
    const char *rows = "<row><c s=\"1\"><v>45839</v></c><c s=\"3\"><v>45839.354166666664</v></c><c s=\"4\"><v>1.5</v></c>"
                       "<c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>60</v></c><c s=\"1\"><v>61</v></c>"
                       "<c s=\"1\"><v>-1</v></c><c s=\"1\"><v>2958465</v></c><c s=\"1\"><v>2958466</v></c>"
                       "<c t=\"d\"><v>2025-07-01</v></c><c t=\"d\"><v>soon</v></c><c s=\"1\" t=\"s\"><v>0</v></c></row>";
    CHECK_STR(sheet_rows(a, rows, NULL),
              S("1:1@2025-07-01 1:2@2025-07-01T08:30:00 1:3=36:00:00 1:4@1900-01-01 1:5@1900-02-28 1:6#60 1:7@1900-03-01 "
                "1:8#-1 1:9@9999-12-31 1:10#2958466 1:11@2025-07-01 1:12=soon 1:13=Khuôn <A>\n"));
}

TEST(xlsx_of_1904_counts_days_from_there)
{
    struct zip_part parts[PARTS];
    memcpy(parts, ordinary, sizeof parts);
    parts[SHEET].text = S("<worksheet><sheetData><row><c s=\"1\"><v>0</v></c><c s=\"1\"><v>44377</v></c></row></sheetData></worksheet>");
    parts[BOOK].text = S("<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"A\" id=\"rId1\"/></sheets></workbook>");
    CHECK_STR(rows_of(a, zip_of(a, parts, PARTS, NULL), 0, NULL), S("1:1@1904-01-01 1:2@2025-07-01\n"));
}

TEST(xlsx_number_formats_say_what_a_number_is)
{
    static const struct { int id; const char *code; int as, zeros; } list[] = {
        { 0, "", SHOW_NUMBER, 0 }, { 14, "", SHOW_DATE, 0 }, { 20, "", SHOW_TIME, 0 }, { 22, "", SHOW_DATE, 0 }, { 2, "", SHOW_NUMBER, 0 },
        { 164, "General", SHOW_NUMBER, 0 }, { 164, "#,##0 \"đồng\"", SHOW_NUMBER, 0 }, { 164, "\"ngày\" dd \"tháng\" mm", SHOW_DATE, 0 },
        { 164, "[$-42A]d mmmm yyyy", SHOW_DATE, 0 }, { 164, "[h]:mm:ss", SHOW_TIME, 0 }, { 164, "mm:ss.0", SHOW_TIME, 0 },
        { 164, "mmm", SHOW_DATE, 0 }, { 164, "[Red]0.00", SHOW_NUMBER, 0 }, { 164, "0.00E+00", SHOW_NUMBER, 0 }, { 164, "000000", SHOW_NUMBER, 6 },
        { 164, "#,##0_d;-#,##0_d", SHOW_NUMBER, 0 }, { 164, "\\d0", SHOW_NUMBER, 1 }, { 164, "0;yyyy", SHOW_NUMBER, 1 },
        { 164, "\"unclosed", SHOW_NUMBER, 0 }, { 164, "[", SHOW_NUMBER, 0 }, { 164, "yyyy-mm-dd hh:mm", SHOW_DATE, 0 }, { 164, "\\", SHOW_NUMBER, 0 },
    };
    for (size_t i = 0; i < COUNT(list); i++) {
        struct xlsx_style s = xlsx_style_of(list[i].id, str_of(list[i].code));
        if ((int)s.as != list[i].as || s.zeros != list[i].zeros) test_fail(__FILE__, __LINE__, "format %d \"%s\"", list[i].id, list[i].code);
    }
}

TEST(xlsx_sheets_are_listed_and_chosen)
{
    struct sheet_reader *r;
    Message why;
    size_t n;
    CHECK_INT(sheet_open(a, zip_of(a, ordinary, PARTS, NULL), &r, &why), OK);
    const struct sheet_info *list = sheet_list(r, &n);
    CHECK_INT(n, 2);
    CHECK_STR(list[0].name, S("Số & liệu"));
    CHECK(!list[0].hidden && list[1].hidden);
    CHECK_INT(sheet_choose(r, 2, &why), ERR_MISSING);
    CHECK_STR(message_str(a, EN, why), S("There is no sheet 3; the last one is sheet 2."));
    for (size_t i = 0; i < 3; i++) {
        const struct sheet_row *row;
        CHECK_INT(sheet_choose(r, 1, &why), OK);
        CHECK_INT(sheet_next(r, &row, &why), OK);
        CHECK(row && row->n == 1);
    }
    sheet_close(r);
}

TEST(xlsx_sheets_that_make_no_sense_are_refused)
{
    static const struct { const char *rows; enum err e; } list[] = {
        { "<row r=\"1048577\"><c><v>1</v></c></row>", ERR_TOO_BIG },
        { "<row r=\"99999999999999999999\"/>", ERR_TOO_BIG },
        { "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", ERR_TOO_BIG },
        { "<row r=\"1\"><c r=\"ZZZZZZZZ1\"><v>1</v></c></row>", ERR_TOO_BIG },
        { "<row r=\"2\"/><row r=\"2\"/>", ERR_INVALID },
        { "<row r=\"0\"/>", ERR_INVALID },
        { "<row><c r=\"B1\"/><c r=\"A1\"/></row>", ERR_INVALID },
        { "<row><c r=\"1é\"/></row>", ERR_INVALID },
        { "<row><c t=\"s\"><v>3</v></c></row>", ERR_INVALID },
        { "<row><c t=\"s\"><v>-1</v></c></row>", ERR_INVALID },
        { "<row><c t=\"s\"><v>99999999999999999999</v></c></row>", ERR_INVALID },
        { "<row><c><v>five</v></c></row>", ERR_INVALID },
        { "<row><c><v>1</v>", ERR_INVALID },
        { "<row><c><v>1</v></c></raw>", ERR_INVALID },
    };
    for (size_t i = 0; i < COUNT(list); i++) {
        enum err e;
        sheet_rows(a, list[i].rows, &e);
        if (e != list[i].e) test_fail(__FILE__, __LINE__, "%s: %d", list[i].rows, e);
    }
}

TEST(xlsx_without_a_part_says_which)
{
    for (int i = 0; i < PARTS; i++) {
        struct zip_part parts[PARTS];
        enum err e;
        memcpy(parts, ordinary, sizeof parts);
        parts[i].name = "elsewhere";
        Str told = rows_of(a, zip_of(a, parts, PARTS, NULL), 0, &e);
        if (i == HIDDEN) continue;
        CHECK_INT(e, ERR_MISSING);
        CHECK_STR(told, str_f(a, "The file is not a complete workbook: %s is missing. Open it in a spreadsheet program, save it "
                                 "again as .xlsx and send that.", ordinary[i].name));
    }
}

TEST(xlsx_part_names_that_lead_outside_are_refused)
{
    static const Str list[] = { RELATIONS(RELATION("rId1", "officeDocument", "../../etc/passwd")),
                                RELATIONS(RELATION("rId1", "officeDocument", "file:///etc/passwd")),
                                RELATIONS(RELATION("rId1", "officeDocument", "xl\\workbook.xml")) };
    for (size_t i = 0; i < COUNT(list); i++) {
        enum err e;
        Str told = rows_of(a, book_with(a, TOP, list[i]), 0, &e);
        CHECK_INT(e, ERR_INVALID);
        CHECK(str_has(told, S("outside itself")));
    }
}

TEST(xlsx_with_a_doctype_is_refused_in_any_part)
{
    Str bomb = S("<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><l>&b;</l>");
    for (int i = 0; i < HIDDEN; i++) {
        enum err e;
        Str told = rows_of(a, book_with(a, i, bomb), 0, &e);
        CHECK_INT(e, ERR_INVALID);
        CHECK(str_has(told, S("DOCTYPE")));
    }
}

TEST(xlsx_bombs_are_refused_after_a_few_megabytes)
{
    enum { SIZE = 64 << 20 };
    char *p = NEW_ARRAY(a, char, SIZE);
    for (size_t i = 0; i < SIZE; i += 8) memcpy(p + i, "<!-- -->", 8);
    memcpy(p, "<worksheet>     ", 16);
    enum err e;
    Str bomb = book_with(a, SHEET, (Str){ p, SIZE });
    CHECK(bomb.n < 1 << 20);
    struct arena small = arena_make((size_t)16 << 20, NULL);
    Str told = rows_of(&small, bomb, 0, &e);
    CHECK_INT(e, ERR_TOO_BIG);
    CHECK(str_has(told, S("more than 300 times its size")));
    bomb = book_with(a, STYLES, (Str){ p, SIZE });
    rows_of(&small, bomb, 0, &e);
    CHECK_INT(e, ERR_TOO_BIG);
    arena_free(&small);
}

TEST(xlsx_cut_off_anywhere_is_refused)
{
    Str book = zip_of(a, ordinary, PARTS, NULL);
    for (size_t n = 4; n < book.n; n += 37) {
        enum err e;
        rows_of(a, str_sub(book, 0, n), 0, &e);
        CHECK_INT(e, ERR_INVALID);
    }
}

TEST(xlsx_with_any_byte_changed_is_read_or_refused)
{
    Str   book = zip_of(a, ordinary, PARTS, NULL);
    char *copy = NEW_ARRAY(a, char, book.n);
    for (size_t i = 0; i < book.n; i += 3) {
        struct arena small = arena_make((size_t)64 << 20, NULL);
        memcpy(copy, book.p, book.n);
        copy[i] = (char)(copy[i] ^ 0x55);
        rows_of(&small, (Str){ copy, book.n }, 0, NULL);
        arena_free(&small);
    }
}

TEST(xlsx_with_a_password_says_so)
{
    enum err e;
    CHECK_STR(rows_of(a, zip_of(a, ordinary, PARTS, "x"), 0, &e),
              S("The file is protected by a password. Take the password off, save it and send that."));
    CHECK_INT(e, ERR_INVALID);
}

TEST(sheet_files_of_other_kinds_are_named)
{
    static const struct { Str bytes; const char *told; } list[] = {
        { S_(""), "empty" }, { S_(" \r\n"), "empty" },
        { S_("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xxxxxxxx"), "old .xls" },
        { S_("%PDF-1.7"), "PDF" },
        { S_("\x89PNG\r\n\x1A\n"), "picture" },
        { S_("<html><table>"), "web page" },
        { S_("\xEF\xBB\xBF\n <!DOCTYPE html>"), "web page" },
        { S_("\x01\x02\x03\x04\x05\x06\x07\x08"), "not a table" },
        { S_("PK\x03\x04xxxxxxxxxxxxxxxxxxxxxxxx"), "damaged" },
    };
    for (size_t i = 0; i < COUNT(list); i++) {
        enum err e;
        Str told = rows_of(a, list[i].bytes, 0, &e);
        CHECK_INT(e, ERR_INVALID);
        if (!str_has(told, str_of(list[i].told))) test_fail(__FILE__, __LINE__, "%s: %.*s", list[i].told, FMT(told));
    }
}

TEST(sheet_of_a_text_document_or_a_binary_workbook_is_named)
{
    static const struct zip_part word[] = {
        { "_rels/.rels", RELATIONS(RELATION("rId1", "officeDocument", "word/document.xml")) },
        { "word/document.xml", S_("<document/>") },
        { "word/_rels/document.xml.rels", RELATIONS("") },
    };
    enum err e;
    CHECK_STR(rows_of(a, zip_of(a, word, COUNT(word), NULL), 0, &e), S("There is no sheet in this file. Send a .xlsx or .csv file with a table."));
    static const struct zip_part binary[] = { { "_rels/.rels", RELATIONS(RELATION("rId1", "officeDocument", "xl/workbook.bin")) } };
    CHECK(str_has(rows_of(a, zip_of(a, binary, 1, NULL), 0, &e), S(".xlsb")));
}
