/*
 * dictionary.h - the data dictionary: every entity the reader may list, with its fields, kinds, rules and values, who may what with
 * it, and its workflow.  In w->lang.  base: where the reference lists are, "/en/data".
 */
#ifndef MODEL_DICTIONARY_H
#define MODEL_DICTIONARY_H

#include "format/html.h"
#include "model/model.h"

Html dictionary_html(struct work *w, Str base);

#endif
