/* command_import.c - the commands that take data in: import, and review of what an import was not sure of. */
#include "host/files.h"

#include "model/import/import.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { UNUSABLE = 2 };                                      /* the exit code of a file that is none */

/* ---- progress: on a terminal one line that is written over, else a line now and then -------------- */

static bool progress(void *to, int64_t rows)
{
    const struct cli *c = to;
    bool terminal = isatty(STDERR_FILENO);
    if (!terminal && rows % 20000) return true;
    struct arena a = arena_make(1 << 16, NULL);
    struct buf b = buf_make(&a);
    if (terminal) put_c(&b, '\r');
    put_message(&b, c->w.lang, MSG(N_("{1} rows…"), str_f(&a, "%lld", (long long)rows)));
    if (!terminal) put_c(&b, '\n');
    fwrite(b.p, 1, b.n, stderr);
    arena_free(&a);
    return true;
}

static int print_report(struct cli *c, const struct import_report *r, bool json, const char *rejected)
{
    struct buf b = buf_make(c->a);
    if (json) put_import_json(&b, &c->w, r);
    else put_import_report(&b, &c->w, r);
    if (!json && r->rejected && r->rejects_kept) {
        put_message(&b, c->w.lang, MSG(N_("The rejected rows, with the reasons, are in {1}."), str_of(rejected)));
        put_c(&b, '\n');
    }
    if (b.n && b.p[b.n - 1] != '\n') put_c(&b, '\n');
    cli_print(&b);
    return r->rejected || r->unsure ? 1 : 0;
}

int command_import(struct cli *c)
{
    struct import_report report = { 0 };
    Message why = NO_MESSAGE;
    Str bytes, map = { 0 };
    int64_t sheet = 0;
    bool json = cli_flag(c, "json"), dry_run = cli_flag(c, "dry-run");
    Str said_sheet = cli_option(c, "sheet"), map_path = cli_option(c, "map");
    if (said_sheet.n && (!str_to_i64(said_sheet, &sheet) || sheet < 1 || sheet > 1024))
        return cli_fail(c, ERR_INVALID, MSG(N_("--sheet takes the number of a sheet, from 1.")));
    if (!cli_arguments(c, 2, 2)) return UNUSABLE;
    const struct entity *e = cli_entity(c);
    if (!e) return UNUSABLE;
    Str path = str_of(c->argv[1]);
    enum err err = map_path.n ? file_read(c->a, str_z(c->a, map_path), 1 << 20, &map) : OK;
    if (err) return cli_unreadable(c, err, map_path);
    if ((err = file_map(c->argv[1], &bytes))) return cli_unreadable(c, err, path);
    const char *rejected = str_z(c->a, str_f(c->a, "%.*s.rejected.xlsx", FMT(path)));
    const char *slash = strrchr(c->argv[1], '/');
    struct import_options o = {
        .file_name = str_of(slash ? slash + 1 : c->argv[1]), .sheet = (int)sheet - 1, .mapping = map, .dry_run = dry_run,
        .rejected_path = dry_run ? NULL : rejected, .progress = progress, .to = c,
    };
    err = import_file(&c->w, e, bytes, &o, &report, &why);
    if (isatty(STDERR_FILENO)) fputc('\r', stderr);
    file_unmap(bytes);
    if (err && why.id) return cli_fail(c, err, why), UNUSABLE;
    if (err) return cli_done(c, err);
    return print_report(c, &report, json, o.rejected_path);
}

/* ---- review --------------------------------------------------------------------------------- */

static void put_aside(struct buf *b, struct cli *c, const struct entity *e, const struct aside *s)
{
    put_f(b, "%lld\t%.*s:%lld\t%.*s\n", (long long)s->id, FMT(s->source.file), (long long)s->source.row,
          FMT(record_title(&c->w, s->row)));
    for (size_t i = 0; i < s->n; i++) {
        struct record *r;
        if (record_load(&c->w, e, s->candidates[i].record, &r)) continue;
        put_f(b, "\t%.*s\t%.0f %%\t%.*s\n", FMT(public_id(c->a, e, r->id)), s->candidates[i].likeness * 100, FMT(record_title(&c->w, r)));
    }
}

static int list_asides(struct cli *c)
{
    struct buf b = buf_make(c->a);
    for (int i = 0; i < c->w.m->n; i++) {
        const struct entity *e = c->w.m->entities[i];
        struct asides open = { 0 };
        if (e->parent) continue;
        enum err err = asides_open(&c->w, e, 0, 1000, &open);
        if (err) return cli_done(c, err);
        for (size_t k = 0; k < open.n; k++) put_aside(&b, c, e, &open.p[k]);
    }
    if (!b.n) put_message(&b, c->w.lang, MSG(N_("Nothing waits for a decision."))), put_c(&b, '\n');
    cli_print(&b);
    return 0;
}

/* A record is named by its public id, which says what it is. */
static bool read_record(struct cli *c, Str said, int64_t *id)
{
    for (int i = 0; i < c->w.m->n; i++) {
        const struct entity *e = c->w.m->entities[i];
        if (!e->parent && e->id_prefix && public_id_read(e, said, id)) return true;
    }
    return false;
}

int command_review(struct cli *c)
{
    Message why = NO_MESSAGE;
    int64_t aside, record = 0;
    if (!cli_arguments(c, 0, 3)) return err_exit(ERR_INVALID);
    Str verb = c->argc ? str_of(c->argv[0]) : S("list");
    bool same = str_is(verb, "same");
    if (str_is(verb, "list")) return list_asides(c);
    if ((!same && !str_is(verb, "new")) || c->argc != (same ? 3 : 2) || !str_to_i64(str_of(c->argv[1]), &aside))
        return cli_fail(c, ERR_INVALID, MSG(N_("Write: review list, review same ID RECORD, or review new ID.")));
    if (same && !read_record(c, str_of(c->argv[2]), &record))
        return cli_fail(c, ERR_INVALID, MSG(N_("{1} is mistyped: its check digit does not match."), str_of(c->argv[2])));
    enum err e = aside_decide(&c->w, aside, record, &why);
    return e && why.id ? cli_fail(c, e, why) : cli_done(c, e);
}
