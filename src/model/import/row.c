/* row.c - a row of the sheet becomes a record with children, or problems that name their columns. */
#include "model/import/importing.h"

#include "base/date.h"
#include "base/number.h"
#include "model/reference.h"
#include "model/type.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- rows that are no records ------------------------------------------------------------------ */

static bool starts_as(Str slug, const char *const *starts)
{
    for (; *starts; starts++)
        if (str_starts(slug, str_of(*starts)) && (slug.n == strlen(*starts) || slug.p[strlen(*starts)] == '-')) return true;
    return false;
}

/* "Tổng cộng", "Cộng: 12"; but not "Tổng công ty ...". */
static bool is_total(Str slug)
{
    static const char *const totals[] = { "tong-cong", "tong-so", "total", "grand-total", "luy-ke", NULL };
    static const char *const companies[] = { "tong-cong-ty", "total-energies", NULL };
    return str_is(slug, "cong") || str_is(slug, "tong") || str_is(slug, "sum") || (starts_as(slug, totals) && !starts_as(slug, companies));
}

static bool is_signature(Str slug)
{
    static const char *const signs[] = {
        "nguoi-lap", "nguoi-lap-bieu", "thu-truong", "giam-doc", "ke-toan-truong", "xac-nhan", "ky-ten", "nguoi-duyet", "ky-ghi-ro-ho-ten", "ghi-chu",
        "tm-ubnd", "prepared-by", "approved-by", "signature", NULL };
    return starts_as(slug, signs) || (str_has(slug, S("ngay-")) && str_has(slug, S("-thang-")) && str_has(slug, S("-nam")));
}

/* "(1)", "(2)" ... under the headings. */
static bool is_count(Str text, int64_t *n)
{
    if (str_starts(text, S("(")) && str_ends(text, S(")"))) text = str_sub(text, 1, text.n - 2);
    return str_to_i64(text, n);
}

struct row_look { int cells, mapped, counted, repeated; Str first; bool unique; };

static struct row_look look_at(const struct importing *in, const struct row *row)
{
    struct row_look look = { 0 };
    int64_t n, last = 0;
    for (int c = 0; c < in->header.n; c++) {
        const struct target *t = &in->header.columns[c].target;
        Str text = row->value[c].text;
        if (!text.n) continue;
        look.cells++;
        look.mapped += t->kind == TARGET_FIELD || t->kind == TARGET_NUMBER;
        look.unique |= t->kind == TARGET_FIELD && t->child < 0 && in->e->fields[t->field].is & UNIQUE;
        look.unique |= t->kind == TARGET_NUMBER;
        look.repeated += str_eq(text, in->header.columns[c].heading) || str_ends(in->header.columns[c].heading, text);
        if (is_count(text, &n) && (n == last + 1 || !last)) look.counted++, last = n;
        if (!look.first.n && t->kind != TARGET_ORDINAL) look.first = text;
    }
    return look;
}

/* "II | Ngành cơ khí": a heading within the list has a numeral that is not a number, and one text. */
static bool is_group(const struct importing *in, const struct row *row, const struct row_look *look)
{
    int64_t n;
    for (int c = 0; c < in->header.n; c++) {
        Str text = row->value[c].text;
        if (in->header.columns[c].target.kind == TARGET_ORDINAL && text.n && look->cells == 2)
            return !str_to_i64(text, &n) && strspn(str_z(in->w->a, text), "IVXABCDE.") == text.n;
    }
    return false;
}

enum row_kind row_kind(const struct importing *in, const struct row *row)
{
    struct row_look look = look_at(in, row);
    if (!look.mapped) return ROW_LEFT_OUT;
    if (look.cells >= 2 && look.repeated * 2 > look.cells) return ROW_LEFT_OUT;
    if (look.cells >= 3 && look.counted == look.cells) return ROW_LEFT_OUT;
    if (look.unique) return ROW_DATA;
    Str slug = text_slug(in->w->a, look.first);
    bool closing = is_total(slug) || (look.cells <= 3 && is_signature(slug)) || is_group(in, row, &look);
    return closing ? ROW_LEFT_OUT : ROW_DATA;
}

/* ---- cells -------------------------------------------------------------------------------------- */

