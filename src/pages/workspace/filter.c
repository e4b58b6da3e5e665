/*
 * filter.c - what a list is narrowed to: a chip for each condition, which takes it away, and a form that adds one, with the inputs
 * that its field asks for.  Conditions stand by themselves or in groups (list.h): of a group one must hold, or all of it;
 * of the groups all, or one.
 */
#include "pages/workspace/workspace.h"

static bool can_filter(struct at *at, const struct field *f) { return has_column(f) && field_listed(&at->w, f, at->e) && f->type != &file_type; }

void put_list_state(struct at *at, const char *but)
{
    for (size_t i = 0; i < at->q->query.n; i++) {
        const struct param *p = &at->q->query.p[i];
        bool passing = asked_among("after view lang said n change batch .of .in .how .value", p->name) || (but && str_is(p->name, but));
        if (!passing) desk_hidden(&at->h, str_z(at->q->a, p->name), p->value);
    }
}

/* ---- a condition in words ---------------------------------------------------------------------------- */

struct condition { int group, field; const struct filter_operator *op; };

static const struct filter_operator *operator_with(const struct field *f, Str suffix)
{
    for (const struct filter_operator *o = filter_operators; o->label; o++)
        if (filter_takes(f, o->op) && (o->suffix ? str_is(suffix, o->suffix) : !suffix.n)) return o;
    return NULL;
}

/* "g2.phone.like"; false: no condition. */
static bool read_condition(struct at *at, Str name, struct condition *c)
{
    Str head, rest = name, suffix = { 0 };
    *c = (struct condition){ 0 };
    if (name.n > 3 && name.p[0] == 'g' && name.p[1] >= '1' && name.p[1] <= '9' && name.p[2] == '.') {
        c->group = name.p[1] - '0';
        rest = str_sub(name, 3, name.n);
    }
    str_cut(rest, '.', &head, &suffix);
    c->field = field_index(at->e, head);
    c->op = c->field >= 0 && can_filter(at, &at->e->fields[c->field]) ? operator_with(&at->e->fields[c->field], suffix) : NULL;
    return c->op != NULL;
}

static Str shown_value(struct at *at, const struct field *f, const struct condition *c, Str value)
{
    struct buf shown = buf_make(at->q->a);
    Val v = v_null();
    if (c->op->op == FILTER_LIKE) return value;
    if (!f->type->read(&at->w, f, SPELT_PLAIN, value, &v).id && v_is(v)) f->type->show(&shown, &at->w, f, v);
    return shown.n ? buf_str(&shown) : value;
}

static bool is_unary(const struct filter_operator *o) { return o->op == FILTER_EMPTY || o->op == FILTER_FILLED; }

static Str condition_text(struct at *at, const struct condition *c, Str value)
{
    const struct field *f = &at->e->fields[c->field];
    const struct filter_operator *o = c->op;
    if (is_unary(o)) o = operator_with(f, S("empty"));
    Str what = is_unary(o) ? at_tr(at, str_is(value, "0") ? N_("is filled in") : N_("is empty"))
                           : str_f(at->q->a, "%.*s %.*s", FMT(at_tr(at, o->label)), FMT(shown_value(at, f, c, value)));
    Str text = str_f(at->q->a, "%.*s %.*s", FMT(at_tr(at, f->label)), FMT(what));
    return c->group ? str_f(at->q->a, "%d · %.*s", c->group, FMT(text)) : text;
}

static void put_chip(struct at *at, const struct param *p)
{
    struct condition c;
    if (!p->value.n || !read_condition(at, p->name, &c)) return;
    struct params rest = params_toggled(at->q->a, &at->q->query, str_z(at->q->a, p->name), p->value);
    rest = params_without(at->q->a, &rest, "after");
    if (!rest.n) rest = params_with(at->q->a, &rest, "view", S("0"));
    html_open(&at->h, "li");
    html_open(&at->h, "a");
    html_class(&at->h, "chip");
    html_href(&at->h, "href", url_of(at->q->a, at->q->lang, at_path(at, NULL), AS_PAGE, &rest));
    html_text(&at->h, condition_text(at, &c, p->value));
    html_leaf_class(&at->h, "span", "visually-hidden", at_tr(at, N_(" – remove this filter")));
    html_close(&at->h, "a");
    html_close(&at->h, "li");
}

