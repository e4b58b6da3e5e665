/* demo_target.c - figures of the demonstration's year as they were published in April and, with what had changed, in July. */
#include "programme/demo_year.h"

#include "programme/target/target.h"

static const char *const codes[] = { "participations_yearly", "participating_enterprises", "international_share", "money_disbursed" };
static const struct { int month, day, edition; const char *reason; } editions[] = {
    { 4, 10, 1, "" },
    { 7, 10, 2, "Cập nhật số liệu sáu tháng đầu năm" },
};

/* What has not changed since is not published again. */
static enum err publish(struct work *w, const struct demo_year *y, const char *code, int edition, const char *reason)
{
    struct record *r;
    int64_t id;
    Message why;
    TRY(indicator_named(w, str_of(code), &r));
    enum err e = figure_publish(w, r->id, y->year, edition, str_of(reason), &id, &why);
    return e == ERR_INVALID ? OK : e;
}

enum err demo_target(struct work *w, void *arg)
{
    const struct demo_year *y = arg;
    TRY(indicators_init(w));
    TRY(demo_as(w, "officer@demo.example"));
    for (size_t i = 0; i < COUNT(editions); i++) {
        struct date day = demo_day(y, editions[i].month, editions[i].day);
        if (!demo_reached(y, day)) break;
        demo_turn(w, &y->now, day);
        for (size_t k = 0; k < COUNT(codes); k++) TRY(publish(w, y, codes[k], editions[i].edition, editions[i].reason));
    }
    demo_turn(w, &y->now, y->now.today);
    return OK;
}
