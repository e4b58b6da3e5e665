/*
 * bell.h - what a thread of ours sleeps on between two rounds of its work, until the time has come or the bell tells it to stop.
 * Time is that of the steady clock: a clock set back must not stop the work.
 */
#ifndef HOST_BELL_H
#define HOST_BELL_H

#include <pthread.h>
#include <stdbool.h>

struct bell { pthread_mutex_t lock; pthread_cond_t wake; bool rung; };

void bell_open(struct bell *b);
void bell_close(struct bell *b);            /* nobody sleeps on it any more                       */
void bell_ring(struct bell *b);             /* for good                                           */
bool bell_rung(struct bell *b);
bool bell_sleep(struct bell *b, int ms);    /* false: it has rung                                 */

#endif
