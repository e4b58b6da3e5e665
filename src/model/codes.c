#include "model/codes.h"

#include "base/embedded.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "format/sheet.h"
#include "model/rights.h"
#include "model/schema.h"

#include <stdio.h>
#include <string.h>

/* ---- the two entities ----------------------------------------------------------------------- */

static const struct field list_fields[] = {
    { "name",       N_("List"),             &text_type, REQUIRED | LISTED | PUBLIC | INDEXED, .max = 60 },
    { "version",    N_("Version"),          &text_type, REQUIRED | LISTED | PUBLIC, .max = 20 },
    { "title_vi",   N_("Vietnamese title"), &text_type, REQUIRED | LISTED | PUBLIC | PAIR, .max = 200, .both = N_("Title") },
    { "title_en",   N_("English title"),    &text_type, LISTED | PUBLIC, .max = 200 },
    { "valid_from", N_("Valid from"),       &date_type, LISTED | PUBLIC },
    { "valid_to",   N_("Valid until"),      &date_type, LISTED | PUBLIC },
    { "note",       N_("Note"),             &long_text_type, PUBLIC, .max = 2000 },
    { "source",     N_("Source"),           &text_type, LISTED | PUBLIC, .max = 500 },
};
const struct entity code_list_entity = {
    .name = "code_list", .path = "code-lists", .one = N_("Reference list"), .many = N_("Reference lists"),
    FIELDS(list_fields), .title = 2, .rights = rights_of_lists,
    .about = N_("Which reference lists there are, in which versions, valid from when, and where they come from."),
};

enum { LIST, VERSION, CODE, PARENT, NAME_VI, NAME_EN, SHORT_VI, VALID_FROM, VALID_TO, MERGED_INTO, EXTRA, SOURCE };
static const struct field code_fields[] = {
    [LIST]        = { "list",        N_("List"),            &text_type, REQUIRED | LISTED | PUBLIC | INDEXED, .max = 60 },
    [VERSION]     = { "version",     N_("Version"),         &text_type, REQUIRED | LISTED | PUBLIC, .max = 20 },
    [CODE]        = { "code",        N_("Code"),            &text_type, REQUIRED | LISTED | PUBLIC, .max = 40 },
    [PARENT]      = { "parent",      N_("Part of"),         &text_type, LISTED | PUBLIC, .max = 40 },
    [NAME_VI]     = { "name_vi",     N_("Vietnamese name"), &text_type, REQUIRED | LISTED | PUBLIC | PAIR, .max = 500, .both = N_("Name") },
    [NAME_EN]     = { "name_en",     N_("English name"),    &text_type, LISTED | PUBLIC, .max = 500 },
    [SHORT_VI]    = { "short_vi",    N_("Short name"),      &text_type, PUBLIC, .max = 200 },
    [VALID_FROM]  = { "valid_from",  N_("Valid from"),      &date_type, LISTED | PUBLIC },
    [VALID_TO]    = { "valid_to",    N_("Valid until"),     &date_type, LISTED | PUBLIC },
    [MERGED_INTO] = { "merged_into", N_("Replaced by"),     &text_type, PUBLIC, .max = 500 },
    [EXTRA]       = { "extra",       N_("More facts"),      &text_type, PUBLIC, .max = 1000 },
    [SOURCE]      = { "source",      N_("Source"),          &text_type, PUBLIC, .max = 500 },
};
const struct entity code_entity = {
    .name = "code", .path = "codes", .one = N_("Code"), .many = N_("Codes"),
    FIELDS(code_fields), .title = NAME_VI, .rights = rights_of_lists,
    .about = N_("Every code of every reference list: wards, industries, standards, processes, materials, units and more."),
};

static const struct field setting_fields[] = {
    { "name",           N_("Setting"),             &text_type, REQUIRED | UNIQUE | LISTED | PUBLIC, .max = 100 },
    { "value",          N_("Value"),               &text_type, LISTED | PUBLIC, .max = 1000 },
    { "description_vi", N_("Meaning, Vietnamese"), &long_text_type, LISTED | PUBLIC | PAIR, .max = 1000, .both = N_("Meaning") },
    { "description_en", N_("Meaning, English"),    &long_text_type, LISTED | PUBLIC, .max = 1000 },
    { "source",         N_("Source"),              &text_type, LISTED | PUBLIC, .max = 500 },
};
const struct entity setting_entity = {
    .name = "setting", .path = "settings", .one = N_("Setting"), .many = N_("Settings"),
    FIELDS(setting_fields), .title = 0, .rights = rights_of_lists,
    .about = N_("Rules that can be changed without a new program, such as which certificates count as international."),
};

