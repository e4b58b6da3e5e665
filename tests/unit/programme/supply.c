/* supply.c - links of supply: who may say what, what is met, refused and told, disputes, sheets of links, and what a link is worth. */
#include "programme/network/supply.h"

#include "base/hash.h"
#include "fixture.h"
#include "model/change.h"
#include "model/check.h"
#include "model/flow/workflow.h"
#include "model/merge.h"
#include "model/save.h"
#include "programme/demo.h"
#include "programme/network/company.h"

#include <math.h>

static const char REGISTER[] = "Mã số thuế,Tên doanh nghiệp,Xã/phường\n"
                               "0100233488,Công ty TNHH Cơ khí Một,Phường Ba Đình\n"
                               "0100109106,Công ty Cổ phần Hai,Phường Cửa Nam\n"
                               "0101248141,Công ty TNHH Ba Sao,Phường Cửa Nam\n";

struct cast { struct work *officer, *one, *two, *three; int64_t id[3]; };
static struct cast cast(struct work *w)
{
    import_text(w, REGISTER);
    struct cast c = { .id = { enterprise_by(w, "0100233488")->id, enterprise_by(w, "0100109106")->id, enterprise_by(w, "0101248141")->id } };
    c.officer = someone(w, "canbo@sct.vn", "officer", 0, NULL);
    c.one = someone(w, "mot@mot.vn", "enterprise", c.id[0], NULL);
    c.two = someone(w, "hai@hai.vn", "buyer", c.id[1], NULL);
    c.three = someone(w, "ba@ba.vn", "enterprise", c.id[2], NULL);
    return c;
}

/* A link with what is said of it: "value_by_buyer=5", by the texts that programs read. */
static struct record *link_of(struct work *w, int64_t supplier, int64_t buyer, const char *said)
{
    struct record *r = record_make(w->a, &supply_link);
    Str rest = str_of(said), one, name, value;
    if (supplier) r->v[LINK_SUPPLIER] = v_int(supplier);
    if (buyer) r->v[LINK_BUYER] = v_int(buyer);
    r->v[LINK_PRODUCT] = v_text(S("Bánh răng"));
    while (rest.n && str_next(&rest, '|', &one)) {
        int f = str_cut(one, '=', &name, &value) ? field_index(&supply_link, name) : -1;
        CHECK(f >= 0);
        CHECK_INT(supply_link.fields[f].type->read(w, &supply_link.fields[f], SPELT_PLAIN, value, &r->v[f]).id != NULL, 0);
    }
    return r;
}

static struct saving told(struct work *w, struct record *r, enum err expected)
{
    struct saving s = { .now = r };
    CHECK_INT(record_keep(w, &s), expected);
    return s;
}

static struct record *now_is(struct work *w, int64_t id)
{
    struct record *r;
    CHECK_INT(record_load(w, &supply_link, id, &r), OK);
    return r;
}

static struct record *entered(struct work *w, struct record *r) { return now_is(w, told(w, r, OK).saved->id); }

/* What stands against it. */
static Str refused(struct work *w, struct record *r)
{
    struct saving s = told(w, r, ERR_INVALID);
    CHECK(s.wrong.n > 0);
    return message_str(w->a, EN, s.wrong.p[0].what);
}

static enum err change(struct work *w, int64_t id, int field, Val v)
{
    struct record *was = now_is(w, id), *now = record_copy(w->a, was);
    now->v[field] = v;
    return record_keep(w, &(struct saving){ .was = was, .now = now });
}

/* ---- who says what ------------------------------------------------------------------------------- */

