/*
 * filing.h - what is filed about an enterprise and then decided: claims (claim.c), reports (report.c), verifications
 * (verification.c).  Each is an entity with a workflow; here is what they share, and what others ask them.
 */
#ifndef PROGRAMME_FILING_H
#define PROGRAMME_FILING_H

#include "model/flow/workflow.h"
#include "programme/register.h"

extern const struct entity claim, report, verification;

enum claim_field {
    CLAIM_ENTERPRISE, CLAIM_NAME, CLAIM_TAX_CODE, CLAIM_WARD, CLAIM_POSITION, CLAIM_EVIDENCE, CLAIM_NOTE, CLAIM_ACCOUNT, CLAIM_STATE, CLAIM_DUE,
    CLAIM_FIELD_COUNT,
};
enum report_field {
    REPORT_NAME, REPORT_ENTERPRISE, REPORT_KIND, REPORT_TEXT, REPORT_EVIDENCE, REPORT_EMAIL, REPORT_LANGUAGE, REPORT_CODE, REPORT_STATE,
    REPORT_DUE, REPORT_FIELD_COUNT,
};
enum verification_field {
    VERIFICATION_NAME, VERIFICATION_ENTERPRISE, VERIFICATION_WARD, VERIFICATION_REASON, VERIFICATION_VISITED_ON, VERIFICATION_AT_ADDRESS,
    VERIFICATION_PRODUCES, VERIFICATION_EMPLOYEES, VERIFICATION_FOUND, VERIFICATION_EVIDENCE, VERIFICATION_STATE, VERIFICATION_DUE,
    VERIFICATION_FIELD_COUNT,
};

/* The enterprise that a field names; NULL: it names none, or there is none. */
struct record *enterprise_named(const struct work *w, const struct record *r, int field);
/* A paper being made is called after its enterprise, as it is called then. */
void           name_after_enterprise(const struct work *w, struct record *paper, int name, int enterprise_field);

/* ---- reports by the public (A11) ----------------------------------------------------------------- */

/*
 * Files a report: enterprise, kind, text, e-mail and evidence are in r; inside work_write.  *code is what its maker follows it by and is kept
 * nowhere: the record has its SHA-256.  With an e-mail address the code is sent there.
 */
enum err report_file(struct work *w, struct record *r, Str *code) MUST_USE;
/* ERR_MISSING: no report has this code. */
enum err report_by_code(struct work *w, Str code, struct record **out) MUST_USE;
/* Reports on an enterprise that an officer is checking: what the public is warned of. */
enum err reports_being_checked(struct work *w, int64_t enterprise, struct records *out) MUST_USE;

#endif
