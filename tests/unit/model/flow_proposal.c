/* flow_proposal.c - what an enterprise proposes for its own record, and what an officer makes of it. */
#include "flow.h"

#include "model/desk/desk.h"
#include "model/flow/proposal.h"
#include "model/flow/task.h"
#include "model/merge.h"
#include "model/people/account.h"

enum { SHOP_NAME, SHOP_PHONE, SHOP_PRICE, SHOP_SECRET, SHOP_CONTACT, SHOP_GOODS, SHOP_CONFIRMED };
enum { GOOD_NAME, GOOD_PRICE };
extern const struct entity good;
static const struct field shop_fields[] = {
    [SHOP_NAME] = { "name", "Name", &text_type, REQUIRED | PUBLIC | LISTED | UNIQUE, .max = 100 },
    [SHOP_PHONE] = { "phone", "Telephone", &text_type, PUBLIC | CONFIRM, .max = 100 },
    [SHOP_PRICE] = { "price", "Price", &money_type, PUBLIC },
    [SHOP_SECRET] = { "secret", "Secret", &text_type, 0 },
    [SHOP_CONTACT] = { "contact", "Contact", &text_type, PERSONAL },
    [SHOP_GOODS] = { "goods", "Goods", &children_type, PUBLIC, .to = &good },
    [SHOP_CONFIRMED] = { "confirmed", "Confirmed", &text_type, INTERNAL },
};
static const struct right shop_rights[] = {
    { EVERYBODY, MAY_READ, PUBLIC_FIELDS, ROWS_PUBLISHED },
    { ENTERPRISE, MAY_READ | MAY_PROPOSE, OWN_FIELDS, ROWS_OWN, ID_ITSELF },
    { OFFICER, MAY_ALL, ALL_FIELDS, ROWS_ALL },
    { 0 },
};
static const struct entity shop = {
    .name = "shop", .path = "shops", .one = "Shop", .many = "Shops", FIELDS(shop_fields), .id_prefix = "CH", .rights = shop_rights,
    .organisation = true, .confirmations = SHOP_CONFIRMED,
};
static const struct field good_fields[] = {
    [GOOD_NAME] = { "name", "Name", &text_type, REQUIRED | KEY | PUBLIC | LISTED, .max = 100 },
    [GOOD_PRICE] = { "price", "Price", &money_type, PUBLIC },
};
const struct entity good = { .name = "good", .parent = &shop, .one = "Good", .many = "Goods", FIELDS(good_fields) };
static const struct entity *const shop_entities[] = { &shop, &good, NULL };

struct scene { struct work *w, *officer, *owner, *stranger; int64_t shop; };

static struct record *shop_named(struct work *w, const char *name)
{
    struct record *r = record_make(w->a, &shop), *one, *two;
    r->v[SHOP_NAME] = v_text(str_of(name));
    r->v[SHOP_PHONE] = v_text(S("0241"));
    r->v[SHOP_SECRET] = v_text(S("hush"));
    one = record_add(w->a, r, SHOP_GOODS), two = record_add(w->a, r, SHOP_GOODS);
    one->v[GOOD_NAME] = v_text(S("Bolt")), one->v[GOOD_PRICE] = v_int(100);
    two->v[GOOD_NAME] = v_text(S("Nut")), two->v[GOOD_PRICE] = v_int(50);
    CHECK_INT(save(w, NULL, r), OK);
    return r;
}

static void works_for(struct work *account, int64_t shop_id)
{
    struct record *was = load(account, &account_entity, account->actor.account), *now = record_copy(account->a, was);
    now->v[ACCOUNT_ORGANISATION] = v_int(shop_id);
    CHECK_INT(save(account, was, now), OK);
    account->actor = actor_of(now);
}

static struct scene scene(struct work *w)
{
    w->m = model_make(w->a, shop_entities);
    work_tables(w);
    struct record *mine = shop_named(w, "Kim Khí"), *another = shop_named(w, "Hàng Thiếc");
    struct scene s = { w, account_of(w, "lan@so.vn", ";officer;"), account_of(w, "an@cokhi.vn", ";enterprise;"),
                       account_of(w, "binh@duc.vn", ";enterprise;"), mine->id };
    works_for(s.owner, mine->id);
    works_for(s.stranger, another->id);
    return s;
}

struct proposing { const struct record *was, *now; int64_t id; };
static enum err propose_it(struct work *w, void *arg)
{
    struct proposing *p = arg;
    return proposal_make(w, p->was, p->now, S("We have moved."), &p->id);
}
static enum err propose(struct work *w, const struct record *was, const struct record *now, int64_t *id)
{
    struct proposing p = { was, now, 0 };
    enum err err = work_write(w, propose_it, &p);
    *id = p.id;
    return err;
}

