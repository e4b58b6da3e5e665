/*
 * reply.h - what a handler answers.  Either a body in the request's arena, or, for what has no limit (a whole
 * table as CSV, NDJSON or XLSX), a nameless temporary file: it costs no memory, and a slow reader keeps
 * nobody's database handle.
 */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include "model/json_read.h"
#include "web/request.h"

#include <stdio.h>

enum cache_class {
    CACHE_NEVER,            /* no-store: what one person may see                                */
    CACHE_VERSION,          /* the same for everybody until the data change: rendered once, ETag, 304 */
    CACHE_FOREVER,          /* the address changes with the content: assets                     */
};

struct header { const char *name; Str value; };

struct reply {
    int              status;
    Str              type;              /* media type with charset                              */
    Str              body;
    FILE            *file;              /* instead of body; the server closes it                */
    enum cache_class cache;             /* the route's; a handler may lower it to CACHE_NEVER   */
    struct header    headers[8];        /* beside those every reply gets                        */
    size_t           header_n;
    Message          problem;           /* why it failed, for the reader                        */
    int              refusal;           /* the status of a failure, where it is not the error's own: 412, 429 */
    struct json_problems wrong;         /* what is wrong where in the JSON that was sent         */
    const char      *refused;           /* for the log: at which gate (gate.h); NULL: at none    */
};

#define TYPE_HTML   S("text/html; charset=utf-8")
#define TYPE_JSON   S("application/json; charset=utf-8")
#define TYPE_CSV    S("text/csv; charset=utf-8")
#define TYPE_NDJSON S("application/x-ndjson; charset=utf-8")
#define TYPE_XLSX   S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
#define TYPE_TEXT   S("text/plain; charset=utf-8")
#define TYPE_XML    S("application/xml; charset=utf-8")

/* Each gives OK, so that a handler may end with it. */
enum err reply_body(struct reply *r, Str type, Str body);
enum err reply_redirect(struct reply *r, int status, Str location);         /* 302, 303, 308    */
/* Why it failed: `return reply_fail(r, ERR_MISSING, MSG(N_("There is no enterprise {1}."), id));` */
enum err reply_fail(struct reply *r, enum err e, Message why);

/* With Set-Cookie the reply is for one person: it becomes CACHE_NEVER. */
void     reply_header(struct reply *r, const char *name, Str value);
/* Content-Disposition: the browser saves it under this name (any Unicode). */
void     reply_attachment(struct request *q, struct reply *r, Str name);

/*
 * A body of any length: write it to *out.  It is a nameless temporary file, gone with the process; not
 * fclose()d by the handler.  ERR_BROKEN: there is no room for one.
 */
enum err reply_download(struct request *q, struct reply *r, Str type, Str name, FILE **out) MUST_USE;

#endif
