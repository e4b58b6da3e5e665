/* profile.c - one enterprise: who it is, what it can make, how fresh each fact is and where it comes from. */
#include "pages/pages.h"

#include "base/date.h"
#include "base/number.h"
#include "format/chart.h"
#include "model/change.h"
#include "model/freshness.h"
#include "model/json.h"
#include "model/view.h"
#include "programme/filing.h"

#include <stdlib.h>

/* What a buyer comes for, in the order shown; then who it is and where. */
static const int capabilities[] = {
    ENTERPRISE_PRODUCTS, ENTERPRISE_PROCESSES, ENTERPRISE_CERTIFICATES, ENTERPRISE_EQUIPMENT,
    ENTERPRISE_SITES,    ENTERPRISE_CUSTOMERS, ENTERPRISE_FIGURES,
};
static const int business[] = { ENTERPRISE_FIELDS, ENTERPRISE_INDUSTRIES, ENTERPRISE_GROUPS, ENTERPRISE_STATED_FIELD, ENTERPRISE_VSIC };
static const int identity[] = {
    ENTERPRISE_SHORT_NAME,      ENTERPRISE_TAX_CODE,      ENTERPRISE_LEGAL_FORM,
    ENTERPRISE_OWNERSHIP,       ENTERPRISE_OWNER_COUNTRY, ENTERPRISE_FOUNDED,
    ENTERPRISE_CHARTER_CAPITAL, ENTERPRISE_SIZE_CLASS,    ENTERPRISE_ADDRESS,
    ENTERPRISE_OLD_ADDRESS,     ENTERPRISE_WARD,          ENTERPRISE_ZONE,
    ENTERPRISE_PLACE,           ENTERPRISE_SOURCE_NOTE,
};

struct confirmed { Str fact, on; };          /* a key fact, and when it was last said to be right    */
static const struct slot confirmed_slots[] = { SLOT(struct confirmed, fact), SLOT(struct confirmed, on), SLOT_END };
struct badge { Str label; bool good, warn; };
static const struct slot badge_slots[] = { SLOT(struct badge, label), SLOT(struct badge, good), SLOT(struct badge, warn), SLOT_END };
struct badges { struct badge *p; size_t n, cap; };
struct profile {
    Str name, name_lang, other_name, other_lang, public_id, ward, zone, zone_url, ward_url, changed, source, completeness,
        history_url, json_url, directory_url, website, website_name, phone, email, description, description_lang, standards,
        missing, verified_on, verified_by, claim_url, report_url;
    bool  charted, reachable;
    Html  business, identity, capabilities, chart, completeness_chart;
    Items badges, confirmed;
};
static const struct slot slots[] = {
    SLOT(struct profile, name), SLOT(struct profile, name_lang), SLOT(struct profile, other_name), SLOT(struct profile, other_lang),
    SLOT(struct profile, public_id), SLOT(struct profile, ward), SLOT(struct profile, zone), SLOT(struct profile, zone_url),
    SLOT(struct profile, ward_url), SLOT(struct profile, changed), SLOT(struct profile, source), SLOT(struct profile, completeness),
    SLOT(struct profile, history_url), SLOT(struct profile, json_url), SLOT(struct profile, directory_url), SLOT(struct profile, website), SLOT(struct profile, website_name),
    SLOT(struct profile, phone), SLOT(struct profile, email), SLOT(struct profile, description), SLOT(struct profile, description_lang),
    SLOT(struct profile, standards), SLOT(struct profile, missing), SLOT(struct profile, verified_on), SLOT(struct profile, verified_by),
    SLOT(struct profile, claim_url), SLOT(struct profile, report_url),
    SLOT(struct profile, charted), SLOT(struct profile, reachable), SLOT(struct profile, business), SLOT(struct profile, identity), SLOT(struct profile, capabilities),
    SLOT(struct profile, chart), SLOT(struct profile, completeness_chart),
    SLOT_ITEMS(struct profile, badges, struct badge, badge_slots), SLOT_ITEMS(struct profile, confirmed, struct confirmed, confirmed_slots), SLOT_END,
};
static const struct template *template;
void profile_prepare(struct arena *forever) { template = template_load(forever, "profile", slots); }

