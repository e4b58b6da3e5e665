/*
 * demands.c - what buyers look for, as everybody sees it: the open demands that any supplier may answer, each with what is asked, until when, and how
 * to answer.  An unnamed buyer is a country here and nothing else (linkage.h).
 */
#include "pages/linkage/dealing.h"

#include "model/view.h"
#include "pages/pages.h"

enum { LISTED_MOST = 100 };
#define PLACE "/demands"

static Str demand_path(struct arena *a, const struct record *d) { return str_f(a, PLACE "/%.*s", FMT(public_id(a, &demand, d->id))); }

/* ---- the list ----------------------------------------------------------------------------------- */

/* Those that can still be answered, the newest first. */
static struct list_query still_open(const struct work *w)
{
    return (struct list_query){ .filter = { { .field = DEMAND_QUOTES_BY, .op = FILTER_MIN, .v = v_text(date_iso(w->a, w->today)) } }, .filters = 1,
                                .sort = -1, .descending = true, .limit = LISTED_MOST };
}

static void put_demand(struct html *h, struct request *q, struct work *w, const struct record *d)
{
    static const int shown[] = { DEMAND_SHOWN_BUYER, DEMAND_PROCESS, DEMAND_MATERIAL, DEMAND_CERTIFICATE };
    html_open(h, "li");
    html_class(h, "result");
    html_open(h, "h2");
    html_link(h, request_link(q, demand_path(q->a, d)), NULL, record_title(w, d));
    html_close(h, "h2");
    html_open(h, "p");
    html_class(h, "result-meta");
    for (size_t i = 0; i < COUNT(shown); i++) {
        Str text = record_text(w, d, shown[i]);
        if (text.n) html_leaf(h, "span", text);
    }
    html_close(h, "p");
    html_leaf_class(h, "p", "form-hint", message_str(q->a, q->lang, MSG(N_("Quotes until {1}"), record_text(w, d, DEMAND_QUOTES_BY))));
    html_close(h, "li");
}

static void put_list(struct html *h, struct request *q, struct work *w, const struct records *list)
{
    if (!list->n) {
        html_open(h, "div");
        html_class(h, "empty");
        html_leaf(h, "p", tr(q->lang, N_("No demand is open to all suppliers at this moment. A buyer may post one: first say what is needed, then “Post this as a demand”.")));
        html_link(h, request_link(q, S("/match")), "button", tr(q->lang, N_("Find suppliers")));
        html_close(h, "div");
        return;
    }
    html_open(h, "ul");
    html_class(h, "result-list");
    for (size_t i = 0; i < list->n; i++) put_demand(h, q, w, list->p[i]);
    html_close(h, "ul");
}

static enum err list_page(struct request *q, struct reply *r, struct work *w, const struct list_query *query)
{
    struct list open;
    struct html h = html_make(q->a);
    Str title = tr(q->lang, N_("Open demands"));
    TRY(list_load(w, &demand, query, false, &open));
    put_page_head(&h, title, tr(q->lang, N_("What buyers look for now. Enterprises of the register may answer each of them.")));
    put_list(&h, q, w, &open.records);
    return shell_reply(q, r, &(struct page){ .title = title, .section = SECTION_DEMANDS, .content = html_done(&h),
        .description = tr(q->lang, N_("Parts and processes that buyers look for in Hà Nội, and until when they take quotes.")) });
}

enum err demands_public(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct list_query query = still_open(&w);
    if (q->as == AS_PAGE) return list_page(q, r, &w, &query);
    return list_as_data(q, r, &w, &demand, &query);
}

/* ---- one of them ---------------------------------------------------------------------------------- */

static void put_asked(struct html *h, struct request *q, struct work *w, const struct wanted *d)
{
    html_leaf(h, "h2", tr(q->lang, N_("What is asked of the supplier")));
    html_open(h, "ul");
    for (size_t i = 0; i < d->n; i++) {
        html_open(h, "li");
        html_text(h, want_text(w, &d->p[i]));
        html_text(h, S(" "));
        html_leaf_class(h, "span", "badge badge-quiet", tr(q->lang, d->p[i].must ? N_("must") : N_("wish")));
        html_close(h, "li");
    }
    if (d->words.n) html_leaf(h, "li", words_text(q, d));
    html_close(h, "ul");
}

/* How the enterprise of who reads answers it; nothing where the register does not show the enterprise. */
static enum err put_own_fit(struct html *h, struct request *q, struct work *w, const struct wanted *d)
{
    struct match_demand asked = wanted_demand(w, d, 1);
    struct match_hit hit;
    struct record *own;
    enum err e = match_explain(page_snapshot(q)->finder->index, q->a, &asked, q->actor.organisation, &hit);
    if (e == ERR_MISSING) return OK;
    TRY(e);
    TRY(record_load(w, &enterprise, q->actor.organisation, &own));
    html_leaf(h, "h2", message_str(q->a, q->lang, MSG(N_("Your enterprise fits to {1} %"), str_f(q->a, "%d", (int)wanted_percent(d, hit.score)))));
    put_reasons(h, q, w, d, &hit, own);
    return OK;
}

