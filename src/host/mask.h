/* mask.h - what must not stand in a log: tickets and tokens in addresses. */
#ifndef HOST_MASK_H
#define HOST_MASK_H

#include "base/text.h"

/*
 * The target with … for every run of 32 or more characters of base64url (what tickets and tokens are made of, wherever an
 * address has them) and for the values of the parameters that hold secrets of others (code, state, token).  At most
 * n bytes of it, in room.
 */
Str target_masked(Str target, char *room, size_t n);

#endif
