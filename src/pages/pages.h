/* pages.h - the handlers of the portal's routes, and what they share. */
#ifndef PAGES_PAGES_H
#define PAGES_PAGES_H

#include "model/merge.h"
#include "pages/shell.h"

/* home.c */
handler home;
void    home_prepare(struct arena *forever);
/* directory.c: enterprises found by words and facets */
handler directory;
void    directory_prepare(struct arena *forever);
/* profile.c: one enterprise */
handler profile, profile_history;
void    profile_prepare(struct arena *forever);
/* report.c: what the public reports on an enterprise */
handler report_page, report_post, report_followed;
/* programme.c: contents, targets, and what is measured */
handler programme;
void    programme_prepare(struct arena *forever);
/* zones.c */
handler zones, zone;
void    zones_prepare(struct arena *forever);
/* catalogue.c: the open data there are */
handler catalogue;
void    catalogue_prepare(struct arena *forever);
/* data.c: any list and record */
handler data_list, data_record, data_history, data_dictionary, data_openapi, sitemap, robots;

/* Where the records of an entity are on the web: "/enterprises" or "/data/LIST". */
Str place_of(struct arena *a, const struct entity *e);
/* The record {id} names, if a visitor may see it; NULL with OK: r leads to the one it was merged into or, if it is
 * a child, to the one it belongs to. */
enum err find_record(struct request *q, struct reply *r, const struct entity *e, struct record **out) MUST_USE;
enum err record_as_json(struct request *q, struct reply *r, const struct record *record) MUST_USE;
enum err history_page(struct request *q, struct reply *r, const struct entity *e, enum section section) MUST_USE;
/* As q->as says: CSV, XLSX, NDJSON (the whole list) or JSON (a page of it). */
enum err list_as_data(struct request *q, struct reply *r, struct work *w, const struct entity *e, const struct list_query *query) MUST_USE;

#endif
