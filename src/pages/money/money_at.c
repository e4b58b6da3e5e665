#include "pages/money/money_at.h"

const struct choice money_numbers[] = {
    [MONEY_SUBMITTED] = { "submitted", N_("Submitted to finance") }, [MONEY_ALLOCATED] = { "allocated", N_("Allocated") },
    [MONEY_COMMITTED] = { "committed", N_("Committed") }, [MONEY_DISBURSED] = { "disbursed", N_("Disbursed") },
    [MONEY_SETTLED] = { "settled", N_("Settled") },       [MONEY_FREE] = { "free", N_("Left to commit") },
    [MONEY_ESTIMATED] = { "estimated", N_("Estimate") },  [MONEY_NUMBERS] = { NULL },
};

const struct money_view money_views[MONEY_VIEWS] = {
    [BY_AGENCY] = { "agency", N_("Agency"), "agency", BY_SOURCE },
    [BY_SOURCE] = { "source", N_("Source of money"), "fund_source", BY_CONTENT },
    [BY_CONTENT] = { "content", N_("Content"), "programme_content", BY_LINE },
    [BY_KIND] = { "kind", N_("Kind of expense"), "expense_kind", BY_LINE },
    [BY_MONTH] = { "month", N_("Month"), NULL, BY_MONTH },
    [BY_TASK] = { "task", N_("Task"), NULL, BY_TASK },
    [BY_LINE] = { "line", N_("Budget line"), NULL, BY_LINE },
};

/* ---- what is asked ------------------------------------------------------------------------------ */

static enum err read_year(struct money_at *m)
{
    Str said = params_get(&m->at.q->query, "year");
    int64_t year = m->at.w.today.year;
    if (said.n && (!str_to_i64(said, &year) || year < PROGRAMME_FROM || year > PROGRAMME_LAST))
        return reply_fail(m->at.r, ERR_INVALID, MSG(N_("“{1}” is not a year of the programme, which is for {2} to {3}."), said,
                                                    str_f(m->at.q->a, "%d", PROGRAMME_FROM), str_f(m->at.q->a, "%d", PROGRAMME_LAST)));
    m->asked.year = (int)year;
    return OK;
}

static enum err read_code(struct money_at *m, enum money_by by, Str *out)
{
    Str said = params_get(&m->at.q->query, money_views[by].code);
    const struct code *k = said.n ? code_find(m->at.w.codes, str_of(money_views[by].list), said) : NULL;
    if (said.n && !k) return reply_fail(m->at.r, ERR_MISSING, MSG(N_("There is no “{1}” here."), said));
    *out = k ? k->key : (Str){ 0 };
    return OK;
}

static enum err read_task(struct money_at *m)
{
    Str said = params_get(&m->at.q->query, "task");
    if (!said.n || str_is(said, "none") || public_id_read(&task, said, &m->asked.task)) return OK;
    return reply_fail(m->at.r, ERR_MISSING, MSG(N_("There is no “{1}” here."), said));
}

enum err money_begin(struct request *q, struct reply *r, struct money_at *m)
{
    *m = (struct money_at){ .at = at_desk(q, r), .asked = { .by = BY_AGENCY } };
    TRY(read_year(m));
    TRY(read_code(m, BY_AGENCY, &m->asked.agency));
    TRY(read_code(m, BY_SOURCE, &m->asked.source));
    TRY(read_code(m, BY_CONTENT, &m->asked.content));
    TRY(read_code(m, BY_KIND, &m->asked.kind));
    TRY(read_task(m));
    for (enum money_by by = 0; by < MONEY_VIEWS; by++)
        if (str_is(params_get(&q->query, "by"), money_views[by].code)) m->asked.by = by;
    return OK;
}

/* ---- addresses ------------------------------------------------------------------------------------ */

