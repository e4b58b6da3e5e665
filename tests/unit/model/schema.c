#include "fixture.h"

#include "model/schema.h"

/* One entity as four versions of the program know it. */
static const struct field first[] = {
    { "name", "Name", &text_type, REQUIRED | PUBLIC | LISTED, .max = 100 },
    { "fax",  "Fax",  &phone_type, PUBLIC | INDEXED },
};
static const struct field second[] = {
    { "name", "Name", &text_type, REQUIRED | PUBLIC | LISTED | INDEXED, .max = 100 },
    { "fax",  "Fax",  &phone_type, PUBLIC | INDEXED },
    { "code", "Code", &text_type, REQUIRED | PUBLIC },
    { "weight", "Weight", &number_type, PUBLIC },
    { "other", "Other", &reference_type, PUBLIC, .to = &fair },
};
static const struct field third[] = { { "name", "Name", &text_type, PUBLIC | LISTED | UNIQUE, .max = 100 } };
static const struct field fourth[] = {
    { "name", "Name", &text_type, PUBLIC | LISTED, .max = 100 },
    { "fax",  "Fax",  &integer_type, PUBLIC },
};
#define VERSION_OF(table) { .name = "shop", .path = "shops", .one = "Shop", .many = "Shops", FIELDS(table), \
                            .rights = rights_of_register }
static const struct entity version[] = { VERSION_OF(first), VERSION_OF(second), VERSION_OF(third), VERSION_OF(fourth) };

static struct work *with_version(struct work *w, int v)
{
    const struct entity **list = NEW_ARRAY(w->a, const struct entity *, 4);
    struct work *other = NEW(w->a, struct work);
    *other = *w;
    list[0] = &fair, list[1] = &stand, list[2] = &version[v];
    other->m = model_make(w->a, list);
    return other;
}

static enum err grow(struct work *w, Message *why)
{
    *why = NO_MESSAGE;
    return schema_grow(w, why);
}

static int64_t add_shop(struct work *w, const char *name)
{
    struct record *r = record_make(w->a, entity_named(w->m, S("shop")));
    r->v[0] = v_text(str_of(name));
    CHECK_INT(save(w, NULL, r), OK);
    return r->id;
}

TEST(the_tables_of_both_databases_are_read_from_the_entities)
{
    static const char *const title[DIALECTS] = { [SQLITE] = "-- SQLite\n", [POSTGRES] = "\n-- PostgreSQL\n" };
    const struct model *m = model_make(a, fixture_entities);
    struct buf b = buf_make(a);
    for (enum dialect d = SQLITE; d < DIALECTS; d++) {
        put_z(&b, title[d]);
        schema_text(&b, m, d);
    }
    GOLDEN("schema.txt", buf_str(&b));
}

TEST_MODEL(growing_twice_changes_nothing)
{
    Message why;
    bool ours = false;
    CHECK_INT(grow(w, &why), OK);
    CHECK_INT(schema_present(w, &ours), OK);
    CHECK(ours);
}

TEST_DB(an_empty_database_is_not_ours)
{
    struct work *w = work_on(a, db);
    bool ours = true;
    CHECK_INT(schema_present(w, &ours), OK);
    CHECK(!ours);
}

TEST_MODEL(a_new_table_columns_and_indexes_come_by_themselves_and_keep_the_rows)
{
    Message why;
    struct work *old = with_version(w, 0), *new = with_version(w, 1);
    CHECK_INT(grow(old, &why), OK);
    int64_t id = add_shop(old, "Cửa hàng");
    CHECK_INT(grow(new, &why), OK);
    struct record *was = load(new, &version[1], id), *r = record_copy(a, was);
    CHECK_STR(v_str(r->v[0]), S("Cửa hàng"));
    CHECK(!v_is(r->v[2]) && !v_is(r->v[3]));
    r->v[3] = v_real(1.5);
    CHECK_INT(save(new, was, r), OK);
    CHECK(val_eq(load(new, &version[1], id)->v[3], v_real(1.5)));
}

