/*
 * demo_contract.c - who carries out the tasks of a demonstration's year: five units, a call and a council for each task, its contract, deliveries, payments and
 * the first settlements.
 *
 * A call opens six weeks before its task begins and the contract follows within four weeks; each milestone is delivered on its day and paid ten days later.  Four
 * calls began late, so that one is still open, one is being appraised and two contracts are on their way to be signed.
 */
#include "model/desk/file.h"
#include "model/people/account.h"
#include "programme/contract/inside.h"
#include "programme/demo_parts.h"
#include "programme/demo_year.h"

static const char officer[] = "officer@demo.example", finance[] = "finance@demo.example", leader[] = "leader@demo.example", expert[] = "reviewer@demo.example", chair[] = "chair@demo.example";

static const struct person { const char *email, *name, *role; } people[] = {
    { chair, "Cao Văn Chủ", "reviewer" },                             { "fairs@demo.example", "Mai Thị Chợ", "provider" },
    { "consulting@demo.example", "Tạ Văn Tư", "provider" },           { "school@demo.example", "Kiều Thị Dạy", "provider" },
    { "institute@demo.example", "Quách Văn Viện", "provider" },
};
static const struct unit { const char *email, *name, *name_en, *kind; } units[] = {
    { "provider@demo.example", "Trung tâm Phát triển nhà cung ứng Thăng Long (hư cấu)", "Thang Long Supplier Development Centre (fictitious)", "consultancy" },
    { "fairs@demo.example", "Công ty Hội chợ và Sự kiện Đông Đô (hư cấu)", "Dong Do Fairs and Events (fictitious)", "promotion" },
    { "consulting@demo.example", "Công ty Tư vấn Quản lý Sông Tô (hư cấu)", "Song To Management Consulting (fictitious)", "consultancy" },
    { "school@demo.example", "Trường Kỹ nghệ Cổ Loa (hư cấu)", "Co Loa School of Engineering (fictitious)", "training" },
    { "institute@demo.example", "Viện Công nghệ Chế tạo Hồ Gươm (hư cấu)", "Ho Guom Institute of Manufacturing Technology (fictitious)", "research" },
};

/* Calls that began so many days ago instead of before their task, and how far they may come. */
enum far { CALL_OPEN, APPRAISING, CHECKING, APPROVED, IN_FORCE };
static const struct late { const char *task; int days; enum far far; } late[] = {
    { "Gói phần mềm quản trị", 6, CALL_OPEN },
    { "Đăng ký cho 15 doanh nghiệp", 21, APPRAISING },
    { "Đánh giá mức độ chuyển đổi số", 27, CHECKING },
    { "Tư vấn pháp lý và định giá", 30, APPROVED },
};

/* Days after the call was opened. */
enum { SENT = 5, CLOSES = 15, OPENED = 16, SCORED = 18, DECIDED = 20, AGREED = 23, APPROVED_ON = 25, SIGNED = 27, BEFORE_TASK = 42 };
/* Days after a milestone was due. */
enum { ASKED = 4, CHECKED = 7, PAID = 10 };
enum { AMENDED_TASK = 12, SETTLED_MOST = 4 };

struct deal {                               /* one task on its way                                */
    const struct demo_year *y;
    struct record          *task;
    int                     number;         /* of the task, from 1                                */
    struct date             opens;
    enum far                far;
    int64_t                 call, contract;
    const struct unit      *winner;
    Str                     paper;          /* the file that stands for all signed papers         */
};

/* ---- who there is ---------------------------------------------------------------------------------------- */

static enum err add_people(struct work *w)
{
    for (size_t i = 0; i < COUNT(people); i++) TRY(demo_save(w, demo_account(w, people[i].email, people[i].name, people[i].role)));
    return OK;
}

static enum err account_of(struct work *w, const char *email, Val *out)
{
    struct record *account;
    TRY(account_with_email(w, str_of(email), &account));
    *out = v_int(account->id);
    return OK;
}

