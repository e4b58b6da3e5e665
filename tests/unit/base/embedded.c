#include "base/embedded.h"
#include "test.h"

TEST(an_embedded_file_is_found_by_its_name)
{
    Str mo;
    CHECK(embedded_find(S("po/vi.mo"), &mo));
    CHECK(str_starts(mo, S("\xDE\x12\x04\x95")) || str_starts(mo, S("\x95\x04\x12\xDE")));
}

TEST(a_name_that_is_only_near_is_not_found)
{
    Str bytes;
    CHECK(!embedded_find(S("po/vi.m"), &bytes));
    CHECK(!embedded_find(S("po/vi.mo2"), &bytes));
    CHECK(!embedded_find(S(""), &bytes));
    CHECK(!embedded_find(S("\xFF"), &bytes));
}

TEST(embedded_files_are_in_order_and_each_is_found)
{
    const struct embedded *f;
    size_t n = embedded_under(S(""), &f);
    CHECK(n > 0);
    for (size_t i = 0; i < n; i++) {
        Str bytes;
        CHECK(i == 0 || str_cmp(f[i - 1].name, f[i].name) < 0);
        CHECK(embedded_find(f[i].name, &bytes) && str_eq(bytes, f[i].bytes));
    }
}

TEST(embedded_files_are_listed_by_prefix)
{
    const struct embedded *f;
    size_t n = embedded_under(S("po/"), &f);
    CHECK(n > 0);
    for (size_t i = 0; i < n; i++) CHECK(str_starts(f[i].name, S("po/")));
    CHECK_INT(embedded_under(S("po/vi.mo"), &f), 1);
    CHECK_INT(embedded_under(S("no such folder/"), &f), 0);
    CHECK_INT(embedded_under(S("\xFF"), &f), 0);
}

TEST(what_is_embedded_equals_the_file_it_came_from)
{
    const struct embedded *f;
    size_t n = embedded_under(S("data/"), &f);
    for (size_t i = 0; i < n; i++) CHECK_STR(f[i].bytes, test_read(a, str_z(a, f[i].name)));
}
