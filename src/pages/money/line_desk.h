/*
 * line_desk.h - the desk of a budget line: what it holds, and the forms that post what no contract does.
 *
 * A form carries the newest voucher that its reader saw (`seen`).  Where another has been posted since, by somebody else or by the same form sent twice, nothing is
 * posted: the form comes back as typed, with what was posted meanwhile and what is left now.
 */
#ifndef PAGES_MONEY_LINE_DESK_H
#define PAGES_MONEY_LINE_DESK_H

#include "pages/money/money_at.h"

/* What a form asks for beside amount, document and day. */
enum { ASKS_TASK = 1, ASKS_REASON = 2, ASKS_VOUCHER = 4, MAY_REDUCE = 8 };
struct line_form { const char *act, *label, *help; Roles who; enum money_stage stage; unsigned asks; };       /* help: N_() */

struct line_task { int64_t task; struct balance balance; };                 /* without contracts  */
struct line_desk {
    struct money_at  m;                     /* narrowed to nothing but the line's year             */
    struct record   *line;
    struct money_row holds;                 /* estimate and balances                              */
    int64_t          seen;                  /* the newest voucher; 0: none                         */
    struct { struct line_task *p; size_t n, cap; } tasks;
    /* What was sent and not done: */
    struct form_problems wrong;
    Message          refusal;
};

/* Everything but what was sent.  Else r says 404. */
enum err line_desk_open(struct request *q, struct reply *r, struct line_desk *out) MUST_USE;
enum err line_desk_reply(struct line_desk *d, const struct line_form *open) MUST_USE;       /* open: the form that is shown; NULL: none */

/* line_forms.c */
const struct line_form *line_form_named(Str act);                           /* NULL: none          */
bool     line_form_theirs(const struct line_desk *d, const struct line_form *f);
void     put_line_forms(struct line_desk *d, const struct line_form *open);     /* the menu of them */
enum err put_line_form(struct line_desk *d, const struct line_form *f) MUST_USE;
/* What is left for the form: on the task (0: the line); INT64_MAX: it has no bound. */
int64_t  line_left(const struct line_desk *d, const struct line_form *f, int64_t task_id);

#endif
