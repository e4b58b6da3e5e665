/* type_contact.c - the kinds of field by which an enterprise is reached and known: e-mail, telephone, web, place, file, tax code. */
#include "model/desk/file.h"
#include "model/type.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* ---- addresses of all kinds ----------------------------------------------------------------- */

static Message read_email(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    Str user, host;
    bool good = str_cut(in, '@', &user, &host) && user.n && host.n >= 3 && memchr(host.p, '.', host.n)
             && host.p[0] != '.' && host.p[host.n - 1] != '.' && !memchr(host.p, '@', host.n);
    for (size_t i = 0; good && i < in.n; i++) good = (unsigned char)in.p[i] > ' ' && !strchr("<>(),;:\\\"[]", in.p[i]);
    if (!good) return MSG(N_("“{1}” is not an e-mail address"), in);
    return text_type.read(w, f, sp, str_lower_ascii(w->a, in), out);
}

/* Digits alone: "0" for +84, which a number cell may have lost; other countries begin with "+". */
static bool read_one_phone(struct buf *b, Str in)
{
    char d[16];
    size_t n = 0, skip = 0;
    bool abroad = false;
    for (size_t i = 0; i < in.n; i++) {
        if (in.p[i] == '+' && !n) abroad = true;
        else if (in.p[i] >= '0' && in.p[i] <= '9' && n < sizeof d) d[n++] = in.p[i];
        else if (!strchr(" .-()\t", in.p[i])) return false;
    }
    if (n < 8 || n == sizeof d) return false;
    if (!abroad && !memcmp(d, "00", 2)) abroad = true, skip = 2;
    bool home = !memcmp(d + skip, "84", 2) && (abroad || n == 11 || n == 12);
    if (home) skip += d[skip + 2] == '0' ? 3 : 2;
    bool zero = home || (!abroad && d[0] > '1' && (n == 9 || n == 10));
    if (n - skip + zero < 8 || ((abroad || home) && d[skip] == '0')) return false;
    if (zero) put_c(b, '0');
    else if (abroad) put_c(b, '+');
    put(b, (Str){ d + skip, n - skip });
    return true;
}

/* Several between "; ". */
static Message read_phone(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    struct buf b = buf_make(w->a);
    char *copy = str_z(w->a, in);
    for (size_t i = 0; i < in.n; i++) if (strchr("/,\n", copy[i])) copy[i] = ';';
    Str rest = { copy, in.n }, item;
    while (str_next(&rest, ';', &item)) {
        item = str_trim(item);
        if (!item.n) continue;
        if (b.n) put_z(&b, "; ");
        if (!read_one_phone(&b, item)) return MSG(N_("“{1}” is not a telephone number"), in);
    }
    if (!b.n) return MSG(N_("“{1}” is not a telephone number"), in);
    return text_type.read(w, f, sp, buf_str(&b), out);
}

static Message read_url(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    bool plain = in.n > 7 && !strncasecmp(in.p, "http://", 7), secure = in.n > 8 && !strncasecmp(in.p, "https://", 8);
    Str rest = str_sub(in, secure ? 8 : plain ? 7 : 0, in.n), host, tail;
    str_cut(rest, '/', &host, &tail);
    bool good = host.n >= 3 && memchr(host.p, '.', host.n) && (plain || secure || !memchr(in.p, ':', in.n));
    for (size_t i = 0; good && i < rest.n; i++) good = (unsigned char)rest.p[i] > ' ' && !strchr("<>\"\\`{}|^", rest.p[i]);
    if (!good) return MSG(N_("“{1}” is not a web address"), in);
    return text_type.read(w, f, sp, str_f(w->a, "%s%.*s", plain ? "http://" : "https://", FMT(rest)), out);
}

static Message read_place(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    Str lat, lon;
    double x, y;
    if (!str_cut(in, ',', &lat, &lon) || !str_to_f64(str_trim(lat), &x) || !str_to_f64(str_trim(lon), &y) || fabs(x) > 90
        || fabs(y) > 180)
        return MSG(N_("“{1}” is not a place; write latitude and longitude as 21.0285, 105.8542"), in);
    *out = v_text(str_f(w->a, "%.5f,%.5f", x, y));
    return NO_MESSAGE;
}

/* A file is kept by its content: "SHA-256 name". */
static Message read_file(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    struct upload u;
    if (!upload_read(in, &u)) return MSG(N_("“{1}” is not a stored file"), in);
    return long_text_type.read(w, f, sp, in, out);
}

static void show_file(struct buf *b, const struct work *w, const struct field *f, Val v)
{
    struct upload u;
    put(b, upload_read(v_str(v), &u) ? u.name : v_str(v));
}

/* ---- tax codes ------------------------------------------------------------------------------ */

/* Circular 86/2024/TT-BTC, form of the code; the weights are those the tax administration publishes: 10 - (sum mod 11). */
int tax_code_check_digit(const char *nine)
{
    static const int weight[] = { 31, 29, 23, 19, 17, 13, 7, 5, 3 };
    int sum = 0;
    for (int i = 0; i < 9; i++) sum += weight[i] * (nine[i] - '0');
    return 10 - sum % 11;                                   /* 10: no such code is ever given     */
}

static Message read_tax_code(const struct work *w, const struct field *f, enum spelling sp, Str in, Val *out)
{
    char d[16];
    size_t n = 0;
    for (size_t i = 0; i < in.n; i++) {
        if (in.p[i] >= '0' && in.p[i] <= '9') {
            if (n == 13) return MSG(N_("“{1}” is not a tax code: it has more than 13 digits"), in);
            d[n++] = in.p[i];
        } else if (!strchr(" .-'\t", in.p[i])) {
            return MSG(N_("“{1}” is not a tax code: it has something other than digits"), in);
        }
    }
    if (n == 9 || n == 12) {                                /* a spreadsheet took it for a number  */
        memmove(d + 1, d, n++);
        d[0] = '0';
    }
    if (n != 10 && n != 13) return MSG(N_("“{1}” is not a tax code: it must have 10 or 13 digits"), in);
    int check = tax_code_check_digit(d);
    if (check == 10 || d[9] - '0' != check)
        return MSG(N_("“{1}” is not a valid tax code: its check digit is wrong; compare it with the registration certificate"),
                   in);
    if (n == 13 && !memcmp(d + 10, "000", 3)) return MSG(N_("“{1}” is not a tax code: branches count from 001"), in);
    *out = v_text(n == 10 ? str_dup(w->a, (Str){ d, 10 }) : str_f(w->a, "%.10s-%.3s", d, d + 10));
    return NO_MESSAGE;
}

/* ---- the table ------------------------------------------------------------------------------ */

FIELD_TYPE(email,     N_("E-mail address"),     "string",  "email", V_TEXT, "email", read_email,  type_show_text);
FIELD_TYPE(phone,     N_("Telephone number"),   "string",  NULL, V_TEXT, "tel",    read_phone,   type_show_text);
FIELD_TYPE(url,       N_("Web address"),        "string",  "uri", V_TEXT, "url",   read_url,     type_show_text);
FIELD_TYPE(tax_code,  N_("Tax code"),           "string",  NULL, V_TEXT, "text",   read_tax_code, type_show_text);
FIELD_TYPE(file,      N_("File"),               "string",  NULL, V_TEXT, NULL,     read_file,    show_file);
FIELD_TYPE(place,     N_("Place on the map"),   "string",  NULL, V_TEXT, "text",   read_place,   type_show_text);
