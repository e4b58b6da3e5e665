/*
 * remind.c - what carrying out asks for by itself, daily: reports of progress are made when their period has ended, and what waits is reminded of once.  (Steps with a
 * deadline of their own are reminded of as all tasks are: task.h.)
 */
#include "programme/delivery/inside.h"

#include "model/desk/reminded.h"
#include "model/flow/calendar.h"

#include <stdio.h>

static enum err in_states(struct work *w, const struct entity *e, const char *state, struct records *out)
{
    return records_with(w, e, e->workflow->state, v_text(str_of(state)), out);
}

/* ---- reports of progress ------------------------------------------------------------------------------- */

/* A month or quarter: its name, and its first and last day. */
struct span { char name[12]; struct date first, last; };

static struct span span_of(struct date d, int months)
{
    struct span s = { .first = { d.year, (d.month - 1) / months * months + 1, 1 } };
    s.last = (struct date){ d.year, s.first.month + months - 1, 31 };
    while (!date_valid(s.last)) s.last.day--;
    if (months == 1) snprintf(s.name, sizeof s.name, "%04d-%02d", s.first.year % 10000, s.first.month % 100);
    else snprintf(s.name, sizeof s.name, "%04d-Q%d", s.first.year % 10000, s.first.month / months % 10 + 1);
    return s;
}

/* The contract in force under which the task is carried out; NULL: none. */
static enum err contract_in_force(struct work *w, const struct record *of, const struct record **out)
{
    struct records list;
    *out = NULL;
    TRY(records_with(w, &contract, CONTRACT_TASK, v_int(of->id), &list));
    for (size_t i = 0; i < list.n; i++)
        if (in_its_state(list.p[i], "in_force")) *out = list.p[i];
    return OK;
}

static enum err open_report(struct work *w, const struct record *of, const struct record *under, Str period)
{
    struct record *r = record_make(w->a, &progress_report);
    bool changed;
    r->v[PROGRESS_TASK] = v_int(of->id);
    r->v[PROGRESS_PERIOD] = v_text(period);
    if (under) r->v[PROGRESS_CONTRACT] = v_int(under->id);
    if (under) r->v[PROGRESS_ACCOUNT] = under->v[CONTRACT_ACCOUNT];
    TRY(record_save(w, NULL, r, &changed));
    return record_tell(w, r, v_is(r->v[PROGRESS_ACCOUNT]) ? PROVIDER : OFFICER, N_("A report of progress is to be written: {1}"), NULL);
}

static bool has_report(const struct records *there, Str period)
{
    for (size_t i = 0; i < there->n; i++)
        if (str_eq(v_str(there->p[i]->v[PROGRESS_PERIOD]), period)) return true;
    return false;
}

/* From the day the work began to the last period that has ended; a period after the task's end is none any more. */
static enum err open_reports(struct work *w, const struct record *of)
{
    const struct record *under;
    struct records there;
    struct date day, ends;
    int months = str_is(v_str(of->v[TASK_REPORTS]), "monthly") ? 1 : 3;
    TRY(contract_in_force(w, of, &under));
    bool provided = str_is(v_str(of->v[TASK_MODE]), "provider");
    if (provided && !under) return OK;
    TRY(records_with(w, &progress_report, PROGRESS_TASK, v_int(of->id), &there));
    if (!date_from_iso(v_str(provided ? under->v[CONTRACT_STARTS] : of->v[TASK_STARTS]), &day) || !date_from_iso(v_str(of->v[TASK_ENDS]), &ends)) return OK;
    for (;;) {
        struct span s = span_of(day, months);
        if (date_days(s.last) >= date_days(w->today) || date_days(s.first) > date_days(ends)) return OK;
        if (!has_report(&there, str_of(s.name))) TRY(open_report(w, of, under, str_dup(w->a, str_of(s.name))));
        day = date_from_days(date_days(s.last) + 1);
    }
}

enum err progress_reports_open(struct work *w)
{
    struct records list;
    TRY(in_states(w, &task, "under_way", &list));
    for (size_t i = 0; i < list.n; i++) {
        Str how_often = v_str(list.p[i]->v[TASK_REPORTS]);
        if (str_is(how_often, "monthly") || str_is(how_often, "quarterly")) TRY(open_reports(w, list.p[i]));
    }
    return OK;
}

/* ---- what waits --------------------------------------------------------------------------------------------- */

