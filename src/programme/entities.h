/* entities.h - everything the program keeps: the list of entities.  A new one is a line in entities.c. */
#ifndef PROGRAMME_ENTITIES_H
#define PROGRAMME_ENTITIES_H

#include "model/entity.h"

extern const struct entity *const entities[];               /* NULL at the end                    */

#endif
