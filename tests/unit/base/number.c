#include "base/number.h"

#include "test.h"

TEST(whole_numbers_are_grouped_by_the_language)
{
    struct buf b = buf_make(a);
    static const int64_t values[] = { 0, 999, -1000, 1234567, INT64_MIN };
    for (size_t i = 0; i < COUNT(values); i++) {
        put_int_grouped(&b, VI, values[i]);
        put_c(&b, ' ');
        put_int_grouped(&b, EN, values[i]);
        put_c(&b, '\n');
    }
    CHECK_STR(buf_str(&b), S("0 0\n999 999\n-1.000 -1,000\n1.234.567 1,234,567\n"
                             "-9.223.372.036.854.775.808 -9,223,372,036,854,775,808\n"));
}

TEST(reals_show_at_most_six_decimals_and_no_idle_zeros)
{
    static const struct { double v; Str vi, en; } rows[] = {
        { 290464.9, S_("290.464,9"), S_("290,464.9") },
        { -0.5, S_("-0,5"), S_("-0.5") },
        { 1e6, S_("1.000.000"), S_("1,000,000") },
        { 0.1234567, S_("0,123457"), S_("0.123457") },
        { -1e-9, S_("0"), S_("0") },
        { 100, S_("100"), S_("100") },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf vi = buf_make(a), en = buf_make(a);
        put_real(&vi, VI, rows[i].v);
        put_real(&en, EN, rows[i].v);
        CHECK_STR(buf_str(&vi), rows[i].vi);
        CHECK_STR(buf_str(&en), rows[i].en);
    }
}

TEST(plain_reals_are_short_and_read_back_the_same)
{
    static const struct { double v; Str text; } rows[] = {
        { 0.1, S_("0.1") }, { 1.0 / 3, S_("0.3333333333333333") }, { 5e-324, S_("4.94065645841247e-324") }, { 1e22, S_("1e+22") },
        { -2, S_("-2") },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b = buf_make(a);
        double back;
        put_real_plain(&b, rows[i].v);
        CHECK_STR(buf_str(&b), rows[i].text);
        CHECK(str_to_f64(buf_str(&b), &back) && back == rows[i].v);
    }
}

TEST(numbers_are_read_as_offices_write_them)
{
    static const struct { Str text; char decimal; double v; } rows[] = {
        { S_("1.234,5"), ',', 1234.5 },     { S_("1.234,5"), '.', 1234.5 },   { S_("1,234.5"), ',', 1234.5 },
        { S_("1.234"), ',', 1234 },         { S_("1.234"), '.', 1.234 },      { S_("1,234"), ',', 1.234 },
        { S_("1,234"), '.', 1234 },         { S_("12.5"), ',', 12.5 },        { S_("12,5"), '.', 12.5 },
        { S_("0.123"), ',', 0.123 },        { S_("1234.567"), ',', 1234.567 }, { S_("1.234.567"), '.', 1234567 },
        { S_("1 234 567,8"), ',', 1234567.8 }, { S_("1\u00A0234"), ',', 1234 }, { S_("1\u202F234,5"), ',', 1234.5 },
        { S_("1'234.5"), '.', 1234.5 },     { S_(" 7 "), ',', 7 },            { S_(",5"), ',', 0.5 },
        { S_("-3"), ',', -3 },              { S_("\u22123"), ',', -3 },       { S_("(1.500)"), ',', -1500 },
        { S_("+4"), ',', 4 },               { S_("862350000000"), ',', 862350000000 },
        { S_("1 234.567"), ',', 1234.567 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double v = 0;
        if (!number_read(rows[i].text, rows[i].decimal, &v) || v != rows[i].v)
            test_fail(__FILE__, __LINE__, "\"%.*s\" with %c: %.17g", FMT(rows[i].text), rows[i].decimal, v);
    }
}

TEST(what_is_not_one_number_is_refused)
{
    static const char *const wrong[] = {
        "", " ", ".", ",", "-", "()", "5,", "1.23.4", "1,2,3", "1.234.56", "12.34.567", "1,234,5.6", "1.2,3.4", "1e5", "12a", "1  2",
        "1 23", "--1", "0x10", "nan", "1234.567.890", "chưa có", "12345678901234567890123456789012345678901234567890",
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        double v;
        if (number_read(str_of(wrong[i]), ',', &v)) test_fail(__FILE__, __LINE__, "\"%s\" read as %g", wrong[i], v);
    }
}

TEST(what_was_grouped_is_read_back)
{
    for (int64_t v = -5000000; v <= 5000000; v += 997) {
        for (enum lang l = 0; l < LANGS; l++) {
            struct buf b = buf_make(a);
            double back;
            put_int_grouped(&b, l, v);
            CHECK(number_read(buf_str(&b), l == VI ? ',' : '.', &back));
            CHECK_INT(back, v);
        }
    }
}

TEST(multipliers_are_found_in_headers)
{
    static const struct { const char *text; double scale; } rows[] = {
        { "Doanh thu 2024 (triệu đồng)", 1e6 }, { "DOANH THU (TỶ ĐỒNG)", 1e9 },   { "Vốn: tỉ VNĐ", 1e9 },
        { "Giá trị, nghìn đồng", 1e3 },         { "ĐVT: 1.000 đồng", 1e3 },       { "Doanh thu (đồng)", 1 },
        { "Revenue, million VND", 1e6 },        { "Tr.đ", 1e6 },                  { "nghìn tỷ", 1e12 },
        { "Doanh thu (ty dong)", 1e9 },         { "Revenue (VND bn)", 1e9 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double scale = 0;
        if (!number_scale(a, str_of(rows[i].text), &scale) || scale != rows[i].scale)
            test_fail(__FILE__, __LINE__, "\"%s\": %g", rows[i].text, scale);
    }
}

TEST(words_that_only_look_like_multipliers_are_not)
{
    static const char *const none[] = {
        "Tỷ lệ nội địa hóa (%)", "Số hợp đồng", "Tên công ty", "Cong ty co phan", "Đồng bộ thiết bị", "Tỷ trọng", "Năm", "",
    };
    double scale;
    for (size_t i = 0; i < COUNT(none); i++)
        if (number_scale(a, str_of(none[i]), &scale)) test_fail(__FILE__, __LINE__, "\"%s\": %g", none[i], scale);
}
