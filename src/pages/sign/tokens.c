/*
 * tokens.c - tokens for programs: made with the verbs and lists they are for and the day they end, shown once, with their use by day.
 * The new one is shown in the answer to the form itself and never again, which is why it does not redirect.
 */
#include "pages/sign/sign.h"

#include "format/chart.h"
#include "model/form.h"
#include "model/people/token.h"
#include "pages/workspace/workspace.h"

enum { LONGEST = 366, USUAL = 90, SHOWN = 30 };             /* days: a token at most, as proposed; of its use */

static const unsigned OFFERED = MAY_READ | MAY_CREATE | MAY_CHANGE | MAY_DELETE | MAY_PROPOSE;

static const struct field name_field = { "name", N_("What the token is for"), &text_type, REQUIRED, .max = 100 };
static const struct field ends_field = { "ends", N_("Last day it works"), &date_type, REQUIRED };

/* ---- what there are ----------------------------------------------------------------------------------- */

static Str verbs_of(const struct slip *s, unsigned verbs)
{
    struct buf b = buf_make(s->q->a);
    for (const struct word *v = verb_words; v->bit; v++)
        if (verbs & v->bit) put_f(&b, "%s%.*s", b.n ? ", " : "", FMT(slip_tr(s, v->label)));
    return buf_str(&b);
}

static Str lists_of(const struct slip *s, Str lists)
{
    struct buf b = buf_make(s->q->a);
    if (!lists.n) return slip_tr(s, N_("all lists"));
    for (int i = 0; i < s->w.m->n; i++) {
        const struct entity *e = s->w.m->entities[i];
        if (!e->parent && str_has(lists, str_f(s->q->a, ";%s;", e->path))) put_f(&b, "%s%.*s", b.n ? ", " : "", FMT(slip_tr(s, e->many)));
    }
    return buf_str(&b);
}

static Str day_of(struct slip *s, Str iso)
{
    struct buf b = buf_make(s->q->a);
    date_type.show(&b, &s->w, NULL, v_text(iso));
    return buf_str(&b);
}

static Str token_name(const struct slip *s, const struct token *t) { return str_f(s->q->a, "%.*s (mx_…%.*s)", FMT(t->name), FMT(t->hint)); }

static const char *const columns[] = { N_("Token"), N_("Allowed to"), N_("Lists"), N_("Last day it works"), N_("Last used"), N_("Uses"), N_("Actions") };

static void put_token(struct slip *s, const struct token *t)
{
    struct html *h = &s->h;
    html_open(h, "tr");
    table_cell_open(h, slip_tr(s, columns[0]));
    html_link(h, request_link(s->q, str_f(s->q->a, "/account/tokens/%lld", (long long)t->id)), NULL, token_name(s, t));
    html_close(h, "td");
    table_cell(h, slip_tr(s, columns[1]), verbs_of(s, t->verbs));
    table_cell(h, slip_tr(s, columns[2]), lists_of(s, t->lists));
    table_cell(h, slip_tr(s, columns[3]), day_of(s, t->ends));
    table_cell(h, slip_tr(s, columns[4]), t->used ? page_date(&s->w, t->used) : slip_tr(s, N_("never")));
    table_cell(h, slip_tr(s, columns[5]), page_number(&s->w, t->uses));
    html_open(h, "td");
    slip_form(s, "/account/tokens/end", "inline-form");
    desk_hidden(h, "token", str_f(s->q->a, "%lld", (long long)t->id));
    desk_submit(h, s->q, "button button-quiet button-danger", slip_tr(s, N_("Revoke")));
    html_close(h, "form");
    html_close(h, "td");
    html_close(h, "tr");
}

static enum err put_tokens(struct slip *s)
{
    struct tokens all;
    TRY(tokens_of(&s->w, s->q->actor.account, &all));
    if (!all.n) return slip_say(s, N_("You have no tokens yet. Make one for each program that is to read or write in your name.")), OK;
    table_begin(&s->h, s->q->lang, slip_tr(s, N_("API tokens")), columns, COUNT(columns));
    for (size_t i = 0; i < all.n; i++) put_token(s, &all.p[i]);
    table_end(&s->h);
    return OK;
}

/* ---- the form of a new one ------------------------------------------------------------------------------ */