static enum err add_units(struct work *w)
{
    TRY(demo_as(w, officer));
    for (const struct unit *u = units; u < units + COUNT(units); u++) {
        struct record *r = record_make(w->a, &provider);
        r->v[PROVIDER_NAME] = v_text(str_of(u->name));
        r->v[PROVIDER_NAME_EN] = v_text(str_of(u->name_en));
        r->v[PROVIDER_KIND] = v_text(str_of(u->kind));
        r->v[PROVIDER_ADDRESS] = v_text(S("Hà Nội"));
        r->v[PROVIDER_EMAIL] = v_text(str_of(u->email));
        TRY(account_of(w, u->email, &r->v[PROVIDER_ACCOUNT]));
        TRY(demo_save(w, r));
    }
    return OK;
}

/* ---- days -------------------------------------------------------------------------------------------------- */

static struct date days_after(struct date d, int64_t days) { return date_from_days(date_days(d) + days); }

static struct date day_in(const struct record *r, int field)
{
    struct date d;
    MUST(date_from_iso(v_str(r->v[field]), &d));
    return d;
}

/* Turns to that day of the call's way, in somebody's name; false: it has not come. */
static bool has_come(struct work *w, const struct deal *d, int days)
{
    if (!demo_reached(d->y, days_after(d->opens, days))) return false;
    demo_turn(w, &d->y->now, days_after(d->opens, days));
    return true;
}

/* ---- the call ---------------------------------------------------------------------------------------------- */

static void add_criterion(struct work *w, struct record *r, const char *title, int weight, double least)
{
    struct record *c = record_add(w->a, r, CALL_CRITERIA);
    c->v[CRITERION_TITLE] = v_text(str_of(title));
    c->v[CRITERION_WEIGHT] = v_int(weight);
    c->v[CRITERION_LEAST] = v_real(least);
}

static enum err add_member(struct work *w, struct record *r, const char *name, const char *role, const char *email)
{
    struct record *m = record_add(w->a, r, CALL_COUNCIL);
    m->v[MEMBER_NAME] = v_text(str_of(name));
    m->v[MEMBER_ROLE] = v_text(str_of(role));
    return account_of(w, email, &m->v[MEMBER_ACCOUNT]);
}

static const char *const criteria[] = { "Phương án thực hiện", "Năng lực và kinh nghiệm", "Giá" };

static enum err write_call(struct work *w, struct deal *d)
{
    struct record *r = record_make(w->a, &call);
    demo_turn(w, &d->y->now, d->opens);
    TRY(demo_as(w, officer));
    r->v[CALL_TITLE_VI] = v_text(str_f(w->a, "Mời đề xuất: %.*s", FMT(v_str(d->task->v[TASK_TITLE_VI]))));
    r->v[CALL_TITLE_EN] = v_text(str_f(w->a, "Call for proposals: %.*s", FMT(v_str(d->task->v[TASK_TITLE_EN]))));
    r->v[CALL_TASK] = v_int(d->task->id);
    r->v[CALL_TERMS] = v_text(str_f(w->a, "Kết quả phải đạt: %.*s Đề xuất nêu cách làm, nhân sự, tiến độ và giá trọn gói đã gồm thuế.", FMT(v_str(d->task->v[TASK_RESULT]))));
    r->v[CALL_CEILING] = d->task->v[TASK_TOTAL];
    r->v[CALL_REACH] = v_text(S("anybody"));
    r->v[CALL_CLOSES_ON] = v_text(date_iso(w->a, days_after(d->opens, CLOSES)));
    add_criterion(w, r, criteria[0], 40, 50);
    add_criterion(w, r, criteria[1], 30, 50);
    add_criterion(w, r, criteria[2], 30, 0);
    TRY(add_member(w, r, "Cao Văn Chủ", "chair", chair));
    TRY(add_member(w, r, "Lê Thị Công", "secretary", officer));
    TRY(add_member(w, r, "Đỗ Thị Chuyên", "member", expert));
    TRY(demo_save(w, r));
    d->call = r->id;
    return demo_take(w, &call, r->id, "open", NULL);
}

/* The winner's is the dearer of two every third time. */
static int64_t price_of(const struct deal *d, int place)
{
    int64_t ceiling = v_i64(d->task->v[TASK_TOTAL]), percent = 97 - d->number % 4 + (place ? (d->number % 3 ? 1 : -2) : 0);
    return ceiling / 100000 * percent * 1000;
}

