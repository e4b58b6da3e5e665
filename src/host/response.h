/*
 * response.h - finished pages as libmicrohttpd sends them, with the headers that every reply has.  Once prepared, a page is shared
 * by all who send it and constant.
 */
#ifndef HOST_RESPONSE_H
#define HOST_RESPONSE_H

#include "web/page_cache.h"

/* Fills in p->sent, and p->unchanged where it has an ETag.  tls: browsers reach us over TLS, and are to keep to it. */
void response_prepare(struct page *p, bool tls);
void response_drop(struct page *p);         /* what it filled in                                  */

#endif
