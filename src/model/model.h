/*
 * model.h - the tables of entities made ready to work with: their SQL, the code lists in memory, and the `work` that
 * every operation is handed: for whom, in which language, on which database.
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/date.h"
#include "model/codes.h"
#include "model/entity.h"

enum { SOME = 64 };                         /* ids that a statement takes at once                 */

struct shape {                              /* what follows from one table, worked out once       */
    const struct entity *e;
    int                  columns;           /* stored fields                                      */
    int                 *field_of;          /* column number -> field number                      */
    Sql                  select_one;        /* $1 id: id, seq, changed_at[, parent], columns      */
    Sql                  select_page;       /* $1 after id, $2 limit                              */
    Sql                  select_children;   /* children: $1 parent id                             */
    Sql                  select_some;       /* $1 .. $SOME ids                                    */
    Sql                  select_of;         /* children: of the parents $1 .. $SOME, one after another */
    Sql                  select_between;    /* children: of the parents from $1 to $2, one after another */
    Sql                  insert;            /* $1 id, $2 seq, $3 changed_at[, $4 parent], columns  */
    Sql                  update;            /* the same numbers                                   */
    Sql                  remove;            /* $1 id                                              */
    Sql                  select_list;       /* the column list, for queries made at run time      */
};

struct model {
    struct arena               *a;          /* lives as long as the model                         */
    const struct entity *const *entities;   /* NULL at the end; parents before their children     */
    int                         n;
    struct shape               *shapes;     /* parallel                                           */
    const struct entity        *organisation;   /* whose records accounts work for; NULL: none    */
};

/*
 * Checks every table (a wrong one stops the program: it cannot be a user's fault) and works out the shapes.
 * The kernel's own entities are added: code lists in front, accounts behind.
 */
struct model        *model_make(struct arena *forever, const struct entity *const *entities);
const struct shape  *shape_of(const struct model *m, const struct entity *e);
const struct entity *entity_named(const struct model *m, Str name);         /* NULL: none          */
const struct entity *entity_at(const struct model *m, Str path);            /* by place on the web */
const struct entity *reference_to(const struct model *m, const struct field *f);    /* whose records a reference names */

struct source { Str file, sheet; int64_t row; };            /* where a fact came from              */

struct writing {                            /* what a transaction keeps between its writes        */
    int64_t *next_id;                       /* for each shape; 0: not yet asked                   */
    bool    *used;
    int64_t  seq;                           /* the last entry of the log; -1: not yet asked       */
    int64_t  appended;                      /* entries of this transaction that belong to the batch */
    char     hash[65];                      /* and its hash                                       */
    int64_t  at;                            /* one instant for the whole transaction              */
    const struct record *stepping;          /* whose state a step is changing; else states stay as they are */
};

/* On whose behalf: what scopes of rights compare with.  account.h makes one of an account. */
struct actor {
    int64_t account;                        /* 0: a visitor, or the program itself                */
    Roles   roles;
    int64_t organisation;                   /* ROWS_OWN; 0: none                                  */
    Str     ward;                           /* ROWS_WARD: the code's key                          */
    Str     association;                    /* ROWS_MEMBERS: the code's key                       */
    Str     name;                           /* for the change log                                 */
};
#define VISITING ((struct actor){ .roles = VISITOR })

struct work {
    const struct model *m;
    struct db          *db;
    struct arena       *a;
    const struct codes *codes;              /* the lists as of now; NULL before they are loaded   */
    const struct concepts *concepts;        /* what words mean (thesaurus.h); NULL: as they are written */
    enum lang           lang;
    struct actor        actor;
    struct date         today;
    int64_t             batch;              /* the batch that writes belong to; 0: none           */
    struct source       source;
    struct writing      writing;
};

/* The only way to write: a transaction in which record_save and the like may be called; repeatable, as db_write says. */
typedef enum err work_fn(struct work *w, void *arg);
enum err work_write(struct work *w, work_fn *fn, void *arg) MUST_USE;
int64_t  work_take_id(struct work *w, const struct entity *e, enum err *err);   /* a number never used before */
/* The same for a table that is no entity's; each in a statement of its own.  Inside a write. */
enum err work_take_number(struct work *w, Str table, int64_t *id) MUST_USE;
/* After a write by hand with given ids: never give these again. */
enum err work_keep_id(struct work *w, const struct entity *e, int64_t id) MUST_USE;

#endif