struct params money_state(struct money_at *m)
{
    static const char *const kept[] = { "year", "agency", "source", "content", "kind", "task" };
    struct params state = { 0 };
    for (size_t i = 0; i < COUNT(kept); i++) state = params_with(m->at.q->a, &state, kept[i], params_get(&m->at.q->query, kept[i]));
    return params_with(m->at.q->a, &state, "year", str_f(m->at.q->a, "%d", m->asked.year));
}

struct params money_state_with(struct money_at *m, const char *name, Str value)
{
    struct params state = money_state(m);
    return value.n ? params_with(m->at.q->a, &state, name, value) : state;
}

enum err money_month(struct money_at *m, Str *out)
{
    struct date first;
    *out = params_get(&m->at.q->query, "month");
    if (!out->n || str_is(*out, "none") || date_from_iso(str_f(m->at.q->a, "%.*s-01", FMT(*out)), &first)) return OK;
    return reply_fail(m->at.r, ERR_INVALID, MSG(N_("“{1}” is not a month; write it as 2026-03."), *out));
}

Str money_url(struct money_at *m, const char *path, const struct params *state) { return url_of(m->at.q->a, m->at.q->lang, str_of(path), AS_PAGE, state); }

Str money_list_url(struct money_at *m, const struct params *state, int number)
{
    struct params all = params_with(m->at.q->a, state, "stage", str_of(money_numbers[number].code));
    return money_url(m, "/money/vouchers", &all);
}

Str money_number_url(struct money_at *m, const char *name, Str value, int number)
{
    struct params state = money_state_with(m, name, value);
    return money_list_url(m, &state, number);
}

int64_t money_number(const struct money_row *row, int number)
{
    if (number == MONEY_ESTIMATED) return row->estimate;
    return number == MONEY_FREE ? balance_free(&row->balance) : row->balance.of[number];
}

Str money_line_path(struct arena *a, int64_t id, const char *rest)
{
    return str_f(a, "/money/lines/%.*s%s%s", FMT(public_id(a, &budget_line, id)), rest ? "/" : "", rest ? rest : "");
}

Str money_task_path(struct arena *a, int64_t id) { return str_f(a, "/plan/tasks/%.*s", FMT(public_id(a, &task, id))); }

/* ---- parts of the pages ---------------------------------------------------------------------------- */

Str money_code(struct at *at, const char *list, Str key)
{
    const struct code *k = code_find(at->w.codes, str_of(list), key);
    return k ? k->name[at->q->lang] : key;
}

void put_voucher_field(struct at *at, int field, const struct form_problems *wrong)
{
    const struct field *f = &voucher.fields[field];
    html_raw(&at->h, form_field_html(&at->w, f, str_of(f->name), params_get(&at->q->form, f->name), form_problem_at(wrong, f->name)));
}

Val read_voucher_field(struct at *at, int field, bool needed, struct form_problems *wrong)
{
    const struct field *f = &voucher.fields[field];
    Val v;
    Message what = form_read_value(&at->w, f, str_trim(params_get(&at->q->form, f->name)), &v);
    if (!what.id && needed && !v_is(v)) what = MSG(N_("is needed"));
    if (what.id) *GROW(at->q->a, *wrong) = (struct form_problem){ str_of(f->name), f, what, false };
    return v;
}

static void put_year(struct money_at *m)
{
    struct html *h = &m->at.h;
    html_open(h, "div");
    html_class(h, "form-field");
    open_labelled_select(h, "year", "form-label", at_tr(&m->at, N_("Budget year")));
    for (int year = PROGRAMME_FROM; year <= PROGRAMME_LAST; year++) {
        Str said = str_f(m->at.q->a, "%d", year);
        put_select_option(h, said, said, year == m->asked.year);
    }
    html_close(h, "select");
    html_close(h, "div");
}

