/* Rows that an import is not sure of, decided one after another: the next, later, the last one taken back, and how the two compare. */
#include "fixture.h"

#include "model/change.h"

#define ONE "0126018157"
#define TWO "0121993514"

static const char TWINS[] =
    "Tên doanh nghiệp,MST,Xã/phường\nCông ty TNHH Đúc Hoa Sen," ONE ",P. Láng\nCông ty TNHH Cơ khí Sao Mai," TWO ",P. Láng\n"
    "Công ty TNHH Đúc Hoa Sen,,P. Ba Đình\nCông ty TNHH Cơ khí Sao Mai,,P. Ba Đình\n";

static struct aside next_of(struct work *w)
{
    struct aside s;
    CHECK_INT(aside_next(w, &enterprise, &s), OK);
    return s;
}

static int64_t count(struct work *w, Sql q)
{
    int64_t n = -1;
    CHECK_INT(db_one_int(w->db, w->a, q, NO_ARGS, &n), OK);
    return n;
}

TEST_REGISTER(rows_are_asked_oldest_first_and_skipped_ones_last)
{
    CHECK_INT(import_text(w, TWINS).unsure, 2);
    struct aside first = next_of(w);
    CHECK_INT(first.source.row, 4);
    CHECK_INT(aside_skip(w, first.id), OK);
    struct aside second = next_of(w);
    CHECK_INT(second.source.row, 5);
    CHECK_INT(aside_skip(w, second.id), OK);
    CHECK_INT(next_of(w).id, first.id);
}

static void decide_and_take_back(struct work *w, bool same)
{
    struct undone u;
    Message why;
    int64_t aside, batch;
    import_text(w, TWINS);
    struct aside s = next_of(w);
    Str before = v_str(enterprise_by(w, ONE)->v[ENTERPRISE_WARD]);
    CHECK_INT(aside_decide(w, s.id, same ? s.candidates[0].record : 0, &why), OK);
    CHECK(next_of(w).id != s.id);
    CHECK_INT(aside_last(w, &aside, &batch), OK);
    CHECK_INT(aside, s.id);
    CHECK_INT(batch_undo(w, batch, &u), OK);
    CHECK_INT(u.kept, 0);
    CHECK_INT(next_of(w).id, s.id);
    CHECK_INT(count(w, SQL("SELECT count(*) FROM same_as")), 0);
    CHECK_INT(count(w, SQL("SELECT count(*) FROM enterprise")), 2);
    CHECK_STR(v_str(enterprise_by(w, ONE)->v[ENTERPRISE_WARD]), before);
    CHECK_INT(aside_last(w, &aside, &batch), OK);
    CHECK_INT(aside, 0);
    CHECK_INT(aside_decide(w, s.id, 0, &why), OK);          /* and can be decided otherwise        */
    CHECK_INT(count(w, SQL("SELECT count(*) FROM enterprise")), 3);
}

TEST_REGISTER(an_answer_new_is_taken_back_whole)  { decide_and_take_back(w, false); }
TEST_REGISTER(an_answer_same_is_taken_back_whole) { decide_and_take_back(w, true); }

TEST_REGISTER(the_last_answer_is_the_actors_own)
{
    Message why;
    int64_t aside, batch;
    import_text(w, TWINS);
    w->actor.account = 7;
    CHECK_INT(aside_decide(w, next_of(w).id, 0, &why), OK);
    w->actor.account = 8;
    CHECK_INT(aside_last(w, &aside, &batch), OK);
    CHECK_INT(aside, 0);
}

TEST_REGISTER(a_row_and_a_record_are_compared_field_by_field_with_why)
{
    struct reasons why;
    import_text(w, TWINS);
    w->lang = EN;
    struct aside s = next_of(w);
    struct record *r = enterprise_by(w, ONE);
    CHECK_INT(aside_compare(w, s.row, r, ENTERPRISE_NAME_VI).verdict, SAY_SAME);
    CHECK_INT(aside_compare(w, s.row, r, ENTERPRISE_WARD).verdict, SAY_OTHER);
    CHECK_INT(aside_compare(w, s.row, r, ENTERPRISE_TAX_CODE).verdict, ONLY_RECORD_SAYS);
    CHECK_INT(aside_compare(w, s.row, r, ENTERPRISE_WEBSITE).verdict, NEITHER_SAYS);
    aside_reasons(w, s.row, r, s.candidates[0].likeness, &why);
    CHECK_INT(why.n, 3);
    CHECK_STR(message_str(a, EN, why.p[0]), S("The names are the same but for their spelling."));
    CHECK_STR(message_str(a, EN, why.p[1]), S("Tax code: the file does not say it."));
    CHECK_STR(message_str(a, EN, why.p[2]), S("Ward or commune: another."));
}
