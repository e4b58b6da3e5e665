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
    Str            kind, input, result;     /* JSON texts; result after a failure: {"problem": {"vi": "...", "en": "..."}} */
    enum job_state state;
};
struct job_list { struct job *p; size_t n, cap; };
extern const char *const job_state_labels[];      /* N_(), by state                              */

/* ---- the board: progress of what runs in this process; safe from all threads -------------------- */
enum { BOARD_JOBS = 8 };                    /* at most that many runners                          */
struct board_place { int64_t id, done, total; bool cancel; };               /* id 0: free          */
struct board {
    pthread_mutex_t    lock;
    bool               stopping;            /* the server                                         */
    struct board_place running[BOARD_JOBS];
};
void board_open(struct board *b);
void board_close(struct board *b);
void board_stop(struct board *b);
/* For the runner.  end: whether somebody cancelled it. */
void board_begin(struct board *b, int64_t job);
bool board_end(struct board *b, int64_t job);
/* For the work itself: false: it is to stop (cancelled, or the server stops). */
bool board_report(struct board *b, int64_t job, int64_t done, int64_t total);
/* False: it does not run here. */
bool board_progress(struct board *b, int64_t job, int64_t *done, int64_t *total);
bool board_cancel(struct board *b, int64_t job);

/* ---- the table ------------------------------------------------------------------------------ */

/* What the work of a job is given: itself, where to report, the folder of uploads (file.h), and the index of the organisations as it is when the
 * job begins. */
struct search;
struct running { struct board *board; const struct job *job; Str files; const struct search *suppliers; };

struct job_kind {
    const char *name, *label;               /* "import"; N_()                                     */
    bool        alone;                      /* one at a time of this kind                         */
    /* Does it, and ends with job_done() in its last transaction.  *why: what to tell when it fails.  w: the actor who put it,
     * in his language. */
    enum err  (*run)(struct work *w, const struct running *r, Message *why);
};

enum err job_put(struct work *w, Str kind, Str input, int64_t *id) MUST_USE;        /* inside a write; for w->actor */
enum err job_load(struct work *w, int64_t id, struct job *out) MUST_USE;            /* ERR_MISSING; ERR_DENIED: another's (admins see all) */
enum err jobs_of(struct work *w, int limit, struct job_list *out) MUST_USE;         /* newest first; admins: everybody's */
/* The oldest of these kinds that may run now, marked as running; id 0: none.  Each of the following is a write of its own, but for job_done. */
enum err job_take(struct work *w, const struct job_kind *const *kinds, struct job *out) MUST_USE;      /* kinds: NULL at the end */
enum err job_done(struct work *w, int64_t id, Str result) MUST_USE;                 /* inside a write; ERR_CONFLICT: it does not run (any more) */
enum err job_failed(struct work *w, int64_t id, bool cancelled, Str result) MUST_USE;
enum err job_cancel(struct work *w, int64_t id) MUST_USE;   /* one that waits (else ERR_CONFLICT); board_cancel() for one that runs */
enum err job_again(struct work *w, int64_t id) MUST_USE;    /* the server stops: it waits again    */
enum err jobs_again(struct work *w) MUST_USE;               /* at start: what was running waits again; one server for a database */

#endif
