#include "model/explain.h"

#include "format/table.h"

/* ---- rights --------------------------------------------------------------------------------- */

enum standing right_standing(const struct work *w, const struct right *right, const struct record *r)
{
    if (w->actor.roles & SYSTEM) return RIGHT_HOLDS;
    if (!(right->who & w->actor.roles)) return RIGHT_OF_OTHERS;
    if (!right_applies(w, right)) return RIGHT_UNMARKED;
    if (!r) return right->rows == ROWS_ALL ? RIGHT_HOLDS : RIGHT_DEPENDS;
    return right_holds(w, right, r) ? RIGHT_HOLDS : RIGHT_OF_OTHER_ROWS;
}

Message standing_said(const struct right *right, enum standing standing)
{
    static const char *const unmarked[] = {
        [ROWS_OWN] = N_("No: the account works for no organisation. Ask the administrator to enter it."),
        [ROWS_WARD] = N_("No: the account has no ward or commune. Ask the administrator to enter it."),
        [ROWS_MEMBERS] = N_("No: the account has no association. Ask the administrator to enter it."),
        [ROWS_MINE] = N_("No: nobody is signed in."),
        [ROWS_SEATS] = N_("No: nobody is signed in."),
    };
    static const char *const other_rows[] = {
        [ROWS_PUBLISHED] = N_("No: the record is not published."),
        [ROWS_OWN] = N_("No: the record belongs to another organisation, or to none."),
        [ROWS_WARD] = N_("No: the record lies in another ward or commune, or in none."),
        [ROWS_MEMBERS] = N_("No: the record is of no member of the account’s association."),
        [ROWS_MINE] = N_("No: the record is another account’s."),
        [ROWS_SEATS] = N_("No: the record is not published, or of what the account is no member of."),
    };
    switch (standing) {
    case RIGHT_HOLDS:         return MSG(N_("Yes."));
    case RIGHT_DEPENDS:       return MSG(N_("Yes, for such records."));
    case RIGHT_OF_OTHERS:     return MSG(N_("No: the account has none of these roles."));
    case RIGHT_UNMARKED:      return MSG(unmarked[right->rows]);
    case RIGHT_OF_OTHER_ROWS: return MSG(other_rows[right->rows]);
    }
    return NO_MESSAGE;
}

/* ---- fields --------------------------------------------------------------------------------- */

Roles who_may(const struct entity *e, unsigned verbs, const struct field *f)
{
    Roles who = 0;
    for (const struct right *right = (e->parent ? e->parent : e)->rights; right->who; right++)
        if (right->may & verbs && (!f || field_seen(f, right->fields))) who |= right->who;
    return f && f->writers && !(verbs & MAY_READ) ? who & f->writers : who;
}

/* A sentence that ends in whom to ask; other: where there is nobody. */
static Message only_for(const struct work *w, Roles who, const char *sentence, const char *other)
{
    return who ? MSG(sentence, role_names(w->a, w->lang, who)) : MSG(other);
}

#define BY_PROGRAM N_("Kept by the program for itself.")

Message why_not_seen(const struct work *w, const struct entity *e, const struct field *f, struct reach reach)
{
    if (field_seen(f, reach.reads)) return NO_MESSAGE;
    Roles who = who_may(e, MAY_READ, f);
    if (f->is & PERSONAL) return only_for(w, who, N_("Personal data; for: {1}."), BY_PROGRAM);
    return only_for(w, who, N_("Only for: {1}."), BY_PROGRAM);
}

Message why_not_written(const struct work *w, const struct entity *e, const struct field *f, struct reach reach, bool fresh)
{
    unsigned verbs = fresh ? MAY_CREATE : MAY_CHANGE | MAY_PROPOSE;
    if (reach.may & verbs && field_written(w, f, reach, fresh)) return NO_MESSAGE;
    if (f->is & DERIVED) return MSG(N_("Worked out, not entered."));
    if (is_stepped(f)) return MSG(N_("Changed by the steps of its workflow."));
    if (f->is & FIXED && !fresh) return MSG(N_("Set when the record was made, then never changed."));
    return only_for(w, who_may(e, verbs, f), N_("Only for: {1}."), BY_PROGRAM);
}

/* ---- the table ------------------------------------------------------------------------------ */

Str verb_names(struct arena *a, enum lang l, unsigned verbs)
{
    struct buf b = buf_make(a);
    for (const struct word *v = verb_words; v->bit; v++)
        if (verbs & v->bit) put_f(&b, "%s%.*s", b.n ? ", " : "", FMT(tr(l, v->label)));
    return buf_str(&b);
}

static const char *const columns[] = { N_("Who"), N_("May"), N_("Which fields"), N_("Of which records"), N_("Whether it holds") };

static void put_right(struct html *h, struct work *w, const struct right *right, bool standing, const struct record *r)
{
    const Str cells[] = {
        role_names(w->a, w->lang, right->who), verb_names(w->a, w->lang, right->may), tr(w->lang, depth_labels[right->fields]),
        tr(w->lang, rows_labels[right->rows]),
        standing ? message_str(w->a, w->lang, standing_said(right, right_standing(w, right, r))) : (Str){ 0 },
    };
    html_open(h, "tr");
    for (size_t i = 0; i < COUNT(cells) - !standing; i++) {
        table_cell(h, tr(w->lang, columns[i]), cells[i]);
    }
    html_close(h, "tr");
}

Html rights_html(struct work *w, const struct entity *e, bool standing, const struct record *r)
{
    struct html h = html_make(w->a);
    const struct entity *of = e->parent ? e->parent : e;
    table_open(&h, message_str(w->a, w->lang, MSG(N_("Rights to {1}"), tr(w->lang, e->many))));
    table_head(&h, w->lang, columns, COUNT(columns) - !standing);
    html_open(&h, "tbody");
    for (const struct right *right = of->rights; right->who; right++) put_right(&h, w, right, standing, r);
    html_close(&h, "tbody");
    table_close(&h);
    return html_done(&h);
}
