#include "format/xml.h"

#include "base/unicode.h"

enum { CHUNK = 64 << 10 };                          /* read at a time: stays in the cache        */

void xml_start(struct arena *a, struct xml *x, struct xml_source from, Str title, Message *why)
{
    char *window = x->p ? x->p : NEW_ARRAY(a, char, XML_PIECE);
    *x = (struct xml){ .from = from, .why = why, .title = title, .p = window };
}

enum err xml_damaged(const struct xml *x)
{
    *x->why = MSG(N_("The file is damaged or was cut off (in {1}). Open it in a spreadsheet program, save it again "
                     "as .xlsx and send that."), x->title);
    return ERR_INVALID;
}

/* Moves what is not used yet to the front and reads more behind it. */
static enum err refill(struct xml *x)
{
    size_t got, room;
    if (x->ended) return xml_damaged(x);
    memmove(x->p, x->p + x->at, x->end - x->at);
    x->end -= x->at;
    x->at = 0;
    room = XML_PIECE - x->end;
    if (!room) {
        *x->why = MSG(N_("The file has a cell or a tag that is too long (in {1})."), x->title);
        return ERR_TOO_BIG;
    }
    TRY(x->from.read(x->from.context, x->p + x->end, room < CHUNK ? room : CHUNK, &got, x->why));
    x->ended = !got;
    x->end += got;
    return OK;
}

/* Finds `mark` at or behind x->at + skip. */
static enum err find(struct xml *x, size_t skip, Str mark, size_t *at)
{
    for (;;) {
        size_t from = x->at + skip;
        if (from <= x->end && str_find((Str){ x->p + from, x->end - from }, mark, at)) {
            *at += from;
            return OK;
        }
        TRY(refill(x));
    }
}

/* The '>' that ends the tag at x->at; one in quotes does not. */
static enum err find_tag_end(struct xml *x, size_t *at)
{
    for (;;) {
        const char *p = x->p + x->at + 1, *end = x->p + x->end;
        for (; p < end && *p != '>'; p++)
            if ((*p == '"' || *p == '\'') && !(p = memchr(p + 1, *p, (size_t)(end - p - 1)))) break;
        if (p && p < end) {
            *at = (size_t)(p - x->p);
            return OK;
        }
        TRY(refill(x));
    }
}

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/* <name attributes>, <name attributes/> or </name> */
static enum err element(struct xml *x, enum xml_token *token)
{
    size_t end;
    TRY(find_tag_end(x, &end));
    const char *p = x->p + x->at + 1, *last = x->p + end;
    bool        close = *p == '/';
    x->at = end + 1;
    p += close;
    const char *name = p;
    for (; p < last && !is_space(*p) && *p != '/'; p++)
        if (*p == ':') name = p + 1;
    x->name = (Str){ name, (size_t)(p - name) };
    x->closing = !close && p < last && last[-1] == '/';
    x->attributes = (Str){ p, (size_t)(last - p) - x->closing };
    *token = close ? XML_CLOSE : XML_OPEN;
    if (!x->name.n || (close && !x->depth)) return xml_damaged(x);
    x->depth += close ? (size_t)-1 : 1;
    return OK;
}

static enum err skip_behind(struct xml *x, size_t skip, Str mark)
{
    size_t at;
    TRY(find(x, skip, mark, &at));
    x->at = at + mark.n;
    return OK;
}

static bool looking_at(const struct xml *x, Str s)
{
    return str_starts((Str){ x->p + x->at, x->end - x->at }, s);
}

/* <!-- -->, <![CDATA[ ]]>, and what we do not take: <!DOCTYPE.  Found: a text. */
static enum err declaration(struct xml *x, bool *found)
{
    size_t end;
    while (x->end - x->at < S("<![CDATA[").n && !x->ended) TRY(refill(x));
    if (looking_at(x, S("<!--"))) return skip_behind(x, 4, S("-->"));
    if (looking_at(x, S("<![CDATA["))) {
        TRY(find(x, 9, S("]]>"), &end));
        x->text = (Str){ x->p + x->at + 9, end - x->at - 9 };
        x->at = end + 3;
        *found = x->cdata = true;
        return OK;
    }
    *x->why = MSG(N_("The file holds a DOCTYPE (in {1}), which no spreadsheet program writes, and was refused."), x->title);
    return ERR_INVALID;
}

static enum err text(struct xml *x)
{
    size_t end;
    for (;;) {
        const char *p = memchr(x->p + x->at, '<', x->end - x->at);
        end = p ? (size_t)(p - x->p) : x->end;
        if (p || x->ended) break;
        TRY(refill(x));
    }
    x->text = (Str){ x->p + x->at, end - x->at };
    x->cdata = false;
    x->at = end;
    return OK;
}

