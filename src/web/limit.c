#include "web/limit.h"

#include "base/date.h"
#include "base/hash.h"
#include "base/secret.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>

/* At RATE_USUAL.  room: what may be asked for at once, after a while of silence. */
static const struct { int64_t per_minute, room; } usual[LIMITS] = {
    [LIMIT_ADDRESS]  = { RATE_USUAL, 300 },         /* an office behind one address               */
    [LIMIT_ACCOUNT]  = { 2 * RATE_USUAL, 600 },
    [LIMIT_TOKEN]    = { 600, 100 },
    [LIMIT_TEMPTING] = { 10, 10 },
};

enum { WAYS = 8, SETS = 8192, TEXT_MOST = 64 };
#define MINUTE (60 * SECONDS)

/*
 * What was granted, as time: each request puts `paid` later by what it costs, and it may lie no later than now.  (The
 * generic cell rate algorithm of ITU-T I.371.)
 */
struct bucket { uint64_t key; int64_t paid; };      /* key 0: unused                              */

struct limiter {
    pthread_mutex_t lock;
    uint64_t        seed;                           /* so that nobody can choose to meet another's bucket */
    int64_t         rate;
    struct bucket   set[SETS][WAYS];
};

struct limiter *limiter_open(int64_t rate)
{
    struct limiter *l = calloc(1, sizeof *l);
    if (!l) bug_at(__FILE__, __LINE__, "no memory for the limits");
    pthread_mutex_init(&l->lock, NULL);
    random_bytes(&l->seed, sizeof l->seed);
    l->rate = rate;
    return l;
}

void limiter_close(struct limiter *l)
{
    pthread_mutex_destroy(&l->lock);
    free(l);
}

/* The /64 of an IPv6 address, anything else as it is. */
static Str network_of(Str who, char room[TEXT_MOST])
{
    struct in6_addr six;
    Str text = str_sub(who, 0, TEXT_MOST - 1);
    if (text.n) memcpy(room, text.p, text.n);
    room[text.n] = 0;
    if (inet_pton(AF_INET6, room, &six) != 1 || IN6_IS_ADDR_V4MAPPED(&six)) return text;
    return (Str){ memcpy(room, &six, 8), 8 };
}

static uint64_t key_of(const struct limiter *l, enum limit kind, Str who)
{
    struct { uint64_t seed; uint32_t kind; char who[TEXT_MOST]; } k = { .seed = l->seed, .kind = kind };
    char room[TEXT_MOST];
    if (who.n) {
        Str network = network_of(who, room);
        memcpy(k.who, network.p, network.n);
    }
    uint64_t key = hash64(&k, sizeof k);
    return key ? key : 1;
}

/* Where the set is full, the bucket goes that loses least by it. */
static struct bucket *bucket_of(struct limiter *l, uint64_t key)
{
    struct bucket *set = l->set[key % SETS], *least = set;
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key == key) return &set[i];
        if (!set[i].key || (least->key && set[i].paid < least->paid)) least = &set[i];
    }
    *least = (struct bucket){ key, INT64_MIN };
    return least;
}

int limiter_take(struct limiter *l, enum limit kind, Str who, int cost, int64_t now)
{
    int64_t each = MINUTE * RATE_USUAL / (usual[kind].per_minute * l->rate), room = usual[kind].room * l->rate / RATE_USUAL;
    int64_t earliest = now - each * (room > cost ? room : cost);
    pthread_mutex_lock(&l->lock);
    struct bucket *b = bucket_of(l, key_of(l, kind, who));
    if (b->paid < earliest) b->paid = earliest;
    int64_t early = b->paid + cost * each - now;
    if (early <= 0) b->paid += cost * each;
    pthread_mutex_unlock(&l->lock);
    return early <= 0 ? 0 : (int)((early + SECONDS - 1) / SECONDS);
}
