/* delivery_participation.c - an enterprise counts once in an activity, however often it is told of; participations and enterprises are never mixed up. */
#include "deliveries.h"

#include "base/date.h"
#include "model/change.h"
#include "model/merge.h"
#include "model/save.h"
#include "programme/network/support_list.h"
#include "programme/target/target.h"

static const struct participation_asked YEAR = { .from_year = 2026, .to_year = 2026 };

TEST_REGISTER(an_enterprise_takes_part_once_in_an_activity_however_many_days_and_people_came)
{
    struct delivery_cast c = delivery_cast(w);
    bool first;
    Message why;
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 2, &first, &why), OK);
    CHECK(first);
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-11", 3, &first, &why), OK);
    CHECK(!first);
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-11", 1, &first, &why), OK);      /* fewer: somebody counted again */
    CHECK_INT(attended(c.officer, c.fair, c.firm[1], "2026-11-10", 1, &first, &why), OK);
    CHECK_INT(attended(c.officer, c.training, c.firm[0], "2026-03-05", 1, &first, &why), OK);
    CHECK(first);
    struct participation_counts n = counted_in(w, &YEAR);
    CHECK_INT(n.participations, 3);
    CHECK_INT(n.enterprises, 2);
    CHECK_INT(n.people, 3 + 1 + 1);
    CHECK_INT((int)count_of(w, "participation"), 3);
    CHECK_INT((int)count_of(w, "attendance"), 4);
    check_log(w);
}

TEST_REGISTER(participations_are_narrowed_by_year_content_kind_ward_and_activity_and_each_number_is_as_long_as_its_list)
{
    struct delivery_cast c = delivery_cast(w);
    bool first;
    Message why;
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 2, &first, &why), OK);
    CHECK_INT(attended(c.officer, c.fair, c.firm[1], "2026-11-10", 1, &first, &why), OK);
    CHECK_INT(attended(c.officer, c.training, c.firm[0], "2026-03-05", 1, &first, &why), OK);
    const struct { struct participation_asked asked; int participations, enterprises; } table[] = {
        { YEAR, 3, 2 }, { { 2025, 2027 }, 3, 2 }, { { 2027, 2030 }, 0, 0 },
        { { 2026, 2026, .content = c.fair->v[ACTIVITY_CONTENT].s }, 2, 2 }, { { 2026, 2026, .kind = c.training->v[ACTIVITY_KIND].s }, 1, 1 },
        { { 2026, 2026, .ward = S(BA_DINH) }, 2, 1 }, { { 2026, 2026, .activity = c.fair->id }, 2, 2 },
        { { 2026, 2026, .activity = c.fair->id, .ward = S(BA_DINH) }, 1, 1 },
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct participation_counts n = counted_in(w, &table[i].asked);
        const int64_t *ids;
        size_t listed;
        CHECK_INT(n.participations, table[i].participations);
        CHECK_INT(n.enterprises, table[i].enterprises);
        CHECK_INT(participations_list(w, &table[i].asked, false, &ids, &listed), OK);
        CHECK_INT(listed, n.participations);
        CHECK_INT(participations_list(w, &table[i].asked, true, &ids, &listed), OK);
        CHECK_INT(listed, n.enterprises);
        if (listed) CHECK(ids[0] == c.firm[0] || listed > 1);
    }
}

TEST_REGISTER(attendance_is_of_days_on_which_the_activity_is_held_and_of_nobody_where_it_is_cancelled_or_not_approved)
{
    struct delivery_cast c = delivery_cast(w);
    bool first;
    Message why;
    size_t at;
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-20", 1, &first, &why), ERR_INVALID);
    CHECK(str_find(said(w, why), S("is none of its days"), &at));
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2025-11-10", 1, &first, &why), ERR_INVALID);
    struct work before = *c.officer;
    before.today = (struct date){ 2026, 11, 9 };
    CHECK_INT(attended(&before, c.fair, c.firm[0], "2026-11-10", 1, &first, &why), ERR_INVALID);
    CHECK(str_find(said(w, why), S("still to come"), &at));
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", -3, &first, &why), ERR_INVALID);
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 2000000000, &first, &why), ERR_INVALID);
    CHECK_INT(attended(c.officer, c.fair, c.firm[0] + 999999, "2026-11-10", 1, &first, &why), ERR_INVALID);
    CHECK_INT(db_exec(w->db, w->a, SQL("UPDATE activity SET state = 'cancelled'"), NO_ARGS), OK);
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 1, &first, &why), ERR_INVALID);
    CHECK_STR(said(w, why), S("This activity is cancelled: nobody takes part in it."));
    CHECK_INT(db_exec(w->db, w->a, SQL("UPDATE activity SET state = 'planned', approved = 0"), NO_ARGS), OK);
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 1, &first, &why), ERR_INVALID);
    CHECK(str_find(said(w, why), S("not approved yet"), &at));
    CHECK_INT((int)count_of(w, "participation"), 0);
}

