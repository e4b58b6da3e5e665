#include "programme/register.h"
#include "test.h"

static void same(struct arena *a, const char *one, const char *other)
{
    CHECK_STR(company_name_key(a, str_of(one)), company_name_key(a, str_of(other)));
}

static void different(struct arena *a, const char *one, const char *other)
{
    CHECK(!str_eq(company_name_key(a, str_of(one)), company_name_key(a, str_of(other))));
}

TEST(spellings_of_one_company_name_have_one_key)
{
    same(a, "CTCP Đúc A", "Công ty Cổ phần đúc A");
    same(a, "CTCP Đúc A", "Duc A JSC");
    same(a, "  CT TNHH PHỤ LIỆU MAY ĐÔNG Á HÀ NỘI ", "Công ty TNHH Phụ liệu may Đông Á Hà Nội");
    same(a, "Cty TNHH MTV Cơ khí Kim Liên", "Công ty trách nhiệm hữu hạn một thành viên cơ khí Kim Liên");
    same(a, "Kim Sen Co., Ltd.", "Công ty TNHH Kim Sen");
}

TEST(what_tells_companies_apart_stays_in_the_key)
{
    different(a, "CTCP Ốc vít Thăng Long", "CTCP Ốc vít Thăng Long Hà Nội");
    different(a, "Công ty TNHH Đúc Kim Liên 67", "Công ty TNHH Đúc Kim Liên");
    different(a, "Tổng công ty Thiết bị điện Đông Anh", "Công ty Thiết bị điện Đông Anh");
    different(a, "Chi nhánh Công ty TNHH Kim Sen", "Công ty TNHH Kim Sen");
    different(a, "Công ty TNHH Hoàng Kim Long", "Công ty TNHH Hoàng Long Kim");
}

TEST(a_name_of_company_words_alone_still_has_a_key)
{
    CHECK_STR(company_name_key(a, S("Công ty TNHH")), S("cong ty tnhh"));
    CHECK_STR(company_name_key(a, S("")), S(""));
}
