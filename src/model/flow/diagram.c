/* diagram.c - a workflow as a picture of its states and steps, and the same in a table. */
#include "format/graph.h"
#include "format/table.h"
#include "model/flow/workflow.h"

static Str days_text(struct work *w, const struct choice *state)
{
    return state->days ? message_str(w->a, w->lang, MSG(N_("{1} working days"), str_f(w->a, "%d", state->days))) : (Str){ 0 };
}

static void put_picture(struct html *h, struct work *w, const struct entity *e, Str title)
{
    const struct choice *first = e->fields[e->workflow->state].choices;
    struct { struct graph_box *p; size_t n, cap; } boxes = { 0 };
    struct { struct graph_arrow *p; size_t n, cap; } arrows = { 0 };
    for (const struct choice *c = first; c->code; c++) {
        *GROW(w->a, boxes) = (struct graph_box){ tr(w->lang, c->label), days_text(w, c), c->done };
        for EACH_STEP(s, e->workflow)
            if (step_leaves(s, str_of(c->code)))
                *GROW(w->a, arrows) = (struct graph_arrow){ (int)(c - first), (int)(state_named(e, str_of(s->to)) - first),
                                                            tr(w->lang, s->label), (s->is & STEP_BAD) != 0 };
    }
    html_open(h, "div");
    html_class(h, "graph-frame");
    html_attr(h, "tabindex", S("0"));
    html_attr(h, "role", S("region"));
    html_attr(h, "aria-label", title);
    html_raw(h, graph_html(w->a, str_z(w->a, str_f(w->a, "%s-flow", e->name)), title,
                           tr(w->lang, N_("Boxes are states, arrows are steps; the table below says the same in words.")),
                           boxes.p, boxes.n, arrows.p, arrows.n));
    html_close(h, "div");
}

/* ---- in words ------------------------------------------------------------------------------- */

static void put_cell(struct html *h, struct work *w, const char *label, Str text)
{
    table_cell(h, tr(w->lang, label), text);
}

/* The labels of the states a step leaves, "Sent, Something is missing". */
static Str from_text(struct work *w, const struct entity *e, const struct step *s)
{
    struct buf b = buf_make(w->a);
    for (const struct choice *c = e->fields[e->workflow->state].choices; c->code; c++)
        if (step_leaves(s, str_of(c->code))) put_f(&b, "%s%.*s", b.n ? ", " : "", FMT(tr(w->lang, c->label)));
    return buf_str(&b);
}

static Str who_text(struct work *w, const struct step *s)
{
    if (s->is & STEP_AUTO) return tr(w->lang, N_("the program itself"));
    Str who = (s->who & SIGNED_IN) == SIGNED_IN ? tr(w->lang, N_("whoever is signed in")) : role_names(w->a, w->lang, s->who);
    if (s->rows == ROWS_ALL || s->rows == ROWS_PUBLISHED) return who;
    return str_f(w->a, "%.*s (%.*s)", FMT(who), FMT(tr(w->lang, rows_labels[s->rows])));
}

static void put_step(struct html *h, struct work *w, const struct entity *e, const struct step *s)
{
    const struct choice *to = state_named(e, str_of(s->to));
    html_open(h, "tr");
    html_open(h, "th");
    html_attr(h, "scope", S("row"));
    html_text(h, tr(w->lang, s->label));
    html_text(h, S(" "));
    html_leaf(h, "code", str_of(s->name));
    html_close(h, "th");
    put_cell(h, w, N_("From"), from_text(w, e, s));
    put_cell(h, w, N_("To"), tr(w->lang, to->label));
    put_cell(h, w, N_("Who"), who_text(w, s));
    put_cell(h, w, N_("Note needed"), tr(w->lang, s->is & STEP_NOTE ? N_("Yes") : N_("No")));
    put_cell(h, w, N_("Deadline after it"), days_text(w, to));
    html_close(h, "tr");
}

static void put_table(struct html *h, struct work *w, const struct entity *e)
{
    static const char *const columns[] = {
        N_("Step"), N_("From"), N_("To"), N_("Who"), N_("Note needed"), N_("Deadline after it"),
    };
    table_open(h, message_str(w->a, w->lang, MSG(N_("Steps: {1}"), tr(w->lang, e->many))));
    table_head(h, w->lang, columns, COUNT(columns));
    html_open(h, "tbody");
    for EACH_STEP(s, e->workflow) put_step(h, w, e, s);
    html_close(h, "tbody");
    table_close(h);
}

Html workflow_html(struct work *w, const struct entity *e)
{
    struct html h = html_make(w->a);
    put_picture(&h, w, e, message_str(w->a, w->lang, MSG(N_("States and steps: {1}"), tr(w->lang, e->many))));
    put_table(&h, w, e);
    return html_done(&h);
}
