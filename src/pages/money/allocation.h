/* allocation.h - a year's allocation in the offices' own layout: its lines with what they hold, and as they are to be by a sheet that was sent back. */
#ifndef PAGES_MONEY_ALLOCATION_H
#define PAGES_MONEY_ALLOCATION_H

#include "pages/money/money_at.h"
#include "pages/office_sheet.h"

enum allocation_column { ROW_NUMBER, ROW_OF_WHAT, ROW_SOURCE, ROW_KEY, ROW_ASKED, ROW_GIVEN, ROW_CHANGE, ROW_THEN, ROW_COMMITTED, ROW_NOTE, ALLOCATION_COLUMNS };
extern const struct office_column allocation_columns[ALLOCATION_COLUMNS];

struct allocation_line {
    const struct record *line;
    int64_t asked, given, committed;
    int64_t then;                           /* what it is to have: given, where nothing is changed */
    bool    in_sheet;
};
struct allocation {
    struct money_at m;
    struct { struct allocation_line *p; size_t n, cap; } lines;     /* by agency, content, source, kind */
    int64_t seen;                           /* the newest voucher of the year; 0: none             */
};
enum err allocation_open(struct request *q, struct reply *r, struct allocation *out) MUST_USE;

struct allocation_sum { int64_t asked, given, then, committed; };
/* Of an agency's lines of a content; empty: of all. */
struct allocation_sum allocation_sum(const struct allocation *a, Str agency, Str content);
/* What stands in the key column of a row of sums: "Σ", "Σ 2026/SCT", "Σ 2026/SCT 2026/3.1". */
Str  allocation_sum_key(struct arena *a, Str agency, Str content);

struct office_sheet allocation_sheet(struct allocation *a);

/* allocation_read.c: what the stored sheet of this hash would change, to be looked at, answered and posted; POST: posts it. */
enum err allocation_review(struct allocation *a, Str hash, bool post) MUST_USE;

#endif
