/* map.c - what a heading means: labels, names and other spellings of an entity's fields and of its children's. */
#include "model/import/importing.h"

#include "base/map.h"
#include "base/number.h"

#include <stdio.h>
#include <string.h>

struct headings {
    const struct entity *e;
    Roles                roles;             /* of whoever imports                                 */
    struct arena        *a;
    struct map           by_slug;           /* -> known[]                                         */
    struct { struct { Str slug; struct target target; } *p; size_t n, cap; } known;
    struct { struct { Str slug; struct target target; } *p; size_t n, cap; } told;     /* by --map */
};

bool by_year(const struct entity *e) { return e->fields[key_field(e)].type == &year_type; }

/* ---- what is known -------------------------------------------------------------------------- */

static void know(struct headings *h, Str text, struct target t)
{
    bool added;
    Str slug = text_slug(h->a, text);
    if (!slug.n) return;
    map_put(&h->by_slug, slug, (int64_t)h->known.n, &added);
    if (!added) return;
    (*GROW(h->a, h->known)).slug = slug;
    h->known.p[h->known.n - 1].target = t;
}

static void know_field(struct headings *h, const struct field *f, struct target t)
{
    know(h, tr(VI, f->label), t);
    know(h, str_of(f->label), t);
    know(h, str_of(f->name), t);
}

static void know_also(struct headings *h, const struct field *f, struct target t)
{
    Str rest = str_of(f->also), one;
    while (rest.n && str_next(&rest, '|', &one)) know(h, one, t);
}

/* Not of what the program works out, of files, or of what is for others to write. */
bool may_be_target(Roles roles, const struct field *f)
{
    if (f->type == &children_type || f->type == &file_type || f->is & (DERIVED | COMPUTED | INTERNAL) || is_stepped(f)) return false;
    return !f->writers || roles & (f->writers | SYSTEM);
}

static struct target target_of(const struct headings *h, int field, int child)
{
    const struct entity *e = h->e;
    const struct field *f = child < 0 ? &e->fields[field] : &e->fields[field].to->fields[child];
    if (f->type == &file_type) return (struct target){ .kind = TARGET_IGNORED, .field = -1, .child = -1, .scale = 1 };
    return (struct target){ .kind = may_be_target(h->roles, f) ? TARGET_FIELD : TARGET_IGNORED, .field = field, .child = child, .scale = 1 };
}

typedef void know_fn(struct headings *h, const struct field *f, struct target t);

static void each_field(struct headings *h, know_fn *fn, bool children)
{
    for EACH_FIELD(f, i, h->e) {
        bool list = f->type == &children_type;
        if (!children && !list) fn(h, f, target_of(h, i, -1));
        if (!children && list && !by_year(f->to)) fn(h, f, target_of(h, i, key_field(f->to)));
        if (!children || !list) continue;
        for EACH_FIELD(g, k, f->to) fn(h, g, target_of(h, i, k));
    }
}

struct headings *headings_make(struct work *w, const struct entity *e)
{
    static const char *const ordinals[] = { "stt", "tt", "so tt", "so thu tu", "no", "nr" };
    struct headings *h = NEW(w->a, struct headings);
    *h = (struct headings){ .e = e, .roles = w->actor.roles, .a = w->a, .by_slug = map_make(w->a, 512) };
    const struct target number = { .kind = TARGET_NUMBER, .field = -1, .child = -1, .scale = 1 };
    know(h, tr(VI, N_("Record number")), number);
    know(h, S("Record number"), number);
    for (int children = 0; children < 2; children++) {
        each_field(h, know_field, children);
        each_field(h, know_also, children);
    }
    for (size_t i = 0; i < COUNT(ordinals); i++)
        know(h, str_of(ordinals[i]), (struct target){ .kind = TARGET_ORDINAL, .field = -1, .child = -1, .scale = 1 });
    return h;
}

/* ---- taking a heading apart ------------------------------------------------------------------ */

static bool is_year(Str s)
{
    int64_t y;
    return s.n == 4 && str_to_i64(s, &y) && y >= 1990 && y <= 2100;
}

/* Without what stands in brackets. */
static Str without_brackets(struct arena *a, Str s)
{
    struct buf b = buf_make(a);
    int depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '(' || s.p[i] == '[') depth++;
        else if ((s.p[i] == ')' || s.p[i] == ']') && depth) depth--;
        else if (!depth) put_c(&b, s.p[i]);
    }
    return buf_str(&b);
}

static bool listed(const char *list, Str word)              /* " one two "                        */
{
    char padded[32];
    int n = snprintf(padded, sizeof padded, " %.*s ", FMT(word));
    return n < (int)sizeof padded && strstr(list, padded);
}

