#include "programme/network/confidence.h"

#include "model/rights.h"
#include "programme/filing.h"

#include <stdlib.h>

/* ---- the table ---------------------------------------------------------------------------------- */

static const struct choice directions[] = { { "buys", N_("We buy from it") }, { "sells", N_("We supply it") }, { NULL } };

static const struct field fields[] = {
    [CONFIDENTIAL_GIVER] = { "giver", N_("Given by"), &reference_type, OWNER | INDEXED, .to = &enterprise, .writers = SYSTEM },
    [CONFIDENTIAL_DIRECTION] = { "direction", N_("Direction"), &choice_type, REQUIRED | OWNER | LISTED, .choices = directions },
    [CONFIDENTIAL_PARTNER] = { "partner", N_("Partner in the register"), &reference_type, OWNER | LISTED, .to = &enterprise,
        .help = N_("Its number, as DN-000421-6, its tax code or its name.") },
    [CONFIDENTIAL_PARTNER_COMPANY] = { "partner_company", N_("Partner outside the register"), &reference_type, OWNER | LISTED, .to = &outside_company,
        .help = N_("From the list of companies outside the register; ask the office to enter it if it is not there.") },
    [CONFIDENTIAL_PRODUCT] = { "product", N_("What is supplied"), &text_type, REQUIRED | OWNER | LISTED, .max = 300 },
    [CONFIDENTIAL_VALUE] = { "value", N_("Value a year"), &money_type, REQUIRED | OWNER | LISTED, .least = 1, .most = 9e15 },
    [CONFIDENTIAL_NOTE] = { "note", N_("Note"), &long_text_type, OWNER, .max = 2000 },
};
_Static_assert(COUNT(fields) == CONFIDENTIAL_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { ENTERPRISE | BUYER, MAY_READ | MAY_CREATE | MAY_CHANGE | MAY_DELETE, OWN_FIELDS, ROWS_OWN, CONFIDENTIAL_GIVER },
    { 0 },
};

static Message check(const struct work *w, const struct record *r, int *field)
{
    bool in = v_is(r->v[CONFIDENTIAL_PARTNER]), out = v_is(r->v[CONFIDENTIAL_PARTNER_COMPANY]);
    *field = CONFIDENTIAL_PARTNER;
    if (in == out) return MSG(N_("Name the partner: either in the register or outside it."));
    if (in && val_eq(r->v[CONFIDENTIAL_PARTNER], r->v[CONFIDENTIAL_GIVER]))
        return MSG(N_("An enterprise does not supply itself; what it makes for its own use is no link."));
    return NO_MESSAGE;
}

static enum err follow(struct work *w, const struct record *was, const struct record *now) { return blends_renew(w); }

const struct entity confidential_link = {
    .name = "confidential_link", .path = "confidential-links", .one = N_("Confidential link"), .many = N_("Confidential links"), .shelf = N_("Supply network"), FIELDS(fields),
    .title = CONFIDENTIAL_PRODUCT, .id_prefix = "LM", .rights = rights, .confidential = true, .check = check, .follow = follow,
    .about = N_("Links of supply that an enterprise gives in confidence: they count in sums of at least three, and nobody else sees them."),
};

/* ---- what is given, and what is blended ------------------------------------------------------------ */

/* Who supplies whom for how much: what a giver states. */
struct statement { struct blend_side supplier, buyer; int64_t value; };
struct given { int64_t link; struct statement is; bool waits; };            /* waits: neither in a blend nor spent in one of before */
struct part { int64_t blend, link; struct statement is; bool ended; };
struct givens { struct given *p; size_t n, cap; };
struct parts { struct part *p; size_t n, cap; };

static bool same_side(struct blend_side a, struct blend_side b) { return a.outside == b.outside && a.id == b.id; }

static bool same_statement(const struct statement *a, const struct statement *b)
{
    return same_side(a->supplier, b->supplier) && same_side(a->buyer, b->buyer) && a->value == b->value;
}