/* "Chưa có" of a yes-or-no is a no; of all else it is nothing. */
static bool says_nothing(const struct work *w, const struct field *f, Str text)
{
    enum { NOES = 3 };
    static const char *const none[] = { "chua co", "khong", "khong co", "n/a", "#n/a", "na", "none", "nil", "null", "chua", "khong ro" };
    if (!text.n) return true;
    if (text.n > 16) return false;
    if (strspn(str_z(w->a, text), "-./_ ") == text.n || str_is(text, "–") || str_is(text, "—")) return true;
    Str folded = text_fold(w->a, text);
    for (size_t i = 0; i < COUNT(none); i++)
        if (str_is(folded, none[i])) return f->type != &boolean_type || i >= NOES;
    return false;
}

static bool numeric(const struct field *f)
{
    return f->type == &money_type || f->type == &number_type || f->type == &integer_type;
}

static Str plain_number(struct arena *a, double d)
{
    struct buf b = buf_make(a);
    if (d == floor(d) && fabs(d) < 1e15) put_i(&b, (int64_t)d);
    else put_real_plain(&b, d);
    return buf_str(&b);
}

static bool is_whole(double d) { return d == floor(d) && fabs(d) < 1e15; }

/* The cell's text as the field's kind reads it, and how it is spelt. */
static Str text_for(const struct importing *in, const struct field *f, double scale, struct value v, enum spelling *sp)
{
    struct arena *a = in->w->a;
    double d;
    *sp = in->header.spelling;
    if (v.cell->type == CELL_NUMBER) {
        *sp = SPELT_PLAIN;
        if (numeric(f)) return plain_number(a, v.cell->number * scale);
        if (f->type == &date_type && is_whole(v.cell->number)) return date_iso(a, date_from_days((int64_t)v.cell->number - 25569));
        bool exact = !memchr(v.text.p, 'E', v.text.n) && !memchr(v.text.p, '.', v.text.n);
        return exact || !is_whole(v.cell->number) ? v.text : plain_number(a, v.cell->number);
    }
    if (v.cell->type == CELL_DATE && f->type == &year_type) return str_sub(v.text, 0, 4);
    if (scale != 1 && numeric(f) && number_read(v.text, *sp == SPELT_EN ? '.' : ',', &d)) {
        *sp = SPELT_PLAIN;
        return plain_number(a, d * scale);
    }
    return v.text;
}

/* Codes repeat from row to row: what a text of a list means is looked up once.  At most CODES_REMEMBERED of them. */
static Message read_code(struct importing *in, const struct field *f, enum spelling sp, Str text, Val *out)
{
    enum { CODES_REMEMBERED = 4096 };
    char key[128];
    int64_t at;
    bool added;
    int n = snprintf(key, sizeof key, "%s|%.*s", f->list, FMT(text));
    bool fits = n > 0 && n < (int)sizeof key;
    if (fits && map_get(&in->codes, (Str){ key, (size_t)n }, &at)) return *out = in->meanings.p[at], NO_MESSAGE;
    Message m = f->type->read(in->w, f, sp, text, out);
    if (m.id || !fits || in->meanings.n == CODES_REMEMBERED) return m;
    map_put(&in->codes, str_dup(in->keep, (Str){ key, (size_t)n }), (int64_t)in->meanings.n, &added);
    *GROW(in->keep, in->meanings) = v_text(str_dup(in->keep, v_str(*out)));
    return m;
}

static Message read_value(struct importing *in, const struct target *t, const struct field *f, struct value v, Val *out)
{
    enum spelling sp;
    *out = v_null();
    if (says_nothing(in->w, f, v.text)) return NO_MESSAGE;
    if (v.cell->type == CELL_ERROR) return MSG(N_("“{1}” is an error of a formula"), v.text);
    Str text = text_for(in, f, t->scale, v, &sp);
    Message wrong = f->type == &code_type ? read_code(in, f, sp, text, out)
                  : f->type == &reference_type ? reference_read(in->w, f, text, out) : f->type->read(in->w, f, sp, text, out);
    return message_brief(in->w->a, wrong);
}

static void problem(struct importing *in, struct row *row, int column, Message what)
{
    *GROW(in->w->a, row->problems) = (struct problem_at){ column, what };
}

static void remark(struct importing *in, struct row *row, int column, Message what)
{
    *GROW(in->w->a, row->remarks) = (struct problem_at){ column, what };
}

static void leave_out(struct importing *in, struct row *row, int column, Message why)
{
    remark(in, row, column, MSG(N_("{1}; it was left out"), message_str(in->w->a, in->w->lang, why)));
}

/* ---- several children in a cell ------------------------------------------------------------------ */

