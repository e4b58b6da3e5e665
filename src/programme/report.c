/*
 * report.c - anybody says that an enterprise is closed, has moved, stands there twice, or that its profile is wrong (A11).
 *
 * The public is warned on the profile only while an officer is checking a report, not from the moment it comes in: else anybody could put a
 * mark on a competitor.  Who reported is known to officers alone; the enterprise learns what was reported.
 */
#include "programme/filing.h"

#include "base/hash.h"
#include "base/secret.h"
#include "model/desk/mail.h"

static const struct choice kinds[] = {
    { "closed",    N_("Closed") },
    { "moved",     N_("Moved") },
    { "duplicate", N_("In the register twice") },
    { "wrong",     N_("Wrong information") },
    { NULL },
};
static const struct choice languages[] = { { "vi", N_("Vietnamese") }, { "en", N_("English") }, { NULL } };
static const struct choice states[] = {
    { "new",       N_("New"),        .days = 3 },
    { "checking",  N_("Being checked"), .days = 10 },
    { "upheld",    N_("Found true"),   .done = true },
    { "dismissed", N_("Not confirmed"), .done = true },
    { NULL },
};

static const struct field fields[] = {
    [REPORT_NAME] = { "name", N_("Name of the enterprise"), &text_type, PUBLIC | LISTED, .max = 300, .writers = SYSTEM },
    [REPORT_ENTERPRISE] = { "enterprise", N_("Enterprise"), &reference_type, REQUIRED | PUBLIC | LISTED | FIXED, .to = &enterprise },
    [REPORT_KIND] = { "kind", N_("What is reported"), &choice_type, REQUIRED | PUBLIC | LISTED, .choices = kinds },
    [REPORT_TEXT] = { "text", N_("What you know of it"), &long_text_type, REQUIRED | PUBLIC | FIXED, .max = 4000,
        .help = N_("What you have seen, where and when; where it has moved to; which entry is the other one.") },
    [REPORT_EVIDENCE] = { "evidence", N_("Photograph or document"), &file_type, FIXED },
    [REPORT_EMAIL] = { "email", N_("Your e-mail"), &email_type, PERSONAL | FIXED, .max = 200,
        .help = N_("Only if you want to be told the outcome; it is not published and not given to the enterprise.") },
    [REPORT_LANGUAGE] = { "language", N_("Language"), &choice_type, INTERNAL, .choices = languages },
    [REPORT_CODE] = { "code", N_("Code to follow it by"), &text_type, INTERNAL | INDEXED, .max = SHA256_HEX },
    [REPORT_STATE] = { "state", N_("State"), &state_type, PUBLIC | LISTED | INDEXED, .choices = states },
    [REPORT_DUE] = { "due", N_("Due on"), &date_type, PUBLIC | LISTED | STEPPED },
};
_Static_assert(COUNT(fields) == REPORT_FIELD_COUNT, "every field has a row");

static const struct right rights[] = {
    { ENTERPRISE,     MAY_READ,              PUBLIC_FIELDS, ROWS_OWN, REPORT_ENTERPRISE },
    { OFFICER,        MAY_READ | MAY_CHANGE, ALL_FIELDS,    ROWS_ALL },
    { ADMIN | LEADER, MAY_READ,              PUBLIC_FIELDS, ROWS_ALL },
    { 0 },
};

static void compute(const struct work *w, struct record *r) { name_after_enterprise(w, r, REPORT_NAME, REPORT_ENTERPRISE); }

/* ---- whoever reported -------------------------------------------------------------------------- */

static enum lang language_of(const struct record *r)
{
    enum lang l;
    return lang_from(v_str(r->v[REPORT_LANGUAGE]), &l) ? l : VI;
}

