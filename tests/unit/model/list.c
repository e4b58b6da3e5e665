#include "model/list/list.h"
#include "fixture.h"

#include <stdio.h>

static struct asked asked(const char *name, const char *value) { return (struct asked){ str_of(name), str_of(value) }; }

static struct list_query query(struct work *w, const struct asked *p, size_t n)
{
    struct list_query q;
    Message why;
    if (list_read(w, &thing, p, n, "lang", &q, &why))
        test_fail(__FILE__, __LINE__, "%.*s=%.*s: %.*s", FMT(p[0].name), FMT(p[0].value), FMT(message_str(w->a, EN, why)));
    return q;
}

static struct list load_list(struct work *w, const struct list_query *q)
{
    struct list l;
    CHECK_INT(list_load(w, &thing, q, false, &l), OK);
    return l;
}

/* The numbers of the records that one filter lets through: "1 4 7". */
static Str found(struct work *w, const char *name, const char *value)
{
    struct asked p = asked(name, value);
    struct list_query q = query(w, &p, 1);
    struct list l = load_list(w, &q);
    struct buf b = buf_make(w->a);
    for (size_t i = 0; i < l.records.n; i++) put_f(&b, "%s%lld", i ? " " : "", (long long)l.records.p[i]->id);
    return buf_str(&b);
}

static void fill(struct work *w, int n, uint64_t seed)
{
    struct dice d = { seed };
    for (int i = 0; i < n; i++) {
        struct record *r = record_make(w->a, &thing);
        for (int k = 0; k < 3; k++) random_thing(&d, w, r);
        if (dice_roll(&d, 3)) r->v[THING_COUNT] = v_int((int64_t)dice_roll(&d, 4));
        CHECK_INT(save(w, NULL, r), OK);
    }
}

TEST_MODEL(filters_compare_within_a_field_by_or_and_between_fields_by_and)
{
    static const struct { const char *colours, *date; int64_t count; double length; } rows[] = {
        { ";red;blue;", "2024-01-01", 1, 1.5 }, { ";green;", "2024-06-01", 2, 2.5 }, { ";red;green;blue;", "2025-01-01", 2, 3.5 }, { NULL, NULL, 3, 4.5 } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct record *r = thing_named(w, "thing");
        if (rows[i].colours) r->v[THING_COLOURS] = v_text(str_of(rows[i].colours));
        if (rows[i].date) r->v[THING_MADE_ON] = v_text(str_of(rows[i].date));
        r->v[THING_COUNT] = v_int(rows[i].count);
        r->v[THING_LENGTH] = v_real(rows[i].length);
        CHECK_INT(save(w, NULL, r), OK);
    }
    CHECK_STR(found(w, "count", "2"), S("2 3"));
    CHECK_STR(found(w, "count.min", "2"), S("2 3 4"));
    CHECK_STR(found(w, "length.max", "2.5"), S("1 2"));
    CHECK_STR(found(w, "made_on.min", "2024-06-01"), S("2 3"));
    CHECK_STR(found(w, "colours", "red"), S("1 3"));
    CHECK_STR(found(w, "colours", "green;blue"), S("1 2 3"));
    CHECK_STR(found(w, "name_vi", "thing"), S("1 2 3 4"));
    CHECK_STR(found(w, "name_vi", "Thing"), S(""));
    struct asked both[] = { asked("count", "2"), asked("count", "3"), asked("colours", "green"), asked("lang", "en") };
    struct list_query q = query(w, both, 4);
    CHECK_INT(load_list(w, &q).records.n, 2);
    q = query(w, both, 2);
    CHECK_INT(load_list(w, &q).records.n, 3);
}

