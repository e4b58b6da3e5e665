/* command_network.c - the commands for researchers: measures of a supply network that is in CSV files.  docs/research.md. */
#include "host/research.h"

#include "engine/network/exposure.h"
#include "engine/network/risk.h"
#include "engine/network/structure.h"
#include "format/csv.h"

#include <math.h>
#include <stdio.h>

/* Of working memory: what a firm takes for each thread, in dependence and betweenness, and what it takes in all of structure.h. */
enum { SOURCE_BYTES = 64, SHAPE_BYTES = 256 };

/* A row for each firm: its id, then what put_cells puts. */
static int write_rows(struct research *r, const char *header, void (*put_cells)(struct buf *b, const void *with, uint32_t firm), const void *with)
{
    struct output o, *list[] = { &o };
    if (!output_open(r->c, r->output_path, &o)) return err_exit(ERR_BROKEN);
    put_z(&o.row, header);
    output_row(&o);
    for (uint32_t i = 0; i < r->firms.ids.n; i++) {
        put_csv(&o.row, r->firms.ids.names[i]);
        put_cells(&o.row, with, i);
        output_row(&o);
    }
    return outputs_end(r->c, list, COUNT(list));
}

/* Iterations that ended before they converged. */
static void warn_of_rounds(struct research *r, unsigned rounds)
{
    if (rounds < EXPOSURE_ROUNDS) return;
    struct buf b = buf_make(r->c->a);
    put_message(&b, r->c->w.lang,
                MSG(N_("The shares had not settled after {1} rounds; the last digits are not to be relied on."), str_f(r->c->a, "%u", rounds)));
    fprintf(stderr, "matxich: %.*s\n", FMT(buf_str(&b)));
}

/* ---- risk ------------------------------------------------------------------------------------ */

static const char risk_header[] = "id,esri,esri_upstream,esri_downstream,iterations";

static void put_risk(struct buf *b, const void *with, uint32_t i)
{
    const struct risk *risk = (const struct risk *)with + i;
    put_number_cell(b, risk->total);
    put_number_cell(b, risk->upstream);
    put_number_cell(b, risk->downstream);
    put_count_cell(b, risk->steps);
}

struct risk_asked {
    Str    revenue, weights, scenario, states;
    double tolerance, *psi;
    bool   portable, progress;
};

static size_t risk_working(const struct research *r, size_t links)
{
    return risk_bytes(r->firms.ids.n, r->firms.industries.n, links, r->threads) + (size_t)r->firms.ids.n * sizeof(struct risk);
}

static bool read_risk_options(struct research *r, struct risk_asked *asked)
{
    struct cli *c = r->c;
    r->classes_path = cli_option(c, "classes");
    Str tolerance = cli_option(c, "tolerance");
    *asked = (struct risk_asked){ .tolerance = 1e-2, .revenue = cli_option(c, "revenue"), .weights = cli_option(c, "weights"),
                                  .scenario = cli_option(c, "scenario"), .states = cli_option(c, "states"),
                                  .portable = cli_flag(c, "portable"), .progress = cli_flag(c, "progress") };
    if (tolerance.n && (!str_to_f64(tolerance, &asked->tolerance) || !(asked->tolerance > 0 && asked->tolerance < 1)))
        return research_refuse(r, ERR_INVALID, MSG(N_("--tolerance takes a number above 0 and below 1, such as 1e-2.")));
    if (asked->states.n && !asked->scenario.n)
        return research_refuse(r, ERR_INVALID, MSG(N_("--states is the firms' states after a --scenario; give that too.")));
    if (output_is(c, asked->states, r->output_path))
        return research_refuse(r, ERR_INVALID, MSG(N_("--output and --states cannot be the same file.")));
    return true;
}

static bool read_risk_files(struct research *r, struct risk_asked *asked)
{
    double *revenue, *weights;
    return research_begin(r) && research_values(r, asked->revenue, (struct value_limits){ .absent = NAN }, &revenue) &&
           research_values(r, asked->weights, (struct value_limits){ .absent = 0 }, &weights) &&
           research_values(r, asked->scenario, (struct value_limits){ .absent = 1, .shares = true }, &asked->psi) &&
           research_network(r, (struct research_numbers){ revenue, weights, risk_working });
}

