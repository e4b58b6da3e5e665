/* parts_list.c - lists of parts that are kept, and the work in the background that makes one. */
#include "programme/linkage/parts.h"

#include "base/file.h"
#include "format/json.h"
#include "model/record.h"

#include <math.h>

enum { TOLD_EVERY = 50 };                   /* lines                                              */

const struct choice parts_levels[] = {
    [LEVEL_NONE] = { "none", N_("No supplier") }, [LEVEL_PARTLY] = { "partly", N_("Partly") }, [LEVEL_WELL] = { "well", N_("Well") }, { NULL },
};

static const struct field line_fields[] = {
    [LINE_NUMBER] = { "number", N_("Row"), &integer_type, REQUIRED | KEY | OWNER | LISTED, .least = 1, .most = 1e9 },
    [LINE_PART] = { "part", N_("Part"), &text_type, REQUIRED | OWNER | LISTED, .max = PART_TEXT_MOST },
    [LINE_SPECIFICATION] = { "specification", N_("Specification"), &long_text_type, OWNER | LISTED, .max = PART_TEXT_MOST },
    [LINE_HS] = { "hs_code", N_("HS code"), &text_type, OWNER | LISTED, .max = PART_TEXT_MOST },
    [LINE_QUANTITY] = { "quantity", N_("Quantity a year"), &number_type, OWNER | LISTED, .least = 0, .most = 9e15 },
    [LINE_UNIT] = { "unit", N_("Unit"), &text_type, OWNER, .max = PART_TEXT_MOST },
    [LINE_VALUE] = { "value", N_("Value a year"), &number_type, OWNER | LISTED, .least = 0, .most = 9e15 },
    [LINE_LEVEL] = { "level", N_("How well it is met"), &choice_type, REQUIRED | OWNER | LISTED, .choices = parts_levels },
    [LINE_SUPPLIERS] = { "suppliers", N_("Suppliers that fit"), &integer_type, OWNER | LISTED },
    [LINE_BEST] = { "best", N_("Best supplier"), &reference_type, OWNER | LISTED, .to = &enterprise },
    [LINE_PERCENT] = { "percent", N_("Its fit"), &number_type, OWNER | LISTED, .least = 0, .most = 100, .unit = "%" },
    [LINE_MISSING] = { "missing", N_("What is missing"), &long_text_type, OWNER, .max = 16000 },
};
_Static_assert(COUNT(line_fields) == LINE_FIELD_COUNT, "every field has a row");
const struct entity parts_line = {
    .name = "parts_line", .parent = &parts_list, .one = N_("Line of a list of parts"), .many = N_("Lines of a list of parts"), FIELDS(line_fields), .confidential = true,
};

static const struct field fields[] = {
    [PARTS_NAME] = { "name", N_("Name of the list"), &text_type, REQUIRED | OWNER | LISTED, .max = 200 },
    [PARTS_MADE_ON] = { "made_on", N_("Made on"), &date_type, REQUIRED | OWNER | LISTED | HAPPENED },
    [PARTS_COUNT] = { "line_count", N_("Lines"), &integer_type, OWNER | LISTED },
    [PARTS_VALUE] = { "value", N_("Value a year"), &number_type, OWNER | LISTED, .least = 0, .most = 9e18 },
    [PARTS_WELL] = { "well", N_("Could be local"), &number_type, OWNER | LISTED, .least = 0, .most = 100, .unit = "%", .help = N_("Share of the value whose lines are met well.") },
    [PARTS_PARTLY] = { "partly", N_("Could partly be local"), &number_type, OWNER | LISTED, .least = 0, .most = 100, .unit = "%" },
    [PARTS_FILE] = { "file", N_("File"), &file_type, OWNER },
    [PARTS_ACCOUNT] = { "account", N_("Account"), &account_type, OWNER | INDEXED, .writers = SYSTEM },
    [PARTS_LINES] = { "lines", N_("Lines"), &children_type, OWNER, .to = &parts_line },
};
_Static_assert(COUNT(fields) == PARTS_FIELD_COUNT, "every field has a row");

static const struct right rights[] = { { SIGNED_IN, MAY_READ | MAY_DELETE, OWN_FIELDS, ROWS_MINE, PARTS_ACCOUNT }, { 0 } };

const struct entity parts_list = {
    .name = "parts_list", .path = "parts-lists", .one = N_("List of parts"), .many = N_("Lists of parts"), .shelf = N_("Linkage"), FIELDS(fields), .title = PARTS_NAME,
    .id_prefix = "VT", .rights = rights, .confidential = true,
    .about = N_("Bills of materials that somebody held against the register; each is seen by its own account alone."),
};

/* ---- the order ------------------------------------------------------------------------------------- */

enum err parts_order_put(struct work *w, struct upload file, int64_t *job)
{
    struct buf b = buf_make(w->a);
    struct json_writer j = json_write_to(&b);
    json_write_object(&j);
    json_write_key(&j, S("file")), json_write_string(&j, upload_text(w->a, file));
    json_write_key(&j, S("lang")), json_write_string(&j, str_of(lang_code(w->lang)));
    json_write_end(&j);
    json_write_done(&j);
    return job_put(w, str_of(parts_job.name), buf_str(&b), job);
}

