#include "model/merge.h"

#include "fixture.h"

static struct record *saved(struct work *w, struct record *r)
{
    CHECK_INT(save(w, NULL, r), OK);
    return r;
}

static struct record *part_of(struct work *w, struct record *r, const char *name)
{
    struct record *p = record_add(w->a, r, THING_PARTS);
    p->v[PART_NAME] = v_text(str_of(name));
    return p;
}

/* A survivor with the part "bolt", and another with "bolt" and "nut". */
struct two { int64_t into, from, nut; };
static struct two two_things(struct work *w)
{
    struct record *into = thing_named(w, "Khuôn"), *from = thing_named(w, "Khuon");
    part_of(w, into, "bolt");
    part_of(w, from, "bolt")->v[PART_WEIGHT] = v_real(2.5);
    struct record *nut = part_of(w, from, "nut");
    from->v[THING_CODE] = v_text(S("K-1"));
    from->v[THING_NOTE] = v_text(S("what only the other knows"));
    saved(w, into);
    saved(w, from);
    return (struct two){ into->id, from->id, nut->id };
}

static int64_t merged(struct work *w, const struct entity *e, int64_t from, int64_t into)
{
    int64_t batch = 0;
    CHECK_INT(record_merge(w, e, from, into, &batch), OK);
    CHECK(batch > 0);
    CHECK_INT(w->batch, 0);
    return batch;
}

static int64_t leads_to(struct work *w, int64_t id)
{
    int64_t to = -1;
    CHECK_INT(record_redirect(w, &thing, id, &to), OK);
    return to;
}

static struct undone undo(struct work *w, int64_t batch)
{
    struct undone u = { 0 };
    CHECK_INT(batch_undo(w, batch, &u), OK);
    check_verified(w);
    return u;
}

TEST_MODEL(the_survivor_keeps_what_it_says_and_takes_what_it_lacks_with_the_children_and_their_numbers)
{
    struct two t = two_things(w);
    struct record *gone;
    merged(w, &thing, t.from, t.into);
    struct record *r = load(w, &thing, t.into);
    struct records *parts = &r->children[THING_PARTS];
    CHECK_STR(v_str(r->v[THING_NAME_VI]), S("Khuôn"));
    CHECK_STR(v_str(r->v[THING_CODE]), S("K-1"));
    CHECK_STR(v_str(r->v[THING_NOTE]), S("what only the other knows"));
    CHECK_INT(parts->n, 2);
    CHECK_STR(v_str(parts->p[0]->v[PART_NAME]), S("bolt"));
    CHECK(v_is(parts->p[0]->v[PART_WEIGHT]));
    CHECK_INT(parts->p[1]->id, t.nut);
    CHECK_INT(record_load(w, &thing, t.from, &gone), ERR_MISSING);
    CHECK_INT(leads_to(w, t.from), t.into);
    CHECK_INT(leads_to(w, t.into), 0);
    check_verified(w);
}

TEST_MODEL(what_everybody_sees_is_not_hidden_by_what_it_takes)
{
    struct record *into = thing_named(w, "Khuôn"), *from = thing_named(w, "Khuon");
    into->v[THING_STATE] = v_null();
    from->v[THING_STATE] = v_text(S("hidden"));
    saved(w, into);
    saved(w, from);
    merged(w, &thing, from->id, into->id);
    CHECK(!v_is(load(w, &thing, into->id)->v[THING_STATE]));
}

TEST_MODEL(children_of_one_key_that_contradict_each_other_are_not_mixed)
{
    struct record *into = thing_named(w, "one"), *from = thing_named(w, "two");
    part_of(w, into, "bolt")->v[PART_WEIGHT] = v_real(1);
    struct record *other = part_of(w, from, "bolt");
    other->v[PART_WEIGHT] = v_real(2);
    other->v[PART_UNTIL] = v_text(S("2027-01-01"));
    saved(w, into);
    saved(w, from);
    merged(w, &thing, from->id, into->id);
    struct records *parts = &load(w, &thing, into->id)->children[THING_PARTS];
    CHECK_INT(parts->n, 1);
    CHECK(val_eq(parts->p[0]->v[PART_WEIGHT], v_real(1)) && !v_is(parts->p[0]->v[PART_UNTIL]));
}

