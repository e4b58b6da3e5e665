/* linkage_demand.c - a demand on its way, and who reads what of it: above all, that a buyer who stays unnamed does (C12). */
#include "linkages.h"

#include "model/history.h"
#include "model/json.h"
#include "model/save.h"

static Str state(struct work *w, const struct record *r) { return v_str(now_is(w, r)->v[r->e->workflow->state]); }

static bool says(Str text, const char *what)
{
    size_t at;
    return str_find(text, str_of(what), &at);
}

TEST_REGISTER(in_english_a_quantity_has_its_unit_in_the_plural)
{
    struct work *english = work_of(w, OFFICER);
    struct record *r = record_make(w->a, &demand);
    english->lang = EN;
    r->v[DEMAND_QUANTITY] = v_real(60000);
    r->v[DEMAND_QUANTITY_UNIT] = v_text(S("2026/pcs"));
    CHECK_STR(record_text(english, r, DEMAND_QUANTITY), S("60,000\xC2\xA0" "pieces"));
    CHECK_STR(record_text(w, r, DEMAND_QUANTITY), S("60.000\xC2\xA0" "chiếc"));
}

TEST_REGISTER(a_demand_goes_from_its_buyer_to_the_office_and_is_then_read_by_everybody)
{
    struct linkage_cast c = linkage_cast(w);
    struct work *visitor = work_of(w, VISITOR);
    struct record *r = made_demand(&c, false, "anybody");
    CHECK_INT(v_i64(r->v[DEMAND_ACCOUNT]), c.buyer->actor.account);
    CHECK(!record_visible(visitor, r));
    CHECK_INT(stepped(c.other_buyer, r, "submit", ""), ERR_DENIED);
    step(c.buyer, r, "submit");
    CHECK_STR(v_str(now_is(w, r)->v[DEMAND_DUE]), S("2026-11-25"));      /* three working days after a Sunday */
    CHECK(says(last_notice(c.officer), "Vỏ nhôm"));
    CHECK_INT(stepped(c.officer, r, "return", ""), ERR_INVALID);         /* why is for the buyer to read */
    step(c.officer, r, "open");
    CHECK(record_visible(visitor, now_is(w, r)));
    CHECK(says(last_notice(c.buyer), "Vỏ nhôm"));
}

TEST_REGISTER(what_only_invited_suppliers_may_answer_is_not_published)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, false, "invited");
    CHECK(!record_visible(work_of(w, VISITOR), r));
    CHECK(!record_visible(c.one, r));
}

TEST_REGISTER(what_the_office_has_checked_stands_and_only_the_day_moves)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, false, "anybody"), *changed = record_copy(w->a, r), *moved = record_copy(w->a, r);
    changed->v[DEMAND_TITLE] = v_text(S("Something else"));
    struct saving s = { .was = r, .now = changed };
    CHECK_INT(record_keep(c.buyer, &s), ERR_INVALID);
    moved->v[DEMAND_QUOTES_BY] = v_text(S("2026-12-20"));
    s = (struct saving){ .was = r, .now = moved };
    CHECK_INT(record_keep(c.buyer, &s), OK);
    step(c.buyer, r, "revise");
    s = (struct saving){ .was = now_is(w, r), .now = record_copy(w->a, now_is(w, r)) };
    s.now->v[DEMAND_TITLE] = v_text(S("Something else"));
    CHECK_INT(record_keep(c.buyer, &s), OK);
    CHECK_STR(state(w, r), S("draft"));
}

TEST_REGISTER(no_demand_without_anything_asked_or_with_the_unnamed_buyer_named_in_its_text)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = record_copy(w->a, made_demand(&c, true, "anybody"));
    struct saving s = { .was = now_is(w, r), .now = r };
    r->v[DEMAND_TEXT] = v_text(S("For the plant of SAKURA  Seiki KK in Hà Nam"));
    CHECK_INT(record_keep(c.buyer, &s), ERR_INVALID);
    r->v[DEMAND_TEXT] = v_null();
    r->v[DEMAND_WORDS] = v_null();
    s = (struct saving){ .was = now_is(w, r), .now = r };
    CHECK_INT(record_keep(c.buyer, &s), OK);
    CHECK_INT(stepped(c.buyer, r, "submit", ""), ERR_INVALID);
}

