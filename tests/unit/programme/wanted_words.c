/* What sentences are understood as, told as the address that asks the same. */
#include "programme/linkage/wanted.h"
#include "fixture.h"
#include "base/url.h"
#include "model/thesaurus.h"
#include "test.h"

struct said { enum lang lang; const char *sentence, *query, *wrong; };

static Str decoded(struct arena *a, Str query)
{
    Str out;
    CHECK(url_decoded(a, query, true, &out));
    return out;
}

static void check_said(struct work *w, const struct said *s)
{
    struct wanted d;
    struct wrong_parts wrong;
    w->lang = s->lang;
    wanted_from_words(w, str_of(s->sentence), &d, &wrong);
    Str got = decoded(w->a, wanted_query(w, &d));
    if (!str_is(got, s->query)) test_fail(__FILE__, __LINE__, "“%s”:\n  got  %.*s\n  want %s", s->sentence, FMT(got), s->query);
    Str why = wrong.n ? message_str(w->a, EN, wrong.p[0].what) : (Str){ 0 };
    if (!s->wrong && wrong.n) test_fail(__FILE__, __LINE__, "“%s” is wrong: %.*s", s->sentence, FMT(why));
    if (s->wrong && !str_has(why, str_of(s->wrong))) test_fail(__FILE__, __LINE__, "“%s”: “%.*s” does not say “%s”", s->sentence, FMT(why), s->wrong);
}

static void check_all(struct arena *a, const struct said *cases, size_t n)
{
    struct db *db;
    CHECK_INT(db_open(test_db_url(a, SQLITE), DB_CREATE, &db), OK);
    struct work *w = register_on(a, db);
    for (size_t i = 0; i < n; i++) check_said(w, &cases[i]);
    db_close(db);
}

static enum err fill_thesaurus(struct work *w, UNUSED void *arg) { return thesaurus_init(w); }

/* As the program does it, which knows more names than the lists of codes have. */
static void check_with_thesaurus(struct arena *a, const struct said *cases, size_t n)
{
    struct db *db;
    CHECK_INT(db_open(test_db_url(a, SQLITE), DB_CREATE, &db), OK);
    struct work *w = register_on(a, db);
    CHECK_INT(work_write(w, fill_thesaurus, NULL), OK);
    CHECK_INT(thesaurus_load(w, &w->concepts), OK);
    for (size_t i = 0; i < n; i++) check_said(w, &cases[i]);
    concepts_release(w->concepts);
    db_close(db);
}

TEST(what_buyers_write_in_english_becomes_criteria)
{
    static const struct said cases[] = {
        { EN, "precision injection molding, IATF 16949, press over 250 t, within 40 km of Noi Bai",
          "process=injection-moulding&force=250&certificate=IATF16949&distance=40&place=Noi Bai&words=precision" },
        { EN, "We are looking for die casting suppliers with ISO 9001:2015 and ISO 14001", "process=die-casting&certificate=ISO9001&certificate=ISO14001" },
        { EN, "CNC turning of stainless steel, tolerance 0.01 mm, parts up to 300 mm and 2 kg",
          "process=cnc-turning&material=stainless&tolerance=0.01&part_size=300&part_weight=2" },
        { EN, "250 tonne press", "force=250" },
        { EN, "clamping force of at least 2500 kN", "force=254.9290532" },
        { EN, "tolerance ±0.8 thou", "tolerance=0.02032" },
        { EN, "die casting or sand casting", "process=die-casting|sand-casting" },
        { EN, "preferably IATF 16949, must have ISO 9001", "certificate=IATF16949&certificate.must=0&certificate.weight=15&certificate=ISO9001&certificate.must=1&certificate.weight=15" },
        { EN, "machining centre 5 axes, table 1000 x 600 mm", "process=machining&process.must=0&process.weight=20&axes=5&table_length=1000&table_width=600&words=centre" },
        { EN, "heat treatment, furnace up to 1200 °C", "process=heat-treatment&temperature=1200" },
        { EN, "English speaking, exports over 30%", "exports=30&language=en" },
        { EN, "capacity 100,000 pcs per year", "capacity=100000&capacity_unit=pcs" },
        { EN, "foreign customers, grade B or better", "foreign_customers=1&grade=B" },
        { EN, "25 miles from Hai Phong port", "distance=40.2336&place=Hai Phong port" },
        { EN, "profile confirmed within 6 months", "confirmed=6" },
        { EN, "engineering plastics, die casting", "process=engineering&process.must=0&process.weight=20&process=plastics&process.must=0&process.weight=20"
              "&process=die-casting&process.must=1&process.weight=20" },
        { EN, "brackets for washing machines", "words=brackets washing machines" },
        { EN, "", "" },
    };
    check_all(a, cases, COUNT(cases));
}

