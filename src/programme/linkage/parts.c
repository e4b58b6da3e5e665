#include "programme/linkage/parts.h"

#include "base/unicode.h"
#include "programme/linkage/lack.h"

#include <math.h>

/* ---- the words of a line ------------------------------------------------------------------------- */

Str part_sentence(struct arena *a, const struct part *p)
{
    return p->specification.n ? str_f(a, "%.*s, %.*s", FMT(p->name), FMT(p->specification)) : p->name;
}

/* "8480.71.90" -> "8480": what is compared with products of the register, whatever digits follow. */
static Str hs_heading(struct arena *a, Str hs)
{
    char digits[4];
    size_t n = 0;
    for (size_t i = 0; i < hs.n && n < sizeof digits; i++)
        if (hs.p[i] >= '0' && hs.p[i] <= '9') digits[n++] = hs.p[i];
    return n == sizeof digits ? str_dup(a, (Str){ digits, n }) : (Str){ 0 };
}

static bool has_digit(Str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] >= '0' && word.p[i] <= '9') return true;
    return false;
}

/* Whether a word that says what it is was left out; sizes and numbers of drawings stand in nobody's profile. */
static bool lost_meaning(struct arena *a, Str words, Str used)
{
    Str rest = text_slug(a, words), word, kept = str_f(a, "-%.*s-", FMT(text_slug(a, used)));
    while (str_next(&rest, '-', &word))
        if (word.n && !has_digit(word) && !str_has(kept, str_f(a, "-%.*s-", FMT(word)))) return true;
    return false;
}

/* Of the words those with which anybody is found.  True: something was lost. */
static bool loosen(struct work *w, const struct search *index, struct wanted *d)
{
    if (!d->words.n) return false;
    struct search_result r = search_find(index, w->a, &(struct search_query){ .words = d->words, .limit = 1 });
    Str used = !r.total ? (Str){ 0 } : r.loose ? r.used : d->words;
    bool lost = lost_meaning(w->a, d->words, used);
    d->words = used;
    return lost;
}

/* Who has the words is asked for the heading of the HS code too, where somebody has both. */
static Str with_heading(struct work *w, const struct search *index, Str words, Str heading)
{
    if (!heading.n) return words;
    Str both = words.n ? str_f(w->a, "%.*s %.*s", FMT(words), FMT(heading)) : heading;
    struct search_result r = search_find(index, w->a, &(struct search_query){ .words = both, .limit = 1 });
    return r.total && !r.loose ? both : words;
}

static enum err states_heading(struct work *w, int64_t enterprise_id, Str heading, bool *yes)
{
    struct record *r;
    *yes = false;
    TRY(record_load(w, &enterprise, enterprise_id, &r));
    const struct records *products = &r->children[ENTERPRISE_PRODUCTS];
    for (size_t i = 0; i < products->n && !*yes; i++) *yes = str_eq(hs_heading(w->a, v_str(products->p[i]->v[PRODUCT_HS_CODE])), heading);
    return OK;
}

static bool has_words(struct work *w, const struct search *index, Str words, int64_t enterprise_id)
{
    struct match_demand asked = { .words = words, .words_weight = WORDS_WEIGHT, .most = 1 };
    struct match_hit hit;
    return !match_explain(index, w->a, &asked, enterprise_id, &hit) && hit.reasons[0].answer == MET;
}

/* ---- the answer ------------------------------------------------------------------------------------- */

static void put_item(struct buf *b, Str text)
{
    if (b->n) put_z(b, "; ");
    put(b, text);
}

/* A line as it is matched: words are among those of d, and the heading of its HS code where somebody has both. */
struct asked_line { struct wanted d; Str words, heading; };

/* What the supplier does not meet; without one, every must. */
static void put_missing(struct buf *b, struct work *w, const struct wanted *d, const struct match_hit *hit)
{
    for (size_t i = 0; i < d->n; i++)
        if (hit ? hit->reasons[i].answer != MET : d->p[i].must) put_item(b, want_text(w, &d->p[i]));
}