TEST_MODEL(a_table_of_the_kernels_own_gains_the_columns_it_lacks)
{
    Message why;
    int64_t n = -1;
    CHECK_INT(db_exec(w->db, a, SQL("ALTER TABLE batch DROP COLUMN changes"), NO_ARGS), OK);
    CHECK_INT(db_exec(w->db, a, SQL("DELETE FROM property WHERE name = 'schema'"), NO_ARGS), OK);
    CHECK_INT(grow(w, &why), OK);
    CHECK_INT(db_one_int(w->db, a, SQL("SELECT count(changes) FROM batch"), NO_ARGS, &n), OK);
    CHECK_INT(n, 0);
}

TEST_MODEL(a_column_nobody_knows_any_more_is_refused_with_the_step_that_drops_it)
{
    Message why;
    CHECK_INT(grow(with_version(w, 1), &why), OK);
    struct work *new = with_version(w, 2);
    CHECK_INT(grow(new, &why), ERR_CONFLICT);
    CHECK(str_has(message_str(a, EN, why), S("matxich migrate --drop shop.fax")));
    static const char *const steps[] = { "shop.fax", "shop.code", "shop.weight", "shop.other" };
    for (size_t i = 0; i < COUNT(steps); i++) {
        CHECK_INT(grow(new, &why), ERR_CONFLICT);
        CHECK_STR(why.fact[0], str_of(steps[i]));
        CHECK_INT(schema_drop(new, str_of(steps[i]), &why), OK);
    }
    CHECK_INT(grow(new, &why), OK);
}

TEST_MODEL(a_column_of_another_type_is_refused_until_it_is_dropped)
{
    Message why;
    CHECK_INT(grow(with_version(w, 0), &why), OK);
    struct work *new = with_version(w, 3);
    CHECK_INT(grow(new, &why), ERR_CONFLICT);
    CHECK(str_has(message_str(a, EN, why), S("shop.fax")));
    CHECK_INT(schema_drop(new, S("shop.fax"), &why), OK);
    CHECK_INT(grow(new, &why), OK);
    CHECK_INT(schema_drop(new, S("shop.fax"), &why), ERR_INVALID);
}

TEST_MODEL(a_step_must_name_a_column_that_is_there_and_not_in_use)
{
    static const char *const wrong[] = { "thing", "nothing.name", "thing.nothing", "thing.id", "thing.seq", "part.thing", "thing.code", "" };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        Message why = NO_MESSAGE;
        CHECK_INT(schema_drop(w, str_of(wrong[i]), &why), ERR_INVALID);
        CHECK(why.id);
    }
}

TEST_MODEL(what_becomes_unique_must_be_so_and_may_cease_to_be)
{
    Message why;
    struct work *plain = with_version(w, 3), *unique = with_version(w, 2);
    CHECK_INT(grow(plain, &why), OK);
    int64_t first_id = add_shop(plain, "Một"), second_id = add_shop(plain, "Một");
    CHECK_INT(schema_drop(unique, S("shop.fax"), &why), OK);
    CHECK_INT(grow(unique, &why), ERR_CONFLICT);
    CHECK(str_has(message_str(a, EN, why), S("shop.name must be different")));
    struct record *was = load(unique, &version[2], second_id), *r = record_copy(a, was);
    r->v[0] = v_text(S("Hai"));
    CHECK_INT(save(unique, was, r), OK);
    CHECK_INT(grow(unique, &why), OK);
    was = r, r = record_copy(a, was);
    r->v[0] = v_text(S("Một"));
    CHECK_INT(save(unique, was, r), ERR_CONFLICT);
    CHECK_INT(grow(plain, &why), OK);
    r = record_copy(a, load(plain, &version[3], first_id));
    r->id = 0;
    CHECK_INT(save(plain, NULL, r), OK);
}

TEST_MODEL(facts_about_the_database_are_kept_by_name)
{
    Str value = S("?");
    CHECK_INT(property_get(w, S("demo"), &value), OK);
    CHECK_INT(value.n, 0);
}
