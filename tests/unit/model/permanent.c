/* Records that stay for ever: each way the kernel has to write one is tried on receipts of a fair. */
#include "fixture.h"

#include "model/bulk.h"
#include "model/import/import.h"
#include "model/merge.h"
#include "model/save.h"
#include "model/schema.h"

enum { RECEIPT_NUMBER, RECEIPT_FAIR, RECEIPT_NOTE };
static const struct field fields[] = {
    [RECEIPT_NUMBER] = { "number", "Number", &text_type, REQUIRED | LISTED | UNIQUE, .max = 40 },
    [RECEIPT_FAIR] = { "fair", "Trade fair", &reference_type, LISTED, .to = &fair },
    [RECEIPT_NOTE] = { "note", "Note", &text_type, LISTED, .max = 100 },
};
static const struct right rights[] = { { OFFICER | ADMIN, MAY_READ, ALL_FIELDS, ROWS_ALL }, { 0 } };
static const struct entity receipt = { .name = "receipt", .path = "receipts", .one = "Receipt", .many = "Receipts", FIELDS(fields), .rights = rights, .permanent = true };
static const struct entity *const with_receipts[] = { &fair, &stand, &receipt, NULL };

static struct work *office(struct work *w)
{
    Message why = { 0 };
    w->m = model_make(w->a, with_receipts);
    CHECK_INT(schema_grow(w, &why), OK);
    w->actor.roles = SYSTEM;
    return w;
}

static struct record *fair_named(struct work *w, const char *name)
{
    struct record *r = record_make(w->a, &fair);
    r->v[0] = v_text(str_of(name));
    CHECK_INT(save(w, NULL, r), OK);
    return r;
}

static struct record *receipt_of(struct work *w, const struct record *of)
{
    struct record *r = record_make(w->a, &receipt);
    r->v[RECEIPT_NUMBER] = v_text(S("PT-01"));
    r->v[RECEIPT_FAIR] = v_int(of->id);
    CHECK_INT(save(w, NULL, r), OK);
    return r;
}

static void check_stands(struct work *w, const struct record *r)
{
    const struct record *now = load(w, &receipt, r->id);
    CHECK_INT(now->seq, r->seq);
    CHECK_INT(v_i64(now->v[RECEIPT_FAIR]), v_i64(r->v[RECEIPT_FAIR]));
    check_verified(w);
}

TEST_MODEL(a_permanent_record_is_neither_changed_nor_deleted_by_the_program_itself)
{
    struct record *r = receipt_of(office(w), fair_named(w, "Hội chợ"));
    struct record *other = record_copy(w->a, r);
    other->v[RECEIPT_NOTE] = v_text(S("changed"));
    CHECK_INT(save(w, r, other), ERR_DENIED);
    CHECK_INT(save(w, r, NULL), ERR_DENIED);
    CHECK_INT(save(w, r, record_copy(w->a, r)), OK);            /* nothing differs                 */
    check_stands(w, r);
}

TEST_MODEL(nobody_enters_edits_or_deletes_a_permanent_record_not_even_the_command_line)
{
    struct record *r = receipt_of(office(w), fair_named(w, "Hội chợ")), *fresh = record_make(w->a, &receipt);
    fresh->v[RECEIPT_NUMBER] = v_text(S("PT-02"));
    for (const struct word *role = role_words; role->bit; role++) {
        struct work *reader = work_as(w, role->bit | SYSTEM, VI);
        struct saving s = { .now = fresh };
        CHECK_INT(reach_at_all(reader, &receipt).may, MAY_READ);
        CHECK_INT(reach_of(reader, r).may, MAY_READ);
        CHECK_INT(may_save(reader, NULL, fresh, NULL), ERR_DENIED);
        CHECK_INT(may_save(reader, r, NULL, NULL), ERR_DENIED);
        CHECK(!bulk_takes(reader, &receipt, &fields[RECEIPT_NOTE]));
        CHECK_INT(record_keep(reader, &s), ERR_DENIED);
    }
    check_stands(w, r);
}

TEST_MODEL(an_import_makes_no_permanent_record_and_changes_none)
{
    struct record *r = receipt_of(office(w), fair_named(w, "Hội chợ"));
    struct import_report report;
    Message why;
    Str sheet = S("Number,Note\nPT-01,changed\nPT-02,new\n");
    CHECK_INT(import_file(w, &receipt, sheet, &(struct import_options){ .file_name = S("receipts.csv"), .sheet = -1 }, &report, &why), OK);
    CHECK_INT(report.added + report.changed, 0);
    CHECK_INT(report.rejected, 2);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM receipt"), 1);
    check_stands(w, r);
}

static enum err make_both(struct work *w, void *arg)
{
    struct record **r = arg;
    bool changed;
    TRY(batch_open(w, S("import"), S("fairs.csv")));
    r[0] = record_make(w->a, &fair), r[1] = record_make(w->a, &receipt);
    r[0]->v[0] = v_text(S("Hội chợ"));
    TRY(record_save(w, NULL, r[0], &changed));
    r[1]->v[RECEIPT_NUMBER] = v_text(S("PT-01"));
    r[1]->v[RECEIPT_FAIR] = v_int(r[0]->id);
    return record_save(w, NULL, r[1], &changed);
}

TEST_MODEL(neither_an_entry_nor_a_batch_takes_a_permanent_record_back_nor_what_it_names)
{
    struct record *r[2];
    struct undone u;
    struct change entry;
    Message why;
    CHECK_INT(work_write(office(w), make_both, r), OK);
    int64_t batch = w->batch;
    w->batch = 0;
    CHECK_INT(change_undo(w, r[1]->seq, &entry, &why), ERR_DENIED);
    CHECK_INT(change_undo(w, r[0]->seq, &entry, &why), ERR_CONFLICT);
    CHECK_INT(batch_undo(w, batch, &u), OK);
    CHECK_INT(u.undone, 0);
    CHECK_INT(u.kept, 2);
    check_stands(w, r[1]);
}

TEST_MODEL(what_a_permanent_record_names_is_neither_merged_away_nor_deleted)
{
    struct record *from = fair_named(office(w), "Hội chợ"), *into = fair_named(w, "Hoi cho"), *r = receipt_of(w, from);
    int64_t batch;
    CHECK_INT(record_merge(w, &fair, from->id, into->id, &batch), ERR_DENIED);
    CHECK_INT(save(w, from, NULL), ERR_CONFLICT);
    check_stands(w, r);
}
