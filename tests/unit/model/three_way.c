/* three_way.c - what two people changed at once, and what takes one change back. */
#include "fixture.h"

#include "model/bulk.h"
#include "model/reference.h"
#include "model/save.h"

static struct record *a_thing(struct work *w)
{
    struct record *r = thing_named(w, "Khuôn");
    struct record *part_one = record_add(w->a, r, THING_PARTS);
    part_one->v[PART_NAME] = v_text(S("chốt"));
    r->v[THING_COUNT] = v_int(1);
    CHECK_INT(save(w, NULL, r), OK);
    return load(w, &thing, r->id);
}

static int64_t last_change(struct work *w)
{
    int64_t seq;
    CHECK_INT(change_last(w, &seq), OK);
    return seq;
}

static enum err take_back(struct work *w, int64_t seq)
{
    struct change entry;
    Message why;
    enum err err = change_undo(w, seq, &entry, &why);
    CHECK(!err || why.id || err == ERR_DENIED || err == ERR_MISSING);
    return err;
}

/* ---- laying together --------------------------------------------------------------------------- */

TEST_MODEL(changes_of_different_fields_and_children_go_together)
{
    struct record *base = a_thing(w), *theirs = record_copy(a, base), *mine = record_copy(a, base);
    struct conflicts c;
    theirs->v[THING_COUNT] = v_int(2);
    record_add(a, theirs, THING_PARTS)->v[PART_NAME] = v_text(S("theirs"));
    mine->v[THING_NOTE] = v_text(S("mine"));
    mine->children[THING_PARTS].p[0]->v[PART_WEIGHT] = v_real(3);
    record_add(a, mine, THING_PARTS)->v[PART_NAME] = v_text(S("mine"));
    struct record *r = three_way(w, base, theirs, mine, NULL, &c);
    CHECK_INT(c.n, 0);
    CHECK(v_i64(r->v[THING_COUNT]) == 2 && str_is(v_str(r->v[THING_NOTE]), "mine"));
    CHECK_INT(r->children[THING_PARTS].n, 3);
    CHECK(val_eq(r->children[THING_PARTS].p[0]->v[PART_WEIGHT], v_real(3)));
}

TEST_MODEL(the_same_change_of_both_is_no_conflict)
{
    struct record *base = a_thing(w), *theirs = record_copy(a, base), *mine = record_copy(a, base);
    struct conflicts c;
    theirs->v[THING_COUNT] = mine->v[THING_COUNT] = v_int(5);
    theirs->children[THING_PARTS].n = mine->children[THING_PARTS].n = 0;
    struct record *r = three_way(w, base, theirs, mine, NULL, &c);
    CHECK(!c.n && v_i64(r->v[THING_COUNT]) == 5 && !r->children[THING_PARTS].n);
}

TEST_MODEL(a_field_both_set_is_decided_by_the_pick_and_is_theirs_until_then)
{
    struct record *base = a_thing(w), *theirs = record_copy(a, base), *mine = record_copy(a, base);
    struct conflicts c;
    theirs->v[THING_COUNT] = v_int(2);
    mine->v[THING_COUNT] = v_int(3);
    CHECK_INT(v_i64(three_way(w, base, theirs, mine, NULL, &c)->v[THING_COUNT]), 2);
    CHECK(c.n == 1 && c.open == 1 && str_is(c.p[0].key, "count") && str_is(c.p[0].mine, "3"));
    struct picked pick = { S("count"), PICK_MINE };
    CHECK_INT(v_i64(three_way(w, base, theirs, mine, &(struct picks){ &pick, 1, 1 }, &c)->v[THING_COUNT]), 3);
    CHECK(c.n == 1 && !c.open);
}

