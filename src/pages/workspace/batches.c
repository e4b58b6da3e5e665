/* batches.c - what was done to many records at once lately, by whomever, each with the button that takes it back (O06). */
#include "pages/workspace/workspace.h"

#include "model/change.h"

#include "model/change.h"

enum { LOOKED_AT = 50 };

static const struct { const char *kind, *label; } kinds[] = {
    { "import", N_("Import") },        { "review", N_("A row decided") },       { "bulk", N_("Edit of many") },
    { "merge", N_("Merge") },          { "api", N_("Changes by a program") },   { "undo", N_("Taking back") },
    { "demo", N_("Demonstration data") },
};

static const char *const heads[] = { N_("What"), N_("When"), N_("By"), N_("Changes"), N_("Take back") };

enum err batch_to_undo(struct at *at, int64_t batch, const struct entity **first)
{
    struct changed_entities changed;
    TRY(batch_entities(&at->w, batch, &changed));
    for (size_t i = 0; i < changed.n; i++)
        if (!may(&at->w, changed.p[i], MAY_BULK)) return ERR_MISSING;
    *first = changed.n ? changed.p[0] : NULL;
    return changed.n ? OK : ERR_MISSING;
}

static Str what_it_was(struct at *at, const struct batch *b)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_is(b->kind, kinds[i].kind)) return str_f(at->q->a, "%.*s%s%.*s", FMT(at_tr(at, kinds[i].label)), b->file.n ? " · " : "", FMT(b->file));
    return b->kind;
}

static void put_button(struct at *at, const struct batch *b)
{
    struct html *h = &at->h;
    table_cell_open(h, at_tr(at, heads[4]));
    if (b->undone_by) {
        html_leaf_class(h, "span", "badge badge-quiet", at_tr(at, N_("Taken back")));
    } else {
        desk_form_open(h, at->q, at->r, request_link(at->q, S("/workspace/undo")), "inline-form", false);
        desk_hidden(h, "batch", str_f(at->q->a, "%lld", (long long)b->id));
        desk_submit(h, at->q, "link-button", at_tr(at, N_("Take it back")));
        html_close(h, "form");
    }
    html_close(h, "td");
}

static void put_batch(struct at *at, const struct batch *b, const struct entity *e)
{
    struct html *h = &at->h;
    html_open(h, "tr");
    table_cell_open(h, at_tr(at, heads[0]));
    html_link(h, str_f(at->q->a, "%.*s?in_batch=%lld", FMT(request_link(at->q, desk_path(at->q->a, e, 0, NULL))), (long long)b->id), NULL,
              what_it_was(at, b));
    html_close(h, "td");
    table_cell(h, at_tr(at, heads[1]), at_time(at, b->at));
    table_cell(h, at_tr(at, heads[2]), b->actor);
    table_cell(h, at_tr(at, heads[3]), page_number(&at->w, b->changes));
    put_button(at, b);
    html_close(h, "tr");
}

enum err batches_page(struct at *at)
{
    struct batch *list;
    size_t n, shown = 0;
    TRY(batches_list(&at->w, LOOKED_AT, &list, &n));
    for (size_t i = 0; i < n; i++) {
        const struct entity *e;
        enum err err = batch_to_undo(at, list[i].id, &e);
        if (err == ERR_MISSING) continue;
        TRY(err);
        if (!shown++) {
            table_open(&at->h, at_tr(at, heads[4]));
            table_head(&at->h, at->q->lang, heads, COUNT(heads));
            html_open(&at->h, "tbody");
        }
        put_batch(at, &list[i], e);
    }
    if (shown) {
        html_close(&at->h, "tbody");
        table_close(&at->h);
    } else {
        html_leaf_class(&at->h, "p", "empty", at_tr(at, N_("Nothing has been done to many records at once yet. An import or an edit of many will stand here.")));
    }
    return at_reply_as(at, DESK_UNDO, at_tr(at, N_("Take back")),
                       at_tr(at, N_("A single change is taken back from the history of its record, a deletion from the list it was in.")));
}
