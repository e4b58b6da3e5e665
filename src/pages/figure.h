/*
 * figure.h - a table, and a chart that the browser draws from it (web/scripts/chart.js), so that picture and table never differ.
 * Where no script runs, the table alone is there.
 *
 *     static const struct figure_column columns[] = {
 *         { N_("Enterprise"), "label" }, { N_("Loss when it stops"), "value" }, { N_("Employees") } };
 *     static const struct figure losses = { "bars", "losses", N_("What the city would lose"), COLUMNS(columns) };
 *     figure_open(h, q, &losses);
 *     for (…) { figure_row(h); figure_link(h, q, &losses, 0, url, name, NULL); figure_number(h, q, &losses, 1, "3.2 %", 0.032); … figure_row_end(h); }
 *     figure_close(h, &losses);
 *
 * A column's role says what the chart takes it for; a column without one is in the table only, and in what a point tells when it is
 * pointed at.  Each row has a cell for every column.
 *     bars     label, value ...           each further value is a series of its own
 *     lines    x, value ...
 *     scatter  x, y, size, label          map: the same; x degrees east, y degrees north
 *     graph    source, target, value      nodes stand in columns by the group of their cell: their tier
 *     sankey   source, target, value      without cycles
 *     flows    source, target, value      as sankey, but who sells stands on the left and who buys on the right, also under one name
 *     heat     x, y, value
 */
#ifndef PAGES_FIGURE_H
#define PAGES_FIGURE_H

#include "pages/shell.h"

struct figure_column { const char *label, *role; };         /* label: N_(); role NULL: none       */
struct figure {
    const char *kind;                       /* NULL: a table without a chart                      */
    const char *id;                         /* of the table on its page, there after "table-"     */
    const char *caption;                    /* N_()                                               */
    const struct figure_column *columns;
    size_t      n;
    const char *lead;                       /* N_(): how to read the chart; or NULL               */
    int         most;                       /* rows that the chart shows, the first ones; 0: all  */
};
#define COLUMNS(table) .columns = table, .n = COUNT(table)

void figure_prepare(struct arena *forever);

/* The chart's frame, the table and its headings; figure_close ends the table. */
void figure_open(struct html *h, struct request *q, const struct figure *f);
void figure_close(struct html *h, const struct figure *f);
void figure_row(struct html *h);
void figure_row_sum(struct html *h);                        /* a row of sums: in the table, not in the chart */
void figure_row_end(struct html *h);

/* The row's cell in a column. */
void figure_text(struct html *h, struct request *q, const struct figure *f, size_t column, Str text);
void figure_number(struct html *h, struct request *q, const struct figure *f, size_t column, Str text, double value);    /* NAN: an empty cell */
void figure_number_link(struct html *h, struct request *q, const struct figure *f, size_t column, Str text, double value, Str url);     /* what it is made of */
/* group: the tier of a graph's node as text; empty: none.  url empty: no link. */
void figure_link(struct html *h, struct request *q, const struct figure *f, size_t column, Str url, Str text, Str group);
/* A cell of one's own making; html_close(h, "td") ends it. */
void figure_cell_open(struct html *h, struct request *q, const struct figure *f, size_t column);

#endif
