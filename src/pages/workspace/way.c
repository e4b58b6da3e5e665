/*
 * way.c - the way of a record through its workflow as a line: what was done by whom and when, where it stands and for whom it waits, what is
 * to come.  The states stand in the order in which the table of steps leads through them; a refusal or an end is on the line only while it lasts.
 */
#include "pages/workspace/workspace.h"

#include "model/flow/workflow.h"

enum { LINE_MOST = 16 };                    /* states on the line                                 */

struct way {
    const struct choice *state[LINE_MOST];
    const struct step   *into[LINE_MOST];   /* the step that leads there; NULL: it begins there   */
    const struct taken  *taken[LINE_MOST];  /* what was done to get there; NULL: not yet          */
    int                  n, here;           /* here: where it stands; n: beside the line          */
};

static int place_of_state(const struct way *y, Str code)
{
    for (int i = 0; i < y->n; i++)
        if (str_is(code, y->state[i]->code)) return i;
    return y->n;
}

static const struct step *onward(const struct way *y, const struct workflow *flow, Str from)
{
    for EACH_STEP(s, flow)
        if (!(s->is & (STEP_BAD | STEP_NOTE)) && step_leaves(s, from) && place_of_state(y, str_of(s->to)) == y->n) return s;
    return NULL;
}

static struct way way_of(const struct entity *e)
{
    struct way y = { .state = { e->fields[e->workflow->state].choices }, .n = 1 };
    const struct step *s;
    while (y.n < LINE_MOST && (s = onward(&y, e->workflow, str_of(y.state[y.n - 1]->code)))) {
        y.into[y.n] = s;
        y.state[y.n++] = state_named(e, str_of(s->to));
    }
    return y;
}

/* What was done before it was last sent back counts no more. */
static void walk_back(struct way *y, const struct takens *all)
{
    int lowest = y->here + (y->here < y->n);
    for (size_t i = 0; i < all->n; i++) {
        int at = place_of_state(y, all->p[i].to);
        if (at >= lowest) continue;
        y->taken[at] = &all->p[i];
        lowest = at;
    }
}

static void put_taken_by(struct at *at, const struct taken *t)
{
    html_leaf_class(&at->h, "span", "entry-meta", str_f(at->q->a, "%.*s · %.*s", FMT(at_time(at, t->at)), FMT(t->actor)));
    if (t->note.n) html_leaf_class(&at->h, "p", "taken-note", t->note);
}

Roles waits_for(const struct record *r)
{
    Roles who = 0;
    for EACH_STEP(s, r->e->workflow)
        if (!(s->is & (STEP_BAD | STEP_AUTO)) && step_leaves(s, str_of(state_of(r)->code))) who |= s->who;
    return who;
}

static void put_waiting(struct at *at, const struct record *r)
{
    Roles who = waits_for(r);
    Str due = r->e->workflow->due >= 0 ? record_text(&at->w, r, r->e->workflow->due) : (Str){ 0 };
    if (!who) return;
    Str roles = role_names(at->q->a, at->q->lang, who);
    html_leaf_class(&at->h, "span", "entry-meta", at_say(at, due.n ? MSG(N_("waits for: {1}, until {2}"), roles, due) : MSG(N_("waits for: {1}"), roles)));
}

static void put_state(struct at *at, const struct record *r, const struct choice *state, const struct taken *t, bool here, bool coming)
{
    html_open(&at->h, "li");
    if (coming) html_class(&at->h, "timeline-coming");
    if (here) html_attr(&at->h, "aria-current", S("step"));
    html_leaf(&at->h, "strong", at_tr(at, state->label));
    html_text(&at->h, S(" "));
    if (t) put_taken_by(at, t);
    if (here) put_waiting(at, r);
    html_close(&at->h, "li");
}

static void put_line(struct at *at, const struct record *r, const struct way *y, const struct takens *all)
{
    bool off = y->here == y->n;
    int reached = y->here;
    for (int i = 0; off && i < y->n; i++)
        if (y->taken[i]) reached = i;
    if (off && reached == y->n) reached = 0;
    html_open(&at->h, "ol");
    html_class(&at->h, "timeline");
    for (int i = 0; i < y->n; i++) {
        put_state(at, r, y->state[i], y->taken[i], i == y->here, i > reached);
        if (off && i == reached) put_state(at, r, state_of(r), all->n ? &all->p[0] : NULL, true, false);
    }
    html_close(&at->h, "ol");
}

enum err put_way(struct at *at, const struct record *r)
{
    struct way y = way_of(r->e);
    struct takens all;
    TRY(steps_taken(&at->w, r, &all));
    y.here = place_of_state(&y, str_of(state_of(r)->code));
    walk_back(&y, &all);
    section_open(at, "way", N_("Its way"));
    put_line(at, r, &y, &all);
    html_close(&at->h, "section");
    return OK;
}
