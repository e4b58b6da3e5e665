#include "programme/network/export.h"

#include "base/map.h"
#include "base/number.h"
#include "format/html.h"
#include "model/type.h"

#include <math.h>

enum { PAGE = 500 };

/* ---- walking the links ------------------------------------------------------------------------- */

typedef enum err link_fn(void *to, struct work *w, const struct record *link);

/* Page by page, by number; w->a is emptied between the pages. */
static enum err each_link(struct work *w, const struct list_query *q, link_fn *fn, void *to)
{
    struct list_query page = *q;
    struct arena *outer = w->a, scratch = arena_make((size_t)64 << 20, outer->full);
    struct list list = { .more = true };
    enum err err = OK;
    page.sort = -1, page.descending = false, page.after = 0, page.limit = PAGE;
    w->a = &scratch;
    while (!err && list.more) {
        arena_reset(&scratch);
        err = list_load(w, &supply_link, &page, false, &list);
        for (size_t i = 0; !err && i < list.records.n; i++) err = fn(to, w, list.records.p[i]);
        if (list.records.n) page.after = list.records.p[list.records.n - 1]->id;
    }
    w->a = outer;
    arena_free(&scratch);
    return err;
}

/* ---- GraphML ------------------------------------------------------------------------------------ */

struct graphml { FILE *out; struct map seen; };             /* seen: numbers of the companies         */

static const struct { const char *id, *of, *type; } keys[] = {
    { "name", "node", "string" }, { "kind", "node", "string" }, { "country", "node", "string" }, { "ward", "node", "string" },
    { "zone", "node", "string" }, { "vsic", "node", "string" },
    { "product", "edge", "string" }, { "value", "edge", "double" }, { "source", "edge", "string" }, { "confidence", "edge", "double" },
    { "essential", "edge", "boolean" }, { "difference", "edge", "double" }, { "since", "edge", "string" }, { "until", "edge", "string" },
    { "state", "edge", "string" },
};

static void put_data(struct buf *b, const char *key, Str text)
{
    if (!text.n) return;
    put_f(b, "<data key=\"%s\">", key);
    put_html_escaped(b, text);
    put_z(b, "</data>");
}

static void put_number(struct buf *b, const char *key, double d)
{
    struct buf text = buf_make(b->a);
    put_real_plain(&text, d);
    put_data(b, key, buf_str(&text));
}

static enum err write_out(FILE *out, const struct buf *b) { return fwrite(b->p ? b->p : "", 1, b->n, out) == b->n ? OK : ERR_BROKEN; }

struct end { const struct entity *e; int64_t id; int name, country; };

static struct end end_of(const struct record *r, bool buyer)
{
    int in = buyer ? LINK_BUYER : LINK_SUPPLIER, out = buyer ? LINK_BUYER_COMPANY : LINK_SUPPLIER_COMPANY;
    bool outside = !v_is(r->v[in]);
    return (struct end){ outside ? &outside_company : &enterprise, v_i64(r->v[outside ? out : in]), buyer ? LINK_BUYER_NAME : LINK_SUPPLIER_NAME,
                         buyer ? LINK_BUYER_COUNTRY : LINK_SUPPLIER_COUNTRY };
}

/* Of the company itself what whoever reads may see of it in any list. */
static enum err put_company(struct buf *b, struct work *w, const struct end *end)
{
    static const struct { const char *key; int enterprise, outside; } facts[] = {
        { "ward", ENTERPRISE_WARD, -1 }, { "zone", ENTERPRISE_ZONE, -1 }, { "vsic", ENTERPRISE_VSIC, OUTSIDE_VSIC },
    };
    struct records found;
    TRY(records_of(w, end->e, &end->id, 1, false, &found));
    if (!found.n || !record_visible(w, found.p[0])) return OK;
    for (size_t i = 0; i < COUNT(facts); i++) {
        int f = end->e == &enterprise ? facts[i].enterprise : facts[i].outside;
        Str value = f < 0 ? (Str){ 0 } : v_str(found.p[0]->v[f]), first;
        put_data(b, facts[i].key, many_next(&value, &first) ? first : (Str){ 0 });
    }
    return OK;
}

