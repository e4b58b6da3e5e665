/*
 * abilities.h - what the made-up enterprises of enterprises.h can do: 3 to 8 processes, machines, products and certificates each, sites, and a
 * few facts more; and demands for it.  By number and seed, as they are.
 */
#ifndef BENCH_ABILITIES_H
#define BENCH_ABILITIES_H

#include "enterprises.h"
#include "engine/match/match.h"

enum { A_PROCESS, A_MACHINE, A_PRODUCT, A_CERTIFICATE, A_PLACE, A_EXPORT, A_GRADE, A_LANGUAGE, A_CONFIRMED, A_KINDS };
enum { A_TOLERANCE, A_SIZE, A_WEIGHT };                     /* of a process: mm, mm, kg           */
enum { A_FORCE, A_AXES, A_LENGTH, A_PRECISION };            /* of a machine: t, -, mm, mm         */
enum { A_TODAY = 20800, A_FACTS = 8 * 4 + 3 + 6, A_ALSO = 3, A_CRITERIA = 20 };

static const char *const a_languages[] = { "en", "ja", "ko", "zh" };
static const float a_tolerances[] = { 0.05f, 0.1f, 0.02f, 0.2f, 0.01f, 0.5f, 0.005f }, a_forces[] = { 80, 120, 160, 250, 350, 450, 650, 850, 1300 };

struct abilities { struct fact fact[A_FACTS]; Str also[8][A_ALSO]; size_t n; };

static float a_between(struct rng *r, double low, double high)
{
    return (float)floor(low * exp((double)rng_below(r, 10000) / 10000 * log(high / low)) * 10) / 10;
}

static struct fact *a_fact(struct abilities *to, uint8_t kind, Str code)
{
    struct fact *f = &to->fact[to->n++];
    *f = (struct fact){ .kind = kind, .code = code, .from = DAY_ALWAYS, .until = DAY_NO_END };
    for (int k = 0; k < FACT_NUMBERS; k++) f->number[k] = NAN;
    return f;
}

static void a_process(struct arena *a, struct rng *r, struct abilities *to, size_t i)
{
    struct fact *f = a_fact(to, A_PROCESS, str_f(a, "p%02d", (int)e_zipf(r, 60)));
    f->number[A_TOLERANCE] = E_PICK(r, a_tolerances);
    if (rng_below(r, 5)) f->number[A_SIZE] = a_between(r, 50, 5000);
    if (rng_below(r, 3)) f->number[A_WEIGHT] = a_between(r, 0.1, 2000);
    f->also = to->also[i];
    for (uint64_t n = 1 + rng_below(r, A_ALSO); f->also_n < n;) to->also[i][f->also_n++] = str_f(a, "m%02d", (int)e_zipf(r, 40));
}

static void a_machine(struct arena *a, struct rng *r, struct abilities *to)
{
    size_t kind = e_zipf(r, 40);
    struct fact *f = a_fact(to, A_MACHINE, str_f(a, "k%02d", (int)kind));
    if (kind % 3 == 0) f->number[A_FORCE] = E_PICK(r, a_forces);
    if (kind % 3 == 1) f->number[A_AXES] = (float)(3 + e_zipf(r, 3));
    if (kind % 3 == 1) f->number[A_LENGTH] = a_between(r, 300, 4000);
    if (kind % 3 && rng_below(r, 2)) f->number[A_PRECISION] = E_PICK(r, a_tolerances) / 2;
}

static void a_certificate(struct arena *a, struct rng *r, struct abilities *to)
{
    struct fact *f = a_fact(to, A_CERTIFICATE, str_f(a, "c%02d", (int)e_zipf(r, 30)));
    f->from = A_TODAY - (int32_t)rng_below(r, 1500);
    f->until = f->from + 1095;
}

/* Around Hanoi, where wards are: closer to the middle more often. */
static void a_place(struct arena *a, struct rng *r, struct abilities *to)
{
    struct fact *f = a_fact(to, A_PLACE, str_f(a, "w%03d", (int)e_zipf(r, 126)));
    double far = (double)(rng_below(r, 10000) + 1) / 10000, around = (double)rng_below(r, 62832) / 10000;
    f->number[0] = (float)(21.03 + 0.6 * far * sin(around));
    f->number[1] = (float)(105.85 + 0.6 * far * cos(around));
}

static void abilities_of(struct arena *a, uint64_t seed, int64_t id, struct abilities *to)
{
    struct rng own = { seed ^ (uint64_t)id * 0xD1342543DE82EF95u ^ 0xAB1E }, *r = &own;
    to->n = 0;
    for (size_t n = 3 + rng_below(r, 6), i = 0; i < n; i++) a_process(a, r, to, i);
    for (size_t n = 3 + rng_below(r, 6); n--;) a_machine(a, r, to);
    for (size_t n = 3 + rng_below(r, 6); n--;) a_fact(to, A_PRODUCT, str_f(a, "g%03d", (int)e_zipf(r, 300)));
    for (size_t n = 3 + rng_below(r, 6); n--;) a_certificate(a, r, to);
    for (size_t n = 1 + e_zipf(r, 3); n--;) a_place(a, r, to);
    if (rng_below(r, 2)) a_fact(to, A_EXPORT, S(""))->number[0] = (float)rng_below(r, 101);
    if (rng_below(r, 2)) a_fact(to, A_GRADE, str_f(a, "%c", (int)('A' + e_zipf(r, 5))));
    for (uint64_t n = e_zipf(r, 4); n--;) a_fact(to, A_LANGUAGE, str_of(a_languages[n]));
    if (rng_below(r, 3)) a_fact(to, A_CONFIRMED, S(""))->number[0] = (float)(A_TODAY - (int)rng_below(r, 720));
}

