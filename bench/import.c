/*
 * The workbook and the import of bench/import.sh: `bench_import make FILE` writes 100,000 fictional enterprises in 20 columns as an office
 * would; `bench_import read FILE DATABASE` imports it into a new database and says how many rows it took, in how many
 * seconds, and the most memory in megabytes.
 */
#include "base/date.h"
#include "base/file.h"
#include "format/xlsx_write.h"
#include "model/import/import.h"
#include "model/schema.h"
#include "model/type.h"
#include "programme/entities.h"
#include "programme/register.h"

#include <stdio.h>
#include <sys/resource.h>

enum { ROWS = 100000, COLUMNS = 20 };

static const char *const headings[COLUMNS] = {
    "Tên doanh nghiệp", "Tên tiếng Anh", "MST", "Xã/phường", "Địa chỉ", "Điện thoại", "Email", "Website", "Năm thành lập",
    "Vốn điều lệ (tỷ đồng)", "Lĩnh vực", "Sản phẩm chính", "Công nghệ", "Chứng nhận", "Ngày cấp", "Số lao động (người)",
    "Doanh thu 2024 (triệu đồng)", "Doanh thu 2025 (triệu đồng)", "Giá trị xuất khẩu 2025 (triệu đồng)", "Ghi chú",
};

static const char *const trades[] = { "Cơ khí chính xác", "Khuôn mẫu", "Nhựa kỹ thuật", "Linh kiện điện tử", "Mạ điện", "Dây cáp", "Lò xo", "Đúc" };
static const char *const trades_en[] = { "Precision Mechanics", "Mould", "Plastics", "Electronic Components", "Plating", "Cable", "Spring", "Casting" };
static const char *const wards[] = { "P. Ba Đình", "X. Sóc Sơn", "Xã Quang Minh", "Phường Long Biên", "X. Thạch Thất", "P. Giảng Võ", "X. Đại Xuyên", "Xã Phúc Thịnh" };
static const char *const products[] = { "Bánh răng; Trục thép CNC", "Khuôn ép nhựa", "Vỏ nhựa máy in; Ống nhựa kỹ thuật", "Bảng mạch PCB", "Lò xo nén" };
static const char *const processes[] = { "Đúc áp lực", "Mạ kẽm điện phân", "Ép phun nhựa", "Hàn điểm" };
static const char *const standards[] = { "ISO 9001:2015", "ISO 14001:2015", "IATF 16949:2016", "Chưa có" };

#define PICK(list, n) str_of(list[(n) % COUNT(list)])

static Str tax_code(struct arena *a, uint32_t n)            /* the n-th with a check digit        */
{
    for (uint32_t k = n * 2;; k++) {
        Str nine = str_f(a, "01%07u", k);
        int digit = tax_code_check_digit(nine.p);
        if (digit < 10) return str_f(a, "%.9s%d", nine.p, digit);
    }
}

