/* header.c - finds the header row among the first rows of a sheet and decides what each of its columns holds. */
#include "model/import/importing.h"

#include "base/number.h"

#include <string.h>

Str column_letter(struct arena *a, int column)
{
    char text[8];
    size_t at = sizeof text;
    for (; column > 0; column = (column - 1) / 26) text[--at] = (char)('A' + (column - 1) % 26);
    return str_dup(a, (Str){ text + at, sizeof text - at });
}

/* ---- reading one or two rows as a header ----------------------------------------------------- */

static Str text_at(const struct head_row *row, int column) { return column <= row->n ? row->text[column - 1] : (Str){ 0 }; }

/* The heading over a column: its own, or of the cell it is merged with, to the left. */
static Str parent_of(const struct head_row *row, int column)
{
    while (column > 0 && !text_at(row, column).n) column--;
    return column ? text_at(row, column) : (Str){ 0 };
}

/* How much it says: the columns understood, and among them those with a year. */
static int read_header(const struct headings *h, struct arena *a, const struct head_row *top, const struct head_row *below,
                       bool near, struct header *out)
{
    int score = 0, n = below && below->n > top->n ? below->n : top->n;
    *out = (struct header){ .row = top->number, .last_row = below ? below->number : top->number, .n = n };
    out->columns = NEW_ARRAY(a, struct column, (size_t)n);
    for (int c = 1; c <= n; c++) {
        struct column *column = &out->columns[c - 1];
        Str own = below ? text_at(below, c) : text_at(top, c), parent = own.n && below ? parent_of(top, c) : (Str){ 0 };
        if (!own.n) own = text_at(top, c);
        if (!own.n) continue;
        column->target = heading_target(h, a, parent, own, near);
        column->heading = parent.n ? str_f(a, "%.*s / %.*s", FMT(parent), FMT(own)) : own;
        score += 2 * (column->target.kind == TARGET_FIELD || column->target.kind == TARGET_NUMBER) + (column->target.year != 0);
    }
    return score;
}

/* ---- years ------------------------------------------------------------------------------------ */

static const struct entity *list_of(const struct entity *e, const struct target *t)
{
    return t->kind == TARGET_FIELD && t->child >= 0 ? e->fields[t->field].to : NULL;
}

static bool is_key(const struct entity *e, const struct target *t)
{
    const struct entity *list = list_of(e, t);
    return list && t->child == key_field(list);
}

static int64_t latest_named(const struct header *h, int field)
{
    int64_t latest = 0;
    for (int c = 0; c < h->n; c++) {
        const struct target *t = &h->columns[c].target;
        if (t->kind == TARGET_FIELD && t->field == field && t->year > latest) latest = t->year;
    }
    return latest;
}

/* "(Số liệu đến 30/6/2026)" over the header. */
static int64_t year_of_titles(const struct head_row *rows, int header_row)
{
    int64_t found = 0;
    for (; rows->number < header_row; rows++)
        for (int c = 0; c < rows->n; c++)
            for (size_t i = 0, digits = 0; i <= rows->text[c].n; i++) {
                Str s = rows->text[c];
                if (i < s.n && s.p[i] >= '0' && s.p[i] <= '9') { digits++; continue; }
                int64_t year = 0;
                if (digits == 4 && str_to_i64(str_sub(s, i - 4, 4), &year) && year >= 1990 && year <= 2100) found = year;
                digits = 0;
            }
    return found;
}

static bool has_key_column(const struct entity *e, const struct header *h, int field)
{
    for (int c = 0; c < h->n; c++)
        if (h->columns[c].target.kind == TARGET_FIELD && h->columns[c].target.field == field && is_key(e, &h->columns[c].target))
            return true;
    return false;
}

