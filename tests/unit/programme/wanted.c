/* Demands as addresses and files, what an enterprise can do, and the answers of the one to the other; the same on both databases. */
#include "programme/linkage/wanted.h"

#include "fixture.h"
#include "base/url.h"
#include "model/finder.h"
#include "programme/demo.h"
#include "supplies.h"
#include "test.h"

#include <math.h>

/* ---- addresses ------------------------------------------------------------------------------------ */

static struct wanted asked(struct work *w, const char *query, struct wrong_parts *wrong, enum err want)
{
    struct params p;
    struct wanted d;
    Message why;
    CHECK_INT(params_read(w->a, str_of(query), PARAMS_QUERY, &p, &why), OK);
    CHECK_INT(wanted_read(w, (const struct asked *)p.p, p.n, &d, wrong), want);
    return d;
}

static void check_same(struct work *w, const char *query)
{
    struct wrong_parts wrong;
    for (enum lang l = 0; l < LANGS; l++) {
        w->lang = l;
        struct wanted d = asked(w, query, &wrong, OK);
        CHECK_STR(wanted_query(w, &d), str_of(query));
    }
}

TEST_REGISTER(an_address_asks_the_same_in_every_language_and_comes_back_as_it_was)
{
    check_same(w, "process=die-casting&material=aluminium&material=zinc");
    check_same(w, "process=die-casting%7Csand-casting&process=machining");
    check_same(w, "tolerance=0.005&part_size=1250&part_weight=2.1250");
    check_same(w, "force=181.436948");
    check_same(w, "capacity=100000&capacity_unit=pcs");
    check_same(w, "certificate=IATF16949&certificate.must=1&certificate.weight=40&certificate=ISO14001&certificate.must=0&certificate.weight=15");
    check_same(w, "foreign_customers=1&distance=40&place=Noi%20Bai&grade=B&language=ja&confirmed=12");
    check_same(w, "foreign_customers=JP&foreign_customers=KR&words=gi%C3%A1%20%C4%91%E1%BB%A1&words.must=1&day=2027-01-31");
}

TEST_REGISTER(a_form_is_read_as_people_write)
{
    struct wrong_parts wrong;
    w->lang = VI;
    struct wanted d = asked(w, "process=%C4%91%C3%BAc+%C3%A1p+l%E1%BB%B1c&force=%E2%89%A5+1.250+t%E1%BA%A5n&capacity=20.000+chi%E1%BA%BFc&day=31%2F01%2F2027&tolerance=", &wrong, OK);
    CHECK_STR(wanted_query(w, &d), S("process=die-casting&force=1250&capacity=20000&capacity_unit=pcs&day=2027-01-31"));
}

TEST_REGISTER(a_distance_from_the_degrees_of_a_landmark_is_told_by_its_name)
{
    struct wrong_parts wrong;
    struct wanted noi_bai = asked(w, "distance=40&place=21.22100%2C105.80700", &wrong, OK), field = asked(w, "distance=40&place=21.2,105.9", &wrong, OK);
    w->lang = VI;
    CHECK(str_has(want_text(w, &noi_bai.p[0]), S("Sân bay Nội Bài")));
    w->lang = EN;
    CHECK(str_has(want_text(w, &noi_bai.p[0]), S("Noi Bai International Airport")));
    CHECK(str_has(want_text(w, &field.p[0]), S("21.2,105.9")));
}

