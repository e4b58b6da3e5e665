/* line_forms.c - the forms of a budget line's desk, from one table: what each asks for, what is left for it, and how it looks. */
#include "pages/money/line_desk.h"

#include "pages/plan/plan_pages.h"

#include <stdint.h>

static const struct line_form forms[] = {
    { "allocate", N_("Allocate"), N_("By a decision that gives money to this line."), FINANCE | ADMIN, MONEY_ALLOCATED, 0 },
    { "adjust", N_("Adjust"), N_("More or less than was allocated; with a minus sign where it is less."), FINANCE | ADMIN, MONEY_ALLOCATED, ASKS_REASON | MAY_REDUCE },
    { "commit", N_("Commit"), N_("For a task that the agency carries out itself; a contract commits by itself when it is approved."), OFFICER | ADMIN, MONEY_COMMITTED,
      ASKS_TASK },
    { "disburse", N_("Disburse"), N_("What was paid for a task without a contract."), OFFICER | ADMIN, MONEY_DISBURSED, ASKS_TASK },
    { "settle", N_("Settle"), N_("What was found eligible of what was paid for a task without a contract."), OFFICER | ADMIN, MONEY_SETTLED, ASKS_TASK },
    { "reverse", N_("Take a voucher back"), N_("A voucher that was a mistake: it stays, and one of the opposite amount is posted beside it."), OFFICER | FINANCE | ADMIN, MONEY_STAGES,
      ASKS_VOUCHER | ASKS_REASON },
};

const struct line_form *line_form_named(Str act)
{
    for (size_t i = 0; i < COUNT(forms); i++)
        if (str_is(act, forms[i].act)) return &forms[i];
    return NULL;
}

bool line_form_theirs(const struct line_desk *d, const struct line_form *f) { return d->m.at.w.actor.roles & f->who; }

int64_t line_left(const struct line_desk *d, const struct line_form *f, int64_t task_id)
{
    if (f->stage < MONEY_COMMITTED) return INT64_MAX;
    if (f->stage == MONEY_COMMITTED) return balance_free(&d->holds.balance);
    for (size_t i = 0; i < d->tasks.n; i++)
        if (d->tasks.p[i].task == task_id) return d->tasks.p[i].balance.of[f->stage - 1] - d->tasks.p[i].balance.of[f->stage];
    return 0;
}

void put_line_forms(struct line_desk *d, const struct line_form *open)
{
    struct at *at = &d->m.at;
    struct tab tabs[COUNT(forms)];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(forms); i++) {
        Str path = str_f(at->q->a, "%.*s?do=%s", FMT(money_line_path(at->q->a, d->line->id, NULL)), forms[i].act);
        if (line_form_theirs(d, &forms[i])) tabs[n++] = (struct tab){ request_link(at->q, path), at_tr(at, forms[i].label), open == &forms[i] };
    }
    if (n) put_tabs(at, N_("What can be posted"), tabs, n, "true");
}

/* ---- what may be chosen --------------------------------------------------------------------------------- */

static Str typed(struct line_desk *d, const char *name) { return params_get(&d->m.at.q->form, name); }

static void open_select(struct line_desk *d, const char *name, const char *label, const char *none)
{
    struct html *h = &d->m.at.h;
    html_open(h, "div");
    html_class(h, "form-field");
    open_labelled_select(h, name, "form-label required", at_tr(&d->m.at, label));
    put_select_option(h, (Str){ 0 }, at_tr(&d->m.at, none), false);
}

static void close_select(struct line_desk *d)
{
    html_close(&d->m.at.h, "select");
    html_close(&d->m.at.h, "div");
}

/* Those the agency carries out itself, of this line's year, agency and content. */
static enum err tasks_to_commit(struct line_desk *d, struct records *out)
{
    struct work *w = &d->m.at.w;
    struct buf b = buf_make(w->a);
    Val *v = d->line->v;
    put_f(&b, "%s WHERE year = $1 AND agency = $2 AND content = $3 AND mode = 'own' AND state NOT IN ('settled', 'cancelled') ORDER BY starts, id",
          shape_of(w->m, &task)->select_list.text);
    return records_query(w, &task, sql_of(&b), ARGS(v[LINE_YEAR], v[LINE_AGENCY], v[LINE_CONTENT]), false, out);
}

/* Those that have something of this line left for the stage. */
static enum err tasks_with_left(struct line_desk *d, const struct line_form *f, struct records *out)
{
    int64_t *ids = NEW_ARRAY(d->m.at.q->a, int64_t, d->tasks.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < d->tasks.n; i++)
        if (line_left(d, f, d->tasks.p[i].task) > 0) ids[n++] = d->tasks.p[i].task;
    return records_of(&d->m.at.w, &task, ids, n, false, out);
}

