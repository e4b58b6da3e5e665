/*
 * workspace.h - the screens of the workspace.  None is made for one entity: each is read from the tables, for any entity of the
 * model, with what the actor may do on it.
 *
 * A handler begins by finding out where it stands (struct at): the list, and the record with the rights it needs.  Desks, the pages that are made
 * for one kind of record, begin so too and share parts.c; the workspace's address of a record leads to its desk (desks.c).
 */
#ifndef PAGES_WORKSPACE_WORKSPACE_H
#define PAGES_WORKSPACE_WORKSPACE_H

#include "format/table.h"
#include "model/desk/desk.h"
#include "model/desk/file.h"
#include "model/flow/task.h"
#include "model/save.h"
#include "model/view.h"
#include "pages/desk.h"

struct at {
    struct request      *q;
    struct reply        *r;
    struct work          w;                 /* in the actor's name                                */
    const struct entity *e;                 /* of {list}                                          */
    struct record       *record;            /* of {id}; NULL: the list                            */
    struct html          h;                 /* the page's content                                 */
};

/* at.c */
struct at at_desk(struct request *q, struct reply *r);
enum err  at_list(struct request *q, struct reply *r, unsigned verbs, struct at *out) MUST_USE;
enum err  at_record(struct request *q, struct reply *r, unsigned verbs, struct at *out) MUST_USE;
unsigned  at_rights(const struct at *at);                   /* on the record                      */
/* Paths are without language, for desk_done(); urls are links.  rest: "edit", or NULL. */
Str       at_path(const struct at *at, const char *rest);
Str       at_url(const struct at *at, const char *rest);
Str       at_list_url(const struct at *at, const char *rest);
/* The page of what has been put into at->h; crumbs lead to the list and, on pages of a record, to it. */
enum err  at_reply(struct at *at, Str title, Str lead, Html actions);
enum err  at_reply_as(struct at *at, enum desk_place place, Str title, Str lead);   /* a page of no list */
Str       at_tr(const struct at *at, const char *sentence);
Str       at_say(const struct at *at, Message m);
Str       at_time(const struct at *at, int64_t us);         /* 22/11/2026 08:30                   */
Str       at_day(const struct at *at, struct date day);       /* 22/11/2026                         */
const struct asked *at_typed(const struct at *at, size_t *n);       /* the form                   */

/* parts.c: what several of them show */
/* label_class: "form-label", and "required" or only "visually-hidden"; html_close(h, "select") ends it. */
void open_labelled_select(struct html *h, const char *name, const char *label_class, Str label);
void put_select_option(struct html *h, Str value, Str label, bool selected);
void put_text_input(struct html *h, const char *type, const char *name, Str label, Str value);
void put_check(struct html *h, const char *type, const char *name, Str value, Str label, bool checked);    /* checkbox or radio */
void put_area(struct html *h, const char *name, Str label, Str hint, Str value, bool required);
/* A part of a page with a heading and the id that links lead to; html_close(h, "section") ends it. */
void section_open(struct at *at, const char *id, const char *title);
void put_empty(struct at *at, const char *sentence);
/* Why what was sent was not done; NO_MESSAGE: nothing was sent. */
void put_refusal(struct at *at, Message why);
/* A button that leads to the form of a new record, with what is known of it filled in ("milestone=MC-..."); nothing where the reader may make none. */
void put_new(struct html *h, struct at *at, const struct entity *e, const char *label, Str known);
bool in_state(const struct record *r, const char *state);
/* The records of the reader's lists whose field names this one; the oldest first, with their children. */
enum err related(struct at *at, const struct entity *e, int field, int64_t id, struct records *out) MUST_USE;

/* step.c */
/* Of its button: red where nothing comes after a step that refuses or ends; what leads back to be done anew destroys nothing. */
const char *step_class(const struct entity *e, const struct step *s);
/*
 * The steps that the reader can take now: a button that posts to `path`/STEP where nothing is to be written, else a link to the step's own page.
 * hidden: a record of another kind is meant, and its id goes with the form by this name; or NULL.
 */
