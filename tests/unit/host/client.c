#include "test.h"
#include "host/client.h"

#include <arpa/inet.h>

static Str from(struct arena *a, const struct config *c, const char *peer, const char *forwarded)
{
    char *room = NEW_ARRAY(a, char, ADDRESS_ROOM);
    struct sockaddr_in four = { .sin_family = AF_INET };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
    if (inet_pton(AF_INET, peer, &four.sin_addr) == 1) return client_address(c, (const void *)&four, str_of(forwarded), room);
    CHECK_INT(inet_pton(AF_INET6, peer, &six.sin6_addr), 1);
    return client_address(c, (const void *)&six, str_of(forwarded), room);
}

TEST(what_is_forwarded_is_believed_only_of_the_proxy)
{
    const struct config plain = { .base_url = S("http://127.0.0.1:8080") }, tls = { .base_url = S("https://register.example") },
                        named = { .base_url = S("https://register.example"), .proxy = S("10.0.0.2") };
    CHECK_STR(from(a, &plain, "127.0.0.1", "203.0.113.9"), S("127.0.0.1"));
    CHECK_STR(from(a, &tls, "127.0.0.1", "203.0.113.9"), S("203.0.113.9"));
    CHECK_STR(from(a, &tls, "::1", "203.0.113.9"), S("203.0.113.9"));
    CHECK_STR(from(a, &tls, "::ffff:127.0.0.1", "2001:DB8::0:1"), S("2001:db8::1"));
    CHECK_STR(from(a, &tls, "198.51.100.1", "203.0.113.9"), S("198.51.100.1"));
    CHECK_STR(from(a, &named, "10.0.0.2", "203.0.113.9"), S("203.0.113.9"));
    CHECK_STR(from(a, &named, "127.0.0.1", "203.0.113.9"), S("127.0.0.1"));
}

TEST(only_the_last_address_is_the_proxys_own_word)
{
    const struct config c = { .base_url = S("https://register.example") };
    CHECK_STR(from(a, &c, "127.0.0.1", "6.6.6.6, 203.0.113.9"), S("203.0.113.9"));
    static const char *const nonsense[] = { "", ",", "6.6.6.6,", "unknown", "6.6.6.6, x", "203.0.113.9:80", "1234567890123456789012345678901234567890123456789" };
    for (size_t i = 0; i < COUNT(nonsense); i++) CHECK_STR(from(a, &c, "127.0.0.1", nonsense[i]), S("127.0.0.1"));
}