/* Tells those of the roles whom the record concerns, once for this key. */
static enum err remind(struct work *w, const struct record *r, const char *kind, Val about, Roles who, const char *sentence)
{
    bool first;
    TRY(remind_once(w, str_f(w->a, "delivery/%s/%lld/%.*s", kind, (long long)r->id, FMT(v_str(about))), &first));
    return first ? record_tell(w, r, who, sentence, NULL) : OK;
}

enum { SOON = 2, ACCEPTED_WITHIN = 5, WRITTEN_DOWN_WITHIN = 3 };         /* working days         */

static int days_to(const struct work *w, Val day)
{
    struct date d;
    return date_from_iso(v_str(day), &d) ? working_days_between(w->codes, w->today, d) : INT32_MAX;
}

/* What nobody of the agency has filed. */
static enum err remind_of_reports(struct work *w)
{
    struct records list;
    TRY(in_states(w, &progress_report, "due", &list));
    for (size_t i = 0; i < list.n; i++)
        if (is_past(w, list.p[i]->v[PROGRESS_DUE])) TRY(remind(w, list.p[i], "report", list.p[i]->v[PROGRESS_DUE], OFFICER, N_("A report of progress is overdue: {1}")));
    return OK;
}

static enum err has_minutes(struct work *w, const struct record *of, bool *yes)
{
    struct records list;
    *yes = false;
    TRY(records_with(w, &acceptance, ACCEPTANCE_MILESTONE, v_int(of->id), &list));
    for (size_t i = 0; i < list.n; i++) *yes |= !in_its_state(list.p[i], "rejected");
    return OK;
}

static enum err remind_of_delivered(struct work *w)
{
    struct records list;
    bool begun;
    TRY(in_states(w, &milestone, "delivered", &list));
    for (size_t i = 0; i < list.n; i++) {
        const struct record *r = list.p[i];
        Val since = v_text(date_iso(w->a, time_date(r->changed_at)));
        if (-days_to(w, since) < ACCEPTED_WITHIN) continue;
        TRY(has_minutes(w, r, &begun));
        if (!begun) TRY(remind(w, r, "acceptance", since, OFFICER, N_("{1}: delivered some time ago, and no minutes of acceptance have been begun.")));
    }
    return OK;
}

static enum err remind_of_inspections(struct work *w)
{
    struct records list;
    TRY(in_states(w, &inspection, "planned", &list));
    for (size_t i = 0; i < list.n; i++) {
        int left = days_to(w, list.p[i]->v[INSPECTION_PLANNED_ON]);
        if (left >= 0 && left <= SOON) TRY(remind(w, list.p[i], "visit", list.p[i]->v[INSPECTION_PLANNED_ON], OFFICER | WARD, N_("An inspection is planned for the next days: {1}")));
        if (left < 0) TRY(remind(w, list.p[i], "unvisited", list.p[i]->v[INSPECTION_PLANNED_ON], OFFICER, N_("The day of an inspection has passed, and nothing was written down: {1}")));
    }
    TRY(in_states(w, &inspection, "remedy", &list));
    for (size_t i = 0; i < list.n; i++)
        if (days_to(w, list.p[i]->v[INSPECTION_DUE]) <= SOON)
            TRY(remind(w, list.p[i], "remedy", list.p[i]->v[INSPECTION_DUE], PROVIDER | ENTERPRISE, N_("The day comes by which what an inspection found is to be put right: {1}")));
    return OK;
}

/* Activities that ended and of which nobody wrote down who came. */
static enum err remind_of_attendance(struct work *w)
{
    static const char *const states[] = { "planned", "open" };
    struct records list;
    for (size_t k = 0; k < COUNT(states); k++) {
        TRY(in_states(w, &activity, states[k], &list));
        for (size_t i = 0; i < list.n; i++) {
            const struct record *r = list.p[i];
            struct participation_counts there;
            if (!activity.published(r) || -days_to(w, r->v[ACTIVITY_ENDS]) < WRITTEN_DOWN_WITHIN) continue;
            int year = (int)v_i64(r->v[ACTIVITY_YEAR]);
            TRY(participations_count(w, &(struct participation_asked){ .from_year = year, .to_year = year, .activity = r->id }, &there));
            if (!there.participations) TRY(remind(w, r, "attendance", r->v[ACTIVITY_ENDS], OFFICER, N_("{1} is over, and nobody has written down who took part.")));
        }
    }
    return OK;
}

enum err delivery_remind(struct work *w)
{
    TRY(progress_reports_open(w));
    TRY(remind_of_reports(w));
    TRY(remind_of_delivered(w));
    TRY(remind_of_inspections(w));
    return remind_of_attendance(w);
}
