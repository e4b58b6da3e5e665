/* money_pages.h - the pages of the programme's money: balances in every view, each number with the vouchers behind it; allocating, committing, paying what has no contract, taking back. */
#ifndef PAGES_MONEY_PAGES_H
#define PAGES_MONEY_PAGES_H

#include "pages/desk.h"
#include "pages/network/grid.h"
#include "programme/money/money.h"

/* money.c: GET /money?year=&by=agency|source|content|kind|month|line|task&agency=&source=&content=&kind= (page, csv, xlsx, json): estimate, submitted, allocated, committed, disbursed,
 * settled, what is left; each number opens the vouchers behind it */
handler money_page;
/* vouchers.c: GET /money/vouchers with the same narrowing and stage=, month=, task=, contract= (page and files); their sum is the number that led there */
handler money_vouchers;
/* line_desk.c: GET /money/lines/{id}; POST /money/lines/{id}/{act}: allocate, adjust, commit, disburse, settle (what has no contract), reverse; a form that cannot be carried out comes back as typed */
handler money_line, money_act;
/* allocation_sheet.c: GET /money/allocation?year= (page, xlsx) the allocation in the offices' layout; POST: read back: what differs is shown, what is doubtful asked, then posted at once */
handler money_allocation, money_allocation_read;
/* cash.c: GET /money/forecast; GET /money/due?month=2026-12|none|&late=yes: what a number of it is the sum of; counterparts.c: GET /money/counterparts */
handler money_forecast, money_due, money_counterparts;

#endif
