/*
 * report.c - a visitor says what is not right with a profile (A11), and follows what becomes of it at an address that nobody can guess.
 *
 * No account is needed; few reports in a minute are taken from one address (ROUTE_LIMIT).  A file is stored only with a
 * report that is otherwise in order, and only what was sent with it: a stored file cannot be named.
 */
#include "pages/desk.h"
#include "pages/pages.h"
#include "pages/workspace/workspace.h"

#include "base/date.h"
#include "model/desk/file.h"
#include "model/form.h"
#include "model/view.h"
#include "programme/filing.h"

enum { EVIDENCE_MAX = 8 << 20 };            /* bytes of a file of somebody who is not known       */

static const int asked_for[] = { REPORT_KIND, REPORT_TEXT, REPORT_EVIDENCE, REPORT_EMAIL };

struct reporting {
    struct request      *q;
    struct reply        *r;
    struct work          w;
    const struct record *about;             /* the enterprise                                     */
    struct record       *report;
    struct form_problems wrong;
    Message              why;               /* of the file                                        */
    Str                  code;
};

static Str say(const struct reporting *f, const char *sentence) { return tr(f->q->lang, sentence); }

static Str profile_url(const struct request *q, const struct record *about)
{
    return request_link(q, str_f(q->a, "/enterprises/%.*s", FMT(public_id(q->a, about->e, about->id))));
}

static void put_title(struct html *h, struct reporting *f, Str title)
{
    html_open(h, "nav");
    html_class(h, "crumbs");
    html_attr(h, "aria-label", say(f, N_("Breadcrumb")));
    html_link(h, request_link(f->q, S("/enterprises")), NULL, say(f, N_("Directory")));
    if (f->about) html_text(h, S(" › ")), html_link(h, profile_url(f->q, f->about), NULL, record_title(&f->w, f->about));
    html_close(h, "nav");
    put_page_head(h, title, (Str){ 0 });
}

static enum err reply_page(struct reporting *f, struct html *h, Str title)
{
    f->r->cache = CACHE_NEVER;
    return shell_reply(f->q, f->r, &(struct page){ .title = title, .section = SECTION_DIRECTORY, .content = html_done(h) });
}

/* ---- the form ---------------------------------------------------------------------------------- */

static enum err form_page(struct reporting *f)
{
    struct html h = html_make(f->q->a);
    Str title = say(f, N_("Report a problem with a profile"));
    put_title(&h, f, title);
    html_leaf(&h, "p",
              message_str(f->q->a, f->q->lang,
                          MSG(N_("About {1}. An officer looks at every report within three working days and checks it; "
                                 "while it is being checked, the profile says so."),
                              record_title(&f->w, f->about))));
    desk_form_open(&h, f->q, f->r, request_link(f->q, f->q->path), "card desk-form record-form", true);
    put_form_summary(&h, &f->w, &f->wrong);
    for (size_t i = 0; i < COUNT(asked_for); i++) {
        const struct field *field = &report.fields[asked_for[i]];
        html_raw(&h, form_field_html(&f->w, field, str_of(field->name), params_get(&f->q->form, field->name), form_problem_at(&f->wrong, field->name)));
    }
    html_open(&h, "div");
    html_class(&h, "buttons form-buttons");
    desk_submit(&h, f->q, "button", say(f, N_("Send the report")));
    html_link(&h, profile_url(f->q, f->about), "button button-quiet", say(f, N_("Cancel")));
    html_close(&h, "div");
    html_close(&h, "form");
    return reply_page(f, &h, title);
}

/* Finds the enterprise; about NULL with OK: *r has the answer. */
static enum err begin(struct request *q, struct reply *r, struct reporting *f)
{
    struct record *about;
    *f = (struct reporting){ .q = q, .r = r, .w = desk_work(q) };
    if (!f->w.actor.name.n) f->w.actor.name = S("a visitor");
    TRY(find_record(q, r, &enterprise, &about));
    f->about = about;
    return OK;
}

enum err report_page(struct request *q, struct reply *r)
{
    struct reporting f;
    TRY(begin(q, r, &f));
    return f.about ? form_page(&f) : OK;
}

/* ---- taking it ----------------------------------------------------------------------------------- */

static void wrong_at(struct reporting *f, int field, Message what, bool sentence)
{
    const struct field *of = &report.fields[field];
    if (what.id) *GROW(f->q->a, f->wrong) = (struct form_problem){ str_of(of->name), of, what, sentence };
}

