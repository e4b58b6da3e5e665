/* command_find.c - the commands that give data out: export and search. */
#include "host/cli.h"

#include "model/export.h"
#include "model/finder.h"
#include "model/json.h"
#include "programme/network/export.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is left of the arguments as NAME=VALUE. */
static bool read_asked(struct cli *c, int from, struct asked *out, size_t *n)
{
    *n = 0;
    for (int i = from; i < c->argc; i++, ++*n)
        if (!str_cut(str_of(c->argv[i]), '=', &out[*n].name, &out[*n].value)) {
            cli_fail(c, ERR_INVALID, MSG(N_("“{1}” is not a filter; write FIELD=VALUE."), str_of(c->argv[i])));
            return false;
        }
    return true;
}

/* Half a list is worse than none. */
static void take_away(const char *path)
{
    struct stat st;
    if (!lstat(path, &st) && S_ISREG(st.st_mode)) unlink(path);
}

struct exporting { const struct entity *e; struct list_query q; enum export_format format; bool graph; };

static enum err write_export(struct cli *c, const struct exporting *x, FILE *out)
{
    return x->graph ? supply_graphml(&c->w, &x->q, out) : export_write(&c->w, x->e, &x->q, x->format, out);
}

/* On standard output main.c says what could not be written. */
static int export_to(struct cli *c, Str path, const struct exporting *x)
{
    const char *z = str_z(c->a, path);
    FILE *out = path.n ? fopen(z, "wb") : stdout;
    enum err err = out ? write_export(c, x, out) : OK;
    bool unwritten = !out || ferror(out);
    if (path.n && out && fclose(out)) unwritten = true;
    int code = errno;
    if (path.n && out && (unwritten || err)) take_away(z);
    if (!unwritten) return cli_done(c, err);
    return path.n ? cli_fail(c, ERR_BROKEN, MSG(N_("{1} cannot be written: {2}"), path, str_of(strerror(code)))) : err_exit(ERR_BROKEN);
}

static enum err read_list(struct cli *c, const struct entity *e, const struct asked *asked, size_t n, struct list_query *q, Message *why)
{
    struct finder *f = NULL;
    *why = NO_MESSAGE;
    if (finder_needed(e, asked, n)) TRY(finder_build(&c->w, c->a, e, NULL, NULL, &f));
    enum err err = finder_read_list(&c->w, f, e, asked, n, q, why);
    if (f) finder_close(f);
    return err;
}

int command_export(struct cli *c)
{
    Str said = cli_option(c, "format"), path = cli_option(c, "output");
    struct exporting x = { .format = EXPORT_CSV, .graph = str_is(said, "graphml") };
    Message why;
    size_t n;
    if (said.n && !x.graph && !export_format_from(said, &x.format))
        return cli_fail(c, ERR_INVALID, MSG(N_("“{1}” is not a format: csv, xlsx, json, ndjson, or graphml for supply_link."), said));
    if (!cli_arguments(c, 1, 64)) return err_exit(ERR_INVALID);
    x.e = cli_entity(c);
    struct asked *asked = NEW_ARRAY(c->a, struct asked, (size_t)c->argc);
    if (!x.e || !read_asked(c, 1, asked, &n)) return err_exit(ERR_INVALID);
    if (x.graph && x.e != &supply_link) return cli_fail(c, ERR_INVALID, MSG(N_("Only supply_link is a graph.")));
    enum err err = read_list(c, x.e, asked, n, &x.q, &why);
    if (err) return why.id ? cli_fail(c, err, why) : cli_done(c, err);
    return export_to(c, path, &x);
}

static void put_hit(struct json_writer *j, struct work *w, const struct record *r, const struct search_hit *hit)
{
    static const struct { const char *key; enum enterprise_field field; } shown[] = {
        { "tax_code", ENTERPRISE_TAX_CODE }, { "name_vi", ENTERPRISE_NAME_VI }, { "name_en", ENTERPRISE_NAME_EN },
    };
    json_write_object(j);
    json_write_key(j, S("id"));
    json_write_string(j, public_id(w->a, r->e, r->id));
    for (size_t i = 0; i < COUNT(shown); i++) {
        json_write_key(j, str_of(shown[i].key));
        if (v_is(r->v[shown[i].field])) json_write_string(j, v_str(r->v[shown[i].field]));
        else json_write_null(j);
    }
    json_write_key(j, S("score"));
    json_write_int(j, hit->score);
    json_write_end(j);
}

