/*
 * desk.h - what pages for people who are signed in share: work on their behalf, the frame with their menu, forms with their
 * token, and what is said after something was done.
 *
 * A page that changes something answers a POST with a redirect (303) to a page that says so (`said`), never with a page.
 */
#ifndef PAGES_DESK_H
#define PAGES_DESK_H

#include "pages/shell.h"

/* Everything below is done in the name of q->actor, in q->lang. */
struct work desk_work(struct request *q);

/* The sections of the workspace's menu that are not lists of an entity. */
enum desk_place { DESK_HOME, DESK_TASKS, DESK_LIST, DESK_IMPORT, DESK_REVIEW, DESK_JOBS, DESK_UNDO, DESK_NOTICES, DESK_ACCOUNT, DESK_RIGHTS, DESK_MAIL, DESK_NETWORK,
                  DESK_CONTRACTS, DESK_EVENTS, DESK_LINKAGE, DESK_LACKS, DESK_PARTS, DESK_DASHBOARD, DESK_MONEY, DESK_PLAN, DESK_WARD };

struct desk_page {
    Str                  title, lead;       /* lead may be empty                                  */
    enum desk_place      place;
    const struct entity *e;                 /* DESK_LIST: whose list it is                        */
    struct { Str url, label; } crumbs[4];   /* above the title; url empty at the end              */
    Html                 actions;           /* buttons beside the title                           */
    Html                 content;
    Str                  refresh;           /* as in struct page                                  */
};
enum err desk_reply(struct request *q, struct reply *r, const struct desk_page *p);

/* ---- forms ---------------------------------------------------------------------------------- */

#define FORM_COOKIE "__Host-form"                           /* a visitor's secret, before there is a session */

/* <form method="post"> with the token of the request's forms in it; files: multipart.  html_close(h, "form") ends it.
 * Sets the visitor's cookie where there is none yet, and makes the reply uncached. */
void desk_form_open(struct html *h, struct request *q, struct reply *r, Str action, const char *class, bool files);
void desk_hidden(struct html *h, const char *name, Str value);
/* class: "button", "button button-quiet", "button button-danger" */
void desk_submit(struct html *h, struct request *q, const char *class, Str label);
/* The input "file" of such a form, which must be filled; accept: ".xlsx,.csv". */
void desk_file(struct html *h, Str label, const char *accept, Str help);
/* A form that is only a button: an action that changes something must not be a link. */
void desk_button(struct html *h, struct request *q, struct reply *r, Str action, const char *class, Str label);

/* ---- what is said after a redirect ------------------------------------------------------------ */

/* A table of codes: path gets ?said=CODE[&n=NUMBER], and desk_reply shows the sentence on top of the page that follows ({1}: the number).
 * change: the log entry to be offered "Undo" for, batch: the batch; 0: none.  path is without language. */
void desk_said(struct html *h, struct request *q, struct reply *r);        /* for a page in another frame */
enum err desk_done(struct request *q, struct reply *r, Str path, const char *said, int64_t number, int64_t change, int64_t batch);

/* ---- addresses (without language: request_link() adds it) ------------------------------------- */

Str  desk_path(struct arena *a, const struct entity *e, int64_t id, const char *rest);    /* "/workspace/enterprises/DN-000001-3/edit"; id 0, rest NULL: none */
/* The entity {list} names, if the actor may `verbs` on some of its records; else r says 404. */
enum err desk_entity(struct request *q, struct reply *r, struct work *w, unsigned verbs, const struct entity **out) MUST_USE;
/* The record {id} names, with `verbs` allowed on it; else r says 404 (not even whether it exists) or 403 (may be read, but not that). */
enum err desk_record(struct request *q, struct reply *r, struct work *w, const struct entity *e, unsigned verbs, struct record **out) MUST_USE;

#endif
