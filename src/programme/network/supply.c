/*
 * supply.c - companies outside the register, and links of supply.
 *
 * Each side writes what it knows itself: the supplier its sales, the buyer its purchases and what its production cannot do without.
 * An officer may enter both, as lists of the office have them.
 */
#include "programme/network/supply.h"

#include "base/number.h"
#include "base/unicode.h"
#include "model/desk/desk.h"
#include "model/desk/reminded.h"
#include "model/flow/workflow.h"
#include "model/reference.h"
#include "programme/filing.h"
#include "programme/network/company.h"

#include <math.h>

/* ---- companies outside the register ----------------------------------------------------------- */

static const struct field outside_fields[] = {
    [OUTSIDE_NAME] = { "name", N_("Name of the company"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED, .max = 300, .weight = 8,
        .also = "ten cong ty|ten doanh nghiep|cong ty|company|company name|name" },
    [OUTSIDE_COUNTRY] = { "country", N_("Country"), &code_type, REQUIRED | PUBLIC | LISTED | FACET, .list = "country", .also = "quoc gia|nuoc" },
    [OUTSIDE_PROVINCE] = { "province", N_("Province or city"), &code_type, PUBLIC | LISTED, .list = "province", .also = "tinh thanh|tinh thanh pho|tinh",
        .help = N_("Of a company elsewhere in Viet Nam.") },
    [OUTSIDE_VSIC] = { "vsic", N_("VSIC industry code"), &code_type, PUBLIC | LISTED, .list = "vsic", .also = "ma nganh|vsic" },
    [OUTSIDE_NOTE] = { "note", N_("Note"), &long_text_type, 0, .max = 2000, .also = "ghi chu|note|remarks" },
    [OUTSIDE_NAME_KEY] = { "name_key", N_("Key of the name"), &text_type, COMPUTED | INDEXED, .max = 300 },
};
_Static_assert(COUNT(outside_fields) == OUTSIDE_FIELD_COUNT, "every field has a row");

static const struct right outside_rights[] = {
    { ENTERPRISE | BUYER, MAY_READ | MAY_CREATE, PUBLIC_FIELDS, ROWS_ALL },
    { STAFF,              MAY_READ,              ALL_FIELDS,    ROWS_ALL },
    { OFFICER | ADMIN,    MAY_ALL,               ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

static void outside_compute(const struct work *w, struct record *r)
{
    Str name = v_str(r->v[OUTSIDE_NAME]);
    r->v[OUTSIDE_NAME_KEY] = name.n ? v_text(company_name_key(w->a, name)) : v_null();
}

static Message outside_check(const struct work *w, const struct record *r, int *field)
{
    struct work reading = *w;
    struct record *known;
    if (company_outside(&reading, v_str(r->v[OUTSIDE_NAME]), v_str(r->v[OUTSIDE_COUNTRY]), &known) || !known || known->id == r->id)
        return NO_MESSAGE;
    return MSG(N_("This company is there already: {1}."), public_id(w->a, &outside_company, known->id));
}

const struct entity outside_company = {
    .name = "outside_company", .path = "outside-companies", .one = N_("Company outside the register"), .many = N_("Companies outside the register"), .shelf = N_("Supply network"),
    FIELDS(outside_fields), .title = OUTSIDE_NAME, .id_prefix = "CT", .rights = outside_rights, .check = outside_check, .compute = outside_compute,
    .name_key = company_name_key, .place = OUTSIDE_COUNTRY,
    .about = N_("Companies abroad or elsewhere in Viet Nam that supply enterprises of the register or buy from them."),
};

/* ---- the table of links ------------------------------------------------------------------------ */

static const struct choice sources[] = {
    { "supplier", N_("Told by the supplier") }, { "buyer", N_("Told by the buyer") }, { "both", N_("Told by both") }, { "inferred", N_("Inferred") },
    { NULL },
};
static const struct choice states[] = {
    { "stands",    N_("Stands") },
    { "disputed",  N_("Disputed"), .days = 10 },
    { "confirmed", N_("Confirmed by the office") },
    { "refuted",   N_("Refuted"), .done = true },
    { NULL },
};

static Val difference(const struct work *w, const struct record *r)
{
    double percent = statements_differ(r->v[LINK_VALUE_BY_SUPPLIER], r->v[LINK_VALUE_BY_BUYER]);
    return percent > 0 ? v_real(round(percent * 10) / 10) : v_null();
}

static const struct field fields[] = {
    [LINK_NAME] = { "name", N_("Supply link"), &text_type, OWNER | SEARCHED, .max = 1000, .weight = 2, .writers = SYSTEM },
    [LINK_SUPPLIER] = { "supplier_enterprise", N_("Supplier in the register"), &reference_type, OWNER | FIXED, .to = &enterprise, .section = N_("Supplier"),
        .also = "ma so thue nha cung cap|mst nha cung cap|mst ben ban|supplier tax code|supplier id",
        .help = N_("Its number, as DN-000421-6, its tax code or its name.") },
    [LINK_SUPPLIER_COMPANY] = { "supplier_company", N_("Supplier outside the register"), &reference_type, OWNER | FIXED, .to = &outside_company },
    [LINK_SUPPLIER_NAME] = { "supplier", N_("Name of the supplier"), &text_type, OWNER | LISTED | FIXED, .max = 300,
        .also = "nha cung cap|ten nha cung cap|ben ban|ben cung cap|nguoi ban|supplier name|seller",
        .help = N_("Only where the two above are empty: number, tax code or name. A name the register does not have is entered with its country as a company outside it.") },
    [LINK_SUPPLIER_COUNTRY] = { "supplier_country", N_("Country of the supplier"), &code_type, OWNER | FIXED, .list = "country",
        .also = "quoc gia nha cung cap|nuoc cua nha cung cap|quoc gia ben ban|supplier country" },
    [LINK_BUYER] = { "buyer_enterprise", N_("Buyer in the register"), &reference_type, OWNER | FIXED, .to = &enterprise, .section = N_("Buyer"),
        .also = "ma so thue ben mua|mst ben mua|mst khach hang|buyer tax code|buyer id",
        .help = N_("Its number, as DN-000421-6, its tax code or its name.") },
    [LINK_BUYER_COMPANY] = { "buyer_company", N_("Buyer outside the register"), &reference_type, OWNER | FIXED, .to = &outside_company },
    [LINK_BUYER_NAME] = { "buyer", N_("Name of the buyer"), &text_type, OWNER | LISTED | FIXED, .max = 300,
        .also = "ben mua|ten ben mua|khach hang|nguoi mua|buyer name|customer",
        .help = N_("Only where the two above are empty: number, tax code or name. A name the register does not have is entered with its country as a company outside it.") },
    [LINK_BUYER_COUNTRY] = { "buyer_country", N_("Country of the buyer"), &code_type, OWNER | FIXED, .list = "country",
        .also = "quoc gia ben mua|nuoc cua ben mua|quoc gia khach hang|buyer country" },
    [LINK_PRODUCT] = { "product", N_("What is supplied"), &text_type, REQUIRED | OWNER | LISTED | SEARCHED | FIXED, .max = 300, .weight = 4,
        .section = N_("What is supplied"), .also = "san pham|hang hoa|linh kien|nguyen lieu|vat tu|dau vao|mat hang|product|part|input|goods" },
    [LINK_VSIC] = { "vsic", N_("Industry of what is supplied"), &code_type, OWNER, .list = "vsic", .also = "vsic|ma nganh",
        .help = N_("Where it is not the main industry of the supplier.") },
    [LINK_ESSENTIAL] = { "essential", N_("The buyer’s production stops without it"), &boolean_type, OWNER | LISTED, .side = LINK_BUYER,
        .also = "thiet yeu|khong the thieu|essential" },
    [LINK_VALUE_BY_SUPPLIER] = { "value_by_supplier", N_("Value a year, as the supplier states"), &money_type, OWNER | LISTED, .least = 0, .most = 9e15,
        .side = LINK_SUPPLIER, .also = "gia tri theo nha cung cap|gia tri ben ban khai|doanh so ban|value by supplier|sales" },
    [LINK_VALUE_BY_BUYER] = { "value_by_buyer", N_("Value a year, as the buyer states"), &money_type, OWNER | LISTED, .least = 0, .most = 9e15,
        .side = LINK_BUYER, .also = "gia tri theo ben mua|gia tri ben mua khai|gia tri mua|value by buyer|purchases" },
    [LINK_SHARE_BY_BUYER] = { "share_by_buyer", N_("Share of the buyer’s purchases"), &number_type, OWNER, .least = 0, .most = 100, .unit = "%",
        .side = LINK_BUYER, .also = "ty trong mua|ty trong trong chi phi mua|share of purchases" },
    [LINK_SHARE_BY_SUPPLIER] = { "share_by_supplier", N_("Share of the supplier’s sales"), &number_type, OWNER, .least = 0, .most = 100, .unit = "%",
        .side = LINK_SUPPLIER, .also = "ty trong ban|ty trong trong doanh thu|share of sales" },
    [LINK_SINCE] = { "since", N_("Since"), &date_type, OWNER | LISTED, .also = "tu ngay|bat dau|since|from" },
    [LINK_UNTIL] = { "until", N_("Until"), &date_type, OWNER | LISTED, .also = "den ngay|ket thuc|until|to" },
    [LINK_SOURCE] = { "source", N_("Source of the link"), &choice_type, OWNER | LISTED | FACET, .choices = sources, .writers = OFFICER | ADMIN,
        .section = N_("For the office"), .also = "nguon|nguon thong tin|source" },
    [LINK_CONFIDENCE] = { "confidence", N_("Confidence"), &number_type, OWNER | LISTED, .least = 0, .most = 100, .unit = "%", .writers = OFFICER | ADMIN,
        .also = "do tin cay|confidence", .help = N_("Of an inferred link: how sure it is that there is such a link.") },
    [LINK_BASIS] = { "basis", N_("Inferred from"), &text_type, OWNER, .max = 500, .writers = OFFICER | ADMIN, .also = "can cu suy ra|co so suy luan|basis" },
    [LINK_DIFFERENCE] = { "difference", N_("Difference between the two sides"), &number_type, OWNER | LISTED | DERIVED, .unit = "%", .derive = difference },
    [LINK_STATE] = { "state", N_("State"), &state_type, OWNER | LISTED | INDEXED, .choices = states },
    [LINK_DISPUTE] = { "dispute", N_("Why it is disputed"), &long_text_type, OWNER, .max = NOTE_MOST, .writers = SYSTEM },
    [LINK_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
    [LINK_NOTE] = { "note", N_("Note"), &long_text_type, 0, .max = 2000, .also = "ghi chu|note|remarks" },
    [LINK_KEY] = { "key", N_("Key of the link"), &text_type, COMPUTED | KEY | INDEXED, .max = 400 },
};
_Static_assert(COUNT(fields) == LINK_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { ENTERPRISE | BUYER, MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_OWN, LINK_SUPPLIER },
    { ENTERPRISE | BUYER, MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS, ROWS_OWN, LINK_BUYER },
    { STAFF,              MAY_READ,                           ALL_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,    MAY_ALL,                            ALL_FIELDS, ROWS_ALL },
    { 0 },
};

/* ---- what follows from what is told ---------------------------------------------------------------- */

struct side { int enterprise, company, name, country; const char *code; };
static const struct side sides[] = {
    { LINK_SUPPLIER, LINK_SUPPLIER_COMPANY, LINK_SUPPLIER_NAME, LINK_SUPPLIER_COUNTRY, "supplier" },
    { LINK_BUYER, LINK_BUYER_COMPANY, LINK_BUYER_NAME, LINK_BUYER_COUNTRY, "buyer" },
};

/* The side's name becomes the company it means, entered if need be; a name that means none stays, and check() says so. */
static enum err find_side(struct work *w, struct record *r, const struct side *s)
{
    struct company found = { 0 };
    bool named = v_is(r->v[s->enterprise]) || v_is(r->v[s->company]);
    if (!named && v_is(r->v[s->name])) TRY(company_named(w, v_str(r->v[s->name]), v_str(r->v[s->country]), true, &found));
    if (found.id) r->v[found.outside ? s->company : s->enterprise] = v_int(found.id);
    if (named || found.id) r->v[s->name] = r->v[s->country] = v_null();
    return OK;
}

static Val key_of(const struct work *w, const struct record *r)
{
    struct buf b = buf_make(w->a);
    for (const struct side *s = sides; s < sides + COUNT(sides); s++) {
        bool outside = !v_is(r->v[s->enterprise]);
        put_f(&b, "%c%lld ", outside ? 'o' : 'e', (long long)v_i64(r->v[outside ? s->company : s->enterprise]));
    }
    put(&b, text_slug(w->a, v_str(r->v[LINK_PRODUCT])));
    bool refuted = str_is(v_str(r->v[LINK_STATE]), "refuted");
    return refuted ? v_null() : v_text(buf_str(&b));
}

static bool says_nothing(const struct record *r, const struct side *s)
{
    return !v_is(r->v[s->enterprise]) && !v_is(r->v[s->company]) && !v_is(r->v[s->name]);
}

/* An enterprise that names only whom it buys from or supplies is the other side. */
static void fill_own_side(const struct work *w, struct record *r)
{
    const struct side *missing = says_nothing(r, &sides[0]) ? &sides[0] : says_nothing(r, &sides[1]) ? &sides[1] : NULL;
    Val own = v_int(w->actor.organisation);
    bool other = missing && !says_nothing(r, &sides[missing == sides]) && !val_eq(r->v[sides[missing == sides].enterprise], own);
    if (other && w->actor.roles & (ENTERPRISE | BUYER) && v_i64(own)) r->v[missing->enterprise] = own;
}

static enum err complete(struct work *w, struct record *r)
{
    fill_own_side(w, r);
    for (const struct side *s = sides; s < sides + COUNT(sides); s++) TRY(find_side(w, r, s));
    r->v[LINK_KEY] = key_of(w, r);
    return OK;
}

/* As it is called on this day, and where it is. */
static void name_side(const struct work *w, struct record *r, const struct side *s)
{
    struct work reading = *w;
    struct records found;
    bool outside = !v_is(r->v[s->enterprise]);
    int64_t id = v_i64(r->v[outside ? s->company : s->enterprise]);
    reading.lang = VI;
    if (v_is(r->v[s->name]) || records_of(&reading, outside ? &outside_company : &enterprise, &id, 1, false, &found) || !found.n) return;
    const struct record *c = found.p[0];
    const struct code *home = code_find(w->codes, S("country"), S("VN"));
    r->v[s->name] = v_text(record_title(&reading, c));
    r->v[s->country] = outside ? c->v[OUTSIDE_COUNTRY] : home ? v_text(home->key) : v_null();
}

/* Whether the side has stated something, or is the one that enters the link. */
static bool has_said(const struct work *w, const struct record *r, const struct side *s)
{
    bool enters = !r->id && w->actor.roles & (ENTERPRISE | BUYER) && w->actor.organisation
               && v_i64(r->v[s->enterprise]) == w->actor.organisation;
    bool stated = s == sides ? v_is(r->v[LINK_VALUE_BY_SUPPLIER]) || v_is(r->v[LINK_SHARE_BY_SUPPLIER])
                             : v_is(r->v[LINK_VALUE_BY_BUYER]) || v_is(r->v[LINK_SHARE_BY_BUYER]);
    Str source = v_str(r->v[LINK_SOURCE]);
    return enters || stated || str_is(source, s->code) || str_is(source, "both");
}

static void compute(const struct work *w, struct record *r)
{
    bool supplier = has_said(w, r, &sides[0]), buyer = has_said(w, r, &sides[1]);
    r->v[LINK_SOURCE] = v_text(supplier && buyer ? S("both") : supplier ? S("supplier") : buyer ? S("buyer") : S("inferred"));
    r->v[LINK_KEY] = key_of(w, r);
    if (r->id) return;
    for (const struct side *s = sides; s < sides + COUNT(sides); s++) name_side(w, r, s);
    r->v[LINK_NAME] = v_text(str_f(w->a, "%.*s → %.*s: %.*s", FMT(v_str(r->v[LINK_SUPPLIER_NAME])), FMT(v_str(r->v[LINK_BUYER_NAME])),
                                   FMT(v_str(r->v[LINK_PRODUCT]))));
}

/* ---- what a link may say ---------------------------------------------------------------------------- */

/* A name still to become a company (complete): one there is, or one that is then entered. */
static bool will_be_found(const struct work *w, const struct record *r, const struct side *s)
{
    struct work reading = *w;
    struct company found;
    bool known = !company_named(&reading, v_str(r->v[s->name]), v_str(r->v[s->country]), false, &found) && found.id;
    return !r->id && (known || v_is(r->v[s->country]));
}

static Message check_side(const struct work *w, const struct record *r, const struct side *s, int *field)
{
    bool in = v_is(r->v[s->enterprise]), out = v_is(r->v[s->company]);
    if (in != out) return NO_MESSAGE;
    *field = s->enterprise;
    if (in) return MSG(N_("One side is one company: either in the register or outside it."));
    if (!v_is(r->v[s->name])) return MSG(N_("Write who the supplier and who the buyer is."));
    if (will_be_found(w, r, s)) return NO_MESSAGE;
    *field = s->name;
    return MSG(N_("“{1}” means no company, or several: give its number or tax code; if the register does not have it, its country."), v_str(r->v[s->name]));
}

static bool is_in_register(const struct record *r, const struct side *s) { return v_is(r->v[s->enterprise]) || !v_is(r->v[s->company]); }

static Message check_sides(const struct work *w, const struct record *r, int *field)
{
    for (const struct side *s = sides; s < sides + COUNT(sides); s++) {
        Message m = check_side(w, r, s, field);
        if (m.id) return m;
    }
    *field = LINK_BUYER;
    if (!is_in_register(r, &sides[0]) && !is_in_register(r, &sides[1])) return MSG(N_("At least one of the two must be an enterprise of the register."));
    if (v_is(r->v[LINK_SUPPLIER]) && val_eq(r->v[LINK_SUPPLIER], r->v[LINK_BUYER])) return MSG(N_("An enterprise does not supply itself; what it makes for its own use is no link."));
    return NO_MESSAGE;
}

/* What is left of 100 % for this link beside all others in force that the side has; NAN: the database did not say. */
static double share_left(const struct work *w, const struct record *r, const char *share, const char *column, int64_t side)
{
    struct work reading = *w;
    struct buf b = buf_make(w->a);
    double others = 0;
    put_f(&b, "SELECT %s FROM supply_link WHERE %s = $1 AND id <> $2 AND %s IS NOT NULL AND state <> 'refuted'"
              " AND (until IS NULL OR until >= $3)", share, column, share);
    struct rows rows = db_query(reading.db, reading.a, sql_of(&b), ARGS(v_int(side), v_int(r->id), v_text(date_iso(w->a, w->today))));
    while (rows_next(&rows)) others += v_f64(row_peek(&rows, 0));
    return rows_end(&rows) ? NAN : 100 - others;
}

static Message check_shares(const struct work *w, const struct record *r, int *field)
{
    static const struct { int share; const struct side *of; const char *over; } shares[] = {
        { LINK_SHARE_BY_BUYER, &sides[1], N_("The shares of this buyer’s purchases would come to {1} %; there are only 100.") },
        { LINK_SHARE_BY_SUPPLIER, &sides[0], N_("The shares of this supplier’s sales would come to {1} %; there are only 100.") },
    };
    Str until = v_str(r->v[LINK_UNTIL]);
    if (until.n && str_cmp(until, date_iso(w->a, w->today)) < 0) return NO_MESSAGE;
    for (size_t i = 0; i < COUNT(shares); i++) {
        const struct side *s = shares[i].of;
        int side = v_is(r->v[s->enterprise]) ? s->enterprise : s->company;
        if (!v_is(r->v[shares[i].share])) continue;
        double share = v_f64(r->v[shares[i].share]);
        double left = share_left(w, r, fields[shares[i].share].name, fields[side].name, v_i64(r->v[side]));
        if (!(share > left + 1e-6)) continue;
        *field = shares[i].share;
        struct buf b = buf_make(w->a);
        put_real(&b, w->lang, round((100 - left + share) * 10) / 10);
        return MSG(shares[i].over, buf_str(&b));
    }
    return NO_MESSAGE;
}

static Message check(const struct work *w, const struct record *told, int *field)
{
    struct record *r = record_copy(w->a, told);
    if (!r->id) fill_own_side(w, r);
    Message m = check_sides(w, r, field);
    if (m.id) return m;
    Str since = v_str(r->v[LINK_SINCE]), until = v_str(r->v[LINK_UNTIL]);
    *field = LINK_UNTIL;
    if (since.n && until.n && str_cmp(since, until) > 0) return MSG(N_("A link cannot end before it begins."));
    return check_shares(w, r, field);
}

/* ---- telling both sides -------------------------------------------------------------------------------- */

/* In a batch each account is told once. */
static enum err tell_of_batch(struct work *w, const struct record *r)
{
    struct records accounts;
    TRY(accounts_concerned(w, r, ENTERPRISE | BUYER, &accounts));
    for (size_t i = 0; i < accounts.n; i++) {
        int64_t account = accounts.p[i]->id;
        bool first = false;
        if (account != w->actor.account)
            TRY(remind_once(w, str_f(w->a, "links/%lld/%lld", (long long)w->batch, (long long)account), &first));
        Message text = MSG(N_("Supply links of your enterprise were entered. Look through them: state your side, or dispute what is wrong."));
        if (first) TRY(notify(w, accounts.p[i], text, str_f(w->a, "/workspace/%s", supply_link.path)));
    }
    return OK;
}

static bool differ(const struct record *r)
{
    enum { WORTH_TELLING = 20 };                            /* % */
    return r && statements_differ(r->v[LINK_VALUE_BY_SUPPLIER], r->v[LINK_VALUE_BY_BUYER]) > WORTH_TELLING;
}

static bool same_values_stated(const struct record *a, const struct record *b)
{
    return val_eq(a->v[LINK_VALUE_BY_SUPPLIER], b->v[LINK_VALUE_BY_SUPPLIER]) && val_eq(a->v[LINK_VALUE_BY_BUYER], b->v[LINK_VALUE_BY_BUYER]);
}

static enum err follow(struct work *w, const struct record *was, const struct record *now)
{
    if (!now) return OK;
    if (w->batch) return was ? OK : tell_of_batch(w, now);
    if (differ(now) && !(was && same_values_stated(was, now)))
        return record_tell(w, now, ENTERPRISE | BUYER, N_("{1}: what supplier and buyer state differs by more than a fifth."), NULL);
    if (was) return OK;
    return record_tell(w, now, ENTERPRISE | BUYER, N_("{1}: this supply link was entered. State your side, or dispute it."), NULL);
}

/* ---- disputes (E12) -------------------------------------------------------------------------------------- */

static enum err keep_reason(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    now->v[LINK_DISPUTE] = v_text(note);
    return OK;
}

static const struct step steps[] = {
    { "dispute", N_("Dispute"), "stands|confirmed", "disputed", ENTERPRISE | BUYER, .is = STEP_NOTE | STEP_BAD, .effect = keep_reason,
      .tell = OFFICER | ENTERPRISE | BUYER, .told = N_("{1}: this supply link is disputed.") },
    { "uphold", N_("The link is right"), "disputed", "confirmed", OFFICER, .is = STEP_NOTE, .tell = ENTERPRISE | BUYER,
      .told = N_("{1}: the office looked into this supply link, and it stands.") },
    { "refute", N_("There is no such link"), "disputed", "refuted", OFFICER, .is = STEP_NOTE | STEP_BAD, .tell = ENTERPRISE | BUYER,
      .told = N_("{1}: the office looked into this supply link and found that there is none.") },
};
static const struct workflow flow = { LINK_STATE, LINK_DUE, STEPS(steps) };

const struct entity supply_link = {
    .name = "supply_link", .path = "supply-links", .one = N_("Supply link"), .many = N_("Supply links"), .shelf = N_("Supply network"), FIELDS(fields), .title = LINK_NAME,
    .id_prefix = "LK", .rights = rights, .workflow = &flow, .check = check, .compute = compute, .complete = complete, .follow = follow,
    .about = N_("Who supplies whom with what, who said so, and what each side states."),
};

/* ---- what a link is worth ------------------------------------------------------------------------------- */

double statements_differ(Val one, Val other)
{
    double a = v_f64(one), b = v_f64(other);
    return v_is(one) && v_is(other) && fmax(a, b) > 0 ? 100 * fabs(a - b) / fmax(a, b) : 0;
}

double link_value(const struct record *r, double supplier_revenue, double buyer_revenue, bool *inferred)
{
    Val sold = r->v[LINK_VALUE_BY_SUPPLIER], bought = r->v[LINK_VALUE_BY_BUYER];
    double purchases = LINK_PURCHASES * buyer_revenue;
    *inferred = !v_is(sold) && !v_is(bought);
    if (v_is(sold) && v_is(bought)) return (v_f64(sold) + v_f64(bought)) / 2;
    if (!*inferred) return v_f64(v_is(sold) ? sold : bought);
    if (v_is(r->v[LINK_SHARE_BY_SUPPLIER]) && !isnan(supplier_revenue)) return v_f64(r->v[LINK_SHARE_BY_SUPPLIER]) / 100 * supplier_revenue;
    if (v_is(r->v[LINK_SHARE_BY_BUYER]) && !isnan(purchases)) return v_f64(r->v[LINK_SHARE_BY_BUYER]) / 100 * purchases;
    double smaller = fmin(supplier_revenue, purchases);     /* the one that is known, if only one is */
    return isnan(smaller) ? 0 : LINK_SMALL * smaller;
}
