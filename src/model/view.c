#include "model/view.h"

#include "base/date.h"
#include "base/number.h"
#include "format/json.h"
#include "model/explain.h"
#include "model/flow/workflow.h"
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

static void put_link(struct html *h, Str url, Str text, bool outside)
{
    html_open(h, "a");
    html_href(h, "href", url);
    if (outside) html_attr(h, "rel", S("nofollow noopener"));
    html_text(h, text);
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

static void put_badge(struct html *h, Str text, const char *class)
{
    html_open(h, "span");
    html_class(h, class);
    html_text(h, text);
    html_close(h, "span");
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
    if (f->type == &state_type) put_badge(h, text, is_done(r, i) ? "badge badge-quiet" : "badge");
    else if (f->type == &url_type) put_link(h, text, text, true);
    else if (f->type == &email_type) put_link(h, str_f(w->a, "mailto:%.*s", FMT(text)), text, false);
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
static struct columns columns_of(struct work *w, const struct entity *e, enum depth depth, const struct records *list, const struct list_look *look)
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

static void open_heading(struct html *h, bool number)
{
    html_open(h, "th");
    html_attr(h, "scope", S("col"));
    if (number) html_class(h, "number");
}

static void put_heading(struct html *h, Str text, bool number)
{
    open_heading(h, number);
    html_text(h, text);
    html_close(h, "th");
}

/* The heading of a column that the list can be ordered by leads to that order, and from it to its reverse. */
static void put_column_heading(struct html *h, struct work *w, const struct field *f, const struct list_look *look)
{
    bool descending = str_starts(look->order, S("-"));
    bool ordered = str_is(str_sub(look->order, descending, look->order.n), f->name);
    if (!look->order_url.n || !has_column(f) || f->type == &long_text_type) {
        put_heading(h, heading(w, f), is_numeric(f));
        return;
    }
    open_heading(h, is_numeric(f));
    if (ordered) html_attr(h, "aria-sort", descending ? S("descending") : S("ascending"));
    put_link(h, str_f(w->a, "%.*s%s%s", FMT(look->order_url), ordered && !descending ? "-" : "", f->name), heading(w, f), false);
    html_close(h, "th");
}

/* Children are numbered for people only where they have a public id. */
static bool has_number(const struct entity *e) { return e->id_prefix || !e->parent; }

static void put_head(struct html *h, struct work *w, const struct entity *e, const struct columns *c)
{
    bool linked = c->look->base.n > 0;
    html_open(h, "thead");
    html_open(h, "tr");
    if (c->look->select) put_heading(h, tr(w->lang, N_("Chosen")), false);
    if (linked && has_number(e)) put_heading(h, tr(w->lang, N_("ID")), false);
    if (linked && e->parent) put_heading(h, tr(w->lang, e->parent->one), false);
    for (size_t i = 0; i < c->n; i++) put_column_heading(h, w, &e->fields[c->field[i]], c->look);
    if (c->state) put_heading(h, tr(w->lang, N_("State")), false);
    html_close(h, "tr");
    html_close(h, "thead");
}

static void open_cell(struct html *h, struct work *w, const struct field *f, Str label)
{
    html_open(h, "td");
    if (f && is_numeric(f)) html_class(h, "number");
    if (f && f->type == &date_type) html_class(h, "date");
    html_attr(h, "data-label", label);
}

static void put_state(struct html *h, struct work *w, const struct record *r)
{
    bool in_force = r->e->in_force(w, r);
    open_cell(h, w, NULL, tr(w->lang, N_("State")));
    put_badge(h, tr(w->lang, in_force ? N_("In force") : N_("Expired")), in_force ? "badge badge-good" : "badge badge-bad");
    html_close(h, "td");
}

static void put_link_cell(struct html *h, struct work *w, const char *class, Str label, Str url, Str text)
{
    open_cell(h, w, NULL, label);
    if (class) html_class(h, class);
    put_link(h, url, text, false);
    html_close(h, "td");
}

static void put_box_cell(struct html *h, struct work *w, const struct record *r, Str id)
{
    open_cell(h, w, NULL, tr(w->lang, N_("Chosen")));
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
    put_link(h, url, title, false);
    if (r->e->confirmations && record_stale(w, r)) html_text(h, S(" ")), put_badge(h, tr(w->lang, N_("Not confirmed recently")), "badge badge-warn");
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
        open_cell(h, w, f, heading(w, f));
        put_cell_value(h, w, r, c->field[i], c, url);
        html_close(h, "td");
    }
    if (c->state) put_state(h, w, r);
    html_close(h, "tr");
}

/* A table may be wider than the screen: its frame scrolls, by keyboard too. */
void table_open(struct html *h, Str label)
{
    html_open(h, "div");
    html_class(h, "table-responsive");
    html_attr(h, "tabindex", S("0"));
    html_attr(h, "role", S("region"));
    html_attr(h, "aria-label", label);
    html_open(h, "table");
    html_class(h, "record-table");
}

void table_close(struct html *h)
{
    html_close(h, "table");
    html_close(h, "div");
}

static void put_table(struct html *h, struct work *w, const struct entity *e, enum depth depth, const struct records *list, const struct list_look *look)
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
        html_open(&h, "p");
        html_class(&h, "empty");
        html_text(&h, tr(w->lang, N_("Nothing matches. Remove a filter to see more.")));
        html_close(&h, "p");
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

/* ---- history -------------------------------------------------------------------------------- */

static Str json_text(struct work *w, const struct field *f, const struct json_t *v)
{
    int64_t i;
    double d;
    struct buf b = buf_make(w->a);
    Val val = v_null();
    if (json_is_str(v)) val = v_text(json_str(v));
    else if (json_to_i64(v, &i)) val = v_int(i);
    else if (json_to_f64(v, &d)) val = v_real(d);
    if (v_is(val)) f->type->show(&b, w, f, val);
    return b.n ? buf_str(&b) : S("–");
}

struct log_view { struct work *w; enum depth depth; const struct history_look *look; int64_t seq; };

/* A field of the record itself can be put back to what it was before the entry. */
static void put_back_link(struct html *h, const struct log_view *v, const struct entity *e, int i)
{
    if (!v->look || e != v->look->e || !v->look->back[i]) return;
    html_text(h, S(" "));
    put_link(h, str_f(v->w->a, "%.*s?field=%s&seq=%lld", FMT(v->look->back_url), e->fields[i].name, (long long)v->seq), tr(v->w->lang, N_("put back")), false);
}

static void put_difference(struct html *h, const struct log_view *v, const struct entity *e, int i, const struct json_t *pair)
{
    struct work *w = v->w;
    const struct field *f = &e->fields[i];
    const struct json_t *before = json_item(pair, 0);
    html_open(h, "li");
    html_leaf(h, "strong", tr(w->lang, f->label));
    html_text(h, S(": "));
    if (!json_is_missing(before)) html_leaf(h, "del", json_text(w, f, before)), html_text(h, S(" → "));
    html_leaf(h, "ins", json_text(w, f, json_item(pair, 1)));
    if (!json_is_missing(before)) put_back_link(h, v, e, i);
    html_close(h, "li");
}

static void put_differences(struct html *h, const struct log_view *v, const struct entity *e, const struct json_t *delta);

static void put_children(struct html *h, const struct log_view *v, const struct field *f, const struct json_t *children)
{
    void *at = NULL;
    Str key;
    const struct json_t *child;
    while (json_each(children, &at, &key, &child)) {
        html_open(h, "li");
        html_leaf(h, "strong", tr(v->w->lang, f->to->one));
        put_differences(h, v, f->to, child);
        html_close(h, "li");
    }
}

static void put_differences(struct html *h, const struct log_view *v, const struct entity *e, const struct json_t *delta)
{
    html_open(h, "ul");
    for EACH_FIELD(f, i, e) {
        const struct json_t *change = json_member(delta, f->name);
        if (!change || !field_seen(f, v->depth)) continue;
        if (f->type == &children_type) put_children(h, v, f, change);
        else put_difference(h, v, e, i, change);
    }
    html_close(h, "ul");
}

static void put_time(struct html *h, struct work *w, int64_t at, bool clock)
{
    struct buf iso = buf_make(w->a), shown = buf_make(w->a);
    put_time_iso(&iso, at);
    date_type.show(&shown, w, NULL, v_text(date_iso(w->a, time_date(at))));
    if (clock) put_c(&shown, ' '), put_time_of_day(&shown, at);
    html_open(h, "time");
    html_attr(h, "datetime", buf_str(&iso));
    html_text(h, buf_str(&shown));
    html_close(h, "time");
}

static void put_source(struct html *h, struct work *w, const struct change *c)
{
    if (!c->source.file.n) return;
    html_open(h, "span");
    html_class(h, "source");
    Str row = str_f(w->a, "%lld", (long long)c->source.row);
    html_text(h, message_str(w->a, w->lang, c->source.row ? MSG(N_("from {1}, row {2}"), c->source.file, row)
                                                         : MSG(N_("from {1}"), c->source.file)));
    html_close(h, "span");
}

/* "Still correct" changes nothing but the dates of freshness.h. */
static bool only_confirms(const struct entity *e, const struct json_t *delta)
{
    return e->confirmations && json_count(delta) == 1 && json_member(delta, e->fields[e->confirmations].name);
}

static void put_entry(struct html *h, struct log_view *v, const struct entity *e, const struct change *c)
{
    static const char *const what[] = { [CHANGE_INSERT] = N_("Entered"), [CHANGE_UPDATE] = N_("Changed"), [CHANGE_DELETE] = N_("Deleted") };
    const struct json_t *delta = NULL;
    Message why;
    v->seq = c->seq;
    bool read = !json_read(v->w->a, c->delta, &delta, &why);
    bool confirms = read && c->kind == CHANGE_UPDATE && only_confirms(e, delta);
    html_open(h, "li");
    html_open(h, "p");
    put_time(h, v->w, c->at, v->look != NULL);
    html_text(h, S(" "));
    html_leaf(h, "strong", tr(v->w->lang, confirms ? N_("Confirmed as still right") : what[c->kind]));
    if (v->depth == ALL_FIELDS) html_text(h, str_f(v->w->a, " · %.*s", FMT(c->actor)));
    html_text(h, S(" "));
    put_source(h, v->w, c);
    if (v->look && v->look->undo_url.n && c->kind == CHANGE_UPDATE) {
        html_text(h, S(" "));
        put_link(h, str_f(v->w->a, "%.*s%lld", FMT(v->look->undo_url), (long long)c->seq), tr(v->w->lang, N_("take this back")), false);
    }
    html_close(h, "p");
    if (read && !confirms) put_differences(h, v, e, delta);
    html_close(h, "li");
}

Html history_html(struct work *w, const struct entity *e, enum depth depth, const struct changes *log, const struct history_look *look)
{
    struct html h = html_make(w->a);
    struct log_view v = { w, depth, look, 0 };
    html_open(&h, "ol");
    html_class(&h, "history");
    for (size_t i = 0; i < log->n; i++) put_entry(&h, &v, e, &log->p[i]);
    html_close(&h, "ol");
    return html_done(&h);
}

/* ---- the data dictionary --------------------------------------------------------------------- */

static void put_bounds(struct buf *b, struct work *w, const struct field *f)
{
    if (f->unit) put(b, tr(w->lang, f->unit)), put_z(b, "; ");
    if (f->most > f->least) {
        put_real(b, w->lang, f->least);
        put_z(b, " – ");
        put_real(b, w->lang, f->most);
        put_z(b, "; ");
    }
    if (f->max) put_message(b, w->lang, MSG(N_("at most {1} bytes"), str_f(w->a, "%d", f->max))), put_z(b, "; ");
    if (f->is & REQUIRED) put(b, tr(w->lang, N_("required"))), put_z(b, "; ");
    if (f->is & UNIQUE) put(b, tr(w->lang, N_("unique"))), put_z(b, "; ");
    if (f->is & DERIVED) put(b, tr(w->lang, N_("worked out, not entered"))), put_z(b, "; ");
    if (f->is & PERSONAL) put(b, tr(w->lang, N_("personal data"))), put_z(b, "; ");
    if (b->n) b->n -= 2;
}

static void put_cell(struct html *h, const char *label, Str text)
{
    html_open(h, "td");
    html_attr(h, "data-label", str_of(label));
    html_text(h, text);
    html_close(h, "td");
}

static void put_values(struct html *h, struct work *w, const struct field *f, Str base)
{
    html_open(h, "td");
    html_attr(h, "data-label", tr(w->lang, N_("Values")));
    if (f->list) put_link(h, str_f(w->a, "%.*s/codes?list=%s", FMT(base), f->list), str_of(f->list), false);
    if (f->to) put_link(h, str_f(w->a, "#%s", f->to->name), tr(w->lang, f->to->one), false);
    for (const struct choice *c = f->choices; c && c->code; c++)
        html_text(h, str_f(w->a, "%s%s = %.*s", c == f->choices ? "" : "; ", c->code, FMT(tr(w->lang, c->label))));
    html_close(h, "td");
}

static void put_field_row(struct html *h, struct work *w, const struct field *f, Str base)
{
    struct buf bounds = buf_make(w->a);
    Str label = tr(w->lang, f->label);
    put_bounds(&bounds, w, f);
    html_open(h, "tr");
    html_open(h, "th");
    html_attr(h, "scope", S("row"));
    html_leaf(h, "code", str_of(f->name));
    html_close(h, "th");
    put_cell(h, str_z(w->a, tr(w->lang, N_("Meaning"))),
             f->help ? str_f(w->a, "%.*s. %.*s", FMT(label), FMT(tr(w->lang, f->help))) : label);
    put_cell(h, str_z(w->a, tr(w->lang, N_("Kind"))), tr(w->lang, f->type->label));
    put_cell(h, str_z(w->a, tr(w->lang, N_("Rules"))), buf_str(&bounds));
    put_values(h, w, f, base);
    html_close(h, "tr");
}

static void put_entity(struct html *h, struct work *w, const struct entity *e, Str base)
{
    static const char *const columns[] = { N_("Field"), N_("Meaning"), N_("Kind"), N_("Rules"), N_("Values") };
    html_open(h, "section");
    html_class(h, "record-section");
    html_attr(h, "id", str_of(e->name));
    html_open(h, "h2");
    html_text(h, tr(w->lang, e->many));
    html_text(h, S(" "));
    html_leaf(h, "code", str_of(e->name));
    html_close(h, "h2");
    if (e->about) html_leaf(h, "p", tr(w->lang, e->about));
    table_open(h, tr(w->lang, e->many));
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < COUNT(columns); i++) put_heading(h, tr(w->lang, columns[i]), false);
    html_close(h, "tr");
    html_close(h, "thead");
    html_open(h, "tbody");
    for EACH_FIELD(f, i, e) if (field_listed(w, f, e)) put_field_row(h, w, f, base);
    html_close(h, "tbody");
    table_close(h);
    if (!e->parent) html_raw(h, rights_html(w, e, false, NULL));
    if (e->workflow) html_raw(h, workflow_html(w, e));
    html_close(h, "section");
}

Html dictionary_html(struct work *w, Str base)
{
    struct html h = html_make(w->a);
    for (int i = 0; i < w->m->n; i++)
        if (may_list(w, w->m->entities[i])) put_entity(&h, w, w->m->entities[i], base);
    return html_done(&h);
}