static void open_group(struct slip *s, const char *legend)
{
    html_open(&s->h, "fieldset");
    html_class(&s->h, "form-field form-boxes");
    html_leaf_class(&s->h, "legend", "form-label", slip_tr(s, legend));
}

static void put_verbs(struct slip *s)
{
    open_group(s, N_("It may"));
    for (const struct word *v = verb_words; v->bit; v++)
        if (OFFERED & v->bit)
            put_check(&s->h, "checkbox", "verb", str_of(v->code), slip_tr(s, v->label),
                      s->q->form.n ? params_has(&s->q->form, "verb", str_of(v->code)) : v->bit == MAY_READ);
    html_close(&s->h, "fieldset");
}

static void put_lists(struct slip *s)
{
    open_group(s, N_("On these lists; none chosen means all that you may see"));
    for (int i = 0; i < s->w.m->n; i++) {
        const struct entity *e = s->w.m->entities[i];
        if (e->parent || !may(&s->w, e, MAY_READ)) continue;
        put_check(&s->h, "checkbox", "list", str_of(e->path), slip_tr(s, e->many), params_has(&s->q->form, "list", str_of(e->path)));
    }
    html_close(&s->h, "fieldset");
}

static Str usual_end(struct slip *s)
{
    struct buf b = buf_make(s->q->a);
    date_type.show(&b, &s->w, NULL, v_text(date_iso(s->q->a, date_from_days(date_days(s->w.today) + USUAL))));
    return buf_str(&b);
}

static void put_field(struct slip *s, const struct field *f, Str usual)
{
    struct form_problem p = { .input = str_of(f->name), .f = f, .sentence = true };
    bool wrong = false;
    for (size_t i = 0; i < s->wrong_n; i++)
        if (s->wrong[i].input && !strcmp(s->wrong[i].input, f->name)) p.what = s->wrong[i].what, wrong = true;
    html_raw(&s->h, form_field_html(&s->w, f, str_of(f->name), s->q->form.n ? typed(s, f->name) : usual, wrong ? &p : NULL));
}

static enum err show(struct slip *s)
{
    TRY(put_tokens(s));
    html_leaf(&s->h, "h2", slip_tr(s, N_("A new token")));
    slip_form(s, "/account/tokens", "card desk-form");
    put_field(s, &name_field, (Str){ 0 });
    put_verbs(s);
    put_lists(s);
    put_field(s, &ends_field, usual_end(s));
    desk_submit(&s->h, s->q, "button", slip_tr(s, N_("Make the token")));
    html_close(&s->h, "form");
    return slip_desk(s, N_("Tokens for programs"));
}

enum err account_tokens(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    return show(&s);
}

/* ---- making one ------------------------------------------------------------------------------------------ */

struct made { int64_t account; Str name, lists, ends, token; unsigned verbs; };

static enum err make(struct work *w, void *arg)
{
    struct made *m = arg;
    return token_make(w, m->account, m->name, m->verbs, m->lists, m->ends, &m->token);
}

static unsigned typed_verbs(const struct slip *s)
{
    unsigned verbs = 0;
    for (const struct word *v = verb_words; v->bit; v++)
        if (OFFERED & v->bit && params_has(&s->q->form, "verb", str_of(v->code))) verbs |= v->bit;
    return verbs;
}

static Str typed_lists(const struct slip *s)
{
    struct buf b = buf_make(s->q->a);
    Str path;
    for (size_t at = 0; params_next(&s->q->form, "list", &at, &path);)
        if (entity_at(s->w.m, path)) put_f(&b, "%s%.*s;", b.n ? "" : ";", FMT(path));
    return buf_str(&b);
}

static Str typed_field(struct slip *s, const struct field *f)
{
    Val v = v_null();
    Message what = form_read_value(&s->w, f, typed(s, f->name), &v);
    if (!what.id && !v_is(v)) what = MSG(N_("Fill in this field: {1}."), slip_tr(s, f->label));
    slip_wrong(s, f->name, what);
    return v_str(v);
}

static struct made read_token(struct slip *s)
{
    struct made m = { .account = s->q->actor.account, .name = typed_field(s, &name_field), .verbs = typed_verbs(s), .lists = typed_lists(s),
                      .ends = typed_field(s, &ends_field) };
    struct date last;
    if (!m.verbs) slip_wrong(s, NULL, MSG(N_("Choose what the token may do.")));
    if (!date_from_iso(m.ends, &last)) return m;
    int64_t days = date_days(last) - date_days(s->w.today);
    if (days < 0 || days > LONGEST)
        slip_wrong(s, ends_field.name, MSG(N_("The last day lies between today and a year from now.")));
    return m;
}

