/*
 * demand.c - what a buyer looks for: the part, what is asked of suppliers, until when and who may answer (C06).
 *
 * The public reads what is marked PUBLIC, of demands that are open and that anybody may answer.  An officer has checked just that, so it stands from then on:
 * to change it the buyer takes the demand back, and only the day quotes are due may move.  A buyer that stays unnamed (C12)
 * is a country to everybody but itself and the office; and no text of the demand may name it.
 */
#include "programme/linkage/linkage.h"

#include "base/unicode.h"
#include "format/mark/mark.h"
#include "model/desk/file.h"
#include "programme/linkage/inside.h"

static const struct choice reaches[] = {
    { "anybody", N_("Any supplier may answer") }, { "invited", N_("Only suppliers that are invited") }, { NULL },
};
const struct choice currencies[] = {
    { "VND", "VND" }, { "USD", "USD" }, { "EUR", "EUR" }, { "JPY", "JPY" }, { "KRW", "KRW" }, { "CNY", "CNY" }, { NULL },
};
static const struct choice states[] = {
    { "draft",     N_("Being written") },
    { "submitted", N_("Being checked"), .days = 3 },
    { "returned",  N_("To be completed"), .days = 10 },
    { "open",      N_("Open for quotes") },
    { "choosing",  N_("Quotes being compared"), .days = 20 },
    { "awarded",   N_("Supplier chosen"), .done = true },
    { "nobody",    N_("Ended without a choice"), .done = true },
    { "withdrawn", N_("Withdrawn"), .done = true },
    { NULL },
};
/* The criteria by their names (criteria.h), as far as a demand has a column for them, and its words. */
static const struct choice weighed[] = {
    { "words", N_("Words") }, { "process", N_("Processes") }, { "material", N_("Materials") }, { "tolerance", N_("Tolerance") },
    { "part_size", N_("Largest part") }, { "part_weight", N_("Heaviest part") }, { "machine", N_("Kinds of machine") },
    { "force", N_("Clamping or pressing force") }, { "axes", N_("Axes") }, { "table_length", N_("Length of the table") },
    { "table_width", N_("Width of the table") }, { "temperature", N_("Temperature") }, { "product", N_("Product groups") },
    { "capacity", N_("Free capacity a year") }, { "certificate", N_("Certificates") }, { "industry", N_("Industries served") },
    { "exports", N_("Share exported") }, { "foreign_customers", N_("Foreign customers") }, { "distance", N_("Distance") },
    { "ward", N_("Wards and communes") }, { "zone", N_("Industrial parks and clusters") }, { "province", N_("Provinces") },
    { "grade", N_("Capability grade") }, { "language", N_("Languages") }, { "confirmed", N_("Profile confirmed") }, { NULL },
};

static const struct field weight_fields[] = {
    [DEMAND_WEIGHT_CRITERION] = { "criterion", N_("Criterion"), &choice_type, REQUIRED | KEY | PUBLIC | LISTED, .choices = weighed },
    [DEMAND_WEIGHT_MUST] = { "must", N_("It must be so"), &boolean_type, PUBLIC | LISTED, .help = N_("No: a wish. Suppliers that surely do not meet a must are left out.") },
    [DEMAND_WEIGHT_WEIGHT] = { "weight", N_("Weight"), &integer_type, PUBLIC | LISTED, .least = 1, .most = 100, .help = N_("1 to 100: how much it counts beside the others.") },
};
_Static_assert(COUNT(weight_fields) == DEMAND_WEIGHT_FIELD_COUNT, "every field has a row");
const struct entity demand_weight = {
    .name = "demand_weight", .parent = &demand, .one = N_("Weight of a criterion"), .many = N_("Weights of criteria"), FIELDS(weight_fields),
};