static const struct { const char *query, *where, *says; } refused[] = {
    { "force=250+ton", "force", "long ton" },
    { "force=%E2%89%A4+250+t", "force", "upper limit" },
    { "force=250+mm", "force", "a unit of a length" },
    { "force=250+t&force=300+t", "force", "twice" },
    { "tolerance=%3E+0.1+mm", "tolerance", "lower limit" },
    { "process=nonsense", "process", "not in the list" },
    { "distance=40+km", "place", "from which place" },
    { "distance=40+km&place=Atlantis", "place", "Atlantis" },
    { "capacity=1000", "capacity", "Write the unit" },
    { "process=die-casting&process.weight=0", "process.weight", "1 to 100" },
    { "process=die-casting&process.must=maybe", "process.must", "1 for a must" },
    { "day=yesterday", "day", "“yesterday” is not a date; write it as 31/12/2025." },
    { "force=many", "force", "“many” is not a number." },
    { "capacity=many&capacity_unit=pcs", "capacity", "“many” is not a number." },
    { "axes=5+mm", "axes", "“5 mm” is not a number." },
};

TEST_REGISTER(what_is_wrong_in_an_address_is_said_where_it_stands)
{
    w->lang = EN;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct wrong_parts wrong;
        asked(w, refused[i].query, &wrong, ERR_INVALID);
        CHECK_INT(wrong.n, 1);
        CHECK_STR(wrong.p[0].where, str_of(refused[i].where));
        Str what = message_str(a, EN, wrong.p[0].what);
        if (!str_has(what, str_of(refused[i].says))) test_fail(__FILE__, __LINE__, "%s: %.*s", refused[i].query, FMT(what));
    }
}