static enum err offer(struct work *w, const struct deal *d, const struct unit *from, int place, int64_t *id)
{
    struct record *r = record_make(w->a, &bid);
    TRY(demo_as(w, from->email));
    r->v[BID_CALL] = v_int(d->call);
    TRY(account_of(w, from->email, &r->v[BID_ACCOUNT]));
    r->v[BID_PRICE] = v_int(price_of(d, place));
    r->v[BID_TEXT] = v_text(S("Thực hiện theo ba bước: khảo sát, triển khai, bàn giao; nhân sự chủ chốt có ít nhất năm năm kinh nghiệm trong ngành."));
    TRY(demo_save(w, r));
    *id = r->id;
    return demo_take(w, &bid, r->id, "send", NULL);
}

static enum err give_points(struct work *w, int64_t bid_id, const char *member, double points)
{
    TRY(demo_as(w, member));
    for (size_t i = 0; i < COUNT(criteria); i++) {
        struct record *r = record_make(w->a, &bid_score);
        r->v[SCORE_BID] = v_int(bid_id);
        r->v[SCORE_CRITERION] = v_text(str_of(criteria[i]));
        TRY(account_of(w, member, &r->v[SCORE_MEMBER]));
        r->v[SCORE_POINTS] = v_real(points - 2 * (double)i);
        r->v[SCORE_COMMENT] = v_text(points >= 80 ? S("Phương án rõ, nhân sự phù hợp.") : S("Đạt yêu cầu; tiến độ chưa chi tiết."));
        TRY(demo_save(w, r));
    }
    return OK;
}

static enum err appraise(struct work *w, const struct deal *d, const int64_t bids[2])
{
    static const char *const members[] = { chair, officer, expert };
    for (size_t i = 0; i < COUNT(members); i++)
        for (int k = 0; k < 2; k++) TRY(give_points(w, bids[k], members[i], (k ? 74 : 86) + 2 * (double)(((size_t)d->number + i) % 3)));
    return OK;
}

/* To the decision, where it has come; d->contract: what follows from it. */
static enum err run_call(struct work *w, struct deal *d)
{
    int64_t bids[2];
    Message why;
    TRY(write_call(w, d));
    if (!has_come(w, d, SENT)) return OK;
    for (int k = 0; k < 2; k++) TRY(offer(w, d, k ? &units[((size_t)(d->winner - units) + 1) % COUNT(units)] : d->winner, k, &bids[k]));
    if (d->far == CALL_OPEN || !has_come(w, d, OPENED)) return OK;
    TRY(demo_as(w, officer));
    TRY(demo_take(w, &call, d->call, "open_bids", NULL));
    if (!has_come(w, d, SCORED)) return OK;
    if (d->far == APPRAISING) return give_points(w, bids[0], chair, 86);
    if (!has_come(w, d, DECIDED)) return OK;
    TRY(appraise(w, d, bids));
    TRY(demo_as(w, officer));
    return call_decide(w, d->call, 0, bids[0], str_f(w->a, "DEMO-%d/QĐ-SCT", 200 + d->number), w->today, S("Phương án và năng lực tốt nhất."), &d->contract, &why);
}

/* ---- the contract ------------------------------------------------------------------------------------------- */

static struct date middle(struct date from, struct date to) { return date_from_days((date_days(from) + date_days(to)) / 2); }

/* Two fifths half way, the rest at the end. */
static enum err split_milestones(struct work *w, const struct deal *d, const struct record *of)
{
    struct records list;
    struct record *now, *second;
    int64_t first = v_i64(of->v[CONTRACT_VALUE]) / 5000 * 2000;
    TRY(records_with(w, &milestone, MILESTONE_CONTRACT, v_int(of->id), &list));
    now = record_copy(w->a, list.p[0]);
    now->v[MILESTONE_TITLE] = v_text(str_f(w->a, "%.*s: đợt 1", FMT(v_str(of->v[CONTRACT_TITLE]))));
    now->v[MILESTONE_DUE_ON] = v_text(date_iso(w->a, middle(day_in(of, CONTRACT_STARTS), day_in(of, CONTRACT_ENDS))));
    now->v[MILESTONE_AMOUNT] = v_int(first);
    second = record_make(w->a, &milestone);
    for (int i = 0; i < MILESTONE_FIELD_COUNT; i++) second->v[i] = list.p[0]->v[i];
    second->v[MILESTONE_TITLE] = v_text(str_f(w->a, "%.*s: đợt cuối", FMT(v_str(of->v[CONTRACT_TITLE]))));
    second->v[MILESTONE_AMOUNT] = v_int(v_i64(of->v[CONTRACT_VALUE]) - first);
    TRY(save_over(w, list.p[0], now));
    return demo_save(w, second);
}