/* The next piece between ';' or line ends, none of them inside brackets; without the dash of a list. */
static bool next_piece(Str *rest, Str *piece)
{
    int depth = 0;
    size_t i = 0;
    if (!rest->n) return false;
    for (; i < rest->n; i++) {
        char c = rest->p[i];
        depth += c == '(';
        depth -= c == ')' && depth;
        if (c == '\n' || (c == ';' && !depth)) break;
    }
    *piece = str_trim(str_sub(*rest, 0, i));
    *rest = str_sub(*rest, i + 1, rest->n);
    if (str_starts(*piece, S("- ")) || str_starts(*piece, S("+ "))) *piece = str_trim(str_sub(*piece, 2, piece->n));
    return true;
}

struct pieces { struct value *p; size_t n, cap; };

static struct pieces pieces_of(struct arena *a, struct value v)
{
    struct pieces out = { 0 };
    Str rest = v.text, piece;
    if (v.cell->type != CELL_TEXT) return *GROW(a, out) = v, out;
    while (next_piece(&rest, &piece))
        if (piece.n) *GROW(a, out) = (struct value){ piece, v.cell };
    return out;
}

static bool is_code(const struct field *f) { return f->type == &code_type || f->type == &choice_type; }

/* "ISO 9001, ISO 14001": codes may also stand between commas, where one of the pieces is one (with brackets about: each). */
static struct pieces code_pieces(struct importing *in, const struct target *t, const struct field *f, struct value v)
{
    struct pieces out = { 0 }, whole = { 0 };
    Val ignored;
    Str rest = v.text, item;
    size_t codes = 0;
    *GROW(in->w->a, whole) = v;
    if (!memchr(v.text.p, ',', v.text.n) || !read_value(in, t, f, v, &ignored).id) return whole;
    while (str_next(&rest, ',', &item)) {
        struct value one = { str_trim(item), v.cell };
        if (!one.text.n) continue;
        codes += !read_value(in, t, f, one, &ignored).id;
        *GROW(in->w->a, out) = one;
    }
    return codes == out.n || (codes && !memchr(v.text.p, '(', v.text.n)) ? out : whole;
}

static int words_in(Str s)
{
    Str word;
    int n = 0;
    while (s.n && str_next(&s, ' ', &word)) n += word.n > 0;
    return n;
}

/* "Toyota, Honda", where all are short; more words, or brackets, are one text with a comma in it. */
static struct pieces short_pieces(struct arena *a, struct value v)
{
    enum { WORDS_MOST = 4 };
    struct pieces out = { 0 }, whole = { 0 };
    Str rest = v.text, item;
    *GROW(a, whole) = v;
    if (memchr(v.text.p, '(', v.text.n)) return whole;
    while (str_next(&rest, ',', &item)) {
        struct value one = { str_trim(item), v.cell };
        if (words_in(one.text) > WORDS_MOST) return whole;
        if (one.text.n) *GROW(a, out) = one;
    }
    return out;
}

/* A code with a remark in brackets ("AS9100 (đang xin)") may mean the opposite: it is not taken for one. */
static bool is_remark(struct importing *in, const struct target *t, const struct field *f, struct value v)
{
    Str code, rest;
    Val ignored;
    return is_code(f) && str_cut(v.text, '(', &code, &rest) && str_trim(code).n
        && !read_value(in, t, f, (struct value){ str_trim(code), v.cell }, &ignored).id;
}

/* ---- codes that are in no list ------------------------------------------------------------------- */

/* A record is worth having without it, and is told from others without it. */
static bool may_lack(const struct entity *e, const struct field *f)
{
    return f->list && !(f->is & (REQUIRED | UNIQUE | KEY)) && !(e->place && f == &e->fields[e->place]);
}

/* Of several codes in a cell those that are known. */
static void read_known(struct importing *in, struct row *row, int c, const struct field *f, struct value v, Val *out)
{
    const struct target *t = &in->header.columns[c].target;
    struct buf known = buf_make(in->w->a);
    bool commas = !memchr(v.text.p, ';', v.text.n) && !memchr(v.text.p, '\n', v.text.n);
    Str rest = v.text, item;
    while (rest.n && (commas ? str_next(&rest, ',', &item) : next_piece(&rest, &item))) {
        Val read;
        Message m = read_value(in, t, f, (struct value){ str_trim(item), v.cell }, &read);
        Str codes = v_str(read), code;
        if (m.id) leave_out(in, row, c + 1, m);
        while (!m.id && many_next(&codes, &code))
            if (!many_has(v_text(buf_str(&known)), code)) put_f(&known, "%s%.*s;", known.n ? "" : ";", FMT(code));
    }
    *out = known.n ? v_text(buf_str(&known)) : v_null();
}

