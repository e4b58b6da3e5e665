/* What an office's sheet may look like, a rule at a time.  Tax codes are made up; their check digits are right. */
#include "fixture.h"

#include "base/file.h"
#include "format/sheet.h"
#include "format/xlsx_write.h"
#include "model/change.h"
#include "model/merge.h"

#include <unistd.h>

#define ONE   "0126018157"
#define TWO   "0121993514"
#define THREE "0101895558"

static const struct record *figures(const struct record *r, int64_t year)
{
    const struct records *list = &r->children[ENTERPRISE_FIGURES];
    for (size_t i = 0; i < list->n; i++)
        if (v_i64(list->p[i]->v[FIGURE_YEAR]) == year) return list->p[i];
    test_fail(__FILE__, __LINE__, "no figures of %lld", (long long)year);
}

static Str problem(struct work *w, const struct import_report *r, size_t i)
{
    CHECK(i < r->problems.n);
    return message_str(w->a, EN, r->problems.p[i].what);
}

/* ---- headings ------------------------------------------------------------------------------------ */

TEST_REGISTER(the_header_is_found_under_titles)
{
    struct import_report r = import_text(w, "SỞ CÔNG THƯƠNG\nDanh sách doanh nghiệp\n\nSTT,Tên doanh nghiệp,MST\n1,Công ty A," ONE "\n");
    CHECK_INT(r.header_row, 4);
    CHECK_INT(r.added, 1);
}

TEST_REGISTER(a_heading_over_years_is_joined_with_them)
{
    import_text(w, "STT,Tên doanh nghiệp,MST,Doanh thu (tỷ đồng),,Số lao động\n,,,2023,2024,\n1,Công ty A," ONE ",\"1,5\",2,10\n");
    const struct record *e = enterprise_by(w, ONE);
    CHECK_INT(v_i64(figures(e, 2023)->v[FIGURE_REVENUE]), 1500000000);
    CHECK_INT(v_i64(figures(e, 2024)->v[FIGURE_REVENUE]), 2000000000);
    CHECK_INT(v_i64(figures(e, 2024)->v[FIGURE_EMPLOYEES]), 10);
}

TEST_REGISTER(the_same_words_in_another_order_are_a_question_and_not_an_answer)
{
    CHECK_INT(import_text(w, "Tên doanh nghiệp,Xã/phường\nCông ty TNHH Hoàng Kim Long,Xã Sóc Sơn\n").added, 1);
    CHECK_INT(import_text(w, "Tên doanh nghiệp,Xã/phường\nCTY TNHH HOÀNG KIM LONG,X. Sóc Sơn\n").same, 1);
    CHECK_INT(import_text(w, "Tên doanh nghiệp,Xã/phường\nCông ty TNHH Hoàng Long Kim,Xã Sóc Sơn\n").unsure, 1);
}

TEST_REGISTER(years_and_units_stand_in_headings)
{
    import_text(w, "Ten DN;Ma so thue;Doanh thu nam 2024 (trieu dong);Xuất khẩu 2025 (nghìn đồng);Doanh thu (USD)\n"
                   "Cong ty A;" ONE ";1.234,5;70;99\n");
    const struct record *e = enterprise_by(w, ONE);
    CHECK_INT(v_i64(figures(e, 2024)->v[FIGURE_REVENUE]), 1234500000);
    CHECK_INT(v_i64(figures(e, 2025)->v[FIGURE_EXPORTS]), 70000);
    CHECK_INT(e->children[ENTERPRISE_FIGURES].n, 2);
}

TEST_REGISTER(a_year_nobody_names_is_that_of_the_titles_and_the_report_says_so)
{
    struct import_report r = import_text(w, "(Số liệu đến 30/6/2023)\nTên doanh nghiệp,MST,Số lao động\nCông ty A," ONE ",12\n");
    CHECK_INT(v_i64(figures(enterprise_by(w, ONE), 2023)->v[FIGURE_EMPLOYEES]), 12);
    CHECK_INT(r.notes.n, 1);
    CHECK_STR(message_str(a, EN, r.notes.p[0]), S("The heading “Số lao động” names no year; 2023 is taken."));
}

TEST_REGISTER(english_headings_are_read_with_english_numbers)
{
    import_text(w, "Company name,Tax code,Revenue 2024 (million VND),Number of employees\nA Co. Ltd," ONE ",\"1,234\",5\n");
    CHECK_INT(v_i64(figures(enterprise_by(w, ONE), 2024)->v[FIGURE_REVENUE]), 1234000000);
}

TEST_REGISTER(headings_with_slips_and_additions_are_understood)
{
    struct import_report r = import_text(w, "Tên doanh nghịep,Mã số thuế (*),Số điện thoại liên lạc,Ý kiến khác\nCông ty A," ONE ",0912345678,x\n");
    CHECK_INT(r.added, 1);
    CHECK_STR(r.columns.p[2].target, S("phone"));
    CHECK_STR(r.columns.p[3].target, S(""));
}

