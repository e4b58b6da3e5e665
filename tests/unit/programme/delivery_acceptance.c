/* delivery_acceptance.c - what is delivered is accepted with the ward's part, in that order and no other. */
#include "deliveries.h"

#include "model/save.h"

static bool says(Str text, const char *what)
{
    size_t at;
    return str_find(text, str_of(what), &at);
}

static Str state(struct work *w, const struct record *r) { return v_str(now_is(w, r)->v[r->e->workflow->state]); }

static enum err stepped_why(struct work *by, const struct record *r, const char *name, const char *note, Message *why)
{
    return step_take(by, r->e, r->id, 0, step_named(r->e, str_of(name)), str_of(note), why);
}

/* Saves what the change puts into a copy of the record as it stands, as a form does; *why: what stands against it. */
static enum err changed_by(struct work *by, const struct record *r, int field, const char *text, Message *why)
{
    struct record *was = now_is(by, r), *now = record_copy(by->a, was);
    struct saving s = { .was = was, .now = now };
    now->v[field] = v_text(str_of(text));
    enum err e = record_keep(by, &s);
    *why = s.wrong.n ? s.wrong.p[0].what : NO_MESSAGE;
    return e;
}

static struct record *minutes(struct work *by, const struct record *of_milestone, const struct record *of_task)
{
    struct record *r = record_make(by->a, &acceptance);
    if (of_milestone) r->v[ACCEPTANCE_MILESTONE] = v_int(of_milestone->id);
    if (of_task) r->v[ACCEPTANCE_TASK] = v_int(of_task->id);
    return kept(by, r);
}

static void write_minutes(struct work *by, const struct record *r, const char *result)
{
    Message why;
    CHECK_INT(changed_by(by, r, ACCEPTANCE_ON, "2026-11-20", &why), OK);
    CHECK_INT(changed_by(by, r, ACCEPTANCE_FINDINGS, "Đủ 30 gian", &why), OK);
    CHECK_INT(changed_by(by, r, ACCEPTANCE_RESULT, result, &why), OK);
}

static void ward_writes(struct work *by, const struct record *r)
{
    Message why;
    CHECK_INT(changed_by(by, r, ACCEPTANCE_WARD_OPINION, "Đồng ý", &why), OK);
    CHECK_INT(changed_by(by, r, ACCEPTANCE_WARD_PERSON, "Bà Lê Thị Hoa, Phó Chủ tịch", &why), OK);
}

TEST_REGISTER(a_milestone_is_accepted_after_its_ward_has_confirmed_and_the_task_with_its_last_milestone)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *r = minutes(c.officer, c.milestone, NULL);
    Message why;
    CHECK_STR(v_str(r->v[ACCEPTANCE_WARD]), S(BA_DINH));
    CHECK_STR(v_str(r->v[ACCEPTANCE_PROMISED]), S("Đủ 30 gian, có điện và mạng"));
    CHECK_INT(v_i64(r->v[ACCEPTANCE_TASK]), c.provided->id);
    CHECK_INT(stepped_why(c.officer, r, "ask_ward", "", &why), ERR_INVALID);
    CHECK(says(said(w, why), "First write the minutes"));
    write_minutes(c.officer, r, "met");
    CHECK_INT(stepped_why(c.officer, r, "accept", "", &why), ERR_INVALID);
    CHECK(says(said(w, why), "The ward or commune takes part"));
    step(c.officer, r, "ask_ward");
    CHECK(says(last_notice(c.ward), "nghiệm thu") || says(last_notice(c.ward), "acceptance"));
    CHECK_INT(stepped_why(c.officer, r, "confirm", "", &why), ERR_DENIED);          /* not the office's to say     */
    CHECK_INT(stepped_why(c.other_ward, r, "confirm", "", &why), ERR_DENIED);
    CHECK_INT(stepped_why(c.ward, r, "confirm", "", &why), ERR_INVALID);
    CHECK(says(said(w, why), "First write the opinion"));
    ward_writes(c.ward, r);
    step(c.ward, r, "confirm");
    CHECK_STR(state(w, r), S("confirmed"));
    CHECK_INT(stepped_why(c.finance, r, "accept", "", &why), ERR_DENIED);
    step(c.officer, r, "accept");
    CHECK_STR(state(w, c.milestone), S("accepted"));
    CHECK_STR(state(w, c.provided), S("accepted"));
    CHECK_INT(stepped_why(c.officer, r, "accept", "", &why), ERR_CONFLICT);
    CHECK(says(said(w, why), "already done"));
    check_log(w);
}

