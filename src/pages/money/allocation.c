#include "pages/money/allocation.h"

#include "model/desk/file.h"

const struct office_column allocation_columns[ALLOCATION_COLUMNS] = {
    [ROW_NUMBER] = { N_("No."), "A", OFFICE_TEXT, 7 },
    [ROW_OF_WHAT] = { N_("Of what"), "B", OFFICE_TEXT, 44 },
    [ROW_SOURCE] = { N_("Source of money"), "C", OFFICE_TEXT, 24 },
    [ROW_KEY] = { N_("Number of the line"), "D", OFFICE_KEY, 16 },
    [ROW_ASKED] = { N_("Estimate asked for"), "1", OFFICE_AMOUNT, 18 },
    [ROW_GIVEN] = { N_("Allocated so far"), "2", OFFICE_AMOUNT, 18 },
    [ROW_CHANGE] = { N_("Adjusted by this decision"), "3", OFFICE_AMOUNT, 18 },
    [ROW_THEN] = { N_("Allocated after it"), "4 = 2 + 3", OFFICE_AMOUNT, 18 },
    [ROW_COMMITTED] = { N_("Committed"), "5", OFFICE_AMOUNT, 18 },
    [ROW_NOTE] = { N_("Note"), "E", OFFICE_TEXT, 24 },
};

/* ---- the lines ---------------------------------------------------------------------------------------- */

static const struct money_row *row_of(const struct money_rows *rows, int64_t id)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->p[i].id == id) return &rows->p[i];
    return NULL;
}

static enum err load_lines(struct allocation *a)
{
    struct work *w = &a->m.at.w;
    struct buf b = buf_make(w->a);
    struct money_asked asked = { .year = a->m.asked.year, .by = BY_LINE };
    struct money_rows rows;
    struct money_row total;
    struct records lines;
    put_f(&b, "%s WHERE year = $1 ORDER BY agency, content, source, kind, id", shape_of(w->m, &budget_line)->select_list.text);
    TRY(records_query(w, &budget_line, sql_of(&b), ARGS(v_int(asked.year)), false, &lines));
    TRY(money_rows(w, &asked, &rows, &total));
    for (size_t i = 0; i < lines.n; i++) {
        const struct money_row *row = row_of(&rows, lines.p[i]->id);
        int64_t given = row ? row->balance.of[MONEY_ALLOCATED] : 0;
        *GROW(w->a, a->lines) = (struct allocation_line){ lines.p[i], row ? row->estimate : 0, given, row ? row->balance.of[MONEY_COMMITTED] : 0, given, false };
    }
    return db_one_int(w->db, w->a, SQL("SELECT COALESCE(max(id), 0) FROM voucher WHERE year = $1"), ARGS(v_int(asked.year)), &a->seen);
}

enum err allocation_open(struct request *q, struct reply *r, struct allocation *a)
{
    *a = (struct allocation){ 0 };
    TRY(money_begin(q, r, &a->m));
    return load_lines(a);
}

struct allocation_sum allocation_sum(const struct allocation *a, Str agency, Str content)
{
    struct allocation_sum s = { 0 };
    for (size_t i = 0; i < a->lines.n; i++) {
        const struct allocation_line *l = &a->lines.p[i];
        if (agency.n && !str_eq(agency, v_str(l->line->v[LINE_AGENCY]))) continue;
        if (content.n && !str_eq(content, v_str(l->line->v[LINE_CONTENT]))) continue;
        s.asked += l->asked;
        s.given += l->given;
        s.then += l->then;
        s.committed += l->committed;
    }
    return s;
}

Str allocation_sum_key(struct arena *a, Str agency, Str content)
{
    return str_f(a, "Σ%s%.*s%s%.*s", agency.n ? " " : "", FMT(agency), content.n ? " " : "", FMT(content));
}

/* ---- the sheet ------------------------------------------------------------------------------------------ */

static struct office_cell amount(int64_t dong) { return (struct office_cell){ .number = (double)dong, .has = true }; }
static struct office_cell text(Str s) { return (struct office_cell){ .text = s }; }

static void put_row(struct allocation *a, struct office_sheet *s, Str number, Str of_what, Str key, const struct allocation_sum *sum, bool is_sum, Str source)
{
    struct office_cell *cells = NEW_ARRAY(a->m.at.q->a, struct office_cell, ALLOCATION_COLUMNS);
    cells[ROW_NUMBER] = text(number);
    cells[ROW_OF_WHAT] = text(of_what);
    cells[ROW_SOURCE] = text(source);
    cells[ROW_KEY] = text(key);
    cells[ROW_ASKED] = amount(sum->asked);
    cells[ROW_GIVEN] = amount(sum->given);
    cells[ROW_THEN] = amount(sum->then);
    cells[ROW_COMMITTED] = amount(sum->committed);
    *GROW(a->m.at.q->a, s->rows) = (struct office_row){ cells, is_sum };
}

static void put_sums(struct allocation *a, struct office_sheet *s, Str number, Str of_what, Str agency, Str content)
{
    struct allocation_sum sum = allocation_sum(a, agency, content);
    put_row(a, s, number, of_what, allocation_sum_key(a->m.at.q->a, agency, content), &sum, true, (Str){ 0 });
}

static void put_line(struct allocation *a, struct office_sheet *s, Str number, const struct allocation_line *l)
{
    struct at *at = &a->m.at;
    struct allocation_sum held = { l->asked, l->given, l->then, l->committed };
    put_row(a, s, number, money_code(at, "expense_kind", v_str(l->line->v[LINE_KIND])), public_id(at->q->a, &budget_line, l->line->id), &held, false,
            money_code(at, "fund_source", v_str(l->line->v[LINE_SOURCE])));
}

