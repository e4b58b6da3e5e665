/* api_read.c - reading through the API: lists, records, their history and steps, and what changed since. */
#include "pages/api/api.h"

#include "base/date.h"
#include "model/flow/workflow.h"
#include "model/json.h"
#include "model/openapi.h"
#include "pages/desk.h"

/* ---- who may ask ------------------------------------------------------------------------------ */

bool api_allows(const struct request *q, const struct entity *e, unsigned verbs)
{
    if (!q->token.id) return true;
    Str list = str_f(q->a, ";%s;", entity_path(e));
    size_t at;
    return (verbs & ~q->token.verbs) == 0 && (!q->token.lists.n || str_find(q->token.lists, list, &at));
}

enum err api_entity(struct request *q, struct reply *r, struct work *w, Str list, const struct entity **out)
{
    *out = entity_at(w->m, list);
    if (!*out || !may_list(w, *out)) return reply_fail(r, ERR_MISSING, MSG(N_("There is no list “{1}” for you to read."), list));
    if (!api_allows(q, *out, MAY_READ)) return reply_fail(r, ERR_DENIED, MSG(N_("This token is not for the list “{1}”."), list));
    return OK;
}

enum err api_load(struct request *q, struct reply *r, struct work *w, const struct entity *e, Str said, struct record **out)
{
    int64_t id, to = 0;
    bool read = !e->parent && public_id_read(e, said, &id);
    enum err err = read ? record_load(w, e, id, out) : ERR_MISSING;
    if (!err && record_visible(w, *out)) return OK;
    if (err && err != ERR_MISSING) return err;
    if (read && may(w, e, MAY_READ)) TRY(record_redirect(w, e, id, &to));
    *out = NULL;
    if (!to) return reply_fail(r, ERR_MISSING, MSG(N_("There is no record {1}, or it is not yours to see."), said));
    return reply_redirect(r, 308, str_f(q->a, "/api/v1/%s/%.*s", e->path, FMT(public_id(q->a, e, to))));
}

Str api_version(struct arena *a, const struct record *r) { return str_f(a, "\"%lld\"", (long long)r->seq); }

/* ---- the index and its description -------------------------------------------------------------- */

