/*
 * quantity.h - numbers with units as people write them: "250 t", "1/2 inch", "0.8 thou", "2.500 kgf", "0,02 mm", "900 °F", into one unit for each
 * quantity.  A unit that means different things (a "ton" may be metric, short or long; "oz"; "M") is not guessed: it is asked for.
 *
 * Factors: the international yard and pound (1959), standard gravity 9.80665 m/s² for forces given as weights.
 */
#ifndef PROGRAMME_LINKAGE_QUANTITY_H
#define PROGRAMME_LINKAGE_QUANTITY_H

#include "base/base.h"

enum quantity { QUANTITY_NONE, LENGTH, MASS, FORCE, TEMPERATURE, DISTANCE, SHARE, DURATION, QUANTITIES };
extern const char *const quantity_units[QUANTITIES];        /* the unit all is brought to: "", mm, kg, t (of force), °C, km, %, months; N_() */
extern const char *const quantity_names[QUANTITIES];        /* N_(): "a length"                    */

/* A number, or number and unit (none: the one above); numbers: whether "2.500" is Vietnamese for 2,500; told: the reader's language.  *why: not a number,
 * a unit that is no such quantity's or not known, one that may mean several things and which, out of bounds (below nothing, beyond 1e12). */
bool quantity_read(struct arena *a, enum quantity q, enum lang numbers, enum lang told, Str text, double *out, Message *why);
/* The same at the start of a text, with what follows.  False with why->id NULL: no number stands there; unit: QUANTITY_NONE where a
 * number stands alone, or before a word that is no unit.  Of a unit that may mean several things unit and rest are said, too. */
struct quantity_begun { double value; enum quantity unit; Str rest; };
bool quantity_begins(struct arena *a, enum quantity q, enum lang numbers, enum lang told, Str text, struct quantity_begun *out, Message *why);
/* Which quantity a unit as written measures, the first of the above where several; QUANTITY_NONE: not a unit that we know. */
enum quantity quantity_of_unit(Str unit);
Str  quantity_str(struct arena *a, enum quantity q, enum lang lang, double v);      /* "0,02 mm"; v is finite */

#endif
