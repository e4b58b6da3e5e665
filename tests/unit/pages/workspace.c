/* workspace.c - the screens of the workspace, for entities that the programme does not have. */
#include "desk.h"

#include "model/flow/proposal.h"
#include "programme/register.h"

static struct record *a_fair(struct desk *d, const char *name)
{
    struct record *r = record_make(d->a, &fair);
    r->v[0] = v_text(str_of(name));
    return keep(d, NULL, r);
}

static struct answer edit(struct desk *d, const struct actor *who, const struct record *r, const char *form)
{
    Str path = path_of(d, r, "edit");
    return post(d, who, str_z(d->a, path), str_z(d->a, str_f(d->a, ".version=%lld&%s", (long long)r->seq, form)));
}

static struct answer undo(struct desk *d, const struct actor *who, Str after)
{
    int64_t change = number_in(after, "change"), batch = number_in(after, "batch");
    CHECK(change || batch);
    return post(d, who, "/workspace/undo", str_z(d->a, str_f(d->a, "%s=%lld", change ? "change" : "batch", (long long)(change ? change : batch))));
}

/* ---- lists ----------------------------------------------------------------------------------- */

TEST(a_list_has_its_records_their_columns_and_what_can_be_done)
{
    struct desk *d = desk_open(a);
    struct answer r = get(d, &d->officer, "/workspace/fairs");
    CHECK_INT(r.status, 200);
    CHECK_HAS(r.body, "Trade fairs");
    CHECK_HAS(r.body, "Triển lãm công nghiệp hỗ trợ");
    CHECK_HAS(r.body, "HC-000001-");
    CHECK_HAS(r.body, "New: Trade fair");
    CHECK_HAS(r.body, "data-label=\"Budget (đồng)\"");
    CHECK_HAS(r.body, "1 record");
}

TEST(a_list_without_records_says_what_to_do_next)
{
    struct desk *d = desk_open(a);
    CHECK_HAS(get(d, &d->officer, "/workspace/stand-requests").body, "There is nothing in the list");
    CHECK_HAS(get(d, &d->officer, "/workspace/fairs?name_vi.like=nowhere").body, "Nothing matches");
}

TEST(chosen_columns_are_remembered_for_the_one_who_chose)
{
    struct desk *d = desk_open(a);
    CHECK_INT(post(d, &d->officer, "/workspace/fairs/columns", "column=budget&place.budget=2&column=kind&place.kind=1").status, 303);
    Str mine = get(d, &d->officer, "/workspace/fairs").body;
    size_t kind, budget;
    CHECK(str_find(mine, S("data-label=\"Kind of fair\""), &kind) && str_find(mine, S("data-label=\"Budget (đồng)\""), &budget) && kind < budget);
    CHECK_HAS_NOT(mine, "data-label=\"Valid from\"");
    CHECK_HAS(mine, "columns=kind%2Cbudget");
    CHECK_HAS(get(d, &d->admin, "/workspace/fairs").body, "data-label=\"Valid from\"");
}

TEST(a_filter_is_built_step_by_step_and_taken_away_by_its_chip)
{
    struct desk *d = desk_open(a);
    a_fair(d, "Hội chợ cơ khí");
    CHECK_HAS(get(d, &d->officer, "/workspace/fairs/filter?.of=budget").body, "name=\".value\"");
    Str like = { 0 };
    for (const struct filter_operator *o = filter_operators; o->label; o++)
        if (o->op == FILTER_LIKE) like = str_f(a, "%d", (int)o->op);
    struct answer r = get(d, &d->officer, str_z(a, str_f(a, "/workspace/fairs/filter?.of=name_vi&.how=%.*s&.value=c%%C6%%A1+kh%%C3%%AD&.in=1", FMT(like))));
    CHECK_INT(r.status, 303);
    CHECK_STR(r.location, S("/en/workspace/fairs?g1.name_vi.like=c%C6%A1%20kh%C3%AD"));
    Str list = get(d, &d->officer, str_z(a, str_sub(r.location, 3, r.location.n))).body;
    CHECK_HAS(list, "Hội chợ cơ khí");
    CHECK_HAS_NOT(list, "Triển lãm công nghiệp hỗ trợ");
    CHECK_HAS(list, "class=\"chip\"");
}