/* A link that says how conditions hold together, and turns it round. */
static void put_switch(struct at *at, Str name, Str value, Str label)
{
    struct params turned = params_toggled(at->q->a, &at->q->query, str_z(at->q->a, name), value);
    turned = params_without(at->q->a, &turned, "after");
    html_open(&at->h, "li");
    html_link(&at->h, url_of(at->q->a, at->q->lang, at_path(at, NULL), AS_PAGE, &turned), "chip chip-switch", label);
    html_close(&at->h, "li");
}

static void put_group_switches(struct at *at)
{
    bool used[GROUPS_MAX + 1] = { 0 };
    int groups = 0;
    struct condition c;
    for (size_t i = 0; i < at->q->query.n; i++)
        if (read_condition(at, at->q->query.p[i].name, &c)) groups += c.group && !used[c.group], used[c.group] = true;
    for (int g = 1; g <= GROUPS_MAX; g++) {
        Str name = str_f(at->q->a, "g%d.match", g), number = str_f(at->q->a, "%d", g);
        bool all = str_is(params_get(&at->q->query, str_z(at->q->a, name)), "all");
        if (used[g])
            put_switch(at, name, S("all"),
                       at_say(at, MSG(all ? N_("Group {1}: all must hold") : N_("Group {1}: one must hold"), number)));
    }
    bool any = str_is(params_get(&at->q->query, "match"), "any");
    if (groups > 1) put_switch(at, S("match"), S("any"), at_tr(at, any ? N_("One of the groups must hold") : N_("All groups must hold")));
}

static bool is_filtered(struct at *at)
{
    struct condition c;
    for (size_t i = 0; i < at->q->query.n; i++)
        if (at->q->query.p[i].value.n && read_condition(at, at->q->query.p[i].name, &c)) return true;
    return false;
}

/* ---- adding one --------------------------------------------------------------------------------------- */

/* Which field to filter by; what to ask of it comes next. */
static void put_field_choice(struct at *at)
{
    struct html *h = &at->h;
    html_open(h, "form");
    html_class(h, "filter-add");
    html_href(h, "action", at_url(at, "filter"));
    put_list_state(at, NULL);
    open_labelled_select(h, ".of", "visually-hidden", at_tr(at, N_("Filter by")));
    put_select_option(h, (Str){ 0 }, at_tr(at, N_("Filter by …")), true);
    for EACH_FIELD(f, i, at->e)
        if (can_filter(at, f)) put_select_option(h, str_of(f->name), at_tr(at, f->label), false);
    html_close(h, "select");
    desk_submit(h, at->q, "button button-quiet", at_tr(at, N_("Add filter")));
    html_close(h, "form");
}

void put_filter_bar(struct at *at)
{
    html_open(&at->h, "div");
    html_class(&at->h, "filters");
    if (is_filtered(at)) {
        html_open(&at->h, "ul");
        html_class(&at->h, "chips");
        for (size_t i = 0; i < at->q->query.n; i++) put_chip(at, &at->q->query.p[i]);
        put_group_switches(at);
        html_close(&at->h, "ul");
    }
    put_field_choice(at);
    html_close(&at->h, "div");
}

static void put_operators(struct at *at, const struct field *f)
{
    open_labelled_select(&at->h, ".how", "form-label", at_tr(at, N_("Condition")));
    for (const struct filter_operator *o = filter_operators; o->label; o++)
        if (filter_takes(f, o->op)) put_select_option(&at->h, str_f(at->q->a, "%d", (int)o->op), at_tr(at, o->label), o == filter_operators);
    html_close(&at->h, "select");
}

