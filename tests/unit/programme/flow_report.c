/* flow_report.c - what the public reports: who learns what of it, what the public is warned of, and what becomes of it. */
#include "fixture.h"

#include "base/hash.h"
#include "model/change.h"
#include "model/desk/mail.h"
#include "model/save.h"
#include "programme/filing.h"

static const char REGISTER[] = "Mã số thuế,Tên doanh nghiệp,Xã/phường\n0100233488,Công ty TNHH Cơ khí Một,Phường Ba Đình\n";

struct filing { struct record *r; Str code; };
static enum err file_it(struct work *w, void *arg)
{
    struct filing *f = arg;
    return report_file(w, f->r, &f->code);
}

static struct filing reported(struct work *w, const char *kind, const char *email)
{
    struct record *r = record_make(w->a, &report);
    r->v[REPORT_ENTERPRISE] = v_int(enterprise_by(w, "0100233488")->id);
    r->v[REPORT_KIND] = v_text(str_of(kind));
    r->v[REPORT_TEXT] = v_text(S("Xưởng đã đóng cửa từ tháng 9"));
    if (*email) r->v[REPORT_EMAIL] = v_text(str_of(email));
    struct filing f = { r, { 0 } };
    CHECK_INT(work_write(work_of(w, VISITOR), file_it, &f), OK);
    return f;
}

static enum err take(struct work *w, const struct record *r, const char *step, const char *note)
{
    Message why;
    return step_take(w, &report, r->id, 0, step_named(&report, str_of(step)), str_of(note), &why);
}

static size_t warned_of(struct work *w)
{
    struct records list;
    CHECK_INT(reports_being_checked(w, enterprise_by(w, "0100233488")->id, &list), OK);
    return list.n;
}

TEST_REGISTER(the_code_finds_the_report_and_is_kept_nowhere)
{
    import_text(w, REGISTER);
    struct filing f = reported(w, "closed", "");
    struct record *found;
    CHECK_INT((long long)f.code.n, 43);
    CHECK_INT(report_by_code(w, f.code, &found), OK);
    CHECK_INT(found->id, f.r->id);
    CHECK_STR(v_str(found->v[REPORT_NAME]), S("Công ty TNHH Cơ khí Một"));
    CHECK_INT(report_by_code(w, S("khong-co"), &found), ERR_MISSING);
    CHECK_INT(report_by_code(w, sha256_hex(a, f.code), &found), ERR_MISSING);
    CHECK(!str_eq(v_str(f.r->v[REPORT_CODE]), f.code));
}

TEST_REGISTER(the_public_is_warned_only_while_an_officer_checks)
{
    import_text(w, REGISTER);
    struct work *officer = someone(w, "canbo@sct.vn", "officer", 0, NULL);
    struct filing f = reported(w, "closed", "");
    CHECK_INT((long long)warned_of(w), 0);
    CHECK_INT(take(officer, f.r, "check", ""), OK);
    CHECK_INT((long long)warned_of(w), 1);
    CHECK_INT(take(officer, f.r, "dismiss", "Vẫn hoạt động"), OK);
    CHECK_INT((long long)warned_of(w), 0);
    CHECK(!v_is(enterprise_by(w, "0100233488")->v[ENTERPRISE_STATUS]));
}

TEST_REGISTER(an_enterprise_found_closed_gets_that_status)
{
    import_text(w, REGISTER);
    struct work *officer = someone(w, "canbo@sct.vn", "officer", 0, NULL);
    struct filing closed = reported(w, "closed", ""), wrong = reported(w, "wrong", "");
    CHECK_INT(take(officer, wrong.r, "uphold", "Đã sửa số điện thoại"), OK);
    CHECK(!v_is(enterprise_by(w, "0100233488")->v[ENTERPRISE_STATUS]));
    CHECK_INT(take(officer, closed.r, "uphold", ""), OK);
    CHECK_STR(v_str(enterprise_by(w, "0100233488")->v[ENTERPRISE_STATUS]), S("2026/closed"));
}

