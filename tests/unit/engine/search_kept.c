/* The file of an index: one that is damaged, cut off or of something else is not taken. */
#include "test.h"
#include "base/file.h"
#include "engine/match/match.h"
#include "engine/search/kept.h"

#include <fcntl.h>
#include <math.h>
#include <unistd.h>

static const struct search_schema schema = { .fields = 2, .facets = 1, .numbers = 1, .field = { { 8, 8 }, { 5, 12 } } };
static const size_t room = (size_t)64 << 20;

static struct search *made_up(struct arena *a, size_t docs)
{
    static const char *const words[] = { "khuôn", "mẫu", "đúc", "Đức", "thép", "nhựa", "CNC" };
    struct search_build *b = search_build_open(&schema, room);
    for (size_t i = 0; i < docs; i++) {
        Str field[2] = { str_f(a, "%s %s", words[i % 7], words[i / 7 % 7]), str_f(a, "%s\n%s", words[i / 3 % 7], words[i / 5 % 7]) };
        Str value = str_f(a, "%d", (int)(i % 5));
        SearchValues facet = { &value, 1 };
        double number = (double)i;
        CHECK_INT(search_build_add(b, &(struct search_doc){ .id = (int64_t)i, .sort = field[0], .field = field, .facet = &facet, .number = &number }), OK);
    }
    return search_build_close(b, 1);
}

static const char *path_in_dir(struct arena *a) { return str_z(a, str_f(a, "%s/kept.index", test_dir())); }

static const char *saved(struct arena *a, size_t docs)
{
    const char *path = path_in_dir(a);
    struct search *s = made_up(a, docs);
    CHECK_INT(search_save(s, path, &(struct search_stamp){ { 1 } }), OK);
    search_release(s);
    return path;
}

static enum err opened(const char *path, const struct search_schema *of)
{
    struct search_stamp stamp;
    struct search *s;
    enum err e = search_open(path, of, room, &stamp, &s);
    if (!e) search_release(s);
    return e;
}

TEST(search_file_with_any_byte_changed_is_not_taken)
{
    const char *path = saved(a, 60);
    int file = open(path, O_RDWR | O_CLOEXEC);
    off_t size = lseek(file, 0, SEEK_END);
    CHECK_INT(opened(path, &schema), OK);
    for (off_t at = 0; at < size; at++) {
        char c, other;
        CHECK_INT(pread(file, &c, 1, at), 1);
        other = (char)(c ^ 0x10);
        CHECK_INT(pwrite(file, &other, 1, at), 1);
        CHECK_INT(opened(path, &schema), ERR_MISSING);
        CHECK_INT(pwrite(file, &c, 1, at), 1);
    }
    CHECK_INT(opened(path, &schema), OK);
    close(file);
}

TEST(search_file_cut_off_or_too_long_is_not_taken)
{
    const char *path = saved(a, 60);
    Str whole;
    CHECK_INT(file_read(a, path, room, &whole), OK);
    for (size_t n = 0; n < whole.n; n += n < 300 ? 1 : 97) {
        CHECK_INT(truncate(path, (off_t)n), 0);
        CHECK_INT(opened(path, &schema), ERR_MISSING);
        CHECK_INT(file_write(path, whole), OK);
    }
    CHECK_INT(truncate(path, (off_t)whole.n + 8), 0);
    CHECK_INT(opened(path, &schema), ERR_MISSING);
}

TEST(search_file_of_another_schema_is_not_taken)
{
    const char *path = saved(a, 10);
    struct search_schema more = schema, heavier = schema;
    more.facets++;
    heavier.field[1].weight++;
    CHECK_INT(opened(path, &more), ERR_MISSING);
    CHECK_INT(opened(path, &heavier), ERR_MISSING);
    CHECK_INT(opened(path, &schema), OK);
}

TEST(search_file_that_is_none_is_missing)
{
    const char *path = path_in_dir(a);
    unlink(path);
    CHECK_INT(opened(path, &schema), ERR_MISSING);
    CHECK_INT(file_write(path, S("matxich index\n")), OK);
    CHECK_INT(opened(path, &schema), ERR_MISSING);
    CHECK_INT(opened(test_dir(), &schema), ERR_MISSING);
}

