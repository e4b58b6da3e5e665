#include "fixture.h"

static struct record *saved(struct work *w, const char *name)
{
    struct record *r = thing_named(w, name);
    CHECK_INT(save(w, NULL, r), OK);
    return r;
}

static struct record *add_part(struct work *w, struct record *r, const char *name)
{
    struct record *child = record_add(w->a, r, THING_PARTS);
    child->v[PART_NAME] = v_text(str_of(name));
    return child;
}

TEST_MODEL(a_record_with_its_children_is_read_as_it_was_saved)
{
    struct record *r = thing_named(w, "Bánh răng");
    r->v[THING_LENGTH] = v_real(0.1);
    r->v[THING_COUNT] = v_int(7);
    add_part(w, r, "Trục");
    add_part(w, r, "Vòng bi")->v[PART_WEIGHT] = v_real(2);
    record_add(a, r, THING_READINGS)->v[READING_YEAR] = v_int(2025);
    CHECK_INT(save(w, NULL, r), OK);
    struct record *back = load(w, &thing, r->id);
    CHECK_INT(back->seq, 1);
    CHECK_STR(v_str(back->v[THING_KEY]), S("banh rang"));
    CHECK(val_eq(back->v[THING_LENGTH], v_real(0.1)) && val_eq(back->v[THING_COUNT], v_int(7)) && !v_is(back->v[THING_NOTE]));
    CHECK_INT(back->children[THING_PARTS].n, 2);
    CHECK_STR(v_str(back->children[THING_PARTS].p[1]->v[PART_NAME]), S("Vòng bi"));
    CHECK(val_eq(back->children[THING_PARTS].p[1]->v[PART_WEIGHT], v_real(2)));
    CHECK_INT(back->children[THING_READINGS].p[0]->parent, r->id);
}

TEST_MODEL(saving_what_is_there_already_writes_nothing)
{
    struct record *r = saved(w, "Khuôn");
    struct record *was = load(w, &thing, r->id);
    CHECK_INT(save(w, was, record_copy(a, was)), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM change"), 1);
    CHECK_INT(load(w, &thing, r->id)->seq, 1);
}

TEST_MODEL(an_update_adds_changes_and_removes_children_in_one_entry)
{
    struct record *r = thing_named(w, "Máy ép");
    add_part(w, r, "one"), add_part(w, r, "two");
    CHECK_INT(save(w, NULL, r), OK);
    struct record *was = load(w, &thing, r->id), *now = record_copy(a, was);
    struct records *parts = &now->children[THING_PARTS];
    parts->p[0]->v[PART_NAME] = v_text(S("uno"));
    parts->n = 1;
    add_part(w, now, "three");
    CHECK_INT(save(w, was, now), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM change"), 2);
    struct record *back = load(w, &thing, r->id);
    CHECK_INT(back->children[THING_PARTS].n, 2);
    CHECK_STR(v_str(back->children[THING_PARTS].p[0]->v[PART_NAME]), S("uno"));
    CHECK_INT(back->children[THING_PARTS].p[1]->id, 3);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM part"), 2);
}

TEST_MODEL(numbers_are_never_used_again)
{
    struct record *r = thing_named(w, "a");
    add_part(w, r, "part");
    CHECK_INT(save(w, NULL, r), OK);
    CHECK_INT(delete(w, r->id), OK);
    CHECK_INT(count_sql(w, "SELECT (SELECT count(*) FROM thing) + (SELECT count(*) FROM part)"), 0);
    struct record *next = thing_named(w, "b");
    add_part(w, next, "part");
    CHECK_INT(save(w, NULL, next), OK);
    CHECK_INT(next->id, 2);
    CHECK_INT(next->children[THING_PARTS].p[0]->id, 2);
    check_verified(w);
}

TEST_MODEL(a_taken_unique_value_is_a_conflict_that_leaves_nothing)
{
    struct record *first = thing_named(w, "a"), *second = thing_named(w, "b");
    first->v[THING_CODE] = second->v[THING_CODE] = v_text(S("X-1"));
    add_part(w, second, "part");
    CHECK_INT(save(w, NULL, first), OK);
    CHECK_INT(save(w, NULL, second), ERR_CONFLICT);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM change"), 1);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM part"), 0);
    second = thing_named(w, "b");
    CHECK_INT(save(w, NULL, second), OK);
    CHECK_INT(second->id, 2);
    int64_t id;
    CHECK_INT(record_find(w, &thing, THING_CODE, v_text(S("X-1")), &id), OK);
    CHECK_INT(id, first->id);
    CHECK_INT(record_find(w, &thing, THING_CODE, v_text(S("X-2")), &id), OK);
    CHECK_INT(id, 0);
    check_verified(w);
}

TEST_MODEL(a_record_that_another_refers_to_is_not_deleted)
{
    struct record *f = record_make(a, &fair), *r = thing_named(w, "a");
    f->v[0] = v_text(S("Hội chợ"));
    CHECK_INT(save(w, NULL, f), OK);
    r->v[THING_FAIR] = v_int(f->id);
    CHECK_INT(save(w, NULL, r), OK);
    CHECK_INT(save(w, f, NULL), ERR_CONFLICT);
    CHECK_INT(delete(w, r->id), OK);
    CHECK_INT(save(w, load(w, &fair, f->id), NULL), OK);
}

