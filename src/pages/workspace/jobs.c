/* jobs.c - background work on a page: what waits, how far the one is that runs, what came of it, and the button that stops it. */
#include "format/json.h"
#include "pages/workspace/incoming.h"
#include "programme/jobs.h"

enum { JOBS_SHOWN = 100 };

static const char *const codes[] = {
    [JOB_WAITING] = "waiting", [JOB_RUNNING] = "running", [JOB_DONE] = "done", [JOB_FAILED] = "failed", [JOB_CANCELLED] = "cancelled",
};
static const char *const classes[] = {
    [JOB_WAITING] = "badge-quiet", [JOB_RUNNING] = "", [JOB_DONE] = "badge-good", [JOB_FAILED] = "badge-bad", [JOB_CANCELLED] = "badge-quiet",
};

static bool has_ended(const struct job *j) { return j->state != JOB_WAITING && j->state != JOB_RUNNING; }

static Str job_path(struct at *at, const struct job *j, const char *rest)
{
    return str_f(at->q->a, "/workspace/jobs/%lld%s", (long long)j->id, rest);
}

static bool import_of(struct at *at, const struct job *j, struct import_order *order)
{
    return str_is(j->kind, import_job.name) && !import_order_read(&at->w, j->input, order);
}

static Str title_of(struct at *at, const struct job *j)
{
    const struct job_kind *kind = job_kind_named(j->kind);
    struct import_order order;
    if (import_of(at, j, &order)) return at_say(at, MSG(order.dry_run ? N_("Trial run of {1}") : N_("Import of {1}"), order.file.name));
    return kind ? at_tr(at, kind->label) : j->kind;
}

/* ---- the list ---------------------------------------------------------------------------------- */

static void put_state_cell(struct at *at, const struct job *j)
{
    struct html *h = &at->h;
    table_cell_open(h, at_tr(at, N_("State")));
    html_leaf_class(h, "span", str_z(at->q->a, str_f(at->q->a, "badge %s", classes[j->state])), at_tr(at, job_state_labels[j->state]));
    html_close(h, "td");
}

static void put_job_row(struct at *at, const struct job *j)
{
    struct html *h = &at->h;
    html_open(h, "tr");
    table_cell_open(h, at_tr(at, N_("Work")));
    html_link(h, request_link(at->q, job_path(at, j, "")), NULL, title_of(at, j));
    html_close(h, "td");
    put_state_cell(at, j);
    table_cell(h, at_tr(at, N_("Ordered")), at_time(at, j->made));
    table_cell(h, at_tr(at, N_("By")), j->account ? account_name(&at->w, j->account) : at_tr(at, N_("the program")));
    html_close(h, "tr");
}

enum err workspace_jobs(struct request *q, struct reply *r)
{
    static const char *const heads[] = { N_("Work"), N_("State"), N_("Ordered"), N_("By") };
    struct at at = at_desk(q, r);
    struct job_list jobs;
    TRY(jobs_of(&at.w, JOBS_SHOWN, &jobs));
    if (!jobs.n)
        html_leaf_class(&at.h, "p", "empty",
                        at_tr(&at, N_("No work has been done in the background yet. An import of a spreadsheet or a list of parts will stand here.")));
    if (jobs.n) {
        table_begin(&at.h, q->lang, at_tr(&at, N_("Background work")), heads, COUNT(heads));
        for (size_t i = 0; i < jobs.n; i++) put_job_row(&at, &jobs.p[i]);
        table_end(&at.h);
    }
    return at_reply_as(&at, DESK_JOBS, at_tr(&at, N_("Background work")),
                       at_tr(&at, N_("Long work runs here one after another, also when you close the page.")));
}

/* ---- one job ------------------------------------------------------------------------------------- */

/* ERR_MISSING also for another's: not even whether it exists is told. */
static enum err find_job(struct request *q, struct reply *r, struct at *at, struct job *out)
{
    int64_t id;
    *at = at_desk(q, r);
    enum err err = str_to_i64(request_capture(q, "id"), &id) ? job_load(&at->w, id, out) : ERR_MISSING;
    if (err != ERR_MISSING && err != ERR_DENIED) return err;
    return reply_fail(r, ERR_MISSING, MSG(N_("There is no such work, or it is not yours to see.")));
}

struct progress { int64_t done, total; Str text; };

static struct progress progress_of(struct at *at, const struct job *j)
{
    struct progress p = { 0 };
    struct board *board = at->q->instance->board;
    bool here = j->state == JOB_RUNNING && board && board_progress(board, j->id, &p.done, &p.total);
    if (j->state == JOB_WAITING) p.text = at_tr(at, N_("Waits for its turn."));
    else if (!here || !p.done) p.text = at_tr(at, N_("Has begun."));
    else if (p.total) p.text = at_say(at, MSG(N_("Rows: {1} of {2}"), page_number(&at->w, p.done), page_number(&at->w, p.total)));
    else p.text = at_say(at, MSG(N_("{1} rows"), page_number(&at->w, p.done)));
    if (p.done > p.total) p.total = 0;                      /* it was counted before the header was known */
    return p;
}

static enum err job_json(struct at *at, const struct job *j)
{
    struct buf b = buf_make(at->q->a);
    struct json_writer w = json_write_to(&b);
    struct progress p = progress_of(at, j);
    json_write_object(&w);
    json_write_key(&w, S("state")), json_write_string(&w, str_of(codes[j->state]));
    json_write_key(&w, S("ended")), json_write_bool(&w, has_ended(j));
    json_write_key(&w, S("done")), json_write_int(&w, p.done);
    json_write_key(&w, S("total")), json_write_int(&w, p.total);
    json_write_key(&w, S("text")), json_write_string(&w, p.text);
    json_write_end(&w);
    json_write_done(&w);
    return reply_body(at->r, TYPE_JSON, buf_str(&b));
}

