/*
 * remind.c - days that are watched, each told of once at 30, 7 and 1 days before: milestones, ends of contracts, guarantees, and last days for proposals.
 * (Steps with a deadline of their own are reminded of as all tasks are: task.h.)
 */
#include "programme/contract/inside.h"

#include "model/desk/reminded.h"
#include "model/flow/tell.h"

static const int ahead[] = { 1, 7, 30 };                    /* days, the nearest first             */

static const struct watched { const struct entity *e; int day; const char *states; Roles who; const char *sentence; } watched[] = {
    { &milestone, MILESTONE_DUE_ON, "planned", PROVIDER | OFFICER, N_("“{1}” is to be delivered by {2}.") },
    { &contract, CONTRACT_ENDS, "in_force", PROVIDER | OFFICER, N_("The contract “{1}” ends on {2}.") },
    { &contract, CONTRACT_GUARANTEE_UNTIL, "in_force|completed", PROVIDER | OFFICER, N_("The guarantee of “{1}” is valid until {2}.") },
    { &call, CALL_CLOSES_ON, "open", OFFICER, N_("Proposals for “{1}” are taken until {2}.") },
};

/* Within how many days it is, as the table above counts; 0: it is further away, or past. */
static int days_ahead(const struct work *w, Val day)
{
    struct date d;
    if (!date_from_iso(v_str(day), &d)) return 0;
    int64_t left = date_days(d) - date_days(w->today);
    for (size_t k = 0; left >= 0 && k < COUNT(ahead); k++)
        if (left <= ahead[k]) return ahead[k];
    return 0;
}

/* Those whose day lies within the next thirty. */
static enum err soon(struct work *w, const struct entity *e, int field, struct records *out)
{
    struct buf b = buf_make(w->a);
    const char *day = e->fields[field].name;
    put_f(&b, "%s WHERE %s BETWEEN $1 AND $2 ORDER BY id", shape_of(w->m, e)->select_list.text, day);
    return records_query(w, e, sql_of(&b), ARGS(v_today(w), v_text(date_iso(w->a, date_from_days(date_days(w->today) + ahead[COUNT(ahead) - 1])))), false, out);
}

static bool is_watched(const struct work *w, const struct watched *t, const struct record *r)
{
    const struct record *of = t->e == &milestone ? named(w, r, MILESTONE_CONTRACT, &contract) : NULL;
    return in_states(r, t->states) && (t->e != &milestone || (of && in_state(of, "in_force")));
}

static enum err remind(struct work *w, const struct record *r, Val day, Str key, Roles who, const char *sentence)
{
    struct records accounts;
    bool first = false;
    int days = days_ahead(w, day);
    if (days) TRY(remind_once(w, str_f(w->a, "%.*s/%lld/%.*s/%d", FMT(key), (long long)r->id, FMT(v_str(day)), days), &first));
    if (!first) return OK;
    TRY(accounts_concerned(w, r, who, &accounts));
    for (size_t i = 0; i < accounts.n; i++) TRY(tell_due(w, accounts.p[i], sentence, record_title(w, r), day, workspace_path(w->a, r->e, r->id)));
    return OK;
}

/* Who has begun a proposal and not sent it. */
static enum err remind_bidders(struct work *w, const struct record *of)
{
    struct records list;
    TRY(records_with(w, &bid, BID_CALL, v_int(of->id), &list));
    for (size_t i = 0; i < list.n; i++)
        if (in_state(list.p[i], "draft")) TRY(remind(w, list.p[i], of->v[CALL_CLOSES_ON], S("bid"), PROVIDER, N_("“{1}”: your proposal is not sent yet. It is taken until {2}.")));
    return OK;
}

enum err contracts_remind(struct work *w)
{
    for (size_t i = 0; i < COUNT(watched); i++) {
        const struct watched *t = &watched[i];
        struct records list;
        TRY(soon(w, t->e, t->day, &list));
        for (size_t k = 0; k < list.n; k++) {
            if (!is_watched(w, t, list.p[k])) continue;
            TRY(remind(w, list.p[k], list.p[k]->v[t->day], str_f(w->a, "%s.%s", t->e->name, t->e->fields[t->day].name), t->who, t->sentence));
            if (t->e == &call) TRY(remind_bidders(w, list.p[k]));
        }
    }
    return OK;
}
