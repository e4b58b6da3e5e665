#include "fixture.h"

#include "base/embedded.h"
#include "model/export.h"
#include "model/schema.h"
#include "model/type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t NOON = 1795323600000000;               /* 22 November 2026, 12:00 in Hà Nội   */

static void load_translation(void)
{
    static bool done;
    Str mo;
    if (!done && embedded_find(S("po/vi.mo"), &mo)) CHECK_INT(translation_load(VI, mo), OK);
    done = true;
}

struct work *work_on(struct arena *a, struct db *db)
{
    struct work *w = NEW(a, struct work);
    load_translation();
    time_set_now(NOON);
    *w = (struct work){ .m = model_make(a, fixture_entities), .db = db, .a = a, .lang = VI, .actor = { .roles = OFFICER, .name = S("an officer") },
                        .today = date_today() };
    return w;
}

void work_tables(struct work *w)
{
    Message why = { 0 };
    CHECK_INT(schema_grow(w, &why), OK);
}

static enum err fill_lists(struct work *w, void *arg) { return codes_init(w); }

const struct codes *real_codes(void)
{
    static const struct codes *codes;
    static struct arena forever;
    if (codes) return codes;
    forever = arena_make((size_t)256 << 20, NULL);
    struct db *db;
    CHECK_INT(db_open(test_db_url(&forever, SQLITE), DB_CREATE, &db), OK);
    struct work *w = work_on(&forever, db);
    work_tables(w);
    CHECK_INT(work_write(w, fill_lists, NULL), OK);
    CHECK_INT(codes_load(w, &forever, &codes), OK);
    db_close(db);
    return codes;
}

struct work *work_as(struct work *w, Roles roles, enum lang lang)
{
    struct work *other = NEW(w->a, struct work);
    *other = *w;
    other->actor.roles = roles;
    other->lang = lang;
    return other;
}

static void make_tables(struct arena *a, const char *url)
{
    struct db *db;
    if (db_open(url, DB_CREATE, &db)) test_fail(__FILE__, __LINE__, "%s: %s", url, db_why(NULL));
    work_tables(work_on(a, db));
    db_close(db);
}

void test_model_on(struct arena *a, enum dialect d, test_model_fn *fn)
{
    const char *url = test_db_copy(a, d, make_tables);
    struct db *db;
    if (db_open(url, DB_CREATE, &db)) test_fail(__FILE__, __LINE__, "%s: %s", url, db_why(NULL));
    struct work *w = work_on(a, db);
    work_tables(w);
    w->codes = real_codes();
    fn(a, w);
    db_close(db);
}

/* ---- writing -------------------------------------------------------------------------------- */

struct record *thing_named(struct work *w, const char *name)
{
    struct record *r = record_make(w->a, &thing);
    r->v[THING_NAME_VI] = v_text(str_of(name));
    return r;
}

struct saving { const struct record *was; struct record *now; };

static enum err save_it(struct work *w, void *arg)
{
    struct saving *s = arg;
    bool changed;
    return s->now ? record_save(w, s->was, s->now, &changed) : record_delete(w, s->was);
}

enum err save(struct work *w, const struct record *was, struct record *now)
{
    return work_write(w, save_it, &(struct saving){ was, now });
}

enum err delete(struct work *w, int64_t id)
{
    return work_write(w, save_it, &(struct saving){ load(w, &thing, id), NULL });
}

struct record *load(struct work *w, const struct entity *e, int64_t id)
{
    struct record *r;
    CHECK_INT(record_load(w, e, id, &r), OK);
    return r;
}

enum err run_sql(struct work *w, const char *sql) { return db_exec(w->db, w->a, (Sql){ sql }, NO_ARGS); }

int64_t count_sql(struct work *w, const char *sql)
{
    int64_t n = -1;
    CHECK_INT(db_one_int(w->db, w->a, (Sql){ sql }, NO_ARGS, &n), OK);
    return n;
}

/* ---- looking -------------------------------------------------------------------------------- */

