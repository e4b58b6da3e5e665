/* lack.c - what the city lacks, and what would unlock it. */
#include "suppliers.h"

#include "programme/linkage/lack.h"

#include <math.h>

static const struct date LONG_AGO = { 2020, 1, 1 };

static struct lackings lacking(struct work *w)
{
    struct finder *f = suppliers_of(w);
    struct lackings all;
    CHECK_INT(lacking_of(w, f->index, LONG_AGO, &all), OK);
    finder_close(f);
    return all;
}

static const struct lacking *lack_of(const struct lackings *all, const char *criterion, const char *code)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->p[i].is && str_is(str_of(all->p[i].is->name), criterion) && (!code || str_ends(all->p[i].code, str_of(code)))) return &all->p[i];
    return NULL;
}

TEST_REGISTER(a_certificate_that_one_supplier_lacks_is_missing_and_would_unlock_the_demand)
{
    int64_t caster = made_supplier(w, (struct made_supplier){ "Đúc Một", .process = "die-casting" });
    made_supplier(w, (struct made_supplier){ "Sơn Hai", .process = "powder-coating" });
    int64_t asked = made_asking(w, (struct made_asking){ "Vỏ hộp số", "die-casting", "IATF16949", .value = 2e9, .currency = "VND" });
    struct lackings all = lacking(w);
    const struct lacking *iatf = lack_of(&all, "certificate", "/IATF16949");
    CHECK_INT(all.n, 1);
    CHECK(iatf && iatf->missing.n == 1 && iatf->missing.demands[0] == asked);
    CHECK_INT(iatf->unlocks.n, 1);
    CHECK(iatf->unlocks.dong == 2e9 && iatf->unlocks.valued == 1);
    CHECK(iatf->nearly_n == 1 && iatf->nearly[0] == caster);
    CHECK(str_has(lacking_text(w, iatf), S("IATF 16949")));
}

TEST_REGISTER(a_demand_that_somebody_meets_lacks_nothing)
{
    made_supplier(w, (struct made_supplier){ "Đúc Một", .process = "die-casting", .standard = "IATF16949" });
    made_supplier(w, (struct made_supplier){ "Đúc Hai", .process = "die-casting" });
    made_asking(w, (struct made_asking){ "Vỏ hộp số", "die-casting", "IATF16949" });
    CHECK_INT(lacking(w).n, 0);
}

TEST_REGISTER(what_two_things_keep_from_a_demand_unlocks_nothing_alone)
{
    made_supplier(w, (struct made_supplier){ "Sơn Một", .process = "powder-coating" });
    made_asking(w, (struct made_asking){ "Vỏ hộp số", "hot-forging", "IATF16949" });
    struct lackings all = lacking(w);
    const struct lacking *forging = lack_of(&all, "process", "/hot-forging"), *iatf = lack_of(&all, "certificate", "/IATF16949");
    CHECK(forging && iatf && all.n == 2);
    CHECK(forging->missing.n == 1 && iatf->missing.n == 1);
    CHECK(!forging->unlocks.n && !iatf->unlocks.n && !forging->nearly_n);
}

TEST_REGISTER(values_of_several_currencies_are_added_in_dong_and_the_most_comes_first)
{
    made_supplier(w, (struct made_supplier){ "Đúc Một", .process = "die-casting" });
    made_asking(w, (struct made_asking){ "Vỏ một", "die-casting", "ISO13485", .value = 1e9, .currency = "VND" });
    made_asking(w, (struct made_asking){ "Vỏ hai", "die-casting", "IATF16949", .value = 1e6, .currency = "USD" });
    made_asking(w, (struct made_asking){ "Vỏ ba", "die-casting", "IATF16949" });
    struct lackings all = lacking(w);
    CHECK_INT(all.n, 2);
    CHECK(str_ends(all.p[0].code, S("/IATF16949")) && all.p[0].unlocks.n == 2 && all.p[0].unlocks.valued == 1);
    CHECK(all.p[0].unlocks.dong == dong_of(w->codes, 1e6, S("USD")) && all.p[0].unlocks.dong > 1e9);
    CHECK(isnan(dong_of(w->codes, 1, S("XYZ"))));
}

