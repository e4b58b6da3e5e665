/*
 * follower.h - the snapshot that pages are made from: one thread looks at the change log and puts the next in place by a pointer, another
 * keeps its index in a file, from which the next start goes on, and merges what has become many parts.  Neither makes a request wait.
 */
#ifndef HOST_FOLLOWER_H
#define HOST_FOLLOWER_H

#include "host/cli.h"
#include "host/server.h"

struct follower;
/* The first snapshot: from the file where it can be used, else read from the database. */
enum err follower_open(const struct cli *c, struct follower **out) MUST_USE;
enum err follower_start(struct follower *f) MUST_USE;       /* ERR_BUSY: the system gives no more threads */
void     follower_stop(struct follower *f);                 /* ends what was started, and keeps the index once more */
void     follower_close(struct follower *f);

/* What struct application asks for; state: the follower. */
uint64_t    follower_version(void *state);
const void *follower_acquire(void *state, uint64_t *version);
void        follower_release(void *state, const void *snapshot);

#endif
