/*
 * delivery.h - carrying out: who took part, what was delivered, reports of progress, inspections and acceptance with the ward (Decision
 * 6126/QĐ-UBND parts III and IV).
 *
 * A participation (lượt doanh nghiệp) is an enterprise once in an activity, however many people or days; who took part at all is counted by enterprise.
 * The two are never mixed: participations are records, enterprises are counted distinct among them.
 */
#ifndef PROGRAMME_DELIVERY_H
#define PROGRAMME_DELIVERY_H

#include "programme/contract/contract.h"

extern const struct entity participation, attendance, deliverable, progress_report, inspection, inspector, inspection_item, acceptance;

/* registered → attended | absent.  IDENTITY (KEY | COMPUTED): activity and enterprise, so that importing a list twice, or a second day, makes no second one. */
enum participation_field {
    PARTICIPATION_NAME, PARTICIPATION_IDENTITY, PARTICIPATION_ACTIVITY, PARTICIPATION_ENTERPRISE,
    PARTICIPATION_YEAR, PARTICIPATION_CONTENT, PARTICIPATION_WARD,              /* computed when it is made: the activity's year and content, the enterprise's ward then */
    PARTICIPATION_PEOPLE, PARTICIPATION_NOTE,
    PARTICIPATION_DAYS,                     /* children: attendance (day, people)                 */
    PARTICIPATION_STATE, PARTICIPATION_FIELD_COUNT,
};
enum attendance_field { ATTENDANCE_DAY, ATTENDANCE_PEOPLE, ATTENDANCE_FIELD_COUNT };
/* Inside a write: the enterprise was there on that day; makes the participation where it is not there.  *first: it is a new one. */
enum err participation_attend(struct work *w, int64_t activity_id, int64_t enterprise_id, struct date day, int people, bool *first, Message *why) MUST_USE;

/* What a target counts: those who attended, of a year (0: all from the programme's first), content and kind of activity (empty: all). */
struct participation_asked { int from_year, to_year; Str content, kind, ward; int64_t activity; };
struct participation_counts { int64_t participations, enterprises, people; };
enum err participations_count(struct work *w, const struct participation_asked *asked, struct participation_counts *out) MUST_USE;
enum err participations_list(struct work *w, const struct participation_asked *asked, bool enterprises, const int64_t **ids, size_t *n) MUST_USE;   /* of participations, or distinct enterprises */

enum deliverable_field { DELIVERABLE_TITLE, DELIVERABLE_TASK, DELIVERABLE_MILESTONE, DELIVERABLE_ACCOUNT, DELIVERABLE_KIND, DELIVERABLE_ON, DELIVERABLE_FILE, DELIVERABLE_NOTE, DELIVERABLE_FIELD_COUNT };

/* due → sent → seen; returned; skipped (with a reason).  One for each period of a task's TASK_REPORTS, made by progress_reports_open(). */
enum progress_field { PROGRESS_NAME, PROGRESS_TASK, PROGRESS_CONTRACT, PROGRESS_ACCOUNT, PROGRESS_PERIOD, PROGRESS_TEXT, PROGRESS_PERCENT, PROGRESS_PROBLEMS, PROGRESS_FILE, PROGRESS_STATE, PROGRESS_DUE,
                      PROGRESS_FIELD_COUNT };
enum err progress_reports_open(struct work *w) MUST_USE;        /* daily, inside work_write       */

/* planned → visited → remedy (something is to be put right) → closed.  Its ward takes part. */
enum inspection_field { INSPECTION_TITLE, INSPECTION_TASK, INSPECTION_CONTRACT, INSPECTION_ENTERPRISE, INSPECTION_WARD, INSPECTION_PLANNED_ON, INSPECTION_VISITED_ON, INSPECTION_TEAM,
                        INSPECTION_ITEMS, INSPECTION_SUMMARY, INSPECTION_FILE, INSPECTION_STATE, INSPECTION_DUE, INSPECTION_FIELD_COUNT };
enum inspector_field { INSPECTOR_NAME, INSPECTOR_OFFICE, INSPECTOR_LEADS, INSPECTOR_FIELD_COUNT };
enum inspection_item_field { CHECK_QUESTION, CHECK_ANSWER, CHECK_FINDING, CHECK_REMEDY_BY, CHECK_REMEDY, CHECK_PROOF, CHECK_REMEDIED_ON, CHECK_FIELD_COUNT };      /* answer: yes, no, not_applicable */

/* Minutes of acceptance (biên bản nghiệm thu): draft → with_ward → confirmed → accepted; returned, rejected.  Of a milestone, or of a task the agency does itself.  Where it has a
 * ward, only that ward's confirmation leads on; accepted makes the milestone accepted. */
enum acceptance_field { ACCEPTANCE_NAME, ACCEPTANCE_TASK, ACCEPTANCE_MILESTONE, ACCEPTANCE_ACCOUNT, ACCEPTANCE_WARD, ACCEPTANCE_ON, ACCEPTANCE_PLACE, ACCEPTANCE_FINDINGS, ACCEPTANCE_RESULT,
                        ACCEPTANCE_WARD_OPINION, ACCEPTANCE_WARD_PERSON, ACCEPTANCE_FILE, ACCEPTANCE_STATE, ACCEPTANCE_DUE, ACCEPTANCE_FIELD_COUNT };

#endif
