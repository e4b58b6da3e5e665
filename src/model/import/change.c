/* change.c - which cells of records an import changes, old and new, for whoever looks before it is done; and what a column may hold. */
#include "model/import/importing.h"

/* Shown whole up to this: a preview is no place for a page of text. */
enum { SHOWN_BYTES = 200 };

static Str shown(struct arena *a, Str s)
{
    size_t n = SHOWN_BYTES;
    if (s.n <= n) return str_dup(a, s);
    while (n && (s.p[n] & 0xC0) == 0x80) n--;
    return str_f(a, "%.*s…", (int)n, s.p);
}

static void note(struct importing *in, const struct record *r, Str field, Str was, Str now)
{
    struct arena *a = in->keep;
    if (in->report->changes.n == IMPORT_CHANGES) return;
    *GROW(a, in->report->changes) = (struct import_change){
        .row = in->w->source.row, .record = public_id(a, r->e, r->id), .title = str_dup(a, record_title(in->w, r)),
        .field = str_dup(a, field), .was = shown(a, was), .now = shown(a, now),
    };
}

/* child NULL: the record's own fields. */
static void note_fields(struct importing *in, const struct record *r, Str of, const struct record *was, const struct record *now)
{
    struct work *w = in->w;
    for EACH_FIELD(f, i, now->e) {
        if (!has_column(f) || (was ? val_eq(was->v[i], now->v[i]) : !v_is(now->v[i]))) continue;
        Str label = tr(w->lang, f->label);
        note(in, r, of.n ? str_f(w->a, "%.*s: %.*s", FMT(of), FMT(label)) : label, was ? record_text(w, was, i) : (Str){ 0 },
             record_text(w, now, i));
    }
}

void changes_note(struct importing *in, const struct record *was, const struct record *now)
{
    note_fields(in, now, (Str){ 0 }, was, now);
    for EACH_FIELD(f, i, now->e)
        for (size_t k = 0; f->type == &children_type && k < now->children[i].n; k++) {
            const struct record *child = now->children[i].p[k];
            Str of = str_f(in->w->a, "%.*s %.*s", FMT(tr(in->w->lang, f->label)), FMT(record_title(in->w, child)));
            note_fields(in, now, of, child_with_id(&was->children[i], child->id), child);
        }
}

/* ---- what a column may hold ------------------------------------------------------------------- */

static void add(struct work *w, struct import_targets *out, const struct field *list, const struct field *f)
{
    if (!may_be_target(w->actor.roles, f)) return;
    *GROW(w->a, *out) = (struct import_target){ list ? str_f(w->a, "%s.%s", list->name, f->name) : str_of(f->name), list, f };
}

void import_targets(struct work *w, const struct entity *e, struct import_targets *out)
{
    *out = (struct import_targets){ 0 };
    for EACH_FIELD(f, i, e) {
        if (f->type != &children_type) add(w, out, NULL, f);
        else for EACH_FIELD(g, k, f->to) add(w, out, f, g);
    }
}