/* The slug without a year ("nam-2024"); two different years are none. */
static Str without_year(struct arena *a, Str slug, int64_t *year)
{
    struct buf b = buf_make(a);
    Str word;
    int64_t found = 0;
    int years = 0;
    for (Str rest = slug; rest.n && str_next(&rest, '-', &word);)
        if (is_year(word)) years += str_to_i64(word, &found);
    *year = years == 1 ? found : 0;
    for (Str rest = slug; rest.n && str_next(&rest, '-', &word);) {
        Str next = str_sub(rest, 0, 4);
        bool country = str_is(word, "nam") && str_ends(buf_str(&b), S("viet"));      /* "bought in Viet Nam 2024" */
        bool says_year = !country && listed(" nam year ", word) && is_year(next) && (rest.n == 4 || rest.p[4] == '-');
        if (years == 1 && (is_year(word) || says_year)) continue;
        if (b.n) put_c(&b, '-');
        put(&b, word);
    }
    return buf_str(&b);
}

/* Without units and counters at its end: "doanh-thu-trieu-dong", "san-pham-2". */
static Str without_units(Str slug)
{
    static const char units[] = " trieu ty nghin ngan dong vnd d trd nguoi million billion thousand mn bn people ";
    for (;;) {
        const char *dash = slug.n ? memrchr(slug.p, '-', slug.n) : NULL;
        if (!dash) return slug;
        Str last = str_sub(slug, (size_t)(dash - slug.p) + 1, slug.n);
        int64_t counter;
        if (!listed(units, last) && !(last.n <= 2 && str_to_i64(last, &counter))) return slug;
        slug = str_sub(slug, 0, (size_t)(dash - slug.p));
    }
}

/* ---- likeness of headings -------------------------------------------------------------------- */

enum { SLUG_MAX = 80 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

size_t edit_distance(Str a, Str b)
{
    size_t row[SLUG_MAX + 1];
    a.n = least(a.n, SLUG_MAX);
    b.n = least(b.n, SLUG_MAX);
    for (size_t j = 0; j <= b.n; j++) row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t up = row[j], swap = corner + (a.p[i - 1] != b.p[j - 1]);
            row[j] = least(least(up, row[j - 1]) + 1, swap);
            corner = up;
        }
    }
    return row[b.n];
}

/* Begins or ends with the known heading of at least two words, which makes most of it. */
static bool mostly(Str slug, Str known)
{
    if (known.n >= slug.n || !memchr(known.p, '-', known.n) || known.n * 20 < slug.n * 11) return false;
    return (str_starts(slug, known) && slug.p[known.n] == '-')
        || (str_ends(slug, known) && slug.p[slug.n - known.n - 1] == '-');
}

static bool mistyped(Str slug, Str known)
{
    size_t longer = slug.n > known.n ? slug.n : known.n, most = longer / 8;
    if (longer > SLUG_MAX || !most || longer - least(slug.n, known.n) > most) return false;
    return edit_distance(slug, known) <= most;
}

static const struct target *exactly(const struct headings *h, Str slug)
{
    int64_t at;
    return slug.n && map_get(&h->by_slug, slug, &at) ? &h->known.p[at].target : NULL;
}

static const struct target *nearly(const struct headings *h, Str slug)
{
    size_t best = h->known.n;
    for (size_t i = 0; slug.n && i < h->known.n; i++)
        if (mostly(slug, h->known.p[i].slug) && (best == h->known.n || h->known.p[i].slug.n > h->known.p[best].slug.n)) best = i;
    if (best < h->known.n) return &h->known.p[best].target;
    for (size_t i = 0; slug.n && i < h->known.n; i++)
        if (mistyped(slug, h->known.p[i].slug)) return &h->known.p[i].target;
    return NULL;
}

/* ---- the answer ------------------------------------------------------------------------------- */

static const struct field *field_of(const struct entity *e, const struct target *t)
{
    return t->child < 0 ? &e->fields[t->field] : &e->fields[t->field].to->fields[t->child];
}

static bool numeric(const struct field *f)
{
    return f->type == &money_type || f->type == &number_type || f->type == &integer_type;
}

/* Another currency, or a share where an amount is kept: better left out than read wrongly. */
static bool another_unit(const struct field *f, Str whole, Str slug)
{
    if (f->type != &money_type) return false;
    Str word;
    while (slug.n && str_next(&slug, '-', &word))
        if (listed(" usd eur jpy krw cny ", word)) return true;
    return memchr(whole.p, '%', whole.n) != NULL;
}

static struct target finish(const struct headings *h, struct arena *a, const struct target *found, Str whole, int64_t year)
{
    struct target t = *found;
    if (t.kind != TARGET_FIELD) return t;
    const struct field *f = field_of(h->e, &t);
    if (another_unit(f, whole, text_slug(a, whole))) return (struct target){ .kind = TARGET_NONE, .scale = 1 };
    if (numeric(f) && !number_scale(a, whole, &t.scale)) t.scale = 1;
    if (t.child >= 0 && by_year(h->e->fields[t.field].to)) t.year = year;
    return t;
}

