/* Indicators: what they count, split and list; lights; forecasts; published editions. */
#include "deliveries.h"
#include "model/save.h"
#include "programme/linkage/linkage.h"
#include "programme/target/target.h"

#include <math.h>

static enum err init_inside(struct work *w, UNUSED void *arg) { return indicators_init(w); }

static struct work *with_indicators(struct work *w)
{
    CHECK_INT(work_write(w, init_inside, NULL), OK);
    return w;
}

static struct record *the(struct work *w, const char *code)
{
    struct record *r;
    if (indicator_named(w, str_of(code), &r)) test_fail(__FILE__, __LINE__, "no indicator %s", code);
    return r;
}

static struct measured measured_of(struct work *w, const struct record *r)
{
    struct measured m;
    CHECK_INT(measure_of(w, r, period_of(w, r, w->today.year), &m), OK);
    return m;
}

static int64_t count(struct work *w, const char *code) { return measured_of(w, the(w, code)).part; }

static void attend(struct work *by, const struct record *activity_of, int64_t firm, const char *day, int people)
{
    Message why;
    bool first;
    CHECK_INT(attended(by, activity_of, firm, day, people, &first, &why), OK);
}

static void attend_all(const struct delivery_cast *c)
{
    for (int i = 0; i < 3; i++) attend(c->officer, c->fair, c->firm[i], "2026-11-10", 2);
    attend(c->officer, c->fair, c->firm[0], "2026-11-11", 5);           /* the same participation, another day */
    attend(c->officer, c->training, c->firm[0], "2026-03-02", 1);
    attend(c->officer, c->training, c->firm[1], "2026-03-02", 1);
}

/* ---- the data ----------------------------------------------------------------------------------- */

TEST_REGISTER(the_decision_s_targets_are_those_of_the_indicators)
{
    static const struct { const char *code; int64_t year; double least, most; } stated[] = {
        { "enterprises", 2030, 1200, 0 }, { "enterprises", 2035, 1400, 0 }, { "international_share", 2030, 40, 0 }, { "international_share", 2035, 45, 0 },
        { "participations_yearly", 2028, 200, 500 }, { "linkage_participations", 2030, 500, 600 }, { "direct_suppliers", 2030, 100, 0 },
        { "management_participations", 2030, 500, 600 }, { "training_participations", 2030, 200, 0 }, { "research_enterprises", 2030, 80, 150 },
    };
    with_indicators(w);
    for (size_t i = 0; i < COUNT(stated); i++) {
        const struct record *t = target_of_year(the(w, stated[i].code), (int)stated[i].year);
        CHECK(t && v_f64(t->v[TARGET_LEAST]) == stated[i].least && v_f64(t->v[TARGET_MOST]) == stated[i].most && v_str(t->v[TARGET_SOURCE]).n);
    }
    CHECK_INT(v_i64(the(w, "enterprises")->v[INDICATOR_START_YEAR]), 2025);
    CHECK(v_f64(the(w, "enterprises")->v[INDICATOR_START]) == 1000 && v_f64(the(w, "international_share")->v[INDICATOR_START]) == 35);
    int64_t n = count_of(w, "indicator");
    with_indicators(w);
    CHECK_INT(count_of(w, "indicator"), n);                 /* what is there stays                */
    check_log(w);
}

TEST_REGISTER(an_upgrade_brings_indicators_that_are_new)
{
    with_indicators(w);
    int64_t n = count_of(w, "indicator"), people = the(w, "people")->id;
    CHECK_INT(db_exec(w->db, w->a, SQL("DELETE FROM indicator WHERE id = $1"), ARGS(v_int(people))), OK);
    CHECK_INT(db_exec(w->db, w->a, SQL("DELETE FROM property WHERE name IN ('built in: indicator people', 'built in: data/indicators.csv')"), NO_ARGS), OK);
    with_indicators(w);
    CHECK_INT(count_of(w, "indicator"), n);
    CHECK(the(w, "people")->id > people);
}

static enum err kept_as(struct work *w, const struct record *r, int field, Val v)
{
    struct saving s = { .was = r, .now = record_copy(w->a, r) };
    s.now->v[field] = v;
    return record_keep(w, &s);
}

