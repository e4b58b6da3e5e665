/* flow_claim.c - whose profile it is: filing a claim, who decides it, and what accepting does. */
#include "fixture.h"

#include "model/check.h"
#include "model/save.h"
#include "programme/filing.h"

static const char REGISTER[] = "Mã số thuế,Tên doanh nghiệp,Xã/phường\n"
                               "0100233488,Công ty TNHH Cơ khí Một,Phường Ba Đình\n"
                               "0100109106,Công ty Cổ phần Hai,Phường Cửa Nam\n";
#define NEW_TAX_CODE "0101248141"

static struct record *claim_for(struct work *w, int64_t enterprise_id)
{
    struct record *c = record_make(w->a, &claim);
    if (enterprise_id) c->v[CLAIM_ENTERPRISE] = v_int(enterprise_id);
    c->v[CLAIM_POSITION] = v_text(S("Giám đốc"));
    return c;
}

/* As a form does. */
static enum err file_claim(struct work *w, struct record *c)
{
    struct saving s = { .now = c };
    return record_keep(w, &s);
}

static struct record *filed(struct work *w, int64_t enterprise_id)
{
    struct record *c = claim_for(w, enterprise_id);
    CHECK_INT(file_claim(w, c), OK);
    return c;
}

static enum err take(struct work *w, const struct record *c, const char *step, const char *note)
{
    Message why;
    return step_take(w, &claim, c->id, 0, step_named(&claim, str_of(step)), str_of(note), &why);
}

static struct record *now_is(struct work *w, const struct record *c)
{
    struct record *r;
    CHECK_INT(record_load(w, &claim, c->id, &r), OK);
    return r;
}

/* As it would be at the next request. */
static struct actor actor_now(struct work *w)
{
    struct actor actor;
    CHECK_INT(actor_load(w, w->actor.account, &actor), OK);
    return actor;
}
static int64_t organisation(struct work *w) { return actor_now(w).organisation; }

struct cast { struct work *officer, *claimant; int64_t one, two; };
static struct cast cast(struct work *w)
{
    import_text(w, REGISTER);
    return (struct cast){ someone(w, "canbo@sct.vn", "officer", 0, NULL), someone(w, "giamdoc@mot.vn", "enterprise", 0, NULL),
                          enterprise_by(w, "0100233488")->id, enterprise_by(w, "0100109106")->id };
}

TEST_REGISTER(a_claim_is_its_makers_and_waits_three_working_days)
{
    struct cast c = cast(w);
    struct record *r = now_is(w, filed(c.claimant, c.one));
    CHECK_INT(v_i64(r->v[CLAIM_ACCOUNT]), c.claimant->actor.account);
    CHECK_STR(v_str(r->v[CLAIM_NAME]), S("Công ty TNHH Cơ khí Một"));
    CHECK_STR(v_str(r->v[CLAIM_STATE]), S("submitted"));
    CHECK_STR(v_str(r->v[CLAIM_DUE]), S("2026-11-25"));     /* made on a Sunday                    */
}

/* Else anybody could ask which tax codes are in the register that it does not show. */
TEST_REGISTER(a_tax_code_of_a_hidden_profile_is_claimed_as_an_unknown_one_and_the_officer_hands_that_profile_over)
{
    struct cast c = cast(w);
    struct record *was = enterprise_at(w, c.one), *now = record_copy(a, was), *r = claim_for(w, 0);
    struct saving hiding = { .was = was, .now = now };
    r->v[CLAIM_TAX_CODE] = was->v[ENTERPRISE_TAX_CODE];
    r->v[CLAIM_NAME] = was->v[ENTERPRISE_NAME_VI];
    CHECK_INT(file_claim(c.claimant, record_copy(a, r)), ERR_INVALID);
    now->v[ENTERPRISE_VISIBILITY] = v_text(S("hidden"));
    CHECK_INT(record_keep(w, &hiding), OK);
    CHECK_INT(file_claim(c.claimant, r), OK);
    CHECK_INT(take(c.officer, r, "accept", ""), OK);
    CHECK_INT(organisation(c.claimant), c.one);
}

TEST_REGISTER(a_deadline_jumps_over_tet)
{
    struct cast c = cast(w);
    time_set_now(time_now() - (int64_t)284 * 86400 * 1000000);      /* Wednesday, 11 February 2026  */
    w->today = c.claimant->today = date_today();
    struct record *r = filed(c.claimant, c.one);
    CHECK_STR(date_iso(a, w->today), S("2026-02-11"));
    CHECK_STR(v_str(r->v[CLAIM_DUE]), S("2026-02-23"));     /* 12, 13, then the week of Tết, 23    */
}

TEST_REGISTER(accepting_gives_the_account_the_enterprise_and_tells_it)
{
    struct cast c = cast(w);
    struct record *r = filed(c.claimant, c.one);
    CHECK_INT(organisation(c.claimant), 0);
    CHECK_INT(take(c.officer, r, "accept", ""), OK);
    CHECK_INT(organisation(c.claimant), c.one);
    CHECK_INT(actor_now(c.claimant).roles, ENTERPRISE);
    CHECK(str_has(last_notice(c.claimant), S("Công ty TNHH Cơ khí Một")));
}