TEST_REGISTER(each_side_of_a_link_states_its_own_and_nothing_of_the_others)
{
    struct cast c = cast(w);
    int64_t id = entered(c.one, link_of(w, 0, c.id[1], "value_by_supplier=900|share_by_supplier=4"))->id;
    struct record *r = now_is(w, id);
    CHECK_INT(v_i64(r->v[LINK_SUPPLIER]), c.id[0]);         /* who enters it is the side that is missing */
    CHECK_STR(v_str(r->v[LINK_SOURCE]), S("supplier"));
    CHECK_INT(change(c.one, id, LINK_VALUE_BY_BUYER, v_int(1)), ERR_DENIED);
    CHECK_INT(change(c.two, id, LINK_VALUE_BY_SUPPLIER, v_int(1)), ERR_DENIED);
    CHECK_INT(change(c.one, id, LINK_ESSENTIAL, v_int(1)), ERR_DENIED);
    CHECK_INT(change(c.one, id, LINK_CONFIDENCE, v_real(90)), ERR_DENIED);
    CHECK_INT(change(c.one, id, LINK_BUYER, v_int(c.id[2])), ERR_DENIED);
    CHECK_INT(change(c.two, id, LINK_VALUE_BY_BUYER, v_int(890)), OK);
    CHECK_INT(change(c.two, id, LINK_ESSENTIAL, v_int(1)), OK);
    CHECK_INT(change(c.officer, id, LINK_VALUE_BY_SUPPLIER, v_int(895)), OK);
    CHECK_STR(v_str(now_is(w, id)->v[LINK_SOURCE]), S("both"));
    CHECK_STR(refused(c.one, link_of(w, 0, c.id[2], "value_by_buyer=5")), S("is for the other side to say"));
    told(c.one, link_of(w, c.id[1], c.id[2], ""), ERR_DENIED);
    check_log(w);
}

TEST_REGISTER(a_link_is_read_by_its_sides_and_by_staff_alone)
{
    struct cast c = cast(w);
    struct record *r = entered(c.one, link_of(w, 0, c.id[1], ""));
    CHECK(record_visible(c.one, r) && record_visible(c.two, r) && record_visible(c.officer, r));
    CHECK(!record_visible(c.three, r) && !record_visible(work_of(w, VISITOR), r));
    CHECK(!may_list(work_of(w, VISITOR), &supply_link) && !may_list(work_of(w, ASSOCIATION), &supply_link));
    CHECK(may_list(work_of(w, LEADER), &supply_link));
}

TEST_REGISTER(a_link_told_by_both_sides_is_one_record)
{
    struct cast c = cast(w);
    int64_t id = entered(c.one, link_of(w, 0, c.id[1], "value_by_supplier=900|since=2020-01-01"))->id;
    struct record *again = link_of(w, c.id[0], 0, "value_by_buyer=880|essential=true");
    again->v[LINK_PRODUCT] = v_text(S("  bánh RĂNG"));
    CHECK_INT(told(c.two, again, OK).saved->id, id);
    struct record *r = now_is(w, id);
    CHECK_INT(count_of(w, "supply_link"), 1);
    CHECK_STR(v_str(r->v[LINK_SOURCE]), S("both"));
    CHECK_INT(v_i64(r->v[LINK_VALUE_BY_SUPPLIER]), 900);
    CHECK_INT(v_i64(r->v[LINK_VALUE_BY_BUYER]), 880);
    CHECK_STR(v_str(r->v[LINK_PRODUCT]), S("Bánh răng"));
    CHECK_STR(field_text(w, r, LINK_DIFFERENCE), S("2,2%"));
}

TEST_REGISTER(the_other_side_is_told_of_a_link_and_both_when_their_values_differ_by_a_fifth)
{
    struct cast c = cast(w);
    int64_t id = entered(c.one, link_of(w, 0, c.id[1], "value_by_supplier=1000"))->id;
    CHECK(str_ends(last_notice(c.two), S("this supply link was entered. State your side, or dispute it."))
          || str_has(last_notice(c.two), S("Bánh răng")));
    CHECK_INT(last_notice(c.one).n, 0);
    CHECK_INT(last_notice(c.three).n, 0);
    Str before = last_notice(c.two);
    CHECK_INT(change(c.two, id, LINK_VALUE_BY_BUYER, v_int(850)), OK);      /* 15 % */
    CHECK_INT(last_notice(c.one).n, 0);
    CHECK_INT(change(c.two, id, LINK_VALUE_BY_BUYER, v_int(700)), OK);
    CHECK(last_notice(c.one).n > 0);
    CHECK_STR(last_notice(c.two), before);                  /* who did it knows                     */
}

