/*
 * match.c - whom a row means.
 *
 * An index in memory, loaded once and kept up to date, names the records that could be meant; each is then loaded and
 * compared, so that the index needs nothing but hashes: about 150 bytes for a record.  A name meets another when their keys
 * have the same words, or the same but for one (never a number): each key stands in the index under the sum of the hashes of its
 * words, and under that sum less each word.
 */
#include "model/import/importing.h"

#include "base/hash.h"
#include "base/map.h"
#include "model/change.h"
#include "model/merge.h"

#include <stdio.h>
#include <string.h>

enum { WORDS = 24, LOADS = 20, SAME_HASH = 16 };            /* words of a name; records compared; entries of one hash */

struct posting { uint64_t hash; uint32_t known, next; };    /* next: index + 1; 0: the end        */
struct known { int64_t id; bool unique; };
struct decision { int64_t record; bool same, merged; int64_t next; };   /* next: index + 1; 0: the end */

struct matcher {
    struct arena *a;
    uint32_t     *heads;
    size_t        mask;
    struct { struct posting *p; size_t n, cap; } postings;
    struct { struct known *p; size_t n, cap; } known;
    size_t        without_unique;
    struct map    decided;                                  /* identity -> decisions[] + 1        */
    struct { struct decision *p; size_t n, cap; } decisions;
    struct map    former;                                   /* "3|0100233488" of a record merged away -> the survivor */
    struct map    survivors;                                /* "421", merged away -> the survivor */
    double        match, review;
};

/* ---- the index ---------------------------------------------------------------------------------- */

static void rehash(struct matcher *m)
{
    size_t size = m->heads ? (m->mask + 1) * 4 : 1024;
    m->heads = NEW_ARRAY(m->a, uint32_t, size);
    m->mask = size - 1;
    for (size_t i = 0; i < m->postings.n; i++) {
        struct posting *p = &m->postings.p[i];
        p->next = m->heads[p->hash & m->mask];
        m->heads[p->hash & m->mask] = (uint32_t)i + 1;
    }
}

static const struct posting *first(const struct matcher *m, uint64_t hash)
{
    uint32_t at = m->heads[hash & m->mask];
    return at ? &m->postings.p[at - 1] : NULL;
}

static const struct posting *next(const struct matcher *m, const struct posting *p) { return p->next ? &m->postings.p[p->next - 1] : NULL; }

/* What very many names share says nothing about any of them. */
static void post(struct matcher *m, uint64_t hash, size_t known)
{
    int same = 0;
    if (m->postings.n > m->mask) rehash(m);
    for (const struct posting *p = first(m, hash); p; p = next(m, p))
        if (p->hash == hash && ++same == SAME_HASH) return;
    uint32_t *head = &m->heads[hash & m->mask];
    *GROW(m->a, m->postings) = (struct posting){ hash, (uint32_t)known, *head };
    *head = (uint32_t)m->postings.n;
}

/* ---- names ---------------------------------------------------------------------------------------- */

Str match_key(struct arena *a, const struct entity *e, Str name)
{
    if (!name.n) return name;
    if (e->name_key) return e->name_key(a, name);
    char *words = str_z(a, text_slug(a, name));
    for (char *p = words; *p; p++) if (*p == '-') *p = ' ';
    return str_of(words);
}

struct words { Str p[WORDS]; uint64_t hash[WORDS], sum; size_t n; };

static struct words words_of(Str key)
{
    struct words w = { .n = 0 };
    Str word;
    while (w.n < WORDS && key.n && str_next(&key, ' ', &word)) {
        if (!word.n) continue;
        w.p[w.n] = word;
        w.hash[w.n] = str_hash(word) | 1;
        w.sum += w.hash[w.n++];
    }
    return w;
}

static bool has_digit(Str s)
{
    for (size_t i = 0; i < s.n; i++) if (s.p[i] >= '0' && s.p[i] <= '9') return true;
    return false;
}

/* Whether two words may be one with a slip of the pen, and how much: three letters in four are the same ("duoc", "thuc": not). */
static double slip(Str a, Str b)
{
    size_t longer = a.n > b.n ? a.n : b.n;
    double same = longer ? 1 - (double)edit_distance(a, b) / (double)longer : 0;
    return same >= 0.75 ? same : 0;
}

/*
 * Likeness of two keys: of all their words, the share that both have (Jaccard); an odd pair that may be a slip counts as
 * one.  So a word more or less is likely the same name, another word in its place another one.  Numbers, as in X20,
 * tell names apart.
 */
static const double OTHER_ORDER = 0.9;                       /* of the same words: as English has it, or another name */

