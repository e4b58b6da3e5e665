/*
 * fixture.h - what tests of the model work on: entities of no programme, on either database, with the real code lists.
 *
 *     TEST_MODEL(a_thing_is_saved) { struct record *r = thing(w, "Bánh răng"); ... }
 *
 * makes a_thing_is_saved_on_sqlite and ..._on_postgresql, each with the tables made and empty; `w` is an officer on 22 November 2026.
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "database.h"
#include "made_up/made_up.h"
#include "model/change.h"
#include "model/list/list.h"
#include "model/record.h"

extern const struct entity thing, part, reading;            /* things.c: every kind of field       */
extern const struct entity *const fixture_entities[];

enum thing_field {
    THING_NAME_VI, THING_NAME_EN, THING_CODE, THING_NOTE, THING_LENGTH, THING_COUNT, THING_PRICE, THING_MADE_ON, THING_YEAR,
    THING_GOOD, THING_KIND, THING_COLOURS, THING_WARD, THING_VSIC, THING_FAIR, THING_EMAIL, THING_PHONE, THING_URL, THING_TAX_CODE,
    THING_FILE, THING_PLACE, THING_OWNER, THING_SECRET, THING_STATE, THING_PARTS, THING_READINGS, THING_KEY, THING_TOTAL, THING_FIELDS,
};
enum part_field { PART_NAME, PART_MATERIAL, PART_WEIGHT, PART_UNTIL, PART_PRICE, PART_FIELDS };
enum reading_field { READING_YEAR, READING_VALUE, READING_COST, READING_FIELDS };

/* A reader, here an officer, of a database whose tables are not yet there. */
struct work *work_on(struct arena *a, struct db *db);
void         work_tables(struct work *w);
const struct codes *real_codes(void);       /* the lists built into the program, read once         */
struct work *work_as(struct work *w, Roles roles, enum lang lang);      /* the same, for another reader */

typedef void test_model_fn(struct arena *a, struct work *w);
void test_model_on(struct arena *a, enum dialect d, test_model_fn *fn);
#define TEST_MODEL(id)                                                                  \
    static test_model_fn both_##id;                                                     \
    TEST(id##_on_sqlite)     { test_model_on(a, SQLITE, both_##id); }                   \
    TEST(id##_on_postgresql) { test_model_on(a, POSTGRES, both_##id); }                 \
    static void both_##id(UNUSED struct arena *a, UNUSED struct work *w)

/* A record with this title, not saved. */
struct record *thing_named(struct work *w, const char *name);
/* Each in a transaction of its own; what it gives is what record_save gave. */
enum err save(struct work *w, const struct record *was, struct record *now);
enum err delete(struct work *w, int64_t id);                            /* a thing                 */
struct record *load(struct work *w, const struct entity *e, int64_t id);        /* fails the test if absent */
enum err run_sql(struct work *w, const char *sql);                      /* behind the log's back   */
int64_t  count_sql(struct work *w, const char *sql);
Str      export_text(struct work *w, const struct entity *e, const char *format);
Str      log_text(struct work *w);                                      /* every column of the log */
void     check_verified(struct work *w);                                /* log_verify finds nothing */

/* The same numbers on every machine. */
struct dice { uint64_t state; };
uint64_t dice_roll(struct dice *d, uint64_t sides);                     /* 0 .. sides - 1          */
Val      random_value(struct dice *d, struct work *w, const struct field *f);
void     random_thing(struct dice *d, struct work *w, struct record *r);        /* new values in some fields, other children */

#endif