TEST_REGISTER(a_sheet_of_participants_finds_them_by_number_tax_code_or_name_and_makes_no_second_participation)
{
    struct delivery_cast c = delivery_cast(w);
    const struct import_options o = { .file_name = S("diem-danh.csv"), .sheet = -1 };
    struct import_report r;
    bool first;
    Message why;
    Str fair = public_id(w->a, &activity, c.fair->id), one = public_id(w->a, &enterprise, c.firm[0]);
    Str sheet = str_f(w->a, "Hoạt động,Doanh nghiệp,Ngày tham dự,Số người\n"
                            "%.*s,%.*s,10/11/2026,2\n%.*s,0100109106,10/11/2026,1\n%.*s,0100233488,11/11/2026,4\nHội chợ công nghiệp hỗ trợ,Công ty Đúc Ba,12/11/2026,1\n"
                            "%.*s,0100109106,30/10/2026,1\n", FMT(fair), FMT(one), FMT(fair), FMT(fair), FMT(fair));
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 1, &first, &why), OK);
    CHECK_INT(import_file(c.officer, &participation, sheet, &o, &r, &why), OK);
    CHECK_INT(r.rejected, 1);                               /* a day on which it was not held     */
    CHECK_INT(r.added, 2);
    CHECK_INT(r.changed, 2);
    CHECK_INT(r.unsure, 0);
    struct participation_counts n = counted_in(w, &YEAR);
    CHECK_INT(n.participations, 3);
    CHECK_INT(n.enterprises, 3);
    CHECK_INT(n.people, 4 + 1 + 1);
    CHECK_INT(import_file(c.officer, &participation, sheet, &o, &r, &why), OK);
    CHECK_INT(r.same, 4);
    CHECK_INT((int)count_of(w, "participation"), 3);
    CHECK_INT((int)count_of(w, "attendance"), 4);
    check_log(w);
}

TEST_REGISTER(who_is_only_registered_took_no_part)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *r = record_make(w->a, &participation);
    bool first;
    Message why;
    r->v[PARTICIPATION_ACTIVITY] = v_int(c.fair->id);
    r->v[PARTICIPATION_ENTERPRISE] = v_int(c.firm[0]);
    r = kept(c.officer, r);
    CHECK_STR(v_str(now_is(w, r)->v[PARTICIPATION_STATE]), S("registered"));
    CHECK_INT(counted_in(w, &YEAR).participations, 0);
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 1, &first, &why), OK);
    CHECK(!first);
    CHECK_STR(v_str(now_is(w, r)->v[PARTICIPATION_STATE]), S("attended"));
    CHECK_INT(counted_in(w, &YEAR).participations, 1);
}

static int64_t measured(struct work *w, const char *measure)
{
    struct record *r = record_make(w->a, &indicator);
    struct measured m;
    r->v[INDICATOR_MEASURE] = v_text(str_of(measure));
    r->v[INDICATOR_OVER] = v_text(S("year"));
    CHECK_INT(measure_of(w, r, period_of(w, r, w->today.year), &m), OK);
    return m.part;
}

TEST_REGISTER(who_attended_stays_until_the_days_are_taken_away)
{
    struct delivery_cast c = delivery_cast(w);
    struct records all;
    struct change entry;
    bool first;
    Message why;
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 1, &first, &why), OK);
    CHECK_INT(records_load(w, &participation, 0, 10, true, &all), OK);
    CHECK_INT(removed(c.officer, all.p[0], &why), ERR_INVALID);
    CHECK_STR(said(w, why), S("This enterprise took part, and is counted. If that is a mistake, first take its days of attendance away in the form; then it can be deleted."));
    CHECK_INT(change_undo(c.officer, all.p[0]->seq, &entry, &why), ERR_CONFLICT);
    struct record *nobody = record_copy(w->a, all.p[0]);
    nobody->children[PARTICIPATION_DAYS].n = 0;
    struct saving s = { .was = all.p[0], .now = nobody };
    CHECK_INT(record_keep(c.officer, &s), OK);
    CHECK_INT(removed(c.officer, now_is(w, nobody), &why), OK);
    CHECK_INT((int)count_of(w, "participation"), 0);
}

TEST_REGISTER(enterprises_that_turn_out_to_be_one_count_once_in_an_activity_with_all_their_days)
{
    struct delivery_cast c = delivery_cast(w);
    struct records all;
    struct undone u;
    int64_t batch, to;
    bool first;
    Message why;
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 2, &first, &why), OK);
    CHECK_INT(attended(c.officer, c.fair, c.firm[2], "2026-11-10", 5, &first, &why), OK);
    CHECK_INT(attended(c.officer, c.fair, c.firm[2], "2026-11-11", 1, &first, &why), OK);
    CHECK_INT(attended(c.officer, c.training, c.firm[2], "2026-03-05", 1, &first, &why), OK);
    CHECK_INT(records_load(w, &participation, 0, 10, false, &all), OK);
    Str before = exported_of(w, &participation, "csv");
    CHECK_INT(record_merge(c.officer, &enterprise, c.firm[2], c.firm[0], &batch), OK);
    struct participation_counts n = counted_in(w, &YEAR);
    CHECK_INT(n.participations, 2);
    CHECK_INT(n.enterprises, 1);
    CHECK_INT(n.people, 5 + 1);                             /* of a day that both tell of the larger number */
    CHECK_INT(measured(w, "participations"), 2);            /* as the page of targets counts      */
    CHECK_INT(measured(w, "people"), 5 + 1);
    CHECK_INT((int)count_of(w, "participation"), 2);
    CHECK_INT((int)count_of(w, "attendance"), 3);
    CHECK_INT(record_redirect(c.officer, &participation, all.p[1]->id, &to), OK);
    CHECK_INT(to, all.p[0]->id);
    CHECK_INT(batch_undo(c.officer, batch, &u), OK);
    CHECK_INT(u.kept, 0);
    CHECK_STR(exported_of(w, &participation, "csv"), before);
    CHECK_INT(measured(w, "participations"), 3);
    check_log(w);
}

