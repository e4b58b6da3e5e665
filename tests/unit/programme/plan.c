/* plan.c - a plan of a year: who may read and change it when, its versions, its copy, and what it asks for. */
#include "plans.h"

#include "model/log.h"
#include "model/save.h"
#include "programme/money/money.h"

static bool says(Str text, const char *what)
{
    size_t at;
    return str_find(text, str_of(what), &at);
}

static Str problem_of(struct work *by, struct record *fresh)
{
    struct saving s = { .now = fresh };
    CHECK_INT(record_keep(by, &s), ERR_INVALID);
    return message_str(by->a, EN, s.wrong.p[0].what);
}

/* ---- what may be saved ---------------------------------------------------------------------------------- */

TEST_REGISTER(a_year_has_one_plan_and_its_days_lie_in_it_in_order)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    CHECK(says(problem_of(c.officer, new_plan(w, 2025)), "2026 to 2035"));
    CHECK(says(problem_of(c.officer, new_plan(w, 2026)), "belongs already"));
    CHECK(says(problem_of(c.officer, new_activity(w, p.plan, "Sai năm", "3.1", "2026-12-30", "2027-01-02")), "year of the plan, 2026"));
    CHECK(says(problem_of(c.officer, new_activity(w, p.plan, "Sai thứ tự", "3.1", "2026-05-02", "2026-05-01")), "cannot end before"));
    struct record *t = new_task(w, p.fair, "Sai ngày");
    t->v[TASK_STARTS] = v_text(S("2025-12-31"));
    CHECK(says(problem_of(c.officer, t), "year of the plan"));
    CHECK_INT(v_i64(p.fair->v[ACTIVITY_YEAR]), 2026);
    CHECK_INT(v_i64(p.stands->v[TASK_YEAR]), 2026);
    CHECK_STR(v_str(p.stands->v[TASK_CONTENT]), S("2026/3.1"));
}

TEST_REGISTER(what_is_left_open_is_as_with_the_kind_of_activity_and_the_activity)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    struct record *activity_of = new_activity(w, p.plan, "Kiểm định", "3.1", "2026-05-01", "2026-05-02"), *t = new_task(w, p.fair, "Bảo vệ");
    activity_of->v[ACTIVITY_KIND] = key_in(w, "activity_kind", "testing");
    activity_of->v[ACTIVITY_CONTENT] = t->v[TASK_AGENCY] = t->v[TASK_ENDS] = v_null();
    CHECK_STR(v_str(kept(c.officer, activity_of)->v[ACTIVITY_CONTENT]), S("2026/3.7"));
    t = kept(c.officer, t);
    CHECK_STR(v_str(t->v[TASK_AGENCY]), S("2026/SCT"));
    CHECK_STR(v_str(t->v[TASK_ENDS]), S("2026-09-12"));
}

TEST_REGISTER(a_task_follows_its_activity_to_another_content)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    Str why;
    CHECK_INT(changed_field(c.officer, p.fair, ACTIVITY_CONTENT, key_in(w, "programme_content", "3.6"), &why), OK);
    CHECK_STR(v_str(now_is(w, p.stands)->v[TASK_CONTENT]), S("2026/3.6"));
    CHECK_STR(v_str(now_is(w, p.lessons)->v[TASK_CONTENT]), S("2026/3.3"));
    check_log(w);
}

/* ---- what a plan holds ------------------------------------------------------------------------------------ */

static enum err delete_it(struct work *w, void *arg)
{
    struct record *was;
    TRY(record_load(w, ((struct record *)arg)->e, ((struct record *)arg)->id, &was));
    return record_delete(w, was);
}

