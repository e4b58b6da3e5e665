/* A record as programs write it: what is put out is taken in again, and whatever is wrong is told where. */
#include "model/json_read.h"

#include "fixture.h"
#include "model/check.h"
#include "model/json.h"

static const struct json_t *json(struct arena *a, Str text)
{
    const struct json_t *v = NULL;
    Message why = NO_MESSAGE;
    CHECK_INT(json_read(a, text, &v, &why), OK);
    return v;
}

static Str written(struct work *w, const struct record *r)
{
    struct buf b = buf_make(w->a);
    struct json_writer j = json_write_to(&b);
    put_record_json(&j, w, r);
    json_write_done(&j);
    return buf_str(&b);
}

/* "pointer: sentence", each in a line. */
static Str problems(struct work *w, const struct json_problems *wrong)
{
    struct buf b = buf_make(w->a);
    for (size_t i = 0; i < wrong->n; i++)
        put_f(&b, "%.*s: %.*s\n", FMT(wrong->p[i].pointer), FMT(message_str(w->a, EN, wrong->p[i].what)));
    return buf_str(&b);
}

static Str refused(struct work *w, const struct record *was, Str body)
{
    struct json_problems wrong = { 0 };
    struct record *now;
    CHECK_INT(record_from_json(w, &thing, was, json(w->a, body), &now, &wrong), ERR_INVALID);
    return problems(w, &wrong);
}

static struct record *taken(struct work *w, const struct record *was, Str body)
{
    struct json_problems wrong = { 0 };
    struct record *now;
    enum err e = record_from_json(w, &thing, was, json(w->a, body), &now, &wrong);
    if (e) test_fail(__FILE__, __LINE__, "%.*s", FMT(problems(w, &wrong)));
    return now;
}

TEST_MODEL(what_is_written_as_json_is_read_as_the_same_record)
{
    struct dice d = { 7 };
    int checked = 0;
    for (int i = 0; i < 200; i++) {
        struct record *r = thing_named(w, "Bánh răng");
        random_thing(&d, w, r);
        struct problems problems = { 0 };
        r->v[THING_FAIR] = v_null();
        record_check(w, r, &problems);
        if (problems.n || save(w, NULL, r)) continue;       /* made of chance, it breaks a rule or has a value that is taken */
        checked++;
        struct record *was = load(w, &thing, r->id);
        CHECK_STR(delta_make(w, was, taken(w, was, written(w, was))), S(""));
    }
}

TEST_MODEL(a_member_that_is_missing_leaves_its_field_and_null_empties_it)
{
    struct record *was = thing_named(w, "Trục");
    was->v[THING_LENGTH] = v_real(12.5);
    was->v[THING_COUNT] = v_int(3);
    struct record *now = taken(w, was, S("{\"length\": null, \"note\": \"mới\"}"));
    CHECK(!v_is(now->v[THING_LENGTH]));
    CHECK_INT(v_i64(now->v[THING_COUNT]), 3);
    CHECK_STR(v_str(now->v[THING_NOTE]), S("mới"));
}

TEST_MODEL(a_code_is_given_by_key_or_by_name_and_the_key_counts)
{
    struct record *now = taken(w, NULL, S("{\"name_vi\": \"A\", \"ward\": \"Phường Ba Đình\"}"));
    CHECK_STR(v_str(now->v[THING_WARD]), S("2025/00004"));
    now = taken(w, NULL, S("{\"name_vi\": \"A\", \"ward\": \"không có đâu\", \"ward_code\": \"2025/00004\"}"));
    CHECK_STR(v_str(now->v[THING_WARD]), S("2025/00004"));
}

TEST_MODEL(children_keep_their_numbers_new_ones_come_and_missing_ones_go)
{
    struct record *r = thing_named(w, "Khuôn");
    for (int i = 0; i < 3; i++) record_add(w->a, r, THING_PARTS)->v[PART_NAME] = v_text(str_f(w->a, "P%d", i));
    CHECK_INT(save(w, NULL, r), OK);
    struct record *was = load(w, &thing, r->id);
    Str second = public_id(w->a, &part, was->children[THING_PARTS].p[1]->id);
    struct record *now = taken(w, was, str_f(w->a, "{\"part_details\": [{\"id\": \"%.*s\", \"name\": \"khác\"}, {\"name\": \"P9\"}]}", FMT(second)));
    CHECK_INT(now->children[THING_PARTS].n, 2);
    CHECK_INT(now->children[THING_PARTS].p[0]->id, was->children[THING_PARTS].p[1]->id);
    CHECK_INT(now->children[THING_PARTS].p[1]->id, 0);
    now = taken(w, was, S("{\"part_details\": [{\"id\": \"PT-999999-9\", \"name\": \"lạ\"}]}"));
    CHECK_INT(now->children[THING_PARTS].p[0]->id, 0);      /* nobody else's child is taken over    */
}