/* Everything that can be proposed: two values, a child changed, one removed, one added. */
static struct record *retyped(struct work *w, const struct record *was)
{
    struct record *now = record_copy(w->a, was), *added;
    now->v[SHOP_PHONE] = v_text(S("0999"));
    now->v[SHOP_CONTACT] = v_text(S("Chị Lan"));
    now->children[SHOP_GOODS].p[0]->v[GOOD_PRICE] = v_int(120);
    now->children[SHOP_GOODS].n = 1;
    added = record_add(w->a, now, SHOP_GOODS);
    added->v[GOOD_NAME] = v_text(S("Washer")), added->v[GOOD_PRICE] = v_int(7);
    return now;
}

static int64_t proposed(struct scene *s)
{
    int64_t id;
    struct record *was = load(s->w, &shop, s->shop);
    CHECK_INT(propose(s->owner, was, retyped(s->owner, was), &id), OK);
    return id;
}

static Str listed(struct work *w, int64_t id)
{
    struct proposeds items;
    struct buf b = buf_make(w->a);
    CHECK_INT(proposal_items(w, load(w, &proposal_entity, id), &items), OK);
    for (size_t i = 0; i < items.n; i++) {
        const struct proposed *p = &items.p[i];
        put_f(&b, "%.*s|%.*s|%.*s|%.*s|%.*s%s%s\n", FMT(p->key), FMT(p->part), FMT(p->was), FMT(p->is), FMT(p->now), p->changed_meanwhile ? "!" : "",
              p->decided > 0 ? "+" : p->decided < 0 ? "-" : "");
    }
    return buf_str(&b);
}

static enum err decide(struct work *w, int64_t id, int64_t seq, const char *keys, const char *note, Message *why)
{
    Str accepted[10], rest = str_of(keys);
    size_t n = 0;
    while (str_next(&rest, ' ', &accepted[n])) n++;
    return proposal_decide(w, id, seq, accepted, n, str_of(note), why);
}
static const char everything[] = "phone contact goods.1.price goods.2 goods.+1";

TEST_MODEL(a_proposal_lists_each_thing_to_decide_with_what_was_and_what_is_to_be)
{
    struct scene s = scene(w);
    int64_t id = proposed(&s);
    struct record *p = load(w, &proposal_entity, id);
    CHECK_STR(listed(s.officer, id), S("phone||0241|0999|\ncontact|||Chị Lan|\ngoods.1.price|Bolt|100|120|\n"
                                       "goods.2|Nut|Name: Nut; Price: 50||\ngoods.+1|Washer||Name: Washer; Price: 7|\n"));
    CHECK_STR(v_str(p->v[PROPOSAL_STATE]), S("open"));
    CHECK_STR(v_str(p->v[PROPOSAL_DUE]), S("2026-11-27"));
    CHECK_STR(v_str(load(w, &shop, s.shop)->v[SHOP_PHONE]), S("0241"));
    struct records on;
    CHECK_INT(proposals_on(w, load(w, &shop, s.shop), &on), OK);
    CHECK_INT(on.n, 1);
    struct notices told;
    CHECK_INT(notices_of(s.officer, 0, 9, &told), OK);
    CHECK_STR(told.p[0].text, S("A change is proposed for Kim Khí."));
    check_verified(w);
}

TEST_MODEL(what_is_accepted_is_laid_over_the_record_and_the_rest_is_refused_with_a_note)
{
    struct scene s = scene(w);
    int64_t id = proposed(&s);
    Message why;
    CHECK_INT(decide(s.officer, id, 0, "phone goods.1.price", "", &why), ERR_INVALID);
    CHECK_STR(message_str(a, EN, why), S("Write a note: who proposed it must learn why it is refused."));
    CHECK_INT(decide(s.officer, id, 0, "phone goods.1.price", "Send a photo of the washer.", &why), OK);
    struct record *r = load(w, &shop, s.shop), *p = load(w, &proposal_entity, id);
    CHECK_STR(v_str(r->v[SHOP_PHONE]), S("0999"));
    CHECK(!v_is(r->v[SHOP_CONTACT]) && r->children[SHOP_GOODS].n == 2);
    CHECK_INT(v_i64(r->children[SHOP_GOODS].p[0]->v[GOOD_PRICE]), 120);
    CHECK_STR(v_str(p->v[PROPOSAL_STATE]), S("decided"));
    CHECK_STR(v_str(p->v[PROPOSAL_ANSWER]), S("Send a photo of the washer."));
    CHECK(str_has(listed(s.officer, id), S("goods.2|Nut|Name: Nut; Price: 50||-\n")));
    struct changes log;
    CHECK_INT(changes_of(w, &shop, s.shop, 0, 1, &log), OK);
    CHECK_STR(log.p[0].actor, S("lan@so.vn"));
    CHECK_STR(log.p[0].source.file, public_id(a, &proposal_entity, id));
    struct notices told;
    CHECK_INT(notices_of(s.owner, 0, 9, &told), OK);
    CHECK_INT(told.n, 1);
    CHECK_STR(told.p[0].text, S("What you proposed for Kim Khí has been decided."));
    check_verified(w);
}