TEST(criteria_stand_in_the_order_of_the_sentence)
{
    static const char *const said[] = { "certificate", "force", "process", "distance" };
    struct db *db;
    CHECK_INT(db_open(test_db_url(a, SQLITE), DB_CREATE, &db), OK);
    struct work *w = register_on(a, db);
    struct wanted d;
    struct wrong_parts wrong;
    wanted_from_words(w, S("IATF 16949, press over 250 t, injection molding, within 40 km of Noi Bai"), &d, &wrong);
    CHECK_INT(d.n, COUNT(said));
    for (size_t i = 0; i < d.n && i < COUNT(said); i++) CHECK_STR(str_of(d.p[i].is->name), str_of(said[i]));
    db_close(db);
}

TEST(what_buyers_write_in_vietnamese_becomes_criteria)
{
    static const struct said cases[] = {
        { VI, "tìm nhà cung cấp ép phun nhựa, có IATF 16949, máy ép trên 250 tấn, cách sân bay Nội Bài không quá 40 km",
          "process=injection-moulding&force=250&certificate=IATF16949&distance=40&place=sân bay Nội Bài" },
        { VI, "đúc áp lực nhôm, dung sai 0,05 mm", "process=die-casting&material=aluminium&tolerance=0.05" },
        { VI, "duc ap luc, dung sai 0,05 mm", "process=die-casting&tolerance=0.05" },
        { VI, "lực ép tối thiểu 1.250 tấn", "force=1250" },
        { VI, "chi tiết nặng 2,5 kg", "part_weight=2.5" },
        { VI, "sản lượng 100.000 chiếc/năm", "capacity=100000&capacity_unit=pcs" },
        { VI, "hạng B trở lên, nói tiếng Nhật", "grade=B&language=ja" },
        { VI, "trong vòng 30 km quanh Hồ Gươm", "distance=30&place=Hồ Gươm" },
        { VI, "ưu tiên ISO 14001", "certificate=ISO14001&certificate.must=0&certificate.weight=15" },
        { VI, "duc", "words=duc" },
    };
    check_all(a, cases, COUNT(cases));
}

TEST(what_is_not_sure_is_said_and_left_out)
{
    static const struct said cases[] = {
        { EN, "press over 250 ton", "", "short ton" },
        { EN, "press over 250", "", "Write the unit" },
        { EN, "press under 250 t", "", "upper limit" },
        { EN, "tolerance over 0.1 mm", "", "lower limit" },
        { EN, "0.02 mm", "", "not said what" },
        { EN, "furnace 900 degrees", "", "°C or °F" },
        { EN, "no die casting", "", "What is not wanted" },
        { EN, "press 250 t, press 300 t", "force=250", "twice" },
        { EN, "capacity 100000", "", "Write the unit" },
        { EN, "\xff\xfe", "", "not text" },
    };
    check_all(a, cases, COUNT(cases));
}

