#include "deliveries.h"

static const char REGISTER[] = "Mã số thuế,Tên doanh nghiệp,Xã/phường,Email\n"
                               "0100233488,Công ty TNHH Cơ khí Một,Phường Ba Đình,mot@mot.example\n"
                               "0100109106,Công ty Cổ phần Hai,Phường Cửa Nam,hai@hai.example\n"
                               "0101248141,Công ty Đúc Ba,Phường Ba Đình,ba@ba.example\n";

static enum err save_inside(struct work *w, void *arg)
{
    bool changed;
    return record_save(w, NULL, arg, &changed);
}

struct record *made(struct work *w, struct record *fresh)
{
    enum err e = work_write(w, save_inside, fresh);
    if (e) test_fail(__FILE__, __LINE__, "%s: error %d (%s)", fresh->e->name, (int)e, db_why(w->db));
    return now_is(w, fresh);
}

static struct record *an_activity(struct work *w, int64_t plan, const char *title, const char *content, const char *kind, const char *starts, const char *ends)
{
    struct record *r = record_make(w->a, &activity);
    r->v[ACTIVITY_TITLE_VI] = v_text(str_of(title));
    r->v[ACTIVITY_PLAN] = v_int(plan);
    r->v[ACTIVITY_CONTENT] = v_text(str_of(content));
    r->v[ACTIVITY_KIND] = v_text(str_of(kind));
    r->v[ACTIVITY_STARTS] = v_text(str_of(starts));
    r->v[ACTIVITY_ENDS] = v_text(str_of(ends));
    r->v[ACTIVITY_APPROVED] = v_int(1);
    return made(w, r);
}

static struct record *a_task(struct work *w, const struct record *of, const char *title, const char *mode, const char *reports)
{
    struct record *r = record_make(w->a, &task);
    r->v[TASK_TITLE_VI] = v_text(str_of(title));
    r->v[TASK_ACTIVITY] = v_int(of->id);
    r->v[TASK_MODE] = v_text(str_of(mode));
    r->v[TASK_STARTS] = v_text(S("2026-09-15"));
    r->v[TASK_ENDS] = v_text(S("2026-12-20"));
    r->v[TASK_WARD] = v_text(S(BA_DINH));
    r->v[TASK_RESULT] = v_text(S("Khu gian hàng 30 gian"));
    r->v[TASK_REPORTS] = v_text(str_of(reports));
    r->v[TASK_STATE] = v_text(S("under_way"));
    return made(w, r);
}

static void put_contract(struct work *w, struct delivery_cast *c)
{
    struct record *r = record_make(w->a, &contract), *m = record_make(w->a, &milestone);
    r->v[CONTRACT_TITLE] = v_text(S("Hợp đồng tổ chức gian hàng"));
    r->v[CONTRACT_TASK] = v_int(c->provided->id);
    r->v[CONTRACT_ACCOUNT] = v_int(c->provider->actor.account);
    r->v[CONTRACT_STARTS] = v_text(S("2026-09-20"));
    r->v[CONTRACT_ENDS] = v_text(S("2026-12-20"));
    r->v[CONTRACT_STATE] = v_text(S("in_force"));
    c->contract = made(w, r);
    m->v[MILESTONE_TITLE] = v_text(S("Dựng gian hàng"));
    m->v[MILESTONE_CONTRACT] = v_int(c->contract->id);
    m->v[MILESTONE_ACCOUNT] = v_int(c->provider->actor.account);
    m->v[MILESTONE_CRITERIA] = v_text(S("Đủ 30 gian, có điện và mạng"));
    m->v[MILESTONE_STATE] = v_text(S("delivered"));
    c->milestone = made(w, m);
}

struct delivery_cast delivery_cast(struct work *w)
{
    import_text(w, REGISTER);
    struct delivery_cast c = { .firm = { enterprise_by(w, "0100233488")->id, enterprise_by(w, "0100109106")->id, enterprise_by(w, "0101248141")->id } };
    c.officer = someone(w, "canbo@sct.example", "officer", 0, NULL);
    c.finance = someone(w, "taichinh@stc.example", "finance", 0, NULL);
    c.leader = someone(w, "lanhdao@sct.example", "leader", 0, NULL);
    c.agency = someone(w, "coquan@sct.example", "agency", 0, NULL);
    c.ward = someone(w, "badinh@hanoi.example", "ward", 0, BA_DINH);
    c.other_ward = someone(w, "cuanam@hanoi.example", "ward", 0, "2025/00082");
    c.provider = someone(w, "donvi@donvi.example", "provider", 0, NULL);
    c.other_provider = someone(w, "khac@khac.example", "provider", 0, NULL);
    c.one = someone(w, "mot@mot.example", "enterprise", c.firm[0], NULL);
    c.two = someone(w, "hai@hai.example", "enterprise", c.firm[1], NULL);
    struct record *plan = record_make(w->a, &yearly_plan);
    plan->v[PLAN_TITLE_VI] = v_text(S("Kế hoạch năm 2026"));
    plan->v[PLAN_YEAR] = v_int(2026);
    plan = made(w, plan);
    c.fair = an_activity(w, plan->id, "Hội chợ công nghiệp hỗ trợ", "2026/3.1", "2026/fair-home", "2026-11-10", "2026-11-12");
    c.training = an_activity(w, plan->id, "Lớp quản lý chất lượng", "2026/3.2", "2026/training", "2026-03-02", "2026-03-20");
    c.own = a_task(w, c.fair, "Mời doanh nghiệp", "own", "quarterly");
    c.provided = a_task(w, c.fair, "Dựng khu gian hàng", "provider", "monthly");
    put_contract(w, &c);
    return c;
}

struct attending { int64_t activity, enterprise; struct date day; int people; bool *first; Message *why; };

static enum err attend_inside(struct work *w, void *arg)
{
    const struct attending *t = arg;
    return participation_attend(w, t->activity, t->enterprise, t->day, t->people, t->first, t->why);
}

enum err attended(struct work *by, const struct record *activity_of, int64_t enterprise_id, const char *day, int people, bool *first, Message *why)
{
    struct attending t = { .activity = activity_of->id, .enterprise = enterprise_id, .people = people, .first = first, .why = why };
    *why = NO_MESSAGE;
    CHECK(date_from_iso(str_of(day), &t.day));
    return work_write(by, attend_inside, &t);
}

struct participation_counts counted_in(struct work *w, const struct participation_asked *asked)
{
    struct participation_counts n;
    CHECK_INT(participations_count(w, asked, &n), OK);
    return n;
}

static enum err remind_inside(struct work *w, void *arg) { return delivery_remind(w); }

void delivery_reminded_on(struct work *w, const char *day)
{
    struct work *program = work_of(w, SYSTEM);
    CHECK(date_from_iso(str_of(day), &program->today));
    CHECK_INT(work_write(program, remind_inside, NULL), OK);
}

Str said(struct work *w, Message m) { return message_str(w->a, EN, m); }
