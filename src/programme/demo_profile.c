/* demo_profile.c - who a made-up enterprise is: form and size, products, name, description, and how to reach it. */
#include "programme/demo_parts.h"

#include "base/number.h"
#include "base/unicode.h"
#include "model/type.h"

/* ---- form, size, products ------------------------------------------------------------------------ */

/* Employees at every twentieth of the enterprises, after the spread of the size classes in the programme. */
static const int64_t employees_domestic[] = {
    2, 3, 3, 4, 5, 6, 8, 10, 14, 19, 25, 32, 40, 48, 58, 70, 84, 98, 130, 210, 1400,
};
static const int64_t employees_foreign[] = {
    12, 22, 32, 42, 52, 62, 74, 86, 98, 112, 128, 146, 165, 190, 220, 260, 320, 420, 640, 1100, 4200,
};
static const int64_t age_years[] = { 2, 3, 5, 6, 8, 10, 12, 14, 17, 20, 24, 30 };

static void pick_owner(struct demo *d)
{
    size_t form = pick_weighted(d, FORMS);
    Str ownership = demo_text(d, FORMS, form, "ownership");
    set_code(d, d->r, "legal_form", demo_text(d, FORMS, form, "legal_form"));
    set_code(d, d->r, "ownership", ownership);
    d->form = form;
    d->foreign = str_is(ownership, "fdi") || str_is(ownership, "joint-venture");
    int64_t years = QUANTILE(age_years, between(d, 0, 1000));
    if (str_starts(ownership, S("state"))) years += 30;
    d->founded = d->w->today.year - years;
    set(d->r, "founded", v_int(d->founded));
}

static void pick_size(struct demo *d)
{
    d->size = between(d, 0, 1000);
    d->employees = d->foreign ? QUANTILE(employees_foreign, d->size) : QUANTILE(employees_domestic, d->size);
}

static bool has_product(const struct demo *d, size_t row)
{
    for (size_t i = 0; i < d->products; i++)
        if (d->product[i] == row) return true;
    return false;
}

/* The main product, and others of its group: a maker of bolts makes nuts, not software. */
static void pick_products(struct demo *d)
{
    size_t first = pick_any(d, PRODUCTS), more = (size_t)between(d, 0, d->detail == SPARSE ? 1 : DEMO_PRODUCTS - 1);
    Str unit = demo_text(d, PRODUCTS, first, "unit");
    d->service = str_is(unit, "project") || str_is(unit, "licence");
    d->product[d->products++] = first;
    for (size_t i = 0; i < more; i++) {
        size_t row = pick_part(d, PRODUCTS, "group", demo_text(d, PRODUCTS, first, "group"));
        if (!has_product(d, row)) d->product[d->products++] = row;
    }
}

static void write_product(struct demo *d, size_t row)
{
    struct record *p = record_add(d->w->a, d->r, ENTERPRISE_PRODUCTS);
    Str hs = demo_text(d, PRODUCTS, row, "hs");
    set(p, "name_vi", v_text(demo_text(d, PRODUCTS, row, "name_vi")));
    if (d->detail > SPARSE || chance(d, 50)) set(p, "name_en", v_text(demo_text(d, PRODUCTS, row, "name_en")));
    if (hs.n) set(p, "hs_code", v_text(hs));
    set_code(d, p, "product_group", demo_text(d, PRODUCTS, row, "group"));
    if (d->detail > SPARSE && chance(d, 90)) {
        double least = table_number(&d->tables[PRODUCTS], row, "capacity_min");
        double most = table_number(&d->tables[PRODUCTS], row, "capacity_max");
        set(p, "capacity", v_real(round_number(least, most, (d->size * 3 + between(d, 0, 1000)) / 4)));
        set_code(d, p, "capacity_unit", demo_text(d, PRODUCTS, row, "unit"));
    }
    if (d->detail == FULL || (d->detail == USUAL && chance(d, 50)))
        set(p, "localisation_rate", v_real((double)between(d, d->foreign ? 4 : 7, 19) * 5));
}

/* The city's title of key industrial product holds for three years. */
static void award_key_product(struct demo *d)
{
    if (d->foreign || d->service || d->size < 550 || !chance(d, 16)) return;
    struct record *p = d->r->children[ENTERPRISE_PRODUCTS].p[0];
    int64_t from = d->w->today.year - between(d, 0, 6);
    if (from <= d->founded) return;
    set(p, "key_product_from", v_int(from));
    set(p, "key_product_until", v_int(from + 2));
}

