/*
 * finder.h - the search index of an entity, read from its table: SEARCHED fields are found by words, FACET fields are counted and
 * filtered, both of the record and of its children.  It is built from the rows and follows the change log.
 *
 * Holds what w->roles may see: for a visitor, published records only.  A facet's value is the code in the version of its
 * list valid today, the version and code where it is of an older one, "1" or "0" of a yes or no.
 */
#ifndef MODEL_FINDER_H
#define MODEL_FINDER_H

#include "engine/search/search.h"
#include "model/list/list.h"

struct facet { const struct field *f; int field, child_field; };            /* child_field -1: its own */

struct finder {
    const struct entity *e;
    struct search_schema schema;
    int                  weight[SEARCH_FIELDS];     /* SEARCHED fields of one weight are one field  */
    struct facet         facet[SEARCH_FACETS];
    struct search       *index;
};

typedef void finder_each(void *arg, struct work *w, const struct record *r);        /* every record that goes in */

/* each may be NULL.  The finder lives in keep; its index is released by finder_close. */
enum err finder_build(struct work *w, struct arena *keep, const struct entity *e, finder_each *each, void *arg,
                      struct finder **out) MUST_USE;
/* The same with these records as they are now; old stays as it is. */
enum err finder_update(struct work *w, struct arena *keep, const struct finder *old, const int64_t *ids, size_t n,
                       finder_each *each, void *arg, struct finder **out) MUST_USE;
void     finder_close(struct finder *f);

int  finder_facet(const struct finder *f, Str name);        /* -1: none of that name               */
/* What a facet's value is called in w->lang, in few words. */
Str  facet_label(struct work *w, const struct facet *f, Str value);
/*
 * What is asked, into filters of a search: FACET=VALUE (a code, a name, yes or no; several between ";"), and what lists take
 * (list.h), FIELD=VALUE, FIELD.min= and FIELD.max=, which leaves `only`; others as in list_read.
 */
struct found_filters { struct search_filter facet[SEARCH_FACETS]; size_t facets; const int64_t *only; size_t only_n; };
enum err finder_read(struct work *w, const struct finder *f, const struct asked *asked, size_t n, const char *others,
                     struct found_filters *out, Message *why) MUST_USE;

/*
 * A list that may also be asked for what only a finder knows: q=WORDS, and facets worked out or of children.  Whether one of
 * them is asked; and list_read with them.  f may be NULL: then they are refused as any unknown name.
 */
bool     finder_needed(const struct entity *e, const struct asked *asked, size_t n);
enum err finder_read_list(struct work *w, const struct finder *f, const struct entity *e, const struct asked *asked, size_t n,
                          struct list_query *out, Message *why) MUST_USE;

/* Holds the index against the rows: *wrong is the first that is not in it as it should be; 0: all are; -1: all are, and more. */
enum err finder_check(struct work *w, const struct finder *f, int64_t *wrong) MUST_USE;

#endif
