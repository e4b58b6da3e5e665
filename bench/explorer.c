/*
 * explorer.c - the supply network of a register of 100,000 enterprises: how long it takes into memory, anew and after an edit, and what
 * pages are made of.  bench/explorer.sh asks for the pages themselves.
 *
 *     bench_explorer make DATABASE [FIRMS]    fills a new database: a network of the family SPARSE (supply_networks.h)
 *     bench_explorer ask DATABASE             reads it, edits one link, reads it again; then why, for the firms of greatest index
 *
 * Records are put in by SQL, without the change log: what is measured is reading.
 */
#include "enterprises.h"
#include "model/schema.h"
#include "programme/entities.h"
#include "programme/network/why.h"
#include "supply_networks.h"

#include <stdio.h>
#include <time.h>

enum { SEED = 20261122, FIRMS = 100000, EXPLAINED = 50 };

static struct work work_on(struct arena *a, const char *url, unsigned flags)
{
    struct work w = { .m = model_make(a, entities), .a = a, .lang = VI, .today = { 2026, 11, 22 }, .actor = { .roles = SYSTEM, .name = S("bench") } };
    if (db_open(url, flags, &w.db)) fprintf(stderr, "%s: %s\n", url, db_why(NULL)), exit(1);
    return w;
}

static void must(enum err e, const char *what)
{
    if (e) fprintf(stderr, "%s: error %d\n", what, e), exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- filling -------------------------------------------------------------------------------- */

static Val coded(const struct code *k) { return v_text(k->key); }

static enum err put_enterprise(struct work *w, const struct network_input *in, int64_t id, double sales)
{
    struct rng r = { SEED + (uint64_t)id };
    size_t wards, zones, industries;
    const struct code *const *ward = codes_of(w->codes, S("ward"), &wards), *const *zone = codes_of(w->codes, S("industrial_zone"), &zones),
               *const *vsic = codes_of(w->codes, S("vsic"), &industries);
    Str name = enterprise_of(w->a, SEED, id).text[E_NAME];
    Str industry = str_f(w->a, ";%.*s;", FMT(vsic[in->industry[id - 1] % industries]->key));
    Str place = str_f(w->a, "%.5f,%.5f", 20.7 + sn_uniform(&r) * 0.6, 105.4 + sn_uniform(&r) * 0.6);
    TRY(db_exec(w->db, w->a, SQL("INSERT INTO enterprise (id, seq, changed_at, name_vi, ward, zone, vsic, place) VALUES ($1, 0, 0, $2, $3, $4, $5, $6)"),
                ARGS(v_int(id), v_text(name), coded(ward[e_zipf(&r, wards)]), rng_below(&r, 3) ? v_null() : coded(zone[e_zipf(&r, zones)]),
                     v_text(industry), v_text(place))));
    return db_exec(w->db, w->a, SQL("INSERT INTO figure (id, enterprise, year, employees, revenue) VALUES ($1, $1, 2025, $2, $3)"),
                   ARGS(v_int(id), v_int((int64_t)(sales * 10) + 1), v_int((int64_t)(sales * 2e9))));
}

static enum err put_link(struct work *w, const struct network_input *in, size_t i)
{
    struct rng r = { SEED + i };
    return db_exec(w->db, w->a, SQL("INSERT INTO supply_link (id, seq, changed_at, supplier_enterprise, buyer_enterprise, product, value_by_supplier, essential, source, state, since)"
                                    " VALUES ($1, 0, 0, $2, $3, $4, $5, $6, 'supplier', 'stands', $7)"),
                   ARGS(v_int((int64_t)i + 1), v_int(in->links.supplier[i] + INT64_C(1)), v_int(in->links.customer[i] + INT64_C(1)),
                        v_text(str_of(E_PICK(&r, e_things))), v_int((int64_t)(in->links.value[i] * 1e9)), v_int(rng_below(&r, 4) == 0),
                        v_text(str_f(w->a, "20%02d-01-01", 10 + (int)rng_below(&r, 16)))));
}

static enum err fill_lists(struct work *w, void *arg) { return codes_init(w); }

static enum err fill(struct work *w, void *arg)
{
    const struct network_input *in = arg;
    struct arena *outer = w->a, scratch = arena_make((size_t)64 << 20, NULL);
    double *sales = NEW_ARRAY(outer, double, in->firms);
    for (size_t i = 0; i < in->links.n; i++) sales[in->links.supplier[i]] += in->links.value[i];
    w->a = &scratch;
    for (uint32_t i = 0; i < in->firms; i++, arena_reset(&scratch)) TRY(put_enterprise(w, in, i + INT64_C(1), sales[i]));
    for (size_t i = 0; i < in->links.n; i++, arena_reset(&scratch)) TRY(put_link(w, in, i));
    w->a = outer;
    arena_free(&scratch);
    TRY(work_keep_id(w, &enterprise, in->firms));
    return work_keep_id(w, &supply_link, (int64_t)in->links.n);
}

static void make(struct arena *a, const char *url, uint32_t firms)
{
    struct work w = work_on(a, url, DB_CREATE);
    Message why;
    struct network_input in = supply_network(a, SPARSE, CLASS_NONE, firms, SEED);
    must(schema_grow(&w, &why), "tables");
    must(work_write(&w, fill_lists, NULL), "lists");
    must(codes_load(&w, a, &w.codes), "lists");
    must(work_write(&w, fill, &in), "network");
    db_close(w.db);
}

/* ---- asking --------------------------------------------------------------------------------- */

static struct supply_view *view_of(struct work *w, const struct supply_view *before, const char *what)
{
    struct arena *outer = w->a, scratch = arena_make((size_t)8 << 30, NULL);
    struct supply_view *v;
    double begun = now();
    w->a = &scratch;
    must(supply_view_make(w, w->today, before, NULL, &v), what);
    w->a = outer;
    printf("| %s | %.2f s | %zu MB kept, %zu MB for the making |\n", what, now() - begun, arena_used(&v->a) >> 20, arena_used(&scratch) >> 20);
    arena_free(&scratch);
    return v;
}

static enum err raise_one(struct work *w, void *arg)
{
    return db_exec(w->db, w->a, SQL("UPDATE supply_link SET value_by_supplier = value_by_supplier + 1000000000 WHERE id = $1"), ARGS(v_int(4711)));
}

static void explain(struct arena *a, const struct supply_view *v)
{
    double begun = now(), longest = 0;
    struct arena scratch = arena_make((size_t)1 << 30, NULL);
    for (size_t i = 0; i < EXPLAINED; i++, arena_reset(&scratch)) {
        double from = now();
        struct why why;
        must(why_of(&scratch, v, v->by_index[i], 50, &why), "why");
        if (now() - from > longest) longest = now() - from;
    }
    printf("| why, of the %d firms of greatest index | %.1f ms | %.1f ms at most |\n", EXPLAINED, (now() - begun) * 1e3 / EXPLAINED, longest * 1e3);
    arena_free(&scratch);
}

static void ask(struct arena *a, const char *url)
{
    struct work w = work_on(a, url, 0);
    must(codes_load(&w, a, &w.codes), "lists");
    struct supply_view *v = view_of(&w, NULL, "the network into memory, anew");
    must(work_write(&w, raise_one, NULL), "edit");
    struct supply_view *after = view_of(&w, v, "the same after an edit of one link");
    printf("| closures computed for it | %zu of %u | |\n", ranking_renewed(after->ranking), after->nodes_n);
    explain(a, after);
    supply_view_release(v);
    supply_view_release(after);
    db_close(w.db);
}

int main(int argc, char **argv)
{
    struct arena a = arena_make((size_t)8 << 30, NULL);
    if (argc > 2 && !strcmp(argv[1], "make")) make(&a, argv[2], argc > 3 ? (uint32_t)atoi(argv[3]) : FIRMS);
    else if (argc > 2 && !strcmp(argv[1], "ask")) ask(&a, argv[2]);
    else return fprintf(stderr, "bench_explorer make DATABASE [FIRMS] | ask DATABASE\n"), 2;
    arena_free(&a);
    return 0;
}
