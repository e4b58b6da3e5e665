/*
 * incoming.h - pages for what comes in: files, imports with their rows to decide, and the background work that carries them out.
 * /workspace/{list}/{id}/files/{hash}, /workspace/jobs, /workspace/import, /workspace/review
 */
#ifndef PAGES_WORKSPACE_INCOMING_H
#define PAGES_WORKSPACE_INCOMING_H

#include "model/desk/import_job.h"
#include "pages/workspace/workspace.h"

/* files.c */
handler workspace_file;
/* The files of at->record, of now and of before, on its page; nothing where it never had one. */
enum err put_record_files(struct at *at) MUST_USE;
/* Answers with a stored file: as an attachment of the type it was found to be; the browser is not to guess another. */
enum err reply_file(struct request *q, struct reply *r, struct work *w, const struct upload *file) MUST_USE;

/* jobs.c */
void    jobs_prepare(struct arena *forever);
handler workspace_jobs, workspace_job, workspace_job_cancel, workspace_job_rejected;

/* import.c */
handler workspace_import, workspace_import_send, workspace_import_sheet, workspace_import_order, workspace_import_now;
/* import_template.c */
handler workspace_import_template;

/* import_result.c: what the import that is done has done, or would do. */
enum err put_import_result(struct at *at, const struct job *job, const struct import_order *order) MUST_USE;
void     put_problem_of_job(struct at *at, const struct job *job);

/* review.c */
void    review_prepare(struct arena *forever);
handler workspace_review, workspace_review_answer;

#endif
