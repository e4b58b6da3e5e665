/*
 * gate.h - what a request must pass before its handler is run: who asks, how often, whether the address is for them, and
 * whether a change comes from our own pages.  route.c sends every request through; no handler can forget it.
 */
#ifndef WEB_GATE_H
#define WEB_GATE_H

#include "web/route.h"

/* False: *r is the answer, and says why.  route NULL: nothing is at this address. */
bool gates_pass(const struct site *site, const struct route *route, struct request *q, struct reply *r) MUST_USE;

#endif
