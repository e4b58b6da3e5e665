/*
 * server.h - serves a site over HTTP until SIGTERM or SIGINT.
 *
 * A page whose data have not changed is rendered once: the application gives a version number (the last change
 * it has seen), and a finished page is kept with it.  A page that must be rendered borrows a slot (a database handle, which
 * may write only where the request's method may change something, and an arena) and gives it back before the first byte is
 * sent.  What is asked with a session or a token is made for that one reader and never kept.
 */
#ifndef HOST_SERVER_H
#define HOST_SERVER_H

#include "host/config.h"
#include "web/asset.h"
#include "web/route.h"

struct application {
    struct site         site;
    struct assets       assets;
    const struct instance *instance;
    void               *state;
    /*
     * What a page depends on, as one number: the last change of the data that is served (and the date, if pages show
     * it).  Called for every request, by any thread: no more than an atomic read.
     */
    uint64_t          (*version)(void *state);
    /* The snapshot a handler sees as q->app, with its version; held until released. */
    const void       *(*acquire)(void *state, uint64_t *version);
    void              (*release)(void *state, const void *snapshot);
    /* With where the server is reached, which is known only once it listens; NULL: nothing is to be done then. */
    enum err          (*listening)(void *state, Str base_url, Message *why);
};

struct server;
/* ERR_INVALID: no such address; ERR_BUSY: the port is taken.  The port really used is server_port(). */
enum err server_start(const struct config *c, const struct application *app, struct server **out,
                      Message *why) MUST_USE;
int      server_port(const struct server *s);
void     server_stop(struct server *s);     /* lets running answers finish                      */

/* SIGTERM and SIGINT are for server_run() and end nothing else; before the first thread is made, since all inherit it. */
void     server_hold_signals(void);

/* Starts, says "serving http://127.0.0.1:8080", and stops when told to. */
enum err server_run(const struct config *c, const struct application *app, Message *why) MUST_USE;

#endif
