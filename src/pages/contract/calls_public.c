/*
 * calls_public.c - the programme's calls as everybody sees them: the open ones that any unit may send a proposal for, with terms and criteria; and what
 * was decided on those that are over.
 */
#include "pages/contract/contracting.h"

#include "model/view.h"
#include "pages/pages.h"

enum { LISTED_MOST = 100 };
#define PLACE "/calls"

/* ---- the list ----------------------------------------------------------------------------------- */

/* Those open to anybody that can still be answered, the first to close first. */
static struct list_query still_open(const struct work *w)
{
    return (struct list_query){ .filter = { { .field = CALL_STATE, .op = FILTER_EQUAL, .v = v_text(S("open")) },
                                            { .field = CALL_REACH, .op = FILTER_EQUAL, .v = v_text(S("anybody")) },
                                            { .field = CALL_CLOSES_ON, .op = FILTER_MIN, .v = v_text(date_iso(w->a, w->today)) } },
                                .filters = 3, .sort = CALL_CLOSES_ON, .limit = LISTED_MOST };
}

static void put_call(struct html *h, struct request *q, struct work *w, const struct record *c)
{
    html_open(h, "li");
    html_class(h, "result");
    html_open(h, "h2");
    html_link(h, request_link(q, str_f(q->a, PLACE "/%.*s", FMT(public_id(q->a, &call, c->id)))), NULL, record_title(w, c));
    html_close(h, "h2");
    html_leaf_class(h, "p", "result-meta", record_text(w, c, CALL_CEILING));
    html_leaf_class(h, "p", "form-hint", message_str(q->a, q->lang, MSG(N_("Proposals until {1}"), record_text(w, c, CALL_CLOSES_ON))));
    html_close(h, "li");
}

static void put_list(struct html *h, struct request *q, struct work *w, const struct records *list)
{
    if (!list->n) {
        html_leaf_class(h, "p", "empty",
                        tr(q->lang, N_("No call is open at this moment. The programme’s plan says what is to come; "
                                       "a unit with an account is told of the calls it is invited to.")));
        return;
    }
    html_open(h, "ul");
    html_class(h, "result-list");
    for (size_t i = 0; i < list->n; i++) put_call(h, q, w, list->p[i]);
    html_close(h, "ul");
}

/* GET /calls */
enum err calls_public(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct list_query query = still_open(&w);
    struct list open;
    struct html h = html_make(q->a);
    Str title = tr(q->lang, N_("Open calls")), lead = tr(q->lang, N_("Tasks of the programme that look for somebody to carry them out, and until when proposals are taken."));
    if (q->as != AS_PAGE) return list_as_data(q, r, &w, &call, &query);
    TRY(list_load(&w, &call, &query, false, &open));
    put_page_head(&h, title, lead);
    put_list(&h, q, &w, &open.records);
    return shell_reply(q, r, &(struct page){ .title = title, .section = SECTION_PROGRAMME, .content = html_done(&h), .description = lead });
}

/* ---- one of them ---------------------------------------------------------------------------------- */

static void put_crumbs(struct html *h, struct request *q)
{
    html_open(h, "nav");
    html_class(h, "crumbs");
    html_attr(h, "aria-label", tr(q->lang, N_("Breadcrumb")));
    html_link(h, request_link(q, S(PLACE)), NULL, tr(q->lang, N_("Open calls")));
    html_close(h, "nav");
}

/* Leads a visitor through signing in to the bid; to whoever is signed in already without being a unit, it is no way. */
static void put_answer(struct html *h, struct request *q, const struct work *w, const struct record *c)
{
    struct work own = desk_work(q);
    bool leads = !own.actor.account || may(&own, &bid, MAY_CREATE);
    bool open = in_state(c, "open") && str_cmp(v_str(c->v[CALL_CLOSES_ON]), date_iso(q->a, w->today)) >= 0;
    html_leaf(h, "h2", tr(q->lang, N_("How to answer")));
    if (open) {
        html_leaf(h, "p",
                  tr(q->lang, N_("Sign in with the account of your unit, write the proposal, and send it before the end of the last day. Nobody reads it before the council opens them all.")));
        if (leads) html_link(h, request_link(q, call_desk_path(q->a, c->id, "bid")), "button", tr(q->lang, N_("Write a proposal")));
    } else html_leaf(h, "p", tr(q->lang, N_("Proposals are no longer taken.")));
}

/* GET /calls/{id} */
enum err call_public(struct request *q, struct reply *r)
{
    static const int shown[] = { CALL_STATE, CALL_CEILING, CALL_OPENS_ON, CALL_CLOSES_ON, CALL_TERMS, CALL_AWARDED, CALL_DECISION, CALL_DECIDED_ON };
    static const int parts[] = { CALL_CRITERIA };
    struct work w = page_work(q);
    struct record *c;
    TRY(find_record(q, r, &call, &c));
    if (!c) return OK;
    if (q->as == AS_JSON) return record_as_json(q, r, c);
    struct html h = html_make(q->a);
    put_crumbs(&h, q);
    put_page_head(&h, record_title(&w, c), (Str){ 0 });
    html_raw(&h, facts_html(&w, c, shown, COUNT(shown)));
    html_raw(&h, sections_html(&w, c, parts, COUNT(parts)));
    put_answer(&h, q, &w, c);
    return shell_reply(q, r, &(struct page){ .title = record_title(&w, c), .section = SECTION_PROGRAMME, .content = html_done(&h) });
}
