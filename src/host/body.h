/*
 * body.h - the body of a request while it arrives: in memory up to BODY_MAX, in a nameless file beyond, where the address takes
 * files.  All that arrive at once are bounded too, and one that comes too slowly is given up, so that nobody can fill memory,
 * disk or places with bodies that never end.
 *
 * One that is refused is still heard to its end, up to UPLOAD_BODY_MAX, and thrown away: a browser that finds the connection
 * closed while it sends shows its own error and not our sentence.
 */
#ifndef HOST_BODY_H
#define HOST_BODY_H

#include "web/request.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum {
    BODIES_ROOM = 64 << 20,         /* bytes of all bodies in memory: 503 beyond                 */
    UPLOADS     = 16,               /* in files at once: 503 beyond                              */
    UPLOADS_EACH = 4,               /* of one address                                            */
    PATIENCE_S  = 30,               /* after so long ...                                         */
    PACE        = 8 << 10,          /* ... so many bytes a second must have come: closed otherwise */
};

struct bodies {                                             /* of a server                       */
    atomic_size_t   in_memory;
    pthread_mutex_t lock;                                   /* of from                           */
    uint64_t        from[UPLOADS];                          /* whose files arrive; 0: a free place */
};

struct body {
    struct bodies *all;
    struct arena   arena;
    struct buf     buf;
    FILE          *file;            /* instead of buf; in this place                             */
    size_t         place;
    size_t         n, most;
    int64_t        began;           /* ticks                                                     */
    Str            mapped;
    int            failed;          /* a status, told at the end: what follows is not kept       */
};

void bodies_open(struct bodies *all);
void bodies_close(struct bodies *all);

/* length: as the client says, 0 where it does not; most: what the route takes.  False: b->failed is 413, 503 or 507. */
bool body_begin(struct body *b, struct bodies *all, Str address, size_t length, size_t most);
/* False: it comes too slowly, or there is no end of it: the connection is to be closed. */
bool body_add(struct body *b, Str piece, int64_t ticks) MUST_USE;
/* All of it, as long as b lives.  False: b->failed says why. */
bool body_end(struct body *b, Str *out);
void body_drop(struct body *b);

#endif
