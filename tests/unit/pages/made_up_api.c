/* made_up_api.c - the API of an entity and a workflow that the programme does not have: nothing of it is written for them. */
#include "desk.h"

#include "programme/register.h"

#define REQUEST "stand-requests/YC-000001-3"

static void ask_for_a_stand(struct desk *d)
{
    Str body = str_f(d->a, "{\"company\": \"Cơ khí An\", \"fair\": \"%.*s\", \"area\": 18}", FMT(public_id(d->a, &fair, d->fair)));
    struct answer made = api_call(d, &d->owner, POST, "stand-requests", str_z(d->a, body));
    CHECK_INT(made.status, 201);
    CHECK_STR(made.location, S("/api/v1/" REQUEST));
    CHECK_HAS(made.body, "\"state\":\"draft\"");
}

TEST(a_made_up_workflow_goes_its_way_through_the_api)
{
    struct desk *d = desk_open(a);
    ask_for_a_stand(d);
    CHECK_HAS(api_call(d, &d->owner, GET, REQUEST "/steps", NULL).body, "\"send\"");
    CHECK_INT(api_call(d, &d->owner, POST, REQUEST "/steps/accept", "{}").status, 403);
    CHECK_INT(api_call(d, &d->owner, POST, REQUEST "/steps/send", "{}").status, 200);
    CHECK_INT(api_call(d, &d->officer, POST, REQUEST "/steps/refuse", "{}").status, 422);
    struct answer early = api_call(d, &d->officer, POST, REQUEST "/steps/accept", "{}");
    CHECK_INT(early.status, 422);
    CHECK_HAS(early.body, "Give the stand its number first.");
    CHECK_INT(api_call(d, &d->officer, PATCH, REQUEST, "{\"number\": \"A12\"}").status, 200);
    CHECK_INT(api_call(d, &d->officer, POST, REQUEST "/steps/accept", "{}").status, 200);
    CHECK_HAS(api_call(d, &d->owner, GET, REQUEST, NULL).body, "\"state\":\"accepted\"");
    CHECK_INT(fetch(d, &fair, d->fair)->children[field_index(&fair, S("stands"))].n, 1);
    CHECK_INT(api_call(d, &d->officer, POST, REQUEST "/steps/refuse", "{\"note\": \"No room\"}").status, 409);
}

TEST(the_rights_of_a_made_up_entity_hold_in_its_api)
{
    struct desk *d = desk_open(a);
    ask_for_a_stand(d);
    CHECK_INT(api_call(d, &d->other, GET, REQUEST, NULL).status, 404);
    CHECK_INT(api_call(d, &d->other, PATCH, REQUEST, "{\"area\": 1}").status, 404);
    CHECK_HAS_NOT(api_call(d, &d->other, GET, "stand-requests", NULL).body, "Cơ khí An");
    CHECK_HAS(api_call(d, &d->officer, GET, "stand-requests?area.min=18", NULL).body, "Cơ khí An");
    CHECK_INT(api_call(d, &d->owner, PATCH, REQUEST, "{\"number\": \"A12\"}").status, 422);
    CHECK_INT(api_call(d, &d->owner, PATCH, REQUEST, "{\"state\": \"accepted\"}").status, 422);
    CHECK_INT(api_call(d, &d->owner, DELETE, REQUEST, NULL).status, 403);
    Str another = str_f(a, "{\"company\": \"B\", \"fair\": \"%.*s\", \"account\": \"%.*s\"}", FMT(public_id(a, &fair, d->fair)),
                        FMT(public_id(a, &account_entity, d->other.account)));
    CHECK_INT(api_call(d, &d->owner, POST, "stand-requests", str_z(a, another)).status, 422);
    CHECK_HAS(api_call(d, &d->officer, GET, REQUEST "/history", NULL).body, "\"insert\"");
    CHECK_INT(api_call(d, &d->officer, DELETE, REQUEST, NULL).status, 204);
    CHECK_HAS(api_call(d, &d->officer, GET, "openapi", NULL).body, "/api/v1/stand-requests/{id}/steps/{step}");
}

TEST(nobody_makes_a_record_among_the_rows_of_another_through_the_api)
{
    struct desk *d = desk_open(a);
    struct record *another = record_make(a, &enterprise), *own = fetch(d, &enterprise, d->own), *placed = record_copy(a, own);
    another->v[ENTERPRISE_NAME_VI] = v_text(S("Đúc Bình"));
    another->v[ENTERPRISE_WARD] = placed->v[ENTERPRISE_WARD] = v_text(S("2025/00004"));
    keep(d, NULL, another);
    keep(d, own, placed);
    Str mine = str_f(a, "{\"enterprise\": \"%.*s\"}", FMT(public_id(a, &enterprise, d->own)));
    Str theirs = str_f(a, "{\"enterprise\": \"%.*s\"}", FMT(public_id(a, &enterprise, another->id)));
    CHECK_INT(api_call(d, &d->owner, POST, "verifications", str_z(a, theirs)).status, 422);
    CHECK_INT(api_call(d, &d->owner, POST, "verifications", str_z(a, mine)).status, 201);
}
