/* answer.c - the definition of match.h for facts at hand, without any index. */
#include "engine/match/points.h"

#include <math.h>

static int nearness(const struct match_code *asked, size_t n, Str code)
{
    int best = 0;
    for (size_t i = 0; i < n; i++)
        if (asked[i].nearness > best && str_eq(asked[i].code, code)) best = asked[i].nearness;
    return best;
}

static int points_code(const struct match_criterion *c, const struct fact *f)
{
    if (!c->codes_n) return POINTS_WHOLE;
    return f->code.n ? nearness(c->codes, c->codes_n, f->code) : POINTS_UNKNOWN;
}

static int points_also(const struct match_criterion *c, const struct fact *f)
{
    int best = POINTS_UNKNOWN;
    if (!c->also_n) return POINTS_WHOLE;
    for (size_t i = 0; i < f->also_n; i++) {
        int points = f->also[i].n ? nearness(c->also, c->also_n, f->also[i]) : POINTS_UNKNOWN;
        if (points > best) best = points;
    }
    return best;
}

static int points_part(const struct match_part *p, const struct fact *f)
{
    if (p->rule != WITHIN_KM) return points_number(p->rule, p->value, p->slack, f->number[p->number]);
    if (!on_earth(f->number[0], f->number[1])) return POINTS_UNKNOWN;
    return points_number(AT_MOST, p->value, p->slack, kilometres(p->lat, p->lon, f->number[0], f->number[1]));
}

static int points_fact(const struct match_criterion *c, const struct fact *f)
{
    int points = points_least(points_code(c, f), points_also(c, f));
    for (size_t i = 0; i < c->parts; i++) points = points_least(points, points_part(&c->part[i], f));
    return c->day == DAY_UNKNOWN ? points : points_least(points, points_day(c->day, f->from, f->until));
}

struct match_reason match_answer(const struct match_criterion *c, const struct fact *facts, size_t n)
{
    struct match_reason best = { .answer = UNKNOWN, .fact = UINT32_MAX };
    for (uint32_t i = 0; i < n; i++) {
        if (facts[i].kind != c->kind) continue;
        int points = points_fact(c, &facts[i]);
        struct match_reason r = { points == POINTS_UNKNOWN ? UNKNOWN : !points ? NOT_MET : points < POINTS_WHOLE ? PARTLY : MET,
                                  points > 0 ? (uint16_t)points : 0, i };
        bool better = r.points > best.points || (r.points == best.points && r.answer > best.answer);
        if (best.fact == UINT32_MAX || better) best = r;
    }
    return best;
}
