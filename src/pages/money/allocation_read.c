/*
 * allocation_read.c - a sheet of an allocation that was sent back: what it would change, line by line; what is not certain is asked; then all of it is posted at
 * once, under the number and day of the decision, or nothing.
 *
 * A line is to have what stands in “Allocated after it”, or what it has and “Adjusted by this decision”; where both were filled in they must agree.  A row of
 * sums may be as it was downloaded, or the sum of what the sheet says now.
 */
#include "pages/money/allocation.h"

#include "base/file.h"
#include "model/desk/file.h"
#include "pages/plan/plan_pages.h"

struct review {
    struct allocation  *a;
    struct upload       file;
    struct office_read  read;
    struct posting     *p;                  /* what would be posted                               */
    size_t              n;
    struct form_problems wrong;
    Message             refusal;
};

static const struct params *answers(const struct review *v) { return &v->a->m.at.q->form; }
static struct work *work_of(struct review *v) { return &v->a->m.at.w; }
static Str money(struct review *v, int64_t amount) { return dong(work_of(v)->a, work_of(v)->lang, amount); }

/* ---- what the rows say ----------------------------------------------------------------------------------- */

static struct allocation_line *line_named(struct review *v, Str key)
{
    int64_t id;
    if (!public_id_read(&budget_line, key, &id)) return NULL;
    for (size_t i = 0; i < v->a->lines.n; i++)
        if (v->a->lines.p[i].line->id == id) return &v->a->lines.p[i];
    return NULL;
}

static int64_t amount_of(const struct office_cell *c) { return c->has ? (int64_t)c->number : 0; }

/* What the row wants the line to have; ROW_THEN as it was downloaded says nothing beside ROW_CHANGE. */
static void read_then(struct review *v, struct allocation_line *l, const struct office_read_row *row)
{
    const struct office_cell *change = &row->cells[ROW_CHANGE], *then = &row->cells[ROW_THEN];
    int64_t by_change = l->given + amount_of(change), by_then = then->has ? amount_of(then) : by_change;
    bool answered = office_answered(work_of(v), answers(v), row->number, ROW_THEN);
    bool both = amount_of(change) && then->has && by_then != l->given;
    if (both && by_then != by_change && !answered)
        office_ask_value(work_of(v), &v->read, row->number, ROW_THEN, MSG(N_("{1} so far and {2} more are {3}, but another amount stands there. How much is it to be?"),
                                                                          money(v, l->given), money(v, amount_of(change)), money(v, by_change)));
    l->then = amount_of(change) && !answered ? by_change : by_then;
}

static void ask_of_line(struct review *v, const struct allocation_line *l, const struct office_read_row *row)
{
    struct work *w = work_of(v);
    const struct office_cell *given = &row->cells[ROW_GIVEN];
    if (given->has && amount_of(given) != l->given)
        office_ask_yes(w, &v->read, answers(v), row->number, ROW_GIVEN, MSG(N_("the sheet says {1}, but by now it is {2}. Tick if the allocation after it is right all the same."),
                                                                            money(v, amount_of(given)), money(v, l->given)));
    if (l->then < 0) office_ask_value(w, &v->read, row->number, ROW_THEN, MSG(N_("{1} would be less than nothing. How much is it to be?"), money(v, l->then)));
    if (l->then > l->given && l->then > l->asked)
        office_ask_yes(w, &v->read, answers(v), row->number, ROW_THEN, MSG(N_("{1} is more than the estimate asked for, {2}. Tick if it is right."), money(v, l->then),
                                                                           money(v, l->asked)));
}

static bool says_something(const struct office_read_row *row) { return amount_of(&row->cells[ROW_CHANGE]) || amount_of(&row->cells[ROW_THEN]); }

static void read_line_row(struct review *v, const struct office_read_row *row)
{
    struct allocation_line *l = line_named(v, row->key);
    Str year = str_f(work_of(v)->a, "%d", v->a->m.asked.year);
    if (!l) {
        if (says_something(row))
            office_ask_yes(work_of(v), &v->read, answers(v), row->number, -1, MSG(N_("“{1}” is no budget line of {2}. Tick to leave this row out; or make the line first, and send the sheet again."),
                                                                                  row->key.n ? row->key : row->cells[ROW_OF_WHAT].text, year));
        return;
    }
    if (l->in_sheet) {
        office_ask_yes(work_of(v), &v->read, answers(v), row->number, -1, MSG(N_("“{1}” stands in the sheet twice. Tick to leave this row out."), row->key));
        return;
    }
    l->in_sheet = true;
    read_then(v, l, row);
    ask_of_line(v, l, row);
}

