/*
 * queue.h - the statements of a long write, carried out in their order by a second thread while the caller makes
 * ready the next ones.  Private to store/.
 *
 * The caller copies statements into a chunk; a full one is handed over, and the caller goes on with the other, or waits
 * until that has been carried out.  So a queue takes two chunks of QUEUE_CHUNK bytes and no more.
 *
 * At no time do two threads use the connection: before the caller does, it calls queue_settle(), after which
 * the second thread has nothing to do until the next chunk is full.  What is left in a chunk that is not full the caller
 * carries out itself, so a write that never fills one has no second thread.
 *
 * The first error ends it: no statement after it is carried out.
 */
#ifndef STORE_QUEUE_H
#define STORE_QUEUE_H

#include "store/db.h"

enum { QUEUE_CHUNK = 1 << 20 };

struct queue;
struct statement;

struct queue *queue_open(struct db *db);
bool          queue_fits(Args args);                        /* in an empty chunk                  */
/* Copies args, which must fit.  The error is that of an earlier statement; the connection is then at rest. */
enum err      queue_add(struct queue *q, struct statement *st, Args args) MUST_USE;
/* Returns when all has been carried out, or one has failed: its error. */
enum err      queue_settle(struct queue *q) MUST_USE;
void          queue_close(struct queue *q);                 /* drops what has not been begun      */

#endif
