/* plan_demo.c - the demonstration's year: a plan under way within its norms, another being written, and everything in order. */
#include "plans.h"

#include "programme/demo.h"

TEST_REGISTER(a_demonstration_has_a_plan_under_way_and_the_next_being_written)
{
    static const char *const budget[] = { "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9" };
    struct plan_view v;
    struct records versions;
    struct estimates list;
    struct plan_differences d;
    int64_t id, asked = 0, planned = 0;
    CHECK_INT(demo_fill(w, 60, DEMO_SEED), OK);
    CHECK_INT(demo_accounts(w), OK);
    CHECK_INT(demo_year(w, str_f(a, "%s/files", test_dir())), OK);
    CHECK_INT(plan_of_year(w, 2026, &id), OK);
    CHECK_INT(plan_load(w, id, &v), OK);
    CHECK_STR(v_str(v.plan->v[PLAN_STATE]), S("approved"));
    CHECK_INT((int)v.activities.n, 28);
    CHECK_INT((int)v.tasks.n, 37);
    for (size_t i = 0; i < COUNT(budget); i++) {
        bool there = false;
        for (size_t k = 0; k < v.activities.n; k++) there |= str_ends(v_str(v.activities.p[k]->v[ACTIVITY_CONTENT]), str_of(budget[i]));
        if (!there) test_fail(__FILE__, __LINE__, "no activity for %s", budget[i]);
    }
    CHECK_INT(estimates_of(w, 2026, &list), OK);
    for (size_t i = 0; i < list.n; i++) asked += list.p[i].amount;
    for (size_t i = 0; i < v.tasks.n; i++) planned += v_i64(v.tasks.p[i]->v[TASK_TOTAL]);
    CHECK_INT(asked, planned);
    CHECK(planned > 30000000000 && planned < 65000000000);
    CHECK_INT(records_load(w, &plan_version, 0, 10, false, &versions), OK);
    CHECK_INT((int)versions.n, 2);
    CHECK_INT(plan_differences(w, versions.p[0], versions.p[1], &d), OK);
    CHECK_INT((int)d.n, 2);
    CHECK_INT(plan_of_year(w, 2027, &id), OK);
    CHECK_INT(plan_load(w, id, &v), OK);
    CHECK_STR(v_str(v.plan->v[PLAN_STATE]), S("draft"));
    CHECK_INT((int)v.tasks.n, 37);
    check_log(w);
}