/* ------------------------------------------------------------------ demands ----------------- */

static struct match_criterion *a_ask(struct match_criterion **next, struct rng *r, uint8_t kind)
{
    struct match_criterion *c = (*next)++;
    *c = (struct match_criterion){ .kind = kind, .weight = (uint16_t)(10 + rng_below(r, 91)), .day = DAY_UNKNOWN };
    return c;
}

static void a_code(struct arena *a, struct match_criterion *c, Str code, bool also)
{
    struct match_code *one = NEW(a, struct match_code);
    *one = (struct match_code){ code, 1000 };
    if (also) c->also = one, c->also_n = 1;
    else c->codes = one, c->codes_n = 1;
}

static void a_number(struct match_criterion *c, uint8_t number, enum match_rule rule, float value, float slack)
{
    c->part[c->parts++] = (struct match_part){ .number = number, .rule = rule, .value = value, .slack = slack };
}

/* Twenty criteria, as a buyer's: most of a process, a machine and certificates; one demand in two has one that must be met. */
static struct match_criterion *demand_of(struct arena *a, uint64_t seed, int64_t number)
{
    struct rng own = { seed ^ (uint64_t)number * 0x9E3779B97F4A7C15u ^ 0xDE3A4D }, *r = &own;
    struct match_criterion *all = NEW_ARRAY(a, struct match_criterion, A_CRITERIA), *at = all, *c;
    Str process = str_f(a, "p%02d", (int)e_zipf(r, 60)), machine = str_f(a, "k%02d", (int)e_zipf(r, 13) * 3), centre = str_f(a, "k%02d", (int)e_zipf(r, 13) * 3 + 1);
    static const struct { uint8_t number; enum match_rule rule; float slack; } sizes[] = { { A_TOLERANCE, AT_MOST, 1 }, { A_SIZE, AT_LEAST, 0.2f }, { A_WEIGHT, AT_LEAST, 0.2f } };
    a_code(a, c = a_ask(&at, r, A_PROCESS), process, false);
    c->must = rng_below(r, 2);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        a_code(a, c = a_ask(&at, r, A_PROCESS), process, false);
        a_number(c, sizes[i].number, sizes[i].rule, i ? a_between(r, 1, 1000) : E_PICK(r, a_tolerances), sizes[i].slack);
    }
    a_code(a, c = a_ask(&at, r, A_PROCESS), str_f(a, "m%02d", (int)e_zipf(r, 40)), true);
    a_code(a, a_ask(&at, r, A_MACHINE), machine, false);
    a_code(a, c = a_ask(&at, r, A_MACHINE), machine, false);
    a_number(c, A_FORCE, AT_LEAST, E_PICK(r, a_forces), 0.2f);
    a_code(a, c = a_ask(&at, r, A_MACHINE), centre, false);
    a_number(c, A_AXES, AT_LEAST, (float)(3 + rng_below(r, 3)), 0);
    a_number(c = a_ask(&at, r, A_MACHINE), A_LENGTH, AT_LEAST, a_between(r, 300, 3000), 0.2f);
    a_number(c = a_ask(&at, r, A_MACHINE), A_PRECISION, AT_MOST, E_PICK(r, a_tolerances), 1);
    for (int i = 0; i < 2; i++) a_code(a, a_ask(&at, r, A_PRODUCT), str_f(a, "g%03d", (int)e_zipf(r, 300)), false);
    for (int i = 0; i < 2; i++) {
        a_code(a, c = a_ask(&at, r, A_CERTIFICATE), str_f(a, "c%02d", (int)e_zipf(r, 30)), false);
        c->day = A_TODAY + 30 * i;
    }
    a_number(a_ask(&at, r, A_EXPORT), 0, AT_LEAST, (float)(10 * rng_below(r, 8)), 0.5f);
    c = a_ask(&at, r, A_PLACE);
    c->part[c->parts++] = (struct match_part){ .rule = WITHIN_KM, .value = (float)(5 + rng_below(r, 40)), .slack = 0.5f, .lat = 21.22f, .lon = 105.8f };
    a_code(a, a_ask(&at, r, A_PLACE), str_f(a, "w%03d", (int)e_zipf(r, 126)), false);
    a_code(a, a_ask(&at, r, A_GRADE), str_f(a, "%c", (int)('A' + rng_below(r, 3))), false);
    a_code(a, a_ask(&at, r, A_LANGUAGE), str_of(a_languages[rng_below(r, 4)]), false);
    a_number(a_ask(&at, r, A_CONFIRMED), 0, AT_LEAST, A_TODAY - 180, 0);
    MUST(at == all + A_CRITERIA);
    return all;
}

#endif
