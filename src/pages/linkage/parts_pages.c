/*
 * parts_pages.c - a bill of materials on a page (C15): sending it, and what came of it: which lines have suppliers in the city, how well, what
 * is missing, and the share of value that could be local.  The work itself is done in the background (programme/linkage/parts.h).
 */
#include "pages/linkage/linkage_pages.h"

#include "model/type.h"
#include "pages/network/grid.h"
#include "pages/workspace/workspace.h"

#include <math.h>

enum { ROWS = 100, LISTS_SHOWN = 100 };
#define PLACE S("/linkage/parts")

struct parts_at { struct request *q; struct reply *r; struct work w; struct html h; const struct record *list; };

static struct parts_at parts_at(struct request *q, struct reply *r)
{
    r->cache = CACHE_NEVER;
    return (struct parts_at){ .q = q, .r = r, .w = desk_work(q), .h = html_make(q->a) };
}

static Str say(const struct parts_at *at, const char *sentence) { return tr(at->q->lang, sentence); }
static Str tell(const struct parts_at *at, Message m) { return message_str(at->q->a, at->q->lang, m); }
static double number_of(Val v) { return v_is(v) ? v_f64(v) : NAN; }

/* ---- sending one ------------------------------------------------------------------------------------ */

static void put_file_choice(struct parts_at *at)
{
    desk_file(&at->h, say(at, N_("List of parts")), ".xlsx,.csv",
              tell(at, MSG(N_("A workbook of Excel (.xlsx) or a CSV file with headings: part (needed), specification, HS code, quantity, unit, value a year; in any order. "
                          "At most {1} lines; the command “matxich bom FILE” takes any number."), page_number(&at->w, PARTS_LINES_MOST))));
}

static void put_sending(struct parts_at *at)
{
    struct html *h = &at->h;
    desk_form_open(h, at->q, at->r, request_link(at->q, PLACE), "card desk-form", true);
    put_file_choice(at);
    html_open(h, "div");
    html_class(h, "buttons");
    desk_submit(h, at->q, "button", say(at, N_("Look for suppliers of each line")));
    html_close(h, "div");
    html_leaf_class(h, "p", "form-hint", say(at, N_("The list and what comes of it are seen by your account alone.")));
    html_close(h, "form");
}

struct sending { struct request *q; struct reply *r; const struct part_file *part; struct upload file; int64_t job; Message why; };

static enum err order_it(struct work *w, void *arg)
{
    struct sending *s = arg;
    TRY(store_part(w, s->q, s->r, s->part, &s->file, &s->why));
    return parts_order_put(w, s->file, &s->job);
}

enum err parts_upload(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct sending s = { .q = q, .r = r };
    for (size_t i = 0; i < q->files_n; i++)
        if (str_is(q->files[i].name, "file")) s.part = &q->files[i];
    if (!s.part) return reply_fail(r, ERR_INVALID, MSG(N_("No file was chosen. Go back, choose a spreadsheet and send it again.")));
    enum err e = work_write(&w, order_it, &s);
    if (e && s.why.id) return reply_fail(r, e, s.why);
    TRY(e);
    return reply_redirect(r, 303, request_link(q, str_f(q->a, "/workspace/jobs/%lld", (long long)s.job)));
}

/* ---- one's lists --------------------------------------------------------------------------------------- */

static const struct grid_column list_columns[] = {
    { "name", N_("List") }, { "made_on", N_("Made on") }, { "lines", N_("Lines") }, { "well", N_("Could be local, % of value") },
    { "partly", N_("Could partly be local, % of value") }, { "id", N_("Number"), .files_only = true },
};

static enum err list_grid(struct parts_at *at, struct grid *g)
{
    struct list_query query = { .sort = -1, .descending = true, .limit = LISTS_SHOWN };
    struct list list;
    TRY(list_load(&at->w, &parts_list, &query, false, &list));
    *g = grid_make(at->q, (struct figure){ .id = "lists", .caption = N_("Lists looked at before") }, list_columns, COUNT(list_columns),
                   N_("No list of parts yet. Send one: each of its lines is held against the register."));
    for (size_t i = 0; i < list.records.n; i++) {
        const struct record *x = list.records.p[i];
        Str id = public_id(at->q->a, &parts_list, x->id);
        grid_link(g, request_link(at->q, str_f(at->q->a, "/linkage/parts/%.*s", FMT(id))), record_title(&at->w, x));
        grid_text(g, record_text(&at->w, x, PARTS_MADE_ON));
        grid_number(g, number_of(x->v[PARTS_COUNT]));
        grid_number(g, number_of(x->v[PARTS_WELL]));
        grid_number(g, number_of(x->v[PARTS_PARTLY]));
        grid_text(g, id);
    }
    return OK;
}

