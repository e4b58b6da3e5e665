#include "desk.h"

#include "base/embedded.h"
#include "model/schema.h"
#include "pages/pages.h"
#include "pages/site.h"
#include "programme/entities.h"
#include "programme/register.h"

static const int64_t NOON = 1795323600000000;               /* 22 November 2026, 12:00 in Hà Nội   */

/* ---- the database ------------------------------------------------------------------------------ */

static const struct entity *const *all_entities(void)
{
    static const struct entity *list[128];
    size_t n = 0;
    for (const struct entity *const *e = entities; *e; e++) list[n++] = *e;
    list[n++] = &fair, list[n++] = &stand, list[n++] = &stand_request;
    MUST(n < COUNT(list));
    return list;
}

static enum err fill_lists(struct work *w, void *arg) { return codes_init(w); }

static struct work *work_in(struct arena *a, const char *url)
{
    struct work *w = NEW(a, struct work);
    struct db *db;
    Message why;
    CHECK_INT(db_open(url, DB_CREATE, &db), OK);
    *w = (struct work){ .m = model_make(a, all_entities()), .db = db, .a = a, .lang = EN, .actor = { .roles = SYSTEM, .name = S("the program") },
                        .today = date_today() };
    CHECK_INT(schema_grow(w, &why), OK);
    return w;
}

/* The lists built into the program, read once; and the pages' templates, parsed once. */
static const struct codes *real_codes(void)
{
    static const struct codes *codes;
    static struct arena forever;
    Str mo;
    if (codes) return codes;
    forever = arena_make((size_t)512 << 20, NULL);
    if (embedded_find(S("po/vi.mo"), &mo)) CHECK_INT(translation_load(VI, mo), OK);
    portal_prepare(&forever);
    struct work *w = work_in(&forever, test_db_url(&forever, SQLITE));
    CHECK_INT(work_write(w, fill_lists, NULL), OK);
    CHECK_INT(codes_load(w, &forever, &codes), OK);
    db_close(w->db);
    return codes;
}

struct saving_one { const struct record *was; struct record *now; };

static enum err save_one(struct work *w, void *arg)
{
    struct saving_one *s = arg;
    bool changed;
    return record_save(w, s->was, s->now, &changed);
}

struct record *keep(struct desk *d, const struct record *was, struct record *now)
{
    CHECK_INT(work_write(d->w, save_one, &(struct saving_one){ was, now }), OK);
    return now;
}

struct record *fetch(struct desk *d, const struct entity *e, int64_t id)
{
    struct record *r;
    CHECK_INT(record_load(d->w, e, id, &r), OK);
    return r;
}

static struct actor person(struct desk *d, const char *email, const char *roles, int64_t organisation)
{
    struct record *r = record_make(d->a, &account_entity);
    r->v[ACCOUNT_EMAIL] = r->v[ACCOUNT_NAME] = v_text(str_of(email));
    r->v[ACCOUNT_ROLES] = v_text(str_of(roles));
    r->v[ACCOUNT_STATE] = v_text(S("active"));
    if (organisation) r->v[ACCOUNT_ORGANISATION] = v_int(organisation);
    return actor_of(keep(d, NULL, r));
}

struct desk *desk_open(struct arena *a)
{
    static struct db *before;                               /* of the test that is over            */
    struct desk *d = NEW(a, struct desk);
    const struct codes *codes = real_codes();
    time_set_now(NOON);
    if (before) db_close(before);
    *d = (struct desk){ .a = a, .url = test_db_url(a, SQLITE) };
    d->w = work_in(a, d->url);
    before = d->w->db;
    d->w->codes = codes;
    d->snapshot = (struct snapshot){ .m = d->w->m, .codes = codes, .today = date_today() };
    struct record *own = record_make(a, &enterprise), *f = record_make(a, &fair);
    own->v[ENTERPRISE_NAME_VI] = v_text(S("Cơ khí An"));
    own->v[ENTERPRISE_PHONE] = v_text(S("024 3825 1234"));
    f->v[0] = v_text(S("Triển lãm công nghiệp hỗ trợ"));
    d->own = keep(d, NULL, own)->id;
    d->fair = keep(d, NULL, f)->id;
    d->officer = person(d, "lan@so.vn", ";officer;", 0);
    d->admin = person(d, "admin@so.vn", ";admin;", 0);
    d->owner = person(d, "an@cokhi.vn", ";enterprise;", d->own);
    d->other = person(d, "binh@duc.vn", ";enterprise;", 0);
    return d;
}

/* ---- requests ------------------------------------------------------------------------------------ */

static struct answer ask(struct desk *d, const struct actor *who, struct request_head head, struct token token)
{
    struct site pages = portal;
    static const struct instance instance;
    struct arena *a = NEW(d->a, struct arena);              /* a request's own, as in the server   */
    *a = arena_make((size_t)64 << 20, NULL);
    struct request q = {
        .a = a, .db = d->w->db, .app = &d->snapshot, .instance = &instance, .actor = *who, .form_secret = S("secret"), .session = { .strong = true }, .now = NOON, .base_url = S("http://test"),
        .head = head, .token = token,
    };
    struct reply r;
    pages.identify = NULL;                                  /* the actor is as given               */
    route_run(&pages, &q, &r);
    struct answer answer = { .status = r.status, .body = str_dup(d->a, r.body) };
    for (size_t i = 0; i < r.header_n; i++)
        if (str_is(str_of(r.headers[i].name), "Location")) answer.location = str_dup(d->a, r.headers[i].value);
    if (r.file) fclose(r.file);
    arena_free(a);
    return answer;
}

struct answer get(struct desk *d, const struct actor *who, const char *path)
{
    return ask(d, who, (struct request_head){ .method = GET, .target = str_f(d->a, "/en%s", path), .address = S("127.0.0.1") }, (struct token){ 0 });
}

struct answer post(struct desk *d, const struct actor *who, const char *path, const char *form)
{
    Str token = form_token(d->a, S("secret"));
    struct request_head head = { .method = POST, .target = str_f(d->a, "/en%s", path), .body = str_f(d->a, "form_token=%.*s&%s", FMT(token), form),
                                 .content_type = S("application/x-www-form-urlencoded"), .address = S("127.0.0.1") };
    return ask(d, who, head, (struct token){ 0 });
}

struct answer api_call(struct desk *d, const struct actor *who, enum method method, const char *path, const char *json)
{
    struct request_head head = { .method = method, .target = str_f(d->a, "/api/v1/%s", path), .body = str_of(json ? json : ""),
                                 .content_type = json ? S("application/json") : (Str){ 0 }, .accept_language = S("en"), .address = S("127.0.0.1") };
    return ask(d, who, head, (struct token){ .id = 1, .verbs = MAY_ALL });
}

Str path_of(struct desk *d, const struct record *r, const char *rest)
{
    return str_f(d->a, "/workspace/%s/%.*s%s%s", entity_path(r->e), FMT(public_id(d->a, r->e, r->id)), rest ? "/" : "", rest ? rest : "");
}

int64_t number_in(Str address, const char *name)
{
    size_t at;
    int64_t n = 0;
    Str rest = address, digits;
    if (!str_find(rest, str_of(name), &at)) return 0;
    rest = str_sub(rest, at + strlen(name) + 1, rest.n);
    str_cut(rest, '&', &digits, &rest);
    return str_to_i64(digits, &n) ? n : 0;
}