/* ---- in memory ------------------------------------------------------------------------------ */

struct named { const struct code *code; struct named *next; };      /* codes of one folded name    */
struct listing { Str name; const struct code **p; size_t n, cap; };

struct codes {
    struct arena *a;
    struct code  *all;
    size_t        n;
    struct map    by_key, by_name;          /* "list|key"; "list|foldedname" -> names[]           */
    struct map    settings;                 /* name -> values[]                                   */
    struct { Str *p; size_t n, cap; } values;
    struct { struct named **p; size_t n, cap; } names;
    struct { struct listing *p; size_t n, cap; } lists;
};

static Str join(struct arena *a, Str list, Str rest) { return str_f(a, "%.*s|%.*s", FMT(list), FMT(rest)); }

/* Letters and digits alone: "P.Ba Đình" and "p ba dinh" meet. */
static Str letters(struct arena *a, Str s)
{
    char *p = NEW_ARRAY(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) p[n++] = (char)c;
    }
    return (Str){ p, n };
}

static void add_name(struct codes *c, const struct code *k, Str name)
{
    Str key = join(c->a, k->list, letters(c->a, text_fold(c->a, name)));
    bool added;
    int64_t *at = map_put(&c->by_name, key, (int64_t)c->names.n, &added);
    if (added) *GROW(c->a, c->names) = NULL;
    struct named **head = &c->names.p[*at];
    for (struct named *n = *head; n; n = n->next) if (n->code == k) return;
    struct named *n = NEW(c->a, struct named);
    *n = (struct named){ k, *head };
    *head = n;
}

/* Every spelling a code answers to; "P. Ba Đình" is a kind and a name, and the name alone will do. */
static void add_names(struct codes *c, const struct code *k)
{
    Str kind, bare;
    add_name(c, k, k->name[VI]);
    add_name(c, k, k->name[EN]);
    Str also = code_extra(k, S("also")), name;
    while (also.n && str_next(&also, '|', &name)) add_name(c, k, name);
    if (!k->shortened.n) return;
    add_name(c, k, k->shortened);
    if (str_cut(k->shortened, '.', &kind, &bare) && str_starts(bare, S(" "))) add_name(c, k, str_trim(bare));
}

static int64_t day(struct date d, int64_t open) { return d.year ? date_days(d) : open; }

static bool valid_on(const struct code *k, int64_t today)
{
    return day(k->from, INT64_MIN) <= today && today <= day(k->to, INT64_MAX);
}

static struct listing *listing_for(struct codes *c, Str list)
{
    for (size_t i = 0; i < c->lists.n; i++)
        if (str_eq(c->lists.p[i].name, list)) return &c->lists.p[i];
    struct listing *l = GROW(c->a, c->lists);
    l->name = list;
    return l;
}

static struct date date_or_open(Str s)
{
    struct date d = { 0 };
    if (!date_from_iso(s, &d)) d = (struct date){ 0 };
    return d;
}

static void fill(struct arena *a, struct code *k, struct rows *r)
{
    Str v[COUNT(code_fields)];
    for (int i = 0; i < (int)COUNT(code_fields); i++) v[i] = row_text(r, 3 + i);
    *k = (struct code){
        .list = v[LIST], .version = v[VERSION], .code = v[CODE], .parent = v[PARENT], .shortened = v[SHORT_VI],
        .name = { [VI] = v[NAME_VI], [EN] = v[NAME_EN].n ? v[NAME_EN] : v[NAME_VI] },
        .merged_into = v[MERGED_INTO], .extra = v[EXTRA], .source = v[SOURCE],
        .from = date_or_open(v[VALID_FROM]), .to = date_or_open(v[VALID_TO]),
    };
    k->key = str_f(a, "%.*s/%.*s", FMT(k->version), FMT(k->code));
}

