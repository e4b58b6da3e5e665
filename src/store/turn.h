/*
 * turn.h - writers of one SQLite file in this program take turns here, before they ask SQLite.  SQLite's own way of waiting is to
 * sleep and look again, longer each time, so that with many writers the disk stands idle; here the next one goes on at once.
 * Writers of other programs are still kept apart by SQLite.  Private to store/.
 */
#ifndef STORE_TURN_H
#define STORE_TURN_H

#include <stdbool.h>
#include <sys/stat.h>

struct turn;
struct turn *turn_of(const struct stat *file);  /* the file's, shared by its handles; turn_leave() it */
void         turn_leave(struct turn *t);
bool         turn_take(struct turn *t, int wait_ms);        /* false: not got in time             */
void         turn_give(struct turn *t);

#endif