TEST_REGISTER(a_task_with_another_milestone_open_goes_on)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *other = record_make(w->a, &milestone);
    other->v[MILESTONE_TITLE] = v_text(S("Báo cáo kết quả"));
    other->v[MILESTONE_CONTRACT] = v_int(c.contract->id);
    made(w, other);
    struct record *r = minutes(c.officer, c.milestone, NULL);
    write_minutes(c.officer, r, "met");
    step(c.officer, r, "ask_ward");
    ward_writes(c.ward, r);
    step(c.ward, r, "confirm");
    step(c.officer, r, "accept");
    CHECK_STR(state(w, c.milestone), S("accepted"));
    CHECK_STR(state(w, c.provided), S("under_way"));
}

TEST_REGISTER(minutes_with_the_ward_stand_and_what_is_taken_back_loses_the_wards_word)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *r = minutes(c.officer, c.milestone, NULL);
    Message why;
    write_minutes(c.officer, r, "met");
    CHECK_INT(changed_by(c.ward, r, ACCEPTANCE_WARD_OPINION, "Đồng ý", &why), ERR_INVALID);
    CHECK(says(said(w, why), "while the minutes are with it"));
    step(c.officer, r, "ask_ward");
    CHECK_INT(changed_by(c.officer, r, ACCEPTANCE_FINDINGS, "Thiếu 5 gian", &why), ERR_INVALID);
    CHECK(says(said(w, why), "stand"));
    CHECK_INT(changed_by(c.officer, r, ACCEPTANCE_WARD_OPINION, "Đồng ý thay phường", &why), ERR_DENIED);
    CHECK_INT(changed_by(c.ward, r, ACCEPTANCE_FINDINGS, "Khác", &why), ERR_INVALID);
    CHECK_INT(changed_by(c.other_ward, r, ACCEPTANCE_WARD_OPINION, "Không", &why), ERR_DENIED);
    ward_writes(c.ward, r);
    step(c.ward, r, "confirm");
    CHECK_INT(changed_by(c.ward, r, ACCEPTANCE_WARD_OPINION, "Đổi ý", &why), ERR_INVALID);
    CHECK_INT(stepped(c.officer, r, "revise", ""), OK);
    CHECK(!v_is(now_is(w, r)->v[ACCEPTANCE_WARD_OPINION]) && !v_is(now_is(w, r)->v[ACCEPTANCE_WARD_PERSON]));
    CHECK_INT(changed_by(c.officer, r, ACCEPTANCE_FINDINGS, "Thiếu 5 gian", &why), OK);
}

TEST_REGISTER(what_is_not_as_promised_is_rejected_with_a_reason_and_leads_the_milestone_back)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *r = minutes(c.officer, c.milestone, NULL);
    Message why;
    write_minutes(c.officer, r, "not_met");
    step(c.officer, r, "ask_ward");
    ward_writes(c.ward, r);
    step(c.ward, r, "confirm");
    CHECK_INT(stepped_why(c.officer, r, "accept", "", &why), ERR_INVALID);
    CHECK(says(said(w, why), "not as promised"));
    CHECK_INT(stepped_why(c.officer, r, "reject", "", &why), ERR_INVALID);
    CHECK_INT(stepped(c.officer, r, "reject", "Thiếu 5 gian"), OK);
    CHECK_STR(state(w, c.milestone), S("planned"));
    struct record *again = record_make(w->a, &acceptance);
    again->v[ACCEPTANCE_MILESTONE] = v_int(c.milestone->id);
    again = kept(c.officer, again);                         /* rejected minutes do not stand in the way */
    write_minutes(c.officer, again, "met");
    CHECK_INT(stepped_why(c.officer, again, "ask_ward", "", &why), ERR_INVALID);
    CHECK(says(said(w, why), "says that this milestone is delivered"));
}

