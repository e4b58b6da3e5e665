#include "model/desk/job.h"

#include "model/rights.h"

/* ---- the board ------------------------------------------------------------------------------ */

void board_open(struct board *b)
{
    *b = (struct board){ .stopping = false };
    pthread_mutex_init(&b->lock, NULL);
}

void board_close(struct board *b) { pthread_mutex_destroy(&b->lock); }

void board_stop(struct board *b)
{
    pthread_mutex_lock(&b->lock);
    b->stopping = true;
    pthread_mutex_unlock(&b->lock);
}

static struct board_place *place_of(struct board *b, int64_t job)
{
    for (size_t i = 0; i < COUNT(b->running); i++) if (b->running[i].id == job) return &b->running[i];
    return NULL;
}

void board_begin(struct board *b, int64_t job)
{
    pthread_mutex_lock(&b->lock);
    struct board_place *free = place_of(b, 0);
    MUST(free);                                             /* there are fewer runners than places */
    *free = (struct board_place){ .id = job };
    pthread_mutex_unlock(&b->lock);
}

bool board_end(struct board *b, int64_t job)
{
    pthread_mutex_lock(&b->lock);
    struct board_place *p = place_of(b, job);
    bool cancelled = p && p->cancel;
    if (p) *p = (struct board_place){ 0 };
    pthread_mutex_unlock(&b->lock);
    return cancelled;
}

bool board_report(struct board *b, int64_t job, int64_t done, int64_t total)
{
    pthread_mutex_lock(&b->lock);
    struct board_place *p = place_of(b, job);
    bool go_on = !b->stopping && !(p && p->cancel);
    if (p) p->done = done, p->total = total;
    pthread_mutex_unlock(&b->lock);
    return go_on;
}

bool board_progress(struct board *b, int64_t job, int64_t *done, int64_t *total)
{
    pthread_mutex_lock(&b->lock);
    const struct board_place *p = place_of(b, job);
    if (p) *done = p->done, *total = p->total;
    pthread_mutex_unlock(&b->lock);
    return p;
}

bool board_cancel(struct board *b, int64_t job)
{
    pthread_mutex_lock(&b->lock);
    struct board_place *p = place_of(b, job);
    if (p) p->cancel = true;
    pthread_mutex_unlock(&b->lock);
    return p;
}

/* ---- the table ------------------------------------------------------------------------------ */

const char *const job_state_labels[] = {
    [JOB_WAITING] = N_("Waits"), [JOB_RUNNING] = N_("Runs"), [JOB_DONE] = N_("Done"), [JOB_FAILED] = N_("Failed"),
    [JOB_CANCELLED] = N_("Cancelled"),
};

#define JOB_COLUMNS "SELECT id, account, made, began, ended, kind, input, result, state FROM job "

static struct job job_of(const struct rows *r)
{
    return (struct job){ row_int(r, 0), row_int(r, 1), row_int(r, 2), row_int(r, 3), row_int(r, 4),
                         row_text(r, 5), row_text(r, 6), row_text(r, 7), (enum job_state)row_int(r, 8) };
}

static enum err one(struct work *w, Sql q, Args args, struct job *out)
{
    *out = (struct job){ 0 };
    struct rows r = db_query(w->db, w->a, q, args);
    if (rows_next(&r)) *out = job_of(&r);
    return rows_end(&r);
}

static bool sees_all(const struct work *w) { return w->actor.roles & (ADMIN | SYSTEM); }

enum err job_put(struct work *w, Str kind, Str input, int64_t *id)
{
    TRY(work_take_number(w, S("job"), id));
    return db_exec(w->db, w->a, SQL("INSERT INTO job (id, kind, account, input, state, made) VALUES ($1, $2, $3, $4, $5, $6)"),
                   ARGS(v_int(*id), v_text(kind), v_int(w->actor.account), v_text(input), v_int(JOB_WAITING), v_int(time_now())));
}

enum err job_load(struct work *w, int64_t id, struct job *out)
{
    TRY(one(w, SQL(JOB_COLUMNS "WHERE id = $1"), ARGS(v_int(id)), out));
    if (!out->id) return ERR_MISSING;
    return out->account == w->actor.account || sees_all(w) ? OK : ERR_DENIED;
}

enum err jobs_of(struct work *w, int limit, struct job_list *out)
{
    *out = (struct job_list){ 0 };
    struct rows r = sees_all(w)
        ? db_query(w->db, w->a, SQL(JOB_COLUMNS "ORDER BY id DESC LIMIT $1"), ARGS(v_int(limit)))
        : db_query(w->db, w->a, SQL(JOB_COLUMNS "WHERE account = $2 ORDER BY id DESC LIMIT $1"), ARGS(v_int(limit), v_int(w->actor.account)));
    while (rows_next(&r)) *GROW(w->a, *out) = job_of(&r);
    return rows_end(&r);
}

/* ---- taking ----------------------------------------------------------------------------------- */

