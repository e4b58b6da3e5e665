#include "fixture.h"

#include "model/schema.h"

static struct record *saved(struct work *w, const char *name)
{
    struct record *r = thing_named(w, name);
    CHECK_INT(save(w, NULL, r), OK);
    return r;
}

static struct record *renamed(struct work *w, int64_t id, const char *name)
{
    struct record *was = load(w, &thing, id), *now = record_copy(w->a, was);
    now->v[THING_NAME_VI] = v_text(str_of(name));
    CHECK_INT(save(w, was, now), OK);
    return now;
}

/* ---- the log -------------------------------------------------------------------------------- */

TEST_MODEL(an_entry_says_who_when_what_and_from_where)
{
    w->source = (struct source){ S("survey.xlsx"), S("Sheet 1"), 12 };
    struct record *r = saved(w, "Khuôn");
    w->source = (struct source){ 0 };
    renamed(w, r->id, "Khuôn đúc");
    CHECK_INT(delete(w, r->id), OK);
    struct changes log;
    CHECK_INT(changes_of(w, &thing, r->id, 0, 10, &log), OK);
    CHECK_INT(log.n, 3);
    CHECK_INT(log.p[2].kind, CHANGE_INSERT);
    CHECK_STR(log.p[2].source.file, S("survey.xlsx"));
    CHECK_INT(log.p[2].source.row, 12);
    CHECK_STR(log.p[2].actor, S("an officer"));
    CHECK_STR(log.p[1].delta, S("{\"name_vi\":[\"Khuôn\",\"Khuôn đúc\"]}"));
    CHECK_INT(log.p[0].kind, CHANGE_DELETE);
    CHECK_STR(log.p[0].delta, S("{\"name_vi\":[\"Khuôn đúc\",null]}"));
    CHECK_INT(changes_of(w, &thing, r->id, log.p[1].seq, 10, &log), OK);
    CHECK_INT(log.n, 1);
    CHECK_INT(changes_since(w, 1, 1, &log), OK);
    CHECK(log.n == 1 && log.p[0].seq == 2);
}

TEST_MODEL(a_record_can_be_seen_as_it_was_before_any_entry)
{
    struct record *r = saved(w, "one"), *state;
    struct record *two = renamed(w, r->id, "two");
    record_add(a, two, THING_PARTS)->v[PART_NAME] = v_text(S("part"));
    CHECK_INT(save(w, load(w, &thing, r->id), two), OK);
    CHECK_INT(delete(w, r->id), OK);
    CHECK_INT(record_before(w, &thing, r->id, 1, &state), ERR_MISSING);
    CHECK_INT(record_before(w, &thing, r->id, 2, &state), OK);
    CHECK_STR(v_str(state->v[THING_NAME_VI]), S("one"));
    CHECK_STR(v_str(state->v[THING_KEY]), S("one"));
    CHECK_INT(record_before(w, &thing, r->id, 3, &state), OK);
    CHECK_STR(v_str(state->v[THING_NAME_VI]), S("two"));
    CHECK_INT(state->children[THING_PARTS].n, 0);
    CHECK_INT(record_before(w, &thing, r->id, 4, &state), OK);
    CHECK_INT(state->children[THING_PARTS].n, 1);
    CHECK_STR(v_str(state->v[THING_KEY]), S("two"));
    CHECK_INT(record_before(w, &thing, r->id, 5, &state), ERR_MISSING);
}

/* ---- proof ---------------------------------------------------------------------------------- */

static void some_history(struct work *w)
{
    w->source = (struct source){ S("a.csv"), S("s"), 3 };
    for (int i = 0; i < 4; i++) saved(w, "thing");
    renamed(w, 2, "changed");
    renamed(w, 2, "again");
    CHECK_INT(delete(w, 3), OK);
}

static struct finding first_finding(struct work *w)
{
    struct findings f;
    CHECK_INT(log_verify(w, &f), OK);
    CHECK(f.n > 0);
    return f.p[0];
}

static void undo_sql(struct work *w, const char *column, Val was, int64_t seq)
{
    Sql q = { str_z(w->a, str_f(w->a, "UPDATE change SET %s = $1 WHERE seq = $2", column)) };
    CHECK_INT(db_exec(w->db, w->a, q, ARGS(was, v_int(seq))), OK);
}

