#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>

void bug_at(const char *file, int line, const char *what)
{
    fprintf(stderr, "bug: %s:%d: %s\n", file, line, what);
    abort();
}

static const struct { int status, exit; } answer[] = {
    [OK]           = { 200, 0 },
    [ERR_INVALID]  = { 422, 2 },
    [ERR_DENIED]   = { 403, 3 },
    [ERR_MISSING]  = { 404, 4 },
    [ERR_CONFLICT] = { 409, 5 },
    [ERR_TOO_BIG]  = { 413, 6 },
    [ERR_BUSY]     = { 503, 7 },
    [ERR_BROKEN]   = { 500, 8 },
    [ERR_FULL]     = { 507, 9 },
};

int err_status(enum err e) { return answer[e].status; }
int err_exit(enum err e)   { return answer[e].exit; }
