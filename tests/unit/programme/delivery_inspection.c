/* delivery_inspection.c - an inspection has a team and a checklist, and closes only when what it found is put right; reports of progress come by themselves. */
#include "deliveries.h"

#include "model/desk/file.h"
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

static struct record *planned(const struct delivery_cast *c)
{
    struct record *r = record_make(c->officer->a, &inspection);
    r->v[INSPECTION_TITLE] = v_text(S("Kiểm tra dựng gian hàng"));
    r->v[INSPECTION_CONTRACT] = v_int(c->contract->id);
    r->v[INSPECTION_PLANNED_ON] = v_text(S("2026-11-18"));
    return kept(c->officer, r);
}

/* Answers all, with a finding at the first question to be put right by this day; empty: no day. */
static void visit(struct work *by, const struct record *r, const char *finding, const char *remedy_by)
{
    struct record *was = now_is(by, r), *now = record_copy(by->a, was);
    struct records *items = &now->children[INSPECTION_ITEMS];
    struct saving s = { .was = was, .now = now };
    now->v[INSPECTION_VISITED_ON] = v_text(S("2026-11-18"));
    if (!now->children[INSPECTION_TEAM].n) record_add(by->a, now, INSPECTION_TEAM)->v[INSPECTOR_NAME] = v_text(S("Nguyễn Văn An"));
    for (size_t i = 0; i < items->n; i++) items->p[i]->v[CHECK_ANSWER] = v_text(i || !finding ? S("yes") : S("no"));
    if (finding) items->p[0]->v[CHECK_FINDING] = v_text(str_of(finding));
    if (remedy_by) items->p[0]->v[CHECK_REMEDY_BY] = v_text(str_of(remedy_by));
    CHECK_INT(record_keep(by, &s), OK);
}

static enum err mark_remedied(struct work *by, const struct record *r, const char *day)
{
    struct record *was = now_is(by, r), *now = record_copy(by->a, was);
    struct saving s = { .was = was, .now = now };
    now->children[INSPECTION_ITEMS].p[0]->v[CHECK_REMEDIED_ON] = v_text(str_of(day));
    return record_keep(by, &s);
}

struct remedying { int64_t inspection, item; Str remedy, proof; Message *why; };

static enum err remedy_inside(struct work *w, void *arg)
{
    const struct remedying *t = arg;
    return inspection_remedy(w, t->inspection, t->item, t->remedy, t->proof, t->why);
}

static enum err remedied(struct work *by, const struct record *r, int item, const char *remedy, Str proof, Message *why)
{
    struct remedying t = { r->id, now_is(by, r)->children[INSPECTION_ITEMS].p[item]->id, str_of(remedy), proof, why };
    return work_write(by, remedy_inside, &t);
}

TEST_REGISTER(a_new_inspection_has_the_usual_questions_its_ward_and_its_unit)
{
    struct delivery_cast c = delivery_cast(w);
    const struct record *r = now_is(w, planned(&c));
    size_t usual;
    codes_of(w->codes, S("inspection_check"), &usual);
    CHECK(usual >= 10);
    CHECK_INT(r->children[INSPECTION_ITEMS].n, usual);
    CHECK_STR(v_str(r->v[INSPECTION_WARD]), S(BA_DINH));
    CHECK_INT(v_i64(r->v[INSPECTION_TASK]), c.provided->id);
    struct work *readers[] = { c.officer, c.ward, c.provider, c.finance, c.leader };
    struct work *others[] = { c.other_ward, c.other_provider, c.one, c.two, c.agency, work_of(w, VISITOR) };
    for (size_t i = 0; i < COUNT(readers); i++) CHECK(record_visible(readers[i], r));
    for (size_t i = 0; i < COUNT(others); i++) CHECK(!record_visible(others[i], r));
}

