/* reminded.h - what the daily work has told already, so that it tells each thing once. */
#ifndef MODEL_DESK_REMINDED_H
#define MODEL_DESK_REMINDED_H

#include "model/model.h"

/* Inside a write.  what: a text of the reminder's own, "certificate/17/2027-01-15/30"; *first: it had not been said. */
enum err remind_once(struct work *w, Str what, bool *first) MUST_USE;

#endif