TEST_REGISTER(a_changed_formula_is_another_version_of_the_indicator)
{
    with_indicators(w);
    CHECK_INT(kept_as(w, the(w, "people"), INDICATOR_NOTE, v_text(S("Ghi chú"))), OK);
    CHECK_INT(v_i64(the(w, "people")->v[INDICATOR_VERSION]), 1);
    CHECK_INT(kept_as(w, the(w, "people"), INDICATOR_CONTENT, v_text(S("2026/3.3"))), OK);
    CHECK_INT(v_i64(the(w, "people")->v[INDICATOR_VERSION]), 2);
}

TEST_REGISTER(an_indicator_of_the_programme_or_with_targets_stays)
{
    struct work *officer = work_of(with_indicators(w), OFFICER);
    struct record *own = record_copy(w->a, the(w, "people")), *target_of;
    Message why;
    CHECK_INT(removed(officer, the(w, "people"), &why), ERR_INVALID);
    CHECK_STR(said(w, why), S("This indicator is the programme’s own, and stays. Say until when it is valid instead."));
    own->id = own->seq = 0;
    own->v[INDICATOR_CODE] = v_text(S("mine"));
    target_of = record_add(w->a, own, INDICATOR_TARGETS);
    target_of->v[TARGET_FROM_YEAR] = target_of->v[TARGET_TO_YEAR] = v_int(2026);
    target_of->v[TARGET_COMPARISON] = v_text(S("least"));
    target_of->v[TARGET_LEAST] = v_real(10);
    own = kept(officer, own);
    CHECK_INT(removed(officer, own, &why), ERR_INVALID);
    CHECK_STR(said(w, why), S("This indicator has targets, and stays with them. Say until when it is valid instead."));
    own = record_copy(w->a, now_is(w, own));
    own->children[INDICATOR_TARGETS].n = 0;
    CHECK_INT(record_keep(officer, &(struct saving){ .was = now_is(w, own), .now = own }), OK);
    CHECK_INT(removed(officer, now_is(w, own), &why), OK);
}

TEST_REGISTER(a_measure_is_not_asked_for_what_it_cannot_tell)
{
    with_indicators(w);
    CHECK_INT(kept_as(w, the(w, "enterprises"), INDICATOR_OVER, v_text(S("year"))), ERR_INVALID);
    CHECK_INT(kept_as(w, the(w, "people"), INDICATOR_OVER, v_text(S("day"))), ERR_INVALID);
    CHECK_INT(kept_as(w, the(w, "people"), INDICATOR_SPLIT, v_text(S("industry"))), ERR_INVALID);
    CHECK_INT(kept_as(w, the(w, "people"), INDICATOR_SOURCE_OF_FUNDS, v_text(S("2026/other"))), ERR_INVALID);
    CHECK_INT(kept_as(w, the(w, "people"), INDICATOR_ACTIVITY_KIND, v_text(S("2026/training"))), OK);
    CHECK_INT(kept_as(work_of(w, LEADER), the(w, "people"), INDICATOR_NOTE, v_text(S("Ghi chú"))), ERR_DENIED);
}

/* ---- what is counted ---------------------------------------------------------------------------- */

static void check_adds_up(struct work *w, const struct record *r)
{
    struct measured m = measured_of(w, r);
    int64_t part = 0, whole = 0, of_splits = 0;
    for (size_t i = 0; i < m.rows.n; i++) {
        CHECK(!i || m.rows.p[i - 1].id < m.rows.p[i].id);   /* each once                          */
        whole += m.rows.p[i].counts, part += m.rows.p[i].part ? m.rows.p[i].counts : 0;
    }
    for (size_t i = 0; i < m.splits.n; i++) of_splits += m.splits.p[i].part;
    CHECK(part == m.part && whole == m.whole && of_splits == m.part);
    CHECK(m.data_version > 0 && m.query.n > 20);
}

