#include "engine/network/downstream.h"

size_t downstream_bytes(uint32_t firms, uint32_t industries, size_t links)
{
    return LARGE_BYTES(struct reached, firms) + LARGE_BYTES(double, firms) + 3 * LARGE_BYTES(uint32_t, firms) +
           LARGE_BYTES(double, links) + LARGE_BYTES(double, industries);
}

void downstream_make(struct arena *a, const struct operators *o, struct downstream *d)
{
    uint32_t n = o->n->firms;
    *d = (struct downstream){ .o = o, .reached = NEW_LARGE(a, struct reached, n), .next = NEW_LARGE(a, double, n),
                              .is_reached = NEW_LARGE(a, uint64_t, n / 64 + 1), .place = NEW_LARGE(a, uint32_t, n),
                              .fresh = NEW_LARGE(a, uint32_t, n + 1), .slot = NEW_LARGE(a, double, o->slots),
                              .lost = NEW_LARGE(a, double, o->n->industries) };
}

/* What is left of an industry's market, from its members one by one; see market_doubtful. */
static double left_anew(const struct downstream *d, uint32_t industry)
{
    const struct operators *o = d->o;
    double left = 0;
    for (uint32_t m = o->members_at[industry]; m < o->members_at[industry + 1]; m++) {
        const struct reached *r = downstream_at(d, o->members[m]);
        left += o->n->sales[o->members[m]] * (r ? 1 - r->loss : 1);
    }
    return left;
}

static double share_lost(const struct downstream *d, const struct reached *r)
{
    double market = d->o->market[r->industry], left = market - d->lost[r->industry];
    if (market_doubtful(left, market)) left = left_anew(d, r->industry);
    return market_share(r->sales, left) * r->loss;
}

/*
 * More of a supplier's share is lost to its customers; fresh gets those that had lost nothing yet.  A slot only grows, so what it is
 * last is what it comes to.  No branch depends on losses, which cannot be guessed.
 */
static uint32_t push(struct downstream *d, const struct reached *from, double more, uint32_t fresh)
{
    const struct operators *o = d->o;
    uint32_t end = o->outputs_at[from->firm + 1];
    for (uint32_t e = o->outputs_at[from->firm]; e < end; e++) {
        const struct slot_share *out = &o->outputs[e];
        double loss = d->slot[out->slot] += out->share * more, before = d->next[out->customer];
        loss = loss < 1 ? loss : 1;
        d->fresh[fresh] = out->customer;
        fresh += (before == 0) & (loss > 0);
        d->next[out->customer] = loss > before ? loss : before;
    }
    d->links += end - o->outputs_at[from->firm];
    return fresh;
}

static void reach(struct downstream *d, uint32_t firm)
{
    const struct network *n = d->o->n;
    d->is_reached[firm / 64] |= (uint64_t)1 << firm % 64;
    d->place[firm] = d->n;
    d->reached[d->n++] = (struct reached){ firm, n->industry[firm], n->sales[firm] };
    d->ahead += d->o->outputs_at[firm + 1] - d->o->outputs_at[firm];
}

/* The step is over: what was next is now. */
static double settle(struct downstream *d, uint32_t fresh)
{
    double most = 0;
    d->ahead = 0;
    for (uint32_t k = 0; k < fresh; k++) reach(d, d->fresh[k]);
    for (uint32_t r = 0; r < d->n; r++) {
        struct reached *at = &d->reached[r];
        double next = d->next[at->firm], rise = next - at->loss;
        most = rise > most ? rise : most;
        d->lost[at->industry] += at->sales * rise;
        at->loss = next;
    }
    return most;
}

void downstream_start(struct downstream *d, uint32_t firm)
{
    d->links = 0;
    d->next[firm] = 1;
    d->fresh[0] = firm;
    settle(d, 1);
}

double downstream_step(struct downstream *d)
{
    uint32_t fresh = 0;
    for (uint32_t r = 0; r < d->n; r++) {
        struct reached *at = &d->reached[r];
        double share = share_lost(d, at), more = share - at->pushed;
        if (!(more > share * 0x1p-51)) continue;    /* nothing but rounding                      */
        at->pushed = share;
        fresh = push(d, at, more, fresh);
    }
    return settle(d, fresh);
}

void downstream_clear(struct downstream *d)
{
    for (uint32_t r = 0; r < d->n; r++) {
        uint32_t firm = d->reached[r].firm, from = d->o->slots_at[firm], to = d->o->slots_at[firm + 1];
        for (uint32_t s = from; s < to; s++) d->slot[s] = 0;
        d->lost[d->reached[r].industry] = 0;
        d->next[firm] = 0;
        d->is_reached[firm / 64] = 0;
    }
    d->n = 0;
}