static enum err put_tasks_choice(struct line_desk *d, const struct line_form *f)
{
    struct at *at = &d->m.at;
    struct records list;
    TRY(f->stage == MONEY_COMMITTED ? tasks_to_commit(d, &list) : tasks_with_left(d, f, &list));
    open_select(d, "task", N_("Task"), N_("Choose a task"));
    for (size_t i = 0; i < list.n; i++) {
        Str id = public_id(at->q->a, &task, list.p[i]->id), title = record_title(&at->w, list.p[i]);
        Str left = dong(at->q->a, at->q->lang, line_left(d, f, list.p[i]->id));
        Str label = f->stage == MONEY_COMMITTED ? title : at_say(at, MSG(N_("{1} (left: {2})"), title, left));
        put_select_option(&at->h, id, label, str_eq(id, typed(d, "task")));
    }
    close_select(d);
    return OK;
}

/* What was not taken back yet, is of no contract or request, and is of a stage that is the reader's to post. */
static enum err vouchers_to_reverse(struct line_desk *d, struct records *out)
{
    struct work *w = &d->m.at.w;
    struct buf b = buf_make(w->a);
    bool finance = w->actor.roles & (FINANCE | ADMIN), officer = w->actor.roles & (OFFICER | ADMIN);
    put_f(&b, "%s WHERE line = $1 AND contract IS NULL AND request IS NULL AND reverses IS NULL AND stage <> 'submitted'"
              " AND (stage = 'allocated' AND $2 = 1 OR stage <> 'allocated' AND $3 = 1)"
              " AND NOT EXISTS (SELECT 1 FROM voucher AS back WHERE back.reverses = voucher.id) ORDER BY on_day DESC, id DESC",
          shape_of(w->m, &voucher)->select_list.text);
    return records_query(w, &voucher, sql_of(&b), ARGS(v_int(d->line->id), v_int(finance), v_int(officer)), false, out);
}

static enum err put_vouchers_choice(struct line_desk *d)
{
    struct at *at = &d->m.at;
    struct records list;
    TRY(vouchers_to_reverse(d, &list));
    open_select(d, "reverses", N_("Which voucher"), N_("Choose a voucher"));
    for (size_t i = 0; i < list.n; i++) {
        const struct record *v = list.p[i];
        Str id = public_id(at->q->a, &voucher, v->id), amount = dong(at->q->a, at->q->lang, v_i64(v->v[VOUCHER_AMOUNT]));
        Str label = str_f(at->q->a, "%.*s · %.*s · %.*s", FMT(v_str(v->v[VOUCHER_DOCUMENT])), FMT(record_text(&at->w, v, VOUCHER_STAGE)), FMT(amount));
        put_select_option(&at->h, id, label, str_eq(id, typed(d, "reverses")));
    }
    close_select(d);
    return OK;
}

/* ---- a form ------------------------------------------------------------------------------------------------ */

static void put_field(struct line_desk *d, int field) { put_voucher_field(&d->m.at, field, &d->wrong); }

static void put_left(struct line_desk *d, const struct line_form *f)
{
    struct at *at = &d->m.at;
    int64_t left = f->asks & MAY_REDUCE ? balance_free(&d->holds.balance) : line_left(d, f, 0);
    if (f->stage > MONEY_COMMITTED || left == INT64_MAX) return;    /* there, each task says what is left for it */
    Str amount = dong(at->q->a, at->q->lang, left);
    html_leaf_class(&at->h, "p", "money-left", at_say(at, f->asks & MAY_REDUCE ? MSG(N_("It can be reduced by at most {1}, which is not committed."), amount)
                                                                               : MSG(N_("Left to commit: {1}"), amount)));
}

enum err put_line_form(struct line_desk *d, const struct line_form *f)
{
    struct at *at = &d->m.at;
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, money_line_path(at->q->a, d->line->id, f->act)), "card money-form", false);
    html_leaf(&at->h, "h2", at_tr(at, f->label));
    html_leaf(&at->h, "p", at_tr(at, f->help));
    desk_hidden(&at->h, "seen", str_f(at->q->a, "%lld", (long long)d->seen));
    if (f->asks & ASKS_TASK) TRY(put_tasks_choice(d, f));
    if (f->asks & ASKS_VOUCHER) TRY(put_vouchers_choice(d));
    else put_field(d, VOUCHER_AMOUNT), put_left(d, f);
    put_field(d, VOUCHER_DOCUMENT);
    put_field(d, VOUCHER_ON);
    if (f->asks & ASKS_REASON) put_field(d, VOUCHER_REASON);
    desk_submit(&at->h, at->q, "button", at_tr(at, f->label));
    html_close(&at->h, "form");
    return OK;
}