/* Which indexes a database reads the records of an indicator by. */
static Str path_of(struct work *w, const struct measured *m)
{
    const Val any[] = { v_int(2026), v_int(2026), v_int(2026), v_int(2026), v_int(2026) };
    Str rest = m->query, query;
    int asked = 0;
    struct buf b = buf_make(w->a), path = buf_make(w->a);
    str_next(&rest, ';', &query);
    put_f(&b, "EXPLAIN QUERY PLAN %.*s", FMT(query));
    for (size_t i = 0; i < query.n; i++) asked += query.p[i] == '$';
    struct rows r = db_query(w->db, w->a, sql_of(&b), (Args){ any, asked });
    while (rows_next(&r)) put(&path, row_text(&r, 3)), put_c(&path, '\n');
    CHECK_INT(rows_end(&r), OK);
    return buf_str(&path);
}

TEST_REGISTER(what_happened_in_a_year_is_found_by_its_year_whatever_else_it_is_narrowed_to)
{
    static const char *const codes[] = { "participations_yearly", "participating_enterprises", "people", "activities", "tasks", "money_allocated", "money_disbursed" };
    with_indicators(w);
    for (size_t i = 0; i < COUNT(codes) && db_dialect(w->db) == SQLITE; i++) {
        struct record *r = record_copy(w->a, the(w, codes[i]));
        r->v[INDICATOR_CONTENT] = v_text(S("2026/3.3"));
        struct measured m = measured_of(w, r);
        if (!str_has(path_of(w, &m), S("_by_year (year"))) test_fail(__FILE__, __LINE__, "%s: %.*s", codes[i], FMT(path_of(w, &m)));
    }
}

TEST_REGISTER(every_number_is_the_sum_of_its_list_and_of_its_split)
{
    struct delivery_cast c = delivery_cast(w);
    struct records all;
    attend_all(&c);
    with_indicators(w);
    CHECK_INT(indicators_load(w, &all), OK);
    CHECK(all.n >= 15);
    for (size_t i = 0; i < all.n; i++) check_adds_up(w, all.p[i]);
}

TEST_REGISTER(participations_and_enterprises_are_never_mixed_up)
{
    struct delivery_cast c = delivery_cast(w);
    struct participation_asked fair = { .from_year = 2026, .to_year = 2026, .content = S("2026/3.1") }, year = { .from_year = 2026, .to_year = 2026 };
    attend_all(&c);
    with_indicators(w);
    CHECK_INT(count(w, "participations_yearly"), 5);        /* three at the fair, two in the class */
    CHECK_INT(count(w, "participating_enterprises"), 3);
    CHECK_INT(count(w, "linkage_participations"), 3);
    CHECK_INT(count(w, "management_participations"), 2);
    CHECK_INT(count(w, "people"), 2 + 5 + 2 + 1 + 1);       /* of the day on which most came       */
    CHECK_INT(counted_in(w, &year).participations, count(w, "participations_yearly"));
    CHECK_INT(counted_in(w, &year).enterprises, count(w, "participating_enterprises"));
    CHECK_INT(counted_in(w, &year).people, count(w, "people"));
    CHECK_INT(counted_in(w, &fair).participations, count(w, "linkage_participations"));
    CHECK_STR(str_of(measured_entity(the(w, "participations_yearly"))->name), S("participation"));
    CHECK_STR(str_of(measured_entity(the(w, "participating_enterprises"))->name), S("enterprise"));
}

static void name_agency(struct work *w, const struct record *activity_of, const char *agency)
{
    CHECK_INT(kept_as(work_of(w, SYSTEM), activity_of, ACTIVITY_AGENCY, v_text(str_of(agency))), OK);
}

