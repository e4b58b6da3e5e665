#include "programme/entities.h"

#include "programme/register.h"

const struct entity *const entities[] = {
    &enterprise, &site, &product, &process, &equipment, &certificate, &figure, &customer,
    NULL,
};
