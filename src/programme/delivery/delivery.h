/*
 * delivery.h - carrying out: who took part, what was delivered, reports of progress, inspections and acceptance with the ward (Decision
 * 6126/QĐ-UBND parts III and IV).
 *
 * A participation (lượt doanh nghiệp) is an enterprise once in an activity, however many people or days; who took part at all is counted by enterprise.
 * The two are never mixed: participations are records, enterprises are counted distinct among them.  Where two enterprises turn out to be one, so do their
 * participations in an activity (model/merge.h): it has the days of both, of a day that both tell of with the larger number of people.
 */
#ifndef PROGRAMME_DELIVERY_H
#define PROGRAMME_DELIVERY_H

#include "programme/contract/contract.h"

extern const struct entity participation, attendance, deliverable, progress_report, inspection, inspector, inspection_item, acceptance;

/* IDENTITY (KEY | COMPUTED): activity and enterprise, so that importing a list twice, or a second day, makes no second one. */
enum participation_field {
    PARTICIPATION_NAME, PARTICIPATION_IDENTITY, PARTICIPATION_ACTIVITY, PARTICIPATION_ENTERPRISE,
    PARTICIPATION_YEAR, PARTICIPATION_CONTENT,              /* the activity's                     */
    PARTICIPATION_WARD,                     /* the enterprise's, when it was registered           */
    PARTICIPATION_DAYS,                     /* children: attendance                               */
    PARTICIPATION_PEOPLE,                   /* of the day on which most came                      */
    PARTICIPATION_NOTE,
    PARTICIPATION_SOURCE,                   /* "enterprise": registered itself; "office"          */
    PARTICIPATION_EXPECTED, PARTICIPATION_MESSAGE,          /* how many people it will send, and what it asks of the office */
    PARTICIPATION_STATE,                    /* "registered"; "attended" as soon as there is a day */
    PARTICIPATION_FIELD_COUNT,
};
enum attendance_field { ATTENDANCE_DAY, ATTENDANCE_PEOPLE, ATTENDANCE_FIELD_COUNT };

/* Inside a write, in the actor's name: the enterprise was there on that day; makes the participation where there is none.  *first: it is a new
 * one; a day that is there already keeps the larger number of people.  ERR_INVALID: *why; ERR_DENIED. */
enum err participation_attend(struct work *w, int64_t activity_id, int64_t enterprise_id, struct date day, int people, bool *first, Message *why) MUST_USE;

/*
 * An enterprise registers itself: once in an activity that is open for registration, until ACTIVITY_REGISTER_BY, while a place is left; and takes it back before the
 * activity begins.
 */
struct registration {
    int64_t own, taken;                     /* the participation of the actor's enterprise, 0: none; participations in all */
    Message closed;                         /* why nobody can register now; none: it is open      */
    bool    may_withdraw;                   /* the own one                                        */
};
enum err registration_of(struct work *w, const struct record *activity_of, struct registration *out) MUST_USE;
/* Inside a write, for the actor's enterprise; expected and message as the table has them.  ERR_INVALID: *why; ERR_DENIED. */
enum err participation_register(struct work *w, int64_t activity_id, Val expected, Val message, Message *why) MUST_USE;
enum err participation_withdraw(struct work *w, const struct record *activity_of, Message *why) MUST_USE;

/* What a target counts: those who attended, in the years from .. to, of a content, kind of activity, ward of the enterprise (empty: all), activity (0: all). */
struct participation_asked { int from_year, to_year; Str content, kind, ward; int64_t activity; };
struct participation_counts { int64_t participations, enterprises, people; };
enum err participations_count(struct work *w, const struct participation_asked *asked, struct participation_counts *out) MUST_USE;
/* Of participations, or of the distinct enterprises among them; ascending. */
enum err participations_list(struct work *w, const struct participation_asked *asked, bool enterprises, const int64_t **ids, size_t *n) MUST_USE;

