/* Any bytes as JSON: refused, or what is written of what was read is read and written the same again. */
#include "base/unicode.h"
#include "format/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void write(struct json_writer *w, const struct json_t *v)
{
    const struct json_t *member;
    void   *at = NULL;
    Str     key;
    int64_t i;
    double  d;
    bool    b;
    if (json_is_missing(v)) json_write_null(w);
    else if (json_is_str(v)) json_write_string(w, json_str(v));
    else if (json_to_i64(v, &i)) json_write_int(w, i);
    else if (json_to_f64(v, &d)) json_write_real(w, d);
    else if (json_to_bool(v, &b)) json_write_bool(w, b);
    else if (json_each(v, &at, &key, &member)) {
        json_write_object(w);
        do {
            json_write_key(w, key);
            write(w, member);
        } while (json_each(v, &at, &key, &member));
        json_write_end(w);
    } else {
        json_write_array(w);
        for (size_t k = 0; k < json_count(v); k++) write(w, json_item(v, k));
        json_write_end(w);
    }
}

static bool rewritten(struct arena *a, Str text, Str *out)
{
    const struct json_t *v;
    struct buf b = buf_make(a);
    struct json_writer w = json_write_to(&b);
    Message why = NO_MESSAGE;
    if (json_read(a, text, &v, &why)) {
        MUST(why.id);
        return false;
    }
    write(&w, v);
    json_write_done(&w);
    *out = buf_str(&b);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = arena_make((size_t)256 << 20, NULL);
    Str once, twice;
    if (rewritten(&a, (Str){ (const char *)data, n }, &once)) {
        MUST(utf8_valid(once));
        MUST(rewritten(&a, once, &twice) && str_eq(once, twice));
    }
    arena_free(&a);
    return 0;
}
