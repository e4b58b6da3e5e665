#include "fixture.h"

#include "model/change.h"
#include "model/check.h"
#include "model/freshness.h"
#include "programme/remind.h"

static const int64_t DAY = 86400000000;

static const char PROFILE[] = "Mã số thuế,Tên doanh nghiệp,Địa chỉ,Điện thoại,Sản phẩm,Xã/phường\n"
                              "0100233488,Công ty TNHH Cơ khí Một,Số 1 phố Một,024 3333 4444,Bánh răng,Phường Ba Đình\n";

static struct record *profile_made(struct work *w)
{
    import_text(w, PROFILE);
    return enterprise_by(w, "0100233488");
}

static void days_later(struct work *w, int days)
{
    time_set_now(time_now() + days * DAY);
    w->today = date_today();
}

static enum err delete_it(struct work *w, void *r) { return record_delete(w, r); }

struct saving { const struct record *was; struct record *now; };
static enum err save_it(struct work *w, void *arg)
{
    struct saving *s = arg;
    bool changed;
    return record_save(w, s->was, s->now, &changed);
}

static void set(struct work *w, const struct record *was, int field, Val v)
{
    struct record *now = record_copy(w->a, was);
    now->v[field] = v;
    CHECK_INT(work_write(w, save_it, &(struct saving){ was, now }), OK);
}

static Str confirmed(struct work *w, const struct record *r, int field) { return date_iso(w->a, confirmed_on(r, field)); }

TEST_REGISTER(a_fact_is_confirmed_by_entering_and_by_changing_it)
{
    struct record *r = profile_made(w);
    CHECK_STR(confirmed(w, r, ENTERPRISE_PHONE), S("2026-11-22"));
    days_later(w, 10);
    set(w, r, ENTERPRISE_PHONE, v_text(S("02455556666")));
    r = enterprise_at(w, r->id);
    CHECK_STR(confirmed(w, r, ENTERPRISE_PHONE), S("2026-12-02"));
    CHECK_STR(confirmed(w, r, ENTERPRISE_ADDRESS), S("2026-11-22"));
    CHECK_STR(field_text(w, r, ENTERPRISE_CONFIRMED_SINCE), S("22/11/2026"));
}

TEST_REGISTER(a_list_is_confirmed_by_a_change_in_one_of_its_records)
{
    struct record *r = profile_made(w), *now = record_copy(w->a, r);
    days_later(w, 3);
    now->children[ENTERPRISE_PRODUCTS].p[0]->v[0] = v_text(S("Trục"));
    CHECK_INT(work_write(w, save_it, &(struct saving){ r, now }), OK);
    CHECK_STR(confirmed(w, enterprise_at(w, r->id), ENTERPRISE_PRODUCTS), S("2026-11-25"));
    CHECK_STR(confirmed(w, enterprise_at(w, r->id), ENTERPRISE_ADDRESS), S("2026-11-22"));
}

TEST_REGISTER(what_is_no_key_fact_confirms_nothing)
{
    struct record *r = profile_made(w);
    days_later(w, 10);
    set(w, r, ENTERPRISE_NOTE, v_text(S("gọi lại sau")));
    CHECK_STR(field_text(w, enterprise_at(w, r->id), ENTERPRISE_CONFIRMED_SINCE), S("22/11/2026"));
}

TEST_REGISTER(still_correct_confirms_one_fact_or_all_that_are_there)
{
    struct record *r = profile_made(w);
    struct work *owner = someone(w, "chu@vidu.vn", "enterprise", r->id, NULL);
    Message why = NO_MESSAGE;
    days_later(w, 100);
    CHECK_INT(record_confirm(owner, &enterprise, r->id, ENTERPRISE_PHONE, &why), OK);
    CHECK_STR(confirmed(w, enterprise_at(w, r->id), ENTERPRISE_PHONE), S("2027-03-02"));
    CHECK_STR(field_text(w, enterprise_at(w, r->id), ENTERPRISE_CONFIRMED_SINCE), S("22/11/2026"));
    CHECK_INT(record_confirm(owner, &enterprise, r->id, -1, &why), OK);
    CHECK_STR(field_text(w, enterprise_at(w, r->id), ENTERPRISE_CONFIRMED_SINCE), S("02/03/2027"));
    CHECK_INT(record_confirm(owner, &enterprise, r->id, ENTERPRISE_WEBSITE, &why), ERR_INVALID);
    CHECK(why.id);
    CHECK_INT(record_confirm(owner, &enterprise, r->id, ENTERPRISE_NAME_VI, &why), ERR_INVALID);
}

