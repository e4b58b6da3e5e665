/*
 * saved_search.c - searches that people keep, and what is new of them by mail (C08): suppliers that fit what was asked, or open demands that the
 * enterprise of the account fits.
 *
 * The first look only notes what there is: a mail tells what came since.  Each mail has a link that ends its alert without an
 * account.  The key in it is kept as it is, since every mail repeats it; it opens nothing but that end.
 */
#include "programme/linkage/search.h"

#include "base/secret.h"
#include "base/url.h"
#include "model/check.h"
#include "model/desk/mail.h"
#include "model/people/account.h"
#include "model/type.h"

enum { QUERY_MOST = 4000, SEEN_MOST = 8000, FOUND_MOST = 100, TOLD_MOST = 20, AT_ONCE = 200 };

static const struct choice kinds[] = {
    { "suppliers", N_("Suppliers that fit") }, { "demands", N_("Open demands that our enterprise fits") }, { NULL },
};
static const struct choice frequencies[] = {
    { "never", N_("No mails") }, { "daily", N_("Every day") }, { "weekly", N_("Every week") }, { "monthly", N_("Every month") }, { NULL },
};
static const int days_between[] = { 0, 1, 7, 30 };          /* by frequency; 0: never             */

static const struct field fields[] = {
    [SAVED_NAME] = { "name", N_("Name of the search"), &text_type, REQUIRED | OWNER | LISTED, .max = 200 },
    [SAVED_KIND] = { "kind", N_("What is looked for"), &choice_type, REQUIRED | OWNER | LISTED | FIXED, .choices = kinds,
        .help = N_("A search for suppliers is saved where it was made, on the page that finds them.") },
    [SAVED_QUERY] = { "query", N_("What is asked"), &long_text_type, OWNER, .max = QUERY_MOST, .writers = SYSTEM },
    [SAVED_FREQUENCY] = { "frequency", N_("What is new comes by mail"), &choice_type, REQUIRED | OWNER | LISTED | INDEXED, .choices = frequencies },
    [SAVED_ACCOUNT] = { "account", N_("Account"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [SAVED_TICKET] = { "ticket", N_("Key of the link"), &text_type, INTERNAL | INDEXED, .max = 64 },
    [SAVED_SEEN] = { "seen", N_("What was there at the last look"), &long_text_type, INTERNAL, .max = SEEN_MOST },
    [SAVED_LAST] = { "last", N_("Last look"), &date_type, OWNER | LISTED, .writers = SYSTEM },
};
_Static_assert(COUNT(fields) == SAVED_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { SIGNED_IN, MAY_READ | MAY_CREATE | MAY_CHANGE | MAY_DELETE, OWN_FIELDS, ROWS_MINE, SAVED_ACCOUNT },
    { 0 },
};

static bool is_of_demands(const struct record *s) { return str_is(v_str(s->v[SAVED_KIND]), "demands"); }

static Message check(const struct work *w, const struct record *s, int *field)
{
    *field = SAVED_KIND;
    if (!is_of_demands(s))
        return v_is(s->v[SAVED_QUERY]) ? NO_MESSAGE : MSG(N_("Search for suppliers first; the search is then saved from the page of its results."));
    return w->actor.organisation || w->actor.roles & SYSTEM
               ? NO_MESSAGE : MSG(N_("Only an account that works for an enterprise of the register can be told of demands that fit it."));
}

const struct entity saved_search = {
    .name = "saved_search", .path = "saved-searches", .one = N_("Saved search"), .many = N_("Saved searches"), .shelf = N_("Linkage"), FIELDS(fields),
    .title = SAVED_NAME, .id_prefix = "TL", .rights = rights, .check = check,
    .about = N_("What people look for again and again; each is seen by its own account alone."),
};

/* ---- keeping -------------------------------------------------------------------------------- */

struct keeping { struct record *fresh; Message *why; };

static enum err keep(struct work *w, void *arg)
{
    const struct keeping *k = arg;
    struct problems wrong = { 0 };
    int64_t n = 0;
    bool changed;
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM saved_search WHERE account = $1"), ARGS(v_int(w->actor.account)), &n));
    if (n >= SAVED_MOST) return *k->why = MSG(N_("You have {1} saved searches; delete one first."), str_f(w->a, "%lld", (long long)n)), ERR_INVALID;
    rows_fill(w, k->fresh);
    record_check(w, k->fresh, &wrong);
    if (wrong.n) return *k->why = wrong.p[0].sentence ? wrong.p[0].what : MSG(N_("This cannot be saved: {1}"), problem_str(w, &wrong.p[0])), ERR_INVALID;
    return record_save(w, NULL, k->fresh, &changed);
}

enum err saved_search_keep(struct work *w, struct record *fresh, Message *why)
{
    struct keeping k = { fresh, why };
    if (v_str(fresh->v[SAVED_QUERY]).n > QUERY_MOST) return *why = MSG(N_("This search asks too much to be saved.")), ERR_INVALID;
    return work_write(w, keep, &k);
}

/* ---- what there is now ------------------------------------------------------------------------ */

struct found { int64_t id; int percent; };
struct founds { struct found *p; size_t n, cap; };

bool wanted_again(struct work *w, Str kept, struct wanted *out)
{
    struct params query;
    struct wrong_parts wrong = { 0 };
    Message why;
    if (params_read(w->a, kept, PARAMS_QUERY, &query, &why)) return false;         /* written by an older version */
    struct asked *asked = NEW_ARRAY(w->a, struct asked, query.n + 1);
    for (size_t i = 0; i < query.n; i++) asked[i] = (struct asked){ query.p[i].name, query.p[i].value };
    return !wanted_read(w, asked, query.n, out, &wrong) && (out->n || out->words.n);
}

static enum err suppliers_of(struct work *w, const struct search *index, const struct record *s, struct founds *out)
{
    struct wanted wanted;
    struct match_result best;
    if (!wanted_again(w, v_str(s->v[SAVED_QUERY]), &wanted)) return OK;
    struct match_demand d = wanted_demand(w, &wanted, FOUND_MOST);
    TRY(match_find(index, w->a, &d, false, &best));
    for (size_t i = 0; i < best.n; i++) {
        int percent = (int)wanted_percent(&wanted, best.hits[i].score);
        if (percent >= WELL) *GROW(w->a, *out) = (struct found){ best.hits[i].id, percent };
    }
    return OK;
}

static bool kept_out(const struct match_demand *d, const struct match_hit *hit)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->criteria[i].must && hit->reasons[i].answer == NOT_MET) return true;
    return d->words.n && d->words_must && hit->reasons[d->n].answer == NOT_MET;
}

