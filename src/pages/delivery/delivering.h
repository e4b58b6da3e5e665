/* delivering.h - what the pages of carrying out share: where each is, big figures, and links to files that stand in children. */
#ifndef PAGES_DELIVERY_DELIVERING_H
#define PAGES_DELIVERY_DELIVERING_H

#include "pages/contract/contracting.h"
#include "pages/delivery/delivery_pages.h"

/* "/delivery/inspections/KT-000001-3/answers"; rest: NULL or what follows.  Without language. */
Str attendance_path(struct arena *a, int64_t activity_id, const char *rest);
Str inspection_path(struct arena *a, int64_t id, const char *rest);
Str acceptance_path(struct arena *a, int64_t id, const char *rest);

/* Figures that are read from afar, each with what it counts and, below it, what it is not; text of beside may be empty. */
void figures_open(struct at *at);
void put_figure(struct at *at, int64_t n, const char *label, Str beside, Str url);
void figures_close(struct at *at);

/* A link to the file that a field of r or of one of its children holds; nothing where there is none. */
void put_file_link(struct html *h, struct at *at, const struct record *r, Val file);
/* A fact of a dl; nothing where the text is empty. */
void put_fact_text(struct at *at, const char *label, Str text);

#endif
