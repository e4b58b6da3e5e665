/*
 * command_serve.c - the portal as a running program: follower.c keeps the snapshot that all pages are made from up to date, services.c has
 * the other threads, http.c does the rest.
 */
#include "host/cli.h"

#include "host/follower.h"
#include "host/log.h"
#include "host/server.h"
#include "host/services.h"
#include "pages/site.h"

struct serving { const struct cli *cli; struct services services; struct follower *follower; };

static uint64_t version(void *state) { return follower_version(((struct serving *)state)->follower); }
static const void *acquire(void *state, uint64_t *v) { return follower_acquire(((struct serving *)state)->follower, v); }
static void release(void *state, const void *snapshot) { follower_release(((struct serving *)state)->follower, snapshot); }

static enum err listening(void *state, Str base_url, Message *why)
{
    struct serving *s = state;
    return services_post(s->cli, &s->services, base_url, why);
}

static enum err serve(struct cli *c, struct serving *s, const struct application *app, Message *why)
{
    portal_prepare(c->a);
    enum err e = follower_start(s->follower);
    if (e) *why = MSG(N_("The system gives no more threads."));
    else e = server_run(c->config, app, why);
    follower_stop(s->follower);
    return e;
}

int command_serve(struct cli *c)
{
    struct serving s = { .cli = c };
    if (!cli_arguments(c, 0, 0)) return err_exit(ERR_INVALID);
    if (log_open(c->config->log, (enum log_level)c->config->log_level))
        return cli_fail(c, ERR_BROKEN, MSG(N_("The log {1} cannot be written."), c->config->log));
    enum err e = follower_open(c, &s.follower);
    if (e) return cli_done(c, e);
    Message why = NO_MESSAGE;
    server_hold_signals();
    struct application app = {
        .site = portal, .assets = assets_embedded(c->a), .instance = &s.services.instance, .state = &s,
        .version = version, .acquire = acquire, .release = release, .listening = listening,
    };
    e = services_start(c, &app, &s.services, &why);
    if (!e) e = serve(c, &s, &app, &why);
    services_stop(&s.services);
    follower_close(s.follower);
    return e && why.id ? cli_fail(c, e, why) : cli_done(c, e);
}
