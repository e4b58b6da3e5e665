#include "engine/network/upstream.h"

enum {
    FEW = 256, FEW_LINKS = 2048,        /* drops and links of a step that is made in full without looking ahead */
    MUCH_LESS = 4,                      /* so many times fewer links make it worth while to look further ahead */
    EASIER = 3,                         /* so many links to pull cost what one to push does      */
    UNCLEAR = 0
};

/* ---- tables --------------------------------------------------------------------------------- */

size_t upstream_tables_bytes(uint32_t firms)
{
    return LARGE_BYTES(double[PASSED_ON], firms) + LARGE_BYTES(uint32_t[MOST_PULLED], firms);
}

static void make_passed_on(struct arena *a, struct upstream_tables *t)
{
    const struct operators *o = t->o;
    double (*sum)[PASSED_ON] = (void *)NEW_LARGE(a, double, (size_t)o->n->firms * PASSED_ON);
    for (uint32_t j = 0; j < o->n->firms; j++) sum[j][0] = o->n->weight[j];
    for (int r = 1; r < PASSED_ON; r++)
        for (uint32_t j = 0; j < o->n->firms; j++) {
            double passed = 0;
            for (uint32_t e = o->suppliers_at[j]; e < o->suppliers_at[j + 1]; e++)
                passed += o->suppliers[e].share * sum[o->suppliers[e].firm][r - 1];
            sum[j][r] = o->n->weight[j] + passed;
        }
    t->passed_on = (const double (*)[PASSED_ON])sum;
}

static void make_walks(struct arena *a, struct upstream_tables *t)
{
    const struct operators *o = t->o;
    uint32_t (*walks)[MOST_PULLED] = (void *)NEW_LARGE(a, uint32_t, (size_t)o->n->firms * MOST_PULLED);
    for (int s = 0; s < MOST_PULLED; s++)
        for (uint32_t i = 0; i < o->n->firms; i++) {
            uint64_t links = o->customers_at[i + 1] - o->customers_at[i];
            for (uint32_t e = o->customers_at[i]; s && e < o->customers_at[i + 1]; e++) links += walks[o->customers[e].firm][s - 1];
            walks[i][s] = links < UINT32_MAX ? (uint32_t)links : UINT32_MAX;
        }
    t->walks = (const uint32_t (*)[MOST_PULLED])walks;
}

void upstream_tables_make(struct arena *a, const struct operators *o, struct upstream_tables *t)
{
    t->o = o;
    make_passed_on(a, t);
    make_walks(a, t);
}

/* ---- steps ---------------------------------------------------------------------------------- */

size_t upstream_bytes(uint32_t firms, size_t most_links)
{
    return LARGE_BYTES(struct drop, most_links + 1) + 2 * LARGE_BYTES(struct drop, firms) + 2 * LARGE_BYTES(double, firms);
}

void upstream_make(struct arena *a, const struct upstream_tables *t, double tolerance, size_t most_links, struct upstream *u)
{
    uint32_t n = t->o->n->firms;
    *u = (struct upstream){ .tables = t, .tolerance = tolerance, .most_links = most_links,
                            .drops = NEW_LARGE(a, struct drop, most_links + 2), .last = NEW_LARGE(a, double, n), .next = NEW_LARGE(a, double, n),
                            .large.p = NEW_LARGE(a, struct drop, n + 1), .larger.p = NEW_LARGE(a, struct drop, n + 1) };
}

static void start(struct upstream *u, uint32_t firm)
{
    u->closed = firm;
    u->steps = 0;
    u->links = 0;
    u->drops[0] = (struct drop){ firm, 1 };
    u->at[0] = 0;
    u->at[1] = 1;
    u->last[firm] = 1;
}

static struct drops last_drops(const struct upstream *u)
{
    return (struct drops){ u->drops + u->at[u->steps], (uint32_t)(u->at[u->steps + 1] - u->at[u->steps]) };
}

static size_t links_of(const struct upstream *u, struct drops d)
{
    const uint32_t *at = u->tables->o->suppliers_at;
    size_t links = 0;
    for (uint32_t k = 0; k < d.n; k++) links += at[d.p[k].firm + 1] - at[d.p[k].firm];
    return links;
}

static bool follow(struct upstream *u, size_t links)
{
    u->links += links;
    return u->links <= u->most_links;
}

/* Of what is not negative; cheaper than comparing. */
static inline bool is_zero(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return !bits;
}

