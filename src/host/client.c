#include "host/client.h"

#include <arpa/inet.h>

/* An IPv4 address that came through an IPv6 socket is an IPv4 address. */
static Str peer_text(const struct sockaddr *peer, char room[ADDRESS_ROOM])
{
    const struct sockaddr_in *four = (const void *)peer;
    const struct sockaddr_in6 *six = (const void *)peer;
    const char *z = NULL;
    if (peer && peer->sa_family == AF_INET) z = inet_ntop(AF_INET, &four->sin_addr, room, ADDRESS_ROOM);
    else if (peer && peer->sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
        z = inet_ntop(AF_INET, &six->sin6_addr.s6_addr[12], room, ADDRESS_ROOM);
    else if (peer && peer->sa_family == AF_INET6) z = inet_ntop(AF_INET6, &six->sin6_addr, room, ADDRESS_ROOM);
    return str_of(z);
}

static bool is_proxy(const struct config *c, Str peer)
{
    if (c->proxy.n) return str_eq(peer, c->proxy);
    return str_starts(c->base_url, S("https://")) && (str_starts(peer, S("127.")) || str_is(peer, "::1"));
}

static Str last_item(Str list)
{
    size_t comma = list.n;
    while (comma && list.p[comma - 1] != ',') comma--;
    return str_trim(str_sub(list, comma, list.n));
}

Str client_address(const struct config *c, const struct sockaddr *peer, Str forwarded, char room[ADDRESS_ROOM])
{
    char text[ADDRESS_ROOM];
    struct in6_addr binary;
    Str own = peer_text(peer, room), last = last_item(forwarded);
    if (!is_proxy(c, own) || !last.n || last.n >= sizeof text) return own;
    memcpy(text, last.p, last.n);
    text[last.n] = 0;
    int family = memchr(text, ':', last.n) ? AF_INET6 : AF_INET;
    return inet_pton(family, text, &binary) == 1 ? str_of(inet_ntop(family, &binary, room, ADDRESS_ROOM)) : own;
}
