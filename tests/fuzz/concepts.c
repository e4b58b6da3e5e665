/* A thesaurus and a text of any bytes: what is found stands in the text, in order and apart; what is broader and narrower agree. */
#include "engine/search/concepts.h"
#include "base/unicode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { GIVEN = 64, PARTS = 8 };

static size_t parts_of(struct arena *a, Str s, char between, const Str **out)
{
    Str *p = NEW_ARRAY(a, Str, PARTS), part;
    size_t n = 0;
    while (n < PARTS && str_next(&s, between, &part)) p[n++] = part;
    *out = p;
    return n;
}

/* Lines of key=name|name=broader;broader. */
static size_t read_given(struct arena *a, Str text, struct concept_given given[GIVEN])
{
    Str line, key, rest, names, broader;
    size_t n = 0;
    while (n < GIVEN && str_next(&text, '\n', &line)) {
        if (!utf8_valid(line)) continue;
        str_cut(line, '=', &key, &rest);
        if (key.n == line.n) rest = (Str){ 0 };
        if (!str_cut(rest, '=', &names, &broader)) broader = (Str){ 0 };
        struct concept_given *g = &given[n++];
        g->key = key;
        g->names_n = parts_of(a, text_nfc(a, names), '|', &g->names);
        g->broader_n = parts_of(a, broader, ';', &g->broader);
    }
    return n;
}

static void check_neighbours(const struct concepts *c, struct arena *a, uint32_t concept)
{
    size_t ups, downs;
    const uint32_t *up = concept_broader(c, a, concept, &ups), *down = concept_narrower(c, a, concept, &downs);
    uint32_t same;
    MUST(concept_named(c, concept_key(c, concept), &same) && same == concept && up[0] == concept);
    for (size_t i = 1; i < ups; i++) MUST(up[i] != concept);
    for (size_t i = 1; i < downs; i++) MUST(down[i - 1] < down[i]);
    for (size_t i = 0; i < downs; i++) {
        size_t n, k = 0;
        const uint32_t *back = concept_broader(c, a, down[i], &n);
        while (k < n && back[k] != concept) k++;
        MUST(k < n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)256 << 20, NULL);
    struct concept_given *given = NEW_ARRAY(&a, struct concept_given, GIVEN);
    struct concept_found *found;
    struct concepts *c;
    size_t faults, end = 0;
    Str all = { (const char *)data, n }, lines, text;
    if (!str_cut(all, '\0', &lines, &text)) text = lines;
    MUST(!concepts_make(given, read_given(&a, lines, given), &c, &faults));
    size_t count = concepts_in(c, &a, text, &found);
    for (size_t i = 0; i < count; i++) {
        MUST(found[i].from >= end && found[i].to > found[i].from && found[i].to <= text.n);
        MUST(!utf8_valid(text) || utf8_valid(str_sub(text, found[i].from, found[i].to - found[i].from)));
        check_neighbours(c, &a, found[i].concept);
        end = found[i].to;
    }
    concepts_release(c);
    arena_free(&a);
    return 0;
}
