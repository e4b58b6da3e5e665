#include "pages/cards.h"

#include "model/freshness.h"
#include "model/rights.h"
#include "programme/register.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const size_t ROOM = (size_t)8 << 30, OUTDATED_MOST = (size_t)256 << 20;     /* bytes of all; after which all are made anew */

struct filed { struct card card; int64_t seq; };            /* has all changes up to seq          */

struct slot {
    _Atomic(const struct filed *) filed;
    _Atomic int64_t               changed;                  /* the last change known of the record */
};

struct cards {
    atomic_int      holders;
    pthread_mutex_t lock;                                   /* of a                               */
    struct arena    a;
    size_t          n;
    struct slot    *slot;                                   /* by id                              */
};

/* ---- memory --------------------------------------------------------------------------------- */

struct cards *cards_make(int64_t most)
{
    struct cards *c = calloc(1, sizeof *c);
    MUST(c && most >= 0);
    c->n = (size_t)(most + most / 4) + 1024;
    c->slot = calloc(c->n, sizeof *c->slot);                /* pages of it come when they are touched */
    MUST(c->slot);
    atomic_init(&c->holders, 1);
    MUST(!pthread_mutex_init(&c->lock, NULL));
    c->a = arena_make(ROOM, NULL);
    return c;
}

struct cards *cards_keep(struct cards *c)
{
    atomic_fetch_add(&c->holders, 1);
    return c;
}

void cards_release(struct cards *c)
{
    if (!c || atomic_fetch_sub(&c->holders, 1) > 1) return;
    arena_free(&c->a);
    pthread_mutex_destroy(&c->lock);
    free(c->slot);
    free(c);
}

static size_t bytes_of(struct cards *c)
{
    pthread_mutex_lock(&c->lock);
    size_t n = arena_used(&c->a);
    pthread_mutex_unlock(&c->lock);
    return n;
}

struct cards *cards_follow(struct cards *c, int64_t seq, const int64_t *changed, size_t n)
{
    int64_t most = 0;
    for (size_t i = 0; i < n; i++) most = changed[i] > most ? changed[i] : most;
    if ((size_t)most >= c->n) return cards_make(most);
    if (bytes_of(c) > OUTDATED_MOST) return cards_make((int64_t)(c->n / 5 * 4));
    for (size_t i = 0; i < n; i++) atomic_store(&c->slot[changed[i]].changed, seq);
    return cards_keep(c);
}

/* ---- a card --------------------------------------------------------------------------------- */

static Str in(struct work *w, struct arena *keep, enum lang l, const struct record *r, int field)
{
    enum lang before = w->lang;
    w->lang = l;
    Str text = str_dup(keep, record_text(w, r, field));
    w->lang = before;
    return text;
}

/* The valid ones, as people call them: "ISO 9001:2015; IATF 16949:2016". */
static Str certificates_of(struct work *w, struct arena *keep, const struct record *r)
{
    const struct records *list = &r->children[ENTERPRISE_CERTIFICATES];
    struct buf b = buf_make(w->a);
    for (size_t i = 0; i < list->n; i++) {
        if (certificate_state(w, list->p[i]) == CERTIFICATE_EXPIRED) continue;
        if (b.n) put_z(&b, "; ");
        put(&b, record_title(w, list->p[i]));
    }
    return str_dup(keep, buf_str(&b));
}

static struct card card_of(struct work *w, struct arena *keep, const struct record *r)
{
    static const struct { enum enterprise_field field; size_t at; } named[] = {
        { ENTERPRISE_WARD, offsetof(struct card, ward) },         { ENTERPRISE_ZONE, offsetof(struct card, zone) },
        { ENTERPRISE_SIZE_CLASS, offsetof(struct card, size_class) }, { ENTERPRISE_PRODUCTS, offsetof(struct card, products) },
        { ENTERPRISE_VERIFIED_ON, offsetof(struct card, verified) },
    };
    Str vi = v_str(r->v[ENTERPRISE_NAME_VI]), en = v_str(r->v[ENTERPRISE_NAME_EN]);
    struct card c = { .id = r->id, .changed_at = r->changed_at, .public_id = public_id(keep, r->e, r->id) };
    c.name[VI] = str_dup(keep, vi.n ? vi : en);
    c.name[EN] = str_dup(keep, en.n ? en : vi);
    c.spoken[VI] = vi.n ? VI : EN;
    c.spoken[EN] = en.n ? EN : VI;
    c.tax_code = str_dup(keep, v_str(r->v[ENTERPRISE_TAX_CODE]));
    c.zone_code = str_dup(keep, v_str(r->v[ENTERPRISE_ZONE]));
    for (size_t i = 0; i < COUNT(named); i++)
        for (enum lang l = VI; l < LANGS; l++)
            ((Str *)(void *)((char *)&c + named[i].at))[l] = in(w, keep, l, r, (int)named[i].field);
    c.certificates = certificates_of(w, keep, r);
    c.international = v_i64(at_international_standard(w, r)) == 1;
    c.stale = record_stale(w, r);
    return c;
}

static const struct card *file(struct cards *c, struct work *w, int64_t seq, const struct record *r)
{
    pthread_mutex_lock(&c->lock);
    struct filed *f = NEW(&c->a, struct filed);
    *f = (struct filed){ card_of(w, &c->a, r), seq };
    pthread_mutex_unlock(&c->lock);
    if ((size_t)r->id < c->n) atomic_store(&c->slot[r->id].filed, f);
    return &f->card;
}

/* ---- asking --------------------------------------------------------------------------------- */

static const struct card *kept(const struct cards *c, int64_t id)
{
    if (id <= 0 || (size_t)id >= c->n) return NULL;
    const struct filed *f = atomic_load(&c->slot[id].filed);
    return f && f->seq >= atomic_load(&c->slot[id].changed) ? &f->card : NULL;
}

enum err cards_of(struct cards *c, struct work *w, int64_t seq, const int64_t *ids, size_t n, const struct card **out)
{
    struct { int64_t *p; size_t n, cap; } missing = { 0 };
    struct records found = { 0 };
    for (size_t i = 0; i < n; i++) {
        out[i] = kept(c, ids[i]);
        if (!out[i]) *GROW(w->a, missing) = ids[i];
    }
    if (!missing.n) return OK;
    TRY(records_of(w, &enterprise, missing.p, missing.n, true, &found));
    for (size_t i = 0, k = 0; i < n && k < found.n; i++) {
        if (out[i] || found.p[k]->id != ids[i]) continue;
        if (record_listed(w, found.p[k])) out[i] = file(c, w, seq, found.p[k]);
        k++;
    }
    return OK;
}
