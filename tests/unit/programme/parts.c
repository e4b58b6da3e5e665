/* parts.c - bills of materials: reading them, holding their lines against the register, and keeping the list. */
#include "suppliers.h"

#include "programme/linkage/parts.h"

#include <math.h>
#include <sys/stat.h>

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

TEST_REGISTER(an_hs_code_is_held_against_those_of_products_and_is_no_word)
{
    made_supplier(w, (struct made_supplier){ "Nắp Một", .product = "Nắp chụp", .hs = "76169990" });
    CHECK_STR(answer(w, (struct part){ .name = S("Nắp chụp"), .hs = S("7616.99") }).missing, S(""));
    struct work *english = work_of(w, BUYER);
    english->lang = EN;
    struct part_answer got = answer(english, (struct part){ .name = S("Nắp chụp"), .hs = S("8708.99") });
    CHECK_STR(got.missing, S("HS code: 8708"));
    CHECK_INT(got.level, LEVEL_WELL);
    got = answer(english, (struct part){ .name = S("Nắp chụp"), .specification = S("IATF 16949"), .hs = S("8708.99") });
    CHECK(str_has(got.missing, S("HS code: 8708")) && str_has(got.missing, S("IATF 16949")) && !str_has(got.missing, S("Words")));
}

TEST_REGISTER(a_line_that_a_bill_repeats_is_matched_once)
{
    struct part lid = { .name = S("Nắp nhôm") }, other = { .name = S("Nắp nhôm"), .specification = S("IATF 16949") };
    struct parts_known known = parts_known_make(w->a);
    struct part_answer first, again, third;
    struct finder *before = suppliers_of(w);
    CHECK_INT(part_match_once(&known, w, before->index, &lid, &first), OK);
    finder_close(before);
    made_supplier(w, (struct made_supplier){ "Nắp Một", .product = "Nắp nhôm" });
    struct finder *after = suppliers_of(w);
    CHECK_INT(part_match_once(&known, w, after->index, &lid, &again), OK);
    CHECK_INT(part_match_once(&known, w, after->index, &other, &third), OK);
    finder_close(after);
    CHECK(!first.best && !again.best && third.best);
    CHECK_STR(again.missing, first.missing);
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

/* ---- keeping ------------------------------------------------------------------------------------------ */

struct kept_list { enum err err; Message why; struct record *list; struct job job; };

struct storing { Str folder, bytes; struct upload file; Message why; };
static enum err order(struct work *w, void *arg)
{
    struct storing *s = arg;
    int64_t job;
    TRY(file_store(w, s->folder, S("xe.csv"), s->bytes, &s->file, &s->why));
    return parts_order_put(w, s->file, &job);
}

/* The work as the server does it, for whoever orders it. */
static struct kept_list keep_list(struct work *w, const char *csv, bool stop)
{
    static const struct job_kind *const kinds[] = { &parts_job, NULL };
    struct kept_list k = { .why = NO_MESSAGE };
    struct storing s = { str_f(w->a, "%s/files", test_dir()), str_of(csv), { { 0 }, { 0 } }, NO_MESSAGE };
    struct finder *f = suppliers_of(w);
    struct board board;
    struct records all;
    mkdir(str_z(w->a, s.folder), 0700);
    CHECK_INT(work_write(w, order, &s), OK);
    CHECK_INT(job_take(w, kinds, &k.job), OK);
    board_open(&board);
    board_begin(&board, k.job.id);
    if (stop) board_cancel(&board, k.job.id);
    k.err = parts_job.run(w, &(struct running){ &board, &k.job, s.folder, f->index }, &k.why);
    board_end(&board, k.job.id);
    board_close(&board);
    finder_close(f);
    CHECK_INT(records_load(w, &parts_list, 0, 10, true, &all), OK);
    k.list = all.n ? all.p[0] : NULL;
    return k;
}

TEST_REGISTER(a_list_is_kept_with_its_share_and_each_of_its_lines_for_its_maker_alone)
{
    int64_t caster = made_supplier(w, (struct made_supplier){ "Đúc Một", .process = "die-casting", .product = "Vỏ hộp số" });
    struct work *buyer = someone(w, "mua@example.vn", "buyer", 0, NULL), *other = someone(w, "khac@example.vn", "officer", 0, NULL);
    struct kept_list k = keep_list(buyer, "Linh kiện,Quy cách,Giá trị\nVỏ,đúc áp lực,300\nTrục,rèn nóng,100\n", false);
    CHECK_INT(k.err, OK);
    CHECK(v_f64(k.list->v[PARTS_WELL]) == 75 && v_f64(k.list->v[PARTS_VALUE]) == 400);
    CHECK_STR(v_str(k.list->v[PARTS_NAME]), S("xe.csv"));
    const struct records *lines = &k.list->children[PARTS_LINES];
    CHECK_INT(lines->n, 2);
    CHECK_INT(v_i64(lines->p[0]->v[LINE_BEST]), caster);
    CHECK_STR(v_str(lines->p[1]->v[LINE_LEVEL]), S("none"));
    CHECK(record_visible(buyer, k.list) && !record_visible(other, k.list) && !record_visible(work_of(w, SYSTEM), k.list));
    check_log(w);
}

TEST_REGISTER(a_list_that_is_stopped_or_too_long_leaves_nothing)
{
    struct work *buyer = someone(w, "mua@example.vn", "buyer", 0, NULL);
    struct buf b = buf_make(a);
    put_z(&b, "Part\n");
    for (int i = 0; i <= PARTS_LINES_MOST; i++) put_z(&b, "!\n");
    struct kept_list stopped = keep_list(buyer, "Part\nNut\n", true), long_one = keep_list(buyer, str_z(a, buf_str(&b)), false);
    CHECK(stopped.err == ERR_CONFLICT && stopped.why.id && !stopped.list);
    CHECK_INT(long_one.err, ERR_TOO_BIG);
    CHECK(str_has(message_str(a, EN, long_one.why), S("matxich bom")) && !long_one.list);
}
