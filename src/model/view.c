#include "model/view.h"

#include "base/date.h"
#include "base/number.h"
#include "format/json.h"
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

static void put_value(struct html *h, struct work *w, const struct record *r, int i)
{
    const struct field *f = &r->e->fields[i];
    if (f->is & PAIR) {
        put_pair(h, w, r, i);
        return;
    }
    Str text = record_text(w, r, i);
    if (!text.n) return;
    if (f->type == &url_type) put_link(h, text, text, true);
    else if (f->type == &email_type) put_link(h, str_f(w->a, "mailto:%.*s", FMT(text)), text, false);
    else put_words(h, w, f, text);
}

static bool has_value(const struct work *w, const struct record *r, int i)
{
    return v_is(record_val(w, r, i)) || (r->e->fields[i].is & PAIR && v_is(r->v[i + 1]));
}

/* ---- tables --------------------------------------------------------------------------------- */

struct columns {
    bool *shown;                                            /* by field                            */
    Str   base;                                             /* where records have their own page; empty: they have none */
    bool  state;                                            /* whether each is in force            */
};

/* Columns in which nothing stands are left out of the tables of a record; a list keeps them from page to page. */
static struct columns columns_of(struct work *w, const struct entity *e, enum depth depth, const struct records *list, Str base)
{
    struct columns c = { NEW_ARRAY(w->a, bool, (size_t)e->n), base, e->in_force != NULL };
    for EACH_FIELD(f, i, e) {
        bool filled = base.n > 0;
        for (size_t k = 0; k < list->n && !filled; k++) filled = f->type != &children_type && has_value(w, list->p[k], i);
        c.shown[i] = filled && f->is & LISTED && field_seen(f, depth) && !is_second(e, i);
    }
    return c;
}

static void put_heading(struct html *h, Str text, bool number)
{
    html_open(h, "th");
    html_attr(h, "scope", S("col"));
    if (number) html_class(h, "number");
    html_text(h, text);
    html_close(h, "th");
}

/* Children are numbered for people only where they have a public id. */
static bool has_number(const struct entity *e) { return e->id_prefix || !e->parent; }

static void put_head(struct html *h, struct work *w, const struct entity *e, const struct columns *c)
{
    html_open(h, "thead");
    html_open(h, "tr");
    if (c->base.n && has_number(e)) put_heading(h, tr(w->lang, N_("ID")), false);
    if (c->base.n && e->parent) put_heading(h, tr(w->lang, e->parent->one), false);
    for EACH_FIELD(f, i, e) if (c->shown[i]) put_heading(h, heading(w, f), is_numeric(f));
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
    html_open(h, "span");
    html_class(h, in_force ? "badge badge-good" : "badge badge-bad");
    html_text(h, tr(w->lang, in_force ? N_("In force") : N_("Expired")));
    html_close(h, "span");
    html_close(h, "td");
}

static void put_link_cell(struct html *h, struct work *w, Str label, Str url, Str text)
{
    open_cell(h, w, NULL, label);
    put_link(h, url, text, false);
    html_close(h, "td");
}

static void put_row(struct html *h, struct work *w, const struct record *r, const struct columns *c)
{
    html_open(h, "tr");
    Str id = public_id(w->a, r->e, r->id), url = str_f(w->a, "%.*s/%.*s", FMT(c->base), FMT(id));
    if (c->base.n && has_number(r->e)) put_link_cell(h, w, tr(w->lang, N_("ID")), url, id);
    if (c->base.n && r->owner) put_link_cell(h, w, tr(w->lang, r->owner->e->one), url, record_title(w, r->owner));
    for EACH_FIELD(f, i, r->e) {
        if (!c->shown[i]) continue;
        open_cell(h, w, f, heading(w, f));
        put_value(h, w, r, i);
        html_close(h, "td");
    }
    if (c->state) put_state(h, w, r);
    html_close(h, "tr");
}

/* A table may be wider than the screen: its frame scrolls, by keyboard too. */
static void open_table(struct html *h, Str label)
{
    html_open(h, "div");
    html_class(h, "table-responsive");
    html_attr(h, "tabindex", S("0"));
    html_attr(h, "role", S("region"));
    html_attr(h, "aria-label", label);
    html_open(h, "table");
    html_class(h, "record-table");
}

static void close_table(struct html *h)
{
    html_close(h, "table");
    html_close(h, "div");
}