/* Things 1 to 5 for filters: name, kind, count, colours. */
static void save_some(struct work *w)
{
    static const struct { const char *name, *kind, *colours; int64_t count; } rows[] = {
        { "Khuôn ĐÚC nhôm", "made", ";red;", 1 }, { "khuôn đúc 100% thép", "made", ";red;blue;", 2 }, { "Ốc vít [M8] *?", "raw", ";green;", 3 },
        { "ốc VÍT (a.b)", NULL, NULL, 4 }, { "A_b\\c^$ Ỵ", "raw", ";blue;", 5 } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct record *r = thing_named(w, rows[i].name);
        if (rows[i].kind) r->v[THING_KIND] = v_text(str_of(rows[i].kind));
        if (rows[i].colours) r->v[THING_COLOURS] = v_text(str_of(rows[i].colours));
        r->v[THING_COUNT] = v_int(rows[i].count);
        if (i == 1) r->v[THING_STATE] = v_text(S("hidden"));
        CHECK_INT(save(w, NULL, r), OK);
    }
}

TEST_MODEL(a_text_is_contained_whatever_its_case_without_marks_too_and_its_signs_mean_themselves)
{
    static const struct { const char *like, *found; } rows[] = {
        { "đúc", "1 2" }, { "ĐÚC", "1 2" }, { "Ốc VÍT", "3 4" }, { "óc", "" }, { "oc vit", "3 4" }, { "DUC", "1 2" }, { "Đuc", "1 2" }, { "dục", "" }, { "100%", "2" }, { "%", "2" }, { "_", "5" },
        { "[m8]", "3" }, { "*?", "3" }, { "*", "3" }, { "(A.B)", "4" }, { ".", "4" }, { "a_b\\C^$", "5" }, { "\\", "5" }, { "ỵ", "5" }, { "]", "3" },
        { "k", "1 2" }, { "khuôn đúc nhôm và", "" } };
    save_some(w);
    for (size_t i = 0; i < COUNT(rows); i++) CHECK_STR(found(w, "name_vi.like", rows[i].like), str_of(rows[i].found));
    struct asked too_long = { S("name_vi.like"), str_f(a, "%0300d", 1) };
    struct list_query q;
    Message why;
    CHECK_INT(list_read(w, &thing, &too_long, 1, NULL, &q, &why), ERR_INVALID);
    CHECK_STR(message_str(a, EN, why), S("A text to be contained has at most 200 bytes."));
}

TEST_MODEL(what_differs_and_what_is_empty_can_be_asked_for)
{
    save_some(w);
    CHECK_STR(found(w, "kind.not", "made"), S("3 4 5"));
    CHECK_STR(found(w, "count.not", "2"), S("1 3 4 5"));
    CHECK_STR(found(w, "colours.not", "red"), S("3 4 5"));
    CHECK_STR(found(w, "colours.not", "red;green"), S("4 5"));
    CHECK_STR(found(w, "colours.empty", "1"), S("4"));
    CHECK_STR(found(w, "kind.empty", "0"), S("1 2 3 5"));
}

/* A query as in a URL, and the numbers it finds; the same many are counted. */
static void check_found(struct work *w, const char *text, const char *wanted)
{
    struct asked asked[8];
    Str rest = str_of(text), pair;
    size_t n = 0;
    int64_t counted;
    struct buf b = buf_make(w->a);
    while (str_next(&rest, '&', &pair)) {
        str_cut(pair, '=', &asked[n].name, &asked[n].value);
        n++;
    }
    struct list_query q = query(w, asked, n);
    struct list l = load_list(w, &q);
    for (size_t i = 0; i < l.records.n; i++) put_f(&b, "%s%lld", i ? " " : "", (long long)l.records.p[i]->id);
    if (!str_is(buf_str(&b), wanted)) test_fail(__FILE__, __LINE__, "%s: got %.*s, want %s", text, FMT(buf_str(&b)), wanted);
    CHECK_INT(list_count(w, &thing, &q, 0, &counted), OK);
    if (!l.more) CHECK_INT(counted, l.records.n);
}