static double likeness(Str one, Str other)
{
    struct words a = words_of(one), b = words_of(other);
    size_t common = 0;
    Str odd_a = { 0 }, odd_b = { 0 };
    bool used[WORDS] = { 0 };
    if (!a.n || !b.n) return 0;
    for (size_t i = 0; i < a.n; i++) {
        size_t k = 0;
        while (k < b.n && (used[k] || !str_eq(a.p[i], b.p[k]))) k++;
        if (k < b.n) used[k] = true, common++;
        else if (has_digit(a.p[i])) return 0;
        else odd_a = a.p[i];
    }
    for (size_t k = 0; k < b.n; k++) {
        if (used[k]) continue;
        if (has_digit(b.p[k])) return 0;
        odd_b = b.p[k];
    }
    double pair = slip(odd_a, odd_b);
    if (common == a.n && common == b.n) return str_eq(one, other) ? 1 : OTHER_ORDER;
    return ((double)common + pair) / (double)(a.n + b.n - common - (pair > 0));
}

static int names_of(const struct entity *e, int field[2])
{
    field[0] = e->title;
    field[1] = e->title + 1;
    return e->fields[e->title].is & PAIR ? 2 : 1;
}

static double likeness_of(struct work *w, const struct record *one, const struct record *other)
{
    int field[2], n = names_of(one->e, field);
    double best = 0;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++) {
            Str a = v_str(one->v[field[i]]), b = v_str(other->v[field[k]]);
            double d = a.n && b.n ? likeness(match_key(w->a, one->e, a), match_key(w->a, one->e, b)) : 0;
            if (d > best) best = d;
        }
    return best;
}

/* ---- what is in the database ------------------------------------------------------------------------ */

static uint64_t unique_hash(struct arena *a, int field, Val v)
{
    Str text = v.type == V_TEXT ? v.s : str_f(a, "%lld", (long long)v_i64(v));
    return hash64(text.p, text.n) + (uint64_t)field * 0x9E3779B97F4A7C15u;
}

static bool has_unique(const struct entity *e, const Val *v)
{
    for EACH_FIELD(f, i, e) if (finds_record(f) && v_is(v[i])) return true;
    return false;
}

static void post_name(struct importing *in, Str key, size_t known)
{
    struct words w = words_of(key);
    if (!w.n) return;
    post(in->matcher, w.sum, known);
    for (size_t i = 0; w.n > 2 && i < w.n; i++)
        if (!has_digit(w.p[i])) post(in->matcher, w.sum - w.hash[i], known);
}

static void know(struct importing *in, int64_t id, const Val *v)
{
    struct matcher *m = in->matcher;
    int field[2], n = names_of(in->e, field);
    size_t known = m->known.n;
    *GROW(m->a, m->known) = (struct known){ id, has_unique(in->e, v) };
    m->without_unique += !m->known.p[known].unique;
    for EACH_FIELD(f, i, in->e)
        if (finds_record(f) && v_is(v[i])) post(m, unique_hash(in->w->a, i, v[i]), known);
    for (int i = 0; i < n; i++) {
        Str name = v_str(v[field[i]]);
        if (name.n) post_name(in, match_key(in->w->a, in->e, name), known);
    }
}

void matcher_add(struct importing *in, const struct record *saved) { know(in, saved->id, saved->v); }

static enum err load_known(struct importing *in)
{
    struct work *w = in->w;
    const struct shape *s = shape_of(w->m, in->e);
    struct buf b = buf_make(in->keep);
    int field[2], names = names_of(in->e, field), wanted[64], n = 0;
    put_z(&b, "SELECT id");
    for EACH_FIELD(f, i, in->e)
        if (n < (int)COUNT(wanted) && (finds_record(f) || i == field[0] || (names == 2 && i == field[1]))) {
            put_f(&b, ", %s", f->name);
            wanted[n++] = i;
        }
    put_f(&b, " FROM %s ORDER BY id", s->e->name);
    Val *v = NEW_ARRAY(in->keep, Val, (size_t)in->e->n);
    struct rows rows = db_query(w->db, in->keep, sql_of(&b), NO_ARGS);
    while (rows_next(&rows)) {
        arena_reset(w->a);
        for (int i = 0; i < n; i++) v[wanted[i]] = row_peek(&rows, i + 1);
        know(in, row_int(&rows, 0), v);
    }
    return rows_end(&rows);
}

/* The record, or the one that it was merged into. */
static int64_t survivor_of(const struct matcher *m, int64_t id)
{
    char number[24];
    int n = snprintf(number, sizeof number, "%lld", (long long)id);
    return map_get(&m->survivors, (Str){ number, (size_t)n }, &id), id;
}

static void decide(struct importing *in, Str identity, struct decision d)
{
    struct matcher *m = in->matcher;
    bool added;
    int64_t *at = map_put(&m->decided, identity, 0, &added);
    d.next = *at;
    *GROW(in->keep, m->decisions) = d;
    *at = (int64_t)m->decisions.n;
}