TEST(a_view_is_kept_by_a_name_and_opens_with_the_list)
{
    struct desk *d = desk_open(a);
    CHECK_INT(post(d, &d->officer, "/workspace/fairs/views", "name=Yearly&query=yearly%3D1&usual=1").status, 303);
    struct answer r = get(d, &d->officer, "/workspace/fairs");
    CHECK_INT(r.status, 303);
    CHECK_HAS(r.location, "/en/workspace/fairs?yearly=1&view=");
    CHECK_INT(get(d, &d->officer, "/workspace/fairs?view=0").status, 200);
    CHECK_INT(get(d, &d->admin, "/workspace/fairs").status, 200);
    CHECK_INT(post(d, &d->officer, "/workspace/fairs/views", "name=Bad&query=nothing%3D1").status, 422);
}

TEST(whoever_may_not_see_a_list_is_told_that_there_is_none)
{
    struct desk *d = desk_open(a);
    CHECK_INT(get(d, &d->officer, "/workspace/nothing").status, 404);
    CHECK_INT(get(d, &d->owner, "/workspace/stands").status, 404);
    CHECK_INT(get(d, &(struct actor){ .roles = VISITOR }, "/workspace/fairs").status, 303);
    CHECK_INT(get(d, &d->owner, "/workspace/fairs/new").status, 404);
}

/* ---- forms ------------------------------------------------------------------------------------ */

TEST(a_record_is_made_shown_changed_and_deleted)
{
    struct desk *d = desk_open(a);
    struct answer r = post(d, &d->officer, "/workspace/fairs/new", "name_vi=H%E1%BB%99i+ch%E1%BB%A3&budget=5&stands.0.id=&stands.0.number=A1&stands.0.area=9");
    CHECK_INT(r.status, 303);
    CHECK_HAS(r.location, "/en/workspace/fairs/HC-000002-");
    CHECK_HAS(r.location, "said=made");
    struct record *made = fetch(d, &fair, 2);
    CHECK_INT(made->children[11].n, 1);
    CHECK_HAS(get(d, &d->officer, str_z(a, path_of(d, made, NULL))).body, "Hội chợ");
    CHECK_HAS(edit(d, &d->officer, made, "budget=7").location, "said=saved");
    CHECK_INT(v_i64(fetch(d, &fair, 2)->v[8]), 7);
    CHECK_HAS(get(d, &d->officer, str_z(a, path_of(d, made, "delete"))).body, "Delete the record");
    struct answer gone = post(d, &d->officer, str_z(a, path_of(d, made, "delete")), "");
    CHECK_HAS(gone.location, "said=deleted");
    CHECK_INT(get(d, &d->officer, str_z(a, path_of(d, made, NULL))).status, 404);
    CHECK_HAS(undo(d, &d->officer, gone.location).location, "HC-000002-");
    CHECK_STR(v_str(fetch(d, &fair, 2)->v[0]), S("Hội chợ"));
}

TEST(what_is_wrong_is_said_above_and_beside_and_what_was_typed_is_kept)
{
    struct desk *d = desk_open(a);
    struct answer r = post(d, &d->officer, "/workspace/fairs/new", "name_vi=&opens=12/05/2026&closes=11/05/2026&budget=much");
    CHECK_INT(r.status, 422);
    CHECK_HAS(r.body, "id=\"problems\" role=\"alert\" tabindex=\"-1\" autofocus");
    CHECK_HAS(r.body, "href=\"#budget\"");
    CHECK_HAS(r.body, "aria-describedby=\"budget-wrong\" aria-invalid=\"true\"");
    CHECK_HAS(r.body, "value=\"much\"");
    CHECK_HAS(r.body, "value=\"12/05/2026\"");
}

TEST(one_more_row_keeps_what_was_typed)
{
    struct desk *d = desk_open(a);
    struct answer r = post(d, &d->officer, "/workspace/fairs/new", "name_vi=X&stands.0.id=&stands.0.number=A1&.more=stands");
    CHECK_INT(r.status, 200);
    CHECK_HAS(r.body, "name=\"stands.1.number\"");
    CHECK_HAS(r.body, "value=\"A1\"");
}

