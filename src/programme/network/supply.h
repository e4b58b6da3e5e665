/*
 * supply.h - who supplies whom, as the register keeps it: links between enterprises, and to companies outside the register; links
 * given in confidence.  (Inputs imported directly are children of the enterprise: register.h.)  The tables are in supply.c and confidence.c.
 *
 * A link is told by its supplier, by its buyer, by both, or inferred by the office.  What each side says stands beside what the other
 * says, and where they differ both are shown it and told; either may dispute a link, and an officer decides.  A link told twice (the same
 * supplier, buyer and product) is one: what the second says is laid over what is known.
 *
 * A link given in confidence (E11) is no supply_link and never becomes one: it is a record of its own that only the enterprise that gave
 * it may read, that no list, page, export or API shows to anybody else, officers and the command line included.  It takes part in
 * sums and scores as a blend (confidence.h).
 */
#ifndef PROGRAMME_NETWORK_SUPPLY_H
#define PROGRAMME_NETWORK_SUPPLY_H

#include "programme/register.h"

extern const struct entity outside_company, supply_link, confidential_link;

enum outside_company_field {
    OUTSIDE_NAME, OUTSIDE_COUNTRY, OUTSIDE_PROVINCE, OUTSIDE_VSIC, OUTSIDE_NOTE, OUTSIDE_NAME_KEY, OUTSIDE_FIELD_COUNT,
};
/* Exactly one of SUPPLIER and SUPPLIER_COMPANY, and of BUYER and BUYER_COMPANY; at least one side is an enterprise. */
enum supply_link_field {
    LINK_NAME,                              /* "A → B: product", as they were called when it was made */
    LINK_SUPPLIER, LINK_SUPPLIER_COMPANY, LINK_SUPPLIER_NAME, LINK_SUPPLIER_COUNTRY,
    LINK_BUYER, LINK_BUYER_COMPANY, LINK_BUYER_NAME, LINK_BUYER_COUNTRY,
                                            /* names and countries: of a new one, what finds or makes the company; then as it was called */
    LINK_PRODUCT, LINK_VSIC,                /* what is supplied; the industry of it, where it is not the supplier's main one */
    LINK_ESSENTIAL,                         /* the buyer's production stops without it            */
    LINK_VALUE_BY_SUPPLIER, LINK_VALUE_BY_BUYER, LINK_SHARE_BY_BUYER, LINK_SHARE_BY_SUPPLIER,
                                            /* đồng a year; % of the buyer's purchases, of the supplier's sales */
    LINK_SINCE, LINK_UNTIL,                 /* dates; empty: not known, still so                  */
    LINK_SOURCE,                            /* supplier, buyer, both, inferred; rises with what the sides state */
    LINK_CONFIDENCE,                        /* %, of inferred links                               */
    LINK_BASIS,                             /* what an inferred link is inferred from             */
    LINK_DIFFERENCE,                        /* derived: % by which the two values differ          */
    LINK_STATE,                             /* stands, disputed, confirmed, refuted               */
    LINK_DISPUTE,                           /* why it is disputed                                 */
    LINK_DUE, LINK_NOTE,
    LINK_KEY,                               /* computed: sides and product; null: refuted         */
    LINK_FIELD_COUNT,
};
enum confidential_link_field {
    CONFIDENTIAL_GIVER, CONFIDENTIAL_DIRECTION,             /* direction: the giver "buys" or "sells" */
    CONFIDENTIAL_PARTNER, CONFIDENTIAL_PARTNER_COMPANY,     /* exactly one of both                */
    CONFIDENTIAL_PRODUCT, CONFIDENTIAL_VALUE,               /* đồng a year                        */
    CONFIDENTIAL_NOTE, CONFIDENTIAL_FIELD_COUNT,
};

/*
 * What a link is worth a year, in đồng: the mean of what its sides state; else *inferred: the share of the supplier's revenue, or of
 * the buyer's purchases, that a side states; else LINK_SMALL of the smaller of both.  A buyer's purchases are taken for PURCHASES of its revenue.
 * Revenue: of the latest year, NAN: not known.  0: there is nothing to go by.
 */
#define LINK_PURCHASES 0.7
#define LINK_SMALL     0.02
double link_value(const struct record *link, double supplier_revenue, double buyer_revenue, bool *inferred);

/* The difference of two statements in % of the larger one; 0: none, or one is missing. */
double statements_differ(Val one, Val other);

#endif
