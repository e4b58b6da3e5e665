/* What a person has on the desk: drafts, preferences, saved views. */
#include "fixture.h"
#include "model/desk/desk.h"

static struct work *person(struct work *w, int64_t account, Roles roles)
{
    struct work *p = work_as(w, roles, VI);
    p->actor.account = account;
    return p;
}

struct keeping { const struct entity *e; int64_t record, seq; Str form; };
static enum err keep(struct work *w, void *arg)
{
    struct keeping *k = arg;
    return draft_keep(w, k->e, k->record, k->seq, k->form);
}
static enum err drop(struct work *w, void *arg)
{
    struct keeping *k = arg;
    return draft_drop(w, k->e, k->record);
}

TEST_MODEL(a_draft_is_found_again_and_the_last_one_counts)
{
    struct work *p = person(w, 7, OFFICER);
    struct draft d;
    CHECK_INT(work_write(p, keep, &(struct keeping){ &thing, 3, 10, S("name_vi=M%C3%A1y") }), OK);
    CHECK_INT(work_write(p, keep, &(struct keeping){ &thing, 3, 11, S("name_vi=M%C3%A1y+2") }), OK);
    CHECK_INT(draft_find(p, &thing, 3, &d), OK);
    CHECK_STR(d.form, S("name_vi=M%C3%A1y+2"));
    CHECK_INT(d.seq, 11);
    CHECK_INT(d.at, time_now());
}

TEST_MODEL(a_draft_is_its_writers_alone_and_of_one_record)
{
    struct work *p = person(w, 7, OFFICER), *other = person(w, 8, ADMIN);
    struct draft d;
    CHECK_INT(work_write(p, keep, &(struct keeping){ &thing, 3, 10, S("a=1") }), OK);
    CHECK_INT(draft_find(other, &thing, 3, &d), OK);
    CHECK_INT(d.at, 0);
    CHECK_INT(draft_find(p, &thing, 4, &d), OK);
    CHECK_INT(d.at, 0);
    CHECK_INT(work_write(other, drop, &(struct keeping){ &thing, 3 }), OK);
    CHECK_INT(draft_find(p, &thing, 3, &d), OK);
    CHECK_STR(d.form, S("a=1"));
    CHECK_INT(work_write(p, drop, &(struct keeping){ &thing, 3 }), OK);
    CHECK_INT(draft_find(p, &thing, 3, &d), OK);
    CHECK_INT(d.at, 0);
}

TEST_MODEL(drafts_are_listed_the_newest_first)
{
    struct work *p = person(w, 7, OFFICER);
    struct drafteds list;
    int64_t start = time_now();
    CHECK_INT(work_write(p, keep, &(struct keeping){ &thing, 3, 10, S("a=1") }), OK);
    time_set_now(start + 1);
    CHECK_INT(work_write(p, keep, &(struct keeping){ &fair, 0, 0, S("a=2") }), OK);
    CHECK_INT(run_sql(w, "INSERT INTO draft (account, entity, record, seq, at, form) VALUES (7, 'of_before', 1, 1, 1, '')"), OK);
    CHECK_INT(drafts_of(p, &list), OK);
    CHECK_INT(list.n, 2);
    CHECK(list.p[0].e == &fair && list.p[0].record == 0 && list.p[1].e == &thing && list.p[1].record == 3);
}

TEST_MODEL(a_draft_over_its_bound_is_refused)
{
    char *bytes = arena_raw(a, 1, 1, DRAFT_MOST + 1);
    memset(bytes, 'a', DRAFT_MOST + 1);
    struct keeping k = { &thing, 1, 1, { bytes, DRAFT_MOST } };
    CHECK_INT(work_write(person(w, 7, OFFICER), keep, &k), OK);
    k.form.n++;
    CHECK_INT(work_write(person(w, 7, OFFICER), keep, &k), ERR_TOO_BIG);
}

static enum err prefer(struct work *w, void *arg) { return preference_set(w, S("columns.thing"), *(Str *)arg); }

