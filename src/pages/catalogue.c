/* catalogue.c - the open data there are: every list and every reference list, with what it holds and the forms it comes in. */
#include "pages/pages.h"

#include "programme/register.h"

struct dataset { Str label, about, count, url, csv_url, xlsx_url, json_url, ndjson_url, dictionary_url; };
static const struct slot dataset_slots[] = {
    SLOT(struct dataset, label), SLOT(struct dataset, about), SLOT(struct dataset, count), SLOT(struct dataset, url), SLOT(struct dataset, csv_url),
    SLOT(struct dataset, xlsx_url), SLOT(struct dataset, json_url), SLOT(struct dataset, ndjson_url), SLOT(struct dataset, dictionary_url), SLOT_END,
};
struct reference { Str label, version, source, url, csv_url, xlsx_url, json_url; };
static const struct slot reference_slots[] = {
    SLOT(struct reference, label), SLOT(struct reference, version), SLOT(struct reference, source), SLOT(struct reference, url),
    SLOT(struct reference, csv_url), SLOT(struct reference, xlsx_url), SLOT(struct reference, json_url), SLOT_END,
};
struct catalogue { Items datasets, references; Str dictionary_url, openapi_url; };
static const struct slot slots[] = {
    SLOT_ITEMS(struct catalogue, datasets, struct dataset, dataset_slots), SLOT_ITEMS(struct catalogue, references, struct reference, reference_slots),
    SLOT(struct catalogue, dictionary_url), SLOT(struct catalogue, openapi_url), SLOT_END,
};
static const struct template *template;
void catalogue_prepare(struct arena *forever) { template = template_load(forever, "catalogue", slots); }

struct datasets { struct dataset *p; size_t n, cap; };

static enum err add_dataset(struct request *q, struct work *w, const struct entity *e, struct datasets *out)
{
    int64_t n = (int64_t)search_docs(page_snapshot(q)->finder->index);
    Str path = place_of(q->a, e);
    const char *about = e->parent ? N_("A row for each, with the number and name of the record it belongs to.") : e->about;
    if (e != &enterprise) TRY(records_count(w, e, &n));         /* of enterprises, only the published; of theirs, nobody counts */
    *GROW(q->a, *out) = (struct dataset){
        .label = tr(q->lang, e->many), .about = about ? tr(q->lang, about) : (Str){ 0 }, .count = e->parent ? (Str){ 0 } : page_number(w, n),
        .url = request_link(q, path), .csv_url = url_of(q->a, q->lang, path, AS_CSV, NULL), .xlsx_url = url_of(q->a, q->lang, path, AS_XLSX, NULL),
        .json_url = url_of(q->a, q->lang, path, AS_JSON, NULL), .ndjson_url = url_of(q->a, q->lang, path, AS_NDJSON, NULL),
        .dictionary_url = str_f(q->a, "%.*s#%s", FMT(request_link(q, S("/data/dictionary"))), e->name),
    };
    return OK;
}

/* What the programme keeps comes before what the program itself needs, records before their children. */
static int rank_of(const struct entity *e) { return e->parent ? 1 : e->id_prefix ? 0 : 2; }

static enum err datasets_of(struct request *q, struct work *w, struct datasets *out)
{
    for (int pass = 0; pass < 3; pass++)
        for (int i = 0; i < w->m->n; i++) {
            const struct entity *e = w->m->entities[i];
            if (may_list(w, e) && rank_of(e) == pass) TRY(add_dataset(q, w, e, out));
        }
    return OK;
}

static Str codes_url(struct request *q, Str name, Str version, enum as as)
{
    struct params list = params_with(q->a, &(struct params){ 0 }, "list", name), query = params_with(q->a, &list, "version", version);
    return url_of(q->a, q->lang, S("/data/codes"), as, &query);
}

static enum err references_of(struct request *q, struct work *w, Items *out)
{
    const struct entity *e = &code_list_entity;
    const int name = field_index(e, S("name")), version = field_index(e, S("version")), source = field_index(e, S("source"));
    struct list_query all = { .sort = -1, .limit = LIST_LIMIT_MAX };
    struct { struct reference *p; size_t n, cap; } references = { 0 };
    struct list list;
    TRY(list_load(w, e, &all, false, &list));
    for (size_t i = 0; i < list.records.n; i++) {
        const struct record *r = list.records.p[i];
        Str list_name = v_str(r->v[name]), list_version = v_str(r->v[version]);
        *GROW(q->a, references) = (struct reference){
            record_title(w, r), list_version, v_str(r->v[source]), codes_url(q, list_name, list_version, AS_PAGE),
            codes_url(q, list_name, list_version, AS_CSV), codes_url(q, list_name, list_version, AS_XLSX),
            codes_url(q, list_name, list_version, AS_JSON),
        };
    }
    *out = ITEMS(references);
    return OK;
}

enum err catalogue(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct datasets datasets = { 0 };
    struct catalogue d = {
        .dictionary_url = request_link(q, S("/data/dictionary")), .openapi_url = url_of(q->a, q->lang, S("/data/openapi"), AS_JSON, NULL),
    };
    TRY(datasets_of(q, &w, &datasets));
    TRY(references_of(q, &w, &d.references));
    d.datasets = ITEMS(datasets);
    struct page p = {
        .title = tr(q->lang, N_("Open data")), .section = SECTION_DATA,
        .description = tr(q->lang, N_("Every list in the register and every reference list, to browse or download.")),
        .content = template_render(q->a, template, q->lang, &d),
    };
    return shell_reply(q, r, &p);
}
