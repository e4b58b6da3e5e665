/* company.h - companies as people name them in lists of links: in the register, or outside it. */
#ifndef PROGRAMME_NETWORK_COMPANY_H
#define PROGRAMME_NETWORK_COMPANY_H

#include "model/record.h"

struct company { bool outside; int64_t id; };               /* id 0: none                         */

/*
 * Said by number, tax code or name; a name means what has its key (register.h).  One that is in neither list, or in none of that country,
 * is entered as a company outside the register where that is wanted and its country (a code's key) is said; inside a write.  *out 0: none,
 * or several.
 */
enum err company_named(struct work *w, Str said, Str country, bool enters, struct company *out) MUST_USE;
/* The company outside the register whose name has this key, of the country where it is said; *out NULL: none, or, of no said country, several. */
enum err company_outside(struct work *w, Str name, Str country, struct record **out) MUST_USE;

#endif
