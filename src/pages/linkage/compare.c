/*
 * compare.c - up to five suppliers side by side (C09): what they are, what they can do, and, where the address says what is wanted, how each answers
 * that; on a page and as a file.
 */
#include "pages/linkage/linkage_pages.h"

#include "pages/network/grid.h"

enum { COMPARED_MOST = 5 };
#define PLACE S("/match")

struct comparing {
    struct request      *q;
    struct reply        *r;
    struct work          w;                 /* a visitor's: only what is public is shown          */
    const struct snapshot *s;
    struct record       *who[COMPARED_MOST];
    size_t               n;
    struct wanted        wanted;
    struct wrong_parts   wrong;
    struct match_hit     hit[COMPARED_MOST];
    struct grid          g;
};

/* ---- who -------------------------------------------------------------------------------------- */

static enum err add(struct comparing *c, Str said)
{
    int64_t id;
    if (!public_id_read(&enterprise, said, &id) || !snapshot_card(c->s, &c->w, id))
        return reply_fail(c->r, ERR_MISSING, MSG(N_("There is no enterprise {1}."), said));
    for (size_t i = 0; i < c->n; i++)
        if (c->who[i]->id == id) return OK;
    if (c->n == COMPARED_MOST)
        return reply_fail(c->r, ERR_INVALID, MSG(N_("Up to {1} suppliers can be compared; go back and tick fewer."), str_f(c->q->a, "%d", COMPARED_MOST)));
    TRY(record_load(&c->w, &enterprise, id, &c->who[c->n]));
    c->n++;
    return OK;
}

static bool has_demand(const struct comparing *c) { return c->wanted.n || c->wanted.words.n; }

/* The snapshot may lag behind the database, or the other way round: then there is nobody to answer. */
static enum err answer(struct comparing *c)
{
    struct match_demand d = wanted_demand(&c->w, &c->wanted, 1);
    for (size_t i = 0; i < c->n; i++) {
        enum err e = match_explain(c->s->finder->index, c->q->a, &d, c->who[i]->id, &c->hit[i]);
        if (e == ERR_MISSING) return reply_fail(c->r, e, MSG(N_("There is no enterprise {1}."), public_id(c->q->a, &enterprise, c->who[i]->id)));
        TRY(e);
    }
    return OK;
}

static enum err begin(struct request *q, struct reply *r, struct comparing *c)
{
    size_t at = 0;
    Str said;
    *c = (struct comparing){ .q = q, .r = r, .w = page_work(q), .s = page_snapshot(q) };
    while (params_next(&q->query, "id", &at, &said)) TRY(add(c, str_trim(said)));
    if (!c->n) return reply_fail(r, ERR_INVALID, MSG(N_("Tick the suppliers to be compared, up to {1}."), str_f(q->a, "%d", COMPARED_MOST)));
    TRY(wanted_asked(q, r, &c->w, &c->wanted, &c->wrong));
    return has_demand(c) ? answer(c) : OK;
}

/* ---- rows --------------------------------------------------------------------------------------- */

enum { WITH_MOST = 4 };
/* with: what of each child stands behind its name, as it is or in a sentence. */
static const struct { int field; struct { int field; const char *said; } with[WITH_MOST]; int n; } rows[] = {
    { ENTERPRISE_WARD }, { ENTERPRISE_ZONE }, { ENTERPRISE_ADDRESS }, { ENTERPRISE_FOUNDED }, { ENTERPRISE_SIZE_CLASS }, { ENTERPRISE_OWNERSHIP },
    { ENTERPRISE_PROCESSES, { { PROCESS_MATERIALS }, { PROCESS_TOLERANCE, N_("tolerance {1}") }, { PROCESS_PART_SIZE, N_("parts up to {1}") },
                              { PROCESS_FREE_SHARE, N_("{1} free") } }, 4 },
    { ENTERPRISE_EQUIPMENT, { { EQUIPMENT_FORCE }, { EQUIPMENT_AXES, N_("axes: {1}") }, { EQUIPMENT_COUNT, N_("machines: {1}") } }, 3 },
    { ENTERPRISE_PRODUCTS, { { PRODUCT_HS_CODE, N_("HS {1}") }, { PRODUCT_CAPACITY, N_("{1} a year") } }, 2 },
    { ENTERPRISE_CERTIFICATES, { { CERTIFICATE_SCOPE }, { CERTIFICATE_EXPIRES_ON, N_("valid until {1}") } }, 2 },
    { ENTERPRISE_GRADES, { { GRADE_ASSESSED_ON, N_("assessed on {1}") }, { GRADE_VALID_UNTIL, N_("valid until {1}") } }, 2 },
    { ENTERPRISE_CUSTOMERS, { { CUSTOMER_COUNTRY }, { CUSTOMER_PRODUCT } }, 2 },
    { ENTERPRISE_LANGUAGES }, { ENTERPRISE_INTERNATIONAL }, { ENTERPRISE_VERIFIED_ON }, { ENTERPRISE_VERIFIED_BY },
    { ENTERPRISE_CONFIRMED_SINCE }, { ENTERPRISE_COMPLETENESS },
};