void demo_business(struct demo *d)
{
    pick_owner(d);
    pick_size(d);
    pick_products(d);
    for (size_t i = 0; i < d->products; i++) {
        Str group = demo_text(d, PRODUCTS, d->product[i], "group"), vsic = demo_text(d, PRODUCTS, d->product[i], "vsic");
        write_product(d, d->product[i]);
        add_code(d, d->r, "fields", str_sub(group, 0, 1));
        add_code(d, d->r, "groups", group);
        add_code(d, d->r, "industries", demo_text(d, PRODUCTS, d->product[i], "industry"));
        if (vsic.n) add_code(d, d->r, "vsic", vsic);
    }
    award_key_product(d);
    set_code(d, d->r, "status", demo_text(d, STATUSES, pick_weighted(d, STATUSES), "status"));
    if (chance(d, 3)) set(d->r, "visibility", v_text(S("hidden")));
    set(d->r, "source_note", v_text(S("Dữ liệu minh họa, không phải doanh nghiệp có thật")));
}

/* ---- names --------------------------------------------------------------------------------------- */

static Str name_text(const struct demo *d, size_t row, enum lang l) { return demo_text(d, NAMES, row, l == VI ? "vi" : "en"); }

/* "Hoàng Lạc Vân": common, rare, common, so that it sounds like a name and belongs to nobody. */
static void pick_syllables(struct demo *d)
{
    size_t part[3];
    part[0] = pick_part(d, NAMES, "part", S("first"));
    part[1] = pick_part(d, NAMES, "part", S("middle"));
    do part[2] = pick_part(d, NAMES, "part", S("second"));
    while (str_eq(name_text(d, part[2], EN), name_text(d, part[0], EN)));
    for (enum lang l = VI; l < LANGS; l++)
        d->brand[l] = str_f(d->w->a, "%.*s %.*s %.*s", FMT(name_text(d, part[0], l)), FMT(name_text(d, part[1], l)),
                            FMT(name_text(d, part[2], l)));
}

static void pick_coined(struct demo *d)                     /* "Lavidotec" */
{
    Str head = name_text(d, pick_part(d, NAMES, "part", S("coined_head")), VI);
    Str middle = name_text(d, pick_part(d, NAMES, "part", S("coined_middle")), VI);
    Str tail = name_text(d, pick_part(d, NAMES, "part", S("coined_tail")), VI);
    d->brand[VI] = d->brand[EN] = str_f(d->w->a, "%.*s%.*s%.*s", FMT(head), FMT(middle), FMT(tail));
}

static void pick_brand(struct demo *d)
{
    if (d->foreign) {
        size_t row = pick_part(d, NAMES, "part", S("foreign"));
        d->brand[VI] = d->brand[EN] = name_text(d, row, VI);
        d->country = demo_text(d, NAMES, row, "group");
    } else if (chance(d, 15)) {
        pick_coined(d);
    } else {
        pick_syllables(d);
    }
}

/* The parts of a name that are sometimes there: an empty Str where it is not. */
struct name { Str form, prefix, activity, suffix; };

static struct name name_in(const struct demo *d, enum lang l, const size_t *prefix, const size_t *activity, const size_t *suffix)
{
    return (struct name){
        .form = demo_text(d, FORMS, d->form, l == VI ? "vi" : "en"),
        .prefix = prefix ? name_text(d, *prefix, l) : (Str){ 0 },
        .activity = activity ? name_text(d, *activity, l) : (Str){ 0 },
        .suffix = suffix ? name_text(d, *suffix, l) : (Str){ 0 },
    };
}

static Str in_order(struct demo *d, const Str *parts, size_t n)
{
    struct buf b = buf_make(d->w->a);
    for (size_t i = 0; i < n; i++) {
        if (b.n && parts[i].n) put_c(&b, ' ');
        put(&b, parts[i]);
    }
    return buf_str(&b);
}

/* "Công ty TNHH Khuôn mẫu Hoàng Lạc Vân", "Hoang Lac Van Mould and Die Co., Ltd" */
static void compose_name(struct demo *d)
{
    size_t activity = pick_part(d, NAMES, "group", demo_text(d, PRODUCTS, d->product[0], "group"));
    size_t prefix = pick_part(d, NAMES, "part", S("prefix"));
    size_t suffix = pick_part(d, NAMES, "part", d->foreign ? S("suffix_foreign") : S("suffix"));
    const size_t *with_prefix = !d->foreign && !d->service && chance(d, 20) ? &prefix : NULL;
    const size_t *with_activity = !d->foreign || chance(d, 60) ? &activity : NULL;
    const size_t *with_suffix = chance(d, d->foreign ? 80 : 12) ? &suffix : NULL;
    struct name vi = name_in(d, VI, with_prefix, with_activity, with_suffix);
    struct name en = name_in(d, EN, with_prefix, with_activity, with_suffix);
    Str in_vi[] = { vi.form, vi.prefix, vi.activity, d->brand[VI], vi.suffix };
    Str in_en[] = { d->brand[EN], en.activity, en.prefix, en.suffix, en.form };
    set(d->r, "name_vi", v_text(in_order(d, in_vi, COUNT(in_vi))));
    set(d->r, "name_en", v_text(in_order(d, in_en, COUNT(in_en))));
    set(d->r, "stated_field", v_text(name_text(d, activity, VI)));
}