static void make_row(struct arena *a, struct xlsx_cell *c, uint32_t n)
{
    struct xlsx_cell row[COLUMNS] = {
        { XLSX_TEXT, .text = str_f(a, "Công ty TNHH %.*s Kim Liên %u", FMT(PICK(trades, n)), n) },
        { XLSX_TEXT, .text = str_f(a, "Kim Lien %u %.*s Co., Ltd", n, FMT(PICK(trades_en, n))) },
        { XLSX_TEXT, .text = tax_code(a, n) },
        { XLSX_TEXT, .text = PICK(wards, n / 3) },
        { XLSX_TEXT, .text = str_f(a, "Số %u đường Quang Trung", n % 300) },
        { XLSX_TEXT, .text = str_f(a, "(024) %04u %04u", n % 9000 + 1000, n / 7 % 9000) },
        { XLSX_TEXT, .text = str_f(a, "info@kimlien%u.vn", n) },
        { XLSX_TEXT, .text = str_f(a, "www.kimlien%u.vn", n) },
        { XLSX_NUMBER, .number = 1990 + n % 34 },
        { XLSX_NUMBER, .number = 1 + n % 900 / 4.0 },
        { XLSX_TEXT, .text = PICK(trades, n) },
        { XLSX_TEXT, .text = PICK(products, n) },
        { XLSX_TEXT, .text = PICK(processes, n) },
        { XLSX_TEXT, .text = PICK(standards, n) },
        { XLSX_DATE, .text = str_f(a, "20%02u-%02u-%02u", 18 + n % 8, 1 + n % 12, 1 + n % 28) },
        { XLSX_NUMBER, .number = 5 + n % 900 },
        { XLSX_TEXT, .text = str_f(a, "%u.%03u", 1 + n % 900, n % 1000) },
        { XLSX_NUMBER, .number = 1000 + n % 800000 },
        { XLSX_NUMBER, .number = n % 90000 },
        { XLSX_TEXT, .text = str_f(a, "phiếu số %u", n) },
    };
    memcpy(c, row, sizeof row);
}

static enum err make(struct arena *a, const char *path)
{
    struct xlsx_writer *w;
    struct xlsx_column columns[COLUMNS] = { { .title = { 0 } } };
    struct arena scratch = arena_make((size_t)8 << 20, NULL);
    for (int c = 0; c < COLUMNS; c++) columns[c].title = str_of(headings[c]);
    TRY(xlsx_write_open(a, path, &w));
    TRY(xlsx_write_sheet(w, &(struct xlsx_sheet){ .name = S("Danh sách"), .columns = columns, .n = COLUMNS }));
    for (uint32_t n = 0; n < ROWS; n++) {
        struct xlsx_cell cells[COLUMNS];
        arena_reset(&scratch);
        make_row(&scratch, cells, n);
        TRY(xlsx_write_row(w, cells, COLUMNS));
    }
    arena_free(&scratch);
    return xlsx_write_close(w, NULL);
}

static enum err fill_lists(struct work *w, void *arg) { return codes_init(w); }

static enum err import(struct arena *a, const char *path, const char *database)
{
    struct work w = { .m = model_make(a, entities), .a = a, .lang = VI, .today = { 2026, 11, 22 }, .actor = { .roles = SYSTEM, .name = S("bench") } };
    struct import_report r;
    struct rusage used;
    Message why;
    Str bytes;
    TRY(db_open(str_z(a, str_f(a, "sqlite:%s", database)), DB_CREATE, &w.db));
    TRY(schema_grow(&w, &why));
    TRY(work_write(&w, fill_lists, NULL));
    TRY(codes_load(&w, a, &w.codes));
    TRY(file_map(path, &bytes));
    int64_t start = time_ticks();
    TRY(import_file(&w, &enterprise, bytes, &(struct import_options){ .file_name = str_of(path), .sheet = -1 }, &r, &why));
    double seconds = (double)(time_ticks() - start) / 1e6;
    getrusage(RUSAGE_SELF, &used);
    if (r.added != ROWS) {                                  /* not the measurement that was meant */
        struct buf b = buf_make(a);
        put_import_report(&b, &w, &r);
        fprintf(stderr, "%.*s", FMT(buf_str(&b)));
        return ERR_BROKEN;
    }
    printf("%lld %.3f %ld\n", (long long)r.added, seconds, used.ru_maxrss / 1024);
    db_close(w.db);
    return OK;
}

int main(int argc, char **argv)
{
    struct arena a = arena_make((size_t)256 << 20, NULL);
    bool making = argc == 3 && !strcmp(argv[1], "make"), reading = argc == 4 && !strcmp(argv[1], "read");
    if (!making && !reading) return fprintf(stderr, "bench_import make FILE | read FILE DATABASE\n"), 2;
    return making ? err_exit(make(&a, argv[2])) : err_exit(import(&a, argv[2], argv[3]));
}
