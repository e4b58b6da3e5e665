/* contract_pages.h - the desks of a call, a bid, a contract, a payment and a settlement; for officers, finance, council members and providers, each seeing what is theirs. */
#ifndef PAGES_CONTRACT_PAGES_H
#define PAGES_CONTRACT_PAGES_H

#include "pages/desk.h"
#include "pages/network/grid.h"
#include "programme/contract/contract.h"

/* contract_home.c: GET /contracts: a provider's own work and open calls; officers': what goes on, dates and guarantees that run out */
handler contracts_home;
/* call_desk.c: GET /contracts/calls/{id} (page, and the ranking as a file); POST /contracts/calls/{id}/{act}: open bids, scores, decide; GET .../minutes, for paper */
handler call_desk, call_act, call_minutes_page;
/* bid_desk.c: GET /contracts/calls/{id}/bid: the provider's own; POST .../bid/write: a new one; POST .../bid/{act}: its steps */
handler bid_page, bid_write, bid_act;
/* contract_desk.c: GET /contracts/{id}: value, shares, milestones with what each waits for, amendments side by side, payments, dates; POST /contracts/{id}/{act} */
handler contract_desk, contract_act;
/* payment_desk.c: GET /contracts/payments/{id}, POST .../{act}; settlement_desk.c: GET /contracts/settlements/{id}, POST .../{act} */
handler payment_desk, payment_act, settlement_desk, settlement_act;
/* calls_public.c: GET /calls, /calls/{id}: open calls for anybody */
handler calls_public, call_public;

#endif
