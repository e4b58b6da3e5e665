/*
 * match_page.c - who can make it (C01, C07): a sentence or criteria become a demand, and the suppliers that fit it stand in order, each with
 * its points and, where asked, the reasons.
 *
 * The address says all: the sentence as it was typed, or the criteria, and whose reasons are open (why=DN-...).  A sentence's criteria are
 * chips; what is changed in them leads to an address of criteria.
 */
#include "pages/linkage/finding.h"

#include "format/chart.h"
#include "pages/network/grid.h"
#include "pages/workspace/workspace.h"

enum { PER_PAGE = 20, SHOWN_MOST = 100, COMPARED_MOST = 5 };

static bool is_empty(const struct wanted *d) { return !d->n && !d->words.n; }

const struct card **cards_from(const struct finding *f, size_t from, size_t n)
{
    int64_t *ids = NEW_ARRAY(f->q->a, int64_t, n);
    for (size_t i = 0; i < n; i++) ids[i] = f->found.hits[from + i].id;
    return snapshot_cards(f->s, &f->w, ids, n);
}

/* ---- asking --------------------------------------------------------------------------------- */

enum err wanted_asked(struct request *q, struct reply *r, struct work *w, struct wanted *out, struct wrong_parts *wrong)
{
    size_t n;
    const struct asked *asked = page_asked(q, &n);
    Str sentence = str_trim(params_get(&q->query, "q"));
    if (sentence.n) {
        wanted_from_words(w, sentence, out, wrong);
        return OK;
    }
    enum err e = wanted_read(w, asked, n, out, wrong);
    if (e == ERR_TOO_BIG) return reply_fail(r, e, MSG(N_("A demand has at most {1} criteria."), str_f(q->a, "%d", MATCH_CRITERIA)));
    if (e != ERR_INVALID) return e;
    r->status = 422;
    return OK;
}

static enum err read_page(struct finding *f)
{
    int64_t page = 1;
    Str said = params_get(&f->q->query, "page");
    if (said.n && (!str_to_i64(said, &page) || page < 1 || page > SHOWN_MOST / PER_PAGE))
        return reply_fail(f->r, ERR_INVALID, MSG(N_("“{1}” is not the number of a page; pages count from 1 to {2}."), said, number(f, SHOWN_MOST / PER_PAGE)));
    f->from = (size_t)(page - 1) * PER_PAGE;
    return OK;
}

static enum err find(struct finding *f)
{
    struct match_demand d = wanted_demand(&f->w, &f->wanted, SHOWN_MOST);
    TRY(match_find(index_of(f), f->q->a, &d, false, &f->found));
    while (f->found.n && !f->found.hits[f->found.n - 1].score) f->found.n--;     /* of whom nothing that is asked is known */
    if (f->from > f->found.n) f->from = f->found.n;
    f->to = f->from + PER_PAGE < f->found.n ? f->from + PER_PAGE : f->found.n;
    return OK;
}

static enum err begin(struct request *q, struct reply *r, struct finding *f)
{
    *f = (struct finding){ .q = q, .r = r, .w = page_work(q), .s = page_snapshot(q), .h = html_make(q->a) };
    TRY(read_page(f));
    TRY(wanted_asked(q, r, &f->w, &f->wanted, &f->wrong));
    if (is_empty(&f->wanted)) return OK;
    wanted_check(&f->w, &f->wanted, &f->odd);
    return find(f);
}

/* ---- what was asked ---------------------------------------------------------------------------- */

static void put_box(struct finding *f)
{
    struct html *h = &f->h;
    Str typed = params_get(&f->q->query, "q");
    html_open(h, "form");
    html_class(h, "hero-search");
    html_attr(h, "role", S("search"));
    html_href(h, "action", request_link(f->q, MATCH_PLACE));
    html_open(h, "label");
    html_class(h, "visually-hidden");
    html_attr(h, "for", S("q"));
    html_text(h, say(f, N_("What you need, in a sentence")));
    html_close(h, "label");
    html_open(h, "input");
    html_attr(h, "id", S("q"));
    html_attr(h, "name", S("q"));
    html_attr(h, "type", S("search"));
    html_attr(h, "maxlength", S("2000"));
    html_attr(h, "value", typed.n ? typed : f->wanted.words);
    html_attr(h, "placeholder", say(f, N_("For example: precision injection molding, IATF 16949, press over 250 t, within 40 km of Noi Bai")));
    desk_submit(h, f->q, "button", say(f, N_("Find suppliers")));
    html_close(h, "form");
}

