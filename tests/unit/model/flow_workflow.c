/* flow_workflow.c - states and steps, on a request for a stand (tests/made_up): who may take which, what follows, and who was first. */
#include "flow.h"

#include "model/desk/desk.h"
#include "model/form.h"
#include "model/import/import.h"

#include <pthread.h>
#include <string.h>

/* ---- tables --------------------------------------------------------------------------------- */

static const struct choice three[] = { { "a", "A", .days = 2 }, { "b", "B" }, { "c", "C", .done = true }, { NULL } };
static const struct field small_fields[] = {
    { "name", "Name", &text_type, LISTED },
    { "state", "State", &state_type, LISTED | INDEXED, .choices = three },
    { "due", "Deadline", &date_type, STEPPED },
    { "plain_due", "Deadline", &date_type, 0 },
};

/* What is wrong with these steps; those of a sound table are a to b, b to c. */
static const char *wrong(struct step first, struct step second, int due)
{
    const struct step steps[] = { first, second };
    const struct workflow flow = { 1, due, steps, second.name ? 2 : 1 };
    const struct entity small = { .name = "small", .path = "small", .one = "S", .many = "S", FIELDS(small_fields), .workflow = &flow };
    return workflow_wrong(&small);
}
static const struct step a_to_b = { "go", "Go", "a", "b", OFFICER }, b_to_c = { "end", "End", "b", "c", OFFICER };

static void finds(const char *said, const char *wanted)
{
    if (!said || !strstr(said, wanted)) test_fail(__FILE__, __LINE__, "got “%s”, want “%s”", said ? said : "", wanted);
}

TEST(a_table_of_steps_that_makes_no_sense_is_found_at_start)
{
    struct step s = b_to_c, none = { 0 };
    CHECK(!wrong(a_to_b, b_to_c, 2));
    CHECK(!workflow_wrong(&stand_request));
    s.to = "d", finds(wrong(a_to_b, s, 2), "none of the choices");
    s = b_to_c, s.from = "a|d", finds(wrong(a_to_b, s, 2), "none of the choices");
    s = b_to_c, s.name = "go", finds(wrong(a_to_b, s, 2), "two steps");
    s = b_to_c, s.who = 0, finds(wrong(a_to_b, s, 2), "nobody's");
    s = b_to_c, s.is = STEP_AUTO, finds(wrong(a_to_b, s, 2), "the program's");
    s = b_to_c, s.from = "a", finds(wrong(a_to_b, s, 2), "no step leaves");
    s = b_to_c, s.from = "b|c", finds(wrong(a_to_b, s, 2), "stays");
    s = b_to_c, s.rows = ROWS_MINE, s.field = 9, finds(wrong(a_to_b, s, 2), "field");
    s = a_to_b, s.to = "c", finds(wrong(s, none, 2), "no step leads to");
    finds(wrong(a_to_b, b_to_c, -1), "deadline");
    finds(wrong(a_to_b, b_to_c, 3), "STEPPED");
}

TEST(a_step_from_anywhere_does_not_lead_from_where_it_leads_to)
{
    struct step s = { "stop", "Stop", "*", "c", OFFICER };
    CHECK(step_leaves(&s, S("a")) && step_leaves(&s, S("b")) && !step_leaves(&s, S("c")));
    s.from = "a|b";
    CHECK(step_leaves(&s, S("b")) && !step_leaves(&s, S("c")) && !step_leaves(&s, S("a|b")));
}

/* ---- beginning ------------------------------------------------------------------------------ */

TEST_MODEL(a_new_record_begins_in_the_first_state)
{
    struct people p = people(w);
    struct record *r = request(&p);
    CHECK_STR(v_str(r->v[REQUEST_STATE]), S("draft"));
    CHECK(!v_is(r->v[REQUEST_DUE]) && !due_of(r).year);
    CHECK_STR(str_of(state_of(r)->code), S("draft"));
    check_verified(w);
}