static enum err write_node(struct graphml *g, struct work *w, const struct record *r, bool buyer)
{
    struct end end = end_of(r, buyer);
    Str number = public_id(w->a, end.e, end.id);
    struct buf b = buf_make(w->a);
    bool added;
    int64_t seen;
    if (!end.id || map_get(&g->seen, number, &seen)) return OK;
    map_put(&g->seen, str_dup(g->seen.a, number), 1, &added);
    put_f(&b, "<node id=\"%.*s\">", FMT(number));
    put_data(&b, "name", v_str(r->v[end.name]));
    put_data(&b, "kind", end.e == &enterprise ? S("enterprise") : S("outside"));
    put_data(&b, "country", v_str(r->v[end.country]));
    TRY(put_company(&b, w, &end));
    put_z(&b, "</node>\n");
    return write_out(g->out, &b);
}

static enum err write_nodes(void *to, struct work *w, const struct record *r)
{
    TRY(write_node(to, w, r, false));
    return write_node(to, w, r, true);
}

static enum err write_edge(void *to, struct work *w, const struct record *r)
{
    static const struct { const char *key; int field; } texts[] = {
        { "product", LINK_PRODUCT }, { "source", LINK_SOURCE }, { "since", LINK_SINCE }, { "until", LINK_UNTIL }, { "state", LINK_STATE },
    };
    struct graphml *g = to;
    struct end supplier = end_of(r, false), buyer = end_of(r, true);
    struct buf b = buf_make(w->a);
    bool inferred;
    double value = link_value(r, (double)NAN, (double)NAN, &inferred);
    Val difference = record_val(w, r, LINK_DIFFERENCE);
    put_f(&b, "<edge id=\"%.*s\" source=\"%.*s\" target=\"%.*s\">", FMT(public_id(w->a, &supply_link, r->id)),
          FMT(public_id(w->a, supplier.e, supplier.id)), FMT(public_id(w->a, buyer.e, buyer.id)));
    for (size_t i = 0; i < COUNT(texts); i++) put_data(&b, texts[i].key, v_str(r->v[texts[i].field]));
    if (!inferred) put_number(&b, "value", value);
    if (v_is(r->v[LINK_CONFIDENCE])) put_number(&b, "confidence", v_f64(r->v[LINK_CONFIDENCE]));
    if (v_is(difference)) put_number(&b, "difference", v_f64(difference));
    if (v_is(r->v[LINK_ESSENTIAL])) put_data(&b, "essential", v_i64(r->v[LINK_ESSENTIAL]) ? S("true") : S("false"));
    put_z(&b, "</edge>\n");
    return write_out(g->out, &b);
}

