/*
 * request.h - a request as handlers see it.  Knows nothing of sockets: a test makes one from a URL.
 *
 * The URL says everything: language (Vietnamese at /, English at /en/), the page, and what is wanted of it, a
 * page or data (.json .csv .xlsx .ndjson after the last segment).  /en/directory.csv?field=mould is path
 * "/directory", lang EN, as AS_CSV, query field=mould.
 *
 * All of it lives in the request's arena, which is the slot's: nothing may be kept after the handler returns.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "store/db.h"
#include "web/url.h"

enum method { GET = 1, POST = 2, PUT = 4, DELETE = 8, HEAD = 16, OPTIONS = 32 };   /* HEAD reaches handlers as GET */
enum as     { AS_PAGE = 1, AS_JSON = 2, AS_CSV = 4, AS_XLSX = 8, AS_NDJSON = 16 };

enum {
    TARGET_MAX   = 8 << 10,         /* bytes of a request target: 414 beyond                     */
    BODY_MAX     = 1 << 20,         /* bytes of a form: 413 beyond                               */
    SEGMENTS_MAX = 16,              /* parts of a path: 404 beyond                               */
    CAPTURES_MAX = 4,
};

/* What the server read, as it stands on the wire; borrowed. */
struct request_head {
    enum method method;
    Str         target;             /* "/en/directory.csv?field=mould"                           */
    Str         cookie, if_none_match, accept_encoding, content_type, host;
    Str         body;
};

struct capture { Str name, value; };                        /* of {name} in the route's pattern  */

struct request {
    struct arena       *a;
    struct db          *db;         /* the slot's, for reading                                   */
    const void         *app;        /* the application's snapshot of this moment                 */
    uint64_t            version;    /* of that snapshot                                          */
    unsigned            role;       /* one bit; a route says which bits may                      */
    int64_t             now;        /* microseconds UTC                                          */
    Str                 base_url;   /* "https://example.vn", no final '/'; for absolute links    */
    struct request_head head;
    enum lang           lang;
    enum as             as;
    Str                 path;       /* raw, without language and suffix: "/directory", "/"       */
    Str                 segment[SEGMENTS_MAX];              /* the path's parts, decoded         */
    size_t              segments;
    struct params       query, form;
    struct capture      capture[CAPTURES_MAX];
    size_t              captures;
};

/*
 * Fills lang, as, path, segments, query and form from head.  Not OK: *status (400, 404, 413, 414, 415) and *why
 * for the reader; lang and as are set even then, so that the answer can be in the right language and form.
 */
enum err request_read(struct request *q, int *status, Message *why) MUST_USE;

Str request_capture(const struct request *q, const char *name);     /* empty: no such capture    */
Str request_cookie(const struct request *q, const char *name);      /* empty: none               */

/* Links.  Language and query are put together here and nowhere else. */
Str url_of(struct arena *a, enum lang lang, Str path, enum as as, const struct params *query);
Str request_url(const struct request *q, const struct params *query);  /* this page, another state */
Str request_url_in(const struct request *q, enum lang lang);        /* this page and state, other language */
Str request_url_as(const struct request *q, enum as as);            /* this page and state as data */
Str request_link(const struct request *q, Str path);                /* another page, this language */

const char *method_name(enum method m);                     /* "GET"                             */
bool        method_from(Str name, enum method *m);
const char *as_suffix(enum as as);                          /* "", ".json"                       */

#endif
