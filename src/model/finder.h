/*
 * finder.h - the search index of an entity, read from its table: SEARCHED fields are found by words, FACET fields are counted and
 * filtered, both of the record and of its children.  It is built from the rows and follows the change log.  Texts and queries are read with
 * w->concepts of when it was built: when they change, it is to be built anew.
 *
 * Holds what w->roles may see: for a visitor, published records only.  A facet's value is the code in the version of its
 * list valid today, the version and code where it is of an older one, "1" or "0" of a yes or no.
 */
#ifndef MODEL_FINDER_H
#define MODEL_FINDER_H

#include "engine/search/kept.h"
#include "model/list/list.h"

struct facet { const struct field *f; int field, child_field; };            /* child_field -1: its own */

/* What the programme adds to the document of a record, with its children: facts.  In w->a; the same for the same record. */
typedef void finder_each(void *arg, struct work *w, const struct record *r, struct search_doc *doc);

struct finder {
    const struct entity *e;
    finder_each         *each;                      /* NULL: nothing                              */
    void                *arg;
    struct search_schema schema;
    int                  weight[SEARCH_FIELDS];     /* SEARCHED fields of one weight are one field  */
    struct facet         facet[SEARCH_FACETS];
    struct search       *index;
};

/* The finder lives in keep; its index is released by finder_close. */
enum err finder_build(struct work *w, struct arena *keep, const struct entity *e, finder_each *each, void *arg,
                      struct finder **out) MUST_USE;
/* The same with these records as they are now; old stays as it is. */
enum err finder_update(struct work *w, struct arena *keep, const struct finder *old, const int64_t *ids, size_t n,
                       struct finder **out) MUST_USE;
/* The same over another index of the same records; takes it over. */
struct finder *finder_over(struct arena *keep, const struct finder *old, struct search *index);
void     finder_close(struct finder *f);

/*
 * The index in a file (engine/search/kept.h).  of[3] of the stamp is the finder's: the fields the index was made from; the rest the caller's.
 * ERR_MISSING: there is none that could be used; whether it is up to date is the caller's to say.
 */
enum err finder_save(const struct finder *f, const char *path, struct search_stamp stamp) MUST_USE;
enum err finder_open(struct work *w, struct arena *keep, const struct entity *e, finder_each *each, void *arg, const char *path,
                     struct search_stamp *stamp, struct finder **out) MUST_USE;

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
/* The same for some records only, spread over the table: enough to notice an index that is not this data's. */
enum err finder_sample(struct work *w, const struct finder *f, int64_t *wrong) MUST_USE;

#endif
