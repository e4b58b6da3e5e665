/*
 * json.h - JSON written straight into a buffer, and read by jansson into an arena.
 *
 * What is written is always valid UTF-8 (broken bytes become U+FFFD) and safe inside a <script> element ("<" is
 * \u003c).  Wrong nesting is our own bug and stops the program.
 */
#ifndef FORMAT_JSON_H
#define FORMAT_JSON_H

#include "base/base.h"

enum { JSON_DEPTH = 32 };                                   /* written or read: nested deeper is refused */

struct json_writer {
    struct buf *out;
    size_t      depth;
    char        open[JSON_DEPTH];                           /* the bracket that closes it        */
    bool        comma;                                      /* something stands before           */
    bool        key;                                        /* a key waits for its value         */
};

struct json_writer json_write_to(struct buf *out);
void json_write_object(struct json_writer *w);              /* {                                 */
void json_write_array(struct json_writer *w);               /* [                                 */
void json_write_end(struct json_writer *w);                 /* closes the innermost              */
void json_write_key(struct json_writer *w, Str key);
void json_write_string(struct json_writer *w, Str s);
void json_write_int(struct json_writer *w, int64_t i);
void json_write_real(struct json_writer *w, double d);      /* not finite: null                  */
void json_write_bool(struct json_writer *w, bool b);
void json_write_null(struct json_writer *w);
void json_write_done(const struct json_writer *w);          /* everything is closed              */

void put_json_string(struct buf *b, Str s);                 /* "escaped"                         */

/*
 * Reading.  The tree lives in the arena and is only looked at.  Every accessor takes NULL (no such member) and
 * says so, so that a path may be walked without a check at each step.
 */
struct json_t;
enum { JSON_MAX = 8 << 20 };                                /* bytes of one document             */

/* ERR_TOO_BIG over JSON_MAX bytes; ERR_INVALID (why: line and column): not JSON, not UTF-8, a key twice, nested
 * over JSON_DEPTH. */
enum err json_read(struct arena *a, Str text, const struct json_t **out, Message *why) MUST_USE;

const struct json_t *json_member(const struct json_t *object, const char *key); /* NULL: none    */
const struct json_t *json_item(const struct json_t *array, size_t i);           /* NULL: none    */
size_t json_count(const struct json_t *v);                  /* items or members; 0 of all else   */
/* Walks the members of an object from *at = NULL; false at the end. */
bool   json_each(const struct json_t *object, void **at, Str *key, const struct json_t **value);

bool   json_is_list(const struct json_t *v);
bool   json_is_map(const struct json_t *v);                 /* an object                          */
bool   json_is_str(const struct json_t *v);   
bool   json_is_missing(const struct json_t *v);             /* NULL or null                      */
Str    json_str(const struct json_t *v);                    /* empty unless a string             */
bool   json_to_i64(const struct json_t *v, int64_t *out);   /* an integer                        */
bool   json_to_f64(const struct json_t *v, double *out);    /* any number                        */
bool   json_to_bool(const struct json_t *v, bool *out);

#endif
