#include "engine/network/leontief.h"
#include "engine/network/large.h"

#include <math.h>
#include <string.h>

static const double CLOSE = 1e-12, KEPT = 1e-9;
enum {
    SETTLE = 4,                     /* rounds before an extrapolation, so that the slowest part is all that is left */
    AHEAD = 16,                     /* arrows by which memory is asked for beforehand            */
};

typedef double  Two __attribute__((vector_size(16)));           /* on any processor              */
typedef int64_t Mask __attribute__((vector_size(16)));
enum { TWOS = LANES / 2 };

/* ---- the system ----------------------------------------------------------------------------- */

struct leontief leontief_make(struct arena *a, const struct arrows *g, const double *value, const double *whole)
{
    const struct components parts = components_of(a, g);
    const size_t links = g->n ? g->at[g->n] : 0;
    uint32_t *place = NEW_ARRAY(a, uint32_t, g->n), *to = NEW_ARRAY(a, uint32_t, links + AHEAD);
    double *share = NEW_ARRAY(a, double, links), *left = NEW_ARRAY(a, double, g->n);
    size_t *at = NEW_ARRAY(a, size_t, (size_t)g->n + 1), last = 0;
    for (uint32_t p = 0; p < g->n; p++) place[parts.firm[p]] = p;
    for (uint32_t p = 0; p < g->n; at[++p] = last) {
        uint32_t i = parts.firm[p];
        double kept = 0;
        for (size_t k = g->at[i]; k < arrows_end(g, i); k++)
            if (g->to[k] == i) kept += value[k];
        left[p] = kept > 0 ? fmax(0, 1 - kept / whole[i]) : 1;
        for (size_t k = g->at[i]; k < arrows_end(g, i); k++) {
            if (g->to[k] == i || !(whole[i] > 0)) continue;
            to[last] = place[g->to[k]];
            share[last++] = value[k] / whole[i] / (left[p] > 0 ? left[p] : 1);
        }
    }
    return (struct leontief){ g->n, parts.firm, parts.n, parts.at, at, to, share, left };
}

double *leontief_room(struct arena *a, size_t n)
{
    return large_array(a, LANES * sizeof(double), n);
}

/* ---- a round -------------------------------------------------------------------------------- */

struct round {
    double total[LANES];            /* of all moves, by b                                        */
    bool   moving;                  /* by more than is CLOSE                                     */
};

static struct round round_of_one(const struct leontief *s, size_t from, size_t end, double *x, const double *b, double *moved)
{
    struct round r = { 0 };
    for (size_t p = from; p < end; p++) {
        double now = b[p];
        for (size_t k = s->at[p]; k < s->at[p + 1]; k++) now += s->share[k] * x[s->to[k]];
        moved[p] = now - x[p];
        x[p] = now;
        r.total[0] += fabs(moved[p]);
        r.moving |= !(fabs(moved[p]) <= CLOSE * fmax(now, 1));
    }
    return r;
}

static inline Two chosen(Mask m, Two yes, Two no) { return (Two)((m & (Mask)yes) | (~m & (Mask)no)); }

/* The sums of LANES b at p: four vectors of two are registers everywhere, and an x is one line of memory. */
static inline void pull(const struct leontief *s, size_t p, const Two *x, const Two *b, Two sum[TWOS])
{
    Two sum0 = b[0], sum1 = b[1], sum2 = b[2], sum3 = b[3];
    for (size_t k = s->at[p]; k < s->at[p + 1]; k++) {
        const Two *from = x + (size_t)s->to[k] * TWOS;
        const double share = s->share[k];
        __builtin_prefetch(x + (size_t)s->to[k + AHEAD] * TWOS);
        sum0 += share * from[0];
        sum1 += share * from[1];
        sum2 += share * from[2];
        sum3 += share * from[3];
    }
    sum[0] = sum0, sum[1] = sum1, sum[2] = sum2, sum[3] = sum3;
}

