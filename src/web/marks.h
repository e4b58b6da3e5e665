/*
 * marks.h - that a session or a token was used, noted in memory and written together every few seconds: reading a page must not
 * cost a write.  A crash loses the marks of those seconds and nothing else.  Safe from all threads.
 */
#ifndef WEB_MARKS_H
#define WEB_MARKS_H

#include "model/model.h"

enum mark { MARK_SESSION, MARK_TOKEN };

struct marks;
struct marks *marks_open(struct arena *forever);
void          marks_add(struct marks *m, enum mark kind, int64_t id);       /* NULL: nothing is noted; full: this one is not */
/* Writes what was noted, in a transaction of its own; nothing noted: none. */
enum err      marks_write(struct marks *m, struct work *w) MUST_USE;

#endif
