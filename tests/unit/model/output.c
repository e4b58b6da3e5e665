/* What goes out: JSON and its OpenAPI, exports, and that nothing goes out to whom it does not concern. */
#include "fixture.h"

#include "base/unicode.h"
#include "format/json.h"
#include "format/sheet.h"
#include "model/export.h"
#include "model/finder.h"
#include "model/history.h"
#include "model/json.h"
#include "model/openapi.h"
#include "model/view.h"

#include <stdio.h>

static void fill(struct work *w, int n, uint64_t seed)
{
    struct dice d = { seed };
    struct record *f = record_make(w->a, &fair);
    f->v[0] = v_text(S("Hội chợ"));
    CHECK_INT(save(w, NULL, f), OK);
    for (int i = 0; i < n; i++) {
        struct record *r = record_make(w->a, &thing);
        for (int k = 0; k < 4; k++) random_thing(&d, w, r);
        if (i % 5 == 0) r->v[THING_FAIR] = v_int(f->id);
        CHECK_INT(save(w, NULL, r), OK);
    }
}

static const struct json_t *parsed(struct arena *a, Str text)
{
    const struct json_t *j;
    Message why;
    if (json_read(a, text, &j, &why)) test_fail(__FILE__, __LINE__, "%.*s", FMT(message_str(a, EN, why)));
    return j;
}

static Str openapi(struct work *w)
{
    struct buf b = buf_make(w->a);
    put_openapi_data(&b, w, S("https://matxich.example"));
    return buf_str(&b);
}

/* ---- JSON and its schema -------------------------------------------------------------------- */

static bool allows(const struct json_t *type, const char *name)
{
    if (json_is_str(type)) return str_is(json_str(type), name);
    for (size_t i = 0; i < json_count(type); i++) if (str_is(json_str(json_item(type, i)), name)) return true;
    return false;
}

static const char *type_of(const struct json_t *v)
{
    int64_t i;
    double d;
    bool b;
    Str key;
    void *at = NULL;
    const struct json_t *x;
    return json_is_missing(v) ? "null" : json_is_str(v) ? "string" : json_to_i64(v, &i) ? "integer" : json_to_f64(v, &d) ? "number"
         : json_to_bool(v, &b) ? "boolean" : json_each(v, &at, &key, &x) || !json_count(v) ? "object" : "array";
}

static void conforms(struct arena *a, const struct json_t *api, const struct json_t *schema, const struct json_t *v, Str where);

static void members_conform(struct arena *a, const struct json_t *api, const struct json_t *schema, const struct json_t *v, Str where)
{
    const struct json_t *properties = json_member(schema, "properties"), *others = json_member(schema, "additionalProperties"), *x;
    void *at = NULL;
    Str key;
    while (json_each(v, &at, &key, &x)) {
        Str place = str_f(a, "%.*s.%.*s", FMT(where), FMT(key));
        const struct json_t *one = json_member(properties, str_z(a, key));
        if (!one && !others) test_fail(__FILE__, __LINE__, "%.*s is not described", FMT(place));
        conforms(a, api, one ? one : others, x, place);
    }
}

/* The words of JSON schema that our description uses. */
static void conforms(struct arena *a, const struct json_t *api, const struct json_t *schema, const struct json_t *v, Str where)
{
    Str ref = json_str(json_member(schema, "$ref"));
    if (ref.n) schema = json_member(json_member(json_member(api, "components"), "schemas"), str_z(a, str_sub(ref, strlen("#/components/schemas/"), ref.n)));
    const struct json_t *type = json_member(schema, "type"), *values = json_member(schema, "enum");
    const char *is = type_of(v);
    bool empty_list = !strcmp(is, "object") && !json_count(v) && allows(type, "array");
    if (!empty_list && !allows(type, is) && !(allows(type, "number") && !strcmp(is, "integer")))
        test_fail(__FILE__, __LINE__, "%.*s is of type %s", FMT(where), is);
    bool listed = !values;
    for (size_t i = 0; i < json_count(values); i++) listed |= str_eq(json_str(json_item(values, i)), json_str(v));
    if (!listed) test_fail(__FILE__, __LINE__, "%.*s is not one of its values", FMT(where));
    double least, most, d;
    if (json_to_f64(v, &d) && json_to_f64(json_member(schema, "minimum"), &least) && json_to_f64(json_member(schema, "maximum"), &most))
        CHECK(d >= least && d <= most);
    if (allows(type, "object")) members_conform(a, api, schema, v, where);
    for (size_t i = 0; allows(type, "array") && i < json_count(v); i++)
        conforms(a, api, json_member(schema, "items"), json_item(v, i), str_f(a, "%.*s[%zu]", FMT(where), i));
}