TEST_REGISTER(what_the_program_works_out_itself_is_called_so_and_all_else_of_an_export_is_understood)
{
    import_text(w, "Tên doanh nghiệp,MST,Doanh thu 2024\nCông ty A," ONE ",5000000\n");
    w->lang = EN;
    struct import_report r = import_with(w, exported(w, "csv"), &(struct import_options){ .sheet = -1 });
    int worked_out = 0;
    for (size_t i = 0; i < r.columns.n; i++) {
        if (!r.columns.p[i].label.n) test_fail(__FILE__, __LINE__, "%.*s", FMT(r.columns.p[i].heading));
        worked_out += str_is(r.columns.p[i].label, "worked out by the program, not imported");
    }
    CHECK(worked_out > 0);
}

TEST_REGISTER(a_mapping_says_what_headings_do_not)
{
    const char *csv = "Đơn vị,Mã,Tổng thu,Ghi chú\nCông ty A," ONE ",3,thừa\n";
    struct import_options o = { .sheet = -1, .mapping = S("# của quận\nĐơn vị = name_vi\nMã = tax_code\nTổng thu = figures.revenue[2024]*1000000\nGhi chú = -\n") };
    import_with(w, str_of(csv), &o);
    const struct record *e = enterprise_by(w, ONE);
    CHECK_INT(v_i64(figures(e, 2024)->v[FIGURE_REVENUE]), 3000000);
    CHECK(!v_is(e->v[ENTERPRISE_NOTE]));
}

TEST_REGISTER(a_mapping_with_an_unknown_field_is_refused)
{
    struct import_report r;
    Message why;
    struct import_options o = { .sheet = -1, .mapping = S("Đơn vị = nmae_vi") };
    CHECK_INT(import_file(w, &enterprise, S("Đơn vị\nA\n"), &o, &r, &why), ERR_INVALID);
    CHECK_STR(why.fact[0], S("1"));
}

TEST_REGISTER(a_file_without_headings_is_refused)
{
    struct import_report r;
    Message why;
    struct import_options o = { .sheet = -1 };
    CHECK_INT(import_file(w, &enterprise, S("1,2,3\n4,5,6\n"), &o, &r, &why), ERR_INVALID);
    CHECK(why.id);
}

TEST_REGISTER(a_unit_over_the_table_is_that_of_its_amounts)
{
    struct import_report r = import_text(w, "Danh sách,,,\n,,,Đơn vị tính: triệu đồng\nTên doanh nghiệp,MST,Doanh thu 2023,Vốn điều lệ (tỷ đồng)\nCông ty A," ONE ",2,3\n");
    const struct record *e = enterprise_by(w, ONE);
    CHECK_INT(v_i64(figures(e, 2023)->v[FIGURE_REVENUE]), 2000000);
    CHECK_INT(v_i64(e->v[ENTERPRISE_CHARTER_CAPITAL]), 3000000000);
    CHECK_INT(r.notes.n, 1);
}

TEST_REGISTER(one_year_under_a_heading_is_a_second_row_of_headings)
{
    CHECK_INT(import_text(w, "Tên doanh nghiệp,MST,Doanh thu (tỷ đồng)\n,,2023\nCông ty A," ONE ",2\n").added, 1);
    CHECK_INT(v_i64(figures(enterprise_by(w, ONE), 2023)->v[FIGURE_REVENUE]), 2000000000);
}

TEST_REGISTER(a_row_for_each_year_names_its_year_in_a_column)
{
    struct import_report r = import_text(w, "Tên doanh nghiệp,MST,Năm,Số lao động\nCông ty A," ONE ",2023,5\nCông ty A," ONE ",2024,6\n");
    CHECK_INT(r.added, 1);
    CHECK_INT(r.changed, 1);
    CHECK_INT(v_i64(figures(enterprise_by(w, ONE), 2024)->v[FIGURE_EMPLOYEES]), 6);
}

TEST_REGISTER(a_sheet_of_guidance_before_the_list_is_passed_over)
{
    struct xlsx_writer *book;
    struct xlsx_column guide = { .title = S("Hướng dẫn") }, list[] = { { .title = S("Tên doanh nghiệp") }, { .title = S("MST") } };
    struct xlsx_cell row[] = { { XLSX_TEXT, .text = S("Công ty A") }, { XLSX_TEXT, .text = S(ONE) } };
    Str bytes;
    CHECK_INT(xlsx_write_open(a, NULL, &book), OK);
    CHECK_INT(xlsx_write_sheet(book, &(struct xlsx_sheet){ .name = S("Đọc trước"), .columns = &guide, .n = 1 }), OK);
    CHECK_INT(xlsx_write_sheet(book, &(struct xlsx_sheet){ .name = S("Danh sách"), .columns = list, .n = 2 }), OK);
    CHECK_INT(xlsx_write_row(book, row, 2), OK);
    CHECK_INT(xlsx_write_close(book, &bytes), OK);
    struct import_report r = import_with(w, bytes, &(struct import_options){ .sheet = -1 });
    CHECK_INT(r.added, 1);
    CHECK_STR(r.sheet, S("Danh sách"));
}

