/*
 * wanted_json.c - a demand from a file that a program wrote (docs/demand-file.md).  Everything that is wrong is told at once, each with the path to it;
 * a name that is not known comes with the one that is most like it.
 */
#include "programme/linkage/wanted_inside.h"

#include "format/json.h"
#include "model/import/importing.h"
#include "model/type.h"

#include <math.h>

struct file { struct work *w; struct wanted *out; struct wrong_parts *wrong; };

static void say(struct file *f, Str where, Message what) { wrong_add(f->w, f->wrong, where, what); }

static Str path(struct file *f, Str at, const char *member) { return at.n ? str_f(f->w->a, "%.*s.%s", FMT(at), member) : str_of(member); }

/* ---- names that are not known --------------------------------------------------------------------------- */

struct likest { Str name; size_t off; };

static void consider(struct likest *best, Str said, Str name)
{
    size_t off = edit_distance(said, name);
    if (!best->name.n || off < best->off) *best = (struct likest){ name, off };
}

static Message not_known(struct file *f, Str said, const struct likest *best)
{
    bool alike = best->name.n && best->off <= 1 + best->name.n / 3;
    return alike ? MSG(N_("“{1}” is not known; is it “{2}”?"), said, best->name) : MSG(N_("“{1}” is not known."), said);
}

static const char *const file_members[] = { "words", "words_must", "day", "limit", "criteria" };
static const char *const members[] = { "criterion", "codes", "at_least", "at_most", "within", "unit", "place", "must", "weight" };

static void check_members(struct file *f, const struct json_t *object, Str at, const char *const *known, size_t n)
{
    void *walk = NULL;
    Str key;
    const struct json_t *value;
    while (json_each(object, &walk, &key, &value)) {
        struct likest best = { 0 };
        bool there = false;
        for (size_t i = 0; i < n; i++) {
            there |= str_is(key, known[i]);
            consider(&best, key, str_of(known[i]));
        }
        if (!there) say(f, at.n ? str_f(f->w->a, "%.*s.%.*s", FMT(at), FMT(key)) : key, not_known(f, key, &best));
    }
}

static const struct criterion *criterion_said(struct file *f, const struct json_t *item, Str at)
{
    struct likest best = { 0 };
    Str said = json_str(json_member(item, "criterion"));
    const struct criterion *c = criterion_named(said);
    for (size_t i = 0; !c && i < criteria_n; i++) consider(&best, said, str_of(criteria[i].name));
    if (!said.n) say(f, path(f, at, "criterion"), MSG(N_("Say which criterion this is.")));
    else if (!c) say(f, path(f, at, "criterion"), not_known(f, said, &best));
    return c;
}

/* ---- codes ------------------------------------------------------------------------------------------------- */

static Message code_not_known(struct file *f, const struct criterion *c, Str said)
{
    size_t n;
    struct likest best = { 0 };
    const struct code *const *all = codes_of(f->w->codes, str_of(c->list), &n);
    for (size_t i = 0; i < n; i++) consider(&best, said, all[i]->code);
    return not_known(f, said, &best);
}

static bool read_code(struct file *f, const struct criterion *c, const struct json_t *v, Str at, Str *key)
{
    size_t several;
    Str said = json_str(v);
    const struct code *k = said.n ? code_match(f->w->codes, f->w->a, str_of(c->list), said, &several) : NULL;
    if (k) return *key = k->key, true;
    say(f, at, !said.n ? MSG(N_("Write a code, as text.")) : several ? MSG(N_("“{1}” means several things; write the code."), said) : code_not_known(f, c, said));
    return false;
}

static void read_codes(struct file *f, const struct criterion *c, const struct json_t *item, Str at)
{
    const struct json_t *codes = json_member(item, "codes");
    Str key, in = path(f, at, "codes");
    if (c->kind == FACT_FOREIGN && json_is_missing(codes)) {
        want_add(f->w, f->out, c);
        return;
    }
    if (!json_is_list(codes) || !json_count(codes)) {
        say(f, in, MSG(N_("Write a list of codes, as [\"{1}\"]."), S("…")));
        return;
    }
    for (size_t i = 0; i < json_count(codes); i++) {
        if (!read_code(f, c, json_item(codes, i), str_f(f->w->a, "%.*s[%zu]", FMT(in), i), &key)) continue;
        if (want_add_code(f->w, f->out, c, key)) continue;
        say(f, in, MSG(N_("A demand has at most {1} criteria."), str_f(f->w->a, "%d", MATCH_CRITERIA)));
        return;
    }
}

