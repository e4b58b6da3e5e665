/* data.c - open data: any list and record from its table, the dictionary, and their description for programs. */
#include "pages/pages.h"

#include "base/date.h"
#include "model/change.h"
#include "model/dictionary.h"
#include "model/export.h"
#include "model/history.h"
#include "model/json.h"
#include "model/openapi.h"
#include "model/view.h"
#include "programme/linkage/linkage.h"

#include <string.h>

/* ---- pieces --------------------------------------------------------------------------------- */

/* This page in the forms given, AS_... bits. */
static void put_format_links(struct html *h, struct request *q, unsigned forms)
{
    static const struct { enum as as; const char *label; } formats[] = { { AS_CSV, "CSV" }, { AS_XLSX, "XLSX" }, { AS_JSON, "JSON" }, { AS_NDJSON, "NDJSON" } };
    html_open(h, "p");
    html_class(h, "formats");
    for (size_t i = 0; i < COUNT(formats); i++) {
        if (!(forms & formats[i].as)) continue;
        html_open(h, "a");
        html_class(h, "format");
        html_href(h, "href", request_url_as(q, formats[i].as));
        html_text(h, str_of(formats[i].label));
        html_close(h, "a");
    }
    html_close(h, "p");
}

struct crumb { Str url, label; };

static Html titled(struct request *q, const struct crumb *back, Str title, Str lead, Html content)
{
    struct html h = html_make(q->a);
    html_open(&h, "nav");
    html_class(&h, "crumbs");
    html_attr(&h, "aria-label", tr(q->lang, N_("Breadcrumb")));
    html_open(&h, "a");
    html_href(&h, "href", back->url);
    html_text(&h, back->label);
    html_close(&h, "a");
    html_close(&h, "nav");
    put_page_head(&h, title, lead);
    html_raw(&h, content);
    return html_done(&h);
}

/* ---- any list ------------------------------------------------------------------------------- */

static enum err find_entity(struct request *q, struct reply *r, const struct entity **e)
{
    Str path = request_capture(q, "list");
    *e = entity_at(page_snapshot(q)->m, path);
    if (*e && may_list(&(struct work){ .m = page_snapshot(q)->m, .actor = VISITING }, *e)) return OK;
    return reply_fail(r, ERR_MISSING, MSG(N_("There is no list “{1}”; see the page Open data for those there are."), path));
}

