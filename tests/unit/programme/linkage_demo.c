/* linkage_demo.c - the demonstration has demands on every part of their way, and leaves everything in order. */
#include "fixture.h"

#include "programme/demo.h"
#include "programme/linkage/search.h"

static int64_t in_state(struct work *w, const char *state)
{
    int64_t n;
    CHECK_INT(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM demand WHERE state = $1"), ARGS(v_text(str_of(state))), &n), OK);
    return n;
}

TEST_REGISTER(a_demonstration_has_demands_in_every_state_and_tells_nobody_by_mail)
{
    static const char *const states[] = { "draft", "submitted", "returned", "open", "choosing", "awarded", "nobody", "withdrawn" };
    const int64_t *ids;
    size_t n;
    CHECK_INT(demo_fill(w, 150, DEMO_SEED), OK);
    CHECK_INT(demo_accounts(w), OK);
    CHECK_INT(demo_linkage(w, str_f(a, "%s/files", test_dir())), OK);
    for (size_t i = 0; i < COUNT(states); i++)
        if (!in_state(w, states[i])) test_fail(__FILE__, __LINE__, "no demand is %s", states[i]);
    CHECK_INT(direct_suppliers(w, PROGRAMME_FROM, PROGRAMME_TO, &ids, &n), OK);
    CHECK_INT((int)n, 1);
    CHECK(count_of(w, "quote") > 5 && count_of(w, "question") > 1 && count_of(w, "drawing") > 5 && count_of(w, "unmet_search") > 2);
    CHECK_INT((int)count_of(w, "saved_search"), 1);
    CHECK_INT((int)count_of(w, "mail"), 0);
    check_log(w);
}
