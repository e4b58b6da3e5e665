/* site.h - the public portal: its table of routes.  Handlers find a struct snapshot in q->app. */
#ifndef PAGES_SITE_H
#define PAGES_SITE_H

#include "web/route.h"

extern const struct site portal;

/* Parses every template; a wrong one stops the program.  Before the first request, after the translation is loaded. */
void portal_prepare(struct arena *forever);

#endif
