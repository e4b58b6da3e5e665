/* flow_made_up.c - that one short file is enough for a workflow: its states, rights, tasks, deadlines, notices, mails and picture. */
#include "flow.h"

#include "model/desk/desk.h"
#include "model/desk/mail.h"
#include "model/dictionary.h"
#include "model/flow/task.h"
#include "model/people/account.h"

static int64_t count(Str s, const char *what)
{
    int64_t n = 0;
    for (size_t at; str_find(s, str_of(what), &at); n++) s = str_sub(s, at + 1, s.n);
    return n;
}

TEST(a_workflow_of_five_states_seven_steps_and_two_guards_fits_in_a_file_of_fifty_lines)
{
    const struct choice *states = stand_request.fields[REQUEST_STATE].choices;
    int guards = 0, n = 0;
    while (states[n].code) n++;
    for EACH_STEP(s, stand_request.workflow) guards += s->guard != NULL;
    CHECK_INT(n, 5);
    CHECK_INT(stand_request.workflow->n, 7);
    CHECK_INT(guards, 2);
    CHECK(count(test_read(a, "tests/made_up/stand_request.c"), "\n") < 50);
}

static Str mailed_to(struct work *w, const char *address)
{
    struct buf b = buf_make(w->a);
    struct rows r = db_query(w->db, w->a, SQL("SELECT subject FROM mail WHERE recipient = $1 ORDER BY id"), ARGS(v_text(str_of(address))));
    while (rows_next(&r)) put_f(&b, "%.*s\n", FMT(row_text(&r, 0)));
    CHECK_INT(rows_end(&r), OK);
    return buf_str(&b);
}

static int64_t waiting(struct work *w)
{
    int64_t n, overdue;
    CHECK_INT(tasks_count(w, &n, &overdue), OK);
    return n;
}

/* From asking to the stand, with one question on the way. */
TEST_MODEL(a_request_for_a_stand_goes_its_whole_way)
{
    struct people p = people(w);
    struct record *r = request(&p), *now;
    CHECK(!(reach_of(p.other, r).may & MAY_READ) && reach_of(p.owner, r).may & MAY_CHANGE);
    CHECK_INT(waiting(p.owner), 1);
    CHECK_INT(step(p.owner, r, "send", ""), OK);
    CHECK_INT(waiting(p.owner), 0);
    CHECK_INT(waiting(p.officer), 1);
    CHECK_INT(step(p.officer, load(w, &stand_request, r->id), "ask", "How heavy is the press?"), OK);
    CHECK_INT(waiting(p.owner), 1);
    CHECK_STR(v_str(load(w, &stand_request, r->id)->v[REQUEST_DUE]), S("2026-12-04"));
    CHECK_INT(step(p.owner, load(w, &stand_request, r->id), "answer", "Two tonnes."), OK);
    r = load(w, &stand_request, r->id);
    now = record_copy(a, r);
    now->v[REQUEST_NUMBER] = v_text(S("A7"));
    CHECK_INT(save(p.officer, r, now), OK);
    CHECK_INT(step(p.officer, now, "accept", ""), OK);
    CHECK_INT(waiting(p.owner) + waiting(p.officer), 0);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM stand WHERE number = 'A7'"), 1);
    CHECK_STR(mailed_to(w, "an@cokhi.vn"), S("Cơ khí An: Ask for what is missing\nCơ khí An has its stand.\n"));
    CHECK_STR(mailed_to(w, "lan@so.vn"), S("Cơ khí An: Send\nCơ khí An: Answer\n"));
    CHECK_STR(mailed_to(w, "binh@duc.vn"), S(""));
    check_verified(w);
}

TEST_MODEL(a_workflow_is_drawn_and_told_in_words)
{
    struct work *en = work_as(w, OFFICER, EN);
    Str html = workflow_html(en, &stand_request).s;
    CHECK_INT(count(html, "class=\"graph-box"), 5);
    CHECK_INT(count(html, "<code>"), 7);
    static const char *const said[] = { "States and steps: Requests for stands", "Something is missing", "5 working days", "10 working days",
        "Ask for what", "<code>withdraw</code>", "Being written, Sent, Something is missing", "Enterprise (records of the account itself)" };
    for (size_t i = 0; i < COUNT(said); i++)
        if (!str_has(html, str_of(said[i]))) test_fail(__FILE__, __LINE__, "no “%s”", said[i]);
    CHECK(!str_has(html, S("style=")));
}

TEST_MODEL(the_data_dictionary_shows_the_workflow_to_those_who_may_see_its_records)
{
    CHECK(str_has(dictionary_html(work_as(w, OFFICER, EN), S("/en/data")).s, S("stand_request-flow")));
    CHECK(!str_has(dictionary_html(work_as(w, VISITOR, EN), S("/en/data")).s, S("stand_request-flow")));
}
