/* command_data.c - the commands about the database itself: making, filling, checking, taking back. */
#include "host/cli.h"

#include "base/date.h"
#include "model/change.h"
#include "model/finder.h"
#include "model/merge.h"
#include "model/schema.h"
#include "pages/site.h"
#include "programme/demo.h"
#include "programme/entities.h"

#include <stdio.h>

static void say(struct cli *c, Message m)
{
    struct buf b = buf_make(c->a);
    put_message(&b, c->w.lang, m);
    put_c(&b, '\n');
    cli_print(&b);
}

static Str number(struct cli *c, int64_t i) { return str_f(c->a, "%lld", (long long)i); }

int command_init(struct cli *c)
{
    if (!cli_arguments(c, 0, 0)) return err_exit(ERR_INVALID);
    say(c, MSG(N_("The database {1} is ready."), c->config->db));
    return 0;
}

int command_migrate(struct cli *c)
{
    Message why = NO_MESSAGE;
    Str step = cli_option(c, "drop");
    if (!cli_arguments(c, 0, 0)) return err_exit(ERR_INVALID);
    c->w.m = model_make(c->a, entities);
    enum err e = db_open(str_z(c->a, c->config->db), 0, &c->w.db);
    if (e) return cli_fail(c, e, MSG(N_("The database {1} cannot be opened."), c->config->db));
    if (step.n) e = schema_drop(&c->w, step, &why);
    if (!e) e = schema_grow(&c->w, &why);
    if (e && why.id) return cli_fail(c, e, why);
    if (e) return cli_done(c, e);
    say(c, MSG(N_("The database {1} is ready."), c->config->db));
    return 0;
}

int command_schema(struct cli *c)
{
    struct buf b = buf_make(c->a);
    if (!cli_arguments(c, 0, 1)) return err_exit(ERR_INVALID);
    Str said = c->argc ? str_of(c->argv[0]) : S("sqlite");
    if (!str_is(said, "sqlite") && !str_is(said, "postgresql"))
        return cli_fail(c, ERR_INVALID, MSG(N_("“{1}” is not a database; write sqlite or postgresql."), said));
    schema_text(&b, model_make(c->a, entities), str_is(said, "sqlite") ? SQLITE : POSTGRES);
    cli_print(&b);
    return 0;
}

int command_demo(struct cli *c)
{
    int64_t count = DEMO_ENTERPRISES, seed = DEMO_SEED;
    Str n = cli_option(c, "count"), s = cli_option(c, "seed");
    if ((n.n && !str_to_i64(n, &count)) || (s.n && !str_to_i64(s, &seed)) || count < 1 || count > DEMO_MOST)
        return cli_fail(c, ERR_INVALID, MSG(N_("--count and --seed take whole numbers; a demonstration has 1 to {1} enterprises."),
                                            number(c, DEMO_MOST)));
    if (!cli_arguments(c, 0, 0)) return err_exit(ERR_INVALID);
    enum err e = demo_fill(&c->w, count, (uint64_t)seed);
    if (!e) e = demo_network(&c->w, (uint64_t)seed);
    if (!e) e = demo_accounts(&c->w);
    if (!e) e = demo_filings(&c->w);
    if (!e) e = demo_events(&c->w);
    if (!e) e = demo_linkage(&c->w, c->config->files);
    if (!e) e = demo_year(&c->w, c->config->files);
    if (e == ERR_CONFLICT)
        return cli_fail(c, e, MSG(N_("Demonstration data only go into an empty database; {1} holds data already."), c->config->db));
    if (e) return cli_done(c, e);
    say(c, MSG(N_("Fictional enterprises that are in {2}: {1}."), number(c, count), c->config->db));
    say(c, MSG(N_("To try it, sign in as officer@demo.example or another of matxich account list, with the password {1}."), S(DEMO_PASSWORD)));
    return 0;
}

/* ---- verify --------------------------------------------------------------------------------- */

static enum err check_index(struct work *w, struct findings *out)
{
    for (int i = 0; i < w->m->n; i++) {
        const struct entity *e = w->m->entities[i];
        struct finder *f;
        int64_t wrong;
        bool searched = false;
        for EACH_FIELD(field, k, e) searched |= (field->is & SEARCHED) != 0;
        if (e->parent || !searched) continue;
        TRY(finder_build(w, w->a, e, NULL, NULL, &f));
        enum err err = finder_check(w, f, &wrong);
        finder_close(f);
        if (err) return err;
        if (wrong)
            *GROW(w->a, *out) = (struct finding){ .entity = str_of(e->name), .record = wrong,
                .what = MSG(N_("The search index does not hold the record as it is.")) };
    }
    return OK;
}

