/* item.h - the table that the tests of this floor use, and short ways to ask about it. */
#ifndef ITEM_H
#define ITEM_H

#include "database.h"

void    item_table(struct arena *a, struct db *db);
enum err item_add(struct arena *a, struct db *db, int64_t id, const char *name);
int64_t item_count(struct arena *a, struct db *db);

#endif
