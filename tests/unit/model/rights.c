/* rights.c - who sees, filters, exports and writes what, on made-up entities with each kind of rows and of field. */
#include "fixture.h"

#include "model/explain.h"
#include "model/export.h"
#include "model/json.h"
#include "model/merge.h"
#include "model/schema.h"
#include "model/view.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- a model of its own --------------------------------------------------------------------- */

extern const struct entity firm, branch, ledger, wish;

enum { BRANCH_NAME, BRANCH_RENT };
static const struct field branch_fields[] = {
    [BRANCH_NAME] = { "name", "Branch", &text_type, KEY | PUBLIC | LISTED, .max = 100 },
    [BRANCH_RENT] = { "rent", "Rent", &money_type, LISTED | OWNER },
};
const struct entity branch = { .name = "branch", .parent = &firm, .one = "Branch", .many = "Branches", FIELDS(branch_fields) };

static const struct field ledger_fields[] = { { "entry", "Entry", &text_type, KEY | PUBLIC | LISTED, .max = 100 } };
const struct entity ledger = { .name = "ledger", .parent = &firm, .one = "Ledger", .many = "Ledgers", FIELDS(ledger_fields) };

static const struct choice shown[] = { { "hidden", "Hidden" }, { NULL } };
enum { NAME, PHONE, CAPITAL, SECRET, CHECKED, FOUNDED, AREA, CLUBS, SHOWN, BRANCHES, LEDGERS };
static const struct field firm_fields[] = {
    [NAME]     = { "name", "Name", &text_type, REQUIRED | PUBLIC | LISTED, .max = 100 },
    [PHONE]    = { "phone", "Telephone", &phone_type, PERSONAL | LISTED, .max = 40 },
    [CAPITAL]  = { "capital", "Capital", &money_type, OWNER | LISTED },
    [SECRET]   = { "secret", "Remark of the office", &text_type, LISTED, .max = 100 },
    [CHECKED]  = { "checked", "Checked", &boolean_type, PUBLIC, .writers = OFFICER },
    [FOUNDED]  = { "founded", "Founded", &year_type, PUBLIC | FIXED },
    [AREA]     = { "area", "Ward", &code_type, PUBLIC | LISTED, .list = "ward" },
    [CLUBS]    = { "clubs", "Clubs", &codes_type, PUBLIC, .list = "association" },
    [SHOWN]    = { "shown", "Shown", &choice_type, 0, .choices = shown },
    [BRANCHES] = { "branches", "Branches", &children_type, PUBLIC, .to = &branch },
    [LEDGERS]  = { "ledgers", "Ledgers", &children_type, 0, .to = &ledger },
};
static bool is_shown(const struct record *r) { return !v_is(r->v[SHOWN]); }
static const struct right firm_rights[] = {
    { EVERYBODY,   MAY_READ,                PUBLIC_FIELDS, ROWS_PUBLISHED },
    { ENTERPRISE,  MAY_READ | MAY_PROPOSE,  OWN_FIELDS,    ROWS_OWN,     ID_ITSELF },
    { WARD,        MAY_READ,                ALL_FIELDS,    ROWS_WARD,    AREA },
    { WARD,        MAY_CHANGE,              OWN_FIELDS,    ROWS_WARD,    AREA },
    { ASSOCIATION, MAY_READ,                PUBLIC_FIELDS, ROWS_MEMBERS, CLUBS },
    { LEADER,      MAY_READ,                PUBLIC_FIELDS, ROWS_ALL },
    { OFFICER,     MAY_ALL,                 ALL_FIELDS,    ROWS_ALL },
    { 0 },
};
const struct entity firm = { .name = "firm", .path = "firms", .one = "Firm", .many = "Firms", FIELDS(firm_fields), .id_prefix = "FM",
    .rights = firm_rights, .organisation = true, .published = is_shown };

