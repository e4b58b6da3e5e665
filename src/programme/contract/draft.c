/* draft.c - the contract that follows from a decision: its price split over the task's budget lines as the plan pays for them, and one milestone for the whole. */
#include "programme/contract/inside.h"

/* Each share in the proportion of the plan, to the đồng. */
static enum err split_price(struct work *w, const struct record *of, int64_t price, struct record *r, Message *why)
{
    struct shares planned;
    TRY(planned_shares(w, of, &planned));
    int64_t *each = NEW_ARRAY(w->a, int64_t, planned.n + 1);
    if (!shares_split(w->a, &planned, MONEY_DISBURSED, price, each)) return *why = MSG(N_("By the plan the task costs less than this price.")), ERR_INVALID;
    for (size_t i = 0; i < planned.n; i++) {
        if (!each[i]) continue;
        struct record *s = record_add(w->a, r, CONTRACT_SHARES);
        s->v[SHARE_LINE] = v_int(planned.p[i].line);
        s->v[SHARE_AMOUNT] = v_int(each[i]);
    }
    return OK;
}

static enum err add_milestone(struct work *w, const struct record *of, const struct record *under, const struct record *call_of)
{
    struct record *r = record_make(w->a, &milestone);
    r->v[MILESTONE_TITLE] = of->v[CONTRACT_TITLE];
    r->v[MILESTONE_CONTRACT] = v_int(of->id);
    r->v[MILESTONE_DUE_ON] = of->v[CONTRACT_ENDS];
    r->v[MILESTONE_AMOUNT] = of->v[CONTRACT_VALUE];
    r->v[MILESTONE_CRITERIA] = v_is(under->v[TASK_RESULT]) ? under->v[TASK_RESULT] : call_of->v[CALL_TERMS];
    return save_over(w, NULL, r);
}

enum err contract_draft(struct work *w, const struct record *call_of, const struct record *bid_of, struct date on, int64_t *id, Message *why)
{
    struct record *under, *r = record_make(w->a, &contract);
    Val day = v_text(date_iso(w->a, on));
    TRY(record_load(w, &task, v_i64(call_of->v[CALL_TASK]), &under));
    r->v[CONTRACT_TITLE] = under->v[TASK_TITLE_VI];
    r->v[CONTRACT_TASK] = v_int(under->id);
    r->v[CONTRACT_CALL] = v_int(call_of->id);
    r->v[CONTRACT_BID] = v_int(bid_of->id);
    r->v[CONTRACT_PROVIDER] = bid_of->v[BID_PROVIDER];
    r->v[CONTRACT_STARTS] = is_before(under->v[TASK_STARTS], day) && !is_before(under->v[TASK_ENDS], day) ? day : under->v[TASK_STARTS];
    r->v[CONTRACT_ENDS] = under->v[TASK_ENDS];
    r->v[CONTRACT_TERMS] = call_of->v[CALL_TERMS];
    TRY(split_price(w, under, v_i64(bid_of->v[BID_PRICE]), r, why));
    TRY(save_over(w, NULL, r));
    *id = r->id;
    return add_milestone(w, r, under, call_of);
}