/* Groups in use, and one more. */
static void put_groups(struct at *at)
{
    int used = 0;
    struct condition c;
    for (size_t i = 0; i < at->q->query.n; i++)
        if (read_condition(at, at->q->query.p[i].name, &c) && c.group > used) used = c.group;
    open_labelled_select(&at->h, ".in", "form-label", at_tr(at, N_("Where it stands")));
    put_select_option(&at->h, (Str){ 0 }, at_tr(at, N_("by itself: it must hold")), true);
    for (int g = 1; g <= used + 1 && g <= GROUPS_MAX; g++)
        put_select_option(&at->h, str_f(at->q->a, "%d", g),
                          at_say(at, MSG(N_("in group {1}: it or another of the group must hold"), str_f(at->q->a, "%d", g))),
                          false);
    html_close(&at->h, "select");
}

static enum err filter_form(struct at *at, const struct field *field)
{
    struct html *h = &at->h;
    struct field f = *field;
    f.is &= ~(unsigned)REQUIRED;
    html_open(h, "form");
    html_class(h, "card desk-form");
    html_href(h, "action", at_url(at, "filter"));
    put_list_state(at, NULL);
    desk_hidden(h, ".of", str_of(f.name));
    html_open(h, "div");
    html_class(h, "form-field");
    put_operators(at, &f);
    html_close(h, "div");
    html_raw(h, form_field_html(&at->w, &f, S(".value"), (Str){ 0 }, NULL));
    html_open(h, "div");
    html_class(h, "form-field");
    put_groups(at);
    html_close(h, "div");
    html_open(h, "div");
    html_class(h, "buttons");
    desk_submit(h, at->q, "button", at_tr(at, N_("Filter")));
    html_link(h, at_url(at, NULL), "button button-quiet", at_tr(at, N_("Back")));
    html_close(h, "div");
    html_close(h, "form");
    return at_reply(at, at_say(at, MSG(N_("Filter by: {1}"), at_tr(at, f.label))), (Str){ 0 }, (Html){ { 0 } });
}

/* The state of the list with one condition more, in the words of list.h. */
static struct params with_condition(struct at *at, const struct field *f, const struct filter_operator *o)
{
    static const char *const asked[] = { ".of", ".how", ".in", "after", "view" };
    struct arena *a = at->q->a;
    Str group = params_get(&at->q->query, ".in"), value;
    Str name = str_f(a, "%s%.*s%s%s%s%s", group.n ? "g" : "", FMT(group), group.n ? "." : "", f->name, o->suffix ? "." : "",
                     o->suffix ? o->suffix : "");
    struct params values = at->q->query, state = values;
    size_t k = 0;
    for (size_t i = 0; i < COUNT(asked); i++) state = params_without(a, &state, asked[i]);
    state = params_without(a, &state, ".value");
    if (is_unary(o)) {
        *GROW(a, state) = (struct param){ name, o->op == FILTER_EMPTY ? S("1") : S("0") };
        return state;
    }
    while (params_next(&values, ".value", &k, &value)) {
        Val v = v_null();
        struct buf plain = buf_make(a);
        if (!value.n) continue;
        if (o->op != FILTER_LIKE && !form_read_value(&at->w, f, value, &v).id && v_is(v) && f->type->plain) f->type->plain(&plain, &at->w, f, v);
        *GROW(a, state) = (struct param){ name, plain.n ? buf_str(&plain) : value };
    }
    return state;
}

enum err workspace_filter(struct request *q, struct reply *r)
{
    struct at at;
    int64_t how;
    TRY(at_list(q, r, MAY_READ, &at));
    int i = field_index(at.e, params_get(&q->query, ".of"));
    if (i < 0 || !can_filter(&at, &at.e->fields[i])) return reply_redirect(r, 303, at_url(&at, NULL));
    const struct field *f = &at.e->fields[i];
    if (!str_to_i64(params_get(&q->query, ".how"), &how)) return filter_form(&at, f);
    for (const struct filter_operator *o = filter_operators; o->label; o++) {
        if ((int64_t)o->op != how || !filter_takes(f, o->op)) continue;
        struct params state = with_condition(&at, f, o);
        return reply_redirect(r, 303, url_of(q->a, q->lang, at_path(&at, NULL), AS_PAGE, &state));
    }
    return filter_form(&at, f);
}
