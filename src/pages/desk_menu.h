/*
 * desk_menu.h - the menu beside the pages of the workspace: on top what a person works on, below it shelves that fold, each with its pages and
 * then its lists of records.  Each shows what its reader may open, and the shelf of the page that is shown is unfolded.
 */
#ifndef PAGES_DESK_MENU_H
#define PAGES_DESK_MENU_H

#include "pages/desk.h"

void desk_menu_prepare(struct arena *forever);
void put_desk_menu(struct html *h, struct request *q, struct work *w, const struct desk_page *p);

#endif
