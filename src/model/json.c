#include "model/json.h"

#include "base/date.h"
#include "model/type.h"

#include <string.h>

/* ---- records -------------------------------------------------------------------------------- */

static Str shown(struct work *w, const struct field *f, Val v)
{
    struct buf b = buf_make(w->a);
    f->type->show(&b, w, f, v);
    return buf_str(&b);
}

static Str suffixed(struct arena *a, const char *name, const char *suffix) { return str_f(a, "%s%s", name, suffix); }

static void put_many(struct json_writer *j, struct work *w, const struct field *f, Val v, bool names)
{
    Str rest = v_str(v), item;
    json_write_array(j);
    while (many_next(&rest, &item)) {
        const struct code *k = names && f->list ? code_find(w->codes, str_of(f->list), item) : NULL;
        json_write_string(j, k ? k->name[w->lang] : item);
    }
    json_write_end(j);
}

static void put_plain(struct json_writer *j, struct work *w, const struct field *f, Val v)
{
    if (!v_is(v)) json_write_null(j);
    else if (f->type == &boolean_type) json_write_bool(j, v_i64(v) != 0);
    else if (f->type->plain) json_write_string(j, shown(w, f, v));
    else if (v.type == V_INT) json_write_int(j, v.i);
    else if (v.type == V_REAL) json_write_real(j, v.r);
    else json_write_string(j, v_str(v));
}

static void put_value(struct json_writer *j, struct work *w, const struct field *f, Val v)
{
    json_write_key(j, str_of(f->name));
    if (f->type->many) {
        put_many(j, w, f, v, true);
        if (!f->list) return;
        json_write_key(j, suffixed(w->a, f->name, "_codes"));
        put_many(j, w, f, v, false);
    } else if (f->list) {
        if (v_is(v)) json_write_string(j, shown(w, f, v));
        else json_write_null(j);
        json_write_key(j, suffixed(w->a, f->name, "_code"));
        if (v_is(v)) json_write_string(j, v_str(v));
        else json_write_null(j);
    } else {
        put_plain(j, w, f, v);
    }
}

static void put_fields(struct json_writer *j, struct work *w, const struct record *r, enum depth depth, const struct field *leave_out);

static void put_object(struct json_writer *j, struct work *w, const struct record *r, enum depth depth, const struct field *leave_out)
{
    json_write_object(j);
    if (r->e->id_prefix) {
        json_write_key(j, S("id"));
        json_write_string(j, public_id(w->a, r->e, r->id));
    }
    put_fields(j, w, r, depth, leave_out);
    json_write_end(j);
}

static void put_by_key(struct json_writer *j, struct work *w, const struct field *f, enum depth depth, const struct records *list)
{
    int key = key_field(f->to);
    json_write_object(j);
    for (size_t i = 0; i < list->n; i++) {
        json_write_key(j, record_text(w, list->p[i], key));
        put_object(j, w, list->p[i], depth, &f->to->fields[key]);
    }
    json_write_end(j);
}

static void put_children(struct json_writer *j, struct work *w, const struct field *f, enum depth depth, const struct records *list)
{
    json_write_key(j, str_of(f->name));
    if (f->is & BY_KEY) {
        put_by_key(j, w, f, depth, list);
        return;
    }
    if (f->is & BRIEF) {
        json_write_array(j);
        for (size_t i = 0; i < list->n; i++) json_write_string(j, record_title(w, list->p[i]));
        json_write_end(j);
        json_write_key(j, suffixed(w->a, f->to->name, "_details"));
    }
    json_write_array(j);
    for (size_t i = 0; i < list->n; i++) put_object(j, w, list->p[i], depth, NULL);
    json_write_end(j);
}

static void put_fields(struct json_writer *j, struct work *w, const struct record *r, enum depth depth, const struct field *leave_out)
{
    for EACH_FIELD(f, i, r->e) {
        if (f == leave_out || !field_seen(f, depth)) continue;
        if (f->type == &children_type) put_children(j, w, f, depth, &r->children[i]);
        else put_value(j, w, f, record_val(w, r, i));
    }
}