static void print_json(struct cli *c, const struct search_result *found, const struct records *records)
{
    struct buf b = buf_make(c->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    json_write_key(&j, S("total"));
    json_write_int(&j, (int64_t)found->total);
    json_write_key(&j, S("results"));
    json_write_array(&j);
    for (size_t i = 0, hit = 0; i < records->n; i++, hit++) {
        while (found->hit[hit].id != records->p[i]->id) hit++;
        put_hit(&j, &c->w, records->p[i], &found->hit[hit]);
    }
    json_write_end(&j);
    json_write_end(&j);
    json_write_done(&j);
    put_c(&b, '\n');
    cli_print(&b);
}

static void print_lines(struct cli *c, const struct search_result *found, const struct records *records)
{
    struct buf b = buf_make(c->a);
    put_message(&b, c->w.lang, MSG(N_("{1} found."), str_f(c->a, "%zu", found->total)));
    if (found->loose) put_c(&b, ' '), put_message(&b, c->w.lang, MSG(N_("Nothing has all these words; shown for: {1}."), found->used));
    put_c(&b, '\n');
    for (size_t i = 0; i < records->n; i++) {
        const struct record *r = records->p[i];
        put_f(&b, "%.*s\t%.*s\t%.*s\n", FMT(public_id(c->a, r->e, r->id)), FMT(v_str(r->v[ENTERPRISE_TAX_CODE])),
              FMT(record_title(&c->w, r)));
    }
    cli_print(&b);
}

/* What was found, read at once: one may have gone meanwhile. */
static enum err print_found(struct cli *c, const struct search_result *found, bool json)
{
    int64_t *ids = NEW_ARRAY(c->a, int64_t, found->hits);
    struct records records;
    for (size_t i = 0; i < found->hits; i++) ids[i] = found->hit[i].id;
    TRY(records_of(&c->w, &enterprise, ids, found->hits, false, &records));
    (json ? print_json : print_lines)(c, found, &records);
    return OK;
}

int command_search(struct cli *c)
{
    struct asked asked[64];
    struct found_filters filters;
    struct finder *f;
    Message why;
    size_t n = 0;
    int64_t limit = 20;
    bool json = cli_flag(c, "json");
    Str said = cli_option(c, "limit"), field;
    if (said.n && (!str_to_i64(said, &limit) || limit < 1 || limit > 1000))
        return cli_fail(c, ERR_INVALID, MSG(N_("--limit takes a number from 1 to 1,000.")));
    while ((field = cli_option(c, "field")).n && n < COUNT(asked))
        if (!str_cut(field, '=', &asked[n].name, &asked[n].value) || !++n)
            return cli_fail(c, ERR_INVALID, MSG(N_("“{1}” is not a filter; write FIELD=VALUE."), field));
    if (!cli_arguments(c, 0, 100)) return err_exit(ERR_INVALID);
    struct buf words = buf_make(c->a);
    for (int i = 0; i < c->argc; i++) put_f(&words, "%s%s", i ? " " : "", c->argv[i]);
    enum err e = finder_build(&c->w, c->a, &enterprise, NULL, NULL, &f);
    if (e) return cli_done(c, e);
    e = finder_read(&c->w, f, asked, n, "", &filters, &why);
    if (e) {
        finder_close(f);
        return cli_fail(c, e, why);
    }
    struct search_query q = { .words = buf_str(&words), .filter = filters.facet, .filters = filters.facets,
                              .only = filters.only, .only_n = filters.only_n, .limit = (size_t)limit };
    struct search_result found = search_find(f->index, c->a, &q);
    e = print_found(c, &found, json);
    finder_close(f);
    return cli_done(c, e);
}
