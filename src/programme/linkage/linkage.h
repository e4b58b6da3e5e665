/*
 * linkage.h - how a buyer's demand becomes an order (programme §3.1): demand → invitations → questions → quotes → choice → introduction → sample,
 * audit, first order, yearly value.  Each is an entity with its rights and workflow; here are their fields and what others ask them.
 *
 * Whose is what: a demand is its buyer's (by account).  A supplier sees of a demand what the public may, once it is open; and more through its
 * own invitation, the only way to drawings, answers and, where the buyer stays unnamed, to who the buyer is.  Suppliers never see each other.
 */
#ifndef PROGRAMME_LINKAGE_H
#define PROGRAMME_LINKAGE_H

#include "model/flow/workflow.h"
#include "programme/linkage/wanted.h"

extern const struct entity demand, demand_weight, drawing, invitation, question, quote, drawing_opened, introduction, outcome;

/* ---- demand (demand.c): draft → submitted → open → choosing → awarded | nobody; returned, withdrawn ---- */

enum demand_field {
    DEMAND_TITLE, DEMAND_TEXT, DEMAND_HS, DEMAND_QUANTITY, DEMAND_QUANTITY_UNIT, DEMAND_VALUE, DEMAND_VALUE_CURRENCY,   /* value a year; VND, USD ... */
    /* what is asked of suppliers: a column for each criterion, named as it is (criteria.h); FOREIGN is "foreign_customers", as SQL keeps the short word */
    DEMAND_WORDS, DEMAND_PROCESS, DEMAND_MATERIAL, DEMAND_TOLERANCE, DEMAND_PART_SIZE, DEMAND_PART_WEIGHT,
    DEMAND_MACHINE, DEMAND_FORCE, DEMAND_AXES, DEMAND_TABLE_LENGTH, DEMAND_TABLE_WIDTH, DEMAND_TEMPERATURE,
    DEMAND_PRODUCT, DEMAND_CAPACITY, DEMAND_CAPACITY_UNIT, DEMAND_CERTIFICATE, DEMAND_INDUSTRY, DEMAND_EXPORTS, DEMAND_FOREIGN,
    DEMAND_PLACE, DEMAND_DISTANCE, DEMAND_WARD, DEMAND_ZONE, DEMAND_PROVINCE, DEMAND_GRADE, DEMAND_LANGUAGE, DEMAND_CONFIRMED,
    DEMAND_DAY,                             /* on which certificates are to be valid; empty: the day quotes are due */
    DEMAND_WEIGHTS,                         /* children: demand_weight                            */
    DEMAND_QUOTES_BY, DEMAND_REACH,         /* reach: "invited" only, or "anybody" may answer     */
    DEMAND_UNNAMED,                         /* the buyer stays unnamed until it accepts a supplier's interest (C12) */
    DEMAND_BUYER, DEMAND_COUNTRY, DEMAND_CONTACT, DEMAND_EMAIL, DEMAND_ACCOUNT,         /* not public; ACCOUNT: whose it is */
    DEMAND_SHOWN_BUYER,                     /* derived, public: the buyer, or "A buyer (Japan)" */
    DEMAND_DRAWINGS,                        /* children: drawing                                  */
    DEMAND_REASON,                          /* why the chosen was chosen; not public              */
    DEMAND_STATE, DEMAND_DUE, DEMAND_FIELD_COUNT,
};
enum demand_weight_field { DEMAND_WEIGHT_CRITERION, DEMAND_WEIGHT_MUST, DEMAND_WEIGHT_WEIGHT, DEMAND_WEIGHT_FIELD_COUNT };
/* A drawing is read only through drawing_for(): its file is the buyer's and officers' own field. */
enum drawing_field { DRAWING_TITLE, DRAWING_FILE, DRAWING_PART, DRAWING_NOTE, DRAWING_FIELD_COUNT };

/* ---- invitation (invitation.c): invited | interested → admitted → quoted → chosen | not_chosen; declined, refused ------ */

enum invitation_field {
    INVITATION_NAME,                        /* "Supplier: demand", as called when made            */
    INVITATION_DEMAND, INVITATION_ENTERPRISE, INVITATION_BUYER_ACCOUNT,          /* the demand's account, whose it is too; shown to nobody */
    INVITATION_FROM,                        /* "buyer", "officer", "supplier" (answered in the open) */
    INVITATION_POINTS,                      /* of 100, on the day it was made                     */
    INVITATION_MESSAGE, INVITATION_REASON,  /* reason: why declined, refused, chosen or not        */
    INVITATION_CONFIDENTIAL_AT,             /* when the supplier agreed to keep drawings confidential, and ... */
    INVITATION_CONFIDENTIAL_BY,             /* ... who: an account                                */
    INVITATION_DRAWINGS_UNTIL,              /* the last day on which drawings open                */
    INVITATION_STATE, INVITATION_DUE, INVITATION_FIELD_COUNT,
};
/* asked → answered, by a step whose note is the answer.  BUYER_ACCOUNT: as above. */
enum question_field { QUESTION_TEXT, QUESTION_INVITATION, QUESTION_DEMAND, QUESTION_ENTERPRISE, QUESTION_BUYER_ACCOUNT, QUESTION_ANSWER, QUESTION_STATE,
                      QUESTION_DUE, QUESTION_FIELD_COUNT };