/* ---- pieces --------------------------------------------------------------------------------- */

static const struct { const char *kind, *label; } reported[] = {
    { "closed", N_("Reported as closed, being checked") },       { "moved", N_("Reported as moved, being checked") },
    { "duplicate", N_("Reported as listed twice, being checked") }, { "wrong", N_("Reported as wrong, being checked") },
};

/* Each kind once, however many have reported it. */
static enum err reported_badges(struct work *w, const struct record *r, struct badges *out)
{
    struct records open;
    TRY(reports_being_checked(w, r->id, &open));
    for (size_t i = 0; i < COUNT(reported); i++) {
        bool any = false;
        for (size_t k = 0; k < open.n; k++) any |= str_is(v_str(open.p[k]->v[REPORT_KIND]), reported[i].kind);
        if (any) *GROW(w->a, *out) = (struct badge){ .label = tr(w->lang, reported[i].label), .warn = true };
    }
    return OK;
}

static enum err badges_of(struct work *w, const struct record *r, Items *out)
{
    struct badges badges = { 0 };
    Str status = record_text(w, r, ENTERPRISE_STATUS), size = record_text(w, r, ENTERPRISE_SIZE_CLASS),
        verified = record_text(w, r, ENTERPRISE_VERIFIED_ON);
    TRY(reported_badges(w, r, &badges));
    if (v_i64(at_international_standard(w, r)))
        *GROW(w->a, badges) = (struct badge){ .label = tr(w->lang, N_("At international standard")), .good = true };
    if (verified.n)
        *GROW(w->a, badges) = (struct badge){ .label = message_str(w->a, w->lang, MSG(N_("Verified on site {1}"), verified)),
                                              .good = true };
    if (status.n) *GROW(w->a, badges) = (struct badge){ .label = status };
    if (size.n) *GROW(w->a, badges) = (struct badge){ .label = message_str(w->a, w->lang, MSG(N_("Size: {1}"), size)) };
    if (record_stale(w, r)) *GROW(w->a, badges) = (struct badge){ .label = tr(w->lang, N_("Not confirmed recently")), .warn = true };
    *out = ITEMS(badges);
    return OK;
}

/* Of the key facts that are there and for everybody. */
static Items confirmed_of(struct work *w, const struct record *r)
{
    struct { struct confirmed *p; size_t n, cap; } list = { 0 };
    for EACH_FIELD(f, i, r->e) {
        if (!(f->is & CONFIRM) || !field_seen(f, PUBLIC_FIELDS) || !(v_is(r->v[i]) || r->children[i].n)) continue;
        struct buf on = buf_make(w->a);
        date_type.show(&on, w, NULL, v_text(date_iso(w->a, confirmed_on(r, i))));
        *GROW(w->a, list) = (struct confirmed){ tr(w->lang, f->label), buf_str(&on) };
    }
    return ITEMS(list);
}

/* The standards that the rule "at international standard" counts, by name. */
static Str standards_counted(struct work *w)
{
    Str rest = setting_value(w->codes, S("international_standard_certificates")), one;
    struct buf b = buf_make(w->a);
    while (rest.n && str_next(&rest, ';', &one)) {
        const struct code *k = code_find(w->codes, S("standard"), str_trim(one));
        if (b.n) put_z(&b, ", ");
        put(&b, k ? k->name[w->lang] : one);
    }
    return buf_str(&b);
}

static Str missing_of(struct work *w, const struct completeness *c)
{
    struct buf b = buf_make(w->a);
    for (size_t i = 0; i < COUNT(c->missing); i++) {
        if (c->missing[i] < 0) continue;
        if (b.n) put_z(&b, ", ");
        put(&b, tr(w->lang, enterprise.fields[c->missing[i]].label));
    }
    return buf_str(&b);
}

static int by_year(const void *a, const void *b)
{
    const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;
    return (v_i64(x->v[FIGURE_YEAR]) > v_i64(y->v[FIGURE_YEAR])) - (v_i64(x->v[FIGURE_YEAR]) < v_i64(y->v[FIGURE_YEAR]));
}