enum { WISH_TEXT, WISH_FIRM, WISH_NOTE, WISH_ACCOUNT };
static const struct field wish_fields[] = {
    [WISH_TEXT]    = { "text", "Text", &text_type, REQUIRED | OWNER | LISTED, .max = 100 },
    [WISH_FIRM]    = { "firm", "Firm", &reference_type, OWNER | LISTED, .to = &firm },
    [WISH_NOTE]    = { "note", "Note of the office", &text_type, LISTED, .max = 100 },
    [WISH_ACCOUNT] = { "account", "Account", &account_type, OWNER | LISTED, .writers = OFFICER },
};
static const struct right wish_rights[] = {
    { SIGNED_IN, MAY_READ | MAY_CREATE | MAY_CHANGE | MAY_DELETE, OWN_FIELDS, ROWS_MINE, WISH_ACCOUNT },
    { OFFICER,   MAY_ALL, ALL_FIELDS, ROWS_ALL },
    { 0 },
};
const struct entity wish = { .name = "wish", .path = "wishes", .one = "Wish", .many = "Wishes", FIELDS(wish_fields), .id_prefix = "WI",
    .rights = wish_rights };

static const struct entity *const small_model[] = { &firm, &branch, &ledger, &wish, NULL };

/* ---- who and what --------------------------------------------------------------------------- */

#define WARD_A "2025/00004"
#define WARD_B "2025/00008"
#define CLUB_X "2026/HANSIBA"
#define CLUB_Y "2026/HAMI"

/* Firms 1 to 4; each has a branch and a ledger of its own number, and a telephone, capital and remark that tell it. */
static const struct { const char *area, *clubs, *shown; } firms[] = {
    { WARD_A, ";" CLUB_X ";", NULL }, { WARD_B, ";" CLUB_Y ";" CLUB_X ";", "hidden" }, { NULL, NULL, "hidden" }, { WARD_A, ";" CLUB_Y ";", "hidden" } };

enum who { NOBODY, PASSER_BY, FIRM_1, FIRM_2, JOBLESS, WARD_OFFICER, LOST_OFFICER, CLUB_OFFICER, WARD_AND_CLUB, FIRM_AND_WARD, LEADER_AND_WARD,
           A_LEADER, AN_OFFICER, PROGRAM, ACTORS };
static const struct actor actors[ACTORS] = {
    [NOBODY]          = { .account = 50 },
    [PASSER_BY]       = { .roles = VISITOR },
    [FIRM_1]          = { .roles = ENTERPRISE, .account = 1, .organisation = 1 },
    [FIRM_2]          = { .roles = ENTERPRISE, .account = 2, .organisation = 2 },
    [JOBLESS]         = { .roles = ENTERPRISE, .account = 3 },
    [WARD_OFFICER]    = { .roles = WARD, .account = 4, .ward = S_(WARD_A) },
    [LOST_OFFICER]    = { .roles = WARD, .account = 5 },
    [CLUB_OFFICER]    = { .roles = ASSOCIATION, .account = 6, .association = S_(CLUB_X) },
    [WARD_AND_CLUB]   = { .roles = WARD | ASSOCIATION, .account = 7, .ward = S_(WARD_A), .association = S_(CLUB_X) },
    [FIRM_AND_WARD]   = { .roles = ENTERPRISE | WARD, .account = 8, .organisation = 2, .ward = S_(WARD_A) },
    [LEADER_AND_WARD] = { .roles = LEADER | WARD, .account = 9, .ward = S_(WARD_A) },
    [A_LEADER]        = { .roles = LEADER, .account = 10 },
    [AN_OFFICER]      = { .roles = OFFICER, .account = 11 },
    [PROGRAM]         = { .roles = SYSTEM },
};

