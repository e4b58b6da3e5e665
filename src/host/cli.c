#include "host/cli.h"

#include "host/log.h"
#include "model/schema.h"
#include "model/thesaurus.h"
#include "programme/entities.h"
#include "programme/plan/plan.h"
#include "programme/target/target.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* ---- arguments ------------------------------------------------------------------------------ */

static void take_out(struct cli *c, int i, int n)
{
    memmove(&c->argv[i], &c->argv[i + n], (size_t)(c->argc - i - n) * sizeof *c->argv);
    c->argc -= n;
}

static int option_at(const struct cli *c, const char *name, const char **joined)
{
    size_t n = strlen(name);
    for (int i = 0; i < c->argc; i++) {
        const char *s = c->argv[i];
        if (strncmp(s, "--", 2) || strncmp(s + 2, name, n) || (s[n + 2] && s[n + 2] != '=')) continue;
        *joined = s[n + 2] ? s + n + 3 : NULL;
        return i;
    }
    return -1;
}

Str cli_option(struct cli *c, const char *name)
{
    const char *value;
    int i = option_at(c, name, &value);
    if (i < 0) return (Str){ 0 };
    if (!value && i + 1 == c->argc) return c->lacking = name, (Str){ 0 };
    bool joined = value != NULL;
    if (!joined) value = c->argv[i + 1];
    take_out(c, i, joined ? 1 : 2);
    if (!*value) c->lacking = name;                         /* what a shell makes of an unset variable  */
    if (option_at(c, name, &(const char *){ NULL }) >= 0) c->repeated = name;
    return str_of(value);
}

bool cli_flag(struct cli *c, const char *name)
{
    const char *value;
    int i = option_at(c, name, &value);
    if (i < 0 || value) return false;
    take_out(c, i, 1);
    return true;
}

bool cli_arguments(struct cli *c, int least, int most)
{
    if (c->lacking) {
        cli_fail(c, ERR_INVALID, MSG(N_("--{1} needs a value."), str_of(c->lacking)));
        return false;
    }
    if (c->repeated && option_at(c, c->repeated, &(const char *){ NULL }) >= 0) {
        cli_fail(c, ERR_INVALID, MSG(N_("--{1} is given more than once."), str_of(c->repeated)));
        return false;
    }
    for (int i = 0; i < c->argc; i++)
        if (c->argv[i][0] == '-' && c->argv[i][1] == '-') {
            cli_fail(c, ERR_INVALID, MSG(N_("This command has no option {1}."), str_of(c->argv[i])));
            return false;
        }
    if (c->argc >= least && c->argc <= most) return true;
    cli_fail(c, ERR_INVALID, MSG(N_("The command has too few or too many words; matxich help shows how it is written.")));
    return false;
}

const struct entity *cli_entity(struct cli *c)
{
    Str name = c->argc ? str_of(c->argv[0]) : (Str){ 0 };
    const struct entity *e = entity_named(c->w.m, name);
    if (e && !e->parent && !e->confidential) return e;
    struct buf b = buf_make(c->a);
    for (int i = 0; i < c->w.m->n; i++)
        if (!c->w.m->entities[i]->parent && !c->w.m->entities[i]->confidential) put_f(&b, "%s%s", b.n ? ", " : "", c->w.m->entities[i]->name);
    cli_fail(c, ERR_INVALID, MSG(N_("“{1}” is not one of the lists: {2}."), name, buf_str(&b)));
    return NULL;
}

/* ---- answers -------------------------------------------------------------------------------- */

void cli_print(const struct buf *b) { fwrite(b->p ? b->p : "", 1, b->n, stdout); }

int cli_fail(struct cli *c, enum err e, Message why)
{
    struct arena a = arena_make(1 << 20, NULL);
    struct buf b = buf_make(&a);
    put_z(&b, "matxich: ");
    put_message(&b, c->w.lang, why);
    for (size_t i = 0; i < b.n; i++)                        /* a file's name may hold anything       */
        if ((unsigned char)b.p[i] < ' ' || b.p[i] == 0x7F) b.p[i] = '_';
    put_c(&b, '\n');
    fwrite(b.p, 1, b.n, stderr);
    arena_free(&a);
    return err_exit(e);
}