/* Sets what the cell says, and its unit.  What is not known to a list costs the row that cell alone. */
static Message read_cell(struct importing *in, struct row *row, int c, struct value v, struct record *into, int field)
{
    const struct field *f = &into->e->fields[field];
    struct target t = in->header.columns[c].target;
    struct unit unit;
    Val read = v_null();
    Message m = unit_of_cell(in->w, into->e, f, &v, &unit);
    if (v_is(unit.code)) t.unit = unit.code, t.scale = unit.scale;
    if (!m.id) m = read_value(in, &t, f, v, &read);
    if (m.id && !may_lack(into->e, f)) return m;
    if (m.id && f->type->many) read_known(in, row, c, f, v, &read);
    else if (m.id) leave_out(in, row, c + 1, m);
    if (!v_is(read)) return NO_MESSAGE;
    into->v[field] = read;
    if (v_is(t.unit)) into->v[field_index(into->e, str_of(f->unit_by))] = t.unit;
    return NO_MESSAGE;
}

/* ---- children -------------------------------------------------------------------------------------- */

static bool same_key(struct arena *a, Val one, Val other)
{
    if (one.type == V_TEXT && other.type == V_TEXT) return str_eq(one.s, other.s) || str_eq(text_fold(a, one.s), text_fold(a, other.s));
    return val_eq(one, other);
}

static bool tells_apart(const struct field *f, int field, const struct entity *e) { return f->is & KEY || field == key_field(e); }

/* Whether both are one child of their parent: what tells children apart is the same, as far as both say it. */
static bool same_child(struct arena *a, const struct record *one, const struct record *other)
{
    for EACH_FIELD(f, i, one->e) {
        if (tells_apart(f, i, one->e) && v_is(one->v[i]) && v_is(other->v[i]) && !same_key(a, one->v[i], other->v[i])) return false;
    }
    return true;
}

static struct record *child_like(struct arena *a, const struct records *list, const struct record *child)
{
    for (size_t i = 0; i < list->n; i++)
        if (same_child(a, list->p[i], child)) return list->p[i];
    return NULL;
}

static struct record *year_for(struct arena *a, struct record *r, int field, int64_t year)
{
    struct record *child = record_make(a, r->e->fields[field].to);
    child->v[key_field(child->e)] = v_int(year);
    struct record *same = child_like(a, &r->children[field], child);
    if (!same) *GROW(a, r->children[field]) = child;
    return same ? same : child;
}

/* A column of yearly figures; its year is in the heading, else in a column of the row. */
static void read_yearly(struct importing *in, struct row *row, int c, int64_t year_of_row)
{
    const struct target *t = &in->header.columns[c].target;
    const struct entity *list = in->e->fields[t->field].to;
    Val v;
    if (t->child == key_field(list)) return;
    Message m = read_value(in, t, &list->fields[t->child], row->value[c], &v);
    int64_t year = t->year ? t->year : year_of_row;
    if (m.id) problem(in, row, c + 1, m);
    else if (v_is(v) && !year) problem(in, row, c + 1, MSG(N_("has a figure, but the row does not say of which year")));
    else if (v_is(v)) year_for(in->w->a, row->r, t->field, year)->v[t->child] = v;
}

static bool is_list_column(const struct importing *in, int c, int field, int group)
{
    const struct target *t = &in->header.columns[c].target;
    return t->kind == TARGET_FIELD && t->field == field && t->child >= 0 && t->group == group;
}

/* NULL for a child that is left out: the pieces of other columns are counted with it. */
static void add_pieces(struct importing *in, struct row *row, int c, struct records *out)
{
    const struct target *t = &in->header.columns[c].target;
    const struct field *f = &in->e->fields[t->field].to->fields[t->child];
    struct pieces cells = pieces_of(in->w->a, row->value[c]);
    for (size_t i = 0; i < cells.n; i++) {
        struct pieces codes = is_code(f) ? code_pieces(in, t, f, cells.p[i])
                            : f->is & COMMAS ? short_pieces(in->w->a, cells.p[i]) : (struct pieces){ &cells.p[i], 1, 1 };
        for (size_t k = 0; k < codes.n; k++) {
            Val v;
            Message m = read_value(in, t, f, codes.p[k], &v);
            if (!m.id && !v_is(v)) continue;
            if (m.id && is_remark(in, t, f, codes.p[k]))
                remark(in, row, c + 1, MSG(N_("“{1}” has a remark in brackets, so it is not certain; it was left out"), codes.p[k].text));
            else if (m.id && f->list) leave_out(in, row, c + 1, m);
            else if (m.id) problem(in, row, c + 1, m);
            struct record *child = m.id ? NULL : record_add(in->w->a, row->r, t->field);
            if (child) child->v[t->child] = v;
            *GROW(in->w->a, *out) = child;
        }
    }
}

