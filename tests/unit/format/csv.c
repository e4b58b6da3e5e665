#include "format/csv.h"
#include "rows.h"
#include "test.h"

TEST(csv_cells_and_rows_are_as_rfc_4180_has_them)
{
    CHECK_STR(rows_of(a, S("a,b,c\r\n1,\"x,\"\"y\"\"\r\nz\",\r\n\r\n,,3"), 0, NULL),
              S("1:1=a 1:2=b 1:3=c\n2:1=1 2:2=x,\"y\"\nz\n4:3=3\n"));
}

TEST(csv_separators_are_told_from_the_lines)
{
    CHECK_STR(rows_of(a, S("tên;vốn\nA;1,5\nB;2,5\n"), 0, NULL), S("1:1=tên 1:2=vốn\n2:1=A 2:2=1,5\n3:1=B 3:2=2,5\n"));
    CHECK_STR(rows_of(a, S("a\tb, c\nd\te\n"), 0, NULL), S("1:1=a 1:2=b, c\n2:1=d 2:2=e\n"));
    CHECK_STR(rows_of(a, S("a|b\nc|d\n"), 0, NULL), S("1:1=a 1:2=b\n2:1=c 2:2=d\n"));
    CHECK_STR(rows_of(a, S("sep=;\na,b;c\n"), 0, NULL), S("2:1=a,b 2:2=c\n"));
    CHECK_STR(rows_of(a, S("DANH SÁCH DOANH NGHIỆP\n\na,b\n\"1;2\",2\n"), 0, NULL), S("1:1=DANH SÁCH DOANH NGHIỆP\n3:1=a 3:2=b\n4:1=1;2 4:2=2\n"));
}

TEST(csv_lines_may_end_in_any_of_three_ways)
{
    static const char *const list[] = { "a,b\nc,d\n", "a,b\rc,d\r", "a,b\r\nc,d\r\n", "a,b\r\nc,d" };
    for (size_t i = 0; i < COUNT(list); i++)
        CHECK_STR(rows_of(a, str_of(list[i]), 0, NULL), S("1:1=a 1:2=b\n2:1=c 2:2=d\n"));
}

TEST(csv_encodings_are_told_from_the_bytes)
{
    Str want = S("1:1=đúc 1:2=b\n2:1=c 2:2=d\n");
    CHECK_STR(rows_of(a, S("\xEF\xBB\xBFđúc,b\nc,d\n"), 0, NULL), want);
    CHECK_STR(rows_of(a, S("\xFF\xFE\x11\x01\xFA\0c\0,\0b\0\n\0c\0,\0d\0\n\0"), 0, NULL), want);
    CHECK_STR(rows_of(a, S("\xFE\xFF\x01\x11\0\xFA\0c\0,\0b\0\n\0c\0,\0d\0\n"), 0, NULL), want);
    CHECK_STR(rows_of(a, S("\x11\x01\xFA\0c\0,\0b\0\n\0c\0,\0d\0\n\0"), 0, NULL), want);
}

TEST(csv_code_pages_are_told_apart_by_where_their_tone_marks_stand)
{
    /* "Hà Nội" and "Bế tông" with combining marks, as Windows-1258 has them; ICU keeps the marks apart */
    CHECK_STR(rows_of(a, S("Ha\xCC N\xF4\xF2i,b\nB\xEA\xEC,\xF0\n"), 0, NULL),
              S("1:1=Ha\u0300 Nô\u0323i 1:2=b\n2:1=Bê\u0301 2:2=đ\n"));
    CHECK_STR(rows_of(a, S("caf\xE9,\x80\nna\xEFve,x\n"), 0, NULL), S("1:1=café 1:2=€\n2:1=naïve 2:2=x\n"));
}

TEST(csv_control_characters_are_dropped)
{
    CHECK_STR(rows_of(a, S("a\0b,c\x01\x7F" "d,\x02\ne,\"f\r\ng\rh\",x\n"), 0, NULL), S("1:1=ab 1:2=cd\n2:1=e 2:2=f\ng\nh 2:3=x\n"));
}