static void put_owner(struct json_writer *j, struct work *w, const struct record *owner)
{
    json_write_key(j, str_of(owner->e->name));
    json_write_string(j, record_title(w, owner));
    json_write_key(j, suffixed(w->a, owner->e->name, "_id"));
    json_write_string(j, public_id(w->a, owner->e, owner->id));
}

void put_record_json(struct json_writer *j, struct work *w, const struct record *r)
{
    json_write_object(j);
    json_write_key(j, S("id"));
    if (r->e->id_prefix) json_write_string(j, public_id(w->a, r->e, r->id));
    else json_write_int(j, r->id);
    if (r->owner) put_owner(j, w, r->owner);
    put_fields(j, w, r, reach_of(w, r).reads, NULL);
    json_write_end(j);
}

/* ---- history --------------------------------------------------------------------------------- */

static void put_scalar(struct json_writer *j, const struct json_t *v)
{
    int64_t i;
    double d;
    if (json_is_str(v)) json_write_string(j, json_str(v));
    else if (json_to_i64(v, &i)) json_write_int(j, i);
    else if (json_to_f64(v, &d)) json_write_real(j, d);
    else json_write_null(j);
}

static void put_difference(struct json_writer *j, const struct json_t *pair)
{
    json_write_array(j);
    for (size_t i = 0; i < 2; i++) put_scalar(j, json_item(pair, i));
    json_write_end(j);
}

static void put_delta(struct json_writer *j, struct work *w, const struct entity *e, enum depth depth, const struct json_t *delta)
{
    json_write_object(j);
    for EACH_FIELD(f, i, e) {
        const struct json_t *change = json_member(delta, f->name), *child;
        void *at = NULL;
        Str id;
        if (!change || !field_seen(f, depth)) continue;
        json_write_key(j, str_of(f->name));
        if (f->type != &children_type) {
            put_difference(j, change);
            continue;
        }
        json_write_object(j);
        while (json_each(change, &at, &id, &child)) {
            json_write_key(j, id);
            put_delta(j, w, f->to, depth, child);
        }
        json_write_end(j);
    }
    json_write_end(j);
}

static void put_source(struct json_writer *j, const struct source *s)
{
    json_write_key(j, S("source"));
    if (!s->file.n) {
        json_write_null(j);
        return;
    }
    json_write_object(j);
    json_write_key(j, S("file"));
    json_write_string(j, s->file);
    json_write_key(j, S("row"));
    if (s->row) json_write_int(j, s->row);
    else json_write_null(j);
    json_write_end(j);
}

void put_change_json(struct json_writer *j, struct work *w, const struct entity *e, enum depth depth, const struct change *c)
{
    static const char *const kinds[] = { [CHANGE_INSERT] = "insert", [CHANGE_UPDATE] = "update", [CHANGE_DELETE] = "delete" };
    const struct json_t *delta = NULL;
    Message why;
    struct buf at = buf_make(w->a);
    put_time_iso(&at, c->at);
    json_write_object(j);
    json_write_key(j, S("seq"));
    json_write_int(j, c->seq);
    json_write_key(j, S("at"));
    json_write_string(j, buf_str(&at));
    json_write_key(j, S("kind"));
    json_write_string(j, str_of(kinds[c->kind]));
    put_source(j, &c->source);
    json_write_key(j, S("changes"));
    put_delta(j, w, e, depth, json_read(w->a, c->delta, &delta, &why) ? NULL : delta);
    json_write_end(j);
}

/* ---- OpenAPI -------------------------------------------------------------------------------- */

static void pair(struct json_writer *j, const char *key, Str value)
{
    json_write_key(j, str_of(key));
    json_write_string(j, value);
}

static void open_key(struct json_writer *j, const char *key)
{
    json_write_key(j, str_of(key));
    json_write_object(j);
}

static void put_reference(struct json_writer *j, struct arena *a, const char *name)
{
    pair(j, "$ref", str_f(a, "#/components/schemas/%s", name));
}

static void put_nullable(struct json_writer *j, const char *type)
{
    json_write_key(j, S("type"));
    json_write_array(j);
    json_write_string(j, str_of(type));
    json_write_string(j, S("null"));
    json_write_end(j);
}

