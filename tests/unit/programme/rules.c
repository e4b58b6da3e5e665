#include "fixture.h"

#include "model/codes.h"

static const struct codes *lists(struct arena *a)
{
    struct db *db;
    CHECK_INT(db_open(test_db_url(a, SQLITE), DB_CREATE, &db), OK);
    const struct codes *c = register_on(a, db)->codes;
    db_close(db);
    return c;
}

static struct work work_with(struct arena *a) { return (struct work){ .a = a, .codes = lists(a), .today = { 2026, 11, 22 } }; }

/* Amounts in billions of đồng; -1: not known. */
static Val amount(double billions) { return billions < 0 ? v_null() : v_int((int64_t)(billions * 1e9 + 0.5)); }

static struct record *with_figures(struct arena *a, int64_t year, int64_t employees, double revenue, double capital)
{
    struct record *r = record_make(a, &enterprise), *y = record_add(a, r, ENTERPRISE_FIGURES);
    y->v[FIGURE_YEAR] = v_int(year);
    if (employees >= 0) y->v[FIGURE_EMPLOYEES] = v_int(employees);
    y->v[FIGURE_REVENUE] = amount(revenue);
    y->v[FIGURE_CAPITAL] = amount(capital);
    return r;
}

/* The limits of Article 5 of Decree 80/2021/NĐ-CP for industry and construction, on both sides. */
TEST(the_size_class_changes_exactly_at_the_limits_of_the_decree)
{
    static const struct { int64_t employees; double revenue, capital; const char *class; } known[] = {
        { 10, 3, 500, "2021/micro" },           { 10, 900, 3, "2021/micro" },           { 0, 0, 0, "2021/micro" },
        { 11, 3, 3, "2021/small" },             { 10, 3.000000001, 3.000000001, "2021/small" },
        { 100, 50, 500, "2021/small" },         { 100, 900, 20, "2021/small" },
        { 101, 50, 20, "2021/medium" },         { 100, 50.000000001, 20.000000001, "2021/medium" },
        { 200, 200, 500, "2021/medium" },       { 200, 900, 100, "2021/medium" },
        { 201, 200, 100, "2021/large" },        { 200, 200.000000001, 100.000000001, "2021/large" },
        { 5, 900, 900, "2021/large" },          { 40, 40, -1, "2021/small" },           { 40, -1, 15, "2021/small" },
        { 201, -1, -1, "2021/large" },          { 200, -1, -1, "" },                    { 5, -1, -1, "" },      { -1, 10, 10, "" },
    };
    struct work w = work_with(a);
    for (size_t i = 0; i < COUNT(known); i++) {
        Val class = size_class(&w, with_figures(a, 2025, known[i].employees, known[i].revenue, known[i].capital));
        if (!str_is(v_str(class), known[i].class))
            test_fail(__FILE__, __LINE__, "%lld employees, revenue %g, capital %g: %.*s", (long long)known[i].employees,
                      known[i].revenue, known[i].capital, FMT(v_str(class)));
    }
}

TEST(the_size_class_is_of_the_latest_year_with_employees_and_takes_charter_capital_only_when_nothing_better_is_known)
{
    struct work w = work_with(a);
    struct record *r = with_figures(a, 2024, 150, 60, -1), *later = record_add(a, r, ENTERPRISE_FIGURES);
    later->v[FIGURE_YEAR] = v_int(2025);
    later->v[FIGURE_REVENUE] = amount(1);
    CHECK_STR(v_str(size_class(&w, r)), S("2021/medium"));
    later->v[FIGURE_EMPLOYEES] = v_int(9);
    CHECK_STR(v_str(size_class(&w, r)), S("2021/micro"));
    later->v[FIGURE_REVENUE] = v_null();
    CHECK(!v_is(size_class(&w, r)));
    r->v[ENTERPRISE_CHARTER_CAPITAL] = amount(15);
    CHECK_STR(v_str(size_class(&w, r)), S("2021/small"));
    later->v[FIGURE_REVENUE] = amount(300);
    CHECK_STR(v_str(size_class(&w, r)), S("2021/large"));
    CHECK(!v_is(size_class(&w, record_make(a, &enterprise))));
}

static struct record *certified(struct arena *a, const char *standard, const char *issued, const char *expires)
{
    struct record *r = record_make(a, &enterprise), *c = record_add(a, r, ENTERPRISE_CERTIFICATES);
    c->v[CERTIFICATE_STANDARD] = v_text(str_of(standard));
    if (issued) c->v[CERTIFICATE_ISSUED_ON] = v_text(str_of(issued));
    if (expires) c->v[CERTIFICATE_EXPIRES_ON] = v_text(str_of(expires));
    return r;
}

TEST(a_certificate_counts_up_to_and_on_its_last_day)
{
    static const struct { const char *issued, *expires; enum certificate_state state; } known[] = {
        { NULL, "2026-11-22", CERTIFICATE_VALID },      { NULL, "2026-11-21", CERTIFICATE_EXPIRED },
        { "2023-11-22", NULL, CERTIFICATE_VALID },      { "2023-11-21", NULL, CERTIFICATE_EXPIRED },
        { "2010-01-01", "2026-11-22", CERTIFICATE_VALID }, { NULL, NULL, CERTIFICATE_UNDATED },
    };
    struct work w = work_with(a);
    Str standard = code_match(w.codes, a, S("standard"), S("IATF 16949"), NULL)->key;
    for (size_t i = 0; i < COUNT(known); i++) {
        struct record *r = certified(a, str_z(a, standard), known[i].issued, known[i].expires);
        CHECK_INT(certificate_state(&w, r->children[ENTERPRISE_CERTIFICATES].p[0]), known[i].state);
        CHECK_INT(v_i64(at_international_standard(&w, r)), known[i].state == CERTIFICATE_VALID);
    }
}
