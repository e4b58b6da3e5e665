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

static void put_id(struct json_writer *j, struct work *w, const struct record *r)
{
    json_write_key(j, S("id"));
    if (r->e->id_prefix) json_write_string(j, public_id(w->a, r->e, r->id));
    else json_write_int(j, r->id);
}

static void put_fields(struct json_writer *j, struct work *w, const struct record *r, enum depth depth, const struct field *leave_out);

static void put_object(struct json_writer *j, struct work *w, const struct record *r, enum depth depth, const struct field *leave_out)
{
    json_write_object(j);
    if (!leave_out) put_id(j, w, r);
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
    put_id(j, w, r);
    if (r->owner) put_owner(j, w, r->owner);
    put_fields(j, w, r, reach_of(w, r).reads, NULL);
    json_write_end(j);
}

void put_list_json(struct json_writer *j, struct work *w, const struct list *list)
{
    json_write_object(j);
    json_write_key(j, S("items"));
    json_write_array(j);
    for (size_t i = 0; i < list->records.n; i++) put_record_json(j, w, list->records.p[i]);
    json_write_end(j);
    json_write_key(j, S("next"));
    if (list->more) json_write_string(j, list->next);
    else json_write_null(j);
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
    json_write_key(j, S("list"));
    json_write_string(j, str_of(entity_path(e)));
    json_write_key(j, S("id"));
    json_write_string(j, public_id(w->a, e, c->record));
    json_write_key(j, S("kind"));
    json_write_string(j, str_of(kinds[c->kind]));
    put_source(j, &c->source);
    json_write_key(j, S("changes"));
    put_delta(j, w, e, depth, json_read(w->a, c->delta, &delta, &why) ? NULL : delta);
    json_write_end(j);
}
