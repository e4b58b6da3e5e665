#include "engine/network/downstream.h"

size_t downstream_bytes(uint32_t firms, uint32_t industries, size_t links)
{
    return LARGE_BYTES(struct reached, firms) + LARGE_BYTES(uint32_t, firms) + LARGE_BYTES(double, links) + LARGE_BYTES(double, industries);
}

void downstream_make(struct arena *a, const struct operators *o, struct downstream *d)
{
    *d = (struct downstream){ .o = o, .reached = NEW_LARGE(a, struct reached, o->n->firms), .place = NEW_LARGE(a, uint32_t, o->n->firms),
                              .slot = NEW_LARGE(a, double, o->slots), .lost = NEW_LARGE(a, double, o->n->industries) };
}

static inline struct reached *reach(struct downstream *d, uint32_t firm)
{
    if (!d->place[firm]) {
        const struct network *n = d->o->n;
        d->reached[d->n] = (struct reached){ firm, n->industry[firm], n->sales[firm] };
        d->place[firm] = ++d->n;
    }
    return &d->reached[d->place[firm] - 1];
}

/* What is left of an industry's market, from its members one by one; see market_doubtful. */
static double left_anew(const struct downstream *d, uint32_t industry)
{
    const struct operators *o = d->o;
    double left = 0;
    for (uint32_t m = o->members_at[industry]; m < o->members_at[industry + 1]; m++) {
        uint32_t firm = o->members[m], place = d->place[firm];
        left += o->n->sales[firm] * (place ? 1 - d->reached[place - 1].loss : 1);
    }
    return left;
}

static double share_lost(const struct downstream *d, const struct reached *r)
{
    double market = d->o->market[r->industry], left = market - d->lost[r->industry];
    if (market_doubtful(left, market)) left = left_anew(d, r->industry);
    return market_share(r->sales, left) * r->loss;
}

/* More of a supplier's share is lost to its customers.  A slot only grows, so what it is last is what it comes to. */
static void push(struct downstream *d, const struct reached *from, double more)
{
    const struct operators *o = d->o;
    uint32_t end = o->outputs_at[from->firm + 1];
    for (uint32_t e = o->outputs_at[from->firm]; e < end; e++) {
        const struct slot_share *out = &o->outputs[e];
        double loss = d->slot[out->slot] += out->share * more;
        struct reached *to = reach(d, out->customer);
        if (loss > to->next) to->next = loss < 1 ? loss : 1;
    }
    d->links += end - o->outputs_at[from->firm];
}

/* The step is over: what was next is now. */
static double settle(struct downstream *d)
{
    double most = 0;
    for (uint32_t r = 0; r < d->n; r++) {
        struct reached *at = &d->reached[r];
        double rise = at->next - at->loss;
        if (rise > most) most = rise;
        d->lost[at->industry] += at->sales * rise;
        at->loss = at->next;
    }
    return most;
}

void downstream_start(struct downstream *d, uint32_t firm)
{
    reach(d, firm)->next = 1;
    d->links = 0;
    settle(d);
}

double downstream_step(struct downstream *d)
{
    for (uint32_t r = 0, n = d->n; r < n; r++) {
        struct reached *at = &d->reached[r];
        double share = share_lost(d, at), more = share - at->pushed;
        if (!(more > share * 0x1p-51)) continue;    /* nothing but rounding                      */
        at->pushed = share;
        push(d, at, more);
    }
    return settle(d);
}

void downstream_clear(struct downstream *d)
{
    for (uint32_t r = 0; r < d->n; r++) {
        uint32_t firm = d->reached[r].firm, from = d->o->slots_at[firm], to = d->o->slots_at[firm + 1];
        memset(d->slot + from, 0, (to - from) * sizeof *d->slot);
        d->lost[d->reached[r].industry] = 0;
        d->place[firm] = 0;
    }
    d->n = 0;
}