/* Another column of children: a piece for each of them, or one value for all. */
static void add_detail(struct importing *in, struct row *row, int c, const struct records *children)
{
    const struct target *t = &in->header.columns[c].target;
    struct value v = row->value[c];
    if (!children->n || !v.text.n) return;                  /* "Chưa có" with a date is no certificate */
    struct pieces cells = pieces_of(in->w->a, v);
    if (cells.n != children->n) cells = (struct pieces){ &v, 1, 1 };
    for (size_t i = 0; i < children->n; i++) {
        if (!children->p[i]) continue;
        Message m = read_cell(in, row, c, cells.p[cells.n == 1 ? 0 : i], children->p[i], t->child);
        if (!m.id) continue;
        problem(in, row, c + 1, m);
        return;
    }
}

static void set_values(struct record *into, const struct record *from)
{
    for EACH_FIELD(f, i, into->e)
        if (has_column(f) && v_is(from->v[i]) && !(tells_apart(f, i, into->e) && v_is(into->v[i]))) into->v[i] = from->v[i];
}

/* What a row says twice of a list is one child, as it was spelt first; what is said of it later holds. */
static void join_same(struct arena *a, struct records *list)
{
    struct records said = *list;
    list->n = 0;
    for (size_t i = 0; i < said.n; i++) {
        struct record *same = child_like(a, list, said.p[i]);
        if (same) set_values(same, said.p[i]);
        else list->p[list->n++] = said.p[i];
    }
}

static void read_list(struct importing *in, struct row *row, int key_column)
{
    const struct target *t = &in->header.columns[key_column].target;
    int key = key_field(in->e->fields[t->field].to);
    struct records children = { 0 };
    add_pieces(in, row, key_column, &children);
    for (int c = 0; c < in->header.n; c++)
        if (is_list_column(in, c, t->field, t->group) && in->header.columns[c].target.child != key)
            add_detail(in, row, c, &children);
    join_same(in->w->a, &row->r->children[t->field]);
}

static int64_t year_of_row(struct importing *in, struct row *row, int field)
{
    for (int c = 0; c < in->header.n; c++) {
        const struct target *t = &in->header.columns[c].target;
        const struct entity *list = in->e->fields[field].to;
        Val v;
        if (t->kind != TARGET_FIELD || t->field != field || t->child != key_field(list)) continue;
        Message m = read_value(in, t, &list->fields[t->child], row->value[c], &v);
        if (m.id) problem(in, row, c + 1, m);
        return v_i64(v);
    }
    return 0;
}

/* ---- the row ------------------------------------------------------------------------------------------ */

static void read_number_of_record(struct importing *in, struct row *row, int c)
{
    Str text = row->value[c].text;
    if (text.n && !public_id_read(in->e, text, &row->record))
        problem(in, row, c + 1, MSG(N_("“{1}” is not the number of a record; leave it empty in a new row"), text));
}

static void read_children(struct importing *in, struct row *row, int c)
{
    const struct target *t = &in->header.columns[c].target;
    const struct entity *list = in->e->fields[t->field].to;
    if (by_year(list)) read_yearly(in, row, c, t->year ? 0 : year_of_row(in, row, t->field));
    else if (t->child == key_field(list)) read_list(in, row, c);
}

enum err row_read(struct importing *in, struct row *row)
{
    row->r = record_make(in->w->a, in->e);
    for (int c = 0; c < in->header.n; c++) {
        const struct target *t = &in->header.columns[c].target;
        if (t->kind == TARGET_NUMBER) read_number_of_record(in, row, c);
        if (t->kind != TARGET_FIELD || !row->value[c].text.n) continue;
        if (t->child >= 0) {
            read_children(in, row, c);
            continue;
        }
        Message m = read_cell(in, row, c, row->value[c], row->r, t->field);
        if (m.id) problem(in, row, c + 1, m);
    }
    /* A row that names its record says how the record shall be, word for word. */
    return in->e->complete && !row->problems.n && !row->record ? in->e->complete(in->w, row->r) : OK;
}