static enum err load_settings(struct work *w, struct codes *c)
{
    c->settings = map_make(c->a, 64);
    struct rows r = db_query(w->db, c->a, SQL("SELECT name, value FROM setting ORDER BY id"), NO_ARGS);
    while (rows_next(&r)) {
        bool added;
        map_put(&c->settings, row_text(&r, 0), (int64_t)c->values.n, &added);
        *GROW(c->a, c->values) = row_text(&r, 1);
    }
    return rows_end(&r);
}

Str setting_value(const struct codes *c, Str name)
{
    int64_t at;
    return map_get(&c->settings, name, &at) ? c->values.p[at] : (Str){ 0 };
}

enum err codes_load(struct work *w, struct arena *keep, const struct codes **out)
{
    struct codes *c = NEW(keep, struct codes);
    int64_t n = 0, today = date_days(w->today);
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM code"), NO_ARGS, &n));
    c->a = keep;
    c->all = NEW_ARRAY(keep, struct code, (size_t)n);
    c->by_key = map_make(keep, (size_t)n * 2);
    c->by_name = map_make(keep, (size_t)n * 4);
    struct rows r = db_query(w->db, keep, shape_of(w->m, &code_entity)->select_page, ARGS(v_int(0), v_int(n)));
    while (rows_next(&r)) fill(keep, &c->all[c->n++], &r);
    TRY(rows_end(&r));
    for (size_t i = 0; i < c->n; i++) {
        const struct code *k = &c->all[i];
        bool added;
        map_put(&c->by_key, join(keep, k->list, k->key), (int64_t)i, &added);
        add_names(c, k);
        if (!valid_on(k, today)) continue;
        map_put(&c->by_key, join(keep, k->list, k->code), (int64_t)i, &added);
        struct listing *l = listing_for(c, k->list);
        *GROW(keep, *l) = k;
    }
    *out = c;
    return load_settings(w, c);
}

const struct code *code_find(const struct codes *c, Str list, Str key)
{
    char both[256];
    int64_t at;
    if (list.n + 1 + key.n > sizeof both) return NULL;
    memcpy(both, list.p, list.n);
    both[list.n] = '|';
    if (key.n) memcpy(both + list.n + 1, key.p, key.n);
    return map_get(&c->by_key, (Str){ both, list.n + 1 + key.n }, &at) ? &c->all[at] : NULL;
}

const struct code *code_parent(const struct codes *c, const struct code *k)
{
    char key[80];
    int n = snprintf(key, sizeof key, "%.*s/%.*s", FMT(k->version), FMT(k->parent));
    return k->parent.n && n < (int)sizeof key ? code_find(c, k->list, (Str){ key, (size_t)n }) : NULL;
}

const struct code *const *codes_of(const struct codes *c, Str list, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < c->lists.n; i++)
        if (str_eq(c->lists.p[i].name, list)) {
            *n = c->lists.p[i].n;
            return c->lists.p[i].p;
        }
    return NULL;
}

Str code_extra(const struct code *k, Str name)
{
    Str rest = k->extra, pair, key, value;
    while (str_next(&rest, ';', &pair))
        if (str_cut(pair, '=', &key, &value) && str_eq(str_trim(key), name)) return str_trim(value);
    return (Str){ 0 };
}

Str code_short(const struct code *k, enum lang l)
{
    Str given = l == VI ? k->shortened : code_extra(k, S("short_en"));
    return given.n ? given : k->name[l];
}

Str code_counted(const struct code *k, enum lang l, bool one)
{
    Str usual = code_short(k, l);
    return one && str_starts(usual, k->name[l]) ? k->name[l] : usual;
}

/* ---- matching ------------------------------------------------------------------------------- */

static bool same_accents(struct arena *a, const struct code *k, Str wanted)
{
    Str spelt[4] = { k->name[VI], k->name[EN], k->shortened, { 0 } }, kind;
    if (str_cut(k->shortened, '.', &kind, &spelt[3]) && !str_starts(spelt[3], S(" "))) spelt[3] = (Str){ 0 };
    for (size_t i = 0; i < COUNT(spelt); i++)
        if (spelt[i].n && str_eq(letters(a, text_tone(a, spelt[i])), wanted)) return true;
    return false;
}

