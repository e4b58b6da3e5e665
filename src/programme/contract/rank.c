/*
 * rank.c - the ranking of a call's proposals by what its council gave, and the minutes of the appraisal.
 *
 * A proposal's points are Σ weight × mean over members ÷ Σ weight; beside them stands how far the members' own totals lie apart (standard deviation).
 */
#include "programme/contract/inside.h"

#include <math.h>
#include <stdlib.h>

/* ---- points ------------------------------------------------------------------------------------------- */

struct judged { const struct records *criteria, *council; struct records scores; };

static const struct record *score_of(const struct judged *j, int64_t bid_id, const struct record *criterion, const struct record *member)
{
    for (size_t i = 0; i < j->scores.n; i++) {
        const Val *v = j->scores.p[i]->v;
        if (v_i64(v[SCORE_BID]) == bid_id && val_eq(v[SCORE_CRITERION], criterion->v[CRITERION_TITLE]) && val_eq(v[SCORE_MEMBER], member->v[MEMBER_ACCOUNT]))
            return j->scores.p[i];
    }
    return NULL;
}

/* Over the members who gave any; NAN: none did. */
static double mean_of(const struct judged *j, int64_t bid_id, const struct record *criterion)
{
    double sum = 0;
    int n = 0;
    for (size_t m = 0; m < j->council->n; m++) {
        const struct record *s = score_of(j, bid_id, criterion, j->council->p[m]);
        if (s) sum += v_f64(s->v[SCORE_POINTS]), n++;
    }
    return n ? sum / n : NAN;
}

static double weight_of(const struct judged *j, size_t c) { return (double)v_i64(j->criteria->p[c]->v[CRITERION_WEIGHT]); }

/* What one member gives in all; NAN: not all criteria have points of that member. */
static double total_of(const struct judged *j, int64_t bid_id, const struct record *member)
{
    double sum = 0, weights = 0;
    for (size_t c = 0; c < j->criteria->n; c++) {
        const struct record *s = score_of(j, bid_id, j->criteria->p[c], member);
        if (!s) return NAN;
        sum += weight_of(j, c) * v_f64(s->v[SCORE_POINTS]);
        weights += weight_of(j, c);
    }
    return sum / weights;
}

static void add_spread(const struct judged *j, struct bid_rank *rank)
{
    double sum = 0, squares = 0;
    for (size_t m = 0; m < j->council->n; m++) {
        double total = total_of(j, rank->bid->id, j->council->p[m]);
        if (isnan(total)) continue;
        rank->members++;
        sum += total;
        squares += total * total;
    }
    double mean = rank->members ? sum / rank->members : 0;
    rank->spread = rank->members ? sqrt(fmax(0, squares / rank->members - mean * mean)) : 0;
}

static Str points_text(const struct work *w, double points)
{
    struct buf b = buf_make(w->a);
    number_type.show(&b, w, &bid_score.fields[SCORE_POINTS], v_real(round(points * 100) / 100));
    return buf_str(&b);
}

static void add_points(const struct work *w, const struct judged *j, struct bid_rank *rank)
{
    double sum = 0, weights = 0;
    for (size_t c = 0; c < j->criteria->n; c++) {
        const struct record *criterion = j->criteria->p[c];
        double mean = mean_of(j, rank->bid->id, criterion);
        weights += weight_of(j, c);
        if (isnan(mean)) continue;
        sum += weight_of(j, c) * mean;
        if (mean >= v_f64(criterion->v[CRITERION_LEAST]) || rank->out) continue;
        rank->out = true;
        rank->why = MSG(N_("“{1}”: {2} points on average, at least {3} are asked for"), v_str(criterion->v[CRITERION_TITLE]), points_text(w, mean),
                        points_text(w, v_f64(criterion->v[CRITERION_LEAST])));
    }
    rank->points = weights > 0 ? sum / weights : 0;
}

static struct bid_rank rank_of(const struct work *w, const struct judged *j, const struct record *call_of, const struct record *of)
{
    struct bid_rank rank = { .bid = of };
    int64_t ceiling = v_i64(call_of->v[CALL_CEILING]), price = v_i64(of->v[BID_PRICE]);
    if (price > ceiling) {
        rank.out = true;
        rank.why = MSG(N_("The price of {1} đồng is above the highest price of {2} đồng"), amount_str(w, price), amount_str(w, ceiling));
    }
    add_points(w, j, &rank);
    add_spread(j, &rank);
    return rank;
}

/* Those that are not out first; more points before fewer, then the lower price, then who came first. */
static int compare(const void *pa, const void *pb)
{
    const struct bid_rank *a = pa, *b = pb;
    int64_t price_a = v_i64(a->bid->v[BID_PRICE]), price_b = v_i64(b->bid->v[BID_PRICE]);
    if (a->out != b->out) return a->out ? 1 : -1;
    if (a->points > b->points || a->points < b->points) return a->points > b->points ? -1 : 1;
    if (price_a != price_b) return price_a < price_b ? -1 : 1;
    return a->bid->id < b->bid->id ? -1 : 1;
}

static enum err judged_of(struct work *w, const struct record *of, struct judged *out)
{
    *out = (struct judged){ .criteria = &of->children[CALL_CRITERIA], .council = &of->children[CALL_COUNCIL] };
    return records_with(w, &bid_score, SCORE_CALL, v_int(of->id), &out->scores);
}

