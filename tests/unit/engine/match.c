/* What a demand means, case by case; what is refused; and that all makes of the scan give the same bytes. */
#include "test.h"
#include "match_reference.h"
#include "engine/match/scan.h"
#include "base/hash.h"
#include "base/unicode.h"

#include <math.h>

enum { MACHINE = 3, PLACE = 4 };
static const struct search_schema schema = { .fields = 1, .facets = 1, .field = { { 8, 8 } } };

static struct fact fact(uint8_t kind, const char *code, float number)
{
    struct fact f = { .kind = kind, .code = str_of(code), .from = DAY_ALWAYS, .until = DAY_NO_END };
    for (int k = 0; k < FACT_NUMBERS; k++) f.number[k] = NAN;
    f.number[0] = number;
    return f;
}

static struct fact place(float lat, float lon)
{
    struct fact f = fact(PLACE, "", lat);
    f.number[1] = lon;
    return f;
}

static struct match_criterion asks(uint8_t kind) { return (struct match_criterion){ .kind = kind, .weight = 1, .day = DAY_UNKNOWN }; }

static struct match_criterion asks_number(enum match_rule rule, float value, float slack)
{
    struct match_criterion c = asks(MACHINE);
    c.part[c.parts++] = (struct match_part){ .rule = rule, .value = value, .slack = slack };
    return c;
}

static struct match_criterion asks_place(float lat, float lon, float km, float slack)
{
    struct match_criterion c = asks(PLACE);
    c.part[c.parts++] = (struct match_part){ .rule = WITHIN_KM, .value = km, .slack = slack, .lat = lat, .lon = lon };
    return c;
}

/* The answer of one document with these facts, found through an index; and the same by itself. */
static struct match_reason answer(struct arena *a, const struct match_criterion *c, const struct fact *facts, size_t n)
{
    struct search_build *b = search_build_open(&schema, (size_t)64 << 20);
    Str field = S("x");
    SearchValues none = { 0 };
    CHECK_INT(search_build_add(b, &(struct search_doc){ .id = 1, .field = &field, .facet = &none, .facts = facts, .facts_n = n }), OK);
    struct search *s = search_build_close(b, 1);
    struct match_demand d = { .criteria = c, .n = 1, .most = 1 };
    struct match_result r;
    CHECK_INT(match_find(s, a, &d, false, &r), OK);
    CHECK_INT(r.n, 1);
    struct match_reason got = r.hits[0].reasons[0], alone = match_answer(c, facts, n);
    CHECK(got.answer == alone.answer && got.points == alone.points && got.fact == alone.fact);
    search_release(s);
    return got;
}

#define CHECK_ANSWER(c, is, worth, ...)                                                                     \
    do {                                                                                                    \
        struct match_criterion c_ = (c);                                                                    \
        struct fact facts_[] = { __VA_ARGS__ };                                                             \
        struct match_reason r_ = answer(a, &c_, facts_, COUNT(facts_));                                     \
        CHECK_INT(r_.answer, is);                                                                           \
        CHECK_INT(r_.points, worth);                                                                        \
    } while (0)

TEST(a_number_is_met_partly_met_within_the_slack_or_not_met)
{
    CHECK_ANSWER(asks_number(AT_LEAST, 250, 0.2f), MET, 1000, fact(MACHINE, "", 250));
    CHECK_ANSWER(asks_number(AT_LEAST, 250, 0.2f), PARTLY, 500, fact(MACHINE, "", 225));
    CHECK_ANSWER(asks_number(AT_LEAST, 250, 0.2f), NOT_MET, 0, fact(MACHINE, "", 199));
    CHECK_ANSWER(asks_number(AT_LEAST, 250, 0), NOT_MET, 0, fact(MACHINE, "", 249.9f));
    CHECK_ANSWER(asks_number(AT_MOST, 0.05f, 1), PARTLY, 999, fact(MACHINE, "", 0.0500001f));
    CHECK_ANSWER(asks_number(AT_MOST, 0, 5), NOT_MET, 0, fact(MACHINE, "", 1));
    CHECK_ANSWER(asks_number(AT_LEAST, -40, 0.5f), PARTLY, 500, fact(MACHINE, "", -50));
    CHECK_ANSWER(asks_number(AT_LEAST, 250, 100), MET, 1000, fact(MACHINE, "", INFINITY));
}