/* "Injection moulding machine Zhongmiao ZH-1300: 1,300 t, machines: 4" */
static void put_child(struct buf *b, struct work *w, const struct record *child, size_t row)
{
    bool any = false;
    put(b, record_title(w, child));
    for (int i = 0; i < rows[row].n; i++) {
        const char *said = rows[row].with[i].said;
        Str text = record_text(w, child, rows[row].with[i].field);
        if (!text.n) continue;
        put_z(b, any ? ", " : ": ");
        put(b, said ? message_str(w->a, w->lang, MSG(said, text)) : text);
        any = true;
    }
}

/* Children one a line on the page, in files one behind the other. */
static Str cell_of(struct work *w, const struct record *r, size_t row, const char *between)
{
    const struct records *children = &r->children[rows[row].field];
    struct buf b = buf_make(w->a);
    if (r->e->fields[rows[row].field].type != &children_type) return record_text(w, r, rows[row].field);
    for (size_t i = 0; i < children->n; i++) {
        const struct record *child = children->p[i];
        if (child->e->in_force && !child->e->in_force(w, child)) continue;
        if (b.n) put_z(&b, between);
        put_child(&b, w, child, row);
    }
    return buf_str(&b);
}

static void put_names(struct comparing *c)
{
    grid_text(&c->g, tr(c->q->lang, N_("Profile")));
    for (size_t i = 0; i < c->n; i++) {
        Str id = public_id(c->q->a, &enterprise, c->who[i]->id);
        grid_link(&c->g, request_link(c->q, str_f(c->q->a, "/enterprises/%.*s", FMT(id))), id);
    }
}

/* Left out where nobody has anything to say to it. */
static void put_row(struct comparing *c, const char *label, const Str *cells)
{
    bool any = false;
    for (size_t i = 0; i < c->n; i++) any |= cells[i].n > 0;
    if (!any) return;
    grid_text(&c->g, tr(c->q->lang, label));
    for (size_t i = 0; i < c->n; i++) grid_text(&c->g, cells[i]);
}

static void put_facts(struct comparing *c)
{
    for (size_t row = 0; row < COUNT(rows); row++) {
        const struct field *f = &enterprise.fields[rows[row].field];
        MUST(field_seen(f, PUBLIC_FIELDS));
        Str cells[COMPARED_MOST];
        for (size_t i = 0; i < c->n; i++) cells[i] = cell_of(&c->w, c->who[i], row, c->q->as == AS_PAGE ? "\n" : "; ");
        put_row(c, f->label, cells);
    }
}

/* Of the latest year: how many work there, and what share is sold abroad. */
static void put_figures(struct comparing *c)
{
    static const int shown[] = { FIGURE_EMPLOYEES, FIGURE_EXPORT_SHARE };
    for (size_t k = 0; k < COUNT(shown); k++) {
        Str cells[COMPARED_MOST];
        for (size_t i = 0; i < c->n; i++) {
            const struct records *years = &c->who[i]->children[ENTERPRISE_FIGURES];
            const struct record *latest = NULL;
            for (size_t y = 0; y < years->n; y++)
                if (!latest || v_i64(years->p[y]->v[FIGURE_YEAR]) > v_i64(latest->v[FIGURE_YEAR])) latest = years->p[y];
            cells[i] = latest ? record_text(&c->w, latest, shown[k]) : (Str){ 0 };
        }
        put_row(c, figure.fields[shown[k]].label, cells);
    }
}

