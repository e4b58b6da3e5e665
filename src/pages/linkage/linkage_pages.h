/* linkage_pages.h - the pages of linkage: finding suppliers, demands and what follows, what the city lacks, lists of parts. */
#ifndef PAGES_LINKAGE_PAGES_H
#define PAGES_LINKAGE_PAGES_H

#include "model/form.h"
#include "pages/desk.h"
#include "pages/figure.h"
#include "programme/linkage/parts.h"
#include "programme/linkage/search.h"

/* match_page.c: GET /match (anybody), the demand in the address, suppliers ranked, with reasons opened by ?why=DN-...; compare.c: /match/compare?id=&id= */
handler match_page, match_compare, match_save;
/* match_method.c: /match/method, how the fit is worked out */
handler match_method;
void    match_method_prepare(struct arena *forever);
/* saved.c: a mail's link ends its alert */
handler alert_page, alert_stop;
/* demands.c: what the public sees of open demands, /demands, and how a supplier answers one */
handler demands_public, demand_public, demand_answer;
/* linkage_home.c, demand_new.c; demand_desk.c, quotes.c: the buyer's and officers' view of a demand */
handler linkage_home, demand_new, demand_desk, demand_act, demand_drawing, demand_quotes;
/* invited.c, drawings.c: the supplier's */
handler invitation_page, invitation_act, invitation_quote, invitation_drawing, invitation_drawing_page;
/* introductions.c, direct.c */
handler introduction_page, introduction_add, direct_suppliers_page;
/* lacks.c: what the city lacks, and what would unlock it */
handler lacks_page, unlock_page, unlock_send;
/* parts_pages.c */
handler parts_home, parts_upload, parts_page;

/* Parts they share (match_parts.c): answers of one supplier as a list with mark, words, fact, date, who vouches, points, what is missing; and the sum. */
void put_reasons(struct html *h, struct request *q, struct work *w, const struct wanted *d, const struct match_hit *hit, const struct record *enterprise_of);
void put_method_link(struct html *h, struct request *q);    /* to how the fit is worked out       */
/* The criteria as chips that say what was understood, each with a link that takes it out. */
void put_wanted(struct html *h, struct request *q, struct work *w, const struct wanted *d, Str path);
/* How an answer is marked: a sign, what it is about (may be empty), and the word. */
void put_mark(struct html *h, enum lang l, enum match_answer a, Str about);
Str  answer_label(enum lang l, enum match_answer a);
Str  words_text(struct request *q, const struct wanted *d);
/* What is wanted but for one criterion, and with one that is a must as a wish or the other way round; the page that asks for it. */
struct wanted wanted_without(struct arena *a, const struct wanted *d, size_t which);
struct wanted wanted_switched(struct arena *a, const struct wanted *d, size_t which);
Str           wanted_url(struct request *q, struct work *w, const struct wanted *d, Str path);
/* What the address asks for: a sentence in `q`, else criteria.  *wrong: what was not understood.  Not OK: r says why. */
enum err wanted_asked(struct request *q, struct reply *r, struct work *w, struct wanted *out, struct wrong_parts *wrong) MUST_USE;
/* match_form.c: all criteria as a form that leads to `path`. */
void put_wanted_form(struct html *h, struct request *q, struct work *w, const struct wanted *d, Str path);

#endif
