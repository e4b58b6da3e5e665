/* An import in the background: looked at first, tried, done with its job in one transaction, stopped without a trace. */
#include "fixture.h"

#include "base/file.h"
#include "model/desk/import_job.h"
#include "model/import/import.h"

static const struct job_kind *const kinds[] = { &import_job, NULL };
static const Str LIST = S_("Vietnamese name,Number,Pieces,Xyz lạ\nBánh răng,A-1,7,x\nTrục,A-2,many,y\nLò xo,A-3,9,z\n");

static Str folder(struct arena *a) { return str_f(a, "%s/files", test_dir()); }

struct ordering { struct import_order order; Str bytes; int64_t job; };
static enum err order_inside(struct work *w, void *arg)
{
    struct ordering *o = arg;
    Message why;
    TRY(file_store(w, folder(w->a), S("list.csv"), o->bytes, &o->order.file, &why));
    return import_order_put(w, &o->order, &o->job);
}

static int64_t order(struct work *w, Str bytes, bool dry_run)
{
    struct ordering o = { .order = { .e = &thing, .rows = 3, .dry_run = dry_run, .lang = EN }, .bytes = bytes };
    CHECK_INT(work_write(w, order_inside, &o), OK);
    return o.job;
}

/* What the runner does; cancel: somebody presses the button before the first report. */
static enum err do_next(struct work *w, bool cancel, Message *why)
{
    struct board board;
    struct job job;
    struct work in = *w;
    struct running r = { &board, &job, folder(w->a), NULL };
    *why = NO_MESSAGE;
    board_open(&board);
    CHECK_INT(job_take(w, kinds, &job), OK);
    CHECK(job.id);
    board_begin(&board, job.id);
    if (cancel) board_cancel(&board, job.id);
    enum err err = import_job.run(&in, &r, why);
    board_end(&board, job.id);
    board_close(&board);
    return err;
}

static struct job job_numbered(struct work *w, int64_t id)
{
    struct job j;
    CHECK_INT(job_load(w, id, &j), OK);
    return j;
}

TEST_MODEL(an_import_and_its_job_are_done_together)
{
    Message why;
    int64_t id = order(w, LIST, false);
    CHECK_INT(do_next(w, false, &why), OK);
    struct job j = job_numbered(w, id);
    CHECK_INT(j.state, JOB_DONE);
    CHECK(str_has(j.result, S("\"added\":2")) && str_has(j.result, S("\"rejected\":1")) && str_has(j.result, S("\"batch\":1")));
    CHECK_INT(count_sql(w, "SELECT count(*) FROM thing"), 2);
    check_verified(w);
}

TEST_MODEL(a_trial_changes_nothing_and_says_what_would_change)
{
    Message why;
    struct record *gear = thing_named(w, "Bánh răng");
    gear->v[THING_CODE] = v_text(S("A-1"));
    gear->v[THING_COUNT] = v_int(6);
    CHECK_INT(save(w, NULL, gear), OK);
    Str before = log_text(w);
    int64_t id = order(w, LIST, true);
    CHECK_INT(do_next(w, false, &why), OK);
    struct job j = job_numbered(w, id);
    CHECK_INT(j.state, JOB_DONE);
    CHECK(str_has(j.result, S("\"batch\":null")));
    CHECK(str_has(j.result, S("\"field\":\"Pieces\",\"was\":\"6\",\"now\":\"7\"")));
    CHECK_STR(log_text(w), before);
}

TEST_MODEL(the_rejected_rows_are_a_stored_workbook)
{
    Message why;
    int64_t id = order(w, LIST, true);
    CHECK_INT(do_next(w, false, &why), OK);
    Str result = job_numbered(w, id).result, bytes;
    struct upload u;
    size_t at;
    CHECK(str_find(result, S("\"rejected\":\""), &at));
    Str field = str_sub(result, at + 12, result.n);
    CHECK(str_cut(field, '"', &field, &(Str){ 0 }) && upload_read(field, &u));
    CHECK_STR(u.name, S("list.csv.rejected.xlsx"));
    CHECK_INT(file_map_stored(w, folder(a), u.hash, &bytes), OK);
    CHECK(str_starts(bytes, S("PK")));
    file_unmap(bytes);
}

