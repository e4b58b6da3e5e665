/* score.c - what the members of a council give to each proposal, once for each criterion, each for themselves and with a comment. */
#include "programme/contract/inside.h"

static const struct field fields[] = {
    [SCORE_NAME] = { "name", N_("Criterion and proposal"), &text_type, LISTED | OWNER, .max = 1000, .writers = SYSTEM },
    [SCORE_IDENTITY] = { "identity", N_("Which score"), &text_type, COMPUTED | KEY | INDEXED, .max = 300 },
    [SCORE_CALL] = { "call", N_("Call for proposals"), &reference_type, OWNER | INDEXED, .to = &call, .writers = SYSTEM },
    [SCORE_BID] = { "bid", N_("Proposal"), &reference_type, REQUIRED | OWNER | FIXED | INDEXED, .to = &bid },
    [SCORE_CRITERION] = { "criterion", N_("Criterion"), &text_type, REQUIRED | OWNER | LISTED | FIXED, .max = 200, .help = N_("As the call names it.") },
    [SCORE_MEMBER] = { "member", N_("Member of the council"), &account_type, OWNER | LISTED | INDEXED, .writers = SYSTEM },
    [SCORE_POINTS] = { "points", N_("Points"), &number_type, REQUIRED | OWNER | LISTED, .least = 0, .most = 100 },
    [SCORE_COMMENT] = { "comment", N_("Comment"), &long_text_type, REQUIRED | OWNER, .max = 4000, .help = N_("Why so many points; it stands in the minutes.") },
};
_Static_assert(COUNT(fields) == SCORE_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { REVIEWER | OFFICER,                 MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_MINE, SCORE_MEMBER },
    { OFFICER | FINANCE | LEADER | ADMIN, MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { 0 },
};

static Message check(const struct work *w, const struct record *r, int *field)
{
    const struct record *of = named(w, r, SCORE_BID, &bid), *in = of ? named(w, of, BID_CALL, &call) : NULL;
    *field = SCORE_BID;
    if (!in || !in_state(of, "opened")) return MSG(N_("There is no such proposal to be appraised."));
    if (!in_state(in, "appraising")) return MSG(N_("The call is in the state “{1}”: points are given while it is appraised."), tr(w->lang, state_of(in)->label));
    if (!call_member(w, in) || v_i64(r->v[SCORE_MEMBER]) != w->actor.account) return MSG(N_("Only members of the council give points, each for themselves."));
    *field = SCORE_CRITERION;
    for (size_t i = 0; i < in->children[CALL_CRITERIA].n; i++)
        if (val_eq(in->children[CALL_CRITERIA].p[i]->v[CRITERION_TITLE], r->v[SCORE_CRITERION])) return NO_MESSAGE;
    return MSG(N_("The call has no criterion of that name."));
}

static void compute(const struct work *w, struct record *r)
{
    const struct record *of = r->id ? NULL : named(w, r, SCORE_BID, &bid);
    Str criterion = v_str(r->v[SCORE_CRITERION]);
    r->v[SCORE_IDENTITY] = v_text(str_f(w->a, "%lld/%lld/%.*s", (long long)v_i64(r->v[SCORE_BID]), (long long)v_i64(r->v[SCORE_MEMBER]), FMT(criterion)));
    if (!of) return;
    r->v[SCORE_CALL] = of->v[BID_CALL];
    r->v[SCORE_NAME] = v_text(str_f(w->a, "%.*s · %.*s", FMT(criterion), FMT(v_str(of->v[BID_NAME]))));
}

const struct entity bid_score = {
    .name = "bid_score", .path = "bid-scores", .one = N_("Score"), .many = N_("Scores"), .shelf = N_("Contracts"), FIELDS(fields), .title = SCORE_NAME, .rights = rights, .check = check, .compute = compute,
    .about = N_("Points and comments that members of a council gave to a proposal."),
};
