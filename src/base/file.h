/* file.h - whole files.  Paths come from configuration or the command line, never from a request. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/text.h"

#include <stdio.h>

/* Reads all of it into the arena.  ERR_MISSING; ERR_DENIED; ERR_INVALID: a directory; ERR_TOO_BIG over max; ERR_BROKEN. */
enum err file_read(struct arena *a, const char *path, size_t max, Str *out) MUST_USE;
/* Writes beside it, syncs, then renames: the old file or the new one is there, never half of it. */
enum err file_write(const char *path, Str text) MUST_USE;

/* The same piece by piece, for what is too much to hold: write to out, then end it, or drop what was written. */
enum { FILE_PATH = 4096 };                                  /* bytes of the longest                */
struct file_put { FILE *out; const char *path; char beside[FILE_PATH]; };
enum err file_put_begin(struct file_put *f, const char *path) MUST_USE;         /* ERR_MISSING: no such folder; ERR_BROKEN: errno */
enum err file_put_end(struct file_put *f) MUST_USE;                             /* ERR_BROKEN: errno; the old file is there still */
void     file_put_drop(struct file_put *f);
/* Maps it read-only for as long as the process lives (or until file_unmap).  ERR_INVALID also for pipes and devices;
 * ERR_TOO_BIG: no room among the addresses. */
enum err file_map(const char *path, Str *out) MUST_USE;
void     file_unmap(Str s);
/* The pages of a mapped file that were read are not held any more; those asked for come again. */
void     file_rest(Str s);

/* Without a name, gone with the process; in $TMPDIR, else in /var/tmp.  NULL: no room for one. */
FILE    *file_nameless(void);

#endif
