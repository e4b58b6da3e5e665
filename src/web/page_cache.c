#include "web/page_cache.h"

#include "base/hash.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

struct link { struct link *before, *after; };

struct kept {                               /* a page and its place in the cache                 */
    struct page   page;
    struct link   use;                      /* among all, most recently used first               */
    struct kept  *next;                     /* in its chain                                      */
    uint64_t      hash, version;
    Str           target;
    enum encoding asked;
    size_t        size;
    atomic_uint   holders;
};

enum { CHAINS = 1 << 14 };                  /* pages are some kilobytes each                     */

struct page_cache {
    pthread_mutex_t lock;
    void          (*drop)(struct page *);
    struct link     use;
    size_t          room, used;
    struct kept    *chain[CHAINS];
};

static struct kept *kept_of(struct page *p) { return (struct kept *)p; }
static struct kept *kept_in(struct link *l)
{
    return (struct kept *)((char *)l - offsetof(struct kept, use));
}

/* ---- pages ----------------------------------------------------------------------------------- */

static Str copy_to(char **at, Str s)
{
    Str copy = { *at, s.n };
    if (s.n) memcpy(*at, s.p, s.n);
    *at += s.n;
    return copy;
}

static void set_etag(struct page *p)
{
    if (p->cache == CACHE_NEVER || p->status != 200 || p->file) return;
    snprintf(p->etag, sizeof p->etag, "\"%016llx%zx%s\"", (unsigned long long)str_hash(p->body), p->body.n,
             p->encoding == PLAIN ? "" : encoding_name(p->encoding));
}

static struct page *make(const struct reply *r, Str target, Str body, enum encoding e, bool copy)
{
    size_t texts = target.n + r->type.n + (copy ? body.n : 0);
    for (size_t i = 0; i < r->header_n; i++) texts += r->headers[i].value.n;
    struct kept *k = calloc(1, sizeof *k + texts);
    if (!k) bug_at(__FILE__, __LINE__, "no memory for a page");
    char *at = (char *)(k + 1);
    struct page *p = &k->page;
    *p = (struct page){ .status = r->status, .encoding = e, .cache = r->cache, .file = r->file };
    k->target = copy_to(&at, target);
    p->type = copy_to(&at, r->type);
    p->body = copy ? copy_to(&at, body) : body;
    for (size_t i = 0; i < r->header_n; i++)
        p->headers[p->header_n++] = (struct header){ r->headers[i].name, copy_to(&at, r->headers[i].value) };
    set_etag(p);
    k->size = sizeof *k + texts;
    atomic_init(&k->holders, 1);
    return p;
}

struct page *page_make(const struct reply *r, Str target, Str body, enum encoding e)
{
    return make(r, target, body, e, true);
}

struct page *page_around(const struct reply *r, Str body, enum encoding e)
{
    return make(r, (Str){ 0 }, body, e, false);
}

void page_release(struct page_cache *c, struct page *p)
{
    struct kept *k = kept_of(p);
    if (atomic_fetch_sub(&k->holders, 1) != 1) return;
    c->drop(p);
    if (p->file) fclose(p->file);
    free(k);
}

/* ---- the cache ------------------------------------------------------------------------------- */

struct page_cache *page_cache_open(size_t room, void (*drop)(struct page *p))
{
    struct page_cache *c = calloc(1, sizeof *c);
    if (!c) bug_at(__FILE__, __LINE__, "no memory for the page cache");
    pthread_mutex_init(&c->lock, NULL);
    c->drop = drop;
    c->room = room;
    c->use = (struct link){ &c->use, &c->use };
    return c;
}

static void unlink_use(struct kept *k)
{
    k->use.before->after = k->use.after;
    k->use.after->before = k->use.before;
}

static void link_newest(struct page_cache *c, struct kept *k)
{
    k->use = (struct link){ &c->use, c->use.after };
    k->use.before->after = k->use.after->before = &k->use;
}

static uint64_t key_hash(Str target, enum encoding asked)
{
    return str_hash(target) * 31 + (uint64_t)asked;
}

static struct kept **place_of(struct page_cache *c, Str target, enum encoding asked)
{
    uint64_t hash = key_hash(target, asked);
    struct kept **at = &c->chain[hash % CHAINS];
    while (*at && ((*at)->hash != hash || (*at)->asked != asked || !str_eq((*at)->target, target)))
        at = &(*at)->next;
    return at;
}

static void evict(struct page_cache *c, struct kept *k)
{
    *place_of(c, k->target, k->asked) = k->next;
    unlink_use(k);
    c->used -= k->size;
    page_release(c, &k->page);
}

struct page *page_cache_find(struct page_cache *c, Str target, enum encoding asked, uint64_t version)
{
    pthread_mutex_lock(&c->lock);
    struct kept *k = *place_of(c, target, asked);
    if (k && k->version != version) k = NULL;
    if (k) {
        unlink_use(k);
        link_newest(c, k);
        atomic_fetch_add(&k->holders, 1);
    }
    pthread_mutex_unlock(&c->lock);
    return k ? &k->page : NULL;
}

void page_cache_keep(struct page_cache *c, struct page *p, enum encoding asked, uint64_t version)
{
    struct kept *k = kept_of(p);
    MUST(k->target.n && !p->file);
    if (k->size > c->room / 4) return;
    pthread_mutex_lock(&c->lock);
    k->hash = key_hash(k->target, asked);
    k->asked = asked;
    k->version = version;
    struct kept *old = *place_of(c, k->target, asked), **chain = &c->chain[k->hash % CHAINS];
    if (old) evict(c, old);
    while (c->used + k->size > c->room) evict(c, kept_in(c->use.before));
    k->next = *chain;
    *chain = k;
    link_newest(c, k);
    c->used += k->size;
    atomic_fetch_add(&k->holders, 1);
    pthread_mutex_unlock(&c->lock);
}

size_t page_cache_used(struct page_cache *c)
{
    pthread_mutex_lock(&c->lock);
    size_t used = c->used;
    pthread_mutex_unlock(&c->lock);
    return used;
}

void page_cache_close(struct page_cache *c)
{
    while (c->use.after != &c->use) evict(c, kept_in(c->use.after));
    pthread_mutex_destroy(&c->lock);
    free(c);
}