/* ---- rows ------------------------------------------------------------------------------------------ */

TEST_REGISTER(totals_signatures_and_repeated_headings_are_left_out)
{
    struct import_report r = import_text(w,
        "STT,Tên doanh nghiệp,MST,Số lao động 2025\n(1),(2),(3),(4)\nI,Ngành cơ khí,,\n1,Công ty A," ONE ",10\n"
        "STT,Tên doanh nghiệp,MST,Số lao động 2025\n2,Tổng công ty B," TWO ",20\n3,,,\n,Tổng cộng,,30\n"
        ",\"Hà Nội, ngày 5 tháng 6 năm 2026\",,\n,Người lập biểu,,Thủ trưởng đơn vị\n");
    CHECK_INT(r.added, 2);
    CHECK_INT(r.left_out, 7);
    CHECK_INT(r.rejected, 0);
}

TEST_REGISTER(a_group_of_companies_is_no_total)
{
    CHECK_INT(import_text(w, "Tên doanh nghiệp,Website\nTổng Công ty Thiết bị điện,abc.vn\n").added, 1);
}

TEST_REGISTER(cells_that_say_none_hold_nothing)
{
    import_text(w, "Tên doanh nghiệp,MST,Website,Email,Chứng nhận,Ngày cấp\nCông ty A," ONE ",Không có,-,Chưa có,04/04/2024\n");
    const struct record *e = enterprise_by(w, ONE);
    CHECK(!v_is(e->v[ENTERPRISE_WEBSITE]) && !v_is(e->v[ENTERPRISE_EMAIL]));
    CHECK_INT(e->children[ENTERPRISE_CERTIFICATES].n, 0);
}

TEST_REGISTER(several_children_stand_in_a_cell)
{
    import_text(w, "Tên doanh nghiệp,MST,Sản phẩm chính,Chứng nhận,Ngày cấp\n"
                   "Công ty A," ONE ",\"linh kiện nhựa, phụ tùng (khách hàng: Honda; Toyota); - Bánh răng\nbánh răng\","
                   "\"ISO 9001:2015, ISO 14001\",01/02/2024; 03/04/2025\n");
    struct record *e = enterprise_by(w, ONE);
    CHECK_STR(field_text(w, e, ENTERPRISE_PRODUCTS), S("linh kiện nhựa, phụ tùng (khách hàng: Honda; Toyota); Bánh răng"));
    const struct records *c = &e->children[ENTERPRISE_CERTIFICATES];
    CHECK_INT(c->n, 2);
    CHECK_STR(v_str(c->p[0]->v[CERTIFICATE_ISSUED_ON]), S("2024-02-01"));
    CHECK_STR(v_str(c->p[1]->v[CERTIFICATE_ISSUED_ON]), S("2025-04-03"));
}

TEST_REGISTER(short_names_of_customers_stand_between_commas)
{
    import_text(w, "Tên doanh nghiệp,MST,Khách hàng\nCông ty A," ONE ",\"Toyota, Honda Việt Nam\"\n"
                   "Công ty B," TWO ",\"Các hãng lắp ráp ô tô, xe máy trong nước\"\nCông ty C," THREE ",\"Canon (Bắc Thăng Long, Quế Võ)\"\n");
    CHECK_INT(enterprise_by(w, ONE)->children[ENTERPRISE_CUSTOMERS].n, 2);
    CHECK_INT(enterprise_by(w, TWO)->children[ENTERPRISE_CUSTOMERS].n, 1);
    CHECK_INT(enterprise_by(w, THREE)->children[ENTERPRISE_CUSTOMERS].n, 1);
}

TEST_REGISTER(products_in_numbered_columns_are_products_of_their_own)
{
    import_text(w, "Tên doanh nghiệp,MST,Sản phẩm 1,Mã HS,Sản phẩm 2,Mã HS\nCông ty A," ONE ",Khuôn,8480,Lò xo,7320\n");
    const struct records *p = &enterprise_by(w, ONE)->children[ENTERPRISE_PRODUCTS];
    CHECK_INT(p->n, 2);
    CHECK_STR(v_str(p->p[1]->v[field_index(&product, S("hs_code"))]), S("7320"));
}

static Str capacity(struct work *w, const struct record *e, size_t i)
{
    return record_text(w, e->children[ENTERPRISE_PRODUCTS].p[i], field_index(&product, S("capacity")));
}

