/* linkage_quote.c - drawings in confidence, quotes in time, the choice and what comes of it, and what is reminded of. */
#include "linkages.h"

#include "model/desk/file.h"
#include "model/save.h"

static Str state(struct work *w, const struct record *r) { return v_str(now_is(w, r)->v[r->e->workflow->state]); }

static bool says(Str text, const char *what)
{
    size_t at;
    return str_find(text, str_of(what), &at);
}

static int notices_that_say(struct work *w, const char *what)
{
    struct notices list;
    int n = 0;
    CHECK_INT(notices_of(w, 0, 100, &list), OK);
    for (size_t i = 0; i < list.n; i++) n += says(list.p[i].text, what);
    return n;
}

/* ---- drawings -------------------------------------------------------------------------------------- */

static int64_t drawing_of(struct work *w, const struct record *r) { return now_is(w, r)->children[DEMAND_DRAWINGS].p[0]->id; }

TEST_REGISTER(a_drawing_opens_to_who_was_let_in_and_agreed_until_it_is_over_and_each_opening_is_logged)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, true, "anybody"), *i = invited_by(c.one, r, c.supplier[0], "supplier"), *moved;
    int64_t d = drawing_of(w, r);
    Str file = { 0 };
    Message why;
    CHECK_INT(drawing_opens(c.one, i->id, d, &file, &why), ERR_DENIED);              /* not agreed     */
    agreed(c.one, i);
    CHECK_INT(drawing_opens(c.one, i->id, d, &file, &why), ERR_DENIED);              /* not admitted   */
    CHECK(says(message_str(w->a, EN, why), "admitted"));
    step(c.buyer, i, "admit");
    CHECK_INT(drawing_opens(c.one, i->id, d, &file, &why), OK);
    CHECK(says(file, "housing.pdf"));
    CHECK_INT((int)count_of(w, "drawing_opened"), 1);
    struct records log;
    CHECK_INT(records_load(w, &drawing_opened, 0, 10, false, &log), OK);
    CHECK_INT(v_i64(log.p[0]->v[OPENED_READER]), c.one->actor.account);
    CHECK(record_visible(c.buyer, log.p[0]) && record_visible(c.officer, log.p[0]) && !record_visible(c.one, log.p[0]) && !record_visible(c.other_buyer, log.p[0]));
    i = now_is(w, i);
    moved = record_copy(w->a, i);
    moved->v[INVITATION_DRAWINGS_UNTIL] = v_text(S("2026-11-21"));
    struct saving s = { .was = i, .now = moved };
    CHECK_INT(record_keep(c.one, &s), ERR_DENIED);
    s = (struct saving){ .was = i, .now = moved };
    CHECK_INT(record_keep(c.buyer, &s), OK);
    CHECK_INT(drawing_opens(c.one, i->id, d, &file, &why), ERR_DENIED);              /* over           */
    CHECK_INT((int)count_of(w, "drawing_opened"), 1);
}

TEST_REGISTER(nobody_gets_at_another_demands_drawings)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, false, "anybody"), *i = invited_by(c.buyer, r, c.supplier[0], "buyer");
    struct record *other = record_copy(w->a, r);
    Str file = { 0 };
    Message why;
    agreed(c.one, i);
    int64_t d = drawing_of(w, r);
    CHECK_INT(drawing_opens(c.one, i->id, d + 100, &file, &why), ERR_MISSING);
    struct work *others[] = { c.two, c.other_buyer, c.buyer, c.leader, c.finance, c.agency, c.officer, work_of(w, VISITOR) };
    for (size_t k = 0; k < COUNT(others); k++) CHECK_INT(drawing_opens(others[k], i->id, d, &file, &why), ERR_DENIED);
    struct work *readers[] = { c.one, c.two, c.other_buyer, c.leader, c.finance, c.agency, work_of(w, VISITOR) };
    for (size_t k = 0; k < COUNT(readers); k++) {
        struct record_files files;
        CHECK_INT(record_files(readers[k], other, &files), OK);
        CHECK_INT((int)files.n, 0);
        CHECK(!may_list(readers[k], &drawing) || readers[k] == c.one || readers[k] == c.two || readers[k] == c.other_buyer);
        struct invited seen;
        if (!invited_load(readers[k], i->id, &seen))
            for (size_t n = 0; n < seen.demand->children[DEMAND_DRAWINGS].n; n++) CHECK(!v_is(seen.demand->children[DEMAND_DRAWINGS].p[n]->v[DRAWING_FILE]));
    }
    CHECK(!says(exported_of(c.two, &drawing, "csv"), "housing") && !says(exported_of(c.other_buyer, &drawing, "json"), "housing"));
    CHECK(says(exported_of(c.buyer, &drawing, "csv"), "housing"));
}