TEST_REGISTER(a_demand_that_nobody_could_meet_is_told_so_and_an_invitation_says_how_well_its_supplier_fits)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = record_copy(w->a, made_demand(&c, false, "anybody"));
    struct saving s = { .was = now_is(w, r), .now = r };
    r->v[DEMAND_TOLERANCE] = v_real(0);
    CHECK_INT(record_keep(c.buyer, &s), ERR_INVALID);
    CHECK(s.wrong.n && s.wrong.p[0].f == &demand.fields[DEMAND_TOLERANCE]);
    r->v[DEMAND_TOLERANCE] = v_null();
    r->v[DEMAND_WARD] = v_text(str_f(w->a, ";%.*s;", FMT(v_str(enterprise_at(w, c.supplier[0])->v[ENTERPRISE_WARD]))));
    s = (struct saving){ .was = now_is(w, r), .now = r };
    CHECK_INT(record_keep(c.buyer, &s), OK);
    step(c.buyer, r, "submit");
    step(c.officer, r, "open");
    CHECK_INT(v_i64(invited_by(c.buyer, now_is(w, r), c.supplier[0], "buyer")->v[INVITATION_POINTS]), 100);
    CHECK_INT(v_i64(invited_by(c.buyer, now_is(w, r), c.supplier[1], "buyer")->v[INVITATION_POINTS]), 0);
}

/* ---- nobody learns who an unnamed buyer is --------------------------------------------------------- */

static Str json_of(struct work *w, const struct record *r)
{
    struct buf b = buf_make(w->a);
    struct json_writer j = json_write_to(&b);
    put_record_json(&j, w, r);
    return buf_str(&b);
}

/* Records, exports in all formats and histories, as this reader has them. */
static Str all_that_is_read(struct work *reader)
{
    static const struct entity *const entities_of_linkage[] = { &demand, &invitation, &question, &quote, &introduction, &drawing_opened };
    struct buf b = buf_make(reader->a);
    for (size_t i = 0; i < COUNT(entities_of_linkage); i++) {
        const struct entity *e = entities_of_linkage[i];
        struct records all;
        CHECK_INT(records_load(reader, e, 0, 100, true, &all), OK);
        for (size_t k = 0; k < all.n; k++) {
            struct changes log;
            if (!record_visible(reader, all.p[k])) continue;
            put(&b, json_of(reader, all.p[k]));
            CHECK_INT(changes_of(reader, e, all.p[k]->id, 0, 100, &log), OK);
            put(&b, history_html(reader, e, reach_of(reader, all.p[k]).reads, &log, &(struct history_look){ 0 }).s);
        }
        if (!may_list(reader, e)) continue;
        put(&b, exported_of(reader, e, "csv"));
        put(&b, exported_of(reader, e, "json"));
    }
    struct notices notices;
    CHECK_INT(notices_of(reader, 0, 100, &notices), OK);
    for (size_t i = 0; i < notices.n; i++) put(&b, notices.p[i].text);
    return buf_str(&b);
}

static void check_unnamed(struct work *reader)
{
    static const char *const secrets[] = { BUYER_NAME, "Tanaka", BUYER_EMAIL, "tanaka@sakura.example", "Sakura housing", "housing.pdf" };
    Str text = all_that_is_read(reader);
    for (size_t i = 0; i < COUNT(secrets); i++)
        if (says(text, secrets[i])) test_fail(__FILE__, __LINE__, "%.*s reads %s", FMT(reader->actor.name), secrets[i]);
}

static Str mails(struct work *w)
{
    struct buf b = buf_make(w->a);
    struct rows r = db_query(w->db, w->a, SQL("SELECT subject, body FROM mail ORDER BY id"), NO_ARGS);
    while (rows_next(&r)) put_f(&b, "%.*s\n%.*s\n", FMT(row_text(&r, 0)), FMT(row_text(&r, 1)));
    CHECK_INT(rows_end(&r), OK);
    return buf_str(&b);
}