TEST_REGISTER(a_unit_stands_in_the_heading_or_behind_the_number)
{
    import_text(w, "Tên doanh nghiệp,MST,Sản phẩm,Công suất (tấn/năm)\n"
                   "Công ty A," ONE ",Đúc; Khuôn; Vòng,\"1.200,5 tấn/năm; 500 bộ; 7\"\nCông ty B," TWO ",Đúc,1500\n");
    struct record *one = enterprise_by(w, ONE);
    CHECK_STR(capacity(w, one, 0), S("1.200,5\xC2\xA0" "tấn"));
    CHECK_STR(capacity(w, one, 1), S("500\xC2\xA0" "bộ"));
    CHECK_STR(capacity(w, one, 2), S("7\xC2\xA0" "tấn"));
    CHECK_STR(capacity(w, enterprise_by(w, TWO), 0), S("1.500\xC2\xA0" "tấn"));
    import_text(w, "Tên doanh nghiệp,MST,Sản phẩm,Công suất (nghìn chiếc mỗi năm)\nCông ty C," THREE ",Đúc; Khuôn,3; 2 nghìn tấn / năm\n");
    CHECK_STR(capacity(w, enterprise_by(w, THREE), 0), S("3\xC2\xA0" "nghìn chiếc"));
    CHECK_STR(capacity(w, enterprise_by(w, THREE), 1), S("2.000\xC2\xA0" "tấn"));
}

TEST_REGISTER(a_unit_nobody_knows_is_noted_or_rejects_the_row)
{
    struct import_report r = import_text(w, "Tên doanh nghiệp,MST,Sản phẩm,Công suất (xe bò/năm)\n"
                                            "Công ty A," ONE ",Đúc,5\nCông ty B," TWO ",Đúc,5 tấn/ngày\n");
    CHECK_INT(r.notes.n, 1);
    CHECK(str_has(message_str(a, EN, r.notes.p[0]), S("the unit “xe bò”")));
    CHECK_STR(capacity(w, enterprise_by(w, ONE), 0), S("5"));
    CHECK_INT(r.rejected, 1);
    CHECK(str_has(problem(w, &r, 0), S("“tấn/ngày”")));
}

TEST_REGISTER(the_ward_is_taken_out_of_an_address)
{
    import_text(w, "Tên doanh nghiệp,MST,Địa chỉ\nCông ty A," ONE ",\"Số 5 đường Láng, phường Láng, TP. Hà Nội\"\n"
                   "Công ty B," TWO ",\"Số 7, đường Tây Sơn, phường Thịnh Quang, quận Đống Đa, Hà Nội\"\n"
                   "Công ty C," THREE ",\"Lô 3, KCN Yên Phong, Bắc Ninh\"\n");
    struct record *one = enterprise_by(w, ONE), *two = enterprise_by(w, TWO), *three = enterprise_by(w, THREE);
    CHECK_STR(v_str(one->v[ENTERPRISE_ADDRESS]), S("Số 5 đường Láng"));
    CHECK_STR(field_text(w, one, ENTERPRISE_WARD), S("Phường Láng"));
    CHECK(!v_is(one->v[ENTERPRISE_OLD_ADDRESS]));
    CHECK_STR(v_str(two->v[ENTERPRISE_ADDRESS]), S("Số 7, đường Tây Sơn"));
    CHECK_STR(field_text(w, two, ENTERPRISE_WARD), S("Phường Đống Đa"));
    CHECK_STR(v_str(two->v[ENTERPRISE_OLD_ADDRESS]), S("Số 7, đường Tây Sơn, phường Thịnh Quang, quận Đống Đa, Hà Nội"));
    CHECK_STR(v_str(three->v[ENTERPRISE_ADDRESS]), S("Lô 3, KCN Yên Phong, Bắc Ninh"));
    CHECK(!v_is(three->v[ENTERPRISE_WARD]));
}

/* ---- wrong rows ---------------------------------------------------------------------------------------- */

TEST_REGISTER(a_wrong_row_is_rejected_whole_with_every_reason)
{
    const char *path = str_z(a, str_f(a, "%s/list.rejected.xlsx", test_dir()));
    const char *csv = "Tên doanh nghiệp,MST,Email,Sản phẩm\nCông ty A,0126018158,không phải thư,Khuôn\nCông ty B," TWO ",,\n";
    struct import_report r = import_with(w, str_of(csv), &(struct import_options){ .sheet = -1, .rejected_path = path });
    CHECK_INT(r.rejected, 1);
    CHECK_INT(r.added, 1);
    CHECK_INT(count_of(w, "product"), 0);
    CHECK_INT(r.problems.n, 2);
    CHECK_STR(r.problems.p[0].column, S("B"));
    CHECK(str_has(problem(w, &r, 0), S("check digit")));
    CHECK_STR(r.problems.p[1].heading, S("Email"));

    struct sheet_reader *in;
    const struct sheet_row *row;
    Message why;
    CHECK_INT(sheet_open(a, test_read(a, path), &in, &why), OK);
    CHECK_INT(sheet_choose(in, 0, &why), OK);
    CHECK_INT(sheet_next(in, &row, &why), OK);
    CHECK_STR(row->cells[2].text, S("MST"));
    CHECK_INT(sheet_next(in, &row, &why), OK);
    CHECK(str_starts(row->cells[0].text, S("MST: “0126018158”")));
    CHECK(str_has(row->cells[0].text, S("\nEmail: ")));
    CHECK_STR(row->cells[1].text, S("Công ty A"));
    sheet_close(in);
    unlink(path);
}

