/* flow_task.c - what waits for whom, the most urgent first, and who is reminded of it once. */
#include "flow.h"

#include "model/desk/desk.h"
#include "model/flow/task.h"

/* "Cơ khí An|Sent|2026-11-27|5|/workspace/...\n" for each. */
static Str listed(struct work *w, int limit)
{
    struct tasks tasks;
    struct buf b = buf_make(w->a);
    CHECK_INT(tasks_of(w, limit, &tasks), OK);
    for (size_t i = 0; i < tasks.n; i++) {
        const struct task *t = &tasks.p[i];
        put_f(&b, "%.*s|%.*s|%.*s|%d|%lld|%.*s\n", FMT(t->title), FMT(t->state), FMT(t->due.year ? date_iso(w->a, t->due) : S("")), t->days_left,
              (long long)t->count, FMT(t->path));
    }
    if (tasks.more) put_z(&b, "more\n");
    return buf_str(&b);
}

static void counts(struct work *w, int64_t n, int64_t overdue)
{
    int64_t found, late;
    CHECK_INT(tasks_count(w, &found, &late), OK);
    CHECK_INT(found, n);
    CHECK_INT(late, overdue);
}

static void on(struct people *p, const char *iso)
{
    struct work *const all[] = { p->w, p->officer, p->owner, p->other, p->admin };
    for (size_t i = 0; i < COUNT(all); i++) CHECK(date_from_iso(str_of(iso), &all[i]->today));
}

TEST_MODEL(a_record_is_a_task_of_those_whose_step_it_waits_for)
{
    struct people p = people(w);
    struct record *r = request(&p);
    CHECK_STR(listed(p.owner, 9), S("Cơ khí An|Being written||0|1|/workspace/stand-requests/YC-000001-3\n"));
    CHECK_STR(listed(p.officer, 9), S(""));
    CHECK_STR(listed(p.other, 9), S(""));
    CHECK_INT(step(p.owner, r, "send", ""), OK);
    CHECK_STR(listed(p.owner, 9), S(""));                   /* it could withdraw it, but need not  */
    CHECK_STR(listed(p.officer, 9), S("Cơ khí An|Sent|2026-11-27|5|1|/workspace/stand-requests/YC-000001-3\n"));
    CHECK_STR(listed(work_as(w, VISITOR, EN), 9), S(""));
    CHECK_INT(step(p.officer, load(w, &stand_request, r->id), "refuse", "Full."), OK);
    CHECK_STR(listed(p.officer, 9), S(""));
    CHECK_STR(listed(p.admin, 9), S(""));                   /* who could reopen it, but it is done */
}

TEST_MODEL(the_most_urgent_task_comes_first_and_counts_are_of_all)
{
    struct people p = people(w);
    sent(&p);
    on(&p, "2026-11-16");
    struct record *early = sent(&p);
    on(&p, "2026-11-25");
    CHECK_STR(listed(p.officer, 9), S("Cơ khí An|Sent|2026-11-23|-2|1|/workspace/stand-requests/YC-000002-1\n"
                                      "Cơ khí An|Sent|2026-11-27|2|1|/workspace/stand-requests/YC-000001-3\n"));
    CHECK_STR(listed(p.officer, 1), S("Cơ khí An|Sent|2026-11-23|-2|1|/workspace/stand-requests/YC-000002-1\nmore\n"));
    counts(p.officer, 2, 1);
    counts(p.owner, 0, 0);
    CHECK_INT(step(p.officer, early, "ask", "Which machines?"), OK);
    counts(p.officer, 1, 0);
    counts(p.owner, 1, 0);
    counts(p.other, 0, 0);
}

TEST_MODEL(rows_of_imports_to_decide_are_one_task)
{
    struct people p = people(w);
    CHECK_INT(run_sql(w, "INSERT INTO aside (id, batch, entity, identity, content, reasons) VALUES (1, 1, 'fair', 'x', '{}', '[]'),"
                         " (2, 1, 'fair', 'y', '{}', '[]')"), OK);
    CHECK_STR(listed(p.officer, 9), S("Trade fairs|Rows to decide||0|2|/workspace/review\n"));
    CHECK_STR(listed(p.owner, 9), S(""));
}

static enum err remind(struct work *w, void *arg) { return tasks_remind(w); }

static Str told(struct work *w)
{
    struct notices n;
    struct buf b = buf_make(w->a);
    CHECK_INT(notices_of(w, 0, 20, &n), OK);
    for (size_t i = n.n; i > 0; i--) put_f(&b, "%.*s\n", FMT(n.p[i - 1].text));
    return buf_str(&b);
}

TEST_MODEL(whose_turn_it_is_is_reminded_once_before_the_deadline_and_once_after)
{
    struct people p = people(w);
    struct work *system = work_as(w, SYSTEM, VI);
    sent(&p);
    static const struct { const char *day, *officer; } days[] = {
        { "2026-11-24", "" }, { "2026-11-25", "Cơ khí An: “Sent” is due on 27 Nov 2026.\n" }, { "2026-11-27", "" },
        { "2026-11-30", "Cơ khí An: “Sent” was due on 27 Nov 2026.\n" }, { "2026-12-01", "" } };
    Str before = told(p.officer);
    for (size_t i = 0; i < COUNT(days); i++) {
        CHECK(date_from_iso(str_of(days[i].day), &system->today));
        CHECK_INT(work_write(system, remind, NULL), OK);
        CHECK_STR(told(p.officer), str_f(a, "%.*s%s", FMT(before), days[i].officer));
        before = told(p.officer);
    }
    CHECK_STR(told(p.owner), S(""));
    CHECK_STR(told(p.other), S(""));
}