/* ---- numbers ------------------------------------------------------------------------------------------------- */

static const char *limit_member(const struct criterion *c) { return want_sets_least(c) ? "at_least" : c->rule == AT_MOST ? "at_most" : "within"; }

/* 250 with "unit": "t", or "250 t"; as the text that people would write. */
static bool number_text(struct file *f, const struct criterion *c, const struct json_t *item, Str at, Str *out)
{
    const struct json_t *v = json_member(item, limit_member(c)), *unit = json_member(item, "unit");
    struct buf b = buf_make(f->w->a);
    double number;
    bool is_text = json_is_str(v);
    if (json_is_missing(v) || (!is_text && !json_to_f64(v, &number)))
        return say(f, path(f, at, limit_member(c)), MSG(N_("Write the number that “{1}” asks for, here."), str_of(c->name))), false;
    if (is_text) put(&b, json_str(v));
    else put_f(&b, "%.12f", number);
    if (!is_text) while (b.p[b.n - 1] == '0') b.n--;
    if (!is_text && b.p[b.n - 1] == '.') b.n--;
    if (!json_is_missing(unit)) put_f(&b, " %.*s", FMT(json_str(unit)));
    bool has_unit = is_text || json_str(unit).n || !(c->quantity || c->list);
    if (!has_unit) return say(f, path(f, at, "unit"), MSG(N_("Write the unit, such as “{1}”."), c->list ? S("pcs") : str_of(quantity_units[c->quantity]))), false;
    *out = buf_str(&b);
    return true;
}

/* A number out of bounds is no fault of its unit: of that one there cannot even be 1. */
static bool unit_is_wrong(struct file *f, const struct criterion *c, const struct json_t *item)
{
    double value;
    Str key, one = str_f(f->w->a, "1 %.*s", FMT(json_str(json_member(item, "unit"))));
    return (c->list ? want_read_amount(f->w, EN, one, &value, &key) : want_read_number(f->w, c, EN, one, &value)).id;
}

static void read_number(struct file *f, const struct criterion *c, const struct json_t *item, Str at)
{
    Str text, unit = { 0 }, place = json_str(json_member(item, "place")), where = path(f, at, limit_member(c));
    double value;
    struct spot spot = { NAN, NAN };
    if (!number_text(f, c, item, at, &text)) return;
    Message why = c->list ? want_read_amount(f->w, EN, text, &value, &unit) : want_read_number(f->w, c, EN, text, &value);
    if (!why.id && c->list && !unit.n) why = MSG(N_("Write the unit, such as “{1}”."), S("pcs"));
    if (why.id) {
        say(f, unit_is_wrong(f, c, item) ? path(f, at, "unit") : where, why);
        return;
    }
    if (c->rule == WITHIN_KM) why = place.n ? want_read_place(f->w, place, &spot) : MSG(N_("Say from which place the distance is."));
    if (why.id) {
        say(f, path(f, at, "place"), why);
        return;
    }
    struct want *x = want_add(f->w, f->out, c);
    if (!x) return;
    x->value = value;
    x->at = spot;
    x->place = place;
    if (unit.n) x->codes = v_text(str_f(f->w->a, ";%.*s;", FMT(unit)));
}

/* ---- one criterion ---------------------------------------------------------------------------------------------- */

/* What stands there but means nothing for this criterion would be silently left out. */
static void check_suitable(struct file *f, const struct criterion *c, const struct json_t *item, Str at)
{
    const struct { const char *member; bool suits; } rules[] = {
        { "codes", c->number == NO_NUMBER }, { "at_least", c->number != NO_NUMBER && want_sets_least(c) }, { "at_most", c->number != NO_NUMBER && c->rule == AT_MOST },
        { "within", c->rule == WITHIN_KM || c->quantity == DURATION }, { "unit", c->number != NO_NUMBER }, { "place", c->rule == WITHIN_KM },
    };
    for (size_t i = 0; i < COUNT(rules); i++)
        if (!rules[i].suits && !json_is_missing(json_member(item, rules[i].member)))
            say(f, path(f, at, rules[i].member), MSG(N_("“{1}” has no such part."), str_of(c->name)));
}

