#include "format/xlsx_write.h"
#include "rows.h"
#include "test.h"

static const struct xlsx_column columns[] = { { S_("Tên"), 30, S_("Như trong giấy đăng ký") }, { S_("Vốn"), 0, S_("") },
                                              { S_("Ngày"), 0, S_("") }, { S_("Trang"), 0, S_("") } };

static void write_example(struct xlsx_writer *w)
{
    const struct xlsx_cell rows[][4] = {
        { { .type = XLSX_TEXT, .text = S("=1+1"), .fill = XLSX_BAD, .comment = S("Không phải tên") },
          { .type = XLSX_NUMBER, .number = 1.5 },
          { .type = XLSX_DATE, .text = S("2025-07-01"), .fill = XLSX_GOOD },
          { .type = XLSX_LINK, .text = S("https://hanoi.gov.vn/?a=1&b=2") } },
        { { .type = XLSX_TEXT, .text = S("_x0041_ _x _x00ZZ_ <&>\nđúc") }, { .type = XLSX_EMPTY },
          { .type = XLSX_DATE, .text = S("1850-01-01") },
          { .type = XLSX_LINK, .text = S("internal:A1") } },
    };
    CHECK_INT(xlsx_write_sheet(w, &(struct xlsx_sheet){ S("Doanh nghiệp [1/2]"), columns, COUNT(columns), true }), OK);
    for (size_t i = 0; i < COUNT(rows); i++) CHECK_INT(xlsx_write_row(w, rows[i], COUNT(rows[i])), OK);
    CHECK_INT(xlsx_write_sheet(w, &(struct xlsx_sheet){ S(""), columns, 1, false }), OK);
}

static const char told[] = "1:1=Tên 1:2=Vốn 1:3=Ngày 1:4=Trang\n"
                           "2:1==1+1 2:2#1.5 2:3@2025-07-01 2:4=https://hanoi.gov.vn/?a=1&b=2\n"
                           "3:1=_x0041_ _x _x00ZZ_ <&>\nđúc 3:3=1850-01-01 3:4=internal:A1\n";

TEST(xlsx_written_to_memory_is_read_back_the_same)
{
    struct xlsx_writer *w;
    Str bytes;
    CHECK_INT(xlsx_write_open(a, NULL, &w), OK);
    write_example(w);
    CHECK_INT(xlsx_write_close(w, &bytes), OK);
    CHECK_STR(rows_of(a, bytes, 0, NULL), str_of(told));
    CHECK_STR(rows_of(a, bytes, 1, NULL), S("1:1=Tên\n"));
    struct sheet_reader *r;
    Message why;
    size_t n;
    CHECK_INT(sheet_open(a, bytes, &r, &why), OK);
    CHECK_STR(sheet_list(r, &n)[0].name, S("Doanh nghiệp  1 2"));
    sheet_close(r);
}

TEST(xlsx_written_to_a_file_is_read_back_the_same)
{
    struct xlsx_writer *w;
    const char *path = str_z(a, str_f(a, "%s/written.xlsx", test_dir()));
    CHECK_INT(xlsx_write_open(a, path, &w), OK);
    write_example(w);
    CHECK_INT(xlsx_write_close(w, NULL), OK);
    CHECK_STR(rows_of(a, test_read(a, path), 0, NULL), str_of(told));
}

TEST(xlsx_that_cannot_be_written_says_so)
{
    struct xlsx_writer *w;
    CHECK_INT(xlsx_write_open(a, "/nowhere/x.xlsx", &w), ERR_BROKEN);
}

TEST(xlsx_text_longer_than_a_cell_holds_is_refused)
{
    struct xlsx_writer *w;
    char *p = NEW_ARRAY(a, char, 32768);
    memset(p, 'x', 32768);
    CHECK_INT(xlsx_write_open(a, NULL, &w), OK);
    CHECK_INT(xlsx_write_sheet(w, &(struct xlsx_sheet){ S("A"), columns, 1, false }), OK);
    CHECK_INT(xlsx_write_row(w, &(struct xlsx_cell){ .type = XLSX_TEXT, .text = { p, 32768 } }, 1), ERR_TOO_BIG);
    CHECK_INT(xlsx_write_row(w, &(struct xlsx_cell){ .type = XLSX_TEXT, .text = { p, 32767 } }, 1), OK);
    xlsx_write_drop(w);
}

TEST(xlsx_as_a_form_has_lines_above_its_heading_and_below_its_rows)
{
    struct xlsx_writer *w;
    Str bytes;
    const struct xlsx_line above[] = { { S("SỞ CÔNG THƯƠNG"), XLSX_LEFT }, { S("PHÂN BỔ DỰ TOÁN"), XLSX_TITLE }, { S("Đơn vị tính: đồng"), XLSX_RIGHT } };
    const struct xlsx_cell row[2] = { { .type = XLSX_TEXT, .text = S("Tổng số"), .strong = true }, { .type = XLSX_AMOUNT, .number = 1250000000, .strong = true } };
    CHECK_INT(xlsx_write_open(a, NULL, &w), OK);
    CHECK_INT(xlsx_write_sheet(w, &(struct xlsx_sheet){ .name = S("A"), .columns = columns, .n = 2, .form = true, .above = above, .above_n = COUNT(above) }), OK);
    CHECK_INT(xlsx_write_row(w, row, 2), OK);
    CHECK_INT(xlsx_write_line(w, &(struct xlsx_line){ S("Người lập biểu"), XLSX_RIGHT }), OK);
    CHECK_INT(xlsx_write_close(w, &bytes), OK);
    CHECK_STR(rows_of(a, bytes, 0, NULL), S("1:1=SỞ CÔNG THƯƠNG\n2:1=PHÂN BỔ DỰ TOÁN\n3:1=Đơn vị tính: đồng\n4:1=Tên 4:2=Vốn\n5:1=Tổng số 5:2#1250000000\n"
                                           "6:1=Người lập biểu\n"));
}
