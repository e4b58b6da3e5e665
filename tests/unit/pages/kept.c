/* The supply network in memory follows the change log, and only what it is read from makes another; other days come when asked for. */
#include "database.h"
#include "model/change.h"
#include "model/people/account.h"
#include "model/schema.h"
#include "pages/network/kept.h"
#include "programme/entities.h"

static enum err fill_lists(struct work *w, UNUSED void *arg) { return codes_init(w); }

static struct work *work_with_tables(struct arena *a, struct db *db)
{
    struct work *w = NEW(a, struct work);
    *w = (struct work){ .m = model_make(a, entities), .db = db, .a = a, .today = { 2026, 11, 22 }, .actor = { .roles = SYSTEM, .name = S("test") } };
    CHECK_INT(schema_grow(w, &(Message){ 0 }), OK);
    CHECK_INT(work_write(w, fill_lists, NULL), OK);
    CHECK_INT(codes_load(w, a, &w->codes), OK);
    return w;
}

struct saving { const struct record *was; struct record *now; };

static enum err save(struct work *w, void *arg)
{
    struct saving *s = arg;
    bool changed;
    return record_save(w, s->was, s->now, &changed);
}

static int64_t keep(struct work *w, struct record *now)
{
    CHECK_INT(work_write(w, save, &(struct saving){ NULL, now }), OK);
    return now->id;
}

static int64_t firm(struct work *w, const char *name)
{
    struct record *r = record_make(w->a, &enterprise);
    r->v[ENTERPRISE_NAME_VI] = v_text(str_of(name));
    return keep(w, r);
}

static void link_from(struct work *w, int64_t seller, int64_t buyer, const char *since)
{
    struct record *r = record_make(w->a, &supply_link);
    r->v[LINK_SUPPLIER] = v_int(seller);
    r->v[LINK_BUYER] = v_int(buyer);
    r->v[LINK_PRODUCT] = v_text(S("Vỏ bơm"));
    r->v[LINK_VALUE_BY_BUYER] = v_int(1000000000);
    r->v[LINK_SINCE] = v_text(str_of(since));
    keep(w, r);
}

/* A change that is not of the network. */
static void someone(struct work *w)
{
    struct record *account = record_make(w->a, &account_entity);
    account->v[ACCOUNT_EMAIL] = account->v[ACCOUNT_NAME] = v_text(S("a@example.org"));
    account->v[ACCOUNT_ROLES] = v_text(S(";officer;"));
    account->v[ACCOUNT_STATE] = v_text(S("active"));
    keep(w, account);
}

/* Follows until there is nothing more to do; the view that then stands, which lives as long as it stands there. */
static const struct supply_view *followed(struct kept *k, struct work *w)
{
    bool more = true;
    while (more) CHECK_INT(kept_follow(k, w, &more), OK);
    struct supply_view *v = kept_now(k);
    CHECK(v);
    supply_view_release(v);
    return v;
}

TEST_DB(what_is_kept_is_made_anew_after_a_change_of_links_and_of_nothing_else)
{
    struct work *w = work_with_tables(a, db);
    struct kept *k = kept_open();
    int64_t one = firm(w, "Đúc A"), other = firm(w, "Lắp ráp B");
    CHECK(!kept_now(k));
    const struct supply_view *first = followed(k, w);
    CHECK_INT(first->nodes_n, 2);
    CHECK(followed(k, w) == first);
    someone(w);
    CHECK(followed(k, w) == first);
    struct supply_view *held = kept_now(k);
    link_from(w, one, other, "2026-01-01");
    const struct supply_view *second = followed(k, w);
    CHECK(second != first && second->links_n == 1 && second->version > first->version);
    CHECK_INT(held->links_n, 0);                            /* whoever still reads the one before may */
    supply_view_release(held);
    kept_close(k);
}

TEST_DB(places_come_after_the_view_and_the_next_day_brings_another)
{
    struct work *w = work_with_tables(a, db);
    struct kept *k = kept_open();
    bool more;
    firm(w, "Đúc A");
    CHECK_INT(kept_follow(k, w, &more), OK);
    struct supply_view *v = kept_now(k);
    CHECK(more && !v->places);
    CHECK_INT(kept_follow(k, w, &more), OK);
    CHECK(!more && v->places);
    supply_view_release(v);
    w->today.day++;
    CHECK_INT(followed(k, w)->day.day, 23);
    kept_close(k);
}

TEST_DB(another_day_is_made_when_it_is_asked_for_and_forgotten_when_links_change)
{
    struct work *w = work_with_tables(a, db);
    struct kept *k = kept_open();
    int64_t one = firm(w, "Đúc A"), other = firm(w, "Lắp ráp B");
    struct date before = { 2026, 5, 1 };
    link_from(w, one, other, "2026-06-01");
    CHECK_INT(followed(k, w)->links_n, 1);
    CHECK(!kept_on(k, before));
    followed(k, w);
    struct supply_view *v = kept_on(k, before);
    CHECK(v && v->links_n == 0);
    supply_view_release(v);
    link_from(w, other, one, "2026-01-01");
    followed(k, w);
    CHECK(!kept_on(k, before));
    kept_close(k);
}

TEST_DB(another_day_is_of_the_version_of_today_however_much_else_has_changed_since)
{
    struct work *w = work_with_tables(a, db);
    struct kept *k = kept_open();
    struct date before = { 2026, 5, 1 };
    firm(w, "Đúc A");
    const struct supply_view *now = followed(k, w);
    someone(w);
    CHECK(!kept_on(k, before));
    CHECK(followed(k, w) == now);
    struct supply_view *v = kept_on(k, before);
    CHECK(v);
    CHECK_INT(v->version, now->version);
    supply_view_release(v);
    kept_close(k);
}

TEST_DB(of_many_days_the_one_asked_for_longest_ago_makes_room)
{
    struct work *w = work_with_tables(a, db);
    struct kept *k = kept_open();
    firm(w, "Đúc A");
    followed(k, w);
    for (int day = 1; day <= KEPT_DAYS + 1; day++) {
        CHECK(!kept_on(k, (struct date){ 2026, 1, day }));
        followed(k, w);
    }
    struct supply_view *last = kept_on(k, (struct date){ 2026, 1, KEPT_DAYS + 1 });
    CHECK(last && !kept_on(k, (struct date){ 2026, 1, 1 }));
    supply_view_release(last);
    kept_close(k);
}

TEST_DB(once_stopped_nothing_is_begun)
{
    struct work *w = work_with_tables(a, db);
    struct kept *k = kept_open();
    bool more;
    kept_stop(k);
    CHECK_INT(kept_follow(k, w, &more), OK);
    CHECK(!more && !kept_now(k));
    kept_close(k);
}
