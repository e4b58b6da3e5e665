/* score.c - what the members of a council give to each proposal, and the ranking that follows. */
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

const struct entity bid_score = {
    .name = "bid_score", .path = "bid-scores", .one = N_("Score"), .many = N_("Scores"), .shelf = N_("Contracts"), FIELDS(fields), .title = SCORE_NAME, .rights = rights,
    .about = N_("Points and comments that members of a council gave to a proposal."),
};
