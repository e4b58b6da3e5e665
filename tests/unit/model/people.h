/* people.h - accounts for tests: made as the program itself makes them, outside any rights. */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "fixture.h"
#include "model/people/account.h"

int64_t account_in(struct work *w, const char *email, const char *roles);       /* active; roles: ";officer;" */
void    account_to(struct work *w, int64_t account, const char *state);
void    password_of(struct work *w, int64_t account, const char *password); /* credential.c          */

#endif