static void put_array_of_strings(struct json_writer *j, const struct choice *choices)
{
    pair(j, "type", S("array"));
    open_key(j, "items");
    pair(j, "type", S("string"));
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
        pair(j, "type", S("object"));
        open_key(j, "additionalProperties");
        put_reference(j, a, f->to->name);
        json_write_end(j);
    } else {
        pair(j, "type", S("array"));
        open_key(j, "items");
        put_reference(j, a, f->to->name);
        json_write_end(j);
    }
}

static void put_described(struct json_writer *j, struct work *w, const struct field *f)
{
    Str label = tr(w->lang, f->label);
    pair(j, "description", f->help ? str_f(w->a, "%.*s. %.*s", FMT(label), FMT(tr(w->lang, f->help))) : label);
}

static void put_scalar_schema(struct json_writer *j, const struct field *f)
{
    put_nullable(j, f->type->json);
    if (f->type->json_format) pair(j, "format", str_of(f->type->json_format));
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
    if (f->type == &children_type) put_children_schema(j, w->a, f, f->is & BRIEF);
    else if (f->type->many) put_array_of_strings(j, f->choices);
    else put_scalar_schema(j, f);
    json_write_end(j);
    if (f->type == &children_type && f->is & BRIEF) {
        json_write_key(j, suffixed(w->a, f->to->name, "_details"));
        json_write_object(j);
        put_children_schema(j, w->a, f, false);
        json_write_end(j);
    }
    if (!f->list) return;
    json_write_key(j, suffixed(w->a, f->name, f->type->many ? "_codes" : "_code"));
    json_write_object(j);
    pair(j, "description", str_f(w->a, "%s/CODE, list %s", "VERSION", f->list));
    if (f->type->many) put_array_of_strings(j, NULL);
    else put_nullable(j, "string");
    json_write_end(j);
}

/* In lists of children. */
static void put_owner_schema(struct json_writer *j, struct work *w, const struct entity *owner)
{
    static const char *const suffixes[] = { "", "_id" };
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        json_write_key(j, suffixed(w->a, owner->name, suffixes[i]));
        json_write_object(j);
        pair(j, "description", tr(w->lang, owner->one));
        pair(j, "type", S("string"));
        json_write_end(j);
    }
}

static void put_schema(struct json_writer *j, struct work *w, const struct entity *e)
{
    open_key(j, e->name);
    pair(j, "type", S("object"));
    pair(j, "title", tr(w->lang, e->one));
    open_key(j, "properties");
    open_key(j, "id");
    pair(j, "type", e->id_prefix ? S("string") : S("integer"));
    json_write_end(j);
    if (e->parent) put_owner_schema(j, w, e->parent);
    for EACH_FIELD(f, i, e) if (field_listed(w, f, e)) put_property(j, w, f);
    json_write_end(j);
    json_write_end(j);
}

static void put_parameter(struct json_writer *j, struct work *w, Str name, const char *in, const char *type, Str description)
{
    json_write_object(j);
    pair(j, "name", name);
    pair(j, "in", str_of(in));
    json_write_key(j, S("required"));
    json_write_bool(j, !strcmp(in, "path"));
    pair(j, "description", description);
    open_key(j, "schema");
    pair(j, "type", str_of(type));
    json_write_end(j);
    json_write_end(j);
}

static void put_list_parameters(struct json_writer *j, struct work *w, const struct entity *e)
{
    json_write_key(j, S("parameters"));
    json_write_array(j);
    put_parameter(j, w, S("limit"), "query", "integer", tr(w->lang, N_("Records of a page, 1 to 1,000.")));
    put_parameter(j, w, S("after"), "query", "string", tr(w->lang, N_("The “next” of the page before.")));
    put_parameter(j, w, S("sort"), "query", "string", tr(w->lang, N_("A field, or -field for the other direction.")));
    for EACH_FIELD(f, i, e)
        if (has_column(f) && field_listed(w, f, e))
            put_parameter(j, w, str_of(f->name), "query", "string", tr(w->lang, f->label));
    json_write_end(j);
}

static void put_json_answer(struct json_writer *j, const char *status, Str description)
{
    open_key(j, status);
    pair(j, "description", description);
    open_key(j, "content");
    open_key(j, !strcmp(status, "200") ? "application/json" : "application/problem+json");
    open_key(j, "schema");
}

