#include "plans.h"

#include "model/save.h"

struct plan_cast plan_cast(struct work *w)
{
    return (struct plan_cast){
        .officer = someone(w, "kehoach@sct.example", "officer", 0, NULL), .finance = someone(w, "taichinh@stc.example", "finance", 0, NULL),
        .leader = someone(w, "lanhdao@sct.example", "leader", 0, NULL),   .agency = someone(w, "coquan@skhcn.example", "agency", 0, NULL),
        .ward = someone(w, "phuong@badinh.example", "ward", 0, "2025/00004"), .visitor = work_of(w, VISITOR),
    };
}

Val key_in(struct work *w, const char *list, const char *bare)
{
    const struct code *k = code_find(w->codes, str_of(list), str_of(bare));
    if (!k) test_fail(__FILE__, __LINE__, "no %s in %s", bare, list);
    return v_text(k->key);
}

struct record *new_plan(struct work *w, int year)
{
    struct record *r = record_make(w->a, &yearly_plan);
    r->v[PLAN_TITLE_VI] = v_text(str_f(w->a, "Kế hoạch năm %d", year));
    r->v[PLAN_YEAR] = v_int(year);
    return r;
}

struct record *new_activity(struct work *w, const struct record *plan_of, const char *title, const char *content, const char *starts, const char *ends)
{
    struct record *r = record_make(w->a, &activity);
    r->v[ACTIVITY_TITLE_VI] = v_text(str_of(title));
    r->v[ACTIVITY_PLAN] = v_int(plan_of->id);
    r->v[ACTIVITY_CONTENT] = key_in(w, "programme_content", content);
    r->v[ACTIVITY_KIND] = key_in(w, "activity_kind", "fair-home");
    r->v[ACTIVITY_AGENCY] = key_in(w, "agency", "SCT");
    r->v[ACTIVITY_STARTS] = v_text(str_of(starts));
    r->v[ACTIVITY_ENDS] = v_text(str_of(ends));
    return r;
}

struct record *new_task(struct work *w, const struct record *activity_of, const char *title)
{
    struct record *r = record_make(w->a, &task);
    r->v[TASK_TITLE_VI] = v_text(str_of(title));
    r->v[TASK_ACTIVITY] = v_int(activity_of->id);
    r->v[TASK_AGENCY] = activity_of->v[ACTIVITY_AGENCY];
    r->v[TASK_MODE] = v_text(S("own"));
    r->v[TASK_STARTS] = activity_of->v[ACTIVITY_STARTS];
    r->v[TASK_ENDS] = activity_of->v[ACTIVITY_ENDS];
    return r;
}

struct record *add_cost(struct work *w, struct record *task_of, const char *item, double quantity, int64_t price, int64_t support)
{
    struct record *c = record_add(w->a, task_of, TASK_COSTS);
    c->v[COST_ITEM] = v_text(str_of(item));
    c->v[COST_KIND] = key_in(w, "expense_kind", "space");
    c->v[COST_QUANTITY] = v_real(quantity);
    c->v[COST_PRICE] = v_int(price);
    c->v[COST_SOURCE] = key_in(w, "fund_source", "city_recurrent");
    c->v[COST_SUPPORT] = v_int(support);
    c->v[COST_REST_SOURCE] = key_in(w, "fund_source", "participants");
    return c;
}

struct small_plan small_plan(const struct plan_cast *c)
{
    struct work *w = c->officer;
    struct small_plan p = { .plan = kept(w, new_plan(w, 2026)) };
    p.fair = kept(w, new_activity(w, p.plan, "Hội chợ năm 2026", "3.1", "2026-09-09", "2026-09-12"));
    p.class = kept(w, new_activity(w, p.plan, "Lớp đào tạo", "3.3", "2026-03-01", "2026-05-31"));
    p.stands = new_task(w, p.fair, "Gian hàng");
    add_cost(w, p.stands, "Gian hàng được hỗ trợ", 12, 20000000, 144000000);
    add_cost(w, p.stands, "Gian hàng tự túc", 28, 20000000, 0);
    p.stands = kept(w, p.stands);
    p.lessons = new_task(w, p.class, "Giảng dạy");
    add_cost(w, p.lessons, "Giảng viên", 30.5, 1500000, 45750000);
    p.lessons = kept(w, p.lessons);
    return p;
}

void approve_plan(const struct plan_cast *c, const struct record *plan_of, const char *decision)
{
    Str why;
    step(c->officer, plan_of, "submit");
    CHECK_INT(changed_field(c->officer, now_is(c->officer, plan_of), PLAN_DECISION, v_text(str_of(decision)), &why), OK);
    CHECK_INT(changed_field(c->officer, now_is(c->officer, plan_of), PLAN_DECIDED_ON, v_text(S("2026-01-05")), &why), OK);
    step(c->leader, plan_of, "approve");
}

enum err changed_field(struct work *by, const struct record *r, int field, Val v, Str *why)
{
    struct saving s = { .was = r, .now = record_copy(by->a, r) };
    s.now->v[field] = v;
    enum err e = record_keep(by, &s);
    *why = s.wrong.n ? message_str(by->a, EN, s.wrong.p[0].what) : S("");
    return e;
}

static enum err write_norms(struct work *w, UNUSED void *arg) { return norms_init(w); }

void fill_norms(struct work *w) { CHECK_INT(work_write(w, write_norms, NULL), OK); }

struct record *norm_with(struct work *w, const char *code)
{
    int64_t id;
    struct record *r;
    CHECK_INT(record_find(w, &norm, NORM_CODE, v_text(str_of(code)), &id), OK);
    CHECK_INT(record_load(w, &norm, id, &r), OK);
    return r;
}
