#include "programme/jobs.h"

#include "model/desk/import_job.h"
#include "programme/linkage/parts.h"

const struct job_kind *const job_kinds[] = { &import_job, &parts_job, NULL };

const struct job_kind *job_kind_named(Str name)
{
    for (const struct job_kind *const *k = job_kinds; *k; k++) if (str_is(name, (*k)->name)) return *k;
    return NULL;
}
