#include "host/jobs.h"

#include "format/json.h"
#include "host/log.h"
#include "host/routine.h"
#include "model/people/account.h"
#include "pages/snapshot.h"

enum { LOOK_EVERY_MS = 250 };
static const size_t ROOM = (size_t)1 << 30;

struct jobs {
    const struct job_kind *const *kinds;
    const struct application     *app;      /* whose snapshot has the index                       */
    struct board                  board;
    Str                           files;
    struct routine               *routine;
    bool                          begun;    /* what a stop left running waits again               */
    struct arena                  self;
};

static const struct job_kind *kind_of(const struct jobs *all, const struct job *job)
{
    for (const struct job_kind *const *k = all->kinds; *k; k++) if (str_is(job->kind, (*k)->name)) return *k;
    return NULL;
}

/* ---- one job ------------------------------------------------------------------------------------ */

/* In the name of whoever put it, with the lists as they are now. */
static enum err in_name_of(struct work *w, int64_t account, Message *why)
{
    enum err err = account ? actor_load(w, account, &w->actor) : OK;
    if (err == ERR_DENIED || err == ERR_MISSING) *why = MSG(N_("The account that ordered this work is not active any more."));
    return err ? err : codes_load(w, w->a, &w->codes);
}

/* When its arena runs out, everything is forgotten and it fails. */
static enum err work_with(struct jobs *all, const struct snapshot *s, struct work *like, const struct job *job, Message *why)
{
    jmp_buf full;
    struct arena a = arena_make(ROOM, &full);
    struct work w = *like;
    struct running running = { &all->board, job, all->files, s->finder->index };
    enum err err;
    w.a = &a;
    w.concepts = s->finder->schema.concepts;
    if (setjmp(full)) {
        *why = MSG(N_("The file is too large to be worked on in one piece. Split it."));
        err = ERR_TOO_BIG;
    } else {
        err = in_name_of(&w, job->account, why);
        if (!err) err = kind_of(all, job)->run(&w, &running, why);
    }
    *why = message_dup(like->a, *why);
    db_sweep(like->db);
    arena_free(&a);
    return err;
}

static enum err work_on(struct jobs *all, struct work *like, const struct job *job, Message *why)
{
    uint64_t version;
    const struct snapshot *s = all->app->acquire(all->app->state, &version);
    enum err err = work_with(all, s, like, job, why);
    all->app->release(all->app->state, s);
    return err;
}

static const char *const usually[] = {
    [ERR_INVALID] = N_("What was ordered cannot be done."),
    [ERR_DENIED] = N_("This is not allowed."),
    [ERR_MISSING] = N_("There is no such record."),
    [ERR_CONFLICT] = N_("Somebody else changed the same at the same time. Order it again."),
    [ERR_TOO_BIG] = N_("This is larger than the program takes."),
    [ERR_BUSY] = N_("Another import or edit was running for long. Order it again."),
    [ERR_BROKEN] = N_("The database or the disk failed. Tell the administrator, then order it again."),
    [ERR_FULL] = N_("The disk is full. Tell the administrator, then order it again."),
};

/* In every language: who reads it is not known here. */
static Str problem_json(struct arena *a, enum err err, Message why)
{
    struct buf b = buf_make(a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    json_write_key(&j, S("problem"));
    json_write_object(&j);
    for (enum lang l = 0; l < LANGS; l++) {
        json_write_key(&j, str_of(lang_code(l)));
        json_write_string(&j, message_str(a, l, why.id ? why : MSG(usually[err])));
    }
    json_write_end(&j);
    json_write_end(&j);
    json_write_done(&j);
    return buf_str(&b);
}

/* What is left of a job that did not come to its end.  Where the database was busy or gone for a while, it is tried again. */
static enum err give_up(struct routine *r, struct work *w, const struct job *job, enum err err, bool cancelled, Message why)
{
    if ((routine_stopping(r) || err == ERR_BUSY) && !cancelled) return job_again(w, job->id);
    if (err == ERR_BROKEN || err == ERR_FULL) LOG(LOG_ERROR, "job-failed", F_NUMBER("job", job->id), F_TEXT("why", str_of(db_why(w->db))));
    return job_failed(w, job->id, cancelled, problem_json(w->a, err, why));
}

static enum err do_job(struct routine *r, struct work *w, struct jobs *all, const struct job *job)
{
    int64_t began = time_ticks();
    Message why = NO_MESSAGE;
    board_begin(&all->board, job->id);
    enum err err = work_on(all, w, job, &why);
    bool cancelled = board_end(&all->board, job->id);
    LOG(LOG_INFO, "job", F_NUMBER("job", job->id), F_TEXT("kind", job->kind), F_NUMBER("account", job->account), F_NUMBER("error", err),
        F_NUMBER("ms", (time_ticks() - began) / 1000));
    return err ? give_up(r, w, job, err, cancelled, why) : OK;
}

/* ---- the runner ----------------------------------------------------------------------------------- */

static enum err next_job(struct routine *r, struct work *w, void *arg, bool *more)
{
    struct jobs *all = arg;
    struct job job;
    if (!all->begun) TRY(jobs_again(w));
    all->begun = true;
    TRY(job_take(w, all->kinds, &job));
    *more = job.id != 0;
    enum err err = job.id ? do_job(r, w, all, &job) : OK;
    if (err) all->begun = false;                            /* it still says that it runs          */
    return err;
}

static const struct routine_kind running = { "jobs", LOOK_EVERY_MS, next_job };

enum err jobs_start(const struct config *c, const struct work *like, const struct application *app, const struct job_kind *const *kinds, struct jobs **out)
{
    struct arena self = arena_make(1 << 16, NULL);
    struct jobs *all = *out = NEW(&self, struct jobs);
    *all = (struct jobs){ .kinds = kinds, .app = app, .files = c->files };
    board_open(&all->board);
    all->self = self;
    return routine_start(c, like, &running, all, &all->routine);
}

struct board *jobs_board(struct jobs *j) { return &j->board; }

void jobs_stop(struct jobs *j)
{
    if (!j) return;
    board_stop(&j->board);
    routine_stop(j->routine);
    board_close(&j->board);
    struct arena self = j->self;
    arena_free(&self);
}