/* ---- inviting and quotes ------------------------------------------------------------------------------ */

TEST_REGISTER(a_supplier_and_a_demand_are_brought_together_once_and_by_whose_it_is)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, false, "invited");
    int64_t id;
    Message why;
    CHECK_INT(inviting(c.other_buyer, r, c.supplier[0], "buyer", &id, &why), ERR_DENIED);
    CHECK_INT(inviting(c.buyer, r, c.supplier[0], "officer", &id, &why), ERR_DENIED);
    CHECK_INT(inviting(c.one, r, c.supplier[0], "supplier", &id, &why), ERR_DENIED);         /* it is not open to anybody */
    CHECK_INT(inviting(c.buyer, r, c.supplier[0], "buyer", &id, &why), OK);
    CHECK(says(last_notice(c.one), BUYER_NAME) && says(last_notice(c.one), "10/12/2026"));
    CHECK_INT(inviting(c.buyer, r, c.supplier[0], "buyer", &id, &why), ERR_CONFLICT);
    CHECK_INT(inviting(c.officer, r, c.supplier[1], "officer", &id, &why), OK);
    struct record *draft = made_demand(&c, false, "anybody");
    CHECK_INT(inviting(c.buyer, draft, c.supplier[0], "buyer", &id, &why), ERR_CONFLICT);
}

TEST_REGISTER(a_quote_is_the_suppliers_alone_until_it_is_sent_and_goes_in_time)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, false, "anybody"), *i = invited_by(c.buyer, r, c.supplier[0], "buyer");
    struct record *q = record_make(w->a, &quote);
    q->v[QUOTE_INVITATION] = v_int(i->id);
    struct saving another = { .now = record_copy(w->a, q) };
    CHECK_INT(record_keep(c.two, &another), ERR_INVALID);                            /* not its invitation */
    q = kept(c.one, q);
    CHECK(!record_visible(c.buyer, q));
    CHECK_INT(stepped(c.one, q, "send", ""), ERR_INVALID);                           /* takes no part yet */
    step(c.one, i, "accept");
    CHECK_INT(stepped(c.one, q, "send", ""), ERR_INVALID);                           /* no price       */
    struct record *priced = record_copy(w->a, now_is(w, q));
    priced->v[QUOTE_PRICE] = v_real(3.75);
    priced->v[QUOTE_CURRENCY] = v_text(S("USD"));
    struct saving s = { .was = now_is(w, q), .now = priced };
    CHECK_INT(record_keep(c.one, &s), OK);
    c.one->today = (struct date){ 2026, 12, 11 };
    CHECK_INT(stepped(c.one, q, "send", ""), ERR_INVALID);                           /* a day late     */
    c.one->today = (struct date){ 2026, 12, 10 };
    step(c.one, q, "send");
    CHECK(record_visible(c.buyer, now_is(w, q)));
    CHECK_STR(state(w, i), S("quoted"));
    priced = record_copy(w->a, now_is(w, q));
    priced->v[QUOTE_PRICE] = v_real(3.5);
    s = (struct saving){ .was = now_is(w, q), .now = priced };
    CHECK_INT(record_keep(c.one, &s), ERR_INVALID);                                  /* a sent one stands */
    step(c.one, q, "revise");
    CHECK(!record_visible(c.buyer, now_is(w, q)));
    CHECK_STR(state(w, i), S("admitted"));
    step(c.one, q, "send");
    step(c.one, q, "withdraw");
    CHECK_STR(state(w, i), S("admitted"));
}