static enum err load_decisions(struct importing *in)
{
    struct rows rows = db_query(in->w->db, in->keep, SQL("SELECT identity, record, same FROM same_as WHERE entity = $1"),
                                ARGS(v_text(str_of(in->e->name))));
    while (rows_next(&rows)) {
        int64_t record = row_int(&rows, 1), survivor = survivor_of(in->matcher, record);
        decide(in, row_text(&rows, 0), (struct decision){ survivor, row_int(&rows, 2) != 0, survivor != record, 0 });
    }
    return rows_end(&rows);
}

static Str former_key(struct arena *a, int field, Val v)
{
    return v.type == V_TEXT ? str_f(a, "%d|%.*s", field, FMT(v.s)) : str_f(a, "%d|%lld", field, (long long)v_i64(v));
}

/*
 * What told the record apart just before it went (its last entry in the log): its unique values, and its name and place.
 * Whoever merged it has said that this is the survivor.
 */
static enum err load_former(struct importing *in, int64_t id, int64_t survivor)
{
    struct changes last;
    struct record *was;
    bool added;
    TRY(changes_of(in->w, in->e, id, 0, 1, &last));
    if (!last.n) return OK;
    enum err err = record_before(in->w, in->e, id, last.p[0].seq, &was);
    if (err) return err == ERR_MISSING ? OK : err;
    for EACH_FIELD(f, i, in->e)
        if (finds_record(f) && v_is(was->v[i])) *map_put(&in->matcher->former, former_key(in->keep, i, was->v[i]), 0, &added) = survivor;
    decide(in, str_dup(in->keep, aside_identity(in->w, was)), (struct decision){ survivor, true, true, 0 });
    return OK;
}

/* Merges are made by hand, one at a time: there are few. */
static enum err load_merged(struct importing *in)
{
    struct matcher *m = in->matcher;
    struct { int64_t *p; size_t n, cap; } merged = { 0 };
    m->former = map_make(in->keep, 64);
    m->survivors = map_make(in->keep, 64);
    struct rows rows = db_query(in->w->db, in->keep, SQL("SELECT from_id FROM redirect WHERE entity = $1 ORDER BY from_id"),
                                ARGS(v_text(str_of(in->e->name))));
    while (rows_next(&rows)) *GROW(in->keep, merged) = row_int(&rows, 0);
    TRY(rows_end(&rows));
    for (size_t i = 0; i < merged.n; i++) {
        int64_t survivor;
        bool added;
        arena_reset(in->w->a);
        TRY(record_redirect(in->w, in->e, merged.p[i], &survivor));
        map_put(&m->survivors, str_f(in->keep, "%lld", (long long)merged.p[i]), survivor, &added);
        TRY(load_former(in, merged.p[i], survivor));
    }
    return OK;
}

static double threshold(const struct work *w, Str name, double usual)
{
    double d;
    return w->codes && str_to_f64(setting_value(w->codes, name), &d) && d > 0 && d <= 1 ? d : usual;
}

enum err matcher_load(struct importing *in)
{
    struct matcher *m = in->matcher = NEW(in->keep, struct matcher);
    m->a = in->keep;
    m->match = threshold(in->w, S("import_match_threshold"), 0.97);
    m->review = threshold(in->w, S("import_review_threshold"), 0.75);
    m->decided = map_make(in->keep, 64);
    rehash(m);
    TRY(load_merged(in));
    TRY(load_decisions(in));
    return load_known(in);
}

/* ---- finding ---------------------------------------------------------------------------------------------- */

static enum err load(struct work *w, const struct entity *e, int64_t id, struct record **out)
{
    enum err err = record_load(w, e, id, out);
    return err == ERR_MISSING ? OK : err;
}

enum err matcher_owner(struct importing *in, int field, Val v, struct record **out)
{
    const struct matcher *m = in->matcher;
    uint64_t hash = unique_hash(in->w->a, field, v);
    for (const struct posting *p = first(m, hash); p; p = next(m, p)) {
        if (p->hash != hash) continue;
        TRY(load(in->w, in->e, m->known.p[p->known].id, out));
        if (*out && val_eq((*out)->v[field], v)) return OK;
    }
    *out = NULL;
    return OK;
}

struct ids { int64_t p[LOADS]; size_t n; };

static void collect(const struct matcher *m, uint64_t hash, bool unique, struct ids *out)
{
    for (const struct posting *p = first(m, hash); p && out->n < LOADS; p = next(m, p)) {
        const struct known *k = &m->known.p[p->known];
        size_t i = 0;
        if (p->hash != hash || (unique && k->unique)) continue;     /* two tax codes: two enterprises */
        while (i < out->n && out->p[i] != k->id) i++;
        if (i == out->n) out->p[out->n++] = k->id;
    }
}

