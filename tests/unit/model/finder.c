#include "model/finder.h"
#include "fixture.h"

#include <stdio.h>

static struct finder *built(struct work *w)
{
    struct finder *f;
    CHECK_INT(finder_build(w, w->a, &thing, NULL, NULL, &f), OK);
    return f;
}

static Str ids(struct arena *a, const struct search_result *r)
{
    struct buf b = buf_make(a);
    for (size_t i = 0; i < r->hits; i++) put_f(&b, "%s%lld", i ? " " : "", (long long)r->hit[i].id);
    return buf_str(&b);
}

static struct search_result search(struct work *w, const struct finder *f, const char *words, const char *facet, const char *value)
{
    struct asked p = { str_of(facet), str_of(value) };
    struct found_filters filters;
    Message why;
    CHECK_INT(finder_read(w, f, &p, facet ? 1 : 0, NULL, &filters, &why), OK);
    struct search_query q = { .words = str_of(words), .limit = 100, .filter = filters.facet, .filters = filters.facets, .count = ~0u };
    return search_find(f->index, w->a, &q);
}

static Str hits(struct work *w, const struct finder *f, const char *words)
{
    struct search_result r = search(w, f, words, NULL, NULL);
    return r.loose ? S("") : ids(w->a, &r);
}

/* "Nhựa 2, Thép 1": how often each value of a facet stands in what was found. */
static Str counts(struct work *w, const struct finder *f, const char *facet)
{
    int n = finder_facet(f, str_of(facet));
    struct search_result r = search(w, f, "", NULL, NULL);
    struct buf b = buf_make(w->a);
    CHECK(n >= 0);
    for (size_t i = 0; i < r.counts[n].n; i++)
        put_f(&b, "%s%.*s %u", i ? ", " : "", FMT(facet_label(w, &f->facet[n], r.counts[n].p[i].value)), r.counts[n].p[i].docs);
    return buf_str(&b);
}

static void check_agrees(struct work *w, const struct finder *f)
{
    int64_t wrong;
    CHECK_INT(finder_check(w, f, &wrong), OK);
    CHECK_INT(wrong, 0);
}

static struct record *add(struct work *w, const char *name, const char *state, const char *ward)
{
    struct record *r = thing_named(w, name);
    if (state) r->v[THING_STATE] = v_text(str_of(state));
    if (ward) r->v[THING_WARD] = v_text(str_of(ward));
    CHECK_INT(save(w, NULL, r), OK);
    return r;
}

static struct record *add_part(struct work *w, struct record *r, const char *name, const char *material, const char *until)
{
    struct record *was = record_copy(w->a, r), *child = record_add(w->a, r, THING_PARTS);
    child->v[PART_NAME] = v_text(str_of(name));
    child->v[PART_MATERIAL] = v_text(str_of(material));
    if (until) child->v[PART_UNTIL] = v_text(str_of(until));
    CHECK_INT(save(w, was, r), OK);
    return child;
}

TEST_MODEL(records_are_found_by_their_words_their_codes_and_their_children)
{
    struct record *r = add(w, "Khuôn mẫu đúc", NULL, "2025/00004");
    add_part(w, r, "Trục cam", "2026/carbon-steel", NULL);
    add(w, "Khuôn ép nhựa", NULL, NULL);
    struct finder *f = built(w);
    CHECK_STR(hits(w, f, "khuon mau duc"), S("1"));
    CHECK_STR(hits(w, f, "khuôn"), S("2 1"));
    CHECK_STR(hits(w, f, "trục"), S("1"));
    CHECK_STR(hits(w, f, "ba dinh"), S("1"));
    CHECK_STR(hits(w, f, "carbon"), S("1"));
    CHECK_STR(hits(w, f, "thép cacbon"), S("1"));
    CHECK_STR(hits(w, f, "máy bay"), S(""));
    check_agrees(w, f);
    finder_close(f);
}