TEST_MODEL(every_record_as_json_is_as_the_openapi_text_says_for_visitors_and_officers)
{
    static const Roles who[] = { VISITOR, OFFICER };
    fill(w, 40, 5);
    for (size_t i = 0; i < COUNT(who); i++) {
        struct work *reader = work_as(w, who[i], i ? VI : EN);
        const struct json_t *api = parsed(a, openapi(reader)), *all = parsed(a, export_text(reader, &thing, "json"));
        const struct json_t *schema = json_member(json_member(json_member(api, "components"), "schemas"), "thing");
        CHECK(json_count(all) > 10);
        for (size_t k = 0; k < json_count(all); k++) conforms(a, api, schema, json_item(all, k), str_f(a, "%zu", k));
        const struct json_t *read = json_member(json_member(api, "paths"), "/data/things/{id}.json");
        CHECK_STR(json_str(json_member(json_member(read, "get"), "operationId")), S("get_thing"));
    }
}

TEST(the_openapi_text_for_visitors_is_as_it_was)
{
    struct work *w = work_as(work_on(a, NULL), VISITOR, EN);
    parsed(a, openapi(w));
    GOLDEN("openapi.json", openapi(w));
}

TEST_MODEL(a_record_as_json_has_names_codes_and_children_in_the_readers_language)
{
    struct record *r = thing_named(w, "Khuôn");
    r->v[THING_WARD] = v_text(S("2025/00004"));
    r->v[THING_COLOURS] = v_text(S(";red;"));
    r->v[THING_VSIC] = v_text(S(";2025/10;"));
    r->v[THING_GOOD] = v_int(0);
    r->v[THING_SECRET] = v_text(S("x"));
    struct record *child = record_add(a, r, THING_PARTS), *year = record_add(a, r, THING_READINGS);
    child->v[PART_NAME] = v_text(S("Trục"));
    year->v[READING_YEAR] = v_int(2025);
    year->v[READING_VALUE] = v_real(1.5);
    CHECK_INT(save(w, NULL, r), OK);
    const struct json_t *j = parsed(a, export_text(work_as(w, VISITOR, EN), &thing, "ndjson"));
    bool good = true;
    double value = 0;
    CHECK_STR(json_str(json_member(j, "id")), public_id(a, &thing, 1));
    CHECK_STR(json_str(json_member(j, "ward")), S("Ba Dinh Ward"));
    CHECK_STR(json_str(json_member(j, "ward_code")), S("2025/00004"));
    CHECK_STR(json_str(json_item(json_member(j, "vsic_codes"), 0)), S("2025/10"));
    CHECK_STR(json_str(json_item(json_member(j, "colours"), 0)), S("red"));
    CHECK(json_to_bool(json_member(j, "good"), &good) && !good);
    CHECK(json_member(j, "count") && json_is_missing(json_member(j, "count")));
    CHECK_STR(json_str(json_item(json_member(j, "parts"), 0)), S("Trục"));
    CHECK_STR(json_str(json_member(json_item(json_member(j, "part_details"), 0), "name")), S("Trục"));
    CHECK(json_to_f64(json_member(json_member(json_member(j, "readings"), "2025"), "value"), &value) && value == 1.5);
    CHECK(!json_member(j, "secret") && !json_member(j, "name_key"));
}

/* ---- files ---------------------------------------------------------------------------------- */

static Str sheet_cells(struct arena *a, Str bytes)          /* every cell of every sheet, a line each */
{
    struct sheet_reader *in;
    const struct sheet_row *row;
    Message why;
    struct buf b = buf_make(a);
    size_t sheets;
    CHECK_INT(sheet_open(a, bytes, &in, &why), OK);
    sheet_list(in, &sheets);
    for (size_t s = 0; s < sheets; s++) {
        CHECK_INT(sheet_choose(in, s, &why), OK);
        for (;;) {
            CHECK_INT(sheet_next(in, &row, &why), OK);
            if (!row) break;
            for (size_t i = 0; i < row->n; i++) put_f(&b, "%d=%.*s|", row->cells[i].column, FMT(row->cells[i].text));
            put_c(&b, '\n');
        }
    }
    sheet_close(in);
    return buf_str(&b);
}