static enum err write_guarantee(struct work *w, const struct record *was)
{
    enum { AFTER_THE_END = 30 };
    struct record *now = record_copy(w->a, was);
    now->v[CONTRACT_GUARANTEE] = v_int(v_i64(was->v[CONTRACT_VALUE]) / 20);
    now->v[CONTRACT_GUARANTEE_UNTIL] = v_text(date_iso(w->a, days_after(day_in(was, CONTRACT_ENDS), AFTER_THE_END)));
    return save_over(w, was, now);
}

static enum err sign(struct work *w, const struct deal *d)
{
    TRY(demo_as(w, officer));
    TRY(demo_change(w, &contract, d->contract, CONTRACT_NUMBER, v_text(str_f(w->a, "DEMO-%d/%d/HĐ-SCT", d->number, d->y->year))));
    TRY(demo_change(w, &contract, d->contract, CONTRACT_SIGNED_ON, v_text(date_iso(w->a, w->today))));
    TRY(demo_change(w, &contract, d->contract, CONTRACT_FILE, v_text(d->paper)));
    return demo_take(w, &contract, d->contract, "sign", NULL);
}

/* *in_force: it was signed. */
static enum err run_contract(struct work *w, const struct deal *d, bool *in_force)
{
    struct record *r;
    TRY(record_load(w, &contract, d->contract, &r));
    TRY(demo_as(w, officer));
    TRY(split_milestones(w, d, r));
    TRY(write_guarantee(w, r));
    TRY(demo_take(w, &contract, r->id, "send", NULL));
    if (d->far == CHECKING || !has_come(w, d, AGREED)) return OK;
    TRY(demo_as(w, finance));
    TRY(demo_take(w, &contract, r->id, "agree", NULL));
    if (!has_come(w, d, APPROVED_ON)) return OK;
    TRY(demo_as(w, leader));
    TRY(demo_take(w, &contract, r->id, "approve", NULL));
    *in_force = d->far == IN_FORCE && has_come(w, d, SIGNED);
    return *in_force ? sign(w, d) : OK;
}

/* More work for one of them, with another milestone for it. */
static enum err amend(struct work *w, const struct deal *d)
{
    enum { MORE = 12000000, DECIDED_AFTER = 8 };
    struct record *of, *r = record_make(w->a, &amendment), *share = record_add(w->a, r, AMENDMENT_SHARES), *m = record_make(w->a, &milestone);
    TRY(record_load(w, &contract, d->contract, &of));
    TRY(demo_as(w, officer));
    r->v[AMENDMENT_CONTRACT] = v_int(of->id);
    r->v[AMENDMENT_NUMBER] = v_text(str_f(w->a, "DEMO-%d/PL01", d->number));
    r->v[AMENDMENT_REASON] = v_text(S("Bổ sung một buổi báo cáo kết quả theo đề nghị của các doanh nghiệp tham gia."));
    share->v[AMENDMENT_SHARE_LINE] = of->children[CONTRACT_SHARES].p[0]->v[SHARE_LINE];
    share->v[AMENDMENT_SHARE_AMOUNT] = v_int(MORE);
    TRY(demo_save(w, r));
    TRY(demo_take(w, &amendment, r->id, "send", NULL));
    if (!has_come(w, d, SIGNED + DECIDED_AFTER)) return OK;
    TRY(demo_as(w, finance));
    TRY(demo_take(w, &amendment, r->id, "agree", NULL));
    TRY(demo_as(w, leader));
    TRY(demo_take(w, &amendment, r->id, "approve", NULL));
    TRY(demo_as(w, officer));
    m->v[MILESTONE_TITLE] = v_text(S("Buổi báo cáo kết quả"));
    m->v[MILESTONE_CONTRACT] = v_int(of->id);
    m->v[MILESTONE_DUE_ON] = of->v[CONTRACT_ENDS];
    m->v[MILESTONE_AMOUNT] = v_int(MORE);
    m->v[MILESTONE_CRITERIA] = v_text(S("Biên bản buổi báo cáo, có danh sách người dự."));
    return demo_save(w, m);
}

