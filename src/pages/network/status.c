/*
 * status.c - the form behind the link that asks a site how it stands after an event (E08): three buttons, no account.  Looking changes
 * nothing, since mail programs follow links too.  The link alone says which site answers; nothing that is sent can name another.
 */
#include "pages/network/steering.h"

#include "model/type.h"
#include "programme/network/event.h"

static const int asked_fields[] = { EVENT_SITE_CAPACITY, EVENT_SITE_DAYS, EVENT_SITE_ANSWER_NOTE };

struct answering {
    struct at            at;                /* no list, no record: a visitor's page               */
    struct asked_site    asked;
    struct status        status;
    struct form_problems wrong;
};

/* Like one of the sign-in pages: nothing of the workspace around it. */
static enum err reply_in_shell(struct answering *f, Str title)
{
    f->at.r->cache = CACHE_NEVER;
    return shell_reply(f->at.q, f->at.r, &(struct page){ .title = title, .content = html_done(&f->at.h), .own_search = true });
}

static enum err begin(struct request *q, struct reply *r, struct answering *f)
{
    *f = (struct answering){ .at = at_desk(q, r) };
    enum err e = event_site_by_ticket(&f->at.w, request_capture(q, "ticket"), &f->asked);
    if (e != ERR_MISSING) return e;
    return reply_fail(
        r, e,
        MSG(N_(
            "This link is over, or a newer mail has replaced it; or the event is closed. Use the link of the newest mail, or call the department.")));
}

/* ---- the form ---------------------------------------------------------------------------------- */

static void put_heading(struct answering *f, Str title)
{
    struct html *h = &f->at.h;
    const struct record *hit = f->asked.hit;
    Str at_site = v_str(hit->v[EVENT_SITE_SITE]);
    put_page_head(h, title, str_f(f->at.q->a, "%.*s%s%.*s", FMT(v_str(hit->v[EVENT_SITE_NAME])), at_site.n ? ", " : "", FMT(at_site)));
    html_leaf(h, "p", at_say(&f->at, MSG(N_("Event: {1}, since {2}."), v_str(f->asked.event->v[EVENT_NAME]),
                                         record_text(&f->at.w, f->asked.event, EVENT_STARTED))));
}

/* What it has answered already, which it may correct. */
static void put_answered(struct answering *f)
{
    const struct record *hit = f->asked.hit;
    if (!v_is(hit->v[EVENT_SITE_ANSWERED_AT])) return;
    struct html *h = &f->at.h;
    html_open(h, "div");
    html_class(h, "alert alert-good");
    html_attr(h, "role", S("status"));
    html_leaf(h, "p",
              at_say(&f->at,
                     MSG(N_("Thank you: we have your answer “{1}” of {2}. You may correct it here while the event lasts."),
                         record_text(&f->at.w, hit, EVENT_SITE_ANSWER), at_time(&f->at, v_i64(hit->v[EVENT_SITE_ANSWERED_AT])))));
    html_close(h, "div");
}

static void put_details(struct answering *f)
{
    for (size_t i = 0; i < COUNT(asked_fields); i++) {
        const struct field *field = &event_site.fields[asked_fields[i]];
        Val v = f->asked.hit->v[asked_fields[i]];
        struct buf b = buf_make(f->at.q->a);
        Str typed = params_get(&f->at.q->form, field->name);
        if (typed.n) put(&b, typed);
        else if (v_is(v)) put_spelt(&b, &f->at.w, field, v);
        html_raw(&f->at.h, form_field_html(&f->at.w, field, str_of(field->name), buf_str(&b), form_problem_at(&f->wrong, field->name)));
    }
}

static void put_answer_button(struct answering *f, enum status_answer answer)
{
    struct html *h = &f->at.h;
    html_open(h, "button");
    html_attr(h, "type", S("submit"));
    html_attr(h, "name", S("answer"));
    html_attr(h, "value", str_of(status_answers[answer].code));
    html_class(h, answer == STOPPED ? "button button-danger" : "button");
    html_text(h, at_tr(&f->at, status_answers[answer].label));
    html_close(h, "button");
}

static void put_buttons(struct answering *f, enum status_answer one, enum status_answer other)
{
    html_open(&f->at.h, "div");
    html_class(&f->at.h, "buttons status-buttons");
    put_answer_button(f, one);
    put_answer_button(f, other);
    html_close(&f->at.h, "div");
}

/* Two forms, so that the Enter key in one of the details never says that nothing has happened. */
static enum err form_page(struct answering *f)
{
    struct html *h = &f->at.h;
    Str title = at_tr(&f->at, N_("How do you stand?")), here = request_link(f->at.q, f->at.q->path);
    put_heading(f, title);
    put_answered(f);
    desk_form_open(h, f->at.q, f->at.r, here, "card desk-form status-form", false);
    html_leaf(h, "h2", at_tr(&f->at, N_("With one press")));
    put_buttons(f, NOT_AFFECTED, STOPPED);
    html_close(h, "form");
    desk_form_open(h, f->at.q, f->at.r, here, "card desk-form status-form", false);
    html_leaf(h, "h2", at_tr(&f->at, N_("Affected in part, or more to say")));
    put_form_summary(h, &f->at.w, &f->wrong);
    put_details(f);
    put_buttons(f, AFFECTED, STOPPED);
    html_close(h, "form");
    html_leaf_class(h, "p", "form-hint",
                    at_tr(&f->at, N_("Only the office reads the answer; it is used to help where help is needed most.")));
    return reply_in_shell(f, title);
}

enum err status_page(struct request *q, struct reply *r)
{
    struct answering f;
    TRY(begin(q, r, &f));
    return form_page(&f);
}

/* ---- the answer ---------------------------------------------------------------------------------- */

static void wrong_at(struct answering *f, int field, Message what)
{
    const struct field *of = &event_site.fields[field];
    if (what.id) *GROW(f->at.q->a, f->wrong) = (struct form_problem){ str_of(of->name), of, what, false };
}

static enum err read_answer(struct answering *f)
{
    Val *const into[] = { &f->status.capacity, &f->status.days, &f->status.note };
    Str said = params_get(&f->at.q->form, "answer");
    int answer = 0;
    while (answer < STATUS_ANSWERS && !str_is(said, status_answers[answer].code)) answer++;
    if (answer == STATUS_ANSWERS) {
        *GROW(f->at.q->a, f->wrong) = (struct form_problem){ S("answer"), &event_site.fields[EVENT_SITE_ANSWER], MSG(N_("Press one of the three buttons.")), true };
        return ERR_INVALID;
    }
    f->status.answer = (enum status_answer)answer;
    for (size_t i = 0; i < COUNT(asked_fields); i++) {
        const struct field *field = &event_site.fields[asked_fields[i]];
        wrong_at(f, asked_fields[i], form_read_value(&f->at.w, field, params_get(&f->at.q->form, field->name), into[i]));
    }
    return f->wrong.n ? ERR_INVALID : OK;
}

enum err status_post(struct request *q, struct reply *r)
{
    struct answering f;
    Message why;
    TRY(begin(q, r, &f));
    if (read_answer(&f)) return r->status = 422, form_page(&f);
    enum err e = event_site_answer(&f.at.w, request_capture(q, "ticket"), &f.status, &why);
    if (e && why.id) return reply_fail(r, e, why);
    TRY(e);
    return reply_redirect(r, 303, request_link(q, q->path));
}