static const struct part_file *evidence(const struct request *q)
{
    for (size_t i = 0; i < q->files_n; i++)
        if (str_is(q->files[i].name, "evidence.file")) return &q->files[i];
    return NULL;
}

static enum err read_report(struct reporting *f)
{
    const struct part_file *file = evidence(f->q);
    f->report = record_make(f->q->a, &report);
    f->report->v[REPORT_ENTERPRISE] = v_int(f->about->id);
    for (size_t i = 0; i < COUNT(asked_for); i++) {
        const struct field *field = &report.fields[asked_for[i]];
        if (field->type != &file_type)
            wrong_at(f, asked_for[i], form_read_value(&f->w, field, params_get(&f->q->form, field->name), &f->report->v[asked_for[i]]), false);
    }
    if (file && file->bytes.n > EVIDENCE_MAX)
        wrong_at(f, REPORT_EVIDENCE, MSG(N_("The file is larger than {1} MB. Make it smaller, or send a photograph of it."),
                                         str_f(f->q->a, "%d", EVIDENCE_MAX >> 20)), true);
    if (f->wrong.n) return ERR_INVALID;
    return form_check(&f->w, f->report, (const struct asked *)(const void *)f->q->form.p, f->q->form.n, &f->wrong);
}

static enum err keep_report(struct work *w, void *arg)
{
    struct reporting *f = arg;
    const struct part_file *file = evidence(f->q);
    struct upload stored;
    if (file) {
        TRY(store_part(w, f->q, f->r, file, &stored, &f->why));
        f->report->v[REPORT_EVIDENCE] = v_text(upload_text(w->a, stored));
    }
    return report_file(w, f->report, &f->code);
}

enum err report_post(struct request *q, struct reply *r)
{
    struct reporting f;
    TRY(begin(q, r, &f));
    if (!f.about) return OK;
    enum err e = read_report(&f);
    if (!e) e = work_write(&f.w, keep_report, &f);
    wrong_at(&f, REPORT_EVIDENCE, f.why, true);
    if (f.wrong.n) return r->status = 422, form_page(&f);
    TRY(e);
    return reply_redirect(r, 303, request_link(q, str_f(q->a, "/reports/%.*s", FMT(f.code))));
}

/* ---- following it ----------------------------------------------------------------------------------- */

static void put_fact(struct html *h, Str label, Str text)
{
    if (!text.n) return;
    html_open(h, "div");
    html_leaf(h, "dt", label);
    html_leaf(h, "dd", text);
    html_close(h, "div");
}

/* What the officer wrote when it was decided. */
static enum err answer_of(struct work *w, const struct record *r, Str *out)
{
    struct takens taken;
    const struct choice *state = state_of(r);
    *out = (Str){ 0 };
    if (!state || !state->done) return OK;
    TRY(steps_taken(w, r, &taken));
    if (taken.n) *out = taken.p[0].note;
    return OK;
}

enum err report_followed(struct request *q, struct reply *r)
{
    static const int shown[] = { REPORT_NAME, REPORT_KIND, REPORT_TEXT, REPORT_STATE, REPORT_DUE };
    struct reporting f = { .q = q, .r = r, .w = desk_work(q) };
    struct html h = html_make(q->a);
    Str answer;
    enum err e = report_by_code(&f.w, request_capture(q, "code"), &f.report);
    if (e == ERR_MISSING)
        return reply_fail(r, e, MSG(N_("No report has this address. Copy all of it, from the mail or from where you kept it.")));
    TRY(e);
    TRY(answer_of(&f.w, f.report, &answer));
    Str title = message_str(q->a, q->lang, MSG(N_("Your report {1}"), public_id(q->a, &report, f.report->id)));
    put_title(&h, &f, title);
    html_leaf(
        &h, "p",
        say(&f,
            N_("Keep the address of this page: here you see what becomes of your report. Only who has the address can see it.")));
    html_open(&h, "dl");
    html_class(&h, "facts");
    for (size_t i = 0; i < COUNT(shown); i++) put_fact(&h, say(&f, report.fields[shown[i]].label), record_text(&f.w, f.report, shown[i]));
    put_fact(&h, say(&f, N_("Answer")), answer);
    html_close(&h, "dl");
    return reply_page(&f, &h, title);
}
