/* api_write.c - changing through the API: one record, a step, or several changes all or none. */
#include "pages/api/api.h"

#include "base/hash.h"
#include "model/check.h"
#include "model/flow/proposal.h"
#include "model/json.h"
#include "model/save.h"
#include "pages/desk.h"

/* One change, as its address and body say it; all texts borrowed. */
struct change_asked {
    enum method          method;
    Str                  list, id, step, version;           /* version: of If-Match, with its quotes; empty: whichever */
    const struct json_t *body;
};

/* What became of it; the record as it is now (NULL: it is gone, or the change is only proposed). */
struct outcome { int status; const struct entity *e; int64_t id, proposal; struct record *record; };

struct call {
    struct request      *q;
    struct reply        *r;
    struct work          w;
    struct change_asked *asked;
    struct outcome      *done;
    size_t               n;
    bool                 batch;
    Str                  answer, location;
    bool                 replayed;
};

/* ---- one change, inside the transaction ---------------------------------------------------------- */

static enum err refuse(struct call *c, int status, enum err e, Message why)
{
    c->r->refusal = status;
    return reply_fail(c->r, e, why);
}

static enum err not_valid(struct call *c, enum err err, struct json_problems wrong)
{
    c->r->wrong = wrong;
    return err ? reply_fail(c->r, err, MSG(N_("What was sent is not valid; “errors” says what and where."))) : OK;
}

static enum err read_body(struct call *c, const struct change_asked *a, const struct entity *e, const struct record *was, struct record **now)
{
    struct json_problems wrong = { 0 };
    enum err err = record_from_json(&c->w, e, was, a->body, now, &wrong);
    if (err == ERR_DENIED) return reply_fail(c->r, err, MSG(N_("You may not write in the list “{1}”."), a->list));
    return not_valid(c, err, wrong);
}

static enum err taken_value(struct call *c, enum err err)
{
    return err == ERR_CONFLICT ? reply_fail(c->r, err, MSG(N_("Another record has a value that must be different in each."))) : err;
}

/* Of the rows that are theirs, and into none that are not. */
static enum err theirs(struct call *c, const struct change_asked *a, const struct record *was, const struct record *now)
{
    const struct field *f;
    enum err err = may_save(&c->w, was, now, &f);
    if (!err) return OK;
    return reply_fail(c->r, err, f ? MSG(N_("“{1}” is not yours to write here"), tr(c->q->lang, f->label))
                                   : MSG(N_("You may not write in the list “{1}”."), a->list));
}

static enum err create(struct call *c, const struct change_asked *a, struct outcome *o)
{
    struct json_problems wrong = { 0 };
    struct record *fresh, *was;
    bool changed;
    TRY(read_body(c, a, o->e, NULL, &fresh));
    TRY(record_whole(&c->w, fresh, &was, &o->record));
    TRY(theirs(c, a, was, o->record));
    TRY(not_valid(c, record_check_json(&c->w, o->record, &wrong), wrong));
    TRY(taken_value(c, record_save(&c->w, was, o->record, &changed)));
    o->status = was ? 200 : 201;                            /* told again: the one there is        */
    o->id = o->record->id;
    return OK;
}

static enum err change(struct call *c, const struct change_asked *a, const struct record *was, struct outcome *o)
{
    bool changed;
    TRY(read_body(c, a, o->e, was, &o->record));
    o->status = 200;
    if (reach_of(&c->w, was).may & MAY_CHANGE) {
        TRY(theirs(c, a, was, o->record));
        return taken_value(c, record_save(&c->w, was, o->record, &changed));
    }
    o->status = 202;
    enum err err = proposal_make(&c->w, was, o->record, (Str){ 0 }, &o->proposal);
    o->record = NULL;
    return err == ERR_INVALID ? reply_fail(c->r, err, MSG(N_("Nothing was changed."))) : err;
}

static enum err erase(struct call *c, const struct record *was, struct outcome *o)
{
    if (!(reach_of(&c->w, was).may & MAY_DELETE))
        return reply_fail(c->r, ERR_DENIED, MSG(N_("You may see {1}, but not do this with it."), public_id(c->q->a, o->e, o->id)));
    Message why = NO_MESSAGE;
    enum err err = record_remove(&c->w, was, &why);
    o->status = 204;
    if (why.id) return reply_fail(c->r, err, why);
    return err == ERR_CONFLICT ? reply_fail(c->r, err, MSG(N_("Other records refer to this one; it cannot be deleted."))) : err;
}

static enum err take_step(struct call *c, const struct change_asked *a, struct record *was, struct outcome *o)
{
    const struct step *s = o->e->workflow ? step_named(o->e, a->step) : NULL;
    Message why = NO_MESSAGE;
    if (!s) return reply_fail(c->r, ERR_MISSING, MSG(N_("There is no step “{1}”."), a->step));
    enum err err = step_inside(&c->w, was, s, json_str(json_member(a->body, "note")), &why);
    if (err) return reply_fail(c->r, err, why);
    o->status = 200;
    return record_load(&c->w, o->e, o->id, &o->record);
}