TEST_MODEL(saving_a_record_changes_neither_state_nor_deadline)
{
    struct people p = people(w);
    struct record *was = sent(&p), *now = record_copy(a, was);
    now->v[REQUEST_STATE] = v_text(S("accepted"));
    now->v[REQUEST_DUE] = v_text(S("2030-01-01"));
    now->v[REQUEST_COMPANY] = v_text(S("Cơ khí Bình"));
    CHECK_INT(save(p.officer, was, now), OK);
    now = load(w, &stand_request, was->id);
    CHECK_STR(v_str(now->v[REQUEST_STATE]), S("sent"));
    CHECK_STR(v_str(now->v[REQUEST_DUE]), v_str(was->v[REQUEST_DUE]));
    CHECK_STR(v_str(now->v[REQUEST_COMPANY]), S("Cơ khí Bình"));
}

TEST_MODEL(forms_ask_for_neither_state_nor_deadline_and_take_neither)
{
    struct people p = people(w);
    struct record *r = sent(&p), *read;
    struct form_problems wrong = { 0 };
    const struct asked typed[] = { { S("company"), S("Cơ khí Bình") }, { S("state"), S("accepted") }, { S("due"), S("2030-01-01") } };
    Str form = form_html(p.officer, &stand_request, r, NULL, 0, NULL).s;
    CHECK(str_has(form, S("name=\"company\"")) && !str_has(form, S("name=\"state\"")) && !str_has(form, S("name=\"due\"")));
    CHECK_INT(form_read(p.officer, &stand_request, r, typed, COUNT(typed), &read, &wrong), OK);
    CHECK_STR(v_str(read->v[REQUEST_COMPANY]), S("Cơ khí Bình"));
    CHECK(val_eq(read->v[REQUEST_STATE], r->v[REQUEST_STATE]) && val_eq(read->v[REQUEST_DUE], r->v[REQUEST_DUE]));
}

TEST_MODEL(a_sheet_brings_new_records_but_no_states)
{
    struct people p = people(w);
    Str sheet = str_f(a, "Company,Trade fair,Area,State,Deadline\nCơ khí An,%.*s,18,Accepted,01/01/2030\n", FMT(public_id(a, &fair, p.fair)));
    struct import_report report;
    struct import_options o = { .file_name = S("requests.csv"), .sheet = -1 };
    Message why = NO_MESSAGE;
    CHECK_INT(import_file(p.officer, &stand_request, sheet, &o, &report, &why), OK);
    CHECK_INT(report.added, 1);
    CHECK_STR(v_str(load(w, &stand_request, 1)->v[REQUEST_STATE]), S("draft"));
}

/* ---- taking --------------------------------------------------------------------------------- */

TEST_MODEL(a_step_sets_state_and_deadline_and_says_who_took_it)
{
    struct people p = people(w);
    struct record *r = sent(&p);
    struct takens taken;
    CHECK_STR(v_str(r->v[REQUEST_STATE]), S("sent"));
    CHECK_STR(v_str(r->v[REQUEST_DUE]), S("2026-11-27"));   /* five working days after a Sunday    */
    CHECK_INT(step(p.officer, r, "ask", "Which machines?"), OK);
    CHECK_INT(steps_taken(w, r, &taken), OK);
    CHECK_INT(taken.n, 2);
    CHECK_STR(str_of(taken.p[0].step->name), S("ask"));
    CHECK_STR(taken.p[0].note, S("Which machines?"));
    CHECK_STR(taken.p[0].actor, S("lan@so.vn"));
    CHECK_STR(taken.p[0].from, S("sent"));
    CHECK_STR(taken.p[1].to, S("sent"));
    check_verified(w);
}

TEST_MODEL(a_step_is_for_those_the_table_names_and_on_their_rows)
{
    struct people p = people(w);
    struct record *r = request(&p);
    CHECK_INT(step(p.officer, r, "send", ""), ERR_DENIED);
    CHECK_INT(step(p.other, r, "send", ""), ERR_DENIED);
    CHECK_INT(step(work_as(w, VISITOR, EN), r, "send", ""), ERR_DENIED);
    CHECK(step_open(p.owner, r, step_named(&stand_request, S("send")), NULL));
    CHECK(!step_open(p.other, r, step_named(&stand_request, S("send")), NULL));
    CHECK_INT(step(p.owner, r, "send", ""), OK);
    CHECK_INT(step(p.owner, r, "accept", ""), ERR_DENIED);
}

