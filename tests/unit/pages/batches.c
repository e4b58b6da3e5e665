/* batches.c - what is done to many records at once, found again and taken back long after it was done. */
#include "desk.h"

static struct record *a_fair(struct desk *d, const char *name)
{
    struct record *r = record_make(d->a, &fair);
    r->v[0] = v_text(str_of(name));
    return keep(d, NULL, r);
}

/* Two fairs of three are given a budget; the number of the batch. */
static int64_t an_edit_of_two(struct desk *d)
{
    struct record *one = a_fair(d, "Một"), *two = a_fair(d, "Hai");
    Str form = str_f(d->a, "id=%.*s&id=%.*s&.set.budget=1&.to.budget=7&.stage=save", FMT(public_id(d->a, &fair, one->id)),
                     FMT(public_id(d->a, &fair, two->id)));
    return number_in(post(d, &d->officer, "/workspace/fairs/bulk", str_z(d->a, form)).location, "batch");
}

TEST(an_edit_of_many_is_found_again_and_taken_back_once)
{
    struct desk *d = desk_open(a);
    CHECK_HAS(get(d, &d->officer, "/workspace/undo").body, "Nothing has been done to many records at once yet.");
    int64_t batch = an_edit_of_two(d);
    const char *button = str_z(a, str_f(a, "name=\"batch\" value=\"%lld\"", (long long)batch));
    Str page = get(d, &d->officer, "/workspace/undo").body;
    CHECK_HAS(page, "Edit of many");
    CHECK_HAS(page, button);
    CHECK_HAS_NOT(get(d, &d->owner, "/workspace/undo").body, "Edit of many");
    CHECK_INT(post(d, &d->officer, "/workspace/undo", str_z(a, str_f(a, "batch=%lld", (long long)batch))).status, 303);
    page = get(d, &d->officer, "/workspace/undo").body;
    CHECK_HAS(page, "Taken back");
    CHECK_HAS_NOT(page, button);
}

TEST(all_that_match_are_those_of_the_batch_where_the_list_shows_only_them)
{
    struct desk *d = desk_open(a);
    Str query = str_f(a, ".all=1&in_batch=%lld", (long long)an_edit_of_two(d));
    CHECK_HAS(get(d, &d->officer, str_z(a, str_f(a, "/workspace/fairs/bulk?%.*s", FMT(query)))).body, "Edit 2 records");
    Str form = str_f(a, "%.*s&.set.budget=1&.to.budget=8&.stage=save", FMT(query));
    CHECK_HAS(post(d, &d->officer, "/workspace/fairs/bulk", str_z(a, form)).location, "said=bulk&n=2");
    CHECK(!v_is(fetch(d, &fair, d->fair)->v[8]));
}