void put_steps(struct html *h, struct at *at, const struct record *r, Str path, const char *hidden);
void put_open_step(struct html *h, struct at *at, const struct record *r, const struct step *s, Str path, const char *hidden);   /* one of them */
/* Takes the step of that name.  ERR_MISSING: the entity has none; r says why it was not taken. */
enum err take_step(struct at *at, const struct record *r, Str name, Str note) MUST_USE;
/* way.c: the record's way through its workflow, as a section; whose turn it is. */
enum err put_way(struct at *at, const struct record *r) MUST_USE;
Roles    waits_for(const struct record *r);

handler workspace_home;                                     /* home.c                             */
handler workspace_tasks, workspace_notices, workspace_notices_seen;     /* tasks.c, notices.c      */
handler workspace_jump, workspace_shortcuts;                /* jump.c                             */
handler workspace_list;                                     /* list.c                             */
handler workspace_filter;                                   /* filter.c                           */
handler workspace_columns, workspace_columns_set;           /* columns.c                          */
handler workspace_view_keep, workspace_view_drop;           /* views.c                            */
handler workspace_bulk, workspace_bulk_save;                /* bulk.c                             */
handler workspace_record, record_at_desk;                   /* record.c, desks.c                  */
handler workspace_new, workspace_make, workspace_edit, workspace_save;  /* form.c                 */
handler workspace_draft, workspace_draft_drop;              /* drafts.c                           */
handler workspace_delete, workspace_delete_now;             /* delete.c                           */
handler workspace_history, workspace_revert;                /* history.c                          */
handler workspace_step, workspace_step_take;                /* step.c                             */
handler workspace_merge, workspace_merge_now;               /* merge.c                            */
handler workspace_proposal, workspace_proposal_decide;      /* proposal.c                         */
handler workspace_undo_page, workspace_undo;                /* undo.c                             */
handler workspace_deleted;                                  /* deleted.c                          */

handler workspace_mail, workspace_mail_again, workspace_mail_drop;          /* mail.c             */
handler workspace_rights, workspace_rights_of;              /* rights.c                           */
handler workspace_confirm;                                  /* confirm.c                          */

/* tasks.c, notices.c */
void put_tasks(struct at *at, const struct tasks *tasks);
void put_notices(struct at *at, const struct notices *list);
/* record.c: the state and the steps that can be taken. */
void put_workflow(struct at *at);
/* columns.c: what the actor chose for lists of the entity, or those that are LISTED. */
enum err columns_chosen(struct at *at, const int **fields, size_t *n) MUST_USE;
/* views.c: the menu of saved views, and the form that keeps this one. */
enum err put_views(struct at *at, const struct views *views) MUST_USE;
/* list.c: "in_batch=7": what an import or an edit of many has made or changed, and nothing else. */
enum err narrow_to_batch(struct at *at, const struct params *from, struct list_query *query) MUST_USE;
/* filter.c: what the list is narrowed to, each with a link that takes it away; and the form that adds one. */
void put_filter_bar(struct at *at);
/* The state of the list as hidden inputs, but for what is named `but` (NULL: all) and what belongs to one look at it. */
void put_list_state(struct at *at, const char *but);
/* batches.c: which entity a batch changed first; whoever may edit many records of all it changed may take it back, whoever made it;
 * to others there is none (ERR_MISSING). */
enum err batch_to_undo(struct at *at, int64_t batch, const struct entity **first) MUST_USE;
enum err batches_page(struct at *at);                       /* the newest of those, each with its button */
/* conflict.c: what several people changed at once, to be decided field by field; posts to the page's own address. */
enum err conflict_page(struct at *at, const struct saving *s);
void conflict_picks(struct at *at, struct saving *s);
/* files.c: inside a write: stores a file that came with a form (file_store), wherever one may be sent.  That one was refused stands in the log. */
enum err store_part(struct work *w, struct request *q, struct reply *r, const struct part_file *part, struct upload *out, Message *why) MUST_USE;
/* form.c: stores the files of the form, NAME.file into what is typed as NAME.  ERR_INVALID: some are not taken; wrong says so at their inputs. */
enum err take_files(struct at *at, struct form_problems *wrong) MUST_USE;
/* form.c: in a form of the class record-form with .list, .record and .version, what makes the script keep it as a draft (web/scripts/workspace.js). */
void put_draft_words(struct at *at);
/* form.c: saves what was made of at->record elsewhere than in a form, or proposes it where the actor may only do that. */
enum err keep_or_propose(struct at *at, const struct record *was, struct record *now, const char *said) MUST_USE;

#endif
