/*
 * embedded.h - the files built into the binary, so that it needs nothing beside it: reference data ("data/…"),
 * translations ("po/vi.mo"), a font ("font/…"), and what web/ was made into ("web/templates/…", "web/assets/…").
 */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include "base/text.h"

struct embedded { Str name, bytes; };

bool embedded_find(Str name, Str *bytes);
/* Those whose name starts with `prefix`, in order of name: *first and those after it; how many. */
size_t embedded_under(Str prefix, const struct embedded **first);

#endif