static struct round round_of_lanes(const struct leontief *s, size_t from, size_t end, Two *x, const Two *b, Two *moved)
{
    const Two one = { 1, 1 };
    struct round r;
    Two total[TWOS] = { 0 };
    Mask moving = { 0 };
    for (size_t p = from; p < end; p++) {
        Two now[TWOS];
        pull(s, p, x, b + p * TWOS, now);
        for (size_t t = 0, at = p * TWOS; t < TWOS; t++, at++) {
            const Two move = now[t] - x[at], size = chosen(move < 0, -move, move);
            x[at] = now[t];
            moved[at] = move;
            total[t] += size;
            moving |= size > CLOSE * chosen(now[t] > 1, now[t], one);
        }
    }
    memcpy(r.total, total, sizeof total);
    r.moving = moving[0] || moving[1];
    return r;
}

static struct round round_of(const struct leontief *s, size_t lanes, size_t from, size_t end, double *x, const double *b, double *moved)
{
    if (lanes == 1) return round_of_one(s, from, end, x, b, moved);
    return round_of_lanes(s, from, end, (Two *)(void *)x, (const Two *)(const void *)b, (Two *)(void *)moved);
}

/* ---- rounds until it stands ------------------------------------------------------------------ */

/*
 * Aitken: moves that shrink by the same rate each round have rate / (1 - rate) of the last one before them.  Done for those b
 * whose rate has settled, to a tenth of what it is below 1; whether there was one.  Never below 0, so that no x is.
 */
static bool extrapolate(size_t lanes, size_t from, size_t end, const struct round last[3], double *x, const double *moved)
{
    double ahead[LANES] = { 0 };
    bool any = false;
    for (size_t l = 0; l < lanes; l++) {
        double rate = last[0].total[l] / last[1].total[l], before = last[1].total[l] / last[2].total[l];
        if (!(rate > 0 && rate < 1 && fabs(rate - before) < (1 - rate) / 10)) continue;
        ahead[l] = rate / (1 - rate);
        any = true;
    }
    for (size_t p = from; any && p < end; p++)
        for (size_t l = 0; l < lanes; l++) {
            double further = x[p * lanes + l] + ahead[l] * moved[p * lanes + l];
            x[p * lanes + l] = further > 0 ? further : 0;
        }
    return any;
}

/* The rounds it took; `most`: no end. */
static unsigned part_solve(const struct leontief *s, size_t lanes, size_t from, size_t end, unsigned most, double *x, const double *b,
                           double *moved)
{
    struct round last[3] = { 0 };
    for (unsigned round = 1, rested = 1; round < most; round++, rested++) {
        last[2] = last[1];
        last[1] = last[0];
        last[0] = round_of(s, lanes, from, end, x, b, moved);
        if (!last[0].moving || end - from == 1) return round;
        if (!isfinite(last[0].total[0])) return most;
        if (rested >= SETTLE && extrapolate(lanes, from, end, last, x, moved)) rested = 0;
    }
    return most;
}

/* Whether anything of what it passes on leaves the component. */
static bool leaks(const struct leontief *s, size_t from, size_t end)
{
    for (size_t p = from; p < end; p++) {
        double kept = 0;
        for (size_t k = s->at[p]; k < s->at[p + 1]; k++)
            if (s->to[k] >= from && s->to[k] < end) kept += s->share[k];
        if ((1 - kept) * s->left[p] > KEPT) return true;
    }
    return false;
}

static bool all_above_zero(size_t from, size_t end, const double *x)
{
    for (size_t p = from; p < end; p++)
        if (!(x[p] > 0)) return false;
    return true;
}

unsigned leontief_solve(const struct leontief *s, size_t lanes, bool sums, unsigned most, double *x, double *work)
{
    double *b = work, *moved = work + s->n * lanes;
    unsigned longest = 0;
    for (size_t p = 0; p < s->n; p++)
        for (size_t l = p * lanes; l < (p + 1) * lanes; l++) b[l] = x[l] = s->left[p] > 0 ? x[l] / s->left[p] : x[l];
    for (uint32_t c = 0; c < s->parts; c++) {
        size_t from = s->part_at[c], end = s->part_at[c + 1];
        bool endless = sums && !leaks(s, from, end);
        unsigned rounds = endless ? 1 : part_solve(s, lanes, from, end, most, x, b, moved);
        if (sums && (endless || rounds == most || !all_above_zero(from, end, x)))
            for (size_t p = from; p < end; p++) x[p] = (double)NAN;
        if (rounds > longest) longest = rounds;
    }
    return longest;
}
