/* type.c - the kinds of field.  To add one: write its read and show, a const struct type, and name it in types[]. */
#include "model/type.h"

#include "base/date.h"
#include "base/number.h"
#include "base/unicode.h"
#include "model/people/account.h"

#include <math.h>
#include <stdio.h>
#include <strings.h>

/* ---- text ----------------------------------------------------------------------------------- */

static Str one_line(struct arena *a, Str in)                /* runs of white space become a space  */
{
    bool plain = true;
    for (size_t i = 0; i < in.n && plain; i++)
        plain = (unsigned char)in.p[i] > ' ' || (in.p[i] == ' ' && i && in.p[i - 1] != ' ');
    if (plain) return in;
    struct buf b = buf_make(a);
    for (size_t i = 0; i < in.n; i++) {
        bool space = (unsigned char)in.p[i] <= ' ';
        if (!space) put_c(&b, in.p[i]);
        else if (b.n && b.p[b.n - 1] != ' ') put_c(&b, ' ');
    }
    return str_trim(buf_str(&b));
}

static Message read_long(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    if (f->max && in.n > (size_t)f->max)
        return MSG(N_("is too long: {1} bytes, at most {2}"), str_f(w->a, "%zu", in.n), str_f(w->a, "%d", f->max));
    *out = v_text(in);
    return NO_MESSAGE;
}

static Message read_text(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    return read_long(w, f, sp, one_line(w->a, in), out);
}

void type_show_text(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    put(b, v_str(v));
}

/* ---- numbers -------------------------------------------------------------------------------- */

/* Splits "1.250,5 tấn" into the number and what follows it. */
static void split_number(Str in, Str *number, Str *rest)
{
    size_t i = 0;
    while (i < in.n && strchr("0123456789.,+- \xC2\xA0", in.p[i])) i++;
    *number = str_trim(str_sub(in, 0, i));
    *rest = str_trim(str_sub(in, i, in.n));
}

static bool is_unit(const struct work *w, const struct field *f, Str s)
{
    Str said = text_fold(w->a, s);
    return !s.n || (f->unit && (str_eq(said, text_fold(w->a, str_of(f->unit)))
                                || str_eq(said, text_fold(w->a, tr(VI, f->unit)))));
}

static Message in_bounds(const struct work *w, const struct field *f, double d)
{
    if (f->most <= f->least || (d >= f->least && d <= f->most)) return NO_MESSAGE;
    struct buf least = buf_make(w->a), most = buf_make(w->a);
    put_real(&least, w->lang, f->least);
    put_real(&most, w->lang, f->most);
    return MSG(N_("must be between {1} and {2}"), buf_str(&least), buf_str(&most));
}

static bool read_real(const struct work *w, const struct field *f, enum spelling sp, Str in, double *d)
{
    Str number, rest;
    if (sp == SPELT_PLAIN && str_to_f64(in, d)) return true;
    split_number(in, &number, &rest);
    return is_unit(w, f, rest) && number_read(number, sp == SPELT_EN || sp == SPELT_PLAIN ? '.' : ',', d);
}

static Message read_number(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    double d;
    bool good = read_real(w, f, sp, in, &d) && fabs(d) <= 1e15 && (d == 0 || fabs(d) >= 1e-12);     /* as sheets show them */
    if (!good) return MSG(N_("“{1}” is not a number"), in);
    *out = v_real(d == 0 ? 0 : d);                          /* not -0                              */
    return in_bounds(w, f, d);
}

static Message read_integer(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    double d;
    int64_t i;
    if (str_to_i64(in, &i)) d = (double)i;
    else if (!read_real(w, f, sp, in, &d)) return MSG(N_("“{1}” is not a number"), in);
    else if (d != floor(d) || fabs(d) > 9e15) return MSG(N_("“{1}” is not a whole number"), in);
    else i = (int64_t)d;
    *out = v_int(i);
    return in_bounds(w, f, d);
}

static Message in_money_bounds(const struct work *w, const struct field *f, Str in, double d)
{
    return fabs(d) > 9e15 ? MSG(N_("“{1}” is too large an amount"), in) : in_bounds(w, f, d);
}