TEST_MODEL(everything_may_be_accepted_without_a_note)
{
    struct scene s = scene(w);
    int64_t id = proposed(&s);
    Message why;
    CHECK_INT(decide(s.officer, id, 0, everything, "", &why), OK);
    struct record *r = load(w, &shop, s.shop);
    CHECK_INT(r->children[SHOP_GOODS].n, 2);
    CHECK_STR(v_str(r->children[SHOP_GOODS].p[1]->v[GOOD_NAME]), S("Washer"));
    CHECK_STR(v_str(r->v[SHOP_CONTACT]), S("Chị Lan"));
    CHECK_STR(v_str(r->v[SHOP_SECRET]), S("hush"));
    check_verified(w);
}

TEST_MODEL(a_field_changed_meanwhile_shows_all_three_values)
{
    struct scene s = scene(w);
    int64_t id = proposed(&s);
    Message why;
    struct record *was = load(w, &shop, s.shop), *now = record_copy(a, was);
    now->v[SHOP_PHONE] = v_text(S("0777"));
    now->children[SHOP_GOODS].n = 1;
    CHECK_INT(save(w, was, now), OK);
    CHECK(str_starts(listed(s.officer, id), S("phone||0241|0999|0777!\n")));
    CHECK_INT(decide(s.officer, id, was->seq, everything, "", &why), ERR_CONFLICT);
    CHECK(str_has(message_str(a, EN, why), S("was changed by an officer")));
    CHECK_INT(decide(s.officer, id, was->seq, "contact", "The number is right.", &why), OK);
    CHECK_STR(v_str(load(w, &shop, s.shop)->v[SHOP_PHONE]), S("0777"));
}

TEST_MODEL(what_was_changed_meanwhile_may_be_accepted_by_who_has_seen_it)
{
    struct scene s = scene(w);
    int64_t id = proposed(&s);
    Message why;
    struct record *was = load(w, &shop, s.shop), *now = record_copy(a, was);
    now->v[SHOP_PHONE] = v_text(S("0777"));
    CHECK_INT(save(w, was, now), OK);
    CHECK_INT(decide(s.officer, id, now->seq, everything, "", &why), OK);
    CHECK_STR(v_str(load(w, &shop, s.shop)->v[SHOP_PHONE]), S("0999"));
}

TEST_MODEL(a_change_to_a_child_that_is_gone_cannot_be_accepted)
{
    struct scene s = scene(w);
    int64_t id = proposed(&s);
    Message why;
    struct record *was = load(w, &shop, s.shop), *now = record_copy(a, was);
    now->children[SHOP_GOODS].n = 0;
    CHECK_INT(save(w, was, now), OK);
    CHECK_INT(decide(s.officer, id, 0, everything, "", &why), ERR_INVALID);
    CHECK(str_has(message_str(a, EN, why), S("is not there any more")));
    CHECK_STR(v_str(load(w, &shop, s.shop)->v[SHOP_PHONE]), S("0241"));
    CHECK_STR(v_str(load(w, &proposal_entity, id)->v[PROPOSAL_STATE]), S("open"));
    CHECK_INT(decide(s.officer, id, 0, "phone goods.2 goods.+1", "The bolt is gone.", &why), OK);
    CHECK_INT(load(w, &shop, s.shop)->children[SHOP_GOODS].n, 1);
}

TEST_MODEL(what_would_make_the_record_wrong_cannot_be_accepted)
{
    struct scene s = scene(w);
    int64_t id;
    Message why;
    struct record *was = load(w, &shop, s.shop), *now = record_copy(a, was);
    now->v[SHOP_NAME] = v_text(S("Hàng Thiếc"));
    CHECK_INT(propose(s.owner, was, now, &id), OK);
    CHECK_INT(decide(s.officer, id, 0, "name", "", &why), ERR_INVALID);
    CHECK_STR(message_str(a, EN, why), S("“Hàng Thiếc” already belongs to record CH-000002-1."));
    now->v[SHOP_NAME] = v_null();
    CHECK_INT(propose(s.owner, was, now, &id), OK);
    CHECK_INT(decide(s.officer, id, 0, "name", "", &why), ERR_INVALID);
    CHECK_STR(message_str(a, EN, why), S("So the record cannot be saved. Name: is needed"));
    CHECK_INT(decide(s.officer, id, 0, "", "A name is needed.", &why), OK);
    CHECK_STR(v_str(load(w, &shop, s.shop)->v[SHOP_NAME]), S("Kim Khí"));
}

