#include "model/view.h"

#include "format/table.h"
#include "model/freshness.h"
#include "model/reference.h"
#include "model/type.h"

static bool is_numeric(const struct field *f)
{
    return f->type == &number_type || f->type == &integer_type || f->type == &money_type;
}

static Str heading(struct work *w, const struct field *f)
{
    Str label = tr(w->lang, f->is & PAIR && f->both ? f->both : f->label);
    return f->type == &money_type ? str_f(w->a, "%.*s (%.*s)", FMT(label), FMT(tr(w->lang, N_("đồng")))) : label;
}

/* The English of a pair is shown in the place of its Vietnamese. */
static bool is_second(const struct entity *e, int i) { return i > 0 && e->fields[i - 1].is & PAIR; }

/* A page that somebody else answers for. */
static void put_outside_link(struct html *h, Str url)
{
    html_open(h, "a");
    html_href(h, "href", url);
    html_attr(h, "rel", S("nofollow noopener"));
    html_text(h, url);
    html_close(h, "a");
}

static void put_pair(struct html *h, struct work *w, const struct record *r, int i)
{
    Str vi = v_str(r->v[i]), en = v_str(r->v[i + 1]), own = w->lang == EN ? en : vi, other = w->lang == EN ? vi : en;
    if (own.n) {
        html_text(h, own);
    } else if (other.n) {
        html_open(h, "span");
        html_class(h, "pair-missing");
        html_attr(h, "lang", str_of(lang_code(w->lang == EN ? VI : EN)));
        html_text(h, other);
        html_close(h, "span");
    }
}

/* What was typed in is Vietnamese to an English reader, unless it has no letter that only Vietnamese has. */
static void put_words(struct html *h, struct work *w, const struct field *f, Str text)
{
    bool foreign = false;
    for (size_t i = 0; i < text.n && w->lang == EN && (f->type == &text_type || f->type == &long_text_type); i++)
        foreign |= (unsigned char)text.p[i] >= 0x80;
    if (foreign) html_open(h, "span"), html_attr(h, "lang", S("vi"));
    html_text(h, text);
    if (foreign) html_close(h, "span");
}

/* Whether nothing is to be done any more in the state. */
static bool is_done(const struct record *r, int i)
{
    for (const struct choice *c = r->e->fields[i].choices; c && c->code; c++)
        if (str_is(v_str(r->v[i]), c->code)) return c->done;
    return false;
}

static void put_value(struct html *h, struct work *w, const struct record *r, int i)
{
    const struct field *f = &r->e->fields[i];
    if (f->is & PAIR) {
        put_pair(h, w, r, i);
        return;
    }
    Str text = f->type == &reference_type ? reference_input(w, f, r->v[i]) : record_text(w, r, i);
    if (!text.n) return;
    if (f->type == &state_type) html_leaf_class(h, "span", is_done(r, i) ? "badge badge-quiet" : "badge", text);
    else if (f->type == &url_type) put_outside_link(h, text);
    else if (f->type == &email_type) html_link(h, str_f(w->a, "mailto:%.*s", FMT(text)), NULL, text);
    else put_words(h, w, f, text);
}

static bool has_value(const struct work *w, const struct record *r, int i)
{
    return v_is(record_val(w, r, i)) || (r->e->fields[i].is & PAIR && v_is(r->v[i + 1]));
}

/* ---- tables --------------------------------------------------------------------------------- */

struct columns {
    const struct list_look *look;
    int   *field;                                           /* in the order they stand             */
    size_t n;
    bool   state;                                           /* whether each is in force            */
};

static void add_column(struct columns *c, const struct entity *e, enum depth depth, int i)
{
    if (field_seen(&e->fields[i], depth) && !is_second(e, i)) c->field[c->n++] = i;
}

/* Columns in which nothing stands are left out of the tables of a record; a list keeps them from page to page. */
static struct columns columns_of(struct work *w, const struct entity *e, enum depth depth, const struct records *list,
                                 const struct list_look *look)
{
    struct columns c = { look, NEW_ARRAY(w->a, int, (size_t)e->n + look->n), 0, e->in_force != NULL };
    for (size_t i = 0; i < look->n; i++) add_column(&c, e, depth, look->columns[i]);
    for EACH_FIELD(f, i, e) {
        bool filled = look->base.n > 0;
        for (size_t k = 0; k < list->n && !filled; k++) filled = f->type != &children_type && has_value(w, list->p[k], i);
        if (!look->n && filled && f->is & LISTED) add_column(&c, e, depth, i);
    }
    return c;
}