/* Machines of a code, with a force and a day; every third enterprise has none. */
static struct search *with_facts(struct arena *a, int docs)
{
    static const Str also[] = { S_("steel"), S_("aluminium") };
    struct search_build *b = search_build_open(&schema, room);
    for (int i = 0; i < docs; i++) {
        Str field[2] = { str_f(a, "Cơ khí %d", i), S("máy ép") };
        SearchValues facet = { 0 };
        double number = i;
        struct fact facts[2] = { { .kind = (uint8_t)(i % 2), .code = str_f(a, "press-%d", i % 4), .also = also, .also_n = (size_t)(i % 3), .from = i, .until = DAY_NO_END },
                                 { .kind = 0, .from = DAY_ALWAYS, .until = i % 5 ? DAY_UNKNOWN : 100 } };
        for (int k = 0; k < 2 * FACT_NUMBERS; k++) facts[k / FACT_NUMBERS].number[k % FACT_NUMBERS] = k % 3 ? NAN : (float)(i * 10 + k);
        CHECK_INT(search_build_add(b, &(struct search_doc){ .id = i, .sort = field[0], .field = field, .facet = &facet, .number = &number,
                                                            .facts = facts, .facts_n = i % 3 ? 2 : 0 }), OK);
    }
    return search_build_close(b, 1);
}

static void check_matches_as(struct arena *a, const struct search *got, const struct search *want)
{
    static const struct match_code codes[] = { { S_("press-1"), 1000 }, { S_("press-2"), 500 } }, also[] = { { S_("aluminium"), 1000 } };
    const struct match_criterion asked[] = {
        { .kind = 0, .weight = 10, .codes = codes, .codes_n = 2, .also = also, .also_n = 1, .day = 50, .parts = 1, .part = { { .number = 0, .rule = AT_LEAST, .value = 300, .slack = 1 } } },
        { .kind = 1, .weight = 3, .day = 20, .parts = 1, .part = { { .number = 3, .rule = AT_MOST, .value = 400, .slack = 2 } } },
    };
    struct match_demand d = { .criteria = asked, .n = COUNT(asked), .words = S("máy ép"), .words_weight = 1, .most = 100 };
    struct match_result r, w;
    CHECK_INT(match_find(got, a, &d, false, &r), OK);
    CHECK_INT(match_find(want, a, &d, false, &w), OK);
    CHECK(w.n > 0 && w.hits[0].score > 0);
    CHECK_INT(r.n, w.n);
    for (size_t i = 0; i < w.n; i++) {
        CHECK_INT(r.hits[i].id, w.hits[i].id);
        CHECK_INT(r.hits[i].score, w.hits[i].score);
        CHECK_INT(r.hits[i].reasons[0].fact, w.hits[i].reasons[0].fact);
    }
}

TEST(search_file_has_the_facts_that_demands_are_held_against)
{
    const char *path = path_in_dir(a);
    struct search_stamp stamp = { { 1 } };
    struct search *s = with_facts(a, 200), *opened, *merged;
    CHECK_INT(search_save(s, path, &stamp), OK);
    CHECK_INT(search_open(path, &schema, room, &stamp, &opened), OK);
    check_matches_as(a, opened, s);
    CHECK_INT(search_merge(opened, &merged), OK);
    check_matches_as(a, merged, s);
    search_release(merged);
    search_release(opened);
    search_release(s);
}

TEST(search_file_of_nothing_opens_as_nothing)
{
    CHECK_INT(opened(saved(a, 0), &schema), OK);
}

TEST(search_that_cannot_be_written_says_so_and_leaves_nothing)
{
    struct search *s = made_up(a, 5);
    const char *path = str_z(a, str_f(a, "%s/no-such-folder/kept.index", test_dir()));
    CHECK_INT(search_save(s, path, &(struct search_stamp){ { 0 } }), ERR_MISSING);
    search_release(s);
}