TEST_MODEL(a_child_removed_by_one_and_changed_by_the_other_is_decided)
{
    struct record *base = a_thing(w), *theirs = record_copy(a, base), *mine = record_copy(a, base);
    struct conflicts c;
    int64_t id = base->children[THING_PARTS].p[0]->id;
    theirs->children[THING_PARTS].n = 0;
    mine->children[THING_PARTS].p[0]->v[PART_WEIGHT] = v_real(4);
    CHECK_INT(three_way(w, base, theirs, mine, NULL, &c)->children[THING_PARTS].n, 0);
    CHECK_INT(c.open, 1);
    struct picked pick = { str_f(a, "parts.%lld", (long long)id), PICK_MINE };
    struct record *r = three_way(w, base, theirs, mine, &(struct picks){ &pick, 1, 1 }, &c);
    CHECK(r->children[THING_PARTS].n == 1 && r->children[THING_PARTS].p[0]->id == id);
}

TEST_MODEL(a_version_is_the_record_as_it_was_then)
{
    struct record *first = a_thing(w), *second = record_copy(a, first), *then;
    second->v[THING_COUNT] = v_int(2);
    CHECK_INT(save(w, first, second), OK);
    CHECK_INT(record_version(w, &thing, first->id, first->seq, &then), OK);
    CHECK_INT(v_i64(then->v[THING_COUNT]), 1);
    CHECK_INT(record_version(w, &thing, first->id, second->seq, &then), OK);
    CHECK_INT(v_i64(then->v[THING_COUNT]), 2);
}

/* ---- taking one change back ---------------------------------------------------------------------- */

TEST_MODEL(an_edit_is_taken_back_while_its_fields_stand)
{
    struct record *r = a_thing(w), *two = record_copy(a, r), *noted;
    two->v[THING_COUNT] = v_int(2);
    CHECK_INT(save(w, r, two), OK);
    int64_t edit = last_change(w);
    noted = record_copy(a, load(w, &thing, r->id));
    noted->v[THING_NOTE] = v_text(S("later"));
    CHECK_INT(save(w, load(w, &thing, r->id), noted), OK);
    CHECK_INT(take_back(w, edit), OK);
    CHECK(v_i64(load(w, &thing, r->id)->v[THING_COUNT]) == 1 && v_is(load(w, &thing, r->id)->v[THING_NOTE]));
    CHECK_INT(take_back(w, edit), ERR_CONFLICT);
    CHECK_INT(take_back(w, 999), ERR_MISSING);
    check_verified(w);
}

TEST_MODEL(a_deleted_record_comes_back_with_its_children_under_its_number)
{
    struct record *r = a_thing(w);
    CHECK_INT(delete(w, r->id), OK);
    int64_t deletion = last_change(w);
    CHECK_INT(take_back(w, deletion), OK);
    struct record *back = load(w, &thing, r->id);
    CHECK(back->children[THING_PARTS].n == 1 && back->children[THING_PARTS].p[0]->id == r->children[THING_PARTS].p[0]->id);
    CHECK_INT(take_back(w, deletion), ERR_CONFLICT);
    check_verified(w);
}

TEST_MODEL(a_new_record_is_taken_back_unless_it_was_changed)
{
    struct record *r = a_thing(w);
    int64_t made = last_change(w);
    struct record *two = record_copy(a, r), *gone;
    two->v[THING_COUNT] = v_int(2);
    CHECK_INT(save(w, r, two), OK);
    int64_t edit = last_change(w);
    CHECK_INT(take_back(w, made), ERR_CONFLICT);
    CHECK_INT(take_back(w, edit), OK);
    CHECK_INT(take_back(w, made), OK);
    CHECK_INT(record_load(w, &thing, r->id, &gone), ERR_MISSING);
}

TEST_MODEL(a_deletion_cannot_be_taken_back_over_a_unique_number_given_away)
{
    struct record *r = a_thing(w), *coded = record_copy(a, r), *other = thing_named(w, "Khác");
    coded->v[THING_CODE] = other->v[THING_CODE] = v_text(S("A-1"));
    CHECK_INT(save(w, r, coded), OK);
    CHECK_INT(delete(w, r->id), OK);
    int64_t deletion = last_change(w);
    CHECK_INT(save(w, NULL, other), OK);
    CHECK_INT(take_back(w, deletion), ERR_CONFLICT);
}

