#include "people.h"

#include "model/people/ticket.h"

struct slip { enum ticket_kind kind; int64_t account; Str token; };

static enum err make_it(struct work *w, void *arg)
{
    struct slip *s = arg;
    return ticket_make(w, s->kind, s->account, &s->token);
}

static Str make(struct work *w, enum ticket_kind kind, int64_t account)
{
    struct slip s = { kind, account };
    CHECK_INT(work_write(w, make_it, &s), OK);
    return s.token;
}

static enum err use_it(struct work *w, void *arg)
{
    struct slip *s = arg;
    return ticket_use(w, s->kind, s->token, &s->account);
}

static enum err look(struct work *w, enum ticket_kind kind, Str token)
{
    int64_t account;
    return ticket_look(w, kind, token, &account);
}

TEST_MODEL(a_ticket_is_used_once)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;"), whose = 0;
    struct slip s = { TICKET_RESET, 0, make(w, TICKET_RESET, lan) };
    CHECK_INT(ticket_look(w, TICKET_RESET, s.token, &whose), OK);
    CHECK_INT(whose, lan);
    CHECK_INT(work_write(w, use_it, &s), OK);
    CHECK_INT(s.account, lan);
    CHECK_INT(work_write(w, use_it, &s), ERR_MISSING);
    CHECK_INT(look(w, TICKET_RESET, s.token), ERR_MISSING);
}

TEST_MODEL(a_ticket_is_good_for_what_it_was_made_for)
{
    Str token = make(w, TICKET_CONFIRM, account_in(w, "lan@sct.vn", ";enterprise;"));
    CHECK_INT(look(w, TICKET_RESET, token), ERR_MISSING);
    CHECK_INT(look(w, TICKET_INVITE, token), ERR_MISSING);
    CHECK_INT(look(w, TICKET_CONFIRM, token), OK);
    CHECK_INT(look(w, TICKET_CONFIRM, S("")), ERR_MISSING);
    CHECK_INT(look(w, TICKET_CONFIRM, S("forged")), ERR_MISSING);
}

TEST_MODEL(a_ticket_ends_in_its_time)
{
    static const int64_t valid[] = { [TICKET_CONFIRM] = 3 * DAYS, [TICKET_INVITE] = 14 * DAYS, [TICKET_RESET] = 1 * HOURS };
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;"), now = time_now();
    Str token[COUNT(valid)];
    for (size_t i = 0; i < COUNT(valid); i++) token[i] = make(w, (enum ticket_kind)i, lan);
    for (size_t i = 0; i < COUNT(valid); i++) {
        time_set_now(now + valid[i] - 1);
        CHECK_INT(look(w, (enum ticket_kind)i, token[i]), OK);
        time_set_now(now + valid[i]);
        CHECK_INT(look(w, (enum ticket_kind)i, token[i]), ERR_MISSING);
    }
}

TEST_MODEL(a_newer_ticket_ends_the_older_of_its_kind_and_account)
{
    int64_t lan = account_in(w, "lan@sct.vn", ";officer;"), minh = account_in(w, "minh@sct.vn", ";officer;");
    Str older = make(w, TICKET_RESET, lan), other_kind = make(w, TICKET_INVITE, lan), other = make(w, TICKET_RESET, minh);
    Str newer = make(w, TICKET_RESET, lan);
    CHECK_INT(look(w, TICKET_RESET, older), ERR_MISSING);
    CHECK_INT(look(w, TICKET_RESET, newer), OK);
    CHECK_INT(look(w, TICKET_INVITE, other_kind), OK);
    CHECK_INT(look(w, TICKET_RESET, other), OK);
}