static enum err read_order(struct work *w, Str input, struct upload *file)
{
    const struct json_t *order;
    Message why;
    TRY(json_read(w->a, input, &order, &why));
    bool good = upload_read(json_str(json_member(order, "file")), file) && lang_from(json_str(json_member(order, "lang")), &w->lang);
    return good ? OK : ERR_INVALID;
}

/* ---- the work ---------------------------------------------------------------------------------------- */

struct making { struct work *w; const struct running *running; struct record *list; struct parts_known known; struct local_share share; Message *why; };

static Val number(double v) { return isnan(v) ? v_null() : v_real(v); }
static Val text(struct arena *keep, Str s) { return s.n ? v_text(str_dup(keep, s)) : v_null(); }

static void add_line(struct making *m, const struct part *p, const struct part_answer *a)
{
    struct arena *keep = m->w->a;
    Val *v = record_add(keep, m->list, PARTS_LINES)->v;
    v[LINE_NUMBER] = v_int(p->number);
    v[LINE_PART] = text(keep, p->name);
    v[LINE_SPECIFICATION] = text(keep, p->specification);
    v[LINE_HS] = text(keep, p->hs);
    v[LINE_QUANTITY] = number(p->quantity);
    v[LINE_UNIT] = text(keep, p->unit);
    v[LINE_VALUE] = number(p->value);
    v[LINE_LEVEL] = v_text(str_of(parts_levels[a->level].code));
    v[LINE_SUPPLIERS] = v_int((int64_t)a->suppliers);
    v[LINE_BEST] = a->best ? v_int(a->best) : v_null();
    v[LINE_PERCENT] = a->best ? v_real(floor(a->percent)) : v_null();
    v[LINE_MISSING] = text(keep, a->missing);
}

static enum err take_line(void *arg, struct work *w, const struct part *p)
{
    struct making *m = arg;
    struct part_answer answer;
    if (m->share.lines == PARTS_LINES_MOST) {
        *m->why = MSG(N_("The list has more than {1} lines. Split it, or use the command “matxich bom FILE”, which takes any number."), str_f(m->w->a, "%d", PARTS_LINES_MOST));
        return ERR_TOO_BIG;
    }
    if (m->share.lines % TOLD_EVERY == 0 && !board_report(m->running->board, m->running->job->id, m->share.lines, 0)) {
        *m->why = MSG(N_("The work was stopped. Nothing of it was kept."));
        return ERR_CONFLICT;
    }
    TRY(part_match_once(&m->known, w, m->running->suppliers, p, &answer));
    local_share_add(&m->share, p, &answer);
    add_line(m, p, &answer);
    return OK;
}

static void sum_up(struct making *m, struct upload file)
{
    Val *v = m->list->v;
    v[PARTS_NAME] = v_text(file.name);
    v[PARTS_FILE] = v_text(upload_text(m->w->a, file));
    v[PARTS_MADE_ON] = v_text(date_iso(m->w->a, m->w->today));
    v[PARTS_ACCOUNT] = v_int(m->w->actor.account);
    v[PARTS_COUNT] = v_int(m->share.lines);
    v[PARTS_VALUE] = m->share.value > 0 ? v_real(m->share.value) : v_null();
    v[PARTS_WELL] = number(local_percent(&m->share, m->share.well));
    v[PARTS_PARTLY] = number(local_percent(&m->share, m->share.partly));
}

static enum err keep_list(struct work *w, void *arg)
{
    struct making *m = arg;
    bool changed;
    TRY(record_save(w, NULL, m->list, &changed));
    return job_done(w, m->running->job->id, str_f(w->a, "{\"page\":\"/linkage/parts/%.*s\"}", FMT(public_id(w->a, &parts_list, m->list->id))));
}

static enum err make_list(struct making *m, struct upload file)
{
    Str bytes;
    enum err e = file_map_stored(m->w, m->running->files, file.hash, &bytes);
    if (e) return *m->why = MSG(N_("The file {1} is not there any more. Send it again."), file.name), e;
    e = parts_read(m->w, bytes, take_line, m, m->why);
    file_unmap(bytes);
    TRY(e);
    if (!m->share.lines) return *m->why = MSG(N_("The list has headings, but no line with a part.")), ERR_INVALID;
    sum_up(m, file);
    return work_write(m->w, keep_list, m);
}

static enum err run(struct work *w, const struct running *r, Message *why)
{
    struct upload file;
    struct making m = { .w = w, .running = r, .list = record_make(w->a, &parts_list), .known = parts_known_make(w->a), .why = why };
    TRY(read_order(w, r->job->input, &file));
    return make_list(&m, file);
}

const struct job_kind parts_job = { "parts", N_("List of parts against the register"), false, run };