TEST_MODEL(a_guard_says_what_hinders_a_step)
{
    struct people p = people(w);
    struct record *r = sent(&p);
    Message why;
    CHECK(!step_open(p.officer, r, step_named(&stand_request, S("accept")), &why));
    CHECK_STR(message_str(a, EN, why), S("Give the stand its number first."));
    CHECK_INT(step(p.officer, r, "accept", ""), ERR_INVALID);
    CHECK_STR(said(p.officer), S("Give the stand its number first."));
    CHECK(!step_open(p.owner, r, step_named(&stand_request, S("accept")), &why) && !why.id);
    CHECK_STR(v_str(load(w, &stand_request, r->id)->v[REQUEST_STATE]), S("sent"));
}

TEST_MODEL(a_step_that_needs_a_note_is_not_taken_without_one)
{
    struct people p = people(w);
    struct record *r = sent(&p);
    CHECK_INT(step(p.officer, r, "refuse", " \n "), ERR_INVALID);
    CHECK_STR(said(p.officer), S("Write a note: whoever is concerned must learn why."));
    char *long_note = NEW_ARRAY(a, char, NOTE_MOST + 2);
    memset(long_note, 'x', NOTE_MOST + 1);
    CHECK_INT(step(p.officer, r, "refuse", long_note), ERR_INVALID);
    CHECK_INT(step(p.officer, r, "refuse", "The fair is full."), OK);
}

TEST_MODEL(what_follows_from_a_step_is_there_with_it_or_not_at_all)
{
    struct people p = people(w);
    struct record *r = sent(&p), *now = record_copy(a, r);
    now->v[REQUEST_NUMBER] = v_text(S("A7"));
    CHECK_INT(save(p.officer, r, now), OK);
    int64_t entries = count_sql(w, "SELECT count(*) FROM change"), notices = count_sql(w, "SELECT count(*) FROM notice");
    CHECK_INT(run_sql(w, "UPDATE stand_request SET fair = NULL"), OK);      /* so that the effect fails */
    CHECK_INT(step(p.officer, now, "accept", ""), ERR_MISSING);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM change"), entries);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM notice"), notices);
    CHECK_STR(v_str(load(w, &stand_request, r->id)->v[REQUEST_STATE]), S("sent"));
    CHECK_INT(run_sql(w, "UPDATE stand_request SET fair = 1"), OK);
    CHECK_INT(step(p.officer, now, "accept", ""), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM stand WHERE number = 'A7' AND area = 18"), 1);
    CHECK_STR(v_str(load(w, &stand_request, r->id)->v[REQUEST_STATE]), S("accepted"));
    CHECK(!v_is(load(w, &stand_request, r->id)->v[REQUEST_DUE]));
    check_verified(w);
}

TEST_MODEL(those_who_may_see_the_record_are_told_in_their_language_but_not_who_took_the_step)
{
    struct people p = people(w);
    struct record *r = sent(&p);
    struct notices told;
    CHECK_INT(notices_of(p.officer, 0, 10, &told), OK);
    CHECK_INT(told.n, 1);
    CHECK_STR(told.p[0].text, S("Cơ khí An: Send"));
    CHECK_STR(told.p[0].path, str_f(a, "/workspace/stand-requests/%.*s", FMT(public_id(a, &stand_request, r->id))));
    CHECK_INT(step(p.officer, r, "ask", "Which machines?"), OK);
    CHECK_INT(notices_of(p.owner, 0, 10, &told), OK);
    CHECK_INT(told.n, 1);
    CHECK_INT(notices_of(p.other, 0, 10, &told), OK);
    CHECK_INT(told.n, 0);
    CHECK_INT(notices_of(p.officer, 0, 10, &told), OK);
    CHECK_INT(told.n, 1);
}

/* ---- twice, and two at once --------------------------------------------------------------------- */

