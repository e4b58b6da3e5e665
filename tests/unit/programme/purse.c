#include "purse.h"

struct keeping { struct record *r; };
static enum err keep(struct work *w, void *arg)
{
    bool changed;
    return record_save(w, NULL, ((struct keeping *)arg)->r, &changed);
}

int64_t kept_record(struct work *w, struct record *r)
{
    CHECK_INT(work_write(w, keep, &(struct keeping){ r }), OK);
    return r->id;
}

static enum err delete(struct work *w, void *arg) { return record_delete(w, ((struct keeping *)arg)->r); }

enum err deleted(struct work *w, const struct record *r) { return work_write(w, delete, &(struct keeping){ record_copy(w->a, r) }); }

static Val code(struct work *w, const char *list, const char *of)
{
    const struct code *k = code_find(w->codes, str_of(list), str_of(of));
    if (!k) test_fail(__FILE__, __LINE__, "no code %s of %s", of, list);
    return v_text(k->key);
}

static Val text(const char *z) { return v_text(str_of(z)); }

/* ---- lines, tasks, contracts --------------------------------------------------------------------- */

struct lining { int year; const char *source, *content; int64_t *id; };
static enum err make_line(struct work *w, void *arg)
{
    const struct lining *l = arg;
    return budget_line_of(w, l->year, S("SCT"), str_of(l->source), str_of(l->content), S("space"), l->id);
}

int64_t line_of(struct work *w, int year, const char *source, const char *content)
{
    int64_t id = 0;
    CHECK_INT(work_write(w, make_line, &(struct lining){ year, source, content, &id }), OK);
    return id;
}

static int64_t make_activity(struct work *w, int64_t plan)
{
    struct record *r = record_make(w->a, &activity);
    r->v[ACTIVITY_TITLE_VI] = text("Hội chợ");
    r->v[ACTIVITY_PLAN] = v_int(plan);
    r->v[ACTIVITY_CONTENT] = code(w, "programme_content", "3.1");
    r->v[ACTIVITY_KIND] = code(w, "activity_kind", "fair-home");
    r->v[ACTIVITY_AGENCY] = code(w, "agency", "SCT");
    r->v[ACTIVITY_STARTS] = text("2026-03-01");
    r->v[ACTIVITY_ENDS] = text("2026-11-30");
    return kept_record(w, r);
}

static int64_t make_task(struct work *w, int64_t in, int number)
{
    struct record *r = record_make(w->a, &task);
    r->v[TASK_TITLE_VI] = v_text(str_f(w->a, "Nhiệm vụ %d", number));
    r->v[TASK_ACTIVITY] = v_int(in);
    r->v[TASK_AGENCY] = code(w, "agency", "SCT");
    r->v[TASK_MODE] = text("provider");
    r->v[TASK_STARTS] = text("2026-03-01");
    r->v[TASK_ENDS] = text("2026-11-30");
    return kept_record(w, r);
}

static int64_t make_contract(const struct purse *p, int number)
{
    struct record *r = record_make(p->w->a, &contract);
    r->v[CONTRACT_TITLE] = v_text(str_f(p->w->a, "Hợp đồng %d", number));
    r->v[CONTRACT_TASK] = v_int(p->task[number]);
    r->v[CONTRACT_PROVIDER] = v_int(p->provider);
    r->v[CONTRACT_STARTS] = text("2026-03-01");
    r->v[CONTRACT_ENDS] = text("2026-11-30");
    for (int i = 0; i < PURSE_LINES; i++) {
        if (!p->share[number][i]) continue;
        struct record *share = record_add(p->w->a, r, CONTRACT_SHARES);
        share->v[SHARE_LINE] = v_int(p->line[i]);
        share->v[SHARE_AMOUNT] = v_int(p->share[number][i]);
    }
    return kept_record(p->w, r);
}

struct purse purse_make(struct work *w) { return purse_with(w, (const int64_t[PURSE_CONTRACTS][PURSE_LINES]){ { 600, 400 }, { 500 } }); }

struct purse purse_with(struct work *w, const int64_t share[PURSE_CONTRACTS][PURSE_LINES])
{
    struct purse p = { .w = w };
    struct record *plan = record_make(w->a, &yearly_plan), *unit = record_make(w->a, &provider);
    memcpy(p.share, share, sizeof p.share);
    w->actor.roles |= SYSTEM;
    plan->v[PLAN_TITLE_VI] = text("Kế hoạch năm 2026");
    plan->v[PLAN_YEAR] = v_int(2026);
    p.plan = kept_record(w, plan);
    p.activity = make_activity(w, p.plan);
    unit->v[PROVIDER_NAME] = text("Trung tâm A");
    p.provider = kept_record(w, unit);
    p.line[0] = line_of(w, 2026, "city_recurrent", "3.1");
    p.line[1] = line_of(w, 2026, "city_investment", "3.1");
    p.line[2] = line_of(w, 2026, "city_recurrent", "3.2");
    p.line[3] = line_of(w, 2026, "participants", "3.1");
    p.line[4] = line_of(w, 2027, "city_recurrent", "3.1");
    for (int i = 0; i < PURSE_TASKS; i++) p.task[i] = make_task(w, p.activity, i);
    for (int i = 0; i < PURSE_CONTRACTS; i++) p.contract[i] = make_contract(&p, i);
    return p;
}

/* ---- posting ----------------------------------------------------------------------------------------- */

struct set { const struct posting *p; size_t n; Message *why; };
static enum err post(struct work *w, void *arg)
{
    const struct set *s = arg;
    return money_post(w, s->p, s->n, s->why);
}

/* Of any day: that none is still to come has a test of its own. */
enum err post_all(struct work *w, const struct posting *p, size_t n, Message *why)
{
    struct work *later = NEW(w->a, struct work);
    *later = *w;
    later->today = (struct date){ 2031, 1, 1 };
    return work_write(later, post, &(struct set){ p, n, why });
}

Str post_one(struct work *w, struct posting p)
{
    struct work *english = NEW(w->a, struct work);
    Message why;
    *english = *w;
    english->lang = EN;
    enum err e = post_all(english, &p, 1, &why);
    CHECK_INT(e, why.id ? ERR_INVALID : OK);
    return why.id ? message_str(w->a, EN, why) : (Str){ 0 };
}

void posted(struct work *w, struct posting p) { CHECK_STR(post_one(w, p), S("")); }

struct posting posting_of(int64_t line, enum money_stage stage, int64_t amount)
{
    return (struct posting){ .line = line, .amount = amount, .stage = stage, .on = { 2026, 6, 1 }, .document = S("QĐ 1"), .reason = amount < 0 ? S("điều chỉnh") : (Str){ 0 } };
}

int64_t last_voucher(struct work *w)
{
    int64_t id = 0;
    CHECK_INT(db_one_int(w->db, w->a, SQL("SELECT max(id) FROM voucher"), NO_ARGS, &id), OK);
    return id;
}

void check_balance(struct balance got, int64_t allocated, int64_t committed, int64_t disbursed, int64_t settled)
{
    CHECK_INT(got.of[MONEY_ALLOCATED], allocated);
    CHECK_INT(got.of[MONEY_COMMITTED], committed);
    CHECK_INT(got.of[MONEY_DISBURSED], disbursed);
    CHECK_INT(got.of[MONEY_SETTLED], settled);
}
