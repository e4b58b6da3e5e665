/* kernel.c - that the one table in tests/made_up/fair.c is enough: everything an entity can do, on both databases. */
#include "fixture.h"

#include "model/check.h"
#include "model/dictionary.h"
#include "model/history.h"
#include "model/import/import.h"
#include "model/json.h"
#include "model/openapi.h"
#include "model/view.h"

enum { NAME_VI, NAME_EN, ORGANISER, OPENS, CLOSES, KIND, PLACE, INDUSTRIES, BUDGET, YEARLY, CONTACT, STANDS };

static struct record *vimexpo(struct work *w)
{
    struct record *r = record_make(w->a, &fair);
    r->v[NAME_VI] = v_text(S("Triển lãm công nghiệp hỗ trợ"));
    r->v[NAME_EN] = v_text(S("Supporting industry show"));
    r->v[ORGANISER] = v_text(S("0100233488"));
    r->v[OPENS] = v_text(S("2026-12-01"));
    r->v[CLOSES] = v_text(S("2026-12-04"));
    r->v[KIND] = v_text(S("supply"));
    r->v[PLACE] = v_text(S("2025/00004"));
    r->v[INDUSTRIES] = v_text(S(";2026/A-EE;2026/A-AU;"));
    r->v[BUDGET] = v_int(1500000000);
    r->v[YEARLY] = v_int(1);
    r->v[CONTACT] = v_text(S("Chị Lan"));
    struct record *one = record_add(w->a, r, STANDS), *two = record_add(w->a, r, STANDS);
    one->v[0] = v_text(S("A1")), one->v[1] = v_real(36.5);
    two->v[0] = v_text(S("A2"));
    return r;
}

static void has(Str s, const char *const *pieces)
{
    for (; *pieces; pieces++)
        if (!str_has(s, str_of(*pieces))) test_fail(__FILE__, __LINE__, "no %s in\n%.*s", *pieces, FMT(s));
}
#define HAS(s, ...) has(s, (const char *const[]){ __VA_ARGS__, NULL })

TEST_MODEL(a_made_up_entity_is_created_read_changed_and_deleted)
{
    struct record *r = vimexpo(w), *now, *before;
    CHECK_INT(save(w, NULL, r), OK);
    r = load(w, &fair, r->id);
    CHECK(val_eq(r->v[BUDGET], v_int(1500000000)) && r->children[STANDS].n == 2);
    now = record_copy(a, r);
    now->v[KIND] = v_text(S("demand"));
    now->children[STANDS].n = 1;
    CHECK_INT(save(w, r, now), OK);
    CHECK_INT(load(w, &fair, r->id)->children[STANDS].n, 1);
    CHECK_INT(record_before(w, &fair, r->id, now->seq, &before), OK);
    CHECK_STR(v_str(before->v[KIND]), S("supply"));
    CHECK_INT(before->children[STANDS].n, 2);
    CHECK_INT(save(w, now, NULL), OK);
    CHECK_INT(record_load(w, &fair, r->id, &r), ERR_MISSING);
    check_verified(w);
}

TEST_MODEL(a_made_up_rule_is_checked)
{
    struct record *r = vimexpo(w);
    struct problems p = { 0 };
    record_check(w, r, &p);
    CHECK_INT(p.n, 0);
    r->v[CLOSES] = v_text(S("2026-11-30"));
    record_check(w, r, &p);
    CHECK_INT(p.n, 1);
    CHECK_INT(p.p[0].field, CLOSES);
    CHECK_STR(problem_str(w, &p.p[0]), S("A fair cannot close before it opens."));
}

TEST_MODEL(a_made_up_entity_has_pages_in_both_languages)
{
    struct record *r = vimexpo(w), *now;
    CHECK_INT(save(w, NULL, r), OK);
    now = record_copy(a, r);
    now->v[BUDGET] = v_int(2);
    CHECK_INT(save(w, r, now), OK);
    struct work *vi = work_as(w, OFFICER, VI), *en = work_as(w, OFFICER, EN);
    struct records list = { &now, 1, 1 };
    struct changes log;
    CHECK_INT(changes_of(w, &fair, r->id, 0, 10, &log), OK);
    HAS(list_html(vi, &fair, &list, S("/data/fairs")).s, "Triển lãm công nghiệp hỗ trợ", "01/12/2026", "Phường Ba Đình", "/data/fairs/HC-000001-", "Tên tiếng Việt");
    HAS(list_html(en, &fair, &list, S("/en/data/fairs")).s, "Supporting industry show", "1 Dec 2026", "Ba Dinh Ward", "/en/data/fairs/HC-000001-");
    HAS(detail_html(vi, now).s, "Triển lãm", "Có", "Chị Lan", "A1", "36,5");
    HAS(detail_html(en, now).s, "Supporting industry show", "Yes", "Suppliers show", "A2", "36.5");
    HAS(history_html(vi, &fair, ALL_FIELDS, &log, NULL).s, "an officer", "1.500.000.000");
    HAS(history_html(en, &fair, ALL_FIELDS, &log, NULL).s, "an officer", "1,500,000,000", "Budget");
    HAS(dictionary_html(en, S("/en/data")).s, "Trade fairs", "closes", "Kind of fair", "si_industry");
}

