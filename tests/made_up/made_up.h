/* made_up.h - entities that the programme does not have, for tests of what an entity gets from its table alone. */
#ifndef MADE_UP_H
#define MADE_UP_H

#include "model/flow/workflow.h"

extern const struct entity fair, stand;     /* fair.c: short enough to walk through; stands are its children */

enum { REQUEST_FAIR, REQUEST_COMPANY, REQUEST_AREA, REQUEST_NUMBER, REQUEST_ACCOUNT, REQUEST_STATE, REQUEST_DUE };
extern const struct entity stand_request;   /* stand_request.c: 5 states, 7 steps, 2 guards, an effect */

#endif