/* The number without its dots, commas and spaces; and how many digits stand after the last dot or comma, how many just before it. */
struct signs { double joined; size_t after, before; bool nought; };

static struct signs signs_of(struct arena *a, Str number)
{
    struct signs s = { 0 };
    struct buf digits = buf_make(a);
    bool any = false;
    for (size_t i = 0; i < number.n; i++) {
        bool digit = number.p[i] >= '0' && number.p[i] <= '9', sign = number.p[i] == '.' || number.p[i] == ',';
        if (sign) s.before = s.after, s.after = 0, any = true;
        if (digit && !digits.n) s.nought = number.p[i] == '0';
        if (digit) s.after++, put_c(&digits, number.p[i]);
    }
    if (!any || !str_to_f64(buf_str(&digits), &s.joined)) s.after = 0;
    return s;
}

/*
 * An amount whose dot or comma may as well group as stand before decimals: “1,500” in Vietnamese, “1.500” in English; and any part of a
 * đồng, which there is not.  With a word ("1,5 triệu") decimals are as they should be, unless three of them look like a group.
 */
static bool is_doubtful(struct arena *a, Str number, double d, double scale, struct signs *s)
{
    *s = signs_of(a, number);
    if (!s->after || fabs(d) == s->joined) return false;
    bool may_group = s->after == 3 && s->before >= 1 && s->before <= 3 && !s->nought;
    return may_group || (scale == 1 && d != floor(d));
}

static Str money_said(const struct work *w, double d, Str unit)
{
    struct buf b = buf_make(w->a);
    put_real(&b, w->lang, d);
    put_f(&b, " %.*s", FMT(unit.n ? unit : S("đồng")));
    return buf_str(&b);
}

/* Whole đồng.  A cell may name its own unit: "12,5 tỷ". */
static Message read_money(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    Str number, rest;
    double d, scale = 1;
    int64_t exact;
    struct signs s;
    if (str_to_i64(in, &exact)) {
        *out = v_int(exact);
        return in_money_bounds(w, f, in, (double)exact);
    }
    split_number(in, &number, &rest);
    if (rest.n && !str_is(rest, "đ") && !str_is(rest, "₫") && !number_scale(w->a, rest, &scale))
        return MSG(N_("“{1}” is not an amount of money"), in);
    if (!number_read(number, sp == SPELT_VI ? ',' : '.', &d)) return MSG(N_("“{1}” is not an amount of money"), in);
    if (sp != SPELT_PLAIN && is_doubtful(w->a, number, d, scale, &s))
        return MSG(N_("“{1}” could be {2} or {3}: write it without dot or comma, or with a word, as 1.5 million"), in, money_said(w, d < 0 ? -s.joined : s.joined, rest),
                   money_said(w, d, rest));
    d = round(d * scale);
    *out = v_int(fabs(d) > 9e15 ? 0 : (int64_t)d);
    return in_money_bounds(w, f, in, d);
}

static void show_number(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    if (v.type == V_INT) put_int_grouped(b, w->lang, v.i);
    else if (v.type == V_REAL) put_real(b, w->lang, v.r);
    if (f->unit && v_is(v)) {
        if (strcmp(f->unit, "%")) put_z(b, "\xC2\xA0");
        put(b, tr(w->lang, f->unit));
    }
}

static void show_money(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    if (v.type == V_INT) put_int_grouped(b, w->lang, v.i);
}

static Message read_year(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    int64_t i;
    if (!str_to_i64(in, &i) || i < 1800 || i > 2200) return MSG(N_("“{1}” is not a year"), in);
    *out = v_int(i);
    return NO_MESSAGE;
}

static void show_year(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    if (v.type == V_INT) put_i(b, v.i);
}

/* ---- dates ---------------------------------------------------------------------------------- */

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static bool month_named(Str s, int64_t *month)
{
    for (*month = 1; *month <= 12; ++*month)
        if (s.n >= 3 && !strncasecmp(s.p, months[*month - 1], 3)) return true;
    return false;
}