static enum err apply(struct call *c, const struct change_asked *a, struct outcome *o)
{
    unsigned verbs = a->step.n || a->method == PATCH ? MAY_CHANGE : a->method == POST ? MAY_CREATE : MAY_DELETE;
    struct record *was = NULL;
    TRY(api_entity(c->q, c->r, &c->w, a->list, &o->e));
    if (!api_allows(c->q, o->e, verbs)) return reply_fail(c->r, ERR_DENIED, MSG(N_("This token is not for that.")));
    if (a->method == POST && !a->step.n) return o->e->parent ? reply_fail(c->r, ERR_DENIED, NO_MESSAGE) : create(c, a, o);
    TRY(api_load(c->q, c->r, &c->w, o->e, a->id, &was));
    if (!was) return reply_fail(c->r, ERR_CONFLICT, MSG(N_("{1} was merged into another record; ask for it to be led there."), a->id));
    o->id = was->id;
    if (a->version.n && !str_eq(a->version, api_version(c->q->a, was))) return refuse(c, 412, ERR_CONFLICT, NO_MESSAGE);
    if (a->step.n) return take_step(c, a, was, o);
    return a->method == PATCH ? change(c, a, was, o) : erase(c, was, o);
}

/* ---- what is answered -------------------------------------------------------------------------------- */

static void put_outcome(struct json_writer *j, struct work *w, const struct outcome *o)
{
    json_write_object(j);
    json_write_key(j, S("status"));
    json_write_int(j, o->status);
    json_write_key(j, S("id"));
    json_write_string(j, o->proposal ? public_id(w->a, &proposal_entity, o->proposal) : public_id(w->a, o->e, o->id));
    json_write_end(j);
}

static enum err put_single(struct json_writer *j, struct call *c)
{
    const struct outcome *o = c->done;
    enum err err = OK;
    if (c->asked->step.n) {
        put_steps_json(j, &c->w, o->record, &err);
    } else if (o->record) {
        struct record *fresh;                               /* with what was computed, and its new version */
        TRY(record_load(&c->w, o->e, o->id, &fresh));
        c->done->record = fresh;
        put_record_json(j, &c->w, fresh);
    } else {
        json_write_object(j);
        json_write_key(j, S("proposal"));
        json_write_string(j, public_id(c->w.a, &proposal_entity, o->proposal));
        json_write_end(j);
    }
    return err;
}

static enum err write_answer(struct call *c)
{
    struct buf b = buf_make(c->w.a);
    struct json_writer j = json_write_to(&b);
    if (c->batch) {
        json_write_object(&j);
        json_write_key(&j, S("batch"));
        json_write_int(&j, c->w.batch);
        json_write_key(&j, S("items"));
        json_write_array(&j);
        for (size_t i = 0; i < c->n; i++) put_outcome(&j, &c->w, &c->done[i]);
        json_write_end(&j);
        json_write_end(&j);
    } else if (c->done->status != 204) {
        TRY(put_single(&j, c));
    }
    if (b.n) json_write_done(&j);
    c->answer = buf_str(&b);
    return OK;
}

/* ---- sent again with the same key ---------------------------------------------------------------------- */

static Str fingerprint(struct call *c)
{
    struct buf b = buf_make(c->q->a);
    put_f(&b, "%s %.*s\n", method_name(c->q->head.method), FMT(c->q->head.target));
    put(&b, c->q->head.body);
    return sha256_hex(c->q->a, buf_str(&b));
}

/* The answer of before, if this is the same request once more. */
static enum err look_back(struct call *c)
{
    struct rows rows = db_query(c->w.db, c->w.a, SQL("SELECT request, status, type, body FROM idempotency WHERE account = $1 AND key = $2"),
                                ARGS(v_int(c->w.actor.account), v_text(c->q->head.idempotency_key)));
    bool other = false;
    if (rows_next(&rows)) {
        other = !str_eq(row_text(&rows, 0), fingerprint(c));
        c->replayed = true;
        c->r->status = (int)row_int(&rows, 1);
        c->location = row_text(&rows, 2);
        c->answer = row_text(&rows, 3);
    }
    TRY(rows_end(&rows));
    return other ? reply_fail(c->r, ERR_INVALID, MSG(N_("This Idempotency-Key was used for another request."))) : OK;
}

static enum err remember(struct call *c)
{
    return db_exec(
        c->w.db, c->w.a,
        SQL("INSERT INTO idempotency (account, key, request, status, type, body, at) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        ARGS(v_int(c->w.actor.account), v_text(c->q->head.idempotency_key), v_text(fingerprint(c)), v_int(c->r->status),
             v_text(c->location), v_text(c->answer), v_int(c->q->now)));
}