static Html employees_chart(struct work *w, const struct record *r)
{
    enum { YEARS = 8 };
    const struct records *list = &r->children[ENTERPRISE_FIGURES];
    struct bar bars[YEARS];
    size_t n = 0;
    for (size_t i = list->n > YEARS ? list->n - YEARS : 0; i < list->n; i++) {
        Val employees = list->p[i]->v[FIGURE_EMPLOYEES];
        if (v_is(employees))
            bars[n++] = (struct bar){ record_text(w, list->p[i], FIGURE_YEAR), page_number(w, v_i64(employees)), (double)v_i64(employees) };
    }
    return n < 2 ? (Html){ { 0 } } : chart_bars(w->a, tr(w->lang, N_("Employees by year")), bars, n);
}

/* schema.org Organization (C18): what a search engine may show. */
static Str json_ld(struct request *q, struct work *w, const struct record *r, Str url)
{
    static const struct { const char *key; enum enterprise_field field; } plain[] = {
        { "taxID", ENTERPRISE_TAX_CODE }, { "telephone", ENTERPRISE_PHONE }, { "email", ENTERPRISE_EMAIL }, { "foundingDate", ENTERPRISE_FOUNDED },
    };
    struct buf b = buf_make(q->a);
    struct json_writer json = json_write_to(&b), *j = &json;
    json_write_object(j);
    json_write_key(j, S("@context")), json_write_string(j, S("https://schema.org"));
    json_write_key(j, S("@type")), json_write_string(j, S("Organization"));
    json_write_key(j, S("url")), json_write_string(j, str_f(q->a, "%.*s%.*s", FMT(q->base_url), FMT(url)));
    json_write_key(j, S("name")), json_write_string(j, record_title(w, r));
    json_write_key(j, S("identifier")), json_write_string(j, public_id(q->a, r->e, r->id));
    for (size_t i = 0; i < COUNT(plain); i++) {
        Str text = record_text(w, r, (int)plain[i].field);
        if (text.n) json_write_key(j, str_of(plain[i].key)), json_write_string(j, text);
    }
    json_write_key(j, S("address"));
    json_write_object(j);
    json_write_key(j, S("@type")), json_write_string(j, S("PostalAddress"));
    json_write_key(j, S("streetAddress")), json_write_string(j, v_str(r->v[ENTERPRISE_ADDRESS]));
    json_write_key(j, S("addressLocality")), json_write_string(j, record_text(w, r, ENTERPRISE_WARD));
    json_write_key(j, S("addressRegion")), json_write_string(j, S("Hà Nội"));
    json_write_key(j, S("addressCountry")), json_write_string(j, S("VN"));
    json_write_end(j);
    json_write_end(j);
    json_write_done(j);
    return buf_str(&b);
}

/* Where the last change came from, for people. */
static enum err source_of(struct work *w, const struct record *r, Str *out)
{
    struct changes log;
    TRY(changes_of(w, r->e, r->id, 0, 1, &log));
    *out = log.n && log.p[0].source.file.n ? log.p[0].source.file : (Str){ 0 };
    return OK;
}

static Str bare(Val key)                                    /* "2025/00004" -> "00004"             */
{
    Str version, code;
    return str_cut(v_str(key), '/', &version, &code) ? code : v_str(key);
}

static Str without_scheme(Str url)                          /* "https://a.vn/" -> "a.vn"           */
{
    size_t at;
    Str rest = str_find(url, S("://"), &at) ? str_sub(url, at + 3, url.n) : url;
    return str_ends(rest, S("/")) ? str_sub(rest, 0, rest.n - 1) : rest;
}

static Str facet_url(struct request *q, const char *name, Val key)
{
    struct params one = params_with(q->a, &(struct params){ 0 }, name, bare(key));
    return url_of(q->a, q->lang, S("/enterprises"), AS_PAGE, &one);
}

/* ---- the page ------------------------------------------------------------------------------- */