static enum err demands_for(struct work *w, const struct search *index, const struct records *open, int64_t enterprise_id, struct founds *out)
{
    for (size_t i = 0; i < open->n && out->n < FOUND_MOST; i++) {
        struct wanted wanted = wanted_of(w, open->p[i]);
        struct match_demand d = wanted_demand(w, &wanted, 1);
        struct match_hit hit;
        enum err e = match_explain(index, w->a, &d, enterprise_id, &hit);
        if (e == ERR_MISSING) return OK;                    /* not in the public register          */
        TRY(e);
        int percent = (int)wanted_percent(&wanted, hit.score);
        if (percent >= WELL && !kept_out(&d, &hit)) *GROW(w->a, *out) = (struct found){ open->p[i]->id, percent };
    }
    return OK;
}

/* ---- the mail ----------------------------------------------------------------------------------- */

static Str page_of(struct work *reader, const struct record *r)
{
    return str_f(reader->a, "{base}%s/%s/%.*s", reader->lang == EN ? "/en" : "", r->e == &demand ? "demands" : "enterprises",
                 FMT(public_id(reader->a, r->e, r->id)));
}

static enum err put_found(struct buf *b, struct work *reader, const struct entity *e, const struct found *f)
{
    struct record *r;
    Str percent = str_f(reader->a, "%d", f->percent);
    TRY(record_load(reader, e, f->id, &r));
    put_message(b, reader->lang, MSG(N_("* {1}: fits to {2} %"), record_title(reader, r), percent));
    put_f(b, "\n  %.*s\n\n", FMT(page_of(reader, r)));
    return OK;
}

static enum err mail_new(struct work *w, const struct record *s, const struct record *account, const struct founds *fresh)
{
    struct work reader = *w;
    struct buf b = buf_make(w->a);
    reader.lang = account_lang(account);
    Str name = v_str(s->v[SAVED_NAME]), count = str_f(w->a, "%zu", fresh->n);
    Str fewer = str_f(w->a, "%s/alerts/%.*s", reader.lang == EN ? "/en" : "", FMT(v_str(s->v[SAVED_TICKET])));
    put_message(&b, reader.lang, MSG(N_("Dear {1},"), v_str(account->v[ACCOUNT_NAME])));
    put_z(&b, "\n\n");
    put_message(&b, reader.lang, is_of_demands(s) ? MSG(N_("open demands that your enterprise fits and that are new since the last look: {1}."), count)
                                                  : MSG(N_("suppliers that fit your search “{2}” and are new since the last look: {1}."), count, name));
    put_z(&b, "\n\n");
    for (size_t i = 0; i < fresh->n && i < TOLD_MOST; i++) TRY(put_found(&b, &reader, is_of_demands(s) ? &demand : &enterprise, &fresh->p[i]));
    put_z(&b, "-- \n");
    put_message(&b, reader.lang, MSG(N_("No more mails of this search, with one click and without signing in:")));
    put_f(&b, "\n{base}%.*s\n", FMT(fewer));
    return mail_put_unasked(w, v_str(account->v[ACCOUNT_EMAIL]), message_str(w->a, reader.lang, MSG(N_("New for “{1}”: {2}"), name, count)), buf_str(&b), fewer);
}

