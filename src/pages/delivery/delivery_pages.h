/* delivery_pages.h - pages on which what is carried out is written down: attendance, inspections, acceptance; and a ward's own page. */
#ifndef PAGES_DELIVERY_PAGES_H
#define PAGES_DELIVERY_PAGES_H

#include "pages/desk.h"
#include "pages/network/grid.h"
#include "programme/delivery/delivery.h"

/* attendance.c: GET /delivery/activities/{id}: who is registered, who came, lượt and enterprises; POST .../{act}: attend (one, by number, tax code or name), add, import from a sheet is the list's */
handler attendance_page, attendance_act;
/* inspection_desk.c: GET /delivery/inspections/{id} a checklist made for a phone; POST .../{act}: answers, finding, remedy with its proof */
handler inspection_desk, inspection_act;
/* acceptance_desk.c: GET /delivery/acceptances/{id}; POST .../{act}; the minutes as a printable page */
handler acceptance_desk, acceptance_act;
/* ward.c: GET /ward: a ward's enterprises, what waits for its confirmation, inspections on its ground, participations of its enterprises by year */
handler ward_page;

#endif