/* Which firms stand in the actor's list, which may be opened, what of each row a list shows, what of firms 1 to 4 their own pages show. */
static const struct { const char *listed, *visible; enum depth lists, reads[4]; } expected[ACTORS] = {
    [NOBODY]          = { "",        "",        NO_FIELDS,     { NO_FIELDS, NO_FIELDS, NO_FIELDS, NO_FIELDS } },
    [PASSER_BY]       = { "1",       "1",       PUBLIC_FIELDS, { PUBLIC_FIELDS, NO_FIELDS, NO_FIELDS, NO_FIELDS } },
    [FIRM_1]          = { "1",       "1",       OWN_FIELDS,    { OWN_FIELDS, NO_FIELDS, NO_FIELDS, NO_FIELDS } },
    [FIRM_2]          = { "2",       "1 2",     OWN_FIELDS,    { PUBLIC_FIELDS, OWN_FIELDS, NO_FIELDS, NO_FIELDS } },
    [JOBLESS]         = { "1",       "1",       PUBLIC_FIELDS, { PUBLIC_FIELDS, NO_FIELDS, NO_FIELDS, NO_FIELDS } },
    [WARD_OFFICER]    = { "1 4",     "1 4",     ALL_FIELDS,    { ALL_FIELDS, NO_FIELDS, NO_FIELDS, ALL_FIELDS } },
    [LOST_OFFICER]    = { "1",       "1",       PUBLIC_FIELDS, { PUBLIC_FIELDS, NO_FIELDS, NO_FIELDS, NO_FIELDS } },
    [CLUB_OFFICER]    = { "1 2",     "1 2",     PUBLIC_FIELDS, { PUBLIC_FIELDS, PUBLIC_FIELDS, NO_FIELDS, NO_FIELDS } },
    [WARD_AND_CLUB]   = { "1 2 4",   "1 2 4",   PUBLIC_FIELDS, { ALL_FIELDS, PUBLIC_FIELDS, NO_FIELDS, ALL_FIELDS } },
    [FIRM_AND_WARD]   = { "1 2 4",   "1 2 4",   OWN_FIELDS,    { ALL_FIELDS, OWN_FIELDS, NO_FIELDS, ALL_FIELDS } },
    [LEADER_AND_WARD] = { "1 2 3 4", "1 2 3 4", PUBLIC_FIELDS, { ALL_FIELDS, PUBLIC_FIELDS, PUBLIC_FIELDS, ALL_FIELDS } },
    [A_LEADER]        = { "1 2 3 4", "1 2 3 4", PUBLIC_FIELDS, { PUBLIC_FIELDS, PUBLIC_FIELDS, PUBLIC_FIELDS, PUBLIC_FIELDS } },
    [AN_OFFICER]      = { "1 2 3 4", "1 2 3 4", ALL_FIELDS,    { ALL_FIELDS, ALL_FIELDS, ALL_FIELDS, ALL_FIELDS } },
    [PROGRAM]         = { "1 2 3 4", "1 2 3 4", ALL_FIELDS,    { ALL_FIELDS, ALL_FIELDS, ALL_FIELDS, ALL_FIELDS } },
};

static void add_firms(struct work *w)
{
    for (size_t i = 0; i < COUNT(firms); i++) {
        struct record *r = record_make(w->a, &firm);
        int n = (int)i + 1;
        r->v[NAME] = v_text(str_f(w->a, "firm-%d", n));
        r->v[PHONE] = v_text(str_f(w->a, "phone-%d", n));
        r->v[CAPITAL] = v_int(7770 + n);
        r->v[SECRET] = v_text(str_f(w->a, "secret-%d", n));
        if (firms[i].area) r->v[AREA] = v_text(str_of(firms[i].area));
        if (firms[i].clubs) r->v[CLUBS] = v_text(str_of(firms[i].clubs));
        if (firms[i].shown) r->v[SHOWN] = v_text(str_of(firms[i].shown));
        struct record *child = record_add(w->a, r, BRANCHES);
        child->v[BRANCH_NAME] = v_text(str_f(w->a, "branch-%d", n));
        child->v[BRANCH_RENT] = v_int(8880 + n);
        record_add(w->a, r, LEDGERS)->v[0] = v_text(str_f(w->a, "ledger-%d", n));
        CHECK_INT(save(w, NULL, r), OK);
    }
}