TEST_REGISTER(only_who_may_change_or_propose_may_confirm)
{
    struct record *r = profile_made(w);
    Str ward = v_str(r->v[ENTERPRISE_WARD]);
    import_text(w, "Mã số thuế,Tên doanh nghiệp\n0100109106,Công ty Khác\n");
    struct { struct work *who; enum err answer; } each[] = {
        { someone(w, "khac@vidu.vn", "enterprise", enterprise_by(w, "0100109106")->id, NULL), ERR_DENIED },
        { someone(w, "khong@vidu.vn", "enterprise", 0, NULL), ERR_DENIED },
        { someone(w, "hoi@vidu.vn", "leader", 0, NULL), ERR_DENIED },
        { someone(w, "xakhac@vidu.vn", "ward", 0, "2025/00008"), ERR_DENIED },
        { someone(w, "phuong@vidu.vn", "ward", 0, str_z(w->a, ward)), OK },
        { someone(w, "so@vidu.vn", "officer", 0, NULL), OK },
    };
    Message why;
    for (size_t i = 0; i < COUNT(each); i++) CHECK_INT(record_confirm(each[i].who, &enterprise, r->id, -1, &why), each[i].answer);
}

TEST_REGISTER(a_profile_is_stale_to_the_day_after_the_months_of_the_setting)
{
    struct record *r = profile_made(w);
    Message why;
    days_later(w, 364);                                     /* 21 November 2027                    */
    CHECK(!record_stale(w, r));
    days_later(w, 1);
    CHECK(record_stale(w, r));
    CHECK_INT(record_confirm(w, &enterprise, r->id, -1, &why), OK);
    CHECK(!record_stale(w, enterprise_at(w, r->id)));
}

TEST_REGISTER(undo_brings_back_the_dates_with_the_values)
{
    struct record *r = profile_made(w);
    struct undone undone;
    days_later(w, 10);
    struct import_report report = import_text(w, "Mã số thuế,Điện thoại\n0100233488,024 7777 8888\n");
    CHECK_STR(confirmed(w, enterprise_at(w, r->id), ENTERPRISE_PHONE), S("2026-12-02"));
    days_later(w, 10);
    CHECK_INT(batch_undo(w, report.batch, &undone), OK);
    CHECK_STR(confirmed(w, enterprise_at(w, r->id), ENTERPRISE_PHONE), S("2026-11-22"));
}

TEST_REGISTER(the_dates_are_logged_but_shown_to_nobody)
{
    struct record *r = profile_made(w);
    struct reach reach = reach_of(w, r);
    CHECK(!field_seen(&enterprise.fields[ENTERPRISE_CONFIRMATIONS], reach.reads));
    CHECK(!field_written(w, &enterprise.fields[ENTERPRISE_CONFIRMATIONS], reach, true));
    CHECK(!field_written(w, &enterprise.fields[ENTERPRISE_VERIFIED_ON], reach, true));
    CHECK(!str_has(exported(w, "csv"), S("confirmations")));
    check_log(w);
}

/* ---- reminders ----------------------------------------------------------------------------------- */

static enum err both_reminders(struct work *w, void *arg)
{
    TRY(freshness_remind(w));
    return certificates_remind(w);
}

static int64_t reminded(struct work *w)
{
    int64_t before = count_of(w, "notice");
    CHECK_INT(work_write(w, both_reminders, NULL), OK);
    return count_of(w, "notice") - before;
}

TEST_REGISTER(owners_are_reminded_of_a_stale_profile_once)
{
    struct record *r = profile_made(w);
    Message why;
    days_later(w, 400);
    CHECK_INT(reminded(w), 0);                              /* nobody owns it                      */
    struct work *owner = someone(w, "chu@vidu.vn", "enterprise", r->id, NULL);
    CHECK_INT(reminded(w), 1);
    CHECK(str_has(last_notice(owner), S("Công ty TNHH Cơ khí Một")) && str_has(last_notice(owner), S("22/11/2026")));
    days_later(w, 1);
    CHECK_INT(reminded(w), 0);
    CHECK_INT(record_confirm(w, &enterprise, r->id, -1, &why), OK);
    days_later(w, 300);
    CHECK_INT(reminded(w), 0);
    days_later(w, 100);
    CHECK_INT(reminded(w), 1);                              /* stale again                         */
}