TEST_REGISTER(a_code_that_no_list_knows_costs_the_row_that_cell_alone)
{
    struct import_report r = import_text(w,
        "Tên doanh nghiệp,MST,Khu công nghiệp,Công nghệ,Chứng nhận,Ngày cấp,Mã ngành VSIC\n"
        "Công ty A," ONE ",CCN Nơi Nào Đó,\"Dập, Phép thuật\",ISO 9001; XYZ 1; ISO 14001,01/02/2024; 02/02/2024; 03/02/2024,2592; 9999\n");
    CHECK_INT(r.added, 1);
    CHECK_INT(r.rejected, 0);
    CHECK_INT(r.problems.n, 4);
    for (size_t i = 0; i < r.problems.n; i++) {
        CHECK(!r.problems.p[i].rejected);
        CHECK(str_ends(problem(w, &r, i), S("; it was left out")));
    }
    CHECK(str_has(problem(w, &r, 0), S("“CCN Nơi Nào Đó”")));
    CHECK_STR(r.problems.p[0].column, S("C"));
    struct record *e = enterprise_by(w, ONE);
    CHECK(!v_is(e->v[ENTERPRISE_ZONE]));
    CHECK_STR(v_str(e->v[ENTERPRISE_VSIC]), S(";2025/2592;"));
    CHECK_INT(e->children[ENTERPRISE_PROCESSES].n, 1);
    const struct records *c = &e->children[ENTERPRISE_CERTIFICATES];
    CHECK_INT(c->n, 2);
    CHECK_STR(v_str(c->p[1]->v[CERTIFICATE_ISSUED_ON]), S("2024-02-03"));
}

TEST_REGISTER(an_unknown_place_rejects_the_row_for_it_tells_namesakes_apart)
{
    CHECK_INT(import_text(w, "Tên doanh nghiệp,Xã/phường\nCông ty A,Nơi nào đó\n").rejected, 1);
}

TEST_REGISTER(corrected_rejected_rows_import)
{
    struct import_report r = import_text(w, "Lý do,Tên doanh nghiệp,MST,Doanh thu (triệu đồng) / 2024\nMST: sai,Công ty A," ONE ",5\n");
    CHECK_INT(r.added, 1);
    CHECK_INT(v_i64(figures(enterprise_by(w, ONE), 2024)->v[FIGURE_REVENUE]), 5000000);
}

TEST_REGISTER(no_rejected_rows_make_no_workbook)
{
    const char *path = str_z(a, str_f(a, "%s/none.rejected.xlsx", test_dir()));
    import_with(w, S("Tên doanh nghiệp,MST\nCông ty A," ONE "\n"), &(struct import_options){ .sheet = -1, .rejected_path = path });
    CHECK(access(path, F_OK) != 0);
}

/* ---- whom a row means -------------------------------------------------------------------------------------- */

TEST_REGISTER(an_update_changes_only_cells_that_are_there_and_differ)
{
    import_text(w, "Tên doanh nghiệp,MST,Điện thoại,Email,Sản phẩm\nCông ty A," ONE ",02438251234,a@b.vn,Khuôn\n");
    struct import_report r = import_text(w, "Tên doanh nghiệp,MST,Điện thoại,Email,Sản phẩm\nCTY A," ONE ",02438259999,,Lò xo\n");
    CHECK_INT(r.changed, 1);
    struct record *e = enterprise_by(w, ONE);
    CHECK_STR(v_str(e->v[ENTERPRISE_NAME_VI]), S("Công ty A"));
    CHECK_STR(v_str(e->v[ENTERPRISE_PHONE]), S("02438259999"));
    CHECK_STR(v_str(e->v[ENTERPRISE_EMAIL]), S("a@b.vn"));
    CHECK_STR(field_text(w, e, ENTERPRISE_PRODUCTS), S("Khuôn; Lò xo"));
    struct changes log;
    CHECK_INT(changes_of(w, &enterprise, e->id, 0, 1, &log), OK);
    CHECK(!str_has(log.p[0].delta, S("email")));
    CHECK_STR(log.p[0].source.file, S("text.csv"));
    CHECK_INT(log.p[0].source.row, 2);
}