static enum err fill(struct request *q, struct work *w, const struct record *r, struct profile *d)
{
    struct completeness c = completeness(r);
    enum lang other = q->lang == VI ? EN : VI;
    Str name[LANGS] = { [VI] = v_str(r->v[ENTERPRISE_NAME_VI]), [EN] = v_str(r->v[ENTERPRISE_NAME_EN]) };
    int description = q->lang == EN && v_is(r->v[ENTERPRISE_DESCRIPTION_EN]) ? ENTERPRISE_DESCRIPTION_EN : ENTERPRISE_DESCRIPTION_VI;
    *d = (struct profile){
        .name = record_title(w, r), .name_lang = name[q->lang].n ? (Str){ 0 } : str_of(lang_code(other)),
        .other_name = name[q->lang].n ? name[other] : (Str){ 0 }, .other_lang = str_of(lang_code(other)),
        .public_id = public_id(q->a, r->e, r->id), .ward = record_text(w, r, ENTERPRISE_WARD), .zone = record_text(w, r, ENTERPRISE_ZONE),
        .changed = page_date(w, r->changed_at), .completeness = page_number(w, c.percent),
        .history_url = request_link(q, str_f(q->a, "%.*s/history", FMT(q->path))), .json_url = request_url_as(q, AS_JSON),
        .directory_url = request_link(q, S("/enterprises")), .website = v_str(r->v[ENTERPRISE_WEBSITE]), .phone = v_str(r->v[ENTERPRISE_PHONE]),
        .email = v_str(r->v[ENTERPRISE_EMAIL]), .description = v_str(r->v[description]),
        .description_lang = q->lang == EN && description == ENTERPRISE_DESCRIPTION_VI ? S("vi") : (Str){ 0 },
        .standards = v_i64(at_international_standard(w, r)) ? standards_counted(w) : (Str){ 0 },
        .business = facts_html(w, r, business, COUNT(business)), .identity = facts_html(w, r, identity, COUNT(identity)),
        .capabilities = sections_html(w, r, capabilities, COUNT(capabilities)), .chart = employees_chart(w, r),
        .missing = missing_of(w, &c), .verified_on = record_text(w, r, ENTERPRISE_VERIFIED_ON), .verified_by = record_text(w, r, ENTERPRISE_VERIFIED_BY),
        .claim_url = request_link(q, str_f(q->a, "/workspace/claims/new?enterprise=%.*s", FMT(public_id(q->a, r->e, r->id)))),
        .report_url = request_link(q, str_f(q->a, "%.*s/report", FMT(q->path))), .confirmed = confirmed_of(w, r),
        .completeness_chart = chart_progress(q->a, tr(q->lang, N_("Completeness of the profile")), c.percent, 100, -1),
    };
    d->website_name = without_scheme(d->website);
    d->reachable = d->phone.n || d->email.n || d->website.n || d->zone.n || d->ward.n;
    d->charted = d->chart.s.n > 0;
    if (d->ward.n) d->ward_url = facet_url(q, "ward", r->v[ENTERPRISE_WARD]);
    if (d->zone.n) d->zone_url = request_link(q, str_f(q->a, "/zones/%.*s", FMT(url_encoded(q->a, bare(r->v[ENTERPRISE_ZONE])))));
    TRY(badges_of(w, r, &d->badges));
    return source_of(w, r, &d->source);
}

enum err profile(struct request *q, struct reply *r)
{
    struct work w = page_work(q);
    struct record *record;
    struct profile d;
    TRY(find_record(q, r, &enterprise, &record));
    if (!record) return OK;
    if (q->as == AS_JSON) return record_as_json(q, r, record);
    struct records *years = &record->children[ENTERPRISE_FIGURES];
    if (years->n) qsort(years->p, years->n, sizeof *years->p, by_year);
    TRY(fill(q, &w, record, &d));
    struct page p = {
        .title = d.name, .section = SECTION_DIRECTORY, .description = record_text(&w, record, ENTERPRISE_PRODUCTS),
        .content = template_render(q->a, template, q->lang, &d), .json_ld = json_ld(q, &w, record, request_url(q, NULL)),
    };
    return shell_reply(q, r, &p);
}

enum err profile_history(struct request *q, struct reply *r) { return history_page(q, r, &enterprise, SECTION_DIRECTORY); }