/* A domestic brand belongs to one enterprise, a foreign group may have several that differ in the rest of the name. */
static bool name_is_new(struct demo *d)
{
    bool added;
    Str key = d->foreign ? company_name_key(d->w->a, v_str(d->r->v[ENTERPRISE_NAME_VI])) : text_slug(d->w->a, d->brand[EN]);
    map_put(&d->taken, str_dup(d->taken.a, key), 1, &added);
    return added;
}

void demo_name(struct demo *d)
{
    do {
        pick_brand(d);
        compose_name(d);
    } while (!name_is_new(d));
    set_code(d, d->r, "owner_country", d->country.n ? d->country : S("VN"));
    if (chance(d, 60)) set(d->r, "short_name", v_text(d->brand[VI]));
    if (d->detail == SPARSE && chance(d, 60)) d->r->v[ENTERPRISE_NAME_EN] = v_null();
    Str words[] = { d->brand[EN], demo_text(d, NAMES, pick_part(d, NAMES, "part", S("suffix_foreign")), "en") };
    Str spoken = in_order(d, words, d->foreign ? COUNT(words) : 1);
    d->domain = str_f(d->w->a, "%.*s.example", FMT(text_slug(d->w->a, spoken)));
}

/* ---- people and how to reach them ------------------------------------------------------------------ */

struct person { Str name, mailbox; };

static struct person pick_person(struct demo *d)
{
    bool woman = chance(d, 35);
    size_t family = pick_part(d, PEOPLE, "part", S("family"));
    size_t middle = pick_part(d, PEOPLE, "part", woman ? S("middle_woman") : S("middle_man"));
    size_t given;
    do given = pick_part(d, PEOPLE, "part", woman ? S("given_woman") : S("given_man"));
    while (str_eq(demo_text(d, PEOPLE, given, "vi"), demo_text(d, PEOPLE, middle, "vi")));
    Str name[] = { demo_text(d, PEOPLE, family, "vi"), demo_text(d, PEOPLE, middle, "vi"), demo_text(d, PEOPLE, given, "vi") };
    Str box[] = { demo_text(d, PEOPLE, given, "en"), demo_text(d, PEOPLE, family, "en") };
    Str mailbox = str_f(d->w->a, "%.*s.%.*s@%.*s", FMT(text_slug(d->w->a, box[0])), FMT(text_slug(d->w->a, box[1])), FMT(d->domain));
    return (struct person){ in_order(d, name, COUNT(name)), mailbox };
}

/* 99, a number of this enterprise alone, and the check digit; where there is none, the next number. */
static Str tax_code(struct demo *d)
{
    enum { SPAN = 400 };                                    /* DEMO_MOST * SPAN has 7 digits       */
    int64_t number = 1000000 + d->number * SPAN + between(d, 0, SPAN / 2);
    for (;; number++) {
        Str nine = str_f(d->w->a, "99%07lld", (long long)number);
        int check = tax_code_check_digit(nine.p);
        if (check < 10) return str_f(d->w->a, "%.*s%d", FMT(nine), check);
    }
}

void demo_people(struct demo *d)
{
    struct arena *a = d->w->a;
    struct person head = pick_person(d), contact = pick_person(d);
    if (d->detail > SPARSE || chance(d, 85)) set(d->r, "tax_code", v_text(tax_code(d)));
    if (d->detail == SPARSE && chance(d, 50)) return;
    set(d->r, "representative", v_text(head.name));
    set(d->r, "phone", v_text(str_f(a, "0240%07lld", (long long)between(d, 1000000, 9999999))));
    if (d->detail == SPARSE && chance(d, 70)) return;
    set(d->r, "email", v_text(str_f(a, "info@%.*s", FMT(d->domain))));
    if (d->employees > 20 || chance(d, 40)) set(d->r, "website", v_text(str_f(a, "https://%.*s", FMT(d->domain))));
    set(d->r, "contact_name", v_text(contact.name));
    set(d->r, "contact_role", v_text(demo_text(d, PEOPLE, pick_part(d, PEOPLE, "part", S("title_contact")), "vi")));
    set(d->r, "contact_phone", v_text(str_f(a, "04%08lld", (long long)between(d, 10000000, 99999999))));
    set(d->r, "contact_email", v_text(contact.mailbox));
}

