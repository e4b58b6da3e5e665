/*
 * openapi.c - what programs are told about the lists: OpenAPI 3.1 of the open data and of the API, both read from the tables of
 * entities and from one table of operations.
 */
#include "model/openapi_inside.h"

#include "model/explain.h"
#include "model/list/list.h"

#include <string.h>

enum { DATA = 1, API = 2 };
enum { LIST_QUERY = 1, PAGE_QUERY = 2, ID = 4, STEP = 8, WRITES = 16 };        /* parameters, and headers of what writes */

static const struct operation {
    int         document;
    const char *path, *method, *id, *summary;               /* %s: the list; id: with the entity's name */
    unsigned    takes, verbs;                               /* verbs: only where somebody may       */
    const char *body, *answer, *status;                     /* schemas; "": the entity's own; "[]": a page of it */
    const char *problems;                                   /* statuses                             */
    bool        children, flows;                            /* also for children; only with a workflow */
} operations[] = {
    { DATA, "/data/%s.json",      "get", "list_%s", N_("A page of the list"), LIST_QUERY, MAY_READ, NULL, "[]", "200", "422", true },
    { DATA, "/data/%s/{id}.json", "get", "get_%s",  N_("One record"),         ID,         MAY_READ, NULL, "",   "200", "404" },
    { API, "/api/v1/%s",      "get",    "list_%s",   N_("A page of the list"), LIST_QUERY,  MAY_READ,   NULL, "[]", "200", "401 403 404 422 429", true },
    { API, "/api/v1/%s",      "post",   "create_%s", N_("Make a record"),      WRITES,      MAY_CREATE, "",   "",   "201", "401 403 409 422 429" },
    { API, "/api/v1/%s/{id}", "get",    "get_%s",    N_("One record"),         ID,          MAY_READ,   NULL, "",   "200", "401 403 404 429" },
    { API, "/api/v1/%s/{id}", "patch",  "change_%s", N_("Change some fields"), ID | WRITES, MAY_CHANGE, "",   "",   "200", "401 403 404 409 412 422 429" },
    { API, "/api/v1/%s/{id}", "delete", "delete_%s", N_("Delete the record"),  ID | WRITES, MAY_DELETE, NULL, NULL, "204", "401 403 404 409 412 429" },
    { API, "/api/v1/%s/{id}/history", "get", "history_%s", N_("What was changed, newest first"), ID | PAGE_QUERY, MAY_READ, NULL, "changes", "200", "401 403 404 422 429" },
    { API, "/api/v1/%s/{id}/steps",   "get", "steps_%s",   N_("Steps that may be taken, and those that were"), ID, MAY_READ, NULL, "steps", "200", "401 403 404 429", false, true },
    { API, "/api/v1/%s/{id}/steps/{step}", "post", "step_%s", N_("Take a step"), ID | STEP | WRITES, MAY_READ, "note", "steps", "200", "401 403 404 409 412 422 429", false, true },
};

static const struct operation general[] = {
    { API, "/api/v1/changes", "get",  "list_changes", N_("What was changed in any list since a number, oldest first"), PAGE_QUERY, 0, NULL, "changes", "200", "401 403 422 429" },
    { API, "/api/v1/batch",   "post", "run_batch",    N_("Several changes, all or none"), WRITES, 0, "batch", "batch_results", "200", "401 403 404 409 422 429" },
};

static const struct { const char *status, *said; } said_of[] = {
    { "401", N_("The token is missing, wrong or over.") },
    { "403", N_("The account or its token may not do this.") },
    { "404", N_("There is no such record.") },
    { "409", N_("It does not fit what is there: somebody was first, or a unique value is taken.") },
    { "412", N_("The record is not any more the one If-Match names.") },
    { "422", N_("Something asked for is not understood.") },
    { "429", N_("Too many requests; Retry-After says when to go on.") },
};

