/*
 * proposal.c - changes somebody proposes, decided field by field (A07): what it was, what it is today where somebody changed it
 * meanwhile, what is proposed, and yes or no to each, with one note.
 */
#include "pages/workspace/workspace.h"

#include "model/flow/proposal.h"

#define PREFIX "decide."

static Str or_dash(Str s) { return s.n ? s : S("–"); }

static Str item_label(struct at *at, const struct proposed *p)
{
    Str field = at_tr(at, p->f->label);
    return p->part.n ? str_f(at->q->a, "%.*s – %.*s", FMT(p->part), FMT(field)) : field;
}

static void put_choice_cell(struct at *at, const struct proposed *p)
{
    static const struct { const char *value, *label; } choices[] = { { "yes", N_("Accept") }, { "no", N_("Refuse") } };
    struct html *h = &at->h;
    Str name = str_f(at->q->a, PREFIX "%.*s", FMT(p->key)), said = params_get(&at->q->form, str_z(at->q->a, name));
    table_cell_open(h, at_tr(at, N_("Decision")));
    html_open(h, "fieldset");
    html_class(h, "decide");
    html_leaf_class(h, "legend", "visually-hidden", item_label(at, p));
    for (size_t i = 0; i < COUNT(choices); i++)
        put_check(h, "radio", str_z(at->q->a, name), str_of(choices[i].value), at_tr(at, choices[i].label), str_is(said, choices[i].value));
    html_close(h, "fieldset");
    html_close(h, "td");
}

static void put_decided_cell(struct at *at, const struct proposed *p)
{
    struct html *h = &at->h;
    table_cell_open(h, at_tr(at, N_("Decision")));
    if (p->decided) {
        html_leaf_class(h, "span", p->decided > 0 ? "badge badge-good" : "badge badge-bad",
                        at_tr(at, p->decided > 0 ? N_("Accepted") : N_("Refused")));
    }
    html_close(h, "td");
}

static void put_item(struct at *at, const struct proposed *p, bool open)
{
    struct html *h = &at->h;
    html_open(h, "tr");
    table_heading(h, "row", item_label(at, p));
    table_cell_open(h, at_tr(at, N_("As they saw it")));
    html_leaf(h, "del", or_dash(p->was));
    if (p->changed_meanwhile) {
        html_leaf_class(h, "p", "badge badge-warn", at_say(at, MSG(N_("today: {1}"), or_dash(p->now))));
    }
    html_close(h, "td");
    table_cell_open(h, at_tr(at, N_("Proposed")));
    html_leaf(h, "ins", or_dash(p->is));
    html_close(h, "td");
    if (open) put_choice_cell(at, p);
    else put_decided_cell(at, p);
    html_close(h, "tr");
}

static void put_items(struct at *at, const struct proposeds *items, bool open)
{
    static const char *const heads[] = { N_("Field"), N_("As they saw it"), N_("Proposed"), N_("Decision") };
    table_open(&at->h, at_tr(at, N_("Proposed changes")));
    table_head(&at->h, at->q->lang, heads, COUNT(heads));
    html_open(&at->h, "tbody");
    for (size_t i = 0; i < items->n; i++) put_item(at, &items->p[i], open);
    html_close(&at->h, "tbody");
    table_close(&at->h);
}

static void put_problem(struct at *at, Message why)
{
    if (!why.id) return;
    html_open(&at->h, "div");
    html_class(&at->h, "alert alert-danger");
    html_attr(&at->h, "role", S("alert"));
    html_text(&at->h, at_say(at, why));
    html_close(&at->h, "div");
}

static bool is_decider(const struct at *at) { return step_theirs(&at->w, at->record, step_named(&proposal_entity, S("decide"))); }

static bool decides(const struct at *at)
{
    const struct choice *state = state_of(at->record);
    return state && !state->done && is_decider(at);
}

static const int about[] = { PROPOSAL_ACCOUNT, PROPOSAL_ORGANISATION, PROPOSAL_NOTE, PROPOSAL_ANSWER };