/* ---- what is refused ------------------------------------------------------------------------------- */

TEST_REGISTER(a_link_that_makes_no_sense_is_refused_with_the_reason)
{
    struct cast c = cast(w);
    CHECK_STR(refused(c.officer, link_of(w, c.id[0], c.id[0], "")),
              S("An enterprise does not supply itself; what it makes for its own use is no link."));
    CHECK_STR(refused(c.officer, link_of(w, c.id[0], c.id[1], "since=2024-05-01|until=2024-04-30")), S("A link cannot end before it begins."));
    CHECK_STR(refused(c.officer, link_of(w, c.id[0], 0, "")), S("Write who the supplier and who the buyer is."));
    CHECK_STR(refused(c.officer, link_of(w, c.id[0], 0, "buyer=Công ty Không Ai Biết")),
              S("“Công ty Không Ai Biết” means no company, or several: give its number or tax code; if the register does not have it, its country."));
    struct record *abroad = link_of(w, 0, 0, "supplier=Ningbo Steel|supplier_country=CN|buyer=Osaka Motor|buyer_country=JP");
    CHECK_STR(refused(c.officer, abroad), S("At least one of the two must be an enterprise of the register."));
    CHECK_INT(count_of(w, "supply_link"), 0);
    CHECK_INT(count_of(w, "outside_company"), 0);           /* what was refused left nothing behind  */
}

TEST_REGISTER(shares_of_one_company_come_to_a_hundred_percent_and_no_more)
{
    struct cast c = cast(w);
    int64_t first = entered(c.officer, link_of(w, c.id[0], c.id[1], "share_by_buyer=70"))->id;
    CHECK_STR(refused(c.officer, link_of(w, c.id[2], c.id[1], "share_by_buyer=30.5")),
              S("The shares of this buyer’s purchases would come to 100,5 %; there are only 100."));
    entered(c.officer, link_of(w, c.id[2], c.id[1], "share_by_buyer=30"));
    CHECK_INT(change(c.two, first, LINK_SHARE_BY_BUYER, v_real(71)), ERR_INVALID);
    CHECK_INT(change(c.two, first, LINK_SHARE_BY_BUYER, v_real(60)), OK);
    entered(c.officer, link_of(w, c.id[0], c.id[1], "product=Trục|share_by_buyer=90|until=2024-01-01"));      /* is over */
    entered(c.officer, link_of(w, c.id[0], c.id[2], "share_by_supplier=60"));
    CHECK_STR(refused(c.officer, link_of(w, c.id[0], c.id[2], "product=Trục|share_by_supplier=40.1")),
              S("The shares of this supplier’s sales would come to 100,1 %; there are only 100."));
}

/* ---- disputes --------------------------------------------------------------------------------------- */

static enum err take(struct work *w, int64_t id, const char *step, const char *note)
{
    Message why;
    return step_take(w, &supply_link, id, 0, step_named(&supply_link, str_of(step)), str_of(note), &why);
}

