/*
 * scenario.h - what if these stopped: a question to the supply network, kept under a name so that it can be asked again and compared
 * (E04).  What comes out is not kept: it follows from the network of the day (what_if.h).
 */
#ifndef PROGRAMME_NETWORK_SCENARIO_H
#define PROGRAMME_NETWORK_SCENARIO_H

#include "programme/register.h"

extern const struct entity scenario, scenario_firm;

enum scenario_field {
    SCENARIO_NAME, SCENARIO_FIRMS, SCENARIO_ZONES, SCENARIO_WARDS, SCENARIO_INDUSTRIES, SCENARIO_COUNTRIES, SCENARIO_EVENT,
    SCENARIO_CAPACITY, SCENARIO_DAYS, SCENARIO_TOLERANCE, SCENARIO_NOTE, SCENARIO_FIELD_COUNT,
};
enum scenario_firm_field { SCENARIO_FIRM, SCENARIO_FIRM_FIELD_COUNT };

enum { SCENARIO_DAYS_USUAL = 30, SCENARIO_DAYS_MOST = 3650 };

#endif
