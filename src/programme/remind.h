/* remind.h - what the owners of profiles are reminded of, once each; daily, inside work_write, as the program itself. */
#ifndef PROGRAMME_REMIND_H
#define PROGRAMME_REMIND_H

#include "model/model.h"

/* That the key facts of their enterprise have not been confirmed for longer than fresh_months (A10); once for each time that happens. */
enum err freshness_remind(struct work *w) MUST_USE;
/* That a certificate expires within 60, within 30 and within 7 days (A15). */
enum err certificates_remind(struct work *w) MUST_USE;

#endif
