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
    Str label = tr(w->lang, f->label);
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
    else html_text(h, text);
}

static bool listed(const struct work *w, const struct entity *e, const struct field *f, int i)
{
    return f->is & LISTED && field_readable(e, f, w->roles) && !is_second(e, i);
}

/* ---- tables --------------------------------------------------------------------------------- */

static void put_head(struct html *h, struct work *w, const struct entity *e, bool numbered)
{
    html_open(h, "thead");
    html_open(h, "tr");
    if (numbered) {
        html_open(h, "th");
        html_attr(h, "scope", S("col"));
        html_text(h, tr(w->lang, N_("Number")));
        html_close(h, "th");
    }
    for EACH_FIELD(f, i, e) {
        if (!listed(w, e, f, i)) continue;
        html_open(h, "th");
        html_attr(h, "scope", S("col"));
        if (is_numeric(f)) html_class(h, "number");
        html_text(h, heading(w, f));
        html_close(h, "th");
    }
    html_close(h, "tr");
    html_close(h, "thead");
}

static void open_cell(struct html *h, struct work *w, const struct field *f, Str label)
{
    html_open(h, "td");
    if (f && is_numeric(f)) html_class(h, "number");
    html_attr(h, "data-label", label);
}

static void put_row(struct html *h, struct work *w, const struct record *r, Str base)
{
    html_open(h, "tr");
    if (base.n) {
        Str id = public_id(w->a, r->e, r->id);
        open_cell(h, w, NULL, tr(w->lang, N_("Number")));
        put_link(h, str_f(w->a, "%.*s/%.*s", FMT(base), FMT(id)), id, false);
        html_close(h, "td");
    }
    for EACH_FIELD(f, i, r->e) {
        if (!listed(w, r->e, f, i)) continue;
        open_cell(h, w, f, heading(w, f));
        put_value(h, w, r, i);
        html_close(h, "td");
    }
    html_close(h, "tr");
}

static void put_table(struct html *h, struct work *w, const struct entity *e, const struct records *list, Str base)
{
    html_open(h, "div");
    html_class(h, "table-responsive");
    html_attr(h, "tabindex", S("0"));
    html_attr(h, "role", S("region"));
    html_attr(h, "aria-label", tr(w->lang, e->many));
    html_open(h, "table");
    html_class(h, "table record-table");
    put_head(h, w, e, base.n > 0);
    html_open(h, "tbody");
    for (size_t i = 0; i < list->n; i++) put_row(h, w, list->p[i], base);
    html_close(h, "tbody");
    html_close(h, "table");
    html_close(h, "div");
}

Html list_html(struct work *w, const struct entity *e, const struct records *list, Str base)
{
    struct html h = html_make(w->a);
    if (list->n) {
        put_table(&h, w, e, list, base);
    } else {
        html_open(&h, "p");
        html_class(&h, "empty");
        html_text(&h, tr(w->lang, N_("Nothing matches. Take a filter away to see more.")));
        html_close(&h, "p");
    }
    return html_done(&h);
}

/* ---- a record ------------------------------------------------------------------------------- */

static bool has_value(const struct work *w, const struct record *r, int i)
{
    return v_is(record_val(w, r, i)) || (r->e->fields[i].is & PAIR && v_is(r->v[i + 1]));
}

static void put_facts(struct html *h, struct work *w, const struct record *r)
{
    html_open(h, "dl");
    html_class(h, "facts");
    for EACH_FIELD(f, i, r->e) {
        if (f->type == &children_type || !field_readable(r->e, f, w->roles) || is_second(r->e, i) || !has_value(w, r, i)) continue;
        html_open(h, "div");
        html_leaf(h, "dt", heading(w, f));
        html_open(h, "dd");
        put_value(h, w, r, i);
        html_close(h, "dd");
        html_close(h, "div");
    }
    html_close(h, "dl");
}

static void put_sections(struct html *h, struct work *w, const struct record *r)
{
    for EACH_FIELD(f, i, r->e) {
        if (f->type != &children_type || !field_readable(r->e, f, w->roles) || !r->children[i].n) continue;
        html_open(h, "section");
        html_class(h, "record-section");
        html_attr(h, "id", str_of(f->name));
        html_leaf(h, "h2", tr(w->lang, f->label));
        put_table(h, w, f->to, &r->children[i], (Str){ 0 });
        html_close(h, "section");
    }
}

Html facts_html(struct work *w, const struct record *r)
{
    struct html h = html_make(w->a);
    put_facts(&h, w, r);
    return html_done(&h);
}

Html sections_html(struct work *w, const struct record *r)
{
    struct html h = html_make(w->a);
    put_sections(&h, w, r);
    return html_done(&h);
}

Html detail_html(struct work *w, const struct record *r)
{
    struct html h = html_make(w->a);
    put_facts(&h, w, r);
    put_sections(&h, w, r);
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

static void put_differences(struct html *h, struct work *w, const struct entity *e, const struct json_t *delta, Str of)
{
    for EACH_FIELD(f, i, e) {
        const struct json_t *pair = json_member(delta, f->name);
        if (!pair || !field_readable(e, f, w->roles)) continue;
        if (f->type == &children_type) {
            void *at = NULL;
            Str key;
            const struct json_t *child;
            while (json_each(pair, &at, &key, &child)) put_differences(h, w, f->to, child, tr(w->lang, f->label));
            continue;
        }
        html_open(h, "li");
        if (of.n) html_text(h, str_f(w->a, "%.*s · ", FMT(of)));
        html_leaf(h, "strong", tr(w->lang, f->label));
        html_text(h, S(": "));
        html_leaf(h, "del", json_text(w, f, json_item(pair, 0)));
        html_text(h, S(" → "));
        html_leaf(h, "ins", json_text(w, f, json_item(pair, 1)));
        html_close(h, "li");
    }
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

Html history_html(struct work *w, const struct entity *e, const struct changes *log)
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
        if (w->roles & STAFF) html_text(&h, str_f(w->a, " · %.*s", FMT(c->actor)));
        html_text(&h, S(" "));
        put_source(&h, w, c);
        html_close(&h, "p");
        if (!json_read(w->a, c->delta, &delta, &why)) {
            html_open(&h, "ul");
            put_differences(&h, w, e, delta, (Str){ 0 });
            html_close(&h, "ul");
        }
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
    html_open(h, "div");
    html_class(h, "table-responsive");
    html_attr(h, "tabindex", S("0"));
    html_attr(h, "role", S("region"));
    html_attr(h, "aria-label", tr(w->lang, e->many));
    html_open(h, "table");
    html_class(h, "table record-table");
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < COUNT(columns); i++) {
        html_open(h, "th");
        html_attr(h, "scope", S("col"));
        html_text(h, tr(w->lang, columns[i]));
        html_close(h, "th");
    }
    html_close(h, "tr");
    html_close(h, "thead");
    html_open(h, "tbody");
    for EACH_FIELD(f, i, e) if (field_readable(e, f, w->roles)) put_field_row(h, w, f, base);
    html_close(h, "tbody");
    html_close(h, "table");
    html_close(h, "div");
    html_close(h, "section");
}

Html dictionary_html(struct work *w, Str base)
{
    struct html h = html_make(w->a);
    for (int i = 0; i < w->m->n; i++)
        if (entity_readable(w->m->entities[i], w->roles)) put_entity(&h, w, w->m->entities[i], base);
    return html_done(&h);
}
