/*
 * error.h - how things fail.
 *
 * A function that can fail returns enum err and puts its result last, through a pointer.  Each value
 * is one HTTP status and one exit code; a person is told by a Message, a sentence with its facts that is
 * translated on output.  What an engine said goes to the log only.  Our own bugs stop the program.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

enum err {
    OK = 0,
    ERR_INVALID,            /* what was sent is wrong:              422, exit 2                */
    ERR_DENIED,             /* known, but not allowed:              403, exit 3                */
    ERR_MISSING,            /* no such thing:                       404, exit 4                */
    ERR_CONFLICT,           /* somebody else got there first:       409, exit 5                */
    ERR_TOO_BIG,            /* over a stated limit:                 413, exit 6                */
    ERR_BUSY,               /* try again in a while:                503, exit 7                */
    ERR_BROKEN,             /* our fault, or the disk's:            500, exit 8                */
    ERR_FULL,               /* the disk is full:                    507, exit 9                */
};

#define MUST_USE     __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define NORETURN     __attribute__((noreturn))
#define UNUSED       __attribute__((unused))

#define TRY(call)                                   \
    do {                                            \
        enum err try_ = (call);                     \
        if (try_) return try_;                      \
    } while (0)

NORETURN void bug_at(const char *file, int line, const char *what);
#define MUST(cond) ((cond) ? (void)0 : bug_at(__FILE__, __LINE__, #cond))  /* in release too */

int err_status(enum err e);         /* the HTTP status                                          */
int err_exit(enum err e);           /* the exit code                                            */

#endif
