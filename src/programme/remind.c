#include "programme/remind.h"

#include "model/desk/desk.h"
#include "model/desk/reminded.h"
#include "model/flow/workflow.h"
#include "model/freshness.h"
#include "model/people/account.h"
#include "programme/register.h"

/* Enterprises with an active account; nobody can be reminded of the others. */
static enum err owned(struct work *w, struct records *out)
{
    struct { int64_t *p; size_t n, cap; } ids = { 0 };
    struct rows r = db_query(
        w->db, w->a,
        SQL("SELECT DISTINCT organisation FROM account WHERE state = $1 AND organisation IS NOT NULL ORDER BY organisation"),
        ARGS(v_text(S("active"))));
    while (rows_next(&r)) *GROW(w->a, ids) = row_int(&r, 0);
    TRY(rows_end(&r));
    return records_of(w, &enterprise, ids.p, ids.n, true, out);
}

static Str date_for(struct work *reader, Str iso)
{
    struct buf b = buf_make(reader->a);
    date_type.show(&b, reader, NULL, v_text(iso));
    return buf_str(&b);
}

/* sentence: {1} the enterprise or its certificate, {2} a date, {3} the enterprise. */
static enum err tell_owners(struct work *w, const struct record *e, const char *sentence, const struct record *about, Str iso, Str path)
{
    struct records owners;
    TRY(accounts_of(w, e->id, &owners));
    for (size_t i = 0; i < owners.n; i++) {
        struct work reader = *w;
        reader.lang = account_lang(owners.p[i]);
        Message text = MSG(sentence, record_title(&reader, about), date_for(&reader, iso), record_title(&reader, e));
        TRY(notify_due(w, owners.p[i], text, path));
    }
    return OK;
}

/* ---- freshness ----------------------------------------------------------------------------------- */

enum err freshness_remind(struct work *w)
{
    struct records list;
    TRY(owned(w, &list));
    for (size_t i = 0; i < list.n; i++) {
        const struct record *e = list.p[i];
        struct date since = confirmed_since(e);
        if (!is_stale(w, since)) continue;
        Str iso = date_iso(w->a, since);
        bool first;
        TRY(remind_once(w, str_f(w->a, "stale/%s/%lld/%.*s", enterprise.name, (long long)e->id, FMT(iso)), &first));
        if (first)
            TRY(tell_owners(
                w, e,
                N_("Something on the profile of {1} was last confirmed on {2}. Look through it and confirm what is still correct."),
                e, iso, workspace_path(w->a, &enterprise, e->id)));
    }
    return OK;
}

/* ---- certificates -------------------------------------------------------------------------------- */

static const int ahead[] = { 7, 30, 60 };                   /* days, the nearest first             */

static enum err remind_of(struct work *w, const struct record *e, const struct record *c)
{
    Str iso = v_str(c->v[CERTIFICATE_EXPIRES_ON]);
    struct date expires;
    bool first = false;
    if (!date_from_iso(iso, &expires)) return OK;
    int64_t left = date_days(expires) - date_days(w->today);
    size_t k = 0;
    while (k < COUNT(ahead) && left > ahead[k]) k++;
    if (left < 0 || k == COUNT(ahead)) return OK;
    TRY(remind_once(w, str_f(w->a, "certificate/%lld/%.*s/%d", (long long)c->id, FMT(iso), ahead[k]), &first));
    if (!first) return OK;
    return tell_owners(
        w, e, N_("The certificate {1} of {3} expires on {2}. Enter the new one when you have it, so that it goes on counting."), c,
        iso, workspace_path(w->a, &enterprise, e->id));
}

enum err certificates_remind(struct work *w)
{
    struct records list;
    TRY(owned(w, &list));
    for (size_t i = 0; i < list.n; i++)
        for (size_t k = 0; k < list.p[i]->children[ENTERPRISE_CERTIFICATES].n; k++)
            TRY(remind_of(w, list.p[i], list.p[i]->children[ENTERPRISE_CERTIFICATES].p[k]));
    return OK;
}