TEST_MODEL(facets_count_and_filter_under_names_in_both_languages)
{
    struct record *r = add(w, "a", NULL, "2025/00004"), *was;
    add_part(w, r, "x", "2026/steel", NULL);
    add_part(w, r, "y", "2026/steel", NULL);
    add(w, "b", NULL, "2025/00004");
    was = record_copy(a, r);
    r->v[THING_GOOD] = v_int(1);
    r->v[THING_COLOURS] = v_text(S(";green;blue;"));
    CHECK_INT(save(w, was, r), OK);
    struct finder *f = built(w);
    struct work *en = work_as(w, OFFICER, EN);
    CHECK_STR(counts(w, f, "ward"), S("P. Ba Đình 2"));
    CHECK_STR(counts(en, f, "ward"), S("Ba Dinh Ward 2"));
    CHECK_STR(counts(w, f, "material"), S("Thép 1"));
    CHECK_STR(counts(en, f, "good"), S("Yes 1"));
    CHECK_STR(counts(en, f, "colours"), S("Blue 1, Green 1"));
    CHECK_INT(finder_facet(f, S("name_vi")), -1);
    static const struct { const char *facet, *value, *ids; } filters[] = {
        { "ward", "00004", "1 2" }, { "ward", "Ba Đình", "1 2" }, { "ward", "2025/00004", "1 2" }, { "ward", "00008", "" }, { "good", "1", "1" }, { "good", "0", "" },
        { "colours", "blue", "1" }, { "colours", "red;blue", "1" }, { "material", "steel", "1" } };
    for (size_t i = 0; i < COUNT(filters); i++) {
        struct search_result found = search(w, f, "", filters[i].facet, filters[i].value);
        CHECK_STR(ids(a, &found), str_of(filters[i].ids));
    }
    struct found_filters out;
    Message why;
    struct asked wrong = { S("ward"), S("nowhere") }, unknown = { S("total"), S("1") };
    CHECK_INT(finder_read(w, f, &wrong, 1, NULL, &out, &why), ERR_INVALID);
    CHECK(str_has(message_str(a, EN, why), S("is not in the list")));
    CHECK_INT(finder_read(w, f, &unknown, 1, NULL, &out, &why), ERR_INVALID);
    CHECK_INT(finder_read(w, f, &unknown, 1, "total", &out, &why), OK);
    finder_close(f);
}

/* What a list is asked as the query of a URL, and the numbers it then has: "2 1". */
static Str listed(struct work *w, const struct finder *f, const char *query)
{
    struct { struct asked *p; size_t n, cap; } asked = { 0 };
    struct buf b = buf_make(w->a);
    struct list_query q;
    struct list list;
    Message why;
    Str rest = str_of(query), one;
    while (str_next(&rest, '&', &one)) {
        struct asked *p = GROW(w->a, asked);
        str_cut(one, '=', &p->name, &p->value);
    }
    if (finder_read_list(w, f, &thing, asked.p, asked.n, &q, &why)) return message_str(w->a, EN, why);
    CHECK_INT(list_load(w, &thing, &q, false, &list), OK);
    for (size_t i = 0; i < list.records.n; i++) put_f(&b, "%s%lld", i ? " " : "", (long long)list.records.p[i]->id);
    put(&b, str_f(w->a, "%s%.*s", list.more ? " then " : "", FMT(list.next)));
    return buf_str(&b);
}

static struct finder *four_things(struct work *w)
{
    static const struct { const char *name, *ward, *material; int64_t count; } rows[] = {
        { "Khuôn một", "2025/00004", "2026/steel", 3 }, { "Khuôn hai", "2025/00004", "2026/steel", 2 },
        { "Khuôn ba", "2025/00008", "2026/steel", 1 }, { "Trục", "2025/00004", "2026/carbon-steel", 0 } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct record *r = thing_named(w, rows[i].name);
        r->v[THING_WARD] = v_text(str_of(rows[i].ward));
        r->v[THING_COUNT] = v_int(rows[i].count);
        CHECK_INT(save(w, NULL, r), OK);
        add_part(w, r, "part", rows[i].material, NULL);
    }
    return built(w);
}

TEST_MODEL(a_list_takes_columns_facets_of_children_and_words_and_all_must_hold)
{
    struct finder *f = four_things(w);
    static const struct { const char *query, *ids; } lists[] = {
        { "material=steel", "1 2 3" }, { "material=steel&ward=00004", "1 2" }, { "q=khuon&count.min=2", "1 2" }, { "material=carbon-steel&q=khuon", "" },
        { "material=steel&sort=count", "3 2 1" }, { "material=steel&sort=count&limit=2", "3 2 then 2:2" },
        { "material=steel&sort=count&limit=2&after=2:2", "1" }, { "material=steel&limit=1&after=1", "2 then 2" }, { "q=&material=", "1 2 3 4" },
        { "material=nothing", "“nothing” is not in the list" }, { "colour=red", "There is no field colour to filter by." } };
    for (size_t i = 0; i < COUNT(lists); i++) CHECK_STR(listed(w, f, lists[i].query), str_of(lists[i].ids));
    CHECK_STR(listed(w, NULL, "material=steel"), S("There is no field material to filter by."));
    struct asked facet = { S("material"), S("steel") }, column = { S("ward"), S("00004") }, empty = { S("q"), S("") };
    CHECK(finder_needed(&thing, &facet, 1) && !finder_needed(&thing, &column, 1) && !finder_needed(&thing, &empty, 1));
    finder_close(f);
}

