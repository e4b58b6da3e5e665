/*
 * contract.h - who carries out a task (Decision 6126/QĐ-UBND part IV; the triad of Decision 10/2017/QĐ-TTg): providers, a call with its council, bids,
 * the decision, the contract with its milestones and amendments, payments and the settlement.
 */
#ifndef PROGRAMME_CONTRACT_H
#define PROGRAMME_CONTRACT_H

#include "programme/money/money.h"

extern const struct entity provider, call, call_criterion, council_member, call_invited, bid, bid_score, contract, contract_share, milestone, amendment, amendment_share,
    payment_request, settlement, settlement_item;

/* ---- providers: implementing units; an account of the role PROVIDER is one's ------------------------------ */
enum provider_field { PROVIDER_NAME, PROVIDER_NAME_EN, PROVIDER_TAX_CODE, PROVIDER_KIND, PROVIDER_FIELDS, PROVIDER_ADDRESS, PROVIDER_CONTACT, PROVIDER_EMAIL, PROVIDER_PHONE, PROVIDER_ACCOUNT,
                      PROVIDER_FIELD_COUNT };

/* ---- call: draft → open → appraising → decided | without_result; withdrawn ---------------------------------- */
enum call_field {
    CALL_TITLE_VI, CALL_TITLE_EN, CALL_TASK, CALL_TERMS,        /* terms: what is asked for; public while open */
    CALL_CEILING,                           /* most that may be offered, đồng: the task's cost    */
    CALL_REACH, CALL_INVITED,               /* "anybody" or "invited"; INVITED: children, who may read it and answer then */
    CALL_OPENS_ON, CALL_CLOSES_ON,          /* bids may be sent to the end of this day            */
    CALL_CRITERIA, CALL_COUNCIL,            /* children                                           */
    CALL_MINUTES, CALL_MINUTES_FILE, CALL_DECISION, CALL_DECIDED_ON, CALL_AWARDED, CALL_REASON,      /* awarded: the chosen unit's name, public; set by call_decide(); the file by the council's secretary */
    CALL_STATE, CALL_DUE, CALL_FIELD_COUNT,
};
enum criterion_field { CRITERION_TITLE, CRITERION_WEIGHT, CRITERION_LEAST, CRITERION_FIELD_COUNT };      /* weight 1 .. 100; least: points of 100 below which a bid is out */
enum call_invited_field { INVITED_PROVIDER, INVITED_FIELD_COUNT };
enum member_field { MEMBER_NAME, MEMBER_ROLE, MEMBER_ACCOUNT, MEMBER_FIELD_COUNT };      /* role: chair, secretary, member */
/* draft → sent → opened → awarded | not_awarded; withdrawn.  Sealed: before it is opened nobody but its maker may read it; the step "opened" is the program's, when the call
 * is past its day and the council opens it. */
enum bid_field { BID_NAME, BID_CALL, BID_PROVIDER, BID_ACCOUNT, BID_PRICE, BID_TEXT, BID_FILE, BID_SENT_ON, BID_STATE, BID_FIELD_COUNT };
/* One for each bid, criterion (by its title) and member; 0 .. 100 with a comment. */
enum bid_score_field { SCORE_NAME, SCORE_IDENTITY, SCORE_CALL, SCORE_BID, SCORE_CRITERION, SCORE_MEMBER, SCORE_POINTS, SCORE_COMMENT, SCORE_FIELD_COUNT };

/* Whether a unit may answer it; whom of the council the actor is (NULL: nobody). */
bool     call_invites(const struct record *call_of, const struct record *provider_of);
const struct record *call_member(const struct work *w, const struct record *call_of);
/* The call for whoever may read it: as its rights say, and units that are invited and members of its council besides, who see what the public sees of
 * others (the page shows PUBLIC fields to them).  ERR_DENIED. */
enum err call_for(struct work *w, int64_t id, struct record **out) MUST_USE;

/* Ranking of a call's bids: points = Σ weight × mean over members / Σ weight; out: below the least of a criterion, or over the ceiling. */
struct bid_rank { const struct record *bid; double points, spread; int members; bool out; Message why; };
struct bid_ranks { struct bid_rank *p; size_t n, cap; };
enum err bids_rank(struct work *w, const struct record *call_of, struct bid_ranks *out) MUST_USE;
/* The minutes of its appraisal as they stand by now, in w->lang: council, points and comments, ranking, result.  CALL_MINUTES keeps both languages of the day of the decision. */
enum err call_minutes(struct work *w, const struct record *call_of, Str *out) MUST_USE;
/* Inside a write.  The call's decision, once: awards one bid, refuses the others, tells them all, drafts the contract from the task, its budget lines and the bid.
 * ERR_CONFLICT: it has been decided (by whom, when); ERR_INVALID: the council is not complete, scores are missing, over the ceiling ... */
enum err call_decide(struct work *w, int64_t call_id, int64_t seq, int64_t bid_id, Str decision, struct date on, Str reason, int64_t *contract_id, Message *why) MUST_USE;

