/*
 * what_if.h - a scenario on the supply network (E04): what each firm can still do at the start, what the engine makes of it, and what the
 * city loses over the duration, by tier, industry and place.
 *
 * psi, what firm i can do at the start, is the least of these; c is the scenario's remaining capacity:
 *     chosen itself, of a chosen industry (or one below it), a company abroad in a chosen country          c
 *     a part of its sites in a chosen ward or zone                                1 - (1 - c) sites inside / all sites
 *     direct imports from a chosen country, replaceable                           1 - (1 - c) imports from there / all inputs
 *     ... essential, for each product (by number where no value is known)         1 - (1 - c) of it from there / all of it imported
 *     sites of an event that may be hit or are                                    1 - sum of (1 - c of the site) / all sites
 * c of a site is what it said it can still do, else what the event presumes, else 0.
 *
 * A firm's loss is 1 - min(hu, hd).  Lost output and exports are loss * yearly figure * days / 365, where revenue is unknown the sales
 * that the network knows; jobs are loss * employees, so many have no work meanwhile.  Only enterprises of the register are counted.
 */
#ifndef PROGRAMME_NETWORK_WHAT_IF_H
#define PROGRAMME_NETWORK_WHAT_IF_H

#include "programme/network/scenario.h"
#include "programme/network/view.h"

enum { WHAT_IF_FIRMS = 200 };               /* chosen at most                                     */

struct what_if_ask {
    int64_t firm[WHAT_IF_FIRMS]; size_t firms;      /* enterprises                                */
    Val     zones, wards, industries, countries;    /* several codes, ";a;b;", or null             */
    int64_t event;                          /* 0: none                                            */
    double  capacity;                       /* remaining, 0 .. 1                                  */
    int     days;
    double  tolerance;                      /* 0: the view's                                      */
};
bool what_if_is_empty(const struct what_if_ask *ask);
/* What a saved scenario asks, with its children loaded. */
void what_if_of(const struct record *scenario_of, struct what_if_ask *out);

/* Tried on top: `share` of what the supplier sells to the customer comes from another. */
struct moved { uint32_t supplier, customer, to; double share; };

struct lost { uint32_t firms; double output, jobs, exports; };      /* firms: that lose at least the tolerance */
struct firm_lost {
    uint32_t node;
    double   share;                         /* its loss, 0 .. 1                                   */
    bool     upstream;                      /* it loses more for want of customers than of inputs */
    uint32_t tier;                          /* links to what stopped; 0: stopped itself; NO_TIER: none known */
    double   output, jobs, exports;         /* NAN: its figure is not known                       */
};
struct lost_group { Str code; bool upstream; uint32_t tier; struct lost lost; };    /* code: of by_industry, by_ward, by_zone; empty: unknown */
struct lost_groups { struct lost_group *p; size_t n, cap; };
struct lost_input { uint32_t link; double value; };         /* into view->links; đồng over the duration */

struct what_if {
    const struct supply_view *v;
    int          days;
    double       tolerance;
    uint32_t     begun;                     /* firms that begin with less than all, abroad ones too */
    uint32_t     figures_missing;           /* of the firms counted: no employees or no exports known */
    struct risk  risk;
    double      *psi, *left;                /* [nodes]: at the start; min(hu, hd) in the end      */
    struct lost  all;
    struct firm_lost   *firms;   size_t firms_n;            /* with a loss of at least the tolerance, greatest output first */
    struct lost_groups  by_tier, by_industry, by_ward, by_zone;     /* by_industry: divisions of VSIC; greatest output first */
    struct lost_input  *inputs;  size_t inputs_n;           /* what firms of the register lack of a supplier that begins with less */
};

/* Runs it; all of the result is in w->a.  ERR_INVALID: tolerance out of range. */
enum err what_if_run(struct work *w, const struct supply_view *v, const struct what_if_ask *ask, const struct moved *moved, size_t n,
                     struct what_if *out) MUST_USE;

#endif