TEST_MODEL(a_made_up_entity_goes_out_and_comes_back_unchanged_in_both_languages)
{
    static const char *const formats[] = { "csv", "xlsx" };
    CHECK_INT(save(w, NULL, vimexpo(w)), OK);
    HAS(export_text(w, &fair, "json"), "\"ward\":\"Phường Ba Đình\"", "\"stands\":[\"A1\",\"A2\"]", "\"yearly\":true");
    Str before = export_text(w, &fair, "ndjson");
    for (enum lang lang = VI; lang < LANGS; lang++)
        for (size_t i = 0; i < COUNT(formats); i++) {
            struct work *reader = work_as(w, OFFICER, lang);
            struct import_report report;
            struct import_options o = { .file_name = S("fairs"), .sheet = -1 };
            Message why = NO_MESSAGE;
            enum err err = import_file(reader, &fair, export_text(reader, &fair, formats[i]), &o, &report, &why);
            if (err) test_fail(__FILE__, __LINE__, "%s: %.*s", formats[i], FMT(message_str(a, EN, why)));
            CHECK_INT(report.read, 1);
            CHECK_INT(report.same, 1);
            CHECK_STR(export_text(w, &fair, "ndjson"), before);
        }
    check_verified(w);
}

TEST_MODEL(children_of_a_made_up_entity_have_a_list)
{
    CHECK_INT(save(w, NULL, vimexpo(w)), OK);
    struct work *visitor = work_as(w, VISITOR, EN);
    struct list_query q = { .sort = -1, .limit = LIST_LIMIT };
    struct list list;
    CHECK(entity_at(w->m, S("stands")) == &stand);
    CHECK_INT(list_load(visitor, &stand, &q, true, &list), OK);
    HAS(list_html(visitor, &stand, &list.records, S("/en/data/stands")).s, "/en/data/stands/1", "Supporting industry show", "A1", "36.5");
    HAS(export_text(visitor, &stand, "csv"), "Trade fair: record number", "HC-000001-3,Supporting industry show,A1,36.5");
    HAS(export_text(visitor, &stand, "json"), "\"fair\":\"Supporting industry show\",\"fair_id\":\"HC-000001-3\",\"number\":\"A2\"");
}

TEST_MODEL(a_made_up_entity_is_imported_from_a_sheet)
{
    struct import_report report;
    struct import_options o = { .file_name = S("hoi-cho.csv"), .sheet = -1 };
    Message why = NO_MESSAGE;
    Str sheet = S("DANH SÁCH HỘI CHỢ\nSTT,Vietnamese name,Đơn vị tổ chức,Valid from,Valid until,Budget (triệu đồng),Every year,Stands\n"
                  "1,Hội chợ khuôn mẫu,100233488,1/12/2026,4/12/2026,1500,x,A1; A2\n"
                  "2,Hội chợ sai,0100233480,1/12/2026,4/12/2026,,,\n"
                  "3,Hội chợ ngược,,4/12/2026,1/12/2026,,,\n");
    enum err err = import_file(work_as(w, OFFICER, VI), &fair, sheet, &o, &report, &why);
    if (err) test_fail(__FILE__, __LINE__, "%.*s", FMT(message_str(a, EN, why)));
    CHECK_INT(report.added, 1);
    CHECK_INT(report.rejected, 2);
    struct record *r = load(w, &fair, 1);
    CHECK_STR(v_str(r->v[ORGANISER]), S("0100233488"));
    CHECK_INT(v_i64(r->v[BUDGET]), 1500000000);
    CHECK_INT(v_i64(r->v[YEARLY]), 1);
    CHECK_STR(v_str(r->v[CLOSES]), S("2026-12-04"));
    CHECK_INT(r->children[STANDS].n, 2);
    check_verified(w);
}

TEST_MODEL(a_made_up_entity_is_described_to_programs)
{
    struct buf b = buf_make(a);
    put_openapi_data(&b, work_as(w, VISITOR, EN), S("https://matxich.example"));
    HAS(buf_str(&b), "\"/data/fairs.json\"", "\"/data/fairs/{id}.json\"", "\"/data/stands.json\"", "\"stand_details\"", "\"industries_codes\"");
    CHECK(!str_has(buf_str(&b), S("\"budget\"")) && !str_has(buf_str(&b), S("\"contact\"")));
}