TEST_MODEL(only_what_they_may_propose_is_taken_from_those_who_may)
{
    struct scene s = scene(w);
    int64_t id;
    struct record *was = load(w, &shop, s.shop), *now = record_copy(a, was);
    CHECK_INT(propose(s.owner, was, now, &id), ERR_INVALID);
    now->v[SHOP_SECRET] = v_text(S("told"));
    CHECK_INT(propose(s.owner, was, now, &id), ERR_DENIED);
    now = retyped(w, was);
    CHECK_INT(propose(s.stranger, was, now, &id), ERR_DENIED);
    CHECK_INT(propose(work_as(w, VISITOR, EN), was, now, &id), ERR_DENIED);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM proposal"), 0);
}

TEST_MODEL(a_proposal_is_seen_by_its_enterprise_and_decided_by_officers_once)
{
    struct scene s = scene(w);
    int64_t id = proposed(&s);
    Message why;
    struct record *p = load(w, &proposal_entity, id);
    struct work *colleague = account_of(w, "dung@cokhi.vn", ";enterprise;");
    works_for(colleague, s.shop);
    CHECK(record_visible(s.owner, p) && record_visible(colleague, p) && record_visible(s.officer, p));
    CHECK(!record_visible(s.stranger, p) && !record_visible(work_as(w, VISITOR, EN), p));
    CHECK_INT(decide(s.owner, id, 0, everything, "", &why), ERR_DENIED);
    CHECK_INT(step(s.officer, p, "decide", "All."), ERR_INVALID);
    CHECK_STR(said(w), S("Say of each change whether it is accepted."));
    CHECK_INT(step(s.stranger, p, "withdraw", ""), ERR_DENIED);
    CHECK_INT(decide(s.officer, id, 0, everything, "", &why), OK);
    CHECK_INT(decide(s.officer, id, 0, everything, "", &why), ERR_CONFLICT);
    CHECK(str_has(message_str(a, EN, why), S("“Decide” was already done here by lan@so.vn")));
    CHECK_INT(step(s.owner, load(w, &proposal_entity, id), "withdraw", ""), ERR_CONFLICT);
}

TEST_MODEL(a_withdrawn_proposal_changes_nothing)
{
    struct scene s = scene(w);
    int64_t id = proposed(&s);
    Message why;
    CHECK_INT(step(s.owner, load(w, &proposal_entity, id), "withdraw", ""), OK);
    CHECK_INT(decide(s.officer, id, 0, everything, "", &why), ERR_CONFLICT);
    CHECK_STR(v_str(load(w, &shop, s.shop)->v[SHOP_PHONE]), S("0241"));
}

TEST_MODEL(a_proposal_follows_its_record_through_a_merge)
{
    struct scene s = scene(w);
    int64_t id = proposed(&s), batch;
    Message why;
    CHECK_INT(record_merge(s.officer, &shop, s.shop, 2, &batch), OK);
    CHECK_INT(decide(s.officer, id, 0, "contact", "The rest is told apart no more.", &why), OK);
    CHECK_STR(v_str(load(w, &shop, 2)->v[SHOP_CONTACT]), S("Chị Lan"));
    check_verified(w);
}

static enum err tell_all(struct work *w, void *shop_record)
{
    return record_tell(w, shop_record, EVERYBODY, "{1} is concerned.", NULL);
}

TEST_MODEL(what_concerns_a_published_record_is_told_to_its_own_and_to_officers_alone)
{
    struct scene s = scene(w);
    int64_t unseen;
    CHECK_INT(work_write(w, tell_all, load(w, &shop, s.shop)), OK);
    struct { struct work *reader; int64_t told; } readers[] = { { s.owner, 1 }, { s.officer, 1 }, { s.stranger, 0 } };
    for (size_t i = 0; i < COUNT(readers); i++) {
        CHECK_INT(notices_count(readers[i].reader, &unseen), OK);
        CHECK_INT(unseen, readers[i].told);
    }
}

TEST_MODEL(proposals_and_an_own_profile_long_unconfirmed_are_tasks)
{
    struct scene s = scene(w);
    struct tasks tasks;
    proposed(&s);
    CHECK_INT(tasks_of(s.officer, 9, &tasks), OK);
    CHECK_INT(tasks.n, 1);
    CHECK_STR(tasks.p[0].title, S("Kim Khí"));
    CHECK_STR(tasks.p[0].state, S("To be decided"));
    CHECK_INT(tasks_of(s.owner, 9, &tasks), OK);
    CHECK_INT(tasks.n, 0);
    s.owner->today.year += 3;
    CHECK_INT(tasks_of(s.owner, 9, &tasks), OK);
    CHECK_INT(tasks.n, 1);
    CHECK_STR(tasks.p[0].state, S("Still correct?"));
    CHECK(tasks.p[0].e == &shop);
}
