/*
 * cli.h - what a command of the command line is handed, and the table of commands.
 *
 * A command says what is wrong in one sentence on standard error, in the language of --lang or MATXICH_LANG (Vietnamese if
 * neither), and gives the exit code of its error; results go to standard output.
 */
#ifndef HOST_CLI_H
#define HOST_CLI_H

#include "host/config.h"
#include "model/model.h"

struct cli {
    struct arena        *a;
    const struct config *config;
    int                  argc;              /* what follows the command's name                    */
    char               **argv;
    struct work          w;                 /* with a database, where the command needs one       */
    const char          *lacking;           /* an option given without its value, or an empty one; NULL: none */
    const char          *repeated;          /* an option that was there once more when it was taken; NULL: none */
};

/* SERVES: without the code lists, which the portal's snapshot holds; MAKES: made where there is none. */
enum database { NO_DATABASE, READS, SERVES, WRITES, MAKES };

struct command {
    const char   *name, *arguments, *what;  /* what: N_()                                         */
    enum database database;
    int         (*run)(struct cli *c);      /* the exit code                                      */
};

/* Takes "--name VALUE" or "--name=VALUE" out of argv; empty: not given, or without its value, which cli_arguments says.
 * A flag: "--name". */
Str  cli_option(struct cli *c, const char *name);
bool cli_flag(struct cli *c, const char *name);
/* After the options: exactly `least` to `most` arguments are left, and nothing that looks like an option. */
bool cli_arguments(struct cli *c, int least, int most);
int  cli_fail(struct cli *c, enum err e, Message why);      /* says it; the exit code             */
int  cli_done(struct cli *c, enum err e);                   /* OK, or why not, in general words   */
/* The entity named by the first argument; NULL: said. */
const struct entity *cli_entity(struct cli *c);
void cli_print(const struct buf *b);

/* Opens the database of --db for work: tables as they should be, lists loaded. */
enum err cli_open(struct cli *c, enum database need, Message *why) MUST_USE;

int command_serve(struct cli *c), command_init(struct cli *c), command_migrate(struct cli *c), command_demo(struct cli *c),
    command_import(struct cli *c), command_review(struct cli *c), command_export(struct cli *c), command_search(struct cli *c),
    command_verify(struct cli *c), command_batches(struct cli *c), command_undo(struct cli *c), command_merge(struct cli *c),
    command_schema(struct cli *c), command_routes(struct cli *c), command_account(struct cli *c),
    command_risk(struct cli *c), command_dependence(struct cli *c), command_localisation(struct cli *c), command_tiers(struct cli *c),
    command_critical(struct cli *c), command_match(struct cli *c), command_bom(struct cli *c), command_mark(struct cli *c);

#endif