/* The heading of a column that the list can be ordered by leads to that order, and from it to its reverse. */
static void put_column_heading(struct html *h, struct work *w, const struct field *f, const struct list_look *look)
{
    bool descending = str_starts(look->order, S("-"));
    bool ordered = str_is(str_sub(look->order, descending, look->order.n), f->name);
    bool leads = look->order_url.n && has_column(f) && f->type != &long_text_type;
    html_open(h, "th");
    html_attr(h, "scope", S("col"));
    if (is_numeric(f)) html_class(h, "number");
    if (leads && ordered) html_attr(h, "aria-sort", descending ? S("descending") : S("ascending"));
    if (leads) html_link(h, str_f(w->a, "%.*s%s%s", FMT(look->order_url), ordered && !descending ? "-" : "", f->name), NULL, heading(w, f));
    else html_text(h, heading(w, f));
    html_close(h, "th");
}

/* Children are numbered for people only where they have a public id. */
static bool has_number(const struct entity *e) { return e->id_prefix || !e->parent; }

static void put_head(struct html *h, struct work *w, const struct entity *e, const struct columns *c)
{
    bool linked = c->look->base.n > 0;
    html_open(h, "thead");
    html_open(h, "tr");
    if (c->look->select) table_heading(h, "col", tr(w->lang, N_("Chosen")));
    if (linked && has_number(e)) table_heading(h, "col", tr(w->lang, N_("ID")));
    if (linked && e->parent) table_heading(h, "col", tr(w->lang, e->parent->one));
    for (size_t i = 0; i < c->n; i++) put_column_heading(h, w, &e->fields[c->field[i]], c->look);
    if (c->state) table_heading(h, "col", tr(w->lang, N_("State")));
    html_close(h, "tr");
    html_close(h, "thead");
}

static void open_cell(struct html *h, const struct field *f, Str label)
{
    table_cell_open(h, label);
    if (is_numeric(f)) html_class(h, "number");
    if (f->type == &date_type) html_class(h, "date");
}

static void put_state(struct html *h, struct work *w, const struct record *r)
{
    bool in_force = r->e->in_force(w, r);
    table_cell_open(h, tr(w->lang, N_("State")));
    html_leaf_class(h, "span", in_force ? "badge badge-good" : "badge badge-bad", tr(w->lang, in_force ? N_("In force") : N_("Expired")));
    html_close(h, "td");
}

static void put_link_cell(struct html *h, struct work *w, const char *class, Str label, Str url, Str text)
{
    table_cell_open(h, label);
    if (class) html_class(h, class);
    html_link(h, url, NULL, text);
    html_close(h, "td");
}

static void put_box_cell(struct html *h, struct work *w, const struct record *r, Str id)
{
    table_cell_open(h, tr(w->lang, N_("Chosen")));
    html_open(h, "input");
    html_attr(h, "type", S("checkbox"));
    html_attr(h, "name", S("id"));
    html_attr(h, "value", id);
    html_attr(h, "aria-label", record_title(w, r));
    html_close(h, "td");
}

/* In a list to work on, the title leads to the record. */
static void put_cell_value(struct html *h, struct work *w, const struct record *r, int i, const struct columns *c, Str url)
{
    Str title = i == r->e->title && c->look->order_url.n ? record_title(w, r) : (Str){ 0 };
    if (!title.n) {
        put_value(h, w, r, i);
        return;
    }
    html_link(h, url, NULL, title);
    if (r->e->confirmations && record_stale(w, r))
        html_text(h, S(" ")), html_leaf_class(h, "span", "badge badge-warn", tr(w->lang, N_("Not confirmed recently")));
}