static void read_weighing(struct file *f, const struct json_t *item, Str at, size_t first)
{
    const struct json_t *must = json_member(item, "must"), *weight = json_member(item, "weight");
    bool is_must = false;
    int64_t n = 0;
    bool has_must = !json_is_missing(must), has_weight = !json_is_missing(weight);
    if (has_must && !json_to_bool(must, &is_must)) say(f, path(f, at, "must"), MSG(N_("Write true or false.")));
    if (has_weight && (!json_to_i64(weight, &n) || n < 1 || n > 100)) say(f, path(f, at, "weight"), MSG(N_("A weight is a whole number from 1 to 100.")));
    for (size_t i = first; i < f->out->n; i++) {
        if (has_must) f->out->p[i].must = is_must;
        if (has_weight) f->out->p[i].weight = (int)n;
    }
}

static void read_criterion(struct file *f, const struct json_t *item, Str at)
{
    size_t first = f->out->n;
    if (!json_is_map(item)) {
        say(f, at, MSG(N_("A criterion is an object, as {1}."), S("{\"criterion\": \"process\", \"codes\": [\"die-casting\"]}")));
        return;
    }
    check_members(f, item, at, members, COUNT(members));
    const struct criterion *c = criterion_said(f, item, at);
    if (!c) return;
    if (want_named(f->out, c)) {
        say(f, at, MSG(N_("“{1}” is asked twice; write it once."), str_of(c->name)));
        return;
    }
    check_suitable(f, c, item, at);
    if (c->number == NO_NUMBER) read_codes(f, c, item, at);
    else read_number(f, c, item, at);
    read_weighing(f, item, at, first);
}

/* ---- the file ------------------------------------------------------------------------------------------------------ */

static void read_rest(struct file *f, const struct json_t *root, size_t *limit)
{
    const struct json_t *words = json_member(root, "words"), *must = json_member(root, "words_must"), *day = json_member(root, "day"), *most = json_member(root, "limit");
    int64_t n;
    if (!json_is_missing(words) && (!json_is_str(words) || json_str(words).n > WORDS_MOST))
        say(f, S("words"), MSG(N_("Words are text of at most {1} bytes."), str_f(f->w->a, "%d", WORDS_MOST)));
    else f->out->words = str_trim(json_str(words));
    if (!json_is_missing(must) && !json_to_bool(must, &f->out->words_must)) say(f, S("words_must"), MSG(N_("Write true or false.")));
    if (!json_is_missing(day) && !date_from_iso(json_str(day), &f->out->day)) say(f, S("day"), MSG(N_("Write a day as 2026-12-31.")));
    if (json_is_missing(most)) return;
    if (json_to_i64(most, &n) && n >= 1 && n <= MATCH_BEST) *limit = (size_t)n;
    else say(f, S("limit"), MSG(N_("Write a whole number from 1 to {1}."), str_f(f->w->a, "%d", MATCH_BEST)));
}

static enum err too_big(struct file *f, Str where, Message what) { return say(f, where, what), ERR_TOO_BIG; }

enum err wanted_from_json(struct work *w, Str json, struct wanted *out, size_t *limit, struct wrong_parts *wrong)
{
    struct file f = { w, out, wrong };
    const struct json_t *root;
    Message why;
    *out = (struct wanted){ 0 };
    *wrong = (struct wrong_parts){ 0 };
    *limit = 0;
    if (json.n > DEMAND_FILE_MOST) return too_big(&f, (Str){ 0 }, MSG(N_("A demand file has at most {1} MB."), str_f(w->a, "%d", DEMAND_FILE_MOST >> 20)));
    enum err e = json_read(w->a, json, &root, &why);
    if (e) return say(&f, (Str){ 0 }, why), e;
    if (!json_is_map(root)) return say(&f, (Str){ 0 }, MSG(N_("A demand file is a JSON object."))), ERR_INVALID;
    const struct json_t *list = json_member(root, "criteria");
    check_members(&f, root, (Str){ 0 }, file_members, COUNT(file_members));
    read_rest(&f, root, limit);
    if (!json_is_missing(list) && !json_is_list(list)) say(&f, S("criteria"), MSG(N_("Criteria are a list.")));
    if (json_count(list) > MATCH_CRITERIA) return too_big(&f, S("criteria"), MSG(N_("A demand has at most {1} criteria."), str_f(w->a, "%d", MATCH_CRITERIA)));
    for (size_t i = 0; json_is_list(list) && i < json_count(list); i++) read_criterion(&f, json_item(list, i), str_f(w->a, "criteria[%zu]", i));
    if (!wrong->n && !out->n && !out->words.n) say(&f, (Str){ 0 }, MSG(N_("The demand asks for nothing: write words or criteria.")));
    return wrong->n ? ERR_INVALID : OK;
}