/* ---- how each answers what is wanted ---------------------------------------------------------------- */

static Str answer_text(struct comparing *c, const struct match_reason *r, Str fact)
{
    return str_f(c->q->a, "%.*s (%d)%s%.*s", FMT(answer_label(c->q->lang, r->answer)), r->points / 10, fact.n ? ": " : "", FMT(fact));
}

static void put_answers(struct comparing *c)
{
    struct able able[COMPARED_MOST];
    for (size_t i = 0; i < c->n; i++) able[i] = able_of(&c->w, c->who[i]);
    grid_text(&c->g, tr(c->q->lang, N_("Fit, %")));
    for (size_t i = 0; i < c->n; i++) grid_number(&c->g, (int)wanted_percent(&c->wanted, c->hit[i].score));
    for (size_t k = 0; k < c->wanted.n; k++) {
        grid_text(&c->g, want_text(&c->w, &c->wanted.p[k]));
        for (size_t i = 0; i < c->n; i++) {
            const struct match_reason *r = &c->hit[i].reasons[k];
            grid_text(&c->g, answer_text(c, r, wanted_explain(&c->w, &c->wanted.p[k], r, c->who[i], &able[i]).fact));
        }
    }
    if (!c->wanted.words.n) return;
    grid_text(&c->g, words_text(c->q, &c->wanted));
    for (size_t i = 0; i < c->n; i++) grid_text(&c->g, answer_text(c, &c->hit[i].reasons[c->wanted.n], (Str){ 0 }));
}

static void fill(struct comparing *c)
{
    struct grid_column *columns = NEW_ARRAY(c->q->a, struct grid_column, c->n + 1);
    columns[0] = (struct grid_column){ "fact", N_("What is compared") };
    for (size_t i = 0; i < c->n; i++)
        columns[i + 1] = (struct grid_column){ str_z(c->q->a, public_id(c->q->a, &enterprise, c->who[i]->id)), str_z(c->q->a, record_title(&c->w, c->who[i])) };
    c->g = grid_make(c->q, (struct figure){ .id = "comparison", .caption = N_("Suppliers side by side") }, columns, c->n + 1, NULL);
    put_names(c);
    if (has_demand(c)) put_answers(c);
    put_facts(c);
    put_figures(c);
}

/* ---- the page ------------------------------------------------------------------------------------ */

static enum err show(struct comparing *c)
{
    static const struct { enum as as; const char *label; } files[] = { { AS_CSV, "CSV" }, { AS_XLSX, "XLSX" }, { AS_JSON, "JSON" } };
    struct html h = html_make(c->q->a);
    Str title = tr(c->q->lang, N_("Suppliers side by side"));
    html_open(&h, "nav");
    html_class(&h, "crumbs");
    html_attr(&h, "aria-label", tr(c->q->lang, N_("Breadcrumb")));
    html_link(&h, wanted_url(c->q, &c->w, &c->wanted, PLACE), NULL, tr(c->q->lang, N_("Back to the suppliers found")));
    html_close(&h, "nav");
    put_page_head(&h, title, (Str){ 0 });
    html_open(&h, "p");
    html_class(&h, "formats");
    for (size_t i = 0; i < COUNT(files); i++) html_link(&h, request_url_as(c->q, files[i].as), "format", str_of(files[i].label));
    html_close(&h, "p");
    grid_html(&h, &c->g);
    return shell_reply(c->q, c->r, &(struct page){ .title = title, .section = SECTION_MATCH, .content = html_done(&h) });
}

enum err match_compare(struct request *q, struct reply *r)
{
    struct comparing c;
    TRY(begin(q, r, &c));
    fill(&c);
    return q->as == AS_PAGE ? show(&c) : grid_reply(r, &c.g, NULL, 0);
}