enum err parts_home(struct request *q, struct reply *r)
{
    struct parts_at at = parts_at(q, r);
    struct grid g;
    TRY(list_grid(&at, &g));
    if (q->as != AS_PAGE) return grid_reply(r, &g, NULL, 0);
    put_sending(&at);
    grid_section(&at.h, &at.w, &g);
    return desk_reply(q, r, &(struct desk_page){
        .title = say(&at, N_("Check a list of parts")), .place = DESK_PARTS, .content = html_done(&at.h),
        .lead = say(&at, N_("Which parts of a bill of materials have suppliers in the city, how well, and what share of the value could be local.")) });
}

/* ---- what came of one: the share ------------------------------------------------------------------------- */

static enum parts_level level_of(const struct record *line)
{
    enum parts_level level = LEVEL_NONE;
    for (const struct choice *c = parts_levels; c->code; c++)
        if (str_is(v_str(line->v[LINE_LEVEL]), c->code)) level = (enum parts_level)(c - parts_levels);
    return level;
}

static struct local_share share_of(const struct records *lines)
{
    struct local_share s = { 0 };
    for (size_t i = 0; i < lines->n; i++)
        local_share_add(&s, &(struct part){ .value = number_of(lines->p[i]->v[LINE_VALUE]) }, &(struct part_answer){ .level = level_of(lines->p[i]) });
    return s;
}

static const struct grid_column share_columns[] = {
    { "level", N_("How well it is met"), "label" }, { "lines", N_("Lines") }, { "value", N_("Value a year") }, { "share", N_("Share of value, %"), "value" },
};

static struct grid share_grid(struct parts_at *at, const struct local_share *s)
{
    struct grid g = grid_make(at->q, (struct figure){ .kind = "bars", .id = "share", .caption = N_("What could be local") }, share_columns, COUNT(share_columns), NULL);
    const struct { enum parts_level level; int64_t lines; double value; } rows[] = {
        { LEVEL_WELL, s->lines_well, s->well }, { LEVEL_PARTLY, s->lines_partly, s->partly },
        { LEVEL_NONE, s->lines - s->lines_well - s->lines_partly, s->value - s->well - s->partly },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        grid_text(&g, say(at, parts_levels[rows[i].level].label));
        grid_number(&g, (double)rows[i].lines);
        grid_number(&g, s->value > 0 ? rows[i].value : NAN);
        grid_number(&g, local_percent(s, rows[i].value));
    }
    return g;
}

static void put_share(struct parts_at *at, const struct local_share *s)
{
    double percent = local_percent(s, s->well);
    Str lines = page_number(&at->w, s->lines), well = page_number(&at->w, s->lines_well);
    html_open(&at->h, "p");
    html_class(&at->h, "lead");
    html_leaf(&at->h, "strong", isnan(percent) ? tell(at, MSG(N_("Lines with a supplier that fits well: {1} of {2}."), well, lines))
                                               : tell(at, MSG(N_("{1} % of the value could be local. Lines with a supplier that fits well: {2} of {3}."),
                                                              three_digits(at->q->a, at->q->lang, percent), well, lines)));
    html_close(&at->h, "p");
}

/* ---- what came of one: the lines --------------------------------------------------------------------------- */

static const struct grid_column line_columns[] = {
    { "row", N_("Row") }, { "part", N_("Part") }, { "specification", N_("Specification") }, { "hs_code", N_("HS code") }, { "quantity", N_("Quantity a year") },
    { "unit", N_("Unit") }, { "value", N_("Value a year") }, { "level", N_("How well it is met") }, { "suppliers", N_("Suppliers that fit, of the best 50") },
    { "best", N_("Best supplier") }, { "percent", N_("Its fit, %") }, { "missing", N_("What is missing") }, { "find", N_("Suppliers") }, { "post", N_("Demand") },
};

static Str address(struct parts_at *at, const char *path, const struct record *line)
{
    static const struct { int field; const char *name; } passed[] = {
        { LINE_PART, "title" }, { LINE_HS, "hs_code" }, { LINE_QUANTITY, "quantity" }, { LINE_UNIT, "quantity_unit" },
    };
    struct arena *a = at->q->a;
    struct part p = { .name = v_str(line->v[LINE_PART]), .specification = v_str(line->v[LINE_SPECIFICATION]) };
    struct params state = params_with(a, &(struct params){ 0 }, "q", part_sentence(a, &p));
    for (size_t i = 0; str_is(str_of(path), "/linkage/demands/new") && i < COUNT(passed); i++) {
        struct buf text = buf_make(a);
        if (v_is(line->v[passed[i].field])) put_spelt(&text, &at->w, &parts_line.fields[passed[i].field], line->v[passed[i].field]);
        state = params_with(a, &state, passed[i].name, buf_str(&text));
    }
    return url_of(a, at->q->lang, str_of(path), AS_PAGE, &state);
}

/* By its name; by its number where it is in the public register no more. */
static void put_best(struct parts_at *at, struct grid *g, Val best, const struct card *c)
{
    if (c) grid_link(g, request_link(at->q, str_f(at->q->a, "/enterprises/%.*s", FMT(c->public_id))), c->name[at->q->lang]);
    else grid_text(g, v_is(best) ? public_id(at->q->a, &enterprise, v_i64(best)) : (Str){ 0 });
}

