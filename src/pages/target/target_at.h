/* target_at.h - what the pages of indicators share: the year and the indicator of the address, their addresses, the frame. */
#ifndef PAGES_TARGET_AT_H
#define PAGES_TARGET_AT_H

#include "pages/target/target_pages.h"
#include "pages/target/wording.h"
#include "pages/workspace/workspace.h"

/* at.record: the indicator {code} names; NULL on pages of all. */
struct target_at { struct at at; int year; };

/* For whoever asks, with what they may see.  ERR_INVALID: no year of the programme; ERR_MISSING: no such indicator. */
enum err target_begin(struct request *q, struct reply *r, struct target_at *out) MUST_USE;
enum err indicator_begin(struct request *q, struct reply *r, struct target_at *out) MUST_USE;

/* "/targets/enterprises/list"; rest: NULL or what follows.  Without language. */
Str  indicator_path(struct arena *a, const struct record *indicator_of, const char *rest);
Str  indicator_url(struct request *q, const struct record *indicator_of, const char *rest, int year);

/* Links to the same page of the years of the programme up to this one. */
void put_years(struct target_at *t);
void put_light(struct html *h, struct work *w, const struct against *a);
Str  forecast_text(struct work *w, const struct record *indicator_of, const struct forecast *f);      /* "470 (450 to 490)", or why there is none */
Str  split_text(struct work *w, const struct record *indicator_of, Str key);
/* A page of the programme for everybody; lead may be empty. */
enum err target_reply(struct target_at *t, Str title, Str lead);

#endif
