/* line_act.c - what a form of a budget line's desk has sent becomes a voucher, or comes back as typed with the reason. */
#include "pages/money/line_desk.h"

#include "pages/plan/plan_pages.h"

struct sent { struct line_desk *d; const struct line_form *form; struct posting p; };

/* ---- what was typed ------------------------------------------------------------------------------------- */

static void wrong_at(struct sent *s, const char *input, const struct field *f, Message what)
{
    *GROW(s->d->m.at.q->a, s->d->wrong) = (struct form_problem){ str_of(input), f, what, false };
}

static Val read_field(struct sent *s, int field) { return read_voucher_field(&s->d->m.at, field, true, &s->d->wrong); }

static void read_amount(struct sent *s)
{
    s->p.amount = v_i64(read_field(s, VOUCHER_AMOUNT));
    if (s->p.amount < 0 && !(s->form->asks & MAY_REDUCE))
        wrong_at(s, voucher.fields[VOUCHER_AMOUNT].name, &voucher.fields[VOUCHER_AMOUNT],
                 MSG(N_("must be more than nothing; what was posted by mistake is taken back, and an allocation is reduced by adjusting it")));
}

static void read_task(struct sent *s)
{
    if (!public_id_read(&task, params_get(&s->d->m.at.q->form, "task"), &s->p.task))
        wrong_at(s, "task", &voucher.fields[VOUCHER_TASK], MSG(N_("is needed")));
}

/* Everything of the voucher that is taken back, but for what the form says. */
static enum err read_reversed(struct sent *s)
{
    struct work *w = &s->d->m.at.w;
    struct record *v = NULL;
    int64_t id;
    enum err e = public_id_read(&voucher, params_get(&s->d->m.at.q->form, "reverses"), &id) ? record_load(w, &voucher, id, &v) : ERR_MISSING;
    if (e && e != ERR_MISSING) return e;
    bool contracted = v && (v_is(v->v[VOUCHER_CONTRACT]) || v_is(v->v[VOUCHER_REQUEST]));
    enum money_stage stage = v ? money_stage_named(v_str(v->v[VOUCHER_STAGE])) : MONEY_SUBMITTED;
    Roles who = stage == MONEY_ALLOCATED ? FINANCE | ADMIN : OFFICER | ADMIN;
    if (!v || v_i64(v->v[VOUCHER_LINE]) != s->d->line->id || contracted || stage == MONEY_SUBMITTED || !(w->actor.roles & who)) {
        wrong_at(s, "reverses", &voucher.fields[VOUCHER_REVERSES], MSG(N_("is needed")));
        return OK;
    }
    s->p.reverses = v->id;
    s->p.stage = stage;
    s->p.amount = -v_i64(v->v[VOUCHER_AMOUNT]);
    s->p.task = v_i64(v->v[VOUCHER_TASK]);
    return OK;
}

static enum err read_sent(struct sent *s)
{
    unsigned asks = s->form->asks;
    s->p = (struct posting){ .line = s->d->line->id, .stage = s->form->stage };
    if (asks & ASKS_TASK) read_task(s);
    if (asks & ASKS_VOUCHER) TRY(read_reversed(s));
    else read_amount(s);
    s->p.document = v_str(read_field(s, VOUCHER_DOCUMENT));
    date_from_iso(v_str(read_field(s, VOUCHER_ON)), &s->p.on);
    if (asks & ASKS_REASON) s->p.reason = v_str(read_field(s, VOUCHER_REASON));
    return OK;
}

/* ---- posting ---------------------------------------------------------------------------------------------- */

static enum err posted_since(struct work *w, struct sent *s)
{
    struct record *newest;
    int64_t seen = -1, now = 0;
    str_to_i64(params_get(&s->d->m.at.q->form, "seen"), &seen);
    TRY(db_one_int(w->db, w->a, SQL("SELECT COALESCE(max(id), 0) FROM voucher WHERE line = $1"), ARGS(v_int(s->d->line->id)), &now));
    if (now == seen) return OK;
    TRY(record_load(w, &voucher, now, &newest));
    s->d->refusal = MSG(N_("Since this form was opened, “{1}” of {2} was posted on this line. Nothing was posted now: see what is left, and send it again if it is still right."),
                        v_str(newest->v[VOUCHER_DOCUMENT]), dong(w->a, w->lang, v_i64(newest->v[VOUCHER_AMOUNT])));
    return ERR_CONFLICT;
}

static enum err post(struct work *w, void *arg)
{
    struct sent *s = arg;
    TRY(posted_since(w, s));
    return money_post(w, &s->p, 1, &s->d->refusal);
}

/* The desk as it is now, with the form as it was typed. */
static enum err reply_refused(struct sent *s, enum err e)
{
    struct line_desk now;
    TRY(line_desk_open(s->d->m.at.q, s->d->m.at.r, &now));
    now.wrong = s->d->wrong;
    now.refusal = s->d->refusal;
    now.m.at.r->status = err_status(e);
    return line_desk_reply(&now, s->form);
}

/* POST /money/lines/{id}/{act} */
enum err money_act(struct request *q, struct reply *r)
{
    struct line_desk d;
    struct sent s = { .d = &d, .form = line_form_named(request_capture(q, "act")) };
    TRY(line_desk_open(q, r, &d));
    if (!s.form) return reply_fail(r, ERR_MISSING, MSG(N_("There is no “{1}” here."), request_capture(q, "act")));
    if (!line_form_theirs(&d, s.form)) return reply_fail(r, ERR_DENIED, MSG(N_("You may look at this line, but not post this on it.")));
    TRY(read_sent(&s));
    enum err e = d.wrong.n ? ERR_INVALID : work_write(&d.m.at.w, post, &s);
    if (e && (d.wrong.n || d.refusal.id)) return reply_refused(&s, e);
    TRY(e);
    return desk_done(q, r, money_line_path(q->a, d.line->id, NULL), "posted", 0, 0, 0);
}