static void put_rows_of(struct allocation *a, struct office_sheet *s)
{
    struct at *at = &a->m.at;
    Str agency = { 0 }, content = { 0 };
    int agencies = 0, contents = 0, lines = 0;
    for (size_t i = 0; i < a->lines.n; i++) {
        const struct allocation_line *l = &a->lines.p[i];
        Str its_agency = v_str(l->line->v[LINE_AGENCY]), its_content = v_str(l->line->v[LINE_CONTENT]);
        bool other = !str_eq(agency, its_agency);
        if (other) contents = 0, put_sums(a, s, office_roman(at->q->a, ++agencies), money_code(at, "agency", its_agency), its_agency, (Str){ 0 });
        if (other || !str_eq(content, its_content)) {
            lines = 0;
            put_sums(a, s, str_f(at->q->a, "%d", ++contents), money_code(at, "programme_content", its_content), its_agency, its_content);
        }
        put_line(a, s, str_f(at->q->a, "%d.%d", contents, ++lines), l);
        agency = its_agency;
        content = its_content;
    }
}

struct office_sheet allocation_sheet(struct allocation *a)
{
    struct at *at = &a->m.at;
    Str year = str_f(at->q->a, "%d", a->m.asked.year);
    struct office_sheet s = {
        .office = at_tr(at, N_("PEOPLE’S COMMITTEE")), .title = at_say(at, MSG(N_("ALLOCATION OF THE BUDGET ESTIMATE OF {1}"), year)),
        .basis = at_tr(at, N_("(with Decision No. …… of ……)")), .unit = at_tr(at, N_("Unit: đồng")), .signs = at_tr(at, N_("Drawn up by")),
        .columns = allocation_columns, .n = ALLOCATION_COLUMNS };
    put_sums(a, &s, (Str){ 0 }, at_tr(at, N_("Altogether")), (Str){ 0 }, (Str){ 0 });
    put_rows_of(a, &s);
    return s;
}

/* ---- the page --------------------------------------------------------------------------------------------- */

static bool may_allocate(const struct allocation *a) { return a->m.at.w.actor.roles & (FINANCE | ADMIN); }

static void put_sending(struct allocation *a)
{
    struct at *at = &a->m.at;
    if (!may_allocate(a) || !a->lines.n) return;
    desk_form_open(&at->h, at->q, at->r, request_url(at->q, &at->q->query), "card desk-form", true);
    html_leaf(&at->h, "h2", at_tr(at, N_("Send the sheet back")));
    desk_file(&at->h, at_tr(at, N_("Sheet of the allocation")), ".xlsx,.csv",
              at_tr(at, N_("Fill in “Adjusted by this decision” or “Allocated after it” for each line. Nothing is posted before you have seen what changes.")));
    desk_submit(&at->h, at->q, "button", at_tr(at, N_("Look at it")));
    html_close(&at->h, "form");
}

static enum err allocation_reply(struct allocation *a, const struct office_sheet *s)
{
    struct at *at = &a->m.at;
    put_money_menu(&a->m, "/money/allocation");
    put_money_filter(&a->m);
    if (a->lines.n) {
        html_open(&at->h, "p");
        html_class(&at->h, "formats");
        html_link(&at->h, request_url_as(at->q, AS_XLSX), "format", S("XLSX"));
        html_close(&at->h, "p");
        office_sheet_html(&at->h, at->q, s);
    } else put_empty(at, N_("This year has no budget lines yet. They are made when a plan is submitted to finance, or one by one in the list of budget lines."));
    put_sending(a);
    return money_reply(&a->m, at_say(at, MSG(N_("Allocation of {1}"), str_f(at->q->a, "%d", a->m.asked.year))),
                       at_tr(at, N_("As offices write it: download the sheet, fill it in, send it back.")), (Html){ 0 });
}

enum err money_allocation(struct request *q, struct reply *r)
{
    struct allocation a;
    Str hash = params_get(&q->query, "sheet");
    TRY(allocation_open(q, r, &a));
    if (hash.n && q->as == AS_PAGE && may_allocate(&a)) return allocation_review(&a, hash, false);
    struct office_sheet s = allocation_sheet(&a);
    if (q->as == AS_XLSX) return office_sheet_reply(q, r, &s, str_f(q->a, "allocation-%d.xlsx", a.m.asked.year));
    return allocation_reply(&a, &s);
}

struct sending { struct request *q; struct reply *r; struct upload file; Message why; };

static enum err store_sent(struct work *w, void *arg)
{
    struct sending *s = arg;
    return store_part(w, s->q, s->r, &s->q->files[0], &s->file, &s->why);
}

/* POST: a file, which is stored and then looked at; or, with sheet= in the address, what was answered there. */
enum err money_allocation_read(struct request *q, struct reply *r)
{
    struct allocation a;
    struct sending s = { .q = q, .r = r };
    TRY(allocation_open(q, r, &a));
    if (params_get(&q->query, "sheet").n) return allocation_review(&a, params_get(&q->query, "sheet"), true);
    if (!q->files_n) return reply_fail(r, ERR_INVALID, MSG(N_("No file was chosen. Go back, choose a spreadsheet and send it again.")));
    enum err e = work_write(&a.m.at.w, store_sent, &s);
    if (e && s.why.id) return reply_fail(r, e, s.why);
    TRY(e);
    struct params state = money_state_with(&a.m, "sheet", s.file.hash);
    return reply_redirect(r, 303, money_url(&a.m, "/money/allocation", &state));
}