int command_verify(struct cli *c)
{
    struct findings found = { 0 };
    struct work *w = &c->w;
    if (!cli_arguments(c, 0, 0)) return err_exit(ERR_INVALID);
    enum err e = log_verify(w, &found);
    if (!e) e = check_index(w, &found);
    if (e) return cli_done(c, e);
    for (size_t i = 0; i < found.n; i++) {
        const struct finding *f = &found.p[i];
        const struct entity *of = entity_named(w->m, f->entity);
        Str where = of ? str_f(c->a, "%.*s %.*s: ", FMT(f->entity), FMT(public_id(c->a, of, f->record))) : (Str){ 0 };
        struct buf b = buf_make(c->a);
        put(&b, where);
        put_message(&b, w->lang, f->what);
        put_c(&b, '\n');
        cli_print(&b);
    }
    say(c, MSG(N_("{1} entries of the change log and {2} records checked; {3} findings."), number(c, found.entries),
               number(c, found.records), number(c, (int64_t)found.n)));
    if (found.entries) say(c, MSG(N_("Last entry: {1} {2}"), number(c, found.entries), str_of(found.last)));
    return found.n ? 1 : 0;
}

/* ---- batches -------------------------------------------------------------------------------- */

int command_batches(struct cli *c)
{
    struct batch *list;
    size_t n;
    struct buf b = buf_make(c->a);
    if (!cli_arguments(c, 0, 0)) return err_exit(ERR_INVALID);
    enum err e = batches_list(&c->w, 100, &list, &n);
    for (size_t i = 0; !e && i < n; i++) {
        put_f(&b, "%lld\t", (long long)list[i].id);
        put_time_iso(&b, list[i].at);
        put_f(&b, "\t%.*s\t%lld\t%.*s", FMT(list[i].kind), (long long)list[i].changes, FMT(list[i].file));
        if (list[i].undone_by)
            put_c(&b, '\t'), put_message(&b, c->w.lang, MSG(N_("undone by {1}"), number(c, list[i].undone_by)));
        put_c(&b, '\n');
    }
    cli_print(&b);
    return cli_done(c, e);
}

int command_undo(struct cli *c)
{
    int64_t batch;
    struct undone undone;
    if (!cli_arguments(c, 1, 1)) return err_exit(ERR_INVALID);
    if (!str_to_i64(str_of(c->argv[0]), &batch))
        return cli_fail(c, ERR_INVALID, MSG(N_("“{1}” is not the number of a batch; matxich batches lists them."), str_of(c->argv[0])));
    enum err e = batch_undo(&c->w, batch, &undone);
    if (e == ERR_MISSING) return cli_fail(c, e, MSG(N_("There is no batch {1}; matxich batches lists them."), number(c, batch)));
    if (e == ERR_CONFLICT) return cli_fail(c, e, MSG(N_("Batch {1} is undone already."), number(c, batch)));
    if (e) return cli_done(c, e);
    say(c, MSG(N_("Changes taken back as batch {2}: {1}; kept because they were edited since: {3}."), number(c, undone.undone),
               number(c, undone.batch), number(c, undone.kept)));
    return 0;
}

int command_merge(struct cli *c)
{
    int64_t id[2], batch;
    if (!cli_arguments(c, 3, 3)) return err_exit(ERR_INVALID);
    const struct entity *e = cli_entity(c);
    if (!e) return err_exit(ERR_INVALID);
    for (int i = 0; i < 2; i++)
        if (!public_id_read(e, str_of(c->argv[i + 1]), &id[i]))
            return cli_fail(c, ERR_INVALID, MSG(N_("{1} is mistyped: its check digit does not match."), str_of(c->argv[i + 1])));
    enum err err = record_merge(&c->w, e, id[0], id[1], &batch);
    if (err) return cli_done(c, err);
    say(c, MSG(N_("{1} now leads to {2}; matxich undo {3} parts them again."), str_of(c->argv[1]), str_of(c->argv[2]),
               number(c, batch)));
    return 0;
}

int command_routes(struct cli *c)
{
    struct buf b = buf_make(c->a);
    if (!cli_arguments(c, 0, 0)) return err_exit(ERR_INVALID);
    put_routes(&b, &portal);
    cli_print(&b);
    return 0;
}