static void put_parameter(struct json_writer *j, Str name, const char *in, const char *type, Str description)
{
    json_write_object(j);
    put_pair(j, "name", name);
    put_pair(j, "in", str_of(in));
    json_write_key(j, S("required"));
    json_write_bool(j, !strcmp(in, "path"));
    put_pair(j, "description", description);
    open_key(j, "schema");
    put_pair(j, "type", str_of(type));
    json_write_end(j);
    json_write_end(j);
}

static void put_filters(struct json_writer *j, struct work *w, const struct entity *e)
{
    put_parameter(j, S("sort"), "query", "string", tr(w->lang, N_("A field, or -field for the other direction.")));
    for EACH_FIELD(f, i, e)
        if (has_column(f) && field_listed(w, f, e)) put_parameter(j, str_of(f->name), "query", "string", tr(w->lang, f->label));
}

static void put_parameters(struct json_writer *j, struct work *w, const struct entity *e, unsigned takes)
{
    if (!takes) return;
    json_write_key(j, S("parameters"));
    json_write_array(j);
    if (takes & (LIST_QUERY | PAGE_QUERY)) {
        put_parameter(j, S("limit"), "query", "integer", tr(w->lang, N_("Records of a page, 1 to 1,000.")));
        put_parameter(j, S("after"), "query", "string", tr(w->lang, N_("The “next” of the page before.")));
    }
    if (takes & LIST_QUERY) put_filters(j, w, e);
    if (takes & ID) put_parameter(j, S("id"), "path", "string", tr(w->lang, N_("The number of the record.")));
    if (takes & STEP) put_parameter(j, S("step"), "path", "string", tr(w->lang, N_("The name of the step.")));
    if (takes & WRITES)
        put_parameter(j, S("Idempotency-Key"), "header", "string",
                      tr(w->lang, N_("Sent again with the same key, it is done once and answered the same.")));
    if (takes & WRITES && takes & ID)
        put_parameter(j, S("If-Match"), "header", "string",
                      tr(w->lang, N_("The ETag of the record: what somebody changed meanwhile is not overwritten.")));
    json_write_end(j);
}

static void put_content(struct json_writer *j, struct arena *a, const struct entity *e, const char *type, const char *schema)
{
    open_key(j, "content");
    open_key(j, type);
    open_key(j, "schema");
    if (!strcmp(schema, "[]")) {
        put_pair(j, "type", S("object"));
        open_key(j, "properties");
        open_key(j, "items");
        put_array_of(j, a, e->name);
        json_write_end(j);
        open_key(j, "next");
        put_nullable(j, "string");
        json_write_end(j);
        json_write_end(j);
    } else {
        put_reference(j, a, *schema ? schema : e->name);
    }
    for (int i = 0; i < 3; i++) json_write_end(j);
}

static void put_answers(struct json_writer *j, struct work *w, const struct entity *e, const struct operation *o)
{
    Str rest = str_of(o->problems), status;
    open_key(j, "responses");
    open_key(j, o->status);
    put_pair(j, "description", tr(w->lang, o->summary));
    if (o->answer) put_content(j, w->a, e, "application/json", o->answer);
    json_write_end(j);
    if (o->verbs == MAY_CHANGE) {
        open_key(j, "202");
        put_pair(j, "description", tr(w->lang, N_("The change waits for an officer: the proposal it became.")));
        put_content(j, w->a, e, "application/json", "accepted");
        json_write_end(j);
    }
    while (str_next(&rest, ' ', &status))
        for (size_t i = 0; i < COUNT(said_of); i++) {
            if (!str_is(status, said_of[i].status)) continue;
            open_key(j, said_of[i].status);
            put_pair(j, "description", tr(w->lang, said_of[i].said));
            put_content(j, w->a, e, "application/problem+json", "problem");
            json_write_end(j);
        }
    json_write_end(j);
}