static void put_table(struct html *h, struct work *w, const struct entity *e, enum depth depth, const struct records *list, Str base)
{
    struct columns c = columns_of(w, e, depth, list, base);
    open_table(h, tr(w->lang, e->many));
    put_head(h, w, e, &c);
    html_open(h, "tbody");
    for (size_t i = 0; i < list->n; i++) put_row(h, w, list->p[i], &c);
    html_close(h, "tbody");
    close_table(h);
}

Html list_html(struct work *w, const struct entity *e, const struct records *list, Str base)
{
    struct html h = html_make(w->a);
    if (list->n) {
        put_table(&h, w, e, reach_at_all(w, e).reads, list, base);
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
    put_table(h, w, f->to, reach_of(w, r).reads, &r->children[i], (Str){ 0 });
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

static void put_difference(struct html *h, struct work *w, const struct field *f, const struct json_t *pair)
{
    const struct json_t *before = json_item(pair, 0);
    html_open(h, "li");
    html_leaf(h, "strong", tr(w->lang, f->label));
    html_text(h, S(": "));
    if (!json_is_missing(before)) html_leaf(h, "del", json_text(w, f, before)), html_text(h, S(" → "));
    html_leaf(h, "ins", json_text(w, f, json_item(pair, 1)));
    html_close(h, "li");
}

static void put_differences(struct html *h, struct work *w, const struct entity *e, enum depth depth, const struct json_t *delta);

static void put_children(struct html *h, struct work *w, const struct field *f, enum depth depth, const struct json_t *children)
{
    void *at = NULL;
    Str key;
    const struct json_t *child;
    while (json_each(children, &at, &key, &child)) {
        html_open(h, "li");
        html_leaf(h, "strong", tr(w->lang, f->to->one));
        put_differences(h, w, f->to, depth, child);
        html_close(h, "li");
    }
}

static void put_differences(struct html *h, struct work *w, const struct entity *e, enum depth depth, const struct json_t *delta)
{
    html_open(h, "ul");
    for EACH_FIELD(f, i, e) {
        const struct json_t *change = json_member(delta, f->name);
        if (!change || !field_seen(f, depth)) continue;
        if (f->type == &children_type) put_children(h, w, f, depth, change);
        else put_difference(h, w, f, change);
    }
    html_close(h, "ul");
}

static void put_time(struct html *h, struct work *w, int64_t at)
{
    struct buf iso = buf_make(w->a), shown = buf_make(w->a);
    put_time_iso(&iso, at);
    date_type.show(&shown, w, NULL, v_text(date_iso(w->a, time_date(at))));
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

Html history_html(struct work *w, const struct entity *e, enum depth depth, const struct changes *log)
{
    static const char *const what[] = { [CHANGE_INSERT] = N_("Entered"), [CHANGE_UPDATE] = N_("Changed"), [CHANGE_DELETE] = N_("Deleted") };
    struct html h = html_make(w->a);
    html_open(&h, "ol");
    html_class(&h, "history");
    for (size_t i = 0; i < log->n; i++) {
        const struct change *c = &log->p[i];
        const struct json_t *delta;
        Message why;
        html_open(&h, "li");
        html_open(&h, "p");
        put_time(&h, w, c->at);
        html_text(&h, S(" "));
        html_leaf(&h, "strong", tr(w->lang, what[c->kind]));
        if (depth == ALL_FIELDS) html_text(&h, str_f(w->a, " · %.*s", FMT(c->actor)));
        html_text(&h, S(" "));
        put_source(&h, w, c);
        html_close(&h, "p");
        if (!json_read(w->a, c->delta, &delta, &why)) put_differences(&h, w, e, depth, delta);
        html_close(&h, "li");
    }
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
    open_table(h, tr(w->lang, e->many));
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < COUNT(columns); i++) put_heading(h, tr(w->lang, columns[i]), false);
    html_close(h, "tr");
    html_close(h, "thead");
    html_open(h, "tbody");
    for EACH_FIELD(f, i, e) if (field_listed(w, f, e)) put_field_row(h, w, f, base);
    html_close(h, "tbody");
    close_table(h);
    html_close(h, "section");
}

Html dictionary_html(struct work *w, Str base)
{
    struct html h = html_make(w->a);
    for (int i = 0; i < w->m->n; i++)
        if (may(w, w->m->entities[i], MAY_READ)) put_entity(&h, w, w->m->entities[i], base);
    return html_done(&h);
}
