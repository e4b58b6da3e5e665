/* flow_verification.c - the ward goes and looks: who may ask, who may say what was found, and what that does to the profile. */
#include "fixture.h"

#include "model/save.h"
#include "programme/filing.h"

static const char REGISTER[] = "Mã số thuế,Tên doanh nghiệp,Xã/phường\n"
                               "0100233488,Công ty TNHH Cơ khí Một,Phường Ba Đình\n"
                               "0100109106,Công ty Cổ phần Hai,Phường Cửa Nam\n"
                               "0101248141,Công ty Ba,\n";

struct cast { struct work *officer, *ward, *elsewhere, *owner; struct record *one, *two, *nowhere; };
static struct cast cast(struct work *w)
{
    import_text(w, REGISTER);
    struct record *one = enterprise_by(w, "0100233488"), *two = enterprise_by(w, "0100109106");
    return (struct cast){
        someone(w, "canbo@sct.vn", "officer", 0, NULL), someone(w, "badinh@hanoi.vn", "ward", 0, str_z(w->a, v_str(one->v[ENTERPRISE_WARD]))),
        someone(w, "cuanam@hanoi.vn", "ward", 0, str_z(w->a, v_str(two->v[ENTERPRISE_WARD]))), someone(w, "chu@mot.vn", "enterprise", one->id, NULL),
        one, two, enterprise_by(w, "0101248141"),
    };
}

static enum err ask(struct work *w, const struct record *e, struct record **out)
{
    *out = record_make(w->a, &verification);
    (*out)->v[VERIFICATION_ENTERPRISE] = v_int(e->id);
    return record_keep(w, &(struct saving){ .now = *out });
}

static struct record *now_is(struct work *w, const struct record *v)
{
    struct record *r;
    CHECK_INT(record_load(w, &verification, v->id, &r), OK);
    return r;
}

static struct record *asked_by(struct work *w, const struct record *e)
{
    struct record *v;
    CHECK_INT(ask(w, e, &v), OK);
    return now_is(w, v);
}

/* Enters the visit: 1 yes, 0 no. */
static enum err visit(struct work *w, const struct record *v, int at_address, int produces, const char *found)
{
    struct record *was = now_is(w, v), *now = record_copy(w->a, was);
    now->v[VERIFICATION_VISITED_ON] = v_text(S("2026-11-20"));
    now->v[VERIFICATION_AT_ADDRESS] = v_int(at_address);
    now->v[VERIFICATION_PRODUCES] = v_int(produces);
    if (*found) now->v[VERIFICATION_FOUND] = v_text(str_of(found));
    return record_keep(w, &(struct saving){ .was = was, .now = now });
}

static enum err take(struct work *w, const struct record *v, const char *step, const char *note)
{
    Message why;
    return step_take(w, &verification, v->id, 0, step_named(&verification, str_of(step)), str_of(note), &why);
}

TEST_REGISTER(a_verification_goes_to_the_ward_of_the_enterprise)
{
    struct cast c = cast(w);
    struct record *v = asked_by(c.officer, c.one);
    CHECK(val_eq(v->v[VERIFICATION_WARD], c.one->v[ENTERPRISE_WARD]));
    CHECK_STR(v_str(v->v[VERIFICATION_NAME]), S("Công ty TNHH Cơ khí Một"));
    CHECK_STR(v_str(v->v[VERIFICATION_DUE]), S("2026-12-01"));              /* seven working days  */
    CHECK(record_visible(c.ward, v) && record_visible(c.owner, v) && !record_visible(c.elsewhere, v));
}

/* Seeing it in one office is no ground to decide it in another. */
TEST_REGISTER(who_sees_it_by_another_role_takes_no_step_of_the_ward)
{
    struct cast c = cast(w);
    struct record *v = asked_by(c.officer, c.one);
    c.elsewhere->actor.roles |= AGENCY;
    CHECK(record_visible(c.elsewhere, v));
    CHECK_INT(visit(c.ward, v, 1, 1, ""), OK);
    CHECK_INT(take(c.elsewhere, v, "confirm", ""), ERR_DENIED);
    CHECK_INT(take(c.ward, v, "confirm", ""), OK);
}

TEST_REGISTER(it_stays_with_that_ward_when_the_enterprise_moves)
{
    struct cast c = cast(w);
    struct record *v = asked_by(c.officer, c.one), *now = record_copy(a, c.one);
    now->v[ENTERPRISE_WARD] = c.two->v[ENTERPRISE_WARD];
    CHECK_INT(record_keep(c.officer, &(struct saving){ .was = c.one, .now = now }), OK);
    CHECK_INT(visit(c.ward, v, 1, 1, ""), OK);
    CHECK(val_eq(now_is(w, v)->v[VERIFICATION_WARD], c.one->v[ENTERPRISE_WARD]));
    CHECK_INT(visit(c.elsewhere, v, 1, 1, ""), ERR_DENIED);
}