TEST(a_unique_value_that_is_taken_shows_whose_it_is)
{
    struct desk *d = desk_open(a);
    struct record *r = fetch(d, &fair, d->fair), *with = record_copy(a, r);
    with->v[2] = v_text(S("0100233488"));
    keep(d, r, with);
    struct answer answer = post(d, &d->officer, "/workspace/fairs/new", "name_vi=X&organiser=0100233488");
    CHECK_INT(answer.status, 422);
    CHECK_HAS(answer.body, "belongs already to HC-000001-");
}

TEST(a_reference_is_given_by_number_or_name_and_what_is_ambiguous_is_said)
{
    struct desk *d = desk_open(a);
    CHECK_INT(post(d, &d->officer, "/workspace/stand-requests/new", "company=A&fair=c%C3%B4ng+nghi%E1%BB%87p").status, 303);
    CHECK_INT(v_i64(fetch(d, &stand_request, 1)->v[REQUEST_FAIR]), d->fair);
    a_fair(d, "Triển lãm công nghiệp hai");
    struct answer r = post(d, &d->officer, "/workspace/stand-requests/new", "company=A&fair=c%C3%B4ng+nghi%E1%BB%87p");
    CHECK_INT(r.status, 422);
    CHECK_HAS(r.body, "can mean HC-");
    CHECK_HAS(post(d, &d->officer, "/workspace/stand-requests/new", "company=A&fair=nowhere").body, "is no record you may see");
}

TEST(a_form_from_elsewhere_changes_nothing)
{
    struct desk *d = desk_open(a);
    struct actor visitor = { .roles = VISITOR };
    CHECK_INT(post(d, &visitor, "/workspace/fairs/new", "name_vi=X").status, 401);
    CHECK_INT(post(d, &d->owner, "/workspace/fairs/new", "name_vi=X").status, 404);
    CHECK_INT(edit(d, &d->owner, fetch(d, &fair, d->fair), "name_vi=X").status, 403);
}

/* ---- two at once -------------------------------------------------------------------------------- */

TEST(different_fields_of_two_people_go_together_and_it_is_said)
{
    struct desk *d = desk_open(a);
    struct record *seen = fetch(d, &fair, d->fair);
    CHECK_HAS(edit(d, &d->admin, seen, "budget=9").location, "said=saved");
    CHECK_HAS(edit(d, &d->officer, seen, "contact=Lan&budget=").location, "said=merged");
    struct record *now = fetch(d, &fair, d->fair);
    CHECK_INT(v_i64(now->v[8]), 9);
    CHECK_STR(v_str(now->v[10]), S("Lan"));
}

TEST(the_same_field_of_two_people_is_theirs_to_decide_and_nothing_is_lost)
{
    struct desk *d = desk_open(a);
    struct record *seen = fetch(d, &fair, d->fair);
    edit(d, &d->admin, seen, "budget=9&contact=Binh");
    struct answer r = edit(d, &d->officer, seen, "budget=5&name_en=Fair");
    CHECK_INT(r.status, 409);
    CHECK_HAS(r.body, "name=\".pick.budget\"");
    CHECK_HAS(r.body, "name=\"name_en\" value=\"Fair\"");
    CHECK_INT(v_i64(fetch(d, &fair, d->fair)->v[8]), 9);
    Str decided = str_f(a, "budget=5&name_en=Fair&.pick.budget=mine&.picked_at=%lld", (long long)fetch(d, &fair, d->fair)->seq);
    CHECK_INT(edit(d, &d->officer, seen, str_z(a, decided)).status, 303);
    struct record *now = fetch(d, &fair, d->fair);
    CHECK_INT(v_i64(now->v[8]), 5);
    CHECK_STR(v_str(now->v[1]), S("Fair"));
    CHECK_STR(v_str(now->v[10]), S("Binh"));
}

TEST(a_decision_on_a_version_that_has_changed_again_is_asked_again)
{
    struct desk *d = desk_open(a);
    struct record *seen = fetch(d, &fair, d->fair);
    edit(d, &d->admin, seen, "budget=9");
    int64_t shown = fetch(d, &fair, d->fair)->seq;
    edit(d, &d->admin, fetch(d, &fair, d->fair), "budget=10");
    struct answer r = edit(d, &d->officer, seen, str_z(a, str_f(a, "budget=5&.pick.budget=mine&.picked_at=%lld", (long long)shown)));
    CHECK_INT(r.status, 409);
    CHECK_INT(v_i64(fetch(d, &fair, d->fair)->v[8]), 10);
}

