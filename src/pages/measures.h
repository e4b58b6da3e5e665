/* measures.h - the programme's targets and, beside them, what is measured now; for the home and programme pages. */
#ifndef PAGES_MEASURES_H
#define PAGES_MEASURES_H

#include "pages/shell.h"
#include "programme/facts.h"
#include "programme/target/target.h"

struct aim { Str period, target; };         /* "2030", "about 1,200"                              */
struct measure_shown {
    Str   label, now, baseline, source, url, more;          /* url: the list behind the figure; more: the page of the indicator */
    Html  progress;
    Items aims;
};
extern const struct slot measure_slots[];

struct measures_shown { struct measure_shown *p; size_t n, cap; };
/* The indicators with targets of one of the programme's contents ("3.1"; empty: of the programme as a whole) in this year. */
enum err measures_shown(struct request *q, struct work *w, const struct facts *facts, Str content, struct measures_shown *out) MUST_USE;
/* Where the list behind an indicator's number is: /targets/{code}/list, or a page that shows it better. */
Str measure_url(struct request *q, const struct record *indicator_of, int year);

#endif
