#include "web/multipart.h"

#include "base/unicode.h"
#include "model/desk/file.h"

#include <strings.h>

enum { BOUNDARY_MAX = 70 };                                 /* RFC 2046, 5.1.1                    */

static enum err broken(Message *why)
{
    *why = MSG(N_("The form with files is broken. Reload the page and send it again."));
    return ERR_INVALID;
}

static enum err cut_off(Message *why)
{
    *why = MSG(N_("The upload was cut off before its end. Send it again, over a steadier connection if you can."));
    return ERR_INVALID;
}

/* ---- parameters of a header: ; name="a \"b\"; c"; filename=d ----------------------------------- */

static bool same_letters(Str a, Str b) { return a.n == b.n && !strncasecmp(a.p, b.p, a.n); }

/* Takes one off the front; false: nothing follows, or not a parameter (then *rest stays not empty). */
static bool next_parameter(struct arena *a, Str *rest, Str *name, Str *value)
{
    struct buf b = buf_make(a);
    size_t i = 0, from;
    Str s = str_trim(*rest);
    if (!s.n || s.p[0] != ';') return *rest = s, false;
    for (from = i = 1; i < s.n && s.p[i] != '=' && s.p[i] != ';'; i++) { }
    *name = str_trim(str_sub(s, from, i - from));
    if (i == s.n || s.p[i] == ';' || !name->n) return false;
    i++;
    bool quoted = i < s.n && s.p[i] == '"';
    for (i += quoted; i < s.n && s.p[i] != (quoted ? '"' : ';'); i++) {
        if (quoted && s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '"') i++;
        put_c(&b, s.p[i]);
    }
    if (quoted && i++ == s.n) return false;
    *value = quoted ? buf_str(&b) : str_trim(buf_str(&b));
    *rest = str_sub(s, i, s.n);
    return true;
}

/* The parameter's value; *has: it is there.  False: the header is not well formed. */
static bool parameter(struct arena *a, Str header, Str wanted, Str *value, bool *has)
{
    Str head, rest, name, one;
    *has = false;
    *value = (Str){ 0 };
    if (!str_cut(header, ';', &head, &rest)) return true;
    rest = str_sub(header, head.n, header.n);
    while (next_parameter(a, &rest, &name, &one))
        if (!*has && same_letters(name, wanted)) *value = one, *has = true;
    return !rest.n;
}

static Str first_word(Str header)
{
    Str head, rest;
    str_cut(header, ';', &head, &rest);
    return str_trim(head);
}

static bool is_multipart(Str content_type) { return same_letters(first_word(content_type), S("multipart/form-data")); }

static bool read_boundary(struct arena *a, Str content_type, Str *out)
{
    bool has;
    if (!parameter(a, content_type, S("boundary"), out, &has) || !has || !out->n || out->n > BOUNDARY_MAX) return false;
    for (size_t i = 0; i < out->n; i++)
        if ((unsigned char)out->p[i] < ' ' || (unsigned char)out->p[i] >= 0x7F) return false;
    return out->p[out->n - 1] != ' ';
}

/* ---- the parts --------------------------------------------------------------------------------- */

struct part { Str name, file_name, type, bytes; bool is_file; };

/* Browsers write a quote and line ends in names as %22, %0D and %0A, and nothing else that way. */
static Str name_decoded(struct arena *a, Str s)
{
    struct buf b = buf_make(a);
    for (size_t i = 0; i < s.n; i++) {
        Str three = str_sub(s, i, 3);
        char c = same_letters(three, S("%22")) ? '"' : same_letters(three, S("%0D")) ? '\r' : same_letters(three, S("%0A")) ? '\n' : 0;
        put_c(&b, c ? c : s.p[i]);
        if (c) i += 2;
    }
    return buf_str(&b);
}

static enum err read_disposition(struct arena *a, Str header, struct part *out, Message *why)
{
    bool named;
    if (!same_letters(first_word(header), S("form-data")) || !parameter(a, header, S("name"), &out->name, &named) || !named
        || !parameter(a, header, S("filename"), &out->file_name, &out->is_file)) return broken(why);
    if (out->name.n > PART_NAME_MAX || out->file_name.n > PART_NAME_MAX) {
        *why = MSG(N_("The name of a file or field is longer than {1} bytes. Rename it and send it again."), str_f(a, "%d", PART_NAME_MAX));
        return ERR_TOO_BIG;
    }
    out->name = name_decoded(a, out->name);
    out->file_name = name_decoded(a, out->file_name);
    return OK;
}