static void assume_years(struct work *w, const struct entity *e, struct header *h, int64_t of_titles, struct import_report *report)
{
    for (int c = 0; c < h->n; c++) {
        struct target *t = &h->columns[c].target;
        const struct entity *list = list_of(e, t);
        if (!list || !by_year(list) || is_key(e, t) || t->year || has_key_column(e, h, t->field)) continue;
        int64_t latest = latest_named(h, t->field);
        t->year = latest ? latest : of_titles ? of_titles : w->today.year - 1;
        t->assumed = true;
        *GROW(w->a, report->notes) = MSG(N_("The heading “{1}” names no year; {2} is taken."), h->columns[c].heading,
                                         str_f(w->a, "%lld", (long long)t->year));
    }
}

/* "Đơn vị tính: triệu đồng" over the header, for the amounts that name no unit of their own. */
static void take_unit_of_titles(struct work *w, const struct entity *e, const struct head_row *rows, struct header *h,
                                struct import_report *report)
{
    double scale = 1, own;
    Str said = { 0 };
    for (; rows->number < h->row; rows++)
        for (int c = 0; c < rows->n; c++) {
            Str slug = text_slug(w->a, rows->text[c]);
            bool unit = str_starts(slug, S("don-vi-tinh")) || str_starts(slug, S("dvt")) || str_starts(slug, S("unit"));
            if (unit && number_scale(w->a, rows->text[c], &scale)) said = rows->text[c];
        }
    for (int c = 0; said.n && c < h->n; c++) {
        struct target *t = &h->columns[c].target;
        if (t->kind != TARGET_FIELD || number_scale(w->a, h->columns[c].heading, &own)) continue;
        const struct entity *list = list_of(e, t);
        if ((list ? &list->fields[t->child] : &e->fields[t->field])->type == &money_type) t->scale = scale;
    }
    if (said.n) *GROW(w->a, report->notes) = MSG(N_("Over the table stands “{1}”; amounts are read so."), said);
}

/* ---- columns that get in each other's way ------------------------------------------------------ */

static bool same_target(const struct target *a, const struct target *b)
{
    return a->kind == b->kind && a->field == b->field && a->child == b->child && a->year == b->year;
}

/* A second column for one field: of children, the next child ("Sản phẩm 2"); else left out.  What a heading says goes before
 * what is assumed. */
static void settle_repeats(const struct entity *e, struct header *h)
{
    for (int c = 1; c < h->n; c++) {
        struct target *t = &h->columns[c].target;
        for (int before = 0; before < c && t->kind == TARGET_FIELD; before++) {
            struct target *first = &h->columns[before].target;
            const struct entity *list = list_of(e, t);
            if (!same_target(first, t)) continue;
            if (list && !by_year(list)) t->group = first->group + 1;
            else if (first->assumed && !t->assumed) first->kind = TARGET_NONE;
            else t->kind = TARGET_NONE;
        }
    }
}

/* Dates of certificates without the certificates, and a year without figures, say nothing. */
static void drop_incomplete_lists(const struct entity *e, struct header *h)
{
    for (int c = 0; c < h->n; c++) {
        struct target *t = &h->columns[c].target;
        const struct entity *list = list_of(e, t);
        if (!list) continue;
        bool others = false, key = false;
        for (int k = 0; k < h->n; k++) {
            const struct target *o = &h->columns[k].target;
            if (o->kind != TARGET_FIELD || o->field != t->field) continue;
            *(is_key(e, o) ? &key : &others) = true;
        }
        bool useless = by_year(list) ? is_key(e, t) && !others : !key;
        if (useless) t->kind = TARGET_NONE;
    }
}

/* ---- the language numbers are written in ---------------------------------------------------------- */

/* A word that is no Vietnamese syllable, accents lost or not ("tax"); MST and "nghiep" could be. */
static bool foreign(Str word)
{
    char last = word.p[word.n - 1];
    bool vowel = false;
    for (size_t i = 0; i < word.n; i++) vowel |= strchr("aeiouy", word.p[i]) != NULL;
    return word.p[0] > '9' && vowel && !strchr("cpt", last) && !(last == 'h' && word.n > 1 && word.p[word.n - 2] == 'c')
        && !syllable_valid(word);
}

