/*
 * workers.h - the threads that make pages.  Each owns a slot, a database handle (opened when first
 * needed; read-only, but for those that answer what may change something) and a bounded arena; what leaves it is a finished page, so that no reader, however slow, holds a
 * slot.
 */
#ifndef HOST_WORKERS_H
#define HOST_WORKERS_H

#include "host/server.h"
#include "web/page_cache.h"

enum {
    SLOT_ROOM   = 64 << 20,         /* bytes one page may take while it is made                 */
    WAITING_MAX = 512,              /* requests waiting for a slot: beyond, 503                 */
};

struct errand {
    struct request_head head;       /* borrowed until done() is called                          */
    enum encoding       asked;      /* PLAIN or GZIP                                            */
    struct page        *page;       /* the answer, held for whoever asked                       */
    struct errand        *next;
};

struct workers_hooks {
    void (*prepare)(void *context, struct page *p); /* a page was made: before anyone sees it    */
    void (*done)(void *context, struct errand *w);
    void  *context;
};

struct workers;
/* n of them; access: as for db_open: DB_READ, or 0 to write. */
struct workers *workers_start(const struct config *c, const struct application *app, struct page_cache *cache,
                              struct workers_hooks hooks, size_t n, unsigned access);
/* What absolute addresses begin with, where the port is known only now; before the first request. */
void            workers_set_base_url(struct workers *w, Str url);
bool            workers_give(struct workers *w, struct errand *work);     /* false: too many wait  */
void            workers_stop(struct workers *w);        /* when all that waits is done           */

#endif
