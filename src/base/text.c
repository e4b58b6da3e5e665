#include "base/text.h"

#include <stdio.h>

int str_cmp(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int d = n ? memcmp(a.p, b.p, n) : 0;
    return d ? d : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(Str s, Str with) { return s.n >= with.n && (!with.n || !memcmp(s.p, with.p, with.n)); }

bool str_ends(Str s, Str with)
{
    return s.n >= with.n && (!with.n || !memcmp(s.p + s.n - with.n, with.p, with.n));
}

bool str_find(Str s, Str part, size_t *at)
{
    const char *p = part.n ? (s.n ? memmem(s.p, s.n, part.p, part.n) : NULL) : s.p;
    if (!p && part.n) return false;
    *at = p ? (size_t)(p - s.p) : 0;
    return true;
}

bool str_has(Str s, Str part)
{
    size_t at;
    return str_find(s, part, &at);
}

bool str_cut(Str s, char sep, Str *head, Str *tail)
{
    const char *at = s.n ? memchr(s.p, sep, s.n) : NULL;
    if (!at) {
        *head = s;
        *tail = (Str){ 0 };
        return false;
    }
    *head = (Str){ s.p, (size_t)(at - s.p) };
    *tail = (Str){ at + 1, s.n - head->n - 1 };
    return true;
}

bool str_next(Str *rest, char sep, Str *item)
{
    if (!rest->p) return false;
    str_cut(*rest, sep, item, rest);                /* no more separators: rest->p is NULL       */
    return true;
}

Str str_sub(Str s, size_t from, size_t n)
{
    if (from > s.n) from = s.n;
    if (n > s.n - from) n = s.n - from;
    return (Str){ s.p ? s.p + from : NULL, n };
}

Str str_trim(Str s)
{
    for (;;) {
        if (s.n && (unsigned char)s.p[0] <= ' ') s.p++, s.n--;
        else if (str_starts(s, S("\xC2\xA0"))) s.p += 2, s.n -= 2;
        else break;
    }
    for (;;) {
        if (s.n && (unsigned char)s.p[s.n - 1] <= ' ') s.n--;
        else if (str_ends(s, S("\xC2\xA0"))) s.n -= 2;
        else return s;
    }
}

bool str_to_i64(Str s, int64_t *out)
{
    bool negative = s.n && s.p[0] == '-';
    if (negative) s.p++, s.n--;
    if (!s.n) return false;
    int64_t v = 0;                                  /* built negative, so that INT64_MIN parses  */
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, s.p[i] - '0', &v)) return false;
    }
    if (!negative && v == INT64_MIN) return false;
    *out = negative ? v : -v;
    return true;
}

Str str_dup(struct arena *a, Str s)
{
    if (!s.n) return (Str){ "", 0 };
    char *p = arena_raw(a, 1, 1, s.n);
    memcpy(p, s.p, s.n);
    return (Str){ p, s.n };
}

char *str_z(struct arena *a, Str s)
{
    MUST(!s.n || !memchr(s.p, 0, s.n));
    char *p = NEW_ARRAY(a, char, s.n + 1);
    if (s.n) memcpy(p, s.p, s.n);
    return p;
}

Str str_lower_ascii(struct arena *a, Str s)
{
    char *p = NEW_ARRAY(a, char, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    return (Str){ p, s.n };
}

char *buf_grow_(struct buf *b, size_t more)
{
    size_t need = b->n + more;                      /* sizes stay far below SIZE_MAX: see arena  */
    size_t cap = b->cap ? b->cap * 2 : 256;
    if (cap < need) cap = need;
    char *p = arena_raw(b->a, 1, 1, cap);
    if (b->n) memcpy(p, b->p, b->n);
    b->p = p;
    b->cap = cap;
    return b->p + b->n;
}

void put_z(struct buf *b, const char *z) { put(b, str_of(z)); }

void put_i(struct buf *b, int64_t i)
{
    char z[24], *p = z + sizeof z;
    uint64_t u = i < 0 ? -(uint64_t)i : (uint64_t)i;
    do *--p = (char)('0' + u % 10); while (u /= 10);
    if (i < 0) *--p = '-';
    put(b, (Str){ p, (size_t)(z + sizeof z - p) });
}

/* Into the space there is; a second time only when that was too little. */
PRINTF(2, 0) static void put_v(struct buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    char *at = buf_room(b, 64);
    size_t space = b->cap - b->n;
    int n = vsnprintf(at, space, fmt, ap);
    MUST(n >= 0);
    if ((size_t)n >= space) vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, fmt, again);
    va_end(again);
    b->n += (size_t)n;
}

void put_f(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    put_v(b, fmt, ap);
    va_end(ap);
}

Str str_f(struct arena *a, const char *fmt, ...)
{
    struct buf b = buf_make(a);
    va_list ap;
    va_start(ap, fmt);
    put_v(&b, fmt, ap);
    va_end(ap);
    if (b.p + b.cap == a->at) a->at = b.p + b.n + 1;        /* what is left over goes back to the arena */
    return buf_str(&b);
}
