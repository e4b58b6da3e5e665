/*
 * jump.c - straight to a record by its number, its unique code or its name, or to a list by its name (O08); and the page of
 * keyboard shortcuts, which the script shows over any page.
 */
#include "pages/workspace/workspace.h"

#include "base/unicode.h"
#include "model/reference.h"

enum { FOUND_MOST = 12 };

struct found { const struct entity *e; struct records records; };

static bool is_list(struct at *at, const struct entity *e) { return !e->parent && e->path && may(&at->w, e, MAY_READ); }

/* A list whose name begins with what was typed, in either way of writing it. */
static const struct entity *list_named(struct at *at, Str said)
{
    Str folded = text_fold(at->q->a, said);
    for (int i = 0; i < at->w.m->n; i++) {
        const struct entity *e = at->w.m->entities[i];
        if (is_list(at, e) && str_starts(text_fold(at->q->a, at_tr(at, e->many)), folded)) return e;
    }
    return NULL;
}

static enum err put_found(struct at *at, const struct found *f)
{
    html_open(&at->h, "section");
    html_class(&at->h, "card");
    html_leaf(&at->h, "h2", at_tr(at, f->e->many));
    html_open(&at->h, "ul");
    html_class(&at->h, "entries");
    for (size_t i = 0; i < f->records.n; i++) {
        html_open(&at->h, "li");
        html_link(&at->h, request_link(at->q, desk_path(at->q->a, f->e, f->records.p[i]->id, NULL)), NULL, record_title(&at->w, f->records.p[i]));
        html_leaf_class(&at->h, "span", "entry-meta", public_id(at->q->a, f->e, f->records.p[i]->id));
        html_close(&at->h, "li");
    }
    html_close(&at->h, "ul");
    html_close(&at->h, "section");
    return OK;
}

static enum err find_everywhere(struct at *at, Str said, struct found *found, size_t *n, size_t *total)
{
    *n = *total = 0;
    for (int i = 0; i < at->w.m->n; i++) {
        const struct entity *e = at->w.m->entities[i];
        if (!is_list(at, e)) continue;
        TRY(records_named(&at->w, e, said, FOUND_MOST, &found[*n].records));
        found[*n].e = e;
        *total += found[*n].records.n;
        *n += found[*n].records.n > 0;
    }
    return OK;
}

enum err workspace_jump(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    Str said = str_trim(params_get(&q->query, "q"));
    if (!said.n) return reply_redirect(r, 303, request_link(q, S("/workspace")));
    struct found *found = NEW_ARRAY(q->a, struct found, (size_t)at.w.m->n);
    size_t n, total;
    const struct entity *list = list_named(&at, said);
    if (list) return reply_redirect(r, 303, request_link(q, desk_path(q->a, list, 0, NULL)));
    TRY(find_everywhere(&at, said, found, &n, &total));
    if (total == 1) return reply_redirect(r, 303, request_link(q, desk_path(q->a, found[0].e, found[0].records.p[0]->id, NULL)));
    for (size_t i = 0; i < n; i++) TRY(put_found(&at, &found[i]));
    if (!total)
        html_leaf_class(
            &at.h, "p", "empty",
            at_tr(&at, N_("Nothing of that name. Type a number such as DN-000001-3, a tax code, a name, or the name of a list.")));
    return at_reply_as(&at, DESK_HOME, at_say(&at, MSG(N_("Found for “{1}”"), said)), (Str){ 0 });
}

/* ---- shortcuts -------------------------------------------------------------------------------------- */

static const struct { const char *keys, *what; } shortcuts[] = {
    { "/",   N_("Jump to a record or list") },
    { "?",   N_("Show these shortcuts") },
    { "g h", N_("Overview") },
    { "g t", N_("My tasks") },
    { "g n", N_("Notices") },
    { "e",   N_("Edit the record") },
    { "h",   N_("History of the record") },
    { "n",   N_("New record in this list") },
    { "Ctrl S", N_("Save the form") },
    { "Shift", N_("With a click: tick all rows between two boxes") },
};

enum err workspace_shortcuts(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    html_open(&at.h, "dl");
    html_class(&at.h, "facts card");
    html_attr(&at.h, "id", S("shortcuts"));
    for (size_t i = 0; i < COUNT(shortcuts); i++) {
        html_open(&at.h, "div");
        html_open(&at.h, "dt");
        html_leaf(&at.h, "kbd", str_of(shortcuts[i].keys));
        html_close(&at.h, "dt");
        html_leaf(&at.h, "dd", at_tr(&at, shortcuts[i].what));
        html_close(&at.h, "div");
    }
    html_close(&at.h, "dl");
    return at_reply_as(&at, DESK_HOME, at_tr(&at, N_("Keyboard shortcuts")), (Str){ 0 });
}
