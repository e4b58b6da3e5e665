/*
 * url.h - percent-encoding and lists of parameters, the shape of a query string and of a form's body.
 *
 * Every byte comes from outside.  A parameter is decoded, must be UTF-8 and is brought to NFC.  An address has no control characters;
 * a form's value may have newlines, and what else of them was pasted into it is left out, but for NUL.  Anything else is
 * refused with a sentence, never repaired silently.
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/translation.h"

struct param  { Str name, value; };
struct params { struct param *p; size_t n, cap; };          /* in the order they came            */

enum { PARAMS_MAX = 512 };                                  /* of one query string or form       */

/* Everything but A-Z a-z 0-9 - . _ ~ becomes %XX. */
void put_url(struct buf *b, Str s);
Str  url_encoded(struct arena *a, Str s);
/* %XX to bytes and, in a query or form, '+' to space.  False: a '%' without two hex digits. */
bool url_decoded(struct arena *a, Str s, bool plus, Str *out);

enum params_kind { PARAMS_QUERY, PARAMS_FORM };
/* "a=1&b=2".  ERR_INVALID or ERR_TOO_BIG, with a sentence in *why. */
enum err params_read(struct arena *a, Str text, enum params_kind kind, struct params *out, Message *why) MUST_USE;
/* One name or value, already decoded, brought to what the rules above say. */
enum err param_text(struct arena *a, Str bytes, enum params_kind kind, Str *out, Message *why) MUST_USE;

Str  params_get(const struct params *l, const char *name);  /* the first of that name, or empty  */
bool params_has(const struct params *l, const char *name, Str value);
/* All values of a name:  size_t at = 0; Str v; while (params_next(&q->query, "field", &at, &v)) ... */
bool params_next(const struct params *l, const char *name, size_t *at, Str *value);

/*
 * The state of a page is its query string; a link to another state is a changed copy.  Order is kept, so that one
 * state has one URL.  The originals stay as they are.
 */
/* One value of that name; an empty one: none. */
struct params params_with(struct arena *a, const struct params *l, const char *name, Str value);
/* One value more, or less if it was there. */
struct params params_toggled(struct arena *a, const struct params *l, const char *name, Str value);
struct params params_without(struct arena *a, const struct params *l, const char *name);
Str           params_str(struct arena *a, const struct params *l);  /* "a=1&b=2", without '?'    */

#endif