/* Adds to next what the drops cost the suppliers, and gives the suppliers, each once, with no losses yet. */
static uint32_t push(struct upstream *u, struct drops d, struct drop *out)
{
    enum { AHEAD = 8 };
    const struct operators *o = u->tables->o;
    double *next = u->next;
    uint32_t n = 0;
    for (uint32_t k = 0; k < d.n; k++) {
        if (k + AHEAD < d.n) {
            const struct share *later = &o->suppliers[o->suppliers_at[d.p[k + AHEAD].firm]];
            __builtin_prefetch(later);
            __builtin_prefetch((const char *)later + 64);
        }
        double loss = d.p[k].loss;
        uint32_t end = o->suppliers_at[d.p[k].firm + 1];
        for (uint32_t e = o->suppliers_at[d.p[k].firm]; e < end; e++) {
            uint32_t i = o->suppliers[e].firm;
            double before = next[i], after = before + o->suppliers[e].share * loss;
            out[n].firm = i;
            n += is_zero(before) != is_zero(after);          /* losses only grow */
            next[i] = after;
        }
    }
    return n;
}

/* One more step in full; gives its largest loss.  Its links have been counted. */
static double make_step(struct upstream *u)
{
    struct drops before = last_drops(u), now = { before.p + before.n };
    uint32_t n = push(u, before, now.p);
    double most = 0;
    u->returned[u->steps + 1] = u->next[u->closed];
    u->next[u->closed] = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = now.p[k].firm;
        double loss = u->next[i];
        now.p[now.n] = (struct drop){ i, loss };
        now.n += i != u->closed;
        if (loss > most) most = loss;
    }
    for (uint32_t k = 0; k < before.n; k++) u->last[before.p[k].firm] = 0;
    double *free = u->last;
    u->last = u->next;
    u->next = free;
    u->steps++;
    u->at[u->steps + 1] = u->at[u->steps] + now.n;
    return most;
}

/* ---- when it is over ------------------------------------------------------------------------ */

/* The drops above a bound; left_out becomes the largest of the others. */
static void keep_large(struct drops all, double above, struct drops *large, double *left_out)
{
    uint32_t n = 0;
    double out = 0;
    for (uint32_t k = 0; k < all.n; k++) {
        double loss = all.p[k].loss;
        large->p[n] = all.p[k];
        n += loss > above;
        out = loss > above || loss < out ? out : loss;
    }
    large->n = n;
    *left_out = out;
}

/* The losses that large drops alone cause, and the largest of them. */
static double push_large(struct upstream *u)
{
    uint32_t n = push(u, u->large, u->larger.p), kept = 0;
    double most = 0;
    u->next[u->closed] = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = u->larger.p[k].firm;
        double loss = u->next[i];
        u->next[i] = 0;
        u->larger.p[kept] = (struct drop){ i, loss };
        kept += i != u->closed;
        if (loss > most) most = loss;
    }
    u->larger.n = kept;
    return most;
}

static double pull_one(const struct upstream *u, uint32_t firm)
{
    const struct operators *o = u->tables->o;
    double loss = 0;
    for (uint32_t e = o->customers_at[firm]; e < o->customers_at[firm + 1]; e++)
        loss += o->customers[e].share * u->last[o->customers[e].firm];
    return loss;
}

/* Whether a firm loses more than the tolerance in the next step, when what it loses is known to within the uncertainty. */
static bool one_exceeds(struct upstream *u, double uncertain)
{
    for (uint32_t k = 0; k < u->larger.n; k++)
        if (u->larger.p[k].loss + uncertain > u->tolerance && pull_one(u, u->larger.p[k].firm) > u->tolerance) return true;
    return false;
}

/* Whether it is over after the next step. */
static bool over_next(struct upstream *u)
{
    double uncertain;
    keep_large(last_drops(u), u->tolerance / 2, &u->large, &uncertain);
    if (!follow(u, links_of(u, u->large))) return false;
    double largest = push_large(u);
    return largest + uncertain <= u->tolerance || (largest <= u->tolerance && !one_exceeds(u, uncertain));
}

/* From the last step made, large drops only: the step it is over after, at most most, or UNCLEAR.  The next one is not it. */
static uint32_t look_ahead(struct upstream *u, uint32_t most, size_t links)
{
    double uncertain, more;
    keep_large(last_drops(u), u->tolerance / 16, &u->large, &uncertain);
    for (uint32_t t = u->steps + 1; t <= most; t++) {
        size_t fewer = links_of(u, u->large);
        if ((t == u->steps + 1 && fewer * MUCH_LESS > links) || !follow(u, fewer)) return UNCLEAR;
        double largest = push_large(u);
        if (t > u->steps + 1 && largest <= u->tolerance) return largest + uncertain <= u->tolerance ? t : UNCLEAR;
        keep_large(u->larger, u->tolerance / 16, &u->large, &more);
        uncertain += more;
    }
    return most;
}

uint32_t upstream_steps(struct upstream *u, uint32_t firm, uint32_t most)
{
    start(u, firm);
    for (double largest = 1; largest > u->tolerance && u->steps < most;) {
        struct drops last = last_drops(u);
        size_t links = links_of(u, last);
        if (last.n > FEW || links > FEW_LINKS) {
            if (over_next(u)) return u->steps + 1;
            uint32_t over = look_ahead(u, most, links);
            if (over != UNCLEAR) return over;
        }
        if (!follow(u, links) || u->steps == MOST_ALONE) return 0;
        largest = make_step(u);
    }
    return u->steps;
}