TEST_MODEL(the_hash_of_the_last_entry_shows_that_the_newest_were_taken_away)
{
    struct findings whole, cut;
    some_history(w);
    saved(w, "the newest");
    CHECK_INT(log_verify(w, &whole), OK);
    CHECK_INT(whole.entries, 8);
    CHECK_INT(count_sql(w, str_z(a, str_f(a, "SELECT count(*) FROM change WHERE seq = 8 AND hash = '%s'", whole.last))), 1);
    CHECK_INT(run_sql(w, "DELETE FROM change WHERE seq = 8"), OK);
    CHECK_INT(run_sql(w, "DELETE FROM thing WHERE seq = 8"), OK);
    CHECK_INT(log_verify(w, &cut), OK);
    CHECK(!cut.n && !str_is(str_of(cut.last), whole.last));
}

TEST_MODEL(tampering_with_any_column_of_any_entry_is_found_and_the_first_wrong_entry_named)
{
    static const struct { const char *column; bool text; } columns[] = {
        { "at", false }, { "batch", false }, { "actor", true }, { "entity", true }, { "record", false }, { "kind", false },
        { "source_file", true }, { "source_sheet", true }, { "source_row", false }, { "delta", true }, { "hash", true },
    };
    some_history(w);
    check_verified(w);
    for (size_t c = 0; c < COUNT(columns); c++)
        for (int64_t seq = 1; seq <= 7; seq += 3) {
            Sql q = { str_z(a, str_f(a, "SELECT %s FROM change WHERE seq = $1", columns[c].column)) };
            struct rows rows = db_query(w->db, a, q, ARGS(v_int(seq)));
            CHECK(rows_next(&rows));
            Val was = row_val(&rows, 0);
            CHECK_INT(rows_end(&rows), OK);
            undo_sql(w, columns[c].column, columns[c].text ? v_text(str_f(a, "%.*s ", FMT(v_str(was)))) : v_int(v_i64(was) + 1), seq);
            CHECK_INT(first_finding(w).seq, seq);
            undo_sql(w, columns[c].column, was, seq);
        }
    check_verified(w);
}

TEST_MODEL(a_missing_or_added_entry_is_found)
{
    some_history(w);
    CHECK_INT(run_sql(w, "UPDATE change SET seq = 70 WHERE seq = 7"), OK);
    CHECK_INT(first_finding(w).seq, 7);
    CHECK_INT(run_sql(w, "UPDATE change SET seq = 7 WHERE seq = 70"), OK);
    CHECK_INT(run_sql(w, "UPDATE change SET seq = -4 WHERE seq = 4"), OK);
    CHECK_INT(first_finding(w).seq, -4);
    CHECK_INT(run_sql(w, "DELETE FROM change WHERE seq = -4"), OK);
    CHECK_INT(first_finding(w).seq, 4);
}

TEST_MODEL(a_record_changed_behind_the_logs_back_is_found)
{
    static const struct { const char *change, *back, *what; } tricks[] = {
        { "UPDATE thing SET note = 'x' WHERE id = 2", "UPDATE thing SET note = NULL WHERE id = 2", "note" },
        { "UPDATE thing SET name_key = 'x' WHERE id = 2", "UPDATE thing SET name_key = 'again' WHERE id = 2", "name_key" },
        { "UPDATE thing SET seq = 5 WHERE id = 2", "UPDATE thing SET seq = 6 WHERE id = 2", "log" },
        { "INSERT INTO part (id, thing, name) VALUES (9, 2, 'x')", "DELETE FROM part WHERE id = 9", "parts" },
        { "INSERT INTO thing (id, seq, changed_at, name_vi) VALUES (9, 7, 1, 'x')", "DELETE FROM thing WHERE id = 9", "does not say so" },
        { "DELETE FROM thing WHERE id = 1", NULL, "missing" },
    };
    some_history(w);
    for (size_t i = 0; i < COUNT(tricks); i++) {
        CHECK_INT(run_sql(w, tricks[i].change), OK);
        struct finding f = first_finding(w);
        CHECK(str_has(message_str(a, EN, f.what), str_of(tricks[i].what)));
        if (tricks[i].back) CHECK_INT(run_sql(w, tricks[i].back), OK);
        if (tricks[i].back) check_verified(w);
    }
}

