/*
 * view.h - the supply network of one day in memory: what the register says, in the arrays of engine/network, with names.
 *
 * Nodes are the enterprises of the register and the companies outside it that links name.  `links` are those that may be shown to staff.
 * The engine's network holds more: the blends of what was given in confidence (confidence.h).  So what is shown as a link is read
 * from `links`, and what is summed or scored from `network`.
 *
 * What an industry needs of another is essential (class 2) where the links marked so carry at least half of the value between the
 * two, else replaceable in part (1).  Companies abroad are nodes, so that they can stop; for where things come from (exposure.h) all
 * they sell is imported from their country.  Refuted links, and those that had ended or not begun on the day, are left out; on a day
 * gone by the others are worth what their sides stated then (of the first 2,000 that have been restated since).
 *
 * A view never changes, but that its places come later; the next is made beside it.  Amounts are đồng a year; shares are 0 .. 1.
 */
#ifndef PROGRAMME_NETWORK_VIEW_H
#define PROGRAMME_NETWORK_VIEW_H

#include "engine/network/exposure.h"
#include "engine/network/risk.h"
#include "engine/network/structure.h"
#include "programme/network/supply.h"

#define NO_NODE UINT32_MAX

enum link_source { BY_SUPPLIER, BY_BUYER, BY_BOTH, INFERRED, LINK_SOURCES };

struct node {
    bool     outside;                       /* not in the register                                */
    int64_t  id;                            /* of the enterprise or outside_company               */
    Str      public_id, name[LANGS];        /* each falls back to the other language              */
    Str      key;                           /* of the name (company_name_key)                     */
    Str      country, province, ward, zone; /* codes with their version as stored; enterprises are in Hà Nội; empty: unknown */
    Str      owner;                         /* the owner's country, as stored; empty: unknown     */
    uint32_t industry;                      /* number into industries                             */
    double   lat, lon;                      /* NAN: unknown                                       */
    double   employees, revenue, exports;   /* each of the latest year up to the day it is known of; NAN: unknown */
};

struct view_link {
    int64_t  id;                            /* of the supply_link                                 */
    uint32_t supplier, customer;            /* nodes                                              */
    uint32_t industry;                      /* of what is supplied                                */
    double   value;
    enum link_source source;
    uint8_t  confidence;                    /* %, 100 but for inferred ones                       */
    bool     value_inferred, essential, disputed;
    bool     single;                        /* the customer's only source of something essential  */
    Str      product, since, until;         /* dates as stored; empty: unknown, still so          */
    double   difference;                    /* % between the two sides; 0: none                   */
};

struct view_import {                        /* direct, of the latest year known for the product and country */
    int64_t  id;                            /* of the imported_input                              */
    uint32_t node, country;                 /* country: number into countries                     */
    double   value;                         /* NAN: unknown; then it takes no part in shares      */
    bool     essential;
    Str      product, hs;
};

/* What the city loses when everything in a ward or an industrial zone stops at once. */
struct view_place {
    Str      code;                          /* as stored                                          */
    bool     zone;                          /* or a ward                                          */
    uint32_t firms;                         /* with at least one link                             */
    double   employees, sales, lat, lon;    /* sums over those known; the middle of those with a place, NAN: none */
    struct risk loss;
};
struct view_places { struct arena a; struct view_place *p; size_t n; };     /* of greatest loss first */

/* Where an enterprise stands among all of the register, 1: the greatest; 0: not known, or outside the register. */
struct view_ranks { uint32_t index, employees, revenue; };

enum { REASONS = 10 };
/* Of the enterprises of greatest index: why, in short (why.h). */
struct view_reason {
    uint32_t node, hit;                     /* firms that lose anything when it stops, without itself */
    struct { uint32_t node; double share; } most[2];        /* who loses most, of the whole loss  */
    size_t   most_n;
    size_t   alone;                         /* customers with no other source of something essential */
};