static void put_operation(struct json_writer *j, struct work *w, const struct entity *e, const struct operation *o)
{
    struct buf id = buf_make(w->a);
    Str before, after;
    str_cut(str_of(o->id), '%', &before, &after);
    put(&id, before);
    if (e) put_z(&id, e->name);
    open_key(j, o->method);
    put_pair(j, "operationId", buf_str(&id));
    put_pair(j, "summary", e ? str_f(w->a, "%.*s: %.*s", FMT(tr(w->lang, e->many)), FMT(tr(w->lang, o->summary))) : tr(w->lang, o->summary));
    put_parameters(j, w, e, o->takes);
    if (o->body) {
        open_key(j, "requestBody");
        put_content(j, w->a, e, "application/json", o->body);
        json_write_end(j);
    }
    put_answers(j, w, e, o);
    json_write_end(j);
}

static Str path_of(struct arena *a, const struct entity *e, const char *pattern)
{
    Str before, after;
    if (!e || !str_cut(str_of(pattern), '%', &before, &after)) return str_of(pattern);
    return str_f(a, "%.*s%s%.*s", FMT(before), entity_path(e), FMT(str_sub(after, 1, after.n)));
}

/* What only the program itself does is no operation. */
static bool offered(const struct work *w, const struct entity *e, const struct operation *o, int document)
{
    if (o->document != document) return false;
    if (!e) return true;
    if ((e->parent && !o->children) || (o->flows && !e->workflow)) return false;
    return o->verbs == MAY_READ ? may_list(w, e) : may(w, e, o->verbs) && who_may(e, o->verbs, NULL);
}

/* Operations of one path stand next to each other in the table. */
static void put_paths(struct json_writer *j, struct work *w, const struct entity *e, const struct operation *table, size_t n, int document)
{
    const char *path = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!offered(w, e, &table[i], document)) continue;
        if (path && strcmp(path, table[i].path)) json_write_end(j);
        if (!path || strcmp(path, table[i].path)) {
            json_write_key(j, path_of(w->a, e, table[i].path));
            json_write_object(j);
        }
        path = table[i].path;
        put_operation(j, w, e, &table[i]);
    }
    if (path) json_write_end(j);
}

/* ---- the document ------------------------------------------------------------------------------- */

static void put_security(struct json_writer *j)
{
    open_key(j, "securitySchemes");
    open_key(j, "token");
    put_pair(j, "type", S("http"));
    put_pair(j, "scheme", S("bearer"));
    json_write_end(j);
    json_write_end(j);
}

static void put_components(struct json_writer *j, struct work *w, int document)
{
    open_key(j, "components");
    if (document == API) put_security(j);
    open_key(j, "schemas");
    put_schemas(j, w, document == API);
    json_write_end(j);
    json_write_end(j);
}

static void put_document(struct buf *b, struct work *w, Str base_url, int document)
{
    struct json_writer json = json_write_to(b), *j = &json;
    json_write_object(j);
    put_pair(j, "openapi", S("3.1.0"));
    open_key(j, "info");
    put_pair(j, "title", S("Mắt Xích"));
    put_pair(j, "version", S("1"));
    put_pair(j, "description", tr(w->lang, N_("The register of the supporting industry of Hà Nội, for programs.")));
    json_write_end(j);
    json_write_key(j, S("servers"));
    json_write_array(j);
    json_write_object(j);
    put_pair(j, "url", base_url);
    json_write_end(j);
    json_write_end(j);
    if (document == API) {
        json_write_key(j, S("security"));
        json_write_array(j);
        json_write_object(j);
        json_write_key(j, S("token"));
        json_write_array(j);
        json_write_end(j);
        json_write_end(j);
        json_write_object(j);
        json_write_end(j);
        json_write_end(j);
    }
    open_key(j, "paths");
    for (int i = 0; i < w->m->n; i++) put_paths(j, w, w->m->entities[i], operations, COUNT(operations), document);
    put_paths(j, w, NULL, general, COUNT(general), document);
    json_write_end(j);
    put_components(j, w, document);
    json_write_end(j);
    json_write_done(j);
}

void put_openapi_data(struct buf *b, struct work *w, Str base_url) { put_document(b, w, base_url, DATA); }
void put_openapi_api(struct buf *b, struct work *w, Str base_url) { put_document(b, w, base_url, API); }
