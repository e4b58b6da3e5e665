/* measure.c - what indicators count: a table of measures, each one query over the register or the programme. */
#include "programme/target/inside.h"

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
    { "enterprise", N_("enterprises") }, { "percent", "%" }, { "participation", N_("participations") }, { "person", N_("people") },
    { "activity", N_("activities") }, { "dong", N_("đồng") }, { "contract", N_("contracts") }, { "task", N_("tasks") }, { NULL },
};

int measure_number(const struct record *r)
{
    for (int i = 0; i < MEASURES; i++)
        if (str_is(v_str(r->v[INDICATOR_MEASURE]), measure_choices[i].code)) return i;
    return -1;
}

static const struct counting { const char *unit; } counting[MEASURES] = {
    [MEASURE_ENTERPRISES] = { "enterprise" },
    [MEASURE_INTERNATIONAL] = { "enterprise" },
    [MEASURE_INTERNATIONAL_SHARE] = { "percent" },
    [MEASURE_DIRECT_SUPPLIERS] = { "enterprise" },
    [MEASURE_PARTICIPATIONS] = { "participation" },
    [MEASURE_PARTICIPATING] = { "enterprise" },
    [MEASURE_PEOPLE] = { "person" },
    [MEASURE_ACTIVITIES] = { "activity" },
    [MEASURE_SUBMITTED] = { "dong" },
    [MEASURE_ALLOCATED] = { "dong" },
    [MEASURE_COMMITTED] = { "dong" },
    [MEASURE_DISBURSED] = { "dong" },
    [MEASURE_SETTLED] = { "dong" },
    [MEASURE_CONTRACTS] = { "contract" },
    [MEASURE_TASKS] = { "task" },
};

const char *measure_unit(int measure) { return counting[measure].unit; }

Message measure_refuses(const struct work *w, const struct record *r, int *field)
{
    *field = INDICATOR_MEASURE;
    return measure_number(r) < 0 ? MSG(N_("There is no such measure.")) : NO_MESSAGE;
}