static int write_scenario(struct research *r, const struct risk *risk, Str states_path, const double *up, const double *down)
{
    struct output o, states, *list[] = { &o, &states };
    size_t outputs = states_path.n ? 2 : 1;
    if (!output_open(r->c, r->output_path, &o)) return err_exit(ERR_BROKEN);
    if (outputs > 1 && !output_open(r->c, states_path, &states)) return output_drop(&o), err_exit(ERR_BROKEN);
    put_z(&o.row, risk_header);
    output_row(&o);
    put_z(&o.row, "scenario");
    put_risk(&o.row, risk, 0);
    output_row(&o);
    if (outputs > 1) put_z(&states.row, "id,upstream,downstream"), output_row(&states);
    for (uint32_t i = 0; outputs > 1 && i < r->firms.ids.n; i++) {
        put_csv(&states.row, r->firms.ids.names[i]);
        put_number_cell(&states.row, up[i]);
        put_number_cell(&states.row, down[i]);
        output_row(&states);
    }
    return outputs_end(r->c, list, outputs);
}

static int run_risk(struct research *r, const struct risk_asked *asked)
{
    uint32_t n = r->firms.ids.n;
    struct risk_options o = { .tolerance = asked->tolerance, .threads = r->threads, .portable = asked->portable,
                              .progress = research_tell(r, asked->progress) };
    struct risk *risk = NEW_ARRAY(&r->memory, struct risk, asked->psi ? 1 : n);
    double *up = NULL, *down = NULL;
    if (asked->states.n) up = NEW_ARRAY(&r->memory, double, n), down = NEW_ARRAY(&r->memory, double, n);
    if (asked->psi) MUST(!risk_scenario(r->network, &o, asked->psi, up, down, risk));
    else MUST(!risk_closures(r->network, &o, NULL, n, risk));
    research_told(r);
    return asked->psi ? write_scenario(r, risk, asked->states, up, down) : write_rows(r, risk_header, put_risk, risk);
}

int command_risk(struct cli *c)
{
    struct research r;
    struct risk_asked asked;
    research_options(c, &r);
    if (read_risk_options(&r, &asked) && read_risk_files(&r, &asked)) r.code = run_risk(&r, &asked);
    return research_end(&r);
}

/* ---- dependence on countries ----------------------------------------------------------------- */

static bool read_imports(struct research *r, Str path, struct import_list *out)
{
    Message why = NO_MESSAGE;
    struct delimited *d;
    *out = (struct import_list){ 0 };
    if (!path.n) return true;
    if (!research_table(r, path, &d)) return false;
    enum err e = imports_read(&r->memory, d, &r->firms, out, &why);
    return !e || research_refuse(r, e, why);
}

static struct imports imports_of(const struct import_list *l) { return (struct imports){ l->n, l->firm, l->country, l->value }; }

struct dependence {
    struct import_list imports;
    double            *shares, *hhi;            /* shares: [countries * firms], row: country     */
    size_t             firms;
};

static void put_dependence(struct buf *b, const void *with, uint32_t i)
{
    const struct dependence *d = with;
    put_number_cell(b, d->hhi[i]);
    for (size_t k = 0; k < d->imports.countries.n; k++) put_number_cell(b, d->shares[k * d->firms + i]);
}

/* What each firm's costs have to cover. */
static double *inputs_of(struct research *r, const struct import_list *l)
{
    double *inputs = NEW_ARRAY(&r->memory, double, r->firms.ids.n);
    memcpy(inputs, r->network->purchases, r->firms.ids.n * sizeof *inputs);
    for (size_t i = 0; i < l->n; i++) inputs[l->firm[i]] += l->value[i];
    return inputs;
}

static bool room_for_shares(struct research *r, const struct import_list *l)
{
    return research_fits(r, r->firms.ids.n * l->countries.n * sizeof(double) + exposure_bytes(r->network, l->n, r->threads));
}

static int run_dependence(struct research *r, struct dependence *d, const double *costs)
{
    struct imports im = imports_of(&d->imports);
    struct buf header = buf_make(r->c->a);
    unsigned rounds;
    d->firms = r->firms.ids.n;
    d->hhi = NEW_ARRAY(&r->memory, double, d->firms);
    d->shares = NEW_ARRAY(&r->memory, double, d->firms * d->imports.countries.n);
    MUST(!exposure_countries(r->network, &im, d->imports.countries.n, costs, r->threads, d->shares, d->hhi, &rounds));
    warn_of_rounds(r, rounds);
    put_z(&header, "id,hhi");
    for (uint32_t k = 0; k < d->imports.countries.n; k++) put_c(&header, ','), put_csv(&header, d->imports.countries.names[k]);
    return write_rows(r, str_z(r->c->a, buf_str(&header)), put_dependence, d);
}

