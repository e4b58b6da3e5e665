/*
 * grid.h - a table of the network, on a page with its chart (figure.h) and as CSV, XLSX or JSON: its columns are written down once,
 * its cells are put in once, row by row.
 *
 * Numbers stand in a grid as people read them, in the unit their column's label names: money in billions of đồng (grid_money), shares in
 * per cent (grid_share).  On the page they are rounded to three significant digits, in files they are not.
 */
#ifndef PAGES_NETWORK_GRID_H
#define PAGES_NETWORK_GRID_H

#include "pages/figure.h"

struct grid_column {
    const char *key;                        /* in JSON                                            */
    const char *label;                      /* N_(), with its unit                                */
    const char *role;                       /* figure.h; or NULL                                  */
    bool        files_only;                 /* not on the page: numbers of records                */
};
struct grid_cell { Str text, url, group; double number; bool is_number; };      /* number NAN: unknown; text: how it is shown, if not rounded */

/* Rows [from, to) of `total` are on this page (page=N), `rows` on each; files have all. */
struct window { size_t from, to, total, rows; };

struct grid {
    struct request           *q;
    struct figure             look;         /* but for its columns                                */
    const struct grid_column *columns;
    size_t                    n;
    const char               *empty;        /* N_(): what is said where there is no row; NULL: nothing */
    struct { struct grid_cell *p; size_t n, cap; } cells;
    size_t                    sums;         /* so many of the last rows are sums of the others: on the page, neither in chart nor files */
    struct window             window;       /* where it has but some of its rows: links to the others stand below it */
    struct grid_file         *file;         /* while it is sent                                   */
};

/* look: kind, id, caption, lead, most; id is also the name of its file. */
struct grid grid_make(struct request *q, struct figure look, const struct grid_column *columns, size_t n, const char *empty);
size_t grid_rows(const struct grid *g);

/* The next cell. */
void grid_text(struct grid *g, Str text);
void grid_link(struct grid *g, Str url, Str text);
void grid_node(struct grid *g, Str url, Str text, Str group);               /* group: figure_link()  */
void grid_number(struct grid *g, double v);
void grid_exact(struct grid *g, double v);                  /* not rounded on the page either     */
void grid_worded(struct grid *g, double v, Str text);       /* on the page this text: with a unit of its own, or a mark */
void grid_worded_link(struct grid *g, double v, Str text, Str url);
void grid_money(struct grid *g, double dong);
void grid_whole(struct grid *g, int64_t n, Str url);        /* a count, or an amount to the đồng; url: the list it is the length or sum of, or empty */
void grid_sum(struct grid *g);                              /* the row that begins is a sum       */
void grid_share(struct grid *g, double share);              /* 0 .. 1                             */
void grid_degrees(struct grid *g, double v);                /* of a place: four decimals          */

Str  three_digits(struct arena *a, enum lang l, double v);  /* 1,234.5 -> "1,230"; 0.012345 -> "0.0123"; NAN: empty */

void grid_html(struct html *h, const struct grid *g);
/* The same as a part of a page: its caption as heading, links to its files, the table, links to its other rows. */
void grid_section(struct html *h, struct work *w, const struct grid *g);

/* The rows of `total` that page=N asks for; all of them where a file is asked for.  Links to the pages before and after: nothing where all rows are there. */
struct window window_asked(const struct request *q, size_t total, size_t rows);
void          window_links(struct html *h, struct work *w, struct request *q, struct window window);

/* Which table of a page a file is to have: the one named by table=, the first where none is; else r says 404. */
enum err grid_asked(const struct request *q, struct reply *r, const struct grid *tables, size_t n, size_t *which) MUST_USE;
/* What every figure rests on, as last columns or first members of what is sent. */
struct grid_fact { const char *key, *label; Str text; };
/* The rows as q->as asks. */
enum err grid_reply(struct reply *r, struct grid *g, const struct grid_fact *facts, size_t n) MUST_USE;

/* The same of a table too large for memory: begin, some rows and grid_send, more rows and grid_send ..., end. */
enum err grid_begin(struct reply *r, struct grid *g, const struct grid_fact *facts, size_t n) MUST_USE;
enum err grid_send(struct grid *g) MUST_USE;                /* writes the rows put in since, and forgets them */
enum err grid_end(struct reply *r, struct grid *g) MUST_USE;

#endif