TEST_MODEL(children_by_key_are_merged_and_null_removes_one)
{
    struct record *was = taken(w, NULL, S("{\"name_vi\": \"A\", \"readings\": {\"2023\": {\"value\": 1}, \"2024\": {\"value\": 2}}}"));
    CHECK_INT(was->children[THING_READINGS].n, 2);
    struct record *now = taken(w, was, S("{\"readings\": {\"2023\": null, \"2025\": {\"value\": 3}}}"));
    CHECK_INT(now->children[THING_READINGS].n, 2);
    CHECK_INT(v_i64(now->children[THING_READINGS].p[0]->v[READING_YEAR]), 2024);
    CHECK_INT(was->children[THING_READINGS].n, 2);          /* the record of before is as it was    */
}

TEST_MODEL(what_is_wrong_is_told_with_its_place)
{
    CHECK_STR(refused(w, NULL, S("{\"name_vi\": \"A\", \"colour\": 1}")), S("/colour: is no field of “thing”\n"));
    CHECK_STR(refused(w, NULL, S("{\"name_vi\": \"A\", \"length\": {\"a\": 1}}")), S("/length: is not a value of this kind\n"));
    CHECK_STR(refused(w, NULL, S("{\"name_vi\": \"A\", \"part_details\": [{\"weight\": 1}]}")), S("/part_details/0/name: is needed\n"));
    CHECK_STR(refused(w, NULL, S("{\"name_vi\": \"A\", \"readings\": [1]}")), S("/readings: is not an object of objects\n"));
    CHECK_STR(refused(w, NULL, S("{\"name_vi\": \"A\", \"part_details\": \"x\"}")), S("/part_details: is not a list of objects\n"));
    CHECK_STR(refused(w, NULL, S("{\"name_vi\": \"A\", \"part_details\": 5}")), S("/part_details: is not a list of objects\n"));
    CHECK_STR(refused(w, NULL, S("{\"name_vi\": \"A\", \"part_details\": {}}")), S("/part_details: is not a list of objects\n"));
    CHECK_STR(refused(w, NULL, S("{\"name_vi\": \"A\", \"readings\": true}")), S("/readings: is not an object of objects\n"));
    CHECK_STR(refused(w, NULL, S("5")), S(": is not an object with fields\n"));
    CHECK_STR(refused(w, NULL, S("{}")), S("/name_vi: is needed\n"));
    CHECK_STR(refused(w, NULL, S("[1]")), S(": is not an object with fields\n"));
}

TEST_MODEL(an_amount_of_a_program_is_whole_and_in_digits)
{
    static const char *const odd[] = { "1.5", "1500.5", "\"1.500\"", "\"1,500\"", "\"1,500 triệu\"", "true" };
    struct record *now;
    for (size_t i = 0; i < COUNT(odd); i++) {
        struct json_problems wrong = { 0 };
        Str body = str_f(a, "{\"name_vi\": \"A\", \"price\": %s}", odd[i]);
        CHECK_INT(record_from_json(w, &thing, NULL, json(a, body), &now, &wrong), ERR_INVALID);
        CHECK_STR(problems(w, &wrong), S("/price: is not an amount in whole đồng: write it in digits alone\n"));
    }
    struct json_problems none = { 0 };
    CHECK_INT(record_from_json(w, &thing, NULL, json(a, S("{\"name_vi\": \"A\", \"price\": \"1500\"}")), &now, &none), OK);
    CHECK_INT(v_i64(now->v[THING_PRICE]), 1500);
}

TEST_MODEL(who_may_not_write_changes_nothing_and_what_is_worked_out_is_not_taken)
{
    struct json_problems wrong = { 0 };
    struct record *now;
    CHECK_INT(record_from_json(work_as(w, VISITOR, EN), &thing, NULL, json(w->a, S("{\"name_vi\": \"A\"}")), &now, &wrong), ERR_DENIED);
    now = taken(w, NULL, S("{\"name_vi\": \"A\", \"name_key\": \"b\", \"total\": 7, \"parts\": [\"x\"]}"));
    CHECK(!v_is(now->v[THING_KEY]));
    CHECK_INT(now->children[THING_PARTS].n, 0);
}
