/* driver.h - what an engine must supply, and the handle that db.c and the engine share.  Private to store/. */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "base/map.h"
#include "store/db.h"

enum transaction { NONE, READING, WRITING };

struct statement {              /* a prepared text and, while it is open, the cursor over its rows */
    const char       *text;
    void             *engine;   /* the driver's part                                              */
    bool              open;
    struct statement *twin;     /* the same text again, used while this one is open               */
    struct statement *below;    /* opened before this one                                         */
};

/* `prepare` and `forget` (of all statements; none is open) find memory in db->cache, which dies after `forget`. */
struct driver {
    enum err (*open)(struct db *db, const char *url);
    void     (*close)(struct db *db);
    enum err (*prepare)(struct db *db, const char *text, struct statement *st);
    void     (*forget)(struct db *db);
    enum err (*run)(struct db *db, struct statement *st, Args args);
    int      (*next)(struct db *db, struct statement *st, enum err *e);     /* columns; 0 at the end */
    Val      (*peek)(const struct statement *st, int col);
    enum err (*done)(struct db *db, struct statement *st);
    enum err (*begin)(struct db *db, enum transaction kind);
    enum err (*commit)(struct db *db);
    void     (*rollback)(struct db *db);
    void     (*wait)(struct db *db);                                        /* db->wait_ms changed   */
};
extern const struct driver sqlite_driver, postgres_driver;

enum { HINTS = 256 };

struct db {
    const struct driver *driver;
    void                *engine;        /* the driver's connection                                */
    struct turn         *turn;          /* the driver's: of the writers of this file              */
    bool                 turn_taken;
    unsigned             flags;
    int                  wait_ms;
    enum transaction     state;
    enum err             failed;        /* what doomed the open transaction                       */
    bool                 again;         /* the driver: the last failure may pass if begun again   */
    char                 why[512];

    struct statement    *open;          /* the newest cursor; while there is one nothing is queued */
    struct queue        *queue;         /* of a long write, else NULL                             */
    int64_t              executed;      /* by db_exec in this transaction                         */
    struct arena         self, cache;   /* of the handle; of the statements                       */
    struct map           known;         /* text -> place in statements                            */
    struct { struct statement **p; size_t n, cap; } statements;
    int                  prepared;      /* twins included                                         */
    struct statement    *hints[HINTS];  /* by address of the text: what it was last time          */
};

void db_say(struct db *db, const char *why);        /* without the line's end                     */

#endif