static Str long_list(struct arena *a)
{
    struct buf b = buf_make(a);
    put_z(&b, "Vietnamese name,Number\n");
    for (int i = 0; i < IMPORT_PROGRESS + 5; i++) put_f(&b, "Vật %d,B-%d\n", i, i);
    return buf_str(&b);
}

TEST_MODEL(a_cancelled_import_leaves_nothing)
{
    Message why;
    int64_t id = order(w, long_list(a), false);
    CHECK_INT(do_next(w, true, &why), ERR_CONFLICT);
    CHECK_STR(message_str(a, EN, why), S("The import was stopped. Nothing of it was kept."));
    CHECK_INT(count_sql(w, "SELECT count(*) FROM thing"), 0);
    CHECK_INT(job_numbered(w, id).state, JOB_RUNNING);      /* it is the runner who says how it ended */
}

TEST_MODEL(a_job_cancelled_behind_its_back_takes_its_import_with_it)
{
    Message why;
    int64_t id = order(w, LIST, false);
    struct board board;
    struct job job;
    struct work in = *w;
    board_open(&board);
    CHECK_INT(job_take(w, kinds, &job), OK);
    CHECK_INT(job_failed(w, id, true, (Str){ 0 }), OK);
    CHECK_INT(import_job.run(&in, &(struct running){ &board, &job, folder(a) }, &why), ERR_CONFLICT);
    board_close(&board);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM thing"), 0);
}

TEST_MODEL(who_may_not_import_does_not_in_the_background_either)
{
    Message why;
    order(w, LIST, false);
    w->actor = VISITING;
    CHECK_INT(do_next(w, false, &why), ERR_DENIED);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM thing"), 0);
}

TEST_MODEL(a_row_that_is_not_theirs_to_make_is_rejected)
{
    struct import_report r;
    Message why;
    struct work *w2 = work_as(w, FINANCE, EN);
    CHECK_INT(import_file(w2, &thing, LIST, &(struct import_options){ .sheet = -1, .dry_run = true }, &r, &why), OK);
    CHECK_INT(r.rejected, 3);
    CHECK_STR(message_str(a, EN, r.problems.p[0].what), S("you may not make records of this list"));
}

TEST_MODEL(an_order_that_is_none_is_refused)
{
    static const char *const wrong[] = {
        "", "[]", "{}", "{\"list\":\"thing\"}",
        "{\"list\":\"nothing\",\"file\":\"x\",\"mapping\":\"\",\"lang\":\"en\",\"sheet\":0,\"rows\":0,\"dry_run\":true}",
    };
    struct import_order o;
    for (size_t i = 0; i < COUNT(wrong); i++) CHECK(import_order_read(w, str_of(wrong[i]), &o) != OK);
}

/* ---- looking ------------------------------------------------------------------------------------ */

TEST_MODEL(before_an_import_its_columns_are_shown)
{
    struct import_sheets sheets;
    struct import_report r;
    Message why;
    CHECK_INT(import_look(w, &thing, LIST, &(struct import_options){ .sheet = -1 }, &sheets, &r, &why), OK);
    CHECK_INT(sheets.n, 1);
    CHECK_INT(sheets.chosen, 0);
    CHECK_INT(sheets.p[0].rows, 4);
    CHECK_INT(r.header_row, 1);
    CHECK_STR(r.columns.p[1].target, S("code"));
    CHECK_STR(r.columns.p[3].target, S(""));
}

TEST_MODEL(a_file_without_a_header_still_shows_its_sheets)
{
    struct import_sheets sheets;
    struct import_report r;
    Message why;
    CHECK_INT(import_look(w, &thing, S("1,2\n3,4\n"), &(struct import_options){ .sheet = -1 }, &sheets, &r, &why), ERR_INVALID);
    CHECK(why.id);
    CHECK_INT(sheets.n, 1);
    CHECK_INT(sheets.chosen, -1);
}

TEST_MODEL(every_target_that_is_offered_is_understood_in_a_mapping)
{
    struct import_targets targets;
    import_targets(w, &thing, &targets);
    CHECK(targets.n > 20);
    for (size_t i = 0; i < targets.n; i++) {
        struct import_sheets sheets;
        struct import_report r;
        Message why;
        struct import_options o = { .sheet = -1, .mapping = str_f(a, "xyz-la = %.*s", FMT(targets.p[i].target)) };
        CHECK_INT(import_look(w, &thing, LIST, &o, &sheets, &r, &why), OK);
    }
}