TEST_MODEL(a_search_takes_columns_that_are_no_facets_and_counts_under_them)
{
    struct finder *f = four_things(w);
    struct asked both[] = { { S("count.max"), S("2") }, { S("material"), S("steel") } };
    struct found_filters filters;
    Message why;
    CHECK_INT(finder_read(w, f, both, COUNT(both), NULL, &filters, &why), OK);
    struct search_query q = { .filter = filters.facet, .filters = filters.facets, .only = filters.only, .only_n = filters.only_n,
                              .limit = 10, .count = 1u << finder_facet(f, S("ward")) };
    struct search_result found = search_find(f->index, a, &q);
    CHECK_STR(ids(a, &found), S("3 2"));
    CHECK_INT(found.counts[finder_facet(f, S("ward"))].n, 2);
    both[0] = (struct asked){ S("count.min"), S("9") };
    CHECK_INT(finder_read(w, f, both, COUNT(both), NULL, &filters, &why), OK);
    CHECK(filters.only && !filters.only_n);
    finder_close(f);
}

TEST_MODEL(what_is_not_in_force_any_more_leaves_searches_and_facets)
{
    struct record *r = add(w, "a", NULL, NULL);
    add_part(w, r, "mới", "2026/steel", "2026-11-22");
    add_part(w, r, "cũ", "2026/carbon-steel", "2026-11-21");
    struct finder *f = built(w);
    CHECK_STR(counts(w, f, "material"), S("Thép 1"));
    CHECK_STR(hits(w, f, "cũ"), S(""));
    CHECK_STR(hits(w, f, "mới"), S("1"));
    finder_close(f);
}

TEST_MODEL(the_index_follows_inserts_updates_deletions_and_hiding)
{
    struct work *visitor = work_as(w, VISITOR, VI);
    struct finder *f = built(visitor), *next;
    add(w, "Khuôn một", NULL, NULL);
    struct record *two = add(w, "Khuôn hai", NULL, NULL), *was;
    add(w, "Khuôn ba", "hidden", NULL);
    const int64_t all[] = { 1, 2, 3, 2 };
    CHECK_INT(finder_update(visitor, a, f, all, 4, &next), OK);
    finder_close(f);
    CHECK_STR(hits(visitor, next, "khuôn"), S("2 1"));
    check_agrees(visitor, next);
    was = record_copy(a, two);
    two->v[THING_STATE] = v_text(S("hidden"));
    CHECK_INT(save(w, was, two), OK);
    CHECK_INT(delete(w, 1), OK);
    CHECK_INT(finder_update(visitor, a, next, all, 2, &f), OK);
    finder_close(next);
    CHECK_STR(hits(visitor, f, "khuôn"), S(""));
    check_agrees(visitor, f);
    finder_close(f);
}

TEST_MODEL(an_index_that_differs_from_the_rows_is_found)
{
    int64_t wrong = 0;
    add(w, "một", NULL, NULL);
    struct record *two = add(w, "hai", NULL, NULL), *was = record_copy(a, two);
    struct finder *f = built(w);
    check_agrees(w, f);
    two->v[THING_NOTE] = v_text(S("khác"));
    CHECK_INT(save(w, was, two), OK);
    CHECK_INT(finder_check(w, f, &wrong), OK);
    CHECK_INT(wrong, 2);
    CHECK_INT(save(w, two, was), OK);
    check_agrees(w, f);
    CHECK_INT(delete(w, 1), OK);
    CHECK_INT(finder_check(w, f, &wrong), OK);
    CHECK_INT(wrong, -1);
    finder_close(f);
}

TEST_MODEL(an_index_that_followed_is_the_one_built_anew)
{
    struct dice d = { 11 };
    struct finder *f = built(w), *next;
    for (int step = 0; step < 40; step++) {
        struct records all;
        CHECK_INT(records_load(w, &thing, 0, 1000, true, &all), OK);
        const struct record *was = all.n && dice_roll(&d, 2) ? all.p[dice_roll(&d, all.n)] : NULL;
        struct record *now = was ? record_copy(a, was) : record_make(a, &thing);
        random_thing(&d, w, now);
        if (was && !dice_roll(&d, 4)) CHECK_INT(delete(w, was->id), OK);
        else CHECK_INT(save(w, was, now), OK);
        CHECK_INT(finder_update(w, a, f, &now->id, 1, &next), OK);
        finder_close(f);
        f = next;
    }
    check_agrees(w, f);
    finder_close(f);
}
