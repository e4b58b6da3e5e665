/* main.c - the command line: a table of commands. */
#include "host/cli.h"

#include "base/embedded.h"
#include "model/thesaurus.h"
#include "version.h"

#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int command_help(struct cli *c);
static int command_version(struct cli *c);

#define NETWORK "--firms FILE --links FILE [--output FILE] [--threads N]"

static const struct command commands[] = {
    { "serve",   "",                             N_("serves the portal"), SERVES, command_serve },
    { "init",    "",                             N_("makes an empty database with the reference lists"), MAKES, command_init },
    { "demo",    "[--count N] [--seed N]",       N_("fills an empty database with fictional enterprises"), MAKES, command_demo },
    { "import",  "ENTITY FILE [--sheet N] [--map FILE] [--dry-run] [--json]", N_("takes in a spreadsheet, XLSX or CSV"), MAKES, command_import },
    { "review",  "[list | same ID RECORD | new ID]", N_("shows and decides what an import was not sure of"), WRITES, command_review },
    { "export",  "ENTITY [--format csv|xlsx|json|ndjson|graphml] [--output FILE] [FILTER…]", N_("writes a list as a file"), READS, command_export },
    { "search",  "WORDS… [--field F=V] [--limit N] [--json]", N_("finds enterprises by words"), READS, command_search },
    { "match",   "DEMAND.json [--limit N] [--json] [--explain]", N_("finds the suppliers that fit a demand best, with reasons; see docs/demand-file.md"), READS, command_match },
    { "bom",     "FILE [--json]",                N_("which lines of a bill of materials have suppliers, and the share of value that could be local"), READS, command_bom },
    { "verify",  "",                             N_("checks the change log, the references and the search index against the rows"), READS, command_verify },
    { "batches", "",                             N_("lists imports and other batches"), READS, command_batches },
    { "undo",    "BATCH",                        N_("takes a whole batch back, keeping later edits"), WRITES, command_undo },
    { "merge",   "ENTITY FROM INTO",             N_("makes two records one"), WRITES, command_merge },
    { "account", "[list | add | invite | disable | reset] EMAIL --name NAME --role ROLE[,ROLE] [--organisation ID] [--ward CODE] [--association CODE]"
                 " [--language vi|en] [--password-stdin] [--codes-off]", N_("makes, invites, disables accounts, and lets their holders in again"), WRITES, command_account },
    { "risk",    NETWORK " [--classes FILE] [--tolerance 1e-2] [--revenue FILE] [--weights FILE] [--scenario FILE [--states FILE]] [--portable] [--progress]",
      N_("what is lost when each firm of a network stops: the Economic Systemic Risk Index; see docs/research.md"), NO_DATABASE, command_risk },
    { "dependence", NETWORK " --imports FILE [--costs FILE]", N_("from which countries each firm's inputs come in the end"), NO_DATABASE, command_dependence },
    { "localisation", NETWORK " [--home VN] [--imports FILE] [--revenue FILE]", N_("what share of each firm's inputs is local"), NO_DATABASE, command_localisation },
    { "tiers",   NETWORK " --buyers ID,ID…|FILE [--revenue FILE]", N_("how far each firm is from the buyers"), NO_DATABASE, command_tiers },
    { "critical", NETWORK " [--classes FILE] [--buyers ID,ID…|FILE] [--depth N] [--samples N] [--progress]", N_("firms through which everything goes"), NO_DATABASE, command_critical },
    { "mark",    "pdf|png|jpg|dxf|step",         N_("puts a reader's name into a drawing: lines, an empty line and the file from standard input"), NO_DATABASE, command_mark },
    { "migrate", "[--drop ENTITY.COLUMN]",       N_("brings the tables up to this version"), NO_DATABASE, command_migrate },
    { "schema",  "[sqlite | postgresql]",        N_("prints the tables as SQL"), NO_DATABASE, command_schema },
    { "routes",  "",                             N_("prints the addresses the portal answers"), NO_DATABASE, command_routes },
    { "version", "",                             N_("prints the version"), NO_DATABASE, command_version },
    { "help",    "",                             N_("prints this"), NO_DATABASE, command_help },
};

static int command_version(struct cli *c)
{
    puts("matxich " VERSION);
    return 0;
}

static void put_usage(struct buf *b, const struct cli *c, const struct command *command)
{
    put_f(b, "  %-12s %s\n               %.*s\n", command->name, command->arguments, FMT(tr(c->w.lang, command->what)));
}

