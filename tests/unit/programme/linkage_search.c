/* Saved searches and what is told of them; searches that found nobody good. */
#include "fixture.h"

#include "base/date.h"
#include "programme/linkage/search.h"

/* ---- fixtures ----------------------------------------------------------------------------------- */

static const char CASTERS[] = "Mã số thuế,Tên doanh nghiệp,Công nghệ\n0100233488,Công ty TNHH Đúc Một,Đúc áp lực\n";
static const char ANOTHER[] = "Mã số thuế,Tên doanh nghiệp,Công nghệ\n0100109106,Công ty TNHH Đúc Hai,Đúc áp lực\n";

/* What can be done, of all that are in the register. */
static struct search *suppliers(struct work *w)
{
    static const struct search_schema schema = { .fields = 1, .field = { { 8, 4 } } };
    struct search_build *b = search_build_open(&schema, (size_t)1 << 28);
    struct records all;
    CHECK_INT(records_load(w, &enterprise, 0, 1000, true, &all), OK);
    for (size_t i = 0; i < all.n; i++) {
        struct able able = able_of(w, all.p[i]);
        Str name = record_title(w, all.p[i]);
        struct search_doc doc = { .id = all.p[i]->id, .sort = name, .field = &name, .facts = able.facts, .facts_n = able.n };
        CHECK_INT(search_build_add(b, &doc), OK);
    }
    return search_build_close(b, 1);
}

static struct record *kept_search(struct work *theirs, const char *kind, const char *query)
{
    struct record *s = record_make(theirs->a, &saved_search);
    Message why = NO_MESSAGE;
    s->v[SAVED_NAME] = v_text(S("Đúc"));
    s->v[SAVED_KIND] = v_text(str_of(kind));
    s->v[SAVED_FREQUENCY] = v_text(S("daily"));
    if (*query) s->v[SAVED_QUERY] = v_text(str_of(query));
    CHECK_INT(saved_search_keep(theirs, s, &why), OK);
    return s;
}

static enum err tell_inside(struct work *w, void *index) { return saved_searches_tell(w, index); }

/* What is told on the next day. */
static void next_day(struct work *w)
{
    struct work *program = work_of(w, SYSTEM);
    struct search *index = suppliers(w);
    time_set_now(time_now() + DAYS);
    w->today = program->today = date_today();
    CHECK_INT(work_write(program, tell_inside, index), OK);
    search_release(index);
}

static Str last_mail(struct work *w)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT body FROM mail ORDER BY id DESC LIMIT 1"), NO_ARGS);
    Str text = rows_next(&r) ? row_text(&r, 0) : S("");
    CHECK_INT(rows_end(&r), OK);
    return text;
}

static struct record *as_it_is(struct work *w, const struct record *s)
{
    struct record *r;
    CHECK_INT(record_load(w, &saved_search, s->id, &r), OK);
    return r;
}

/* ---- saved searches -------------------------------------------------------------------------------- */

TEST_REGISTER(a_saved_search_tells_once_of_each_supplier_that_came_since)
{
    import_text(w, CASTERS);
    kept_search(someone(w, "mua@example.vn", "buyer", 0, NULL), "suppliers", "process=die-casting");
    next_day(w);
    CHECK_INT(count_of(w, "mail"), 0);                      /* what was there when it was saved is no news */
    import_text(w, ANOTHER);
    next_day(w);
    CHECK_INT(count_of(w, "mail"), 1);
    CHECK(str_has(last_mail(w), S("Đúc Hai")) && !str_has(last_mail(w), S("Đúc Một")));
    next_day(w);
    CHECK_INT(count_of(w, "mail"), 1);
}

TEST_REGISTER(the_link_of_a_mail_ends_its_alert_without_an_account)
{
    struct record *s = kept_search(someone(w, "mua@example.vn", "buyer", 0, NULL), "suppliers", "process=die-casting"), *found;
    next_day(w);
    import_text(w, CASTERS);
    next_day(w);
    Str ticket = v_str(as_it_is(w, s)->v[SAVED_TICKET]);
    CHECK(str_has(last_mail(w), str_f(a, "{base}/alerts/%.*s", FMT(ticket))));
    CHECK_INT(saved_search_by_ticket(w, ticket, &found), OK);
    CHECK_INT(found->id, s->id);
    CHECK_INT(saved_search_by_ticket(w, S(""), &found), ERR_MISSING);
    CHECK_INT(saved_search_stop(work_of(w, VISITOR), S("nobody's")), ERR_MISSING);
    CHECK_INT(saved_search_stop(work_of(w, VISITOR), ticket), OK);
    import_text(w, ANOTHER);
    next_day(w);
    CHECK_INT(count_of(w, "mail"), 1);
}

TEST_REGISTER(a_weekly_search_is_looked_at_once_a_week)
{
    struct work *theirs = someone(w, "mua@example.vn", "buyer", 0, NULL);
    struct record *s = record_make(a, &saved_search);
    Message why;
    s->v[SAVED_NAME] = v_text(S("Đúc")), s->v[SAVED_KIND] = v_text(S("suppliers")), s->v[SAVED_FREQUENCY] = v_text(S("weekly"));
    s->v[SAVED_QUERY] = v_text(S("process=die-casting"));
    CHECK_INT(saved_search_keep(theirs, s, &why), OK);
    for (int day = 0; day < 6; day++) next_day(w);
    CHECK_STR(v_str(as_it_is(w, s)->v[SAVED_LAST]), S("2026-11-23"));
    next_day(w), next_day(w);
    CHECK_STR(v_str(as_it_is(w, s)->v[SAVED_LAST]), S("2026-11-30"));
}