/* "Content: Training, without it" */
static void put_narrowing(struct money_at *m)
{
    static const enum money_by by[] = { BY_AGENCY, BY_SOURCE, BY_CONTENT, BY_KIND };
    struct at *at = &m->at;
    bool any = false;
    for (size_t i = 0; i < COUNT(by); i++) {
        const struct money_view *v = &money_views[by[i]];
        Str key = params_get(&at->q->query, v->code);
        if (!key.n) continue;
        if (!any) html_open(&at->h, "ul"), html_class(&at->h, "chips");
        any = true;
        struct params without = params_without(at->q->a, &at->q->query, v->code);
        html_open(&at->h, "li");
        html_link(&at->h, request_url(at->q, &without), "chip",
                  at_say(at, MSG(N_("{1}: {2}; show all"), at_tr(at, v->label), money_code(at, v->list, key))));
        html_close(&at->h, "li");
    }
    if (any) html_close(&at->h, "ul");
}

void put_money_filter(struct money_at *m)
{
    struct at *at = &m->at;
    html_open(&at->h, "form");
    html_class(&at->h, "network-filter");
    html_attr(&at->h, "aria-label", at_tr(at, N_("Which year")));
    html_href(&at->h, "action", request_link(at->q, at->q->path));
    put_year(m);
    for (size_t i = 0; i < at->q->query.n; i++)
        if (!asked_among("year page table said", at->q->query.p[i].name)) desk_hidden(&at->h, str_z(at->q->a, at->q->query.p[i].name), at->q->query.p[i].value);
    desk_submit(&at->h, at->q, "button button-quiet", at_tr(at, N_("Show")));
    html_close(&at->h, "form");
    put_narrowing(m);
}

static const struct { const char *path, *label; } pages[] = {
    { "/money", N_("The year’s money") },           { "/money/vouchers", N_("Vouchers") }, { "/money/allocation", N_("Allocation") },
    { "/money/forecast", N_("Payments by month") }, { "/money/counterparts", N_("Participants’ share") },
};

void put_tabs(struct at *at, const char *label, const struct tab *tabs, size_t n, const char *aria)
{
    html_open(&at->h, "nav");
    html_class(&at->h, "network-menu");
    html_attr(&at->h, "aria-label", at_tr(at, label));
    html_open(&at->h, "ul");
    for (size_t i = 0; i < n; i++) {
        html_open(&at->h, "li");
        html_open(&at->h, "a");
        html_href(&at->h, "href", tabs[i].url);
        if (tabs[i].here) html_attr(&at->h, "aria-current", str_of(aria));
        html_text(&at->h, tabs[i].label);
        html_close(&at->h, "a");
        html_close(&at->h, "li");
    }
    html_close(&at->h, "ul");
    html_close(&at->h, "nav");
}

void put_money_menu(struct money_at *m, const char *here)
{
    struct params state = money_state(m);
    struct tab tabs[COUNT(pages)];
    for (size_t i = 0; i < COUNT(pages); i++)
        tabs[i] = (struct tab){ money_url(m, pages[i].path, &state), at_tr(&m->at, pages[i].label), str_is(str_of(here), pages[i].path) };
    put_tabs(&m->at, N_("Pages of money"), tabs, COUNT(pages), "page");
}

void money_named(struct money_at *m, struct grid *g, const struct record *r, Str path)
{
    if (!r) grid_text(g, (Str){ 0 });
    else if (record_visible(&m->at.w, r)) grid_link(g, request_link(m->at.q, path), record_title(&m->at.w, r));
    else grid_text(g, public_id(m->at.q->a, r->e, r->id));
}

enum err money_reply(struct money_at *m, Str title, Str lead, Html actions)
{
    struct params state = money_state(m);
    struct desk_page p = { .title = title, .lead = lead, .place = DESK_MONEY, .actions = actions, .content = html_done(&m->at.h) };
    if (!str_is(m->at.q->path, "/money")) p.crumbs[0].url = money_url(m, "/money", &state), p.crumbs[0].label = at_tr(&m->at, N_("Money"));
    return desk_reply(m->at.q, m->at.r, &p);
}
