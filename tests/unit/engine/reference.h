/*
 * reference.h - searching as search.h describes it, done the slow and obvious way: every document is read for every query.
 * What the index answers must be the same.
 */
#ifndef TEST_REFERENCE_H
#define TEST_REFERENCE_H

#include "engine/search/search.h"

struct shelf {                      /* documents as they stand now                               */
    struct search_schema schema;
    struct { struct search_doc *p; size_t n, cap; } docs;
};

void shelf_put(struct arena *a, struct shelf *s, struct search_doc doc);
void shelf_remove(struct shelf *s, int64_t id);

struct search_result reference_find(const struct shelf *s, struct arena *a, const struct search_query *q);

#endif