TEST_REGISTER(a_choice_gives_its_reason_tells_the_others_without_the_price_and_introduces_both)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, true, "anybody");
    struct record *one = invited_by(c.buyer, r, c.supplier[0], "buyer"), *two = invited_by(c.buyer, r, c.supplier[1], "buyer"), *three = invited_by(c.buyer, r, c.supplier[2], "buyer");
    step(c.one, one, "accept");
    step(c.two, two, "accept");
    struct record *best = sent_quote(c.one, one, 3.75), *other = sent_quote(c.two, two, 4.10);
    int64_t id = 0;
    Message why;
    CHECK_INT(choosing(c.buyer, r, best->id, "  ", &id, &why), ERR_INVALID);
    CHECK_INT(choosing(c.other_buyer, r, best->id, "Cheaper", &id, &why), ERR_DENIED);
    CHECK_INT(choosing(c.buyer, r, best->id, "Better price and sample at 3.75 USD", &id, &why), OK);
    CHECK_STR(state(w, r), S("awarded"));
    CHECK_STR(state(w, best), S("chosen"));
    CHECK_STR(state(w, other), S("not_chosen"));
    CHECK_STR(state(w, one), S("chosen"));
    CHECK_STR(state(w, two), S("not_chosen"));
    CHECK_STR(state(w, three), S("not_chosen"));
    CHECK_INT(notices_that_say(c.one, BUYER_EMAIL), 1);
    CHECK_INT(notices_that_say(c.buyer, "mot@mot.example"), 1);
    CHECK_INT(notices_that_say(c.two, "3.75") + notices_that_say(c.two, "3,75") + notices_that_say(c.two, "Cơ khí Một"), 0);
    CHECK(says(last_notice(c.two), "Vỏ nhôm") && says(last_notice(c.three), "Vỏ nhôm"));
    struct record *made;
    CHECK_INT(record_load(w, &introduction, id, &made), OK);
    CHECK(record_visible(c.one, made) && record_visible(c.buyer, made) && !record_visible(c.two, made) && !record_visible(c.other_buyer, made));
    CHECK_INT(choosing(c.buyer, r, other->id, "Changed my mind", &id, &why), ERR_CONFLICT);
}

/* ---- what came of it ------------------------------------------------------------------------------------ */

static struct record *introduced(struct linkage_cast *c, struct work *w)
{
    struct record *r = open_demand(c, false, "anybody"), *i = invited_by(c->buyer, r, c->supplier[0], "buyer"), *made;
    int64_t id;
    Message why;
    step(c->one, i, "accept");
    struct record *q = sent_quote(c->one, i, 3.75);
    CHECK_INT(choosing(c->buyer, r, q->id, "The only one", &id, &why), OK);
    CHECK_INT(record_load(w, &introduction, id, &made), OK);
    return made;
}

static enum err add_outcome(struct work *by, const struct record *r, const char *stage, const char *on, double amount)
{
    struct record *was = now_is(by, r), *now = record_copy(by->a, was), *o = record_add(by->a, now, INTRODUCTION_OUTCOMES);
    o->v[OUTCOME_STAGE] = v_text(str_of(stage));
    o->v[OUTCOME_ON] = v_text(str_of(on));
    if (amount > 0) {
        o->v[OUTCOME_AMOUNT] = v_real(amount);
        o->v[OUTCOME_CURRENCY] = v_text(S("USD"));
    }
    struct saving s = { .was = was, .now = now };
    return record_keep(by, &s);
}