TEST_REGISTER(a_submitted_plan_stands_as_it_is_until_it_is_returned)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    Str why;
    Message held;
    step(c.officer, p.plan, "submit");
    struct record *t = record_copy(w->a, now_is(w, p.stands));
    t->children[TASK_COSTS].p[0]->v[COST_PRICE] = v_int(21000000);
    struct saving s = { .was = now_is(w, p.stands), .now = t };
    CHECK_INT(record_keep(c.officer, &s), ERR_INVALID);
    CHECK_STR(str_of(s.wrong.p[0].f->name), str_of("costs"));
    CHECK(says(message_str(w->a, EN, s.wrong.p[0].what), "The plan of 2026 is in the state"));
    CHECK_INT(changed_field(c.officer, now_is(w, p.fair), ACTIVITY_STARTS, v_text(S("2026-09-08")), &why), ERR_INVALID);
    CHECK(says(problem_of(c.officer, new_task(w, p.fair, "Thêm")), "nothing can be added"));
    CHECK(says(problem_of(c.officer, new_activity(w, p.plan, "Thêm", "3.1", "2026-05-01", "2026-05-02")), "nothing can be added"));
    CHECK_INT(removed(c.officer, p.stands, &held), ERR_INVALID);
    CHECK(says(message_str(w->a, EN, held), "nothing can be deleted from it. It must be returned or adjusted first; its new version is then without this."));
    CHECK_INT(removed(c.officer, p.class, &held), ERR_INVALID);
    CHECK_INT(work_write(c.officer, delete_it, p.stands), ERR_DENIED);                  /* whichever way  */
    CHECK_INT(work_write(c.officer, delete_it, p.class), ERR_CONFLICT);                 /* it has a task  */
    CHECK_INT(changed_field(c.officer, now_is(w, p.fair), ACTIVITY_PLACE, v_text(S("Cung Văn hóa Hữu nghị")), &why), OK);
    CHECK_INT(changed_field(c.officer, now_is(w, p.stands), TASK_REPORTS, v_text(S("monthly")), &why), OK);
    CHECK_INT(stepped(c.finance, p.plan, "return", ""), ERR_INVALID);
    CHECK_INT(stepped(c.finance, p.plan, "return", "Bổ sung đơn giá thuê mặt bằng."), OK);
    CHECK_INT(changed_field(c.officer, now_is(w, p.fair), ACTIVITY_STARTS, v_text(S("2026-09-08")), &why), OK);
    CHECK_INT(removed(c.officer, now_is(w, p.stands), &held), OK);
}

TEST_REGISTER(an_approved_plan_changes_by_no_import_and_no_other_way)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    struct import_report r;
    Message why;
    approve_plan(&c, p.plan, "1/QĐ-UBND");
    Str sheet = exported_of(c.officer, &task, "csv");
    const char *from = "Giảng dạy", *to = "Giảng bài";
    struct buf b = buf_make(w->a);
    size_t at;
    CHECK(str_find(sheet, str_of(from), &at));
    put(&b, str_sub(sheet, 0, at));
    put_z(&b, to);
    put(&b, str_sub(sheet, at + strlen(from), sheet.n));
    enum err e = import_file(c.officer, &task, buf_str(&b), &(struct import_options){ .file_name = S("task.csv"), .sheet = -1 }, &r, &why);
    CHECK(e == OK || e == ERR_INVALID);
    CHECK_INT(r.changed + r.added, 0);
    CHECK_STR(v_str(now_is(w, p.lessons)->v[TASK_TITLE_VI]), str_of(from));
    struct work *operator = work_of(w, SYSTEM);
    CHECK_INT(work_write(operator, delete_it, p.plan), ERR_CONFLICT);
    CHECK_INT(work_write(operator, delete_it, p.stands), ERR_DENIED);
}

/* ---- who reads it -------------------------------------------------------------------------------------------- */

TEST_REGISTER(the_public_reads_activities_of_approved_plans_and_no_costs)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    CHECK(!record_visible(c.visitor, now_is(w, p.fair)) && !record_visible(c.visitor, now_is(w, p.plan)));
    CHECK(record_visible(c.finance, now_is(w, p.fair)) && record_visible(c.agency, now_is(w, p.stands)));
    approve_plan(&c, p.plan, "1/QĐ-UBND");
    CHECK(record_visible(c.visitor, now_is(w, p.fair)) && record_visible(c.visitor, now_is(w, p.plan)));
    CHECK(!record_visible(c.visitor, now_is(w, p.stands)) && !may(c.visitor, &plan_version, MAY_READ));
    CHECK(!record_visible(c.ward, now_is(w, p.stands)));
}

TEST_REGISTER(a_ward_reads_the_tasks_on_its_ground)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    Str why;
    CHECK_INT(changed_field(c.officer, p.stands, TASK_WARD, v_text(S("2025/00004")), &why), OK);
    CHECK(record_visible(c.ward, now_is(w, p.stands)) && !record_visible(c.ward, now_is(w, p.lessons)));
}

/* ---- its way, and its versions ---------------------------------------------------------------------------------- */

