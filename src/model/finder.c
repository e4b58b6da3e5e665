#include "model/finder.h"

#include "base/hash.h"
#include "base/unicode.h"
#include "model/type.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 500, SAMPLE = 64 };
static const size_t ROOM = (size_t)6 << 30;                 /* an index of millions, not of mistakes */

/* ---- what the table asks for ---------------------------------------------------------------- */

static void add_weight(struct finder *f, int weight)
{
    for (int i = 0; i < f->schema.fields; i++)
        if (f->weight[i] == weight) return;
    MUST(f->schema.fields < SEARCH_FIELDS);
    f->weight[f->schema.fields] = weight;
    f->schema.field[f->schema.fields].weight = (uint16_t)(weight * 8);
    f->schema.field[f->schema.fields++].length = weight >= 8 ? 8 : 32;      /* names are short, texts long */
}

static void add_field(struct finder *f, const struct field *field, int at, int child)
{
    if (field->is & SEARCHED) add_weight(f, field->weight);
    if (!(field->is & FACET)) return;
    MUST(f->schema.facets < SEARCH_FACETS);
    f->facet[f->schema.facets++] = (struct facet){ field, at, child };
}

static struct finder *finder_make(const struct work *w, struct arena *keep, const struct entity *e, finder_each *each, void *arg)
{
    struct finder *f = NEW(keep, struct finder);
    *f = (struct finder){ .e = e, .each = each, .arg = arg, .schema.concepts = w->concepts };
    for EACH_FIELD(field, i, e) {
        add_field(f, field, i, -1);
        if (field->type != &children_type) continue;
        for EACH_FIELD(cf, k, field->to) add_field(f, cf, i, k);
    }
    return f;
}

/* ---- a document ----------------------------------------------------------------------------- */

struct values { Str *p; size_t n, cap; };
struct document {
    struct search_doc doc;
    struct buf        text[SEARCH_FIELDS];
    struct values     facet[SEARCH_FACETS];
    Str               field[SEARCH_FIELDS];
    SearchValues      facets[SEARCH_FACETS];
};

static void put_line(struct buf *b, Str s)
{
    if (!s.n) return;
    if (b->n) put_c(b, '\n');
    put(b, s);
}

/* Codes are found by their names in both languages, whichever the reader's. */
static void put_searched(struct buf *b, struct work *w, const struct field *f, Val v)
{
    Str rest = v_str(v), key;
    if (!f->list) {
        struct buf text = buf_make(w->a);
        f->type->show(&text, w, f, v);
        put_line(b, buf_str(&text));
        return;
    }
    while (str_next(&rest, ';', &key)) {
        const struct code *k = key.n ? code_find(w->codes, str_of(f->list), key) : NULL;
        if (!k) continue;
        put_line(b, k->name[VI]);
        if (!str_eq(k->name[EN], k->name[VI])) put_line(b, k->name[EN]);
    }
}

static Str value_of_code(struct work *w, const struct field *f, Str key)
{
    const struct code *k = code_find(w->codes, str_of(f->list), key);
    return k && code_find(w->codes, str_of(f->list), k->code) == k ? k->code : key;
}

static void add_values(struct work *w, struct values *out, const struct field *f, Val v)
{
    Str rest = v_str(v), item;
    if (v.type == V_INT) *GROW(w->a, *out) = v_i64(v) ? S("1") : S("0");
    while (v.type == V_TEXT && str_next(&rest, ';', &item))
        if (item.n) *GROW(w->a, *out) = f->list ? value_of_code(w, f, item) : item;
}

static void add_record(struct document *d, const struct finder *f, struct work *w, const struct record *r, int child_of)
{
    if (child_of >= 0 && r->e->in_force && !r->e->in_force(w, r)) return;
    enum depth depth = reach_at_all(w, r->e).reads;
    for EACH_FIELD(field, i, r->e) {
        if (!(field->is & (SEARCHED | FACET)) || !field_seen(field, depth)) continue;
        Val v = record_val(w, r, i);
        if (!v_is(v)) continue;
        for (int k = 0; field->is & SEARCHED && k < f->schema.fields; k++)
            if (f->weight[k] == field->weight) put_searched(&d->text[k], w, field, v);
        for (int k = 0; field->is & FACET && k < f->schema.facets; k++)
            if (f->facet[k].f == field) add_values(w, &d->facet[k], field, v);
    }
}

