/* UTF-8 itself: checking, walking, writing. */
#include "base/unicode.h"

/* How many of the bytes at p are ASCII, in steps of eight. */
static size_t ascii_run(const char *p, const char *end)
{
    const char *start = p;
    for (uint64_t eight; end - p >= 8; p += 8) {
        memcpy(&eight, p, sizeof eight);
        if (eight & 0x8080808080808080u) break;
    }
    return (size_t)(p - start);
}

/*
 * The lead byte says how long a character is and what its second byte may be; with that, overlong forms, surrogates and
 * what lies beyond U+10FFFF cannot pass.  Unicode standard, table 3-7.
 */
static size_t length_of(const unsigned char *p, size_t room)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t n;
    if (p[0] < 0x80) return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4) return 0;
    if (p[0] < 0xE0)      n = 2;
    else if (p[0] < 0xF0) n = 3;
    else                  n = 4;
    if (p[0] == 0xE0) low = 0xA0;
    if (p[0] == 0xED) high = 0x9F;
    if (p[0] == 0xF0) low = 0x90;
    if (p[0] == 0xF4) high = 0x8F;
    if (room < n || p[1] < low || p[1] > high) return 0;
    for (size_t i = 2; i < n; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    return n;
}

bool utf8_valid(Str s)
{
    if (!s.n) return true;
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        p += ascii_run(p, end);
        if (p == end) break;
        size_t n = length_of((const unsigned char *)p, (size_t)(end - p));
        if (!n) return false;
        p += n;
    }
    return true;
}

uint32_t utf8_next(const char **at, const char *end)
{
    const unsigned char *p = (const unsigned char *)*at;
    size_t n = length_of(p, (size_t)(end - *at));
    *at += n ? n : 1;
    switch (n) {
    case 1: return p[0];
    case 2: return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    case 3: return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    case 4: return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    default: return 0xFFFD;
    }
}

size_t utf8_write(char *to, uint32_t c)
{
    unsigned char *p = (unsigned char *)to;
    if (c < 0x80) {
        p[0] = (unsigned char)c;
        return 1;
    }
    if (c < 0x800) {
        p[0] = (unsigned char)(0xC0 | c >> 6);
        p[1] = (unsigned char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        p[0] = (unsigned char)(0xE0 | c >> 12);
        p[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        p[2] = (unsigned char)(0x80 | (c & 0x3F));
        return 3;
    }
    p[0] = (unsigned char)(0xF0 | c >> 18);
    p[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
    p[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
    p[3] = (unsigned char)(0x80 | (c & 0x3F));
    return 4;
}

void put_utf8(struct buf *b, uint32_t c)
{
    b->n += utf8_write(buf_room(b, 4), c > 0x10FFFF || c - 0xD800 < 0x800 ? 0xFFFD : c);
}

size_t utf8_count(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}
