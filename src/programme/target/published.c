/* published.c - published figures: what was said, frozen with the query and the data it was said of. */
#include "programme/target/inside.h"

static const struct field fields[] = {
    [PUBLISHED_NAME] = { "name", N_("Figure"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 400 },
    [PUBLISHED_INDICATOR] = { "indicator", N_("Indicator"), &reference_type, REQUIRED | PUBLIC | INDEXED, .to = &indicator },
    [PUBLISHED_FROM_YEAR] = { "from_year", N_("From the year"), &year_type, REQUIRED | PUBLIC },
    [PUBLISHED_TO_YEAR] = { "to_year", N_("To the year"), &year_type, REQUIRED | PUBLIC | LISTED },
    [PUBLISHED_DAY] = { "measured_on", N_("Measured on"), &date_type, REQUIRED | PUBLIC | LISTED | HAPPENED },
    [PUBLISHED_EDITION] = { "edition", N_("Edition"), &integer_type, REQUIRED | PUBLIC | LISTED, .least = 1, .most = 1e6 },
    [PUBLISHED_IDENTITY] = { "identity", N_("Figure and edition"), &text_type, COMPUTED | UNIQUE, .max = 100 },
    [PUBLISHED_VALUE] = { "value", N_("Value"), &number_type, REQUIRED | PUBLIC | LISTED },
    [PUBLISHED_PART] = { "part", N_("Part"), &number_type, REQUIRED | PUBLIC, .help = N_("Of a share: how many of the whole; else the value.") },
    [PUBLISHED_WHOLE] = { "whole", N_("Whole"), &number_type, REQUIRED | PUBLIC },
    [PUBLISHED_QUERY] = { "query", N_("Query"), &long_text_type, REQUIRED | PUBLIC, .max = 4000 },
    [PUBLISHED_DATA_VERSION] = { "data_version", N_("Version of the data"), &integer_type, REQUIRED | PUBLIC | LISTED,
        .help = N_("The last entry of the change log on the day it was measured.") },
    [PUBLISHED_LIST] = { "counted", N_("What it counted"), &long_text_type, 0, .max = 16 << 20,
        .help = N_("The numbers of the records, each with what it counted for.") },
    [PUBLISHED_BY] = { "published_by", N_("Published by"), &account_type, LISTED },
    [PUBLISHED_REPLACES] = { "replaces", N_("Replaces"), &reference_type, PUBLIC, .to = &published_figure },
    [PUBLISHED_REASON] = { "reason", N_("Reason of the correction"), &text_type, PUBLIC, .max = 1000 },
};
_Static_assert(COUNT(fields) == PUBLISHED_FIELD_COUNT, "every field has a row");

/* Nobody writes them but figure_publish(). */
static const struct right rights[] = {
    { EVERYBODY, MAY_READ, PUBLIC_FIELDS, ROWS_PUBLISHED },
    { STAFF,     MAY_READ, ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

static void compute(const struct work *w, struct record *r)
{
    r->v[PUBLISHED_IDENTITY] = v_text(str_f(w->a, "%lld/%lld-%lld/%lld", (long long)v_i64(r->v[PUBLISHED_INDICATOR]),
                                            (long long)v_i64(r->v[PUBLISHED_FROM_YEAR]), (long long)v_i64(r->v[PUBLISHED_TO_YEAR]),
                                            (long long)v_i64(r->v[PUBLISHED_EDITION])));
}

const struct entity published_figure = {
    .name = "published_figure", .path = "published-figures", .one = N_("Published figure"), .many = N_("Published figures"), .shelf = N_("Targets"),
    FIELDS(fields), .title = PUBLISHED_NAME, .id_prefix = "SL", .rights = rights, .compute = compute, .permanent = true,
    .about = N_("Figures of the programme as they were published, each frozen with its query and the version of the data; corrections are editions of their own."),
};