TEST(a_child_that_one_removed_and_the_other_changed_is_decided)
{
    struct desk *d = desk_open(a);
    struct record *before = fetch(d, &fair, d->fair), *with = record_copy(a, before);
    record_add(a, with, 11)->v[0] = v_text(S("A1"));
    struct record *seen = keep(d, before, with);
    Str id = str_f(a, "%lld", (long long)fetch(d, &fair, d->fair)->children[11].p[0]->id);
    edit(d, &d->admin, seen, str_z(a, str_f(a, "stands.0.id=%.*s&stands.0.number=A2", FMT(id))));
    struct answer r = edit(d, &d->officer, seen, str_z(a, str_f(a, "stands.0.id=%.*s&stands.0.number=A1&stands.0.remove=1", FMT(id))));
    CHECK_INT(r.status, 409);
    CHECK_HAS(r.body, str_z(a, str_f(a, "name=\".pick.stands.%.*s\"", FMT(id))));
}

/* ---- drafts ------------------------------------------------------------------------------------- */

TEST(a_draft_is_found_again_in_the_form_and_goes_when_it_is_saved)
{
    struct desk *d = desk_open(a);
    struct record *r = fetch(d, &fair, d->fair);
    Str id = public_id(a, &fair, d->fair);
    Str form = str_f(a, ".list=fairs&.record=%.*s&.version=%lld&contact=B%%C3%%A0+Lan&budget=wrong", FMT(id), (long long)r->seq);
    struct answer kept = post(d, &d->officer, "/workspace/drafts", str_z(a, form));
    CHECK_INT(kept.status, 200);
    CHECK_STR(kept.body, S("12:00"));
    Str page = get(d, &d->officer, str_z(a, path_of(d, r, "edit"))).body;
    CHECK_HAS(page, "This is your draft of");
    CHECK_HAS(page, "value=\"Bà Lan\"");
    CHECK_HAS(page, "value=\"wrong\"");
    CHECK_HAS_NOT(get(d, &d->admin, str_z(a, path_of(d, r, "edit"))).body, "Bà Lan");
    CHECK_HAS(get(d, &d->officer, "/workspace").body, "Drafts left open");
    CHECK_INT(edit(d, &d->officer, r, "contact=Lan").status, 303);
    CHECK_HAS_NOT(get(d, &d->officer, str_z(a, path_of(d, r, "edit"))).body, "This is your draft of");
}

struct trying { struct desk *d; struct answer made, edited, proposed; };

static enum err try_to_save(struct db *db, void *arg)
{
    struct trying *t = arg;
    t->made = post(t->d, &t->d->officer, "/workspace/fairs/new", "name_vi=M%E1%BB%9Bi+g%C3%B5");
    t->edited = edit(t->d, &t->d->officer, fetch(t->d, &fair, t->d->fair), "name_vi=S%E1%BB%ADa+l%E1%BA%A1i");
    t->proposed = edit(t->d, &t->d->owner, fetch(t->d, &enterprise, t->d->own), "phone=024+7777+0000");
    return ERR_CONFLICT;
}

TEST(what_was_typed_stays_on_the_page_while_another_write_takes_long)
{
    struct trying t = { desk_open(a) };
    struct db *import;
    CHECK_INT(db_open(t.d->url, 0, &import), OK);
    db_wait(t.d->w->db, 1);
    CHECK_INT(db_write(import, try_to_save, &t), ERR_CONFLICT);
    db_close(import);
    CHECK(t.made.status == 503 && t.edited.status == 503 && t.proposed.status == 503);
    CHECK_HAS(t.made.body, "Not saved yet");
    CHECK_HAS(t.made.body, "Mới gõ");
    CHECK_HAS(t.edited.body, "Sửa lại");
    CHECK_HAS(t.proposed.body, "024 7777 0000");
}

/* ---- history and undo ---------------------------------------------------------------------------- */

