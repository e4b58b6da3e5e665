/*
 * parts.h - a bill of materials (C15): which lines have suppliers in the register, how well, and the share of value that could be local.
 *
 * A sheet (CSV, XLSX) with the columns part, specification, HS code, quantity, unit, value a year, in any order, by their headings in Vietnamese or English.
 * A line is a demand: its words and what is recognised in them (wanted_from_words), its HS code against products' codes.
 */
#ifndef PROGRAMME_LINKAGE_PARTS_H
#define PROGRAMME_LINKAGE_PARTS_H

#include "format/sheet.h"
#include "programme/linkage/linkage.h"

extern const struct entity parts_list, parts_line;
enum parts_list_field { PARTS_NAME, PARTS_FILE, PARTS_ACCOUNT, PARTS_MADE_ON, PARTS_LINES, PARTS_VALUE, PARTS_LOCAL, PARTS_FIELD_COUNT };
enum parts_line_field { LINE_NUMBER, LINE_PART, LINE_SPECIFICATION, LINE_HS, LINE_QUANTITY, LINE_UNIT, LINE_VALUE, LINE_LEVEL, LINE_SUPPLIERS, LINE_BEST, LINE_MISSING, LINE_FIELD_COUNT };

/* How well a line is met: a supplier with WELL points and every must; one with half as many; none. */
enum parts_level { LEVEL_NONE, LEVEL_PARTLY, LEVEL_WELL };
enum { PARTS_LINES_MOST = 20000 };          /* kept in the database; the command line has no limit */

struct part { int64_t number; Str name, specification, hs, unit; double quantity, value; };        /* NAN: not said */
struct part_answer { enum parts_level level; size_t suppliers; int64_t best; double percent; Str missing; };
/* Of each line in turn, as it is read; each may stop it with an error.  *why: the heading that is missing, the row that is wrong. */
typedef enum err part_each(void *arg, struct work *w, const struct part *p);
enum err parts_read(struct work *w, Str bytes, part_each *each, void *arg, Message *why) MUST_USE;
enum err part_match(struct work *w, const struct search *index, const struct part *p, struct part_answer *out) MUST_USE;
/* The share of value that could be local: of lines met well, and partly; both in % of lines that state a value. */
struct local_share { double value, well, partly; int64_t lines, lines_well, lines_partly; };
void     local_share_add(struct local_share *s, const struct part *p, const struct part_answer *a);

#endif