enum err api_index(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    json_write_key(&j, S("openapi"));
    json_write_string(&j, str_f(q->a, "%.*s/api/v1/openapi", FMT(q->base_url)));
    json_write_key(&j, S("lists"));
    json_write_object(&j);
    for (int i = 0; i < w.m->n; i++) {
        const struct entity *e = w.m->entities[i];
        if (!may_list(&w, e) || !api_allows(q, e, MAY_READ)) continue;
        json_write_key(&j, str_of(entity_path(e)));
        json_write_string(&j, str_f(q->a, "%.*s/api/v1/%s", FMT(q->base_url), entity_path(e)));
    }
    json_write_end(&j);
    json_write_end(&j);
    json_write_done(&j);
    r->cache = CACHE_NEVER;
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

/* The whole of it, whoever asks: names of fields are no secret. */
enum err api_openapi(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct buf b = buf_make(q->a);
    w.actor.roles = SYSTEM;
    put_openapi_api(&b, &w, q->base_url);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

/* ---- lists and records ---------------------------------------------------------------------------- */

enum err api_list(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    const struct entity *e;
    struct list_query query;
    struct list list;
    size_t n;
    const struct asked *asked = page_asked(q, &n);
    TRY(api_entity(q, r, &w, request_capture(q, "list"), &e));
    TRY(list_read(&w, e, asked, n, NULL, &query, &r->problem));
    TRY(list_load(&w, e, &query, true, &list));
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    put_list_json(&j, &w, &list);
    json_write_done(&j);
    r->cache = CACHE_NEVER;
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

static enum err load_asked(struct request *q, struct reply *r, struct work *w, struct record **out)
{
    const struct entity *e;
    *out = NULL;
    TRY(api_entity(q, r, w, request_capture(q, "list"), &e));
    r->cache = CACHE_NEVER;
    return api_load(q, r, w, e, request_capture(q, "id"), out);
}

enum err api_record(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct record *record;
    TRY(load_asked(q, r, &w, &record));
    if (!record) return OK;
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    put_record_json(&j, &w, record);
    json_write_done(&j);
    reply_header(r, "ETag", api_version(q->a, record));
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

/* ---- what was changed ------------------------------------------------------------------------------ */

/* "limit" and "after", for pages of the log. */
static enum err read_page(struct request *q, struct reply *r, int64_t *after, int *limit)
{
    Str said_after = params_get(&q->query, "after"), said_limit = params_get(&q->query, "limit");
    int64_t many = LIST_LIMIT;
    *after = 0;
    bool good = (!said_after.n || (str_to_i64(said_after, after) && *after >= 0))
             && (!said_limit.n || (str_to_i64(said_limit, &many) && many >= 1 && many <= LIST_LIMIT_MAX));
    *limit = (int)many;
    return good ? OK : reply_fail(r, ERR_INVALID, MSG(N_("“after” is a number of the log, and “limit” one from 1 to 1,000.")));
}

static enum err reply_changes(struct request *q, struct reply *r, struct work *w, const struct changes *log,
                              const enum depth *depths, bool more, int64_t next)
{
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    json_write_key(&j, S("items"));
    json_write_array(&j);
    for (size_t i = 0; i < log->n; i++) put_change_json(&j, w, entity_named(w->m, log->p[i].entity), depths[i], &log->p[i]);
    json_write_end(&j);
    json_write_key(&j, S("next"));
    if (more) json_write_string(&j, str_f(q->a, "%lld", (long long)next));
    else json_write_null(&j);
    json_write_end(&j);
    json_write_done(&j);
    return reply_body(r, TYPE_JSON, buf_str(&b));
}

enum err api_history(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct record *record;
    struct changes log;
    int64_t before;
    int limit;
    TRY(load_asked(q, r, &w, &record));
    if (!record) return OK;
    TRY(read_page(q, r, &before, &limit));
    TRY(changes_of(&w, record->e, record->id, before ? before : INT64_MAX, limit + 1, &log));
    bool more = log.n > (size_t)limit;
    if (more) log.n--;
    enum depth *depths = NEW_ARRAY(q->a, enum depth, log.n + 1);
    for (size_t i = 0; i < log.n; i++) depths[i] = reach_of(&w, record).reads;
    return reply_changes(q, r, &w, &log, depths, more, log.n ? log.p[log.n - 1].seq : 0);
}

/* What the reader sees of a change: by the record as it is; one that is gone, by how it was. */
static enum err change_reach(struct request *q, struct work *w, const struct change *c, bool *seen, enum depth *depth)
{
    const struct entity *e = entity_named(w->m, c->entity);
    struct record *r;
    *seen = false;
    if (!e || e->parent || !may_list(w, e) || !api_allows(q, e, MAY_READ)) return OK;
    enum err err = record_load(w, e, c->record, &r);
    if (err == ERR_MISSING) err = record_before(w, e, c->record, c->kind == CHANGE_DELETE ? c->seq : c->seq + 1, &r);
    if (err == ERR_MISSING) return OK;
    TRY(err);
    struct reach reach = reach_of(w, r);
    *seen = reach.may & MAY_READ;
    *depth = reach.reads;
    return OK;
}

/* Since a number, oldest first; "next" is where to go on even when nothing of a page may be seen. */
enum err api_changes(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct changes log, shown = { 0 };
    int64_t after;
    int limit;
    TRY(read_page(q, r, &after, &limit));
    TRY(changes_since(&w, after, limit + 1, &log));
    bool more = log.n > (size_t)limit;
    if (more) log.n--;
    enum depth *depths = NEW_ARRAY(q->a, enum depth, log.n + 1);
    for (size_t i = 0; i < log.n; i++) {
        bool seen;
        TRY(change_reach(q, &w, &log.p[i], &seen, &depths[shown.n]));
        if (seen) *GROW(q->a, shown) = log.p[i];
    }
    r->cache = CACHE_NEVER;
    return reply_changes(q, r, &w, &shown, depths, log.n > 0, log.n ? log.p[log.n - 1].seq : after);
}

/* ---- steps ----------------------------------------------------------------------------------------- */

static void put_text(struct json_writer *j, const char *name, Str text)
{
    json_write_key(j, str_of(name));
    json_write_string(j, text);
}

static void put_open_steps(struct json_writer *j, struct work *w, const struct record *r)
{
    const struct workflow *flow = r->e->workflow;
    json_write_array(j);
    for (int i = 0; i < flow->n; i++) {
        const struct step *s = &flow->steps[i];
        Message why = NO_MESSAGE;
        if (!step_open(w, r, s, &why) && !why.id) continue;
        json_write_object(j);
        put_text(j, "name", str_of(s->name));
        put_text(j, "label", tr(w->lang, s->label));
        put_text(j, "to", str_of(s->to));
        json_write_key(j, S("note"));
        json_write_bool(j, s->is & STEP_NOTE);
        json_write_key(j, S("hindered"));
        if (why.id) json_write_string(j, message_str(w->a, w->lang, why));
        else json_write_null(j);
        json_write_end(j);
    }
    json_write_end(j);
}

static void put_taken_steps(struct json_writer *j, struct work *w, const struct takens *taken)
{
    json_write_array(j);
    for (size_t i = 0; i < taken->n; i++) {
        const struct taken *t = &taken->p[i];
        struct buf at = buf_make(w->a);
        put_time_iso(&at, t->at);
        json_write_object(j);
        put_text(j, "at", buf_str(&at));
        put_text(j, "step", t->step ? str_of(t->step->name) : (Str){ 0 });
        put_text(j, "from", t->from);
        put_text(j, "to", t->to);
        put_text(j, "actor", t->actor);
        put_text(j, "note", t->note);
        json_write_end(j);
    }
    json_write_end(j);
}

void put_steps_json(struct json_writer *j, struct work *w, const struct record *r, enum err *err)
{
    const struct workflow *flow = r->e->workflow;
    struct takens taken = { 0 };
    *err = steps_taken(w, r, &taken);
    json_write_object(j);
    put_text(j, "state", v_str(r->v[flow->state]));
    json_write_key(j, S("due"));
    if (flow->due >= 0 && v_is(r->v[flow->due])) json_write_string(j, v_str(r->v[flow->due]));
    else json_write_null(j);
    json_write_key(j, S("open"));
    put_open_steps(j, w, r);
    json_write_key(j, S("taken"));
    put_taken_steps(j, w, &taken);
    json_write_end(j);
}

enum err api_steps(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct record *record;
    enum err err;
    TRY(load_asked(q, r, &w, &record));
    if (!record) return OK;
    if (!record->e->workflow) return reply_fail(r, ERR_MISSING, MSG(N_("Records of the list “{1}” have no steps."), str_of(record->e->path)));
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    put_steps_json(&j, &w, record, &err);
    TRY(err);
    json_write_done(&j);
    reply_header(r, "ETag", api_version(q->a, record));
    return reply_body(r, TYPE_JSON, buf_str(&b));
}