/* Each agency's enterprises are all that took part in its activities, so those of two agencies may be more than there are. */
TEST_REGISTER(a_target_of_an_agency_is_measured_by_what_is_that_agency_s)
{
    struct delivery_cast c = delivery_cast(w);
    struct standing s;
    attend_all(&c);
    with_indicators(w);
    name_agency(w, c.fair, "2026/SCT");
    name_agency(w, c.training, "2026/SKHCN");
    struct record *was = the(w, "participating_enterprises"), *now = record_copy(w->a, was), *t = record_add(w->a, now, INDICATOR_TARGETS);
    struct saving saving = { .was = was, .now = now };
    t->v[TARGET_FROM_YEAR] = t->v[TARGET_TO_YEAR] = v_int(2026);
    t->v[TARGET_AGENCY] = v_text(S("2026/SKHCN"));
    t->v[TARGET_COMPARISON] = v_text(S("least"));
    t->v[TARGET_LEAST] = v_real(4);
    CHECK_INT(record_keep(w, &saving), OK);
    CHECK_INT(standing_of_agency(w, the(w, "participating_enterprises"), 2026, S("2026/SKHCN"), &s), OK);
    CHECK(s.value == 2 && s.target && s.against.light == LIGHT_RED);
    CHECK_INT(standing_of_agency(w, the(w, "participating_enterprises"), 2026, S("2026/SCT"), &s), OK);
    CHECK(s.value == 3 && !s.target);
    CHECK_INT(standing_of(w, the(w, "participating_enterprises"), 2026, &s), OK);
    CHECK(s.value == 3 && !s.target);
}

/* Firms one and two were in both contents: they are neither's alone. */
TEST_REGISTER(an_enterprise_of_two_parts_is_of_several_and_counted_once)
{
    struct delivery_cast c = delivery_cast(w);
    attend_all(&c);
    with_indicators(w);
    struct measured m = measured_of(w, the(w, "participating_enterprises"));
    CHECK_INT(m.splits.n, 2);
    CHECK_STR(m.splits.p[0].key, S(SEVERAL));
    CHECK_INT(m.splits.p[0].part, 2);
    CHECK_STR(m.splits.p[1].key, S("2026/3.1"));
    CHECK_INT(m.splits.p[1].part, 1);
}

static void certify(struct work *w, int64_t firm, const char *standard, const char *until)
{
    struct record *was = enterprise_at(w, firm), *now = record_copy(w->a, was), *c = record_add(w->a, now, ENTERPRISE_CERTIFICATES);
    struct saving s = { .was = was, .now = now };
    c->v[CERTIFICATE_STANDARD] = v_text(str_of(standard));
    c->v[CERTIFICATE_EXPIRES_ON] = v_text(str_of(until));
    CHECK_INT(record_keep(w, &s), OK);
}

static void set_status(struct work *w, int64_t firm, int field, const char *value)
{
    CHECK_INT(kept_as(w, enterprise_at(w, firm), field, v_text(str_of(value))), OK);
}

TEST_REGISTER(a_share_is_of_enterprises_that_operate_and_are_shown_by_certificates_in_force_today)
{
    struct delivery_cast c = delivery_cast(w);
    with_indicators(w);
    certify(w, c.firm[0], "2026/ISO9001", "2027-01-31");
    certify(w, c.firm[1], "2026/ISO9001", "2026-11-21");    /* ended yesterday                     */
    struct measured share = measured_of(w, the(w, "international_share")), all = measured_of(w, the(w, "enterprises"));
    CHECK_INT(share.part, 1);
    CHECK_INT(share.whole, 3);
    CHECK_INT(all.part, 3);
    CHECK(fabs(share.value - 100.0 / 3) < 1e-9);
    CHECK_INT(count(w, "international"), 1);
    for (size_t i = 0; i < share.rows.n; i++)
        CHECK_INT(share.rows.p[i].part, v_i64(at_international_standard(w, enterprise_at(w, share.rows.p[i].id))));
    set_status(w, c.firm[1], ENTERPRISE_STATUS, "2026/closed");
    set_status(w, c.firm[2], ENTERPRISE_VISIBILITY, "hidden");
    share = measured_of(w, the(w, "international_share"));
    CHECK_INT(share.whole, 1);
    CHECK(share.value == 100);
}

