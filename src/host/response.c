#include "host/response.h"

#include "web/request.h"

#include <microhttpd.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct { const char *name, *value; } every_reply[] = {
    { "Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; "
                                 "base-uri 'self'; form-action 'self'; frame-ancestors 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "X-Frame-Options", "DENY" },                  /* browsers that do not know frame-ancestors */
    { "Referrer-Policy", "strict-origin-when-cross-origin" },
    { "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
};

static const char *const cache_control[] = {
    [CACHE_NEVER]   = "no-store",
    [CACHE_VERSION] = "no-cache",                   /* keep it, but ask each time                */
    [CACHE_FOREVER] = "public, max-age=31536000, immutable",
};

static void add_header(struct MHD_Response *response, const char *name, Str value)
{
    char z[4 * TARGET_MAX];                         /* a Location is the longest: an encoded target */
    MUST(value.n < sizeof z);
    memcpy(z, value.p, value.n);
    z[value.n] = 0;
    MUST(MHD_add_response_header(response, name, z) == MHD_YES);
}

static void add_headers(struct MHD_Response *response, const struct page *p, bool tls)
{
    for (size_t i = 0; i < COUNT(every_reply); i++)
        add_header(response, every_reply[i].name, str_of(every_reply[i].value));
    if (tls) add_header(response, "Strict-Transport-Security", S("max-age=31536000"));
    add_header(response, "Cache-Control", str_of(cache_control[p->cache]));
    if (p->etag[0]) add_header(response, "ETag", str_of(p->etag));
    if (!p->file) add_header(response, "Vary", p->cache == CACHE_FOREVER ? S("Accept-Encoding") : S("Accept-Encoding, Cookie"));
    for (size_t i = 0; i < p->header_n; i++) add_header(response, p->headers[i].name, p->headers[i].value);
}

static struct MHD_Response *response_of(const struct page *p)
{
    struct stat file;
    void *bytes = (void *)(uintptr_t)p->body.p;     /* it only reads them                        */
    if (!p->file) return MHD_create_response_from_buffer(p->body.n, bytes, MHD_RESPMEM_PERSISTENT);
    int fd = dup(fileno(p->file));                  /* libmicrohttpd closes its own              */
    MUST(fd >= 0 && !fstat(fd, &file));
    return MHD_create_response_from_fd64((uint64_t)file.st_size, fd);
}

void response_prepare(struct page *p, bool tls)
{
    struct MHD_Response *whole = response_of(p);
    MUST(whole);
    add_headers(whole, p, tls);
    if (p->type.n) add_header(whole, "Content-Type", p->type);
    if (p->encoding != PLAIN) add_header(whole, "Content-Encoding", str_of(encoding_name(p->encoding)));
    p->sent = whole;
    if (!p->etag[0]) return;
    struct MHD_Response *unchanged = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    MUST(unchanged);
    add_headers(unchanged, p, tls);
    p->unchanged = unchanged;
}

void response_drop(struct page *p)
{
    MHD_destroy_response(p->sent);
    if (p->unchanged) MHD_destroy_response(p->unchanged);
}
