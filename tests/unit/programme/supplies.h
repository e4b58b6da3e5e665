/* supplies.h - a small supply network made by hand: enterprises, and who supplies whom. */
#ifndef PROGRAMME_SUPPLIES_H
#define PROGRAMME_SUPPLIES_H

#include "fixture.h"
#include "programme/network/view.h"

/* For work_write: saves now over was (NULL: a new record). */
struct pair { const struct record *was; struct record *now; };
work_fn save_pair;

struct made_firm { const char *name, *industry, *ward, *place; double revenue, employees, exports; };   /* billions đồng; 0: not known */
int64_t made_firm(struct work *w, struct made_firm f);
int64_t made_company(struct work *w, const char *name, const char *country);
void    made_link(struct work *w, int64_t from, int64_t to, double billions, bool essential);
void    made_link_from_company(struct work *w, int64_t from, int64_t to, double billions);
void    made_import(struct work *w, int64_t enterprise_id, const char *goods, const char *country, double billions, bool essential);
Val     code_of(const struct work *w, const char *list, const char *bare);
struct supply_view *made_view(struct work *w);

#endif