/* ---- two sentences in each language ---------------------------------------------------------------- */

struct blank { const char *name; Str text[LANGS]; };

static Str blank_named(const struct blank *blanks, size_t n, Str name, enum lang l)
{
    size_t i = 0;
    while (i < n && !str_is(name, blanks[i].name)) i++;
    MUST(i < n);
    return blanks[i].text[l];
}

static void put_filled(struct buf *b, Str sentence, const struct blank *blanks, size_t n, enum lang l)
{
    Str before, name;
    while (str_cut(sentence, '{', &before, &sentence)) {
        put(b, before);
        str_cut(sentence, '}', &name, &sentence);
        put(b, blank_named(blanks, n, name, l));
    }
    put(b, before);
}

/* "nuts and bolts as well as washers": not two "and" in a row. */
static Str listed(struct demo *d, Str one, Str two, enum lang l)
{
    bool again = str_has(one, S(" và ")) || str_has(one, S(" and "));
    const char *join[LANGS] = { again ? "cùng" : "và", again ? "as well as" : "and" };
    return two.n ? str_f(d->w->a, "%.*s %s %.*s", FMT(one), join[l], FMT(two)) : one;
}

static Str main_products(struct demo *d, enum lang l)
{
    Str name[2] = { 0 };
    for (size_t i = 0; i < 2 && i < d->products; i++)
        name[i] = uncapital(d->w->a, demo_text(d, PRODUCTS, d->product[i], l == VI ? "name_vi" : "name_en"));
    return listed(d, name[0], name[1], l);
}

static Str main_processes(struct demo *d, enum lang l)
{
    const struct records *list = &d->r->children[ENTERPRISE_PROCESSES];
    Str name[2] = { 0 };
    for (size_t i = 0; i < 2 && i < list->n; i++) {
        const struct code *k = code_find(d->w->codes, S("process"), v_str(list->p[i]->v[0]));
        if (k) name[i] = uncapital(d->w->a, k->name[l]);
    }
    return listed(d, name[0], name[1], l);
}

static Str grouped(struct demo *d, int64_t n, enum lang l)          /* 1.066 or 1,066             */
{
    struct buf b = buf_make(d->w->a);
    put_int_grouped(&b, l, n);
    return buf_str(&b);
}

void demo_describe(struct demo *d)
{
    const struct code *ward = code_find(d->w->codes, S("ward"), v_str(d->r->v[ENTERPRISE_WARD]));
    size_t industry = pick_part(d, DESCRIPTIONS, "part", demo_text(d, PRODUCTS, d->product[0], "industry"));
    if (d->detail == SPARSE || !ward || !d->r->children[ENTERPRISE_PROCESSES].n) return;
    size_t first = pick_part(d, DESCRIPTIONS, "part", d->service ? S("service_first") : S("maker_first"));
    size_t second = pick_part(d, DESCRIPTIONS, "part", d->service ? S("service_second") : S("maker_second"));
    Str year = str_f(d->w->a, "%lld", (long long)d->founded);
    Str place = uncapital(d->w->a, ward->name[VI]);
    const struct blank blanks[] = {
        { "brand", { d->brand[VI], d->brand[EN] } }, { "year", { year, year } }, { "employees", { grouped(d, d->employees, VI), grouped(d, d->employees, EN) } },
        { "place", { place, ward->name[EN] } },
        { "industry", { demo_text(d, DESCRIPTIONS, industry, "vi"), demo_text(d, DESCRIPTIONS, industry, "en") } },
        { "products", { main_products(d, VI), main_products(d, EN) } },
        { "processes", { main_processes(d, VI), main_processes(d, EN) } },
    };
    for (enum lang l = VI; l < LANGS; l++) {
        struct buf b = buf_make(d->w->a);
        put_filled(&b, demo_text(d, DESCRIPTIONS, first, l == VI ? "vi" : "en"), blanks, COUNT(blanks), l);
        put_c(&b, ' ');
        put_filled(&b, demo_text(d, DESCRIPTIONS, second, l == VI ? "vi" : "en"), blanks, COUNT(blanks), l);
        set(d->r, l == VI ? "description_vi" : "description_en", v_text(buf_str(&b)));
    }
}