Str export_text(struct work *w, const struct entity *e, const char *format)
{
    struct list_query q = { .sort = -1 };
    enum export_format f;
    char *bytes = NULL;
    size_t n = 0;
    CHECK(export_format_from(str_of(format), &f));
    FILE *out = open_memstream(&bytes, &n);
    CHECK_INT(export_write(w, e, &q, f, out), OK);
    fclose(out);
    Str text = str_dup(w->a, (Str){ bytes, n });
    free(bytes);
    return text;
}

Str log_text(struct work *w)
{
    struct changes log;
    struct buf b = buf_make(w->a);
    CHECK_INT(changes_since(w, 0, INT32_MAX, &log), OK);
    for (size_t i = 0; i < log.n; i++) {
        const struct change *c = &log.p[i];
        put_f(&b, "%lld %lld %lld %.*s %.*s %lld %d %.*s %.*s\n", (long long)c->seq, (long long)c->at, (long long)c->batch,
              FMT(c->actor), FMT(c->entity), (long long)c->record, (int)c->kind, FMT(c->delta), FMT(c->hash));
    }
    return buf_str(&b);
}

void check_verified(struct work *w)
{
    struct findings f;
    CHECK_INT(log_verify(w, &f), OK);
    if (f.n) test_fail(__FILE__, __LINE__, "%.*s %lld: %.*s", FMT(f.p[0].entity), (long long)f.p[0].record,
                       FMT(message_str(w->a, EN, f.p[0].what)));
}

/* ---- chance --------------------------------------------------------------------------------- */

uint64_t dice_roll(struct dice *d, uint64_t sides)          /* splitmix64                          */
{
    uint64_t z = d->state += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return (z ^ z >> 31) % sides;
}

static Str random_words(struct dice *d, struct arena *a)
{
    static const char *const words[] = { "khuôn", "mẫu", "đúc", "Bánh", "răng", "ốc", "vít;", "\"thép\"", "a,b", "<b>", "=1+1", "'x", "Œuvre",
                                         "日本", "2,5", "Ắc", "quy", "'=2", "n°", "\\" };
    struct buf b = buf_make(a);
    for (uint64_t n = 1 + dice_roll(d, 4); n; n--) put_f(&b, "%s%s", b.n ? " " : "", words[dice_roll(d, COUNT(words))]);
    return buf_str(&b);
}

static Str random_tax_code(struct dice *d, struct arena *a)
{
    char digits[16];
    int check;
    do {
        snprintf(digits, sizeof digits, "0%08d", (int)dice_roll(d, 100000000));
        check = tax_code_check_digit(digits);
    } while (check == 10);
    if (dice_roll(d, 2)) return str_f(a, "%s%d", digits, check);
    return str_f(a, "%s%d-%03d", digits, check, (int)(1 + dice_roll(d, 999)));
}

static Str random_codes(struct dice *d, struct work *w, const struct field *f)
{
    struct buf b = buf_make(w->a);
    size_t n;
    const struct code *const *list = codes_of(w->codes, str_of(f->list), &n);
    put_c(&b, ';');
    for (uint64_t k = 1 + dice_roll(d, 3); k; k--) {
        Str key = list[dice_roll(d, n)]->key;
        if (!many_has(v_text(buf_str(&b)), key)) put_f(&b, "%.*s;", FMT(key));
    }
    return buf_str(&b);
}

static Str random_choices(struct dice *d, struct arena *a, const struct field *f)
{
    struct buf b = buf_make(a);
    for (const struct choice *c = f->choices; c->code; c++)
        if (!b.n || dice_roll(d, 2)) put_f(&b, "%s%s;", b.n ? "" : ";", c->code);
    return buf_str(&b);
}

static double random_real(struct dice *d, const struct field *f)
{
    static const double some[] = { 0, 1, 0.1, 1.0 / 3, 1234.5, 1000, 0.0000001, 123456789.125, 2.5e-3 };
    double v = dice_roll(d, 2) ? some[dice_roll(d, COUNT(some))] : (double)dice_roll(d, 1000000) / 1000;
    if (f->most > f->least && v > f->most) v = f->most;
    return f->least < 0 && dice_roll(d, 2) ? -v : v;
}

