/*
 * fixture.h - the register as the program has it, with its real reference lists, on both databases.
 *
 *     TEST_REGISTER(a_file_is_imported) { struct import_report r = import(w, path); ... }
 */
#ifndef PROGRAMME_FIXTURE_H
#define PROGRAMME_FIXTURE_H

#include "database.h"
#include "model/desk/desk.h"
#include "model/export.h"
#include "model/import/import.h"
#include "model/people/account.h"
#include "programme/register.h"

struct work *register_on(struct arena *a, struct db *db);   /* tables, lists; 22 November 2026    */

typedef void register_fn(struct arena *a, struct work *w);
void test_register_on(struct arena *a, enum dialect d, register_fn *fn);
#define TEST_REGISTER(id)                                                               \
    static register_fn both_##id;                                                       \
    TEST(id##_on_sqlite)     { test_register_on(a, SQLITE, both_##id); }                \
    TEST(id##_on_postgresql) { test_register_on(a, POSTGRES, both_##id); }              \
    static void both_##id(UNUSED struct arena *a, struct work *w)

/* The same, skipped where ../shared/samples is not. */
#define TEST_SAMPLES(id)                                                                \
    static register_fn both_##id;                                                       \
    TEST(id##_on_sqlite)     { need_samples(); test_register_on(a, SQLITE, both_##id); }   \
    TEST(id##_on_postgresql) { need_samples(); test_register_on(a, POSTGRES, both_##id); } \
    static void both_##id(UNUSED struct arena *a, struct work *w)

/* Imports enterprises; fails the test unless it succeeds and the counts add up. */
struct import_report import_text(struct work *w, const char *csv);
struct import_report import_path(struct work *w, const char *path);
struct import_report import_with(struct work *w, Str bytes, const struct import_options *o);
void need_samples(void);
const char *sample(struct arena *a, const char *name);      /* ../shared/samples/NAME              */

struct record *enterprise_by(struct work *w, const char *tax_code);     /* fails where there is none */
struct record *enterprise_at(struct work *w, int64_t id);
Str            field_text(struct work *w, const struct record *r, int field);
Str            exported(struct work *w, const char *format);     /* the enterprises             */
Str            exported_of(struct work *w, const struct entity *e, const char *format);
int64_t        count_of(struct work *w, const char *table);
void           check_log(struct work *w);                   /* log_verify finds nothing            */

/* A new active account, and what is done in its name; role: "ward"; organisation 0, ward NULL: none. */
struct work   *someone(struct work *w, const char *email, const char *role, int64_t organisation, const char *ward);
struct work   *work_of(struct work *w, Roles roles);        /* of nobody in particular            */
Str            last_notice(struct work *w);                 /* of the actor; empty: none           */

#endif