/* Around the root element there may be space, and a byte order mark before it. */
static bool may_stand_outside(Str s)
{
    if (str_starts(s, S("\xEF\xBB\xBF"))) s = str_sub(s, 3, SIZE_MAX);
    return !str_trim(s).n;
}

enum err xml_next(struct xml *x, enum xml_token *token)
{
    if (x->closing) {
        x->closing = false;
        x->depth--;
        *token = XML_CLOSE;
        return OK;
    }
    for (;;) {
        bool found = false;
        while (x->end - x->at < 2 && !x->ended) TRY(refill(x));
        if (x->at == x->end) {
            *token = XML_END;
            return x->depth ? xml_damaged(x) : OK;
        }
        if (x->p[x->at] != '<') {
            TRY(text(x));
            found = true;
        } else if (x->p[x->at + 1] == '!') {
            TRY(declaration(x, &found));
        } else if (x->p[x->at + 1] == '?') {
            TRY(skip_behind(x, 2, S("?>")));
        } else {
            return element(x, token);
        }
        *token = XML_TEXT;
        if (found && x->depth) return OK;
        if (found && (x->cdata || !may_stand_outside(x->text))) return xml_damaged(x);
    }
}

bool xml_attribute_next(Str *rest, Str *name, Str *value)
{
    const char *p = rest->p, *end = p + rest->n;
    while (p < end && is_space(*p)) p++;
    const char *start = p;
    for (; p < end && *p != '=' && !is_space(*p); p++)
        if (*p == ':') start = p + 1;
    *name = (Str){ start, (size_t)(p - start) };
    while (p < end && is_space(*p)) p++;
    if (p == end || *p++ != '=') return false;
    while (p < end && is_space(*p)) p++;
    if (p == end || (*p != '"' && *p != '\'')) return false;
    const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
    if (!close) return false;
    *value = (Str){ p + 1, (size_t)(close - p - 1) };
    *rest = (Str){ close + 1, (size_t)(end - close - 1) };
    return true;
}

/* ---- characters ---- */

/* The character of an entity, without & and ; */
static bool entity(Str s, uint32_t *c)
{
    static const struct { Str name; char c; } list[] = {
        { S_("amp"), '&' }, { S_("lt"), '<' }, { S_("gt"), '>' }, { S_("quot"), '"' }, { S_("apos"), '\'' },
    };
    for (size_t i = 0; i < COUNT(list); i++)
        if (str_eq(s, list[i].name)) {
            *c = (uint32_t)list[i].c;
            return true;
        }
    if (s.n < 2 || s.n > 8 || s.p[0] != '#') return false;
    uint32_t base = s.p[1] == 'x' ? 16 : 10, v = 0;
    size_t   i = base == 16 ? 2 : 1;
    if (i == s.n) return false;
    for (; i < s.n; i++) {
        const char *digits = "0123456789abcdef", *d = strchr(digits, s.p[i] | 0x20);
        if (!d || !*d || (uint32_t)(d - digits) >= base) return false;
        v = v * base + (uint32_t)(d - digits);
    }
    *c = v;
    return v <= 0x10FFFF && (v & ~0x7FFu) != 0xD800;
}

static bool may_stay(uint32_t c) { return c >= ' ' ? c != 0x7f : c == '\t' || c == '\n'; }

static bool needs_work(unsigned char c) { return c == '&' || !may_stay(c); }

static bool decode(struct buf *out, Str raw, bool entities)
{
    size_t        at = 0;
    unsigned char seen = 0;
    for (; at < raw.n && !needs_work((unsigned char)raw.p[at]); at++) seen |= (unsigned char)raw.p[at];
    if ((seen & 0x80 || at < raw.n) && !utf8_valid(raw)) return false;
    put(out, str_sub(raw, 0, at));
    while (at < raw.n) {
        uint32_t c = (unsigned char)raw.p[at++];
        size_t   end;
        if (c == '&' && entities) {
            if (!str_find(str_sub(raw, at, 9), S(";"), &end) || !entity(str_sub(raw, at, end), &c)) return false;
            at += end + 1;
            if (may_stay(c)) put_utf8(out, c);
        } else if (c == '\r') {
            if (at == raw.n || raw.p[at] != '\n') put_c(out, '\n');
        } else if (may_stay(c)) {
            put_c(out, (char)c);
        }
    }
    return true;
}

enum err xml_put_text(const struct xml *x, struct buf *out)
{
    return decode(out, x->text, !x->cdata) ? OK : xml_damaged(x);
}

enum err xml_attribute(struct arena *a, const struct xml *x, Str name, Str *value)
{
    struct buf b = buf_make(a);
    Str        rest = x->attributes, key, raw;
    while (xml_attribute_next(&rest, &key, &raw))
        if (str_eq(key, name)) {
            if (!decode(&b, raw, true)) return xml_damaged(x);
            break;
        }
    *value = buf_str(&b);
    return OK;
}