static void put_fact(struct html *h, Str label, Str text)
{
    html_open(h, "div");
    html_leaf(h, "dt", label);
    html_leaf(h, "dd", text);
    html_close(h, "div");
}

static Html facts_of(struct at *at, const struct job *j)
{
    struct html h = html_make(at->q->a);
    html_open(&h, "dl");
    html_class(&h, "facts");
    put_fact(&h, at_tr(at, N_("Ordered")), at_time(at, j->made));
    put_fact(&h, at_tr(at, N_("By")), j->account ? account_name(&at->w, j->account) : at_tr(at, N_("the program")));
    if (j->began) put_fact(&h, at_tr(at, N_("Begun")), at_time(at, j->began));
    if (j->ended) put_fact(&h, at_tr(at, N_("Ended")), at_time(at, j->ended));
    html_close(&h, "dl");
    return html_done(&h);
}

static Html cancel_button(struct at *at, const struct job *j)
{
    struct html h = html_make(at->q->a);
    if (!has_ended(j))
        desk_button(&h, at->q, at->r, request_link(at->q, job_path(at, j, "/cancel")), "button button-danger",
                    at_tr(at, N_("Stop it")));
    return html_done(&h);
}

/* Work other than imports says itself which page shows what came of it. */
static void put_page_of_job(struct at *at, const struct job *j)
{
    const struct json_t *result;
    Message why;
    Str page = json_read(at->q->a, j->result, &result, &why) ? (Str){ 0 } : json_str(json_member(result, "page"));
    if (page.n) html_link(&at->h, request_link(at->q, page), "button", at_tr(at, N_("Open what came of it")));
}

static enum err result_of(struct at *at, const struct job *j, Html *out)
{
    struct import_order order;
    if (j->state == JOB_FAILED) put_problem_of_job(at, j);
    if (j->state == JOB_DONE && import_of(at, j, &order)) TRY(put_import_result(at, j, &order));
    if (j->state == JOB_DONE) put_page_of_job(at, j);
    *out = html_done(&at->h);
    return OK;
}

struct job_page { Str state, state_class, text, json_url, done, total; bool runs; Html facts, cancel, result; };
static const struct slot job_slots[] = {
    SLOT(struct job_page, state), SLOT(struct job_page, state_class), SLOT(struct job_page, text), SLOT(struct job_page, json_url),
    SLOT(struct job_page, done), SLOT(struct job_page, total), SLOT(struct job_page, runs), SLOT(struct job_page, facts),
    SLOT(struct job_page, cancel), SLOT(struct job_page, result), SLOT_END,
};
static const struct template *job_template;

void jobs_prepare(struct arena *forever) { job_template = template_load(forever, "job", job_slots); }

static enum err job_page(struct at *at, const struct job *j)
{
    struct progress p = progress_of(at, j);
    struct arena *a = at->q->a;
    struct job_page page = {
        .state = at_tr(at, job_state_labels[j->state]), .state_class = str_of(classes[j->state]), .text = p.text, .runs = !has_ended(j),
        .json_url = url_of(a, at->q->lang, job_path(at, j, ""), AS_JSON, NULL), .facts = facts_of(at, j), .cancel = cancel_button(at, j),
        .done = str_f(a, "%lld", (long long)p.done), .total = p.total ? str_f(a, "%lld", (long long)p.total) : (Str){ 0 },
    };
    TRY(result_of(at, j, &page.result));
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = title_of(at, j), .place = DESK_JOBS, .content = template_render(a, job_template, at->q->lang, &page),
        .crumbs = { { request_link(at->q, S("/workspace/jobs")), at_tr(at, N_("Background work")) } }, .refresh = page.runs ? S("3") : (Str){ 0 },
    });
}

enum err workspace_job(struct request *q, struct reply *r)
{
    struct at at;
    struct job job;
    TRY(find_job(q, r, &at, &job));
    return q->as == AS_JSON ? job_json(&at, &job) : job_page(&at, &job);
}

/* One that ended meanwhile is not stopped any more; its page says how it ended. */
enum err workspace_job_cancel(struct request *q, struct reply *r)
{
    struct at at;
    struct job job;
    TRY(find_job(q, r, &at, &job));
    bool runs = q->instance->board && board_cancel(q->instance->board, job.id);
    enum err err = runs ? OK : job_cancel(&at.w, job.id);
    if (err && err != ERR_CONFLICT) return err;
    return err ? reply_redirect(r, 303, request_link(q, job_path(&at, &job, "")))
               : desk_done(q, r, job_path(&at, &job, ""), "cancelled", 0, 0, 0);
}

enum err workspace_job_rejected(struct request *q, struct reply *r)
{
    struct at at;
    struct job job;
    struct upload file;
    const struct json_t *result;
    Message why;
    TRY(find_job(q, r, &at, &job));
    bool there = job.state == JOB_DONE && !json_read(q->a, job.result, &result, &why) &&
                 upload_read(json_str(json_member(result, "rejected")), &file);
    return there ? reply_file(q, r, &at.w, &file) : reply_fail(r, ERR_MISSING, MSG(N_("This work has left no rejected rows.")));
}
