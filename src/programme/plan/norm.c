/*
 * norm.c - the most that the budget may pay of a cost: a percentage, a cap for each unit, or the lower of both.  Norms are data with their
 * citation; a new regulation is a new version of the norm or another one, and the one that held on the day counts.
 */
#include "programme/plan/inside.h"

#include <math.h>

static const struct choice cap_units[] = {
    { "participant", N_("participating unit") }, { "enterprise", N_("enterprise") }, { "person", N_("person") }, { "project", N_("project") }, { "event", N_("event") }, { NULL },
};

static const struct field fields[] = {
    [NORM_CODE] = { "code", N_("Code of the norm"), &text_type, REQUIRED | UNIQUE | PUBLIC | LISTED, .max = 80, .help = N_("A name, a slash and the version: “tt29-fair-home/2018”.") },
    [NORM_TITLE_VI] = { "title_vi", N_("Norm"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED | PAIR, .max = 300, .weight = 8, .both = N_("Norm") },
    [NORM_TITLE_EN] = { "title_en", N_("Norm, in English"), &text_type, PUBLIC | SEARCHED, .max = 300, .weight = 8 },
    [NORM_KIND] = { "kind", N_("Kind of expense"), &code_type, PUBLIC | LISTED, .list = "expense_kind", .help = N_("Empty: every kind.") },
    [NORM_ACTIVITY_KIND] = { "activity_kind", N_("Kind of activity"), &code_type, PUBLIC | LISTED, .list = "activity_kind", .help = N_("Empty: every kind.") },
    [NORM_PERCENT] = { "percent_of_cost", N_("Percentage of the cost"), &number_type, PUBLIC | LISTED, .least = 0, .most = 100, .unit = "%" },
    [NORM_CAP] = { "cap", N_("Cap for each unit"), &money_type, PUBLIC | LISTED, .least = 0, .most = (double)MONEY_MOST, .help = N_("In đồng. With a percentage, the lower of both counts.") },
    [NORM_CAP_UNIT] = { "cap_unit", N_("Unit of the cap"), &choice_type, PUBLIC | LISTED, .choices = cap_units },
    [NORM_FROM] = { "from_day", N_("In force from"), &date_type, REQUIRED | PUBLIC | LISTED },
    [NORM_TO] = { "to_day", N_("In force until"), &date_type, PUBLIC | LISTED, .help = N_("Empty: still in force.") },
    [NORM_CITATION] = { "citation", N_("Citation"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 500 },
    [NORM_URL] = { "url", N_("Where it can be read"), &url_type, PUBLIC, .max = 500 },
    [NORM_NOTE] = { "note", N_("Note"), &text_type, PUBLIC, .max = 1000 },
    [NORM_NEXT] = { "next", N_("Replaced by"), &reference_type, PUBLIC, .to = &norm },
};
_Static_assert(COUNT(fields) == NORM_FIELD_COUNT, "every field has a row");

/* The days of a version; empty: from ever, for ever. */
static bool holds_on(const struct record *n, Str day)
{
    Val to = n->v[NORM_TO];
    return str_cmp(v_str(n->v[NORM_FROM]), day) <= 0 && (!v_is(to) || str_cmp(day, v_str(to)) <= 0);
}

static bool overlap(const struct record *a, const struct record *b)
{
    return holds_on(a, v_str(b->v[NORM_FROM])) || holds_on(b, v_str(a->v[NORM_FROM]));
}

/* "tt29-fair-home" of "tt29-fair-home/2018" */
static Str name_of(const struct record *n)
{
    Str code = v_str(n->v[NORM_CODE]), name;
    str_next(&code, '/', &name);
    return name;
}

/* What a norm is called, until when it holds and by which it was replaced may be told later; by what costs were planned with stands. */
static const int free_fields[] = { NORM_TITLE_VI, NORM_TITLE_EN, NORM_KIND, NORM_ACTIVITY_KIND, NORM_TO, NORM_CITATION, NORM_URL, NORM_NOTE, NORM_NEXT, -1 };

static int held_by_costs(struct work *w, const struct record *r)
{
    struct record *was;
    int64_t used = 0;
    if (!r->id || record_load(w, &norm, r->id, &was)) return -1;
    int held = field_held(was, r, free_fields);
    if (held < 0 || db_one_int(w->db, w->a, SQL("SELECT count(*) FROM cost_line WHERE norm = $1"), ARGS(v_int(r->id)), &used)) return -1;
    return used ? held : -1;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    struct work reading = *w;
    struct records all;
    int held = held_by_costs(&reading, r);
    if (held >= 0) return *field = held, MSG(N_("Costs were planned by this norm, so this stands. End it, and enter what replaces it as a norm of its own."));
    *field = NORM_TO;
    if (v_is(r->v[NORM_TO]) && str_cmp(v_str(r->v[NORM_TO]), v_str(r->v[NORM_FROM])) < 0) return MSG(N_("It cannot end before it begins."));
    *field = NORM_CAP_UNIT;
    if (v_is(r->v[NORM_CAP]) && !v_is(r->v[NORM_CAP_UNIT])) return MSG(N_("Say for which unit the cap is."));
    *field = NORM_NEXT;
    if (r->id && v_i64(r->v[NORM_NEXT]) == r->id) return MSG(N_("A norm is not replaced by itself."));
    *field = NORM_FROM;
    if (norms_load(&reading, &all)) return NO_MESSAGE;
    for (size_t i = 0; i < all.n; i++)
        if (all.p[i]->id != r->id && str_eq(name_of(all.p[i]), name_of(r)) && overlap(all.p[i], r))
            return MSG(N_("{1} is in force on some of the same days. End it before this one begins."), v_str(all.p[i]->v[NORM_CODE]));
    return NO_MESSAGE;
}

const struct entity norm = {
    .name = "norm", .path = "norms", .one = N_("Norm"), .many = N_("Norms"), .shelf = N_("The year's plan"), FIELDS(fields), .title = NORM_TITLE_VI, .id_prefix = "DM",
    .rights = rights_of_register, .check = check,
    .about = N_("How much the budget may pay of a cost, with the regulation that says so and the days it is in force."),
};

/* ---- a line of cost against its norm ---------------------------------------------------------------- */

enum err norms_load(struct work *w, struct records *out) { return records_load(w, &norm, 0, INT32_MAX, false, out); }

enum err norms_init(struct work *w)
{
    w->source = (struct source){ .file = S("data/norms.csv") };
    enum err err = embedded_add(w, w->source.file, &norm, NORM_CODE);
    w->source = (struct source){ 0 };
    return err;
}

/* What it replaced; NULL: nothing. */
static const struct record *replaced_by(const struct records *norms, int64_t id)
{
    for (size_t i = 0; i < norms->n; i++)
        if (v_i64(norms->p[i]->v[NORM_NEXT]) == id) return norms->p[i];
    return NULL;
}

/* The one of its line of succession that holds on the day; or other versions of its name.  NULL: none. */
static const struct record *norm_on(const struct records *norms, const struct record *n, Str day)
{
    const struct record *named_by_line = n;
    for (size_t steps = 0; n && steps <= norms->n; steps++) {           /* a circle of replacements ends too */
        if (holds_on(n, day)) return n;
        bool early = str_cmp(day, v_str(n->v[NORM_FROM])) < 0;
        n = early ? replaced_by(norms, n->id) : child_with_id(norms, v_i64(n->v[NORM_NEXT]));
    }
    for (size_t i = 0; i < norms->n; i++)
        if (str_eq(name_of(norms->p[i]), name_of(named_by_line)) && holds_on(norms->p[i], day)) return norms->p[i];
    return NULL;
}

__extension__ typedef __int128 Wide;

static int64_t part_of(int64_t total, double percent)
{
    enum { FINE = 10000 };                                  /* of a per cent: percentages have at most four decimals */
    return (int64_t)((Wide)total * llround(percent * FINE) / (100 * FINE));
}

static void bound_by(struct norm_answer *a, int64_t limit, enum norm_bound by)
{
    if (limit >= a->allowed) return;
    a->allowed = limit;
    a->bound = by;
}

void norm_answer_in(const struct work *w, const struct records *norms, const struct record *cost, struct date day, struct norm_answer *out)
{
    const struct record *n = child_with_id(norms, v_i64(cost->v[COST_NORM]));
    int64_t total;
    *out = (struct norm_answer){ .found = n, .norm = n, .units = v_i64(cost->v[COST_NORM_UNITS]), .allowed = INT64_MAX };
    if (!n) return;
    n = norm_on(norms, n, date_iso(w->a, day));
    if (!n) return;
    out->in_force = true;
    out->norm = n;
    cost_total(cost, &total);
    if (v_is(n->v[NORM_PERCENT])) bound_by(out, part_of(total, v_f64(n->v[NORM_PERCENT])), NORM_BY_PERCENT);
    Wide cap = (Wide)v_i64(n->v[NORM_CAP]) * out->units;
    if (v_is(n->v[NORM_CAP])) bound_by(out, cap < INT64_MAX ? (int64_t)cap : INT64_MAX, NORM_BY_CAP);
    out->over = cost_of_budget(w, cost) > out->allowed ? cost_of_budget(w, cost) - out->allowed : 0;
}

enum err norm_answer_of(struct work *w, const struct record *cost, struct date day, struct norm_answer *out)
{
    struct records norms;
    TRY(norms_load(w, &norms));
    norm_answer_in(w, &norms, cost, day, out);
    return OK;
}

/* "70% of the cost", "12,000,000 đồng × 40 (participating unit)" */
static Str rule_of(struct work *w, const struct norm_answer *a)
{
    Message m = a->bound == NORM_BY_PERCENT ? MSG(N_("{1} of the cost"), record_text(w, a->norm, NORM_PERCENT))
                                            : MSG(N_("{1} đồng × {2} ({3})"), record_text(w, a->norm, NORM_CAP), amount_str(w, a->units), record_text(w, a->norm, NORM_CAP_UNIT));
    return message_str(w->a, w->lang, m);
}

Message norm_sentence(struct work *w, const struct norm_answer *a)
{
    if (!a->found) return NO_MESSAGE;
    Str citation = v_str(a->norm->v[NORM_CITATION]);
    if (!a->in_force) return MSG(N_("The norm is not in force on that day ({1}). Choose the one that is."), citation);
    if (!a->over) return NO_MESSAGE;
    Str limit = message_str(w->a, w->lang, MSG(N_("{1} đồng ({2})"), amount_str(w, a->allowed), rule_of(w, a)));
    return MSG(N_("The budget may pay at most {1}, which is {2} đồng less than the line says. {3}."), limit, amount_str(w, a->over), citation);
}