static enum err open_a_demand(struct work *w, void *arg)
{
    struct record *d = record_make(w->a, &demand);
    bool changed;
    const struct code *casting = code_find(w->codes, S("process"), S("die-casting"));
    d->v[DEMAND_TITLE] = v_text(S("Vỏ nhôm đúc"));
    d->v[DEMAND_PROCESS] = v_text(str_f(w->a, ";%.*s;", FMT(casting->key)));
    d->v[DEMAND_REACH] = v_text(S("anybody"));
    d->v[DEMAND_QUOTES_BY] = v_text(S("2027-01-31"));
    d->v[DEMAND_BUYER] = v_text(S("Nhà máy Lắp ráp"));
    d->v[DEMAND_COUNTRY] = v_text(code_find(w->codes, S("country"), S("JP"))->key);
    TRY(record_save(w, NULL, d, &changed));
    return db_exec(w->db, w->a, SQL("UPDATE demand SET state = 'open' WHERE id = $1"), ARGS(v_int(d->id)));
}

TEST_REGISTER(an_enterprise_is_told_of_open_demands_that_it_fits_and_no_other_is)
{
    import_text(w, CASTERS);
    import_text(w, "Mã số thuế,Tên doanh nghiệp,Công nghệ\n0100109106,Công ty TNHH Sơn Hai,Sơn tĩnh điện\n");
    struct work *caster = someone(w, "duc@example.vn", "enterprise", enterprise_by(w, "0100233488")->id, NULL);
    struct work *painter = someone(w, "son@example.vn", "enterprise", enterprise_by(w, "0100109106")->id, NULL);
    kept_search(caster, "demands", ""), kept_search(painter, "demands", "");
    next_day(w);
    CHECK_INT(work_write(work_of(w, SYSTEM), open_a_demand, NULL), OK);
    next_day(w);
    CHECK_INT(count_of(w, "mail"), 1);
    CHECK(str_has(last_mail(w), S("Vỏ nhôm đúc")) && str_has(last_mail(w), S("{base}/demands/NC-")));
    CHECK(!str_has(last_mail(w), S("Nhà máy")));
}

TEST_REGISTER(a_search_is_its_own_accounts_alone_and_each_has_but_so_many)
{
    struct work *theirs = someone(w, "mua@example.vn", "buyer", 0, NULL), *other = someone(w, "khac@example.vn", "officer", 0, NULL);
    struct record *s = kept_search(theirs, "suppliers", "process=die-casting"), *more = record_make(a, &saved_search);
    Message why = NO_MESSAGE;
    CHECK(record_visible(theirs, as_it_is(w, s)));
    CHECK(!record_visible(other, as_it_is(w, s)));
    CHECK_INT(saved_search_keep(theirs, more, &why), ERR_INVALID);
    CHECK(why.id);
    more->v[SAVED_NAME] = v_text(S("Nhu cầu")), more->v[SAVED_KIND] = v_text(S("demands")), more->v[SAVED_FREQUENCY] = v_text(S("daily"));
    CHECK_INT(saved_search_keep(theirs, more, &why), ERR_INVALID);         /* of no enterprise      */
    for (int i = 1; i < SAVED_MOST; i++) kept_search(theirs, "suppliers", "process=die-casting");
    more->v[SAVED_KIND] = v_text(S("suppliers")), more->v[SAVED_QUERY] = v_text(S("process=die-casting"));
    CHECK_INT(saved_search_keep(theirs, more, &why), ERR_INVALID);
}

/* ---- searched in vain -------------------------------------------------------------------------------- */

TEST_REGISTER(what_was_searched_in_vain_is_counted_by_day_without_who)
{
    struct work *program = work_of(w, SYSTEM);
    struct unmet *u = unmet_open();
    unmet_note(u, S("process=forging"), S("rèn 5.000 tấn"), 20);
    unmet_note(u, S("process=forging"), S("rèn 5000 t"), 20);
    unmet_note(u, S("words=titan"), S("titan"), 0);
    unmet_note(u, S(""), S("nothing"), 0);
    CHECK_INT(unmet_write(u, program), OK);
    CHECK_INT(count_of(w, "unmet_search"), 2);
    unmet_note(u, S("process=forging"), S("rèn"), 25);
    CHECK_INT(unmet_write(u, program), OK);
    CHECK_INT(unmet_write(u, program), OK);
    struct records all;
    CHECK_INT(records_load(w, &unmet_search, 0, 10, false, &all), OK);
    CHECK_INT(all.n, 2);
    CHECK_INT(v_i64(all.p[0]->v[UNMET_TIMES]), 3);
    CHECK_INT(v_i64(all.p[0]->v[UNMET_BEST]), 25);
    CHECK_STR(v_str(all.p[0]->v[UNMET_DAY]), S("2026-11-22"));
    CHECK_STR(v_str(all.p[0]->v[UNMET_WORDS]), S("rèn 5.000 tấn"));
    CHECK(record_visible(work_of(w, OFFICER), all.p[0]) && !record_visible(work_of(w, ENTERPRISE), all.p[0]));
    unmet_close(u);
}

TEST_REGISTER(a_flood_of_searches_in_vain_takes_no_more_than_its_bound)
{
    enum { FLOOD = 3000, KEPT = 1000 };
    struct unmet *u = unmet_open();
    char *words = NEW_ARRAY(a, char, 5000);
    memset(words, 'x', 4999);
    for (int i = 0; i < FLOOD; i++) unmet_note(u, str_f(a, "words=%d", i), (Str){ words, 4999 }, 0);
    unmet_note(u, (Str){ words, 4999 }, S("too long to be kept"), 0);
    CHECK_INT(unmet_write(u, work_of(w, SYSTEM)), OK);
    CHECK_INT(count_of(w, "unmet_search"), KEPT);
    unmet_close(u);
}