/* Three parts with one kind of separator, as 04/04/2024, 4-4-2024, 2024.04.04 or 4 Apr 2024. */
static bool date_parts(Str in, int64_t part[3])
{
    for (const char *sep = "/-. "; *sep; sep++) {
        Str rest = in, item;
        int n = 0;
        while (n < 4 && str_next(&rest, *sep, &item)) {
            item = str_trim(item);
            if (n == 3 || !(str_to_i64(item, &part[n]) || (n == 1 && month_named(item, &part[n])))) n = 4;
            else n++;
        }
        if (n == 3) return true;
    }
    return false;
}

/* Without the time of day that some programs write behind it. */
static Str day_of(Str in)
{
    size_t end;
    if (!str_find(in, S(":"), &end)) return in;
    while (end && in.p[end] != ' ' && in.p[end] != 'T') end--;
    return str_trim(str_sub(in, 0, end));
}

static Message read_date(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    int64_t p[3];
    struct date d = { 0 };
    if (date_parts(day_of(in), p) && p[0] >= 0 && p[0] <= 9999 && p[1] >= 1 && p[1] <= 12 && p[2] >= 0 && p[2] <= 9999) {
        bool iso = p[0] > 31;
        d = (struct date){ (int)(iso ? p[0] : p[2]), (int)p[1], (int)(iso ? p[2] : p[0]) };
    }
    if (d.year < 1800 || !date_valid(d)) return MSG(N_("“{1}” is not a date; write it as 31/12/2025"), in);
    *out = v_text(date_iso(w->a, d));
    return NO_MESSAGE;
}

static void show_date(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    struct date d;
    if (!date_from_iso(v_str(v), &d)) return;
    if (w->lang == VI) put_f(b, "%02d/%02d/%04d", d.day, d.month, d.year);
    else put_f(b, "%d %s %d", d.day, months[d.month - 1], d.year);
}

/* ---- choices -------------------------------------------------------------------------------- */

static bool folds_to(const struct work *w, Str folded, const char *label)
{
    return str_eq(folded, text_fold(w->a, str_of(label))) || str_eq(folded, text_fold(w->a, tr(VI, label)));
}

static Message read_boolean(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    static const char *const yes[] = { "co", "yes", "true", "x", "1", "v", "dung" };
    static const char *const no[] = { "khong", "no", "false", "0", "chua", "chua co", "sai" };
    Str s = text_fold(w->a, in);
    for (size_t i = 0; i < COUNT(yes); i++)
        if (str_is(s, yes[i])) return *out = v_int(1), NO_MESSAGE;
    for (size_t i = 0; i < COUNT(no); i++)
        if (str_is(s, no[i])) return *out = v_int(0), NO_MESSAGE;
    return MSG(N_("“{1}” is neither yes nor no"), in);
}

static void show_boolean(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    if (v_is(v)) put(b, tr(w->lang, v_i64(v) ? N_("Yes") : N_("No")));
}

static void plain_boolean(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    if (v_is(v)) put_z(b, v_i64(v) ? "true" : "false");
}

static const struct choice *choice_of(const struct work *w, const struct field *f, Str in)
{
    for (const struct choice *c = f->choices; c->code; c++)
        if (str_is(in, c->code)) return c;
    Str s = text_fold(w->a, in);
    for (const struct choice *c = f->choices; c->code; c++)
        if (folds_to(w, s, c->label)) return c;
    return NULL;
}

static Message read_choice(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    const struct choice *c = choice_of(w, f, in);
    if (!c) return MSG(N_("“{1}” is not one of the choices"), in);
    *out = v_text(str_of(c->code));
    return NO_MESSAGE;
}

static void show_choice(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    for (const struct choice *c = f->choices; v_is(v) && c->code; c++)
        if (str_is(v_str(v), c->code)) put(b, tr(w->lang, c->label));
}

/* ---- codes of lists ------------------------------------------------------------------------- */