static enum err read_given(struct work *w, struct givens *out)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT id, giver, direction, partner, partner_company, value FROM confidential_link ORDER BY id"), NO_ARGS);
    while (rows_next(&r)) {
        bool outside = !row_int(&r, 3), buys = str_is(row_text(&r, 2), "buys");
        struct blend_side giver = { false, row_int(&r, 1) }, partner = { outside, row_int(&r, outside ? 4 : 3) };
        *GROW(w->a, *out) = (struct given){ row_int(&r, 0), { buys ? partner : giver, buys ? giver : partner, row_int(&r, 5) }, true };
    }
    return rows_end(&r);
}

static enum err read_parts(struct work *w, struct parts *out)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT blend, link, supplier_outside, supplier, buyer_outside, buyer, value, ended FROM blend_part"
                                              " ORDER BY blend, link"), NO_ARGS);
    while (rows_next(&r))
        *GROW(w->a, *out) = (struct part){
            row_int(&r, 0), row_int(&r, 1),
            { { row_int(&r, 2) != 0, row_int(&r, 3) }, { row_int(&r, 4) != 0, row_int(&r, 5) }, row_int(&r, 6) }, row_int(&r, 7) != 0 };
    return rows_end(&r);
}

static size_t blend_end(const struct parts *parts, size_t i)
{
    size_t k = i;
    while (k < parts->n && parts->p[k].blend == parts->p[i].blend) k++;
    return k;
}

/* ---- ending ---------------------------------------------------------------------------------------- */

static int by_link(const void *key, const void *given)
{
    int64_t link = *(const int64_t *)key, other = ((const struct given *)given)->link;
    return link < other ? -1 : link > other;
}

/* NULL: withdrawn. */
static struct given *given_of(const struct givens *all, int64_t link)
{
    return all->n ? bsearch(&link, all->p, all->n, sizeof *all->p, by_link) : NULL;
}

static bool has_ended(const struct parts *parts, size_t from, size_t to, const struct givens *all)
{
    size_t changed = 0;
    for (size_t i = from; i < to; i++) {
        const struct given *now = given_of(all, parts->p[i].link);
        if (!now) return true;
        changed += !same_statement(&now->is, &parts->p[i].is);
    }
    return changed == to - from;
}

static enum err end_blends(struct work *w, struct parts *parts, const struct givens *all)
{
    for (size_t i = 0, to; i < parts->n; i = to) {
        to = blend_end(parts, i);
        if (parts->p[i].ended || !has_ended(parts, i, to, all)) continue;
        TRY(db_exec(w->db, w->a, SQL("UPDATE blend_part SET ended = 1 WHERE blend = $1"), ARGS(v_int(parts->p[i].blend))));
        for (size_t k = i; k < to; k++) parts->p[k].ended = true;
    }
    return OK;
}

/* ---- making ---------------------------------------------------------------------------------------- */

static void mark_waiting(struct givens *all, const struct parts *parts)
{
    for (size_t i = 0; i < parts->n; i++) {
        const struct part *p = &parts->p[i];
        struct given *g = given_of(all, p->link);
        if (g && (!p->ended || same_statement(&p->is, &g->is))) g->waits = false;
    }
}

static bool takes_part(struct blend_side c, const struct statement *s) { return same_side(c, s->supplier) || same_side(c, s->buyer); }

static bool fits(const struct statement *s, struct given *const *with, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (takes_part(s->supplier, &with[i]->is) || takes_part(s->buyer, &with[i]->is)) return false;
    return true;
}

static enum err put_part(struct work *w, int64_t blend, const struct given *g)
{
    const struct statement *s = &g->is;
    return db_exec(w->db, w->a, SQL("INSERT INTO blend_part (blend, link, supplier_outside, supplier, buyer_outside, buyer, value, ended)"
                                    " VALUES ($1, $2, $3, $4, $5, $6, $7, 0)"),
                   ARGS(v_int(blend), v_int(g->link), v_int(s->supplier.outside), v_int(s->supplier.id), v_int(s->buyer.outside),
                        v_int(s->buyer.id), v_int(s->value)));
}