/* ---- telling -------------------------------------------------------------------------------------- */

static bool is_due(const struct work *w, const struct record *s)
{
    struct date last;
    int days = 0;
    for (size_t i = 0; i < COUNT(days_between); i++)
        if (str_is(v_str(s->v[SAVED_FREQUENCY]), frequencies[i].code)) days = days_between[i];
    if (!days) return false;
    return !date_from_iso(v_str(s->v[SAVED_LAST]), &last) || date_days(w->today) - date_days(last) >= days;
}

static Val seen_of(struct arena *a, const struct founds *found)
{
    struct buf b = buf_make(a);
    put_c(&b, ';');
    for (size_t i = 0; i < found->n; i++) put_f(&b, "%lld;", (long long)found->p[i].id);
    return v_text(buf_str(&b));
}

static struct founds not_in(struct arena *a, const struct founds *found, Val seen)
{
    struct founds fresh = { 0 };
    for (size_t i = 0; i < found->n; i++)
        if (!many_has(seen, str_f(a, "%lld", (long long)found->p[i].id))) *GROW(a, fresh) = found->p[i];
    return fresh;
}

static enum err look(struct work *w, const struct search *index, const struct records *open, const struct record *was)
{
    struct record *account, *now = record_copy(w->a, was);
    struct founds found = { 0 };
    bool changed;
    TRY(record_load(w, &account_entity, v_i64(was->v[SAVED_ACCOUNT]), &account));
    if (!account_active(account)) return OK;
    if (is_of_demands(was)) TRY(demands_for(w, index, open, v_i64(account->v[ACCOUNT_ORGANISATION]), &found));
    else TRY(suppliers_of(w, index, was, &found));
    if (!v_is(now->v[SAVED_TICKET])) now->v[SAVED_TICKET] = v_text(random_token(w->a));
    struct founds fresh = not_in(w->a, &found, was->v[SAVED_SEEN]);
    now->v[SAVED_SEEN] = seen_of(w->a, &found);
    now->v[SAVED_LAST] = v_text(date_iso(w->a, w->today));
    TRY(record_save(w, was, now, &changed));
    return v_is(was->v[SAVED_SEEN]) && fresh.n ? mail_new(w, now, account, &fresh) : OK;
}

/* Those that anybody may answer. */
static enum err open_demands(struct work *w, struct records *out)
{
    struct ids { int64_t *p; size_t n, cap; } ids = { 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT id FROM demand WHERE state = $1 AND reach = $2 ORDER BY id"),
                             ARGS(v_text(S("open")), v_text(S("anybody"))));
    while (rows_next(&r)) *GROW(w->a, ids) = row_int(&r, 0);
    TRY(rows_end(&r));
    return records_of(w, &demand, ids.p, ids.n, true, out);
}

enum err saved_searches_tell(struct work *w, const struct search *index)
{
    struct records open, some;
    int64_t after = 0;
    MUST(db_in_write(w->db));
    TRY(open_demands(w, &open));
    do {
        TRY(records_load(w, &saved_search, after, AT_ONCE, false, &some));
        for (size_t i = 0; i < some.n; i++) {
            if (is_due(w, some.p[i])) TRY(look(w, index, &open, some.p[i]));
            after = some.p[i]->id;
        }
    } while (some.n == AT_ONCE);
    return OK;
}

/* ---- ending -------------------------------------------------------------------------------------- */

enum err saved_search_by_ticket(struct work *w, Str ticket, struct record **out)
{
    int64_t id;
    if (!ticket.n) return ERR_MISSING;
    TRY(record_find(w, &saved_search, SAVED_TICKET, v_text(ticket), &id));
    return id ? record_load(w, &saved_search, id, out) : ERR_MISSING;
}

static enum err stop(struct work *w, void *arg)
{
    const Str *ticket = arg;
    struct record *was;
    bool changed;
    TRY(saved_search_by_ticket(w, *ticket, &was));
    struct record *now = record_copy(w->a, was);
    now->v[SAVED_FREQUENCY] = v_text(S("never"));
    return record_save(w, was, now, &changed);
}

enum err saved_search_stop(struct work *w, Str ticket)
{
    struct actor before = w->actor;
    w->actor = (struct actor){ .roles = SYSTEM, .name = S("link of an alert") };
    enum err e = work_write(w, stop, &ticket);
    w->actor = before;
    return e;
}
