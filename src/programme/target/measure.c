/*
 * measure.c - what indicators count: a table of measures, each one query over the register or the programme.  A query gives the records one by one, so
 * that number, split and list are made of the same rows.
 */
#include "programme/target/inside.h"

#include "base/map.h"
#include "model/change.h"
#include "model/type.h"
#include "programme/linkage/linkage.h"

#include <stdlib.h>

const struct choice measure_choices[] = {
    [MEASURE_ENTERPRISES] = { "enterprises", N_("Supporting-industry enterprises") },
    [MEASURE_INTERNATIONAL] = { "international", N_("Enterprises at international standard") },
    [MEASURE_INTERNATIONAL_SHARE] = { "international_share", N_("Share of enterprises at international standard") },
    [MEASURE_DIRECT_SUPPLIERS] = { "direct_suppliers", N_("Enterprises that became direct suppliers") },
    [MEASURE_PARTICIPATIONS] = { "participations", N_("Participations") },
    [MEASURE_PARTICIPATING] = { "participating_enterprises", N_("Enterprises that took part") },
    [MEASURE_PEOPLE] = { "people", N_("People who took part") },
    [MEASURE_ACTIVITIES] = { "activities", N_("Activities carried out") },
    [MEASURE_SUBMITTED] = { "money_submitted", N_("Money submitted") },
    [MEASURE_ALLOCATED] = { "money_allocated", N_("Money allocated") },
    [MEASURE_COMMITTED] = { "money_committed", N_("Money committed") },
    [MEASURE_DISBURSED] = { "money_disbursed", N_("Money disbursed") },
    [MEASURE_SETTLED] = { "money_settled", N_("Money settled") },
    [MEASURE_CONTRACTS] = { "contracts", N_("Contracts in force") },
    [MEASURE_TASKS] = { "tasks", N_("Tasks accepted") },
    [MEASURES] = { NULL },
};

const struct choice measure_units[] = {
    { "enterprise", N_("enterprises") }, { "percent", "%" },         { "participation", N_("participations") }, { "person", N_("people") },
    { "activity", N_("activities") },    { "dong", N_("đồng") },     { "contract", N_("contracts") },           { "task", N_("tasks") },
    { NULL },
};

/* ---- the table ---------------------------------------------------------------------------------- */

enum { NARROWINGS = 3 };
static const int narrowing[NARROWINGS] = { INDICATOR_CONTENT, INDICATOR_ACTIVITY_KIND, INDICATOR_SOURCE_OF_FUNDS };

/*
 * Columns and tables as SQL; an id that comes twice is counted once.  day: when it happened; year: the indexed column of the years it is asked of; of
 * what stands, both are NULL.  narrowed and split: NULL where it cannot be.  `|| ''` keeps a database from reading all records ever in a state or of a
 * content by that column's index: those of the years are fewer.
 */
