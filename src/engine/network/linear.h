/*
 * linear.h - linear programs: the least sum of cost x, where 0 <= x <= most for each column and the sum of value x is at least
 * `least` for each row.  Written down in an arena, then solved by GLPK's dual simplex; costs are not negative, so that x = 0 is a
 * start from which it needs no first phase.
 */
#ifndef ENGINE_NETWORK_LINEAR_H
#define ENGINE_NETWORK_LINEAR_H

#include "engine/network/network.h"

#define LINEAR_LEAST 1e-12          /* entries nearer to 0 are taken for 0                       */
enum {                              /* a program is not solved that has more                      */
    LINEAR_MOST = 1 << 15,          /* entries, of all rows together                             */
    LINEAR_MOST_STEPS = 5000,       /* of the simplex                                            */
};

struct linear_column { double cost, most, value; };     /* value: the solution                   */
struct linear {
    struct arena *arena;
    struct { struct linear_column *p; size_t n, cap; } columns;         /* numbered from 1: p[0] is nobody's */
    struct { double *p; size_t n, cap; } rows;                          /* their `least`, likewise   */
    struct { int *p; size_t n, cap; } row, column;                      /* of each entry, likewise   */
    struct { double *p; size_t n, cap; } value;
};

size_t linear_bytes(void);                              /* room for the greatest program            */
struct linear linear_make(struct arena *a);
/* Numbers of a new column, of a new row.  An entry is put once for a row and column; past LINEAR_MOST it is only counted. */
uint32_t linear_column(struct linear *l, double cost, double most);
uint32_t linear_row(struct linear *l, double least);
void     linear_put(struct linear *l, uint32_t row, uint32_t column, double value);

/* ERR_TOO_BIG: over what is solved.  ERR_BUSY: stopped.  ERR_BROKEN: there is no solution, or GLPK did not find it. */
enum err linear_solve(struct linear *l, struct progress *p) MUST_USE;
bool     linear_threads(void);                          /* whether several threads may solve at once: GLPK's state is by thread */

#endif
