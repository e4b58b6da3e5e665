/* jobs.h - every kind of work in the background that the server knows. */
#ifndef PROGRAMME_JOBS_H
#define PROGRAMME_JOBS_H

#include "model/desk/job.h"

extern const struct job_kind *const job_kinds[];            /* NULL at the end                    */
const struct job_kind *job_kind_named(Str name);            /* NULL: of another version           */

#endif
