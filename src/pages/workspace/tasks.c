/* tasks.c - what waits for the actor, over everything: the most urgent first. */
#include "pages/workspace/workspace.h"

static void put_due(struct at *at, const struct task *t)
{
    struct html *h = &at->h;
    Str days = str_f(at->q->a, "%d", t->days_left < 0 ? -t->days_left : t->days_left);
    if (!t->due.year) return;
    html_leaf_class(h, "span",
                    t->days_left < 0    ? "badge badge-bad"
                    : t->days_left <= 2 ? "badge badge-warn"
                                        : "badge badge-quiet",
                    at_say(at, t->days_left < -1   ? MSG(N_("{1} working days overdue"), days)
                               : t->days_left < 0  ? MSG(N_("1 working day overdue"))
                               : t->days_left == 0 ? MSG(N_("due today"))
                               : t->days_left == 1 ? MSG(N_("1 working day left"))
                                                   : MSG(N_("{1} working days left"), days)));
}

void put_tasks(struct at *at, const struct tasks *tasks)
{
    struct html *h = &at->h;
    html_open(h, "ul");
    html_class(h, "entries task-list");
    for (size_t i = 0; i < tasks->n; i++) {
        const struct task *t = &tasks->p[i];
        html_open(h, "li");
        html_link(h, request_link(at->q, t->path), NULL, t->title);
        if (t->count > 1) html_text(h, str_f(at->q->a, " (%.*s)", FMT(page_number(&at->w, t->count))));
        html_open(h, "span");
        html_class(h, "badges");
        put_due(at, t);
        if (t->state.n) html_leaf_class(h, "span", "badge", t->state);
        if (t->e) html_leaf_class(h, "span", "entry-meta", at_tr(at, t->e->one));
        html_close(h, "span");
        html_close(h, "li");
    }
    html_close(h, "ul");
}

enum err workspace_tasks(struct request *q, struct reply *r)
{
    enum { MOST = 500 };
    struct at at = at_desk(q, r);
    struct tasks tasks;
    int64_t n, overdue;
    TRY(tasks_of(&at.w, MOST, &tasks));
    TRY(tasks_count(&at.w, &n, &overdue));
    if (tasks.n) put_tasks(&at, &tasks);
    else html_leaf_class(&at.h, "p", "empty", at_tr(&at, N_("Nothing waits for you. What needs you will stand here, the most urgent first.")));
    Str lead = n ? at_say(&at, MSG(N_("{1} open, {2} of them overdue. Deadlines count working days."), page_number(&at.w, n),
                                   page_number(&at.w, overdue)))
                 : (Str){ 0 };
    return at_reply_as(&at, DESK_TASKS, at_tr(&at, N_("My tasks")), lead);
}
