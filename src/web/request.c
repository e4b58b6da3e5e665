#include "web/request.h"

#include "base/unicode.h"
#include "web/multipart.h"

static const struct { enum method method; const char *name; } methods[] = {
    { GET, "GET" },   { POST, "POST" },       { PUT, "PUT" },     { DELETE, "DELETE" },
    { HEAD, "HEAD" }, { OPTIONS, "OPTIONS" }, { PATCH, "PATCH" },
};

const char *method_name(enum method m)
{
    for (size_t i = 0; i < COUNT(methods); i++)
        if (methods[i].method == m) return methods[i].name;
    return "?";
}

bool method_from(Str name, enum method *m)
{
    for (size_t i = 0; i < COUNT(methods); i++)
        if (str_is(name, methods[i].name)) return *m = methods[i].method, true;
    return false;
}

bool request_changes(const struct request_head *h) { return h->method & (POST | PUT | PATCH | DELETE); }

static const struct { enum as as; const char *suffix; } suffixes[] = {
    { AS_JSON, ".json" }, { AS_CSV, ".csv" }, { AS_XLSX, ".xlsx" }, { AS_NDJSON, ".ndjson" },
};

const char *as_suffix(enum as as)
{
    for (size_t i = 0; i < COUNT(suffixes); i++)
        if (suffixes[i].as == as) return suffixes[i].suffix;
    return "";
}

/* "/en/directory.csv" -> EN, "/directory", AS_CSV.  "/.json" is the page "/" as JSON. */
static void split_path(struct request *q, Str path)
{
    q->lang = VI;
    q->as = AS_PAGE;
    if (str_is(path, "/en") || str_starts(path, S("/en/"))) {
        q->lang = EN;
        path = str_sub(path, 3, path.n);
    }
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        Str suffix = str_of(suffixes[i].suffix);
        if (!str_ends(path, suffix)) continue;
        q->as = suffixes[i].as;
        path.n -= suffix.n;
        break;
    }
    if (q->as == AS_PAGE && str_starts(path, S("/api/"))) q->as = AS_JSON;
    q->path = path.n ? path : S("/");
}

static bool is_plain(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F) return false;
    return utf8_valid(s);
}

static int read_segments(struct request *q, Message *why)
{
    Str rest = str_sub(q->path, 1, q->path.n), raw;
    q->segments = 0;
    if (!rest.n) return 0;
    while (str_next(&rest, '/', &raw)) {
        Str *segment = &q->segment[q->segments];
        if (!raw.n && !rest.p && q->segments) return 0;         /* "/directory/": route.c redirects */
        if (!raw.n || q->segments == SEGMENTS_MAX) return 404;
        if (!url_decoded(q->a, raw, false, segment) || !is_plain(*segment)) {
            *why = MSG(N_("The address of this page is broken. Follow a link, or begin at the home page."));
            return 400;
        }
        *segment = text_nfc(q->a, *segment);
        q->segments++;
    }
    return 0;
}

enum err request_read(struct request *q, int *status, Message *why)
{
    Str path, query;
    str_cut(q->head.target, '?', &path, &query);
    split_path(q, path);
    q->query = q->form = (struct params){ 0 };
    q->files_n = 0;
    if (q->head.target.n > TARGET_MAX) {
        *why = MSG(N_("The address is too long. Choose fewer filters."));
        *status = 414;
        return ERR_TOO_BIG;
    }
    bool whole_server = q->head.method == OPTIONS && str_is(path, "*");
    *status = whole_server ? 0 : !str_starts(path, S("/")) ? 400 : read_segments(q, why);
    if (*status) return *status == 404 ? ERR_MISSING : ERR_INVALID;
    enum err e = params_read(q->a, query, PARAMS_QUERY, &q->query, why);
    *status = e == ERR_TOO_BIG ? 414 : 400;
    return e;
}

/* ---- the body -------------------------------------------------------------------------------- */

static enum err read_form(struct request *q, Message *why) { return params_read(q->a, q->head.body, PARAMS_FORM, &q->form, why); }

static enum err read_files(struct request *q, Message *why)
{
    struct multipart read;
    TRY(multipart_read(q->a, q->head.content_type, q->head.body, &read, why));
    q->form = read.params;
    q->files = read.files;
    q->files_n = read.files_n;
    return OK;
}

static const struct {
    const char *type;
    unsigned    body;
    enum err  (*read)(struct request *q, Message *why);     /* NULL: left as it is                 */
} bodies[] = {
    { "application/x-www-form-urlencoded", BODY_FORM,  read_form },
    { "multipart/form-data",               BODY_FILES, read_files },
    { "application/json",                  BODY_JSON,  NULL },
    { "application/merge-patch+json",      BODY_JSON,  NULL },
};

enum err request_read_body(struct request *q, unsigned taken, int *status, Message *why)
{
    Str type, parameters;
    if (!q->head.body.n) return OK;
    *status = 413;
    *why = MSG(N_("What was sent is larger than {1} MB."), str_f(q->a, "%d", BODY_MAX >> 20));
    if (q->head.body.n > BODY_MAX && !(taken & BODY_FILES)) return ERR_TOO_BIG;
    *why = NO_MESSAGE;
    str_cut(q->head.content_type, ';', &type, &parameters);
    type = str_lower_ascii(q->a, str_trim(type));
    for (size_t i = 0; i < COUNT(bodies); i++) {
        if (!(taken & bodies[i].body) || !str_is(type, bodies[i].type)) continue;
        enum err e = bodies[i].read ? bodies[i].read(q, why) : OK;
        *status = e == ERR_TOO_BIG ? 413 : 400;
        return e;
    }
    *why = taken & BODY_JSON ? MSG(N_("This address takes only JSON: Content-Type: application/json.")) : NO_MESSAGE;
    *status = 415;
    return ERR_INVALID;
}

Str request_capture(const struct request *q, const char *name)
{
    for (size_t i = 0; i < q->captures; i++)
        if (str_is(q->capture[i].name, name)) return q->capture[i].value;
    return (Str){ 0 };
}

Str request_cookie(const struct request *q, const char *name)
{
    Str rest = q->head.cookie, item, key, value;
    while (str_next(&rest, ';', &item)) {
        str_cut(str_trim(item), '=', &key, &value);
        if (str_is(key, name)) return value;
    }
    return (Str){ 0 };
}

bool request_personal(const struct request_head *h)
{
    const struct request q = { .head = *h };
    return h->authorization.n || request_cookie(&q, SESSION_COOKIE).n;
}

Str url_of(struct arena *a, enum lang lang, Str path, enum as as, const struct params *query)
{
    struct buf b = buf_make(a);
    if (lang != VI) put_f(&b, "/%s", lang_code(lang));
    put(&b, path);
    put_z(&b, as_suffix(as));
    if (query && query->n) {
        put_c(&b, '?');
        put(&b, params_str(a, query));
    }
    return buf_str(&b);
}

Str request_url(const struct request *q, const struct params *query)
{
    return url_of(q->a, q->lang, q->path, AS_PAGE, query);
}

Str request_url_in(const struct request *q, enum lang lang)
{
    return url_of(q->a, lang, q->path, AS_PAGE, &q->query);
}

Str request_url_as(const struct request *q, enum as as)
{
    return url_of(q->a, q->lang, q->path, as, &q->query);
}

Str request_link(const struct request *q, Str path)
{
    return url_of(q->a, q->lang, path, AS_PAGE, NULL);
}
