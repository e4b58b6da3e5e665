/*
 * openapi_schemas.c - what goes in and out of the operations: a schema of each entity, read from its table, and those that are
 * the same for every list, from one table here.
 */
#include "model/openapi_inside.h"

#include "model/rights.h"
#include "model/type.h"

#include <string.h>

void put_pair(struct json_writer *j, const char *key, Str value)
{
    json_write_key(j, str_of(key));
    json_write_string(j, value);
}

void open_key(struct json_writer *j, const char *key)
{
    json_write_key(j, str_of(key));
    json_write_object(j);
}

void put_reference(struct json_writer *j, struct arena *a, const char *schema)
{
    put_pair(j, "$ref", str_f(a, "#/components/schemas/%s", schema));
}

void put_nullable(struct json_writer *j, const char *type)
{
    json_write_key(j, S("type"));
    json_write_array(j);
    json_write_string(j, str_of(type));
    json_write_string(j, S("null"));
    json_write_end(j);
}

void put_array_of(struct json_writer *j, struct arena *a, const char *schema)
{
    put_pair(j, "type", S("array"));
    open_key(j, "items");
    put_reference(j, a, schema);
    json_write_end(j);
}

/* ---- entities --------------------------------------------------------------------------------- */

static void put_array_of_strings(struct json_writer *j, const struct choice *choices)
{
    put_pair(j, "type", S("array"));
    open_key(j, "items");
    put_pair(j, "type", S("string"));
    if (choices) {
        json_write_key(j, S("enum"));
        json_write_array(j);
        for (const struct choice *c = choices; c->code; c++) json_write_string(j, str_of(c->code));
        json_write_end(j);
    }
    json_write_end(j);
}

static void put_children_schema(struct json_writer *j, struct arena *a, const struct field *f, bool brief)
{
    if (brief) {
        put_array_of_strings(j, NULL);
    } else if (f->is & BY_KEY) {
        put_pair(j, "type", S("object"));
        open_key(j, "additionalProperties");
        put_reference(j, a, f->to->name);
        json_write_end(j);
    } else {
        put_array_of(j, a, f->to->name);
    }
}

static void put_described(struct json_writer *j, struct work *w, const struct field *f)
{
    Str label = tr(w->lang, f->label);
    put_pair(j, "description", f->help ? str_f(w->a, "%.*s. %.*s", FMT(label), FMT(tr(w->lang, f->help))) : label);
}

static void put_scalar_schema(struct json_writer *j, const struct field *f)
{
    put_nullable(j, f->type->json);
    if (f->type->json_format) put_pair(j, "format", str_of(f->type->json_format));
    if (f->max && f->type->stored == V_TEXT) json_write_key(j, S("maxLength")), json_write_int(j, f->max);
    if (f->most > f->least) {
        json_write_key(j, S("minimum"));
        json_write_real(j, f->least);
        json_write_key(j, S("maximum"));
        json_write_real(j, f->most);
    }
    if (f->choices) {
        json_write_key(j, S("enum"));
        json_write_array(j);
        for (const struct choice *c = f->choices; c->code; c++) json_write_string(j, str_of(c->code));
        json_write_null(j);
        json_write_end(j);
    }
}

static void put_property(struct json_writer *j, struct work *w, const struct field *f)
{
    open_key(j, f->name);
    put_described(j, w, f);
    if (f->is & (DERIVED | COMPUTED)) json_write_key(j, S("readOnly")), json_write_bool(j, true);
    if (f->type == &children_type) put_children_schema(j, w->a, f, f->is & BRIEF);
    else if (f->type->many) put_array_of_strings(j, f->choices);
    else put_scalar_schema(j, f);
    json_write_end(j);
    if (f->type == &children_type && f->is & BRIEF) {
        json_write_key(j, str_f(w->a, "%s_details", f->to->name));
        json_write_object(j);
        put_children_schema(j, w->a, f, false);
        json_write_end(j);
    }
    if (!f->list) return;
    json_write_key(j, str_f(w->a, f->type->many ? "%s_codes" : "%s_code", f->name));
    json_write_object(j);
    put_pair(j, "description", str_f(w->a, "%s/CODE, list %s", "VERSION", f->list));
    if (f->type->many) put_array_of_strings(j, NULL);
    else put_nullable(j, "string");
    json_write_end(j);
}

/* In lists of children. */
static void put_owner_schema(struct json_writer *j, struct work *w, const struct entity *owner)
{
    static const char *const suffixes[] = { "", "_id" };
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        json_write_key(j, str_f(w->a, "%s%s", owner->name, suffixes[i]));
        json_write_object(j);
        put_pair(j, "description", tr(w->lang, owner->one));
        put_pair(j, "type", S("string"));
        json_write_end(j);
    }
}

