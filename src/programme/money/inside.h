/* inside.h - what the files of the programme's money share. */
#ifndef PROGRAMME_MONEY_INSIDE_H
#define PROGRAMME_MONEY_INSIDE_H

#include "programme/inside.h"
#include "programme/money/money.h"

/* A condition on vouchers that are found by another column: `|| ''` keeps a database from reading all vouchers ever of the stage by that column's index instead. */
#define VOUCHER_IS(stage_code) "voucher.stage || '' = '" stage_code "'"

enum { LINE_PARTS = 4 };
extern const int line_parts[LINE_PARTS];                    /* agency, source, content, kind: with the year, what a line is told by */

/* "2026|2026/SCT|...": parts in that order, by their keys. */
Str  line_identity(struct arena *a, int64_t year, const Str part[LINE_PARTS]);
/* The key of a code of that part, which may have been named without its version. */
Str  line_part_key(const struct work *w, int part, Str code);

#endif