static const struct counting {
    const char          *unit;
    const struct entity *of;
    const char          *id, *counts, *from, *day, *year, *narrowed[NARROWINGS], *split[SPLITS];
    bool                 by_certificates;   /* the part holds the certificates of at_international_standard() */
} counting[MEASURES] = {
#define REGISTER .of = &enterprise, .id = "enterprise.id", .counts = "1", .from = "enterprise WHERE (visibility IS NULL OR visibility <> 'hidden')", \
                 .split = { [SPLIT_WARD] = "ward", [SPLIT_INDUSTRY] = "industries" }
    [MEASURE_ENTERPRISES] = { "enterprise", REGISTER },
    [MEASURE_INTERNATIONAL] = { "enterprise", REGISTER, .by_certificates = true },
    [MEASURE_INTERNATIONAL_SHARE] = { "percent", REGISTER, .by_certificates = true },
    [MEASURE_DIRECT_SUPPLIERS] = { "enterprise", &enterprise, "enterprise.id", "1",
        "introduction JOIN outcome ON outcome.introduction = introduction.id JOIN enterprise ON enterprise.id = introduction.enterprise WHERE " IS_FIRST_ORDER,
        .day = "outcome.on_day", .split = { [SPLIT_WARD] = "enterprise.ward", [SPLIT_INDUSTRY] = "enterprise.industries" } },
#define ATTENDED .from = "participation JOIN activity ON activity.id = participation.activity WHERE participation.state || '' = 'attended'",                  \
                 .day = "activity.starts", .year = "participation.year", .narrowed = { "participation.content || ''", "activity.kind || ''" },                      \
                 .split = { [SPLIT_WARD] = "participation.ward", [SPLIT_CONTENT] = "participation.content", [SPLIT_AGENCY] = "activity.agency" }
    [MEASURE_PARTICIPATIONS] = { "participation", &participation, "participation.id", "1", ATTENDED },
    [MEASURE_PARTICIPATING] = { "enterprise", &enterprise, "participation.enterprise", "1", ATTENDED },
    [MEASURE_PEOPLE] = { "person", &participation, "participation.id", "participation.people", ATTENDED },
    [MEASURE_ACTIVITIES] = { "activity", &activity, "activity.id", "1", "activity WHERE state || '' = 'carried_out'", "starts", "year", { "content || ''", "kind || ''" },
        { [SPLIT_WARD] = "ward", [SPLIT_CONTENT] = "content", [SPLIT_AGENCY] = "agency" } },
#define VOUCHERS(stage) { "dong", &voucher, "voucher.id", "voucher.amount",                                                                              \
        "voucher JOIN budget_line ON budget_line.id = voucher.line WHERE voucher.stage || '' = '" stage "'", "voucher.on_day", "voucher.year",                \
        { "budget_line.content || ''", NULL, "budget_line.source || ''" }, { [SPLIT_CONTENT] = "budget_line.content", [SPLIT_AGENCY] = "budget_line.agency" } }
    [MEASURE_SUBMITTED] = VOUCHERS("submitted"),
    [MEASURE_ALLOCATED] = VOUCHERS("allocated"),
    [MEASURE_COMMITTED] = VOUCHERS("committed"),
    [MEASURE_DISBURSED] = VOUCHERS("disbursed"),
    [MEASURE_SETTLED] = VOUCHERS("settled"),
    [MEASURE_CONTRACTS] = { "contract", &contract, "contract.id", "1", "contract JOIN task ON task.id = contract.task WHERE contract.state = 'in_force'",
        .narrowed = { "task.content || ''" }, .split = { [SPLIT_CONTENT] = "task.content", [SPLIT_AGENCY] = "task.agency", [SPLIT_WARD] = "task.ward" } },
    [MEASURE_TASKS] = { "task", &task, "task.id", "1", "task WHERE state || '' IN ('accepted', 'settled')", .year = "year", .narrowed = { "content || ''" },
        .split = { [SPLIT_CONTENT] = "content", [SPLIT_AGENCY] = "agency", [SPLIT_WARD] = "ward" } },
};

static int measure_number(const struct record *r)
{
    for (int i = 0; i < MEASURES; i++)
        if (str_is(v_str(r->v[INDICATOR_MEASURE]), measure_choices[i].code)) return i;
    bug_at(__FILE__, __LINE__, "an indicator of no measure");
}

static const struct counting *counting_of(const struct record *r) { return &counting[measure_number(r)]; }
const char *measure_unit(const struct record *r) { return counting_of(r)->unit; }
const struct entity *measured_entity(const struct record *r) { return counting_of(r)->of; }
bool measured_by_agency(const struct record *r) { return counting_of(r)->split[SPLIT_AGENCY]; }

bool measured_by(const struct record *r, int field)
{
    for (int i = 0; i < NARROWINGS; i++)
        if (narrowing[i] == field) return counting_of(r)->narrowed[i];
    return false;
}

bool is_measured(const struct entity *e)
{
    for (int i = 0; i < MEASURES; i++)
        if (counting[i].of == e) return true;
    return e == &introduction || e == &budget_line;         /* asked by the queries, though not listed */
}

Message measure_refuses(const struct record *r, int *field)
{
    const struct counting *c = counting_of(r);
    *field = INDICATOR_OVER;
    if ((over_of(r) == OVER_DAY) != (!c->day && !c->year))
        return over_of(r) == OVER_DAY ? MSG(N_("What is counted happens: choose over which time.")) : MSG(N_("What is counted stands, and is not of a year: choose “As it stands”."));
    for (int i = 0; i < NARROWINGS; i++) {
        *field = narrowing[i];
        if (v_is(r->v[*field]) && !c->narrowed[i] && *field != INDICATOR_CONTENT) return MSG(N_("What is counted cannot be narrowed to this; leave it empty."));
    }
    *field = INDICATOR_TARGETS;
    for (size_t i = 0; i < r->children[INDICATOR_TARGETS].n; i++)
        if (v_is(r->children[INDICATOR_TARGETS].p[i]->v[TARGET_AGENCY]) && !c->split[SPLIT_AGENCY]) return MSG(N_("What is counted is no agency’s; a target of it names none."));
    *field = INDICATOR_SPLIT;
    return split_of(r) != SPLIT_NONE && !c->split[split_of(r)] ? MSG(N_("What is counted cannot be split like this.")) : NO_MESSAGE;
}