/* ---- what its sums say ------------------------------------------------------------------------------------ */

static bool is_sum(Str key) { return str_starts(key, S("Σ")); }

static void check_sum_row(struct review *v, const struct office_read_row *row)
{
    Str rest = str_trim(str_sub(row->key, S("Σ").n, row->key.n)), agency, content = { 0 };
    str_cut(rest, ' ', &agency, &content);
    struct allocation_sum sum = allocation_sum(v->a, agency, str_trim(content));
    int64_t said = amount_of(&row->cells[ROW_THEN]);
    if (!row->cells[ROW_THEN].has || said == sum.then || said == sum.given) return;
    office_ask_yes(work_of(v), &v->read, answers(v), row->number, ROW_THEN, MSG(N_("the sum is written as {1}, but its lines add up to {2}. Tick if the lines are right."), money(v, said),
                                                                                money(v, sum.then)));
}

static void read_rows(struct review *v)
{
    for (size_t i = 0; i < v->read.rows.n; i++)
        if (!is_sum(v->read.rows.p[i].key)) read_line_row(v, &v->read.rows.p[i]);
    for (size_t i = 0; i < v->read.rows.n; i++)
        if (is_sum(v->read.rows.p[i].key)) check_sum_row(v, &v->read.rows.p[i]);
}

static enum err read_sheet(struct review *v, Str hash, Message *why)
{
    struct at *at = &v->a->m.at;
    Str bytes;
    enum err e = file_mine(&at->w, hash, &v->file);
    if (!e) e = file_map_stored(&at->w, at->q->instance->files, hash, &bytes);
    if (e == ERR_MISSING) return *why = MSG(N_("This file is not there (any more). Send it again.")), e;
    TRY(e);
    e = office_sheet_read(&at->w, bytes, allocation_columns, ALLOCATION_COLUMNS, answers(v), &v->read, why);
    file_unmap(bytes);
    if (!e) read_rows(v);
    return e;
}

/* ---- what would be posted ---------------------------------------------------------------------------------- */

static void gather(struct review *v)
{
    v->p = NEW_ARRAY(work_of(v)->a, struct posting, v->a->lines.n + 1);
    for (size_t i = 0; i < v->a->lines.n; i++) {
        const struct allocation_line *l = &v->a->lines.p[i];
        if (l->then != l->given)
            v->p[v->n++] = (struct posting){ .line = l->line->id, .amount = l->then - l->given, .stage = MONEY_ALLOCATED, .file = upload_text(work_of(v)->a, v->file) };
    }
}

static Val read_field(struct review *v, int field, bool needed) { return read_voucher_field(&v->a->m.at, field, needed, &v->wrong); }

static void read_decision(struct review *v)
{
    struct date on = { 0 };
    bool less = false;
    for (size_t i = 0; i < v->n; i++) less |= v->p[i].amount < 0;
    Str document = v_str(read_field(v, VOUCHER_DOCUMENT, true)), reason;
    date_from_iso(v_str(read_field(v, VOUCHER_ON, true)), &on);
    reason = v_str(read_field(v, VOUCHER_REASON, less));
    for (size_t i = 0; i < v->n; i++) {
        v->p[i].document = document;
        v->p[i].on = on;
        v->p[i].reason = reason;
    }
}