static const struct search_doc *document(struct work *w, const struct finder *f, const struct record *r)
{
    struct document *d = NEW(w->a, struct document);
    for (int i = 0; i < SEARCH_FIELDS; i++) d->text[i] = buf_make(w->a);
    add_record(d, f, w, r, -1);
    for EACH_FIELD(field, i, r->e)
        for (size_t k = 0; field->type == &children_type && k < r->children[i].n; k++)
            add_record(d, f, w, r->children[i].p[k], i);
    for (int i = 0; i < f->schema.fields; i++) d->field[i] = buf_str(&d->text[i]);
    for (int i = 0; i < f->schema.facets; i++) d->facets[i] = (SearchValues){ d->facet[i].p, d->facet[i].n };
    d->doc = (struct search_doc){ .id = r->id, .sort = text_sort_key(w->a, record_title(w, r)), .field = d->field, .facet = d->facets };
    if (f->each) f->each(f->arg, w, r, &d->doc);
    return &d->doc;
}

/* ---- building and following ----------------------------------------------------------------- */

/* The order of names must not depend on who builds the index. */
static struct work indexer(const struct work *outer, struct arena *scratch)
{
    struct work w = *outer;
    w.a = scratch;
    w.lang = VI;
    return w;
}

/* A page of documents: while one is read from the database, another thread puts the one before into the index. */
struct document_page {
    struct arena              a;
    const struct search_doc **doc;
    size_t                    n;
    struct search_build      *to;
    enum err                  err;
};

static enum err read_page(struct work *outer, struct finder *f, struct document_page *p, int64_t *after)
{
    struct records page;
    arena_reset(&p->a);
    struct work w = indexer(outer, &p->a);
    TRY(records_load(&w, f->e, *after, PAGE, true, &page));
    p->doc = NEW_ARRAY(&p->a, const struct search_doc *, page.n);
    p->n = 0;
    for (size_t i = 0; i < page.n; i++)
        if (record_listed(&w, page.p[i])) p->doc[p->n++] = document(&w, f, page.p[i]);
    *after = page.n == PAGE ? page.p[page.n - 1]->id : 0;
    return OK;
}

static void *add_page(void *arg)
{
    struct document_page *p = arg;
    p->err = OK;
    for (size_t i = 0; i < p->n && !p->err; i++) p->err = search_build_add(p->to, p->doc[i]);
    return NULL;
}

static enum err add_all(struct work *outer, struct finder *f, struct search_build *b)
{
    struct document_page page[2] = { { .to = b }, { .to = b } };
    pthread_t adding;
    bool apart = false;
    int64_t after = 0;
    enum err err = OK;
    for (int i = 0; i < 2; i++) page[i].a = arena_make((size_t)256 << 20, NULL);
    for (int turn = 0; !err; turn ^= 1) {
        err = read_page(outer, f, &page[turn], &after);
        if (apart) MUST(!pthread_join(adding, NULL));
        if (!err) err = page[turn ^ 1].err;
        apart = !err && !pthread_create(&adding, NULL, add_page, &page[turn]);
        if (!err && !apart) add_page(&page[turn]);
        if (!after) break;
    }
    if (apart) MUST(!pthread_join(adding, NULL));
    for (int i = 0; i < 2; i++) {
        if (!err) err = page[i].err;
        arena_free(&page[i].a);
    }
    return err;
}

enum err finder_build(struct work *w, struct arena *keep, const struct entity *e, finder_each *each, void *arg, struct finder **out)
{
    struct finder *f = finder_make(w, keep, e, each, arg);
    struct search_build *b = search_build_open(&f->schema, ROOM);
    enum err err = add_all(w, f, b);
    f->index = search_build_close(b, 2);
    *out = f;
    if (err) finder_close(f);
    return err;
}

struct finder *finder_over(struct arena *keep, const struct finder *old, struct search *index)
{
    struct finder *f = NEW(keep, struct finder);
    *f = *old;
    f->index = index;
    return f;
}