/* The one successor of an old code, or NULL: a ward that was split has several. */
static const struct code *successor(const struct codes *c, const struct code *old)
{
    if (!old->merged_into.n || memchr(old->merged_into.p, ';', old->merged_into.n)) return NULL;
    return code_find(c, old->list, old->merged_into);
}

struct choice_of { const struct code *one; size_t n; };

static void consider(struct choice_of *best, const struct code *k)
{
    if (!k || k == best->one) return;
    best->one = best->n++ ? best->one : k;
}

static struct choice_of choose(const struct codes *c, struct arena *a, struct named *names, bool current, Str accents)
{
    struct choice_of best = { 0 };
    for (struct named *n = names; n; n = n->next) {
        bool now = code_find(c, n->code->list, n->code->code) == n->code;
        if (now != current || (accents.n && !same_accents(a, n->code, accents))) continue;
        const struct code *next = current ? n->code : successor(c, n->code);
        if (next) consider(&best, next);
        else best.n += 2;                           /* an old one that became several             */
    }
    return best;
}

/* "C2592": a section's letter before a code of that section, as business registers write VSIC codes. */
static const struct code *in_section(const struct codes *c, Str list, Str text)
{
    if (text.n < 2 || text.p[0] < 'A' || text.p[0] > 'Z') return NULL;
    const struct code *k = code_find(c, list, str_sub(text, 1, text.n)), *top = k;
    for (int depth = 0; top && top->parent.n && depth < 8; depth++) top = code_find(c, list, top->parent);
    return top && top != k && str_eq(top->code, str_sub(text, 0, 1)) ? k : NULL;
}

const struct code *code_match(const struct codes *c, struct arena *a, Str list, Str text, size_t *several)
{
    size_t none;
    int64_t at;
    if (!several) several = &none;
    *several = 0;
    if (!c) return NULL;
    const struct code *k = code_find(c, list, text);
    if (k || (k = in_section(c, list, text))) return k;
    if (!map_get(&c->by_name, join(a, list, letters(a, text_fold(a, text))), &at)) return NULL;
    Str accents = letters(a, text_tone(a, text));
    for (int current = 1; current >= 0; current--)
        for (int exact = 0; exact < 2; exact++) {
            struct choice_of best = choose(c, a, c->names.p[at], current, exact ? accents : (Str){ 0 });
            if (best.n == 1) return *several = 0, best.one;
            if (best.n) *several = best.n;
        }
    return NULL;
}

/* ---- filling from the data built in ---------------------------------------------------------- */

typedef enum err known_fn(struct work *w, const struct record *r, const void *by, bool *known);

static enum err known_by_field(struct work *w, const struct record *r, const void *by, bool *known)
{
    const int *field = by;
    int64_t id = 0;
    if (*field >= 0) TRY(record_find(w, r->e, *field, r->v[*field], &id));
    *known = id != 0;
    return OK;
}

/* Text as it is, codes by their keys; numbers as they are stored. */
static Val stored_val(const struct work *w, const struct field *f, Str text)
{
    Val v = v_text(text);
    if (f->type->stored != V_TEXT) MUST(!f->type->read(w, f, SPELT_PLAIN, text, &v).id);
    return v;
}

static enum err load(struct work *w, Str file, const struct entity *e, Str named, known_fn *is_known, const void *by)
{
    Str bytes;
    Message why;
    struct sheet_reader *in;
    const struct sheet_row *row;
    int column[64] = { 0 };
    struct arena *outer = w->a, scratch = arena_make((size_t)64 << 20, outer->full);
    MUST(embedded_find(file, &bytes));
    MUST(!sheet_open(outer, bytes, &in, &why) && !sheet_choose(in, 0, &why));
    enum err err = sheet_next(in, &row, &why);
    for (size_t i = 0; !err && row && i < row->n; i++) {
        MUST(row->cells[i].column < (int)COUNT(column));
        column[row->cells[i].column] = field_index(e, row->cells[i].text) + 1;
    }
    while (!err && !(err = sheet_next(in, &row, &why)) && row) {
        arena_reset(&scratch);
        w->a = &scratch;
        struct record *r = record_make(w->a, e);
        if (named.n) r->v[0] = v_text(named);
        for (size_t i = 0; i < row->n; i++) {
            int f = row->cells[i].column < (int)COUNT(column) ? column[row->cells[i].column] - 1 : -1;
            if (f >= 0) r->v[f] = stored_val(w, &e->fields[f], text_nfc(w->a, row->cells[i].text));
        }
        bool there, changed;
        w->source.row = row->number;
        err = is_known(w, r, by, &there);
        if (!err && !there) err = record_save(w, NULL, r, &changed);
    }
    w->a = outer;
    sheet_close(in);
    arena_free(&scratch);
    return err;
}

