/*
 * network.h - the pages of the supply network: who depends on whom, what breaks, where things come from.  A handler is one call of
 * network_page() with what the page shows; it holds the view of the moment while the page is made and answers, where there is none yet,
 * that it comes.
 *
 * All links are for whoever may read all of them by their table of rights.  An enterprise sees its own links, and no score.
 * The state of each page is in its address; every table is there as CSV, XLSX and JSON too: `table=ID` says which of a page's.
 */
#ifndef PAGES_NETWORK_NETWORK_H
#define PAGES_NETWORK_NETWORK_H

#include "pages/desk.h"
#include "pages/network/grid.h"
#include "pages/network/kept.h"

enum network_for { FOR_STAFF, FOR_SIDES_TOO, FOR_EVERYBODY };      /* whoever sees all links; also enterprises, of theirs; visitors, of sums */

struct network_at {
    enum network_for   who;
    struct request    *q;
    struct reply      *r;
    struct work        w;                   /* in the actor's name                                */
    const struct supply_view *v;
    bool               all;                 /* may see all links                                  */
    uint32_t           own;                 /* the actor's enterprise; NO_NODE: none              */
    struct html        h;                   /* the page's content                                 */
    struct supply_view       *held[3]; size_t held_n;      /* at.c's own                                 */
};

/* Runs fn with the view of today, or of the day, released afterwards whatever happens. */
typedef enum err network_fn(struct network_at *at);
enum err network_page(struct request *q, struct reply *r, enum network_for who, network_fn *fn) MUST_USE;
/* In fn: the network of another day as well, held as long as the first.  NULL: it is being made; network_wait() says so. */
const struct supply_view *network_on(struct network_at *at, struct date day);
enum err network_wait(struct network_at *at, Message what) MUST_USE;      /* a page that loads again by itself */

/* What every published figure rests on: tolerance, steps, version of the data, share of inferred value. */
void     network_basis(struct network_at *at);
/* A page with what was put into at->h, below the network's own menu; lead may be empty.  place: its path in the menu, "/network/map". */
enum err network_reply(struct network_at *at, const char *place, Str title, Str lead);
/* The tables of a page: as files where a file was asked for (the one named by table=, else the first), else each with its chart
 * and its links to files, and the basis below; then network_reply(). */
enum err network_tables(struct network_at *at, const char *place, Str title, Str lead, struct grid *tables, size_t n);
void     network_table(struct network_at *at, const struct grid *g);      /* one of them, with its heading and files */

/* One whose rows may not fit into memory, as a file: row i is put in by `row`. */
typedef void network_row(struct network_at *at, struct grid *g, const void *with, size_t i);
enum err network_file(struct network_at *at, struct grid *g, size_t rows, network_row *row, const void *with) MUST_USE;

/* ---- parts ---------------------------------------------------------------------------------- */

Str  net_tr(const struct network_at *at, const char *sentence);
Str  net_say(const struct network_at *at, Message m);
Str  node_name(const struct network_at *at, uint32_t node);
Str  node_url(const struct network_at *at, uint32_t node, const char *rest);     /* rest: "why", or NULL; outside companies too; in files empty */
Str  code_name(const struct network_at *at, const char *list, Str code);         /* the code itself where the list has no name; empty: "unknown" */
Str  industry_name(const struct network_at *at, uint32_t industry);
Str  country_name(const struct network_at *at, uint32_t country);
Str  percent_str(const struct network_at *at, double share);                     /* "3.21 %"; NAN: empty */
Str  billions_str(const struct network_at *at, double dong);                     /* "12.3 billion đồng" */
/* The node that {id} names, an enterprise's or an outside company's; else r says 404. */
enum err node_asked(struct network_at *at, uint32_t *node) MUST_USE;

struct window window_of(const struct network_at *at, size_t total, size_t rows);
void   put_window(struct network_at *at, struct window w);                       /* links to the pages before and after */

/* A list of facts: html_open(dl) … put_fact … html_close(dl).  An empty value: nothing. */
void put_facts_open(struct network_at *at);
void put_fact(struct network_at *at, const char *label, Str value);
void put_facts_close(struct network_at *at);

/* A form that asks for the page again: open, controls, close.  What the address says beside the controls stays. */
void put_filter_open(struct network_at *at, Str label);
void put_filter_close(struct network_at *at, const char *const *controls, size_t n);
struct option { Str value, label; };
void put_choice(struct network_at *at, const char *name, const char *label, const struct option *options, size_t n);    /* the value asked for is chosen */
void put_input(struct network_at *at, const char *type, const char *name, const char *label);

/* ---- handlers ------------------------------------------------------------------------------- */

handler network_overview;                                   /* overview.c                         */
handler network_ranking, network_why;                       /* ranking.c, explain.c               */
handler network_explorer;                                   /* explorer.c                         */
handler network_flows;                                      /* flows.c                            */
handler network_concentration;                              /* concentration.c                    */
handler network_map;                                        /* map.c                              */
handler network_compare;                                    /* compare.c                          */
handler network_public;                                     /* public.c                           */
handler network_graph_file, network_bom_file;               /* files.c                            */

#endif
