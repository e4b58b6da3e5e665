#include "test.h"

TEST(a_list_is_walked_with_its_empty_items)
{
    Str rest = S("a;;b;"), item;
    struct buf b = buf_make(a);
    while (str_next(&rest, ';', &item)) {
        put_c(&b, '[');
        put(&b, item);
        put_c(&b, ']');
    }
    CHECK_STR(buf_str(&b), S("[a][][b][]"));
}

TEST(text_is_cut_at_the_first_separator)
{
    Str head, tail;
    CHECK(str_cut(S("k=v=w"), '=', &head, &tail));
    CHECK_STR(head, S("k"));
    CHECK_STR(tail, S("v=w"));
    CHECK(!str_cut(S("k"), '=', &head, &tail));
    CHECK_STR(head, S("k"));
    CHECK(!tail.p);
}

TEST(parts_are_found_where_they_are)
{
    size_t at;
    CHECK(str_find(S("khuôn mẫu"), S("mẫu"), &at));
    CHECK_INT(at, 7);
    CHECK(str_find(S("x"), S(""), &at));
    CHECK_INT(at, 0);
    CHECK(!str_find((Str){ 0 }, S("x"), &at));
    CHECK(str_starts(S("po/vi.mo"), S("po/")));
    CHECK(str_ends(S("po/vi.mo"), S(".mo")));
    CHECK(!str_ends(S("mo"), S(".mo")));
}

TEST(a_part_outside_the_text_is_clamped)
{
    CHECK_STR(str_sub(S("abc"), 1, 100), S("bc"));
    CHECK_STR(str_sub(S("abc"), 9, 1), S(""));
}

TEST(trimming_takes_no_break_spaces_too)
{
    CHECK_STR(str_trim(S("\xC2\xA0 \t Hà Nội\n\xC2\xA0")), S("Hà Nội"));
    CHECK_STR(str_trim(S(" \xC2\xA0 ")), S(""));
}

TEST(text_compares_by_bytes_and_then_by_length)
{
    CHECK(str_cmp(S("a"), S("b")) < 0);
    CHECK(str_cmp(S("ab"), S("a")) > 0);
    CHECK_INT(str_cmp((Str){ 0 }, S("")), 0);
}

TEST(an_integer_is_the_whole_text_and_fits)
{
    int64_t v;
    CHECK(str_to_i64(S("-9223372036854775808"), &v) && v == INT64_MIN);
    CHECK(str_to_i64(S("9223372036854775807"), &v) && v == INT64_MAX);
    CHECK(!str_to_i64(S("9223372036854775808"), &v));
    CHECK(!str_to_i64(S("-"), &v));
    CHECK(!str_to_i64(S(""), &v));
    CHECK(!str_to_i64(S("12 "), &v));
}

TEST(a_real_is_the_whole_text_and_finite)
{
    double v;
    CHECK(str_to_f64(S("-1.5e3"), &v) && v == -1500);
    CHECK(!str_to_f64(S("1,5"), &v));
    CHECK(!str_to_f64(S("1e999"), &v));
    CHECK(!str_to_f64(S("nan"), &v));
    CHECK(!str_to_f64(S("0x10"), &v));
    CHECK(!str_to_f64((Str){ "1\0", 2 }, &v));
}

TEST(a_buffer_takes_everything_in_order)
{
    struct buf b = buf_make(a);
    for (int i = 0; i < 1000; i++) {
        put_i(&b, i);
        put_c(&b, ' ');
    }
    put_i(&b, INT64_MIN);
    put_f(&b, " %s=%d", "x", 7);
    put_z(&b, "!");
    Str s = buf_str(&b);
    CHECK(str_starts(s, S("0 1 2 3 ")));
    CHECK(str_ends(s, S(" 999 -9223372036854775808 x=7!")));
}

TEST(texts_made_one_after_another_stand_on_their_own)
{
    Str made[400];
    for (int i = 0; i < 400; i++) made[i] = str_f(a, "%0*d", i, 7);
    for (int i = 0; i < 400; i++) {
        CHECK_INT(made[i].n, i ? i : 1);
        CHECK_INT(made[i].p[made[i].n - 1], '7');
        CHECK(i < 2 || made[i].p[0] == '0');
    }
}

TEST(copies_stand_on_their_own)
{
    char bytes[] = "Kim Liên";
    Str copy = str_dup(a, str_of(bytes));
    bytes[0] = 'X';
    CHECK_STR(copy, S("Kim Liên"));
    CHECK_STR(str_of(str_z(a, str_sub(copy, 0, 3))), S("Kim"));
    CHECK_STR(str_lower_ascii(a, S("ISO 9001 Đ")), S("iso 9001 Đ"));
}