TEST_MODEL(a_preference_is_kept_for_one_account_until_it_is_emptied)
{
    struct work *p = person(w, 7, OFFICER);
    Str value = S("name_vi,code");
    CHECK_INT(work_write(p, prefer, &value), OK);
    value = S("code");
    CHECK_INT(work_write(p, prefer, &value), OK);
    CHECK_INT(preference_get(p, S("columns.thing"), &value), OK);
    CHECK_STR(value, S("code"));
    CHECK_INT(preference_get(person(w, 8, OFFICER), S("columns.thing"), &value), OK);
    CHECK_STR(value, S(""));
    CHECK_INT(work_write(p, prefer, &value), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM preference"), 0);
}

struct viewing { const struct entity *e; Str name, query; bool shared, usual; int64_t id; };
static enum err keep_view(struct work *w, void *arg)
{
    struct viewing *v = arg;
    return view_keep(w, v->e, v->name, v->query, v->shared, v->usual, &v->id);
}
static enum err drop_view(struct work *w, void *arg) { return view_drop(w, *(int64_t *)arg); }

TEST_MODEL(own_views_come_first_then_those_others_share)
{
    struct work *p = person(w, 7, OFFICER), *other = person(w, 8, OFFICER);
    struct views list;
    CHECK_INT(work_write(other, keep_view, &(struct viewing){ &thing, S("A"), S("q=a"), true, true }), OK);
    CHECK_INT(work_write(other, keep_view, &(struct viewing){ &thing, S("B"), S("q=b"), false, false }), OK);
    CHECK_INT(work_write(p, keep_view, &(struct viewing){ &thing, S("C"), S("q=c"), false, false }), OK);
    CHECK_INT(work_write(p, keep_view, &(struct viewing){ &fair, S("D"), S("q=d"), false, false }), OK);
    CHECK_INT(views_of(p, &thing, &list), OK);
    CHECK_INT(list.n, 2);
    CHECK_STR(list.p[0].name, S("C"));
    CHECK(list.p[0].mine && !list.p[0].shared);
    CHECK_STR(list.p[1].query, S("q=a"));
    CHECK(!list.p[1].mine && list.p[1].shared && !list.p[1].usual);     /* another's usual one is not mine */
}

TEST_MODEL(a_view_of_the_same_name_takes_the_place_of_the_old_one)
{
    struct work *p = person(w, 7, OFFICER);
    struct viewing v = { &thing, S("Chưa đủ"), S("q=a"), true, false }, again = { &thing, S("Chưa đủ"), S("q=b"), false, true };
    struct views list;
    CHECK_INT(work_write(p, keep_view, &v), OK);
    CHECK_INT(work_write(p, keep_view, &again), OK);
    CHECK_INT(v.id, again.id);
    CHECK_INT(views_of(p, &thing, &list), OK);
    CHECK_INT(list.n, 1);
    CHECK_STR(list.p[0].query, S("q=b"));
    CHECK(list.p[0].usual && !list.p[0].shared);
}

TEST_MODEL(a_list_has_one_usual_view)
{
    struct work *p = person(w, 7, OFFICER);
    struct views list;
    CHECK_INT(work_write(p, keep_view, &(struct viewing){ &thing, S("A"), S("q=a"), false, true }), OK);
    CHECK_INT(work_write(p, keep_view, &(struct viewing){ &fair, S("A"), S("q=a"), false, true }), OK);
    CHECK_INT(work_write(p, keep_view, &(struct viewing){ &thing, S("B"), S("q=b"), false, true }), OK);
    CHECK_INT(views_of(p, &thing, &list), OK);
    CHECK(!list.p[0].usual && list.p[1].usual);
    CHECK_INT(views_of(p, &fair, &list), OK);
    CHECK(list.p[0].usual);
}

TEST_MODEL(a_view_is_dropped_by_its_owner_or_an_administrator)
{
    struct viewing v = { &thing, S("A"), S("q=a"), true, false };
    int64_t none = 99;
    CHECK_INT(work_write(person(w, 7, OFFICER), keep_view, &v), OK);
    CHECK_INT(work_write(person(w, 8, OFFICER), drop_view, &v.id), ERR_MISSING);
    CHECK_INT(work_write(person(w, 8, OFFICER), drop_view, &none), ERR_MISSING);
    CHECK_INT(work_write(person(w, 9, ADMIN), drop_view, &v.id), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM saved_view"), 0);
}

TEST_MODEL(only_staff_shares_views_and_each_has_a_name)
{
    CHECK_INT(work_write(person(w, 7, ENTERPRISE), keep_view, &(struct viewing){ &thing, S("A"), S("q=a"), true, false }), ERR_DENIED);
    CHECK_INT(work_write(person(w, 7, ENTERPRISE), keep_view, &(struct viewing){ &thing, S("A"), S("q=a"), false, false }), OK);
    CHECK_INT(work_write(person(w, 7, OFFICER), keep_view, &(struct viewing){ &thing, S(""), S("q=a"), false, false }), ERR_INVALID);
}
