#include "model/desk/import_job.h"

#include "base/file.h"
#include "format/json.h"
#include "model/import/import.h"
#include "model/rights.h"

#include <unistd.h>

/* ---- the order -------------------------------------------------------------------------------- */

enum err import_order_put(struct work *w, const struct import_order *o, int64_t *job)
{
    struct buf b = buf_make(w->a);
    struct json_writer j = json_write_to(&b);
    const struct { const char *key; Str text; } texts[] = {
        { "list", str_of(o->e->name) }, { "file", upload_text(w->a, o->file) }, { "mapping", o->mapping }, { "lang", str_of(lang_code(o->lang)) },
    };
    json_write_object(&j);
    for (size_t i = 0; i < COUNT(texts); i++) json_write_key(&j, str_of(texts[i].key)), json_write_string(&j, texts[i].text);
    json_write_key(&j, S("sheet")), json_write_int(&j, o->sheet);
    json_write_key(&j, S("rows")), json_write_int(&j, o->rows);
    json_write_key(&j, S("dry_run")), json_write_bool(&j, o->dry_run);
    json_write_end(&j);
    json_write_done(&j);
    return job_put(w, str_of(import_job.name), buf_str(&b), job);
}

enum err import_order_read(struct work *w, Str input, struct import_order *out)
{
    const struct json_t *order;
    int64_t sheet;
    Message why;
    *out = (struct import_order){ 0 };
    TRY(json_read(w->a, input, &order, &why));
    out->e = entity_named(w->m, json_str(json_member(order, "list")));
    out->mapping = json_str(json_member(order, "mapping"));
    bool good = out->e && upload_read(json_str(json_member(order, "file")), &out->file) && json_to_i64(json_member(order, "sheet"), &sheet)
             && json_to_i64(json_member(order, "rows"), &out->rows) && json_to_bool(json_member(order, "dry_run"), &out->dry_run)
             && lang_from(json_str(json_member(order, "lang")), &out->lang);
    if (good) out->sheet = (int)sheet;
    return good ? OK : ERR_INVALID;
}

/* ---- the work ----------------------------------------------------------------------------------- */

struct importing_job { const struct running *running; const struct import_order *order; };

static bool tell(void *to, int64_t rows)
{
    const struct importing_job *j = to;
    return board_report(j->running->board, j->running->job->id, rows, j->order->rows);
}

/* The workbook of rejected rows as a stored file; empty: there is none, or it is larger than a file may be. */
static enum err store_rejected(struct work *w, const struct importing_job *j, const char *path, Str *out)
{
    struct upload stored;
    Str bytes;
    Message why;
    *out = (Str){ 0 };
    if (!path) return OK;
    TRY(file_map(path, &bytes));
    enum err err = file_store(w, j->running->files, str_f(w->a, "%.*s.rejected.xlsx", FMT(j->order->file.name)), bytes, &stored, &why);
    file_unmap(bytes);
    if (!err) *out = upload_text(w->a, stored);
    return err == ERR_INVALID ? OK : err;
}

/* In the transaction of the import: it is done when the job is, and the other way round. */
static enum err finish(void *to, struct work *w, const struct import_report *report, const char *rejected)
{
    const struct importing_job *j = to;
    struct buf b = buf_make(w->a);
    Str stored;
    TRY(store_rejected(w, j, report->rejected ? rejected : NULL, &stored));
    put_z(&b, "{\"report\":");
    put_import_json(&b, w, report);
    if (stored.n) put_z(&b, ",\"rejected\":"), put_json_string(&b, stored);
    put_c(&b, '}');
    return job_done(w, j->running->job->id, buf_str(&b));
}

struct after_trial { struct importing_job *job; const struct import_report *report; const char *rejected; };

static enum err finish_trial(struct work *w, void *arg)
{
    const struct after_trial *t = arg;
    return finish(t->job, w, t->report, t->rejected);
}

static enum err import_stored(struct work *w, const struct running *r, const struct import_order *order, Str bytes, Message *why)
{
    struct importing_job job = { r, order };
    struct import_report report;
    const char *rejected = str_z(w->a, str_f(w->a, "%.*s/import-%lld.rejected", FMT(r->files), (long long)r->job->id));
    struct import_options o = {
        .file_name = order->file.name, .sheet = order->sheet, .mapping = order->mapping, .dry_run = order->dry_run, .changes = order->dry_run,
        .rejected_path = rejected, .progress = tell, .finish = finish, .to = &job,
    };
    enum err err = import_file(w, order->e, bytes, &o, &report, why);
    if (!err && order->dry_run)
        err = work_write(w, finish_trial, &(struct after_trial){ &job, &report, report.rejects_kept && report.rejected ? rejected : NULL });
    unlink(rejected);
    return err;
}

static enum err run(struct work *w, const struct running *r, Message *why)
{
    struct import_order order;
    Str bytes;
    TRY(import_order_read(w, r->job->input, &order));
    w->lang = order.lang;
    if (!may(w, order.e, MAY_BULK)) return *why = MSG(N_("You may not import into this list (any more).")), ERR_DENIED;
    enum err err = file_map_stored(w, r->files, order.file.hash, &bytes);
    if (err) return *why = MSG(N_("The file {1} is not there any more. Send it again."), order.file.name), err;
    err = import_stored(w, r, &order, bytes, why);
    file_unmap(bytes);
    return err;
}

const struct job_kind import_job = { "import", N_("Import of a file"), true, run };
