/*
 * parts.h - a bill of materials (C15): which lines have suppliers in the register, how well, and the share of value that could be local.
 *
 * A sheet (CSV, XLSX) with the columns part, specification, HS code, quantity, unit, value a year, in any order, by their headings in Vietnamese or
 * English; only the part is needed.  A line is a demand: what is recognised in its part and specification (wanted_from_words), its other words, and the heading of
 * its HS code (four digits), which products of the register state.
 */
#ifndef PROGRAMME_LINKAGE_PARTS_H
#define PROGRAMME_LINKAGE_PARTS_H

#include "model/desk/file.h"
#include "model/desk/job.h"
#include "programme/linkage/search.h"

/* ---- lines, as they are read -------------------------------------------------------------------- */

struct part { int64_t number; Str name, specification, hs, unit; double quantity, value; };        /* number: the row; NAN: not said */
enum { PART_TEXT_MOST = 2000 };             /* bytes of a cell                                    */
/* Of each line in turn, as it is read; each may stop it with an error.  Rows without a part, and totals, are left out. */
typedef enum err part_each(void *arg, struct work *w, const struct part *p);
/* ERR_INVALID, *why: no table, no heading of the part, the row and cell that is wrong.  Memory: some rows' worth; w of each: for that row only. */
enum err parts_read(struct work *w, Str bytes, part_each *each, void *arg, Message *why) MUST_USE;

/* ---- how well a line is met ---------------------------------------------------------------------- */

/*
 * WELL: a supplier has WELL points and meets every must.  PARTLY: one has half as many and is kept out by no must, or words of the line stand
 * nowhere in the register and had to be left out (but for those with a digit: sizes, drawing numbers).
 */
enum parts_level { LEVEL_NONE, LEVEL_PARTLY, LEVEL_WELL };
extern const struct choice parts_levels[];  /* by level: none, partly, well                       */
struct part_answer {
    enum parts_level level;
    size_t           suppliers;             /* who meet it well, among the PART_SUPPLIERS_MOST best */
    int64_t          best;                  /* enterprise; 0: none                                */
    double           percent;               /* of it                                              */
    Str              missing;               /* what the best does not meet, and what was not understood */
};
enum { PART_SUPPLIERS_MOST = 50 };
Str      part_sentence(struct arena *a, const struct part *p);     /* what is searched for         */
enum err part_match(struct work *w, const struct search *index, const struct part *p, struct part_answer *out) MUST_USE;

/* Bills repeat their lines: the answers of the first PARTS_KNOWN_MOST different ones are kept, in this arena, for one index and language. */
enum { PARTS_KNOWN_MOST = 10000 };
struct parts_known { struct arena *a; struct map by_line; struct { struct part_answer *p; size_t n, cap; } answers; };
struct parts_known parts_known_make(struct arena *a);
enum err part_match_once(struct parts_known *known, struct work *w, const struct search *index, const struct part *p, struct part_answer *out) MUST_USE;

/* The share of value that could be local: of lines met well, and partly; both in % of the value of all lines that state one. */
struct local_share { double value, well, partly; int64_t lines, lines_well, lines_partly; };
void     local_share_add(struct local_share *s, const struct part *p, const struct part_answer *a);
double   local_percent(const struct local_share *s, double of);    /* of s->well, say; NAN: no line states a value */

/* ---- lists that are kept --------------------------------------------------------------------------- */

/* Their maker's alone: what a buyer puts together is its business.  Made by the job, never by hand. */
extern const struct entity parts_list, parts_line;
enum parts_list_field { PARTS_NAME, PARTS_MADE_ON, PARTS_COUNT, PARTS_VALUE, PARTS_WELL, PARTS_PARTLY, PARTS_FILE, PARTS_ACCOUNT, PARTS_LINES, PARTS_FIELD_COUNT };
enum parts_line_field { LINE_NUMBER, LINE_PART, LINE_SPECIFICATION, LINE_HS, LINE_QUANTITY, LINE_UNIT, LINE_VALUE, LINE_LEVEL, LINE_SUPPLIERS, LINE_BEST, LINE_PERCENT,
                        LINE_MISSING, LINE_FIELD_COUNT };
enum { PARTS_LINES_MOST = 20000 };          /* of a list that is kept; the command line has no limit */

/* The work in the background: matches each line of a stored file, then keeps the list and ends with {"page": where it is shown}. */
extern const struct job_kind parts_job;
enum err parts_order_put(struct work *w, struct upload file, int64_t *job) MUST_USE;       /* inside a write */

#endif