TEST_MODEL(csv_has_a_column_for_each_field_and_for_each_year_of_yearly_children)
{
    struct record *r = thing_named(w, "=1+1");
    record_add(a, r, THING_PARTS)->v[PART_NAME] = v_text(S("a"));
    record_add(a, r, THING_PARTS)->v[PART_NAME] = v_text(S("b"));
    struct record *year = record_add(a, r, THING_READINGS);
    year->v[READING_YEAR] = v_int(2025), year->v[READING_VALUE] = v_real(0.5);
    r->v[THING_PRICE] = v_int(1234567), r->v[THING_LENGTH] = v_real(-12.25), r->v[THING_MADE_ON] = v_text(S("2024-03-04"));
    CHECK_INT(save(w, NULL, r), OK);
    Str csv = export_text(work_as(w, OFFICER, EN), &thing, "csv"), cells = sheet_cells(a, csv);
    CHECK(str_starts(csv, S("\xEF\xBB\xBF" "Record number,Vietnamese name,")));
    CHECK(str_has(csv, S(",'=1+1,")));
    static const char *const pieces[] = { "Length (mm)", "Value 2025 (mm)", "Cost 2025 (đồng)", "=1+1", "-12.25", "1234567", "4 Mar 2024", "a; b", "0.5" };
    for (size_t i = 0; i < COUNT(pieces); i++) if (!str_has(cells, str_of(pieces[i]))) test_fail(__FILE__, __LINE__, "no %s in %.*s", pieces[i], FMT(cells));
    Str vi = export_text(w, &thing, "csv");
    CHECK(str_has(vi, S("\"-12,25\"")) && str_has(vi, S("04/03/2024")));
    Str xlsx = sheet_cells(a, export_text(work_as(w, OFFICER, EN), &thing, "xlsx"));
    CHECK(str_has(xlsx, S("2024-03-04")) && str_has(xlsx, S("=1+1")) && str_has(xlsx, S("VT-000001-")));
}

TEST_MODEL(an_export_goes_through_all_pages_in_the_order_asked_for)
{
    for (int i = 0; i < 1203; i++) {
        struct record *r = thing_named(w, "x");
        r->v[THING_NOTE] = v_text(str_f(a, "%0*d", 1900, i));
        r->v[THING_COUNT] = v_int(i * 7 % 5);
        CHECK_INT(save(w, NULL, r), OK);
        if (i == 3 && db_dialect(w->db) == SQLITE) CHECK_INT(run_sql(w, "PRAGMA synchronous = OFF"), OK);
    }
    Str lines = export_text(w, &thing, "ndjson"), line;
    size_t n = 0;
    while (str_next(&lines, '\n', &line)) n += line.n > 0;
    CHECK_INT(n, 1203);
}

/* A file whose first bytes make another handle write to the database. */
struct meddler { struct work *w; bool done; struct buf got; };

static ssize_t meddle(void *arg, const char *bytes, size_t n)
{
    struct meddler *m = arg;
    put(&m->got, (Str){ bytes, n });
    if (!m->done) CHECK_INT(save(m->w, NULL, thing_named(m->w, "came later")), OK);
    m->done = true;
    return (ssize_t)n;
}

TEST_DB(an_export_shows_one_state_of_the_database_while_others_write)
{
    struct work *w = work_on(a, db);
    struct db *other;
    work_tables(w);
    w->codes = real_codes();
    for (int i = 0; i < 3; i++) CHECK_INT(save(w, NULL, thing_named(w, "was there")), OK);
    CHECK_INT(db_open(url, 0, &other), OK);
    struct meddler m = { .w = work_on(a, other), .got = buf_make(a) };
    FILE *out = fopencookie(&m, "w", (cookie_io_functions_t){ .write = meddle });
    setvbuf(out, NULL, _IONBF, 0);
    CHECK_INT(export_write(w, &thing, &(struct list_query){ .sort = -1 }, EXPORT_CSV, out), OK);
    fclose(out);
    CHECK(str_has(buf_str(&m.got), S("was there")) && !str_has(buf_str(&m.got), S("came later")));
    CHECK(str_has(export_text(w, &thing, "csv"), S("came later")));
    db_close(other);
}

