/* exact.c - the definition of match.h once more, on the columns of a segment: for the few documents that are worth it. */
#include "engine/match/plan.h"

#include <math.h>

static int points_also(const struct fact_kind *k, const uint16_t *asked, uint32_t fact)
{
    int best = POINTS_UNKNOWN;
    if (!k->also) return best;
    for (uint32_t i = k->set_start[k->also[fact]], end = k->set_start[k->also[fact] + 1]; i < end; i++)
        if (asked[k->set_code[i]] > best) best = asked[k->set_code[i]];
    return best;
}

static float number_at(const struct fact_kind *k, uint32_t fact, int number)
{
    return k->column[number] < 0 ? NAN : k->value[(size_t)fact * k->numbers + (size_t)k->column[number]];
}

/* only_fits: any points will do. */
static int points_part(const struct held *h, size_t part, uint32_t fact, bool only_fits)
{
    const struct match_part *p = &h->c->part[part];
    if (p->rule != WITHIN_KM) return points_number(p->rule, p->value, p->slack, number_at(h->kind, fact, p->number));
    double lat = number_at(h->kind, fact, 0), lon = number_at(h->kind, fact, 1);
    if (!only_fits || !on_earth(lat, lon)) return circle_points(&h->circle[part], lat, lon);
    return circle_reaches(&h->circle[part], lat, lon) ? POINTS_WHOLE : 0;
}

static int points_fact(const struct held *h, uint32_t fact, bool only_fits)
{
    const struct fact_kind *k = h->kind;
    int least = POINTS_WHOLE;
    if (h->nearness) {
        uint16_t code = k->code ? k->code[fact] : NO_CODE;
        least = code == NO_CODE ? POINTS_UNKNOWN : h->nearness[code];
    }
    if (least && h->also) least = points_least(least, points_also(k, h->also, fact));
    for (size_t i = 0; i < h->c->parts && least; i++) least = points_least(least, points_part(h, i, fact, only_fits));
    if (least && h->c->day != DAY_UNKNOWN && k->day)
        least = points_least(least, points_day(h->c->day, k->day[2 * (size_t)fact], k->day[2 * (size_t)fact + 1]));
    return least;
}

static bool in_list(const struct list *l, uint32_t doc)
{
    if (l->bits) return bit_of(l->bits, doc);
    uint32_t at = l->docs ? seek(l, 0, doc) : 0;
    return l->docs && at < l->n && l->docs[at] == doc;
}

static int hurdle_points(const struct hurdle *u, uint32_t doc)
{
    int points = u->columns ? POINTS_WHOLE : 0;
    for (uint32_t i = 0; i < u->lists; i++)
        if (u->painted[i].points > points && in_list(&u->painted[i].list, doc)) points = u->painted[i].points;
    for (int i = 0; i < u->columns; i++) {
        int most = u->ranged[i].most[u->ranged[i].range[doc]];
        if (most < points) points = most;
    }
    return points;
}

int held_bound(const struct held *h, uint32_t doc, bool *exact)
{
    int points = POINTS_WHOLE;
    for (const struct hurdle *u = h->hurdle; u < h->hurdle + h->hurdles && points; u++) {
        int at_most = hurdle_points(u, doc);
        if (at_most < points) points = at_most;
    }
    const struct ranged *r = h->hurdle[0].columns ? &h->hurdle[0].ranged[0] : NULL;
    *exact = !points || (h->told && (!r || r->least[r->range[doc]] == points));
    return points;
}

struct match_reason held_answer(const struct held *h, uint32_t doc)
{
    struct match_reason best = { .answer = UNKNOWN, .fact = UINT32_MAX };
    const struct fact_kind *k = h->kind;
    int most = -2;                                          /* below all; not met stands below unknown here */
    for (uint32_t i = k->n ? k->start[doc] : 0; k->n && i < k->start[doc + 1] && most < POINTS_WHOLE; i++) {
        int points = points_fact(h, i, false), rank = points > 0 ? points : points ? 0 : -1;
        if (rank <= most) continue;
        most = rank;
        best = (struct match_reason){ points >= POINTS_WHOLE ? MET : points > 0 ? PARTLY : points ? UNKNOWN : NOT_MET, points > 0 ? (uint16_t)points : 0, i };
    }
    return best;
}

bool held_fits(const struct held *h, uint32_t doc)
{
    const struct fact_kind *k = h->kind;
    if (!k->n || k->start[doc] == k->start[doc + 1]) return true;
    for (uint32_t i = k->start[doc]; i < k->start[doc + 1]; i++)
        if (points_fact(h, i, true)) return true;
    return false;
}

struct match_reason words_answer(const struct plan *p, uint32_t doc)
{
    uint32_t sum = 0, have = 0;
    for (size_t i = 0; i < p->words->n; i++) {
        const struct list *l = &p->word[i];
        uint32_t at = l->docs ? seek(l, 0, doc) : 0, impact = l->bits ? l->impact[doc] : 0;
        if (l->docs && at < l->n && l->docs[at] == doc) impact = l->impact[at];
        sum += impact;
        have += impact > 0;
    }
    struct match_reason r = { .answer = !p->words->n ? UNKNOWN : !have ? NOT_MET : have < p->words->n ? PARTLY : MET, .fact = UINT32_MAX };
    if (p->words->n) r.points = (uint16_t)(1000 * sum / (255 * (uint32_t)p->words->n));
    return r;
}
