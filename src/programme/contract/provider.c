/* provider.c - implementing units: who may be chosen to carry out a task.  What only the office needs of them is theirs and its own; the public learns a name from the result of a call. */
#include "programme/contract/inside.h"

static const struct choice kinds[] = {
    { "association", N_("Industry association") }, { "consultancy", N_("Consultancy") }, { "training", N_("Training institution") },
    { "research", N_("Institute or university") }, { "testing", N_("Testing or certification body") }, { "promotion", N_("Trade promotion or event organiser") },
    { "enterprise", N_("Enterprise") }, { "public", N_("Public service unit") }, { "other", N_("Other") }, { NULL },
};

#define OFFICE (OFFICER | ADMIN)
static const struct field fields[] = {
    [PROVIDER_NAME] = { "name_vi", N_("Vietnamese name"), &text_type, REQUIRED | PUBLIC | LISTED | PAIR, .max = 300, .writers = OFFICE, .both = N_("Implementing unit") },
    [PROVIDER_NAME_EN] = { "name_en", N_("English name"), &text_type, PUBLIC, .max = 300, .writers = OFFICE },
    [PROVIDER_TAX_CODE] = { "tax_code", N_("Tax code"), &tax_code_type, PUBLIC | LISTED | UNIQUE, .writers = OFFICE },
    [PROVIDER_KIND] = { "kind", N_("Kind of unit"), &choice_type, REQUIRED | PUBLIC | LISTED, .choices = kinds, .writers = OFFICE },
    [PROVIDER_FIELDS] = { "contents", N_("Contents it works in"), &codes_type, PUBLIC, .list = "programme_content" },
    [PROVIDER_ADDRESS] = { "address", N_("Address"), &text_type, OWNER, .max = 500 },
    [PROVIDER_CONTACT] = { "contact", N_("Contact person"), &text_type, PERSONAL, .max = 200 },
    [PROVIDER_EMAIL] = { "email", N_("E-mail"), &email_type, OWNER, .max = 200 },
    [PROVIDER_PHONE] = { "phone", N_("Telephone"), &phone_type, OWNER, .max = 50 },
    [PROVIDER_ACCOUNT] = { "account", N_("Account"), &account_type, OWNER | LISTED | UNIQUE, .writers = OFFICE,
        .help = N_("Of one unit at most. Who signs in with it sends proposals and payment requests for this unit.") },
};
_Static_assert(COUNT(fields) == PROVIDER_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ | MAY_CHANGE,              OWN_FIELDS, ROWS_MINE, PROVIDER_ACCOUNT },
    { FINANCE | LEADER, MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- when another account takes over ------------------------------------------------------------------- */

static enum err give_to(struct work *w, const struct record *was, int field, Val account)
{
    struct record *now = record_copy(w->a, was);
    now->v[field] = account;
    return save_as_program(w, was, now);
}

/* Whatever names this contract or milestone and is its unit's by "account", of every part of the program, is the new account's. */
static enum err hand_over(struct work *w, const struct entity *of, int64_t id, Val account)
{
    for (int i = 0; i < w->m->n; i++) {
        const struct entity *e = w->m->entities[i];
        int mine = field_index(e, S("account"));
        for EACH_FIELD(f, k, e) {
            struct records list;
            if (mine < 0 || e->parent || f->type != &reference_type || f->to != of) continue;
            TRY(records_with(w, e, k, v_int(id), &list));
            for (size_t n = 0; n < list.n; n++) {
                TRY(give_to(w, list.p[n], mine, account));
                if (e == &milestone) TRY(hand_over(w, &milestone, list.p[n]->id, account));
            }
        }
    }
    return OK;
}

static enum err follow(struct work *w, const struct record *was, const struct record *now)
{
    struct records list;
    if (!was || !now || val_eq(was->v[PROVIDER_ACCOUNT], now->v[PROVIDER_ACCOUNT])) return OK;
    TRY(records_with(w, &contract, CONTRACT_PROVIDER, v_int(now->id), &list));
    for (size_t i = 0; i < list.n; i++) {
        TRY(give_to(w, list.p[i], CONTRACT_ACCOUNT, now->v[PROVIDER_ACCOUNT]));
        TRY(hand_over(w, &contract, list.p[i]->id, now->v[PROVIDER_ACCOUNT]));
    }
    return OK;
}

const struct entity provider = {
    .name = "provider", .path = "providers", .one = N_("Implementing unit"), .many = N_("Implementing units"), .shelf = N_("Contracts"), FIELDS(fields), .title = PROVIDER_NAME,
    .id_prefix = "DV", .rights = rights, .follow = follow, .about = N_("Units that may be chosen to carry out tasks of the programme."),
};