/* ---- contract: draft → checking (finance) → approving (leader) → approved → in_force → completed → settled; returned, terminated, dropped ---- */
enum contract_field {
    CONTRACT_NUMBER, CONTRACT_TITLE, CONTRACT_TASK, CONTRACT_CALL, CONTRACT_BID, CONTRACT_PROVIDER, CONTRACT_ACCOUNT,       /* account: the provider's, ROWS_MINE */
    CONTRACT_VALUE,                         /* computed: the sum of its shares                    */
    CONTRACT_SHARES,                        /* children: budget line and amount                   */
    CONTRACT_SIGNED_ON, CONTRACT_STARTS, CONTRACT_ENDS, CONTRACT_TERMS, CONTRACT_FILE,          /* file: the signed copy */
    CONTRACT_GUARANTEE, CONTRACT_GUARANTEE_UNTIL, CONTRACT_GUARANTEE_FILE,
    CONTRACT_VERSION,                       /* 1 + approved amendments                            */
    CONTRACT_STATE, CONTRACT_DUE, CONTRACT_FIELD_COUNT,
};
enum contract_share_field { SHARE_LINE, SHARE_AMOUNT, SHARE_FIELD_COUNT };
/* What is to be delivered, by when, for how much.  The milestones of a contract add up to its value (checked when it is sent for approval).
 * planned → delivered → accepted → paid; rejected leads back to planned.  accepted: by an acceptance (delivery.h) alone. */
enum milestone_field { MILESTONE_TITLE, MILESTONE_CONTRACT, MILESTONE_ACCOUNT, MILESTONE_DUE_ON, MILESTONE_AMOUNT, MILESTONE_CRITERIA, MILESTONE_ACCEPTED_ON, MILESTONE_STATE,
                       MILESTONE_FIELD_COUNT };
/* draft → checking (finance) → approving (leader) → approved | refused.  Approval posts what differs (B1), changes contract and milestones, and counts the version. */
enum amendment_field { AMENDMENT_NAME, AMENDMENT_CONTRACT, AMENDMENT_ACCOUNT, AMENDMENT_NUMBER, AMENDMENT_REASON, AMENDMENT_ENDS, AMENDMENT_SHARES, AMENDMENT_BEFORE, AMENDMENT_FILE, AMENDMENT_STATE,
                       AMENDMENT_DUE, AMENDMENT_FIELD_COUNT };         /* before: what it changed, as text, written at approval */
enum amendment_share_field { AMENDMENT_SHARE_LINE, AMENDMENT_SHARE_AMOUNT, AMENDMENT_SHARE_FIELD_COUNT };      /* ± */

/* ---- payment: draft → sent → programme_approved → paid; returned, refused, withdrawn.  Of a milestone that is accepted, or of a task the agency does itself ---- */
enum payment_field { PAYMENT_NAME, PAYMENT_MILESTONE, PAYMENT_CONTRACT, PAYMENT_TASK, PAYMENT_ACCOUNT, PAYMENT_AMOUNT, PAYMENT_INVOICE, PAYMENT_FILE, PAYMENT_SENT_ON, PAYMENT_PAID_ON,
                     PAYMENT_ORDER, PAYMENT_STATE, PAYMENT_DUE, PAYMENT_FIELD_COUNT };      /* order: number of the payment order, given by finance */
/* What may still be asked for: of the milestone less what is asked for or paid, and of the contract; never below nothing. */
enum err payment_room(struct work *w, const struct record *milestone_of, int64_t *room) MUST_USE;

/* ---- settlement: draft → submitted → approved → closed; returned ------------------------------------------- */
/* Of a contract, or of a task the agency does itself.  actual, eligible: sums of its items; refund = paid − eligible where that is more than nothing.  Approval posts
 * settled = min(paid, eligible) and, when the refund has come in (closed), disbursed −refund. */
enum settlement_field { SETTLEMENT_NAME, SETTLEMENT_CONTRACT, SETTLEMENT_TASK, SETTLEMENT_ACCOUNT, SETTLEMENT_ITEMS, SETTLEMENT_ACTUAL, SETTLEMENT_ELIGIBLE, SETTLEMENT_PAID, SETTLEMENT_REFUND,
                        SETTLEMENT_REFUNDED_ON, SETTLEMENT_MINUTES, SETTLEMENT_FILE, SETTLEMENT_STATE, SETTLEMENT_DUE, SETTLEMENT_FIELD_COUNT };
enum settlement_item_field { ITEM_TITLE, ITEM_DOCUMENT, ITEM_ACTUAL, ITEM_ELIGIBLE, ITEM_WHY, ITEM_FIELD_COUNT };        /* why: of what is not eligible */

/* Daily, inside work_write: milestones due, guarantees and contracts that end, calls that close, each once (at 30, 7 and 1 days). */
enum err contracts_remind(struct work *w) MUST_USE;

#endif