TEST_REGISTER(either_side_disputes_a_link_with_a_reason_and_an_officer_decides)
{
    struct cast c = cast(w);
    int64_t id = entered(c.officer, link_of(w, c.id[0], c.id[1], "confidence=60|basis=Hóa đơn"))->id;
    CHECK_STR(v_str(now_is(w, id)->v[LINK_SOURCE]), S("inferred"));
    CHECK_INT(take(c.three, id, "dispute", "không phải"), ERR_DENIED);
    CHECK_INT(take(c.two, id, "dispute", ""), ERR_INVALID);
    CHECK_INT(take(c.two, id, "dispute", "Chưa từng mua"), OK);
    CHECK_STR(v_str(now_is(w, id)->v[LINK_STATE]), S("disputed"));
    CHECK_STR(v_str(now_is(w, id)->v[LINK_DISPUTE]), S("Chưa từng mua"));
    CHECK(last_notice(c.one).n && last_notice(c.officer).n);
    CHECK_INT(take(c.one, id, "uphold", "có"), ERR_DENIED);
    CHECK_INT(take(c.officer, id, "uphold", "Có hóa đơn"), OK);
    CHECK_INT(take(c.one, id, "dispute", "Đã thôi từ lâu"), OK);
    CHECK_INT(take(c.officer, id, "refute", "Đúng là không có"), OK);
    CHECK_INT(change(c.officer, id, LINK_VALUE_BY_BUYER, v_int(4)), ERR_DENIED);
    CHECK(told(c.two, link_of(w, c.id[0], 0, "value_by_buyer=4"), OK).saved->id != id);     /* what was refuted is not met again */
    check_log(w);
}

/* ---- companies ---------------------------------------------------------------------------------------- */

TEST_REGISTER(a_company_outside_is_found_again_by_its_name_however_it_is_written)
{
    struct cast c = cast(w);
    struct record *r = entered(c.officer, link_of(w, 0, c.id[0], "supplier=Ningbo Yuanhai Steel Co., Ltd|supplier_country=CN"));
    struct record *again = entered(c.officer, link_of(w, 0, c.id[1], "supplier=NINGBO YUANHAI STEEL CO LTD"));
    CHECK(v_i64(r->v[LINK_SUPPLIER_COMPANY]) > 0);
    CHECK_INT(v_i64(again->v[LINK_SUPPLIER_COMPANY]), v_i64(r->v[LINK_SUPPLIER_COMPANY]));
    CHECK_STR(v_str(again->v[LINK_SUPPLIER_COUNTRY]), v_str(r->v[LINK_SUPPLIER_COUNTRY]));
    CHECK_STR(v_str(again->v[LINK_NAME]), S("Ningbo Yuanhai Steel Co., Ltd → Công ty Cổ phần Hai: Bánh răng"));
    struct record *twice = record_make(w->a, &outside_company);
    twice->v[OUTSIDE_NAME] = v_text(S("Ningbo Yuanhai Steel Co Ltd"));
    twice->v[OUTSIDE_COUNTRY] = r->v[LINK_SUPPLIER_COUNTRY];
    CHECK_INT(record_keep(c.officer, &(struct saving){ .now = twice }), ERR_INVALID);
    entered(c.officer, link_of(w, 0, c.id[0], "product=Thép|supplier=Ningbo Yuanhai Steel Co., Ltd|supplier_country=TW"));     /* another one */
    CHECK_INT(count_of(w, "outside_company"), 2);
}

/* ---- sheets ------------------------------------------------------------------------------------------ */

static struct import_report import_links(struct work *w, const char *csv)
{
    struct import_report r;
    Message why = NO_MESSAGE;
    struct import_options o = { .file_name = S("links.csv"), .sheet = -1 };
    enum err e = import_file(w, &supply_link, str_of(csv), &o, &r, &why);
    if (e) test_fail(__FILE__, __LINE__, "%.*s", FMT(message_str(w->a, EN, why)));
    CHECK_INT(r.read, r.added + r.changed + r.same + r.unsure + r.rejected + r.left_out);
    return r;
}

