#include "engine/match/plan.h"
#include "engine/search/snapshot.h"

#include <math.h>

/* ------------------------------------------------------------------ bounds of a demand ------ */

static bool codes_valid(const struct match_code *codes, size_t n)
{
    if (n > MATCH_CODES) return false;
    for (size_t i = 0; i < n; i++)
        if (codes[i].nearness < 1 || codes[i].nearness > POINTS_WHOLE) return false;
    return true;
}

static bool part_valid(const struct match_part *p)
{
    if (p->rule > WITHIN_KM || !isfinite(p->value) || !(p->slack >= 0 && p->slack <= 100)) return false;
    return p->rule == WITHIN_KM ? p->value >= 0 && on_earth(p->lat, p->lon) : p->number < FACT_NUMBERS;
}

static bool criterion_valid(const struct match_criterion *c)
{
    if (c->kind >= FACT_KINDS || c->weight < 1 || c->weight > MATCH_WEIGHT || c->parts > FACT_NUMBERS) return false;
    for (size_t i = 0; i < c->parts; i++)
        if (!part_valid(&c->part[i])) return false;
    return codes_valid(c->codes, c->codes_n) && codes_valid(c->also, c->also_n);
}

enum err demand_check(const struct search *s, const struct match_demand *d)
{
    bool valid = d->n <= MATCH_CRITERIA && d->most <= MATCH_BEST;
    for (size_t i = 0; i < d->n && valid; i++) valid = criterion_valid(&d->criteria[i]);
    for (size_t i = 0; i < d->filters && valid; i++) valid = d->filter[i].facet >= 0 && d->filter[i].facet < s->schema.facets;
    if (d->words.n) valid = valid && d->words_weight >= 1 && d->words_weight <= MATCH_WEIGHT;
    return valid ? OK : ERR_INVALID;
}

/* ------------------------------------------------------------------ points of the scan ------ */

static uint8_t scanned(const struct plan *p, const struct held *h, int points)
{
    int64_t whole = POINTS_WHOLE * p->weight;
    return (uint8_t)(points > 0 ? (255 * (int64_t)points * h->c->weight + whole - 1) / whole : 0);
}

uint16_t plan_floor(const struct plan *p, int64_t score)
{
    int64_t whole = POINTS_WHOLE * p->weight, floor = (255 * score + whole - 1) / whole;
    return floor < 0xFFFF ? (uint16_t)floor : 0xFFFF;
}

/* ------------------------------------------------------------------ hurdles ----------------- */

static struct hurdle *hurdle_of(struct held *h) { return &h->hurdle[h->hurdles++]; }

static void paint_all(const struct plan *p, struct arena *a, const struct held *h, struct hurdle *to)
{
    struct painted *all = NEW(a, struct painted);
    *all = (struct painted){ { .n = 1, .bits = h->kind->any }, POINTS_WHOLE, scanned(p, h, POINTS_WHOLE) };
    to->painted = all;
    to->lists = 1;
}

/* nearness[] by number of the code, and the lists of those that documents have. */
static const uint16_t *hold_codes(const struct plan *p, struct arena *a, struct held *h, const struct match_code *asked, size_t n,
                                  const struct fact_codes *codes, const uint64_t *unknown)
{
    uint16_t *nearness = NEW_ARRAY(a, uint16_t, codes->n);
    struct painted *painted = NEW_ARRAY(a, struct painted, n);
    struct hurdle *to = hurdle_of(h);
    to->painted = painted;
    to->unknown[0] = unknown;
    for (size_t i = 0; i < n; i++) {
        uint32_t code;
        if (!fact_code(codes, asked[i].code, &code) || nearness[code] >= asked[i].nearness) continue;
        nearness[code] = asked[i].nearness;
        painted[to->lists++] = (struct painted){ postings_list(&codes->docs, code), asked[i].nearness, scanned(p, h, asked[i].nearness) };
    }
    return nearness;
}

static void put_range(const struct plan *p, const struct held *h, struct ranged *r, uint32_t range, int most, int least)
{
    r->most[range] = (uint16_t)most;
    r->least[range] = (uint16_t)least;
    r->scanned[range] = scanned(p, h, most);
}

static void hold_number(const struct plan *p, struct held *h, const struct match_part *part)
{
    int column = h->kind->column[part->number];
    struct hurdle *to = hurdle_of(h);
    if (column < 0) {
        to->unknown[0] = h->kind->any;
        return;
    }
    const struct fact_number *n = &h->kind->number[column];
    struct ranged *r = &to->ranged[to->columns++];
    r->range = part->rule == AT_LEAST ? n->most : n->least;
    to->unknown[0] = n->unknown;
    for (uint32_t i = 1; i < n->ranges; i++) {
        float best = part->rule == AT_LEAST ? n->high[i] : n->low[i], worst = part->rule == AT_LEAST ? n->low[i] : n->high[i];
        put_range(p, h, r, i, points_number(part->rule, part->value, part->slack, best), points_number(part->rule, part->value, part->slack, worst));
    }
}

