/* demo_capability.c - what a made-up enterprise can make and for whom: processes, machines, certificates, yearly figures, customers. */
#include "programme/demo_parts.h"

#include "base/date.h"
#include "model/type.h"

/* ---- processes ------------------------------------------------------------------------------------ */

enum { PROCESSES_MOST = 4 };

static bool has_process(const struct demo *d, Str key)
{
    const struct records *list = &d->r->children[ENTERPRISE_PROCESSES];
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(v_str(list->p[i]->v[field_index(&process, S("process"))]), key)) return true;
    return false;
}

/* A round number between the columns NAME_min and NAME_max of the process, where it has them. */
static void set_range(struct demo *d, struct record *p, const char *field, size_t row, const char *least, const char *most, int64_t place)
{
    double from = table_number(&d->tables[PROCESSES], row, least), to = table_number(&d->tables[PROCESSES], row, most);
    if (to > 0) set(p, field, v_real(round_number(from, to, place)));
}

/* The material, and with it perhaps another of the same family. */
static void add_materials(struct demo *d, struct record *p, Str material)
{
    size_t n;
    const struct code *const *all = codes_of(d->w->codes, S("material"), &n);
    const struct code *main = code_find(d->w->codes, S("material"), material);
    if (!main) return;
    add_code(d, p, "materials", main->key);
    for (size_t i = 0; i < n; i++)
        if (main->parent.n && str_eq(all[i]->parent, main->parent) && chance(d, 12)) add_code(d, p, "materials", all[i]->key);
}

/* Whether a process works materials of this family. */
static bool works(const struct demo *d, size_t row, Str material)
{
    const struct code *m = code_find(d->w->codes, S("material"), material);
    Str families = demo_text(d, PROCESSES, row, "materials"), family;
    while (m && str_next(&families, '|', &family))
        if (str_eq(family, m->parent.n ? m->parent : m->code)) return true;
    return false;
}

/* sure: the material is that of the product; else it is said only where the process can work it. */
static void write_process(struct demo *d, Str code, Str material, bool sure)
{
    const struct code *k = code_find(d->w->codes, S("process"), code);
    bool known = k && any_part(d, PROCESSES, "process", k->code);
    if (!known || has_process(d, k->key) || d->r->children[ENTERPRISE_PROCESSES].n == PROCESSES_MOST) return;
    size_t row = pick_part(d, PROCESSES, "process", k->code);
    struct record *p = record_add(d->w->a, d->r, ENTERPRISE_PROCESSES);
    set_code(d, p, "process", k->key);
    if (sure || works(d, row, material)) add_materials(d, p, material);
    if (d->detail == SPARSE) return;
    int64_t skill = between(d, 0, 1000), largest = (d->size + between(d, 0, 1000)) / 2;
    set_range(d, p, "tolerance", row, "tolerance_min", "tolerance_max", skill);
    set_range(d, p, "part_size", row, "size_min", "size_max", largest);
    set_range(d, p, "part_weight", row, "weight_min", "weight_max", largest);
    if (chance(d, 75)) set(p, "free_share", v_real((double)between(d, 0, 12) * 5));
}

/* ---- machines ------------------------------------------------------------------------------------- */

/* The figures of a model that the register has fields for. */
static void set_specs(struct demo *d, struct record *m, Str specs)
{
    Str pair, name, value;
    double number;
    while (str_next(&specs, ';', &pair)) {
        int f = str_cut(pair, '=', &name, &value) ? field_index(&equipment, name) : -1;
        if (f < 0 || !str_to_f64(value, &number)) continue;
        m->v[f] = equipment.fields[f].type->stored == V_INT ? v_int((int64_t)number) : v_real(number);
    }
}

static bool has_machine(const struct demo *d, Str name)
{
    const struct records *list = &d->r->children[ENTERPRISE_EQUIPMENT];
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(v_str(list->p[i]->v[equipment.title]), name)) return true;
    return false;
}