static const struct field drawing_fields[] = {
    [DRAWING_TITLE] = { "title", N_("Drawing"), &text_type, REQUIRED | KEY | OWNER | LISTED, .max = 200 },
    [DRAWING_FILE] = { "file", N_("File of the drawing"), &file_type, REQUIRED | OWNER,
        .help = N_("Suppliers open it only after they have agreed to keep it confidential, with their name across it; every opening is logged.") },
    [DRAWING_PART] = { "part", N_("Part number"), &text_type, OWNER | LISTED, .max = 100 },
    [DRAWING_NOTE] = { "note", N_("Note"), &text_type, OWNER, .max = 500 },
};
_Static_assert(COUNT(drawing_fields) == DRAWING_FIELD_COUNT, "every field has a row");

/* Each reader's name is put into it, so it must be of a kind that takes one; what the file really is decides when it is opened. */
static Message check_drawing(const struct work *w, const struct record *r, int *field)
{
    struct upload up;
    *field = DRAWING_FILE;
    return !upload_read(v_str(r->v[DRAWING_FILE]), &up) || mark_takes(up.name) ? NO_MESSAGE : mark_why(ERR_MISSING);
}

const struct entity drawing = {
    .name = "drawing", .parent = &demand, .one = N_("Drawing"), .many = N_("Drawings"), FIELDS(drawing_fields), .check = check_drawing,
};

/* The buyer, or "A buyer (Japan)". */
static Val shown_buyer(const struct work *w, const struct record *r)
{
    const struct code *country = code_find(w->codes, S("country"), v_str(r->v[DEMAND_COUNTRY]));
    if (!v_i64(r->v[DEMAND_UNNAMED])) return r->v[DEMAND_BUYER];
    if (!country) return v_text(tr(w->lang, N_("A buyer")));
    return v_text(message_str(w->a, w->lang, MSG(N_("A buyer ({1})"), country->name[w->lang])));
}