Val random_value(struct dice *d, struct work *w, const struct field *f)
{
    const struct type *t = f->type;
    struct arena *a = w->a;
    size_t n;
    const struct code *const *codes = f->list ? codes_of(w->codes, str_of(f->list), &n) : NULL;
    if (t == &number_type) return v_real(random_real(d, f));
    if (t == &integer_type) return v_int((int64_t)dice_roll(d, 1000000));
    if (t == &money_type) return v_int((int64_t)dice_roll(d, 9000000000000));
    if (t == &date_type) return v_text(date_iso(a, date_from_days((int64_t)dice_roll(d, 40000) - 10000)));
    if (t == &year_type) return v_int(1990 + (int64_t)dice_roll(d, 40));
    if (t == &boolean_type) return v_int((int64_t)dice_roll(d, 2));
    if (t == &choice_type) return v_text(str_of(f->choices[dice_roll(d, 2)].code));
    if (t == &choices_type) return v_text(random_choices(d, a, f));
    if (t == &code_type) return v_text(codes[dice_roll(d, n)]->key);
    if (t == &codes_type) return v_text(random_codes(d, w, f));
    if (t == &email_type) return v_text(str_f(a, "n%d@vidu.vn", (int)dice_roll(d, 1000)));
    if (t == &phone_type) return v_text(str_f(a, "0%d; +44%d", (int)(200000000 + dice_roll(d, 700000000)), (int)(1000000 + dice_roll(d, 1000000))));
    if (t == &url_type) return v_text(str_f(a, "https://vidu%d.vn/a?b=%d", (int)dice_roll(d, 100), (int)dice_roll(d, 9)));
    if (t == &tax_code_type) return v_text(random_tax_code(d, a));
    if (t == &file_type) return v_text(str_f(a, "%064d Bản sao %d.pdf", (int)dice_roll(d, 1000), (int)dice_roll(d, 10)));
    if (t == &place_type) return v_text(str_f(a, "%.5f,%.5f", 20 + (double)dice_roll(d, 200000) / 100000, 105 + (double)dice_roll(d, 200000) / 100000));
    return v_text(random_words(d, a));
}

static void random_fields(struct dice *d, struct work *w, struct record *r)
{
    for EACH_FIELD(f, i, r->e) {
        if (!has_column(f) || f->type == &reference_type || f->is & (COMPUTED | KEY) || i == r->e->title || dice_roll(d, 4)) continue;
        r->v[i] = dice_roll(d, 4) ? random_value(d, w, f) : v_null();
        if (f->is & UNIQUE && v_is(r->v[i])) r->v[i] = v_text(str_f(w->a, "%llu", (unsigned long long)dice_roll(d, UINT64_MAX)));
    }
}

static void random_children(struct dice *d, struct work *w, struct record *r, int field)
{
    struct records *list = &r->children[field];
    const struct entity *e = r->e->fields[field].to;
    if (list->n && !dice_roll(d, 3)) list->p[dice_roll(d, list->n)] = list->p[list->n - 1], list->n--;
    for (size_t i = 0; i < list->n; i++) if (!dice_roll(d, 3)) random_fields(d, w, list->p[i]);
    if (dice_roll(d, 2)) return;
    struct record *child = record_add(w->a, r, field);
    random_fields(d, w, child);
    child->v[e->title] = e == &reading ? v_int(2000 + (int64_t)list->n + (int64_t)dice_roll(d, 3) * 10)
                                       : random_value(d, w, &e->fields[e->title]);
    for (size_t i = 0; e == &reading && i + 1 < list->n; i++)
        if (val_eq(list->p[i]->v[READING_YEAR], child->v[READING_YEAR])) list->n--;
}

void random_thing(struct dice *d, struct work *w, struct record *r)
{
    random_fields(d, w, r);
    if (!v_is(r->v[THING_NAME_VI]) || !dice_roll(d, 5)) r->v[THING_NAME_VI] = v_text(random_words(d, w->a));
    random_children(d, w, r, THING_PARTS);
    random_children(d, w, r, THING_READINGS);
}
