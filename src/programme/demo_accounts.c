/*
 * demo_accounts.c - an account for each role in a demonstration, all with one documented password, so that everything can be tried at once.
 * Never anywhere else: a database that is not marked as a demonstration is refused.
 */
#include "model/people/credential.h"
#include "programme/demo.h"
#include "programme/demo_parts.h"
#include "programme/register.h"

static const struct { const char *email, *name, *role; } people[] = {
    { "enterprise@demo.example",  "Nguyễn Thị Doanh",  "enterprise" }, { "buyer@demo.example",    "Trần Văn Mua",     "buyer" },
    { "officer@demo.example",     "Lê Thị Công",       "officer" },    { "finance@demo.example",  "Phạm Văn Tài",     "finance" },
    { "ward@demo.example",        "Hoàng Thị Phường",  "ward" },       { "agency@demo.example",   "Vũ Văn Ngành",     "agency" },
    { "association@demo.example", "Đặng Thị Hội",      "association" },{ "provider@demo.example", "Bùi Văn Triển",    "provider" },
    { "reviewer@demo.example",    "Đỗ Thị Chuyên",     "reviewer" },   { "leader@demo.example",   "Hồ Văn Lãnh",      "leader" },
    { "admin@demo.example",       "Ngô Thị Quản",      "admin" },      { "claimant@demo.example", "Lý Thị Nhận",      "buyer" },
    { "buyer.japan@demo.example", "Sato Kenji",        "buyer" },      { "buyer.korea@demo.example", "Han Ji-won",      "buyer" },
    { "buyer.germany@demo.example", "Katrin Vogel",    "buyer" },
};

struct record *demo_account(struct work *w, const char *email, const char *name, const char *role)
{
    struct record *r = record_make(w->a, &account_entity);
    r->v[ACCOUNT_EMAIL] = v_text(str_of(email));
    r->v[ACCOUNT_NAME] = v_text(str_of(name));
    r->v[ACCOUNT_ROLES] = v_text(str_f(w->a, ";%s;", role));
    r->v[ACCOUNT_STATE] = v_text(S("active"));
    r->v[ACCOUNT_LANGUAGE] = v_text(S("vi"));
    r->v[ACCOUNT_DIGEST] = v_text(S("none"));
    return r;
}

/* The first enterprise, its ward and the first association of the list are whom they work for. */
static enum err belong(struct work *w, struct record *account, Roles role)
{
    struct record *first;
    size_t n;
    if (role == ASSOCIATION) account->v[ACCOUNT_ASSOCIATION] = v_text(codes_of(w->codes, S("association"), &n)[0]->key);
    if (!(role & (ENTERPRISE | WARD))) return OK;
    TRY(record_load(w, &enterprise, 1, &first));
    if (role == ENTERPRISE) account->v[ACCOUNT_ORGANISATION] = v_int(first->id);
    else account->v[ACCOUNT_WARD] = first->v[ENTERPRISE_WARD];
    return OK;
}

static enum err write_accounts(struct work *w, void *arg)
{
    const Password *password = arg;
    bool changed;
    for (size_t i = 0; i < COUNT(people); i++) {
        struct record *r = demo_account(w, people[i].email, people[i].name, people[i].role);
        TRY(belong(w, r, role_from(str_of(people[i].role))));
        TRY(record_save(w, NULL, r, &changed));
        TRY(password_set(w, r->id, *password));
    }
    return OK;
}

enum err demo_accounts(struct work *w)
{
    struct actor before = w->actor;
    Password password;
    bool demo;
    TRY(demo_is(w, &demo));
    if (!demo) return ERR_DENIED;
    TRY(password_make(w->a, S(DEMO_PASSWORD), &password));
    w->actor.name = S("demo");
    enum err e = work_write(w, write_accounts, &password);
    w->actor = before;
    return e;
}