TEST(a_field_is_put_back_and_the_record_shown_as_it_was)
{
    struct desk *d = desk_open(a);
    struct record *seen = fetch(d, &fair, d->fair);
    edit(d, &d->officer, seen, "budget=5");
    struct record *five = fetch(d, &fair, d->fair);
    edit(d, &d->officer, five, "budget=6");
    int64_t six = fetch(d, &fair, d->fair)->seq;
    Str history = get(d, &d->officer, str_z(a, path_of(d, seen, "history"))).body;
    CHECK_HAS(history, "put back");
    CHECK_HAS(history, "take this back");
    CHECK_HAS(history, "lan@so.vn");
    Str ask = str_f(a, "%.*s?field=budget&seq=%lld", FMT(path_of(d, seen, "history/revert")), (long long)six);
    CHECK_HAS(get(d, &d->officer, str_z(a, ask)).body, "Put it back");
    struct answer r = post(d, &d->officer, str_z(a, path_of(d, seen, "history/revert")), str_z(a, str_f(a, "field=budget&seq=%lld", (long long)six)));
    CHECK_HAS(r.location, "said=reverted");
    CHECK_INT(v_i64(fetch(d, &fair, d->fair)->v[8]), 5);
    CHECK_HAS(get(d, &d->officer, str_z(a, str_f(a, "%.*s?on=2026-11-21", FMT(path_of(d, seen, NULL))))).body, "did not exist yet");
    CHECK_HAS(get(d, &d->officer, str_z(a, str_f(a, "%.*s?on=2026-11-22", FMT(path_of(d, seen, NULL))))).body, "As it was on");
}

TEST(an_edit_is_taken_back_unless_the_field_was_changed_again)
{
    struct desk *d = desk_open(a);
    struct record *seen = fetch(d, &fair, d->fair);
    Str first = edit(d, &d->officer, seen, "budget=5").location;
    CHECK_INT(edit(d, &d->officer, fetch(d, &fair, d->fair), "contact=Lan").status, 303);
    CHECK_INT(undo(d, &d->officer, first).status, 303);
    struct record *now = fetch(d, &fair, d->fair);
    CHECK(!v_is(now->v[8]));
    CHECK_STR(v_str(now->v[10]), S("Lan"));
    Str second = edit(d, &d->officer, now, "contact=Binh").location;
    edit(d, &d->officer, fetch(d, &fair, d->fair), "contact=Chi");
    struct answer r = undo(d, &d->officer, second);
    CHECK_INT(r.status, 409);
    CHECK_HAS(r.body, "“Contact person” has been changed again since");
    CHECK_INT(undo(d, &d->owner, second).status, 403);
}

TEST(what_was_deleted_is_listed_and_brought_back)
{
    struct desk *d = desk_open(a);
    struct record *r = fetch(d, &fair, d->fair);
    CHECK_HAS(get(d, &d->officer, "/workspace/fairs/deleted").body, "Nothing was deleted");
    CHECK_INT(post(d, &d->officer, str_z(a, path_of(d, r, "delete")), "").status, 303);
    Str page = get(d, &d->officer, "/workspace/fairs/deleted").body;
    CHECK_HAS(page, "Triển lãm công nghiệp hỗ trợ");
    CHECK_HAS(page, "Bring it back");
    CHECK_INT(get(d, &d->owner, "/workspace/fairs/deleted").status, 404);
    int64_t last;
    CHECK_INT(change_last(d->w, &last), OK);
    CHECK_HAS(get(d, &d->officer, str_z(a, str_f(a, "/workspace/undo?change=%lld", (long long)last))).body, "Take it back");
    CHECK_INT(post(d, &d->officer, "/workspace/undo", str_z(a, str_f(a, "change=%lld", (long long)last))).status, 303);
    CHECK_HAS_NOT(get(d, &d->officer, "/workspace/fairs/deleted").body, "Bring it back");
}

TEST(nobody_takes_back_what_they_may_not_change)
{
    struct desk *d = desk_open(a);
    Str made = edit(d, &d->officer, fetch(d, &fair, d->fair), "budget=5").location;
    CHECK_INT(undo(d, &d->owner, made).status, 403);
    CHECK_INT(v_i64(fetch(d, &fair, d->fair)->v[8]), 5);
}

/* ---- many at once ---------------------------------------------------------------------------------- */