static void write_machine(struct demo *d, const struct code *kind)
{
    size_t row = pick_part(d, MACHINES, "machine", kind->code);
    Str maker = demo_text(d, MACHINES, row, "maker"), model = demo_text(d, MACHINES, row, "model");
    Str name = str_f(d->w->a, "%.*s %.*s %.*s", FMT(kind->name[VI]), FMT(maker), FMT(model));
    if (has_machine(d, name)) return;
    struct record *m = record_add(d->w->a, d->r, ENTERPRISE_EQUIPMENT);
    set(m, "name", v_text(name));
    set_code(d, m, "kind", kind->key);
    set(m, "maker", v_text(maker));
    set(m, "count", v_int(1 + d->employees / between(d, 25, 120)));
    if (chance(d, 85)) {
        int64_t first = (int64_t)table_number(&d->tables[MACHINES], row, "year_min");
        int64_t last = (int64_t)table_number(&d->tables[MACHINES], row, "year_max");
        set(m, "made_in", v_int(between(d, first, last < d->w->today.year ? last : d->w->today.year)));
    }
    set_specs(d, m, demo_text(d, MACHINES, row, "specs"));
}

/* A machine brings its process with it; an instrument does only where measuring is what is sold. */
static void add_machine(struct demo *d, Str code, bool with_process)
{
    const struct code *kind = code_find(d->w->codes, S("machine"), code);
    if (!kind || !any_part(d, MACHINES, "machine", kind->code)) return;
    if (d->detail > SPARSE) write_machine(d, kind);
    if (str_is(kind->parent, "measuring") && !d->service) return;
    if (with_process) write_process(d, code_extra(kind, S("process")), demo_text(d, PRODUCTS, d->product[0], "material"), false);
}

void demo_workshop(struct demo *d)
{
    if (d->detail == SPARSE && chance(d, 55)) return;
    size_t row = pick_part(d, WORKSHOPS, "group", demo_text(d, PRODUCTS, d->product[0], "group"));
    for (size_t i = 0; i < d->products && i + 1 < PROCESSES_MOST; i++) {
        write_process(d, demo_text(d, PRODUCTS, d->product[i], "process"), demo_text(d, PRODUCTS, d->product[i], "material"), true);
        add_machine(d, demo_text(d, PRODUCTS, d->product[i], "machine"), false);
    }
    if (d->detail == SPARSE || (d->detail == USUAL && chance(d, 15))) return;
    for (int64_t more = between(d, 1, 2 + d->size / 200); more > 0; more--)
        add_machine(d, pick_item(d, demo_text(d, WORKSHOPS, row, "machines"), '|'), true);
}

/* ---- certificates ---------------------------------------------------------------------------------- */

enum { TERM = 3, DAYS_OF_TERM = 1095, DAYS_OF_YEAR = 365 };

/* Of a hundred enterprises, how many have a certified system, at every tenth of their sizes. */
static const int64_t certified_percent[] = { 4, 7, 10, 15, 22, 31, 42, 54, 66, 78, 90 };

static Str scope(struct demo *d)
{
    struct buf b = buf_make(d->w->a);
    put_z(&b, d->service ? "Cung cấp: " : "Sản xuất: ");
    for (size_t i = 0; i < d->products && i < 3; i++) {
        if (i) put_z(&b, "; ");
        put(&b, uncapital(d->w->a, demo_text(d, PRODUCTS, d->product[i], "name_vi")));
    }
    return buf_str(&b);
}

/* issued: days since 1970.  Now and then nobody noted until when it is valid. */
static void write_certificate(struct demo *d, Str standard, int64_t issued)
{
    struct arena *a = d->w->a;
    struct record *c = record_add(a, d->r, ENTERPRISE_CERTIFICATES);
    struct date day = date_from_days(issued), last = date_from_days(date_days((struct date){ day.year + TERM, day.month, day.day }) - 1);
    set_code(d, c, "standard", standard);
    set(c, "number", v_text(str_f(a, "%02d-%05lld", day.year % 100, (long long)between(d, 10000, 99999))));
    set(c, "scope", v_text(scope(d)));
    set(c, "issuer", v_text(demo_text(d, CERTIFIERS, pick_any(d, CERTIFIERS), "name_vi")));
    set(c, "issued_on", v_text(date_iso(a, day)));
    if (chance(d, 95)) set(c, "expires_on", v_text(date_iso(a, last)));
}

