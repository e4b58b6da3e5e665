#include "base/parallel.h"
#include "base/error.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

struct shared {
    void        (*work)(void *with, size_t i, int thread);
    void         *with;
    size_t        n;
    atomic_size_t next;
};
struct member {
    struct shared *shared;
    int            thread;
    pthread_t      id;
};

int parallel_threads(int asked)
{
    long n = asked > 0 ? asked : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > THREADS_MOST ? THREADS_MOST : (int)n;
}

static void *take_work(void *with)
{
    struct member *m = with;
    struct shared *s = m->shared;
    for (size_t i; (i = atomic_fetch_add(&s->next, 1)) < s->n;) s->work(s->with, i, m->thread);
    return NULL;
}

/* A thread that cannot be had leaves its share to the others. */
void parallel(int threads, size_t n, void (*work)(void *with, size_t i, int thread), void *with)
{
    struct shared shared = { .work = work, .with = with, .n = n };
    struct member members[THREADS_MOST];
    int started = 1;
    threads = parallel_threads(threads);
    for (members[0] = (struct member){ &shared, 0 }; started < threads && (size_t)started < n; started++) {
        members[started] = (struct member){ &shared, started };
        if (pthread_create(&members[started].id, NULL, take_work, &members[started])) break;
    }
    take_work(&members[0]);
    for (int t = 1; t < started; t++) MUST(!pthread_join(members[t].id, NULL));
}
