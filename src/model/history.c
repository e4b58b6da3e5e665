#include "model/history.h"

#include "base/date.h"
#include "format/json.h"
#include "model/rights.h"
#include "model/type.h"

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
    html_link(h, str_f(v->w->a, "%.*s?field=%s&seq=%lld", FMT(v->look->back_url), e->fields[i].name, (long long)v->seq), NULL,
              tr(v->w->lang, N_("put back")));
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
        html_link(h, str_f(v->w->a, "%.*s%lld", FMT(v->look->undo_url), (long long)c->seq), NULL, tr(v->w->lang, N_("take this back")));
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