/* ---- delivered, accepted, paid -------------------------------------------------------------------------------- */

static bool turn_to(struct work *w, const struct deal *d, struct date day)
{
    if (!demo_reached(d->y, day)) return false;
    demo_turn(w, &d->y->now, day);
    return true;
}

static enum err ask_for_payment(struct work *w, const struct deal *d, const struct record *m, int64_t *id)
{
    struct record *r = record_make(w->a, &payment_request);
    TRY(demo_as(w, d->winner->email));
    r->v[PAYMENT_MILESTONE] = v_int(m->id);
    r->v[PAYMENT_AMOUNT] = m->v[MILESTONE_AMOUNT];
    r->v[PAYMENT_INVOICE] = v_text(str_f(w->a, "DEMO-%05lld", (long long)m->id));
    r->v[PAYMENT_FILE] = v_text(d->paper);
    TRY(demo_save(w, r));
    *id = r->id;
    return demo_take(w, &payment_request, r->id, "send", NULL);
}

static enum err pay(struct work *w, const struct deal *d, const struct record *m, struct date due)
{
    int64_t id;
    if (!turn_to(w, d, days_after(due, ASKED))) return OK;
    TRY(ask_for_payment(w, d, m, &id));
    if (!turn_to(w, d, days_after(due, CHECKED))) return OK;
    TRY(demo_as(w, officer));
    TRY(demo_take(w, &payment_request, id, "agree", NULL));
    if (!turn_to(w, d, days_after(due, PAID))) return OK;
    TRY(demo_as(w, finance));
    TRY(demo_change(w, &payment_request, id, PAYMENT_ORDER, v_text(str_f(w->a, "DEMO-UNC-%lld", (long long)(1000 + id)))));
    return demo_take(w, &payment_request, id, "pay", NULL);
}

/* A milestone whose day has come; of the latest the minutes are still to be written (demo_delivery.c). */
static enum err deliver(struct work *w, const struct deal *d, const struct record *m, struct date signed_on)
{
    struct date due = day_in(m, MILESTONE_DUE_ON);
    if (date_days(due) < date_days(signed_on)) due = days_after(signed_on, 1);
    if (!turn_to(w, d, due)) return OK;
    TRY(demo_as(w, d->winner->email));
    TRY(demo_take(w, &milestone, m->id, "deliver", NULL));
    if (!demo_reached(d->y, days_after(due, ASKED))) return OK;
    TRY(demo_accept(w, d->y, m, due));
    return pay(w, d, m, due);
}

static enum err deliver_all(struct work *w, const struct deal *d)
{
    struct records list;
    TRY(milestones_of(w, d->contract, &list));
    for (size_t i = 0; i < list.n; i++) TRY(deliver(w, d, list.p[i], days_after(d->opens, SIGNED)));
    return OK;
}

/* ---- settled -------------------------------------------------------------------------------------------------- */

static void add_item(struct work *w, struct record *r, const char *title, int64_t actual, int64_t eligible, const char *why)
{
    struct record *item = record_add(w->a, r, SETTLEMENT_ITEMS);
    item->v[ITEM_TITLE] = v_text(str_of(title));
    item->v[ITEM_DOCUMENT] = v_text(S("Hóa đơn, bảng chấm công, phiếu thu kèm theo"));
    item->v[ITEM_ACTUAL] = v_int(actual);
    item->v[ITEM_ELIGIBLE] = v_int(eligible);
    if (eligible < actual) item->v[ITEM_WHY] = v_text(str_of(why));
}

