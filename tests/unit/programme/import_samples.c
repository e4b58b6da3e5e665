/* The samples an office might send, end to end. */
#include "fixture.h"

#include "model/change.h"
#include "format/sheet.h"
#include "model/type.h"

enum { TAX, NAME, COMMUNE, PHONE, PRODUCTS, EMPLOYEES, REVENUE_2024, REVENUE_2025, CERTIFICATE, ISSUED, EXPECTED };

static const struct record *figures_of(const struct record *r, int64_t year)
{
    const struct records *list = &r->children[ENTERPRISE_FIGURES];
    for (size_t i = 0; i < list->n; i++)
        if (v_i64(list->p[i]->v[FIGURE_YEAR]) == year) return list->p[i];
    test_fail(__FILE__, __LINE__, "no figures of %lld", (long long)year);
}

static Str number_text(struct arena *a, Val v) { return str_f(a, "%lld", (long long)v_i64(v)); }

static void check_expected(struct work *w, const Str want[EXPECTED])
{
    struct arena *a = w->a;
    const struct record *r = enterprise_by(w, str_z(a, want[TAX]));
    CHECK_STR(v_str(r->v[ENTERPRISE_NAME_VI]), want[NAME]);
    CHECK_STR(field_text(w, r, ENTERPRISE_WARD), want[COMMUNE]);
    CHECK_STR(v_str(r->v[ENTERPRISE_PHONE]), want[PHONE]);
    CHECK_STR(field_text(w, r, ENTERPRISE_PRODUCTS), want[PRODUCTS]);
    CHECK_STR(number_text(a, figures_of(r, 2025)->v[FIGURE_EMPLOYEES]), want[EMPLOYEES]);
    CHECK_STR(number_text(a, figures_of(r, 2024)->v[FIGURE_REVENUE]), want[REVENUE_2024]);
    CHECK_STR(number_text(a, figures_of(r, 2025)->v[FIGURE_REVENUE]), want[REVENUE_2025]);
    const struct records *held = &r->children[ENTERPRISE_CERTIFICATES];
    bool none = !want[CERTIFICATE].n || str_is(want[CERTIFICATE], "Chưa có");
    CHECK_INT(held->n, none ? 0 : 1);
    if (none) return;
    const struct code *k = code_find(w->codes, S("standard"), v_str(held->p[0]->v[CERTIFICATE_STANDARD]));
    CHECK_STR(k->name[VI], want[CERTIFICATE]);
    CHECK_STR(v_str(held->p[0]->v[CERTIFICATE_ISSUED_ON]), want[ISSUED]);
}

static int check_register(struct work *w, const char *path)
{
    struct sheet_reader *in;
    const struct sheet_row *row;
    Message why;
    int n = 0;
    CHECK_INT(sheet_open(w->a, test_read(w->a, path), &in, &why), OK);
    CHECK_INT(sheet_choose(in, 0, &why), OK);
    CHECK_INT(sheet_next(in, &row, &why), OK);            /* the header                         */
    for (;; n++) {
        Str want[EXPECTED] = { { 0 } };
        CHECK_INT(sheet_next(in, &row, &why), OK);
        if (!row) break;
        for (size_t i = 0; i < row->n; i++) want[row->cells[i].column - 1] = row->cells[i].text;
        check_expected(w, want);
    }
    sheet_close(in);
    return n;
}

TEST_SAMPLES(the_survey_gives_the_expected_register)
{
    struct import_report r = import_path(w, sample(a, "survey.xlsx"));
    CHECK_INT(check_register(w, sample(a, "survey-expected.csv")), 275);
    CHECK_INT(count_of(w, "enterprise"), 275);
    CHECK_INT(r.added, 275);
    CHECK_INT(r.rejected, 10);
    CHECK_INT(r.unsure, 0);
    CHECK_INT(r.added + r.same + r.rejected, 300);
}

TEST_SAMPLES(the_survey_imported_again_changes_nothing)
{
    import_path(w, sample(a, "survey.xlsx"));
    Str before = exported(w, "json");
    int64_t log = count_of(w, "change");
    struct import_report r = import_path(w, sample(a, "survey.xlsx"));
    CHECK_INT(r.added + r.changed + r.unsure, 0);
    CHECK_INT(r.batch, 0);
    CHECK_INT(count_of(w, "change"), log);
    CHECK_STR(exported(w, "json"), before);
}

TEST_SAMPLES(the_legacy_list_means_the_same_enterprises)
{
    import_path(w, sample(a, "survey.xlsx"));
    struct import_report r = import_path(w, sample(a, "tcvn3.xlsx"));
    CHECK_INT(r.same, 60);
    CHECK_INT(count_of(w, "enterprise"), 275);
    check_register(w, sample(a, "survey-expected.csv"));
}

TEST_SAMPLES(the_legacy_list_alone_gives_unicode_names)
{
    import_path(w, sample(a, "tcvn3.xlsx"));
    CHECK_STR(v_str(enterprise_by(w, "0126018157")->v[ENTERPRISE_NAME_VI]),
              S("Công ty TNHH Thương mại và Sản xuất Cơ khí chính xác Kim Liên"));
    CHECK_STR(field_text(w, enterprise_by(w, "0121993514"), ENTERPRISE_PRODUCTS), S("Lò xo nén; Khóa kéo"));
}

TEST_SAMPLES(named_enterprises_of_public_sources_are_there)
{
    struct import_report r = import_path(w, sample(a, "public-enterprises.xlsx"));
    CHECK_INT(r.unsure, 0);
    CHECK_INT(r.added + r.changed + r.same + r.rejected, 90);
    for (size_t i = 0; i < r.problems.n; i++)
        if (r.problems.p[i].rejected) CHECK(str_has(message_str(a, EN, r.problems.p[i].what), S("has no name")));
    CHECK_INT(r.added, count_of(w, "enterprise"));
}

TEST_SAMPLES(undoing_the_batch_leaves_the_register_as_it_was)
{
    import_path(w, sample(a, "public-enterprises.xlsx"));
    Str before = exported(w, "json");
    struct import_report r = import_path(w, sample(a, "survey.xlsx"));
    struct undone u;
    CHECK(!str_eq(exported(w, "json"), before));
    CHECK_INT(batch_undo(w, r.batch, &u), OK);
    CHECK_STR(exported(w, "json"), before);
}
