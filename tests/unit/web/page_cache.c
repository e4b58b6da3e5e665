#include "test.h"
#include "web/page_cache.h"

#include <pthread.h>
#include <stdatomic.h>

static atomic_int dropped;
static void count_drop(UNUSED struct page *p) { dropped++; }

static struct page *keep(struct page_cache *c, const char *target, Str body, uint64_t version)
{
    struct reply r = { .status = 200, .type = TYPE_HTML, .cache = CACHE_VERSION };
    reply_header(&r, "X-Test", S("1"));
    struct page *p = page_make(&r, str_of(target), body, PLAIN);
    page_cache_keep(c, p, PLAIN, version);
    return p;
}

TEST(a_page_is_found_until_the_data_change)
{
    struct page_cache *c = page_cache_open(1 << 20, count_drop);
    dropped = 0;
    page_release(c, keep(c, "/a", S("one"), 1));
    struct page *p = page_cache_find(c, S("/a"), PLAIN, 1);
    CHECK_STR(p->body, S("one"));
    CHECK_STR(p->headers[0].value, S("1"));
    CHECK(p->etag[0] == '"');
    CHECK(!page_cache_find(c, S("/a"), GZIP, 1));
    CHECK(!page_cache_find(c, S("/b"), PLAIN, 1));
    CHECK(!page_cache_find(c, S("/a"), PLAIN, 2));
    page_release(c, keep(c, "/a", S("two"), 2));
    CHECK_INT(dropped, 0);                          /* the reader of the first still holds it    */
    CHECK_STR(p->body, S("one"));
    page_release(c, p);
    CHECK_INT(dropped, 1);
    page_cache_close(c);
    CHECK_INT(dropped, 2);
}

TEST(the_same_bytes_have_the_same_tag_and_others_another)
{
    struct page_cache *c = page_cache_open(1 << 20, count_drop);
    struct page *one = keep(c, "/a", S("x"), 1), *again = keep(c, "/a", S("x"), 2), *other = keep(c, "/a", S("y"), 3);
    CHECK_STR(str_of(one->etag), str_of(again->etag));
    CHECK(strcmp(one->etag, other->etag));
    page_release(c, one);
    page_release(c, again);
    page_release(c, other);
    page_cache_close(c);
}

TEST(the_page_unused_for_longest_makes_room)
{
    enum { ROOM = 64 << 10 };
    struct page_cache *c = page_cache_open(ROOM, count_drop);
    Str body = { NEW_ARRAY(a, char, 9 << 10), 9 << 10 };
    page_release(c, keep(c, "/first", body, 1));
    for (int i = 0; i < 100; i++) {
        page_release(c, keep(c, str_z(a, str_f(a, "/%d", i)), body, 1));
        CHECK(page_cache_used(c) <= ROOM);
        page_release(c, page_cache_find(c, S("/first"), PLAIN, 1));
    }
    CHECK(!page_cache_find(c, S("/0"), PLAIN, 1));
    page_release(c, page_cache_find(c, S("/99"), PLAIN, 1));
    Str large = { NEW_ARRAY(a, char, ROOM / 2), ROOM / 2 };
    page_release(c, keep(c, "/large", large, 1));
    CHECK(!page_cache_find(c, S("/large"), PLAIN, 1));
    page_cache_close(c);
}

static void *use(void *arg)
{
    struct page_cache *c = arg;
    static const char *const targets[] = { "/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7" };
    for (unsigned i = 0; i < 4000; i++) {
        const char *target = targets[i * 7 % COUNT(targets)];
        struct page *p = page_cache_find(c, str_of(target), PLAIN, i / 100);
        if (!p) p = keep(c, target, str_of(target), i / 100);
        CHECK_STR(p->body, str_of(target));
        page_release(c, p);
    }
    return NULL;
}

TEST(all_threads_may_use_it_and_every_page_is_dropped_once)
{
    struct page_cache *c = page_cache_open(1 << 10, count_drop);
    pthread_t threads[4];
    dropped = 0;
    for (size_t i = 0; i < COUNT(threads); i++) CHECK(!pthread_create(&threads[i], NULL, use, c));
    for (size_t i = 0; i < COUNT(threads); i++) pthread_join(threads[i], NULL);
    page_cache_close(c);
    CHECK(dropped > 0);
}