static struct work *small(struct work *w)
{
    struct work *s = NEW(w->a, struct work);
    *s = *w;
    s->m = model_make(w->a, small_model);
    s->lang = EN;
    s->actor = actors[PROGRAM];
    work_tables(s);
    add_firms(s);
    return s;
}

static struct work *as(struct work *w, enum who who)
{
    struct work *other = NEW(w->a, struct work);
    *other = *w;
    other->actor = actors[who];
    return other;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static Str listed(struct work *w, const struct entity *e)
{
    struct list_query q = { .sort = -1, .limit = 2 };
    struct list l = { .more = true };
    struct buf b = buf_make(w->a);
    while (l.more) {
        enum err err = list_load(w, e, &q, false, &l);
        if (err == ERR_DENIED) return S("");
        CHECK_INT(err, OK);
        for (size_t i = 0; i < l.records.n; i++) put_f(&b, "%s%lld", b.n ? " " : "", (long long)(q.after = l.records.p[i]->id));
    }
    return buf_str(&b);
}

TEST_MODEL(each_actor_lists_and_opens_the_rows_of_the_rights_that_hold)
{
    struct work *s = small(w);
    for (enum who who = 0; who < ACTORS; who++) {
        struct work *actor = as(s, who);
        struct buf visible = buf_make(a);
        int64_t n = 0;
        for (int64_t id = 1; id <= (int64_t)COUNT(firms); id++) {
            struct record *r = load(actor, &firm, id);
            if (record_visible(actor, r)) put_f(&visible, "%s%lld", visible.n ? " " : "", (long long)id);
            CHECK_INT(reach_of(actor, r).reads, expected[who].reads[id - 1]);
            CHECK_INT(record_listed(actor, r), str_has(str_of(expected[who].listed), str_f(a, "%lld", (long long)id)));
        }
        CHECK_STR(listed(actor, &firm), str_of(expected[who].listed));
        CHECK_STR(listed(actor, &branch), str_of(expected[who].listed));
        CHECK_STR(buf_str(&visible), str_of(expected[who].visible));
        CHECK_INT(reach_at_all(actor, &firm).reads, expected[who].lists);
        CHECK_INT(list_count(actor, &firm, &(struct list_query){ .sort = -1 }, 0, &n), who == NOBODY ? ERR_DENIED : OK);
        CHECK_INT(n, (str_of(expected[who].listed).n + 1) / 2);
    }
}

TEST_MODEL(children_without_their_owner_are_shown_to_nobody)
{
    struct work *s = small(w), *officer = as(s, AN_OFFICER);
    struct record *child = load(officer, &branch, 1);
    CHECK_INT(reach_of(officer, child).reads, NO_FIELDS);
    CHECK(!record_visible(officer, child) && !record_listed(officer, child));
    child->owner = load(officer, &firm, 1);
    CHECK_INT(reach_of(officer, child).reads, ALL_FIELDS);
    CHECK(may_list(officer, &ledger) && !may_list(as(s, FIRM_1), &ledger) && !may_list(as(s, PASSER_BY), &ledger));
    CHECK(may_list(as(s, PASSER_BY), &branch));
    CHECK_STR(listed(as(s, FIRM_1), &ledger), S(""));
}

TEST_MODEL(a_merged_number_leads_nowhere_for_who_may_not_know_what_it_became)
{
    struct work *s = small(w);
    int64_t batch, to;
    CHECK_INT(record_merge(s, &firm, 1, 3, &batch), OK);
    CHECK_INT(record_redirect(as(s, PASSER_BY), &firm, 1, &to), OK);
    CHECK_INT(to, 0);
    CHECK_INT(record_redirect(as(s, AN_OFFICER), &firm, 1, &to), OK);
    CHECK_INT(to, 3);
}

/* ---- fields --------------------------------------------------------------------------------- */

/* What tells a firm, before its number. */
static const struct { const char *trace; enum depth depth; bool of_child; } traces[] = {
    { "firm-", PUBLIC_FIELDS }, { "phone-", OWN_FIELDS }, { "777", OWN_FIELDS }, { "secret-", ALL_FIELDS },
    { "branch-", PUBLIC_FIELDS }, { "888", OWN_FIELDS, true }, { "ledger-", ALL_FIELDS },
};

/* Each trace of firm n is in the text exactly where that depth sees it; children: their own fields too. */
static void check_traces(struct arena *a, Str text, int n, enum depth depth, bool children, const char *what)
{
    for (size_t i = 0; i < COUNT(traces); i++) {
        Str trace = str_f(a, "%s%d", traces[i].trace, n);
        bool wanted = depth >= traces[i].depth && (children || !traces[i].of_child);
        if (str_has(text, trace) != wanted)
            test_fail(__FILE__, __LINE__, "%s: %.*s %s\n%.*s", what, FMT(trace), wanted ? "is missing" : "is there", FMT(text));
    }
}

static Str as_json(struct work *w, const struct record *r)
{
    struct buf b = buf_make(w->a);
    struct json_writer j = json_write_to(&b);
    put_record_json(&j, w, r);
    json_write_done(&j);
    return buf_str(&b);
}

static Str changes_as_json(struct work *w, int64_t id, enum depth depth)
{
    struct changes log;
    struct buf b = buf_make(w->a);
    struct json_writer j = json_write_to(&b);
    CHECK_INT(changes_of(w, &firm, id, 0, 10, &log), OK);
    CHECK_INT(log.n, 1);
    put_change_json(&j, w, &firm, depth, &log.p[0]);
    json_write_done(&j);
    return buf_str(&b);
}

TEST_MODEL(a_record_its_json_and_its_history_show_what_its_reader_may_see_and_no_more)
{
    struct work *s = small(w);
    for (enum who who = 0; who < ACTORS; who++)
        for (int n = 1; n <= (int)COUNT(firms); n++) {
            struct work *actor = as(s, who);
            struct record *r = load(actor, &firm, n);
            enum depth depth = expected[who].reads[n - 1];
            check_traces(a, as_json(actor, r), n, depth, true, "JSON");
            check_traces(a, changes_as_json(actor, n, depth), n, depth, true, "history");
            actor->lang = VI;                               /* its numbers are grouped otherwise   */
            Str page = detail_html(actor, r).s;
            CHECK_INT(str_has(page, str_f(a, "firm-%d", n)), depth >= PUBLIC_FIELDS);
            CHECK_INT(str_has(page, str_f(a, "phone-%d", n)) + str_has(page, str_f(a, "7.77%d", n)) + str_has(page, str_f(a, "8.88%d", n)),
                      depth >= OWN_FIELDS ? 3 : 0);
            CHECK_INT(str_has(page, str_f(a, "secret-%d", n)) + str_has(page, str_f(a, "ledger-%d", n)), depth == ALL_FIELDS ? 2 : 0);
        }
}

static Str exported(struct work *w, const struct entity *e, const struct list_query *q, enum export_format format, enum err want)
{
    char *bytes = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&bytes, &n);
    CHECK_INT(export_write(w, e, q, format, out), want);
    fclose(out);
    Str text = str_dup(w->a, (Str){ bytes, n });
    free(bytes);
    return text;
}