TEST(many_records_are_changed_after_a_look_and_taken_back_together)
{
    struct desk *d = desk_open(a);
    struct record *one = a_fair(d, "Một"), *two = a_fair(d, "Hai");
    Str ids = str_f(a, "id=%.*s&id=%.*s", FMT(public_id(a, &fair, one->id)), FMT(public_id(a, &fair, two->id)));
    CHECK_HAS(get(d, &d->officer, str_z(a, str_f(a, "/workspace/fairs/bulk?%.*s", FMT(ids)))).body, "Edit 2 records");
    Str form = str_f(a, "%.*s&.set.budget=1&.to.budget=7", FMT(ids));
    struct answer preview = post(d, &d->officer, "/workspace/fairs/bulk", str_z(a, form));
    CHECK_INT(preview.status, 200);
    CHECK_HAS(preview.body, "Records that would change: 2 of 2");
    CHECK(!v_is(fetch(d, &fair, one->id)->v[8]));
    struct answer done = post(d, &d->officer, "/workspace/fairs/bulk", str_z(a, str_f(a, "%.*s&.stage=save", FMT(form))));
    CHECK_HAS(done.location, "said=bulk&n=2&batch=");
    CHECK_INT(v_i64(fetch(d, &fair, two->id)->v[8]), 7);
    CHECK(!v_is(fetch(d, &fair, d->fair)->v[8]));
    CHECK_HAS(undo(d, &d->officer, done.location).location, "said=undone");
    CHECK(!v_is(fetch(d, &fair, two->id)->v[8]));
}

TEST(all_that_match_are_changed_but_those_that_would_be_wrong)
{
    struct desk *d = desk_open(a);
    struct record *late = record_copy(a, fetch(d, &fair, d->fair));
    late->v[3] = v_text(S("2027-01-01"));
    keep(d, fetch(d, &fair, d->fair), late);
    a_fair(d, "Một");
    struct answer r = post(d, &d->officer, "/workspace/fairs/bulk", ".all=1&.set.closes=1&.to.closes=31/12/2026");
    CHECK_HAS(r.body, "Records that would change: 1 of 2");
    CHECK_HAS(r.body, "A fair cannot close before it opens.");
    CHECK_INT(post(d, &d->owner, "/workspace/fairs/bulk", ".all=1&.set.budget=1&.to.budget=1").status, 404);
}

/* ---- proposals ------------------------------------------------------------------------------------ */

TEST(who_may_only_propose_uses_the_same_form_and_an_officer_decides_field_by_field)
{
    struct desk *d = desk_open(a);
    struct record *own = fetch(d, &enterprise, d->own);
    struct answer r = edit(d, &d->owner, own, "phone=024+9999+0000&email=an%40cokhi.vn&.note=Moved");
    CHECK_INT(r.status, 303);
    CHECK_HAS(r.location, "said=proposed");
    CHECK_STR(v_str(fetch(d, &enterprise, d->own)->v[ENTERPRISE_PHONE]), S("024 3825 1234"));
    CHECK_HAS(get(d, &d->officer, str_z(a, path_of(d, own, NULL))).body, "have been proposed");
    struct record *proposal = fetch(d, &proposal_entity, 1);
    Str page = get(d, &d->officer, str_z(a, path_of(d, proposal, NULL))).body;
    CHECK_HAS(page, "name=\"decide.phone\"");
    CHECK_HAS(page, "name=\"decide.email\"");
    CHECK_HAS_NOT(get(d, &d->owner, str_z(a, path_of(d, proposal, NULL))).body, "name=\"decide.phone\"");
    CHECK_INT(post(d, &d->officer, str_z(a, path_of(d, proposal, NULL)), "decide.phone=yes").status, 422);
    CHECK_INT(post(d, &d->officer, str_z(a, path_of(d, proposal, NULL)), "decide.phone=yes&decide.email=no").status, 422);
    CHECK_INT(post(d, &d->officer, str_z(a, path_of(d, proposal, NULL)), "decide.phone=yes&decide.email=no&note=Not+yours").status, 303);
    own = fetch(d, &enterprise, d->own);
    CHECK(!v_is(own->v[ENTERPRISE_EMAIL]));
    CHECK_HAS(v_str(own->v[ENTERPRISE_PHONE]), "9999");
}

/* ---- workflows -------------------------------------------------------------------------------------- */