TEST(what_is_not_stated_is_unknown_and_keeps_nobody_out)
{
    struct match_criterion must = asks_number(AT_LEAST, 250, 0);
    must.must = true;
    CHECK_ANSWER(must, UNKNOWN, 0, fact(MACHINE, "press", NAN));
    CHECK_ANSWER(must, UNKNOWN, 0, fact(PLACE, "", 300));
    CHECK_ANSWER(must, UNKNOWN, 0, fact(MACHINE, "press", 100), fact(MACHINE, "press", NAN));
    CHECK_ANSWER(must, MET, 1000, fact(MACHINE, "press", NAN), fact(MACHINE, "press", 300));
}

TEST(a_part_that_fails_decides_whatever_else_is_unknown)
{
    struct match_code press = { S("press"), 1000 };
    struct match_criterion c = asks_number(AT_LEAST, 250, 0);
    c.codes = &press;
    c.codes_n = 1;
    CHECK_ANSWER(c, NOT_MET, 0, fact(MACHINE, "lathe", NAN));
    CHECK_ANSWER(c, UNKNOWN, 0, fact(MACHINE, "press", NAN));
    CHECK_ANSWER(c, UNKNOWN, 0, fact(MACHINE, "", 300));
    CHECK_ANSWER(c, NOT_MET, 0, fact(MACHINE, "", 100));
    CHECK_ANSWER(c, NOT_MET, 0, fact(MACHINE, "lathe", 300), fact(MACHINE, "press", 100));       /* not of two machines */
}

TEST(a_code_is_worth_its_nearness_and_the_greater_of_two)
{
    struct match_code near[] = { { S("die"), 300 }, { S("die"), 500 }, { S("cast"), 500 }, { S("cast"), 300 } };
    struct match_criterion c = asks(MACHINE);
    c.codes = near;
    c.codes_n = COUNT(near);
    CHECK_ANSWER(c, PARTLY, 500, fact(MACHINE, "die", NAN));
    CHECK_ANSWER(c, PARTLY, 500, fact(MACHINE, "cast", NAN), fact(MACHINE, "die", NAN));
}

TEST(of_equal_facts_the_first_given_is_the_reason)
{
    struct match_criterion c = asks(MACHINE);
    struct fact facts[] = { fact(PLACE, "", 1), fact(MACHINE, "b", 1), fact(MACHINE, "a", 1) };
    CHECK_INT(answer(a, &c, facts, COUNT(facts)).fact, 1);
}

TEST(a_day_that_is_not_known_decides_only_on_its_side)
{
    struct match_criterion c = asks(MACHINE);
    c.day = 100;
    struct { int32_t from, until; enum match_answer is; } cases[] = {
        { DAY_ALWAYS, DAY_NO_END, MET }, { 100, 100, MET }, { 101, DAY_NO_END, NOT_MET }, { 0, 99, NOT_MET },
        { DAY_UNKNOWN, 200, UNKNOWN }, { DAY_UNKNOWN, 99, NOT_MET }, { 0, DAY_UNKNOWN, UNKNOWN }, { 101, DAY_UNKNOWN, NOT_MET },
        { DAY_UNKNOWN, DAY_UNKNOWN, UNKNOWN } };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fact f = fact(MACHINE, "", 1);
        f.from = cases[i].from;
        f.until = cases[i].until;
        CHECK_INT(answer(a, &c, &f, 1).answer, cases[i].is);
    }
}

