#include "store/turn.h"

#include "base/error.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct turn {
    dev_t           device;
    ino_t           file;
    int             handles;
    pthread_mutex_t lock;
    struct turn    *next;
};

static pthread_mutex_t all_lock = PTHREAD_MUTEX_INITIALIZER;
static struct turn *all;

struct turn *turn_of(const struct stat *file)
{
    pthread_mutex_lock(&all_lock);
    struct turn *t = all;
    while (t && (t->device != file->st_dev || t->file != file->st_ino)) t = t->next;
    if (!t) {
        t = calloc(1, sizeof *t);
        MUST(t);
        *t = (struct turn){ file->st_dev, file->st_ino, 0, PTHREAD_MUTEX_INITIALIZER, all };
        all = t;
    }
    t->handles++;
    pthread_mutex_unlock(&all_lock);
    return t;
}

void turn_leave(struct turn *t)
{
    pthread_mutex_lock(&all_lock);
    if (!--t->handles) {
        struct turn **at = &all;
        while (*at != t) at = &(*at)->next;
        *at = t->next;
        pthread_mutex_destroy(&t->lock);
        free(t);
    }
    pthread_mutex_unlock(&all_lock);
}

bool turn_take(struct turn *t, int wait_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += wait_ms % 1000 * 1000000L;
    if (until.tv_nsec >= 1000000000L) until.tv_sec++, until.tv_nsec -= 1000000000L;
    return !pthread_mutex_clocklock(&t->lock, CLOCK_MONOTONIC, &until);
}

void turn_give(struct turn *t) { pthread_mutex_unlock(&t->lock); }