/* ---- what is lost --------------------------------------------------------------------------- */

/* What a firm loses in each of the steps after the last one made. */
static void pull(const struct upstream *u, uint32_t firm, uint32_t steps, double loss[MOST_PULLED])
{
    const struct operators *o = u->tables->o;
    for (uint32_t s = 0; s < steps; s++) loss[s] = 0;
    if (steps == 1) loss[0] = pull_one(u, firm);
    else
        for (uint32_t e = o->customers_at[firm]; e < o->customers_at[firm + 1]; e++) {
            uint32_t j = o->customers[e].firm;
            double share = o->customers[e].share, then[MOST_PULLED];
            loss[0] += share * u->last[j];
            if (j == u->closed) continue;
            pull(u, j, steps - 1, then);
            for (uint32_t s = 1; s < steps; s++) loss[s] += share * then[s - 1];
        }
}

/* Whether the exact loss upstream matters: it may be below that downstream, and not by less than the last digit of the whole. */
static bool wanted(const struct upstream *u, const struct reached *r, double whole)
{
    return r->loss > r->upstream && u->tables->o->n->weight[r->firm] * r->loss > whole * 0x1p-64;
}

static uint64_t links_to_pull(const struct upstream *u, const struct downstream *d, uint32_t steps, double whole)
{
    uint64_t links = u->tables->walks[u->closed][steps - 1];
    for (uint32_t k = 1; k < d->n; k++)
        if (wanted(u, &d->reached[k], whole)) links += u->tables->walks[d->reached[k].firm][steps - 1];
    return links;
}

static void pull_wanted(struct upstream *u, struct downstream *d, uint32_t steps, double whole)
{
    double loss[MOST_PULLED];
    pull(u, u->closed, steps, loss);
    for (uint32_t s = 0; s < steps; s++) u->returned[u->steps + 1 + s] = loss[s];
    for (uint32_t k = 1; k < d->n; k++) {
        struct reached *r = &d->reached[k];
        if (!wanted(u, r, whole)) continue;
        pull(u, r->firm, steps, loss);
        for (uint32_t s = 0; s < steps; s++) r->upstream += loss[s];
    }
}

/* Tells the firms reached downstream what they lose upstream. */
static void tell(struct downstream *d, struct drops drops)
{
    for (uint32_t k = 0; k < drops.n; k++) {
        struct reached *r = downstream_at(d, drops.p[k].firm);
        if (r) r->upstream += drops.p[k].loss;
    }
}

/* Whether all that is wanted is known: by pulling, or by steps in full as far as needed. */
static bool complete(struct upstream *u, struct downstream *d, uint32_t steps, double whole)
{
    tell(d, (struct drops){ u->drops, (uint32_t)u->at[u->steps + 1] });
    for (uint32_t left; (left = steps - u->steps) > 0;) {
        uint64_t pulling = left <= MOST_PULLED ? links_to_pull(u, d, left, whole) / EASIER : UINT64_MAX, pushing = links_of(u, last_drops(u));
        if (pulling <= pushing) {
            pull_wanted(u, d, left, whole);
            return follow(u, pulling);
        }
        if (!follow(u, pushing) || u->steps == MOST_ALONE) return false;
        make_step(u);
        tell(d, last_drops(u));
    }
    return true;
}

/* All weight lost: as counted up to a step, by the tables from there on. */
static double all_lost(const struct upstream *u, uint32_t counted, uint32_t steps)
{
    const double *weight = u->tables->o->n->weight;
    double lost = 0;
    for (size_t k = 0; k < u->at[counted + 1]; k++) lost += weight[u->drops[k].firm] * u->drops[k].loss;
    for (size_t k = u->at[counted]; counted < steps && k < u->at[counted + 1]; k++) {
        uint32_t firm = u->drops[k].firm;
        lost += (u->tables->passed_on[firm][steps - counted] - weight[firm]) * u->drops[k].loss;
    }
    for (uint32_t r = counted + 1; r <= steps; r++) lost -= u->returned[r] * u->tables->passed_on[u->closed][steps - r];
    return lost;
}

bool upstream_sum(struct upstream *u, struct downstream *d, uint32_t steps, double *lost, double *more)
{
    const double *weight = u->tables->o->n->weight;
    if (!complete(u, d, steps, weight[u->closed])) return false;
    *lost = all_lost(u, steps < PASSED_ON ? 0 : u->steps, steps);
    *more = 0;
    for (uint32_t k = 1; k < d->n; k++) {
        const struct reached *r = &d->reached[k];
        if (r->loss > r->upstream) *more += weight[r->firm] * (r->loss - r->upstream);
    }
    return true;
}

void upstream_clear(struct upstream *u)
{
    struct drops last = last_drops(u);
    u->last[u->closed] = 0;
    for (uint32_t k = 0; k < last.n; k++) u->last[last.p[k].firm] = 0;
}
