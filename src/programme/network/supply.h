/*
 * supply.h - who supplies whom, as the register keeps it: links between enterprises, and to companies outside the register; inputs
 * imported directly; links given in confidence.  The tables are in supply.c and confidence.c.
 *
 * A link is told by its supplier, by its buyer, by both, or inferred by the office.  What each side says stands beside what the other
 * says, and where they differ both are shown it; either may dispute a link.
 *
 * A link given in confidence (E11) is no supply_link and never becomes one: it is a record of its own that only the enterprise that gave
 * it may read, that no list, page, export or API shows to anybody else, officers included.  It takes part in sums and scores as
 * a blend (confidence.h).
 */
#ifndef PROGRAMME_NETWORK_SUPPLY_H
#define PROGRAMME_NETWORK_SUPPLY_H

#include "programme/register.h"

extern const struct entity outside_company, supply_link, imported_input, confidential_link;

enum outside_company_field {
    OUTSIDE_NAME, OUTSIDE_COUNTRY, OUTSIDE_PROVINCE, OUTSIDE_VSIC, OUTSIDE_NOTE, OUTSIDE_NAME_KEY, OUTSIDE_FIELD_COUNT,
};
/* Exactly one of SUPPLIER and SUPPLIER_COMPANY, and of BUYER and BUYER_COMPANY; at least one side is an enterprise. */
enum supply_link_field {
    LINK_NAME,                              /* "A → B: product", computed                         */
    LINK_SUPPLIER, LINK_SUPPLIER_COMPANY, LINK_BUYER, LINK_BUYER_COMPANY,
    LINK_PRODUCT, LINK_VSIC,                /* what is supplied; the industry of it, where it is not the supplier's main one */
    LINK_ESSENTIAL,                         /* the buyer's production stops without it            */
    LINK_VALUE_BY_SUPPLIER, LINK_VALUE_BY_BUYER, LINK_SHARE_BY_BUYER, LINK_SHARE_BY_SUPPLIER,
                                            /* đồng a year; % of the buyer's purchases, of the supplier's sales */
    LINK_SINCE, LINK_UNTIL,                 /* dates; empty: not known, still so                  */
    LINK_SOURCE,                            /* derived: supplier, buyer, both, inferred           */
    LINK_CONFIDENCE,                        /* %, of inferred links                               */
    LINK_BASIS,                             /* what an inferred link is inferred from             */
    LINK_DIFFERENCE,                        /* derived: % by which the two sides differ           */
    LINK_STATE,                             /* stands, disputed, refuted                          */
    LINK_DISPUTE,                           /* why it is disputed                                 */
    LINK_DUE, LINK_NOTE, LINK_FIELD_COUNT,
};
enum imported_input_field {
    IMPORT_PRODUCT, IMPORT_HS, IMPORT_COUNTRY, IMPORT_VALUE, IMPORT_SHARE, IMPORT_ESSENTIAL, IMPORT_YEAR, IMPORT_FIELD_COUNT,
};

/* What a link is worth a year, in đồng; *inferred: nobody stated a value, it follows from shares and yearly figures, or from nothing
 * better than the buyer's and the supplier's size. */
double link_value(const struct work *w, const struct record *link, bool *inferred);

#endif
