/*
 * demo.h - the demonstration database: enterprises that do not exist, with everything a profile can have.
 *
 * Nothing in it is real.  Names are made up (three rare syllables, or coined words), tax codes begin with 99, which no tax office
 * gives out, telephone numbers with 0240 and 04, which no exchange answers, e-mail and web addresses end in .example (RFC 2606).
 * Places, codes of lists and the proportions are as in Hà Nội.  The vocabulary is in data/demo.
 */
#ifndef PROGRAMME_DEMO_H
#define PROGRAMME_DEMO_H

#include "model/model.h"

enum { DEMO_ENTERPRISES = 1200, DEMO_SEED = 6126, DEMO_MOST = 20000 };

/*
 * Writes `count` enterprises (1 .. DEMO_MOST) as the actor "demo" in one batch, and marks the database as a demonstration.  The same
 * seed, day (w->today) and lists give the same enterprises on either database.  w->codes must be loaded.
 * ERR_CONFLICT: the database holds enterprises, or has been worked with and is not a demonstration.
 */
enum err demo_fill(struct work *w, int64_t count, uint64_t seed) MUST_USE;
/*
 * Their supply network: companies outside the register, links of supply of every source, some of them disputed, some ended, and a few given
 * in confidence; as "demo", in a batch of its own.  The same seed gives the same.  ERR_DENIED: the database is not marked as a demonstration.
 */
enum err demo_network(struct work *w, uint64_t seed) MUST_USE;
/*
 * An account for each role, "officer@demo.example" and so on, all with the password DEMO_PASSWORD, which everybody may know.
 * ERR_DENIED: the database is not marked as a demonstration.
 */
#define DEMO_PASSWORD "mat-xich-dung-thu"
enum err demo_accounts(struct work *w) MUST_USE;
/*
 * What those accounts have filed lately and what waits for them: claims, reports, verifications and proposed changes, some of them
 * late.  After demo_accounts.  ERR_DENIED: the database is not marked as a demonstration.
 */
enum err demo_filings(struct work *w) MUST_USE;
/*
 * An open event with some answers, two scenarios, and a list of whom to strengthen first.  After demo_network and demo_accounts.
 * ERR_DENIED: as above.
 */
enum err demo_events(struct work *w) MUST_USE;
/*
 * Demands of buyers from several countries on all their ways, with drawings (put into the folder), suppliers, questions and quotes; two
 * introductions and what came of them; searches that were kept or found nobody good.  After demo_accounts.  ERR_DENIED: as above.
 */
enum err demo_linkage(struct work *w, Str files) MUST_USE;
/*
 * The programme's year: this year's plan approved and under way, and all that came of it so far; the next year's being written (demo_year.h).  After
 * demo_accounts.  ERR_DENIED: as above.
 */
enum err demo_year(struct work *w, Str files) MUST_USE;
/* Whether the database is marked as a demonstration. */
enum err demo_is(struct work *w, bool *yes) MUST_USE;

#endif
