/*
 * remind.c - what linkage reminds of, each once (C06, C13): quotes that are due, quotes that are late, questions nobody answers, and what came of an
 * introduction.  (Steps with a deadline of their own, an invitation or a question to answer, are reminded of as all tasks are: task.h.)
 */
#include "programme/linkage/inside.h"

#include "model/desk/desk.h"
#include "model/desk/reminded.h"

static enum err with_state(struct work *w, const struct entity *e, const char *state, struct records *out)
{
    return records_with(w, e, e->workflow->state, v_text(str_of(state)), out);
}

static enum err tell_all(struct work *w, const struct records *accounts, const char *sentence, Str title, Val day, Str path)
{
    for (size_t i = 0; i < accounts->n; i++) TRY(tell_due(w, accounts->p[i], sentence, title, day, path));
    return OK;
}

static enum err tell_officers(struct work *w, const char *sentence, Str title, Val day, Str path)
{
    struct records officers;
    TRY(accounts_with(w, OFFICER, &officers));
    return tell_all(w, &officers, sentence, title, day, path);
}

/* ---- quotes ------------------------------------------------------------------------------------------------ */

static const int ahead[] = { 1, 3 };                        /* days, the nearest first             */

static bool owes_a_quote(const struct record *r)
{
    const char *const states[] = { "invited", "interested", "admitted" };
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_is(v_str(r->v[INVITATION_STATE]), states[i])) return true;
    return false;
}

static enum err remind_supplier(struct work *w, const struct record *r, const struct record *of, int days)
{
    struct records accounts;
    Val day = of->v[DEMAND_QUOTES_BY];
    bool first;
    TRY(remind_once(w, str_f(w->a, "quote/%lld/%.*s/%d", (long long)r->id, FMT(v_str(day)), days), &first));
    if (!first) return OK;
    TRY(accounts_of(w, v_i64(r->v[INVITATION_ENTERPRISE]), &accounts));
    return tell_all(w, &accounts, N_("Your quote for “{1}” is due on {2}."), v_str(of->v[DEMAND_TITLE]), day, workspace_path(w->a, &invitation, r->id));
}

static enum err warn_of_late(struct work *w, const struct record *of)
{
    Val day = of->v[DEMAND_QUOTES_BY];
    bool first;
    TRY(remind_once(w, str_f(w->a, "late/%lld/%.*s", (long long)of->id, FMT(v_str(day))), &first));
    if (!first) return OK;
    return tell_officers(w, N_("“{1}”: suppliers that take part have not sent their quotes, due on {2}. Ask them, or have the day moved."),
                         v_str(of->v[DEMAND_TITLE]), day, workspace_path(w->a, &demand, of->id));
}

static enum err remind_of_quotes(struct work *w, const struct record *of)
{
    struct records list;
    struct date due;
    bool late = false;
    size_t k = 0;
    if (!date_from_iso(v_str(of->v[DEMAND_QUOTES_BY]), &due)) return OK;
    int64_t left = date_days(due) - date_days(w->today);
    while (k < COUNT(ahead) && left > ahead[k]) k++;
    if (k == COUNT(ahead)) return OK;
    TRY(records_with(w, &invitation, INVITATION_DEMAND, v_int(of->id), &list));
    for (size_t i = 0; i < list.n; i++) {
        if (left >= 0 && owes_a_quote(list.p[i])) TRY(remind_supplier(w, list.p[i], of, ahead[k]));
        late |= left < 0 && str_is(v_str(list.p[i]->v[INVITATION_STATE]), "admitted");
    }
    return late ? warn_of_late(w, of) : OK;
}

/* ---- questions ----------------------------------------------------------------------------------------------- */

static enum err warn_of_silence(struct work *w, const struct record *r)
{
    const struct record *of = named(w, r, QUESTION_DEMAND, &demand);
    bool first;
    if (!of || !is_past(w, r->v[QUESTION_DUE])) return OK;
    TRY(remind_once(w, str_f(w->a, "question/%lld", (long long)r->id), &first));
    if (!first) return OK;
    return tell_officers(w, N_("“{1}”: a question of a supplier, to be answered by {2}, has no answer."), v_str(of->v[DEMAND_TITLE]), r->v[QUESTION_DUE],
                         workspace_path(w->a, &question, r->id));
}

/* ---- introductions --------------------------------------------------------------------------------------------- */

static const int months[] = { 12, 6, 3, 1 };                /* after which both sides are asked    */

/* The same day of the month so many months later, or the last there is. */
static struct date months_after(struct date d, int n)
{
    int month = d.month - 1 + n;
    d.year += month / 12;
    d.month = month % 12 + 1;
    while (!date_valid(d)) d.day--;
    return d;
}

/* Where several such days have passed unseen, the last is asked of. */
static enum err ask_what_came(struct work *w, const struct record *r)
{
    struct records supplier, buyer;
    struct date on;
    size_t k = 0;
    int64_t account = v_i64(r->v[INTRODUCTION_ACCOUNT]), today = date_days(w->today);
    bool first;
    if (!date_from_iso(v_str(r->v[INTRODUCTION_ON]), &on)) return OK;
    while (k < COUNT(months) && date_days(months_after(on, months[k])) > today) k++;
    if (k == COUNT(months)) return OK;
    TRY(remind_once(w, str_f(w->a, "introduction/%lld/%d", (long long)r->id, months[k]), &first));
    if (!first) return OK;
    const char *sentence = N_("{1}: you were introduced on {2}. Write down what came of it: sample, audit, first order, value of a year.");
    Str title = v_str(r->v[INTRODUCTION_NAME]), path = workspace_path(w->a, &introduction, r->id);
    TRY(accounts_of(w, v_i64(r->v[INTRODUCTION_ENTERPRISE]), &supplier));
    TRY(records_of(w, &account_entity, &account, 1, false, &buyer));
    TRY(tell_all(w, &supplier, sentence, title, r->v[INTRODUCTION_ON], path));
    return tell_all(w, &buyer, sentence, title, r->v[INTRODUCTION_ON], path);
}

enum err linkage_remind(struct work *w)
{
    struct records list;
    TRY(with_state(w, &demand, "open", &list));
    for (size_t i = 0; i < list.n; i++) TRY(remind_of_quotes(w, list.p[i]));
    TRY(with_state(w, &question, "asked", &list));
    for (size_t i = 0; i < list.n; i++) TRY(warn_of_silence(w, list.p[i]));
    TRY(with_state(w, &introduction, "open", &list));
    for (size_t i = 0; i < list.n; i++) TRY(ask_what_came(w, list.p[i]));
    return OK;
}
