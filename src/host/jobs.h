/*
 * jobs.h - does the background work that waits in the table (model/desk/job.h), one after another, on a thread of its own.  A job
 * fails with a sentence for whoever put it; the server goes on.  When the server stops, the job that runs is rolled back and waits
 * for the next start.
 */
#ifndef HOST_JOBS_H
#define HOST_JOBS_H

#include "host/server.h"
#include "model/desk/job.h"

struct jobs;
/* kinds: NULL at the end; it, the configuration and the application outlive it.  ERR_BUSY: the system gives no more threads. */
enum err      jobs_start(const struct config *c, const struct work *like, const struct application *app, const struct job_kind *const *kinds,
                         struct jobs **out) MUST_USE;
struct board *jobs_board(struct jobs *j);   /* where to see how far they are                      */
void          jobs_stop(struct jobs *j);    /* NULL: nothing                                      */

#endif