int command_dependence(struct cli *c)
{
    struct research r;
    struct dependence d;
    double *costs;
    research_options(c, &r);
    Str imports = cli_option(c, "imports"), costs_path = cli_option(c, "costs");
    if (research_begin(&r) &&
        (imports.n || research_refuse(&r, ERR_INVALID, MSG(N_("--imports FILE is needed: what each firm buys from which country.")))) &&
        read_imports(&r, imports, &d.imports) && research_network(&r, (struct research_numbers){ 0 }) && room_for_shares(&r, &d.imports) &&
        research_values(&r, costs_path, (struct value_limits){ .absent = NAN, .least = inputs_of(&r, &d.imports) }, &costs))
        r.code = run_dependence(&r, &d, costs);
    return research_end(&r);
}

/* ---- localisation ---------------------------------------------------------------------------- */

struct localisation { double *direct, *through; };

static void put_localisation(struct buf *b, const void *with, uint32_t i)
{
    const struct localisation *l = with;
    put_number_cell(b, l->direct[i]);
    put_number_cell(b, l->through[i]);
}

/* By the column that says it, else by the country. */
static bool find_local(struct research *r, Str home, bool **out)
{
    const struct firms *f = &r->firms;
    uint32_t country;
    *out = f->local;
    if (f->local) return true;
    if (!f->country)
        return research_refuse(r, ERR_INVALID, MSG(N_("{1} has no column named country or local, which says what is local."), r->firms_path));
    if (!ids_look(&f->countries, home, &country))
        return research_refuse(r, ERR_INVALID, MSG(N_("No firm in {1} is in {2}; --home says which country is home."), r->firms_path, home));
    *out = NEW_ARRAY(&r->memory, bool, f->ids.n);
    for (uint32_t i = 0; i < f->ids.n; i++) (*out)[i] = f->country[i] == country;
    return true;
}

static int run_localisation(struct research *r, const struct import_list *l, const bool *local, const double *output)
{
    struct imports im = imports_of(l);
    struct localisation out = { NEW_ARRAY(&r->memory, double, r->firms.ids.n), NEW_ARRAY(&r->memory, double, r->firms.ids.n) };
    unsigned rounds;
    MUST(!exposure_localisation(r->network, &im, local, output, out.direct, out.through, &rounds));
    warn_of_rounds(r, rounds);
    return write_rows(r, "id,direct,through", put_localisation, &out);
}

int command_localisation(struct cli *c)
{
    struct research r;
    struct import_list imports;
    bool *local;
    double *output;
    research_options(c, &r);
    Str imports_path = cli_option(c, "imports"), home = cli_option(c, "home"), revenue = cli_option(c, "revenue");
    if (research_begin(&r) && find_local(&r, home.n ? home : S("VN"), &local) && read_imports(&r, imports_path, &imports) &&
        research_values(&r, revenue, (struct value_limits){ .absent = NAN }, &output) && research_network(&r, (struct research_numbers){ 0 }))
        r.code = run_localisation(&r, &imports, local, output);
    return research_end(&r);
}

/* ---- tiers ----------------------------------------------------------------------------------- */

struct tiers { uint32_t *shortest, *longest; double *upstreamness; };

static void put_tier(struct buf *b, uint32_t tier)
{
    if (tier == NO_TIER) put_c(b, ',');
    else put_count_cell(b, tier);
}

static void put_tiers(struct buf *b, const void *with, uint32_t i)
{
    const struct tiers *t = with;
    put_tier(b, t->shortest[i]);
    put_tier(b, t->longest[i]);
    put_number_cell(b, t->upstreamness[i]);
}

int command_tiers(struct cli *c)
{
    struct research r;
    uint32_t *buyers;
    size_t n;
    double *revenue;
    research_options(c, &r);
    Str said = cli_option(c, "buyers"), revenue_path = cli_option(c, "revenue");
    if (research_begin(&r) &&
        (said.n || research_refuse(&r, ERR_INVALID, MSG(N_("--buyers ID,ID… or --buyers FILE is needed: whose suppliers are asked for.")))) &&
        research_chosen(&r, said, &buyers, &n) && research_values(&r, revenue_path, (struct value_limits){ .absent = NAN }, &revenue) &&
        research_network(&r, (struct research_numbers){ .revenue = revenue })) {
        struct tiers t = { NEW_ARRAY(&r.memory, uint32_t, r.firms.ids.n), NEW_ARRAY(&r.memory, uint32_t, r.firms.ids.n),
                           NEW_ARRAY(&r.memory, double, r.firms.ids.n) };
        MUST(!structure_tiers(r.network, buyers, n, t.shortest, t.longest, t.upstreamness));
        r.code = write_rows(&r, "id,shortest,longest,upstreamness", put_tiers, &t);
    }
    return research_end(&r);
}