struct supply_view {
    int                 holders;
    struct arena        a;                  /* all of it                                          */
    uint64_t            version;            /* of the last change of the log it was made from     */
    struct date         day;
    struct node        *nodes;      uint32_t nodes_n, enterprises_n;        /* enterprises first, each by id */
    struct view_link   *links;      size_t   links_n;                       /* by supplier, then customer, then id */
    size_t             *sales_at;           /* [nodes + 1] into links                             */
    size_t             *purchases_at;       /* [nodes + 1] into purchases                         */
    uint32_t           *purchases;          /* [links]: numbers into links, by customer           */
    struct view_import *imported;   size_t   imported_n;                    /* by node            */
    size_t             *imported_at;        /* [nodes + 1]                                        */
    Str                *industries; uint32_t industries_n;                  /* VSIC of at most 4 digits, as stored; 0: unknown */
    Str                *countries;  uint32_t countries_n;                   /* as stored; 0: unknown */
    struct imports      imports;            /* for exposure.h                                     */
    bool               *local;              /* [nodes]: in Việt Nam                               */
    struct network     *network;            /* weight: sales; blends included                     */
    struct ranking     *ranking;            /* all closures at `tolerance`                        */
    double              tolerance;          /* the setting network_tolerance                      */
    uint32_t            steps;              /* the largest T                                      */
    uint32_t           *by_index;           /* [nodes]: all nodes, that of greatest index first   */
    struct view_ranks  *ranks;              /* [nodes]                                            */
    struct view_reason  reasons[REASONS]; size_t reasons_n;
    double              inferred_share;     /* of all value: stated by nobody                     */
    double             *hhi, *foreign;      /* [nodes]: concentration by country and share from abroad, through the tiers */
    double             *dependence;         /* [countries * nodes], row: country; on imports from it, through the tiers */
    double             *local_direct, *local_through;       /* [nodes]                            */
    uint32_t           *tier;               /* [nodes]: links to the nearest final buyer, one who sells to nobody here; NO_TIER: none */
    uint32_t           *single;     size_t   single_n;      /* the links that are, that of the supplier of greatest index first */
    uint32_t           *by_industry;        /* [links]: numbers into links, by what is supplied   */
    size_t             *industry_at;        /* [industries + 1] into by_industry                  */
    struct view_places *_Atomic places;     /* made later, a scenario for each; NULL: not yet     */
};

/*
 * The network as it was valid on the day.  w: its arena is for the making only; codes are loaded.  before: a view whose ranking may be taken over
 * where only links differ; NULL: none.  progress: as in risk_options; NULL: nobody asks.  Cost: a few passes over the tables,
 * then the closures of all nodes, or after an edit of links those that it touches.
 */
enum err supply_view_make(struct work *w, struct date day, const struct supply_view *before, struct progress *progress, struct supply_view **out) MUST_USE;
/* Once for a view. */
enum err supply_view_add_places(struct work *w, struct supply_view *v, struct progress *progress) MUST_USE;
struct supply_view *supply_view_keep(struct supply_view *v);
void         supply_view_release(struct supply_view *v);

uint32_t supply_node(const struct supply_view *v, bool outside, int64_t id);        /* NO_NODE: none      */
/* Links from and to a node: sales lie together, purchases are numbers into links. */
static inline const struct view_link *supply_sales(const struct supply_view *v, uint32_t node, size_t *n)
{
    *n = v->sales_at[node + 1] - v->sales_at[node];
    return v->links + v->sales_at[node];
}
static inline const uint32_t *supply_purchases(const struct supply_view *v, uint32_t node, size_t *n)
{
    *n = v->purchases_at[node + 1] - v->purchases_at[node];
    return v->purchases + v->purchases_at[node];
}
static inline const struct risk *supply_risk(const struct supply_view *v, uint32_t node) { return ranking_risks(v->ranking) + node; }

#endif