static void end_json_answer(struct json_writer *j)
{
    for (int i = 0; i < 4; i++) json_write_end(j);
}

static void put_problem_answer(struct json_writer *j, struct work *w, const char *status, const char *description)
{
    put_json_answer(j, status, tr(w->lang, description));
    put_reference(j, w->a, "problem");
    end_json_answer(j);
}

static void put_list_path(struct json_writer *j, struct work *w, const struct entity *e)
{
    json_write_key(j, str_f(w->a, "/data/%s.json", entity_path(e)));
    json_write_object(j);
    open_key(j, "get");
    pair(j, "operationId", str_f(w->a, "list_%s", e->name));
    pair(j, "summary", tr(w->lang, e->many));
    put_list_parameters(j, w, e);
    open_key(j, "responses");
    put_json_answer(j, "200", tr(w->lang, e->many));
    pair(j, "type", S("object"));
    open_key(j, "properties");
    open_key(j, "items");
    pair(j, "type", S("array"));
    open_key(j, "items");
    put_reference(j, w->a, e->name);
    json_write_end(j);
    json_write_end(j);
    open_key(j, "next");
    put_nullable(j, "string");
    json_write_end(j);
    json_write_end(j);
    end_json_answer(j);
    put_problem_answer(j, w, "422", N_("Something asked for is not understood."));
    for (int i = 0; i < 3; i++) json_write_end(j);
}

static void put_record_path(struct json_writer *j, struct work *w, const struct entity *e)
{
    json_write_key(j, str_f(w->a, "/data/%s/{id}.json", e->path));
    json_write_object(j);
    open_key(j, "get");
    pair(j, "operationId", str_f(w->a, "get_%s", e->name));
    pair(j, "summary", tr(w->lang, e->one));
    json_write_key(j, S("parameters"));
    json_write_array(j);
    put_parameter(j, w, S("id"), "path", "string", tr(w->lang, N_("The number of the record.")));
    json_write_end(j);
    open_key(j, "responses");
    put_json_answer(j, "200", tr(w->lang, e->one));
    put_reference(j, w->a, e->name);
    end_json_answer(j);
    put_problem_answer(j, w, "404", N_("There is no such record."));
    for (int i = 0; i < 3; i++) json_write_end(j);
}

static void put_problem_schema(struct json_writer *j)
{
    static const char *const members[] = { "type", "title", "detail" };
    open_key(j, "problem");
    pair(j, "type", S("object"));
    open_key(j, "properties");
    for (size_t i = 0; i < COUNT(members); i++) {
        open_key(j, members[i]);
        pair(j, "type", S("string"));
        json_write_end(j);
    }
    open_key(j, "status");
    pair(j, "type", S("integer"));
    json_write_end(j);
    json_write_end(j);
    json_write_end(j);
}

void put_openapi(struct buf *b, struct work *w, Str base_url)
{
    struct json_writer json = json_write_to(b), *j = &json;
    json_write_object(j);
    pair(j, "openapi", S("3.1.0"));
    open_key(j, "info");
    pair(j, "title", S("Mắt Xích"));
    pair(j, "version", S("1"));
    pair(j, "description", tr(w->lang, N_("The register of the supporting industry of Hà Nội, for programs.")));
    json_write_end(j);
    json_write_key(j, S("servers"));
    json_write_array(j);
    json_write_object(j);
    pair(j, "url", base_url);
    json_write_end(j);
    json_write_end(j);
    open_key(j, "paths");
    for (int i = 0; i < w->m->n; i++) {
        const struct entity *e = w->m->entities[i];
        if (!may_list(w, e)) continue;
        put_list_path(j, w, e);
        if (!e->parent) put_record_path(j, w, e);
    }
    json_write_end(j);
    open_key(j, "components");
    open_key(j, "schemas");
    put_problem_schema(j);
    for (int i = 0; i < w->m->n; i++)
        if (may(w, w->m->entities[i], MAY_READ)) put_schema(j, w, w->m->entities[i]);
    json_write_end(j);
    json_write_end(j);
    json_write_end(j);
    json_write_done(j);
}