/* A criterion by its label; the words it stands in, or another name of an address, as they are. */
static Str where_said(const struct finding *f, Str where)
{
    const struct criterion *c = criterion_named(where);
    return c ? say(f, c->label) : where;
}

static void put_parts(struct finding *f, const char *title, const struct wrong_parts *parts)
{
    struct html *h = &f->h;
    if (!parts->n) return;
    html_open(h, "div");
    html_class(h, "notice");
    html_attr(h, "role", S("status"));
    html_leaf(h, "p", say(f, title));
    html_open(h, "ul");
    for (size_t i = 0; i < parts->n; i++) {
        html_open(h, "li");
        html_leaf(h, "strong", where_said(f, parts->p[i].where));
        html_text(h, S(" – "));
        html_text(h, tell(f, parts->p[i].what));
        html_close(h, "li");
    }
    html_close(h, "ul");
    html_close(h, "div");
}

static void put_asked(struct finding *f)
{
    struct html *h = &f->h;
    put_box(f);
    put_parts(f, N_("Not understood, and left out:"), &f->wrong);
    put_parts(f, N_("This contradicts itself, or can hardly be met:"), &f->odd);
    if (!is_empty(&f->wanted)) {
        html_leaf_class(h, "h2", "wanted-title", say(f, N_("Understood as")));
        put_wanted(h, f->q, &f->w, &f->wanted, MATCH_PLACE);
    }
    put_wanted_form(h, f->q, &f->w, &f->wanted, MATCH_PLACE);
}

/* ---- one supplier ------------------------------------------------------------------------------ */

static void put_marks(struct finding *f, const struct match_hit *hit)
{
    html_open(&f->h, "ul");
    html_class(&f->h, "marks");
    for (size_t i = 0; i < answers_n(f); i++) {
        html_open(&f->h, "li");
        put_mark(&f->h, f->q->lang, hit->reasons[i].answer, want_label(f, i));
        html_close(&f->h, "li");
    }
    html_close(&f->h, "ul");
}

static void put_fit(struct finding *f, const struct match_hit *hit)
{
    int percent = percent_of(f, hit);
    Str text = tell(f, MSG(N_("Fits to {1} %"), str_f(f->q->a, "%d", percent)));
    html_open(&f->h, "div");
    html_class(&f->h, "fit");
    html_leaf(&f->h, "strong", text);
    html_raw(&f->h, chart_progress(f->q->a, text, percent, 100, -1));
    html_close(&f->h, "div");
}

static enum err put_why(struct finding *f, const struct match_hit *hit, const struct card *c)
{
    struct html *h = &f->h;
    struct record *r;
    bool open = params_has(&f->q->query, "why", c->public_id);
    struct params next = params_toggled(f->q->a, &f->q->query, "why", c->public_id);
    html_open(h, "a");
    html_class(h, "why");
    html_href(h, "href", str_f(f->q->a, "%.*s#%.*s", FMT(request_url(f->q, &next)), FMT(c->public_id)));
    html_attr(h, "rel", S("nofollow"));
    html_attr(h, "aria-expanded", open ? S("true") : S("false"));
    html_text(h, say(f, open ? N_("Close the reasons") : N_("Why: reasons, dates, what is missing")));
    html_leaf_class(h, "span", "visually-hidden", str_f(f->q->a, " – %.*s", FMT(c->name[f->q->lang])));
    html_close(h, "a");
    if (!open) return OK;
    TRY(record_load(&f->w, &enterprise, hit->id, &r));
    put_reasons(h, f->q, &f->w, &f->wanted, hit, r);
    return OK;
}

