/*
 * page_cache.h - finished pages, rendered once per change of the data and not per request.
 *
 * A finished page is an answer that needs no database, arena or language any more: bytes in one encoding, with
 * their ETag.  It is found by its whole address (language, suffix and query are part of it) and its encoding,
 * and is good for one version of the data; after a change it is not found and made anew.  Memory is bounded:
 * the page unused for longest goes first.
 *
 * Pages are one block of memory each and counted: the cache holds one and everybody who sends it.  Safe from
 * all threads.
 */
#ifndef WEB_PAGE_CACHE_H
#define WEB_PAGE_CACHE_H

#include "web/encoding.h"
#include "web/reply.h"

struct page {
    int              status;
    enum encoding    encoding;
    enum cache_class cache;
    Str              type, body;
    FILE            *file;                  /* instead of body                                   */
    char             etag[40];              /* with its quotes; "" for what is never the same    */
    struct header    headers[COUNT(((struct reply *)0)->headers)];
    size_t           header_n;
    void            *sent, *unchanged;      /* the server's own forms of it and of its 304        */
};

/* Copies the reply to `target`, body in the given encoding; takes over its file.  Held once, by the caller. */
struct page *page_make(const struct reply *r, Str target, Str body, enum encoding e);
/* The same around bytes that outlive it, not copied. */
struct page *page_around(const struct reply *r, Str body, enum encoding e);

/* drop() frees what the server put into sent and unchanged, when nobody holds the page any more. */
struct page_cache;
struct page_cache *page_cache_open(size_t room, void (*drop)(struct page *p));
void               page_cache_close(struct page_cache *c);

/*
 * `asked` is the encoding the reader is to have; a page that gzip does not make smaller is plain all the same.
 * Find holds it for the caller; NULL: not there, or of another version.
 */
struct page *page_cache_find(struct page_cache *c, Str target, enum encoding asked, uint64_t version);
/* Keeps it instead of what was there.  A page over a quarter of the room is not kept. */
void         page_cache_keep(struct page_cache *c, struct page *p, enum encoding asked, uint64_t version);
void         page_release(struct page_cache *c, struct page *p);
size_t       page_cache_used(struct page_cache *c);         /* bytes                             */

#endif
