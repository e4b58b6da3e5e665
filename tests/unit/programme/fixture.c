#include "fixture.h"

#include "base/embedded.h"
#include "base/file.h"
#include "model/change.h"
#include "model/schema.h"
#include "programme/entities.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SAMPLES "../shared/samples"

static const int64_t NOON = 1795323600000000;               /* 22 November 2026, 12:00 in Hà Nội   */

static enum err fill_lists(struct work *w, void *arg) { return codes_init(w); }

struct work *register_on(struct arena *a, struct db *db)
{
    static bool translated;
    struct work *w = NEW(a, struct work);
    Message why = NO_MESSAGE;
    Str mo;
    if (!translated && embedded_find(S("po/vi.mo"), &mo)) CHECK_INT(translation_load(VI, mo), OK);
    translated = true;
    time_set_now(NOON);
    *w = (struct work){ .m = model_make(a, entities), .db = db, .a = a, .lang = VI, .today = date_today(),
                        .actor = { .roles = OFFICER, .name = S("an officer") } };
    CHECK_INT(schema_grow(w, &why), OK);
    CHECK_INT(work_write(w, fill_lists, NULL), OK);
    CHECK_INT(codes_load(w, a, &w->codes), OK);
    return w;
}

static void on(struct arena *a, const char *url, register_fn *fn)
{
    struct db *db;
    if (db_open(url, DB_CREATE, &db)) test_fail(__FILE__, __LINE__, "%s: %s", url, db_why(NULL));
    fn(a, register_on(a, db));
    db_close(db);
}

static void nothing_more(struct arena *a, struct work *w) {}
static void make_register(struct arena *a, const char *url) { on(a, url, nothing_more); }

void test_register_on(struct arena *a, enum dialect d, register_fn *fn) { on(a, test_db_copy(a, d, make_register), fn); }

struct import_report import_with(struct work *w, Str bytes, const struct import_options *o)
{
    struct import_report r;
    Message why;
    enum err e = import_file(w, &enterprise, bytes, o, &r, &why);
    if (e) test_fail(__FILE__, __LINE__, "import: error %d: %.*s (%s)", (int)e, FMT(message_str(w->a, EN, why)), db_why(w->db));
    CHECK_INT(r.read, r.added + r.changed + r.same + r.unsure + r.rejected + r.left_out);
    return r;
}

struct import_report import_text(struct work *w, const char *csv)
{
    return import_with(w, str_of(csv), &(struct import_options){ .file_name = S("text.csv"), .sheet = -1 });
}

struct import_report import_path(struct work *w, const char *path)
{
    return import_with(w, test_read(w->a, path), &(struct import_options){ .file_name = str_of(path), .sheet = -1 });
}

void need_samples(void)
{
    if (access(SAMPLES, R_OK)) test_skip("no " SAMPLES " here");
}

const char *sample(struct arena *a, const char *name) { return str_z(a, str_f(a, SAMPLES "/%s", name)); }

struct record *enterprise_at(struct work *w, int64_t id)
{
    struct record *r;
    CHECK_INT(record_load(w, &enterprise, id, &r), OK);
    return r;
}

struct record *enterprise_by(struct work *w, const char *tax_code)
{
    int64_t id;
    CHECK_INT(record_find(w, &enterprise, ENTERPRISE_TAX_CODE, v_text(str_of(tax_code)), &id), OK);
    if (!id) test_fail(__FILE__, __LINE__, "no enterprise %s", tax_code);
    return enterprise_at(w, id);
}

Str field_text(struct work *w, const struct record *r, int field) { return record_text(w, r, field); }

Str exported(struct work *w, const char *format) { return exported_of(w, &enterprise, format); }

Str exported_of(struct work *w, const struct entity *e, const char *format)
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

int64_t count_of(struct work *w, const char *table)
{
    int64_t n = -1;
    CHECK_INT(db_one_int(w->db, w->a, (Sql){ str_z(w->a, str_f(w->a, "SELECT count(*) FROM %s", table)) }, NO_ARGS, &n), OK);
    return n;
}

void check_log(struct work *w)
{
    struct findings f;
    CHECK_INT(log_verify(w, &f), OK);
    if (f.n) test_fail(__FILE__, __LINE__, "%.*s %lld: %.*s", FMT(f.p[0].entity), (long long)f.p[0].record, FMT(message_str(w->a, EN, f.p[0].what)));
}

/* ---- people ------------------------------------------------------------------------------------ */

static enum err save_account(struct work *w, void *arg)
{
    bool changed;
    return record_save(w, NULL, arg, &changed);
}

struct work *someone(struct work *w, const char *email, const char *role, int64_t organisation, const char *ward)
{
    struct record *r = record_make(w->a, &account_entity);
    struct work *theirs = NEW(w->a, struct work);
    r->v[ACCOUNT_EMAIL] = r->v[ACCOUNT_NAME] = v_text(str_of(email));
    r->v[ACCOUNT_ROLES] = v_text(str_f(w->a, ";%s;", role));
    r->v[ACCOUNT_STATE] = v_text(S("active"));
    if (organisation) r->v[ACCOUNT_ORGANISATION] = v_int(organisation);
    if (ward) r->v[ACCOUNT_WARD] = v_text(str_of(ward));
    CHECK_INT(work_write(w, save_account, r), OK);
    *theirs = *w;
    theirs->actor = actor_of(r);
    return theirs;
}

struct work *work_of(struct work *w, Roles roles)
{
    struct work *theirs = NEW(w->a, struct work);
    *theirs = *w;
    theirs->actor = (struct actor){ .roles = roles, .name = S("?") };
    return theirs;
}

Str last_notice(struct work *w)
{
    struct notices list;
    CHECK_INT(notices_of(w, 0, 1, &list), OK);
    return list.n ? list.p[0].text : S("");
}