static size_t direct(struct work *w)
{
    const int64_t *ids;
    size_t n;
    CHECK_INT(direct_suppliers(w, PROGRAMME_FROM, PROGRAMME_TO, &ids, &n), OK);
    return n;
}

TEST_REGISTER(a_first_order_with_its_amount_makes_a_direct_supplier)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = introduced(&c, w);
    CHECK_INT(add_outcome(c.other_buyer, r, "sample", "2026-11-20", 0), ERR_DENIED);
    CHECK_INT(add_outcome(c.one, r, "sample", "2026-11-23", 0), ERR_INVALID);        /* tomorrow       */
    CHECK_INT(add_outcome(c.one, r, "sample", "2026-11-22", 0), OK);
    CHECK_INT(add_outcome(c.buyer, r, "first_order", "2026-11-21", 0), ERR_INVALID); /* of no amount   */
    CHECK_INT((int)direct(w), 0);
    CHECK_INT(add_outcome(c.buyer, r, "first_order", "2026-11-21", 12000), OK);
    CHECK_INT((int)direct(w), 1);
    CHECK_INT(add_outcome(c.officer, r, "first_order", "2026-11-22", 13000), OK);
    CHECK_INT((int)direct(w), 1);                           /* each once                           */
    CHECK_STR(v_str(record_val(w, now_is(w, r), INTRODUCTION_REACHED)), S("first_order"));
    CHECK(!record_visible(c.two, r));
}

/* ---- reminders -------------------------------------------------------------------------------------------- */

TEST_REGISTER(each_reminder_comes_once)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, true, "anybody"), *one = invited_by(c.buyer, r, c.supplier[0], "buyer"), *two = invited_by(c.buyer, r, c.supplier[1], "buyer");
    step(c.one, one, "accept");
    step(c.two, two, "accept");
    sent_quote(c.two, two, 4.10);
    reminded_on(w, "2026-12-06");
    CHECK_INT(notices_that_say(c.one, "đến hạn"), 0);
    static const char *const days[] = { "2026-12-07", "2026-12-08", "2026-12-09", "2026-12-09", "2026-12-10" };
    int before = notices_that_say(c.one, "10/12/2026"), other = notices_that_say(c.two, "10/12/2026");
    for (size_t i = 0; i < COUNT(days); i++) reminded_on(w, days[i]);
    CHECK_INT(notices_that_say(c.one, "10/12/2026") - before, 2);                    /* 3 days, 1 day  */
    CHECK_INT(notices_that_say(c.two, "10/12/2026") - other, 0);                     /* it has sent one */
    CHECK_INT(notices_that_say(c.officer, "10/12/2026"), 0);
    reminded_on(w, "2026-12-11");
    reminded_on(w, "2026-12-12");
    CHECK_INT(notices_that_say(c.officer, "10/12/2026"), 1);                         /* one is late    */
    CHECK_INT(notices_that_say(c.one, BUYER_NAME) + notices_that_say(c.two, BUYER_NAME), 0);
}

TEST_REGISTER(both_sides_are_asked_after_1_3_6_and_12_months_what_came_of_an_introduction)
{
    struct linkage_cast c = linkage_cast(w);
    introduced(&c, w);
    static const struct { const char *day; int times; } asked[] = {
        { "2026-12-21", 0 }, { "2026-12-22", 1 }, { "2026-12-23", 1 }, { "2027-02-22", 2 }, { "2027-12-01", 3 }, { "2027-12-02", 3 },
    };
    for (size_t i = 0; i < COUNT(asked); i++) {
        reminded_on(w, asked[i].day);
        CHECK_INT(notices_that_say(c.one, "22/11/2026"), asked[i].times);
        CHECK_INT(notices_that_say(c.buyer, "22/11/2026"), asked[i].times);
    }
}
