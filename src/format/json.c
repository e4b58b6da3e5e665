#include "format/json.h"

#include "base/number.h"
#include "base/unicode.h"

#include <jansson.h>
#include <math.h>

/* ---- writing ---- */

struct json_writer json_write_to(struct buf *out)
{
    return (struct json_writer){ .out = out };
}

/* What goes before a value: nothing after a key, a comma after another value. */
static void before_value(struct json_writer *w)
{
    MUST(w->key || !w->depth || w->open[w->depth - 1] == ']');
    MUST(w->depth || !w->comma);
    if (w->comma && !w->key) put_c(w->out, ',');
    w->key = false;
    w->comma = true;
}

static void begin(struct json_writer *w, char open, char close)
{
    before_value(w);
    MUST(w->depth < JSON_DEPTH);
    put_c(w->out, open);
    w->open[w->depth++] = close;
    w->comma = false;
}

void json_write_object(struct json_writer *w) { begin(w, '{', '}'); }
void json_write_array(struct json_writer *w)  { begin(w, '[', ']'); }

void json_write_end(struct json_writer *w)
{
    MUST(w->depth && !w->key);
    put_c(w->out, w->open[--w->depth]);
    w->comma = true;
}

void json_write_key(struct json_writer *w, Str key)
{
    MUST(w->depth && w->open[w->depth - 1] == '}' && !w->key);
    if (w->comma) put_c(w->out, ',');
    put_json_string(w->out, key);
    put_c(w->out, ':');
    w->key = true;
}

void json_write_string(struct json_writer *w, Str s)
{
    before_value(w);
    put_json_string(w->out, s);
}

void json_write_int(struct json_writer *w, int64_t i)
{
    before_value(w);
    put_i(w->out, i);
}

void json_write_real(struct json_writer *w, double d)
{
    before_value(w);
    if (isfinite(d)) put_real_plain(w->out, d + 0.0);  /* never -0, which is read as 0 */
    else put(w->out, S("null"));
}

void json_write_bool(struct json_writer *w, bool b)
{
    before_value(w);
    put(w->out, b ? S("true") : S("false"));
}

void json_write_null(struct json_writer *w)
{
    before_value(w);
    put(w->out, S("null"));
}

void json_write_done(const struct json_writer *w) { MUST(!w->depth && w->comma); }

static void put_escape(struct buf *b, unsigned char c)
{
    static const char *const with[256] = {
        ['"'] = "\\\"", ['\\'] = "\\\\", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t",
    };
    if (with[c]) put_z(b, with[c]);
    else put_f(b, "\\u%04x", c);
}

static bool is_plain(unsigned char c) { return c >= ' ' && c != '"' && c != '\\' && c != '<' && c != 0x7f; }

static Str mended(struct arena *a, Str s)           /* broken UTF-8 shows as U+FFFD              */
{
    struct buf b = buf_make(a);
    for (const char *p = s.p, *end = s.p + s.n; p < end;) put_utf8(&b, utf8_next(&p, end));
    return buf_str(&b);
}

void put_json_string(struct buf *b, Str s)
{
    if (!utf8_valid(s)) s = mended(b->a, s);
    put_c(b, '"');
    for (size_t from = 0, at = 0; from < s.n; from = ++at) {
        while (at < s.n && is_plain((unsigned char)s.p[at])) at++;
        put(b, (Str){ s.p + from, at - from });
        if (at < s.n) put_escape(b, (unsigned char)s.p[at]);
    }
    put_c(b, '"');
}

/* ---- reading ---- */

/* jansson allocates through two functions of the process; ours take from the arena of the json_read() that runs
 * in this thread, and free nothing: the tree dies with its arena. */
static _Thread_local struct arena *reading;

static void *from_arena(size_t n)
{
    MUST(reading);
    return arena_alloc(reading, 1, _Alignof(max_align_t), n);
}

static void leave(UNUSED void *p) { }

__attribute__((constructor)) static void take_over(void) { json_set_alloc_funcs(from_arena, leave); }

static bool too_deep(Str text)
{
    size_t depth = 0;
    bool   string = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (string) {
            if (c == '\\') i++;
            else if (c == '"') string = false;
        } else if (c == '"') {
            string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > JSON_DEPTH) return true;
        } else if ((c == '}' || c == ']') && depth) {
            depth--;
        }
    }
    return false;
}

enum err json_read(struct arena *a, Str text, const json_t **out, Message *why)
{
    if (text.n > JSON_MAX) {
        *why = MSG(N_("The JSON text is too long: at most {1} MB."), str_f(a, "%d", JSON_MAX >> 20));
        return ERR_TOO_BIG;
    }
    if (too_deep(text)) {
        *why = MSG(N_("The JSON text is nested too deeply: at most {1} levels."), str_f(a, "%d", JSON_DEPTH));
        return ERR_INVALID;
    }
    json_error_t e;
    reading = a;
    *out = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    reading = NULL;
    if (*out) return OK;
    *why = MSG(N_("This is not JSON we can read: line {1}, column {2} ({3})."), str_f(a, "%d", e.line),
               str_f(a, "%d", e.column), str_dup(a, str_of(e.text)));
    return ERR_INVALID;
}

const json_t *json_member(const json_t *object, const char *key) { return json_object_get(object, key); }
const json_t *json_item(const json_t *array, size_t i) { return json_array_get(array, i); }

size_t json_count(const json_t *v)
{
    return json_is_object(v) ? json_object_size(v) : json_array_size(v);
}

bool json_each(const json_t *object, void **at, Str *key, const json_t **value)
{
    json_t *o = (json_t *)(uintptr_t)object;        /* jansson's iterators know no const         */
    *at = *at ? json_object_iter_next(o, *at) : json_object_iter(o);
    if (!*at) return false;
    *key = (Str){ json_object_iter_key(*at), json_object_iter_key_len(*at) };
    *value = json_object_iter_value(*at);
    return true;
}

bool json_is_list(const json_t *v)    { return json_is_array(v); }
bool json_is_map(const json_t *v)     { return json_is_object(v); }
bool json_is_str(const json_t *v)     { return json_is_string(v); }
bool json_is_missing(const json_t *v) { return !v || json_is_null(v); }

Str json_str(const json_t *v)
{
    return json_is_string(v) ? (Str){ json_string_value(v), json_string_length(v) } : S("");
}

bool json_to_i64(const json_t *v, int64_t *out)
{
    if (json_is_integer(v)) *out = json_integer_value(v);
    return json_is_integer(v);
}

bool json_to_f64(const json_t *v, double *out)
{
    if (json_is_number(v)) *out = json_number_value(v);
    return json_is_number(v);
}

bool json_to_bool(const json_t *v, bool *out)
{
    if (json_is_boolean(v)) *out = json_is_true(v);
    return json_is_boolean(v);
}
