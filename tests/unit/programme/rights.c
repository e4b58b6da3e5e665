/* rights.c - the tables of rights as a picture of each: what one of every role may, with all it can work for (rows of its own). */
#include "fixture.h"

#include "model/rights.h"

static const char *const depths[] = { [NO_FIELDS] = "-", [PUBLIC_FIELDS] = "public", [OWN_FIELDS] = "own", [ALL_FIELDS] = "all" };

/* Verbs as letters: read, create, change, delete, propose, bulk; then what of each row of a list is read, and the deepest that is written. */
static Str cell(struct arena *a, struct reach reach)
{
    struct buf b = buf_make(a);
    for (const struct word *verb = verb_words; verb->bit; verb++)
        put_c(&b, !(reach.may & verb->bit) ? '-' : verb->bit == MAY_CHANGE ? 'w' : verb->code[0]);
    put_f(&b, " %s/%s/%s/%s", depths[reach.reads], depths[reach.makes], depths[reach.changes], depths[reach.proposes]);
    return buf_str(&b);
}

/* Of an organisation, a ward and an association at once, which only right roles make use of. */
static struct work of_role(const struct work *w, Roles role)
{
    struct work theirs = *w;
    theirs.actor = (struct actor){ .roles = role, .account = role == VISITOR ? 0 : 1, .organisation = 1, .ward = S("2025/00004"), .association = S("2026/HANSIBA") };
    return theirs;
}

TEST(what_each_role_may_do_changes_only_on_purpose)
{
    struct db *db;
    CHECK_INT(db_open(test_db_url(a, SQLITE), DB_CREATE, &db), OK);
    struct work *w = register_on(a, db);
    struct buf b = buf_make(a);
    put_z(&b, "read, create, write (change), delete, propose, bulk; fields read in lists / made / changed / proposed\n");
    for (int i = 0; i < w->m->n; i++) {
        const struct entity *e = w->m->entities[i];
        if (e->parent) continue;
        put_f(&b, "\n%s\n", e->name);
        for (const struct word *role = role_words; role->bit; role++) {
            struct work theirs = of_role(w, role->bit);
            put_f(&b, "  %-12s%.*s\n", role->code, FMT(cell(a, reach_at_all(&theirs, e))));
        }
    }
    GOLDEN("rights.txt", buf_str(&b));
    db_close(db);
}

/* Fields in which a right that is not to all of them differs from another. */
TEST(which_fields_each_depth_shows_and_who_alone_may_write_changes_only_on_purpose)
{
    struct db *db;
    CHECK_INT(db_open(test_db_url(a, SQLITE), DB_CREATE, &db), OK);
    struct work *w = register_on(a, db);
    struct buf b = buf_make(a);
    put_z(&b, "the least depth that shows a field; who alone may write it, where not everybody who may change the record\n");
    for (int i = 0; i < w->m->n; i++) {
        put_f(&b, "\n%s\n", w->m->entities[i]->name);
        for EACH_FIELD(f, k, w->m->entities[i]) {
            enum depth least = PUBLIC_FIELDS;
            while (least <= ALL_FIELDS && !field_seen(f, least)) least++;
            put_f(&b, "  %-28s%s", f->name, least <= ALL_FIELDS ? depths[least] : "nobody");
            if (f->writers) put_f(&b, ", written by %.*s", FMT(f->writers == SYSTEM ? S("the program") : role_names(a, EN, f->writers)));
            put_c(&b, '\n');
        }
    }
    GOLDEN("fields.txt", buf_str(&b));
    db_close(db);
}
