#include "base/url.h"

#include "base/unicode.h"

static bool unreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '.' || c == '_' || c == '~';
}

void put_url(struct buf *b, Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (unreserved(s.p[i])) put_c(b, s.p[i]);
        else put_f(b, "%%%02X", (unsigned char)s.p[i]);
    }
}

Str url_encoded(struct arena *a, Str s)
{
    struct buf b = buf_make(a);
    put_url(&b, s);
    return buf_str(&b);
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool url_decoded(struct arena *a, Str s, bool plus, Str *out)
{
    char *p = NEW_ARRAY(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '%') {
            int high = i + 2 < s.n ? hex(s.p[i + 1]) : -1, low = i + 2 < s.n ? hex(s.p[i + 2]) : -1;
            if (high < 0 || low < 0) return false;
            p[n++] = (char)(high << 4 | low);
            i += 2;
        } else {
            p[n++] = plus && s.p[i] == '+' ? ' ' : s.p[i];
        }
    }
    *out = (Str){ p, n };
    return true;
}

/* What is said of a list that is not well formed. */
static const struct { const char *many, *percent, *utf8, *control; } said[] = {
    [PARAMS_QUERY] = {
        N_("The address has more than {1} parameters."),
        N_("The address is broken: after a percent sign there must be two hexadecimal digits."),
        N_("The address holds bytes that are not text in UTF-8. Type the words again."),
        N_("The address holds control characters. Type the words again."),
    },
    [PARAMS_FORM] = {
        N_("The form has more than {1} fields."),
        N_("The form is broken: after a percent sign there must be two hexadecimal digits."),
        N_("The form holds bytes that are not text in UTF-8. Reload the page and fill it in again."),
        N_("The form holds control characters. Delete them and send it again."),
    },
};

/* What is pasted into a form from elsewhere may hold some that nobody sees: they are left out.  NUL is nobody's text. */
static bool has_control(Str s, enum params_kind kind)
{
    for (size_t i = 0; i < s.n; i++)
        if (kind == PARAMS_FORM ? !s.p[i] : (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F) return true;
    return false;
}

enum err param_text(struct arena *a, Str bytes, enum params_kind kind, Str *out, Message *why)
{
    const char *wrong = !utf8_valid(bytes)            ? said[kind].utf8
                      : has_control(bytes, kind)      ? said[kind].control
                      : !text_clean(a, bytes, out)    ? said[kind].utf8 : NULL;
    if (!wrong) return OK;
    *why = MSG(wrong);
    return ERR_INVALID;
}

static enum err read_text(struct arena *a, Str raw, enum params_kind kind, Str *out, Message *why)
{
    Str bytes;
    if (url_decoded(a, raw, true, &bytes)) return param_text(a, bytes, kind, out, why);
    *why = MSG(said[kind].percent);
    return ERR_INVALID;
}

enum err params_read(struct arena *a, Str text, enum params_kind kind, struct params *out, Message *why)
{
    Str item, name, value;
    *out = (struct params){ 0 };
    while (str_next(&text, '&', &item)) {
        if (!item.n) continue;
        if (out->n == PARAMS_MAX) {
            *why = MSG(said[kind].many, str_f(a, "%d", PARAMS_MAX));
            return ERR_TOO_BIG;
        }
        str_cut(item, '=', &name, &value);
        struct param *p = GROW(a, *out);
        TRY(read_text(a, name, kind, &p->name, why));
        TRY(read_text(a, value, kind, &p->value, why));
    }
    return OK;
}

bool params_next(const struct params *l, const char *name, size_t *at, Str *value)
{
    while (*at < l->n) {
        const struct param *p = &l->p[(*at)++];
        if (str_is(p->name, name)) {
            *value = p->value;
            return true;
        }
    }
    return false;
}

Str params_get(const struct params *l, const char *name)
{
    size_t at = 0;
    Str value = { 0 };
    params_next(l, name, &at, &value);
    return value;
}

bool params_has(const struct params *l, const char *name, Str value)
{
    size_t at = 0;
    Str v;
    while (params_next(l, name, &at, &v))
        if (str_eq(v, value)) return true;
    return false;
}

static void add(struct arena *a, struct params *l, Str name, Str value)
{
    *GROW(a, *l) = (struct param){ name, value };
}

struct params params_with(struct arena *a, const struct params *l, const char *name, Str value)
{
    struct params out = { 0 };
    bool done = !value.n;
    for (size_t i = 0; i < l->n; i++) {
        if (!str_is(l->p[i].name, name)) add(a, &out, l->p[i].name, l->p[i].value);
        else if (!done) add(a, &out, l->p[i].name, value), done = true;
    }
    if (!done) add(a, &out, str_of(name), value);
    return out;
}

struct params params_without(struct arena *a, const struct params *l, const char *name)
{
    return params_with(a, l, name, (Str){ 0 });
}

struct params params_toggled(struct arena *a, const struct params *l, const char *name, Str value)
{
    struct params out = { 0 };
    for (size_t i = 0; i < l->n; i++)
        if (!str_is(l->p[i].name, name) || !str_eq(l->p[i].value, value))
            add(a, &out, l->p[i].name, l->p[i].value);
    if (out.n == l->n) add(a, &out, str_of(name), value);
    return out;
}

Str params_str(struct arena *a, const struct params *l)
{
    struct buf b = buf_make(a);
    for (size_t i = 0; i < l->n; i++) {
        if (i) put_c(&b, '&');
        put_url(&b, l->p[i].name);
        put_c(&b, '=');
        put_url(&b, l->p[i].value);
    }
    return buf_str(&b);
}