TEST_REGISTER(only_officers_decide_and_only_the_claimant_answers)
{
    static const struct { const char *role; enum err accept, answer, withdraw; } each[] = {
        { "enterprise", ERR_DENIED, ERR_DENIED, ERR_DENIED }, { "buyer",   ERR_DENIED, ERR_DENIED, ERR_DENIED },
        { "ward",       ERR_DENIED, ERR_DENIED, ERR_DENIED }, { "leader",  ERR_DENIED, ERR_DENIED, ERR_DENIED },
        { "admin",      ERR_DENIED, ERR_DENIED, ERR_DENIED }, { "finance", ERR_DENIED, ERR_DENIED, ERR_DENIED },
    };
    struct cast c = cast(w);
    struct record *r = filed(c.claimant, c.one);
    for (size_t i = 0; i < COUNT(each); i++) {
        struct work *other = someone(w, each[i].role, each[i].role, 0, str_is(str_of(each[i].role), "ward") ? "2025/00004" : NULL);
        CHECK_INT(take(other, r, "accept", "x"), each[i].accept);
        CHECK_INT(take(other, r, "answer", "x"), each[i].answer);
        CHECK_INT(take(other, r, "withdraw", "x"), each[i].withdraw);
    }
    CHECK_INT(take(c.claimant, r, "accept", ""), ERR_DENIED);
    CHECK_INT(take(c.officer, r, "withdraw", "x"), ERR_DENIED);
    CHECK_INT(take(c.claimant, r, "withdraw", ""), OK);
}

TEST_REGISTER(asking_for_more_goes_back_and_forth_with_a_note)
{
    struct cast c = cast(w);
    struct record *r = filed(c.claimant, c.one);
    CHECK_INT(take(c.officer, r, "ask", ""), ERR_INVALID);
    CHECK_INT(take(c.officer, r, "ask", "Gửi thêm giấy uỷ quyền"), OK);
    CHECK_STR(v_str(now_is(w, r)->v[CLAIM_DUE]), S("2026-12-04"));          /* ten working days    */
    CHECK_INT(take(c.officer, r, "accept", ""), ERR_CONFLICT);
    CHECK_INT(take(c.claimant, r, "answer", ""), OK);
    CHECK(last_notice(c.officer).n);
    CHECK_INT(take(c.officer, r, "accept", ""), OK);
    struct takens taken;
    CHECK_INT(steps_taken(w, now_is(w, r), &taken), OK);
    CHECK_INT((long long)taken.n, 3);
    CHECK_STR(taken.p[2].note, S("Gửi thêm giấy uỷ quyền"));
    CHECK_STR(taken.p[2].actor, c.officer->actor.name);
    CHECK_INT(steps_taken(c.claimant, now_is(w, r), &taken), OK);
    CHECK_STR(taken.p[2].actor, tr(c.claimant->lang, "somebody else"));     /* which officer, the history does not tell either */
    CHECK_STR(taken.p[1].actor, c.claimant->actor.name);
}

TEST_REGISTER(what_is_decided_is_changed_by_nobody)
{
    struct cast c = cast(w);
    struct record *r = filed(c.claimant, c.one);
    CHECK(reach_of(c.claimant, now_is(w, r)).may & MAY_CHANGE);
    CHECK_INT(take(c.officer, r, "refuse", "Không đúng người"), OK);
    CHECK_INT(reach_of(c.claimant, now_is(w, r)).may & (MAY_READ | MAY_CHANGE), MAY_READ);
    CHECK_INT(reach_of(c.officer, now_is(w, r)).may & (MAY_READ | MAY_CHANGE), MAY_READ);
    struct record *now = record_copy(a, now_is(w, r));
    now->v[CLAIM_NOTE] = v_text(S("khác"));
    CHECK_INT(record_keep(c.claimant, &(struct saving){ .was = now_is(w, r), .now = now }), ERR_DENIED);
    CHECK_INT(organisation(c.claimant), 0);
}

TEST_REGISTER(an_enterprise_somebody_holds_takes_a_note)
{
    struct cast c = cast(w);
    someone(w, "nguoigiu@mot.vn", "enterprise", c.one, NULL);
    struct record *r = filed(c.claimant, c.one);
    Message why;
    CHECK_INT(step_take(c.officer, &claim, r->id, 0, step_named(&claim, S("accept")), S(""), &why), ERR_INVALID);
    CHECK_STR(why.fact[0], S("nguoigiu@mot.vn"));
    CHECK_STR(v_str(now_is(w, r)->v[CLAIM_STATE]), S("submitted"));
    CHECK_INT(organisation(c.claimant), 0);
    CHECK_INT(take(c.officer, r, "accept", "Hai người cùng một doanh nghiệp"), OK);
    CHECK_INT(organisation(c.claimant), c.one);
}

