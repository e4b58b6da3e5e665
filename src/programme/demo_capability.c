/* demo_capability.c - what a made-up enterprise can make: processes, machines, certificates. */
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
static void set_range(struct demo *d, struct record *p, const char *field, size_t row, const char *least, const char *most,
                      int64_t place)
{
    double from = table_number(&d->tables[PROCESSES], row, least), to = table_number(&d->tables[PROCESSES], row, most);
    if (to > 0) set(p, field, v_real(round_number(from, to, place)));
}

/* The material, and perhaps its neighbours in the list, which are of its kind: PE beside PP. */
static void add_materials(struct demo *d, struct record *p, Str material)
{
    size_t n, at = 0;
    const struct code *const *all = codes_of(d->w->codes, S("material"), &n);
    while (at < n && !str_eq(all[at]->code, material)) at++;
    if (at == n) return;
    add_code(d, p, "materials", all[at]->key);
    for (size_t i = at ? at - 1 : 0; i < n && i <= at + 1; i++)
        if (all[at]->parent.n && str_eq(all[i]->parent, all[at]->parent) && chance(d, 30)) add_code(d, p, "materials", all[i]->key);
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
static const int64_t certified_percent[] = { 4, 8, 12, 17, 24, 33, 44, 56, 68, 80, 91 };

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
    struct date day = date_from_days(issued), end = { day.year + TERM, day.month, day.day };
    set_code(d, c, "standard", standard);
    set(c, "number", v_text(str_f(a, "%02d-%05lld", day.year % 100, (long long)between(d, 10000, 99999))));
    set(c, "scope", v_text(scope(d)));
    set(c, "issuer", v_text(demo_text(d, CERTIFIERS, pick_any(d, CERTIFIERS), "name_vi")));
    set(c, "issued_on", v_text(date_iso(a, day)));
    if (chance(d, 95)) set(c, "expires_on", v_text(date_iso(a, date_from_days(date_days(end) - 1))));
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
