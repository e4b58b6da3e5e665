/* linear.c - programs for GLPK, and its manners kept in: no output, no end of the process, a stop every now and then. */
#include "engine/network/linear.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>

enum { TURN = 500 };                /* steps of the simplex between two looks at `stop`            */

size_t linear_bytes(void)
{
    /* Lists double as they grow, and what they grew out of stays: twice each.  Columns and rows are no more than entries. */
    return (size_t)LINEAR_MOST * 4 * (sizeof(struct linear_column) + 2 * sizeof(double) + 2 * sizeof(int)) + ((size_t)4 << 20);
}

struct linear linear_make(struct arena *a)
{
    struct linear l = { .arena = a };
    (void)GROW(a, l.columns), (void)GROW(a, l.rows), (void)GROW(a, l.row), (void)GROW(a, l.column), (void)GROW(a, l.value);
    return l;
}

static bool too_big(const struct linear *l)
{
    return l->value.n > LINEAR_MOST || l->columns.n > LINEAR_MOST || l->rows.n > LINEAR_MOST;
}

uint32_t linear_column(struct linear *l, double cost, double most)
{
    if (!too_big(l)) *GROW(l->arena, l->columns) = (struct linear_column){ .cost = cost, .most = most };
    return (uint32_t)l->columns.n - 1;
}

uint32_t linear_row(struct linear *l, double least)
{
    if (!too_big(l)) *GROW(l->arena, l->rows) = least;
    return (uint32_t)l->rows.n - 1;
}

void linear_put(struct linear *l, uint32_t row, uint32_t column, double value)
{
    if (too_big(l) || fabs(value) < LINEAR_LEAST) return;
    *GROW(l->arena, l->row) = (int)row;
    *GROW(l->arena, l->column) = (int)column;
    *GROW(l->arena, l->value) = value;
}

static void load(glp_prob *p, const struct linear *l)
{
    glp_add_cols(p, (int)l->columns.n - 1);
    for (int j = 1; j < (int)l->columns.n; j++) {
        glp_set_obj_coef(p, j, l->columns.p[j].cost);
        glp_set_col_bnds(p, j, l->columns.p[j].most > 0 ? GLP_DB : GLP_FX, 0, l->columns.p[j].most);
    }
    glp_add_rows(p, (int)l->rows.n - 1);
    for (int i = 1; i < (int)l->rows.n; i++) glp_set_row_bnds(p, i, GLP_LO, l->rows.p[i], 0);
    glp_load_matrix(p, (int)l->value.n - 1, l->row.p, l->column.p, l->value.p);
}

static enum err run(glp_prob *p, struct progress *progress)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_DUALP;
    how.it_lim = TURN;
    for (int steps = 0; steps < LINEAR_MOST_STEPS; steps += TURN) {
        int done = glp_simplex(p, &how);
        if (progress && progress->stop) return ERR_BUSY;
        if (done != GLP_EITLIM) return !done && glp_get_status(p) == GLP_OPT ? OK : ERR_BROKEN;
    }
    return ERR_TOO_BIG;
}

static int say_nothing(void *with, const char *text)
{
    return 1;
}

static void escape(void *to)
{
    longjmp(*(jmp_buf *)to, 1);
}

/* What GLPK finds impossible, memory that is not there for one, it tells a hook that must not return.  Its state, the problem with
 * it, is given back in any case: it belongs to the thread, which may end. */
enum err linear_solve(struct linear *l, struct progress *progress)
{
    jmp_buf hopeless;
    if (too_big(l)) return ERR_TOO_BIG;
    if (setjmp(hopeless)) {
        glp_free_env();
        return ERR_BROKEN;
    }
    glp_term_hook(say_nothing, NULL);
    glp_error_hook(escape, &hopeless);
    glp_prob *p = glp_create_prob();
    load(p, l);
    glp_scale_prob(p, GLP_SF_AUTO);
    glp_std_basis(p);
    enum err e = run(p, progress);
    for (int j = 1; !e && j < (int)l->columns.n; j++) l->columns.p[j].value = glp_get_col_prim(p, j);
    glp_free_env();
    return e;
}

bool linear_threads(void)
{
    return glp_config("TLS") != NULL;
}
