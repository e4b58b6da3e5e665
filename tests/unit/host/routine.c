/* The threads beside the answering of requests. */
#include "database.h"
#include "host/jobs.h"
#include "host/log.h"
#include "host/routine.h"
#include "programme/entities.h"

#include <pthread.h>

static enum err nothing(struct routine *r, struct work *w, void *arg, bool *more) { return OK; }

static const struct routine_kind idle = { "idle", 1000, nothing };

/* Threads of this size find no room in any address space. */
static size_t set_stack(size_t bytes)
{
    pthread_attr_t usual;
    size_t was;
    CHECK_INT(pthread_getattr_default_np(&usual), 0);
    CHECK_INT(pthread_attr_getstacksize(&usual, &was), 0);
    CHECK_INT(pthread_attr_setstacksize(&usual, bytes), 0);
    CHECK_INT(pthread_setattr_default_np(&usual), 0);
    pthread_attr_destroy(&usual);
    return was;
}

TEST(where_the_system_gives_no_thread_nothing_runs_and_there_is_nothing_to_stop)
{
    static const struct job_kind *const none[] = { NULL };
    struct config c = { .db = str_of(test_db_url(a, SQLITE)) };
    struct work like = { .m = model_make(a, entities), .a = a };
    struct routine *r;
    struct jobs *jobs;
    CHECK_INT(log_open(S("/dev/null"), LOG_ERROR), OK);
    size_t usual = set_stack((size_t)1 << 50);
    CHECK_INT(routine_start(&c, &like, &idle, NULL, &r), ERR_BUSY);
    CHECK(!r);
    CHECK_INT(jobs_start(&c, &like, NULL, none, &jobs), ERR_BUSY);
    set_stack(usual);
    routine_stop(r);
    jobs_stop(jobs);
    CHECK_INT(routine_start(&c, &like, &idle, NULL, &r), OK);
    routine_stop(r);
}