enum err bids_rank(struct work *w, const struct record *of, struct bid_ranks *out)
{
    struct records bids;
    struct judged j;
    *out = (struct bid_ranks){ 0 };
    TRY(judged_of(w, of, &j));
    TRY(records_with(w, &bid, BID_CALL, v_int(of->id), &bids));
    for (size_t i = 0; i < bids.n; i++)
        if (bid.published(bids.p[i])) *GROW(w->a, *out) = rank_of(w, &j, of, bids.p[i]);
    if (out->n) qsort(out->p, out->n, sizeof *out->p, compare);
    return OK;
}

enum err scores_missing(struct work *w, const struct record *of, int *missing)
{
    struct bid_ranks ranks;
    struct judged j;
    *missing = 0;
    TRY(judged_of(w, of, &j));
    TRY(bids_rank(w, of, &ranks));
    for (size_t i = 0; i < ranks.n; i++)
        for (size_t m = 0; m < j.council->n; m++)
            for (size_t c = 0; c < j.criteria->n; c++) *missing += !score_of(&j, ranks.p[i].bid->id, j.criteria->p[c], j.council->p[m]);
    return OK;
}

/* ---- minutes ------------------------------------------------------------------------------------------ */

static void put_line(struct buf *b, const struct work *w, Message m)
{
    put_message(b, w->lang, m);
    put_c(b, '\n');
}

static void put_council(struct buf *b, struct work *w, const struct records *council)
{
    put_line(b, w, MSG(N_("The council:")));
    for (size_t i = 0; i < council->n; i++) put_f(b, "- %.*s, %.*s\n", FMT(v_str(council->p[i]->v[MEMBER_NAME])), FMT(record_text(w, council->p[i], MEMBER_ROLE)));
}

static void put_scores(struct buf *b, struct work *w, const struct judged *j, const struct bid_rank *rank)
{
    for (size_t c = 0; c < j->criteria->n; c++) {
        const struct record *criterion = j->criteria->p[c];
        double mean = mean_of(j, rank->bid->id, criterion);
        put_f(b, "  %.*s (%lld): %.*s\n", FMT(v_str(criterion->v[CRITERION_TITLE])), (long long)v_i64(criterion->v[CRITERION_WEIGHT]),
              FMT(isnan(mean) ? S("–") : points_text(w, mean)));
        for (size_t m = 0; m < j->council->n; m++) {
            const struct record *s = score_of(j, rank->bid->id, criterion, j->council->p[m]);
            if (s) put_f(b, "    %.*s: %.*s. %.*s\n", FMT(v_str(j->council->p[m]->v[MEMBER_NAME])), FMT(points_text(w, v_f64(s->v[SCORE_POINTS]))), FMT(v_str(s->v[SCORE_COMMENT])));
        }
    }
}

static void put_bid(struct buf *b, struct work *w, const struct judged *j, const struct bid_rank *rank, size_t place)
{
    const struct record *unit = named(w, rank->bid, BID_PROVIDER, &provider);
    put_f(b, "\n%zu. ", place);
    put_line(b, w, MSG(N_("{1}, price {2} đồng, sent on {3}"), unit ? record_title(w, unit) : (Str){ 0 }, amount_str(w, v_i64(rank->bid->v[BID_PRICE])),
                       day_shown(w, rank->bid->v[BID_SENT_ON])));
    put_scores(b, w, j, rank);
    put_z(b, "  ");
    put_line(b, w, MSG(N_("Points: {1}; the members’ totals differ by {2} (standard deviation)."), points_text(w, rank->points), points_text(w, rank->spread)));
    if (!rank->out) return;
    put_z(b, "  ");
    put_line(b, w, MSG(N_("Out: {1}."), message_str(w->a, w->lang, rank->why)));
}

enum err call_minutes(struct work *w, const struct record *of, Str *out)
{
    const struct record *under = named(w, of, CALL_TASK, &task);
    struct buf b = buf_make(w->a);
    struct bid_ranks ranks;
    struct judged j;
    TRY(judged_of(w, of, &j));
    TRY(bids_rank(w, of, &ranks));
    put_line(&b, w, MSG(N_("Minutes of the appraisal of proposals: {1}"), record_title(w, of)));
    put_line(&b, w, MSG(N_("Task: {1}. Highest price: {2} đồng. Proposals were taken until {3}."), under ? record_title(w, under) : (Str){ 0 },
                        amount_str(w, v_i64(of->v[CALL_CEILING])), day_shown(w, of->v[CALL_CLOSES_ON])));
    put_council(&b, w, j.council);
    for (size_t i = 0; i < ranks.n; i++) put_bid(&b, w, &j, &ranks.p[i], i + 1);
    if (v_is(of->v[CALL_DECISION])) {
        put_c(&b, '\n');
        put_line(&b, w, MSG(N_("Chosen: {1}, by decision {2} of {3}."), v_str(of->v[CALL_AWARDED]), v_str(of->v[CALL_DECISION]), day_shown(w, of->v[CALL_DECIDED_ON])));
        if (v_is(of->v[CALL_REASON])) put_line(&b, w, MSG(N_("Reason: {1}"), v_str(of->v[CALL_REASON])));
    }
    *out = buf_str(&b);
    return OK;
}
