/*
 * view.h - the supply network of one day in memory: what the register says, in the arrays of engine/network, with names.
 *
 * Nodes are the enterprises of the register and the companies outside it that links name.  `links` are those that may be shown to staff.
 * The engine's network holds more: the blends of what was given in confidence (confidence.h).  So what is shown as a link is read
 * from `links`, and what is summed or scored from `network`.
 *
 * A view never changes; the next is made beside it.  Amounts are đồng a year.
 */
#ifndef PROGRAMME_NETWORK_VIEW_H
#define PROGRAMME_NETWORK_VIEW_H

#include "engine/network/exposure.h"
#include "engine/network/risk.h"
#include "programme/network/supply.h"

enum link_source { BY_SUPPLIER, BY_BUYER, BY_BOTH, INFERRED };

struct node {
    bool    outside;                        /* not in the register                                */
    int64_t id;                             /* of the enterprise or outside_company               */
    Str     public_id, name[LANGS];
    Str     country, province, ward, zone;  /* codes with their version as stored; country: ISO, "VN" for enterprises of the register */
    Str     vsic;                           /* 4 digits, of its first code; empty: unknown        */
    double  lat, lon;                       /* NAN: unknown                                       */
    double  employees, revenue, exports;    /* of the latest year known; NAN: unknown             */
};

struct view_link {
    int64_t  id;                            /* of the supply_link                                 */
    uint32_t supplier, customer;            /* nodes                                              */
    double   value;
    enum link_source source;
    uint8_t  confidence;                    /* %, 100 but for inferred ones                       */
    bool     value_inferred, essential, disputed;
    Str      product, since, until;
    double   difference;                    /* % between the two sides; 0: none                   */
};

struct view {
    int                holders;
    uint64_t           version;             /* of the last change of the log it was made from     */
    struct date        day;
    struct node       *nodes;       uint32_t nodes_n, enterprises_n;        /* enterprises first, by id */
    struct view_link  *links;       size_t   links_n;                       /* by supplier, then customer */
    Str               *industries;  uint32_t industries_n;                  /* VSIC of 4 digits; 0: unknown */
    Str               *countries;   uint32_t countries_n;                   /* ISO; 0: unknown       */
    struct imports     imports;             /* direct imports, suppliers abroad as imports too    */
    struct network    *network;
    struct ranking    *ranking;             /* all closures at `tolerance`                        */
    double             tolerance;
    double             inferred_share;      /* of all value: stated by nobody, 0 .. 1             */
    double            *hhi, *foreign;       /* [nodes]: concentration by country and share from abroad, through the tiers */
    double            *dependence;          /* [countries * nodes]                                */
    double            *local_direct, *local_through;        /* [nodes]                            */
};

/* The network as it was valid on the day.  before: a view whose unchanged parts may be taken over (its ranking); NULL: none. */
enum err view_make(struct work *w, struct date day, const struct view *before, struct view **out) MUST_USE;
struct view *view_keep(struct view *v);
void         view_release(struct view *v);

uint32_t view_node(const struct view *v, bool outside, int64_t id);        /* UINT32_MAX: none      */
/* links from and to a node: numbers into links, in the arena */
const uint32_t *view_sales(const struct view *v, uint32_t node, size_t *n);
const uint32_t *view_purchases(const struct view *v, uint32_t node, size_t *n);

#endif