/* The header fields of a part, each on a line; those that do not matter are let pass. */
static enum err read_head(struct arena *a, Str head, struct part *out, Message *why)
{
    bool disposed = false;
    while (head.n) {
        size_t end;
        Str line, name, value;
        if (!str_find(head, S("\r\n"), &end)) end = head.n;
        line = str_sub(head, 0, end);
        head = str_sub(head, end + 2, head.n);
        if (!str_cut(line, ':', &name, &value) || !name.n) return broken(why);
        if (same_letters(name, S("content-type"))) out->type = str_trim(value);
        if (!same_letters(name, S("content-disposition"))) continue;
        if (disposed) return broken(why);
        TRY(read_disposition(a, str_trim(value), out, why));
        disposed = true;
    }
    return disposed ? OK : broken(why);
}

static enum err keep_file(struct arena *a, const struct part *p, struct part_file *out, Message *why)
{
    if (p->bytes.n > UPLOAD_MAX) {
        *why = MSG(N_("The file is larger than {1} MB. Make it smaller or split it."), str_f(a, "%d", UPLOAD_MAX >> 20));
        return ERR_TOO_BIG;
    }
    *out = (struct part_file){ .type = p->type, .bytes = p->bytes };
    TRY(param_text(a, p->name, PARAMS_FORM, &out->name, why));
    return param_text(a, p->file_name, PARAMS_FORM, &out->file_name, why);
}

static enum err keep_value(struct arena *a, const struct part *p, struct param *out, Message *why)
{
    if (p->bytes.n > BODY_MAX) {
        *why = MSG(N_("What was sent is larger than {1} MB."), str_f(a, "%d", BODY_MAX >> 20));
        return ERR_TOO_BIG;
    }
    TRY(param_text(a, p->name, PARAMS_FORM, &out->name, why));
    return param_text(a, p->bytes, PARAMS_FORM, &out->value, why);
}

struct reading { struct arena *a; struct multipart *out; struct { struct part_file *p; size_t n, cap; } files; size_t parts; Message *why; };

/* text: head, empty line, content. */
static enum err read_part(struct reading *in, Str text)
{
    struct part p = { .is_file = false };
    size_t end;
    if (++in->parts > PARTS_MAX) {
        *in->why = MSG(N_("The form has more than {1} fields."), str_f(in->a, "%d", PARTS_MAX));
        return ERR_TOO_BIG;
    }
    if (!str_find(str_sub(text, 0, PART_HEAD_MAX), S("\r\n\r\n"), &end)) return broken(in->why);
    TRY(read_head(in->a, str_sub(text, 0, end), &p, in->why));
    p.bytes = str_sub(text, end + 4, text.n);
    if (!p.is_file) return keep_value(in->a, &p, GROW(in->a, in->out->params), in->why);
    if (!p.file_name.n && !p.bytes.n) return OK;            /* nothing was chosen                 */
    return keep_file(in->a, &p, GROW(in->a, in->files), in->why);
}

/* What follows the delimiter on its line: "--" ends the form; else spaces at most. */
static bool line_ends(Str *rest, bool *last)
{
    *last = str_starts(*rest, S("--"));
    if (*last) return true;
    while (rest->n && (rest->p[0] == ' ' || rest->p[0] == '\t')) *rest = str_sub(*rest, 1, rest->n);
    if (!str_starts(*rest, S("\r\n"))) return false;
    *rest = str_sub(*rest, 2, rest->n);
    return true;
}

static enum err read_parts(struct reading *in, Str delimiter, Str body)
{
    bool last;
    size_t at;
    Str opening = str_sub(delimiter, 2, delimiter.n);       /* the first needs no line end before it */
    if (!str_starts(body, opening)) return str_starts(opening, body) ? cut_off(in->why) : broken(in->why);
    body = str_sub(body, opening.n, body.n);
    for (;;) {
        if (!line_ends(&body, &last)) return body.n > 2 ? broken(in->why) : cut_off(in->why);
        if (last) return OK;
        if (!str_find(body, delimiter, &at)) return cut_off(in->why);
        TRY(read_part(in, str_sub(body, 0, at)));
        body = str_sub(body, at + delimiter.n, body.n);
    }
}

enum err multipart_read(struct arena *a, Str content_type, Str body, struct multipart *out, Message *why)
{
    struct reading in = { .a = a, .out = out, .why = why };
    Str boundary;
    *out = (struct multipart){ 0 };
    if (!is_multipart(content_type) || !read_boundary(a, content_type, &boundary)) return broken(why);
    enum err err = read_parts(&in, str_f(a, "\r\n--%.*s", FMT(boundary)), body);
    out->files = in.files.p;
    out->files_n = in.files.n;
    return err;
}