struct period period_of(const struct work *w, const struct record *r, int year)
{
    return (struct period){ over_of(r) == OVER_PHASE ? PROGRAMME_FROM : year, year, w->today };
}

/* ---- the query ---------------------------------------------------------------------------------- */

enum { ARGUMENTS = 4 + NARROWINGS };
struct asking { struct buf sql; Val args[ARGUMENTS]; int n; };

static void ask(struct asking *a, const char *column, const char *how, Val v)
{
    a->args[a->n++] = v;
    put_f(&a->sql, " AND %s %s $%d", column, how, a->n);
}

static void ask_time(struct work *w, struct asking *a, const struct counting *c, struct period p)
{
    if (c->year && p.from_year == p.to_year) {
        ask(a, c->year, "=", v_int(p.to_year));             /* which a database finds by the index, whatever else is asked */
    } else if (c->year) {
        ask(a, c->year, ">=", v_int(p.from_year));
        ask(a, c->year, "<=", v_int(p.to_year));
    } else if (c->day) {
        ask(a, c->day, ">=", v_text(date_iso(w->a, (struct date){ p.from_year, 1, 1 })));
        ask(a, c->day, "<=", v_text(date_iso(w->a, (struct date){ p.to_year, 12, 31 })));
    }
    if (c->day) ask(a, c->day, "<=", v_text(date_iso(w->a, p.day)));
}

static struct asking query_of(struct work *w, const struct record *r, struct period p, Str agency)
{
    const struct counting *c = counting_of(r);
    const char *split = c->split[split_of(r)], *status = c->of == &enterprise && !c->day && !c->year ? "status" : "NULL";
    struct asking a = { .sql = buf_make(w->a) };
    put_f(&a.sql, "SELECT %s, %s, %s, %s, %s FROM %s", c->id, c->counts, c->day ? c->day : "NULL", split ? split : "NULL", status, c->from);
    ask_time(w, &a, c, p);
    for (int i = 0; i < NARROWINGS; i++)
        if (v_is(r->v[narrowing[i]]) && c->narrowed[i]) ask(&a, c->narrowed[i], "=", r->v[narrowing[i]]);
    if (agency.n) ask(&a, str_z(w->a, str_f(w->a, "%s || ''", c->split[SPLIT_AGENCY])), "=", v_text(agency));
    put_f(&a.sql, " ORDER BY %s", c->id);
    return a;
}

/* The query and what its numbered values were, to be read and repeated. */
static Str query_text(struct work *w, const struct asking *a, bool by_certificates)
{
    static const char *const rule[] = { "international_standard_certificates", "international_standard_minimum" };
    struct buf b = buf_make(w->a);
    put(&b, buf_str(&a->sql));
    for (int i = 0; i < a->n; i++) {
        put_f(&b, "; $%d = ", i + 1);
        if (a->args[i].type == V_INT) put_i(&b, a->args[i].i);
        else put_f(&b, "'%.*s'", FMT(v_str(a->args[i])));
    }
    for (size_t i = 0; by_certificates && i < COUNT(rule); i++)
        put_f(&b, "; %s = %.*s", rule[i], FMT(setting_value(w->codes, str_of(rule[i]))));
    if (by_certificates) put_f(&b, "; today = %.*s", FMT(date_iso(w->a, w->today)));
    return buf_str(&b);
}

/* ---- its rows ----------------------------------------------------------------------------------- */

/* Of several codes (";a;b;") there is no one part that the record belongs to. */
static Str split_key(Str stored)
{
    Str first = { 0 }, second = { 0 };
    if (!str_starts(stored, S(";"))) return stored;
    if (many_next(&stored, &first) && many_next(&stored, &second)) return S(SEVERAL);
    return first;
}

static bool operates(const struct work *w, Str status)
{
    const struct code *k = status.n ? code_find(w->codes, S("enterprise_status"), status) : NULL;
    return !k || !str_is(code_extra(k, S("operating")), "0");
}

static int64_t day_number(Str iso)
{
    struct date d;
    return date_from_iso(iso, &d) ? date_days(d) : 0;
}

/* What is told of twice is one, which happened when it first did, and is of several where the tellings differ. */
static void fold(struct measured_row *into, const struct measured_row *again)
{
    if (again->day < into->day) into->day = again->day;
    if (!str_eq(into->split, again->split)) into->split = S(SEVERAL);
}

