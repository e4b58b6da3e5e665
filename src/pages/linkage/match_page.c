/*
 * match_page.c - who can make it (C01, C07): a sentence or criteria become a demand, and the suppliers that fit it stand in order, each with
 * its points and, where asked, the reasons.
 *
 * The address says all: the sentence as it was typed, or the criteria, and whose reasons are open (why=DN-...).  A sentence's criteria are
 * chips; what is changed in them leads to an address of criteria.  What found nobody good is counted, without who asked (unmet_note).
 */
#include "pages/linkage/linkage_pages.h"

#include "format/chart.h"
#include "pages/network/grid.h"
#include "pages/workspace/workspace.h"
#include "programme/linkage/lack.h"

#include <math.h>
#include <stdlib.h>

enum { PER_PAGE = 20, SHOWN_MOST = 100, LOOSENED_MOST = 16, COMPARED_MOST = 5 };
#define PLACE S("/match")

struct finding {
    struct request     *q;
    struct reply       *r;
    struct work         w;                  /* a visitor's: only what is public is shown          */
    const struct snapshot *s;
    struct wanted       wanted;
    struct wrong_parts  wrong, odd;         /* not understood; contradicting itself               */
    struct match_result found;
    size_t              from, to;           /* of the hits, on this page                          */
    struct html         h;
};

static Str say(const struct finding *f, const char *sentence) { return tr(f->q->lang, sentence); }
static Str tell(const struct finding *f, Message m) { return message_str(f->q->a, f->q->lang, m); }
static Str number(struct finding *f, size_t n) { return page_number(&f->w, (int64_t)n); }
static bool is_empty(const struct wanted *d) { return !d->n && !d->words.n; }
static const struct search *index_of(const struct finding *f) { return f->s->finder->index; }
static int percent_of(const struct finding *f, const struct match_hit *hit) { return (int)wanted_percent(&f->wanted, hit->score); }

static const struct card **cards_from(const struct finding *f, size_t from, size_t n)
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
    html_href(h, "action", request_link(f->q, PLACE));
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
        put_wanted(h, f->q, &f->w, &f->wanted, PLACE);
    }
    put_wanted_form(h, f->q, &f->w, &f->wanted, PLACE);
}

/* ---- one supplier ------------------------------------------------------------------------------ */

static Str want_label(struct finding *f, size_t i) { return i < f->wanted.n ? want_text(&f->w, &f->wanted.p[i]) : words_text(f->q, &f->wanted); }

static size_t answers_n(const struct finding *f) { return f->wanted.n + (f->wanted.words.n > 0); }

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

/* ---- when few or none fit ------------------------------------------------------------------------ */

struct loosened { size_t which, fitting; };

static int by_fitting(const void *a, const void *b)
{
    const struct loosened *x = a, *y = b;
    if (x->fitting != y->fitting) return x->fitting > y->fitting ? -1 : 1;
    return (x->which > y->which) - (x->which < y->which);
}

/* Which musts keep most suppliers out: as many as would fit if it were a wish. */
static enum err loosen(struct finding *f, struct loosened *out, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < f->wanted.n && *n < LOOSENED_MOST; i++) {
        if (!f->wanted.p[i].must) continue;
        struct wanted less = wanted_switched(f->q->a, &f->wanted, i);
        struct match_demand d = wanted_demand(&f->w, &less, 1);
        struct match_result found;
        TRY(match_find(index_of(f), f->q->a, &d, false, &found));
        if (found.fitting > f->found.fitting) out[(*n)++] = (struct loosened){ i, found.fitting };
    }
    qsort(out, *n, sizeof *out, by_fitting);
    return OK;
}

static enum err put_loosened(struct finding *f)
{
    struct loosened all[LOOSENED_MOST];
    size_t n;
    TRY(loosen(f, all, &n));
    if (!n) return OK;
    html_leaf(&f->h, "p", say(f, N_("What keeps most suppliers out; as a wish it would only count:")));
    html_open(&f->h, "ul");
    for (size_t i = 0; i < n; i++) {
        struct wanted less = wanted_switched(f->q->a, &f->wanted, all[i].which);
        html_open(&f->h, "li");
        html_link(&f->h, wanted_url(f->q, &f->w, &less, PLACE), NULL, want_label(f, all[i].which));
        html_text(&f->h, S(" "));
        html_leaf_class(&f->h, "span", "count", tell(f, MSG(N_("then {1} suppliers"), number(f, all[i].fitting))));
        html_close(&f->h, "li");
    }
    html_close(&f->h, "ul");
    return OK;
}

