/*
 * money_at.h - what the pages of money share: what their address asks for, the ways from a number to what it is made of, and how things are called.
 *
 * All of them have the same state in their address: year, and agency, source, content, kind and task, each narrowing what is shown.
 */
#ifndef PAGES_MONEY_AT_H
#define PAGES_MONEY_AT_H

#include "pages/money/money_pages.h"
#include "pages/workspace/workspace.h"

/* What a number on a page is of: a stage, what is estimated (not posted yet), or what is allocated and not committed. */
enum { MONEY_FREE = MONEY_STAGES, MONEY_ESTIMATED, MONEY_NUMBERS };
extern const struct choice money_numbers[];                 /* "estimated", the stages, "free"; by number; code NULL at the end */

struct money_view { const char *code, *label, *list; enum money_by next; };     /* list: of codes; NULL: its rows are no codes; next: what a row is opened into */
extern const struct money_view money_views[MONEY_VIEWS];

struct money_at { struct at at; struct money_asked asked; };

/* ERR_INVALID, ERR_MISSING: the address asks for a year outside the programme's, or for a code or task that is none. */
enum err money_begin(struct request *q, struct reply *r, struct money_at *out) MUST_USE;

/* month= of the address: "2026-03", "none", or empty; ERR_INVALID: it is no month. */
enum err money_month(struct money_at *m, Str *out) MUST_USE;

/* The state of the address without what belongs to one page; name=value beside it where value is not empty. */
struct params money_state(struct money_at *m);
struct params money_state_with(struct money_at *m, const char *name, Str value);
Str  money_url(struct money_at *m, const char *path, const struct params *state);      /* "/money", state: a link */
/* The list whose sum is a number: of what the state narrows to; or of the page's, narrowed by name=value too. */
Str  money_list_url(struct money_at *m, const struct params *state, int number);
Str  money_number_url(struct money_at *m, const char *name, Str value, int number);
int64_t money_number(const struct money_row *row, int number);

/* How the code of a list is called; empty key: nothing. */
Str  money_code(struct at *at, const char *list, Str key);
Str  money_line_path(struct arena *a, int64_t id, const char *rest);        /* "/money/lines/DT-000001-3/allocate"; rest: NULL or what follows */
Str  money_task_path(struct arena *a, int64_t id);

/* An input of a voucher's field, as it was typed and with what is wrong with it; and its value, *wrong growing where it is none or needed. */
void put_voucher_field(struct at *at, int field, const struct form_problems *wrong);
Val  read_voucher_field(struct at *at, int field, bool needed, struct form_problems *wrong);

/* The form that chooses the year, and links that take each narrowing away. */
void put_money_filter(struct money_at *m);
/* A row of links, one of which is where the reader is; aria: what it is for programs, "page" or "true". */
struct tab { Str url, label; bool here; };
void put_tabs(struct at *at, const char *label, const struct tab *tabs, size_t n, const char *aria);
/* The menu of these pages. */
void put_money_menu(struct money_at *m, const char *here);
/* cash.c: the forecast of a year as a table, with its chart. */
struct grid cash_grid(struct request *q, int year, const struct cash_forecast *f);
/* A cell that names the record: a link there if the reader may see it, else its number alone, as everywhere (reference_input); NULL: an empty cell. */
void money_named(struct money_at *m, struct grid *g, const struct record *r, Str path);
/* vouchers.c: the newest of a line, at most so many. */
enum err money_newest_vouchers(struct money_at *m, int64_t line, size_t most, struct grid *g) MUST_USE;
enum err money_reply(struct money_at *m, Str title, Str lead, Html actions) MUST_USE;

#endif