/* The sentence, and below it an address or what the officer wrote. */
static enum err mail_reporter(struct work *w, const struct record *r, const char *sentence, Str below)
{
    enum lang l = language_of(r);
    Str subject = message_str(w->a, l, MSG(N_("Your report {1}"), public_id(w->a, r->e, r->id)));
    struct buf text = buf_make(w->a);
    if (!v_is(r->v[REPORT_EMAIL])) return OK;
    put_message(&text, l, MSG(sentence, v_str(r->v[REPORT_NAME])));
    put_f(&text, "\n\n%.*s\n", FMT(below));
    return mail_put(w, v_str(r->v[REPORT_EMAIL]), subject, buf_str(&text));
}

enum err report_file(struct work *w, struct record *r, Str *code)
{
    bool changed;
    *code = random_token(w->a);
    r->v[REPORT_CODE] = v_text(sha256_hex(w->a, *code));
    r->v[REPORT_LANGUAGE] = v_text(str_of(lang_code(w->lang)));
    TRY(record_save(w, NULL, r, &changed));
    Str url = str_f(w->a, "{base}%s/reports/%.*s", w->lang == EN ? "/en" : "", FMT(*code));
    return mail_reporter(w, r, N_("Thank you for your report on {1}. What becomes of it can be seen here:"), url);
}

enum err report_by_code(struct work *w, Str code, struct record **out)
{
    int64_t id;
    TRY(record_find(w, &report, REPORT_CODE, v_text(sha256_hex(w->a, code)), &id));
    return id ? record_load(w, &report, id, out) : ERR_MISSING;
}

enum err reports_being_checked(struct work *w, int64_t enterprise_id, struct records *out)
{
    struct ids { int64_t *p; size_t n, cap; } ids = { 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT id FROM report WHERE enterprise = $1 AND state = $2 ORDER BY id"),
                             ARGS(v_int(enterprise_id), v_text(S("checking"))));
    while (rows_next(&r)) *GROW(w->a, ids) = row_int(&r, 0);
    TRY(rows_end(&r));
    return records_of(w, &report, ids.p, ids.n, false, out);
}

/* ---- deciding ---------------------------------------------------------------------------------- */

/* What is true of a closed enterprise is known; what is wrong otherwise, the officer corrects by hand. */
static enum err close_enterprise(struct work *w, const struct record *r, Message *why)
{
    const struct record *was = enterprise_named(w, r, REPORT_ENTERPRISE);
    const struct code *closed = code_find(w->codes, S("enterprise_status"), S("closed"));
    bool changed;
    if (!was) return OK;
    if (!closed) return *why = MSG(N_("The list of statuses has no “closed”. Enter the status by hand.")), ERR_INVALID;
    struct record *now = record_copy(w->a, was);
    now->v[ENTERPRISE_STATUS] = v_text(closed->key);
    return record_save(w, was, now, &changed);
}

static enum err uphold(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    if (str_is(v_str(now->v[REPORT_KIND]), "closed")) TRY(close_enterprise(w, now, why));
    return mail_reporter(w, now, N_("Your report on {1} was checked and found true. Thank you."), note);
}

static enum err dismiss(struct work *w, const struct record *was, struct record *now, Str note, Message *why)
{
    return mail_reporter(w, now, N_("Your report on {1} was checked; it could not be confirmed."), note);
}

static const struct step steps[] = {
    { "check", N_("Begin to check"), "new", "checking", OFFICER, .tell = ENTERPRISE, .told = N_("A report on {1} is being checked.") },
    { "uphold", N_("It is true"), "new|checking", "upheld", OFFICER, .effect = uphold, .tell = ENTERPRISE,
      .told = N_("A report on {1} was found true.") },
    { "dismiss", N_("Not confirmed"), "new|checking", "dismissed", OFFICER, .is = STEP_NOTE | STEP_BAD, .effect = dismiss },
};
static const struct workflow flow = { REPORT_STATE, REPORT_DUE, STEPS(steps) };

const struct entity report = {
    .name = "report", .path = "reports", .one = N_("Report on an enterprise"), .many = N_("Reports on enterprises"), .shelf = N_("Register"), FIELDS(fields),
    .title = REPORT_NAME, .id_prefix = "PA", .rights = rights, .workflow = &flow, .compute = compute,
    .about = N_("What the public reports on enterprises: closed, moved, there twice, wrong; and what was found."),
};