TEST_MODEL(exports_have_the_rows_and_fields_of_the_list)
{
    struct work *s = small(w);
    static const int64_t all[] = { 1, 2, 3, 4 };
    struct list_query plain = { .sort = -1 }, chosen = { .sort = -1, .only = all, .only_n = COUNT(all) };
    for (enum who who = 0; who < ACTORS; who++) {
        struct work *actor = as(s, who);
        enum err want = who == NOBODY ? ERR_DENIED : OK;
        Str csv = exported(actor, &firm, &plain, EXPORT_CSV, want), lines = exported(actor, &firm, &plain, EXPORT_NDJSON, want);
        for (int n = 1; n <= (int)COUNT(firms); n++) {
            bool in_list = str_has(str_of(expected[who].listed), str_f(a, "%d", n));
            check_traces(a, csv, n, in_list ? expected[who].lists : NO_FIELDS, false, "CSV");
            check_traces(a, lines, n, in_list ? expected[who].reads[n - 1] : NO_FIELDS, true, "NDJSON");
        }
        CHECK_STR(exported(actor, &firm, &chosen, EXPORT_NDJSON, OK), lines);
        if (want) continue;
        Str branches = exported(actor, &branch, &plain, EXPORT_CSV, OK);
        CHECK_INT(str_has(branches, S("888")), expected[who].lists >= OWN_FIELDS);
    }
}

