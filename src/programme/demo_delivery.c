/*
 * demo_delivery.c - what was carried out in the demonstration's year: who came to what, reports of progress month by month, inspections, and acceptances on all their
 * ways, one of them waiting for the ward that has an account.
 *
 * Participations: some 180 enterprises, one after another round and round, so that each activity has different ones and some come to several.
 */
#include "programme/demo_year.h"

#include "model/people/account.h"
#include "programme/delivery/delivery.h"
#include "programme/inside.h"
#include "programme/plan/plan.h"

static const char officer[] = "officer@demo.example", ward_officer[] = "ward@demo.example";

static struct date day_in(const struct record *r, int field)
{
    struct date d = { 0 };
    MUST(date_from_iso(v_str(r->v[field]), &d));
    return d;
}

static struct date days_later(struct date d, int64_t n) { return date_from_days(date_days(d) + n); }

static bool has_come(const struct demo_year *y, struct date d) { return date_days(d) <= date_days(y->now.today); }

/* A working day that has come: the day, or the last one before. */
static struct date by_today(const struct demo_year *y, struct date d) { return has_come(y, d) ? d : y->now.today; }

/* ---- who came ------------------------------------------------------------------------------------------ */

enum { RING = 182, LEAST = 5, ONE_IN = 7, MOST = 24, DAYS_USED = 3 };

struct ring { int64_t id[RING]; size_t n, at; };