TEST(places_at_the_poles_and_across_the_date_line_are_near_each_other)
{
    CHECK_ANSWER(asks_place(90, 0, 1, 0), MET, 1000, place(90, 135));
    CHECK_ANSWER(asks_place(-90, 10, 120, 0), MET, 1000, place(-89, -170));
    CHECK_ANSWER(asks_place(-90, 10, 100, 0), NOT_MET, 0, place(-89, -170));
    CHECK_ANSWER(asks_place(0, 179.95f, 12, 0), MET, 1000, place(0, -179.95f));
    CHECK_ANSWER(asks_place(0, -180, 0, 0), MET, 1000, place(0, -180));
    CHECK_ANSWER(asks_place(21, 105, 20100, 0), MET, 1000, place(-21, -75));
    CHECK_ANSWER(asks_place(21.22f, 105.8f, 40, 0.5f), PARTLY, 609, place(20.79f, 105.8f));
}

TEST(a_place_that_is_none_on_earth_is_unknown)
{
    CHECK_ANSWER(asks_place(0, 0, 100, 0), UNKNOWN, 0, place(91, 0));
    CHECK_ANSWER(asks_place(0, 0, 100, 0), UNKNOWN, 0, place(0, -181));
    CHECK_ANSWER(asks_place(0, 0, 100, 0), UNKNOWN, 0, place(0, NAN));
    CHECK_ANSWER(asks_place(0, 0, 100, 0), UNKNOWN, 0, place(INFINITY, 0));
}

/* ------------------------------------------------------------------ limits ------------------ */

static struct search *some_docs(struct arena *a, size_t n)
{
    struct search_build *b = search_build_open(&schema, (size_t)256 << 20);
    for (size_t i = 0; i < n; i++) {
        Str field = i % 2 ? S("die casting") : S("press");
        SearchValues none = { 0 };
        struct fact f = fact(MACHINE, i % 3 ? "press" : "lathe", (float)i);
        CHECK_INT(search_build_add(b, &(struct search_doc){ .id = (int64_t)i, .sort = str_f(a, "%06d", (int)i), .field = &field, .facet = &none, .facts = &f, .facts_n = 1 }), OK);
    }
    return search_build_close(b, 1);
}

TEST(a_demand_may_have_sixty_four_criteria_of_a_thousand_and_twenty_four_codes)
{
    struct search *s = some_docs(a, 300);
    struct match_code *codes = NEW_ARRAY(a, struct match_code, MATCH_CODES + 1);
    struct match_criterion c[MATCH_CRITERIA + 1];
    for (size_t i = 0; i <= MATCH_CODES; i++) codes[i] = (struct match_code){ i ? str_f(a, "k%d", (int)i) : S("press"), 1000 };
    for (size_t i = 0; i < COUNT(c); i++) {
        c[i] = asks(MACHINE);
        c[i].weight = MATCH_WEIGHT;
        c[i].codes = codes;
        c[i].codes_n = MATCH_CODES;
    }
    struct match_demand d = { .criteria = c, .n = MATCH_CRITERIA, .most = MATCH_BEST, .words = S("press"), .words_weight = MATCH_WEIGHT };
    struct match_result r;
    CHECK_INT(match_find(s, a, &d, false, &r), OK);
    CHECK_INT(r.n, 300);
    CHECK(r.hits[0].score > (int64_t)MATCH_CRITERIA * MATCH_WEIGHT * 1000);
    d.n++;
    CHECK_INT(match_find(s, a, &d, false, &r), ERR_INVALID);
    d.n = 1;
    c[0].codes_n++;
    CHECK_INT(match_find(s, a, &d, false, &r), ERR_INVALID);
    search_release(s);
}