/* What the mapping does not say, the heading may: its unit and year. */
static struct target as_told(const struct headings *h, struct arena *a, struct target t, Str whole)
{
    int64_t year;
    if (t.kind != TARGET_FIELD) return t;
    without_year(a, text_slug(a, whole), &year);
    if (t.scale == 0 && !(numeric(field_of(h->e, &t)) && number_scale(a, whole, &t.scale))) t.scale = 1;
    if (!t.year && t.child >= 0 && by_year(h->e->fields[t.field].to)) t.year = year;
    return t;
}

struct target heading_target(const struct headings *h, struct arena *a, Str parent, Str heading, bool near)
{
    size_t at;
    if (!parent.n && str_find(heading, S(" / "), &at)) {    /* as a workbook of rejected rows has it */
        parent = str_sub(heading, 0, at);
        heading = str_sub(heading, at + 3, heading.n);
    }
    Str whole = parent.n ? str_f(a, "%.*s / %.*s", FMT(parent), FMT(heading)) : heading;
    Str told = text_slug(a, whole), own = text_slug(a, heading);
    for (size_t i = 0; i < h->told.n; i++)
        if (str_eq(h->told.p[i].slug, told) || str_eq(h->told.p[i].slug, own)) return as_told(h, a, h->told.p[i].target, whole);
    int64_t year, none;
    Str bare = text_slug(a, without_brackets(a, heading));
    Str whole_slug = without_year(a, told, &year);
    Str tried[] = {
        whole_slug, without_year(a, own, &none), without_year(a, bare, &none), without_units(without_year(a, bare, &none)),
        without_year(a, text_slug(a, without_brackets(a, whole)), &none), { 0 }, { 0 },
    };
    if (parent.n && !tried[2].n) {                          /* "Doanh thu (tỷ đồng)" over "2024"   */
        tried[5] = without_year(a, text_slug(a, without_brackets(a, parent)), &none);
        tried[6] = without_units(tried[5]);
    }
    const struct target *found = exactly(h, own);           /* "Address before 1 July 2025": no year of figures */
    for (size_t i = 0; !found && i < COUNT(tried); i++) found = exactly(h, tried[i]);
    for (size_t i = 1; near && !found && i < COUNT(tried); i++) found = nearly(h, tried[i]);
    return found ? finish(h, a, found, whole, year) : (struct target){ .kind = TARGET_NONE, .scale = 1 };
}

/* ---- --map -------------------------------------------------------------------------------------- */

static bool read_target(const struct headings *h, Str s, struct target *out)
{
    const struct entity *e = h->e;
    Str path, scale, year, list, name;
    *out = (struct target){ .kind = TARGET_FIELD, .child = -1 };
    if (str_is(s, "-")) return *out = (struct target){ .kind = TARGET_IGNORED, .field = -1, .child = -1, .scale = 1 }, true;
    if (str_cut(s, '*', &path, &scale) && !(str_to_f64(str_trim(scale), &out->scale) && out->scale > 0)) return false;
    path = str_trim(path);
    if (str_ends(path, S("]"))) {
        Str inside = str_sub(path, 0, path.n - 1);
        if (!str_cut(inside, '[', &path, &year) || !is_year(year) || !str_to_i64(year, &out->year)) return false;
    }
    bool nested = str_cut(path, '.', &list, &name);
    out->field = field_index(e, list);
    if (out->field < 0) return false;
    const struct field *f = &e->fields[out->field];
    if (f->type == &children_type) {
        out->child = nested ? field_index(f->to, name) : key_field(f->to);
        if (out->child < 0) return false;
    } else if (nested) {
        return false;
    }
    if (out->year && !(out->child >= 0 && by_year(f->to))) return false;
    return may_be_target(h->roles, field_of(e, out));
}

enum err headings_read(struct headings *h, struct arena *a, Str mapping, Message *why)
{
    Str line;
    int number = 0;
    if (!text_clean(a, mapping, &mapping)) {
        *why = MSG(N_("The mapping is not text in UTF-8. Save it as UTF-8 and try again."));
        return ERR_INVALID;
    }
    while (mapping.n && str_next(&mapping, '\n', &line)) {
        struct target t;
        const char *equal = memrchr(line.p, '=', line.n);
        number++;
        line = str_trim(line);
        if (!line.n || line.p[0] == '#') continue;
        Str heading = equal ? str_sub(line, 0, (size_t)(equal - line.p)) : line;
        Str target = equal ? str_trim(str_sub(line, heading.n + 1, line.n)) : (Str){ 0 };
        if (!equal || !read_target(h, target, &t)) {
            *why = MSG(N_("Line {1} of the mapping is not understood: {2}. Write HEADING = field, HEADING = figures.revenue[2024]*1000000, or HEADING = - to leave a column out."),
                       str_f(a, "%d", number), line);
            return ERR_INVALID;
        }
        (*GROW(h->a, h->told)).slug = text_slug(h->a, heading);
        h->told.p[h->told.n - 1].target = t;
    }
    return OK;
}