TEST_REGISTER(a_demand_that_contradicts_itself_is_told_so)
{
    static const struct { const char *query, *where; } cases[] = {
        { "tolerance=0", "tolerance" }, { "exports=150", "exports" }, { "day=2026-11-21", "day" },
        { "ward=2025%2F00004&zone=KCN-THANG-LONG", "zone" }, { "ward=2025%2F00004&province=04", "ward" },
        { "distance=10&distance.must=1&place=Cat+Bi&zone=KCN-THANG-LONG&zone.must=1", "zone" },
        { "distance=10&distance.must=1&place=Cat+Bi&zone=CCN-PHU-THI%7CCCN-VAN-HA&zone.must=1", "zone" },
        { "distance=20&distance.must=1&place=Cat+Bi&ward=2025%2F00376&ward.must=1", "ward" },
        { "distance=40&distance.must=1&place=Noi+Bai&province=79&province.must=1", "province" },
        { "distance=10&distance.must=1&place=Cat+Bi&province=01&province.must=1", "province" },
        { "distance=40&distance.must=1&place=Saigon&province=24%7C19&province.must=1", "province" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct wrong_parts wrong;
        struct wanted d = asked(w, cases[i].query, &wrong, OK);
        wanted_check(w, &d, &wrong);
        if (wrong.n != 1) test_fail(__FILE__, __LINE__, "%s: %zu wrong", cases[i].query, wrong.n);
        CHECK_STR(wrong.p[0].where, str_of(cases[i].where));
    }
}

TEST_REGISTER(a_distance_and_a_place_that_may_be_within_it_do_not_contradict)
{
    static const char *const cases[] = {
        "distance=10&distance.must=1&place=Noi+Bai&zone=KCN-NOI-BAI&zone.must=1",
        "distance=10&distance.must=1&place=Cat+Bi&zone=KCN-THANG-LONG",                     /* a wish     */
        "distance=10&place=Cat+Bi&zone=KCN-THANG-LONG&zone.must=1",
        "distance=10&distance.must=1&place=Cat+Bi&zone=CCN-NGOC-SON&zone.must=1",           /* not known where */
        "distance=10&distance.must=1&place=Cat+Bi&province=04&province.must=1",
        "distance=5&distance.must=1&place=Noi+Bai&zone=KCN-THANG-LONG%7CKCN-NOI-BAI&zone.must=1",
        "distance=40&distance.must=1&place=Noi+Bai&province=01&province.must=1",
        "distance=5&distance.must=1&place=Noi+Bai&ward=2025%2F00376&ward.must=1",
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct wrong_parts wrong;
        struct wanted d = asked(w, cases[i], &wrong, OK);
        wanted_check(w, &d, &wrong);
        if (wrong.n) test_fail(__FILE__, __LINE__, "%s: %.*s", cases[i], FMT(message_str(a, EN, wrong.p[0].what)));
    }
}

/* ---- files ----------------------------------------------------------------------------------------- */

TEST_REGISTER(a_demand_file_asks_what_its_address_asks)
{
    struct wanted d;
    struct wrong_parts wrong;
    size_t limit;
    CHECK_INT(wanted_from_json(w, S("{\"words\": \"giá đỡ\", \"words_must\": true, \"day\": \"2027-01-31\", \"limit\": 5, \"criteria\": ["
        "{\"criterion\": \"process\", \"codes\": [\"die-casting\", \"Gia công cắt gọt\"], \"weight\": 30},"
        "{\"criterion\": \"tolerance\", \"at_most\": 0.8, \"unit\": \"thou\"}, {\"criterion\": \"force\", \"at_least\": \"980.665 kN\", \"must\": true},"
        "{\"criterion\": \"distance\", \"within\": 40, \"unit\": \"km\", \"place\": \"Nội Bài\"},"
        "{\"criterion\": \"capacity\", \"at_least\": 100000, \"unit\": \"pcs\"}, {\"criterion\": \"axes\", \"at_least\": 5},"
        "{\"criterion\": \"foreign_customers\"}, {\"criterion\": \"confirmed\", \"within\": 6, \"unit\": \"months\"}]}"), &d, &limit, &wrong), OK);
    CHECK_INT(limit, 5);
    CHECK_STR(wanted_query(w, &d), S("process=die-casting&process.must=1&process.weight=30&process=machining&process.must=1&process.weight=30&tolerance=0.02032"
        "&force=100&force.must=1&force.weight=12&axes=5&capacity=100000&capacity_unit=pcs&foreign_customers=1&distance=40&place=N%E1%BB%99i%20B%C3%A0i&confirmed=6"
        "&words=gi%C3%A1%20%C4%91%E1%BB%A1&words.must=1&day=2027-01-31"));
}

static const struct { const char *json, *where, *says; } wrong_files[] = {
    { "[]", "", "JSON object" },
    { "{", "", "not JSON" },
    { "{}", "", "asks for nothing" },
    { "{\"word\": \"x\", \"words\": \"x\"}", "word", "is it “words”" },
    { "{\"criteria\": 5}", "criteria", "a list" },
    { "{\"criteria\": [5]}", "criteria[0]", "is an object" },
    { "{\"criteria\": [{\"criterion\": \"proces\"}]}", "criteria[0].criterion", "is it “process”" },
    { "{\"criteria\": [{\"codes\": []}]}", "criteria[0].criterion", "Say which" },
    { "{\"criteria\": [{\"criterion\": \"process\", \"codes\": [\"die-castin\"]}]}", "criteria[0].codes[0]", "is it “die-casting”" },
    { "{\"criteria\": [{\"criterion\": \"process\", \"codes\": [7]}]}", "criteria[0].codes[0]", "as text" },
    { "{\"criteria\": [{\"criterion\": \"process\", \"codes\": \"die-casting\"}]}", "criteria[0].codes", "list of codes" },
    { "{\"criteria\": [{\"criterion\": \"force\", \"at_least\": 250}]}", "criteria[0].unit", "such as “t”" },
    { "{\"criteria\": [{\"criterion\": \"force\", \"at_least\": 250, \"unit\": \"ton\"}]}", "criteria[0].unit", "long ton" },
    { "{\"criteria\": [{\"criterion\": \"force\", \"at_least\": 250, \"unit\": \"furlong\"}]}", "criteria[0].unit", "a unit of a force" },
    { "{\"criteria\": [{\"criterion\": \"force\", \"at_least\": -5, \"unit\": \"t\"}]}", "criteria[0].at_least", "less than there can be" },
    { "{\"criteria\": [{\"criterion\": \"tolerance\", \"at_most\": 1e15, \"unit\": \"mm\"}]}", "criteria[0].at_most", "too large" },
    { "{\"criteria\": [{\"criterion\": \"capacity\", \"at_least\": -5, \"unit\": \"pcs\"}]}", "criteria[0].at_least", "less than there can be" },
    { "{\"criteria\": [{\"criterion\": \"capacity\", \"at_least\": 5, \"unit\": \"furlong\"}]}", "criteria[0].unit", "not in the list" },
    { "{\"criteria\": [{\"criterion\": \"force\", \"at_least\": 250, \"unit\": \"t\", \"wait\": 3}]}", "criteria[0].wait", "is not known" },
    { "{\"criteria\": [{\"criterion\": \"force\", \"at_least\": 250, \"unit\": \"t\", \"codes\": [\"x\"]}]}", "criteria[0].codes", "no such part" },
    { "{\"criteria\": [{\"criterion\": \"axes\", \"at_least\": 5}, {\"criterion\": \"axes\", \"at_least\": 3}]}", "criteria[1]", "twice" },
    { "{\"criteria\": [{\"criterion\": \"axes\", \"at_least\": 5, \"must\": 1}]}", "criteria[0].must", "true or false" },
    { "{\"criteria\": [{\"criterion\": \"axes\", \"at_least\": 5, \"weight\": 101}]}", "criteria[0].weight", "1 to 100" },
    { "{\"criteria\": [{\"criterion\": \"distance\", \"within\": 5, \"unit\": \"km\"}]}", "criteria[0].place", "from which place" },
    { "{\"words\": \"x\", \"limit\": 0}", "limit", "1 to 1000" },
    { "{\"words\": \"x\", \"day\": \"31/12/2026\"}", "day", "2026-12-31" },
};

TEST_REGISTER(everything_wrong_in_a_demand_file_is_told_with_its_path)
{
    w->lang = EN;
    for (size_t i = 0; i < COUNT(wrong_files); i++) {
        struct wanted d;
        struct wrong_parts wrong;
        size_t limit;
        CHECK_INT(wanted_from_json(w, str_of(wrong_files[i].json), &d, &limit, &wrong), ERR_INVALID);
        Str what = message_str(a, EN, wrong.p[0].what);
        if (wrong.n != 1 || !str_is(wrong.p[0].where, wrong_files[i].where) || !str_has(what, str_of(wrong_files[i].says)))
            test_fail(__FILE__, __LINE__, "%s: %zu wrong, %.*s: %.*s", wrong_files[i].json, wrong.n, FMT(wrong.p[0].where), FMT(what));
    }
}

TEST_REGISTER(ten_thousand_criteria_are_refused_and_so_is_a_file_of_two_megabytes)
{
    struct buf b = buf_make(a);
    struct wanted d;
    struct wrong_parts wrong;
    size_t limit;
    put_z(&b, "{\"criteria\": [");
    for (int i = 0; i < 10000; i++) put_f(&b, "%s{\"criterion\": \"axes\", \"at_least\": 5}", i ? "," : "");
    put_z(&b, "]}");
    CHECK_INT(wanted_from_json(w, buf_str(&b), &d, &limit, &wrong), ERR_TOO_BIG);
    CHECK_STR(wrong.p[0].where, S("criteria"));
    Str large = { NEW_ARRAY(a, char, 2 << 20), 2 << 20 };
    CHECK_INT(wanted_from_json(w, large, &d, &limit, &wrong), ERR_TOO_BIG);
}

/* ---- what an enterprise can do ------------------------------------------------------------------------ */

static struct record *moulder(struct work *w)
{
    struct record *r = record_make(w->a, &enterprise);
    r->v[ENTERPRISE_NAME_VI] = v_text(S("Công ty TNHH Nhựa An"));
    r->v[ENTERPRISE_WARD] = code_of(w, "ward", "00004");
    r->v[ENTERPRISE_PLACE] = v_text(S("21.22110,105.80720"));
    r->v[ENTERPRISE_LANGUAGES] = v_text(S(";2026/vi;2026/ja;"));
    struct record *p = record_add(w->a, r, ENTERPRISE_PROCESSES);
    p->v[PROCESS_PROCESS] = code_of(w, "process", "two-shot-moulding");
    p->v[PROCESS_TOLERANCE] = v_real(0.05);
    p->v[PROCESS_FREE_SHARE] = v_real(20);
    struct record *m = record_add(w->a, r, ENTERPRISE_EQUIPMENT);
    m->v[EQUIPMENT_NAME] = v_text(S("Máy ép 280"));
    m->v[EQUIPMENT_KIND] = code_of(w, "machine", "injection-machine");
    m->v[EQUIPMENT_FORCE] = v_real(280);
    struct record *press = record_add(w->a, r, ENTERPRISE_EQUIPMENT);
    press->v[EQUIPMENT_NAME] = v_text(S("Máy dập 500"));
    press->v[EQUIPMENT_KIND] = code_of(w, "machine", "mechanical-press");
    press->v[EQUIPMENT_FORCE] = v_real(500);
    struct record *c = record_add(w->a, r, ENTERPRISE_CERTIFICATES);
    c->v[CERTIFICATE_STANDARD] = code_of(w, "standard", "ISO9001");
    c->v[CERTIFICATE_ISSUED_ON] = v_text(S("2024-01-10"));
    struct record *made = record_add(w->a, r, ENTERPRISE_PRODUCTS);
    made->v[PRODUCT_NAME_VI] = v_text(S("Vỏ nhựa"));
    made->v[PRODUCT_CAPACITY] = v_real(500);
    made->v[PRODUCT_CAPACITY_UNIT] = code_of(w, "unit", "kpcs");
    struct record *customers[] = { record_add(w->a, r, ENTERPRISE_CUSTOMERS), record_add(w->a, r, ENTERPRISE_CUSTOMERS) };
    customers[0]->v[CUSTOMER_NAME] = v_text(S("Công ty trong nước"));
    customers[0]->v[CUSTOMER_KIND] = v_text(S("domestic"));
    customers[1]->v[CUSTOMER_NAME] = v_text(S("Công ty Nhật"));
    customers[1]->v[CUSTOMER_COUNTRY] = code_of(w, "country", "JP");
    return r;
}

/* The answer to the first criterion of an address: points, the fact and what is missing, as people read it. */
static Str answered(struct work *w, const char *query)
{
    struct wrong_parts wrong;
    struct record *r = moulder(w);
    struct wanted d = asked(w, query, &wrong, OK);
    struct able able = able_of(w, r);
    struct match_demand m = wanted_demand(w, &d, 1);
    struct match_reason reason = match_answer(&m.criteria[d.n - 1], able.facts, able.n);
    struct explained e = wanted_explain(w, &d.p[d.n - 1], &reason, r, &able);
    return str_f(w->a, "%.*s | %d | %.*s | %.*s", FMT(e.asked), e.points, FMT(e.fact), FMT(e.missing));
}

TEST_REGISTER(each_answer_has_its_fact_and_what_is_missing)
{
    w->lang = EN;
    CHECK_STR(answered(w, "process=injection-moulding"), S("Process: Injection moulding | 1000 | Two-shot injection moulding | "));
    CHECK_STR(answered(w, "process=insert-moulding"), S("Process: Insert moulding | 300 | Two-shot injection moulding | related to Insert moulding, but not the same"));
    CHECK_STR(answered(w, "process=die-casting"), S("Process: Die casting | 0 | Two-shot injection moulding | Die casting is missing"));
    CHECK_STR(answered(w, "tolerance=0.05"), S("Tolerance at most 0.05\xC2\xA0mm | 1000 | Two-shot injection moulding: 0.05\xC2\xA0mm | "));
    CHECK_STR(answered(w, "tolerance=0.04"), S("Tolerance at most 0.04\xC2\xA0mm | 749 | Two-shot injection moulding: 0.05\xC2\xA0mm | 0.01\xC2\xA0mm too much"));
    CHECK_STR(answered(w, "tolerance=0.8+thou"), S("Tolerance at most 0.02032\xC2\xA0mm | 0 | Two-shot injection moulding: 0.05\xC2\xA0mm | 0.02968\xC2\xA0mm too much"));
    CHECK_STR(answered(w, "force=550000+lbf"), S("Press force at least 249.48\xC2\xA0t | 1000 | Máy ép 280: 280\xC2\xA0t | "));
    CHECK_STR(answered(w, "part_size=300"), S("Size of the part at least 300\xC2\xA0mm | 0 | Two-shot injection moulding: not stated | ask the supplier"));
    CHECK_STR(answered(w, "certificate=ISO9001"), S("Certificate: ISO 9001:2015 | 1000 | ISO 9001:2015, valid until 10 Jan 2027 | "));
    CHECK_STR(answered(w, "certificate=ISO9001&day=2027-01-11"), S("Certificate: ISO 9001:2015 | 0 | ISO 9001:2015, valid until 10 Jan 2027 | not valid on the day asked"));
    CHECK_STR(answered(w, "certificate=IATF16949"), S("Certificate: IATF 16949:2016 | 0 | ISO 9001:2015, valid until 10 Jan 2027 | IATF 16949:2016 is missing"));
    CHECK_STR(answered(w, "grade=B"), S("Capability grade: Grade B | 0 | nothing stated | ask the supplier"));
    CHECK_STR(answered(w, "language=ja"), S("Language: Japanese | 1000 | Japanese | "));
    CHECK_STR(answered(w, "foreign_customers=JP"), S("Foreign customers: Japan | 1000 | Công ty Nhật, Japan | "));
    CHECK_STR(answered(w, "distance=40&place=Noi+Bai"), S("At most 40\xC2\xA0km from Noi Bai | 1000 | Ba Dinh Ward, 0\xC2\xA0km away | "));
}

TEST_REGISTER(free_capacity_is_compared_in_one_unit_and_what_cannot_be_compared_is_said)
{
    w->lang = EN;
    CHECK_STR(answered(w, "capacity=100000&capacity_unit=pcs"), S("Free capacity a year at least 100,000 pieces | 1000 | Vỏ nhựa: 100,000 pieces | "));
    CHECK_STR(answered(w, "capacity=120&capacity_unit=kpcs"), S("Free capacity a year at least 120 thousand pieces | 791 | Vỏ nhựa: 100,000 pieces | 20,000 pieces short"));
    CHECK_STR(answered(w, "capacity=2&capacity_unit=t"), S("Free capacity a year at least 2 tonnes | 0 | Vỏ nhựa: 100,000 pieces | stated in a unit that cannot be compared"));
}

/* The stamping press has 500 t, but does not mould. */
TEST_REGISTER(the_force_asked_beside_a_process_is_that_of_machines_that_serve_it)
{
    w->lang = EN;
    CHECK_STR(answered(w, "force=400"), S("Press force at least 400\xC2\xA0t | 1000 | Máy dập 500: 500\xC2\xA0t | "));
    CHECK_STR(answered(w, "process=injection-moulding&force=250"), S("Press force at least 250\xC2\xA0t | 1000 | Máy ép 280: 280\xC2\xA0t | "));
    CHECK_STR(answered(w, "process=injection-moulding&force=400"), S("Press force at least 400\xC2\xA0t | 250 | Máy ép 280: 280\xC2\xA0t | 120\xC2\xA0t short"));
}

/* ---- the demonstration ----------------------------------------------------------------------------------- */

static const char walk_through[] = "precision injection molding, IATF 16949, press over 250 t, within 40 km of Noi Bai";

static Str found_as_text(struct work *w, const char *sentence)
{
    struct finder *f;
    struct wanted d;
    struct wrong_parts wrong;
    struct match_result r;
    struct buf b = buf_make(w->a);
    w->lang = EN;
    wanted_from_words(w, str_of(sentence), &d, &wrong);
    CHECK_INT(wrong.n, 0);
    struct match_demand m = wanted_demand(w, &d, 20);
    CHECK_INT(finder_build(w, w->a, &enterprise, able_put, NULL, &f), OK);
    CHECK_INT(match_find(f->index, w->a, &m, false, &r), OK);
    for (size_t i = 0; i < r.n; i++) {
        put_f(&b, "%lld %lld", (long long)r.hits[i].id, (long long)r.hits[i].score);
        for (size_t k = 0; k <= d.n; k++) put_f(&b, " %d/%d", r.hits[i].reasons[k].answer, r.hits[i].reasons[k].points);
        put_c(&b, '\n');
    }
    finder_close(f);
    return buf_str(&b);
}

static Str found_in_demonstration(struct arena *a, enum dialect dialect)
{
    struct db *db;
    CHECK_INT(db_open(test_db_url(a, dialect), DB_CREATE, &db), OK);
    struct work *w = register_on(a, db);
    CHECK_INT(demo_fill(w, 300, DEMO_SEED), OK);
    Str found = found_as_text(w, walk_through);
    db_close(db);
    return found;
}

TEST(the_same_register_gives_the_same_answers_on_either_database)
{
    if (!test_pg_url()) test_skip("no PostgreSQL for this run");
    CHECK_STR(found_in_demonstration(a, POSTGRES), found_in_demonstration(a, SQLITE));
}

/* Who does the walk-through finds at least five, of whom no two of the first five fit in the same way throughout. */
TEST(a_buyer_near_noi_bai_finds_five_moulders_of_the_car_trade_that_differ)
{
    struct db *db;
    struct wanted d;
    struct wrong_parts wrong;
    struct match_result r;
    struct finder *f;
    CHECK_INT(db_open(test_db_url(a, SQLITE), DB_CREATE, &db), OK);
    struct work *w = register_on(a, db);
    w->lang = EN;
    CHECK_INT(demo_fill(w, DEMO_ENTERPRISES, DEMO_SEED), OK);
    wanted_from_words(w, str_of(walk_through), &d, &wrong);
    struct match_demand m = wanted_demand(w, &d, 5);
    CHECK_INT(finder_build(w, w->a, &enterprise, able_put, NULL, &f), OK);
    CHECK_INT(match_find(f->index, w->a, &m, false, &r), OK);
    CHECK_INT(r.n, 5);
    CHECK(r.hits[0].score > r.hits[4].score);
    for (size_t i = 0; i < r.n; i++)
        for (size_t k = 0; k < d.n; k++)
            if (d.p[k].must) CHECK_INT(r.hits[i].reasons[k].answer, MET);
    finder_close(f);
    db_close(db);
}

TEST_REGISTER(one_of_something_is_said_in_the_singular)
{
    struct record *product_of = record_make(w->a, &product);
    const struct { double n; const char *unit, *says; } table[] = { { 1, "pcs", "1\xC2\xA0piece" }, { 2, "pcs", "2\xC2\xA0pieces" }, { 1, "mould", "1\xC2\xA0mould set" }, { 1, "kg", "1\xC2\xA0kg" } };
    w->lang = EN;
    for (size_t i = 0; i < COUNT(table); i++) {
        product_of->v[PRODUCT_CAPACITY] = v_real(table[i].n);
        product_of->v[PRODUCT_CAPACITY_UNIT] = code_of(w, "unit", table[i].unit);
        CHECK_STR(record_text(w, product_of, PRODUCT_CAPACITY), str_of(table[i].says));
    }
}