TEST_REGISTER(repeats_inside_a_file_are_one_enterprise)
{
    struct import_report r = import_text(w, "Tên doanh nghiệp,MST,Xã/phường\nCông ty TNHH Đúc A Châu," ONE ",P. Láng\n"
                                            "CTY TNHH DUC A CHAU,,Phường Láng\nCông ty cổ phần Thép B Đô,,P. Láng\nCTCP Thép B Đô,,P. Láng\n");
    CHECK_INT(r.added, 2);
    CHECK_INT(r.same, 2);
}

TEST_REGISTER(two_tax_codes_are_two_enterprises_whatever_the_names)
{
    CHECK_INT(import_text(w, "Tên doanh nghiệp,MST\nCông ty TNHH Đúc Hoa Sen," ONE "\nCông ty cổ phần Đúc Hoa Sen," TWO "\n").added, 2);
}

static const char ASIDES[] = "Tên doanh nghiệp,MST,Xã/phường\nCông ty TNHH Đúc Hoa Sen," ONE ",P. Láng\nCông ty TNHH Đúc Hoa Sen,,P. Ba Đình\n";

TEST_REGISTER(one_name_in_two_places_is_for_a_person_to_decide)
{
    struct import_report r = import_text(w, ASIDES);
    struct asides list;
    CHECK_INT(r.unsure, 1);
    CHECK_INT(asides_open(w, &enterprise, 0, 10, &list), OK);
    CHECK_INT(list.n, 1);
    CHECK_INT(list.p[0].source.row, 3);
    CHECK_INT(list.p[0].candidates[0].record, enterprise_by(w, ONE)->id);
    CHECK_STR(v_str(list.p[0].row->v[ENTERPRISE_NAME_VI]), S("Công ty TNHH Đúc Hoa Sen"));
    r = import_text(w, ASIDES);
    CHECK_INT(r.unsure, 1);
    CHECK_INT(r.batch, 0);
    CHECK_INT(count_of(w, "aside"), 1);
}

TEST_REGISTER(what_an_undone_import_set_aside_is_asked_no_more_until_it_is_imported_again)
{
    struct asides list;
    struct undone u;
    Message why;
    CHECK_INT(batch_undo(w, import_text(w, ASIDES).batch, &u), OK);
    CHECK_INT(asides_open(w, &enterprise, 0, 10, &list), OK);
    CHECK_INT(list.n, 0);
    CHECK_INT(aside_decide(w, 1, 0, &why), ERR_MISSING);
    CHECK_INT(import_text(w, ASIDES).unsure, 1);
    CHECK_INT(asides_open(w, &enterprise, 0, 10, &list), OK);
    CHECK_INT(list.n, 1);
}

TEST_REGISTER(an_answer_new_is_imported_and_never_asked_again)
{
    struct asides list;
    Message why;
    import_text(w, ASIDES);
    CHECK_INT(asides_open(w, &enterprise, 0, 10, &list), OK);
    CHECK_INT(aside_decide(w, list.p[0].id, 0, &why), OK);
    CHECK_INT(count_of(w, "enterprise"), 2);
    CHECK_INT(aside_decide(w, list.p[0].id, 0, &why), ERR_MISSING);
    struct import_report r = import_text(w, ASIDES);
    CHECK_INT(r.same, 2);
    CHECK_INT(r.unsure, 0);
}

TEST_REGISTER(an_answer_same_is_merged_and_never_asked_again)
{
    struct asides list;
    Message why;
    import_text(w, ASIDES);
    CHECK_INT(asides_open(w, &enterprise, 0, 10, &list), OK);
    CHECK_INT(aside_decide(w, list.p[0].id, list.p[0].candidates[0].record, &why), OK);
    CHECK_INT(count_of(w, "enterprise"), 1);
    CHECK_STR(field_text(w, enterprise_by(w, ONE), ENTERPRISE_WARD), S("Phường Ba Đình"));
    struct import_report r = import_text(w, "Tên doanh nghiệp,Xã/phường\nCông ty TNHH Đúc Hoa Sen,P. Ba Đình\n");
    CHECK_INT(r.same, 1);
    CHECK_INT(r.unsure, 0);
}

static const char TWINS[] = "Tên doanh nghiệp,MST,Xã/phường,Điện thoại\nCông ty TNHH Đúc Hoa Sen," ONE ",P. Láng,\n"
                            "Công ty TNHH Đúc Hoa Sen cũ," TWO ",P. Ba Đình,0243 123 4567\n";