TEST(what_is_out_of_bounds_is_refused)
{
    struct search *s = some_docs(a, 3);
    struct match_code code = { S("press"), 0 };
    struct match_criterion fine = asks_number(AT_LEAST, 1, 0), wrong[12];
    for (size_t i = 0; i < COUNT(wrong); i++) wrong[i] = fine;
    wrong[0].kind = FACT_KINDS;
    wrong[1].weight = 0;
    wrong[2].weight = MATCH_WEIGHT + 1;
    wrong[3].parts = FACT_NUMBERS + 1;
    wrong[4].part[0].value = NAN;
    wrong[5].part[0].slack = 101;
    wrong[6].part[0].slack = -1;
    wrong[7].part[0].number = FACT_NUMBERS;
    wrong[8] = asks_place(91, 0, 1, 0);
    wrong[9] = asks_place(0, 0, -1, 0);
    wrong[10].codes = &code, wrong[10].codes_n = 1;
    wrong[11].part[0].rule = (enum match_rule)3;
    struct match_result r;
    struct match_hit hit;
    struct match_demand d = { .criteria = &fine, .n = 1, .most = 1 };
    CHECK_INT(match_find(s, a, &d, false, &r), OK);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        d.criteria = &wrong[i];
        CHECK_INT(match_find(s, a, &d, false, &r), ERR_INVALID);
        CHECK_INT(match_explain(s, a, &d, 0, &hit), ERR_INVALID);
    }
    d = (struct match_demand){ .most = MATCH_BEST + 1 };
    CHECK_INT(match_find(s, a, &d, false, &r), ERR_INVALID);
    d = (struct match_demand){ .most = 1, .words = S("x") };
    CHECK_INT(match_find(s, a, &d, false, &r), ERR_INVALID);
    d = (struct match_demand){ .most = 1, .filter = &(struct search_filter){ .facet = 1 }, .filters = 1 };
    CHECK_INT(match_find(s, a, &d, false, &r), ERR_INVALID);
    d = (struct match_demand){ .criteria = &fine, .n = 1 };
    CHECK_INT(match_explain(s, a, &d, 99, &hit), ERR_MISSING);
    search_release(s);
}

TEST(nothing_asked_gives_the_first_by_sort_key_and_nothing_wanted_counts)
{
    struct search *s = some_docs(a, 300);
    struct match_demand d = { .most = 5 };
    struct match_result r;
    CHECK_INT(match_find(s, a, &d, false, &r), OK);
    CHECK_INT(r.n, 5);
    CHECK_INT(r.hits[4].id, 4);
    CHECK_INT(r.fitting, 300);
    struct match_criterion c = asks_number(AT_LEAST, 200, 0);
    c.must = true;
    d = (struct match_demand){ .criteria = &c, .n = 1 };
    CHECK_INT(match_find(s, a, &d, false, &r), OK);
    CHECK_INT(r.n, 0);
    CHECK_INT(r.fitting, 100);
    search_release(s);
}

static void check_words(struct arena *a, const struct search *s, Str words)
{
    struct match_demand d = { .most = 10, .words = words, .words_weight = 7, .words_must = true };
    struct match_result r;
    CHECK_INT(match_find(s, a, &d, false, &r), OK);
    for (size_t i = 0; i < r.n; i++) CHECK_INT(r.hits[i].score, 7 * r.hits[i].reasons[0].points);
}

TEST(hostile_words_are_only_words)
{
    struct search *s = some_docs(a, 300);
    check_words(a, s, S("(a+)+$ .* [^x]{1000000} \\1 press|die"));
    check_words(a, s, S("\xFF\xFE\xC0 \0 press"));
    struct buf b = buf_make(a);
    for (uint32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 97)
        if (c < 0xD800 || c > 0xDFFF) put_utf8(&b, c);
    for (size_t at = 0; at < b.n; at += 4000) check_words(a, s, str_sub(buf_str(&b), at, 4000));
    struct buf long_one = buf_make(a);
    while (long_one.n < 10 << 20) put_z(&long_one, "die casting press ");
    check_words(a, s, buf_str(&long_one));
    struct match_demand d = { .most = 1, .words = S("?!"), .words_weight = 1, .words_must = true };
    struct match_result r;
    CHECK_INT(match_find(s, a, &d, false, &r), OK);
    CHECK_INT(r.hits[0].reasons[0].answer, UNKNOWN);
    CHECK_INT(r.fitting, 300);
    search_release(s);
}

