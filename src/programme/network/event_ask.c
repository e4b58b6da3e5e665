/*
 * event_ask.c - each site is asked by mail how it stands, and answers through its link (E08).
 *
 * The link is the only thing that says who answers, so it names the site and nothing in the form does.  The mail goes to the
 * contact person's address, or else the enterprise's own, in both languages: who reads it is not known.
 */
#include "programme/network/event.h"

#include "base/hash.h"
#include "base/secret.h"
#include "model/desk/mail.h"
#include "programme/filing.h"

/* ---- asking ------------------------------------------------------------------------------------- */

static Str address_of(const struct record *e)
{
    Str contact = v_str(e->v[ENTERPRISE_CONTACT_EMAIL]);
    return contact.n ? contact : v_str(e->v[ENTERPRISE_EMAIL]);
}

static void put_part(struct buf *b, enum lang l, Message m)
{
    put_message(b, l, m);
    put_z(b, "\n\n");
}

static void put_letter(struct work *w, struct buf *b, enum lang l, const struct record *hit, Str event_name, Str token)
{
    Str of = v_str(hit->v[EVENT_SITE_SITE]), name = v_str(hit->v[EVENT_SITE_NAME]);
    put_part(b, l, MSG(N_("Dear Sir or Madam,")));
    put_part(
        b, l,
        MSG(N_("the Department of Industry and Trade of Hà Nội wants to know how {1} stands after this event: {2}. One click is enough, no account is needed:"),
            of.n ? str_f(w->a, "%.*s (%.*s)", FMT(name), FMT(of)) : name, event_name));
    put_f(b, "{base}%s/status/%.*s\n\n", l == EN ? "/en" : "", FMT(token));
    put_part(
        b, l,
        MSG(N_("The link is for your enterprise alone; it is good for {1} days, and until then you may correct your answer."),
            str_f(w->a, "%d", ASKED_DAYS)));
}

static enum err send(struct work *w, const struct record *hit, const struct record *of, Str to, Str token)
{
    struct buf b = buf_make(w->a);
    Str name = v_str(of->v[EVENT_NAME]);
    for (int l = VI; l < LANGS; l++) put_letter(w, &b, (enum lang)l, hit, name, token);
    Str subject = str_f(w->a, "%.*s / %.*s", FMT(message_str(w->a, VI, MSG(N_("How do you stand? {1}"), name))),
                        FMT(tr(EN, "How do you stand?")));
    return mail_put(w, to, subject, buf_str(&b));
}

enum err event_site_ask(struct work *w, const struct record *hit)
{
    const struct record *firm = enterprise_named(w, hit, EVENT_SITE_ENTERPRISE);
    struct record *of, *now = record_copy(w->a, hit);
    Str token = random_token(w->a), to = firm ? address_of(firm) : (Str){ 0 };
    bool changed;
    if (!mail_is_address(to)) return ERR_MISSING;
    TRY(record_load(w, &event, v_i64(hit->v[EVENT_SITE_EVENT]), &of));
    now->v[EVENT_SITE_TICKET] = v_text(sha256_hex(w->a, token));
    now->v[EVENT_SITE_ASKED_AT] = v_int(w->writing.at);
    TRY(record_save(w, hit, now, &changed));
    return send(w, hit, of, to, token);
}

enum err event_ask_all(struct work *w, const struct record *e, int64_t *asked, int64_t *no_address)
{
    struct records sites;
    *asked = *no_address = 0;
    TRY(event_sites(w, e->id, true, &sites));
    for (size_t i = 0; i < sites.n; i++) {
        if (v_is(sites.p[i]->v[EVENT_SITE_ANSWERED_AT])) continue;
        enum err err = event_site_ask(w, sites.p[i]);
        if (err && err != ERR_MISSING) return err;
        ++*(err ? no_address : asked);
    }
    return OK;
}

/* ---- answering ------------------------------------------------------------------------------------ */

enum err event_site_by_ticket(struct work *w, Str ticket, struct asked_site *out)
{
    int64_t id;
    TRY(record_find(w, &event_site, EVENT_SITE_TICKET, v_text(sha256_hex(w->a, ticket)), &id));
    if (!id) return ERR_MISSING;
    TRY(record_load(w, &event_site, id, &out->hit));
    TRY(record_load(w, &event, v_i64(out->hit->v[EVENT_SITE_EVENT]), &out->event));
    bool over = v_i64(out->hit->v[EVENT_SITE_ASKED_AT]) + ASKED_DAYS * DAYS < time_now();
    return over || !str_is(v_str(out->event->v[EVENT_STATE]), "open") ? ERR_MISSING : OK;
}

static enum err keep_answer(struct work *w, struct record *hit, const struct status *s)
{
    struct record *now = record_copy(w->a, hit);
    bool changed;
    now->v[EVENT_SITE_ANSWER] = v_text(str_of(status_answers[s->answer].code));
    now->v[EVENT_SITE_ANSWERED_AT] = v_int(w->writing.at);
    now->v[EVENT_SITE_ANSWER_NOTE] = s->note;
    now->v[EVENT_SITE_DAYS] = s->answer == NOT_AFFECTED ? v_null() : s->days;
    now->v[EVENT_SITE_CAPACITY] = s->answer == NOT_AFFECTED ? v_real(100) : s->answer == STOPPED ? v_real(0) : s->capacity;
    TRY(record_save(w, hit, now, &changed));
    *hit = *now;
    return OK;
}

/* The state that the answer means, unless it is the state already: a site restored meanwhile stays so when it is said to be well. */
static enum err follow(struct work *w, const struct record *hit, enum status_answer answer, Message *why)
{
    const struct step *s = step_named(&event_site, answer == NOT_AFFECTED ? S("clear") : S("confirm"));
    return step_leaves(s, v_str(hit->v[EVENT_SITE_STATE])) ? step_inside(w, hit, s, (Str){ 0 }, why) : OK;
}

struct answering { Str ticket; const struct status *s; Message *why; };

static enum err answer_inside(struct work *w, void *arg)
{
    const struct answering *a = arg;
    struct asked_site asked;
    TRY(event_site_by_ticket(w, a->ticket, &asked));
    TRY(keep_answer(w, asked.hit, a->s));
    return follow(w, asked.hit, a->s->answer, a->why);
}

enum err event_site_answer(struct work *w, Str ticket, const struct status *s, Message *why)
{
    struct answering a = { ticket, s, why };
    struct actor before = w->actor;
    *why = NO_MESSAGE;
    w->actor = (struct actor){ .roles = SYSTEM, .name = S("link of the status form") };
    enum err err = work_write(w, answer_inside, &a);
    w->actor = before;
    return err;
}