TEST_REGISTER(the_tax_code_of_a_record_merged_away_means_the_survivor)
{
    struct undone u;
    int64_t batch;
    import_text(w, TWINS);
    Str parted = exported(w, "csv");
    CHECK_INT(record_merge(w, &enterprise, enterprise_by(w, TWO)->id, enterprise_by(w, ONE)->id, &batch), OK);
    struct import_report r = import_text(w, TWINS);
    CHECK_INT(r.same, 2);
    CHECK_INT(import_with(w, parted, &(struct import_options){ .sheet = -1 }).same, 2);     /* by the old number */
    r = import_text(w, "Tên doanh nghiệp,MST,Sản phẩm\nTên khác," TWO ",bánh răng\n");
    CHECK_INT(r.changed, 1);
    struct record *one = enterprise_by(w, ONE);
    CHECK_STR(v_str(one->v[ENTERPRISE_NAME_VI]), S("Công ty TNHH Đúc Hoa Sen"));
    CHECK_INT(one->children[ENTERPRISE_PRODUCTS].n, 1);
    CHECK_INT(count_of(w, "enterprise"), 1);
    CHECK_INT(batch_undo(w, batch, &u), OK);
    CHECK_INT(import_text(w, TWINS).same, 2);
    CHECK_INT(count_of(w, "enterprise"), 2);
}

TEST_REGISTER(the_name_of_a_record_merged_away_means_the_survivor)
{
    static const char list[] = "Tên doanh nghiệp,Xã/phường\nCông ty TNHH Đúc Hoa Sen,P. Láng\nCông ty TNHH Khuôn mẫu Tây Hồ,P. Ba Đình\n";
    int64_t batch;
    import_text(w, list);
    CHECK_INT(record_merge(w, &enterprise, 2, 1, &batch), OK);
    CHECK_INT(import_text(w, list).same, 2);
    CHECK_INT(count_of(w, "enterprise"), 1);
}

TEST_REGISTER(an_answer_about_a_record_merged_since_is_about_the_survivor)
{
    struct asides list;
    Message why;
    int64_t batch;
    import_text(w, ASIDES);
    import_text(w, "Tên doanh nghiệp,MST\nCông ty cổ phần Gang," TWO "\n");
    int64_t asked = enterprise_by(w, ONE)->id;
    CHECK_INT(record_merge(w, &enterprise, asked, enterprise_by(w, TWO)->id, &batch), OK);
    CHECK_INT(asides_open(w, &enterprise, 0, 10, &list), OK);
    CHECK_INT(aside_decide(w, list.p[0].id, asked, &why), OK);
    CHECK_INT(count_of(w, "enterprise"), 1);
    CHECK_INT(import_text(w, "Tên doanh nghiệp,Xã/phường\nCông ty TNHH Đúc Hoa Sen,P. Ba Đình\n").added, 0);
}

TEST_REGISTER(what_was_decided_about_a_record_merged_since_is_about_the_survivor)
{
    struct asides list;
    Message why;
    int64_t batch;
    import_text(w, ASIDES);
    CHECK_INT(asides_open(w, &enterprise, 0, 10, &list), OK);
    CHECK_INT(aside_decide(w, list.p[0].id, enterprise_by(w, ONE)->id, &why), OK);
    import_text(w, "Tên doanh nghiệp,MST\nCông ty cổ phần Gang," TWO "\n");
    CHECK_INT(record_merge(w, &enterprise, enterprise_by(w, ONE)->id, enterprise_by(w, TWO)->id, &batch), OK);
    struct import_report r = import_text(w, ASIDES);
    CHECK_INT(r.added, 0);
    CHECK_INT(r.unsure, 0);
    CHECK_INT(count_of(w, "enterprise"), 1);
}

TEST_REGISTER(a_name_with_a_slip_is_for_a_person_and_another_name_is_new)
{
    import_text(w, "Tên doanh nghiệp\nCông ty TNHH Cơ khí Kim Vicostone Sen\n");
    CHECK_INT(import_text(w, "Tên doanh nghiệp\nCông ty TNHH Cơ khí Kim Vicoston Sen\n").unsure, 1);
    CHECK_INT(import_text(w, "Tên doanh nghiệp\nCông ty TNHH Cơ khí Hoa Phượng Đỏ\n").added, 1);
    CHECK_INT(import_text(w, "Tên doanh nghiệp\nCông ty TNHH Cơ khí Kim Vicostone Sen 2\n").added, 1);
}

/* ---- the whole ------------------------------------------------------------------------------------------------- */

TEST_REGISTER(a_dry_run_reports_and_writes_nothing)
{
    struct import_report r = import_with(w, S("Tên doanh nghiệp,MST\nCông ty A," ONE "\n"), &(struct import_options){ .sheet = -1, .dry_run = true });
    CHECK_INT(r.added, 1);
    CHECK_INT(r.batch, 0);
    CHECK_INT(count_of(w, "enterprise") + count_of(w, "batch"), 0);
}