static void put_line(struct parts_at *at, struct grid *g, const struct record *line, const struct card *best)
{
    const Val *v = line->v;
    grid_number(g, number_of(v[LINE_NUMBER]));
    grid_text(g, v_str(v[LINE_PART]));
    grid_text(g, v_str(v[LINE_SPECIFICATION]));
    grid_text(g, v_str(v[LINE_HS]));
    grid_number(g, number_of(v[LINE_QUANTITY]));
    grid_text(g, v_str(v[LINE_UNIT]));
    grid_number(g, number_of(v[LINE_VALUE]));
    grid_text(g, say(at, parts_levels[level_of(line)].label));
    grid_number(g, number_of(v[LINE_SUPPLIERS]));
    put_best(at, g, v[LINE_BEST], best);
    grid_number(g, number_of(v[LINE_PERCENT]));
    grid_text(g, v_str(v[LINE_MISSING]));
    grid_link(g, address(at, "/match", line), say(at, N_("Find suppliers")));
    grid_link(g, address(at, "/linkage/demands/new", line), say(at, N_("Post as a demand")));
}

/* Those of the level that the address asks for; of any where it asks for none. */
static struct records lines_asked(struct parts_at *at)
{
    const struct records *all = &at->list->children[PARTS_LINES];
    Str level = params_get(&at->q->query, "level");
    struct records some = { 0 };
    for (size_t i = 0; i < all->n; i++)
        if (!level.n || str_eq(level, v_str(all->p[i]->v[LINE_LEVEL]))) *GROW(at->q->a, some) = all->p[i];
    return some;
}

static struct grid line_grid(struct parts_at *at)
{
    struct grid g = grid_make(at->q, (struct figure){ .id = "lines", .caption = N_("Line by line") }, line_columns, COUNT(line_columns), N_("No line of the list is met so."));
    struct records lines = lines_asked(at);
    g.window = window_asked(at->q, lines.n, ROWS);
    size_t n = g.window.to - g.window.from;
    int64_t *best = NEW_ARRAY(at->q->a, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) best[i] = v_i64(lines.p[g.window.from + i]->v[LINE_BEST]);
    const struct card **cards = snapshot_cards(page_snapshot(at->q), &at->w, best, n);
    for (size_t i = 0; i < n; i++) put_line(at, &g, lines.p[g.window.from + i], cards[i]);
    return g;
}

static void put_level(struct parts_at *at, Str code, Str label)
{
    struct params state = params_without(at->q->a, &at->q->query, "page");
    state = params_with(at->q->a, &state, "level", code);
    html_open(&at->h, "li");
    html_open(&at->h, "a");
    html_href(&at->h, "href", request_url(at->q, &state));
    if (str_eq(code, params_get(&at->q->query, "level"))) html_attr(&at->h, "aria-current", S("true"));
    html_text(&at->h, label);
    html_close(&at->h, "a");
    html_close(&at->h, "li");
}

static void put_levels(struct parts_at *at)
{
    struct html *h = &at->h;
    html_open(h, "nav");
    html_class(h, "network-menu");
    html_attr(h, "aria-label", say(at, N_("How well it is met")));
    html_open(h, "ul");
    put_level(at, (Str){ 0 }, say(at, N_("All lines")));
    for (const struct choice *c = parts_levels; c->code; c++) put_level(at, str_of(c->code), say(at, c->label));
    html_close(h, "ul");
    html_close(h, "nav");
}

/* ---- what came of one: the page ------------------------------------------------------------------------------ */

static Html actions(struct parts_at *at)
{
    struct html h = html_make(at->q->a);
    html_link(&h, request_link(at->q, desk_path(at->q->a, &parts_list, at->list->id, "delete")), "button button-quiet", say(at, N_("Delete")));
    return html_done(&h);
}

enum err parts_page(struct request *q, struct reply *r)
{
    struct parts_at at = parts_at(q, r);
    struct record *list;
    size_t which;
    TRY(desk_record(q, r, &at.w, &parts_list, MAY_READ, &list));
    at.list = list;
    struct local_share share = share_of(&list->children[PARTS_LINES]);
    struct grid tables[] = { line_grid(&at), share_grid(&at, &share) };
    if (q->as != AS_PAGE) {
        TRY(grid_asked(q, r, tables, COUNT(tables), &which));
        return grid_reply(r, &tables[which], NULL, 0);
    }
    put_share(&at, &share);
    grid_section(&at.h, &at.w, &tables[1]);
    put_levels(&at);
    grid_section(&at.h, &at.w, &tables[0]);
    return desk_reply(q, r, &(struct desk_page){
        .title = record_title(&at.w, list), .place = DESK_PARTS, .content = html_done(&at.h), .actions = actions(&at),
        .lead = tell(&at, MSG(N_("Held against the register on {1}."), record_text(&at.w, list, PARTS_MADE_ON))),
        .crumbs = { { request_link(q, PLACE), say(&at, N_("Check a list of parts")) } } });
}
