/*
 * number.h - numbers as people write and read them.  Vietnamese 1.234.567,89; English 1,234,567.89.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/translation.h"

void put_int_grouped(struct buf *b, enum lang l, int64_t v);        /* 1.234.567 / 1,234,567     */
/* v is finite. */
void put_real(struct buf *b, enum lang l, double v);                /* grouped, at most 6 decimals, no trailing zeros */
void put_real_plain(struct buf *b, double v);                       /* shortest that reads back the same; "C" */

/*
 * Reads a number as offices write it: "1.234,5" "1,234.5" "1 234" "12,5" "12.5" "1.234".  One separator followed
 * by exactly three digits is a thousands separator where the language says so; `decimal` is ',' for
 * Vietnamese text and '.' for English.  Two kinds of separators: the last is the decimal one.
 * Spaces and apostrophes group too; "(1.234)" is negative.  Exponents are refused: a spreadsheet that shows 1,01E+09 has
 * lost the digits.
 */
bool number_read(Str s, char decimal, double *out);

/* A multiplier named in a header or a cell: "triệu đồng" 1e6, "tỷ" 1e9, "nghìn" 1e3, "đồng" 1, "million".
 * False: none is named. */
bool number_scale(struct arena *a, Str text, double *scale);

#endif