/* What is handed over under a milestone, or a task the agency does itself; its provider's until the milestone is accepted. */
enum deliverable_field {
    DELIVERABLE_TITLE, DELIVERABLE_MILESTONE, DELIVERABLE_TASK, DELIVERABLE_ACCOUNT, DELIVERABLE_WARD,       /* task, account, ward: from the milestone and its task */
    DELIVERABLE_KIND, DELIVERABLE_ON, DELIVERABLE_FILE, DELIVERABLE_NOTE, DELIVERABLE_FIELD_COUNT,
};

/* due → sent → seen; returned; skipped (with a reason).  One for each period of a task's TASK_REPORTS that has ended, "2026-03" or "2026-Q1". */
enum progress_field {
    PROGRESS_NAME, PROGRESS_TASK, PROGRESS_CONTRACT, PROGRESS_ACCOUNT, PROGRESS_PERIOD, PROGRESS_TEXT, PROGRESS_PERCENT, PROGRESS_PROBLEMS, PROGRESS_FILE,
    PROGRESS_STATE, PROGRESS_DUE, PROGRESS_FIELD_COUNT,
};
enum err progress_reports_open(struct work *w) MUST_USE;        /* daily, inside work_write       */

/* planned → visited → remedy (something is to be put right) → closed; cancelled.  Its ward takes part. */
enum inspection_field {
    INSPECTION_TITLE, INSPECTION_TASK, INSPECTION_CONTRACT, INSPECTION_ENTERPRISE, INSPECTION_WARD, INSPECTION_ACCOUNT,      /* account: of the contract's provider */
    INSPECTION_PLANNED_ON, INSPECTION_VISITED_ON, INSPECTION_TEAM, INSPECTION_ITEMS, INSPECTION_SUMMARY, INSPECTION_FILE, INSPECTION_STATE, INSPECTION_DUE,
    INSPECTION_FIELD_COUNT,
};
enum inspector_field { INSPECTOR_NAME, INSPECTOR_OFFICE, INSPECTOR_LEADS, INSPECTOR_FIELD_COUNT };
/* answer: yes, no, not_applicable.  What has a finding is to be remedied by its day; who was inspected says how, with proof, and the office says that it is. */
enum inspection_item_field {
    CHECK_QUESTION, CHECK_ANSWER, CHECK_FINDING, CHECK_REMEDY_BY, CHECK_REMEDY, CHECK_PROOF, CHECK_REMEDIED_ON, CHECK_FIELD_COUNT,
};
bool     inspected_by(const struct work *w, const struct record *inspection_of);    /* the actor is the unit inspected */
/* Inside a write: what the provider or enterprise inspected did about a finding of its own, while the inspection waits for it.  proof: a file of the actor's, as file_type
 * has it; empty: as it was.  ERR_DENIED: not inspected; ERR_INVALID: *why. */
enum err inspection_remedy(struct work *w, int64_t inspection_id, int64_t item_id, Str remedy, Str proof, Message *why) MUST_USE;

/*
 * Minutes of acceptance (biên bản nghiệm thu): draft → with_ward → confirmed → accepted; returned, rejected.  Of a milestone, or of a task the
 * agency does itself.  Where the task has a ward, only that ward's confirmation leads on.  Accepted makes the milestone accepted, and the task when none
 * of its milestones is open any more; rejected leads the milestone back.
 */
enum acceptance_field {
    ACCEPTANCE_NAME, ACCEPTANCE_MILESTONE, ACCEPTANCE_TASK, ACCEPTANCE_ACCOUNT, ACCEPTANCE_WARD,
    ACCEPTANCE_PROMISED,                    /* the milestone's criteria, or the task's result, as they stood when the minutes were begun */
    ACCEPTANCE_ON, ACCEPTANCE_PLACE, ACCEPTANCE_FINDINGS, ACCEPTANCE_RESULT, ACCEPTANCE_WARD_OPINION, ACCEPTANCE_WARD_PERSON, ACCEPTANCE_FILE,
    ACCEPTANCE_STATE, ACCEPTANCE_DUE, ACCEPTANCE_FIELD_COUNT,
};

/* Daily, inside work_write, each once: milestones delivered and not yet accepted, remedies whose day comes, inspections planned for tomorrow, activities that are over
 * and have nobody's attendance. */
enum err delivery_remind(struct work *w) MUST_USE;

#endif
