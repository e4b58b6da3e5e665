/*
 * account.h - accounts: whom the program knows by name, with which roles, for which organisation, ward or association.
 *
 * An account is an entity as any other (its screens, history and API come from its table); what proves that somebody is its
 * holder is not in it but in credential.h, where no list, export or log can show it.
 *
 * The organisation is a record of the entity whose table says `.organisation`; ROWS_OWN compares with it.
 */
#ifndef MODEL_PEOPLE_ACCOUNT_H
#define MODEL_PEOPLE_ACCOUNT_H

#include "model/rights.h"

enum account_field {
    ACCOUNT_EMAIL, ACCOUNT_NAME, ACCOUNT_ROLES, ACCOUNT_ORGANISATION, ACCOUNT_WARD, ACCOUNT_ASSOCIATION, ACCOUNT_STATE,
    ACCOUNT_LANGUAGE, ACCOUNT_DIGEST, ACCOUNT_REMINDERS, ACCOUNT_FIRM, ACCOUNT_FIELD_COUNT,
};
extern const struct entity account_entity;

/* States: "invited" (has not yet chosen a password), "unconfirmed" (signed up, e-mail not yet proved), "active", "disabled". */
bool     account_active(const struct record *account);
Roles    account_roles(const struct record *account);
enum lang account_lang(const struct record *account);       /* Vietnamese where it says nothing   */
struct actor actor_of(const struct record *account);        /* texts borrowed from the record     */

/* ERR_MISSING: none.  The address is compared without regard to case: it is stored in small letters. */
enum err account_with_email(struct work *w, Str email, struct record **out) MUST_USE;
/* The actor of an active account; ERR_DENIED: it is not active any more. */
enum err actor_load(struct work *w, int64_t account, struct actor *out) MUST_USE;
/* Active accounts with one of the roles, in the order of numbers. */
enum err accounts_with(struct work *w, Roles roles, struct records *out) MUST_USE;
/* The active accounts that work for this organisation, in the order of numbers. */
enum err accounts_of(struct work *w, int64_t organisation, struct records *out) MUST_USE;
/* Name, or e-mail where none; "?" for none.  One query. */
Str      account_name(const struct work *w, int64_t account);

#endif