static enum err answered_already(struct work *w, const struct record *d, int64_t *id)
{
    *id = 0;
    return db_one_int(w->db, w->a, SQL("SELECT id FROM invitation WHERE demand = $1 AND enterprise = $2"), ARGS(v_int(d->id), v_int(w->actor.organisation)), id);
}

static bool may_answer(const struct request *q) { return q->actor.roles & ENTERPRISE && q->actor.organisation; }

static void put_answer_form(struct html *h, struct request *q, struct reply *r, const struct record *d)
{
    desk_form_open(h, q, r, request_link(q, str_f(q->a, "%.*s/answer", FMT(demand_path(q->a, d)))), "card desk-form", false);
    put_area(h, "message", tr(q->lang, N_("Message to the buyer")), tr(q->lang, N_("Why you: what you make already that is like it. Prices come later, in the quote.")),
             (Str){ 0 }, false);
    desk_submit(h, q, "button", tr(q->lang, N_("Tell the buyer that we are interested")));
    html_close(h, "form");
}

static enum err put_answer(struct html *h, struct request *q, struct reply *r, const struct record *d, const struct wanted *asked)
{
    struct work w = desk_work(q);
    int64_t known;
    html_leaf(h, "h2", tr(q->lang, N_("How to answer")));
    if (!q->actor.account) {
        html_leaf(h, "p", tr(q->lang, N_("Sign in with the account of your enterprise. The buyer then sees your profile, admits you, and you send a quote.")));
        html_link(h, str_f(q->a, "%.*s?next=%.*s", FMT(request_link(q, S("/sign-in"))), FMT(url_encoded(q->a, request_link(q, q->path)))), "button",
                  tr(q->lang, N_("Sign in")));
        return OK;
    }
    if (!may_answer(q)) {
        html_leaf(h, "p", tr(q->lang, N_("Only an account that works for an enterprise of the register can answer. Claim the profile of your enterprise first.")));
        return OK;
    }
    TRY(answered_already(&w, d, &known));
    if (known) html_link(h, request_link(q, invitation_path(q->a, known, NULL)), "button", tr(q->lang, N_("Your part in this demand")));
    else put_answer_form(h, q, r, d);
    return put_own_fit(h, q, &w, asked);
}

enum err demand_public(struct request *q, struct reply *r)
{
    static const int shown[] = { DEMAND_SHOWN_BUYER, DEMAND_QUOTES_BY, DEMAND_TEXT, DEMAND_HS, DEMAND_QUANTITY };
    struct record *d;
    struct work w = page_work(q);
    TRY(find_record(q, r, &demand, &d));
    if (!d) return OK;
    if (q->as == AS_JSON) return record_as_json(q, r, d);
    struct wanted asked = wanted_of(&w, d);
    struct html h = html_make(q->a);
    html_open(&h, "nav");
    html_class(&h, "crumbs");
    html_attr(&h, "aria-label", tr(q->lang, N_("Breadcrumb")));
    html_link(&h, request_link(q, S(PLACE)), NULL, tr(q->lang, N_("Open demands")));
    html_close(&h, "nav");
    put_page_head(&h, record_title(&w, d), (Str){ 0 });
    html_raw(&h, facts_html(&w, d, shown, COUNT(shown)));
    put_asked(&h, q, &w, &asked);
    TRY(put_answer(&h, q, r, d, &asked));
    return shell_reply(q, r, &(struct page){ .title = record_title(&w, d), .section = SECTION_DEMANDS, .content = html_done(&h) });
}

/* ---- answering ------------------------------------------------------------------------------------ */

struct answering { const struct record *demand; Str message; int64_t id; Message why; };

static enum err answer(struct work *w, void *arg)
{
    struct answering *a = arg;
    return invite(w, a->demand, w->actor.organisation, S("supplier"), a->message, &a->id, &a->why);
}

enum err demand_answer(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct record *d;
    TRY(find_record(q, r, &demand, &d));
    if (!d) return OK;
    if (!may_answer(q)) return reply_fail(r, ERR_DENIED, MSG(N_("Only an account that works for an enterprise of the register can answer.")));
    Val message;
    Message wrong = form_read_value(&w, &invitation.fields[INVITATION_MESSAGE], params_get(&q->form, "message"), &message);
    if (wrong.id) return reply_fail(r, ERR_INVALID, wrong);
    struct answering a = { .demand = d, .message = v_str(message) };
    enum err e = work_write(&w, answer, &a);
    if (e && a.why.id) return reply_fail(r, e, a.why);
    TRY(e);
    return desk_done(q, r, invitation_path(q->a, a.id, NULL), "step", 0, 0, 0);
}
