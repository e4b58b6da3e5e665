#include "pages/sign/sign.h"

#include "model/people/credential.h"

const struct entry email_entry = { "email", "email", N_("E-mail"), "username", NULL, 200 };
const struct entry password_entry = { "password", "password", N_("Password"), "current-password", NULL, PASSWORD_MOST };
const struct entry new_password_entry = { "new_password", "password", N_("New password"), "new-password",
    N_("At least ten characters. Four words that do not belong together are easy to keep in mind and hard to guess."), PASSWORD_MOST };
const struct entry code_entry = { "code", "text", N_("One-time code"), "one-time-code",
    N_("The six digits your app shows now, or one of your recovery codes."), 40 };

struct slip slip_of(struct request *q, struct reply *r)
{
    return (struct slip){ .q = q, .r = r, .w = desk_work(q), .h = html_make(q->a) };
}

Str slip_tr(const struct slip *s, const char *sentence) { return tr(s->q->lang, sentence); }

void slip_say(struct slip *s, const char *sentence) { html_leaf(&s->h, "p", slip_tr(s, sentence)); }

void slip_wrong(struct slip *s, const char *input, Message what)
{
    if (!what.id) return;
    MUST(s->wrong_n < COUNT(s->wrong));
    s->wrong[s->wrong_n++] = (struct wrong){ input, what };
}

Str typed_password(const struct slip *s, const char *name) { return params_get(&s->q->form, name); }
Str typed(const struct slip *s, const char *name) { return str_trim(typed_password(s, name)); }

/* ---- a form -------------------------------------------------------------------------------------- */

static Str sentence(const struct slip *s, Message m) { return message_str(s->q->a, s->q->lang, m); }

static void put_summary(struct slip *s)
{
    struct html *h = &s->h;
    if (!s->wrong_n) return;
    html_open(h, "div");
    html_class(h, "alert alert-danger");
    html_attr(h, "role", S("alert"));
    for (size_t i = 0; i < s->wrong_n; i++) {
        html_open(h, "p");
        if (s->wrong[i].input) html_link(h, str_f(s->q->a, "#%s", s->wrong[i].input), NULL, sentence(s, s->wrong[i].what));
        else html_text(h, sentence(s, s->wrong[i].what));
        html_close(h, "p");
    }
    html_close(h, "div");
}

void slip_form(struct slip *s, const char *path, const char *class)
{
    desk_form_open(&s->h, s->q, s->r, request_link(s->q, str_of(path)), class, false);
    put_summary(s);
}

static const struct wrong *wrong_at(const struct slip *s, const char *input)
{
    for (size_t i = 0; i < s->wrong_n; i++)
        if (s->wrong[i].input && !strcmp(s->wrong[i].input, input)) return &s->wrong[i];
    return NULL;
}

static void put_note(struct slip *s, const struct entry *e, const char *class, const char *suffix, Str text)
{
    html_open(&s->h, "div");
    html_class(&s->h, class);
    html_attr_f(&s->h, "id", "%s-%s", e->name, suffix);
    html_text(&s->h, text);
    html_close(&s->h, "div");
}

static void put_input(struct slip *s, const struct entry *e, const struct wrong *wrong)
{
    struct html *h = &s->h;
    bool kept = strcmp(e->type, "password") && strcmp(e->autocomplete, "one-time-code");
    html_open(h, "input");
    html_class(h, "form-control");
    html_attr(h, "id", str_of(e->name));
    html_attr(h, "name", str_of(e->name));
    html_attr(h, "type", str_of(e->type));
    html_attr(h, "autocomplete", str_of(e->autocomplete));
    html_attr_f(h, "maxlength", "%d", e->max);
    html_flag(h, "required", true);
    if (kept) html_attr(h, "value", typed(s, e->name));
    if (wrong) html_attr(h, "aria-invalid", S("true"));
    if (wrong || e->hint) html_attr_f(h, "aria-describedby", "%s-%s", e->name, wrong ? "wrong" : "help");
}

void slip_entry(struct slip *s, const struct entry *e)
{
    struct html *h = &s->h;
    const struct wrong *wrong = wrong_at(s, e->name);
    html_open(h, "div");
    html_class(h, "form-field");
    html_open(h, "label");
    html_class(h, "form-label");
    html_attr(h, "for", str_of(e->name));
    html_text(h, slip_tr(s, e->label));
    html_close(h, "label");
    put_input(s, e, wrong);
    if (wrong) put_note(s, e, "invalid-feedback", "wrong", sentence(s, wrong->what));
    if (e->hint) put_note(s, e, "form-hint", "help", slip_tr(s, e->hint));
    html_close(h, "div");
}

/* ---- a page -------------------------------------------------------------------------------------- */

enum err slip_reply(struct slip *s, const char *title)
{
    struct html h = html_make(s->q->a);
    Str said = slip_tr(s, title);
    html_open(&h, "div");
    html_class(&h, "sign-page");
    html_leaf(&h, "h1", said);
    desk_said(&h, s->q, s->r);
    html_raw(&h, html_done(&s->h));
    html_close(&h, "div");
    TRY(shell_reply(s->q, s->r, &(struct page){ .title = said, .content = html_done(&h) }));
    s->r->cache = CACHE_NEVER;
    if (s->wrong_n && s->r->status == 200) s->r->status = 422;
    return OK;
}

enum err slip_desk(struct slip *s, const char *title)
{
    struct desk_page page = { .title = slip_tr(s, title), .place = DESK_ACCOUNT, .content = html_done(&s->h),
                              .crumbs = { { request_link(s->q, S("/account")), slip_tr(s, N_("My account")) } } };
    if (!s->q->actor.account) return slip_reply(s, title);
    if (str_is(s->q->path, "/account")) page.crumbs[0].url = (Str){ 0 };
    TRY(desk_reply(s->q, s->r, &page));
    if (s->wrong_n && s->r->status == 200) s->r->status = 422;
    return OK;
}