TEST_REGISTER(an_inspection_closes_only_when_every_finding_is_put_right)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *r = planned(&c);
    Message why;
    CHECK_INT(stepped_why(c.ward, r, "visit", "", &why), ERR_INVALID);
    CHECK(says(said(w, why), "First enter the day of the visit"));
    CHECK_INT(stepped_why(c.ward, r, "close", "", &why), ERR_CONFLICT);             /* out of order   */
    visit(c.ward, r, "Thiếu 5 gian", NULL);
    step(c.ward, r, "visit");
    CHECK_INT(stepped_why(c.officer, r, "remedy", "", &why), ERR_INVALID);
    CHECK(says(said(w, why), "without a day"));
    visit(c.officer, r, "Thiếu 5 gian", "2026-11-27");
    CHECK_INT(stepped_why(c.officer, r, "close", "", &why), ERR_INVALID);
    CHECK(says(said(w, why), "not put right yet"));
    step(c.officer, r, "remedy");
    CHECK_STR(v_str(now_is(w, r)->v[INSPECTION_DUE]), S("2026-11-27"));
    CHECK_INT(mark_remedied(c.provider, r, "2026-11-22"), ERR_DENIED);               /* not the unit's to say */
    CHECK_INT(mark_remedied(c.ward, r, "2026-11-22"), OK);
    step(c.ward, r, "close");
    CHECK_STR(state(w, r), S("closed"));
    check_log(w);
}

struct storing { struct upload file; Message why; };

static enum err store_inside(struct work *w, void *arg)
{
    struct storing *s = arg;
    return file_store(w, str_of(test_dir()), S("anh.txt"), S("30 gian"), &s->file, &s->why);
}

static Str stored(struct work *by)
{
    struct storing s;
    CHECK_INT(work_write(by, store_inside, &s), OK);
    return upload_text(by->a, s.file);
}

TEST_REGISTER(the_unit_inspected_answers_its_findings_with_proof_and_nothing_else)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *r = planned(&c);
    Str proof = stored(c.provider);
    Message why;
    visit(c.officer, r, "Thiếu 5 gian", "2026-11-27");
    step(c.officer, r, "visit");
    CHECK_INT(remedied(c.provider, r, 0, "Đã dựng thêm 5 gian", proof, &why), ERR_INVALID);      /* not asked yet */
    CHECK(says(said(w, why), "does not wait"));
    step(c.officer, r, "remedy");
    CHECK_INT(remedied(c.other_provider, r, 0, "Đã dựng", proof, &why), ERR_DENIED);
    CHECK_INT(remedied(c.one, r, 0, "Đã dựng", proof, &why), ERR_DENIED);
    CHECK_INT(remedied(c.provider, r, 1, "Không có gì", proof, &why), ERR_MISSING);              /* no finding there */
    CHECK_INT(remedied(c.provider, r, 0, "  ", proof, &why), ERR_INVALID);
    CHECK_INT(remedied(c.provider, r, 0, "Đã dựng", str_f(w->a, "%064d cua-nguoi-khac.pdf", 7), &why), ERR_INVALID);
    CHECK(says(said(w, why), "was not sent by you"));
    CHECK_INT(remedied(c.provider, r, 0, "Đã dựng thêm 5 gian", proof, &why), OK);
    const struct record *item = now_is(w, r)->children[INSPECTION_ITEMS].p[0];
    CHECK_STR(v_str(item->v[CHECK_PROOF]), proof);
    CHECK(!v_is(item->v[CHECK_REMEDIED_ON]));
    CHECK_INT(mark_remedied(c.officer, r, "2026-11-22"), OK);
    CHECK_INT(remedied(c.provider, r, 0, "Lại nữa", proof, &why), ERR_INVALID);
    CHECK(says(said(w, why), "put right already"));
}

/* ---- reports of progress ----------------------------------------------------------------------------------- */

static const struct record *report_of(struct work *w, const char *period)
{
    struct records all;
    CHECK_INT(records_load(w, &progress_report, 0, 100, false, &all), OK);
    for (size_t i = 0; i < all.n; i++)
        if (str_is(v_str(all.p[i]->v[PROGRESS_PERIOD]), period)) return all.p[i];
    return NULL;
}

