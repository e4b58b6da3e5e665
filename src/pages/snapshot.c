#include "pages/snapshot.h"

#include "model/change.h"
#include "model/freshness.h"
#include "model/rights.h"
#include "model/schema.h"
#include "programme/demo.h"
#include "programme/filing.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 2000 };                                        /* changes that are followed one by one; beyond, all is built anew */
static const size_t ROOM = (size_t)8 << 30;

struct part { int holders; struct arena a; };

/* ---- memory --------------------------------------------------------------------------------- */

static struct part *part_make(void)
{
    struct part *p = malloc(sizeof *p);
    MUST(p);
    *p = (struct part){ 1, arena_make(ROOM, NULL) };
    return p;
}

static void part_release(struct part *p)
{
    if (__atomic_sub_fetch(&p->holders, 1, __ATOMIC_ACQ_REL)) return;
    arena_free(&p->a);
    free(p);
}

struct snapshot *snapshot_keep(struct snapshot *s)
{
    __atomic_add_fetch(&s->holders, 1, __ATOMIC_RELAXED);
    return s;
}

void snapshot_release(struct snapshot *s)
{
    if (!s || __atomic_sub_fetch(&s->holders, 1, __ATOMIC_ACQ_REL)) return;
    if (s->finder) finder_close(s->finder);
    snapshot_release(s->base);
    for (size_t i = 0; i < s->parts_n; i++) part_release(s->parts[i]);
    free(s->cards);
    free(s);
}

const struct card *snapshot_card(const struct snapshot *s, int64_t id)
{
    return id > 0 && (size_t)id < s->cards_n ? s->cards[id] : NULL;
}

/* ---- cards ---------------------------------------------------------------------------------- */

struct filing { struct snapshot *s; struct arena *keep; };

static void put_card(struct snapshot *s, int64_t id, const struct card *card)
{
    if ((size_t)id >= s->cards_n) {
        size_t n = (size_t)id + 1 + (size_t)id / 4;
        s->cards = realloc(s->cards, n * sizeof *s->cards);
        MUST(s->cards);
        memset(s->cards + s->cards_n, 0, (n - s->cards_n) * sizeof *s->cards);
        s->cards_n = n;
    }
    s->cards[id] = card;
}

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

static void file_card(void *arg, struct work *w, const struct record *r)
{
    static const struct { enum enterprise_field field; size_t at; } named[] = {
        { ENTERPRISE_WARD, offsetof(struct card, ward) },         { ENTERPRISE_ZONE, offsetof(struct card, zone) },
        { ENTERPRISE_SIZE_CLASS, offsetof(struct card, size_class) }, { ENTERPRISE_PRODUCTS, offsetof(struct card, products) },
        { ENTERPRISE_VERIFIED_ON, offsetof(struct card, verified) },
    };
    struct filing *to = arg;
    struct card *c = NEW(to->keep, struct card);
    Str vi = v_str(r->v[ENTERPRISE_NAME_VI]), en = v_str(r->v[ENTERPRISE_NAME_EN]);
    c->id = r->id;
    c->changed_at = r->changed_at;
    c->public_id = public_id(to->keep, r->e, r->id);
    c->name[VI] = str_dup(to->keep, vi.n ? vi : en);
    c->name[EN] = str_dup(to->keep, en.n ? en : vi);
    c->spoken[VI] = vi.n ? VI : EN;
    c->spoken[EN] = en.n ? EN : VI;
    c->tax_code = str_dup(to->keep, v_str(r->v[ENTERPRISE_TAX_CODE]));
    c->zone_code = str_dup(to->keep, v_str(r->v[ENTERPRISE_ZONE]));
    for (size_t i = 0; i < COUNT(named); i++)
        for (enum lang l = VI; l < LANGS; l++)
            ((Str *)(void *)((char *)c + named[i].at))[l] = in(w, to->keep, l, r, (int)named[i].field);
    c->certificates = certificates_of(w, to->keep, r);
    c->international = v_i64(at_international_standard(w, r)) == 1;
    c->stale = record_stale(w, r);
    put_card(to->s, r->id, c);
}

/* ---- making and following ------------------------------------------------------------------- */

static struct work visitor(const struct work *w)
{
    struct work v = *w;
    v.actor = VISITING;
    v.lang = VI;
    return v;
}

static struct arena *add_part(struct snapshot *s)
{
    s->parts[s->parts_n++] = part_make();
    return &s->parts[s->parts_n - 1]->a;
}