static Message read_code(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    size_t several = 0;
    const struct code *c = code_match(w->codes, w->a, str_of(f->list), in, &several);
    if (several > 1)
        return MSG(N_("“{1}” could be any of {2} places or codes of that name; write the full name or the code"), in,
                   str_f(w->a, "%zu", several));
    if (!c) return MSG(N_("“{1}” is not in the list"), in);
    *out = v_text(c->key);
    return NO_MESSAGE;
}

static void show_code(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    if (!v_is(v)) return;
    const struct code *c = code_find(w->codes, str_of(f->list), v_str(v));
    put(b, c ? c->name[w->lang] : v_str(v));
}

/* ---- several in one column ------------------------------------------------------------------ */

bool many_next(Str *rest, Str *item)
{
    while (str_next(rest, ';', item))
        if (item->n) return true;
    return false;
}

bool many_has(Val v, Str one)
{
    Str rest = v_str(v), item;
    while (many_next(&rest, &item))
        if (str_eq(item, one)) return true;
    return false;
}

typedef Message read_one(const struct work *, const struct field *, enum spelling, Str, Val *);

/* One item, which may have any sign in its name; or items between ';' or line ends, or else commas. */
static Message read_many(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out, read_one *one)
{
    struct buf b = buf_make(w->a);
    Val v;
    char sep = memchr(in.p, ';', in.n) || memchr(in.p, '\n', in.n) ? ';' : ',';
    char *copy = str_z(w->a, in);
    if (!one(w, f, sp, in, &v).id) sep = 0;                 /* there is none in a Str of text      */
    for (size_t i = 0; i < in.n; i++) if (copy[i] == '\n') copy[i] = ';';
    Str rest = { copy, in.n }, item;
    while (str_next(&rest, sep, &item)) {
        item = str_trim(item);
        if (!item.n) continue;
        Message m = one(w, f, sp, item, &v);
        if (m.id) return m;
        if (!b.n) put_c(&b, ';');
        if (many_has(v_text(buf_str(&b)), v_str(v))) continue;
        put(&b, v_str(v));
        put_c(&b, ';');
    }
    *out = b.n ? v_text(buf_str(&b)) : v_null();
    return NO_MESSAGE;
}

static Message read_codes(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    return read_many(w, f, sp, in, out, read_code);
}

static Message read_choices(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    return read_many(w, f, sp, in, out, read_choice);
}

static void show_many(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    Str rest = v_str(v), item;
    bool first = true;
    while (many_next(&rest, &item)) {
        if (!first) put_z(b, "; ");
        first = false;
        (f->list ? show_code : show_choice)(b, w, f, v_text(item));
    }
}

/* ---- references ----------------------------------------------------------------------------- */

static Message read_reference(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    int64_t id = 0;
    const struct entity *to = reference_to(w->m, f);
    if (!(to && public_id_read(to, in, &id)) && !(str_to_i64(in, &id) && id > 0))
        return MSG(N_("“{1}” is not the number of a record; look it up and copy its number"), in);
    *out = v_int(id);
    return NO_MESSAGE;
}

static void show_reference(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    const struct entity *to = reference_to(w->m, f);
    if (v_is(v) && to) put(b, public_id(w->a, to, v_i64(v)));
    else if (v_is(v)) put_i(b, v_i64(v));
}

/* Lists of children are read and shown by those who know the record: see record.h. */
static Message read_children(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    return MSG(N_("“{1}” cannot be entered here"), in);
}

/* ---- spelt out ------------------------------------------------------------------------------ */

/* Digits without an exponent, as many as tell the number from its neighbours. */
static void put_digits(struct buf *b, const struct work *w, double v)
{
    char z[400];
    double back = 0;
    for (int places = 0; places <= 30; places++) {
        snprintf(z, sizeof z, "%.*f", places, v);
        char *point = strpbrk(z, ".,");                     /* of a locale                         */
        if (point) *point = '.';
        bool exact = str_to_f64(str_of(z), &back) && back == v;
        if (point && w->lang == VI) *point = ',';
        if (exact) break;
    }
    put_z(b, z);
}

