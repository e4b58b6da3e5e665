/* Two officers, each with a handle of their own, pay 500 times from one balance that holds less than what both ask for. */
#include "purse.h"

#include <pthread.h>

enum { PAYMENTS = 500, EACH = 7, BALANCE = 5000 };

struct officer { pthread_t thread; struct work *w; const struct purse *p; const char *url; int paid, refused, failed; };

/* The sums that are told to be left only ever fall, and a refusal is for no other reason than that. */
static void pay(struct officer *o, struct arena *a)
{
    struct posting one = posting_of(o->p->line[0], MONEY_DISBURSED, EACH);
    struct work w = *o->w;
    one.task = o->p->task[2];
    w.a = a;
    for (int i = 0; i < PAYMENTS; i++) {
        Message why;
        arena_reset(a);
        one.document = str_f(a, "%.*s-%d", FMT(w.actor.name), i);
        enum err e = post_all(&w, &one, 1, &why);
        *(!e ? &o->paid : e == ERR_INVALID && str_has(str_of(why.id), S("committed and not yet paid")) ? &o->refused : &o->failed) += 1;
    }
}

static void *officer(void *arg)
{
    struct officer *o = arg;
    struct arena a = arena_make((size_t)64 << 20, NULL);
    struct work w = *o->w;
    if (db_open(o->url, DB_CREATE, &w.db)) return o->failed = PAYMENTS, NULL;
    db_wait(w.db, 60000);
    o->w = &w;
    pay(o, &a);
    db_close(w.db);
    arena_free(&a);
    return NULL;
}

static int64_t entries_by(struct work *w, const char *name)
{
    int64_t n = -1;
    CHECK_INT(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM voucher WHERE stage = 'disbursed' AND document LIKE $1"), ARGS(v_text(str_f(w->a, "%s-%%", name))), &n), OK);
    return n;
}

TEST_DB(two_officers_pay_from_one_balance_500_times_at_once_and_it_is_never_overdrawn_nor_an_entry_lost)
{
    struct work *w = register_on(a, db);
    struct purse p = purse_make(w);
    struct posting committed = posting_of(p.line[0], MONEY_COMMITTED, BALANCE);
    struct work one = *w, other = *w;
    struct balance b;
    committed.task = p.task[2];
    posted(w, posting_of(p.line[0], MONEY_ALLOCATED, BALANCE));
    posted(w, committed);
    one.actor.name = S("one"), other.actor.name = S("other");
    struct officer both[] = { { .w = &one, .p = &p, .url = url }, { .w = &other, .p = &p, .url = url } };
    for (int i = 0; i < 2; i++) CHECK(!pthread_create(&both[i].thread, NULL, officer, &both[i]));
    for (int i = 0; i < 2; i++) CHECK(!pthread_join(both[i].thread, NULL));
    CHECK_INT(both[0].failed + both[1].failed, 0);
    CHECK_INT(both[0].paid + both[1].paid, BALANCE / EACH);
    CHECK_INT(both[0].refused + both[1].refused, 2 * PAYMENTS - BALANCE / EACH);
    CHECK_INT(entries_by(w, "one"), both[0].paid);
    CHECK_INT(entries_by(w, "other"), both[1].paid);
    CHECK_INT(balance_of_task(w, p.task[2], &b), OK);
    check_balance(b, 0, BALANCE, (BALANCE / EACH) * EACH, 0);
    check_log(w);
}