TEST_REGISTER(officers_alone_decide_and_know_who_reported)
{
    import_text(w, REGISTER);
    int64_t one = enterprise_by(w, "0100233488")->id;
    struct filing f = reported(w, "moved", "nguoibao@vidu.vn");
    struct work *owner = someone(w, "chu@mot.vn", "enterprise", one, NULL), *other = someone(w, "khac@hai.vn", "enterprise", 0, NULL);
    static const char *const roles[] = { "buyer", "ward", "finance", "agency", "association", "provider", "reviewer", "leader", "admin" };
    for (size_t i = 0; i < COUNT(roles); i++) {
        bool ward = str_is(str_of(roles[i]), "ward"), association = str_is(str_of(roles[i]), "association");
        if (association) continue;                          /* needs its association               */
        struct work *who = someone(w, roles[i], roles[i], 0, ward ? "2025/00004" : NULL);
        CHECK_INT(take(who, f.r, "check", ""), ERR_DENIED);
        CHECK(!field_seen(&report.fields[REPORT_EMAIL], reach_of(who, f.r).reads));
    }
    CHECK_INT(take(owner, f.r, "dismiss", "x"), ERR_DENIED);
    CHECK(record_visible(owner, f.r) && !record_visible(other, f.r));
    CHECK(field_seen(&report.fields[REPORT_TEXT], reach_of(owner, f.r).reads));
    CHECK(!field_seen(&report.fields[REPORT_EMAIL], reach_of(owner, f.r).reads));
    CHECK(!field_seen(&report.fields[REPORT_EVIDENCE], reach_of(owner, f.r).reads));
    CHECK(!field_seen(&report.fields[REPORT_CODE], reach_of(someone(w, "canbo@sct.vn", "officer", 0, NULL), f.r).reads));
}

TEST_REGISTER(whoever_left_an_address_is_told_at_both_ends)
{
    import_text(w, REGISTER);
    struct work *officer = someone(w, "canbo@sct.vn", "officer", 0, NULL);
    struct filing f = reported(w, "closed", "nguoibao@vidu.vn");
    struct mail m;
    CHECK_INT(mail_next(w, &m), OK);
    CHECK_STR(m.to, S("nguoibao@vidu.vn"));
    CHECK(str_has(m.text, str_f(a, "{base}/reports/%.*s", FMT(f.code))));
    CHECK_INT(take(officer, f.r, "dismiss", "Đã đến nơi, vẫn sản xuất"), OK);
    CHECK_INT(count_of(w, "mail"), 2);
}

TEST_REGISTER(without_an_address_no_mail_is_written)
{
    import_text(w, REGISTER);
    reported(w, "closed", "");
    CHECK_INT(count_of(w, "mail"), 0);
}

TEST_REGISTER(the_enterprise_learns_that_it_is_being_checked)
{
    import_text(w, REGISTER);
    struct work *owner = someone(w, "chu@mot.vn", "enterprise", enterprise_by(w, "0100233488")->id, NULL);
    struct work *officer = someone(w, "canbo@sct.vn", "officer", 0, NULL);
    struct filing f = reported(w, "closed", "");
    CHECK(!last_notice(owner).n);
    CHECK_INT(take(officer, f.r, "check", ""), OK);
    CHECK(str_has(last_notice(owner), S("Công ty TNHH Cơ khí Một")));
}

TEST_REGISTER(an_import_is_taken_back_but_for_what_was_reported_on)
{
    struct undone undone;
    struct import_report imported = import_text(w, "Mã số thuế,Tên doanh nghiệp\n0100233488,Công ty TNHH Cơ khí Một\n0100109106,Công ty Cổ phần Hai\n");
    reported(w, "closed", "");
    CHECK_INT(batch_undo(w, imported.batch, &undone), OK);
    CHECK_INT(undone.undone, 1);
    CHECK_INT(undone.kept, 1);
    CHECK_INT(count_of(w, "enterprise"), 1);
    CHECK_INT(count_of(w, "report"), 1);
}
