/*
 * files.h - files that a command was told of: why one cannot be read, and results that are written whole or not at all.
 */
#ifndef HOST_FILES_H
#define HOST_FILES_H

#include "base/file.h"
#include "host/cli.h"

int cli_unreadable(struct cli *c, enum err e, Str path);    /* what file_map or file_read gave; the exit code: 2 */
/* From now on a mapped file that becomes shorter while it is read ends the program with a sentence; before anything is written. */
void cli_expect_cut(struct cli *c);

/*
 * A result, row by row, to standard output or to a file, which is written beside its place and put there in the end.  Whatever ends
 * the program before, an interrupt too, leaves no part of it behind.  A pipe or a device is written as it comes.
 */
struct output {
    struct buf      row;                        /* put text here                                 */
    Str             path;                       /* empty: standard output                        */
    FILE           *to;
    struct file_put file;                       /* where it is a regular file                    */
    bool            beside;
};
bool output_open(struct cli *c, Str path, struct output *o);            /* false: said              */
bool output_is(struct cli *c, Str path, Str other);                     /* one regular file, there or not yet, in whichever spelling */
void output_row(struct output *o);                                      /* a row has ended          */
void output_drop(struct output *o);
/* Ends all of them, or none where one could not be written.  The exit code: 0, or it is said. */
int  outputs_end(struct cli *c, struct output *const *list, size_t n);

#endif
