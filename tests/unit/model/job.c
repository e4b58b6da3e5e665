/* Work in the background: taken one by one, told on the board, begun again after a stop. */
#include "fixture.h"

#include "model/desk/job.h"

static enum err nothing(struct work *w, const struct running *r, Message *why) { return job_done(w, r->job->id, S("{}")); }
static const struct job_kind alone = { "import", "Import", true, nothing }, many = { "mail", "Mail", false, nothing };
static const struct job_kind *const kinds[] = { &alone, &many, NULL };

struct putting { Str kind; int64_t id; };
static enum err put_inside(struct work *w, void *arg)
{
    struct putting *p = arg;
    return job_put(w, p->kind, S("{\"sheet\":1}"), &p->id);
}

static int64_t put_job(struct work *w, Str kind)
{
    struct putting p = { kind, 0 };
    CHECK_INT(work_write(w, put_inside, &p), OK);
    return p.id;
}

static int64_t take(struct work *w)
{
    struct job j;
    CHECK_INT(job_take(w, kinds, &j), OK);
    return j.id;
}

struct ending { int64_t id; enum err err; };
static enum err done_inside(struct work *w, void *arg)
{
    struct ending *e = arg;
    return e->err = job_done(w, e->id, S("{\"added\":1}"));
}

static enum job_state state(struct work *w, int64_t id)
{
    struct job j;
    CHECK_INT(job_load(w, id, &j), OK);
    return j.state;
}

TEST_MODEL(jobs_are_taken_oldest_first_and_done_once)
{
    int64_t one = put_job(w, S("mail")), two = put_job(w, S("mail"));
    struct job j;
    CHECK_INT(take(w), one);
    CHECK_INT(take(w), two);
    CHECK_INT(take(w), 0);
    CHECK_INT(work_write(w, done_inside, &(struct ending){ one, OK }), OK);
    CHECK_INT(work_write(w, done_inside, &(struct ending){ one, OK }), ERR_CONFLICT);
    CHECK_INT(job_load(w, one, &j), OK);
    CHECK_INT(j.state, JOB_DONE);
    CHECK_STR(j.result, S("{\"added\":1}"));
    CHECK(j.made <= j.began && j.began <= j.ended);
}

TEST_MODEL(of_a_kind_that_is_alone_only_one_runs)
{
    int64_t one = put_job(w, S("import")), two = put_job(w, S("import")), mail = put_job(w, S("mail"));
    CHECK_INT(take(w), one);
    CHECK_INT(take(w), mail);
    CHECK_INT(take(w), 0);
    CHECK_INT(job_failed(w, one, false, S("{}")), OK);
    CHECK_INT(take(w), two);
}

TEST_MODEL(a_kind_nobody_knows_waits)
{
    put_job(w, S("of a later version"));
    CHECK_INT(take(w), 0);
}

TEST_MODEL(what_ran_when_the_program_stopped_waits_again)
{
    int64_t id = put_job(w, S("import"));
    CHECK_INT(take(w), id);
    CHECK_INT(jobs_again(w), OK);
    CHECK_INT(state(w, id), JOB_WAITING);
    CHECK_INT(take(w), id);
    CHECK_INT(job_again(w, id), OK);
    CHECK_INT(take(w), id);
}

TEST_MODEL(one_that_waits_is_cancelled_and_one_that_ended_is_not)
{
    int64_t id = put_job(w, S("import"));
    CHECK_INT(job_cancel(w, id), OK);
    CHECK_INT(state(w, id), JOB_CANCELLED);
    CHECK_INT(take(w), 0);
    CHECK_INT(job_cancel(w, id), ERR_CONFLICT);
    CHECK_INT(job_failed(w, id, false, S("{}")), ERR_CONFLICT);
    CHECK_INT(job_cancel(w, 99), ERR_MISSING);
}

TEST_MODEL(a_job_is_seen_by_whoever_put_it_and_by_administrators)
{
    struct job_list mine, all;
    struct job j;
    w->actor = (struct actor){ .account = 7, .roles = OFFICER };
    int64_t id = put_job(w, S("import"));
    w->actor = (struct actor){ .account = 8, .roles = OFFICER };
    CHECK_INT(job_load(w, id, &j), ERR_DENIED);
    CHECK_INT(jobs_of(w, 10, &mine), OK);
    CHECK_INT(mine.n, 0);
    w->actor = (struct actor){ .account = 9, .roles = ADMIN };
    CHECK_INT(job_load(w, id, &j), OK);
    CHECK_INT(jobs_of(w, 10, &all), OK);
    CHECK_INT(all.n, 1);
    CHECK_INT(job_load(w, 99, &j), ERR_MISSING);
}

TEST(the_board_says_how_far_a_job_is_and_stops_it)
{
    struct board b;
    int64_t done = 0, total = 0;
    board_open(&b);
    CHECK(!board_progress(&b, 5, &done, &total));
    CHECK(!board_cancel(&b, 5));
    board_begin(&b, 5);
    CHECK(board_report(&b, 5, 30, 100));
    CHECK(board_progress(&b, 5, &done, &total));
    CHECK_INT(done, 30);
    CHECK_INT(total, 100);
    CHECK(board_cancel(&b, 5));
    CHECK(!board_report(&b, 5, 31, 100));
    CHECK(board_end(&b, 5));
    board_begin(&b, 6);
    CHECK(board_report(&b, 6, 0, 0));
    board_stop(&b);
    CHECK(!board_report(&b, 6, 1, 0));
    CHECK(!board_end(&b, 6));
    board_close(&b);
}