static int64_t day_in_force(struct demo *d)
{
    int64_t founded = date_days((struct date){ (int)d->founded + 1, 6, 1 });
    int64_t day = date_days(d->w->today) - between(d, 5, DAYS_OF_TERM - 15);
    return day > founded ? day : founded;
}

static bool concerns(const struct demo *d, size_t row)
{
    Str whom = demo_text(d, CERTIFICATES, row, "for"), main_group = demo_text(d, PRODUCTS, d->product[0], "group");
    return str_starts(main_group, whom) || str_eq(whom, demo_text(d, PRODUCTS, d->product[0], "industry"));
}

static bool qualifies(const struct demo *d, Str standard)
{
    const struct code *k = code_find(d->w->codes, S("standard"), standard);
    return k && code_extra(k, S("qualifies")).n;
}

/* Those with a certified system have what their industry asks for; others at most certificates of products and of care. */
static void write_standards(struct demo *d, bool certified)
{
    bool held = false;
    for (size_t i = 0; i < d->tables[CERTIFICATES].rows; i++) {
        Str standard = demo_text(d, CERTIFICATES, i, "standard");
        bool counts = qualifies(d, standard);
        if (!concerns(d, i) || (counts && !certified)) continue;
        int64_t percent = (int64_t)table_number(&d->tables[CERTIFICATES], i, "percent");
        if (!chance(d, certified ? percent : percent / 4)) continue;
        write_certificate(d, standard, day_in_force(d));
        held |= counts;
    }
    if (certified && !held) write_certificate(d, S("ISO9001"), day_in_force(d));
}

void demo_certificates(struct demo *d)
{
    int64_t percent = QUANTILE(certified_percent, d->size) + (d->foreign ? 12 : 0);
    bool certified = chance(d, d->detail == SPARSE ? percent / 3 : percent);
    write_standards(d, certified);
    if (certified || d->founded > d->w->today.year - 7 || !chance(d, 14)) return;
    write_certificate(d, S("ISO9001"), date_days(d->w->today) - DAYS_OF_TERM - between(d, 20, 2 * DAYS_OF_YEAR));
}

/* ---- yearly figures --------------------------------------------------------------------------------- */

enum { YEARS = 4 };
static const int64_t million = 1000000, billion = 1000000000;

/* Revenue of one employee in millions of đồng a year, and share exported in percent, by equally spaced quantiles. */
static const int64_t productivity[] = { 170, 240, 300, 360, 430, 510, 600, 720, 900, 1250, 2300 };
static const int64_t exported_domestic[] = { 0, 0, 0, 0, 0, 0, 3, 8, 15, 30, 85 };
static const int64_t exported_foreign[] = { 5, 20, 40, 55, 65, 75, 85, 92, 97, 100, 100 };

struct economy { int64_t employees, per_head, exported; };          /* per_head: millions; exported: percent */

static int64_t rounded(int64_t amount, int64_t to) { return (amount + to / 2) / to * to; }

static void write_figures(struct demo *d, int64_t year, const struct economy *e)
{
    struct record *f = record_add(d->w->a, d->r, ENTERPRISE_FIGURES);
    int64_t revenue = rounded(e->employees * e->per_head * million, 10 * million);
    set(f, "year", v_int(year));
    set(f, "employees", v_int(e->employees));
    set(f, "revenue", v_int(revenue));
    if (d->detail == SPARSE) return;
    set(f, "exports", v_int(rounded(revenue / 100 * e->exported, million)));
    set(f, "export_share", v_real((double)e->exported));
    set(f, "capital", v_int(rounded(revenue / 100 * between(d, 45, 110), 10 * million)));
    if (d->detail != FULL) return;
    set(f, "investment", v_int(rounded(revenue / 1000 * between(d, 0, 120), million)));
    set(f, "research", v_int(rounded(revenue / 1000 * between(d, 0, 30), million)));
    set(f, "taxes", v_int(rounded(revenue / 1000 * between(d, 10, 60), million)));
    set(f, "local_inputs", v_real((double)between(d, d->foreign ? 4 : 8, 20) * 5));
}

