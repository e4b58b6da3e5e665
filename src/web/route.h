/*
 * route.h - a site is a const table of routes; its first row that matches answers.
 *
 *     { GET, "/enterprise/{id}", AS_PAGE | AS_JSON, ANYONE, enterprise_show, CACHE_VERSION },
 *
 * A pattern matches segment by segment; {name} takes any one segment that is not empty.  Language and suffix
 * are no part of it.  What no row matches is 404, another method 405 with Allow, a role not in `who` 403; each
 * answer is a page with a sentence in the reader's language, or JSON problem details (RFC 9457) where .json was
 * asked.  A visitor not in `who` is sent to sign in (303), and comes back after it; a program is told 401.  What is not for
 * visitors is not for a session either that lacks the one-time code its account has to give (session.strong).
 *
 * What may change something (POST, PUT, PATCH, DELETE) is run only when the request comes from our own pages: its Origin is
 * ours, and the form carries the token made from form_secret as "form_token".  With an API token neither is needed, as no browser sends one by itself.
 * No handler can forget it: it is done here, before any.
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
    unsigned         is;            /* of the following                                          */
};
enum {
    ROUTE_API    = 1 << 0,          /* for programs: JSON in and out, problem details, a token instead of a form's token */
    ROUTE_FILES  = 1 << 1,          /* takes a form with files, up to UPLOAD_BODY_MAX            */
    ROUTE_LIMIT  = 1 << 2,          /* dear or tempting: few in a minute from one address (sign-in, sign-up, reports) */
};

/* How the site shows an error on a page; sets type and body, not the status. */
typedef void error_page(struct request *q, struct reply *r, Message why);

struct site {
    const struct route *routes;
    size_t              n;
    error_page         *error;      /* NULL: a plain page                                       */
    /* Fills actor, session, token and form_secret from cookie and authorization; NULL: everybody is a visitor.  ERR_DENIED: a token that is none. */
    enum err          (*identify)(struct request *q, Message *why);
};

/*
 * Reads the request and answers it: *r is complete and its memory in q->a or r->file.  This is the boundary of
 * the request: when the arena runs out inside, everything is forgotten and the answer is 413.  q has a, db,
 * app, version, instance, actor, now, ticks, base_url and head set.  What somebody signed in sees is CACHE_NEVER.
 */
void route_run(const struct site *site, struct request *q, struct reply *r);
/* The error answer itself: a page, or problem details. */
void route_error(const struct site *site, struct request *q, struct reply *r, int status, Message why);
/* Nothing is at the address: 404, or 405 with the methods that are, or the answer to OPTIONS. */
void route_none(const struct site *site, struct request *q, struct reply *r);

/* How many bytes the address takes: UPLOAD_BODY_MAX where a route takes files, else BODY_MAX. */
size_t route_body_max(const struct site *site, const struct request_head *head);

/* What a status is called in problem details, as a page: GET /api/v1/problems/{type}. */
handler route_problem;

/* The table as text, a line each: method, pattern, forms, who, what it is. */
void put_routes(struct buf *b, const struct site *site);

#endif