/* ---- critical firms -------------------------------------------------------------------------- */

struct critical_asked { Str buyers; int64_t depth, samples; bool progress; };

struct critical {
    const struct research *r;
    bool     *cuts;
    uint32_t *single_source, *dominator, *guarded, *diamonds;           /* the last three: NULL without buyers */
    double   *betweenness;
};

static void put_critical(struct buf *b, const void *with, uint32_t i)
{
    const struct critical *k = with;
    put_count_cell(b, k->cuts[i]);
    put_count_cell(b, k->single_source[i]);
    put_number_cell(b, k->betweenness[i]);
    if (!k->guarded) return;
    put_count_cell(b, k->guarded[i]);
    put_count_cell(b, k->diamonds[i]);
    put_c(b, ',');
    if (k->dominator[i] != NO_TIER) put_csv(b, k->r->firms.ids.names[k->dominator[i]]);
}

/* For each firm how many suppliers of one of the buyers depend on it, at most. */
static void find_diamonds(struct research *r, const uint32_t *buyers, size_t n, uint32_t depth, uint32_t *out)
{
    struct arena a = arena_make(SIZE_MAX / 4, r->c->a->full);
    for (size_t i = 0; i < n; i++, arena_reset(&a)) {
        struct diamond *list;
        size_t count;
        MUST(!structure_diamonds(&a, r->network, buyers[i], depth, &list, &count));
        for (size_t k = 0; k < count; k++)
            if (out[list[k].firm] < list[k].dependents) out[list[k].firm] = list[k].dependents;
    }
    arena_free(&a);
}

static enum err measure(struct research *r, const struct critical_asked *asked, const uint32_t *buyers, size_t n, struct critical *k)
{
    uint32_t firms = r->firms.ids.n;
    struct single_source *sources;
    size_t count;
    *k = (struct critical){ r, NEW_ARRAY(&r->memory, bool, firms), NEW_ARRAY(&r->memory, uint32_t, firms),
                            .betweenness = NEW_ARRAY(&r->memory, double, firms) };
    TRY(structure_articulation(r->network, k->cuts));
    TRY(structure_single_sources(&r->memory, r->network, &sources, &count));
    for (size_t i = 0; i < count; i++) k->single_source[sources[i].supplier]++;
    TRY(structure_betweenness(r->network, (uint32_t)asked->samples, r->threads, research_tell(r, asked->progress), k->betweenness));
    research_told(r);
    if (!n) return OK;
    k->dominator = NEW_ARRAY(&r->memory, uint32_t, firms);
    k->guarded = NEW_ARRAY(&r->memory, uint32_t, firms);
    k->diamonds = NEW_ARRAY(&r->memory, uint32_t, firms);
    find_diamonds(r, buyers, n, (uint32_t)asked->depth, k->diamonds);
    return structure_dominators(r->network, buyers, n, k->dominator, k->guarded);
}

static size_t critical_working(const struct research *r, size_t links)
{
    return r->firms.ids.n * ((size_t)r->threads * SOURCE_BYTES + SHAPE_BYTES);
}

static int run_critical(struct research *r, const struct critical_asked *asked, const uint32_t *buyers, size_t n)
{
    struct critical k;
    enum err e = measure(r, asked, buyers, n, &k);
    if (e == ERR_TOO_BIG)
        return cli_fail(r->c, e, MSG(N_("Between two firms there are more shortest paths than can be counted, so there is no betweenness.")));
    MUST(!e);
    return write_rows(r, n ? "id,articulation,single_source,betweenness,guarded,diamonds,dominator"
                           : "id,articulation,single_source,betweenness", put_critical, &k);
}

int command_critical(struct cli *c)
{
    struct research r;
    struct critical_asked asked;
    uint32_t *buyers;
    size_t n;
    research_options(c, &r);
    r.classes_path = cli_option(c, "classes");
    asked = (struct critical_asked){ .buyers = cli_option(c, "buyers"), .depth = 3, .progress = cli_flag(c, "progress") };
    if (research_count(&r, "depth", 1, 100, &asked.depth) && research_count(&r, "samples", 0, UINT32_MAX - 1, &asked.samples) &&
        research_begin(&r) && research_chosen(&r, asked.buyers, &buyers, &n) &&
        research_network(&r, (struct research_numbers){ .working = critical_working }))
        r.code = run_critical(&r, &asked, buyers, n);
    return research_end(&r);
}
