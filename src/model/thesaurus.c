#include "model/thesaurus.h"

#include "base/embedded.h"
#include "model/codes.h"
#include "model/rights.h"
#include "model/type.h"

enum { PAGE = 1000 };
static const char *const lists[] = { "process", "material", "machine", "standard", "si_group" };

/* ---- the entity ----------------------------------------------------------------------------- */

static const struct choice kinds[] = {
    { "process", N_("Process") }, { "material", N_("Material") }, { "machine", N_("Machine") }, { "product", N_("Product") },
    { "standard", N_("Standard") }, { "other", N_("Other") }, { NULL } };

#define NAMES N_("What it is called; the usual name first, others after |.")
static const struct field fields[] = {
    [CONCEPT_KEY] = { "key", N_("Concept"), &text_type, REQUIRED | UNIQUE | LISTED | PUBLIC, .max = 100,
                      .help = N_("LIST/CODE of a reference list, such as process/die-casting; of others product/ and a word.") },
    [CONCEPT_KIND] = { "kind", N_("Kind of thing"), &choice_type, REQUIRED | LISTED | PUBLIC | INDEXED, .choices = kinds },
    [CONCEPT_VI] = { "vi", N_("Vietnamese names"), &text_type, LISTED | PUBLIC | PAIR, .max = 2000, .both = N_("Names"), .help = NAMES },
    [CONCEPT_EN] = { "en", N_("English names"), &text_type, LISTED | PUBLIC, .max = 2000, .help = NAMES },
    [CONCEPT_JA] = { "ja", N_("Japanese names"), &text_type, LISTED | PUBLIC, .max = 2000, .help = NAMES },
    [CONCEPT_KO] = { "ko", N_("Korean names"), &text_type, PUBLIC, .max = 2000, .help = NAMES },
    [CONCEPT_ZH] = { "zh", N_("Chinese names"), &text_type, PUBLIC, .max = 2000, .help = NAMES },
    [CONCEPT_BROADER] = { "broader", N_("Is a kind of"), &text_type, LISTED | PUBLIC, .max = 1000,
                          .help = N_("Concepts that are broader, with ; between: who searches for those finds this one, too.") },
    [CONCEPT_SOURCE] = { "source", N_("Source"), &text_type, PUBLIC, .max = 500 },
};

static bool key_is_sound(Str key)
{
    Str list, code;
    return str_cut(key, '/', &list, &code) && list.n && code.n && !memchr(key.p, ';', key.n) && !memchr(key.p, '|', key.n);
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    Str broader = v_str(r->v[CONCEPT_BROADER]), key;
    *field = CONCEPT_KEY;
    if (!key_is_sound(v_str(r->v[CONCEPT_KEY]))) return MSG(N_("A concept is written as LIST/CODE: process/die-casting."));
    *field = CONCEPT_BROADER;
    while (str_next(&broader, ';', &key)) {
        key = str_trim(key);
        if (key.n && !key_is_sound(key)) return MSG(N_("“{1}” is no concept: these are written as LIST/CODE, with ; between."), key);
        if (str_eq(key, v_str(r->v[CONCEPT_KEY]))) return MSG(N_("Nothing is a kind of itself."));
    }
    *field = CONCEPT_VI;
    for (int i = CONCEPT_VI; i <= CONCEPT_ZH; i++)
        if (v_str(r->v[i]).n) return NO_MESSAGE;
    return MSG(N_("It needs a name in one language at least."));
}

const struct entity concept_entity = {
    .name = "concept", .path = "concepts", .one = N_("Concept"), .many = N_("Thesaurus"), FIELDS(fields), .title = CONCEPT_KEY,
    .rights = rights_of_register, .check = check,
    .about = N_("What processes, materials, machines and products are called in Vietnamese, English, Japanese, Korean and Chinese, and what is a kind "
                "of what: with it searches in any of these languages find the same."),
};

/* ---- filling -------------------------------------------------------------------------------- */