static void put_row(struct html *h, struct work *w, const struct record *r, const struct columns *c)
{
    bool linked = c->look->base.n > 0;
    html_open(h, "tr");
    Str id = public_id(w->a, r->e, r->id), url = str_f(w->a, "%.*s/%.*s", FMT(c->look->base), FMT(id));
    if (c->look->select) put_box_cell(h, w, r, id);
    if (linked && has_number(r->e)) put_link_cell(h, w, "id", tr(w->lang, N_("ID")), url, id);
    if (linked && r->owner) put_link_cell(h, w, NULL, tr(w->lang, r->owner->e->one), url, record_title(w, r->owner));
    for (size_t i = 0; i < c->n; i++) {
        const struct field *f = &r->e->fields[c->field[i]];
        open_cell(h, f, heading(w, f));
        put_cell_value(h, w, r, c->field[i], c, url);
        html_close(h, "td");
    }
    if (c->state) put_state(h, w, r);
    html_close(h, "tr");
}

static void put_table(struct html *h, struct work *w, const struct entity *e, enum depth depth, const struct records *list,
                      const struct list_look *look)
{
    struct columns c = columns_of(w, e, depth, list, look);
    table_open(h, tr(w->lang, e->many));
    put_head(h, w, e, &c);
    html_open(h, "tbody");
    for (size_t i = 0; i < list->n; i++) put_row(h, w, list->p[i], &c);
    html_close(h, "tbody");
    table_close(h);
}

Html list_table_html(struct work *w, const struct entity *e, const struct records *list, const struct list_look *look)
{
    struct html h = html_make(w->a);
    put_table(&h, w, e, reach_at_all(w, e).reads, list, look);
    return html_done(&h);
}

Html list_html(struct work *w, const struct entity *e, const struct records *list, Str base)
{
    struct html h = html_make(w->a);
    if (list->n) {
        put_table(&h, w, e, reach_at_all(w, e).reads, list, &(struct list_look){ .base = base });
    } else {
        html_leaf_class(&h, "p", "empty", tr(w->lang, N_("Nothing matches. Remove a filter to see more.")));
    }
    return html_done(&h);
}

/* ---- a record ------------------------------------------------------------------------------- */

static void put_fact(struct html *h, struct work *w, const struct record *r, int i)
{
    const struct field *f = &r->e->fields[i];
    if (f->type == &children_type || !field_seen(f, reach_of(w, r).reads) || is_second(r->e, i) || !has_value(w, r, i)) return;
    html_open(h, "div");
    html_leaf(h, "dt", heading(w, f));
    html_open(h, "dd");
    put_value(h, w, r, i);
    html_close(h, "dd");
    html_close(h, "div");
}

static void put_section(struct html *h, struct work *w, const struct record *r, int i)
{
    const struct field *f = &r->e->fields[i];
    if (f->type != &children_type || !field_seen(f, reach_of(w, r).reads) || !r->children[i].n) return;
    html_open(h, "section");
    html_class(h, "record-section");
    html_attr(h, "id", str_of(f->name));
    html_leaf(h, "h2", tr(w->lang, f->label));
    put_table(h, w, f->to, reach_of(w, r).reads, &r->children[i], &(struct list_look){ .n = 0 });
    html_close(h, "section");
}

typedef void put_part(struct html *h, struct work *w, const struct record *r, int i);
static void put_parts(struct html *h, struct work *w, const struct record *r, const int *fields, size_t n, put_part *put_one)
{
    for (size_t i = 0; i < (fields ? n : (size_t)r->e->n); i++) put_one(h, w, r, fields ? fields[i] : (int)i);
}

static void put_facts(struct html *h, struct work *w, const struct record *r, const int *fields, size_t n)
{
    html_open(h, "dl");
    html_class(h, "facts");
    put_parts(h, w, r, fields, n, put_fact);
    html_close(h, "dl");
}

Html facts_html(struct work *w, const struct record *r, const int *fields, size_t n)
{
    struct html h = html_make(w->a);
    put_facts(&h, w, r, fields, n);
    return html_done(&h);
}

Html sections_html(struct work *w, const struct record *r, const int *fields, size_t n)
{
    struct html h = html_make(w->a);
    put_parts(&h, w, r, fields, n, put_section);
    return html_done(&h);
}

Html detail_html(struct work *w, const struct record *r)
{
    struct html h = html_make(w->a);
    put_facts(&h, w, r, NULL, 0);
    put_parts(&h, w, r, NULL, 0, put_section);
    return html_done(&h);
}
