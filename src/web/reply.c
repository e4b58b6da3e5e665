#include "web/reply.h"

#include "base/file.h"

enum err reply_body(struct reply *r, Str type, Str body)
{
    r->type = type;
    r->body = body;
    return OK;
}

void reply_header(struct reply *r, const char *name, Str value)
{
    MUST(r->header_n < COUNT(r->headers));
    for (size_t i = 0; i < value.n; i++) MUST((unsigned char)value.p[i] >= ' ');    /* no second header */
    r->headers[r->header_n++] = (struct header){ name, value };
    if (!strcmp(name, "Set-Cookie")) r->cache = CACHE_NEVER;
}

enum err reply_redirect(struct reply *r, int status, Str location)
{
    r->status = status;
    reply_header(r, "Location", location);
    return OK;
}

enum err reply_fail(struct reply *r, enum err e, Message why)
{
    r->problem = why;
    return e;
}

void reply_attachment(struct request *q, struct reply *r, Str name)
{
    struct buf b = buf_make(q->a);
    put_z(&b, "attachment; filename=\"");
    for (size_t i = 0; i < name.n; i++) {       /* for browsers from before RFC 6266             */
        char c = name.p[i];
        bool safe = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                    c == '-' || c == '.';
        put_c(&b, safe ? c : '_');
    }
    put_z(&b, "\"; filename*=UTF-8''");
    put_url(&b, name);
    reply_header(r, "Content-Disposition", buf_str(&b));
}

enum err reply_download(struct request *q, struct reply *r, Str type, Str name, FILE **out)
{
    MUST(!r->file);
    r->file = file_nameless();
    if (!r->file) return ERR_BROKEN;
    r->type = type;
    reply_attachment(q, r, name);
    *out = r->file;
    return OK;
}