/* Points of the best of those that are listed and meet every must; 0: nobody does. */
static int best_that_meets(const struct finding *f)
{
    double best = 0;
    for (size_t i = 0; i < f->found.n; i++) best = fmax(best, met_percent(&f->wanted, &f->found.hits[i]));
    return (int)best;
}

/* A look at reasons or at another page is no search of its own. */
static void note_unmet(struct finding *f, int best)
{
    Str typed = params_get(&f->q->query, "q");
    if (f->from || params_get(&f->q->query, "why").n || !f->q->instance) return;
    unmet_note(f->q->instance->unmet, wanted_query(&f->w, &f->wanted), typed.n ? typed : f->wanted.words, best);
}

static enum err put_unmet(struct finding *f)
{
    struct html *h = &f->h;
    int best = best_that_meets(f);
    if (best >= WELL) return OK;
    note_unmet(f, best);
    html_open(h, "div");
    html_class(h, "notice");
    html_leaf(h, "p", say(f, f->found.n ? N_("No supplier of the register is known to meet every must and to fit well. Those below may: ask them, or post a demand so that others can answer.")
                                        : N_("No supplier of the register fits. Post a demand: officers then look for one, and suppliers may answer.")));
    TRY(put_loosened(f));
    html_close(h, "div");
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

/* ---- as a table ------------------------------------------------------------------------------------ */

enum { FIXED_COLUMNS = 5 };
static const struct grid_column fixed_columns[FIXED_COLUMNS] = {
    { "rank", N_("Rank") }, { "id", N_("Number in the register") }, { "name", N_("Supplier") }, { "ward", N_("Ward or commune") }, { "fit", N_("Fit, %") },
};

/* The fixed ones, then one for each criterion. */
static const struct grid_column *columns_of(struct finding *f, size_t *n)
{
    struct grid_column *columns = NEW_ARRAY(f->q->a, struct grid_column, FIXED_COLUMNS + f->wanted.n + 1);
    memcpy(columns, fixed_columns, sizeof fixed_columns);
    *n = FIXED_COLUMNS;
    for (size_t i = 0; i < answers_n(f); i++) {
        const char *name = i < f->wanted.n ? f->wanted.p[i].is->name : "words";
        columns[(*n)++] = (struct grid_column){ .key = name, .label = str_z(f->q->a, want_label(f, i)) };
    }
    return columns;
}

static enum err as_table(struct finding *f)
{
    size_t n;
    const struct grid_column *columns = columns_of(f, &n);
    struct grid g = grid_make(f->q, (struct figure){ .id = "suppliers", .caption = N_("Suppliers that fit") }, columns, n, NULL);
    const struct card **card = cards_from(f, 0, f->found.n);
    for (size_t i = 0; i < f->found.n; i++) {
        const struct match_hit *hit = &f->found.hits[i];
        const struct card *c = card[i];
        if (!c) continue;
        grid_number(&g, (double)(i + 1));
        grid_text(&g, c->public_id);
        grid_text(&g, c->name[f->q->lang]);
        grid_text(&g, c->ward[f->q->lang]);
        grid_number(&g, percent_of(f, hit));
        for (size_t k = 0; k < answers_n(f); k++)
            grid_text(&g, str_f(f->q->a, "%.*s (%d)", FMT(answer_label(f->q->lang, hit->reasons[k].answer)), hit->reasons[k].points / 10));
    }
    return grid_reply(f->r, &g, NULL, 0);
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
    if (params_get(&q->query, "form").n && !f.wrong.n) return reply_redirect(r, 303, wanted_url(q, &f.w, &f.wanted, PLACE));
    return q->as == AS_PAGE ? show(&f) : as_table(&f);
}
