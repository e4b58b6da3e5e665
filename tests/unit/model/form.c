#include "model/form.h"
#include "fixture.h"

static struct asked asked(const char *name, const char *value) { return (struct asked){ str_of(name), str_of(value) }; }

static struct work *officer(struct arena *a)
{
    static struct db *db;                                   /* empty for all of them: a form only looks things up */
    bool first = !db;
    if (first) CHECK_INT(db_open(test_db_url(a, SQLITE), DB_CREATE, &db), OK);
    struct work *w = work_on(a, db);
    if (first) work_tables(w);
    w->codes = real_codes();
    w->lang = EN;
    return w;
}

static void check_has(Html html, const char *piece)
{
    if (!str_has(html.s, str_of(piece))) test_fail(__FILE__, __LINE__, "no %s in\n%.*s", piece, FMT(html.s));
}

static size_t count(Html html, const char *piece)
{
    size_t n = 0, at;
    for (Str rest = html.s; str_find(rest, str_of(piece), &at); n++) rest = str_sub(rest, at + 1, SIZE_MAX);
    return n;
}

/* What a browser would send of a form: every input, textarea and chosen option of its HTML. */
static struct asked *sent(struct arena *a, Html form, size_t *n)
{
    struct { struct asked *p; size_t n, cap; } out = { 0 };
    Str rest = form.s, tag, name = { 0 };
    size_t at;
    while (str_find(rest, S("<"), &at)) {
        rest = str_sub(rest, at + 1, SIZE_MAX);
        size_t end = 0;
        CHECK(str_find(rest, S(">"), &end));
        tag = str_sub(rest, 0, end);
        rest = str_sub(rest, end + 1, SIZE_MAX);
        bool option = str_starts(tag, S("option")), area = str_starts(tag, S("textarea"));
        Str value = { 0 };
        size_t from, to;
        if (str_find(tag, S(" name=\""), &from)) name = str_sub(tag, from + 7, SIZE_MAX), str_cut(name, '"', &name, &(Str){ 0 });
        if (str_find(tag, S(" value=\""), &from)) value = str_sub(tag, from + 8, SIZE_MAX), str_cut(value, '"', &value, &(Str){ 0 });
        if (area && str_find(rest, S("<"), &to)) value = str_sub(rest, 0, to);
        bool box = str_has(tag, S("\"checkbox\"")), file = str_has(tag, S("\"file\""));
        if (area || (str_starts(tag, S("input")) && !file && (!box || str_has(tag, S(" checked")))) || (option && str_has(tag, S(" selected"))))
            *GROW(a, out) = (struct asked){ name, value };
    }
    *n = out.n;
    return out.p;
}

static struct record *sample(struct work *w)
{
    struct record *r = thing_named(w, "Khuôn");
    r->id = 1;
    r->v[THING_LENGTH] = v_real(1.0 / 3);
    r->v[THING_PRICE] = v_int(1234567);
    r->v[THING_MADE_ON] = v_text(S("2024-03-04"));
    r->v[THING_GOOD] = v_int(0);
    r->v[THING_KIND] = v_text(S("raw"));
    r->v[THING_COLOURS] = v_text(S(";blue;red;"));
    r->v[THING_WARD] = v_text(S("2024/00007"));
    r->v[THING_VSIC] = v_text(S(";2025/25;2025/151;"));
    r->v[THING_FILE] = v_text(str_f(w->a, "%064d/a.pdf", 7));
    r->v[THING_OWNER] = v_text(S("Chị Lan"));
    for (int i = 0; i < 3; i++) {
        struct record *child = record_add(w->a, r, THING_PARTS);
        child->id = 10 + i;
        child->v[PART_NAME] = v_text(str_f(w->a, "part %d", i));
        child->v[PART_WEIGHT] = v_real(0.1 * i);
    }
    return r;
}

static void check_same(const struct record *a, const struct record *b)
{
    for EACH_FIELD(f, i, a->e)
        if (has_column(f) && !(f->is & COMPUTED) && !val_eq(a->v[i], b->v[i]))
            test_fail(__FILE__, __LINE__, "%s: \"%.*s\" became \"%.*s\"", f->name, FMT(v_str(a->v[i])), FMT(v_str(b->v[i])));
    for (int i = 0; a->children && i < a->e->n; i++) {
        CHECK_INT(b->children[i].n, a->children[i].n);
        for (size_t k = 0; k < a->children[i].n; k++) {
            CHECK_INT(b->children[i].p[k]->id, a->children[i].p[k]->id);
            check_same(a->children[i].p[k], b->children[i].p[k]);
        }
    }
}

TEST(opening_a_form_and_sending_it_back_changes_nothing)
{
    struct work *w = officer(a);
    for (enum lang lang = VI; lang < LANGS; lang++) {
        struct record *was = sample(w), *now;
        struct form_problems wrong = { 0 };
        w->lang = lang;
        size_t n;
        struct asked *typed = sent(a, form_html(w, &thing, was, NULL, 0, NULL), &n);
        CHECK_INT(form_read(w, &thing, was, typed, n, &now, &wrong), OK);
        check_same(was, now);
    }
}

