/*
 * research.h - what the commands for researchers share: a supply network from CSV files without any database.
 *
 * They compute first and write then, so that nothing has to be cleared away however they end, and say beforehand what would
 * not fit the memory.  Each function that gives bool: false means that it is said why, and r->code is the exit code.
 */
#ifndef HOST_RESEARCH_H
#define HOST_RESEARCH_H

#include "engine/network/network.h"
#include "format/network/network_file.h"
#include "host/files.h"

struct research {
    struct cli     *c;
    int             threads, code;
    Str             firms_path, links_path, classes_path, output_path;
    struct arena    reading, memory;                /* until there is a network; until the end   */
    struct firms    firms;
    struct network *network;
    struct teller  *teller;                         /* with --progress, while it is computed     */
    struct progress progress;
};

/* --firms, --links, --output, --threads. */
void research_options(struct cli *c, struct research *r);
/* The value of another option, a whole number; *out stays where it is not given. */
bool research_count(struct research *r, const char *name, int64_t least, int64_t most, int64_t *out);
/* All options were right, nothing is left of the arguments, and the firms are read. */
bool research_begin(struct research *r);
int  research_end(struct research *r);              /* the exit code                             */

bool research_refuse(struct research *r, enum err e, Message why);      /* false                  */
/* Opens a file for r->reading.  The path is not empty. */
bool research_table(struct research *r, Str path, struct delimited **out);
/* A number for each firm; NULL where there is no path. */
bool research_values(struct research *r, Str path, struct value_limits limits, double **out);
/* Firms by their ids with commas between, or the file that holds them.  Empty: none. */
bool research_chosen(struct research *r, Str said, uint32_t **out, size_t *n);

/* There is so much memory. */
bool research_fits(struct research *r, size_t bytes);

/*
 * Reads the links and classes and makes the network, if there is memory enough for it and for the working of the command, which is told
 * the greatest number of links.
 */
struct research_numbers { const double *revenue, *weight; size_t (*working)(const struct research *r, size_t links); };
bool research_network(struct research *r, struct research_numbers numbers);

/* Begins to say on standard error how far the work is that is given this (NULL: not asked), and ends it. */
struct progress *research_tell(struct research *r, bool asked);
void research_told(struct research *r);

/* A row's cells, each behind a comma; NAN is an empty cell. */
void put_number_cell(struct buf *b, double v);
void put_count_cell(struct buf *b, uint64_t n);

#endif
