#include "base/translation.h"

#include "base/map.h"
#include "base/unicode.h"

/*
 * A .mo: seven words, then two tables of (length, offset) pairs for the ids and for their translations, the ids sorted
 * by bytes; each text ends in a NUL that its length leaves out.  GNU gettext manual, "The Format of GNU MO Files".
 */
static const uint32_t mo_magic = 0x950412DE;        /* read as little-endian, which msgfmt writes */
enum { MO_HEAD = 28, MOST = 100000, ROOM = 32 << 20 };

struct mo {
    Str      bytes;
    uint32_t n, ids, texts;                         /* how many; where the two tables are        */
};

static struct catalogue {
    struct arena memory;                            /* of the table; the texts stay in the .mo   */
    struct map   map;                               /* id -> its place in texts                  */
    Str         *texts;
} catalogues[LANGS];

static uint32_t word_at(Str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p + at;
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static bool text_at(const struct mo *mo, uint32_t table, uint32_t i, Str *out)
{
    uint32_t n = word_at(mo->bytes, table + i * (size_t)8), at = word_at(mo->bytes, table + i * (size_t)8 + 4);
    if (at >= mo->bytes.n || n >= mo->bytes.n - at || mo->bytes.p[at + n]) return false;
    *out = str_sub(mo->bytes, at, n);
    return utf8_valid(*out);
}

static bool in_bounds(const struct mo *mo, uint32_t table)
{
    return table <= mo->bytes.n && (mo->bytes.n - table) / 8 >= mo->n;
}

static enum err open_mo(Str s, struct mo *mo)
{
    if (s.n < MO_HEAD || word_at(s, 0) != mo_magic) return ERR_INVALID;
    *mo = (struct mo){ s, word_at(s, 8), word_at(s, 12), word_at(s, 16) };
    if (mo->n > MOST || !in_bounds(mo, mo->ids) || !in_bounds(mo, mo->texts)) return ERR_INVALID;
    return OK;
}

static enum err fill(struct catalogue *c, const struct mo *mo)
{
    Str id, before = { 0 };
    c->texts = NEW_ARRAY(&c->memory, Str, mo->n);
    c->map = map_make(&c->memory, mo->n);
    for (uint32_t i = 0; i < mo->n; i++, before = id) {
        bool added;
        if (!text_at(mo, mo->ids, i, &id) || !text_at(mo, mo->texts, i, &c->texts[i])) return ERR_INVALID;
        if (i && str_cmp(before, id) >= 0) return ERR_INVALID;
        if (id.n && c->texts[i].n) map_put(&c->map, id, i, &added);     /* the empty id is a header */
    }
    return OK;
}

enum err translation_load(enum lang l, Str bytes)
{
    struct mo mo;
    TRY(open_mo(bytes, &mo));
    struct catalogue c = { .memory = arena_make(ROOM, NULL) };
    enum err e = fill(&c, &mo);
    struct arena *loser = e ? &c.memory : &catalogues[l].memory;
    arena_free(loser);
    if (!e) catalogues[l] = c;
    return e;
}

Str tr(enum lang l, const char *id)
{
    const struct catalogue *c = &catalogues[l];
    Str s = str_of(id);
    int64_t i;
    return c->texts && map_get(&c->map, s, &i) ? c->texts[i] : s;
}

/* One pass: a fact that itself has braces is not read again. */
void put_message(struct buf *b, enum lang l, Message m)
{
    if (!m.id) return;
    Str rest = tr(l, m.id);
    for (size_t at; str_find(rest, S("{"), &at);) {
        Str hole = str_sub(rest, at, 3);
        bool is_fact = hole.n == 3 && hole.p[1] >= '1' && hole.p[1] <= '3' && hole.p[2] == '}';
        put(b, str_sub(rest, 0, is_fact ? at : at + 1));
        if (is_fact) put(b, m.fact[hole.p[1] - '1']);
        rest = str_sub(rest, at + (is_fact ? 3 : 1), rest.n);
    }
    put(b, rest);
}

Str message_str(struct arena *a, enum lang l, Message m)
{
    struct buf b = buf_make(a);
    put_message(&b, l, m);
    return buf_str(&b);
}

Message message_brief(struct arena *a, Message m)
{
    enum { QUOTED_MOST = 120 };
    for (size_t i = 0; i < COUNT(m.fact); i++) {
        Str *fact = &m.fact[i];
        size_t n = QUOTED_MOST;
        if (fact->n <= n) continue;
        while (n && ((unsigned char)fact->p[n] & 0xC0) == 0x80) n--;        /* no character in two       */
        *fact = str_f(a, "%.*s…", FMT(str_sub(*fact, 0, n)));
    }
    return m;
}

Message message_dup(struct arena *a, Message m)
{
    for (size_t i = 0; i < COUNT(m.fact); i++) m.fact[i] = str_dup(a, m.fact[i]);
    return m;
}

static const char *const codes[LANGS] = { [VI] = "vi", [EN] = "en" };

const char *lang_code(enum lang l) { return codes[l]; }

bool lang_from(Str code, enum lang *out)
{
    for (enum lang l = 0; l < LANGS; l++)
        if (str_is(code, codes[l])) {
            *out = l;
            return true;
        }
    return false;
}
