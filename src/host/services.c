#include "host/services.h"

#include "host/daily.h"
#include "host/fetch.h"
#include "host/jobs.h"
#include "host/marker.h"
#include "host/post.h"
#include "host/routine.h"
#include "pages/network/kept.h"
#include "programme/jobs.h"
#include "programme/linkage/search.h"
#include "web/limit.h"
#include "web/marks.h"
#include "web/oidc.h"

#include <curl/curl.h>
#include <errno.h>
#include <sys/stat.h>

enum { MARK_EVERY_MS = 5000, LOOK_EVERY_MS = 500, UNMET_EVERY_MS = 60 * 1000 };
static const Message no_threads = { .id = N_("The system gives no more threads.") };

static enum err write_marks(struct routine *r, struct work *w, void *marks, bool *more) { return marks_write(marks, w); }

static enum err follow_network(struct routine *r, struct work *w, void *network, bool *more) { return kept_follow(network, w, more); }

static enum err write_unmet(struct routine *r, struct work *w, void *unmet, bool *more) { return unmet_write(unmet, w); }

static const struct routine_kind marking = { "marks", MARK_EVERY_MS, write_marks };
static const struct routine_kind unmet = { "unmet", UNMET_EVERY_MS, write_unmet };
static const struct routine_kind network = { "network", LOOK_EVERY_MS, follow_network, .gives_way = true };

static struct instance instance_of(const struct config *c)
{
    return (struct instance){
        .files = c->files, .fetch = fetch, .mark = marker, .mail = c->smtp.n > 0, .limiter = c->rate ? limiter_open(c->rate) : NULL,
        .openid_issuer = c->openid_issuer, .openid_client = c->openid_client, .openid_secret = c->openid_secret, .openid_label = c->openid_label,
        .oidc = c->openid_issuer.n ? oidc_open() : NULL,
    };
}

static enum err make_folder(struct cli *c, Str path, Message *why)
{
    if (!mkdir(str_z(c->a, path), 0700) || errno == EEXIST) return OK;
    *why = MSG(N_("The folder for uploaded files, {1}, cannot be made. Name another with --files."), path);
    return errno == EACCES ? ERR_DENIED : ERR_BROKEN;
}

static enum err start_threads(struct cli *c, const struct application *app, struct services *s)
{
    TRY(routine_start(c->config, &c->w, &marking, s->instance.marks, &s->marking));
    TRY(routine_start(c->config, &c->w, &network, s->instance.network, &s->network));
    TRY(routine_start(c->config, &c->w, &unmet, s->instance.unmet, &s->unmet));
    TRY(daily_start(c->config, &c->w, app, &s->daily));
    return jobs_start(c->config, &c->w, app, job_kinds, &s->jobs);
}

enum err services_start(struct cli *c, const struct application *app, struct services *s, Message *why)
{
    MUST(!curl_global_init(CURL_GLOBAL_DEFAULT));           /* while there is only one thread     */
    *s = (struct services){ .instance = instance_of(c->config) };
    s->instance.marks = marks_open(c->a);
    s->instance.network = kept_open();
    s->instance.unmet = unmet_open();
    TRY(make_folder(c, c->config->files, why));
    enum err e = start_threads(c, app, s);
    if (e) *why = no_threads;
    else s->instance.board = jobs_board(s->jobs);
    return e;
}

enum err services_post(const struct cli *c, struct services *s, Str base_url, Message *why)
{
    enum err e = post_start(c->config, &c->w, base_url, &s->post, why);
    if (e == ERR_BUSY) *why = no_threads;
    return e;
}

void services_stop(struct services *s)
{
    jobs_stop(s->jobs);
    post_stop(s->post);
    routine_stop(s->daily);
    routine_stop(s->marking);
    routine_stop(s->unmet);
    kept_stop(s->instance.network);
    routine_stop(s->network);
    kept_close(s->instance.network);
    unmet_close(s->instance.unmet);
    if (s->instance.limiter) limiter_close(s->instance.limiter);
    if (s->instance.oidc) oidc_close(s->instance.oidc);
}
