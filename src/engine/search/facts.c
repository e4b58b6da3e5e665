/*
 * facts.c - while an index is built, a document's facts are rows of 32-bit words: small, and soon copied.  When all documents are there,
 * rows become columns.
 *
 * A row: kind, the numbers stated and what else there is (HAS_...); then what there is of code, set, from and until, numbers.
 */
#include "engine/search/facts.h"

#include <math.h>
#include <stdlib.h>

enum { HAS_CODE = 1 << 16, HAS_SET = 1 << 17, HAS_DAYS = 1 << 18, ROW_MOST = 5 + FACT_NUMBERS };

struct row { int kind; uint32_t stated, code, set; int32_t from, until; float number[FACT_NUMBERS]; };      /* code, set: UINT32_MAX: none */

static void row_put(struct facts_build *b, const struct row *r)
{
    bool days = r->from != DAY_ALWAYS || r->until != DAY_NO_END;
    uint32_t w[ROW_MOST], n = 1;
    w[0] = (uint32_t)r->kind | r->stated << 8 | (r->code != UINT32_MAX ? HAS_CODE : 0) | (r->set != UINT32_MAX ? HAS_SET : 0) |
           (days ? HAS_DAYS : 0);
    if (r->code != UINT32_MAX) w[n++] = r->code;
    if (r->set != UINT32_MAX) w[n++] = r->set;
    if (days) {
        w[n++] = (uint32_t)r->from;
        w[n++] = (uint32_t)r->until;
    }
    for (int k = 0; k < FACT_NUMBERS; k++)
        if (r->stated >> k & 1) memcpy(&w[n++], &r->number[k], sizeof *w);
    for (uint32_t i = 0; i < n; i++) *GROW(b->a, b->row) = w[i];
}

static bool row_next(struct fact_rows *rest, struct row *r)
{
    if (!rest->n) return false;
    const uint32_t *p = rest->p, head = *p++;
    *r = (struct row){ .kind = (int)(head & 0xFF), .stated = head >> 8 & 0xFF, .from = DAY_ALWAYS, .until = DAY_NO_END };
    r->code = head & HAS_CODE ? *p++ : UINT32_MAX;
    r->set = head & HAS_SET ? *p++ : UINT32_MAX;
    if (head & HAS_DAYS) {
        r->from = (int32_t)*p++;
        r->until = (int32_t)*p++;
    }
    for (int k = 0; k < FACT_NUMBERS; k++) {
        if (r->stated >> k & 1) memcpy(&r->number[k], p++, sizeof *p);
        else r->number[k] = NAN;
    }
    rest->n -= (size_t)(p - rest->p);
    rest->p = p;
    return true;
}

static struct fact_rows rows_done(struct facts_build *b)
{
    struct fact_rows rows = { NULL, b->row.n };
    if (rows.n) rows.p = memcpy(NEW_ARRAY(b->a, uint32_t, rows.n), b->row.p, rows.n * sizeof *rows.p);
    b->row.n = 0;
    return rows;
}

/* ------------------------------------------------------------------ one document ------------ */

struct facts_build facts_build_make(struct arena *a)
{
    struct facts_build b = { .a = a };
    for (int k = 0; k < FACT_KINDS; k++) {
        b.code[k].map = map_make(a, 16);
        b.also[k].map = map_make(a, 16);
        b.sets[k].map = map_make(a, 16);
    }
    return b;
}

static uint32_t number_of(struct facts_build *b, struct code_numbers *c, Str text)
{
    int64_t known;
    bool added;
    if (map_get(&c->map, text, &known)) return (uint32_t)known;
    Str copy = str_dup(b->a, text);
    map_put(&c->map, copy, (int64_t)c->text.n, &added);
    *GROW(b->a, c->text) = copy;
    return (uint32_t)c->text.n - 1;
}

