/* conflict.c - two people set the same field: what it was, what it is now, what was typed, and a choice for each. */
#include "pages/workspace/workspace.h"

#define PREFIX ".pick."

void conflict_picks(struct at *at, struct saving *s)
{
    const struct params *form = &at->q->form;
    if (!str_to_i64(params_get(form, ".picked_at"), &s->picked_at)) return;
    for (size_t i = 0; i < form->n; i++) {
        if (!str_starts(form->p[i].name, S(PREFIX))) continue;
        struct picked *p = GROW(at->q->a, s->picks);
        p->key = str_sub(form->p[i].name, strlen(PREFIX), form->p[i].name.n);
        p->pick = str_is(form->p[i].value, "mine") ? PICK_MINE : PICK_THEIRS;
    }
}

static Str or_dash(Str s) { return s.n ? s : S("–"); }

static void put_pick(struct at *at, const struct conflict *c, const char *value, enum pick pick, Str label, Str text)
{
    struct html *h = &at->h;
    table_cell_open(h, label);
    put_check(h, "radio", str_z(at->q->a, str_f(at->q->a, PREFIX "%.*s", FMT(c->key))), str_of(value), or_dash(text), c->pick == pick);
    html_close(h, "td");
}

static void put_conflict(struct at *at, const struct conflict *c)
{
    struct html *h = &at->h;
    Str field = at_tr(at, c->f->label);
    html_open(h, "tr");
    table_heading(h, "row", c->child.n ? str_f(at->q->a, "%.*s: %.*s", FMT(field), FMT(c->child)) : field);
    table_cell(h, at_tr(at, N_("Before")), or_dash(c->base));
    put_pick(at, c, "theirs", PICK_THEIRS, at_tr(at, N_("Theirs")), c->theirs);
    put_pick(at, c, "mine", PICK_MINE, at_tr(at, N_("Yours")), c->mine);
    html_close(h, "tr");
}

/* All that was typed goes along, so that nothing is lost whatever is chosen. */
static void put_typed(struct at *at)
{
    const struct params *form = &at->q->form;
    for (size_t i = 0; i < form->n; i++) {
        Str name = form->p[i].name;
        if (!str_is(name, "form_token") && !str_is(name, ".picked_at") && !str_starts(name, S(PREFIX)))
            desk_hidden(&at->h, str_z(at->q->a, name), form->p[i].value);
    }
}

enum err conflict_page(struct at *at, const struct saving *s)
{
    static const char *const heads[] = { N_("Field"), N_("Before"), N_("Theirs"), N_("Yours") };
    struct html *h = &at->h;
    html_leaf_class(h, "p", "notice",
                    at_tr(at, N_("While you were typing, somebody else changed the same fields. Choose what is to stand; "
                                 "everything else you both changed is kept.")));
    desk_form_open(h, at->q, at->r, request_link(at->q, at->q->path), "desk-form", false);
    put_typed(at);
    desk_hidden(h, ".picked_at", str_f(at->q->a, "%lld", (long long)s->current->seq));
    table_open(h, at_tr(at, N_("Fields changed by both")));
    table_head(h, at->q->lang, heads, COUNT(heads));
    html_open(h, "tbody");
    for (size_t i = 0; i < s->conflicts.n; i++) put_conflict(at, &s->conflicts.p[i]);
    html_close(h, "tbody");
    table_close(h);
    html_open(h, "div");
    html_class(h, "buttons");
    desk_submit(h, at->q, "button", at_tr(at, N_("Save what is chosen")));
    html_link(h, at_url(at, NULL), "button button-quiet", at_tr(at, N_("Look at the record first")));
    html_close(h, "div");
    html_close(h, "form");
    at->r->status = 409;
    return at_reply(at, at_say(at, MSG(N_("{1} was changed by two people"), record_title(&at->w, at->record))), (Str){ 0 }, (Html){ { 0 } });
}
