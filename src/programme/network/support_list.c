#include "programme/network/support_list.h"

#include "base/number.h"

#include <math.h>

#define TERM .least = 0, .most = 100

static const struct field entry_fields[] = {
    [ENTRY_ENTERPRISE] = { "enterprise", N_("Enterprise"), &reference_type, REQUIRED | KEY | PUBLIC | LISTED, .to = &enterprise },
    [ENTRY_RANK] = { "rank", N_("Rank"), &integer_type, PUBLIC | LISTED, .least = 1, .most = 1e7 },
    [ENTRY_SCORE] = { "score", N_("Score"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_IMPORTANCE] = { "importance", N_("Systemic importance"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_SOLE_SUPPLY] = { "sole_supply", N_("Only source of others"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_PROFILE_GAP] = { "profile_gap", N_("Gaps of the profile"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_CERTIFICATE_GAP] = { "certificate_gap", N_("Certificates missing"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_STALE] = { "stale", N_("Not confirmed for long"), &number_type, PUBLIC | LISTED, TERM },
    [ENTRY_REASON] = { "reason", N_("Why"), &long_text_type, PUBLIC | LISTED, .max = 2000 },
};
_Static_assert(COUNT(entry_fields) == SUPPORT_ENTRY_FIELD_COUNT, "every field has a row");
const struct entity support_entry = {
    .name = "support_entry",
    .parent = &support_list,
    .one = N_("Enterprise of the list"),
    .many = N_("Enterprises of the list"),
    FIELDS(entry_fields),
};

static const struct field fields[] = {
    [SUPPORT_NAME] = { "name", N_("Name of the list"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 200 },
    [SUPPORT_MADE_ON] = { "made_on", N_("Made on"), &date_type, REQUIRED | PUBLIC | LISTED | HAPPENED },
    [SUPPORT_WEIGHTS] = { "weights", N_("Weights"), &text_type, PUBLIC, .max = 300, .help = N_("How much each term counted in the score.") },
    [SUPPORT_BASIS] = { "basis", N_("Worked out from"), &text_type, PUBLIC, .max = 300, .help = N_("Tolerance, state of the data and share of values that nobody stated.") },
    [SUPPORT_NOTE] = { "note", N_("Note"), &long_text_type, PUBLIC, .max = 4000 },
    [SUPPORT_ENTRIES] = { "entries", N_("Enterprises"), &children_type, PUBLIC, .to = &support_entry },
};
_Static_assert(COUNT(fields) == SUPPORT_LIST_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { OFFICER | ADMIN,           MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { FINANCE | AGENCY | LEADER, MAY_READ, PUBLIC_FIELDS, ROWS_ALL },
    { 0 },
};

const struct entity support_list = {
    .name = "support_list", .path = "support-lists", .one = N_("List for support"), .many = N_("Lists for support"), .shelf = N_("Supply network"), FIELDS(fields),
    .title = SUPPORT_NAME, .id_prefix = "DU", .rights = rights,
    .about = N_("Enterprises that the programme should strengthen first, as the supply network showed them on a day."),
};

/* ---- of a ranking ------------------------------------------------------------------------------- */

static Str weights_text(struct work *w, const double *weight)
{
    struct buf b = buf_make(w->a);
    for (int t = 0; t < FIRST_TERMS; t++) {
        if (t) put_z(&b, "; ");
        put(&b, tr(w->lang, first_terms[t].label));
        put_c(&b, ' ');
        put_real(&b, w->lang, weight[t]);
    }
    return buf_str(&b);
}

static Str basis_text(struct work *w, const struct supply_view *v)
{
    struct buf tolerance = buf_make(w->a), share = buf_make(w->a);
    put_real(&tolerance, w->lang, v->tolerance);
    put_real(&share, w->lang, round(v->inferred_share * 1e4) / 100);
    return message_str(w->a, w->lang,
                       MSG(N_("tolerance {1}, version {2} of the data, {3} % of values stated by nobody"), buf_str(&tolerance),
                           str_f(w->a, "%llu", (unsigned long long)v->version), buf_str(&share)));
}

static double tenths(double v) { return round(v * 10) / 10; }

static void add_entry(struct work *w, const struct supply_view *v, struct record *to, const struct first *f, size_t place)
{
    static const int into[FIRST_TERMS] = { [FIRST_IMPORTANCE] = ENTRY_IMPORTANCE,
                                           [FIRST_SOLE] = ENTRY_SOLE_SUPPLY,
                                           [FIRST_PROFILE] = ENTRY_PROFILE_GAP,
                                           [FIRST_CERTIFICATES] = ENTRY_CERTIFICATE_GAP,
                                           [FIRST_STALE] = ENTRY_STALE };
    struct record *e = record_add(w->a, to, SUPPORT_ENTRIES);
    e->v[ENTRY_ENTERPRISE] = v_int(v->nodes[f->node].id);
    e->v[ENTRY_RANK] = v_int((int64_t)place + 1);
    e->v[ENTRY_SCORE] = v_real(tenths(f->score));
    for (int t = 0; t < FIRST_TERMS; t++) e->v[into[t]] = v_real(tenths(f->term[t]));
    e->v[ENTRY_REASON] = v_text(first_reason(w, f));
}

struct record *support_list_of(struct work *w, const struct supply_view *v, const double *weight, const struct first *list,
                               const size_t *place, size_t n)
{
    struct record *r = record_make(w->a, &support_list);
    r->v[SUPPORT_MADE_ON] = v_text(date_iso(w->a, w->today));
    r->v[SUPPORT_WEIGHTS] = v_text(weights_text(w, weight));
    r->v[SUPPORT_BASIS] = v_text(basis_text(w, v));
    for (size_t i = 0; i < n; i++) add_entry(w, v, r, &list[place[i]], place[i]);
    return r;
}