static struct ids candidates_for(const struct importing *in, const struct record *row)
{
    struct ids out = { .n = 0 };
    int field[2], n = names_of(in->e, field);
    bool unique = has_unique(in->e, row->v);
    if (unique && !in->matcher->without_unique) return out;
    for (int i = 0; i < n; i++) {
        struct words w = words_of(match_key(in->w->a, in->e, v_str(row->v[field[i]])));
        if (w.n) collect(in->matcher, w.sum, unique, &out);
        for (size_t k = 0; w.n > 2 && k < w.n; k++)
            if (!has_digit(w.p[k])) collect(in->matcher, w.sum - w.hash[k], unique, &out);
    }
    return out;
}

enum place { PLACE_UNKNOWN, PLACE_SAME, PLACE_OTHER };

static enum place place_of(const struct record *a, const struct record *b)
{
    int p = a->e->place;
    if (!p || !v_is(a->v[p]) || !v_is(b->v[p])) return PLACE_UNKNOWN;
    return val_eq(a->v[p], b->v[p]) ? PLACE_SAME : PLACE_OTHER;
}

/* One that has a tax code and one that has none agree only if the place does. */
static bool surely(const struct matcher *m, const struct record *row, const struct record *other, double like)
{
    enum place place = place_of(row, other);
    bool one_sided = has_unique(row->e, row->v) != has_unique(row->e, other->v);
    if (like < m->match || place == PLACE_OTHER) return false;
    return place == PLACE_SAME || (like >= 1 && !one_sided);
}

static int64_t decisions_on(const struct importing *in, const struct record *row)
{
    int64_t at = 0;
    if (in->matcher->decisions.n) map_get(&in->matcher->decided, aside_identity(in->w, row), &at);
    return at;
}

/* What a person has said this row is; NULL: nothing. */
static const struct decision *decided_same(const struct importing *in, const struct record *row)
{
    const struct decision *d = in->matcher->decisions.p;
    for (int64_t at = decisions_on(in, row); at; at = d[at - 1].next)
        if (d[at - 1].same) return &d[at - 1];
    return NULL;
}

static bool decided_other(const struct importing *in, const struct record *row, int64_t record)
{
    const struct decision *d = in->matcher->decisions.p;
    for (int64_t at = decisions_on(in, row); at; at = d[at - 1].next)
        if (!d[at - 1].same && d[at - 1].record == record) return true;
    return false;
}

static enum err find_by_name(struct importing *in, const struct record *row, struct matched *out)
{
    struct ids ids = candidates_for(in, row);
    struct record *sure = NULL, *one;
    int n_sure = 0;
    for (size_t i = 0; i < ids.n && out->n < CANDIDATES_MAX; i++) {
        TRY(load(in->w, in->e, ids.p[i], &one));
        if (!one || decided_other(in, row, one->id)) continue;
        double like = likeness_of(in->w, row, one);
        if (like < in->matcher->review) continue;
        out->candidates[out->n++] = (struct candidate){ one->id, like };
        if (surely(in->matcher, row, one, like)) sure = one, n_sure++;
    }
    out->match = n_sure == 1 ? MATCH_SAME : out->n ? MATCH_UNSURE : MATCH_NEW;
    out->was = n_sure == 1 ? sure : NULL;
    return OK;
}

enum err matcher_numbered(struct importing *in, int64_t id, struct matched *out)
{
    int64_t survivor = survivor_of(in->matcher, id);
    *out = (struct matched){ .match = MATCH_SAME, .merged = survivor != id };
    return record_load(in->w, in->e, survivor, &out->was);
}

/* The record into which the one was merged that had a unique value of the row; *out NULL: none. */
static enum err find_merged(struct importing *in, const struct record *row, struct record **out)
{
    for EACH_FIELD(f, i, in->e) {
        int64_t survivor;
        if (!finds_record(f) || !v_is(row->v[i]) || !map_get(&in->matcher->former, former_key(in->w->a, i, row->v[i]), &survivor)) continue;
        TRY(load(in->w, in->e, survivor, out));
        if (*out) return OK;
    }
    return OK;
}

enum err matcher_find(struct importing *in, const struct record *row, struct matched *out)
{
    *out = (struct matched){ .match = MATCH_NEW };
    for EACH_FIELD(f, i, in->e) {
        if (!finds_record(f) || !v_is(row->v[i])) continue;
        TRY(matcher_owner(in, i, row->v[i], &out->was));
        if (out->was) return out->match = MATCH_SAME, OK;
    }
    TRY(find_merged(in, row, &out->was));
    if (out->was) return out->match = MATCH_SAME, out->merged = true, OK;
    const struct decision *same = decided_same(in, row);
    if (same) TRY(load(in->w, in->e, same->record, &out->was));
    if (out->was) return out->match = MATCH_SAME, out->merged = same->merged, OK;
    return find_by_name(in, row, out);
}