TEST_MODEL(pages_of_records_bring_their_children)
{
    for (int i = 0; i < 30; i++) {
        struct record *r = thing_named(w, "x");
        for (int k = 0; k < i % 4; k++) add_part(w, r, "part")->v[PART_PRICE] = v_int(i);
        CHECK_INT(save(w, NULL, r), OK);
    }
    for (int64_t id = 5; id < 30; id++) if (id != 29) CHECK_INT(delete(w, id), OK);
    struct records page;
    CHECK_INT(records_load(w, &thing, 1, 100, true, &page), OK);
    CHECK_INT(page.n, 5);
    for (size_t i = 0; i < page.n; i++) {
        int64_t n = (page.p[i]->id - 1) % 4;
        CHECK_INT(page.p[i]->children[THING_PARTS].n, n);
        for (int64_t k = 0; k < n; k++) CHECK_INT(v_i64(page.p[i]->children[THING_PARTS].p[k]->v[PART_PRICE]), page.p[i]->id - 1);
    }
    CHECK_INT(records_load(w, &thing, 0, 3, true, &page), OK);
    CHECK_INT(page.n, 3);
    CHECK_INT(page.p[2]->children[THING_PARTS].n, 2);
}

TEST_MODEL(many_records_are_read_at_once_in_the_order_asked_for_without_those_that_are_gone)
{
    enum { MANY = 2 * SOME + 3 };
    int64_t ids[MANY];
    struct records found;
    for (int i = 0; i < MANY; i++) {
        struct record *r = thing_named(w, "x");
        add_part(w, r, "part")->v[PART_PRICE] = v_int(i + 1);
        CHECK_INT(save(w, NULL, r), OK);
        ids[i] = MANY - i;
    }
    CHECK_INT(delete(w, 7), OK);
    CHECK_INT(records_of(w, &thing, ids, MANY, true, &found), OK);
    CHECK_INT(found.n, MANY - 1);
    for (size_t i = 0; i < found.n; i++) {
        int64_t id = MANY - (int64_t)i - (i >= MANY - 7);
        CHECK_INT(found.p[i]->id, id);
        CHECK_INT(found.p[i]->children[THING_PARTS].n, 1);
        CHECK_INT(v_i64(found.p[i]->children[THING_PARTS].p[0]->v[PART_PRICE]), id);
    }
    CHECK_INT(records_of(w, &thing, ids, 0, true, &found), OK);
    CHECK_INT(found.n, 0);
}

TEST_MODEL(a_record_is_named_in_the_readers_language_or_the_other)
{
    struct record *r = thing_named(w, "Khuôn");
    CHECK_STR(record_title(work_as(w, OFFICER, EN), r), S("Khuôn"));
    r->v[THING_NAME_EN] = v_text(S("Mould"));
    CHECK_STR(record_title(work_as(w, OFFICER, EN), r), S("Mould"));
    CHECK_STR(record_title(w, r), S("Khuôn"));
    r->v[THING_NAME_VI] = v_null();
    CHECK_STR(record_title(w, r), S("Mould"));
}

TEST(public_ids_are_made_and_read_back)
{
    int64_t id = 0;
    CHECK_STR(public_id(a, &thing, 421), S("VT-000421-9"));
    CHECK(public_id_read(&thing, S("vt-000421-9"), &id) && id == 421);
    CHECK(public_id_read(&thing, public_id(a, &thing, 12345678), &id) && id == 12345678);
    static const char *const wrong[] = { "", "VT", "VT-", "VT-421-9", "VT-000421", "VT-000421-", "XX-000421-9", "VT-000421-99", "VT-00042a-9",
                                         "VT--00421-9", "VT-+00421-9", "VT-000000-0", "VT-00000421-9", "VT-000421-9 ", "000421" };
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (public_id_read(&thing, str_of(wrong[i]), &id)) test_fail(__FILE__, __LINE__, "%s was read", wrong[i]);
    CHECK(public_id_read(&stand, S("7"), &id) && id == 7);
}

TEST(every_wrong_digit_and_swap_of_neighbours_in_a_public_id_is_refused)
{
    struct dice d = { 1 };
    for (int n = 0; n < 500; n++) {
        int64_t id = 1 + (int64_t)dice_roll(&d, n < 250 ? 999999 : 99999999), got;
        Str s = public_id(a, &thing, id);
        char *z = str_z(a, s);
        for (size_t i = 3; i < s.n; i++) {
            char kept = z[i], next = z[i + 1];
            if (kept == '-') continue;
            for (char c = '0'; c <= '9'; c++) {
                z[i] = c;
                CHECK(public_id_read(&thing, (Str){ z, s.n }, &got) == (c == kept));
            }
            z[i] = next, z[i + 1] = kept;
            if (next >= '0' && next <= '9' && next != kept) CHECK(!public_id_read(&thing, (Str){ z, s.n }, &got));
            z[i] = kept, z[i + 1] = next;
        }
        size_t dash = s.n - 2;                              /* the last digit and the check digit  */
        char last = z[dash - 1], check = z[dash + 1];
        z[dash - 1] = check, z[dash + 1] = last;
        if (last != check) CHECK(!public_id_read(&thing, (Str){ z, s.n }, &got));
    }
}