/* As far as its number lets it come: submitted, approved, closed. */
static enum err settle(struct work *w, const struct deal *d, const struct record *of, int number)
{
    struct record *r = record_make(w->a, &settlement);
    int64_t value = v_i64(of->v[CONTRACT_VALUE]), people_cost = value / 5 * 3, not_eligible = number % 2 ? 2400000 : 0;
    demo_turn(w, &d->y->now, d->y->now.today);
    TRY(demo_as(w, d->winner->email));
    r->v[SETTLEMENT_CONTRACT] = v_int(of->id);
    add_item(w, r, "Nhân công, chuyên gia", people_cost, people_cost, NULL);
    add_item(w, r, "Thuê ngoài, vật tư, chi phí khác", value - people_cost, value - people_cost - not_eligible, "Không có bảng chấm công của ngày cuối.");
    TRY(demo_save(w, r));
    if (!number) return OK;
    TRY(demo_take(w, &settlement, r->id, "submit", NULL));
    if (number == 1) return OK;
    TRY(demo_as(w, finance));
    TRY(demo_take(w, &settlement, r->id, "approve", NULL));
    if (not_eligible) TRY(demo_change(w, &settlement, r->id, SETTLEMENT_REFUNDED_ON, v_today(w)));
    TRY(demo_change(w, &settlement, r->id, SETTLEMENT_MINUTES, v_text(str_f(w->a, "DEMO-%d/BB-QT", number))));
    TRY(demo_change(w, &settlement, r->id, SETTLEMENT_FILE, v_text(d->paper)));
    return demo_take(w, &settlement, r->id, "close", NULL);
}

static enum err settle_some(struct work *w, const struct deal *d, int *settled)
{
    struct record *of;
    TRY(record_load(w, &contract, d->contract, &of));
    if (!in_state(of, "completed") || *settled == SETTLED_MOST) return OK;
    return settle(w, d, of, (*settled)++);
}

/* ---- all of them ---------------------------------------------------------------------------------------------- */

static struct date begins(const struct demo_year *y, const struct record *of, enum far *far)
{
    struct date first = demo_day(y, 1, 16), opens = days_after(day_in(of, TASK_STARTS), -BEFORE_TASK);
    *far = IN_FORCE;
    for (size_t i = 0; i < COUNT(late); i++) {
        if (!str_is(v_str(of->v[TASK_TITLE_VI]), late[i].task)) continue;
        *far = late[i].far;
        opens = days_after(y->now.today, -late[i].days);
    }
    return date_days(opens) < date_days(first) ? first : opens;
}

/* Units take turns, each where it is at home in every fifth. */
static const struct unit *winner_of(const struct record *of, int number)
{
    bool fair = str_ends(v_str(of->v[TASK_CONTENT]), S("3.1")) || str_ends(v_str(of->v[TASK_CONTENT]), S("3.6"));
    return fair ? &units[1] : &units[(size_t)number % COUNT(units)];
}

static enum err run_task(struct work *w, struct deal *d, int *settled)
{
    bool in_force = false;
    d->opens = begins(d->y, d->task, &d->far);
    d->winner = winner_of(d->task, d->number);
    if (!demo_reached(d->y, d->opens)) return OK;
    TRY(run_call(w, d));
    if (d->contract) TRY(run_contract(w, d, &in_force));
    if (in_force && d->number == AMENDED_TASK) TRY(amend(w, d));
    if (!in_force) return OK;
    TRY(deliver_all(w, d));
    return settle_some(w, d, settled);
}

static enum err store_paper(struct work *w, Str files, Str *text)
{
    struct upload stored;
    Message why;
    TRY(file_store(w, files, S("ban-ky-minh-hoa.pdf"), demo_drawing(w->a, "SIGNED COPY", "DEMO"), &stored, &why));
    *text = upload_text(w->a, stored);
    return OK;
}

enum err demo_contract(struct work *w, void *arg)
{
    const struct demo_year *y = arg;
    struct actor before = w->actor;
    struct plan_view v;
    int settled = 0;
    Str paper;
    if (!demo_reached(y, demo_day(y, 1, 16))) return OK;
    TRY(plan_load(w, y->plan, &v));
    TRY(demo_as(w, officer));
    TRY(store_paper(w, y->files, &paper));
    TRY(add_people(w));
    TRY(add_units(w));
    for (size_t i = 0; i < v.tasks.n; i++) {
        struct deal d = { .y = y, .task = v.tasks.p[i], .number = (int)i + 1, .paper = paper };
        if (str_is(v_str(d.task->v[TASK_MODE]), "provider")) TRY(run_task(w, &d, &settled));
    }
    demo_turn(w, &y->now, y->now.today);
    w->actor = before;
    return OK;
}
