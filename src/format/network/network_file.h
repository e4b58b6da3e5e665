/*
 * network_file.h - supply networks as researchers keep them, one CSV file for each thing, into plain arrays.  docs/research.md
 * shows every format.  Columns are found by their headings, in any order; where no heading is known, they stand in the order given
 * here.  Firms, industries and countries are texts in the files and numbers in the arrays, by their first appearance.
 *
 * Everything is checked here, where the line is known: what these functions give can be handed to an engine as it is.
 * ERR_INVALID: *why says the file, the line and what is wrong.
 */
#ifndef FORMAT_NETWORK_FILE_H
#define FORMAT_NETWORK_FILE_H

#include "format/network/delimited.h"
#include "format/network/ids.h"

#define NO_NUMBER UINT32_MAX

/* id,industry[,country[,local]] */
struct firms {
    struct ids ids, industries, countries;
    uint32_t  *industry;                        /* [ids.n]                                       */
    uint32_t  *country;                         /* [ids.n], NO_NUMBER: not said; NULL: no such column */
    bool      *local;                           /* [ids.n]; NULL: no such column                 */
};
enum err firms_read(struct arena *a, const struct delimited *d, struct firms *out, Message *why) MUST_USE;

/* supplier,customer,weight: in the order of the file for any number of threads. */
struct link_list {
    size_t    n;
    uint32_t *supplier, *customer;
    double   *value;
};
enum { LINK_BYTES = 16 };                       /* of memory for each record of the file         */
enum err links_read(struct arena *a, const struct delimited *d, const struct firms *f, int threads, struct link_list *out, Message *why) MUST_USE;

/*
 * Classes 0, 1 and 2 of inputs, [industries * industries], row: the supplier's industry.  The file is a square table of all industries
 * (more do no harm), or one column with the essential ones: class 2 for everybody, all others 1.
 */
enum err classes_read(struct arena *a, const struct delimited *d, const struct ids *industries, uint8_t **out, Message *why) MUST_USE;

/* id,value: a number for each firm. */
struct value_limits {
    double        absent;                       /* for firms that the file does not name         */
    bool          shares;                       /* from 0 to 1                                   */
    const double *least;                        /* [ids.n]: what each one's number must cover; NULL: nothing */
};
enum err firm_values_read(struct arena *a, const struct delimited *d, const struct firms *f, struct value_limits limits, double **out,
                          Message *why) MUST_USE;

/* firm,country,value */
struct import_list {
    size_t     n;
    struct ids countries;
    uint32_t  *firm, *country;
    double    *value;
};
enum err imports_read(struct arena *a, const struct delimited *d, const struct firms *f, struct import_list *out, Message *why) MUST_USE;

/* id: some of the firms, each once. */
enum err chosen_read(struct arena *a, const struct delimited *d, const struct firms *f, uint32_t **out, size_t *n, Message *why) MUST_USE;

#endif
