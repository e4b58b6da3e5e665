/* columns.c - which columns a person sees in a list, and in which order; remembered as the preference "columns.ENTITY". */
#include "pages/workspace/workspace.h"

#include "model/type.h"

#include <stdlib.h>

static bool is_second(const struct entity *e, int i) { return i > 0 && e->fields[i - 1].is & PAIR; }

static bool can_be_shown(struct at *at, int i)
{
    return field_listed(&at->w, &at->e->fields[i], at->e) && !is_second(at->e, i);
}

static Str preference_name(struct at *at) { return str_f(at->q->a, "columns.%s", at->e->name); }

enum err columns_chosen(struct at *at, const int **fields, size_t *n)
{
    int *chosen = NEW_ARRAY(at->q->a, int, (size_t)at->e->n);
    Str names, name;
    *fields = chosen;
    *n = 0;
    TRY(preference_get(&at->w, preference_name(at), &names));
    while (names.n && *n < (size_t)at->e->n && str_next(&names, ',', &name)) {
        int i = field_index(at->e, name);
        if (i >= 0 && can_be_shown(at, i)) chosen[(*n)++] = i;
    }
    if (*n) return OK;
    for EACH_FIELD(f, i, at->e)
        if (f->is & LISTED && can_be_shown(at, i)) chosen[(*n)++] = i;
    return OK;
}

static size_t place_among(const int *fields, size_t n, int i)
{
    for (size_t k = 0; k < n; k++)
        if (fields[k] == i) return k + 1;
    return 0;
}

static void put_column_choice(struct at *at, int i, size_t place)
{
    const struct field *f = &at->e->fields[i];
    struct html *h = &at->h;
    Str label = at_tr(at, f->is & PAIR && f->both ? f->both : f->label);
    html_open(h, "li");
    put_check(h, "checkbox", "column", str_of(f->name), label, place > 0);
    html_open(h, "input");
    html_class(h, "form-control column-place");
    html_attr(h, "type", S("number"));
    html_attr(h, "min", S("1"));
    html_attr(h, "name", str_f(at->q->a, "place.%s", f->name));
    html_attr(h, "value", place ? str_f(at->q->a, "%zu", place) : (Str){ 0 });
    html_attr(h, "aria-label", at_say(at, MSG(N_("Place of “{1}”, counted from the left"), label)));
    html_close(h, "li");
}

enum err workspace_columns(struct request *q, struct reply *r)
{
    struct at at;
    const int *fields;
    size_t n;
    TRY(at_list(q, r, MAY_READ, &at));
    TRY(columns_chosen(&at, &fields, &n));
    desk_form_open(&at.h, q, r, at_url(&at, "columns"), "card desk-form", false);
    html_open(&at.h, "ul");
    html_class(&at.h, "column-choice");
    for (size_t i = 0; i < n; i++) put_column_choice(&at, fields[i], i + 1);
    for EACH_FIELD(f, i, at.e)
        if (can_be_shown(&at, i) && !place_among(fields, n, i)) put_column_choice(&at, i, 0);
    html_close(&at.h, "ul");
    html_open(&at.h, "div");
    html_class(&at.h, "buttons");
    desk_submit(&at.h, q, "button", at_tr(&at, N_("Keep these columns")));
    html_link(&at.h, at_list_url(&at, NULL), "button button-quiet", at_tr(&at, N_("Back")));
    html_close(&at.h, "div");
    html_close(&at.h, "form");
    return at_reply(
        &at, at_say(&at, MSG(N_("Columns of {1}"), at_tr(&at, at.e->many))),
        at_tr(&at, N_("Tick what you want to see and number it from the left. Choose nothing to go back to the usual columns.")),
        (Html){ { 0 } });
}

struct placed { int field; int64_t place; };

static int by_place(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    return x->place != y->place ? (x->place > y->place) - (x->place < y->place) : x->field - y->field;
}

/* Those ticked, by their numbers; what has none comes last. */
static Str chosen_names(struct at *at)
{
    struct placed *chosen = NEW_ARRAY(at->q->a, struct placed, (size_t)at->e->n);
    struct buf b = buf_make(at->q->a);
    size_t n = 0;
    for EACH_FIELD(f, i, at->e) {
        int64_t place;
        if (!params_has(&at->q->form, "column", str_of(f->name))) continue;
        if (!str_to_i64(params_get(&at->q->form, str_z(at->q->a, str_f(at->q->a, "place.%s", f->name))), &place)) place = INT64_MAX;
        chosen[n++] = (struct placed){ i, place };
    }
    qsort(chosen, n, sizeof *chosen, by_place);
    for (size_t i = 0; i < n; i++) put_f(&b, "%s%s", i ? "," : "", at->e->fields[chosen[i].field].name);
    return buf_str(&b);
}

static enum err keep_columns(struct work *w, void *arg)
{
    struct at *at = arg;
    return preference_set(w, preference_name(at), chosen_names(at));
}

enum err workspace_columns_set(struct request *q, struct reply *r)
{
    struct at at;
    TRY(at_list(q, r, MAY_READ, &at));
    TRY(work_write(&at.w, keep_columns, &at));
    return desk_done(q, r, at_path(&at, NULL), "saved", 0, 0, 0);
}