static double lowest(const struct fact_number *n)
{
    double low = INFINITY;
    for (uint32_t i = 1; i < n->ranges; i++) low = n->low[i] < low ? n->low[i] : low;
    return low;
}

static double highest(const struct fact_number *n)
{
    double high = -INFINITY;
    for (uint32_t i = 1; i < n->ranges; i++) high = n->high[i] > high ? n->high[i] : high;
    return high;
}

/* A column of the latitudes or longitudes: what can be reached of a document all of whose places lie on one side. */
static void hold_side(const struct plan *p, struct held *h, struct hurdle *to, const struct circle *c, const struct fact_number *n, bool east, bool above)
{
    struct ranged *r = &to->ranged[to->columns++];
    double low = lowest(n), high = highest(n), at = east ? c->lon : c->lat;
    r->range = above ? n->least : n->most;
    for (uint32_t i = 1; i < n->ranges; i++) {
        double degrees = above ? n->low[i] - at : at - n->high[i], round = 360 - (above ? high - at : at - low), km = 0;
        if (east) km = circle_to_meridian(c, degrees < round ? degrees : round);
        else if (degrees > 0) km = kilometres(0, 0, degrees, 0);
        put_range(p, h, r, i, points_number(AT_MOST, c->value, c->slack, km * (1 - 1e-9)), 0);
    }
}

static void hold_place(const struct plan *p, struct arena *a, struct held *h, size_t part)
{
    const struct fact_kind *k = h->kind;
    struct hurdle *to = hurdle_of(h);
    struct circle *c = &h->circle[part];
    *c = circle_of(&h->c->part[part]);
    if (k->column[0] < 0 || k->column[1] < 0) {
        to->unknown[0] = k->any;
        return;
    }
    const struct fact_number *lat = &k->number[k->column[0]], *lon = &k->number[k->column[1]];
    if (!on_earth(lowest(lat), lowest(lon)) || !on_earth(highest(lat), highest(lon))) {
        paint_all(p, a, h, to);                             /* some are no places: no use to narrow down */
        to->unknown[0] = k->any;
        return;
    }
    to->unknown[0] = lat->unknown;
    to->unknown[1] = lon->unknown;
    for (int side = 0; side < 4; side++) hold_side(p, h, to, c, side & 2 ? lon : lat, side & 2, side & 1);
}

static void hold(const struct plan *p, struct arena *a, const struct match_criterion *c, struct held *h)
{
    *h = (struct held){ .c = c, .kind = &p->s->fact[c->kind] };
    bool place = false;
    if (!h->kind->n) {
        h->told = hurdle_of(h);                             /* no points for anybody, and nobody kept out */
        return;
    }
    if (c->codes_n) h->nearness = hold_codes(p, a, h, c->codes, c->codes_n, &h->kind->codes, h->kind->no_code);
    if (c->also_n) h->also = hold_codes(p, a, h, c->also, c->also_n, &h->kind->alsos, h->kind->no_also);
    for (size_t i = 0; i < c->parts; i++) {
        place |= c->part[i].rule == WITHIN_KM;
        if (c->part[i].rule == WITHIN_KM) hold_place(p, a, h, i);
        else hold_number(p, h, &c->part[i]);
    }
    if (!h->hurdles) paint_all(p, a, h, hurdle_of(h));
    h->told = h->hurdles == 1 && c->day == DAY_UNKNOWN && !place;
}

/* ------------------------------------------------------------------ the plan ---------------- */

struct plan *plan_make(struct arena *a, const struct segment *s, const struct match_demand *d, const struct words *words)
{
    struct plan *p = NEW(a, struct plan);
    *p = (struct plan){ .s = s, .d = d, .words = words, .held = NEW_ARRAY(a, struct held, d->n), .weight = d->words.n ? d->words_weight : 1 };
    for (size_t i = 0; i < d->n; i++)
        if (d->criteria[i].weight > p->weight) p->weight = d->criteria[i].weight;
    for (size_t i = 0; i < d->n; i++) hold(p, a, &d->criteria[i], &p->held[i]);
    if (!words->n) return p;
    struct lookup *l = NEW(a, struct lookup);
    look_up(s, a, words, l);
    for (size_t i = 0; i < words->n; i++) p->word[i] = l->fold[i];
    int64_t whole = p->weight * (int64_t)words->n;
    p->factor = (uint32_t)((256 * (int64_t)d->words_weight + whole - 1) / whole);
    return p;
}