TEST_REGISTER(an_export_imports_back_with_no_change)
{
    static const char *const formats[] = { "csv", "xlsx" };
    import_text(w, "Tên doanh nghiệp,Tên tiếng Anh,MST,Xã/phường,Vốn điều lệ (tỷ đồng),Sản phẩm,Chứng nhận,Ngày cấp,Số lao động 2024,Số lao động 2025,"
                   "Doanh thu 2025,Công nghệ,Khách hàng,Năm thành lập,Lĩnh vực\n"
                   "Công ty A,A Co.," ONE ",P. Láng,\"1,5\",Khuôn; Lò xo,ISO 9001; ISO 14001,05/06/2024,10,12,\"12.345.678\",Hàn điểm,Honda; Toyota,1999,cơ khí\n"
                   "Công ty B,,," "X. Sóc Sơn,,,,,,,,,,,\n");
    Str before = exported(w, "json");
    for (int l = 0; l < LANGS; l++)
        for (size_t i = 0; i < COUNT(formats); i++) {
            w->lang = (enum lang)l;
            Str file = exported(w, formats[i]);
            struct import_report r = import_with(w, file, &(struct import_options){ .sheet = -1 });
            CHECK_INT(r.same, 2);
            CHECK_INT(r.batch, 0);
        }
    w->lang = VI;
    CHECK_STR(exported(w, "json"), before);
}

TEST_REGISTER(an_edited_export_changes_what_was_edited)
{
    import_text(w, "Tên doanh nghiệp,MST\nCông ty Khuôn mẫu đúc," ONE "\n");
    Str id = public_id(a, &enterprise, enterprise_by(w, ONE)->id);
    const char *csv = str_z(a, str_f(a, "Mã hồ sơ,Tên tiếng Việt,Mã số thuế\n%.*s,Công ty Khuôn mẫu Đức," ONE "\n", FMT(id)));
    struct import_options o = { .sheet = -1, .mapping = S("") };
    csv = str_z(a, str_f(a, "%.*s%s", FMT(tr(VI, N_("Record number"))), strchr(csv, ',')));
    CHECK_INT(import_with(w, str_of(csv), &o).changed, 1);
    CHECK_STR(v_str(enterprise_by(w, ONE)->v[ENTERPRISE_NAME_VI]), S("Công ty Khuôn mẫu Đức"));
}

TEST_REGISTER(a_tax_code_of_another_record_is_refused)
{
    import_text(w, "Tên doanh nghiệp,MST\nCông ty A," ONE "\nCông ty B," TWO "\n");
    Str id = public_id(a, &enterprise, enterprise_by(w, ONE)->id);
    struct import_report r = import_text(w, str_z(a, str_f(a, "%.*s,MST\n%.*s," TWO "\n", FMT(tr(VI, N_("Record number"))), FMT(id))));
    CHECK_INT(r.rejected, 1);
    CHECK(str_has(problem(w, &r, 0), S("already belongs")));
}

static const struct record *import_from(const struct record *r, size_t i, Str country, int64_t value)
{
    const struct records *list = &r->children[ENTERPRISE_IMPORTS];
    CHECK(i < list->n);
    CHECK_STR(v_str(list->p[i]->v[IMPORT_COUNTRY]), country);
    CHECK_INT(v_i64(list->p[i]->v[IMPORT_VALUE]), value);
    return list->p[i];
}

TEST_REGISTER(one_input_is_imported_from_two_countries)
{
#define SHEET "Tên doanh nghiệp,MST,Nguyên liệu nhập khẩu,Nước nhập khẩu,Giá trị nhập khẩu (triệu đồng)\nCông ty A," ONE
    import_text(w, SHEET ",Thép tấm; Thép tấm,Nhật Bản; Hàn Quốc,5; 7\n");
    const struct record *r = enterprise_by(w, ONE);
    CHECK_INT(r->children[ENTERPRISE_IMPORTS].n, 2);
    import_from(r, 0, S("2025/JP"), 5000000);
    import_from(r, 1, S("2025/KR"), 7000000);
    CHECK_INT(import_text(w, SHEET ",Thép tấm; thép tấm,Nhật Bản; Hàn Quốc,5; 7\n").same, 1);
    import_text(w, SHEET ",THÉP TẤM,Hàn Quốc,9\n");
    r = enterprise_by(w, ONE);
    CHECK_INT(r->children[ENTERPRISE_IMPORTS].n, 2);
    import_from(r, 0, S("2025/JP"), 5000000);
    CHECK_STR(v_str(import_from(r, 1, S("2025/KR"), 9000000)->v[IMPORT_PRODUCT]), S("Thép tấm"));
    CHECK_INT(import_text(w, "Tên doanh nghiệp,MST,Nguyên liệu nhập khẩu\nCông ty A," ONE ",Thép tấm; Thép tấm\n").same, 1);
#undef SHEET
}
