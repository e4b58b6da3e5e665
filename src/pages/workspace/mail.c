/* mail.c - the outbox for administrators: what waits, what failed and why, with a button to try again or to drop it. */
#include "pages/workspace/workspace.h"

#include "model/desk/mail.h"

enum { SHOWN = 100 };

static void put_alert(struct at *at, const char *sentence)
{
    html_open(&at->h, "div");
    html_class(&at->h, "alert alert-danger");
    html_leaf(&at->h, "p", at_tr(at, sentence));
    html_close(&at->h, "div");
}

static void put_button(struct at *at, const char *path, int64_t id, const char *class, Str label)
{
    desk_form_open(&at->h, at->q, at->r, request_link(at->q, str_of(path)), "inline-form", false);
    desk_hidden(&at->h, "mail", str_f(at->q->a, "%lld", (long long)id));
    desk_submit(&at->h, at->q, class, label);
    html_close(&at->h, "form");
}

static Str fate_of(const struct at *at, const struct mail *m)
{
    if (!m->next_try) return at_say(at, MSG(N_("Refused for ever: {1}"), m->error));
    if (!m->tries) return at_tr(at, N_("Not yet tried"));
    return at_say(at, MSG(N_("Attempts so far: {1}; next at {2}: {3}"), str_f(at->q->a, "%d", m->tries), at_time(at, m->next_try), m->error));
}

static void put_mail(struct at *at, const char *const *columns, const struct mail *m)
{
    const Str cells[] = { m->to, m->subject, at_time(at, m->made), fate_of(at, m) };
    html_open(&at->h, "tr");
    for (size_t i = 0; i < COUNT(cells); i++) table_cell(&at->h, at_tr(at, columns[i]), cells[i]);
    html_open(&at->h, "td");
    put_button(at, "/workspace/mail/again", m->id, "button button-quiet", at_tr(at, N_("Try again")));
    put_button(at, "/workspace/mail/drop", m->id, "button button-danger", at_tr(at, N_("Drop")));
    html_close(&at->h, "td");
    html_close(&at->h, "tr");
}

static void put_mails(struct at *at, const struct mails *list)
{
    static const char *const columns[] = { N_("To"), N_("Subject"), N_("Written on"), N_("State"), N_("What to do") };
    table_begin(&at->h, at->q->lang, at_tr(at, N_("Mail")), columns, COUNT(columns));
    for (size_t i = 0; i < list->n; i++) put_mail(at, columns, &list->p[i]);
    table_end(&at->h);
    put_button(at, "/workspace/mail/again", 0, "button", at_tr(at, N_("Try all of them now")));
}

enum err workspace_mail(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    struct mail_state state;
    struct mails list;
    TRY(mail_state(&at.w, &state));
    TRY(mails_unsent(&at.w, SHOWN, &list));
    if (!q->instance->mail)
        put_alert(&at, N_("No mail server is set up, so all mails wait. Whoever runs this server names one with --smtp smtp://HOST:PORT."));
    if (list.n) put_mails(&at, &list);
    else html_leaf_class(&at.h, "p", "empty", at_tr(&at, N_("No mail waits to be sent, and none has failed.")));
    Str counts[] = { page_number(&at.w, state.waiting), page_number(&at.w, state.failed), page_number(&at.w, state.sent) };
    return at_reply_as(&at, DESK_MAIL, at_tr(&at, N_("Mail")),
                       at_say(&at, MSG(N_("{1} wait, {2} were refused for ever, {3} were sent in the last year."), counts[0],
                                       counts[1], counts[2])));
}

static enum err again(struct work *w, void *id) { return mail_again(w, *(int64_t *)id); }
static enum err drop(struct work *w, void *id) { return mail_drop(w, *(int64_t *)id); }

static enum err done_with(struct request *q, struct reply *r, work_fn *fn, const char *said)
{
    struct at at = at_desk(q, r);
    int64_t id;
    if (!str_to_i64(params_get(&q->form, "mail"), &id)) return ERR_INVALID;
    TRY(work_write(&at.w, fn, &id));
    return desk_done(q, r, S("/workspace/mail"), said, 0, 0, 0);
}

enum err workspace_mail_again(struct request *q, struct reply *r) { return done_with(q, r, again, "mail-again"); }
enum err workspace_mail_drop(struct request *q, struct reply *r) { return done_with(q, r, drop, "gone"); }