TEST_MODEL(who_may_not_write_takes_nothing_back)
{
    a_thing(w);
    CHECK_INT(take_back(work_as(w, WARD, EN), last_change(w)), ERR_DENIED);
}

/* ---- many at once ------------------------------------------------------------------------------------ */

TEST_MODEL(an_edit_of_many_is_tried_first_and_leaves_what_would_be_wrong)
{
    struct record *red = thing_named(w, "Đỏ"), *plain = thing_named(w, "Trơn");
    red->v[THING_PRICE] = v_int(5);
    red->v[THING_COLOURS] = v_text(S(";red;"));
    CHECK_INT(save(w, NULL, red), OK);
    CHECK_INT(save(w, NULL, plain), OK);
    struct list_query all = { .sort = -1, .limit = 1 };
    struct bulk_set no_price = { THING_PRICE, v_null() }, count = { THING_COUNT, v_int(7) };
    struct bulk_result result;
    CHECK_INT(bulk_edit(w, &(struct bulk){ .e = &thing, .all = &all, .set = &no_price, .set_n = 1 }, true, &result), OK);
    CHECK(result.records == 2 && !result.changed && result.left == 1 && result.kept[0].record == red->id);
    CHECK_INT(bulk_edit(w, &(struct bulk){ .e = &thing, .all = &all, .set = &count, .set_n = 1 }, true, &result), OK);
    CHECK(result.changed == 2 && !v_is(load(w, &thing, plain->id)->v[THING_COUNT]));
    CHECK_INT(bulk_edit(w, &(struct bulk){ .e = &thing, .all = &all, .set = &count, .set_n = 1 }, false, &result), OK);
    CHECK_INT(v_i64(load(w, &thing, plain->id)->v[THING_COUNT]), 7);
    struct undone undone;
    CHECK_INT(batch_undo(w, result.batch, &undone), OK);
    CHECK_INT(undone.undone, 2);
    check_verified(w);
}

TEST_MODEL(an_edit_of_many_tells_nothing_of_records_that_are_not_the_actors_to_see)
{
    struct record *hidden = thing_named(w, "Kín");
    hidden->v[THING_STATE] = v_text(S("hidden"));
    CHECK_INT(save(w, NULL, hidden), OK);
    struct bulk_set count = { THING_COUNT, v_int(7) };
    struct bulk_result result;
    CHECK_INT(bulk_edit(work_as(w, BUYER, EN), &(struct bulk){ .e = &thing, .ids = &hidden->id, .n = 1, .set = &count, .set_n = 1 }, true, &result), OK);
    CHECK(!result.records && !result.left && !result.changed);
}

/* ---- naming records ------------------------------------------------------------------------------------ */

TEST_MODEL(records_are_named_by_number_unique_value_and_title)
{
    struct record *r = a_thing(w), *coded = record_copy(a, r);
    coded->v[THING_CODE] = v_text(S("A_1"));
    CHECK_INT(save(w, r, coded), OK);
    CHECK_INT(save(w, NULL, thing_named(w, "Khuôn mẫu")), OK);
    const struct { const char *said; size_t found; } asked[] = {
        { "A_1", 1 }, { "Khuôn", 1 }, { "Khu", 2 }, { "mẫu", 1 }, { "%", 0 }, { "Axx", 0 }, { "", 0 }, { " Khuôn ", 1 }, { "khuon", 2 }, { "KHUON MAU", 1 },
    };
    for (size_t i = 0; i < COUNT(asked); i++) {
        struct records found;
        CHECK_INT(records_named(w, &thing, str_of(asked[i].said), 5, &found), OK);
        if (found.n != asked[i].found) test_fail(__FILE__, __LINE__, "“%s”: %zu found", asked[i].said, found.n);
    }
    struct records by_text;
    CHECK_INT(records_named(w, &thing, reference_text(w, r), 5, &by_text), OK);
    CHECK_INT(by_text.n, 1);
}