TEST_MODEL(nobody_filters_sorts_or_chooses_by_what_a_list_does_not_show_them)
{
    struct work *s = small(w);
    static const struct { int field; enum depth depth; } fields[] = {
        { NAME, PUBLIC_FIELDS }, { PHONE, OWN_FIELDS }, { CAPITAL, OWN_FIELDS }, { SECRET, ALL_FIELDS }, { SHOWN, ALL_FIELDS } };
    for (enum who who = 0; who < ACTORS; who++)
        for (size_t i = 0; i < COUNT(fields); i++) {
            Str name = str_of(firm_fields[fields[i].field].name), value = fields[i].field == CAPITAL ? S("1") : S("hidden");
            const struct asked each[] = {
                { name, value }, { str_f(a, "%.*s.not", FMT(name)), value }, { str_f(a, "%.*s.empty", FMT(name)), S("1") },
                { str_f(a, "g3.%.*s", FMT(name)), value }, { S("sort"), name }, { S("columns"), name } };
            for (size_t k = 0; k < COUNT(each); k++) {
                struct list_query q;
                Message why;
                enum err err = list_read(as(s, who), &firm, &each[k], 1, NULL, &q, &why);
                if (fields[i].field == PHONE && k < 4 && k != 2) CHECK(err);        /* no telephone at all    */
                else CHECK_INT(err, expected[who].lists >= fields[i].depth ? OK : ERR_INVALID);
                if (expected[who].lists < fields[i].depth) CHECK(str_has(message_str(a, EN, why), S("There is no field")));
            }
        }
}

/* ---- writing -------------------------------------------------------------------------------- */

/* The fields of a firm that the actor may write: "name phone". */
static Str written(struct work *w, struct reach reach, bool fresh)
{
    struct buf b = buf_make(w->a);
    for EACH_FIELD(f, i, &firm)
        if (field_written(w, f, reach, fresh)) put_f(&b, "%s%s", b.n ? " " : "", f->name);
    return buf_str(&b);
}