/* The name, unless the name would be read as something else. */
static void put_code(struct buf *b, const struct work *w, const struct field *f, Str key)
{
    const struct code *k = code_find(w->codes, str_of(f->list), key);
    bool named = k && !memchr(k->name[w->lang].p, ';', k->name[w->lang].n)
              && code_match(w->codes, w->a, k->list, k->name[w->lang], NULL) == k;
    put(b, named ? k->name[w->lang] : key);
}

void put_spelt(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    Str rest = v_str(v), item;
    bool first = true;
    if (v.type == V_REAL) put_digits(b, w, v.r);
    else if (f->type == &integer_type || f->type == &money_type) put_i(b, v_i64(v));
    else if (f->type == &file_type) put(b, v_str(v));
    else if (f->type == &code_type) put_code(b, w, f, v_str(v));
    else if (f->type != &codes_type) f->type->show(b, w, f, v);
    else while (many_next(&rest, &item)) {
        if (!first) put_z(b, "; ");
        first = false;
        put_code(b, w, f, item);
    }
}

/* ---- accounts ------------------------------------------------------------------------------- */

/* By number; what people write is for forms of administrators, who see the number in the list of accounts. */
static Message read_account(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    int64_t id;
    if (!str_to_i64(in, &id) || id < 1) return MSG(N_("“{1}” is not the number of an account"), in);
    *out = v_int(id);
    return NO_MESSAGE;
}

static void show_account(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    if (v_is(v)) put(b, account_name(w, v_i64(v)));
}

/* ---- the table ------------------------------------------------------------------------------ */

FIELD_TYPE(text,      N_("Text"),               "string",  NULL, V_TEXT, "text",   read_text,    type_show_text);
FIELD_TYPE(long_text, N_("Long text"),          "string",  NULL, V_TEXT, NULL,     read_long,    type_show_text);
FIELD_TYPE(number,    N_("Number"),             "number",  NULL, V_REAL, "text",   read_number,  show_number);
FIELD_TYPE(integer,   N_("Whole number"),       "integer", NULL, V_INT,  "text",   read_integer, show_number);
FIELD_TYPE(money,     N_("Amount in đồng"),     "integer", NULL, V_INT,  "text",   read_money,   show_money);
FIELD_TYPE(date,      N_("Date"),               "string",  "date", V_TEXT, "text", read_date,    show_date);
FIELD_TYPE(year,      N_("Year"),               "integer", NULL, V_INT,  "text",   read_year,    show_year);
FIELD_TYPE(boolean,   N_("Yes or no"),          "boolean", NULL, V_INT,  NULL,     read_boolean, show_boolean, plain_boolean);
FIELD_TYPE(choice,    N_("One of several choices"),       "string",  NULL, V_TEXT, NULL,     read_choice,  show_choice);
FIELD_TYPE(choices,   N_("Any of several choices"),      "array",   NULL, V_TEXT, NULL,     read_choices, show_many, NULL, true);
FIELD_TYPE(code,      N_("Code of a list"),     "string",  NULL, V_TEXT, NULL,     read_code,    show_code);
FIELD_TYPE(codes,     N_("Codes of a list"),    "array",   NULL, V_TEXT, NULL,     read_codes,   show_many, NULL, true);
FIELD_TYPE(reference, N_("Another record"),     "string",  NULL, V_INT,  "text",   read_reference, show_reference, show_reference);
FIELD_TYPE(state,     N_("State of a workflow"), "string", NULL, V_TEXT, NULL,     read_choice,  show_choice);
FIELD_TYPE(account,   N_("Account"),            "integer", NULL, V_INT,  "text",   read_account, show_account);
FIELD_TYPE(children,  N_("Records below it"),    "array",   NULL, V_NULL, NULL,     read_children, type_show_text);

const struct type *const types[] = {
    &text_type, &long_text_type, &number_type, &integer_type, &money_type, &date_type, &year_type, &boolean_type, &choice_type,
    &choices_type, &code_type, &codes_type, &reference_type, &children_type, &email_type, &phone_type, &url_type,
    &tax_code_type, &file_type, &place_type, &state_type, &account_type, NULL,
};
