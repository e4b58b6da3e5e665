/* The portal's snapshot follows the change log, and only what a visitor sees makes another one. */
#include "database.h"
#include "model/people/account.h"
#include "model/schema.h"
#include "pages/snapshot.h"
#include "programme/demo.h"
#include "programme/entities.h"
#include "programme/linkage/linkage.h"
#include "programme/register.h"

enum { FEW = 20 };

static enum err fill_lists(struct work *w, UNUSED void *arg) { return codes_init(w); }

static struct work *demo_on(struct arena *a, struct db *db)
{
    struct work *w = NEW(a, struct work);
    *w = (struct work){ .m = model_make(a, entities), .db = db, .a = a, .today = date_today(), .actor = { .roles = SYSTEM, .name = S("test") } };
    CHECK_INT(schema_grow(w, &(Message){ 0 }), OK);
    CHECK_INT(work_write(w, fill_lists, NULL), OK);
    CHECK_INT(codes_load(w, a, &w->codes), OK);
    CHECK_INT(demo_fill(w, FEW, DEMO_SEED), OK);
    return w;
}

struct saving { const struct record *was; struct record *now; };

static enum err save(struct work *w, void *arg)
{
    struct saving *s = arg;
    bool changed;
    return record_save(w, s->was, s->now, &changed);
}

static void rename_enterprise(struct work *w, int64_t id, Str name)
{
    struct record *was, *now;
    CHECK_INT(record_load(w, &enterprise, id, &was), OK);
    CHECK_INT(record_load(w, &enterprise, id, &now), OK);
    now->v[ENTERPRISE_NAME_VI] = v_text(name);
    CHECK_INT(work_write(w, save, &(struct saving){ was, now }), OK);
}

static void add_account(struct work *w, Str email)
{
    struct record *r = record_make(w->a, &account_entity);
    r->v[ACCOUNT_EMAIL] = r->v[ACCOUNT_NAME] = v_text(email);
    r->v[ACCOUNT_ROLES] = v_text(S(";officer;"));
    r->v[ACCOUNT_STATE] = v_text(S("active"));
    CHECK_INT(work_write(w, save, &(struct saving){ NULL, r }), OK);
}

static struct snapshot *first(struct work *w)
{
    struct snapshot *s;
    CHECK_INT(snapshot_make(w, &s), OK);
    return s;
}

static struct snapshot *next(struct work *w, struct snapshot *old)
{
    struct snapshot *s;
    CHECK_INT(snapshot_follow(w, old, &s), OK);
    snapshot_release(old);
    return s;
}

TEST_DB(a_changed_enterprise_is_on_its_card_and_the_rest_is_kept)
{
    struct work *w = demo_on(a, db);
    struct snapshot *s = first(w), *after;
    const struct codes *codes = s->codes;
    uint64_t version = s->version;
    rename_enterprise(w, 1, S("Công ty TNHH Một Tên Khác"));
    after = next(w, s);
    CHECK(after->version > version);
    CHECK(after->codes == codes);
    CHECK_STR(snapshot_card(after, w, 1)->name[VI], S("Công ty TNHH Một Tên Khác"));
    snapshot_release(after);
}

TEST_DB(what_no_visitor_sees_leaves_the_pages_as_they_are)
{
    struct work *w = demo_on(a, db);
    struct snapshot *s = first(w), *same;
    for (int i = 0; i < 5; i++) {
        add_account(w, str_f(a, "officer%d@example.org", i));
        CHECK_INT(snapshot_follow(w, s, &same), OK);
        CHECK(same == s);
        snapshot_release(same);
    }
    rename_enterprise(w, 1, S("Công ty TNHH Sau Tài Khoản"));
    s = next(w, s);
    CHECK_STR(snapshot_card(s, w, 1)->name[VI], S("Công ty TNHH Sau Tài Khoản"));
    snapshot_release(s);
}

TEST_DB(however_many_small_changes_follow_each_other_all_of_them_are_there)
{
    struct work *w = demo_on(a, db);
    struct snapshot *s = first(w);
    const struct codes *codes = s->codes;
    for (int i = 0; i < 80; i++) {
        Str name = str_f(a, "Công ty TNHH Lần %d", i);
        int64_t id = 1 + i % FEW;
        bool shown = snapshot_card(s, w, id);                  /* not every enterprise has agreed to be published */
        rename_enterprise(w, id, name);
        if (i % 3 == 0) add_account(w, str_f(a, "officer%d@example.org", i));
        s = next(w, s);
        CHECK(shown == !!snapshot_card(s, w, id));
        if (shown) CHECK_STR(snapshot_card(s, w, id)->name[VI], name);
        CHECK(s->codes == codes);                           /* what was built whole is not built again */
    }
    snapshot_release(s);
}

static enum err rename_list(struct work *w, UNUSED void *arg)
{
    struct record *was, *now;
    bool changed;
    TRY(record_load(w, &code_entity, 1, &was));
    TRY(record_load(w, &code_entity, 1, &now));
    now->v[field_index(&code_entity, S("name_vi"))] = v_text(S("Tên mới"));
    return record_save(w, was, now, &changed);
}

TEST_DB(a_changed_list_makes_everything_anew)
{
    struct work *w = demo_on(a, db);
    struct snapshot *s = first(w);
    const struct codes *codes = s->codes;
    CHECK_INT(work_write(w, rename_list, NULL), OK);
    s = next(w, s);
    CHECK(s->codes != codes);
    snapshot_release(s);
}

/* ---- the index in its file ------------------------------------------------------------------- */

static const char *file_of(struct work *w) { return str_z(w->a, str_f(w->a, "%s/search.index", test_dir())); }

