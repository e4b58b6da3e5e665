#include "pages/target/dashboard.h"

enum { PARTS = 6 };

/* The first of one's roles is what one sees; whoever has several changes with as=. */
static const struct { Roles who; const char *code, *label, *lead; dashboard_part *parts[PARTS]; } boards[] = {
    { LEADER, "leader", N_("Leader"), N_("The targets, the money, how far the tasks are, and what is late."),
      { part_targets, part_contents, part_progress, part_late_agencies, part_waiting } },
    { FINANCE, "finance", N_("Finance"), N_("Whose money it is, what is left, what is to be paid, and what waits for finance."),
      { part_waiting, part_sources, part_agencies, part_forecast, part_free, part_my_tasks } },
    { OFFICER | ADMIN, "officer", N_("Officer"), N_("What waits and what is late, the money from stage to stage, and who took part."),
      { part_waiting, part_my_tasks, part_stages, part_participations, part_progress } },
    { WARD, "ward", N_("Ward or commune"), N_("Your enterprises, what waits for your confirmation, and who took part."), { part_ward, part_my_tasks, part_ward_years } },
};

static size_t board_asked(const struct dashboard *d)
{
    size_t first = COUNT(boards);
    for (size_t i = 0; i < COUNT(boards); i++) {
        if (!(boards[i].who & d->m.at.w.actor.roles)) continue;
        if (str_is(params_get(&d->m.at.q->query, "as"), boards[i].code)) return i;
        if (first == COUNT(boards)) first = i;
    }
    MUST(first < COUNT(boards));                            /* the route lets nobody else in      */
    return first;
}

static void put_boards(struct dashboard *d, size_t here)
{
    struct at *at = &d->m.at;
    struct tab tabs[COUNT(boards)];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(boards); i++) {
        struct params state = params_with(at->q->a, &at->q->query, "as", str_of(boards[i].code));
        if (boards[i].who & at->w.actor.roles) tabs[n++] = (struct tab){ request_url(at->q, &state), at_tr(at, boards[i].label), i == here };
    }
    if (n > 1) put_tabs(at, N_("As whom"), tabs, n, "true");
}

static enum err page(struct dashboard *d, size_t board)
{
    struct at *at = &d->m.at;
    put_boards(d, board);
    put_money_filter(&d->m);
    html_open(&at->h, "div");
    html_class(&at->h, "dashboard");
    for (size_t i = 0; i < PARTS && boards[board].parts[i]; i++) {
        struct grid g;
        TRY(boards[board].parts[i](d, &g));
        grid_section(&at->h, &at->w, &g);
    }
    html_close(&at->h, "div");
    return desk_reply(at->q, at->r, &(struct desk_page){ .title = at_say(at, MSG(N_("Dashboard of {1}"), str_f(at->q->a, "%d", d->m.asked.year))),
        .lead = at_tr(at, boards[board].lead), .place = DESK_DASHBOARD, .content = html_done(&at->h) });
}

/* The one that table= names. */
static enum err file(struct dashboard *d, size_t board)
{
    struct grid tables[PARTS];
    size_t n = 0, which;
    for (; n < PARTS && boards[board].parts[n]; n++) TRY(boards[board].parts[n](d, &tables[n]));
    TRY(grid_asked(d->m.at.q, d->m.at.r, tables, n, &which));
    return grid_reply(d->m.at.r, &tables[which], NULL, 0);
}

enum err dashboard_page(struct request *q, struct reply *r)
{
    struct dashboard d;
    TRY(money_begin(q, r, &d.m));
    size_t board = board_asked(&d);
    d.as = boards[board].who;
    return q->as == AS_PAGE ? page(&d, board) : file(&d, board);
}