enum err thesaurus_init(struct work *w)
{
    const struct embedded *file;
    size_t n = embedded_under(S("data/thesaurus/"), &file);
    enum err err = OK;
    for (size_t i = 0; i < n && !err; i++) {
        w->source = (struct source){ .file = file[i].name };
        err = embedded_load(w, file[i].name, &concept_entity, (Str){ 0 }, CONCEPT_KEY);
    }
    w->source = (struct source){ 0 };
    return err;
}

/* ---- reading -------------------------------------------------------------------------------- */

struct strings { Str *p; size_t n, cap; };
struct entry { Str key; struct strings names, broader; };
struct gathered {
    struct arena *a;
    struct map    by_key;
    struct { struct entry *p; size_t n, cap; } entries;
};

static void add_parts(struct arena *a, struct strings *to, Str joined, char between)
{
    Str one;
    while (joined.n && str_next(&joined, between, &one))
        if (str_trim(one).n) *GROW(a, *to) = str_trim(one);
}

static struct entry *entry_of(struct gathered *g, Str key)
{
    bool added;
    int64_t *at = map_put(&g->by_key, key, (int64_t)g->entries.n, &added);
    if (added) GROW(g->a, g->entries)->key = key;
    return &g->entries.p[*at];
}

static enum err add_table(struct work *w, struct gathered *g)
{
    struct records page = { .n = PAGE };
    for (int64_t after = 0; page.n == PAGE;) {
        TRY(records_load(w, &concept_entity, after, PAGE, false, &page));
        for (size_t i = 0; i < page.n; i++) {
            const Val *v = page.p[i]->v;
            struct entry *to = entry_of(g, v_str(v[CONCEPT_KEY]));
            for (int k = CONCEPT_VI; k <= CONCEPT_ZH; k++) add_parts(g->a, &to->names, v_str(v[k]), '|');
            add_parts(g->a, &to->broader, v_str(v[CONCEPT_BROADER]), ';');
            after = page.p[i]->id;
        }
    }
    return OK;
}

static Str key_of_code(struct arena *a, const struct code *k) { return str_f(a, "%.*s/%.*s", FMT(k->list), FMT(k->code)); }

static void add_code(struct gathered *g, const struct codes *codes, const struct code *k)
{
    static const Str more[] = { S_("also"), S_("ja"), S_("ko"), S_("zh") };
    struct entry *to = entry_of(g, key_of_code(g->a, k));
    const struct code *parent = code_parent(codes, k);
    for (enum lang l = VI; l < LANGS; l++) *GROW(g->a, to->names) = k->name[l];
    for (size_t i = 0; i < COUNT(more); i++) add_parts(g->a, &to->names, code_extra(k, more[i]), '|');
    if (parent) *GROW(g->a, to->broader) = key_of_code(g->a, parent);
}

/* A parent that the table names, too, is one thing broader. */
static size_t without_repeats(Str *p, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < kept && !str_eq(p[k], p[i])) k++;
        if (k == kept) p[kept++] = p[i];
    }
    return kept;
}

enum err thesaurus_load(struct work *w, const struct concepts **out)
{
    struct gathered g = { .a = w->a, .by_key = map_make(w->a, 2048) };
    TRY(add_table(w, &g));
    for (size_t i = 0; w->codes && i < COUNT(lists); i++) {
        size_t n;
        const struct code *const *all = codes_of(w->codes, str_of(lists[i]), &n);
        for (size_t k = 0; k < n; k++) add_code(&g, w->codes, all[k]);
    }
    if (g.entries.n > CONCEPTS) g.entries.n = CONCEPTS;
    struct concept_given *given = NEW_ARRAY(w->a, struct concept_given, g.entries.n);
    for (size_t i = 0; i < g.entries.n; i++) {
        const struct entry *e = &g.entries.p[i];
        given[i] = (struct concept_given){ .key = e->key, .names = e->names.p, .names_n = e->names.n, .broader = e->broader.p,
                                           .broader_n = without_repeats(e->broader.p, e->broader.n) };
    }
    struct concepts *made;
    size_t faults;                                  /* what an officer wrote wrong is left out    */
    TRY(concepts_make(given, g.entries.n, &made, &faults));
    *out = made;
    return OK;
}