/* draft → sent → chosen | not_chosen; withdrawn.  The buyer's from the moment it is sent (BUYER_ACCOUNT is empty before); a sent one is
 * taken back to be changed, until the day quotes are due. */
enum quote_field {
    QUOTE_NAME, QUOTE_INVITATION, QUOTE_DEMAND, QUOTE_ENTERPRISE, QUOTE_BUYER_ACCOUNT, QUOTE_PRICE, QUOTE_CURRENCY, QUOTE_UNIT, QUOTE_LEAST, /* least: minimum order */
    QUOTE_TOOLING, QUOTE_LEAD_DAYS, QUOTE_SAMPLE_DAYS, QUOTE_TERMS, QUOTE_VALID_UNTIL, QUOTE_NOTE, QUOTE_PAPER, QUOTE_SENT_ON, QUOTE_STATE, QUOTE_FIELD_COUNT,
};
/* When exactly: the record's changed_at.  READER: the account. */
enum drawing_opened_field { OPENED_TITLE, OPENED_DEMAND, OPENED_DRAWING, OPENED_INVITATION, OPENED_ENTERPRISE, OPENED_BUYER_ACCOUNT, OPENED_READER, OPENED_ON,
                            OPENED_FIELD_COUNT };

/* The demand as the holder of this invitation may see it: without what is not theirs to know, the buyer named where it may be.  ERR_DENIED: the
 * invitation is neither theirs nor do they see the demand otherwise. */
struct invited { struct record *invitation, *demand; bool buyer_named, drawings_open; };
enum err invited_load(struct work *w, int64_t invitation_id, struct invited *out) MUST_USE;

/* Questions of all suppliers of the demand that have been answered, oldest first, without who asked.  ERR_DENIED: the invitation is not theirs. */
struct told_question { Str text, answer; };
struct told_questions { struct told_question *p; size_t n, cap; };
enum err questions_told(struct work *w, const struct record *invitation_of, struct told_questions *out) MUST_USE;

/*
 * Inside a write; from: "buyer", "officer", "supplier", which the actor must be.  A supplier that comes by itself waits to be admitted; others are
 * told, by mail where they have no account.  ERR_CONFLICT: brought together already, not open ...; ERR_DENIED; *why.
 */
enum { INVITATIONS_MOST = 500 };            /* of one demand                                      */
enum err invite(struct work *w, const struct record *demand_of, int64_t enterprise_id, Str from, Str message, int64_t *id, Message *why) MUST_USE;
/* Inside a write: the supplier agrees to confidentiality (the sentence agreed to is confidentiality_text()). */
enum err invitation_agree(struct work *w, const struct record *invitation_of, Message *why) MUST_USE;
Str      confidentiality_text(struct work *w);
/*
 * Inside a write: the drawing's stored text for this reader, logged as opened.  ERR_DENIED, *why: not agreed yet, over, not theirs.
 */
enum err drawing_for(struct work *w, int64_t invitation_id, int64_t drawing_id, Str *file, Message *why) MUST_USE;

/* Inside a write: the chosen quote, with reasons; the others are told (C10); makes the introduction. */
enum err quote_choose(struct work *w, const struct record *demand_of, int64_t quote_id, Str reason, int64_t *introduction_id, Message *why) MUST_USE;

/* Daily, inside work_write: quotes due in 3 days and 1 day to who has not sent one; late ones to officers; questions without an answer; what
 * follows from introductions at 1, 3, 6 and 12 months, to both sides (C06, C13). */
enum err linkage_remind(struct work *w) MUST_USE;

/* ---- introduction and what came of it (introduction.c) ------------------------------------------ */

enum introduction_field {
    INTRODUCTION_NAME, INTRODUCTION_ENTERPRISE, INTRODUCTION_DEMAND, INTRODUCTION_BUYER, INTRODUCTION_COUNTRY, INTRODUCTION_ACCOUNT, INTRODUCTION_ON, INTRODUCTION_NOTE,
    INTRODUCTION_OUTCOMES,                  /* children: outcome                                  */
    INTRODUCTION_REACHED,                   /* derived: the furthest stage                        */
    INTRODUCTION_STATE, INTRODUCTION_FIELD_COUNT,           /* state: open, ended                 */
};
enum outcome_field { OUTCOME_STAGE, OUTCOME_ON, OUTCOME_AMOUNT, OUTCOME_CURRENCY, OUTCOME_YEAR, OUTCOME_EVIDENCE, OUTCOME_NOTE, OUTCOME_FIELD_COUNT };
extern const struct choice outcome_stages[];                /* sample, audit, first_order, yearly_value */

/*
 * A direct supplier (programme §3.1): an enterprise with an introduction whose first order is recorded with its date and amount, in these years.
 * Each once, by number.  The indicator direct_suppliers (programme/target) counts the same for the years of the programme.
 */
#define IS_FIRST_ORDER "outcome.stage = 'first_order' AND outcome.amount > 0"      /* as SQL            */
enum err direct_suppliers(struct work *w, int from_year, int to_year, const int64_t **ids, size_t *n) MUST_USE;

#endif