TEST_REGISTER(a_plan_is_approved_by_a_decision_and_adjusted_by_another_for_a_reason)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    struct records versions;
    struct plan_differences d;
    Str why;
    CHECK_INT(stepped(c.leader, p.plan, "approve", ""), ERR_CONFLICT);               /* not submitted  */
    step(c.officer, p.plan, "submit");
    CHECK_INT(stepped(c.leader, p.plan, "approve", ""), ERR_INVALID);                /* no decision    */
    CHECK_INT(stepped(c.finance, p.plan, "return", "Ghi số quyết định."), OK);
    approve_plan(&c, p.plan, "1/QĐ-UBND");
    CHECK_INT(v_i64(now_is(w, p.plan)->v[PLAN_VERSION]), 1);
    CHECK_INT(changed_field(c.officer, now_is(w, p.plan), PLAN_DECISION, v_text(S("2/QĐ-UBND")), &why), ERR_INVALID);
    CHECK(says(why, "approved as it stands"));
    CHECK_INT(stepped(c.officer, p.plan, "adjust", ""), ERR_INVALID);                /* no reason      */
    CHECK_INT(stepped(c.officer, p.plan, "adjust", "Hội chợ dời sang tháng 10."), OK);
    CHECK_INT(changed_field(c.officer, now_is(w, p.fair), ACTIVITY_STARTS, v_text(S("2026-09-02")), &why), OK);
    struct record *t = record_copy(w->a, now_is(w, p.lessons));
    t->children[TASK_COSTS].p[0]->v[COST_SUPPORT] = v_int(48750000);
    t->children[TASK_COSTS].p[0]->v[COST_QUANTITY] = v_real(32.5);
    struct saving s = { .was = now_is(w, p.lessons), .now = t };
    CHECK_INT(record_keep(c.officer, &s), OK);
    kept(c.officer, new_task(w, p.fair, "Truyền thông"));
    CHECK_INT(work_write(c.officer, delete_it, p.stands), OK);
    step(c.officer, p.plan, "submit");
    CHECK_INT(stepped(c.leader, p.plan, "approve", ""), ERR_INVALID);                /* the old decision */
    CHECK_INT(changed_field(c.officer, now_is(w, p.plan), PLAN_DECISION, v_text(S("9/QĐ-UBND")), &why), OK);
    step(c.leader, p.plan, "approve");
    CHECK_INT(records_load(w, &plan_version, 0, 10, false, &versions), OK);
    CHECK_INT((int)versions.n, 2);
    CHECK_INT(v_i64(versions.p[0]->v[VERSION_TOTAL]), 845750000);
    CHECK_INT(v_i64(versions.p[1]->v[VERSION_TOTAL]), 48750000);
    CHECK_STR(v_str(versions.p[0]->v[VERSION_DECISION]), S("1/QĐ-UBND"));
    CHECK_STR(v_str(versions.p[1]->v[VERSION_REASON]), S("Hội chợ dời sang tháng 10."));
    CHECK(!v_is(now_is(w, p.plan)->v[PLAN_REASON]));
    w->lang = EN;
    CHECK_INT(plan_differences(w, versions.p[0], versions.p[1], &d), OK);
    CHECK_INT((int)d.n, 4);
    CHECK_STR(d.p[0].what, S("Activity “Hội chợ năm 2026”: Begins on"));
    CHECK_STR(d.p[0].was, S("9 Sep 2026"));
    CHECK_STR(d.p[0].now, S("2 Sep 2026"));
    CHECK_STR(d.p[1].what, S("Task “Gian hàng”: taken out of the plan"));
    CHECK_INT(d.p[1].money_was, 800000000);
    CHECK_INT(d.p[1].money_now, 0);
    CHECK_STR(d.p[2].what, S("Task “Truyền thông”: put into the plan"));
    CHECK_STR(d.p[3].what, S("Task “Giảng dạy”: Lines of cost"));
    CHECK_INT(d.p[3].money_was, 45750000);
    CHECK_INT(d.p[3].money_now, 48750000);
    CHECK_INT(plan_differences(w, versions.p[0], versions.p[0], &d), OK);
    CHECK_INT((int)d.n, 0);
    check_log(w);
}

TEST_REGISTER(a_version_is_the_plan_as_it_was_whatever_comes_later)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    struct records versions;
    struct plan_view then;
    approve_plan(&c, p.plan, "1/QĐ-UBND");
    CHECK_INT(stepped(c.officer, p.stands, "cancel", "Không có kinh phí."), OK);
    CHECK_INT(records_load(w, &plan_version, 0, 10, false, &versions), OK);
    CHECK_INT(version_read(w, versions.p[0], &then), OK);
    CHECK_INT((int)then.activities.n, 2);
    CHECK_INT((int)then.tasks.n, 2);
    const struct record *stands = child_with_id(&then.tasks, p.stands->id);
    CHECK_INT((int)stands->children[TASK_COSTS].n, 2);
    CHECK(same_values(stands, now_is(w, p.stands)) == false);                        /* its state went on */
    CHECK(same_values(stands->children[TASK_COSTS].p[0], now_is(w, p.stands)->children[TASK_COSTS].p[0]));
    CHECK(stands->children[TASK_COSTS].p[0]->v[COST_QUANTITY].type == V_REAL);
}

