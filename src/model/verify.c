/*
 * verify.c - whether the database is what its log says.  Three walks, each in pages of bounded memory: the chain in its
 * order; the log by record, folded into a state and held against the row; the states, references and codes of the rows.
 */
#include "model/log.h"

#include "base/hash.h"
#include "model/flow/workflow.h"

#include <string.h>

enum { PAGE = 500, FINDINGS_MAX = 100 };

static void found(struct work *w, struct findings *out, int64_t seq, const struct entity *e, int64_t record, Message what)
{
    if (out->n < FINDINGS_MAX)
        *GROW(w->a, *out) = (struct finding){ seq, e ? str_of(e->name) : (Str){ 0 }, record, what };
}

/* ---- the chain ------------------------------------------------------------------------------ */

/* What is wrong with an entry that should be number `seq` and follow one with the hash `before`. */
static Message wrong_entry(struct work *w, const struct change *c, int64_t seq, Str before)
{
    if (c->seq > seq) return MSG(N_("Entry {1} of the change log is missing."), str_f(w->a, "%lld", (long long)seq));
    Str number = str_f(w->a, "%lld", (long long)c->seq);
    if (c->seq < seq) return MSG(N_("Entry {1} does not belong into the change log."), number);
    if (c->hash.n == SHA256_HEX && str_eq(change_hash(w->a, before, c), c->hash)) return NO_MESSAGE;
    return MSG(N_("Entry {1} of the change log is not what was written: its hash does not match."), number);
}

/* Stops at the first wrong entry: after it nothing can be said of the others. */
static enum err check_chain(struct work *w, struct arena *page, struct findings *out)
{
    int64_t after = INT64_MIN;
    for (;;) {
        struct work inner = *w;
        struct changes log;
        arena_reset(page);
        inner.a = page;
        TRY(changes_since(&inner, after, PAGE, &log));
        if (!log.n) return OK;
        for (size_t i = 0; i < log.n; i++) {
            const struct change *c = &log.p[i];
            int64_t expected = out->entries + 1;
            Message what = wrong_entry(&inner, c, expected, str_of(out->last));
            if (what.id) {
                what.fact[0] = str_dup(w->a, what.fact[0]);
                found(w, out, c->seq < expected ? c->seq : expected, NULL, 0, what);
                return OK;
            }
            after = c->seq;
            memcpy(out->last, c->hash.p, c->hash.n);
            out->entries++;
        }
    }
}

/* ---- states --------------------------------------------------------------------------------- */

/* Empty: none. */
static Str differing_field(const struct record *a, const struct record *b)
{
    for EACH_FIELD(f, i, a->e) if (has_column(f) && !val_eq(a->v[i], b->v[i])) return str_of(f->name);
    for EACH_FIELD(f, i, a->e) {
        if (f->type != &children_type) continue;
        const struct records *x = &a->children[i], *y = &b->children[i];
        if (x->n != y->n) return str_of(f->name);
        for (size_t k = 0; k < x->n; k++)
            if (x->p[k]->id != y->p[k]->id || differing_field(x->p[k], y->p[k]).n) return str_of(f->name);
    }
    if (a->seq != b->seq) return S("seq");
    if (a->changed_at != b->changed_at) return S("changed_at");
    return (Str){ 0 };
}

static enum err fold(struct work *w, const struct changes *log, const struct entity *e, struct record **out)
{
    struct record *r = NULL;
    for (size_t i = 0; i < log->n; i++) {
        const struct json_t *delta;
        Message why;
        if (log->p[i].kind == CHANGE_DELETE) {
            r = NULL;
            continue;
        }
        if (!r) r = record_make(w->a, e);
        r->id = log->p[i].record;
        TRY(json_read(w->a, log->p[i].delta, &delta, &why));
        delta_apply(w->a, r, delta, IS);
        r->seq = log->p[i].seq;
        r->changed_at = log->p[i].at;
    }
    if (r && e->compute) e->compute(w, r);
    *out = r;
    return OK;
}

static enum err check_record(struct work *outer, struct work *w, const struct entity *e, int64_t id, struct findings *out)
{
    struct changes log;
    struct record *said, *is = NULL;
    TRY(changes_read(w, SQL(CHANGE_COLUMNS " WHERE entity = $1 AND record = $2 ORDER BY seq"),
                     ARGS(v_text(str_of(e->name)), v_int(id)), &log));
    enum err err = fold(w, &log, e, &said);
    if (err == ERR_INVALID || err == ERR_TOO_BIG) {
        found(outer, out, log.p[log.n - 1].seq, e, id, MSG(N_("An entry of the change log about this record cannot be read.")));
        return OK;
    }
    TRY(err);
    err = record_load(w, e, id, &is);
    if (err && err != ERR_MISSING) return err;
    int64_t seq = log.n ? log.p[log.n - 1].seq : 0;
    if (!said && is) found(outer, out, seq, e, id, MSG(N_("The record is there, but the change log does not say so.")));
    else if (said && !is) found(outer, out, seq, e, id, MSG(N_("The record is missing, but the change log says it is there.")));
    else if (said && is) {
        Str field = differing_field(said, is);
        if (field.n)
            found(outer, out, seq, e, id,
                  MSG(N_("The value of “{1}” is not the one in the change log."), str_dup(outer->a, field)));
        out->records++;
    }
    return OK;
}