TEST(a_made_up_workflow_has_its_steps_tasks_and_notes_on_the_pages)
{
    struct desk *d = desk_open(a);
    CHECK_INT(post(d, &d->owner, "/workspace/stand-requests/new", str_z(a, str_f(a, "company=An&fair=%.*s&area=18", FMT(public_id(a, &fair, d->fair))))).status, 303);
    struct record *r = fetch(d, &stand_request, 1);
    Str page = get(d, &d->owner, str_z(a, path_of(d, r, NULL))).body;
    CHECK_HAS(page, "Being written");
    CHECK_HAS(page, "/steps/send");
    CHECK_HAS_NOT(page, "/steps/accept");
    CHECK_HAS(post(d, &d->owner, str_z(a, path_of(d, r, "steps/send")), "").location, "said=step");
    CHECK_HAS(get(d, &d->officer, "/workspace/tasks").body, "An");
    Str waits = get(d, &d->officer, str_z(a, path_of(d, r, NULL))).body;
    CHECK_HAS(waits, "working days left");
    CHECK_HAS(waits, "Give the stand its number first.");
    struct answer silent = post(d, &d->officer, str_z(a, path_of(d, r, "steps/refuse")), "note=");
    CHECK_INT(silent.status, 422);
    CHECK_HAS(post(d, &d->officer, str_z(a, path_of(d, r, "steps/refuse")), "note=No+room").location, "said=step");
    Str after = get(d, &d->owner, str_z(a, path_of(d, r, NULL))).body;
    CHECK_HAS(after, "Refused");
    CHECK_HAS(after, "No room");
    CHECK_HAS(get(d, &d->owner, "/workspace/notices").body, "An");
    CHECK_INT(get(d, &d->officer, str_z(a, path_of(d, r, "steps/refuse"))).status, 409);
    CHECK_INT(get(d, &d->other, str_z(a, path_of(d, r, NULL))).status, 404);
}

/* ---- merging and jumping ------------------------------------------------------------------------------ */

TEST(two_records_are_merged_with_a_choice_and_parted_again)
{
    struct desk *d = desk_open(a);
    struct record *two = a_fair(d, "Hội chợ hai"), *into = fetch(d, &fair, d->fair);
    Str with = public_id(a, &fair, two->id);
    Str page = get(d, &d->officer, str_z(a, str_f(a, "%.*s?with=%.*s", FMT(path_of(d, into, "merge")), FMT(with)))).body;
    CHECK_HAS(page, "name=\"take.name_vi\"");
    CHECK_HAS(page, "Merge the two");
    Str form = str_f(a, "with=%.*s&take.name_vi=other&versions=%lld.%lld", FMT(with), (long long)into->seq, (long long)two->seq);
    struct answer done = post(d, &d->officer, str_z(a, path_of(d, into, "merge")), str_z(a, form));
    CHECK_INT(done.status, 303);
    CHECK_STR(v_str(fetch(d, &fair, d->fair)->v[0]), S("Hội chợ hai"));
    CHECK_INT(get(d, &d->officer, str_z(a, path_of(d, two, NULL))).status, 308);
    CHECK_INT(undo(d, &d->officer, done.location).status, 303);
    CHECK_STR(v_str(fetch(d, &fair, d->fair)->v[0]), S("Triển lãm công nghiệp hỗ trợ"));
    CHECK_STR(v_str(fetch(d, &fair, two->id)->v[0]), S("Hội chợ hai"));
}

TEST(the_jump_box_leads_to_a_record_a_list_or_what_was_found)
{
    struct desk *d = desk_open(a);
    CHECK_STR(get(d, &d->officer, str_z(a, str_f(a, "/workspace/jump?q=%.*s", FMT(public_id(a, &fair, d->fair))))).location,
              str_f(a, "/en%.*s", FMT(path_of(d, fetch(d, &fair, d->fair), NULL))));
    CHECK_STR(get(d, &d->officer, "/workspace/jump?q=trade").location, S("/en/workspace/fairs"));
    CHECK_HAS(get(d, &d->officer, "/workspace/jump?q=qwertz").body, "Nothing of that name");
    CHECK_HAS(get(d, &d->officer, "/workspace/shortcuts").body, "<kbd>/</kbd>");
}

TEST(an_enterprise_sees_how_complete_its_profile_is)
{
    struct desk *d = desk_open(a);
    Str page = get(d, &d->owner, "/workspace").body;
    CHECK_HAS(page, "Your profile");
    CHECK_HAS(page, "These would add most:");
    CHECK_HAS_NOT(get(d, &d->officer, "/workspace").body, "Your profile");
}