static enum err fill_ring(struct work *w, struct ring *ring)
{
    struct { int64_t *p; size_t n, cap; } ids = { 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT id FROM enterprise ORDER BY id"), NO_ARGS);
    while (rows_next(&r)) *GROW(w->a, ids) = row_int(&r, 0);
    TRY(rows_end(&r));
    ring->n = ids.n < RING ? ids.n : RING;
    for (size_t i = 0; i < ring->n; i++) ring->id[i] = ids.p[i * (ids.n / ring->n)];
    return OK;
}

/* Days of a short activity in turn; of a long one spread over what has passed of it. */
static struct date day_of(const struct demo_year *y, const struct record *of, size_t k, size_t n)
{
    struct date first = day_in(of, ACTIVITY_STARTS), last = by_today(y, day_in(of, ACTIVITY_ENDS));
    int64_t span = date_days(last) - date_days(first);
    return days_later(first, span < DAYS_USED ? (int64_t)k % (span + 1) : (int64_t)k * span / (int64_t)n);
}

static enum err attend(struct work *w, const struct demo_year *y, const struct record *of, struct ring *ring)
{
    size_t n = LEAST + (size_t)v_i64(of->v[ACTIVITY_PARTICIPATIONS]) / ONE_IN;
    Message why;
    bool first;
    if (n > MOST) n = MOST;
    if (n > ring->n) n = ring->n;
    TRY(demo_as(w, officer));
    for (size_t k = 0; k < n; k++, ring->at++) {
        struct date day = day_of(y, of, k, n);
        demo_turn(w, &y->now, day);
        TRY(participation_attend(w, of->id, ring->id[ring->at % ring->n], day, 1 + (int)(k % 3), &first, &why));
    }
    return OK;
}

static enum err participations(struct work *w, const struct demo_year *y, const struct records *activities)
{
    struct ring ring = { .at = 0 };
    TRY(fill_ring(w, &ring));
    for (size_t i = 0; i < activities->n; i++) {
        const struct record *of = activities->p[i];
        bool counted = v_is(of->v[ACTIVITY_PARTICIPATIONS]) && activity.published(of) && !str_is(v_str(of->v[ACTIVITY_STATE]), "cancelled");
        if (counted && has_come(y, day_in(of, ACTIVITY_STARTS))) TRY(attend(w, y, of, &ring));
    }
    return OK;
}

/* ---- reports of progress --------------------------------------------------------------------------------- */

static const char *const work_done[] = {
    "Đã khảo sát, thống nhất kế hoạch chi tiết với các doanh nghiệp tham gia.",
    "Triển khai đúng kế hoạch; đã hoàn thành các bước chuẩn bị và bắt đầu thực hiện tại doanh nghiệp.",
    "Khối lượng đạt theo tiến độ hợp đồng; kết quả bước đầu đã gửi các doanh nghiệp góp ý.",
    "Đã hoàn thành phần lớn khối lượng; đang hoàn thiện hồ sơ sản phẩm để nghiệm thu.",
};
static const char problem[] = "Hai doanh nghiệp đề nghị lùi lịch làm việc do cao điểm sản xuất; đã bố trí lại trong tháng sau.";

/* Of what lies between the first and the last day of the task, in tenths. */
static int64_t percent_on(const struct record *of, struct date day)
{
    int64_t first = date_days(day_in(of, TASK_STARTS)), last = date_days(day_in(of, TASK_ENDS)), passed = date_days(day) - first;
    int64_t percent = last > first ? passed * 100 / (last - first) / 10 * 10 : 100;
    return percent > 100 ? 100 : percent < 0 ? 0 : percent;
}

static enum err write_report(struct work *w, const struct record *r, const struct record *of)
{
    struct record *now = record_copy(w->a, r);
    int64_t percent = percent_on(of, w->today);
    bool changed;
    now->v[PROGRESS_TEXT] = v_text(str_of(work_done[percent * ((int64_t)COUNT(work_done) - 1) / 100]));
    now->v[PROGRESS_PERCENT] = v_int(percent);
    if (r->id % 5 == 0) now->v[PROGRESS_PROBLEMS] = v_text(str_of(problem));
    return record_save(w, r, now, &changed);
}

/* What becomes of a report: it is owed, lies with the office, is returned, is taken note of. */
enum fate { OWED, SENT, RETURNED, SEEN };

/* In the name of its unit, which writes and sends it; the office answers two days later. */
static enum err hand_in(struct work *w, const struct demo_year *y, const struct record *r, struct date day, enum fate fate)
{
    const struct record *of = named(w, r, PROGRESS_TASK, &task), *unit = named(w, r, PROGRESS_ACCOUNT, &account_entity);
    demo_turn(w, &y->now, day);
    if (unit) w->actor = actor_of(unit);
    else TRY(demo_as(w, officer));
    TRY(write_report(w, r, of));
    TRY(demo_take(w, &progress_report, r->id, unit ? "send" : "file", NULL));
    if (!unit || fate == SENT || !has_come(y, days_later(day, 2))) return OK;
    demo_turn(w, &y->now, days_later(day, 2));
    TRY(demo_as(w, officer));
    return fate == SEEN ? demo_take(w, &progress_report, r->id, "see", NULL)
                        : demo_take(w, &progress_report, r->id, "return", "Bổ sung danh sách doanh nghiệp đã được tư vấn trong tháng.");
}

/* What is made on the first of a month is handed in on the third; of the last month each fate in turn. */
static enum err reports_of(struct work *w, const struct demo_year *y, struct date first)
{
    struct records due;
    struct date day = days_later(first, 2);
    bool last = !has_come(y, days_later(first, 31));
    demo_turn(w, &y->now, first);
    w->actor = (struct actor){ .roles = SYSTEM, .name = S("demo") };
    TRY(progress_reports_open(w));
    TRY(records_with(w, &progress_report, PROGRESS_STATE, v_text(S("due")), &due));
    for (size_t i = 0; i < due.n && has_come(y, day); i++) {
        enum fate fate = last ? (enum fate)(i % (SEEN + 1)) : SEEN;
        if (fate != OWED) TRY(hand_in(w, y, due.p[i], day, fate));
    }
    return OK;
}

static enum err reports(struct work *w, const struct demo_year *y)
{
    for (int month = 2; month <= 12; month++)
        if (demo_reached(y, demo_day(y, month, 1))) TRY(reports_of(w, y, demo_day(y, month, 1)));
    return OK;
}

/* ---- inspections --------------------------------------------------------------------------------------------- */

/* task: its title; finding, remedy: NULL, none; to_remedy: days, 0: not asked for yet. */
static const struct inspecting { const char *task, *title; int month, day; const char *finding; int to_remedy; const char *remedy; } inspections[] = {
    { "Ba khóa đào tạo quản đốc", "Kiểm tra lớp quản đốc", 5, 12, NULL, 0, NULL },
    { "Cải tiến tại 55 xưởng", "Kiểm tra tiến độ cải tiến tại xưởng", 6, 10, "Danh sách của ba doanh nghiệp chưa có chữ ký xác nhận ngày công chuyên gia.", 14,
      "Đã bổ sung đủ biên bản, có chữ ký của doanh nghiệp." },
    { "Triển khai phần mềm điều hành sản xuất", "Kiểm tra triển khai phần mềm điều hành sản xuất", 11, 11,
      "Hai doanh nghiệp trong danh sách chưa có dây chuyền gửi dữ liệu theo thời gian thực.", 21, NULL },
    { "Thử nghiệm và chứng nhận cho 40 doanh nghiệp", "Kiểm tra thử nghiệm, chứng nhận sản phẩm", 11, 19, "Phiếu kết quả của bốn doanh nghiệp chưa có trong hồ sơ.", 0, NULL },
    { "Cải tiến tại 55 xưởng", "Kiểm tra kết quả cải tiến tại xưởng", 12, 3, NULL, 0, NULL },
};

static enum err visit(struct work *w, const struct inspecting *k, struct record *was, struct date on)
{
    struct record *now = record_copy(w->a, was), *leader = record_add(w->a, now, INSPECTION_TEAM), *second = record_add(w->a, now, INSPECTION_TEAM);
    struct records *items = &now->children[INSPECTION_ITEMS];
    bool changed;
    leader->v[INSPECTOR_NAME] = v_text(S("Lê Thị Công"));
    leader->v[INSPECTOR_OFFICE] = v_text(S("Sở Công Thương"));
    leader->v[INSPECTOR_LEADS] = v_int(1);
    second->v[INSPECTOR_NAME] = v_text(S("Hoàng Thị Phường"));
    second->v[INSPECTOR_OFFICE] = v_text(S("Ủy ban nhân dân phường, xã"));
    now->v[INSPECTION_VISITED_ON] = v_text(date_iso(w->a, on));
    for (size_t i = 0; i < items->n; i++) items->p[i]->v[CHECK_ANSWER] = v_text(i == 4 && k->finding ? S("no") : S("yes"));
    if (k->finding && items->n > 4) items->p[4]->v[CHECK_FINDING] = v_text(str_of(k->finding));
    if (k->to_remedy && items->n > 4) items->p[4]->v[CHECK_REMEDY_BY] = v_text(date_iso(w->a, days_later(on, k->to_remedy)));
    if (k->to_remedy || !k->finding) now->v[INSPECTION_SUMMARY] = v_text(S("Nhiệm vụ thực hiện đúng nội dung; hồ sơ lưu đầy đủ."));
    return record_save(w, was, now, &changed);
}

static enum err put_right(struct work *w, const struct inspecting *k, int64_t id)
{
    struct record *was, *now;
    bool changed;
    TRY(record_load(w, &inspection, id, &was));
    now = record_copy(w->a, was);
    struct record *item = now->children[INSPECTION_ITEMS].p[4];
    item->v[CHECK_REMEDY] = v_text(str_of(k->remedy));
    item->v[CHECK_REMEDIED_ON] = v_text(date_iso(w->a, w->today));
    TRY(record_save(w, was, now, &changed));
    return demo_take(w, &inspection, id, "close", NULL);
}

/* As far as the day lets it come. */
static enum err inspect(struct work *w, const struct demo_year *y, const struct inspecting *k, const struct record *of, const struct record *under)
{
    enum { PLANNED_BEFORE = 14, TO_WRITE = 2 };
    struct record *r = record_make(w->a, &inspection);
    struct date on = demo_day(y, k->month, k->day);
    demo_turn(w, &y->now, by_today(y, days_later(on, -PLANNED_BEFORE)));
    TRY(demo_as(w, officer));
    r->v[INSPECTION_TITLE] = v_text(str_of(k->title));
    r->v[INSPECTION_TASK] = v_int(of->id);
    r->v[INSPECTION_CONTRACT] = v_int(under->id);
    r->v[INSPECTION_WARD] = v_is(of->v[TASK_WARD]) ? of->v[TASK_WARD] : v_text(y->ward);
    r->v[INSPECTION_PLANNED_ON] = v_text(date_iso(w->a, on));
    TRY(demo_save(w, r));
    if (!has_come(y, on)) return OK;
    demo_turn(w, &y->now, on);
    TRY(visit(w, k, r, on));
    TRY(demo_take(w, &inspection, r->id, "visit", NULL));
    demo_turn(w, &y->now, by_today(y, days_later(on, TO_WRITE)));
    if (!k->finding) return demo_take(w, &inspection, r->id, "close", NULL);
    if (!k->to_remedy) return OK;
    TRY(demo_take(w, &inspection, r->id, "remedy", NULL));
    struct date right = days_later(on, k->to_remedy);
    if (!k->remedy || !has_come(y, right)) return OK;
    demo_turn(w, &y->now, right);
    return put_right(w, k, r->id);
}

/* Where the task is under a contract. */
static enum err inspect_all(struct work *w, const struct demo_year *y, const struct records *tasks)
{
    for (size_t k = 0; k < COUNT(inspections); k++)
        for (size_t i = 0; i < tasks->n; i++) {
            struct records contracts;
            if (!str_is(v_str(tasks->p[i]->v[TASK_TITLE_VI]), inspections[k].task)) continue;
            TRY(records_with(w, &contract, CONTRACT_TASK, v_int(tasks->p[i]->id), &contracts));
            if (contracts.n) TRY(inspect(w, y, &inspections[k], tasks->p[i], contracts.p[0]));
        }
    return OK;
}

/* ---- acceptances ----------------------------------------------------------------------------------------------- */

static enum err minutes(struct work *w, const struct demo_year *y, const struct record *of_milestone, const struct record *of_task, struct date on, struct record **out)
{
    struct record *r = *out = record_make(w->a, &acceptance);
    demo_turn(w, &y->now, on);
    TRY(demo_as(w, officer));
    if (of_milestone) r->v[ACCEPTANCE_MILESTONE] = v_int(of_milestone->id);
    if (of_task) r->v[ACCEPTANCE_TASK] = v_int(of_task->id);
    r->v[ACCEPTANCE_ON] = v_text(date_iso(w->a, on));
    r->v[ACCEPTANCE_PLACE] = v_text(S("Nơi thực hiện nhiệm vụ"));
    r->v[ACCEPTANCE_FINDINGS] = v_text(S("Khối lượng, chất lượng đúng như đã cam kết; hồ sơ, sản phẩm đầy đủ."));
    r->v[ACCEPTANCE_RESULT] = v_text(S("met"));
    return demo_save(w, r);
}

/* In the name of the ward's officer: of the account where it is its ward, else of the office that has none in a demonstration. */
static enum err confirm(struct work *w, const struct demo_year *y, const struct record *r)
{
    Str ward = v_str(r->v[ACCEPTANCE_WARD]);
    if (str_eq(ward, y->ward)) TRY(demo_as(w, ward_officer));
    else w->actor = (struct actor){ .roles = WARD, .ward = ward, .name = S("demo") };
    TRY(demo_change(w, &acceptance, r->id, ACCEPTANCE_WARD_OPINION, v_text(S("Nhất trí với kết quả; doanh nghiệp trên địa bàn đã tham gia đầy đủ."))));
    TRY(demo_change(w, &acceptance, r->id, ACCEPTANCE_WARD_PERSON, v_text(S("Hoàng Thị Phường, chuyên viên phòng Kinh tế"))));
    return demo_take(w, &acceptance, r->id, "confirm", NULL);
}

enum how_far { DRAFT, WITH_WARD, CONFIRMED, ACCEPTED };

/* Minutes of a day, as far as they are to come; each step a day after the one before. */
static enum err lead(struct work *w, const struct demo_year *y, const struct record *of_milestone, const struct record *of_task, struct date on, enum how_far far)
{
    struct record *r;
    TRY(minutes(w, y, of_milestone, of_task, on, &r));
    if (far == DRAFT) return OK;
    if (v_is(r->v[ACCEPTANCE_WARD])) {
        TRY(demo_take(w, &acceptance, r->id, "ask_ward", NULL));
        demo_turn(w, &y->now, by_today(y, days_later(on, 1)));
        if (far > WITH_WARD) TRY(confirm(w, y, r));
    }
    if (far < ACCEPTED) return OK;
    demo_turn(w, &y->now, by_today(y, days_later(on, 2)));
    TRY(demo_as(w, officer));
    return demo_take(w, &acceptance, r->id, "accept", NULL);
}

enum err demo_accept(struct work *w, const struct demo_year *y, const struct record *of_milestone, struct date on) { return lead(w, y, of_milestone, NULL, on, ACCEPTED); }

/* What agencies did themselves and is over. */
static enum err accept_own(struct work *w, const struct demo_year *y, const struct records *tasks)
{
    enum { AFTER = 5 };
    for (size_t i = 0; i < tasks->n; i++) {
        const struct record *t = tasks->p[i];
        struct date on = days_later(day_in(t, TASK_ENDS), AFTER);
        bool over = str_is(v_str(t->v[TASK_STATE]), "under_way") && str_is(v_str(t->v[TASK_MODE]), "own") && has_come(y, on);
        if (over) TRY(lead(w, y, NULL, t, on, ACCEPTED));
    }
    return OK;
}

static enum err has_minutes(struct work *w, const struct record *of, bool *yes)
{
    struct records there;
    TRY(records_with(w, &acceptance, ACCEPTANCE_MILESTONE, v_int(of->id), &there));
    *yes = there.n;
    return OK;
}

/* Minutes of what waits to be accepted are being written. */
static enum err begin_minutes(struct work *w, const struct demo_year *y)
{
    struct records delivered;
    bool there;
    TRY(records_with(w, &milestone, MILESTONE_STATE, v_text(S("delivered")), &delivered));
    for (size_t i = 0; i < delivered.n; i++) {
        TRY(has_minutes(w, delivered.p[i], &there));
        if (!there) TRY(lead(w, y, delivered.p[i], NULL, y->now.today, DRAFT));
    }
    return OK;
}

static enum err deliver_early(struct work *w, const struct demo_year *y, const struct record *of_milestone, enum how_far far)
{
    demo_turn(w, &y->now, y->now.today);
    TRY(demo_as(w, officer));
    TRY(demo_take(w, &milestone, of_milestone->id, "deliver", NULL));
    return lead(w, y, of_milestone, NULL, y->now.today, far);
}

/* Two milestones before their day: one waits for the ward of the account, another is confirmed by its own. */
static enum err accept_early(struct work *w, const struct demo_year *y)
{
    struct records planned;
    bool waits = false, confirmed = false;
    TRY(records_with(w, &milestone, MILESTONE_STATE, v_text(S("planned")), &planned));
    for (size_t i = 0; i < planned.n; i++) {
        const struct record *c = named(w, planned.p[i], MILESTONE_CONTRACT, &contract), *t = named(w, c, CONTRACT_TASK, &task);
        if (!str_is(v_str(c->v[CONTRACT_STATE]), "in_force") || !v_is(t->v[TASK_WARD])) continue;
        bool *done = str_eq(v_str(t->v[TASK_WARD]), y->ward) ? &waits : &confirmed;
        if (!*done) TRY(deliver_early(w, y, planned.p[i], done == &waits ? WITH_WARD : CONFIRMED));
        *done = true;
    }
    return OK;
}

enum err demo_delivery(struct work *w, void *arg)
{
    const struct demo_year *y = arg;
    struct plan_view v;
    struct actor before = w->actor;
    TRY(plan_load(w, y->plan, &v));
    TRY(participations(w, y, &v.activities));
    TRY(reports(w, y));
    TRY(inspect_all(w, y, &v.tasks));
    TRY(accept_own(w, y, &v.tasks));
    TRY(begin_minutes(w, y));
    TRY(accept_early(w, y));
    demo_turn(w, &y->now, y->now.today);
    w->actor = before;
    return OK;
}
