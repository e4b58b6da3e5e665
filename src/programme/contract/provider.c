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
    [PROVIDER_ACCOUNT] = { "account", N_("Account"), &account_type, OWNER | LISTED | INDEXED, .writers = OFFICE,
        .help = N_("Who signs in with it sends proposals and payment requests for this unit.") },
};
_Static_assert(COUNT(fields) == PROVIDER_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { PROVIDER,         MAY_READ | MAY_CHANGE,              OWN_FIELDS, ROWS_MINE, PROVIDER_ACCOUNT },
    { FINANCE | LEADER, MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,  MAY_READ | MAY_CREATE | MAY_CHANGE, ALL_FIELDS, ROWS_ALL },
    { 0 },
};

const struct entity provider = {
    .name = "provider", .path = "providers", .one = N_("Implementing unit"), .many = N_("Implementing units"), .shelf = N_("Contracts"), FIELDS(fields), .title = PROVIDER_NAME,
    .id_prefix = "DV", .rights = rights, .about = N_("Units that may be chosen to carry out tasks of the programme."),
};
