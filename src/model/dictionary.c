#include "model/dictionary.h"

#include "base/number.h"
#include "format/table.h"
#include "model/explain.h"
#include "model/flow/workflow.h"
#include "model/rights.h"
#include "model/type.h"

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

static void put_values(struct html *h, struct work *w, const struct field *f, Str base)
{
    table_cell_open(h, tr(w->lang, N_("Values")));
    if (f->list) html_link(h, str_f(w->a, "%.*s/codes?list=%s", FMT(base), f->list), NULL, str_of(f->list));
    if (f->to) html_link(h, str_f(w->a, "#%s", f->to->name), NULL, tr(w->lang, f->to->one));
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
    table_cell(h, tr(w->lang, N_("Meaning")),
             f->help ? str_f(w->a, "%.*s. %.*s", FMT(label), FMT(tr(w->lang, f->help))) : label);
    table_cell(h, tr(w->lang, N_("Kind")), tr(w->lang, f->type->label));
    table_cell(h, tr(w->lang, N_("Rules")), buf_str(&bounds));
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
    table_head(h, w->lang, columns, COUNT(columns));
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