static struct snapshot *begin(const struct work *w, int64_t seq)
{
    struct snapshot *s = calloc(1, sizeof *s);
    MUST(s);
    s->holders = 1;
    s->seq = seq;
    s->today = w->today;
    s->m = w->m;
    s->version = (uint64_t)seq << 20 | ((uint64_t)date_days(w->today) & 0xFFFFF);
    return s;
}

enum err snapshot_make(struct work *outer, struct snapshot **out)
{
    struct work w = visitor(outer);
    int64_t seq;
    TRY(change_last(&w, &seq));
    struct snapshot *s = begin(&w, seq);
    struct filing to = { s, add_part(s) };
    enum err e = codes_load(&w, to.keep, &s->codes);
    w.codes = s->codes;
    if (!e) e = demo_is(&w, &s->demo);
    if (!e) e = finder_build(&w, to.keep, &enterprise, file_card, &to, &s->finder);
    *out = s;
    if (e) {
        s->finder = NULL;                                   /* closed by who could not build it    */
        snapshot_release(s);
        *out = NULL;
    }
    return e;
}

/* What the portal shows of an entity: the more, the more must be made again after a change of it. */
enum shown { NOWHERE, ON_PAGES, ON_CARDS, EVERYWHERE };

static enum shown shown_of(const struct work *w, Str entity)
{
    const struct entity *e = entity_named(w->m, entity);
    if (!e || e == &code_entity || e == &code_list_entity || e == &setting_entity) return EVERYWHERE;
    if (e == &enterprise) return ON_CARDS;
    if (e == &report) return ON_PAGES;                      /* a profile says that one is being checked */
    return may(w, e, MAY_READ) ? ON_PAGES : NOWHERE;
}

struct ids { int64_t *p; size_t n, cap; };
struct since { struct ids cards; enum shown most; };        /* of a visitor's view                */

static enum err changed_since(struct work *w, int64_t seq, struct since *out)
{
    struct changes log;
    TRY(changes_since(w, seq, FEW + 1, &log));
    if (log.n > FEW) out->most = EVERYWHERE;
    for (size_t i = 0; i < log.n && out->most < EVERYWHERE; i++) {
        enum shown shown = shown_of(w, log.p[i].entity);
        bool seen = shown != ON_CARDS;
        if (shown > out->most) out->most = shown;
        for (size_t k = 0; k < out->cards.n; k++) seen |= out->cards.p[k] == log.p[i].record;
        if (!seen) *GROW(w->a, out->cards) = log.p[i].record;
    }
    return OK;
}

static enum err follow(struct work *w, struct snapshot *old, const struct ids *ids, int64_t seq, struct snapshot **out)
{
    struct snapshot *s = begin(w, seq);
    for (size_t i = 0; i < old->parts_n; i++) {
        __atomic_add_fetch(&old->parts[i]->holders, 1, __ATOMIC_RELAXED);
        s->parts[s->parts_n++] = old->parts[i];
    }
    struct filing to = { s, ids->n ? add_part(s) : &s->parts[s->parts_n - 1]->a };
    s->base = snapshot_keep(old->base ? old->base : old);
    s->codes = old->codes;
    s->demo = old->demo;
    s->cards = malloc(old->cards_n * sizeof *s->cards + 1);
    MUST(s->cards);
    if (old->cards_n) memcpy(s->cards, old->cards, old->cards_n * sizeof *s->cards);
    s->cards_n = old->cards_n;
    for (size_t i = 0; i < ids->n; i++) put_card(s, ids->p[i], NULL);
    enum err e = finder_update(w, to.keep, old->finder, ids->p, ids->n, file_card, &to, &s->finder);
    *out = s;
    if (e) {
        s->finder = NULL;
        snapshot_release(s);
        *out = NULL;
    }
    return e;
}

enum err snapshot_follow(struct work *outer, struct snapshot *old, struct snapshot **out)
{
    struct work w = visitor(outer);
    struct since since = { .most = NOWHERE };
    int64_t seq;
    TRY(change_last(&w, &seq));
    bool same_day = date_days(w.today) == date_days(old->today);
    if (seq >= old->seq && same_day) TRY(changed_since(&w, old->seq, &since));
    else since.most = EVERYWHERE;
    if (since.most == NOWHERE) {                            /* claims, tasks, accounts: no page of the portal has them */
        old->seq = seq;
        *out = snapshot_keep(old);
        return OK;
    }
    if (since.most < EVERYWHERE && old->parts_n == SNAPSHOT_PARTS) {
        old = old->base;
        since = (struct since){ .most = NOWHERE };
        TRY(changed_since(&w, old->seq, &since));
    }
    if (since.most == EVERYWHERE) return snapshot_make(outer, out);
    w.codes = old->codes;
    return follow(&w, old, &since.cards, seq, out);
}
