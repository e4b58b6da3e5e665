/* parts.c - bills of materials: reading them, holding their lines against the register, and keeping the list. */
#include "suppliers.h"

#include "programme/linkage/parts.h"

#include <math.h>

/* ---- reading ------------------------------------------------------------------------------------ */

struct read { struct part p[8]; size_t n; struct arena *a; };

static enum err gather(void *arg, UNUSED struct work *w, const struct part *p)
{
    struct read *r = arg;
    CHECK(r->n < COUNT(r->p));
    r->p[r->n++] = (struct part){ p->number, str_dup(r->a, p->name), str_dup(r->a, p->specification), str_dup(r->a, p->hs), str_dup(r->a, p->unit), p->quantity, p->value };
    return OK;
}

static struct read read_all(struct work *w, const char *csv)
{
    struct read r = { .a = w->a };
    Message why;
    enum err e = parts_read(w, str_of(csv), gather, &r, &why);
    if (e) test_fail(__FILE__, __LINE__, "%.*s", FMT(message_str(w->a, EN, why)));
    return r;
}

TEST_REGISTER(a_bill_is_read_by_its_headings_in_any_order_below_its_title_and_without_its_total)
{
    struct read r = read_all(w, "Định mức vật tư xe máy điện\n"
                                "STT,Giá trị (triệu đồng),Tên linh kiện,Quy cách,Mã HS,ĐVT,Số lượng/năm\n"
                                "1,\"1.250,5\",Vỏ hộp số,ADC12,8708.99,cái,40.000\n"
                                "2,,Bu lông M8,,,,\n"
                                ",\"1.250,5\",Tổng cộng,,,,\n");
    CHECK_INT(r.n, 2);
    CHECK_STR(r.p[0].name, S("Vỏ hộp số"));
    CHECK_STR(r.p[0].specification, S("ADC12"));
    CHECK_STR(r.p[0].hs, S("8708.99"));
    CHECK_STR(r.p[0].unit, S("cái"));
    CHECK(r.p[0].number == 3 && r.p[0].quantity == 40000 && r.p[0].value == 1250.5e6);
    CHECK(isnan(r.p[1].value) && isnan(r.p[1].quantity) && !r.p[1].hs.n);
}

TEST_REGISTER(english_headings_and_numbers_are_read_for_an_english_reader)
{
    struct work *english = work_of(w, BUYER);
    english->lang = EN;
    struct read r = read_all(english, "Part,Specification,Qty,Annual value\nBracket,SPCC 1.2 mm,\"12,000\",\"1,250.5\"\n");
    CHECK(r.n == 1 && r.p[0].quantity == 12000 && r.p[0].value == 1250.5);
}

TEST_REGISTER(a_bill_that_cannot_be_read_is_refused_with_where_and_why)
{
    static const struct { const char *csv, *says; } bad[] = {
        { "STT,Giá\n1,2\n", "“Part”" }, { "Part,Quantity\nNut,many\n", "Row 2: “many” under “Quantity”" }, { "Part,Value\nNut,-5\n", "Row 2: “-5”" },
    };
    struct work *english = work_of(w, BUYER);
    english->lang = EN;
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct read r = { .a = a };
        Message why;
        CHECK_INT(parts_read(english, str_of(bad[i].csv), gather, &r, &why), ERR_INVALID);
        CHECK(str_has(message_str(a, EN, why), str_of(bad[i].says)));
    }
}

/* ---- holding against the register ------------------------------------------------------------------ */

static struct part_answer answer(struct work *w, struct part p)
{
    struct finder *f = suppliers_of(w);
    struct part_answer out;
    CHECK_INT(part_match(w, f->index, &p, &out), OK);
    finder_close(f);
    return out;
}

TEST_REGISTER(a_line_whose_process_somebody_has_is_met_well)
{
    int64_t caster = made_supplier(w, (struct made_supplier){ "Đúc Một", .process = "die-casting", .product = "Vỏ hộp số", .hs = "8708" });
    struct part_answer got = answer(w, (struct part){ .name = S("Vỏ hộp số"), .specification = S("đúc áp lực"), .hs = S("8708.99.80"), .quantity = NAN, .value = NAN });
    CHECK_INT(got.level, LEVEL_WELL);
    CHECK(got.suppliers == 1 && got.best == caster && got.percent >= WELL && !got.missing.n);
}

TEST_REGISTER(sizes_that_stand_nowhere_do_not_matter_but_words_do)
{
    made_supplier(w, (struct made_supplier){ "Bu lông Một", .product = "Bu lông lục giác" });
    CHECK_INT(answer(w, (struct part){ .name = S("Bu lông lục giác M8x20") }).level, LEVEL_WELL);
    struct part_answer got = answer(w, (struct part){ .name = S("Bu lông lục giác siêu bền") });
    CHECK_INT(got.level, LEVEL_PARTLY);
    CHECK(got.missing.n > 0);
}

TEST_REGISTER(a_line_that_nobody_makes_says_what_is_missing)
{
    made_supplier(w, (struct made_supplier){ "Sơn Một", .process = "powder-coating" });
    struct part_answer got = answer(w, (struct part){ .name = S("Trục khuỷu"), .specification = S("rèn nóng, IATF 16949") });
    CHECK_INT(got.level, LEVEL_NONE);
    CHECK(!got.suppliers && str_has(got.missing, S("IATF 16949")));
}

TEST(the_share_is_of_the_lines_that_state_a_value)
{
    struct local_share s = { 0 };
    local_share_add(&s, &(struct part){ .value = 300 }, &(struct part_answer){ .level = LEVEL_WELL });
    local_share_add(&s, &(struct part){ .value = 100 }, &(struct part_answer){ .level = LEVEL_PARTLY });
    local_share_add(&s, &(struct part){ .value = NAN }, &(struct part_answer){ .level = LEVEL_WELL });
    local_share_add(&s, &(struct part){ .value = 100 }, &(struct part_answer){ .level = LEVEL_NONE });
    CHECK(s.lines == 4 && s.lines_well == 2 && s.lines_partly == 1);
    CHECK(local_percent(&s, s.well) == 60 && local_percent(&s, s.partly) == 20);
    CHECK(isnan(local_percent(&(struct local_share){ 0 }, 0)));
}
