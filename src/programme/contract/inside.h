/* inside.h - what the files of programme/contract share among themselves. */
#ifndef PROGRAMME_CONTRACT_INSIDE_H
#define PROGRAMME_CONTRACT_INSIDE_H

#include "programme/contract/contract.h"
#include "programme/inside.h"

static inline bool in_state(const struct record *r, const char *state) { return str_is(v_str(r->v[r->e->workflow->state]), state); }

#endif