TEST(facts_beyond_the_limits_are_too_big_for_an_index)
{
    struct fact *facts = NEW_ARRAY(a, struct fact, FACTS + 1);
    Str field = S(""), *also = NEW_ARRAY(a, Str, FACT_ALSO + 1);
    SearchValues none = { 0 };
    for (size_t i = 0; i <= FACTS; i++) facts[i] = fact(MACHINE, "x", 1);
    for (size_t i = 0; i <= FACT_ALSO; i++) also[i] = str_f(a, "%d", (int)i);
    struct search_doc doc = { .id = 1, .field = &field, .facet = &none, .facts = facts, .facts_n = FACTS + 1 };
    struct search_build *b = search_build_open(&schema, (size_t)64 << 20);
    CHECK_INT(search_build_add(b, &doc), ERR_TOO_BIG);
    doc.facts_n = 1;
    facts[0].also = also;
    facts[0].also_n = FACT_ALSO + 1;
    CHECK_INT(search_build_add(b, &doc), ERR_TOO_BIG);
    facts[0].also_n = FACT_ALSO;
    CHECK_INT(search_build_add(b, &doc), OK);
    search_release(search_build_close(b, 1));
}

/* ------------------------------------------------------------------ the scan ---------------- */

enum { WORDS = 5, DOCS = WORDS * 64 };

static void fill(struct rng *r, uint8_t *to, size_t n, unsigned most)
{
    for (size_t i = 0; i < n; i++) to[i] = (uint8_t)rng_below(r, most + 1);
}

static void check_make(struct rng *r, const struct scan *one, const struct scan *other)
{
    uint8_t x[DOCS], y[DOCS], more[DOCS], range[DOCS], table[FACT_RANGES];
    uint16_t sum[DOCS], same[DOCS];
    uint64_t bits[WORDS];
    uint32_t factor = (uint32_t)rng_below(r, 257);
    fill(r, x, DOCS, 255);
    fill(r, more, DOCS, 255);
    fill(r, range, DOCS, FACT_RANGES - 1);
    fill(r, table, FACT_RANGES, 255);
    memcpy(y, x, DOCS);
    for (int w = 0; w < WORDS; w++) bits[w] = rng_next(r) & rng_next(r);
    for (int i = 0; i < DOCS; i++) sum[i] = same[i] = (uint16_t)rng_below(r, i % 64 ? 60 : 16000);
    one->paint(x, bits, 77, WORDS), other->paint(y, bits, 77, WORDS);
    CHECK(!memcmp(x, y, DOCS));
    one->range(x, range, table, WORDS), other->range(y, range, table, WORDS);
    CHECK(!memcmp(x, y, DOCS));
    one->scale(x, more, factor, WORDS), other->scale(y, more, factor, WORDS);
    CHECK(!memcmp(x, y, DOCS));
    one->add(sum, x, WORDS), other->add(same, y, WORDS);
    CHECK(!memcmp(sum, same, sizeof sum));
    one->lesser(x, more, WORDS), other->lesser(y, more, WORDS);
    CHECK(!memcmp(x, y, DOCS));
    for (int w = 0; w < WORDS; w++) {
        uint16_t from = (uint16_t)rng_below(r, 300), to = (uint16_t)(from + rng_below(r, 200));
        CHECK_INT(one->greatest(sum + w * 64), other->greatest(sum + w * 64));
        CHECK(one->between(sum + w * 64, from, to) == other->between(sum + w * 64, from, to));
        CHECK(one->between(sum + w * 64, from, UINT16_MAX) == other->between(sum + w * 64, from, UINT16_MAX));
    }
}

TEST(every_make_of_the_scan_gives_the_same_bytes)
{
    struct rng r = { 3 };
    for (int make = 0; make < SCAN_MAKES; make++)
        for (int i = 0; scan_make(make) && i < 200; i++) check_make(&r, scan_make(SCAN_PORTABLE), scan_make(make));
}