enum err finder_update(struct work *outer, struct arena *keep, const struct finder *old, const int64_t *ids, size_t n, struct finder **out)
{
    struct work w = indexer(outer, outer->a);
    struct search_doc *changed = NEW_ARRAY(w.a, struct search_doc, n);
    int64_t *removed = NEW_ARRAY(w.a, int64_t, n);
    struct records found;
    size_t changes = 0, removals = 0;
    TRY(records_of(&w, old->e, ids, n, true, &found));
    for (size_t i = 0, k = 0; i < n; i++) {                 /* found has those of ids that are there, in their order */
        struct record *r = k < found.n && found.p[k]->id == ids[i] ? found.p[k++] : NULL;
        if (r && record_listed(&w, r)) changed[changes++] = *document(&w, old, r);
        else removed[removals++] = ids[i];
    }
    struct search *index;
    TRY(search_update(old->index, changed, changes, removed, removals, &index));
    *out = finder_over(keep, old, index);
    return OK;
}

void finder_close(struct finder *f)
{
    search_release(f->index);
    f->index = NULL;
}

/* ---- in a file ------------------------------------------------------------------------------ */

/* What the schema's numbers stand for. */
static uint64_t finder_print(const struct finder *f)
{
    struct arena a = arena_make(1 << 20, NULL);
    struct buf b = buf_make(&a);
    put_f(&b, "%s\n", f->e->name);
    for (int i = 0; i < f->schema.fields; i++) put_f(&b, "%d\n", f->weight[i]);
    for (int i = 0; i < f->schema.facets; i++) put_f(&b, "%d %d %s\n", f->facet[i].field, f->facet[i].child_field, f->facet[i].f->name);
    uint64_t print = str_hash(buf_str(&b));
    arena_free(&a);
    return print;
}

enum err finder_save(const struct finder *f, const char *path, struct search_stamp stamp)
{
    stamp.of[3] = finder_print(f);
    return search_save(f->index, path, &stamp);
}

enum err finder_open(struct work *w, struct arena *keep, const struct entity *e, finder_each *each, void *arg, const char *path,
                     struct search_stamp *stamp, struct finder **out)
{
    struct finder *f = finder_make(w, keep, e, each, arg);
    TRY(search_open(path, &f->schema, ROOM, stamp, &f->index));
    *out = f;
    if (stamp->of[3] == finder_print(f)) return OK;
    finder_close(f);
    return ERR_MISSING;
}

/* ---- holding it against the rows ------------------------------------------------------------ */

static bool is_as_indexed(struct work *w, const struct finder *f, const struct record *r, bool *listed)
{
    *listed = record_listed(w, r);
    return search_check(f->index, document(w, f, r)) == (*listed ? SEARCH_SAME : SEARCH_ABSENT);
}

enum err finder_check(struct work *outer, const struct finder *f, int64_t *wrong)
{
    struct arena scratch = arena_make((size_t)128 << 20, outer->a->full);
    struct work w = indexer(outer, &scratch);
    struct records page = { .n = PAGE };
    enum err err = OK;
    size_t seen = 0;
    *wrong = 0;
    for (int64_t after = 0; !err && !*wrong && page.n == PAGE; arena_reset(&scratch)) {
        err = records_load(&w, f->e, after, PAGE, true, &page);
        for (size_t i = 0; !err && !*wrong && i < page.n; i++) {
            bool listed;
            after = page.p[i]->id;
            if (!is_as_indexed(&w, f, page.p[i], &listed)) *wrong = after;
            seen += listed;
        }
    }
    if (!err && !*wrong && seen != search_docs(f->index)) *wrong = -1;
    arena_free(&scratch);
    return err;
}

enum err finder_sample(struct work *outer, const struct finder *f, int64_t *wrong)
{
    struct work w = indexer(outer, outer->a);
    struct buf sql = buf_make(w.a);
    int64_t last = 0;
    put_f(&sql, "SELECT max(id) FROM %s", f->e->name);
    TRY(db_one_int(w.db, w.a, sql_of(&sql), NO_ARGS, &last));
    *wrong = 0;
    for (int i = 0; i < SAMPLE && !*wrong; i++) {
        struct records one;
        bool listed;
        TRY(records_load(&w, f->e, last * i / SAMPLE, 1, true, &one));
        if (one.n && !is_as_indexed(&w, f, one.p[0], &listed)) *wrong = one.p[0]->id;
    }
    if (!*wrong && !last && search_docs(f->index)) *wrong = -1;
    return OK;
}

/* ---- facets --------------------------------------------------------------------------------- */

int finder_facet(const struct finder *f, Str name)
{
    for (int i = 0; i < f->schema.facets; i++)
        if (str_is(name, f->facet[i].f->name)) return i;
    return -1;
}