static enum err put_missing_words(struct buf *b, struct work *w, const struct search *index, const struct asked_line *l, const struct match_hit *hit)
{
    bool all = l->d.words.n && hit->reasons[l->d.n].answer == MET, stated = all && !str_eq(l->d.words, l->words);
    if (l->words.n && !all && !has_words(w, index, l->words, hit->id)) put_item(b, message_str(w->a, w->lang, MSG(N_("Words: {1}"), l->words)));
    if (l->heading.n && !stated) TRY(states_heading(w, hit->id, l->heading, &stated));
    if (l->heading.n && !stated) put_item(b, message_str(w->a, w->lang, MSG(N_("HS code: {1}"), l->heading)));
    return OK;
}

static const struct match_hit *best_of(const struct wanted *d, const struct match_result *found, size_t *well)
{
    const struct match_hit *best = found->n ? &found->hits[0] : NULL;
    *well = 0;
    for (size_t i = 0; i < found->n; i++) {
        if (met_percent(d, &found->hits[i]) < WELL) continue;
        if (!(*well)++) best = &found->hits[i];
    }
    return best;
}

static enum parts_level level_of(const struct part_answer *a, bool lost)
{
    if (a->suppliers) return lost ? LEVEL_PARTLY : LEVEL_WELL;
    return a->percent >= WELL / 2 ? LEVEL_PARTLY : LEVEL_NONE;
}

enum err part_match(struct work *w, const struct search *index, const struct part *p, struct part_answer *out)
{
    struct asked_line l = { .heading = hs_heading(w->a, p->hs) };
    struct wanted *d = &l.d;
    struct wrong_parts wrong = { 0 };
    struct match_result found;
    struct buf missing = buf_make(w->a);
    *out = (struct part_answer){ 0 };
    wanted_from_words(w, part_sentence(w->a, p), d, &wrong);
    bool lost = loosen(w, index, d);
    l.words = d->words;
    d->words = with_heading(w, index, l.words, l.heading);
    if (d->n || d->words.n) {
        struct match_demand asked = wanted_demand(w, d, PART_SUPPLIERS_MOST);
        TRY(match_find(index, w->a, &asked, false, &found));
        const struct match_hit *best = best_of(d, &found, &out->suppliers);
        if (best) out->best = best->id, out->percent = out->suppliers ? met_percent(d, best) : wanted_percent(d, best->score);
        out->level = level_of(out, lost);
        put_missing(&missing, w, d, best);
        if (best) TRY(put_missing_words(&missing, w, index, &l, best));
    }
    if (lost) put_item(&missing, tr(w->lang, N_("words that stand nowhere in the register")));
    for (size_t i = 0; i < wrong.n; i++) put_item(&missing, message_str(w->a, w->lang, wrong.p[i].what));
    out->missing = buf_str(&missing);
    return OK;
}

struct parts_known parts_known_make(struct arena *a) { return (struct parts_known){ .a = a, .by_line = map_make(a, 64) }; }

enum err part_match_once(struct parts_known *known, struct work *w, const struct search *index, const struct part *p, struct part_answer *out)
{
    Str line = str_f(w->a, "%.*s\x1F%.*s\x1F%.*s", FMT(p->name), FMT(p->specification), FMT(p->hs));
    int64_t place;
    bool added;
    if (map_get(&known->by_line, line, &place)) return *out = known->answers.p[place], OK;
    TRY(part_match(w, index, p, out));
    if (known->answers.n == PARTS_KNOWN_MOST) return OK;
    map_put(&known->by_line, str_dup(known->a, line), (int64_t)known->answers.n, &added);
    struct part_answer *kept = GROW(known->a, known->answers);
    *kept = *out;
    kept->missing = str_dup(known->a, out->missing);
    return OK;
}

/* ---- the share that could be local ------------------------------------------------------------------ */

void local_share_add(struct local_share *s, const struct part *p, const struct part_answer *a)
{
    double value = isnan(p->value) ? 0 : p->value;
    s->lines++;
    s->value += value;
    if (a->level == LEVEL_WELL) s->lines_well++, s->well += value;
    if (a->level == LEVEL_PARTLY) s->lines_partly++, s->partly += value;
}

double local_percent(const struct local_share *s, double of) { return s->value > 0 ? 100 * of / s->value : NAN; }