TEST(csv_that_cannot_be_read_is_refused_with_its_row)
{
    enum err e;
    CHECK_STR(rows_of(a, S("a,b\nc,\"d\n"), 0, &e), S("Row 2: a quotation mark is opened and never closed."));
    CHECK_INT(e, ERR_INVALID);
    struct buf late = buf_make(a);
    for (int i = 0; i < 600000; i++) put(&late, S("a,\n"));
    put(&late, S("\xFF\n"));
    CHECK_STR(rows_of(a, buf_str(&late), 0, &e),
              S("Row 600001: the text is not UTF-8. Save the file as “CSV UTF-8” or .xlsx and send that."));
    CHECK_INT(e, ERR_INVALID);
}

TEST(csv_of_one_endless_line_costs_no_memory)
{
    enum { LONG = 40 << 20 };
    char *p = NEW_ARRAY(a, char, LONG);
    memset(p, 'x', LONG);
    struct arena small = arena_make((size_t)32 << 20, NULL);
    enum err e;
    Str told = rows_of(&small, (Str){ p, LONG }, 0, &e);
    CHECK_INT(e, ERR_TOO_BIG);
    CHECK_STR(told, S("Row 1: a cell is longer than 128 KB, or the whole row longer than 4 MB. Is a quotation mark missing?"));
    for (size_t i = 0; i < LONG; i += 1000) p[i] = ',';
    rows_of(&small, (Str){ p, LONG }, 0, &e);
    CHECK_INT(e, ERR_TOO_BIG);
    memset(p, ',', LONG);
    CHECK_STR(rows_of(&small, (Str){ p, LONG }, 0, &e),
              S("The file has more than 1,048,576 rows or 16,384 columns. Split it into several files."));
    arena_free(&small);
}

TEST(csv_of_more_rows_than_a_sheet_holds_is_refused)
{
    enum { ROWS = 1048577 };
    char *p = NEW_ARRAY(a, char, 2 * ROWS);
    for (size_t i = 0; i < 2 * ROWS; i += 2) p[i] = 'x', p[i + 1] = '\n';
    enum err e;
    rows_of(a, (Str){ p, 2 * ROWS }, 0, &e);
    CHECK_INT(e, ERR_TOO_BIG);
    rows_of(a, (Str){ p, 2 * ROWS - 2 }, 0, &e);
    CHECK_INT(e, OK);
}

TEST(csv_formulas_are_made_harmless_and_numbers_left_alone)
{
    static const char *const risky[] = { "=1+1", "+84 24 3825", "@x", "-", "-x", "-1-1", "\tx", "'=x", "''@", "-.5", "-5.", "+5" };
    static const char *const plain[] = { "", "a=b", "-5", "-12.5", "'", "'a", "'-5", "12" };
    for (size_t i = 0; i < COUNT(risky); i++) CHECK(csv_risky(str_of(risky[i])));
    for (size_t i = 0; i < COUNT(plain); i++) CHECK(!csv_risky(str_of(plain[i])));
    struct buf b = buf_make(a);
    struct csv_writer w = csv_write_to(&b);
    csv_write(&w, S("=HYPERLINK(\"x\")"));
    csv_write(&w, S("-12.5"));
    csv_write_end(&w);
    CHECK_STR(buf_str(&b), S(CSV_BOM "\"'=HYPERLINK(\"\"x\"\")\",-12.5\r\n"));
}

TEST(csv_written_is_read_back_the_same)
{
    static const char *const cells[] = {
        "a", "=1", "'=1", "''=1", "'", "'a", "-5", "'-5", "--5", "+84 24 38", "\"", "\"\"x", "a;b", "a,b", "a\nb", " a ", "\ta", "|",
        "Khuôn mẫu, đúc", "@", "'@",
    };
    struct buf b = buf_make(a), want = buf_make(a);
    struct csv_writer w = csv_write_to(&b);
    for (int row = 1; row <= 2; row++) {
        for (size_t i = 0; i < COUNT(cells); i++) {
            csv_write(&w, str_of(cells[i]));
            put_f(&want, "%s%d:%zu=%s", i ? " " : "", row, i + 1, cells[i]);
        }
        csv_write_end(&w);
        put_c(&want, '\n');
    }
    CHECK_STR(rows_of(a, buf_str(&b), 0, NULL), buf_str(&want));
}

TEST(csv_separator_survives_quoted_separators_of_all_kinds)
{
    CHECK_STR(rows_of(a, S("\"a;b\",\"c;d\"\n\"e;f\",\"g;h\"\n"), 0, NULL), S("1:1=a;b 1:2=c;d\n2:1=e;f 2:2=g;h\n"));
}