TEST_MODEL(conditions_of_a_group_are_alternatives_and_every_group_must_hold)
{
    static const struct { const char *query, *found; } rows[] = {
        { "g1.kind=raw&g1.count=1", "1 3 5" }, { "g1.kind=raw&g1.count=1&g2.colours=red&g2.colours=blue", "1 5" },
        { "g1.kind=raw&g1.count=1&count.max=3", "1 3" }, { "g1.kind=raw&g1.count.min=4&g1.match=all", "5" },
        { "g1.kind=made&g1.count.max=1&g1.match=all&g2.kind=raw&g2.count.min=4&g2.match=all&match=any", "1 5" },
        { "g1.kind=made&g2.kind=raw", "" }, { "g1.kind=made&g2.kind=raw&match=any", "1 2 3 5" },
        { "g1.kind=made&g2.kind=raw&match=any&count.not=2", "1 3 5" }, { "g9.kind.not=made&g9.kind.not=raw", "1 2 3 4 5" },
        { "g9.kind.not=made&g9.kind.not=raw&g9.match=all", "4" }, { "kind.not=made&kind.not=raw", "4" }, { "match=any&count=3", "3" },
    };
    save_some(w);
    for (size_t i = 0; i < COUNT(rows); i++) check_found(w, rows[i].query, rows[i].found);
    check_found(work_as(w, VISITOR, EN), "g1.kind=made&g1.count=3", "1 3");        /* 2 is hidden          */
}

enum { COMMON = 2050, RARE = 50 };

/* Every other is named b; the last ones are raw. */
static enum err save_many(struct work *w, void *arg)
{
    for (int i = 0; i < COMMON + RARE; i++) {
        struct record *r = thing_named(w, i % 2 ? "b" : "a");
        bool changed;
        r->v[THING_KIND] = v_text(i < COMMON ? S("made") : S("raw"));
        TRY(record_save(w, NULL, r, &changed));
    }
    return OK;
}

TEST_MODEL(a_page_is_the_same_whether_few_or_very_many_pass_its_filter)
{
    CHECK_INT(work_write(w, save_many, NULL), OK);
    check_found(w, "kind=made&sort=-name_vi&limit=1", "2050");
    check_found(w, "kind=raw&sort=-name_vi&limit=2", "2100 2098");
    int64_t n;
    struct asked made = asked("kind", "made");
    struct list_query q = query(w, &made, 1);
    CHECK_INT(list_count(w, &thing, &q, 0, &n), OK);
    CHECK_INT(n, COMMON);
    CHECK_INT(list_count(w, &thing, &q, 100, &n), OK);
    CHECK_INT(n, 100);
}

TEST_MODEL(what_a_list_does_not_understand_is_refused_with_a_sentence)
{
    static const struct { const char *name, *value, *sentence; } wrong[] = {
        { "nothing", "1", "There is no field nothing to filter by." }, { "parts", "1", "There is no field parts" },
        { "name_key", "x", "There is no field name_key" }, { "total", "1", "There is no field total" }, { "sort", "nothing", "There is no field nothing to sort by." },
        { "sort", "-parts", "There is no field -parts to sort by." }, { "sort", "note", "to sort by" }, { "limit", "0", "1 to 1,000" }, { "limit", "1001", "1 to 1,000" },
        { "limit", "many", "1 to 1,000" }, { "after", "x", "not written as a link of ours" }, { "after", "-1", "not written as a link of ours" },
        { "after", "1:x", "not written as a link of ours" }, { "count", "many", "is not a number" }, { "count.least", "1", "say .min, .max, .not, .like or .empty" },
        { "name_vi.min", "a", "has no order" }, { "ward.like", "a", "is no text" }, { "count.like", "1", "is no text" }, { "count.empty", "maybe", "Say 1" },
        { "g1.nothing", "1", "There is no field nothing" }, { "g0.count", "1", "say .min" }, { "match", "most", "neither" }, { "columns", "name_vi,x", "There is no field x to show" },
        { "columns", "name_key", "There is no field name_key to show" }, { "ward", "nowhere", "is not in the list" },
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct asked p = asked(wrong[i].name, wrong[i].value);
        struct list_query q;
        Message why;
        if (list_read(w, &thing, &p, 1, "lang q", &q, &why) != ERR_INVALID) test_fail(__FILE__, __LINE__, "%s=%s was understood", wrong[i].name, wrong[i].value);
        Str said = message_str(a, EN, why);
        if (!str_has(said, str_of(wrong[i].sentence))) test_fail(__FILE__, __LINE__, "%s: %.*s", wrong[i].name, FMT(said));
    }
    struct asked many[FILTERS_MAX + 1], other[] = { asked("sort", "count"), asked("after", "5:x") };
    struct list_query q;
    Message why;
    for (size_t i = 0; i < COUNT(many); i++) many[i] = asked("count", "1");
    CHECK_INT(list_read(w, &thing, many, COUNT(many), NULL, &q, &why), ERR_INVALID);
    CHECK_INT(list_read(w, &thing, other, 2, NULL, &q, &why), ERR_INVALID);
}