static enum err show_made(struct slip *s, const struct made *m)
{
    html_open(&s->h, "section");
    html_class(&s->h, "card");
    slip_say(s, N_("Copy the token into your program now; it is not shown again."));
    html_open(&s->h, "p");
    html_class(&s->h, "secret");
    html_leaf(&s->h, "code", m->token);
    html_close(&s->h, "p");
    slip_say(s, N_("The program sends it with each request, in the header “Authorization: Bearer …”."));
    html_link(&s->h, request_link(s->q, S("/account/tokens")), "button", slip_tr(s, N_("I have copied it")));
    html_close(&s->h, "section");
    return slip_desk(s, N_("The new token"));
}

enum err account_tokens_make(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct made m = read_token(&s);
    if (s.wrong_n) return show(&s);
    enum err e = work_write(&s.w, make, &m);
    if (e && e != ERR_TOO_BIG) return e;
    if (!e) return show_made(&s, &m);
    slip_wrong(&s, NULL, MSG(N_("You have {1} tokens already. Revoke one that is no longer used."), str_f(q->a, "%d", TOKENS_MOST)));
    return show(&s);
}

/* ---- one of them ------------------------------------------------------------------------------------------- */

/* A chart of each of the last days, oldest first, and a table of those with any use. */
static void put_uses(struct slip *s, const struct use *uses, size_t n)
{
    struct bar bars[SHOWN];
    for (int i = 0; i < SHOWN; i++) {
        struct date day = date_from_days(date_days(s->w.today) - (SHOWN - 1 - i));
        int64_t count = 0;
        for (size_t k = 0; k < n; k++)
            if (str_eq(uses[k].day, date_iso(s->q->a, day))) count = uses[k].count;
        bars[i] = (struct bar){ str_f(s->q->a, "%d/%d", day.day, day.month), page_number(&s->w, count), (double)count };
    }
    html_raw(&s->h, chart_bars(s->q->a, slip_tr(s, N_("Uses in the last thirty days")), bars, SHOWN));
}

static void put_use_table(struct slip *s, const struct use *uses, size_t n)
{
    static const char *const heads[] = { N_("Day"), N_("Uses") };
    table_begin(&s->h, s->q->lang, slip_tr(s, N_("Uses in the last thirty days")), heads, COUNT(heads));
    for (size_t i = 0; i < n; i++) {
        html_open(&s->h, "tr");
        table_cell(&s->h, slip_tr(s, heads[0]), day_of(s, uses[i].day));
        table_cell(&s->h, slip_tr(s, heads[1]), page_number(&s->w, uses[i].count));
        html_close(&s->h, "tr");
    }
    table_end(&s->h);
}

static enum err own_token(struct slip *s, struct token *out)
{
    struct tokens all;
    TRY(tokens_of(&s->w, s->q->actor.account, &all));
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(str_f(s->q->a, "%lld", (long long)all.p[i].id), request_capture(s->q, "token"))) return *out = all.p[i], OK;
    return reply_fail(s->r, ERR_MISSING, MSG(N_("There is no such token of yours.")));
}

enum err account_token(struct request *q, struct reply *r)
{
    struct slip s = slip_of(q, r);
    struct token t = { 0 };
    struct use uses[SHOWN];
    size_t n;
    TRY(own_token(&s, &t));
    TRY(token_uses(&s.w, t.id, uses, &n, SHOWN));
    html_leaf(&s.h, "p", token_name(&s, &t));
    if (!n) slip_say(&s, N_("No program has used this token yet."));
    if (n) put_uses(&s, uses, n), put_use_table(&s, uses, n);
    return slip_desk(&s, N_("Use of a token"));
}

static enum err end(struct work *w, void *arg)
{
    const struct token *t = arg;
    return token_end(w, t->account, t->id);
}

enum err account_tokens_end(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct token t = { .account = q->actor.account };
    str_to_i64(params_get(&q->form, "token"), &t.id);
    TRY(work_write(&w, end, &t));
    return desk_done(q, r, S("/account/tokens"), "revoked", 0, 0, 0);
}