TEST_REGISTER(a_task_of_the_agency_is_accepted_itself_once)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *r = minutes(c.officer, NULL, c.own), *second = record_make(w->a, &acceptance), *wrong = record_make(w->a, &acceptance);
    CHECK_STR(v_str(r->v[ACCEPTANCE_PROMISED]), S("Khu gian hàng 30 gian"));
    second->v[ACCEPTANCE_TASK] = v_int(c.own->id);
    struct saving s = { .now = second };
    CHECK_INT(record_keep(c.officer, &s), ERR_INVALID);
    CHECK(says(said(w, s.wrong.p[0].what), "There are minutes of this already"));
    wrong->v[ACCEPTANCE_TASK] = v_int(c.provided->id);
    s = (struct saving){ .now = wrong };
    CHECK_INT(record_keep(c.officer, &s), ERR_INVALID);
    CHECK(says(said(w, s.wrong.p[0].what), "which of its milestones"));
    write_minutes(c.officer, r, "met_in_part");
    step(c.officer, r, "ask_ward");
    ward_writes(c.ward, r);
    step(c.ward, r, "confirm");
    step(c.officer, r, "accept");
    CHECK_STR(state(w, c.own), S("accepted"));
}

TEST_REGISTER(minutes_are_read_by_their_ward_their_unit_and_the_office)
{
    struct delivery_cast c = delivery_cast(w);
    const struct record *r = minutes(c.officer, c.milestone, NULL);
    struct work *readers[] = { c.officer, c.ward, c.provider, c.finance, c.leader };
    struct work *others[] = { c.other_ward, c.other_provider, c.one, c.two, c.agency, work_of(w, VISITOR), work_of(w, BUYER) };
    for (size_t i = 0; i < COUNT(readers); i++) CHECK(record_visible(readers[i], r));
    for (size_t i = 0; i < COUNT(others); i++) CHECK(!record_visible(others[i], r));
}

/* ---- what is handed over ------------------------------------------------------------------------------- */

static enum err handed_over(struct work *by, int64_t milestone_id, struct saving *s)
{
    struct record *r = record_make(by->a, &deliverable);
    r->v[DELIVERABLE_TITLE] = v_text(S("Ảnh gian hàng"));
    r->v[DELIVERABLE_MILESTONE] = v_int(milestone_id);
    r->v[DELIVERABLE_KIND] = v_text(S("report"));
    r->v[DELIVERABLE_ON] = v_text(S("2026-11-19"));
    *s = (struct saving){ .now = r };
    return record_keep(by, s);
}

TEST_REGISTER(a_unit_hands_over_for_its_own_milestones_until_they_are_accepted)
{
    struct delivery_cast c = delivery_cast(w);
    struct saving s;
    CHECK_INT(handed_over(c.other_provider, c.milestone->id, &s), ERR_INVALID);
    CHECK(says(said(w, s.wrong.p[0].what), "no such milestone of yours"));
    CHECK_INT(handed_over(c.ward, c.milestone->id, &s), ERR_DENIED);
    CHECK_INT(handed_over(c.provider, c.milestone->id, &s), OK);
    CHECK(record_visible(c.ward, s.saved) && !record_visible(c.other_ward, s.saved) && !record_visible(c.other_provider, s.saved));
    CHECK_INT(handed_over(c.officer, c.milestone->id, &s), OK);
    CHECK(record_visible(c.provider, s.saved));
    CHECK_INT(db_exec(w->db, w->a, SQL("UPDATE milestone SET state = 'accepted'"), NO_ARGS), OK);
    CHECK_INT(handed_over(c.provider, c.milestone->id, &s), ERR_INVALID);
    CHECK(says(said(w, s.wrong.p[0].what), "accepted"));
}
