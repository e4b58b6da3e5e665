/*
 * client.h - the address a request comes from.  Behind a proxy that is what the proxy says (the last address in the last
 * X-Forwarded-For, which it wrote itself), and only where the peer is the proxy: any client may send that header.
 *
 * The proxy is the one named by --proxy.  Where none is named it is whatever runs on this machine, if --base-url is
 * https://: the program speaks no TLS, so something in front of it does.
 */
#ifndef HOST_CLIENT_H
#define HOST_CLIENT_H

#include "host/config.h"

#include <netinet/in.h>
#include <sys/socket.h>

enum { ADDRESS_ROOM = INET6_ADDRSTRLEN };

/* forwarded: X-Forwarded-For, or empty.  The text is in room, as inet_ntop writes it. */
Str client_address(const struct config *c, const struct sockaddr *peer, Str forwarded, char room[ADDRESS_ROOM]);

#endif