TEST_MODEL(undoing_a_merge_leaves_both_byte_for_byte_as_before)
{
    struct two t = two_things(w);
    Str before = export_text(w, &thing, "json");
    int64_t batch = merged(w, &thing, t.from, t.into);
    CHECK(!str_eq(export_text(w, &thing, "json"), before));
    struct undone u = undo(w, batch);
    CHECK_INT(u.undone, 2);
    CHECK_INT(u.kept, 0);
    CHECK_STR(export_text(w, &thing, "json"), before);
    CHECK_INT(leads_to(w, t.from), 0);
    merged(w, &thing, t.into, t.from);                      /* the other way round, after all       */
    CHECK_INT(leads_to(w, t.into), t.from);
}

TEST_MODEL(random_things_merged_and_parted_are_the_same_again)
{
    struct dice d = { 7 };
    for (int i = 0; i < 20; i++) {
        struct record *a1 = thing_named(w, "one"), *a2 = thing_named(w, "two");
        random_thing(&d, w, a1);
        random_thing(&d, w, a2);
        saved(w, a1);
        saved(w, a2);
        Str before = export_text(w, &thing, "json");
        undo(w, merged(w, &thing, a1->id, a2->id));
        CHECK_STR(export_text(w, &thing, "json"), before);
    }
}

TEST_MODEL(a_number_leads_through_merge_after_merge_and_only_as_far_as_they_hold)
{
    int64_t first = saved(w, thing_named(w, "a"))->id, second = saved(w, thing_named(w, "b"))->id, third = saved(w, thing_named(w, "c"))->id;
    int64_t one = merged(w, &thing, first, second), two = merged(w, &thing, second, third);
    CHECK_INT(leads_to(w, first), third);
    CHECK_INT(leads_to(w, second), third);
    undo(w, two);
    CHECK_INT(leads_to(w, first), second);
    CHECK_INT(leads_to(w, second), 0);
    undo(w, one);
    CHECK_INT(leads_to(w, first), 0);
}

TEST_MODEL(a_child_edited_since_stays_with_the_survivor_when_the_two_part)
{
    struct two t = two_things(w);
    int64_t batch = merged(w, &thing, t.from, t.into);
    struct record *was = load(w, &thing, t.into), *now = record_copy(a, was);
    child_with_id(&now->children[THING_PARTS], t.nut)->v[PART_WEIGHT] = v_real(9);
    CHECK_INT(save(w, was, now), OK);
    struct undone u = undo(w, batch);
    CHECK_INT(u.kept, 2);
    CHECK(child_with_id(&load(w, &thing, t.into)->children[THING_PARTS], t.nut));
    struct record *back = load(w, &thing, t.from);
    CHECK_INT(back->children[THING_PARTS].n, 1);
    CHECK_STR(v_str(back->v[THING_CODE]), S("K-1"));
}

TEST_MODEL(what_referred_to_the_one_that_goes_refers_to_the_survivor)
{
    struct record *fair1 = record_make(a, &fair), *fair2 = record_make(a, &fair), *visitor = thing_named(w, "visitor");
    fair1->v[0] = v_text(S("Hội chợ"));
    fair2->v[0] = v_text(S("Hoi cho"));
    saved(w, fair1);
    saved(w, fair2);
    visitor->v[THING_FAIR] = v_int(fair2->id);
    saved(w, visitor);
    int64_t batch = merged(w, &fair, fair2->id, fair1->id);
    CHECK_INT(v_i64(load(w, &thing, visitor->id)->v[THING_FAIR]), fair1->id);
    check_verified(w);
    undo(w, batch);
    CHECK_INT(v_i64(load(w, &thing, visitor->id)->v[THING_FAIR]), fair2->id);
}

TEST_MODEL(a_record_is_not_merged_with_itself_or_with_one_that_is_not_there)
{
    int64_t id = saved(w, thing_named(w, "one"))->id, batch;
    Str before = log_text(w);
    CHECK_INT(record_merge(w, &thing, id, id, &batch), ERR_INVALID);
    CHECK_INT(record_merge(w, &thing, id, 99, &batch), ERR_MISSING);
    CHECK_INT(record_merge(w, &thing, 99, id, &batch), ERR_MISSING);
    CHECK_STR(log_text(w), before);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM batch"), 0);
}
