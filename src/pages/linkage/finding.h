/*
 * finding.h - one search of /match, as the parts of its page see it: match_page.c reads the question and shows who fits, match_unmet.c what is told
 * where nobody fits well, match_table.c all of it as a file.
 */
#ifndef PAGES_LINKAGE_FINDING_H
#define PAGES_LINKAGE_FINDING_H

#include "pages/linkage/linkage_pages.h"

#define MATCH_PLACE S("/match")

struct finding {
    struct request     *q;
    struct reply       *r;
    struct work         w;                  /* a visitor's: only what is public is shown          */
    const struct snapshot *s;
    struct wanted       wanted;
    struct wrong_parts  wrong, odd;         /* not understood; contradicting itself               */
    struct match_result found;
    size_t              from, to;           /* of the hits, on this page                          */
    struct html         h;
};

static inline Str say(const struct finding *f, const char *sentence) { return tr(f->q->lang, sentence); }
static inline Str tell(const struct finding *f, Message m) { return message_str(f->q->a, f->q->lang, m); }
static inline Str number(struct finding *f, size_t n) { return page_number(&f->w, (int64_t)n); }
static inline const struct search *index_of(const struct finding *f) { return f->s->finder->index; }
static inline int percent_of(const struct finding *f, const struct match_hit *hit) { return (int)wanted_percent(&f->wanted, hit->score); }

/* Answers of a hit: one to each criterion, then that to the words. */
static inline size_t answers_n(const struct finding *f) { return f->wanted.n + (f->wanted.words.n > 0); }
static inline Str want_label(struct finding *f, size_t i) { return i < f->wanted.n ? want_text(&f->w, &f->wanted.p[i]) : words_text(f->q, &f->wanted); }

/* match_page.c: of n hits, in their order; NULL: it is no longer shown. */
const struct card **cards_from(const struct finding *f, size_t from, size_t n);
/* match_unmet.c: nothing where somebody fits well; counts the search, without who asked (unmet_note). */
enum err put_unmet(struct finding *f) MUST_USE;
/* match_table.c */
enum err match_table(struct finding *f) MUST_USE;

#endif
