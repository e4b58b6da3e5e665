/* What readers see of a record: columns with something in them, the order asked for, what is in force, what really changed. */
#include "fixture.h"

#include "base/unicode.h"
#include "model/history.h"
#include "model/view.h"

static bool says(Html h, const char *text) { return str_has(h.s, str_of(text)); }

static size_t place_of(Html h, const char *text)
{
    size_t at;
    if (!str_find(h.s, str_of(text), &at)) test_fail(__FILE__, __LINE__, "no “%s” in %.*s", text, FMT(h.s));
    return at;
}

static struct record *with_parts(struct work *w)
{
    struct record *r = thing_named(w, "Bánh răng"), *old = record_add(w->a, r, THING_PARTS), *now = record_add(w->a, r, THING_PARTS);
    old->v[PART_NAME] = v_text(S("Cũ"));
    old->v[PART_UNTIL] = v_text(S("2026-11-21"));
    now->v[PART_NAME] = v_text(S("Mới"));
    now->v[PART_UNTIL] = v_text(S("2026-11-22"));
    return r;
}

TEST_MODEL(a_column_of_children_in_which_nothing_stands_is_left_out)
{
    struct record *r = record_make(a, &fair), *stand_one = record_add(a, r, fair.n - 1);
    const int stands = fair.n - 1;
    stand_one->v[0] = v_text(S("A1"));
    CHECK(!says(sections_html(w, r, &stands, 1), "data-label=\"Diện tích\""));
    record_add(a, r, stands)->v[1] = v_real(36.5);
    CHECK(says(sections_html(w, r, &stands, 1), "data-label=\"Diện tích\" class=\"number\">36,5"));
}

TEST_MODEL(children_say_in_words_whether_they_are_in_force)
{
    struct record *r = with_parts(w);
    const int parts = THING_PARTS;
    Html h = sections_html(w, r, &parts, 1);
    CHECK(place_of(h, "Cũ") < place_of(h, "Hết hiệu lực") && place_of(h, "Hết hiệu lực") < place_of(h, "Mới"));
    CHECK(place_of(h, "Mới") < place_of(h, "Còn hiệu lực"));
}

TEST_MODEL(facts_come_in_the_order_asked_for_and_no_others)
{
    struct record *r = thing_named(w, "Bánh răng");
    r->v[THING_COUNT] = v_int(12);
    r->v[THING_EMAIL] = v_text(S("a@vi-du.vn"));
    r->v[THING_YEAR] = v_int(2019);
    const int fields[] = { THING_EMAIL, THING_COUNT };
    Html h = facts_html(w, r, fields, COUNT(fields));
    CHECK(place_of(h, "mailto:a@vi-du.vn") < place_of(h, "<dd>12</dd>"));
    CHECK(!says(h, "2019") && !says(h, "Bánh răng"));
    CHECK(says(facts_html(w, r, NULL, 0), "2019"));
}

TEST_MODEL(history_shows_a_former_value_only_where_there_was_one)
{
    struct record *r = with_parts(w), *now;
    struct changes log;
    CHECK_INT(save(w, NULL, r), OK);
    CHECK_INT(changes_of(w, &thing, r->id, 0, 10, &log), OK);
    Html entered = history_html(w, &thing, ALL_FIELDS, &log, NULL);
    CHECK(says(entered, "<ins>Bánh răng</ins>") && !says(entered, "<del>"));
    now = record_copy(a, load(w, &thing, r->id));
    now->v[THING_NAME_VI] = v_text(S("Trục"));
    CHECK_INT(save(w, load(w, &thing, r->id), now), OK);
    CHECK_INT(changes_of(w, &thing, r->id, 0, 10, &log), OK);
    CHECK(says(history_html(w, &thing, ALL_FIELDS, &log, NULL), "<del>Bánh răng</del> → <ins>Trục</ins>"));
}

TEST_MODEL(a_pair_is_called_by_one_name)
{
    struct record *r = record_make(a, &setting_entity);
    r->v[field_index(&setting_entity, S("description_vi"))] = v_text(S("Ngưỡng"));
    Html h = facts_html(w, r, NULL, 0);
    CHECK(says(h, "<dt>Ý nghĩa</dt>") && !says(h, "tiếng Việt"));
}

TEST_MODEL(vietnamese_words_on_an_english_page_say_that_they_are)
{
    struct record *r = thing_named(w, "Gear"), *part_one = record_add(a, r, THING_PARTS);
    const int fields[] = { THING_NOTE }, parts = THING_PARTS;
    part_one->v[PART_NAME] = v_text(S("Trục chính"));
    r->v[THING_NOTE] = v_text(S("CNC"));
    CHECK(says(sections_html(work_as(w, OFFICER, EN), r, &parts, 1), "<span lang=\"vi\">Trục chính</span>"));
    CHECK(!says(sections_html(work_as(w, OFFICER, VI), r, &parts, 1), "lang="));
    CHECK(says(facts_html(work_as(w, OFFICER, EN), r, fields, 1), "<dd>CNC</dd>"));
}