TEST_MODEL(a_step_taken_twice_is_a_conflict_that_says_who_when_and_what)
{
    struct people p = people(w);
    struct record *r = sent(&p);
    CHECK_INT(step(p.officer, r, "refuse", "Full."), OK);
    CHECK_INT(step(p.officer, r, "refuse", "Full."), ERR_CONFLICT);
    CHECK_STR(said(p.officer), S("“Refuse” was already done here by lan@so.vn, 22 Nov 2026 12:00. Open the record again to see how it stands."));
    CHECK_INT(step_take(p.owner, &stand_request, r->id, 0, step_named(&stand_request, S("withdraw")), (Str){ 0 }, &p.owner_why), ERR_CONFLICT);
    CHECK(str_has(message_str(a, EN, p.owner_why), S("by somebody else, ")));
    struct takens taken;
    CHECK_INT(steps_taken(w, r, &taken), OK);
    CHECK_INT(taken.n, 2);
}

TEST_MODEL(a_step_on_what_was_changed_meanwhile_is_a_conflict)
{
    struct people p = people(w);
    struct record *r = sent(&p), *now = record_copy(a, r);
    now->v[REQUEST_AREA] = v_real(200);
    CHECK_INT(save(p.owner, r, now), OK);
    CHECK_INT(step(p.officer, r, "refuse", "Too small."), ERR_CONFLICT);
    CHECK_STR(said(p.officer), S("The record was changed by an@cokhi.vn, 22 Nov 2026 12:00, after you opened it. Look at it again before you decide."));
    CHECK_INT(step(p.officer, now, "refuse", "Full."), OK);
}

TEST_MODEL(a_step_that_is_not_for_this_state_says_so)
{
    struct people p = people(w);
    struct record *r = request(&p);
    CHECK_INT(step(p.officer, r, "refuse", "Full."), ERR_CONFLICT);
    CHECK_STR(said(p.officer), S("This step cannot be taken in the state “Being written”."));
}

struct racer { struct work *w; int64_t id; enum err err; Message why; };

static void *race(void *arg)
{
    struct racer *r = arg;
    r->err = step_take(r->w, &stand_request, r->id, 0, step_named(&stand_request, S("ask")), S("At once."), &r->why);
    return NULL;
}

TEST_DB(of_two_who_take_a_step_at_once_one_is_told_that_the_other_was_first)
{
    struct people p = people(work_ready(a, db));
    struct record *r = sent(&p);
    struct arena arenas[2];
    struct racer racers[2] = { { .id = r->id }, { .id = r->id } };
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        arenas[i] = arena_make((size_t)16 << 20, NULL);
        racers[i].w = NEW(a, struct work);
        *racers[i].w = *p.officer;
        racers[i].w->a = &arenas[i];
        CHECK_INT(db_open(url, 0, &racers[i].w->db), OK);
    }
    for (int i = 0; i < 2; i++) CHECK_INT(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    int first = racers[0].err ? 1 : 0;
    CHECK_INT(racers[first].err, OK);
    CHECK_INT(racers[!first].err, ERR_CONFLICT);
    CHECK(str_has(message_str(a, EN, racers[!first].why), S("was already done here by lan@so.vn")));
    for (int i = 0; i < 2; i++) db_close(racers[i].w->db), arena_free(&arenas[i]);
    CHECK_INT(count_sql(p.w, "SELECT count(*) FROM step_taken"), 2);
    check_verified(p.w);
}

/* ---- proof ---------------------------------------------------------------------------------- */

TEST_MODEL(a_state_that_is_none_is_found)
{
    struct people p = people(w);
    struct record *r = request(&p);
    struct findings f;
    CHECK_INT(run_sql(w, "UPDATE stand_request SET state = 'lost'"), OK);
    CHECK(!state_of(load(w, &stand_request, r->id)));
    CHECK_INT(log_verify(w, &f), OK);
    CHECK_INT(f.n, 2);                                      /* nor is it what the log says         */
    CHECK_STR(message_str(a, EN, f.p[1].what), S("“lost” is no state of “stand_request”."));
}