TEST_REGISTER(a_plan_over_a_norm_is_not_submitted_and_the_sentence_says_where)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    Message why;
    fill_norms(w);
    struct record *t = record_copy(w->a, now_is(w, p.stands));
    t->children[TASK_COSTS].p[0]->v[COST_NORM] = v_int(norm_with(w, "tt29-fair-home/2018")->id);
    t->children[TASK_COSTS].p[0]->v[COST_NORM_UNITS] = v_int(11);
    struct saving s = { .was = now_is(w, p.stands), .now = t };
    CHECK_INT(record_keep(c.officer, &s), OK);
    c.officer->lang = EN;
    CHECK_INT(step_take(c.officer, &yearly_plan, p.plan->id, 0, step_named(&yearly_plan, S("submit")), S(""), &why), ERR_INVALID);
    Str text = message_str(w->a, EN, why);
    CHECK(says(text, "Gian hàng, “Gian hàng được hỗ trợ”: ") && says(text, "132,000,000 đồng") && says(text, "12,000,000 đồng less") && says(text, "29/2018/TT-BTC"));
}

/* ---- copying ---------------------------------------------------------------------------------------------------- */

struct copying { int64_t from; int year; int64_t id; Message why; };

static enum err copy_it(struct work *w, void *arg)
{
    struct copying *c = arg;
    return plan_copy(w, c->from, c->year, &c->id, &c->why);
}

TEST_REGISTER(a_copied_plan_has_everything_on_the_same_day_of_another_year)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    struct copying to_2028 = { .from = p.plan->id, .year = 2028 };
    struct plan_view v;
    Str why;
    approve_plan(&c, p.plan, "1/QĐ-UBND");
    CHECK_INT(work_write(c.finance, copy_it, &to_2028), ERR_DENIED);
    CHECK_INT(work_write(c.officer, copy_it, &to_2028), OK);
    CHECK_INT(plan_load(w, to_2028.id, &v), OK);
    CHECK_STR(v_str(v.plan->v[PLAN_TITLE_VI]), S("Kế hoạch năm 2028"));
    CHECK_STR(v_str(v.plan->v[PLAN_STATE]), S("draft"));
    CHECK_INT(v_i64(v.plan->v[PLAN_VERSION]), 0);
    CHECK(!v_is(v.plan->v[PLAN_DECISION]));
    CHECK_INT((int)v.activities.n, 2);
    CHECK_INT((int)v.tasks.n, 2);
    CHECK_STR(v_str(v.activities.p[0]->v[ACTIVITY_TITLE_VI]), S("Hội chợ năm 2028"));
    CHECK_STR(v_str(v.activities.p[0]->v[ACTIVITY_STARTS]), S("2028-09-09"));
    CHECK(!v_i64(v.activities.p[0]->v[ACTIVITY_APPROVED]));
    CHECK_INT(v_i64(v.tasks.p[0]->v[TASK_YEAR]), 2028);
    CHECK_INT(v_i64(v.tasks.p[0]->v[TASK_TOTAL]), 800000000);
    CHECK_INT((int)count_of(w, "cost_line"), 6);
    CHECK_INT(work_write(c.officer, copy_it, &to_2028), ERR_CONFLICT);
    CHECK(says(message_str(w->a, EN, to_2028.why), "There is a plan for 2028 already"));
    struct copying too_far = { .from = p.plan->id, .year = 2036 };
    CHECK_INT(work_write(c.officer, copy_it, &too_far), ERR_INVALID);
    CHECK_INT(changed_field(c.officer, v.activities.p[1], ACTIVITY_STARTS, v_text(S("2028-02-29")), &why), OK);
    struct copying to_2029 = { .from = to_2028.id, .year = 2029 };
    CHECK_INT(work_write(c.officer, copy_it, &to_2029), OK);
    CHECK_INT(plan_load(w, to_2029.id, &v), OK);
    CHECK_STR(v_str(v.activities.p[1]->v[ACTIVITY_STARTS]), S("2029-02-28"));
    check_log(w);
}

TEST_REGISTER(what_was_cancelled_is_not_copied)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    struct copying next = { .from = p.plan->id, .year = 2027 };
    struct plan_view v;
    CHECK_INT(stepped(c.officer, p.class, "cancel", "Không ai đăng ký."), ERR_INVALID);      /* its task first */
    CHECK_INT(stepped(c.officer, p.lessons, "cancel", "Không ai đăng ký."), OK);
    CHECK_INT(stepped(c.officer, p.class, "cancel", "Không ai đăng ký."), OK);
    CHECK_INT(work_write(c.officer, copy_it, &next), OK);
    CHECK_INT(plan_load(w, next.id, &v), OK);
    CHECK_INT((int)v.activities.n, 1);
    CHECK_INT((int)v.tasks.n, 1);
}

