#include "fixture.h"

#include "model/schema.h"

static enum err fill(struct work *w, void *arg) { return codes_init(w); }

TEST_MODEL(the_lists_built_into_the_program_are_read_into_the_database_and_from_it)
{
    const struct codes *c;
    size_t n;
    CHECK_INT(work_write(w, fill, NULL), OK);
    CHECK_INT(codes_load(w, a, &c), OK);
    codes_of(c, S("ward"), &n);
    CHECK_INT(n, 126);
    CHECK_STR(setting_value(c, S("international_standard_minimum")), S("1"));
    CHECK_INT(setting_value(c, S("nothing")).n, 0);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM code WHERE list = 'ward' AND version = '2024'"), 526);
    w->codes = c;
    check_verified(w);
}

/* A database of the release before: without a list of this one, and with what an administrator has changed. */
static enum err age(struct work *w, void *arg)
{
    static const char *const since[] = {
        "DELETE FROM code_list WHERE name = 'landmark'", "DELETE FROM code WHERE list = 'landmark'", "DELETE FROM setting WHERE name = 'international_standard_minimum'",
        "DELETE FROM code WHERE list = 'unit' AND code = 'pcs'", "UPDATE code SET name_en = 'Ours' WHERE list = 'unit' AND code = 'set'",
    };
    for (size_t i = 0; i < COUNT(since); i++) TRY(db_exec(w->db, w->a, (Sql){ since[i] }, NO_ARGS));
    return property_set(w, S("data"), S("older"));
}

TEST_MODEL(an_upgrade_brings_new_lists_and_settings_and_leaves_what_is_there)
{
    int64_t log;
    CHECK_INT(work_write(w, fill, NULL), OK);
    log = count_sql(w, "SELECT count(*) FROM change");
    CHECK_INT(work_write(w, fill, NULL), OK);               /* nothing is new, nothing is written  */
    CHECK_INT(count_sql(w, "SELECT count(*) FROM change"), log);
    CHECK_INT(work_write(w, age, NULL), OK);
    CHECK_INT(work_write(w, fill, NULL), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM code_list WHERE name = 'landmark'"), 1);
    CHECK(count_sql(w, "SELECT count(*) FROM code WHERE list = 'landmark'") > 20);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM setting WHERE name = 'international_standard_minimum'"), 1);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM code WHERE list = 'unit' AND code = 'pcs'"), 0);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM code WHERE list = 'unit' AND name_en = 'Ours'"), 1);
}

TEST(a_code_used_again_is_told_by_its_version)
{
    const struct codes *c = real_codes();
    CHECK_STR(code_find(c, S("ward"), S("2024/00004"))->name[VI], S("Phường Trúc Bạch"));
    CHECK_STR(code_find(c, S("ward"), S("2025/00004"))->name[VI], S("Phường Ba Đình"));
    CHECK_STR(code_find(c, S("ward"), S("00004"))->key, S("2025/00004"));
    CHECK(!code_find(c, S("ward"), S("2026/00004")) && !code_find(c, S("warden"), S("00004")) && !code_find(c, S(""), S("")));
    struct buf b = buf_make(a);
    for (int i = 0; i < 1000; i++) put_z(&b, "long ");
    CHECK(!code_find(c, S("ward"), buf_str(&b)));
}

TEST(bare_codes_are_those_of_the_version_valid_on_the_day)
{
    struct db *db;
    const struct codes *then;
    size_t n;
    CHECK_INT(db_open(test_db_url(a, SQLITE), DB_CREATE, &db), OK);
    struct work *w = work_on(a, db);
    work_tables(w);
    CHECK_INT(work_write(w, fill, NULL), OK);
    w->today = (struct date){ 2025, 6, 30 };
    CHECK_INT(codes_load(w, a, &then), OK);
    CHECK_STR(code_find(then, S("ward"), S("00004"))->key, S("2024/00004"));
    codes_of(then, S("ward"), &n);
    CHECK_INT(n, 526);
    db_close(db);
}

TEST(accents_decide_between_namesakes_and_are_not_needed_elsewhere)
{
    static struct { const char *list, *text, *code; } good[] = {
        { "ward", "phuong ba dinh", "00004" }, { "country", "Nhật Bản", "JP" }, { "country", "japan", "JP" }, { "standard", "ISO 9001", "ISO9001" },
        { "standard", "iso9001:2015", "ISO9001" }, { "legal_form", "Công ty TNHH", "TNHH" }, { "unit", "cái", "pcs" }, { "process", "HPDC", "die-casting" },
        { "industrial_zone", "KCN Thăng Long", "KCN-THANG-LONG" }, { "industrial_zone", "Khu công nghiệp Thăng Long", "KCN-THANG-LONG" } };
    const struct codes *c = real_codes();
    size_t several = 9;
    for (size_t i = 0; i < COUNT(good); i++) {
        const struct code *k = code_match(c, a, str_of(good[i].list), str_of(good[i].text), &several);
        CHECK_STR(k ? k->code : str_of(good[i].text), str_of(good[i].code));
        CHECK_INT(several, 0);
    }
    CHECK(!code_match(c, a, S("ward"), S("Nowhere"), &several));
    CHECK_INT(several, 0);
    CHECK(!code_match(c, a, S("ward"), S("..."), NULL) && !code_match(NULL, a, S("ward"), S("x"), NULL));
}

TEST(the_letter_of_its_section_may_stand_before_a_code)
{
    const struct codes *c = real_codes();
    CHECK_STR(code_match(c, a, S("vsic"), S("C2592"), NULL)->code, S("2592"));
    CHECK_STR(code_match(c, a, S("vsic"), S("C"), NULL)->code, S("C"));
    CHECK(!code_match(c, a, S("vsic"), S("G2592"), NULL) && !code_match(c, a, S("vsic"), S("CC"), NULL));
    CHECK(!code_match(c, a, S("vsic"), S("C9999"), NULL) && !code_match(c, a, S("ward"), S("C00004"), NULL));
}

TEST(the_park_that_everybody_calls_by_its_short_name_is_found)
{
    CHECK_STR(code_match(real_codes(), a, S("industrial_zone"), S("KCN Quang Minh"), NULL)->code, S("KCN-QUANG-MINH-I"));
}

TEST(more_facts_of_a_code_are_found_by_name)
{
    const struct code *k = code_find(real_codes(), S("industrial_zone"), S("KCN-THANG-LONG"));
    CHECK_STR(code_extra(k, S("area_ha")), S("274"));
    CHECK_STR(code_extra(k, S("area")), S(""));
}