static Message general(const struct cli *c, enum err e)
{
    static const char *const what[] = {
        [ERR_INVALID] = N_("The database does not take this; see the log."),
        [ERR_DENIED] = N_("This is not allowed."),
        [ERR_MISSING] = N_("There is no such record."),
        [ERR_CONFLICT] = N_("It does not fit what is there: somebody else was first, or a unique value is taken."),
        [ERR_TOO_BIG] = N_("This is larger than the program takes."),
        [ERR_BUSY] = N_("Another import or edit is running; try again when it is done."),
        [ERR_BROKEN] = N_("The database could not be read or written: {1}"),
        [ERR_FULL] = N_("The disk is full or takes no more, so nothing was written. Make room and run the command again."),
    };
    return MSG(what[e], c->w.db ? str_of(db_why(c->w.db)) : (Str){ 0 });
}

int cli_done(struct cli *c, enum err e) { return e ? cli_fail(c, e, general(c, e)) : 0; }

/* ---- the database --------------------------------------------------------------------------- */

static enum err fill(struct work *w, void *arg)
{
    int64_t n = 0;
    TRY(codes_init(w));
    TRY(db_one_int(w->db, w->a, SQL("SELECT count(*) FROM concept"), NO_ARGS, &n));
    if (!n) TRY(thesaurus_init(w));
    TRY(norms_init(w));
    return indicators_init(w);
}

/* Tables and lists as this version has them: made, or grown. */
static enum err prepare(struct cli *c, Message *why)
{
    struct work *w = &c->w;
    Str actor = w->actor.name;
    TRY(schema_grow(w, why));
    w->actor.name = S("matxich init");
    enum err e = work_write(w, fill, NULL);
    w->actor.name = actor;
    return e;
}

static void make_directory(Str url)
{
    Str path;
    char *slash, dir[1024];
    if (!str_starts(url, S("sqlite:")) || url.n >= sizeof dir) return;
    path = str_sub(url, 7, url.n);
    memcpy(dir, path.p, path.n);
    dir[path.n] = 0;
    slash = strrchr(dir, '/');
    if (!slash || slash == dir) return;
    *slash = 0;
    mkdir(dir, 0700);                                       /* if it cannot be: db_open says so    */
}

static Message cannot_open(enum err e, Str url)
{
    static const char *const what[] = {
        [ERR_MISSING] = N_("There is no database at {1}; matxich init makes one."),
        [ERR_INVALID] = N_("{1} is not a database of this program; write sqlite:PATH or postgresql://…"),
        [ERR_BUSY] = N_("The database {1} cannot be reached; is the server running?"),
        [ERR_DENIED] = N_("The database {1} may not be read or written by you. Ask its owner for the permission."),
        [ERR_FULL] = N_("The disk is full or takes no more, so nothing was written. Make room and run the command again."),
    };
    const char *id = e < (int)COUNT(what) && what[e] ? what[e] : N_("The database {1} cannot be opened.");
    return MSG(id, url);
}

enum err cli_open(struct cli *c, enum database need, Message *why)
{
    struct work *w = &c->w;
    bool ours = false;
    w->m = model_make(c->a, entities);
    if (need == MAKES) make_directory(c->config->db);
    enum err e = db_open(str_z(c->a, c->config->db), need == MAKES ? DB_CREATE : need == READS ? DB_READ : 0, &w->db);
    if (e == ERR_MISSING && need == MAKES) e = ERR_DENIED;  /* SQLite asks last whether it is there */
    if (e) {
        *why = cannot_open(e, c->config->db);
        return e;
    }
    TRY(schema_present(w, &ours));
    if (!ours && need != MAKES) {
        *why = MSG(N_("The database {1} is empty; matxich init makes its tables and lists."), c->config->db);
        return ERR_MISSING;
    }
    if (need != READS) e = prepare(c, why);
    if (!e && need != SERVES) e = codes_load(w, c->a, &w->codes);
    if (!e && need != SERVES) e = thesaurus_load(w, &w->concepts);
    if (e && !why->id) *why = general(c, e);
    return e;
}