/* Every id that the table or the log knows, in order. */
static enum err check_entity(struct work *w, struct arena *page, const struct entity *e, struct findings *out)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "SELECT id FROM (SELECT id FROM %s WHERE id > $1 UNION SELECT record FROM change WHERE entity = $2 AND"
              " record > $1) AS ids ORDER BY id LIMIT $3", e->name);
    Sql q = sql_of(&b);
    int64_t after = 0;
    for (size_t n = 1; n && out->n < FINDINGS_MAX;) {
        int64_t ids[PAGE];
        struct work inner = *w;
        arena_reset(page);
        inner.a = page;
        struct rows r = db_query(w->db, page, q, ARGS(v_int(after), v_text(str_of(e->name)), v_int(PAGE)));
        for (n = 0; n < PAGE && rows_next(&r); n++) ids[n] = row_int(&r, 0);
        TRY(rows_end(&r));
        for (size_t i = 0; i < n; i++) {
            if (i % 50 == 49) arena_reset(page);
            TRY(check_record(w, &inner, e, after = ids[i], out));
        }
    }
    return OK;
}

/* ---- states of workflows --------------------------------------------------------------------- */

static enum err check_states(struct work *w, const struct entity *e, struct findings *out)
{
    const char *state = e->fields[e->workflow->state].name;
    struct buf b = buf_make(w->a);
    put_f(&b, "SELECT min(id), %s FROM %s WHERE %s IS NOT NULL GROUP BY %s ORDER BY 1", state, e->name, state, state);
    struct rows r = db_query(w->db, w->a, sql_of(&b), NO_ARGS);
    while (rows_next(&r))
        if (!state_named(e, row_text(&r, 1)))
            found(w, out, 0, e, row_int(&r, 0), MSG(N_("“{1}” is no state of “{2}”."), row_text(&r, 1), str_of(e->name)));
    return rows_end(&r);
}

/* ---- references and codes ------------------------------------------------------------------- */

static enum err check_reference(struct work *w, const struct entity *e, const struct field *f, struct findings *out)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "SELECT id FROM %s WHERE %s IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s AS t WHERE t.id = %s.%s) ORDER BY id"
              " LIMIT 20", e->name, f->name, reference_to(w->m, f)->name, e->name, f->name);
    struct rows r = db_query(w->db, w->a, sql_of(&b), NO_ARGS);
    while (rows_next(&r))
        found(w, out, 0, e, row_int(&r, 0), MSG(N_("“{1}” refers to a record that does not exist."), str_of(f->name)));
    return rows_end(&r);
}

static enum err check_codes(struct work *w, const struct entity *e, const struct field *f, struct findings *out)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "SELECT min(id), %s FROM %s WHERE %s IS NOT NULL GROUP BY %s ORDER BY 1", f->name, e->name, f->name, f->name);
    struct rows r = db_query(w->db, w->a, sql_of(&b), NO_ARGS);
    while (rows_next(&r)) {
        Str rest = row_text(&r, 1), key;
        while (str_next(&rest, ';', &key))
            if (key.n && !code_find(w->codes, str_of(f->list), key))
                found(w, out, 0, e, row_int(&r, 0),
                      MSG(N_("“{1}” holds {2}, which is not in the list {3}."), str_of(f->name), key, str_of(f->list)));
    }
    return rows_end(&r);
}

struct verifying { struct work *w; struct findings *out; struct arena page; };

static enum err verify(struct db *db, void *arg)
{
    struct verifying *v = arg;
    const struct model *m = v->w->m;
    TRY(check_chain(v->w, &v->page, v->out));
    for (int i = 0; i < m->n; i++) {
        const struct entity *e = m->entities[i];
        if (!e->parent) TRY(check_entity(v->w, &v->page, e, v->out));
        if (e->workflow) TRY(check_states(v->w, e, v->out));
        for EACH_FIELD(f, k, e) {
            if (f->type == &reference_type && reference_to(v->w->m, f) && !e->confidential) TRY(check_reference(v->w, e, f, v->out));
            else if (f->list && has_column(f)) TRY(check_codes(v->w, e, f, v->out));
        }
    }
    return OK;
}

/* Of one state of the database: others may write meanwhile. */
enum err log_verify(struct work *w, struct findings *out)
{
    struct verifying v = { w, out, arena_make((size_t)256 << 20, w->a->full) };
    *out = (struct findings){ 0 };
    enum err err = db_read(w->db, verify, &v);
    arena_free(&v.page);
    return err;
}