TEST_REGISTER(owner_ward_and_department_may_ask_but_nobody_else)
{
    struct cast c = cast(w);
    struct record *v, *again;
    CHECK_INT(ask(c.elsewhere, c.one, &v), ERR_INVALID);
    CHECK_INT(ask(c.owner, c.two, &v), ERR_DENIED);
    CHECK_INT(ask(someone(w, "hoi@vidu.vn", "association", 0, NULL), c.one, &v), ERR_DENIED);
    CHECK_INT(ask(work_of(w, VISITOR), c.one, &v), ERR_DENIED);
    CHECK_INT(ask(c.owner, c.one, &v), OK);
    CHECK_INT(ask(c.ward, c.one, &again), ERR_INVALID);     /* it has been asked for already       */
    CHECK_INT(take(c.officer, v, "cancel", "Đã xác minh tháng trước"), OK);
    CHECK_INT(ask(c.ward, c.one, &v), OK);
}

TEST_REGISTER(an_enterprise_without_a_ward_cannot_be_verified)
{
    struct cast c = cast(w);
    struct record *v;
    CHECK_INT(ask(c.officer, c.nowhere, &v), ERR_INVALID);
}

TEST_REGISTER(confirming_takes_a_visit_that_found_it_and_marks_the_profile)
{
    struct cast c = cast(w);
    struct record *v = asked_by(c.owner, c.one);
    CHECK_INT(take(c.ward, v, "confirm", ""), ERR_INVALID); /* nobody was there                    */
    CHECK_INT(visit(c.owner, v, 1, 1, ""), ERR_DENIED);
    CHECK_INT(visit(c.ward, v, 1, 0, ""), OK);
    CHECK_INT(take(c.ward, v, "confirm", ""), ERR_INVALID); /* it makes something else             */
    CHECK_INT(visit(c.ward, v, 1, 1, ""), OK);
    CHECK_INT(take(c.elsewhere, v, "confirm", ""), ERR_DENIED);
    CHECK_INT(take(c.owner, v, "confirm", ""), ERR_DENIED);
    CHECK_INT(take(c.ward, v, "confirm", ""), OK);
    struct record *e = enterprise_at(w, c.one->id);
    CHECK_STR(v_str(e->v[ENTERPRISE_VERIFIED_ON]), S("2026-11-20"));
    CHECK(val_eq(e->v[ENTERPRISE_VERIFIED_BY], c.one->v[ENTERPRISE_WARD]));
    CHECK(last_notice(c.owner).n && last_notice(c.officer).n && !last_notice(c.elsewhere).n);
}

TEST_REGISTER(differences_are_written_down)
{
    struct cast c = cast(w);
    struct record *v = asked_by(c.ward, c.one);
    CHECK_INT(visit(c.ward, v, 1, 0, ""), OK);
    CHECK_INT(take(c.ward, v, "differ", ""), ERR_INVALID);
    CHECK_INT(visit(c.ward, v, 1, 0, "Chỉ gia công, không sản xuất"), OK);
    CHECK_INT(take(c.ward, v, "differ", ""), OK);
    CHECK(v_is(enterprise_at(w, c.one->id)->v[ENTERPRISE_VERIFIED_ON]));
}

TEST_REGISTER(not_found_takes_the_mark_away)
{
    struct cast c = cast(w);
    struct record *v = asked_by(c.officer, c.one);
    CHECK_INT(visit(c.ward, v, 1, 1, ""), OK);
    CHECK_INT(take(c.ward, v, "confirm", ""), OK);
    v = asked_by(c.officer, c.one);
    CHECK_INT(visit(c.ward, v, 0, 0, ""), OK);
    CHECK_INT(take(c.ward, v, "miss", ""), ERR_INVALID);    /* whoever is concerned must learn why */
    CHECK_INT(take(c.ward, v, "miss", "Địa chỉ là nhà dân"), OK);
    CHECK(!v_is(enterprise_at(w, c.one->id)->v[ENTERPRISE_VERIFIED_ON]));
    CHECK(!v_is(enterprise_at(w, c.one->id)->v[ENTERPRISE_VERIFIED_BY]));
}

TEST_REGISTER(a_visit_is_not_in_the_future)
{
    struct cast c = cast(w);
    struct record *v = asked_by(c.officer, c.one), *now = record_copy(a, v);
    now->v[VERIFICATION_VISITED_ON] = v_text(S("2026-11-23"));
    CHECK_INT(record_keep(c.ward, &(struct saving){ .was = v, .now = now }), ERR_INVALID);
}

TEST_REGISTER(nobody_writes_the_mark_by_a_form)
{
    struct cast c = cast(w);
    struct record *now = record_copy(a, c.one);
    now->v[ENTERPRISE_VERIFIED_ON] = v_text(S("2026-11-20"));
    CHECK_INT(record_keep(c.officer, &(struct saving){ .was = c.one, .now = now }), ERR_DENIED);
}