static enum err post(struct work *w, void *arg)
{
    struct review *v = arg;
    int64_t seen = -1, now = 0;
    str_to_i64(params_get(answers(v), "seen"), &seen);
    TRY(db_one_int(w->db, w->a, SQL("SELECT COALESCE(max(id), 0) FROM voucher WHERE year = $1"), ARGS(v_int(v->a->m.asked.year)), &now));
    if (now != seen)
        return v->refusal = MSG(N_("Since this page was opened, something else was posted in this year. Nothing was posted now: see what would change, and send it again.")), ERR_CONFLICT;
    return money_post(w, v->p, v->n, &v->refusal);
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

static const struct grid_column columns[] = {
    { "line", N_("Budget line") }, { "asked", N_("Estimate asked for, đồng") }, { "given", N_("Allocated so far, đồng") }, { "change", N_("Change, đồng") },
    { "then", N_("Allocated after it, đồng") }, { "id", N_("Number"), .files_only = true },
};

static void put_changes(struct review *v)
{
    struct at *at = &v->a->m.at;
    struct grid g = grid_make(at->q, (struct figure){ .id = "changes", .caption = N_("What would change") }, columns, COUNT(columns),
                              N_("The sheet changes nothing: all amounts are as they are allocated."));
    int64_t change = 0;
    for (size_t i = 0; i < v->a->lines.n; i++) {
        const struct allocation_line *l = &v->a->lines.p[i];
        if (l->then == l->given) continue;
        change += l->then - l->given;
        grid_link(&g, request_link(at->q, money_line_path(at->q->a, l->line->id, NULL)), record_title(&at->w, l->line));
        grid_whole(&g, l->asked, (Str){ 0 });
        grid_whole(&g, l->given, (Str){ 0 });
        grid_whole(&g, l->then - l->given, (Str){ 0 });
        grid_whole(&g, l->then, (Str){ 0 });
        grid_text(&g, public_id(at->q->a, &budget_line, l->line->id));
    }
    section_open(at, "changes", N_("What would change"));
    grid_html(&at->h, &g);
    if (grid_rows(&g)) html_leaf_class(&at->h, "p", "money-left", at_say(at, MSG(N_("Altogether: {1}"), money(v, change))));
    html_close(&at->h, "section");
}

static void put_posting(struct review *v)
{
    struct at *at = &v->a->m.at;
    if (!v->n && !v->read.doubts.n) return;
    desk_form_open(&at->h, at->q, at->r, request_url(at->q, &at->q->query), "card desk-form", false);
    desk_hidden(&at->h, "seen", str_f(at->q->a, "%lld", (long long)v->a->seen));
    office_doubts_html(&at->h, &at->w, &v->read, answers(v));
    put_voucher_field(at, VOUCHER_DOCUMENT, &v->wrong);
    put_voucher_field(at, VOUCHER_ON, &v->wrong);
    put_voucher_field(at, VOUCHER_REASON, &v->wrong);
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("Post the allocation")));
    html_close(&at->h, "form");
}

static enum err review_reply(struct review *v)
{
    struct at *at = &v->a->m.at;
    put_form_summary(&at->h, &at->w, &v->wrong);
    put_refusal(at, v->refusal);
    put_changes(v);
    put_posting(v);
    return money_reply(&v->a->m, at_say(at, MSG(N_("Allocation of {1}"), str_f(at->q->a, "%d", v->a->m.asked.year))),
                       at_say(at, MSG(N_("By the sheet {1}. Nothing is posted yet."), v->file.name)), (Html){ 0 });
}

/* What is wrong leads back to the page, with all that was typed. */
static enum err post_all(struct review *v)
{
    struct at *at = &v->a->m.at;
    read_decision(v);
    if (v->read.doubts.n && !v->wrong.n) v->refusal = MSG(N_("Answer what is not certain first; then all of it is posted at once."));
    enum err e = v->wrong.n || v->refusal.id ? ERR_INVALID : work_write(&at->w, post, v);
    if (!e) return desk_done(at->q, at->r, str_f(at->q->a, "/money/allocation?year=%d", v->a->m.asked.year), "posted", 0, 0, 0);
    if (!v->wrong.n && !v->refusal.id) return e;
    at->r->status = err_status(e);
    return review_reply(v);
}

enum err allocation_review(struct allocation *a, Str hash, bool to_post)
{
    struct review v = { .a = a };
    Message why = NO_MESSAGE;
    enum err e = read_sheet(&v, hash, &why);
    if (e && why.id) return reply_fail(a->m.at.r, e, why);
    TRY(e);
    gather(&v);
    return to_post && v.n ? post_all(&v) : review_reply(&v);
}