/* The year before: an enterprise grows or shrinks, and mostly becomes a little more productive. */
static struct economy year_before(struct demo *d, struct economy e)
{
    e.employees = e.employees * 100 / (100 + between(d, -12, 24));
    e.per_head = e.per_head * 100 / (100 + between(d, -3, 10));
    e.exported += e.exported ? between(d, -4, 3) : 0;
    if (e.employees < 1) e.employees = 1;
    if (e.exported < 0) e.exported = 0;
    if (e.exported > 100) e.exported = 100;
    return e;
}

static void write_years(struct demo *d, struct economy last)
{
    struct economy of[YEARS] = { [YEARS - 1] = last };
    int64_t first_year = d->w->today.year - YEARS;
    for (int i = YEARS - 1; i > 0; i--) of[i - 1] = year_before(d, of[i]);
    bool late = d->detail == USUAL && chance(d, 8);         /* has not reported last year yet      */
    for (int i = 0; i < YEARS - late; i++)
        if (first_year + i > d->founded) write_figures(d, first_year + i, &of[i]);
}

static bool has_customer(const struct demo *d, Str name)
{
    const struct records *list = &d->r->children[ENTERPRISE_CUSTOMERS];
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(v_str(list->p[i]->v[customer.title]), name)) return true;
    return false;
}

/* Buys one of the products; takes its share from what is left of the revenue, in percent. */
static void write_customer(struct demo *d, int64_t *left)
{
    size_t bought = d->product[between(d, 0, (int64_t)d->products - 1)];
    size_t buyer = pick_part(d, BUYERS, "industry", demo_text(d, PRODUCTS, bought, "industry"));
    int64_t this_year = d->w->today.year, first = d->founded + 1 > this_year - 15 ? d->founded + 1 : this_year - 15;
    Str name = demo_text(d, BUYERS, buyer, "name_vi");
    if (has_customer(d, name)) return;
    struct record *c = record_add(d->w->a, d->r, ENTERPRISE_CUSTOMERS);
    int64_t share = between(d, 1, *left / 10) * 5;
    *left -= share;
    set(c, "name", v_text(name));
    set_code(d, c, "country", demo_text(d, BUYERS, buyer, "country"));
    set(c, "product", v_text(demo_text(d, PRODUCTS, bought, "name_vi")));
    set(c, "since", v_int(between(d, first, this_year - 1)));
    set(c, "share", v_real((double)share));
}

static void write_customers(struct demo *d)
{
    int64_t left = 100;
    for (int64_t n = between(d, 1, 3); n > 0; n--) write_customer(d, &left);
}

void demo_trade(struct demo *d)
{
    struct economy last = { .employees = d->employees, .per_head = QUANTILE(productivity, between(d, 0, 1000)) };
    last.exported = d->foreign ? QUANTILE(exported_foreign, between(d, 0, 1000)) : QUANTILE(exported_domestic, between(d, 0, 1000));
    if (d->foreign) last.per_head = last.per_head * 3 / 2;
    int64_t capital = last.employees * last.per_head * between(d, 15, 60) / 100 * million;
    if (d->detail > SPARSE || chance(d, 70)) set(d->r, "charter_capital", v_int(rounded(capital, billion / 10) + billion / 2));
    if (d->detail > SPARSE || chance(d, 70)) write_years(d, last);
    if (d->detail == FULL || (d->detail == USUAL && chance(d, 55))) write_customers(d);
}
