#include "pages/shell.h"

#include "base/date.h"
#include "base/embedded.h"
#include "base/number.h"
#include "model/desk/desk.h"
#include "pages/desk.h"
#include "version.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- templates ------------------------------------------------------------------------------ */

static bool find_text(const void *context, Str name, Str *text)
{
    struct arena a = arena_make(1 << 16, NULL);
    bool found = embedded_find(str_f(&a, "web/templates/%.*s.html", FMT(name)), text);
    arena_free(&a);
    return found;
}

const struct template *template_load(struct arena *forever, const char *name, const struct slot *slots)
{
    static const struct template_source source = { .find = find_text };
    const struct template *t;
    Message why = NO_MESSAGE;
    enum err e = template_parse(forever, &source, str_of(name), slots, &t, &why);
    if (!e) return t;
    Str sentence = why.id ? message_str(forever, EN, why) : S("is missing");
    fprintf(stderr, "template %s: %.*s\n", name, FMT(sentence));
    abort();
}

/* ---- the frame ------------------------------------------------------------------------------ */

struct link { Str url, label; bool here; };
static const struct slot link_slots[] = { SLOT(struct link, url), SLOT(struct link, label), SLOT(struct link, here), SLOT_END };

struct shell {
    Str  lang, title, description, refresh, url, url_vi, url_en, other_url, other_lang, other_label, home_url, search_url, updated, version;
    bool demo, search;
    Html content, json_ld, person;
    Items nav;
};
static const struct slot shell_slots[] = {
    SLOT(struct shell, lang), SLOT(struct shell, title), SLOT(struct shell, description), SLOT(struct shell, refresh), SLOT(struct shell, url),
    SLOT(struct shell, url_vi), SLOT(struct shell, url_en), SLOT(struct shell, other_url), SLOT(struct shell, other_lang),
    SLOT(struct shell, other_label), SLOT(struct shell, home_url), SLOT(struct shell, search_url),
    SLOT(struct shell, updated), SLOT(struct shell, version), SLOT(struct shell, demo), SLOT(struct shell, content),
    SLOT(struct shell, json_ld), SLOT(struct shell, search), SLOT(struct shell, person),
    SLOT_ITEMS(struct shell, nav, struct link, link_slots), SLOT_END,
};

static const struct { enum section section; const char *path, *label; } nav[] = {
    { SECTION_MATCH,     "/match",       N_("Find suppliers") },
    { SECTION_DEMANDS,   "/demands",     N_("Demands") },
    { SECTION_DIRECTORY, "/enterprises", N_("Directory") },
    { SECTION_PROGRAMME, "/programme",   N_("Programme") },
    { SECTION_ACTIVITIES, "/activities", N_("Activities") },
    { SECTION_ZONES,     "/zones",       N_("Industrial zones") },
    { SECTION_DATA,      "/data",        N_("Open data") },
};

static const struct template *frame, *failed;


/* JSON is written so that "<" cannot stand in it (json.h); a script of this type is data, never run. */
static Html json_ld_of(struct arena *a, Str json)
{
    struct html h = html_make(a);
    if (!json.n) return html_done(&h);
    html_open(&h, "script");
    html_attr(&h, "type", S("application/ld+json"));
    html_raw(&h, (Html){ json });
    html_close(&h, "script");
    return html_done(&h);
}

static void put_way(struct html *h, struct request *q, const char *path, Str label)
{
    html_open(h, "li");
    html_link(h, request_link(q, str_of(path)), NULL, label);
    html_close(h, "li");
}

/* Who is signed in, with the ways to their own pages and out; for visitors the way in. */
static Html person_of(struct request *q, struct reply *r)
{
    struct html h = html_make(q->a);
    struct work w = desk_work(q);
    int64_t unseen = 0;
    html_open(&h, "ul");
    html_class(&h, "person");
    if (!q->session.id) put_way(&h, q, "/sign-in", tr(q->lang, N_("Sign in")));
    if (q->actor.account) {
        if (notices_count(&w, &unseen)) unseen = 0;         /* a page is worth more than its counter */
        put_way(&h, q, "/account", account_name(&w, q->actor.account));
        put_way(&h, q, "/workspace", tr(q->lang, N_("Workspace")));
        if (unseen) put_way(&h, q, "/workspace/notices", message_str(q->a, q->lang, MSG(N_("Notices ({1})"), page_number(&w, unseen))));
    }
    if (q->session.id) {
        html_open(&h, "li");
        desk_button(&h, q, r, request_link(q, S("/sign-out")), "link-button", tr(q->lang, N_("Sign out")));
        html_close(&h, "li");
    }
    html_close(&h, "ul");
    return html_done(&h);
}