TEST_REGISTER(an_unnamed_buyer_is_a_country_to_everybody_but_itself_and_the_office)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, true, "anybody");
    struct record *by_officer = invited_by(c.officer, r, c.supplier[0], "officer"), *came = invited_by(c.two, r, c.supplier[1], "supplier");
    struct work *readers[] = { work_of(w, VISITOR), c.other_buyer, c.one, c.two, c.three, c.leader, c.finance, c.agency, work_of(w, WARD), work_of(w, ASSOCIATION) };
    for (size_t i = 0; i < COUNT(readers); i++) {
        check_unnamed(readers[i]);
        CHECK(says(json_of(readers[i], now_is(w, r)), "Nhật Bản"));
    }
    CHECK(says(all_that_is_read(c.buyer), BUYER_NAME));
    CHECK(says(all_that_is_read(c.officer), BUYER_NAME));
    struct invited seen;
    CHECK_INT(invited_load(c.one, by_officer->id, &seen), OK);
    CHECK(!seen.buyer_named && !says(json_of(w, seen.demand), BUYER_NAME));
    step(c.one, by_officer, "interest");                    /* an officer found it: the buyer decides  */
    CHECK_INT(invited_load(c.one, by_officer->id, &seen), OK);
    CHECK(!seen.buyer_named && !v_is(seen.demand->v[DEMAND_BUYER]) && !v_is(seen.demand->v[DEMAND_EMAIL]) && !v_is(seen.demand->v[DEMAND_ACCOUNT]));
    CHECK_INT(stepped(c.one, by_officer, "admit", ""), ERR_DENIED);
    step(c.buyer, by_officer, "admit");
    CHECK_INT(invited_load(c.one, by_officer->id, &seen), OK);
    CHECK(seen.buyer_named);
    CHECK_STR(v_str(seen.demand->v[DEMAND_BUYER]), S(BUYER_NAME));
    CHECK_STR(v_str(record_val(w, seen.demand, DEMAND_SHOWN_BUYER)), S(BUYER_NAME));
    CHECK_INT(invited_load(c.two, by_officer->id, &seen), ERR_DENIED);
    CHECK_INT(invited_load(c.two, came->id, &seen), OK);
    CHECK(!seen.buyer_named);
    check_unnamed(c.two);
}

TEST_REGISTER(a_supplier_that_is_not_chosen_before_it_was_admitted_never_learns_who_it_was)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, true, "anybody"), *came = invited_by(c.one, r, c.supplier[0], "supplier");
    struct invited seen;
    CHECK_INT(stepped(c.buyer, r, "nobody", "Too few answers"), OK);
    CHECK_STR(state(w, came), S("not_chosen"));
    CHECK_INT(invited_load(c.one, came->id, &seen), OK);
    CHECK(!seen.buyer_named);
    check_unnamed(c.one);
}

TEST_REGISTER(a_mail_to_an_enterprise_without_an_account_says_a_buyer_from_japan)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, true, "invited");
    struct work *officer = c.officer;
    struct record *account, *gone;
    CHECK_INT(record_load(w, &account_entity, c.one->actor.account, &account), OK);
    gone = record_copy(w->a, account);
    gone->v[ACCOUNT_STATE] = v_text(S("disabled"));
    struct saving s = { .was = account, .now = gone };
    CHECK_INT(record_keep(work_of(w, SYSTEM), &s), OK);
    invited_by(officer, r, c.supplier[0], "officer");
    Str sent = mails(w);
    CHECK(says(sent, "A buyer (Japan)") && says(sent, "Nhật Bản") && says(sent, "{base}/en/workspace/invitations/"));
    CHECK(!says(sent, BUYER_NAME) && !says(sent, BUYER_EMAIL));
}

TEST_REGISTER(suppliers_see_neither_each_other_nor_who_asked)
{
    struct linkage_cast c = linkage_cast(w);
    struct record *r = open_demand(&c, false, "anybody");
    struct record *one = invited_by(c.buyer, r, c.supplier[0], "buyer"), *two = invited_by(c.buyer, r, c.supplier[1], "buyer");
    step(c.one, one, "accept");
    step(c.two, two, "accept");
    struct record *asked = record_make(w->a, &question);
    asked->v[QUESTION_INVITATION] = v_int(one->id);
    asked->v[QUESTION_TEXT] = v_text(S("Which alloy?"));
    asked = kept(c.one, asked);
    CHECK(says(last_notice(c.buyer), "Which alloy?"));
    struct told_questions told;
    CHECK_INT(questions_told(c.two, two, &told), OK);
    CHECK_INT((int)told.n, 0);
    CHECK_INT(stepped(c.two, asked, "answer", "ADC12"), ERR_DENIED);
    CHECK_INT(stepped(c.buyer, asked, "answer", "ADC12"), OK);
    CHECK_INT(questions_told(c.two, two, &told), OK);
    CHECK_STR(told.p[0].answer, S("ADC12"));
    CHECK_INT(questions_told(c.three, two, &told), ERR_DENIED);
    CHECK(!record_visible(c.two, one) && !record_visible(c.two, asked) && record_visible(c.one, asked));
    struct record *price = sent_quote(c.one, one, 3.75);
    CHECK(record_visible(c.buyer, price) && !record_visible(c.two, price) && !record_visible(c.other_buyer, price));
    Str text = all_that_is_read(c.two);
    CHECK(!says(text, "Cơ khí Một") && !says(text, "Which alloy?") && !says(text, "3.75") && !says(text, "3,75"));
}
