/*
 * why.h - what explains a high score: which firms lose what when a firm stops, how the loss gets to them, and whom it alone supplies
 * with what they cannot do without.
 *
 * The index of firm k is the sum over firms i of w[i] (1 - min(hu[i], hd[i])) / sum of w (risk.h), so its terms, in đồng of output a
 * year, are the explanation; they add up to the score.  The way from k to i follows the links that may be shown, from customer to
 * customer where i lacks inputs, from supplier to supplier where it loses customers: by the fewest links, among those by the one that
 * carries the most of the loss.  A loss without such a way comes through links given in confidence, or from far: those are summed up
 * and named by nobody.
 */
#ifndef PROGRAMME_NETWORK_WHY_H
#define PROGRAMME_NETWORK_WHY_H

#include "programme/network/view.h"

enum { WHY_STEPS = 6, WHY_TIERS = WHY_STEPS + 1 };

struct loss {
    uint32_t node;
    double   lost;                          /* đồng of its output a year                          */
    double   share;                         /* of the whole loss                                  */
    bool     upstream;                      /* it loses customers; else it lacks inputs           */
    uint32_t way[WHY_STEPS];                /* nodes from the firm to this one, without the firm; the last is this one */
    size_t   steps;                         /* 0: the firm itself                                 */
};

struct why {
    struct risk  risk;
    double       lost;                      /* đồng a year, all together                          */
    double       by_tier[WHY_TIERS];        /* of it, by the steps of the way; [0]: the firm's own output */
    double       hidden;                    /* without a way that may be shown, or over a longer one */
    uint32_t     others;                    /* firms beside it that lose anything                 */
    struct loss *losses;  size_t losses_n;  /* greatest first; all but the hidden                 */
    uint32_t    *alone;   size_t alone_n;   /* links: its customers that have no other source of something essential */
};

/* `most` losses at most; in the arena.  Cost: one scenario, and two breadth-first searches. */
enum err why_of(struct arena *a, const struct supply_view *v, uint32_t node, size_t most, struct why *out) MUST_USE;

#endif