static Str absolute(struct request *q, Str url) { return str_f(q->a, "%.*s%.*s", FMT(q->base_url), FMT(url)); }

void put_page_head(struct html *h, Str title, Str lead)
{
    html_open(h, "header");
    html_class(h, "page-head");
    html_leaf(h, "h1", title);
    if (lead.n) html_leaf_class(h, "p", "lead", lead);
    html_close(h, "header");
}

enum err shell_reply(struct request *q, struct reply *r, const struct page *p)
{
    struct work w = page_work(q);
    const struct snapshot *s = page_snapshot(q);
    enum lang other = q->lang == VI ? EN : VI;
    struct link links[COUNT(nav)];
    for (size_t i = 0; i < COUNT(nav); i++)
        links[i] = (struct link){ request_link(q, str_of(nav[i].path)), tr(q->lang, nav[i].label), nav[i].section == p->section };
    struct shell d = {
        .lang = str_of(lang_code(q->lang)), .title = p->title, .description = p->description, .refresh = p->refresh,
        .url = absolute(q, request_url_in(q, q->lang)), .url_vi = absolute(q, request_url_in(q, VI)),
        .url_en = absolute(q, request_url_in(q, EN)), .other_url = request_url_in(q, other),
        .other_lang = str_of(lang_code(other)), .other_label = other == EN ? S("English") : S("Tiếng Việt"),
        .home_url = request_link(q, S("/")), .search_url = request_link(q, S("/enterprises")),
        .updated = s ? page_date(&w, time_now()) : (Str){ 0 }, .version = S(VERSION), .demo = s && s->demo, .search = !p->own_search, .content = p->content,
        .json_ld = json_ld_of(q->a, p->json_ld), .person = person_of(q, r), .nav = { links, COUNT(links) },
    };
    return reply_body(r, TYPE_HTML, template_render(q->a, frame, q->lang, &d).s);
}

struct failure { Str status, title, message, search_url, home_url, rights_url, sign_in_url; bool lost; };
static const struct slot failure_slots[] = {
    SLOT(struct failure, status), SLOT(struct failure, title), SLOT(struct failure, message), SLOT(struct failure, search_url),
    SLOT(struct failure, home_url), SLOT(struct failure, rights_url), SLOT(struct failure, sign_in_url), SLOT(struct failure, lost), SLOT_END,
};

void shell_prepare(struct arena *forever)
{
    frame = template_load(forever, "shell", shell_slots);
    failed = template_load(forever, "error", failure_slots);
}

void shell_error(struct request *q, struct reply *r, Message why)
{
    int status = r->status;
    struct failure d = {
        .status = str_f(q->a, "%d", status), .title = tr(q->lang, status == 404 ? N_("Page not found") : N_("This request could not be answered")),
        .message = message_str(q->a, q->lang, why), .search_url = request_link(q, S("/enterprises")), .home_url = request_link(q, S("/")),
        .lost = status == 404,
    };
    if (status == 401) d.sign_in_url = request_link(q, S("/sign-in"));
    if (status == 403 && q->actor.account) d.rights_url = request_link(q, S("/workspace/rights"));
    struct page p = { .title = d.title, .own_search = true, .content = template_render(q->a, failed, q->lang, &d) };
    MUST(!shell_reply(q, r, &p));
    r->status = status;
}

/* ---- what handlers need --------------------------------------------------------------------- */

const struct snapshot *page_snapshot(const struct request *q) { return q->app; }

struct work page_work(struct request *q)
{
    const struct snapshot *s = page_snapshot(q);
    return (struct work){
        .m = s ? s->m : NULL, .db = q->db, .a = q->a, .codes = s ? s->codes : NULL,
        .concepts = s && s->finder ? s->finder->schema.concepts : NULL, .lang = q->lang, .actor = VISITING,
        .today = s ? s->today : date_today(),
    };
}

_Static_assert(sizeof(struct asked) == sizeof(struct param) && offsetof(struct asked, value) == offsetof(struct param, value),
               "a query's parameters are what a list is asked");
const struct asked *page_asked(const struct request *q, size_t *n)
{
    *n = q->query.n;
    return (const struct asked *)(const void *)q->query.p;
}

Str page_number(struct work *w, int64_t v)
{
    struct buf b = buf_make(w->a);
    put_int_grouped(&b, w->lang, v);
    return buf_str(&b);
}

Str page_date(struct work *w, int64_t at)
{
    struct buf b = buf_make(w->a);
    date_type.show(&b, w, NULL, v_text(date_iso(w->a, time_date(at))));
    return buf_str(&b);
}
