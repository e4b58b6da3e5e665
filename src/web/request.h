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

#include "model/people/session.h"
#include "model/people/token.h"
#include "web/instance.h"
#include "base/url.h"

enum method { GET = 1, POST = 2, PUT = 4, DELETE = 8, HEAD = 16, OPTIONS = 32, PATCH = 64 };   /* HEAD reaches handlers as GET */
enum as     { AS_PAGE = 1, AS_JSON = 2, AS_CSV = 4, AS_XLSX = 8, AS_NDJSON = 16 };

enum {
    TARGET_MAX   = 8 << 10,         /* bytes of a request target: 414 beyond                     */
    BODY_MAX     = 1 << 20,         /* bytes of a form or JSON: 413 beyond                       */
    UPLOAD_BODY_MAX = 40 << 20,     /* of a form with files, where the route takes them          */
    SEGMENTS_MAX = 16,              /* parts of a path: 404 beyond                               */
    CAPTURES_MAX = 4,
};

/* What the server read, as it stands on the wire; borrowed. */
struct request_head {
    enum method method;
    Str         target;             /* "/en/directory.csv?field=mould"                           */
    Str         cookie, if_none_match, accept_encoding, content_type, host;
    Str         authorization, origin, fetch_site, if_match, idempotency_key, user_agent, accept_language;
    Str         address;            /* of the client, as text                                     */
    Str         body;
};

struct capture { Str name, value; };                        /* of {name} in the route's pattern  */

/* A file of a form (multipart/form-data); bytes borrowed from the body. */
struct part_file { Str name, file_name, type, bytes; };

struct request {
    struct arena       *a;
    struct db          *db;         /* the slot's: for reading; where the method may change something, for writing */
    const void         *app;        /* the application's snapshot of this moment                 */
    uint64_t            version;    /* of that snapshot                                          */
    const struct instance *instance;
    /* Who asks; filled by the site's identify before a route is chosen. */
    struct actor        actor;      /* a visitor's, where nobody is signed in                    */
    struct session      session;    /* id 0: none                                                */
    struct token        token;      /* id 0: none                                                */
    Str                 form_secret;    /* what the tokens of forms are made from; empty: none yet */
    int64_t             now;        /* microseconds UTC                                          */
    int64_t             ticks;      /* microseconds of a steady clock                            */
    Str                 base_url;   /* "https://example.vn", no final '/'; for absolute links    */
    struct request_head head;
    enum lang           lang;
    enum as             as;
    Str                 path;       /* raw, without language and suffix: "/directory", "/"       */
    Str                 segment[SEGMENTS_MAX];              /* the path's parts, decoded         */
    size_t              segments;
    struct params       query, form;
    struct part_file   *files;
    size_t              files_n;
    struct capture      capture[CAPTURES_MAX];
    size_t              captures;
};

/*
 * Fills lang, as, path, segments and query from head.  Not OK: *status (400, 404, 414) and *why for the reader;
 * lang and as are set even then, so that the answer can be in the right language and form.  What is under /api/ is
 * AS_JSON without a suffix.
 */
enum err request_read(struct request *q, int *status, Message *why) MUST_USE;

enum { BODY_FORM = 1 << 0, BODY_FILES = 1 << 1, BODY_JSON = 1 << 2 };     /* JSON stays as it is in head.body */
/* Reads the body as its content type says, which must be one of those taken.  Not OK: *status (400, 413, 415) and *why. */
enum err request_read_body(struct request *q, unsigned taken, int *status, Message *why) MUST_USE;

bool request_changes(const struct request_head *h);         /* POST, PUT, PATCH, DELETE           */
/* Brings what says who asks (a session's cookie, a token): its answer is nobody else's. */
bool request_personal(const struct request_head *h);
#define SESSION_COOKIE "__Host-session"

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
