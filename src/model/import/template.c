/* template.c - an empty workbook for a list: a column for each field that an import understands, that takes no more than the field does. */
#include "base/number.h"
#include "model/export.h"
#include "model/import/importing.h"
#include "model/rights.h"
#include "model/type.h"

enum { TEMPLATE_COLUMNS = 400 };

struct sheet_columns { struct xlsx_column *p; size_t n, cap; };
struct making { struct work *w; const struct entity *e; const struct headings *h; struct reach reach; struct sheet_columns columns; };

/* ---- what may be typed ------------------------------------------------------------------------------ */

struct texts { Str *p; size_t n, cap; };

static void add_choice(struct work *w, const struct field *f, Val v, struct texts *out)
{
    struct buf b = buf_make(w->a);
    put_spelt(&b, w, f, v);
    *GROW(w->a, *out) = buf_str(&b);
}

/* What the drop-down offers, in the words that reading takes. */
static struct texts choices_of(struct work *w, const struct field *f)
{
    struct texts out = { 0 };
    size_t n = 0;
    const struct code *const *codes = f->type == &code_type ? codes_of(w->codes, str_of(f->list), &n) : NULL;
    for (size_t i = 0; i < n; i++) add_choice(w, f, v_text(codes[i]->key), &out);
    for (const struct choice *c = f->type == &choice_type ? f->choices : NULL; c && c->code; c++) add_choice(w, f, v_text(str_of(c->code)), &out);
    for (int64_t yes = 1; f->type == &boolean_type && yes >= 0; yes--) add_choice(w, f, v_int(yes), &out);
    return out;
}

static Str number_text(struct work *w, double v)
{
    struct buf b = buf_make(w->a);
    put_real(&b, w->lang, v);
    return buf_str(&b);
}

static Str say(struct work *w, Message m) { return message_str(w->a, w->lang, m); }

static void set_number_rule(struct work *w, const struct field *f, struct xlsx_column *c)
{
    bool year = f->type == &year_type;
    c->rule = f->type == &number_type ? XLSX_REAL : XLSX_WHOLE;
    c->least = year ? 1800 : f->least;
    c->most = year ? 2200 : f->most;
    c->refused = year             ? say(w, MSG(N_("Write a year with four digits.")))
               : c->most > c->least ? say(w, MSG(N_("Write a number from {1} to {2}."), number_text(w, c->least), number_text(w, c->most)))
                                    : say(w, MSG(N_("Write a number, and nothing else.")));
}

static void set_rule(struct work *w, const struct field *f, struct xlsx_column *c)
{
    const struct type *t = f->type;
    struct texts choices = choices_of(w, f);
    c->choices = choices.p;
    c->choices_n = choices.n;
    if (choices.n) {
        c->rule = XLSX_ONE_OF;
        c->refused = say(w, MSG(N_("Choose one of the list.")));
    } else if (t == &date_type) {
        c->rule = XLSX_DAY;
        c->refused = say(w, MSG(N_("Write a date: day/month/year.")));
    } else if (t == &number_type || t == &integer_type || t == &money_type || t == &year_type) {
        set_number_rule(w, f, c);
    } else {
        c->as_text = true;
        if (f->max && t->stored == V_TEXT && !t->many) {
            c->rule = XLSX_LETTERS;
            c->most = f->max;
            c->refused = say(w, MSG(N_("At most {1} letters."), number_text(w, f->max)));
        }
    }
}

/* several: one cell may hold many of them. */
static Str note_of(struct work *w, const struct field *f, bool several)
{
    struct buf b = buf_make(w->a);
    if (f->is & REQUIRED) put(&b, tr(w->lang, N_("Must be filled in."))), put_c(&b, ' ');
    if (f->help) put(&b, tr(w->lang, f->help)), put_c(&b, ' ');
    if (several || f->type->many) put(&b, tr(w->lang, N_("Several stand in one cell with a semicolon between.")));
    return str_trim(buf_str(&b));
}

/* ---- the columns -------------------------------------------------------------------------------------- */

/* Only under a heading that leads back to the field: labels of children may be those of other fields too. */
static bool leads_back(const struct making *m, Str title, int field, int child)
{
    struct target t = heading_target(m->h, m->w->a, (Str){ 0 }, title, false);
    return t.kind == TARGET_FIELD && t.field == field && t.child == child;
}

static void add_column(struct making *m, const struct field *f, Str title, int field, int child, bool several)
{
    struct work *w = m->w;
    if (!may_be_target(w->actor.roles, f) || !field_written(w, f, m->reach, true) || !leads_back(m, title, field, child)) return;
    if (m->columns.n == TEMPLATE_COLUMNS) return;
    struct xlsx_column *c = GROW(w->a, m->columns);
    *c = (struct xlsx_column){ .title = title, .comment = note_of(w, f, several) };
    if (several) c->as_text = true;
    else set_rule(w, f, c);
}

static void add_children(struct making *m, const struct field *list, int field)
{
    struct work *w = m->w;
    const struct entity *e = list->to;
    int key = key_field(e);
    Str year = by_year(e) ? str_f(w->a, "%d", w->today.year - 1) : (Str){ 0 };
    if (!year.n) add_column(m, &e->fields[key], tr(w->lang, list->label), field, key, true);
    for EACH_FIELD(f, k, e)
        if (k != key) add_column(m, f, column_title(w, f, year), field, k, !year.n);
}

enum err import_template(struct work *w, const struct entity *e, Str *bytes)
{
    struct making m = { .w = w, .e = e, .h = headings_make(w, e), .reach = reach_at_all(w, e) };
    struct xlsx_writer *x;
    for EACH_FIELD(f, i, e) {
        if (f->type == &children_type && field_written(w, f, m.reach, true)) add_children(&m, f, i);
        else add_column(&m, f, column_title(w, f, (Str){ 0 }), i, -1, false);
    }
    TRY(xlsx_write_open(w->a, NULL, &x));
    enum err err = xlsx_write_sheet(x, &(struct xlsx_sheet){ .name = tr(w->lang, e->many), .columns = m.columns.p, .n = m.columns.n });
    if (err) return xlsx_write_drop(x), err;
    return xlsx_write_close(x, bytes);
}