TEST_REGISTER(reports_of_progress_are_made_once_for_each_period_that_has_ended_from_the_day_the_work_began)
{
    delivery_cast(w);
    delivery_reminded_on(w, "2026-09-30");
    CHECK_INT((int)count_of(w, "progress_report"), 0);      /* neither month nor quarter is over  */
    delivery_reminded_on(w, "2026-10-01");
    CHECK_INT((int)count_of(w, "progress_report"), 2);      /* September of the contract, the third quarter of the own task */
    CHECK(report_of(w, "2026-09") && report_of(w, "2026-Q3"));
    delivery_reminded_on(w, "2026-11-22");
    CHECK_INT((int)count_of(w, "progress_report"), 3);      /* October                            */
    delivery_reminded_on(w, "2026-11-23");
    CHECK_INT((int)count_of(w, "progress_report"), 3);
    CHECK_STR(v_str(report_of(w, "2026-10")->v[PROGRESS_DUE]), S("2026-11-27"));     /* five working days */
    delivery_reminded_on(w, "2027-06-01");
    CHECK_INT((int)count_of(w, "progress_report"), 6);      /* November, December, the fourth quarter: then both tasks had ended */
}

TEST_REGISTER(a_report_is_written_sent_returned_and_seen_or_skipped_with_a_reason)
{
    struct delivery_cast c = delivery_cast(w);
    Message why;
    delivery_reminded_on(w, "2026-11-02");
    struct record *r = now_is(w, report_of(w, "2026-10")), *written = record_copy(w->a, r);
    CHECK(says(last_notice(c.provider), "tiến độ") || says(last_notice(c.provider), "progress"));
    CHECK(record_visible(c.provider, r) && !record_visible(c.other_provider, r) && !record_visible(c.ward, r));
    CHECK_INT(stepped_why(c.provider, r, "send", "", &why), ERR_INVALID);
    CHECK(says(said(w, why), "First write what was done"));
    written->v[PROGRESS_TEXT] = v_text(S("Đã dựng 25 gian"));
    written->v[PROGRESS_PERCENT] = v_int(80);
    struct saving s = { .was = r, .now = written };
    CHECK_INT(record_keep(c.provider, &s), OK);
    CHECK_INT(stepped_why(c.officer, r, "file", "", &why), ERR_INVALID);             /* the unit's to send */
    step(c.provider, r, "send");
    CHECK_INT(stepped(c.officer, r, "return", "Nêu rõ 5 gian còn lại"), OK);
    step(c.provider, r, "send");
    step(c.officer, r, "see");
    CHECK_STR(state(w, r), S("seen"));
    const struct record *other = report_of(w, "2026-09");
    CHECK_INT(stepped(c.provider, other, "skip", "Chưa bắt đầu"), ERR_DENIED);
    CHECK_INT(stepped(c.officer, other, "skip", ""), ERR_INVALID);
    CHECK_INT(stepped(c.officer, other, "skip", "Mới ký hợp đồng"), OK);
    check_log(w);
}

TEST_REGISTER(what_waits_is_reminded_of_once)
{
    struct delivery_cast c = delivery_cast(w);
    struct notices list;
    struct record *r = planned(&c);
    delivery_reminded_on(w, "2026-11-17");
    delivery_reminded_on(w, "2026-11-17");
    CHECK_INT(notices_of(c.ward, 0, 100, &list), OK);
    CHECK_INT(list.n, 1);
    CHECK(says(list.p[0].text, "Kiểm tra dựng gian hàng"));
    visit(c.officer, r, "Thiếu 5 gian", "2026-11-27");
    step(c.officer, r, "visit");
    step(c.officer, r, "remedy");
    CHECK_INT(notices_of(c.provider, 0, 100, &list), OK);
    size_t before = list.n;
    delivery_reminded_on(w, "2026-11-26");
    delivery_reminded_on(w, "2026-11-27");
    CHECK_INT(notices_of(c.provider, 0, 100, &list), OK);
    CHECK_INT(list.n, before + 1);
    CHECK(count_of(w, "notice") > 3);                       /* activities without attendance, to the officer */
}