static int by_value(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

/* Each number once, in their order; changes the array. */
static uint32_t set_of_numbers(struct facts_build *b, int kind, uint32_t *number, size_t n)
{
    size_t kept = 0;
    if (!n) return UINT32_MAX;
    qsort(number, n, sizeof *number, by_value);
    for (size_t i = 0; i < n; i++)
        if (!kept || number[kept - 1] != number[i]) number[kept++] = number[i];
    return number_of(b, &b->sets[kind], (Str){ (const char *)number, kept * sizeof *number });
}

static uint32_t also_of(struct facts_build *b, struct arena *scratch, const struct fact *f)
{
    uint32_t *number = NEW_ARRAY(scratch, uint32_t, f->also_n);
    size_t n = 0;
    for (size_t i = 0; i < f->also_n; i++)
        if (f->also[i].n) number[n++] = number_of(b, &b->also[f->kind], f->also[i]);
    return set_of_numbers(b, f->kind, number, n);
}

static bool too_many_codes(const struct facts_build *b, int kind)
{
    return b->code[kind].text.n > FACT_CODES || b->also[kind].text.n > FACT_CODES;
}

enum err facts_build_doc(struct facts_build *b, struct arena *scratch, const struct fact *facts, size_t n, struct fact_rows *out)
{
    if (n > FACTS) return ERR_TOO_BIG;
    for (const struct fact *f = facts; n; f++, n--) {
        MUST(f->kind < FACT_KINDS);
        if (f->also_n > FACT_ALSO) return ERR_TOO_BIG;
        struct row r = { .kind = f->kind, .from = f->from, .until = f->until };
        r.code = f->code.n ? number_of(b, &b->code[f->kind], f->code) : UINT32_MAX;
        r.set = also_of(b, scratch, f);
        memcpy(r.number, f->number, sizeof r.number);
        for (int k = 0; k < FACT_NUMBERS; k++) r.stated |= (uint32_t)!isnan(f->number[k]) << k;
        row_put(b, &r);
        if (too_many_codes(b, f->kind)) return ERR_TOO_BIG;
    }
    *out = rows_done(b);
    return OK;
}

/* ------------------------------------------------------------------ from another segment ---- */

static uint32_t *codes_taken(struct facts_build *b, struct arena *scratch, struct code_numbers *to, const struct fact_codes *from)
{
    uint32_t *number = NEW_ARRAY(scratch, uint32_t, from->n);
    for (uint32_t c = 0; c < from->n; c++) number[c] = number_of(b, to, text_at(&from->text, c));
    return number;
}

static uint32_t *sets_taken(struct facts_build *b, struct arena *scratch, const struct fact_kind *from, int kind, const uint32_t *also)
{
    uint32_t *number = NEW_ARRAY(scratch, uint32_t, from->sets), item[FACT_ALSO];
    for (uint32_t set = 0; set < from->sets; set++) {
        size_t n = 0;
        for (uint32_t i = from->set_start[set]; i < from->set_start[set + 1]; i++) item[n++] = also[from->set_code[i]];
        number[set] = set_of_numbers(b, kind, item, n);
    }
    return number;
}

enum err facts_build_take(struct facts_build *b, struct arena *scratch, const struct segment *s, struct facts_taken *out)
{
    for (int kind = 0; kind < FACT_KINDS; kind++) {
        const struct fact_kind *k = &s->fact[kind];
        out->code[kind] = codes_taken(b, scratch, &b->code[kind], &k->codes);
        out->set[kind] = sets_taken(b, scratch, k, kind, codes_taken(b, scratch, &b->also[kind], &k->alsos));
        if (too_many_codes(b, kind)) return ERR_TOO_BIG;
    }
    return OK;
}

static struct row row_of(const struct fact_kind *k, int kind, uint32_t fact, const struct facts_taken *t)
{
    struct row r = { .kind = kind, .code = UINT32_MAX, .set = UINT32_MAX, .from = DAY_ALWAYS, .until = DAY_NO_END };
    if (k->code && k->code[fact] != NO_CODE) r.code = t->code[kind][k->code[fact]];
    if (k->also) r.set = t->set[kind][k->also[fact]];
    if (k->day) {
        r.from = k->day[2 * (size_t)fact];
        r.until = k->day[2 * (size_t)fact + 1];
    }
    for (int i = 0; i < FACT_NUMBERS; i++) {
        r.number[i] = k->column[i] < 0 ? NAN : k->value[(size_t)fact * k->numbers + (size_t)k->column[i]];
        r.stated |= (uint32_t)!isnan(r.number[i]) << i;
    }
    return r;
}

struct fact_rows facts_build_taken(struct facts_build *b, const struct segment *s, const struct facts_taken *t, uint32_t doc)
{
    struct { int kind; uint32_t fact; } as_given[FACTS];
    uint32_t n = 0;
    for (int kind = 0; kind < FACT_KINDS; kind++) {
        const struct fact_kind *k = &s->fact[kind];
        for (uint32_t i = k->n ? k->start[doc] : 0; k->n && i < k->start[doc + 1]; i++, n++) {
            uint32_t at = fact_given(s, kind, doc, i);
            as_given[at].kind = kind;
            as_given[at].fact = i;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        struct row r = row_of(&s->fact[as_given[i].kind], as_given[i].kind, as_given[i].fact, t);
        row_put(b, &r);
    }
    return rows_done(b);
}

/* ------------------------------------------------------------------ columns ----------------- */

struct making {
    struct segment           *s;
    const struct facts_build *b;
    const struct fact_rows   *rows;
    struct arena             *scratch;
    bool                      in_order;             /* all documents gave their facts kind by kind */
    struct { uint32_t facts, stated; bool codes, sets, days; } has[FACT_KINDS];
};

static void survey(struct making *m)
{
    m->in_order = true;
    for (uint32_t doc = 0; doc < m->s->docs; doc++) {
        struct fact_rows rest = m->rows[doc];
        int before = 0;
        for (struct row r; row_next(&rest, &r); before = r.kind) {
            m->in_order &= r.kind >= before;
            m->has[r.kind].facts++;
            m->has[r.kind].stated |= r.stated;
            m->has[r.kind].codes |= r.code != UINT32_MAX;
            m->has[r.kind].sets |= r.set != UINT32_MAX;
            m->has[r.kind].days |= r.from != DAY_ALWAYS || r.until != DAY_NO_END;
        }
    }
}

static void plan_kind(struct making *m, int kind)
{
    struct fact_kind *k = &m->s->fact[kind];
    struct arena *a = &m->s->a;
    size_t n = k->n = m->has[kind].facts;
    for (int i = 0; i < FACT_NUMBERS; i++) k->column[i] = m->has[kind].stated >> i & 1 ? (int8_t)k->numbers++ : -1;
    k->start = NEW_ARRAY(a, uint32_t, m->s->docs + (size_t)1);
    if (m->has[kind].codes) k->code = NEW_ARRAY(a, uint16_t, n);
    if (m->has[kind].sets) k->also = NEW_ARRAY(a, uint32_t, n);
    if (m->has[kind].days) k->day = NEW_ARRAY(a, int32_t, 2 * n);
    if (k->numbers) k->value = NEW_ARRAY(a, float, n * k->numbers);
    if (!m->in_order) k->given = NEW_ARRAY(a, uint16_t, n);
}

struct ordered { Str text; uint32_t number; };
static int by_bytes(const void *x, const void *y) { return str_cmp(((const struct ordered *)x)->text, ((const struct ordered *)y)->text); }

/* The texts in use get the numbers of their order; of[]: by the number they came with. */
static struct fact_codes order_codes(struct making *m, const struct code_numbers *c, const bool *used, uint32_t *of)
{
    struct fact_codes codes = { 0 };
    struct ordered *order = NEW_ARRAY(m->scratch, struct ordered, c->text.n);
    Str *text = NEW_ARRAY(m->scratch, Str, c->text.n);
    for (uint32_t i = 0; i < c->text.n; i++)
        if (used[i]) order[codes.n++] = (struct ordered){ c->text.p[i], i };
    if (codes.n) qsort(order, codes.n, sizeof *order, by_bytes);
    for (uint32_t i = 0; i < codes.n; i++) {
        of[order[i].number] = i;
        text[i] = order[i].text;
    }
    codes.text = texts_make(&m->s->a, text, codes.n);
    return codes;
}

static Str set_at(const struct code_numbers *sets, uint32_t set) { return sets->text.p[set]; }
static uint32_t set_item(Str set, size_t i)
{
    uint32_t number;
    memcpy(&number, set.p + i * sizeof number, sizeof number);
    return number;
}

/* What codes and sets that came in whatever order are in the segment. */
struct renumbered { uint32_t *code[FACT_KINDS], *set[FACT_KINDS]; };

/* Set 0 is the empty one. */
static void order_sets(struct making *m, int kind, const bool *used, uint32_t *of)
{
    struct fact_kind *k = &m->s->fact[kind];
    const struct code_numbers *sets = &m->b->sets[kind], *also = &m->b->also[kind];
    bool *in_use = NEW_ARRAY(m->scratch, bool, also->text.n);
    uint32_t *number = NEW_ARRAY(m->scratch, uint32_t, also->text.n);
    size_t items = 0;
    k->sets = 1;
    for (uint32_t set = 0; set < sets->text.n; set++) {
        if (!used[set]) continue;
        of[set] = k->sets++;
        for (size_t i = 0; i * sizeof(uint32_t) < set_at(sets, set).n; i++, items++) in_use[set_item(set_at(sets, set), i)] = true;
    }
    k->alsos = order_codes(m, also, in_use, number);
    k->set_start = NEW_ARRAY(&m->s->a, uint32_t, k->sets + (size_t)1);
    k->set_code = NEW_ARRAY(&m->s->a, uint16_t, items);
    uint32_t at = 0;
    for (uint32_t set = 0; set < sets->text.n; set++) {
        if (!used[set]) continue;
        k->set_start[of[set]] = at;
        for (size_t i = 0; i * sizeof(uint32_t) < set_at(sets, set).n; i++)
            k->set_code[at++] = (uint16_t)number[set_item(set_at(sets, set), i)];
    }
    k->set_start[k->sets] = at;
}

static void renumber(struct making *m, struct renumbered *to)
{
    bool *code_used[FACT_KINDS], *set_used[FACT_KINDS];
    for (int k = 0; k < FACT_KINDS; k++) {
        code_used[k] = NEW_ARRAY(m->scratch, bool, m->b->code[k].text.n);
        set_used[k] = NEW_ARRAY(m->scratch, bool, m->b->sets[k].text.n);
        to->code[k] = NEW_ARRAY(m->scratch, uint32_t, m->b->code[k].text.n);
        to->set[k] = NEW_ARRAY(m->scratch, uint32_t, m->b->sets[k].text.n);
    }
    for (uint32_t doc = 0; doc < m->s->docs; doc++) {
        struct fact_rows rest = m->rows[doc];
        for (struct row r; row_next(&rest, &r);) {
            if (r.code != UINT32_MAX) code_used[r.kind][r.code] = true;
            if (r.set != UINT32_MAX) set_used[r.kind][r.set] = true;
        }
    }
    for (int k = 0; k < FACT_KINDS; k++) {
        if (m->has[k].codes) m->s->fact[k].codes = order_codes(m, &m->b->code[k], code_used[k], to->code[k]);
        if (m->has[k].sets) order_sets(m, k, set_used[k], to->set[k]);
    }
}

static void fill(struct making *m, const struct renumbered *to)
{
    uint32_t at[FACT_KINDS] = { 0 };
    for (uint32_t doc = 0; doc < m->s->docs; doc++) {
        struct fact_rows rest = m->rows[doc];
        uint16_t given = 0;
        for (int k = 0; k < FACT_KINDS; k++)
            if (m->s->fact[k].n) m->s->fact[k].start[doc] = at[k];
        for (struct row r; row_next(&rest, &r); given++) {
            struct fact_kind *k = &m->s->fact[r.kind];
            size_t i = at[r.kind]++;
            if (k->code) k->code[i] = r.code == UINT32_MAX ? NO_CODE : (uint16_t)to->code[r.kind][r.code];
            if (k->also) k->also[i] = r.set == UINT32_MAX ? 0 : to->set[r.kind][r.set];
            if (k->day) memcpy(k->day + 2 * i, (int32_t[]){ r.from, r.until }, 2 * sizeof *k->day);
            for (int n = 0; n < FACT_NUMBERS; n++)
                if (k->column[n] >= 0) k->value[i * k->numbers + (size_t)k->column[n]] = r.number[n];
            if (k->given) k->given[i] = given;
        }
    }
    for (int k = 0; k < FACT_KINDS; k++)
        if (m->s->fact[k].n) m->s->fact[k].start[m->s->docs] = at[k];
}

/* ------------------------------------------------------------------ what a scan needs ------- */

static void mark(struct segment *s, uint64_t **bits, uint32_t doc)
{
    if (!*bits) *bits = NEW_ARRAY(&s->a, uint64_t, s->words);
    bit_set(*bits, doc);
}

static void make_bits(struct segment *s, struct fact_kind *k)
{
    for (uint32_t doc = 0; doc < s->docs; doc++)
        for (uint32_t i = k->start[doc]; i < k->start[doc + 1]; i++) {
            mark(s, &k->any, doc);
            if (!k->code || k->code[i] == NO_CODE) mark(s, &k->no_code, doc);
            if (!k->also || !k->also[i]) mark(s, &k->no_also, doc);
            if (k->day && (k->day[2 * (size_t)i] == DAY_UNKNOWN || k->day[2 * (size_t)i + 1] == DAY_UNKNOWN)) mark(s, &k->no_day, doc);
        }
}

/* Goes through the codes, or the further codes, of documents in ascending order, each code of a document once. */
static void walk_codes(const struct segment *s, const struct fact_kind *k, bool also, struct postings *p, uint32_t *at, uint32_t *last)
{
    for (uint32_t doc = 0; doc < s->docs; doc++)
        for (uint32_t i = k->start[doc]; i < k->start[doc + 1]; i++) {
            uint32_t set = also ? k->also[i] : 0, item = also ? k->set_start[set] : 0, end = also ? k->set_start[set + 1] : 1;
            for (; item < end; item++) {
                uint32_t code = also ? k->set_code[item] : k->code[i];
                if (code == NO_CODE || last[code] == doc + 1) continue;
                last[code] = doc + 1;
                if (p) postings_put(p, at, code, doc, 0);
                else at[code]++;
            }
        }
}

static void make_lists(struct making *m, const struct fact_kind *k, bool also, struct fact_codes *c)
{
    uint32_t *count = NEW_ARRAY(m->scratch, uint32_t, c->n), *at = NEW_ARRAY(m->scratch, uint32_t, c->n);
    walk_codes(m->s, k, also, NULL, count, NEW_ARRAY(m->scratch, uint32_t, c->n));
    postings_plan(&c->docs, &m->s->a, count, c->n, m->s->docs, false, at);
    walk_codes(m->s, k, also, &c->docs, at, NEW_ARRAY(m->scratch, uint32_t, c->n));
}

static int by_size(const void *x, const void *y)
{
    float a = *(const float *)x, b = *(const float *)y;
    return (a > b) - (a < b);
}

enum { SAMPLE = 1 << 16 };

/* Ranges of about as many facts each, from a sample; a range for each value where there are few.  top: the greatest value of each. */
static uint32_t ranges_of(struct arena *scratch, const struct fact_kind *k, size_t column, float *top)
{
    float *sample = NEW_ARRAY(scratch, float, k->n < SAMPLE ? k->n : SAMPLE);
    size_t n = 0, step = k->n / SAMPLE + 1, distinct = 0;
    for (size_t i = 0; i < k->n; i += step) {
        float v = k->value[i * k->numbers + column];
        if (!isnan(v)) sample[n++] = v;
    }
    if (n) qsort(sample, n, sizeof *sample, by_size);
    for (size_t i = 0; i < n; i++) distinct += !i || sample[i] != sample[i - 1];
    uint32_t ranges = 1;
    for (size_t i = 0; i < n; i++) {
        bool last_of_value = i + 1 == n || sample[i] != sample[i + 1], full = (i + 1) * (FACT_RANGES - 2) >= n * ranges;
        if (last_of_value && ranges < FACT_RANGES - 1 && (distinct < FACT_RANGES - 1 || full)) top[ranges++] = sample[i];
    }
    top[ranges++] = INFINITY;
    return ranges;
}

static uint8_t range_of(const float *top, uint32_t ranges, float v)
{
    uint32_t low = 1, high = ranges - 1;            /* the last one takes all that is left        */
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (top[mid] < v) low = mid + 1;
        else high = mid;
    }
    return (uint8_t)low;
}

static void number_put(struct fact_number *n, const float *top, uint32_t doc, float least, float most)
{
    n->least[doc] = range_of(top, n->ranges, least);
    n->most[doc] = range_of(top, n->ranges, most);
}

static void make_number(struct making *m, const struct fact_kind *k, size_t column, struct fact_number *n)
{
    struct segment *s = m->s;
    float top[FACT_RANGES];
    *n = (struct fact_number){ .least = NEW_ARRAY(&s->a, uint8_t, (size_t)s->words * 64), .most = NEW_ARRAY(&s->a, uint8_t, (size_t)s->words * 64),
                               .low = NEW_ARRAY(&s->a, float, FACT_RANGES), .high = NEW_ARRAY(&s->a, float, FACT_RANGES),
                               .ranges = ranges_of(m->scratch, k, column, top) };
    for (uint32_t r = 0; r < FACT_RANGES; r++) n->low[r] = INFINITY, n->high[r] = -INFINITY;
    for (uint32_t doc = 0; doc < s->docs; doc++) {
        float least = INFINITY, most = -INFINITY;
        bool any = false;
        for (uint32_t i = k->start[doc]; i < k->start[doc + 1]; i++) {
            float v = k->value[(size_t)i * k->numbers + column];
            if (isnan(v)) mark(s, &n->unknown, doc);
            else any = true, least = v < least ? v : least, most = v > most ? v : most;
        }
        if (!any) continue;
        number_put(n, top, doc, least, most);
        const uint8_t range[] = { n->least[doc], n->most[doc] };
        for (int side = 0; side < 2; side++) {
            float v = side ? most : least;
            if (v < n->low[range[side]]) n->low[range[side]] = v;
            if (v > n->high[range[side]]) n->high[range[side]] = v;
        }
    }
}

void facts_make(struct segment *s, const struct facts_build *b, const struct fact_rows *rows)
{
    struct arena scratch = arena_make(s->room, NULL);
    struct making m = { .s = s, .b = b, .rows = rows, .scratch = &scratch };
    struct renumbered to;
    survey(&m);
    for (int kind = 0; kind < FACT_KINDS; kind++)
        if (m.has[kind].facts) plan_kind(&m, kind);
    renumber(&m, &to);
    fill(&m, &to);
    for (int kind = 0; kind < FACT_KINDS; kind++) {
        struct fact_kind *k = &s->fact[kind];
        if (!k->n) continue;
        make_bits(s, k);
        if (k->code) make_lists(&m, k, false, &k->codes);
        if (k->also) make_lists(&m, k, true, &k->alsos);
        for (int i = 0; i < FACT_NUMBERS; i++)
            if (k->column[i] >= 0) make_number(&m, k, (size_t)k->column[i], &k->number[k->column[i]]);
    }
    arena_free(&scratch);
}

/* ------------------------------------------------------------------ asking ------------------ */

bool fact_code(const struct fact_codes *c, Str text, uint32_t *number)
{
    uint32_t low = 0, high = c->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (str_cmp(text_at(&c->text, mid), text) < 0) low = mid + 1;
        else high = mid;
    }
    *number = low;
    return low < c->n && str_eq(text_at(&c->text, low), text);
}