/* Every record in the order asked for, page by page through the cursors. */
static Str walk(struct work *w, const char *sort, int limit, size_t *n)
{
    struct buf b = buf_make(w->a);
    Str cursor = { 0 };
    *n = 0;
    for (;;) {
        struct asked p[] = { asked("sort", sort), { S("limit"), str_f(w->a, "%d", limit) }, { S("after"), cursor } };
        struct list_query q = query(w, p, 3);
        struct list l = load_list(w, &q);
        CHECK(l.records.n <= (size_t)limit && (l.records.n == (size_t)limit || !l.more));
        for (size_t i = 0; i < l.records.n; i++, ++*n) put_f(&b, "%lld ", (long long)l.records.p[i]->id);
        if (!l.more) return buf_str(&b);
        cursor = l.next;
    }
}

static void check_each_once(Str ids, size_t n)
{
    bool seen[1000] = { 0 };
    Str id;
    int64_t i;
    while (n--) {
        CHECK(str_next(&ids, ' ', &id) && str_to_i64(id, &i) && i > 0 && i < (int64_t)COUNT(seen) && !seen[i]);
        seen[i] = true;
    }
}

TEST(paging_visits_each_record_once_by_every_field_in_both_directions_and_in_the_same_order_on_both_databases)
{
    Str order[DIALECTS][2 * THING_FIELDS] = { 0 };
    for (enum dialect d = SQLITE; d < DIALECTS; d++) {
        struct db *db;
        if (d == POSTGRES && !test_pg_url()) test_skip("no PostgreSQL in this run (MATXICH_TEST_PG)");
        CHECK_INT(db_open(test_db_url(a, d), DB_CREATE, &db), OK);
        struct work *w = work_on(a, db);
        work_tables(w);
        w->codes = real_codes();
        fill(w, 60, 3);
        for EACH_FIELD(f, i, &thing)
            for (int down = 0; has_column(f) && field_listed(w, f, &thing) && f->type != &long_text_type && down < 2; down++) {
                size_t n;
                Str ids = walk(w, str_z(a, str_f(a, "%s%s", down ? "-" : "", f->name)), 7, &n);
                CHECK_INT(n, 60);
                check_each_once(ids, n);
                CHECK_STR(walk(w, str_z(a, str_f(a, "%s%s", down ? "-" : "", f->name)), 1000, &n), ids);
                order[d][2 * i + down] = ids;
            }
        db_close(db);
    }
    for (size_t i = 0; i < COUNT(order[0]); i++) CHECK_STR(order[POSTGRES][i], order[SQLITE][i]);
}

TEST_MODEL(what_is_missing_comes_last_in_both_directions)
{
    for (int i = 0; i < 3; i++) {
        struct record *r = thing_named(w, "x");
        if (i != 1) r->v[THING_COUNT] = v_int(i);
        CHECK_INT(save(w, NULL, r), OK);
    }
    size_t n;
    CHECK_STR(walk(w, "count", 1, &n), S("1 3 2 "));
    CHECK_STR(walk(w, "-count", 1, &n), S("3 1 2 "));
}

