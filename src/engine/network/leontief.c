#include "engine/network/leontief.h"

#include <math.h>
#include <string.h>

static const double CLOSE = 1e-12, KEPT = 1e-9;
enum { SETTLE = 4 };                /* rounds before an extrapolation, so that its slowest part is all that is left */

struct round {
    double total[LANES];            /* of all moves, by b                                        */
    double worst;                   /* the largest, of itself where it is above 1                */
};

/* The new x of firm i, and by how much it moves; what it passes to itself goes round at once.  lanes is a constant where this is inlined. */
static inline __attribute__((always_inline)) void renew(const struct leontief *s, size_t lanes, uint32_t i, double *x, const double *b,
                                                        double *moved, struct round *r)
{
    double sum[LANES] = { 0 }, kept = 0, *now = x + i * lanes;
    for (size_t k = s->arrows.at[i], end = arrows_end(&s->arrows, i); k < end; k++) {
        const double value = s->value[k], *from = x + s->arrows.to[k] * lanes;
        if (s->arrows.to[k] == i) kept += value;
        else for (size_t l = 0; l < lanes; l++) sum[l] += value * from[l];
    }
    double whole = s->whole[i] > 0 ? s->whole[i] : 1, left = 1 - kept / whole;
    if (!(left > 0)) left = 1;
    for (size_t l = 0; l < lanes; l++) {
        double value = (b[i * lanes + l] + sum[l] / whole) / left, move = value - now[l], size = fabs(move);
        now[l] = value;
        moved[i * lanes + l] = move;
        r->total[l] += size;
        if (value > 1) size /= value;
        if (size > r->worst) r->worst = size;
    }
}

static struct round round_of(const struct leontief *s, size_t lanes, const uint32_t *firm, size_t firms, double *x, const double *b,
                             double *moved)
{
    struct round r = { 0 };
    if (lanes == LANES) for (size_t k = 0; k < firms; k++) renew(s, LANES, firm[k], x, b, moved, &r);
    else for (size_t k = 0; k < firms; k++) renew(s, 1, firm[k], x, b, moved, &r);
    return r;
}

/*
 * Aitken: moves that shrink by the same rate each round have rate / (1 - rate) of the last one before them.  Done for those b
 * whose rate has settled, to a tenth of what it is below 1; whether there was one.
 */
static bool extrapolate(size_t lanes, const uint32_t *firm, size_t firms, const struct round last[3], double *x, const double *moved)
{
    double ahead[LANES] = { 0 };
    bool any = false;
    for (size_t l = 0; l < lanes; l++) {
        double rate = last[0].total[l] / last[1].total[l], before = last[1].total[l] / last[2].total[l];
        if (!(rate > 0 && rate < 1 && fabs(rate - before) < (1 - rate) / 10)) continue;
        ahead[l] = rate / (1 - rate);
        any = true;
    }
    for (size_t k = 0; any && k < firms; k++)
        for (size_t l = 0; l < lanes; l++) x[firm[k] * lanes + l] += ahead[l] * moved[firm[k] * lanes + l];
    return any;
}

/* Whether anything of it leaves the component. */
static bool leaks(const struct leontief *s, const uint32_t *firm, size_t firms)
{
    const uint32_t *of = s->components->of;
    for (size_t m = 0; m < firms; m++) {
        uint32_t i = firm[m];
        double kept = 0;
        for (size_t k = s->arrows.at[i], end = arrows_end(&s->arrows, i); k < end; k++)
            if (of[s->arrows.to[k]] == of[i]) kept += s->value[k];
        if (!(kept > 0) || kept < (1 - KEPT) * s->whole[i]) return true;
    }
    return false;
}

static bool all_above_zero(const uint32_t *firm, size_t firms, const double *x)
{
    for (size_t k = 0; k < firms; k++)
        if (!(x[firm[k]] > 0)) return false;
    return true;
}

/* The rounds it took; `most`: no end. */
static unsigned component_solve(const struct leontief *s, size_t lanes, const uint32_t *firm, size_t firms, unsigned most, double *x,
                                const double *b, double *moved)
{
    struct round last[3] = { 0 };
    for (unsigned round = 1, rested = 1; round < most; round++, rested++) {
        last[2] = last[1];
        last[1] = last[0];
        last[0] = round_of(s, lanes, firm, firms, x, b, moved);
        if (last[0].worst <= CLOSE || firms == 1) return round;
        if (!isfinite(last[0].total[0])) return most;
        if (rested >= SETTLE && extrapolate(lanes, firm, firms, last, x, moved)) rested = 0;
    }
    return most;
}

unsigned leontief_solve(const struct leontief *s, size_t lanes, bool sums, unsigned most, double *x, double *work)
{
    const struct components *parts = s->components;
    double *b = work, *moved = work + s->arrows.n * lanes;
    unsigned longest = 0;
    memcpy(b, x, s->arrows.n * lanes * sizeof *b);
    for (uint32_t c = 0; c < parts->n; c++) {
        const uint32_t *firm = parts->firm + parts->at[c];
        size_t firms = parts->at[c + 1] - parts->at[c];
        bool endless = sums && !leaks(s, firm, firms);
        unsigned rounds = endless ? 1 : component_solve(s, lanes, firm, firms, most, x, b, moved);
        if (sums && (endless || rounds == most || !all_above_zero(firm, firms, x)))
            for (size_t k = 0; k < firms; k++) x[firm[k]] = (double)NAN;
        if (rounds > longest) longest = rounds;
    }
    return longest;
}
