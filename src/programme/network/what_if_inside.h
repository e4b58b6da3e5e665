/* what_if_inside.h - what each firm can do when a scenario begins; for what_if.c and what_if_begin.c alone. */
#ifndef PROGRAMME_NETWORK_WHAT_IF_INSIDE_H
#define PROGRAMME_NETWORK_WHAT_IF_INSIDE_H

#include "programme/network/what_if.h"

/* psi [nodes], in w->a; the rules are in what_if.h. */
enum err what_if_begin(struct work *w, const struct supply_view *v, const struct what_if_ask *ask, double **psi) MUST_USE;

#endif