static Str profile_url(const struct finding *f, const struct card *c)
{
    return request_link(f->q, str_f(f->q->a, "/enterprises/%.*s", FMT(c->public_id)));
}

static void put_meta(struct finding *f, const struct card *c)
{
    const Str facts[] = { c->ward[f->q->lang], c->zone[f->q->lang], c->certificates, c->public_id };
    html_open(&f->h, "p");
    html_class(&f->h, "result-meta");
    for (size_t i = 0; i < COUNT(facts); i++)
        if (facts[i].n) html_leaf(&f->h, "span", facts[i]);
    if (c->verified[f->q->lang].n) html_leaf(&f->h, "span", tell(f, MSG(N_("Verified on site {1}"), c->verified[f->q->lang])));
    html_close(&f->h, "p");
}

static enum err put_supplier(struct finding *f, const struct match_hit *hit, const struct card *c)
{
    struct html *h = &f->h;
    enum lang l = f->q->lang;
    html_open(h, "li");
    html_class(h, "result supplier");
    html_attr(h, "id", c->public_id);
    html_open(h, "h2");
    html_open(h, "a");
    html_href(h, "href", profile_url(f, c));
    if (c->spoken[l] != l) html_attr(h, "lang", str_of(lang_code(c->spoken[l])));
    html_text(h, c->name[l]);
    html_close(h, "a");
    html_close(h, "h2");
    put_fit(f, hit);
    put_marks(f, hit);
    put_meta(f, c);
    put_check(h, "checkbox", "id", c->public_id, tell(f, MSG(N_("Compare {1}"), c->name[l])), false);
    TRY(put_why(f, hit, c));
    html_close(h, "li");
    return OK;
}

/* ---- the list ---------------------------------------------------------------------------------- */

/* The criteria as hidden inputs, so that a form keeps them. */
static void put_state(struct finding *f)
{
    struct params state;
    Message why;
    MUST(!params_read(f->q->a, wanted_query(&f->w, &f->wanted), PARAMS_QUERY, &state, &why));
    for (size_t i = 0; i < state.n; i++) desk_hidden(&f->h, str_z(f->q->a, state.p[i].name), state.p[i].value);
}

static void put_files(struct finding *f)
{
    static const struct { enum as as; const char *label; } files[] = { { AS_CSV, "CSV" }, { AS_XLSX, "XLSX" }, { AS_JSON, "JSON" } };
    html_open(&f->h, "p");
    html_class(&f->h, "formats");
    for (size_t i = 0; i < COUNT(files); i++) html_link(&f->h, request_url_as(f->q, files[i].as), "format", str_of(files[i].label));
    html_close(&f->h, "p");
}

/* Of whom no must keeps out: how many are shown, and why not the others. */
static void put_total(struct finding *f)
{
    struct html *h = &f->h;
    size_t left_out = f->found.fitting - f->found.n;
    bool full = f->found.n == SHOWN_MOST;
    html_open(h, "p");
    html_class(h, "results-total");
    html_attr(h, "role", S("status"));
    html_text(h, tell(f, MSG(N_("Suppliers that fit: {1}"), number(f, full ? f->found.fitting : f->found.n))));
    if (left_out) {
        html_open(h, "span");
        html_class(h, "form-hint");
        html_text(h, tell(f, full ? MSG(N_("The best {1} are shown."), number(f, SHOWN_MOST))
                                  : MSG(N_("Not shown, because too little is known of them: {1}."), number(f, left_out))));
        html_close(h, "span");
    }
    html_close(h, "p");
}

static void put_list_head(struct finding *f)
{
    struct html *h = &f->h;
    html_open(h, "div");
    html_class(h, "results-head");
    put_total(f);
    put_method_link(h, f->q);
    put_files(f);
    html_close(h, "div");
}