TEST_REGISTER(direct_suppliers_are_those_of_the_linkage)
{
    struct delivery_cast c = delivery_cast(w);
    with_indicators(w);
    for (int i = 0; i < 4; i++) {                           /* firm one twice, firm three in no year of the programme */
        struct record *r = record_make(w->a, &introduction), *o = record_add(w->a, r, INTRODUCTION_OUTCOMES);
        r->v[INTRODUCTION_ENTERPRISE] = v_int(c.firm[i % 3]);
        r->v[INTRODUCTION_BUYER] = v_text(S("Sakura"));
        r->v[INTRODUCTION_ON] = v_text(S("2026-02-01"));
        o->v[OUTCOME_STAGE] = v_text(S("first_order"));
        o->v[OUTCOME_ON] = v_text(i == 2 ? S("2025-05-01") : S("2026-05-01"));
        o->v[OUTCOME_AMOUNT] = v_real(1e6);
        made(w, r);
    }
    const int64_t *ids;
    size_t n;
    struct measured m = measured_of(w, the(w, "direct_suppliers"));
    CHECK_INT(direct_suppliers(w, PROGRAMME_FROM, 2026, &ids, &n), OK);
    CHECK_INT(m.rows.n, 2);
    CHECK_INT(n, m.rows.n);
    for (size_t i = 0; i < n; i++) CHECK_INT(m.rows.p[i].id, ids[i]);
}

TEST_REGISTER(money_is_counted_to_the_dong_and_opens_its_vouchers)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *line = record_make(w->a, &budget_line);
    with_indicators(w);
    line->v[LINE_YEAR] = v_int(2026);
    line->v[LINE_AGENCY] = v_text(S("2026/SCT"));
    line->v[LINE_SOURCE] = v_text(S("2026/city_recurrent"));
    line->v[LINE_CONTENT] = v_text(S("2026/3.1"));
    line->v[LINE_KIND] = v_text(S("2026/space"));
    line = made(c.officer, line);
    static const int64_t amounts[] = { 1000000001, -1, 250000 };
    for (size_t i = 0; i < COUNT(amounts); i++) {
        struct record *v = record_make(w->a, &voucher);
        v->v[VOUCHER_DOCUMENT] = v_text(str_f(w->a, "%zu/QĐ", i));
        v->v[VOUCHER_LINE] = v_int(line->id);
        v->v[VOUCHER_YEAR] = v_int(2026);
        v->v[VOUCHER_STAGE] = v_text(S("allocated"));
        v->v[VOUCHER_AMOUNT] = v_int(amounts[i]);
        v->v[VOUCHER_ON] = v_text(i == 2 ? S("2026-12-01") : S("2026-03-01"));      /* the last is of a day to come */
        made(w, v);
    }
    struct measured m = measured_of(w, the(w, "money_allocated"));
    CHECK_INT(m.part, 1000000000);
    CHECK_INT(m.rows.n, 2);
    CHECK_STR(m.splits.p[0].key, S("2026/3.1"));
    CHECK_INT(count(w, "money_disbursed"), 0);
}

/* ---- lights ------------------------------------------------------------------------------------- */

static struct against against(struct work *w, const char *code, int year, const char *day, double value)
{
    struct record *r = the(w, code);
    struct period p = period_of(w, r, year);
    CHECK(date_from_iso(str_of(day), &p.day));
    return against_of(r, target_of_year(r, year), p, value);
}

TEST_REGISTER(a_light_compares_with_what_is_asked_for_today)
{
    with_indicators(w);
    struct against at = against(w, "participations_yearly", 2026, "2026-07-02", 100);       /* day 183 of 365: 200 × 0,5014 */
    CHECK(at.asked_today == 100 && at.light == LIGHT_GREEN && at.gap == 0);
    CHECK_INT(against(w, "participations_yearly", 2026, "2026-07-02", 90).light, LIGHT_AMBER);
    CHECK_INT(against(w, "participations_yearly", 2026, "2026-07-02", 89).light, LIGHT_RED);
    CHECK_INT(against(w, "participations_yearly", 2026, "2026-12-31", 199).light, LIGHT_AMBER);
    at = against(w, "participations_yearly", 2026, "2026-12-31", 501);       /* more than 500: told, no fault */
    CHECK(at.light == LIGHT_GREEN && at.over && at.most == 500);
    CHECK_INT(against(w, "participations_yearly", 2027, "2026-12-31", 0).light, LIGHT_NONE);        /* not begun */
    CHECK_INT(against(w, "people", 2026, "2026-07-02", 5).light, LIGHT_NONE);       /* no target    */
}

