#include "programme/entities.h"

#include "programme/filing.h"

const struct entity *const entities[] = {
    &enterprise, &site, &product, &process, &equipment, &certificate, &figure, &customer,
    &claim, &report, &verification,
    NULL,
};
