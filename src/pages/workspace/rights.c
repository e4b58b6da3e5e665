/*
 * rights.c - what an account may do and why not more: of every list, and of one record field by field.  An administrator may ask
 * for another account (?account=TK-000001-3).
 *
 * Of a record that the one who asks may not see, it says what it says of one that does not exist.
 */
#include "pages/workspace/workspace.h"

#include "model/explain.h"
#include "model/people/account.h"

/* at.w is the account's that is asked about; asker may see less or more. */
struct asking { struct at at; struct work asker; bool of_other; };

static enum err ask(struct request *q, struct reply *r, struct asking *out)
{
    Str said = params_get(&q->query, "account");
    struct record *account;
    int64_t id;
    *out = (struct asking){ .at = at_desk(q, r) };
    out->asker = out->at.w;
    if (!said.n) return OK;
    if (!(q->actor.roles & ADMIN)) return reply_fail(r, ERR_DENIED, MSG(N_("Only an administrator may ask for another account.")));
    enum err err = public_id_read(&account_entity, str_trim(said), &id) ? record_load(&out->asker, &account_entity, id, &account) : ERR_MISSING;
    if (err == ERR_MISSING) return reply_fail(r, err, MSG(N_("There is no account {1}."), said));
    TRY(err);
    out->at.w.actor = actor_of(account);
    out->of_other = true;
    return OK;
}

/* "Enterprise; DN-000001-3": what rights compare with. */
static void put_account(struct asking *as)
{
    struct at *at = &as->at;
    const struct actor *who = &at->w.actor;
    struct buf b = buf_make(at->q->a);
    put(&b, at_say(at, MSG(N_("Account: {1}. Roles: {2}."), who->name, role_names(at->q->a, at->q->lang, who->roles))));
    if (who->organisation && at->w.m->organisation)
        put_f(&b, " %.*s", FMT(at_say(at, MSG(N_("Organisation: {1}."), public_id(at->q->a, at->w.m->organisation, who->organisation)))));
    if (who->ward.n) {
        const struct code *ward = code_find(at->w.codes, S("ward"), who->ward);
        put_f(&b, " %.*s", FMT(at_say(at, MSG(N_("Ward or commune: {1}."), ward ? ward->name[at->q->lang] : who->ward))));
    }
    if (who->association.n) {
        const struct code *club = code_find(at->w.codes, S("association"), who->association);
        put_f(&b, " %.*s", FMT(at_say(at, MSG(N_("Association: {1}."), club ? club->name[at->q->lang] : who->association))));
    }
    html_leaf(&at->h, "p", buf_str(&b));
}

/* ---- every list ----------------------------------------------------------------------------- */

static void put_list_rights(struct asking *as, const struct entity *e)
{
    struct at *at = &as->at;
    struct html *h = &at->h;
    unsigned verbs = reach_at_all(&at->w, e).may;
    html_open(h, "section");
    html_class(h, "record-section");
    html_attr(h, "id", str_of(e->name));
    html_leaf(h, "h2", at_tr(at, e->many));
    html_leaf(h, "p", verbs ? at_say(at, MSG(N_("On some or all of them the account may: {1}."), verb_names(at->q->a, at->q->lang, verbs)))
                            : at_tr(at, N_("The account may do nothing here.")));
    html_raw(h, rights_html(&at->w, e, true, NULL));
    html_close(h, "section");
}

/* A form that asks about one record; it needs no token, since it changes nothing. */
static void put_question(struct asking *as)
{
    struct at *at = &as->at;
    struct html *h = &at->h;
    html_open(h, "form");
    html_attr(h, "method", S("get"));
    html_href(h, "action", request_link(at->q, S("/workspace/rights")));
    html_class(h, "form-inline");
    html_open(h, "div");
    html_class(h, "form-field");
    open_labelled_select(h, "list", "form-label", at_tr(at, N_("List")));
    for (int i = 0; i < at->w.m->n; i++)
        if (!at->w.m->entities[i]->parent) put_select_option(h, str_of(at->w.m->entities[i]->path), at_tr(at, at->w.m->entities[i]->many), false);
    html_close(h, "select");
    html_close(h, "div");
    put_text_input(h, "text", "id", at_tr(at, N_("Number of the record")), (Str){ 0 });
    if (as->of_other) desk_hidden(h, "account", params_get(&at->q->query, "account"));
    desk_submit(h, at->q, "button", at_tr(at, N_("Why may I, or may I not?")));
    html_close(h, "form");
}

/* What the form above asks has an address of its own. */
static enum err lead_to_record(struct asking *as, Str list, Str id)
{
    struct at *at = &as->at;
    struct params query = { 0 };
    const struct entity *e = entity_at(at->w.m, list);
    int64_t number;
    if (!e || e->parent || !public_id_read(e, id, &number))
        return reply_fail(at->r, ERR_MISSING, MSG(N_("“{1}” is mistyped: the number does not agree with its check digit."), id));
    if (as->of_other) query = params_with(at->q->a, &query, "account", params_get(&at->q->query, "account"));
    Str path = str_f(at->q->a, "/workspace/rights/%s/%.*s", e->path, FMT(public_id(at->q->a, e, number)));
    return reply_redirect(at->r, 303, url_of(at->q->a, at->q->lang, path, AS_PAGE, &query));
}

