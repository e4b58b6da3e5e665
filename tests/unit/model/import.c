/* Import knows no entity: what the table of one says is enough.  (What office sheets look like: tests/unit/programme/import.c.) */
#include "fixture.h"
#include "model/import/import.h"

static struct import_report import(struct work *w, const struct entity *e, Str file)
{
    struct import_report r;
    Message why;
    enum err err = import_file(w, e, file, &(struct import_options){ .file_name = S("list.csv"), .sheet = -1 }, &r, &why);
    if (err) test_fail(__FILE__, __LINE__, "import: %d %.*s", (int)err, FMT(message_str(w->a, EN, why)));
    CHECK_INT(r.read, r.added + r.changed + r.same + r.unsure + r.rejected + r.left_out);
    return r;
}

static const char LIST[] =
    "Vietnamese name,Number,Length (mm),Pieces,Price (đồng),Made on,Year,Good,Kind,Colours,Ward or commune,E-mail,Place on the map,Part,Weight,Value 2024,Value 2025\n"
    "Bánh răng,A-1,\"12.5\",7,\"1,000\",31/12/2025,1999,yes,Product,Red; Blue,P. Láng,a@b.vn,\"21.02850,105.85420\",Trục; Vòng bi,2.5,1.5,2\n";

TEST_MODEL(every_kind_of_field_is_imported_by_its_label)
{
    CHECK_INT(import(w, &thing, str_of(LIST)).added, 1);
    struct record *r = load(w, &thing, 1);
    w->lang = EN;
    static const struct { int field; const char *text; } want[] = {
        { THING_NAME_VI, "Bánh răng" }, { THING_CODE, "A-1" }, { THING_LENGTH, "12.5\xC2\xA0mm" }, { THING_COUNT, "7" }, { THING_PRICE, "1,000" },
        { THING_MADE_ON, "31 Dec 2025" }, { THING_YEAR, "1999" }, { THING_GOOD, "Yes" }, { THING_KIND, "Product" }, { THING_COLOURS, "Red; Blue" },
        { THING_EMAIL, "a@b.vn" }, { THING_PLACE, "21.02850,105.85420" }, { THING_PARTS, "Trục; Vòng bi" },
    };
    for (size_t i = 0; i < COUNT(want); i++) CHECK_STR(record_text(w, r, want[i].field), str_of(want[i].text));
    CHECK_INT(r->children[THING_READINGS].n, 2);
    CHECK(val_eq(r->children[THING_READINGS].p[1]->v[READING_VALUE], v_real(2)));
    CHECK(val_eq(r->children[THING_PARTS].p[1]->v[PART_WEIGHT], v_real(2.5)));
    check_verified(w);
}

TEST_MODEL(a_list_imported_twice_changes_nothing)
{
    import(w, &thing, str_of(LIST));
    Str before = log_text(w);
    CHECK_INT(import(w, &thing, str_of(LIST)).same, 1);
    CHECK_STR(log_text(w), before);
}

TEST_MODEL(a_rule_across_fields_rejects_a_row_and_says_so)
{
    struct import_report r = import(w, &thing, S("Vietnamese name,Colours,Price\nA,Red,\nB,Red,5\n"));
    CHECK_INT(r.added, 1);
    CHECK_INT(r.rejected, 1);
    CHECK_STR(r.problems.p[0].column, S("C"));
    CHECK_STR(message_str(a, EN, r.problems.p[0].what), S("A red thing has a price."));
}

TEST_MODEL(the_whole_batch_is_taken_back)
{
    CHECK_INT(save(w, NULL, thing_named(w, "Trục")), OK);
    Str before = export_text(w, &thing, "json");
    struct undone u;
    struct import_report r = import(w, &thing, S("Vietnamese name,Pieces\nTrục,5\nLò xo,6\n"));
    CHECK_INT(r.added, 1);
    CHECK_INT(r.changed, 1);
    CHECK_INT(batch_undo(w, r.batch, &u), OK);
    CHECK_INT(u.undone, 2);
    CHECK_STR(export_text(w, &thing, "json"), before);
}

TEST_MODEL(random_things_exported_import_back_with_no_change)
{
    struct dice d = { 7 };
    for (int i = 0; i < 40; i++) {
        struct record *r = thing_named(w, "");
        random_thing(&d, w, r);
        if (str_has(v_str(r->v[THING_COLOURS]), S("red"))) r->v[THING_PRICE] = v_int(i);    /* the rule across fields */
        CHECK_INT(save(w, NULL, r), OK);
    }
    Str before = log_text(w), file = export_text(w, &thing, "xlsx");
    struct import_report r = import(w, &thing, file);
    CHECK_INT(r.same, 40);
    CHECK_STR(log_text(w), before);
}

TEST_MODEL(a_report_is_made_for_people_and_for_programs)
{
    struct buf text = buf_make(a), json = buf_make(a);
    w->lang = EN;
    struct import_report r = import(w, &thing, S("No.,Vietnamese name,Year,Unheard of\n1,Trục,1999,x\n2,,2000,x\n"));
    put_import_report(&text, w, &r);
    put_import_json(&json, w, &r);
    GOLDEN("import-report.txt", buf_str(&text));
    GOLDEN("import-report.json", buf_str(&json));
}
