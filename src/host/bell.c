#include "host/bell.h"

#include <errno.h>
#include <time.h>

void bell_open(struct bell *b)
{
    pthread_condattr_t attributes;
    pthread_mutex_init(&b->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&b->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    b->rung = false;
}

void bell_close(struct bell *b)
{
    pthread_cond_destroy(&b->wake);
    pthread_mutex_destroy(&b->lock);
}

void bell_ring(struct bell *b)
{
    pthread_mutex_lock(&b->lock);
    b->rung = true;
    pthread_cond_signal(&b->wake);
    pthread_mutex_unlock(&b->lock);
}

bool bell_rung(struct bell *b)
{
    pthread_mutex_lock(&b->lock);
    bool rung = b->rung;
    pthread_mutex_unlock(&b->lock);
    return rung;
}

bool bell_sleep(struct bell *b, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&b->lock);
    int waited = 0;
    while (!b->rung && waited != ETIMEDOUT) waited = pthread_cond_timedwait(&b->wake, &b->lock, &until);
    bool rung = b->rung;
    pthread_mutex_unlock(&b->lock);
    return !rung;
}