TEST_REGISTER(who_was_registered_twice_and_came_once_has_attended)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *r = record_make(w->a, &participation);
    int64_t batch;
    bool first;
    Message why;
    r->v[PARTICIPATION_ACTIVITY] = v_int(c.fair->id);
    r->v[PARTICIPATION_ENTERPRISE] = v_int(c.firm[0]);
    r = kept(c.officer, r);
    CHECK_INT(attended(c.officer, c.fair, c.firm[2], "2026-11-10", 1, &first, &why), OK);
    CHECK_INT(record_merge(c.officer, &enterprise, c.firm[2], c.firm[0], &batch), OK);
    CHECK_STR(v_str(now_is(w, r)->v[PARTICIPATION_STATE]), S("attended"));
    CHECK_INT((int)count_of(w, "participation"), 1);
}

static enum err save_new(struct work *w, void *r)
{
    bool changed;
    return record_save(w, NULL, r, &changed);
}

TEST_REGISTER(no_way_of_writing_leaves_an_enterprise_twice_in_an_activity)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *twice = record_make(w->a, &participation);
    bool first;
    Message why;
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 1, &first, &why), OK);
    twice->v[PARTICIPATION_ACTIVITY] = v_int(c.fair->id);
    twice->v[PARTICIPATION_ENTERPRISE] = v_int(c.firm[0]);
    CHECK_INT(work_write(w, save_new, twice), ERR_CONFLICT);
    CHECK_INT((int)count_of(w, "participation"), 1);
}

TEST_REGISTER(a_list_on_which_enterprises_stand_once_has_the_one_that_both_were_once)
{
    struct delivery_cast c = delivery_cast(w);
    struct record *list = record_make(w->a, &support_list);
    struct undone u;
    int64_t batch;
    list->v[SUPPORT_NAME] = v_text(S("Danh sách"));
    list->v[SUPPORT_MADE_ON] = v_text(S("2026-11-01"));
    for (int i = 0; i < 3; i++) {
        struct record *entry = record_add(w->a, list, SUPPORT_ENTRIES);
        entry->v[ENTRY_ENTERPRISE] = v_int(c.firm[i]);
        entry->v[ENTRY_RANK] = v_int(i + 1);
    }
    list = made(w, list);
    CHECK_INT(record_merge(c.officer, &enterprise, c.firm[0], c.firm[2], &batch), OK);
    struct records *left = &now_is(w, list)->children[SUPPORT_ENTRIES];
    CHECK_INT(left->n, 2);
    for (size_t i = 0; i < left->n; i++) CHECK_INT(v_i64(left->p[i]->v[ENTRY_ENTERPRISE]), c.firm[i + 1]);
    CHECK_INT(batch_undo(c.officer, batch, &u), OK);
    CHECK_INT(now_is(w, list)->children[SUPPORT_ENTRIES].n, 3);
    check_log(w);
}

TEST_REGISTER(an_enterprise_reads_its_own_participations_a_ward_those_of_its_enterprises_and_nobody_else_writes)
{
    struct delivery_cast c = delivery_cast(w);
    struct records all;
    bool first;
    Message why;
    CHECK_INT(attended(c.officer, c.fair, c.firm[0], "2026-11-10", 1, &first, &why), OK);
    CHECK_INT(records_load(w, &participation, 0, 10, false, &all), OK);
    const struct record *r = all.p[0];
    CHECK(record_visible(c.one, r) && !record_visible(c.two, r) && record_visible(c.ward, r) && !record_visible(c.other_ward, r));
    CHECK(record_visible(c.finance, r) && record_visible(c.leader, r) && record_visible(c.officer, r));
    CHECK(!record_visible(c.provider, r) && !record_visible(work_of(w, VISITOR), r) && !record_visible(work_of(w, BUYER), r));
    struct work *others[] = { c.one, c.two, c.ward, c.finance, c.leader, c.agency, c.provider };
    for (size_t i = 0; i < COUNT(others); i++) CHECK(attended(others[i], c.fair, c.firm[1], "2026-11-10", 1, &first, &why) != OK);
    CHECK_INT((int)count_of(w, "participation"), 1);
}