TEST_MODEL(a_code_that_is_in_no_list_is_found)
{
    struct record *r = saved(w, "a"), *now = record_copy(a, r);
    now->v[THING_WARD] = v_text(S("2025/99999"));
    CHECK_INT(save(w, r, now), OK);
    r = now, now = record_copy(a, r);
    now->v[THING_WARD] = v_null();
    now->v[THING_VSIC] = v_text(S(";2025/25;2025/xyz;"));
    CHECK(str_has(message_str(a, EN, first_finding(w).what), S("2025/99999")));
    CHECK_INT(save(w, r, now), OK);
    CHECK(str_has(message_str(a, EN, first_finding(w).what), S("2025/xyz")));
}

TEST_MODEL(a_broken_end_of_the_log_refuses_further_writes)
{
    saved(w, "a");
    CHECK_INT(run_sql(w, "UPDATE change SET hash = 'short'"), OK);
    CHECK_INT(save(w, NULL, thing_named(w, "b")), ERR_BROKEN);
}

/* ---- batches -------------------------------------------------------------------------------- */

struct script { int n; uint64_t seed; };

/* Random edits in one batch: new things, changed ones, some of them twice, and removals. */
static enum err random_batch(struct work *w, void *arg)
{
    struct script *s = arg;
    struct dice d = { s->seed };
    bool changed;
    TRY(batch_open(w, S("test"), S("a.xlsx")));
    for (int i = 0; i < s->n; i++) {
        struct records all;
        TRY(records_load(w, &thing, 0, 1000, true, &all));
        struct record *was = all.n && dice_roll(&d, 3) ? all.p[dice_roll(&d, all.n)] : NULL;
        if (was && !dice_roll(&d, 4)) {
            TRY(record_delete(w, was));
            continue;
        }
        struct record *now = was ? record_copy(w->a, was) : record_make(w->a, &thing);
        random_thing(&d, w, now);
        TRY(record_save(w, was, now, &changed));
    }
    return OK;
}

static int64_t run_batch(struct work *w, uint64_t seed, int n)
{
    struct script s = { n, seed };
    CHECK_INT(work_write(w, random_batch, &s), OK);
    int64_t batch = w->batch;
    w->batch = 0;
    return batch;
}

TEST_MODEL(undoing_a_batch_leaves_the_records_exactly_as_before)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct undone u;
        run_batch(w, seed * 1000, 12);
        Str before = export_text(w, &thing, "ndjson");
        int64_t batch = run_batch(w, seed, 15);
        CHECK(!str_eq(before, export_text(w, &thing, "ndjson")));
        CHECK_INT(batch_undo(w, batch, &u), OK);
        CHECK_INT(u.kept, 0);
        CHECK_STR(export_text(w, &thing, "ndjson"), before);
        CHECK_INT(w->batch, 0);
    }
    check_verified(w);
}

static enum err one_batch(struct work *w, void *arg)
{
    struct record **pair = arg;
    bool changed;
    TRY(batch_open(w, S("test"), (Str){ 0 }));
    return record_save(w, pair[0], pair[1], &changed);
}

static int64_t batch_of(struct work *w, const struct record *was, struct record *now)
{
    struct record *pair[] = { was ? record_copy(w->a, was) : NULL, now };
    CHECK_INT(work_write(w, one_batch, pair), OK);
    int64_t batch = w->batch;
    w->batch = 0;
    return batch;
}

TEST_MODEL(undoing_keeps_what_was_edited_since)
{
    struct undone u;
    struct record *r = saved(w, "one"), *now = record_copy(a, r);
    now->v[THING_NAME_VI] = v_text(S("two"));
    now->v[THING_NOTE] = v_text(S("from the batch"));
    struct record *kept = record_add(a, now, THING_PARTS), *gone = record_add(a, now, THING_PARTS);
    kept->v[PART_NAME] = gone->v[PART_NAME] = v_text(S("part"));
    int64_t batch = batch_of(w, r, now);
    struct record *later = renamed(w, r->id, "by hand"), *was = record_copy(a, later);
    later->children[THING_PARTS].p[0]->v[PART_WEIGHT] = v_real(3);
    CHECK_INT(save(w, was, later), OK);
    CHECK_INT(batch_undo(w, batch, &u), OK);
    CHECK_INT(u.kept, 1);
    struct record *back = load(w, &thing, r->id);
    CHECK_STR(v_str(back->v[THING_NAME_VI]), S("by hand"));
    CHECK(!v_is(back->v[THING_NOTE]));
    CHECK_INT(back->children[THING_PARTS].n, 1);
    CHECK_INT(back->children[THING_PARTS].p[0]->id, kept->id);
    check_verified(w);
}