static void put_entity(struct json_writer *j, struct work *w, const struct entity *e)
{
    open_key(j, e->name);
    put_pair(j, "type", S("object"));
    put_pair(j, "title", tr(w->lang, e->one));
    open_key(j, "properties");
    open_key(j, "id");
    put_pair(j, "type", e->id_prefix ? S("string") : S("integer"));
    json_write_end(j);
    if (e->parent) put_owner_schema(j, w, e->parent);
    for EACH_FIELD(f, i, e) if (field_listed(w, f, e)) put_property(j, w, f);
    json_write_end(j);
    json_write_end(j);
}

/* ---- the same for every list ---------------------------------------------------------------------- */

/*
 * A member for each row, those of a schema together.  type: of JSON, with "?" if it may be null; of: a list of that schema's
 * things, or with the type "null" one such thing or none.
 */
struct member { const char *schema, *name, *type, *of, *format; };

static const struct member problem_members[] = {
    { "problem", "type", "string" }, { "problem", "title", "string" }, { "problem", "status", "integer" }, { "problem", "detail", "string" },
    { "problem", "errors", .of = "problem_at" },
    { "problem_at", "pointer", "string" }, { "problem_at", "detail", "string" },
};

static const struct member api_members[] = {
    { "source", "file", "string" }, { "source", "row", "integer?" },
    { "change", "seq", "integer" }, { "change", "at", "string", .format = "date-time" }, { "change", "list", "string" },
    { "change", "id", "string" }, { "change", "kind", "string" }, { "change", "source", "null", .of = "source" }, { "change", "changes", "object" },
    { "changes", "items", .of = "change" }, { "changes", "next", "string?" },
    { "step", "name", "string" }, { "step", "label", "string" }, { "step", "to", "string" }, { "step", "note", "boolean" },
    { "step", "hindered", "string?" },
    { "taken", "at", "string" }, { "taken", "step", "string" }, { "taken", "from", "string" }, { "taken", "to", "string" },
    { "taken", "actor", "string" }, { "taken", "note", "string" },
    { "steps", "state", "string" }, { "steps", "due", "string?" }, { "steps", "open", .of = "step" }, { "steps", "taken", .of = "taken" },
    { "note", "note", "string" },
    { "operation", "method", "string" }, { "operation", "path", "string" }, { "operation", "body", "object" },
    { "batch", "operations", .of = "operation" },
    { "batch_result", "status", "integer" }, { "batch_result", "id", "string" },
    { "batch_results", "batch", "integer" }, { "batch_results", "items", .of = "batch_result" },
    { "accepted", "proposal", "string" },
};

static void put_thing_or_null(struct json_writer *j, struct arena *a, const char *schema)
{
    json_write_key(j, S("anyOf"));
    json_write_array(j);
    json_write_object(j);
    put_reference(j, a, schema);
    json_write_end(j);
    json_write_object(j);
    put_pair(j, "type", S("null"));
    json_write_end(j);
    json_write_end(j);
}

static void put_plain_type(struct json_writer *j, struct arena *a, Str type)
{
    if (str_ends(type, S("?"))) put_nullable(j, str_z(a, str_sub(type, 0, type.n - 1)));
    else put_pair(j, "type", type);
}

static void put_member(struct json_writer *j, struct arena *a, const struct member *m)
{
    open_key(j, m->name);
    if (m->of && m->type) put_thing_or_null(j, a, m->of);
    else if (m->of) put_array_of(j, a, m->of);
    else put_plain_type(j, a, str_of(m->type));
    if (m->format) put_pair(j, "format", str_of(m->format));
    json_write_end(j);
}

static void put_members(struct json_writer *j, struct arena *a, const struct member *members, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool first = !i || strcmp(members[i - 1].schema, members[i].schema) != 0;
        bool last = i + 1 == n || strcmp(members[i].schema, members[i + 1].schema) != 0;
        if (first) {
            open_key(j, members[i].schema);
            put_pair(j, "type", S("object"));
            open_key(j, "properties");
        }
        put_member(j, a, &members[i]);
        if (last) json_write_end(j), json_write_end(j);
    }
}

void put_schemas(struct json_writer *j, struct work *w, bool api)
{
    put_members(j, w->a, problem_members, COUNT(problem_members));
    if (api) put_members(j, w->a, api_members, COUNT(api_members));
    for (int i = 0; i < w->m->n; i++) {
        for (size_t k = 0; k < COUNT(api_members); k++) MUST(strcmp(api_members[k].schema, w->m->entities[i]->name) != 0);
        if (may(w, w->m->entities[i], MAY_READ)) put_entity(j, w, w->m->entities[i]);
    }
}