/* ---- what is asked for -------------------------------------------------------------------------------------------- */

static int64_t asked_of(const struct estimates *list, const char *source)
{
    int64_t sum = 0;
    for (size_t i = 0; i < list->n; i++) if (str_ends(list->p[i].source, str_of(source))) sum += list->p[i].amount;
    return sum;
}

TEST_REGISTER(estimates_add_up_to_the_plan_whichever_way_they_are_grouped)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    struct estimates list;
    CHECK_INT(estimates_of(w, 2026, &list), OK);
    CHECK_INT(asked_of(&list, ""), v_i64(p.stands->v[TASK_TOTAL]) + v_i64(p.lessons->v[TASK_TOTAL]));
    CHECK_INT(asked_of(&list, "city_recurrent"), 144000000 + 45750000);
    CHECK_INT(asked_of(&list, "participants"), 800000000 - 144000000);
    CHECK_INT((int)list.n, 3);                              /* two lines of one kind and source are one of the budget */
    CHECK_INT(stepped(c.officer, p.lessons, "cancel", "Dời sang năm sau."), OK);
    CHECK_INT(estimates_of(w, 2026, &list), OK);
    CHECK_INT(asked_of(&list, ""), 800000000);
    CHECK_INT(estimates_of(w, 2027, &list), OK);
    CHECK_INT((int)list.n, 0);
}

static int64_t submitted(struct work *w, const char *source)
{
    struct money_asked asked = { .year = 2026, .by = BY_SOURCE };
    struct money_rows rows;
    struct money_row total;
    CHECK_INT(money_rows(w, &asked, &rows, &total), OK);
    for (size_t i = 0; i < rows.n; i++)
        if (str_ends(rows.p[i].key, str_of(source))) return rows.p[i].balance.of[MONEY_SUBMITTED];
    return 0;
}

TEST_REGISTER(submitting_posts_what_differs_from_what_was_submitted_before)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    step(c.officer, p.plan, "submit");
    CHECK_INT(submitted(w, "city_recurrent"), 189750000);
    CHECK_INT(submitted(w, "participants"), 656000000);
    CHECK_INT((int)count_of(w, "voucher"), 3);
    CHECK_INT(stepped(c.finance, p.plan, "return", "Giảm số gian hàng."), OK);
    struct record *t = record_copy(w->a, now_is(w, p.stands));
    t->children[TASK_COSTS].p[1]->v[COST_QUANTITY] = v_real(20);
    struct saving s = { .was = now_is(w, p.stands), .now = t };
    CHECK_INT(record_keep(c.officer, &s), OK);
    step(c.officer, p.plan, "submit");
    CHECK_INT((int)count_of(w, "voucher"), 4);
    CHECK_INT(submitted(w, "participants"), 496000000);
    CHECK_INT(submitted(w, "city_recurrent"), 189750000);
    check_log(w);
}

/* A row for each line, with the number of its task; "7,25" is what a Vietnamese sheet writes. */
TEST_REGISTER(a_sheet_of_costs_is_taken_in_while_the_plan_is_written)
{
    struct plan_cast c = plan_cast(w);
    struct small_plan p = small_plan(&c);
    struct import_options o = { .file_name = S("chi.csv"), .sheet = -1, .mapping = S("Khoản = costs.item\nLoại = costs.kind\nSố lượng = costs.quantity\n"
        "Đơn giá = costs.price\nNguồn = costs.source\nNguồn chi = costs.support") };
    struct import_report r;
    Message why;
    Str number = public_id(w->a, &task, p.lessons->id);
    Str sheet = str_f(w->a, "Record number;Khoản;Loại;Số lượng;Đơn giá;Nguồn;Nguồn chi\n%.*s;Tài liệu;Tài liệu, in ấn, dịch thuật;7,25;100000;city_recurrent;725000\n"
                            "%.*s;Hội trường;Thuê hội trường, phục vụ hội nghị;3;2000000;city_recurrent;6000000\n", FMT(number), FMT(number));
    CHECK_INT(import_file(c.officer, &task, sheet, &o, &r, &why), OK);
    CHECK_INT(r.rejected, 0);
    struct record *t = now_is(w, p.lessons);
    CHECK_INT((int)t->children[TASK_COSTS].n, 3);
    CHECK_INT(v_i64(t->v[TASK_TOTAL]), 45750000 + 725000 + 6000000);
    check_log(w);
}