TEST_MODEL(years_beyond_what_a_sheet_can_hold_leave_the_latest)
{
    struct record *r = thing_named(w, "x");
    for (int y = 1800; y < 2200; y++) record_add(a, r, THING_READINGS)->v[READING_YEAR] = v_int(y);
    CHECK_INT(save(w, NULL, r), OK);
    Str csv = export_text(w, &thing, "csv");
    CHECK(str_has(csv, S(" 2199 (mm)")) && !str_has(csv, S(" 1800 (mm)")));
}

/* ---- who sees what -------------------------------------------------------------------------- */

static const int64_t MARKED = 98765432123;

static void mark(struct work *w, struct record *r)
{
    for EACH_FIELD(f, i, r->e) {
        if (!has_column(f) || field_seen(f, PUBLIC_FIELDS) || f->is & COMPUTED) continue;
        if (f->type == &text_type) r->v[i] = v_text(S("MARKED98765432123"));
        else if (f->type == &money_type) r->v[i] = v_int(MARKED);
    }
}

static void check_unmarked(const char *what, Str s)
{
    if (str_has(s, S("98765432123")) || str_has(s, S("98.765.432.123")) || str_has(s, S("98,765,432,123")))
        test_fail(__FILE__, __LINE__, "%s shows what is not public: %.*s", what, FMT(s));
}

TEST_MODEL(what_is_not_public_is_in_nothing_that_a_visitor_gets)
{
    static const char *const formats[] = { "csv", "json", "ndjson" };
    for (int i = 0; i < 2; i++) {
        struct record *r = thing_named(w, i ? "MARKED98765432123" : "shown");
        if (i) r->v[THING_STATE] = v_text(S("hidden"));
        record_add(a, r, THING_PARTS)->v[PART_NAME] = v_text(S("part"));
        record_add(a, r, THING_READINGS)->v[READING_YEAR] = v_int(2025);
        mark(w, r);
        mark(w, r->children[THING_PARTS].p[0]);
        mark(w, r->children[THING_READINGS].p[0]);
        CHECK_INT(save(w, NULL, r), OK);
    }
    CHECK(str_has(export_text(w, &thing, "csv"), S("98765432123")));
    struct work *visitor = work_as(w, VISITOR, VI);
    for (size_t i = 0; i < COUNT(formats); i++) check_unmarked(formats[i], export_text(visitor, &thing, formats[i]));
    check_unmarked("xlsx", sheet_cells(a, export_text(visitor, &thing, "xlsx")));
    struct list_query q = { .sort = -1, .limit = 50 };
    struct list l;
    struct changes log;
    struct finder *f;
    CHECK_INT(list_load(visitor, &thing, &q, true, &l), OK);
    CHECK_INT(l.records.n, 1);
    check_unmarked("list", list_html(visitor, &thing, &l.records, S("/data/things")).s);
    check_unmarked("record", detail_html(visitor, l.records.p[0]).s);
    CHECK_INT(changes_of(w, &thing, 1, 0, 100, &log), OK);
    check_unmarked("history", history_html(visitor, &thing, PUBLIC_FIELDS, &log, NULL).s);
    CHECK_INT(finder_build(visitor, a, &thing, NULL, NULL, &f), OK);
    CHECK_INT(search_find(f->index, a, &(struct search_query){ .words = S("MARKED98765432123"), .limit = 9 }).total, 0);
    CHECK_INT(search_find(f->index, a, &(struct search_query){ .words = S("shown"), .limit = 9 }).total, 1);
    finder_close(f);
    static const char *const hidden[] = { "secret", "owner", "cost", "name_key" };
    for (size_t i = 0; i < COUNT(hidden); i++) {
        CHECK(!str_has(openapi(visitor), str_f(a, "\"%s\"", hidden[i])));
        CHECK(!str_has(export_text(visitor, &thing, "json"), str_f(a, "\"%s\"", hidden[i])));
    }
}
