/* sessions.c - where an account is signed in, and signing out there. */
#include "pages/sign/sign.h"

#include "model/people/session.h"
#include "pages/workspace/workspace.h"

static const char *const columns[] = { N_("Program"), N_("Address"), N_("Since"), N_("Last seen"), N_("Actions") };

static void put_session(struct slip *s, const struct at *at, const struct session *one)
{
    struct html *h = &s->h;
    const char *action = N_("Sign out there");
    html_open(h, "tr");
    table_cell(h, slip_tr(s, columns[0]), one->agent);
    table_cell(h, slip_tr(s, columns[1]), one->address);
    table_cell(h, slip_tr(s, columns[2]), at_time(at, one->began));
    table_cell(h, slip_tr(s, columns[3]), at_time(at, one->seen));
    html_open(h, "td");
    if (one->id == s->q->session.id) {
        html_text(h, slip_tr(s, N_("this device")));
    } else {
        slip_form(s, "/account/sessions/end", "inline-form");
        desk_hidden(h, "session", str_f(s->q->a, "%lld", (long long)one->id));
        desk_submit(h, s->q, "button button-quiet", slip_tr(s, action));
        html_close(h, "form");
    }
    html_close(h, "td");
    html_close(h, "tr");
}

enum err account_sessions(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct at at = at_desk(q, r);
    struct sessions all;
    TRY(sessions_of(&s.w, q->actor.account, &all));
    slip_say(&s, N_("A session ends by itself after two hours without use, and after twelve hours at the latest."));
    table_begin(&s.h, q->lang, slip_tr(&s, N_("Where you are signed in")), columns, COUNT(columns));
    for (size_t i = 0; i < all.n; i++) put_session(&s, &at, &all.p[i]);
    table_end(&s.h);
    if (all.n > 1) desk_button(&s.h, q, r, request_link(q, S("/account/sessions/end")), "button", slip_tr(&s, N_("Sign out everywhere else")));
    return slip_desk(&s, N_("Where you are signed in"));
}

struct ending { int64_t account, one, mine; };              /* one 0: all but mine                */

static enum err end(struct work *w, void *arg)
{
    const struct ending *e = arg;
    struct sessions all;
    if (e->one) return session_end(w, e->account, e->one);
    TRY(sessions_of(w, e->account, &all));
    for (size_t i = 0; i < all.n; i++)
        if (all.p[i].id != e->mine) TRY(session_end(w, e->account, all.p[i].id));
    return OK;
}

enum err account_sessions_end(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct ending e = { .account = q->actor.account, .mine = q->session.id };
    str_to_i64(params_get(&q->form, "session"), &e.one);
    TRY(work_write(&w, end, &e));
    return desk_done(q, r, S("/account/sessions"), "sessions", 0, 0, 0);
}