static enum err write_head(struct work *w, FILE *out)
{
    struct buf b = buf_make(w->a);
    put_z(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (size_t i = 0; i < COUNT(keys); i++)
        put_f(&b, "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", keys[i].id, keys[i].of, keys[i].id, keys[i].type);
    put_z(&b, "<graph id=\"supply\" edgedefault=\"directed\">\n");
    return write_out(out, &b);
}

struct writing_graph { struct work *w; const struct list_query *q; FILE *out; };

static enum err write_all(struct db *db, void *arg)
{
    struct writing_graph *x = arg;
    struct graphml g = { x->out, map_make(x->w->a, 1024) };
    TRY(write_head(x->w, x->out));
    TRY(each_link(x->w, x->q, write_nodes, &g));
    TRY(each_link(x->w, x->q, write_edge, &g));
    return fputs("</graph>\n</graphml>\n", x->out) < 0 ? ERR_BROKEN : OK;
}

enum err supply_graphml(struct work *w, const struct list_query *q, FILE *out)
{
    struct writing_graph x = { w, q, out };
    TRY(db_read(w->db, write_all, &x));
    return fflush(out) ? ERR_BROKEN : OK;
}

/* ---- bill of materials ----------------------------------------------------------------------------- */

static void write_text(struct json_writer *j, const char *key, Str text)
{
    json_write_key(j, str_of(key));
    if (text.n) json_write_string(j, text);
    else json_write_null(j);
}

static void write_value(struct json_writer *j, const char *key, Val v, bool known)
{
    json_write_key(j, str_of(key));
    if (!known) json_write_null(j);
    else if (v.type == V_INT) json_write_int(j, v.i);
    else json_write_real(j, v.type == V_REAL ? v.r : (double)NAN);
}

static void write_yes_or_no(struct json_writer *j, const char *key, Val v)
{
    json_write_key(j, str_of(key));
    if (v_is(v)) json_write_bool(j, v_i64(v) != 0);
    else json_write_null(j);
}

static void write_company(struct json_writer *j, const char *key, Str number, Str name)
{
    json_write_key(j, str_of(key));
    json_write_object(j);
    write_text(j, "id", number);
    write_text(j, "name", name);
    json_write_end(j);
}

static bool stands_today(const struct work *w, const struct record *r)
{
    Str today = date_iso(w->a, w->today), since = v_str(r->v[LINK_SINCE]), until = v_str(r->v[LINK_UNTIL]);
    return !(since.n && str_cmp(since, today) > 0) && !(until.n && str_cmp(until, today) < 0) && !str_is(v_str(r->v[LINK_STATE]), "refuted");
}

static enum err write_bought(void *to, struct work *w, const struct record *r)
{
    struct json_writer *j = to;
    struct end supplier = end_of(r, false);
    bool inferred;
    double value = link_value(r, (double)NAN, (double)NAN, &inferred);
    if (!stands_today(w, r)) return OK;
    json_write_object(j);
    write_text(j, "product", v_str(r->v[LINK_PRODUCT]));
    write_text(j, "hs_code", (Str){ 0 });
    write_company(j, "supplier", public_id(w->a, supplier.e, supplier.id), v_str(r->v[LINK_SUPPLIER_NAME]));
    write_text(j, "country", v_str(r->v[LINK_SUPPLIER_COUNTRY]));
    write_value(j, "value", v_real(value), !inferred);
    write_value(j, "share", r->v[LINK_SHARE_BY_BUYER], true);
    write_yes_or_no(j, "essential", r->v[LINK_ESSENTIAL]);
    write_text(j, "source", v_str(r->v[LINK_SOURCE]));
    write_value(j, "confidence", r->v[LINK_CONFIDENCE], true);
    json_write_end(j);
    return OK;
}

static void write_imported(struct json_writer *j, const struct record *i)
{
    json_write_object(j);
    write_text(j, "product", v_str(i->v[IMPORT_PRODUCT]));
    write_text(j, "hs_code", v_str(i->v[IMPORT_HS]));
    json_write_key(j, S("supplier"));
    json_write_null(j);
    write_text(j, "country", v_str(i->v[IMPORT_COUNTRY]));
    write_value(j, "value", i->v[IMPORT_VALUE], true);
    write_value(j, "share", i->v[IMPORT_SHARE], true);
    write_yes_or_no(j, "essential", i->v[IMPORT_ESSENTIAL]);
    write_text(j, "source", S("buyer"));
    write_value(j, "confidence", v_null(), true);
    json_write_end(j);
}

enum err supply_bom(struct work *w, struct json_writer *j, const struct record *e)
{
    struct list_query of_it = { .filters = 1, .filter = { { .field = LINK_BUYER, .op = FILTER_EQUAL, .v = v_int(e->id) } } };
    const struct records *imports = &e->children[ENTERPRISE_IMPORTS];
    json_write_object(j);
    write_company(j, "enterprise", public_id(w->a, e->e, e->id), record_title(w, e));
    write_text(j, "date", date_iso(w->a, w->today));
    json_write_key(j, S("inputs"));
    json_write_array(j);
    TRY(each_link(w, &of_it, write_bought, j));
    bool theirs = field_seen(&enterprise.fields[ENTERPRISE_IMPORTS], reach_of(w, e).reads);
    for (size_t i = 0; theirs && i < imports->n; i++) write_imported(j, imports->p[i]);
    json_write_end(j);
    json_write_end(j);
    return OK;
}