static int command_help(struct cli *c)
{
    struct buf b = buf_make(c->a);
    put_z(&b, "matxich COMMAND [--lang vi|en] …\n\n");
    for (size_t i = 0; i < COUNT(commands); i++) put_usage(&b, c, &commands[i]);
    put_c(&b, '\n');
    put_config_help(&b, c->w.lang);
    cli_print(&b);
    return 0;
}

/* What a command cannot do without stands first in its usage, in capitals. */
static bool lacks_words(const struct cli *c, const struct command *command)
{
    return !c->argc && command->arguments[0] >= 'A' && command->arguments[0] <= 'Z';
}

static int run(struct cli *c, const struct command *command)
{
    Message why = NO_MESSAGE;
    if (cli_flag(c, "help")) {
        struct buf b = buf_make(c->a);
        put_usage(&b, c, command);
        cli_print(&b);
        return 0;
    }
    if (lacks_words(c, command))                            /* said before a database is looked for    */
        return cli_fail(c, ERR_INVALID, MSG(N_("The command is written so: matxich {1} {2}"), str_of(command->name), str_of(command->arguments)));
    if (command->database != NO_DATABASE) {
        enum err e = cli_open(c, command->database, &why);
        if (e) return cli_fail(c, e, why);
    }
    int code = command->run(c);
    return fflush(stdout) || ferror(stdout) ? cli_fail(c, ERR_BROKEN, MSG(N_("The output could not be written."))) : code;
}

static enum err choose_language(struct cli *c, Message *why)
{
    Str said = cli_option(c, "lang");
    const char *variable = getenv("MATXICH_LANG");
    if (!said.n && variable) said = str_of(variable);
    c->w.lang = VI;
    if (!said.n || lang_from(said, &c->w.lang)) return OK;
    *why = MSG(N_("“{1}” is not a language of this program; write vi or en."), said);
    return ERR_INVALID;
}

static int obey(struct cli *c, struct config *config, int argc, char **argv)
{
    Message why = NO_MESSAGE;
    const char *now = getenv("MATXICH_NOW");                /* tests and pictures: a fixed clock   */
    int64_t fixed = 0;
    if (now && !time_from_iso(str_of(now), &fixed))
        return cli_fail(c, ERR_INVALID, MSG(N_("MATXICH_NOW is “{1}”; it is written like 2026-11-22T08:30:00Z."), str_of(now)));
    time_set_now(fixed);
    c->w = (struct work){ .a = c->a, .actor = { .roles = SYSTEM, .name = S("command line") }, .today = date_today() };
    enum err e = config_read(c->a, &argc, argv, config, &why);
    c->argc = argc > 2 ? argc - 2 : 0;
    c->argv = argv + (argc > 2 ? 2 : argc);
    enum err unknown = choose_language(c, e ? &(Message){ 0 } : &why);
    if (!e) e = unknown;
    if (e) return cli_fail(c, e, why);
    const char *name = argc > 1 ? argv[1] : "help";
    if (!strcmp(name, "--help") || !strcmp(name, "-h")) name = "help";
    if (!strcmp(name, "--version")) name = "version";
    for (size_t i = 0; i < COUNT(commands); i++)
        if (!strcmp(name, commands[i].name)) return run(c, &commands[i]);
    return cli_fail(c, ERR_INVALID, MSG(N_("There is no command {1}; matxich help lists them."), str_of(name)));
}

int main(int argc, char **argv)
{
    jmp_buf full;
    struct arena a = arena_make((size_t)16 << 30, &full);
    struct config config;
    struct cli c = { .a = &a, .config = &config };
    Str mo;
    int code;
    setlocale(LC_CTYPE, "C.UTF-8");
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);                               /* the write fails, and says so        */
    mallopt(M_MMAP_THRESHOLD, 256 << 10);                   /* what is freed goes back to the system  */
    mallopt(M_ARENA_MAX, 2);
    if (embedded_find(S("po/vi.mo"), &mo) && translation_load(VI, mo)) bug_at(__FILE__, __LINE__, "the translation is broken");
    if (!setjmp(full)) code = obey(&c, &config, argc, argv);
    else code = cli_fail(&c, ERR_TOO_BIG, MSG(N_("This takes more memory than the program may use.")));
    concepts_release(c.w.concepts);
    if (c.w.db) db_close(c.w.db);
    arena_free(&a);
    return code;
}
