/*
 * event_contact.c - somebody of the office has spoken with a site: what was said, and how the site stands since, on one form.  Day and
 * time are those of saving.
 */
#include "pages/network/steering.h"

#include "base/date.h"
#include "model/type.h"
#include "programme/network/event.h"

static const int said_fields[] = { CONTACT_CHANNEL, CONTACT_PERSON, CONTACT_SAID };
static const int stand_fields[] = { EVENT_SITE_SEVERITY, EVENT_SITE_CAPACITY, EVENT_SITE_DAYS };

/* What was typed, or else what the record says. */
static void put_field(struct at *at, const struct field *f, Val now, const struct form_problems *wrong)
{
    struct buf b = buf_make(at->q->a);
    Str typed = params_get(&at->q->form, f->name);
    if (typed.n) put(&b, typed);
    else if (v_is(now) && f->choices) put(&b, v_str(now));
    else if (v_is(now)) put_spelt(&b, &at->w, f, now);
    html_raw(&at->h, form_field_html(&at->w, f, str_of(f->name), buf_str(&b), form_problem_at(wrong, f->name)));
}

static enum err contact_form(struct at *at, const struct record *hit, const struct form_problems *wrong)
{
    struct html *h = &at->h;
    Str back = event_desk_path(at->q->a, at->record->id);
    desk_form_open(h, at->q, at->r, request_link(at->q, at->q->path), "card desk-form record-form", false);
    put_form_summary(h, &at->w, wrong);
    for (size_t i = 0; i < COUNT(said_fields); i++) put_field(at, &event_contact.fields[said_fields[i]], v_null(), wrong);
    for (size_t i = 0; i < COUNT(stand_fields); i++)
        put_field(at, &event_site.fields[stand_fields[i]], hit->v[stand_fields[i]], wrong);
    html_open(h, "div");
    html_class(h, "buttons form-buttons");
    desk_submit(h, at->q, "button", at_tr(at, N_("Save")));
    html_link(h, request_link(at->q, back), "button button-quiet", at_tr(at, N_("Cancel")));
    html_close(h, "div");
    html_close(h, "form");
    static const int log[] = { EVENT_SITE_CONTACTS };
    html_raw(h, sections_html(&at->w, hit, log, COUNT(log)));
    struct record *event_of = at->record;
    return desk_reply(at->q, at->r, &(struct desk_page){
        .title = at_say(at, MSG(N_("Contact with {1}"), record_title(&at->w, hit))), .place = DESK_EVENTS, .content = html_done(h),
        .crumbs = { { request_link(at->q, S("/network/events")), at_tr(at, N_("Event desk")) },
                    { request_link(at->q, back), record_title(&at->w, event_of) } },
    });
}

/* The site, if the actor may write to it while its event is open. */
static enum err begin(struct request *q, struct reply *r, struct at *at, struct record **hit)
{
    TRY(event_site_at(q, r, at, hit));
    bool open = str_is(v_str(at->record->v[EVENT_STATE]), "open");
    if (reach_of(&at->w, *hit).may & MAY_CHANGE && open) return OK;
    return reply_fail(r, ERR_DENIED, MSG(N_("You may see {1}, but not do this with it."), request_capture(q, "site")));
}

enum err event_contact_page(struct request *q, struct reply *r)
{
    struct at at;
    struct record *hit;
    TRY(begin(q, r, &at, &hit));
    return contact_form(&at, hit, &(struct form_problems){ 0 });
}

/* ---- saving ----------------------------------------------------------------------------------------- */

static void read_into(struct at *at, struct record *r, const int *fields, size_t n, struct form_problems *wrong)
{
    for (size_t i = 0; i < n; i++) {
        const struct field *f = &r->e->fields[fields[i]];
        Message m = form_read_value(&at->w, f, params_get(&at->q->form, f->name), &r->v[fields[i]]);
        if (m.id) *GROW(at->q->a, *wrong) = (struct form_problem){ str_of(f->name), f, m, false };
    }
}

static struct record *with_contact(struct at *at, const struct record *hit, struct form_problems *wrong)
{
    struct record *now = record_copy(at->q->a, hit), *said = record_add(at->q->a, now, EVENT_SITE_CONTACTS);
    struct buf time = buf_make(at->q->a);
    put_time_of_day(&time, time_now());
    said->v[CONTACT_ON] = v_text(date_iso(at->q->a, at->w.today));
    said->v[CONTACT_TIME] = v_text(buf_str(&time));
    read_into(at, said, said_fields, COUNT(said_fields), wrong);
    read_into(at, now, stand_fields, COUNT(stand_fields), wrong);
    if (!v_is(said->v[CONTACT_SAID]) && !wrong->n)
        *GROW(at->q->a, *wrong) = (struct form_problem){ S("said"), &event_contact.fields[CONTACT_SAID], MSG(N_("is needed")), false };
    return now;
}

enum err event_contact_post(struct request *q, struct reply *r)
{
    struct at at;
    struct record *hit;
    struct saving s = { 0 };
    TRY(begin(q, r, &at, &hit));
    s.was = hit;
    s.now = with_contact(&at, hit, &s.wrong);
    enum err e = s.wrong.n ? ERR_INVALID : record_keep(&at.w, &s);
    if (e == ERR_INVALID || e == ERR_CONFLICT) {
        r->status = err_status(e);
        return contact_form(&at, hit, &s.wrong);
    }
    TRY(e);
    return desk_done(q, r, event_desk_path(q->a, at.record->id), "saved", 0, 0, 0);
}