static enum err list_as_json(struct request *q, struct reply *r, struct work *w, const struct list *list)
{
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    put_list_json(&j, w, list);
    json_write_done(&j);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

static enum err as_file(struct request *q, struct reply *r, struct work *w, const struct entity *e, const struct list_query *query)
{
    static const struct { enum as as; enum export_format format; } formats[] = {
        { AS_CSV, EXPORT_CSV }, { AS_XLSX, EXPORT_XLSX }, { AS_NDJSON, EXPORT_NDJSON },
    };
    for (size_t i = 0; i < COUNT(formats); i++) {
        FILE *out;
        if (formats[i].as != q->as) continue;
        Str type = q->as == AS_CSV ? TYPE_CSV : q->as == AS_XLSX ? TYPE_XLSX : TYPE_NDJSON;
        TRY(reply_download(q, r, type, str_f(q->a, "%.*s%s", FMT(q->segment[q->segments - 1]), as_suffix(q->as)), &out));
        return export_write(w, e, query, formats[i].format, out);
    }
    return ERR_BROKEN;
}

enum err list_as_data(struct request *q, struct reply *r, struct work *w, const struct entity *e, const struct list_query *query)
{
    struct list list;
    if (q->as != AS_JSON) return as_file(q, r, w, e, query);
    TRY(list_load(w, e, query, true, &list));
    return list_as_json(q, r, w, &list);
}

static void put_next_link(struct html *h, struct request *q, const struct list *list)
{
    if (!list->more) return;
    struct params next = params_with(q->a, &q->query, "after", list->next);
    html_open(h, "nav");
    html_class(h, "pages");
    html_attr(h, "aria-label", tr(q->lang, N_("Pages")));
    html_open(h, "a");
    html_class(h, "button button-quiet");
    html_attr(h, "rel", S("next"));
    html_href(h, "href", request_url(q, &next));
    html_text(h, tr(q->lang, N_("Next page")));
    html_close(h, "a");
    html_close(h, "nav");
}

/* The codes of one reference list go under its name. */
static enum err list_title(struct request *q, struct work *w, const struct entity *e, Str *title)
{
    const struct asked of_list[] = { { S("name"), params_get(&q->query, "list") }, { S("version"), params_get(&q->query, "version") } };
    struct list_query query;
    struct list lists;
    Message why;
    *title = tr(q->lang, e->many);
    if (e != &code_entity || !of_list[0].value.n || list_read(w, &code_list_entity, of_list, COUNT(of_list), "", &query, &why)) return OK;
    TRY(list_load(w, &code_list_entity, &query, false, &lists));
    if (lists.records.n) *title = record_title(w, lists.records.p[0]);
    return OK;
}

enum err data_list(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    const struct entity *e;
    struct list_query query;
    struct list list;
    Message why;
    size_t n;
    TRY(find_entity(q, r, &e));
    const struct asked *asked = page_asked(q, &n);
    const struct finder *finder = page_snapshot(q)->finder;
    enum err err = finder_read_list(&w, finder->e == e ? finder : NULL, e, asked, n, &query, &why);
    if (err) return reply_fail(r, err, why);
    if (q->as != AS_PAGE) return list_as_data(q, r, &w, e, &query);
    TRY(list_load(&w, e, &query, true, &list));
    struct html h = html_make(q->a);
    put_format_links(&h, q, AS_CSV | AS_XLSX | AS_JSON | AS_NDJSON);
    html_raw(&h, list_html(&w, e, &list.records, request_link(q, q->path)));
    put_next_link(&h, q, &list);
    struct page p = { .section = SECTION_DATA };
    TRY(list_title(q, &w, e, &p.title));
    p.content = titled(q, &(struct crumb){ request_link(q, S("/data")), tr(q->lang, N_("Open data")) }, p.title,
                       e->about && str_eq(p.title, tr(q->lang, e->many)) ? tr(q->lang, e->about) : (Str){ 0 }, html_done(&h));
    return shell_reply(q, r, &p);
}

/* ---- any record ----------------------------------------------------------------------------- */

Str place_of(struct arena *a, const struct entity *e)
{
    return e == &enterprise ? S("/enterprises") : str_f(a, "/data/%s", entity_path(e));
}

static enum err lead_to(struct request *q, struct reply *r, Str place, const struct entity *e, int64_t id)
{
    const char *rest = str_ends(q->path, S("/history")) ? "/history" : "";
    Str path = str_f(q->a, "%.*s/%.*s%s", FMT(place), FMT(public_id(q->a, e, id)), rest);
    return reply_redirect(r, 308, url_of(q->a, q->lang, path, q->as, NULL));
}

enum err find_record(struct request *q, struct reply *r, const struct entity *e, struct record **out)
{
    struct work w = page_work(q);
    Str said = request_capture(q, "id"), place = str_is(q->segment[0], "data") ? str_f(q->a, "/data/%s", entity_path(e)) : place_of(q->a, e);
    const struct entity *owner = e->parent;
    int64_t id, to;
    *out = NULL;
    if (!public_id_read(e, said, &id))
        return reply_fail(r, ERR_MISSING, MSG(N_("“{1}” is mistyped: the number does not agree with its check digit."), said));
    enum err err = record_load(&w, e, id, out);
    if (!err && owner) err = record_load(&w, owner, (*out)->parent, out);
    if (err && err != ERR_MISSING) return err;
    if (!err && record_visible(&w, *out)) {
        if (!owner) return OK;
        to = (*out)->id;
        *out = NULL;
        return lead_to(q, r, place_of(q->a, owner), owner, to);
    }
    *out = NULL;
    TRY(record_redirect(&w, e, id, &to));
    return to ? lead_to(q, r, place, e, to) : reply_fail(r, ERR_MISSING, MSG(N_("There is no record {1}."), said));
}

enum err record_as_json(struct request *q, struct reply *r, const struct record *record)
{
    struct work w = page_work(q);
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    put_record_json(&j, &w, record);
    json_write_done(&j);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

enum err data_record(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    const struct entity *e;
    struct record *record;
    TRY(find_entity(q, r, &e));
    TRY(find_record(q, r, e, &record));
    if (!record) return OK;
    if (q->as == AS_JSON) return record_as_json(q, r, record);
    struct html h = html_make(q->a);
    html_raw(&h, detail_html(&w, record));
    html_open(&h, "p");
    html_open(&h, "a");
    html_href(&h, "href", request_link(q, str_f(q->a, "%.*s/history", FMT(q->path))));
    html_text(&h, tr(q->lang, N_("History of every fact")));
    html_close(&h, "a");
    html_close(&h, "p");
    struct page p = { .title = record_title(&w, record), .section = SECTION_DATA };
    struct crumb back = { request_link(q, str_f(q->a, "/data/%s", entity_path(e))), tr(q->lang, e->many) };
    p.content = titled(q, &back, p.title, tr(q->lang, e->one), html_done(&h));
    return shell_reply(q, r, &p);
}

/* Newest first, a page of them; "next" is what "after" takes for the ones before. */
static enum err history_as_json(struct request *q, struct reply *r, struct work *w, const struct entity *e,
                                const struct changes *log, size_t most)
{
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    json_write_key(&j, S("items"));
    json_write_array(&j);
    for (size_t i = 0; i < log->n; i++) put_change_json(&j, w, e, PUBLIC_FIELDS, &log->p[i]);
    json_write_end(&j);
    json_write_key(&j, S("next"));
    if (log->n == most) json_write_string(&j, str_f(q->a, "%lld", (long long)log->p[log->n - 1].seq));
    else json_write_null(&j);
    json_write_end(&j);
    json_write_done(&j);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

enum err history_page(struct request *q, struct reply *r, const struct entity *e, enum section section)
{
    enum { ENTRIES = 200 };
    struct work w = page_work(q);
    struct record *record;
    struct changes log;
    Str after = params_get(&q->query, "after");
    int64_t before = 0;
    TRY(find_record(q, r, e, &record));
    if (!record) return OK;
    if (after.n && (!str_to_i64(after, &before) || before < 1))
        return reply_fail(r, ERR_INVALID, MSG(N_("The page you ask for is not written as a link of ours.")));
    TRY(changes_of(&w, e, record->id, before, ENTRIES, &log));
    if (q->as == AS_JSON) return history_as_json(q, r, &w, e, &log, ENTRIES);
    struct page p = { .title = message_str(q->a, q->lang, MSG(N_("History of {1}"), record_title(&w, record))), .section = section };
    struct crumb back = { request_link(q, str_sub(q->path, 0, q->path.n - strlen("/history"))), record_title(&w, record) };
    struct html h = html_make(q->a);
    put_format_links(&h, q, AS_JSON);
    html_raw(&h, history_html(&w, e, PUBLIC_FIELDS, &log, NULL));
    p.content = titled(q, &back, p.title, tr(q->lang, N_("What was entered or changed, when, and from which file.")), html_done(&h));
    return shell_reply(q, r, &p);
}

enum err data_history(struct request *q, struct reply *r)
{
    const struct entity *e;
    TRY(find_entity(q, r, &e));
    return history_page(q, r, e, SECTION_DATA);
}

/* ---- descriptions --------------------------------------------------------------------------- */

enum err data_dictionary(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct page p = {
        .title = tr(q->lang, N_("Data dictionary")), .section = SECTION_DATA,
        .description = tr(q->lang, N_("What every field means, the values it takes, and its name in files and the API.")),
    };
    struct crumb back = { request_link(q, S("/data")), tr(q->lang, N_("Open data")) };
    p.content = titled(q, &back, p.title, p.description, dictionary_html(&w, request_link(q, S("/data"))));
    return shell_reply(q, r, &p);
}

enum err data_openapi(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct buf b = buf_make(q->a);
    put_openapi_data(&b, &w, q->lang == EN ? str_f(q->a, "%.*s/en", FMT(q->base_url)) : q->base_url);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

/* ---- for search engines --------------------------------------------------------------------- */

static void put_location(struct buf *b, struct request *q, Str path)
{
    put_f(b, "<url><loc>%.*s%.*s</loc>", FMT(q->base_url), FMT(path));
    for (enum lang l = VI; l < LANGS; l++)
        put_f(b, "<xhtml:link rel=\"alternate\" hreflang=\"%s\" href=\"%.*s%.*s\"/>", lang_code(l), FMT(q->base_url),
              FMT(url_of(q->a, l, path, AS_PAGE, NULL)));
    put_z(b, "</url>\n");
}

/* Those that anybody may answer; there are never many at a time. */
static enum err put_demands(struct buf *b, struct request *q)
{
    struct work w = page_work(q);
    struct list open;
    TRY(list_load(&w, &demand, &(struct list_query){ .sort = -1, .descending = true, .limit = LIST_LIMIT_MAX }, false, &open));
    for (size_t i = 0; i < open.records.n; i++) put_location(b, q, str_f(q->a, "/demands/%.*s", FMT(public_id(q->a, &demand, open.records.p[i]->id))));
    return OK;
}

enum err sitemap(struct request *q, struct reply *r)
{
    enum { MOST = 45000 };                                  /* the protocol's limit is 50,000      */
    static const char *const pages[] = { "/", "/match", "/demands", "/enterprises", "/programme", "/zones", "/data", "/data/dictionary" };
    const struct snapshot *s = page_snapshot(q);
    struct buf b = buf_make(q->a);
    int64_t *ids = NEW_ARRAY(q->a, int64_t, MOST);
    size_t n = search_last_ids(s->finder->index, ids, MOST);
    put_z(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
              " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for (size_t i = 0; i < COUNT(pages); i++) put_location(&b, q, str_of(pages[i]));
    TRY(put_demands(&b, q));
    for (size_t i = 0; i < n; i++) put_location(&b, q, str_f(q->a, "/enterprises/%.*s", FMT(public_id(q->a, &enterprise, ids[i]))));
    put_z(&b, "</urlset>\n");
    return reply_body(r, TYPE_XML, buf_str(&b));
}

enum err robots(struct request *q, struct reply *r)
{
    return reply_body(r, TYPE_TEXT, str_f(q->a, "User-agent: *\nAllow: /\nSitemap: %.*s/sitemap.xml\n", FMT(q->base_url)));
}