static bool reads_english(struct arena *a, Str heading)
{
    for (size_t i = 0; i < heading.n; i++) if ((unsigned char)heading.p[i] >= 0x80) return false;
    Str rest = text_slug(a, heading), word;
    while (rest.n && str_next(&rest, '-', &word))
        if (foreign(word)) return true;
    return false;
}

static enum spelling spelling_of(struct arena *a, const struct header *h)
{
    int vi = 0, en = 0;
    for (int c = 0; c < h->n; c++)
        if (h->columns[c].target.kind == TARGET_FIELD) ++*(reads_english(a, h->columns[c].heading) ? &en : &vi);
    return en > vi ? SPELT_EN : SPELT_VI;
}

/* ---- together ------------------------------------------------------------------------------------- */

static void report_columns(struct work *w, const struct entity *e, const struct header *h, struct import_report *report)
{
    report->header_row = h->row;
    for (int c = 0; c < h->n; c++) {
        const struct column *column = &h->columns[c];
        const struct target *t = &column->target;
        if (!column->heading.n) continue;
        struct import_column *out = GROW(w->a, report->columns);
        *out = (struct import_column){ .letter = column_letter(w->a, c + 1), .heading = column->heading,
                                       .scale = t->scale, .year = t->year, .assumed = t->assumed };
        if (t->kind == TARGET_NUMBER) out->target = S("id"), out->label = tr(w->lang, N_("Record number"));
        if (t->kind == TARGET_ORDINAL) out->label = tr(w->lang, N_("serial number, not kept"));
        if (t->kind == TARGET_IGNORED)
            out->label = tr(w->lang, t->field < 0 ? N_("left out") : N_("worked out by the program, not imported"));
        if (t->kind != TARGET_FIELD) continue;
        const struct field *f = &e->fields[t->field], *g = t->child < 0 ? f : &f->to->fields[t->child];
        out->target = t->child < 0 ? str_of(f->name) : str_f(w->a, "%s.%s", f->name, g->name);
        out->label = tr(w->lang, g->label);
    }
}

/* A title stands alone in its row, and is no heading. */
static bool may_stand_above(const struct headings *h, struct arena *a, const struct head_row *row)
{
    int cells = 0;
    for (int c = 1; c <= row->n; c++) cells += text_at(row, c).n > 0;
    return cells > 1 || heading_target(h, a, (Str){ 0 }, parent_of(row, row->n), false).kind == TARGET_FIELD;
}

/* The one or two rows that hold the most headings; two only where they say more than one. */
static int find_rows(const struct headings *h, struct arena *a, const struct head_row *rows, size_t n, bool near, size_t *first, bool *both)
{
    int best = 0;
    for (size_t two = 0; two < 2; two++)
        for (size_t i = 0; i + two < n; i++) {
            struct header read;
            if (two && !may_stand_above(h, a, &rows[i])) continue;
            int score = read_header(h, a, &rows[i], two ? &rows[i + 1] : NULL, near, &read);
            if (score > best) best = score, *first = i, *both = two;
        }
    return best;
}

enum err header_find(struct work *w, const struct entity *e, const struct headings *h, const struct head_row *rows, size_t n,
                     struct header *out, struct import_report *report, Message *why)
{
    size_t first = 0;
    bool both = false;
    int best = find_rows(h, w->a, rows, n, false, &first, &both);
    if (!best) best = find_rows(h, w->a, rows, n, true, &first, &both);
    if (!best) {
        *why = MSG(N_("No row of headings was found in the first {1} rows. The sheet needs a row with the names of its columns, such as “{2}”."),
                   str_f(w->a, "%zu", n), tr(w->lang, e->fields[e->title].label));
        return ERR_MISSING;
    }
    read_header(h, w->a, &rows[first], both ? &rows[first + 1] : NULL, true, out);
    drop_incomplete_lists(e, out);
    settle_repeats(e, out);
    assume_years(w, e, out, year_of_titles(rows, out->row), report);
    settle_repeats(e, out);
    take_unit_of_titles(w, e, rows, out, report);
    units_of_headings(w, e, out, report);
    out->spelling = spelling_of(w->a, out);
    report_columns(w, e, out, report);
    return OK;
}