static enum err put_list(struct finding *f)
{
    struct html *h = &f->h;
    put_list_head(f);
    html_open(h, "form");
    html_href(h, "action", request_link(f->q, S("/match/compare")));
    put_state(f);
    html_open(h, "ol");
    html_class(h, "result-list");
    html_attr_f(h, "start", "%zu", f->from + 1);
    const struct card **card = cards_from(f, f->from, f->to - f->from);
    for (size_t i = f->from; i < f->to; i++)
        if (card[i - f->from]) TRY(put_supplier(f, &f->found.hits[i], card[i - f->from]));
    html_close(h, "ol");
    html_open(h, "div");
    html_class(h, "buttons");
    desk_submit(h, f->q, "button", tell(f, MSG(N_("Compare those that are ticked (up to {1})"), number(f, COMPARED_MOST))));
    html_close(h, "div");
    html_close(h, "form");
    window_links(h, &f->w, f->q, (struct window){ f->from, f->to, f->found.n, PER_PAGE });
    return OK;
}

/* ---- what can be done with it ----------------------------------------------------------------------- */

static void put_save_form(struct finding *f, Str query)
{
    const struct field *how_often = &saved_search.fields[SAVED_FREQUENCY];
    struct html *h = &f->h;
    html_open(h, "details");
    html_class(h, "card match-save");
    html_leaf(h, "summary", say(f, N_("Save this search, with what is new by mail")));
    desk_form_open(h, f->q, f->r, request_link(f->q, S("/match/save")), NULL, false);
    desk_hidden(h, "query", query);
    put_text_input(h, "text", "name", say(f, N_("Name of the search")), params_get(&f->q->query, "q"));
    html_raw(h, form_field_html(&f->w, how_often, str_of(how_often->name), S("weekly"), NULL));
    desk_submit(h, f->q, "button", say(f, N_("Save this search")));
    html_close(h, "form");
    html_close(h, "details");
}

static void put_actions(struct finding *f)
{
    struct html *h = &f->h;
    Str query = wanted_query(&f->w, &f->wanted);
    html_open(h, "div");
    html_class(h, "buttons match-actions");
    html_link(h, str_f(f->q->a, "%.*s?%.*s", FMT(request_link(f->q, S("/linkage/demands/new"))), FMT(query)), "button",
              say(f, N_("Post this as a demand")));
    if (!f->q->actor.account)
        html_link(h, str_f(f->q->a, "%.*s?next=%.*s", FMT(request_link(f->q, S("/sign-in"))), FMT(url_encoded(f->q->a, request_url(f->q, &f->q->query)))),
                  "button button-quiet", say(f, N_("Sign in to save this search")));
    html_close(h, "div");
    if (f->q->actor.account) put_save_form(f, query);
}

/* ---- the page ---------------------------------------------------------------------------------------- */

static enum err show(struct finding *f)
{
    Str typed = params_get(&f->q->query, "q");
    struct html *h = &f->h;
    put_page_head(h, say(f, N_("Who can make it?")),
        say(f, N_("Say what you need in a sentence, in Vietnamese or English. Each supplier is shown with how well it fits, and why.")));
    put_asked(f);
    if (!is_empty(&f->wanted)) {
        TRY(put_unmet(f));
        put_actions(f);
        if (f->found.n) TRY(put_list(f));
    } else put_method_link(h, f->q);
    return shell_reply(f->q, f->r, &(struct page){ .title = typed.n ? tell(f, MSG(N_("Suppliers for: {1}"), typed)) : say(f, N_("Find suppliers")),
        .description = say(f, N_("Describe a part, and see which suppliers in Hà Nội can make it, with reasons and dates.")),
        .section = SECTION_MATCH, .own_search = true, .content = html_done(h) });
}

enum err match_page(struct request *q, struct reply *r)
{
    struct finding f;
    TRY(begin(q, r, &f));
    if (params_get(&q->query, "form").n && !f.wrong.n) return reply_redirect(r, 303, wanted_url(q, &f.w, &f.wanted, MATCH_PLACE));
    return q->as == AS_PAGE ? show(&f) : match_table(&f);
}
