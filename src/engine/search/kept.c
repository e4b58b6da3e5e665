/*
 * kept.c - the file: a header, the table of its sections, the sections, each at a multiple of 64; then a checksum of every MiB before.
 */
#include "engine/search/kept.h"
#include "engine/search/sections.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/parallel.h"

#include <stdatomic.h>

enum { BLOCK = 1 << 20, LAYOUT = 2 };               /* another LAYOUT for whatever makes old files wrong */
#define MAGIC "matxich index\n\0\n"
#define ORDER 0x0102030405060708u

struct header {
    char                magic[16];
    uint64_t            order, layout;
    uint64_t            schema;                     /* fingerprint, concepts included             */
    struct search_stamp stamp;
    uint64_t            sections, bytes;            /* bytes before the checksums                 */
};

static uint64_t schema_print(const struct search_schema *schema)
{
    uint64_t v[4 + 2 * SEARCH_FIELDS] = { (uint64_t)schema->fields, (uint64_t)schema->facets, (uint64_t)schema->numbers,
                                          concepts_fingerprint(schema->concepts) };
    for (int f = 0; f < schema->fields; f++) v[4 + 2 * f] = schema->field[f].weight, v[5 + 2 * f] = schema->field[f].length;
    return hash64(v, sizeof v);
}

static size_t blocks_of(uint64_t bytes) { return (size_t)((bytes + BLOCK - 1) / BLOCK); }
static uint64_t aligned(uint64_t at) { return (at + SECTION_ALIGN - 1) & ~(uint64_t)(SECTION_ALIGN - 1); }

static uint64_t sum_of(Str content, size_t block)
{
    Str s = str_sub(content, block * BLOCK, BLOCK);
    return hash64(s.p, s.n);
}

/* ------------------------------------------------------------------ saving ------------------ */

struct sums { uint64_t *p; size_t n, cap; };
struct writer {
    FILE        *out;
    struct arena a;
    char        *block;
    size_t       at;                /* in the block                                              */
    struct sums  sums;
};

static void end_block(struct writer *w)
{
    if (!w->at) return;
    *GROW(&w->a, w->sums) = hash64(w->block, w->at);
    fwrite(w->block, 1, w->at, w->out);             /* the end says how it went                  */
    w->at = 0;
}

static void write_bytes(struct writer *w, const void *p, size_t n)
{
    for (size_t some; n; n -= some, p = (const char *)p + some) {
        some = n < BLOCK - w->at ? n : BLOCK - w->at;
        memcpy(w->block + w->at, p, some);
        w->at += some;
        if (w->at == BLOCK) end_block(w);
    }
}

static void write_to(struct writer *w, uint64_t from, uint64_t to)
{
    static const char zeros[SECTION_ALIGN];
    write_bytes(w, zeros, (size_t)(to - from));
}

static void write_index(struct writer *w, struct header *h, const struct walk *all)
{
    struct section *table = NEW_ARRAY(&w->a, struct section, all->pieces.n);
    h->sections = all->pieces.n;
    h->bytes = sizeof *h + h->sections * sizeof *table;
    for (size_t i = 0; i < all->pieces.n; i++) {
        table[i] = (struct section){ aligned(h->bytes), all->pieces.p[i].bytes };
        h->bytes = table[i].at + table[i].bytes;
    }
    uint64_t end = h->bytes;
    h->bytes = aligned(end);
    write_bytes(w, h, sizeof *h);
    write_bytes(w, table, h->sections * sizeof *table);
    uint64_t at = sizeof *h + h->sections * sizeof *table;
    for (size_t i = 0; i < all->pieces.n; i++) {
        write_to(w, at, table[i].at);
        write_bytes(w, all->pieces.p[i].p, all->pieces.p[i].bytes);
        at = table[i].at + table[i].bytes;
    }
    write_to(w, end, h->bytes);
    end_block(w);
    fwrite(w->sums.p, sizeof *w->sums.p, w->sums.n, w->out);
}

enum err search_save(const struct search *s, const char *path, const struct search_stamp *stamp)
{
    struct file_put file;
    TRY(file_put_begin(&file, path));
    struct writer w = { .out = file.out, .a = arena_make(s->room, NULL) };
    struct header h = { .magic = MAGIC, .order = ORDER, .layout = LAYOUT, .schema = schema_print(&s->schema), .stamp = *stamp };
    struct walk all = { .a = &w.a };
    int parts = s->parts;
    walk_parts(&all, &parts);
    for (int p = 0; p < parts; p++) {
        struct part part = s->part[p];
        walk_segment(&all, part.s);
        walk_dead(&all, &part);
    }
    w.block = arena_raw(&w.a, 1, 1, BLOCK);
    write_index(&w, &h, &all);
    arena_free(&w.a);
    return file_put_end(&file);
}