struct searched_for { const char *query, *day; int64_t times; };

static enum err note_search(struct work *w, void *arg)
{
    struct record *r = record_make(w->a, &unmet_search);
    bool changed;
    const struct searched_for *of = arg;
    r->v[UNMET_QUERY] = v_text(str_of(of->query));
    r->v[UNMET_WORDS] = v_text(str_of(of->query));
    r->v[UNMET_DAY] = v_text(str_of(of->day));
    r->v[UNMET_TIMES] = v_int(of->times);
    r->v[UNMET_KEY] = v_text(str_f(w->a, "%s/%s", of->query, of->day));
    return record_save(w, NULL, r, &changed);
}

static void search_in_vain(struct work *w, struct searched_for s) { CHECK_INT(work_write(w, note_search, &s), OK); }

TEST_REGISTER(searches_in_vain_count_as_often_as_they_were_made_and_what_is_not_understood_does_not)
{
    static const struct searched_for searches[] = { { "process=hot-forging", "2026-11-20", 5 }, { "process=hot-forging", "2026-11-21", 5 },
                                                    { "gone=by", "2026-11-21", 5 }, { "process=hot-forging", "2019-11-21", 5 } };
    made_supplier(w, (struct made_supplier){ "Sơn Một", .process = "powder-coating" });
    for (size_t i = 0; i < COUNT(searches); i++) search_in_vain(w, searches[i]);
    struct lackings all = lacking(w);
    CHECK_INT(all.n, 1);
    CHECK_INT(all.p[0].missing.searches, 10);
    CHECK(!all.p[0].missing.n);
}

TEST_REGISTER(words_that_hardly_anybody_searched_for_are_not_missing)
{
    made_supplier(w, (struct made_supplier){ "Sơn Một", .process = "powder-coating" });
    search_in_vain(w, (struct searched_for){ "words=z", "2026-11-20", 1 });
    search_in_vain(w, (struct searched_for){ "words=Xyzville", "2026-11-20", 2 });
    CHECK_INT(lacking(w).n, 0);
    search_in_vain(w, (struct searched_for){ "words=Xyzville", "2026-11-21", 1 });
    struct lackings all = lacking(w);
    CHECK_INT(all.n, 1);
    CHECK(all.p[0].missing.searches == 3 && str_has(lacking_text(w, &all.p[0]), S("Xyzville")));
}

TEST_REGISTER(who_has_nothing_of_what_is_asked_does_not_nearly_fit)
{
    int64_t cold = made_supplier(w, (struct made_supplier){ "Rèn Một", .process = "cold-forging" });
    made_supplier(w, (struct made_supplier){ "Sơn Hai", .process = "powder-coating" });
    made_asking(w, (struct made_asking){ "Trục", "hot-forging" });
    struct lackings all = lacking(w);
    CHECK_INT(all.n, 1);
    CHECK(all.p[0].nearly_n == 1 && all.p[0].nearly[0] == cold && all.p[0].unlocks.n == 1);
}

static enum err for_the_invited(struct work *w, void *id)
{
    return db_exec(w->db, w->a, SQL("UPDATE demand SET reach = 'invited' WHERE id = $1"), ARGS(v_int(*(int64_t *)id)));
}

TEST_REGISTER(a_demand_that_its_reader_may_not_list_is_left_out)
{
    made_supplier(w, (struct made_supplier){ "Đúc Một", .process = "die-casting" });
    int64_t id = made_asking(w, (struct made_asking){ "Vỏ", "die-casting", "IATF16949" });
    CHECK_INT(work_write(w, for_the_invited, &id), OK);
    CHECK_INT(lacking(work_of(w, LEADER)).n, 1);
    CHECK_INT(lacking(work_of(w, VISITOR)).n, 0);
}
