/*
 * package.h - the parts of an office file, which is a zip: found by name and inflated piece by piece.
 *
 * Refused: encrypted parts, methods other than deflate, and bombs - a part that grows over the size its reader allows, or
 * over PACKAGE_RATIO times its packed size.  Nothing is ever written to disk, so a path in a name is only a name.
 */
#ifndef FORMAT_PACKAGE_H
#define FORMAT_PACKAGE_H

#include "base/base.h"

enum { PACKAGE_RATIO = 300, PACKAGE_RATIO_FROM = 16 << 20, PACKAGE_PARTS = 65536 };

struct package;
struct part;

/* Borrows the bytes.  ERR_INVALID: not a zip, or cut off. */
enum err package_open(struct arena *a, Str bytes, struct package **out, Message *why) MUST_USE;
void     package_close(struct package *p);
bool     package_has(const struct package *p, Str name);    /* letter case does not count        */

uint64_t package_unpacked(const struct package *p);         /* bytes that all parts say they inflate to */

/* ERR_MISSING: there is no such part.  max: bytes it may inflate to. */
enum err part_open(struct package *p, Str name, uint64_t max, struct part **out, Message *why) MUST_USE;
/* *got is 0 at the end. */
enum err part_read(void *part, char *to, size_t room, size_t *got, Message *why) MUST_USE;
void     part_close(struct part *part);                     /* NULL is let pass                  */

#endif
