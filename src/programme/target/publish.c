/* publish.c - what an indicator measures, frozen: with its query, the version of the data and the list of what it counted. */
#include "programme/target/inside.h"

#include "programme/inside.h"

/* ---- lists: "id:counts" of the part, "id:-" of what is in the whole alone, with ; between ---------------- */

static Str list_text(struct work *w, const struct measured *m)
{
    struct buf b = buf_make(w->a);
    for (size_t i = 0; i < m->rows.n; i++) {
        const struct measured_row *r = &m->rows.p[i];
        put_f(&b, "%s%lld:", i ? ";" : "", (long long)r->id);
        if (r->part) put_i(&b, r->counts);
        else put_c(&b, '-');
    }
    return buf_str(&b);
}

struct figure_rows figure_rows(struct arena *a, const struct record *published)
{
    struct figure_rows out = { 0 };
    Str list = v_str(published->v[PUBLISHED_LIST]), one, id, counts;
    while (list.n && str_next(&list, ';', &one)) {
        struct measured_row r = { .counts = 1 };
        MUST(str_cut(one, ':', &id, &counts) && str_to_i64(id, &r.id));
        r.part = !str_is(counts, "-");
        if (r.part) MUST(str_to_i64(counts, &r.counts));
        *GROW(a, out) = r;
    }
    return out;
}

struct figure_changes figure_changes(struct arena *a, const struct record *before, const struct record *after)
{
    struct figure_rows was = figure_rows(a, before), now = figure_rows(a, after);
    struct figure_changes out = { 0 };
    for (size_t i = 0, k = 0; i < was.n || k < now.n;) {
        const struct measured_row *x = i < was.n ? &was.p[i] : NULL, *y = k < now.n ? &now.p[k] : NULL;
        if (x && y && x->id != y->id) *(x->id < y->id ? &y : &x) = NULL;
        if (!x || !y || x->counts != y->counts || x->part != y->part) *GROW(a, out) = (struct figure_change){ (x ? x : y)->id, x, y };
        i += x != NULL, k += y != NULL;
    }
    return out;
}

/* ---- editions ----------------------------------------------------------------------------------- */

enum err figures_published(struct work *w, int64_t indicator_id, struct records *out)
{
    struct buf b = buf_make(w->a);
    put_f(&b, "%s WHERE indicator = $1 ORDER BY to_year DESC, from_year DESC, edition DESC", shape_of(w->m, &published_figure)->select_list.text);
    return records_query(w, &published_figure, sql_of(&b), ARGS(v_int(indicator_id)), true, out);
}

static enum err last_edition(struct work *w, const struct record *r, struct period p, const struct record **out)
{
    struct records all;
    *out = NULL;
    TRY(figures_published(w, r->id, &all));
    for (size_t i = all.n; i-- > 0;)
        if (v_i64(all.p[i]->v[PUBLISHED_FROM_YEAR]) == p.from_year && v_i64(all.p[i]->v[PUBLISHED_TO_YEAR]) == p.to_year) *out = all.p[i];
    return OK;
}

/* "Title, 2026, edition 2", in Vietnamese, as records are called. */
static Str name_of(struct work *w, const struct record *r, struct period p, int edition)
{
    struct work reading = *w;
    reading.lang = VI;
    Str years = p.from_year == p.to_year ? str_f(w->a, "%d", p.to_year) : str_f(w->a, "%d–%d", p.from_year, p.to_year);
    return message_str(w->a, VI, MSG(N_("{1}, {2}, edition {3}"), record_title(&reading, r), years, str_f(w->a, "%d", edition)));
}

static struct record *frozen(struct work *w, const struct record *r, struct period p, const struct measured *m, const struct record *before, Str reason)
{
    struct record *f = record_make(w->a, &published_figure);
    int64_t edition = before ? v_i64(before->v[PUBLISHED_EDITION]) + 1 : 1;
    f->v[PUBLISHED_NAME] = v_text(name_of(w, r, p, (int)edition));
    f->v[PUBLISHED_INDICATOR] = v_int(r->id);
    f->v[PUBLISHED_FROM_YEAR] = v_int(p.from_year);
    f->v[PUBLISHED_TO_YEAR] = v_int(p.to_year);
    f->v[PUBLISHED_DAY] = v_text(date_iso(w->a, p.day));
    f->v[PUBLISHED_EDITION] = v_int(edition);
    f->v[PUBLISHED_VALUE] = v_real(m->value);
    f->v[PUBLISHED_PART] = v_real((double)m->part);
    f->v[PUBLISHED_WHOLE] = v_real((double)m->whole);
    f->v[PUBLISHED_QUERY] = v_text(m->query);
    f->v[PUBLISHED_DATA_VERSION] = v_int(m->data_version);
    f->v[PUBLISHED_LIST] = v_text(list_text(w, m));
    if (w->actor.account) f->v[PUBLISHED_BY] = v_int(w->actor.account);
    if (before) f->v[PUBLISHED_REPLACES] = v_int(before->id), f->v[PUBLISHED_REASON] = v_text(reason);
    return f;
}

static bool is_same(struct work *w, const struct record *before, const struct record *now)
{
    return val_eq(before->v[PUBLISHED_VALUE], now->v[PUBLISHED_VALUE]) && !figure_changes(w->a, before, now).n;
}

enum err figure_publish(struct work *w, int64_t indicator_id, int year, int edition, Str reason, int64_t *id, Message *why)
{
    struct record *r;
    const struct record *before;
    struct measured m;
    bool changed;
    *why = NO_MESSAGE;
    if (!(w->actor.roles & (OFFICER | ADMIN | SYSTEM))) return ERR_DENIED;
    TRY(record_load(w, &indicator, indicator_id, &r));
    struct period p = period_of(w, r, year);
    if (p.to_year < p.from_year || p.to_year > w->today.year) return *why = MSG(N_("Of a year that has not begun nothing can be published.")), ERR_INVALID;
    if (over_of(r) == OVER_DAY && year != w->today.year)
        return *why = MSG(N_("What stands is measured on the day: the standing of {1} can no longer be published."), str_f(w->a, "%d", year)), ERR_INVALID;
    TRY(last_edition(w, r, p, &before));
    if (edition != (before ? v_i64(before->v[PUBLISHED_EDITION]) : 0) + 1) return before ? record_changed_since(w, before, why) : ERR_CONFLICT;
    if (before && !str_trim(reason).n) return *why = MSG(N_("A correction needs its reason.")), ERR_INVALID;
    TRY(measure_of(w, r, p, &m));
    struct record *now = frozen(w, r, p, &m, before, str_trim(reason));
    if (before && is_same(w, before, now)) return *why = MSG(N_("Nothing has changed since the last edition.")), ERR_INVALID;
    TRY(record_save(w, NULL, now, &changed));
    *id = now->id;
    return OK;
}
