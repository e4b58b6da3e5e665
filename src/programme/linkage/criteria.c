#include "programme/linkage/criteria.h"

/*
 * Musts are what no buyer can do without: the process itself, and the certificates of its trade.  All else is a wish, so that a supplier
 * a little off is ranked lower instead of never being seen; whoever needs it says so.  Weights: first what is hard to buy or learn within
 * a year, then what money buys, then where it is.
 */
const struct criterion criteria[] = {
    { "process", N_("Process"), FACT_PROCESS, "process", .each = true, .near = true, .number = NO_NUMBER, .must = true, .weight = 20 },
    { "material", N_("Material"), FACT_PROCESS, "material", .also = true, .near = true, .of = "process", .number = NO_NUMBER, .weight = 10 },
    { "tolerance", N_("Tolerance"), FACT_PROCESS, .of = "process", .number = NUMBER_TOLERANCE, .rule = AT_MOST, .quantity = LENGTH, .slack = 1, .weight = 12 },
    { "part_size", N_("Size of the part"), FACT_PROCESS, .of = "process", .number = NUMBER_PART_SIZE, .quantity = LENGTH, .slack = 0.2f, .weight = 8 },
    { "part_weight", N_("Weight of the part"), FACT_PROCESS, .of = "process", .number = NUMBER_PART_WEIGHT, .quantity = MASS, .slack = 0.2f, .weight = 6 },
    { "machine", N_("Machine"), FACT_MACHINE, "machine", .each = true, .near = true, .number = NO_NUMBER, .weight = 10 },
    { "force", N_("Press force"), FACT_MACHINE, .of = "machine", .number = NUMBER_FORCE, .quantity = FORCE, .slack = 0.4f, .weight = 12 },
    { "axes", N_("Axes"), FACT_MACHINE, .of = "machine", .number = NUMBER_AXES, .slack = 0.5f, .weight = 8 },
    { "table_length", N_("Length of the table"), FACT_MACHINE, .of = "machine", .number = NUMBER_TABLE_LENGTH, .quantity = LENGTH, .slack = 0.2f, .weight = 5 },
    { "table_width", N_("Width of the table"), FACT_MACHINE, .of = "machine", .number = NUMBER_TABLE_WIDTH, .quantity = LENGTH, .slack = 0.2f, .weight = 5 },
    { "temperature", N_("Temperature of the furnace"), FACT_MACHINE, .of = "machine", .number = NUMBER_TEMPERATURE, .quantity = TEMPERATURE, .slack = 0.2f, .weight = 6 },
    { "product", N_("Product group"), FACT_PRODUCT, "si_group", .near = true, .number = NO_NUMBER, .weight = 12 },
    { "capacity", N_("Free capacity a year"), FACT_FREE, "unit", .number = 0, .slack = 0.8f, .weight = 10 },
    { "certificate", N_("Certificate"), FACT_CERTIFICATE, "standard", .each = true, .number = NO_NUMBER, .must = true, .weight = 15 },
    { "industry", N_("Experience in the industry"), FACT_INDUSTRY, "si_industry", .number = NO_NUMBER, .weight = 6 },
    { "exports", N_("Share exported"), FACT_EXPORT, .number = 0, .quantity = SHARE, .slack = 1, .weight = 5 },
    { "foreign_customers", N_("Foreign customers"), FACT_FOREIGN, "country", .number = NO_NUMBER, .weight = 6 },
    { "distance", N_("Distance"), FACT_PLACE, .number = 0, .rule = WITHIN_KM, .quantity = DISTANCE, .slack = 1, .weight = 8 },
    { "ward", N_("Ward or commune"), FACT_PLACE, "ward", .number = NO_NUMBER, .weight = 5 },
    { "zone", N_("Industrial park or cluster"), FACT_PLACE, "industrial_zone", .also = true, .number = NO_NUMBER, .weight = 5 },
    { "province", N_("Province"), FACT_PLACE, "province", .also = true, .number = NO_NUMBER, .weight = 6 },
    { "grade", N_("Capability grade"), FACT_GRADE, "capability_grade", .near = true, .number = NO_NUMBER, .weight = 8 },
    { "language", N_("Language"), FACT_LANGUAGE, "language", .number = NO_NUMBER, .weight = 5 },
    { "confirmed", N_("Profile confirmed"), FACT_CONFIRMED, .number = 0, .quantity = DURATION, .slack = 1, .weight = 4 },
};
const size_t criteria_n = COUNT(criteria);

const struct criterion *criterion_named(Str name)
{
    for (size_t i = 0; i < COUNT(criteria); i++)
        if (str_is(name, criteria[i].name)) return &criteria[i];
    return NULL;
}

struct in_base in_base(const struct codes *codes, Str unit, double amount)
{
    const struct code *k = code_find(codes, S("unit"), unit);
    const struct code *base = k ? code_find(codes, S("unit"), code_extra(k, S("base"))) : NULL;
    double factor;
    if (!base || !str_to_f64(code_extra(k, S("factor")), &factor)) return (struct in_base){ k ? k->key : unit, amount };
    return (struct in_base){ base->key, amount * factor };
}
