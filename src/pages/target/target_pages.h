/* target_pages.h - targets and dashboards; every number opens its list, every chart is drawn from the table beside it, the state is in the address. */
#ifndef PAGES_TARGET_PAGES_H
#define PAGES_TARGET_PAGES_H

#include "pages/desk.h"
#include "pages/network/grid.h"
#include "programme/target/target.h"

/* targets.c: GET /targets?year= (page and files): actual, target, light, gap, forecast; indicator_page.c: GET /targets/{code}?year=: by year and split, forecast, method,
 * editions; indicator_list.c: GET /targets/{code}/list?year=&of=part|whole: the records behind a number */
handler targets_page, indicator_page, indicator_list;
/* publish.c: GET and POST /targets/{code}/publish?year=; GET /targets/{code}/editions/{id}: one edition with its query, data version and what changed; for anybody once published */
handler figure_publish_page, figure_publish_post, figure_edition;
/* dashboard.c: GET /dashboard?year=: what the reader's role comes for: officer, finance, leader, ward; dashboard_parts.c: their charts with tables */
handler dashboard_page;
/* dashboard_results.c: GET /dashboard/participants?year=&content=: the enterprises that took part, each with its participations */
handler dashboard_participants;
/* progress.c: GET /progress?year=: the programme's progress for the public: targets, activities, participations and enterprises, money by source and content */
handler progress_page;

#endif
