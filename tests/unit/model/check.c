#include "model/check.h"
#include "fixture.h"

static Str problems_of(struct work *w, const struct record *r)
{
    struct problems p = { 0 };
    struct buf b = buf_make(w->a);
    record_check(w, r, &p);
    for (size_t i = 0; i < p.n; i++) put(&b, problem_str(w, &p.p[i])), put_f(&b, " [%d]\n", p.p[i].child);
    return buf_str(&b);
}

TEST(required_fields_rules_and_children_are_checked)
{
    struct work *w = work_as(work_on(a, NULL), OFFICER, EN);
    struct record *r = record_make(a, &thing);
    record_add(a, r, THING_PARTS)->v[PART_NAME] = v_text(S("one"));
    record_add(a, r, THING_PARTS);
    CHECK_STR(problems_of(w, r), S("Vietnamese name: is needed [-1]\nPart: is needed [1]\n"));
    r->v[THING_NAME_VI] = v_text(S("x"));
    r->v[THING_COLOURS] = v_text(S(";red;"));
    r->children[THING_PARTS].n = 1;
    CHECK_STR(problems_of(w, r), S("A red thing has a price. [-1]\n"));
    r->v[THING_PRICE] = v_int(0);
    CHECK_STR(problems_of(w, r), S(""));
}

TEST(children_by_key_have_each_key_once)
{
    struct work *w = work_as(work_on(a, NULL), OFFICER, EN);
    struct record *r = thing_named(w, "x");
    for (int i = 0; i < 3; i++) record_add(a, r, THING_READINGS)->v[READING_YEAR] = v_int(2024 + i % 2);
    for (int i = 0; i < 2; i++) record_add(a, r, THING_PARTS)->v[PART_NAME] = v_text(S("same"));
    CHECK_STR(problems_of(w, r), S("Year: stands there twice [2]\n"));
}

TEST(problems_are_said_in_the_readers_language)
{
    struct work *w = work_on(a, NULL);
    Str vi = problems_of(w, record_make(a, &fair)), en = problems_of(work_as(w, OFFICER, EN), record_make(a, &fair));
    CHECK_STR(en, S("Vietnamese name: is needed [-1]\n"));
    CHECK(str_starts(vi, tr(VI, "Vietnamese name")));
}
