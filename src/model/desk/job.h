/*
 * job.h - long work in the background: rows of a table that the server's runner takes one by one.  A job survives a restart:
 * one that was running when the program stopped begins again, so its work must be one transaction, ended in it by job_done().
 *
 * How far a running job is lives in memory (struct board), not in the database, whose only writer is the job itself.
 */
#ifndef MODEL_DESK_JOB_H
#define MODEL_DESK_JOB_H

#include "model/model.h"

#include <pthread.h>

enum job_state { JOB_WAITING, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED };
struct job {
    int64_t        id, account, made, began, ended;
    Str            kind, input, result;     /* JSON texts; result also after a failure: {"problem": "..."} */
    enum job_state state;
};
struct job_list { struct job *p; size_t n, cap; };

/* ---- the board: progress of what runs in this process; safe from all threads -------------------- */
enum { BOARD_JOBS = 8 };
struct board {
    pthread_mutex_t lock;
    pthread_cond_t  wake;                   /* signalled when a job is put: the runner need not wait */
    bool            stopping;
    struct { int64_t id, done, total; bool cancel; } running[BOARD_JOBS];
};
void board_open(struct board *b);
void board_close(struct board *b);
void board_wake(struct board *b);
/* For the work itself: false: it is to stop (cancelled, or the server stops). */
bool board_report(struct board *b, int64_t job, int64_t done, int64_t total);
bool board_progress(struct board *b, int64_t job, int64_t *done, int64_t *total);        /* false: it does not run here */
void board_cancel(struct board *b, int64_t job);

/* ---- the table ------------------------------------------------------------------------------ */

struct job_kind {
    const char *name, *label;               /* "import"; N_()                                     */
    bool        alone;                      /* one at a time of this kind                         */
    /* Does it, and ends with job_done() in its last transaction.  *why: what to tell when it fails. */
    enum err  (*run)(struct work *w, struct board *b, const struct job *job, Message *why);
};

enum err job_put(struct work *w, Str kind, Str input, int64_t *id) MUST_USE;        /* inside a write; for w->actor */
enum err job_load(struct work *w, int64_t id, struct job *out) MUST_USE;            /* ERR_MISSING; ERR_DENIED: another's (admins see all) */
enum err jobs_of(struct work *w, int limit, struct job_list *out) MUST_USE;         /* newest first; admins: everybody's */
enum err job_take(struct work *w, const struct job_kind *kinds, size_t n, struct job *out) MUST_USE;   /* marks it running; id 0: none may run now */
enum err job_done(struct work *w, int64_t id, Str result) MUST_USE;                 /* inside work_write; ERR_CONFLICT: it was cancelled */
enum err job_failed(struct work *w, int64_t id, bool cancelled, Str result) MUST_USE;
enum err job_cancel(struct work *w, int64_t id) MUST_USE;   /* one that waits; board_cancel() for one that runs */
enum err jobs_again(struct work *w) MUST_USE;               /* at start: what was running waits again */

#endif
