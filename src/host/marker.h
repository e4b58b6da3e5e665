/*
 * marker.h - puts a reader's name into a drawing (format/mark/mark.h) in a process of its own: this program again, as `matxich mark`, with nothing
 * open but the file, no variables of the environment, and rights only to reckon.  It may end in any way, and the server goes on.
 */
#ifndef HOST_MARKER_H
#define HOST_MARKER_H

#include "web/instance.h"

enum {
    MARKING_AT_ONCE = 2,                    /* more wait ...                                      */
    MARKING_WAIT    = 10,                   /* ... so many seconds, then it is ERR_BUSY           */
    MARKING_TIME    = 20,                   /* seconds one may take                               */
    MARKING_MEMORY  = 1 << 30,
    MARKING_OUT     = 256 << 20,            /* bytes of what comes out                            */
};

/* instance.mark.  *out is a nameless file; the caller closes it.  Errors as mark_put(), and ERR_BUSY. */
enum err marker(struct arena *a, Str kind, Str bytes, const Str *lines, size_t n, FILE **out, Message *why) MUST_USE;

#endif
