#include "test.h"
#include "base/date.h"
#include "web/limit.h"

static int asked_until_refused(struct limiter *l, enum limit kind, Str who, int64_t now)
{
    int granted = 0;
    while (!limiter_take(l, kind, who, 1, now)) granted++;
    return granted;
}

TEST(a_client_may_ask_so_often_and_then_must_wait_as_long_as_it_is_told)
{
    struct limiter *l = limiter_open(RATE_USUAL);
    Str who = S("203.0.113.9");
    CHECK_INT(asked_until_refused(l, LIMIT_TEMPTING, who, 0), 10);
    int seconds = limiter_take(l, LIMIT_TEMPTING, who, 1, 0);
    CHECK_INT(seconds, 6);
    CHECK_INT(limiter_take(l, LIMIT_TEMPTING, who, 1, (seconds - 1) * SECONDS), 1);
    CHECK_INT(limiter_take(l, LIMIT_TEMPTING, who, 1, seconds * SECONDS), 0);
    CHECK_INT(limiter_take(l, LIMIT_TEMPTING, who, 1, seconds * SECONDS), 6);
    limiter_close(l);
}

TEST(a_bucket_is_never_fuller_than_at_first)
{
    struct limiter *l = limiter_open(RATE_USUAL);
    Str who = S("203.0.113.9");
    CHECK_INT(asked_until_refused(l, LIMIT_ADDRESS, who, 0), 300);
    CHECK_INT(asked_until_refused(l, LIMIT_ADDRESS, who, 3600 * SECONDS), 300);
    limiter_close(l);
}

TEST(what_is_dear_empties_the_bucket_sooner)
{
    struct limiter *l = limiter_open(RATE_USUAL);
    for (int i = 0; i < 15; i++) CHECK_INT(limiter_take(l, LIMIT_ADDRESS, S("::1"), LIMIT_DOWNLOAD, 0), 0);
    CHECK_INT(limiter_take(l, LIMIT_ADDRESS, S("::1"), LIMIT_DOWNLOAD, 0), 2);
    limiter_close(l);
}

TEST(one_does_not_pay_for_another)
{
    struct limiter *l = limiter_open(RATE_USUAL);
    asked_until_refused(l, LIMIT_ADDRESS, S("203.0.113.9"), 0);
    CHECK_INT(limiter_take(l, LIMIT_ADDRESS, S("203.0.113.10"), 1, 0), 0);
    CHECK_INT(limiter_take(l, LIMIT_ACCOUNT, S("203.0.113.9"), 1, 0), 0);
    limiter_close(l);
}

TEST(addresses_of_one_network_of_ipv6_are_one_client)
{
    struct limiter *l = limiter_open(RATE_USUAL);
    asked_until_refused(l, LIMIT_ADDRESS, S("2001:db8:1:2::1"), 0);
    CHECK(limiter_take(l, LIMIT_ADDRESS, S("2001:db8:1:2:ffff::7"), 1, 0) > 0);
    CHECK_INT(limiter_take(l, LIMIT_ADDRESS, S("2001:db8:1:3::1"), 1, 0), 0);
    asked_until_refused(l, LIMIT_ADDRESS, S("::ffff:192.0.2.1"), 0);
    CHECK_INT(limiter_take(l, LIMIT_ADDRESS, S("::ffff:192.0.2.2"), 1, 0), 0);
    limiter_close(l);
}

TEST(whatever_stands_for_an_address_is_taken_as_it_is)
{
    struct limiter *l = limiter_open(RATE_USUAL);
    char *long_one = NEW_ARRAY(a, char, 10000);
    memset(long_one, 'x', 10000);
    CHECK_INT(limiter_take(l, LIMIT_ADDRESS, (Str){ 0 }, 1, 0), 0);
    CHECK_INT(limiter_take(l, LIMIT_ADDRESS, (Str){ long_one, 10000 }, 1, 0), 0);
    CHECK_INT(limiter_take(l, LIMIT_ADDRESS, S("1\0:2"), 1, 0), 0);
    limiter_close(l);
}

TEST(a_crowd_larger_than_the_table_is_served_and_the_busiest_still_waits)
{
    struct limiter *l = limiter_open(RATE_USUAL);
    asked_until_refused(l, LIMIT_TEMPTING, S("203.0.113.9"), 0);
    for (int i = 0; i < 500000; i++) {
        CHECK_INT(limiter_take(l, LIMIT_ADDRESS, str_f(a, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255), 1, i), 0);
        if (i % 1000 == 0) {
            arena_reset(a);
            CHECK(limiter_take(l, LIMIT_TEMPTING, S("203.0.113.9"), 1, i) > 0);
        }
    }
    limiter_close(l);
}

TEST(limits_grow_with_the_rate)
{
    struct limiter *l = limiter_open(2 * RATE_USUAL);
    CHECK_INT(asked_until_refused(l, LIMIT_ADDRESS, S("203.0.113.9"), 0), 600);
    CHECK_INT(limiter_take(l, LIMIT_TOKEN, S("7"), LIMIT_DOWNLOAD, 0), 0);
    limiter_close(l);
    l = limiter_open(1);
    CHECK_INT(limiter_take(l, LIMIT_ADDRESS, S("203.0.113.9"), LIMIT_DOWNLOAD, 0), 0);
    limiter_close(l);
}
