/*
 * import_job.h - an import as work in the background: ordered in the browser, done by the same code as on the command line.
 *
 * Its result is {"report": what put_import_json() writes, "rejected": the workbook of rejected rows as a field of file_type holds
 * it}; the latter is missing where there is none.
 */
#ifndef MODEL_DESK_IMPORT_JOB_H
#define MODEL_DESK_IMPORT_JOB_H

#include "model/desk/file.h"
#include "model/desk/job.h"

struct import_order {
    const struct entity *e;
    struct upload        file;              /* stored by file_store()                             */
    int                  sheet;             /* from 0                                             */
    int64_t              rows;              /* of the sheet, for progress; 0: not known           */
    Str                  mapping;           /* as import_options has it                           */
    bool                 dry_run;
    enum lang            lang;              /* of what is told                                    */
};

extern const struct job_kind import_job;
/* Inside a write. */
enum err import_order_put(struct work *w, const struct import_order *o, int64_t *job) MUST_USE;
/* ERR_INVALID: not the order of an import that this version knows. */
enum err import_order_read(struct work *w, Str input, struct import_order *out) MUST_USE;

#endif