TEST_MODEL(visitors_do_not_see_or_ask_for_what_is_not_theirs)
{
    for (int i = 0; i < 12; i++) {
        struct record *r = thing_named(w, "x");
        if (i % 3) r->v[THING_STATE] = v_text(S("hidden"));
        CHECK_INT(save(w, NULL, r), OK);
    }
    struct work *visitor = work_as(w, VISITOR, VI);
    size_t n;
    CHECK_STR(walk(visitor, "name_vi", 2, &n), S("1 4 7 10 "));
    walk(w, "name_vi", 2, &n);
    CHECK_INT(n, 12);
    static const char *const theirs[] = { "owner", "secret", "state" };
    for (size_t i = 0; i < COUNT(theirs); i++) {
        struct asked p[] = { asked(theirs[i], "public"), { S("sort"), str_of(theirs[i]) } };
        struct list_query q;
        Message why;
        CHECK_INT(list_read(visitor, &thing, p, 1, NULL, &q, &why), ERR_INVALID);
        CHECK_INT(list_read(visitor, &thing, p + 1, 1, NULL, &q, &why), ERR_INVALID);
        CHECK_INT(list_read(w, &thing, p + 1, 1, NULL, &q, &why), OK);
    }
}

static void save_with_parts(struct work *w, const char *name, const char *state, int parts)
{
    struct record *r = thing_named(w, name);
    if (state) r->v[THING_STATE] = v_text(str_of(state));
    for (int i = 0; i < parts; i++) {
        struct record *child = record_add(w->a, r, THING_PARTS);
        child->v[PART_NAME] = v_text(str_f(w->a, "%s %d", name, i));
        child->v[PART_WEIGHT] = v_real(i);
        child->v[PART_PRICE] = v_int(5);
    }
    CHECK_INT(save(w, NULL, r), OK);
}

/* The parts that a page after the cursor holds, "saw 0 of saw; ...", and the cursor of the next. */
static Str parts_after(struct work *w, const char *filter, const char *value, Str *cursor)
{
    struct asked p[] = { asked("limit", "2"), { S("after"), *cursor }, asked(filter, value) };
    struct buf b = buf_make(w->a);
    struct list_query q;
    struct list l;
    Message why;
    if (list_read(w, &part, p, COUNT(p), "", &q, &why)) test_fail(__FILE__, __LINE__, "%.*s", FMT(message_str(w->a, EN, why)));
    CHECK_INT(list_load(w, &part, &q, true, &l), OK);
    for (size_t i = 0; i < l.records.n; i++)
        put_f(&b, "%s%.*s of %.*s", i ? "; " : "", FMT(record_title(w, l.records.p[i])), FMT(record_title(w, l.records.p[i]->owner)));
    *cursor = l.next;
    return buf_str(&b);
}

TEST_MODEL(children_have_a_list_of_their_own_page_by_page_where_their_records_may_be_seen)
{
    struct work *visitor = work_as(w, VISITOR, EN);
    Str cursor = { 0 };
    save_with_parts(w, "saw", NULL, 3);
    save_with_parts(w, "secret", "hidden", 5);
    save_with_parts(w, "drill", NULL, 2);
    CHECK_STR(parts_after(visitor, "name", "", &cursor), S("saw 0 of saw; saw 1 of saw"));
    CHECK_STR(parts_after(visitor, "name", "", &cursor), S("saw 2 of saw; drill 0 of drill"));
    CHECK_STR(parts_after(visitor, "name", "", &cursor), S("drill 1 of drill"));
    CHECK_STR(cursor, S(""));
    CHECK_STR(parts_after(visitor, "weight.min", "1", &cursor), S("saw 1 of saw; saw 2 of saw"));
    cursor = (Str){ 0 };
    CHECK_STR(parts_after(w, "weight.min", "3", &cursor), S("secret 3 of secret; secret 4 of secret"));
    Str csv = export_text(visitor, &part, "csv");
    CHECK(str_has(csv, S("\r\nPT-000001-3,VT-000001-3,saw,saw 0,,0,\r\n")) && !str_has(csv, S("secret")) && !str_has(csv, S("Price")));
    CHECK(str_has(export_text(visitor, &part, "ndjson"), S("{\"id\":\"PT-000001-3\",\"thing\":\"saw\",\"thing_id\":\"VT-000001-3\",\"name\":\"saw 0\"")));
}