static enum err proposal_page(struct at *at, Message why)
{
    struct html *h = &at->h;
    struct proposeds items;
    struct record *target;
    bool open = decides(at);
    TRY(proposal_items(&at->w, at->record, &items));
    TRY(proposal_target(&at->w, at->record, &target));
    put_problem(at, why);
    put_workflow(at);
    if (target) {
        html_open(h, "p");
        html_link(h, request_link(at->q, desk_path(at->q->a, target->e, target->id, NULL)), NULL,
                  at_say(at, MSG(N_("Open the record {1}"), record_title(&at->w, target))));
        html_close(h, "p");
    }
    html_raw(h, facts_html(&at->w, at->record, about, COUNT(about)));
    if (open) {
        desk_form_open(h, at->q, at->r, at_url(at, NULL), "desk-form decide-form", false);
        desk_hidden(h, "version", str_f(at->q->a, "%lld", (long long)(target ? target->seq : 0)));
    }
    put_items(at, &items, open);
    if (open) {
        put_area(h, "note", at_tr(at, N_("Note to who proposed it")), at_tr(at, N_("Needed where something is refused.")),
                 params_get(&at->q->form, "note"), false);
        html_open(h, "div");
        html_class(h, "buttons");
        desk_submit(h, at->q, "button", at_tr(at, N_("Decide")));
        html_close(h, "div");
        html_close(h, "form");
    }
    return at_reply(at, at_say(at, MSG(N_("Proposed changes of {1}"), record_title(&at->w, at->record))),
                    public_id(at->q->a, at->e, at->record->id), (Html){ { 0 } });
}

/* The routes of proposals have no {list}. */
static enum err at_proposal(struct request *q, struct reply *r, struct at *at)
{
    MUST(q->captures < CAPTURES_MAX);
    q->capture[q->captures++] = (struct capture){ S("list"), str_of(proposal_entity.path) };
    return at_record(q, r, MAY_READ, at);
}

enum err workspace_proposal(struct request *q, struct reply *r)
{
    struct at at;
    TRY(at_proposal(q, r, &at));
    return proposal_page(&at, NO_MESSAGE);
}

/* Each must have an answer: nothing is refused by being overlooked. */
static Message read_decisions(struct at *at, const struct proposeds *items, Str *accepted, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < items->n; i++) {
        Str said = params_get(&at->q->form, str_z(at->q->a, str_f(at->q->a, PREFIX "%.*s", FMT(items->p[i].key))));
        if (str_is(said, "yes")) accepted[(*n)++] = items->p[i].key;
        else if (!str_is(said, "no")) return MSG(N_("Say of “{1}” whether it is accepted."), item_label(at, &items->p[i]));
    }
    return NO_MESSAGE;
}

enum err workspace_proposal_decide(struct request *q, struct reply *r)
{
    struct at at;
    struct proposeds items;
    int64_t version = 0;
    size_t n;
    TRY(at_proposal(q, r, &at));
    if (!is_decider(&at)) return reply_fail(r, ERR_DENIED, MSG(N_("You may see {1}, but not do this with it."), request_capture(q, "id")));
    TRY(proposal_items(&at.w, at.record, &items));
    Str *accepted = NEW_ARRAY(q->a, Str, items.n + 1);
    Message why = read_decisions(&at, &items, accepted, &n);
    if (!str_to_i64(params_get(&q->form, "version"), &version)) version = 0;
    enum err err = why.id
                       ? ERR_INVALID
                       : proposal_decide(&at.w, at.record->id, version, accepted, n, str_trim(params_get(&q->form, "note")), &why);
    if (err == ERR_INVALID || (err == ERR_CONFLICT && why.id)) {
        r->status = err_status(err);
        return proposal_page(&at, why);
    }
    if (err == ERR_CONFLICT) return reply_fail(r, err, MSG(N_("Somebody has decided this already, or the record was changed; open it again.")));
    TRY(err);
    return desk_done(q, r, at_path(&at, NULL), "decided", 0, 0, 0);
}
