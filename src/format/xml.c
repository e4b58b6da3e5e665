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

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/* memchr() for the few characters of an attribute, where calling it takes longer than the search. */
static const char *find_near(const char *p, const char *end, char c)
{
    while (p < end && *p != c) p++;
    return p;
}

/* The end of the name at p, and of the tag: its '>', which is not one in quotes.  False: it is not all there yet. */
static bool find_tag_end(const char *p, const char *end, const char **name_end, const char **tag_end)
{
    while (p < end && *p != '>' && *p != '/' && !is_space(*p)) p++;
    *name_end = p;
    for (; p < end && *p != '>'; p++)
        if ((*p == '"' || *p == '\'') && (p = find_near(p + 1, end, *p)) == end) return false;
    *tag_end = p;
    return p < end;
}

static Str without_prefix(const char *p, const char *end)
{
    const char *colon = find_near(p, end, ':');
    if (colon < end) p = colon + 1;
    return (Str){ p, (size_t)(end - p) };
}

/* <name attributes>, <name attributes/> or </name> */
static enum err element(struct xml *x, enum xml_token *token)
{
    const char *name_end, *tag_end;
    bool        close = x->p[x->at + 1] == '/';
    size_t      skip = close ? 2 : 1;
    while (!find_tag_end(x->p + x->at + skip, x->p + x->end, &name_end, &tag_end)) TRY(refill(x));
    x->name = without_prefix(x->p + x->at + skip, name_end);
    x->closing = !close && tag_end > name_end && tag_end[-1] == '/';
    x->attributes = (Str){ name_end, (size_t)(tag_end - name_end) - x->closing };
    x->at = (size_t)(tag_end - x->p) + 1;
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
        } else if (x->at + 1 < x->end && x->p[x->at + 1] == '!') {
            TRY(declaration(x, &found));
        } else if (x->at + 1 < x->end && x->p[x->at + 1] == '?') {
            TRY(skip_behind(x, 2, S("?>")));
        } else {
            return x->at + 1 < x->end ? element(x, token) : xml_damaged(x);
        }
        *token = XML_TEXT;
        if (found && x->depth) return OK;
        if (found && (x->cdata || !may_stand_outside(x->text))) return xml_damaged(x);
    }
}

bool xml_take_leaf(struct xml *x, Str name)
{
    Str s = { x->p + x->at, x->end - x->at };
    if (x->closing || s.n < name.n + 2 || s.p[0] != '<' || s.p[1] != name.p[0] || s.p[name.n + 1] != '>' || memcmp(s.p + 1, name.p, name.n))
        return false;
    const char *text = s.p + name.n + 2, *end = s.p + s.n, *p = memchr(text, '<', (size_t)(end - text));
    if (!p || (size_t)(end - p) < name.n + 3 || p[1] != '/' || p[name.n + 2] != '>' || memcmp(p + 2, name.p, name.n))
        return false;
    x->text = (Str){ text, (size_t)(p - text) };
    x->cdata = false;
    x->at += (size_t)(p - s.p) + name.n + 3;
    return true;
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
    const char *close = find_near(p + 1, end, *p);
    if (close == end) return false;
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

static const bool needs_work[256] = {               /* what may not stay, and &: an array, for speed */
    1, 1, 1, 1, 1, 1, 1, 1,  1, 0, 0, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1,  1, 1, 1, 1, 1, 1, 1, 1,
    ['&'] = 1, [0x7f] = 1,
};

/* Runs of plain characters are copied whole. */
static bool decode(struct buf *out, Str raw, bool entities)
{
    unsigned char seen = 0;
    for (size_t at = 0, from = 0;; from = at) {
        for (; at < raw.n && !needs_work[(unsigned char)raw.p[at]]; at++) seen |= (unsigned char)raw.p[at];
        put(out, (Str){ raw.p + from, at - from });
        if (at == raw.n) return !(seen & 0x80) || utf8_valid(raw);
        char     c = raw.p[at++];
        uint32_t named;
        size_t   n;
        if (c == '&' && entities) {
            if (!str_find(str_sub(raw, at, 9), S(";"), &n) || !entity(str_sub(raw, at, n), &named)) return false;
            at += n + 1;
            if (may_stay(named)) put_utf8(out, named);
        } else if (c == '&' || (c == '\r' && (at == raw.n || raw.p[at] != '\n'))) {
            put_c(out, c == '&' ? '&' : '\n');
        }
    }
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
