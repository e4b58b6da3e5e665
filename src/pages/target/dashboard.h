/*
 * dashboard.h - what a role comes for, on one page: a table of roles says which parts are shown in which order, and each part is one table with its chart.
 *
 * A part reads what it shows when it is asked, along the index of the year or of a state; its numbers lead to the lists whose length or sum they are.
 */
#ifndef PAGES_TARGET_DASHBOARD_H
#define PAGES_TARGET_DASHBOARD_H

#include "pages/money/money_at.h"
#include "pages/target/target_pages.h"

struct dashboard { struct money_at m; Roles as; };          /* m.asked.year: the year; as: the role it is shown for */
typedef enum err dashboard_part(struct dashboard *d, struct grid *out);

/* dashboard_work.c: what waits, what is late, how far tasks are */
dashboard_part part_waiting, part_my_tasks, part_progress, part_late_agencies, part_ward;
/* dashboard_money.c */
dashboard_part part_stages, part_sources, part_agencies, part_contents, part_free, part_forecast;
/* dashboard_results.c: who took part, and the targets */
dashboard_part part_participations, part_ward_years, part_targets;

#endif