TEST(nothing_typed_is_lost_and_errors_stand_beside_their_fields)
{
    struct work *w = officer(a);
    struct asked typed[] = {
        asked("name_vi", ""), asked("length", "about <5>"), asked("colours", "red"), asked("colours", "blue"), asked("ward", "2024/00007"),
        asked("good", "1"), asked("parts.0.id", ""), asked("parts.0.name", "x"), asked("parts.0.weight", "heavy"), asked("parts.2.id", ""),
        asked("parts.2.name", "y & z") };
    struct form_problems wrong = { 0 };
    struct record *r;
    CHECK_INT(form_read(w, &thing, NULL, typed, COUNT(typed), &r, &wrong), ERR_INVALID);
    Html html = form_html(w, &thing, NULL, typed, COUNT(typed), &wrong);
    check_has(html, "value=\"about &lt;5&gt;\"");
    check_has(html, "value=\"red\" checked");
    check_has(html, "value=\"blue\" checked");
    check_has(html, "value=\"2024/00007\" selected");
    check_has(html, "value=\"heavy\"");
    check_has(html, "value=\"y &amp; z\"");
    check_has(html, "href=\"#length\"");
    check_has(html, "href=\"#parts.0.weight\"");
    check_has(html, "Weight: “heavy” is not a number");
    check_has(html, "id=\"length-wrong\">“about &lt;5&gt;” is not a number");
    CHECK_INT(count(html, "name=\"parts.3.name\""), 1);
    CHECK_INT(count(html, "name=\"parts.4.name\""), 0);
    size_t n, again;
    struct asked *sent_again = sent(a, html, &n);
    sent(a, form_html(w, &thing, NULL, sent_again, n, &wrong), &again);
    CHECK_INT(again, n);
}

TEST(problems_of_children_stand_in_the_row_that_was_typed)
{
    struct work *w = officer(a);
    struct asked typed[] = { asked("name_vi", "x"), asked("parts.0.id", ""), asked("parts.0.name", ""), asked("parts.1.name", "one"),
                             asked("parts.3.weight", "5") };
    struct form_problems wrong = { 0 };
    struct record *r;
    CHECK_INT(form_read(w, &thing, NULL, typed, COUNT(typed), &r, &wrong), ERR_INVALID);
    CHECK_INT(wrong.n, 1);
    CHECK_STR(wrong.p[0].input, S("parts.3.name"));
    check_has(form_html(w, &thing, NULL, typed, COUNT(typed), &wrong), "Part: is needed");
}

TEST(children_are_changed_added_and_removed_by_their_rows)
{
    struct work *w = officer(a);
    struct asked typed[] = { asked("parts.0.id", "10"), asked("parts.0.name", ""), asked("parts.0.weight", ""), asked("parts.1.id", "11"),
                             asked("parts.1.name", "renamed"), asked("parts.2.id", "12"), asked("parts.2.name", "part 2"), asked("parts.3.id", ""),
                             asked("parts.3.name", "new") };
    struct form_problems wrong = { 0 };
    struct record *r;
    CHECK_INT(form_read(w, &thing, sample(w), typed, COUNT(typed), &r, &wrong), OK);
    const struct records *parts = &r->children[THING_PARTS];
    CHECK_INT(parts->n, 3);
    CHECK(parts->p[0]->id == 11 && parts->p[1]->id == 12 && parts->p[2]->id == 0);
    CHECK_STR(v_str(parts->p[0]->v[PART_NAME]), S("renamed"));
    CHECK(val_eq(parts->p[1]->v[PART_WEIGHT], v_real(0.2)));
    CHECK_STR(v_str(r->v[THING_OWNER]), S("Chị Lan"));
}

TEST(numbers_of_children_that_are_not_the_records_or_come_twice_are_ignored)
{
    struct work *w = officer(a);
    struct asked typed[] = { asked("parts.0.id", "999"), asked("parts.0.name", "foreign"), asked("parts.1.id", "11"), asked("parts.1.name", "mine"),
                             asked("parts.2.id", "11"), asked("parts.2.name", "again"), asked("parts.3.id", "-1"), asked("parts.3.name", "x") };
    struct form_problems wrong = { 0 };
    struct record *r;
    CHECK_INT(form_read(w, &thing, sample(w), typed, COUNT(typed), &r, &wrong), OK);
    const struct records *parts = &r->children[THING_PARTS];
    CHECK_INT(parts->n, 4);
    CHECK(parts->p[0]->id == 0 && parts->p[1]->id == 11 && parts->p[2]->id == 0 && parts->p[3]->id == 0);
}

TEST(rows_without_end_are_not_read)
{
    struct work *w = officer(a);
    struct asked typed[] = { asked("name_vi", "x"), asked("parts.0.id", ""), asked("parts.999999999.name", "x"), asked("parts.-1.name", "x"),
                             asked("parts.999.name", "last") };
    struct form_problems wrong = { 0 };
    struct record *r;
    CHECK_INT(form_read(w, &thing, NULL, typed, COUNT(typed), &r, &wrong), OK);
    CHECK_INT(r->children[THING_PARTS].n, 1);
}

TEST(who_may_not_write_gets_no_inputs_and_changes_nothing)
{
    struct work *visitor = work_as(officer(a), VISITOR, EN);
    struct asked typed[] = { asked("name_vi", "x") };
    struct form_problems wrong = { 0 };
    struct record *r;
    CHECK_INT(form_read(visitor, &thing, sample(visitor), typed, 1, &r, &wrong), ERR_DENIED);
    CHECK_INT(count(form_html(visitor, &thing, sample(visitor), NULL, 0, NULL), "<input"), 0);
}

TEST(fields_that_are_computed_or_derived_are_not_in_the_form)
{
    struct work *w = officer(a);
    struct asked typed[] = { asked("name_vi", "x"), asked("name_key", "mine"), asked("total", "9") };
    struct form_problems wrong = { 0 };
    struct record *r;
    CHECK_INT(form_read(w, &thing, NULL, typed, 3, &r, &wrong), OK);
    CHECK(!v_is(r->v[THING_KEY]) && !v_is(r->v[THING_TOTAL]));
    CHECK_INT(count(form_html(w, &thing, NULL, typed, 3, NULL), "name_key"), 0);
}