TEST_REGISTER(owners_are_reminded_of_an_expiring_certificate_sixty_thirty_and_seven_days_before)
{
    struct record *r = profile_made(w), *now = record_copy(w->a, r), *c = record_add(w->a, now, ENTERPRISE_CERTIFICATES);
    struct work *owner = someone(w, "chu@vidu.vn", "enterprise", r->id, NULL);
    c->v[CERTIFICATE_STANDARD] = v_text(code_find(w->codes, S("standard"), S("ISO9001"))->key);
    c->v[CERTIFICATE_EXPIRES_ON] = v_text(S("2027-02-01")); /* 71 days from now                    */
    CHECK_INT(work_write(w, save_it, &(struct saving){ r, now }), OK);
    int64_t told[73] = { 0 };
    for (int day = 0; day < 73; day++) {
        told[day] = reminded(w);
        days_later(w, 1);
    }
    for (int day = 0; day < 73; day++) CHECK_INT(told[day], day == 11 || day == 41 || day == 64);
    CHECK(str_has(last_notice(owner), S("01/02/2027")));
}

TEST_REGISTER(a_certificate_first_seen_late_is_reminded_of_once)
{
    struct record *r = profile_made(w), *now = record_copy(w->a, r), *c = record_add(w->a, now, ENTERPRISE_CERTIFICATES);
    someone(w, "chu@vidu.vn", "enterprise", r->id, NULL);
    c->v[CERTIFICATE_STANDARD] = v_text(code_find(w->codes, S("standard"), S("ISO9001"))->key);
    c->v[CERTIFICATE_EXPIRES_ON] = v_text(S("2026-11-25"));
    CHECK_INT(work_write(w, save_it, &(struct saving){ r, now }), OK);
    CHECK_INT(reminded(w), 1);
    CHECK_INT(reminded(w), 0);
}

/* ---- taking back ---------------------------------------------------------------------------------- */

TEST_REGISTER(what_was_confirmed_meanwhile_does_not_stand_against_undo)
{
    struct record *r = profile_made(w), *now;
    Message why = NO_MESSAGE;
    struct change entry;
    days_later(w, 10);
    set(w, r, ENTERPRISE_PHONE, v_text(S("02455556666")));
    int64_t phone = enterprise_at(w, r->id)->seq;
    days_later(w, 10);
    CHECK_INT(record_confirm(w, &enterprise, r->id, ENTERPRISE_ADDRESS, &why), OK);
    CHECK_INT(change_undo(w, phone, &entry, &why), OK);
    now = enterprise_at(w, r->id);
    CHECK(val_eq(now->v[ENTERPRISE_PHONE], r->v[ENTERPRISE_PHONE]));
    CHECK_STR(confirmed(w, now, ENTERPRISE_ADDRESS), S("2026-12-12"));
    check_log(w);
}

/* Fields that only the program or the ward writes come back with the rest: the officer chooses none of them. */
TEST_REGISTER(an_officer_takes_back_an_edit_and_a_deletion_with_all_that_stood_there)
{
    struct record *r = profile_made(w);
    struct work *officer = work_of(w, OFFICER);
    Message why = NO_MESSAGE;
    struct change entry;
    set(w, r, ENTERPRISE_VERIFIED_ON, v_text(S("2026-11-20")));
    days_later(w, 10);
    r = enterprise_at(w, r->id);
    set(officer, r, ENTERPRISE_PHONE, v_text(S("02455556666")));
    CHECK_INT(change_undo(officer, enterprise_at(w, r->id)->seq, &entry, &why), OK);
    CHECK(val_eq(enterprise_at(w, r->id)->v[ENTERPRISE_PHONE], r->v[ENTERPRISE_PHONE]));
    set(w, enterprise_at(w, r->id), ENTERPRISE_PHONE, v_null());
    r = enterprise_at(w, r->id);
    CHECK_INT(work_write(officer, delete_it, r), OK);
    int64_t deletion;
    CHECK_INT(change_last(w, &deletion), OK);
    CHECK_INT(change_undo(work_of(w, WARD), deletion, &entry, &why), ERR_DENIED);
    CHECK_INT(change_undo(officer, deletion, &entry, &why), OK);
    struct record *back = enterprise_at(w, r->id);
    CHECK_INT(delta_make(w, r, back).n, 0);
    check_log(w);
}
