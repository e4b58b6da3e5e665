/* parallel.h - the same work for many numbers, shared by several threads. */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include <stddef.h>

enum { THREADS_MOST = 256 };

/* How many threads are meant: 0 or less is as many as processors; at most THREADS_MOST. */
int parallel_threads(int asked);

/*
 * Calls work(with, i, thread) once for each i of 0 .. n-1, in no particular order, and returns when all are done.  thread is the
 * caller's number, 0 .. threads-1: what a thread needs for itself is found by it.  Results that must not depend on the number of
 * threads are kept by i.
 */
void parallel(int threads, size_t n, void (*work)(void *with, size_t i, int thread), void *with);

#endif
