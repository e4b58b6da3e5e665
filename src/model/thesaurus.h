/*
 * thesaurus.h - what things are called in the languages of buyers and makers (C04): processes, materials, machines, products, each with
 * its names in Vietnamese, English, Japanese, Korean and Chinese, and what it is a kind of.  `matxich init` fills it from data/thesaurus; officers
 * may change it, and searches follow.
 *
 * A concept of a code list (process, material, machine, standard ...) is that code: its key is LIST/CODE, its parent broader.
 */
#ifndef MODEL_THESAURUS_H
#define MODEL_THESAURUS_H

#include "engine/search/concepts.h"
#include "model/record.h"

extern const struct entity concept_entity;
enum concept_field {
    CONCEPT_KEY,                            /* "process/die-casting", "product/bracket"            */
    CONCEPT_KIND, CONCEPT_VI, CONCEPT_EN, CONCEPT_JA, CONCEPT_KO, CONCEPT_ZH,       /* names; further ones after '|' */
    CONCEPT_BROADER,                        /* keys, ';' between                                  */
    CONCEPT_SOURCE, CONCEPT_FIELD_COUNT,
};

/* Inside a write: from the data built into the program; those there already are left as they are. */
enum err thesaurus_init(struct work *w) MUST_USE;
/* The concepts of the table and the codes of the lists that have names; held by the caller (concepts_release). */
enum err thesaurus_load(struct work *w, const struct concepts **out) MUST_USE;

#endif