/* ------------------------------------------------------------------ opening ----------------- */

struct mapping { atomic_int holders; struct arena a; Str file; };

static struct mapping *mapping_make(Str file)
{
    struct arena a = arena_make(1 << 16, NULL);
    struct mapping *m = NEW(&a, struct mapping);
    *m = (struct mapping){ .holders = 1, .a = a, .file = file };
    return m;
}

void mapping_release(struct mapping *m)
{
    if (!m || atomic_fetch_sub(&m->holders, 1) > 1) return;
    struct arena a = m->a;
    file_unmap(m->file);
    arena_free(&a);
}

size_t mapping_bytes(const struct mapping *m) { return m ? m->file.n : 0; }

struct checking { Str content; const uint64_t *sums; const struct part *part; atomic_bool wrong; };

static void check_block(void *with, size_t i, UNUSED int thread)
{
    struct checking *c = with;
    if (sum_of(c->content, i) != c->sums[i]) atomic_store(&c->wrong, true);
}

/* Is the file whole, and an index of that schema? */
static bool file_whole(Str file, const struct search_schema *schema, struct header *h)
{
    if (file.n < sizeof *h) return false;
    memcpy(h, file.p, sizeof *h);
    if (memcmp(h->magic, MAGIC, sizeof h->magic) || h->order != ORDER || h->layout != LAYOUT || h->schema != schema_print(schema)) return false;
    if (h->bytes < sizeof *h || h->bytes > file.n || h->bytes % SECTION_ALIGN) return false;
    size_t blocks = blocks_of(h->bytes);
    if (file.n - h->bytes != blocks * sizeof(uint64_t) || h->sections > (h->bytes - sizeof *h) / sizeof(struct section)) return false;
    struct checking c = { .content = { file.p, (size_t)h->bytes }, .sums = (const uint64_t *)(const void *)(file.p + h->bytes) };
    parallel(0, blocks, check_block, &c);
    return !atomic_load(&c.wrong);
}

static struct segment *open_segment(struct walk *w, struct mapping *m, const struct search_schema *schema, size_t room)
{
    struct arena a = arena_make(room, NULL);
    struct segment *s = NEW(&a, struct segment);
    *s = (struct segment){ .holders = 1, .room = room, .schema = *schema, .a = a, .pairs = arena_make(room, NULL), .file = m };
    concepts_keep(schema->concepts);
    atomic_fetch_add(&m->holders, 1);
    w->a = &s->a;
    walk_segment(w, s);
    return s;
}

static void check_aspect(void *with, size_t i, UNUSED int thread)
{
    struct checking *c = with;
    if (!part_sound(&c->part[i / ASPECTS], i % ASPECTS)) atomic_store(&c->wrong, true);
}

static bool open_parts(struct walk *w, struct mapping *m, const struct search_schema *schema, size_t room, struct part *part, int *parts)
{
    struct checking c = { .part = part };
    int n = 0;
    *parts = 0;
    walk_parts(w, &n);
    for (; !w->wrong && *parts < n; ++*parts) {
        part[*parts] = (struct part){ .s = open_segment(w, m, schema, room) };
        walk_dead(w, &part[*parts]);
    }
    if (w->wrong || w->next != w->sections) return false;
    parallel(0, (size_t)n * ASPECTS, check_aspect, &c);
    return !atomic_load(&c.wrong);
}

enum err search_open(const char *path, const struct search_schema *schema, size_t room, struct search_stamp *stamp, struct search **out)
{
    Str file;
    struct header h;
    if (file_map(path, &file)) return ERR_MISSING;
    struct mapping *m = mapping_make(file);
    struct part part[PARTS];
    int parts = 0;
    struct walk w = { .opening = true, .file = file };
    bool good = file_whole(file, schema, &h);
    if (good) {
        w.file.n = (size_t)h.bytes;
        w.section = (const struct section *)(const void *)(file.p + sizeof h);
        w.sections = (size_t)h.sections;
        good = open_parts(&w, m, schema, room, part, &parts);
    }
    if (good) {
        file_rest(file);                            /* the checks read all of it, queries do not  */
        *stamp = h.stamp;
        *out = search_of_parts(room, part, parts);
    }
    for (int p = 0; p < parts && !good; p++) segment_release(part[p].s);
    mapping_release(m);
    return good ? OK : ERR_MISSING;
}
