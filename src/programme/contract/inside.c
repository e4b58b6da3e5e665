#include "programme/contract/inside.h"

#include "base/number.h"
#include "model/type.h"

/* ---- records ---------------------------------------------------------------------------------------- */

bool in_states(const struct record *r, const char *states)
{
    Str rest = str_of(states), one;
    while (str_next(&rest, '|', &one))
        if (str_eq(v_str(r->v[r->e->workflow->state]), one)) return true;
    return false;
}

int64_t sum_of(const struct records *list, int field)
{
    int64_t sum = 0;
    for (size_t i = 0; i < list->n; i++) sum += v_i64(list->p[i]->v[field]);
    return sum;
}

Str day_shown(const struct work *w, Val day)
{
    struct buf b = buf_make(w->a);
    date_type.show(&b, w, NULL, day);
    return buf_str(&b);
}

Val v_today(const struct work *w) { return v_text(date_iso(w->a, w->today)); }

enum err save_over(struct work *w, const struct record *was, struct record *now)
{
    bool changed;
    return record_save(w, was, now, &changed);
}

enum err save_as_program(struct work *w, const struct record *was, struct record *now)
{
    Roles before = w->actor.roles;
    w->actor.roles |= SYSTEM;
    enum err e = save_over(w, was, now);
    w->actor.roles = before;
    return e;
}

enum err in_both_languages(struct work *w, enum err (*fn)(struct work *w, const struct record *of, Str *out), const struct record *of, Str *out)
{
    struct buf b = buf_make(w->a);
    enum lang before = w->lang;
    enum err e = OK;
    for (int l = VI; l < LANGS && !e; l++) {
        Str said = { 0 };
        w->lang = (enum lang)l;
        e = fn(w, of, &said);
        put_f(&b, "%s%.*s", b.n ? "\n\n" : "", FMT(said));
    }
    w->lang = before;
    *out = buf_str(&b);
    return e;
}

enum err step_of_program(struct work *w, const struct entity *e, int64_t id, const char *step, Message *why)
{
    Roles before = w->actor.roles;
    struct record *was;
    TRY(record_load(w, e, id, &was));
    w->actor.roles |= SYSTEM;
    enum err err = step_inside(w, was, step_named(e, str_of(step)), (Str){ 0 }, why);
    w->actor.roles = before;
    return err;
}

enum err step_all(struct work *w, const struct entity *e, int field, int64_t of, const char *step, Message *why)
{
    struct records list;
    TRY(records_with(w, e, field, v_int(of), &list));
    for (size_t i = 0; i < list.n; i++) TRY(step_auto(w, e, list.p[i]->id, step, why));
    return OK;
}

/* ---- what stands -------------------------------------------------------------------------------------- */

static const struct standing *standing_in(const struct standing *table, const struct record *was)
{
    for (; table->states; table++)
        if (in_states(was, table->states)) return table;
    return NULL;
}

Message stands_as_sent(const struct work *w, const struct standing *table, const struct record *r, const char *says, int *field)
{
    struct work reading = *w;
    struct record *was;
    if (!r->id || record_load(&reading, r->e, r->id, &was)) return NO_MESSAGE;
    const struct standing *s = standing_in(table, was);
    int held = s ? field_held(was, r, s->free) : -1;
    if (held < 0) return NO_MESSAGE;
    *field = held;
    return MSG(says, tr(w->lang, state_of(was)->label));
}

enum err stood_as_sent(const struct work *w, const struct standing *table, const struct record *was, const struct record *now)
{
    const struct standing *s = was && now ? standing_in(table, was) : NULL;
    if (!s || w->actor.roles & SYSTEM || w->writing.stepping == now) return OK;
    return field_held(was, now, s->free) < 0 ? OK : ERR_DENIED;
}

/* ---- units and tasks ------------------------------------------------------------------------------------ */

struct record *own_provider(const struct work *w)
{
    struct work reading = *w;
    struct records list;
    if (!w->actor.account || records_with(&reading, &provider, PROVIDER_ACCOUNT, v_int(w->actor.account), &list)) return NULL;
    return list.n ? list.p[0] : NULL;
}

