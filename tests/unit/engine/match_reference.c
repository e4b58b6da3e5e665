#include "match_reference.h"

#include <math.h>
#include <stdlib.h>

/* ------------------------------------------------------------------ parts of a fact --------- */

struct part { int points; bool unknown; };
static const struct part not_told = { 0, true };
static struct part points(int p) { return (struct part){ p, false }; }

static struct part code_part(const struct match_code *asked, size_t n, const Str *codes, size_t have)
{
    int most = 0;
    bool any = false;
    if (!n) return points(1000);
    for (size_t k = 0; k < have; k++) {
        any |= codes[k].n > 0;
        for (size_t i = 0; codes[k].n && i < n; i++)
            if (str_eq(asked[i].code, codes[k]) && asked[i].nearness > most) most = asked[i].nearness;
    }
    return any ? points(most) : not_told;
}

static struct part as_asked(bool holds, double asked, double slack, double stated)
{
    if (holds) return points(1000);
    if (asked == 0 || slack == 0) return points(0);
    double p = floor(1000 * (1 - fabs(asked - stated) / (slack * fabs(asked))));
    return points(p < 0 ? 0 : p > 999 ? 999 : (int)p);
}

static struct part number_part(const struct match_part *p, const struct fact *f)
{
    double stated = f->number[p->number], asked = p->value;
    if (isnan(stated)) return not_told;
    return as_asked(p->rule == AT_LEAST ? stated >= asked : stated <= asked, asked, p->slack, stated);
}

static struct part place_part(const struct match_part *p, const struct fact *f)
{
    double rad = acos(-1) / 180, lat = f->number[0], lon = f->number[1];
    if (isnan(lat) || isnan(lon) || fabs(lat) > 90 || fabs(lon) > 180) return not_told;
    double s = sin((lat - p->lat) * rad / 2), e = sin((lon - p->lon) * rad / 2);
    double h = s * s + cos(lat * rad) * cos(p->lat * rad) * e * e, km = 2 * 6371.0088 * asin(sqrt(h > 1 ? 1 : h));
    return as_asked(km <= p->value, p->value, p->slack, km);
}

static struct part day_part(int32_t day, const struct fact *f)
{
    if (day == DAY_UNKNOWN) return points(1000);
    bool from_known = f->from != DAY_UNKNOWN, until_known = f->until != DAY_UNKNOWN;
    if (from_known && f->from > day) return points(0);
    if (until_known && f->until < day) return points(0);
    return from_known && until_known ? points(1000) : not_told;
}

/* ------------------------------------------------------------------ a fact, a criterion ----- */

static struct match_reason fact_answer(const struct match_criterion *c, const struct fact *f)
{
    struct part part[3 + FACT_NUMBERS];
    size_t n = 0;
    part[n++] = code_part(c->codes, c->codes_n, &f->code, 1);
    part[n++] = code_part(c->also, c->also_n, f->also, f->also_n);
    part[n++] = day_part(c->day, f);
    for (size_t i = 0; i < c->parts; i++)
        part[n++] = c->part[i].rule == WITHIN_KM ? place_part(&c->part[i], f) : number_part(&c->part[i], f);
    int least = 1000;
    bool unknown = false, zero = false;
    for (size_t i = 0; i < n; i++) {
        unknown |= part[i].unknown;
        zero |= !part[i].unknown && part[i].points == 0;
        if (!part[i].unknown && part[i].points < least) least = part[i].points;
    }
    if (zero) return (struct match_reason){ NOT_MET, 0, 0 };
    if (unknown) return (struct match_reason){ UNKNOWN, 0, 0 };
    return (struct match_reason){ least == 1000 ? MET : PARTLY, (uint16_t)least, 0 };
}

struct match_reason reference_answer(const struct match_criterion *c, const struct fact *facts, size_t n)
{
    struct match_reason best = { UNKNOWN, 0, UINT32_MAX };
    for (size_t i = 0; i < n; i++) {
        if (facts[i].kind != c->kind) continue;
        struct match_reason r = fact_answer(c, &facts[i]);
        r.fact = (uint32_t)i;
        if (best.fact == UINT32_MAX || r.points > best.points || (r.points == best.points && best.answer == NOT_MET && r.answer == UNKNOWN)) best = r;
    }
    return best;
}

/* ------------------------------------------------------------------ words ------------------- */

