#include "web/encoding.h"

#define ZLIB_CONST                                  /* it only reads what it compresses          */
#include <zlib.h>

static const char *const names[] = { [PLAIN] = "", [GZIP] = "gzip", [BROTLI] = "br" };

const char *encoding_name(enum encoding e) { return names[e]; }

/* "gzip;q=0" is a refusal; any other weight is not compared. */
static bool refused(Str parameters)
{
    Str item, key, value;
    while (str_next(&parameters, ';', &item)) {
        str_cut(str_trim(item), '=', &key, &value);
        double weight;
        if (str_is(str_trim(key), "q") && str_to_f64(str_trim(value), &weight)) return weight <= 0;
    }
    return false;
}

static bool same_name(Str s, const char *name)      /* in any case                               */
{
    return s.n == strlen(name) && !strncasecmp(s.p, name, s.n);
}

unsigned encodings_accepted(Str rest)
{
    unsigned accepted = 1u << PLAIN, refusals = 0;
    Str item, name, parameters;
    bool any = false;
    while (str_next(&rest, ',', &item)) {
        str_cut(item, ';', &name, &parameters);
        name = str_trim(name);
        bool no = refused(parameters);
        if (str_is(name, "*")) any = !no;
        for (unsigned e = GZIP; e < ENCODINGS; e++)
            if (same_name(name, names[e])) *(no ? &refusals : &accepted) |= 1u << e;
    }
    if (any) accepted |= (1u << GZIP | 1u << BROTLI) & ~refusals;
    return accepted;
}

enum encoding encoding_choose(unsigned offered, unsigned accepted)
{
    unsigned both = offered & accepted;
    return both & 1u << BROTLI ? BROTLI : both & 1u << GZIP ? GZIP : PLAIN;
}

Str gzipped(struct arena *a, Str s, int level)
{
    enum { WINDOW = 15, GZIP_HEADER = 16, MEMORY = 8 };
    if (s.n < GZIP_WORTH || s.n > UINT32_MAX / 2) return (Str){ 0 };
    z_stream z = { 0 };
    Bytef *out = NEW_ARRAY(a, Bytef, s.n);      /* before deflateInit, which an escape would leak */
    if (deflateInit2(&z, level, Z_DEFLATED, WINDOW + GZIP_HEADER, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return (Str){ 0 };
    z.next_in = (const Bytef *)s.p;
    z.avail_in = (uInt)s.n;
    z.next_out = out;
    z.avail_out = (uInt)s.n;
    int end = deflate(&z, Z_FINISH);
    size_t n = z.total_out;
    deflateEnd(&z);
    return end == Z_STREAM_END && n < s.n ? (Str){ (char *)out, n } : (Str){ 0 };
}

static Str opaque_part(Str etag)
{
    etag = str_trim(etag);
    return str_starts(etag, S("W/")) ? str_sub(etag, 2, etag.n) : etag;
}

/* Our tags have no comma, so that a list may be cut at commas. */
bool etag_matches(Str rest, Str etag)
{
    Str item;
    while (str_next(&rest, ',', &item))
        if (str_is(str_trim(item), "*") || str_eq(opaque_part(item), opaque_part(etag))) return true;
    return false;
}