Str facet_label(struct work *w, const struct facet *f, Str value)
{
    struct buf b = buf_make(w->a);
    if (f->f->type == &boolean_type) return tr(w->lang, str_is(value, "1") ? N_("Yes") : N_("No"));
    const struct code *k = f->f->list ? code_find(w->codes, str_of(f->f->list), value) : NULL;
    if (k) return code_short(k, w->lang);
    f->f->type->show(&b, w, f->f, v_text(value));
    return b.n ? buf_str(&b) : value;
}

static struct search_filter *filter_for(struct found_filters *out, int facet)
{
    for (size_t i = 0; i < out->facets; i++)
        if (out->facet[i].facet == facet) return &out->facet[i];
    out->facet[out->facets] = (struct search_filter){ .facet = facet };
    return &out->facet[out->facets++];
}

static Message read_facet(struct work *w, const struct finder *f, int facet, Str text, struct values *values, struct found_filters *out)
{
    const struct field *field = f->facet[facet].f;
    Val read;
    Message why = field->type->read(w, field, SPELT_PLAIN, text, &read);
    if (why.id) return why;
    add_values(w, &values[facet], field, read);
    filter_for(out, facet)->any = (SearchValues){ values[facet].p, values[facet].n };
    return NO_MESSAGE;
}

enum err finder_read(struct work *w, const struct finder *f, const struct asked *asked, size_t n, const char *others,
                     struct found_filters *out, Message *why)
{
    struct values values[SEARCH_FACETS] = { 0 };
    struct list_query stored = { .sort = -1 };
    *out = (struct found_filters){ .facets = 0 };
    *why = NO_MESSAGE;
    for (size_t i = 0; i < n && !why->id; i++) {
        Str text = str_trim(asked[i].value);
        if (!text.n || asked_among(others, asked[i].name)) continue;
        int facet = finder_facet(f, asked[i].name);
        *why = facet >= 0 ? read_facet(w, f, facet, text, values, out) : list_read_filter(w, f->e, asked[i].name, text, &stored);
    }
    if (why->id) return ERR_INVALID;
    return stored.filters ? list_ids(w, f->e, &stored, &out->only, &out->only_n) : OK;
}

/* ---- lists ---------------------------------------------------------------------------------- */

static bool is_facet(const struct entity *e, Str name)
{
    int i = field_index(e, name);
    if (i >= 0) return e->fields[i].is & FACET && !has_column(&e->fields[i]);
    for EACH_FIELD(f, k, e)
        if (f->type == &children_type && (i = field_index(f->to, name)) >= 0 && f->to->fields[i].is & FACET) return true;
    return false;
}

static bool only_finder_knows(const struct entity *e, const struct asked *asked)
{
    return !e->parent && asked->value.n && (str_is(asked->name, "q") || is_facet(e, asked->name));
}

bool finder_needed(const struct entity *e, const struct asked *asked, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (only_finder_knows(e, &asked[i])) return true;
    return false;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static enum err find_among(struct work *w, const struct finder *f, const struct asked *asked, size_t n, struct list_query *out, Message *why)
{
    struct found_filters filters;
    struct search_query q = { .prefix = true, .limit = SEARCH_DOCS };
    for (size_t i = 0; i < n; i++)
        if (str_is(asked[i].name, "q")) q.words = asked[i].value;
    TRY(finder_read(w, f, asked, n, "q", &filters, why));
    q.filter = filters.facet;
    q.filters = filters.facets;
    struct search_result found = search_find(f->index, w->a, &q);
    int64_t *ids = NEW_ARRAY(w->a, int64_t, found.hits + 1);
    for (size_t i = 0; i < found.hits; i++) ids[i] = found.hit[i].id;
    qsort(ids, found.hits, sizeof *ids, by_number);
    out->among = ids;
    out->among_n = found.hits;
    return OK;
}

enum err finder_read_list(struct work *w, const struct finder *f, const struct entity *e, const struct asked *asked, size_t n,
                          struct list_query *out, Message *why)
{
    struct asked *listed = NEW_ARRAY(w->a, struct asked, n), *found = NEW_ARRAY(w->a, struct asked, n);
    size_t lists = 0, founds = 0;
    for (size_t i = 0; i < n; i++) {
        if (f && only_finder_knows(e, &asked[i])) found[founds++] = asked[i];
        else listed[lists++] = asked[i];
    }
    TRY(list_read(w, e, listed, lists, "", out, why));
    return founds ? find_among(w, f, found, founds, out, why) : OK;
}