static const char *kept(struct work *w)
{
    const char *path = file_of(w);
    struct snapshot *s = first(w);
    CHECK_INT(snapshot_save(w, s, path), OK);
    snapshot_release(s);
    return path;
}

static void check_opened(struct work *w, const char *path, Str name_of_one)
{
    struct snapshot *s;
    int64_t wrong;
    CHECK_INT(snapshot_open(w, path, &s), OK);
    struct work v = *w;
    v.actor = VISITING;
    CHECK_INT(finder_check(&v, s->finder, &wrong), OK);
    CHECK_INT(wrong, 0);
    if (name_of_one.n) CHECK_STR(snapshot_card(s, w, 1)->name[VI], name_of_one);
    snapshot_release(s);
}

static enum err not_opened(struct work *w, const char *path)
{
    struct snapshot *s;
    enum err e = snapshot_open(w, path, &s);
    if (!e) snapshot_release(s);
    return e;
}

TEST_DB(a_start_from_the_kept_index_has_what_changed_since)
{
    struct work *w = demo_on(a, db);
    const char *path = kept(w);
    check_opened(w, path, (Str){ 0 });
    for (int64_t id = 1; id <= 5; id++) rename_enterprise(w, id, str_f(a, "Công ty TNHH Sau Khi Ghi %d", (int)id));
    check_opened(w, path, S("Công ty TNHH Sau Khi Ghi 1"));
}

TEST_DB(a_start_after_a_night_goes_on_from_the_day_of_the_file_and_then_makes_all_anew)
{
    struct work *w = demo_on(a, db);
    const char *path = kept(w);
    struct snapshot *s, *after;
    struct date yesterday = w->today;
    w->today = date_from_days(date_days(yesterday) + 400);
    CHECK_INT(snapshot_open(w, path, &s), OK);
    CHECK_INT(date_days(s->today), date_days(yesterday));
    after = next(w, s);
    CHECK_INT(date_days(after->today), date_days(w->today));
    struct work v = *w;
    int64_t wrong;
    v.actor = VISITING;
    CHECK_INT(finder_check(&v, after->finder, &wrong), OK);
    CHECK_INT(wrong, 0);
    snapshot_release(after);
}

TEST_DB(an_index_after_a_change_of_lists_is_made_anew)
{
    struct work *w = demo_on(a, db);
    const char *path = kept(w);
    CHECK_INT(work_write(w, rename_list, NULL), OK);
    CHECK_INT(not_opened(w, path), ERR_MISSING);
}

TEST_DB(an_index_that_disagrees_with_the_rows_is_not_taken)
{
    struct work *w = demo_on(a, db);
    const char *path = kept(w);
    CHECK_INT(db_exec(db, a, SQL("UPDATE enterprise SET name_vi = 'Sửa ngoài chương trình' WHERE id < 10"), NO_ARGS), OK);
    CHECK_INT(not_opened(w, path), ERR_MISSING);
}

TEST_DB(an_index_of_another_database_or_ahead_of_the_log_is_not_taken)
{
    struct work *w = demo_on(a, db);
    const char *path = kept(w);
    CHECK_INT(db_exec(db, a, SQL("UPDATE change SET hash = 'another' WHERE seq = (SELECT max(seq) FROM change)"), NO_ARGS), OK);
    CHECK_INT(not_opened(w, path), ERR_MISSING);
    CHECK_INT(db_exec(db, a, SQL("DELETE FROM change WHERE seq = (SELECT max(seq) FROM change)"), NO_ARGS), OK);
    CHECK_INT(not_opened(w, path), ERR_MISSING);
}

TEST_DB(a_merge_beside_the_following_keeps_what_followed)
{
    struct work *w = demo_on(a, db);
    struct snapshot *base = first(w), *now, *adopted;
    struct search *merged;
    rename_enterprise(w, 1, S("Công ty TNHH Trong Lúc Gộp"));
    CHECK_INT(snapshot_follow(w, base, &now), OK);
    CHECK_INT(search_merge(base->finder->index, &merged), OK);
    CHECK_INT(snapshot_adopt(now, base, merged, &adopted), OK);
    search_release(merged);
    snapshot_release(base);
    snapshot_release(now);
    struct work v = *w;
    int64_t wrong;
    v.actor = VISITING;
    CHECK_INT(finder_check(&v, adopted->finder, &wrong), OK);
    CHECK_INT(wrong, 0);
    CHECK_STR(snapshot_card(adopted, w, 1)->name[VI], S("Công ty TNHH Trong Lúc Gộp"));
    snapshot_release(adopted);
}

static void record_first_order(struct work *w, int64_t enterprise_id)
{
    struct record *r = record_make(w->a, &introduction), *order = record_add(w->a, r, INTRODUCTION_OUTCOMES);
    r->v[INTRODUCTION_ENTERPRISE] = v_int(enterprise_id);
    r->v[INTRODUCTION_BUYER] = v_text(S("Kitamori Seiki KK"));
    r->v[INTRODUCTION_ON] = v_text(S("2026-03-02"));
    order->v[OUTCOME_STAGE] = v_text(S("first_order"));
    order->v[OUTCOME_ON] = v_text(S("2026-09-01"));
    order->v[OUTCOME_AMOUNT] = v_real(24600);
    CHECK_INT(work_write(w, save, &(struct saving){ NULL, r }), OK);
}

TEST_DB(what_indicators_count_makes_the_next_version_although_no_visitor_reads_it)
{
    struct work *w = demo_on(a, db);
    struct snapshot *s = first(w);
    uint64_t version = s->version;
    record_first_order(w, 1);
    s = next(w, s);
    CHECK(s->version > version);
    snapshot_release(s);
}
