/*
 * route.h - a site is a const table of routes; its first row that matches answers.
 *
 *     { GET, "/enterprise/{id}", AS_PAGE | AS_JSON, ANYONE, enterprise_show, CACHE_VERSION },
 *
 * A pattern matches segment by segment; {name} takes any one segment that is not empty.  Language and suffix
 * are no part of it.  What no row matches is 404, another method 405 with Allow, a role not in `who` 403; each
 * answer is a page with a sentence in the reader's language, or JSON problem details (RFC 9457) where .json was
 * asked.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/reply.h"

#define ANYONE (~0u)

typedef enum err handler(struct request *q, struct reply *r);

struct route {
    enum method      method;
    const char      *pattern;
    unsigned         as;            /* the forms it is to be had in: AS_... bits                */
    unsigned         who;           /* role bits                                                */
    handler         *run;
    enum cache_class cache;
};

/* How the site shows an error on a page; sets type and body, not the status. */
typedef void error_page(struct request *q, struct reply *r, Message why);

struct site {
    const struct route *routes;
    size_t              n;
    error_page         *error;      /* NULL: a plain page                                       */
};

/*
 * Reads the request and answers it: *r is complete and its memory in q->a or r->file.  This is the boundary of
 * the request: when the arena runs out inside, everything is forgotten and the answer is 413.  q has a, db,
 * app, version, role, now, base_url and head set.
 */
void route_run(const struct site *site, struct request *q, struct reply *r);
/* The error answer itself: a page, or problem details. */
void route_error(const struct site *site, struct request *q, struct reply *r, int status, Message why);

/* The table as text, a line each: method, pattern, forms, cache. */
void put_routes(struct buf *b, const struct site *site);

#endif
