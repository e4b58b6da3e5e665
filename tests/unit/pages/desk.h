/*
 * desk.h - for tests of the workspace: a database of made-up entities beside those of the programme, people with roles, and their
 * requests carried out by the real routes, without a server.
 */
#ifndef TEST_DESK_H
#define TEST_DESK_H

#include "database.h"
#include "made_up/made_up.h"
#include "model/change.h"
#include "model/people/account.h"
#include "pages/snapshot.h"
#include "web/request.h"

struct desk {
    struct arena   *a;
    const char     *url;                    /* of the database                                    */
    struct work    *w;                      /* the program itself                                 */
    struct snapshot snapshot;
    struct actor    officer, admin, owner, other;   /* owner works for the enterprise `own`       */
    int64_t         own, fair;
};
struct desk *desk_open(struct arena *a);    /* on SQLite; closed when the next is opened          */

struct answer { int status; Str location, body; };
/* In English.  POST: form is "a=1&b=2"; the form's token is added. */
struct answer get(struct desk *d, const struct actor *who, const char *path);
struct answer post(struct desk *d, const struct actor *who, const char *path, const char *form);
/* Through the API, at /api/v1/PATH with a token of theirs that allows all they may; json: NULL: no body. */
struct answer api_call(struct desk *d, const struct actor *who, enum method method, const char *path, const char *json);

/* Saves as the program itself. */
struct record *keep(struct desk *d, const struct record *was, struct record *now);
struct record *fetch(struct desk *d, const struct entity *e, int64_t id);          /* fails the test if absent */
Str  path_of(struct desk *d, const struct record *r, const char *rest);            /* "/workspace/fairs/HC-…/edit" */
/* The number after "name=" in an address, 0: none. */
int64_t number_in(Str address, const char *name);

#define CHECK_HAS(text, part)                                                                                  \
    do {                                                                                                       \
        Str t_ = (text);                                                                                       \
        if (!str_has(t_, str_of(part))) test_fail(__FILE__, __LINE__, "no \"%s\" in\n%.*s", part, FMT(t_));    \
    } while (0)
#define CHECK_HAS_NOT(text, part)                                                                              \
    do {                                                                                                       \
        Str t_ = (text);                                                                                       \
        if (str_has(t_, str_of(part))) test_fail(__FILE__, __LINE__, "\"%s\" in\n%.*s", part, FMT(t_));        \
    } while (0)

#endif
