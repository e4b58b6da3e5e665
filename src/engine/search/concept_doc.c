#include "engine/search/concept_doc.h"
#include "engine/search/search.h"

struct doc_concepts doc_concepts_make(struct arena *a, const struct concepts *c)
{
    uint32_t n = concepts_count(c);
    return (struct doc_concepts){ .c = c, .a = a, .seen = NEW_ARRAY(a, uint32_t, n), .whole = NEW_ARRAY(a, uint32_t, n),
                                  .above = NEW_ARRAY(a, struct concept_above, n) };
}

void doc_concepts_begin(struct doc_concepts *d)
{
    d->turn++;
    d->found.n = 0;
}

bool doc_concepts_half(const struct doc_concepts *d, uint32_t concept) { return d->whole[concept] != d->turn; }

static void add(struct doc_concepts *d, uint32_t concept, bool whole)
{
    if (d->seen[concept] != d->turn) {
        if (d->found.n == SEARCH_FIELD_CONCEPTS) return;
        *GROW(d->a, d->found) = concept;
        d->seen[concept] = d->turn;
    }
    if (whole) d->whole[concept] = d->turn;
}

static void add_with_broader(struct doc_concepts *d, uint32_t concept, bool whole)
{
    bool again = d->seen[concept] == d->turn;
    add(d, concept, whole);
    if (again) return;
    struct concept_above *above = &d->above[concept];
    if (!above->p) above->p = concept_broader(d->c, d->a, concept, &above->n);
    for (size_t i = 1; i < above->n; i++) add(d, above->p[i], false);       /* the first is itself */
}

struct named_concepts named_concepts(const struct concepts *c, struct arena *a, const struct concept_word *w, size_t n)
{
    struct { struct named_concept *p; size_t n, cap; } named = { 0 };
    struct concept_at at[CONCEPT_WORDS];
    size_t end = 0;                                 /* of what is named so far                    */
    for (size_t from = 0; from < n; from++) {
        if (!w[from].fold) continue;
        size_t found = concept_names(c, w + from, n - from, at);
        for (size_t i = 0; i < found; i++)
            *GROW(a, named) = (struct named_concept){ at[i].concept, i + 1 == found && from + at[i].words > end };
        if (found && from + at[found - 1].words > end) end = from + at[found - 1].words;
    }
    return (struct named_concepts){ named.p, named.n };
}

void doc_concepts_add(struct doc_concepts *d, struct named_concepts named)
{
    for (size_t i = 0; i < named.n; i++) add_with_broader(d, named.p[i].concept, named.p[i].whole);
}