TEST_REGISTER(what_stands_is_asked_for_on_a_line_from_where_it_stood)
{
    with_indicators(w);
    struct against at = against(w, "enterprises", 2028, "2028-06-30", 1100);        /* half of the way from 1,000 to 1,200 */
    CHECK(at.asked_today == 1099 && at.light == LIGHT_GREEN);
    CHECK_INT(against(w, "enterprises", 2026, "2026-11-22", 90).light, LIGHT_RED);
    at = against(w, "enterprises", 2033, "2033-07-01", 1300);        /* and from there to 1,400 */
    CHECK(at.asked_today == 1299 || at.asked_today == 1300);
    CHECK_INT(against(w, "international_share", 2030, "2030-12-31", 40).light, LIGHT_AMBER);       /* more than 40 */
    CHECK_INT(against(w, "international_share", 2030, "2030-12-31", 40.1).light, LIGHT_GREEN);
}

/* ---- forecasts ---------------------------------------------------------------------------------- */

/* Two a month from January to October: on a line, so without doubt. */
TEST_REGISTER(a_forecast_follows_the_months_so_far)
{
    with_indicators(w);
    struct record *r = the(w, "participations_yearly");
    struct period p = period_of(w, r, 2026);
    struct measured m = { 0 };
    struct forecast f;
    p.day = (struct date){ 2026, 10, 31 };
    for (int i = 0; i < 20; i++)
        *GROW(w->a, m.rows) = (struct measured_row){ i + 1, 1, date_days((struct date){ 2026, i / 2 + 1, 15 }), true, S("") }, m.value++;
    CHECK_INT(forecast_of(w, r, target_of_year(r, 2026), p, &m, &f), OK);
    CHECK(f.has && f.points.n == 10);
    CHECK(f.value > 23.7 && f.value < 24.3 && f.low <= f.value && f.high >= f.value && f.high - f.low < 1);
    p.day = (struct date){ 2026, 2, 20 };                   /* January, and today: no line         */
    CHECK_INT(forecast_of(w, r, target_of_year(r, 2026), p, &m, &f), OK);
    CHECK(!f.has && f.points.n == 2 && f.why.id);
    p = (struct period){ 2026, 2026, { 2027, 5, 1 } };      /* over                                */
    CHECK_INT(forecast_of(w, r, target_of_year(r, 2026), p, &m, &f), OK);
    CHECK(!f.has && f.why.id);
}

TEST_REGISTER(what_happened_does_not_unhappen_in_a_forecast)
{
    with_indicators(w);
    struct record *r = the(w, "participations_yearly");
    struct period p = { 2026, 2026, { 2026, 11, 22 } };
    struct measured m = { .value = 30 };
    struct forecast f;
    for (int i = 0; i < 30; i++) *GROW(w->a, m.rows) = (struct measured_row){ i + 1, 1, date_days((struct date){ 2026, 1, 10 }), true, S("") };
    CHECK_INT(forecast_of(w, r, target_of_year(r, 2026), p, &m, &f), OK);
    CHECK(f.has && f.low >= 30);
}

/* ---- published figures -------------------------------------------------------------------------- */

struct publishing { const struct record *of; int year, edition; Str reason; int64_t id; Message why; };

static enum err publish_inside(struct work *w, void *arg)
{
    struct publishing *p = arg;
    return figure_publish(w, p->of->id, p->year, p->edition, p->reason, &p->id, &p->why);
}

static enum err published(struct work *by, struct publishing *p) { return work_write(by, publish_inside, p); }

