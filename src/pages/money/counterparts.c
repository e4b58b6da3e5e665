/* counterparts.c - what those who take part pay beside the budget's support (G04), task by task, against the share that the norm leaves to them. */
#include "pages/money/money_at.h"

enum { ROWS = 100 };

static const struct grid_column columns[] = {
    { "task", N_("Task"), "label" }, { "support", N_("Support of the budget, đồng"), "value" }, { "planned", N_("Theirs by the plan, đồng"), "value" },
    { "came", N_("Came so far, đồng"), "value" }, { "share", N_("Their share of all, %") }, { "asked", N_("At least, by the norm, %") }, { "enough", N_("Enough") },
    { "id", N_("Number"), .files_only = true },
};

/* A sign and the word for it. */
static Str said(struct at *at, const struct counterpart *c)
{
    return str_f(at->q->a, "%s %.*s", c->enough ? "✓" : "✗", FMT(at_tr(at, c->enough ? N_("enough") : N_("too little"))));
}

static enum err put_counterpart(struct money_at *m, struct grid *g, const struct counterpart *c)
{
    struct at *at = &m->at;
    struct record *of;
    Str id = public_id(at->q->a, &task, c->task);
    struct params came = money_state_with(m, "task", id);
    came = params_with(at->q->a, &came, "source", S("2026/participants"));
    came = params_with(at->q->a, &came, "stage", str_of(money_numbers[MONEY_DISBURSED].code));
    TRY(record_load(&at->w, &task, c->task, &of));
    grid_link(g, request_link(at->q, money_task_path(at->q->a, c->task)), record_title(&at->w, of));
    grid_whole(g, c->support, (Str){ 0 });
    grid_whole(g, c->planned, (Str){ 0 });
    grid_whole(g, c->came, money_url(m, "/money/vouchers", &came));
    grid_share(g, c->share);
    grid_share(g, c->share_asked);
    grid_text(g, said(at, c));
    grid_text(g, id);
    return OK;
}

enum err money_counterparts(struct request *q, struct reply *r)
{
    struct money_at m;
    struct counterparts list;
    TRY(money_begin(q, r, &m));
    TRY(counterparts_of(&m.at.w, m.asked.year, &list));
    struct grid g = grid_make(q, (struct figure){ .kind = "bars", .id = "counterparts", .caption = N_("Participants’ share"), .most = 12 }, columns, COUNT(columns),
                              N_("No task of this year has both support of the budget and money of those who take part."));
    g.window = window_asked(q, list.n, ROWS);
    for (size_t i = g.window.from; i < g.window.to; i++) TRY(put_counterpart(&m, &g, &list.p[i]));
    if (q->as != AS_PAGE) return grid_reply(r, &g, NULL, 0);
    put_money_menu(&m, "/money/counterparts");
    put_money_filter(&m);
    grid_section(&m.at.h, &m.at.w, &g);
    return money_reply(&m, at_say(&m.at, MSG(N_("Participants’ share in {1}"), str_f(q->a, "%d", m.asked.year))),
                       at_tr(&m.at, N_("What enterprises and other bodies pay themselves beside the budget’s support.")), (Html){ 0 });
}
