/*
 * text.h - strings.  A Str is borrowed bytes: pointer and length, UTF-8, no terminator, never freed.
 * What comes from outside is checked and brought to NFC once, at the edge (base/unicode.h).
 *
 * str_ looks, put builds, _of borrows, _dup copies.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

#include <stdarg.h>
#include <string.h>

typedef struct {
    const char *p;
    size_t      n;
} Str;

#define S(lit) ((Str){ "" lit, sizeof(lit) - 1 })           /* literals only                    */
#define S_(lit) { "" lit, sizeof(lit) - 1 }                 /* the same, in a static initialiser */
#define FMT(s) (int)(s).n, (s).p                            /* for "%.*s"                        */

static inline Str str_of(const char *z)   { return (Str){ z, z ? strlen(z) : 0 }; }
static inline bool str_eq(Str a, Str b)   { return a.n == b.n && (!a.n || !memcmp(a.p, b.p, a.n)); }
static inline bool str_is(Str a, const char *z) { return str_eq(a, str_of(z)); }
int  str_cmp(Str a, Str b);                                 /* by bytes, as memcmp               */
bool str_starts(Str s, Str with);
bool str_ends(Str s, Str with);
bool str_has(Str s, Str part);
bool str_find(Str s, Str part, size_t *at);
bool str_cut(Str s, char sep, Str *head, Str *tail);        /* false: no sep; head = s           */
bool str_next(Str *rest, char sep, Str *item);              /* walks "a;b;c"; false at the end   */
Str  str_sub(Str s, size_t from, size_t n);                 /* clamped                           */
Str  str_trim(Str s);                                       /* ASCII space and control, U+00A0   */
bool str_to_i64(Str s, int64_t *out);                       /* the whole string or nothing       */
bool str_to_f64(Str s, double *out);                        /* C locale, finite, whole string    */
Str  str_dup(struct arena *a, Str s);
char *str_z(struct arena *a, Str s);                        /* for C interfaces; no NUL inside   */
Str  str_lower_ascii(struct arena *a, Str s);
Str  str_f(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

struct buf {                /* grows inside an arena                                             */
    struct arena *a;
    char         *p;
    size_t        n, cap;
};
static inline struct buf buf_make(struct arena *a) { return (struct buf){ .a = a }; }
static inline Str  buf_str(const struct buf *b)    { return (Str){ b->p, b->n }; }
char *buf_grow_(struct buf *b, size_t more);
static inline char *buf_room(struct buf *b, size_t more)    /* space for more bytes; b->n stays  */
{
    return more <= b->cap - b->n ? b->p + b->n : buf_grow_(b, more);
}
static inline void put(struct buf *b, Str s)
{
    if (!s.n) return;
    memcpy(buf_room(b, s.n), s.p, s.n);
    b->n += s.n;
}
static inline void put_c(struct buf *b, char c)
{
    *buf_room(b, 1) = c;
    b->n++;
}
void  put_z(struct buf *b, const char *z);
void  put_i(struct buf *b, int64_t i);
void  put_f(struct buf *b, const char *fmt, ...) PRINTF(2, 3);

#endif