static void add_share(struct arena *a, struct shares *out, int64_t line, int64_t amount)
{
    size_t i = 0;
    while (i < out->n && out->p[i].line != line) i++;
    if (i == out->n) GROW(a, *out)->line = line;
    out->p[i].balance.of[MONEY_COMMITTED] += amount;
}

enum err planned_shares(struct work *w, const struct record *of, struct shares *out)
{
    *out = (struct shares){ 0 };
    for (size_t i = 0; i < of->children[TASK_COSTS].n; i++) {
        const Val *v = of->children[TASK_COSTS].p[i]->v;
        const struct { Val source, amount; } parts[] = { { v[COST_SOURCE], v[COST_SUPPORT] }, { v[COST_REST_SOURCE], v[COST_REST] } };
        for (size_t k = 0; k < COUNT(parts); k++) {
            int64_t line;
            if (!v_i64(parts[k].amount)) continue;
            TRY(budget_line_of(w, (int)v_i64(of->v[TASK_YEAR]), v_str(of->v[TASK_AGENCY]), v_str(parts[k].source), v_str(of->v[TASK_CONTENT]), v_str(v[COST_KIND]), &line));
            add_share(w->a, out, line, v_i64(parts[k].amount));
        }
    }
    return OK;
}

enum err norms_exceeded(struct work *w, const struct record *of, struct date day, Message *why)
{
    *why = NO_MESSAGE;
    for (size_t i = 0; i < of->children[TASK_COSTS].n && !why->id; i++) {
        struct norm_answer answer;
        TRY(norm_answer_of(w, of->children[TASK_COSTS].p[i], day, &answer));
        if (answer.found && (!answer.in_force || answer.over > 0)) *why = norm_sentence(w, &answer);
    }
    return OK;
}

/* ---- contracts ------------------------------------------------------------------------------------------ */

enum err milestones_of(struct work *w, int64_t contract_id, struct records *out)
{
    size_t kept = 0;
    TRY(records_with(w, &milestone, MILESTONE_CONTRACT, v_int(contract_id), out));
    for (size_t i = 0; i < out->n; i++)
        if (!in_state(out->p[i], "cancelled")) out->p[kept++] = out->p[i];
    out->n = kept;
    return OK;
}

Message milestones_short(struct work *w, const struct record *of)
{
    struct records list;
    if (milestones_of(w, of->id, &list)) return MSG(N_("The milestones of the contract cannot be read just now."));
    int64_t sum = sum_of(&list, MILESTONE_AMOUNT), value = v_i64(of->v[CONTRACT_VALUE]);
    if (sum == value) return NO_MESSAGE;
    return MSG(N_("The milestones add up to {1} đồng, the contract to {2} đồng: they differ by {3} đồng. Bring the milestones into line first."), amount_str(w, sum),
               amount_str(w, value), amount_str(w, sum < value ? value - sum : sum - value));
}

Message lines_short(struct work *w, const struct records *amounts, int line_field, int amount_field)
{
    for (size_t i = 0; i < amounts->n; i++) {
        const struct record *s = amounts->p[i], *line = named(w, s, line_field, &budget_line);
        struct balance b;
        int64_t asked = v_i64(s->v[amount_field]);
        if (!line || balance_of_line(w, line->id, &b)) return MSG(N_("There is no such budget line."));
        if (asked > balance_free(&b))
            return MSG(N_("The budget line “{1}” has {2} đồng left to commit; {3} đồng are asked of it."), record_title(w, line), amount_str(w, balance_free(&b)),
                       amount_str(w, asked));
    }
    return NO_MESSAGE;
}

enum err post_each(struct work *w, const struct shares *s, const int64_t *each, struct posting as, Message *why)
{
    struct { struct posting *p; size_t n, cap; } list = { 0 };
    for (size_t i = 0; i < s->n; i++) {
        if (!each[i]) continue;
        as.line = s->p[i].line;
        as.amount = each[i];
        *GROW(w->a, list) = as;
    }
    return list.n ? money_post(w, list.p, list.n, why) : OK;
}