/* The oldest that waits and those after it that fit; chosen by their companies alone, never by their values. */
static enum err make_blend(struct work *w, struct givens *all, size_t from)
{
    struct given *chosen[K_LEAST];
    size_t n = 0;
    int64_t blend;
    for (size_t i = from; i < all->n && n < K_LEAST; i++)
        if (all->p[i].waits && fits(&all->p[i].is, chosen, n)) chosen[n++] = &all->p[i];
    if (n < K_LEAST) return OK;
    TRY(work_take_number(w, S("blend_part"), &blend));
    for (size_t i = 0; i < n; i++) {
        TRY(put_part(w, blend, chosen[i]));
        chosen[i]->waits = false;
    }
    return OK;
}

enum err blends_renew(struct work *w)
{
    struct givens all = { 0 };
    struct parts parts = { 0 };
    MUST(db_in_write(w->db));
    TRY(read_given(w, &all));
    TRY(read_parts(w, &parts));
    TRY(end_blends(w, &parts, &all));
    mark_waiting(&all, &parts);
    for (size_t i = 0; i < all.n; i++)
        if (all.p[i].waits) TRY(make_blend(w, &all, i));
    return OK;
}

/* ---- reading ---------------------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const struct blend_side *x = a, *y = b;
    if (x->outside != y->outside) return x->outside - y->outside;
    return x->id < y->id ? -1 : x->id > y->id;
}

static struct blend blend_of(struct arena *a, const struct part *parts, size_t n)
{
    struct blend_side *suppliers = NEW_ARRAY(a, struct blend_side, n), *buyers = NEW_ARRAY(a, struct blend_side, n);
    int64_t value = 0;
    for (size_t i = 0; i < n; i++) {
        suppliers[i] = parts[i].is.supplier;
        buyers[i] = parts[i].is.buyer;
        value += parts[i].is.value;
    }
    qsort(suppliers, n, sizeof *suppliers, by_number);
    qsort(buyers, n, sizeof *buyers, by_number);
    return (struct blend){ (double)value, n, n, suppliers, buyers };
}

enum err blends_read(struct work *w, struct blend **out, size_t *n)
{
    struct parts parts = { 0 };
    struct { struct blend *p; size_t n, cap; } blends = { 0 };
    TRY(read_parts(w, &parts));
    for (size_t i = 0, to; i < parts.n; i = to) {
        to = blend_end(&parts, i);
        if (!parts.p[i].ended) *GROW(w->a, blends) = blend_of(w->a, parts.p + i, to - i);
    }
    *out = blends.p;
    *n = blends.n;
    return OK;
}

/* ---- cells of published tables ------------------------------------------------------------------------ */

static int larger_first(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    if (x->other != y->other) return x->other - y->other;
    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return str_cmp(x->code, y->code);
}

size_t cells_publish(struct cell *cells, size_t n)
{
    struct cell other = { .code = S(""), .other = true };
    size_t shown = n, few = 0;
    for (size_t i = 0; i < n; i++) few += cells[i].contributors < K_LEAST;
    for (size_t i = 0; i < n; i++) cells[i].other = cells[i].contributors < K_LEAST;
    if (n) qsort(cells, n, sizeof *cells, larger_first);    /* what goes together stands last        */
    shown -= few;
    for (size_t i = shown; i < n; i++) other.value += cells[i].value, other.contributors += cells[i].contributors;
    for (; other.contributors && other.contributors < K_LEAST && shown; shown--)
        other.value += cells[shown - 1].value, other.contributors += cells[shown - 1].contributors;
    if (other.contributors < K_LEAST) return shown;
    cells[shown] = other;
    return shown + 1;
}
