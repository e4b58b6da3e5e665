#include "model/freshness.h"

#include "model/log.h"
#include "model/rights.h"

static bool is_there(const struct record *r, int i)
{
    return r->e->fields[i].type == &children_type ? r->children[i].n > 0 : v_is(r->v[i]);
}

/* ---- the dates as text ------------------------------------------------------------------------ */

/* The oldest date; rest: "phone=2027-01-15 email=...". */
static struct date read_dates(const struct record *r, Str *rest)
{
    struct date oldest;
    Str text = r->e->confirmations ? v_str(r->v[r->e->confirmations]) : (Str){ 0 };
    Str first;
    if (str_cut(text, ' ', &first, rest), date_from_iso(first, &oldest)) return oldest;
    *rest = (Str){ 0 };
    return time_date(r->changed_at);
}

struct date confirmed_on(const struct record *r, int field)
{
    Str rest, one, name, iso;
    struct date oldest = read_dates(r, &rest), d;
    while (rest.n && str_next(&rest, ' ', &one))
        if (str_cut(one, '=', &name, &iso) && str_is(name, r->e->fields[field].name) && date_from_iso(iso, &d)) return d;
    return oldest;
}

static void write_dates(const struct work *w, struct record *r, const struct date *dates)
{
    struct buf b = buf_make(w->a);
    struct date oldest = { 9999, 12, 31 };
    for EACH_FIELD(f, i, r->e) if (f->is & CONFIRM && date_days(dates[i]) < date_days(oldest)) oldest = dates[i];
    put(&b, date_iso(w->a, oldest));
    for EACH_FIELD(f, i, r->e)
        if (f->is & CONFIRM && date_days(dates[i]) > date_days(oldest)) put_f(&b, " %s=%.*s", f->name, FMT(date_iso(w->a, dates[i])));
    r->v[r->e->confirmations] = v_text(buf_str(&b));
}

/* ---- following what is written ------------------------------------------------------------------ */

static bool differs(const struct record *was, const struct record *now, int i)
{
    if (now->e->fields[i].type != &children_type) return !val_eq(was->v[i], now->v[i]);
    const struct records *before = &was->children[i], *after = &now->children[i];
    if (before->n != after->n) return true;
    for (size_t k = 0; k < after->n; k++) {
        const struct record *child = child_with_id(before, after->p[k]->id);
        if (!child || !same_values(child, after->p[k])) return true;
    }
    return false;
}

void freshness_follow(const struct work *w, const struct record *was, struct record *now)
{
    int field = now->e->confirmations;
    if (!field || (v_is(now->v[field]) && (!was || !val_eq(was->v[field], now->v[field])))) return;
    struct date today = time_date(w->writing.at), *dates = NEW_ARRAY(w->a, struct date, (size_t)now->e->n);
    bool any = !was;
    for EACH_FIELD(f, i, now->e) {
        if (!(f->is & CONFIRM)) continue;
        bool fresh = !was || differs(was, now, i);
        dates[i] = fresh ? today : confirmed_on(now, i);
        any |= fresh;
    }
    if (any) write_dates(w, now, dates);
}

/* ---- asking --------------------------------------------------------------------------------------- */

struct date confirmed_since(const struct record *r)
{
    struct date since = { 0 };
    for EACH_FIELD(f, i, r->e) {
        if (!(f->is & CONFIRM) || !is_there(r, i)) continue;
        struct date d = confirmed_on(r, i);
        if (!since.year || date_days(d) < date_days(since)) since = d;
    }
    return since;
}

bool is_stale(const struct work *w, struct date d)
{
    int64_t months;
    if (!d.year || !str_to_i64(setting_value(w->codes, S("fresh_months")), &months)) return false;
    return (w->today.year - d.year) * 12 + w->today.month - d.month - (w->today.day < d.day) >= months;
}

bool record_stale(const struct work *w, const struct record *r) { return is_stale(w, confirmed_since(r)); }

/* ---- "still correct" ------------------------------------------------------------------------------- */

struct confirming { const struct entity *e; int64_t id; int field; Message *why; };

static enum err confirm(struct work *w, void *arg)
{
    struct confirming *c = arg;
    struct record *was;
    bool any = false, changed;
    TRY(record_load(w, c->e, c->id, &was));
    if (!(reach_of(w, was).may & (MAY_CHANGE | MAY_PROPOSE))) return ERR_DENIED;
    struct record *now = record_copy(w->a, was);
    struct date *dates = NEW_ARRAY(w->a, struct date, (size_t)c->e->n);
    for EACH_FIELD(f, i, c->e) {
        if (!(f->is & CONFIRM)) continue;
        bool meant = is_there(was, i) && (c->field < 0 || c->field == i);
        dates[i] = meant ? time_date(w->writing.at) : confirmed_on(was, i);
        any |= meant;
    }
    if (!any) return *c->why = MSG(N_("There is nothing here to confirm.")), ERR_INVALID;
    write_dates(w, now, dates);
    return record_save(w, was, now, &changed);
}

enum err record_confirm(struct work *w, const struct entity *e, int64_t id, int field, Message *why)
{
    return work_write(w, confirm, &(struct confirming){ e, id, field, why });
}
