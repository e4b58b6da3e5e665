/*
 * services.h - what a running server has beside the answering of requests: the threads that send mails, do jobs, do what is due
 * each day, note who was there and what was searched for in vain, and keep the supply network in memory, and the instance through which handlers reach them.
 */
#ifndef HOST_SERVICES_H
#define HOST_SERVICES_H

#include "host/cli.h"
#include "host/server.h"
#include "web/instance.h"

struct services {
    struct instance instance;
    struct jobs    *jobs;
    struct post    *post;
    struct routine *marking, *unmet, *daily, *network;
};

/* app: what the server is to serve, with the snapshot that daily work looks into.  Not OK: *why says what is missing; what was started runs until
 * services_stop(). */
enum err services_start(struct cli *c, const struct application *app, struct services *s, Message *why) MUST_USE;
/* Mails, which lead to where the server is reached. */
enum err services_post(const struct cli *c, struct services *s, Str base_url, Message *why) MUST_USE;
void     services_stop(struct services *s);

#endif
