/* indicator.c - indicators with their targets as entities: which measure, of what, over which time, against which numbers. */
#include "programme/target/inside.h"

#include <string.h>

/* ---- targets ------------------------------------------------------------------------------------ */

static const struct choice comparisons[] = {
    { "least", N_("at least") }, { "about", N_("about") }, { "more", N_("more than") }, { "between", N_("from … to …") }, { NULL },
};

static const struct field target_fields[] = {
    [TARGET_FROM_YEAR] = { "from_year", N_("From the year"), &year_type, REQUIRED | KEY | PUBLIC | LISTED },
    [TARGET_TO_YEAR] = { "to_year", N_("To the year"), &year_type, REQUIRED | KEY | PUBLIC | LISTED },
    [TARGET_AGENCY] = { "agency", N_("Responsible unit"), &code_type, KEY | PUBLIC | LISTED, .list = "agency" },
    [TARGET_COMPARISON] = { "comparison", N_("Comparison"), &choice_type, REQUIRED | PUBLIC | LISTED, .choices = comparisons },
    [TARGET_LEAST] = { "least", N_("Target"), &number_type, REQUIRED | PUBLIC | LISTED, .least = 0, .most = 9e15 },
    [TARGET_MOST] = { "most", N_("At most"), &number_type, PUBLIC | LISTED, .least = 0, .most = 9e15 },
    [TARGET_SOURCE] = { "source", N_("Source"), &text_type, PUBLIC, .max = 500 },
};
_Static_assert(COUNT(target_fields) == TARGET_FIELD_COUNT, "every field has a row");

static Message check_target(const struct work *w, const struct record *r, int *field)
{
    bool between = str_is(v_str(r->v[TARGET_COMPARISON]), "between");
    *field = TARGET_TO_YEAR;
    if (v_i64(r->v[TARGET_TO_YEAR]) < v_i64(r->v[TARGET_FROM_YEAR])) return MSG(N_("A target cannot end before it begins."));
    *field = TARGET_MOST;
    if (between != v_is(r->v[TARGET_MOST])) return MSG(N_("A target from … to … has two numbers, any other one."));
    return between && v_f64(r->v[TARGET_MOST]) < v_f64(r->v[TARGET_LEAST]) ? MSG(N_("The greater number comes second.")) : NO_MESSAGE;
}

const struct entity target = {
    .name = "target", .parent = &indicator, .one = N_("Target value"), .many = N_("Target values"), FIELDS(target_fields), .check = check_target,
};

/* ---- indicators --------------------------------------------------------------------------------- */

static const struct choice splits[] = {
    [SPLIT_NONE] = { "none", N_("Not split") },        [SPLIT_WARD] = { "ward", N_("By ward or commune") },
    [SPLIT_CONTENT] = { "content", N_("By content") }, [SPLIT_INDUSTRY] = { "industry", N_("By industry") },
    [SPLIT_AGENCY] = { "agency", N_("By agency") },    [SPLITS] = { NULL },
};
static const struct choice frequencies[] = {
    { "month", N_("Every month") }, { "quarter", N_("Every quarter") }, { "half", N_("Every six months") }, { "year", N_("Every year") }, { NULL },
};
static const struct choice times[] = {
    [OVER_DAY] = { "day", N_("As it stands") }, [OVER_YEAR] = { "year", N_("What happened in a year") },
    [OVER_PHASE] = { "phase", N_("From the programme's first year on") }, { NULL },
};

static Val unit_of(const struct work *w, const struct record *r)
{
    return v_is(r->v[INDICATOR_MEASURE]) ? v_text(str_of(measure_unit(r))) : v_null();
}

static const struct field fields[] = {
    [INDICATOR_CODE] = { "code", N_("Code"), &text_type, REQUIRED | UNIQUE | PUBLIC | LISTED | FIXED, .max = 60,
        .help = N_("Its place on the web: small letters, digits and _.") },
    [INDICATOR_TITLE_VI] = { "title_vi", N_("Vietnamese title"), &text_type, REQUIRED | PUBLIC | LISTED | PAIR, .max = 300, .both = N_("Title") },
    [INDICATOR_TITLE_EN] = { "title_en", N_("English title"), &text_type, PUBLIC, .max = 300 },
    [INDICATOR_MEASURE] = { "measure", N_("What is counted"), &choice_type, REQUIRED | PUBLIC | LISTED, .choices = measure_choices, .section = N_("Formula") },
    [INDICATOR_CONTENT] = { "content", N_("Content of the programme"), &code_type, PUBLIC | LISTED, .list = "programme_content",
        .help = N_("What has a content, as activities, participations and money have, is counted of this one alone. Empty: of all.") },
    [INDICATOR_ACTIVITY_KIND] = { "activity_kind", N_("Kind of activity"), &code_type, PUBLIC, .list = "activity_kind", .help = N_("Empty: of all.") },
    [INDICATOR_SOURCE_OF_FUNDS] = { "fund_source", N_("Source of funds"), &code_type, PUBLIC, .list = "fund_source", .help = N_("Empty: of all.") },
    [INDICATOR_UNIT] = { "unit", N_("Unit"), &choice_type, PUBLIC | DERIVED, .choices = measure_units, .derive = unit_of },
    [INDICATOR_SPLIT] = { "split", N_("Split"), &choice_type, REQUIRED | PUBLIC, .choices = splits },
    [INDICATOR_OVER] = { "time_span", N_("Over which time"), &choice_type, REQUIRED | PUBLIC | LISTED, .choices = times },
    [INDICATOR_VERSION] = { "version", N_("Version of the formula"), &integer_type, PUBLIC | COMPUTED },
    [INDICATOR_OWNER] = { "owner", N_("Responsible unit"), &code_type, PUBLIC | LISTED, .list = "agency", .section = N_("Who looks after it") },
    [INDICATOR_FREQUENCY] = { "frequency", N_("How often it is reported"), &choice_type, REQUIRED | PUBLIC, .choices = frequencies },
    [INDICATOR_FROM] = { "valid_from", N_("Valid from"), &date_type, PUBLIC },
    [INDICATOR_TO] = { "valid_to", N_("Valid until"), &date_type, PUBLIC },
    [INDICATOR_START_YEAR] = { "start_year", N_("Year before it began"), &year_type, PUBLIC,
        .help = N_("At the end of which it stood as below, as the decision states it.") },
    [INDICATOR_START] = { "start", N_("Where it stood"), &number_type, PUBLIC, .least = 0, .most = 9e15 },
    [INDICATOR_SOURCE] = { "source", N_("Source"), &text_type, PUBLIC, .max = 500 },
    [INDICATOR_NOTE] = { "note", N_("Note"), &long_text_type, PUBLIC, .max = 4000 },
    [INDICATOR_TARGETS] = { "targets", N_("Target values"), &children_type, PUBLIC, .to = &target, .section = N_("Targets") },
};
_Static_assert(COUNT(fields) == INDICATOR_FIELD_COUNT, "every field has a row");