TEST(tons_beside_a_process_of_presses_are_press_force_and_asked_which)
{
    static const struct said cases[] = {
        { EN, "injection moulding 500 tons", "process=injection-moulding", "short ton" },
        { VI, "ép nhựa 500 tons", "process=injection-moulding", "short ton" },
        { EN, "brackets 500 tons", "words=brackets", "short ton" },
        { VI, "ép nhựa 500 t", "process=injection-moulding&force=500", NULL },
        { EN, "injection moulding 500 t", "process=injection-moulding&force=500", NULL },
        { EN, "250 tonnes stamping", "process=stamping&force=250", NULL },
        { EN, "injection moulding 500 t per month", "process=injection-moulding&words=per month", "not said what" },
        { VI, "ép nhựa 500 tấn/tháng", "process=injection-moulding&words=tháng", "not said what" },
        { EN, "injection moulding 500 kg", "process=injection-moulding", "not said what" },
        { EN, "CNC turning 5 t", "process=cnc-turning", "not said what" },
        { EN, "stamping, bend 90 degrees", "process=stamping&words=bend 90 degrees", NULL },
    };
    check_with_thesaurus(a, cases, COUNT(cases));
}

TEST(what_is_not_wanted_is_never_asked_for)
{
    static const struct said cases[] = {
        { EN, "die casting, not welding", "process=die-casting", "What is not wanted" },
        { EN, "no plating", "", "What is not wanted" },
        { VI, "không hàn", "", "What is not wanted" },
        { VI, "không mạ", "", "What is not wanted" },
        { EN, "stamping without painting", "process=stamping", "What is not wanted" },
        { VI, "đúc áp lực trừ hàn", "process=die-casting", "What is not wanted" },
        { EN, "no welding or plating", "", "What is not wanted" },
        { VI, "không cần hàn và mạ", "", "What is not wanted" },
        { EN, "we do not need any welding", "", "What is not wanted" },
        { EN, "we don't need welding", "", "What is not wanted" },
        { EN, "no foreign customers", "", "What is not wanted" },
        { EN, "die casting without burrs or painting or welding", "process=die-casting", "What is not wanted" },
        { EN, "no welding or die casting", "", "What is not wanted" },
        { EN, "ISO 14001 not required", "certificate=ISO14001&certificate.must=0&certificate.weight=15", NULL },
        { VI, "đúc chân không và hàn", "process=casting&process.must=0&process.weight=20&process=joining&process.must=0&process.weight=20&words=chân không", NULL },
        { EN, "non-magnetic brackets", "words=non magnetic brackets", NULL },
        { VI, "thép không gỉ", "material=stainless", NULL },
        { VI, "vải không dệt", "process=nonwoven", NULL },
        { EN, "No. 5 die casting", "process=die-casting&words=No 5", NULL },
        { VI, "ngành hàng không, đúc áp lực không quá 5 kg", "process=die-casting&words=ngành hàng không", "not said what" },
        { EN, "no brackets ﾀﾞｲｶｽﾄ", "process=die-casting", "What is not wanted" },
        { EN, "not only welding", "process=joining&words=not only", NULL },
    };
    check_with_thesaurus(a, cases, COUNT(cases));
}

TEST(a_place_that_is_not_known_is_told_instead_of_its_distance)
{
    static const struct said cases[] = {
        { EN, "within 40 km of Xyzville", "", "Where “Xyzville” is, is not known" },
        { EN, "die casting within 40 km of Xyzville with ISO 9001", "process=die-casting&certificate=ISO9001", "Where “Xyzville” is, is not known" },
        { VI, "cách Xứ Lạ 40 km", "", "Where “Xứ Lạ” is, is not known" },
        { VI, "trong vòng 40 km quanh Xứ Lạ", "", "Where “Xứ Lạ” is, is not known" },
        { EN, "within 40 km", "", "from which place" },
        { EN, "0.02 mm of steel", "material=steel", "not said what" },
    };
    check_all(a, cases, COUNT(cases));
}