enum err api_answers_forget(struct work *w)
{
    return db_exec(w->db, w->a, SQL("DELETE FROM idempotency WHERE at < $1"), ARGS(v_int(time_now() - API_ANSWER_DAYS * DAYS)));
}

/* ---- the transaction -------------------------------------------------------------------------------------- */

static enum err run(struct work *w, void *arg)
{
    struct call *c = arg;
    bool keyed = c->q->head.idempotency_key.n > 0;
    c->replayed = false;
    if (keyed) TRY(look_back(c));
    if (c->replayed) return OK;
    if (c->batch) TRY(batch_open(w, S("api"), (Str){ 0 }));
    for (size_t i = 0; i < c->n; i++) {
        c->done[i] = (struct outcome){ 0 };
        TRY(apply(c, &c->asked[i], &c->done[i]));
    }
    c->r->status = c->batch ? 200 : c->done->status;
    if (c->r->status == 201) c->location = str_f(c->q->a, "/api/v1/%s/%.*s", c->done->e->path, FMT(public_id(c->q->a, c->done->e, c->done->id)));
    TRY(write_answer(c));
    return keyed ? remember(c) : OK;
}

enum { KEY_MAX = 200 };

static enum err write_all(struct call *c)
{
    struct request *q = c->q;
    struct reply *r = c->r;
    r->cache = CACHE_NEVER;
    if (q->head.idempotency_key.n > KEY_MAX)
        return reply_fail(r, ERR_INVALID, MSG(N_("An Idempotency-Key has at most {1} bytes."), str_f(q->a, "%d", KEY_MAX)));
    c->done = NEW_ARRAY(q->a, struct outcome, c->n + 1);
    TRY(work_write(&c->w, run, c));
    if (c->replayed) reply_header(r, "Idempotency-Replayed", S("true"));
    else if (c->done->record && !c->batch) reply_header(r, "ETag", api_version(q->a, c->done->record));
    if (c->location.n) reply_header(r, "Location", c->location);
    return c->answer.n ? reply_body(r, TYPE_JSON, c->answer) : OK;
}

static enum err read_json(struct request *q, struct reply *r, const struct json_t **out)
{
    Message why = NO_MESSAGE;
    enum err err = json_read(q->a, q->head.body, out, &why);
    return err ? reply_fail(r, err, why) : OK;
}

enum err api_write(struct request *q, struct reply *r)
{
    struct change_asked asked = {
        .method = q->head.method, .list = request_capture(q, "list"), .id = request_capture(q, "id"), .step = request_capture(q, "step"), .version = q->head.if_match,
    };
    struct call c = { .q = q, .r = r, .w = desk_work(q), .asked = &asked, .n = 1 };
    if (q->head.body.n || (asked.method != DELETE && !asked.step.n)) TRY(read_json(q, r, &asked.body));
    return write_all(&c);
}

/* ---- several -------------------------------------------------------------------------------------------------- */

/* "enterprises", "enterprises/DN-000001-3", "claims/YC-000001-2/steps/accept". */
static bool read_path(Str path, struct change_asked *a)
{
    Str part[4] = { 0 }, rest = path, one;
    size_t n = 0;
    while (str_next(&rest, '/', &one)) {
        if (n == COUNT(part)) return false;
        part[n++] = one;
    }
    a->list = part[0];
    a->id = part[1];
    a->step = part[3];
    if (n == 1) return a->method == POST;
    if (n == 2) return a->method == PATCH || a->method == DELETE;
    return n == 4 && a->method == POST && str_is(part[2], "steps") && a->step.n;
}

enum err api_batch(struct request *q, struct reply *r)
{
    const struct json_t *body, *list;
    struct call c = { .q = q, .r = r, .w = desk_work(q), .batch = true };
    TRY(read_json(q, r, &body));
    list = json_member(body, "operations");
    c.n = json_count(list);
    if (!c.n || c.n > API_BATCH_MAX || !json_item(list, 0))
        return reply_fail(r, ERR_INVALID, MSG(N_("“operations” is a list of 1 to {1} changes."), str_f(q->a, "%d", API_BATCH_MAX)));
    c.asked = NEW_ARRAY(q->a, struct change_asked, c.n);
    for (size_t i = 0; i < c.n; i++) {
        const struct json_t *item = json_item(list, i);
        c.asked[i].body = json_member(item, "body");
        if (!method_from(json_str(json_member(item, "method")), &c.asked[i].method) ||
            !read_path(json_str(json_member(item, "path")), &c.asked[i]))
            return reply_fail(r, ERR_INVALID,
                              MSG(N_("Change {1} has no method or path like POST enterprises, PATCH enterprises/ID, DELETE "
                                     "enterprises/ID or POST LIST/ID/steps/STEP."),
                                  str_f(q->a, "%zu", i)));
    }
    return write_all(&c);
}