uint32_t fact_given(const struct segment *s, int kind, uint32_t doc, uint32_t fact)
{
    const struct fact_kind *k = &s->fact[kind];
    if (k->given) return k->given[fact];
    uint32_t before = 0;
    for (int other = 0; other < kind; other++)
        if (s->fact[other].n) before += s->fact[other].start[doc + 1] - s->fact[other].start[doc];
    return before + fact - k->start[doc];
}

/* ------------------------------------------------------------------ fingerprint ------------- */

static void put_bytes(struct buf *b, const void *p, size_t n) { put(b, (Str){ p, n }); }
static void put_text(struct buf *b, Str s)
{
    put_bytes(b, &s.n, sizeof s.n);
    if (s.n) put(b, s);
}

void facts_put(struct buf *b, const struct fact *facts, size_t n)
{
    while (n--) {
        const struct fact *f = facts++;
        put_bytes(b, &f->kind, sizeof f->kind);
        put_text(b, f->code);
        put_bytes(b, &f->also_n, sizeof f->also_n);
        for (size_t i = 0; i < f->also_n; i++) put_text(b, f->also[i]);
        for (int k = 0; k < FACT_NUMBERS; k++) {
            float v = isnan(f->number[k]) ? NAN : f->number[k] + 0.0f;          /* -0.0 is 0.0     */
            put_bytes(b, &v, sizeof v);
        }
        put_bytes(b, &f->from, sizeof f->from);
        put_bytes(b, &f->until, sizeof f->until);
    }
}
