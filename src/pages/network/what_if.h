/*
 * what_if.h - what the pages of scenarios share: reading one from the address or the register, telling what it stops, its tables.
 *
 * The address says all of a scenario: firm=, zones=, wards=, industries=, countries=, event=, capacity=, days=, tolerance=, as the
 * fields of the entity, several of a name; or scenario=KB-000001-3, one that was saved.  try=LINK~ENTERPRISE: on top, another supplier is tried.
 */
#ifndef PAGES_NETWORK_WHAT_IF_H
#define PAGES_NETWORK_WHAT_IF_H

#include "model/form.h"
#include "pages/network/network.h"
#include "programme/network/what_if.h"

/* what_if_form.c: the scenario as a record, saved or not; wrong says what cannot be read.  ERR_MISSING: the saved one is not there; told in r. */
enum err what_if_read(struct network_at *at, struct record **out, struct form_problems *wrong) MUST_USE;
void     what_if_form(struct network_at *at, const struct record *asked, const struct form_problems *wrong, bool open);
void     what_if_save_form(struct network_at *at);
Str      what_if_stops(struct network_at *at, const struct record *asked);       /* "KCN Thăng Long; Đúc A", in words */
Str      tier_name(const struct network_at *at, const struct lost_group *g);

/* what_if_tables.c */
enum { FIRMS_SHOWN = 50 };                  /* on a page of them                                  */
struct grid lost_by_tier(struct network_at *at, const struct what_if *x);
struct grid lost_by_code(struct network_at *at, const struct lost_groups *groups, const char *id, const char *caption, const char *list);
struct grid lost_by_firm(struct network_at *at, const struct what_if *x);
struct grid lost_inputs(struct network_at *at, const struct what_if *x);
/* Who could supply the input instead; link: into at->v->links. */
enum err    alternatives_table(struct network_at *at, const struct what_if *x, uint32_t link, struct grid *out) MUST_USE;

#endif
