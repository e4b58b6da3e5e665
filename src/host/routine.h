/*
 * routine.h - a thread that does something again and again while the server runs, with a database handle and an arena of its own.
 * When the database cannot be used it says so once in the log, opens it anew and goes on.
 */
#ifndef HOST_ROUTINE_H
#define HOST_ROUTINE_H

#include "host/config.h"
#include "model/model.h"

struct routine;
struct routine_kind {
    const char *name;                       /* in the log                                         */
    int         every_ms;
    /* Once, in the name of the program.  *more: there is more to do at once. */
    enum err  (*run)(struct routine *r, struct work *w, void *arg, bool *more);
    bool        gives_way;                  /* computes for long: it, and threads it makes, let the answering of requests go first */
};

/* ERR_BUSY, and *out is NULL: the system gives no more threads.  `like` lends its model. */
enum err routine_start(const struct config *c, const struct work *like, const struct routine_kind *kind, void *arg,
                       struct routine **out) MUST_USE;
bool     routine_stopping(struct routine *r);               /* for a run that takes long          */
void     routine_stop(struct routine *r);                   /* when the run it is in has ended; NULL: nothing */

#endif