/* ---- the row laid over the record ------------------------------------------------------------------------ */

static bool all_ascii(Str s)
{
    for (size_t i = 0; i < s.n; i++) if ((unsigned char)s.p[i] >= 0x80) return false;
    return true;
}

/* The same letters, but accents or small letters were lost on the way. */
static bool lost_letters(struct arena *a, Str was, Str now)
{
    if (!str_eq(text_fold(a, was), text_fold(a, now))) return false;
    return all_ascii(now) || str_eq(now, text_upper(a, was));
}

static bool keeps(struct work *w, const struct entity *e, int field, Val was, Val now)
{
    bool named = e->name_key && (field == e->title || (e->fields[e->title].is & PAIR && field == e->title + 1));
    if (!v_is(now)) return true;
    if (was.type != V_TEXT || now.type != V_TEXT) return false;
    if (named && str_eq(e->name_key(w->a, was.s), e->name_key(w->a, now.s))) return true;
    return lost_letters(w->a, was.s, now.s);
}

static void merge_values(struct work *w, struct record *into, const struct record *from, bool exact)
{
    for EACH_FIELD(f, i, into->e) {
        if (!has_column(f) || !v_is(from->v[i]) || val_eq(into->v[i], from->v[i])) continue;
        if (f->is & FIXED && v_is(into->v[i]) && !exact) continue;
        if (exact || !keeps(w, into->e, i, into->v[i], from->v[i])) into->v[i] = from->v[i];
    }
}

/* Whether an export says this of the list, in whichever language it was made. */
static bool is_exported(struct work *w, const struct record *was, int field, Str text)
{
    for (enum lang l = 0; l < LANGS; l++) {
        struct work in = *w;
        in.lang = l;
        if (str_eq(text, record_text(&in, was, field))) return true;
    }
    return false;
}

/*
 * A cell that says of a list what an export says of it brings nothing new, though a title with a ';' in it reads as two.
 */
void row_settle_lists(struct importing *in, struct row *row, const struct record *was)
{
    for (int c = 0; c < in->header.n; c++) {
        const struct target *t = &in->header.columns[c].target;
        if (t->kind != TARGET_FIELD || t->child < 0 || t->child != key_field(in->e->fields[t->field].to)) continue;
        if (!row->value[c].text.n || !is_exported(in->w, was, t->field, row->value[c].text)) continue;
        struct records *list = &row->r->children[t->field];
        size_t kept = 0;
        for (size_t i = 0; i < list->n; i++)
            if (child_like(in->w->a, &was->children[t->field], list->p[i])) list->p[kept++] = list->p[i];
        list->n = kept;
    }
}

void row_keep_lacking(struct arena *a, struct record *row, const struct record *was)
{
    int key = row->e->parent ? key_field(row->e) : -1;
    for EACH_FIELD(f, i, row->e) {
        if (has_column(f) && i != key && v_is(was->v[i])) row->v[i] = v_null();
        for (size_t k = 0; f->type == &children_type && k < row->children[i].n; k++) {
            struct record *child = row->children[i].p[k];
            const struct record *same = child_like(a, &was->children[i], child);
            if (same) row_keep_lacking(a, child, same);
        }
    }
}

/* What tells it apart stays as it was spelt. */
static void merge_child(struct work *w, struct record *mine, const struct record *child, bool exact)
{
    const struct record *was = record_copy(w->a, mine);
    merge_values(w, mine, child, exact);
    for EACH_FIELD(f, i, mine->e)
        if (tells_apart(f, i, mine->e) && v_is(was->v[i])) mine->v[i] = was->v[i];
}

struct record *row_merge(struct work *w, const struct record *was, struct record *row, bool exact)
{
    if (!was) return row;
    struct record *now = record_copy(w->a, was);
    merge_values(w, now, row, exact);
    for EACH_FIELD(f, i, now->e)
        for (size_t k = 0; f->type == &children_type && k < row->children[i].n; k++) {
            const struct record *child = row->children[i].p[k];
            struct record *mine = child_like(w->a, &now->children[i], child);
            if (mine) merge_child(w, mine, child, exact);
            else *GROW(w->a, now->children[i]) = record_copy(w->a, child);
        }
    return now;
}