TEST_MODEL(undoing_a_new_record_that_was_edited_since_keeps_it)
{
    struct undone u;
    struct record *r = thing_named(w, "new");
    int64_t batch = batch_of(w, NULL, r);
    renamed(w, r->id, "by hand");
    CHECK_INT(batch_undo(w, batch, &u), OK);
    CHECK(u.kept == 1 && u.undone == 0);
    CHECK_STR(v_str(load(w, &thing, r->id)->v[THING_NAME_VI]), S("by hand"));
}

TEST_MODEL(undoing_leaves_a_unique_value_to_who_has_it_now)
{
    struct undone u;
    struct record *r = thing_named(w, "old"), *now, *other = thing_named(w, "other");
    r->v[THING_CODE] = other->v[THING_CODE] = v_text(S("X-1"));
    CHECK_INT(save(w, NULL, r), OK);
    now = record_copy(a, r);
    now->v[THING_CODE] = v_text(S("X-2"));
    int64_t batch = batch_of(w, r, now);
    CHECK_INT(save(w, NULL, other), OK);
    CHECK_INT(batch_undo(w, batch, &u), OK);
    CHECK(u.kept == 1 && u.undone == 0);
    CHECK_STR(v_str(load(w, &thing, r->id)->v[THING_CODE]), S("X-2"));
}

TEST_MODEL(a_batch_is_undone_once_and_the_undoing_can_be_undone)
{
    struct undone u;
    int64_t batch = run_batch(w, 5, 10);
    Str after = export_text(w, &thing, "ndjson");
    CHECK_INT(batch_undo(w, batch, &u), OK);
    CHECK_INT(batch_undo(w, batch, &u), ERR_CONFLICT);
    CHECK_INT(batch_undo(w, 99, &u), ERR_MISSING);
    struct batch *list;
    size_t n;
    CHECK_INT(batches_list(w, 10, &list, &n), OK);
    CHECK_INT(n, 2);
    CHECK(list[1].undone_by == list[0].id && list[1].id == batch && str_is(list[1].file, "a.xlsx"));
    CHECK_INT(batch_undo(w, list[0].id, &u), OK);
    CHECK_STR(export_text(w, &thing, "ndjson"), after);
    check_verified(w);
}

/* ---- both databases ------------------------------------------------------------------------- */

struct outcome { Str log, exported[4]; };

static struct outcome outcome_of(struct arena *a, struct work *w)
{
    static const char *const formats[] = { "csv", "json", "ndjson", "xlsx" };
    struct outcome o = { .log = log_text(w) };
    for (size_t i = 0; i < COUNT(formats); i++) o.exported[i] = export_text(w, &thing, formats[i]);
    return o;
}

static struct outcome play(struct arena *a, enum dialect d, uint64_t seed)
{
    struct db *db;
    struct undone u;
    CHECK_INT(db_open(test_db_url(a, d), DB_CREATE, &db), OK);
    struct work *w = work_on(a, db);
    work_tables(w);
    w->codes = real_codes();
    for (uint64_t step = 0; step < 12; step++) {
        time_set_now(1795323600000000 + (int64_t)step * 1000000);
        int64_t batch = run_batch(w, seed + step, 10);
        if (step % 3 == 2) CHECK_INT(batch_undo(w, batch - (int64_t)(step % 2), &u), OK);
    }
    check_verified(w);
    struct outcome o = outcome_of(a, w);
    db_close(db);
    return o;
}

TEST(the_same_edits_give_the_same_log_and_exports_on_both_databases)
{
    if (!test_pg_url()) test_skip("no PostgreSQL in this run (MATXICH_TEST_PG)");
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct outcome one = play(a, SQLITE, seed * 100), other = play(a, POSTGRES, seed * 100);
        CHECK_STR(one.log, other.log);
        for (size_t i = 0; i < COUNT(one.exported); i++) CHECK_STR(one.exported[i], other.exported[i]);
    }
}