TEST_MODEL(each_verb_has_the_fields_of_its_own_right)
{
    struct work *s = small(w);
    static const struct { enum who who; const char *fields; } rows[] = {
        { NOBODY, "" }, { PASSER_BY, "" }, { JOBLESS, "" }, { CLUB_OFFICER, "" }, { A_LEADER, "" }, { FIRM_2, "" }, { LOST_OFFICER, "" },
        { FIRM_1, "name phone capital area clubs branches" },
        { WARD_OFFICER, "name phone capital area clubs branches" },
        { AN_OFFICER, "name phone capital secret checked area clubs shown branches ledgers" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct work *actor = as(s, rows[i].who);
        CHECK_STR(written(actor, reach_of(actor, load(actor, &firm, 1)), false), str_of(rows[i].fields));
    }
    struct work *officer = as(s, AN_OFFICER), *ward = as(s, WARD_OFFICER);
    CHECK(str_has(written(officer, reach_at_all(officer, &firm), true), S("founded")));
    CHECK_STR(written(ward, reach_at_all(ward, &firm), true), S(""));
}

static enum err saved(struct work *w, const struct record *was, const struct record *now, const char *blamed)
{
    const struct field *f;
    enum err err = may_save(w, was, now, &f);
    CHECK_STR(str_of(f ? f->name : ""), str_of(blamed));
    return err;
}

TEST_MODEL(what_somebody_changes_is_asked_field_by_field_and_stays_among_their_rows)
{
    struct work *s = small(w), *ward = as(s, WARD_OFFICER);
    struct record *was = load(s, &firm, 1), *other = load(s, &firm, 2), *now;
    now = record_copy(a, was), now->v[NAME] = v_text(S("renamed"));
    CHECK_INT(saved(ward, was, now, ""), OK);
    CHECK_INT(saved(as(s, FIRM_1), was, now, ""), ERR_DENIED);          /* who may only propose       */
    CHECK_INT(saved(as(s, A_LEADER), was, now, ""), ERR_DENIED);
    now = record_copy(a, other), now->v[NAME] = v_text(S("renamed"));
    CHECK_INT(saved(ward, other, now, ""), ERR_DENIED);
    now = record_copy(a, was), now->v[SECRET] = v_text(S("told"));
    CHECK_INT(saved(ward, was, now, "secret"), ERR_DENIED);
    CHECK_INT(saved(as(s, AN_OFFICER), was, now, ""), OK);
    now = record_copy(a, was), now->v[CHECKED] = v_int(1);
    CHECK_INT(saved(ward, was, now, "checked"), ERR_DENIED);
    now = record_copy(a, was), now->v[FOUNDED] = v_int(1999);
    CHECK_INT(saved(as(s, AN_OFFICER), was, now, "founded"), ERR_DENIED);
    now = record_copy(a, was), now->v[AREA] = v_text(S(WARD_B));
    CHECK_INT(saved(ward, was, now, ""), ERR_DENIED);                   /* moved out of their rows    */
    now = record_copy(a, was), now->children[BRANCHES].p[0]->v[BRANCH_RENT] = v_int(1);
    CHECK_INT(saved(ward, was, now, ""), OK);
    now = record_copy(a, was), now->children[LEDGERS].n = 0;
    CHECK_INT(saved(ward, was, now, "ledgers"), ERR_DENIED);
    now = record_copy(a, was), now->children[LEDGERS].p[0]->v[0] = v_text(S("forged"));
    CHECK_INT(saved(ward, was, now, "entry"), ERR_DENIED);
    CHECK_INT(saved(ward, was, NULL, ""), ERR_DENIED);
    CHECK_INT(saved(as(s, AN_OFFICER), was, NULL, ""), OK);
}

TEST_MODEL(a_record_is_made_for_its_maker_and_for_nobody_else)
{
    struct work *s = small(w), *mine = as(s, FIRM_1);
    struct record *r = record_make(a, &wish);
    r->v[WISH_TEXT] = v_text(S("a crane"));
    CHECK_INT(saved(mine, NULL, r, ""), ERR_DENIED);
    rows_fill(mine, r);
    CHECK_INT(v_i64(r->v[WISH_ACCOUNT]), 1);
    CHECK_INT(saved(mine, NULL, r, ""), OK);
    r->v[WISH_ACCOUNT] = v_int(2);
    CHECK_INT(saved(mine, NULL, r, ""), ERR_DENIED);
    rows_fill(mine, r);
    CHECK_INT(v_i64(r->v[WISH_ACCOUNT]), 2);                            /* what is there is not changed in silence */
    r->v[WISH_ACCOUNT] = v_int(1);
    r->v[WISH_NOTE] = v_text(S("urgent"));
    CHECK_INT(saved(mine, NULL, r, "note"), ERR_DENIED);
    CHECK_INT(saved(as(s, PASSER_BY), NULL, r, ""), ERR_DENIED);
    struct record *free_one = record_make(a, &wish);
    rows_fill(as(s, AN_OFFICER), free_one);
    CHECK(!v_is(free_one->v[WISH_ACCOUNT]));
}

/* ---- explaining ----------------------------------------------------------------------------- */

TEST_MODEL(what_is_explained_is_what_is_decided)
{
    struct work *s = small(w);
    for (enum who who = 0; who < ACTORS; who++)
        for (int64_t id = 1; id <= (int64_t)COUNT(firms); id++) {
            struct work *actor = as(s, who);
            struct record *r = load(actor, &firm, id);
            struct reach reach = reach_of(actor, r);
            bool reads = false;
            for (const struct right *right = firm_rights; right->who; right++) {
                enum standing standing = right_standing(actor, right, r), at_all = right_standing(actor, right, NULL);
                CHECK(standing_said(right, standing).id && standing_said(right, at_all).id);
                CHECK_INT(standing == RIGHT_HOLDS, right_holds(actor, right, r) || who == PROGRAM);
                CHECK_INT(at_all == RIGHT_HOLDS || at_all == RIGHT_DEPENDS, right_applies(actor, right) || who == PROGRAM);
                reads |= standing == RIGHT_HOLDS && right->may & MAY_READ;
            }
            CHECK_INT(reads, record_visible(actor, r));
            for EACH_FIELD(f, i, &firm) {
                CHECK_INT(!why_not_seen(actor, &firm, f, reach).id, field_seen(f, reach.reads));
                CHECK_INT(!why_not_written(actor, &firm, f, reach, false).id, field_written(actor, f, reach, false));
            }
        }
}

TEST_MODEL(an_explanation_names_what_is_missing_and_whom_to_ask)
{
    struct work *s = small(w), *mine = as(s, FIRM_1), *jobless = as(s, JOBLESS);
    struct reach reach = reach_of(mine, load(mine, &firm, 1));
    CHECK_STR(message_str(a, EN, standing_said(&firm_rights[1], right_standing(jobless, &firm_rights[1], NULL))),
              S("No: the account works for no organisation. Ask the administrator to enter it."));
    CHECK_STR(message_str(a, EN, standing_said(&firm_rights[0], right_standing(mine, &firm_rights[0], load(mine, &firm, 2)))),
              S("No: the record is not published."));
    CHECK_STR(message_str(a, EN, why_not_seen(mine, &firm, &firm_fields[SECRET], reach)),
              S("Only for: Officer of the Department of Industry and Trade, Officer of a ward or commune."));
    CHECK_STR(message_str(a, EN, why_not_seen(jobless, &firm, &firm_fields[PHONE], reach_of(jobless, load(jobless, &firm, 1)))),
              S("Personal data; for: Enterprise, Officer of the Department of Industry and Trade, Officer of a ward or commune."));
    CHECK_STR(message_str(a, EN, why_not_written(mine, &firm, &firm_fields[CHECKED], reach, false)),
              S("Only for: Officer of the Department of Industry and Trade."));
    CHECK_STR(message_str(a, EN, why_not_written(mine, &firm, &firm_fields[FOUNDED], reach, false)),
              S("Set when the record was made, then never changed."));
    Html table = rights_html(mine, &firm, true, load(mine, &firm, 1));
    CHECK(str_has(table.s, S("<td data-label=\"Whether it holds\">Yes.</td>")) && str_has(table.s, S("none of these roles")));
    CHECK(!str_has(rights_html(mine, &firm, false, NULL).s, S("Whether it holds")));
}

TEST_MODEL(exports_have_the_columns_that_were_chosen_in_their_order)
{
    struct work *s = small(w);
    static const int chosen[] = { CAPITAL, NAME, SECRET };
    struct list_query q = { .sort = -1, .columns = chosen, .columns_n = COUNT(chosen) };
    CHECK(str_has(exported(as(s, AN_OFFICER), &firm, &q, EXPORT_CSV, OK),
                  S("Record number,Capital (đồng),Name,Remark of the office\r\nFM-000001-3,7771,firm-1,secret-1\r\n")));
    CHECK(str_has(exported(as(s, FIRM_1), &firm, &q, EXPORT_CSV, OK), S("Record number,Capital (đồng),Name\r\nFM-000001-3,7771,firm-1\r\n")));
    CHECK(str_has(exported(as(s, PASSER_BY), &firm, &q, EXPORT_CSV, OK), S("Record number,Name\r\nFM-000001-3,firm-1\r\n")));
}
