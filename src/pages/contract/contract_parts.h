/* contract_parts.h - the parts of a contract's desk that follow what is delivered and paid. */
#ifndef PAGES_CONTRACT_CONTRACT_PARTS_H
#define PAGES_CONTRACT_CONTRACT_PARTS_H

#include "pages/contract/contracting.h"

/* Of the contract at->record, each a section; what the reader may do next stands beside what it is done to. */
enum err put_milestones(struct at *at) MUST_USE;
enum err put_payments(struct at *at) MUST_USE;
enum err put_amendments(struct at *at) MUST_USE;
enum err put_watched(struct at *at) MUST_USE;               /* progress reports and inspections   */
enum err put_settlements(struct at *at) MUST_USE;

#endif