TEST_REGISTER(a_sheet_of_links_names_companies_by_tax_code_number_or_name)
{
    struct cast c = cast(w);
    struct import_report r = import_links(c.officer,
        "Nhà cung cấp,Quốc gia nhà cung cấp,Bên mua,Sản phẩm,Giá trị theo bên mua (triệu đồng),Tỷ trọng mua,Từ ngày\n"
        "0100233488,,Công ty CP Hai,Bánh răng,1.200,12,01/02/2021\n"
        "DN-000003-7,,0100109106,Trục,300,,\n"
        "Ningbo Yuanhai Steel,Trung Quốc,Công ty Cổ phần Hai,Thép tấm,5.000,40,\n"
        "Ningbo Yuanhai Steel,Trung Quốc,Công ty TNHH Ba Sao,Thép tấm,700,,\n"
        "Công ty Chưa Có Ở Đâu,,Công ty TNHH Ba Sao,Ốc vít,7,,\n"
        "Công ty TNHH Cơ khí Một,,Công ty CP Hai,bánh răng,1.200,12,01/02/2021\n"
        "Công ty TNHH Cơ khí Một,,Công ty TNHH Cơ khí Một,Đồ gá,1,,\n");
    CHECK_INT(r.added, 4);
    CHECK_INT(r.same, 1);
    CHECK_INT(r.rejected, 2);
    CHECK_INT(count_of(w, "supply_link"), 4);
    CHECK_INT(count_of(w, "outside_company"), 1);
    CHECK(str_has(message_str(w->a, EN, r.problems.p[0].what), S("means no company")));
    CHECK(str_has(message_str(w->a, EN, r.problems.p[1].what), S("does not supply itself")));
    struct record *first = now_is(w, 1);
    CHECK_INT(v_i64(first->v[LINK_SUPPLIER]), c.id[0]);
    CHECK_INT(v_i64(first->v[LINK_VALUE_BY_BUYER]), 1200000000);
    CHECK_STR(v_str(first->v[LINK_SOURCE]), S("buyer"));
    CHECK_STR(v_str(first->v[LINK_SINCE]), S("2021-02-01"));
    check_log(w);
}