static bool next(Str *rest, Str *word)
{
    size_t i = 0, from;
    *word = (Str){ 0 };
    if (!rest->n) return false; /* nothing may point nowhere, from where nothing may be counted on */
    while (i < rest->n && !(rest->p[i] >= 'a' && rest->p[i] <= 'z') && !(rest->p[i] >= '0' && rest->p[i] <= '9')) i++;
    for (from = i; i < rest->n && ((rest->p[i] >= 'a' && rest->p[i] <= 'z') || (rest->p[i] >= '0' && rest->p[i] <= '9'));) i++;
    *word = (Str){ rest->p + from, i - from };
    *rest = (Str){ rest->p + i, rest->n - i };
    return word->n > 0;
}

static uint64_t impact(const struct search_schema *schema, const struct search_doc *doc, Str word)
{
    uint64_t x = 0, most = 0;
    for (int f = 0; f < schema->fields; f++) {
        uint64_t here = 0, all = 0, weight = schema->field[f].weight, length = schema->field[f].length;
        Str rest = doc->field[f], w;
        while (next(&rest, &w)) {
            all++;
            here += str_eq(w, word);
        }
        uint64_t gain = 512 * weight * length / (length + all);
        x += here * (gain ? gain : 1);
        if (weight > most) most = weight;
    }
    if (!x) return 0;
    uint64_t i = 255 * x / (x + 256 * most);
    return i ? i : 1;
}

static struct match_reason words_answer(const struct search_schema *schema, const struct search_doc *doc, Str words)
{
    uint64_t sum = 0, n = 0, have = 0;
    Str word;
    while (next(&words, &word)) {
        uint64_t i = impact(schema, doc, word);
        sum += i;
        have += i > 0;
        n++;
    }
    if (!n) return (struct match_reason){ UNKNOWN, 0, UINT32_MAX };
    return (struct match_reason){ have == n ? MET : have ? PARTLY : NOT_MET, (uint16_t)(1000 * sum / (255 * n)), UINT32_MAX };
}

/* ------------------------------------------------------------------ all documents ----------- */

static bool has_value(SearchValues have, SearchValues any)
{
    for (size_t i = 0; i < have.n; i++)
        for (size_t k = 0; k < any.n; k++)
            if (str_eq(have.p[i], any.p[k])) return true;
    return !any.n;
}

static bool asked_for(const struct search_doc *doc, const struct match_demand *d)
{
    bool in = !d->only;
    for (size_t i = 0; d->only && i < d->only_n; i++) in |= d->only[i] == doc->id;
    for (size_t i = 0; i < d->filters; i++) in &= has_value(doc->facet[d->filter[i].facet], d->filter[i].any);
    return in;
}

struct scored { struct match_hit hit; const struct search_doc *doc; };

static int better_first(const void *x, const void *y)
{
    const struct scored *a = x, *b = y;
    if (a->hit.score != b->hit.score) return a->hit.score > b->hit.score ? -1 : 1;
    int d = str_cmp(a->doc->sort, b->doc->sort);
    return d ? d : (a->hit.id > b->hit.id) - (a->hit.id < b->hit.id);
}

struct match_result reference_match(const struct shelf *shelf, struct arena *a, const struct match_demand *d)
{
    struct scored *all = NEW_ARRAY(a, struct scored, shelf->docs.n);
    size_t n = 0;
    for (size_t at = 0; at < shelf->docs.n; at++) {
        const struct search_doc *doc = &shelf->docs.p[at];
        struct match_reason *r = NEW_ARRAY(a, struct match_reason, d->n + 1);
        bool fits = asked_for(doc, d);
        int64_t score = 0;
        for (size_t i = 0; i < d->n; i++) {
            r[i] = reference_answer(&d->criteria[i], doc->facts, doc->facts_n);
            score += (int64_t)d->criteria[i].weight * r[i].points;
            fits &= !d->criteria[i].must || r[i].answer != NOT_MET;
        }
        if (d->words.n) {
            r[d->n] = words_answer(&shelf->schema, doc, d->words);
            score += (int64_t)d->words_weight * r[d->n].points;
            fits &= !d->words_must || r[d->n].answer != NOT_MET;
        }
        if (fits) all[n++] = (struct scored){ { doc->id, score, r }, doc };
    }
    if (n) qsort(all, n, sizeof *all, better_first);
    struct match_result out = { .fitting = n, .n = n < d->most ? n : d->most };
    struct match_hit *hits = NEW_ARRAY(a, struct match_hit, out.n);
    for (size_t i = 0; i < out.n; i++) hits[i] = all[i].hit;
    out.hits = hits;
    return out;
}