static const struct field fields[] = {
    [DEMAND_TITLE] = { "title", N_("What is looked for"), &text_type, REQUIRED | PUBLIC | LISTED | SEARCHED, .max = 200, .weight = 8, .section = N_("The part"),
        .help = N_("As a heading: “Aluminium housing, die cast, 40,000 a year”. Without the name of the buyer if it stays unnamed.") },
    [DEMAND_TEXT] = { "text", N_("Description"), &long_text_type, PUBLIC | SEARCHED, .max = 8000, .weight = 2,
        .help = N_("What the part is for, how it is made, tested and packed.") },
    [DEMAND_HS] = { "hs_code", N_("HS code"), &text_type, PUBLIC | LISTED, .max = 12 },
    [DEMAND_QUANTITY] = { "quantity", N_("Quantity a year"), &number_type, PUBLIC | LISTED, .least = 0, .most = 1e12, .unit_by = "quantity_unit" },
    [DEMAND_QUANTITY_UNIT] = { "quantity_unit", N_("Unit of the quantity"), &code_type, PUBLIC, .list = "unit" },
    [DEMAND_VALUE] = { "value", N_("Value a year"), &number_type, OWNER, .least = 0, .most = 9e15, .help = N_("For the office’s plans only; suppliers do not see it.") },
    [DEMAND_VALUE_CURRENCY] = { "value_currency", N_("Currency of the value"), &choice_type, OWNER, .choices = currencies },
    [DEMAND_WORDS] = { "words", N_("Words"), &text_type, PUBLIC | SEARCHED, .max = 500, .weight = 4, .section = N_("What is asked of suppliers"),
        .help = N_("What their products or descriptions should say, in any of the five languages.") },
    [DEMAND_PROCESS] = { "process", N_("Processes"), &codes_type, PUBLIC | LISTED | SEARCHED, .list = "process", .weight = 4 },
    [DEMAND_MATERIAL] = { "material", N_("Materials"), &codes_type, PUBLIC | SEARCHED, .list = "material", .weight = 2 },
    [DEMAND_TOLERANCE] = { "tolerance", N_("Tolerance"), &number_type, PUBLIC, .least = 0, .most = 1000, .unit = "mm", .help = N_("As fine as this, or finer.") },
    [DEMAND_PART_SIZE] = { "part_size", N_("Largest part"), &number_type, PUBLIC, .least = 0, .most = 1e6, .unit = "mm", .help = N_("Its longest side.") },
    [DEMAND_PART_WEIGHT] = { "part_weight", N_("Heaviest part"), &number_type, PUBLIC, .least = 0, .most = 1e6, .unit = "kg" },
    [DEMAND_MACHINE] = { "machine", N_("Kinds of machine"), &codes_type, PUBLIC, .list = "machine" },
    [DEMAND_FORCE] = { "force", N_("Clamping or pressing force"), &number_type, PUBLIC, .least = 0, .most = 1e5, .unit = "t", .help = N_("At least.") },
    [DEMAND_AXES] = { "axes", N_("Axes"), &integer_type, PUBLIC, .least = 1, .most = 20, .help = N_("At least.") },
    [DEMAND_TABLE_LENGTH] = { "table_length", N_("Length of the table"), &number_type, PUBLIC, .least = 0, .most = 1e5, .unit = "mm" },
    [DEMAND_TABLE_WIDTH] = { "table_width", N_("Width of the table"), &number_type, PUBLIC, .least = 0, .most = 1e5, .unit = "mm" },
    [DEMAND_TEMPERATURE] = { "temperature", N_("Temperature"), &number_type, PUBLIC, .least = -273, .most = 5000, .unit = "°C", .help = N_("Of furnaces: at least.") },
    [DEMAND_PRODUCT] = { "product", N_("Product groups"), &codes_type, PUBLIC, .list = "si_group" },
    [DEMAND_CAPACITY] = { "capacity", N_("Free capacity a year"), &number_type, PUBLIC, .least = 0, .most = 1e15, .unit_by = "capacity_unit" },
    [DEMAND_CAPACITY_UNIT] = { "capacity_unit", N_("Unit of capacity"), &code_type, PUBLIC, .list = "unit" },
    [DEMAND_CERTIFICATE] = { "certificate", N_("Certificates"), &codes_type, PUBLIC | LISTED, .list = "standard" },
    [DEMAND_INDUSTRY] = { "industry", N_("Industries served"), &codes_type, PUBLIC, .list = "si_industry" },
    [DEMAND_EXPORTS] = { "exports", N_("Share exported"), &number_type, PUBLIC, .least = 0, .most = 100, .unit = "%", .help = N_("At least.") },
    [DEMAND_FOREIGN] = { "foreign_customers", N_("Foreign customers"), &codes_type, PUBLIC, .list = "country", .help = N_("Has customers from these countries.") },
    [DEMAND_PLACE] = { "place", N_("Near this place"), &place_type, PUBLIC, .section = N_("Where suppliers are") },
    [DEMAND_DISTANCE] = { "distance", N_("Distance"), &number_type, PUBLIC, .least = 0.1, .most = 3000, .unit = "km", .help = N_("At most, as the crow flies.") },
    [DEMAND_WARD] = { "ward", N_("Wards and communes"), &codes_type, PUBLIC, .list = "ward" },
    [DEMAND_ZONE] = { "zone", N_("Industrial parks and clusters"), &codes_type, PUBLIC, .list = "industrial_zone" },
    [DEMAND_PROVINCE] = { "province", N_("Provinces"), &codes_type, PUBLIC, .list = "province" },
    [DEMAND_GRADE] = { "grade", N_("Capability grade"), &codes_type, PUBLIC, .list = "capability_grade", .section = N_("What else counts") },
    [DEMAND_LANGUAGE] = { "language", N_("Languages"), &codes_type, PUBLIC, .list = "language" },
    [DEMAND_CONFIRMED] = { "confirmed", N_("Profile confirmed"), &number_type, PUBLIC, .least = 0, .most = 600, .unit = N_("months"), .help = N_("At most so long ago.") },
    [DEMAND_DAY] = { "day", N_("Certificates valid on"), &date_type, PUBLIC, .help = N_("Empty: on the day quotes are due.") },
    [DEMAND_WEIGHTS] = { "weights", N_("Musts and weights"), &children_type, PUBLIC, .to = &demand_weight },
    [DEMAND_QUOTES_BY] = { "quotes_by", N_("Quotes due on"), &date_type, REQUIRED | PUBLIC | LISTED | INDEXED, .section = N_("Quotes") },
    [DEMAND_REACH] = { "reach", N_("Who may answer"), &choice_type, REQUIRED | PUBLIC | LISTED, .choices = reaches,
        .help = N_("What only invited suppliers may answer is not published.") },
    [DEMAND_UNNAMED] = { "unnamed", N_("The buyer stays unnamed"), &boolean_type, OWNER | LISTED, .section = N_("The buyer"),
        .help = N_("Suppliers read “A buyer (Japan)” until you admit them to your demand.") },
    [DEMAND_BUYER] = { "buyer", N_("Name of the buyer"), &text_type, REQUIRED | OWNER | LISTED, .max = 300 },
    [DEMAND_COUNTRY] = { "country", N_("Country of the buyer"), &code_type, REQUIRED | OWNER | LISTED, .list = "country" },
    [DEMAND_CONTACT] = { "contact", N_("Contact person"), &text_type, PERSONAL, .max = 200 },
    [DEMAND_EMAIL] = { "email", N_("E-mail of the contact"), &email_type, PERSONAL, .max = 200 },
    [DEMAND_ACCOUNT] = { "account", N_("Account"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [DEMAND_SHOWN_BUYER] = { "shown_buyer", N_("Buyer"), &text_type, PUBLIC | DERIVED, .derive = shown_buyer },
    [DEMAND_DRAWINGS] = { "drawings", N_("Drawings"), &children_type, OWNER, .to = &drawing, .section = N_("Drawings, in confidence") },
    [DEMAND_REASON] = { "reason", N_("Why this supplier"), &long_text_type, OWNER, .max = NOTE_MOST, .writers = SYSTEM },
    [DEMAND_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [DEMAND_DUE] = { "due", N_("Due on"), &date_type, OWNER | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == DEMAND_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { EVERYBODY,                MAY_READ,                           PUBLIC_FIELDS, ROWS_PUBLISHED },
    { BUYER | ENTERPRISE,       MAY_READ | MAY_CREATE | MAY_CHANGE, OWN_FIELDS,    ROWS_MINE, DEMAND_ACCOUNT },
    { FINANCE | AGENCY | LEADER, MAY_READ,                          PUBLIC_FIELDS, ROWS_ALL },
    { OFFICER | ADMIN,          MAY_ALL,                            ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

static bool in_state(const struct record *r, const char *state) { return str_is(v_str(r->v[DEMAND_STATE]), state); }

static bool published(const struct record *r) { return in_state(r, "open") && str_is(v_str(r->v[DEMAND_REACH]), "anybody"); }

/* ---- what a demand may say ----------------------------------------------------------------------- */

/* A pair of which one is nothing without the other. */
static Message check_pairs(const struct record *r, int *field)
{
    static const struct { int field, needs; const char *says; } pairs[] = {
        { DEMAND_QUANTITY, DEMAND_QUANTITY_UNIT, N_("Say in which unit the quantity is.") },
        { DEMAND_CAPACITY, DEMAND_CAPACITY_UNIT, N_("Say in which unit the capacity is.") },
        { DEMAND_VALUE, DEMAND_VALUE_CURRENCY, N_("Say in which currency the value is.") },
        { DEMAND_PLACE, DEMAND_DISTANCE, N_("Say how far from the place a supplier may be.") },
        { DEMAND_DISTANCE, DEMAND_PLACE, N_("Say from which place the distance is.") },
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        *field = pairs[i].needs;
        if (v_is(r->v[pairs[i].field]) && !v_is(r->v[pairs[i].needs])) return MSG(pairs[i].says);
    }
    return NO_MESSAGE;
}

static bool mentions(const struct work *w, Val text, Val name)
{
    size_t at;
    Str said = text_slug(w->a, v_str(name)), in = text_slug(w->a, v_str(text));
    return said.n && str_find(str_f(w->a, "-%.*s-", FMT(in)), str_f(w->a, "-%.*s-", FMT(said)), &at);
}

/* What stays unnamed is not to be read between the lines either. */
static Message check_unnamed(const struct work *w, const struct record *r, int *field)
{
    static const int texts[] = { DEMAND_TITLE, DEMAND_TEXT, DEMAND_WORDS }, names[] = { DEMAND_BUYER, DEMAND_CONTACT, DEMAND_EMAIL };
    for (size_t i = 0; v_i64(r->v[DEMAND_UNNAMED]) && i < COUNT(texts); i++)
        for (size_t k = 0; k < COUNT(names); k++) {
            *field = texts[i];
            if (mentions(w, r->v[texts[i]], r->v[names[k]])) return MSG(N_("This names the buyer, who is to stay unnamed."));
        }
    return NO_MESSAGE;
}

/* Whether an officer has checked it, so that the public may rely on it. */
static bool stands(const struct record *r) { return !in_state(r, "draft") && !in_state(r, "returned"); }

static bool stays_free(int field)
{
    static const int free[] = { DEMAND_QUOTES_BY, DEMAND_CONTACT, DEMAND_EMAIL, DEMAND_DRAWINGS };
    for (size_t i = 0; i < COUNT(free); i++) if (field == free[i]) return true;
    return false;
}

static bool same_weights(const struct records *a, const struct records *b)
{
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++)
        for (int k = 0; k < DEMAND_WEIGHT_FIELD_COUNT; k++)
            if (!val_eq(a->p[i]->v[k], b->p[i]->v[k])) return false;
    return true;
}

static Message check_stands(const struct work *w, const struct record *r, int *field)
{
    struct work reading = *w;
    struct record *was;
    if (!r->id || !stands(r) || w->actor.roles & (OFFICER | ADMIN | SYSTEM) || record_load(&reading, &demand, r->id, &was)) return NO_MESSAGE;
    for EACH_FIELD(f, i, &demand) {
        bool same = i == DEMAND_WEIGHTS ? same_weights(&was->children[i], &r->children[i]) : !has_column(f) || val_eq(was->v[i], r->v[i]);
        if (same || stays_free(i)) continue;
        *field = i;
        return MSG(N_("This was checked by the office and stands. Take the demand back to change it, or move only the day quotes are due."));
    }
    return NO_MESSAGE;
}

/* What nobody could meet is said while it can still be changed. */
static Message check_criteria(const struct work *w, const struct record *r, int *field)
{
    struct work reading = *w;
    struct wrong_parts wrong = { 0 };
    struct wanted d = wanted_of(&reading, r);
    if (stands(r)) return NO_MESSAGE;
    if (!v_is(r->v[DEMAND_DAY])) d.day = (struct date){ 0 };             /* the day quotes are due, checked below */
    wanted_check(&reading, &d, &wrong);
    if (!wrong.n) return NO_MESSAGE;
    int at = field_index(&demand, wrong.p[0].where);
    *field = at >= 0 ? at : DEMAND_WORDS;
    return wrong.p[0].what;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    Message m = check_pairs(r, field);
    if (!m.id) m = check_criteria(w, r, field);
    if (!m.id) m = check_unnamed(w, r, field);
    if (!m.id) m = check_stands(w, r, field);
    if (m.id || r->id) return m;
    *field = DEMAND_QUOTES_BY;
    return is_past(w, r->v[DEMAND_QUOTES_BY]) ? MSG(N_("The day quotes are due has passed.")) : NO_MESSAGE;
}

/* Whoever enters a demand is the one it belongs to, an officer who enters a buyer's letter too. */
static void compute(const struct work *w, struct record *r)
{
    if (!r->id && !v_is(r->v[DEMAND_ACCOUNT]) && w->actor.account) r->v[DEMAND_ACCOUNT] = v_int(w->actor.account);
}

/* ---- its way --------------------------------------------------------------------------------------- */

static Message asks_something(const struct work *w, const struct record *r)
{
    for (int i = DEMAND_WORDS; i <= DEMAND_CONFIRMED; i++) if (v_is(r->v[i])) return NO_MESSAGE;
    return MSG(N_("First say what is asked of suppliers: a process, a material, a certificate, or words."));
}

static Message has_time(const struct work *w, const struct record *r)
{
    return is_past(w, r->v[DEMAND_QUOTES_BY]) ? MSG(N_("First set a day, not yet past, on which quotes are due.")) : NO_MESSAGE;
}

static Message may_be_sent(const struct work *w, const struct record *r)
{
    Message m = asks_something(w, r);
    return m.id ? m : has_time(w, r);
}

static enum err end(struct work *w, const struct record *was, struct record *now, Str note, Message *why) { return demand_left(w, now->id, why); }

#define OWNERS (BUYER | ENTERPRISE | OFFICER)
static const struct step steps[] = {
    { "submit", N_("Send to the office"), "draft|returned", "submitted", OWNERS, ROWS_MINE, DEMAND_ACCOUNT, .guard = may_be_sent, .tell = OFFICER,
      .told = N_("A buyer’s demand waits to be checked: {1}") },
    { "open", N_("Open it to suppliers"), "submitted", "open", OFFICER, .guard = has_time, .tell = BUYER | ENTERPRISE,
      .told = N_("Your demand {1} is open: suppliers can be invited, and quotes come in.") },
    { "return", N_("Ask for more"), "submitted", "returned", OFFICER, .is = STEP_NOTE, .tell = BUYER | ENTERPRISE,
      .told = N_("Your demand {1} needs something more.") },
    { "revise", N_("Take back to change"), "submitted|open", "draft", OWNERS, ROWS_MINE, DEMAND_ACCOUNT, STEP_BAD },
    { "close", N_("Close for quotes"), "open", "choosing", OWNERS, ROWS_MINE, DEMAND_ACCOUNT, STEP_QUIET },
    { "reopen", N_("Open for quotes again"), "choosing", "open", OWNERS, ROWS_MINE, DEMAND_ACCOUNT, STEP_BAD, .guard = has_time },
    { "award", N_("Choose a supplier"), "open|choosing", "awarded", 0, .is = STEP_AUTO },
    { "nobody", N_("Choose nobody"), "open|choosing", "nobody", OWNERS, ROWS_MINE, DEMAND_ACCOUNT, STEP_NOTE | STEP_BAD, .effect = end, .tell = OFFICER,
      .told = N_("{1}: the buyer chose nobody.") },
    { "withdraw", N_("Withdraw"), "draft|returned|submitted|open|choosing", "withdrawn", OWNERS, ROWS_MINE, DEMAND_ACCOUNT, STEP_BAD, .effect = end },
    { "end", N_("End it for the buyer"), "open|choosing", "nobody", OFFICER, .is = STEP_NOTE | STEP_BAD, .effect = end, .tell = BUYER | ENTERPRISE,
      .told = N_("Your demand {1} was ended by the office.") },
};
static const struct workflow flow = { DEMAND_STATE, DEMAND_DUE, STEPS(steps) };

const struct entity demand = {
    .name = "demand", .path = "demands", .one = N_("Demand"), .many = N_("Demands"), .shelf = N_("Linkage"), FIELDS(fields), .title = DEMAND_TITLE, .id_prefix = "NC",
    .rights = rights, .workflow = &flow, .check = check, .compute = compute, .published = published,
    .about = N_("What buyers look for: parts, what is asked of suppliers, and until when quotes are taken."),
};