TEST_REGISTER(who_has_links_in_a_sheet_is_told_once)
{
    struct cast c = cast(w);
    import_links(c.officer, "Supplier,Buyer,Product\n0100233488,0100109106,Bolts\n0100233488,0100109106,Nuts\n0100233488,0101248141,Nuts\n");
    int64_t notices = 0;
    CHECK_INT(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM notice"), NO_ARGS, &notices), OK);
    CHECK_INT(notices, 3);                                  /* one for each enterprise, not for each link */
}

TEST_REGISTER(what_a_list_of_links_exports_imports_again_and_changes_nothing)
{
    struct cast c = cast(w);
    entered(c.one, link_of(w, 0, c.id[1], "value_by_supplier=900|since=2020-01-01"));
    entered(c.officer, link_of(w, 0, c.id[0], "supplier=Ningbo Yuanhai Steel|supplier_country=CN|value_by_buyer=55|essential=true"));
    struct import_report r = import_links(c.officer, str_z(w->a, exported_of(c.officer, &supply_link, "csv")));
    CHECK_INT(r.same, 2);
    CHECK_INT(r.read, 2);
}

/* ---- what a link is worth -------------------------------------------------------------------------------- */

static void check_worth(struct work *w, const char *said, double supplier_revenue, double buyer_revenue, double worth, bool expect_inferred)
{
    bool inferred;
    CHECK(fabs(link_value(link_of(w, 1, 2, said), supplier_revenue, buyer_revenue, &inferred) - worth) < 1e-9);
    CHECK_INT(inferred, expect_inferred);
}

TEST_REGISTER(a_link_is_worth_what_its_sides_state_else_what_follows_from_shares_and_size)
{
    const double unknown = (double)NAN;
    check_worth(w, "value_by_supplier=900|value_by_buyer=700", 1e6, 1e6, 800, false);
    check_worth(w, "value_by_buyer=700|share_by_supplier=50", 1e6, 1e6, 700, false);
    check_worth(w, "share_by_supplier=50", 1000, unknown, 500, true);
    check_worth(w, "share_by_buyer=10", unknown, 1000, 0.1 * LINK_PURCHASES * 1000, true);
    check_worth(w, "", 1000, 5000, LINK_SMALL * 1000, true);
    check_worth(w, "", unknown, 1000, LINK_SMALL * LINK_PURCHASES * 1000, true);
    check_worth(w, "", unknown, unknown, 0, true);
}

/* ---- the demonstration ------------------------------------------------------------------------------------ */

static Str network_digest(struct work *w)
{
    struct changes log;
    struct buf all = buf_make(w->a);
    int64_t before;
    CHECK_INT(demo_fill(w, 150, DEMO_SEED), OK);
    CHECK_INT(change_last(w, &before), OK);
    CHECK_INT(demo_network(w, DEMO_SEED), OK);
    CHECK_INT(changes_since(w, before, 100000, &log), OK);
    for (size_t i = 0; i < log.n; i++) put(&all, log.p[i].delta);
    return sha256_hex(w->a, buf_str(&all));
}

static Str fresh_network_digest(struct arena *a, enum dialect d)
{
    struct db *db;
    const char *url = test_db_url(a, d);
    CHECK_INT(db_open(url, DB_CREATE, &db), OK);
    Str digest = network_digest(register_on(a, db));
    db_close(db);
    return digest;
}

TEST(the_network_of_the_demonstration_is_the_same_on_both_databases)
{
    Str first = fresh_network_digest(a, SQLITE);
    CHECK_STR(fresh_network_digest(a, SQLITE), first);
    if (!test_pg_url()) test_skip("no PostgreSQL for this run");
    CHECK_STR(fresh_network_digest(a, POSTGRES), first);
}

TEST_REGISTER(every_link_of_the_demonstration_may_be_saved_by_hand)
{
    struct records links;
    CHECK_INT(demo_network(w, DEMO_SEED), ERR_DENIED);      /* not before it is one                  */
    CHECK_INT(demo_fill(w, 300, DEMO_SEED), OK);
    CHECK_INT(demo_network(w, DEMO_SEED), OK);
    CHECK_INT(records_load(w, &supply_link, 0, DEMO_MOST, true, &links), OK);
    size_t both = 0, inferred = 0, ended = 0, disputed = 0;
    CHECK(links.n > 4 * 300 && links.n < 9 * 300);
    for (size_t i = 0; i < links.n; i++) {
        struct problems p = { 0 };
        Str source = v_str(links.p[i]->v[LINK_SOURCE]);
        record_check(w, links.p[i], &p);
        if (p.n) test_fail(__FILE__, __LINE__, "%lld: %.*s", (long long)links.p[i]->id, FMT(problem_str(w, &p.p[0])));
        both += str_is(source, "both");
        inferred += str_is(source, "inferred");
        ended += v_is(links.p[i]->v[LINK_UNTIL]);
        disputed += v_is(links.p[i]->v[LINK_DISPUTE]);
    }
    CHECK(both * 100 > links.n * 15 && both * 100 < links.n * 30);
    CHECK(inferred * 100 > links.n * 24 && inferred * 100 < links.n * 36);
    CHECK(ended * 100 > links.n * 8 && ended * 100 < links.n * 16);
    CHECK(disputed >= 2);
    CHECK_INT(count_of(w, "confidential_link"), 20);
    check_log(w);
}

TEST_REGISTER(two_links_that_a_merge_shows_to_be_one_are_one_with_what_both_say)
{
    struct cast c = cast(w);
    struct undone u;
    int64_t batch;
    struct record *one = told(w, link_of(w, c.id[0], c.id[1], "value_by_supplier=5000000000"), OK).saved;
    told(w, link_of(w, c.id[2], c.id[1], "value_by_supplier=7000000000|value_by_buyer=6000000000"), OK);
    CHECK_INT(record_merge(c.officer, &enterprise, c.id[2], c.id[0], &batch), OK);
    CHECK_INT(count_of(w, "supply_link"), 1);
    CHECK_INT(record_load(w, &supply_link, one->id, &one), OK);
    CHECK_INT(v_i64(one->v[LINK_VALUE_BY_SUPPLIER]), 5000000000);       /* the survivor's word stands  */
    CHECK_INT(v_i64(one->v[LINK_VALUE_BY_BUYER]), 6000000000);
    CHECK_INT(batch_undo(c.officer, batch, &u), OK);
    CHECK_INT(count_of(w, "supply_link"), 2);
    check_log(w);
}
