/* The demonstration data: the same everywhere, plausible, valid, and never in a real database. */
#include "programme/demo.h"

#include "base/hash.h"
#include "fixture.h"
#include "model/change.h"
#include "model/check.h"
#include "model/flow/task.h"
#include "model/type.h"
#include "programme/demo_parts.h"
#include "programme/filing.h"

enum { ENOUGH = 400 };                      /* enterprises for shares to be told from chance       */

static void filled(struct work *w, int64_t count) { CHECK_INT(demo_fill(w, count, DEMO_SEED), OK); }

/*
 * Tests of what the enterprises are, on one database: that the other gets the same is a test of its own.
 *
 *     TEST_DEMO(a_name_is_there, 100) { for (size_t i = 0; i < all->n; i++) ... }
 */
typedef void demo_fn(struct work *w, const struct records *all);
static void demo_with(struct arena *a, int64_t count, demo_fn *fn)
{
    struct db *db;
    struct records all;
    CHECK_INT(db_open(test_db_url(a, SQLITE), DB_CREATE, &db), OK);
    struct work *w = register_on(a, db);
    filled(w, count);
    CHECK_INT(records_load(w, &enterprise, 0, DEMO_MOST, true, &all), OK);
    CHECK_INT(all.n, count);
    fn(w, &all);
    db_close(db);
}
#define TEST_DEMO(id, count)                                                            \
    static demo_fn with_##id;                                                           \
    TEST(id) { demo_with(a, count, with_##id); }                                        \
    static void with_##id(UNUSED struct work *w, const struct records *all)

/* Of what the change log holds: every value of every enterprise and child, in order. */
static Str digest(struct work *w, uint64_t seed)
{
    struct changes log;
    struct buf all = buf_make(w->a);
    int64_t before;
    CHECK_INT(change_last(w, &before), OK);
    CHECK_INT(demo_fill(w, 60, seed), OK);
    CHECK_INT(changes_since(w, before, 1000, &log), OK);
    CHECK_INT(log.n, 60);
    for (size_t i = 0; i < log.n; i++) put(&all, log.p[i].delta);
    return sha256_hex(w->a, buf_str(&all));
}

static Str fresh_digest(struct arena *a, enum dialect dialect, uint64_t seed)
{
    const char *url = test_db_url(a, dialect);
    struct db *db;
    CHECK_INT(db_open(url, DB_CREATE, &db), OK);
    Str d = digest(register_on(a, db), seed);
    db_close(db);
    return d;
}

TEST(the_same_seed_gives_the_same_enterprises)
{
    Str first = fresh_digest(a, SQLITE, 1);
    CHECK_STR(fresh_digest(a, SQLITE, 1), first);
    CHECK(!str_eq(fresh_digest(a, SQLITE, 2), first));
}

TEST(the_same_seed_gives_the_same_enterprises_on_the_other_database)
{
    if (!test_pg_url()) test_skip("no PostgreSQL for this run");
    CHECK_STR(fresh_digest(a, POSTGRES, 1), fresh_digest(a, SQLITE, 1));
}

TEST_DEMO(every_demonstration_enterprise_may_be_saved_by_hand, ENOUGH)
{
    for (size_t i = 0; i < all->n; i++) {
        struct problems p = { 0 };
        record_check(w, all->p[i], &p);
        if (p.n) test_fail(__FILE__, __LINE__, "%lld: %.*s", (long long)all->p[i]->id, FMT(problem_str(w, &p.p[0])));
    }
}

/* A value is as its kind stores it when reading its plain text gives it back. */
static void check_value(struct work *w, const struct record *r, const struct field *f, int i)
{
    struct buf plain = buf_make(w->a);
    Val again;
    if (!has_column(f) || !v_is(r->v[i]) || f->is & COMPUTED) return;
    if (f->type->plain) f->type->plain(&plain, w, f, r->v[i]);
    else if (r->v[i].type == V_TEXT) put(&plain, r->v[i].s);
    else put_f(&plain, "%.17g", r->v[i].type == V_INT ? (double)r->v[i].i : r->v[i].r);
    Message m = f->type->read(w, f, SPELT_PLAIN, buf_str(&plain), &again);
    if (m.id || !val_eq(again, r->v[i]))
        test_fail(__FILE__, __LINE__, "%s.%s: \"%.*s\" %.*s", r->e->name, f->name, FMT(buf_str(&plain)),
                  FMT(message_str(w->a, EN, m)));
}

TEST_DEMO(every_value_is_one_its_field_would_take, 200)
{
    for (size_t i = 0; i < all->n; i++)
        for EACH_FIELD(f, n, &enterprise) {
            check_value(w, all->p[i], f, n);
            for (size_t k = 0; k < all->p[i]->children[n].n; k++)
                for EACH_FIELD(g, m, f->to) check_value(w, all->p[i]->children[n].p[k], g, m);
        }
}

static void check_percent(const char *what, size_t part, size_t of, size_t least, size_t most)
{
    size_t percent = (part * 200 / of + 1) / 2;
    if (percent < least || percent > most) test_fail(__FILE__, __LINE__, "%s: %zu %%, not %zu to %zu", what, percent, least, most);
}

TEST_DEMO(size_classes_and_certificates_are_in_proportion, DEMO_ENTERPRISES)
{
    size_t micro = 0, small = 0, medium = 0, large = 0, certified = 0, foreign = 0, hidden = 0;
    for (size_t i = 0; i < all->n; i++) {
        Str size = v_str(size_class(w, all->p[i])), owner = v_str(all->p[i]->v[ENTERPRISE_OWNERSHIP]);
        micro += str_ends(size, S("/micro"));
        small += str_ends(size, S("/small"));
        medium += str_ends(size, S("/medium"));
        large += str_ends(size, S("/large"));
        certified += v_i64(at_international_standard(w, all->p[i])) == 1;
        foreign += str_ends(owner, S("/fdi")) || str_ends(owner, S("/joint-venture"));
        hidden += !enterprise.published(all->p[i]);
    }
    check_percent("micro", micro, all->n, 15, 25);
    check_percent("small", small, all->n, 35, 50);
    check_percent("medium", medium, all->n, 15, 25);
    check_percent("large", large, all->n, 10, 18);
    check_percent("at international standard", certified, all->n, 30, 39);
    check_percent("foreign", foreign, all->n, 21, 29);
    check_percent("hidden", hidden, all->n, 1, 6);
}

TEST_DEMO(some_certificates_have_expired_and_some_soon_will, ENOUGH)
{
    int64_t today = date_days(w->today);
    size_t expired = 0, soon = 0;
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < all->p[i]->children[ENTERPRISE_CERTIFICATES].n; k++) {
            struct date until;
            const struct record *c = all->p[i]->children[ENTERPRISE_CERTIFICATES].p[k];
            if (!date_from_iso(v_str(c->v[CERTIFICATE_EXPIRES_ON]), &until)) continue;
            expired += date_days(until) < today;
            soon += date_days(until) >= today && date_days(until) < today + 90;
        }
    CHECK(expired > 5 && soon > 5);
}

/* The old address names a ward of before the merger that became the ward of today. */
static void check_old_address(struct work *w, const struct record *r)
{
    const struct code *ward = code_find(w->codes, S("ward"), v_str(r->v[ENTERPRISE_WARD]));
    Str old = v_str(r->v[ENTERPRISE_OLD_ADDRESS]), part, district = { 0 }, unit = { 0 };
    CHECK(ward && str_has(v_str(r->v[ENTERPRISE_ADDRESS]), str_sub(ward->name[VI], 1, ward->name[VI].n)));
    if (!old.n) return;
    while (str_next(&old, ',', &part) && !str_is(str_trim(part), "thành phố Hà Nội")) {
        unit = district;
        district = str_trim(part);
    }
    Args named = ARGS(v_text(unit), v_text(district), v_text(str_f(w->a, "%%%.*s%%", FMT(ward->code))));
    int64_t n = 0;
    CHECK_INT(db_one_int(w->db, w->a,
        SQL("SELECT count(*) FROM code w JOIN code d ON d.list = 'district' AND d.code = w.parent WHERE w.list = 'ward'"
            " AND w.version = '2024' AND substr(w.name_vi, 2) = substr($1, 2) AND substr(d.name_vi, 2) = substr($2, 2)"
            " AND w.merged_into LIKE $3 ESCAPE '\\'"), named, &n), OK);
    if (n < 1) test_fail(__FILE__, __LINE__, "%.*s, %.*s did not become %.*s", FMT(unit), FMT(district), FMT(ward->name[VI]));
}

TEST_DEMO(the_old_address_and_the_new_one_mean_one_place, ENOUGH)
{
    for (size_t i = 0; i < all->n; i++) check_old_address(w, all->p[i]);
}

TEST_DEMO(nothing_in_the_demonstration_can_be_mistaken_for_a_real_enterprise, ENOUGH)
{
    for (size_t i = 0; i < all->n; i++) {
        Str tax = v_str(all->p[i]->v[ENTERPRISE_TAX_CODE]), mail = v_str(all->p[i]->v[ENTERPRISE_EMAIL]);
        Str site_url = v_str(all->p[i]->v[ENTERPRISE_WEBSITE]);
        CHECK(!tax.n || str_starts(tax, S("99")));
        CHECK(!mail.n || str_ends(mail, S(".example")));
        CHECK(!site_url.n || str_ends(site_url, S(".example")));
        CHECK(v_is(all->p[i]->v[ENTERPRISE_SOURCE_NOTE]));
    }
}

TEST_REGISTER(a_demonstration_is_marked_and_is_one_batch_of_the_actor_demo)
{
    struct batch *list;
    size_t n;
    bool yes = true;
    CHECK_INT(demo_is(w, &yes), OK);
    CHECK(!yes);
    filled(w, 10);
    CHECK_INT(demo_is(w, &yes), OK);
    CHECK(yes);
    CHECK_STR(w->actor.name, S("an officer"));
    CHECK_INT(w->batch, 0);
    CHECK_INT(batches_list(w, 5, &list, &n), OK);
    CHECK_INT(n, 1);
    CHECK_INT(list[0].changes, 10);
    CHECK_STR(list[0].kind, S("demo"));
    CHECK_STR(list[0].actor, S("demo"));
}

static enum err save_one(struct work *w, void *arg)
{
    struct record *r = arg;
    bool changed;
    return record_save(w, NULL, r, &changed);
}

static void add_real_enterprise(struct work *w)
{
    struct record *r = record_make(w->a, &enterprise);
    r->v[ENTERPRISE_NAME_VI] = v_text(S("Công ty có thật"));
    CHECK_INT(work_write(w, save_one, r), OK);
}

static enum err delete_first(struct work *w, void *arg)
{
    struct record *r;
    TRY(record_load(w, &enterprise, 1, &r));
    return record_delete(w, r);
}

TEST_REGISTER(a_database_with_enterprises_gets_no_demonstration)
{
    bool yes;
    add_real_enterprise(w);
    CHECK_INT(demo_fill(w, 10, DEMO_SEED), ERR_CONFLICT);
    CHECK_INT(count_of(w, "enterprise"), 1);
    CHECK_INT(demo_is(w, &yes), OK);
    CHECK(!yes);
}

TEST_REGISTER(a_database_that_had_enterprises_gets_no_demonstration)
{
    add_real_enterprise(w);
    CHECK_INT(work_write(w, delete_first, NULL), OK);
    CHECK_INT(demo_fill(w, 10, DEMO_SEED), ERR_CONFLICT);
}

TEST_REGISTER(a_demonstration_is_not_made_twice)
{
    filled(w, 10);
    CHECK_INT(demo_fill(w, 10, DEMO_SEED), ERR_CONFLICT);
    CHECK_INT(count_of(w, "enterprise"), 10);
}

TEST_REGISTER(a_demonstration_has_at_least_one_enterprise_and_at_most_so_many)
{
    CHECK_INT(demo_fill(w, 0, DEMO_SEED), ERR_INVALID);
    CHECK_INT(demo_fill(w, DEMO_MOST + 1, DEMO_SEED), ERR_INVALID);
}

TEST_REGISTER(the_log_of_a_demonstration_holds)
{
    struct findings f;
    filled(w, 50);
    CHECK_INT(log_verify(w, &f), OK);
    if (f.n) test_fail(__FILE__, __LINE__, "%.*s %lld: %.*s", FMT(f.p[0].entity), (long long)f.p[0].record,
                       FMT(message_str(w->a, EN, f.p[0].what)));
}

/* ---- what waits ------------------------------------------------------------------------------------ */

static void filed(struct work *w, int64_t count)
{
    filled(w, count);
    CHECK_INT(demo_accounts(w), OK);
    CHECK_INT(demo_filings(w), OK);
}

static void check_waiting(struct work *w, const char *email, int64_t waiting, int64_t late)
{
    struct record *account;
    int64_t n, overdue;
    CHECK_INT(account_with_email(w, str_of(email), &account), OK);
    struct work theirs = *w;
    theirs.actor = actor_of(account);
    CHECK_INT(tasks_count(&theirs, &n, &overdue), OK);
    CHECK_INT(n, waiting);
    CHECK_INT(overdue, late);
}

TEST_REGISTER(in_a_demonstration_something_waits_for_officer_and_ward_and_some_of_it_is_late)
{
    filed(w, 30);
    check_waiting(w, "officer@demo.example", 9, 4);
    check_waiting(w, "ward@demo.example", 2, 1);
    check_waiting(w, "buyer@demo.example", 1, 0);
    check_log(w);
}

TEST_REGISTER(what_was_filed_in_a_demonstration_could_have_been_typed)
{
    filed(w, 30);
    const struct entity *const filings[] = { &claim, &report, &verification };
    for (size_t i = 0; i < COUNT(filings); i++) {
        struct records all;
        CHECK_INT(records_load(w, filings[i], 0, 100, true, &all), OK);
        CHECK_INT(all.n, 3);
        for (size_t k = 0; k < all.n; k++) {
            struct problems wrong = { 0 };
            record_check(w, all.p[k], &wrong);
            CHECK_INT(wrong.n, 0);
        }
    }
}

TEST_REGISTER(a_small_demonstration_has_what_concerns_its_enterprises)
{
    filed(w, 1);
    CHECK_INT(count_of(w, "claim"), 0);
    CHECK_INT(count_of(w, "proposal"), 1);
    CHECK_INT(count_of(w, "verification"), 1);
}

TEST_REGISTER(nothing_is_filed_where_there_is_no_demonstration)
{
    CHECK_INT(demo_filings(w), ERR_DENIED);
}

TEST(a_name_within_a_sentence_begins_small_unless_it_is_an_abbreviation)
{
    static const struct { const char *name, *within; } cases[] = {
        { "Bánh răng trụ thẳng", "bánh răng trụ thẳng" }, { "Đi ốt phát quang", "đi ốt phát quang" }, { "Ép nhựa", "ép nhựa" },
        { "PEEK parts", "PEEK parts" }, { "IoT loggers", "IoT loggers" }, { "O-rings", "O-rings" }, { "X", "X" }, { "", "" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) CHECK_STR(uncapital(a, str_of(cases[i].name)), str_of(cases[i].within));
}

TEST(a_round_number_lies_between_its_bounds_and_grows_with_its_place)
{
    CHECK(round_number(0.005, 0.03, 0) == 0.005);
    CHECK(round_number(0.005, 0.03, 1000) == 0.03);
    CHECK(round_number(100, 800, 500) == 250);
    CHECK(round_number(7, 9, 0) == 8 && round_number(7, 9, 1000) == 8);
    for (int64_t place = 1; place <= 1000; place++) CHECK(round_number(3, 9e6, place) >= round_number(3, 9e6, place - 1));
}

TEST(a_quantile_lies_on_the_line_between_two_given_ones)
{
    static const int64_t at[] = { 10, 20, 60 };
    CHECK_INT(quantile(at, 3, 0), 10);
    CHECK_INT(quantile(at, 3, 250), 15);
    CHECK_INT(quantile(at, 3, 750), 40);
    CHECK_INT(quantile(at, 3, 1000), 60);
}