enum err embedded_load(struct work *w, Str file, const struct entity *e, Str named, int known)
{
    return load(w, file, e, named, known_by_field, &known);
}

enum err embedded_read(struct work *w, Str file, bool *read)
{
    Str bytes, name = str_f(w->a, "built in: %.*s", FMT(file)), seen;
    MUST(embedded_find(file, &bytes));
    Str now = str_f(w->a, "%016llx", (unsigned long long)str_hash(bytes));
    TRY(property_get(w, name, &seen));
    *read = str_eq(seen, now);
    return *read ? OK : property_set(w, name, now);
}

enum err embedded_came(struct work *w, const struct record *r, int code, bool *came)
{
    Str name = str_f(w->a, "built in: %s %.*s", r->e->name, FMT(v_str(r->v[code]))), seen;
    TRY(property_get(w, name, &seen));
    *came = seen.n > 0;
    if (*came) return OK;
    TRY(known_by_field(w, r, &code, came));
    return property_set(w, name, S("came"));
}

static enum err known_as_came(struct work *w, const struct record *r, const void *by, bool *known)
{
    const int *code = by;
    return embedded_came(w, r, *code, known);
}

enum err embedded_add(struct work *w, Str file, const struct entity *e, int code)
{
    bool read;
    TRY(embedded_read(w, file, &read));
    return read ? OK : load(w, file, e, (Str){ 0 }, known_as_came, &code);
}

/* A version of a list is loaded once, whole: what an administrator changed or took out of it stays so. */
static Str version_of(struct arena *a, const struct record *r) { return join(a, v_str(r->v[LIST]), v_str(r->v[VERSION])); }

static enum err known_by_version(struct work *w, const struct record *r, const void *by, bool *known)
{
    int64_t at;
    *known = map_get(by, version_of(w->a, r), &at);
    return OK;
}

static enum err versions_there(struct work *w, struct map *out)
{
    bool added;
    *out = map_make(w->a, 64);
    struct rows r = db_query(w->db, w->a, SQL("SELECT name, version FROM code_list"), NO_ARGS);
    while (rows_next(&r)) map_put(out, join(w->a, row_text(&r, 0), row_text(&r, 1)), 0, &added);
    return rows_end(&r);
}

/* What the files say, in one word. */
static Str fingerprint(struct arena *a, const struct embedded *file, size_t n)
{
    struct buf b = buf_make(a);
    for (size_t i = 0; i < n; i++) put_f(&b, "%.*s %016llx;", FMT(file[i].name), (unsigned long long)str_hash(file[i].bytes));
    return str_f(a, "%016llx", (unsigned long long)str_hash(buf_str(&b)));
}

enum err codes_init(struct work *w)
{
    const int setting_name = 0;
    const struct embedded *all, *file;
    size_t of_all = embedded_under(S("data/"), &all), n = embedded_under(S("data/lists/"), &file);
    Str now = fingerprint(w->a, all, of_all), seen;
    struct map there;
    TRY(property_get(w, S("data"), &seen));
    if (str_eq(seen, now)) return OK;
    TRY(versions_there(w, &there));
    TRY(load(w, S("data/lists.csv"), &code_list_entity, (Str){ 0 }, known_by_version, &there));
    TRY(load(w, S("data/settings.csv"), &setting_entity, (Str){ 0 }, known_by_field, &setting_name));
    for (size_t i = 0; i < n; i++) {
        Str name = str_sub(file[i].name, strlen("data/lists/"), file[i].name.n);
        MUST(str_ends(name, S(".csv")));
        w->source = (struct source){ .file = file[i].name };
        TRY(load(w, file[i].name, &code_entity, str_sub(name, 0, name.n - 4), known_by_version, &there));
    }
    w->source = (struct source){ 0 };
    return property_set(w, S("data"), now);
}