TEST_REGISTER(an_enterprise_not_in_the_register_is_entered_when_the_claim_is_accepted)
{
    struct cast c = cast(w);
    struct record *r = claim_for(w, 0);
    r->v[CLAIM_TAX_CODE] = v_text(S(NEW_TAX_CODE));
    CHECK_INT(file_claim(c.claimant, r), ERR_INVALID);      /* without a name                      */
    r->v[CLAIM_NAME] = v_text(S("Công ty TNHH Khuôn mẫu Ba"));
    r->v[CLAIM_WARD] = v_text(S("2025/00004"));
    CHECK_INT(file_claim(c.claimant, r), OK);
    CHECK_INT(take(c.officer, r, "accept", ""), OK);
    struct record *fresh = enterprise_by(w, NEW_TAX_CODE);
    CHECK_INT(organisation(c.claimant), fresh->id);
    CHECK_INT(v_i64(now_is(w, r)->v[CLAIM_ENTERPRISE]), fresh->id);
    CHECK_STR(v_str(fresh->v[ENTERPRISE_NAME_VI]), S("Công ty TNHH Khuôn mẫu Ba"));
    CHECK(enterprise.published(fresh));
    check_log(w);
}

TEST_REGISTER(a_tax_code_that_is_known_leads_to_its_profile)
{
    struct cast c = cast(w);
    struct record *r = claim_for(w, 0);
    r->v[CLAIM_TAX_CODE] = v_text(S("0100233488"));
    r->v[CLAIM_NAME] = v_text(S("Cơ khí Một"));
    struct saving s = { .now = r };
    CHECK_INT(record_keep(c.claimant, &s), ERR_INVALID);
    CHECK_STR(s.wrong.p[0].input, S("tax_code"));
    CHECK_STR(s.wrong.p[0].what.fact[0], public_id(a, &enterprise, c.one));
}

TEST_REGISTER(a_tax_code_that_came_in_meanwhile_is_not_entered_twice)
{
    struct cast c = cast(w);
    struct record *r = claim_for(w, 0);
    r->v[CLAIM_TAX_CODE] = v_text(S(NEW_TAX_CODE));
    r->v[CLAIM_NAME] = v_text(S("Công ty Ba"));
    CHECK_INT(file_claim(c.claimant, r), OK);
    import_text(w, "Mã số thuế,Tên doanh nghiệp\n" NEW_TAX_CODE ",Công ty TNHH Khuôn mẫu Ba\n");
    CHECK_INT(take(c.officer, r, "accept", ""), OK);
    CHECK_INT(organisation(c.claimant), enterprise_by(w, NEW_TAX_CODE)->id);
    CHECK_INT(count_of(w, "enterprise"), 3);
}

TEST_REGISTER(a_claim_of_what_is_not_there_or_hidden_is_refused)
{
    struct cast c = cast(w);
    CHECK_INT(file_claim(c.claimant, claim_for(w, 999)), ERR_INVALID);
    struct record *two = enterprise_at(w, c.two), *hidden = record_copy(a, two);
    hidden->v[ENTERPRISE_VISIBILITY] = v_text(S("hidden"));
    CHECK_INT(record_keep(c.officer, &(struct saving){ .was = two, .now = hidden }), OK);
    CHECK_INT(file_claim(c.claimant, claim_for(w, c.two)), ERR_INVALID);
}

TEST_REGISTER(nobody_claims_for_another)
{
    struct cast c = cast(w);
    struct work *other = someone(w, "khac@hai.vn", "enterprise", 0, NULL);
    struct record *r = claim_for(w, c.one);
    r->v[CLAIM_ACCOUNT] = v_int(other->actor.account);
    CHECK_INT(file_claim(c.claimant, r), ERR_DENIED);
    struct record *own = filed(c.claimant, c.one);
    CHECK(!record_visible(other, now_is(w, own)));
}

TEST_REGISTER(an_account_disabled_meanwhile_gets_nothing)
{
    struct cast c = cast(w);
    struct record *r = filed(c.claimant, c.one), *was, *now;
    CHECK_INT(record_load(w, &account_entity, c.claimant->actor.account, &was), OK);
    now = record_copy(a, was);
    now->v[ACCOUNT_STATE] = v_text(S("disabled"));
    struct work *admin = someone(w, "quantri@sct.vn", "admin", 0, NULL);
    CHECK_INT(record_keep(admin, &(struct saving){ .was = was, .now = now }), OK);
    CHECK_INT(take(c.officer, r, "accept", ""), ERR_INVALID);
    CHECK_INT(take(c.officer, r, "refuse", "Tài khoản đã khoá"), OK);
}

TEST_REGISTER(two_officers_at_once_decide_once)
{
    struct cast c = cast(w);
    struct work *second = someone(w, "canbo2@sct.vn", "officer", 0, NULL);
    struct record *r = filed(c.claimant, c.one);
    CHECK_INT(take(c.officer, r, "accept", ""), OK);
    CHECK_INT(take(second, r, "refuse", "Thiếu giấy tờ"), ERR_CONFLICT);
    CHECK_INT(organisation(c.claimant), c.one);
}