TEST_REGISTER(a_published_figure_stays_as_it_was_said)
{
    struct delivery_cast c = delivery_cast(w);
    attend(c.officer, c.fair, c.firm[0], "2026-11-10", 2);
    with_indicators(w);
    struct publishing p = { the(w, "participations_yearly"), 2026, 1, S("") };
    CHECK_INT(published(c.officer, &p), OK);
    attend(c.officer, c.fair, c.firm[1], "2026-11-11", 1);
    struct record *r;
    CHECK_INT(record_load(w, &published_figure, p.id, &r), OK);
    CHECK(v_f64(r->v[PUBLISHED_VALUE]) == 1 && v_i64(r->v[PUBLISHED_EDITION]) == 1 && v_i64(r->v[PUBLISHED_DATA_VERSION]) > 0);
    CHECK(str_has(v_str(r->v[PUBLISHED_QUERY]), S("participation.year = $1")));
    CHECK_INT(figure_rows(w->a, r).n, 1);
    CHECK_INT(kept_as(work_of(w, ADMIN), r, PUBLISHED_VALUE, v_real(7)), ERR_DENIED);
    check_log(w);
}

TEST_REGISTER(a_correction_is_another_edition_with_what_changed)
{
    struct delivery_cast c = delivery_cast(w);
    attend(c.officer, c.fair, c.firm[0], "2026-11-10", 2);
    with_indicators(w);
    struct publishing first = { the(w, "people"), 2026, 1, S("") }, second = { first.of, 2026, 2, S("") };
    CHECK_INT(published(c.officer, &first), OK);
    second.reason = S("Bổ sung danh sách");
    CHECK_INT(published(c.officer, &second), ERR_INVALID);  /* nothing has changed                */
    attend(c.officer, c.fair, c.firm[1], "2026-11-11", 3);
    attend(c.officer, c.fair, c.firm[0], "2026-11-11", 4);
    second.reason = S(" ");
    CHECK_INT(published(c.officer, &second), ERR_INVALID);  /* no reason                          */
    second.reason = S("Bổ sung danh sách");
    CHECK_INT(published(c.officer, &second), OK);
    struct record *was, *now;
    CHECK_INT(record_load(w, &published_figure, first.id, &was), OK);
    CHECK_INT(record_load(w, &published_figure, second.id, &now), OK);
    CHECK(v_f64(was->v[PUBLISHED_VALUE]) == 2 && v_f64(now->v[PUBLISHED_VALUE]) == 7);
    CHECK_INT(v_i64(now->v[PUBLISHED_REPLACES]), was->id);
    struct figure_changes changes = figure_changes(w->a, was, now);
    CHECK_INT(changes.n, 2);
    CHECK(changes.p[0].was->counts == 2 && changes.p[0].now->counts == 4);
    CHECK(!changes.p[1].was && changes.p[1].now->counts == 3);
}

TEST_REGISTER(two_who_publish_at_once_are_told_who_was_first)
{
    struct delivery_cast c = delivery_cast(w);
    with_indicators(w);
    struct publishing first = { the(w, "participations_yearly"), 2026, 1, S("") }, second = first;
    CHECK_INT(published(c.officer, &first), OK);
    CHECK_INT(published(c.officer, &second), ERR_CONFLICT);
    CHECK(second.why.id);
    CHECK_INT(published(c.leader, &second), ERR_DENIED);
    second = (struct publishing){ first.of, 2027, 1, S("") };
    CHECK_INT(published(c.officer, &second), ERR_INVALID);  /* not begun                          */
    second = (struct publishing){ the(w, "enterprises"), 2025, 1, S("") };
    CHECK_INT(published(c.officer, &second), ERR_INVALID);  /* can no longer be measured          */
}

TEST_REGISTER(what_stood_in_a_year_that_is_over_is_what_was_published_of_it)
{
    struct delivery_cast c = delivery_cast(w);
    with_indicators(w);
    struct publishing p = { the(w, "enterprises"), 2026, 1, S("") };
    struct standing s;
    CHECK_INT(published(c.officer, &p), OK);
    w->today = (struct date){ 2027, 3, 1 };
    CHECK_INT(standing_of(w, p.of, 2026, &s), OK);
    CHECK(s.known && s.value == 3 && s.published && s.published->id == p.id && s.period.day.year == 2026);
    CHECK_INT(standing_of(w, p.of, 2028, &s), OK);
    CHECK(!s.known && s.against.light == LIGHT_NONE);
}
