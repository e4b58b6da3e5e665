/* import_result.c - what an import in the background has done, or would do: counts, changed cells, problems, and what to do next. */
#include "format/json.h"
#include "model/change.h"
#include "pages/workspace/incoming.h"

static int64_t number_in(const struct json_t *object, const char *key)
{
    int64_t n = 0;
    json_to_i64(json_member(object, key), &n);
    return n;
}

/* ---- counts ------------------------------------------------------------------------------------- */

static const struct { const char *key, *label, *class; } counts[] = {
    { "added",    N_("New"),                        "badge-good" },
    { "changed",  N_("Changed"),                    "badge-good" },
    { "same",     N_("Unchanged"),                  "badge-quiet" },
    { "unsure",   N_("For a person to decide"),     "badge-warn" },
    { "rejected", N_("Rejected"),                   "badge-bad" },
    { "left_out", N_("Left out (totals, signatures, blank rows)"), "badge-quiet" },
};

static void put_counts(struct at *at, const struct json_t *report)
{
    struct html *h = &at->h;
    html_open(h, "dl");
    html_class(h, "facts counts");
    for (size_t i = 0; i < COUNT(counts); i++) {
        int64_t n = number_in(report, counts[i].key);
        html_open(h, "div");
        html_leaf(h, "dt", at_tr(at, counts[i].label));
        html_open(h, "dd");
        html_leaf_class(h, "span", str_z(at->q->a, str_f(at->q->a, "badge %s", n ? counts[i].class : "badge-quiet")), page_number(&at->w, n));
        html_close(h, "dd");
        html_close(h, "div");
    }
    html_close(h, "dl");
}

/* ---- tables --------------------------------------------------------------------------------------- */

/* A section with a table, whose rows are the members named of each item of the list. */
struct result_table { const char *heading, *key; const char *members[5], *labels[5]; size_t n; };

static const struct result_table changes_table = {
    N_("Cells that would change"), "changes", { "row", "title", "field", "was", "now" },
    { N_("Row"), N_("Record"), N_("Field"), N_("Now in the register"), N_("In the file") }, 5 };
static const struct result_table problems_table = {
    N_("Problems"), "problems", { "row", "column", "heading", "message" }, { N_("Row"), N_("Column"), N_("Heading"), N_("What is wrong") }, 4 };

static Str member_text(struct at *at, const struct json_t *item, const char *name)
{
    int64_t number;
    const struct json_t *v = json_member(item, name);
    return json_to_i64(v, &number) ? page_number(&at->w, number) : json_str(v);
}

static void put_result_table(struct at *at, const struct json_t *report, const struct result_table *t)
{
    struct html *h = &at->h;
    const struct json_t *list = json_member(report, t->key), *item;
    if (!json_count(list)) return;
    html_open(h, "section");
    html_class(h, "record-section");
    html_leaf(h, "h2", at_tr(at, t->heading));
    table_begin(h, at->q->lang, at_tr(at, t->heading), t->labels, t->n);
    for (size_t i = 0; (item = json_item(list, i)); i++) {
        html_open(h, "tr");
        for (size_t k = 0; k < t->n; k++) table_cell(h, at_tr(at, t->labels[k]), member_text(at, item, t->members[k]));
        html_close(h, "tr");
    }
    table_end(h);
    html_close(h, "section");
}

static void put_notes(struct at *at, const struct json_t *report)
{
    const struct json_t *list = json_member(report, "notes"), *item;
    for (size_t i = 0; (item = json_item(list, i)); i++) html_leaf_class(&at->h, "p", "notice", json_str(item));
}

/* ---- what to do next --------------------------------------------------------------------------------- */

static void put_next_of_trial(struct at *at, const struct job *job, const struct import_order *order)
{
    struct html *h = &at->h;
    Str file = str_f(at->q->a, "/workspace/import/%s/%.*s", entity_path(order->e), FMT(order->file.hash));
    desk_form_open(h, at->q, at->r, request_link(at->q, S("/workspace/import/now")), "inline-form", false);
    desk_hidden(h, "job", str_f(at->q->a, "%lld", (long long)job->id));
    desk_submit(h, at->q, "button", at_tr(at, N_("Import now")));
    html_close(h, "form");
    html_link(h, str_f(at->q->a, "%.*s?sheet=%d", FMT(request_link(at->q, file)), order->sheet + 1), "button button-quiet",
              at_tr(at, N_("Change the columns")));
}

static enum err put_next_of_import(struct at *at, const struct import_order *order, int64_t batch)
{
    struct html *h = &at->h;
    Str list = request_link(at->q, desk_path(at->q->a, order->e, 0, NULL));
    bool undone;
    if (!batch) return OK;
    TRY(batch_undone(&at->w, batch, &undone));
    if (undone) return html_leaf_class(h, "p", "notice", at_tr(at, N_("This import has been taken back."))), OK;
    html_link(h, str_f(at->q->a, "%.*s?in_batch=%lld", FMT(list), (long long)batch), "button", at_tr(at, N_("See these records")));
    desk_form_open(h, at->q, at->r, request_link(at->q, S("/workspace/undo")), "inline-form", false);
    desk_hidden(h, "batch", str_f(at->q->a, "%lld", (long long)batch));
    desk_submit(h, at->q, "button button-quiet", at_tr(at, N_("Take this import back")));
    html_close(h, "form");
    return OK;
}

static enum err put_next(struct at *at, const struct job *job, const struct import_order *order, const struct json_t *result)
{
    struct html *h = &at->h;
    const struct json_t *report = json_member(result, "report");
    html_open(h, "div");
    html_class(h, "buttons");
    if (order->dry_run) put_next_of_trial(at, job, order);
    else TRY(put_next_of_import(at, order, number_in(report, "batch")));
    if (!order->dry_run && number_in(report, "unsure"))
        html_link(h, request_link(at->q, S("/workspace/review")), "button button-quiet", at_tr(at, N_("Decide the unsure rows")));
    if (json_is_str(json_member(result, "rejected")))
        html_link(h, request_link(at->q, str_f(at->q->a, "/workspace/jobs/%lld/rejected", (long long)job->id)), "button button-quiet",
                  at_tr(at, N_("Rejected rows as a workbook")));
    html_close(h, "div");
    return OK;
}

enum err put_import_result(struct at *at, const struct job *job, const struct import_order *order)
{
    const struct json_t *result, *report;
    Message why;
    if (json_read(at->q->a, job->result, &result, &why)) return ERR_BROKEN;
    report = json_member(result, "report");
    html_leaf_class(&at->h, "p", "lead",
                    at_say(at, MSG(order->dry_run ? N_("A trial run into “{1}”: nothing has been changed yet.")
                                                  : N_("Imported into “{1}”."),
                                   at_tr(at, order->e->many))));
    put_counts(at, report);
    TRY(put_next(at, job, order, result));
    put_notes(at, report);
    put_result_table(at, report, &changes_table);
    put_result_table(at, report, &problems_table);
    return OK;
}

void put_problem_of_job(struct at *at, const struct job *job)
{
    const struct json_t *result;
    Message why;
    Str problem = { 0 };
    if (!json_read(at->q->a, job->result, &result, &why)) problem = json_str(json_member(json_member(result, "problem"), lang_code(at->q->lang)));
    html_open(&at->h, "div");
    html_class(&at->h, "alert");
    html_attr(&at->h, "role", S("alert"));
    html_leaf(&at->h, "p", problem.n ? problem : at_tr(at, N_("It did not come to its end.")));
    html_close(&at->h, "div");
}