struct take { struct work *w; const struct job_kind *const *kinds; struct job *out; };

static const struct job_kind *kind_named(const struct take *t, Str name)
{
    for (const struct job_kind *const *k = t->kinds; *k; k++) if (str_is(name, (*k)->name)) return *k;
    return NULL;
}

static bool runs(const struct job_list *running, Str kind)
{
    for (size_t i = 0; i < running->n; i++) if (str_eq(running->p[i].kind, kind)) return true;
    return false;
}

static enum err in_state(struct work *w, enum job_state state, struct job_list *out)
{
    struct rows r = db_query(w->db, w->a, SQL(JOB_COLUMNS "WHERE state = $1 ORDER BY id LIMIT 100"), ARGS(v_int(state)));
    while (rows_next(&r)) *GROW(w->a, *out) = job_of(&r);
    return rows_end(&r);
}

static enum err take(struct db *db, void *arg)
{
    struct take *t = arg;
    struct work *w = t->w;
    struct job_list running = { 0 }, waiting = { 0 };
    *t->out = (struct job){ 0 };
    TRY(in_state(w, JOB_RUNNING, &running));
    TRY(in_state(w, JOB_WAITING, &waiting));
    for (size_t i = 0; i < waiting.n && !t->out->id; i++) {
        const struct job_kind *kind = kind_named(t, waiting.p[i].kind);
        if (kind && !(kind->alone && runs(&running, waiting.p[i].kind))) *t->out = waiting.p[i];
    }
    if (!t->out->id) return OK;
    t->out->state = JOB_RUNNING;
    t->out->began = time_now();
    return db_exec(db, w->a, SQL("UPDATE job SET state = $2, began = $3 WHERE id = $1"),
                   ARGS(v_int(t->out->id), v_int(JOB_RUNNING), v_int(t->out->began)));
}

/* Asked often and mostly in vain: a write is begun only when something waits. */
enum err job_take(struct work *w, const struct job_kind *const *kinds, struct job *out)
{
    struct take t = { w, kinds, out };
    int64_t waiting = 0;
    *out = (struct job){ 0 };
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM job WHERE state = $1"), ARGS(v_int(JOB_WAITING)), &waiting));
    return waiting ? db_write(w->db, take, &t) : OK;
}

/* ---- ending ----------------------------------------------------------------------------------- */

static enum err state_of(struct work *w, int64_t id, int64_t *state)
{
    *state = -1;
    TRY(db_one_int(w->db, w->a, SQL("SELECT state FROM job WHERE id = $1"), ARGS(v_int(id)), state));
    return *state < 0 ? ERR_MISSING : OK;
}

static enum err end(struct work *w, int64_t id, enum job_state state, Str result)
{
    return db_exec(w->db, w->a, SQL("UPDATE job SET state = $2, result = $3, ended = $4 WHERE id = $1"),
                   ARGS(v_int(id), v_int(state), result.n ? v_text(result) : v_null(), v_int(time_now())));
}

enum err job_done(struct work *w, int64_t id, Str result)
{
    int64_t state;
    TRY(state_of(w, id, &state));
    return state == JOB_RUNNING ? end(w, id, JOB_DONE, result) : ERR_CONFLICT;
}

struct ending { struct work *w; int64_t id; enum job_state from, to; Str result; };

static enum err end_from(struct db *db, void *arg)
{
    const struct ending *e = arg;
    int64_t state;
    TRY(state_of(e->w, e->id, &state));
    return state == (int64_t)e->from ? end(e->w, e->id, e->to, e->result) : ERR_CONFLICT;
}

enum err job_failed(struct work *w, int64_t id, bool cancelled, Str result)
{
    struct ending e = { w, id, JOB_RUNNING, cancelled ? JOB_CANCELLED : JOB_FAILED, result };
    return db_write(w->db, end_from, &e);
}

enum err job_cancel(struct work *w, int64_t id)
{
    struct ending e = { w, id, JOB_WAITING, JOB_CANCELLED, { 0 } };
    return db_write(w->db, end_from, &e);
}

static enum err again(struct db *db, void *arg)
{
    struct work *w = arg;
    return db_exec(db, w->a, SQL("UPDATE job SET state = $2, began = NULL WHERE state = $1"), ARGS(v_int(JOB_RUNNING), v_int(JOB_WAITING)));
}

static enum err wait_again(struct db *db, void *arg)
{
    const struct ending *e = arg;
    return db_exec(db, e->w->a, SQL("UPDATE job SET state = $3, began = NULL WHERE id = $1 AND state = $2"),
                   ARGS(v_int(e->id), v_int(JOB_RUNNING), v_int(JOB_WAITING)));
}

enum err jobs_again(struct work *w) { return db_write(w->db, again, w); }

enum err job_again(struct work *w, int64_t id)
{
    struct ending e = { w, id, JOB_RUNNING, JOB_WAITING, { 0 } };
    return db_write(w->db, wait_again, &e);
}