enum { ID, COUNTS, DAY, SPLIT, STATUS };
static enum err rows_of(struct work *w, const struct asking *a, struct measured *out)
{
    struct buf text = a->sql;
    struct rows r = db_query(w->db, w->a, sql_of(&text), (Args){ a->args, a->n });
    while (rows_next(&r)) {
        struct measured_row row = { row_int(&r, ID), row_int(&r, COUNTS), day_number(v_str(row_peek(&r, DAY))), true, split_key(row_text(&r, SPLIT)) };
        if (!operates(w, v_str(row_peek(&r, STATUS)))) continue;
        if (out->rows.n && out->rows.p[out->rows.n - 1].id == row.id) fold(&out->rows.p[out->rows.n - 1], &row);
        else *GROW(w->a, out->rows) = row;
    }
    return rows_end(&r);
}

/* ---- at international standard ------------------------------------------------------------------ */

static struct record *certificate_read(struct work *w, struct record *of, struct rows *r)
{
    struct record *c = record_add(w->a, of, ENTERPRISE_CERTIFICATES);
    c->v[CERTIFICATE_STANDARD] = v_text(row_text(r, 1));
    c->v[CERTIFICATE_ISSUED_ON] = row_val(r, 2);
    c->v[CERTIFICATE_EXPIRES_ON] = row_val(r, 3);
    return c;
}

/* Certificates come in the order of their enterprises, as the rows do; the rule itself is the register's. */
static enum err part_by_certificates(struct work *w, struct measured *m)
{
    struct record *of = record_make(w->a, &enterprise);
    size_t at = 0;
    for (size_t i = 0; i < m->rows.n; i++) m->rows.p[i].part = false;
    struct rows r = db_query(w->db, w->a, SQL("SELECT enterprise, standard, issued_on, expires_on FROM certificate ORDER BY enterprise"), NO_ARGS);
    while (rows_next(&r)) {
        int64_t id = row_int(&r, 0);
        if (id != of->id) of->children[ENTERPRISE_CERTIFICATES].n = 0;
        of->id = id;
        certificate_read(w, of, &r);
        while (at < m->rows.n && m->rows.p[at].id < id) at++;
        if (at < m->rows.n && m->rows.p[at].id == id) m->rows.p[at].part = v_i64(at_international_standard(w, of));
    }
    return rows_end(&r);
}

static void keep_part(struct measured *m)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->rows.n; i++)
        if (m->rows.p[i].part) m->rows.p[kept++] = m->rows.p[i];
    m->rows.n = kept;
}

/* ---- the number --------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    const struct measured_split *x = a, *y = b;
    if (x->whole != y->whole) return x->whole > y->whole ? -1 : 1;
    return str_cmp(x->key, y->key);
}

static void add_up(struct work *w, struct measured *m)
{
    struct map at = map_make(w->a, 64);
    for (size_t i = 0; i < m->rows.n; i++) {
        const struct measured_row *row = &m->rows.p[i];
        bool added;
        int64_t *k = map_put(&at, row->split.n ? row->split : S(" "), (int64_t)m->splits.n, &added);
        if (added) *GROW(w->a, m->splits) = (struct measured_split){ .key = row->split };
        struct measured_split *s = &m->splits.p[*k];
        s->whole += row->counts, m->whole += row->counts;
        if (row->part) s->part += row->counts, m->part += row->counts;
    }
    if (m->splits.n) qsort(m->splits.p, m->splits.n, sizeof *m->splits.p, by_size);
}

struct measuring { struct work *w; const struct record *r; struct period p; Str agency; struct measured *out; };

static enum err measure(struct db *db, void *arg)
{
    const struct measuring *g = arg;
    const struct counting *c = counting_of(g->r);
    struct measured m = { 0 };
    struct asking a = query_of(g->w, g->r, g->p, g->agency);
    m.query = query_text(g->w, &a, c->by_certificates);
    TRY(change_last(g->w, &m.data_version));
    TRY(rows_of(g->w, &a, &m));
    if (c->by_certificates) TRY(part_by_certificates(g->w, &m));
    if (c->by_certificates && !is_percent(g->r)) keep_part(&m);
    add_up(g->w, &m);
    m.value = !is_percent(g->r) ? (double)m.part : m.whole ? 100 * (double)m.part / (double)m.whole : 0;
    *g->out = m;
    return OK;
}

enum err measure_of(struct work *w, const struct record *r, struct period p, struct measured *out) { return measure_of_agency(w, r, p, (Str){ 0 }, out); }

enum err measure_of_agency(struct work *w, const struct record *r, struct period p, Str agency, struct measured *out)
{
    struct measuring g = { w, r, p, agency, out };
    return db_read(w->db, measure, &g);
}