enum err workspace_rights(struct request *q, struct reply *r)
{
    struct asking as;
    TRY(ask(q, r, &as));
    Str list = params_get(&q->query, "list"), id = str_trim(params_get(&q->query, "id"));
    if (list.n && id.n) return lead_to_record(&as, list, id);
    put_account(&as);
    put_question(&as);
    for (int i = 0; i < as.at.w.m->n; i++)
        if (!as.at.w.m->entities[i]->parent) put_list_rights(&as, as.at.w.m->entities[i]);
    return at_reply_as(
        &as.at, DESK_RIGHTS, at_tr(&as.at, as.of_other ? N_("What an account may do") : N_("What I may do")),
        at_tr(&as.at,
              N_("Every right of the program stands here, and whether it is the account’s. Nothing else decides what is shown.")));
}

/* ---- one record ----------------------------------------------------------------------------- */

static void put_answer_cell(struct at *at, const char *column, Message why_not)
{
    struct html *h = &at->h;
    table_cell_open(h, at_tr(at, column));
    html_leaf_class(h, "span", why_not.id ? "badge badge-quiet" : "badge badge-good", at_tr(at, why_not.id ? N_("No") : N_("Yes")));
    if (why_not.id) html_text(h, str_f(at->q->a, " %.*s", FMT(at_say(at, why_not))));
    html_close(h, "td");
}

static void put_fields(struct at *at, struct reach reach)
{
    static const char *const columns[] = { N_("Field"), N_("Seen"), N_("Written") };
    struct html *h = &at->h;
    html_leaf(h, "h2", at_tr(at, N_("Field by field")));
    table_open(h, at_tr(at, N_("Field by field")));
    table_head(h, at->q->lang, columns, COUNT(columns));
    html_open(h, "tbody");
    for EACH_FIELD(f, i, at->e) {
        if (f->is & (COMPUTED | INTERNAL)) continue;
        html_open(h, "tr");
        table_heading(h, "row", at_tr(at, f->label));
        put_answer_cell(at, columns[1], why_not_seen(&at->w, at->e, f, reach));
        put_answer_cell(at, columns[2], why_not_written(&at->w, at->e, f, reach, false));
        html_close(h, "tr");
    }
    html_close(h, "tbody");
    table_close(h);
}

static void put_whom_to_ask(struct at *at, unsigned may)
{
    static const unsigned verbs[] = { MAY_READ, MAY_CHANGE, MAY_DELETE };
    html_open(&at->h, "ul");
    for (const struct word *v = verb_words; v->bit; v++) {
        bool asked = false;
        for (size_t i = 0; i < COUNT(verbs); i++) asked |= v->bit == verbs[i];
        Roles who = who_may(at->e, v->bit, NULL);
        if (!asked || may & v->bit || !who) continue;
        html_leaf(&at->h, "li",
                  at_say(at, MSG(N_("To {1}, ask: {2}."), at_tr(at, v->label),
                                 role_names(at->q->a, at->q->lang, who & ~(Roles)VISITOR))));
    }
    html_close(&at->h, "ul");
}

/* The same whether there is no such record or it is not the asker's to see. */
static void put_unknown(struct at *at, Str said)
{
    html_leaf_class(&at->h, "p", "alert",
                    at_say(at, MSG(N_("There is no record {1}, or it is not yours to see; which of the two is not told. These are "
                                      "the rights there are."),
                                   said)));
    html_raw(&at->h, rights_html(&at->w, at->e, true, NULL));
    put_whom_to_ask(at, 0);
}

static void put_known(struct at *at)
{
    struct reach reach = reach_of(&at->w, at->record);
    html_leaf(&at->h, "p", reach.may ? at_say(at, MSG(N_("With this record the account may: {1}."), verb_names(at->q->a, at->q->lang, reach.may)))
                                     : at_tr(at, N_("The account may do nothing with this record, nor see it.")));
    if (at->e->workflow && state_of(at->record) && state_of(at->record)->done)
        html_leaf(&at->h, "p", at_tr(at, N_("Its workflow has come to an end: it is only read any more.")));
    html_raw(&at->h, rights_html(&at->w, at->e, true, at->record));
    put_whom_to_ask(at, reach.may);
    put_fields(at, reach);
}

enum err workspace_rights_of(struct request *q, struct reply *r)
{
    struct asking as;
    TRY(ask(q, r, &as));
    struct at *at = &as.at;
    Str said = request_capture(q, "id");
    int64_t id;
    at->e = entity_at(at->w.m, request_capture(q, "list"));
    if (!at->e || at->e->parent)
        return reply_fail(r, ERR_MISSING, MSG(N_("There is no list {1} for you to work on."), request_capture(q, "list")));
    enum err err = public_id_read(at->e, said, &id) ? record_load(&at->w, at->e, id, &at->record) : ERR_MISSING;
    if (err && err != ERR_MISSING) return err;
    put_account(&as);
    if (err || !record_visible(&as.asker, at->record)) {
        at->record = NULL;
        put_unknown(at, said);
    } else {
        put_known(at);
    }
    return at_reply_as(at, DESK_RIGHTS,
                       at_say(at, MSG(N_("Rights to {1}"), at->record ? record_title(&as.asker, at->record) : said)), (Str){ 0 });
}