static bool is_code(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", s.p[i])) return false;
    return s.n > 0;
}

static Message check(const struct work *w, const struct record *r, int *field)
{
    *field = INDICATOR_CODE;
    if (!is_code(v_str(r->v[INDICATOR_CODE]))) return MSG(N_("A code has small letters a–z, digits and _ only."));
    *field = INDICATOR_START;
    if (v_is(r->v[INDICATOR_START]) != v_is(r->v[INDICATOR_START_YEAR])) return MSG(N_("Where it stood needs its year, and the year its number."));
    return measure_refuses(r, field);
}

/* A new formula is a new version of the indicator, whoever saves it. */
static void compute(const struct work *w, struct record *r)
{
    static const int formula[] = { INDICATOR_MEASURE, INDICATOR_CONTENT, INDICATOR_ACTIVITY_KIND, INDICATOR_SOURCE_OF_FUNDS, INDICATOR_OVER };
    struct work reading = *w;
    struct record *was = NULL;
    bool same = true;
    if (r->id && record_load(&reading, &indicator, r->id, &was)) was = NULL;
    for (size_t i = 0; was && i < COUNT(formula); i++) same = same && val_eq(was->v[formula[i]], r->v[formula[i]]);
    r->v[INDICATOR_VERSION] = v_int(was ? v_i64(was->v[INDICATOR_VERSION]) + !same : 1);
}

/* What was promised or reported by it is followed for ten years. */
static Message stays(const struct work *w, const struct record *r)
{
    struct work reading = *w;
    int64_t published = 0;
    if (indicator_built_in(v_str(r->v[INDICATOR_CODE]))) return MSG(N_("This indicator is the programme’s own, and stays. Say until when it is valid instead."));
    if (r->children[INDICATOR_TARGETS].n) return MSG(N_("This indicator has targets, and stays with them. Say until when it is valid instead."));
    if (db_one_int(reading.db, reading.a, SQL("SELECT count(*) FROM published_figure WHERE indicator = $1"), ARGS(v_int(r->id)), &published))
        return MSG(N_("What was published of it cannot be read just now."));
    return published ? MSG(N_("Figures of this indicator were published, and stay. Say until when it is valid instead.")) : NO_MESSAGE;
}

static const struct right rights[] = {
    { EVERYBODY,       MAY_READ, PUBLIC_FIELDS, ROWS_PUBLISHED },
    { OFFICER | ADMIN, MAY_ALL,  ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

const struct entity indicator = {
    .name = "indicator", .path = "indicators", .one = N_("Indicator"), .many = N_("Indicators"), .shelf = N_("Targets"), FIELDS(fields),
    .title = INDICATOR_TITLE_VI, .id_prefix = "CI", .rights = rights, .check = check, .compute = compute, .stays = stays,
    .about = N_("What the programme is measured by: what is counted, of what, over which time, and the targets of the years."),
};

enum over over_of(const struct record *r)
{
    for (int i = 0; times[i].code; i++)
        if (str_is(v_str(r->v[INDICATOR_OVER]), times[i].code)) return (enum over)i;
    return OVER_DAY;
}

enum split split_of(const struct record *r)
{
    for (int i = 0; splits[i].code; i++)
        if (str_is(v_str(r->v[INDICATOR_SPLIT]), splits[i].code)) return (enum split)i;
    return SPLIT_NONE;
}

const char *measured_split_list(const struct record *r)
{
    static const char *const lists[SPLITS] = { [SPLIT_WARD] = "ward", [SPLIT_CONTENT] = "programme_content", [SPLIT_INDUSTRY] = "si_industry", [SPLIT_AGENCY] = "agency" };
    return lists[split_of(r)];
}
